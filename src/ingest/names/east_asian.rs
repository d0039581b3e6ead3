//! Korean, Chinese, Japanese and Vietnamese names: family name first at home, often last abroad.

use std::sync::LazyLock;

use super::super::lexicon::{self, Words};
use super::knowledge::{Strength, Tag, is_family, is_given, is_tagged};
use super::lists;
use super::order::Order;
use super::word::is_han;
use crate::ingest::text;

/// A name in the script of Korea, China or Japan, where the family name always leads.
pub(super) fn is_native(name: &str) -> bool {
    let compact = || name.chars().filter(|c| !c.is_whitespace());
    text::is_hangul(name)
        || compact().next().is_some() && compact().all(|c| is_han(c) || ('ぁ'..='ヿ').contains(&c))
}

/// The order of a name in Latin letters, if its words are of these languages.
pub(super) fn order(words: &[&str]) -> Option<Order> {
    let [first, rest @ ..] = words else { return None };
    let (last, before) = words.split_last()?;
    let leads = Match::of(first, rest);
    let closes = Match::of(last, before);
    match (leads, closes) {
        (None, None) => vietnamese(words),
        (Some(_), None) => Some(unless_western(words, leads?, Order::FamilyFirst)),
        // Three free syllables with a family name at the end only may begin with a rare one.
        (None, Some(Match::Loose)) => {
            (words.len() > 2 || is_given(first) < Some(Strength::Known)).then_some(Order::Unknown)
        }
        (None, Some(_)) => Some(Order::GivenFirst),
        (Some(Match::Sure), Some(Match::Fit | Match::Loose)) => Some(Order::FamilyFirst),
        (Some(Match::Fit | Match::Loose), Some(Match::Sure)) => Some(Order::GivenFirst),
        // Kim, Lee, Park: nearly half of all Koreans.
        (Some(Match::Loose), Some(Match::Loose))
            if words.len() == 3 && is_most_common(first) && !is_most_common(last) =>
        {
            Some(Order::FamilyFirst)
        }
        _ => Some(Order::Unknown),
    }
}

/// `Kim Young` may be English as well.
fn unless_western(words: &[&str], reading: Match, order: Order) -> Order {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return order };
    let western = words.len() == 2
        && is_given(first) >= Some(Strength::Known)
        && is_family(last) >= Some(Strength::Known);
    if western && reading != Match::Sure { Order::Unknown } else { order }
}

/// Whether a word is one of the few family names that most Koreans have.
fn is_most_common(word: &str) -> bool {
    static COMMON: LazyLock<Words> = LazyLock::new(|| lists::words("korean_family_common"));
    lexicon::has(&COMMON, word)
}

/// How well a family name and the words beside it fit together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Match {
    /// The given name's own form shows it: `Ki-moon`.
    Sure,
    /// The given name is one of the language: `Xiaobo`, `Hiroshi`.
    Fit,
    /// Free syllables, of which each may be any part.
    Loose,
}

impl Match {
    fn of(family: &str, given: &[&str]) -> Option<Self> {
        let tagged = |tag| is_tagged(family, tag);
        if let [only] = given
            && let Some(reading) = Self::of_one(family, only)
        {
            return Some(reading);
        }
        let korean = tagged(Tag::KoreanFamily) && (1..=2).contains(&given.len());
        let syllables: usize =
            korean.then(|| given.iter().map(|w| korean_syllables(w)).sum::<Option<usize>>())??;
        match (given.len(), syllables) {
            (1, 2) => Some(Self::Fit),
            (1, 1) | (2, 2) => Some(Self::Loose),
            _ => None,
        }
    }

    /// The same for a given name of one word, as far as it is no Korean one without a hyphen.
    fn of_one(family: &str, given: &str) -> Option<Self> {
        let chinese = is_tagged(family, Tag::ChineseFamily);
        if (chinese || is_tagged(family, Tag::KoreanFamily)) && is_hyphenated(given) {
            return Some(Self::Sure);
        }
        if is_tagged(family, Tag::JapaneseFamily) && is_tagged(given, Tag::JapaneseGiven) {
            return Some(Self::Fit);
        }
        let syllables = chinese.then(|| pinyin_syllables(given))??;
        Some(if syllables > 1 { Self::Fit } else { Self::Loose })
    }
}

/// Whether words are a given name by the form of Korean or Chinese ones: `Min-jun`, `Kai-shek`.
pub(super) fn is_given_shape(words: &[&str]) -> bool {
    let [word] = words else { return false };
    is_hyphenated(word)
}

/// Two syllables and a hyphen, the second of them in small letters or both known.
fn is_hyphenated(word: &str) -> bool {
    let Some((a, b)) = word.split_once(['-', '‐', '‑']) else { return false };
    let short = |part: &str| {
        (1..=6).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic)
    };
    let known = || {
        [a, b]
            .iter()
            .all(|part| korean_syllables(part) == Some(1) || pinyin_syllables(part) == Some(1))
    };
    short(a)
        && short(b)
        && !a.starts_with(char::is_lowercase)
        && (b.starts_with(char::is_lowercase) || known())
}

/// How many Korean syllables a word is made of; none if it is no such word.
fn korean_syllables(word: &str) -> Option<usize> {
    static SYLLABLES: LazyLock<Words> = LazyLock::new(|| lists::words("korean_syllables"));
    let lower = word.to_lowercase();
    let known = |part: &str| SYLLABLES.contains(part);
    if known(&lower) {
        return Some(1);
    }
    if let Some((a, b)) = lower.split_once('-') {
        return (known(a) && known(b)).then_some(2);
    }
    let cuts = lower.char_indices().skip(1).map(|(i, _)| lower.split_at(i));
    cuts.into_iter().any(|(a, b)| a.len() > 1 && b.len() > 1 && known(a) && known(b)).then_some(2)
}

/// The same of syllables in Pinyin.
fn pinyin_syllables(word: &str) -> Option<usize> {
    let lower = word.to_lowercase();
    if is_pinyin(&lower) {
        return Some(1);
    }
    let mut cuts = lower.char_indices().skip(1).map(|(i, _)| lower.split_at(i));
    cuts.any(|(a, b)| is_pinyin(a) && is_pinyin(b.trim_start_matches(['-', '\'', '’'])))
        .then_some(2)
}

fn is_pinyin(syllable: &str) -> bool {
    static INITIALS: LazyLock<Vec<&str>> =
        LazyLock::new(|| lists::entries("pinyin_initials").collect());
    static FINALS: LazyLock<Words> = LazyLock::new(|| lists::words("pinyin_finals"));
    FINALS.contains(syllable)
        || INITIALS
            .iter()
            .any(|i| syllable.strip_prefix(i).is_some_and(|rest| FINALS.contains(rest)))
}

/// `Nguyen Van Thieu`: three or four short words.
fn vietnamese(words: &[&str]) -> Option<Order> {
    static MIDDLE: LazyLock<Words> = LazyLock::new(|| lists::words("vietnamese_middle"));
    let [first, rest @ ..] = words else { return None };
    let marked = rest.first().is_some_and(|w| lexicon::has(&MIDDLE, w));
    let short = rest.iter().all(|w| {
        w.chars().count() <= 6
            && is_given(w) < Some(Strength::Common)
            && is_family(w) < Some(Strength::Common)
    });
    let family =
        is_tagged(first, Tag::VietnameseFamily) && is_given(first) < Some(Strength::Common);
    (family && (2..=3).contains(&rest.len()) && (short || marked)).then_some(Order::FamilyFirst)
}
