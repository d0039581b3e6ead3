//! Lines of the head that may be the title where no word and no mark tells: of all of them, the one that looks most
//! like a heading.

use std::ops::Range;
use std::sync::LazyLock;

use super::Reader;
use super::title::title_text;
use crate::ingest::dates;
use crate::ingest::evidence::{plausible, weigh};
use crate::ingest::layout::is_bullet;
use crate::ingest::lexicon::{DIRECTED, SMALL_WORDS, SPEAKERS, Scope, ScopedWords};
use crate::ingest::marks;
use crate::ingest::names::{self, Named};
use crate::ingest::parties;
use crate::ingest::rules::address;

use crate::ingest::split;
use crate::ingest::text::{self, Line};

/// How many free lines are looked at.
const LINES: usize = 24;
/// Longest title, in words.
const WORDS: usize = 45;

impl Reader<'_> {
    /// The lines of the head from one on that look most like a title; of equals, the first. Below the line that is
    /// `dated`, if one is given, a headline is more likely than above it.
    pub(super) fn best(&self, from: usize, dated: Option<usize>) -> Option<Range<usize>> {
        let scope = self.writing.scope;
        let range = from..self.layout.head.end.max(from);
        let free: Vec<usize> = range.filter(|&i| self.is_free(i)).take(LINES).collect();
        let begins = |at: usize| !NO_TITLE.iter().any(|objects| objects(self.lines, at, scope));
        let mut found: Vec<(i32, Range<usize>)> = Vec::new();
        for (place, &at) in free.iter().enumerate().filter(|(_, at)| begins(**at)) {
            let inside = found.last().is_some_and(|(_, lines)| lines.contains(&at));
            if inside {
                continue;
            }
            let whole = at..self.end_of_title(at);
            let by_place = weigh(&[
                // What goes on below a heading is a second one.
                (at > from && free.contains(&(at - 1)), -12),
                // Where a place and a date part two lines, the upper one tells who gives the text out.
                (dated.is_some_and(|dated| at > dated), 20),
            ]);
            let early = 3 * i32::try_from(place).unwrap_or_default();
            let score = score(self.lines, &whole, free.len(), scope) + by_place - early;
            found.push((score, whole));
        }
        let best = found.iter().map(|(score, _)| *score).max().filter(|score| *score > -20)?;
        found.into_iter().find(|(score, _)| *score == best).map(|(_, lines)| lines)
    }

    /// Where a title that begins in a line ends.
    fn end_of_title(&self, at: usize) -> usize {
        let (lines, scope) = (self.lines, self.writing.scope);
        let last = self.layout.head.end;
        let caps = text::is_caps(lines[at].text);
        let stops = |&i: &usize| {
            let line = lines[i].text;
            let set_apart = !self.is_free(i) || is_note(line, scope) || line == lines[at].text;
            let another = if caps { !text::is_caps(line) } else { is_second(lines, i, scope) };
            set_apart || another || names_another(line, caps, scope)
        };
        let end = (at + 1..last).find(stops).unwrap_or(last);
        if text::has_at_most(&title_text(&lines[at..end]), WORDS) { end } else { at + 1 }
    }
}

