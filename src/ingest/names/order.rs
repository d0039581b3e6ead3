//! In which order a name is written: given name first or family name first; and its form in a catalogue.

use std::sync::LazyLock;

use super::super::lexicon::{self, Words};
use super::knowledge::{Strength, Tag, is_city, is_family, is_given, is_tagged};
use super::word::{
    is_abbreviated, is_capital, is_in_capitals, is_initial, is_particle, is_phrase, is_shortened,
    is_vocabulary,
};
use super::{east_asian, lists};
use crate::content::name as forms;
use crate::ingest::text;

/// The order of a name's words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Order {
    /// Given names, then the family name.
    GivenFirst,
    /// The family name, then given names.
    FamilyFirst,
    /// Both are possible, or nothing is known of its words.
    Unknown,
}

/// The order of a name of two or more words without titles and suffixes.
pub(in crate::ingest) fn order(words: &[&str]) -> Order {
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return Order::Unknown };
    if words.len() < 2 {
        return Order::Unknown;
    }
    if let Some(order) = by_capitals(words) {
        return order;
    }
    if is_shortened(first) {
        return Order::GivenFirst;
    }
    let inside = &words[1..words.len() - 1];
    match east_asian::order(words).or_else(|| hungarian(words)) {
        Some(order) => order,
        None if inside.iter().any(|w| is_initial(w) || is_particle(w) && text::starts_lower(w)) => {
            Order::GivenFirst
        }
        None => western(first, last),
    }
}

/// `BAN Ki-moon`, `Jean DUPONT`: a family name in capitals among other words.
fn by_capitals(words: &[&str]) -> Option<Order> {
    let caps = |word: &&str| !is_initial(word) && is_in_capitals(word);
    let (first, last) = (caps(words.first()?), caps(words.last()?));
    match (first, last) {
        (true, false) => Some(Order::FamilyFirst),
        (false, true) => Some(Order::GivenFirst),
        _ => None,
    }
}

/// `DUNMORE Patricia` → `Patricia DUNMORE`: a name as a list by family names has it, where the family name does not lead
/// otherwise, as it does in Korean.
pub(in crate::ingest) fn from_list_by_family(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split(' ').collect();
    let family = words.iter().take_while(|w| !is_initial(w) && is_in_capitals(w)).count();
    let (family, given) = words.split_at(family);
    let eastern = |w: &&str| is_tagged(w, Tag::KoreanFamily) || is_tagged(w, Tag::ChineseFamily);
    let leads = || {
        family.iter().any(eastern)
            || east_asian::order(&words).or_else(|| hungarian(&words)).is_some()
    };
    let parted = !family.is_empty() && are_given_names(given);
    (parted && !leads()).then(|| format!("{} {}", given.join(" "), family.join(" ")))
}

/// Whether one word or two are given names, not in capitals as all of `DAVID W. CAREY` is.
fn are_given_names(words: &[&str]) -> bool {
    let ordinary = |w: &&str| !is_initial(w) && !is_in_capitals(w);
    (1..=2).contains(&words.len())
        && words.iter().all(|w| is_capital(w))
        && words.iter().any(|w| is_given(w).is_some())
        && words.iter().any(ordinary)
}

/// The order of a name whose words are Hungarian ones; none for other names.
pub(super) fn hungarian(words: &[&str]) -> Option<Order> {
    let [first, .., last] = words else { return None };
    let family = is_tagged(first, Tag::HungarianFamily) && is_tagged(last, Tag::HungarianGiven);
    if !family {
        return None;
    }
    let both = is_given(first) >= Some(Strength::Known);
    Some(if both { Order::Unknown } else { Order::FamilyFirst })
}

/// The order in which most languages write; in lists of some the family name leads, and only knowledge tells.
fn western(first: &str, last: &str) -> Order {
    let known = Some(Strength::Known);
    let (given, family) = (is_given(first), is_family(last));
    let last_as_given = is_given(last);
    // `Anna Maria`: two given names.
    if last_as_given == Some(Strength::Common) && family < known {
        return Order::Unknown;
    }
    // The first is known as a family name, the last as a given one.
    let turned = is_family(first) >= known && given < known && last_as_given >= known;
    if turned && last_as_given > family {
        return Order::Unknown;
    }
    let only_family = family >= known && last_as_given.is_none();
    if given >= known || given.and(family).is_some() || only_family {
        Order::GivenFirst
    } else {
        Order::Unknown
    }
}

