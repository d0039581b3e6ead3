//! Dates as the English citation styles write them, doubt included.

use crate::edtf::{DateShape, EdtfDate, IntervalEnd, PartialDate};

/// How a style writes dates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Manner {
    /// March 2, 2018; ca. March 2018; [1958?].
    Chicago,
    /// 2018, March 2; ca. 2018, March; 1958?.
    Apa,
    /// 2 Mar. 2018; circa Mar. 2018; [1958?].
    Mla,
    /// 2 March 2018; c. March 2018; [1958?].
    Harvard,
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// MLA shortens all months but May, June and July.
const MLA_MONTHS: [&str; 12] = [
    "Jan.", "Feb.", "Mar.", "Apr.", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.",
];

/// A date in a style's manner; empty if it says nothing.
pub(super) fn written(date: &EdtfDate, manner: Manner) -> String {
    let one = |date: &PartialDate| partial(date, manner);
    match date.shape() {
        DateShape::Single(date) => one(&date),
        DateShape::OneOf(dates) => several(&dates, manner).join(" or "),
        DateShape::AllOf(dates) => several(&dates, manner).join(" and "),
        DateShape::Interval(IntervalEnd::Date(start), IntervalEnd::Date(end)) => {
            several(&[start, end], manner).join("–")
        }
        DateShape::Interval(IntervalEnd::Date(start), _) => format!("after {}", one(&start)),
        DateShape::Interval(_, IntervalEnd::Date(end)) => format!("before {}", one(&end)),
        DateShape::Interval(..) => String::new(),
    }
}

/// Dates of one year tell it once: where the style has it first, with the first; else with the last.
fn several(dates: &[PartialDate], manner: Manner) -> Vec<String> {
    let alike = |d: &PartialDate| {
        d.year == dates[0].year && d.month.is_some() && !d.approximate && !d.uncertain
    };
    let shared = dates.iter().all(alike);
    let kept = if manner == Manner::Apa { 0 } else { dates.len().saturating_sub(1) };
    let written = dates.iter().enumerate().map(|(n, date)| {
        let whole = partial(date, manner);
        let bare = match manner {
            Manner::Apa => whole.split_once(", ").map(|(_, rest)| rest),
            Manner::Chicago if date.day.is_some() => whole.rsplit_once(", ").map(|(rest, _)| rest),
            Manner::Chicago | Manner::Mla | Manner::Harvard => {
                whole.rsplit_once(' ').map(|(rest, _)| rest)
            }
        };
        let bare = bare.filter(|_| shared && n != kept).map(str::to_owned);
        bare.unwrap_or(whole)
    });
    written.collect()
}

fn partial(date: &PartialDate, manner: Manner) -> String {
    let plain = plain(date, manner);
    let circa = match manner {
        Manner::Mla => "circa",
        Manner::Harvard => "c.",
        Manner::Chicago | Manner::Apa => "ca.",
    };
    let about = if date.approximate { format!("{circa} {plain}") } else { plain };
    match (date.uncertain, manner) {
        (false, _) => about,
        (true, Manner::Apa) => format!("{about}?"),
        (true, _) => format!("[{about}?]"),
    }
}

fn plain(date: &PartialDate, manner: Manner) -> String {
    let year = year(&date.year);
    let name = |month: u8| -> Option<&str> {
        let names = if manner == Manner::Mla { &MLA_MONTHS } else { &MONTHS };
        names.get(usize::from(month).checked_sub(1)?).copied().or_else(|| season(month))
    };
    let Some(month) = date.month.and_then(name) else { return year };
    match (manner, date.day) {
        (Manner::Chicago, Some(day)) => format!("{month} {day}, {year}"),
        (Manner::Apa, Some(day)) => format!("{year}, {month} {day}"),
        (Manner::Mla | Manner::Harvard, Some(day)) => format!("{day} {month} {year}"),
        (Manner::Apa, None) => format!("{year}, {month}"),
        (_, None) => format!("{month} {year}"),
    }
}

/// The year of a date, and what it says beside the year: `2018` and `2 March`. None if the date is in doubt or
/// no single one, so that it has to be written whole.
pub(super) fn year_and_day(date: &EdtfDate) -> Option<(String, Option<String>)> {
    let DateShape::Single(date) = date.shape() else { return None };
    if date.approximate || date.uncertain {
        return None;
    }
    let (whole, year) = (plain(&date, Manner::Harvard), year(&date.year));
    let day = whole.strip_suffix(&year).map(str::trim_end).filter(|day| !day.is_empty());
    Some((year, day.map(str::to_owned)))
}

/// A date in Korean: `2018년 3월 2일`, `2018년 3월경`; empty if it says nothing.
pub(super) fn korean(date: &EdtfDate) -> String {
    let list = |dates: &[PartialDate], between: &str| {
        dates.iter().map(korean_part).collect::<Vec<_>>().join(between)
    };
    match date.shape() {
        DateShape::Single(date) => korean_part(&date),
        DateShape::OneOf(dates) => list(&dates, " 또는 "),
        DateShape::AllOf(dates) => list(&dates, ", "),
        DateShape::Interval(IntervalEnd::Date(start), IntervalEnd::Date(end)) => {
            format!("{}–{}", korean_part(&start), korean_part(&end))
        }
        DateShape::Interval(IntervalEnd::Date(start), _) => format!("{} 이후", korean_part(&start)),
        DateShape::Interval(_, IntervalEnd::Date(end)) => format!("{} 이전", korean_part(&end)),
        DateShape::Interval(..) => String::new(),
    }
}

fn korean_part(date: &PartialDate) -> String {
    let mut text = match date.year.parse::<i32>() {
        Ok(year) if year <= 0 => format!("기원전 {}년", 1 - year),
        Ok(year) => format!("{year}년"),
        Err(_) => format!("{}년대", date.year.replace('X', "0")),
    };
    let seasons = ["봄", "여름", "가을", "겨울"];
    match date.month {
        Some(month @ 1..=12) => text.push_str(&format!(" {month}월")),
        Some(season) => {
            let name = usize::from(season).checked_sub(21).and_then(|at| seasons.get(at));
            text.extend(name.map(|name| format!(" {name}")));
        }
        None => {}
    }
    text.extend(date.day.map(|day| format!(" {day}일")));
    if date.approximate {
        text.push('경');
    }
    if date.uncertain { format!("[{text}?]") } else { text }
}

/// The English name of an EDTF season, 21 to 24.
pub(super) fn season(code: u8) -> Option<&'static str> {
    ["Spring", "Summer", "Autumn", "Winter"].get(usize::from(code).checked_sub(21)?).copied()
}

/// `1958`, `1950s`, `1900s`; the year 0 is 1 BCE.
fn year(digits: &str) -> String {
    match digits.parse::<i32>() {
        Ok(year) if year <= 0 => format!("{} BCE", 1 - year),
        Ok(year) => year.to_string(),
        Err(_) => format!("{}s", digits.replace('X', "0")),
    }
}
