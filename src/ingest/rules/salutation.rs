//! Whom the salutation greets.

use super::super::evidence::{Claim, Field, Value, plausible};
use super::super::marks;
use super::super::names::{self, Named};
use super::super::parties::{self, Mention};
use super::super::text::{self, Line};
use super::Piece;

pub(super) fn claims(piece: &Piece<'_>) -> Vec<Claim> {
    let Some(at) = piece.layout.salutation else {
        return in_first_line(piece).into_iter().collect();
    };
    let Some((rule, mention)) = greeted(&piece.lines[at], piece) else { return Vec::new() };
    let sign = match &mention.person {
        Some(person) if plausible::person(person, piece.scope) <= -60 => -60,
        _ => 0,
    };
    vec![
        Claim::new(rule, Field::Recipients, Value::Parties(vec![mention]), at..at + 1)
            .adjusted(sign),
    ]
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
    let name = marks::greeted(line.text, piece.scope);
    let name = name.split([',', '/']).next().unwrap_or(name).trim();
    let bare = plausible::without_courtesy(name);
    let titled = bare.len() < name.len();
    let mut mention = Mention { line: line.number, ..Mention::default() };
    let body = |mention: &mut Mention| {
        mention.organization = Some(writing.organization(bare));
        mention.written = Some(bare.to_owned());
    };
    if text::is_hangul(bare) {
        let partial = parties::read_line(bare, piece.scope);
        mention.role = partial.role;
        mention.organization = partial.organization.map(|o| writing.organization(&o));
        mention.person = partial.person;
        // "항만 국장 귀하": an office with what it is of stands for its holder.
        if !mention.is_named() && mention.role.is_some() && text::word_count(bare) > 1 {
            body(&mut mention);
            mention.role = None;
            return Some(("salutation by office", mention));
        }
        return Some(("salutation by name", mention)).filter(|(_, m)| m.is_named());
    }
    let nobody = bare.is_empty() || plausible::is_kin(bare, scope) || names::is_honorific(bare);
    if nobody || bare.starts_with(char::is_lowercase) {
        return None;
    }
    let many_capitals = bare.chars().filter(|c| c.is_uppercase()).count() > 1;
    // "Dear Ms House": after a title of courtesy a word by itself is a family name.
    let family = titled && text::has_at_most(bare, 1) && !names::is_role_word(&bare.to_lowercase());
    let rule = match names::judge(bare) {
        _ if family => {
            mention.person = Some(writing.person(bare));
            "salutation by title and family name"
        }
        // "Dear Ambassador" names nobody; "Dear Minister of the Interior" does.
        Named::Role if text::has_at_most(bare, 2) => return None,
        Named::Role => {
            // An office greeted without its holder's name stands as a body.
            body(&mut mention);
            "salutation by office"
        }
        Named::Unknown if names::is_office_of_many(&bare.to_lowercase()) => {
            body(&mut mention);
            "salutation by office"
        }
        Named::Organization => {
            body(&mut mention);
            "salutation by name"
        }
        Named::Person => {
            mention.person = Some(writing.person(bare));
            "salutation by name"
        }
        Named::Unknown if titled && text::has_at_most(bare, 3) => {
            mention.person = Some(writing.person(bare));
            "salutation by title and family name"
        }
        Named::Unknown if text::has_at_most(bare, 1) && many_capitals => {
            body(&mut mention);
            "salutation of a body"
        }
        Named::Unknown if text::has_at_most(bare, 1) => {
            mention.person = Some(bare.to_owned());
            mention.tentative = true;
            "salutation by one name"
        }
        _ => return None,
    };
    Some((rule, mention))
}
