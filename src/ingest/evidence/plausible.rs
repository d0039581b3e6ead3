//! Whether a value can be what a rule takes it for. A name is no day of the week, no salutation, no label, no
//! sentence, no street; a place is no label; a title is no address and no stamp.

use std::sync::LazyLock;

use crate::ingest::dates;
use crate::ingest::lexicon::{self, Scope, ScopedPhrases, ScopedWords, WEEKDAYS};
use crate::ingest::marks;
use crate::ingest::memo;
use crate::ingest::names::{self, Named};
use crate::ingest::parties::{self, Mention};
use crate::ingest::text;

static KIN: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.kin));
static COMMON: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.common));
static SPEAKERS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.speakers));
static VALEDICTION: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.valediction));

/// Words of a name in lower case, without signs around them.
pub(in crate::ingest) fn words(name: &str) -> impl Iterator<Item = String> {
    name.split(|c: char| c.is_whitespace() || c == ',' || c == '/')
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase())
        .filter(|w| !w.is_empty())
}

/// Whether a text greets somebody by kinship or courtesy alone: `my dear friend`, `Liebster Bruder`.
pub(in crate::ingest) fn is_kin(text: &str, scope: Scope) -> bool {
    words(text).any(|w| KIN.has(scope, w.as_str()))
}

/// A name without the title of courtesy before it. `M.` before initials is one of them.
pub(in crate::ingest) fn without_courtesy(name: &str) -> &str {
    let initial =
        |w: &str| w.len() == 2 && w.ends_with('.') || w.len() > 2 && w.as_bytes()[1] == b'.';
    let mut words = name.split_whitespace();
    if words.next().is_some_and(initial) && words.next().is_some_and(|w| initial(w) || w.len() == 1)
        || is_initials(name)
    {
        return name.trim();
    }
    names::strip_honorifics(name)
}

/// The same for a name that somebody signs: an initial before one word is the writer's.
pub(in crate::ingest) fn without_titles(name: &str) -> &str {
    let mut words = name.split_whitespace();
    let letter = |w: &str| w.len() == 2 && w.ends_with('.') && w.starts_with(char::is_uppercase);
    if words.next().is_some_and(letter) && words.clone().count() == 1 {
        return name.trim();
    }
    without_courtesy(name)
}

thread_local! {
    static PERSONS: memo::Answers<Scope, i32> = memo::Answers::default();
    static ORGANIZATIONS: memo::Answers<Scope, i32> = memo::Answers::default();
}

/// How much speaks for a text being a person's name, from -100 to 60; initials alone count little.
pub(in crate::ingest) fn person(name: &str, scope: Scope) -> i32 {
    memo::ask(&PERSONS, name, scope, || weigh_person(name, scope))
}

fn weigh_person(name: &str, scope: Scope) -> i32 {
    let bare = without_titles(name.trim());
    let count = text::word_count(bare);
    if bare.is_empty() || count == 0 || count > 6 || text::length(bare) > 60 {
        return -100;
    }
    let sign = |c: char| "@:;!?\"[]{}|=_<>#/“”«»()…*".contains(c);
    let host = bare.rsplit_once('.').is_some_and(|(_, end)| {
        (2..=4).contains(&end.len()) && end.bytes().all(|b| b.is_ascii_lowercase())
    });
    if host && count == 1 || bare.contains(sign) || bare.bytes().any(|b| b.is_ascii_digit()) {
        return -100;
    }
    if bare.len() <= 2 && bare.starts_with(char::is_uppercase) {
        return 0;
    }
    // "[Redacted]", "Boston, MA"
    if parties::is_taken_out(name.trim(), scope) || name.contains(',') && is_known_city(name) {
        return -100;
    }
    // "D U B L I N", "Dublin Castle"
    if count > 4 && words(bare).all(|w| w.len() == 1) || is_building_of_town(bare, scope) {
        return -60;
    }
    if text::is_hangul(bare) {
        return if names::looks_like_person(bare) { 40 } else { -60 };
    }
    if !bare.chars().any(char::is_uppercase) {
        return -60;
    }
    let never = |w: &str| {
        let day = WEEKDAYS.contains(w) || dates::month_number(w).is_some();
        // "Julio", "Domingo", "April" are given to people, too.
        let given = || {
            count > 1
                && bare
                    .split_whitespace()
                    .any(|b| b.to_lowercase() == *w && names::knowledge::is_given(b).is_some())
        };
        (COMMON.has(scope, w) || day) && !given() || KIN.has(scope, w)
    };
    if words(bare).any(|w| never(&w))
        || marks::is_salutation(name, scope)
        || marks::is_closing(name, scope)
        || marks::head_label(name, scope).is_some()
    {
        return -70;
    }
    if is_initials(bare) {
        return 5;
    }
    match names::judge(bare) {
        Named::Organization | Named::Role | Named::Country | Named::Contact | Named::Address => {
            return -60;
        }
        Named::Person | Named::Unknown => {}
    }
    // "d'Estournelles", "v. Waldkirch": a family name with its particle.
    let likely = names::person_likelihood(without_particle(bare));
    // What nothing is known of may be a rare name; a name of one word is seldom all of it.
    match likely {
        ..-40 => -60,
        _ if count == 1 && is_known_name(bare) => {
            if likely >= 20 {
                20
            } else {
                5
            }
        }
        -40..-20 => -25,
        // Nothing is known of the word: it may be a rare name, or anything.
        -20..20 if count == 1 => -10,
        -20..20 => {
            if likely >= -5 {
                15
            } else {
                -5
            }
        }
        20.. => {
            if count == 1 {
                20
            } else {
                40
            }
        }
    }
}

