//! CSV and TSV (RFC 4180, and what spreadsheets make of it) → rows with the lines that they are on.

use super::super::decode::Refusal;
use crate::limits::Limit;

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Cells {
    /// First and last line in the file, counted from 1.
    pub(super) lines: (usize, usize),
    pub(super) cells: Vec<String>,
}

/// Reads the rows of a table that are not empty.
pub(super) fn rows(text: &str) -> Result<Vec<Cells>, Refusal> {
    let most = Limit::TableCells.count();
    let delimiter = delimiter(text);
    let (mut rows, mut row, mut cell) = (Vec::new(), Vec::new(), String::new());
    let (mut line, mut first, mut count) = (1, 1, 0);
    let mut quoted = false;
    let mut signs = text.chars().peekable();
    loop {
        let sign = signs.next();
        match sign {
            Some('"') if quoted && signs.peek() == Some(&'"') => {
                signs.next();
                cell.push('"');
            }
            Some('"') if quoted => quoted = false,
            Some('"') if cell.trim().is_empty() => {
                cell.clear();
                quoted = true;
            }
            Some('\n') if quoted => {
                line += 1;
                cell.push('\n');
            }
            None | Some('\n') => {
                row.push(std::mem::take(&mut cell).trim().to_owned());
                count += row.len();
                let cells = std::mem::take(&mut row);
                if cells.iter().any(|cell: &String| !cell.is_empty()) {
                    rows.push(Cells { lines: (first, line), cells });
                }
                if count > most {
                    return Err(Refusal::TooLarge(Limit::TableCells));
                }
                if sign.is_none() {
                    return Ok(rows);
                }
                line += 1;
                first = line;
            }
            Some(sign) if sign == delimiter && !quoted => {
                row.push(std::mem::take(&mut cell).trim().to_owned());
            }
            Some(sign) => cell.push(sign),
        }
    }
}

/// The sign between cells: the one that the head has most of. German and French spreadsheets write semicolons.
fn delimiter(text: &str) -> char {
    let (mut counts, mut quoted) = ([0; 4], false);
    const SIGNS: [char; 4] = [',', ';', '\t', '|'];
    for sign in text.chars() {
        match sign {
            '"' => quoted = !quoted,
            '\n' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some(k) = SIGNS.iter().position(|known| *known == sign) {
                    counts[k] += 1;
                }
            }
        }
    }
    let best = (0..SIGNS.len()).rev().max_by_key(|k| counts[*k]);
    best.map_or(',', |k| SIGNS[k])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_may_hold_signs_and_lines() {
        let rows = rows("a;b;c\n\"x; \"\"y\"\"\";\"one\ntwo\"; z \n;;\n1;2,3").unwrap();
        let cells: Vec<(_, Vec<&str>)> =
            rows.iter().map(|r| (r.lines, r.cells.iter().map(String::as_str).collect())).collect();
        assert_eq!(
            cells,
            [
                ((1, 1), vec!["a", "b", "c"]),
                ((2, 3), vec!["x; \"y\"", "one\ntwo", "z"]),
                ((5, 5), vec!["1", "2,3"]),
            ]
        );
        assert_eq!(super::rows("a\tb\n1\t2").unwrap()[1].cells, ["1", "2"]);
        assert!(super::rows("").unwrap().is_empty());
    }

    #[test]
    fn broken_tables_are_read_all_the_same() {
        let whole = "id;title;\"a \"\"b\"\"\"\n1;\"x\ny\";z\n2;;\"q\n";
        let mut number = 17_usize;
        let mut below = |limit: usize| {
            number = number
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1_442_695_040_888_963_407);
            (number >> 33) % limit
        };
        for _ in 0..500 {
            let mut broken: Vec<char> = whole.chars().collect();
            for _ in 0..=below(6) {
                let at = below(broken.len());
                broken[at] = [';', '"', '\n', ',', '\t', 'x'][below(6)];
            }
            let text: String = broken.into_iter().collect();
            let lines = text.matches('\n').count() + 1;
            let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).count();
            let rows = rows(&text).unwrap();
            assert!(rows.iter().all(|row| 1 <= row.lines.0 && row.lines.1 <= lines), "{text:?}");
            let kept: usize =
                rows.iter().flat_map(|row| &row.cells).map(|cell| letters(cell)).sum();
            assert_eq!(kept, letters(&text), "{text:?}");
        }
    }
}