/// A name without `Jr.`, `III`, `Ph.D.` at its end, and whether a mark of a generation was among them.
pub(in crate::ingest) fn without_suffixes(name: &str) -> (&str, bool) {
    let (rest, generation) = split_suffixes(name);
    (rest, generation.is_some())
}

static GENERATIONS: LazyLock<Words> = LazyLock::new(|| lists::words("generations"));
static DEGREES: LazyLock<Words> = LazyLock::new(|| lists::words("degrees"));
static TITLES: LazyLock<Words> = LazyLock::new(|| lists::words("titles_behind"));

/// Whether the last word of a text in plain letters begins small, as no name's does but for what may follow a name.
pub(in crate::ingest) fn ends_small(text: &str) -> bool {
    let last = text.split_ascii_whitespace().next_back().unwrap_or_default();
    let first_letter = last.bytes().find(u8::is_ascii_alphabetic);
    // "d'Estournelles" has its particle before it.
    first_letter.is_some_and(|b| b.is_ascii_lowercase())
        && !last.contains('\'')
        && !is_capital(last)
        && text.is_ascii()
        && !text.contains(',')
        && !lexicon::has(&TITLES, last.trim_end_matches('.'))
}

/// Whether a word is a degree or a mark of a generation, as they follow a name.
pub(super) fn is_suffix(word: &str) -> bool {
    lexicon::has(&GENERATIONS, word) || lexicon::has(&DEGREES, word)
}

/// A name without what follows it, and the mark of a generation, if that is among it.
fn split_suffixes(name: &str) -> (&str, Option<&str>) {
    let (mut rest, mut generation) = (name.trim(), None);
    while let Some(at) = rest.rfind([' ', ',']) {
        let last = rest[at + 1..].trim();
        let bare = last.trim_end_matches('.');
        let apart = rest[..at].trim_end().ends_with(',') || rest[at..].starts_with(',');
        let titled = lexicon::has(&TITLES, bare) && rest.split_whitespace().nth(2).is_some();
        if lexicon::has(&GENERATIONS, bare) && !last.starts_with(char::is_lowercase) {
            generation = Some(last);
        } else if !(titled || lexicon::has(&DEGREES, bare) && apart) {
            break;
        }
        rest = rest[..at].trim_end_matches([' ', ',']);
    }
    (rest, generation)
}

/// Given and family name of a name in a catalogue's order, as `Solheim, Ingrid` or `KIM, Min-jun`.
///
/// Refuses what has a comma for another reason: a town and its country, partners of a firm, a closing.
pub(in crate::ingest) fn inverted(text: &str) -> Option<(String, String)> {
    let text = text.trim().trim_end_matches([',', ';']);
    let (bare, generation) = split_suffixes(text);
    let (family, given) = bare.split_once(',')?;
    let (family, given) =
        (super::strip_honorifics(family.trim()), super::strip_honorifics(given.trim()));
    if given.contains([',', '(', '&']) || family.contains(['&', '.', '(']) || is_phrase(family) {
        return None;
    }
    let (left, right): (Vec<&str>, Vec<&str>) =
        (family.split_whitespace().collect(), given.split_whitespace().collect());
    let words_of_letters =
        |words: &[&str]| words.iter().any(|w| is_vocabulary(w) && !is_initial(w));
    if words_of_letters(&left) && words_of_letters(&right) {
        return None;
    }
    if !is_family_part(&left) || !is_given_part(&right, &left) || is_place(family, given) {
        return None;
    }
    let given = generation.map_or_else(|| given.to_owned(), |g| format!("{given}, {g}"));
    Some((given, family.to_owned()))
}

fn is_family_part(words: &[&str]) -> bool {
    let (Some((last, before)), true) = (words.split_last(), words.len() <= 4) else { return false };
    if !is_capital(last) || is_initial(last) {
        return false;
    }
    if before.is_empty() {
        return is_family(last) >= Some(Strength::Known) || may_be_family(last);
    }
    let fits = |w: &&str| is_particle(w) || is_plain_capital(w);
    !is_vocabulary(last) && before.iter().all(fits)
}

