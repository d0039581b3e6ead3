//! `config.toml` → [`Config`]: every setting, its default and its checks in one place.

mod host;
mod ingest;
mod kinds;
mod languages;
mod limits;
mod publish;
mod search;
mod taxonomies;
mod theme;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::address::is_harmless;
use crate::diagnostic::{Report, SourceText};
use crate::fields::{self, Fields, Key, Placed, record};
use crate::limits::Limits as ReadLimits;

pub use host::{Host, Limits};
pub use ingest::{Bounds, ColumnSettings, DateOrder, IngestDefaults, IngestSettings, SeedSettings};
pub use kinds::Kind;
pub use languages::{Language, own_name};
pub use publish::PublishSettings;
pub use search::SearchSettings;
pub use taxonomies::Taxonomy;
pub use theme::{Density, STACKS, ThemeSettings, Typeface};

record! {
    /// The settings of an archive.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Config(f) {
        /// Where the site will be served from, with a path if it has one.
        base_url: String = base_url(f).unwrap_or_default(),
        /// Title of the site.
        title: String = f.string("title").unwrap_or_else(|| "Archive".to_owned()),
        /// One sentence on what the archive is.
        description: Option<String>,
        /// BCP 47 tag of the interface, and of documents that do not say otherwise.
        default_language: String = f.language("default_language").unwrap_or_else(|| "en".to_owned()),
        /// Name of the folder below `themes/`; `default` is built into the program. Or a table that sets more of the look.
        theme: ThemeSettings = theme::theme(f).unwrap_or_default(),
        /// Folder that the site is written to.
        output_dir: String = folder_name(f, "output_dir").unwrap_or_else(|| "public".to_owned()),
        /// Whether pages are minified.
        minify_html: bool = f.boolean("minify_html").unwrap_or(true),
        /// Entries of one page of a long list.
        paginate_by: usize = positive(f, "paginate_by").unwrap_or(100),
        /// Who holds the documents.
        archive: ArchiveSettings = f.table("archive", ArchiveSettings::read).unwrap_or_default(),
        /// The archive's habits, for ingest.
        ingest: IngestSettings = f.table("ingest", ingest::ingest).unwrap_or_default(),
        /// The search page.
        search: SearchSettings = f.table("search", search::search).unwrap_or_default(),
        /// The preview.
        serve: ServeSettings = f.table("serve", ServeSettings::read).unwrap_or_default(),
        /// The programs that `fonds ocr` starts.
        ocr: OcrSettings = f.table("ocr", OcrSettings::read).unwrap_or_default(),
        /// Smaller copies of page images.
        images: ImageSettings = f.table("images", ImageSettings::read).unwrap_or_default(),
        /// The files beside each page.
        outputs: Outputs = f.table("outputs", Outputs::read).unwrap_or_default(),
        /// How much is read before something is refused by name.
        limits: ReadLimits = f.table("limits", limits::limits).unwrap_or_default(),
        /// Findings that `fonds check` does not report again.
        check: CheckSettings = f.table("check", CheckSettings::read).unwrap_or_default(),
        /// Where `fonds publish` brings the site.
        publish: PublishSettings = f.table("publish", PublishSettings::read).unwrap_or_default(),
        /// What documents can be besides the built-in kinds: `[kinds.decree]`.
        kinds: BTreeMap<String, Kind> = kinds::kinds(f),
        /// By what documents are browsed besides kinds, languages and topics: `[taxonomies.box]`.
        taxonomies: Vec<Taxonomy> = taxonomies::taxonomies(f),
        /// Languages of the interface besides the default one: `[languages.ko]`.
        languages: Vec<Language> = languages::languages(f, &default_language),
        /// Your own keys, or keys of the theme.
        extra: Map<String, Value>,
    }
}

impl Default for Config {
    fn default() -> Self {
        static DEFAULT: LazyLock<Config> = LazyLock::new(|| fields::nothing(Config::read));
        DEFAULT.clone()
    }
}

/// What settings are if nothing is said of them.
macro_rules! default_by_reading_nothing {
    ($($Name:ident: $read:expr),*) => {$(
        impl Default for $Name {
            fn default() -> Self {
                fields::nothing($read)
            }
        }
    )*};
}

default_by_reading_nothing! {
    IngestSettings: ingest::ingest, SearchSettings: search::search, ThemeSettings: ThemeSettings::read,
    OcrSettings: OcrSettings::read, ImageSettings: ImageSettings::read, Outputs: Outputs::read
}

