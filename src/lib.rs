//! `fonds`, a static site generator for public document archives.

pub mod address;
pub mod anchors;
pub mod archive;
pub mod charset;
pub mod cli;
pub mod config;
pub mod content;
pub mod diagnostic;
pub mod disk;
pub mod edtf;
pub mod fields;
pub mod files;
pub mod ingest;
pub mod json_text;
pub mod legible;
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
pub mod withheld;
