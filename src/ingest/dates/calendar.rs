//! Days counted through both calendars: what day of the week a date is, when Easter is kept, which day of
//! the new calendar one of the old is.

/// By what calendar a date is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Calendar {
    /// The old one.
    Julian,
    /// The new one, in use since 1582 in some countries, and since 1752 in England.
    Gregorian,
}

/// A day: year, month, day of the month.
pub(super) type Ymd = (i32, u32, u32);

/// The Julian day number of a date.
///
/// Source: E. G. Richards, “Calendars”, in: Explanatory Supplement to the Astronomical Almanac, 3rd ed.,
/// 2013, section 15.11.
pub(super) fn number((year, month, day): Ymd, calendar: Calendar) -> i64 {
    let (year, month, day) = (i64::from(year), i64::from(month), i64::from(day));
    let early = i64::from(month < 3);
    let (y, m) = (year + 4800 - early, month + 12 * early - 3);
    let days = day + (153 * m + 2) / 5 + 365 * y + y.div_euclid(4);
    match calendar {
        Calendar::Julian => days - 32083,
        Calendar::Gregorian => days - y.div_euclid(100) + y.div_euclid(400) - 32045,
    }
}

/// The date of a Julian day number; same source.
pub(super) fn date(number: i64, calendar: Calendar) -> Ymd {
    let shifted = match calendar {
        Calendar::Julian => number + 1401,
        Calendar::Gregorian => {
            number + 1401 + (4 * number + 274_277).div_euclid(146_097) * 3 / 4 - 38
        }
    };
    let e = 4 * shifted + 3;
    let h = 5 * (e.rem_euclid(1461) / 4) + 2;
    let day = h.rem_euclid(153) / 5 + 1;
    let month = (h / 153 + 2).rem_euclid(12) + 1;
    let year = e.div_euclid(1461) - 4716 + (14 - month) / 12;
    (year as i32, month as u32, day as u32)
}

/// The day of the new calendar that a day of the old one is.
pub(super) fn new_style(old: Ymd) -> Ymd {
    date(number(old, Calendar::Julian), Calendar::Gregorian)
}

/// The day of the week, 0 for Monday, of a date of the new calendar.
pub(super) fn weekday(day: Ymd) -> u8 {
    number(day, Calendar::Gregorian).rem_euclid(7) as u8
}

/// How many days a month of the new calendar has.
pub(super) fn days_of_month(year: i32, month: u32) -> u32 {
    let next = if month == 12 { (year + 1, 1, 1) } else { (year, month + 1, 1) };
    (number(next, Calendar::Gregorian) - number((year, month, 1), Calendar::Gregorian)) as u32
}

/// The day so many days after Easter Sunday, in the calendar by which Easter is counted.
///
/// Source: J. Meeus, Astronomical Algorithms, 2nd ed., 1998, chapter 8, which gives the rule of the new
/// calendar after Nature, 20 April 1876, p. 487, and that of the old one after Delambre.
pub(super) fn after_easter(year: i32, days: i16, calendar: Calendar) -> Ymd {
    let easter = match calendar {
        Calendar::Gregorian => {
            let (a, b, c) = (year % 19, year / 100, year % 100);
            let g = (b - (b + 8) / 25 + 1) / 3;
            let h = (19 * a + b - b / 4 - g + 15) % 30;
            let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
            let m = (a + 11 * h + 22 * l) / 451;
            h + l - 7 * m + 114
        }
        Calendar::Julian => {
            let d = (19 * (year % 19) + 15) % 30;
            d + (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7 + 114
        }
    };
    let sunday = (year, (easter / 31) as u32, (easter % 31 + 1) as u32);
    date(number(sunday, calendar) + i64::from(days), calendar)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_through_both_calendars() {
        assert_eq!(number((2000, 1, 1), Calendar::Gregorian), 2_451_545);
        for n in (1_900_000..2_600_000).step_by(37) {
            for calendar in [Calendar::Julian, Calendar::Gregorian] {
                assert_eq!(number(date(n, calendar), calendar), n);
            }
        }
        assert_eq!(new_style((1868, 3, 12)), (1868, 3, 24));
        assert_eq!(new_style((1917, 10, 25)), (1917, 11, 7));
        assert_eq!(new_style((1752, 9, 2)), (1752, 9, 13));
    }

    #[test]
    fn days_of_the_week_and_lengths_of_months() {
        assert_eq!(weekday((1931, 5, 3)), 6);
        assert_eq!(weekday((2018, 3, 2)), 4);
        assert_eq!([1900, 2000, 1998, 1996].map(|y| days_of_month(y, 2)), [28, 29, 28, 29]);
        assert_eq!(days_of_month(1999, 12), 31);
    }

    #[test]
    fn easter_as_calendars_print_it() {
        let of = |year| after_easter(year, 0, Calendar::Gregorian);
        assert_eq!(
            [1818, 1871, 1916, 1943, 2008, 2018].map(of),
            [
                (1818, 3, 22),
                (1871, 4, 9),
                (1916, 4, 23),
                (1943, 4, 25),
                (2008, 3, 23),
                (2018, 4, 1)
            ]
        );
        // Pepys kept Easter on 14 April 1661, Russia on 2 April 1917, by the old calendar.
        assert_eq!(after_easter(1661, 0, Calendar::Julian), (1661, 4, 14));
        assert_eq!(after_easter(1917, 0, Calendar::Julian), (1917, 4, 2));
        assert_eq!(after_easter(1871, -46, Calendar::Gregorian), (1871, 2, 22));
        assert_eq!(after_easter(1871, 49, Calendar::Gregorian), (1871, 5, 28));
    }
}
