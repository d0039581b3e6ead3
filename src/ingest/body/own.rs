//! Blocks that only a seed in Markdown has: code, and lines that define where links lead.

use std::ops::Range;

use super::super::text::{self, Line};

/// Blocks of code: between fences, or indented lines by themselves.
pub(super) fn code(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        match fence(lines[at].text).and_then(|mark| Some((mark, close(lines, at + 1, mark)?))) {
            Some((_, end)) => {
                found.push(at..end);
                at = end;
            }
            None => at += 1,
        }
    }
    found
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
pub(super) fn lines(lines: &[Line<'_>]) -> String {
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
