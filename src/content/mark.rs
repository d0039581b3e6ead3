//! `[withheld: reason]`: the mark in a text where something was taken out on purpose.
//!
//! It is plain text to Markdown. A backslash before it makes it the words that it is, which is how ingest
//! writes it where a seed has it.

use std::ops::Range;

/// How a mark begins, in any case.
const START: &str = "[withheld:";

/// Bytes that a reason has at most.
const LONGEST: usize = 400;

/// A withheld passage, as the text has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Where it is, in bytes.
    pub range: Range<usize>,
    /// Why, in one line.
    pub reason: String,
}

impl Mark {
    /// The mark as plain text has it.
    pub fn plain(reason: &str) -> String {
        format!("[withheld: {reason}]")
    }
}

/// Whether a text begins with what may be a mark.
pub fn begins(text: &str) -> bool {
    text.get(..START.len()).is_some_and(|start| start.eq_ignore_ascii_case(START))
}

/// All marks of a Markdown text, in their order.
pub fn marks(text: &str) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut at = 0;
    while let Some(found) = text[at..].find('[').map(|i| at + i) {
        at = found + 1;
        let escaped = text[..found].bytes().rev().take_while(|b| *b == b'\\').count() % 2 == 1;
        if escaped || !begins(&text[found..]) {
            continue;
        }
        let start = found + START.len();
        let Some(end) = text[start..].find(']').map(|i| start + i) else { break };
        if let Some(reason) = reason(&text[start..end]) {
            marks.push(Mark { range: found..end + 1, reason });
            at = end + 1;
        }
    }
    marks
}

/// A reason in one line; none if it holds what Markdown reads as a mark of its own, or an empty line.
fn reason(text: &str) -> Option<String> {
    let is_plain = text.len() <= LONGEST
        && !text.contains(['[', '*', '_', '`', '\\', '<', '>', '&', '|', '~']);
    let broken = text.lines().count() > 1 && text.lines().any(|line| line.trim().is_empty());
    let reason = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (is_plain && !broken && !reason.is_empty()).then_some(reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reasons(text: &str) -> Vec<String> {
        marks(text).into_iter().map(|mark| mark.reason).collect()
    }

    #[test]
    fn a_mark_has_a_reason() {
        assert_eq!(
            reasons("A [withheld: personal\n data] b [Withheld:x]."),
            ["personal data", "x"]
        );
        assert_eq!(reasons("[[withheld: 개인정보]]"), ["개인정보"]);
        for none in [
            "[withheld]",
            "[withheld: ]",
            "[withheld: a *b*]",
            "[withheld: a\n\nb]",
            "\\[withheld: a]",
            "[withheld: a",
        ] {
            assert!(marks(none).is_empty(), "{none}");
        }
        assert_eq!(reasons("\\\\[withheld: a]"), ["a"]);
    }
}
