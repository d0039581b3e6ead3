//! schema.org descriptions, one a page, keys sorted.
//!
//! schema.org has neither a type for letters nor a property for signatories: a letter is a digital
//! document and a message, and who signed it is a contributor in the role of a signatory.

use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::archive::{
    Authority, AuthorityId, AuthorityKind, CollectionId, DocumentId, Link, Relative,
};
use crate::content::{Relation, name};
use crate::edtf::EdtfDate;
use crate::site::citation::Citation;
use crate::site::describe::identifier_url;
use crate::site::metadata::is_uri;
use crate::site::views::PageInfo;
use crate::site::{Page, SitePlan};

/// A description in the making; what is unknown is left out.
struct Thing(Map<String, Value>);

impl Thing {
    fn new(types: Value) -> Self {
        Self(Map::from_iter([("@type".to_owned(), types)]))
    }

    fn set(&mut self, key: &str, value: impl Into<Value>) {
        self.0.insert(key.to_owned(), value.into());
    }

    fn set_some(&mut self, key: &str, value: Option<impl Into<Value>>) {
        if let Some(value) = value {
            self.set(key, value);
        }
    }
}

/// What is said of a document, in the order of the keys; what is unknown is left out. Made for every
/// document, and so written without a map between.
#[derive(Serialize)]
struct DocumentThing<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@id")]
    id: &'a str,
    #[serde(rename = "@type")]
    types: &'static [&'static str],
    #[serde(rename = "additionalType", skip_serializing_if = "Option::is_none")]
    additional_type: Option<&'static str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<PartyThing<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    contributor: Vec<RoleThing<'a>>,
    #[serde(rename = "dateCreated", skip_serializing_if = "Option::is_none")]
    date_created: Option<&'a str>,
    genre: &'a str,
    #[serde(rename = "holdingArchive")]
    holding_archive: PartyThing<'a>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    identifier: &'a [String],
    #[serde(rename = "inLanguage")]
    in_language: &'a str,
    #[serde(rename = "isBasedOn", skip_serializing_if = "Option::is_none")]
    is_based_on: Option<&'a str>,
    #[serde(rename = "isPartOf")]
    is_part_of: CollectionThing<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    license: Option<&'a str>,
    name: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    recipient: Vec<PartyThing<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    temporal: Option<&'a str>,
    #[serde(rename = "translationOfWork", skip_serializing_if = "Vec::is_empty")]
    translation_of_work: Vec<Reference>,
    url: &'a str,
    #[serde(rename = "workTranslation", skip_serializing_if = "Vec::is_empty")]
    work_translation: Vec<Reference>,
}

/// Another page, by its address.
#[derive(Serialize)]
pub(super) struct Reference {
    #[serde(rename = "@id")]
    pub(super) id: String,
}

/// What is said of an organization or a person, in the order of the keys; what is unknown is left out.
/// There may be more of them than documents.
#[derive(Serialize)]
struct AuthorityThing<'a> {
    #[serde(rename = "@id")]
    id: &'a str,
    #[serde(rename = "@type")]
    kind: &'static str,
    #[serde(rename = "alternateName", skip_serializing_if = "Vec::is_empty")]
    alternate_name: Vec<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(rename = "familyName", skip_serializing_if = "Option::is_none")]
    family_name: Option<&'a str>,
    #[serde(rename = "givenName", skip_serializing_if = "Option::is_none")]
    given_name: Option<&'a str>,
    #[serde(rename = "honorificSuffix", skip_serializing_if = "Option::is_none")]
    honorific_suffix: Option<&'a str>,
    #[serde(rename = "mainEntityOfPage")]
    main_entity_of_page: &'a str,
    name: &'a str,
    #[serde(rename = "parentOrganization", skip_serializing_if = "Option::is_none")]
    parent_organization: Option<Reference>,
    #[serde(rename = "sameAs", skip_serializing_if = "Vec::is_empty")]
    same_as: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
}

/// Descriptions of one page.
#[derive(Serialize)]
struct Graph<'a> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: [AuthorityThing<'a>; 1],
}

/// The documents of the archive.
#[derive(Serialize)]
struct CollectionThing<'a> {
    #[serde(rename = "@id")]
    id: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
    url: String,
}

/// A person or an organization.
#[derive(Serialize)]
pub(super) struct PartyThing<'a> {
    #[serde(rename = "@id")]
    pub(super) id: String,
    #[serde(rename = "@type")]
    kind: &'static str,
    name: &'a str,
}

