//! Who sees what: drafts, embargoed and withdrawn documents.

use super::DocumentCard;
use crate::content::{self, Withdrawn};
use crate::edtf::Day;
use crate::fields::Placed;

/// For whom a site is made.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Audience {
    /// Whether drafts and embargoed documents are shown.
    pub drafts: bool,
    /// The day of the build, which ends embargoes; without one none has ended.
    pub today: Option<Day>,
}

impl Audience {
    /// The archive's own people, who see drafts and embargoed documents.
    pub fn everyone() -> Self {
        Self { drafts: true, today: None }
    }

    /// What becomes of a document.
    pub(super) fn fate(&self, record: &content::Document) -> Fate {
        let embargoed =
            record.embargo_until.is_some_and(|day| self.today.is_none_or(|now| now < day));
        match &record.withdrawn {
            _ if (record.draft || embargoed) && !self.drafts => Fate::Hidden,
            Some(_) => Fate::Withdrawn,
            None => Fate::Shown,
        }
    }
}

/// What becomes of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Shown,
    Hidden,
    Withdrawn,
}

/// What is left of a withdrawn document: its URLs, and why there is nothing there.
#[derive(Debug, Clone)]
pub struct Tombstone {
    /// Path of the content file, from the root.
    pub path: String,
    /// Last part of its URL.
    pub slug: String,
    /// Why it was withdrawn, since when, and the title if it may be shown.
    pub withdrawn: Withdrawn,
    /// Old URLs that lead here.
    pub aliases: Vec<Placed<String>>,
}

impl Tombstone {
    /// The tombstone of a document; nothing else of its record goes on.
    pub(super) fn of(card: &DocumentCard) -> Self {
        Self {
            path: card.path.clone(),
            slug: card.slug.clone(),
            withdrawn: card.record.withdrawn.clone().unwrap_or_default(),
            aliases: card.record.aliases.clone(),
        }
    }
}
