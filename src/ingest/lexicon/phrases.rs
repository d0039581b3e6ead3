//! The lexicon's alternatives, found where a text begins and without regard to case. A regular
//! expression would do the same, and be compiled at every start of the program.

use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, MatchKind};
use rustc_hash::FxBuildHasher;

use super::{Field, all};

/// The first letters of some phrases: by them alone most texts begin with none of them.
pub(in crate::ingest) struct Beginnings {
    /// A bit for the first three letters of a phrase; those of several phrases may meet in one.
    thirds: [u64; 16],
    /// For each first byte of ASCII the second letters of phrases that have no three letters in front.
    seconds: [u32; 128],
    /// Whether a phrase begins with another letter.
    other: bool,
}

impl Beginnings {
    /// A second letter that is none of ASCII, or no second letter.
    const ANY: u32 = 1 << 31;
    /// A sign or a space as the second character.
    const SIGN: u32 = 1 << 30;

    /// Those of phrases in lower case.
    pub(in crate::ingest) fn of<'p>(phrases: impl IntoIterator<Item = &'p str>) -> Self {
        let mut beginnings = Self { thirds: [0; 16], seconds: [0; 128], other: false };
        for phrase in phrases {
            match phrase.as_bytes() {
                [a @ b'a'..=b'z', b @ b'a'..=b'z', c @ b'a'..=b'z', ..] => {
                    let (word, bit) = Self::third(*a, *b, *c);
                    beginnings.thirds[word] |= bit;
                }
                [first @ 0..=0x7F, rest @ ..] => {
                    beginnings.seconds[usize::from(*first)] |= match rest.first() {
                        Some(letter @ b'a'..=b'z') => 1 << (letter - b'a'),
                        Some(0..=0x7F) => Self::SIGN,
                        _ => Self::ANY,
                    };
                }
                _ => beginnings.other = true,
            }
        }
        beginnings
    }

    /// The bit of three letters.
    fn third(a: u8, b: u8, c: u8) -> (usize, u64) {
        let letters = u32::from(a & 31) << 10 | u32::from(b & 31) << 5 | u32::from(c & 31);
        let bit = letters.wrapping_mul(0x9E37_79B1) >> 22;
        (bit as usize / 64, 1 << (bit % 64))
    }

    /// Whether a text may begin with one of the phrases, whatever its case.
    #[inline]
    pub(in crate::ingest) fn may_begin(&self, text: &str) -> bool {
        // What is missing is no letter.
        let (first, second, third) = match *text.as_bytes() {
            [] => return false,
            [a] => (a, 0, 0),
            [a, b] => (a, b, 0),
            [a, b, c, ..] => (a, b, c),
        };
        let Some(seconds) = self.seconds.get(usize::from(first.to_ascii_lowercase())) else {
            // A few letters of other scripts have small ones of ASCII.
            return self.other || !text.starts_with(|c: char| c == lower(c));
        };
        // What is no letter of ASCII may stand for one.
        if second >= 0x80 || third >= 0x80 {
            return true;
        }
        if !second.is_ascii_alphabetic() {
            return seconds & (Self::ANY | Self::SIGN) != 0;
        }
        if seconds & (Self::ANY | 1 << ((second | 0x20) - b'a')) != 0 {
            return true;
        }
        let (word, bit) = Self::third(first, second, third);
        third.is_ascii_alphabetic() && self.thirds[word] & bit != 0
    }
}

/// The first four bytes of a text as one number, with small letters, and which of them can be compared.
#[derive(Clone, Copy)]
struct Head {
    bytes: u32,
    known: u32,
}

impl Head {
    /// Up to the first character beyond ASCII, which may stand for a letter of it.
    fn of(text: &str) -> Self {
        let plain =
            |four: &&[u8; 4]| four.iter().fold(true, |all, b| all & (b' '..0x80).contains(b));
        if let Some(four) = text.as_bytes().first_chunk::<4>().filter(plain) {
            return Self { bytes: u32::from_le_bytes(*four) | 0x2020_2020, known: u32::MAX };
        }
        let (mut bytes, mut known) = (0, 0);
        for (i, byte) in text.bytes().take(4).take_while(u8::is_ascii).enumerate() {
            let byte = if byte.is_ascii_whitespace() || byte == 0x0B { b' ' } else { byte };
            bytes |= u32::from(byte | 0x20) << (8 * i);
            known |= 0xFF << (8 * i);
        }
        Self { bytes, known }
    }

    /// That of a phrase, up to its first sign or with its first space, which stands for any number of them.
    fn of_phrase(phrase: &str) -> Self {
        let letters = phrase.bytes().take_while(u8::is_ascii_lowercase).count();
        let space = usize::from(phrase[letters..].starts_with(' '));
        Self::of(&phrase[..letters + space])
    }

