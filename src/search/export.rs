//! Export: the records of an archive for a search server, with our own tokens.
//!
//! `HTTP.md` beside this file describes the files, and what a server in front of them has to answer.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::analysis::tokens;
use super::document::{Document, FacetValue, Tables};
use super::facet::{Facet, values};
use super::fold::{fold, is_ideographic};
use super::inflections::{self, inflections};
use super::merge::Dictionary;
use super::shard::{BODY, Days, Shard, reference_terms};
use super::table::whole_row;
use crate::files::{FileError, Sink};

/// The server that the records are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Server {
    /// PostgreSQL: `schema.sql`, and tables in its text format.
    Postgres,
    /// OpenSearch: bodies of its bulk requests.
    OpenSearch,
    /// Meilisearch: batches of documents, a JSON object a line.
    Meilisearch,
}

/// Positions that a `tsvector` can hold, and how many of them a word can have.
const LAST_POSITION: u32 = 16_383;
const MOST_POSITIONS: usize = 255;
const SCHEMA: &str = include_str!("schema.sql");

/// An export of the records of an archive.
pub struct Export<'a> {
    /// The server that they are for.
    pub server: Server,
    /// The values of the facets.
    pub tables: &'a Tables,
    /// Takes the files.
    pub sink: &'a dyn Sink,
}

impl Export<'_> {
    /// Writes the records of some documents, whose numbers start at `first`, into a file of their own.
    pub fn documents(&self, first: u32, documents: &[Document]) -> Result<(), FileError> {
        let (tables, numbered) = (self.tables, (first..).zip(documents));
        let (extension, text): (_, String) = match self.server {
            Server::Postgres => ("tsv", numbered.map(|(n, d)| tsv_row(n, d, tables)).collect()),
            Server::OpenSearch => {
                ("ndjson", numbered.map(|(n, d)| bulk_action(n, d, tables)).collect())
            }
            Server::Meilisearch => {
                ("ndjson", numbered.map(|(n, d)| format!("{}\n", record(n, d, tables))).collect())
            }
        };
        self.sink.put(&format!("documents-{first:08}.{extension}"), text.as_bytes())
    }

    /// Writes what is not of single documents: for PostgreSQL the schema, the forms of words and the values of facets.
    pub fn whole(&self, shards: &[Shard]) -> Result<(), FileError> {
        if self.server == Server::Postgres {
            self.sink.put("forms.tsv", forms(shards).as_bytes())?;
            self.sink.put("facets.tsv", facets(self.tables).as_bytes())?;
            self.sink.put("schema.sql", SCHEMA.as_bytes())?;
        }
        Ok(())
    }
}

/// A line of the table `documents`.
fn tsv_row(number: u32, document: &Document, tables: &Tables) -> String {
    let days = document.date.as_ref().map(Days::of);
    let day = |day: Option<i64>, open: &str| day.map_or(open.to_owned(), |day| day.to_string());
    let [first, last, is_sure] = days.map_or([(); 3].map(|()| NULL.to_owned()), |days| {
        let is_sure = if days.is_sure { "t" } else { "f" };
        [day(days.earliest, "-infinity"), day(days.latest, "infinity"), is_sure.to_owned()]
    });
    let choices = Facet::all(tables).into_iter().flat_map(|facet| {
        values(document, facet)
            .into_iter()
            .map(move |value| format!("{}:{}", facet.name(tables), key(facet, value, tables)))
    });
    let choices: Vec<String> = choices.map(|choice| array_item(&choice)).collect();
    let fields = [
        number.to_string(),
        first,
        last,
        is_sure,
        copied(&format!("{{{}}}", choices.join(","))),
        copied(&whole_row(document, tables)),
        copied(&vector(document, tables)),
    ];
    format!("{}\n", fields.join("\t"))
}

const NULL: &str = "\\N";

/// All tokens of a document as the text of a `tsvector`; those of its title have weight A.
fn vector(document: &Document, tables: &Tables) -> String {
    let mut words: BTreeMap<String, Vec<(u32, bool)>> = BTreeMap::new();
    let mut add = |text: &str, start: u32, in_title: bool| {
        start
            + tokens(text, &mut |token, at| {
                words.entry(token.to_owned()).or_default().push((start + at, in_title));
            })
    };
    let title_end = add(&document.title, 0, true);
    let mut at = BODY.max(title_end + 1);
    let names = super::shard::names(document, tables);
    for text in document.passages.iter().map(String::as_str).chain(names) {
        at = add(text, at, false) + 1;
    }
    for term in document.references.iter().flat_map(|reference| reference_terms(reference)) {
        words.entry(term).or_default();
    }
    let lexeme = |(word, mut places): (String, Vec<(u32, bool)>)| {
        places.sort_unstable();
        places.dedup();
        let places = places.iter().filter(|(at, _)| *at < LAST_POSITION).take(MOST_POSITIONS);
        let places: Vec<String> = places
            .map(|(at, title)| format!("{}{}", at + 1, if *title { "A" } else { "" }))
            .collect();
        let colon = if places.is_empty() { "" } else { ":" };
        format!("'{}'{colon}{}", word.replace('\\', "\\\\").replace('\'', "''"), places.join(","))
    };
    words.into_iter().map(lexeme).collect::<Vec<_>>().join(" ")
}

