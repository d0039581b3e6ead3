//! Sets of the lexicon's words. Each word of each seed is asked for in some of them.

use std::collections::{HashMap, HashSet};

use rustc_hash::FxBuildHasher;

/// A set of words in lower case. Its words are the program's own, so nobody can make their hashes clash.
pub(in crate::ingest) type Words = HashSet<&'static str, FxBuildHasher>;
/// Whether a word is in a set, whatever its case.
pub(in crate::ingest) fn has(words: &Words, word: &str) -> bool {
    in_lower_case(word, |lower| words.contains(lower))
}

/// What is asked of a word in lower case; most words need no memory for that.
pub(in crate::ingest) fn in_lower_case<T>(word: &str, ask: impl FnOnce(&str) -> T) -> T {
    let mut small = [0; 48];
    if let Some(small) = small.get_mut(..word.len()).filter(|_| word.is_ascii()) {
        small.copy_from_slice(word.as_bytes());
        small.make_ascii_lowercase();
        if let Ok(lower) = std::str::from_utf8(small) {
            return ask(lower);
        }
    }
    ask(&word.to_lowercase())
}

/// What words in lower case mean.
pub(in crate::ingest) type Meanings<V> = HashMap<&'static str, V, FxBuildHasher>;