/// Whether a text is a town's name and the word for a building.
fn is_building_of_town(text: &str, scope: Scope) -> bool {
    static BUILDINGS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.buildings));
    let Some((town, building)) = text.rsplit_once(' ') else { return false };
    BUILDINGS.has_any_case(scope, building.trim_end_matches(['.', ',']))
        && names::knowledge::is_city(town).is_some()
        && names::knowledge::is_given(town).is_none()
}

/// A name without the particle before it.
fn without_particle(name: &str) -> &str {
    let particle = |p: &str| names::is_particle(p.trim_end_matches('.'));
    if let Some((first, rest)) =
        name.split_once(['\'', '’']).filter(|(d, _)| d.eq_ignore_ascii_case("d"))
    {
        return if first.len() == 1 { rest } else { name };
    }
    name.split_once(' ')
        .filter(|(first, _)| {
            first.len() <= 4 && first.starts_with(char::is_lowercase) && particle(first)
        })
        .map_or(name, |(_, rest)| rest)
}

/// Whether a word is somebody's given or family name, or has a particle of names before it.
fn is_known_name(word: &str) -> bool {
    let bare = without_particle(word);
    bare.len() < word.len()
        || names::knowledge::is_given(bare).is_some()
        || names::knowledge::is_family(bare).is_some()
}

/// `M. R. M.`, `MRM.`
pub(in crate::ingest) fn is_initials(text: &str) -> bool {
    // Four letters, each with its point and a space, none of more than four bytes.
    if text.len() > 24 {
        return false;
    }
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    (2..=4).contains(&letters.len())
        && letters.iter().all(|c| c.is_uppercase())
        && text.chars().all(|c| c.is_alphabetic() || ". ".contains(c))
}

/// How much speaks for a text being an organization's or an office's name, from -100 to 40.
pub(in crate::ingest) fn organization(name: &str, scope: Scope) -> i32 {
    memo::ask(&ORGANIZATIONS, name, scope, || weigh_organization(name, scope))
}

