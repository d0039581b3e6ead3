//! `data/collections.jsonld`: the arrangement as linked data in the words of schema.org: who holds it, each unit with its
//! parts and its documents, and each of these with the unit in which it lies.
//!
//! It is one graph. A node is in it once and is named by its address elsewhere, so that a program can begin anywhere.
//! Source: schema.org, `ArchiveComponent`, `ArchiveOrganization`, <https://schema.org/ArchiveComponent>.

use serde::Serialize;

use super::json_ld::{
    PartyThing, Reference, collection_id, holding_archive, is_iso, parties, unit_id,
};
use crate::archive::{CollectionId, DocumentId};
use crate::edtf::EdtfDate;
use crate::site::{Page, SitePlan};

/// A unit of the arrangement, or a document in it; what is unknown is left out.
#[derive(Serialize)]
struct Component<'a> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    types: &'static [&'static str],
    #[serde(rename = "additionalType", skip_serializing_if = "Option::is_none")]
    level: Option<&'static str>,
    #[serde(rename = "conditionsOfAccess", skip_serializing_if = "Option::is_none")]
    conditions: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    creator: Vec<PartyThing<'a>>,
    #[serde(rename = "dateCreated", skip_serializing_if = "Option::is_none")]
    date_created: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(rename = "hasPart", skip_serializing_if = "Vec::is_empty")]
    has_part: Vec<Reference>,
    #[serde(rename = "holdingArchive")]
    holding_archive: Reference,
    #[serde(skip_serializing_if = "Option::is_none")]
    identifier: Option<&'a str>,
    #[serde(rename = "inLanguage", skip_serializing_if = "Option::is_none")]
    in_language: Option<&'a str>,
    #[serde(rename = "isPartOf")]
    is_part_of: Reference,
    /// Where it is asked for: the archive and the shelf mark.
    #[serde(rename = "itemLocation", skip_serializing_if = "Option::is_none")]
    item_location: Option<String>,
    #[serde(rename = "materialExtent", skip_serializing_if = "Option::is_none")]
    extent: Option<&'a str>,
    name: String,
    #[serde(rename = "temporalCoverage", skip_serializing_if = "Option::is_none")]
    temporal_coverage: Option<&'a str>,
    url: String,
}

/// All that the archive shows; the highest units are its parts.
#[derive(Serialize)]
struct Whole<'a> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    types: &'static [&'static str],
    #[serde(rename = "hasPart")]
    has_part: Vec<Reference>,
    #[serde(rename = "holdingArchive")]
    holding_archive: Reference,
    name: &'a str,
    url: String,
}

/// The whole arrangement. A node is written as soon as it is made: an archive has many.
pub fn tree_json_ld(plan: &SitePlan<'_>) -> Vec<u8> {
    let mut graph = Graph::new();
    let all: Vec<CollectionId> = plan.collection_ids().collect();
    let highest = all.iter().filter(|id| plan.archive.collection(**id).parent.is_none());
    graph.add(&holding_archive(plan));
    graph.add(&Whole {
        id: collection_id(plan),
        // Of a `Collection` alone, schema.org knows no `holdingArchive`.
        types: &["Collection", "ArchiveComponent"],
        has_part: highest.map(|id| reference(unit_id(plan, *id))).collect(),
        holding_archive: held_by(plan),
        name: &plan.config.title,
        url: plan.permanent_url(&Page::Home),
    });
    for id in all {
        graph.add(&unit(plan, id));
        for document in &plan.archive.collection(id).documents {
            graph.add(&item(plan, *document, id));
        }
    }
    graph.finish()
}

fn unit<'p>(plan: &'p SitePlan<'_>, id: CollectionId) -> Component<'p> {
    let unit = plan.archive.collection(id);
    let record = &unit.card.record;
    let above = unit.parent.map_or_else(|| collection_id(plan), |parent| unit_id(plan, parent));
    let units = unit.children.iter().map(|part| unit_id(plan, *part));
    let documents = unit.documents.iter().map(|id| plan.permanent_url(&Page::Document(*id)));
    let dates = record.dates.as_ref();
    Component {
        id: unit_id(plan, id),
        types: &["Collection", "ArchiveComponent"],
        level: Some(record.level.name()),
        conditions: record.conditions.as_deref(),
        creator: parties(plan, &unit.creators),
        date_created: dates.filter(|date| is_iso(date)).map(EdtfDate::as_str),
        description: record.scope.as_deref().or(record.description.as_deref()),
        has_part: units.chain(documents).map(reference).collect(),
        holding_archive: held_by(plan),
        identifier: record.reference.as_deref(),
        in_language: None,
        is_part_of: reference(above),
        item_location: location(plan, record.reference.as_deref()),
        extent: record.extent.as_deref(),
        name: record.title.clone(),
        temporal_coverage: dates.filter(|date| !is_iso(date)).map(EdtfDate::as_str),
        url: plan.permanent_url(&Page::Collection(id)),
    }
}

fn item<'p>(plan: &'p SitePlan<'_>, id: DocumentId, above: CollectionId) -> Component<'p> {
    let document = plan.archive.document(id);
    let record = &document.record;
    let url = plan.permanent_url(&Page::Document(id));
    let date = record.date.as_ref();
    Component {
        id: url.clone(),
        types: &["TextDigitalDocument", "ArchiveComponent"],
        level: None,
        conditions: None,
        creator: parties(plan, &document.links.creators),
        date_created: date.filter(|date| is_iso(date)).map(EdtfDate::as_str),
        description: record.description.as_deref(),
        has_part: Vec::new(),
        holding_archive: held_by(plan),
        identifier: record.reference.as_deref(),
        in_language: Some(plan.language_of(&record.language)),
        is_part_of: reference(unit_id(plan, above)),
        item_location: location(plan, record.reference.as_deref()),
        extent: record.extent.as_deref(),
        name: plan.title(id),
        temporal_coverage: date.filter(|date| !is_iso(date)).map(EdtfDate::as_str),
        url,
    }
}

fn reference(id: String) -> Reference {
    Reference { id }
}

fn held_by(plan: &SitePlan<'_>) -> Reference {
    reference(holding_archive(plan).id)
}

fn location(plan: &SitePlan<'_>, shelf_mark: Option<&str>) -> Option<String> {
    Some(format!("{}, {}", plan.config.archive_name(), shelf_mark?))
}

/// A graph in the making, a node a line.
struct Graph {
    bytes: Vec<u8>,
    is_empty: bool,
}

impl Graph {
    fn new() -> Self {
        let bytes = b"{\"@context\":\"https://schema.org\",\"@graph\":[\n".to_vec();
        Self { bytes, is_empty: true }
    }

    fn add(&mut self, node: &impl Serialize) {
        if !std::mem::take(&mut self.is_empty) {
            self.bytes.extend_from_slice(b",\n");
        }
        serde_json::to_writer(&mut self.bytes, node).expect("text in memory is JSON");
    }

    fn finish(mut self) -> Vec<u8> {
        self.bytes.extend_from_slice(b"\n]}\n");
        self.bytes
    }
}
