//! `fonds`, a static site generator for public document archives.
//!
//! A site is made in six steps, which [`pipeline::Run::build`] composes:
//!
//! 1. [`ingest`] drafts content files from seeds, once; people correct them.
//! 2. [`content`] parses a content file, which [`archive::Card`] keeps without its text.
//! 3. [`archive`] links the cards: names to records, documents to each other.
//! 4. [`site`] plans every page with its URL, and says what templates see.
//! 5. [`render`] and [`search`] make the files, one after another.
//! 6. [`publish`] puts them in the place of the site before, completely or not at all.

pub mod address;
pub mod anchors;
pub mod archive;
pub mod charset;
pub mod cli;
pub mod colour;
pub mod config;
pub mod content;
pub mod diagnostic;
pub mod disk;
pub mod edtf;
pub mod enclosed;
pub mod export;
pub mod fields;
pub mod files;
pub mod ingest;
pub mod json_text;
pub mod legible;
pub mod letters;
pub mod limits;
pub mod media_type;
mod parallel;
pub mod pdf;
pub mod pictures;
pub mod pipeline;
pub mod publish;
pub mod render;
pub mod review;
pub mod scan;
pub mod search;
pub mod serve;
pub mod site;
pub mod site_path;
pub mod slug;
pub mod template_value;
pub mod withheld;
