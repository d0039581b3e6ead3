//! The rules of evidence: each sees one document and says what it believes, and why.
//!
//! A rule is a pure function; none sees what another one says, and their order does not matter. What they share is
//! the [`Piece`]: the document's lines, judged once. [`super::evidence::decide`] weighs what they say.

mod address;
mod cable;
mod caption;
mod court;
mod dated;
mod day_and_name;
mod foot;
mod further;
pub(super) mod head;
mod kind;
mod letterhead;
mod minutes;
mod outside;
mod salutation;
mod sent_on;
mod signature;
mod title;

pub(super) use cable::FORM as CABLE;
pub(super) use outside::BY_PROGRAM;

use std::ops::Range;
use std::sync::LazyLock;

use super::dates;
use super::evidence::{Claim, Field, Value, plausible, weights};
use super::filename::FileName;
use super::layout::Layout;
use super::lexicon::{Scope, ScopedWords};
use super::marks;
use super::names;
use super::parties::{self, Mention, Writing};
use super::source::Stated;
use super::text::{self, Line};
use crate::config::DateOrder;
use caption::Caption;
use foot::Foot;
use head::Head;

/// A document as rules see it: its lines, and what each of them is.
pub(super) struct Piece<'a> {
    pub lines: &'a [Line<'a>],
    pub layout: &'a Layout,
    /// What the lines above the text are.
    head: Head,
    /// The sides of a case, if it has them at its head.
    caption: Option<Caption>,
    /// What the lines below the text are.
    foot: Foot,
    pub writing: Writing<'a>,
    pub order: Option<DateOrder>,
    /// The languages whose words are read.
    pub scope: Scope,
    /// Whether its language is one of which no words are read.
    pub foreign: bool,
    /// What the seed says of itself beside its text, if it is one document.
    pub told: Option<&'a Stated>,
    /// What the seed's name says, by a pattern of the archive's settings.
    pub named: Option<&'a FileName>,
    /// What it says by the habit of its folder.
    pub habit: Option<&'a FileName>,
}

impl<'a> Piece<'a> {
    /// The line below the text that greets somebody anew: another letter, which is enclosed, may begin there.
    fn second_greeting(&self) -> Option<usize> {
        let first = self.layout.salutation?;
        let greets = |&(at, role): &(usize, foot::Role)| {
            let line = &self.lines[at];
            role != foot::Role::Prose
                && at > first + 1
                && self.begins_group(at)
                && line.text.ends_with(['!', ',', ':'])
                && marks::is_salutation(line.text, self.scope)
                && !marks::is_closing(line.text, self.scope)
        };
        self.foot.lines.iter().find(|line| greets(line)).map(|(at, _)| *at)
    }

    /// Whether who signs below a line signs above it, too, as in a translation beside the text.
    fn is_signed_above(&self, claim: &Claim, at: usize) -> bool {
        let Value::Parties(list) = &claim.value else { return false };
        let above = || self.lines[..at].iter().filter(|l| !l.is_prose());
        list.iter().filter_map(|m| m.person.as_deref()).any(|name| {
            let family = name.split_whitespace().next_back().unwrap_or(name);
            above().any(|l| l.text.contains(family))
        })
    }

    /// A claim, in doubt if it rests on lines below a second greeting.
    fn of_first_letter(&self, claim: Claim) -> Claim {
        let below = self.second_greeting().filter(|at| claim.lines.start > *at);
        match below.filter(|at| !self.is_signed_above(&claim, *at)) {
            Some(at) => claim.doubted(format!(
                "another letter may begin with `{}`, above this",
                self.lines[at].text
            )),
            None => claim,
        }
    }

    /// Whether it is written on the form of who carries telegrams.
    fn is_form_of_carrier(&self) -> bool {
        let mut first = self.lines.iter().filter(|l| !l.is_blank()).take(4);
        self.layout.salutation.is_none() && first.any(|l| marks::is_carrier(l.text, self.scope))
    }

    /// Judges the lines of a document.
    pub(super) fn new(
        lines: &'a [Line<'a>],
        layout: &'a Layout,
        writing: Writing<'a>,
        order: Option<DateOrder>,
    ) -> Self {
        let scope = writing.scope;
        let caption = Caption::of(lines, layout, scope);
        let reader = head::Reader::new(lines, layout, writing, order);
        let head = reader.below(caption.as_ref()).read();
        let foot = Foot::of(lines, layout, order, scope);
        Self {
            lines,
            layout,
            head,
            caption,
            foot,
            writing,
            order,
            scope,
            foreign: false,
            told: None,
            named: None,
            habit: None,
        }
    }

    /// Whether its last lines take leave, so that somebody signed it.
    pub(super) fn takes_leave(&self) -> bool {
        self.layout.closing.is_some()
            || self.foot.lines.iter().any(|(_, role)| *role == foot::Role::Closing)
    }

    /// Whether no line, or a blank one, is above a line.
    fn begins_group(&self, at: usize) -> bool {
        at == 0 || self.lines[at - 1].is_blank()
    }

    /// Number in the seed of a line.
    fn number(&self, at: usize) -> usize {
        self.lines.get(at).map_or(0, |l| l.number)
    }

    /// Index of the line with a number in the seed.
    fn index(&self, number: usize) -> usize {
        self.lines.iter().position(|l| l.number == number).unwrap_or(0)
    }
}

