//! When two names are one: a key that is equal for forms of a name that differ only by case, quotes,
//! white space, width, a leading "The", `&` for "and", a bracketed acronym or a trailing country.
//!
//! Near misses are none of this module's business: equal keys, or different names.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};
use unicode_normalization::UnicodeNormalization;

/// The key under which forms of one name meet. Two names with equal keys are one name.
///
/// A ministry, an embassy, a court keeps its country, since every state has one of that name.
pub fn key(name: &str) -> String {
    let (bare, country) = without_country(name);
    let bare = if country.is_some() && belongs_to_a_state(bare) { name } else { bare };
    let words = folded_words(&without_acronym(bare));
    let start = usize::from(words.len() > 1 && words[0] == "the");
    words[start..].join(" ")
}

/// A key by its hash: short, and quick to look up. No two keys that anybody can find have one digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Digest(u128);

/// The digest of a name's key: two names with equal digests are one name.
pub fn digest(name: &str) -> Digest {
    let hash = blake3::hash(key(name).as_bytes());
    let (half, _) = hash.as_bytes().split_first_chunk().expect("a hash has 32 bytes");
    Digest(u128::from_le_bytes(*half))
}

fn folded_words(name: &str) -> Vec<String> {
    if name.is_ascii() {
        return folded_ascii_words(name);
    }
    let folded: String =
        name.nfkc().flat_map(char::to_lowercase).filter(|c| !"'’‘`´ʼ".contains(*c)).collect();
    folded
        .replace('&', " and ")
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The same for most names, without looking up each letter.
fn folded_ascii_words(name: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for byte in name.bytes().chain([b' ']) {
        match byte {
            b'\'' | b'`' => {}
            b if b.is_ascii_alphanumeric() => word.push(char::from(b.to_ascii_lowercase())),
            b => {
                if !word.is_empty() {
                    words.push(std::mem::take(&mut word));
                }
                if b == b'&' {
                    words.push("and".to_owned());
                }
            }
        }
    }
    words
}

/// A person's name in the parts that programs for citations ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Parts<'a> {
    /// The family name.
    pub family: &'a str,
    /// The given names.
    pub given: &'a str,
    /// `Jr.`, `III`.
    pub suffix: Option<&'a str>,
}

/// The parts of a `sort_name`: `King, Martin Luther, Jr.`, or a Korean name in Hangul, which needs no comma.
pub fn parts(sorted: &str) -> Option<Parts<'_>> {
    let Some((family, rest)) = sorted.split_once(", ") else {
        let (family, given) = korean_parts(sorted)?;
        return Some(Parts { family, given, suffix: None });
    };
    let (given, suffix) = match rest.split_once(", ") {
        Some((given, suffix)) => (given, Some(suffix)),
        None => (rest, None),
    };
    Some(Parts { family, given, suffix })
}

/// Family and given name of a name of two to four syllables in Hangul. All but a few family names have one
/// syllable.
pub fn korean_parts(name: &str) -> Option<(&str, &str)> {
    const OF_TWO: [&str; 8] = ["남궁", "황보", "제갈", "사공", "선우", "서문", "독고", "동방"];
    let hangul = |name: &str| name.chars().all(|c| ('가'..='힣').contains(&c));
    if let Some((family, given)) = name.split_once(' ') {
        let short = (1..=2).contains(&family.chars().count()) && given.chars().count() <= 3;
        return (short && hangul(family) && hangul(given)).then_some((family, given));
    }
    let count = name.chars().count();
    if !hangul(name) || !(2..=4).contains(&count) {
        return None;
    }
    let of_two = OF_TWO.iter().find(|f| count > 2 && name.starts_with(**f)).map(|f| f.len());
    let family = of_two.or_else(|| (count <= 3).then(|| '가'.len_utf8()))?;
    Some(name.split_at(family))
}

/// The acronym that a name declares in brackets: `HRNK` of `Committee … (HRNK)`.
pub fn acronym(name: &str) -> Option<&str> {
    brackets(name).map(|(_, inner, _)| inner.trim()).find(|inner| is_acronym(inner))
}

