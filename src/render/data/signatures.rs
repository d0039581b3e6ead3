//! Who wrote and who signed which document, as the edges of a network.
//!
//! A letter of one hand often names its signatory as creator only, so both relations are edges.

use super::{Cells, Column};
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
pub(super) fn fill(plan: &SitePlan<'_>, cells: &mut dyn Cells) {
    let slug = |id| plan.archive.authority(id).slug.as_str();
    for id in plan.document_ids() {
        let document = plan.archive.document(id);
        let (record, links) = (&document.record, &document.links);
        let creators = record.creators.iter().zip(&links.creators);
        let signatories = record.signatories.iter().zip(&links.signatories);
        let all = creators.map(|edge| ("creator", edge));
        for (relation, (party, link)) in all.chain(signatories.map(|edge| ("signatory", edge))) {
            cells.cell(&document.slug);
            cells.maybe(record.date.as_ref());
            cells.cell(relation);
            cells.maybe(link.person.map(slug));
            cells.maybe(party.person.as_ref());
            cells.maybe(party.role.as_ref());
            cells.maybe(link.organization.map(slug));
            cells.maybe(party.organization.as_ref());
            cells.end_row();
        }
    }
}
