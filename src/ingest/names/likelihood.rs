//! How much a short text looks like the name of a person or of an organization: a weight, no verdict.
//!
//! A weight is between -100 and 100. From 50 on the text is such a name by itself, from 20 on where its
//! place speaks for one, near 0 nothing is known, and below -20 it is something else. Words of all languages
//! count, since names cross borders.

mod east;

use std::sync::LazyLock;

pub(super) use east::ends_as_no_name;

use super::knowledge::{Strength, is_city, is_family, is_given};
use super::order::{self, Order};
use super::word::{
    is_calendar, is_capital, is_initial, is_institution, is_name_too, is_of_bodies, is_of_place,
    is_particle, is_phrase, is_shortened, is_small_word, is_vocabulary,
};
use super::{east_asian, legal};
use crate::content::name as forms;
use crate::ingest::lexicon::{ORGANIZATIONS, Words};
use crate::ingest::text;

/// What each sign of a person's name counts. Calibrated on the lists at the foot of this file.
mod weight {
    /// A text of words of which none is known.
    pub(super) const START: i32 = -24;
    /// The first word is a given name: rare, known, common.
    pub(super) const GIVEN: [i32; 3] = [30, 50, 60];
    /// The first word is no name that is known.
    pub(super) const UNKNOWN: i32 = -8;
    /// The last word is a family name: rare, known, common.
    pub(super) const FAMILY: [i32; 3] = [16, 26, 32];
    /// The last word may be any name.
    pub(super) const ANY_NAME: i32 = 12;
    /// The first word is an initial, or an abbreviated given name.
    pub(super) const INITIAL: i32 = 48;
    /// A word in the middle is a name, an initial, a particle.
    pub(super) const MIDDLE: i32 = 8;
    /// All words are those of a Korean, Chinese, Japanese, Vietnamese or Hungarian name.
    pub(super) const BY_ORDER: i32 = 80;
    /// Initials and nothing else.
    pub(super) const INITIALS_ONLY: i32 = 5;
    /// A title of courtesy before the name.
    pub(super) const TITLE: i32 = 30;
    /// `Jr.` after it.
    pub(super) const GENERATION: i32 = 20;
    /// A word of letters, offices or bodies, where a name would be.
    pub(super) const VOCABULARY: i32 = -60;
    /// The same, if it is a family name as well and a given name leads: `Mary House`.
    pub(super) const SURNAME: i32 = 14;
    /// The same, if the given name is a city's, too: `Florence House`.
    pub(super) const CITY_LEADS: i32 = -56;
    /// The whole is a city.
    pub(super) const CITY: i32 = -60;
    /// A word in small letters, a sign, a number.
    pub(super) const NOT_A_NAME: i32 = -90;
    /// A first word that begins names of places.
    pub(super) const OF_PLACE: i32 = -45;
}

/// How much a text of up to six words looks like the name of one person.
pub(in crate::ingest) fn person_likelihood(text: &str) -> i32 {
    let text = text::without_emphasis(text.trim()).trim_matches([',', ';', ' ']);
    if text.is_empty() || text.len() > 100 || order::ends_small(text) || is_no_name(text) {
        return weight::NOT_A_NAME;
    }
    if let Some(weight) = east::person(text) {
        return weight.clamp(-100, 100);
    }
    let bare = super::strip_honorifics(text);
    let titled = bare.len() < text.len() && super::has_honorific(text);
    let (bare, generation) = order::without_suffixes(bare);
    if bare.contains(',') {
        return match order::inverted(bare) {
            Some((given, family)) => person_likelihood(&format!("{given} {family}")) - 5,
            None => weight::NOT_A_NAME,
        };
    }
    let words: Vec<&str> = bare.split_whitespace().collect();
    let sum = match words[..] {
        [] => return weight::NOT_A_NAME,
        [word] => one_word(word, titled),
        _ if words.len() > 6 => return weight::NOT_A_NAME,
        _ => several_words(bare, &words) + if titled { weight::TITLE } else { 0 },
    };
    (sum + if generation { weight::GENERATION } else { 0 }).clamp(-100, 100)
}

/// How much a text looks like the name of an organization.
pub(in crate::ingest) fn organization_likelihood(text: &str) -> i32 {
    let text = text::without_emphasis(text.trim()).trim_matches([',', ';', ' ']);
    if text.is_empty() || text.len() > 200 || is_phrase(text) || is_no_body(text) {
        return weight::NOT_A_NAME;
    }
    let lower = text::starts_lower(text);
    // `eBay Inc.`
    if legal::has_form(text) && (!lower || text::has_at_most(text, 3)) {
        return 90;
    }
    if lower {
        return weight::NOT_A_NAME;
    }
    let signs = BODY_SIGNS.iter().filter(|(holds, _)| holds(text)).map(|(_, weight)| weight);
    let mut sum = body_words(text) + signs.sum::<i32>();
    let person = person_likelihood(text);
    if person > 20 {
        sum -= person * 3 / 2;
    }
    if sum < 20 && is_city(text).is_some() || forms::country(text).is_some() {
        sum -= 60;
    }
    sum.clamp(-100, 100)
}

