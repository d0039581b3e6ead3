//! The front matter of a document.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::foreign;
use crate::config::Config;
use crate::diagnostic::nearest;
use crate::edtf::{Day, EdtfDate};
use crate::fields::{Fields, Placed};
use crate::json_text;

/// What is recorded of a document. Keys that Zola or Hugo also have keep their meaning.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Document {
    /// Title, formal or supplied.
    pub title: String,
    /// When it was made; absent when undated.
    pub date: Option<EdtfDate>,
    /// What it is: a key of the table of kinds, such as `letter`.
    pub kind: String,
    /// Language of the text, a BCP 47 tag; empty means the archive's default.
    pub language: String,
    /// Where it was made.
    pub place: Option<String>,
    /// What it says that it is about (the "Re:" line).
    pub subject: Option<String>,
    /// The document's own symbols, not those that it cites.
    pub references: Vec<String>,
    /// Who wrote or issued it.
    pub creators: Vec<Party>,
    /// Who signed it, in the order of the document.
    pub signatories: Vec<Party>,
    /// Whom it is addressed to.
    pub recipients: Vec<Party>,
    /// Who gets a copy.
    pub copied: Vec<Party>,
    /// Slug of the document that it answers; empty if it answers none, whatever it looks like.
    pub in_reply_to: Option<Placed<String>>,
    /// Free subject headings.
    pub topics: Vec<String>,
    /// For lists and search; else the first sentences.
    pub description: Option<String>,
    /// Left out of a build without `--drafts`.
    pub draft: bool,
    /// Left out like a draft until this day.
    pub embargo_until: Option<Day>,
    /// Shown as a tombstone at its URL, which says why.
    pub withdrawn: Option<Withdrawn>,
    /// Last part of the URL, else the file's name.
    pub slug: Option<Placed<String>>,
    /// Old URLs that lead here.
    pub aliases: Vec<Placed<String>>,
    /// A RightsStatements.org or licence URI.
    pub rights: Option<String>,
    /// Page images and PDFs of it: paths below `seeds/`, in the order of their pages.
    pub files: Vec<String>,
    /// Name of the template, if not the kind's own.
    pub template: Option<String>,
    /// Day on which the record came into the archive, `YYYY-MM-DD`.
    pub added: Option<EdtfDate>,
    /// Day of the record's last change, `YYYY-MM-DD`.
    pub updated: Option<EdtfDate>,
    /// Where the text comes from.
    pub source: Option<Source>,
    /// Doubts that a maintainer has not settled.
    pub review: Vec<Review>,
    /// Anything of the theme's or the maintainer's own.
    #[serde(with = "json_text")]
    pub extra: Map<String, Value>,
}

/// Why a document is no longer shown, and what may still be told of it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Withdrawn {
    /// The reason, as readers are told it.
    pub reason: String,
    /// Since when.
    pub date: Option<EdtfDate>,
    /// The title, if it may still be told.
    pub title: Option<String>,
}

/// A person or an organization, or a person who acts for an organization, as the document has it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Party {
    /// Name of the person.
    pub person: Option<String>,
    /// In what role the person acts.
    pub role: Option<String>,
    /// Name of the organization.
    pub organization: Option<String>,
}

/// Where a document's text comes from.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Source {
    /// Path below `seeds/`.
    pub seed: Option<String>,
    /// SHA-256 of the seed's bytes, in hexadecimal.
    pub sha256: Option<String>,
    /// First and last line in the seed, counted from 1, inclusive.
    pub lines: Option<(usize, usize)>,
    /// Where the text was found.
    pub url: Option<String>,
}

/// A doubt about a field, to be settled by a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Name of the doubtful field.
    pub field: String,
    /// Why it is doubtful.
    pub reason: String,
    /// The seed's line that tells of it, counted from 1.
    pub line: Option<usize>,
}

/// Reads the front matter of a document.
pub(super) fn read(fields: &Fields<'_, '_>, config: &Config) -> Document {
    let title = fields.string("title");
    if title.is_none() && !fields.has("title") {
        fields.fault(
            0..3,
            "the document has no title",
            "`title = \"…\"` in the front matter",
            "a document without a title of its own gets one such as `Letter from A to B`",
        );
    }
    let mut document = Document {
        title: title.unwrap_or_default(),
        date: fields.date("date"),
        kind: kind(fields, config),
        language: fields.string("language").unwrap_or_default(),
        place: fields.string("place"),
        subject: fields.string("subject"),
        references: fields.strings("references"),
        creators: parties(fields, "creators"),
        signatories: parties(fields, "signatories"),
        recipients: parties(fields, "recipients"),
        copied: parties(fields, "copied"),
        in_reply_to: fields.placed("in_reply_to"),
        topics: fields.strings("topics"),
        description: fields.string("description"),
        draft: fields.boolean("draft").unwrap_or(false),
        embargo_until: embargo(fields),
        withdrawn: fields.text_or_table(
            "withdrawn",
            |text| {
                let reason = reason(fields, Some(text.value), text.range);
                Withdrawn { reason, ..Withdrawn::default() }
            },
            |table| Withdrawn {
                reason: reason(table, table.string("reason"), table.place_of()),
                date: table.date("date"),
                title: table.string("title"),
            },
        ),
        slug: fields.placed("slug").filter(|s| valid_slug(fields, s)),
        aliases: aliases(fields),
        rights: fields.string("rights"),
        files: fields.strings("files"),
        template: fields.string("template"),
        added: fields.date("added"),
        updated: fields.date("updated"),
        source: fields.table("source", source),
        review: fields.tables("review", |f, _| Review {
            field: f.string("field").unwrap_or_default(),
            reason: f.string("reason").unwrap_or_default(),
            line: f.integer("line").and_then(|n| usize::try_from(n).ok()),
        }),
        extra: fields.anything("extra"),
    };
    foreign::read(fields, &mut document);
    document
}

