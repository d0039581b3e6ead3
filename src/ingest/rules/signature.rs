//! Who signed: the name below the words of leave-taking, a block of names, a list of signatories.

use super::super::evidence::{Claim, Field, Value, plausible};
use super::super::marks;
use super::super::names::{self, Named};
use super::super::parties::{self, Mention};
use super::super::text;
use super::Piece;
use super::address;
use super::foot::{self, Role};

/// A line that may be a signature.
struct Candidate {
    at: usize,
    name: String,
    points: i32,
}

pub(super) fn claims(piece: &Piece<'_>) -> Vec<Claim> {
    // Below a diplomatic note stands its addressee.
    if piece.head.compliments.is_some() && piece.layout.closing.is_none() {
        return Vec::new();
    }
    let block = block(piece);
    if block.as_ref().is_some_and(|c| matches!(&c.value, Value::Parties(p) if p.len() > 1)) {
        return block.into_iter().collect();
    }
    let mut found: Vec<Claim> = lone(piece);
    found.extend(block);
    found
}

/// The lines that the layout takes for signatures, without what is none.
fn block(piece: &Piece<'_>) -> Option<Claim> {
    let range = piece.layout.signatures.clone();
    let lines = &piece.lines[range.clone()];
    let few = lines.iter().filter(|l| !l.is_blank()).count() < 9;
    let mut kept = Vec::with_capacity(lines.len());
    let mut named = false;
    for (k, line) in lines.iter().enumerate() {
        let role = piece.foot.role(range.start + k).filter(|_| few);
        let signed = marks::signed(line.text).is_some();
        let addressee = named && address::is_styled(line.text, piece.scope);
        if matches!(role, Some(Role::Mark | Role::After | Role::Dated)) && named || addressee && few {
            break;
        }
        // What stands apart from a name is its body only if its words say so.
        let apart = named && k > 0 && lines[k - 1].is_blank() && !line.is_blank();
        let body = matches!(names::judge(line.text), Named::Organization | Named::Role | Named::Person);
        if few && apart && !body && !signed {
            break;
        }
        let aside = matches!(role, Some(Role::Directed | Role::Closing | Role::Mark)) && !signed;
        if role == Some(Role::Directed) && named && !signed {
            break;
        }
        named |= !line.is_blank() && !aside;
        kept.push(if aside { line.with_text("") } else { *line });
    }
    let mentions = parties::signatures(&kept, piece.writing);
    if mentions.is_empty() {
        return None;
    }
    let closed = piece.layout.closing.is_some() || marks::is_signed_heading(lines[0].text) || range.start > 0 && marks::is_signed_heading(piece.lines[range.start - 1].text);
    let rule = match (closed, mentions.len()) {
        (true, 1) => "signature below the closing",
        (false, 1) => "name below the text",
        (true, _) => "signatures below the closing",
        (false, _) => "names below the text",
    };
    let sign = plausible::parties(&mentions, piece.scope);
    Some(Claim::new(rule, Field::Signers, Value::Parties(mentions), range).adjusted(adjustment(sign)))
}

/// What plausibility adds to a rule's weight.
fn adjustment(sign: i32) -> i32 {
    match sign {
        40.. => 8,
        10..40 => 0,
        -20..10 => -12,
        -45..-20 => -30,
        _ => -70,
    }
}

/// One name by itself, by what stands around it.
fn lone(piece: &Piece<'_>) -> Vec<Claim> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for (k, &(at, role)) in piece.foot.lines.iter().enumerate() {
        if role == Role::Closing || role == Role::Prose {
            candidates.extend(on_line_of_leave(piece, at, role));
        }
        if matches!(role, Role::Free | Role::Closing) {
            candidates.extend(candidate(piece, k));
        }
    }
    candidates.retain(|c| c.points >= 25);
    candidates.sort_by_key(|c| (std::cmp::Reverse(c.points), std::cmp::Reverse(c.at)));
    candidates.truncate(2);
    candidates.into_iter().map(|c| claim(piece, c)).collect()
}

