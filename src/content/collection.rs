//! The front matter of a unit of the archive's arrangement: a fonds, a series, a file.
//!
//! Source: ISAD(G), 2nd edition: the elements that a multilevel description needs.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::document::{Party, parties, valid_slug};
use crate::diagnostic::nearest;
use crate::edtf::EdtfDate;
use crate::fields::{Fields, Placed};
use crate::json_text;

/// A unit of description above the documents.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Collection {
    /// Title.
    pub title: String,
    /// Its level in the arrangement.
    pub level: Level,
    /// Reference code or shelf mark.
    pub reference: Option<String>,
    /// When its documents were made.
    pub dates: Option<EdtfDate>,
    /// How much there is of it: "3 boxes".
    pub extent: Option<String>,
    /// Who made or gathered the documents.
    pub creators: Vec<Party>,
    /// What it was before it came here: its creator's life or office, its custody.
    pub history: Option<String>,
    /// What the documents are about.
    pub scope: Option<String>,
    /// Who may see and use it.
    pub conditions: Option<String>,
    /// Slug of the unit that it belongs to.
    pub part_of: Option<Placed<String>>,
    /// One sentence for lists.
    pub description: Option<String>,
    /// Place among the units beside it, lowest first; those without one follow by reference and title.
    pub weight: Option<i64>,
    /// Last part of the URL, else the file's name.
    pub slug: Option<Placed<String>>,
    /// Anything of the theme's or the maintainer's own.
    #[serde(with = "json_text")]
    pub extra: Map<String, Value>,
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

/// Reads the front matter of a unit of the arrangement.
pub(super) fn read(fields: &Fields<'_, '_>) -> Collection {
    let title = fields.string("title");
    if title.is_none() && !fields.has("title") {
        fields.fault(
            0..3,
            "the collection has no title",
            "`title = \"…\"` in the front matter",
            "give it the name on the box, or the name by which people ask for it",
        );
    }
    Collection {
        title: title.unwrap_or_default(),
        level: level(fields),
        reference: fields.string("reference"),
        dates: fields.date("dates"),
        extent: fields.string("extent"),
        creators: parties(fields, "creators"),
        history: fields.string("history"),
        scope: fields.string("scope"),
        conditions: fields.string("conditions"),
        part_of: fields.placed("part_of").filter(|slug| !slug.value.is_empty()),
        description: fields.string("description"),
        weight: fields.integer("weight"),
        slug: fields.placed("slug").filter(|s| valid_slug(fields, s)),
        extra: fields.anything("extra"),
    }
}

fn level(fields: &Fields<'_, '_>) -> Level {
    let Some(level) = fields.placed("level") else { return Level::default() };
    if let Some(known) = Level::ALL.into_iter().find(|known| known.name() == level.value) {
        return known;
    }
    let names = Level::ALL.map(Level::name);
    let help = match nearest(&level.value, names) {
        Some(near) => format!("write `level = \"{near}\"`"),
        None => "write `level = \"series\"`, or leave it out for a collection".to_owned(),
    };
    fields.fault(
        level.range,
        format!("unknown level `{}`", level.value),
        format!("one of {}", names.join(", ")),
        help,
    );
    Level::default()
}
