//! Boundaries that a person has set: documents begin at these lines and at no others.

use std::ops::Range;

use super::super::lexicon::Scope;
use super::super::text::Line;
use super::{Form, Piece, split, trimmed};
use crate::config::DateOrder;

/// Cuts a seed at the lines with these numbers; without any it is one document.
///
/// A document that begins where an entry of a listing begins is read as one. As from [`split`], lines that only name the
/// listing are returned apart.
pub(in crate::ingest) fn given(
    lines: &[Line<'_>],
    numbers: &[usize],
    order: Option<DateOrder>,
    scope: Scope,
) -> (Vec<Piece>, Range<usize>) {
    if numbers.is_empty() {
        return (super::whole(lines), 0..0);
    }
    let (found, preamble) = split(lines, order, scope);
    let starts = numbers.iter().map(|n| lines.partition_point(|l| l.number < *n));
    let mut ends: Vec<usize> = [0].into_iter().chain(starts).chain([lines.len()]).collect();
    ends.dedup();
    let mut ranges: Vec<Range<usize>> =
        ends.windows(2).filter_map(|pair| trimmed(lines, pair[0]..pair[1])).collect();
    let named = ranges.len() > 1 && !preamble.is_empty() && ranges[0].end <= preamble.end;
    if named {
        ranges.remove(0);
    }
    let piece = |lines: Range<usize>| {
        let entry = found.iter().find(|p| p.lines.start == lines.start);
        let form = entry.map_or(&Form::Free, |entry| &entry.form);
        let fits = match form {
            Form::Entry(heading) => heading.end() <= lines.end,
            Form::Free | Form::Headless => true,
        };
        let form = if fits { form.clone() } else { Form::Free };
        Piece { lines, form }
    };
    let preamble = if named { preamble } else { 0..0 };
    (ranges.into_iter().map(piece).collect(), preamble)
}
