//! Who signed: the name below the words of leave-taking, a block of names, a list of signatories.

use std::sync::LazyLock;

use super::super::dates;
use super::super::evidence::{Claim, Field, Value, plausible, weigh};
use super::super::layout::signatures_end;
use super::super::lexicon::{Scope, ScopedPhrases, ends_word};
use super::super::marks;
use super::super::names::{self, Named};
use super::super::parties::{self, Mention};
use super::super::text::{self, Line};
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
    // Below a diplomatic note is its addressee.
    if piece.head.compliments.is_some() && piece.layout.closing.is_none() {
        return Vec::new();
    }
    let block = block(piece);
    let redacted = beside_redacted(piece);
    if block.as_ref().is_some_and(|c| matches!(&c.value, Value::Parties(p) if p.len() > 1)) {
        return block.into_iter().chain(redacted).collect();
    }
    let mut found: Vec<Claim> = lone(piece);
    found.extend(telegram(piece));
    found.extend(place_of_leave(piece));
    found.extend(office_of_paper(piece).filter(|_| block.is_none()));
    found.extend(redacted);
    found.extend(speaker(piece));
    found.extend(deponent(piece));
    found.extend(block);
    found.into_iter().map(|claim| piece.of_first_letter(claim)).collect()
}

/// The lines that the layout takes for signatures, without what is none.
fn block(piece: &Piece<'_>) -> Option<Claim> {
    // On a form of a telegram the name above the text is that of whom it is for.
    if piece.is_form_of_carrier() {
        return None;
    }
    let range = piece.layout.signatures.clone();
    let lines = &piece.lines[range.clone()];
    if is_attested_above(piece, range.start) {
        return None;
    }
    let (mut mentions, of_members) = signers(piece, &own_lines(piece, range.start, lines));
    if !mentions.is_empty() {
        mentions.extend(of_next_list(piece));
        mentions = parties::unique(mentions);
    }
    // What is printed on the sheet and on the envelope is there twice.
    let above = &piece.lines[..piece.layout.body.start.min(range.start)];
    let printed = |m: &Mention| {
        m.line > 0 && above.iter().any(|l| l.text == piece.lines[piece.index(m.line)].text)
    };
    let headed = range.start.checked_sub(1).is_some_and(|above| {
        let above = piece.lines[..=above].iter().rfind(|l| !l.is_blank());
        above.is_some_and(|l| marks::is_signed_heading(l.text, piece.scope))
    });
    if !headed && mentions.iter().any(|m| !printed(m)) {
        mentions.retain(|m| !printed(m));
    }
    if mentions.is_empty() {
        return None;
    }
    let closed = piece.layout.closing.is_some()
        || marks::is_signed_heading(lines[0].text, piece.scope)
        || range.start > 0
            && marks::is_signed_heading(piece.lines[range.start - 1].text, piece.scope);
    let rule = match (closed, mentions.len()) {
        (_, 1) if of_members => "body that has members",
        (true, 1) => "signature below the closing",
        (false, 1) if piece.layout.salutation.is_none() => "name below a text that greets nobody",
        (false, 1) => "name below the text",
        (true, _) => "signatures below the closing",
        (false, _) => "names below the text",
    };
    let sign = plausible::parties(&mentions, piece.scope);
    let doubt = doubt_of_block(piece, &mentions).or_else(|| unread(piece, lines, &mentions));
    let claim = Claim::new(rule, Field::Signers, Value::Parties(mentions), range)
        .adjusted(adjustment(sign));
    Some(match doubt {
        Some(doubt) => claim.doubted(doubt),
        None => claim,
    })
}

/// Who is listed below a second heading, where notes or the foot of a page cut the list in two.
fn of_next_list(piece: &Piece<'_>) -> Vec<Mention> {
    let heads = |&i: &usize| {
        piece.begins_group(i) && marks::is_signed_heading(piece.lines[i].text, piece.scope)
    };
    let Some(at) = (piece.layout.signatures.end..piece.lines.len()).find(heads) else {
        return Vec::new();
    };
    let end = signatures_end(piece.lines, at + 1, piece.order, piece.scope);
    parties::signatures(&piece.lines[at + 1..end], piece.writing)
}

/// Whom some lines name, and whether one is a body that has members.
fn signers(piece: &Piece<'_>, lines: &[Line<'_>]) -> (Vec<Mention>, bool) {
    let mut mentions = parties::signatures(lines, piece.writing);
    let mut of_members = false;
    // "Your own Ada"
    let leaving = |p: &String| {
        let (first, rest) = p.split_once(' ')?;
        let whole = !rest.ends_with('.') || ends_abbreviated(rest);
        let rest = if whole { rest } else { rest.trim_end_matches('.') };
        foot::is_leave(first, piece.scope).then(|| rest.to_owned())
    };
    mentions.retain_mut(|m| {
        let at = piece.index(m.line);
        let address = || names::judge(piece.lines[at].text) == Named::Address;
        if m.line > 0 && (is_below_redacted(piece, at) || address()) {
            m.person = None;
        }
        if let Some(name) = m.person.as_ref().and_then(leaving) {
            m.person = Some(name);
        }
        if let Some(name) = m.person.take_if(|name| is_body(piece, name)) {
            of_members = true;
            m.written = Some(name.clone());
            m.organization = m.organization.take().or(Some(name));
        }
        m.is_named() && !is_for_nobody(m, piece.scope)
    });
    (mentions, of_members)
}

/// `Pour le bureau`: for whom somebody signed, without a name.
fn is_for_nobody(mention: &Mention, scope: Scope) -> bool {
    static BEHALF: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.on_behalf));
    let body = mention.organization.as_deref().filter(|_| mention.person.is_none());
    body.is_some_and(|body| {
        let rest = BEHALF.end(scope, body, |rest| rest.starts_with(' ')).map(|end| &body[end..]);
        let small = |rest: &str| rest.split(' ').all(|w| !w.starts_with(char::is_uppercase));
        let one = |rest: &str| text::has_at_most(parties::without_article(rest, scope), 1);
        rest.map(str::trim_start).is_some_and(|rest| small(rest) || one(rest))
    })
}

