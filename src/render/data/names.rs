//! Organizations and people that have a document.

use super::{Cells, Column};
use crate::archive::AuthorityId;
use crate::site::{Page, SitePlan};

/// The columns of both tables; several values in a cell are joined by `; `.
pub(super) const COLUMNS: [Column; 11] = [
    ("slug", "string", "last part of the page's URL"),
    ("url", "string", "permanent URL"),
    ("name", "string", "preferred form of the name"),
    ("sort_name", "string", "family name, then given names; people only"),
    ("acronym", "string", "acronym"),
    ("aliases", "string", "other forms of the name"),
    ("country", "string", "country of its seat"),
    ("dates", "string", "dates of existence, EDTF"),
    ("website", "string", "its web site"),
    ("identifiers", "string", "numbers in other authority files: scheme:number"),
    ("documents", "integer", "number of documents in which it plays a role"),
];

/// The table of organizations.
pub(super) fn organizations(plan: &SitePlan<'_>, cells: &mut dyn Cells) {
    table(plan, &plan.organizations, cells)
}

/// The table of people.
pub(super) fn people(plan: &SitePlan<'_>, cells: &mut dyn Cells) {
    table(plan, &plan.people, cells)
}

fn table(plan: &SitePlan<'_>, ids: &[AuthorityId], cells: &mut dyn Cells) {
    for id in ids {
        let authority = plan.archive.authority(*id);
        let r = &authority.record;
        let identifiers: Vec<String> =
            r.identifiers.iter().map(|i| format!("{}:{}", i.scheme, i.value)).collect();
        cells.cell(&authority.slug);
        cells.cell(&plan.permanent_url(&Page::Authority(*id)));
        cells.cell(&r.title);
        cells.maybe(r.sort_name.as_ref());
        cells.maybe(r.acronym.as_ref());
        cells.cell(&r.aliases.join("; "));
        cells.maybe(r.country.as_ref());
        cells.maybe(r.dates.as_ref());
        cells.maybe(r.url.as_ref());
        cells.cell(&identifiers.join("; "));
        cells.cell(&plan.documents_of(&authority.documents).len().to_string());
        cells.end_row();
    }
}
