//! The tables and the texts as one SQLite database, for questions in SQL and for tools such as Datasette. A full-text
//! index goes with it: `select … from documents where rowid in (select rowid from documents_fts where documents_fts
//! match 'bakery')`.
//!
//! Source: <https://www.sqlite.org/fts5.html>, external content tables.

use rusqlite::{Connection, Statement, params_from_iter};

use super::{Cells, Column, FILES, Table};
use crate::site::SitePlan;

/// The database in memory: the same records and the same library give the same bytes.
pub(super) struct Database {
    connection: Connection,
}

impl Database {
    /// All tables, without the texts.
    ///
    /// # Errors
    ///
    /// What SQLite says, such as that the memory does not suffice.
    pub(super) fn new(plan: &SitePlan<'_>) -> rusqlite::Result<Self> {
        let connection = Connection::open_in_memory()?;
        // Documents answer such as follow below them, and collections are written later.
        connection.execute_batch("pragma foreign_keys = off; begin")?;
        for file in &FILES {
            let Some(table) = file.table() else { continue };
            let name = name_of(file.name);
            connection.execute_batch(&definition(name, table))?;
            let marks = vec!["?"; table.columns.len()].join(", ");
            let into = format!("insert into {} values ({marks})", quoted(name));
            let statement = connection.prepare(&into)?;
            let mut rows =
                Rows { statement, row: Vec::new(), columns: table.columns, result: Ok(()) };
            (table.fill)(plan, &mut rows);
            rows.result?;
        }
        connection.execute_batch("alter table documents add column text text")?;
        Ok(Self { connection })
    }

    /// Adds the texts of documents, each behind its slug.
    pub(super) fn add<'t>(
        &self,
        texts: impl IntoIterator<Item = (&'t str, &'t str)>,
    ) -> rusqlite::Result<()> {
        let into = "update documents set text = ?2 where slug = ?1";
        let mut statement = self.connection.prepare(into)?;
        texts.into_iter().try_for_each(|(slug, text)| statement.execute([slug, text]).map(drop))
    }

    /// The bytes of the file.
    pub(super) fn finish(mut self) -> rusqlite::Result<Vec<u8>> {
        self.connection.execute_batch(
            "create virtual table documents_fts using fts5(title, text, content = 'documents', \
             tokenize = 'unicode61 remove_diacritics 2');\n\
             insert into documents_fts (documents_fts) values ('rebuild');\n\
             commit",
        )?;
        Ok(self.connection.serialize("main")?.to_vec())
    }
}

/// `documents.csv` is the table `documents`.
fn name_of(file: &str) -> &str {
    file.strip_suffix(".csv").unwrap_or(file)
}

fn definition(name: &str, table: &Table) -> String {
    let mut parts: Vec<String> = Vec::new();
    for (column, kind, _) in table.columns {
        let kind = if *kind == "integer" { "integer" } else { "text" };
        let key = if table.key == Some(column) { " primary key not null" } else { "" };
        parts.push(format!("{} {kind}{key}", quoted(column)));
    }
    for (column, other) in table.references {
        let (column, other) = (quoted(column), quoted(other));
        parts.push(format!("foreign key ({column}) references {other} (slug)"));
    }
    format!("create table {} (\n  {}\n)", quoted(name), parts.join(",\n  "))
}

/// A name in SQL: `references` is a word of the language, too.
fn quoted(name: &str) -> String {
    format!("\"{name}\"")
}

/// Rows on their way into a table. An empty cell is no value.
struct Rows<'a> {
    statement: Statement<'a>,
    row: Vec<Option<String>>,
    columns: &'static [Column],
    result: rusqlite::Result<()>,
}

impl Cells for Rows<'_> {
    fn cell(&mut self, text: &str) {
        self.row.push(Some(text.to_owned()).filter(|text| !text.is_empty()));
    }

    fn end_row(&mut self) {
        debug_assert_eq!(self.row.len(), self.columns.len(), "a row has a cell for each column");
        if self.result.is_ok() {
            self.result = self.statement.execute(params_from_iter(&self.row)).map(drop);
        }
        self.row.clear();
    }
}
