//! Every message that the program's code can make stands in a snapshot, with its remedy.
//!
//! Messages are found in the code, so that a new one without a fixture fails here. A message that is made
//! of another's words (the system's, a parser's) cannot be found so; `faults` has fixtures of those, too.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use regex::Regex;

/// Messages without a snapshot, and why.
const EXCEPTIONS: [(&str, &str); 3] = [
    (
        "the build crashed; this is a bug in fonds",
        "a panic of our own, which no archive is known to provoke",
    ),
    (
        "the e-mail cannot be read and is set aside: {}",
        "a mail of a mailbox larger than what a file may have: `tests/formats/mutate.py` makes one",
    ),
    (
        "the file was saved by somebody else at the same moment",
        "two programs at one moment: `review` and `disk` test it",
    ),
];

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn files(folder: &str, extension: &str) -> Vec<(String, String)> {
    let mut files: Vec<(String, String)> = walkdir::WalkDir::new(project(folder))
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.path().extension().is_some_and(|e| e == extension))
        .map(|entry| {
            let name = entry.path().strip_prefix(project("")).unwrap().display().to_string();
            (name, fs::read_to_string(entry.path()).unwrap())
        })
        .collect();
    files.sort();
    files
}

/// The first line of every message in the snapshots.
fn told() -> BTreeSet<String> {
    let heads = files("tests/cli", "snap");
    let lines = heads.iter().flat_map(|(_, text)| text.lines());
    lines
        .filter(|line| line.starts_with("error: ") || line.starts_with("warning: "))
        .map(str::to_owned)
        .collect()
}

/// Calls that make a message, and which of their arguments it is.
const CALLS: [(&str, usize); 5] = [
    ("Diagnostic::error(", 1),
    ("Diagnostic::warning(", 1),
    ("Diagnostic::error_at(", 2),
    (".fault(", 1),
    ("Failure::usage(", 0),
];

/// The texts of messages in the code, `{…}` where a value stands, each with its file.
fn made() -> Vec<(String, String)> {
    let mut made = Vec::new();
    for (path, text) in files("src", "rs") {
        let code = text.split("#[cfg(test)]").next().unwrap();
        for (call, number) in CALLS {
            for (at, _) in code.match_indices(call) {
                let arguments = arguments(&code[at + call.len()..]);
                let literal = arguments.get(number).and_then(|argument| literal(argument));
                made.extend(literal.map(|literal| (path.clone(), literal)));
            }
        }
    }
    made
}

/// The arguments of a call, from behind its opening bracket.
fn arguments(code: &str) -> Vec<String> {
    let (mut arguments, mut depth, mut quoted, mut escaped) =
        (vec![String::new()], 0, false, false);
    for c in code.chars() {
        if quoted {
            quoted = escaped || c != '"';
            escaped = !escaped && c == '\\';
        } else {
            match c {
                '"' => quoted = true,
                '(' | '[' | '{' => depth += 1,
                ')' | ']' | '}' if depth == 0 => break,
                ')' | ']' | '}' => depth -= 1,
                ',' if depth == 0 => {
                    arguments.push(String::new());
                    continue;
                }
                _ => {}
            }
        }
        arguments.last_mut().unwrap().push(c);
    }
    arguments
}

/// The text of a literal or of a `format!`; none for a message that is made elsewhere.
fn literal(argument: &str) -> Option<String> {
    let argument = argument.trim();
    let inner = argument.strip_prefix("format!(").unwrap_or(argument).trim_start();
    let inner = inner.strip_prefix('"')?;
    let end = Regex::new(r#"^((?:[^"\\]|\\.)*)""#).unwrap();
    let found = end.captures(inner)?;
    let continued = Regex::new(r"\\\n\s*").unwrap();
    Some(continued.replace_all(&found[1], "").replace("\\\"", "\"").replace("\\\\", "\\"))
}

/// A pattern of the messages that a text gives.
fn pattern(text: &str) -> Regex {
    let value = Regex::new(r"\{[^{}]*\}").unwrap();
    let text = text.replace("{{", "\u{1}").replace("}}", "\u{2}");
    let parts: Vec<String> = value.split(&text).map(regex::escape).collect();
    let pattern = parts.join(".*").replace('\u{1}', r"\{").replace('\u{2}', r"\}");
    Regex::new(&format!("^(?:error|warning): {pattern}$")).unwrap()
}

#[test]
fn every_message_of_the_code_has_a_snapshot() {
    let (told, made) = (told(), made());
    let is_told = |text: &str| {
        let pattern = pattern(text);
        told.iter().any(|line| pattern.is_match(line))
    };
    let missing: BTreeSet<String> = made
        .iter()
        .filter(|(_, text)| !is_told(text))
        .filter(|(_, text)| !EXCEPTIONS.iter().any(|(excepted, _)| excepted == text))
        .map(|(path, text)| format!("{path}: {text}"))
        .collect();
    assert!(
        missing.is_empty(),
        "no snapshot of\n{}",
        missing.into_iter().collect::<Vec<_>>().join("\n")
    );
    for (text, why) in EXCEPTIONS {
        assert!(
            made.iter().any(|(_, t)| t == text) && !is_told(text),
            "no longer needed: {text} ({why})"
        );
    }
}

#[test]
fn there_are_many_messages_and_each_has_a_remedy() {
    let value = Regex::new("`[^`]*`|[0-9]+").unwrap();
    let distinct: BTreeSet<String> =
        told().iter().map(|line| value.replace_all(line, "…").into_owned()).collect();
    assert!(distinct.len() >= 60, "{}", distinct.len());
    for (path, text) in files("tests/cli", "snap") {
        // The command line's own messages have another form, and so have GitHub's.
        if text.contains("For more information") || path.contains("github") {
            continue;
        }
        let is_head = |part: &&str| part.contains("error: ") || part.contains("warning: ");
        for message in text.split("\n\n").filter(is_head) {
            let has_remedy = message.contains("= help: ") || message.contains("= expected: ");
            assert!(has_remedy, "{path}\n{message}");
        }
    }
}
