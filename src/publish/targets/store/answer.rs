//! What object stores answer, in XML: the name of a fault, a list of objects.

use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::Event;

/// An object, as a list names it.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::publish::targets) struct Object {
    pub(in crate::publish::targets) key: String,
    /// MD5 of its bytes for most stores and most ways to keep it, something else for the rest.
    pub(in crate::publish::targets) tag: String,
}

/// A part of a list.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::publish::targets) struct List {
    pub(in crate::publish::targets) objects: Vec<Object>,
    /// Where the rest begins, if there is more.
    pub(in crate::publish::targets) next: Option<String>,
}

/// The text of each element with its name, in order; damaged XML ends early.
fn texts(xml: &[u8], mut take: impl FnMut(&str, String)) {
    let xml = String::from_utf8_lossy(xml);
    let mut reader = Reader::from_str(&xml);
    let (mut name, mut text) = (String::new(), String::new());
    loop {
        match reader.read_event() {
            Ok(Event::Start(start)) => {
                name = start.local_name().into_inner().to_owned();
                text.clear();
            }
            Ok(Event::Text(part)) => text.push_str(&part),
            Ok(Event::GeneralRef(name)) => match name.resolve_char_ref() {
                Ok(Some(c)) => text.push(c),
                _ => text.push_str(resolve_xml_entity(&name).unwrap_or_default()),
            },
            Ok(Event::End(_)) => {
                if !name.is_empty() {
                    take(&name, std::mem::take(&mut text));
                }
                name.clear();
            }
            Ok(Event::Eof) | Err(_) => return,
            Ok(_) => {}
        }
    }
}

/// Name and text of a fault, and the region that the store would rather have been asked in.
pub(super) fn fault(xml: &[u8]) -> (String, String, Option<String>) {
    let (mut code, mut message, mut region) = (String::new(), String::new(), None);
    texts(xml, |name, text| match name {
        "Code" => code = text,
        "Message" => message = text,
        "Region" => region = Some(text),
        _ => {}
    });
    (code, message, region)
}

/// Reads a part of a list.
pub(in crate::publish::targets) fn list(xml: &[u8]) -> List {
    let (mut list, mut is_cut, mut next) = (List::default(), false, None);
    texts(xml, |name, text| match name {
        "Key" | "Name" => list.objects.push(Object { key: text, tag: String::new() }),
        "ETag" => {
            if let Some(last) = list.objects.last_mut() {
                last.tag = text.trim_matches('"').to_ascii_lowercase();
            }
        }
        "Content-MD5" => {
            let sum = data_encoding::BASE64.decode(text.as_bytes()).unwrap_or_default();
            if let Some(last) = list.objects.last_mut() {
                last.tag = data_encoding::HEXLOWER.encode(&sum);
            }
        }
        "IsTruncated" => is_cut = text == "true",
        "NextContinuationToken" => next = Some(text),
        "NextMarker" if !text.is_empty() => (is_cut, next) = (true, Some(text)),
        _ => {}
    });
    list.next = next.filter(|_| is_cut);
    list
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_faults_are_read_whatever_is_damaged() {
        let xml = "<?xml version=\"1.0\"?><ListBucketResult xmlns=\"x\"><IsTruncated>true</IsTruncated>\
                   <Contents><Key>a &amp; b&#39;/c.html</Key><ETag>&quot;9A\"</ETag><Size>1</Size></Contents>\
                   <Contents><ETag/><Key>d</Key></Contents><NextContinuationToken>n=</NextContinuationToken>\
                   </ListBucketResult>";
        let read = list(xml.as_bytes());
        assert_eq!(read.next.as_deref(), Some("n="));
        let keys: Vec<_> = read.objects.iter().map(|o| (o.key.as_str(), o.tag.as_str())).collect();
        assert_eq!(keys, [("a & b'/c.html", "9a"), ("d", "")]);
        let xml = "\u{feff}<?xml version=\"1.0\"?><EnumerationResults ContainerName=\"x\"><Blobs><Blob><Name>a/b.html</Name>\
                   <Properties><Etag>0x8</Etag><Content-MD5>sQqNsWTgdUEFt6mb5y4/5Q==</Content-MD5></Properties></Blob>\
                   </Blobs><NextMarker>2!x</NextMarker></EnumerationResults>";
        let read = list(xml.as_bytes());
        assert_eq!(read.next.as_deref(), Some("2!x"));
        assert_eq!(read.objects[0].key, "a/b.html");
        assert_eq!(read.objects[0].tag, "b10a8db164e0754105b7a99be72e3fe5");
        let last = "<EnumerationResults><Blobs/><NextMarker /></EnumerationResults>";
        assert_eq!(list(last.as_bytes()), List::default());
        let xml = b"<Error><Code>AuthorizationHeaderMalformed</Code><Message>no</Message><Region>eu-west-1</Region>";
        let (code, message, region) = fault(xml);
        assert_eq!(
            (&*code, &*message, region.as_deref()),
            ("AuthorizationHeaderMalformed", "no", Some("eu-west-1"))
        );
        for end in 0..xml.len() {
            fault(&xml[..end]);
        }
        assert_eq!(fault(b"\xff<html>"), (String::new(), String::new(), None));
    }
}
