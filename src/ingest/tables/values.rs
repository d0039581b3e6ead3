//! Cells → values: dates as people write them, names of people and organizations, languages, kinds.

use super::super::dates;
use super::super::lexicon::Scope;
use super::super::marks;
use super::super::names::{self, Named};
use crate::config::{Config, DateOrder};
use crate::content::Party;
use crate::edtf::EdtfDate;

/// The parts of a cell that holds several values.
pub(super) fn parts(cell: &str) -> impl Iterator<Item = &str> {
    cell.split([';', '|', '\n']).map(str::trim).filter(|part| !part.is_empty())
}

/// A date.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum When {
    Date(EdtfDate),
    /// The cell says that it is not known.
    Unknown,
    /// It can be two dates: both, and why.
    Doubtful(EdtfDate, String),
    /// It is not understood.
    Unread,
}

/// Words before a date that is not exact, in the languages of catalogues; a point behind each counts as well.
const ABOUT: &str = "c|ca|circa|cca|about|um|etwa|ungefähr|vers|env|environ|hacia|h|약|경";

/// What stands for a date that nobody knows.
const UNDATED: &str = "n.d.|nd|undated|no date|unknown|o.d.|o. d.|o.j.|ohne datum|undatiert|unbekannt|s.d.|s. d.|sans date|\
    non daté|s.f.|s. f.|sin fecha|미상|날짜 미상|일자 미상|불명|?|-|–";

/// Reads a date.
pub(super) fn date(cell: &str, order: Option<DateOrder>) -> When {
    let text = cell.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = text.to_lowercase();
    if UNDATED.split('|').any(|word| word.trim() == lower) {
        return When::Unknown;
    }
    if let Some(date) = edtf(&text).or_else(|| around(&lower)) {
        return When::Date(date);
    }
    // A moment: its day counts.
    let is_moment = text.as_bytes().get(10).is_some_and(|b| matches!(b, b'T' | b' '));
    if let Some(date) = text.get(..10).filter(|_| is_moment).and_then(edtf) {
        return When::Date(date);
    }
    match dates::date_line(&text, order).map(|line| line.reading) {
        Some(dates::Reading { date: Some(date), doubt: None }) => When::Date(date),
        Some(dates::Reading { date: Some(date), doubt: Some(why) }) => When::Doubtful(date, why),
        Some(dates::Reading { date: None, .. }) => When::Unknown,
        None => When::Unread,
    }
}

fn edtf(text: &str) -> Option<EdtfDate> {
    // Catalogues put brackets around what they inferred; EDTF around dates to choose from.
    let is_set = text.starts_with('[') && text.contains([',', '.']);
    let is_one = text.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    (is_one || is_set).then(|| text.parse().ok())?
}

/// `c. 1921`, `[1921]`, `[1921?]`, `1920s`, `1921-1923`, `between 1921 and 1923` of catalogues' own habits.
fn around(lower: &str) -> Option<EdtfDate> {
    let bare = lower.trim_start_matches('[').trim_end_matches(']').trim();
    let after = ABOUT.split('|').find_map(|word| {
        let rest = bare.strip_prefix(word)?;
        let rest = rest.strip_prefix('.').unwrap_or(rest).trim_start();
        rest.starts_with(|c: char| c.is_ascii_digit()).then_some(rest)
    });
    if let Some(rest) = after {
        return format!("{}~", year(rest)?).parse().ok();
    }
    if let Some(sure) = bare.strip_suffix('?').map(str::trim_end) {
        return format!("{}?", year(sure)?).parse().ok();
    }
    let decade = bare
        .strip_suffix('s')
        .or_else(|| bare.strip_suffix("er"))
        .or_else(|| bare.strip_suffix("년대"));
    if let Some(decade) = decade.and_then(year).and_then(|y| y.strip_suffix('0')) {
        return format!("{decade}X").parse().ok();
    }
    let range = bare.split_once(['-', '–', '—']).map(|(a, b)| (a.trim(), b.trim()));
    if let Some((from, to)) = range.and_then(|(a, b)| Some((year(a)?, year(b)?)))
        && from <= to
    {
        return format!("{from}/{to}").parse().ok();
    }
    year(bare.trim_end_matches('년').trim_end())?.parse().ok()
}

/// A year of four digits, and nothing else.
fn year(text: &str) -> Option<&str> {
    (text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit())).then_some(text)
}

/// Who is named: `Ross, Ada`, `Ada Ross`, `Harbour Museum`, `Ross, Ada, 1871-1930`.
pub(super) fn party(name: &str) -> Party {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_body = names::has_legal_form(&name) || names::judge(&name) == Named::Organization;
    if !is_body && let Some(person) = turned(&name) {
        return Party { person: Some(person), ..Party::default() };
    }
    let is_person = !is_body && (names::looks_like_person(&name) || names::has_honorific(&name));
    if is_person {
        Party { person: Some(names::strip_honorifics(&name).to_owned()), ..Party::default() }
    } else {
        Party { organization: Some(name), ..Party::default() }
    }
}

