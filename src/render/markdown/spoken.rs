//! The languages of short paragraphs.
//!
//! A long one in another language than its text is known by its words. A greeting, a date or a signature beside it is
//! too short for that: it is of the other language if its words lean to it, or if it has no word of either and
//! lies among paragraphs of the other language.

use std::borrow::Cow;
use std::cmp::Ordering;

use super::Passage;
use super::script::LONG;
use crate::ingest::Leaning;

/// The paragraphs and headings of a text, as far as they are made.
#[derive(Debug, Default)]
pub(super) struct Spoken {
    paragraphs: Vec<Paragraph>,
    /// Whether any is in another language than the text.
    two: bool,
}

#[derive(Debug)]
struct Paragraph {
    /// Where its start tag is among the events.
    at: usize,
    /// Which passage its words are, if it is short and nothing is known of its language.
    short: Option<usize>,
    /// The language that it is in, if that is not the text's.
    foreign: Option<Cow<'static, str>>,
}

impl Spoken {
    /// Notes a paragraph, or a heading: its place, its words, and which passage they are going to be.
    pub(super) fn note(
        &mut self,
        at: usize,
        (passage, words): (usize, &str),
        foreign: Option<Cow<'static, str>>,
    ) {
        self.two |= foreign.is_some();
        let is_short = foreign.is_none() && words.len() < LONG && !words.trim().is_empty();
        let short = is_short.then_some(passage);
        self.paragraphs.push(Paragraph { at, short, foreign });
    }

    /// The places of short paragraphs that are in the one other language of a text, and this language.
    pub(super) fn short_ones(
        &self,
        own: &str,
        passages: &[Passage],
    ) -> Vec<(usize, Cow<'static, str>)> {
        let mut tags = self.paragraphs.iter().filter_map(|p| p.foreign.as_ref());
        let Some(tag) = tags.next().filter(|_| self.two) else { return Vec::new() };
        let is_sole = tags.all(|other| other == tag);
        let Some(leaning) = Leaning::between(own, tag).filter(|_| is_sole) else {
            return Vec::new();
        };
        let leans = |p: &Paragraph| match &p.short {
            Some(passage) => {
                passages.get(*passage).map_or(Ordering::Equal, |p| leaning.of(&p.text))
            }
            None if p.foreign.is_some() => Ordering::Greater,
            None => Ordering::Less,
        };
        let leans: Vec<Ordering> = self.paragraphs.iter().map(leans).collect();
        let is_other = |at: usize| leans.get(at) == Some(&Ordering::Greater);
        let among = |at: usize| {
            let before = leans[..at].iter().rposition(|l| *l != Ordering::Equal);
            let after = at + leans[at..].iter().take_while(|l| **l == Ordering::Equal).count();
            // At the head of a text, two paragraphs must follow.
            is_other(after) && before.map_or_else(|| is_other(after + 1), is_other)
        };
        let found = self.paragraphs.iter().enumerate().filter(|(at, p)| {
            p.short.is_some()
                && match leans[*at] {
                    Ordering::Greater => true,
                    Ordering::Equal => among(*at),
                    Ordering::Less => false,
                }
        });
        found.map(|(_, p)| (p.at, tag.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn others(paragraphs: &[(&str, bool)]) -> Vec<usize> {
        let mut spoken = Spoken::default();
        for (at, (words, foreign)) in paragraphs.iter().enumerate() {
            spoken.note(at, (at, words), foreign.then_some(Cow::Borrowed("en")));
        }
        let passage = |text: &&str| Passage { text: (*text).to_owned(), ..Passage::default() };
        let passages: Vec<Passage> = paragraphs.iter().map(|(words, _)| passage(words)).collect();
        spoken.short_ones("fr", &passages).into_iter().map(|(at, _)| at).collect()
    }

    #[test]
    fn short_paragraphs_are_of_the_language_beside_them_if_their_words_do_not_differ() {
        let long = "x".repeat(LONG);
        let column = [
            ("HARBOUR COMMISSION", false),
            ("Ottawa, 4 May 1931", false),
            ("We have received your letter.", true),
            ("T. Orme", false),
            ("Yours faithfully,", false),
            ("COMMISSION DU PORT", false),
            ("Monsieur Roux,", false),
            (&long, false),
        ];
        assert_eq!(others(&column), [0, 1, 3, 4]);
        assert_eq!(others(&column[5..]), [0; 0]);
        let quoted = [("Note", false), ("The letter.", true), ("Il est lu.", false), ("T.", false)];
        assert_eq!(others(&quoted), [0; 0]);
    }
}
