//! Names joined in one line: `By A and B`, `A, HRNK Co-Chair`, `HRNK & DigitalGlobe, Inc.`.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::lexicon::{AND, Scope, ScopedPhrases};
use super::super::names::{self, Named};
use super::super::text;
use super::assemble::{assemble, without_article};
use super::items::Item;
use super::line::{read_line, segments};
use super::{Mention, Writing, unique};
use crate::content::name as forms;

/// Reads a byline: `By A and B`, `A, HRNK Co-Chair`, `HRNK & DigitalGlobe, Inc.`.
pub(in crate::ingest) fn byline(text: &str, number: usize, writing: Writing<'_>) -> Vec<Mention> {
    let bare = text::without_emphasis(text.trim_start_matches(['-', '–', '—', ' ']));
    let bare = after_by(bare, writing.scope).unwrap_or(bare);
    let parts = joined_names(bare, writing.scope);
    let mentions = parts.iter().flat_map(|part| {
        let mut partial = read_line(part, writing.scope);
        if partial.person.is_none()
            && partial.organization.is_none()
            && let Some(unknown) = partial.unknown.take()
        {
            let acronym = forms::is_acronym(&unknown);
            if acronym {
                partial.organization = Some(unknown)
            } else {
                partial.person = Some(unknown)
            }
        }
        assemble(
            vec![Item {
                partial,
                text: part.clone(),
                line: number,
                group: 0,
                contiguous: false,
                alone: false,
            }],
            writing,
        )
    });
    unique(mentions.collect())
}

/// What follows the words with which a byline begins: a name, or anything behind a colon.
pub(in crate::ingest) fn after_by(line: &str, scope: Scope) -> Option<&str> {
    static BY: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.by));
    // `*By Ida Holm* | Tannmark Observer | 3 May 1931`
    let (first, rest) = line.split_once(" | ").unwrap_or((line, ""));
    let first = text::without_emphasis(first);
    // `글 | 강하늘`
    if !rest.is_empty() && BY.end(scope, first, str::is_empty).is_some() {
        return Some(rest.trim());
    }
    let line = if rest.is_empty() { line } else { first };
    let behind = |rest: &str| {
        let name = without_article(rest.trim_start(), scope);
        rest.starts_with(':') || rest.starts_with(char::is_whitespace) && !text::starts_lower(name)
    };
    let end = BY.end(scope, line, behind).or_else(|| joined_by(line, &BY, scope))?;
    Some(line[end..].trim_start_matches(':').trim_start())
}

/// Where the words of a byline end that a point joins: `글·사진 강하늘`, `취재ㆍ정리 강하늘`.
fn joined_by(line: &str, by: &ScopedPhrases, scope: Scope) -> Option<usize> {
    static WITH: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.pictures));
    const POINTS: [char; 5] = ['·', 'ㆍ', '․', '・', '/'];
    let first = line.split([' ', ':']).next().filter(|first| first.contains(POINTS))?;
    let is_by = |word: &str| by.end(scope, word, str::is_empty).is_some();
    let is_any = |word: &str| is_by(word) || WITH.end(scope, word, str::is_empty).is_some();
    let fits = first.split(POINTS).all(is_any) && first.split(POINTS).any(is_by);
    (fits && first.len() < line.len()).then_some(first.len())
}

/// Names joined by "and", `&` or semicolons, where both sides are names by themselves.
pub(super) fn joined_names(text: &str, scope: Scope) -> Vec<String> {
    if text.contains(',') && names::has_legal_form(text) && !is_pair(text) {
        return vec![text.to_owned()];
    }
    if joints(text, scope).is_empty() {
        return comma_names(text, scope);
    }
    let mut parts = vec![text.to_owned()];
    loop {
        let mut next = Vec::new();
        for part in &parts {
            let pair = |m: &Range<usize>| {
                is_name(&part[..m.start], scope) && is_name(&part[m.end..], scope)
            };
            match joints(part, scope).into_iter().find(pair) {
                Some(m) => next.extend([part[..m.start].to_owned(), part[m.end..].to_owned()]),
                None => next.push(part.clone()),
            }
        }
        if next.len() == parts.len() {
            break;
        }
        parts = next;
    }
    parts.into_iter().flat_map(|p| comma_names(&p, scope)).collect()
}

/// The first of names that "and" or a semicolon joins.
pub(in crate::ingest) fn before_and(text: &str, scope: Scope) -> &str {
    joints(text, scope).first().map_or(text, |joint| &text[..joint.start])
}

/// Where a text may be cut into two names: at "and" or a semicolon, with the white space around.
fn joints(text: &str, scope: Scope) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let around = |start: usize, end: usize| {
        let before = text[..start].trim_end();
        let before = before.strip_suffix(',').map_or(before, str::trim_end);
        before.len()..text.len() - text[end..].trim_start().len()
    };
    let mut at = 0;
    for word in text.split(char::is_whitespace) {
        let end = at + word.len();
        if at > 0 && end < text.len() && word.len() <= 8 && AND.has_any_case(scope, word) {
            found.push(around(at, end));
        }
        found.extend(word.match_indices(';').map(|(i, _)| around(at + i, at + i + 1)));
        at = end + text[end..].chars().next().map_or(0, char::len_utf8);
    }
    found
}

/// `A & B, Inc.`: two bodies, of which the second has a legal form.
fn is_pair(text: &str) -> bool {
    text.split_once(" & ").is_some_and(|(a, b)| {
        !a.contains(',')
            && (forms::is_acronym(a) || names::judge(a) == Named::Organization)
            && names::has_legal_form(b)
    })
}

fn is_name(text: &str, scope: Scope) -> bool {
    let text = text.trim();
    let leading = segments(text, scope).into_iter().next().unwrap_or_default();
    matches!(names::judge(text), Named::Person | Named::Organization)
        || matches!(names::judge(&leading), Named::Person)
        || forms::is_acronym(text)
}

/// `A, B, C` where each part is a person.
fn comma_names(text: &str, scope: Scope) -> Vec<String> {
    let parts = segments(text, scope);
    let people = parts.len() > 1 && parts.iter().all(|p| names::judge(p) == Named::Person);
    if people { parts } else { vec![text.to_owned()] }
}