type Sign = fn(&str) -> bool;

/// What speaks for a text's being a body's name, and against it, besides its words.
const BODY_SIGNS: &[(Sign, i32)] = &[
    (|text| forms::acronym(text).is_some(), 50),
    (|text| text.split_once(" & ").is_some_and(|(a, b)| joins_names(a, b)), 45),
    (|text| text::is_prose(text) && text::ends_sentence(text), -70),
    (|text| text.bytes().any(|b| b.is_ascii_digit()), -40),
    (|text| text.split_whitespace().any(is_calendar), -40),
];

/// Whether a text is no organization's name by its signs: a label, markup, an address, part of a sentence.
fn is_no_body(text: &str) -> bool {
    !text.contains(text::is_letter)
        || text.contains(|c: char| "@<>{}[]|=:#?!".contains(c))
        || text.starts_with(['-', '—', '•', '*'])
        || text.contains("--")
}

/// `Smith & Wesson`: a name on both sides of the sign.
fn joins_names(before: &str, after: &str) -> bool {
    let name = |word: Option<&str>| word.is_some_and(is_capital);
    name(before.split_whitespace().next_back()) && name(after.split_whitespace().next())
}

/// What the words of bodies in a text count.
fn body_words(text: &str) -> i32 {
    if let Some(weight) = east::organization(text) {
        return weight;
    }
    let lower = text.to_lowercase();
    let words: Vec<&str> = super::tokens(&lower).collect();
    let is_body = |w: &&str| ORGANIZATIONS.contains(w);
    let role = words.iter().position(|w| super::is_role_word(w));
    let bodies = words.iter().filter(|w| is_body(w)).count();
    match (bodies, words.len()) {
        (0, 1) if forms::is_acronym(text) => 15,
        (0, _) if role.is_none() && super::is_of_people(&words) => 55,
        (0, _) => -20,
        (_, 1) => 20,
        // `Director of the Institute` is an office.
        _ if role.is_some_and(|at| words.iter().position(is_body) > Some(at)) => -30,
        (1, _) => 55,
        _ => 75,
    }
}

/// What a text of one word counts.
fn one_word(word: &str, titled: bool) -> i32 {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    if !is_capital(bare) || bare.chars().count() < 2 {
        return weight::NOT_A_NAME;
    }
    let (given, family) = (is_given(bare), is_family(bare));
    if titled && (super::is_honorific(bare) || is_vocabulary(bare) && family.is_none()) {
        return weight::VOCABULARY;
    }
    if titled {
        let known = family.map_or(0, |s| weight::FAMILY[s as usize]);
        return weight::TITLE + known - if is_vocabulary(bare) { 20 } else { 0 };
    }
    if is_vocabulary(bare) {
        return weight::VOCABULARY;
    }
    let city = if is_city(bare).is_some() && given < Some(Strength::Common) { 35 } else { 0 };
    let name = match (given, family) {
        (Some(Strength::Common), _) | (_, Some(Strength::Common)) => 12,
        (Some(Strength::Known), _) | (_, Some(Strength::Known)) => 6,
        (None, None) => -20,
        _ => -5,
    };
    name - city
}

/// What a text of two to six words counts.
fn several_words(whole: &str, words: &[&str]) -> i32 {
    let Some((first, rest)) = words.split_first() else { return weight::NOT_A_NAME };
    let Some((last, middle)) = rest.split_last() else { return weight::NOT_A_NAME };
    if !is_capital(first) || !is_capital(last) || !middle.iter().all(|w| is_middle(w)) {
        return weight::NOT_A_NAME;
    }
    // `Grace Church`, `Christian Council`: names that begin those of bodies as well.
    let named = first_name(first);
    let given = named >= weight::GIVEN[1] || is_shortened(first);
    let beside = First { given, leads: given && !is_of_bodies(first) };
    let mut sum = weight::START + named + last_name(last, beside);
    sum += middle.iter().map(|w| middle_name(w, beside)).sum::<i32>();
    if words.iter().all(|w| is_initial(w)) {
        sum = weight::INITIALS_ONLY;
    }
    if is_east_asian(words) || is_hungarian(words) {
        sum = sum.max(weight::START + weight::BY_ORDER);
    }
    if beside.leads && is_vocabulary(last) && is_of_place_or_country(first) {
        sum += weight::CITY_LEADS;
    }
    if is_city(whole).is_some() {
        sum += weight::CITY;
    }
    sum
}

