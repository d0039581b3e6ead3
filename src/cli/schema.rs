//! `fonds schema`: JSON Schema of the files that people write, for editors that check and complete them.
//!
//! The keys are those that the readers ask for ([`crate::fields::describe`]); what is here in addition
//! are the words for each of them.

mod words;

use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};

use super::{Failure, Global, Terminal};
use crate::config::{self, Config};
use crate::content::{self, Level};
use crate::diagnostic::Report;
use crate::disk::Disk;
use crate::fields::{Key, Shape};
use crate::pipeline;
use crate::render::theme;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The kind of file
    #[arg(default_value = "document")]
    what: What,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// The front matter of a document
    Document,
    /// The front matter of an organization's authority record
    Organization,
    /// The front matter of a person's authority record
    Person,
    /// The front matter of a fonds, a series or a file
    Collection,
    /// The front matter of a page of the archive's own
    Page,
    /// config.toml
    Config,
    /// theme.toml
    Theme,
}

pub(super) fn run(
    global: &Global,
    arguments: &Arguments,
    terminal: &Terminal,
) -> Result<(), Failure> {
    // Outside of an archive the kinds are those that every archive has.
    let config = Disk::open(global.root())
        .ok()
        .filter(|disk| disk.exists("config.toml"))
        .map(|disk| pipeline::load_config(&disk, &Report::new()))
        .unwrap_or_default();
    let schema = schema(arguments.what, &config);
    terminal.data(serde_json::to_string_pretty(&schema).expect("a value is always JSON"));
    Ok(())
}

fn schema(what: What, config: &Config) -> Value {
    // Records of both folders have the same keys.
    let (name, keys, title) = match what {
        What::Document => ("document", content::document_keys(), "Front matter of a document"),
        What::Organization => {
            ("authority", content::authority_keys(), "Authority record of an organization")
        }
        What::Person => ("authority", content::authority_keys(), "Authority record of a person"),
        What::Collection => (
            "collection",
            content::collection_keys(),
            "A unit of the arrangement: fonds, series, file",
        ),
        What::Page => ("page", content::page_keys(), "Front matter of a page of the archive's own"),
        What::Config => ("config", config::keys(), "Settings of an archive: config.toml"),
        What::Theme => ("theme", theme::keys(), "A theme: theme.toml"),
    };
    let mut schema = table(name, &keys);
    schema["$schema"] = "http://json-schema.org/draft-07/schema#".into();
    schema["title"] = title.into();
    if what == What::Collection {
        schema["properties"]["level"]["enum"] = json!(Level::ALL.map(Level::name));
    }
    if matches!(what, What::Document | What::Organization | What::Person | What::Collection) {
        schema["required"] = json!(["title"]);
    }
    if what == What::Document {
        let kinds: Vec<&String> = config.kinds.keys().collect();
        schema["properties"]["kind"]["enum"] = json!(kinds);
    }
    schema
}