/// Why one of those who signed may be nobody who did, or the only one may have a longer name.
fn doubt_of_block(piece: &Piece<'_>, mentions: &[Mention]) -> Option<String> {
    let odd = odd_one(piece, mentions).or_else(|| below_address(piece, mentions));
    if let Some(name) = odd.or_else(|| beyond_others(piece, mentions)) {
        return Some(format!("`{name}` may not be the name of a signatory"));
    }
    let [Mention { person: Some(name), line, .. }] = mentions else { return None };
    doubt_of_cut(piece.lines[piece.index(*line)].text, name)
}

/// In doubt if among several who signed a line has the form of a name, and nobody was read from it.
fn unread(piece: &Piece<'_>, lines: &[Line<'_>], mentions: &[Mention]) -> Option<String> {
    let [first, _, .., last] = mentions else { return None };
    let amid = lines.iter().filter(|l| (first.line..=last.line).contains(&l.number));
    let mut unread = amid.filter(|l| {
        let read = parties::read_line(l.text, piece.scope);
        let name = read.unknown.as_deref().unwrap_or_default();
        has_form_of_name(name) && !mentions.iter().any(|m| is_read_from(m, l.number, name))
    });
    let line = unread.next()?;
    Some(format!("`{}` is among those who signed, and nobody was read from it", line.text.trim()))
}

/// Whether a text is two words to five that begin with capitals.
fn has_form_of_name(text: &str) -> bool {
    let sign = |c: char| c.is_alphabetic() || ".'’-".contains(c);
    let named = |w: &str| w.starts_with(char::is_uppercase) && w.chars().all(sign);
    (2..=5).contains(&text::word_count(text))
        && text::words(text).all(|w| named(w) || names::is_particle(w))
}

/// Whether a party was read from a line, or has as its body or office what is there.
fn is_read_from(mention: &Mention, line: usize, name: &str) -> bool {
    let said = [mention.written.as_deref(), mention.role.as_deref()];
    mention.line == line || said.contains(&Some(name))
}

/// Whether the line above tells that who is named below only attests what others signed.
fn is_attested_above(piece: &Piece<'_>, at: usize) -> bool {
    let mut above = piece.lines[..at].iter().rev().filter(|l| !l.is_blank());
    let first = above.find(|l| !is_mark_of_signing(l.text, piece.scope));
    first.is_some_and(|l| marks::is_attestation(l.text, piece.scope))
}

/// What follows a mark of signing on its own line: `Signed: Ada Quill`, `/s/ Ada Quill`.
pub(super) fn marked_name(line: &str, scope: Scope) -> Option<&str> {
    let copied = line.strip_prefix("/s/").or_else(|| line.strip_prefix("/S/"));
    let rest = copied.map(str::trim_start).or_else(|| marks::signed(line, scope));
    rest.filter(|rest| !rest.is_empty()).or_else(|| beside_mark(line, scope))
}

/// `gez. Rabensburg`: a word or two behind a mark of signing that ends in a point.
fn behind_abbreviation(line: &str, scope: Scope) -> Option<&str> {
    let rest = parties::without_signed(line, scope);
    let mark = line.trim_end().strip_suffix(rest)?.trim_end();
    let name = |w: &str| w.starts_with(char::is_uppercase) && text::length(w) > 1;
    (mark.ends_with('.') && text::has_at_most(rest, 3) && text::words(rest).all(name))
        .then_some(rest)
}

/// What is beside a mark of signing in a Korean line: `조합 이사장 윤현철 (직인생략)`, `위 확인인 윤 현 철`.
fn beside_mark(line: &str, scope: Scope) -> Option<&str> {
    let bare = parties::without_signed(line, scope);
    let sealed = line.ends_with([')', ']']);
    let marked = bare.len() < line.len() && text::is_hangul(bare);
    // "신청인 고춘자" may be a label at the head.
    (marked && (sealed || line.starts_with("위 "))).then_some(bare)
}

/// Whether a line only says that the name below it was signed: `(Signed by)`.
fn is_mark_of_signing(line: &str, scope: Scope) -> bool {
    let inner = line.strip_prefix('(').and_then(|l| l.trim_end_matches('.').strip_suffix(')'));
    inner.is_some_and(|inner| marks::is_signed_heading(inner, scope))
        || parties::is_mark_of_signing(line, scope)
}

/// Of a few who signed a letter one of whom little speaks for a name: a note of an office, part of an address.
fn odd_one(piece: &Piece<'_>, mentions: &[Mention]) -> Option<String> {
    let headed = |l: &Line<'_>| marks::is_signed_heading(l.text, piece.scope);
    let mut filled = piece.lines[piece.layout.signatures.clone()].iter().filter(|l| !l.is_blank());
    if filled.next().is_some_and(headed) {
        return None;
    }
    let named = mentions.iter().any(|m| m.person.is_some());
    let (closed, greets) = (piece.layout.closing.is_some(), piece.layout.salutation.is_some());
    let few = (2..=3).contains(&mentions.len()) && closed && (greets || named);
    let people = named && piece.layout.is_letter() && is_of_several_lines(mentions);
    let mut odd = mentions.iter().filter(|m| match m.person {
        None if people => true,
        _ => few && says_little(m, piece.scope),
    });
    odd.next().and_then(Mention::name).map(str::to_owned)
}

/// Whether a few names are on more than one line: beside people who signed, a body by itself may be a house, a stamp,
/// part of an address.
fn is_of_several_lines(mentions: &[Mention]) -> bool {
    mentions.len() <= 5 && mentions.first().map(|m| m.line) != mentions.last().map(|m| m.line)
}

/// Whether little speaks for a name; what is less than that is left out.
fn says_little(mention: &Mention, scope: Scope) -> bool {
    let sign = mention.person.as_deref().map_or_else(
        || plausible::parties(std::slice::from_ref(mention), scope),
        |person| plausible::person(person, scope),
    );
    (-20..20).contains(&sign)
}

/// The last of a few names of a letter that have an address between them, as on an envelope.
fn below_address(piece: &Piece<'_>, mentions: &[Mention]) -> Option<String> {
    let [first, .., last] = mentions else { return None };
    let between = piece.index(first.line)..piece.index(last.line);
    let placed = |l: &Line<'_>| names::judge(l.text) == Named::Address;
    let letter = piece.layout.salutation.is_some() || piece.layout.closing.is_some();
    let few = letter && mentions.len() <= 5;
    let above = few && !between.is_empty() && piece.lines[between].iter().any(placed);
    last.name().filter(|_| above).map(str::to_owned)
}

