//! The document table: what the result list shows, in blocks of rows, deflated.

use std::borrow::Cow;

use rayon::prelude::*;
use serde::Serialize;

use super::document::{Document, Tables};
use super::hash::Hash;
use super::kept::json;
use super::shard::Shard;
use crate::files::FileError;

/// Where most documents are.
const FOLDER: &str = "documents/";

/// A document's row: an array in the order that `FORMAT.md` gives.
pub(super) fn row(document: &Document, tables: &Tables) -> String {
    text(&fields(&address(document), document, tables))
}

/// A row with its address written out.
pub(super) fn whole_row(document: &Document, tables: &Tables) -> String {
    text(&fields(&document.url, document, tables))
}

fn fields<'a>(url: &'a str, document: &'a Document, tables: &'a Tables) -> impl Serialize + 'a {
    let kind = document.kind.map(|kind| &tables.kinds[kind as usize]);
    (
        url,
        &document.title,
        document.date.as_ref().map_or("", |date| date.as_str()),
        &document.date_words,
        kind.map_or("", |kind| &kind.key),
        kind.map_or("", |kind| &kind.label),
        &tables.languages[document.language as usize].key,
        &document.creators,
        &document.recipients,
        &document.references,
    )
}

/// Texts and lists of them, which no serializer refuses.
fn text(row: &impl Serialize) -> String {
    serde_json::to_string(row).unwrap_or_default()
}

/// Writes the table, so many rows a file; gives the names of its files.
pub(super) fn write(
    shards: &[Shard],
    block: usize,
    json: &json::Writer<'_>,
) -> Result<Vec<Hash>, FileError> {
    let rows: Vec<&str> = shards.iter().flat_map(|s| &s.rows).map(String::as_str).collect();
    rows.par_chunks(block).map(|block| json.put(&format!("[{}]", block.join(",\n")))).collect()
}

/// The address; most are made of the title, and are written as `~` and what follows its plain form.
fn address(document: &Document) -> Cow<'_, str> {
    let rest = document
        .url
        .strip_prefix(FOLDER)
        .and_then(|url| url.strip_suffix('/')?.strip_prefix(plain(&document.title).as_str()));
    rest.map_or(Cow::Borrowed(&document.url), |rest| Cow::Owned(format!("~{rest}")))
}

/// A title in ASCII letters and digits, in lower case, with one hyphen for all others between two of them.
fn plain(title: &str) -> String {
    let runs = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|run| !run.is_empty());
    runs.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_plain_title_is_that_of_most_addresses() {
        assert_eq!(plain(" Letter from “A. B.” to C4’s"), "letter-from-a-b-to-c4-s");
        assert_eq!(plain("서한"), "");
    }
}
