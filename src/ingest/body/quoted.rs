//! Blocks that bring their own marks: what somebody quotes behind `>`, and tables between bars.

use super::super::text::{self, Line};
use super::blocks::Block;
use super::mend;

/// Index after the last of the lines that are alike.
pub(super) fn run(lines: &[Line<'_>], from: usize, like: impl Fn(&Line<'_>) -> bool) -> usize {
    (from..lines.len()).find(|&i| !like(&lines[i])).unwrap_or(lines.len())
}

/// Lines behind `>`: paragraphs between those that have nothing else.
pub(super) fn quote(lines: &[String], vocabulary: &mend::Vocabulary<'_>) -> Block {
    let bare = |l: &String| l.trim_start_matches(['>', ' ']).to_owned();
    let lines: Vec<String> = lines.iter().map(bare).collect();
    let width = lines.iter().map(|l| text::length(l)).max().unwrap_or(0);
    let mut paragraphs = vec![String::new()];
    let mut before = 0;
    for line in &lines {
        let Some(last) = paragraphs.last_mut() else { continue };
        if line.is_empty() {
            if !last.is_empty() {
                paragraphs.push(String::new());
            }
        } else if last.is_empty() || before >= 40 && before * 4 > width * 3 {
            // A line that fills the width goes on in the next one.
            mend::join_line(last, line, vocabulary);
        } else {
            last.push('\n');
            last.push_str(line);
        }
        before = text::length(line);
    }
    paragraphs.retain(|p| !p.is_empty());
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
    fn tables_keep_escaped_bars_alignment_and_all_cells() {
        let lines = ["| a | b |", "|:--|--:|", "| x\\|y | z | more |", "text"].map(str::to_owned);
        let table = table(&lines).unwrap();
        assert_eq!(table.rows[1], ["x\\|y", "z", "more"]);
        assert_eq!(table.rule, [":---", "---:", "---"]);
        assert!(super::table(&["a | b", "--- | ---", "c | d"].map(str::to_owned)).is_some());
        assert!(super::table(&["a b", "-----"].map(str::to_owned)).is_none());
    }
}
