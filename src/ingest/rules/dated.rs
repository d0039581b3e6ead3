//! When and where it was written: a line of the head or the foot that is a date, the words before the first
//! sentence, the title.

use super::super::dates::{self, DateLine};
use super::super::evidence::{Claim, Field, Value};
use super::super::marks;
use super::super::names::{self, Named};
use super::super::text::{self, Line};
use super::Piece;
use super::head::date_of;

pub(super) fn claims(piece: &Piece<'_>) -> Vec<Claim> {
    let mut found = Vec::new();
    if let Some((line, number)) = &piece.head.date {
        found.extend(both("date line above the text", piece, line, piece.index(*number)));
    }
    if let Some((line, at)) = at_foot(piece) {
        found.extend(both("date line below the text", piece, &line, at));
    }
    if let Some((line, at)) = dateline(piece) {
        found.extend(both("date before the first sentence", piece, &line, at));
    }
    found.extend(in_title(piece));
    found
}

/// The claims of a date line: its date, and the place before it.
fn both(rule: &'static str, piece: &Piece<'_>, line: &DateLine, at: usize) -> Vec<Claim> {
    let mut date = Claim::new(rule, Field::Date, Value::Date(line.reading.clone()), at..at + 1);
    date.doubt.clone_from(&line.reading.doubt);
    let mut found = vec![date];
    // "The Archive Review, 14 January 2019" says where it was published, not where it was written.
    if let Some(place) = line.place.as_ref().filter(|p| names::judge(p) != Named::Organization) {
        let place = if text::is_caps(place) { piece.writing.ordinary(place) } else { place.clone() };
        found.push(Claim::new("place before the date", Field::Place, Value::Text(place), at..at + 1));
    }
    found
}

/// A date below the text, or between its last sentence and the names.
fn at_foot(piece: &Piece<'_>) -> Option<(DateLine, usize)> {
    let (lines, layout) = (piece.lines, piece.layout);
    let from = layout.closing.unwrap_or(layout.signatures.start).max(layout.body.start);
    if from == 0 {
        return None;
    }
    let above = lines[..from].iter().rposition(|l| l.is_prose()).map_or(from, |i| i + 1);
    let start = above.max(layout.head.end);
    let of_reference = |l: &Line<'_>| {
        marks::date_of_reference(l.text).and_then(|date| dates::date_line(date, piece.order))
    };
    let dated = |l: &Line<'_>| date_of(l, piece.order).or_else(|| of_reference(l));
    let mut below = lines[start..].iter().enumerate().take(60);
    below.find_map(|(k, l)| Some((dated(l)?, start + k)))
}

/// `(Seoul, 3 March 2014) – The …`, `GENEVA, March 3, 2014 — The …`: a press release's first words.
fn dateline(piece: &Piece<'_>) -> Option<(DateLine, usize)> {
    let body = piece.layout.body.clone();
    let at = body.into_iter().find(|&i| !piece.lines[i].is_blank())?;
    let text = piece.lines[at].text;
    let end = (0..=80.min(text.len())).rev().find(|&i| text.is_char_boundary(i))?;
    let start = &text[..end];
    let cut = [" – ", " — ", " - ", " -- ", ") ", "): ", "—", "–"]
        .iter()
        .filter_map(|d| start.find(d))
        .min()?;
    let words = start[..cut].trim_matches(['(', ')', '[', ']', ' ', '*']);
    Some((dates::date_line(words, piece.order)?, at))
}

/// The one date that a title or a heading names.
fn in_title(piece: &Piece<'_>) -> Option<Claim> {
    let lines = piece.head.title_lines.clone();
    let of_lines = lines.clone().flat_map(|i| dates::find(piece.lines[i].text, piece.order));
    let mut found: Vec<_> = of_lines.map(|f| f.reading).collect();
    let reading = found.pop().filter(|_| found.is_empty())?;
    let mut claim = Claim::new("date in the title", Field::Date, Value::Date(reading.clone()), lines);
    claim.doubt = reading.doubt;
    Some(claim)
}
