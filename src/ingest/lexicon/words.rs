//! Sets of the lexicon's words. Each word of each seed is asked for in some of them.

use std::collections::{HashMap, HashSet};

use rustc_hash::FxBuildHasher;

/// A set of words in lower case. Its words are the program's own, so nobody can make their hashes clash.
#[derive(Clone, Default)]
pub(in crate::ingest) struct Words {
    words: HashSet<&'static str, FxBuildHasher>,
    sieve: Sieve,
}

impl Words {
    /// Whether a word, which is in lower case, is in the set.
    pub(in crate::ingest) fn contains(&self, word: &str) -> bool {
        self.sieve.passes(word) && self.words.contains(word)
    }

    /// The words, in no order.
    pub(in crate::ingest) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.words.iter().copied()
    }
}

impl FromIterator<&'static str> for Words {
    fn from_iter<I: IntoIterator<Item = &'static str>>(words: I) -> Self {
        let words: HashSet<_, _> = words.into_iter().collect();
        Self { sieve: Sieve::of(words.len(), words.iter().copied()), words }
    }
}

/// Whether a word is in a set, whatever its case.
pub(in crate::ingest) fn has(words: &Words, word: &str) -> bool {
    words.sieve.passes(word) && in_lower_case(word, |lower| words.words.contains(lower))
}

/// What most words do not pass that are in no set: a bit for the first letter, the last one and the length of each
/// word of the set.
#[derive(Clone, Default)]
pub(in crate::ingest) struct Sieve {
    bits: Vec<u64>,
    /// Length of the longest word, in bytes.
    longest: usize,
}

impl Sieve {
    /// That of so many words in lower case.
    pub(in crate::ingest) fn of<'w>(count: usize, words: impl Iterator<Item = &'w str>) -> Self {
        let mut sieve = Self { bits: vec![0; (count / 4).next_power_of_two()], longest: 0 };
        for word in words {
            sieve.longest = sieve.longest.max(word.len());
            if let Some((place, bit)) = sieve.place(word) {
                sieve.bits[place] |= bit;
            }
        }
        sieve
    }

    /// Whether a word may be in the set, whatever its case.
    #[inline]
    pub(in crate::ingest) fn passes(&self, word: &str) -> bool {
        // No small letter has more than three times the bytes of its capital, or less than a third.
        word.len() <= self.longest * 3
            && self
                .place(word)
                .is_none_or(|(place, bit)| self.bits.get(place).is_some_and(|b| b & bit != 0))
    }

    /// The bit of a word; none for one with a letter beyond ASCII, whose length may be another one in lower case.
    #[inline]
    fn place(&self, word: &str) -> Option<(usize, u64)> {
        let [first, .., last] = *word.as_bytes() else { return None };
        if !word.is_ascii() {
            return None;
        }
        let letters = u32::from(first | 0x20) | u32::from(last | 0x20) << 8;
        let hash = (letters ^ (word.len() as u32) << 16).wrapping_mul(0x9E37_79B1);
        let place = (hash >> 10) as usize & self.bits.len().wrapping_sub(1);
        Some((place, 1 << (hash >> 26)))
    }
}

/// What is asked of a word in lower case; most words need no memory for that.
pub(in crate::ingest) fn in_lower_case<T>(word: &str, ask: impl FnOnce(&str) -> T) -> T {
    let mut small = [0; 48];
    if let Some(small) = small.get_mut(..word.len()).filter(|_| word.is_ascii()) {
        small.copy_from_slice(word.as_bytes());
        small.make_ascii_lowercase();
        if let Ok(lower) = std::str::from_utf8(small) {
            return ask(lower);
        }
    }
    ask(&word.to_lowercase())
}

/// What words in lower case mean.
pub(in crate::ingest) type Meanings<V> = HashMap<&'static str, V, FxBuildHasher>;

/// Endings of words, by their last byte: most words end in none of them by theirs.
pub(in crate::ingest) struct Endings {
    by_last: Vec<Vec<&'static str>>,
}

impl Endings {
    /// Those of a list, in its order.
    pub(in crate::ingest) fn of(endings: impl IntoIterator<Item = &'static str>) -> Self {
        let mut by_last = vec![Vec::new(); 256];
        for ending in endings {
            if let Some(last) = ending.bytes().next_back() {
                by_last[usize::from(last)].push(ending);
            }
        }
        Self { by_last }
    }

    /// Those in which a text ends.
    pub(in crate::ingest) fn of_text<'t>(
        &'t self,
        text: &'t str,
    ) -> impl Iterator<Item = &'static str> + 't {
        let alike =
            text.bytes().next_back().map_or(&[][..], |last| &self.by_last[usize::from(last)]);
        alike.iter().copied().filter(|ending| text.ends_with(ending))
    }

    /// Whether a text ends in one of them.
    pub(in crate::ingest) fn end(&self, text: &str) -> bool {
        self.of_text(text).next().is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOME: [&str; 9] =
        ["a", "an", "the", "yours", "faithfully", "état", "für", "귀하", "kind regards"];

    #[test]
    fn words_are_found_whatever_their_case_and_others_are_not() {
        let words: Words = SOME.into_iter().collect();
        for word in SOME {
            assert!(words.contains(word) && has(&words, &word.to_uppercase()), "{word}");
            let longer = format!("{word}x");
            assert!(!words.contains(&longer) && !has(&words, &longer), "{longer}");
        }
        // The sign for kelvin is small in one byte, and has three.
        assert!(has(&["k"].into_iter().collect(), "\u{212a}"));
        assert!(!Words::default().contains("an"));
    }

    #[test]
    fn a_text_ends_in_some_endings_and_in_no_others() {
        let endings = Endings::of(["gericht", "icht", "t", "위원회"]);
        let of = |text: &str| endings.of_text(text).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(of("oberlandesgericht"), ["gericht", "icht", "t"]);
        assert_eq!(of("인권위원회"), ["위원회"]);
        assert!(of("gerichte").is_empty() && of("").is_empty());
        assert!(endings.end("nicht") && !endings.end("nichts"));
    }
}
