//! A place in a text, and what a date can go on with there.

use super::super::lexicon::{end_of, ends_word};
use super::words::{BEHIND_YEARS, JOINS, MONTHS, Next, ORDINALS};
use super::written::Year;
use super::year_words;

/// A place in a text.
#[derive(Clone, Copy)]
pub(super) struct At<'t> {
    pub text: &'t str,
    pub at: usize,
}

impl<'t> At<'t> {
    pub(super) fn rest(self) -> &'t str {
        &self.text[self.at..]
    }

    pub(super) fn on(self, bytes: usize) -> Self {
        Self { at: self.at + bytes, ..self }
    }

    fn next(self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Whether no letter or digit is just before.
    pub(super) fn begins_word(self) -> bool {
        let before = self.text[..self.at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric() && c != '_')
    }

    pub(super) fn ends_word(self) -> bool {
        ends_word(self.rest())
    }

    pub(super) fn spaces(self) -> Self {
        self.on(self.rest().len() - self.rest().trim_start().len())
    }

    /// Past white space, of which there must be some.
    pub(super) fn gap(self) -> Option<Self> {
        let after = self.spaces();
        (after.at > self.at).then_some(after)
    }

    /// Past white space and the points, commas and dashes that some write between the parts of a date.
    pub(super) fn dividers(self) -> Self {
        const MOST: usize = 3;
        let mut at = self.spaces();
        for _ in 0..MOST {
            let Some(after) = at.sign(",.;-–—") else { break };
            at = after.spaces();
        }
        at
    }

    /// This place, if white space or a sign is before it.
    pub(super) fn gap_before(self) -> Option<Self> {
        self.begins_word().then_some(self)
    }

    /// Past at most one white space.
    pub(super) fn space(self) -> Self {
        self.next().filter(|c| c.is_whitespace()).map_or(self, |c| self.on(c.len_utf8()))
    }

    /// Past one of these signs.
    pub(super) fn sign(self, signs: &str) -> Option<Self> {
        let first = self.next()?;
        signs.contains(first).then(|| self.on(first.len_utf8()))
    }

    pub(super) fn optional(self, signs: &str) -> Self {
        self.sign(signs).unwrap_or(self)
    }

    /// Past a word in lower case, whatever its case in the text.
    pub(super) fn literal(self, word: &str) -> Option<Self> {
        end_of(self.rest(), word).map(|end| self.on(end))
    }

    /// Past one of some phrases.
    pub(super) fn past(self, phrases: &Next) -> Option<Self> {
        phrases.end(self.rest()).map(|end| self.on(end))
    }

    /// Past white space, and the small words between the parts of a date.
    pub(super) fn joined(self) -> Self {
        let mut at = self.spaces();
        // As in "of the year", and no more.
        for _ in 0..3 {
            let Some(after) = at.past(&JOINS) else { break };
            at = after.optional(".").spaces();
        }
        at
    }

    /// A number of so many digits, and no more.
    pub(super) fn number(self, digits: std::ops::RangeInclusive<usize>) -> Option<(Self, u32)> {
        let rest = self.rest();
        // A longer number is none of a date.
        let length = rest.bytes().take(12).take_while(u8::is_ascii_digit).count();
        let number = digits.contains(&length).then(|| rest[..length].parse().ok())??;
        Some((self.on(length), number))
    }

    /// A number of one or two digits that may be a day, with its ordinal's ending, or a Roman one.
    pub(super) fn day(self) -> Option<(Self, u32)> {
        let Some((after, day)) = self.number(1..=2).filter(|(_, n)| *n < 40) else {
            let word = self.letters();
            let (day, end) = (roman(word)?, self.on(word.len()));
            // One letter is a word: "as I may".
            let clear = word.len() > 1 || end.rest().starts_with('.');
            return (clear && end.ends_word()).then_some((end.optional("."), day));
        };
        if let Some(end) = ORDINALS.end(after.rest()).or_else(|| glued_ordinal(after.rest())) {
            return Some((after.on(end).optional("."), day));
        }
        // "10.ten Januar"
        let point = after
            .sign(".")
            .and_then(|a| Some(a.on(ORDINALS.end(a.rest()).filter(|end| *end >= 2)?)));
        if let Some(after) = point {
            return Some((after.optional("."), day));
        }
        let spaced = after.space();
        let ordinal = ORDINALS.end(spaced.rest()).filter(|end| *end >= 2);
        let after = ordinal.map_or(after, |end| spaced.on(end));
        Some((after.optional("."), day))
    }

    /// A year of which documents may be, of four digits.
    pub(super) fn full_year(self) -> Option<(Self, u32)> {
        self.number(4..=4).filter(|(_, y)| (1400..2200).contains(y))
    }

    /// A year of four digits, perhaps of two beginnings as `1702/3`, perhaps in brackets as `[1896?]`.
    pub(super) fn year(self) -> Option<(Self, Year)> {
        let open = self.sign("[(");
        let Some((at, year)) = open.unwrap_or(self).full_year() else {
            let (at, year) = year_words::year(self)?;
            return Some((at, Year::Full(year)));
        };
        let (at, year) = at.split(year).unwrap_or((at, Year::Full(year)));
        match open {
            None => Some((at.spaces().past(&BEHIND_YEARS).unwrap_or(at), year)),
            Some(_) => Some((at.optional("?").sign("])")?, year)),
        }
    }

    /// The second year of `1702/3`, `1702-03`, `1702/1703`.
    fn split(self, first: u32) -> Option<(Self, Year)> {
        let at = self.sign("/-")?;
        let (at, next) = at.number(1..=4)?;
        let digits = at.at - self.at - 1;
        let follows = (first + 1) % 10_u32.pow(digits as u32) == next && digits != 3;
        let whole = at.ends_word() && !at.rest().starts_with(['/', '-']);
        (follows && whole).then_some((at, Year::Two(first, first + 1)))
    }

    /// A year of two digits, perhaps with an apostrophe.
    pub(super) fn short_year(self) -> Option<(Self, Year)> {
        let (at, year) = self.optional("'’‘").number(2..=2)?;
        Some((at, Year::Short(year)))
    }

    /// A year of three digits, as `907` for 1907.
    pub(super) fn year_without_thousand(self) -> Option<(Self, Year)> {
        let (at, year) = self.number(3..=3)?;
        (500..1000).contains(&year).then_some((at, Year::NoThousand(year)))
    }

    /// The letters and digits that come next.
    pub(super) fn word(self) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        &rest[..end]
    }

    /// The letters that come next.
    pub(super) fn letters(self) -> &'t str {
        let rest = self.rest();
        &rest[..rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len())]
    }

    /// A month's name with its point; a day or a year may be close to it: `Avril1922`.
    pub(super) fn month(self) -> Option<(Self, u32)> {
        let word = if self.rest().starts_with(|c: char| c.is_ascii_digit()) {
            self.word()
        } else {
            self.letters()
        };
        let number = MONTHS.number(word)?;
        let at = self.on(word.len());
        let end = !at.rest().starts_with('_');
        end.then(|| (at.sign(".").map_or(at, |a| a.optional(":")).optional(":"), number.into()))
    }
}

