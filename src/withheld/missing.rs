//! Which words of a seed are missing in what people made of its drafts.
//!
//! A word is there if one of the runs of three words that it is in is there, wherever it was moved to.
//! What is not there may have been corrected (letters that OCR misread), written into the record, left
//! out by ingest itself, or replaced by a mark; else it was taken out.

use std::collections::{HashMap, HashSet};

use super::words::{Vocabulary, Word};

/// Words that are looked at together.
const RUN: usize = 3;

/// Places in a text at which what replaced a run may stand; further ones are passed over.
const PLACES: usize = 8;

/// Letters of a run, times those of what replaced it, that are compared one by one.
const COMPARED: usize = 1_000_000;

/// A text to look for words in.
#[derive(Debug, Default)]
pub(super) struct Text {
    words: Vec<u32>,
    runs: HashMap<[u32; RUN], Vec<u32>>,
    pairs: HashSet<[u32; 2]>,
    counts: HashMap<u32, u32>,
    /// Numbers that stand for marks, each with its reason.
    marks: HashMap<u32, String>,
}

impl Text {
    /// A text of words, in which some numbers stand for marks.
    pub(super) fn new(words: Vec<u32>, marks: HashMap<u32, String>) -> Self {
        let mut runs: HashMap<[u32; RUN], Vec<u32>> = HashMap::new();
        for (at, run) in (0..).zip(words.windows(RUN)) {
            if let Ok(run) = run.try_into() {
                runs.entry(run).or_default().push(at);
            }
        }
        let pairs = words.windows(2).filter_map(|pair| pair.try_into().ok()).collect();
        let mut counts = HashMap::new();
        for word in &words {
            *counts.entry(*word).or_insert(0) += 1;
        }
        Self { words, runs, pairs, counts, marks }
    }

    /// Which words of another text are in this one.
    fn holds(&self, words: &[u32]) -> Vec<bool> {
        let mut held = vec![false; words.len()];
        for (at, run) in words.windows(RUN).enumerate() {
            if <[u32; RUN]>::try_from(run).is_ok_and(|run| self.runs.contains_key(&run)) {
                held[at..at + RUN].fill(true);
            }
        }
        held
    }

    /// How often a run is in it; runs of three words and more are looked for elsewhere.
    fn count(&self, run: &[u32]) -> usize {
        match run {
            [word] => self.counts.get(word).map_or(0, |n| *n as usize),
            [first, second] => {
                self.words.windows(2).filter(|pair| *pair == [*first, *second]).count()
            }
            _ => 0,
        }
    }

    /// What may stand here in the place of `words[run]`: from behind the words before it to the words after.
    fn replacements(&self, words: &[u32], run: &std::ops::Range<usize>) -> Vec<&[u32]> {
        let near = |at: usize| {
            self.runs.get(<[u32; RUN]>::try_from(words.get(at..at + RUN)?).ok().as_ref()?)
        };
        let before = run.start.checked_sub(RUN).and_then(near);
        let after = near(run.end);
        let longest = 3 * run.len() + 12;
        let mut found = Vec::new();
        match (before, after) {
            (Some(before), after) => {
                for start in before.iter().take(PLACES).map(|at| *at as usize + RUN) {
                    let limit = (start + longest).min(self.words.len());
                    let ends = after.into_iter().flatten().map(|at| *at as usize);
                    let end = ends.filter(|end| (start..=limit).contains(end)).min();
                    // Without words that follow, as many as were there may be what is there now.
                    let end = end.unwrap_or((start + run.len()).min(self.words.len()));
                    found.push(&self.words[start..end]);
                }
            }
            (None, Some(after)) => {
                for end in after.iter().take(PLACES).map(|at| *at as usize) {
                    found.push(&self.words[end.saturating_sub(run.len())..end]);
                }
            }
            (None, None) => {}
        }
        found
    }
}

/// Words of a seed that are missing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Missing {
    /// Places of the words in the seed's words.
    pub words: Vec<usize>,
    /// Why, if a mark is in their place.
    pub reason: Option<String>,
}

