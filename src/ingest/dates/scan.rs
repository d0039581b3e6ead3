//! Where dates stand in a text, and the numbers that they are made of. One form of dates a function,
//! tried at each place where a number or a month's name begins; which number is what, and what remains
//! doubtful, is decided by the caller.

use std::ops::Range;

use super::super::lexicon::{end_of, ends_word};
use super::month_number;

/// The numbers of a date as they are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Written {
    /// Year, month, day.
    Plain(u32, u32, Option<u32>),
    /// The same with a year of two digits.
    Short(u32, u32, Option<u32>),
    /// Two numbers of which either may be the day, then the year.
    Either(u32, u32, u32),
    /// A Korean era's year, month, day.
    Era(Era, u32, u32, Option<u32>),
}

/// By what years are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Era {
    /// 단기: from 2333 BCE.
    Dangun,
    /// 주체: from 1912.
    Juche,
}

/// One form of dates, tried where a text's rest begins.
type Form = fn(At<'_>) -> Option<(At<'_>, Written)>;

/// Forms in the order in which they are tried; where two overlap, the earlier one counts.
const FORMS: [Form; 9] = [
    iso,
    korean,
    chinese,
    day_month_year,
    month_day_year,
    day_month_short_year,
    month_year,
    year_month_day,
    three_numbers,
];

/// All dates of a text in its order, none inside another.
pub(super) fn scan(text: &str) -> Vec<(Range<usize>, Written)> {
    let starts = starts(text);
    let mut found: Vec<(Range<usize>, Written)> = Vec::new();
    for form in FORMS {
        for &start in &starts {
            let taken = |f: &(Range<usize>, Written)| f.0.contains(&start);
            if found.iter().any(taken) {
                continue;
            }
            let Some((end, written)) = form(At { text, at: start }) else { continue };
            if !found.iter().any(|(f, _)| f.start < end.at && start < f.end) {
                found.push((start..end.at, written));
            }
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Where a number begins, a month's name or an era's.
fn starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut before = ' ';
    for (i, c) in text.char_indices() {
        let begins = if c.is_ascii_digit() {
            !before.is_ascii_digit()
        } else {
            c.is_alphabetic() && !before.is_alphanumeric()
        };
        if begins {
            let named = || {
                let word = (At { text, at: i }).word();
                month_number(word).is_some() || word.starts_with(['단', '주'])
            };
            if c.is_ascii_digit() || named() {
                starts.push(i);
            }
        }
        before = c;
    }
    starts
}

/// A place in a text.
#[derive(Clone, Copy)]
struct At<'t> {
    text: &'t str,
    at: usize,
}

impl<'t> At<'t> {
    fn rest(self) -> &'t str {
        &self.text[self.at..]
    }

    fn on(self, bytes: usize) -> Self {
        Self { at: self.at + bytes, ..self }
    }

    /// Whether no letter or digit stands just before.
    fn begins_word(self) -> bool {
        let before = self.text[..self.at].chars().next_back();
        before.is_none_or(|c| !c.is_alphanumeric() && c != '_')
    }

    fn ends_word(self) -> bool {
        ends_word(self.rest())
    }

    fn spaces(self) -> Self {
        self.on(self.rest().len() - self.rest().trim_start().len())
    }

    /// Past white space, of which there must be some.
    fn gap(self) -> Option<Self> {
        let after = self.spaces();
        (after.at > self.at).then_some(after)
    }

    /// Past at most one white space.
    fn space(self) -> Self {
        let first = self.rest().chars().next();
        first.filter(|c| c.is_whitespace()).map_or(self, |c| self.on(c.len_utf8()))
    }

    /// Past one of these signs.
    fn sign(self, signs: &str) -> Option<Self> {
        let first = self.rest().chars().next()?;
        signs.contains(first).then(|| self.on(first.len_utf8()))
    }

    fn optional(self, signs: &str) -> Self {
        self.sign(signs).unwrap_or(self)
    }

    /// Past a word in lower case, whatever its case in the text.
    fn literal(self, word: &str) -> Option<Self> {
        end_of(self.rest(), word).map(|end| self.on(end))
    }

    /// Past the first of some phrases, each with the space after it, if there is one.
    fn any(self, phrases: &[&str]) -> Self {
        phrases.iter().find_map(|p| self.literal(p)).unwrap_or(self)
    }

    /// A number of so many digits, and no more.
    fn number(self, digits: std::ops::RangeInclusive<usize>) -> Option<(Self, u32)> {
        let rest = self.rest();
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        let number = digits.contains(&length).then(|| rest[..length].parse().ok())??;
        Some((self.on(length), number))
    }

    /// A number of one or two digits that may be a day, with its ordinal's ending.
    fn day(self) -> Option<(Self, u32)> {
        let (after, day) = self.number(1..=2).filter(|(_, n)| *n < 40)?;
        let ordinal = after.space();
        if ordinal.rest().starts_with(|c: char| c.is_ascii() && !c.is_ascii_alphabetic()) {
            return Some((after.optional("."), day));
        }
        for ending in ["st", "nd", "rd", "th", "er", "º", "°", "ª"] {
            if let Some(end) = ordinal.literal(ending).filter(|e| e.ends_word()) {
                return Some((end, day));
            }
        }
        Some((after.optional("."), day))
    }

    /// A year of which documents may be.
    fn year(self) -> Option<(Self, u32)> {
        self.number(4..=4).filter(|(_, y)| (1400..2200).contains(y))
    }

    /// The letters that come next.
    fn word(self) -> &'t str {
        let rest = self.rest();
        let end = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        &rest[..end]
    }

    /// A month's name with its point.
    fn month(self) -> Option<(Self, u32)> {
        let word = self.word();
        let number = month_number(word)?;
        Some((self.on(word.len()).optional("."), number))
    }
}

