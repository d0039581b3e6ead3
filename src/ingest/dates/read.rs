//! What the parts of a date say: the EDTF date, or why there is none, and the doubt that remains.

use super::super::lexicon::{self, Feast};
use super::calendar::{self, Calendar};
use super::century;
use super::forms;
use super::words;
use super::written::{Stop, Why, Written, Year};
use super::{Context, Missing, Reading};
use crate::config::DateOrder;
use crate::edtf::EdtfDate;

/// What is known when a date is read: its wording, the archive, the day of the week beside it.
#[derive(Clone, Copy)]
pub(super) struct Asked<'t> {
    /// How the date is written.
    pub text: &'t str,
    /// What the archive says of its dates.
    pub context: Context,
    /// The day of the week beside it, 0 for Monday.
    pub weekday: Option<u8>,
}

/// A reading, and what the wording left open.
pub(super) type Read = (Reading, Option<Missing>);

/// What a date says; `None` if it is none.
pub(super) fn read(written: Written, asked: Asked<'_>) -> Option<Read> {
    match written {
        Written::One(stop) => one(stop, asked),
        Written::Old(stop) => Some((old(stop, asked)?, None)),
        Written::Span { from, to, may_be_styles } => span(from, to, may_be_styles, asked),
        Written::Either(a, b, year) => either_order([a, b], year, asked),
        Written::Season(season, year) => Some((of_season(season, year)?, None)),
        Written::Feast(feast, year) => Some((of_feast(feast, year, asked)?, open_century(year))),
        Written::Near(day, months) if (1..=31).contains(&day) => {
            let doubt = format!("`{}` is a day of a month that is not named", quoted(asked.text));
            Some((Reading { date: None, doubt: Some(doubt) }, Some(Missing::Month(day, months))))
        }
        Written::Near(..) => None,
        Written::Unread(why) => Some((unread(why, asked.text), None)),
    }
}

/// A winter is of the year in which it began.
fn of_season(season: u32, year: Year) -> Option<Reading> {
    match year {
        Year::Full(year) | Year::Two(year, _) => certain(format!("{year:04}-{season}")),
        _ => None,
    }
}

fn unread(why: Why, text: &str) -> Reading {
    let text = quoted(text);
    let doubt = match why {
        Why::Lunar => format!("`{text}` is a day of the lunar calendar, which is not computed"),
        Why::Calendar => format!("`{text}` is a day of a calendar that is not computed"),
        Why::Era => format!("`{text}` counts its years by an era that is not known"),
        Why::Year => format!("`{text}` was not understood as a date: its year is not whole"),
    };
    Reading { date: None, doubt: Some(doubt) }
}

/// A text as a doubt quotes it.
pub(super) fn quoted(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace('`', "'")
}

fn certain(edtf: String) -> Option<Reading> {
    Some(Reading { date: Some(edtf.parse().ok()?), doubt: None })
}

fn impossible(text: &str) -> Reading {
    Reading { date: None, doubt: Some(format!("`{}` is not a day", quoted(text))) }
}

/// One date; without a year it stays open.
fn one(stop: Stop, asked: Asked<'_>) -> Option<Read> {
    if stop.month.is_some_and(|m| !(1..=12).contains(&m)) || stop.day.is_some_and(|d| d > 31) {
        return None;
    }
    let Year::Missing = stop.year else {
        return Some((dated(stop, asked)?, open_century(stop.year)));
    };
    let (month, day) = (stop.month?, stop.day?);
    // 2000 was a leap year.
    if day == 0 || day > calendar::days_of_month(2000, month) {
        return Some((impossible(asked.text), None));
    }
    let doubt = format!("`{}` has no year", quoted(asked.text));
    Some((Reading { date: None, doubt: Some(doubt) }, Some(Missing::Year(month, day))))
}

