//! The text of a template as pieces, and a piece of code as words and signs: as much of Tera's syntax as is
//! needed to tell what a piece is, and no more.

use std::ops::Range;

/// A piece of a template, with its delimiters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Piece<'t> {
    /// Printed as it is.
    Text(&'t str),
    /// `{{ … }}`
    Value(&'t str),
    /// `{% … %}`
    Statement(&'t str),
    /// `{# … #}`
    Comment(&'t str),
}

impl<'t> Piece<'t> {
    /// Its text, with its delimiters.
    pub(super) fn text(self) -> &'t str {
        match self {
            Self::Text(text) | Self::Value(text) | Self::Statement(text) | Self::Comment(text) => {
                text
            }
        }
    }
}

/// The pieces of a template; none if it has white space control or raw blocks, in which a piece is not
/// what it seems to be.
pub(super) fn pieces(template: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while !rest.is_empty() {
        let start = start_of_code(rest);
        if start > 0 {
            pieces.push(Piece::Text(&rest[..start]));
            rest = &rest[start..];
            continue;
        }
        let end = end_of_code(rest)?;
        let code = &rest[..end];
        let inside = &code[2..end - 2];
        if inside.starts_with('-') || inside.ends_with('-') {
            return None;
        }
        pieces.push(match &code[..2] {
            "{{" => Piece::Value(code),
            "{%" if matches!(inside.split_whitespace().next(), Some("raw")) => return None,
            "{%" => Piece::Statement(code),
            _ => Piece::Comment(code),
        });
        rest = &rest[end..];
    }
    Some(pieces)
}

/// Where code begins; the end, if there is none.
fn start_of_code(text: &str) -> usize {
    let braces = text.match_indices('{').map(|(at, _)| at);
    let mut starts =
        braces.filter(|at| matches!(text.as_bytes().get(at + 1), Some(b'{' | b'%' | b'#')));
    starts.next().unwrap_or(text.len())
}

/// Where the code ends with which a text begins.
fn end_of_code(text: &str) -> Option<usize> {
    let close = match text.as_bytes().get(1)? {
        b'{' => "}}",
        b'%' => "%}",
        _ => return Some(text.find("#}")? + 2),
    };
    let mut at = 2;
    while at < text.len() {
        let rest = &text[at..];
        if rest.starts_with(close) {
            return Some(at + 2);
        }
        at += match rest.as_bytes()[0] {
            b'"' | b'\'' | b'`' => string(rest)?,
            _ => rest.chars().next()?.len_utf8(),
        };
    }
    None
}

/// The length of the string literal with which a text begins, with its quotes.
fn string(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    let mut at = 1;
    while *bytes.get(at)? != bytes[0] {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    Some(at + 1)
}

/// A word or sign of code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'t> {
    /// A name or a keyword.
    Name(&'t str),
    /// A string literal, with its quotes.
    Text(&'t str),
    /// A number.
    Number(&'t str),
    /// An operator or a bracket.
    Sign(&'t str),
}

/// The words and signs between the delimiters of a piece of code, each with its place in the piece.
pub(super) fn tokens(code: &str) -> Option<Vec<(Token<'_>, Range<usize>)>> {
    const LONG: [&str; 9] = ["//", "**", "==", "!=", ">=", "<=", "</", "?.", "?["];
    let mut tokens = Vec::new();
    let end = code.len().checked_sub(2)?;
    let mut at = 2;
    while at < end {
        let rest = &code[at..end];
        let first = rest.chars().next()?;
        let run = |is: fn(char) -> bool| rest.find(|c| !is(c)).unwrap_or(rest.len());
        let length = match first {
            c if c.is_ascii_whitespace() => {
                at += 1;
                continue;
            }
            '"' | '\'' | '`' => string(rest)?,
            c if c.is_ascii_digit() => run(|c| c.is_ascii_digit() || c == '.'),
            c if is_of_name(c) => run(is_of_name),
            _ if rest.starts_with("...") => 3,
            _ if LONG.iter().any(|sign| rest.starts_with(sign)) => 2,
            c => c.len_utf8(),
        };
        let text = &rest[..length];
        tokens.push((
            match first {
                '"' | '\'' | '`' => Token::Text(text),
                c if c.is_ascii_digit() => Token::Number(text),
                c if is_of_name(c) => Token::Name(text),
                _ => Token::Sign(text),
            },
            at..at + length,
        ));
        at += length;
    }
    Some(tokens)
}

fn is_of_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || c == '_'
}

/// What a string literal says, if it says it without escapes.
pub(super) fn literal(text: &str) -> Option<&str> {
    Some(text.get(1..text.len() - 1)?).filter(|inside| !inside.contains('\\'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_is_cut_where_tera_cuts_it() {
        let template = "a { b {{ t(key=\"}}\") }}{% if x == '%}' %}{# \" #}c{{ \"\\\"}}\" }}";
        assert_eq!(
            pieces(template).unwrap(),
            [
                Piece::Text("a { b "),
                Piece::Value("{{ t(key=\"}}\") }}"),
                Piece::Statement("{% if x == '%}' %}"),
                Piece::Comment("{# \" #}"),
                Piece::Text("c"),
                Piece::Value("{{ \"\\\"}}\" }}"),
            ]
        );
    }

    #[test]
    fn what_is_not_what_it_seems_is_left_alone() {
        for template in [
            "{{- a }}",
            "{{ a -}}",
            "{%- if a %}",
            "{#- a #}",
            "{% raw %}{{ a }}{% endraw %}",
            "{{ a",
        ] {
            assert_eq!(pieces(template), None, "{template}");
        }
    }

    #[test]
    fn code_is_words_and_signs() {
        let code = "{{ a.b_1 | x(n=1.5, y='é') >= \"c\" }}";
        let found: Vec<&str> = tokens(code).unwrap().into_iter().map(|(_, at)| &code[at]).collect();
        assert_eq!(
            found,
            [
                "a", ".", "b_1", "|", "x", "(", "n", "=", "1.5", ",", "y", "=", "'é'", ")", ">=",
                "\"c\""
            ]
        );
    }
}
