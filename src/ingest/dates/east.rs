//! Forms of dates in Korean and Chinese, with the eras by which their years are counted.

use super::super::lexicon::surroundings;
use super::at::At;
use super::forms;
use super::words::{self, LUNAR, SPANS, WEEKDAYS};
use super::written::{Stop, Why, Written, Year};

type Found<'t> = Option<(At<'t>, Written)>;

/// `2014년 11월 10일`, `단기 4291년 3월 2일`, `주체107(2018)년 3월`, `소화 15. 5. 3.`, `3월 2일부터 4일까지`
pub(super) fn korean(start: At<'_>) -> Found<'_> {
    dated(start, surroundings::KOREAN_DAY)
}

/// `2014年11月10日`, `昭和 15年 5月`
pub(super) fn chinese(start: At<'_>) -> Found<'_> {
    dated(start, surroundings::CHINESE_DAY)
}

/// A date by the calendar of the moon: which day of the sun it is, no rule here computes.
pub(super) fn lunar(start: At<'_>) -> Found<'_> {
    let at = start.past(&LUNAR)?.optional(")").spaces();
    // The forms below ask this one again.
    if at.past(&LUNAR).is_some() {
        return None;
    }
    let forms = [korean, chinese, forms::year_month_day, forms::day_month_year];
    let end = forms.iter().find_map(|form| form(at)).map(|(end, _)| end)?;
    Some((end, Written::Unread(Why::Lunar)))
}

/// Whether a word begins here that may be the name of an era that is not known: `어떤 5년 3월`.
pub(super) fn may_be_era(at: At<'_>) -> bool {
    unknown_era(at).is_some()
}

/// Past a word in Hangul before a year of one to three digits.
fn unknown_era(at: At<'_>) -> Option<At<'_>> {
    let word = at.letters();
    let fits = word.starts_with(|c: char| ('가'..='힣').contains(&c))
        && (2..=4).contains(&word.chars().take(5).count())
        && WEEKDAYS.number(word).is_none();
    let after = fits.then(|| at.on(word.len()).spaces())?;
    let (year, _) = after.number(1..=3)?;
    year.spaces().literal("년").map(|_| after)
}

/// The year's number, and how it is counted.
fn year<'t>(start: At<'t>, sign: &str) -> Option<(At<'t>, Result<Year, Why>)> {
    let known = words::era(start.rest()).map(|end| start.on(end));
    let name = known.map(|end| &start.text[start.at..end.at]);
    let unknown = if known.is_none() { unknown_era(start) } else { None };
    let at = known.or(unknown).unwrap_or(start).spaces();
    let first = at.literal("원").or_else(|| at.literal("元")).map(|a| (a, 1));
    let first = first.filter(|(a, _)| name.is_some() && a.literal(sign).is_some());
    let (at, counted) = first.or_else(|| at.optional("'’").number(1..=4))?;
    let (at, common) = bracketed_year(at);
    let year = match (name, common) {
        (_, Some(year)) => Ok(Year::Full(year)),
        (Some(name), None) => match of_era(words::years_of_era(name, counted)) {
            // "대한민국 2018년" names the country.
            Err(_) if (1400..2200).contains(&counted) => return None,
            year => year,
        },
        (None, None) if unknown.is_some() => Err(Why::Era),
        (None, None) if counted > 4200 => of_era(words::years_of_era("단기", counted)),
        (None, None) if counted >= 1000 => Ok(Year::Full(counted)),
        (None, None) if (10..100).contains(&counted) => Ok(Year::Short(counted)),
        (None, None) => Err(Why::Era),
    };
    let point = || name.and_then(|_| at.spaces().sign("."));
    let at = at.spaces().literal(sign).or_else(point)?;
    Some((aside(at), year))
}

fn of_era(years: Vec<u32>) -> Result<Year, Why> {
    match years.as_slice() {
        [year] => Ok(Year::Full(*year)),
        [one, other] => Ok(Year::Either(*one, *other)),
        _ => Err(Why::Era),
    }
}

/// Past `(2018)` or `(단기 4351)`, with the common year if it is one.
fn bracketed_year(at: At<'_>) -> (At<'_>, Option<u32>) {
    let common = || {
        let (end, year) = at.spaces().sign("(")?.full_year()?;
        Some((end.sign(")")?, Some(year)))
    };
    common().unwrap_or((aside(at), None))
}

/// Past a short text in brackets that has a number, as an era's year has.
fn aside(at: At<'_>) -> At<'_> {
    let inside = || {
        let inner = at.spaces().sign("(")?;
        let end = words::era(inner.rest())?;
        let length = inner.rest().find(')').filter(|l| (end..=40).contains(l))?;
        Some(inner.on(length + 1))
    };
    inside().unwrap_or(at)
}

/// Year, month and day with their signs; with a year that is no common one, the year may be all.
fn dated<'t>(start: At<'t>, [year_sign, month_sign, day_sign]: [&str; 3]) -> Found<'t> {
    if start.past(&LUNAR).is_some() {
        return lunar(start);
    }
    let Some((at, counted)) = year(start, year_sign) else {
        let (at, stop) = month_and_day(start, month_sign, day_sign)?;
        let signed = start.text[start.at..at.at].contains(month_sign);
        return (signed && stop.day.is_some()).then_some((at, Written::One(stop)));
    };
    let by_moon = at.spaces().past(&LUNAR);
    let parts = month_and_day(by_moon.unwrap_or(at).spaces(), month_sign, day_sign);
    let feast = || words::feast(at.spaces().rest());
    let (at, stop) = match parts {
        Some(parts) => parts,
        None if counted.is_ok() && feast().is_some() => {
            let (end, feast) = feast()?;
            return Some((at.spaces().on(end), Written::Feast(feast, counted.ok()?)));
        }
        // "15년" alone is a time of fifteen years.
        None if words::era(start.rest()).is_some() => {
            (at, Stop { year: Year::Missing, month: None, day: None })
        }
        None => return None,
    };
    // "15년 6월" without a day may be a time of fifteen years and six months.
    let is_time = words::era(start.rest()).is_none() && !matches!(counted, Ok(Year::Full(_)));
    if is_time && stop.day.is_none() {
        return None;
    }
    let written = match counted {
        _ if by_moon.is_some() || is_by_moon(at) => Written::Unread(Why::Lunar),
        Err(why) => Written::Unread(why),
        Ok(year) => return Some(span(at, Stop { year, ..stop }, month_sign, day_sign)),
    };
    Some((at, written))
}

/// `(음력)` after a date.
fn is_by_moon(at: At<'_>) -> bool {
    let inner = at.spaces().sign("(").and_then(|a| a.past(&LUNAR));
    inner.is_some_and(|a| a.rest().starts_with(')'))
}

/// Month and day, each with its sign or a point.
fn month_and_day<'t>(at: At<'t>, month: &str, day: &str) -> Option<(At<'t>, Stop)> {
    let (at, number) = at.spaces().number(1..=2)?;
    let signed = at.spaces().literal(month);
    let at = signed.or_else(|| at.spaces().sign("."))?;
    let dated = at.spaces().number(1..=2).and_then(|(a, number)| {
        let point = || if signed.is_none() { a.sign(".") } else { None };
        Some((a.spaces().literal(day).or_else(point)?, number))
    });
    if signed.is_none() && dated.is_none() {
        return None;
    }
    let (at, day) = dated.map_or((at, None), |(a, day)| (a, Some(day)));
    Some((at, Stop { year: Year::Missing, month: Some(number), day }))
}

/// `3월 2일 ~ 4일`, `3월 30일부터 4월 2일까지`
fn span<'t>(at: At<'t>, from: Stop, month: &str, day: &str) -> (At<'t>, Written) {
    let last = || {
        let spaced = at.spaces();
        let next = spaced.sign("~∼–-").or_else(|| spaced.past(&SPANS))?.spaces();
        let whole = month_and_day(next, month, day).filter(|(_, to)| to.day.is_some());
        let (end, to) = whole.or_else(|| {
            let (end, number) = next.number(1..=2)?;
            let to = Stop { year: from.year, month: from.month, day: Some(number) };
            Some((end.spaces().literal(day)?, to))
        })?;
        from.day?;
        let end = end.literal("까지").unwrap_or(end);
        Some((
            end,
            Written::Span { from, to: Stop { year: from.year, ..to }, may_be_styles: false },
        ))
    };
    last().unwrap_or((at, Written::One(from)))
}

