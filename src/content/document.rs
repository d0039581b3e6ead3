//! The front matter of a document.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::foreign;
use crate::config::Config;
use crate::diagnostic::nearest;
use crate::edtf::{Day, EdtfDate};
use crate::fields::{Fields, Placed, ReadKey, WriteKey, quoted, record};
use crate::json_text;
use crate::site_path::{check_site_path, file_at};
use crate::slug::heading_slug;

record! {
    written
    /// What is recorded of a document. Keys that Zola or Hugo also have keep their meaning.
    #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
    pub struct Document(fields, config: &Config, given: &mut Option<Placed<Value>>) {
        /// Title, formal or supplied.
        title: String = title(fields, "document", "`title = \"…\"` in the front matter",
            "give a document without a title of its own one such as `Letter from A to B`"),
        /// When it was made, EDTF: `1921-03-14`, `1921-03`, `1921~` (about), `1921?`, `192X`, `1921/1923`; absent when
        /// undated.
        date: Option<EdtfDate>,
        /// What it is; more kinds in `[kinds]` of config.toml.
        kind: String = kind(fields, config),
        /// Language of the text, a BCP 47 tag.
        language: String = fields.language("language").unwrap_or_default(),
        /// Where it was made.
        place: Option<String>,
        /// What it says it is about: the “Re:” line.
        subject: Option<String>,
        /// The document's own reference codes, not those that it cites.
        references: Vec<String>,
        /// Who wrote or issued it.
        creators: Vec<Party>,
        /// Who signed it, in the order of the document.
        signatories: Vec<Party>,
        /// Whom it is addressed to.
        recipients: Vec<Party>,
        /// Who gets a copy.
        copied: Vec<Party>,
        /// Slug of the document that it answers; an empty text if it answers none, even if it seems to.
        in_reply_to: Option<Placed<String>>,
        /// Other documents to which it is bound.
        relations: Vec<(Relation, Placed<String>)>,
        /// Slug of the fonds, series or file in which it lies: a file of `content/collections/`.
        collection: Option<Placed<String>> = fields.placed("collection").filter(|slug| !slug.value.is_empty()),
        /// Shelf mark or reference code: `AS/3/17`.
        reference: Option<String>,
        /// How much there is of it: `2 leaves`.
        extent: Option<String>,
        /// Free subject headings.
        topics: Vec<String> = topics(fields, "topics"),
        /// For lists and search; else the first sentences.
        description: Option<String>,
        /// Left out of a build without `--drafts`.
        draft: bool,
        /// Left out like a draft before this day.
        embargo_until: Option<Day> = embargo(fields),
        /// Last part of the URL, else the file's name.
        slug: Option<Placed<String>> = slug(fields),
        /// Old URLs that redirect here, from the root of the site.
        aliases: Vec<Placed<String>> = aliases(fields),
        /// A RightsStatements.org or licence URI.
        rights: Option<String> = fields.web_address("rights", "a RightsStatements.org or licence URI"),
        /// Page images and PDFs of it: paths below `seeds/`, in the order of their pages.
        files: Vec<String>,
        /// Name of the template, if not the kind's own.
        template: Option<String>,
        /// Day on which the record came into the archive.
        added: Option<EdtfDate>,
        /// Day of the record's last change.
        updated: Option<EdtfDate>,
        /// No longer shown: a reason for readers, or a table.
        withdrawn: Option<Withdrawn> = withdrawn(fields),
        /// Its terms in the archive's own taxonomies, by their keys: `box = "Box 3/Folder 12"`. As in Zola, tags and categories
        /// are `topics`, authors `creators`.
        taxonomies: BTreeMap<String, Vec<String>> = {
            *given = fields.any_placed("taxonomies"); // may hold more than its own terms: see `terms`
            BTreeMap::new()
        },
        /// Where the text comes from.
        source: Option<Source> = fields.table("source", Source::read),
        /// What readers must not see of the seed; all of it, if no lines are named.
        withheld: Vec<Withheld> = fields.tables("withheld", |entry, range| withheld(entry, range, &files)),
        /// Lines of the seed with words that are missing in the text because somebody corrected it.
        corrected: Vec<(usize, usize)> = corrected(fields),
        /// What was corrected in the record or the text, for readers.
        corrections: Vec<Correction> = fields.tables("corrections", |entry, range| Correction::read(entry, &range)),
        /// Doubts that nobody has settled.
        review: Vec<Review> = reviews(fields),
        /// Your own keys, or keys of the theme.
        #[serde(with = "json_text")]
        extra: Map<String, Value>,
    }
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
    /// Each, in the order of their declaration, with its key of front matter, and what the key means.
    const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Translation, "translation_of", "Slug of the document of which it is a translation"),
        (
            Self::Version,
            "version_of",
            "Slug of the document of which it is another draft, copy or edition",
        ),
        (Self::Part, "part_of", "Slug of the document to which it belongs, as an annex does"),
        (Self::Supersedes, "supersedes", "Slug of the document whose place it takes"),
    ];

    /// The key of front matter.
    pub fn key(self) -> &'static str {
        Self::ALL[self as usize].1
    }
}

