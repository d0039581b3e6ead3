//! Other spellings of words, by which readers may look for them: `mueller` for `Müller`, `kwanliso` for `Kwan-li-so`, and the parts of
//! `HumanRightsWatch`.
//!
//! A spelling is a term without documents: `mueller =muller` leads to the word that the text has, `kwanliso =522` to words of so many letters side
//! by side (base 36). The parts of a word in CamelCase are tokens in its own position.

use std::collections::BTreeMap;

use unicode_normalization::UnicodeNormalization;

use super::fold::{fold, is_ideographic, is_word};
use crate::letters::is_alphanumeric;

/// Separates a spelling from what it leads to. No word holds it.
const MARK: &str = " =";
/// Compounds of more letters than this are found by their parts alone.
const MAX_COMPOUND: usize = 40;

/// Whether a term is a spelling.
pub(super) fn is_spelling(term: &str) -> bool {
    term.contains(MARK)
}

/// Calls `emit` with the terms for other spellings of a text's words.
pub(super) fn spellings(text: &str, emit: &mut impl FnMut(&str)) {
    // Umlauts may be written as a letter with a mark above.
    if text.contains(['\u{308}', '\u{30a}']) {
        spellings_of_composed(&text.nfc().collect::<String>(), emit);
    } else {
        spellings_of_composed(text, emit);
    }
}

fn spellings_of_composed(text: &str, emit: &mut impl FnMut(&str)) {
    let mut at = 0;
    while let Some(found) = next_mark(text, at) {
        let belongs = |c: char| is_hyphen(c) || is_letter(c);
        let start = text[at..found].rfind(|c| !belongs(c));
        let start = start.map_or(at, |before| text.ceil_char_boundary(at + before + 1));
        let end = text[found..].find(|c| !belongs(c)).map_or(text.len(), |length| found + length);
        let word = &text[start..end];
        at = if end > found { end } else { text.ceil_char_boundary(found + 1) };
        if is_alone(&text[..start], &text[end..]) {
            emit_compound(word, emit);
        }
        word.split(is_hyphen).for_each(|part| emit_transliteration(part, emit));
    }
}

/// The next hyphen or letter with a transliteration.
fn next_mark(text: &str, mut at: usize) -> Option<usize> {
    loop {
        // Bytes by which one of these may begin.
        at += text.as_bytes()[at..].iter().position(|byte| matches!(byte, b'-' | 0xc3 | 0xe2))?;
        let c = text[at..].chars().next()?;
        if is_hyphen(c) || transliteration(c).is_some() {
            return Some(at);
        }
        at += c.len_utf8();
    }
}

/// Whether what surrounds a compound is neither a mark that joins it to another word nor a part of an address.
fn is_alone(before: &str, after: &str) -> bool {
    let mut after = after.chars();
    let joined = |c: char| "./_@'’&=?%~\\".contains(c) || is_alphanumeric(c);
    let starts = before.chars().next_back().is_none_or(|c| !joined(c));
    let next = after.next();
    let is_joint = next.is_some_and(joined) && after.next().is_some_and(is_word);
    starts && !is_joint && !next.is_some_and(|c| c == '@' || is_alphanumeric(c))
}

fn emit_compound(word: &str, emit: &mut impl FnMut(&str)) {
    let folded = fold(word);
    let parts: Vec<&str> = folded.split('-').collect();
    if parts.len() < 2 || parts.contains(&"") || folded.len() > MAX_COMPOUND {
        return;
    }
    // In units of UTF-16, as JavaScript cuts.
    let lengths = parts.iter().map(|part| char::from_digit(part.encode_utf16().count() as u32, 36));
    if let Some(lengths) = lengths.collect::<Option<String>>() {
        emit(&format!("{}{MARK}{lengths}", parts.concat()));
    }
}

