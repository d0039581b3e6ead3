//! Running heads and feet: a short line that comes back on every page of a seed, and bare folios.

use std::collections::HashMap;

use super::super::dates;
use super::super::lexicon::Scope;
use super::super::marks;
use super::super::text::{self, Break, Line};
use super::folio::{self, FOLIO};

pub(super) const RUNNING_HEAD: &str = "running head";

/// Marks what repeats where pages break.
pub(super) fn mark(lines: &[Line<'_>], rules: &mut [Option<&'static str>], scope: Scope) {
    continuation_heads(lines, rules);
    printed_heads(lines, rules);
    facing_heads(lines, rules);
    head_and_foot(lines, rules);
    let filled: Vec<usize> =
        (0..lines.len()).filter(|&i| !lines[i].is_blank() && rules[i].is_none()).collect();
    let edges = edges(lines, rules, &filled);
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (&i, edge) in filled.iter().zip(&edges) {
        let line = &lines[i];
        if *edge == Edge::Page && !line.is_prose() && folio::has_folio(line.text) {
            rules[i] = Some(RUNNING_HEAD);
        } else if *edge != Edge::None && may_come_back(line.text, scope) {
            places.entry(without_digits(line.text)).or_default().push(i);
        }
    }
    let mut repeated: Vec<(String, Vec<usize>)> =
        places.into_iter().filter(|(_, at)| at.len() >= 3).collect();
    repeated.sort();
    let is_page = |i: &usize| filled.binary_search(i).is_ok_and(|k| edges[k] == Edge::Page);
    for (shape, at) in repeated {
        let bare = shape.trim().is_empty() || shape == "#";
        // Numbers with a sign are a list's, unless pages break there.
        let listed = !bare && !shape.contains(char::is_alphabetic);
        if listed && !at.iter().skip(1).all(is_page) {
            continue;
        }
        // The first page's head is the document's title or letterhead.
        for i in at.into_iter().filter(|i| filled.first() != Some(i)) {
            rules[i] = Some(if bare { FOLIO } else { RUNNING_HEAD });
        }
    }
}

/// Whether a line may be a head or a foot by its words: letters that follow each other begin alike too, with a date,
/// a greeting, a leave-taking.
fn may_come_back(line: &str, scope: Scope) -> bool {
    text::length(line) <= 80
        && dates::date_line(line, None).is_none()
        && !marks::is_salutation(line, scope)
        && !marks::is_closing(line, scope)
}

/// What a browser prints above each page whose address it prints below: the day of printing and the page's
/// title.
fn printed_heads(lines: &[Line<'_>], rules: &mut [Option<&'static str>]) {
    let is_foot = |i: &usize| folio::is_address_with_folio(lines[*i].text);
    if !(0..lines.len()).any(|i| is_foot(&i)) {
        return;
    }
    let filled: Vec<usize> = (0..lines.len()).filter(|&i| !lines[i].is_blank()).collect();
    for (k, &i) in filled.iter().enumerate() {
        let above = k.checked_sub(1).map(|before| filled[before]);
        let begins = above.is_none_or(|before| is_foot(&before));
        let first = lines[i].text.split(char::is_whitespace).next().unwrap_or_default();
        let numeric = first.trim_end_matches(',');
        let day = numeric.bytes().filter(|b| matches!(b, b'/' | b'.' | b'-')).count() == 2
            && dates::date_line(numeric, None).is_some();
        if begins && day && !text::has_at_most(lines[i].text, 2) && rules[i].is_none() {
            rules[i] = Some(RUNNING_HEAD);
        }
    }
}

/// The head of a letter's second page: addressee or date again, beside the page's number.
fn continuation_heads(lines: &[Line<'_>], rules: &mut [Option<&'static str>]) {
    let repeats = |i: usize| {
        let text = lines[i].text;
        text::has_at_most(text, 6) && lines[..i.min(40)].iter().any(|l| l.text.contains(text))
    };
    for at in 6..lines.len() {
        if rules[at] != Some(FOLIO) {
            continue;
        }
        let above = (at.saturating_sub(2)..at).rev().take_while(|&i| !lines[i].is_blank());
        let below = (at + 1..lines.len().min(at + 3)).take_while(|&i| !lines[i].is_blank());
        let marked: Vec<usize> =
            above.chain(below).filter(|&i| rules[i].is_none() && repeats(i)).collect();
        for i in marked {
            rules[i] = Some(RUNNING_HEAD);
        }
    }
}

