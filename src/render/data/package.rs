//! `datapackage.json`: what the files below `data/` hold, with their sizes and hashes.
//!
//! Source: Data Package 2.0, <https://datapackage.org/standard/data-package/>.

use data_encoding::HEXLOWER;
use serde_json::{Map, Value, json};
use sha2::{Digest, Sha256};

use super::{Column, File, Table};
use crate::site::{Page, SitePlan};
use crate::slug::slugify;

/// A file that was made.
pub(super) struct Resource {
    description: Value,
}

impl Resource {
    /// Describes a file.
    pub(super) fn new(file: &File, bytes: &[u8]) -> Self {
        let hash = HEXLOWER.encode(&Sha256::digest(bytes));
        let (stem, format) = file.name.split_once('.').unwrap_or((file.name, ""));
        let mut description = json!({
            "bytes": bytes.len(), "encoding": "utf-8", "format": format,
            "hash": format!("sha256:{hash}"), "mediatype": file.media_type,
            "name": match format {
                "jsonl" => "documents-jsonl".to_owned(),
                "jsonld" => format!("{stem}-jsonld"),
                _ => stem.to_owned(),
            },
            "path": file.name, "title": file.title,
        });
        if let Some(table) = file.table() {
            description["type"] = "table".into();
            description["schema"] = schema(table);
        }
        Self { description }
    }
}

fn schema(table: &Table) -> Value {
    let field = |(name, kind, description): &Column| json!({ "name": name, "type": kind, "description": description });
    let mut schema = json!({
        "fields": table.columns.iter().map(field).collect::<Vec<_>>(), "missingValues": [""],
    });
    if let Some(key) = table.key {
        schema["primaryKey"] = json!([key]);
    }
    let reference = |(column, other): &(&str, &str)| json!({ "fields": [column], "reference": { "resource": other, "fields": ["slug"] } });
    if !table.references.is_empty() {
        schema["foreignKeys"] = table.references.iter().map(reference).collect();
    }
    schema
}

/// The bytes of `datapackage.json`.
pub(super) fn describe(plan: &SitePlan<'_>, resources: &[Resource]) -> Vec<u8> {
    let config = plan.config;
    let mut package = Map::new();
    let mut set = |key: &str, value: Value| package.insert(key.to_owned(), value);
    set("$schema", "https://datapackage.org/profiles/2.0/datapackage.json".into());
    let name = slugify(&config.title);
    set("name", if name.is_empty() { "archive".to_owned() } else { name }.into());
    set("title", config.title.as_str().into());
    if let Some(description) = &config.description {
        set("description", description.as_str().into());
    }
    if let Some(url) = plan.address(&Page::Home) {
        set("homepage", url.into());
    }
    let rights = config.archive.rights.as_deref();
    if let Some(uri) = rights.filter(|r| r.starts_with("http")) {
        set("licenses", json!([{ "path": uri }]));
    }
    let publisher = config.archive.publisher.as_deref().unwrap_or(config.archive_name());
    set("contributors", json!([{ "title": publisher, "roles": ["publisher"] }]));
    set("resources", resources.iter().map(|r| r.description.clone()).collect());
    let mut bytes = serde_json::to_vec_pretty(&package).expect("text in memory is JSON");
    bytes.push(b'\n');
    bytes
}
