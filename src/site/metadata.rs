//! What a document page tells machines: `citation_*` and Dublin Core tags, COinS, schema.org.
//!
//! Source: the readers' own code (Zotero's Embedded Metadata and COinS translators), Signposting.

use serde_json::{Map, Value, json};

use super::citation::{Author, Citation};
use super::views::{HeadLink, Meta};
use super::{Page, SitePlan};
use crate::archive::DocumentId;
use crate::edtf::EdtfDate;

/// The `<meta>` elements of a document page.
pub fn meta(citation: &Citation, rights: Option<&str>, publisher: &str) -> Vec<Meta> {
    let mut meta = Vec::new();
    let mut add = |attribute, name, content: &str| {
        if !content.is_empty() {
            meta.push(Meta { attribute, name, content: content.to_owned() });
        }
    };
    add("name", "citation_title", &citation.title);
    for author in &citation.authors {
        if let Author::Person(name, sorted) = author {
            add("name", "citation_author", sorted.as_deref().unwrap_or(name));
        }
    }
    let date = citation.date.as_ref().and_then(slashed).unwrap_or_default();
    add("name", "citation_publication_date", &date);
    add("name", "citation_language", &citation.language);
    add("name", "citation_publisher", publisher);
    add("name", "citation_public_url", &citation.url);
    if citation.zotero == "report" {
        let institution = citation.authors.iter().find(|a| matches!(a, Author::Organization(_)));
        let name = institution.map_or(publisher, |a| a.name());
        add("name", "citation_technical_report_institution", name);
    }
    add("name", "DC.type", &citation.zotero);
    add("name", "DC.title", &citation.title);
    for author in &citation.authors {
        add("name", "DC.creator", author.name());
    }
    add("name", "DC.date", citation.date.as_ref().map(EdtfDate::as_str).unwrap_or_default());
    add("name", "DC.language", &citation.language);
    add("name", "DC.publisher", publisher);
    add("name", "DC.rights", rights.unwrap_or_default());
    add("name", "DC.identifier", &citation.url);
    add("name", "DCTERMS.isPartOf", &citation.archive);
    add("property", "og:type", "article");
    add("property", "og:title", &citation.title);
    add("property", "og:url", &citation.url);
    add("property", "og:site_name", &citation.archive);
    meta
}

/// `2018/03/02`, `2018/03` or `2018`: the part of a date that is stated.
fn slashed(date: &EdtfDate) -> Option<String> {
    let (year, month, day) = date.stated()?;
    let mut text = format!("{year:04}");
    for part in [month, day].into_iter().flatten() {
        text.push_str(&format!("/{part:02}"));
    }
    Some(text)
}

/// COinS: a `ContextObject` of the Dublin Core format, which keeps organizations whole.
pub fn coins(citation: &Citation, rights: Option<&str>) -> String {
    let mut pairs: Vec<(&str, &str)> = vec![
        ("url_ver", "Z39.88-2004"),
        ("ctx_ver", "Z39.88-2004"),
        ("rfr_id", "info:sid/zotero.org:2"),
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", &citation.zotero),
        ("rft.title", &citation.title),
    ];
    // Zotero inserts several corporate authors in reverse order.
    let corporate = citation.authors.iter().rev();
    pairs.extend(
        corporate
            .filter(|a| matches!(a, Author::Organization(_)))
            .map(|a| ("rft.aucorp", a.name())),
    );
    let people = citation.authors.iter().filter(|a| matches!(a, Author::Person(..)));
    pairs.extend(people.map(|a| ("rft.au", a.sorted().unwrap_or(a.name()))));
    if let Some(date) = &citation.date {
        pairs.push(("rft.date", date.as_str()));
    }
    pairs.push(("rft.language", &citation.language));
    pairs.push(("rft.source", &citation.archive));
    pairs.extend(rights.map(|r| ("rft.rights", r)));
    pairs.push(("rft.identifier", &citation.url));
    let encoded: Vec<String> = pairs
        .iter()
        .map(|(key, value)| {
            let value =
                percent_encoding::utf8_percent_encode(value, percent_encoding::NON_ALPHANUMERIC);
            format!("{key}={value}")
        })
        .collect();
    encoded.join("&")
}

/// The `<link>` elements of a document page: citation files and typed links.
pub fn links(plan: &SitePlan<'_>, id: DocumentId, rights: Option<&str>) -> Vec<HeadLink> {
    let base = plan.path(&Page::Document(id));
    let link = |rel, href: String, media_type| HeadLink { rel, href, media_type, title: None };
    let file = |name: &str| plan.url_of(&format!("{base}{name}"));
    let mut links = vec![link("cite-as", plan.permanent_url(&Page::Document(id)), None)];
    if plan.config.outputs.citations {
        for (name, media_type) in [
            ("citation.ris", "application/x-research-info-systems"),
            ("citation.bib", "application/x-bibtex"),
            ("citation.json", "application/vnd.citationstyles.csl+json"),
        ] {
            links.push(link("alternate", file(name), Some(media_type)));
            links.push(link("describedby", file(name), Some(media_type)));
        }
    }
    if plan.config.outputs.text {
        links.push(link("item", file("text.txt"), Some("text/plain")));
    }
    links.push(link("collection", plan.url(&Page::Documents(1)), Some("text/html")));
    links.push(link("type", "https://schema.org/TextDigitalDocument".to_owned(), None));
    links.extend(rights.map(|r| link("license", r.to_owned(), None)));
    links
}