impl ReadKey for Vec<(Relation, Placed<String>)> {
    fn read(fields: &Fields<'_, '_>, _: &'static str) -> Self {
        let named = |(relation, key, words)| Some((relation, fields.says(words).placed(key)?));
        Relation::ALL.into_iter().filter_map(named).collect()
    }
}

impl WriteKey for Vec<(Relation, Placed<String>)> {
    fn write(&self, out: &mut String, _: &str) {
        for (relation, slug) in self {
            slug.value.write(out, relation.key());
        }
    }
}

record! {
    written
    /// Why a document is no longer shown, and what may still be said about it.
    #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
    pub struct Withdrawn(fields) {
        /// Why; readers see this.
        reason: String = reason(fields, fields.string("reason"), fields.place_of()),
        /// Since when.
        date: Option<EdtfDate>,
        /// The title, if it may still be shown.
        title: Option<String>,
    }
}

record! {
    /// A person or an organization, or a person who acts for an organization, as the document has it.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    pub struct Party(fields) {
        /// Name of the person.
        person: Option<String>,
        /// In what role the person acts.
        role: Option<String>,
        /// Name of the organization.
        organization: Option<String>,
    }
}

record! {
    written
    /// Where a document's text comes from.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    pub struct Source(fields) {
        /// Path below `seeds/`.
        seed: Option<String> = seed(fields),
        /// SHA-256 of the seed's bytes, in hexadecimal.
        sha256: Option<String> = fields.ruled("pattern", r#""^[0-9a-f]{64}$""#).string("sha256"),
        /// First and last line in the seed, counted from 1.
        lines: Option<(usize, usize)>,
        /// Where the text was found.
        url: Option<String> = fields.address("url"),
        /// Encoding of the seed, if it is not UTF-8.
        encoding: Option<String>,
        /// With `false`, readers see neither the seed's lines nor the seed.
        public: Option<bool>,
    }
}

record! {
    written
    /// What readers must not see: some lines of the seed, a page of a file or a part of it, or all of it.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    pub struct Withheld(fields, files: &[String]) {
        /// First and last line in the seed, counted from 1.
        lines: Option<(usize, usize)>,
        /// One of the document's files; not needed if it is the only one.
        file: Option<String> = withheld_file(fields, files),
        /// Page of the file, counted from 1.
        page: Option<usize> = page(fields),
        /// Part of that page in pixels: left, top, width, height.
        region: Option<[i64; 4]> = region(fields),
        /// Why; readers see this.
        reason: String,
    }
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

record! {
    written
    /// A correction that readers see.
    #[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
    pub struct Correction(fields, range: &Range<usize>) {
        /// Day on which it was corrected.
        date: Option<EdtfDate> = correction_day(fields, range),
        /// Name of the field that was wrong; `text` if none is named.
        field: String = fields.string("field").unwrap_or_else(|| "text".to_owned()),
        /// Who corrected it, or asked for it.
        by: Option<String>,
        /// What was wrong, and why.
        reason: String = correction_reason(fields, range),
    }
}

record! {
    written
    /// A doubt about a field, to be settled by a person.
    #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
    pub struct Review(fields) {
        /// The doubtful field.
        field: String,
        /// Why it is doubtful.
        reason: String,
        /// The line of the seed that raised it.
        line: Option<usize> = fields.integer("line").and_then(|n| usize::try_from(n).ok()),
    }
}

/// Reads the front matter of a document.
pub(super) fn read(fields: &Fields<'_, '_>, config: &Config) -> Document {
    let mut given = None;
    let mut document = Document::read(fields, config, &mut given);
    let authors = given.map(|given| terms(fields, given, config, &mut document));
    foreign::read(fields, authors.unwrap_or_default(), &mut document);
    document
}

