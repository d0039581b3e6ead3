//! Claims → what the record says of a field, and what stays in doubt.

use std::cmp::{Ordering, Reverse};
use std::ops::Range;

use super::weights::SEEN;
use super::{Claim, Field, Value};
use crate::config::Bounds;
use crate::content::name;
use crate::ingest::names;
use crate::ingest::parties::Mention;

/// What became of a field.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Decision {
    /// What is stated.
    pub chosen: Option<Claim>,
    /// Why it needs a look.
    pub doubt: Option<String>,
    /// Every claim with its final weight and what became of it, strongest first.
    pub claims: Vec<(Claim, Verdict)>,
}

impl Decision {
    /// Whether the compliments of a diplomatic note, which nobody signs, tell of the field.
    pub(in crate::ingest) fn is_of_note(&self) -> bool {
        self.claims.iter().any(|(claim, _)| claim.rule == "compliments")
    }

    /// Takes back what is stated: other fields say something else.
    pub(in crate::ingest) fn dismiss(&mut self) {
        (self.chosen, self.doubt) = (None, None);
        for (_, verdict) in &mut self.claims {
            if matches!(verdict, Verdict::Chosen | Verdict::Agrees) {
                *verdict = Verdict::Lost;
            }
        }
    }
}

/// What became of a claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Verdict {
    /// It is stated.
    Chosen,
    /// It says the same as the stated one.
    Agrees,
    /// A stronger claim says something else.
    Lost,
    /// A stronger claim of another field explains its lines.
    Explained,
    /// It is too weak to be stated.
    Weak,
}

impl Verdict {
    /// How people are told of it.
    pub(in crate::ingest) fn name(self) -> &'static str {
        match self {
            Self::Chosen => "chosen",
            Self::Agrees => "agrees",
            Self::Lost => "lost",
            Self::Explained => "explained by another field",
            Self::Weak => "weak",
        }
    }
}

/// Decides all fields. Any order of the claims gives the same outcome.
pub(in crate::ingest) fn decide(mut claims: Vec<Claim>, bounds: Bounds) -> Vec<(Field, Decision)> {
    let key = |c: &Claim| (c.field, Reverse(c.weight), c.rule, (c.lines.start, c.lines.end));
    // Seldom do two claims differ in nothing else.
    let written = |c: &Claim| format!("{:?} {:?}", c.value, c.doubt);
    claims.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| written(a).cmp(&written(b))));
    let explained = explained(&claims);
    let mut decided: Vec<(Field, Decision)> = Field::ALL
        .into_iter()
        .map(|field| {
            let own: Vec<(Claim, Option<i32>)> = claims
                .iter()
                .zip(&explained)
                .filter(|(c, _)| c.field == field)
                .map(|(c, by)| (c.clone(), *by))
                .collect();
            (field, field_of(own, bounds))
        })
        .collect();
    let letterheads: Vec<&Claim> = claims
        .iter()
        .filter(|c| c.field == Field::Letterhead && c.weight >= bounds.likely)
        .collect();
    let unsigned = is_unsigned_letter(&decided);
    for (field, decision) in &mut decided {
        if *field == Field::Recipients && decision.doubt.is_none() {
            decision.doubt = whose_paper(decision, &letterheads, bounds);
        }
        if *field == Field::Letterhead && unsigned && decision.doubt.is_none() {
            // A note in the third person bears no signature.
            let signs = decision.chosen.as_ref().filter(|_| !decision.is_of_note());
            decision.doubt = signs.map(|claim| {
                format!("no signature was read; {} is whose paper it is", shown(&claim.value))
            });
        }
    }
    decided
}

/// Whether nobody is known to have written or signed a letter.
fn is_unsigned_letter(decided: &[(Field, Decision)]) -> bool {
    let chosen = |field: Field| {
        decided.iter().find(|(f, _)| *f == field).and_then(|(_, d)| d.chosen.as_ref())
    };
    // A text of no kind that is known, and without a title, may be a letter, too.
    let letter = match chosen(Field::Kind) {
        Some(kind) => kind.value == Value::Text("letter".to_owned()),
        None => chosen(Field::Title).is_none(),
    };
    letter && chosen(Field::Signers).is_none() && chosen(Field::Author).is_none()
}

