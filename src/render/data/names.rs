//! Organizations and people that have a document.

use super::Column;
use super::csv::Csv;
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
pub(super) fn organizations(plan: &SitePlan<'_>) -> Vec<u8> {
    table(plan, &plan.organizations)
}

/// The table of people.
pub(super) fn people(plan: &SitePlan<'_>) -> Vec<u8> {
    table(plan, &plan.people)
}

fn table(plan: &SitePlan<'_>, ids: &[AuthorityId]) -> Vec<u8> {
    let mut csv = Csv::new(&COLUMNS);
    for id in ids {
        let authority = plan.archive.authority(*id);
        let r = &authority.record;
        let identifiers: Vec<String> =
            r.identifiers.iter().map(|i| format!("{}:{}", i.scheme, i.value)).collect();
        csv.cell(&authority.slug);
        csv.cell(&plan.permanent_url(&Page::Authority(*id)));
        csv.cell(&r.title);
        csv.maybe(r.sort_name.as_ref());
        csv.maybe(r.acronym.as_ref());
        csv.cell(&r.aliases.join("; "));
        csv.maybe(r.country.as_ref());
        csv.maybe(r.dates.as_ref());
        csv.maybe(r.url.as_ref());
        csv.cell(&identifiers.join("; "));
        csv.cell(&plan.documents_of(&authority.documents).len().to_string());
        csv.end_row();
    }
    csv.finish()
}
