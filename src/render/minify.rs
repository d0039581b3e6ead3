//! Templates made smaller, once, when a theme is loaded: no page has to be minified then. What values add
//! to a page has no superfluous byte of its own.
//!
//! The library knows HTML, not template code. So each piece of code is replaced by something of HTML that
//! the library leaves alone, and put back afterwards. A template that cannot be treated so, or of which
//! the library would change more than white space and the form of attributes, stays as it is.

use html5gum::{Token, Tokenizer};

/// Stand-ins for pieces of code are characters from here on, which no text uses: a plane for private use.
const FIRST: u32 = 0xF_0000;
/// From here on they stand in the values of attributes.
const FIRST_IN_VALUE: u32 = FIRST + 0x8000;

/// The template without superfluous white space, comments and quotes.
pub(super) fn minified(template: &str) -> String {
    try_minify(template).unwrap_or_else(|| template.to_owned())
}

fn try_minify(template: &str) -> Option<String> {
    if template.chars().any(|c| u32::from(c) >= FIRST) {
        return None;
    }
    let mut code = Vec::new();
    let html = Scanner { rest: template, out: String::new(), code: &mut code }.scan()?;
    let small = minify_html::minify(html.as_bytes(), &settings());
    let small = String::from_utf8(small).ok()?;
    if tags(&html) != tags(&small) || pieces(&html) != pieces(&small) {
        return None;
    }
    Some(put_back(&small, &code))
}

fn settings() -> minify_html::Cfg {
    let mut settings = minify_html::Cfg::new();
    settings.keep_closing_tags = true;
    settings.keep_html_and_head_opening_tags = true;
    settings.keep_comments = true; // they stand for code
    settings
}

/// Replaces template code by stand-ins.
struct Scanner<'t, 'c> {
    rest: &'t str,
    out: String,
    code: &'c mut Vec<String>,
}

/// Elements that hold no elements.
const RAW: [&str; 4] = ["script", "style", "textarea", "title"];

