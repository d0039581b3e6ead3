//! What is known of single words: which are given names, which family names, which the names of cities.
//!
//! Two packed tables are part of the program; `data/NOTICE.md` names their sources and licences,
//! `tools/names/README.md` their format. They are searched as they are.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::ingest::memo;
use crate::ingest::text::bytes;

/// How common a name is among all that bear one; for cities, how large the city is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::ingest) enum Strength {
    /// Some bear it: many such words mean something else in some language.
    Rare,
    /// Many bear it in some country; a city of more than 200,000.
    Known,
    /// Among the most common of a large country; a city of more than a million.
    Common,
}

/// What a word is in a language that puts the family name first, or has two of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(in crate::ingest) enum Tag {
    /// A Hungarian given name.
    HungarianGiven = 1,
    /// A Hungarian family name.
    HungarianFamily = 2,
    /// A Japanese given name.
    JapaneseGiven = 4,
    /// A Japanese family name.
    JapaneseFamily = 8,
    /// A Korean family name.
    KoreanFamily = 16,
    /// A Chinese family name.
    ChineseFamily = 32,
    /// A Vietnamese family name.
    VietnameseFamily = 64,
    /// A Spanish family name.
    SpanishFamily = 128,
}

/// How common a word is as a given name, whatever its case and accents; `Jean-Baptiste` by its parts.
pub(in crate::ingest) fn is_given(word: &str) -> Option<Strength> {
    by_parts(word, |entry| strength(entry.flags & 3))
}

/// How common a word is as a family name.
pub(in crate::ingest) fn is_family(word: &str) -> Option<Strength> {
    by_parts(word, |entry| strength(entry.flags >> 2 & 3))
}

/// Whether a text is a city's name, and how large the city is.
pub(in crate::ingest) fn is_city(text: &str) -> Option<Strength> {
    if text.len() > 48 || bytes::has_digit(text) {
        return None;
    }
    memo::ask(&KNOWN_CITIES, text, (), || {
        let folded = fold(text);
        let wide = folded.contains('-') || folded.contains("  ");
        let one_space = || {
            let words: Vec<&str> = folded.split([' ', '-']).filter(|w| !w.is_empty()).collect();
            words.join(" ")
        };
        let name = if wide { Cow::Owned(one_space()) } else { Cow::Borrowed(&*folded) };
        CITIES.get(name.as_bytes()).and_then(|entry| strength(entry.flags & 3))
    })
}

/// Whether a word is such a name.
pub(in crate::ingest) fn is_tagged(word: &str, tag: Tag) -> bool {
    entry(word).is_some_and(|entry| entry.tags & tag as u8 != 0)
}

thread_local! {
    static KNOWN: memo::Answers<(), Option<Entry>> = memo::Answers::default();
    static KNOWN_CITIES: memo::Answers<(), Option<Strength>> = memo::Answers::default();
}

/// What is known of a word: several questions are asked of each.
fn entry(word: &str) -> Option<Entry> {
    memo::ask(&KNOWN, word, (), || WORDS.get(fold(word).as_bytes()))
}

fn strength(bits: u8) -> Option<Strength> {
    match bits {
        0 => None,
        1 => Some(Strength::Rare),
        2 => Some(Strength::Known),
        _ => Some(Strength::Common),
    }
}

/// What is known of a word, else the least of what is known of each of its parts between hyphens.
fn by_parts(word: &str, known: impl Fn(Entry) -> Option<Strength>) -> Option<Strength> {
    if word.len() < 2 || word.len() > 40 {
        return None;
    }
    let whole = |word: &str| {
        let written = umlauts(word).and_then(|w| entry(&w).and_then(&known));
        entry(word).and_then(&known).max(written)
    };
    whole(word).or_else(|| {
        if !word.contains(['-', '‐', '‑']) {
            return None;
        }
        let parts: Option<Vec<Strength>> = word.split(['-', '‐', '‑']).map(whole).collect();
        parts.filter(|parts| parts.len() > 1)?.into_iter().min()
    })
}

