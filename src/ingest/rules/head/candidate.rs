//! Lines of the head that may be the title where no word and no mark tells: of all of them, the one that looks most
//! like a heading.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::super::evidence::plausible;
use super::super::super::lexicon::{Scope, ScopedPhrases, ScopedWords};
use super::super::super::marks;
use super::super::super::names::{self, Named};
use super::super::super::parties;
use super::super::super::split;
use super::super::super::text::{self, Line};
use super::title::title_text;

/// How many free lines are looked at.
const LINES: usize = 24;
/// Longest title, in words.
const WORDS: usize = 45;

/// The lines of the range that look most like a title; of equals, the first. Below the line that is `dated`, if one is
/// given, a headline is more likely than above it.
pub(super) fn best(
    lines: &[Line<'_>],
    range: Range<usize>,
    taken: &[bool],
    dated: Option<usize>,
    scope: Scope,
) -> Option<Range<usize>> {
    let free: Vec<usize> =
        range.clone().filter(|&i| !lines[i].is_blank() && !taken[i]).take(LINES).collect();
    let begins = |i: &usize| {
        let line = lines[*i].text;
        if is_row(lines, *i) {
            return false;
        }
        !is_sentence(lines, *i, scope)
            && !names_somebody(line, scope)
            && !is_table(line)
            && !line.starts_with('(')
            && !is_directed(line, scope)
    };
    let mut found: Vec<(i32, Range<usize>)> = Vec::new();
    for (place, &at) in free.iter().enumerate().filter(|(_, i)| begins(i)) {
        let inside = found.last().is_some_and(|(_, lines)| lines.contains(&at));
        if inside {
            continue;
        }
        let whole = at..end(lines, at, range.end, taken, scope);
        let score = score(lines, &whole, free.len(), scope);
        // What goes on below a heading is a second one.
        let below = at > range.start && free.contains(&(at - 1));
        // Where a place and a date part two lines, the upper one tells who gives the text out.
        let parted = dated.is_some_and(|dated| at > dated);
        let score = score - i32::from(below) * 12 + i32::from(parted) * 20;
        let early = 3 * i32::try_from(place).unwrap_or_default();
        found.push((score - early, whole));
    }
    let best = found.iter().map(|(score, _)| *score).max().filter(|score| *score > -20)?;
    found.into_iter().find(|(score, _)| *score == best).map(|(_, lines)| lines)
}

/// Where a title that begins in a line ends.
fn end(lines: &[Line<'_>], at: usize, last: usize, taken: &[bool], scope: Scope) -> usize {
    let caps = text::is_caps(lines[at].text);
    let stops = |&i: &usize| {
        let line = lines[i].text;
        let set_apart = lines[i].is_blank() || taken[i] || is_note(line, scope);
        set_apart || begins_another(lines, i, caps, scope) || names_another(line, caps, scope)
    };
    let end = (at + 1..last).find(stops).unwrap_or(last);
    if text::has_at_most(&title_text(&lines[at..end]), WORDS) { end } else { at + 1 }
}

/// Whether a line below a heading is a remark in brackets, a symbol, a number of a file.
fn is_note(line: &str, scope: Scope) -> bool {
    line.starts_with('(') || marks::is_reference(line, scope) || is_code(line)
}

/// Whether a line differs from the one above it as a second heading does: by its capitals.
fn begins_another(lines: &[Line<'_>], at: usize, caps: bool, scope: Scope) -> bool {
    let line = lines[at].text;
    if caps {
        return !text::is_caps(line);
    }
    let second = is_headed(lines[at - 1].text) && !is_headed(line) && !text::starts_lower(line);
    second || split::is_byline(line, scope)
}

/// Whether a line below a heading names somebody, or a place.
fn names_another(line: &str, caps: bool, scope: Scope) -> bool {
    if !names_somebody(line, scope) || is_long(line) {
        return false;
    }
    // In capitals much has the form of a name.
    let person = names::judge(line) == Named::Person;
    !(caps && person) || plausible::person(line, scope) >= 20
}

/// `MLMSS 7478/Item 2`: a few words, one of them a number of a file.
fn is_code(line: &str) -> bool {
    let coded = |w: &str| w.contains('/') && w.bytes().any(|b| b.is_ascii_digit());
    text::has_at_most(line, 4) && line.split(' ').any(coded)
}

/// Whether a line begins as one that names the addressee does.
fn is_directed(line: &str, scope: Scope) -> bool {
    static DIRECTED: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.directed));
    DIRECTED.end(scope, line, |rest| rest.starts_with(' ')).is_some()
}

/// Whether a line names the holder of an office, with it.
fn names_holder(line: &str, scope: Scope) -> bool {
    text::has_at_most(line, 8) && parties::read_line(line, scope).person.is_some()
}

/// Whether the words of what may be a body's name are those of a sentence: small ones with a meaning, or many and none
/// of the small ones that long names have: `Town Council Opens Drawer Sealed Since 1958`.
fn is_headline(line: &str, scope: Scope) -> bool {
    let joined = line.split(' ').any(|w| w.starts_with(char::is_lowercase));
    plausible::is_phrase(line, scope)
        || !joined
            && !text::has_at_most(line, 5)
            && !text::is_caps(line)
            && scope == Scope::of("en")
}

/// `City Library, Library of the North`: bodies between commas, none of which begins as a sentence does.
fn is_several_bodies(line: &str, scope: Scope) -> bool {
    static SMALL: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.small_words));
    let body = |part: &str| {
        let first = part.split(' ').next().unwrap_or_default();
        names::judge(part) == Named::Organization && !SMALL.has_any_case(scope, first)
    };
    line.contains(", ") && line.split(", ").all(body)
}

