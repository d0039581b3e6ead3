//! A list with bullets below a text that speaks for those who signed it, without leave or heading between.

use super::super::lexicon::Scope;
use super::super::marks;
use super::super::parties;
use super::super::text::{self, Line};
use super::{is_bullet, is_note_start};

/// Fewer items may be what the text asks for.
const LEAST: usize = 4;

/// Lines of text that may be below the list: where more names are, whom to ask.
const BELOW: usize = 3;

/// Where the last list begins, if the text above says that its authors sign below, and the items name them.
pub(super) fn list(lines: &[Line<'_>], from: usize, scope: Scope) -> Option<usize> {
    let filled: Vec<usize> = (from..lines.len()).filter(|&i| !lines[i].is_blank()).collect();
    let bullet = |k: &usize| is_bullet(lines[filled[*k]].text);
    let last = (0..filled.len()).rev().find(bullet)?;
    let first = (0..last).rev().take_while(bullet).last()?;
    let items = &filled[first..=last];
    let above = &lines[from..filled[first]];
    // "We, the undersigned, ask for the release of:" is above the names of others.
    let introduced = above.iter().rfind(|l| !l.is_blank())?.text.ends_with([':', '：']);
    let called =
        || above.iter().any(|l| l.is_prose() && marks::speaks_for_signatories(l.text, scope));
    let below = filled[last + 1..].iter().filter(|&&i| !is_note_start(lines[i].text)).count();
    if introduced || items.len() < LEAST || below > BELOW || !called() {
        return None;
    }
    let named = items.iter().filter(|&&i| is_item(lines[i].text, scope)).count();
    (named * 4 >= items.len() * 3).then_some(filled[first])
}

/// Where the last lines begin, if they are rows of names in columns, and the text above says that its authors sign below.
pub(super) fn columns(lines: &[Line<'_>], from: usize, scope: Scope) -> Option<usize> {
    const ROWS: usize = 2;
    let group = text::chunks(&lines[from..]).into_iter().next_back()?;
    let rows = &lines[from + group.start..from + group.end];
    let cells: Vec<&str> = rows.iter().flat_map(|l| text::cells(l.text)).collect();
    let in_columns = rows.len() >= ROWS && rows.iter().all(|l| text::cells(l.text).len() > 1);
    let named = cells.iter().filter(|cell| parties::read_line(cell, scope).names_somebody());
    let above = &lines[from..from + group.start];
    let called = || above.iter().any(|l| marks::speaks_for_signatories(l.text, scope));
    (in_columns && named.count() * 3 >= cells.len() * 2 && called()).then_some(from + group.start)
}

/// Whether an item of a list names somebody, and is no sentence.
pub(super) fn is_item(line: &str, scope: Scope) -> bool {
    /// No more words follow a name in most lists.
    const WORDS: usize = 24;
    is_bullet(line)
        && text::has_at_most(line, WORDS)
        && !(text::ends_sentence(line) && text::is_prose(line))
        && parties::read_line(line, scope).names_somebody()
}
