//! One line of a block → what it says of a party: `Name, Role, Organization` in any order and number.

use std::sync::LazyLock;

use super::super::lexicon::{Scope, ScopedPhrases, ScopedWords, in_lower_case};
use super::super::names::{self, Named};
use super::super::text;
use super::marks::{is_redacted, is_sign, without_marks};
use super::without_the;
use crate::content::name as forms;

/// What one line, or one part of it, says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(in crate::ingest) struct Partial {
    /// A person's name as written.
    pub person: Option<String>,
    /// A role.
    pub role: Option<String>,
    /// An organization's name as written, with acronym and country.
    pub organization: Option<String>,
    /// Something with the form of a name that may be either.
    pub unknown: Option<String>,
    /// Whether the line introduces whom somebody signs for.
    pub on_behalf: bool,
}

impl Partial {
    fn organization(name: &str) -> Self {
        Self { organization: Some(name.to_owned()), ..Self::default() }
    }
}

/// Reads a line of a block.
pub(in crate::ingest) fn read_line(line: &str, scope: Scope) -> Partial {
    let bare = without_marks(line, scope);
    let aside = bare.starts_with('(') && bare.ends_with(')');
    if bare.is_empty()
        || aside
        || is_redacted(&bare, scope)
        || names::is_town(&bare)
        || is_sign(&bare, scope)
    {
        return Partial::default();
    }
    static BEHALF: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.on_behalf));
    for end in BEHALF.ends(scope, &bare).filter(|&end| bare[end..].starts_with(char::is_whitespace))
    {
        let rest = bare[end..].trim_start().trim_end_matches([':', ',']);
        let rest = without_the(rest);
        if rest.chars().next().is_some_and(char::is_uppercase)
            && matches!(names::judge(rest), Named::Organization)
        {
            return Partial { on_behalf: true, ..Partial::organization(rest) };
        }
    }
    let (name, country) = forms::without_country(&bare);
    let parts = segments(name, scope);
    if country.is_some()
        && parts.len() == 1
        && !matches!(names::judge(name), Named::Role | Named::Address | Named::Contact)
    {
        return Partial::organization(&bare);
    }
    match parts.as_slice() {
        [] => Partial::default(),
        [only] => single(only, scope),
        _ if names::has_legal_form(name) && !names::looks_like_person(&parts[0]) => {
            Partial::organization(&bare)
        }
        parts => several(parts, name, scope),
    }
}

fn single(text: &str, scope: Scope) -> Partial {
    // Acronyms of titles in brackets: "Jane Doe (Chair)", "Jane Doe (Human Rights Watch)".
    if let Some((before, inner)) = bracketed(text) {
        let outer = names::judge(before);
        let named = names::judge(inner);
        if outer == Named::Person {
            let mut partial = Partial { person: Some(before.to_owned()), ..Partial::default() };
            match named {
                Named::Role => partial.role = Some(inner.to_owned()),
                Named::Organization | Named::Unknown => {
                    partial.organization = Some(inner.to_owned())
                }
                _ if forms::is_acronym(inner) => partial.organization = Some(inner.to_owned()),
                _ => {}
            }
            return partial;
        }
    }
    match names::judge(text) {
        Named::Person => Partial { person: Some(text.to_owned()), ..Partial::default() },
        _ if names::has_honorific(text) && names::looks_like_person(text) => {
            Partial { person: Some(text.to_owned()), ..Partial::default() }
        }
        Named::Organization => korean_pair(text).unwrap_or_else(|| Partial::organization(text)),
        Named::Role => office(text, scope),
        Named::Unknown => Partial { unknown: Some(text.to_owned()), ..Partial::default() },
        Named::Country | Named::Contact | Named::Address => Partial::default(),
    }
}

fn bracketed(text: &str) -> Option<(&str, &str)> {
    let open = text.find('(')?;
    let inner = text[open + 1..].strip_suffix(')')?;
    Some((text[..open].trim(), inner.trim()))
}

/// An office, with the body that it belongs to if the words name one.
fn office(text: &str, scope: Scope) -> Partial {
    if let Some(partial) = korean_pair(text) {
        return partial;
    }
    if text::is_hangul(text)
        && let Some((body, role)) =
            text.rsplit_once(' ').filter(|(b, _)| names::judge(b) == Named::Organization)
    {
        return Partial {
            role: Some(role.to_owned()),
            organization: Some(body.to_owned()),
            ..Partial::default()
        };
    }
    let (role, organization) = split_office(text, scope);
    Partial {
        role: Some(role.to_owned()),
        organization: organization.map(str::to_owned),
        ..Partial::default()
    }
}

