//! The lines below the text, judged once: leave-taking, names, addresses, marks beside them.

use std::sync::LazyLock;

use super::super::dates;
use super::super::evidence::plausible;
use super::super::layout::Layout;
use super::super::lexicon::{self, DIRECTED, Scope, VALEDICTION};
use super::super::marks;
use super::super::names::{self, Named};
use super::super::parties;
use super::super::text::{self, Line, bytes};
use super::Piece;
use super::address::behind_last_title;
use crate::config::DateOrder;

/// How many lines at the end are looked at.
const LINES: usize = 24;

/// What a line is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// Running text.
    Prose,
    /// It takes leave: a name follows.
    Closing,
    /// It names whom the document is to.
    Directed,
    /// A date, a place and a date.
    Dated,
    /// A street, a town, a number by which somebody is reached.
    Address,
    /// A mark of an office, a typist, a witness; a symbol, a number.
    Mark,
    /// It begins a list of copies, of what is enclosed, or notes.
    After,
    /// Nothing that the line alone says.
    Free,
}

/// The judged lines, first to last.
#[derive(Debug, Default)]
pub(super) struct Foot {
    pub lines: Vec<(usize, Role)>,
}

impl Foot {
    /// Judges the last lines after the salutation.
    pub(super) fn of(
        lines: &[Line<'_>],
        layout: &Layout,
        order: Option<DateOrder>,
        scope: Scope,
    ) -> Self {
        let from = layout.salutation.map_or(layout.head.end, |s| s + 1);
        let filled: Vec<usize> = (from..lines.len()).filter(|&i| !lines[i].is_blank()).collect();
        let last = filled.len().saturating_sub(LINES);
        let mut leaves = lines[..from]
            .iter()
            .rfind(|l| !l.is_blank())
            .is_some_and(|l| takes_leave(l.text, scope));
        let judged = filled.iter().enumerate().filter_map(|(n, &i)| {
            let line = &lines[i];
            let after_leave = std::mem::replace(&mut leaves, takes_leave(line.text, scope));
            let names = after_leave && !line.is_prose() && text::has_at_most(line.text, 6);
            // A closing with its name may be above postscripts.
            let may_count = n >= last || names || leaves;
            let role = may_count.then(|| role(line, leaves, order, scope))?;
            (n >= last || names || role == Role::Closing).then_some((i, role))
        });
        Self { lines: judged.collect() }
    }

    /// The judged line above one, but for a date that is between them: `Your servant, / Leith, 3 May / Ada Quill`.
    pub(super) fn above_dates(&self, k: usize) -> Option<usize> {
        self.lines[..k].iter().rposition(|(_, role)| *role != Role::Dated)
    }

    /// The role of a line, if it was judged.
    pub(super) fn role(&self, at: usize) -> Option<Role> {
        self.lines.iter().find(|(i, _)| *i == at).map(|(_, role)| *role)
    }
}

fn role(line: &Line<'_>, leaves: bool, order: Option<DateOrder>, scope: Scope) -> Role {
    let text = line.text;
    if dates::date_line(text, order).is_some() {
        return Role::Dated;
    }
    if marks::copied(text, scope).is_some()
        || marks::is_enclosure(text, scope)
        || marks::is_notes_heading(text, scope)
    {
        return Role::After;
    }
    if leaves {
        return Role::Closing;
    }
    let long_address =
        || directed(text, scope).is_some_and(|rest| behind_last_title(rest, scope).is_some());
    if line.is_prose() && !text::has_at_most(text, 12) && !long_address() {
        return Role::Prose;
    }
    if is_mark(text, scope) {
        return Role::Mark;
    }
    if directed(text, scope).is_some()
        || is_direction(text, scope)
        || is_addressed_office(text, scope)
    {
        return Role::Directed;
    }
    match names::is_place_or_contact(text) || names::is_town(text) {
        true => Role::Address,
        false if line.is_prose() => Role::Prose,
        false => Role::Free,
    }
}

/// What takes leave.
const LEAVE: &[fn(&str, Scope) -> bool] =
    &[marks::is_closing, marks::is_closing_sentence, ends_in_leave, has_word_of_leave];

/// Whether a line takes leave, or a sentence ends in words that do.
pub(super) fn takes_leave(line: &str, scope: Scope) -> bool {
    LEAVE.iter().any(|takes_leave| takes_leave(line, scope))
}

/// Whether a line that may be cut within its words of leave-taking ends in one, or begins with one of several.
fn has_word_of_leave(line: &str, scope: Scope) -> bool {
    let bare = line.trim_end_matches(|c: char| " ,;:–—-".contains(c));
    let within = bare.trim_end_matches(['.', '!']);
    let last = within.rsplit(|c: char| c.is_whitespace()).next().unwrap_or_default();
    let ends = is_leave(last, scope);
    // Most lines neither end nor begin in such a word.
    if !ends && !text::words(within).next().is_some_and(|first| takes_leave_by(first, scope)) {
        return false;
    }
    let short = text::has_at_most(bare, 12);
    if !short && is_whole(line, bare, scope) {
        return false;
    }
    text::has_at_most(within, 9) && is_of_leave(within, scope)
        || ends && !(short && within.contains(['?', ':']))
}

/// Whether a word, without the signs around it, takes leave.
fn takes_leave_by(word: &str, scope: Scope) -> bool {
    is_leave(word.trim_matches(|c: char| !c.is_alphabetic()), scope)
}

/// "I am always yours." may end a sentence; in a long text only an open end takes leave. `bare` is the line without
/// the signs at its end.
fn is_whole(line: &str, bare: &str, scope: Scope) -> bool {
    let unsigned = line == bare && text::has_at_most(line, 40);
    text::ends_sentence(line) || unsigned && !goes_open(bare, scope)
}

/// Whether a short line begins with a word of leave-taking and has another: `Uw liefhebbende broeder van ouds`.
fn is_of_leave(line: &str, scope: Scope) -> bool {
    let leave = |w: &&str| takes_leave_by(w, scope);
    let words: Vec<&str> = text::words(line).collect();
    words.first().is_some_and(leave) && words.iter().filter(|w| leave(w)).count() > 1
}

/// Whether the last sentence of a paragraph takes leave: `… so viel für heute. Leben Sie wohl.`
fn ends_in_leave(line: &str, scope: Scope) -> bool {
    let bare = line.trim_end_matches(|c: char| " ,;:–—-.!".contains(c));
    let Some(at) = bare.rfind(['.', '!', '?', '–', '—']) else { return false };
    let last = bare[at..].trim_start_matches(|c: char| !c.is_alphanumeric());
    last.starts_with(char::is_uppercase)
        && text::has_at_most(last, 6)
        && !text::has_at_most(last, 1)
        && marks::is_closing(last, scope)
}

/// Whether a word takes leave.
pub(super) fn is_leave(word: &str, scope: Scope) -> bool {
    VALEDICTION.has_any_case(scope, word)
}

/// Whether a long line ends in the midst of a phrase of leave-taking.
fn goes_open(line: &str, scope: Scope) -> bool {
    let words = line.rsplit(char::is_whitespace).take(6);
    words.filter(|w| is_leave(w.trim_matches(|c: char| !c.is_alphabetic()), scope)).count() >= 2
}

/// What follows the words of leave-taking on their own line: `Most sincerely yours M. R. Mitford.`
pub(super) fn after_leave(line: &str, scope: Scope) -> Option<(usize, &str)> {
    let leave = line.split_whitespace().rev().take(6).find(|w| takes_leave_by(w, scope))?;
    let after = &line[text::offset(leave, line) + leave.len()..];
    // "Your obt Servant", "ganz der Ihrige": what the writer is to the reader.
    let short = line.split_whitespace().take(9).count() <= 8;
    let own = |w: &str| short && (w.starts_with(char::is_lowercase) || plausible::is_kin(w, scope));
    let start = text::offset(after.split_whitespace().find(|w| !own(w))?, line);
    let name = before_office(line[start..].trim());
    let likely = plausible::person(name.trim_end_matches(['.', ',']), scope);
    let alone = text::has_at_most(name, 1);
    // Of a short line the last word is a name, though nothing is known of it.
    let fits = if alone { short && (likely >= -10 || is_town_by_name(name)) } else { likely > 0 };
    (fits || plausible::is_initials(name) && short).then_some((start, name))
}

/// The words before a mark that somebody signed with their own hand: `Ada Quill m.p., Rector`.
pub(super) fn with_own_hand(line: &str) -> Option<&str> {
    let hand = |w: &str| lexicon::has(&OWN_HAND, w.trim_matches(['.', ',', '(', ')']));
    let at = text::words(line).skip(1).find(|w| hand(w))?.as_ptr() as usize;
    Some(line[..at - line.as_ptr() as usize].trim_end_matches([' ', ',']))
}

static OWN_HAND: LazyLock<lexicon::Words> = LazyLock::new(|| names::listed("own_hand"));

/// A name without the office behind it: `Karl Quill Superintendent`, `Dr. A. Reed k.k. Professor`.
pub(super) fn before_office(name: &str) -> &str {
    let name = with_own_hand(name).unwrap_or(name);
    let office = |w: &&str| {
        let bare = w.trim_end_matches([',', '.']).to_lowercase();
        names::is_role_word(&bare) || bare == "k.k" || bare == "k"
    };
    let Some(at) = text::words(name).skip(1).find(office) else { return name };
    if names::judge(name) == Named::Person {
        return name;
    }
    let before = name[..text::offset(at, name)].trim_end();
    let named = |name: &str| match names::judge(name) {
        Named::Person => true,
        Named::Unknown => !name.contains(' ') && name.starts_with(char::is_uppercase),
        _ => false,
    };
    if named(before) { before } else { name }
}

/// The line above the date on which whose paper it is has the family name of a line below the text:
/// `Dr. FELIX GALL / … / 18 September 1935` of `Dr. Gall`.
pub(super) fn on_paper(piece: &Piece<'_>, line: &str) -> Option<usize> {
    // "F. S. Webb, Manager." is printed on the sheets of his house.
    let name = line.trim_end_matches([',', ' ']);
    let family = family_name(name).filter(|f| text::length(f) > 2 && !name.contains(','))?;
    let family = family.to_lowercase();
    let date = piece.index(piece.head.date.as_ref()?.1);
    let start = piece.lines.iter().position(|l| !l.is_blank())?;
    let group = (start..date).take_while(|&i| !piece.lines[i].is_blank());
    let named = |i: &usize| {
        let line = piece.lines[*i].text;
        text::has_at_most(line, 6)
            && !line.contains([':', '['])
            && directed(line, piece.scope).is_none()
            && family_name(line).is_some_and(|name| name.to_lowercase() == family)
    };
    group.take(PAPER).find(named)
}

/// In how many lines of a letterhead its owner is named.
const PAPER: usize = 4;

/// The last word of what is before the first comma.
pub(super) fn family_name(line: &str) -> Option<&str> {
    let name = line.split(',').next().unwrap_or(line);
    let last = name.split_whitespace().next_back()?.trim_matches(|c: char| !c.is_alphanumeric());
    last.starts_with(char::is_uppercase).then_some(last)
}

/// Whether one word is the name of a town, and of people seldom.
pub(super) fn is_town_by_name(name: &str) -> bool {
    !name.contains(' ') && name.starts_with(char::is_uppercase) && names::is_city_only(name)
}

/// The name behind a word that directs a letter: `To Miss Webb`, `Al serenissimo principe di Venetia`.
pub(super) fn directed(line: &str, scope: Scope) -> Option<&str> {
    if let Some(name) = marks::directed_before(line, scope) {
        return Some(name);
    }
    if line.len() > 160 || !text::has_at_most(line, 18) {
        return None;
    }
    let bare = text::without_emphasis(line);
    let end = DIRECTED
        .end(scope, bare, |rest| rest.starts_with(|c: char| c.is_whitespace() || c == ':'))?;
    let rest = bare[end..].trim_start_matches([':', ' ', '\u{A0}']);
    // An edition's heading in capitals has a point and a mark of a note behind it: `TO ADA QUILL, AT NORTHMOUTH.[1]`
    let heading = if text::is_caps(bare) { without_note(rest) } else { rest };
    (begins_with_name(rest) && !is_running_text(heading)).then_some(heading)
}

/// A heading without the mark of a note and the point at its end.
fn without_note(heading: &str) -> &str {
    let mark = heading.rfind('[').filter(|at| heading.ends_with(']') && heading.len() - at < 6);
    heading[..mark.unwrap_or(heading.len())].trim_end_matches(['.', ' '])
}

/// Whether a text begins as a name does, with a capital, a particle, a title or an office.
fn begins_with_name(text: &str) -> bool {
    let (first, second) = text.split_once(' ').unwrap_or((text, ""));
    text.starts_with(char::is_uppercase)
        || names::is_particle(first) && second.starts_with(char::is_uppercase)
        || names::has_honorific(text)
        || is_office(text)
}

fn is_running_text(text: &str) -> bool {
    text.contains(['?', ';', '“', '"']) || text::ends_sentence(text) && !text::has_at_most(text, 8)
}

/// Whether a line is an office with its article and a comma, as addresses have it: `The Under Secretary,`
pub(super) fn is_addressed_office(line: &str, scope: Scope) -> bool {
    let bare = parties::without_article(line, scope);
    let office = bare.split(',').next().unwrap_or(bare);
    !line.starts_with(office)
        && line.contains(',')
        && text::has_at_most(line, 9)
        && is_office(office)
}

/// Whether a line has nothing but the word that directs a letter.
pub(super) fn is_direction(line: &str, scope: Scope) -> bool {
    let bare = line.trim_end_matches([':', ',', ' ']);
    bare.starts_with(char::is_uppercase)
        && bare.len() <= 28
        && DIRECTED.end(scope, bare, str::is_empty).is_some()
}

fn is_office(text: &str) -> bool {
    names::judge(text) == Named::Role
}

/// What a mark beside a signature is: a typist's initials, a number, a symbol, a mark of receipt.
const MARKS: &[fn(&str, Scope) -> bool] = &[
    |line, _| is_typists_initials(line),
    |line, _| !line.contains(char::is_alphabetic),
    |line, _| is_number(line),
    marks::is_reference,
    |line, _| dates::is_stamp(line),
    marks::is_delivery,
];

fn is_mark(line: &str, scope: Scope) -> bool {
    MARKS.iter().any(|is_mark| is_mark(line, scope))
}

fn letters(line: &str) -> usize {
    line.chars().filter(|c| c.is_alphabetic()).count()
}

/// `MRM/ek`, `HB:ls`
fn is_typists_initials(line: &str) -> bool {
    let initials = |part: &str| !part.is_empty() && part.chars().all(char::is_alphabetic);
    line.len() <= 10
        && letters(line) <= 6
        && line.split(['/', ':']).count() == 2
        && line.split(['/', ':']).all(initials)
}

/// Whether a line of the head is the mark of who dictated and who typed it: `Dr.S/Fa.`, `Sch/G/K`.
pub(super) fn is_dictation(line: &str) -> bool {
    line.contains('/')
        && line.len() <= 14
        && text::has_at_most(line, 2)
        && letters(line) <= 8
        && !line.split(['/', '.', ' ']).any(|part| text::length(part) > 4)
}

/// `No. 1123/B`
fn is_number(line: &str) -> bool {
    bytes::has_digit(line)
        && letters(line) <= 5
        && text::has_at_most(line, 5)
        && !text::is_hangul(line)
}
