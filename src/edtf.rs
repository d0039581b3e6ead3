//! Dates as archives know them: [`EdtfDate`] is an EDTF expression of level 1, or a set of level 2,
//! with the first and the last day that it can denote.
//!
//! Source: Extended Date/Time Format, Library of Congress, 4 February 2019 (ISO 8601-2, annex A).
//! Only this module names the parsing library.

mod day;

use std::fmt;
use std::str::FromStr;

use edtf_core::{Bound, Date, DateField, Edtf, IntervalEndpoint, SetElement, SetKind, YearKind};
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A day of the proleptic Gregorian calendar; years are astronomical, so `0` is 1 BCE.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    /// Year.
    pub year: i32,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, 1 to 31.
    pub day: u8,
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.year < 0 { "-" } else { "" };
        write!(f, "{sign}{:04}-{:02}-{:02}", self.year.abs(), self.month, self.day)
    }
}

impl Serialize for Day {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.collect_str(self);
        }
        (self.year, self.month, self.day).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Day {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let date = EdtfDate::deserialize(deserializer)?;
            return date.certain_day().ok_or_else(|| D::Error::custom("not a day"));
        }
        let (year, month, day) = Deserialize::deserialize(deserializer)?;
        Ok(Self { year, month, day })
    }
}

/// The longest span, in years, that still places a document in each of its years.
pub const MAX_YEARS: i32 = 150;

/// Bytes of an expression: a set of a hundred alternatives fits, and more take long to read.
const LONGEST: usize = 2000;

/// A date expression that was checked; printed, it is in EDTF's preferred form.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EdtfDate {
    text: Box<str>,
    earliest: Option<Day>,
    latest: Option<Day>,
}

/// Why a text is no EDTF date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct EdtfError {
    /// What is wrong with it.
    pub message: String,
}

/// What a date expression says, taken apart for display.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DateShape {
    /// One date.
    Single(PartialDate),
    /// From one date to another.
    Interval(IntervalEnd, IntervalEnd),
    /// One of several dates, not known which.
    OneOf(Vec<PartialDate>),
    /// All of several dates.
    AllOf(Vec<PartialDate>),
}

/// One end of an interval.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum IntervalEnd {
    /// A date.
    Date(PartialDate),
    /// `..`, without limit.
    Open,
    /// Empty: there is a limit, but nobody knows it.
    Unknown,
}

/// A date known to the year, the month or the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartialDate {
    /// The year's digits, with `X` for those unknown: `195X`; a minus sign before year 0.
    pub year: String,
    /// Month 1 to 12, or an EDTF season, 21 to 41.
    pub month: Option<u8>,
    /// Day of the month.
    pub day: Option<u8>,
    /// Whether it is marked as approximate (`~`, `%`).
    pub approximate: bool,
    /// Whether it is marked as uncertain (`?`, `%`).
    pub uncertain: bool,
}

impl EdtfDate {
    /// The first day that this date can denote; an open start, as in `../1871`, has none.
    pub fn earliest(&self) -> Option<Day> {
        self.earliest
    }

    /// The last day that this date can denote; an open end, as in `1871/..`, has none.
    pub fn latest(&self) -> Option<Day> {
        self.latest
    }

    /// The expression in EDTF's preferred form.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The certain day that this date denotes, if it is known to the day without doubt.
    pub fn certain_day(&self) -> Option<Day> {
        let plain = self.text.len() == 10 && !self.text.contains(['~', '?', '%', 'X', '/', '[']);
        self.earliest.filter(|day| plain && Some(*day) == self.latest)
    }

    /// The calendar date that this one states: year, and month and day as far as they are known; none
    /// for spans, sets and years with unknown digits. Approximate and uncertain dates state one too.
    pub fn stated(&self) -> Option<(i32, Option<u8>, Option<u8>)> {
        let DateShape::Single(date) = self.shape() else { return None };
        let month = date.month.filter(|m| *m <= 12);
        Some((date.year.parse().ok()?, month, date.day.filter(|_| month.is_some())))
    }

    /// Whether the year is known: one year, neither approximate nor uncertain.
    pub fn is_certain(&self) -> bool {
        !self.text.contains(['~', '?', '%', 'X', '/', '[', '{'])
    }

    /// Every year that the date may belong to, first to last.
    ///
    /// An interval open at one end counts only the year of the end that it has, since it
    /// says nothing of how far it reaches. Members of a set count one by one. A span of more
    /// than [`MAX_YEARS`] says so little that it counts as none.
    pub fn years(&self) -> Vec<i32> {
        // Dates are asked for their years by the ten thousand, and hardly one is a set.
        if self.text.starts_with(['[', '{'])
            && let DateShape::OneOf(members) | DateShape::AllOf(members) = self.shape()
        {
            let mut years: Vec<i32> = members.iter().filter_map(|d| d.year.parse().ok()).collect();
            years.sort_unstable();
            years.dedup();
            return years;
        }
        match (self.earliest, self.latest) {
            (Some(first), Some(last)) if last.year - first.year < MAX_YEARS => {
                (first.year..=last.year).collect()
            }
            (Some(_), Some(_)) => Vec::new(),
            (Some(day), None) | (None, Some(day)) => vec![day.year],
            (None, None) => Vec::new(),
        }
    }

    /// The expression taken apart.
    pub fn shape(&self) -> DateShape {
        // Most documents bear a day, and a page asks for its parts ten times.
        if let Some(day) = self.certain_day() {
            return DateShape::Single(PartialDate {
                year: self.text[..4].to_owned(),
                month: Some(day.month),
                day: Some(day.day),
                approximate: false,
                uncertain: false,
            });
        }
        self.parsed_shape()
    }