/// A name as catalogues file it, turned round; years of life and the like are left out.
fn turned(name: &str) -> Option<String> {
    let mut parts = name.split(',').map(str::trim);
    let (family, given) = (parts.next()?, parts.next()?);
    let is_rest = |part: &str| part.chars().any(|c| c.is_ascii_digit());
    let is_name = |part: &str| {
        !part.is_empty()
            && part.split(' ').count() <= 3
            && part.chars().all(|c| c.is_alphabetic() || " .-'’".contains(c))
    };
    let fits = is_name(family) && is_name(given) && parts.all(is_rest);
    fits.then(|| format!("{given} {family}"))
}

/// A language's tag, from its tag, its code of three letters or its name.
pub(super) fn language(cell: &str) -> Option<String> {
    const NAMES: [(&str, &str); 14] = [
        ("en", "eng|english|englisch|anglais|inglés|영어"),
        ("ko", "kor|korean|koreanisch|coréen|coreano|한국어|조선어"),
        ("de", "ger|deu|german|deutsch|allemand|alemán|독일어"),
        ("fr", "fre|fra|french|französisch|français|francés|프랑스어"),
        ("es", "spa|spanish|spanisch|espagnol|español|스페인어"),
        ("ja", "jpn|japanese|japanisch|japonais|japonés|일본어"),
        ("zh", "chi|zho|chinese|chinesisch|chinois|chino|중국어"),
        ("ru", "rus|russian|russisch|russe|ruso|러시아어"),
        ("it", "ita|italian|italienisch|italien|italiano|이탈리아어"),
        ("pt", "por|portuguese|portugiesisch|portugais|portugués|포르투갈어"),
        ("nl", "dut|nld|dutch|niederländisch|néerlandais|neerlandés|네덜란드어"),
        ("pl", "pol|polish|polnisch|polonais|polaco|폴란드어"),
        ("la", "lat|latin|latein|latín|라틴어"),
        ("ar", "ara|arabic|arabisch|arabe|árabe|아랍어"),
    ];
    let lower = parts(cell).next()?.to_lowercase();
    if let Some((tag, _)) = NAMES.iter().find(|(_, names)| names.split('|').any(|n| n == lower)) {
        return Some((*tag).to_owned());
    }
    let mut subtags = lower.split('-');
    let is_tag = subtags.next().is_some_and(|first| matches!(first.len(), 2 | 3))
        && lower.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    is_tag.then(|| parts(cell).next().unwrap_or_default().to_owned())
}

/// A kind of the archive's, from its key, its name or its words.
/// The types of CSL that are kinds here by another name, as slugs.
const CSL: [(&str, &str); 5] = [
    ("personal-communication", "letter"),
    ("legal-case", "judgment"),
    ("article-journal", "article"),
    ("article-magazine", "article"),
    ("article-newspaper", "article"),
];

pub(super) fn kind(cell: &str, config: &Config) -> Option<String> {
    let key = crate::slug::slugify(cell);
    let key = CSL.iter().find(|(csl, _)| *csl == key).map_or(key, |(_, kind)| (*kind).to_owned());
    if config.kinds.contains_key(&key) {
        return Some(key);
    }
    let named =
        marks::kind_of_title(cell, Scope::ALL).filter(|kind| config.kinds.contains_key(*kind));
    named.map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_read_as_people_write_them() {
        let read = |cell: &str| match date(cell, None) {
            When::Date(date) => date.to_string(),
            When::Doubtful(date, _) => format!("{date} ?"),
            When::Unknown => "unknown".to_owned(),
            When::Unread => "unread".to_owned(),
        };
        for (cell, expected) in [
            ("1921-03-14", "1921-03-14"),
            ("1921-03-14T10:00:00Z", "1921-03-14"),
            ("14 March 1921", "1921-03-14"),
            ("1921년 3월 14일", "1921-03-14"),
            ("1921", "1921"),
            ("c. 1921", "1921~"),
            ("um 1921", "1921~"),
            ("[1921?]", "1921?"),
            ("1920s", "192X"),
            ("1921–1923", "1921/1923"),
            ("n.d.", "unknown"),
            ("Lady Day", "unread"),
        ] {
            assert_eq!(read(cell), expected, "{cell}");
        }
        assert!(read("03/04/1921").ends_with(" ?"));
    }

    #[test]
    fn names_are_turned_round_and_told_apart() {
        let person = |name: &str| party(name).person;
        assert_eq!(person("Ross, Ada").as_deref(), Some("Ada Ross"));
        assert_eq!(person("Ross, Ada, 1871-1930").as_deref(), Some("Ada Ross"));
        assert_eq!(person("Ada Ross").as_deref(), Some("Ada Ross"));
        assert_eq!(party("Epic Games, Inc.").person, None);
        assert_eq!(
            party("County Library Committee").organization.as_deref(),
            Some("County Library Committee")
        );
        assert_eq!(parts("A; B |C\nD;").collect::<Vec<_>>(), ["A", "B", "C", "D"]);
    }

    #[test]
    fn languages_and_kinds_have_many_names() {
        assert_eq!(language("English").as_deref(), Some("en"));
        assert_eq!(language("kor").as_deref(), Some("ko"));
        assert_eq!(language("zh-Hant").as_deref(), Some("zh-Hant"));
        assert_eq!(language("several languages"), None);
        let config = Config::default();
        assert_eq!(kind("Press release", &config).as_deref(), Some("press-release"));
        assert_eq!(kind("letter", &config).as_deref(), Some("letter"));
        assert_eq!(kind("Still Image", &config), None);
    }
}
