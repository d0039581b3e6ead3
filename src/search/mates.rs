//! Mates: the forms of a word that share its stem. Stemming happens here, never in the browser.

use std::borrow::Cow;

use rayon::prelude::*;
use rust_stemmers::{Algorithm, Stemmer};

use super::fold::is_ideographic;

const ALGORITHMS: [(&str, Algorithm); 18] = [
    ("ar", Algorithm::Arabic),
    ("da", Algorithm::Danish),
    ("nl", Algorithm::Dutch),
    ("en", Algorithm::English),
    ("fi", Algorithm::Finnish),
    ("fr", Algorithm::French),
    ("de", Algorithm::German),
    ("el", Algorithm::Greek),
    ("hu", Algorithm::Hungarian),
    ("it", Algorithm::Italian),
    ("no", Algorithm::Norwegian),
    ("pt", Algorithm::Portuguese),
    ("ro", Algorithm::Romanian),
    ("ru", Algorithm::Russian),
    ("es", Algorithm::Spanish),
    ("sv", Algorithm::Swedish),
    ("ta", Algorithm::Tamil),
    ("tr", Algorithm::Turkish),
];

/// The bit of a language's stemming algorithm, by its BCP 47 tag; 0 if there is none.
pub(super) fn stemmer_bit(language: &str) -> u32 {
    let primary = language.split('-').next().unwrap_or_default().to_ascii_lowercase();
    let primary = if matches!(primary.as_str(), "nb" | "nn") { "no" } else { primary.as_str() };
    ALGORITHMS.iter().position(|(tag, _)| *tag == primary).map_or(0, |at| 1 << at)
}

/// Terms of a sorted list that share a stem, each pair both ways round: the place of one and the difference to that
/// of the other, in order.
pub(super) struct Mates(Vec<(u32, i32)>);

impl Mates {
    /// The mates of the term in a place.
    pub(super) fn of(&self, place: u32) -> &[(u32, i32)] {
        let start = self.0.partition_point(|(one, _)| *one < place);
        let length = self.0[start..].iter().take_while(|(one, _)| *one == place).count();
        &self.0[start..start + length]
    }
}

/// The mates of all terms of a sorted list, each given with the bits of its languages: they share a stem in a
/// language in which both occur.
pub(super) fn mates(terms: &[(&str, u32)]) -> Mates {
    let mut mates = Vec::new();
    let present = terms.iter().fold(0, |bits, (_, stemmers)| bits | stemmers);
    for (bit, (_, algorithm)) in ALGORITHMS.iter().enumerate() {
        if present & (1 << bit) == 0 {
            continue;
        }
        let stemmer = Stemmer::create(*algorithm);
        let mut stems: Vec<(Cow<'_, str>, u32)> = (0..terms.len() as u32)
            .into_par_iter()
            .filter_map(|at| {
                let (text, stemmers) = terms[at as usize];
                let has_stem = stemmers & (1 << bit) != 0 && is_stemmed(text);
                has_stem.then(|| (stemmer.stem(text), at))
            })
            .collect();
        stems.par_sort_unstable();
        for group in stems.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
            for (_, one) in group {
                let others = group.iter().filter(|(_, other)| other != one);
                mates.extend(others.map(|(_, other)| (*one, *other as i32 - *one as i32)));
            }
        }
    }
    mates.par_sort_unstable();
    mates.dedup();
    Mates(mates)
}

/// Only words have forms; numbers, symbols, field terms and characters do not.
fn is_stemmed(term: &str) -> bool {
    term.len() > 2 && term.chars().all(|c| c.is_alphabetic() && !is_ideographic(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_stem_are_mates_within_a_language() {
        let english = stemmer_bit("en-GB");
        let german = stemmer_bit("de");
        let terms =
            [("letter", english), ("letters", english), ("rechte", german), ("rights", english)];
        let mates_of_terms = mates(&terms);
        assert_eq!(mates_of_terms.0, [(0, 1), (1, -1)]);
        assert_eq!([0, 1, 2].map(|at| mates_of_terms.of(at).len()), [1, 1, 0]);
        assert!(mates(&[("letter", english), ("letters", german)]).0.is_empty());
    }
}