    fn parsed_shape(&self) -> DateShape {
        match Edtf::parse(&self.text).expect("the text was parsed when this value was made") {
            Edtf::Date(date) => DateShape::Single(partial(&date)),
            Edtf::DateTime(time) => DateShape::Single(partial(&time.date)),
            Edtf::Interval(i) => DateShape::Interval(end(i.start), end(i.end)),
            Edtf::Set(set) => {
                let members = set.elements.iter().flat_map(members).collect();
                match set.kind {
                    SetKind::OneMember => DateShape::OneOf(members),
                    SetKind::AllMembers => DateShape::AllOf(members),
                }
            }
        }
    }
}

impl FromStr for EdtfDate {
    type Err = EdtfError;

    fn from_str(text: &str) -> Result<Self, EdtfError> {
        if text.len() > LONGEST {
            let message = format!("it has {} characters, and {LONGEST} are read", text.len());
            return Err(EdtfError { message });
        }
        let edtf = Edtf::parse(text.trim()).map_err(|e| EdtfError { message: e.to_string() })?;
        if matches!(edtf, Edtf::DateTime(_)) {
            return Err(EdtfError { message: "a document's date has no time of day".to_owned() });
        }
        let bounds = edtf.bounds();
        Ok(Self {
            text: edtf.to_string().into(),
            earliest: day(bounds.earliest),
            latest: day(bounds.latest),
        })
    }
}

impl fmt::Display for EdtfDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Serialize for EdtfDate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            return serializer.serialize_str(&self.text);
        }
        (&self.text, self.earliest, self.latest).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for EdtfDate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if deserializer.is_human_readable() {
            let text: String = Deserialize::deserialize(deserializer)?;
            return text.parse().map_err(D::Error::custom);
        }
        // What was written was checked.
        let (text, earliest, latest) = Deserialize::deserialize(deserializer)?;
        Ok(Self { text, earliest, latest })
    }
}

fn day(bound: Bound) -> Option<Day> {
    match bound {
        Bound::Date(d) => {
            Some(Day { year: i32::try_from(d.year).ok()?, month: d.month, day: d.day })
        }
        _ => None,
    }
}

fn end(endpoint: IntervalEndpoint) -> IntervalEnd {
    match endpoint {
        IntervalEndpoint::Date(d)
        | IntervalEndpoint::OnOrBefore(d)
        | IntervalEndpoint::OnOrAfter(d) => IntervalEnd::Date(partial(&d)),
        IntervalEndpoint::Open => IntervalEnd::Open,
        IntervalEndpoint::Unknown => IntervalEnd::Unknown,
    }
}

fn members(element: &SetElement) -> Vec<PartialDate> {
    match element {
        SetElement::Date(d) | SetElement::OnOrBefore(d) | SetElement::OnOrAfter(d) => {
            vec![partial(d)]
        }
        SetElement::Range(a, b) => vec![partial(a), partial(b)],
    }
}

fn partial(date: &Date) -> PartialDate {
    let year = match date.year.kind {
        YearKind::Standard { negative, digits } => {
            let digits: String =
                digits.iter().map(|d| d.map_or('X', |d| char::from(b'0' + d))).collect();
            if negative { format!("-{digits}") } else { digits }
        }
        _ => date.year.value().map_or_else(String::new, |y| y.to_string()),
    };
    PartialDate {
        year,
        month: date.month.and_then(DateField::value),
        day: date.day.and_then(DateField::value),
        approximate: date.is_approximate(),
        uncertain: date.is_uncertain(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn date(text: &str) -> EdtfDate {
        text.parse().unwrap()
    }

    #[test]
    fn the_shape_of_a_day_is_that_which_is_parsed() {
        for text in [
            "2008-11-19",
            "0001-02-03",
            "-0001-02-03",
            "2008-11",
            "2008",
            "2008-21",
            "2008-11-19~",
            "2008-11-1X",
            "2008-11-19/2008-11-19",
            "[2008-11-19]",
            "Y12345678",
            "Y-17000000",
        ] {
            let date = date(text);
            assert_eq!(date.shape(), date.parsed_shape(), "{text}");
        }
    }

    #[test]
    fn bounds_are_the_first_and_last_possible_day() {
        assert_eq!(date("195X").earliest().unwrap().to_string(), "1950-01-01");
        assert_eq!(date("195X").latest().unwrap().to_string(), "1959-12-31");
        assert_eq!(date("../1972").earliest(), None);
        assert_eq!(date("2009-11~").latest().unwrap().to_string(), "2009-11-30");
    }

    #[test]
    fn every_possible_year_is_listed() {
        assert_eq!(date("1998/2001").years(), [1998, 1999, 2000, 2001]);
        assert_eq!(date("[1998-04-05,2003-05-04]").years(), [1998, 2003]);
        assert_eq!(date("1972/..").years(), [1972]);
    }

    #[test]
    fn impossible_days_and_times_are_refused() {
        for text in ["2014-02-30", "10 November 2014", "2014-11-10T10:00:00", ""] {
            assert!(text.parse::<EdtfDate>().is_err(), "{text}");
        }
    }

    #[test]
    fn only_a_plain_day_is_certain_to_the_day() {
        assert!(date("2014-11-10").certain_day().is_some());
        for text in ["2014-11-10?", "2014-11", "2014-11-1X", "2014-11-10/2014-11-10"] {
            assert_eq!(date(text).certain_day(), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_text_makes_the_parser_panic(text in "[-0-9X~?%/.,\\[\\]{}T: ]{0,24}") {
            if let Ok(date) = text.parse::<EdtfDate>() {
                prop_assert_eq!(date.to_string().parse::<EdtfDate>().unwrap(), date.clone());
                prop_assert_eq!(date.shape(), date.parsed_shape());
            }
        }
    }
}
