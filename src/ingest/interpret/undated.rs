//! A document whose date is missing or not whole: what is like a date is quoted, and an undated letter gets
//! the year of the latest event that it names, marked as approximate.

use std::ops::Range;

use super::super::dates::{self, Context, DateMention, Missing, Reading};
use super::super::lexicon::ends_word;
use super::super::text::Line;
use super::Facts;
use crate::edtf::EdtfDate;

/// Completes the date as far as the text allows, and says what was seen where it does not.
pub(super) fn settle(facts: &mut Facts, lines: &[Line<'_>], context: Context) {
    match facts.date.take() {
        Some((reading, number)) if reading.date.is_some() => {
            facts.date = Some((with_century(reading, number, lines, context), number));
        }
        Some(found) => facts.date = Some(completed(facts.kind, found, lines, context)),
        None => undated(facts, lines, context),
    }
}

/// What else is like a date, and for a letter the latest event.
fn undated(facts: &mut Facts, lines: &[Line<'_>], context: Context) {
    // A document in which nothing is like a date is undated, and nothing about it is in doubt. The entries of a listing
    // have dates, all of them or none.
    let listed = facts.decisions.is_empty();
    let first = lines.iter().find(|l| !l.is_blank()).map(|l| l.number).filter(|_| listed);
    let seen = seen(lines, context);
    let (reason, line) = match seen {
        Some((reason, line)) => (reason, Some(line)),
        None => ("the document has no date".to_owned(), first),
    };
    match latest(lines, context).filter(|_| is_written_once(facts.kind)) {
        Some(event) => {
            facts.doubt("date", format!("{reason}; {}", event.named()), Some(event.line));
            facts.date =
                Some((Reading { date: event.edtf().parse().ok(), doubt: None }, event.line));
        }
        None if line.is_some() => facts.doubt("date", reason, line),
        None => {}
    }
}

/// Kinds of documents that are written on a day, after all that they name.
fn is_written_once(kind: Option<&str>) -> bool {
    matches!(
        kind,
        Some("letter" | "open-letter" | "memorandum" | "statement" | "press-release" | "telegram")
    )
}

/// The first short line that is like a date, or names the date of another event.
fn seen(lines: &[Line<'_>], context: Context) -> Option<(String, usize)> {
    let short = || lines.iter().filter(|l| l.text.len() <= 100 && !l.is_prose());
    let unread = short().find_map(|l| {
        let reading = dates::any_date_line(l.text, context)?.reading;
        Some((reading.doubt.filter(|_| reading.date.is_none())?, l.number))
    });
    unread.or_else(|| {
        short().find_map(|l| {
            let other = dates::mentions(l.text, context).into_iter().find(|m| {
                m.label
                    .as_ref()
                    .is_some_and(|label| !label.own && begins(l.text, label.range.start))
            })?;
            let quoted = l.text[other.label?.range.start..other.range.end].replace('`', "'");
            let reason = "the document has no date of its own; another event's is";
            Some((format!("{reason} `{quoted}`"), l.number))
        })
    })
}

/// Whether nothing but signs is before a place in a text.
fn begins(text: &str, at: usize) -> bool {
    !text[..at].contains(char::is_alphanumeric)
}

/// The line of a number.
fn line_of<'l, 't>(lines: &'l [Line<'t>], number: usize) -> Option<&'l Line<'t>> {
    lines.iter().find(|l| l.number == number)
}

/// A date whose century was guessed, by the latest year that the text names.
fn with_century(reading: Reading, number: usize, lines: &[Line<'_>], context: Context) -> Reading {
    let Some(line) = line_of(lines, number) else { return reading };
    let years = reading.date.as_ref().map(EdtfDate::years).unwrap_or_default();
    if years.first().is_some_and(|year| line.text.contains(&year.to_string())) {
        return reading;
    }
    let found = orders(context).find_map(|context| {
        let short =
            |m: &DateMention| m.missing == Some(Missing::Century) && m.reading.date == reading.date;
        let at = dates::mentions(line.text, context).iter().position(short)?;
        let seen =
            || Some(i32::try_from(all_years(lines).map(|(y, _)| y).max()?).unwrap_or(i32::MAX));
        dates::mentions(line.text, Context { near: seen(), ..context }).into_iter().nth(at)
    });
    let date = found.map_or(reading.date, |mention| mention.reading.date);
    Reading { date, ..reading }
}

/// The orders of day and month by which a date may have been read.
fn orders(context: Context) -> impl Iterator<Item = Context> {
    use crate::config::DateOrder;
    let orders =
        [context.order, None, Some(DateOrder::DayMonthYear), Some(DateOrder::MonthDayYear)];
    orders.into_iter().map(move |order| Context { order, ..context })
}

/// A date that was not understood, with its line, completed by what else the text says.
fn completed(
    kind: Option<&str>,
    (reading, number): (Reading, usize),
    lines: &[Line<'_>],
    context: Context,
) -> (Reading, usize) {
    let Some(at) = lines.iter().position(|l| l.number == number) else { return (reading, number) };
    let mention = dates::mentions(lines[at].text, context).into_iter().next();
    let missing = mention.as_ref().and_then(|m| m.missing);
    // Days that cannot be, and those of an empty field, are no part of a date.
    if mention.is_some() && missing.is_none() {
        return (reading, number);
    }
    let by_text = match missing {
        Some(Missing::Year(..)) => with_year_below(lines, at, context),
        Some(Missing::Month(day, months)) => by_stamp(&reading, (day, months), lines, context),
        _ => None,
    };
    let by_event = || {
        let event = latest(lines, context).filter(|_| is_written_once(kind))?;
        let edtf = match missing {
            Some(Missing::Year(month, day)) => format!("{}-{month:02}-{day:02}?", event.year),
            _ => event.edtf(),
        };
        let doubt = format!("{}; {}", reading.doubt.as_deref()?, event.named());
        Some(Reading { date: Some(edtf.parse().ok()?), doubt: Some(doubt) })
    };
    (by_text.or_else(by_event).unwrap_or(reading), number)
}

/// `den 8 März` with `1875.` in the line below.
fn with_year_below(lines: &[Line<'_>], at: usize, context: Context) -> Option<Reading> {
    let below = lines[at + 1..].iter().find(|l| !l.is_blank())?;
    let year = below.text.trim_matches(|c: char| !c.is_alphanumeric());
    if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let joined = format!("{} {}", lines[at].text, below.text);
    let reading = dates::any_date_line(&joined, context)?.reading;
    reading.date.is_some().then_some(reading)
}

/// `9th inst.` by the stamp of its receipt: the last such day before it, so many months ago.
fn by_stamp(
    reading: &Reading,
    (day, months): (u32, i8),
    lines: &[Line<'_>],
    context: Context,
) -> Option<Reading> {
    let stamps = lines.iter().filter(|l| !l.is_prose() && dates::is_stamp(l.text));
    let (stamped, line) = stamps
        .flat_map(|l| dates::mentions(l.text, context).into_iter().map(move |m| (m, l)))
        .find_map(|(m, l)| Some((m.reading.date?.certain_day()?, l)))?;
    let before = i32::from(day > u32::from(stamped.day)) - i32::from(months);
    let month = stamped.year * 12 + i32::from(stamped.month) - 1 - before;
    let edtf = format!("{:04}-{:02}-{day:02}", month.div_euclid(12), month.rem_euclid(12) + 1);
    let quoted = line.text.replace('`', "'");
    let doubt = format!("{}; it is read by `{quoted}`", reading.doubt.as_deref()?);
    Some(Reading { date: Some(edtf.parse().ok()?), doubt: Some(doubt) })
}

/// The latest event that a text names.
struct Event {
    year: u32,
    month: Option<u32>,
    line: usize,
}

impl Event {
    fn edtf(&self) -> String {
        format!("{}~", self.date())
    }

    fn date(&self) -> String {
        match self.month {
            Some(month) => format!("{}-{month:02}", self.year),
            None => self.year.to_string(),
        }
    }

    fn named(&self) -> String {
        format!("the latest event it names: {}", self.date())
    }
}

/// The latest year named, with the month of a day named without year if it is later in that year.
fn latest(lines: &[Line<'_>], context: Context) -> Option<Event> {
    let days = || {
        lines.iter().flat_map(|l| dates::find(l.text, context.order)).filter_map(|f| {
            let date = f.reading.date?;
            let day = date.latest()?;
            let is_day = date.as_str().len() >= 7;
            is_day.then(|| (u32::try_from(day.year).unwrap_or(0), u32::from(day.month)))
        })
    };
    let bound = bound(days().map(|(year, _)| year), context);
    let years = all_years(lines).filter(|(year, _)| *year <= bound);
    let (year, line) = years.max_by_key(|(year, line)| (*year, std::cmp::Reverse(*line)))?;
    let known = days().filter(|(y, _)| *y == year).map(|(_, month)| month).max().unwrap_or(0);
    let later = lines.iter().flat_map(|l| days_without_year(l.text).map(|m| (m, l.number)));
    let later = later
        .filter(|(month, _)| known > 0 && *month > known)
        .max_by_key(|(month, n)| (*month, std::cmp::Reverse(*n)));
    Some(match later {
        Some((month, line)) => Event { year, month: Some(month), line },
        None => Event { year, month: None, line },
    })
}

/// The last year that an event may be of: what is known of the archive, else a few years after the latest
/// day that the text names, since years far beyond it are plans.
fn bound(years_of_days: impl Iterator<Item = u32>, context: Context) -> u32 {
    const PLANS: u32 = 10;
    let known = context.latest.or(context.span.map(|(_, last)| last));
    let known = known.and_then(|year| u32::try_from(year).ok());
    known.or_else(|| Some(years_of_days.max()? + PLANS)).unwrap_or(u32::MAX)
}

/// Years that a text names, with the lines, without those to come and numbers of other things.
fn all_years<'l>(lines: &'l [Line<'_>]) -> impl Iterator<Item = (u32, usize)> + 'l {
    lines.iter().flat_map(|line| {
        years(line.text).filter_map(|found| {
            let (before, after) = (&line.text[..found.start], &line.text[found.end..]);
            let part_of_number = before.ends_with(['/', '-', '.', '#', '=', '_'])
                || before.trim_end().ends_with('§')
                || after.starts_with(['/', '=', '_', '-']);
            if part_of_number || dates::is_ahead(before) {
                return None;
            }
            Some((line.text[found].parse().ok()?, line.number))
        })
    })
}

/// Numbers of four digits that are by themselves and may be years.
fn years(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let starts = ["18", "19", "20"].into_iter().flat_map(move |c| text.match_indices(c));
    let mut found: Vec<Range<usize>> = starts
        .map(|(i, _)| i..i + 4)
        .filter(|r| digit(r.start + 2) && digit(r.start + 3))
        .filter(|r| !text[..r.start].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
        .filter(|r| ends_word(&text[r.end..]))
        .collect();
    found.sort_by_key(|r| r.start);
    found.into_iter()
}

/// Months of days that are named without their year: `March 3` in a text of 2009.
fn days_without_year(text: &str) -> impl Iterator<Item = u32> {
    let words = text.split_whitespace().collect::<Vec<_>>();
    (0..words.len().saturating_sub(1)).filter_map(move |i| {
        let name = words[i].trim_start_matches(|c: char| !c.is_alphanumeric());
        let name = name.strip_suffix('.').unwrap_or(name);
        let day = ends_in_day(words[i + 1], words.get(i + 2).copied().unwrap_or_default());
        day.then(|| dates::month_number(name))?
    })
}

/// Whether a word behind a month is a day, and the next one no year: `3`, `3,`, `3rd`.
fn ends_in_day(word: &str, next: &str) -> bool {
    let digits = word.bytes().take_while(u8::is_ascii_digit).count();
    let (day, after) = word.split_at(digits);
    if !(1..=2).contains(&digits) || day.parse::<u32>().is_ok_and(|d| d > 31) {
        return false;
    }
    let dated = matches!(after, "" | ",") && next.starts_with(|c: char| c.is_ascii_digit());
    let more = after.trim_start_matches(',').starts_with(|c: char| c.is_ascii_digit());
    ends_word(after) && !more && !dated
}