/// Whether a text has the look of an acronym: two to ten letters, most of them capital, no space.
pub fn is_acronym(text: &str) -> bool {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    let inside = text.chars().all(|c| c.is_alphanumeric() || "&-./".contains(c));
    inside && (2..=10).contains(&letters) && capitals >= 2 && capitals * 2 > letters
}

/// A name without its bracketed acronym.
pub fn without_acronym(name: &str) -> String {
    let mut out = name.to_owned();
    if let Some((start, _, end)) = brackets(name).find(|(_, inner, _)| is_acronym(inner.trim())) {
        let after = &name[end..];
        out = format!(
            "{}{}{after}",
            name[..start].trim_end(),
            if after.starts_with(char::is_alphanumeric) { " " } else { "" }
        );
    }
    without_acronym_behind_dash(out.trim()).to_owned()
}

/// `Congress of Harbour Unions - CHU`: the name before a dash and its acronym.
fn without_acronym_behind_dash(name: &str) -> &str {
    // Most names have none of the dashes' bytes.
    if !name.bytes().any(|b| b == b'-' || b == 0xE2) {
        return name;
    }
    let parted = [" - ", " – ", " — "].iter().find_map(|dash| name.rsplit_once(dash));
    let whole = |before: &str| before.contains(' ') && !before.ends_with(char::is_numeric);
    match parted {
        Some((before, acronym)) if is_acronym(acronym) && whole(before) => before.trim_end(),
        _ => name,
    }
}

fn brackets(name: &str) -> impl Iterator<Item = (usize, &str, usize)> {
    name.match_indices('(').filter_map(|(start, _)| {
        let end = start + name[start..].find(')')?;
        Some((start, &name[start + 1..end], end + 1))
    })
}

/// A name and the country after it, if one follows a comma or a dash, or is in brackets.
pub fn without_country(name: &str) -> (&str, Option<&'static str>) {
    let trimmed = name.trim();
    if let Some(open) = trimmed.strip_suffix(')').and_then(|t| t.rfind('('))
        && let Some(country) = country(&trimmed[open + 1..trimmed.len() - 1])
    {
        return (trimmed[..open].trim_end(), Some(country)).nonempty(trimmed);
    }
    if !trimmed.bytes().any(|b| matches!(b, b',' | b'-' | b'/') || b >= 0xE2) {
        return (trimmed, None);
    }
    for separator in [", ", " - ", " – ", " — ", "，", " / ", ","] {
        if let Some(at) = trimmed.rfind(separator)
            // A bracket that is open there closes behind the country.
            && trimmed[..at].matches('(').count() == trimmed[..at].matches(')').count()
            && let Some(country) = country(&trimmed[at + separator.len()..])
        {
            return (trimmed[..at].trim_end(), Some(country)).nonempty(trimmed);
        }
    }
    (trimmed, None)
}

trait Nonempty<'a> {
    fn nonempty(self, whole: &'a str) -> Self;
}

impl<'a> Nonempty<'a> for (&'a str, Option<&'static str>) {
    /// A name that is nothing but a country keeps it.
    fn nonempty(self, whole: &'a str) -> Self {
        if self.0.is_empty() { (whole, None) } else { self }
    }
}

/// The English name of the country that a text names, in any of five languages.
pub fn country(text: &str) -> Option<&'static str> {
    if !begins_country(text) {
        return None;
    }
    let words = folded_words(text);
    if words.is_empty() || words.len() > 8 {
        return None;
    }
    COUNTRIES.get(&words.join(" ")).copied()
}

static COUNTRIES: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    let mut countries = HashMap::new();
    for row in include_str!("name/countries.txt").lines().filter(|l| !l.starts_with('#')) {
        let mut names = row.split('|').skip(1);
        let Some(preferred) = names.next() else { continue };
        for name in std::iter::once(preferred).chain(names) {
            countries.entry(folded_words(name).join(" ")).or_insert(preferred);
        }
    }
    countries
});

