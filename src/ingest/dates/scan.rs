//! Where dates are in a text: each form of them is tried where a number begins, or a word that dates may
//! begin with.

use std::ops::Range;

use super::super::text::bytes;
use super::at::{At, roman};
use super::words;
use super::written::{Stop, Written, Year};
use super::{east, forms, numerals, other, year_words};

/// One form of dates, tried where a text's rest begins.
pub(super) type Form = fn(At<'_>) -> Option<(At<'_>, Written)>;

/// What a text must have for a form to be tried.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Needs {
    Nothing,
    /// Signs or letters of other scripts, or accents: a text in ASCII has none of them.
    Signs,
    /// The name of a month, where a number or a word begins.
    Month,
}

/// Forms in the order in which they are tried; where two overlap, the earlier one counts.
const FORMS: [(Form, Needs); 22] = [
    (forms::iso, Needs::Nothing),
    (forms::season, Needs::Nothing),
    (east::korean, Needs::Signs),
    (east::chinese, Needs::Signs),
    (east::lunar, Needs::Nothing),
    (forms::span_of_days, Needs::Month),
    (forms::span_in_month, Needs::Month),
    (other::uncomputed, Needs::Nothing),
    (forms::day_month_year, Needs::Nothing),
    (forms::month_day_year, Needs::Month),
    (forms::roman_month, Needs::Nothing),
    (forms::year_month_day_in_words, Needs::Month),
    (forms::day_month_short_year, Needs::Month),
    (forms::month_year, Needs::Month),
    (forms::year_month_day, Needs::Nothing),
    (forms::three_numbers, Needs::Nothing),
    (other::republican, Needs::Nothing),
    (other::vietnamese, Needs::Signs),
    (other::persian, Needs::Signs),
    (forms::feast, Needs::Nothing),
    (forms::near_month, Needs::Nothing),
    (forms::day_without_year, Needs::Month),
];

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
    /// For each byte of it, and for its end, where it is in the text.
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

/// Whether a text has a digit, of ASCII or a wide one, or the words with which a year begins.
pub(super) fn has_number(text: &str) -> bool {
    bytes::has_digit(text)
        || !text.is_ascii() && has_wide_number(text)
        || year_words::may_have_one(text)
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
    let has_signs = !text.is_ascii();
    let has_month = starts.iter().any(|&at| At { text, at }.month().is_some());
    let may_be = |needs: Needs| match needs {
        Needs::Nothing => true,
        Needs::Signs => has_signs,
        Needs::Month => has_month,
    };
    for (form, _) in FORMS.iter().filter(|(_, needs)| may_be(*needs)) {
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
            // A month may be close to the day before it, but not a Roman number.
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