/// Whether a word of which no family is known may be one's name: it is not a given name, and none of letters.
fn may_be_family(word: &str) -> bool {
    let given = is_given(word) >= Some(Strength::Known) && !is_in_capitals(word);
    !given && !is_vocabulary(word)
}

fn is_given_part(words: &[&str], family: &[&str]) -> bool {
    let (Some((first, rest)), true) = (words.split_first(), words.len() <= 5) else { return false };
    let caps = family.last().is_some_and(|w| is_in_capitals(w));
    if !caps && is_state(first) {
        return false;
    }
    let known = family.last().is_some_and(|w| is_family(w) >= Some(Strength::Known));
    let leads = leads_given(first, FamilyName { known, caps })
        || !is_vocabulary(first) && east_asian::is_given_shape(words);
    leads && rest.iter().all(|w| may_follow_given(w))
}

/// Whether a word may follow a given name: another one, an initial, a particle.
fn may_follow_given(word: &str) -> bool {
    is_initial(word) || is_particle(word) || is_given(word).is_some() || is_plain_capital(word)
}

/// `MA` of `Boston, MA`
fn is_state(word: &str) -> bool {
    is_in_capitals(word) && word.chars().count() < 4 && !word.contains('.')
}

/// What the family name before a comma says of what follows.
#[derive(Clone, Copy)]
struct FamilyName {
    known: bool,
    /// Whether it is in capitals.
    caps: bool,
}

/// Whether given names may begin with a word behind a family name.
fn leads_given(first: &str, family: FamilyName) -> bool {
    match is_given(first) {
        Some(Strength::Known | Strength::Common) => true,
        _ if is_vocabulary(first) => false,
        Some(Strength::Rare) if family.known || family.caps => true,
        _ if family.caps && !is_in_capitals(first) && is_capital(first) => true,
        _ => is_initial(first) && first.contains('.') || is_abbreviated(first),
    }
}

/// A word with a capital that is none of letters.
fn is_plain_capital(word: &str) -> bool {
    is_capital(word) && !is_vocabulary(word)
}

/// `London, England`, `Charlotte, Virginia`, `London, W.`
fn is_place(left: &str, right: &str) -> bool {
    static REGIONS: LazyLock<Words> = LazyLock::new(|| lists::words("regions"));
    if forms::country(left).is_some() || forms::country(right).is_some() {
        return true;
    }
    let city = is_city(left);
    if lexicon::has(&REGIONS, &right.replace(' ', "_")) {
        return city.is_some() || is_family(left) < Some(Strength::Known);
    }
    if is_given(right) == Some(Strength::Common) {
        return false;
    }
    let quarter = || city >= Some(Strength::Known) && right.split_whitespace().all(is_initial);
    city.is_some() && (is_city(right).is_some() || quarter())
}

/// A name as catalogues sort it: `Solarz, Stephen J.`, `Ban, Ki-moon`; a name in Hangul or Chinese
/// characters stays as it is. None if its order is not known.
pub(in crate::ingest) fn sort_name(name: &str) -> Option<String> {
    let name = without_stop(name.trim());
    // Two people, or no name.
    if name.contains(['&', '|', '[', '(', '/']) || name.split_whitespace().any(joins_people) {
        return None;
    }
    if let Some((given, family)) = inverted(name) {
        return Some(format!("{family}, {given}"));
    }
    if east_asian::is_native(name) {
        return Some(name.to_owned());
    }
    let (bare, generation) = split_suffixes(super::strip_honorifics(name));
    let words: Vec<&str> = bare.split_whitespace().collect();
    // `John Paul II` is no Mr. Paul.
    let numbered = generation.is_some_and(|mark| mark.starts_with(['I', 'V']));
    if numbered && words.last().is_some_and(|w| is_given(w) == Some(Strength::Common)) {
        return None;
    }
    let order = match order(&words) {
        Order::Unknown if generation.is_some() && words.len() > 1 => Order::GivenFirst,
        order => order,
    };
    let sorted = match order {
        Order::Unknown => return None,
        Order::FamilyFirst => {
            format!("{}, {}", in_small_letters(words[0], &words), words[1..].join(" "))
        }
        Order::GivenFirst => given_first(&words)?,
    };
    Some(match generation {
        Some(mark) => format!("{sorted}, {mark}"),
        None => sorted,
    })
}