/// First parts of URLs that the site makes itself.
pub const RESERVED: [&str; 12] = [
    "documents",
    "organizations",
    "people",
    "years",
    "kinds",
    "languages",
    "topics",
    "collections",
    "search",
    "data",
    "assets",
    "404",
];

record! {
    /// `[archive]`: who holds the documents.
    #[derive(Debug, Clone, PartialEq, Default, Serialize)]
    pub struct ArchiveSettings(f) {
        /// Name of the holding archive, if not the site's title.
        name: Option<String>,
        /// Who publishes the site.
        publisher: Option<String>,
        /// An e-mail address or a URL.
        contact: Option<String> = f.address("contact"),
        /// Rights statement of documents that have none of their own, a URI.
        rights: Option<String> = f.web_address("rights", "a RightsStatements.org or licence URI"),
        /// The beginning of the ids of feeds and records, which stay the same if the site moves: `example.org,2024`.
        tag_authority: Option<String> = tag_authority(f),
        /// Where readers suggest corrections: a URL in which `{path}` is replaced by the path of the content file.
        corrections: Option<String> = corrections(f),
    }
}

record! {
    /// `[serve]`: the preview.
    #[derive(Debug, Clone, PartialEq, Eq, Default)]
    pub struct ServeSettings(f) {
        /// Where the review desk opens files: a URL with `{path}` and `{line}`, such as `vscode://file/{path}:{line}`.
        editor: Option<String> = editor(f),
    }
}

record! {
    /// `[check]`: what `fonds check` need not tell again.
    #[derive(Debug, Clone, PartialEq, Eq, Default)]
    pub struct CheckSettings(f) {
        /// Personal data that may be published: addresses and numbers, each as `check` names it.
        accepted: Vec<String>,
        /// The host that the site goes to, whose limits `check` knows: `github-pages`, `gitlab-pages`, `netlify`,
        /// `cloudflare-pages`.
        host: Option<Host> = host::host(f),
    }
}

record! {
    /// `[ocr]`: the programs that `fonds ocr` starts; words parted by spaces are their arguments.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct OcrSettings(f) {
        /// Reads a page image and writes hOCR: `tesseract`.
        command: String = f.string("command").unwrap_or_else(|| "tesseract".to_owned()),
        /// Makes images of a PDF's pages: `pdftoppm`.
        pdf_command: String = f.string("pdf_command").unwrap_or_else(|| "pdftoppm".to_owned()),
    }
}

record! {
    /// `[images]`: smaller copies of page images.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct ImageSettings(f) {
        /// Whether they are made.
        copies: bool = f.boolean("copies").unwrap_or(true),
        /// Images with more pixels are not decoded.
        megapixels: usize = positive(f, "megapixels").unwrap_or(200),
    }
}

impl ImageSettings {
    /// How many pixels an image may have.
    pub fn most_pixels(&self) -> u64 {
        (self.megapixels as u64).saturating_mul(1_000_000)
    }
}

record! {
    /// `[outputs]`: the files beside each page, since some hosts limit their number.
    #[derive(Debug, Clone, PartialEq, Eq)]
    pub struct Outputs(f) {
        /// `text.txt`: the plain text of a document.
        text: bool = f.boolean("text").unwrap_or(true),
        /// `citation.bib`, `citation.ris`, `citation.json`.
        citations: bool = f.boolean("citations").unwrap_or(true),
        /// `citations.bib`, `.ris`, `.json` beside each list of 2 to 1,000 documents, and beside that of all.
        list_citations: bool = f.boolean("list_citations").unwrap_or(true),
        /// `source/`: the seed's lines beside the record, and the seed itself.
        source: bool = f.boolean("source").unwrap_or(true),
        /// E-mails as they were received, with addresses, routing and attachments, among the seeds.
        raw_mail: bool,
        /// What came with e-mails: its documents are no drafts, its files are for download.
        attachments: bool,
        /// `data/`: the whole archive as open data.
        data: bool = f.boolean("data").unwrap_or(true),
        /// `atom.xml`, of the site and of each organization.
        feeds: bool = f.boolean("feeds").unwrap_or(true),
        /// `eac.xml`: EAC-CPF beside the page of each organization and person whose record says more than the name.
        authorities: bool = f.boolean("authorities").unwrap_or(true),
        /// Keys of `[extra]` in front matter that readers may have: they are part of the data files and of search.
        extra: Vec<String>,
        /// Without it, only the site has a feed.
        organization_feeds: bool = f.boolean("organization_feeds").unwrap_or(true),
        /// `.gz` and `.br` beside each text, for servers that send them as they are.
        precompressed: bool,
        /// IIIF manifests of documents with page images, for other viewers.
        iiif: bool,
        /// Pieces of page images besides, for viewers that enlarge a part.
        iiif_tiles: bool,
    }
}

