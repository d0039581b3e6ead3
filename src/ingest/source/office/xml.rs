//! XML → a tree of elements with their names as the formats call them, without prefixes.
//!
//! Depth and number of elements are limited, so that walking the tree by recursion is safe.

use std::borrow::Cow;

use encoding_rs::Encoding;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::Refusal;
use crate::limits::Limit;

/// How deep elements may be nested.
const DEPTH: usize = 200;

/// An element.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Element {
    pub(in crate::ingest) name: String,
    attributes: Vec<(String, String)>,
    pub(in crate::ingest) children: Vec<Node>,
}

/// What an element holds.
#[derive(Debug)]
pub(in crate::ingest) enum Node {
    Element(Element),
    Text(String),
}

impl Element {
    /// An attribute's value.
    pub(in crate::ingest) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The elements in it.
    pub(in crate::ingest) fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|child| match child {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The first element of a name in it.
    pub(in crate::ingest) fn child(&self, name: &str) -> Option<&Self> {
        self.elements().find(|element| element.name == name)
    }

    /// The element that a path of names leads to.
    pub(in crate::ingest) fn find(&self, path: &[&str]) -> Option<&Self> {
        path.iter().try_fold(self, |element, name| element.child(name))
    }

    /// Whether an element of a name is in it, and not switched off: `<b/>` is on, `<b val="0"/>` is not.
    pub(in crate::ingest) fn is_on(&self, name: &str) -> Option<bool> {
        let value = self.child(name)?.attribute("val");
        Some(!matches!(value, Some("0" | "false" | "off" | "none")))
    }

    /// All text in it, at any depth.
    pub(in crate::ingest) fn text(&self) -> String {
        let mut text = String::new();
        self.write_text(&mut text);
        text
    }

    fn write_text(&self, out: &mut String) {
        for child in &self.children {
            match child {
                Node::Element(element) => element.write_text(out),
                Node::Text(text) => out.push_str(text),
            }
        }
    }
}

/// Parses a document; gives its outermost element.
pub(in crate::ingest) fn parse(bytes: &[u8]) -> Result<Element, Refusal> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0,
        None => Cow::Borrowed(std::str::from_utf8(bytes).map_err(|_| Refusal::Damaged)?),
    };
    let mut reader = Reader::from_str(&text);
    let mut open: Vec<Element> = vec![Element::default()];
    let (mut count, most) = (0, Limit::OfficeElements.count());
    loop {
        count += 1;
        if count > most {
            return Err(Refusal::TooLarge(Limit::OfficeElements));
        }
        if open.len() > DEPTH {
            return Err(Refusal::TooDeep);
        }
        match reader.read_event().map_err(|_| Refusal::Damaged)? {
            Event::Start(tag) => open.push(element(&tag)),
            Event::Empty(tag) => add(&mut open, Node::Element(element(&tag))),
            Event::End(_) => {
                let element = open.pop().ok_or(Refusal::Damaged)?;
                add(&mut open, Node::Element(element));
            }
            Event::Text(text) => add_text(&mut open, &text.into_inner()),
            Event::CData(text) => add_text(&mut open, &text.into_inner()),
            Event::GeneralRef(reference) => {
                let character = reference.resolve_char_ref().ok().flatten();
                let name = reference.into_inner();
                match character {
                    Some(c) => add_text(&mut open, c.encode_utf8(&mut [0; 4])),
                    // Entities of its own could be bombs; office programs write none.
                    None => {
                        add_text(&mut open, resolve_predefined_entity(&name).unwrap_or("\u{FFFD}"))
                    }
                }
            }
            Event::Eof => break,
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
    match <[Element; 1]>::try_from(open) {
        Ok([mut top]) => {
            let root = top.children.drain(..).find_map(|child| match child {
                Node::Element(element) => Some(element),
                Node::Text(_) => None,
            });
            root.ok_or(Refusal::Damaged)
        }
        Err(_) => Err(Refusal::Damaged),
    }
}

fn add(open: &mut [Element], node: Node) {
    if let Some(last) = open.last_mut() {
        last.children.push(node);
    }
}

fn add_text(open: &mut [Element], text: &str) {
    let Some(last) = open.last_mut() else { return };
    match last.children.last_mut() {
        Some(Node::Text(before)) => before.push_str(text),
        _ => last.children.push(Node::Text(text.to_owned())),
    }
}

fn element(tag: &BytesStart<'_>) -> Element {
    let mut attributes = tag.attributes();
    let attributes = attributes.with_checks(false).filter_map(Result::ok).map(|a| {
        let value = a.normalized_value(XmlVersion::Implicit1_0);
        let value = value.map(Cow::into_owned).unwrap_or_default();
        (a.key.local_name().into_inner().to_owned(), value)
    });
    Element {
        name: tag.local_name().into_inner().to_owned(),
        attributes: attributes.collect(),
        children: Vec::new(),
    }
}
