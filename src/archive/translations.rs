//! Translations of records: each belongs to the record in whose name its own has the tag of a language besides, and an
//! archive can be had as a language shows it.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeFrom;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Archive, Authority, Card, Collection, CollectionCard};
use crate::config::Config;
use crate::content;
use crate::diagnostic::{Diagnostic, Report};

/// A record in another language.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub struct TranslationCard {
    /// Path of the content file, from the root.
    pub path: String,
    /// Path of the record that it translates.
    pub original: String,
    /// The language, by the tag that the settings have.
    pub tag: String,
    /// Where the text begins in the file, in bytes; none if there is none.
    pub body: Option<RangeFrom<usize>>,
    /// The front matter.
    pub record: content::Translation,
}

/// Translations by the path of the record that they translate.
pub(super) type Translations = BTreeMap<String, Vec<Arc<TranslationCard>>>;

/// Where a record's text is: path of the file, and where it begins in it.
pub type Text<'a> = (&'a str, &'a RangeFrom<usize>);

impl TranslationCard {
    fn text(&self) -> Option<Text<'_>> {
        Some((&self.path, self.body.as_ref()?))
    }
}

impl Authority {
    /// Where its text is: that of the translation that is shown, if that has one.
    pub fn text(&self) -> Option<Text<'_>> {
        let own = || Some((self.path.as_deref()?, self.body.as_ref()?));
        self.translation.as_ref().and_then(|translation| translation.text()).or_else(own)
    }
}

impl Collection {
    /// Where its text is: that of the translation that is shown, if that has one.
    pub fn text(&self) -> Option<Text<'_>> {
        let own = || Some((self.card.path.as_str(), self.card.body.as_ref()?));
        self.translation.as_ref().and_then(|translation| translation.text()).or_else(own)
    }
}

/// Gives each record its translations; one that translates no record is a fault.
pub(super) fn link(mut all: Translations, archive: &mut Archive, cards: &[&Card], report: &Report) {
    if all.is_empty() {
        return;
    }
    // A unit of which all documents are hidden is in no archive, and its record is there.
    let records: BTreeSet<&str> = cards.iter().filter_map(|card| path_of(card)).collect();
    for (original, translations) in &all {
        if !records.contains(original.as_str()) {
            report.extend(translations.iter().map(|own| fault(&own.path, original)));
        }
    }
    for names in [&mut archive.organizations, &mut archive.people] {
        // Nobody else has them yet.
        let Some(names) = Arc::get_mut(names) else { continue };
        for name in names {
            let path = name.path.as_deref();
            name.translations = path.and_then(|path| all.remove(path)).unwrap_or_default();
        }
    }
    if let Some(units) = Arc::get_mut(&mut archive.collections) {
        for unit in units {
            unit.translations = all.remove(&unit.card.path).unwrap_or_default();
        }
    }
}

/// The path of a record that can be translated.
fn path_of(card: &Card) -> Option<&str> {
    match card {
        Card::Organization(card) | Card::Person(card) => Some(&card.path),
        Card::Collection(card) => Some(&card.path),
        Card::Document(_) | Card::Page(_) | Card::Translation(_) => None,
    }
}

fn fault(path: &str, original: &str) -> Diagnostic {
    Diagnostic::error(path, format!("there is no `{original}` that it translates"))
        .expected("a translation of a record that is there in the default language")
        .help(format!("write `{original}`, or rename the file"))
}

impl Archive {
    /// The archive in each other language of the interface; none for those in which no record is translated.
    pub fn in_languages(&self, config: &Config) -> Vec<Option<Self>> {
        config.languages.iter().map(|language| self.in_language(&language.tag)).collect()
    }

    fn in_language(&self, tag: &str) -> Option<Self> {
        let of_tag =
            |all: &[Arc<TranslationCard>]| all.iter().find(|card| card.tag == tag).cloned();
        let names = self.organizations.iter().chain(self.people.iter());
        let names = names.map(|name| &name.translations[..]);
        let units = self.collections.iter().map(|unit| &unit.translations[..]);
        names.chain(units).find_map(of_tag)?;
        let name = |name: &Authority| {
            let translation = of_tag(&name.translations);
            let record = translation.as_ref().map(|own| own.record.of_authority(&name.record));
            Authority {
                record: record.map_or_else(|| Arc::clone(&name.record), Arc::new),
                translation,
                ..name.clone()
            }
        };
        let unit = |unit: &Collection| {
            let translation = of_tag(&unit.translations);
            let card = translation.as_ref().map(|own| {
                let CollectionCard { path, slug, body, record } = &*unit.card;
                let record = own.record.of_collection(record);
                let (path, slug, body) = (path.clone(), slug.clone(), body.clone());
                Arc::new(CollectionCard { path, slug, body, record })
            });
            Collection {
                card: card.unwrap_or_else(|| Arc::clone(&unit.card)),
                translation,
                ..unit.clone()
            }
        };
        Some(Self {
            organizations: Arc::new(self.organizations.iter().map(name).collect()),
            people: Arc::new(self.people.iter().map(name).collect()),
            collections: Arc::new(self.collections.iter().map(unit).collect()),
            ..self.with_cards(&[])
        })
    }
}
