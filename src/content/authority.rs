//! The front matter of an authority record: an organization or a person.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::document::{Review, reviews, valid_slug};
use crate::edtf::EdtfDate;
use crate::fields::{Fields, Placed};
use crate::json_text;

/// An authority record (ISAAR(CPF)): the authorized form of a name and what is known of its bearer.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Authority {
    /// The preferred form of the name.
    pub title: String,
    /// Other forms of the name.
    pub aliases: Vec<String>,
    /// Acronym, as `HRNK`.
    pub acronym: Option<String>,
    /// Family name and given names in the order of a catalogue: `Solarz, Stephen J.`; people only.
    pub sort_name: Option<String>,
    /// Country of its seat, in words.
    pub country: Option<String>,
    /// Dates of existence, an EDTF interval.
    pub dates: Option<EdtfDate>,
    /// Its web site.
    pub url: Option<String>,
    /// Numbers under which other authority files know it.
    pub identifiers: Vec<Identifier>,
    /// One sentence for lists.
    pub description: Option<String>,
    /// Last part of the URL, else the file's name.
    pub slug: Option<Placed<String>>,
    /// Old slugs that lead here, such as those of records merged into this one.
    pub merged: Vec<String>,
    /// Doubts that a maintainer has not settled.
    pub review: Vec<Review>,
    /// Anything of the theme's or the maintainer's own.
    #[serde(with = "json_text")]
    pub extra: Map<String, Value>,
}

/// A number in another authority file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identifier {
    /// Name of the authority file: `ISNI`, `Wikidata`, `VIAF`.
    pub scheme: String,
    /// The number in it.
    pub value: String,
}

/// Reads the front matter of an authority record.
pub(super) fn read(fields: &Fields<'_, '_>) -> Authority {
    let title = fields.string("title");
    if title.is_none() && !fields.has("title") {
        fields.fault(
            0..3,
            "the authority record has no title",
            "`title = \"…\"`, the preferred form of the name",
            "add it to the front matter",
        );
    }
    Authority {
        title: title.unwrap_or_default(),
        aliases: fields.strings("aliases"),
        acronym: fields.string("acronym"),
        sort_name: fields.string("sort_name"),
        country: fields.string("country"),
        dates: fields.date("dates"),
        url: fields.string("url"),
        identifiers: fields.tables("identifiers", |f, _| Identifier {
            scheme: f.string("scheme").unwrap_or_default(),
            value: f.string("value").unwrap_or_default(),
        }),
        description: fields.string("description"),
        slug: fields.placed("slug").filter(|s| valid_slug(fields, s)),
        merged: fields.strings("merged"),
        review: reviews(fields),
        extra: fields.anything("extra"),
    }
}
