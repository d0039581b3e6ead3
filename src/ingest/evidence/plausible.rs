//! Whether a value can be what a rule takes it for. A name is no day of the week, no salutation, no label, no
//! sentence, no street; a place is no label; a title is no address and no stamp.

use std::sync::LazyLock;

use crate::ingest::dates;
use crate::ingest::lexicon::{self, Scope, ScopedPhrases, ScopedWords, WEEKDAYS};
use crate::ingest::marks;
use crate::ingest::names::{self, Named};
use crate::ingest::parties::Mention;
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
    let initial = |w: &str| w.len() == 2 && w.ends_with('.') || w.len() > 2 && w.as_bytes()[1] == b'.';
    let mut words = name.split_whitespace();
    if words.next().is_some_and(initial) && words.next().is_some_and(|w| initial(w) || w.len() == 1) || is_initials(name) {
        return name.trim();
    }
    names::strip_honorifics(name)
}

/// How much speaks for a text being a person's name, from -100 to 60; initials alone count little.
pub(in crate::ingest) fn person(name: &str, scope: Scope) -> i32 {
    let bare = without_courtesy(name.trim());
    let count = text::word_count(bare);
    if bare.is_empty() || count == 0 || count > 6 || text::length(bare) > 60 {
        return -100;
    }
    let sign = |c: char| "@:;!?\"[]{}|=_<>#/“”«»()…*".contains(c);
    if bare.contains(sign) || bare.bytes().any(|b| b.is_ascii_digit()) {
        return -100;
    }
    if bare.len() <= 2 && bare.starts_with(char::is_uppercase) {
        return 0;
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
        let given = || count > 1 && names::knowledge::is_given(w).is_some();
        COMMON.has(scope, w) || day && !given() || KIN.has(scope, w)
    };
    if words(bare).any(|w| never(&w)) || marks::is_salutation(name, scope) || marks::is_closing(name, scope) || marks::head_label(name, scope).is_some() {
        return -70;
    }
    if is_initials(bare) {
        return 5;
    }
    match names::judge(bare) {
        Named::Organization | Named::Role | Named::Country | Named::Contact | Named::Address => return -60,
        Named::Person | Named::Unknown => {}
    }
    // "d'Estournelles", "v. Waldkirch": a family name with its particle.
    let likely = names::person_likelihood(without_particle(bare));
    // What nothing is known of may be a rare name; a name of one word is seldom all of it.
    match likely {
        ..-40 => -60,
        -40..-20 => -25,
        -20..20 => if count == 1 { 5 } else { 15 },
        20.. => if count == 1 { 20 } else { 40 },
    }
}

/// A name without the particle before it.
fn without_particle(name: &str) -> &str {
    let particle = |p: &str| names::is_particle(p.trim_end_matches('.'));
    if let Some((first, rest)) = name.split_once(['\'', '’']).filter(|(d, _)| d.eq_ignore_ascii_case("d")) {
        return if first.len() == 1 { rest } else { name };
    }
    name.split_once(' ').filter(|(first, _)| first.len() <= 4 && particle(&first.to_lowercase())).map_or(name, |(_, rest)| rest)
}

/// `M. R. M.`, `MRM.`
pub(in crate::ingest) fn is_initials(text: &str) -> bool {
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).collect();
    (2..=4).contains(&letters.len())
        && letters.iter().all(|c| c.is_uppercase())
        && text.chars().all(|c| c.is_alphabetic() || ". ".contains(c))
}

/// How much speaks for a text being an organization's or an office's name, from -100 to 40.
pub(in crate::ingest) fn organization(name: &str, scope: Scope) -> i32 {
    let count = text::word_count(name);
    if count == 0 || count > 14 || text::length(name) > 120 {
        return -100;
    }
    if name.contains(['@', '#', '"', '[', ']', '{', '<', '_', '=']) || name.ends_with([':', '!', '?']) {
        return -100;
    }
    let speaks = |w: &str| VALEDICTION.has(scope, w) || SPEAKERS.has(scope, w);
    let days = |w: &str| w.len() > 3 && (WEEKDAYS.contains(w) || dates::month_number(w).is_some());
    if marks::is_salutation(name, scope) || marks::is_closing(name, scope) || marks::kind_of_title(name, scope).is_some() {
        return -70;
    }
    if words(name).any(|w| speaks(&w) || days(&w)) {
        return -70;
    }
    let small = name.split_whitespace().filter(|w| w.starts_with(char::is_lowercase) && w.len() > 4).count();
    let label = name.split_once(':').is_some_and(|(label, rest)| rest.starts_with(' ') && text::has_at_most(label, 3));
    if label {
        return -70;
    }
    match names::judge(name) {
        Named::Organization => 40,
        Named::Role => 10,
        Named::Country => 0,
        Named::Contact | Named::Address => -100,
        Named::Person => -10,
        Named::Unknown if small >= 3 && small * 2 >= count => -70,
        Named::Unknown if count == 1 && is_kin(name, scope) => -80,
        Named::Unknown if text::ends_sentence(name) && count > 3 => -60,
        Named::Unknown if text::starts_lower(name) => -40,
        Named::Unknown => -15,
    }
}

/// How much speaks for all parties of a list, by the least plausible of them.
pub(in crate::ingest) fn parties(list: &[Mention], scope: Scope) -> i32 {
    let one = |m: &Mention| {
        let person = m.person.as_deref().map(|p| person(p, scope));
        let body = m.organization.as_deref().map(|o| organization(o, scope));
        match (person, body) {
            (Some(p), Some(b)) => if b <= -60 { p.min(-15) } else { p },
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
        VALEDICTION.has(scope, w) || SPEAKERS.has(scope, w) || KIN.has(scope, w) || WEEKDAYS.contains(w)
            || COMMON.has(scope, w) || lexicon::ROLES.contains(w) || dates::month_number(w).is_some()
    };
    names::judge(text) != Named::Organization
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
    if text.contains("://") || count == 0 || count > 60 || bare.starts_with(['[', '|', '•']) && bare.contains("](") {
        return -100;
    }
    let codes = text.split_whitespace().filter(|w| w.bytes().filter(u8::is_ascii_digit).count() >= 4).count();
    let label = bare.split_once(": ").is_some_and(|(label, _)| {
        text::has_at_most(label, 2) && label.starts_with(char::is_uppercase) && is_label(label, scope)
    });
    if label || codes >= 3 || dates::is_stamp(text) || marks::is_salutation(text, scope) {
        return -80;
    }
    if names::knowledge::is_city(bare.trim_end_matches(['.', ',']).split_whitespace().collect::<Vec<_>>().join(" ").as_str()).is_some() {
        return -80;
    }
    let dated = !dates::find(bare, None).is_empty();
    if matches!(names::judge(bare), Named::Address | Named::Contact) && !dated || marks::is_closing(bare, scope) {
        return -80;
    }
    let speaks = words(text).filter(|w| SPEAKERS.has(scope, w)).count();
    let asks = bare.ends_with('?') && count >= 6;
    let sentence = text::ends_sentence(bare) && !bare.ends_with(['!', '?']) && count > 14;
    if asks || sentence || bare.ends_with([',', ';', ':']) || text::starts_lower(bare) || text::ends_openly(bare) && count > 3 {
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
    whole(&LABELS) || whole(&ABSENT) || whole(&CHAIR) || marks::head_label(&format!("{label}: x"), scope).is_some_and(|(head, _)| head != marks::Head::Subject)
}
