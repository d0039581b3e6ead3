//! Search: documents in, the files of a static index out, and the reader that browsers run on them.
//!
//! [`analyse`] turns documents into [`Shard`]s of postings, in parallel; [`write`] merges the shards into static files with
//! names made of their contents. No text is kept longer than its shard takes to analyse, and the index does not depend on
//! the number of threads. `src/search/FORMAT.md` describes each file.
//!
//! `src/search/reader/` is the script that reads the files in a worker. It must fold and cut words as `analysis` does:
//! `tests/search/vectors.json` is run against both. Words are stemmed by `rust-stemmers`; the index carries the same
//! Snowball programs (`src/search/stem/`) for words that it does not hold, and a test compares both.
//!
//! `kept` is what one index leaves for the next: its shards, of which `amend` keeps the texts that are the same, and
//! its tables by their text. `tests/search/updated.rs` compares the outcome with an index of
//! all documents. `export` writes records for a search server instead; `src/search/HTTP.md` is the contract between it, the
//! server and the page.

mod amend;
mod analysis;
mod bits;
mod chunk;
mod document;
mod export;
mod facet;
mod fold;
mod hash;
mod inflections;
mod kept;
mod lengths;
mod manifest;
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
pub use export::{Export, Server};
pub use kept::Analysed;
pub use reader::{folder_script, is_script};
pub use shard::{SHARD_DOCUMENTS, Shard, analyse};
pub use write::{Written, write, write_reader};
