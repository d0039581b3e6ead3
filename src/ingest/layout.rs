//! The parts of one document: head, salutation, body, closing, signatures, copies, what follows.
//!
//! Comes in: the document's lines. Goes out: ranges of indices, no line in two parts. Reads no names.

mod undersigned;

use std::ops::Range;
use std::sync::LazyLock;

use super::dates;
use super::lexicon::{self, Scope, ScopedPhrases, ScopedWords};
use super::marks;
use super::names::{self, Named};
use super::parties;
use super::text::{self, Line};
use crate::config::DateOrder;

/// Where the parts of a document are; absent ones are empty ranges.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Layout {
    /// Letterhead, date, address, subject; of a page without them, its title and byline.
    pub head: Range<usize>,
    /// The salutation's line.
    pub salutation: Option<usize>,
    /// From the end of head and salutation to the closing.
    pub body: Range<usize>,
    /// The closing's line.
    pub closing: Option<usize>,
    /// Names of those who signed, without what follows them.
    pub signatures: Range<usize>,
    /// The addressee's address below the signature.
    pub foot_address: Range<usize>,
    /// The list of copies, with its label.
    pub copied: Range<usize>,
}

impl Layout {
    /// The same parts, counted from the first of so many lines above them, which belong to the head.
    pub(super) fn below(self, above: usize) -> Self {
        let moved = |range: Range<usize>| match range.is_empty() {
            true => range,
            false => range.start + above..range.end + above,
        };
        Self {
            head: 0..self.head.end + above,
            salutation: self.salutation.map(|at| at + above),
            body: self.body.start + above..self.body.end + above,
            closing: self.closing.map(|at| at + above),
            signatures: moved(self.signatures),
            foot_address: moved(self.foot_address),
            copied: moved(self.copied),
        }
    }

    /// Whether a line greets or takes leave, as in letters.
    pub(super) fn is_letter(&self) -> bool {
        self.salutation.is_some() || self.closing.is_some()
    }
}

