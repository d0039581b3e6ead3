//! Rows of a CSV table (RFC 4180).

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
        if !text.contains([',', '"', '\n', '\r']) {
            self.out.push_str(text);
            return;
        }
        self.out.push('"');
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