fn weigh_organization(name: &str, scope: Scope) -> i32 {
    let count = text::word_count(name);
    if count == 0 || count > 14 || text::length(name) > 120 {
        return -100;
    }
    // "E. & O. E."
    if name.chars().all(|c| c.is_uppercase() || ". &".contains(c)) && name.contains(". ") {
        return -100;
    }
    let odd_quotes = name.matches('"').count() % 2 == 1;
    if odd_quotes
        || name.contains(['@', '#', '[', ']', '{', '<', '='])
        || name.ends_with([':', '!', '?'])
    {
        return -100;
    }
    let speaks = |w: &str| VALEDICTION.has(scope, w) || SPEAKERS.has(scope, w);
    let days = |w: &str| w.len() > 3 && (WEEKDAYS.contains(w) || dates::month_number(w).is_some());
    if marks::is_salutation(name, scope)
        || marks::is_closing(name, scope)
        || marks::kind_of_title(name, scope).is_some()
    {
        return -70;
    }
    if words(name).any(|w| speaks(&w) || days(&w)) {
        return -70;
    }
    let small = name
        .split_whitespace()
        .filter(|w| w.starts_with(char::is_lowercase) && w.len() > 4)
        .count();
    let label = name
        .split_once(':')
        .is_some_and(|(label, rest)| rest.starts_with(' ') && text::has_at_most(label, 3));
    if label {
        return -70;
    }
    if is_known_city(name) {
        return -80;
    }
    if is_fragment(name, scope) {
        return -90;
    }
    // "Tide House, 4 Mole Street, Northmouth NM2 7AB"
    let numbers = name.split(' ').filter(|w| w.bytes().any(|b| b.is_ascii_digit())).count();
    if name.contains(", ") && numbers >= 2 {
        return -90;
    }
    let likely = names::organization_likelihood(name);
    match names::judge(name) {
        Named::Organization | Named::Role if is_registered(name) => -60,
        Named::Organization if text::starts_lower(name) => -60,
        // "al serenissimo principe": an office may be written small.
        Named::Role if text::starts_lower(name) && count > 2 => -10,
        Named::Organization | Named::Role if names_a_part(name, scope) => -60,
        // "Copyright Agent", "Site of the Host"
        Named::Role | Named::Unknown
            if is_of_common_words(&words(name).collect::<Vec<_>>(), scope) =>
        {
            -60
        }
        Named::Organization if names::has_legal_form(name) => {
            if begins_with_office(name) {
                -40
            } else {
                40
            }
        }
        Named::Organization if is_bare_unit(name, scope) => -40,
        Named::Organization
            if likely < -20 || is_part_of_letter(name, scope) || is_phrase(name, scope) =>
        {
            -60
        }
        Named::Organization => 40,
        Named::Role if text::is_hangul(name) && count > 1 => 10,
        // An office by itself is nobody's name; with its body or its country it stands for one.
        Named::Role if count <= 2 || is_part_of_letter(name, scope) => -30,
        Named::Role => 10,
        Named::Country => 0,
        Named::Contact | Named::Address => -100,
        Named::Person => -10,
        Named::Unknown if small >= 3 && small * 2 >= count || is_part_of_letter(name, scope) => -70,
        Named::Unknown if is_phrase(name, scope) && count > 4 => -60,
        Named::Unknown if count == 1 && is_kin(name, scope) => -80,
        Named::Unknown if text::ends_sentence(name) && count > 3 => -60,
        Named::Unknown if text::starts_lower(name) => -40,
        Named::Unknown if likely >= 20 => 20,
        Named::Unknown if likely < -20 => -60,
        Named::Unknown => -15,
    }
}

/// Whether a name is a part of a line or of a sentence: `of Lyon Science Transfert`, `& General Counsel`,
/// `Manager - Legal Operations`, `Technologies, Inc.`, a number of a register.
fn is_fragment(name: &str, scope: Scope) -> bool {
    static SMALL: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.small_words));
    let small = |word: &str| SMALL.has(scope, &word.to_lowercase());
    let bare = parties::without_article(name, scope);
    let mut words = bare.split_whitespace();
    let (first, last) = (words.next().unwrap_or_default(), words.next_back().unwrap_or_default());
    // Of other languages, some small words begin names: `De Dietrich`.
    let begins = text::starts_lower(first) || scope == Scope::of("en");
    let joined = first == "&" || begins && small(first);
    let cut = text::starts_lower(last) && small(last);
    let sentence = text::starts_lower(bare) && !text::has_at_most(bare, 6);
    let office = bare.split_once(" - ").is_some_and(|(office, _)| begins_with_office(office));
    let number = bare.split(|c: char| !c.is_ascii_digit()).any(|digits| digits.len() > 4);
    // In English a name does not end in a small word, but for `a.s.` and the like.
    let small_end = scope == Scope::of("en")
        && text::length(last) > 3
        && last.chars().all(char::is_lowercase)
        && !text::starts_lower(first);
    joined || cut || sentence || office || number || small_end || is_form_alone(bare)
}