/// The title of a record of some kind, which must say it, even if it is empty.
pub(super) fn title(fields: &Fields<'_, '_>, of: &str, expected: &str, help: &str) -> String {
    let title = fields.string("title");
    if title.is_none() && !fields.has("title") {
        fields.fault(0..3, format!("the {of} has no title"), expected, help);
    }
    title.unwrap_or_default()
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

/// The open doubts of a record.
pub(super) fn reviews(fields: &Fields<'_, '_>) -> Vec<Review> {
    fields.tables("review", |entry, _| Review::read(entry))
}

fn withdrawn(fields: &Fields<'_, '_>) -> Option<Withdrawn> {
    let of_text = |text: Placed<String>| Withdrawn {
        reason: reason(fields, Some(text.value), text.range),
        ..Withdrawn::default()
    };
    fields.text_or_table("withdrawn", of_text, Withdrawn::read)
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

impl ReadKey for Vec<Party> {
    fn read(fields: &Fields<'_, '_>, key: &'static str) -> Self {
        let instead = |name: &str| {
            format!("[{{ person = {0} }}]` or `{key} = [{{ organization = {0} }}]", quoted(name))
        };
        let mut parties = fields.tables_or(key, instead, |entry, range| {
            let party = Party::read(entry);
            if party.person.is_none() && party.organization.is_none() {
                entry.fault(
                    range,
                    format!("an entry of `{key}` names nobody"),
                    "a `person`, an `organization`, or both",
                    "write `{ person = \"…\", organization = \"…\" }`",
                );
            }
            party
        });
        parties.retain(|party| party.person.is_some() || party.organization.is_some());
        parties
    }
}

impl WriteKey for Vec<Party> {
    fn write(&self, out: &mut String, key: &str) {
        if !self.is_empty() {
            let lines: String = self.iter().map(|one| format!("  {},\n", party(one))).collect();
            let _ = writeln!(out, "{key} = [\n{lines}]");
        }
    }
}

/// A party as an inline table of TOML.
pub fn party(party: &Party) -> String {
    let pairs =
        [("person", &party.person), ("role", &party.role), ("organization", &party.organization)];
    let pairs: Vec<String> = pairs
        .into_iter()
        .filter_map(|(k, v)| v.as_ref().map(|v| format!("{k} = {}", quoted(v))))
        .collect();
    format!("{{ {} }}", pairs.join(", "))
}

/// The first and the last line of a seed.
impl ReadKey for Option<(usize, usize)> {
    fn read(fields: &Fields<'_, '_>, key: &'static str) -> Self {
        let lines = fields.integers(key)?;
        match lines.value[..] {
            [first, last] if 1 <= first && first <= last => {
                Some((usize::try_from(first).ok()?, usize::try_from(last).ok()?))
            }
            _ => {
                fields.fault(
                    lines.range,
                    format!("`{key}` is not a range of lines"),
                    "the first and the last line, counted from 1",
                    format!("write `{key} = [5, 48]`"),
                );
                None
            }
        }
    }
}

fn withheld(fields: &Fields<'_, '_>, range: Range<usize>, files: &[String]) -> Withheld {
    let withheld = Withheld::read(fields, files);
    if withheld.reason.is_empty() {
        fields.fault(
            range.clone(),
            "an entry of `withheld` has no reason",
            "a reason for readers",
            "write `reason = \"personal data\"`",
        );
    }
    let is_of_a_page = withheld.page.is_some() || withheld.region.is_some();
    if withheld.file.is_none() && files.len() > 1 && is_of_a_page {
        fields.fault(
            range,
            "an entry of `withheld` does not say of which file the page is",
            "`file`, since the document has several files",
            format!("write `file = \"{}\"`, or the name of another one", files[0]),
        );
    }
    withheld
}

fn withheld_file(fields: &Fields<'_, '_>, files: &[String]) -> Option<String> {
    let file = fields.placed("file")?;
    if !files.contains(&file.value) {
        fields.fault(
            file.range,
            format!("`{}` is not a file of this document", file.value),
            "one of its `files`",
            "correct the path, or remove `file` to withhold the whole seed and all files",
        );
    }
    Some(file.value)
}

fn page(fields: &Fields<'_, '_>) -> Option<usize> {
    let page = fields.ruled("minimum", "1").placed_integer("page")?;
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
        let lines =
            Option::read(entry.says("First and last line in the seed, counted from 1"), "lines");
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

impl WriteKey for Vec<(usize, usize)> {
    fn write(&self, out: &mut String, key: &str) {
        for lines in self {
            let _ = writeln!(out, "\n[[{key}]]");
            Some(*lines).write(out, "lines");
        }
    }
}

fn correction_day(fields: &Fields<'_, '_>, range: &Range<usize>) -> Option<EdtfDate> {
    let date = fields.placed_date("date");
    let is_day = date.as_ref().is_some_and(|date| date.value.certain_day().is_some());
    if !is_day && (date.is_some() || !fields.has("date")) {
        fields.fault(
            date.as_ref().map_or(range, |date| &date.range).clone(),
            "a correction has no day",
            "the day on which it was made",
            "write `date = \"2026-01-31\"`",
        );
    }
    date.map(|date| date.value)
}

fn correction_reason(fields: &Fields<'_, '_>, range: &Range<usize>) -> String {
    let reason = fields.string("reason").unwrap_or_default();
    if reason.trim().is_empty() {
        fields.fault(
            range.clone(),
            "a correction does not say what was wrong",
            "a reason, shown to readers",
            "write `reason = \"the year was misread\"`",
        );
    }
    reason
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

/// The last part of a URL.
pub(super) fn slug(fields: &Fields<'_, '_>) -> Option<Placed<String>> {
    let slug = fields.ruled("pattern", r#""^[a-z0-9]+(-[a-z0-9]+)*$""#).placed("slug");
    slug.filter(|slug| valid_slug(fields, slug))
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
    let aliases = fields.ruled("pattern", r#""^/[^/]""#).placed_strings("aliases");
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
