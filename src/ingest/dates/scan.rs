//! Where dates stand in a text: each form of them is tried where a number begins, or a word that dates may
//! begin with.

use std::ops::Range;

use super::super::text::bytes;
use super::at::{At, roman};
use super::words;
use super::written::{Stop, Written, Year};
use super::{east, forms, numerals, other};

/// One form of dates, tried where a text's rest begins.
pub(super) type Form = fn(At<'_>) -> Option<(At<'_>, Written)>;

/// Forms in the order in which they are tried; where two overlap, the earlier one counts.
const FORMS: [Form; 21] = [
    forms::iso,
    east::korean,
    east::chinese,
    east::lunar,
    forms::span_of_days,
    forms::span_in_month,
    other::uncomputed,
    forms::day_month_year,
    forms::month_day_year,
    forms::roman_month,
    forms::year_month_day_in_words,
    forms::day_month_short_year,
    forms::month_year,
    forms::year_month_day,
    forms::three_numbers,
    other::republican,
    other::vietnamese,
    other::persian,
    forms::feast,
    forms::near_month,
    forms::day_without_year,
];

/// Which of them have Korean or Chinese signs: a text in ASCII has none of them.
const SIGNED: Range<usize> = 1..3;

/// All dates of a text in its order, none inside another.
pub(super) fn scan(text: &str) -> Vec<(Range<usize>, Written)> {
    match Narrow::of(text) {
        Some(narrow) => {
            let found = scan_narrow(&narrow.text).into_iter();
            found
                .map(|(range, written)| {
                    (narrow.places[range.start]..narrow.places[range.end], written)
                })
                .collect()
        }
        None => scan_narrow(text),
    }
}

/// A text in which the wide digits of Chinese and Japanese type, and Arabic and Persian ones, are those of ASCII: `２０２１年`;
/// so are the numerals of dates in Chinese characters: `檀紀 四二八五年 三月 八日`.
struct Narrow {
    text: String,
    /// For each byte of it, and for its end, where it stands in the text.
    places: Vec<usize>,
}

impl Narrow {
    fn of(text: &str) -> Option<Self> {
        if text.is_ascii() || !has_wide_number(text) {
            return None;
        }
        let mut narrow = Self { text: String::with_capacity(text.len()), places: Vec::new() };
        let mut at = 0;
        while let Some(c) = text[at..].chars().next() {
            let written = numerals::before_sign(&text[at..]);
            let end = match written {
                Some((length, number)) => {
                    narrow.text.push_str(&number.to_string());
                    at + length
                }
                None => {
                    narrow.text.push(narrow_digit(c).unwrap_or(c));
                    at + c.len_utf8()
                }
            };
            narrow.places.resize(narrow.text.len(), at);
            at = end;
        }
        narrow.places.push(text.len());
        Some(narrow)
    }
}

/// Whether a text has a digit, of ASCII or a wide one.
pub(super) fn has_number(text: &str) -> bool {
    bytes::has_digit(text) || !text.is_ascii() && has_wide_number(text)
}

fn has_wide_number(text: &str) -> bool {
    text.contains(is_wide_digit) || numerals::has_date(text)
}

fn is_wide_digit(c: char) -> bool {
    narrow_digit(c).is_some()
}

/// The digit of ASCII that a wide one is, or one of Arabic or Persian.
fn narrow_digit(c: char) -> Option<char> {
    let zeros = ['０', '٠', '۰'];
    let value = zeros
        .into_iter()
        .find_map(|zero| u32::from(c).checked_sub(zero.into()).filter(|v| *v < 10))?;
    char::from_digit(value, 10)
}

fn scan_narrow(text: &str) -> Vec<(Range<usize>, Written)> {
    let starts = starts(text);
    let mut found: Vec<(Range<usize>, Written)> = Vec::new();
    // A line may have thousands of numbers.
    let mut taken = vec![false; if starts.is_empty() { 0 } else { text.len() }];
    let plain = text.is_ascii();
    for (_, form) in FORMS.iter().enumerate().filter(|(n, _)| !(plain && SIGNED.contains(n))) {
        for &start in &starts {
            if taken[start] {
                continue;
            }
            let Some((end, written)) = form(At { text, at: start }) else { continue };
            let range = start..end.at;
            if taken[range.clone()].iter().all(|t| !t) {
                taken[range.clone()].fill(true);
                found.push((range, written));
            }
        }
    }
    found.sort_by_key(|(range, _)| range.start);
    found.iter_mut().for_each(|(range, written)| with_day_in_words(text, range, written));
    found
}

/// Adds the day in words to a month and its year: `a los dos días del mes de marzo de 2003`.
fn with_day_in_words(text: &str, range: &mut Range<usize>, written: &mut Written) {
    if let Written::One(Stop { year: Year::Full(_), month: Some(_), day }) = written
        && day.is_none()
        && let Some((start, number)) = words::day_in_words(&text[..range.start])
    {
        range.start = start;
        *day = Some(number);
    }
}

/// Where a number begins, or a word with which dates may begin.
fn starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut before = ' ';
    for (i, c) in text.char_indices() {
        let at = At { text, at: i };
        let begins = if c.is_ascii_digit() {
            !before.is_ascii_digit()
        } else if c.is_alphabetic() && !before.is_alphabetic() {
            // A month may stand close to the day before it, but not a Roman number.
            let word = at.letters();
            words::may_begin_date(at.rest(), word)
                || !before.is_alphanumeric() && (roman(word).is_some() || east::may_be_era(at))
        } else {
            false
        };
        if begins {
            starts.push(i);
        }
        before = c;
    }
    starts
}