impl<'t> Scanner<'t, '_> {
    /// None if there is code in a place for which there is no stand-in.
    fn scan(mut self) -> Option<String> {
        let mut raw: Option<&str> = None;
        while !self.rest.is_empty() {
            if let Some(code) = self.code() {
                // Comments have no effect on the white space around them; a value may be a word.
                let in_text = code.starts_with("{{") || raw.is_some();
                let mark = self.keep(code, FIRST)?;
                if in_text {
                    self.out.push(mark);
                } else {
                    self.out.extend(["<!--", mark.encode_utf8(&mut [0; 4]), "-->"]);
                }
            } else if let Some(name) = raw {
                let end = format!("</{name}");
                if self.rest.get(..end.len()).is_some_and(|s| s.eq_ignore_ascii_case(&end)) {
                    raw = None;
                }
                self.step();
                self.skip();
            } else if self.rest.starts_with("<!--") {
                self.rest = &self.rest[self.rest.find("-->")? + 3..];
            } else if let Some(name) = self.tag_name() {
                raw = RAW.into_iter().find(|raw| raw.eq_ignore_ascii_case(name));
                self.out.push_str(&self.rest[..1 + name.len()]);
                self.rest = &self.rest[1 + name.len()..];
                self.tag()?;
            } else {
                self.step();
                self.skip();
            }
        }
        Some(self.out)
    }

    /// The name of the start tag that comes next, if one does.
    fn tag_name(&self) -> Option<&'t str> {
        let text = self.rest.strip_prefix('<')?;
        let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
        Some(&text[..end]).filter(|name| name.starts_with(|c: char| c.is_ascii_alphabetic()))
    }

    /// The rest of a start tag, from behind its name.
    fn tag(&mut self) -> Option<()> {
        loop {
            let next = self.rest.chars().next()?;
            if next == '"' || next == '\'' {
                self.step();
                self.quoted(next)?;
            } else if let Some(code) = self.code() {
                if code.starts_with("{#") {
                    continue;
                }
                let before = self.out.trim_end();
                let apart = before.len() < self.out.len() && !before.ends_with('=');
                let statement = code.starts_with("{%");
                let apart = apart || statement && self.rest.starts_with(char::is_whitespace);
                if !apart {
                    return None;
                }
                let attributes = if statement { self.block(code)? } else { code.to_owned() };
                let mark = self.keep(&attributes, FIRST)?;
                self.out.push(' ');
                self.out.push(mark);
                if !self.rest.starts_with('=') {
                    self.out.push(' ');
                }
            } else {
                self.step();
                if next == '>' {
                    return Some(());
                }
            }
        }
    }

    /// The value of an attribute, to its closing quote.
    fn quoted(&mut self, quote: char) -> Option<()> {
        let mut depth = 0_usize;
        loop {
            if let Some(code) = self.code() {
                depth =
                    (depth + usize::from(opens(code))).checked_sub(usize::from(closes(code)))?;
                let mark = self.keep(code, FIRST_IN_VALUE)?;
                self.out.push(mark);
                // A value with this character needs its quotes, whatever the code gives.
                self.out.push('>');
                continue;
            }
            let next = self.rest.chars().next()?;
            self.step();
            if next == quote {
                return (depth == 0).then_some(());
            }
        }
    }

    /// A block of attributes, from its first piece of code to the one that closes it.
    fn block(&mut self, first: &str) -> Option<String> {
        let mut whole = first.to_owned();
        let mut depth = usize::from(opens(first));
        while depth > 0 {
            if let Some(code) = self.code() {
                depth = depth + usize::from(opens(code)) - usize::from(closes(code));
                whole.push_str(code);
                continue;
            }
            let next = self.rest.chars().next().filter(|c| *c != '<')?;
            whole.push(next);
            self.rest = &self.rest[next.len_utf8()..];
        }
        Some(whole)
    }

    /// The piece of code that comes next, if one does; a string in it may hold what would end it.
    fn code(&mut self) -> Option<&'t str> {
        let text = self.rest;
        let end = match text.get(..2)? {
            "{{" => "}}",
            "{%" => "%}",
            "{#" => "#}",
            _ => return None,
        };
        let mut quote = None;
        for (at, c) in text.char_indices().skip(2) {
            match quote {
                Some(q) if c == q => quote = None,
                Some(_) => {}
                None if end != "#}" && matches!(c, '"' | '\'' | '`') => quote = Some(c),
                None if text[at..].starts_with(end) => {
                    self.rest = &text[at + 2..];
                    return Some(&text[..at + 2]);
                }
                None => {}
            }
        }
        None
    }

    /// Keeps a piece of code, and gives the character in its place; none if there are too many.
    fn keep(&mut self, code: &str, first: u32) -> Option<char> {
        let number = u32::try_from(self.code.len()).ok().filter(|n| *n < FIRST_IN_VALUE - FIRST)?;
        self.code.push(code.to_owned());
        char::from_u32(first + number)
    }

    /// Takes what is neither code nor a tag.
    fn skip(&mut self) {
        let end = self.rest.find(['{', '<']).unwrap_or(self.rest.len());
        self.out.push_str(&self.rest[..end]);
        self.rest = &self.rest[end..];
    }

    fn step(&mut self) {
        if let Some(next) = self.rest.chars().next() {
            self.out.push(next);
            self.rest = &self.rest[next.len_utf8()..];
        }
    }
}

/// Whether what a block writes first is white space.
fn brings_space(block: &str) -> bool {
    block.find("%}").is_some_and(|end| block[end + 2..].starts_with(char::is_whitespace))
}

/// The first word of a statement: `if` of `{%- if …`.
fn keyword(code: &str) -> &str {
    let Some(inner) = code.strip_prefix("{%") else { return "" };
    inner.trim_start_matches('-').split_whitespace().next().unwrap_or_default()
}

fn opens(code: &str) -> bool {
    matches!(keyword(code), "if" | "for" | "block" | "filter" | "raw")
}

