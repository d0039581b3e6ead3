//! What a short text names: a person, an organization, an office, a place, a way to reach somebody.
//! Tells by form and by the lexicon's words; context (a list of organizations) is the callers'.

mod east_asian;
pub(super) mod knowledge;
mod legal;
mod likelihood;
mod lists;
mod order;
mod place;
mod word;

use std::sync::LazyLock;

use super::lexicon::{self, Beginnings, COMMON, Endings, ORGANIZATIONS, ROLES};
use super::memo;
use super::text::{self, bytes};
use crate::content::name as forms;

/// The words of a list in `data/lists.txt`.
pub(super) fn listed(name: &str) -> lexicon::Words {
    lists::words(name)
}

/// What a text names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Named {
    /// A person, by the form of the name.
    Person,
    /// An organization, by a word that only organizations have.
    Organization,
    /// An office that somebody holds.
    Role,
    /// A country, as after the names of a list.
    Country,
    /// Telephone, mail, web.
    Contact,
    /// A street, a building, a town with its code.
    Address,
    /// Nothing that can be told from the text alone.
    Unknown,
}

pub(super) use legal::{has_form as has_legal_form, is_form as is_legal_form};

pub(super) use likelihood::{organization_likelihood, person_likelihood};
pub(super) use order::{ends_small, from_list_by_family, inverted, sort_name};
pub(super) use place::{
    ends_in_code, is_city_only, is_place_known, is_town, town_of_district, town_of_region,
};
pub(super) use word::{is_korean_given, is_of_korean_syllables, is_particle};

thread_local! {
    static JUDGED: memo::Answers<(), Named> = memo::Answers::default();
}

/// Judges a text.
pub(super) fn judge(text: &str) -> Named {
    memo::ask(&JUDGED, text, (), || judge_anew(text))
}

/// Whether a text tells how to reach somebody.
pub(super) fn is_contact(text: &str) -> bool {
    let text = bare(text);
    text.contains(text::is_letter) && place::is_contact(text)
}

/// Whether a text is a place, or tells how to reach somebody, as [`judge`] says: most texts are neither by their form.
pub(super) fn is_place_or_contact(text: &str) -> bool {
    let bare = bare(text);
    let may_be = || {
        place::is_contact(bare)
            || bare.len() <= 80 && forms::country(bare).is_some()
            || place::is_address(bare)
    };
    bare.contains(text::is_letter)
        && may_be()
        && matches!(judge(text), Named::Address | Named::Contact | Named::Country)
}

/// A text without the signs around it.
fn bare(text: &str) -> &str {
    text::without_emphasis(text).trim_matches([',', ';', ' '])
}

fn judge_anew(text: &str) -> Named {
    let text = bare(text);
    if !text.contains(text::is_letter) {
        return Named::Unknown;
    }
    if place::is_contact(text) {
        return Named::Contact;
    }
    if text.len() <= 80 && forms::country(text).is_some() {
        return Named::Country;
    }
    if legal::has_form(text) {
        return Named::Organization;
    }
    if text::length(text) > 160 || text::is_prose(text) && text::ends_sentence(text) {
        return Named::Unknown;
    }
    match office_or_body(text) {
        Some(Named::Organization | Named::Role) if likelihood::is_person_of_words(text) => {
            Named::Person
        }
        Some(named) => named,
        None if place::is_address(text) => Named::Address,
        None if looks_like_person(text) => Named::Person,
        None => Named::Unknown,
    }
}

/// Words of a name in lower case, without the signs around them; `lower` is the name in lower case.
fn tokens(lower: &str) -> impl Iterator<Item = &str> {
    lower
        .split(|c: char| matches!(c, ',' | '/' | '(' | ')') || c.is_whitespace())
        .map(|w| {
            let sign = |c: char| !text::is_letter(c) && c != '.' && !c.is_numeric();
            w.trim_matches(sign).trim_end_matches('.')
        })
        .filter(|w| !w.is_empty())
}

