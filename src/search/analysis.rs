//! Analysis: a text in, its tokens with their positions out.
//!
//! - A word is a run of letters, marks and digits; a possessive `'s` is dropped.
//! - Han, Hangul and kana give one token a character: the character with the next of its run, so
//!   that any part of a compound is found; the last one is a term by itself.
//! - `D.P.R.K.` is the token `dprk`, and each of its letters, all in one position.
//! - A document symbol such as `A/HRC/25/63` is also one token, and so is each of its tails
//!   (`hrc/25/63`, `25/63`), so that a part of it is found by the prefix of a tail.
//! - A word in CamelCase is also its parts, in one position.
//!
//! The reader analyses queries by the same rules; see `FORMAT.md`.

use super::fold::{fold, is_ideographic, is_word};
use super::spelling::camel_cases;
use crate::letters::is_letter;

/// Words of more characters than this are not indexed, but keep their position.
pub(super) const MAX_WORD: usize = 64;
/// Symbols of more characters than this are only their parts.
const MAX_SYMBOL: usize = 40;
/// What joins the words of a symbol.
const JOINTS: [char; 4] = ['-', '/', '.', '_'];

/// Calls `emit` with each token of a text and its position, and gives the number of positions.
pub(super) fn tokens(text: &str, emit: &mut impl FnMut(&str, u32)) -> u32 {
    let folded = fold(text);
    let camel_cases = camel_cases(text);
    let mut scanner = Scanner { text: &folded, at: 0, symbol_end: 0, position: 0 };
    if camel_cases.is_empty() {
        return scanner.all(emit);
    }
    scanner.all(&mut |token, position| {
        emit(token, position);
        camel_cases.get(token).into_iter().flatten().for_each(|part| emit(part, position));
    })
}

/// What a byte of folded text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A letter or digit.
    Word,
    /// What may join a word to the next one, or to a possessive `s`.
    Joint,
    /// ASCII that ends a word.
    Other,
    /// A part of a character that is not ASCII.
    Unknown,
}

const CLASSES: [Class; 256] = {
    let mut classes = [Class::Other; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' => Class::Word,
            b'-' | b'/' | b'.' | b'_' | b'\'' => Class::Joint,
            0x80.. => Class::Unknown,
            _ => Class::Other,
        };
        byte += 1;
    }
    classes
};

struct Scanner<'a> {
    text: &'a str,
    at: usize,
    /// Where the symbol ends whose parts are being read.
    symbol_end: usize,
    position: u32,
}

impl<'a> Scanner<'a> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    /// Reads all; gives the number of positions.
    fn all(&mut self, emit: &mut impl FnMut(&str, u32)) -> u32 {
        loop {
            self.plain_words(emit);
            if !self.next(emit) {
                return self.position;
            }
        }
    }

    /// Reads what comes next, whatever it is; there may be nothing more.
    fn next(&mut self, emit: &mut impl FnMut(&str, u32)) -> bool {
        let Some(c) = self.peek() else { return false };
        if is_ideographic(c) {
            self.ideographs(emit);
        } else if is_word(c) {
            let end = word_end(self.text, self.at);
            self.symbol(end, emit);
            self.word(end, emit);
        } else {
            self.at += c.len_utf8();
        }
        true
    }

    /// Reads on while all is ASCII: words that are neither joined to what follows nor possessive, and what
    /// is between them. Nearly all words of most texts are such.
    fn plain_words(&mut self, emit: &mut impl FnMut(&str, u32)) {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            match CLASSES[usize::from(byte)] {
                Class::Word => {}
                Class::Joint | Class::Other => {
                    self.at += 1;
                    continue;
                }
                Class::Unknown => return,
            }
            let rest = &bytes[self.at..];
            let class = |byte: &u8| CLASSES[usize::from(*byte)];
            let length = rest.iter().position(|byte| class(byte) != Class::Word);
            let length = length.unwrap_or(rest.len());
            let class_at = |at: usize| rest.get(at).map_or(Class::Other, class);
            let is_plain = match class_at(length) {
                // A mark joins nothing if no word follows it.
                Class::Joint => matches!(class_at(length + 1), Class::Joint | Class::Other),
                next => next == Class::Other,
            };
            if !is_plain {
                return;
            }
            if length <= MAX_WORD {
                emit(&self.text[self.at..self.at + length], self.position);
            }
            self.position += 1;
            self.at += length;
        }
    }

    fn ideographs(&mut self, emit: &mut impl FnMut(&str, u32)) {
        let run = &self.text[self.at..run_end(self.text, self.at, is_ideographic)];
        let mut chars = run.char_indices().peekable();
        while let Some((start, _)) = chars.next() {
            let end = chars.peek().map_or(run.len(), |(i, c)| i + c.len_utf8());
            emit(&run[start..end], self.position);
            self.position += 1;
        }
        self.at += run.len();
    }

    fn word(&mut self, end: usize, emit: &mut impl FnMut(&str, u32)) {
        let end = match self.acronym(end) {
            Some(end) => {
                let letters = &self.text[self.at..end];
                emit(&letters.replace('.', ""), self.position);
                letters.split('.').for_each(|letter| emit(letter, self.position));
                end + usize::from(self.text[end..].starts_with('.'))
            }
            None => {
                let word = &self.text[self.at..end];
                if word.len() <= MAX_WORD || word.chars().count() <= MAX_WORD {
                    emit(word, self.position);
                }
                end
            }
        };
        self.position += 1;
        self.at = end + possessive(&self.text[end..]);
    }

    /// The end of an acronym with dots that starts here, without its last dot, given the end of the word.
    fn acronym(&self, word_end: usize) -> Option<usize> {
        if !self.text[word_end..].starts_with('.') {
            return None;
        }
        let letter = |at: usize| {
            let c = self.text[at..].chars().next().filter(|c| is_letter(*c))?;
            let end = at + c.len_utf8();
            let alone = !is_ideographic(c) && !self.text[end..].starts_with(is_word);
            alone.then_some(end)
        };
        let first = letter(self.at)?;
        let mut end = first;
        while self.text[end..].starts_with('.') {
            let Some(next) = letter(end + 1) else { break };
            end = next;
        }
        (end > first).then_some(end)
    }

    /// Emits the symbol that starts here, if one does, and its tails.
    fn symbol(&mut self, word_end: usize, emit: &mut impl FnMut(&str, u32)) {
        if self.at < self.symbol_end || !self.text[word_end..].starts_with(JOINTS) {
            return;
        }
        let (end, starts) = compound(self.text, self.at, word_end);
        self.symbol_end = end;
        let before = self.text[..self.at].chars().next_back();
        if !is_symbol(&self.text[self.at..end], before, &self.text[end..]) {
            return;
        }
        for &start in &starts[..starts.len() - 1] {
            let tail = &self.text[start..end];
            if tail.contains(|c: char| c.is_ascii_digit()) {
                emit(tail, self.position);
            }
        }
    }
}

