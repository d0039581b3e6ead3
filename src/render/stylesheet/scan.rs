//! Where a piece of a style sheet ends, past strings, comments and brackets.

use super::Broken;

/// What ends a piece.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stop {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `;`
    Semicolon,
    /// The end of the style sheet.
    End,
}

/// What ends the piece that begins at a place, and where. The value of a custom property may hold braces.
pub(super) fn until(text: &str, start: usize, faults: &mut Vec<Broken>) -> (Stop, usize) {
    let is_custom = text[start..].starts_with("--") && text[start..].contains(':');
    let mut brackets: Vec<(char, usize)> = Vec::new();
    let mut at = start;
    while let Some(c) = text[at..].chars().next() {
        let is_free = brackets.is_empty();
        match c {
            '"' | '\'' => {
                at = string(text, at, faults);
                continue;
            }
            '/' if text[at..].starts_with("/*") => match text[at + 2..].find("*/") {
                Some(end) => {
                    at += end + 4;
                    continue;
                }
                None => {
                    faults.push(broken(
                        at..at + 2,
                        "this comment is never closed",
                        "`*/` at its end",
                    ));
                    at = text.len();
                    continue;
                }
            },
            '\\' => at += 1,
            '(' | '[' => brackets.push((c, at)),
            ')' | ']' if !is_free => {
                brackets.pop();
            }
            '{' if is_custom && is_value(&text[start..at]) => brackets.push((c, at)),
            '}' if brackets.last().is_some_and(|(open, _)| *open == '{') => {
                brackets.pop();
            }
            ';' if brackets.iter().any(|(open, _)| *open == '{') => {}
            // An address may hold what ends a piece elsewhere.
            ';' if in_address(text, &brackets) => {}
            '{' | '}' | ';' => {
                if let Some((open, place)) = brackets.first() {
                    let message = format!("this `{open}` is never closed");
                    faults.push(broken(*place..place + 1, &message, "the bracket that closes it"));
                }
                let stop = match c {
                    '{' => Stop::Open,
                    '}' => Stop::Close,
                    _ => Stop::Semicolon,
                };
                return (stop, at);
            }
            _ => {}
        }
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    if let Some((open, place)) = brackets.first() {
        let message = format!("this `{open}` is never closed");
        faults.push(broken(*place..place + 1, &message, "the bracket that closes it"));
    }
    (Stop::End, text.len())
}

fn is_value(text: &str) -> bool {
    text.contains(':')
}

fn in_address(text: &str, brackets: &[(char, usize)]) -> bool {
    let Some(('(', at)) = brackets.last() else { return false };
    let is_address = text[..*at].ends_with("url");
    // One that is never closed ends with its line.
    is_address && text[*at..].lines().next().is_some_and(|line| line.contains(')'))
}

/// Where the string that begins at a place ends; at the end of the line, if nothing closes it.
fn string(text: &str, start: usize, faults: &mut Vec<Broken>) -> usize {
    let quote = text.as_bytes()[start];
    let mut at = start + 1;
    while let Some(byte) = text.as_bytes().get(at) {
        match byte {
            b'\\' => at += 1,
            b'\n' => break,
            byte if *byte == quote => return at + 1,
            _ => {}
        }
        at += 1;
    }
    faults.push(broken(
        start..start + 1,
        "this string is never closed",
        "the same quote at its end, on the same line",
    ));
    let mut end = at.min(text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    end
}

/// Where a colon is in a value, outside strings and brackets: no value of a property has one.
pub(super) fn colon(value: &str) -> Option<usize> {
    let (mut depth, mut quote) = (0_usize, None);
    let mut escaped = false;
    for (at, c) in value.char_indices() {
        match (quote, c) {
            _ if escaped => escaped = false,
            (_, '\\') => escaped = true,
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(c),
            (None, '(' | '[') => depth += 1,
            (None, ')' | ']') => depth = depth.saturating_sub(1),
            (None, ':') if depth == 0 => return Some(at),
            _ => {}
        }
    }
    None
}

fn broken(place: std::ops::Range<usize>, message: &str, expected: &'static str) -> Broken {
    Broken { place, message: message.to_owned(), expected, help: "add what is missing".to_owned() }
}
