//! Forms of dates in Western scripts, one a function.

use super::at::{At, roman};
use super::calendar;
use super::clock;
use super::words::{self, SPANS};
use super::written::{Stop, Why, Written, Year};

type Found<'t> = Option<(At<'t>, Written)>;

fn one(year: Year, month: u32, day: Option<u32>) -> Written {
    Written::One(Stop { year, month: Some(month), day })
}

/// Past a year of four digits or two; without one, to where the date ended.
fn year_or_none(at: At<'_>) -> (At<'_>, Year) {
    let close = at.sign(",").unwrap_or(at);
    close.joined().year().map_or((at, Year::Missing), |found| found)
}

/// `2014-11-10`, `2014-11-10/2014-11-12`
pub(super) fn iso(at: At<'_>) -> Found<'_> {
    let (at, from) = iso_day(at)?;
    let to = at.sign("/").or_else(|| at.literal(" – ")).and_then(iso_day);
    match to {
        Some((at, to)) => Some((at, Written::Span { from, to, may_be_styles: false })),
        None => at.ends_word().then_some((at, Written::One(from))),
    }
}

fn iso_day(at: At<'_>) -> Option<(At<'_>, Stop)> {
    let (at, year) = at.begins_word().then(|| at.number(4..=4))??;
    let (at, month) = at.sign("-")?.number(2..=2)?;
    let (at, day) = at.sign("-")?.number(2..=2)?;
    Some((at, Stop::day(Year::Full(year), month, day)))
}

/// Between two days: a dash, a stroke, a word; whether the same day may be meant in two calendars.
fn between(at: At<'_>) -> Option<(At<'_>, bool)> {
    let spaced = at.spaces();
    if let Some(after) = spaced.sign("/") {
        return Some((after.spaces(), true));
    }
    let after = spaced.sign("-–—~").or_else(|| spaced.past(&SPANS))?;
    Some((after.spaces(), false))
}

/// `12/24 March 1868`, `30 June – 2 July 1917`, `du 4 au 6 juillet 1917`, `29 Dec. 1917–3 Jan. 1918`
pub(super) fn span_of_days(at: At<'_>) -> Found<'_> {
    let (at, first) = at.begins_word().then(|| at.day())??;
    let month = at.joined().month();
    let (at, month) = month.map_or((at, None), |(a, month)| (a, Some(month)));
    let (at, year) = match month {
        Some(_) => year_or_none(at),
        None => (at, Year::Missing),
    };
    let bracket = at.spaces().sign("(");
    let (at, may_be_styles) = bracket.map(|a| (a, true)).or_else(|| between(at))?;
    let (at, second) = at.day()?;
    let (at, last_month) = at.optional(")").joined().month()?;
    let (at, last_year) = year_or_none(at.optional(")"));
    let from = Stop::day(year, month.unwrap_or(last_month), first);
    let to = Stop::day(last_year, last_month, second);
    // In brackets there is nothing but the same day.
    let fits = bracket.is_none() || are_styles(from, to);
    (fits && at.ends_word()).then_some((at, Written::Span { from, to, may_be_styles }))
}

/// Whether two dates are the same day of the old calendar and of the new one.
pub(super) fn are_styles(from: Stop, to: Stop) -> bool {
    let day = |stop: Stop, year: u32| Some((i32::try_from(year).ok()?, stop.month?, stop.day?));
    let Year::Full(last) = to.year else { return false };
    // The old calendar is behind: its year may be the one before.
    let first = match from.year {
        Year::Full(year) => year,
        _ => last - u32::from(from.month > to.month),
    };
    day(from, first).map(calendar::new_style) == day(to, last)
}

/// `July 4th-6th 1917`, `June 30 – July 2, 1917`, `March 12/24, 1868`
pub(super) fn span_in_month(at: At<'_>) -> Found<'_> {
    let (at, month) = at.begins_word().then(|| at.month())??;
    let (at, first) = at.joined().day()?;
    let (at, year) = year_or_none(at);
    let (at, may_be_styles) = between(at)?;
    let (at, last_month) = at.month().map_or((at, month), |(a, month)| (a.joined(), month));
    let (at, second) = at.day()?;
    let (at, last_year) = year_or_none(at.optional(")"));
    let from = Stop::day(year, month, first);
    let to = Stop::day(last_year, last_month, second);
    at.ends_word().then_some((at, Written::Span { from, to, may_be_styles }))
}

/// `10 November 2014`, `10-NOV-2014`, `2nd day of March, 2018`, `2 de marzo de 2018`, `3d Octr. 1797`, `9, Oct,–1959`
pub(super) fn day_month_year(at: At<'_>) -> Found<'_> {
    let (at, day) = at.begins_word().then(|| at.day())??;
    let at = at.joined().optional("-–/,").joined();
    let (at, month, year) = named_month(at).or_else(|| misspelled_month(at))?;
    let (at, written) = style(at, Stop::day(year, month, day));
    at.ends_word().then_some((at, written))
}

/// A month by its name, and its year.
fn named_month(at: At<'_>) -> Option<(At<'_>, u32, Year)> {
    let (at, month) = at.month()?;
    let at = at.optional("/").dividers();
    let (at, year) = at.joined().year()?;
    Some((at, month, year))
}

/// The same, of which one letter is another: `12 Decembre 1916`, `3 Febuary 1920`.
fn misspelled_month(at: At<'_>) -> Option<(At<'_>, u32, Year)> {
    let word = at.letters();
    let long = word.len() > 5 && word.len() < 12;
    let (end, year) =
        at.on(word.len()).optional(".").dividers().joined().year().filter(|_| long)?;
    Some((end, words::like_month(word)?, year))
}

/// The same date as one of the old calendar, if such words follow it.
fn style(at: At<'_>, stop: Stop) -> (At<'_>, Written) {
    let open = at.spaces().optional("([,").spaces();
    let old = open.past(&words::OLD_STYLE).map(|after| (after, Written::Old(stop)));
    let new = || open.past(&words::NEW_STYLE).map(|after| (after, Written::One(stop)));
    match old.or_else(new) {
        Some((after, written)) => (after.optional(".").optional(")]"), written),
        None => (at, Written::One(stop)),
    }
}

/// `November 10, 2014`, `March 2nd1822`, `Jan. 4th, '98`, `Oct, 4,- 1968`, `abril a 7 de 1939`, `Sept. 25th /01`
pub(super) fn month_day_year(at: At<'_>) -> Found<'_> {
    let (at, month) = at.begins_word().then(|| at.month())??;
    let at = at.dividers();
    let (at, day) = at.past(&words::ARTICLES).unwrap_or(at).joined().day()?;
    let after = at;
    let at = at.dividers().joined();
    // Mail programs write "Mar 31 16:28:04 2010".
    let timed = clock::end(at.rest()).map(|end| at.on(end).spaces());
    let timed = timed.and_then(|a| Some((a.full_year()?.0, Year::Full(a.full_year()?.1))));
    let (at, year) = at
        .year()
        .or(timed)
        .or_else(|| at.rest().starts_with(['\'', '’', '‘']).then(|| at.short_year())?)
        .or_else(|| last_two_digits(after))?;
    let (at, written) = style(at, Stop::day(year, month, day));
    at.ends_word().then_some((at, written))
}

/// The year of `Sept. 25th /01`, `Oct. 3d. 99`: two digits with which a line ends.
fn last_two_digits(at: At<'_>) -> Option<(At<'_>, Year)> {
    let stroke = at.spaces().sign("/").map(At::spaces);
    let (end, year) = stroke.or_else(|| at.dividers().gap_before())?.number(2..=2)?;
    let named = stroke.is_some() || year > 31;
    (named && ends_line(end)).then_some((end, Year::Short(year)))
}

/// `25.III.1931`, `25/XI/31`, `25 III 1931`, `14./II. 12`, `2. X. 907`
pub(super) fn roman_month(at: At<'_>) -> Found<'_> {
    let number = || at.number(1..=2).or_else(|| roman_day(at));
    let (at, day) = at.begins_word().then(number)??;
    let (at, close) = separator(at)?;
    let word = at.letters();
    let month = roman(word).filter(|m| *m <= 12)?;
    let (at, close_year) = separator(at.on(word.len()))?;
    let short = || match (close, close_year) {
        (true, _) => at.short_year().or_else(|| at.year_without_thousand()),
        (false, true) => None,
        // Between spaces, a number of two digits is a year if nothing but a date is there.
        (false, false) => at.short_year().filter(|(end, _)| ends_line(*end)),
    };
    let (at, year) = at.year().or_else(short)?;
    // Small letters between spaces are words, such as "3 i 1931".
    let clear = close || word.bytes().all(|b| b.is_ascii_uppercase());
    (clear && at.ends_word()).then_some((at, Written::One(Stop::day(year, month, day))))
}

/// The day of `I.IX.16`.
fn roman_day(at: At<'_>) -> Option<(At<'_>, u32)> {
    let word = at.letters();
    let end = at.on(word.len());
    Some((end, roman(word)?)).filter(|_| end.rest().starts_with(['.', '/']))
}

/// Whether nothing but signs comes next.
fn ends_line(at: At<'_>) -> bool {
    !at.rest().contains(char::is_alphanumeric)
}

/// Past a point, a stroke or a dash, or a point and a stroke, or else white space; whether it was a sign.
fn separator(at: At<'_>) -> Option<(At<'_>, bool)> {
    match at.space().sign("./-") {
        Some(after) => Some((after.space().optional("/").space(), true)),
        None => at.gap().map(|after| (after, false)),
    }
}

/// `1868 March 12/24`, `1797. Octr. 3d`, `1931, 3 May`
pub(super) fn year_month_day_in_words(at: At<'_>) -> Found<'_> {
    let (at, year) = at.begins_word().then(|| at.full_year())??;
    let at = at.optional(".,:").gap()?;
    let year = Year::Full(year);
    if let Some((at, month)) = at.month() {
        let (at, day) = at.joined().day()?;
        let second = at.sign("/").and_then(At::day);
        let from = Stop::day(year, month, day);
        return match second {
            Some((at, second)) => {
                let to = Stop::day(year, month, second);
                at.ends_word().then_some((at, Written::Span { from, to, may_be_styles: true }))
            }
            None => at.ends_word().then_some((at, Written::One(from))),
        };
    }
    let (at, day) = at.day()?;
    let (at, month) = at.joined().month()?;
    at.ends_word().then_some((at, Written::One(Stop::day(year, month, day))))
}

/// `10 Nov 14`, `10-NOV-'14`, `16. 7br 52.`
pub(super) fn day_month_short_year(at: At<'_>) -> Found<'_> {
    let (at, day) = at.begins_word().then(|| at.day())??;
    let (at, month) = at.joined().optional("-/").spaces().month()?;
    let joined = |c: char| c.is_whitespace() || "-/,".contains(c);
    let gap = at.rest().len() - at.rest().trim_start_matches(joined).len();
    let (at, year) = (gap > 0).then(|| at.on(gap).short_year())??;
    // "On 3 May 10 people came" has no year.
    let more = at.rest().trim_start().starts_with(char::is_lowercase);
    (at.ends_word() && !more).then_some((at, one(year, month, Some(day))))
}

/// `November 2014`, `marzo de 2018`, `[April, 1819]`
pub(super) fn month_year(at: At<'_>) -> Found<'_> {
    let (at, month) = at.begins_word().then(|| at.month())??;
    let at = at.optional(",").gap()?.joined();
    let (at, year) = at.year()?;
    at.ends_word().then_some((at, one(year, month, None)))
}

/// `2014. 11. 10.`, `2014/11/10`
pub(super) fn year_month_day(at: At<'_>) -> Found<'_> {
    let (at, year) = at.begins_word().then(|| at.full_year())??;
    let (at, month) = at.space().sign("./")?.space().number(1..=2)?;
    let (at, day) = at.space().sign("./")?.space().number(1..=2)?;
    let written = one(Year::Full(year), month, Some(day));
    at.ends_word().then_some((at.optional("."), written))
}

/// `03/04/2018`, `10.11.14`, `23. 1. [1896]`, `26/8 09`, `12. 6. 907`
pub(super) fn three_numbers(at: At<'_>) -> Found<'_> {
    let (at, one) = at.begins_word().then(|| at.number(1..=2))??;
    let (at, other) = at.space().sign("./-")?.space().number(1..=2)?;
    let signed = at.space().sign("./-").map(|at| (at.space(), true));
    let (at, signed) = signed.or_else(|| Some((before_last_word(at)?, false)))?;
    let plain = at.full_year().map(|(a, year)| (a, Year::Full(year)));
    let bracketed = at.rest().starts_with('[').then(|| at.year()).flatten();
    // Behind a year of two digits the day may have one: "98. 5. 3."
    let day = || at.number(1..=1).filter(|_| one > 31).map(|(a, day)| (a, Year::Short(day)));
    let short = || at.short_year().or_else(|| at.year_without_thousand().filter(|_| signed));
    let (at, year) = plain.or(bracketed).or_else(short).or_else(day)?;
    ends_numbers(at).then_some((at, Written::Either(one, other, year)))
}

/// The place behind a gap before the last word of a line, if no sign is there that parts numbers otherwise.
fn before_last_word(at: At<'_>) -> Option<At<'_>> {
    if at.rest().starts_with(['.', '-']) {
        return None;
    }
    at.gap().filter(|a| ends_line(a.on(a.word().len())))
}

/// Whether no further number follows that three are joined with.
fn ends_numbers(at: At<'_>) -> bool {
    let rest = at.rest();
    let decimal =
        rest.strip_prefix('.').is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
    at.ends_word() && !rest.starts_with(['/', '-']) && !decimal
}

/// `Lady Day 1849`, `Ash Wednesday, 1871`
pub(super) fn feast(at: At<'_>) -> Found<'_> {
    let (end, feast) = at.begins_word().then(|| words::feast(at.rest()))??;
    let at = at.on(end).spaces();
    let at = at.sign(",").unwrap_or(at).joined();
    if let Some((at, year)) = at.year() {
        return at.ends_word().then_some((at, Written::Feast(feast, year)));
    }
    if at.rest().starts_with(['\'', '’', '‘']) {
        let (at, year) = at.short_year()?;
        return at.ends_word().then_some((at, Written::Feast(feast, year)));
    }
    let (at, _) = at.number(1..=3)?;
    at.ends_word().then_some((at, Written::Unread(Why::Year)))
}

/// `9th inst.`, `the 9th ultimo`, `le 9 courant`, `이달 9일`
pub(super) fn near_month(at: At<'_>) -> Found<'_> {
    if at.rest().starts_with(|c: char| c >= '\u{1100}') {
        let (end, months) = words::near_month(at.rest())?;
        let (at, day) = at.on(end).spaces().number(1..=2)?;
        return Some((at.spaces().literal("일")?, Written::Near(day, months)));
    }
    let (at, day) = at.begins_word().then(|| at.day())??;
    let at = at.gap()?;
    let (end, months) = words::near_month(at.rest())?;
    let at = at.on(end);
    at.ends_word().then_some((at.optional(".°"), Written::Near(day, months)))
}

/// `3 May`, `den 12 Sept`, `August 13th`
pub(super) fn day_without_year(at: At<'_>) -> Found<'_> {
    if !at.begins_word() {
        return None;
    }
    if let Some((at, month)) = at.month() {
        let (at, day) = at.joined().day()?;
        return at.ends_word().then_some((at, one(Year::Missing, month, Some(day))));
    }
    if roman(at.letters()).is_some() {
        return None;
    }
    let (at, day) = at.day()?;
    let (at, month) = at.joined().month()?;
    at.ends_word().then_some((at, one(Year::Missing, month, Some(day))))
}

/// `Spring 1931`, `Hiver 1997-98`, `2003년 봄호`: a season, as on the first page of a bulletin. A sign or nothing is before
/// it: the Prague Spring was no season.
pub(super) fn season(at: At<'_>) -> Found<'_> {
    let before = at.text[..at.at].trim_end();
    let set_off = |c: char| c.is_ascii_digit() || ",.;:(/–—-|·".contains(c);
    if !at.begins_word() || !(before.is_empty() || before.ends_with(set_off)) {
        return None;
    }
    if let Some((at, year)) = at.full_year() {
        let at = at.spaces().literal("년")?.gap()?;
        let end = at.on(at.letters().len());
        let season = words::SEASONS.number(at.letters()).filter(|_| ends_line(end))?;
        return Some((end, Written::Season(season.into(), Year::Full(year))));
    }
    let word = at.letters();
    let season = words::SEASONS.number(word)?;
    let (at, year) = at.on(word.len()).optional(",").gap()?.joined().year()?;
    at.ends_word().then_some((at, Written::Season(season.into(), year)))
}

#[cfg(test)]
mod tests {
    use super::super::{assert_dates, assert_quoted};

    #[test]
    fn old_abbreviations_and_ordinals() {
        assert_dates(&[
            ("3d Octr. 1797", "1797-10-03"),
            ("Feby 18 1819.", "1819-02-18"),
            ("Bertram House Jany12th 1819.", "1819-01-12"),
            ("Three Mile Cross March 2nd1822.", "1822-03-02"),
            ("9 Dezbr 1864.", "1864-12-09"),
            ("4–Xbre –1854", "1854-12-04"),
            ("den 23 Jenner 1845", "1845-01-23"),
            ("den 2ten März 1875.", "1875-03-02"),
            ("1er janvier 1900", "1900-01-01"),
            ("30 Avril1922", "1922-04-30"),
            ("xi decembre 1617", "1617-12-11"),
            ("the 4th of July in the year 1801", "1801-07-04"),
            ("Wed Mar 31 16:28:04 2010", "2010-03-31"),
            ("Dall'Haya li 12 genaro 1621", "1621-01-12"),
        ]);
    }

    #[test]
    fn signs_between_the_parts_and_slips_of_the_pen() {
        assert_dates(&[
            ("Oct, 12, 1867", "1867-10-12"),
            ("may 7, - 1961.", "1961-05-07"),
            ("julio 23,–1957", "1957-07-23"),
            ("Junio 25-1927", "1927-06-25"),
            ("March; 3-1965.", "1965-03-03"),
            ("9, Octu,–1959", "1959-10-09"),
            ("abril a 7 de 1939", "1939-04-07"),
            ("12 Decembre 1916", "1916-12-12"),
            ("3 Febuary 1920", "1920-02-03"),
            ("el 4 de septienbre de 1931", "1931-09-04"),
            ("June 28th 99", "1999-06-28"),
            ("Worcester, July 7th/98", "1998-07-07"),
        ]);
        // A number behind a day is no year if more follows, or if it may be another day.
        for text in ["March 3 85 people came", "March 3d 12"] {
            assert_eq!(super::super::parts(text).map(|p| p.0).unwrap_or_default(), "", "{text}");
        }
        assert_eq!(super::super::parts("4 october revolutions"), None);
    }

    #[test]
    fn months_in_roman_numbers() {
        assert_dates(&[
            ("25.III.1931", "1931-03-25"),
            ("Wien, 25. XI. 1931", "1931-11-25"),
            ("7/iv/1902", "1902-04-07"),
            ("7 IX 1902", "1902-09-07"),
        ]);
        assert_eq!(super::super::parts("25.XIII.1931"), None);
        assert_dates(&[
            ("Linz 8/VII 17", "1917-07-08"),
            ("14./II. 12.", "1912-02-14"),
            ("4 / II 1895", "1895-02-04"),
            ("Gmunden 14 XI 25.", "1925-11-14"),
            ("I.IX.16", "1916-09-01"),
            ("8. IV. 06", "1906-04-08"),
        ]);
    }

    #[test]
    fn years_without_their_thousand_and_days_before_a_stroke() {
        assert_dates(&[
            ("Linz, 11. 2. 907", "1907-02-11"),
            ("10. X. 898", "1898-10-10"),
            ("Enns 26/8 09", "1909-08-26"),
            ("Dornbirn, 30/9 93.", "1993-09-30"),
        ]);
        let doubt = super::super::parts("Linz, 11. 2. 907").and_then(|p| p.2);
        assert!(doubt.is_some_and(|d| d.contains("`907`")));
        assert_eq!(super::super::parts("12. 6. 107"), None);
    }

    #[test]
    fn old_months_and_ordinals_behind_words_that_lead_to_a_place() {
        assert_dates(&[
            ("Lindau. D. 16ten Septbr 1777.", "1777-09-16"),
            ("Kassel. Den 10.ten Januar. 1776.", "1776-01-10"),
            ("Colmar d 4t Junius. 1776.", "1776-06-04"),
            ("Bern den 3 ten Octobr 1795.", "1795-10-03"),
            ("à Meaux ce 22 Juillet 1763.", "1763-07-22"),
            ("De Lyon, ce 10 de juing 1538", "1538-06-10"),
        ]);
        for (text, place) in
            [("à Meaux ce 22 Juillet 1763.", "Meaux"), ("De Lyon, ce 10 juin 1538", "Lyon")]
        {
            let found = super::super::parts(text).and_then(|p| p.1);
            assert_eq!(found.as_deref(), Some(place), "{text}");
        }
    }

    #[test]
    fn spans_of_days_are_intervals() {
        assert_dates(&[
            ("July 4th-6th 1917", "1917-07-04/1917-07-06"),
            ("4-6 July 1917", "1917-07-04/1917-07-06"),
            ("30 June – 2 July 1917", "1917-06-30/1917-07-02"),
            ("du 4 au 6 juillet 1917", "1917-07-04/1917-07-06"),
            ("4. bis 6. Juli 1917", "1917-07-04/1917-07-06"),
            ("29 Dec.–3 Jan. 1918", "1917-12-29/1918-01-03"),
            ("June 30 to July 2, 1917", "1917-06-30/1917-07-02"),
            ("2014-11-10/2014-11-12", "2014-11-10/2014-11-12"),
        ]);
    }

    #[test]
    fn a_day_in_both_calendars_is_that_of_the_new_one() {
        assert_dates(&[
            ("St. Petersburg, 12/24 March 1868", "1868-03-24"),
            ("Riga, March 1/13, 1870", "1870-03-13"),
            ("25 Dec. 1867/6 Jan. 1868", "1868-01-06"),
            ("28 February (11 March) 1868", "1868-03-11"),
            ("Narva, 12 March 1868 (O.S.)", "1868-03-24"),
            ("24 March 1868 n.s.", "1868-03-24"),
            // No such days differ: two days.
            ("12/14 March 1868", "1868-03-12/1868-03-14"),
        ]);
        let doubt = super::super::parts("12/24 March 1868").and_then(|p| p.2);
        assert!(doubt.is_some_and(|d| d.contains("`12/24 March 1868`")));
    }

    #[test]
    fn years_that_began_in_march() {
        assert_dates(&[
            ("3 February 1702/3", "1703-02-03"),
            ("3 February 1702/03", "1703-02-03"),
            ("Feb. 3d, 1699/1700", "1700-02-03"),
            ("24 March 1719-20", "1720-03-24"),
            ("1 May 1702/3", "[1702-05-01,1703-05-01]"),
        ]);
    }

    #[test]
    fn seasons_are_those_of_bulletins() {
        assert_dates(&[
            ("Spring 1931", "1931-21"),
            ("Hiver 1997-1998", "1997-24"),
            ("Herbst 1948", "1948-23"),
            ("2003년 여름호", "2003-22"),
        ]);
        assert_eq!(super::super::parts("the Prague Spring 1968"), None);
    }

    #[test]
    fn years_in_words() {
        assert_dates(&[
            ("17 de octubre de mil novecientos ochenta y cuatro", "1984-10-17"),
            ("le cinq janvier mil neuf cent quatre-vingt-dix-sept", "1997-01-05"),
            ("20 de março de mil novecentos e setenta e um", "1971-03-20"),
        ]);
        for (text, day) in [
            ("a los tres días del mes de mayo de dos mil tres", "2003-05-03"),
            ("this third day of March, one thousand nine hundred and thirty-one", "1931-03-03"),
            ("No. 7, Spring 1931", "1931-21"),
        ] {
            let found = super::super::find(text, None).into_iter().next();
            let found = found.and_then(|found| found.reading.date).map(|date| date.to_string());
            assert_eq!(found.as_deref(), Some(day), "{text}");
        }
    }

    #[test]
    fn feasts_are_computed() {
        assert_dates(&[
            ("Lady Day 1849", "1849-03-25"),
            ("Ash Wednesday 1871", "1871-02-22"),
            ("Whit Monday, 1871", "1871-05-29"),
            ("Michaelmas 1871", "1871-09-29"),
            ("Martinmas 1820", "1820-11-11"),
            ("Karfreitag 1943", "1943-04-23"),
            ("Mercredi des cendres 1916", "1916-03-08"),
            ("Pfingsten 1871", "1871-05-28"),
            ("Easter Day 1661", "[1661-04-14,1661-04-17]"),
            ("Ash Wednesday, 22 Feb. 1871", "1871-02-22"),
        ]);
        let doubt = |text| super::super::parts(text).and_then(|p| p.2);
        assert!(doubt("Christmas 1908").is_some() && doubt("Jacobi 1908").is_some());
        assert!(doubt("Lady Day 1849").is_none() && doubt("Karfreitag 1943").is_none());
        assert_quoted(&[("Lady Day 184", "`Lady Day 184` was not understood")]);
    }

    #[test]
    fn days_of_months_that_are_not_named() {
        assert_quoted(&[
            ("9th inst.", "`9th inst.`"),
            ("le 9 courant", "`9 courant`"),
            ("the 30th ultimo", "`30th ultimo`"),
            ("Whitby, 2d prox.", "`2d prox.`"),
        ]);
    }

    #[test]
    fn what_is_no_day_is_quoted() {
        assert_quoted(&[
            ("30 February 1998", "`30 February 1998` is not a day"),
            ("31 Febr.", "`31 Febr.` is not a day"),
            ("31/04/1998", "`31/04/1998` is not a day"),
            ("1998-02-30", "`1998-02-30` is not a day"),
            ("Dresden den 12 Sept", "`12 Sept` has no year"),
        ]);
    }
}
