//! The manifest: the one file whose name the page knows, from which the reader finds all other files.

use serde_json::{Value, json};

use super::chunk::Chunks;
use super::hash::{FOLDER, Hash, deflated, hash, hex};
use crate::files::{FileError, Sink};

/// Version of the format, raised by any change that a reader must know of.
const FORMAT: u32 = 1;

/// What a manifest tells.
pub(super) struct Manifest {
    pub(super) documents: u32,
    pub(super) dated: u32,
    pub(super) chunks: Chunks,
    pub(super) block: usize,
    pub(super) table: Vec<Hash>,
    pub(super) lengths: Hash,
    pub(super) days: Hash,
    pub(super) common: Hash,
    pub(super) facets: Vec<Value>,
    /// Tag of each language with a stemming algorithm, and the file of that.
    pub(super) stemmers: Vec<(&'static str, Hash)>,
}

/// Writes the manifest; gives its path below the site's root.
pub(super) fn write(manifest: Manifest, sink: &dyn Sink) -> Result<String, FileError> {
    let Manifest { documents, dated, chunks, block, table, .. } = manifest;
    let Manifest { lengths, days, common, facets, stemmers, .. } = manifest;
    let stemmers: Vec<_> =
        stemmers.into_iter().map(|(tag, file)| [tag.to_owned(), hex(file)]).collect();
    let json = json!({
        "format": FORMAT,
        "documents": documents,
        "dated": dated,
        "block": block,
        "starts": chunks.starts,
        "counts": chunks.counts,
        "chunks": names(&chunks.files),
        "table": names(&table),
        "lengths": hex(lengths),
        "days": hex(days),
        "common": hex(common),
        "facets": facets,
        "stemmers": stemmers,
    })
    .to_string();
    let bytes = deflated(&json);
    let path = format!("{FOLDER}/manifest.{}.bin", hex(hash(&bytes)));
    sink.put(&path, &bytes)?;
    Ok(path)
}

fn names(files: &[Hash]) -> String {
    files.iter().map(|file| hex(*file)).collect()
}
