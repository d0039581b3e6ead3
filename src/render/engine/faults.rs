//! What is reported of templates that do not load or do not render: file, line, and the cause rather than what follows
//! from it.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use tera::{Error, ErrorKind, Tera};

use super::super::theme::{Theme, blocks, built_in};
use crate::diagnostic::{Diagnostic, Position, nearest};

const HELP: &str = "see themes/README.md for what templates can use";

/// Path and text of each template.
type Texts = BTreeMap<String, (String, String)>;

/// The faults of templates that do not load: each syntax fault, else what Tera says of them together.
pub(super) fn load_faults(theme: &Theme, texts: &Texts, error: &Error) -> Vec<Diagnostic> {
    let mut faults: Vec<Diagnostic> = texts
        .iter()
        .filter_map(|(name, (_, text))| {
            let error = Tera::new().add_raw_template(name, text).err()?;
            matches!(error.kind(), ErrorKind::SyntaxError(_)).then(|| fault(texts, name, &error))
        })
        .collect();
    if faults.is_empty() {
        let message = error.to_string();
        faults = unknown(texts, &message);
        if message.contains("is not defined in any parent template") {
            faults.extend(blocks::unused(theme));
        }
    }
    if faults.is_empty() {
        let name = match error.kind() {
            ErrorKind::MissingParent { current, .. } => current.as_str(),
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => tpl,
            _ => "",
        };
        faults.push(fault(texts, name, error));
    }
    faults
}

/// A fault in a template, with its file and place.
pub(super) fn fault(texts: &Texts, template: &str, error: &Error) -> Diagnostic {
    if let ErrorKind::SyntaxError(at) | ErrorKind::RenderingError(at) = error.kind()
        && let Some((path, text)) = texts.get(at.filename())
    {
        if matches!(error.kind(), ErrorKind::SyntaxError(_))
            && let Some((tag, place)) = unclosed(text)
        {
            return Diagnostic::error(
                path.clone(),
                format!("this `{{% {tag} %}}` is never closed"),
            )
            .at(Position::of(text, place))
            .expected(format!("`{{% end{tag} %}}` behind what belongs to it"))
            .help(format!("add `{{% end{tag} %}}`"));
        }
        return Diagnostic::error(path.clone(), sentence(at.message()))
            .at(Position::of(text, at.span().range.clone()))
            .help(HELP);
    }
    if let ErrorKind::MissingParent { current, parent } = error.kind()
        && let Some((path, text)) = texts.get(current)
    {
        let known = built_in().filter_map(|name| {
            name.strip_prefix("templates/").map(|name| format!("builtin/{name}"))
        });
        let known: Vec<String> = known.chain(texts.keys().cloned()).collect();
        let near = nearest(parent, known.iter().map(String::as_str));
        let help = near.map_or_else(|| HELP.to_owned(), |near| format!("write `{near}`"));
        let at = text.find(parent.as_str()).unwrap_or(0);
        return Diagnostic::error(path.clone(), format!("there is no template `{parent}`"))
            .at(Position::of(text, at..at + parent.len()))
            .expected("a template of this theme, or of one that it builds on")
            .help(help);
    }
    let layers = [template.to_owned(), format!("theme/{template}"), format!("builtin/{template}")];
    let path = layers.iter().find_map(|name| texts.get(name)).map(|(path, _)| path.clone());
    let path = path.unwrap_or_else(|| format!("themes/…/templates/{template}"));
    let mut message = error.to_string();
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        message = format!("{message}: {inner}");
        cause = inner.source();
    }
    Diagnostic::error(path, sentence(&message)).help(HELP)
}