impl Config {
    /// The path below which the site is served: empty, or `/archive`.
    pub fn base_path(&self) -> &str {
        let rest = self.base_url.split_once("://").map_or(self.base_url.as_str(), |(_, r)| r);
        rest.find('/').map_or("", |i| &rest[i..])
    }

    /// Name of the holding archive.
    pub fn archive_name(&self) -> &str {
        self.archive.name.as_deref().unwrap_or(&self.title)
    }
}

/// Reads the settings; faults go to `report`, each faulty value falls back to its default.
pub fn parse(source: SourceText<'_>, report: &Report) -> Config {
    fields::read(source, 0..source.text.len(), report, Config::read)
}

/// The keys of `config.toml`, with what their values are.
pub fn keys() -> Vec<Key> {
    fields::describe(Config::read)
}

/// Checks a base URL given on the command line or in config.toml; gives it without a final slash.
pub fn check_base_url(url: &str) -> Result<String, &'static str> {
    let rest = url
        .strip_prefix("https://")
        .or_else(|| url.strip_prefix("http://"))
        .ok_or("it does not begin with `https://` or `http://`")?;
    let host = rest.split('/').next().unwrap_or_default();
    if host.is_empty() {
        return Err("it names no host");
    }
    if url.contains(['?', '#', '"', '<', '>', ' ', '\\']) {
        return Err("it holds a character that a base URL cannot have");
    }
    Ok(url.trim_end_matches('/').to_owned())
}

fn base_url(f: &Fields<'_, '_>) -> Option<String> {
    let url = f.ruled("pattern", r#""^https?://""#).placed("base_url")?;
    match check_base_url(&url.value) {
        Ok(url) => Some(url),
        Err(why) => {
            // Most often the scheme is missing, and nothing else.
            let whole = format!("https://{}", url.value.trim_start_matches('/'));
            let is_whole = !url.value.contains(':') && check_base_url(&whole).is_ok();
            let example = if is_whole { &whole } else { "https://example.org/archive" };
            f.fault(
                url.range,
                format!("`{}` is not a base URL: {why}", url.value),
                "the address at which the site will be served",
                format!("write `base_url = \"{example}\"`"),
            );
            None
        }
    }
}

fn editor(f: &Fields<'_, '_>) -> Option<String> {
    f.ruled("pattern", r#""^[A-Za-z][A-Za-z0-9+.-]*://.*\\{path\\}""#);
    let url = f.placed("editor")?;
    let scheme = url.value.split_once("://").map_or("", |(scheme, _)| scheme);
    let is_scheme = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c));
    if !is_scheme || !url.value.contains("{path}") {
        f.fault(
            url.range,
            format!("`{}` does not open a file", url.value),
            "a URL of your editor that contains `{path}`",
            "write `editor = \"vscode://file/{path}:{line}\"`",
        );
        return None;
    }
    Some(url.value)
}

/// A folder's name or a path below the archive's root.
fn folder_name(f: &Fields<'_, '_>, key: &'static str) -> Option<String> {
    inside(f, key, f.placed(key)?)
}

fn inside(f: &Fields<'_, '_>, key: &str, name: Placed<String>) -> Option<String> {
    let path = std::path::Path::new(&name.value);
    let inside = path.components().all(|c| matches!(c, std::path::Component::Normal(_)))
        && path.components().next().is_some();
    if !inside {
        f.fault(
            name.range,
            format!("`{key}` is outside the archive"),
            "a folder inside the archive, without `..`",
            format!("write `{key} = \"name\"`"),
        );
        return None;
    }
    Some(name.value)
}

fn positive(f: &Fields<'_, '_>, key: &'static str) -> Option<usize> {
    let number = f.ruled("minimum", "1").placed_integer(key)?;
    let positive = usize::try_from(number.value).ok().filter(|n| *n > 0);
    if positive.is_none() {
        f.fault(
            number.range,
            format!("`{key}` is {}", number.value),
            "a whole number, at least 1",
            format!("write `{key} = 100`"),
        );
    }
    positive
}

