//! hOCR 1.2: HTML whose classes say what an element is, and whose titles say where it is.

use super::super::office::Element;
use super::{Line, Page, Word};

/// The pages of a file.
pub(super) fn pages(root: &Element) -> Vec<Page> {
    let mut pages = vec![Page::default()];
    walk(root, &mut pages, &mut false);
    pages.retain(|page| !page.lines.is_empty());
    pages
}

/// Collects lines; `begins` says that a paragraph began since the last one.
fn walk(element: &Element, pages: &mut Vec<Page>, begins: &mut bool) {
    const LINES: [&str; 6] =
        ["ocr_line", "ocrx_line", "ocr_header", "ocr_footer", "ocr_caption", "ocr_textfloat"];
    const BLOCKS: [&str; 4] = ["ocr_carea", "ocr_par", "ocrx_block", "ocr_column"];
    for child in element.elements() {
        let class = child.attribute("class").unwrap_or_default();
        let is = |known: &[&str]| class.split_whitespace().any(|class| known.contains(&class));
        if is(&["ocr_page"]) {
            let (left, top, right, bottom) = bounds(child);
            // Places are counted from the corner of the image, where pages begin.
            let is_whole = left == 0.0 && top == 0.0 && right > 0.0 && bottom > 0.0;
            let size = is_whole.then_some((right, bottom));
            pages.push(Page { size, lines: Vec::new() });
        }
        *begins |= is(&BLOCKS);
        if !is(&LINES) {
            walk(child, pages, begins);
            continue;
        }
        let (_, top, _, bottom) = bounds(child);
        let mut line = Line { top, bottom, begins: std::mem::take(begins), ..Line::default() };
        words(child, &mut line.words);
        if line.words.is_empty() {
            let (left, _, right, _) = bounds(child);
            let text = child.text().split_whitespace().collect::<Vec<_>>().join(" ");
            line.words.push(Word { text, left, right, sure: None });
        }
        line.words.retain(|word| !word.text.is_empty());
        if let Some(page) = pages.last_mut().filter(|_| !line.words.is_empty()) {
            page.lines.push(line);
        }
    }
}

fn words(element: &Element, out: &mut Vec<Word>) {
    for child in element.elements() {
        let class = child.attribute("class").unwrap_or_default();
        if !class.split_whitespace().any(|class| class == "ocrx_word" || class == "ocr_word") {
            words(child, out);
            continue;
        }
        let (left, _, right, _) = bounds(child);
        let sure = property(child, "x_wconf").and_then(|values| values.first().copied());
        let text = child.text().split_whitespace().collect::<Vec<_>>().join(" ");
        out.push(Word { text, left, right, sure: sure.map(|percent| percent / 100.0) });
    }
}

fn bounds(element: &Element) -> (f32, f32, f32, f32) {
    match property(element, "bbox").as_deref() {
        Some([left, top, right, bottom, ..]) => (*left, *top, *right, *bottom),
        _ => (0.0, 0.0, 0.0, 0.0),
    }
}

/// The numbers of a property of an element: `bbox 10 20 30 40; x_wconf 96`.
fn property(element: &Element, name: &str) -> Option<Vec<f32>> {
    let all = element.attribute("title")?;
    let found = all.split(';').map(str::trim).find_map(|one| one.strip_prefix(name))?;
    let numbers = found.split_whitespace().filter_map(|number| number.parse::<f32>().ok());
    Some(numbers.filter(|number| number.is_finite()).collect())
}
