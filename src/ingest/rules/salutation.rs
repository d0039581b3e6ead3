//! Whom the salutation greets.

use std::sync::LazyLock;

use super::super::evidence::{Claim, Field, Value, plausible};
use super::super::lexicon::{AND, Scope, Words};
use super::super::marks;
use super::super::names::{self, Named};
use super::super::parties::{self, Mention};
use super::super::text::{self, Line};
use super::Piece;

pub(super) fn claims(piece: &Piece<'_>) -> Vec<Claim> {
    let Some(at) = piece.layout.salutation else {
        return in_first_line(piece).into_iter().collect();
    };
    let both = greeted_both(&piece.lines[at], piece);
    let one = || greeted(&piece.lines[at], piece).map(|(rule, mention)| (rule, vec![mention]));
    let Some((rule, list)) = both.or_else(one) else { return Vec::new() };
    let no_name =
        |m: &Mention| m.person.as_deref().is_some_and(|p| plausible::person(p, piece.scope) <= -60);
    let sign = if list.iter().any(no_name) { -60 } else { 0 };
    let doubt = doubt_of_two(&list);
    let claim =
        Claim::new(rule, Field::Recipients, Value::Parties(list), at..at + 1).adjusted(sign);
    vec![match doubt {
        Some(doubt) => claim.doubted(doubt),
        None => claim,
    }]
}

/// `Dear Ada & Jonas`, `Querida Ada y Jonás`: two people, each by one name.
fn greeted_both(line: &Line<'_>, piece: &Piece<'_>) -> Option<(&'static str, Vec<Mention>)> {
    let name = marks::greeted(line.text, piece.scope);
    if let Some(both) = titled_both(name, line, piece) {
        return Some(("salutation by title and family name", both));
    }
    let words: Vec<&str> = name.split([' ', ',']).filter(|w| !w.is_empty()).collect();
    let [one, and, other] = words.as_slice() else { return None };
    let joined = *and == "&" || *and == "+" || AND.has(piece.scope, and);
    let known = |w: &&str| plausible::person(w, piece.scope) >= 5;
    let mention = |w: &&str| Mention {
        person: Some((*w).to_owned()),
        tentative: true,
        line: line.number,
        ..Mention::default()
    };
    (joined && known(one) && known(other))
        .then(|| ("salutation by one name", vec![mention(one), mention(other)]))
}

/// `Secretary Webb and Minister Holm`: several people, each by title and family name.
fn titled_both(name: &str, line: &Line<'_>, piece: &Piece<'_>) -> Option<Vec<Mention>> {
    let words: Vec<&str> = text::words(name).map(|w| w.trim_matches(',')).collect();
    let title = |w: &str| {
        let lower = w.trim_end_matches('.').to_lowercase();
        names::is_honorific(w) || names::is_role_word(&lower)
    };
    let family = |part: &[&str]| {
        let (last, titles) = part.split_last()?;
        let fits = !titles.is_empty()
            && titles.iter().all(|w| title(w))
            && !title(last)
            && last.starts_with(char::is_uppercase);
        fits.then(|| Mention {
            person: Some(piece.writing.person(last)),
            tentative: true,
            line: line.number,
            ..Mention::default()
        })
    };
    let parts: Vec<&[&str]> = words.split(|w| *w == "&" || AND.has(piece.scope, w)).collect();
    let both = parts.iter().map(|part| family(part)).collect::<Option<Vec<_>>>()?;
    (both.len() > 1).then_some(both)
}

/// `My dear Anna! The parcel has come …`: a greeting with which the first paragraph begins.
fn in_first_line(piece: &Piece<'_>) -> Option<Claim> {
    const GREETING: usize = 50;
    let at = piece.layout.body.clone().find(|&i| piece.lines[i].is_prose())?;
    let line = piece.lines[at];
    let end = line.text.find('!').filter(|end| *end <= GREETING)?;
    let greeting = &line.text[..=end];
    if !marks::is_salutation(greeting, piece.scope) {
        return None;
    }
    let (_, mention) = greeted(&line.with_text(greeting), piece)?;
    let list = Value::Parties(vec![mention]);
    Some(Claim::new("salutation in the first line", Field::Recipients, list, at..at + 1))
}

/// Whom the salutation greets by name.
fn greeted(line: &Line<'_>, piece: &Piece<'_>) -> Option<(&'static str, Mention)> {
    let Piece { writing, scope, .. } = *piece;
    let name = marks::greeted(line.text, scope);
    let name = name.split([',', '/']).next().unwrap_or(name).trim();
    let bare = behind_kin(plausible::without_courtesy(name), scope);
    let mention = Mention { line: line.number, ..Mention::default() };
    if text::is_hangul(bare) {
        let last = without_particle(bare);
        let plain = last.strip_suffix('님').filter(|kin| text::length(kin) > 1);
        // "어머님께" is all of a courtesy, but for what she is.
        let honoured = without_particle(name).rsplit(' ').next().filter(|w| w.ends_with('님'));
        let mut kin = honoured.into_iter().chain([plain.unwrap_or(last)]);
        return if kin.any(|name| plausible::is_kin(name, scope)) {
            None
        } else {
            korean(bare, mention, piece)
        };
    }
    let nobody = bare.is_empty() || plausible::is_kin(bare, scope) || names::is_honorific(bare);
    // "Lieber Herr B.!" names nobody.
    let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
    if nobody || letters < 2 || bare.starts_with(char::is_lowercase) {
        return None;
    }
    let (rule, whom) = named_by(bare, bare.len() < name.len())?;
    let mention = match whom {
        Whom::Person => Mention { person: Some(writing.person(bare)), ..mention },
        Whom::Body => with_body(mention, bare, piece),
        Whom::OneName => Mention { person: Some(bare.to_owned()), tentative: true, ..mention },
    };
    Some((rule, mention))
}

