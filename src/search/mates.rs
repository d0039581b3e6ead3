//! Mates: the forms of a word that share its stem. Stemming happens here, never in the browser.

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

/// For each term of a sorted list, the other terms that share a stem with it in a language in which
/// both occur: differences of their places in the list, in order.
pub(super) fn mates(terms: &[(&str, u32)]) -> Vec<Box<[i32]>> {
    let mut mates = vec![Vec::new(); terms.len()];
    for (bit, (_, algorithm)) in ALGORITHMS.iter().enumerate() {
        let stemmer = Stemmer::create(*algorithm);
        let mut stems: Vec<(String, usize)> = terms
            .iter()
            .enumerate()
            .filter(|(_, (text, stemmers))| stemmers & (1 << bit) != 0 && is_stemmed(text))
            .map(|(at, (text, _))| (stemmer.stem(text).into_owned(), at))
            .collect();
        stems.sort_unstable();
        for group in stems.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1) {
            for (_, one) in group {
                let others = group.iter().filter(|(_, other)| other != one);
                mates[*one].extend(others.map(|(_, other)| *other as i32 - *one as i32));
            }
        }
    }
    let finish = |mut list: Vec<i32>| {
        list.sort_unstable();
        list.dedup();
        list.into()
    };
    mates.into_iter().map(finish).collect()
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
        assert_eq!(mates(&terms), [&[1][..], &[-1], &[], &[]].map(Box::from));
        assert!(mates(&[("letter", english), ("letters", german)]).concat().is_empty());
    }
}