/// Whether a name may be a country's by its first word; most are not.
fn begins_country(name: &str) -> bool {
    static FIRST: LazyLock<HashSet<&'static str>> = LazyLock::new(|| {
        COUNTRIES.keys().map(|name| name.split(' ').next().unwrap_or(name)).collect()
    });
    if !name.is_ascii() {
        return true;
    }
    let mut word = String::with_capacity(16);
    for byte in name.bytes() {
        match byte {
            b'\'' | b'`' => {}
            b if b.is_ascii_alphanumeric() => word.push(char::from(b.to_ascii_lowercase())),
            b'&' if word.is_empty() => return true,
            _ if word.is_empty() => {}
            _ => break,
        }
    }
    FIRST.contains(word.as_str())
}

/// Beginnings of names that bodies of many states share.
const OF_STATES: [&str; 38] = [
    "ministry",
    "ministère",
    "ministerio",
    "bundesministerium",
    "ministerium",
    "department",
    "département",
    "departamento",
    "embassy",
    "ambassade",
    "embajada",
    "botschaft",
    "parliament",
    "parlement",
    "parlamento",
    "government",
    "gouvernement",
    "gobierno",
    "regierung",
    "supreme",
    "cour",
    "corte",
    "national",
    "federal",
    "permanent",
    "mission",
    "senate",
    "sénat",
    "office",
    "central",
    "state",
    "royal",
    "secretariat",
    "외교부",
    "통일부",
    "법무부",
    "국방부",
    "국회",
];

fn belongs_to_a_state(name: &str) -> bool {
    let words = folded_words(name);
    let start = usize::from(words.first().is_some_and(|w| w == "the"));
    words.get(start).is_some_and(|w| OF_STATES.contains(&w.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_one_name_have_one_key() {
        let forms = [
            "Committee for Human Rights in North Korea",
            "The Committee for Human Rights in North Korea (HRNK), United States",
            "COMMITTEE FOR HUMAN RIGHTS IN NORTH KOREA",
            "Committee for Human  Rights in North Korea (HRNK)",
            "“Committee for Human Rights in North Korea” – USA",
        ];
        for form in forms {
            assert_eq!(key(form), "committee for human rights in north korea", "{form}");
        }
        assert_eq!(key("Citizens’ Alliance & Friends"), key("Citizens' Alliance and Friends"));
    }

    #[test]
    fn near_names_stay_apart() {
        assert_ne!(
            key("Committee on Human Rights in North Korea"),
            key("Committee for Human Rights in North Korea")
        );
        assert_ne!(
            key("Ministry of Foreign Affairs, Japan"),
            key("Ministry of Foreign Affairs, France")
        );
        assert_eq!(key("North Korea"), "north korea");
        assert_eq!(key("The The"), "the");
    }

    #[test]
    fn a_sort_name_is_taken_apart() {
        let of = |sorted| parts(sorted).map(|p| (p.family, p.given, p.suffix));
        assert_eq!(of("Solarz, Stephen J."), Some(("Solarz", "Stephen J.", None)));
        assert_eq!(of("King, Martin Luther, Jr."), Some(("King", "Martin Luther", Some("Jr."))));
        assert_eq!(of("박희준"), Some(("박", "희준", None)));
        assert_eq!(of("남궁민수"), Some(("남궁", "민수", None)));
        assert_eq!(of("박 희준"), Some(("박", "희준", None)));
        for whole in ["Butler", "佐藤健一", "북한인권위원회", "박", ""] {
            assert_eq!(of(whole), None, "{whole}");
        }
    }

    #[test]
    fn acronyms_and_countries_are_taken_apart() {
        assert_eq!(acronym("Liberty in North Korea (LINK), United States"), Some("LINK"));
        assert_eq!(acronym("I(d)reas, Mexico"), None);
        assert_eq!(
            without_country("Asociación Pro Derechos Humanos, Perú"),
            ("Asociación Pro Derechos Humanos", Some("Peru"))
        );
        assert_eq!(without_country("Odhikar - Bangladesh"), ("Odhikar", Some("Bangladesh")));
        assert_eq!(
            without_country("국제앰네스티 (대한민국)"),
            ("국제앰네스티", Some("South Korea"))
        );
    }
}
