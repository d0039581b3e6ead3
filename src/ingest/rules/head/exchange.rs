//! A heading that tells who wrote to whom, as editions and registers have it: `Minister Dawson to the Secretary of State`.

use super::labels::office;
use crate::ingest::evidence::plausible;
use crate::ingest::lexicon::Scope;
use crate::ingest::marks;
use crate::ingest::names::{self, Named};
use crate::ingest::parties::{self, Mention, Writing};
use crate::ingest::text::{self, Line};

/// The two sides of such a line: persons, offices, bodies.
pub(in crate::ingest::rules) fn exchanged(
    line: Line<'_>,
    writing: Writing<'_>,
) -> Option<(Mention, Mention)> {
    // "Letter from Reed to Holm": what was sent tells that the words are names.
    if marks::behind_what_was_sent(line.text, writing.scope).is_some() {
        return exchanged_by_names(line, writing);
    }
    let (from, to) = marks::exchange(line.text, writing.scope)?;
    Some((side(from, line.number, writing)?, side(to, line.number, writing)?))
}

/// The same, above a line that says what was sent and when, by which a word in capitals is a name: `Reed to Holm`.
pub(super) fn exchanged_by_names(
    line: Line<'_>,
    writing: Writing<'_>,
) -> Option<(Mention, Mention)> {
    let (from, to) = marks::exchange(line.text, writing.scope)?;
    let sent = marks::behind_what_was_sent(line.text, writing.scope).is_some();
    let least = if sent { RARE_NAME } else { UNKNOWN_NAME };
    let named = |text: &str| {
        let bare = without_aside(text, writing.scope);
        let capitals = bare.split(' ').all(|w| w.starts_with(char::is_uppercase));
        let fits = capitals
            && text::has_at_most(bare, 3)
            && plausible::person(bare, writing.scope) >= least;
        let person = fits.then(|| writing.person(bare));
        Mention { person, line: line.number, ..Mention::default() }
    };
    let side = |text: &str| {
        side(text, line.number, writing).or_else(|| Some(named(text)).filter(Mention::is_named))
    };
    Some((side(from)?, side(to)?))
}

/// How plausible a word is as a name of which nothing is known.
const UNKNOWN_NAME: i32 = -10;
/// How plausible it is at least where the line says that a letter went from one to the other.
const RARE_NAME: i32 = -30;

/// A side of such a line without its article and what is in brackets behind it.
fn without_aside(text: &str, scope: Scope) -> &str {
    let bare = parties::without_article(text.trim_end_matches(['.', ',', ' ']), scope);
    bare.split('(').next().unwrap_or(bare).trim()
}

/// Whom a side names by its words.
fn side(text: &str, line: usize, writing: Writing<'_>) -> Option<Mention> {
    let bare = without_aside(text, writing.scope);
    // "Mr Jonas Reed, Minister of Works" is the holder of an office.
    let holder = bare.contains(',').then(|| parties::read_line(bare, writing.scope));
    if let Some(holder) = holder.filter(|p| p.person.is_some()) {
        return Some(Mention {
            person: holder.person.map(|p| writing.person(&p)),
            organization: holder.organization.as_deref().map(|o| writing.organization(o)),
            written: holder.organization,
            role: holder.role,
            line,
            ..Mention::default()
        });
    }
    match names::judge(bare) {
        Named::Person => {
            Some(Mention { person: Some(writing.person(bare)), line, ..Mention::default() })
        }
        Named::Role | Named::Organization => {
            Some(office(bare, line, writing)).filter(Mention::is_named)
        }
        _ => None,
    }
}
