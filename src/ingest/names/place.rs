//! Where somebody is, or how to reach them: streets, towns, codes, numbers, addresses of mail and web.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::super::lexicon::{self, Endings, Phrases, ends_word, surroundings};
use super::super::text;
use super::super::text::bytes::{self, has_digit};
use super::knowledge::is_city;
use super::likelihood::person_likelihood;
use super::lists;

/// Whether a text tells how to reach somebody.
pub(super) fn is_contact(text: &str) -> bool {
    static CONTACT: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.contact));
    let label = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    text.contains('@')
        || bytes::contains(text, "://")
        || web_address(text)
        || CONTACT.end(label, ends_word).is_some()
        || is_telephone(text)
}

fn web_address(text: &str) -> bool {
    if !bytes::contains(text, "www.") && !bytes::contains(text, "WWW.") {
        return false;
    }
    let at = text.match_indices("www.").chain(text.match_indices("WWW."));
    at.into_iter().any(|(i, _)| !text[..i].ends_with(char::is_alphanumeric))
}

/// Three numbers of two to four digits with one sign between each: `(212) 972-3154`.
fn is_telephone(text: &str) -> bool {
    if text.len() < 8 || text.bytes().filter(u8::is_ascii_digit).count() < 8 {
        return false;
    }
    let mut before: [Option<(usize, usize)>; 2] = [None, None];
    let bytes = text.as_bytes();
    let mut at = 0;
    while at < bytes.len() {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        while at < bytes.len() && bytes[at].is_ascii_digit() {
            at += 1;
        }
        if let [Some((a, a_end)), Some((b, b_end))] = before {
            let first = text[a_end..b].strip_prefix(')').unwrap_or(&text[a_end..b]);
            if a_end - a >= 2
                && is_joint(first)
                && (3..=4).contains(&(b_end - b))
                && is_joint(&text[b_end..start])
                && at - start >= 3
            {
                return true;
            }
        }
        before = [before[1], Some((start, at))];
    }
    false
}

fn is_joint(between: &str) -> bool {
    let mut chars = between.chars();
    let sign = chars.next().is_some_and(|c| c.is_whitespace() || c == '.' || c == '-');
    sign && chars.next().is_none()
}

static STREETS: LazyLock<lexicon::Words> = LazyLock::new(|| lexicon::set(|l| l.streets));

/// Whether a text is a city's name, and no person's as well, as `Benito Juárez` is.
pub(in crate::ingest) fn is_city_only(text: &str) -> bool {
    is_city(text).is_some() && person_likelihood(text) <= 0
}

/// Whether a text is a known city, with or without its region or its district.
pub(in crate::ingest) fn is_place_known(text: &str) -> bool {
    is_city(text).is_some() || town_of_region(text).is_some() || town_of_district(text).is_some()
}

/// Whether a text is a street, a building, or a town with its code.
pub(super) fn is_address(text: &str) -> bool {
    if text.ends_with("D.C.") || text.ends_with("D.C") {
        return true;
    }
    if !has_digit(text) {
        return is_box(text) || is_korean_district(text) || is_town_or_region(text);
    }
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || ",/()".contains(c))
        .filter(|w| !w.is_empty())
        .collect();
    is_numbered(&words) || has_code(&words) || (0..words.len()).any(|i| is_street(&words, i))
}

fn is_town_or_region(text: &str) -> bool {
    town_of_region(text).is_some() || is_short(text) && is_region(text, true)
}

/// `S. Dak.`: an abbreviation of two parts, or of one with its point.
fn is_short(text: &str) -> bool {
    text.contains('.') && text::has_at_most(text, 2)
}

/// Ends of the names of districts in Korea, and of the cities and provinces before them.
const DISTRICTS: [char; 3] = ['구', '군', '시'];
const PROVINCES: [char; 2] = ['시', '도'];

/// `P.O. Box`, whatever its number.
fn is_box(text: &str) -> bool {
    text.starts_with(['p', 'P', '.', ' '])
        && text.to_lowercase().replace(['.', ' '], "").starts_with("pobox")
}

/// `서울시 종로구`
fn is_korean_district(text: &str) -> bool {
    let mut words = text.split_whitespace();
    words.any(|w| w.ends_with(PROVINCES))
        && words.next().is_some_and(|w| w.ends_with(DISTRICTS) && w.chars().count() > 1)
}

/// Whether a word names a street, with a number in another word or at its end; or a district of a city.
fn is_street(words: &[&str], at: usize) -> bool {
    let word = words[at].trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    if word.ends_with(DISTRICTS) && at > 0 && words[at - 1].ends_with(PROVINCES) {
        return true;
    }
    let letters = word.trim_end_matches(|c: char| c.is_ascii_digit());
    let (alone, joined) = (STREETS.contains(word.as_str()), ends_in_street(letters));
    if joined && letters.len() < word.len() {
        return true;
    }
    (alone || joined) && words.iter().enumerate().any(|(i, w)| i != at && has_digit(w))
}

