//! Dates in prose → EDTF, with the doubt that remains. Months, labels and eras come from the lexicon.
//!
//! A date is found by its form (`scan`, `forms`, `east`), then read (`read`): what it says, or why it says no
//! day. Knows one line at a time, and what its caller knows of the archive; which line's date is the
//! document's own is decided elsewhere.

mod at;
mod beside;
mod calendar;
mod century;
mod clock;
mod east;
mod forms;
mod label;
mod line;
mod loose;
mod numerals;
mod other;
mod place;
mod read;
mod scan;
mod words;
mod written;
mod year_words;

use std::ops::Range;

use crate::config::DateOrder;
use crate::edtf::EdtfDate;
pub(super) use label::{Heads, Label, heads};
pub(super) use line::is_stamp;
use read::Asked;
use scan::has_number;

/// What is known of an archive's dates before one of them is read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(super) struct Context {
    /// Which of two numbers is the day.
    pub order: Option<DateOrder>,
    /// The first and the last year of the archive, for years of two digits.
    pub span: Option<(i32, i32)>,
    /// No document is of a later year.
    pub latest: Option<i32>,
    /// The latest year that the text names, to which a year of two digits is near.
    pub near: Option<i32>,
}

/// A date found in a text.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    /// Where it is, in bytes.
    pub range: Range<usize>,
    /// What it says.
    pub reading: Reading,
}

/// What a date's wording says.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Reading {
    /// The date; `None` if the wording is that of an empty database field, or was not understood.
    pub date: Option<EdtfDate>,
    /// Why it is doubtful; quotes the wording if there is no date.
    pub doubt: Option<String>,
}

impl Reading {
    /// Whether it is one day without doubt in its writing: `1931-05-03`.
    pub(super) fn is_whole_day(&self) -> bool {
        self.date.as_ref().and_then(EdtfDate::certain_day).is_some()
    }
}

/// A date or something like one, with what is beside it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DateMention {
    /// Where it is in the line, in bytes.
    pub range: Range<usize>,
    /// What it says.
    pub reading: Reading,
    /// What the date is left without.
    pub missing: Option<Missing>,
    /// Words before it that say what happened on it.
    pub label: Option<Label>,
}

/// What a date needs to be one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    /// The year of this month and day.
    Year(u32, u32),
    /// The month of this day: of last month (-1), of this one (0), of the next one (1).
    Month(u32, i8),
    /// The century of its year, which was guessed.
    Century,
}

/// A line that is a date and little else.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct DateLine {
    /// What it says.
    pub reading: Reading,
    /// The place before the date.
    pub place: Option<String>,
}

/// What is before the first date of a line, understood or not, without the articles and days that belong to
/// it; nothing if it is the date of another event.
pub(super) fn before_date(line: &str) -> Option<&str> {
    let mention = mentions(line, Context::default()).into_iter().next()?;
    let of_other = mention.label.is_some_and(|label| !label.own) || is_stamp(line);
    Some(if of_other { "" } else { beside::before(&line[..mention.range.start]).rest })
}

/// The town of `강릉에서`, a line by itself that says from where somebody writes.
pub(super) fn korean_place(line: &str) -> Option<&str> {
    let place = line.trim().strip_suffix("에서")?;
    let town = (2..=5).contains(&place.chars().count());
    (town && place.chars().all(|c| ('가'..='힣').contains(&c))).then_some(place)
}

/// Whether a text may name a place: it is no label, no era, no day, and has no small words but those of names.
pub(super) fn may_be_place(text: &str) -> bool {
    place::is_place(text)
}

/// Whether the words before a year make it one to come, or the number of something else.
pub(super) fn is_ahead(before: &str) -> bool {
    words::YEARS_AHEAD.start_at_end(near_end(before).trim_end()).is_some()
}

/// The number of a month's name in any language.
pub(super) fn month_number(name: &str) -> Option<u32> {
    words::MONTHS.number(name).map(u32::from)
}

/// All dates of a line and what is like one, in its order, none inside another.
pub(super) fn mentions(line: &str, context: Context) -> Vec<DateMention> {
    /// Bytes of a line that are looked at; one of megabytes is a table or an attack.
    const LINE: usize = 20_000;
    let text = &line[..line.floor_char_boundary(LINE)];
    let found = if has_number(text) { scan::scan(text) } else { Vec::new() };
    found
        .into_iter()
        .filter_map(|(range, written)| mention(text, range, written, context))
        .collect()
}