/// One of a few names of a letter between which and the first there is a line that ends the names: whom it is to, a mark
/// of an office, running text.
fn beyond_others(piece: &Piece<'_>, mentions: &[Mention]) -> Option<String> {
    let [first, rest @ ..] = mentions else { return None };
    let letter = piece.layout.salutation.is_some() || piece.layout.closing.is_some();
    let ends = |role: Role| matches!(role, Role::Directed | Role::Prose | Role::Mark);
    let beyond = |m: &&Mention| {
        let between = piece.index(first.line) + 1..piece.index(m.line);
        piece.foot.lines.iter().any(|(i, role)| between.contains(i) && ends(*role))
    };
    let few = letter && (1..=4).contains(&rest.len());
    rest.iter().find(beyond).filter(|_| few).and_then(Mention::name).map(str::to_owned)
}

/// Whether a name that was taken out is right above a line, so that what the line names is no person.
fn is_below_redacted(piece: &Piece<'_>, at: usize) -> bool {
    let above = piece.lines[..at].iter().rfind(|l| !l.is_blank());
    above.is_some_and(|l| {
        let end = l.text.rsplit(['|', '/']).next().unwrap_or(l.text).trim();
        parties::is_taken_out(l.text, piece.scope) || parties::is_taken_out(end, piece.scope)
    })
}

/// Who makes the statement that a sentence introduces.
fn speaker(piece: &Piece<'_>) -> Option<Claim> {
    let (at, name) = super::kind::introduction(piece)?;
    let read = |name: &str| {
        let person = parties::read_line(name, piece.scope).person;
        person.filter(|p| plausible::person(p, piece.scope) >= 20)
    };
    // "Ida Holm of the Harbour Families"
    let before = before_body(name, piece.scope);
    let person = read(name).or_else(|| read(before?));
    let body = || {
        let short = text::has_at_most(name, 8)
            && before.is_none()
            && names::judge(name) == Named::Organization;
        short.then(|| piece.writing.organization(parties::without_article(name, piece.scope)))
    };
    let organization = if person.is_some() { None } else { Some(body()?) };
    let written = organization.as_ref().map(|_| name.to_owned());
    let person = person.map(|p| piece.writing.person(&p));
    let line = piece.number(at);
    let mention = Mention { person, organization, written, line, ..Mention::default() };
    let list = Value::Parties(vec![mention]);
    Some(Claim::new("speaker of the statement that follows", Field::Signers, list, at..at + 1))
}

/// Who declares something in the first person: `I, Ida Holm, of 3 Quay Street, make oath and say`.
fn deponent(piece: &Piece<'_>) -> Option<Claim> {
    /// So many written lines at most are above the first sentence of an affidavit.
    const LINES: usize = 40;
    if piece.layout.is_letter() {
        return None;
    }
    let mut early = (0..piece.lines.len()).filter(|&i| !piece.lines[i].is_blank()).take(LINES);
    let (at, name) = early.find_map(|at| {
        let next = piece.lines.get(at + 1).map_or("", |l| l.text);
        Some((at, marks::declarant(piece.lines[at].text, next, piece.scope)?))
    })?;
    let name = plausible::without_titles(name);
    if plausible::person(name, piece.scope) < 20 {
        return None;
    }
    let person = Some(piece.writing.person(name));
    let mention = Mention { person, line: piece.number(at), ..Mention::default() };
    let list = Value::Parties(vec![mention]);
    let claim = Claim::new("who declares in the first person", Field::Signers, list, at..at + 1);
    Some(match doubt_of_cut(name, name) {
        Some(doubt) => claim.doubted(doubt),
        None => claim,
    })
}

/// What is before the words between a name and its body.
fn before_body(name: &str, scope: Scope) -> Option<&str> {
    static OF: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.of_body));
    let mut words = name.match_indices(' ');
    words
        .find(|(at, _)| OF.end(scope, &name[at + 1..], ends_word).is_some())
        .map(|(at, _)| &name[..at])
}

/// `[name redacted]` above `Harbour Works Ltd.`: the body for which somebody signed whose name was taken out.
fn beside_redacted(piece: &Piece<'_>) -> Option<Claim> {
    let lines = &piece.foot.lines;
    let taken_out = |k: usize| {
        lines.get(k).is_some_and(|(i, _)| parties::is_taken_out(piece.lines[*i].text, piece.scope))
    };
    let near = |k: usize| k.checked_sub(1).is_some_and(taken_out) || taken_out(k + 1);
    let fits = |k: &usize| {
        let line = piece.lines[lines[*k].0].text;
        names::has_legal_form(line) && text::has_at_most(line, 8) && !line.contains([':', '@'])
    };
    let at = lines[(0..lines.len()).rev().find(|k| fits(k) && near(*k))?].0;
    let said = parties::body_and_office(piece.lines[at].text, piece.scope);
    let name = said.organization?;
    let mention = Mention {
        role: said.role,
        organization: Some(piece.writing.organization(&name)),
        written: Some(name),
        line: piece.number(at),
        ..Mention::default()
    };
    let list = Value::Parties(vec![mention]);
    Some(Claim::new("body beside a name that was taken out", Field::Signers, list, at..at + 1))
}

/// A name of three words at most, in a line that has little else.
fn name_ending_telegram(line: &str) -> Option<String> {
    let plain = |c: char| c.is_alphabetic() || " .'’-".contains(c);
    let name = clean(line).filter(|_| text::has_at_most(line, 6))?;
    (name.chars().all(plain) && text::has_at_most(&name, 3)).then_some(name)
}

/// A telegram ends with the name of who sent it, often one word.
fn telegram(piece: &Piece<'_>) -> Option<Claim> {
    let form = piece.is_form_of_carrier();
    // The hour at which a form was filled in may be below the name.
    let named = |l: &Line<'_>| l.text.starts_with(char::is_alphabetic);
    let filled = |l: &Line<'_>| !l.is_blank() && (!form || named(l));
    let at = piece.lines.iter().rposition(filled)?;
    let line = piece.lines[at].text;
    let name = name_ending_telegram(line)?;
    let ended = piece.lines[..at].last().is_some_and(Line::is_blank);
    let telegram = form || piece.head.kind == Some("telegram") && ended;
    if !telegram || plausible::is_kin(&name, piece.scope) {
        return None;
    }
    let person = Some(piece.writing.person(&name));
    let mention = Mention { person, line: piece.number(at), ..Mention::default() };
    let list = Value::Parties(vec![mention]);
    Some(Claim::new("last line of a telegram", Field::Signers, list, at..at + 1))
}