/// `Hauptstraße`: a word that ends in one for a street, in languages that write both as one.
fn ends_in_street(word: &str) -> bool {
    static ENDINGS: LazyLock<Endings> =
        LazyLock::new(|| Endings::of(lexicon::all(|l| l.street_endings)));
    ENDINGS.end(word)
}

/// A house's number, or a town's code, and what follows it.
fn is_numbered(words: &[&str]) -> bool {
    let Some(first) = words.first() else { return false };
    let digits = first.bytes().take_while(u8::is_ascii_digit).count();
    let letter = &first[digits..];
    let house = digits > 0
        && words.len() > 1
        && (letter.is_empty() || letter.len() == 1 && letter.as_bytes()[0].is_ascii_alphabetic());
    house || words.len() > 1 && is_country_code(first)
}

/// `F-75011`, `CH-8001`
fn is_country_code(word: &str) -> bool {
    word.split_once('-').is_some_and(|(country, code)| {
        (1..=2).contains(&country.len())
            && country.bytes().all(|b| b.is_ascii_uppercase())
            && (4..=5).contains(&code.len())
            && code.bytes().all(|b| b.is_ascii_digit())
    })
}

/// A number of five or six digits, `DC 20520-1234`, or a British code.
fn has_code(words: &[&str]) -> bool {
    let digits = |w: &str| w.bytes().all(|b| b.is_ascii_digit());
    words.iter().enumerate().any(|(i, raw)| {
        let w = raw.trim_matches(|c: char| !c.is_alphanumeric());
        let number = w.split('-').next().unwrap_or(w);
        (5..=6).contains(&number.len()) && digits(number)
            || is_outward(w) && words.get(i + 1).is_some_and(|next| is_inward(next))
    })
}

/// `… King Charles Street London SW1A 2AH`, `… Springfield, IL 62704`: whether a line's last words are a town's code.
pub(in crate::ingest) fn ends_in_code(text: &str) -> bool {
    let mut words = text.split_whitespace().rev();
    let (Some(last), Some(before)) = (words.next(), words.next()) else { return false };
    let state = before.len() == 2 && before.bytes().all(|b| b.is_ascii_uppercase());
    let zip = last.len() == 5 && last.bytes().all(|b| b.is_ascii_digit());
    is_outward(before) && is_inward(last) || state && zip
}

/// `SW1A`, `N1`: the first part of a British code.
fn is_outward(word: &str) -> bool {
    let letters = word.bytes().take_while(u8::is_ascii_uppercase).count();
    let rest = &word[letters..];
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let end = &rest[digits..];
    (1..=2).contains(&letters)
        && (1..=2).contains(&digits)
        && (end.is_empty() || end.len() == 1 && end.as_bytes()[0].is_ascii_uppercase())
}

/// `2AA`: the second part.
fn is_inward(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).as_bytes();
    word.len() == 3 && word[0].is_ascii_digit() && word[1..].iter().all(u8::is_ascii_uppercase)
}

/// `New York, NY 10017`, `Washington, D.C.`, `10117 Berlin`: a town with its code, and nothing else.
pub(in crate::ingest) fn is_town(text: &str) -> bool {
    // It has a number, or ends in the capital's district.
    if !has_digit(text) && !text.contains('C') {
        return false;
    }
    let bare = surroundings::BELOW_TOWNS
        .iter()
        .find_map(|c| text.strip_suffix(c))
        .map_or(text, |t| t.trim_end_matches([',', ' ']));
    american_town(bare) || coded_town(text)
}

fn american_town(text: &str) -> bool {
    let named = |town: &str| is_named(town.trim_end_matches(',').trim_end());
    let capital = surroundings::CAPITAL_DISTRICT.iter().find_map(|c| text.strip_suffix(c));
    if capital.is_some_and(|t| t.ends_with(' ') && named(t.trim_end())) {
        return true;
    }
    let Some((before, code)) = text.rsplit_once(char::is_whitespace) else { return false };
    let digits = |s: &str, n: usize| s.len() == n && s.bytes().all(|b| b.is_ascii_digit());
    let coded = code.split_once('-').map_or(digits(code, 5), |(a, b)| digits(a, 5) && digits(b, 4));
    let Some((town, state)) = before.trim_end().rsplit_once(char::is_whitespace) else {
        return false;
    };
    let state: String = state.chars().filter(|c| c.is_alphanumeric()).collect();
    let short = state.len() == 2 && state.bytes().all(|b| b.is_ascii_uppercase());
    coded && short && named(town.trim_end())
}