/// In doubt if all that names the addressee is a block that may as well be whose paper it is.
fn whose_paper(decision: &Decision, letterheads: &[&Claim], bounds: Bounds) -> Option<String> {
    let meets = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
    let mut stated =
        decision.claims.iter().filter(|(_, v)| matches!(v, Verdict::Chosen | Verdict::Agrees));
    let rival = letterheads.iter().find(|letterhead| {
        stated.clone().all(|(c, _)| {
            letterhead.rule != c.rule
                && meets(&c.lines, &letterhead.lines)
                && letterhead.weight > c.weight - bounds.margin
        })
    })?;
    stated.next()?;
    Some(format!("{} may be whose paper it is", shown(&rival.value)))
}

/// Fields of which one line can tell only one.
const EXCLUSIVE: [Field; 4] = [Field::Place, Field::Signers, Field::Letterhead, Field::Recipients];

/// For each claim the weight of the strongest claim of another field that explains its lines better.
fn explained(claims: &[Claim]) -> Vec<Option<i32>> {
    let meets = |a: &Range<usize>, b: &Range<usize>| a.start < b.end && b.start < a.end;
    let exclusive = |c: &Claim| EXCLUSIVE.contains(&c.field);
    claims
        .iter()
        .map(|claim| {
            let stronger = |other: &&Claim| {
                other.field != claim.field
                    && !is_beside(claim, other)
                    && other.rule != claim.rule
                    && (other.weight, Reverse(other.field)) > (claim.weight, Reverse(claim.field))
                    && meets(&other.lines, &claim.lines)
            };
            let others = claims.iter().filter(|o| exclusive(o) && exclusive(claim));
            others.filter(stronger).map(|o| o.weight).max()
        })
        .collect()
}

/// Whether a place is that of a line's date, beside whose paper it is or among the lines of those who signed.
fn is_beside(place: &Claim, other: &Claim) -> bool {
    let (Value::Text(town), Value::Parties(list)) = (&place.value, &other.value) else {
        return false;
    };
    place.rule == "place before the date"
        && matches!(other.field, Field::Letterhead | Field::Signers)
        && list.iter().all(|mention| mention.name() != Some(town))
}

/// Whether of two claims one names people and the other bodies or offices alone, and the second is too weak to be stated:
/// whose paper it is completes no addressee.
fn is_weak_half(stated: &Claim, weak: &Claim, likely: i32) -> bool {
    let (Value::Parties(one), Value::Parties(other)) = (&stated.value, &weak.value) else {
        return false;
    };
    let people = |list: &[Mention]| list.iter().all(|m| m.person.is_some());
    let bodies = |list: &[Mention]| list.iter().all(|m| m.person.is_none());
    weak.weight < likely && people(one) && bodies(other)
}

/// Claims that say the same.
struct Belief {
    claim: Claim,
    weight: i32,
    members: Vec<usize>,
}

fn field_of(own: Vec<(Claim, Option<i32>)>, bounds: Bounds) -> Decision {
    let mut readings: Vec<Belief> = Vec::new();
    for (at, (claim, _)) in own.iter().enumerate().filter(|(_, (_, by))| by.is_none()) {
        // What is too weak to be named adds no party to those that are stated.
        let adds = claim.weight >= SEEN || !matches!(claim.value, Value::Parties(_));
        let same =
            readings.iter_mut().filter(|r| adds && !is_weak_half(&r.claim, claim, bounds.likely));
        match { same }.find_map(|r| Some((joined(&r.claim.value, &claim.value)?, r))) {
            Some((value, reading)) => {
                let (mine, other) = (count(&reading.claim.value), count(&claim.value));
                let doubt = reading.claim.doubt.take();
                reading.claim.doubt = match mine.cmp(&other) {
                    // Whoever only one of them names is as sure as that one.
                    Ordering::Less => {
                        claim.doubt.clone().or_else(|| lone(&claim.value, &reading.claim))
                    }
                    Ordering::Greater => doubt.or_else(|| lone(&reading.claim.value, claim)),
                    Ordering::Equal => {
                        doubt.filter(|_| claim.doubt.is_some() || claim.weight < bounds.sure)
                    }
                };
                reading.claim.value = value;
                reading.weight = 100 - (100 - reading.weight) * (100 - claim.weight) / 100;
                reading.members.push(at);
            }
            None => readings.push(Belief {
                claim: claim.clone(),
                weight: claim.weight,
                members: vec![at],
            }),
        }
    }
    readings.sort_by_key(|r| Reverse(r.weight));
    let best = readings.first().filter(|r| r.weight >= bounds.likely);
    let chosen = best.map(|r| Claim { weight: r.weight, ..r.claim.clone() });
    let doubt = doubt(best, &readings, &own, bounds);
    let members: Vec<usize> = best.map(|r| r.members.clone()).unwrap_or_default();
    let verdict = |(at, (claim, by)): (usize, (Claim, Option<i32>))| {
        let verdict = match members.iter().position(|m| *m == at) {
            Some(0) => Verdict::Chosen,
            Some(_) => Verdict::Agrees,
            None if by.is_some() => Verdict::Explained,
            None if claim.weight < bounds.likely => Verdict::Weak,
            None => Verdict::Lost,
        };
        (claim, verdict)
    };
    let claims = own.into_iter().enumerate().map(verdict).collect();
    Decision { chosen, doubt, claims }
}