/// A name without the full stop of its line: `Jb. Dubs.` → `Jb. Dubs`.
fn without_stop(name: &str) -> &str {
    let bare = name.trim_end_matches([',', ';']);
    let last = bare.split_whitespace().next_back().unwrap_or_default();
    match bare.strip_suffix('.') {
        Some(short) if !is_initial(last) && !is_suffix(last.trim_end_matches('.')) => short,
        _ => bare,
    }
}

fn joins_people(word: &str) -> bool {
    static AND: LazyLock<Words> = LazyLock::new(|| lexicon::set(|l| l.and));
    !is_particle(word) && lexicon::has(&AND, word)
}

/// `BAN` of `BAN Ki-moon` as `Ban`; a name that is all capitals stays so.
fn in_small_letters(family: &str, words: &[&str]) -> String {
    if !is_in_capitals(family) || words.iter().all(|w| is_in_capitals(w)) {
        return family.to_owned();
    }
    let mut chars = family.chars();
    let first = chars.next().map(String::from).unwrap_or_default();
    first + &chars.as_str().to_lowercase()
}

/// The form of a name whose family name comes last.
///
/// Particles follow the given names (`Beethoven, Ludwig van`), but where they have a capital, or are
/// articles, the family name begins with them (`Van Buren, Martin`; `La Fontaine, Jean de`), as in AACR2 22.5D.
fn given_first(words: &[&str]) -> Option<String> {
    let last = words.len().checked_sub(1)?;
    if words[..last].iter().any(|w| hides_family(w)) {
        return None;
    }
    let mut start = family_start(words)?;
    let mut after = start;
    while after > 1 && is_particle(words[after - 1]) {
        after -= 1;
    }
    // Of the particles, those from the first that stays on belong to the family name.
    let spanish = is_tagged(words[last], Tag::SpanishFamily);
    let stays = |w: &&str| !text::starts_lower(w) || !spanish && is_kept(w);
    if let Some(kept) = words[after..start].iter().position(stays) {
        start = after + kept;
    }
    let (given, family) = (words[..start].join(" "), words[start..].join(" "));
    (!given.is_empty()).then(|| format!("{}, {given}", in_small_letters(&family, words)))
}

/// Whether a word within a name leaves open what the family name is: of `Paul d'Estournelles de Constant` only those
/// who know the family can tell; `Charles of Wales` has none.
fn hides_family(word: &str) -> bool {
    word.starts_with("d'")
        || word.starts_with("d’")
        || text::starts_lower(word) && !is_particle(word)
}

/// Where the family name begins without its particles: two words of it in Spanish, and around `y`. None if
/// the word before the last may be a given name or the first of two family names, as in `Rosario Martín Iriarte`.
fn family_start(words: &[&str]) -> Option<usize> {
    let last = words.len() - 1;
    if last >= 3 && is_inside(words[last - 1]) {
        return Some(last - 2);
    }
    let spanish = |w: &str| is_tagged(w, Tag::SpanishFamily);
    let double = last >= 2 && spanish(words[last]) && spanish(words[last - 1]);
    match is_given(words.get(last.wrapping_sub(1)).copied().unwrap_or_default()) {
        Some(Strength::Common) if double => None,
        _ if double => Some(last - 1),
        _ => Some(last),
    }
}

/// `y` of Ortega y Gasset, `im` of Peyer im Hof.
fn is_inside(word: &str) -> bool {
    static INSIDE: LazyLock<Words> = LazyLock::new(|| lists::words("inside_family"));
    INSIDE.contains(word)
}

fn is_kept(word: &str) -> bool {
    static KEPT: LazyLock<Words> = LazyLock::new(|| lists::words("kept_particles"));
    lexicon::has(&KEPT, word)
}

#[cfg(test)]
mod tests;
