//! What the styles of a DOCX say: which paragraphs are headings or items, which runs are bold.

use std::collections::HashMap;

use super::super::blocks::Style;
use super::super::xml::Element;

/// How far a style may rest on others.
const DEPTH: usize = 20;

/// The styles of a text, by their ids.
#[derive(Default)]
pub(super) struct Styles {
    all: HashMap<String, One>,
}

#[derive(Default)]
struct One {
    based_on: Option<String>,
    heading: Option<usize>,
    number: Option<(Option<String>, Option<usize>)>,
    bold: Option<bool>,
    italic: Option<bool>,
}

impl Styles {
    pub(super) fn of(part: &Element) -> Self {
        let styles = part.elements().filter(|e| e.name == "style");
        let style = |e: &Element| Some((e.attribute("styleId")?.to_owned(), One::of(e)));
        Self { all: styles.filter_map(style).collect() }
    }

    /// A style, and those that it rests on.
    fn chain<'s>(&'s self, id: Option<&'s str>) -> impl Iterator<Item = &'s One> {
        let first = id.and_then(|id| self.all.get(id));
        let next = |one: &&'s One| one.based_on.as_ref().and_then(|id| self.all.get(id));
        std::iter::successors(first, next).take(DEPTH)
    }

    /// The level of the heading that a paragraph's style makes of it.
    pub(super) fn heading(&self, id: Option<&str>) -> Option<usize> {
        self.chain(id).find_map(|style| style.heading)
    }

    /// The list and the level that a paragraph's style gives.
    pub(super) fn number(&self, id: Option<&str>) -> Option<(String, usize)> {
        let (mut list, mut level) = (None, None);
        for (own, depth) in self.chain(id).filter_map(|style| style.number.as_ref()) {
            list = list.or_else(|| own.clone());
            level = level.or(*depth);
        }
        Some((list?, level.unwrap_or(0)))
    }

    /// How a run looks, by its own properties and its style.
    pub(super) fn of_run(&self, properties: Option<&Element>) -> Style {
        let Some(properties) = properties else { return Style::default() };
        let id = properties.child("rStyle").and_then(|s| s.attribute("val"));
        let by = |of: fn(&One) -> Option<bool>| self.chain(id).find_map(of).unwrap_or(false);
        let raised = properties.child("vertAlign").and_then(|v| v.attribute("val"));
        Style {
            bold: properties.is_on("b").unwrap_or_else(|| by(|style| style.bold)),
            italic: properties.is_on("i").unwrap_or_else(|| by(|style| style.italic)),
            raised: raised == Some("superscript"),
        }
    }
}

impl One {
    fn of(style: &Element) -> Self {
        let value = |path: &[&str]| style.find(path).and_then(|e| e.attribute("val"));
        let name = value(&["name"]).unwrap_or_default().to_ascii_lowercase();
        let number = style.find(&["pPr", "numPr"]).map(|_| {
            let level = value(&["pPr", "numPr", "ilvl"]).and_then(|l| l.parse().ok());
            (value(&["pPr", "numPr", "numId"]).map(str::to_owned), level)
        });
        let outline = value(&["pPr", "outlineLvl"]).and_then(|level| level.parse::<usize>().ok());
        let by_name = match name.strip_prefix("heading ") {
            Some(level) => level.trim().parse().ok(),
            None => (name == "title").then_some(1),
        };
        let properties = style.child("rPr");
        Self {
            based_on: value(&["basedOn"]).map(str::to_owned),
            heading: outline.filter(|level| *level < 9).map(|level| level + 1).or(by_name),
            number,
            bold: properties.and_then(|p| p.is_on("b")),
            italic: properties.and_then(|p| p.is_on("i")),
        }
    }
}