/// Whether a line has more words than the name of a town or a country.
fn is_long(line: &str) -> bool {
    !text::has_at_most(line, 3) && names::judge(line) == Named::Country
}

/// Whether the long words of a line begin with capitals, as in English headlines.
fn is_headed(line: &str) -> bool {
    let long = || text::words(line).filter(|w| w.chars().count() > 4);
    long().nth(2).is_some() && long().all(|w| w.starts_with(char::is_uppercase))
}

/// How much lines look like a title.
fn score(lines: &[Line<'_>], range: &Range<usize>, free: usize, scope: Scope) -> i32 {
    let first = lines[range.start].text;
    let whole = title_text(&lines[range.clone()]);
    let alone = (range.start == 0 || lines[range.start - 1].is_blank())
        && lines.get(range.end).is_none_or(Line::is_blank);
    let words = text::word_count(&whole);
    let hangul = text::is_hangul(&whole) && text::length(&whole) >= 6;
    let formed = words >= 3 || hangul;
    let short = words == 2 && free > 2 && !text::ends_sentence(&whole);
    let mut score = match () {
        () if words > WORDS => return -40,
        () if formed && !first.ends_with([',', ':']) => 20,
        () if short => 0,
        () => -40,
    };
    score += i32::from(alone) * 6 + i32::from(text::is_caps(&whole)) * 6;
    score += match names::judge(&whole) {
        Named::Role if words <= 4 || names_holder(first, scope) => -60,
        Named::Role => -12,
        Named::Organization if is_several_bodies(&whole, scope) => -60,
        Named::Organization if words <= 7 && !is_headline(&whole, scope) => -60,
        Named::Organization => -2,
        Named::Unknown if is_list_of_names(&whole) => -20,
        _ => 0,
    };
    let kind = marks::kind_of_title(&whole, scope).is_some_and(|kind| kind != "letter");
    // A line of small words with several commas tells something.
    let tells = whole.matches(", ").count() > 2 && !is_headed(first) && !text::is_caps(first);
    let numbers = whole.split(' ').filter(|w| w.bytes().any(|b| b.is_ascii_digit())).count();
    score
        - i32::from(numbers > 2) * 14
        - i32::from(tells) * 24
        - i32::from(marks::is_any_label(first)) * 16
        + i32::from(kind) * 8
        + plausible::title(&whole, scope) / 4
}

/// `FIDH – LDH – ACAT-France`: short names between signs.
fn is_list_of_names(line: &str) -> bool {
    let mut signs = [" – ", " - ", " — ", " / ", " · ", ", "].into_iter();
    signs.any(|sign| {
        let short = |part: &str| text::has_at_most(part, 2) && !text::starts_lower(part);
        line.split(sign).count() > 2 && line.split(sign).all(short)
    })
}

/// Whether wide gaps, leaders or a margin of brackets part a line: a row of a table, of contents, of a case's caption.
fn is_table(line: &str) -> bool {
    text::cells(line).len() > 1
        || line.contains("....")
        || line.ends_with(')') && !line.contains('(')
}

/// Whether a line is a person, a place, or a way to reach somebody.
fn names_somebody(line: &str, scope: Scope) -> bool {
    match names::judge(line) {
        // Headings in capitals have the form of a name.
        Named::Person => plausible::person(line, scope) > -30,
        Named::Contact | Named::Address | Named::Country => true,
        _ => false,
    }
}

/// Whether a line is one of several with labels: `Minutes: J. Reed` among those of a meeting.
pub(in crate::ingest::rules) fn is_row(lines: &[Line<'_>], at: usize) -> bool {
    let near = || at.checked_sub(1).into_iter().chain([at + 1]);
    let labelled = |i: usize| lines.get(i).is_some_and(|l| marks::is_any_label(l.text));
    labelled(at) && near().any(labelled)
}

/// Whether a line is running text: by its end, by its first word, or because it goes on in the next line.
pub(super) fn is_sentence(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    static SPEAKERS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.speakers));
    let line = lines[at].text;
    let first = line.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    let speaks = SPEAKERS.has_any_case(scope, first);
    let goes_on = lines.get(at + 1).is_some_and(|l| text::starts_lower(l.text));
    let first_of_all = lines[..at].iter().all(Line::is_blank);
    let alone = first_of_all && lines.get(at + 1).is_some_and(Line::is_blank);
    let counted = line.starts_with(|c: char| c.is_ascii_digit()) && line.contains(". ") && !alone;
    let ends = line.ends_with([':', ',']) || line.contains("://");
    let stops =
        text::ends_sentence(line) && !line.ends_with(['?', '!']) && !text::has_at_most(line, 4);
    ends || text::starts_lower(line) || speaks || goes_on || counted || stops
}
