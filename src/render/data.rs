//! The whole archive as open data below `data/`: tables as CSV (RFC 4180), documents as JSON Lines,
//! correspondence as CMIF, records as an OAI-PMH static repository, and a data package that describes
//! them all.
//!
//! Each file is made, handed on and forgotten, so that a large archive is not held many times over.

mod cmif;
mod collections;
mod csv;
#[cfg(feature = "sqlite")]
mod database;
mod documents;
mod eac;
mod ead;
mod names;
mod oai;
mod package;
mod signatures;
mod texts;

pub use texts::Corpus;
pub(super) use texts::write as write_texts;

use rayon::prelude::*;

use crate::site::{DataFile, SitePlan, metadata};

pub(super) use eac::xml as eac;
pub(super) use ead::xml as ead;

/// A column of a table: its name, its Frictionless type, what it says.
type Column = (&'static str, &'static str, &'static str);

/// A file below `data/`.
struct File {
    name: &'static str,
    title: &'static str,
    media_type: &'static str,
    /// Its format, as people call it.
    format: &'static str,
    /// Whether a site has it: some are nothing without full URLs.
    is_made: fn(&SitePlan<'_>) -> bool,
    content: Content,
}

/// What a file holds.
enum Content {
    /// A table, as CSV.
    Table(Table),
    /// Bytes of another format.
    Other(fn(&SitePlan<'_>) -> Vec<u8>),
}

impl File {
    fn table(&self) -> Option<&Table> {
        match &self.content {
            Content::Table(table) => Some(table),
            Content::Other(_) => None,
        }
    }

    fn bytes(&self, plan: &SitePlan<'_>) -> Vec<u8> {
        match &self.content {
            Content::Table(table) => csv::of(plan, table),
            Content::Other(make) => make(plan),
        }
    }
}

/// What a table's rows are, and which tables they refer to.
struct Table {
    columns: &'static [Column],
    /// The column that names a row, if one does.
    key: Option<&'static str>,
    /// Columns that hold another table's key.
    references: &'static [(&'static str, &'static str)],
    /// Writes the rows.
    fill: fn(&SitePlan<'_>, &mut dyn Cells),
}

/// What takes a table's cells, row by row.
trait Cells {
    /// Adds a cell to the row.
    fn cell(&mut self, text: &str);

    /// Ends the row.
    fn end_row(&mut self);
}

impl dyn Cells + '_ {
    /// Adds a cell that is empty if there is no value.
    fn maybe(&mut self, value: Option<impl ToString>) {
        self.cell(&value.map(|v| v.to_string()).unwrap_or_default());
    }
}

const FILES: [File; 9] = [
    File {
        name: "documents.csv",
        title: "Documents",
        media_type: "text/csv",
        format: "CSV",
        is_made: always,
        content: Content::Table(Table {
            columns: &documents::COLUMNS,
            key: Some("slug"),
            references: &[("collection", "collections"), ("answers", "documents")],
            fill: documents::fill,
        }),
    },
    File {
        name: "documents.jsonl",
        title: "Documents, one JSON object a line",
        media_type: "application/jsonl",
        format: "JSON Lines",
        is_made: always,
        content: Content::Other(documents::jsonl),
    },
    File {
        name: "collections.csv",
        title: "The arrangement: fonds, series, files",
        media_type: "text/csv",
        format: "CSV",
        is_made: always,
        content: Content::Table(Table {
            columns: &collections::COLUMNS,
            key: Some("slug"),
            references: &[("part_of", "collections")],
            fill: collections::fill,
        }),
    },
    File {
        name: "collections.jsonld",
        title: "The arrangement as linked data",
        media_type: "application/ld+json",
        format: "JSON-LD",
        is_made: |plan| plan.has_tree(),
        content: Content::Other(metadata::tree_json_ld),
    },
    File {
        name: "organizations.csv",
        title: "Organizations",
        media_type: "text/csv",
        format: "CSV",
        is_made: always,
        content: Content::Table(Table {
            columns: &names::COLUMNS,
            key: Some("slug"),
            references: &[],
            fill: names::organizations,
        }),
    },
    File {
        name: "people.csv",
        title: "People",
        media_type: "text/csv",
        format: "CSV",
        is_made: always,
        content: Content::Table(Table {
            columns: &names::COLUMNS,
            key: Some("slug"),
            references: &[],
            fill: names::people,
        }),
    },
    File {
        name: "signatures.csv",
        title: "Who wrote and who signed which document",
        media_type: "text/csv",
        format: "CSV",
        is_made: always,
        content: Content::Table(Table {
            columns: &signatures::COLUMNS,
            key: None,
            references: &[
                ("document", "documents"),
                ("person", "people"),
                ("organization", "organizations"),
            ],
            fill: signatures::fill,
        }),
    },
    File {
        name: "cmif.xml",
        title: "Correspondence in the Correspondence Metadata Interchange Format",
        media_type: "application/tei+xml",
        format: "TEI (CMIF)",
        is_made: with_an_address,
        content: Content::Other(cmif::xml),
    },
    File {
        name: "oai.xml",
        title: "OAI-PMH static repository of Dublin Core records",
        media_type: "application/xml",
        format: "OAI-PMH",
        is_made: with_an_address,
        content: Content::Other(oai::xml),
    },
];

fn always(_: &SitePlan<'_>) -> bool {
    true
}

fn with_an_address(plan: &SitePlan<'_>) -> bool {
    plan.has_address()
}

/// Makes every file below `data/` and hands it to `put`; lists what was made.
pub(super) fn write(plan: &SitePlan<'_>, put: impl Fn(&str, &[u8]) + Sync) -> Vec<DataFile> {
    let made: Vec<(DataFile, package::Resource)> = FILES
        .par_iter()
        .filter(|file| (file.is_made)(plan))
        .map(|file| {
            let bytes = file.bytes(plan);
            put(&format!("data/{}", file.name), &bytes);
            let (name, format) = (file.name, file.format);
            let made = DataFile { name, format, bytes: bytes.len() };
            (made, package::Resource::new(file, &bytes))
        })
        .collect();
    let (mut files, resources): (Vec<DataFile>, Vec<package::Resource>) = made.into_iter().unzip();
    let package = package::describe(plan, &resources);
    put("data/datapackage.json", &package);
    let (name, format) = ("datapackage.json", "JSON");
    files.push(DataFile { name, format, bytes: package.len() });
    files
}
