//! Blocks that bring their own marks: what somebody quotes behind `>`, and tables between bars.

use super::super::text::{self, Line};
use super::blocks::Block;
use super::mend;

/// Index after the last of the lines that are alike.
pub(super) fn run(lines: &[Line<'_>], from: usize, like: impl Fn(&Line<'_>) -> bool) -> usize {
    (from..lines.len()).find(|&i| !like(&lines[i])).unwrap_or(lines.len())
}

/// Lines behind `>`: paragraphs between those that have nothing else.
pub(super) fn quote(lines: &[String], vocabulary: &mend::Vocabulary) -> Block {
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

/// Rows of a table in Markdown, if the lines begin with one: headings, a rule, rows of as many cells.
pub(super) fn table(lines: &[String]) -> Option<Vec<Vec<String>>> {
    let cells = |line: &String| -> Option<Vec<String>> {
        let inner = line.trim().strip_prefix('|')?.strip_suffix('|')?;
        Some(inner.split('|').map(|c| c.trim().to_owned()).collect())
    };
    let rule = |c: &String| c.len() >= 3 && c.trim_matches(':').chars().all(|c| c == '-');
    let first = cells(lines.first()?)?;
    if !cells(lines.get(1)?)?.iter().all(rule) {
        return None;
    }
    let mut rows = vec![first];
    rows.extend(lines[2..].iter().map_while(cells));
    let columns = rows.iter().map(Vec::len).max().unwrap_or(1);
    rows.iter_mut().for_each(|row| row.resize(columns, String::new()));
    Some(rows)
}
