//! Every document with everything that is recorded of it, as a table and as JSON Lines.

use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::{Cells, Column};
use crate::archive::DocumentId;
use crate::content::Party;
use crate::edtf::{Day, EdtfDate};
use crate::site::{Page, SitePlan};

/// The table's columns; several values in a cell are joined by `; `.
pub(super) const COLUMNS: [Column; 30] = [
    ("slug", "string", "last part of the document's URL"),
    ("url", "string", "permanent URL"),
    ("title", "string", "title, formal or supplied"),
    ("date", "string", "date of the document, EDTF; empty if undated"),
    ("earliest", "string", "first day that the date can denote, ISO 8601"),
    ("latest", "string", "last day that the date can denote, ISO 8601"),
    ("kind", "string", "what it is"),
    ("language", "string", "language of the text, BCP 47"),
    ("place", "string", "where it was made"),
    ("subject", "string", "what it says it is about"),
    ("references", "string", "its own reference codes"),
    ("creators", "string", "who wrote or issued it: person, role, organization"),
    ("signatories", "string", "who signed it: person, role, organization"),
    ("recipients", "string", "whom it is addressed to: person, role, organization"),
    ("copied", "string", "who gets a copy: person, role, organization"),
    ("topics", "string", "subject headings"),
    ("collection", "string", "slug of the unit of the arrangement in which it lies"),
    ("reference", "string", "shelf mark or reference code"),
    ("extent", "string", "how much there is of it"),
    ("description", "string", "description, or the first sentences"),
    ("rights", "string", "rights statement, a URI"),
    ("seed", "string", "file that the text was read from"),
    ("lines", "string", "first and last line in that file"),
    ("source", "string", "URL where the text was found"),
    ("answers", "string", "slug of the document that it answers"),
    ("added", "string", "day on which the record was added, EDTF"),
    ("updated", "string", "day of the record's last change, EDTF"),
    ("taxonomies", "object", "terms in the archive's own taxonomies, by their keys, JSON"),
    ("extra", "object", "fields of the archive's own, JSON"),
    ("withdrawn", "string", "why the document is no longer shown; all else is empty then"),
];

/// What is recorded of a document, under the names of the columns.
#[derive(Serialize)]
pub(super) struct Row<'a> {
    slug: &'a str,
    url: String,
    title: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a EdtfDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    earliest: Option<Day>,
    #[serde(skip_serializing_if = "Option::is_none")]
    latest: Option<Day>,
    kind: &'a str,
    language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    subject: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    references: &'a [String],
    #[serde(skip_serializing_if = "<[_]>::is_empty", serialize_with = "parties")]
    creators: &'a [Party],
    #[serde(skip_serializing_if = "<[_]>::is_empty", serialize_with = "parties")]
    signatories: &'a [Party],
    #[serde(skip_serializing_if = "<[_]>::is_empty", serialize_with = "parties")]
    recipients: &'a [Party],
    #[serde(skip_serializing_if = "<[_]>::is_empty", serialize_with = "parties")]
    copied: &'a [Party],
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    topics: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    collection: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extent: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rights: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    seed: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    lines: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answers: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    added: Option<&'a EdtfDate>,
    #[serde(skip_serializing_if = "Option::is_none")]
    updated: Option<&'a EdtfDate>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    taxonomies: &'a BTreeMap<String, Vec<String>>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    extra: BTreeMap<&'a str, &'a Value>,
}

/// What is known of each party.
fn parties<S: Serializer>(parties: &[Party], serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Known<'a> {
        #[serde(skip_serializing_if = "Option::is_none")]
        person: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        role: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        organization: Option<&'a str>,
    }
    serializer.collect_seq(parties.iter().map(|party| Known {
        person: party.person.as_deref(),
        role: party.role.as_deref(),
        organization: party.organization.as_deref(),
    }))
}

/// All that is said of a withdrawn document.
#[derive(Serialize)]
struct Gone<'a> {
    slug: &'a str,
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    title: Option<&'a str>,
    withdrawn: &'a str,
}

impl<'a> Gone<'a> {
    /// Every withdrawn document.
    fn all(plan: &'a SitePlan<'_>) -> impl Iterator<Item = Self> {
        plan.archive.tombstones.iter().enumerate().map(|(number, tombstone)| Self {
            slug: &tombstone.slug,
            url: plan.permanent_url(&Page::Withdrawn(number)),
            title: tombstone.withdrawn.title.as_deref(),
            withdrawn: &tombstone.withdrawn.reason,
        })
    }

    fn write(&self, cells: &mut dyn Cells) {
        cells.cell(self.slug);
        cells.cell(&self.url);
        cells.maybe(self.title);
        for _ in 4..COLUMNS.len() {
            cells.cell("");
        }
        cells.cell(self.withdrawn);
        cells.end_row();
    }
}

