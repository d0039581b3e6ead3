//! The front matter of a unit of the archive's arrangement: a fonds, a series, a file.
//!
//! Source: ISAD(G), 2nd edition: the elements that a multilevel description needs.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::document::{Party, slug, title};
use crate::edtf::EdtfDate;
use crate::fields::{Placed, WriteKey, record};
use crate::json_text;

record! {
    written
    /// A unit of description above the documents.
    #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
    pub struct Collection(fields) {
        /// Title.
        title: String = title(fields, "collection", "`title = \"…\"` in the front matter",
            "give it the name on the box, or the name by which people ask for it"),
        /// Its level in the arrangement.
        level: Level = fields.one_of("level", &Level::ALL.map(|level| (level.name(), level))).unwrap_or_default(),
        /// Reference code or shelf mark.
        reference: Option<String>,
        /// When its documents were made, EDTF.
        dates: Option<EdtfDate>,
        /// How much there is of it: `3 boxes`.
        extent: Option<String>,
        /// Who made or gathered its documents.
        creators: Vec<Party>,
        /// Its creator's life or office, and its custody.
        history: Option<String>,
        /// What its documents are about.
        scope: Option<String>,
        /// Who may see and use it.
        conditions: Option<String>,
        /// Slug of the unit that it is a part of.
        part_of: Option<Placed<String>> = fields.placed("part_of").filter(|slug| !slug.value.is_empty()),
        /// One sentence for lists.
        description: Option<String>,
        /// Place among the units beside it, lowest first.
        weight: Option<i64>,
        /// Last part of the URL, else the file's name.
        slug: Option<Placed<String>> = slug(fields),
        /// Your own keys, or keys of the theme.
        #[serde(with = "json_text")]
        extra: Map<String, Value>,
    }
}

/// A level of description (ISAD(G) 3.1.4; the names are those of EAD).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Level {
    /// All records of one creator.
    Fonds,
    /// Records gathered by somebody, whatever their origin.
    #[default]
    Collection,
    /// A part of a fonds that follows its creator's offices.
    Subfonds,
    /// Records kept together for what they are or do.
    Series,
    /// A part of a series.
    Subseries,
    /// A folder or bundle, as it was kept.
    File,
}

impl Level {
    /// Every level, the highest first.
    pub const ALL: [Self; 6] =
        [Self::Fonds, Self::Collection, Self::Subfonds, Self::Series, Self::Subseries, Self::File];

    /// Its name in front matter, and in EAD.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fonds => "fonds",
            Self::Collection => "collection",
            Self::Subfonds => "subfonds",
            Self::Series => "series",
            Self::Subseries => "subseries",
            Self::File => "file",
        }
    }
}

impl WriteKey for Level {
    fn write(&self, out: &mut String, key: &str) {
        self.name().to_owned().write(out, key);
    }
}