/// `Technologies, Inc.`: a legal form and a generic word, without a name; a legal form in full at the beginning.
fn is_form_alone(name: &str) -> bool {
    names::is_legal_form(name)
        || names::has_legal_form(name)
            && text::has_at_most(name, 2)
            && name.contains(',')
            && words(name).next().is_some_and(|word| lexicon::ORGANIZATIONS.contains(word.as_str()))
}

/// Whether a name is that of a unit without its body: `Legal Department`, `Support Team`, `Export Sales Division`.
fn is_bare_unit(name: &str, scope: Scope) -> bool {
    let common = |w: &String| COMMON.has(scope, w) || lexicon::ORGANIZATIONS.contains(w.as_str());
    let all: Vec<String> = words(name).collect();
    all.len() <= 2 && all.iter().all(common) && parties::is_unit(name, scope)
        || is_of_common_words(&all, scope)
}

/// Whether all words are those of headings, parts of a letter and of a body, none a name: `Global Licensing & Contracts`.
fn is_of_common_words(words: &[String], scope: Scope) -> bool {
    static SMALL: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.small_words));
    static UNITS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.units));
    static PARTS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.no_bodies));
    let common =
        |w: &String| [&*COMMON, &*SMALL, &*UNITS, &*PARTS].iter().any(|list| list.has(scope, w));
    words.iter().any(|w| COMMON.has(scope, w)) && words.iter().all(common)
}

/// Whether the first or the last word is one of a letter's parts: `Contact details`, `Takedown Request`.
fn is_part_of_letter(name: &str, scope: Scope) -> bool {
    static WORDS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.no_bodies));
    let all: Vec<String> = words(name).collect();
    all.first().into_iter().chain(all.last()).any(|w| WORDS.has(scope, w))
}

/// Whether one of the first words of a longer name is one of a letter's parts: `Takedown Notice on behalf of …`.
fn names_a_part(name: &str, scope: Scope) -> bool {
    static WORDS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.no_bodies));
    text::word_count(name) > 3 && words(name).take(3).any(|w| WORDS.has(scope, w.as_str()))
}

/// Whether a number of a register, a house or a code stands in a name.
fn is_registered(name: &str) -> bool {
    let digits = |w: &str| w.bytes().filter(u8::is_ascii_digit).count();
    let year = |w: &str| w.len() == 4 && (w.starts_with('1') || w.starts_with("20"));
    name.split_whitespace().any(|w| digits(w) >= 4 && !year(w))
        || text::word_count(name) > 8 && name.split_whitespace().any(|w| digits(w) > 0)
}

/// `Co-Founder Boozology LLC`, `CTO, Mjam GmbH`: an office and its body in one line.
fn begins_with_office(name: &str) -> bool {
    let first = words(name).next().unwrap_or_default();
    names::is_role_word(&first) || lexicon::ROLES.contains(first.as_str())
}

/// Whether small words of meaning stand among the capitals, as in a sentence. French, Spanish and Italian names of
/// bodies have such words.
pub(in crate::ingest) fn is_phrase(name: &str, scope: Scope) -> bool {
    let romance = ["fr", "es", "it"].into_iter().any(|tag| scope.meets(Scope::of(tag)));
    let small = |w: &&str| {
        w.starts_with(char::is_lowercase)
            && text::length(w) > 3
            && !lexicon::OPEN_WORDS.contains(*w)
    };
    text::starts_lower(name) || !romance && name.split_whitespace().filter(small).count() >= 2
}

fn is_known_city(name: &str) -> bool {
    // "Pittsburgh, PA" has its state behind it.
    let town = name.split(',').next().unwrap_or(name).trim();
    let rest = name[town.len().min(name.len())..].trim_matches([',', ' ', '.']);
    (rest.is_empty() || rest.len() <= 3) && names::knowledge::is_city(town).is_some()
}

/// How plausible a name must be at least to be stated.
#[derive(Debug, Clone, Copy)]
pub(in crate::ingest) struct Floor {
    pub person: i32,
    pub organization: i32,
}

