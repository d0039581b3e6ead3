//! The document table: what the result list shows, in blocks of fifty rows.

use serde_json::json;

use super::document::{Document, Tables};
use super::hash::{Hash, put};
use super::shard::Shard;
use crate::files::{FileError, Sink};

/// Documents of one file of the table.
pub(super) const BLOCK: usize = 50;

/// A document's row: an array in the order that `FORMAT.md` gives.
pub(super) fn row(document: &Document, tables: &Tables) -> String {
    let kind = document.kind.map(|kind| &tables.kinds[kind as usize]);
    json!([
        document.url,
        document.title,
        document.date.as_ref().map_or("", |date| date.as_str()),
        document.date_words,
        kind.map_or("", |kind| &kind.key),
        kind.map_or("", |kind| &kind.label),
        tables.languages[document.language as usize].key,
        document.creators,
        document.recipients,
        document.references,
    ])
    .to_string()
}

/// Writes the table; gives the names of its files.
pub(super) fn write(shards: &[Shard], sink: &dyn Sink) -> Result<Vec<Hash>, FileError> {
    let rows: Vec<&str> = shards.iter().flat_map(|s| &s.rows).map(String::as_str).collect();
    rows.chunks(BLOCK)
        .map(|block| put(sink, "json", format!("[{}]", block.join(",\n")).as_bytes()))
        .collect()
}
