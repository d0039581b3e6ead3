//! Where the words of a text are on its page images, as the program that read them or the PDF that holds them says: a file that the viewer asks for
//! when it has hits to mark.
//!
//! Only words of the text that readers see are in it, and nothing at all where anything is withheld: a place tells as
//! much as a word.

use std::collections::HashSet;

use serde_json::{Value, json};

use crate::archive::DocumentId;
use crate::ingest::{self, PageBoxes};
use crate::render::Stage;
use crate::render::markdown::Body;
use crate::render::seeds::Seen;
use crate::site::Page;
use crate::site::views::{Originals, PageView};

/// Its name, beside the page of a document.
const NAME: &str = "words.json";

impl Stage<'_> {
    /// Writes the list of a document's words and gives its URL, if their places are known.
    pub(in crate::render) fn word_list(
        &self,
        id: DocumentId,
        originals: &Originals,
        seen: &Seen,
        body: &Body,
    ) -> Option<String> {
        let document = self.plan.archive.document(id);
        let withholds = seen.redacted || seen.asked || body.marks > 0 || originals.withheld;
        let pages = &originals.pages;
        let has_parts = pages.iter().any(|page| !page.withheld.is_empty());
        // In a seed of several documents the images may show the other documents as well.
        let is_alone = document.same_seed.len() <= 1;
        if pages.is_empty()
            || withholds
            || has_parts
            || !document.record.withheld.is_empty()
            || !is_alone
        {
            return None;
        }
        let seed = document.record.source.as_ref()?.seed.as_deref()?;
        let read = || self.sources.read(&format!("seeds/{seed}")).unwrap_or_default();
        let found = ingest::word_boxes(seed, read);
        let is_pdf = pages.iter().any(|page| page.of_seed.is_some());
        if found.is_empty() || !is_pdf && found.len() != pages.len() {
            return None;
        }
        let text: HashSet<String> =
            body.passages.iter().flat_map(|passage| words(&passage.text)).collect();
        let boxes_of = |(at, page): (usize, &PageView)| {
            let at = if is_pdf { page.of_seed? - 1 } else { at };
            found.get(at)?.as_ref().filter(|boxes| fits(boxes, page))
        };
        let listed: Vec<Vec<Value>> =
            pages.iter().enumerate().map(|page| listed(boxes_of(page), &text)).collect();
        if listed.iter().all(Vec::is_empty) {
            return None;
        }
        let page = Page::Document(id);
        let list = json!({ "pages": listed }).to_string();
        self.put(&format!("{}{NAME}", self.plan.path(&page)), list.as_bytes());
        Some(format!("{}{NAME}", self.plan.url(&page)))
    }
}

/// The words of a page that are in the text, each with its place.
fn listed(boxes: Option<&PageBoxes>, text: &HashSet<String>) -> Vec<Value> {
    let is_of_text = |word: &str| {
        let mut parts = words(word).peekable();
        parts.peek().is_some() && parts.all(|part| text.contains(&part))
    };
    let words = boxes.iter().flat_map(|boxes| &boxes.words);
    words
        .filter(|found| is_of_text(&found.word))
        .map(|found| {
            let [left, top, width, height] = found.place;
            json!([found.word, left, top, width, height])
        })
        .collect()
}

/// Whether places on a page are those on its image as it is seen: both have the same shape, and nobody turned it.
fn fits(boxes: &PageBoxes, page: &PageView) -> bool {
    let Some((width, height)) = page.full_width.zip(page.full_height) else { return false };
    let shape = width as f32 / (height as f32).max(1.0);
    !page.turned && (boxes.shape - shape).abs() < 0.02 * shape
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::WordBox;

    #[test]
    fn only_words_of_the_text_are_listed() {
        let word = |word: &str| WordBox { word: word.to_owned(), place: [1, 2, 3, 4] };
        let boxes =
            PageBoxes { shape: 0.7, words: ["dear", "secret", "well-known"].map(word).into() };
        let text = words("Dear Sir, it is well known.").collect();
        let listed = listed(Some(&boxes), &text);
        assert_eq!(listed, [json!(["dear", 1, 2, 3, 4]), json!(["well-known", 1, 2, 3, 4])]);
    }

    #[test]
    fn an_image_of_another_shape_or_turned_has_no_places() {
        let boxes = PageBoxes { shape: 0.7, words: Vec::new() };
        let view = |width, height, turned| PageView {
            full_width: Some(width),
            full_height: Some(height),
            turned,
            ..PageView::default()
        };
        assert!(fits(&boxes, &view(700, 1000, false)));
        assert!(!fits(&boxes, &view(1000, 700, false)) && !fits(&boxes, &view(700, 1000, true)));
        assert!(!fits(&boxes, &PageView::default()));
    }
}
