//! A table as CSV (RFC 4180). A cell that a spreadsheet would run as a formula begins with an apostrophe,
//! which says that it is text.

use super::{Cells, Table};
use crate::site::SitePlan;

/// A table of the archive.
pub(super) fn of(plan: &SitePlan<'_>, table: &Table) -> Vec<u8> {
    let mut csv = Csv::default();
    for (name, ..) in table.columns {
        csv.cell(name);
    }
    csv.end_row();
    (table.fill)(plan, &mut csv);
    csv.out.into_bytes()
}

/// A table in memory.
#[derive(Default)]
struct Csv {
    out: String,
    /// Whether the row has a cell already.
    begun: bool,
}

impl Cells for Csv {
    fn cell(&mut self, text: &str) {
        if self.begun {
            self.out.push(',');
        }
        self.begun = true;
        let guard = if is_run_by_spreadsheets(text) { "'" } else { "" };
        if !text.contains([',', '"', '\n', '\r']) {
            self.out.push_str(guard);
            self.out.push_str(text);
            return;
        }
        self.out.push('"');
        self.out.push_str(guard);
        self.out.push_str(&text.replace('"', "\"\""));
        self.out.push('"');
    }

    fn end_row(&mut self) {
        self.out.push_str("\r\n");
        self.begun = false;
    }
}

/// Whether a spreadsheet would take a cell for a formula. Numbers and dates, also those before our era, are none.
fn is_run_by_spreadsheets(text: &str) -> bool {
    let number = |text: &str| text.chars().all(|c| c.is_ascii_digit() || "-./:~?%X,".contains(c));
    match text.chars().next() {
        Some('=' | '@' | '\t' | '\r' | '\n' | '＝' | '＠' | '＋' | '－') => true,
        Some('+' | '-') => !number(&text[1..]),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_run_as_a_formula() {
        let mut csv = Csv::default();
        let cells =
            ["=1+1", "=cmd|'/c calc'!A1,x", "+cmd", "-0044-03-15", "@SUM(A1)", "\t=1", "a=b", ""];
        cells.iter().for_each(|cell| csv.cell(cell));
        let text = csv.out;
        let expected = "'=1+1,\"'=cmd|'/c calc'!A1,x\",'+cmd,-0044-03-15,'@SUM(A1),'\t=1,a=b,";
        assert_eq!(text, expected);
    }
}
