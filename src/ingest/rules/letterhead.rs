//! Whose paper it is: the first block of the head.

use super::super::evidence::{Claim, Field, Value, plausible};
use super::super::lexicon::Scope;
use super::super::marks;
use super::super::names::{self, Named};
use super::super::parties::Mention;
use super::super::text;
use super::head::blocks::without_frame;
use super::{Piece, address, foot};

pub(super) fn claims(piece: &Piece<'_>) -> Vec<Claim> {
    let block = piece.head.blocks.iter().find(|b| b.first && b.letterhead.is_some());
    let Some((block, mention)) = block.and_then(|b| Some((b, b.letterhead.clone()?))) else {
        return Vec::new();
    };
    let sign = plausibility(&mention, piece.scope);
    let rule = if sign >= 40 { "letterhead by its words" } else { "letterhead by its place" };
    // What reads as an addressee's block is less of a letterhead, the more so the clearer it does.
    let less = 15 * block.points.clamp(-1, 5);
    let first = First { line: piece.lines[block.lines.start].text, mention: &mention, piece };
    let none = sign < -30 || NO_LETTERHEAD.iter().any(|is_sign| is_sign(&first));
    let adjustment = match (none, piece.layout.is_letter()) {
        (true, _) => -90,
        // "Quarry Bank, Aldstone" may be a house.
        (false, true) if is_beside_town(&mention) => -34,
        (false, true) => 0,
        // Above a text that is no letter, a name is a letterhead only if its words say so.
        (false, false) if mention.organization.is_some() && sign >= 40 => -12,
        (false, false) => -32,
    };
    vec![
        Claim::new(rule, Field::Letterhead, Value::Parties(vec![mention]), block.lines.clone())
            .adjusted(adjustment - less),
    ]
}

/// Whether what may be a body has a comma and a short name of a place behind it, as the name of a house has.
fn is_beside_town(mention: &Mention) -> bool {
    let parted = mention.organization.as_deref().and_then(|name| name.split_once(", "));
    parted.is_some_and(|(body, place)| {
        let word = place.starts_with(char::is_uppercase) && !place.contains([',', '.']);
        text::has_at_most(body, 2) && text::has_at_most(place, 2) && word
    })
}

/// How plausible the body, the office or the person is whose paper it may be.
fn plausibility(mention: &Mention, scope: Scope) -> i32 {
    let (person, body) = (mention.person.as_deref(), mention.organization.as_deref());
    if let (Some(role), None, None) = (&mention.role, person, body) {
        // An office in a letterhead is known by its own words.
        return plausible::organization(role, scope).min(10);
    }
    let person = person.map_or(-100, |p| plausible::person(p, scope));
    person.max(body.map_or(-100, |o| plausible::organization(o, scope)))
}

/// The first line of a block, and whom the block names.
struct First<'a> {
    line: &'a str,
    mention: &'a Mention,
    piece: &'a Piece<'a>,
}

