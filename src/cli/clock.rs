//! What day it is: the one clock of the program.
#![expect(clippy::disallowed_methods, reason = "the one place that asks for the time")]

use std::time::{SystemTime, UNIX_EPOCH};

use super::Failure;
use crate::edtf::Day;

/// Today in UTC, or the day that `SOURCE_DATE_EPOCH` says, so that builds can be repeated.
///
/// # Errors
///
/// If `SOURCE_DATE_EPOCH` is no number of seconds.
pub(super) fn today() -> Result<Day, Failure> {
    let seconds = match std::env::var_os("SOURCE_DATE_EPOCH").filter(|text| !text.is_empty()) {
        None => now(),
        Some(text) => parse(&text.to_string_lossy()).ok_or_else(|| {
            Failure::usage(
                format!(
                    "`SOURCE_DATE_EPOCH` is `{}`, which is not a number of seconds",
                    text.display()
                ),
                "set it to the seconds since 1970, such as `1700000000`, or unset it",
            )
        })?,
    };
    Ok(Day::from_1970(seconds.div_euclid(24 * 60 * 60)).expect("its year has four digits"))
}

fn now() -> i64 {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    i64::try_from(seconds).unwrap_or(LAST).min(LAST)
}

/// The last second of the year 9999.
const LAST: i64 = 253_402_300_799;

fn parse(seconds: &str) -> Option<i64> {
    seconds.parse().ok().filter(|seconds| (-LAST..=LAST).contains(seconds))
}