/// The lines of a block that belong to names. What is apart from a name belongs to it only if its words say so;
/// a typist's mark, an endorsement, an address are none of the signatory's.
fn own_lines<'l>(piece: &Piece<'_>, start: usize, lines: &[Line<'l>]) -> Vec<Line<'l>> {
    if is_list(piece, start, lines) {
        return lines.to_vec();
    }
    // Who attests signed as well, and wrote nothing of it.
    let attested = lines.iter().position(|l| marks::is_attestation(l.text, piece.scope));
    let lines = &lines[..attested.unwrap_or(lines.len())];
    let mut kept: Vec<Line<'l>> = lines.iter().map(|l| l.with_text("")).collect();
    let mut named = false;
    for group in text::chunks(lines) {
        for k in group.clone() {
            let part = SignatureLine {
                piece,
                at: start + k,
                text: lines[k].text,
                below: &lines[k + 1..],
                begins_group: k == group.start,
                below_name: named,
            };
            if part.ends_names() {
                return kept;
            }
            if !part.is_left_out() {
                named |= part.names_somebody();
                kept[k] = lines[k];
            }
        }
    }
    kept
}

/// Whether all lines of a block belong to it: it is long, has a heading or a frame, or lists titled names.
fn is_list(piece: &Piece<'_>, start: usize, lines: &[Line<'_>]) -> bool {
    let above = piece.lines[..start].iter().rfind(|l| !l.is_blank());
    let headed =
        |l: &Line<'_>| marks::is_signed_heading(l.text, piece.scope) || l.text.starts_with('|');
    above.is_some_and(headed) || lines.iter().any(headed) || is_list_by_counts(lines, piece.scope)
}

/// Whether most lines name somebody whole, a body, or have a title; or there are many, and few are of an address.
fn is_list_by_counts(lines: &[Line<'_>], scope: Scope) -> bool {
    let count = |is: &dyn Fn(&str) -> bool| lines.iter().filter(|l| is(l.text)).count();
    let judged = |named: Named| count(&|text| names::judge(text) == named);
    let filled = count(&|text| !text.is_empty());
    // Three people or more one below the other, and little else, are a list whatever titles some have.
    let held = if filled < 3 { 0 } else { count(&|text| names_whole(text, scope)) };
    // One titled name may be that of an address.
    let styled = count(&|text| address::is_styled(text, scope));
    // What is written on an envelope has streets and towns.
    filled >= 12 && judged(Named::Address) * 4 < filled
        || held >= 3 && held * 2 > filled
        || filled >= 6 && judged(Named::Organization) * 3 >= filled * 2
        || styled > 1 && styled * 2 >= filled
}

/// Whether a line names a person with an office or a body.
fn names_whole(line: &str, scope: Scope) -> bool {
    let read = parties::read_line(line, scope);
    read.person.is_some() && (read.role.is_some() || read.organization.is_some())
}

/// A line of a block of signatures.
struct SignatureLine<'p> {
    piece: &'p Piece<'p>,
    at: usize,
    text: &'p str,
    /// The lines of the block below it.
    below: &'p [Line<'p>],
    /// Whether no line, or a blank one, is above it.
    begins_group: bool,
    /// Whether a name is above it in the block.
    below_name: bool,
}

impl SignatureLine<'_> {
    /// Whether the names end above it.
    fn ends_names(&self) -> bool {
        if self.is_courtesy_alone() || self.is_office_addressed() || self.is_whom_it_greets() {
            return true;
        }
        let apart = self.begins_group && self.is_nothing_of_name();
        self.below_name && !self.is_marked() && (apart || self.is_beside())
    }

    /// `His Excellency` by itself, below a name, begins an address.
    fn is_courtesy_alone(&self) -> bool {
        self.below_name && names::is_honorific(self.text) && names::judge(self.text) != Named::Role
    }

    fn is_office_addressed(&self) -> bool {
        (self.below_name || !self.is_above_name()) && is_addressee(self.piece, self.at)
    }

    /// Whether it is none of the signatory's, though more names may follow.
    fn is_left_out(&self) -> bool {
        self.role() == Some(Role::Closing) || self.is_beside() && !self.is_marked()
    }

    fn role(&self) -> Option<Role> {
        self.piece.foot.role(self.at)
    }

    /// `Signed: …`, `/s/ …`
    fn is_marked(&self) -> bool {
        marked_name(self.text, self.piece.scope).is_some()
            || marks::signed(self.text, self.piece.scope).is_some()
            || marks::is_signed_heading(self.text, self.piece.scope)
    }

    /// "La présidente," above a name is its own office.
    fn is_above_name(&self) -> bool {
        let below = self.below.iter().find(|l| !l.is_blank());
        below.is_some_and(|l| plausible::person(l.text, self.piece.scope) >= 20)
    }

    /// A mark of an office, a date, a list of copies; below a name, somebody else's.
    fn is_beside(&self) -> bool {
        match self.role() {
            Some(Role::Directed) => names::judge(self.text) != Named::Role,
            Some(Role::Mark | Role::After | Role::Dated) => true,
            _ => {
                let another = self.is_addressed_above() || self.is_co_signatory();
                self.below_name && self.is_styled_person() && !another
            }
        }
    }

    /// `Mr. Jonas Holm, Treasurer` right below another name: an address begins behind a blank line.
    fn is_co_signatory(&self) -> bool {
        !self.begins_group && names_whole(self.text, self.piece.scope)
    }

    /// Whether the head names whom the letter is to: a titled name below a signature is then another signatory's.
    fn is_addressed_above(&self) -> bool {
        let person = |m: &Mention| m.person.is_some();
        let mut blocks = self.piece.head.blocks.iter();
        blocks.any(|b| b.points > 2 && b.address.iter().any(person))
    }

    fn is_styled_person(&self) -> bool {
        let scope = self.piece.scope;
        address::is_styled(self.text, scope)
            && (is_titled_person(self.text, scope)
                || !matches!(names::judge(self.text), Named::Role | Named::Organization))
    }

    /// Whether it has the family name that the salutation greets: an address below the signature.
    fn is_whom_it_greets(&self) -> bool {
        let styled = address::is_styled(self.text, self.piece.scope);
        (self.below_name || styled) && address::is_greeted(self.piece, self.text)
    }

    fn is_nothing_of_name(&self) -> bool {
        let none = |n: Named| matches!(n, Named::Unknown | Named::Address | Named::Contact);
        // Two names may be side by side.
        let initials = |cell: &str| parties::has_initials(cell.trim_end_matches(','));
        text::cells(self.text).iter().all(|cell| none(names::judge(cell)) && !initials(cell))
    }

    fn names_somebody(&self) -> bool {
        plausible::person(self.text, self.piece.scope) > 0
            || is_letter(self.text)
            || self.is_marked()
            || names::judge(self.text) == Named::Organization
    }
}