/// A date with a year, whole or not.
fn dated(stop: Stop, asked: Asked<'_>) -> Option<Reading> {
    match stop.year {
        Year::Full(year) => on_weekday(year, stop, asked),
        Year::Short(short) => century_of(short, asked, |year| on(year, stop, asked.text)),
        Year::NoThousand(short) => {
            let reading = on(1000 + short, stop, asked.text)?;
            let doubt = format!("the year is written `{short}`; it is read as {}", 1000 + short);
            Some(Reading { doubt: Some(doubt), ..reading })
        }
        Year::Two(first, next) => {
            let text = quoted(asked.text);
            if is_before_lady_day(stop) && first < 1752 {
                let reading = on(next, stop, asked.text)?;
                let doubt = format!("`{text}`: the year began on 25 March; it is read as {next}");
                return Some(Reading { doubt: Some(doubt), ..reading });
            }
            one_of([first, next].map(|year| on(year, stop, asked.text)), &text)
        }
        Year::Either(one, other) => {
            one_of([one, other].map(|year| on(year, stop, asked.text)), &quoted(asked.text))
        }
        Year::Missing => None,
    }
}

/// What a year of two digits lacks.
fn open_century(year: Year) -> Option<Missing> {
    matches!(year, Year::Short(_)).then_some(Missing::Century)
}

/// Whether a day is one for which the two reckonings of the year's beginning differ.
fn is_before_lady_day(stop: Stop) -> bool {
    match (stop.month, stop.day) {
        (Some(1 | 2), _) => true,
        (Some(3), day) => day.is_none_or(|d| d < 25),
        _ => false,
    }
}

/// A date of a whole year; a day of the week that it was not is a doubt.
fn on_weekday(year: u32, stop: Stop, asked: Asked<'_>) -> Option<Reading> {
    let mut reading = on(year, stop, asked.text)?;
    let differs = asked.weekday.zip(weekday(&reading)).filter(|(said, was)| said != was);
    if let Some((said, was)) = differs {
        let [said, was] = [said, was].map(name_of_weekday);
        let text = quoted(asked.text);
        reading.doubt.get_or_insert(format!("`{text}` was a {was}, but it is called a {said}"));
    }
    Some(reading)
}

/// The day of the week of a date that is one day of the new calendar.
fn weekday(reading: &Reading) -> Option<u8> {
    let day = reading.date.as_ref()?.certain_day()?;
    // Before, countries differ by their calendars.
    (day.year >= 1753)
        .then(|| calendar::weekday((day.year, u32::from(day.month), u32::from(day.day))))
}

/// The English name of a day of the week.
fn name_of_weekday(number: u8) -> String {
    let names = lexicon::language("en").weekdays[usize::from(number % 7)];
    let name = names.split('|').next().unwrap_or(names);
    name[..1].to_uppercase() + &name[1..]
}

/// The reading of a year of two digits, by the century that fits best; always in doubt.
fn century_of(
    short: u32,
    asked: Asked<'_>,
    on: impl Fn(u32) -> Option<Reading>,
) -> Option<Reading> {
    let fits = |year: u32| {
        let reading = on(year).filter(|r| r.date.is_some());
        reading.is_some_and(|r| asked.weekday.is_none_or(|said| weekday(&r) == Some(said)))
    };
    let year = century::year(short, asked.context, fits);
    let mut reading = on(year)?;
    let guess = || format!("the year is written `{short:02}`; its century is a guess");
    reading.doubt = reading.doubt.or_else(|| Some(guess()));
    Some(reading)
}

/// A date by numbers; the days of an empty database field are none.
fn on(year: u32, stop: Stop, text: &str) -> Option<Reading> {
    let edtf = match (stop.month, stop.day) {
        (Some(month), Some(day)) => format!("{year:04}-{month:02}-{day:02}"),
        (Some(month), None) => format!("{year:04}-{month:02}"),
        (None, _) => format!("{year:04}"),
    };
    if matches!(edtf.as_str(), "1969-12-31" | "1970-01-01") {
        let doubt = format!(
            "the date is given as {edtf}, which an empty database field shows; the document is undated"
        );
        return Some(Reading { date: None, doubt: Some(doubt) });
    }
    match edtf.parse::<EdtfDate>() {
        Ok(date) => Some(Reading { date: Some(date), doubt: None }),
        // Month and day are in their bounds, but not this day of this month.
        Err(_) if stop.month.is_some_and(|m| (1..=12).contains(&m)) => {
            stop.day.filter(|d| (29..=31).contains(d)).map(|_| impossible(text))
        }
        Err(_) => None,
    }
}

/// One of two dates, or the one of them that there is.
fn one_of(readings: [Option<Reading>; 2], text: &str) -> Option<Reading> {
    let mut days: Vec<String> =
        readings.iter().flatten().filter_map(|r| Some(r.date.as_ref()?.to_string())).collect();
    days.sort();
    days.dedup();
    match days.as_slice() {
        [] => None,
        [only] => certain(only.clone()),
        [one, other, ..] => Some(Reading {
            date: Some(format!("[{one},{other}]").parse().ok()?),
            doubt: Some(format!("`{text}` may be {one} or {other}")),
        }),
    }
}