/// Whether the line with an index has a sign.
type Sign = fn(&[Line<'_>], usize, Scope) -> bool;

/// What no title begins with.
const NO_TITLE: &[Sign] = &[
    |lines, at, _| is_row(lines, at),
    is_row_of_case,
    is_sentence,
    |lines, at, scope| names_somebody(lines[at].text, scope),
    |lines, at, _| is_table(lines[at].text) || lines[at].text.starts_with(['(', '>']),
    |lines, at, scope| is_directed(lines[at].text, scope),
    |lines, at, _| is_bullet(lines[at].text) || is_labelled_day(lines[at].text),
    |lines, at, scope| is_edition(lines[at].text, scope),
    |lines, at, scope| is_list_of_parts(lines[at].text, scope),
    |lines, at, _| goes_on_from_day(lines[at].text) || is_path(lines[at].text),
    |lines, at, _| is_code(lines[at].text),
    |lines, at, _| is_korean_row(lines[at].text) || names::ends_in_code(lines[at].text),
];

/// `For Release: 09:00, Wednesday, 17 July 2013`: a label, and a day with its hour.
fn is_labelled_day(line: &str) -> bool {
    let Some((label, rest)) = line.split_once(": ") else { return false };
    text::has_at_most(label, 3)
        && text::has_at_most(rest, 6)
        && dates::find(rest, None).iter().any(|found| found.reading.is_whole_day())
}

/// `진정인 : 서말순`: a row of a form, by the space before its colon.
fn is_korean_row(line: &str) -> bool {
    let label = line.split_once(" : ").map_or("", |(label, _)| label);
    text::is_hangul(label)
        && (text::has_at_most(label, 1) || label.split(' ').all(|w| text::length(w) == 1))
}

/// `사건  2011노1234`, `변호인  변호사 강하늘`: a row at the head of a Korean court's decision, by its label. A label with
/// one space behind it counts beside another row.
pub(super) fn is_row_of_case(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    let label = |i: usize| lines.get(i).and_then(|line| label_of_case(line.text, scope));
    match label(at) {
        Some(set_apart) => {
            let beside = || at.checked_sub(1).and_then(label).or_else(|| label(at + 1)).is_some();
            set_apart || beside()
        }
        None => false,
    }
}

/// Whether a colon, a gap or a number sets the label of a Korean case apart, if a line begins with one.
fn label_of_case(line: &str, scope: Scope) -> Option<bool> {
    static LABELS: LazyLock<[ScopedWords; 3]> = LazyLock::new(|| {
        let of = ScopedWords::of;
        [of(|l| l.court_labels), of(|l| l.case_labels), of(|l| l.sides)]
    });
    if !text::is_hangul(line) {
        return None;
    }
    let end = line.find([' ', '\t', ':', '：'])?;
    let rest = &line[end..];
    let known = LABELS.iter().any(|labels| labels.has(scope, &line[..end]));
    let number = rest.trim_start().starts_with(|c: char| c.is_ascii_digit());
    let set_apart = number || rest.trim_start().starts_with([':', '：']) || rest.starts_with("  ");
    known.then_some(set_apart || rest.starts_with('\t'))
}

/// `Archive > Lists`: where a page is in its site.
pub(super) fn is_path(line: &str) -> bool {
    let steps = || [" > ", " » ", " › "].iter().flat_map(|sign| line.match_indices(sign));
    text::has_at_most(line, 8) && steps().next().is_some() && !text::ends_sentence(line)
}

/// `14 March 2019 in News by admin`: a whole day, and what a page says beside it.
pub(super) fn goes_on_from_day(line: &str) -> bool {
    let Some(found) = dates::find(line, None).into_iter().next() else { return false };
    let rest = line[found.range.end..].trim_start();
    let goes_on = text::starts_lower(rest) || rest.starts_with(['|', '·']);
    found.range.start == 0 && found.reading.is_whole_day() && goes_on && text::has_at_most(line, 12)
}

/// `Contents`, `In this issue`: the heading of a list of what follows.
fn is_list_of_parts(line: &str, scope: Scope) -> bool {
    static LISTS: LazyLock<[ScopedWords; 2]> =
        LazyLock::new(|| [ScopedWords::of(|l| l.contents), ScopedWords::of(|l| l.issue_contents)]);
    LISTS.iter().any(|list| list.has_any_case(scope, line.trim_end_matches(':')))
}

/// `Second Edition`, `3. Auflage`: which edition of a book it is.
pub(super) fn is_edition(line: &str, scope: Scope) -> bool {
    static EDITIONS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.edition_ends));
    let last = line.split(' ').next_back().unwrap_or_default().trim_end_matches(['.', ',']);
    (2..=3).contains(&text::word_count(line)) && EDITIONS.has_any_case(scope, last)
}

/// Whether a line below a heading is a remark in brackets, a symbol, a number of a file.
fn is_note(line: &str, scope: Scope) -> bool {
    line.starts_with('(') || marks::is_reference(line, scope) || is_code(line)
}

