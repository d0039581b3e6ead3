//! Names joined in one line: `By A and B`, `A, HRNK Co-Chair`, `HRNK & DigitalGlobe, Inc.`.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::lexicon::{self, Phrases};
use super::super::names::{self, Named};
use super::super::text;
use super::assemble::assemble;
use super::items::Item;
use super::line::{read_line, segments};
use super::{Mention, Writing, unique};
use crate::content::name as forms;

/// Reads a byline: `By A and B`, `A, HRNK Co-Chair`, `HRNK & DigitalGlobe, Inc.`.
pub(in crate::ingest) fn byline(text: &str, number: usize, writing: Writing<'_>) -> Vec<Mention> {
    static BY: LazyLock<Phrases> = LazyLock::new(|| {
        Phrases::from([
            "written by",
            "by",
            "par",
            "von",
            "por",
            "author:",
            "글",
            "글쓴이",
            "글쓴이:",
        ])
    });
    let bare = text::without_emphasis(text.trim_start_matches(['-', '–', '—', ' ']));
    let by = BY.end(bare, |rest| rest.starts_with(char::is_whitespace));
    let bare = by.map_or(bare, |end| bare[end..].trim_start());
    let parts = joined_names(bare);
    let mentions = parts.iter().flat_map(|part| {
        let mut partial = read_line(part);
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
            vec![Item { partial, text: part.clone(), line: number, group: 0, contiguous: false }],
            writing,
        )
    });
    unique(mentions.collect())
}

/// Names joined by "and", `&` or semicolons, where both sides are names by themselves.
pub(super) fn joined_names(text: &str) -> Vec<String> {
    if text.contains(',') && names::has_legal_form(text) && !is_pair(text) {
        return vec![text.to_owned()];
    }
    if joints(text).is_empty() {
        return comma_names(text);
    }
    let mut parts = vec![text.to_owned()];
    loop {
        let mut next = Vec::new();
        for part in &parts {
            let pair = |m: &Range<usize>| is_name(&part[..m.start]) && is_name(&part[m.end..]);
            match joints(part).into_iter().find(pair) {
                Some(m) => next.extend([part[..m.start].to_owned(), part[m.end..].to_owned()]),
                None => next.push(part.clone()),
            }
        }
        if next.len() == parts.len() {
            break;
        }
        parts = next;
    }
    parts.into_iter().flat_map(|p| comma_names(&p)).collect()
}

/// Where a text may be cut into two names: at "and" or a semicolon, with the white space around.
fn joints(text: &str) -> Vec<Range<usize>> {
    static AND: LazyLock<lexicon::Words> = LazyLock::new(|| lexicon::set(|l| l.and));
    let mut found = Vec::new();
    let around = |start: usize, end: usize| {
        let before = text[..start].trim_end();
        let before = before.strip_suffix(',').map_or(before, str::trim_end);
        before.len()..text.len() - text[end..].trim_start().len()
    };
    let mut at = 0;
    for word in text.split(char::is_whitespace) {
        let end = at + word.len();
        if at > 0 && end < text.len() && word.len() <= 8 && lexicon::has(&AND, word) {
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

fn is_name(text: &str) -> bool {
    let text = text.trim();
    let leading = segments(text).into_iter().next().unwrap_or_default();
    matches!(names::judge(text), Named::Person | Named::Organization)
        || matches!(names::judge(&leading), Named::Person)
        || forms::is_acronym(text)
}

/// `A, B, C` where each part is a person.
fn comma_names(text: &str) -> Vec<String> {
    let parts = segments(text);
    let people = parts.len() > 1 && parts.iter().all(|p| names::judge(p) == Named::Person);
    if people { parts } else { vec![text.to_owned()] }
}
