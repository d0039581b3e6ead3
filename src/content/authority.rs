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
    /// Name of the body that it is a part of; organizations only.
    pub part_of: Option<String>,
    /// Names of the bodies that it took the place of; organizations only.
    pub successor_of: Vec<String>,
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

/// Authority files whose numbers have a known form: name, an example, and the form.
type Form = (&'static str, &'static str, fn(&str) -> bool);
const FORMS: [Form; 4] = [
    ("Wikidata", "Q1234567", |value| {
        let digits = value.strip_prefix('Q').unwrap_or_default();
        is_number(digits) && !digits.starts_with('0')
    }),
    ("VIAF", "113230702", is_number),
    ("ISNI", "0000 0001 2345 6789", |value| is_isni(value, ' ')),
    ("ORCID", "0000-0002-1825-0097", |value| is_isni(value, '-')),
];

fn is_number(value: &str) -> bool {
    !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit())
}

/// Sixteen digits, of which the last may be an `X`.
fn is_isni(value: &str, between: char) -> bool {
    let digits = value.replace(between, "");
    digits.len() == 16
        && digits.is_ascii()
        && is_number(&digits[..15])
        && matches!(digits.as_bytes()[15], b'0'..=b'9' | b'X')
}

fn merged(fields: &Fields<'_, '_>) -> Vec<String> {
    let mut slugs = fields.placed_strings("merged");
    slugs.retain(|slug| valid_slug(fields, slug));
    slugs.into_iter().map(|slug| slug.value).collect()
}

fn identifier(fields: &Fields<'_, '_>) -> Identifier {
    let scheme = fields.string("scheme").unwrap_or_default();
    let value = fields.placed("value");
    let form = FORMS.iter().find(|(name, ..)| name.eq_ignore_ascii_case(&scheme));
    if let (Some((name, example, is_valid)), Some(value)) = (form, &value)
        && !is_valid(&value.value)
    {
        fields.fault(
            value.range.clone(),
            format!("`{}` is not a number of {name}", value.value),
            format!("a number such as `{example}`"),
            "copy it from the record's page there",
        );
    }
    Identifier { scheme, value: value.map(|value| value.value).unwrap_or_default() }
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
        part_of: fields.string("part_of"),
        successor_of: fields.strings("successor_of"),
        country: fields.string("country"),
        dates: fields.date("dates"),
        url: fields.address("url"),
        identifiers: fields.tables("identifiers", |f, _| identifier(f)),
        description: fields.string("description"),
        slug: fields.placed("slug").filter(|s| valid_slug(fields, s)),
        merged: merged(fields),
        review: reviews(fields),
        extra: fields.anything("extra"),
    }
}
