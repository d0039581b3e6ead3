//! The front matter of a document.

use std::collections::BTreeMap;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::foreign;
use crate::config::Config;
use crate::diagnostic::nearest;
use crate::edtf::{Day, EdtfDate};
use crate::fields::{Fields, Placed};
use crate::json_text;
use crate::site_path::{check_site_path, file_at};
use crate::slug::heading_slug;

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
    /// The document's own reference codes, not those that it cites.
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
    /// Other documents to which it is bound: whose translation it is, which it supersedes.
    pub relations: Vec<(Relation, Placed<String>)>,
    /// Slug of the unit of the arrangement in which it lies.
    pub collection: Option<Placed<String>>,
    /// Shelf mark or reference code.
    pub reference: Option<String>,
    /// How much there is of it: "2 leaves".
    pub extent: Option<String>,
    /// Free subject headings.
    pub topics: Vec<String>,
    /// Its terms in the archive's own taxonomies, by their keys.
    pub taxonomies: BTreeMap<String, Vec<String>>,
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
    /// What readers must not see of the seed.
    pub withheld: Vec<Withheld>,
    /// Lines of the seed that differ from the text because somebody corrected it.
    pub corrected: Vec<(usize, usize)>,
    /// What was corrected in the record or the text, in the words that readers see.
    pub corrections: Vec<Correction>,
    /// Doubts that a maintainer has not settled.
    pub review: Vec<Review>,
    /// Anything of the theme's or the maintainer's own.
    #[serde(with = "json_text")]
    pub extra: Map<String, Value>,
}

/// How a document is bound to another one, which it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Relation {
    /// It says the same in another language.
    Translation,
    /// It is another draft, copy or edition of it.
    Version,
    /// It belongs to it, as an annex does.
    Part,
    /// It takes its place.
    Supersedes,
}

impl Relation {
    /// The key of front matter.
    pub fn key(self) -> &'static str {
        match self {
            Self::Translation => "translation_of",
            Self::Version => "version_of",
            Self::Part => "part_of",
            Self::Supersedes => "supersedes",
        }
    }
}

/// Why a document is no longer shown, and what may still be said about it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Withdrawn {
    /// The reason, in the words that readers see.
    pub reason: String,
    /// Since when.
    pub date: Option<EdtfDate>,
    /// The title, if it may still be shown.
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
    /// Whether readers may see the seed's lines, and download it; the settings decide if nothing is said.
    pub public: Option<bool>,
    /// Name of the seed's encoding, if it is not UTF-8.
    pub encoding: Option<String>,
}

/// What readers must not see: some lines of the seed, a page of a file or a part of it, or all of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Withheld {
    /// First and last line in the seed, counted from 1, inclusive.
    pub lines: Option<(usize, usize)>,
    /// One of the document's files; it need not be named if there is no other.
    pub file: Option<String>,
    /// A page of the file, counted from 1.
    pub page: Option<usize>,
    /// A part of that page: left, top, width, height.
    pub region: Option<[i64; 4]>,
    /// Why; readers see this.
    pub reason: String,
}

impl Withheld {
    /// The file of which it tells what is withheld, of those of its document.
    pub fn file_of<'a>(&'a self, files: &'a [String]) -> Option<&'a str> {
        let only = || match files {
            [only] if self.page.is_some() || self.region.is_some() => Some(only.as_str()),
            _ => None,
        };
        self.file.as_deref().or_else(only)
    }
}

/// A correction that readers see.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Correction {
    /// Day on which it was made, `YYYY-MM-DD`.
    pub date: Option<EdtfDate>,
    /// Name of the field; `text` for the text.
    pub field: String,
    /// Who made it, or asked for it.
    pub by: Option<String>,
    /// What was wrong, and why.
    pub reason: String,
}

