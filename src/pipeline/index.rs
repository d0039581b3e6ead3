//! What search gets of the archive: its documents with their texts, and the values of its facets.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde_json::Value;

use crate::archive::{Authority, AuthorityId, Collection, DocumentId, TranslationCard};
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::files::{FileError, Sink};
use crate::parallel;
use crate::render::Stage;
use crate::search::{self, Document, FacetValue, OwnFacet, Server, Shard, Tables};
use crate::site::taxonomies::{term_key, with_those_above};
use crate::site::{Facet, Page, SitePlan};
use crate::slug::heading_slug;

/// The values of every facet.
pub(super) fn tables(plan: &SitePlan<'_>) -> Tables {
    let names = |authorities: &[Authority]| authorities.iter().map(name).collect();
    let choices = |facet| {
        let all = plan.facets[&facet].iter();
        all.map(|(key, choice)| FacetValue {
            key: key.clone(),
            label: choice.name.clone(),
            names: Vec::new(),
        })
        .collect()
    };
    Tables {
        organizations: names(&plan.archive.organizations),
        people: names(&plan.archive.people),
        kinds: kinds(plan),
        languages: choices(Facet::Language),
        topics: choices(Facet::Topic),
        collections: plan.archive.collections.iter().map(unit).collect(),
        own: own_facets(plan)
            .map(|(place, name)| OwnFacet { name, values: terms(plan, place) })
            .collect(),
    }
}

/// The archive's own taxonomies, with their keys.
fn own_facets<'p>(plan: &'p SitePlan<'_>) -> impl Iterator<Item = (usize, String)> + use<'p> {
    plan.config.taxonomies.iter().map(|taxonomy| taxonomy.key.clone()).enumerate()
}

/// The terms of a taxonomy of the archive's own, each with those above it.
fn terms(plan: &SitePlan<'_>, place: usize) -> Vec<FacetValue> {
    let facet = Facet::Own(place);
    let term = |key: &String| FacetValue {
        key: key.clone(),
        label: plan.whole_term(facet, key),
        names: Vec::new(),
    };
    plan.facets[&facet].keys().map(term).collect()
}

/// A unit of the arrangement, found by its title and by its reference code.
fn unit(unit: &Collection) -> FacetValue {
    let record = &unit.card.record;
    FacetValue {
        key: unit.card.slug.clone(),
        label: record.title.clone(),
        names: record.reference.iter().chain(translated(&unit.translations)).cloned().collect(),
    }
}

/// Kinds are named in the singular, since each result says what it is.
fn kinds(plan: &SitePlan<'_>) -> Vec<FacetValue> {
    let mut labels: BTreeMap<String, String> = BTreeMap::new();
    for key in plan.config.kinds.keys() {
        labels.insert(heading_slug(key), key.clone());
    }
    let value = |key: &String| FacetValue {
        key: key.clone(),
        label: labels.get(key).map_or_else(|| key.clone(), |kind| plan.kind_name(kind)),
        names: Vec::new(),
    };
    plan.facets[&Facet::Kind].keys().map(value).collect()
}

fn name(authority: &Authority) -> FacetValue {
    let record = &authority.record;
    if authority.documents.is_empty() {
        // Its place is kept, its name is not: it may be known from a draft only.
        let (key, label) = (String::new(), String::new());
        return FacetValue { key, label, names: Vec::new() };
    }
    FacetValue {
        key: authority.slug.clone(),
        label: record.title.clone(),
        names: record
            .aliases
            .iter()
            .chain(&record.acronym)
            .chain(translated(&authority.translations))
            .cloned()
            .collect(),
    }
}

/// What a name or a unit is called in other languages.
fn translated(all: &[Arc<TranslationCard>]) -> impl Iterator<Item = &String> {
    all.iter().filter_map(|translation| translation.record.title.as_ref())
}

/// Above so many documents a search server serves readers better.
const MANY: usize = 300_000;

/// The warning for an archive that has outgrown the static index.
pub(super) fn too_many(documents: usize, config: &Config) -> Option<Diagnostic> {
    let is_static = config.search.enabled && config.search.endpoint.is_none();
    (is_static && documents > MANY).then(|| {
        let message = format!("a search index of {documents} documents is large for browsers");
        Diagnostic::warning("config.toml", message)
            .expected(format!("at most {MANY} documents, or a search server"))
            .help("export the records with `fonds search export`, and set `engine = \"http\"` in `[search]`")
    })
}