    fn may_equal(self, other: Self) -> bool {
        (self.bytes ^ other.bytes) & self.known & other.known == 0
    }
}

/// Phrases by their first letter, the longest first.
pub(in crate::ingest) struct Phrases {
    phrases: Vec<(Head, &'static str)>,
    beginnings: Beginnings,
    /// Where those are that begin with a letter of ASCII.
    by_ascii: Vec<Range<usize>>,
    by_other: HashMap<char, Range<usize>, FxBuildHasher>,
}

impl Phrases {
    /// Those of a field, of all languages.
    pub(in crate::ingest) fn of(field: Field) -> Self {
        Self::from(all(field))
    }

    /// Those of a list, which are in lower case.
    pub(in crate::ingest) fn from(phrases: impl IntoIterator<Item = &'static str>) -> Self {
        let mut phrases: Vec<&str> = phrases.into_iter().collect();
        phrases.sort_by_key(|p| Self::place(p));
        Self::in_order(phrases)
    }

    /// By what phrases are put in order.
    pub(super) fn place(phrase: &str) -> (Option<char>, std::cmp::Reverse<usize>) {
        (phrase.chars().next(), std::cmp::Reverse(phrase.len()))
    }

    /// Those of a list in this order.
    pub(super) fn in_order(phrases: impl IntoIterator<Item = &'static str>) -> Self {
        let phrases: Vec<&str> = phrases.into_iter().collect();
        let beginnings = Beginnings::of(phrases.iter().copied());
        let mut by_ascii = vec![0..0; 128];
        let mut by_other = HashMap::default();
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
        let phrases = phrases.into_iter().map(|p| (Head::of_phrase(p), p)).collect();
        Self { phrases, beginnings, by_ascii, by_other }
    }

    /// The phrases in their order.
    pub(in crate::ingest) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.phrases.iter().map(|(_, phrase)| *phrase)
    }

    /// Whether a text may begin with one of them.
    pub(in crate::ingest) fn may_begin(&self, text: &str) -> bool {
        self.beginnings.may_begin(text)
    }

    /// Where the phrases end with which a text begins, in bytes, the longest first.
    pub(in crate::ingest) fn ends<'t>(&'t self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        self.found(text).map(|(_, end)| end)
    }

    /// The same, each with the phrase's place in their order.
    pub(in crate::ingest) fn found<'t>(
        &'t self,
        text: &'t str,
    ) -> impl Iterator<Item = (usize, usize)> + 't {
        let same = if self.beginnings.may_begin(text) { self.alike(text) } else { 0..0 };
        self.among(same, text)
    }

    /// The phrases of some places with which a text begins, and where they end.
    fn among<'t>(
        &'t self,
        same: Range<usize>,
        text: &'t str,
    ) -> impl Iterator<Item = (usize, usize)> + 't {
        // Most phrases that begin with the same letter go on with others.
        let head = Head::of(text);
        let alike = same.filter(move |&at| self.phrases[at].0.may_equal(head));
        alike.filter_map(move |at| Some((at, end_of(text, self.phrases[at].1)?)))
    }

    /// Places of those that begin with the first letter of a text.
    fn alike(&self, text: &str) -> Range<usize> {
        let Some(first) = text.chars().next().map(lower) else { return 0..0 };
        let range = self.by_ascii.get(first as usize).or_else(|| self.by_other.get(&first));
        range.cloned().unwrap_or(0..0)
    }

    /// Where the longest phrase ends after which `fits` holds of the rest.
    pub(in crate::ingest) fn end(&self, text: &str, fits: impl Fn(&str) -> bool) -> Option<usize> {
        if !self.beginnings.may_begin(text) {
            return None;
        }
        self.ends(text).find(|&end| fits(&text[end..]))
    }
}

/// Phrases that are sought anywhere in a text, without regard to case, as whole words.
pub(in crate::ingest) struct Anywhere {
    automaton: AhoCorasick,
    beginnings: Beginnings,
}

impl Anywhere {
    /// Those of a field, of all languages.
    pub(in crate::ingest) fn of(field: Field) -> Self {
        Self::from(all(field))
    }

    /// Those of a list, which are in lower case.
    pub(in crate::ingest) fn from(phrases: impl IntoIterator<Item = &'static str>) -> Self {
        let phrases: Vec<&str> = phrases.into_iter().collect();
        let beginnings = Beginnings::of(phrases.iter().copied());
        let automaton = AhoCorasickBuilder::new()
            .kind(Some(AhoCorasickKind::ContiguousNFA))
            .match_kind(MatchKind::Standard)
            .ascii_case_insensitive(true)
            .build(phrases);
        let automaton = automaton.expect("a few phrases make a small automaton");
        Self { automaton, beginnings }
    }

