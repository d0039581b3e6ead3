//! Lines that are a date and little else, and lines whose date is a stamp's.

use super::super::lexicon::ends_word;
use super::super::memo;
use super::super::names::{self, Named};
use super::super::text;
use super::beside;
use super::loose::loose;
use super::place::{self, Before};
use super::read::quoted;
use super::scan::has_number;
use super::words::{STAMP_OPENINGS, STAMPS, WEEKDAYS};
use super::{Context, DateLine, DateMention, Missing, Reading, mentions};

/// A longer line has more than a date.
const LONGEST: usize = 120;

/// A date line, and what its date left open.
pub(super) type Whole = (DateLine, Option<Missing>);

/// Reads a line that is nothing but a date, with at most a label, a day of the week, a place, a time.
pub(super) fn whole(line: &str, context: Context) -> Option<Whole> {
    if line.len() > LONGEST + 10 || !has_number(line) {
        return None;
    }
    // A day without its year has one digit or two, and little is beside it.
    let digits = line.bytes().filter(u8::is_ascii_digit).take(3).count();
    if digits < 3 && line.len() > LONGEST / 2 {
        return None;
    }
    memo::ask(&READ, line, context, || read(text::without_emphasis(line), context))
}

thread_local! {
    static READ: memo::Answers<Context, Option<Whole>> = memo::Answers::default();
}

/// Reads a line that has a number.
fn read(line: &str, context: Context) -> Option<Whole> {
    if line.len() > LONGEST {
        return None;
    }
    if let Some(reading) = loose(line) {
        return (!is_stamp(line)).then_some((DateLine { reading, place: None }, None));
    }
    let mention = mentions(line, context).into_iter().next()?;
    if mention.label.as_ref().is_some_and(|label| !label.own) || is_stamp(line) {
        return None;
    }
    let words = place::before(beside::before(&line[..mention.range.start]).rest);
    // `Harbour Office          Leith, 3 May 1931`: the date has a column of its own.
    let is_beside_body = || {
        let first = text::cells(line).first().copied();
        first.is_some_and(|cell| {
            cell.len() < mention.range.start && names::judge(cell) == Named::Organization
        })
    };
    if matches!(words, Before::Words(_)) && is_beside_body() {
        return None;
    }
    let before = match words {
        Before::Other => return None,
        Before::Fits | Before::Words(_) => None,
        Before::Place(place) => Some(place),
    };
    let after = place_after(&line[mention.range.end..], before.is_none())?;
    let place = before.or(after).map(|p| place::without_stop(p).to_owned());
    let DateMention { reading, missing, .. } = mention;
    let reading = match words {
        Before::Words(words) => with_words(reading, words),
        _ => reading,
    };
    Some((DateLine { reading, place }, missing))
}

/// A reading in doubt, since words are before it that may say what else happened on that day.
fn with_words(reading: Reading, words: &str) -> Reading {
    let doubt = || format!("the date comes after `{}`", quoted(words));
    Reading { doubt: Some(reading.doubt.unwrap_or_else(doubt)), ..reading }
}

/// What may follow the date: signs, a day of the week, a time, how the letter was sent, the place if none is
/// before the date; `None` if something else follows.
fn place_after(after: &str, may_be_place: bool) -> Option<Option<&str>> {
    let rest = beside::after(after).rest;
    let bare = |c: char| c.is_whitespace() || ".,;:()[]*_?-–—에|".contains(c);
    if rest.trim_matches(bare).is_empty() || is_remark(rest) {
        return Some(None);
    }
    let place = rest.strip_prefix('.')?.trim().trim_end_matches(['.', ',']);
    if !may_be_place || !PLACE.iter().all(|fits| fits(place)) {
        return None;
    }
    let named = matches!(names::judge(place), Named::Unknown | Named::Country | Named::Address);
    Some(Some(place).filter(|_| named))
}

/// What a place behind a date must be.
const PLACE: &[fn(&str) -> bool] = &[
    |place| text::has_at_most(place, 4),
    |place| place.starts_with(char::is_uppercase),
    |place| !place.contains(|c: char| c.is_ascii_digit() || ":;@.\"“".contains(c)),
    place::is_place,
];

/// ` – by hand`: a few words behind a dash.
fn is_remark(rest: &str) -> bool {
    let dashed = rest.trim_start_matches([',', '.']).trim_start();
    let Some(words) = dashed.strip_prefix(['-', '–']) else { return false };
    let plain = |w: &str| w.chars().all(|c| c.is_alphanumeric() || c == '_');
    words.starts_with(char::is_whitespace)
        && (1..=3).contains(&words.split_whitespace().count())
        && words.split_whitespace().all(plain)
}