/// `2014-11-10`
fn iso(at: At<'_>) -> Option<(At<'_>, Written)> {
    let (at, year) = at.begins_word().then(|| at.number(4..=4))??;
    let (at, month) = at.sign("-")?.number(2..=2)?;
    let (at, day) = at.sign("-")?.number(2..=2)?;
    at.ends_word().then_some((at, Written::Plain(year, month, Some(day))))
}

/// `2014년 11월 10일`, `단기 4291년 3월 2일`, `주체107(2018)년 3월`
fn korean(start: At<'_>) -> Option<(At<'_>, Written)> {
    let dangun = start.literal("단기").map(|a| (a, Era::Dangun));
    let era = dangun.or_else(|| start.literal("주체").map(|a| (a, Era::Juche)));
    let (at, counted) = era.map_or(start, |(a, _)| a).spaces().number(2..=4)?;
    let after = at.spaces();
    let bracketed = after.sign("(").and_then(|a| a.number(4..=4));
    let bracketed = bracketed.and_then(|(a, year)| Some((a.sign(")")?, year)));
    let (at, common) = bracketed.map_or((after, None), |(a, year)| (a, Some(year)));
    let (at, month) = at.spaces().literal("년")?.spaces().number(1..=2)?;
    let (at, day) = month_sign_and_day(at, "월", "일")?;
    let written = match (era, common) {
        (_, Some(year)) => Written::Plain(year, month, day),
        (Some((_, era)), None) => Written::Era(era, counted, month, day),
        (None, None) if counted > 4200 => Written::Era(Era::Dangun, counted, month, day),
        (None, None) => Written::Plain(counted, month, day),
    };
    Some((at, written))
}

/// `2014年11月10日`
fn chinese(at: At<'_>) -> Option<(At<'_>, Written)> {
    let (at, year) = at.number(4..=4)?;
    let (at, month) = at.spaces().literal("年")?.spaces().number(1..=2)?;
    let (at, day) = month_sign_and_day(at, "月", "日")?;
    Some((at, Written::Plain(year, month, day)))
}

fn month_sign_and_day<'t>(at: At<'t>, month: &str, day: &str) -> Option<(At<'t>, Option<u32>)> {
    let at = at.spaces().literal(month)?;
    let dated = at.spaces().number(1..=2);
    let dated = dated.and_then(|(a, number)| Some((a.spaces().literal(day)?, number)));
    Some(dated.map_or((at, None), |(a, number)| (a, Some(number))))
}

/// `10 November 2014`, `10-NOV-2014`, `2nd day of March, 2018`, `2 de marzo de 2018`, `den 3. März 1998`
fn day_month_year(at: At<'_>) -> Option<(At<'_>, Written)> {
    let (at, day) = at.begins_word().then(|| at.day())??;
    let (at, month) = at.spaces().any(&["day of ", "de ", "of ", "-", "/"]).spaces().month()?;
    let between = ["de ", "del ", "of ", "-", "/", "in the year "];
    let (at, year) = at.optional(",").spaces().any(&between).spaces().year()?;
    at.ends_word().then_some((at, Written::Plain(year, month, Some(day))))
}

/// `November 10, 2014`
fn month_day_year(at: At<'_>) -> Option<(At<'_>, Written)> {
    let (at, month) = at.begins_word().then(|| at.month())??;
    let (at, day) = at.gap()?.day()?;
    let spaced = at.spaces();
    let (at, year) = spaced.sign(",").map(At::spaces).or_else(|| at.gap())?.year()?;
    at.ends_word().then_some((at, Written::Plain(year, month, Some(day))))
}

/// `10 Nov 14`, `10-NOV-'14`
fn day_month_short_year(at: At<'_>) -> Option<(At<'_>, Written)> {
    let (at, day) = at.begins_word().then(|| at.day())??;
    let joined = |c: char| c.is_whitespace() || "-/,".contains(c);
    let first = at.rest().chars().next().filter(|c| joined(*c) && *c != ',')?;
    let (at, month) = at.on(first.len_utf8()).month()?;
    let gap = at.rest().len() - at.rest().trim_start_matches(joined).len();
    let (at, year) = (gap > 0).then(|| at.on(gap).optional("'’").number(2..=2))??;
    at.ends_word().then_some((at, Written::Short(year, month, Some(day))))
}

/// `November 2014`, `marzo de 2018`
fn month_year(at: At<'_>) -> Option<(At<'_>, Written)> {
    let (at, month) = at.begins_word().then(|| at.month())??;
    let (at, year) = at.optional(",").gap()?.any(&["de ", "del ", "of "]).year()?;
    at.ends_word().then_some((at, Written::Plain(year, month, None)))
}

/// `2014. 11. 10.`, `2014/11/10`
fn year_month_day(at: At<'_>) -> Option<(At<'_>, Written)> {
    let (at, year) = at.begins_word().then(|| at.year())??;
    let (at, month) = at.space().sign("./")?.space().number(1..=2)?;
    let (at, day) = at.space().sign("./")?.space().number(1..=2)?;
    let written = Written::Plain(year, month, Some(day));
    at.ends_word().then_some((at.optional("."), written))
}

/// `03/04/2018`, `10.11.14`
fn three_numbers(at: At<'_>) -> Option<(At<'_>, Written)> {
    let (at, one) = at.begins_word().then(|| at.number(1..=2))??;
    let (at, other) = at.space().sign("./-")?.space().number(1..=2)?;
    let at = at.space().sign("./-")?.space();
    let (at, year) = at.number(4..=4).or_else(|| at.number(2..=2))?;
    at.ends_word().then_some((at, Written::Either(one, other, year)))
}
