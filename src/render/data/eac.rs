//! `eac.xml`: the authority record of an organization or a person, which archival systems import.
//!
//! Source: EAC-CPF 2010 revised, Society of American Archivists and Staatsbibliothek zu Berlin: the elements that its
//! schema requires, and those of ISAAR(CPF) that records have.

use super::ead::code_of;
use crate::archive::{Authority, AuthorityId, AuthorityKind};
use crate::render::xml::Xml;
use crate::site::{Page, SitePlan};

/// The record of an organization or a person.
pub(in crate::render) fn xml(plan: &SitePlan<'_>, id: AuthorityId) -> Vec<u8> {
    let authority = plan.archive.authority(id);
    let mut xml = Xml::new();
    let namespaces =
        [("xmlns", "urn:isbn:1-931666-33-4"), ("xmlns:xlink", "http://www.w3.org/1999/xlink")];
    xml.element("eac-cpf", &namespaces, |xml| {
        control(plan, authority, xml);
        xml.element("cpfDescription", &[], |xml| {
            identity(authority, id.kind, xml);
            description(authority, xml);
            relations(plan, authority, id, xml);
        });
    });
    xml.finish()
}

fn control(plan: &SitePlan<'_>, authority: &Authority, xml: &mut Xml) {
    let config = plan.config;
    let publisher = config.archive.publisher.as_deref().unwrap_or(config.archive_name());
    let language = plan.words.language();
    xml.element("control", &[], |xml| {
        xml.text("recordId", &authority.slug);
        for identifier in &authority.record.identifiers {
            let kind = [("localType", identifier.scheme.as_str())];
            xml.text_with("otherRecordId", &kind, &identifier.value);
        }
        xml.text("maintenanceStatus", "derived");
        xml.element("maintenanceAgency", &[], |xml| xml.text("agencyName", publisher));
        xml.element("languageDeclaration", &[], |xml| {
            let code = [("languageCode", code_of(language))];
            xml.text_with("language", &code, &plan.language_name(language));
            let script = super::ead::script_of(language);
            xml.text_with("script", &[("scriptCode", script)], script);
        });
        xml.element("maintenanceHistory", &[], |xml| {
            xml.element("maintenanceEvent", &[], |xml| {
                xml.text("eventType", "derived");
                // The record says no day of its own.
                xml.text("eventDateTime", "undated");
                xml.text("agentType", "machine");
                xml.text("agent", concat!("fonds ", env!("CARGO_PKG_VERSION")));
            });
        });
    });
}

fn identity(authority: &Authority, kind: AuthorityKind, xml: &mut Xml) {
    let record = &authority.record;
    let name = |xml: &mut Xml, form: &str, kind: Option<&str>| {
        let kind: Vec<(&str, &str)> = kind.map(|kind| ("localType", kind)).into_iter().collect();
        xml.element("nameEntry", &kind, |xml| xml.text("part", form));
    };
    xml.element("identity", &[], |xml| {
        let entity = match kind {
            AuthorityKind::Organization => "corporateBody",
            AuthorityKind::Person => "person",
        };
        xml.text("entityType", entity);
        name(xml, record.sort_name.as_ref().unwrap_or(&record.title), Some("authorized"));
        if record.sort_name.is_some() {
            name(xml, &record.title, Some("display"));
        }
        for form in &record.aliases {
            name(xml, form, Some("alternative"));
        }
        if let Some(acronym) = &record.acronym {
            name(xml, acronym, Some("acronym"));
        }
    });
}

fn description(authority: &Authority, xml: &mut Xml) {
    let record = &authority.record;
    if record.dates.is_none() && record.country.is_none() && record.description.is_none() {
        return;
    }
    xml.element("description", &[], |xml| {
        if let Some(dates) = &record.dates {
            xml.element("existDates", &[], |xml| {
                let day = |day: crate::edtf::Day| day.to_string();
                let (first, last) = (dates.earliest().map(day), dates.latest().map(day));
                xml.element("dateRange", &[], |xml| {
                    for (name, day) in [("fromDate", first), ("toDate", last)] {
                        let standard: Vec<(&str, &str)> =
                            day.iter().map(|day| ("standardDate", day.as_str())).collect();
                        xml.text_with(name, &standard, day.as_deref().unwrap_or_default());
                    }
                });
            });
        }
        if let Some(country) = &record.country {
            xml.element("place", &[], |xml| {
                xml.text("placeRole", "country");
                xml.text("placeEntry", country);
            });
        }
        if let Some(text) = &record.description {
            xml.element("biogHist", &[], |xml| xml.text("p", text));
        }
    });
}

fn relations(plan: &SitePlan<'_>, authority: &Authority, id: AuthorityId, xml: &mut Xml) {
    let bodies = [
        ("hierarchical-parent", authority.part_of.as_slice()),
        ("hierarchical-child", &authority.parts),
        ("temporal-earlier", &authority.predecessors),
        ("temporal-later", &authority.successors),
    ];
    let units = plan.units_of(id);
    if bodies.iter().all(|(_, ids)| ids.is_empty()) && units.is_empty() {
        return;
    }
    xml.element("relations", &[], |xml| {
        for (kind, ids) in bodies {
            for other in ids {
                let url = plan.permanent_url(&Page::Authority(*other));
                let mut attributes = vec![("cpfRelationType", kind), ("xlink:type", "simple")];
                if plan.has_page(*other) {
                    attributes.push(("xlink:href", &url));
                }
                let name = &plan.archive.authority(*other).record.title;
                xml.element("cpfRelation", &attributes, |xml| xml.text("relationEntry", name));
            }
        }
        for unit in units {
            let url = plan.permanent_url(&Page::Collection(unit));
            let attributes = [
                ("resourceRelationType", "creatorOf"),
                ("xlink:type", "simple"),
                ("xlink:href", url.as_str()),
            ];
            let title = &plan.archive.collection(unit).card.record.title;
            xml.element("resourceRelation", &attributes, |xml| xml.text("relationEntry", title));
        }
    });
}
