//! Texts as words that can be compared: folded, numbered, each with its place.

use std::collections::HashMap;

use unicode_normalization::UnicodeNormalization;

use crate::letters::is_alphanumeric;

/// Words by number; a number tells the same word in all texts of one comparison.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    numbers: HashMap<String, u32>,
    words: Vec<String>,
}

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Word {
    /// Its number in the vocabulary.
    pub id: u32,
    /// Where it begins, in bytes.
    pub at: usize,
    /// Whether it is written with a capital or a sign without case.
    pub marked: bool,
}

impl Vocabulary {
    /// The words of a text. Signs of scripts without spaces are words of their own.
    pub(super) fn words(&mut self, text: &str) -> Vec<Word> {
        let mut words = Vec::with_capacity(text.len() / 6);
        let mut start: Option<usize> = None;
        for (at, c) in text.char_indices() {
            let alone = is_ideograph(c);
            if let Some(from) = start.filter(|_| alone || !is_alphanumeric(c) && !is_joined(c)) {
                words.push(self.word(text, from, at));
                start = None;
            }
            if alone {
                words.push(self.word(text, at, at + c.len_utf8()));
            } else if start.is_none() && is_alphanumeric(c) {
                start = Some(at);
            }
        }
        if let Some(from) = start {
            words.push(self.word(text, from, text.len()));
        }
        words
    }

    fn word(&mut self, text: &str, from: usize, to: usize) -> Word {
        let written = &text[from..to];
        let folded: String = if written.is_ascii() {
            written.to_ascii_lowercase()
        } else {
            written.nfkc().flat_map(char::to_lowercase).collect()
        };
        let marked = written.chars().next().is_some_and(|c| !c.is_lowercase());
        Word { id: self.number(folded), at: from, marked }
    }

    fn number(&mut self, word: String) -> u32 {
        if let Some(number) = self.numbers.get(&word) {
            return *number;
        }
        let number = u32::try_from(self.words.len()).unwrap_or(u32::MAX);
        self.words.push(word.clone());
        self.numbers.insert(word, number);
        number
    }

    /// A number that no word has.
    pub(super) fn sign(&mut self) -> u32 {
        let number = self.words.len();
        self.number(format!("\0{number}"))
    }

    /// A word by its number.
    pub(super) fn text(&self, id: u32) -> &str {
        self.words.get(id as usize).map_or("", String::as_str)
    }

    /// How much a word tells, in Latin letters; digits count as such.
    pub(super) fn weight(&self, id: u32) -> usize {
        self.text(id).chars().map(|c| if is_ideograph(c) || is_hangul(c) { 2 } else { 1 }).sum()
    }
}

/// Marks that are written above or below a letter of their own.
fn is_joined(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

pub(super) fn is_hangul(c: char) -> bool {
    matches!(c, '\u{AC00}'..='\u{D7A3}' | '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}')
}

pub(super) fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FA1F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_folded_and_signs_stand_alone() {
        let mut vocabulary = Vocabulary::default();
        let words = vocabulary.words("Dr. Müller’s 3rd, 北京 서울은");
        let texts: Vec<&str> = words.iter().map(|w| vocabulary.text(w.id)).collect();
        assert_eq!(texts, ["dr", "müller", "s", "3rd", "北", "京", "서울은"]);
        assert_eq!((words[0].at, words[1].at), (0, 4));
    }
}
