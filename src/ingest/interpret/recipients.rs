//! Whom a document is to: labels, the address above the salutation or below the signature, the title, the
//! salutation.

use std::sync::LazyLock;

use super::super::layout::Layout;
use super::super::lexicon::{Phrases, ends_word};
use super::super::marks;
use super::super::names::{self, Named};
use super::super::parties::{self, Mention, Writing, unique};
use super::super::text::{self, Line};
use super::{Facts, head};

/// Whom it is to: labels, the address above the salutation or below the signature, the title, the salutation.
pub(super) fn read(
    facts: &mut Facts,
    lines: &[Line<'_>],
    layout: &Layout,
    found: &head::Head,
    writing: Writing<'_>,
) {
    let mut to = found.to.clone();
    if to.is_empty() && found.compliments.is_some() {
        to = found.compliments.iter().map(|(_, to)| to.clone()).collect();
    }
    if to.is_empty() {
        to = parties::address(&lines[layout.foot_address.clone()], writing);
    }
    if to.is_empty() {
        to = found
            .title
            .as_deref()
            .map(|t| titled(t, found.title_line(lines), writing))
            .unwrap_or_default();
    }
    if let Some(at) = layout.salutation {
        let greeted = greeted(&lines[at], writing);
        match greeted {
            Some(mention) if to.is_empty() => to = vec![mention],
            // The address names the office or the body, the salutation the person.
            Some(mention)
                if to.len() == 1 && to[0].person.is_none() && mention.person.is_some() =>
            {
                to[0].person = mention.person
            }
            _ => {}
        }
    }
    for mention in &to {
        facts.read("recipients", mention.line);
    }
    facts.recipients = unique(to);
}

/// Whom a title names: `Open Letter to UN Member States Calling for …`.
fn titled(title: &str, line: usize, writing: Writing<'_>) -> Vec<Mention> {
    static TO: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.letter_to));
    static THE: LazyLock<Phrases> = LazyLock::new(|| {
        Phrases::from(["the", "den", "die", "das", "la", "le", "les", "el", "los", "las"])
    });
    static ABOUT: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.letter_about));
    let spaced = |rest: &str| rest.starts_with(char::is_whitespace);
    let Some(end) = TO.end(title, spaced) else { return Vec::new() };
    let rest = title[end..].trim_start();
    let rest = THE.end(rest, spaced).map_or(rest, |end| rest[end..].trim_start());
    let about =
        rest.match_indices(' ').find(|(i, _)| ABOUT.end(&rest[i + 1..], ends_word).is_some());
    let stop = rest.find([':', '–', '—']).into_iter().chain(about.map(|(i, _)| i)).min();
    let name = rest[..stop.unwrap_or(rest.len())].trim().trim_end_matches([',', '.']);
    if name.is_empty() || !text::has_at_most(name, 12) {
        return Vec::new();
    }
    let person = names::has_honorific(name) && names::looks_like_person(name)
        || names::judge(name) == Named::Person;
    let mut mention = Mention { line, ..Mention::default() };
    if person {
        mention.person = Some(writing.person(name));
    } else {
        mention.organization = Some(writing.organization(name));
        mention.written = Some(name.to_owned());
    }
    vec![mention]
}

/// Whom the salutation greets by name.
fn greeted(line: &Line<'_>, writing: Writing<'_>) -> Option<Mention> {
    let name = marks::greeted(line.text);
    let name = name.split([',', '/']).next().unwrap_or(name).trim();
    let bare = names::strip_honorifics(name);
    let mut mention = Mention { line: line.number, ..Mention::default() };
    if text::is_hangul(bare) {
        let partial = parties::read_line(bare);
        mention.role = partial.role;
        mention.organization = partial.organization.map(|o| writing.organization(&o));
        mention.person = partial.person;
        return Some(mention).filter(Mention::is_named);
    }
    if is_nobody(bare) || bare.is_empty() {
        return None;
    }
    if names::judge(bare) == Named::Role {
        // An office greeted without its holder's name stands as a body.
        mention.organization = Some(writing.organization(bare));
        mention.written = Some(bare.to_owned());
        return Some(mention);
    }
    match names::judge(bare) {
        Named::Unknown if names::is_office_of_many(&bare.to_lowercase()) => {
            mention.organization = Some(bare.to_owned());
            mention.written = Some(bare.to_owned());
        }
        Named::Organization => {
            mention.organization = Some(writing.organization(bare));
            mention.written = Some(bare.to_owned());
        }
        Named::Person => mention.person = Some(writing.person(bare)),
        Named::Unknown if bare != name && text::has_at_most(bare, 3) => {
            mention.person = Some(writing.person(bare))
        }
        Named::Unknown
            if text::word_count(bare) == 1
                && bare.chars().filter(|c| c.is_uppercase()).count() == 1 =>
        {
            // A given name, if another document of the seed bears it in full.
            mention.person = Some(bare.to_owned());
            mention.tentative = true;
        }
        Named::Unknown
            if text::word_count(bare) == 1
                && bare.chars().filter(|c| c.is_uppercase()).count() > 1 =>
        {
            mention.organization = Some(bare.to_owned());
            mention.written = Some(bare.to_owned());
        }
        _ => return None,
    }
    Some(mention)
}

/// Greetings to nobody by name.
fn is_nobody(name: &str) -> bool {
    const NOBODY: [&str; 48] = [
        "people",
        "folks",
        "guys",
        "dmca",
        "sir",
        "sirs",
        "madam",
        "madame",
        "monsieur",
        "messieurs",
        "mesdames",
        "all",
        "colleagues",
        "friends",
        "excellency",
        "excellencies",
        "editor",
        "damen",
        "herren",
        "señor",
        "señora",
        "señores",
        "whom",
        "it",
        "may",
        "concern",
        "there",
        "everyone",
        "reader",
        "readers",
        "members",
        "member",
        "kollegen",
        "kolleginnen",
        "freunde",
        "amis",
        "collègues",
        "amigos",
        "colegas",
        "person",
        "agent",
        "gentlemen",
        "ladies",
        "excellence",
        "excelencia",
        "exzellenz",
        "mesdames,",
        "관계자",
    ];
    name.to_lowercase().split(|c: char| !c.is_alphabetic()).any(|w| NOBODY.contains(&w))
        || name.starts_with(char::is_lowercase)
}
