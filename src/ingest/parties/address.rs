//! Addresses: the person, the office and the body of each block, without street and town.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::super::evidence::plausible;
use super::super::lexicon::{DIRECTED, Scope, ScopedPhrases};
use super::super::names::{self, Named};
use super::super::text::{self, Line};
use super::assemble::without_article;
use super::items::columns;
use super::line::{Partial, read_line};
use super::{Mention, Writing, unique};
use crate::content::name as forms;

/// Reads an address: the first person, office and body of each block, without street and town.
pub(in crate::ingest) fn address(lines: &[Line<'_>], writing: Writing<'_>) -> Vec<Mention> {
    let last = lines.iter().rfind(|l| !l.is_blank()).map_or(0, |l| l.number);
    let current = Mention::default();
    let mut reader = Reader { found: Vec::new(), current, titled: false, writing };
    // Two addresses side by side are read one after the other.
    let in_columns = lines.len() > 1 && lines.iter().filter(|l| has_columns(l)).count() > 1;
    let apart = if in_columns { columns(lines) } else { lines.to_vec() };
    let wrapped = wrapped(&apart, writing.scope);
    let whole =
        apart.iter().zip(&wrapped).filter_map(|(l, whole)| Some(l.with_text(whole.as_deref()?)));
    for line in whole.filter(|l| !l.is_blank() && !text::is_divider(l.text)) {
        reader.read(&line, last);
    }
    let Reader { mut found, current, .. } = reader;
    found.push(current);
    found.iter_mut().for_each(|m| office_as_body(m, writing));
    unique(found.into_iter().filter(Mention::is_named).collect())
}

/// The lines with those joined that go on in the next one: `Under-Secretary-General for` / `Humanitarian Affairs`; nothing
/// for a line that is joined to the one above it.
fn wrapped<'l>(lines: &[Line<'l>], scope: Scope) -> Vec<Option<Cow<'l, str>>> {
    let mut whole: Vec<Option<Cow<'l, str>>> = Vec::new();
    let mut open: Option<usize> = None;
    for (at, line) in lines.iter().enumerate() {
        let above = open.take().filter(|_| !line.is_blank());
        let first = above.unwrap_or(at);
        whole.push(above.is_none().then_some(Cow::Borrowed(line.text)));
        if let Some(Some(text)) = above.map(|above| &mut whole[above]) {
            *text = format!("{text} {}", line.text).into();
        }
        let joins = text::ends_openly(line.text) && !is_direction(line.text, scope);
        open = joins.then_some(first);
    }
    whole
}

/// Whether a line has two cells, each in the form of a line of an address.
fn has_columns(line: &Line<'_>) -> bool {
    let cells = text::cells(line.text);
    cells.len() == 2 && cells.iter().all(|cell| !text::has_at_most(cell, 1))
}

/// The parties of an address as far as it was read.
struct Reader<'a> {
    found: Vec<Mention>,
    current: Mention,
    /// Whether a person with a title of courtesy was named.
    titled: bool,
    writing: Writing<'a>,
}

/// A line of an address.
struct AddressLine<'l> {
    text: &'l str,
    number: usize,
    /// Whether words before the name direct the letter to it.
    attention: bool,
    /// Whether it begins with a title of courtesy.
    honored: bool,
    is_last: bool,
    partial: Partial,
}

impl AddressLine<'_> {
    /// Whether it has a title of courtesy or a word that directs, and nobody behind it.
    fn is_title_alone(&self, scope: Scope) -> bool {
        let titled = names::is_honorific(names::strip_honorifics(self.text));
        titled && self.partial.role.is_none() || is_direction(self.text, scope)
    }

    /// Whether it has the form of a person's name and nothing that tells more.
    fn is_bare_name(&self) -> bool {
        self.partial.person.is_some()
            && self.partial.role.is_none()
            && !self.honored
            && !self.attention
    }
}

