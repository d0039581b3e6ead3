//! Anchors of paragraphs: names that go by what a paragraph says, and what became of them when it was edited.
//!
//! An anchor is made of the paragraph's words alone, so that no other paragraph can change it. [`Lock`] is the list of
//! those that were published, and when; [`Line::followed`] compares it with the text of today. Nothing here knows what
//! documents are.

use crate::letters::is_alphanumeric;

mod follow;
mod lock;

pub use lock::{Line, Lock, PATH, Published, checksum};

/// Letters and digits that are not mistaken for each other (Crockford's Base32).
const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// Characters of an anchor after `p-`.
const LENGTH: usize = 6;
/// Words whose hash is kept of the beginning, or the end, of a paragraph.
const ENDS: usize = 4;

/// The anchor of a paragraph, such as `p-k3f9a2`.
///
/// Only letters and digits count, whatever their case. The first character is of the first four words, the second
/// one of the last four, the rest of all: an edited paragraph is known again by its ends. 30 bits in all, which is
/// enough for the paragraphs of one document; equal ones are counted by whoever asks.
pub fn anchor(text: &str) -> String {
    let mut words = Words::default();
    for c in text.chars() {
        if c.is_ascii() {
            match c.is_ascii_alphanumeric() {
                true => words.add(c.to_ascii_lowercase()),
                false => words.end(),
            }
        } else if is_alphanumeric(c) {
            c.to_lowercase().for_each(|c| words.add(c));
        } else {
            words.end();
        }
    }
    words.end();
    // Marks alone, such as three asterisks, are all that there is to go by.
    let whole = if words.count == 0 { text.chars().fold(START, hashed) } else { words.whole };
    let last = words.last.iter().cycle().skip(words.count % ENDS).take(ENDS);
    let last = last.fold(START, |hash, word| mixed(hash ^ word));
    let mut anchor = String::with_capacity(2 + LENGTH);
    anchor.push_str("p-");
    let mut push = |number: u64| anchor.push(char::from(DIGITS[(number % 32) as usize]));
    push(mixed(words.first));
    push(last);
    let whole = mixed(whole);
    (2..LENGTH).for_each(|place| push(whole >> (5 * place)));
    anchor
}

const START: u64 = 0xCBF2_9CE4_8422_2325;

/// One step of FNV-1a, a character at a time.
fn hashed(hash: u64, c: char) -> u64 {
    (hash ^ u64::from(u32::from(c))).wrapping_mul(0x0000_0100_0000_01B3)
}

/// Source: the finalizer of `splitmix64`, Steele, Lea and Flood 2014.
fn mixed(number: u64) -> u64 {
    let number = (number ^ (number >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let number = (number ^ (number >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    number ^ (number >> 31)
}

/// Hashes of the words of a text as they come.
struct Words {
    whole: u64,
    word: u64,
    /// Words that have ended.
    count: usize,
    first: u64,
    last: [u64; ENDS],
}

impl Default for Words {
    fn default() -> Self {
        Self { whole: START, word: START, count: 0, first: START, last: [0; ENDS] }
    }
}

impl Words {
    fn add(&mut self, c: char) {
        self.word = hashed(self.word, c);
    }

    fn end(&mut self) {
        if self.word == START {
            return;
        }
        // A word that is parted in two is another text.
        self.whole = (self.whole.rotate_left(5) ^ self.word).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        if self.count < ENDS {
            self.first = self.whole;
        }
        self.last[self.count % ENDS] = self.word;
        self.count += 1;
        self.word = START;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Anchors that were published must not change with the program.
    #[test]
    fn an_anchor_is_the_same_for_ever() {
        let anchors =
            ["The books have come.", "", "***", "Ἀθῆναι 책이 왔다", "One two three four five six"];
        assert_eq!(
            anchors.map(anchor),
            ["p-1ara03", "p-vhtbvm", "p-vhzee2", "p-mx2pz4", "p-zd4r6q"]
        );
    }

    #[test]
    fn only_words_count_and_ends_are_known_again() {
        let plain = anchor("The books of parcel 2 have come, and are in good order.");
        assert_eq!(plain, anchor("The *books* of PARCEL 2 have come and are\nin good order"));
        let ends = |text: &str| anchor(text)[2..4].to_owned();
        let middle = "The books of parcel 2 had come, and are in good order.";
        assert_eq!(ends(middle), plain[2..4]);
        let end = ends("The books of parcel 2 have come, and are in bad order.");
        assert!(end[..1] == plain[2..3] && end[1..] != plain[3..4], "{plain} {end}");
        assert_ne!(anchor("a bc"), anchor("ab c"));
    }
}
