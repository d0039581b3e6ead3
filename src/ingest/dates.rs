//! Dates in prose → EDTF, with the doubt that remains. Months and labels come from the lexicon.
//!
//! Knows one text at a time; which line's date is the document's own is decided elsewhere.

mod line;
mod scan;

use std::ops::Range;
use std::sync::LazyLock;

use super::lexicon::{self, Beginnings, LANGUAGES};
use super::text::bytes;
use crate::config::DateOrder;
use crate::edtf::EdtfDate;
pub(super) use line::{date_line, is_stamp};
use scan::{Era, Written};

/// A date found in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    /// Where it stands, in bytes.
    pub range: Range<usize>,
    /// What it says.
    pub reading: Reading,
}

/// What a date's wording says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    /// The date; `None` if the wording is that of an empty database field.
    pub date: Option<EdtfDate>,
    /// Why it is doubtful.
    pub doubt: Option<String>,
}

/// A line that is a date and little else.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DateLine {
    /// What it says.
    pub reading: Reading,
    /// The place before the date.
    pub place: Option<String>,
}

/// Names of months, which all begin with a letter.
struct Months {
    numbers: lexicon::Meanings<u8>,
    /// Most words are no months by these.
    beginnings: Beginnings,
    longest: usize,
}

static MONTHS: LazyLock<Months> = LazyLock::new(|| {
    let mut numbers = lexicon::Meanings::<u8>::default();
    for language in LANGUAGES {
        for (number, names) in (1..).zip(language.months) {
            for name in names.split('|').filter(|n| n.starts_with(char::is_alphabetic)) {
                numbers.entry(name).or_insert(number);
            }
        }
    }
    let longest = numbers.keys().map(|n| n.len()).max().unwrap_or(0);
    Months { beginnings: Beginnings::of(numbers.keys().copied()), numbers, longest }
});

/// The number of a month's name in any language.
pub(super) fn month_number(name: &str) -> Option<u32> {
    let months = &*MONTHS;
    if name.len() > months.longest || !months.beginnings.may_begin(name) {
        return None;
    }
    months.numbers.get(name.to_lowercase().as_str()).map(|m| u32::from(*m))
}

/// All dates in a text, in its order, none inside another.
pub(super) fn find(text: &str, order: Option<DateOrder>) -> Vec<Found> {
    all(text, order).collect()
}

/// The first date of a text.
fn first(text: &str, order: Option<DateOrder>) -> Option<Found> {
    all(text, order).next()
}

fn all(text: &str, order: Option<DateOrder>) -> impl Iterator<Item = Found> {
    /// Bytes of a line that are looked at; one of megabytes is a table or an attack.
    const LINE: usize = 20_000;
    let end = (0..=LINE.min(text.len())).rev().find(|&i| text.is_char_boundary(i)).unwrap_or(0);
    let text = &text[..end];
    let found = if bytes::has_digit(text) { scan::scan(text) } else { Vec::new() };
    let read = move |(range, written): (Range<usize>, Written)| {
        let mut reading = read(&text[range.clone()], written, order)?;
        if is_circa(&text[..range.start]) || text[range.end..].starts_with('경') {
            reading = approximate(reading);
        }
        Some(Found { range, reading })
    };
    found.into_iter().filter_map(read)
}

/// Whether a text ends in a word that makes the date after it approximate.
fn is_circa(before: &str) -> bool {
    static CIRCA: LazyLock<Vec<&'static str>> = LazyLock::new(|| lexicon::all(|l| l.circa));
    let before = before.trim_end();
    let before = before.strip_suffix('.').unwrap_or(before);
    CIRCA.iter().any(|word| {
        let start = before.len().checked_sub(word.len());
        start.is_some_and(|s| {
            before.get(s..).is_some_and(|end| end.eq_ignore_ascii_case(word))
                && !before[..s].ends_with(char::is_alphanumeric)
        })
    })
}

/// What the numbers of a date say; `text` is how it is written.
fn read(text: &str, written: Written, order: Option<DateOrder>) -> Option<Reading> {
    match written {
        Written::Plain(year, month, day) => on(full_year(year), month, day),
        Written::Era(Era::Dangun, year, month, day) => on(year.checked_sub(2333)?, month, day),
        Written::Era(Era::Juche, year, month, day) => on(year + 1911, month, day),
        Written::Short(year, month, day) => {
            let mut reading = on(full_year(year), month, day)?;
            reading.doubt = reading.doubt.or_else(|| {
                Some(format!("the year is written `{year:02}`; its century is a guess"))
            });
            Some(reading)
        }
        Written::Either(one, other, year) => ambiguous(text, [one, other], full_year(year), order),
    }
}

fn certain(edtf: String) -> Option<Reading> {
    Some(Reading { date: Some(edtf.parse().ok()?), doubt: None })
}

fn full_year(year: u32) -> u32 {
    match year {
        0..=39 => 2000 + year,
        40..=99 => 1900 + year,
        _ => year,
    }
}