fn is_of_place_or_country(word: &str) -> bool {
    is_city(word) >= Some(Strength::Known) || forms::country(word).is_some()
}

/// What the first word of a name says of those behind it.
#[derive(Clone, Copy)]
struct First {
    /// Whether it may be a given name.
    given: bool,
    /// Whether it begins no names of bodies.
    leads: bool,
}

fn first_name(word: &str) -> i32 {
    if is_initial(word) && !word.contains('.') && is_small_word(word) {
        return weight::MIDDLE;
    }
    if is_shortened(word) {
        return weight::INITIAL;
    }
    if is_of_place(word) {
        return weight::OF_PLACE;
    }
    match is_given(word) {
        // `April`, `June`: also words of letters.
        Some(strength) if is_vocabulary(word) && !is_name_too(word) => match strength {
            Strength::Rare => weight::VOCABULARY,
            // `Ville`, `Floor`: given names elsewhere.
            _ => weight::VOCABULARY / 3,
        },
        Some(strength) => weight::GIVEN[strength as usize],
        None if is_vocabulary(word) => weight::VOCABULARY,
        None => is_family(word).map_or(weight::UNKNOWN, |_| 4),
    }
}

fn last_name(word: &str, first: First) -> i32 {
    if is_initial(word) {
        return weight::MIDDLE;
    }
    if is_calendar(word) || super::is_honorific(word) && !first.leads {
        return weight::VOCABULARY;
    }
    match is_family(word) {
        Some(Strength::Known | Strength::Common)
            if is_vocabulary(word) && first.leads && !is_institution(word) =>
        {
            weight::SURNAME
        }
        _ if is_vocabulary(word) => weight::VOCABULARY,
        Some(strength) => weight::FAMILY[strength as usize],
        None => weight::ANY_NAME,
    }
}

fn middle_name(word: &str, first: First) -> i32 {
    if is_particle(word) || is_initial(word) {
        return weight::MIDDLE;
    }
    if is_vocabulary(word) && is_given(word) < Some(Strength::Known) {
        let surname = first.leads && is_family(word) >= Some(Strength::Known);
        return if surname { -10 } else { weight::VOCABULARY };
    }
    let known = is_given(word).is_some() || is_family(word).is_some();
    match (known, first.given) {
        (true, true) => weight::MIDDLE,
        (true, false) => 0,
        (false, _) => -4,
    }
}

/// Whether all words are those of an East Asian name: `Liu Xiaobo`, `Mi-wook Jang`, and `Soo Bin Han`, whichever
/// of them is the family's. Of short words, such as `He Did`, none may be one of letters; of three, one may.
fn is_east_asian(words: &[&str]) -> bool {
    let long = words.len() == 2 && words.iter().any(|w| w.chars().count() > 4);
    let of_letters = words.iter().filter(|w| is_vocabulary(w)).count();
    let most = usize::from(words.len() == 3);
    match east_asian::order(words) {
        Some(Order::Unknown) => words.len() == 3 && of_letters <= most,
        Some(_) => long || of_letters <= most,
        None => false,
    }
}

/// `Nagy Imre`
fn is_hungarian(words: &[&str]) -> bool {
    order::hungarian(words) == Some(Order::FamilyFirst) && !words.iter().any(|w| is_vocabulary(w))
}

fn is_middle(word: &str) -> bool {
    is_capital(word) || is_particle(word)
}

/// Whether a text is no name by its signs, or is a phrase of letters.
fn is_no_name(text: &str) -> bool {
    let sign = |c: char| c.is_numeric() || "&:;!?@/\"()[]{}|=_°+*<>…§#$".contains(c);
    text.contains(sign)
        || !text.contains(text::is_letter)
        || text.contains("--")
        || forms::country(text).is_some()
        || is_phrase(text)
        || text::is_prose(text) && text::ends_sentence(text)
}

/// Whether a text is a person's name although its last word is one of bodies, offices or letters:
/// `Mary House`, `William Bishop`.
pub(super) fn is_person_of_words(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let [before @ .., last] = &words[..] else { return false };
    (1..=3).contains(&before.len())
        && is_vocabulary(last)
        && !is_counted_office(&words)
        && is_family(last) >= Some(Strength::Known)
        && !before.iter().any(|w| is_vocabulary(w) && !is_initial(w) && !is_name_too(w))
        && person_likelihood(text) >= SURE
}

/// `Juez Segundo de Paz`: an office and its number.
fn is_counted_office(words: &[&str]) -> bool {
    static ORDINALS: LazyLock<Words> = LazyLock::new(|| super::listed("ordinal_words"));
    let [first, second, ..] = words else { return false };
    super::is_role_word(&first.to_lowercase()) && ORDINALS.contains(second.to_lowercase().as_str())
}

/// From which weight on a text is a name by itself.
const SURE: i32 = 40;

#[cfg(test)]
mod tests;