/// A rule.
pub(super) type Rule = fn(&Piece<'_>) -> Vec<Claim>;

/// All rules, by their names.
pub(super) const RULES: &[(&str, Rule)] = &[
    ("what the file's name says", outside::named),
    ("what the names of the folder say", outside::habit),
    ("what the seed says of itself", outside::told),
    ("a cable", cable::claims),
    ("a label", head::claims),
    ("a title", title::claims),
    ("a date line", dated::claims),
    ("a day with a name", day_and_name::claims),
    ("the kind", kind::claims),
    ("a decision of a court", court::claims),
    ("minutes", minutes::claims),
    ("what was sent on", sent_on::claims),
    ("a letterhead", letterhead::claims),
    ("an address", address::claims),
    ("a salutation", salutation::claims),
    ("a signature", signature::claims),
    ("what a further page or a mark says", further::claims),
];

/// What all rules believe.
pub(super) fn gather(piece: &Piece<'_>) -> Vec<Claim> {
    claimed(piece, RULES.iter().map(|(_, rule)| *rule))
}

/// What these rules believe, in their order.
pub(super) fn claimed(piece: &Piece<'_>, rules: impl Iterator<Item = Rule>) -> Vec<Claim> {
    let claims = rules.flat_map(|rule| rule(piece));
    let mut claims: Vec<Claim> = claims.filter_map(|claim| tidy(claim, piece.scope)).collect();
    leave_to_cable(&mut claims);
    leave_to_case(&mut claims, piece);
    leave_to_note(&mut claims, piece);
    sent_on::decides(&mut claims);
    // Who signed a letter that is read out did not sign the minutes.
    let quoted = quoted(piece.lines);
    let is_quoted = |c: &Claim| !c.lines.is_empty() && quoted.contains(&c.lines.start);
    claims.retain(|claim| claim.field != Field::Signers || !is_quoted(claim));
    // Above the greeting of those who are there is no address.
    if says_of_itself(&claims, "minutes") {
        claims.retain(|claim| claim.field != Field::Recipients || !by_place(claim));
    }
    if piece.layout.closing.is_none() && is_said(&claims, "minutes", 86) {
        claims.iter_mut().filter(|c| c.field == Field::Signers).for_each(doubt_of_minutes);
    }
    if says_of_itself(&claims, "resolution") {
        claims.iter_mut().filter(|c| c.field == Field::Recipients).for_each(speaks_first);
    }
    if piece.foreign {
        claims.iter_mut().for_each(|claim| doubt_foreign(claim, piece));
    }
    claims
}

/// Of a text whose words are not read, a word before a day may be a stamp, a name a witness, a first line anything.
fn doubt_foreign(claim: &mut Claim, piece: &Piece<'_>) {
    let unknown_town = |place: &str| names::knowledge::is_city(place).is_none();
    let stamped = |line: &Line<'_>| {
        let before = dates::before_date(line.text).unwrap_or_default();
        let word = before.trim_matches(|c: char| !c.is_alphanumeric());
        !word.is_empty() && unknown_town(word)
    };
    let unknown = match (&claim.value, claim.field) {
        (Value::Text(place), Field::Place) => unknown_town(place),
        (Value::Date(_), _) => piece.lines.get(claim.lines.start).is_some_and(stamped),
        // What is below a name may be another name.
        (Value::Parties(list), Field::Signers) => {
            list.len() > 1 || list.iter().any(|m| m.person.is_some() && m.organization.is_some())
        }
        (_, field) => field == Field::Letterhead,
    };
    if unknown {
        claim.doubt.get_or_insert_with(|| FOREIGN.to_owned());
    }
    // An office below a name has the form of one.
    if let (Value::Parties(list), Field::Signers) = (&mut claim.value, claim.field) {
        let known =
            |m: &Mention| m.person.as_deref().is_none_or(|p| names::person_likelihood(p) >= 20);
        if list.iter().any(|m| m.person.is_some() && known(m)) {
            list.retain(known);
        }
    }
}

const FOREIGN: &str = "the words around it are in a language that ingest does not read";

/// The lines at a cable's head that its form does not name are those of its route.
fn leave_to_cable(claims: &mut Vec<Claim>) {
    let of_cable = |field| claims.iter().any(|c| c.rule == cable::FORM && c.field == field);
    if of_cable(Field::Kind) {
        let titled = of_cable(Field::Title);
        let routed = |field| match field {
            Field::Title => titled,
            Field::Date | Field::Subject | Field::Copied => false,
            _ => true,
        };
        claims.retain(|claim| claim.rule == cable::FORM || !routed(claim.field));
    }
}

