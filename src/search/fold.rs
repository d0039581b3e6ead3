//! Folding: the form of a text in which case, accents, width and Unicode normal form are gone.
//!
//! The reader folds queries by the same rules (`reader/analysis.js`); `tests/search/vectors.json`
//! is run against both.

use unicode_normalization::UnicodeNormalization;

use crate::letters::is_alphanumeric;

/// The folded form of a text.
pub(super) fn fold(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut folded = String::with_capacity(text.len());
    let mut rest = text;
    // No normal form joins anything to a space, so that the words between two are folded alone.
    while let Some(at) = rest.bytes().position(|byte| !byte.is_ascii()) {
        let start = rest[..at].rfind(' ').map_or(0, |space| space + 1);
        let end = rest[at..].find(' ').map_or(rest.len(), |space| at + space + 1);
        push_ascii(&mut folded, &rest[..start]);
        let piece = &rest[start..end];
        if piece.chars().all(|c| c.is_ascii() || is_stable(c)) {
            piece.chars().for_each(|c| push(&mut folded, c.to_ascii_lowercase()));
        } else {
            fold_piece(piece, &mut folded);
        }
        rest = &rest[end..];
    }
    push_ascii(&mut folded, rest);
    folded
}

fn push_ascii(folded: &mut String, text: &str) {
    let start = folded.len();
    folded.push_str(text);
    folded[start..].make_ascii_lowercase();
}

fn fold_piece(piece: &str, folded: &mut String) {
    let mut plain = String::with_capacity(piece.len());
    let mut previous = '\0';
    for c in piece.nfkd() {
        if !is_accent(c, previous) {
            c.to_lowercase().for_each(|c| push(&mut plain, c));
        }
        previous = c;
    }
    folded.extend(plain.nfc());
}

/// Characters that no normal form changes next to each other or to ASCII, and that have no case:
/// quotation marks and dashes, Han, and whole Hangul syllables.
fn is_stable(c: char) -> bool {
    matches!(c, '\u{2010}' | '\u{2012}'..='\u{2016}' | '\u{2018}'..='\u{201f}' | '\u{4e00}'..='\u{9fff}' | '\u{ac00}'..='\u{d7a3}')
}

/// Marks that readers may leave out. Marks of other scripts (kana, Indic, Thai) are part of the letter,
/// and й is a letter of its own.
fn is_accent(c: char, previous: char) -> bool {
    match c {
        '\u{306}' => !matches!(previous, 'и' | 'И'),
        '\u{300}'..='\u{36f}'
        | '\u{483}'..='\u{489}'
        | '\u{591}'..='\u{5bd}'
        | '\u{5bf}'
        | '\u{5c1}'..='\u{5c2}'
        | '\u{5c4}'..='\u{5c5}'
        | '\u{5c7}'
        | '\u{610}'..='\u{61a}'
        | '\u{64b}'..='\u{65f}'
        | '\u{670}'
        | '\u{6d6}'..='\u{6dc}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}' => true,
        // A soft hyphen and joiners are invisible and belong to no word.
        '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}' => true,
        _ => false,
    }
}

/// Letters that no normal form takes apart, and punctuation that is typed in several ways.
fn push(folded: &mut String, c: char) {
    match c {
        'ß' => folded.push_str("ss"),
        'æ' => folded.push_str("ae"),
        'œ' => folded.push_str("oe"),
        'þ' => folded.push_str("th"),
        'ø' => folded.push('o'),
        'đ' | 'ð' => folded.push('d'),
        'ł' => folded.push('l'),
        'ħ' => folded.push('h'),
        'ı' => folded.push('i'),
        'ς' => folded.push('σ'),
        '\u{2018}' | '\u{2019}' | '\u{2bc}' => folded.push('\''),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => folded.push('-'),
        _ => folded.push(c),
    }
}

/// Whether a character belongs to a script written without spaces between words, or whose words
/// are found inside other words: Han, Hangul, kana.
pub(super) fn is_ideographic(c: char) -> bool {
    matches!(c,
        '\u{1100}'..='\u{11ff}'
        | '\u{3005}'..='\u{3007}'
        | '\u{3040}'..='\u{30ff}'
        | '\u{31f0}'..='\u{31ff}'
        | '\u{3400}'..='\u{4dbf}'
        | '\u{4e00}'..='\u{9fff}'
        | '\u{a960}'..='\u{a97f}'
        | '\u{ac00}'..='\u{d7ff}'
        | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// Whether a character of folded text belongs to a word.
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphanumeric();
    }
    is_alphanumeric(c) || unicode_normalization::char::is_combining_mark(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn quick_ways_fold_as_the_long_one_does(text in "[a-cA-C’‘“”–\u{2011}\u{300}\u{306}иàé각각漢カ\u{3099}ﬁＡ ']{0,16}") {
            let mut whole = String::new();
            fold_piece(&text, &mut whole);
            proptest::prop_assert_eq!(fold(&text), whole);
        }
    }
}