/// What tells that a block is no letterhead.
const NO_LETTERHEAD: &[fn(&First<'_>) -> bool] = &[
    |first| first.directs_the_letter(),
    |first| first.names_somebody_with_style(),
    |first| first.is_where_somebody_lives(),
    |first| first.is_item_of_list(),
    |first| first.is_of_carrier(),
    |first| address::is_styled_office(first.line, first.piece.scope),
    |first| first.is_korean_heading(),
    |first| first.is_below_office(),
    |first| first.is_below_label(),
    |first| first.is_in_care_of(),
    |first| first.is_above_menus(),
    |first| first.is_beside_quotation(),
    // `PARTICIPANTS:   Ida Holm, Port Office`
    |first| marks::is_any_label(first.line) && first.line.contains("  "),
];

impl First<'_> {
    fn directs_the_letter(&self) -> bool {
        foot::directed(self.line, self.piece.scope).is_some()
            || foot::is_direction(self.line, self.piece.scope)
    }

    fn names_somebody_with_style(&self) -> bool {
        let styled =
            |line: &str| address::is_styled(line, self.piece.scope) && !text::is_caps(line);
        // Whom a line further down in the block names may have one, too.
        let own = self.piece.lines[self.piece.index(self.mention.line)].text;
        styled(self.line) || self.mention.person.is_some() && self.mention.line > 0 && styled(own)
    }

    /// `Moor House`
    fn is_where_somebody_lives(&self) -> bool {
        self.mention.person.is_none()
            && (is_building(self.line, self.piece.scope) || plausible::is_initials(self.line))
    }

    /// `MARISOL KALAYAAN` below the office of who signed is a body, though it has the form of somebody's name.
    fn is_below_office(&self) -> bool {
        let (lines, foot) = (self.piece.lines, &self.piece.foot.lines);
        let repeated = |pair: &[(usize, foot::Role)]| {
            let (above, at) = (pair[0].0, pair[1].0);
            above + 1 == at
                && lines[at].text.len() == self.line.len()
                && lines[at].text.to_lowercase() == self.line.to_lowercase()
                && names::judge(lines[above].text) == Named::Role
        };
        self.mention.person.is_some() && foot.windows(2).any(repeated)
    }

    /// `c/o OHCHR, Palais Wilson`: where somebody is written to.
    fn is_in_care_of(&self) -> bool {
        let block = self.piece.head.blocks.iter().find(|b| b.first && b.letterhead.is_some());
        let mut lines = block.into_iter().flat_map(|block| &self.piece.lines[block.lines.clone()]);
        lines.any(|l| l.text.starts_with("c/o ") || l.text.starts_with("C/O "))
    }

    /// The value of a label may go on in the next line.
    fn is_below_label(&self) -> bool {
        let at = self.piece.head.blocks.iter().find(|b| b.first).map_or(0, |b| b.lines.start);
        let above = at.checked_sub(1).map_or("", |above| self.piece.lines[above].text);
        marks::is_any_label(above) && !above.ends_with([':', '：'])
    }

    /// `Ida Holm of the families: "Nobody asked us, not once"`: a headline that says who said what.
    fn is_beside_quotation(&self) -> bool {
        let block = self.piece.head.blocks.iter().find(|b| b.first && b.letterhead.is_some());
        let mut lines = block.into_iter().flat_map(|block| &self.piece.lines[block.lines.clone()]);
        lines.any(|line| plausible::has_quoted_clause(line.text))
    }

    /// The name of a web site has the menus of its page below it, which were left out: their lines are not there.
    fn is_above_menus(&self) -> bool {
        const MENUS: usize = 2;
        let lines = self.piece.lines;
        let Some(first) = lines.first().filter(|l| l.text == self.line) else { return false };
        let below = lines.iter().skip(1);
        let blank = below.clone().take_while(|l| l.is_blank()).count();
        let next = below.clone().find(|l| !l.is_blank());
        next.is_some_and(|next| next.number > first.number + blank + MENUS)
    }

    /// Who carried a telegram did not write it.
    fn is_of_carrier(&self) -> bool {
        let body = self.mention.organization.as_deref();
        body.is_some_and(|body| marks::is_carrier(body, self.piece.scope))
    }

    /// `인사말`: what the text is, in the form of a name.
    fn is_korean_heading(&self) -> bool {
        text::is_hangul(self.line) && marks::kind_of_title(self.line, self.piece.scope).is_some()
    }

    fn is_item_of_list(&self) -> bool {
        without_frame(self.line).starts_with(|c: char| !c.is_alphabetic() && !"“\"'*_(".contains(c))
    }
}

/// Whether a line of several words names a house. "Mary House" is a person.
pub(super) fn is_building(line: &str, scope: Scope) -> bool {
    !text::has_at_most(line, 1)
        && plausible::is_house(line, scope)
        && plausible::person(line, scope) < 40
}