/// A word with its umlauts written out, as `Mueller` for `Müller`.
fn umlauts(word: &str) -> Option<String> {
    let written = |c: char| match c {
        'ä' | 'Ä' => "ae",
        'ö' | 'Ö' => "oe",
        'ü' | 'Ü' => "ue",
        _ => "",
    };
    word.contains(|c| !written(c).is_empty()).then(|| {
        word.chars().fold(String::new(), |mut out, c| {
            match written(c) {
                "" => out.push(c),
                long => out.push_str(long),
            }
            out
        })
    })
}

/// A word as the tables hold it: small letters without accents, apostrophes and points.
fn fold(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.bytes().all(|b| b.is_ascii_lowercase() || b == b'-') {
        return Cow::Borrowed(text);
    }
    if text.is_ascii() {
        let mut plain = String::with_capacity(text.len());
        let letters = text.bytes().filter(|b| !matches!(b, b'\'' | b'`' | b'.'));
        plain.extend(letters.map(|b| char::from(b.to_ascii_lowercase())));
        return Cow::Owned(plain);
    }
    let lower = text.chars().flat_map(char::to_lowercase).filter(|c| !"'’‘`ʼ.".contains(*c));
    let mut plain = String::with_capacity(text.len());
    for c in lower {
        match c {
            'ß' => plain.push_str("ss"),
            'æ' => plain.push_str("ae"),
            'œ' => plain.push_str("oe"),
            'þ' => plain.push_str("th"),
            'ø' => plain.push('o'),
            'đ' | 'ð' => plain.push('d'),
            'ł' => plain.push('l'),
            'ı' => plain.push('i'),
            'ə' => plain.push('e'),
            c => plain.push(c),
        }
    }
    Cow::Owned(plain.nfd().filter(|c| !is_combining_mark(*c)).nfc().collect())
}

static WORDS: Table = Table(include_bytes!("data/words.bin"));
static CITIES: Table = Table(include_bytes!("data/cities.bin"));

/// What a table holds of a word.
#[derive(Debug, Clone, Copy)]
struct Entry {
    flags: u8,
    tags: u8,
}

