//! Zotero RDF → records. Fields are called as catalogues call their columns, so that the usual names map them.
//!
//! Notes and collections are no documents; an attachment belongs to its item.
//!
//! Source: what Zotero's translator “Zotero RDF” writes (translators, 2016-06-21), in which only items have `z:itemType`.

use std::collections::BTreeMap;

use super::super::super::decode::Refusal;
use super::super::super::source::{Element, parse_xml};
use super::Record;

/// What a property is called; others keep their own name.
const NAMES: [(&str, &str); 9] = [
    ("itemType", "item type"),
    ("authors", "author"),
    ("editors", "editor"),
    ("contributors", "contributor"),
    ("recipients", "recipient"),
    ("coverage", "archive location"),
    ("description", "extra"),
    // Neither the kind of a document nor where its text was found.
    ("type", "dc:type"),
    ("source", "dc:source"),
];

/// Identifiers that name an edition, and no document of an archive.
const NUMBERS: [&str; 3] = ["ISBN", "ISSN", "DOI"];

/// The records of an export.
///
/// # Errors
///
/// If it is no XML, or too large or too deep.
pub(super) fn records(text: &str) -> Result<Vec<Record>, Refusal> {
    let root = parse_xml(text.as_bytes())?;
    let named = root.elements().filter_map(|element| Some((element.attribute("about")?, element)));
    let by_name: BTreeMap<&str, &Element> = named.collect();
    let items = root.elements().filter(|element| is_item(element)).zip(1..);
    let record = |(item, number): (&Element, usize)| Record {
        lines: (number, number),
        fields: item.elements().flat_map(|property| values(property, &by_name)).collect(),
    };
    Ok(items.map(record).collect())
}

fn is_item(element: &Element) -> bool {
    let kind = element.child("itemType").map(Element::text);
    kind.is_some_and(|kind| !matches!(kind.trim(), "attachment" | "note"))
}

/// What a property says: names and values.
fn values(property: &Element, by_name: &BTreeMap<&str, &Element>) -> Vec<(String, String)> {
    let one = |name: &str, value: String| pair(name, &value).into_iter().collect();
    let value = || property.elements().find_map(|inner| inner.child("value")).map(Element::text);
    let holds = |name: &str| property.child(name).is_some();
    match property.name.as_str() {
        "link" => file(property, by_name).and_then(|path| pair("file", path)).into_iter().collect(),
        "publisher" => published(property),
        "identifier" if holds("URI") => one("url", value().unwrap_or_default()),
        "identifier" => {
            let text = property.text();
            let number = NUMBERS.iter().find(|name| text.trim_start().starts_with(**name));
            one(number.unwrap_or(&"identifier"), text)
        }
        "subject" if holds("LCC") => one("call number", value().unwrap_or_default()),
        // Those that a web site or a catalogue had, which nobody chose.
        "subject" if holds("AutomaticTag") => one("automatic tag", value().unwrap_or_default()),
        "subject" => one("keyword", property.text()),
        name => {
            let known = NAMES.iter().find(|(own, _)| *own == name).map_or(name, |(_, known)| known);
            match property.child("Seq") {
                Some(seq) => people(seq).filter_map(|person| pair(known, &person)).collect(),
                // A thing of its own, such as the journal of an article.
                None if property.elements().next().is_some() => Vec::new(),
                None => one(known, property.text()),
            }
        }
    }
}

/// A name and a value on one line, if the value says something.
fn pair(name: &str, value: &str) -> Option<(String, String)> {
    let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
    (!value.is_empty()).then(|| (name.to_owned(), value))
}

/// The names of a sequence in the order in which they are spoken. One that has no given name may be that of a body.
fn people(seq: &Element) -> impl Iterator<Item = String> {
    let people = seq.elements().flat_map(Element::elements);
    people.map(|person| {
        let part = |names: [&str; 2]| names.iter().find_map(|name| person.child(name));
        let given = part(["givenName", "givenname"]).map(Element::text).unwrap_or_default();
        let family = part(["surname", "name"]).map(Element::text).unwrap_or_default();
        format!("{given} {family}")
    })
}

/// The path of an attachment, beside the export or in a folder of it.
fn file<'e>(link: &'e Element, by_name: &BTreeMap<&str, &'e Element>) -> Option<&'e str> {
    let named = link.attribute("resource").and_then(|name| by_name.get(name).copied());
    let attachment = named.or_else(|| link.child("Attachment"))?;
    attachment.child("resource")?.attribute("resource")
}

