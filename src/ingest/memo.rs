//! Answers of pure functions about short texts, kept by the thread that asked. Several rules judge the same
//! names of a document, and the same names are in all letters of a folder.

use std::cell::RefCell;
use std::thread::LocalKey;

use rustc_hash::FxHashMap;

/// Answers by the way to ask and by text.
pub(super) type Answers<K, V> = RefCell<FxHashMap<K, FxHashMap<Box<str>, V>>>;

/// How many answers of one way to ask are kept before they are forgotten.
const MOST: usize = 1 << 12;
/// Longer texts are no names and are not asked about twice.
const LONGEST: usize = 120;

/// The answer about a text that was found before, or a new one.
pub(super) fn ask<K: Copy + Eq + std::hash::Hash, V: Clone>(
    kept: &'static LocalKey<Answers<K, V>>,
    text: &str,
    way: K,
    answer: impl FnOnce() -> V,
) -> V {
    if text.len() > LONGEST {
        return answer();
    }
    let known =
        kept.with_borrow(|kept| kept.get(&way).and_then(|answers| answers.get(text)).cloned());
    if let Some(known) = known {
        return known;
    }
    let found = answer();
    kept.with_borrow_mut(|kept| {
        let answers = kept.entry(way).or_default();
        if answers.len() >= MOST {
            answers.clear();
        }
        answers.insert(text.into(), found.clone());
    });
    found
}