fn claim(piece: &Piece<'_>, candidate: Candidate) -> Claim {
    let Candidate { at, name, points } = candidate;
    let initials = plausible::is_initials(&name);
    let mention = Mention { person: Some(piece.writing.person(&name)), line: piece.number(at), ..Mention::default() };
    let claim = Claim::new("one name", Field::Signers, Value::Parties(vec![mention]), at..at + 1);
    let claim = Claim { weight: points.min(95), ..claim };
    if initials { claim.doubted(format!("the signature has initials only: `{name}`")) } else { claim }
}

/// `Most sincerely yours M. R. Mitford.`
fn on_line_of_leave(piece: &Piece<'_>, at: usize, role: Role) -> Option<Candidate> {
    let line = piece.lines[at].text;
    let (_, name) = foot::after_leave(line, piece.scope)?;
    let name = clean(name)?;
    let sign = plausible::person(&name, piece.scope).max(5);
    let last = piece.foot.lines.last().is_some_and(|(i, _)| *i == at);
    let points = 40 + sign + if last { 5 } else { 0 } - if role == Role::Prose { 20 } else { 0 };
    Some(Candidate { at, name, points })
}

/// A short line that may be a name, by what stands above and below it.
fn candidate(piece: &Piece<'_>, k: usize) -> Option<Candidate> {
    let lines = &piece.foot.lines;
    let at = lines[k].0;
    let line = piece.lines[at].text;
    if !text::has_at_most(line, 7) || line.ends_with(':') {
        return None;
    }
    let marked = marks::signed(line).filter(|rest| !rest.is_empty());
    let name = clean(marked.unwrap_or(line))?;
    let sign = plausible::person(&name, piece.scope);
    if sign < -20 || address::is_styled(line, piece.scope) {
        return None;
    }
    let above = k.checked_sub(1).map(|k| lines[k]);
    let closed = match above {
        Some((i, Role::Closing)) if i + 3 > at => true,
        // "I am ever / most sincerely yours" may go on over two lines.
        Some((i, Role::Prose)) => i + 3 > at && foot::takes_leave(piece.lines[i].text, piece.scope),
        _ => false,
    };
    let rest = &lines[k + 1..];
    let quiet = !rest.iter().any(|(_, role)| *role == Role::Prose);
    let addressed = rest.first().is_some_and(|(_, role)| matches!(role, Role::Directed));
    let last = rest.iter().all(|(_, role)| matches!(role, Role::Dated | Role::Address | Role::Directed | Role::Mark | Role::After));
    let alone = at == 0 || piece.lines[at - 1].is_blank();
    let mut points = sign;
    points += if closed { 45 } else { 0 };
    points += if marked.is_some() { 50 } else { 0 };
    points += if quiet { 8 } else { 0 };
    points += if addressed { 8 } else { 0 };
    points += if last { 10 } else { 0 };
    points += if alone && !closed { 4 } else { 0 };
    // Below another name stands a house, a town, a street.
    let below_directed = above.is_some_and(|(i, role)| matches!(role, Role::Directed | Role::Address) && i + 1 == at);
    points -= if below_directed { 50 } else { 0 };
    points -= if line.ends_with(',') && !rest.is_empty() { 10 } else { 0 };
    Some(Candidate { at, name, points })
}

/// A name without signs, marks and degrees around it.
fn clean(line: &str) -> Option<String> {
    let mut name = text::without_emphasis(line).trim_matches(|c: char| c.is_whitespace() || "-–—~,;:\"".contains(c));
    name = name.trim_start_matches("/s/").trim_start();
    if name.ends_with('.') && !ends_abbreviated(name) {
        name = name.trim_end_matches(['.', ' ']);
    }
    let first = name.split(", ").next().unwrap_or(name).trim();
    let bare = plausible::without_courtesy(first);
    (!bare.is_empty() && text::length(bare) >= 2 && names::judge(bare) != Named::Contact).then(|| bare.to_owned())
}

/// Whether the last point belongs to an abbreviation: `M. R. M.`, `K. Schl.`
fn ends_abbreviated(name: &str) -> bool {
    let last = name.split_whitespace().next_back().unwrap_or_default();
    plausible::is_initials(name) || last.chars().filter(|c| c.is_alphabetic()).count() == 1
}
