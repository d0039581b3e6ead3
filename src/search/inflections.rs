//! Inflections: the forms of a word that share its stem, for every word of the index and, by its stem, for every other word.

use std::borrow::Cow;

use rayon::prelude::*;
use rust_stemmers::Stemmer;

use super::fold::is_ideographic;
use super::order::utf16_order;
use super::stem::LANGUAGES;
use crate::letters::is_letter;
use crate::parallel;

/// Separates a stem from the language's tag in a term. No word holds it.
const OF_LANGUAGE: char = ' ';

/// Which terms of a sorted list belong together.
pub(super) struct Inflections {
    /// For each term and each of its inflections the place of the one and the difference to that of the other, in order.
    differences: Vec<(u32, i32)>,
    /// Terms to add for stems, in order.
    stems: Vec<Stem>,
}

/// A term of a sorted list.
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    /// The bits of its languages.
    pub(super) stemmers: u32,
    /// Whether it is in a document, and not in names alone.
    pub(super) has_documents: bool,
}

/// The forms with a stem in a language, for words that are no terms.
pub(super) struct Stem {
    /// The stem, a space, and the language's tag.
    pub(super) text: String,
    /// How many terms of the list come before it.
    pub(super) terms_before: u32,
    /// The places of its forms in the list.
    pub(super) forms: Vec<u32>,
}

impl Inflections {
    /// The inflections of the term in a place, as differences.
    pub(super) fn of(&self, place: u32) -> impl Iterator<Item = i32> {
        let start = self.differences.partition_point(|(one, _)| *one < place);
        let all = self.differences[start..].iter();
        all.take_while(move |(one, _)| *one == place).map(|(_, difference)| *difference)
    }

    /// The stems that have to be terms: those whose forms are not found by the stem taken for a word.
    pub(super) fn stems(&self) -> &[Stem] {
        &self.stems
    }

    /// The place of a term of the list once the stems are added.
    pub(super) fn place_among_stems(&self, place: u32) -> u32 {
        place + self.stems.partition_point(|stem| stem.terms_before <= place) as u32
    }

    /// The differences of the places of a stem's forms to its own, once all are terms.
    pub(super) fn of_stem(&self, number: usize) -> impl Iterator<Item = i32> {
        let stem = &self.stems[number];
        let own = stem.terms_before as i32 + number as i32;
        stem.forms.iter().map(move |form| self.place_among_stems(*form) as i32 - own)
    }

    /// Whether a word's inflections, and itself if documents hold it, are exactly these forms.
    fn are(&self, forms: &[u32], word: u32, has_documents: bool) -> bool {
        let mut found: Vec<u32> = self.of(word).map(|d| word.saturating_add_signed(d)).collect();
        found.extend(has_documents.then_some(word));
        found.sort_unstable();
        found == forms
    }
}

/// The forms of one stem in one language.
struct Group {
    language: usize,
    stem: String,
    forms: Vec<u32>,
}

