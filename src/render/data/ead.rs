//! `ead.xml`: a fonds or collection with its parts and documents as a finding aid in EAD3, which archival systems
//! import.
//!
//! Source: EAD3 1.1.2, Society of American Archivists: the elements that its schema requires, and ISAD(G)'s.

use crate::archive::{CollectionId, DocumentId};
use crate::content::{Collection, Level, Party};
use crate::edtf::EdtfDate;
use crate::render::feeds::record_day;
use crate::render::xml::Xml;
use crate::site::{Page, SitePlan};

/// The finding aid of a unit that is a part of no other.
pub(in crate::render) fn xml(plan: &SitePlan<'_>, id: CollectionId) -> Vec<u8> {
    let unit = plan.archive.collection(id);
    let mut xml = Xml::new();
    xml.element("ead", &[("xmlns", "http://ead3.archivists.org/schema/")], |xml| {
        control(plan, id, xml);
        xml.element("archdesc", &[("level", level(unit.card.record.level))], |xml| {
            description(plan, id, xml);
            if !unit.children.is_empty() || !unit.documents.is_empty() {
                xml.element("dsc", &[], |xml| parts(plan, id, xml));
            }
        });
    });
    xml.finish()
}

/// Who made the finding aid, of what, and when it last changed.
fn control(plan: &SitePlan<'_>, id: CollectionId, xml: &mut Xml) {
    let unit = plan.archive.collection(id);
    let config = plan.config;
    let publisher = config.archive.publisher.as_deref().unwrap_or(config.archive_name());
    let language = plan.words.language();
    let changed = unit.all_documents.iter().filter_map(|id| record_day(plan, *id)).max();
    xml.element("control", &[], |xml| {
        let own = plan.permanent_url(&Page::Collection(id)) + "ead.xml";
        xml.text_with("recordid", &[("instanceurl", &own)], &unit.card.slug);
        xml.element("filedesc", &[], |xml| {
            xml.element("titlestmt", &[], |xml| xml.text("titleproper", &unit.card.record.title));
            xml.element("publicationstmt", &[], |xml| xml.text("publisher", publisher));
        });
        xml.empty("maintenancestatus", &[("value", "derived")]);
        xml.element("maintenanceagency", &[], |xml| xml.text("agencyname", publisher));
        xml.element("languagedeclaration", &[], |xml| {
            let code = code_of(language);
            xml.text_with("language", &[("langcode", code)], &plan.language_name(language));
            xml.text_with("script", &[("scriptcode", script_of(language))], script_of(language));
        });
        xml.element("maintenancehistory", &[], |xml| {
            xml.element("maintenanceevent", &[], |xml| {
                xml.empty("eventtype", &[("value", "derived")]);
                match &changed {
                    Some(day) => xml.text_with("eventdatetime", &[("standarddatetime", day)], day),
                    None => xml.text("eventdatetime", "undated"),
                }
                xml.empty("agenttype", &[("value", "machine")]);
                xml.text("agent", concat!("fonds ", env!("CARGO_PKG_VERSION")));
            });
        });
    });
}

/// The parts of a unit, then its own documents, in the order of their reference codes or oldest first.
fn parts(plan: &SitePlan<'_>, id: CollectionId, xml: &mut Xml) {
    let unit = plan.archive.collection(id);
    for part in &unit.children {
        let record = &plan.archive.collection(*part).card.record;
        xml.element("c", &[("level", level(record.level))], |xml| {
            description(plan, *part, xml);
            parts(plan, *part, xml);
        });
    }
    let mut documents = unit.documents.clone();
    if !unit.by_reference {
        documents.reverse();
    }
    for document in &documents {
        item(plan, *document, xml);
    }
}

/// What is said of a unit.
fn description(plan: &SitePlan<'_>, id: CollectionId, xml: &mut Xml) {
    let unit = plan.archive.collection(id);
    let record = &unit.card.record;
    xml.element("did", &[], |xml| {
        if let Some(reference) = &record.reference {
            xml.text("unitid", reference);
        }
        xml.text("unittitle", &record.title);
        if let Some(dates) = &record.dates {
            date(plan, dates, xml);
        }
        extent(record.extent.as_deref(), xml);
        origination(&record.creators, xml);
        if unit.parent.is_none() {
            let holder = plan.config.archive_name();
            xml.element("repository", &[], |xml| {
                xml.element("corpname", &[], |xml| xml.text("part", holder));
            });
        }
    });
    texts(record, xml);
}