    /// Whether one of them is in a text.
    pub(in crate::ingest) fn is_in(&self, text: &str) -> bool {
        let any = |_| true;
        if text.is_ascii() { self.find(text, any) } else { self.find(&text.to_lowercase(), any) }
            .is_some()
    }

    /// Which of them is in a text, in lower case unless it is ASCII, by its place in the list, if it counts: of those that
    /// begin at one place the longest.
    pub(in crate::ingest) fn find(
        &self,
        lower: &str,
        counts: impl Fn(usize) -> bool,
    ) -> Option<usize> {
        if lower.is_ascii() && !self.may_be_in(lower) {
            return None;
        }
        let whole = |m: &aho_corasick::Match| {
            let syllables = || lower[m.range()].chars().any(|c| c >= '가');
            let bounded = !lower[..m.start()].ends_with(char::is_alphanumeric)
                && ends_word(&lower[m.end()..]);
            counts(m.pattern().as_usize()) && (bounded || syllables())
        };
        let mut found = self.automaton.find_overlapping_iter(lower).filter(whole);
        let first = found.next()?;
        let longer = found.filter(|m| m.start() == first.start()).max_by_key(|m| m.end());
        Some(longer.unwrap_or(first).pattern().as_usize())
    }

    /// Whether a word of a text in ASCII begins as one of them does.
    fn may_be_in(&self, text: &str) -> bool {
        let mut inside = false;
        text.bytes().enumerate().any(|(i, byte)| {
            let begins = !std::mem::replace(&mut inside, byte.is_ascii_alphanumeric());
            begins && self.beginnings.may_begin(&text[i..])
        })
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
    // Letters of ASCII, which most are, are one beside the other.
    let (wanted, found) = (phrase.as_bytes(), text.as_bytes());
    let mut length = 0;
    while let (Some(wanted), Some(found)) = (wanted.get(length), found.get(length)) {
        if *wanted == b' ' || !wanted.is_ascii() || !found.is_ascii() {
            break;
        }
        if wanted != found && *wanted != found.to_ascii_lowercase() {
            return None;
        }
        length += 1;
    }
    if length == phrase.len() {
        return Some(length);
    }
    let mut rest = text[length..].chars();
    for wanted in phrase[length..].chars() {
        if wanted == ' ' {
            let start = rest.as_str();
            rest = start.trim_start().chars();
            let white = start.len() - rest.as_str().len();
            length += (white > 0).then_some(white)?;
            continue;
        }
        let found = rest.next()?;
        if found != wanted && lower(found) != wanted && !is_bare_capital(found, wanted) {
            return None;
        }
        length += found.len_utf8();
    }
    Some(length)
}

/// Whether a capital stands for a letter whose accent it lacks, as French ones do: `COMPTE RENDU DE LA REUNION`.
fn is_bare_capital(found: char, wanted: char) -> bool {
    let bare = match wanted {
        'à' | 'á' | 'â' | 'ä' => 'A',
        'ç' => 'C',
        'è' | 'é' | 'ê' | 'ë' => 'E',
        'ì' | 'í' | 'î' | 'ï' => 'I',
        'ñ' => 'N',
        'ò' | 'ó' | 'ô' | 'ö' => 'O',
        'ù' | 'ú' | 'û' | 'ü' => 'U',
        _ => return false,
    };
    found == bare
}

fn lower(c: char) -> char {
    if c.is_ascii() { c.to_ascii_lowercase() } else { c.to_lowercase().next().unwrap_or(c) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_text_that_begins_with_a_phrase_may_begin_with_it(
            phrases in proptest::collection::vec("[a-cé' ]{1,5}|[가나]{1,2}", 1..4),
            text in "[a-cA-CéÉ'K ]{0,6}|[가나a]{0,4}",
        ) {
            let beginnings = Beginnings::of(phrases.iter().map(String::as_str));
            for phrase in &phrases {
                if end_of(&text, phrase).is_some() {
                    prop_assert!(beginnings.may_begin(&text));
                    prop_assert!(Head::of_phrase(phrase).may_equal(Head::of(&text)));
                }
            }
        }
    }

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
        let french = Phrases::from(["procès-verbal de réunion"]);
        let end = |text: &str| french.end(text, |rest| rest.is_empty());
        assert_eq!(end("PROCES-VERBAL DE REUNION"), Some(24));
        assert_eq!(end("proces-verbal de reunion"), None);
    }
}
