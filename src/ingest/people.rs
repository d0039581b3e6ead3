//! The people of one seed: what one of its documents says of a person completes the others. A letter
//! greets "Mr. Blake" whose full name the reply below bears; a signature without a body has it in the
//! address of the answer.
//!
//! Knows one seed. Nothing is carried from one seed to another.

use std::collections::HashMap;

use super::interpret::Facts;
use super::parties::Mention;
use crate::content::name;

/// Completes names, offices and bodies from the other documents of the seed.
pub(super) fn complete(facts: &mut [Facts]) {
    if facts.len() > 1 {
        let known = Known::of(facts);
        facts.iter_mut().flat_map(mentions).for_each(|m| known.complete(m));
    }
    for f in facts {
        f.recipients.retain(|m| !m.tentative);
    }
}

fn mentions(facts: &mut Facts) -> impl Iterator<Item = &mut Mention> {
    let senders = facts.creators.iter_mut().chain(&mut facts.signatories);
    senders.chain(&mut facts.recipients).chain(&mut facts.copied)
}

/// People of the seed by the key of their name, and by a part of it that only one bears.
struct Known {
    by_name: HashMap<String, Mention>,
    by_part: HashMap<String, Option<String>>,
}

impl Known {
    fn of(facts: &[Facts]) -> Self {
        let mut known = Self { by_name: HashMap::new(), by_part: HashMap::new() };
        for f in facts {
            let senders = f.creators.iter().chain(&f.signatories);
            senders.chain(&f.recipients).chain(&f.copied).for_each(|m| known.add(m));
        }
        known
    }

    fn add(&mut self, mention: &Mention) {
        let Some(person) = &mention.person else { return };
        let (Some((_, family)), Some((given, _))) =
            (person.rsplit_once(' '), person.split_once(' '))
        else {
            return;
        };
        let key = name::key(person);
        for part in [family, given] {
            let part = part.to_lowercase();
            let bearer = self.by_part.entry(part).or_insert_with(|| Some(key.clone()));
            if bearer.as_ref().is_some_and(|b| *b != key) {
                *bearer = None;
            }
        }
        let said = self.by_name.entry(key).or_insert_with(|| mention.clone());
        if said.organization.is_none() && mention.organization.is_some() {
            *said = mention.clone();
        }
    }

    fn complete(&self, mention: &mut Mention) {
        let Some(person) = mention.person.clone() else { return };
        let found = if person.contains(' ') {
            self.by_name.get(&name::key(&person))
        } else {
            let bearer = self.by_part.get(&person.to_lowercase()).and_then(Option::as_ref);
            bearer.and_then(|key| self.by_name.get(key))
        };
        let Some(other) = found else { return };
        if !person.contains(' ') {
            mention.person.clone_from(&other.person);
            mention.tentative = false;
        }
        if mention.organization.is_none() {
            mention.organization.clone_from(&other.organization);
            mention.written.clone_from(&other.written);
            if mention.role.is_none() {
                mention.role.clone_from(&other.role);
            }
        }
    }
}