/// Somebody who signed.
#[derive(Serialize)]
struct RoleThing<'a> {
    #[serde(rename = "@type")]
    kind: &'static str,
    contributor: PartyThing<'a>,
    #[serde(rename = "roleName")]
    role_name: &'static str,
}

/// The schema.org description of a document.
pub fn document_json_ld(plan: &SitePlan<'_>, id: DocumentId, citation: &Citation) -> String {
    let document = plan.archive.document(id);
    let (record, links) = (&document.record, &document.links);
    let letter = citation.zotero == "letter";
    let types: &[&str] = &["TextDigitalDocument", "ArchiveComponent", "Message"];
    let date = record.date.as_ref();
    let signed = |contributor| RoleThing { kind: "Role", contributor, role_name: "signatory" };
    let url = plan.permanent_url(&Page::Document(id));
    let thing = DocumentThing {
        context: CONTEXT,
        id: &url,
        types: if letter { types } else { &types[..2] },
        additional_type: letter.then_some("http://purl.org/ontology/bibo/Letter"),
        author: parties(plan, &links.creators),
        contributor: parties(plan, &links.signatories).into_iter().map(signed).collect(),
        date_created: date.filter(|date| is_iso(date)).map(EdtfDate::as_str),
        genre: &citation.kind,
        holding_archive: holding_archive(plan),
        identifier: &record.references,
        in_language: &citation.language,
        is_based_on: record.source.as_ref().and_then(|s| s.url.as_deref()),
        is_part_of: match document.collection {
            Some(id) => unit(plan, id),
            None => collection(plan),
        },
        license: plan.rights_of(record).filter(|r| is_uri(r)),
        name: &citation.title,
        recipient: if letter { parties(plan, &links.recipients) } else { Vec::new() },
        temporal: date.filter(|date| !is_iso(date)).map(EdtfDate::as_str),
        translation_of_work: translations(plan, id, true),
        work_translation: translations(plan, id, false),
        url: &url,
    };
    script_safe(&thing)
}

/// The schema.org description of any other page; none for those that describe nothing.
pub fn page_json_ld(plan: &SitePlan<'_>, page: &Page, info: &PageInfo) -> Option<String> {
    let things = match page {
        Page::Home => home(plan),
        Page::Data => {
            let mut things = list(plan, info);
            things.push(dataset(plan));
            things
        }
        Page::Collection(id) => {
            let mut things = list(plan, info);
            things.push(unit_json_ld(plan, *id));
            things
        }
        Page::Authority(id) => return Some(authority_json_ld(plan, *id)),
        Page::Document(_)
        | Page::Source(_)
        | Page::Withdrawn(_)
        | Page::Search
        | Page::NotFound
        | Page::Own(_) => return None,
        _ => list(plan, info),
    };
    Some(script_safe(&json!({ "@context": CONTEXT, "@graph": things })))
}

const CONTEXT: &str = "https://schema.org";

/// Whether a date is certain at its precision and one that ISO 8601 can write: no season, no set.
pub(super) fn is_iso(date: &EdtfDate) -> bool {
    let length = date.as_str().len();
    let plain = date.stated().is_some_and(|(_, month, _)| month.is_some() || length == 4);
    date.is_certain() && plain
}

fn site_url(plan: &SitePlan<'_>) -> String {
    plan.permanent_url(&Page::Home)
}

/// The identifier of all that the archive shows.
pub(super) fn collection_id(plan: &SitePlan<'_>) -> String {
    format!("{}#collection", site_url(plan))
}

/// The identifier of a unit of the arrangement.
pub(super) fn unit_id(plan: &SitePlan<'_>, id: CollectionId) -> String {
    format!("{}#collection", plan.permanent_url(&Page::Collection(id)))
}

fn collection<'p>(plan: &'p SitePlan<'_>) -> CollectionThing<'p> {
    let url = site_url(plan);
    CollectionThing { id: collection_id(plan), kind: "Collection", name: &plan.config.title, url }
}

/// A unit of the arrangement.
fn unit<'p>(plan: &'p SitePlan<'_>, id: CollectionId) -> CollectionThing<'p> {
    let url = plan.permanent_url(&Page::Collection(id));
    let name = &plan.archive.collection(id).card.record.title;
    CollectionThing { id: unit_id(plan, id), kind: "Collection", name, url }
}