/// A line that names a day of the week, a part of it or a feast, but no date: `Monday night`.
pub(super) fn without_date(line: &str) -> Option<DateLine> {
    /// Such lines are short.
    const LONGEST_DAY: usize = 60;
    let line = text::without_emphasis(line);
    if line.len() > LONGEST_DAY || !names_day(line) {
        return None;
    }
    let before = beside::before(line.trim_end_matches(['.', ',', ' ']));
    if before.weekday.is_none() && !before.more {
        return None;
    }
    let place = match place::before(before.rest) {
        Before::Other => return None,
        Before::Words(_) => return None,
        Before::Fits if !before.rest.trim().is_empty() => return None,
        Before::Fits => None,
        // Without a comma it is the subject of a sentence, or a part of a name.
        Before::Place(place) => {
            Some(place).filter(|_| before.rest.len() < line.len()).map(str::to_owned)
        }
    };
    let comma = line[before.rest.len()..].trim_start().starts_with([',', '.', '-', '–', '—']);
    if place.is_some() && !comma {
        return None;
    }
    let day = line[before.rest.len()..].trim_matches([' ', ',', '.', '-', '–', '—']);
    let doubt = Some(format!("`{}` names a day, but no date", quoted(day)));
    Some(DateLine { reading: Reading { date: None, doubt }, place })
}

/// Whether one of the last words of a line is a day of the week, or a feast begins the line.
fn names_day(line: &str) -> bool {
    let words = line.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
    words.rev().take(4).any(|word| WEEKDAYS.number(word).is_some())
        || super::words::feast(line).is_some()
}

/// Whether a line is a stamp or a mark of change, whose date is not the document's.
pub(in crate::ingest) fn is_stamp(line: &str) -> bool {
    let stamp = |rest: &str| STAMPS.end(rest).is_some();
    let bare = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    // "2022 RELEASE UNDER THE RECORDS ACT"
    let year = bare.split_once(' ').filter(|(year, _)| {
        year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()) && text::is_caps(bare)
    });
    if stamp(year.map_or(bare, |(_, rest)| rest)) || line.contains('©') {
        return true;
    }
    // "Date received", "am 3. Mai eingegangen"
    line.match_indices(char::is_whitespace).any(|(i, _)| {
        let ends = matches!(line.as_bytes()[..i].last(), Some(b'e' | b'E' | b'm' | b'M'));
        let word = || line[..i].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        ends && STAMP_OPENINGS.end(word()).is_some_and(|end| ends_word(&word()[end..]))
            && stamp(line[i..].trim_start())
    })
}

#[cfg(test)]
mod tests {
    use super::super::{date_line, parts};

    fn place(text: &str) -> Option<String> {
        parts(text).and_then(|p| p.1)
    }

    #[test]
    fn a_place_may_be_after_the_date_or_after_a_street() {
        assert_eq!(place("April 18 1821.Ashford").as_deref(), Some("Ashford"));
        // By its form it may be somebody's name.
        let found = parts("Nov. 4th 1820. Three Mile Cross").unwrap();
        assert_eq!((found.0.as_str(), found.1), ("1820-11-04", None));
        assert_eq!(place("3 May 1931. Northmouth.").as_deref(), Some("Northmouth"));
        assert_eq!(place("12 Quay Street, Northmouth, 3 May 1931").as_deref(), Some("Northmouth"));
        assert_eq!(place("Bern d. 6. Novbr 1861.").as_deref(), Some("Bern"));
    }

    #[test]
    fn words_that_are_no_place() {
        for text in [
            "Monday, 4 May 1931",
            "Whit Monday, 29 May 1871",
            "Sent 3 May 1931",
            "To 3 May 1931",
            "Report, 3 May 1931",
            "소화, 2018년 3월 2일",
        ] {
            assert!(parts(text).is_some(), "{text}");
            assert_eq!(place(text), None, "{text}");
        }
    }

    #[test]
    fn a_day_without_a_date_is_quoted() {
        for (text, quoted, place) in [
            ("Monday night", "`Monday night`", None),
            ("Tuesday", "`Tuesday`", None),
            ("Easter Day", "`Easter Day`", None),
            ("Mount Pleasant, Sunday evening", "`Sunday evening`", Some("Mount Pleasant")),
        ] {
            let found = parts(text).unwrap();
            assert!(found.0.is_empty() && found.2.unwrap().contains(quoted), "{text}");
            assert_eq!(found.1.as_deref(), place, "{text}");
            assert_eq!(date_line(text, None), None, "{text}");
        }
        for text in ["The shop is shut on Monday", "Man Friday", "Ruby Tuesday", "Good evening"] {
            assert_eq!(parts(text), None, "{text}");
        }
    }
}
