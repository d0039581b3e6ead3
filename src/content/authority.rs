//! The front matter of an authority record: an organization or a person.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::document::{Review, reviews, slug, title, valid_slug};
use crate::edtf::EdtfDate;
use crate::fields::{Fields, Placed, record};
use crate::json_text;

record! {
    written
    /// An authority record (ISAAR(CPF)): the authorized form of a name and what is known of its bearer.
    #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
    pub struct Authority(fields) {
        /// The preferred form of the name.
        title: String = title(fields, "authority record", "`title = \"…\"`, the preferred form of the name",
            "add it to the front matter"),
        /// Other forms of the name.
        aliases: Vec<String>,
        /// Acronym.
        acronym: Option<String>,
        /// Family name and given names in the order of a catalogue; people only.
        sort_name: Option<String>,
        /// Name of the body that it is a part of; organizations only.
        part_of: Option<String>,
        /// Names of the bodies that it took the place of; organizations only.
        successor_of: Vec<String>,
        /// Country of its seat, in words.
        country: Option<String>,
        /// Dates of existence, an EDTF interval.
        dates: Option<EdtfDate>,
        /// Its web site.
        url: Option<String> = fields.address("url"),
        /// One sentence for lists.
        description: Option<String>,
        /// Last part of the URL, else the file's name.
        slug: Option<Placed<String>> = slug(fields),
        /// Old slugs that redirect here, such as those of merged records.
        merged: Vec<String> = merged(fields),
        /// Numbers in other authority files.
        identifiers: Vec<Identifier> = fields.tables("identifiers", |entry, _| Identifier::read(entry)),
        /// Doubts that nobody has settled.
        review: Vec<Review> = reviews(fields),
        /// Your own keys, or keys of the theme.
        #[serde(with = "json_text")]
        extra: Map<String, Value>,
    }
}

record! {
    written
    /// A number in another authority file.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Identifier(fields) {
        /// Name of the authority file: ISNI, Wikidata, VIAF.
        scheme: String,
        /// The number in it.
        value: String = number(fields, &scheme),
    }
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

fn number(fields: &Fields<'_, '_>, scheme: &str) -> String {
    let Some(value) = fields.placed("value") else { return String::new() };
    let form = FORMS.iter().find(|(name, ..)| name.eq_ignore_ascii_case(scheme));
    if let Some((name, example, is_valid)) = form
        && !is_valid(&value.value)
    {
        fields.fault(
            value.range,
            format!("`{}` is not a number of {name}", value.value),
            format!("a number such as `{example}`"),
            "copy it from the record's page there",
        );
    }
    value.value
}