/// The end of the words that start here and are joined by single marks, and where each word starts,
/// given the end of the first.
fn compound(text: &str, start: usize, mut end: usize) -> (usize, Vec<usize>) {
    let mut starts = vec![start];
    while text[end..].starts_with(JOINTS) {
        let next = word_end(text, end + 1);
        if next == end + 1 {
            break;
        }
        starts.push(end + 1);
        end = next;
    }
    (end, starts)
}

/// Whether joined words are a document symbol, and neither a plain compound nor a part of an address.
fn is_symbol(compound: &str, before: Option<char>, after: &str) -> bool {
    compound.contains(JOINTS)
        && compound.contains(|c: char| c.is_ascii_digit())
        && compound.chars().count() <= MAX_SYMBOL
        && !before.is_some_and(|c| "/@:=?&#%~\\".contains(c))
        && !after.starts_with('@')
        && !compound.starts_with("www.")
}

fn word_end(text: &str, start: usize) -> usize {
    let bytes = &text.as_bytes()[start..];
    let ascii = bytes.iter().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    match bytes.get(ascii) {
        Some(byte) if !byte.is_ascii() => {
            run_end(text, start + ascii, |c| is_word(c) && !is_ideographic(c))
        }
        _ => start + ascii,
    }
}

fn run_end(text: &str, start: usize, belongs: impl Fn(char) -> bool) -> usize {
    text[start..].find(|c| !belongs(c)).map_or(text.len(), |length| start + length)
}

/// Length of a possessive ending at the start of a text.
fn possessive(rest: &str) -> usize {
    match rest.strip_prefix("'s") {
        Some(after) if !after.starts_with(is_word) => 2,
        _ => 0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::Deserialize;

    #[derive(Deserialize)]
    struct Vector {
        text: String,
        tokens: Vec<(String, u32)>,
    }

    #[test]
    fn every_vector_gives_its_tokens() {
        let vectors: Vec<Vector> =
            serde_json::from_str(include_str!("../../tests/search/vectors.json")).unwrap();
        for vector in vectors {
            let mut found = Vec::new();
            tokens(&vector.text, &mut |text, position| found.push((text.to_owned(), position)));
            assert_eq!(found, vector.tokens, "{}", vector.text);
        }
    }

    proptest::proptest! {
        #[test]
        fn no_text_makes_it_panic(text in "\\PC{0,60}") {
            tokens(&text, &mut |token, _| assert!(!token.is_empty()));
        }

        #[test]
        fn plain_words_are_what_all_words_are(text in "[a-c1-2./' _@é-]{0,40}") {
            let (mut quick, mut slow) = (Vec::new(), Vec::new());
            let positions = tokens(&text, &mut |token, at| quick.push((token.to_owned(), at)));
            let folded = fold(&text);
            let mut scanner = Scanner { text: &folded, at: 0, symbol_end: 0, position: 0 };
            while scanner.next(&mut |token, at| slow.push((token.to_owned(), at))) {}
            proptest::prop_assert_eq!((quick, positions), (slow, scanner.position));
        }

        #[test]
        fn symbols_and_acronyms_may_stand_anywhere(text in "[a-cA-C1-3./' _@-]{0,40}") {
            tokens(&text, &mut |token, _| assert!(!token.is_empty()));
        }
    }
}
