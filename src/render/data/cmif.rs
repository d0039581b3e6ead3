//! `cmif.xml`: who wrote to whom, when and where, in the Correspondence Metadata Interchange Format,
//! which search engines for letters harvest (correspSearch).
//!
//! Source: CMIF of the TEI Correspondence SIG, and TEI P5, `correspDesc` and `att.datable`.

use crate::archive::{Authority, AuthorityKind, DocumentId, Link};
use crate::edtf::{DateShape, EdtfDate};
use crate::render::feeds::record_day;
use crate::render::xml::Xml;
use crate::site::{Page, SitePlan};

/// Id of the one source: the site itself.
const SOURCE: &str = "archive";

/// Every document that is cited as a letter.
pub(super) fn xml(plan: &SitePlan<'_>) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.element("TEI", &[("xmlns", "http://www.tei-c.org/ns/1.0")], |xml| {
        xml.element("teiHeader", &[], |xml| {
            file_description(plan, xml);
            xml.element("profileDesc", &[], |xml| {
                for id in plan.document_ids().filter(|id| is_letter(plan, *id)) {
                    letter(plan, id, xml);
                }
            });
        });
        xml.element("text", &[], |xml| xml.element("body", &[], |xml| xml.empty("p", &[])));
    });
    xml.finish()
}

fn is_letter(plan: &SitePlan<'_>, id: DocumentId) -> bool {
    let kind = plan.config.kinds.get(&plan.archive.document(id).record.kind);
    kind.is_some_and(|kind| kind.zotero == "letter")
}

fn file_description(plan: &SitePlan<'_>, xml: &mut Xml) {
    let config = plan.config;
    let publisher = config.archive.publisher.as_deref().unwrap_or(config.archive_name());
    let home = plan.permanent_url(&Page::Home);
    xml.element("fileDesc", &[], |xml| {
        xml.element("titleStmt", &[], |xml| {
            xml.text("title", &config.title);
            xml.text("editor", publisher);
        });
        xml.element("publicationStmt", &[], |xml| {
            xml.element("publisher", &[], |xml| {
                xml.text_with("ref", &[("target", &home)], publisher);
            });
            let own = plan.permanent_url_of("data/cmif.xml");
            xml.text_with("idno", &[("type", "url")], &own);
            if let Some(day) = plan.document_ids().filter_map(|id| record_day(plan, id)).max() {
                xml.empty("date", &[("when", &day)]);
            }
            let rights = config.archive.rights.as_deref().filter(|r| r.starts_with("http"));
            if let Some(uri) = rights {
                xml.element("availability", &[], |xml| {
                    xml.text_with("licence", &[("target", uri)], uri);
                });
            }
        });
        xml.element("sourceDesc", &[], |xml| {
            xml.element("bibl", &[("type", "online"), ("xml:id", SOURCE)], |xml| {
                xml.text_with("ref", &[("target", &home)], config.archive_name());
            });
        });
    });
}

fn letter(plan: &SitePlan<'_>, id: DocumentId, xml: &mut Xml) {
    let document = plan.archive.document(id);
    let (record, links) = (&document.record, &document.links);
    let url = plan.permanent_url(&Page::Document(id));
    let source = format!("#{SOURCE}");
    let attributes = [("key", document.slug.as_str()), ("ref", &url), ("source", &source)];
    xml.element("correspDesc", &attributes, |xml| {
        xml.element("correspAction", &[("type", "sent")], |xml| {
            names(plan, links.creators.iter().chain(&links.signatories), xml);
            if let Some(place) = &record.place {
                xml.text("placeName", place);
            }
            if let Some(date) = &record.date {
                let attributes = date_attributes(date);
                let attributes: Vec<(&str, &str)> =
                    attributes.iter().map(|(name, value)| (*name, value.as_str())).collect();
                xml.empty("date", &attributes);
            }
        });
        if !record.recipients.is_empty() {
            xml.element("correspAction", &[("type", "received")], |xml| {
                names(plan, links.recipients.iter(), xml);
            });
        }
    });
}

/// The person and the organization of each party, once, by their preferred names.
fn names<'a>(plan: &SitePlan<'_>, links: impl Iterator<Item = &'a Link>, xml: &mut Xml) {
    let mut seen = Vec::new();
    for link in links {
        for id in link.person.into_iter().chain(link.organization) {
            if !seen.contains(&id) {
                let element = match id.kind {
                    AuthorityKind::Organization => "orgName",
                    AuthorityKind::Person => "persName",
                };
                let authority = plan.archive.authority(id);
                let reference = reference(plan, &Page::Authority(id), authority);
                xml.text_with(element, &[("ref", &reference)], &authority.record.title);
                seen.push(id);
            }
        }
    }
}

/// Where an authority file knows the name, else its page.
fn reference(plan: &SitePlan<'_>, page: &Page, authority: &Authority) -> String {
    let known = authority.record.identifiers.iter().find_map(crate::site::identifier_url);
    known.unwrap_or_else(|| plan.permanent_url(page))
}

/// A plain date is `@when`; any other lies between two days, and is less than certain if it says so.
fn date_attributes(date: &EdtfDate) -> Vec<(&'static str, String)> {
    let mut attributes = Vec::new();
    let certain = date.is_certain();
    if let (DateShape::Single(one), Some((year, month, day))) = (date.shape(), date.stated())
        && (one.month.is_none() || month.is_some())
        && (one.day == day)
    {
        let two = |n: Option<u8>| n.map(|n| format!("-{n:02}")).unwrap_or_default();
        let sign = if year < 0 { "-" } else { "" };
        let when = format!("{sign}{:04}{}{}", year.abs(), two(month), two(day));
        attributes.push(("when", when));
    } else {
        attributes.extend(date.earliest().map(|day| ("notBefore", day.to_string())));
        attributes.extend(date.latest().map(|day| ("notAfter", day.to_string())));
    }
    if !certain {
        let doubted = date.as_str().contains(['?', '%', '[']);
        attributes.push(("cert", if doubted { "low" } else { "medium" }.to_owned()));
    }
    attributes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attributes(edtf: &str) -> String {
        let attributes = date_attributes(&edtf.parse().unwrap());
        attributes
            .iter()
            .map(|(name, value)| format!("{name}={value}"))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn dates_become_attributes_of_tei() {
        for (edtf, tei) in [
            ("2018-03-02", "when=2018-03-02"),
            ("2018-03", "when=2018-03"),
            ("2009-11~", "when=2009-11 cert=medium"),
            ("1958?", "when=1958 cert=low"),
            ("195X", "notBefore=1950-01-01 notAfter=1959-12-31 cert=medium"),
            ("1998/2001", "notBefore=1998-01-01 notAfter=2001-12-31 cert=medium"),
            ("../1972", "notAfter=1972-12-31 cert=medium"),
            ("[2018-03-04,2018-04-03]", "notBefore=2018-03-04 notAfter=2018-04-03 cert=low"),
        ] {
            assert_eq!(attributes(edtf), tei, "{edtf}");
        }
    }
}
