//! The arrangement as a table: a row for each unit, each before its parts.

use super::{Cells, Column};
use crate::site::{Page, SitePlan};

/// The table's columns.
pub(super) const COLUMNS: [Column; 12] = [
    ("slug", "string", "last part of the unit's URL"),
    ("url", "string", "permanent URL"),
    ("title", "string", "title"),
    ("level", "string", "fonds, collection, subfonds, series, subseries or file"),
    ("reference", "string", "reference code or shelf mark"),
    ("dates", "string", "dates, EDTF"),
    ("extent", "string", "how much there is of it"),
    ("history", "string", "its history"),
    ("scope", "string", "what its documents are about"),
    ("conditions", "string", "who may see and use it"),
    ("part_of", "string", "slug of the unit that it is a part of"),
    ("documents", "integer", "number of documents in it and its parts"),
];

/// Every unit.
pub(super) fn fill(plan: &SitePlan<'_>, cells: &mut dyn Cells) {
    for id in plan.collection_ids() {
        let unit = plan.archive.collection(id);
        let record = &unit.card.record;
        cells.cell(&unit.card.slug);
        cells.cell(&plan.permanent_url(&Page::Collection(id)));
        cells.cell(&record.title);
        cells.cell(record.level.name());
        cells.maybe(record.reference.as_ref());
        cells.maybe(record.dates.as_ref());
        cells.maybe(record.extent.as_ref());
        cells.maybe(record.history.as_ref());
        cells.maybe(record.scope.as_ref());
        cells.maybe(record.conditions.as_ref());
        cells.maybe(unit.parent.map(|parent| &plan.archive.collection(parent).card.slug));
        cells.cell(&unit.all_documents.len().to_string());
        cells.end_row();
    }
}
