//! Blocks that bring their own marks: what somebody quotes behind `>`, and tables between bars.

use super::super::text::{self, Line};
use super::blocks::{Block, Quoted};
use super::mend;

/// Index after the last of the lines that are alike.
pub(super) fn run(lines: &[Line<'_>], from: usize, like: impl Fn(&Line<'_>) -> bool) -> usize {
    (from..lines.len()).find(|&i| !like(&lines[i])).unwrap_or(lines.len())
}

/// How deep quotations are in each other at most.
const DEEP: usize = 9;

/// How many marks of quotation begin a line, and what is behind them.
fn bare(line: &str) -> (usize, &str) {
    let (mut depth, mut rest) = (0, line);
    while let Some(behind) = rest.strip_prefix('>') {
        depth += 1;
        rest = behind.trim_start();
    }
    (depth.clamp(1, DEEP), rest)
}

/// Lines behind `>`: paragraphs between those that have nothing else, each as deep as its marks say.
pub(super) fn quote(lines: &[String], vocabulary: &mend::Vocabulary<'_>) -> Block {
    let lines: Vec<(usize, &str)> = lines.iter().map(|line| bare(line)).collect();
    let width = lines.iter().map(|(_, l)| text::length(l)).max().unwrap_or(0);
    let mut paragraphs = vec![Quoted { depth: lines[0].0, text: String::new() }];
    let mut before = 0;
    for (depth, line) in lines {
        let begins = paragraphs
            .last()
            .is_some_and(|p| !p.text.is_empty() && (line.is_empty() || depth != p.depth));
        if begins {
            paragraphs.push(Quoted { depth, text: String::new() });
        }
        let Some(Quoted { depth: open, text: last }) = paragraphs.last_mut() else { continue };
        if line.is_empty() {
            before = 0;
            continue;
        }
        *open = depth;
        if last.is_empty() || before >= 40 && before * 4 > width * 3 {
            // A line that fills the width goes on in the next one.
            mend::join_line(last, line, vocabulary);
        } else {
            last.push('\n');
            last.push_str(line);
        }
        before = text::length(line);
    }
    paragraphs.retain(|p| !p.text.is_empty());
    Block::Quote(paragraphs)
}

/// A table in Markdown: its rows, and how each of its columns is aligned.
pub(super) struct Table {
    pub rows: Vec<Vec<String>>,
    pub rule: Vec<String>,
}

/// A table, if the lines begin with one: headings, a rule, rows of cells between bars.
pub(super) fn table(lines: &[String]) -> Option<Table> {
    let [first, rule, rows @ ..] = lines else { return None };
    let is_rule = rule.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t'));
    if !first.contains('|') || !is_rule || !rule.contains("--") || !rule.contains('|') {
        return None;
    }
    let rule: Vec<String> = cells(rule).into_iter().map(aligned).collect::<Option<_>>()?;
    let first = cells(first);
    if first.len() != rule.len() {
        return None;
    }
    let barred = lines[0].starts_with('|');
    let is_row = |line: &&String| if barred { line.starts_with('|') } else { line.contains('|') };
    let rows = rows.iter().take_while(is_row).map(|line| cells(line));
    let mut rows: Vec<Vec<String>> = std::iter::once(first).chain(rows).collect();
    // Cells beyond the headings would not be shown.
    let columns = rows.iter().map(Vec::len).max().unwrap_or(1);
    rows.iter_mut().for_each(|row| row.resize(columns, String::new()));
    let mut rule = rule;
    rule.resize(columns, "---".to_owned());
    Some(Table { rows, rule })
}

/// The cells of a row, between bars that no backslash escapes.
fn cells(line: &str) -> Vec<String> {
    let line = line.trim();
    let line = line.strip_prefix('|').unwrap_or(line);
    let mut cells = Vec::new();
    let (mut start, mut escaped) = (0, false);
    for (i, c) in line.char_indices() {
        if c == '|' && !escaped {
            cells.push(line[start..i].trim().to_owned());
            start = i + 1;
        }
        escaped = c == '\\' && !escaped;
    }
    let last = line[start..].trim();
    if !last.is_empty() {
        cells.push(last.to_owned());
    }
    cells
}

/// A column's rule, with its signs of alignment.
fn aligned(cell: String) -> Option<String> {
    let dashes = cell.trim_matches(':');
    let fits = dashes.len() >= 2 && dashes.bytes().all(|b| b == b'-');
    let sign = |is: bool| if is { ":" } else { "" };
    fits.then(|| format!("{}---{}", sign(cell.starts_with(':')), sign(cell.ends_with(':'))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_quotes_whom_is_kept() {
        let lines = ["> You wrote:", "> > Before", "> > that", ">", "> So."].map(str::to_owned);
        let Block::Quote(quoted) = quote(&lines, &mend::Vocabulary::default()) else { panic!() };
        let quoted: Vec<(usize, &str)> =
            quoted.iter().map(|q| (q.depth, q.text.as_str())).collect();
        assert_eq!(quoted, [(1, "You wrote:"), (2, "Before\nthat"), (1, "So.")]);
    }

    #[test]
    fn tables_keep_escaped_bars_alignment_and_all_cells() {
        let lines = ["| a | b |", "|:--|--:|", "| x\\|y | z | more |", "text"].map(str::to_owned);
        let table = table(&lines).unwrap();
        assert_eq!(table.rows[1], ["x\\|y", "z", "more"]);
        assert_eq!(table.rule, [":---", "---:", "---"]);
        assert!(super::table(&["a | b", "--- | ---", "c | d"].map(str::to_owned)).is_some());
        assert!(super::table(&["a b", "-----"].map(str::to_owned)).is_none());
    }
}
