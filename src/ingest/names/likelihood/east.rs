//! Names in Hangul and in Chinese characters: the family name leads, bodies and offices end in a sign of theirs.

use std::sync::LazyLock;

use super::super::knowledge::{Tag, is_city, is_family, is_tagged};
use super::super::word::{is_given_syllable, is_han, is_korean_family, is_phrase, is_vocabulary};
use super::super::{Named, korean_office_or_body, lists, strip_honorifics};
use crate::content::name::korean_parts;
use crate::ingest::lexicon::{COMMON, Words};
use crate::ingest::text;

/// What a text in Hangul or Chinese characters counts as a person's name; none for other scripts.
pub(super) fn person(text: &str) -> Option<i32> {
    if text::is_hangul(text) {
        return Some(korean(text));
    }
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    compact.chars().all(is_han).then(|| han(&compact))
}

/// What a text in Hangul counts as an organization's name; none for other scripts.
pub(super) fn organization(text: &str) -> Option<i32> {
    if !text::is_hangul(text) {
        return None;
    }
    Some(match korean_office_or_body(text) {
        Some(Named::Organization) => 70,
        Some(_) => -40,
        None => -20,
    })
}

fn korean(text: &str) -> i32 {
    let bare = strip_honorifics(text);
    let titled = if bare.len() < text.len() { 25 } else { 0 };
    let compact: String = bare.split_whitespace().collect();
    let syllables: Vec<char> = compact.chars().collect();
    let name =
        bare.split_whitespace().count() <= 2 && syllables.iter().all(|c| ('가'..='힣').contains(c));
    if !name
        || ends_as_no_name(&compact)
        || is_phrase(&compact)
        || is_vocabulary(&compact)
        || COMMON.contains(bare)
    {
        return -90;
    }
    if korean_office_or_body(bare).is_some() || is_city(bare).is_some() {
        return -60;
    }
    let known = |family: &str| {
        let mut syllables = family.chars();
        syllables.next().is_some_and(is_korean_family) || syllables.next().is_some()
    };
    let parts = korean_parts(&compact).filter(|(family, _)| known(family));
    let Some((_, given)) = parts else { return -50 };
    let known = given.chars().all(is_given_syllable);
    titled
        + match (given.chars().count(), known) {
            (2, true) => 70,
            (2, false) => 20,
            (1, true) => 25,
            _ => -10,
        }
}

/// The mark of an object, or the word for a team.
pub(in super::super) fn ends_as_no_name(word: &str) -> bool {
    word.ends_with(['를', '팀'])
}

fn han(compact: &str) -> i32 {
    static BODIES: LazyLock<Words> = LazyLock::new(|| lists::words("han_bodies"));
    let count = compact.chars().count();
    let last = compact.chars().next_back().map(String::from).unwrap_or_default();
    if !(2..=5).contains(&count) || is_city(compact).is_some() {
        return -60;
    }
    let split = |at: usize| compact.char_indices().nth(at).map(|(i, _)| &compact[..i]);
    let japanese = split(2).is_some_and(|f| is_tagged(f, Tag::JapaneseFamily));
    let chinese =
        split(1).is_some_and(|f| is_family(f).is_some() || is_tagged(f, Tag::ChineseFamily));
    let body = if BODIES.contains(last.as_str()) { 50 } else { 0 };
    match (japanese, chinese, count) {
        (true, ..) => 60 - body,
        (_, true, 2..=3) => 40 - body,
        (_, true, _) => -5 - body,
        _ => -20 - body,
    }
}
