//! Where each word is on its page, as a part of the page's width and height, so that the image may have any size.

use super::{Line, Ocr, Page, Word, pages};
use crate::pdf;

/// How many parts a side of a page has.
const PARTS: f32 = 10_000.0;

/// Where the words of a page are.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct PageBoxes {
    /// Width divided by height.
    pub shape: f32,
    /// Its words, in the order of the file.
    pub words: Vec<WordBox>,
}

/// A word, or a part of one that a line end cuts.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub struct WordBox {
    /// The whole word, in small letters, without signs around it.
    pub word: String,
    /// Left, top, width and height, in parts of ten thousand of the page's width and height.
    pub place: [u16; 4],
}

/// The words of all pages; `None` of a page that does not say how large it is.
pub(in crate::ingest) fn boxes(format: Ocr, bytes: &[u8]) -> Vec<Option<PageBoxes>> {
    pages(format, bytes).unwrap_or_default().iter().map(of_page).collect()
}

/// The words of all pages of a PDF.
pub(in crate::ingest) fn of_pdf(bytes: &[u8]) -> Vec<Option<PageBoxes>> {
    let pages = pdf::read(bytes).map(|pdf| pdf.pages.iter().map(of_pdf_page).collect());
    pages.unwrap_or_default()
}

fn of_pdf_page(page: &pdf::Page) -> Option<PageBoxes> {
    let line = |line: &pdf::Line| {
        let [_, top, _, bottom] = line.bounds;
        Line { words: words_of(line), top, bottom, begins: false }
    };
    let lines = page.lines.iter().filter(|line| !line.text.trim().is_empty()).map(line).collect();
    of_page(&Page { size: Some((page.width, page.height)), lines })
}

/// The words of a line of a PDF. Where the places of letters are not known, letters share out what is between them.
fn words_of(line: &pdf::Line) -> Vec<Word> {
    let text = line.text.trim_end();
    let mut known = vec![(text.len() - text.trim_start().len(), line.bounds[0])];
    for (at, left) in line.places.iter().copied() {
        let (last, edge) = known[known.len() - 1];
        if (last + 1..text.len()).contains(&at) && left >= edge {
            known.push((at, left));
        }
    }
    known.push((text.len(), line.bounds[2]));
    let count = |from: usize, to: usize| text.get(from..to).map_or(0, |t| t.chars().count()) as f32;
    let place = |byte: usize| {
        let next = known.partition_point(|(at, _)| *at <= byte).clamp(1, known.len() - 1);
        let ((from, left), (to, right)) = (known[next - 1], known[next]);
        left + (right - left) * count(from, byte) / count(from, to).max(1.0)
    };
    let mut words = Vec::new();
    let mut start = 0;
    for part in text.split(' ') {
        let end = start + part.len();
        if !part.is_empty() {
            let (left, right) = (place(start), place(end));
            words.push(Word { text: part.to_owned(), left, right, sure: None });
        }
        start = end + 1;
    }
    words
}

fn of_page(page: &Page) -> Option<PageBoxes> {
    let (width, height) = page.size.filter(|(w, h)| *w > 0.0 && *h > 0.0)?;
    let mut words: Vec<WordBox> = Vec::new();
    // Which words a hyphen cuts at the end of the line before.
    let mut cut = false;
    for line in &page.lines {
        for (text, left, right) in parts(line) {
            let word = bare(text);
            let place = place([left, line.top, right, line.bottom], (width, height));
            if let Some(before) = words.last_mut().filter(|_| cut) {
                before.word.push_str(&word);
                let whole = before.word.clone();
                words.push(WordBox { word: whole, place });
            } else {
                words.push(WordBox { word, place });
            }
            cut = false;
        }
        let last = line.words.last().map(|word| word.text.trim_end());
        cut = last.is_some_and(|text| text.ends_with(['-', '\u{AD}', '¬']));
    }
    words.retain(|found| !found.word.is_empty() && found.place[2] > 0 && found.place[3] > 0);
    Some(PageBoxes { shape: width / height, words })
}

/// The words of a line with their left and right ends; a box of several words is shared out by their letters.
fn parts(line: &Line) -> impl Iterator<Item = (&str, f32, f32)> {
    line.words.iter().flat_map(|word| {
        let letters = word.text.chars().count().max(1) as f32;
        let step = (word.right - word.left) / letters;
        let mut at = 0;
        word.text.split(' ').map(move |part| {
            let length = part.chars().count();
            let left = word.left + step * at as f32;
            at += length + 1;
            (part, left, left + step * length as f32)
        })
    })
}

fn place([left, top, right, bottom]: [f32; 4], (width, height): (f32, f32)) -> [u16; 4] {
    let part = |length: f32, whole: f32| (length / whole * PARTS).clamp(0.0, PARTS).round() as u16;
    let (x, y) = (part(left, width), part(top, height));
    let (end, foot) = (part(right, width), part(bottom, height));
    [x, y, end.saturating_sub(x), foot.saturating_sub(y)]
}

/// A word in small letters, without signs around it.
fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(top: f32, words: &[(&str, f32, f32)]) -> Line {
        let word = |(text, left, right): &(&str, f32, f32)| Word {
            text: (*text).to_owned(),
            left: *left,
            right: *right,
            sure: None,
        };
        Line { words: words.iter().map(word).collect(), top, bottom: top + 20.0, begins: false }
    }

    #[test]
    fn words_have_their_parts_of_the_page() {
        let lines = vec![
            line(100.0, &[("“Dear", 100.0, 200.0), ("trea-", 300.0, 400.0)]),
            line(200.0, &[("surer, two words", 100.0, 260.0)]),
        ];
        let page = of_page(&Page { size: Some((1000.0, 2000.0)), lines: lines.clone() }).unwrap();
        let found: Vec<(&str, [u16; 4])> =
            page.words.iter().map(|found| (found.word.as_str(), found.place)).collect();
        assert_eq!(
            found,
            [
                ("dear", [1000, 500, 1000, 100]),
                ("treasurer", [3000, 500, 1000, 100]),
                ("treasurer", [1000, 1000, 600, 100]),
                ("two", [1700, 1000, 300, 100]),
                ("words", [2100, 1000, 500, 100]),
            ]
        );
        assert_eq!(of_page(&Page { size: None, lines }), None);
    }

    #[test]
    fn a_line_of_a_pdf_is_shared_out_by_its_letters() {
        let line = pdf::Line {
            text: "    two words".to_owned(),
            bounds: [100.0, 84.2, 190.0, 92.62],
            ..pdf::Line::default()
        };
        let page =
            pdf::Page { width: 500.0, height: 842.0, lines: vec![line], ..pdf::Page::default() };
        let found = of_pdf_page(&page).unwrap().words;
        let found: Vec<(&str, [u16; 4])> =
            found.iter().map(|found| (found.word.as_str(), found.place)).collect();
        assert_eq!(found, [("two", [2000, 1000, 600, 100]), ("words", [2800, 1000, 1000, 100])]);
        // The file says where the second word begins.
        let places = vec![(4, 100.0), (8, 160.0)];
        let line = pdf::Line { places, ..page.lines[0].clone() };
        let words: Vec<(f32, f32)> =
            words_of(&line).iter().map(|word| (word.left, word.right)).collect();
        assert_eq!(words, [(100.0, 145.0), (160.0, 190.0)]);
    }
}