/// The originals of a document that is a translation, or the translations of it.
fn translations(plan: &SitePlan<'_>, id: DocumentId, originals: bool) -> Vec<Reference> {
    let document = plan.archive.document(id);
    let is_translation =
        document.relatives.iter().any(|r| r.relation == Relation::Translation && r.named);
    let wanted = |relative: &&Relative| {
        // Translations of one original are bound to each other, too, but none is the other's original.
        relative.relation == Relation::Translation
            && relative.named == originals
            && (originals || !is_translation)
    };
    let url = |relative: &Relative| plan.permanent_url(&Page::Document(relative.document));
    document
        .relatives
        .iter()
        .filter(wanted)
        .map(|relative| Reference { id: url(relative) })
        .collect()
}

/// The schema.org description of a unit of the arrangement, as an archival component.
fn unit_json_ld(plan: &SitePlan<'_>, id: CollectionId) -> Value {
    let unit_of = plan.archive.collection(id);
    let record = &unit_of.card.record;
    let url = plan.permanent_url(&Page::Collection(id));
    let mut thing = Thing::new(json!(["Collection", "ArchiveComponent"]));
    thing.set("@id", unit_id(plan, id));
    thing.set("additionalType", record.level.name());
    thing.set_some("conditionsOfAccess", record.conditions.as_deref());
    thing.set_some("description", record.scope.as_deref().or(record.description.as_deref()));
    thing.set("holdingArchive", json!(holding_archive(plan)));
    thing.set_some("identifier", record.reference.as_deref());
    thing.set(
        "isPartOf",
        json!(unit_of.parent.map_or_else(|| collection(plan), |id| unit(plan, id))),
    );
    thing.set("name", record.title.as_str());
    thing.set_some("temporalCoverage", record.dates.as_ref().map(EdtfDate::as_str));
    thing.set("url", url);
    Value::Object(thing.0)
}

pub(super) fn holding_archive<'p>(plan: &'p SitePlan<'_>) -> PartyThing<'p> {
    let id = format!("{}#archive", site_url(plan));
    PartyThing { id, kind: "ArchiveOrganization", name: plan.config.archive_name() }
}

/// Each person, or the organization where no person is named, once.
pub(super) fn parties<'p>(plan: &'p SitePlan<'_>, links: &[Link]) -> Vec<PartyThing<'p>> {
    let mut parties: Vec<PartyThing<'p>> = Vec::new();
    for link in links {
        let Some(authority) = link.first() else { continue };
        let id = plan.permanent_url(&Page::Authority(authority));
        if !parties.iter().any(|known| known.id == id) {
            let kind = thing_kind(authority.kind);
            parties.push(PartyThing {
                id,
                kind,
                name: &plan.archive.authority(authority).record.title,
            });
        }
    }
    parties
}

fn thing_kind(kind: AuthorityKind) -> &'static str {
    match kind {
        AuthorityKind::Organization => "Organization",
        AuthorityKind::Person => "Person",
    }
}

/// The schema.org description of an organization or a person.
fn authority_json_ld(plan: &SitePlan<'_>, id: AuthorityId) -> String {
    let authority = plan.archive.authority(id);
    let record = &authority.record;
    let person = id.kind == AuthorityKind::Person;
    let whole = authority.part_of.filter(|whole| !person && plan.has_page(*whole));
    let url = plan.permanent_url(&Page::Authority(id));
    let sort_name = record.sort_name.as_deref();
    let parts = sort_name.filter(|_| person).and_then(name::parts);
    let thing = AuthorityThing {
        id: &url,
        kind: thing_kind(id.kind),
        alternate_name: alternate_names(authority),
        description: record.description.as_deref(),
        family_name: parts.map(|parts| parts.family),
        given_name: parts.map(|parts| parts.given),
        honorific_suffix: parts.and_then(|parts| parts.suffix),
        main_entity_of_page: &url,
        name: &record.title,
        parent_organization: whole
            .map(|id| Reference { id: plan.permanent_url(&Page::Authority(id)) }),
        same_as: record.identifiers.iter().filter_map(identifier_url).collect(),
        url: record.url.as_deref(),
    };
    script_safe(&Graph { context: CONTEXT, graph: [thing] })
}

/// Other forms of a name, and what it is called in other languages.
fn alternate_names(authority: &Authority) -> Vec<&str> {
    let record = &authority.record;
    let translated = authority.translations.iter();
    let translated = translated.filter_map(|translation| translation.record.title.as_ref());
    let all = record.aliases.iter().chain(&record.acronym).chain(translated);
    all.map(String::as_str).filter(|name| *name != record.title).collect()
}