fn texts(record: &Collection, xml: &mut Xml) {
    for (name, text) in [
        ("bioghist", &record.history),
        ("scopecontent", &record.scope),
        ("accessrestrict", &record.conditions),
    ] {
        let Some(text) = text else { continue };
        xml.element(name, &[], |xml| {
            let paragraphs = text
                .split("\n\n")
                .map(|part| part.split_whitespace().collect::<Vec<_>>().join(" "));
            for paragraph in paragraphs.filter(|paragraph| !paragraph.is_empty()) {
                xml.text("p", &paragraph);
            }
        });
    }
}

/// A document.
fn item(plan: &SitePlan<'_>, id: DocumentId, xml: &mut Xml) {
    let record = &plan.archive.document(id).record;
    let title = plan.title(id);
    let url = plan.permanent_url(&Page::Document(id));
    xml.element("c", &[("level", "item")], |xml| {
        xml.element("did", &[], |xml| {
            for reference in record.reference.iter().chain(&record.references) {
                xml.text("unitid", reference);
            }
            xml.text("unittitle", &title);
            match &record.date {
                Some(made) => date(plan, made, xml),
                None => xml.text("unitdate", &plan.date_view(None).text),
            }
            extent(record.extent.as_deref(), xml);
            origination(&record.creators, xml);
            let language = plan.language_of(&record.language);
            xml.element("langmaterial", &[], |xml| {
                let name = plan.language_name(language);
                xml.text_with("language", &[("langcode", code_of(language))], &name);
            });
            let attributes = [("daotype", "derived"), ("href", &url), ("linktitle", &title)];
            xml.empty("dao", &attributes);
        });
    });
}

fn extent(extent: Option<&str>, xml: &mut Xml) {
    if let Some(extent) = extent {
        xml.text("physdesc", extent);
    }
}

/// A date in words, with what a program reads: the EDTF expression, where ISO 8601 has it.
fn date(plan: &SitePlan<'_>, date: &EdtfDate, xml: &mut Xml) {
    let words = plan.date_view(Some(date)).text;
    let span = date.earliest().zip(date.latest()).filter(|(from, to)| from.year > 0 && to.year > 0);
    let normal = span.map(|(from, to)| format!("{from}/{to}"));
    let doubtful = date.as_str().contains(['~', '?', '%', '[']);
    let certainty = doubtful.then_some(("certainty", "uncertain"));
    let normal = normal.as_deref().map(|normal| ("normal", normal));
    let attributes: Vec<(&str, &str)> = normal.into_iter().chain(certainty).collect();
    xml.text_with("unitdate", &attributes, &words);
}

fn origination(creators: &[Party], xml: &mut Xml) {
    if creators.is_empty() {
        return;
    }
    xml.element("origination", &[], |xml| {
        for party in creators {
            let names = [("persname", &party.person), ("corpname", &party.organization)];
            let (name, text) = match names {
                [(name, Some(text)), _] | [_, (name, Some(text))] => (name, text),
                _ => continue,
            };
            xml.element(name, &[], |xml| xml.text("part", text));
        }
    });
}

fn level(level: Level) -> &'static str {
    level.name()
}

/// The code of ISO 639-2 of a language, or its tag, where the table has none.
pub(super) fn code_of(tag: &str) -> &str {
    const CODES: [(&str, &str); 18] = [
        ("ar", "ara"),
        ("de", "ger"),
        ("en", "eng"),
        ("es", "spa"),
        ("fa", "per"),
        ("fr", "fre"),
        ("he", "heb"),
        ("it", "ita"),
        ("ja", "jpn"),
        ("ko", "kor"),
        ("nl", "dut"),
        ("pl", "pol"),
        ("pt", "por"),
        ("ru", "rus"),
        ("tr", "tur"),
        ("uk", "ukr"),
        ("vi", "vie"),
        ("zh", "chi"),
    ];
    let primary = tag.split('-').next().unwrap_or(tag);
    CODES.iter().find(|(known, _)| *known == primary).map_or(primary, |(_, code)| code)
}

/// The code of ISO 15924 of the script in which an interface is written.
pub(super) fn script_of(tag: &str) -> &'static str {
    match tag.split('-').next().unwrap_or(tag) {
        "ar" | "fa" => "Arab",
        "he" => "Hebr",
        "ja" => "Jpan",
        "ko" => "Kore",
        "ru" | "uk" => "Cyrl",
        "zh" => "Hani",
        _ => "Latn",
    }
}