/// `Friend Ada Quill`, `Freund Karl Reed`: the whole name behind what somebody is to the writer.
fn behind_kin(name: &str, scope: Scope) -> &str {
    let mut rest = name;
    while let Some((first, more)) = rest.split_once(' ')
        && plausible::is_kin(first, scope)
    {
        rest = more.trim_start();
    }
    let whole = rest.contains(' ') && plausible::person(rest, scope) >= 40;
    if whole { rest } else { name }
}

/// `어머니` of `사랑하는 어머니께`: the last word of a Korean greeting without the syllables that address somebody.
fn without_particle(name: &str) -> &str {
    let name = name.trim_end_matches(['.', '!', ',']);
    static ENDS: LazyLock<Words> = LazyLock::new(|| names::listed("korean_addressing"));
    let end = |letters: usize| {
        let (at, _) = name.char_indices().rev().nth(letters - 1)?;
        ENDS.contains(&name[at..]).then_some(&name[..at])
    };
    let name = end(2).or_else(|| end(1)).unwrap_or(name);
    name.rsplit(' ').next().unwrap_or(name)
}

/// Two given names may be those of two people: `Dear Paul Sandra`.
fn doubt_of_two(list: &[Mention]) -> Option<String> {
    let [Mention { person: Some(name), .. }] = list else { return None };
    let (one, other) = name.split_once(' ').filter(|(_, other)| !other.contains(' '))?;
    let given = names::knowledge::is_given;
    let two = given(one).is_some() && given(other) > names::knowledge::is_family(other);
    two.then(|| format!("`{one}` and `{other}` may be two people"))
}

/// `항만 국장 귀하`: an office with what it is of stands for its holder.
fn korean(name: &str, mention: Mention, piece: &Piece<'_>) -> Option<(&'static str, Mention)> {
    let office = name.strip_suffix('님').filter(|office| names::is_office_of_one(office));
    if let Some(office) = office.or_else(|| names::is_office_of_one(name).then_some(name)) {
        return Some(("salutation by office", with_body(mention, office, piece)));
    }
    let partial = parties::read_line(name, piece.scope);
    let named = partial.organization.is_some() || partial.person.is_some();
    if !named && partial.role.is_some() && text::word_count(name) > 1 {
        return Some(("salutation by office", with_body(mention, name, piece)));
    }
    let organization = partial.organization.map(|o| piece.writing.organization(&o));
    let (person, role) = (partial.person, partial.role);
    named.then_some(("salutation by name", Mention { person, role, organization, ..mention }))
}

fn with_body(mention: Mention, name: &str, piece: &Piece<'_>) -> Mention {
    let organization = Some(piece.writing.organization(name));
    Mention { organization, written: Some(name.to_owned()), ..mention }
}

/// What a salutation greets.
enum Whom {
    Person,
    /// A body, or an office without its holder's name.
    Body,
    /// A name of one word, which counts if another document has all of it.
    OneName,
}

/// Whom a name greets, and the rule that says so; `titled` if a title of courtesy was before it.
fn named_by(name: &str, titled: bool) -> Option<(&'static str, Whom)> {
    // "Dear Ms House": after a title of courtesy a word by itself is a family name.
    if titled && text::has_at_most(name, 1) && !names::is_role_word(&name.to_lowercase()) {
        return Some(("salutation by title and family name", Whom::Person));
    }
    match names::judge(name) {
        // "Dear Ambassador" names nobody; "Dear Minister of the Interior" does.
        Named::Role if text::has_at_most(name, 2) => None,
        Named::Role => Some(("salutation by office", Whom::Body)),
        Named::Organization => Some(("salutation by name", Whom::Body)),
        Named::Person => Some(("salutation by name", Whom::Person)),
        Named::Unknown => named_by_form(name, titled),
        Named::Country | Named::Contact | Named::Address => None,
    }
}

/// The same of a name of which nothing is known.
fn named_by_form(name: &str, titled: bool) -> Option<(&'static str, Whom)> {
    if names::is_office_of_many(&name.to_lowercase()) {
        return Some(("salutation by office", Whom::Body));
    }
    if titled && text::has_at_most(name, 3) {
        return Some(("salutation by title and family name", Whom::Person));
    }
    let one = text::has_at_most(name, 1);
    let capitals = name.chars().filter(|c| c.is_uppercase()).count();
    match (one, capitals) {
        (false, _) => None,
        (true, 2..) => Some(("salutation of a body", Whom::Body)),
        (true, _) => Some(("salutation by one name", Whom::OneName)),
    }
}
