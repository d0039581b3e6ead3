//! Search: documents in, the files of a static index out, and the reader that browsers run on them.
//!
//! [`analyse`] turns documents into a [`Shard`] of postings, [`write`] merges shards into files.
//! `FORMAT.md` beside the submodules describes every file; `reader/` holds the browser's side.
//! No text is kept longer than its shard takes to analyse, and nothing depends on the number of threads.

mod amend;
mod analysis;
mod bits;
mod chunk;
mod document;
mod export;
mod facet;
mod fold;
mod hash;
mod kept;
mod lengths;
mod manifest;
mod mates;
mod merge;
mod order;
mod pairs;
mod positions;
mod postings;
mod reader;
mod shard;
mod sizes;
mod spelling;
mod stem;
mod table;
mod terms;
mod write;

pub use document::{Document, FacetValue, OwnFacet, Tables};
pub use export::{Server, export_documents, export_tables};
pub use kept::Analysed;
pub use reader::{folder_script, is_script};
pub use shard::{SHARD_DOCUMENTS, Shard, analyse};
pub use write::{Written, is_of_index, write, write_reader};