/// Two numbers of which either may be the day, unless the archive says which, or the day of the week.
fn either_order([a, b]: [u32; 2], year: Year, asked: Asked<'_>) -> Option<Read> {
    let order = asked.context.order;
    if let Year::Short(last) = year
        && (order == Some(DateOrder::YearMonthDay) || a > 31)
    {
        return year_first([a, b, last], asked);
    }
    // Points between the numbers are the habit of countries that put the day first.
    let order = order.or(asked.text.contains('.').then_some(DateOrder::DayMonthYear));
    let reading = |day: u32, month: u32| {
        let stop = Stop::day(year, month, day);
        let in_bounds = (1..=12).contains(&month) && (1..=31).contains(&day);
        in_bounds.then(|| dated(stop, asked)).flatten()
    };
    let (day_first, month_first) = (reading(a, b), reading(b, a));
    let said = |r: &Reading| asked.weekday.is_some() && weekday(r) == asked.weekday;
    let reading = match (order, day_first, month_first) {
        (Some(DateOrder::DayMonthYear), Some(reading), _)
        | (Some(DateOrder::MonthDayYear), _, Some(reading)) => reading,
        (_, Some(reading), None) | (_, None, Some(reading)) => reading,
        (_, Some(reading), Some(_)) if a == b => reading,
        (None, Some(one), Some(other)) if said(&one) != said(&other) => {
            if said(&one) {
                one
            } else {
                other
            }
        }
        (_, Some(one), Some(other)) => either(&one, &other, asked)?,
        (_, None, None) => return None,
    };
    Some((reading, open_century(year)))
}

/// `98. 5. 3.`: three numbers of which the first is the year.
fn year_first([year, month, day]: [u32; 3], asked: Asked<'_>) -> Option<Read> {
    let stop = Stop::day(Year::Short(year), month, day);
    let in_bounds = (1..=12).contains(&month) && (1..=31).contains(&day);
    let reading = in_bounds.then(|| dated(stop, asked))??;
    Some((reading, Some(Missing::Century)))
}

fn either(one: &Reading, other: &Reading, asked: Asked<'_>) -> Option<Reading> {
    let text = quoted(asked.text);
    let days = match (&one.date, &other.date) {
        (Some(one), Some(other)) => [one.to_string(), other.to_string()],
        (Some(_), None) => return Some(one.clone()),
        _ => return Some(other.clone()),
    };
    let [first, last] = if days[0] <= days[1] {
        days
    } else {
        let [a, b] = days;
        [b, a]
    };
    Some(Reading {
        date: Some(format!("[{first},{last}]").parse().ok()?),
        doubt: Some(format!(
            "`{text}` may be {first} or {last}; set `date_order` in config.toml if the archive has one order"
        )),
    })
}

/// A day of the old calendar, in the new one.
fn old(stop: Stop, asked: Asked<'_>) -> Option<Reading> {
    let Year::Full(year) = stop.year else { return dated(stop, asked) };
    let written = (i32::try_from(year).ok()?, stop.month?, stop.day?);
    if !(1..=12).contains(&written.1) || !(1..=31).contains(&written.2) {
        return None;
    }
    let (year, month, day) = calendar::new_style(written);
    let mut reading = certain(format!("{year:04}-{month:02}-{day:02}"))?;
    let text = quoted(asked.text);
    reading.doubt =
        Some(format!("`{text}` is a day of the old calendar; the date is that of the new one"));
    Some(reading)
}