/// A doubt about a field, to be settled by a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Review {
    /// Name of the doubtful field.
    pub field: String,
    /// Why it is doubtful.
    pub reason: String,
    /// The line of the seed that raised it, counted from 1.
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
            "give a document without a title of its own one such as `Letter from A to B`",
        );
    }
    let given = fields.any_placed("taxonomies");
    let files = fields.strings("files");
    let mut document = Document {
        title: title.unwrap_or_default(),
        date: fields.date("date"),
        kind: kind(fields, config),
        language: fields.language("language").unwrap_or_default(),
        place: fields.string("place"),
        subject: fields.string("subject"),
        references: fields.strings("references"),
        creators: parties(fields, "creators"),
        signatories: parties(fields, "signatories"),
        recipients: parties(fields, "recipients"),
        copied: parties(fields, "copied"),
        in_reply_to: fields.placed("in_reply_to"),
        relations: relations(fields),
        collection: fields.placed("collection").filter(|slug| !slug.value.is_empty()),
        reference: fields.string("reference"),
        extent: fields.string("extent"),
        topics: topics(fields, "topics"),
        taxonomies: BTreeMap::new(),
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
        rights: fields.web_address("rights", "a RightsStatements.org or licence URI"),
        files: files.clone(),
        template: fields.string("template"),
        added: fields.date("added"),
        updated: fields.date("updated"),
        source: fields.table("source", source),
        withheld: fields.tables("withheld", |entry, range| withheld(entry, range, &files)),
        corrected: corrected(fields),
        corrections: corrections(fields),
        review: reviews(fields),
        extra: fields.anything("extra"),
    };
    let authors = given.map(|given| terms(fields, given, config, &mut document));
    foreign::read(fields, authors.unwrap_or_default(), &mut document);
    document
}

/// Takes the terms of a document's taxonomies: those of the archive's own, and topics, whatever other generators call
/// them; what is neither is kept for themes. Gives the names of its authors.
fn terms(
    fields: &Fields<'_, '_>,
    given: Placed<Value>,
    config: &Config,
    document: &mut Document,
) -> Vec<String> {
    let Value::Object(taxonomies) = given.value else { return Vec::new() };
    let mut authors = Vec::new();
    let keys = || config.taxonomies.iter().map(|taxonomy| taxonomy.key.as_str());
    for (name, value) in taxonomies {
        if keys().any(|key| key == name) {
            let (terms, faults) = own_terms(&name, value);
            for (message, help) in faults {
                let expected = "a term, or a list of terms, with letters or digits";
                fields.fault(given.range.clone(), message, expected, help);
            }
            document.taxonomies.insert(name, terms);
            continue;
        }
        match name.as_str() {
            "tags" | "categories" | "topics" => {
                for topic in foreign::names(Some(value)) {
                    if !document.topics.contains(&topic) {
                        document.topics.push(topic);
                    }
                }
            }
            "authors" => authors.extend(foreign::names(Some(value))),
            _ => {
                if let Some(near) = nearest(&name, keys()) {
                    fields.fault(
                        given.range.clone(),
                        format!("unknown taxonomy `{name}`"),
                        format!("one of {}", keys().collect::<Vec<_>>().join(", ")),
                        format!("write `{near}`, or add `[taxonomies.{name}]` to config.toml"),
                    );
                }
                foreign::keep_in(&mut document.extra, "taxonomies", name, value);
            }
        }
    }
    authors
}

/// The terms of a taxonomy of the archive's own: a text, a number, or a list of them. A term below another one holds
/// `/`, which no white space is around. Faults are messages, each with a remedy.
fn own_terms(name: &str, value: Value) -> (Vec<String>, Vec<(String, String)>) {
    let values = if let Value::Array(values) = value { values } else { vec![value] };
    let (mut terms, mut faults) = (Vec::new(), Vec::new());
    for value in values {
        let text = match value {
            Value::String(text) => text,
            Value::Number(number) => number.to_string(),
            other => {
                let message = format!("`{name}` holds `{other}`, which is no term");
                faults.push((message, format!("write `{name} = \"…\"`")));
                continue;
            }
        };
        let parts: Vec<&str> =
            text.split('/').map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.iter().any(|part| heading_slug(part).is_empty()) {
            let message =
                format!("the term `{text}` of `{name}` has a part without a letter or digit");
            faults.push((message, "write it in words".to_owned()));
        } else if !parts.is_empty() && !terms.contains(&parts.join("/")) {
            terms.push(parts.join("/"));
        }
    }
    (terms, faults)
}