/// A table with these keys and no other ones; `place` is how [`words`] calls it.
fn table(place: &str, keys: &[Key]) -> Value {
    let properties: Map<String, Value> =
        keys.iter().map(|key| (key.name.to_owned(), property(place, key))).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn property(place: &str, key: &Key) -> Value {
    let place = format!("{place}.{}", key.name);
    let mut property = shape(&place, &key.shape);
    if let Some(word) = words::of(&place) {
        property["description"] = word.text.into();
        if let Some((name, value)) = word.rule() {
            // What a rule says of a text holds for each text of a list.
            let target = if key.shape == Shape::Texts {
                property["anyOf"][1]["items"][name] = value.clone();
                &mut property["anyOf"][0]
            } else {
                &mut property
            };
            target[name] = value;
        }
    } else if key.foreign {
        property["description"] = "Known from Zola or Hugo, kept under `extra`".into();
    }
    property
}

fn shape(place: &str, shape: &Shape) -> Value {
    let text = json!({ "type": "string" });
    match shape {
        Shape::Text => text,
        Shape::Truth => json!({ "type": "boolean" }),
        Shape::Integer => json!({ "type": "integer" }),
        Shape::Texts => one_or_more(text),
        Shape::Integers => json!({ "type": "array", "items": { "type": "integer" } }),
        // TOML dates reach a validator as texts.
        Shape::Date => json!({ "type": ["string", "integer"] }),
        Shape::Table(keys) => table(place, keys),
        Shape::TextOrTable(keys) => json!({ "anyOf": [text, table(place, keys)] }),
        Shape::Tables(keys) => one_or_more(table(place, keys)),
        Shape::NamedTables(keys) => {
            json!({ "type": "object", "additionalProperties": table(place, keys) })
        }
        Shape::Anything => json!({ "type": "object" }),
        Shape::Any => json!({}),
    }
}

/// One value, or a list of such values.
fn one_or_more(one: Value) -> Value {
    json!({ "anyOf": [one, { "type": "array", "items": one }] })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use regex::Regex;

    use super::*;
    use crate::diagnostic::SourceText;

    const ALL: [What; 7] = [
        What::Document,
        What::Organization,
        What::Person,
        What::Collection,
        What::Page,
        What::Config,
        What::Theme,
    ];

    /// The places of all keys that readers ask for, as [`words`] calls them.
    fn places() -> BTreeSet<String> {
        fn add(place: &str, keys: &[Key], places: &mut BTreeSet<String>) {
            for key in keys {
                let place = format!("{place}.{}", key.name);
                if let Shape::Table(inner)
                | Shape::TextOrTable(inner)
                | Shape::Tables(inner)
                | Shape::NamedTables(inner) = &key.shape
                {
                    add(&place, inner, places);
                }
                if !key.foreign || words::of(&place).is_some() {
                    places.insert(words::common(&place));
                }
            }
        }
        let mut places = BTreeSet::new();
        add("document", &content::document_keys(), &mut places);
        add("authority", &content::authority_keys(), &mut places);
        add("collection", &content::collection_keys(), &mut places);
        add("page", &content::page_keys(), &mut places);
        add("config", &config::keys(), &mut places);
        add("theme", &theme::keys(), &mut places);
        places
    }

    #[test]
    fn every_key_has_words_and_no_word_is_of_a_key_that_is_gone() {
        let written: BTreeSet<String> = words::places().map(str::to_owned).collect();
        let places = places();
        let missing: Vec<_> = places.difference(&written).collect();
        let gone: Vec<_> = written.difference(&places).collect();
        assert!(missing.is_empty() && gone.is_empty(), "missing: {missing:?}, gone: {gone:?}");
    }

    /// A reader that asks for a key only in some cases would hide it from `describe`.
    #[test]
    fn every_key_in_the_readers_code_is_in_a_schema() {
        let code = [
            include_str!("../content/document.rs"),
            include_str!("../content/authority.rs"),
            include_str!("../content/collection.rs"),
            include_str!("../content/page.rs"),
            include_str!("../content/foreign.rs"),
            include_str!("../config.rs"),
        ];
        let all = ALL.map(|what| schema(what, &Config::default()).to_string()).concat();
        let key = Regex::new(r#"\b(?:fields|f|k|d|s|t|table)\.[a-z_]+\("([a-z_]+)""#).unwrap();
        let mut found = 0;
        for asked in code.iter().flat_map(|code| key.captures_iter(code)) {
            assert!(all.contains(&format!("\"{}\":", &asked[1])), "{}", &asked[1]);
            found += 1;
        }
        assert!(found > 60, "{found}");
    }

    #[test]
    fn what_the_schema_has_the_reader_knows_and_nothing_else() {
        for (what, folder) in [
            (What::Document, "documents"),
            (What::Organization, "organizations"),
            (What::Person, "people"),
            (What::Collection, "collections"),
            (What::Page, "pages"),
        ] {
            let schema = schema(what, &Config::default());
            let mut keys: Vec<&str> =
                schema["properties"].as_object().unwrap().keys().map(String::as_str).collect();
            keys.push("nobody_knows_this");
            for key in keys {
                let text = format!("+++\n{key} = \"\"\n+++\n");
                let path = format!("content/{folder}/a.md");
                let report = Report::new();
                content::parse(
                    SourceText { path: &path, text: &text },
                    &Config::default(),
                    &report,
                );
                let unknown = report.sorted().iter().any(|d| d.message.starts_with("unknown key"));
                assert_eq!(unknown, key == "nobody_knows_this", "{key} in {folder}");
            }
        }
    }
}
