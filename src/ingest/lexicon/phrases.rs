//! The lexicon's alternatives, found where a text begins and without regard to case. A regular
//! expression would do the same, and be compiled at every start of the program.

use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};

use super::{Language, all};

/// Phrases by their first letter, the longest first.
pub(in crate::ingest) struct Phrases {
    phrases: Vec<&'static str>,
    /// Where those stand that begin with a letter of ASCII.
    by_ascii: Vec<Range<usize>>,
    by_other: HashMap<char, Range<usize>>,
}

impl Phrases {
    /// Those of a field, of all languages.
    pub(in crate::ingest) fn of(field: impl Fn(&Language) -> &'static str) -> Self {
        Self::from(all(field))
    }

    /// Those of a list, which stand in lower case.
    pub(in crate::ingest) fn from(phrases: impl IntoIterator<Item = &'static str>) -> Self {
        let mut phrases: Vec<&str> = phrases.into_iter().collect();
        phrases.sort_by_key(|p| (p.chars().next(), std::cmp::Reverse(p.len())));
        let mut by_ascii = vec![0..0; 128];
        let mut by_other = HashMap::new();
        let mut start = 0;
        for same in phrases.chunk_by(|a, b| a.chars().next() == b.chars().next()) {
            let range = start..start + same.len();
            start = range.end;
            let first = same[0].chars().next().unwrap_or(' ');
            match by_ascii.get_mut(first as usize) {
                Some(place) => *place = range,
                None => {
                    by_other.insert(first, range);
                }
            }
        }
        Self { phrases, by_ascii, by_other }
    }

    /// Where the phrases end with which a text begins, in bytes, the longest first.
    pub(in crate::ingest) fn ends<'t>(&'t self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        let first = text.chars().next().map(lower);
        let same =
            first.and_then(|c| self.by_ascii.get(c as usize).or_else(|| self.by_other.get(&c)));
        let same = same.map_or(&[][..], |range| &self.phrases[range.clone()]);
        // Most phrases that begin with the same letter go on with another one.
        let second = text.as_bytes().get(1).map(u8::to_ascii_lowercase);
        let goes_on = move |phrase: &&&str| match (phrase.as_bytes().get(1), second) {
            (Some(wanted @ b'a'..=b'z'), Some(found)) if found.is_ascii() => *wanted == found,
            _ => true,
        };
        same.iter().filter(goes_on).filter_map(move |phrase| end_of(text, phrase))
    }

    /// Where the longest phrase ends after which `fits` holds of the rest.
    pub(in crate::ingest) fn end(&self, text: &str, fits: impl Fn(&str) -> bool) -> Option<usize> {
        self.ends(text).find(|&end| fits(&text[end..]))
    }
}

/// Phrases that are sought anywhere in a text, without regard to case, as whole words.
pub(in crate::ingest) struct Anywhere(AhoCorasick);

impl Anywhere {
    /// Those of a field, of all languages.
    pub(in crate::ingest) fn of(field: impl Fn(&Language) -> &'static str) -> Self {
        Self::from(all(field))
    }

    /// Those of a list, which stand in lower case.
    pub(in crate::ingest) fn from(phrases: impl IntoIterator<Item = &'static str>) -> Self {
        let automaton = AhoCorasickBuilder::new()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::Standard)
            .ascii_case_insensitive(true)
            .build(phrases);
        Self(automaton.expect("a few phrases make a small automaton"))
    }

    /// Whether one of them is in a text.
    pub(in crate::ingest) fn is_in(&self, text: &str) -> bool {
        if text.is_ascii() { self.find(text) } else { self.find(&text.to_lowercase()) }.is_some()
    }

    /// Which of them is in a text, in lower case unless it is ASCII, by its place in the list.
    pub(in crate::ingest) fn find(&self, lower: &str) -> Option<usize> {
        let whole = |m: &aho_corasick::Match| {
            let syllables = lower[m.range()].chars().any(|c| c >= '가');
            syllables
                || !lower[..m.start()].ends_with(char::is_alphanumeric)
                    && ends_word(&lower[m.end()..])
        };
        self.0.find_overlapping_iter(lower).find(whole).map(|m| m.pattern().as_usize())
    }
}

/// Whether a text is at its end, or goes on with one of these signs or with white space.
pub(in crate::ingest) fn ends_or(rest: &str, signs: &str) -> bool {
    rest.chars().next().is_none_or(|c| c.is_whitespace() || signs.contains(c))
}

/// Whether no letter, digit or underscore comes next.
pub(in crate::ingest) fn ends_word(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| !c.is_alphanumeric() && c != '_')
}

/// Where a phrase in lower case ends with which the text begins; a space stands for any white space.
pub(in crate::ingest) fn end_of(text: &str, phrase: &str) -> Option<usize> {
    let mut rest = text.chars();
    let mut length = 0;
    for wanted in phrase.chars() {
        if wanted == ' ' {
            let start = rest.as_str();
            rest = start.trim_start().chars();
            let white = start.len() - rest.as_str().len();
            length += (white > 0).then_some(white)?;
            continue;
        }
        let found = rest.next()?;
        if found != wanted && lower(found) != wanted {
            return None;
        }
        length += found.len_utf8();
    }
    Some(length)
}

fn lower(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phrases_are_found_at_the_start_whatever_their_case() {
        let phrases = Phrases::from(["dear", "dear sir", "à qui", "존경하는"]);
        let end = |text: &str| phrases.end(text, |rest| ends_or(rest, ","));
        assert_eq!(end("DEAR  Sir, yes"), Some(9));
        assert_eq!(end("Dear sirs"), Some(4));
        assert_eq!(end("Dearest"), None);
        assert_eq!(end("À QUI, de droit"), Some("À QUI".len()));
        assert_eq!(end("존경하는 위원장님"), Some("존경하는".len()));
        assert_eq!(end(""), None);
    }
}