/// The parties of a list that can be what they are taken for; a body that cannot be one is left out of a person's.
pub(in crate::ingest) fn tidy(list: Vec<Mention>, least: Floor, scope: Scope) -> Vec<Mention> {
    let bodies = list.iter().filter_map(|m| m.organization.as_deref());
    let known = bodies.clone().filter(|o| organization(o, scope) >= 20).count();
    // In a list of bodies one that nothing is known of is a body, too.
    let listed = bodies.count() > 2 && known * 2 >= list.len();
    let few = list.len() < 3 && list.iter().any(|m| m.person.is_some());
    let floor = if listed { least.organization.min(-69) } else { least.organization };
    let mut kept = Vec::with_capacity(list.len());
    for mut mention in list {
        for name in [&mut mention.person, &mut mention.organization].into_iter().flatten() {
            unquote(name);
        }
        if let Some(person) = &mut mention.person {
            without_stop(person, scope);
        }
        let named = mention.person.as_deref().map(|p| person(p, scope));
        // Beside an office a rare name is a name, and a body is a body.
        let held = mention.role.is_some();
        let (least_person, least_body) =
            if held { (least.person.min(-9), -69) } else { (least.person, -20) };
        if named.is_some_and(|sign| sign < least_person) {
            mention.person = None;
        }
        // Beside one who signed, a body is one that is known by its words.
        let unknown = |o: &str| few && names::judge(o) == Named::Unknown;
        let strict =
            mention.person.is_none() && mention.organization.as_deref().is_some_and(unknown);
        let floor = if strict { floor.max(0) } else { floor };
        let floor = if mention.person.is_some() { floor.min(least_body) } else { floor };
        if mention.organization.as_deref().is_some_and(|o| organization(o, scope) < floor) {
            mention.organization = None;
            mention.written = None;
        }
        // "Acme Ltd / Grant Way": below a body the word for a street ends an address.
        let below_body = |last: &Mention| last.person.is_none() && last.line + 1 == mention.line;
        if mention.person.as_deref().is_some_and(ends_in_street)
            && kept.last().is_some_and(below_body)
        {
            mention.person = None;
        }
        if mention.is_named() {
            kept.push(mention);
        }
    }
    kept
}

/// `Hester Lowe.`: a name without the full stop of its line; that of a shortened word stays, as in `K. Schl.`
fn without_stop(name: &mut String, scope: Scope) {
    static AFTER: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.generations));
    static RANKS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.ranks));
    let Some(bare) = name.strip_suffix('.') else { return };
    let Some((_, last)) = bare.rsplit_once(' ') else { return };
    let shortened = AFTER.has_any_case(scope, last) || RANKS.has_any_case(scope, last);
    let vowel = last.chars().skip(1).any(|c| "aeiouyäöüáéíóúàèìòùâêîôû".contains(c));
    if !shortened && vowel && text::length(last) > 3 {
        *name = bare.to_owned();
    }
}

fn ends_in_street(name: &str) -> bool {
    static STREETS: LazyLock<lexicon::Words> = LazyLock::new(|| lexicon::set(|l| l.streets));
    let last = name.rsplit(' ').next().unwrap_or_default();
    lexicon::has(&STREETS, last)
}

/// `'Tom Ashby'`: a name without the quotes that mail programs set around it, or what is left of them.
fn unquote(name: &mut String) {
    let quote = |c: char| "'\"‘’".contains(c);
    let (open, close) = (name.starts_with(quote), name.ends_with(quote));
    let inner = name.trim_matches(quote);
    // "the clerks'" has one at its end.
    let half = !name.ends_with("s'") && !name.ends_with("s’");
    if !inner.contains(quote) && (open && close || (open || close) && half) {
        *name = inner.trim().to_owned();
    }
}

/// How much speaks for all parties of a list, by the least plausible of them.
pub(in crate::ingest) fn parties(list: &[Mention], scope: Scope) -> i32 {
    let one = |m: &Mention| {
        let person = m.person.as_deref().map(|p| person(p, scope));
        let body = m.organization.as_deref().map(|o| organization(o, scope));
        match (person, body) {
            (Some(p), Some(b)) => {
                if b <= -60 {
                    p.min(-15)
                } else {
                    p
                }
            }
            (Some(p), None) => p,
            (None, Some(b)) => b,
            (None, None) => -100,
        }
    };
    if list.len() > 2 {
        // A long list is judged by its middle: one odd name does not make the others wrong.
        let mut all: Vec<i32> = list.iter().map(one).collect();
        all.sort_unstable();
        return all[all.len() / 2];
    }
    list.iter().map(one).min().unwrap_or(-100)
}

