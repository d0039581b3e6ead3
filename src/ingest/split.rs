//! One seed → the documents in it, as ranges of its lines, by evidence from several signals: entries
//! of a listing by their repeated arrangement of title, author and date; letters and memoranda of a
//! case file by salutations, closings, letterheads and gaps. A seed without such evidence is one document.

mod case_file;
mod given;
mod listing;
mod parts;

use std::ops::Range;

pub(super) use case_file::{cover_end, own_end};
pub(super) use given::given;
pub(super) use listing::{is_byline, posted, with_byline};

use super::lexicon::Scope;
use super::text::Line;
use crate::config::DateOrder;

/// One document's place in its seed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Piece {
    /// Indices of its lines, without blank ones at the ends.
    pub lines: Range<usize>,
    /// How it was set apart from its neighbours.
    pub form: Form,
}

/// What kind of seed a piece was cut from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Form {
    /// A letter, a memorandum, a page: read by its own layout.
    Free,
    /// An entry of a listing with its heading.
    Entry(Heading),
    /// An entry of a listing whose heading was lost.
    Headless,
}

/// Where the parts of an entry's heading are, as indices of lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Heading {
    pub title: Range<usize>,
    pub author: Option<usize>,
    pub date: usize,
}

/// Cuts a seed. The pieces are in order and do not overlap; lines of a listing before its first entry
/// that only name the listing are returned apart.
pub(super) fn split(
    lines: &[Line<'_>],
    order: Option<DateOrder>,
    scope: Scope,
) -> (Vec<Piece>, Range<usize>) {
    if let Some(found) = listing::split(lines, order, scope) {
        return found;
    }
    (case_file::split(lines, order, scope), 0..0)
}

/// A seed that is one document.
pub(super) fn whole(lines: &[Line<'_>]) -> Vec<Piece> {
    trimmed(lines, 0..lines.len())
        .map(|lines| Piece { lines, form: Form::Free })
        .into_iter()
        .collect()
}

/// A range without blank lines at its ends; `None` if nothing is left.
fn trimmed(lines: &[Line<'_>], range: Range<usize>) -> Option<Range<usize>> {
    let first = range.clone().find(|&i| !lines[i].is_blank())?;
    let last = range.rev().find(|&i| !lines[i].is_blank())?;
    Some(first..last + 1)
}