#[cfg(test)]
mod tests {
    use super::super::{assert_dates, assert_quoted, parts};

    #[test]
    fn wide_digits_are_digits() {
        assert_dates(&[
            ("２０２１年２月１０日", "2021-02-10"),
            ("令和３年２月１０日", "2021-02-10"),
        ]);
        let found = super::super::find("昨年（２０２０年１２月１２日）に", None);
        assert_eq!(found[0].range, "昨年（".len().."昨年（２０２０年１２月１２日".len());
    }

    #[test]
    fn eras_are_counted_and_are_no_places() {
        assert_dates(&[
            ("소화 15년 5월 3일", "1940-05-03"),
            ("쇼와 20년 8월 15일", "1945-08-15"),
            ("명치 40년 7월 24일", "1907-07-24"),
            ("대정 원년 10월", "1912-10"),
            ("개국 503년 6월 11일", "1894-06-11"),
            ("광무 9년 11월 17일", "1905-11-17"),
            ("단기 4291. 3. 2.", "1958-03-02"),
            ("서기 1958년 3월 2일", "1958-03-02"),
            ("불기 2541년 5월 14일", "1997-05-14"),
            ("昭和 15年 5月 3日", "1940-05-03"),
            ("소화 15년", "1940"),
        ]);
        assert_eq!(parts("소화 15년 5월 3일").and_then(|p| p.1), None);
        assert_eq!(parts("대한민국 2018년 3월 2일").map(|p| p.0).as_deref(), Some("2018-03-02"));
    }

