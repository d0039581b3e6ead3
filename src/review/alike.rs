//! Documents whose texts are the same, or nearly: copies of one seed, two scans of one letter.
//!
//! Texts are compared by their runs of five words, whatever their case, marks and line ends. Sketches of these runs
//! (one-permutation MinHash, Li, Owen and Zhang 2012) tell which pairs to look at; only these are read twice.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use crate::content::{Entry, Record};
use crate::files::Sources;
use crate::letters::is_alphanumeric;
use crate::parallel;

/// Words that are compared at once.
const RUN: usize = 5;
/// Shorter texts say the same without being one: receipts, telegrams.
const SHORTEST: usize = 20;
/// Runs, in hundredths of all that two texts have, that make them near.
const NEAR: usize = 85;
/// Bins of a sketch, and how many of them must agree before two texts are compared.
const BINS: usize = 96;
const ROWS: usize = 4;

/// Documents that are alike.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Alike {
    /// The file of the first one, from the archive's root.
    pub first: String,
    /// The files of the rest.
    pub others: Vec<String>,
    /// Whether their words are the same.
    pub equal: bool,
}

/// Documents that are equal or nearly so, in the order of their paths; each with those before it.
pub fn alike(sources: &dyn Sources, entries: &[Entry]) -> Vec<Alike> {
    let shown = |entry: &Entry| match &entry.record {
        Record::Document(document) if document.withdrawn.is_none() => {
            Some((entry.path.clone(), entry.body.start))
        }
        _ => None,
    };
    let mut sketches = Sketches::default();
    sketches.renew(sources, entries.iter().filter_map(shown).collect(), None);
    sketches.alike(sources)
}

/// What must be known of an archive's texts to tell which are alike, kept while they change one by one.
#[derive(Default)]
pub struct Sketches(BTreeMap<String, Text>);

/// A text: where it begins in its file, in bytes, and its sketch, if it is long enough.
struct Text {
    start: usize,
    sketch: Option<Sketch>,
}

impl Sketches {
    /// Reads the texts of documents, by their files and where the texts begin: all, or those that changed or are new.
    pub fn renew(
        &mut self,
        sources: &dyn Sources,
        documents: BTreeMap<String, usize>,
        changed: Option<&BTreeSet<String>>,
    ) {
        let mut known = std::mem::take(&mut self.0);
        let same = |path: &str| changed.is_some_and(|changed| !changed.contains(path));
        known.retain(|path, _| same(path) && documents.contains_key(path));
        let new: Vec<(String, usize)> =
            documents.into_iter().filter(|(path, _)| !known.contains_key(path)).collect();
        let read = |(path, start): (String, usize)| {
            let sketch = Sketch::of(&body(sources, &path, start));
            (path, Text { start, sketch })
        };
        known.extend(parallel::map_taken(new, read));
        self.0 = known;
    }

    /// Documents that are equal or nearly so, in the order of their paths; each with those before it.
    pub fn alike(&self, sources: &dyn Sources) -> Vec<Alike> {
        let texts: Vec<(&String, &Text)> = self.0.iter().collect();
        let groups = groups(sources, &texts);
        let whole = |number: &usize| texts[*number].1.sketch.as_ref().map(|sketch| sketch.whole);
        let path = |number: &usize| texts[*number].0.clone();
        let told = |group: Vec<usize>| Alike {
            first: path(&group[0]),
            equal: group.iter().all(|other| whole(other) == whole(&group[0])),
            others: group[1..].iter().map(path).collect(),
        };
        groups.several().into_iter().map(told).collect()
    }
}

/// Texts that belong together.
fn groups(sources: &dyn Sources, texts: &[(&String, &Text)]) -> Groups {
    let read = |number: usize| body(sources, texts[number].0, texts[number].1.start);
    let mut groups = Groups::of(texts.len());
    let mut equal: BTreeMap<u64, usize> = BTreeMap::new();
    let mut bands: BTreeMap<(usize, [u32; ROWS]), usize> = BTreeMap::new();
    for (number, (_, text)) in texts.iter().enumerate() {
        let Some(sketch) = &text.sketch else { continue };
        if let Some(first) = equal.get(&sketch.whole) {
            groups.join(*first, number);
            continue;
        }
        equal.insert(sketch.whole, number);
        let mut seen = BTreeSet::new();
        for key in sketch.bands() {
            let first = *bands.entry(key).or_insert(number);
            let other = texts[first].1.sketch.as_ref();
            let other = other.filter(|_| first != number && seen.insert(first));
            let may_be = other.is_some_and(|other| other.agrees(sketch));
            if may_be && are_near(&read(first), &read(number)) {
                groups.join(first, number);
            }
        }
    }
    groups
}

fn body(sources: &dyn Sources, path: &str, start: usize) -> String {
    let bytes = sources.look_into(path).unwrap_or_default();
    let body = bytes.get(start..).unwrap_or_default();
    String::from_utf8_lossy(body).into_owned()
}

