//! Minutes: who met, as labels tell it, and the first sentence where it is the heading.

use std::sync::LazyLock;

use super::super::dates;
use super::super::evidence::{Claim, Field, Value};
use super::super::lexicon::ScopedPhrases;
use super::super::marks;
use super::super::text;
use super::Piece;

pub(super) fn claims(piece: &Piece<'_>) -> Vec<Claim> {
    by_opening(piece).into_iter().chain(in_opening(piece)).collect()
}

/// Minutes whose first sentence is their heading.
fn by_opening(piece: &Piece<'_>) -> Option<Claim> {
    let (at, _) = opening(piece)?;
    let minutes = Value::Text("minutes".to_owned());
    Some(Claim::new("minutes by their opening", Field::Kind, minutes, at..at + 1))
}

/// The day in the first sentence of minutes that is their heading.
fn in_opening(piece: &Piece<'_>) -> Option<Claim> {
    let (at, heading) = opening(piece)?;
    let mut found = dates::find(heading, piece.order).into_iter();
    let reading = found.find(|found| found.reading.date.is_some())?.reading;
    Some(Claim::new("day in the opening of minutes", Field::Date, Value::Date(reading), at..at + 1))
}

/// The first sentence of minutes.
pub(super) fn title(piece: &Piece<'_>) -> Option<Claim> {
    let recorded = piece.told.is_some_and(|told| told.record && told.title.is_some());
    let (at, heading) = opening(piece).filter(|_| !recorded)?;
    let title = Value::Text(heading.to_owned());
    Some(Claim::new("opening of minutes", Field::Title, title, at..at + 1))
}

/// The first sentence of minutes that have no heading, as far as it tells who met: `Minutes of the board of the Harbour
/// Union, 6 October 2009, held at the hall. Present: …`.
fn opening<'p>(piece: &Piece<'p>) -> Option<(usize, &'p str)> {
    /// More is no heading.
    const WORDS: usize = 32;
    /// In so many of its first bytes the words are sought.
    const NEAR: usize = 300;
    let at = piece.lines.iter().position(|l| !l.is_blank())?;
    let line = piece.lines[at].text;
    if piece.head.title.is_some() || piece.layout.is_letter() || !piece.lines[at].is_prose() {
        return None;
    }
    // A number of the paper's own may be before it.
    let numbered = line.split(' ').next().filter(|w| w.bytes().any(|b| b.is_ascii_digit()));
    let start = numbered.map_or(0, str::len);
    let opening = line[start..].trim_start();
    let near = &opening[..opening.floor_char_boundary(NEAR)];
    if marks::kind_of_mark(near, piece.scope) != Some("minutes") {
        return None;
    }
    let words = opening.match_indices(' ').map(|(at, _)| at + 1);
    let met = { words }.find(|&at| marks::begins_attendance(&opening[at..], piece.scope));
    let stop = opening.match_indices(". ").map(|(at, _)| at).find(|&at| {
        opening[at + 2..].starts_with(char::is_uppercase)
            && !opening[..at].ends_with(char::is_uppercase)
    });
    let end = met.into_iter().chain(stop).min()?;
    let heading = opening[..end].trim_end_matches(|c: char| !c.is_alphanumeric() && c != ')');
    (text::has_at_most(heading, WORDS) && !text::has_at_most(heading, 2)).then_some((at, heading))
}

/// Whether early lines tell who met, in two ways at least: `Present:`, `Apologies:`, `Chair:`.
pub(super) fn tells_who_met(piece: &Piece<'_>) -> bool {
    static WORDS: LazyLock<[ScopedPhrases; 4]> = LazyLock::new(|| {
        [
            ScopedPhrases::of(|l| l.present),
            ScopedPhrases::of(|l| l.absent),
            ScopedPhrases::of(|l| l.chair),
            ScopedPhrases::of(|l| l.minute_taker),
        ]
    });
    let early = piece.lines.iter().filter(|l| !l.is_blank()).take(14);
    let mut kinds = [false; 4];
    for line in early {
        let bare = line.text.trim_start_matches(['*', '_', '#', ' ']);
        for (k, words) in WORDS.iter().enumerate() {
            // Who was there, and who was not, may be below a heading.
            let ends = |rest: &str| {
                let rest = rest.trim_start_matches(['*', '_', ' ']);
                rest.starts_with(':') || k < 2 && rest.is_empty()
            };
            kinds[k] |= words.end(piece.scope, bare, ends).is_some();
        }
    }
    // Who was there is said of meetings only, where nobody is greeted.
    let met = kinds[0] && piece.layout.salutation.is_none();
    met || kinds.iter().filter(|k| **k).count() >= 2
}