/// The ending of `2nd1822`.
fn glued_ordinal(rest: &str) -> Option<usize> {
    let letters = rest.bytes().take(3).take_while(u8::is_ascii_alphabetic).count();
    let glued = rest[letters..].starts_with(|c: char| c.is_ascii_digit());
    (glued && letters == 2 && ORDINALS.end(&rest[..letters]).is_some()).then_some(letters)
}

/// A Roman number up to 31, in letters of one size.
pub(super) fn roman(word: &str) -> Option<u32> {
    const TENS: [&str; 4] = ["", "x", "xx", "xxx"];
    const ONES: [&str; 10] = ["", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix"];
    let numeral = |b: u8| matches!(b | 0x20, b'i' | b'v' | b'x');
    if word.is_empty() || word.len() > 7 || !word.bytes().all(numeral) {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let one_size = lower == word || word.bytes().all(|b| b.is_ascii_uppercase());
    let tens = lower.bytes().take_while(|b| *b == b'x').count();
    // The nine's own letter is no ten.
    let tens = if lower.ends_with("ix") { tens.min(lower.len() - 2) } else { tens };
    let ones = ONES.iter().position(|o| *o == &lower[tens.min(lower.len())..])?;
    let number = tens * 10 + ones;
    (one_size && tens < TENS.len() && (1..=31).contains(&number)).then_some(number as u32)
}