/// The key of a value of a facet.
fn key(facet: Facet, value: i32, tables: &Tables) -> String {
    match table(facet, tables) {
        Some(table) => table[value as usize].key.clone(),
        None => value.to_string(),
    }
}

fn table(facet: Facet, tables: &Tables) -> Option<&[FacetValue]> {
    match facet {
        Facet::Organization => Some(&tables.organizations),
        Facet::Person => Some(&tables.people),
        Facet::Kind => Some(&tables.kinds),
        Facet::Language => Some(&tables.languages),
        Facet::Topic => Some(&tables.topics),
        Facet::Collection => Some(&tables.collections),
        Facet::Own(place) => Some(&tables.own[place].values),
        Facet::Year => None,
    }
}

/// For each word the number of its documents, and the words that share its stem.
fn forms(shards: &[Shard]) -> String {
    let dictionary = Dictionary::of(shards, &[], &[]);
    let terms: Vec<_> = dictionary.terms().collect();
    let inflections = inflections(&terms.iter().map(inflections::Word::from).collect::<Vec<_>>());
    let rows = (0..).zip(&terms).map(|(at, term)| {
        let inflections = inflections.of(at);
        let inflections =
            inflections.map(|mate| terms[at.saturating_add_signed(mate) as usize].text());
        let inflections: Vec<String> = inflections.map(array_item).collect();
        let inflections = copied(&format!("{{{}}}", inflections.join(",")));
        format!("{}\t{}\t{inflections}\n", copied(term.text()), term.count())
    });
    rows.collect()
}

/// For each value of a facet its label, and its names as their words, each between spaces.
fn facets(tables: &Tables) -> String {
    let mut text = String::new();
    for facet in Facet::all(tables) {
        for value in table(facet, tables).into_iter().flatten() {
            let names = [&value.key, &value.label].into_iter().chain(&value.names);
            let names: Vec<String> = names.map(|name| array_item(&plain(name))).collect();
            let fields = [
                copied(facet.name(tables)),
                copied(&value.key),
                copied(&value.label),
                copied(&format!("{{{}}}", names.join(","))),
            ];
            text.push_str(&fields.join("\t"));
            text.push('\n');
        }
    }
    text
}

/// A name as its words, with a space before and after each; runs without spaces stay whole.
fn plain(name: &str) -> String {
    let folded = fold(name);
    let mut words = String::from(" ");
    for word in folded.split(|c: char| !super::fold::is_word(c) && !is_ideographic(c)) {
        if !word.is_empty() {
            words.push_str(word);
            words.push(' ');
        }
    }
    words
}

fn array_item(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// A field of PostgreSQL's text format. It cannot hold the character NUL.
fn copied(text: &str) -> String {
    let escaped = text.replace('\0', "").replace('\\', "\\\\");
    escaped.replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

/// A document for engines that cut words by themselves.
fn record(number: u32, document: &Document, tables: &Tables) -> Value {
    let all = |facet| -> Vec<String> {
        values(document, facet).into_iter().map(|value| key(facet, value, tables)).collect()
    };
    let names: Vec<&str> = super::shard::names(document, tables).collect();
    let days = document.date.as_ref().map(Days::of);
    let mut record = json!({
        "id": number, "url": document.url, "title": document.title, "date_words": document.date_words,
        "date": document.date.as_ref().map(|date| date.as_str()),
        "first_day": days.and_then(|days| days.earliest), "last_day": days.and_then(|days| days.latest),
        "is_sure": days.map(|days| days.is_sure),
        "creators": document.creators, "recipients": document.recipients,
        "references": document.references, "names": names, "text": document.passages,
    });
    for facet in Facet::all(tables) {
        record[facet.name(tables)] = json!(all(facet));
    }
    record
}

/// Two lines of a bulk request. The index is named by the request's address.
fn bulk_action(number: u32, document: &Document, tables: &Tables) -> String {
    let action = json!({ "index": { "_id": number.to_string() } });
    format!("{action}\n{}\n", record(number, document, tables))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_and_lexemes_are_quoted() {
        assert_eq!(copied("a\tb\\\n\0"), "a\\tb\\\\\\n");
        assert_eq!(array_item("say \"a\\b\""), r#""say \"a\\b\"""#);
        assert_eq!(plain("Committee, U.S. (인권위원회)"), " committee u s 인권위원회 ");
    }
}