impl Reader<'_> {
    /// Reads a line; the one with the number `last` may be a town.
    fn read(&mut self, line: &Line<'_>, last: usize) {
        let scope = self.writing.scope;
        let (text, attention) = without_attention(directed_to(line.text, scope), scope);
        let mut partial = read_line(text, scope);
        if attention && partial.organization.as_deref().is_some_and(forms::is_acronym) {
            partial.organization = None;
        }
        let honored = names::has_honorific(text);
        let is_last = line.number == last;
        let mut part =
            AddressLine { text, number: line.number, attention, honored, is_last, partial };
        if part.is_title_alone(scope) || self.is_beside_name(&part) {
            return;
        }
        self.titled |= part.partial.person.is_some() && honored;
        if self.is_country(text) {
            return;
        }
        if honored && part.partial.is_nobody() {
            part.partial = addressed(text, scope);
        }
        if !self.is_town(&part) {
            self.take(part);
        }
    }

    /// Whether a name is an office, a house or a town, as it is below a titled person.
    fn is_beside_name(&self, part: &AddressLine<'_>) -> bool {
        let edifice = || plausible::is_edifice(part.text, self.writing.scope);
        part.is_bare_name() && (self.titled || self.current.line > 0 && edifice())
    }

    /// Whether a line below others ends in a country, and names no body.
    fn is_country(&self, text: &str) -> bool {
        let (place, country) = forms::without_country(text);
        country.is_some() && self.current.line > 0 && names::judge(place) != Named::Organization
    }

    /// After the office and the body comes the town, which may have the form of a name.
    fn is_town(&self, part: &AddressLine<'_>) -> bool {
        let Mention { person, role, organization, .. } = &self.current;
        let complete = person.is_none() && role.is_some() && organization.is_some();
        part.is_last && complete && part.is_bare_name() && part.partial.organization.is_none()
    }

    fn take(&mut self, part: AddressLine<'_>) {
        let scope = self.writing.scope;
        let second = part.partial.person.is_some() && self.current.person.is_some();
        let body = self.body(&part);
        if second && !part.attention {
            self.found.push(std::mem::take(&mut self.current));
        }
        let Partial { person, role, .. } = part.partial;
        let named = person.is_some() || role.is_some() || body.is_some();
        if named && self.current.line == 0 {
            self.current.line = part.number;
        }
        if let Some(person) = person {
            self.current.person = Some(self.writing.person(&person));
        }
        if self.current.role.is_none() {
            self.current.role = role.map(|r| bare_office(&r, scope).to_owned());
        }
        if let (Some(written), None) = (body, &self.current.organization) {
            self.current.organization = Some(self.writing.organization(&written));
            self.current.written = Some(written);
        }
    }

    /// The body that a line names, by its words or by its place.
    fn body(&self, part: &AddressLine<'_>) -> Option<String> {
        // The last line of an address is a town, unless its words tell of a body.
        let town = part.is_last && self.current.line > 0 && text::has_at_most(part.text, 2);
        let by_place = |name: &&String| {
            !town
                && self.current.organization.is_none()
                && plausible_body(name, &self.current, self.writing.scope)
        };
        let known = part.partial.organization.as_ref();
        known.or_else(|| part.partial.unknown.as_ref().filter(by_place)).cloned()
    }
}

/// An office that nobody is named to hold counts as a body: it received the document.
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

/// A line without the word that directs it to a name: `À Richard Le Fort`. A title of courtesy stays.
fn without_direction(text: &str, scope: Scope) -> &str {
    let spaced = |rest: &str| rest.starts_with(char::is_whitespace);
    let Some(end) = DIRECTED.end(scope, text, spaced) else { return text };
    let rest = text[end..].trim_start();
    let plain = !names::has_honorific(text) && plausible::person(rest, scope) >= 20;
    if plain { rest } else { body_of_members(rest, scope).unwrap_or(text) }
}

/// `An die`
fn is_direction(line: &str, scope: Scope) -> bool {
    DIRECTED.end(scope, line.trim_end_matches([',', ':', ' ']), str::is_empty).is_some()
}

/// What a line of an address directs the letter to, without article, and without the members if it is a body's:
/// `das Hauptamt für Holm`, `Honorable Members of the Harbour Committee`.
fn directed_to(line: &str, scope: Scope) -> &str {
    let bare = without_direction(line, scope);
    let bare = if text::starts_lower(bare) { without_article(bare, scope) } else { bare };
    let members = names::has_honorific(bare).then(|| names::strip_honorifics(bare));
    members.and_then(|members| body_of_members(members, scope)).unwrap_or(bare)
}

/// `the Members of the Harbour Committee`: the body to whose members a letter is directed.
fn body_of_members(text: &str, scope: Scope) -> Option<&str> {
    static MEMBERS: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.members_of));
    let spaced = |rest: &str| rest.starts_with(char::is_whitespace);
    let members = without_article(text, scope);
    let mut ends = MEMBERS.ends(scope, members).filter(|end| spaced(&members[*end..]));
    let body = |end: usize| without_article(members[end..].trim_start(), scope);
    let found = ends.next().map(|first| ends.last().unwrap_or(first)).map(body)?;
    (names::judge(found) == Named::Organization).then_some(found)
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
    let rest = super::without_title(text, scope);
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

/// In an address, a name of which nothing is known is a body if it follows a person or is first.
fn plausible_body(name: &str, current: &Mention, scope: Scope) -> bool {
    if plausible::is_house(name, scope) || plausible::is_edifice(name, scope) {
        return false;
    }
    let begun = current.person.is_some() || current.role.is_some();
    let expected = begun && current.organization.is_none() || current.line == 0;
    expected && (1..=7).contains(&text::word_count(name)) && has_form_of_body(name)
}

fn has_form_of_body(name: &str) -> bool {
    let large = |c: char| c.is_uppercase() || ('가'..='힣').contains(&c);
    // "Hafnersteig 7" is a street, whatever its word.
    let numbered = name
        .split_whitespace()
        .next_back()
        .is_some_and(|w| w.starts_with(|c: char| c.is_ascii_digit()));
    name.starts_with(large)
        && !numbered
        && !text::ends_sentence(name)
        && !name.contains([',', '#', ':', '_', '='])
}
