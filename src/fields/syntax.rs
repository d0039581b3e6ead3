//! Faults of TOML's syntax, as people make them: YAML between `+++` lines, typographic quotes, a text without
//! quotes. Each faulty line gets one message, with the line as it should be.

use std::ops::Range;

use toml::Table;

use crate::diagnostic::{Diagnostic, SourceText};

/// One message for each line of a TOML text in which its parser found faults. `offset` is where the text starts in
/// its file, in bytes.
pub(super) fn faults(
    source: SourceText<'_>,
    offset: usize,
    text: &str,
    errors: &[toml::de::Error],
) -> Vec<Diagnostic> {
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut faults = Vec::new();
    for error in errors {
        let span = error.span().unwrap_or(0..0);
        let line = line_at(text, span.start);
        if lines.contains(&line) {
            continue;
        }
        let written = &text[line.clone()];
        let start = written.len() - written.trim_start().len() + line.start;
        let whole = start..start + written.trim().len();
        let in_file = |range: Range<usize>| range.start + offset..range.end + offset;
        let fault = match Slip::of(written.trim()) {
            Some(slip) => Diagnostic::error_at(source, in_file(whole), slip.message)
                .expected("TOML: `key = \"value\"`, one on each line")
                .help(format!("write `{}`", slip.remedy)),
            None => {
                let message = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
                Diagnostic::error_at(source, in_file(span), message)
                    .expected("TOML: `key = \"value\"`, one on each line")
                    .help("see https://toml.io; put text values in quotes")
            }
        };
        lines.push(line);
        faults.push(fault);
    }
    faults
}

/// Whether a text that is not TOML has nothing but lines that YAML has.
pub(super) fn is_yaml(text: &str) -> bool {
    let mut keys = 0;
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        let inner = line.starts_with([' ', '\t', '-', '#', ']', '}']);
        let key = yaml_key(line).is_some();
        if !inner && !key {
            return false;
        }
        keys += usize::from(key);
    }
    keys > 0
}

fn line_at(text: &str, at: usize) -> Range<usize> {
    let mut at = at.min(text.len());
    // What is missing at a line's end is a fault of that line.
    if at > 0 && text[..at].ends_with('\n') && text[at..].trim().is_empty() {
        at -= 1;
    }
    let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let end = text[at..].find('\n').map_or(text.len(), |i| at + i);
    start..end
}

/// A slip of somebody who knows another language of settings, or whose editor does.
struct Slip {
    message: String,
    /// The line as TOML has it.
    remedy: String,
}

impl Slip {
    fn of(line: &str) -> Option<Self> {
        let found = typographic(line).or_else(|| yaml(line)).or_else(|| unquoted(line))?;
        // What would be no TOML either is no help.
        found.remedy.parse::<Table>().is_ok().then_some(found)
    }
}

/// `title = “A”`.
fn typographic(line: &str) -> Option<Slip> {
    let double = ['“', '”', '„', '‟', '«', '»', '＂'];
    let single = ['‘', '’', '‚', '‹', '›'];
    let (key, value) = split_key(line)?;
    let first = value.trim_start_matches(['[', '{', ' ']).chars().next()?;
    let straight = if double.contains(&first) {
        let straight = value.replace(double, "\"");
        let is_value = format!("a = {straight}").parse::<Table>().is_ok();
        let inner = || value.strip_prefix(first)?.strip_suffix(double);
        if is_value { straight } else { quoted(inner()?) }
    } else if single.contains(&first) {
        let inner = value.strip_prefix(first)?.strip_suffix(single)?;
        quoted(inner)
    } else {
        return None;
    };
    Some(Slip {
        message: format!("typographic quotes around the value of `{key}`"),
        remedy: format!("{key} = {straight}"),
    })
}

/// `title: A`.
fn yaml(line: &str) -> Option<Slip> {
    let (key, value) = yaml_key(line)?;
    Some(Slip {
        message: format!("`{key}:` is YAML, and this is TOML"),
        remedy: format!("{key} = {}", as_value(value)),
    })
}

/// `title = A`, and `title "A"`.
fn unquoted(line: &str) -> Option<Slip> {
    if let Some((key, value)) = split_key(line).filter(|(_, value)| !value.is_empty()) {
        let plain = !value.contains(['"', '\'']) && !value.starts_with(['[', '{']);
        return plain.then(|| Slip {
            message: format!("the value of `{key}` is a text without quotes"),
            remedy: format!("{key} = {}", quoted(value)),
        });
    }
    let (key, value) = line.split_once(char::is_whitespace).filter(|(key, _)| is_key(key))?;
    Some(Slip {
        message: format!("`{key}` has no `=`"),
        remedy: format!("{key} = {}", as_value(value.trim())),
    })
}

fn split_key(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once('=')?;
    Some((key.trim(), value.trim())).filter(|(key, _)| is_key(key))
}

fn yaml_key(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let ends = value.is_empty() || value.starts_with([' ', '\t']);
    Some((key, value.trim())).filter(|(key, _)| ends && is_key(key))
}

fn is_key(key: &str) -> bool {
    !key.is_empty() && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// A value as it is, if TOML has it so, else as a text.
fn as_value(value: &str) -> String {
    let is_value = format!("a = {value}").parse::<Table>().is_ok();
    if is_value { value.to_owned() } else { quoted(value) }
}

fn quoted(text: &str) -> String {
    let text = if text.is_empty() { "…" } else { text };
    toml::Value::String(text.to_owned()).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn remedy(line: &str) -> Option<String> {
        Slip::of(line).map(|slip| slip.remedy)
    }

    #[test]
    fn a_slip_is_answered_with_the_line_as_it_should_be() {
        for (line, toml) in [
            ("title: A", "title = \"A\""),
            ("draft: true", "draft = true"),
            ("topics: [a, b]", "topics = \"[a, b]\""),
            ("title:", "title = \"…\""),
            ("title = “The Citizens’ Alliance”", "title = \"The Citizens’ Alliance\""),
            ("topics = [„a“, „b“]", "topics = [\"a\", \"b\"]"),
            ("title = ‘A’", "title = \"A\""),
            ("title = A letter", "title = \"A letter\""),
            ("title \"A\"", "title = \"A\""),
        ] {
            assert_eq!(remedy(line).as_deref(), Some(toml), "{line}");
        }
        for line in ["title = \"A", "= 1", "[extra", "]", "", "“A” = 1"] {
            assert_eq!(remedy(line), None, "{line}");
        }
    }

    #[test]
    fn yaml_is_known_as_a_whole() {
        assert!(is_yaml("title: A\ntopics:\n  - a\n- b\n\n# no more\n"));
        assert!(!is_yaml("title: A\ndate = \"1921\"\n"));
        assert!(!is_yaml("# nothing\n") && !is_yaml(""));
    }
}
