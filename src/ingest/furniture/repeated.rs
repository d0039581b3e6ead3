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
    let filled: Vec<usize> =
        (0..lines.len()).filter(|&i| !lines[i].is_blank() && rules[i].is_none()).collect();
    let edges = edges(lines, rules, &filled);
    let mut places: HashMap<String, Vec<usize>> = HashMap::new();
    for (k, &i) in filled.iter().enumerate() {
        if !edges[k] || text::length(lines[i].text) > 80 {
            continue;
        }
        // Letters that follow each other begin alike too: with a date, a greeting, a leave-taking.
        let own = dates::date_line(lines[i].text, None).is_some()
            || marks::is_salutation(lines[i].text, scope)
            || marks::is_closing(lines[i].text, scope);
        if !own {
            places.entry(without_digits(lines[i].text)).or_default().push(i);
        }
    }
    let mut repeated: Vec<(String, Vec<usize>)> =
        places.into_iter().filter(|(_, at)| at.len() >= 3).collect();
    repeated.sort();
    for (shape, at) in repeated {
        let bare = shape.trim().is_empty() || shape == "#";
        // The first page's head is the document's title or letterhead.
        for i in at.into_iter().filter(|i| filled.first() != Some(i)) {
            rules[i] = Some(if bare { FOLIO } else { RUNNING_HEAD });
        }
    }
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

/// For each filled line, whether it is the first or the last of a page, or cuts a sentence in two.
fn edges(lines: &[Line<'_>], rules: &[Option<&'static str>], filled: &[usize]) -> Vec<bool> {
    let broken = |from: usize, to: usize| {
        (from + 1..=to).any(|i| lines[i].before == Break::Page || rules[i] == Some(FOLIO))
    };
    (0..filled.len())
        .map(|k| {
            let before = k.checked_sub(1).map(|p| filled[p]);
            let after = filled.get(k + 1).copied();
            let at = filled[k];
            let page =
                before.is_some_and(|b| broken(b, at)) || after.is_some_and(|a| broken(at, a));
            let cut = matches!((before, after), (Some(b), Some(a)) if text::starts_lower(lines[a].text)
                && !text::ends_sentence(lines[b].text) && lines[b].is_prose());
            page || cut || before.is_none() || after.is_none()
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