/// Finds the parts.
pub(super) fn layout(lines: &[Line<'_>], order: Option<DateOrder>, scope: Scope) -> Layout {
    let salutation = salutation(lines, scope);
    let head_end = salutation.unwrap_or_else(|| head_end(lines, order, scope));
    let body_start = salutation.map_or(head_end, |s| s + 1);
    let closing = closing(lines, body_start, scope);
    let mut layout = Layout { head: 0..head_end, salutation, closing, ..Layout::default() };
    let tail = match closing {
        Some(c) => Some(below_telling(lines, c + 1, scope)),
        None => signed_heading(lines, body_start, scope)
            .map(|h| h + 1)
            .or_else(|| signed_inline(lines, body_start, scope))
            .or_else(|| bare_tail(lines, body_start, order, scope))
            .or_else(|| undersigned::list(lines, body_start, scope))
            .or_else(|| undersigned::columns(lines, body_start, scope))
            .or_else(|| bodies_below_date(lines, body_start, order)),
    };
    let Some(tail) = tail else {
        layout.body = body_start..lines.len();
        layout.copied = copied(lines, body_start, scope);
        return layout;
    };
    layout.body = body_start..closing.unwrap_or(tail).max(body_start);
    layout.copied = copied(lines, tail, scope);
    let end = signatures_end(lines, tail, order, scope);
    layout.foot_address = foot_address(lines, tail..end, salutation, scope);
    let end = if layout.foot_address.is_empty() { end } else { layout.foot_address.start };
    layout.signatures = tail..end;
    layout
}

/// The line from one on below those that only tell of the signatories.
fn below_telling(lines: &[Line<'_>], from: usize, scope: Scope) -> usize {
    let mut at = from;
    while let Some(next) = (at..lines.len()).find(|&i| !lines[i].is_blank())
        && tells_of_signatories(lines[next].text, scope)
        && next + 1 < lines.len()
    {
        at = next + 1;
    }
    at
}

/// The first line that greets, standing before the text proper.
fn salutation(lines: &[Line<'_>], scope: Scope) -> Option<usize> {
    let mut filled = 0;
    let mut prose = 0;
    for (i, line) in lines.iter().enumerate().filter(|(_, l)| !l.is_blank()) {
        filled += 1;
        if filled > 60 || prose > 1 {
            return None;
        }
        if is_address_above_greeting(lines, i, scope) {
            continue;
        }
        let title = filled == 1 && has_form_of_label(line.text);
        let by_words = !title && greets_the_reader(lines, i, scope);
        if by_words || prose == 0 && has_shape_of_greeting(lines, i, scope) {
            return Some(i);
        }
        prose += usize::from(line.is_prose() && marks::head_label(line.text, scope).is_none());
    }
    None
}

/// A Korean address in one line, above the greeting.
fn is_address_above_greeting(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    let mut next = lines[at + 1..].iter().filter(|l| !l.is_blank()).take(3);
    marks::directed_before(lines[at].text, scope).is_some()
        && next.any(|l| marks::is_salutation(l.text, scope))
}

/// Whether a line is one word, without the sign of a greeting.
fn has_form_of_label(line: &str) -> bool {
    text::word_count(line) < 2 && !line.ends_with([',', ':'])
}

/// Whether a line greets by its words, and is placed as a greeting is.
fn greets_the_reader(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    let above =
        || marks::directed_before(lines[at].text, scope).is_none() || is_above_text(lines, at);
    marks::is_salutation(lines[at].text, scope)
        && above()
        && (greets(lines, at, scope)
            || text::has_at_most(lines[at].text, 5) && is_above_text(lines, at))
}

/// `HARDING J:`: the judge whose opinion begins.
fn names_judge(line: &str) -> bool {
    static STYLES: LazyLock<lexicon::Words> = LazyLock::new(|| names::listed("styles_of_judges"));
    let bare = line.trim_end_matches([':', ',', ' ']);
    let parted = bare.rsplit_once(' ').filter(|_| text::is_caps(bare));
    parted.is_some_and(|(_, style)| STYLES.contains(style.replace('.', "").to_lowercase().as_str()))
}

/// Whether a line is alone above the text like a salutation, whatever its words.
fn has_shape_of_greeting(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    !names_judge(lines[at].text)
        && begins_group(lines, at)
        && marks::is_shaped_salutation(lines[at].text, scope)
        && is_above_prose(lines, at)
        && !ends_a_form(&lines[..at])
        && !is_of_speakers(lines, at)
}

/// Whether a name before a colon is one of several, each above what that person said: `Hadley:`.
fn is_of_speakers(lines: &[Line<'_>], at: usize) -> bool {
    let speaks = |line: &str| {
        line.ends_with(':') && line.starts_with(char::is_uppercase) && text::has_at_most(line, 2)
    };
    speaks(lines[at].text) && lines[at + 1..].iter().any(|l| speaks(l.text))
}

/// Whether the last written lines have labels, as those of a form do: a bare label below them greets nobody.
fn ends_a_form(above: &[Line<'_>]) -> bool {
    let last = above.iter().rev().filter(|l| !l.is_blank()).take(4);
    last.filter(|l| marks::is_any_label(l.text)).count() == 4
}

/// Whether no line, or a blank one, comes before.
fn begins_group(lines: &[Line<'_>], at: usize) -> bool {
    at == 0 || lines[at - 1].is_blank()
}

/// Whether running text is what comes next.
fn is_above_prose(lines: &[Line<'_>], at: usize) -> bool {
    lines[at + 1..].iter().find(|l| !l.is_blank()).is_some_and(|next| next.is_prose())
}

/// Whether running text comes next: prose, or short lines that go on in small letters, as a letter is written by hand.
fn is_above_text(lines: &[Line<'_>], at: usize) -> bool {
    let short = lines[at + 1..].iter().take_while(|l| !l.is_blank()).take(6).skip(1);
    is_above_prose(lines, at) || short.filter(|l| text::starts_lower(l.text)).count() >= 2
}

/// Whether a line that may be a salutation is placed as one: by its last sign, or alone above the text.
pub(super) fn greets(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    closed_by_sign(lines[at].text, scope)
        || lines.get(at + 1).is_some_and(Line::is_blank) && is_above_prose(lines, at)
}

/// Whether a salutation ends as most do; without its sign it must be alone above the text.
fn closed_by_sign(line: &str, scope: Scope) -> bool {
    text::without_emphasis(line).ends_with([',', ':', '!', ';', '—', '–', '-', '，', '.'])
        || text::is_hangul(line)
        || marks::greets_whom_it_concerns(line, scope)
}

/// Without a salutation, the head ends where prose or a list begins.
fn head_end(lines: &[Line<'_>], order: Option<DateOrder>, scope: Scope) -> usize {
    let filled: Vec<usize> = (0..lines.len()).filter(|&i| !lines[i].is_blank()).collect();
    let prose = text::prose(&lines[..filled.get(45).map_or(lines.len(), |i| i + 1)]);
    let mut titles = 0;
    for (k, &i) in filled.iter().enumerate() {
        let line = lines[i].text;
        let introduces = k > 0 && line.ends_with(':') && text::word_count(line) >= 8;
        if introduces || k > 40 {
            return i;
        }
        if is_field(line, order, scope) || marks::is_reference(line, scope) {
            continue;
        }
        titles += 1;
        if may_head(lines, i, k, titles) || heads_in_capitals(lines, i) {
            continue;
        }
        if heads_by_itself(lines, i, k, titles, scope) {
            continue;
        }
        // Text wrapped at a narrow margin: a paragraph of short lines is prose too.
        let wrapped = || k > 0 && is_wrapped_prose(lines, i);
        if prose.get(i).copied().unwrap_or(true) || is_bullet(line) || wrapped() {
            return i;
        }
    }
    lines
        .len()
        .min(last_label(lines, &filled, scope).or(filled.first().copied()).map_or(0, |f| f + 1))
}

/// A mail of one word has no prose; its head ends with its labels, if it has several.
fn last_label(lines: &[Line<'_>], filled: &[usize], scope: Scope) -> Option<usize> {
    let labelled = |i: &&usize| marks::head_label(lines[**i].text, scope).is_some();
    let mut labels = filled.iter().rev().filter(labelled).copied();
    let last = labels.next()?;
    labels.nth(1).map(|_| last)
}

/// Whether a line has a label of a head, or a date.
fn is_field(line: &str, order: Option<DateOrder>, scope: Scope) -> bool {
    marks::head_label(line, scope).is_some()
        || dates::date_line(line, order).is_some()
        || is_kind_and_day(line, order, scope)
}

/// Whether a short line begins with what was sent, and has a day: `Cablegram 214 HOLM, 3 May 1931, 6.40 p.m.`
fn is_kind_and_day(line: &str, order: Option<DateOrder>, scope: Scope) -> bool {
    /// More is in no such line.
    const WORDS: usize = 16;
    let sent = || marks::kind_before(line, scope).map(|(kind, _)| kind);
    line.bytes().any(|b| b.is_ascii_digit())
        && text::has_at_most(line, WORDS)
        && matches!(sent(), Some("letter" | "telegram" | "memorandum"))
        && !dates::find(line, order).is_empty()
}

fn is_title_like(line: &str) -> bool {
    text::has_at_most(line, 40) && !text::ends_sentence(line)
        || line.starts_with('#')
        || line.starts_with("**") && line.ends_with("**")
}

/// Whether a line that has the form of a title is where titles are: at the top; below dates and symbols; by itself.
fn may_head(lines: &[Line<'_>], at: usize, filled: usize, titles: usize) -> bool {
    let next = lines.get(at + 1);
    let goes_on = next.is_some_and(|l| text::starts_lower(l.text));
    let alone = lines[at.saturating_sub(1)].is_blank() && next.is_some_and(Line::is_blank);
    let placed = filled < 2 || titles == 1 && !goes_on || titles <= 3 && alone;
    placed && is_title_like(lines[at].text)
}

/// Whether a line is one of a short paragraph in capitals, and what follows is not in capitals.
fn heads_in_capitals(lines: &[Line<'_>], at: usize) -> bool {
    if !text::is_caps(lines[at].text) {
        return false;
    }
    let rest = || lines[at..].iter().skip_while(|l| !l.is_blank()).find(|l| !l.is_blank());
    let paragraph = lines[at..].iter().take_while(|l| !l.is_blank());
    let few = paragraph.clone().count() <= 5 && paragraph.clone().all(|l| text::is_caps(l.text));
    // A text without blank lines has its heading between others.
    let run = lines[at..].iter().take_while(|l| text::is_caps(l.text)).count();
    let within = (2..=5).contains(&run) && lines.iter().all(|l| !l.is_blank());
    within || few && rest().is_some_and(|next| !text::is_caps(next.text))
}

/// Whether a line that asks, calls, or tells who wrote to whom is by itself, as a headline may.
fn heads_alone(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    let line = lines[at].text;
    (line.ends_with(['?', '!']) || marks::exchange(line, scope).is_some())
        && text::has_at_most(line, 40)
        && lines.get(at + 1).is_some_and(Line::is_blank)
}

/// Whether a line by itself may be a headline, with so many written lines and titles above it.
fn heads_by_itself(
    lines: &[Line<'_>],
    at: usize,
    filled: usize,
    titles: usize,
    scope: Scope,
) -> bool {
    match filled {
        0 => heads_alone(lines, at, scope) || calls_itself(lines, at, scope),
        _ if titles == 1 && is_headline_below_fields(lines, at) => true,
        _ => filled < KINDS && (calls_itself(lines, at, scope) || is_in_heading(lines, at, scope)),
    }
}

/// Whether a line is one of a heading over several lines that says what the document is, and of which day:
/// `Minutes of the meeting of the board` / `held on 3 May 1931 at the Harbour Inn`.
fn is_in_heading(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    let start = lines[..at].iter().rposition(Line::is_blank).map_or(0, |blank| blank + 1);
    let paragraph: Vec<&str> =
        lines[start..].iter().take_while(|l| !l.is_blank()).map(|l| l.text).collect();
    let words: usize = paragraph.iter().map(|line| text::word_count(line)).sum();
    let (Some(first), Some(last)) = (paragraph.first(), paragraph.last()) else { return false };
    paragraph.len() <= 4
        && words <= 45
        && (!text::ends_sentence(last) || marks::ends_in_hour(last, scope))
        && paragraph.iter().any(|line| !dates::find(line, None).is_empty())
        && marks::kind_of_mark(first, scope) == Some("minutes")
}

/// How many written lines may be above a heading that names its kind.
const KINDS: usize = 14;

/// Whether a line by itself begins with what the document is, though it ends as a sentence does.
fn calls_itself(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    let alone = |i: Option<usize>| i.and_then(|i| lines.get(i)).is_none_or(Line::is_blank);
    // Beside it its number may be in a column of its own.
    let line = text::cells(lines[at].text).last().copied().unwrap_or(lines[at].text);
    alone(at.checked_sub(1))
        && alone(Some(at + 1))
        && text::has_at_most(line, 24)
        && (!text::ends_sentence(line) || text::is_caps(line) || text::has_at_most(line, 14))
        && matches!(
            marks::kind_of_title(line, scope),
            Some(
                "minutes" | "statement" | "press-release" | "resolution" | "judgment" | "interview"
            )
        )
}

/// Whether a line below nothing but dates and symbols is alone, and is no sentence, though it is long.
fn is_headline_below_fields(lines: &[Line<'_>], at: usize) -> bool {
    let line = lines[at].text;
    lines[at - 1].is_blank()
        && lines.get(at + 1).is_some_and(Line::is_blank)
        && text::has_at_most(line, 40)
        && !line.ends_with(['.', ',', ';', ':'])
        && line.starts_with(|c: char| {
            c.is_uppercase() || "\"“„«‘'[¡¿".contains(c) || text::is_hangul(line)
        })
}

fn is_wrapped_prose(lines: &[Line<'_>], at: usize) -> bool {
    let starts = at == 0 || lines[at - 1].is_blank();
    let paragraph: Vec<&str> =
        lines[at..].iter().take_while(|l| !l.is_blank()).map(|l| l.text).collect();
    starts
        && paragraph.len() >= 3
        && text::is_prose(&paragraph.join(" "))
        && paragraph.iter().filter(|l| text::length(l) > 40).count() * 2 > paragraph.len()
}

pub(super) fn is_bullet(line: &str) -> bool {
    let word = line.starts_with(|c: char| c.is_ascii_alphanumeric());
    !word && begins_with_bullet(line)
}

fn begins_with_bullet(line: &str) -> bool {
    line.starts_with(['•', '◦', '▪', '‣', '●', '○', '■', '□', '∙', '⁃', '※', '►'])
        || line.starts_with("- ")
        || line.starts_with("* ")
        || line.starts_with("– ")
        || line.starts_with("— ")
        || line.starts_with("· ")
}

/// The closing after which the text has ended: the last one before appendices.
fn closing(lines: &[Line<'_>], from: usize, scope: Scope) -> Option<usize> {
    let mut found = None;
    let mut prose_since = 0;
    for (i, line) in lines.iter().enumerate().skip(from).filter(|(_, l)| !l.is_blank()) {
        if found.is_some() && begins_appendix(line.text, scope) {
            break;
        }
        if closes(lines, i, scope) {
            found = Some(i);
            prose_since = 0;
        } else if line.is_prose()
            && !parties::is_divided_as_list(line.text)
            && !(found.is_some() && is_of_signatories(line.text, scope))
        {
            prose_since += 1;
        }
    }
    // A line that thanks in the middle of the text closes nothing.
    found.filter(|&c| {
        prose_since == 0
            || lines[c + 1..]
                .iter()
                .filter(|l| !l.is_blank())
                .take(4)
                .any(|l| !l.is_prose() || names_holder(l.text, scope))
    })
}

/// Whether a line as long as a sentence is one of a list of those who signed, or tells of the list.
fn is_of_signatories(line: &str, scope: Scope) -> bool {
    names_holder(line, scope) || tells_of_signatories(line, scope)
}

/// `**1,104 signers as of 3 May 2021**`, `[Initial signers; others are below the notes]`
fn tells_of_signatories(line: &str, scope: Scope) -> bool {
    /// More words are in no such line.
    const WORDS: usize = 16;
    static SIGNED: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.signed));
    let set_off = line.starts_with(|c: char| c.is_ascii_digit() || "*[(\\".contains(c));
    let signed = |w: &str| SIGNED.has_any_case(scope, w.trim_matches(|c: char| !c.is_alphabetic()));
    set_off && text::has_at_most(line, WORDS) && line.split(' ').any(signed)
}

/// `Ida Holm, Professor of Nautical Law, University of Leith`: a line of a list that is as long as a sentence.
fn names_holder(line: &str, scope: Scope) -> bool {
    /// More words are in no such line.
    const WORDS: usize = 26;
    if !line.contains(", ") || text::ends_sentence(line) || !text::has_at_most(line, WORDS) {
        return false;
    }
    let read = parties::read_line(line, scope);
    read.person.is_some() && (read.role.is_some() || read.organization.is_some())
}

/// Whether a line takes leave, by its words or by its place.
fn closes(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    marks::is_closing(lines[at].text, scope) && is_set_off(lines, at)
        || is_shaped_closing(lines, at, scope)
        || begins_group(lines, at) && marks::is_closing_sentence(lines[at].text, scope)
}

/// Whether a line begins what is enclosed, or notes.
fn begins_appendix(line: &str, scope: Scope) -> bool {
    marks::is_enclosure(line, scope) || marks::is_notes_heading(line, scope)
}

/// A few words and a comma above a name that ends the text take leave, whatever the words are.
fn is_shaped_closing(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    let line = lines[at].text;
    let few = line.ends_with(',') && line.len() < 60 && text::has_at_most(line, 6);
    few && line.starts_with(char::is_uppercase)
        && begins_group(lines, at)
        && names::judge(line) == Named::Unknown
        && ends_in_a_name(&lines[at + 1..])
        && !lists_who_met(&lines[..at], scope)
}

/// Whether one of the last lines heads a list of those who met: below it an office is above a name.
fn lists_who_met(above: &[Line<'_>], scope: Scope) -> bool {
    let mut near = above.iter().rev().filter(|l| !l.is_blank()).take(3);
    near.any(|l| marks::heads_attendance(l.text, scope))
}

/// Whether a person's name comes first, and no text behind it.
fn ends_in_a_name(lines: &[Line<'_>]) -> bool {
    let mut rest = lines.iter().filter(|l| !l.is_blank());
    rest.next().is_some_and(|l| names::looks_like_person(l.text))
        && rest.take(3).all(|l| !l.is_prose())
}

/// A closing ends its paragraph or begins it.
fn is_set_off(lines: &[Line<'_>], at: usize) -> bool {
    let before = at == 0
        || lines[at - 1].is_blank()
        || text::ends_sentence(lines[at - 1].text)
        // "Thanking you" / "Yours truly"
        || text::has_at_most(lines[at - 1].text, 4) && begins_group(lines, at - 1)
        || lines[at].text.ends_with(',');
    let after = lines.get(at + 1).is_none_or(|l| l.is_blank() || !l.is_prose());
    before && after
}

/// A heading such as "Signatories:" before the names.
fn signed_heading(lines: &[Line<'_>], from: usize, scope: Scope) -> Option<usize> {
    (from..lines.len()).find(|&i| {
        marks::is_signed_heading(lines[i].text, scope)
            && lines[i + 1..].iter().any(|l| !l.is_blank())
    })
}

/// "Signed: A, B and C" on one line, which is not that of who only attests what others signed.
fn signed_inline(lines: &[Line<'_>], from: usize, scope: Scope) -> Option<usize> {
    let attested = |at: usize| {
        let above = lines[..at].iter().rfind(|l| !l.is_blank());
        above.is_some_and(|l| marks::is_attestation(l.text, scope))
    };
    (from..lines.len()).rev().find(|&i| {
        marks::signed(lines[i].text, scope).is_some_and(|rest| !rest.is_empty()) && !attested(i)
    })
}

/// Without closing or heading: the short lines after the last prose, if the first of them names somebody.
fn bare_tail(
    lines: &[Line<'_>],
    from: usize,
    order: Option<DateOrder>,
    scope: Scope,
) -> Option<usize> {
    let end = signatures_limit(lines, from, scope);
    if let Some(last) = list_at_end(&lines[..end], from, scope) {
        return Some(last);
    }
    let dated = |i: usize| dates::date_line(lines[i].text, order).is_some();
    let last_prose = (from..end)
        .rev()
        .find(|&i| is_text(&lines[i], scope) && !is_contact_line(&lines[i], scope) && !dated(i))?;
    let beside = |i: usize| dated(i) || parties::is_where_signed(lines[i].text);
    let begins = |i: usize| beside(i - 1) || is_between_text_and_names(&lines[i - 1], scope);
    let first = (last_prose + 1..end)
        .find(|&i| begins(i) && !beside(i) && !is_between_text_and_names(&lines[i], scope))?;
    // Whom journalists may ask did not sign.
    if marks::is_press_contact(lines[first].text, scope) {
        return None;
    }
    let bare = lines[first].text.trim_start_matches(['-', '–', '—', ' ']);
    let first = if bare.is_empty() { first + 1 } else { first };
    match begins_with_names(lines.get(first..end)?, scope) {
        true => Some(first),
        false => korean_tail(lines, first..end, order, scope),
    }
}

/// The last line, if it lists people and bodies between semicolons in a paragraph of its own.
fn list_at_end(lines: &[Line<'_>], from: usize, scope: Scope) -> Option<usize> {
    let last = (from + 1..lines.len()).rev().find(|&i| !lines[i].is_blank())?;
    let apart = lines[last - 1].is_blank();
    (apart && parties::are_between_semicolons(lines[last].text, scope)).then_some(last)
}

/// `※ 문의: …`: whom journalists may ask, behind a bullet or without.
fn is_contact_line(line: &Line<'_>, scope: Scope) -> bool {
    let bare = line.text.trim_start_matches(|c: char| !c.is_alphanumeric());
    marks::is_press_contact(bare, scope)
}

/// Whether a line below the text is blank, names an enclosure, or calls something out: `¡Verdad y justicia!`
fn is_between_text_and_names(line: &Line<'_>, scope: Scope) -> bool {
    // "(signed)"
    let mark = || parties::is_mark_of_signing(line.text.trim_matches(['(', ')', '.']), scope);
    line.is_blank()
        || line.text.ends_with('!')
        || marks::is_enclosure(line.text, scope)
        || line.text.starts_with('(') && mark()
}

/// Whether the first of some lines names somebody, alone, in columns or in a list, or an office above its holder.
fn begins_with_names(lines: &[Line<'_>], scope: Scope) -> bool {
    let Some(line) = lines.first().map(|l| l.text) else { return false };
    if is_field_of_several(lines) {
        return false;
    }
    let named = |line: &str| {
        let person = parties::read_line(line, scope).person;
        let judged = names::judge(person.as_deref().unwrap_or(line));
        matches!(judged, Named::Person | Named::Organization)
    };
    let cells = text::cells(line);
    let columns = || (2..=4).contains(&cells.len()) && cells.iter().all(|cell| named(cell));
    named(line)
        || columns()
        || is_office_above_name(lines, scope)
        || parties::segments_look_like_names(line, scope)
}

/// `Name: Ida Holm (f), Jonas Holm (m)` above another label: whom a form is about.
fn is_field_of_several(lines: &[Line<'_>]) -> bool {
    let [first, second, ..] = lines else { return false };
    first.text.contains([',', ';'])
        && marks::is_any_label(first.text)
        && marks::is_any_label(second.text)
}

/// `De Minister van Buitenlandse Zaken,` above the name of who holds the office, and nothing more below.
fn is_office_above_name(lines: &[Line<'_>], scope: Scope) -> bool {
    let mut filled = lines.iter().filter(|l| !l.is_blank());
    let office = filled.next().is_some_and(|l| {
        let office = parties::without_article(l.text, scope);
        l.text.ends_with(',') && names::judge(office) == Named::Role
    });
    office
        && filled.next().is_some_and(|l| names::looks_like_person(l.text))
        && filled.next().is_none()
}

/// The last lines of a Korean text that name a body or who speaks for it, above what an office adds below: a symbol, an
/// address, whom it is to.
fn korean_tail(
    lines: &[Line<'_>],
    tail: Range<usize>,
    order: Option<DateOrder>,
    scope: Scope,
) -> Option<usize> {
    /// More lines are a list.
    const LINES: usize = 4;
    let groups = text::chunks(&lines[tail.clone()]);
    let aside = |line: &Line<'_>| is_beside_signature(line.text, order, scope);
    let own = |group: &&Range<usize>| !lines[tail.start..][(*group).clone()].iter().all(aside);
    let group = groups.iter().rfind(own)?;
    let start = tail.start + group.start;
    let first = lines[start].text;
    // `주무관 강하늘  국장 서바다` has who dealt with the letter, side by side.
    let one = !first.contains("  ") && text::has_at_most(first, 5);
    let short = group.len() <= LINES && !lines[start].is_prose() && text::is_hangul(first) && one;
    (short && names_who_signs(first, scope)).then_some(start)
}

/// Whether a line below a letter is a place, a day, a reference or a direction.
fn is_beside_signature(line: &str, order: Option<DateOrder>, scope: Scope) -> bool {
    matches!(names::judge(line), Named::Address | Named::Contact)
        || dates::date_line(line, order).is_some()
        || marks::is_reference(line, scope)
        || marks::directed_before(line, scope).is_some()
}

/// Whether a line names somebody with an office, or a body.
fn names_who_signs(line: &str, scope: Scope) -> bool {
    let read = parties::read_line(line, scope);
    read.person.is_some() && read.role.is_some()
        || names::judge(line) == Named::Organization && text::has_at_most(line, 5)
}

/// A long list of bodies, one a line, close below a date: they adopted what is above, whatever comes behind.
fn bodies_below_date(lines: &[Line<'_>], from: usize, order: Option<DateOrder>) -> Option<usize> {
    /// How many lines such a list has at least, and how many words a line of it.
    const LONG: usize = 8;
    const WORDS: usize = 12;
    let filled: Vec<usize> = (from..lines.len()).filter(|&i| !lines[i].is_blank()).collect();
    let dated = |&i: &usize| dates::date_line(lines[i].text, order).is_some();
    let named = |i: &usize| {
        let line = lines[*i].text;
        !lines[*i].is_prose()
            && text::has_at_most(line, WORDS)
            && !line.ends_with([':', '.', '?', '!', ';'])
            && !line.starts_with(['#', '*', '_'])
    };
    (0..filled.len()).find_map(|k| {
        let near = filled[..k].iter().rev().take(2).any(dated);
        let list: Vec<usize> = filled[k..].iter().copied().take_while(named).collect();
        let body = |i: &&usize| names::judge(lines[**i].text) == Named::Organization;
        let bodies = list.iter().filter(body).count();
        (near && list.len() >= LONG && bodies * 2 >= list.len()).then_some(filled[k])
    })
}

/// Whether a line has more words than most names.
fn is_long(line: &str) -> bool {
    !text::has_at_most(line, 5) || text::is_hangul(line) && text::length(line) >= 12
}

/// `Het kabinet verwelkomt het rapport.`: no word of a short line but the first may be one of a name.
fn is_plain_sentence(line: &str) -> bool {
    !text::has_at_most(line, 3) && text::words(line).skip(1).all(text::starts_lower)
}

/// Whether a line belongs to the text: prose, an item of a list, the end of a sentence.
fn is_text(line: &Line<'_>, scope: Scope) -> bool {
    let long = || is_long(line.text) || is_plain_sentence(line.text);
    let text = line.is_prose() && !line.text.starts_with('|')
        || is_bullet(line.text)
        || text::ends_sentence(line.text) && long() && !marks::is_enclosure(line.text, scope);
    // `시행  항만 2015-48 (2015. 7. 20.)` below Korean letters is a symbol and its date.
    text && marks::date_of_reference(line.text, scope).is_none()
}

fn signatures_limit(lines: &[Line<'_>], from: usize, scope: Scope) -> usize {
    (from..lines.len())
        .find(|&i| marks::copied(lines[i].text, scope).is_some() || is_note_start(lines[i].text))
        .unwrap_or(lines.len())
}

/// Whether a line begins with a note's mark.
pub(super) fn is_note_start(line: &str) -> bool {
    let mut chars = line.chars();
    match chars.next() {
        Some('[') => line[1..].split(']').next().is_some_and(|inner| {
            !inner.is_empty() && inner.len() <= 4 && inner.chars().all(|c| c.is_ascii_digit())
        }),
        Some('^') => true,
        Some('†' | '‡' | '§') => true,
        Some(c) => "¹²³⁴⁵⁶⁷⁸⁹⁰ⁱ".contains(c),
        None => false,
    }
}

/// Where the names end: at copies, enclosures, notes, a postscript or further text.
pub(super) fn signatures_end(
    lines: &[Line<'_>],
    from: usize,
    order: Option<DateOrder>,
    scope: Scope,
) -> usize {
    let stops = |&i: &usize| {
        let line = lines[i].text;
        let listed = is_list_below_heading(lines, from..i, scope);
        let labelled = listed || i == from && marks::signed(line, scope).is_some();
        ends_names_by_words(line, scope)
            || !listed && ends_names_by_signs(line)
            || !labelled && is_running_text(line, scope)
            || is_symbol(line, order, scope)
            || line.starts_with("**") && is_dated_heading(line, order)
    };
    (from..lines.len()).filter(|&i| !lines[i].is_blank()).find(stops).unwrap_or(lines.len())
}

/// Whether the line behind some lines is a paragraph with semicolons right below the leave, or a heading: a list.
fn is_list_below_heading(lines: &[Line<'_>], above: Range<usize>, scope: Scope) -> bool {
    let line = lines[above.end].text;
    let mut filled = lines[above].iter().filter(|l| !l.is_blank());
    parties::is_divided_as_list(line) && filled.all(|l| marks::is_signed_heading(l.text, scope))
}

/// Whether a line is prose, and neither a row of a table nor a list of names.
fn is_running_text(line: &str, scope: Scope) -> bool {
    let cells = text::cells(line);
    let columns = cells.len() > 1 && cells.iter().all(|cell| text::has_at_most(cell, 6));
    !line.starts_with('|')
        && !columns
        && !undersigned::is_item(line, scope)
        && text::is_prose(&text::without_links(line))
        && !parties::segments_look_like_names(line, scope)
        && !parties::are_between_semicolons(line, scope)
}

/// Whether a line of more words than a date's has one, as the heading of a translation does.
fn is_dated_heading(line: &str, order: Option<DateOrder>) -> bool {
    let bare = line.replace('*', "");
    dates::date_line(&bare, order).is_none() && !dates::find(&bare, order).is_empty()
}

/// Whether a line's first words tell that what it says is no name of a signatory.
fn ends_names_by_words(line: &str, scope: Scope) -> bool {
    static POSTSCRIPTS: LazyLock<ScopedPhrases> =
        LazyLock::new(|| ScopedPhrases::of(|l| l.postscripts));
    let postscript = POSTSCRIPTS.end(scope, line, |rest| rest.starts_with(['.', ':']));
    marks::copied(line, scope).is_some()
        || begins_appendix(line, scope)
        || postscript.is_some()
        || line.ends_with([':', '：']) && marks::is_press_contact(line, scope)
}

/// Whether a line's signs tell the same: a rule, a heading, a note, a numbered sentence.
fn ends_names_by_signs(line: &str) -> bool {
    let numbered = line.starts_with(|c: char| c.is_ascii_digit()) && text::ends_sentence(line);
    let rule = text::is_divider(line) && !line.starts_with('|');
    numbered || is_note_start(line) || rule || line.starts_with('#')
}

/// Whether a line holds a symbol of the document, and neither a date nor a body.
fn is_symbol(line: &str, order: Option<DateOrder>, scope: Scope) -> bool {
    !marks::references(line, scope).is_empty()
        && dates::date_line(line, order).is_none()
        && names::judge(line) != Named::Organization
}

/// Below the signature, a block that begins with a title of courtesy, or with the greeted name.
fn foot_address(
    lines: &[Line<'_>],
    tail: Range<usize>,
    salutation: Option<usize>,
    scope: Scope,
) -> Range<usize> {
    let greeted = salutation.map(|s| marks::greeted(lines[s].text, scope)).unwrap_or_default();
    let surname = greeted.split_whitespace().next_back().unwrap_or_default();
    let lines = &lines[tail.clone()];
    let groups = text::chunks(lines);
    let listed =
        groups.first().is_some_and(|g| marks::is_signed_heading(lines[g.start].text, scope));
    let block = groups.iter().skip(1).find(|g| {
        let block = &lines[(*g).clone()];
        let titled = !listed && is_titled_block(block, surname);
        titled || greeted_office(block)
    });
    block.map_or(0..0, |g| tail.start + g.start..tail.start + g.end)
}

/// Whether the first line of an address has a title, and is the greeted name or has two lines below.
fn is_titled_block(block: &[Line<'_>], surname: &str) -> bool {
    let Some((first, below)) = block.split_first() else { return false };
    if below.is_empty() || !names::has_honorific(first.text) {
        return false;
    }
    // Several titled names are a list of signatories; "His Excellency" is above the name that it belongs to.
    let own = usize::from(names::is_honorific(first.text.trim_end_matches(',')));
    if below.iter().skip(own).any(|l| names::has_honorific(l.text) && names::names_person(l.text)) {
        return false;
    }
    let is_greeted = |w: &str| !surname.is_empty() && w == surname;
    below.len() >= 2 || names::strip_honorifics(first.text).split_whitespace().any(is_greeted)
}

/// Whether lines are one sentence that says where a body is: `Far Eastern Department,` / `Foreign Office,` / `London, S.W.1.`
fn greeted_office(block: &[Line<'_>]) -> bool {
    let Some((last, above)) = block.split_last() else { return false };
    if !last.text.ends_with('.') || last.is_prose() || names::names_person(last.text) {
        return false;
    }
    let of_nobody = |line: &Line<'_>| {
        let person = names::names_person(line.text) || names::has_honorific(line.text);
        line.text.ends_with(',') && !person && names::judge(line.text) != Named::Role
    };
    let body = |line: &Line<'_>| names::judge(line.text) == Named::Organization;
    above.iter().all(of_nobody) && above.iter().any(body)
}

/// The list of copies: its label's line and the names below.
fn copied(lines: &[Line<'_>], from: usize, scope: Scope) -> Range<usize> {
    let Some(start) = (from..lines.len()).find(|&i| marks::copied(lines[i].text, scope).is_some())
    else {
        return 0..0;
    };
    let bare = marks::copied(lines[start].text, scope).is_some_and(str::is_empty);
    let mut end = start + 1;
    let mut seen = !bare;
    for (i, line) in lines.iter().enumerate().skip(start + 1) {
        if line.is_blank() {
            // Names on the label's own line end with their group.
            if seen && !bare {
                break;
            }
            continue;
        }
        if begins_appendix(line.text, scope)
            || is_note_start(line.text)
            || line.is_prose() && text::ends_sentence(line.text)
        {
            break;
        }
        seen = true;
        end = i + 1;
    }
    start..end
}