    #[test]
    fn an_era_of_two_countries_is_in_doubt() {
        let found = parts("민국 28년 3월 1일").unwrap();
        assert_eq!(found.0, "[1939-03-01,1946-03-01]");
        assert!(found.2.is_some());
    }

    #[test]
    fn the_moon_and_unknown_eras_give_no_day() {
        assert_quoted(&[
            ("음력 1997년 3월 2일", "lunar"),
            ("1997년 3월 2일(음력)", "lunar"),
            ("1997년 음력 3월 2일", "lunar"),
            ("천보 5년 3월 2일", "`천보 5년 3월 2일`"),
            ("소화 80년 3월 2일", "era"),
        ]);
    }

    #[test]
    fn days_of_the_week_times_and_spans() {
        assert_dates(&[
            ("2018년 3월 2일(금)", "2018-03-02"),
            ("2018년 3월 2일 금요일", "2018-03-02"),
            ("2018. 3. 2.(금)", "2018-03-02"),
            ("2018-03-02(금)", "2018-03-02"),
            ("서울, 2018년 3월 2일 (금) 오후 3시", "2018-03-02"),
            ("2018년 3월 2일 ~ 4일", "2018-03-02/2018-03-04"),
            ("2018년 3월 30일부터 4월 2일까지", "2018-03-30/2018-04-02"),
            ("1958년 3월경", "1958-03~"),
            ("1997년 3월 2일(음력 1월 24일)", "1997-03-02"),
            ("1998년 광복절", "1998-08-15"),
        ]);
    }

    #[test]
    fn a_korean_year_of_two_digits_is_in_doubt() {
        let found = parts("97년 3월 2일").unwrap();
        assert_eq!(found.0, "1997-03-02");
        assert!(found.2.is_some_and(|d| d.contains("century")));
        assert_eq!(parts("징역 1년 6월"), None);
    }
}