/// Publisher and place.
fn published(property: &Element) -> Vec<(String, String)> {
    let organization = property.child("Organization");
    let name = organization.and_then(|o| o.child("name")).map(Element::text);
    let place = organization.and_then(|o| o.find(&["adr", "Address", "locality"]));
    let place = place.map(Element::text);
    let pairs = [("publisher", name), ("place", place)];
    pairs.into_iter().filter_map(|(key, value)| pair(key, &value?)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const EXPORT: &str = r##"<?xml version="1.0"?>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:z="http://www.zotero.org/namespaces/export#"
 xmlns:bib="http://purl.org/net/biblio#" xmlns:foaf="http://xmlns.com/foaf/0.1/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:dcterms="http://purl.org/dc/terms/" xmlns:link="http://purl.org/rss/1.0/modules/link/" xmlns:vcard="http://nwalsh.com/rdf/vCard#">
  <bib:Letter rdf:about="#item_3">
    <z:itemType>letter</z:itemType>
    <dc:publisher><foaf:Organization><vcard:adr><vcard:Address><vcard:locality>Ashford</vcard:locality></vcard:Address></vcard:adr></foaf:Organization></dc:publisher>
    <bib:authors><rdf:Seq>
      <rdf:li><foaf:Person><foaf:surname>Holt</foaf:surname><foaf:givenName>Mary</foaf:givenName></foaf:Person></rdf:li>
      <rdf:li><foaf:Person><foaf:surname>Quay Board</foaf:surname></foaf:Person></rdf:li>
    </rdf:Seq></bib:authors>
    <z:recipients><rdf:Seq><rdf:li><foaf:Person><foaf:surname>Berg</foaf:surname><foaf:givenname>Anna</foaf:givenname></foaf:Person></rdf:li></rdf:Seq></z:recipients>
    <dcterms:isReferencedBy rdf:resource="#item_4"/>
    <link:link rdf:resource="#item_5"/>
    <dc:subject>quay</dc:subject>
    <dc:subject><z:AutomaticTag><rdf:value>Harbors</rdf:value></z:AutomaticTag></dc:subject>
    <dc:subject><dcterms:LCC><rdf:value>HE 551</rdf:value></dcterms:LCC></dc:subject>
    <dc:title>On the roof
      &amp; the shed</dc:title>
    <dc:date>1921-03-14</dc:date>
    <dc:coverage>Q 1</dc:coverage>
    <dc:identifier><dcterms:URI><rdf:value>https://quay.example.org/1</rdf:value></dcterms:URI></dc:identifier>
    <dc:identifier>ISBN 978-0-00-000000-2</dc:identifier>
    <dcterms:isPartOf><bib:Journal><dc:title>The Quay</dc:title></bib:Journal></dcterms:isPartOf>
  </bib:Letter>
  <bib:Memo rdf:about="#item_4"><z:itemType>note</z:itemType><rdf:value>&lt;p&gt;Ask Ida.&lt;/p&gt;</rdf:value></bib:Memo>
  <z:Attachment rdf:about="#item_5"><z:itemType>attachment</z:itemType><rdf:resource rdf:resource="files/5/quay.txt"/><dc:title>quay.txt</dc:title></z:Attachment>
  <z:Collection rdf:about="#collection_1"><dc:title>Quays</dc:title><dcterms:hasPart rdf:resource="#item_3"/></z:Collection>
</rdf:RDF>"##;

    #[test]
    fn an_item_has_its_people_its_file_and_its_shelf_mark() {
        let records = records(EXPORT).unwrap();
        let [item] = &records[..] else { panic!("{records:?}") };
        let fields: Vec<(&str, &str)> =
            item.fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        assert_eq!(
            fields,
            [
                ("item type", "letter"),
                ("place", "Ashford"),
                ("author", "Mary Holt"),
                ("author", "Quay Board"),
                ("recipient", "Anna Berg"),
                ("file", "files/5/quay.txt"),
                ("keyword", "quay"),
                ("automatic tag", "Harbors"),
                ("call number", "HE 551"),
                ("title", "On the roof & the shed"),
                ("date", "1921-03-14"),
                ("archive location", "Q 1"),
                ("url", "https://quay.example.org/1"),
                ("ISBN", "ISBN 978-0-00-000000-2"),
            ]
        );
    }

    #[test]
    fn what_is_no_export_is_refused_or_has_no_records() {
        assert!(records("<rdf:RDF><bib:Letter></rdf:RDF>").is_err());
        assert_eq!(records("<html><body>no list</body></html>").unwrap(), []);
    }
}
