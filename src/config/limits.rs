//! `[limits]`: how much is read before something is refused by name.

use crate::fields::Fields;
use crate::limits::{Limit, Limits};

pub(super) fn limits(f: &Fields<'_, '_>) -> Limits {
    let mut limits = Limits::default();
    for limit in Limit::all() {
        if let Some(value) = limit_of(f, limit) {
            limits.set(limit, value);
        }
    }
    limits
}

fn limit_of(f: &Fields<'_, '_>, limit: Limit) -> Option<u64> {
    let key = limit.key();
    let number = f.says(limit.words()).placed_integer(key)?;
    let fitting = u64::try_from(number.value).ok().filter(|n| (1..=limit.most()).contains(n));
    if fitting.is_none() {
        f.fault(
            number.range,
            format!("`{key}` is {}", number.value),
            format!("a whole number from 1 to {}", limit.most()),
            format!("write `{key} = {}`, or leave it out", limit.default()),
        );
    }
    fitting
}
