//! The front matter of a translation: what the record of a name or of a unit of the arrangement says in another language
//! of the interface. It lies beside the record, with the tag in its name: `content/people/ada.ko.md`.
//!
//! What a translation does not say is shown in the language of the record. Nothing else of a record can be translated:
//! dates, numbers and links are those of the record itself.

use serde::{Deserialize, Serialize};

use super::{Authority, Collection};
use crate::fields::Fields;

/// The texts of a record in another language.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Translation {
    /// Title, or the name in the other language.
    pub title: Option<String>,
    /// The name in the order of a catalogue, for people.
    pub sort_name: Option<String>,
    /// One sentence for lists.
    pub description: Option<String>,
    /// Country of the seat, in words.
    pub country: Option<String>,
    /// How much there is of it.
    pub extent: Option<String>,
    /// Its history.
    pub history: Option<String>,
    /// What its documents are about.
    pub scope: Option<String>,
    /// Who may see and use it.
    pub conditions: Option<String>,
}

impl Translation {
    /// The record of a name as it is in the other language.
    pub fn of_authority(&self, record: &Authority) -> Authority {
        let said =
            |here: &Option<String>, there: &Option<String>| here.clone().or_else(|| there.clone());
        Authority {
            title: self.title.clone().unwrap_or_else(|| record.title.clone()),
            // The order of a name is that of its own letters.
            sort_name: match self.title {
                Some(_) => self.sort_name.clone(),
                None => record.sort_name.clone(),
            },
            description: said(&self.description, &record.description),
            country: said(&self.country, &record.country),
            ..record.clone()
        }
    }

    /// The record of a unit of the arrangement as it is in the other language.
    pub fn of_collection(&self, record: &Collection) -> Collection {
        let said =
            |here: &Option<String>, there: &Option<String>| here.clone().or_else(|| there.clone());
        Collection {
            title: self.title.clone().unwrap_or_else(|| record.title.clone()),
            description: said(&self.description, &record.description),
            extent: said(&self.extent, &record.extent),
            history: said(&self.history, &record.history),
            scope: said(&self.scope, &record.scope),
            conditions: said(&self.conditions, &record.conditions),
            ..record.clone()
        }
    }
}

/// Reads the front matter of the translation of a name's record.
pub(super) fn read_authority(fields: &Fields<'_, '_>) -> Translation {
    Translation {
        title: text(fields, "title"),
        sort_name: text(fields, "sort_name"),
        description: text(fields, "description"),
        country: text(fields, "country"),
        ..Translation::default()
    }
}

/// Reads the front matter of the translation of a unit's record.
pub(super) fn read_collection(fields: &Fields<'_, '_>) -> Translation {
    Translation {
        title: text(fields, "title"),
        description: text(fields, "description"),
        extent: text(fields, "extent"),
        history: text(fields, "history"),
        scope: text(fields, "scope"),
        conditions: text(fields, "conditions"),
        ..Translation::default()
    }
}

/// A text; an empty one says nothing.
fn text(fields: &Fields<'_, '_>, key: &'static str) -> Option<String> {
    fields.string(key).filter(|text| !text.trim().is_empty())
}