/// `HRNK Co-Chair` and `Director of Human Rights Watch` → office and body.
fn split_office(text: &str, scope: Scope) -> (&str, Option<&str>) {
    let text = without_the(text);
    if let Some((first, rest)) = text.split_once(' ')
        && forms::is_acronym(first)
        && !text::is_caps(text)
        && !names::is_role_word(&first.to_lowercase())
        && names::judge(rest) == Named::Role
    {
        return (rest, Some(first));
    }
    if let Some((office, body)) = parted_by_of(text, scope) {
        let fits = names::judge(body) == Named::Organization
            && (2..=9).contains(&text::word_count(body))
            && !body.contains(" to ");
        if fits && names::judge(office) == Named::Role {
            return (office, Some(body));
        }
    }
    (text, None)
}

/// What stands before the first word that joins an office with its body, and what stands behind it.
fn parted_by_of(text: &str, scope: Scope) -> Option<(&str, &str)> {
    static OF: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.of_body));
    text.match_indices(' ').find_map(|(at, _)| {
        let rest = &text[at + 1..];
        let apart =
            |end: &usize| rest[*end..].starts_with(' ') || rest[..*end].ends_with(['\'', '’']);
        let end = OF.ends(scope, rest).find(apart)?;
        Some((&text[..at], rest[end..].trim_start()))
    })
}

/// `북한인권시민연합 대표 김철수`, `대표 김철수`, `김철수 대표`: body, office and name on one line.
fn korean_pair(text: &str) -> Option<Partial> {
    if !text::is_hangul(text) {
        return None;
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let person = words.iter().rposition(|w| names::looks_like_person(w))?;
    if words.len() < 2 {
        return None;
    }
    let role = words
        .iter()
        .enumerate()
        .position(|(i, w)| i != person && names::judge(w) == Named::Role)?;
    let body: Vec<&str> = words
        .iter()
        .enumerate()
        .filter(|(i, _)| *i != person && *i != role && *i < role)
        .map(|(_, w)| *w)
        .collect();
    Some(Partial {
        person: Some(words[person].to_owned()),
        role: Some(words[role].to_owned()),
        organization: (!body.is_empty()).then(|| body.join(" ")),
        ..Partial::default()
    })
}

/// Several parts between commas or dashes, each judged, the first one leading.
fn several(parts: &[String], whole: &str, scope: Scope) -> Partial {
    let judged: Vec<Named> = parts.iter().map(|p| judge_part(p)).collect();
    let has = |named| judged.contains(&named);
    // "University of California, San Diego": after a body a bare name is a part of the body's.
    let place = judged[0] == Named::Organization && !has(Named::Role);
    let titled = parts.iter().any(|p| names::has_honorific(p));
    if !has(Named::Role) && (!has(Named::Person) || place && !titled) {
        let organizations = judged.iter().filter(|n| **n == Named::Organization).count();
        return match (organizations, judged[0]) {
            (0, Named::Unknown)
                if judged.iter().all(|n| *n == Named::Unknown) && parts.len() == 2 =>
            {
                Partial { unknown: Some(whole.to_owned()), ..Partial::default() }
            }
            (0, _) => Partial::default(),
            // A town after the name is no part of it.
            (_, Named::Organization)
                if matches!(judged.last(), Some(Named::Address | Named::Contact)) =>
            {
                Partial::organization(&parts[0])
            }
            (_, Named::Address | Named::Contact) => Partial::default(),
            _ => Partial::organization(whole),
        };
    }
    let mut partial = Partial::default();
    for (part, named) in parts.iter().zip(&judged) {
        match named {
            Named::Person if partial.person.is_none() => partial.person = Some(part.clone()),
            Named::Role => add_role(&mut partial, part, scope),
            Named::Organization if partial.organization.is_none() => {
                partial.organization = Some(part.clone())
            }
            // "Ursula Brandt, journalist, Hamburg": a profession needs no body, so a town follows.
            Named::Unknown if partial.role.as_deref().is_some_and(|r| is_profession(r, scope)) => {}
            Named::Unknown if partial.person.is_some() && partial.organization.is_none() => {
                partial.organization = Some(part.clone());
            }
            Named::Unknown
                if partial.person.is_none()
                    && partial.organization.is_none()
                    && partial.unknown.is_none() =>
            {
                partial.unknown = Some(part.clone());
            }
            _ => {}
        }
    }
    // "Madonna, Ambassador": a first part that is neither is the person of the office.
    if partial.person.is_none() && partial.role.is_some() {
        partial.person = partial.unknown.take().filter(|u| {
            text::has_at_most(u, 4) && u.chars().next().is_some_and(char::is_uppercase)
        });
    }
    partial.unknown = None;
    partial
}

/// Work that is no office of a body.
fn is_profession(role: &str, scope: Scope) -> bool {
    static PROFESSIONS: LazyLock<ScopedWords> =
        LazyLock::new(|| ScopedWords::of(|l| l.professions));
    PROFESSIONS.has_any_case(scope, role)
}

fn judge_part(part: &str) -> Named {
    let declared = forms::acronym(part).is_some();
    if !declared && names::has_honorific(part) && names::looks_like_person(part) {
        Named::Person
    } else {
        names::judge(part)
    }
}

fn add_role(partial: &mut Partial, part: &str, scope: Scope) {
    let (role, organization) = split_office(part, scope);
    partial.role = Some(match partial.role.take() {
        Some(first) => format!("{first}, {role}"),
        None => role.to_owned(),
    });
    if partial.organization.is_none() {
        partial.organization = organization.map(str::to_owned);
    }
}

/// Parts of a line between commas, dashes, bars, semicolons or wide gaps, none inside brackets;
/// `Jr.` and `Inc.` stay with what they follow.
pub(in crate::ingest) fn segments(line: &str, scope: Scope) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    for part in cut(line).into_iter().map(str::trim).filter(|p| !p.is_empty()) {
        match joined.last_mut() {
            Some(last) if belongs_to_name(part, scope) => {
                last.push_str(", ");
                last.push_str(part);
            }
            _ => joined.push(part.to_owned()),
        }
    }
    joined
}