/// An organization's or an office's words, the first of them deciding.
fn office_or_body(text: &str) -> Option<Named> {
    if text::is_hangul(text) {
        return korean_office_or_body(text);
    }
    if forms::acronym(text).is_some()
        && !looks_like_person(text.split('(').next().unwrap_or_default())
    {
        return Some(Named::Organization);
    }
    let lower = text.to_lowercase();
    let words: Vec<&str> = tokens(&lower).collect();
    if has_subject_taught(&words) {
        return Some(Named::Role);
    }
    let role = words.iter().position(|w| is_role_word(w));
    let body = words.iter().position(|w| ORGANIZATIONS.contains(w) || is_joined_body(w));
    match (role, body) {
        (None, None) if is_office_of_place(&words) => Some(Named::Role),
        (None, None) if words.len() == 1 && is_occupation(words[0]) => Some(Named::Role),
        (None, None) if words.len() <= 2 && words.iter().any(|w| is_body_word(w)) => {
            Some(Named::Organization)
        }
        (None, None) if is_of_people(&words) => Some(Named::Organization),
        // "County Commissioners": those who hold one office together are a body.
        (None, None) if words.len() > 1 && words.last().is_some_and(|w| is_office_of_many(w)) => {
            Some(Named::Organization)
        }
        (None, None) => text.contains(" & ").then_some(Named::Organization),
        (Some(_), None) => Some(Named::Role),
        (None, Some(_)) => Some(Named::Organization),
        // "Director of the Center" is an office; "Human Rights Watch Director" too, "Office of the Director" is not.
        (Some(role), Some(body)) if role < body => Some(Named::Role),
        // "Office of the Governor" is a body, "Human Rights Watch Director" an office.
        (Some(role), Some(body)) if role + 1 == words.len() && !is_of(words.get(body + 1)) => {
            Some(Named::Role)
        }
        (Some(_), Some(_)) => Some(Named::Organization),
    }
}

/// `Distinguished Service Professor in History`
fn has_subject_taught(words: &[&str]) -> bool {
    let of_subject = |at: usize| is_of(words.get(at + 1)) || words.get(at + 1) == Some(&"in");
    (0..words.len()).any(|at| is_teaching(words[at]) && of_subject(at))
}

fn is_teaching(word: &str) -> bool {
    static OFFICES: LazyLock<lexicon::Words> = LazyLock::new(|| lists::words("teaching_offices"));
    OFFICES.contains(word)
}

/// Whether an office ends as one does that has a subject behind it: `Associate Professor`.
pub(super) fn teaches(office: &str) -> bool {
    office.rsplit(' ').next().is_some_and(|last| is_teaching(&last.to_lowercase()))
}

/// Whether a body is one of learning by its words: a subject that somebody teaches may have the form of a body's name.
pub(super) fn is_of_learning(body: &str) -> bool {
    static BODIES: LazyLock<Vec<&str>> =
        LazyLock::new(|| lists::entries("bodies_of_learning").collect());
    let lower = body.to_lowercase();
    tokens(&lower).any(|word| BODIES.iter().any(|start| word.starts_with(start)))
}

/// `Mothers of the Disappeared`, `Ärzte ohne Grenzen`: people, and what joins them.
fn is_of_people(words: &[&str]) -> bool {
    static PEOPLE: LazyLock<lexicon::Words> =
        LazyLock::new(|| lexicon::all(|l| l.groups).into_iter().collect());
    static CAUSES: LazyLock<lexicon::Words> = LazyLock::new(|| lists::words("before_causes"));
    let is = |at: usize| {
        words.get(at).is_some_and(|w| PEOPLE.contains(w))
            && words.get(at + 1).is_some_and(|w| CAUSES.contains(w))
            && words.len() > at + 2
    };
    (3..=8).contains(&words.len()) && (is(0) || words[0].len() < 4 && is(1))
}