/// A list of documents or names, and the way to it from the home page.
fn list(plan: &SitePlan<'_>, info: &PageInfo) -> Vec<Value> {
    let url = absolute(plan, &info.url);
    let home = (plan.config.title.as_str(), site_url(plan));
    let above = info
        .breadcrumbs
        .iter()
        .filter_map(|link| Some((link.name.as_str(), absolute(plan, link.url.as_deref()?))));
    let trail = std::iter::once(home).chain(above).chain([(info.title.as_str(), url.clone())]);
    let steps: Vec<Value> = trail
        .zip(1..)
        .map(|((name, url), n)| {
            json!({ "@type": "ListItem", "item": url, "name": name, "position": n })
        })
        .collect();
    let (site, way) = (format!("{}#site", site_url(plan)), format!("{url}#breadcrumbs"));
    let page = json!({
        "@id": url, "@type": "CollectionPage", "breadcrumb": { "@id": way },
        "inLanguage": plan.words.language(), "isPartOf": { "@id": site },
        "name": info.title, "url": url,
    });
    vec![page, json!({ "@id": way, "@type": "BreadcrumbList", "itemListElement": steps })]
}

/// The full URL of a link from the root of the host.
fn absolute(plan: &SitePlan<'_>, url: &str) -> String {
    let base = plan.base_path;
    plan.permanent_url_of(url.strip_prefix(base).unwrap_or(url).trim_start_matches('/'))
}

/// The site, the collection that it shows, and who holds it.
fn home(plan: &SitePlan<'_>) -> Vec<Value> {
    let url = site_url(plan);
    let mut site = Thing::new("WebSite".into());
    site.set("@id", format!("{url}#site"));
    site.set_some("description", plan.config.description.as_deref());
    site.set("inLanguage", plan.words.language());
    site.set("name", plan.config.title.as_str());
    site.set_some("publisher", plan.config.archive.publisher.as_deref().map(organization));
    site.set("url", url.as_str());
    if plan.config.search.enabled {
        let target = format!("{}?q={{search_term_string}}", plan.permanent_url(&Page::Search));
        site.set(
            "potentialAction",
            json!({
                "@type": "SearchAction", "query-input": "required name=search_term_string",
                "target": { "@type": "EntryPoint", "urlTemplate": target },
            }),
        );
    }
    vec![Value::Object(site.0), json!(collection(plan)), json!(holding_archive(plan))]
}

fn organization(name: &str) -> Value {
    json!({ "@type": "Organization", "name": name })
}

/// The files below `data/`.
fn dataset(plan: &SitePlan<'_>) -> Value {
    let file = |name: &str, format: &str| {
        let url = plan.permanent_url_of(&format!("data/{name}"));
        json!({ "@type": "DataDownload", "contentUrl": url, "encodingFormat": format, "name": name })
    };
    let mut files = vec![
        file("datapackage.json", "application/json"),
        file("collections.csv", "text/csv"),
        file("documents.csv", "text/csv"),
        file("documents.jsonl", "application/jsonl"),
        file("organizations.csv", "text/csv"),
        file("people.csv", "text/csv"),
        file("signatures.csv", "text/csv"),
    ];
    if plan.has_tree() {
        files.push(file("collections.jsonld", "application/ld+json"));
    }
    if plan.has_address() {
        files.push(file("cmif.xml", "application/tei+xml"));
        files.push(file("oai.xml", "application/xml"));
    }
    let mut thing = Thing::new("Dataset".into());
    let url = plan.permanent_url(&Page::Data);
    thing.set("@id", format!("{url}#data"));
    thing.set("creator", organization(plan.config.archive_name()));
    let description = plan.config.description.as_deref().unwrap_or(&plan.config.title);
    thing.set("description", description);
    thing.set("distribution", files);
    thing.set("isAccessibleForFree", true);
    let rights = plan.config.archive.rights.as_deref();
    thing.set_some("license", rights.filter(|r| is_uri(r)));
    thing.set("name", plan.config.title.as_str());
    thing.set("url", url);
    Value::Object(thing.0)
}

/// JSON that cannot end the script element around it.
fn script_safe(value: &impl Serialize) -> String {
    let mut json = Vec::with_capacity(2048);
    serde_json::to_writer(&mut json, value).expect("texts and numbers are always JSON");
    let json = String::from_utf8(json).expect("JSON is UTF-8");
    if !json.contains('<') {
        return json;
    }
    json.replace("</", "<\\/").replace("<!--", "<\\u0021--")
}