fn closes(code: &str) -> bool {
    keyword(code).starts_with("end")
}

/// The names of all tags, in their order, those that end an element with a slash.
fn tags(html: &str) -> Vec<Vec<u8>> {
    let tokens = Tokenizer::new(html).filter_map(Result::ok);
    tokens
        .filter_map(|token| match token {
            Token::StartTag(tag) => Some(tag.name.0.to_ascii_lowercase()),
            Token::EndTag(tag) => Some([b"/", tag.name.0.as_slice()].concat().to_ascii_lowercase()),
            _ => None,
        })
        .collect()
}

/// The stand-ins in the order in which they stand, those of one tag sorted: it may order its attributes.
fn pieces(html: &str) -> Vec<u32> {
    let mut all: Vec<u32> = Vec::new();
    let mut in_tag: Vec<u32> = Vec::new();
    let mut quote = None;
    let mut open = false;
    let mut chars = html.chars().peekable();
    while let Some(c) = chars.next() {
        let number = u32::from(c);
        if number >= FIRST {
            if open { &mut in_tag } else { &mut all }.push(number);
        }
        match (open, quote) {
            (false, _) => open = c == '<' && chars.peek().is_some_and(char::is_ascii_alphabetic),
            (true, None) if c == '>' => {
                in_tag.sort_unstable();
                all.append(&mut in_tag);
                open = false;
            }
            (true, None) if matches!(c, '"' | '\'') => quote = Some(c),
            (true, Some(q)) if c == q => quote = None,
            (true, _) => {}
        }
    }
    all.append(&mut in_tag);
    all
}