/// The sides of a case are no addressees, and the court is not who files a paper there.
fn leave_to_case(claims: &mut Vec<Claim>, piece: &Piece<'_>) {
    let Some(caption) = &piece.caption else { return };
    claims.retain(|claim| claim.field != Field::Recipients && claim.rule != kind::BY_SALUTATION);
    let court = lines_above(piece.lines, caption.lines.start);
    let of_court = |c: &Claim| c.field == Field::Letterhead && court.contains(&c.lines.start);
    claims.retain(|claim| caption.is_judged || !of_court(claim));
}

/// Nobody signs a diplomatic note: bodies below it are those that it is sent to.
fn leave_to_note(claims: &mut Vec<Claim>, piece: &Piece<'_>) {
    if piece.head.compliments.is_some() {
        let names_person = |claim: &Claim| match &claim.value {
            Value::Parties(list) => list.iter().any(|mention| mention.person.is_some()),
            _ => true,
        };
        claims.retain(|claim| claim.field != Field::Signers || names_person(claim));
    }
}

/// The lines that end directly above a line, but for blank ones.
fn lines_above(lines: &[Line<'_>], at: usize) -> Range<usize> {
    let end = lines[..at].iter().rposition(|l| !l.is_blank()).map_or(0, |last| last + 1);
    let start = lines[..end].iter().rposition(Line::is_blank).map_or(0, |blank| blank + 1);
    start..end
}

/// Whether a heading or a title says that it is of a kind.
fn says_of_itself(claims: &[Claim], kind: &str) -> bool {
    is_said(claims, kind, 90)
}

/// Whether a claim of at least some weight says that it is of a kind.
fn is_said(claims: &[Claim], kind: &str, least: i32) -> bool {
    claims.iter().any(|c| {
        c.field == Field::Kind
            && c.weight >= least
            && matches!(&c.value, Value::Text(said) if said == kind)
    })
}

/// In doubt if one person signs minutes: who chaired a meeting does so to confirm them.
fn doubt_of_minutes(claim: &mut Claim) {
    if matches!(&claim.value, Value::Parties(list) if list.len() == 1) {
        claim.doubt.get_or_insert_with(|| "who signs minutes may only confirm them".to_owned());
    }
}

/// Whether where lines are is all that a claim rests on.
fn by_place(claim: &Claim) -> bool {
    ["salutation", "address above", "block above"].iter().any(|rule| claim.rule.starts_with(rule))
}

/// "The Harbour Council," above the text of a resolution is who adopts it.
fn speaks_first(claim: &mut Claim) {
    let Value::Parties(list) = &claim.value else { return };
    if claim.rule.starts_with("salutation") && list.iter().all(|m| m.organization.is_some()) {
        claim.field = Field::Letterhead;
    }
}

/// Indices of lines that lie within quotation marks which another line opens.
fn quoted(lines: &[Line<'_>]) -> Vec<usize> {
    let mut inside = false;
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let text = line.text;
        let opens = !inside && text.starts_with(['"', '“', '„', '«']);
        let odd = text.matches('"').count() % 2 == 1;
        let closes = text.contains(['”', '»']) || odd && !opens;
        if inside {
            found.push(at);
        }
        inside = (inside || opens && (odd || !text.starts_with('"'))) && !closes;
    }
    // A mark that nothing closes quotes nothing.
    if inside { Vec::new() } else { found }
}

/// `D. Quill, Maj.`: what is behind the name is a rank, and no body.
fn rank_behind(mention: &mut Mention) {
    let named = mention.person.is_some();
    if let Some(rank) = mention.organization.take_if(|o| named && names::is_honorific(o)) {
        mention.written = None;
        mention.role.get_or_insert(rank);
    }
}

/// `진정서`, `주 문`: what the text or a part of it is, in the form of a name.
fn is_korean_kind(mention: &Mention, scope: Scope) -> bool {
    let name = mention.person.as_deref().filter(|name| text::is_hangul(name));
    name.is_some_and(|name| {
        let closed: String = name.split_whitespace().collect();
        marks::kind_of_mark(name, scope).is_some() || marks::judgment_part(&closed, scope).is_some()
    })
}

/// `Memorandum for the Record`: what is written for nobody to read.
fn is_file(mention: &Mention, scope: Scope) -> bool {
    static FILED: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.filed));
    let body = mention.organization.as_deref().filter(|_| mention.person.is_none());
    body.is_some_and(|body| {
        let bare = parties::without_article(body.trim_end_matches([':', '.']), scope);
        FILED.has_any_case(scope, bare)
    })
}

/// A claim without the parties that cannot be any; none if nobody is left. What a label, a record or a file's name says
/// stays as it is.
fn tidy(claim: Claim, scope: Scope) -> Option<Claim> {
    let Value::Parties(mut list) = claim.value else { return Some(claim) };
    list.iter_mut().for_each(rank_behind);
    list.retain(|mention| !is_korean_kind(mention, scope) && !is_file(mention, scope));
    let list = plausible::tidy(list, weights::floor(claim.rule, scope), scope);
    (!list.is_empty()).then_some(Claim { value: Value::Parties(list), ..claim })
}