/// Whether two texts share most of their runs of words.
fn are_near(a: &str, b: &str) -> bool {
    let [a, b] = [a, b].map(|text| runs(text).into_iter().collect::<FxHashSet<u64>>());
    let common = a.intersection(&b).count();
    common * 100 >= NEAR * (a.len() + b.len() - common)
}

/// A text, as far as it must be known to be compared.
struct Sketch {
    /// Hash of all words.
    whole: u64,
    /// The least hash of the runs that fall into each bin; the highest number for a bin without any.
    bins: Vec<u32>,
}

impl Sketch {
    /// None of a text that is too short.
    fn of(text: &str) -> Option<Self> {
        let words = words(text);
        if words.len() < SHORTEST {
            return None;
        }
        let whole = words.iter().fold(0, |hash, word| mix(hash ^ word));
        let mut bins = vec![u32::MAX; BINS];
        for run in words.windows(RUN).map(run) {
            let bin = &mut bins[(run % BINS as u64) as usize];
            *bin = (*bin).min((run >> 32) as u32);
        }
        Some(Self { whole, bins })
    }

    fn bands(&self) -> impl Iterator<Item = (usize, [u32; ROWS])> {
        let (bands, _) = self.bins.as_chunks::<ROWS>();
        bands.iter().copied().enumerate().filter(|(_, band)| band.iter().all(|bin| *bin < u32::MAX))
    }

    /// Whether it is worth while to compare the texts.
    fn agrees(&self, other: &Self) -> bool {
        let pairs = || self.bins.iter().zip(&other.bins);
        let filled = pairs().filter(|(a, b)| **a < u32::MAX || **b < u32::MAX).count();
        let same = pairs().filter(|(a, b)| a == b && **a < u32::MAX).count();
        // A sketch errs by a few hundredths.
        same * 100 >= (NEAR - 12) * filled
    }
}

/// Hashes of the runs of words.
fn runs(text: &str) -> Vec<u64> {
    words(text).windows(RUN).map(run).collect()
}

fn run(words: &[u64]) -> u64 {
    words.iter().fold(0, |hash, word| mix(hash.rotate_left(7) ^ word))
}

/// Hashes of the words: runs of letters and digits, and each ideograph alone.
fn words(text: &str) -> Vec<u64> {
    let mut words = Vec::with_capacity(text.len() / 6);
    let mut open = 0_u64;
    for c in text.chars() {
        let is_alone = matches!(c, '\u{2E80}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}');
        if open != 0 && (is_alone || !is_alphanumeric(c)) {
            words.push(mix(open));
            open = 0;
        }
        if is_alone {
            words.push(mix(u64::from(u32::from(c))));
        } else if is_alphanumeric(c) {
            c.to_lowercase().for_each(|c| open = mix(open ^ u64::from(u32::from(c))));
        }
    }
    if open != 0 {
        words.push(mix(open));
    }
    words
}

/// Source: `splitmix64`, Steele, Lea and Flood 2014.
fn mix(number: u64) -> u64 {
    let number = number.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

/// Numbers that belong together.
struct Groups(Vec<usize>);

impl Groups {
    fn of(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn first(&self, mut number: usize) -> usize {
        while self.0[number] != number {
            number = self.0[number];
        }
        number
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.first(a), self.first(b));
        self.0[a.max(b)] = a.min(b);
    }

    /// Those of more than one number, each sorted.
    fn several(&self) -> Vec<Vec<usize>> {
        let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for number in 0..self.0.len() {
            groups.entry(self.first(number)).or_default().push(number);
        }
        groups.into_values().filter(|group| group.len() > 1).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text of so many words.
    fn text(words: usize) -> String {
        (0..words).map(|n| format!("word{} ", mix(n as u64) % 1000)).collect()
    }

    #[test]
    fn a_word_in_a_hundred_leaves_texts_near_and_a_word_in_ten_does_not() {
        let one = text(300);
        let nth = |n: usize| {
            let changed = |(at, word): (usize, &str)| {
                if at % n == 0 { "other ".to_owned() } else { format!("{word} ") }
            };
            one.split(' ').enumerate().map(changed).collect::<String>()
        };
        let agrees = |a: &str, b: &str| Sketch::of(a).unwrap().agrees(&Sketch::of(b).unwrap());
        assert!(are_near(&one, &nth(100)) && agrees(&one, &nth(100)));
        assert!(!are_near(&one, &nth(10)) && !agrees(&one, &nth(10)));
    }

    #[test]
    fn marks_and_case_do_not_count_and_short_texts_are_not_compared() {
        let (plain, marked) = (text(30), text(30).to_uppercase().replace(' ', ", *"));
        assert_eq!(Sketch::of(&plain).unwrap().whole, Sketch::of(&marked).unwrap().whole);
        assert!(Sketch::of(&text(19)).is_none());
        assert_eq!(words("書記長 ab").len(), 4);
    }
}
