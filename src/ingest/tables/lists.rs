//! Lists of records (RIS, BibTeX, JSON Lines, Zotero RDF) → rows of a table, with the names of their fields as its head.

mod bibtex;
mod json;
mod rdf;
mod ris;

use super::super::decode::Refusal;
use super::csv::Cells;
use crate::limits::Limit;

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Ris,
    Bibtex,
    /// An object a line, or an array of objects.
    Json,
    /// What Zotero exports with files and notes.
    Rdf,
}

impl Format {
    /// The format of a list, by its name; none of another table.
    pub(super) fn of(path: &str) -> Option<Self> {
        let (_, ending) = path.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "ris" => Some(Self::Ris),
            "bib" => Some(Self::Bibtex),
            "jsonl" | "ndjson" | "json" => Some(Self::Json),
            "rdf" => Some(Self::Rdf),
            _ => None,
        }
    }
}

/// A record: its lines, and what its fields say. A field that comes several times has several values.
#[derive(Debug, Default, PartialEq)]
struct Record {
    lines: (usize, usize),
    fields: Vec<(String, String)>,
}

/// The rows of a list; the first is the head.
///
/// # Errors
///
/// If there are too many records, or the list is damaged.
pub(super) fn rows(format: Format, text: &str) -> Result<Vec<Cells>, Refusal> {
    let records = match format {
        Format::Ris => ris::records(text),
        Format::Bibtex => bibtex::records(text),
        Format::Json => json::records(text),
        Format::Rdf => rdf::records(text)?,
    };
    if records.len() > Limit::ListRecords.count() {
        return Err(Refusal::TooLarge(Limit::ListRecords));
    }
    let mut head: Vec<String> = Vec::new();
    for (name, _) in records.iter().flat_map(|record| &record.fields) {
        if !head.contains(name) && head.len() < COLUMNS {
            head.push(name.clone());
        }
    }
    let row = |record: &Record| {
        let cell = |name: &String| {
            let values = record.fields.iter().filter(|(own, _)| own == name);
            values.map(|(_, value)| value.as_str()).collect::<Vec<_>>().join("\n")
        };
        Cells { lines: record.lines, cells: head.iter().map(cell).collect() }
    };
    let rows: Vec<Cells> = records.iter().map(row).collect();
    if rows.is_empty() {
        return Ok(rows);
    }
    Ok(std::iter::once(Cells { lines: (1, 1), cells: head.clone() }).chain(rows).collect())
}

/// The most names of fields that are kept.
const COLUMNS: usize = 500;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_of_all_fields_are_the_head() {
        let rows = rows(
            Format::Json,
            "{\"title\": \"A\", \"creator\": [\"X\", \"Y\"]}\n{\"title\": \"B\", \"date\": 1921}\n",
        )
        .unwrap();
        let cells: Vec<Vec<String>> = rows.into_iter().map(|row| row.cells).collect();
        assert_eq!(
            cells,
            [["creator", "title", "date"], ["X\nY", "A", ""], ["", "B", "1921"]]
                .map(|row| row.map(str::to_owned).to_vec())
        );
    }
}