/// What the words of a seed are compared with.
pub(super) struct Compared<'a> {
    /// What ingest would draft from them.
    pub drafted: &'a Text,
    /// What people made of that.
    pub texts: &'a Text,
    /// What the records say.
    pub records: &'a Text,
}

/// The words of a seed that were drafted, and that are neither in the texts nor in the records.
pub(super) fn missing(seed: &[Word], by: &Compared<'_>, vocabulary: &Vocabulary) -> Vec<Missing> {
    let words: Vec<u32> = seed.iter().map(|word| word.id).collect();
    let drafted = by.drafted.holds(&words);
    let held = by.texts.holds(&words);
    let is_gone = |at: usize| drafted[at] && !held[at];
    let fresh = Fresh::of(by, vocabulary);
    let comparison = Comparison { seed, words: &words, by, fresh };
    let mut found = Vec::new();
    let mut at = 0;
    while at < words.len() {
        let start = at;
        while at < words.len() && is_gone(at) {
            at += 1;
        }
        if start < at {
            found.extend(comparison.judge(start..at));
        }
        at = at.max(start + 1);
    }
    found
}

/// A seed's words beside those of its documents.
struct Comparison<'a> {
    seed: &'a [Word],
    words: &'a [u32],
    by: &'a Compared<'a>,
    fresh: Fresh<'a>,
}

impl Comparison<'_> {
    /// What of a run is missing, if it is more than a slip.
    fn judge(&self, run: std::ops::Range<usize>) -> Option<Missing> {
        let Self { seed, words, by, fresh } = self;
        let vocabulary = fresh.vocabulary;
        let own = &words[run.clone()];
        let count = by.texts.count(own);
        if count > 0 && count >= by.drafted.count(own) {
            return None;
        }
        let unrecorded: Vec<bool> =
            in_records(own, by.records).iter().map(|there| !there).collect();
        let (mut gone, mut reason, mut best) = (unrecorded.clone(), None, usize::MAX);
        for replacement in by.texts.replacements(words, &run) {
            let mark = replacement.iter().find_map(|word| by.texts.marks.get(word));
            // What a mark replaces is withheld, whatever the record says.
            let from = if mark.is_some() { vec![true; own.len()] } else { unrecorded.clone() };
            let mended = mended(own, replacement, vocabulary);
            let left: Vec<bool> =
                from.iter().zip(&mended).map(|(gone, there)| *gone && !there).collect();
            let count = left.iter().filter(|left| **left).count();
            if count < best {
                (best, gone, reason) = (count, left, mark.cloned());
            }
        }
        let left: Vec<usize> =
            run.clone().zip(&gone).filter(|(_, gone)| **gone).map(|(at, _)| at).collect();
        // Of a few words that were moved and mended at once, each is looked for by itself.
        let is_there = |at: &usize| {
            let word = words[*at];
            by.texts.count(&[word]) >= by.drafted.count(&[word]) || fresh.has_like(word)
        };
        let few = reason.is_none() && left.len() <= FEW;
        let left: Vec<usize> = left.into_iter().filter(|at| !few || !is_there(at)).collect();
        let weight: usize = left.iter().map(|at| vocabulary.weight(words[*at])).sum();
        // A short word with a capital may be a name.
        let is_name = |at: &usize| {
            let text = vocabulary.text(words[*at]);
            seed[*at].marked && text.chars().count() >= 2 && text.chars().all(char::is_alphabetic)
        };
        let is_slip = left.len() <= 2
            && left.iter().all(|at| !seed[*at].marked && vocabulary.weight(words[*at]) <= 3);
        let tells = weight >= 3 && !is_slip || left.iter().any(is_name);
        (!left.is_empty() && (reason.is_some() || tells)).then_some(Missing { words: left, reason })
    }
}

/// Words that are looked for one by one.
const FEW: usize = 3;

/// Words of the texts that were not drafted: somebody wrote them.
struct Fresh<'v> {
    words: Vec<&'v str>,
    vocabulary: &'v Vocabulary,
}

impl<'v> Fresh<'v> {
    /// So many words of their own are another text, in which nothing was mended.
    const MOST: usize = 4000;