fn emit_transliteration(word: &str, emit: &mut impl FnMut(&str)) {
    if !word.contains(|c| transliteration(c).is_some()) {
        return;
    }
    let mut other = String::with_capacity(word.len() + 4);
    for c in word.chars() {
        match transliteration(c) {
            Some(letters) => other.push_str(letters),
            None => other.push(c),
        }
    }
    emit(&format!("{}{MARK}{}", fold(&other), fold(word)));
}

/// What is written for a letter where it cannot be typed.
fn transliteration(c: char) -> Option<&'static str> {
    match c {
        'ä' | 'Ä' => Some("ae"),
        'ö' | 'Ö' | 'ø' | 'Ø' => Some("oe"),
        'ü' | 'Ü' => Some("ue"),
        'å' | 'Å' => Some("aa"),
        _ => None,
    }
}

fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

fn is_letter(c: char) -> bool {
    is_word(c) && !is_ideographic(c) && !c.is_numeric()
}

/// For each word of a text in CamelCase, folded, its parts of more than one letter, folded.
pub(super) fn camel_cases(text: &str) -> BTreeMap<String, Vec<String>> {
    let mut words = BTreeMap::new();
    let bytes = text.as_bytes();
    let is_turn = |at: usize| bytes[at].is_ascii_lowercase() && bytes[at + 1].is_ascii_uppercase();
    let mut end = 0;
    for turn in (0..bytes.len().saturating_sub(1)).filter(|at| is_turn(*at)) {
        if turn < end {
            continue;
        }
        let belongs = |c: char| is_word(c) && !is_ideographic(c);
        let start = text[..turn].rfind(|c| !belongs(c));
        let start = start.map_or(0, |before| text.ceil_char_boundary(before + 1));
        end = text[turn..].find(|c| !belongs(c)).map_or(text.len(), |length| turn + length);
        let turns = (start..end - 1).filter(|at| is_turn(*at)).map(|at| at + 1);
        let bounds: Vec<usize> = std::iter::once(start).chain(turns).chain([end]).collect();
        let parts = bounds.windows(2).map(|bounds| fold(&text[bounds[0]..bounds[1]]));
        let parts = parts.filter(|part| part.chars().nth(1).is_some()).collect();
        words.insert(fold(&text[start..end]), parts);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spellings_of(text: &str) -> Vec<String> {
        let mut found = Vec::new();
        spellings(text, &mut |term| found.push(term.to_owned()));
        found
    }

    #[test]
    fn umlauts_and_compounds_have_other_spellings() {
        assert_eq!(spellings_of("Herr Müller, Århus"), ["mueller =muller", "aarhus =arhus"]);
        assert_eq!(spellings_of("the Kwan-li-so (kwan\u{2011}li-so)"), ["kwanliso =422"; 2]);
        let wanted = ["mullerludenscheidt =6c", "mueller =muller", "luedenscheidt =ludenscheidt"];
        assert_eq!(spellings_of("Müller-Lüdenscheidt."), wanted);
    }

    #[test]
    fn what_is_joined_otherwise_is_no_compound() {
        for text in
            ["U.S.-led", "a-/b", "-x", "x--y", "A-63", "jo-an@x.org", "x.y-z", "d'y-z", "and - or"]
        {
            assert!(spellings_of(text).is_empty(), "{text}: {:?}", spellings_of(text));
        }
    }

    #[test]
    fn camel_case_is_cut_before_capitals() {
        let found = camel_cases("The HumanRightsWatch of McDonald, ASCII and thE");
        let found: Vec<(&str, Vec<&str>)> = found
            .iter()
            .map(|(word, parts)| (word.as_str(), parts.iter().map(String::as_str).collect()))
            .collect();
        let wanted = [
            ("humanrightswatch", vec!["human", "rights", "watch"]),
            ("mcdonald", vec!["mc", "donald"]),
            ("the", vec!["th"]),
        ];
        assert_eq!(found, wanted);
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "[a-cA-C1üÜ\u{308}각漢ﬁ’.@ \u{2010}-]{0,24}") {
            spellings(&text, &mut |term| assert!(is_spelling(term)));
            camel_cases(&text);
        }
    }
}
