//! Answers of pure functions about short texts, kept by the thread that asked. Several rules judge the same
//! names of a document, and the same names stand in all letters of a folder.

use std::cell::RefCell;
use std::collections::HashMap;
use std::thread::LocalKey;

/// Answers by text, for one way to ask.
pub(super) type Answers<K, V> = RefCell<HashMap<(String, K), V>>;

/// How many answers are kept before all are forgotten.
const MOST: usize = 1 << 12;
/// Longer texts are no names and are not asked about twice.
const LONGEST: usize = 120;

/// The answer about a text that was found before, or a new one.
pub(super) fn ask<K: Copy + Eq + std::hash::Hash, V: Copy>(
    kept: &'static LocalKey<Answers<K, V>>,
    text: &str,
    way: K,
    answer: impl FnOnce() -> V,
) -> V {
    if text.len() > LONGEST {
        return answer();
    }
    let key = (text.to_owned(), way);
    if let Some(known) = kept.with_borrow(|kept| kept.get(&key).copied()) {
        return known;
    }
    let found = answer();
    kept.with_borrow_mut(|kept| {
        if kept.len() >= MOST {
            kept.clear();
        }
        kept.insert(key, found);
    });
    found
}