    fn of(by: &Compared<'_>, vocabulary: &'v Vocabulary) -> Self {
        let is_fresh = |word: &&u32| by.texts.count(&[**word]) > by.drafted.count(&[**word]);
        let mut words: Vec<u32> = by.texts.words.iter().filter(is_fresh).copied().collect();
        words.sort_unstable();
        words.dedup();
        words.truncate(Self::MOST);
        let words = words.iter().map(|word| vocabulary.text(*word)).collect();
        Self { words, vocabulary }
    }

    /// Whether one of them is a word with a few letters changed.
    fn has_like(&self, word: u32) -> bool {
        let word = self.vocabulary.text(word);
        let length = word.chars().count();
        // In a short word every letter tells.
        length >= 4 && self.words.iter().any(|fresh| 4 * strsim::levenshtein(word, fresh) <= length)
    }
}

/// Which words of a run stand in the records, beside one of their neighbours.
fn in_records(run: &[u32], records: &Text) -> Vec<bool> {
    if let [word] = run {
        return vec![records.counts.contains_key(word)];
    }
    let mut there = vec![false; run.len()];
    for (at, pair) in run.windows(2).enumerate() {
        if <[u32; 2]>::try_from(pair).is_ok_and(|pair| records.pairs.contains(&pair)) {
            there[at..at + 2].fill(true);
        }
    }
    there
}

/// Which words of a run are in what replaced it, with some letters changed, put together or divided.
fn mended(run: &[u32], replacement: &[u32], vocabulary: &Vocabulary) -> Vec<bool> {
    let letters = |words: &[u32]| -> Vec<(char, usize)> {
        let of = |(number, word): (usize, &u32)| {
            vocabulary
                .text(*word)
                .chars()
                .filter(|c| *c != '\0')
                .map(move |c| (c, number))
                .collect::<Vec<_>>()
        };
        words.iter().enumerate().flat_map(of).collect()
    };
    let (old, new) = (letters(run), letters(replacement));
    if old.is_empty() || new.is_empty() || old.len() * new.len() > COMPARED {
        return vec![false; run.len()];
    }
    let mut kept = vec![0_usize; run.len()];
    for (a, b) in aligned(&old, &new) {
        if old[a].0 == new[b].0 {
            kept[old[a].1] += 1;
        }
    }
    let mut length = vec![0_usize; run.len()];
    for (_, word) in &old {
        length[*word] += 1;
    }
    kept.iter().zip(&length).map(|(kept, length)| 2 * kept > *length).collect()
}