fn mention(
    text: &str,
    range: Range<usize>,
    written: written::Written,
    context: Context,
) -> Option<DateMention> {
    let (before, after) = (near_end(&text[..range.start]), &text[range.end..]);
    let beside = beside::before(before);
    let weekday = beside.weekday.or_else(|| beside::after(after).weekday);
    let wording = &text[range.clone()];
    let (reading, missing) = read::read(written, Asked { text: wording, context, weekday })?;
    let reading = beside.signed(reading, [before, wording, after]);
    let skipped = range.start - before.len();
    let label = label::before(before)
        .map(|l| Label { range: l.range.start + skipped..l.range.end + skipped, own: l.own });
    Some(DateMention { range, reading, missing, label })
}

/// As much of the text before a date as a label may have.
fn near_end(text: &str) -> &str {
    const NEAR: usize = 200;
    &text[text.ceil_char_boundary(text.len().saturating_sub(NEAR))..]
}

/// Whether a text names a day of a month, with its year or without: `August 1`.
pub(super) fn names_day_of_month(text: &str) -> bool {
    mentions(text, Context::default())
        .iter()
        .any(|m| !matches!(m.missing, Some(Missing::Month(..))))
}

/// All dates in a text that say a day, a month or a year, or one that cannot be, in its order.
pub(super) fn find(text: &str, order: Option<DateOrder>) -> Vec<Found> {
    let context = Context { order, ..Context::default() };
    let whole =
        |m: &DateMention| !matches!(m.missing, Some(Missing::Year(..) | Missing::Month(..)));
    let found = mentions(text, context).into_iter().filter(whole);
    found.map(|m| Found { range: m.range, reading: m.reading }).collect()
}

/// Reads a line that is nothing but a date with its year, or what was meant as one.
pub(super) fn date_line(line: &str, order: Option<DateOrder>) -> Option<DateLine> {
    let (found, missing) = line::whole(line, Context { order, ..Context::default() })?;
    (!matches!(missing, Some(Missing::Year(..)))).then_some(found)
}

/// Reads a line that is nothing but a date, whole or not: `3 May`, `9th inst.`, `Monday night` as well. Such a
/// reading has no date, and quotes the line.
pub(super) fn any_date_line(line: &str, context: Context) -> Option<DateLine> {
    line::whole(line, context).map(|(found, _)| found).or_else(|| line::without_date(line))
}

/// Date, place and doubt of a date line, for the tests of this module's files.
#[cfg(test)]
fn parts(text: &str) -> Option<(String, Option<String>, Option<String>)> {
    let DateLine { reading, place } = any_date_line(text, Context::default())?;
    Some((reading.date.map_or(String::new(), |d| d.to_string()), place, reading.doubt))
}

/// The dates of some lines, each of which is one.
#[cfg(test)]
fn assert_dates(wanted: &[(&str, &str)]) {
    let wrong = wanted.iter().filter_map(|(text, edtf)| {
        let found = parts(text);
        (found.as_ref().map(|f| f.0.as_str()) != Some(*edtf))
            .then(|| format!("{text:?}: {found:?}, not {edtf}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Lines without a date, and what their doubt quotes.
#[cfg(test)]
fn assert_quoted(wanted: &[(&str, &str)]) {
    for (text, doubt) in wanted {
        let found = parts(text);
        let (date, _, said) = found.clone().unwrap_or_default();
        assert!(date.is_empty() && said.is_some_and(|s| s.contains(doubt)), "{text:?}: {found:?}");
    }
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

    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(parts in proptest::collection::vec(
            prop_oneof![
                "[0-9]{1,5}", "[-–/.,:;()\\[\\]?~'’ ]{1,3}", "\\PC{0,3}",
                Just("March".to_owned()), Just("3rd".to_owned()), Just("Lady Day".to_owned()),
                Just("소화".to_owned()), Just("년".to_owned()), Just("월".to_owned()), Just("일".to_owned()),
                Just("음력".to_owned()), Just("inst.".to_owned()), Just("Monday".to_owned()),
                Just("circa".to_owned()), Just("bis".to_owned()), Just("XII".to_owned()),
                Just("7bre".to_owned()), Just("(금)".to_owned()), Just("o.s.".to_owned()),
                Just("Embargoed until".to_owned()), Just("at".to_owned()), Just("İ".to_owned()),
            ], 0..9), gap in " ?") {
            let text = parts.join(&gap);
            let context = Context { span: Some((1838, 1882)), ..Context::default() };
            let mut end = 0;
            for mention in mentions(&text, context) {
                prop_assert!(mention.range.start >= end && text.is_char_boundary(mention.range.end));
                end = mention.range.end;
                if let Some(label) = mention.label {
                    prop_assert!(text.get(label.range).is_some_and(|l| !l.is_empty()));
                }
            }
            any_date_line(&text, context);
            date_line(&text, Some(DateOrder::MonthDayYear));
        }
    }
}
