//! PAGE (PRImA, versions of 2010 to 2019), as Transkribus, eScriptorium and OCR-D write it.

use super::super::office::Element;
use super::{Line, Page, Word};

/// The pages of a file.
pub(super) fn pages(root: &Element) -> Vec<Page> {
    root.elements().filter(|child| child.name == "Page").map(page).collect()
}

fn page(element: &Element) -> Page {
    let mut regions: Vec<&Element> = Vec::new();
    collect(element, &mut regions);
    let mut order: Vec<&str> = Vec::new();
    if let Some(group) = element.child("ReadingOrder") {
        references(group, &mut order);
    }
    let rank = |region: &&Element| {
        let id = region.attribute("id").unwrap_or_default();
        order.iter().position(|known| *known == id).unwrap_or(usize::MAX)
    };
    regions.sort_by_key(rank);
    let number = |name: &str| element.attribute(name)?.trim().parse::<f32>().ok();
    let size = number("imageWidth").zip(number("imageHeight"));
    let mut lines = Vec::new();
    for region in regions {
        let mut begins = true;
        lines.extend(region.elements().filter_map(|child| line(child, &mut begins)));
    }
    Page { size, lines }
}

/// Regions of text, those in other regions too.
fn collect<'e>(element: &'e Element, regions: &mut Vec<&'e Element>) {
    for child in element.elements().filter(|child| child.name.ends_with("Region")) {
        if child.name == "TextRegion" {
            regions.push(child);
        }
        collect(child, regions);
    }
}

/// The ids of regions in the order in which they are read.
fn references<'e>(group: &'e Element, order: &mut Vec<&'e str>) {
    let index = |element: &&Element| {
        element.attribute("index").and_then(|n| n.parse::<usize>().ok()).unwrap_or(usize::MAX)
    };
    let mut children: Vec<&Element> = group.elements().collect();
    children.sort_by_key(index);
    for child in children {
        order.extend(child.attribute("regionRef"));
        references(child, order);
    }
}

fn line(element: &Element, begins: &mut bool) -> Option<Line> {
    if element.name != "TextLine" {
        return None;
    }
    let (left, top, right, bottom) = bounds(element);
    let mut words = Vec::new();
    match text(element) {
        // What a person corrected is in the line, not in its words.
        Some((text, sure)) => words.push(Word { text, left, right, sure }),
        None => {
            let of_line = element.elements().filter(|child| child.name == "Word");
            words.extend(of_line.filter_map(|word| {
                let (text, sure) = text(word)?;
                let (left, _, right, _) = bounds(word);
                Some(Word { text, left, right, sure })
            }));
        }
    }
    (!words.is_empty()).then(|| Line { words, top, bottom, begins: std::mem::take(begins) })
}

/// The likeliest text of an element, and how sure the program was.
fn text(element: &Element) -> Option<(String, Option<f32>)> {
    let index = |reading: &&Element| {
        reading.attribute("index").and_then(|n| n.parse::<usize>().ok()).unwrap_or(0)
    };
    let readings = element.elements().filter(|child| child.name == "TextEquiv");
    let reading = readings.min_by_key(index)?;
    let text = reading.child("Unicode")?.text();
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let sure = reading.attribute("conf").and_then(|conf| conf.trim().parse().ok());
    (!text.is_empty()).then_some((text, sure))
}

/// Left, top, right and bottom of an element: `points="10,20 30,20 …"`.
fn bounds(element: &Element) -> (f32, f32, f32, f32) {
    let points = element.child("Coords").and_then(|coords| coords.attribute("points"));
    let mut bounds = (f32::INFINITY, f32::INFINITY, 0.0_f32, 0.0_f32);
    for point in points.unwrap_or_default().split_whitespace() {
        let Some((x, y)) = point.split_once(',') else { continue };
        let (Ok(x), Ok(y)) = (x.parse::<f32>(), y.parse::<f32>()) else { continue };
        bounds = (bounds.0.min(x), bounds.1.min(y), bounds.2.max(x), bounds.3.max(y));
    }
    if bounds.0.is_finite() { bounds } else { (0.0, 0.0, 0.0, 0.0) }
}
