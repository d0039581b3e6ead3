//! Facets: for each value of a facet, the documents that have it.
//!
//! Values are numbered by how many documents have them, most first, so that the names of those shown
//! in most result lists stand in one file.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::bits::{BitWriter, varint};
use super::document::{Document, FacetValue, Tables};
use super::hash::{Hash, hex};
use super::kept::json;
use super::shard::Shard;
use crate::files::FileError;

/// Values whose names stand in one file.
const NAMES: usize = 400;

/// By what documents are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Facet {
    Organization,
    Person,
    Year,
    Kind,
    Language,
    Topic,
    Collection,
    /// One of the archive's own, by its place in [`Tables::own`].
    Own(usize),
}

/// Facets that every archive has, in the order of their numbers.
const COMMON: [Facet; 7] = [
    Facet::Organization,
    Facet::Person,
    Facet::Year,
    Facet::Kind,
    Facet::Language,
    Facet::Topic,
    Facet::Collection,
];

impl Facet {
    /// Every facet of an archive.
    pub(super) fn all(tables: &Tables) -> Vec<Self> {
        COMMON.into_iter().chain((0..tables.own.len()).map(Self::Own)).collect()
    }

    /// Its number among all.
    pub(super) fn index(self) -> usize {
        match self {
            Self::Own(place) => COMMON.len() + place,
            common => COMMON.iter().position(|facet| *facet == common).unwrap_or_default(),
        }
    }

    /// Its name in the manifest and in addresses.
    pub(super) fn name(self, tables: &Tables) -> &str {
        match self {
            Self::Organization => "organization",
            Self::Person => "person",
            Self::Year => "year",
            Self::Kind => "kind",
            Self::Language => "language",
            Self::Topic => "topic",
            Self::Collection => "collection",
            Self::Own(place) => &tables.own[place].name,
        }
    }
}

/// The values of a document in a facet: indexes into its table, or years.
pub(super) fn values(document: &Document, facet: Facet) -> Vec<i32> {
    let of = |list: &[u32]| list.iter().map(|&value| value as i32).collect();
    let mut values: Vec<i32> = match facet {
        Facet::Organization => of(&document.organizations),
        Facet::Person => of(&document.people),
        Facet::Topic => of(&document.topics),
        Facet::Collection => of(&document.collections),
        Facet::Own(place) => document.own.get(place).map(|list| of(list)).unwrap_or_default(),
        Facet::Year => document.date.as_ref().map(|date| date.years()).unwrap_or_default(),
        Facet::Kind => document.kind.iter().map(|&value| value as i32).collect(),
        Facet::Language => vec![document.language as i32],
    };
    values.sort_unstable();
    values.dedup();
    values
}

/// A facet's values that any document has, by number.
pub(super) struct Ranked<'t> {
    facet: Facet,
    values: Vec<RankedValue<'t>>,
}

/// A value with the documents that have it.
pub(super) struct RankedValue<'t> {
    pub(super) value: Cow<'t, FacetValue>,
    documents: Vec<u32>,
}

impl<'t> Ranked<'t> {
    pub(super) fn values(&self) -> &[RankedValue<'t>] {
        &self.values
    }
}

/// Gathers a facet from all shards and numbers its values.
pub(super) fn rank<'t>(facet: Facet, shards: &[Shard], tables: &'t Tables) -> Ranked<'t> {
    let pairs = shards.iter().flat_map(|shard| &shard.facets[facet.index()]);
    let mut pairs: Vec<(i32, u32)> = pairs.map(|&(document, value)| (value, document)).collect();
    pairs.sort_unstable();
    let mut values: Vec<RankedValue<'t>> = pairs
        .chunk_by(|a, b| a.0 == b.0)
        .map(|group| RankedValue {
            value: describe(facet, group[0].0, tables),
            documents: group.iter().map(|(_, document)| *document).collect(),
        })
        .collect();
    values
        .sort_by(|a, b| (b.documents.len(), &a.value.key).cmp(&(a.documents.len(), &b.value.key)));
    Ranked { facet, values }
}

fn describe(facet: Facet, value: i32, tables: &Tables) -> Cow<'_, FacetValue> {
    let table = match facet {
        Facet::Organization => &tables.organizations,
        Facet::Person => &tables.people,
        Facet::Kind => &tables.kinds,
        Facet::Language => &tables.languages,
        Facet::Topic => &tables.topics,
        Facet::Collection => &tables.collections,
        Facet::Own(place) => &tables.own[place].values,
        Facet::Year => {
            let year = value.to_string();
            let value = FacetValue { key: year.clone(), label: year, names: Vec::new() };
            return Cow::Owned(value);
        }
    };
    Cow::Borrowed(&table[value as usize])
}

/// Writes the files of a facet; gives its entry in the manifest.
pub(super) fn write(
    ranked: &Ranked<'_>,
    documents: u32,
    tables: &Tables,
    json: &json::Writer<'_>,
) -> Result<Value, FileError> {
    let lists = json.put_bytes(&lists(ranked, documents))?;
    let names = ranked.values.chunks(NAMES).map(|values| json.put(&names(values)));
    let names: Vec<Hash> = names.collect::<Result<_, _>>()?;
    Ok(json!({
        "name": ranked.facet.name(tables),
        "values": ranked.values.len(),
        "lists": hex(lists),
        "names": names.into_iter().map(hex).collect::<String>(),
    }))
}

fn lists(ranked: &Ranked<'_>, documents: u32) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut bits = BitWriter::default();
    for value in &ranked.values {
        varint(&mut bytes, value.documents.len() as u64);
        bits.list(&value.documents, documents);
    }
    bytes.extend(bits.finish());
    bytes
}

fn names(values: &[RankedValue<'_>]) -> String {
    let rows = values
        .iter()
        .map(|RankedValue { value, .. }| json!([value.key, value.label, value.names]).to_string());
    format!("[{}]", rows.collect::<Vec<_>>().join(",\n"))
}
