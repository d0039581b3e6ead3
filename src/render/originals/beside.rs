//! Which paragraph of a text is on which page image: where the text was read from pages that are as many as the
//! images, the words with which a page begins are looked for in the text.

use crate::render::markdown::Passage;
use crate::render::seeds::Seen;
use crate::site::views::PageView;

/// So many words in a row are found by chance nowhere else, as good as never.
const ROW: usize = 4;

/// Words at the head of a page that may be missing in the text: running heads, numbers of pages.
const SKIPPED: usize = 30;

/// Tells of each page with which paragraph it begins.
pub(in crate::render) fn place(pages: &mut [PageView], seen: &Seen, passages: &[Passage]) {
    let is_pdf = pages.iter().any(|page| page.of_seed.is_some());
    if pages.len() < 2 || !is_pdf && seen.pages != pages.len() {
        return;
    }
    let passages: Vec<&Passage> = passages.iter().filter(|p| p.note.is_none()).collect();
    let first = match (seen.turns.first(), seen.pdf) {
        (Some((page, _)), _) => page - 1,
        (None, pdf) => pdf.map_or(1, |pdf| pdf.page),
    };
    let mut place = |page: usize, passage: usize| {
        let view = match is_pdf {
            true => pages.iter_mut().find(|view| view.of_seed == Some(page)),
            false => pages.get_mut(page - 1),
        };
        if let (Some(view), Some(passage)) = (view, passages.get(passage)) {
            view.from = Some(passage.anchor.clone());
        }
    };
    place(first, 0);
    let words: Vec<(String, usize)> = passages
        .iter()
        .enumerate()
        .flat_map(|(number, passage)| words(&passage.text).map(move |word| (word, number)))
        .collect();
    let mut from = 0;
    for (page, text) in &seen.turns {
        let head: Vec<String> = self::words(text).take(SKIPPED + ROW).collect();
        let Some(at) = find(&words[from..], &head).map(|at| from + at) else { continue };
        let passage = words[at].1;
        let start = words.partition_point(|(_, number)| *number < passage);
        let end = words.partition_point(|(_, number)| *number <= passage);
        // A paragraph of which most is on the page before belongs to that.
        let is_most_before = (at - start) * 2 > end - start;
        place(*page, if is_most_before { passage + 1 } else { passage });
        from = at;
    }
}

/// Where the first words of a page stand that are in the text.
fn find(words: &[(String, usize)], head: &[String]) -> Option<usize> {
    let row = ROW.min(head.len());
    let of_page = |skipped: usize| {
        let sought = head.get(skipped..skipped + row).filter(|sought| !sought.is_empty())?;
        let found = words.windows(row).position(|here| here.iter().map(|(w, _)| w).eq(sought))?;
        Some(found)
    };
    (0..=head.len().saturating_sub(row)).find_map(of_page)
}

fn words(text: &str) -> impl Iterator<Item = String> + '_ {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passages(texts: &[&str]) -> Vec<Passage> {
        let passage = |(text, n): (&&str, usize)| Passage {
            anchor: format!("p-{n}"),
            text: (*text).to_owned(),
            ..Passage::default()
        };
        texts.iter().zip(0..).map(passage).collect()
    }

    fn placed(turns: &[(usize, &str)], pages: usize, texts: &[&str]) -> Vec<Option<String>> {
        let mut views = vec![PageView::default(); pages];
        let turns = turns.iter().map(|(page, text)| (*page, (*text).to_owned())).collect();
        let seen = Seen { pages, turns, ..Seen::default() };
        place(&mut views, &seen, &passages(texts));
        views.into_iter().map(|view| view.from).collect()
    }

    #[test]
    fn a_page_begins_with_the_paragraph_that_holds_its_first_words() {
        let texts = [
            "Dear Sir, the hall is let.",
            "We ask you to send the books that were left in the hall by the end of March.",
            "The rest will be burnt, and nobody will be told.",
        ];
        let turns = [(2, "- 2 -\nASHFORD SOCIETY\nthe rest will be burnt, and")];
        assert_eq!(placed(&turns, 2, &texts), [Some("p-0".into()), Some("p-2".into())]);
        // In the middle of a paragraph, its larger half decides.
        let turns = [(2, "you to send the books"), (3, "the end of March. The rest")];
        assert_eq!(
            placed(&turns, 3, &texts),
            [Some("p-0".into()), Some("p-1".into()), Some("p-2".into())]
        );
    }

    #[test]
    fn pages_of_a_pdf_are_known_by_their_numbers() {
        // The second page has no image.
        let view = |page| PageView { of_seed: Some(page), ..PageView::default() };
        let mut views = [1, 3].map(view);
        let texts = ["Dear Sir, the hall is let.", "We ask for the books.", "The rest is burnt."];
        let turns = [(2, "We ask for the books"), (3, "The rest is burnt")];
        let turns = turns.map(|(page, text)| (page, text.to_owned())).into();
        place(&mut views, &Seen { pages: 9, turns, ..Seen::default() }, &passages(&texts));
        assert_eq!(views.map(|view| view.from), [Some("p-0".to_owned()), Some("p-2".to_owned())]);
    }

    #[test]
    fn what_is_not_known_is_not_said() {
        let texts = ["Dear Sir, the hall is let.", "Nothing of the next page is in the text."];
        let turns = [(2, "quite other words than those")];
        assert_eq!(placed(&turns, 2, &texts), [Some("p-0".into()), None]);
        // Three images of a text of two pages: which one shows what is not known.
        let mut views = vec![PageView::default(); 3];
        let seen = Seen { pages: 2, ..Seen::default() };
        place(&mut views, &seen, &passages(&texts));
        assert!(views.iter().all(|view| view.from.is_none()));
    }
}
