//! Days counted as numbers, for clocks, spreadsheets and the search index.

use super::Day;

/// Days from 1 March of the year 0 to 1 January 1970.
const EPOCH: i64 = 719_468;

/// Days of 400 years, after which the calendar repeats itself.
const CYCLE: i64 = 146_097;

impl Day {
    /// Days since 1 January 1970, negative before it.
    pub fn since_1970(self) -> i64 {
        // Years are counted from March, so that the leap day ends them.
        let month = i64::from(self.month);
        let year = i64::from(self.year) - i64::from(month <= 2);
        let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(self.day) - 1;
        365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year
            - EPOCH
    }

    /// The day that is so many days after 1 January 1970; none if its year is out of bounds.
    pub fn from_1970(days: i64) -> Option<Self> {
        let days = days.checked_add(EPOCH)?;
        let (cycle, rest) = (days.div_euclid(CYCLE), days.rem_euclid(CYCLE));
        // The last day of 4, 100 and 400 years is a leap day that belongs to the year before.
        let year = (rest - rest / 1_460 + rest / 36_524 - rest / 146_096) / 365;
        let day_of_year = rest - (365 * year + year / 4 - year / 100);
        let from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * from_march + 2) / 5 + 1;
        let month = if from_march < 10 { from_march + 3 } else { from_march - 9 };
        let year = year + 400 * cycle + i64::from(month <= 2);
        Some(Self {
            year: year.try_into().ok()?,
            month: month.try_into().ok()?,
            day: day.try_into().ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        for (year, month, day, number) in [
            (1970, 1, 1, 0),
            (2000, 3, 1, 11_017),
            (1969, 12, 31, -1),
            (2000, 2, 29, 11_016),
            (1899, 12, 30, -25_569),
            (0, 3, 1, -719_468),
        ] {
            let given = Day { year, month, day };
            assert_eq!((given.since_1970(), Day::from_1970(number)), (number, Some(given)));
        }
    }

    #[test]
    fn each_day_follows_the_one_before() {
        for number in -900_000..900_000 {
            let day = Day::from_1970(number).unwrap();
            assert_eq!(day.since_1970(), number);
            assert!(day > Day::from_1970(number - 1).unwrap(), "{day}");
            assert!((1..=12).contains(&day.month) && (1..=31).contains(&day.day), "{day}");
        }
        assert_eq!(Day::from_1970(i64::MAX), None);
    }
}