/// Heads of facing pages, which differ: a number and capitals where a page begins or ends.
fn facing_heads(lines: &[Line<'_>], rules: &mut [Option<&'static str>]) {
    let mut last = None;
    for i in (0..lines.len()).filter(|&i| !lines[i].is_blank()) {
        if lines[i].before == Break::Page {
            for at in [Some(i), last].into_iter().flatten() {
                if rules[at].is_none() && is_head_with_folio(lines[at].text) {
                    rules[at] = Some(RUNNING_HEAD);
                }
            }
        }
        last = Some(i);
    }
}

/// `64    THE MARLOW CORRESPONDENCE`, `LETTER OF 1893    65`.
fn is_head_with_folio(line: &str) -> bool {
    let number =
        |word: &str| (1..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    let title = |text: &str| text::is_caps(text) && text::has_at_most(text, 9);
    line.len() <= 100
        && (line.split_once(char::is_whitespace).is_some_and(|(n, text)| number(n) && title(text))
            || line
                .rsplit_once(char::is_whitespace)
                .is_some_and(|(text, n)| number(n) && title(text)))
}

/// A line with which a seed begins and ends, its digits counted alike: each of its pages has it.
fn head_and_foot(lines: &[Line<'_>], rules: &mut [Option<&'static str>]) {
    let free = |i: &usize| !lines[*i].is_blank() && rules[*i].is_none();
    let first = (0..lines.len()).find(free);
    let last = (0..lines.len()).rev().find(free);
    let (Some(first), Some(last)) = (first, last) else { return };
    let shape = without_digits(lines[first].text);
    if first == last || !is_stamp(&shape) || shape != without_digits(lines[last].text) {
        return;
    }
    let same = |i: &usize| {
        rules[*i].is_none()
            && lines[*i].text.len() == lines[first].text.len()
            && without_digits(lines[*i].text) == shape
    };
    let found: Vec<usize> = (first..=last).filter(|i| *i == last || same(i)).collect();
    for i in found {
        rules[i] = Some(RUNNING_HEAD);
    }
}

/// Whether a line, its digits counted alike, is long enough to be a stamp with a number.
fn is_stamp(shape: &str) -> bool {
    shape.contains('#') && shape.contains(char::is_alphabetic) && shape.len() >= 30
}

/// Where a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Edge {
    /// The first or the last of a page.
    Page,
    /// Between two lines of one sentence.
    Cut,
    None,
}

/// For each filled line, whether it is the first or the last of a page, or cuts a sentence in two.
fn edges(lines: &[Line<'_>], rules: &[Option<&'static str>], filled: &[usize]) -> Vec<Edge> {
    let broken = |from: usize, to: usize| {
        (from + 1..=to).any(|i| lines[i].before == Break::Page || rules[i] == Some(FOLIO))
    };
    // An address begins with a small letter, and ends no sentence.
    let words = |i: usize| !lines[i].text.contains("://");
    let cuts = |b: usize, a: usize| {
        text::starts_lower(lines[a].text)
            && !text::ends_sentence(lines[b].text)
            && lines[b].is_prose()
            && words(a)
            && words(b)
    };
    (0..filled.len())
        .map(|k| {
            let before = k.checked_sub(1).map(|p| filled[p]);
            let after = filled.get(k + 1).copied();
            let at = filled[k];
            match (before, after) {
                (Some(b), Some(a)) if broken(b, at) || broken(at, a) => Edge::Page,
                (Some(b), Some(a)) if cuts(b, a) => Edge::Cut,
                (Some(_), Some(_)) => Edge::None,
                _ => Edge::Page,
            }
        })
        .collect()
}

fn without_digits(line: &str) -> String {
    let mut shape = String::new();
    for c in line.chars() {
        if !c.is_ascii_digit() {
            shape.push(c);
        } else if !shape.ends_with('#') {
            shape.push('#');
        }
    }
    shape
}
