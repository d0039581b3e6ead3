//! What day it is: the one clock of the program.
#![expect(clippy::disallowed_methods, reason = "the one place that asks for the time")]

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::Failure;
use crate::edtf::Day;

/// Today in UTC, or the day that `SOURCE_DATE_EPOCH` says, so that builds can be repeated.
///
/// # Errors
///
/// If `SOURCE_DATE_EPOCH` is no number of seconds.
pub(super) fn today() -> Result<Day, Failure> {
    let time = match std::env::var_os("SOURCE_DATE_EPOCH").filter(|text| !text.is_empty()) {
        None => Timestamp::now(),
        Some(text) => parse(&text.to_string_lossy()).ok_or_else(|| {
            Failure::usage(
                format!("`SOURCE_DATE_EPOCH` is `{}`, no number of seconds", text.display()),
                "set it to the seconds since 1970, such as `1700000000`, or unset it",
            )
        })?,
    };
    let date = time.to_zoned(TimeZone::UTC).date();
    Ok(Day {
        year: i32::from(date.year()),
        month: date.month().unsigned_abs(),
        day: date.day().unsigned_abs(),
    })
}

fn parse(seconds: &str) -> Option<Timestamp> {
    Timestamp::from_second(seconds.parse().ok()?).ok()
}
