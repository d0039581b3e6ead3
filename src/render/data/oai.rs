//! `oai.xml`: all records as Dublin Core in one file, which a gateway serves to OAI-PMH harvesters.
//!
//! Source: Specification for an OAI Static Repository and an OAI Static Repository Gateway, 2.0. Its
//! datestamps are those of the records, not of the documents.

use crate::archive::DocumentId;
use crate::config::Config;
use crate::render::feeds::{host, namespace, record_day};
use crate::render::xml::Xml;
use crate::site::citation::{Author, authors, citation};
use crate::site::{Page, SitePlan};

const STATIC: &str = "http://www.openarchives.org/OAI/2.0/static-repository";
const OAI: &str = "http://www.openarchives.org/OAI/2.0/";
const OAI_DC: &str = "http://www.openarchives.org/OAI/2.0/oai_dc/";
const OAI_DC_SCHEMA: &str = "http://www.openarchives.org/OAI/2.0/oai_dc.xsd";
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";
/// Datestamp of a record that does not know its own days.
const UNKNOWN_DAY: &str = "1970-01-01";

/// The static repository.
pub(super) fn xml(plan: &SitePlan<'_>) -> Vec<u8> {
    let mut xml = Xml::new();
    let location = format!("{STATIC} {STATIC}.xsd");
    let attributes = [
        ("xmlns", STATIC),
        ("xmlns:oai", OAI),
        ("xmlns:xsi", INSTANCE),
        ("xsi:schemaLocation", &location),
    ];
    xml.element("Repository", &attributes, |xml| {
        identify(plan, xml);
        xml.element("ListMetadataFormats", &[], |xml| {
            xml.element("oai:metadataFormat", &[], |xml| {
                xml.text("oai:metadataPrefix", "oai_dc");
                xml.text("oai:schema", OAI_DC_SCHEMA);
                xml.text("oai:metadataNamespace", OAI_DC);
            });
        });
        xml.element("ListRecords", &[("metadataPrefix", "oai_dc")], |xml| {
            for id in plan.document_ids() {
                record(plan, id, xml);
            }
        });
    });
    xml.finish()
}

fn identify(plan: &SitePlan<'_>, xml: &mut Xml) {
    let days = plan.document_ids().filter_map(|id| record_day(plan, id));
    let earliest = days.min().unwrap_or_else(|| UNKNOWN_DAY.to_owned());
    xml.element("Identify", &[], |xml| {
        xml.text("oai:repositoryName", plan.config.archive_name());
        xml.text("oai:baseURL", &plan.permanent_url_of("data/oai.xml"));
        xml.text("oai:protocolVersion", "2.0");
        xml.text("oai:adminEmail", &mail(plan.config));
        xml.text("oai:earliestDatestamp", &earliest);
        xml.text("oai:deletedRecord", "no");
        xml.text("oai:granularity", "YYYY-MM-DD");
    });
}

/// The protocol demands an address; every host that takes mail has this one (RFC 5321, 4.5.1).
fn mail(config: &Config) -> String {
    let contact = config.archive.contact.as_deref().map(|c| c.trim_start_matches("mailto:"));
    let address = contact.filter(|c| c.contains('@') && !c.contains("://"));
    address.map_or_else(|| format!("postmaster@{}", host(config)), str::to_owned)
}

fn record(plan: &SitePlan<'_>, id: DocumentId, xml: &mut Xml) {
    let slug = &plan.archive.document(id).slug;
    let day = record_day(plan, id).unwrap_or_else(|| UNKNOWN_DAY.to_owned());
    xml.element("oai:record", &[], |xml| {
        xml.element("oai:header", &[], |xml| {
            let identifier = format!("oai:{}:documents/{slug}", namespace(plan.config));
            xml.text("oai:identifier", &identifier);
            xml.text("oai:datestamp", &day);
        });
        xml.element("oai:metadata", &[], |xml| {
            let location = format!("{OAI_DC} {OAI_DC_SCHEMA}");
            let attributes = [
                ("xmlns:oai_dc", OAI_DC),
                ("xmlns:dc", "http://purl.org/dc/elements/1.1/"),
                ("xsi:schemaLocation", &location),
            ];
            xml.element("oai_dc:dc", &attributes, |xml| dublin_core(plan, id, xml));
        });
    });
}

fn dublin_core(plan: &SitePlan<'_>, id: DocumentId, xml: &mut Xml) {
    let document = plan.archive.document(id);
    let record = &document.record;
    let citation = citation(plan, id);
    let signatories = authors(plan, &record.signatories, &document.links.signatories);
    let others = signatories.iter().filter(|who| !citation.authors.contains(who));
    let mut all = |name: &str, values: &mut dyn Iterator<Item = &str>| {
        for value in values {
            xml.text(&format!("dc:{name}"), value);
        }
    };
    let name = |author| Author::sorted(author).unwrap_or(author.name());
    all("title", &mut [citation.title.as_str()].into_iter());
    all("creator", &mut citation.authors.iter().map(name));
    all("contributor", &mut others.map(name));
    all("subject", &mut record.topics.iter().map(String::as_str));
    let description = record.description.as_ref().or(document.excerpt.as_ref());
    all("description", &mut description.into_iter().map(String::as_str));
    let archive = &plan.config.archive;
    all("publisher", &mut [archive.publisher.as_deref().unwrap_or(&citation.archive)].into_iter());
    all("date", &mut record.date.iter().map(|d| d.as_str()));
    all("type", &mut ["Text", citation.kind.as_str()].into_iter());
    let url = plan.permanent_url(&Page::Document(id));
    let references = record.references.iter().map(String::as_str);
    all("identifier", &mut [url.as_str()].into_iter().chain(references));
    let source = record.source.as_ref().and_then(|s| s.url.as_deref());
    all("source", &mut source.into_iter());
    all("language", &mut [citation.language.as_str()].into_iter());
    all("rights", &mut plan.rights_of(record).into_iter());
}
