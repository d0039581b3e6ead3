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
        found.push(
            Claim::new(head.title_rule, Field::Title, Value::Text(title.clone()), lines)
                .adjusted(sign + set_off(piece)),
        );
    }
    // Above the labels of a mail stand marks of the office that printed it.
    if head.is_mail
        && let Some((subject, number)) =
            head.subject.as_ref().filter(|(s, _)| text::word_count(s) > 0)
    {
        let at = piece.index(*number);
        if head.title.is_none() || head.title_rule == GUESS {
            found.clear();
            found.push(Claim::new(
                "subject of a mail",
                Field::Title,
                Value::Text(subject.clone()),
                at..at + 1,
            ));
        }
    } else if head.is_mail && head.title_rule == GUESS {
        found.clear();
    }
    found
}

/// The rule of a title that only its place tells.
const GUESS: &str = "first line that may be a title";

/// What the place of a line adds that nothing else tells to be a title: it is first, alone, in capitals.
fn set_off(piece: &Piece<'_>) -> i32 {
    let lines = &piece.head.title_lines;
    let first = piece.lines.iter().position(|l| !l.is_blank()) == Some(lines.start);
    if piece.head.title_rule == "heading with a mark" && !first {
        // A heading further down may be that of a part.
        return -18;
    }
    if piece.head.title_rule != GUESS {
        return 0;
    }
    let alone = piece.lines.get(lines.end).is_some_and(Line::is_blank)
        && text::chunks(piece.lines).contains(lines);
    let text = piece.head.title.as_deref().unwrap_or_default();
    let kind = piece.head.kind_alone && piece.head.kind.is_some() && !first;
    i32::from(kind) * 10
        + i32::from(first) * 4
        + i32::from(alone) * 4
        + i32::from(text::is_caps(text)) * 6
}