fn embargo(fields: &Fields<'_, '_>) -> Option<Day> {
    let date = fields.placed_date("embargo_until")?;
    let day = date.value.certain_day();
    if day.is_none() {
        fields.fault(
            date.range,
            format!("`{}` is not a day", date.value),
            "the day on which the document is first shown",
            "write `embargo_until = \"2030-01-31\"`",
        );
    }
    day
}

fn reason(
    fields: &Fields<'_, '_>,
    reason: Option<String>,
    range: std::ops::Range<usize>,
) -> String {
    let reason = reason.unwrap_or_default();
    if reason.trim().is_empty() {
        fields.fault(
            range,
            "the document is withdrawn without a reason",
            "a reason that readers are told",
            "write `withdrawn = \"at the request of the author\"`",
        );
    }
    reason
}

fn kind(fields: &Fields<'_, '_>, config: &Config) -> String {
    let Some(kind) = fields.placed("kind") else { return "other".to_owned() };
    if config.kinds.contains_key(&kind.value) {
        return kind.value;
    }
    let known: Vec<&str> = config.kinds.keys().map(String::as_str).collect();
    let help = match nearest(&kind.value, known.iter().copied()) {
        Some(near) => format!("write `kind = \"{near}\"`"),
        None => format!("add `[kinds.{}]` to config.toml, or write `kind = \"other\"`", kind.value),
    };
    fields.fault(
        kind.range,
        format!("unknown kind `{}`", kind.value),
        format!("one of {}", known.join(", ")),
        help,
    );
    "other".to_owned()
}

fn parties(fields: &Fields<'_, '_>, key: &'static str) -> Vec<Party> {
    fields
        .tables(key, |f, range| {
            let party = Party {
                person: f.string("person"),
                role: f.string("role"),
                organization: f.string("organization"),
            };
            if party.person.is_none() && party.organization.is_none() {
                f.fault(
                    range,
                    format!("an entry of `{key}` names nobody"),
                    "a `person`, an `organization`, or both",
                    "write `{ person = \"…\", organization = \"…\" }`",
                );
            }
            party
        })
        .into_iter()
        .filter(|p| p.person.is_some() || p.organization.is_some())
        .collect()
}

fn source(fields: &Fields<'_, '_>) -> Source {
    let lines = fields.integers("lines").and_then(|lines| match lines.value[..] {
        [first, last] if 1 <= first && first <= last => {
            Some((usize::try_from(first).ok()?, usize::try_from(last).ok()?))
        }
        _ => {
            fields.fault(
                lines.range,
                "`lines` is not a range of lines",
                "the first and the last line, counted from 1",
                "write `lines = [5, 48]`",
            );
            None
        }
    });
    Source {
        seed: fields.string("seed"),
        sha256: fields.string("sha256"),
        lines,
        url: fields.string("url"),
    }
}

/// Whether a slug is made of lower-case ASCII letters, digits and single hyphens.
pub(super) fn valid_slug(fields: &Fields<'_, '_>, slug: &Placed<String>) -> bool {
    let made = crate::slug::slugify(&slug.value);
    if made == slug.value && !made.is_empty() {
        return true;
    }
    fields.fault(
        slug.range.clone(),
        format!("`{}` is not a slug", slug.value),
        "ASCII letters in lower case, digits and hyphens",
        format!("write `slug = \"{}\"`", if made.is_empty() { "a-name" } else { &made }),
    );
    false
}

/// The old URLs of a file that are paths of this site.
pub(super) fn aliases(fields: &Fields<'_, '_>) -> Vec<Placed<String>> {
    let mut aliases = fields.placed_strings("aliases");
    aliases.retain(|alias| valid_alias(fields, alias));
    aliases
}

/// Whether an alias is a path of this site that ends in `/` or in a file's name.
pub(super) fn valid_alias(fields: &Fields<'_, '_>, alias: &Placed<String>) -> bool {
    let path = &alias.value;
    let bad = !path.starts_with('/')
        || path.starts_with("//")
        || path.len() < 2
        || path.contains(['\\', '?', '#', '"', '<', '>'])
        || path.chars().any(char::is_control)
        || path.split('/').any(|part| part == "." || part == "..");
    if bad {
        fields.fault(
            alias.range.clone(),
            format!("`{path}` is not a path of this site"),
            "a path from the site's root, such as `/old/url/`",
            "leave out the host; begin with `/`",
        );
    }
    !bad
}