/// The template with its code in the place of the stand-ins.
fn put_back(small: &str, code: &[String]) -> String {
    let mut whole = String::with_capacity(small.len() * 2);
    let mut rest = small;
    while let Some((at, mark)) = rest.char_indices().find(|(_, c)| u32::from(*c) >= FIRST) {
        let (before, after) = (&rest[..at], &rest[at + mark.len_utf8()..]);
        let number = u32::from(mark) - FIRST;
        let in_value = number >= FIRST_IN_VALUE - FIRST;
        let number = number % (FIRST_IN_VALUE - FIRST);
        let piece = code.get(number as usize).map_or("", String::as_str);
        match (before.strip_suffix("<!--"), after.strip_prefix("-->")) {
            (Some(before), Some(after)) => {
                whole.push_str(before);
                // A comment is of use in the source only.
                whole.push_str(if piece.starts_with("{#") { "" } else { piece });
                rest = after;
            }
            _ => {
                // A block of attributes brings its own space, or nothing at all.
                let apart = !keyword(piece).is_empty() && brings_space(piece) && !in_value;
                whole.push_str(before.strip_suffix(' ').filter(|_| apart).unwrap_or(before));
                whole.push_str(piece);
                rest = after.strip_prefix('>').filter(|_| in_value).unwrap_or(after);
            }
        }
    }
    whole.push_str(rest);
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_and_quotes_go_and_code_stays() {
        let template = r#"{% extends "base.html" %}
{# not for readers #}
{% block main %}
<!-- nor this -->
<div class="a  b">
  {% if x %}
  <p id="{{ id }}">{{ a }} {{ b }} <a href="{{ url(path="x>y") }}"{% if now %} aria-current="page"{% endif %}>c</a></p>
  {% endif %}
</div>
{% endblock main %}
"#;
        assert_eq!(
            minified(template),
            "{% extends \"base.html\" %}{% block main %}<div class=\"a b\">{% if x %}<p id=\"{{ id }}\">{{ a }} {{ b }} <a href=\"{{ url(path=\"x>y\") }}\"{% if now %} aria-current=\"page\"{% endif %}>c</a></p>{% endif %}</div>{% endblock main %}"
        );
    }

    /// The library's table of character references is one of our own: `vendor/minify-html-common`.
    #[test]
    fn character_references_are_read_as_browsers_read_them() {
        let names = "AMP Aacute Abreve Cross CounterClockwiseContourIntegral GT LT NotEqualTilde Zopf acE amp and \
            angmsdah apos ast bigtriangledown copy euro frac12 gt hellip iexcl in isin isinv lt nGt nLt nbsp not \
            notin notinva notni nvlt quot rarr sup sup1 sup2 sup3 supe szlig thetasym times timesb trade uml xwedge yen \
            zwnj unknown no t #65 #x42 #x1F600 #xD800 #1114112 # #x";
        for name in names.split_whitespace() {
            for text in
                ["", ";", "x", ";x", "=", " &", "&amp;"].map(|rest| format!("&{name}{rest}"))
            {
                let html = format!("<p title=\"{text}\">{text}</p>");
                let small = minify_html::minify(html.as_bytes(), &settings());
                let small = String::from_utf8(small).unwrap();
                assert_eq!(read(&small), read(&html), "{html} became {small}");
            }
        }
    }

    /// The value of the first attribute, and all text.
    fn read(html: &str) -> (String, String) {
        let (mut value, mut text) = (String::new(), String::new());
        for Ok(token) in Tokenizer::new(html) {
            match token {
                Token::StartTag(tag) => {
                    let values = tag.attributes.values();
                    value.extend(values.map(|v| String::from_utf8_lossy(v).into_owned()));
                }
                Token::String(s) => text += &String::from_utf8_lossy(&s),
                _ => {}
            }
        }
        (value, text)
    }

    #[test]
    fn code_is_put_back_in_names_values_and_raw_text() {
        for (template, small) in [
            (
                r#"<p class="{% if a %}x{% else %}y{% endif %} z">b</p>"#,
                r#"<p class="{% if a %}x{% else %}y{% endif %} z">b</p>"#,
            ),
            (r#"<meta {{ name }}="{{ value }}" >"#, r#"<meta {{ name }}="{{ value }}">"#),
            (
                "<title>{% block t %}a {{ b }}{% endblock %}</title>",
                "<title>{% block t %}a {{ b }}{% endblock %}</title>",
            ),
            (
                "<script type=\"application/ld+json\">{{ json }}</script>\n<ul>\n<li>\na\n</li> </ul>",
                "<script type=application/ld+json>{{ json }}</script><ul><li>a</li></ul>",
            ),
            (
                r#"<p{% if a %} b="1"{% if c %} d="2"{% endif %} e="3"{% else %} f{% endif %}>g</p>"#,
                r#"<p{% if a %} b="1"{% if c %} d="2"{% endif %} e="3"{% else %} f{% endif %}>g</p>"#,
            ),
            // What one branch opens, another piece closes.
            (
                "{% if a %}<b>{% endif %} c{% if a %}</b>{% endif %}",
                "{% if a %}<b>{% endif %} c{% if a %}</b>{% endif %}",
            ),
        ] {
            assert_eq!(minified(template), small);
        }
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "reads the themes as they are on the disk")]
    fn every_template_of_the_themes_can_be_minified() {
        let templates: Vec<_> = walkdir::WalkDir::new("themes")
            .into_iter()
            .filter_map(Result::ok)
            .map(walkdir::DirEntry::into_path)
            .filter(|path| path.extension().is_some_and(|e| e == "html"))
            .collect();
        assert!(templates.len() > 10);
        for path in templates {
            let template = std::fs::read_to_string(&path).unwrap();
            assert!(try_minify(&template).is_some(), "{}", path.display());
        }
    }

    #[test]
    fn what_has_no_stand_in_stays_as_it_is() {
        for template in [
            "<a href={{ url }}> b </a>",
            "<a href= {{ url }}> b </a>",
            "<h{{ level }}> b </h{{ level }}>",
            "<p class=\"{% if a %}x\"{% endif %}> b </p>",
            "<p{% if a %}class=x{% endif %}> b </p>",
            "<p> b </p> </p> </div>",
            "\u{F0000} <p> b </p>",
        ] {
            assert_eq!(minified(template), template);
        }
    }
}
