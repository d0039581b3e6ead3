//! Where a part of a case file begins a document of its own that greets nobody: below the title of an enclosure, below a
//! rule of signs. Several signs are asked, since parts of one document are set off alike.

use super::super::dates;
use super::super::lexicon::Scope;
use super::super::marks::{self, Head};
use super::super::text::{self, Break, Line};
use super::case_file::{begins_memo, is_set_apart, takes_leave};

/// Whether a line is the title of an enclosure that is a document of its own, by several signs: the letter
/// has ended, a page begins, and below are a date, a kind, labels or names of its own.
pub(super) fn begins_enclosure(lines: &[Line<'_>], letter: usize, at: usize, scope: Scope) -> bool {
    if at == letter || !is_set_apart(lines, at) || !marks::is_enclosure_title(lines[at].text, scope)
    {
        return false;
    }
    let closes = |i: &usize| takes_leave(lines[*i].text, scope);
    let end = end_of_enclosure(lines, at, scope);
    let text = (at + 1..end).filter(|&i| lines[i].is_prose()).count();
    let near = || (at + 1..end).filter(|&i| !lines[i].is_blank()).take(8);
    // Minutes of few words have no prose.
    let met = near().any(|i| marks::tells_who_met(lines[i].text, scope));
    let rows = (at + 1..end).filter(|&i| text::cells(lines[i].text).len() > 1).count();
    let listed = rows >= ROWS;
    let parted = || lines[at].before != Break::None || is_parted(lines, at);
    let says = text > 0 || met || listed;
    let begins = || parted() || (letter..at).any(|i| closes(&i));
    if !says || !begins() {
        return false;
    }
    let signed =
        (at + 1..end).any(|i| closes(&i) || marks::is_signed_heading(lines[i].text, scope));
    let greets = near().any(|i| marks::is_salutation(lines[i].text, scope));
    let own = usize::from(met)
        + usize::from(signed)
        + usize::from(greets)
        + usize::from(listed)
        + signs_of_head(near().map(|i| lines[i]), scope);
    // Where it is and how long it is says something only beside what it says of itself.
    let more = usize::from(parted()) + usize::from(text >= 2);
    own > 0 && own + more >= 2
}

/// An enclosure goes as far as the next one, or as a memo that begins some lines below its title.
fn end_of_enclosure(lines: &[Line<'_>], title: usize, scope: Scope) -> usize {
    let next = |i: &usize| {
        marks::is_enclosure_title(lines[*i].text, scope)
            || begins_memo(lines, *i, scope) && *i > title + 6
    };
    (title + 1..lines.len()).find(next).unwrap_or(lines.len())
}

/// Whether a rule of signs is above a line.
pub(super) fn is_parted(lines: &[Line<'_>], at: usize) -> bool {
    let above = lines[..at].iter().rposition(|l| !l.is_blank());
    // A rule that was left out is known by the break before the next line, which may be blank.
    let between = above.map_or(0, |above| above + 1)..at + 1;
    lines[between].iter().any(|l| l.before == Break::Section)
        || above.is_some_and(|above| text::is_divider(lines[above].text))
}

/// Whether what is between two rules of signs has a date and signs of a document's head and end, and what is above it has
/// a date, too.
pub(super) fn begins_below_rule(lines: &[Line<'_>], at: usize, scope: Scope) -> bool {
    let end = (at + 1..lines.len()).find(|&i| is_parted(lines, i)).unwrap_or(lines.len());
    let part = &lines[at..end];
    let dated = |part: &[Line<'_>]| {
        let day = |l: &Line<'_>| {
            text::cells(l.text).iter().any(|cell| dates::date_line(cell, None).is_some())
        };
        part.iter().any(day)
    };
    let named = part.iter().filter(|l| !l.is_blank()).take(2);
    let kind = { named }
        .any(|l| text::has_at_most(l.text, 4) && marks::kind_of_title(l.text, scope).is_some());
    let signs = [
        kind,
        part.iter().any(|l| takes_leave(l.text, scope)),
        part.iter().any(|l| marks::is_salutation(l.text, scope)),
        begins_memo(lines, at, scope),
        tells_subject(part, scope),
    ];
    let prose = part.iter().any(Line::is_prose);
    prose && dated(part) && dated(&lines[..at]) && signs.contains(&true)
}

/// Whether one of the first lines has the label of what a letter is about.
fn tells_subject(part: &[Line<'_>], scope: Scope) -> bool {
    let mut early = part.iter().filter(|l| !l.is_blank()).take(12);
    early.any(|l| marks::head_label(l.text, scope).is_some_and(|(head, _)| head == Head::Subject))
}

/// How many rows of a table make a list of an enclosure.
const ROWS: usize = 3;

/// How many signs of a head some lines have: a date, a kind in the first of them, a label.
fn signs_of_head<'l>(lines: impl Iterator<Item = Line<'l>>, scope: Scope) -> usize {
    let (mut dated, mut kind, mut labelled) = (false, false, false);
    for (place, line) in lines.enumerate() {
        dated |= dates::date_line(line.text, None).is_some();
        kind |= place < 3 && marks::kind_of_title(line.text, scope).is_some();
        labelled |= marks::head_label(line.text, scope).is_some();
    }
    usize::from(dated) + usize::from(kind) + usize::from(labelled)
}
