//! Rows of a CSV table (RFC 4180). A cell that a spreadsheet would run as a formula begins with an apostrophe,
//! which says that it is text.

use super::Column;

/// Writes a table in memory, cell by cell.
pub(super) struct Csv {
    out: String,
    /// Whether the row has a cell already.
    begun: bool,
}

impl Csv {
    /// A table with the names of its columns.
    pub(super) fn new(columns: &[Column]) -> Self {
        let mut csv = Self { out: String::new(), begun: false };
        for (name, ..) in columns {
            csv.cell(name);
        }
        csv.end_row();
        csv
    }

    /// Adds a cell to the row.
    pub(super) fn cell(&mut self, text: &str) {
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

    /// Adds a cell that is empty if there is no value.
    pub(super) fn maybe(&mut self, value: Option<impl ToString>) {
        self.cell(&value.map(|v| v.to_string()).unwrap_or_default());
    }

    /// Ends the row.
    pub(super) fn end_row(&mut self) {
        self.out.push_str("\r\n");
        self.begun = false;
    }

    /// The bytes.
    pub(super) fn finish(self) -> Vec<u8> {
        self.out.into_bytes()
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
        let mut csv = Csv::new(&[]);
        let cells =
            ["=1+1", "=cmd|'/c calc'!A1,x", "+cmd", "-0044-03-15", "@SUM(A1)", "\t=1", "a=b", ""];
        cells.iter().for_each(|cell| csv.cell(cell));
        let text = String::from_utf8(csv.finish()).unwrap();
        let expected = "\r\n'=1+1,\"'=cmd|'/c calc'!A1,x\",'+cmd,-0044-03-15,'@SUM(A1),'\t=1,a=b,";
        assert_eq!(text, expected);
    }
}