/// Why a field needs a look: the value is weak, another one comes near, or something was seen that is too weak.
fn doubt(
    best: Option<&Belief>,
    readings: &[Belief],
    own: &[(Claim, Option<i32>)],
    bounds: Bounds,
) -> Option<String> {
    let Some(best) = best else {
        let seen = readings.first().filter(|r| r.weight >= SEEN)?;
        return Some(format!(
            "{} may be meant; the text does not say enough",
            shown(&seen.claim.value)
        ));
    };
    if let Some(reason) = &best.claim.doubt {
        return Some(reason.clone());
    }
    let explained = own
        .iter()
        .filter(|(c, by)| {
            by.is_some_and(|by| by - c.weight < bounds.margin) && c.weight >= bounds.likely
        })
        .map(|(c, _)| (c, c.weight));
    let rivals = readings[1..].iter().map(|r| (&r.claim, r.weight)).chain(explained);
    let rival = rivals.filter(|(c, w)| {
        (*w > best.weight - bounds.margin && *w >= SEEN || *w >= bounds.likely && is_other(c, best))
            && shown(&c.value) != shown(&best.claim.value)
    });
    if let Some((rival, _)) = rival.max_by_key(|(_, w)| *w) {
        return Some(format!("{ALSO}{}", shown(&rival.value)));
    }
    (best.weight < bounds.sure).then(|| {
        format!("the only sign of {} is a weak one: {}", shown(&best.claim.value), best.claim.rule)
    })
}

/// Whether a claim names people who are none of those that are stated, however much more speaks for these: a letter may
/// have another one in it, and who is greeted by name is seldom somebody else than the addressee.
fn is_other(claim: &Claim, best: &Belief) -> bool {
    let (Value::Parties(list), Value::Parties(stated)) = (&claim.value, &best.claim.value) else {
        return false;
    };
    let person = |m: &&Mention| m.person.is_some();
    let known = |m: &Mention| stated.iter().any(|s| are_one(s, m) || may_be_called(s, m));
    stated.iter().any(|m| person(&m)) && list.iter().any(|m| person(&m) && !known(m))
}

/// Whether a name by itself may be the one that initials stand for: `Wystan` of `W. H. Auden`; or one is nothing but
/// a given name, the other a family name.
fn may_be_called(stated: &Mention, other: &Mention) -> bool {
    let (Some(name), Some(one)) = (&stated.person, &other.person) else { return false };
    let initial = |w: &str| w.trim_end_matches('.').chars().count() == 1;
    let begins = |w: &str| w.chars().next() == one.chars().next();
    !one.contains(' ') && name.split(' ').any(|w| initial(w) && begins(w))
}

/// What a doubt says before the value that came next.
const ALSO: &str = "it may also be ";

/// The value that the reason of a doubt names as the one that came next, if it is one text.
pub fn rival(reason: &str) -> Option<&str> {
    let quoted = reason.strip_prefix(ALSO)?.strip_prefix('`')?.strip_suffix('`')?;
    (!quoted.contains('`')).then_some(quoted)
}

/// A value as a doubt shows it.
pub(in crate::ingest) fn shown(value: &Value) -> String {
    match value {
        Value::Text(text) => format!("`{text}`"),
        Value::Date(reading) => match &reading.date {
            Some(date) => format!("`{date}`"),
            None => "no date".to_owned(),
        },
        Value::Parties(parties) => {
            let name = |m: &Mention| {
                m.person.clone().or_else(|| m.organization.clone()).or_else(|| m.role.clone())
            };
            let names: Vec<String> =
                parties.iter().filter_map(name).take(3).map(|n| format!("`{n}`")).collect();
            names.join(", ")
        }
    }
}

/// One value that says what two say, if they agree.
fn joined(a: &Value, b: &Value) -> Option<Value> {
    match (a, b) {
        (Value::Text(x), Value::Text(y)) => (letters(x) == letters(y)).then(|| a.clone()),
        (Value::Date(x), Value::Date(y)) => (x.date == y.date).then(|| a.clone()),
        (Value::Parties(x), Value::Parties(y)) => parties(x, y).map(Value::Parties),
        _ => None,
    }
}

