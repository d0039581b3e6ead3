//! The title: the document's own heading; what the seed's record says; else none, and one is supplied.

use super::super::evidence::{Claim, Field, Value, plausible};
use super::super::text::{self, Line};
use super::Piece;

pub(super) fn claims(piece: &Piece<'_>) -> Vec<Claim> {
    let head = &piece.head;
    let mut found = Vec::new();
    if let Some(title) = &head.title {
        let sign = plausible::title(title, piece.scope);
        let lines = head.title_lines.clone();
        found.push(Claim::new(head.title_rule, Field::Title, Value::Text(title.clone()), lines).adjusted(sign + set_off(piece)));
    }
    found
}

/// What the place of a line adds that nothing else tells to be a title: it is first, alone, in capitals.
fn set_off(piece: &Piece<'_>) -> i32 {
    let lines = &piece.head.title_lines;
    if piece.head.title_rule != "first line that may be a title" {
        return 0;
    }
    let first = piece.lines.iter().position(|l| !l.is_blank()) == Some(lines.start);
    let alone = piece.lines.get(lines.end).is_some_and(Line::is_blank) && text::chunks(piece.lines).iter().any(|g| *g == *lines);
    let text = piece.head.title.as_deref().unwrap_or_default();
    i32::from(first) * 4 + i32::from(alone) * 4 + i32::from(text::is_caps(text)) * 6
}
