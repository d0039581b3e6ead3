//! Days of other calendars, and forms of single languages without a lexicon: those of the French Republic and the Persian ones are computed, Islamic and Jewish ones are only known as such.

use super::at::{At, roman};
use super::calendar::{self, Calendar};
use super::written::{Stop, Why, Written, Year};
use crate::ingest::lexicon::months::BEFORE_NUMBERS;
use crate::ingest::lexicon::surroundings::{
    ISLAMIC_MONTHS, JEWISH_MONTHS, PERSIAN_MONTH, PERSIAN_MONTHS, REPUBLICAN_MONTHS,
};

/// The days in September with which the years 1 to 14 of the French Republic began, from 1792 on.
///
/// Source: the decree of 4 frimaire an II begins the year with the true equinox at Paris; the days as printed in
/// “Concordance des calendriers grégorien et républicain”, Paris, Clavreuil, 1963.
const NEW_YEARS: [u32; 14] = [22, 22, 22, 23, 22, 22, 22, 23, 23, 23, 23, 24, 23, 23];

/// `20 brumaire an VIII`, `4 Floréal, l'an 2 de la République`
pub(super) fn republican(at: At<'_>) -> Option<(At<'_>, Written)> {
    let (at, day) = at.begins_word().then(|| at.day())??;
    let at = at.spaces();
    let word = Some(at.letters()).filter(|word| !word.is_empty())?;
    let lower = word.to_lowercase();
    let month = (1..).zip(REPUBLICAN_MONTHS).find(|(_, names)| names.contains(&&*lower));
    let (month, _) = month.filter(|_| (1..=30).contains(&day))?;
    let at = at.on(word.len()).optional(".").optional(",").spaces();
    let named = [
        at.literal("de l'an"),
        at.literal("de l’an"),
        at.literal("l'an"),
        at.literal("l’an"),
        at.literal("an"),
    ];
    let year = named.into_iter().flatten().next()?.gap()?;
    let (end, year) = year.number(1..=2).or_else(|| {
        let word = year.letters();
        Some((year.on(word.len()), roman(word)?))
    })?;
    let end = end.literal("e").unwrap_or(end);
    let end = end.spaces().literal("de la république").unwrap_or(end);
    let end = end.spaces().literal("française").unwrap_or(end);
    let new_year = *NEW_YEARS.get(usize::try_from(year.checked_sub(1)?).ok()?)?;
    let first = calendar::number((1791 + year as i32, 9, new_year), Calendar::Gregorian);
    let (year, month, day) =
        calendar::date(first + i64::from((month - 1) * 30 + day - 1), Calendar::Gregorian);
    let stop = Stop::day(Year::Full(year.try_into().ok()?), month, day);
    end.ends_word().then_some((end, Written::One(stop)))
}

/// `12 خرداد 1390`
///
/// A year of 1300 to 1500 begins by the rule of thirty-three years, which is that of the equinox in all of them.
/// Source: E. G. Richards, “Calendars”, in: Explanatory Supplement to the Astronomical Almanac, 3rd ed., 2013,
/// section 15.9, and K. M. Borkowski, “The Persian calendar for 3000 years”, Earth, Moon, and Planets 74, 1996.
pub(super) fn persian(at: At<'_>) -> Option<(At<'_>, Written)> {
    let (at, day) = at.begins_word().then(|| at.number(1..=2))??;
    let at = at.gap()?;
    let word = at.letters();
    let months = PERSIAN_MONTHS.iter().position(|name| *name == word)?;
    let at = at.on(word.len()).spaces();
    let at = at.literal(PERSIAN_MONTH).map_or(at, At::spaces);
    let (end, year) = at.number(4..=4)?;
    let leap = |year: u32| (year * 8 + 29) % 33 < 8;
    let length = match months {
        0..6 => 31,
        11 if !leap(year) => 29,
        _ => 30,
    };
    let known = (1300..=1500).contains(&year) && (1..=length).contains(&day) && end.ends_word();
    let before = i64::try_from(months.min(6) * 31 + months.saturating_sub(6) * 30).ok()?;
    // The year 1300 began on 21 March 1921.
    let days: i64 = (1300..year).map(|year| 365 + i64::from(leap(year))).sum();
    let first = calendar::number((1921, 3, 21), Calendar::Gregorian);
    let (year, month, day) =
        calendar::date(first + days + before + i64::from(day) - 1, Calendar::Gregorian);
    let stop = Stop::day(Year::Full(year.try_into().ok()?), month, day);
    known.then_some((end, Written::One(stop)))
}