/// Exports the records of all documents for a search server.
pub(super) fn export(stage: &Stage<'_>, server: Server, sink: &dyn Sink) -> Result<(), FileError> {
    let plan = stage.plan;
    let (tables, places) = (tables(plan), Places::of(plan));
    let export = search::Export { server, tables: &tables, sink };
    let ids: Vec<DocumentId> = plan.document_ids().collect();
    let chunks: Vec<&[DocumentId]> = ids.chunks(search::SHARD_DOCUMENTS).collect();
    let shards = parallel::map(&chunks, |chunk| {
        let first = chunk.first().map_or(0, |id| id.0);
        let mut documents = documents(plan, &places, chunk);
        for (document, text) in documents.iter_mut().zip(stage.documents(chunk)) {
            document.passages = text.passages.unwrap_or_default();
        }
        export.documents(first, &documents)?;
        Ok(search::analyse(first, &documents, &tables))
    });
    let shards: Vec<Shard> = shards.into_iter().collect::<Result<_, FileError>>()?;
    export.whole(&shards)
}

/// The place of each choice in the table of its facet.
pub(super) struct Places<'p>(FxHashMap<(Facet, &'p str), u32>);

impl<'p> Places<'p> {
    pub(super) fn of(plan: &'p SitePlan<'_>) -> Self {
        let places = plan.facets.keys().copied().flat_map(|facet| {
            let keys = plan.facets[&facet].keys().zip(0..);
            keys.map(move |(key, place)| ((facet, key.as_str()), place))
        });
        Self(places.collect())
    }

    fn get(&self, facet: Facet, key: &str) -> Option<u32> {
        self.0.get(&(facet, key)).copied()
    }
}

/// Some documents, without their texts.
pub(super) fn documents(
    plan: &SitePlan<'_>,
    places: &Places<'_>,
    ids: &[DocumentId],
) -> Vec<Document> {
    parallel::map(ids, |id| document(plan, places, *id))
}

fn document(plan: &SitePlan<'_>, places: &Places<'_>, id: DocumentId) -> Document {
    let document = plan.archive.document(id);
    let record = &document.record;
    let links: Vec<_> = document.links.all().map(|(_, link)| link).collect();
    let numbers = |ids: BTreeSet<AuthorityId>| ids.into_iter().map(|id| id.place).collect();
    let language = heading_slug(plan.language_of(&record.language));
    let topics: BTreeSet<u32> =
        record.topics.iter().filter_map(|t| places.get(Facet::Topic, &heading_slug(t))).collect();
    let (creators, recipients) = plan.from_and_to(id);
    Document {
        url: plan.path(&Page::Document(id)),
        title: plan.title(id),
        date: record.date.clone(),
        date_words: plan.date_view(record.date.as_ref()).text,
        creators,
        recipients,
        references: record.references.clone(),
        kind: places.get(Facet::Kind, &heading_slug(&record.kind)),
        language: places.get(Facet::Language, &language).unwrap_or_default(),
        organizations: numbers(links.iter().filter_map(|l| l.organization).collect()),
        people: numbers(links.iter().filter_map(|l| l.person).collect()),
        topics: topics.into_iter().collect(),
        collections: document
            .collection
            .map(|id| plan.archive.above(id).into_iter().chain([id]).map(|id| id.0).collect())
            .unwrap_or_default(),
        own: own_facets(plan)
            .map(|(place, key)| own_places(places, place, record.taxonomies.get(&key)))
            .collect(),
        extra: searched(plan.public_extra(record).map(|(_, value)| value)),
        passages: Vec::new(),
    }
}

/// The places of a document's terms, and of all above them.
fn own_places(places: &Places<'_>, place: usize, terms: Option<&Vec<String>>) -> Vec<u32> {
    let terms = terms.into_iter().flatten().flat_map(|term| with_those_above(term));
    let found: BTreeSet<u32> =
        terms.filter_map(|term| places.get(Facet::Own(place), &term_key(term))).collect();
    found.into_iter().collect()
}

/// Those of a document's own fields that readers may have, as texts.
fn searched<'v>(values: impl Iterator<Item = &'v Value>) -> Vec<String> {
    fn texts(value: &Value, out: &mut Vec<String>) {
        match value {
            Value::String(text) => out.push(text.clone()),
            Value::Number(number) => out.push(number.to_string()),
            Value::Array(values) => values.iter().for_each(|value| texts(value, out)),
            Value::Object(values) => values.values().for_each(|value| texts(value, out)),
            Value::Null | Value::Bool(_) => {}
        }
    }
    let mut out = Vec::new();
    values.for_each(|value| texts(value, &mut out));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_archive_that_outgrows_its_index_is_told_so() {
        let mut config = Config::default();
        assert!(too_many(MANY, &config).is_none());
        assert!(too_many(MANY + 1, &config).is_some());
        config.search.endpoint = Some("/search-server/".into());
        assert!(too_many(MANY + 1, &config).is_none());
    }
}