/// The inflections of all terms of a sorted list. The inflections of a word are the forms that have
/// its stem in a language and occur in it, whether or not the word itself does.
pub(super) fn inflections(terms: &[Word<'_>]) -> Inflections {
    let mut inflections = Inflections { differences: Vec::new(), stems: Vec::new() };
    let mut groups = Vec::new();
    let present = terms.iter().fold(0, |bits, word| bits | word.stemmers);
    let words: Vec<u32> =
        (0..terms.len() as u32).filter(|at| is_stemmed(terms[*at as usize].text)).collect();
    for (number, language) in LANGUAGES.iter().enumerate() {
        if present & (1 << number) == 0 {
            continue;
        }
        let stemmer = Stemmer::create(language.algorithm);
        let stem = |at: &u32| (stemmer.stem(terms[*at as usize].text), *at);
        let mut stems: Vec<(Cow<'_, str>, u32)> = parallel::map(&words, stem);
        stems.par_sort_unstable();
        for group in stems.chunk_by(|a, b| a.0 == b.0) {
            let occurs = |at: &u32| terms[*at as usize].stemmers & (1 << number) != 0;
            let forms: Vec<u32> = group.iter().map(|(_, at)| *at).filter(occurs).collect();
            for (_, one) in group {
                let others = forms.iter().filter(|other| *other != one);
                inflections
                    .differences
                    .extend(others.map(|other| (*one, *other as i32 - *one as i32)));
            }
            if !forms.is_empty() {
                let stem = group[0].0.clone().into_owned();
                groups.push(Group { language: number, stem, forms });
            }
        }
    }
    inflections.differences.sort_unstable();
    inflections.differences.dedup();
    // With several languages nobody could tell a stem that is its own word from a word of another language.
    let alone = present.count_ones() == 1;
    let stem = |group| stem(group, terms, &inflections, alone);
    inflections.stems = parallel::map_taken(groups, stem).into_iter().flatten().collect();
    inflections.stems.sort_unstable_by(|a, b| utf16_order(&a.text, &b.text));
    inflections
}

/// The term of a stem, if it needs one: in an archive of a single language, a word that leads to the same forms is enough.
fn stem(group: Group, terms: &[Word<'_>], inflections: &Inflections, alone: bool) -> Option<Stem> {
    let Group { language, stem, forms } = group;
    if alone
        && let Ok(word) = terms.binary_search_by(|term| utf16_order(term.text, &stem))
        && inflections.are(&forms, word as u32, terms[word].has_documents)
    {
        return None;
    }
    let text = format!("{stem}{OF_LANGUAGE}{}", LANGUAGES[language].tag);
    let before = terms.partition_point(|term| utf16_order(term.text, &text).is_lt());
    Some(Stem { text, terms_before: before as u32, forms })
}

/// Only words have forms; numbers, symbols, field terms and characters do not.
fn is_stemmed(term: &str) -> bool {
    term.len() > 2 && term.chars().all(|c| is_letter(c) && !is_ideographic(c))
}

#[cfg(test)]
mod tests {
    use super::super::stem::stemmer_bit;
    use super::*;

    fn words<'a>(terms: &[(&'a str, u32)]) -> Vec<Word<'a>> {
        let word = |(text, stemmers): &(&'a str, u32)| Word {
            text,
            stemmers: *stemmers,
            has_documents: *stemmers != 0,
        };
        terms.iter().map(word).collect()
    }

    #[test]
    fn mates_are_forms_of_one_stem_that_occur_in_its_language() {
        let [english, german] = ["en-GB", "de"].map(stemmer_bit);
        let inflections = |terms: &[(&str, u32)]| inflections(&words(terms)).differences;
        let terms = [("letter", english), ("letters", english), ("rechte", german)];
        assert_eq!(inflections(&terms), [(0, 1), (1, -1)]);
        // The German form finds only what occurs in German, but a word of English documents finds it.
        assert_eq!(inflections(&[("rechte", german), ("rechten", english)]), [(1, -1)]);
        assert!(inflections(&[("letter", english), ("reports", german)]).is_empty());
    }

    #[test]
    fn stems_are_terms_unless_they_lead_to_their_forms_as_words() {
        let english = stemmer_bit("en");
        let found = inflections(&words(&[
            ("committees", english),
            ("letter", english),
            ("letters", english),
        ]));
        let stems: Vec<_> =
            found.stems().iter().map(|s| (s.text.as_str(), s.terms_before)).collect();
        assert_eq!(stems, [("committe en", 0)]);
        assert_eq!(found.of_stem(0).collect::<Vec<_>>(), [1]);
        assert_eq!([0, 1, 2].map(|at| found.place_among_stems(at)), [1, 2, 3]);
        let named = inflections(&words(&[("letter", 0), ("letters", english)]));
        assert!(named.stems().is_empty(), "a word of names alone leads to them too");
        let german = stemmer_bit("de");
        let both =
            inflections(&words(&[("letter", english), ("letters", english), ("rechte", german)]));
        let stems: Vec<_> = both.stems().iter().map(|stem| stem.text.as_str()).collect();
        assert_eq!(stems, ["letter en", "recht de"]);
    }
}
