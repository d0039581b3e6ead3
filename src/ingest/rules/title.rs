//! The title: the document's own heading; what the seed's record says; else none, and one is supplied.

use super::super::evidence::{Claim, Field, Value};
use super::Piece;

pub(super) fn claims(piece: &Piece<'_>) -> Vec<Claim> {
    let head = &piece.head;
    let mut found = Vec::new();
    if let Some(title) = &head.title {
        found.push(Claim::new("heading above the text", Field::Title, Value::Text(title.clone()), head.title_lines.clone()));
    }
    found
}
