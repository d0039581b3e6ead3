//! Every document with everything that is recorded of it, as a table and as JSON Lines.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Serialize, Serializer};
use serde_json::Value;

use super::{Cells, Column};
use crate::archive::{Document, DocumentId};
use crate::content::{self, Party};
use crate::edtf::EdtfDate;
use crate::site::{Page, SitePlan};

/// A column, with what it holds of a document.
type Field = (&'static str, &'static str, &'static str, for<'a> fn(&Known<'a>) -> Cell<'a>);

/// The columns; several values in a cell of the table are joined by `; `.
const FIELDS: [Field; 30] = [
    ("slug", "string", "last part of the document's URL", |d| text(&d.document.slug)),
    ("url", "string", "permanent URL", |d| made(Some(d.plan.permanent_url(&Page::Document(d.id))))),
    ("title", "string", "title, formal or supplied", |d| text(&d.record.title)),
    ("date", "string", "date of the document, EDTF; empty if undated", |d| {
        made(d.record.date.as_ref())
    }),
    ("earliest", "string", "first day that the date can denote, ISO 8601", |d| {
        made(d.record.date.as_ref().and_then(EdtfDate::earliest))
    }),
    ("latest", "string", "last day that the date can denote, ISO 8601", |d| {
        made(d.record.date.as_ref().and_then(EdtfDate::latest))
    }),
    ("kind", "string", "what it is", |d| text(&d.record.kind)),
    ("language", "string", "language of the text, BCP 47", |d| {
        text(d.plan.language_of(&d.record.language))
    }),
    ("place", "string", "where it was made", |d| maybe(d.record.place.as_ref())),
    ("subject", "string", "what it says it is about", |d| maybe(d.record.subject.as_ref())),
    ("references", "string", "its own reference codes", |d| Cell::Texts(&d.record.references)),
    ("creators", "string", "who wrote or issued it: person, role, organization", |d| {
        Cell::Parties(&d.record.creators)
    }),
    ("signatories", "string", "who signed it: person, role, organization", |d| {
        Cell::Parties(&d.record.signatories)
    }),
    ("recipients", "string", "whom it is addressed to: person, role, organization", |d| {
        Cell::Parties(&d.record.recipients)
    }),
    ("copied", "string", "who gets a copy: person, role, organization", |d| {
        Cell::Parties(&d.record.copied)
    }),
    ("topics", "string", "subject headings", |d| Cell::Texts(&d.record.topics)),
    ("collection", "string", "slug of the unit of the arrangement in which it lies", |d| {
        maybe(d.document.collection.map(|id| &d.plan.archive.collection(id).card.slug))
    }),
    ("reference", "string", "shelf mark or reference code", |d| maybe(d.record.reference.as_ref())),
    ("extent", "string", "how much there is of it", |d| maybe(d.record.extent.as_ref())),
    ("description", "string", "description, or the first sentences", |d| {
        maybe(d.record.description.as_deref().or(d.document.excerpt.as_deref()))
    }),
    ("rights", "string", "rights statement, a URI", |d| maybe(d.plan.rights_of(d.record))),
    ("seed", "string", "file that the text was read from", |d| maybe(d.plan.seed_of(d.record))),
    ("lines", "string", "first and last line in that file", |d| {
        let source = d.record.source.as_ref().filter(|_| d.plan.seed_of(d.record).is_some());
        made(source.and_then(|source| source.lines).map(|(first, last)| format!("{first}-{last}")))
    }),
    ("source", "string", "URL where the text was found", |d| {
        maybe(d.record.source.as_ref().and_then(|source| source.url.as_ref()))
    }),
    ("answers", "string", "slug of the document that it answers", |d| {
        maybe(d.document.answers.map(|id| &d.plan.archive.document(id).slug))
    }),
    ("added", "string", "day on which the record was added, EDTF", |d| {
        made(d.plan.added(d.document))
    }),
    ("updated", "string", "day of the record's last change, EDTF", |d| {
        made(d.plan.updated(d.document))
    }),
    ("taxonomies", "object", "terms in the archive's own taxonomies, by their keys, JSON", |d| {
        Cell::Terms(&d.record.taxonomies)
    }),
    ("extra", "object", "fields of the archive's own, JSON", |d| {
        Cell::Values(d.plan.public_extra(d.record).collect())
    }),
    ("withdrawn", "string", "why the document is no longer shown; all else is empty then", |_| {
        Cell::None
    }),
];

/// The table's columns.
pub(super) const COLUMNS: [Column; FIELDS.len()] = {
    let (mut all, mut at) = ([("", "", ""); FIELDS.len()], 0);
    while at < all.len() {
        all[at] = (FIELDS[at].0, FIELDS[at].1, FIELDS[at].2);
        at += 1;
    }
    all
};

/// A document that is shown.
struct Known<'a> {
    plan: &'a SitePlan<'a>,
    id: DocumentId,
    document: &'a Document,
    record: &'a content::Document,
}