/// Whether a line is a name behind its titles, perhaps with marks of rank: `The Right Honourable Sir Mark Webb, K.C.B.`
fn is_titled_person(line: &str, scope: Scope) -> bool {
    let first = line.split(',').next().unwrap_or(line);
    let bare = plausible::without_courtesy(first);
    bare.len() < first.len() && plausible::person(bare, scope) >= 40
}

/// Whether a line is an initial by itself: `V.`
fn is_letter(line: &str) -> bool {
    line.chars().filter(|c| c.is_alphabetic()).count() == 1 && line.starts_with(char::is_uppercase)
}

/// Whether a line below a name is the addressee's office: a name before a comma goes on in an office of its own.
fn is_addressee(piece: &Piece<'_>, at: usize) -> bool {
    foot::is_addressed_office(piece.lines[at].text, piece.scope)
        && !piece.lines[..at].iter().rfind(|l| !l.is_blank()).is_some_and(|l| l.text.ends_with(','))
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

/// One name by itself, by what is around it.
fn lone(piece: &Piece<'_>) -> Vec<Claim> {
    let mut candidates: Vec<Candidate> = Vec::new();
    for (k, &(at, role)) in piece.foot.lines.iter().enumerate() {
        if matches!(role, Role::Closing | Role::Prose | Role::Free) {
            candidates.extend(on_line_of_leave(piece, at, role));
        }
        let marked = || marked_name(piece.lines[at].text, piece.scope).is_some();
        if matches!(role, Role::Free | Role::Closing) || marked() {
            candidates.extend(candidate(piece, k));
        }
    }
    let least = if piece.layout.is_letter() { 25 } else { 45 };
    candidates.retain(|c| c.points >= least);
    candidates.sort_by_key(|c| (std::cmp::Reverse(c.points), std::cmp::Reverse(c.at)));
    candidates.truncate(2);
    candidates.into_iter().map(|c| claim(piece, c)).collect()
}

/// Whether a name that may be a person's is a body's: by the capitals inside its one word, as in `TannCERT`, or because
/// the text speaks of its members.
fn is_body(piece: &Piece<'_>, name: &str) -> bool {
    /// `Mac` and the like go before family names in capitals.
    const PREFIX: usize = 3;
    let inner = name
        .char_indices()
        .zip(name.chars().skip(1))
        .find(|((at, c), next)| *at > PREFIX && c.is_uppercase() && next.is_uppercase());
    let small = |((at, _), _): ((usize, char), char)| name[..at].ends_with(char::is_lowercase);
    !name.contains(' ') && inner.is_some_and(small)
        || marks::has_members(piece.writing.text, name, piece.scope)
}

fn claim(piece: &Piece<'_>, candidate: Candidate) -> Claim {
    let Candidate { at, name, points } = candidate;
    let name = name_on_paper(piece, at, &name).unwrap_or(name);
    let initials = plausible::is_initials(&name);
    let line = piece.number(at);
    let mention = match is_body(piece, &name) {
        true => Mention {
            organization: Some(piece.writing.organization(&name)),
            written: Some(name.clone()),
            line,
            ..Mention::default()
        },
        false => person_on(piece, at, &name),
    };
    let rule = if mention.person.is_some() { "one name" } else { "name of a body" };
    let claim = Claim::new(rule, Field::Signers, Value::Parties(vec![mention]), at..at + 1);
    let claim = Claim { weight: points.min(95), ..claim };
    if initials {
        claim.doubted(format!("the signature has initials only: `{name}`"))
    } else if let Some(doubt) = doubt_of_cut(piece.lines[at].text, &name) {
        claim.doubted(doubt)
    } else if foot::is_town_by_name(&name) {
        claim.doubted(format!("`{name}` is also the name of a town"))
    } else {
        claim
    }
}

/// A person named on a line; a Korean line has the office and the body before the name.
fn person_on(piece: &Piece<'_>, at: usize, name: &str) -> Mention {
    let line = piece.lines[at].text;
    let bare = parties::without_signed(line, piece.scope);
    let read = text::is_hangul(bare).then(|| parties::read_line(bare, piece.scope));
    let mut read = read.filter(|read| read.person.as_deref() == Some(name)).unwrap_or_default();
    let (bare, leaves) = without_leave(line, piece.scope);
    if read.person.is_none() && leaves && text::is_hangul(line) {
        let bare = written_from(bare).map_or(bare, |(_, rest)| rest);
        let who = before_leave(bare, piece.scope).filter(|(_, person)| *person == name);
        read.role = who.map(|(who, _)| who.to_owned());
    }
    let body = read.organization;
    Mention {
        person: Some(piece.writing.person(name)),
        role: read.role,
        organization: body.as_deref().map(|body| piece.writing.organization(body)),
        written: body,
        line: piece.number(at),
        ..Mention::default()
    }
}

/// The whole name on the letterhead of whoever signs with a family name: `Dr. KONRAD WEISS` of `Dr. Weiss`.
fn name_on_paper(piece: &Piece<'_>, at: usize, name: &str) -> Option<String> {
    let paper = foot::on_paper(piece, piece.lines[at].text).filter(|_| !name.contains(' '))?;
    let whole = plausible::without_courtesy(piece.lines[paper].text.trim_end_matches(','));
    let fits = (2..=4).contains(&text::word_count(whole))
        && plausible::person(whole, piece.scope) >= -10
        && whole.split(' ').all(|w| w.starts_with(char::is_uppercase));
    fits.then(|| whole.to_owned())
}

/// `Ida Holm Jonas Webb Rosa Reed`: whether given names and others take turns.
fn names_several(name: &str) -> bool {
    let words: Vec<&str> = name.split(' ').collect();
    let given = |w: &&str| names::knowledge::is_given(w).is_some();
    let even = words.len() >= 4 && words.len().is_multiple_of(2);
    even && words.iter().step_by(2).all(given)
        && !words.iter().skip(1).step_by(2).any(|w| {
            names::is_particle(w)
                || w.ends_with('.')
                || names::knowledge::is_family(w).is_none() && given(w)
        })
}

/// Why the last word of a name may be the beginning of one: `Arth. Schn.`, `Paul Goldm.`, `Jno. N.`, `ArthS`.
fn doubt_of_cut(line: &str, name: &str) -> Option<String> {
    let last = name.split_whitespace().next_back().unwrap_or_default();
    let bare = last.trim_end_matches(['.', ',']);
    if names_several(name) {
        return Some(format!("`{name}` may be the names of several people"));
    }
    let voiceless = text::length(last) > 1 && !bare.to_lowercase().contains(is_vowel);
    let cut = voiceless
        || match (name.contains(' '), text::length(bare)) {
            (false, letters) => letters > 2 && ends_in_one_capital(bare),
            (true, 1) if name.split(' ').all(|w| w.ends_with('.')) => true,
            (true, letters) => letters <= 6 && ends_as_cut(line, bare) && !is_known(bare),
        };
    cut.then(|| format!("the signature may be abbreviated: `{name}`"))
}

/// `ArthS`. "TannCERT" is a body.
fn ends_in_one_capital(word: &str) -> bool {
    let mut end = word.chars().rev();
    end.next().is_some_and(char::is_uppercase) && end.next().is_some_and(char::is_lowercase)
}

/// Whether a word ends as no name does (`Goldm`), or with a point behind two consonants.
fn ends_as_cut(line: &str, word: &str) -> bool {
    let pointed = || line.find(word).is_some_and(|at| line[at + word.len()..].starts_with('.'));
    // A whole name ends in a vowel or in one consonant more often than in two.
    let hard = || word.chars().rev().take(2).all(|c| c.is_alphabetic() && !is_vowel(c));
    let mut end = word.chars().rev();
    let rising = end.next().is_some_and(|c| "mnr".contains(c))
        && end.next().is_some_and(|c| "bdfgkptvxz".contains(c));
    rising && text::length(word) > 3 || hard() && pointed()
}

fn is_known(name: &str) -> bool {
    names::knowledge::is_family(name).is_some() || names::knowledge::is_given(name).is_some()
}

fn is_vowel(c: char) -> bool {
    "aeiouyäöüàáâåèéêëìíîïòóôøùúûœæ".contains(c) || c > '\u{24f}'
}

/// `Most sincerely yours M. R. Mitford.`
fn on_line_of_leave(piece: &Piece<'_>, at: usize, role: Role) -> Option<Candidate> {
    let line = piece.lines[at].text;
    // "Yours in Christ" is all of a leave.
    if marks::is_bare_closing(line, piece.scope) {
        return None;
    }
    let (_, name) = foot::after_leave(line, piece.scope)?;
    let name = clean(name)?;
    let sign = plausible::person(&name, piece.scope).max(5);
    let last = piece.foot.lines.last().is_some_and(|(i, _)| *i == at);
    let points = 40 + sign + if last { 5 } else { 0 } - if role == Role::Prose { 20 } else { 0 };
    Some(Candidate { at, name, points })
}

/// A short line that may be a name, by what is above and below it.
fn candidate(piece: &Piece<'_>, k: usize) -> Option<Candidate> {
    let at = piece.foot.lines[k].0;
    let line = piece.lines[at].text;
    if !text::has_at_most(line, 7) || line.ends_with(':') || is_attested_above(piece, at) {
        return None;
    }
    let cells = text::cells(line);
    if cells.iter().filter(|cell| plausible::person(cell, piece.scope) >= 20).count() > 1 {
        return None;
    }
    if dates::korean_place(line).is_some() {
        return None;
    }
    if tells_of_somebody(piece, line) || is_body_of_signatory(piece, k) {
        return None;
    }
    let marked = marked_name(line, piece.scope).or_else(|| foot::with_own_hand(line));
    let marked = marked.or_else(|| behind_abbreviation(line, piece.scope));
    let name = korean(line, piece.scope)
        .or_else(|| clean(parties::without_signed(marked.unwrap_or(line), piece.scope)))?;
    let (name, sign) = of_writer(piece, k, &name);
    let sign = if signs_as_kin(line, &name, piece.scope) { sign.max(30) } else { sign };
    let town = foot::is_town_by_name(&name) && is_below_leave(piece, k);
    let sign = if town { sign.max(0) } else { sign };
    if sign < -20 || address::is_styled(line, piece.scope) && !is_own_style(piece, k) {
        return None;
    }
    let above = piece.lines[..at].iter().rfind(|l| !l.is_blank());
    let marked = marked.is_some() || above.is_some_and(|l| is_mark_of_signing(l.text, piece.scope));
    let points = sign + if marked { 50 } else { 0 } + by_place(piece, k, marked);
    Some(Candidate { at, name, points })
}

/// "Ada Quill, 9.1.1922 in Leith" tells of somebody; a day that ends the line is that of a signature.
fn tells_of_somebody(piece: &Piece<'_>, line: &str) -> bool {
    line.split_once(", ").is_some_and(|(_, rest)| {
        dates::date_line(rest, piece.order).is_none() && !dates::find(rest, piece.order).is_empty()
    })
}

/// Whether a line is the body of somebody above: below a name that was taken out come an office and a body, and below
/// a name and its office comes a body.
fn is_body_of_signatory(piece: &Piece<'_>, k: usize) -> bool {
    let lines = &piece.foot.lines;
    let at = lines[k].0;
    let above = k.checked_sub(1).map_or("", |k| piece.lines[lines[k].0].text);
    if names::has_legal_form(piece.lines[at].text) || parties::is_taken_out(above, piece.scope) {
        return true;
    }
    let near = |below: usize| k.checked_sub(below).map(|k| lines[k].0).filter(|&i| i + below == at);
    let office = near(1).is_some_and(|i| names::judge(piece.lines[i].text) == Named::Role);
    let person = |i: usize| plausible::person(piece.lines[i].text, piece.scope) >= 20;
    office && near(2).is_some_and(person)
}

/// The name on a line as its bearer is called, and how likely it is one: "Freund Ernst" goes on taking leave,
/// "Mutter Schlegel" signs with what she is to the reader.
fn of_writer(piece: &Piece<'_>, k: usize, name: &str) -> (String, i32) {
    let mut name = name;
    while let Some((first, rest)) = name.split_once(' ')
        && foot::is_leave(first, piece.scope)
    {
        name = rest;
    }
    if is_small_below_leave(piece, k, name) || begins_small(name) {
        let name = capitalized(name);
        let sign = plausible::person(&name, piece.scope);
        return (name, sign);
    }
    let kin = name.split_once(' ').filter(|(first, _)| plausible::is_kin(first, piece.scope));
    let sign = plausible::person(kin.map_or(name, |(_, rest)| rest), piece.scope);
    // Few but writers of letters are called what they are to the reader.
    let ends = k + 1 == piece.foot.lines.len() && piece.layout.salutation.is_some();
    let sign = if kin.is_some() && ends { sign.max(0) + 30 } else { sign };
    (name.to_owned(), sign)
}

/// Whether a word or two in small letters below the leave are a name.
fn is_small_below_leave(piece: &Piece<'_>, k: usize, name: &str) -> bool {
    let below_leave = k > 0 && piece.foot.lines[k - 1].1 == Role::Closing;
    below_leave
        && name.chars().all(|c| c.is_lowercase() || c == ' ')
        && text::has_at_most(name, 2)
        && !name.split(' ').any(|w| foot::is_leave(w, piece.scope))
}

/// `ada B. Quill`: a name of which only the first letter is a small one. "von Quill" begins with a particle.
fn begins_small(name: &str) -> bool {
    let mut words = name.split(' ');
    let first = words.next().unwrap_or_default();
    let capital = |w: &str| w.starts_with(char::is_uppercase);
    let rest: Vec<&str> = words.collect();
    text::starts_lower(first)
        && !names::is_particle(first)
        && names::knowledge::is_given(first).is_some()
        && (1..=2).contains(&rest.len())
        && rest.into_iter().all(capital)
}

/// Whether a text is of a kind that its writer signs: a name at the end of another one says whom to ask, or who took
/// the picture.
fn is_by_somebody(piece: &Piece<'_>) -> bool {
    piece.layout.is_letter() || piece.head.kind == Some("telegram") || begins_with_day(piece)
}

/// Below another name is a house, a town, a street.
fn is_below_address(piece: &Piece<'_>, k: usize) -> bool {
    let lines = &piece.foot.lines;
    let above = k.checked_sub(1).map(|k| lines[k]);
    above.is_some_and(|(i, role)| {
        matches!(role, Role::Directed | Role::Address) && i + 1 == lines[k].0
    })
}

/// What the lines above and below say for a name.
fn by_place(piece: &Piece<'_>, k: usize, marked: bool) -> i32 {
    let lines = &piece.foot.lines;
    let at = lines[k].0;
    let rest = &lines[k + 1..];
    let closed = is_below_leave(piece, k);
    let addressed = rest.first().is_some_and(|(_, role)| matches!(role, Role::Directed));
    let quiet = !rest.iter().any(|(_, role)| *role == Role::Prose);
    let last = rest.iter().all(|(_, role)| {
        matches!(role, Role::Dated | Role::Address | Role::Directed | Role::Mark | Role::After)
    });
    let line = piece.lines[at].text;
    let of_paper = foot::on_paper(piece, line).is_some();
    let signs = [
        (closed, 45),
        (quiet, 8),
        (addressed, 8),
        (of_paper, 40),
        (last, 10),
        (piece.begins_group(at) && !closed, 4),
        (!(closed || marked || is_by_somebody(piece)), -30),
        (is_below_address(piece, k), -50),
        (line.ends_with(',') && !rest.is_empty(), -10),
        (address::is_styled(line, piece.scope) && !addressed && !of_paper, -20),
    ];
    weigh(&signs)
}

/// Whether a text without a title begins with the day on which it was written, as notes do that greet nobody.
fn begins_with_day(piece: &Piece<'_>) -> bool {
    let first = piece.lines.iter().position(|l| !l.is_blank());
    let day = piece.head.date.as_ref().map(|(_, number)| piece.index(*number));
    piece.head.title.is_none() && day.is_some() && day == first
}

/// Whether the words of leave-taking are close above a line, or at the end of a Korean one.
fn is_below_leave(piece: &Piece<'_>, k: usize) -> bool {
    let lines = &piece.foot.lines;
    let (at, role) = lines[k];
    if role == Role::Closing && text::is_hangul(piece.lines[at].text) {
        return true;
    }
    let Some(above) = piece.foot.above_dates(k) else { return false };
    // A date may be between the two.
    let near = |pair: &[(usize, Role)]| pair[1].0 < pair[0].0 + 3;
    if !lines[above..=k].windows(2).all(near) {
        return false;
    }
    match lines[above] {
        (_, Role::Closing) => true,
        // "I am ever / most sincerely yours" may go on over two lines.
        (above, Role::Prose) => foot::takes_leave(piece.lines[above].text, piece.scope),
        _ => false,
    }
}

/// Whether a titled name is the writer's own: an address follows it, or it alone is below words of leave that
/// have no name behind them.
fn is_own_style(piece: &Piece<'_>, k: usize) -> bool {
    let lines = &piece.foot.lines;
    let text = |k: usize| piece.lines[lines[k].0].text;
    let follows = lines.get(k + 1);
    if address::has_rank(text(k), piece.scope) {
        return false;
    }
    if foot::on_paper(piece, text(k)).is_some() {
        return true;
    }
    let addressed = follows.is_some_and(|(_, role)| *role == Role::Directed);
    let below_leave = piece.foot.above_dates(k).is_some_and(|k| {
        lines[k].1 == Role::Closing && foot::after_leave(text(k), piece.scope).is_none()
    });
    addressed || below_leave && follows.is_none()
}

/// `marguerite` as it is written elsewhere.
fn capitalized(name: &str) -> String {
    let word = |w: &str| {
        let mut letters = w.chars();
        letters
            .next()
            .map(|c| c.to_uppercase().chain(letters).collect::<String>())
            .unwrap_or_default()
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// The name before the word of leave-taking that ends a Korean line, or behind an office: `조합장 김하늘 올림`.
fn korean(line: &str, scope: Scope) -> Option<String> {
    if !text::is_hangul(line) {
        return in_han(line, scope).map(str::to_owned);
    }
    let (bare, leaves) = without_leave(line, scope);
    let bare = bare.rsplit_once('(').map_or(bare, |(name, _)| name).trim_end();
    // "최 영 수" is spaced as signatures are.
    let signed = parties::without_signed(bare, scope);
    let letters = || text::words(signed).all(|w| w.chars().count() == 1);
    if (2..=4).contains(&text::word_count(signed)) && letters() {
        return Some(signed.split_whitespace().collect());
    }
    let before = || before_leave(bare, scope).filter(|_| leaves).map(|(_, name)| name.to_owned());
    parties::read_line(bare, scope).person.or_else(before)
}

/// `金永浩` of `金永浩 拜上`: a name in Chinese characters before a Korean word of leave-taking.
fn in_han(line: &str, scope: Scope) -> Option<&str> {
    let (name, leaves) = without_leave(line, scope);
    let han = |c: char| ('一'..='鿿').contains(&c);
    let named = leaves && scope.meets(Scope::of("ko")) && name.chars().all(han);
    (named && (2..=4).contains(&text::length(name))).then_some(name)
}

/// A Korean line without the word of leave-taking that ends it, and whether there was one.
fn without_leave(line: &str, scope: Scope) -> (&str, bool) {
    let bare = line.trim_end_matches(['.', ',']);
    let leave = bare.rsplit_once(' ').filter(|(_, word)| foot::is_leave(word, scope));
    leave.map_or((bare, false), |(name, _)| (name, true))
}

/// Who somebody is, and the name, before the word of leave-taking: `실종자 가족 강하늘 올림`.
fn before_leave(bare: &str, scope: Scope) -> Option<(&str, &str)> {
    let (who, name) = bare.rsplit_once(' ')?;
    let named = plausible::person(name, scope) >= 20 || is_kins_given_name(who, name, scope);
    (text::has_at_most(who, 4) && named).then_some((who, name))
}

/// Whether a Korean line takes leave with a name behind a word for kin.
fn signs_as_kin(line: &str, name: &str, scope: Scope) -> bool {
    let (bare, leaves) = without_leave(line, scope);
    let kin = |(who, given): (&str, &str)| given == name && is_kins_given_name(who, given, scope);
    leaves && text::is_hangul(line) && bare.rsplit_once(' ').is_some_and(kin)
}

/// Whether a writer signs as kin, with the given name alone: `아들 하늘`.
fn is_kins_given_name(who: &str, name: &str, scope: Scope) -> bool {
    let last = who.rsplit(' ').next().unwrap_or(who);
    plausible::is_kin(last, scope) && (2..=3).contains(&text::length(name))
}

/// `구치소에서 동생 하늘 드림`: where somebody writes, before who it is.
fn written_from(line: &str) -> Option<(&str, &str)> {
    let (place, rest) = line.split_once(' ')?;
    Some((place.trim_end_matches(',').strip_suffix("에서")?, rest.trim_start()))
}

/// `외무부장관` below a letter on the paper of that ministry: the office that signs it.
fn office_of_paper(piece: &Piece<'_>) -> Option<Claim> {
    let paper = piece.head.blocks.iter().find(|block| block.first)?.letterhead.clone()?;
    let body = paper.written.as_deref().filter(|body| text::is_hangul(body))?;
    let office = |at: usize| {
        let line = piece.lines[at].text.trim_end_matches(['.', ' ']);
        // `항만청` and `항만청장` have a syllable in common.
        let role = line.strip_prefix(body).map(|role| match role {
            "장" => body.chars().next_back().map(|last| format!("{last}장")),
            role => Some(role.trim_start().to_owned()),
        });
        role.flatten().filter(|role| names::judge(role) == Named::Role)
    };
    let mut lines = piece.foot.lines.iter().rev();
    let (at, role) = lines.find_map(|&(at, _)| Some((at, office(at)?)))?;
    let mention = Mention { role: Some(role), line: piece.number(at), ..paper };
    let list = Value::Parties(vec![mention]);
    Some(Claim::new("office that signs on its paper", Field::Signers, list, at..at + 1))
}

/// The place from which a Korean letter comes, in the line in which somebody takes leave.
fn place_of_leave(piece: &Piece<'_>) -> Option<Claim> {
    let mut leaves = piece.foot.lines.iter().filter(|(_, role)| *role == Role::Closing);
    leaves.find_map(|&(at, _)| {
        let (bare, leaves) = without_leave(piece.lines[at].text, piece.scope);
        // It may have a line of its own above the name.
        let above =
            || at.checked_sub(1).and_then(|above| piece.lines[above].text.strip_suffix("에서"));
        let place = written_from(bare).map(|(place, _)| place).or_else(above)?;
        if !leaves || !text::has_at_most(place, 2) || place.ends_with(['앞', '뒤', ' ']) {
            return None;
        }
        let place = Value::Text(place.to_owned());
        // Who signs is in the same line.
        Some(Claim::new("place before a signature", Field::Place, place, at..at))
    })
}

/// A name without signs, marks and degrees around it.
fn clean(line: &str) -> Option<String> {
    let mut name = text::without_emphasis(line)
        .trim_matches(|c: char| c.is_whitespace() || "-–—~,;:\"".contains(c));
    // "(Mrs.) M. Webb"
    let titled = name.strip_prefix('(').and_then(|n| n.split_once(')'));
    if let Some((_, rest)) = titled.filter(|(title, _)| names::is_honorific(title)) {
        name = rest.trim_start();
    }
    if name.starts_with('/') {
        name = name.trim_start_matches("/s/").trim_start_matches("/S/").trim_start();
    }
    if name.ends_with('.') && !ends_abbreviated(name) {
        name = name.trim_end_matches(['.', ' ']);
    }
    let (first, rest) = name.split_once(", ").unwrap_or((name, ""));
    // "Jane Webb, 9780738209302" is a book's.
    if rest.bytes().filter(u8::is_ascii_digit).count() > 8 {
        return None;
    }
    let first = first.trim();
    let bare = foot::before_office(plausible::without_titles(first));
    (!bare.is_empty() && text::length(bare) >= 2 && !names::is_contact(bare))
        .then(|| bare.to_owned())
}

/// Whether the last point belongs to an abbreviation: `M. R. M.`, `K. Schl.`
fn ends_abbreviated(name: &str) -> bool {
    let last = name.split_whitespace().next_back().unwrap_or_default();
    plausible::is_initials(name) || last.chars().filter(|c| c.is_alphabetic()).count() == 1
}