/// In doubt if of two addresses only one names somebody.
fn lone(value: &Value, other: &Claim) -> Option<String> {
    let (Value::Parties(long), Value::Parties(short)) = (value, &other.value) else { return None };
    let person = |m: &Mention| m.person.is_some();
    let both = other.field == Field::Recipients && short.iter().all(person);
    let missing = long.iter().find(|m| person(m) && !short.iter().any(|s| are_one(m, s)));
    let name = missing.filter(|_| both).and_then(Mention::name)?;
    Some(format!("`{name}` may be no addressee: `{}` does not say so", other.rule))
}

/// How many parties a value names.
fn count(value: &Value) -> usize {
    if let Value::Parties(list) = value { list.len() } else { 1 }
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The longer of two lists, if it holds all of the shorter one; what each says of a party is put together.
fn parties(a: &[Mention], b: &[Mention]) -> Option<Vec<Mention>> {
    let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
    let mut out = long.to_vec();
    for mention in short {
        let same = out.iter_mut().find(|m| are_one(m, mention))?;
        complete(same, mention);
    }
    Some(out)
}

/// Whether two mentions may be of one party.
fn are_one(a: &Mention, b: &Mention) -> bool {
    let same_body = match (&a.organization, &b.organization) {
        (Some(x), Some(y)) => {
            name::key(x) == name::key(y)
                || name::key(x).contains(&name::key(y))
                || name::key(y).contains(&name::key(x))
        }
        _ => true,
    };
    match (&a.person, &b.person) {
        (Some(x), Some(y)) => is_same_person(x, y),
        // The address names the body or the office, the greeting the person.
        (Some(_), None) | (None, Some(_)) => {
            let named = a.organization.is_some() || b.organization.is_some();
            same_body && named || is_in_office_of(a, b) || is_in_office_of(b, a)
        }
        (None, None) => same_body && a.organization.is_some() == b.organization.is_some(),
    }
}

/// Whether somebody holds the office by which the other one is named: a minister and the "Minister of Works of Holm".
fn is_in_office_of(holder: &Mention, other: &Mention) -> bool {
    let office = holder.role.as_deref().filter(|_| holder.person.is_some());
    office.zip(other.organization.as_deref()).is_some_and(|(role, name)| is_office(role, name))
}

/// Whether a name that stands for a body is an office, perhaps with what it is of.
fn is_office(role: &str, name: &str) -> bool {
    let (role, name) = (name::key(role), name::key(name));
    name.strip_prefix(&role).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// `Butler` and `Nicholas Murray Butler`, `N. M. Butler`, `Mary` and `Mary Webb`.
fn is_same_person(a: &str, b: &str) -> bool {
    let words = |s: &str| -> Vec<String> {
        let bare = names::strip_honorifics(s).to_lowercase();
        bare.split(|c: char| !c.is_alphanumeric() && c != '-')
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let (x, y) = (words(a), words(b));
    let (long, short) = if x.len() >= y.len() { (x, y) } else { (y, x) };
    let fits = |word: &String| {
        long.iter().any(|w| w == word || is_initial_of(word, w) || is_initial_of(w, word))
    };
    let whole = |w: &String| w.chars().count() > 1 && long.contains(w);
    !short.is_empty() && short.iter().all(fits) && short.iter().any(whole)
}

fn is_initial_of(letter: &str, word: &str) -> bool {
    letter.chars().count() == 1 && word.starts_with(letter)
}

/// What the second mention says of a party beyond the first.
fn complete(party: &mut Mention, other: &Mention) {
    if other.person.as_ref().map_or(0, String::len) > party.person.as_ref().map_or(0, String::len) {
        party.person.clone_from(&other.person);
    }
    // "Chair of the Harbour Board" is an office and its body.
    if let (None, Some(role), Some(body)) = (&party.role, &other.role, &other.organization)
        && party.organization.as_deref().is_some_and(|o| o.starts_with(role) && o.ends_with(body))
    {
        party.organization = Some(body.clone());
        party.written.clone_from(&other.written);
    }
    party.role = party.role.take().or_else(|| other.role.clone());
    let office = |o: &String| party.role.as_deref().is_some_and(|role| is_office(role, o));
    if party.organization.is_none() && !other.organization.as_ref().is_some_and(office) {
        party.organization.clone_from(&other.organization);
        party.written.clone_from(&other.written);
    }
    party.tentative &= other.tentative;
}