/// `Bishop of Northmouth`
fn is_office_of_place(words: &[&str]) -> bool {
    static OFFICES: LazyLock<lexicon::Words> = LazyLock::new(|| lists::words("offices_of_places"));
    words.len() > 2 && OFFICES.contains(words[0]) && is_of(words.get(1))
}

/// A word by itself that ends as names of occupations do: `Conservator`, `Bibliothekarin`.
fn is_occupation(word: &str) -> bool {
    static ENDINGS: LazyLock<Endings> =
        LazyLock::new(|| Endings::of(lists::entries("occupation_endings")));
    word.len() > 5 && ENDINGS.end(word)
}

/// `klimaschutz-beirat`: a word for a body, joined to what it is for.
fn is_joined_body(word: &str) -> bool {
    let joined = word.rsplit_once('-').filter(|(first, last)| first.len() > 3 && last.len() > 4);
    joined.is_some_and(|(_, last)| ORGANIZATIONS.contains(last) || is_body_word(last))
}

/// Whether one word in capitals is a common one for a body, and no abbreviation: `CHANCERY`.
pub(super) fn is_body_by_its_word(word: &str) -> bool {
    word.len() > 5 && ORGANIZATIONS.contains(word.to_lowercase().as_str())
}

/// A word that ends in one for a body, with more before it: `oberlandesgericht`.
fn is_body_word(word: &str) -> bool {
    static ENDINGS: LazyLock<Endings> =
        LazyLock::new(|| Endings::of(lexicon::all(|l| l.body_endings)));
    word.len() > 8 && ENDINGS.of_text(word).any(|end| word.len() > end.len() + 2)
}

/// `commissioners`, `trustees`.
pub(super) fn is_office_of_many(word: &str) -> bool {
    word.len() > 5 && word.strip_suffix('s').is_some_and(|one| ROLES.contains(one))
}

fn is_of(word: Option<&&str>) -> bool {
    static OF: LazyLock<lexicon::Words> = LazyLock::new(|| lists::words("of"));
    word.is_some_and(|w| OF.contains(w))
}

/// Whether a word names an office, as whole or as a part joined by hyphens.
pub(super) fn is_role_word(word: &str) -> bool {
    static ENDINGS: LazyLock<Endings> =
        LazyLock::new(|| Endings::of(lexicon::all(|l| l.role_endings)));
    ROLES.contains(word)
        || ENDINGS.end(word)
        || (word.contains('-')
            && word.split('-').any(|part| part.len() > 3 && ROLES.contains(part)))
}

/// Words of more than one letter that `fits`: a word may end in one of them.
fn endings(words: &lexicon::Words, fits: impl Fn(&str) -> bool) -> Endings {
    let mut long: Vec<&'static str> =
        words.iter().filter(|w| w.chars().nth(1).is_some() && fits(w)).collect();
    long.sort_unstable();
    Endings::of(long)
}

/// Korean puts the word for the body or the office at the name's end.
fn korean_office_or_body(text: &str) -> Option<Named> {
    fn hangul(word: &str) -> bool {
        word.chars().all(|c| ('가'..='힣').contains(&c))
    }
    static ANY_ROLE: LazyLock<Endings> = LazyLock::new(|| endings(&ROLES, |_| true));
    static ROLE: LazyLock<Endings> = LazyLock::new(|| endings(&ROLES, hangul));
    static BODY: LazyLock<Endings> = LazyLock::new(|| endings(&ORGANIZATIONS, hangul));
    let last = text.split_whitespace().next_back().unwrap_or_default();
    let named = last.chars().count() <= 8 && ANY_ROLE.end(last);
    if ROLES.contains(last) || named && !ORGANIZATIONS.contains(last) {
        return Some(Named::Role);
    }
    if text.split_whitespace().any(|w| BODY.end(w)) {
        return Some(Named::Organization);
    }
    text.split_whitespace().any(|w| ROLE.end(w)).then_some(Named::Role)
}

