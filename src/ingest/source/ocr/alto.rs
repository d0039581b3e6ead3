//! ALTO, versions 2 to 4 (Library of Congress).

use super::super::office::Element;
use super::{Line, Page, Word};

/// The pages of a file.
pub(super) fn pages(root: &Element) -> Vec<Page> {
    let mut pages = Vec::new();
    let layout = root.child("Layout");
    for page in layout.iter().flat_map(|layout| layout.elements()).filter(|e| e.name == "Page") {
        let size = number(page, "WIDTH").zip(number(page, "HEIGHT"));
        let mut lines = Vec::new();
        walk(page, &mut lines, &mut false);
        pages.push(Page { size, lines });
    }
    pages
}

fn walk(element: &Element, lines: &mut Vec<Line>, begins: &mut bool) {
    for child in element.elements() {
        match child.name.as_str() {
            "TextLine" => lines.extend(line(child, begins)),
            // Pictures with text in them have text blocks of their own.
            "Illustration" | "GraphicalElement" => {}
            name => {
                *begins |= name == "TextBlock";
                walk(child, lines, begins);
            }
        }
    }
}

fn line(element: &Element, begins: &mut bool) -> Option<Line> {
    let top = number(element, "VPOS").unwrap_or_default();
    let bottom = top + number(element, "HEIGHT").unwrap_or_default();
    let mut words: Vec<Word> = Vec::new();
    for part in element.elements() {
        let content = part.attribute("CONTENT").unwrap_or_default().trim();
        match part.name.as_str() {
            "String" if !content.is_empty() => {
                let left = number(part, "HPOS").unwrap_or_default();
                words.push(Word {
                    text: content.to_owned(),
                    left,
                    right: left + number(part, "WIDTH").unwrap_or_default(),
                    sure: number(part, "WC"),
                });
            }
            "HYP" => {
                if let Some(word) = words.last_mut() {
                    word.text.push_str(if content.is_empty() { "-" } else { content });
                }
            }
            _ => {}
        }
    }
    (!words.is_empty()).then(|| Line { words, top, bottom, begins: std::mem::take(begins) })
}

fn number(element: &Element, name: &str) -> Option<f32> {
    element.attribute(name)?.trim().parse::<f32>().ok().filter(|number| number.is_finite())
}
