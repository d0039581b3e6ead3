//! The document table: what the result list shows, in blocks of fifty rows.

use serde_json::json;

use super::document::Document;
use super::hash::{Hash, put};
use super::shard::Shard;
use crate::files::{FileError, Sink};

/// Documents of one file of the table.
pub(super) const BLOCK: usize = 50;

/// A document's row: an array in the order that `FORMAT.md` gives.
pub(super) fn row(document: &Document) -> String {
    json!([
        document.url,
        document.title,
        document.date.as_ref().map_or("", |date| date.as_str()),
        document.date_words,
        document.kind.map_or(-1, i64::from),
        document.language,
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