/// Whether a word is one of letters, streets, offices or bodies.
pub(super) fn is_common_word(word: &str) -> bool {
    word::is_vocabulary(word)
}

/// Whether one Korean word names an office that one person holds: `대통령`, `항만청장`. `위원장` may be anybody's.
pub(super) fn is_office_of_one(word: &str) -> bool {
    static OFFICES: LazyLock<lexicon::Words> = LazyLock::new(|| lists::words("korean_offices"));
    static MINISTERS: LazyLock<Vec<&str>> =
        LazyLock::new(|| lists::entries("korean_ministers").collect());
    if OFFICES.contains(word) {
        return true;
    }
    let minister =
        MINISTERS.iter().any(|office| word.len() > office.len() && word.ends_with(office));
    // The body's own name is longer than the word for such bodies.
    let of_body = word.strip_suffix('장').is_some_and(|body| {
        !ORGANIZATIONS.contains(body) && korean_office_or_body(body) == Some(Named::Organization)
    });
    !word.contains(' ') && (minister || of_body)
}

/// Whether a text has the form of a person's name.
pub(super) fn looks_like_person(text: &str) -> bool {
    let text = strip_honorifics(text.trim());
    if text.is_empty() || has_sign_of_no_person(text) {
        return false;
    }
    if text::is_hangul(text) {
        return looks_like_korean_person(text);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() < 2 || words.len() > 6 {
        return false;
    }
    let mut names = 0;
    for (i, word) in words.iter().enumerate() {
        if i > 0 && is_beside_names(&words[i..]) {
            continue;
        }
        if !is_name_word(word) {
            return false;
        }
        names += 1;
    }
    names >= 2
        && !place::is_city_only(text)
        && (has_no_words_of_letters(text, &words) || likelihood::is_person_of_words(text))
}

fn has_sign_of_no_person(text: &str) -> bool {
    let sign = |b: u8| {
        let all = b"&:;!?@/\"[]{}|=_".iter();
        all.fold(b.is_ascii_digit(), |any, sign| any | (b == *sign))
    };
    bytes::any(text.as_bytes(), sign) || !text.is_ascii() && text.contains(['“', '”'])
}

/// Whether the first of the last words of a name is a suffix or, before others, a particle. All of them are short.
fn is_beside_names(words: &[&str]) -> bool {
    let bare = words[0].trim_end_matches([',', '.']);
    bare.len() <= 5 && (order::is_suffix(bare) || words.len() > 1 && word::is_particle(bare))
}

/// Whether no word of a text is one of headings, bodies or small words.
fn has_no_words_of_letters(text: &str, words: &[&str]) -> bool {
    static JOINING: LazyLock<lexicon::Words> = LazyLock::new(|| lists::words("joining"));
    !words.iter().any(|w| {
        JOINING.contains(w) || lexicon::has(&COMMON, w.trim_matches(|c: char| !c.is_alphanumeric()))
    }) && !tokens(&text.to_lowercase()).any(|w| ORGANIZATIONS.contains(w))
}

/// A capital and small letters, an initial, or capitals throughout.
fn is_name_word(word: &str) -> bool {
    word::is_capital(word.trim_matches(['(', ')', ',']))
}

fn looks_like_korean_person(text: &str) -> bool {
    let compact: String = text.split_whitespace().collect();
    let count = compact.chars().count();
    let two_words = text.split_whitespace().count() <= 2;
    two_words
        && (2..=4).contains(&count)
        && compact.chars().all(|c| ('가'..='힣').contains(&c))
        && compact.chars().next().is_some_and(word::is_korean_family)
        && !likelihood::ends_as_no_name(&compact)
        && !COMMON.contains(compact.as_str())
        && korean_office_or_body(text).is_none()
}

/// Whether a text may begin with a title of courtesy: most first words are not of one, by their letters before
/// the first point.
fn begins_honorific(text: &str) -> bool {
    static FIRST: LazyLock<(Beginnings, lexicon::Words)> = LazyLock::new(|| {
        let words: lexicon::Words = HONORIFICS.iter().map(stem).collect();
        (Beginnings::of(words.iter()), words)
    });
    fn stem(word: &str) -> &str {
        word.split([' ', '.', ',']).next().unwrap_or(word)
    }
    let (beginnings, words) = &*FIRST;
    let plain = text.starts_with(|c: char| c.is_ascii_alphabetic());
    let first = || text.split(char::is_whitespace).next().unwrap_or(text);
    (!plain || beginnings.may_begin(text)) && lexicon::has(words, stem(first()))
}

static HONORIFICS: LazyLock<lexicon::Words> = LazyLock::new(|| lexicon::set(|l| l.honorifics));

/// What follows the name of a union of states with which a text begins: ` para los Derechos Humanos`.
pub(super) fn behind_union_of_states(text: &str) -> Option<&str> {
    static UNIONS: LazyLock<Vec<String>> = LazyLock::new(|| {
        lists::entries("unions_of_states").map(|name| name.replace('_', " ")).collect()
    });
    let end = UNIONS.iter().find_map(|name| lexicon::end_of(text, name))?;
    Some(&text[end..]).filter(|rest| lexicon::ends_word(rest))
}

/// A text without titles of courtesy before a name: `Mr. Stephen J. Solarz` → `Stephen J. Solarz`.
pub(super) fn strip_honorifics(text: &str) -> &str {
    let mut rest = text.trim().trim_start_matches(['*', '_', ' ']);
    while let Some(taken) = honorific(rest) {
        let after = rest[taken..].trim_start_matches([' ', ',', '.']);
        if after.is_empty() {
            return rest;
        }
        rest = after;
    }
    let mut rest = rest.trim_end_matches([',', ';', ' ', '*', '_']);
    static BEHIND: LazyLock<Vec<String>> = LazyLock::new(|| {
        lists::entries("courtesies_behind").map(|form| form.replace('_', " ")).collect()
    });
    static KOREAN: LazyLock<Vec<&str>> =
        LazyLock::new(|| lists::entries("korean_courtesies").collect());
    // Most names end in no letter of one.
    static ENDS: LazyLock<[bool; 256]> = LazyLock::new(|| {
        bytes::lasts(BEHIND.iter().map(String::as_str).chain(KOREAN.iter().copied()))
    });
    if !rest.bytes().next_back().is_some_and(|last| ENDS[usize::from(last)]) {
        return rest;
    }
    for courtesy in &*BEHIND {
        rest = rest.strip_suffix(courtesy.as_str()).unwrap_or(rest);
    }
    while let Some(short) = KOREAN.iter().find_map(|s| rest.strip_suffix(s)) {
        rest = short.trim_end();
    }
    rest
}

/// Whether a text begins with a title of courtesy and goes on.
pub(super) fn has_honorific(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['*', '_']);
    honorific(text).is_some_and(|taken| !text[taken..].trim().is_empty())
}

