//! What became of a table: which column holds what, which rows and files found each other.

use serde::Serialize;

use super::columns::Field;
use crate::diagnostic::{Diagnostic, Report};

/// An account of a table.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableAccount {
    /// Path below `seeds/`.
    pub path: String,
    /// How many rows say something.
    pub rows: usize,
    /// Rows that describe a document which was read from a file.
    pub matched: usize,
    /// Columns that are used, each with the field that it holds.
    pub columns: Vec<(String, &'static str)>,
    /// Columns that are not used.
    pub unused: Vec<String>,
    /// Lines of rows whose files are not there, and what they call these.
    pub without_file: Vec<(usize, String)>,
    /// Fields of which the table and a text say different things; the table counts.
    pub differences: Vec<String>,
}

impl TableAccount {
    pub(super) fn new(path: &str, head: &[String], fields: &[Option<Field>], rows: usize) -> Self {
        let used = |(name, field): (&String, &Option<Field>)| Some((name.clone(), (*field)?.key()));
        let unused = head.iter().zip(fields).filter(|(name, f)| f.is_none() && !name.is_empty());
        Self {
            path: path.to_owned(),
            rows,
            matched: 0,
            columns: head.iter().zip(fields).filter_map(used).collect(),
            unused: unused.map(|(name, _)| name.clone()).collect(),
            without_file: Vec::new(),
            differences: Vec::new(),
        }
    }

    /// The names of all columns.
    pub(super) fn head(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|(name, _)| name).chain(&self.unused).map(String::as_str)
    }

    /// How the columns are understood, in a line.
    pub fn mapping(&self) -> String {
        let used: Vec<String> =
            self.columns.iter().map(|(name, field)| format!("{name} → {field}")).collect();
        let unused = match self.unused.is_empty() {
            true => String::new(),
            false => format!("; not used: {}", self.unused.join(", ")),
        };
        format!("{}{unused}", used.join(", "))
    }
}

/// How many things a warning names.
const NAMED: usize = 3;

/// Warns of what does not fit.
pub(super) fn warn(accounts: &[TableAccount], without_row: &[String], report: &Report) {
    for account in accounts {
        let path = format!("seeds/{}", account.path);
        if let Some(list) =
            few(account.without_file.iter().map(|(line, file)| format!("`{file}` (line {line})")))
        {
            let message = match account.without_file.len() {
                1 => "a row names a file that is not read from `seeds/`".to_owned(),
                n => format!("{n} rows name files that are not read from `seeds/`"),
            };
            report.push(
                Diagnostic::warning(path.clone(), message)
                    .note(list)
                    .note("such a row is a document without a text")
                    .help("correct the name in the table, or add the file"),
            );
        }
        if !account.differences.is_empty() {
            let message = match account.differences.len() {
                1 => "the table and a text say different things: the table counts".to_owned(),
                n => format!("the table and the texts say {n} different things: the table counts"),
            };
            let warning = Diagnostic::warning(path, message);
            let few = account.differences.iter().take(NAMED);
            let warning = few.fold(warning, |warning, difference| warning.note(difference));
            report.push(warning.help("`fonds ingest --verbose` lists all of them"));
        }
    }
    if let Some(list) = few(without_row.iter().map(|path| format!("`seeds/{path}`"))) {
        let message = match without_row.len() {
            1 => "a seed has no row in a table".to_owned(),
            n => format!("{n} seeds have no row in a table"),
        };
        report.push(
            Diagnostic::warning(format!("seeds/{}", without_row[0]), message)
                .note(list)
                .help("add a row with its file name, if the table is to describe it"),
        );
    }
}

/// The first of some things, and how many more there are; none if there are none.
fn few(things: impl ExactSizeIterator<Item = String>) -> Option<String> {
    let more = things.len().saturating_sub(NAMED);
    let mut named: Vec<String> = things.take(NAMED).collect();
    if more > 0 {
        named.push(format!("{more} more"));
    }
    (!named.is_empty()).then(|| named.join("; "))
}