impl<'a> Row<'a> {
    pub(super) fn of(plan: &'a SitePlan<'_>, id: DocumentId) -> Self {
        let document = plan.archive.document(id);
        let r = &document.record;
        let source = r.source.as_ref();
        let seed = plan.seed_of(r);
        let lines = source.and_then(|s| s.lines).filter(|_| seed.is_some());
        Self {
            slug: &document.slug,
            url: plan.permanent_url(&Page::Document(id)),
            title: &r.title,
            date: r.date.as_ref(),
            earliest: r.date.as_ref().and_then(EdtfDate::earliest),
            latest: r.date.as_ref().and_then(EdtfDate::latest),
            kind: &r.kind,
            language: plan.language_of(&r.language),
            place: r.place.as_deref(),
            subject: r.subject.as_deref(),
            references: &r.references,
            creators: &r.creators,
            signatories: &r.signatories,
            recipients: &r.recipients,
            copied: &r.copied,
            topics: &r.topics,
            collection: document.collection.map(|id| &*plan.archive.collection(id).card.slug),
            reference: r.reference.as_deref(),
            extent: r.extent.as_deref(),
            description: r.description.as_deref().or(document.excerpt.as_deref()),
            rights: plan.rights_of(r),
            seed,
            lines: lines.map(|(first, last)| format!("{first}-{last}")),
            source: source.and_then(|s| s.url.as_deref()),
            answers: document.answers.map(|id| plan.archive.document(id).slug.as_str()),
            added: plan.added(document),
            updated: plan.updated(document),
            taxonomies: &r.taxonomies,
            extra: plan.public_extra(r).collect(),
        }
    }

    /// A line of JSON with the document's text, which is behind all that is recorded of it.
    pub(super) fn line_with(&self, text: &str) -> Vec<u8> {
        #[derive(Serialize)]
        struct Whole<'a> {
            #[serde(flatten)]
            row: &'a Row<'a>,
            text: &'a str,
        }
        let whole = Whole { row: self, text };
        let mut line = serde_json::to_vec(&whole).expect("text in memory is JSON");
        line.push(b'\n');
        line
    }

    fn write(&self, cells: &mut dyn Cells) {
        cells.cell(self.slug);
        cells.cell(&self.url);
        cells.cell(self.title);
        cells.maybe(self.date);
        cells.maybe(self.earliest);
        cells.maybe(self.latest);
        cells.cell(self.kind);
        cells.cell(self.language);
        cells.maybe(self.place);
        cells.maybe(self.subject);
        cells.cell(&self.references.join("; "));
        for parties in [self.creators, self.signatories, self.recipients, self.copied] {
            cells.cell(&parties.iter().map(party).collect::<Vec<_>>().join("; "));
        }
        cells.cell(&self.topics.join("; "));
        cells.maybe(self.collection);
        cells.maybe(self.reference);
        cells.maybe(self.extent);
        cells.maybe(self.description);
        cells.maybe(self.rights);
        cells.maybe(self.seed);
        cells.maybe(self.lines.as_ref());
        cells.maybe(self.source);
        cells.maybe(self.answers);
        cells.maybe(self.added);
        cells.maybe(self.updated);
        cells.maybe(as_json(self.taxonomies));
        cells.maybe(as_json(&self.extra));
        cells.cell("");
        cells.end_row();
    }
}

/// A table as JSON; none if there is nothing in it.
fn as_json<K: Serialize + Ord, V: Serialize>(table: &BTreeMap<K, V>) -> Option<String> {
    let json = || serde_json::to_string(table).expect("text in memory is JSON");
    (!table.is_empty()).then(json)
}

/// `person, role, organization`, as far as they are known.
fn party(party: &Party) -> String {
    let parts = [&party.person, &party.role, &party.organization];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
}

/// The table.
pub(super) fn fill(plan: &SitePlan<'_>, cells: &mut dyn Cells) {
    for id in plan.document_ids() {
        Row::of(plan, id).write(cells);
    }
    for gone in Gone::all(plan) {
        gone.write(cells);
    }
}

/// One JSON object a line; what is unknown is left out.
pub(super) fn jsonl(plan: &SitePlan<'_>) -> Vec<u8> {
    let mut out = Vec::new();
    for id in plan.document_ids() {
        serde_json::to_writer(&mut out, &Row::of(plan, id)).expect("text in memory is JSON");
        out.push(b'\n');
    }
    for gone in Gone::all(plan) {
        serde_json::to_writer(&mut out, &gone).expect("text in memory is JSON");
        out.push(b'\n');
    }
    out
}
