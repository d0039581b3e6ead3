//! Addresses: the person, the office and the body of each block, without street and town.

use std::sync::LazyLock;

use super::super::lexicon::{Scope, ScopedPhrases};
use super::super::names::{self, Named};
use super::super::text::{self, Line};
use super::line::{Partial, read_line};
use super::{Mention, Writing, unique};
use crate::content::name::{self, self as forms};

/// Reads an address: the first person, office and body of each block, without street and town.
pub(in crate::ingest) fn address(lines: &[Line<'_>], writing: Writing<'_>) -> Vec<Mention> {
    let mut found: Vec<Mention> = Vec::new();
    let mut current = Mention::default();
    let mut titled = false;
    let last = lines.iter().rfind(|l| !l.is_blank()).map_or(0, |l| l.number);
    for line in lines.iter().filter(|l| !l.is_blank() && !text::is_divider(l.text)) {
        let (text, attention) = without_attention(line.text, writing.scope);
        let mut partial = read_line(text, writing.scope);
        if attention && partial.organization.as_deref().is_some_and(forms::is_acronym) {
            partial.organization = None;
        }
        if names::is_honorific(text) && partial.role.is_none() {
            continue;
        }
        // Below a titled person a bare name is an office, a house, a town.
        if titled
            && partial.person.is_some()
            && !names::has_honorific(text)
            && !attention
            && partial.role.is_none()
        {
            continue;
        }
        titled |= partial.person.is_some() && names::has_honorific(text);
        let place = name::without_country(text);
        if place.1.is_some() && current.line > 0 && names::judge(place.0) != Named::Organization {
            continue;
        }
        if partial.person.is_none()
            && partial.role.is_none()
            && names::has_honorific(text)
            && partial.organization.is_none()
        {
            partial = addressed(text, writing.scope);
        }
        // After the office and the body comes the town, which may have the form of a name.
        if line.number == last
            && partial.person.is_some()
            && partial.role.is_none()
            && partial.organization.is_none()
            && current.person.is_none()
            && current.role.is_some()
            && current.organization.is_some()
            && !names::has_honorific(text)
            && !attention
        {
            continue;
        }
        // The last line of an address is a town, unless its words tell of a body.
        if line.number == last && current.line > 0 && text::has_at_most(text, 2) {
            partial.unknown = None;
        }
        let organization = partial.organization.or_else(|| {
            partial
                .unknown
                .filter(|u| current.organization.is_none() && plausible_body(u, &current))
        });
        if partial.person.is_some() && current.person.is_some() && !attention {
            found.push(std::mem::take(&mut current));
        }
        if current.line == 0
            && (partial.person.is_some() || partial.role.is_some() || organization.is_some())
        {
            current.line = line.number;
        }
        if let Some(person) = partial.person {
            current.person = Some(writing.person(&person));
        }
        if current.role.is_none() {
            current.role = partial.role.map(|r| bare_office(&r, writing.scope).to_owned());
        }
        if let (Some(written), None) = (organization, &current.organization) {
            current.organization = Some(writing.organization(&written));
            current.written = Some(written);
        }
    }
    found.push(current);
    found.iter_mut().for_each(|m| office_as_body(m, writing));
    unique(found.into_iter().filter(Mention::is_named).collect())
}

/// An office that nobody is named to hold stands as a body: it received the document.
fn office_as_body(mention: &mut Mention, writing: Writing<'_>) {
    if mention.is_named() {
        return;
    }
    let Some(role) = mention.role.take() else { return };
    let bare = bare_office(&role, writing.scope);
    mention.organization = Some(writing.organization(bare));
    mention.written = Some(role);
}

/// An office without the title of courtesy before it.
fn bare_office(role: &str, scope: Scope) -> &str {
    static TITLES: LazyLock<ScopedPhrases> =
        LazyLock::new(|| ScopedPhrases::of(|l| l.courtesy_titles));
    TITLES.after(scope, role).unwrap_or(role)
}

/// A line without `Attn:` and the like.
fn without_attention(text: &str, scope: Scope) -> (&str, bool) {
    static ATTENTION: LazyLock<ScopedPhrases> =
        LazyLock::new(|| ScopedPhrases::of(|l| l.attention));
    let spaced = |rest: &str| rest.trim_start_matches(['.', ':']).starts_with(char::is_whitespace);
    let Some(end) = ATTENTION.end(scope, text, spaced) else { return (text, false) };
    (text[end..].trim_start_matches(['.', ':']).trim_start(), true)
}

/// `Mr. Solarz`, `Monsieur le Ministre de la Justice`: a person by the title of courtesy, or an office.
fn addressed(text: &str, scope: Scope) -> Partial {
    let rest = names::strip_honorifics(text);
    if names::is_honorific(rest) {
        return Partial { role: Some(rest.to_owned()), ..Partial::default() };
    }
    match names::judge(rest) {
        Named::Role => read_line(rest, scope),
        Named::Organization => Partial { role: Some(text.to_owned()), ..Partial::default() },
        _ if text::has_at_most(rest, 5) && rest.chars().next().is_some_and(char::is_uppercase) => {
            Partial { person: Some(rest.to_owned()), ..Partial::default() }
        }
        _ => Partial::default(),
    }
}

/// In an address, a name that nothing tells of is a body if it follows a person or stands first.
fn plausible_body(name: &str, current: &Mention) -> bool {
    let words = text::word_count(name);
    let begun = current.person.is_some() || current.role.is_some();
    (begun && current.organization.is_none() || current.line == 0)
        && (1..=7).contains(&words)
        && name.chars().next().is_some_and(|c| c.is_uppercase() || ('가'..='힣').contains(&c))
        && !text::ends_sentence(name)
        && !name.contains([',', '#', ':', '_', '='])
}
