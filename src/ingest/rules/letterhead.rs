//! Whose paper it is: the first block of the head.

use super::super::evidence::{Claim, Field, Value, plausible};
use super::super::lexicon::Scope;
use super::super::text;
use super::{Piece, address, foot};

pub(super) fn claims(piece: &Piece<'_>) -> Vec<Claim> {
    let block = piece.head.blocks.iter().find(|b| b.first && b.letterhead.is_some());
    let Some((block, mention)) = block.and_then(|b| Some((b, b.letterhead.clone()?))) else {
        return Vec::new();
    };
    let body =
        mention.organization.as_deref().map_or(-100, |o| plausible::organization(o, piece.scope));
    let person = mention.person.as_deref().map_or(-100, |p| plausible::person(p, piece.scope));
    let sign = match (&mention.role, &mention.person, &mention.organization) {
        // An office in a letterhead is told by its own words.
        (Some(role), None, None) => plausible::organization(role, piece.scope).min(10),
        _ => body.max(person),
    };
    let rule = if sign >= 40 { "letterhead by its words" } else { "letterhead by its place" };
    // What reads as an addressee's block is less of a letterhead, the more so the clearer it does.
    let less = 15 * block.points.clamp(-1, 5);
    let first = piece.lines[block.lines.start].text;
    let addressee = foot::directed(first, piece.scope).is_some()
        || address::is_styled(first, piece.scope) && !text::is_caps(first);
    let letter = piece.layout.salutation.is_some() || piece.layout.closing.is_some();
    // "Moor House" is where somebody lives.
    let building = mention.person.is_none()
        && (is_building(first, piece.scope) || plausible::is_initials(first));
    let listed = first.starts_with(|c: char| !c.is_alphabetic() && !"“\"'*_(".contains(c));
    let sign = match (sign < -30 || addressee || listed || building, letter) {
        (true, _) => -90,
        (false, true) => 0,
        // Above a text that is no letter, a name is a letterhead only if its words say so.
        (false, false) if mention.organization.is_some() && sign >= 40 => -12,
        (false, false) => -32,
    };
    vec![
        Claim::new(rule, Field::Letterhead, Value::Parties(vec![mention]), block.lines.clone())
            .adjusted(sign - less),
    ]
}

/// Whether a line of several words names a house. "Mary House" is a person.
pub(super) fn is_building(line: &str, scope: Scope) -> bool {
    !text::has_at_most(line, 1)
        && plausible::is_house(line, scope)
        && plausible::person(line, scope) < 40
}
