//! Words that belong to names whatever the language of the letter: particles, degrees, legal forms,
//! syllables. They are in `data/lists.txt`.

use super::super::lexicon::Words;

/// The words of one list.
pub(super) fn words(name: &str) -> Words {
    entries(name).collect()
}

/// The same in the order of the list.
pub(super) fn entries(name: &str) -> impl Iterator<Item = &'static str> {
    let lines = include_str!("data/lists.txt").lines();
    let list = lines.filter_map(|line| line.split_once(": ")).find(|(n, _)| *n == name);
    list.map(|(_, words)| words).unwrap_or_default().split(' ').filter(|w| !w.is_empty())
}