/// Whether a part between commas is a degree, a generation or a legal form: it belongs to the name before it.
fn belongs_to_name(part: &str, scope: Scope) -> bool {
    static AFTER: LazyLock<[ScopedWords; 2]> =
        LazyLock::new(|| [ScopedWords::of(|l| l.generations), ScopedWords::of(|l| l.degrees)]);
    let bare = part.trim_end_matches('.');
    text::has_at_most(part, 1) && names::has_legal_form(part)
        || in_lower_case(bare, |lower| AFTER.iter().any(|words| words.has(scope, lower)))
}

/// What stands between the signs that part a line.
fn cut(line: &str) -> Vec<&str> {
    let mut parts = Vec::new();
    let (mut depth, mut start) = (0usize, 0);
    let mut before = ' ';
    for (i, c) in line.char_indices() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            ',' | ';' | '|' | '\t' | '，' | '-' | '–' | '—' | '/' if depth == 0 => {
                let after = &line[i + c.len_utf8()..];
                let spaced = after.chars().next().is_none_or(char::is_whitespace);
                let parts_here = match c {
                    ',' => spaced,
                    '-' | '–' | '—' | '/' => before.is_whitespace() && spaced && i > 0,
                    _ => true,
                };
                if parts_here {
                    parts.push(&line[start..i]);
                    start = i + c.len_utf8();
                }
            }
            _ => {}
        }
        before = c;
    }
    parts.push(&line[start..]);
    parts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> (String, String, String) {
        let p = read_line(line, Scope::ALL);
        (
            p.person.unwrap_or_default(),
            p.role.unwrap_or_default(),
            p.organization.unwrap_or_default(),
        )
    }

    #[test]
    fn name_role_and_organization_in_any_order() {
        let want = |p: &str, r: &str, o: &str| (p.to_owned(), r.to_owned(), o.to_owned());
        for (line, wanted) in [
            ("Richard V. Allen, Co-Chair", want("Richard V. Allen", "Co-Chair", "")),
            ("Roberta Cohen, HRNK Co-Chair", want("Roberta Cohen", "Co-Chair", "HRNK")),
            (
                "Chairman, State Affairs Commission of the Republic",
                want("", "Chairman", "State Affairs Commission of the Republic"),
            ),
            (
                "3. Jane Doe, Director, Human Rights Watch",
                want("Jane Doe", "Director", "Human Rights Watch"),
            ),
            (
                "- Jane Doe – President of the Human Rights League",
                want("Jane Doe", "President", "Human Rights League"),
            ),
            (
                "Skadden, Arps, Slate, Meagher & Flom LLP",
                want("", "", "Skadden, Arps, Slate, Meagher & Flom LLP"),
            ),
            ("Kontras, Indonesia", want("", "", "Kontras, Indonesia")),
            ("Odhikar - Bangladesh", want("", "", "Odhikar - Bangladesh")),
            (
                "Saram -Stiftung für Menschenrechte in Nordkorea, Germany",
                want("", "", "Saram -Stiftung für Menschenrechte in Nordkorea, Germany"),
            ),
            ("/s/ John Smith", want("John Smith", "", "")),
            ("북한인권시민연합 이사장 김석우", want("김석우", "이사장", "북한인권시민연합")),
            ("Jane Doe (Human Rights Watch)", want("Jane Doe", "", "Human Rights Watch")),
            ("On behalf of Amnesty International:", want("", "", "Amnesty International")),
            ("Joseph S. Bermudez, Jr., Analyst", want("Joseph S. Bermudez, Jr.", "Analyst", "")),
            ("Fax: +1-212-972-3154, E-mail: dprk.un@verizon.net", want("", "", "")),
            ("[private]", want("", "", "")),
        ] {
            assert_eq!(read(line), wanted, "{line}");
        }
    }
}