/// Filters, tests, functions, components and templates that do not exist: the library names them all in one text.
fn unknown(texts: &Texts, message: &str) -> Vec<Diagnostic> {
    static PLACE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"error: (Unknown (\w+) `([^`]*)`)\n *--> (.+):(\d+):(\d+)\n")
            .expect("the pattern is fixed")
    });
    let told = |found: regex::Captures<'_>| {
        let (path, text) = texts.get(&found[4])?;
        let (line, column): (usize, usize) = (found[5].parse().ok()?, found[6].parse().ok()?);
        let mut position = Position::of_line(text, line);
        (position.column, position.length) = (column, found[3].chars().count().max(1));
        let (what, name) = (&found[2], &found[3]);
        let told = Diagnostic::error(path.clone(), sentence(&found[1])).at(position);
        Some(match what {
            "component" => told.expected("a component of this theme, or of one that it builds on"),
            "template" => told.expected("a template of this theme, or of one that it builds on"),
            _ => told.expected(format!("a {what} of Tera 2, or of fonds")),
        })
        .map(|told| match near(what, name, texts) {
            Some(near) => told.help(format!("write `{near}`")),
            None => told.help(HELP),
        })
    };
    PLACE.captures_iter(message).filter_map(told).collect()
}

/// The name that one most likely means.
fn near(what: &str, name: &str, texts: &Texts) -> Option<String> {
    const FILTERS: [&str; 20] = [
        "capitalize",
        "default",
        "escape",
        "filter",
        "first",
        "format",
        "group_by",
        "join",
        "json_encode",
        "last",
        "length",
        "lower",
        "replace",
        "reverse",
        "safe",
        "sort",
        "split",
        "title",
        "trim",
        "upper",
    ];
    static COMPONENT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\{%-?\s*component\s+(\w+)").expect("the pattern is fixed"));
    let names: Vec<String> = match what {
        "filter" => FILTERS.map(str::to_owned).to_vec(),
        "function" => ["t", "asset", "url", "range", "throw"].map(str::to_owned).to_vec(),
        "template" => texts.keys().cloned().collect(),
        "component" => texts
            .values()
            .flat_map(|(_, text)| COMPONENT.captures_iter(text).map(|found| found[1].to_owned()))
            .collect(),
        _ => Vec::new(),
    };
    nearest(name, names.iter().map(String::as_str)).map(str::to_owned)
}

/// The first tag that is never closed, or closed by the end of what is around it: its word, and where it is.
fn unclosed(text: &str) -> Option<(&str, Range<usize>)> {
    static TAG: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?s)\{#.*?#\}|\{%-?\s*raw\s*-?%\}.*?\{%-?\s*endraw\s*-?%\}|\{%-?\s*(?:(if|for|block|component|filter)\b|end(\w+)).*?%\}")
            .expect("the pattern is fixed")
    });
    let mut open: Vec<(&str, Range<usize>)> = Vec::new();
    for found in TAG.captures_iter(text) {
        if let Some(tag) = found.get(1) {
            open.push((tag.as_str(), found.get(0)?.range()));
        } else if let Some(end) = found.get(2) {
            match open.last() {
                Some((tag, _)) if *tag == end.as_str() => drop(open.pop()),
                // The end of something around it.
                Some(_) if open.iter().any(|(tag, _)| *tag == end.as_str()) => return open.pop(),
                _ => {}
            }
        }
    }
    open.pop()
}

/// A library's message in our form: lower case, one line, no full stop.
fn sentence(message: &str) -> String {
    let line = message.lines().next().unwrap_or_default().trim_end_matches('.');
    let mut chars = line.chars();
    match (chars.next(), line.chars().nth(1)) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => line.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tag_that_is_open_is_told_and_not_the_one_that_it_is_open_at() {
        let found = |text| unclosed(text).map(|(tag, place)| (tag, place.start));
        assert_eq!(found("{% block a %}{% if x %}y{% endblock a %}"), Some(("if", 13)));
        assert_eq!(
            found("{% block a %}{% for x in y %}{% if x %}z{% endif %}{% endblock %}"),
            Some(("for", 13))
        );
        assert_eq!(found("{% block a %}{% if x %}y{% endif %}"), Some(("block", 0)));
        for text in [
            "{% block a %}{% if x %}y{% elif z %}{% else %}{% endif %}{% endblock a %}",
            "{# {% if x %} #}{% raw %}{% for %}{% endraw %}",
            "{% endif %}",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
