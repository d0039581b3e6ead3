//! The century of a year that is written with two digits.

use super::Context;

/// The year that two digits most likely mean: one of the archive's span, else the latest that is not after
/// what is known to be, else the nearest to a year that the text names, else one of the twentieth century. `fits` refuses years by other evidence.
pub(super) fn year(short: u32, context: Context, fits: impl Fn(u32) -> bool) -> u32 {
    const CENTURIES: [u32; 6] = [2000, 1900, 1800, 1700, 1600, 1500];
    let mut years = CENTURIES.map(|c| c + short);
    let near = context.near.and_then(|near| u32::try_from(near).ok());
    if let Some(near) = near {
        years.sort_by_key(|year| year.abs_diff(near));
    }
    let in_span = |year: &u32| context.span.is_none_or(|(first, last)| between(*year, first, last));
    let not_after = |year: &u32| match (context.latest, context.span) {
        (Some(latest), _) => between(*year, 0, latest),
        (None, Some((_, last))) => between(*year, 0, last),
        // Nobody here knows today's date: a text is not after all that it names.
        (None, None) => *year < 2000 || near.is_some_and(|near| *year <= near),
    };
    let rules: [&dyn Fn(&u32) -> bool; 3] = [
        &|year| in_span(year) && not_after(year) && fits(*year),
        &|year| in_span(year) && not_after(year),
        &not_after,
    ];
    let best = rules.iter().find_map(|rule| years.into_iter().find(|year| rule(year)));
    best.unwrap_or(1900 + short)
}

fn between(year: u32, first: i32, last: i32) -> bool {
    i32::try_from(year).is_ok_and(|year| (first..=last).contains(&year))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_digits_take_the_span_and_never_lead_past_it() {
        let of = |short, span, latest| {
            year(short, Context { span, latest, ..Context::default() }, |_| true)
        };
        assert_eq!(of(31, None, None), 1931);
        assert_eq!(of(14, None, None), 1914);
        assert_eq!(of(14, None, Some(2019)), 2014);
        assert_eq!(of(31, None, Some(2019)), 1931);
        assert_eq!(of(31, Some((2000, 2040)), None), 2031);
        assert_eq!(of(31, Some((2000, 2040)), Some(2026)), 1931);
        assert_eq!(of(52, Some((1838, 1882)), None), 1852);
        assert_eq!(of(98, Some((1700, 1800)), Some(1990)), 1798);
        // No year of the span ends so.
        assert_eq!(of(70, Some((1990, 2010)), None), 2070 - 100);
    }

    #[test]
    fn two_digits_are_near_the_years_of_the_text() {
        let of =
            |short, near| year(short, Context { near: Some(near), ..Context::default() }, |_| true);
        assert_eq!(of(31, 1929), 1931);
        assert_eq!(of(52, 1849), 1852);
        assert_eq!(of(14, 2018), 2014);
        // The nearest one would be in the future.
        assert_eq!(of(31, 1998), 1931);
    }

    #[test]
    fn other_evidence_refuses_a_century() {
        let context = Context { latest: Some(2019), ..Context::default() };
        assert_eq!(year(14, context, |year| year < 1900), 1814);
    }
}
