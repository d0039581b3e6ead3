//! Who wrote and who signed: labels, letterhead and signatures together.

use super::super::lexicon::Scope;
use super::super::parties::{self, Mention, unique};
use super::Facts;

/// Who may have written a document, by what says so.
#[derive(Debug, Default)]
pub(super) struct Writers {
    /// By a label, a byline, a record.
    pub author: Vec<Mention>,
    pub signers: Vec<Mention>,
    pub letterhead: Option<Mention>,
}

impl Writers {
    pub(super) fn are_on_letterhead_only(&self) -> bool {
        self.author.is_empty() && self.signers.is_empty()
    }
}

/// One signer is the creator, with the letterhead's body or office; several are signatories of the
/// body whose letterhead it is.
pub(super) fn settle(facts: &mut Facts, writers: Writers, scope: Scope) {
    let Writers { author, mut signers, letterhead } = writers;
    complete(&mut signers, letterhead.as_ref(), scope);
    let body = letterhead.clone().filter(|m| m.organization.is_some());
    // "Ralf" of the record is "Ralf Holm" below the text.
    let author: Vec<Mention> = author.into_iter().map(|a| in_full(a, &signers)).collect();
    if !author.is_empty() {
        facts.signatories = signers
            .iter()
            .filter(|s| !author.iter().any(|f| is_same_person(f, s)))
            .cloned()
            .collect();
        facts.creators = author;
        for creator in &mut facts.creators {
            let signed = signers.iter().find(|s| s.person.is_some() && s.person == creator.person);
            if let Some(signer) = signed {
                creator.role = creator.role.take().or_else(|| signer.role.clone());
                if creator.organization.is_none() {
                    creator.organization.clone_from(&signer.organization);
                    creator.written.clone_from(&signer.written);
                }
            }
        }
        return;
    }
    match signers.len() {
        0 => facts.creators = letterhead.filter(Mention::is_named).into_iter().collect(),
        1 => {
            let distinct = body.filter(|b| {
                signers[0]
                    .organization
                    .as_deref()
                    .is_some_and(|o| Some(o) != b.organization.as_deref())
                    && signers[0].person.is_none()
            });
            facts.creators = signers.into_iter().chain(distinct).collect();
        }
        _ => {
            facts.creators =
                body.into_iter().map(|b| Mention { person: None, role: None, ..b }).collect();
            facts.signatories = signers;
        }
    }
    facts.creators = unique(std::mem::take(&mut facts.creators));
}

/// Whether somebody signed who is named above, with the whole name or with a part of it: `Karl` of `Karl Reuter`.
fn is_same_person(author: &Mention, signer: &Mention) -> bool {
    let (Some(author), Some(signed)) = (&author.person, &signer.person) else { return false };
    author == signed || author.split(' ').any(|word| word == signed)
}

/// A name of one word, as whoever signed with it among others wrote it in full.
fn in_full(author: Mention, signers: &[Mention]) -> Mention {
    let Some(name) = author.person.as_deref().filter(|name| !name.contains(' ')) else {
        return author;
    };
    let has = |full: &str| full.len() > name.len() && full.split(' ').any(|word| word == name);
    let whole = signers.iter().filter_map(|s| s.person.as_deref()).find(|full| has(full));
    let person = whole.unwrap_or(name).to_owned();
    Mention { person: Some(person), ..author }
}

/// What the letterhead says of the people who signed below it.
fn complete(signers: &mut [Mention], letterhead: Option<&Mention>, scope: Scope) {
    let Some(letterhead) = letterhead else { return };
    let alone = signers.iter().filter(|s| s.person.is_some()).count() == 1;
    if signers.iter().any(|s| s.organization.is_some() && s.person.is_none()) {
        return;
    }
    let unit = |name: &str| parties::is_unit(name, scope);
    let whole = letterhead.organization.as_deref().is_some_and(|name| !unit(name));
    for signer in signers.iter_mut().filter(|s| s.person.is_some()) {
        // "Asienreferat" is a part of the body whose paper it is.
        if whole && signer.role.is_none() && signer.organization.as_deref().is_some_and(unit) {
            signer.role = signer.organization.take();
        }
        if signer.organization.is_none() {
            signer.organization.clone_from(&letterhead.organization);
            signer.written.clone_from(&letterhead.written);
        }
        if alone && signer.role.is_none() && letterhead.person.is_none() {
            signer.role.clone_from(&letterhead.role);
        }
    }
}