/// What a column holds of a document.
enum Cell<'a> {
    None,
    Text(Cow<'a, str>),
    Texts(&'a [String]),
    Parties(&'a [Party]),
    Terms(&'a BTreeMap<String, Vec<String>>),
    Values(BTreeMap<&'a str, &'a Value>),
}

fn text(text: &str) -> Cell<'_> {
    Cell::Text(Cow::Borrowed(text))
}

fn maybe<'a, T: AsRef<str> + ?Sized>(value: Option<&'a T>) -> Cell<'a> {
    value.map_or(Cell::None, |value| text(value.as_ref()))
}

fn made<'a>(value: Option<impl ToString>) -> Cell<'a> {
    value.map_or(Cell::None, |value| Cell::Text(Cow::Owned(value.to_string())))
}

impl Cell<'_> {
    fn is_empty(&self) -> bool {
        match self {
            Self::None => true,
            Self::Text(_) => false,
            Self::Texts(texts) => texts.is_empty(),
            Self::Parties(parties) => parties.is_empty(),
            Self::Terms(terms) => terms.is_empty(),
            Self::Values(values) => values.is_empty(),
        }
    }

    fn write(&self, cells: &mut dyn Cells) {
        if self.is_empty() {
            return cells.cell("");
        }
        match self {
            Self::None => {}
            Self::Text(text) => cells.cell(text),
            Self::Texts(texts) => cells.cell(&texts.join("; ")),
            Self::Parties(parties) => {
                cells.cell(&parties.iter().map(party).collect::<Vec<_>>().join("; "));
            }
            Self::Terms(_) | Self::Values(_) => {
                cells.cell(&serde_json::to_string(self).expect("text in memory is JSON"));
            }
        }
    }
}

/// `person, role, organization`, as far as they are known.
fn party(party: &Party) -> String {
    let parts = [&party.person, &party.role, &party.organization];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
}

impl Serialize for Cell<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => serializer.serialize_none(),
            Self::Text(text) => text.serialize(serializer),
            Self::Texts(texts) => texts.serialize(serializer),
            Self::Parties(parties) => serializer.collect_seq(parties.iter().map(Said)),
            Self::Terms(terms) => terms.serialize(serializer),
            Self::Values(values) => values.serialize(serializer),
        }
    }
}

/// What is known of a party.
struct Said<'a>(&'a Party);

impl Serialize for Said<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Party { person, role, organization } = self.0;
        let all = [("person", person), ("role", role), ("organization", organization)];
        serializer
            .collect_map(all.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?))))
    }
}

/// What is recorded of a document, by the names of the columns.
pub(super) struct Row<'a>(Vec<(&'static str, Cell<'a>)>);

impl<'a> Row<'a> {
    pub(super) fn of(plan: &'a SitePlan<'a>, id: DocumentId) -> Self {
        let document = plan.archive.document(id);
        let known = Known { plan, id, document, record: &document.record };
        Self(FIELDS.iter().map(|(name, .., of)| (*name, of(&known))).collect())
    }

    /// All that is said of a withdrawn document.
    fn gone(plan: &'a SitePlan<'a>, number: usize) -> Self {
        let tombstone = &plan.archive.tombstones[number];
        Self(Vec::from(FIELDS.map(|(name, ..)| {
            let cell = match name {
                "slug" => text(&tombstone.slug),
                "url" => made(Some(plan.permanent_url(&Page::Withdrawn(number)))),
                "title" => maybe(tombstone.withdrawn.title.as_ref()),
                "withdrawn" => text(&tombstone.withdrawn.reason),
                _ => Cell::None,
            };
            (name, cell)
        })))
    }

    /// Those of all documents, and of all that were withdrawn.
    fn all(plan: &'a SitePlan<'a>) -> impl Iterator<Item = Self> {
        let gone = (0..plan.archive.tombstones.len()).map(|number| Self::gone(plan, number));
        plan.document_ids().map(|id| Self::of(plan, id)).chain(gone)
    }

    /// A line of JSON with the document's text, which is behind all that is recorded of it.
    pub(super) fn line_with(mut self, own: &'a str) -> Vec<u8> {
        self.0.push(("text", text(own)));
        self.line()
    }

    /// A line of JSON; what is unknown is left out.
    fn line(&self) -> Vec<u8> {
        let mut line = serde_json::to_vec(self).expect("text in memory is JSON");
        line.push(b'\n');
        line
    }
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let known = self.0.iter().filter(|(_, cell)| !cell.is_empty());
        serializer.collect_map(known.map(|(name, cell)| (name, cell)))
    }
}

/// The table.
pub(super) fn fill(plan: &SitePlan<'_>, cells: &mut dyn Cells) {
    for row in Row::all(plan) {
        row.0.iter().for_each(|(_, cell)| cell.write(cells));
        cells.end_row();
    }
}

/// One JSON object a line.
pub(super) fn jsonl(plan: &SitePlan<'_>) -> Vec<u8> {
    Row::all(plan).flat_map(|row| row.line()).collect()
}