/// Whether a line names a person: by the form of the name, or a family name after a title of courtesy.
pub(super) fn names_person(text: &str) -> bool {
    let rest = strip_honorifics(text);
    let titled = rest.len() < text.trim().len() && text::has_at_most(rest, 3);
    looks_like_person(text)
        || titled
            && matches!(judge(rest), Named::Person | Named::Unknown)
            && rest.starts_with(char::is_uppercase)
            && !rest.contains(',')
}

/// Whether a whole text is a title of courtesy, as `Bundesminister` after `Herrn`.
pub(super) fn is_honorific(text: &str) -> bool {
    honorific(text) == Some(text.len())
}

/// Length in bytes of the title of courtesy at the start, if there is one.
fn honorific(text: &str) -> Option<usize> {
    if !begins_honorific(text) {
        return None;
    }
    let mut ends: Vec<usize> =
        text.match_indices(char::is_whitespace).map(|(i, _)| i).take(3).collect();
    ends.push(text.len());
    let end = ends.into_iter().rev().find(|&end| {
        let candidate = text[..end].trim_end_matches([',', '.']).to_lowercase();
        HONORIFICS.contains(candidate.as_str())
            || candidate.contains(". ")
                && HONORIFICS.contains(candidate.replace(". ", ".").as_str())
    })?;
    // `M.` is Monsieur, but an initial in `M. R. Mitford`.
    let letter = word::is_initial(&text[..end]);
    let next = text[end..].split_whitespace().next().unwrap_or_default();
    (!letter || !next.ends_with('.') || !word::is_initial(next)).then_some(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_told_apart_by_form_and_words() {
        use Named::{Address, Contact, Country, Organization, Person, Role, Unknown};
        for (text, named) in [
            ("Stephen J. Solarz", Person),
            ("BAN Ki-moon", Person),
            ("Joseph S. Bermudez Jr.", Person),
            ("박희준", Person),
            ("Ludwig van der Rohe", Person),
            ("Katrina Lantos Swett", Person),
            ("Human Rights Watch", Organization),
            ("Skadden, Arps, Slate, Meagher & Flom LLP", Organization),
            ("Now Action & Unity for Human Rights (NAUH)", Organization),
            ("북한인권위원회", Organization),
            ("Deutsches Rotes Kreuz e.V.", Organization),
            ("Co-Chair", Role),
            ("Bishop of Northmouth", Role),
            ("John Bishop", Person),
            ("Asia Advocacy Director", Role),
            ("Secretary-General", Role),
            ("Geschäftsführerin", Role),
            ("사무총장", Role),
            ("Special Representative for North Korea Policy", Role),
            ("Executive Director of Human Rights Watch", Role),
            ("2201 C Street NW, Room 6205", Address),
            ("Washington, DC 20520", Address),
            ("10117 Berlin", Address),
            ("New York, NY 10017", Address),
            ("Lowell. Mass", Address),
            ("Ft. Lupton, Colo", Address),
            ("Erie Colorado", Address),
            ("N. Mex.", Address),
            ("S. Dak.", Address),
            ("Virginia Penn", Person),
            ("Anna Virginia", Person),
            ("Tex Ritter", Person),
            ("South Korea", Country),
            ("Perú", Country),
            ("Anna White", Person),
            ("Mary House", Person),
            ("John Church", Person),
            ("Peter Bank", Person),
            ("Ada Post", Person),
            ("Martin King", Person),
            ("William Bishop", Person),
            ("Rose Council", Person),
            ("Samuel Judge", Person),
            ("White House", Organization),
            ("Church House", Organization),
            ("Grace Church", Organization),
            ("Grant Manager", Role),
            ("Human Rights Council", Organization),
            ("San Francisco", Unknown),
            ("Buenos Aires", Unknown),
            ("Los Angeles", Unknown),
            ("Saint-Étienne", Unknown),
            ("Butler", Unknown),
            ("Benito Juárez", Person),
            ("Fax: +1-212-972-3154", Contact),
            ("www.hrnk.org", Contact),
        ] {
            assert_eq!(judge(text), named, "{text}");
        }
    }

    #[test]
    fn titles_of_courtesy_are_no_part_of_a_name() {
        for (text, name) in [
            ("Mr. Stephen J. Solarz", "Stephen J. Solarz"),
            ("The Honorable Ban Ki Moon", "Ban Ki Moon"),
            ("Herrn Dr. Max Mustermann", "Max Mustermann"),
            ("Prof. Dr. Anna Weiß", "Anna Weiß"),
            ("Excmo. Sr. Juan Pérez", "Juan Pérez"),
            ("Madame la Présidente Claire Dubois", "Claire Dubois"),
            ("H.E. Mr. Ja Song Nam", "Ja Song Nam"),
            ("Ambassador Stephen Bosworth", "Stephen Bosworth"),
            ("홍길동 귀하", "홍길동"),
        ] {
            assert_eq!(strip_honorifics(text), name);
        }
    }
}