/// From one day to another, or one day in both calendars.
fn span(from: Stop, to: Stop, may_be_styles: bool, asked: Asked<'_>) -> Option<Read> {
    let bounds = |s: &Stop| {
        s.month.is_some_and(|m| (1..=12).contains(&m))
            && s.day.is_some_and(|d| (1..=31).contains(&d))
    };
    if !bounds(&from) || !bounds(&to) {
        return None;
    }
    let text = quoted(asked.text);
    let Year::Full(last) = to.year else {
        let doubt = format!("`{text}` has no year");
        return Some((Reading { date: None, doubt: Some(doubt) }, None));
    };
    if may_be_styles && forms::are_styles(from, to) {
        let mut reading = on(last, to, asked.text)?;
        reading.doubt = Some(format!(
            "`{text}` names one day by the old and by the new calendar; the date is that of the new one"
        ));
        return Some((reading, None));
    }
    let first = match from.year {
        Year::Full(year) => year,
        // From December to January.
        _ => last - u32::from((from.month, from.day) > (to.month, to.day)),
    };
    let days = [on(first, from, asked.text)?, on(last, to, asked.text)?].map(|r| r.date);
    let [Some(first), Some(last)] = days else { return Some((impossible(asked.text), None)) };
    if first.earliest() > last.earliest() {
        return Some((impossible(asked.text), None));
    }
    let mut reading = certain(format!("{first}/{last}"))?;
    if may_be_styles {
        reading.doubt = Some(format!("`{text}` is read as two days, the first and the last"));
    }
    Some((reading, None))
}

/// The doubt of a feast's name that means the days around it as well, or is a family's: `Christmas 1908`.
fn loosely_named(text: &str) -> Option<String> {
    let (end, _) = words::feast(text)?;
    let name = &text[..end];
    let exact = name.contains(char::is_whitespace) || words::names_weekday(name);
    (!exact).then(|| format!("`{}` is read as the day of the feast", quoted(text)))
}

/// The day of a feast; before 1753 countries differed by their calendars.
fn of_feast(feast: Feast, year: Year, asked: Asked<'_>) -> Option<Reading> {
    let on = |year: u32, calendar: Calendar| -> Option<Reading> {
        let number = i32::try_from(year).ok()?;
        let (year, month, day) = match feast {
            Feast::Fixed(month, day) => (number, u32::from(month), u32::from(day)),
            Feast::Easter(days) => calendar::after_easter(number, days, calendar),
        };
        certain(format!("{year:04}-{month:02}-{day:02}"))
    };
    match year {
        Year::Full(year @ 1583..1753) => {
            let days = [Calendar::Julian, Calendar::Gregorian].map(|calendar| on(year, calendar));
            one_of(days, &quoted(asked.text))
        }
        Year::Full(year) if year < 1583 => on(year, Calendar::Julian),
        Year::Full(year) => {
            let mut reading = on(year, Calendar::Gregorian)?;
            reading.doubt = loosely_named(asked.text);
            Some(reading)
        }
        Year::Short(short) => century_of(short, asked, |year| on(year, Calendar::Gregorian)),
        Year::Two(first, next) | Year::Either(first, next) => {
            let days = [first, next].map(|year| on(year, Calendar::Gregorian));
            one_of(days, &quoted(asked.text))
        }
        Year::NoThousand(_) | Year::Missing => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Context, find, mentions, parts};
    use crate::config::DateOrder;

    #[test]
    fn two_digits_are_in_doubt_whatever_the_order() {
        for order in [None, Some(DateOrder::DayMonthYear), Some(DateOrder::MonthDayYear)] {
            let found = find("3.5.31", order).remove(0).reading;
            assert!(found.date.is_some_and(|d| d.as_str().contains("1931")));
            assert!(found.doubt.is_some(), "{order:?}");
        }
        for text in ["16. 7br 52.", "10 Nov '14", "16/5/67"] {
            let found = parts(text).unwrap();
            assert!(!found.0.contains("20") && found.2.is_some(), "{found:?}");
        }
    }

    #[test]
    fn the_year_may_be_the_first_of_three_numbers() {
        let reading = |text, order| find(text, order).remove(0).reading;
        let found = reading("31/05/03", Some(DateOrder::YearMonthDay));
        assert_eq!(found.date.unwrap().to_string(), "1931-05-03");
        let found = reading("98. 5. 3.", None);
        assert_eq!(found.date.unwrap().to_string(), "1998-05-03");
        assert!(found.doubt.is_some());
    }

    #[test]
    fn the_archives_span_gives_the_century() {
        let context = Context { span: Some((1838, 1882)), ..Context::default() };
        let of = |text: &str| mentions(text, context).remove(0).reading.date.unwrap().to_string();
        assert_eq!(of("16. 7br 52."), "1852-09-16");
        assert_eq!(of("St Gallen den 15 Octr. 56"), "1856-10-15");
        assert_eq!(of("16/5/67"), "1867-05-16");
    }
}
