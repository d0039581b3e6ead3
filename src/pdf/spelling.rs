//! Accents that a program drew over their letters as signs of their own → letters with accents.
//!
//! Programs for typesetting do so. Only where the two lie over each other on the page are they one: an accent that was typed
//! beside a letter, as many people write an apostrophe, stays.

use unicode_normalization::char::compose;

/// Signs that are drawn over a letter, with the mark that they are.
const ACCENTS: [(char, char); 9] = [
    ('\u{B4}', '\u{301}'),
    ('`', '\u{300}'),
    ('\u{A8}', '\u{308}'),
    ('\u{2C6}', '\u{302}'),
    ('\u{2DC}', '\u{303}'),
    ('\u{2C7}', '\u{30C}'),
    ('\u{B8}', '\u{327}'),
    ('\u{2DA}', '\u{30A}'),
    ('\u{AF}', '\u{304}'),
];

/// The letter that an accent and a letter are, in whatever order; none if they are no such pair.
pub(super) fn composed(first: char, second: char) -> Option<char> {
    let mark =
        |sign: char| ACCENTS.iter().find(|(accent, _)| *accent == sign).map(|(_, mark)| *mark);
    let (base, mark) = match (mark(first), mark(second)) {
        (Some(mark), None) => (second, mark),
        (None, Some(mark)) => (first, mark),
        _ => return None,
    };
    // A letter without its dot waits for an accent.
    let base = match base {
        'ı' => 'i',
        'ȷ' => 'j',
        base => base,
    };
    compose(base, mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_accent_and_its_letter_are_one() {
        let pairs =
            [('´', 'e'), ('e', '´'), ('¨', 'ı'), ('¸', 'c'), ('a', 'b'), ('´', '´'), ('´', '5')];
        let found: Vec<Option<char>> = pairs.into_iter().map(|(a, b)| composed(a, b)).collect();
        assert_eq!(found, [Some('é'), Some('é'), Some('ï'), Some('ç'), None, None, None]);
    }
}
