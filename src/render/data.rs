//! The whole archive as open data: CSV (RFC 4180) and JSON Lines.

use serde_json::{Map, Value, json};

use crate::archive::{Authority, DocumentId};
use crate::site::{Page, SitePlan};

/// All files below `data/`.
pub(super) fn files(plan: &SitePlan<'_>) -> Vec<(String, Vec<u8>)> {
    let people = plan.people.iter().map(|id| (Page::Person(*id), *id));
    let organizations = plan.organizations.iter().map(|id| (Page::Organization(*id), *id));
    let record = |person, id| plan.authority(person, id);
    vec![
        ("data/documents.csv".to_owned(), documents_csv(plan).into_bytes()),
        ("data/documents.jsonl".to_owned(), documents_jsonl(plan).into_bytes()),
        (
            "data/organizations.csv".to_owned(),
            names_csv(plan, organizations.map(|(page, id)| (page, record(false, id)))).into_bytes(),
        ),
        (
            "data/people.csv".to_owned(),
            names_csv(plan, people.map(|(page, id)| (page, record(true, id)))).into_bytes(),
        ),
    ]
}

const COLUMNS: [&str; 22] = [
    "slug",
    "url",
    "title",
    "date",
    "earliest",
    "latest",
    "kind",
    "language",
    "place",
    "subject",
    "references",
    "creators",
    "signatories",
    "recipients",
    "copied",
    "topics",
    "description",
    "rights",
    "seed",
    "lines",
    "added",
    "updated",
];

fn documents_csv(plan: &SitePlan<'_>) -> String {
    let mut out = row(COLUMNS.map(str::to_owned));
    for id in plan.document_ids() {
        let json = document(plan, id);
        out.push_str(&row(COLUMNS.map(|column| cell(json.get(column)))));
    }
    out
}

fn documents_jsonl(plan: &SitePlan<'_>) -> String {
    let mut out = String::new();
    for id in plan.document_ids() {
        out.push_str(&Value::Object(document(plan, id)).to_string());
        out.push('\n');
    }
    out
}

/// Everything that is recorded of a document, by column; what is unknown is left out.
fn document(plan: &SitePlan<'_>, id: DocumentId) -> Map<String, Value> {
    let document = plan.archive.document(id);
    let r = &document.record;
    let source = r.source.as_ref();
    let date = r.date.as_ref();
    let value = json!({
        "slug": document.slug,
        "url": plan.permanent_url(&Page::Document(id)),
        "title": r.title,
        "date": date,
        "earliest": date.and_then(|d| d.earliest()),
        "latest": date.and_then(|d| d.latest()),
        "kind": r.kind,
        "language": plan.language_of(&r.language),
        "place": r.place,
        "subject": r.subject,
        "references": r.references,
        "creators": r.creators,
        "signatories": r.signatories,
        "recipients": r.recipients,
        "copied": r.copied,
        "topics": r.topics,
        "description": r.description.as_ref().or(document.excerpt.as_ref()),
        "rights": plan.rights_of(r),
        "seed": source.and_then(|s| s.seed.as_ref()),
        "lines": source.and_then(|s| s.lines).map(|(a, b)| format!("{a}-{b}")),
        "added": r.added,
        "updated": r.updated,
    });
    let Value::Object(map) = value else { unreachable!("the macro makes an object") };
    let empty = |v: &Value| v.is_null() || v.as_array().is_some_and(Vec::is_empty);
    map.into_iter().filter(|(_, v)| !empty(v)).collect()
}

/// A value in one cell: several are joined by `; `, a party is `person, role, organization`.
fn cell(value: Option<&Value>) -> String {
    match value {
        None | Some(Value::Null) => String::new(),
        Some(Value::String(text)) => text.clone(),
        Some(Value::Array(items)) => {
            items.iter().map(|i| cell(Some(i))).collect::<Vec<_>>().join("; ")
        }
        Some(Value::Object(_)) => {
            let party: Vec<&str> = ["person", "role", "organization"]
                .iter()
                .filter_map(|key| value?.get(key)?.as_str())
                .collect();
            party.join(", ")
        }
        Some(other) => other.to_string(),
    }
}

fn names_csv<'a>(
    plan: &SitePlan<'_>,
    authorities: impl Iterator<Item = (Page, &'a Authority)>,
) -> String {
    let header = [
        "slug",
        "url",
        "name",
        "acronym",
        "aliases",
        "country",
        "website",
        "identifiers",
        "documents",
    ];
    let mut out = row(header.map(str::to_owned));
    for (page, authority) in authorities {
        let r = &authority.record;
        let identifiers: Vec<String> =
            r.identifiers.iter().map(|i| format!("{}:{}", i.scheme, i.value)).collect();
        out.push_str(&row([
            authority.slug.clone(),
            plan.permanent_url(&page),
            r.title.clone(),
            r.acronym.clone().unwrap_or_default(),
            r.aliases.join("; "),
            r.country.clone().unwrap_or_default(),
            r.url.clone().unwrap_or_default(),
            identifiers.join("; "),
            plan.documents_of(&authority.documents).len().to_string(),
        ]));
    }
    out
}

fn row<const N: usize>(cells: [String; N]) -> String {
    let mut line = cells.map(|c| csv_quoted(&c)).join(",");
    line.push_str("\r\n");
    line
}

fn csv_quoted(cell: &str) -> String {
    if cell.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
