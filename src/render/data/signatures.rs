//! Who wrote and who signed which document, as the edges of a network.
//!
//! A letter of one hand often names its signatory as creator only, so both relations are edges.

use super::Column;
use super::csv::Csv;
use crate::archive::{DocumentId, Link};
use crate::content::Party;
use crate::site::SitePlan;

/// The table's columns.
pub(super) const COLUMNS: [Column; 8] = [
    ("document", "string", "slug of the document"),
    ("date", "string", "date of the document, EDTF; empty if undated"),
    ("relation", "string", "creator or signatory"),
    ("person", "string", "slug of the person"),
    ("person_name", "string", "the person's name as the document has it"),
    ("role", "string", "in what role the person acts"),
    ("organization", "string", "slug of the organization"),
    ("organization_name", "string", "the organization's name as the document has it"),
];

/// The table, in the order of the documents and of their lists.
pub(super) fn csv(plan: &SitePlan<'_>) -> Vec<u8> {
    let mut csv = Csv::new(&COLUMNS);
    for id in plan.document_ids() {
        let document = plan.archive.document(id);
        let (record, links) = (&document.record, &document.links);
        edges(plan, id, "creator", record.creators.iter().zip(&links.creators), &mut csv);
        edges(plan, id, "signatory", record.signatories.iter().zip(&links.signatories), &mut csv);
    }
    csv.finish()
}

fn edges<'a>(
    plan: &SitePlan<'_>,
    id: DocumentId,
    relation: &str,
    parties: impl Iterator<Item = (&'a Party, &'a Link)>,
    csv: &mut Csv,
) {
    let document = plan.archive.document(id);
    let slug = |id| plan.archive.authority(id).slug.as_str();
    for (party, link) in parties {
        csv.cell(&document.slug);
        csv.maybe(document.record.date.as_ref());
        csv.cell(relation);
        csv.maybe(link.person.map(slug));
        csv.maybe(party.person.as_ref());
        csv.maybe(party.role.as_ref());
        csv.maybe(link.organization.map(slug));
        csv.maybe(party.organization.as_ref());
        csv.end_row();
    }
}
