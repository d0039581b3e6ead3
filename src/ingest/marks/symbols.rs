//! Symbols by which a document is filed: `28-09713`, `A/HRC/25/63`, `Aktenzeichen: III B 3`.

use std::sync::LazyLock;

use super::super::dates;
use super::super::lexicon::{Scope, ScopedPhrases};
use super::super::text;
use super::labels::{self, Meaning};

/// The document's own symbols, if a line is one and nothing else, or is labelled as one.
pub(in crate::ingest) fn references(line: &str, scope: Scope) -> Vec<String> {
    if line.len() > 200 || !line.bytes().any(|b| b.is_ascii_digit()) {
        return Vec::new();
    }
    let line = text::without_emphasis(line);
    let label = labels::label(line, scope);
    let is = |meaning| label.filter(|(found, _)| found.is(meaning)).map(|(_, rest)| rest);
    if is(Meaning::YOUR_REFERENCE).is_some() || text::length(line) > 100 {
        return Vec::new();
    }
    let labelled = is(Meaning::OWN_REFERENCE).or_else(|| loose(line, scope));
    // In brackets may follow its date.
    let labelled = labelled.map(|rest| rest.split(" (").next().unwrap_or(rest));
    // Beyond a wide gap is another column, in brackets a stamp.
    let labelled = labelled.map(|rest| {
        let end = rest.find("   ").into_iter().chain(rest.find(" [")).min();
        end.map_or(rest, |end| rest[..end].trim_end())
    });
    if let Some(rest) = labelled.filter(|rest| is_short(rest)) {
        return split_symbols(rest);
    }
    // Without a label "16/5/1867" is a day.
    if are_bare_symbols(line) && dates::date_line(line, None).is_none() {
        return split_symbols(line);
    }
    Vec::new()
}

/// The date in brackets behind a labelled symbol: `시행 기록조사과-214 (2015. 4. 17.)`.
pub(in crate::ingest) fn date_of_reference(line: &str, scope: Scope) -> Option<&str> {
    // Behind a wide gap may be the mark of who received it.
    let line = text::cells(line).first().copied().unwrap_or(line);
    let (before, date) = line.strip_suffix(')')?.rsplit_once(" (")?;
    let labelled =
        labels::label(before, scope).is_some_and(|(found, _)| found.is(Meaning::OWN_REFERENCE));
    ((labelled || loose(before, scope).is_some()) && !references(line, scope).is_empty())
        .then_some(date)
}

/// Whether a line holds a symbol, the document's own or the addressee's.
pub(in crate::ingest) fn is_reference(line: &str, scope: Scope) -> bool {
    labels::label(line, scope).is_some_and(|(found, _)| found.is(Meaning::YOUR_REFERENCE))
        || !references(line, scope).is_empty()
}

/// What follows a label that needs no colon: `Az. III B 3`, `No. 4711`.
fn loose(line: &str, scope: Scope) -> Option<&str> {
    static LABELS: LazyLock<ScopedPhrases> =
        LazyLock::new(|| ScopedPhrases::of(|l| l.loose_reference));
    static NUMBER: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.number_mark));
    const SIGNS: [char; 4] = [' ', '.', ':', '°'];
    let end = LABELS.end(scope, line, |rest| {
        !rest.starts_with(char::is_alphanumeric) || rest.starts_with(|c: char| c.is_ascii_digit())
    })?;
    let rest = line[end..].trim_start_matches(SIGNS);
    let end = NUMBER.end(scope, rest, |r| r.starts_with(['.', ' ', '\u{A0}'])).unwrap_or(0);
    Some(rest[end..].trim_start_matches(SIGNS))
}

/// Whether what follows a label can be symbols: few words, a digit, no sentence.
fn is_short(rest: &str) -> bool {
    rest.bytes().any(|b| b.is_ascii_digit())
        && text::has_at_most(rest, 6)
        && !text::ends_sentence(rest.trim_end_matches('.'))
}

/// Whether a line is symbols between signs of separation, and nothing else.
fn are_bare_symbols(line: &str) -> bool {
    if line.len() > 120 || !line.contains(['-', '/']) {
        return false;
    }
    let bare = line.strip_prefix('(').and_then(|l| l.strip_suffix(')')).unwrap_or(line);
    let mut parts = bare.split([';', '|']).flat_map(|p| p.split(" / ")).flat_map(|p| p.split(", "));
    parts.all(|part| is_symbol(part.trim()))
}

fn is_symbol(text: &str) -> bool {
    is_numbers(text) || is_path(text) || is_lettered(text)
}

/// `28-09713`, `28-09713-2`, `714/98/AB`.
fn is_numbers(text: &str) -> bool {
    let dashed: Vec<&str> = text.split('-').collect();
    // `010-5550-1234` is a telephone's.
    let of_telephone = text.starts_with('0') && dashed.len() == 3 && dashed[2].len() == 4;
    if dashed.len() >= 2 && dashed.iter().all(|p| are_digits(p)) && !of_telephone {
        return dashed[0].len() >= 2 && dashed[1].len() >= 3;
    }
    let number = |p: &str, longest: usize| are_digits(p) && p.len() <= longest;
    match text.split('/').collect::<Vec<_>>().as_slice() {
        [first, second, rest @ ..] => {
            number(first, 6) && number(second, 4) && rest.iter().all(|p| is_code(p))
        }
        _ => false,
    }
}

fn are_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// Capitals and digits.
fn is_code(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
}

/// `A/HRC/25/63`.
fn is_path(text: &str) -> bool {
    let mut parts = text.split('/');
    let first = parts.next().unwrap_or_default();
    let capitals = first.starts_with(|c: char| c.is_ascii_uppercase())
        && first.bytes().all(|b| b.is_ascii_uppercase() || b == b'.');
    let part = |p: &str| {
        p.starts_with(|c: char| c.is_ascii_uppercase() || c.is_ascii_digit())
            && p.chars().all(|c| c.is_alphanumeric() || "_.-".contains(c))
    };
    let rest: Vec<&str> = parts.collect();
    capitals && !rest.is_empty() && rest.into_iter().all(part)
}

/// `ABC 12/2008`, `AB-7-98-2`.
fn is_lettered(text: &str) -> bool {
    let letters = text.bytes().take_while(u8::is_ascii_uppercase).count();
    if !(1..=6).contains(&letters) {
        return false;
    }
    let rest = text[letters..].trim_start_matches(['-', ' ']);
    // `T 070-5550123` is a telephone's.
    if letters == 1 && text[1..].starts_with(' ') && rest.starts_with('0') {
        return false;
    }
    let parts: Vec<&str> = rest.split(['-', '/']).collect();
    parts.len() >= 2
        && parts.iter().all(|p| are_digits(p))
        && parts[0].len() <= 6
        && parts[1].len() >= 2
}

fn split_symbols(text: &str) -> Vec<String> {
    text.trim_matches(['(', ')', ' '])
        .split(" / ")
        .flat_map(|s| s.split([';', ',']))
        .map(|s| s.trim().trim_end_matches('.').to_owned())
        .filter(|s| s.chars().any(|c| c.is_ascii_digit()) && !is_day_or_hour(s))
        .collect()
}

/// `August 1`, `1 p.m`: behind the number of a telegram is when it was sent.
fn is_day_or_hour(part: &str) -> bool {
    let worded = part.bytes().filter(u8::is_ascii_alphabetic).count() > 2;
    let lower = part.to_lowercase();
    let hour = [" p.m", " a.m", " pm", " am"].iter().any(|end| lower.ends_with(end));
    hour || worded && dates::names_day_of_month(part)
}