/// Whether a line differs from the one above it as a second heading does, or names who wrote the text.
fn is_second(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    let line = lines[at].text;
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
pub(super) fn is_code(line: &str) -> bool {
    let coded = |w: &str| w.contains('/') && digits(w) > 0 || w.contains('*') && digits(w) > 3;
    text::has_at_most(line, 4) && line.split(' ').any(coded) || is_number_in_capitals(line)
}

/// `S. HRG. 108-404`
fn is_number_in_capitals(line: &str) -> bool {
    let pair = |w: &str| w.split_once('-').is_some_and(|(a, b)| digits(a) > 1 && digits(b) > 1);
    text::is_caps(line)
        && line.contains('.')
        && text::has_at_most(line, 4)
        && line.split(' ').any(pair)
}

fn digits(word: &str) -> usize {
    word.bytes().filter(u8::is_ascii_digit).count()
}

/// Whether a line begins as one that names the addressee does.
fn is_directed(line: &str, scope: Scope) -> bool {
    DIRECTED.end(scope, line, |rest| rest.starts_with(' ')).is_some()
        || address::is_styled_office(line, scope)
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
    let body = |part: &str| {
        let first = part.split(' ').next().unwrap_or_default();
        names::judge(part) == Named::Organization && !SMALL_WORDS.has_any_case(scope, first)
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
    let words = text::word_count(&whole);
    if words > WORDS {
        return -40;
    }
    let hangul = text::is_hangul(&whole) && text::length(&whole) >= 6;
    let formed = (words >= 3 || hangul) && !first.ends_with([',', ':']);
    let short = words == 2 && free > 2 && !text::ends_sentence(&whole);
    let by_form = match (formed, short) {
        (true, _) => 20,
        (_, true) => 0,
        _ => -40,
    };
    let alone = (range.start == 0 || lines[range.start - 1].is_blank())
        && lines.get(range.end).is_none_or(Line::is_blank);
    let numbers = whole.split(' ').filter(|w| w.bytes().any(|b| b.is_ascii_digit())).count();
    let signs = [
        (alone, 6),
        (text::is_caps(&whole), 6),
        (numbers > 2, -14),
        (is_enumeration(&whole, first), -24),
        (has_short_label(first), -16),
        (numbers * 2 >= words, -24),
        (marks::kind_of_title(&whole, scope).is_some_and(|kind| kind != "letter"), 8),
        (plausible::names_picture(&whole, scope), -16),
    ];
    let by_name = score_of_name(&whole, first, words, scope);
    by_form + by_name + weigh(&signs) + plausible::title(&whole, scope) / 4
}

/// Whether a few words and a colon begin a line.
fn has_short_label(line: &str) -> bool {
    let label = line.split([':', '：']).next().unwrap_or_default();
    marks::is_any_label(line) && text::has_at_most(label, 4)
}

/// A line of small words with several commas tells something.
fn is_enumeration(whole: &str, first: &str) -> bool {
    whole.matches(", ").count() > 2 && !is_headed(first) && !text::is_caps(first)
}

/// What the name of an office or of a body in it says for or against a title of so many words.
fn score_of_name(whole: &str, first: &str, words: usize, scope: Scope) -> i32 {
    match names::judge(whole) {
        Named::Role if words <= 4 || names_holder(first, scope) => -60,
        Named::Role => -12,
        Named::Organization if plausible::has_quoted_clause(whole) => 0,
        Named::Organization if words > 2 && ends_in_meeting(whole, scope) => 0,
        Named::Organization if is_several_bodies(whole, scope) => -60,
        Named::Organization if words <= 7 && !is_headline(whole, scope) => -60,
        Named::Organization => -2,
        Named::Unknown if is_list_of_names(whole) => -20,
        _ => 0,
    }
}

/// `Student Council Meeting`: what a body held, not the body.
fn ends_in_meeting(whole: &str, scope: Scope) -> bool {
    marks::names_meeting(whole.rsplit(' ').next().unwrap_or_default(), scope)
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
        Named::Person => plausible::person(line, scope) > -30 && !is_of_unknown_words(line),
        Named::Address => !plausible::counts(line),
        Named::Contact | Named::Country => true,
        _ => false,
    }
}

/// `COASTAL-INLAND RELATIONS`, `Enforced Disappearances`: two long words or capitals, and none of the words is known of
/// people.
fn is_of_unknown_words(line: &str) -> bool {
    let long = text::word_count(line) == 2 && line.split(' ').all(|w| text::length(w) > 6);
    let known = |w: &str| {
        let bare = w.trim_matches(|c: char| !c.is_alphabetic());
        bare.chars().count() < 3
            || names::knowledge::is_given(bare).is_some()
            || names::knowledge::is_family(bare).is_some()
    };
    (long || text::is_caps(line)) && !line.split([' ', '-']).any(known)
}

/// Whether a line is one of several with labels: `Minutes: J. Reed` among those of a meeting.
pub(in crate::ingest::rules) fn is_row(lines: &[Line<'_>], at: usize) -> bool {
    let near = || at.checked_sub(1).into_iter().chain([at + 1]);
    let labelled = |i: usize| lines.get(i).is_some_and(|l| marks::is_any_label(l.text));
    // A headline that is there twice is no row.
    let another = |i: usize| labelled(i) && lines[i].text != lines[at].text;
    labelled(at) && near().any(another)
}

/// What running text has, and no heading.
const RUNNING: &[Sign] = &[
    |lines, at, _| lines[at].text.ends_with([':', ',']) || lines[at].text.contains("://"),
    |lines, at, _| text::starts_lower(lines[at].text),
    // `STATE OF TANNMARK     )`: a caption is drawn with brackets.
    |lines, at, _| lines[at].text.matches(')').count() > lines[at].text.matches('(').count(),
    |lines, at, scope| begins_with_speaker(lines[at].text, scope),
    // It goes on in the next line.
    |lines, at, _| lines.get(at + 1).is_some_and(|l| text::starts_lower(l.text)),
    |lines, at, _| lines.get(at + 1).is_some_and(|l| is_item_in_clause(l.text)),
    goes_on_below,
    is_counted_item,
    |lines, at, _| is_statement(lines[at].text),
    is_below_part,
    |lines, at, _| is_full_line(lines, at),
];

/// Whether a line is running text.
pub(super) fn is_sentence(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    RUNNING.iter().any(|is_sign| is_sign(lines, at, scope))
}

/// One of the full lines of a paragraph in Hangul, which has no small letters to tell that a sentence goes on: it is as long
/// as the others, and the last of them ends a sentence.
fn is_full_line(lines: &[Line<'_>], at: usize) -> bool {
    let line = lines[at].text;
    let above = lines[..at].iter().rev().take_while(|line| !line.is_blank());
    let below = lines[at + 1..].iter().take_while(|line| !line.is_blank());
    let Some(last) = below.clone().last() else { return false };
    let longest = above.chain(below).map(|line| text::length(line.text)).max().unwrap_or(0);
    text::is_hangul(line)
        && text::ends_sentence(last.text)
        && text::length(line) >= 20
        && text::length(line) * 5 >= longest * 4
}

/// Whether the sentence goes on across a blank line, in lines that end with commas: `There appears the mason`, and below
/// it `Ada Quill,` / `born in 1907,`.
fn goes_on_below(lines: &[Line<'_>], at: usize, _: Scope) -> bool {
    let mut below = lines[at + 1..].iter().filter(|l| !l.is_blank());
    let named = below.next().is_some_and(|l| l.text.ends_with(','));
    let next = below.next();
    named && next.is_some_and(|l| text::starts_lower(l.text)) && !text::is_caps(lines[at].text)
}

/// An item of a list that goes on with the sentence above it: `- told the owners`.
fn is_item_in_clause(line: &str) -> bool {
    let item = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    is_bullet(line) && text::starts_lower(item)
}

fn begins_with_speaker(line: &str, scope: Scope) -> bool {
    let first = line.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
    SPEAKERS.has_any_case(scope, first)
}

/// `1. The council met.`, but for a heading with its number alone at the top.
fn is_counted_item(lines: &[Line<'_>], at: usize, _: Scope) -> bool {
    let line = lines[at].text;
    let heads = || {
        let below = lines.get(at + 1).is_some_and(Line::is_blank);
        below && lines[..at].iter().all(Line::is_blank)
    };
    line.starts_with(|c: char| c.is_ascii_digit()) && line.contains(". ") && !heads()
}

/// What is below the heading of a part of a Korean judgment is its text.
fn is_below_part(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    let part = |line: &Line<'_>| {
        text::is_hangul(line.text) && marks::judgment_part(line.text, scope).is_some()
    };
    // The title of a judgment may be one of these words, right above what is judged.
    lines[..at].iter().filter(|line| part(line)).nth(1).is_some()
        || lines[..at].iter().rfind(|l| !l.is_blank()).is_some_and(part)
}

fn is_statement(line: &str) -> bool {
    let bare = line.trim_end_matches(['"', '”', '“', '»', '’', '\'']);
    text::ends_sentence(line) && !bare.ends_with(['?', '!']) && !text::has_at_most(line, 4)
}