/// A web or mail address with `{path}` for the content file.
fn corrections(f: &Fields<'_, '_>) -> Option<String> {
    let url = f.placed("corrections").filter(|url| !url.value.trim().is_empty())?;
    let filled = url.value.trim().replace("{path}", "path");
    if is_harmless(&filled) {
        return Some(url.value.trim().to_owned());
    }
    f.fault(
        url.range,
        format!("`{}` cannot be used as a link", url.value),
        "a web or mail address that contains `{path}`",
        "write `corrections = \"https://example.org/corrections?file={path}\"`",
    );
    None
}

/// A `taggingEntity` of RFC 4151, 2.1: a host name or an e-mail address, a comma, and a day on which
/// that belonged to the archive.
fn tag_authority(f: &Fields<'_, '_>) -> Option<String> {
    let given = f.placed("tag_authority")?;
    let (name, day) = given.value.split_once(',').unwrap_or((&given.value, ""));
    let (mailbox, host) = name.split_once('@').unwrap_or(("a", name));
    let plain = |c: char| c.is_ascii_alphanumeric() || "-._".contains(c);
    let label = |label: &str| {
        !label.is_empty()
            && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let known = day.parse::<crate::edtf::EdtfDate>().is_ok_and(|d| d.is_certain())
        && day.chars().all(|c| c.is_ascii_digit() || c == '-');
    if known && !mailbox.is_empty() && mailbox.chars().all(plain) && host.split('.').all(label) {
        return Some(given.value);
    }
    f.fault(
        given.range,
        format!("`{}` cannot begin the ids of feeds", given.value),
        "a host name or an e-mail address of the archive's, a comma, and a year or day on which it was",
        "write `tag_authority = \"example.org,2024\"`",
    );
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn config(text: &str) -> (Config, Vec<String>) {
        let report = Report::new();
        let config = parse(SourceText { path: "config.toml", text }, &report);
        (config, report.sorted().into_iter().map(|d| d.message).collect())
    }

    #[test]
    fn a_base_url_may_have_a_path() {
        let (config, faults) = config("base_url = \"https://example.org/archive/\"");
        assert_eq!(
            (config.base_url.as_str(), config.base_path()),
            ("https://example.org/archive", "/archive")
        );
        assert!(faults.is_empty());
    }

    #[test]
    fn the_ids_of_feeds_begin_with_a_name_and_a_day() {
        for good in ["example.org,2024", "archive@example.org,2024-01", "a.b-c.org,2024-01-31"] {
            let (config, faults) = config(&format!("[archive]\ntag_authority = \"{good}\"\n"));
            assert_eq!(config.archive.tag_authority.as_deref(), Some(good));
            assert!(faults.is_empty(), "{faults:?}");
        }
        for bad in [
            "",
            "example.org",
            "example.org,",
            "example.org,24",
            "a b,2024",
            "x..y,2024",
            "https://example.org,2024",
            "example.org,2024~",
        ] {
            let (config, faults) = config(&format!("[archive]\ntag_authority = \"{bad}\"\n"));
            assert_eq!((config.archive.tag_authority, faults.len()), (None, 1), "{bad}");
        }
    }

    #[test]
    fn a_folder_completes_its_settings_by_those_of_the_archive() {
        let (config, faults) = config(
            "[ingest]\nfurniture = [\"A\"]\ndate_order = \"dmy\"\n[ingest.defaults]\nplace = \"Oslo\"\n\
             [ingest.folders.\"listings\"]\nfurniture = [\"B\"]\ndefaults = { kind = \"report\" }\n\
             [ingest.folders.\"listings/old/\"]\ndate_order = \"mdy\"\n",
        );
        assert!(faults.is_empty(), "{faults:?}");
        let (folder, own) = config.ingest.for_seed("listings/a.txt").unwrap();
        assert_eq!((folder, own.date_order), ("listings/", Some(DateOrder::DayMonthYear)));
        assert_eq!(own.furniture, ["A", "B"]);
        assert_eq!(own.defaults.place.as_deref(), Some("Oslo"));
        assert_eq!(own.defaults.kind.as_deref(), Some("report"));
        let old = config.ingest.for_seed("listings/old/b.txt").unwrap().1;
        assert_eq!(old.date_order, Some(DateOrder::MonthDayYear));
        assert!(config.ingest.for_seed("letters/a.txt").is_none());
    }

    #[test]
    fn every_fault_is_told_in_one_run() {
        let (config, faults) = config(
            "base_url = \"example.org\"\ntitel = \"A\"\npaginate_by = \"ten\"\noutput_dir = \"../x\"\n[ingest]\ndate_order = \"day first\"\n",
        );
        assert_eq!(faults.len(), 5, "{faults:?}");
        assert_eq!(config.output_dir, "public");
    }
}
