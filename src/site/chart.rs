//! Documents per year as a drawing of linked bars. Whole numbers only: the same bytes everywhere.

use std::collections::BTreeMap;

use super::views::{Bar, Count, Timeline};
use super::words::Words;

/// Width of the drawing, in its own units.
const WIDTH: usize = 720;
/// Height of the bars' area.
const BARS: usize = 96;
/// Room above for the numbers and below for the years.
const MARGIN: usize = 18;
/// Width of a year's name.
const NAME: usize = 28;
/// The most bars that can be seen and touched one by one.
const MOST: usize = 60;

/// A timeline of counts by year; none if no document has a year. `url` gives a year's page.
pub fn timeline(
    counts: &BTreeMap<i32, usize>,
    words: &Words,
    url: impl Fn(i32) -> String,
) -> Option<Timeline> {
    let (first, last) = (*counts.keys().next()?, *counts.keys().next_back()?);
    let span = usize::try_from(last - first + 1).ok()?;
    // Years are grouped by 1, 2, 5, 10, … so that no more than MOST bars are drawn.
    let step = steps().find(|step| span.div_ceil(*step) <= MOST)?;
    let step_years = i32::try_from(step).ok()?;
    let start = first.div_euclid(step_years) * step_years;
    let groups = usize::try_from((last - start) / step_years + 1).ok()?;
    let mut sums = vec![0_usize; groups];
    for (year, count) in counts {
        sums[usize::try_from((year - start) / step_years).ok()?] += count;
    }
    let most = sums.iter().copied().max().filter(|m| *m > 0)?;
    let slot = (WIDTH / groups).clamp(1, 64);
    let every = (40_usize.div_ceil(slot)).max(1);
    // The first and the last name are wider than their bars.
    let edge = (NAME / 2).saturating_sub(slot / 2);
    let bars = sums.iter().enumerate().map(|(i, &count)| {
        let from = start + i32::try_from(i).unwrap_or(0) * step_years;
        let first_year = words.year(from);
        let height = if count == 0 { 0 } else { (count * BARS / most).max(3) };
        let target = counts.range(from..from + step_years).find(|(_, n)| **n > 0);
        // Most bars of most timelines are of no document, and get no text.
        let label = if count == 0 {
            String::new()
        } else {
            let last = || words.year(from + step_years - 1);
            let several = || words.with("date-years", &[("from", &first_year), ("to", &last())]);
            let year = if step == 1 { first_year.clone() } else { several() };
            let documents = words.count("documents", count);
            words.with("timeline-bar", &[("year", &year), ("documents", &documents)])
        };
        Bar {
            label,
            name: first_year,
            short: None,
            url: target.map(|(year, _)| url(*year)),
            count,
            x: edge + i * slot + slot / 10,
            y: MARGIN + BARS - height,
            width: (slot - slot / 5).max(1),
            height,
            middle: edge + i * slot + slot / 2,
            named: i % every == 0,
        }
    });
    let label =
        words.with("timeline-label", &[("from", &words.year(first)), ("to", &words.year(last))]);
    Some(Timeline {
        width: slot * groups + 2 * edge,
        height: BARS + 2 * MARGIN,
        baseline: MARGIN + BARS,
        label,
        bars: bars.collect(),
    })
}

/// Width of a month's name and its bar.
const MONTH: usize = 60;

/// The months of a year, January first, as bars; none if no document has a month. Each month is its name, its number of
/// documents and where it leads.
pub fn months(months: &[Count; 12], words: &Words) -> Option<Timeline> {
    let most = months.iter().map(|month| month.count).max().filter(|most| *most > 0)?;
    let bars = months.iter().zip(1..).enumerate().map(|(i, (month, number))| {
        let height = if month.count == 0 { 0 } else { (month.count * BARS / most).max(3) };
        let values = [("year", &*month.name), ("documents", &*month.count_text)];
        let is_there = month.count > 0;
        Bar {
            label: if is_there { words.with("timeline-bar", &values) } else { String::new() },
            name: month.name.clone(),
            short: Some(words.short_month(number)),
            url: is_there.then(|| month.url.clone()),
            count: month.count,
            x: i * MONTH + MONTH / 6,
            y: MARGIN + BARS - height,
            width: MONTH - MONTH / 3,
            height,
            middle: i * MONTH + MONTH / 2,
            named: true,
        }
    });
    Some(Timeline {
        width: 12 * MONTH,
        height: BARS + 2 * MARGIN,
        baseline: MARGIN + BARS,
        label: words.get("by-month"),
        bars: bars.collect(),
    })
}

fn steps() -> impl Iterator<Item = usize> {
    (0..9).flat_map(|power| [1, 2, 5].map(|n| n * 10_usize.pow(power)))
}