/// The schema.org description of a document.
pub fn document_json_ld(plan: &SitePlan<'_>, id: DocumentId, citation: &Citation) -> String {
    let document = plan.archive.document(id);
    let record = &document.record;
    let letter = citation.zotero == "letter";
    let types = if letter {
        json!(["TextDigitalDocument", "ArchiveComponent", "Message"])
    } else {
        json!(["TextDigitalDocument", "ArchiveComponent"])
    };
    let mut out = Map::new();
    out.insert("@context".to_owned(), "https://schema.org".into());
    out.insert("@id".to_owned(), citation.url.as_str().into());
    out.insert("@type".to_owned(), types);
    if letter {
        out.insert("additionalType".to_owned(), "http://purl.org/ontology/bibo/Letter".into());
    }
    insert_list(&mut out, "author", parties(plan, &document.links.creators));
    let signatories = parties(plan, &document.links.signatories)
        .into_iter()
        .map(|who| json!({ "@type": "Role", "contributor": who, "roleName": "signatory" }))
        .collect();
    insert_list(&mut out, "contributor", signatories);
    match &record.date {
        Some(date) if date.is_certain() => {
            out.insert("dateCreated".to_owned(), date.as_str().into());
        }
        Some(date) => {
            out.insert("temporal".to_owned(), date.as_str().into());
        }
        None => {}
    }
    out.insert("genre".to_owned(), citation.kind.as_str().into());
    out.insert(
        "holdingArchive".to_owned(),
        json!({ "@type": "ArchiveOrganization", "name": plan.config.archive_name() }),
    );
    insert_list(
        &mut out,
        "identifier",
        record.references.iter().map(|r| r.as_str().into()).collect(),
    );
    out.insert("inLanguage".to_owned(), citation.language.as_str().into());
    let site = plan.permanent_url(&Page::Home);
    out.insert(
        "isPartOf".to_owned(),
        json!({ "@type": "Collection", "@id": site, "name": plan.config.title }),
    );
    if let Some(url) = record.source.as_ref().and_then(|s| s.url.as_deref()) {
        out.insert("isBasedOn".to_owned(), url.into());
    }
    if let Some(rights) = plan.rights_of(record) {
        out.insert("license".to_owned(), rights.into());
    }
    out.insert("name".to_owned(), citation.title.as_str().into());
    if letter {
        insert_list(&mut out, "recipient", parties(plan, &document.links.recipients));
    }
    out.insert("url".to_owned(), citation.url.as_str().into());
    script_safe(&Value::Object(out))
}

fn insert_list(out: &mut Map<String, Value>, key: &str, values: Vec<Value>) {
    if !values.is_empty() {
        out.insert(key.to_owned(), Value::Array(values));
    }
}

fn parties(plan: &SitePlan<'_>, links: &[crate::archive::Link]) -> Vec<Value> {
    let mut parties: Vec<Value> = Vec::new();
    for link in links {
        let value = match (link.person, link.organization) {
            (Some(id), _) => json!({
                "@id": plan.permanent_url(&Page::Person(id)), "@type": "Person",
                "name": plan.archive.people[id.0 as usize].record.title,
            }),
            (None, Some(id)) => json!({
                "@id": plan.permanent_url(&Page::Organization(id)), "@type": "Organization",
                "name": plan.archive.organizations[id.0 as usize].record.title,
            }),
            (None, None) => continue,
        };
        if !parties.contains(&value) {
            parties.push(value);
        }
    }
    parties
}

/// The schema.org description of an organization or a person.
pub fn authority_json_ld(plan: &SitePlan<'_>, page: &Page) -> Option<String> {
    let (kind, authority) = match page {
        Page::Organization(id) => ("Organization", &plan.archive.organizations[id.0 as usize]),
        Page::Person(id) => ("Person", &plan.archive.people[id.0 as usize]),
        _ => return None,
    };
    let record = &authority.record;
    let mut out = Map::new();
    out.insert("@context".to_owned(), "https://schema.org".into());
    out.insert("@id".to_owned(), plan.permanent_url(page).into());
    out.insert("@type".to_owned(), kind.into());
    let forms = record.aliases.iter().chain(&record.acronym);
    insert_list(&mut out, "alternateName", forms.map(|f| f.as_str().into()).collect());
    out.insert("name".to_owned(), record.title.as_str().into());
    let same = record.identifiers.iter().filter_map(super::describe::identifier_url);
    insert_list(&mut out, "sameAs", same.map(Value::from).collect());
    if let Some(url) = &record.url {
        out.insert("url".to_owned(), url.as_str().into());
    }
    Some(script_safe(&Value::Object(out)))
}

/// The schema.org description of the site, for its home page.
pub fn site_json_ld(plan: &SitePlan<'_>) -> String {
    let url = plan.permanent_url(&Page::Home);
    let mut out = json!({
        "@context": "https://schema.org", "@id": url, "@type": "WebSite",
        "inLanguage": plan.config.default_language, "name": plan.config.title, "url": url,
    });
    if let Some(description) = &plan.config.description {
        out["description"] = description.as_str().into();
    }
    if plan.config.search.enabled {
        out["potentialAction"] = json!({
            "@type": "SearchAction",
            "query-input": "required name=q",
            "target": format!("{}?q={{q}}", plan.permanent_url(&Page::Search)),
        });
    }
    script_safe(&out)
}

/// JSON that cannot end the script element that it stands in.
fn script_safe(value: &Value) -> String {
    value.to_string().replace("</", "<\\/").replace("<!--", "<\\u0021--")
}