/// Sorted words in blocks of sixteen, each without the letters that it shares with the one before. Before them, how
/// many blocks there are and where each begins. A table of the program's own: a broken one holds nothing, which a
/// test would find.
struct Table(&'static [u8]);

impl Table {
    fn get(&self, word: &[u8]) -> Option<Entry> {
        if word.is_empty() {
            return None;
        }
        let after = self.first_after(word);
        let start = self.block(after.checked_sub(1)?);
        let end = if after < self.number(0) { self.block(after) } else { self.0.len() };
        self.find(start..end, word)
    }

    /// Which block is the first whose words all are after a word.
    fn first_after(&self, word: &[u8]) -> usize {
        let (mut low, mut high) = (0, self.number(0));
        while low < high {
            let middle = low.midpoint(high);
            if self.head(self.block(middle)) <= word {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        low
    }

    /// Where a block begins.
    fn block(&self, index: usize) -> usize {
        let blocks = 4 + 4 * self.number(0);
        blocks + self.number(4 + 4 * index)
    }

    fn number(&self, at: usize) -> usize {
        let four = self.0.get(at..at + 4).and_then(|b| b.first_chunk::<4>());
        four.map_or(0, |b| u32::from_le_bytes(*b) as usize)
    }

    /// The first word of a block.
    fn head(&self, at: usize) -> &[u8] {
        let length = self.0.get(at + 1).copied().map_or(0, usize::from);
        self.0.get(at + 2..at + 2 + length).unwrap_or_default()
    }

    /// The entry of a word in a block. `same` letters of the entry before are those of the word.
    fn find(&self, block: std::ops::Range<usize>, word: &[u8]) -> Option<Entry> {
        let (mut at, mut same) = (block.start, 0);
        while at < block.end {
            let shared = usize::from(*self.0.get(at)?);
            let length = usize::from(*self.0.get(at + 1)?);
            let rest = self.0.get(at + 2..at + 2 + length)?;
            let flags = *self.0.get(at + 2 + length)?;
            let more = flags & 16 != 0;
            // An entry that shares fewer letters with the one before is after the word.
            if shared < same {
                return None;
            }
            if shared == same {
                let wanted = &word[same..];
                let equal = rest.iter().zip(wanted).take_while(|(a, b)| a == b).count();
                same += equal;
                if equal == rest.len() && same == word.len() {
                    let tags = if more { *self.0.get(at + 3 + length)? } else { 0 };
                    return Some(Entry { flags: flags & 15, tags });
                }
            }
            at += 3 + length + usize::from(more);
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_many_languages_are_known() {
        for word in [
            "Mary",
            "Jürgen",
            "István",
            "Ingrid",
            "Hiroshi",
            "François",
            "Jean-Baptiste",
            "JOSÉ",
            "Stanisław",
        ] {
            assert!(is_given(word) >= Some(Strength::Known), "{word}: {:?}", is_given(word));
        }
        for word in [
            "White",
            "Müller",
            "O'Brien",
            "García",
            "Nagy",
            "Rossi",
            "Lefebvre",
            "Sørensen",
            "Yamamoto",
        ] {
            assert!(is_family(word) >= Some(Strength::Known), "{word}: {:?}", is_family(word));
        }
        for word in ["Hello", "Gesendet", "Monday", "Dear", "the", "Sehr", "", "x", "한"] {
            assert_eq!(is_given(word), None, "{word}");
        }
        assert_eq!(is_given("Church"), None);
        assert!(is_given("Bishop") <= Some(Strength::Rare));
    }

    #[test]
    fn cities_are_known_in_several_languages() {
        for (text, least) in [
            ("San Francisco", Strength::Known),
            ("Zürich", Strength::Known),
            ("ZURICH", Strength::Known),
            ("St. Gallen", Strength::Rare),
            ("Genf", Strength::Rare),
            ("Florenz", Strength::Rare),
            ("New York City", Strength::Common),
            ("Saint-Étienne", Strength::Rare),
            ("서울", Strength::Common),
            ("Weimar", Strength::Rare),
        ] {
            assert!(is_city(text) >= Some(least), "{text}: {:?}", is_city(text));
        }
        for text in ["Sincerely", "Dear Mary", "12 Main Street", "", "Harbour Office"] {
            assert_eq!(is_city(text), None, "{text}");
        }
    }

    #[test]
    fn names_of_languages_that_put_the_family_first_are_tagged() {
        for (word, tag) in [
            ("Nagy", Tag::HungarianFamily),
            ("Imre", Tag::HungarianGiven),
            ("Kato", Tag::JapaneseFamily),
            ("Katō", Tag::JapaneseFamily),
            ("Hiroshi", Tag::JapaneseGiven),
            ("Kim", Tag::KoreanFamily),
            ("Zhang", Tag::ChineseFamily),
            ("Nguyễn", Tag::VietnameseFamily),
            ("Pérez", Tag::SpanishFamily),
        ] {
            assert!(is_tagged(word, tag), "{word} {tag:?}");
        }
        assert!(!is_tagged("Smith", Tag::KoreanFamily));
    }

    #[test]
    fn every_word_of_a_table_is_found() {
        for table in [&WORDS, &CITIES] {
            let (mut count, mut word) = (0, Vec::new());
            let mut at = table.block(0);
            while at < table.0.len() {
                let (shared, length) = (table.0[at] as usize, table.0[at + 1] as usize);
                word.truncate(shared);
                word.extend_from_slice(&table.0[at + 2..at + 2 + length]);
                let flags = table.0[at + 2 + length];
                let found = table.get(&word).unwrap();
                assert_eq!(found.flags, flags & 15, "{:?}", String::from_utf8_lossy(&word));
                let mut longer = word.clone();
                longer.push(b'~');
                assert!(table.get(&longer).is_none());
                at += 3 + length + usize::from(flags & 16 != 0);
                count += 1;
            }
            assert!(count > 40_000, "{count}");
        }
    }
}
