//! A theme's templates and style sheets → what in them the page's policy forbids, and browsers leave out in silence.
//!
//! Templates are read as they are written, with what Tera fills in left blank, so that each fault has its line.

use std::ops::Range;
use std::sync::LazyLock;

use html5gum::emitters::default::{DefaultEmitter, StartTag};
use html5gum::{Token, Tokenizer};
use regex::Regex;

use super::theme::{Template, Theme};
use crate::diagnostic::{Diagnostic, SourceText};

/// Types of scripts that are data, which no browser runs.
const DATA: [&str; 5] =
    ["application/ld+json", "application/json", "text/plain", "text/html", "text/template"];

/// Attributes by which a page loads something.
const LOADED: [&str; 6] = ["src", "srcset", "imagesrcset", "poster", "background", "data"];

/// All faults of the themes laid over the default one.
pub fn forbidden(theme: &Theme) -> Vec<Diagnostic> {
    let own = theme.templates.iter().filter(|(name, _)| !name.starts_with("builtin/"));
    let own = own.map(|(_, template)| template);
    let pages = own.filter(|template| template.path.ends_with(".html")).flat_map(in_template);
    pages.chain(theme.own_styles().flat_map(in_style)).collect()
}

fn in_template(template: &Template) -> Vec<Diagnostic> {
    let text = blanked(&template.text);
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let mut faults = Vec::new();
    for token in Tokenizer::new_with_emitter(text.as_str(), emitter) {
        let Ok(token) = token;
        if let Token::StartTag(tag) = token {
            of_tag(&tag, template, &mut faults);
        }
    }
    faults
}

/// What a tag does, if the policy forbids it.
fn of_tag(tag: &StartTag<usize>, template: &Template, faults: &mut Vec<Diagnostic>) {
    let name = String::from_utf8_lossy(&tag.name).into_owned();
    let whole = tag.span.start..tag.span.end;
    let mut tell = |range: Range<usize>, what: String, help: &str| {
        faults.push(fault(template, range, &what, help));
    };
    let attribute = |wanted: &str| {
        let value = tag.attributes.get(wanted.as_bytes())?;
        Some(String::from_utf8_lossy(value).trim().to_ascii_lowercase())
    };
    let kind = attribute("type").unwrap_or_default();
    match name.as_str() {
        "script" if attribute("src").is_none() && !DATA.contains(&kind.as_str()) => tell(
            whole.clone(),
            "an inline script".to_owned(),
            "move it into a file in the theme's `scripts/`: all of them are joined into the one script of every page",
        ),
        "style" => tell(
            whole.clone(),
            "an inline style sheet".to_owned(),
            "move it into a file in the theme's `styles/`: all of them are joined into the one style sheet of every page",
        ),
        "object" | "embed" | "base" => {
            tell(whole.clone(), format!("the element `<{name}>`"), "remove it");
        }
        _ => {}
    }
    for (key, value) in &tag.attributes {
        let key = String::from_utf8_lossy(key).to_ascii_lowercase();
        let range = value.span.start..value.span.end;
        let address = String::from_utf8_lossy(value).trim().to_ascii_lowercase();
        let is_loaded = LOADED.contains(&key.as_str())
            || key == "href"
                && (name == "link" && loads(&attribute("rel")) || name == "image" || name == "use")
            || key == "action"
            || key == "formaction";
        if key == "style" {
            let help =
                "give the element a class, and write the rule in a file in the theme's `styles/`";
            tell(range, "a `style` attribute".to_owned(), help);
        } else if key.len() > 2 && key.starts_with("on") {
            let help = "listen to the event in a file in the theme's `scripts/`";
            tell(range, format!("the attribute `{key}`"), help);
        } else if address.starts_with("javascript:") {
            let help = "listen to the click in a file in the theme's `scripts/`";
            tell(range, "an address that runs a script".to_owned(), help);
        } else if is_loaded && is_elsewhere(&address) {
            let help =
                "put the file into the theme's `static/`, and write `{{ asset(path=\"NAME\") }}`";
            tell(
                range,
                format!("`{}`, which is from elsewhere", String::from_utf8_lossy(value).trim()),
                help,
            );
        }
    }
}

/// Whether a `<link>` loads what it names: its address may be that of another site else.
fn loads(rel: &Option<String>) -> bool {
    let loading =
        ["stylesheet", "icon", "preload", "modulepreload", "manifest", "apple-touch-icon"];
    rel.as_deref().is_some_and(|rel| rel.split_whitespace().any(|word| loading.contains(&word)))
}

fn is_elsewhere(address: &str) -> bool {
    let starts = ["http://", "https://", "//", "data:", "blob:"];
    let addresses = address.split(',').map(str::trim_start);
    starts.iter().any(|start| address.starts_with(start))
        || addresses
            .skip(1)
            .any(|address| starts[..3].iter().any(|start| address.starts_with(start)))
}