/// Two numbers of which either may be the day, unless the archive says which.
fn ambiguous(text: &str, [a, b]: [u32; 2], year: u32, order: Option<DateOrder>) -> Option<Reading> {
    // Points between the numbers are the habit of countries that put the day first.
    let order = order.or(text.contains('.').then_some(DateOrder::DayMonthYear));
    let day_first = on(year, b, Some(a));
    let month_first = on(year, a, Some(b));
    match (order, day_first, month_first) {
        (Some(DateOrder::DayMonthYear), Some(reading), _)
        | (Some(DateOrder::MonthDayYear), _, Some(reading)) => Some(reading),
        (_, Some(reading), None) | (_, None, Some(reading)) => Some(reading),
        (_, Some(reading), Some(_)) if a == b => Some(reading),
        (_, Some(one), Some(other)) => either(text, &one, &other),
        (_, None, None) => None,
    }
}

fn either(text: &str, one: &Reading, other: &Reading) -> Option<Reading> {
    let mut days = [one.date.as_ref()?.to_string(), other.date.as_ref()?.to_string()];
    days.sort();
    Some(Reading {
        date: Some(format!("[{}]", days.join(",")).parse().ok()?),
        doubt: Some(format!(
            "`{text}` may be {} or {}; set `date_order` in config.toml if the archive has one order",
            days[0], days[1]
        )),
    })
}

/// A date by numbers; the days of an empty database field are none.
fn on(year: u32, month: u32, day: Option<u32>) -> Option<Reading> {
    let edtf = match day {
        Some(day) => format!("{year:04}-{month:02}-{day:02}"),
        None => format!("{year:04}-{month:02}"),
    };
    let date: EdtfDate = edtf.parse().ok()?;
    if matches!(edtf.as_str(), "1969-12-31" | "1970-01-01") {
        let doubt = format!(
            "the date is given as {edtf}, which an empty database field shows; the document is undated"
        );
        return Some(Reading { date: None, doubt: Some(doubt) });
    }
    Some(Reading { date: Some(date), doubt: None })
}

fn approximate(reading: Reading) -> Reading {
    let date = reading.date.and_then(|d| {
        let text = d.to_string();
        if text.contains(['[', '/', '~']) { Some(d) } else { format!("{text}~").parse().ok() }
    });
    Reading { date, doubt: reading.doubt }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str) -> Option<(String, Option<String>)> {
        let found = date_line(text, None)?;
        Some((found.reading.date.map_or(String::new(), |d| d.to_string()), found.place))
    }

    #[test]
    fn every_common_form_in_five_languages() {
        for (text, edtf) in [
            ("March 2, 2018", "2018-03-02"),
            ("2 March 2018", "2018-03-02"),
            ("2nd day of March, 2018", "2018-03-02"),
            ("2018년 3월 2일", "2018-03-02"),
            ("2018. 3. 2.", "2018-03-02"),
            ("le 2 mars 2018", "2018-03-02"),
            ("1er décembre 2018", "2018-12-01"),
            ("den 2. März 2018", "2018-03-02"),
            ("2 de marzo de 2018", "2018-03-02"),
            ("March 2018", "2018-03"),
            ("circa 1958", "1958~"),
            ("1958년경", "1958~"),
            ("[1958?]", "1958?"),
            ("1950s", "195X"),
            ("1998–2001", "1998/2001"),
            ("단기 4291년 3월 2일", "1958-03-02"),
            ("주체107(2018)년 3월 2일", "2018-03-02"),
            ("Oct 16, 2014", "2014-10-16"),
            ("Tuesday, 5 June 2012", "2012-06-05"),
            ("Date: 5 June 2012", "2012-06-05"),
            ("10-NOV-2014", "2014-11-10"),
            ("25/12/1998", "1998-12-25"),
            ("03/04/2018", "[2018-03-04,2018-04-03]"),
            ("April 18th 2013 - via mail", "2013-04-18"),
            ("DATED this 3rd day of March, 1998", "1998-03-03"),
            ("18. Juni 1953", "1953-06-18"),
            ("2014-11-10", "2014-11-10"),
        ] {
            assert_eq!(line(text).map(|l| l.0).as_deref(), Some(edtf), "{text}");
        }
    }

    #[test]
    fn a_place_may_stand_before_the_date() {
        for (text, place) in [
            ("New York, 10 November 2014", "New York"),
            ("Berlin, den 3. März 1998", "Berlin"),
            ("Paris, le 4 mai 1968", "Paris"),
            ("Madrid, a 4 de mayo de 1968", "Madrid"),
            ("서울, 2014년 11월 10일", "서울"),
            ("Buenos Aires, 24 de marzo de 1977", "Buenos Aires"),
        ] {
            assert_eq!(line(text).and_then(|l| l.1).as_deref(), Some(place), "{text}");
        }
    }

    #[test]
    fn stamps_and_mere_mentions_are_no_date_lines() {
        for text in [
            "Received 12 November 2008",
            "Eingegangen 12. März 1998",
            "Last updated: May 24, 2013",
            "접수 2014. 3. 2.",
            "On March 21, 2013 the United Nations Human Rights Council adopted",
            "Failure to Protect, October 30, 2006 (report)",
        ] {
            assert_eq!(line(text), None, "{text}");
        }
    }

    #[test]
    fn an_empty_database_field_is_no_date() {
        let found = date_line("Dec 31, 1969", None).unwrap();
        assert!(found.reading.date.is_none() && found.reading.doubt.is_some());
    }

    #[test]
    fn the_archive_may_settle_the_order() {
        let found = date_line("03/04/2018", Some(DateOrder::DayMonthYear)).unwrap();
        assert_eq!(found.reading.date.unwrap().to_string(), "2018-04-03");
        assert!(found.reading.doubt.is_none());
    }
}