/// Pairs of letters that stand for each other where one text becomes the other with the fewest changes.
fn aligned(old: &[(char, usize)], new: &[(char, usize)]) -> Vec<(usize, usize)> {
    let width = new.len() + 1;
    let mut cost = vec![0_u16; (old.len() + 1) * width];
    let short = |n: usize| u16::try_from(n).unwrap_or(u16::MAX);
    for (b, cell) in cost.iter_mut().take(width).enumerate() {
        *cell = short(b);
    }
    for a in 1..=old.len() {
        cost[a * width] = short(a);
        for b in 1..width {
            let change = u16::from(old[a - 1].0 != new[b - 1].0);
            let both = cost[(a - 1) * width + b - 1].saturating_add(change);
            let one = cost[(a - 1) * width + b].min(cost[a * width + b - 1]).saturating_add(1);
            cost[a * width + b] = both.min(one);
        }
    }
    let (mut a, mut b, mut pairs) = (old.len(), new.len(), Vec::new());
    while a > 0 && b > 0 {
        let here = cost[a * width + b];
        let change = u16::from(old[a - 1].0 != new[b - 1].0);
        if cost[(a - 1) * width + b - 1].saturating_add(change) == here {
            pairs.push((a - 1, b - 1));
            (a, b) = (a - 1, b - 1);
        } else if cost[(a - 1) * width + b].saturating_add(1) == here {
            a -= 1;
        } else {
            b -= 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::mark;

    /// The missing words of a seed, each run with its reason, if this is what people made of it.
    fn gone(seed: &str, text: &str, record: &str) -> Vec<(String, Option<String>)> {
        let mut vocabulary = Vocabulary::default();
        let ids = |words: &[Word]| words.iter().map(|w| w.id).collect::<Vec<u32>>();
        let words = vocabulary.words(seed);
        let drafted = Text::new(ids(&words), HashMap::new());
        let mut marks = HashMap::new();
        let (mut of_text, mut at) = (Vec::new(), 0);
        for mark in mark::marks(text) {
            of_text.extend(ids(&vocabulary.words(&text[at..mark.range.start])));
            let sign = vocabulary.sign();
            of_text.push(sign);
            marks.insert(sign, mark.reason);
            at = mark.range.end;
        }
        of_text.extend(ids(&vocabulary.words(&text[at..])));
        let texts = Text::new(of_text, marks);
        let records = Text::new(ids(&vocabulary.words(record)), HashMap::new());
        let by = Compared { drafted: &drafted, texts: &texts, records: &records };
        let missing = missing(&words, &by, &vocabulary);
        let text = |m: &Missing| {
            m.words.iter().map(|at| vocabulary.text(words[*at].id)).collect::<Vec<_>>().join(" ")
        };
        missing.iter().map(|m| (text(m), m.reason.clone())).collect()
    }

    const SEED: &str = "Dear Madam, on 3 March my neighbour Anna Kowalska saw the guards at the gate of the camp. \
        She can be reached at 0171 555 0134 after six. We ask the Committee to hear her soon. Yours, Jan Nowak";

    fn texts(text: &str) -> Vec<String> {
        gone(SEED, text, "").into_iter().map(|(words, _)| words).collect()
    }

    #[test]
    fn what_was_taken_out_is_named() {
        assert!(texts(SEED).is_empty());
        assert_eq!(texts(&SEED.replace(" Anna Kowalska", "")), ["anna kowalska"]);
        assert_eq!(texts(&SEED.replace(" Anna Kowalska", " A. K.")), ["anna kowalska"]);
        assert_eq!(texts(&SEED.replace("0171 555 0134", "")), ["0171 555 0134"]);
        assert_eq!(texts(&SEED.replace(", Jan Nowak", "")), ["jan nowak"]);
        assert_eq!(
            gone(&SEED.replace("Anna Kowalska", "Li"), &SEED.replace("Anna Kowalska ", ""), "")
                .len(),
            1
        );
        assert_eq!(texts(""), [texts("").join(" ")]);
    }

    #[test]
    fn mended_and_moved_words_are_there() {
        for (old, new) in [
            ("guards", "gaurds"),
            ("neighbour", "neigh- bour"),
            ("Committee to hear", "Comrnittee tohear"),
            ("0171", "0l71"),
            ("at the gate of the camp", "at the gate of camp"),
            ("neighbour", "neighbuor"),
            ("Dear Madam, ", ""),
        ] {
            let text = SEED.replace(old, new);
            let text = if new.is_empty() { format!("{text}\n\n{old}") } else { text };
            assert!(texts(&text).is_empty(), "{old}: {:?}", texts(&text));
        }
    }

    #[test]
    fn what_was_moved_and_mended_at_once_is_there() {
        let text = SEED.replace("Dear Madam, ", "") + "\n\nDear Madarn,\n";
        assert!(texts(&text.replace("Madarn", "Madan")).is_empty());
        assert_eq!(texts(&(SEED.replace("Jan Nowak", "") + " J. N.")), ["jan nowak"]);
    }

    #[test]
    fn a_name_among_mended_words_is_named() {
        let text = SEED
            .replace("my neighbour Anna Kowalska saw the guards", "rny neighb0ur saw tne gaurds");
        let gone = texts(&text);
        assert!(gone.len() == 1 && gone[0].contains("kowalska"), "{gone:?}");
    }

    #[test]
    fn a_mark_tells_why() {
        let text = SEED.replace("Anna Kowalska", "[withheld: a witness]");
        let reason = Some("a witness".to_owned());
        let told = [("anna kowalska".to_owned(), reason)];
        assert_eq!(gone(SEED, &text, ""), told);
        assert_eq!(gone(SEED, &text, "Anna Kowalska"), told, "whatever the record says");
    }

    #[test]
    fn what_the_record_says_is_there() {
        let text = SEED.replace(", Jan Nowak", "");
        assert!(gone(SEED, &text, "Jan Nowak").is_empty());
    }
}
