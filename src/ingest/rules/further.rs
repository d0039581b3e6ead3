//! What a text says again, or for good, where no place of a letter tells: at the head of a further page, beside the mark
//! that somebody signed.

use std::sync::LazyLock;

use super::super::dates;
use super::super::evidence::{Claim, Field, Value, plausible};
use super::super::lexicon::ScopedPhrases;
use super::super::names::{self, Named};
use super::super::parties::{self, Mention};
use super::super::text::{self, Line};
use super::Piece;
use super::signature::marked_name;
use crate::slug::slugify;

pub(super) fn claims(piece: &Piece<'_>) -> Vec<Claim> {
    let signed = signed_above_day(piece).or_else(|| named_in_title(piece));
    day_of_page(piece).or_else(|| day_of_entry(piece)).into_iter().chain(signed).collect()
}

/// `The Hon. Ida Holm   October 31, 1968`: the head of a further page of a letter repeats whom it is for, and the day.
fn day_of_page(piece: &Piece<'_>) -> Option<Claim> {
    let greeting = piece.layout.salutation?;
    let above = |name: &str| piece.lines[..greeting].iter().any(|line| line.text == name);
    let filled = (greeting + 1..piece.lines.len()).filter(|&i| !piece.lines[i].is_blank());
    let mut days = filled.filter_map(|at| {
        let line = piece.lines[at].text;
        let short = text::has_at_most(line, 12) && line.bytes().any(|b| b.is_ascii_digit());
        let found = if short { dates::find(line, piece.order) } else { Vec::new() };
        let [only] = found.as_slice() else { return None };
        let name = line[..only.range.start].trim_end_matches([' ', ',', '-', '–', '—']);
        let named = text::word_count(name) > 1 && above(name);
        let ends = line[only.range.end..].trim_matches(|c: char| !c.is_alphanumeric()).is_empty();
        (named && ends && only.reading.is_whole_day()).then(|| (at, only.reading.clone()))
    });
    let (at, day) = days.next()?;
    let same = days.all(|(_, other)| other.date == day.date);
    let claim = || Claim::new("head of a further page", Field::Date, Value::Date(day), at..at + 1);
    same.then(claim)
}

/// How many of the first written lines may tell in brackets when a paper came in.
const ENTERED: usize = 4;

/// `Questions of the member Holm (submitted 4 May 1931).`, `Answer of minister Quill (received 9 May 1931).`: the last day
/// that such lines tell is that of the whole.
fn day_of_entry(piece: &Piece<'_>) -> Option<Claim> {
    let filled = (0..piece.lines.len()).filter(|&i| !piece.lines[i].is_blank()).take(ENTERED);
    let told = filled.flat_map(|at| {
        let line = piece.lines[at].text;
        // `(received` / `9 May 1931)`
        let next = piece.lines.get(at + 1).map_or("", |next| next.text);
        let whole = format!("{line} {next}");
        let opened = line.match_indices('(').map(|(open, _)| &whole[open + 1..]);
        let days = opened.filter_map(|aside| day_entered(aside.split_once(')')?.0, piece));
        days.map(|day| (at, day)).collect::<Vec<_>>()
    });
    let (at, day) = told.max_by_key(|(_, day)| day.date.as_ref().map(ToString::to_string))?;
    Some(Claim::new("day in brackets behind a heading", Field::Date, Value::Date(day), at..at + 1))
}

/// Whether a line ends in brackets that tell on which day something came in.
pub(super) fn ends_in_entry(line: &str, piece: &Piece<'_>) -> bool {
    let inner = line.trim_end_matches('.').strip_suffix(')');
    let aside = inner.and_then(|inner| inner.rsplit_once(" ("));
    aside.is_some_and(|(_, aside)| day_entered(aside, piece).is_some())
}

/// The whole day behind a word for what comes in: `received 9 May 1931`.
fn day_entered(aside: &str, piece: &Piece<'_>) -> Option<dates::Reading> {
    static WORDS: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.entered));
    let mut days = WORDS.ends(piece.scope, aside).filter_map(|end| {
        let day = aside[end..].strip_prefix([' ', ':'])?;
        dates::date_line(day.trim(), piece.order).map(|dated| dated.reading)
    });
    days.find(dates::Reading::is_whole_day)
}

