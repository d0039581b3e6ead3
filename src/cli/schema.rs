//! `fonds schema`: JSON Schema of the files that people write, for editors that check and complete them.
//!
//! The keys are those that the readers ask for ([`crate::fields::describe`]); what is here in addition
//! are the words for each of them.

use clap::{Args, ValueEnum};
use serde_json::{Map, Value, json};

use super::{Done, Global, Terminal};
use crate::config::{self, Config};
use crate::content;
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

pub(super) fn run(global: &Global, arguments: &Arguments, terminal: &Terminal) -> Done {
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
    let (keys, title) = match what {
        What::Document => (content::document_keys(), "Front matter of a document"),
        What::Organization => (content::authority_keys(), "Authority record of an organization"),
        What::Person => (content::authority_keys(), "Authority record of a person"),
        What::Collection => {
            (content::collection_keys(), "A unit of the arrangement: fonds, series, file")
        }
        What::Page => (content::page_keys(), "Front matter of a page of the archive's own"),
        What::Config => (config::keys(), "Settings of an archive: config.toml"),
        What::Theme => (theme::keys(), "A theme: theme.toml"),
    };
    let mut schema = table(&keys);
    schema["$schema"] = "http://json-schema.org/draft-07/schema#".into();
    schema["title"] = title.into();
    if matches!(what, What::Document | What::Organization | What::Person | What::Collection) {
        schema["required"] = json!(["title"]);
    }
    if what == What::Document {
        let kinds: Vec<&String> = config.kinds.keys().collect();
        schema["properties"]["kind"]["enum"] = json!(kinds);
    }
    schema
}

/// A table with these keys and no other ones.
fn table(keys: &[Key]) -> Value {
    let properties: Map<String, Value> =
        keys.iter().map(|key| (key.name.to_owned(), property(key))).collect();
    json!({ "type": "object", "properties": properties, "additionalProperties": false })
}

fn property(key: &Key) -> Value {
    let mut property = shape(&key.shape);
    let words = key.words.text.trim().trim_end_matches('.');
    if !words.is_empty() {
        property["description"] = words.into();
    } else if key.foreign {
        property["description"] = "Known from Zola or Hugo, kept under `extra`".into();
    }
    if let Some((name, value)) = &key.words.rule {
        let value: Value = serde_json::from_str(value).expect("rules are JSON");
        // What a rule says of a text holds for each text of a list.
        let target = if key.shape == Shape::Texts {
            property["anyOf"][1]["items"][*name] = value.clone();
            &mut property["anyOf"][0]
        } else {
            &mut property
        };
        target[*name] = value;
    }
    property
}

fn shape(shape: &Shape) -> Value {
    let text = json!({ "type": "string" });
    match shape {
        Shape::Text => text,
        Shape::Truth => json!({ "type": "boolean" }),
        Shape::Integer => json!({ "type": "integer" }),
        Shape::Texts => one_or_more(text),
        Shape::Integers => json!({ "type": "array", "items": { "type": "integer" } }),
        // TOML dates reach a validator as texts.
        Shape::Date => json!({ "type": ["string", "integer"] }),
        Shape::Table(keys) => table(keys),
        Shape::TextOrTable(keys) => json!({ "anyOf": [text, table(keys)] }),
        Shape::Tables(keys) => one_or_more(table(keys)),
        Shape::NamedTables(keys) => {
            json!({ "type": "object", "additionalProperties": table(keys) })
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

    #[test]
    fn every_key_of_ours_has_words() {
        fn check(place: &str, keys: &[Key]) {
            for key in keys {
                let place = format!("{place}.{}", key.name);
                assert!(key.foreign || !key.words.text.is_empty(), "{place} has no words");
                if let Shape::Table(inner)
                | Shape::TextOrTable(inner)
                | Shape::Tables(inner)
                | Shape::NamedTables(inner) = &key.shape
                {
                    check(&place, inner);
                }
            }
        }
        check("document", &content::document_keys());
        check("authority", &content::authority_keys());
        check("collection", &content::collection_keys());
        check("page", &content::page_keys());
        check("config", &config::keys());
        check("theme", &theme::keys());
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
        assert!(found > 50, "{found}");
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