/// Whether a text before a date can be the place where a letter was written.
pub(in crate::ingest) fn place(text: &str, scope: Scope) -> bool {
    let word = |w: &str| {
        VALEDICTION.has(scope, w)
            || SPEAKERS.has(scope, w)
            || KIN.has(scope, w)
            || WEEKDAYS.contains(w)
            || COMMON.has(scope, w)
            || lexicon::ROLES.contains(w)
            || dates::month_number(w).is_some()
    };
    static SMALL: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.stop_words));
    let first = words(text).next().unwrap_or_default();
    // "F.Murnane", "E.O.F."
    let initials = text::words(text).any(|w| {
        w.split_once('.').is_some_and(|(a, b)| a.len() == 1 && b.starts_with(char::is_uppercase))
    });
    !initials
        && !names::is_honorific(text)
        && names::judge(text) != Named::Organization
        && !SMALL.has(scope, first.as_str())
        && !words(text).any(|w| word(&w))
        && !names::has_honorific(text)
        && marks::head_label(&format!("{text}:"), scope).is_none()
        && !marks::is_salutation(text, scope)
        && !dates::is_stamp(&format!("{text} 1"))
}

/// How much speaks for a text being a document's title, from -100 to 10.
pub(in crate::ingest) fn title(text: &str, scope: Scope) -> i32 {
    let count = text::word_count(text);
    let bare = text::without_emphasis(text);
    if text.contains("://")
        || count == 0
        || count > 60
        || bare.starts_with(['[', '|', '•']) && bare.contains("](")
    {
        return -100;
    }
    let codes = text
        .split_whitespace()
        .filter(|w| w.bytes().filter(u8::is_ascii_digit).count() >= 4)
        .count();
    let label = bare.split_once(": ").is_some_and(|(label, _)| {
        text::has_at_most(label, 2)
            && label.starts_with(char::is_uppercase)
            && is_label(label, scope)
    });
    if label || codes >= 3 || dates::is_stamp(text) || marks::is_salutation(text, scope) {
        return -80;
    }
    if names::knowledge::is_city(
        bare.trim_end_matches(['.', ',']).split_whitespace().collect::<Vec<_>>().join(" ").as_str(),
    )
    .is_some()
    {
        return -80;
    }
    // "Next meeting: 3 May 1931" says when something else is.
    let other = dates::mentions(bare, dates::Context::default());
    if other.iter().any(|m| m.label.as_ref().is_some_and(|label| label.range.start == 0)) {
        return -80;
    }
    let dated = !dates::find(bare, None).is_empty();
    if matches!(names::judge(bare), Named::Address | Named::Contact) && !dated
        || marks::is_closing(bare, scope)
    {
        return -80;
    }
    let speaks = words(text).filter(|w| SPEAKERS.has(scope, w)).count();
    let asks = bare.ends_with('?') && count >= 6;
    let sentence = text::ends_sentence(bare) && !bare.ends_with(['!', '?']) && count > 14;
    if asks
        || sentence
        || bare.ends_with([',', ';', ':'])
        || text::starts_lower(bare)
        || text::ends_openly(bare) && count > 3
    {
        return -50;
    }
    if speaks >= 2 || bare.starts_with(['-', '*', '–']) {
        return -40;
    }
    if count < 2 && !text::is_hangul(bare) { -15 } else { 0 }
}

/// Whether a word before a colon labels what people, things or days a meeting or a form has.
fn is_label(label: &str, scope: Scope) -> bool {
    static LABELS: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.present));
    static ABSENT: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.absent));
    static CHAIR: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.chair));
    let whole = |phrases: &ScopedPhrases| phrases.end(scope, label, str::is_empty).is_some();
    whole(&LABELS)
        || whole(&ABSENT)
        || whole(&CHAIR)
        || marks::head_label(&format!("{label}: x"), scope)
            .is_some_and(|(head, _)| head != marks::Head::Subject)
}