/// `(Signed) Ida Holm`, or her name and her office, above a day, where the text goes on: what an edition or a site adds
/// below them is not what she signed.
fn signed_above_day(piece: &Piece<'_>) -> Option<Claim> {
    if piece.layout.closing.is_some() || piece.layout.salutation.is_some() {
        return None;
    }
    let mut signed = (0..piece.lines.len()).filter_map(|at| {
        let line = piece.lines[at].text;
        let marked = marked_name(line, piece.scope).or_else(|| behind_mark(line, piece));
        let mut below = piece.lines[at + 1..].iter().filter(|line| !line.is_blank());
        let name = marked.or_else(|| above_office(line, at, &mut below, piece))?;
        let dated = is_day(below.next()?, piece);
        dated.then_some((at, plausible::without_titles(name).to_owned()))
    });
    let (at, name) = signed.next()?;
    let person =
        names::judge(&name) == Named::Person && plausible::person(&name, piece.scope) >= 40;
    if !person || signed.next().is_some() {
        return None;
    }
    let mention = Mention {
        person: Some(piece.writing.person(&name)),
        line: piece.number(at),
        ..Mention::default()
    };
    let list = Value::Parties(vec![mention]);
    Some(Claim::new("signed above the day", Field::Signers, list, at..at + 1))
}

/// The name below a text that has its office, and mostly its body, below it, each in a line: these are passed.
fn above_office<'l, 'p>(
    line: &'l str,
    at: usize,
    below: &mut (impl Iterator<Item = &'p Line<'p>> + Clone),
    piece: &Piece<'_>,
) -> Option<&'l str> {
    let told =
        |above: &Line<'_>| !text::has_at_most(above.text, 12) && text::ends_sentence(above.text);
    let named = text::has_at_most(line, 5) && names::judge(line) == Named::Person;
    if !named || !piece.lines[..at].iter().any(told) {
        return None;
    }
    let office = |line: &&Line<'_>| {
        text::has_at_most(line.text, 10) && names::judge(line.text) == Named::Role
    };
    let body = |line: &&Line<'_>| {
        text::has_at_most(line.text, 10) && names::judge(line.text) == Named::Organization
    };
    below.next().filter(office)?;
    if below.clone().next().is_some_and(|line| body(&line)) {
        below.next();
    }
    Some(line)
}

/// The last line, a bare name, of a text that its title says to be hers: `Open letter of Ida Holm to the harbour`.
fn named_in_title(piece: &Piece<'_>) -> Option<Claim> {
    static OF: LazyLock<[ScopedPhrases; 3]> = LazyLock::new(|| {
        [
            ScopedPhrases::of(|l| l.by),
            ScopedPhrases::of(|l| l.from),
            ScopedPhrases::of(|l| l.of_body),
        ]
    });
    if piece.layout.closing.is_some() || piece.layout.salutation.is_some() {
        return None;
    }
    let title = piece.head.title.as_deref()?;
    let at = piece.lines.iter().rposition(|line| !line.is_blank())?;
    let name = piece.lines[at].text;
    let count = text::word_count(name);
    let person = (2..=4).contains(&count)
        && matches!(names::judge(name), Named::Person | Named::Unknown)
        && plausible::person(name, piece.scope) >= 20;
    let words: Vec<&str> = title.split(' ').filter(|_| person).collect();
    let same = |window: &[&str]| slugify(&window.join(" ")) == slugify(name);
    let place = words.windows(count.max(1)).position(same)?;
    let word = words[place.checked_sub(1)?];
    let hers = OF.iter().any(|words| words.end(piece.scope, word, str::is_empty).is_some());
    let mention = Mention {
        person: Some(piece.writing.person(name)),
        line: piece.number(at),
        ..Mention::default()
    };
    let list = Value::Parties(vec![mention]);
    let claim = || Claim::new("last line that the title names", Field::Signers, list, at..at + 1);
    hers.then(claim)
}

/// `Ida Holm` of `(Signed) Ida Holm`.
fn behind_mark<'l>(line: &'l str, piece: &Piece<'_>) -> Option<&'l str> {
    let end = line.find([')', ']'])? + 1;
    let marked = line.starts_with(['(', '[']);
    let marked = marked && parties::is_mark_of_signing(&line[..end], piece.scope);
    marked.then(|| line[end..].trim_start_matches([':', ' ']))
}

/// Whether a line is a whole day and nothing more.
fn is_day(line: &Line<'_>, piece: &Piece<'_>) -> bool {
    let dated = dates::date_line(line.text, piece.order);
    text::has_at_most(line.text, 8) && dated.is_some_and(|dated| dated.reading.is_whole_day())
}
