//! The parts of one document: head, salutation, body, closing, signatures, copies, what follows.
//!
//! Comes in: the document's lines. Goes out: ranges of indices, no line in two parts. Reads no names.

use std::ops::Range;

use super::dates;
use super::lexicon::Scope;
use super::marks;
use super::names::{self, Named};
use super::text::{self, Line};
use crate::config::DateOrder;

/// Where the parts of a document stand; absent ones are empty ranges.
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

/// Finds the parts.
pub(super) fn layout(lines: &[Line<'_>], order: Option<DateOrder>, scope: Scope) -> Layout {
    let salutation = salutation(lines, scope);
    let head_end = salutation.unwrap_or_else(|| head_end(lines, order, scope));
    let body_start = salutation.map_or(head_end, |s| s + 1);
    let closing = closing(lines, body_start, scope);
    let mut layout = Layout { head: 0..head_end, salutation, closing, ..Layout::default() };
    let tail = match closing {
        Some(c) => Some(c + 1),
        None => signed_heading(lines, body_start, scope)
            .map(|h| h + 1)
            .or_else(|| signed_inline(lines, body_start, scope))
            .or_else(|| bare_tail(lines, body_start, order, scope)),
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

/// The first line that greets, standing before the text proper.
fn salutation(lines: &[Line<'_>], scope: Scope) -> Option<usize> {
    let mut filled = 0;
    let mut prose = 0;
    for (i, line) in lines.iter().enumerate() {
        if line.is_blank() {
            continue;
        }
        filled += 1;
        if filled > 60 || prose > 1 {
            return None;
        }
        let next = lines[i + 1..].iter().find(|l| !l.is_blank());
        if marks::is_salutation(line.text, scope)
            && (greets(lines, i, scope)
                || text::has_at_most(line.text, 5) && next.is_some_and(|n| n.is_prose()))
            && !(filled == 1 && text::word_count(line.text) < 2 && !line.text.ends_with([',', ':']))
        {
            return Some(i);
        }
        if prose == 0
            && marks::is_shaped_salutation(line.text, scope)
            && next.is_some_and(|n| n.is_prose())
            && (i == 0 || lines[i - 1].is_blank())
        {
            return Some(i);
        }
        prose += usize::from(line.is_prose() && marks::head_label(line.text, scope).is_none());
    }
    None
}

/// Whether a line that may be a salutation stands as one: by its last sign, or alone above the text.
pub(super) fn greets(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    let next = lines[at + 1..].iter().find(|l| !l.is_blank());
    closed_by_sign(lines[at].text, scope)
        || lines.get(at + 1).is_some_and(Line::is_blank) && next.is_some_and(|n| n.is_prose())
}

/// Whether a salutation ends as most do; without its sign it must stand alone above the text.
fn closed_by_sign(line: &str, scope: Scope) -> bool {
    text::without_emphasis(line).ends_with([',', ':', '!', ';', '—', '–', '-', '，', '.'])
        || text::is_hangul(line)
        || marks::greets_whom_it_concerns(line, scope)
}

/// Without a salutation, the head ends where prose or a list begins.
fn head_end(lines: &[Line<'_>], order: Option<DateOrder>, scope: Scope) -> usize {
    let filled: Vec<usize> = (0..lines.len()).filter(|&i| !lines[i].is_blank()).collect();
    let prose = text::prose(&lines[..filled.get(45).map_or(lines.len(), |i| i + 1)]);
    for (k, &i) in filled.iter().enumerate() {
        let line = lines[i].text;
        let opens_text = line.ends_with(':') && text::word_count(line) >= 8 && k > 0;
        if opens_text {
            return i;
        }
        let headlike = marks::head_label(line, scope).is_some()
            || (k < 2 && is_title_like(line))
            || dates::date_line(line, order).is_some();
        let prose = prose.get(i).copied().unwrap_or(true);
        if (prose || is_bullet(line)) && !headlike || k > 40 {
            return i;
        }
        // Text wrapped at a narrow margin: a paragraph of short lines is prose too.
        if k > 0 && !headlike && is_wrapped_prose(lines, i) {
            return i;
        }
    }
    // A mail of one word has no prose; its head ends with its labels.
    let labelled = |i: &&usize| marks::head_label(lines[**i].text, scope).is_some();
    let last = filled.iter().rfind(labelled).filter(|_| filled.iter().filter(labelled).count() > 2);
    lines.len().min(last.or(filled.first()).map_or(0, |f| f + 1))
}

fn is_title_like(line: &str) -> bool {
    text::has_at_most(line, 40) && !text::ends_sentence(line)
        || line.starts_with('#')
        || line.starts_with("**") && line.ends_with("**")
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
    for (i, line) in lines.iter().enumerate().skip(from) {
        if line.is_blank() {
            continue;
        }
        if found.is_some()
            && (marks::is_enclosure(line.text, scope) || marks::is_notes_heading(line.text, scope))
        {
            break;
        }
        let closes = marks::is_closing(line.text, scope) && is_set_off(lines, i)
            || is_shaped_closing(lines, i)
            || marks::is_closing_sentence(line.text, scope) && (i == 0 || lines[i - 1].is_blank());
        if closes {
            found = Some(i);
            prose_since = 0;
        } else if line.is_prose() {
            prose_since += 1;
        }
    }
    // A line that thanks in the middle of the text closes nothing.
    found.filter(|&c| {
        prose_since == 0
            || lines[c + 1..].iter().filter(|l| !l.is_blank()).take(4).any(|l| !l.is_prose())
    })
}

/// A few words and a comma above a name that ends the text take leave, whatever the words are.
fn is_shaped_closing(lines: &[Line<'_>], at: usize) -> bool {
    let line = lines[at].text;
    let mut rest = lines[at + 1..].iter().filter(|l| !l.is_blank());
    let few = line.ends_with(',') && text::has_at_most(line, 6) && line.len() < 60;
    few && line.starts_with(char::is_uppercase)
        && (at == 0 || lines[at - 1].is_blank())
        && names::judge(line) == Named::Unknown
        && rest.next().is_some_and(|l| names::looks_like_person(l.text))
        && rest.take(3).all(|l| !l.is_prose())
}

/// A closing ends its paragraph or begins it.
fn is_set_off(lines: &[Line<'_>], at: usize) -> bool {
    let before = at == 0
        || lines[at - 1].is_blank()
        || text::ends_sentence(lines[at - 1].text)
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

/// "Signed: A, B and C" on one line.
fn signed_inline(lines: &[Line<'_>], from: usize, scope: Scope) -> Option<usize> {
    (from..lines.len())
        .rev()
        .find(|&i| marks::signed(lines[i].text, scope).is_some_and(|rest| !rest.is_empty()))
}

/// Without closing or heading: the short lines after the last prose, if the first of them names somebody.
fn bare_tail(
    lines: &[Line<'_>],
    from: usize,
    order: Option<DateOrder>,
    scope: Scope,
) -> Option<usize> {
    let end = signatures_limit(lines, from, scope);
    let last_prose = (from..end).rev().find(|&i| {
        lines[i].is_prose()
            || is_bullet(lines[i].text)
            || text::ends_sentence(lines[i].text)
                && (!text::has_at_most(lines[i].text, 5)
                    || text::is_hangul(lines[i].text) && text::length(lines[i].text) >= 12)
                && !marks::is_enclosure(lines[i].text, scope)
    })?;
    let dated = |i: usize| dates::date_line(lines[i].text, order).is_some();
    let first = (last_prose + 1..end).find(|&i| {
        !lines[i].is_blank()
            && (lines[i - 1].is_blank() || dated(i - 1))
            && !dated(i)
            && !marks::is_enclosure(lines[i].text, scope)
    })?;
    // Whom journalists may ask did not sign.
    if marks::is_press_contact(lines[first].text, scope) {
        return None;
    }
    let bare = lines[first].text.trim_start_matches(['-', '–', '—', ' ']);
    let first = if bare.is_empty() { first + 1 } else { first };
    let judged = lines.get(first).map(|l| {
        names::judge(
            &super::parties::read_line(l.text, scope).person.unwrap_or_else(|| l.text.to_owned()),
        )
    })?;
    (matches!(judged, Named::Person | Named::Organization)
        || super::parties::segments_look_like_names(lines[first].text, scope))
    .then_some(first)
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
fn signatures_end(
    lines: &[Line<'_>],
    from: usize,
    order: Option<DateOrder>,
    scope: Scope,
) -> usize {
    let filled = (from..lines.len()).filter(|&i| !lines[i].is_blank());
    for i in filled {
        let line = lines[i].text;
        let labelled = i == from && marks::signed(line, scope).is_some();
        let long = !labelled
            && text::is_prose(line)
            && !super::parties::segments_look_like_names(line, scope);
        let stop = marks::copied(line, scope).is_some()
            || marks::is_enclosure(line, scope)
            || marks::is_notes_heading(line, scope)
            || is_note_start(line)
            || text::is_divider(line)
            || line.starts_with(|c: char| c.is_ascii_digit()) && text::ends_sentence(line)
            || long
            || line.starts_with("P.S")
            || line.starts_with("PS:")
            || line.starts_with("PS.")
            || line.starts_with('#')
            || !marks::references(line, scope).is_empty()
                && dates::date_line(line, order).is_none()
                && super::names::judge(line) != Named::Organization;
        if stop {
            return i;
        }
    }
    lines.len()
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
    let groups = text::chunks(&lines[tail.clone()]);
    let line = |i: usize| lines[tail.start + i].text;
    let listed = groups.first().is_some_and(|g| marks::is_signed_heading(line(g.start), scope));
    let block = groups.iter().skip(1).find(|g| {
        let first = line(g.start);
        let named = !surname.is_empty()
            && names::strip_honorifics(first).split_whitespace().any(|w| w == surname);
        // Several titled names are a list of signatories.
        let one = (*g)
            .clone()
            .skip(1)
            .all(|i| !names::has_honorific(line(i)) || !names::names_person(line(i)));
        names::has_honorific(first) && one && !listed && g.len() >= 2 && (named || g.len() >= 3)
    });
    block.map_or(0..0, |g| tail.start + g.start..tail.start + g.end)
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
        if marks::is_enclosure(line.text, scope)
            || marks::is_notes_heading(line.text, scope)
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
