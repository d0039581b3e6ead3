//! What of each seed must not be shown: lines of documents that are not shown, and what documents withhold.

use std::collections::BTreeMap;
use std::ops::RangeInclusive;

use crate::content;

/// What of a seed must not be shown.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Withheld {
    /// Lines of documents that are not shown: not even that they are there is told.
    pub hidden: Vec<RangeInclusive<usize>>,
    /// Lines that a document withholds, with the reason.
    pub lines: Vec<(RangeInclusive<usize>, String)>,
    /// Why nothing of the seed is shown.
    pub whole: Option<String>,
}

/// Every seed of which something must not be shown, by its path below `seeds/`.
pub(super) type Seeds = BTreeMap<String, Withheld>;

/// Keeps back the lines of a document that is not shown.
pub(super) fn hide(seeds: &mut Seeds, record: &content::Document) {
    let Some((source, seed)) = seed_of(record) else { return };
    let (first, last) = source.lines.unwrap_or((1, usize::MAX));
    seeds.entry(seed.to_owned()).or_default().hidden.push(first..=last);
}

/// Keeps back what a document withholds of its seed, whether it is shown or not.
pub(super) fn withhold(seeds: &mut Seeds, record: &content::Document) {
    let Some((source, seed)) = seed_of(record) else { return };
    if source.public == Some(false) {
        hide(seeds, record);
    }
    for entry in &record.withheld {
        let known = seeds.entry(seed.to_owned()).or_default();
        match entry.lines {
            Some((first, last)) => known.lines.push((first..=last, entry.reason.clone())),
            None => drop(known.whole.get_or_insert_with(|| entry.reason.clone())),
        }
    }
}

fn seed_of(record: &content::Document) -> Option<(&content::Source, &str)> {
    let source = record.source.as_ref()?;
    Some((source, source.seed.as_deref()?))
}