/// `20 tháng 11 năm 2011`
pub(super) fn vietnamese(at: At<'_>) -> Option<(At<'_>, Written)> {
    let [month_word, year_word] = BEFORE_NUMBERS;
    let (at, day) = at.begins_word().then(|| at.number(1..=2))??;
    let (at, month) = at.gap()?.literal(month_word)?.gap()?.number(1..=2)?;
    let (at, year) = at.gap()?.literal(year_word)?.gap()?.number(4..=4)?;
    at.ends_word().then_some((at, Written::One(Stop::day(Year::Full(year), month, day))))
}

/// `5 Iyar 5691`, `15 Shawwal 1349`
pub(super) fn uncomputed(at: At<'_>) -> Option<(At<'_>, Written)> {
    let (at, _) = at.begins_word().then(|| at.number(1..=2))??;
    let at = at.gap()?;
    let word = at.letters().to_lowercase();
    let years = [(ISLAMIC_MONTHS, 1200..1500), (JEWISH_MONTHS, 5400..5900)];
    let (_, years) = years.into_iter().find(|(months, _)| months.contains(&&*word))?;
    let (end, year) = at.on(at.letters().len()).optional(",").gap()?.number(4..=4)?;
    (years.contains(&year) && end.ends_word()).then_some((end, Written::Unread(Why::Calendar)))
}

#[cfg(test)]
mod tests {
    use super::super::{Context, mentions};

    fn read(text: &str) -> (String, String) {
        let found = mentions(text, Context::default());
        let [one] = &found[..] else { panic!("{text}: {found:?}") };
        let date = one.reading.date.as_ref().map(ToString::to_string);
        (date.unwrap_or_default(), one.reading.doubt.clone().unwrap_or_default())
    }

    #[test]
    fn days_of_the_french_republic_are_computed() {
        for (text, day) in [
            ("18 brumaire an VIII", "1799-11-09"),
            ("Paris, le 9 Thermidor, l'an 2 de la République", "1794-07-27"),
            ("1er vendémiaire an IV", "1795-09-23"),
            ("Lyon, 10 nivose an XIV", "1805-12-31"),
            ("4 frimaire an II", "1793-11-24"),
            ("5 brum. an 9", "1800-10-27"),
            ("Au port de Saint-Aubert, le 22 ventôse, l'an III de la République", "1795-03-12"),
        ] {
            assert_eq!(read(text), (day.to_owned(), String::new()), "{text}");
        }
        for text in ["18 brumaire", "31 brumaire an VIII", "3 ventôse an XV", "5 mois an II"] {
            assert!(
                mentions(text, Context::default()).iter().all(|m| m.reading.date.is_none()),
                "{text}"
            );
        }
    }

    #[test]
    fn months_of_languages_without_a_lexicon_are_known() {
        for (text, day) in [
            ("Praha 5. dubna 2010", "2010-04-05"),
            ("Warszawa, dnia 12 marca 2014 r.", "2014-03-12"),
            ("Москва, 3 февраля 2014 года", "2014-02-03"),
            ("Київ, 24 серпня 1991 року", "1991-08-24"),
            ("Budapest, 2012. október 3.", "2012-10-03"),
            ("Αθήνα, 7 Ιουνίου 2011", "2011-06-07"),
            ("İstanbul, 30 Ağustos 2013", "2013-08-30"),
            ("القاهرة، 25 يناير 2011", "2011-01-25"),
            ("Helsinki 6. joulukuuta 1917", "1917-12-06"),
            ("Hà Nội, ngày 20 tháng 11 năm 2011", "2011-11-20"),
        ] {
            assert_eq!(read(text), (day.to_owned(), String::new()), "{text}");
            assert!(super::super::date_line(text, None).is_some(), "{text}");
        }
    }

    #[test]
    fn days_of_the_persian_calendar_are_computed() {
        for (text, day) in [
            ("22 بهمن 1357", "1979-02-11"),
            ("۱ فروردین ۱۴۰۰", "2021-03-21"),
            ("تهران، ۱۲ خرداد ماه ۱۳۹۰", "2011-06-02"),
            ("30 اسفند 1399", "2021-03-20"),
            ("1 فروردین 1358", "1979-03-21"),
            ("٢٥ يناير ٢٠١١", "2011-01-25"),
        ] {
            assert_eq!(read(text), (day.to_owned(), String::new()), "{text}");
        }
        assert!(
            mentions("30 اسفند 1398", Context::default()).iter().all(|m| m.reading.date.is_none())
        );
    }

    #[test]
    fn days_of_other_calendars_are_quoted() {
        for text in ["5 Iyar 5691", "15 Shawwal 1349"] {
            assert!(read(text).1.contains(&format!("`{text}` is a day of a calendar")), "{text}");
        }
        assert_eq!(mentions("5 Adam 5691", Context::default()), []);
    }
}