fn relations(fields: &Fields<'_, '_>) -> Vec<(Relation, Placed<String>)> {
    let named = [
        (Relation::Translation, fields.placed("translation_of")),
        (Relation::Version, fields.placed("version_of")),
        (Relation::Part, fields.placed("part_of")),
        (Relation::Supersedes, fields.placed("supersedes")),
    ];
    named.into_iter().filter_map(|(relation, slug)| Some((relation, slug?))).collect()
}

/// The open doubts of a record.
pub(super) fn reviews(fields: &Fields<'_, '_>) -> Vec<Review> {
    fields.tables("review", |f, _| Review {
        field: f.string("field").unwrap_or_default(),
        reason: f.string("reason").unwrap_or_default(),
        line: f.integer("line").and_then(|n| usize::try_from(n).ok()),
    })
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

fn reason(fields: &Fields<'_, '_>, reason: Option<String>, range: Range<usize>) -> String {
    let reason = reason.unwrap_or_default();
    if reason.trim().is_empty() {
        fields.fault(
            range,
            "the document is withdrawn without a reason",
            "a reason for readers",
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

pub(super) fn parties(fields: &Fields<'_, '_>, key: &'static str) -> Vec<Party> {
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
    Source {
        seed: seed(fields),
        sha256: fields.string("sha256"),
        lines: line_range(fields),
        url: fields.address("url"),
        public: fields.boolean("public"),
        encoding: fields.string("encoding"),
    }
}

/// The key `lines`: the first and the last line of a seed.
fn line_range(fields: &Fields<'_, '_>) -> Option<(usize, usize)> {
    let lines = fields.integers("lines")?;
    match lines.value[..] {
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
    }
}

fn withheld(fields: &Fields<'_, '_>, range: Range<usize>, files: &[String]) -> Withheld {
    let reason = fields.string("reason").unwrap_or_default();
    if reason.is_empty() {
        fields.fault(
            range.clone(),
            "an entry of `withheld` has no reason",
            "a reason for readers",
            "write `reason = \"personal data\"`",
        );
    }
    let file = fields.placed("file");
    if let Some(file) = file.as_ref().filter(|file| !files.contains(&file.value)) {
        fields.fault(
            file.range.clone(),
            format!("`{}` is not a file of this document", file.value),
            "one of its `files`",
            "correct the path, or remove `file` to withhold the whole seed and all files",
        );
    }
    let (page, region) = (page(fields), region(fields));
    if file.is_none() && files.len() > 1 && (page.is_some() || region.is_some()) {
        fields.fault(
            range,
            "an entry of `withheld` does not say of which file the page is",
            "`file`, since the document has several files",
            format!("write `file = \"{}\"`, or the name of another one", files[0]),
        );
    }
    let file = file.map(|file| file.value);
    Withheld { lines: line_range(fields), file, page, region, reason }
}

fn page(fields: &Fields<'_, '_>) -> Option<usize> {
    let page = fields.placed_integer("page")?;
    let number = usize::try_from(page.value).ok().filter(|number| *number > 0);
    if number.is_none() {
        fields.fault(
            page.range,
            format!("there is no page {}", page.value),
            "a page of the file, counted from 1",
            "write `page = 2`",
        );
    }
    number
}

fn region(fields: &Fields<'_, '_>) -> Option<[i64; 4]> {
    let region = fields.integers("region")?;
    let part = <[i64; 4]>::try_from(region.value).ok();
    let part = part
        .filter(|[left, top, width, height]| *left >= 0 && *top >= 0 && *width > 0 && *height > 0);
    if part.is_none() {
        fields.fault(
            region.range,
            "`region` is not a part of a page",
            "left, top, width and height in pixels",
            "write `region = [100, 240, 600, 80]`",
        );
    }
    part
}

fn corrected(fields: &Fields<'_, '_>) -> Vec<(usize, usize)> {
    let ranges = fields.tables("corrected", |entry, range| {
        let lines = line_range(entry);
        if lines.is_none() && !entry.has("lines") {
            entry.fault(
                range,
                "an entry of `corrected` names no lines",
                "the lines of the seed that somebody corrected",
                "write `lines = [12, 12]`",
            );
        }
        lines
    });
    ranges.into_iter().flatten().collect()
}

fn corrections(fields: &Fields<'_, '_>) -> Vec<Correction> {
    fields.tables("corrections", |entry, range| {
        let date = entry.placed_date("date");
        let is_day = date.as_ref().is_some_and(|date| date.value.certain_day().is_some());
        if !is_day && (date.is_some() || !entry.has("date")) {
            entry.fault(
                date.as_ref().map_or(range.clone(), |date| date.range.clone()),
                "a correction has no day",
                "the day on which it was made",
                "write `date = \"2026-01-31\"`",
            );
        }
        let reason = entry.string("reason").unwrap_or_default();
        if reason.trim().is_empty() {
            entry.fault(
                range,
                "a correction does not say what was wrong",
                "a reason, shown to readers",
                "write `reason = \"the year was misread\"`",
            );
        }
        Correction {
            date: date.map(|date| date.value),
            field: entry.string("field").unwrap_or_else(|| "text".to_owned()),
            by: entry.string("by"),
            reason,
        }
    })
}

/// The path of a seed; one that `seeds/` cannot have would publish something else.
fn seed(fields: &Fields<'_, '_>) -> Option<String> {
    let seed = fields.placed("seed").filter(|seed| !seed.value.trim().is_empty())?;
    if crate::files::is_listable(&seed.value) {
        return Some(seed.value);
    }
    fields.fault(
        seed.range,
        format!("`{}` is not the path of a seed", seed.value),
        "a path below `seeds/`, with nothing hidden in it and no `..`",
        "write it as `fonds ingest` does, such as `seed = \"letters/0042.txt\"`",
    );
    None
}

/// Subject headings; one without a letter or digit could have no page.
pub(super) fn topics(fields: &Fields<'_, '_>, key: &'static str) -> Vec<String> {
    let mut topics = fields.placed_strings(key);
    topics.retain(|topic| {
        let has_page = !crate::slug::heading_slug(&topic.value).is_empty();
        if !has_page {
            fields.fault(
                topic.range.clone(),
                format!("the topic `{}` has no letter", topic.value),
                "a heading with letters or digits, which give its page an address",
                "write it in words, or remove it",
            );
        }
        has_page
    });
    topics.into_iter().map(|topic| topic.value).collect()
}

/// Whether a slug is made of lower-case ASCII letters, digits and single hyphens.
pub(super) fn valid_slug(fields: &Fields<'_, '_>, slug: &Placed<String>) -> bool {
    let made = crate::slug::slugify(&slug.value);
    if slug.value.len() > crate::slug::LONGEST {
        fields.fault(
            slug.range.clone(),
            format!("the slug has {} letters", slug.value.len()),
            format!("at most {} letters, since hosts limit paths", crate::slug::LONGEST),
            format!("write `slug = \"{}\"`", crate::slug::short_slug(&slug.value)),
        );
        return false;
    }
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
    let aliases = fields.placed_strings("aliases");
    aliases.into_iter().filter_map(|alias| valid_alias(fields, alias)).collect()
}

/// An alias as the path of a file or folder of this site, decoded: addresses are copied from browsers and old
/// sitemaps in their percent-encoded form.
pub(super) fn valid_alias(
    fields: &Fields<'_, '_>,
    alias: Placed<String>,
) -> Option<Placed<String>> {
    let path = &alias.value;
    let refuse = |why: String, help: &str| {
        let expected = "a path from the site's root, such as `/old/url/`";
        fields.fault(alias.range.clone(), why, expected, help);
        None
    };
    if !path.starts_with('/') || path.starts_with("//") || path.len() < 2 {
        let why = format!("`{path}` is not a path of this site");
        return refuse(why, "leave out the host; begin with `/`");
    }
    let elsewhere = "remove it here, and redirect it in the settings of your web server";
    if path.contains(['?', '#']) {
        let why = format!("`{path}` has a query or a fragment, which is no part of a path");
        return refuse(why, elsewhere);
    }
    let Ok(decoded) = percent_encoding::percent_decode_str(path).decode_utf8() else {
        return refuse(format!("`{path}` is not percent-encoded UTF-8"), elsewhere);
    };
    match check_site_path(&file_at(&decoded[1..])) {
        Ok(()) => Some(Placed { value: decoded.into_owned(), ..alias }),
        Err(why) => refuse(format!("no page can be at `{path}`: {why}"), elsewhere),
    }
}
