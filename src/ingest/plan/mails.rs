//! E-mails of one thread: an answer names the document that it answers, if that mail is a seed too; what came with a
//! mail names the mail's document.

use std::collections::{BTreeSet, HashMap};

use super::Place;
use super::compare::Compared;
use super::present::{Present, State};
use crate::config::Config;
use crate::content::{self, Record};
use crate::diagnostic::{Report, SourceText};
use crate::enclosed;
use crate::files::Sources;

/// Links answers to what they answer, by the ids in the mails' heads, and enclosures to their mails.
pub(super) fn link(
    seeds: &mut [(Compared, Vec<Place>)],
    present: &Present<'_>,
    sources: &dyn Sources,
) {
    let place = |(number, (seed, places)): (usize, &(Compared, Vec<Place>))| {
        let first = (!places.is_empty()).then_some(number)?;
        Some((seed.mail.as_ref()?.id.clone()?, first))
    };
    let known: HashMap<String, usize> = seeds.iter().enumerate().filter_map(place).collect();
    for answer in 0..seeds.len() {
        let answered = seeds[answer].0.mail.as_ref().and_then(|mail| {
            let ids = mail.answers.iter();
            ids.filter_map(|id| known.get(id)).copied().find(|other| *other != answer)
        });
        let slug = answered.and_then(|other| {
            let (seed, places) = &seeds[other];
            slug(seed, &places[0], present, sources)
        });
        if let Some(slug) = slug {
            seeds[answer].0.proposals.iter_mut().for_each(|proposal| proposal.answer(&slug));
        }
    }
    enclosures(seeds, present, sources);
}

fn enclosures(seeds: &mut [(Compared, Vec<Place>)], present: &Present<'_>, sources: &dyn Sources) {
    let mail_of = |seed: &Compared| enclosed::mail_of(&seed.path).map(str::to_owned);
    let holding: BTreeSet<String> = seeds.iter().filter_map(|(seed, _)| mail_of(seed)).collect();
    let slug_of = |(seed, places): &(Compared, Vec<Place>)| {
        let first = places.first().filter(|_| holding.contains(&seed.path))?;
        Some((seed.path.clone(), slug(seed, first, present, sources)?))
    };
    let slugs: HashMap<String, String> = seeds.iter().filter_map(slug_of).collect();
    for (seed, _) in seeds {
        if let Some(slug) = mail_of(seed).and_then(|mail| slugs.get(&mail)) {
            seed.proposals.iter_mut().for_each(|proposal| proposal.belong_to(slug));
        }
    }
}

/// The slug of a mail's document, whoever owns its file now; none if somebody deleted it.
fn slug(
    seed: &Compared,
    place: &Place,
    present: &Present<'_>,
    sources: &dyn Sources,
) -> Option<String> {
    let path = match (place, present.state(place.path())) {
        (Place::New(path), _) | (Place::Before(path), State::Untouched(_)) => {
            return Some(stem(path));
        }
        (Place::Before(_), State::Missing) => {
            present.of_place(&seed.path, seed.proposals.first()?.lines)?
        }
        (Place::Before(path) | Place::Own(path), _) => path.as_str(),
    };
    let bytes = sources.read(path).ok()?;
    let text = String::from_utf8_lossy(&bytes);
    let source = SourceText { path, text: &text };
    match content::parse(source, &Config::default(), &Report::new())?.record {
        Record::Document(document) => {
            Some(document.slug.map_or_else(|| stem(path), |declared| declared.value))
        }
        _ => None,
    }
}

fn stem(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    crate::slug::slugify(name.strip_suffix(".md").unwrap_or(name))
}