/// The town before a state or a province, as in `Lowell, Mass.`, `Ft. Lupton Colo`; `None` if a text is no such place.
pub(in crate::ingest) fn town_of_region(text: &str) -> Option<&str> {
    /// No name of a region has more words.
    const WORDS: usize = 2;
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == ',');
    if text.len() > 48 || has_digit(text) {
        return None;
    }
    let signs = text.rmatch_indices(|c: char| c.is_whitespace() || c == ',');
    let starts = signs.map(|(i, sign)| i + sign.len());
    let words = starts.filter(|&i| text[i..].starts_with(char::is_alphabetic)).take(WORDS);
    let town = words.filter_map(|at| {
        let region = &text[at..];
        let before = text[..at].trim_end();
        let divided = before.ends_with([',', '.']);
        let town = before.trim_end_matches([',', '.']).trim_end();
        let plain = || text::has_at_most(town, 3) && is_named(&capital_first(town));
        (region.starts_with(char::is_uppercase) && is_region(region, divided) && plain())
            .then_some(town)
    });
    town.min_by_key(|town| town.len())
}

/// The known town before the number or the letters of a district: `WIEN I.`, `Berlin SW 68`, `Prag II`.
pub(in crate::ingest) fn town_of_district(text: &str) -> Option<&str> {
    /// No district has more letters, with its spaces and signs.
    const LONGEST: usize = 8;
    let (town, district) = text.trim().split_once([' ', ',', '–', '-'])?;
    let town = town.trim_end_matches('.');
    let district = district.trim_matches([' ', '.', ',', '–', '-']);
    let sign = |c: char| "IVXLNSEWCO .".contains(c) || c.is_ascii_digit();
    let fits = (1..=LONGEST).contains(&district.len()) && district.chars().all(sign);
    (fits && town.len() > 2 && is_city(town).is_some()).then_some(town)
}

/// A word with a capital, as `ft.` is meant.
fn capital_first(town: &str) -> String {
    let mut chars = town.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}

/// Whether a text is nothing but a state's or a province's name or abbreviation: `N. Mex.`, `D. C.`, `Colorado`.
///
/// Without a sign before it, what is a name of people or a word as well is none.
pub(in crate::ingest) fn is_region(text: &str, divided: bool) -> bool {
    static REGIONS: LazyLock<lexicon::Words> = LazyLock::new(|| lists::words("regions"));
    static POSTAL: LazyLock<lexicon::Words> = LazyLock::new(|| lists::words("regions_postal"));
    let bare = text.trim_matches(|c: char| c.is_whitespace() || c == ',' || c == '.');
    if is_called_region(bare) {
        return divided;
    }
    if bare.len() > 20 || bare.len() < 2 || !bare.starts_with(char::is_uppercase) {
        return false;
    }
    let spaced = bare.contains(['.', ' ']);
    lexicon::in_lower_case(bare, |lower| {
        let joined = |signs: &[char], by: &str| match spaced {
            true => lower.replace(signs, by).into(),
            false => Cow::Borrowed(lower),
        };
        if REGIONS.contains(&joined(&[' '], "_")) {
            return divided || super::knowledge::is_given(bare).is_none();
        }
        let pointed = spaced || text.trim_end().ends_with('.');
        let short = short_region(bare, &joined(&[' ', '.'], ""), divided, pointed);
        short.unwrap_or_else(|| divided && POSTAL.contains(bare))
    })
}

/// `Hamnor Province`: a name of a word or two, and a word for a part of a country.
fn is_called_region(text: &str) -> bool {
    static CALLED: LazyLock<lexicon::Words> = LazyLock::new(|| lists::words("called_regions"));
    text.rsplit_once(' ').is_some_and(|(name, called)| {
        let named = |w: &str| w.starts_with(char::is_uppercase) && !w.contains('.');
        lexicon::has(&CALLED, called) && text::has_at_most(name, 2) && name.split(' ').all(named)
    })
}

/// Whether what is written as an abbreviation of a region is one; none of what is no such abbreviation.
fn short_region(bare: &str, compact: &str, divided: bool, pointed: bool) -> Option<bool> {
    static SHORT: LazyLock<lexicon::Words> = LazyLock::new(|| lists::words("regions_short"));
    if !SHORT.contains(compact) {
        return None;
    }
    let given = super::knowledge::is_given(bare).is_some();
    let name = || given || super::knowledge::is_family(bare).is_some();
    let (long, longer) = (compact.len() > 2, compact.len() > 3);
    Some(divided && (pointed || longer) || long && !name())
}

/// A capital and more letters, with what is between the words of a town's name.
fn is_named(town: &str) -> bool {
    town.starts_with(char::is_uppercase)
        && town.chars().count() > 1
        && town.chars().all(|c| c.is_alphabetic() || " .'-".contains(c))
}

fn coded_town(text: &str) -> bool {
    let Some((code, town)) = text.split_once(char::is_whitespace) else { return false };
    let digits = code.split_once('-').map_or(code, |(country, code)| {
        let short = country.len() <= 3 && country.bytes().all(|b| b.is_ascii_uppercase());
        if short { code } else { "" }
    });
    let town = town.trim_start();
    (4..=5).contains(&digits.len())
        && digits.bytes().all(|b| b.is_ascii_digit())
        && town.starts_with(char::is_uppercase)
        && town.chars().count() > 1
        && town.chars().all(|c| c.is_alphabetic() || " .-".contains(c))
}
