//! Blocks that only a seed in Markdown has: code, and lines that define where links lead.

use std::ops::Range;

use super::super::layout::is_bullet;
use super::super::markdown;
use super::super::text::{self, Line};
use super::blocks::number;

/// Blocks between fences, which are code in any text.
pub(in crate::ingest) fn fenced(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for at in 0..lines.len() {
        let inside = found.last().is_some_and(|last| at < last.end);
        if !inside && let Some(end) = fenced_from(lines, at) {
            found.push(at..end);
        }
    }
    found
}

/// Index after the fence that closes the one at a line.
fn fenced_from(lines: &[Line<'_>], at: usize) -> Option<usize> {
    close(lines, at + 1, fence(lines[at].text)?)
}

/// Blocks of code: between fences, or indented lines by themselves.
pub(super) fn code(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        match fenced_from(lines, at) {
            Some(end) => {
                found.push(at..end);
                at = end;
            }
            None => match instruction(lines, at).or_else(|| indented(lines, at)) {
                Some(end) => {
                    found.push(at..end);
                    at = end;
                }
                None => at += 1,
            },
        }
    }
    found
}

/// Index after the last line of a script that begins here: `<?php`, up to `?>`, or as far as no line is empty.
fn instruction(lines: &[Line<'_>], at: usize) -> Option<usize> {
    let name = lines[at].text.strip_prefix("<?")?;
    let begins = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '=');
    let closed = lines[at..].iter().position(|l| l.text.contains("?>")).map(|i| at + i + 1);
    let end = || at + lines[at..].iter().position(Line::is_blank).unwrap_or(lines.len() - at);
    begins.then(|| closed.unwrap_or_else(end))
}

/// How far code is indented in Markdown.
const INDENTED: usize = 4;

/// Index after the last line of indented code that begins here. What is indented only is a paragraph of a letter:
/// code has signs that Markdown would read.
fn indented(lines: &[Line<'_>], at: usize) -> Option<usize> {
    let deep = |line: &Line<'_>| !line.is_blank() && line.indent >= INDENTED;
    let begins = at == 0 || lines[at - 1].is_blank();
    if !begins || !deep(&lines[at]) || text::is_prose(lines[at].text) {
        return None;
    }
    let end = (at..lines.len()).find(|&i| !deep(&lines[i])).unwrap_or(lines.len());
    let closed = lines.get(end).is_none_or(Line::is_blank);
    let signs = |l: &Line<'_>| has_signs(l.text);
    (closed && !is_of_list(lines, at..end) && lines[at..end].iter().any(signs)).then_some(end)
}

/// Whether indented lines are below an item of a list, or are items themselves: then they are a part of it.
fn is_of_list(lines: &[Line<'_>], range: Range<usize>) -> bool {
    let above = lines[..range.start].iter().rev().find(|l| !l.is_blank() && l.indent < INDENTED);
    let item = |l: &Line<'_>| is_bullet(l.text) || number(l.text).is_some();
    above.is_some_and(item) || lines[range].iter().any(item)
}

/// Whether Markdown would take signs of a line for marks.
fn has_signs(line: &str) -> bool {
    markdown::has_pairs(line) || line.contains('`') || line.ends_with([';', '{', '}'])
}

/// Code as a block of Markdown: between fences.
pub(super) fn block(code: &[Line<'_>]) -> String {
    let text = lines(code);
    if code.first().is_some_and(|l| fence(l.text).is_some()) {
        return text;
    }
    let fence = if text.contains("```") { "~~~" } else { "```" };
    format!("{fence}\n{text}\n{fence}")
}

/// The sign of a fence, and how many of it begin a line.
fn fence(line: &str) -> Option<(char, usize)> {
    let sign = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let run = line.chars().take_while(|c| *c == sign).count();
    (run >= 3 && !line[run..].contains('`')).then_some((sign, run))
}

/// Index after the line that closes a fence.
fn close(lines: &[Line<'_>], from: usize, (sign, run): (char, usize)) -> Option<usize> {
    let closes = |line: &Line<'_>| line.text.len() >= run && line.text.chars().all(|c| c == sign);
    lines[from..].iter().position(closes).map(|i| from + i + 1)
}

/// Lines as the seed has them, with their indentation.
fn lines(lines: &[Line<'_>]) -> String {
    let outer = lines.first().map_or(0, |l| l.indent);
    let line = |l: &Line<'_>| format!("{}{}", " ".repeat(l.indent.saturating_sub(outer)), l.text);
    lines.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// Whether a line says where links of a name lead: `[1]: https://…`.
pub(super) fn is_target(line: &str) -> bool {
    let Some((name, rest)) = line.strip_prefix('[').and_then(|l| l.split_once("]:")) else {
        return false;
    };
    let target = rest.trim_start().trim_start_matches('<');
    let leads = ["http://", "https://", "mailto:"].iter().any(|scheme| target.starts_with(scheme));
    !name.starts_with('^') && !name.contains(['[', ']']) && leads && text::has_at_most(target, 12)
}

/// Whether a line begins a block although no blank line is before it.
pub(super) fn begins(line: &str) -> bool {
    let note = || line.starts_with("[^") && line.contains("]:");
    line.starts_with('[') && (note() || is_target(line))
}
