//! Keys of Zola's and Hugo's front matter that have another name here: each is read with its meaning,
//! or kept under `extra`, where a theme finds it.
//!
//! Keys that decide whether a page is shown at all and that are not understood here are refused with a
//! remedy, so that nothing is published by mistake.

use serde_json::{Map, Value};

use super::{Document, Page, Party};
use crate::fields::{Fields, Placed};

/// Keys without a meaning for documents, kept under `extra`.
const KEPT: [&str; 27] = [
    "cascade",
    "comments",
    "cover",
    "featured",
    "image",
    "images",
    "in_search_index",
    "insert_anchor_links",
    "isCJKLanguage",
    "keywords",
    "layout",
    "linkTitle",
    "markup",
    "math",
    "menu",
    "menus",
    "outputs",
    "page_template",
    "paginate_by",
    "params",
    "resources",
    "series",
    "sitemap",
    "sort_by",
    "toc",
    "translationKey",
    "type",
];

/// Keys that would hide a page in another generator, and what to write instead.
const REFUSED: [(&str, &str); 5] = [
    ("expiryDate", "write `withdrawn = \"…\"`, a reason, once the day has come"),
    ("render", "write `draft = true` to leave it out, or remove the key"),
    ("headless", "write `draft = true` to leave it out, or remove the key"),
    ("build", "write `draft = true` to leave it out, or remove the key"),
    ("_build", "write `draft = true` to leave it out, or remove the key"),
];

/// Reads the foreign keys of a document. What the document's own keys say comes first.
/// `authors` are the names of people from another key.
pub(super) fn read(fields: &Fields<'_, '_>, mut authors: Vec<String>, document: &mut Document) {
    let has_others = fields.begin_foreign();
    if !has_others && authors.is_empty() {
        return;
    }
    let more = "As in Zola and Hugo: more `topics`";
    let mut topics = super::document::topics(fields.says(more), "tags");
    topics.extend(super::document::topics(fields.says(more), "categories"));
    let hugos = fields.says("As in Hugo: the `creators`, if there are none").any("author");
    let zolas = fields.says("As in Zola: the `creators`, if there are none").any("authors");
    authors.extend([hugos, zolas].into_iter().flat_map(names));
    for topic in topics {
        if !document.topics.contains(&topic) {
            document.topics.push(topic);
        }
    }
    if document.creators.is_empty() && !fields.has("creators") {
        let person = |name| Party { person: Some(name), ..Party::default() };
        document.creators = authors.into_iter().map(person).collect();
    }
    let summary = summary(fields);
    document.description = document.description.take().or(summary);
    let changed = fields.says("As in Hugo: `updated`").date("lastmod");
    document.updated = document.updated.take().or(changed);
    // Hugo leaves a page out until its `publishDate`.
    let published = fields.says("As in Hugo: `embargo_until`").date("publishDate");
    let day = published.and_then(|date| date.certain_day());
    document.embargo_until = document.embargo_until.or(day);
    document.aliases.extend(addresses(fields));
    document.draft |= is_held_back(fields);
    keep(fields.says("As in Zola and Hugo; kept under `extra`"), "weight", &mut document.extra);
    keep_all(fields, &mut document.extra);
}

/// Reads the foreign keys of a page of the archive's own.
pub(super) fn read_page(fields: &Fields<'_, '_>, page: &mut Page) {
    if !fields.begin_foreign() {
        return;
    }
    let summary = summary(fields);
    page.description = page.description.take().or(summary);
    page.aliases.extend(addresses(fields));
    page.draft |= is_held_back(fields);
    for key in
        ["author", "authors", "categories", "date", "lastmod", "tags", "taxonomies", "updated"]
    {
        keep(fields, key, &mut page.extra);
    }
    keep_all(fields, &mut page.extra);
}

fn summary(fields: &Fields<'_, '_>) -> Option<String> {
    fields.says("As in Hugo: the `description`, if there is none").string("summary")
}

/// Whether Jekyll leaves the page out.
fn is_held_back(fields: &Fields<'_, '_>) -> bool {
    fields.boolean("published") == Some(false)
}

/// Where the page stood in the other site (`path` in Zola, `url` in Hugo, `permalink` in Jekyll): it leads here now.
fn addresses(fields: &Fields<'_, '_>) -> Vec<Placed<String>> {
    let zolas = fields.says("As in Zola: an old URL, which redirects here").placed("path");
    let hugos = fields.says("As in Hugo: an old URL, which redirects here").placed("url");
    let placed = [zolas, hugos, fields.placed("permalink")];
    let rooted = placed.into_iter().flatten().map(|address| {
        let path = address.value.trim_matches('/');
        let is_file = path.rsplit('/').next().is_some_and(|last| last.contains('.'));
        let end = if is_file { "" } else { "/" };
        Placed { value: format!("/{path}{end}"), ..address }
    });
    rooted.filter_map(|alias| super::document::valid_alias(fields, alias)).collect()
}

fn keep_all(fields: &Fields<'_, '_>, extra: &mut Map<String, Value>) {
    for (key, help) in REFUSED {
        fields.refuse(key, help);
    }
    for key in KEPT {
        keep(fields, key, extra);
    }
}

/// Keeps a value under `extra`, unless there is one of that name.
fn keep(fields: &Fields<'_, '_>, key: &'static str, extra: &mut Map<String, Value>) {
    if let Some(value) = fields.any(key) {
        extra.entry(key).or_insert(value);
    }
}

pub(super) fn keep_in(extra: &mut Map<String, Value>, table: &str, key: String, value: Value) {
    let inner = extra.entry(table).or_insert_with(|| Value::Object(Map::new()));
    if let Value::Object(inner) = inner {
        inner.entry(key).or_insert(value);
    }
}

/// A text, a list of texts, or of tables with a `name`.
pub(super) fn names(value: Option<Value>) -> Vec<String> {
    match value {
        Some(Value::String(text)) if !text.trim().is_empty() => vec![text],
        Some(Value::Array(items)) => items.into_iter().flat_map(|item| names(Some(item))).collect(),
        Some(Value::Object(mut table)) => names(table.remove("name")),
        _ => Vec::new(),
    }
}