fn in_style(style: &Template) -> Vec<Diagnostic> {
    static ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?i)(?:url\(\s*|@import\s+)["']?((?:https?:|data:|//)[^"')\s;]*)"#)
            .expect("the pattern is fixed")
    });
    static COMMENT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?s)/\*.*?\*/").expect("the pattern is fixed"));
    let text = COMMENT.replace_all(&style.text, |found: &regex::Captures<'_>| blank(&found[0]));
    let told = |found: regex::Captures<'_>| {
        let range = found.get(1).map_or(0..0, |address| address.range());
        let shown: String = style.text[range.clone()].chars().take(60).collect();
        let help = "put the file into the theme's `static/` and name it by a relative address";
        fault(style, range, &format!("`{shown}`, which is from elsewhere"), help)
    };
    ADDRESS.captures_iter(&text).map(told).collect()
}

fn fault(template: &Template, range: Range<usize>, what: &str, help: &str) -> Diagnostic {
    let source = SourceText { path: &template.path, text: &template.text };
    Diagnostic::error_at(source, range, format!("the policy of every page forbids {what}"))
        .note("browsers leave it out and say so in their console only")
        .expected("nothing but files of the site itself")
        .help(help)
}

/// A template's text with a blank for each byte of what Tera reads; places stay what they are.
fn blanked(text: &str) -> String {
    static TERA: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?s)\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}").expect("the pattern is fixed")
    });
    TERA.replace_all(text, |found: &regex::Captures<'_>| blank(&found[0])).into_owned()
}

fn blank(text: &str) -> String {
    text.bytes().map(|byte| if byte == b'\n' { '\n' } else { ' ' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<String> {
        let template = Template { text: text.to_owned(), path: "themes/a/x.html".to_owned() };
        let place =
            |fault: &Diagnostic| fault.position.as_ref().map(|place| (place.line, place.column));
        let all = in_template(&template);
        all.iter().map(|fault| format!("{:?} {}", place(fault).unwrap(), fault.message)).collect()
    }

    #[test]
    fn what_the_policy_allows_is_not_told() {
        let text = "{% extends \"base.html\" %}{% block main %}\n<script type=\"application/ld+json\">{{ page.json_ld }}</script>\n\
            <script src=\"{{ asset(path=\"a.js\") }}\" defer></script><link rel=canonical href=\"https://a.b/\">\n\
            <a href=\"https://a.b/\" class=\"{% if x == \"style\" %}on{% endif %}\">x</a><img src='/a.png' alt=\"\">\n\
            {# <style> #}<form action=\"{{ site.search }}\" method=get></form>{% endblock main %}";
        assert_eq!(told(text), Vec::<String>::new());
    }

    #[test]
    fn each_thing_that_the_policy_forbids_is_told_with_its_place() {
        for (text, expected) in [
            ("{{ \"é\" }}\n <script>x()</script>", "(2, 2) an inline script"),
            ("<script type=module>x()</script>", "(1, 1) an inline script"),
            ("<style>p { }</style>", "(1, 1) an inline style sheet"),
            ("<p style=\"{{ x }}\">", "(1, 4) a `style` attribute"),
            ("<p onclick='x()'>", "(1, 4) the attribute `onclick`"),
            ("<a href=' JavaScript:x()'>", "(1, 4) an address that runs a script"),
            ("<img src=//a.b/c.png>", "(1, 6) `//a.b/c.png`, which is from elsewhere"),
            (
                "<img srcset='a.png 1x, https://a.b/c 2x'>",
                "(1, 6) `a.png 1x, https://a.b/c 2x`, which is from elsewhere",
            ),
            (
                "<img src='data:image/png;base64,x'>",
                "(1, 6) `data:image/png;base64,x`, which is from elsewhere",
            ),
            (
                "<link rel='stylesheet' href='https://a.b/c'>",
                "(1, 24) `https://a.b/c`, which is from elsewhere",
            ),
            ("<form action='https://a.b/'>", "(1, 7) `https://a.b/`, which is from elsewhere"),
            ("<object data=a></object>", "(1, 1) the element `<object>`"),
        ] {
            let expected = expected.replacen(") ", ") the policy of every page forbids ", 1);
            assert_eq!(told(text), [expected], "{text}");
        }
    }

    #[test]
    fn style_sheets_load_nothing_from_elsewhere() {
        let text = "/* url(https://a.b/) */\n@import 'https://a.b/c.css';\np { background: url(x.png) }\nq { mask: url( \"data:x\" ) }\n";
        let style = Template { text: text.to_owned(), path: "themes/a/styles/x.css".to_owned() };
        let lines: Vec<_> =
            in_style(&style).iter().map(|f| f.position.as_ref().unwrap().line).collect();
        assert_eq!(lines, [2, 4]);
    }
}
