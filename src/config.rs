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

use serde::Serialize;
use serde_json::{Map, Value};

use crate::address::is_harmless;
use crate::diagnostic::{Report, SourceText};
use crate::fields::{self, Fields, Key, Placed};
use crate::limits::Limits as ReadLimits;

pub use host::{Host, Limits};
pub use ingest::{Bounds, ColumnSettings, DateOrder, IngestDefaults, IngestSettings, SeedSettings};
pub use kinds::Kind;
pub use languages::{Language, own_name};
pub use publish::PublishSettings;
pub use search::SearchSettings;
pub use taxonomies::Taxonomy;
pub use theme::{Density, STACKS, ThemeSettings, Typeface};

/// The settings of an archive.
#[derive(Debug, Clone, PartialEq)]
pub struct Config {
    /// Where the site will be served from, with a path if it has one, without a final slash.
    pub base_url: String,
    /// Title of the site.
    pub title: String,
    /// One sentence on what the archive is.
    pub description: Option<String>,
    /// BCP 47 tag of the interface, and of documents that do not say otherwise.
    pub default_language: String,
    /// `theme`, `[theme]`: what the site looks like.
    pub theme: ThemeSettings,
    /// Folder that the site is written to, from the archive's root.
    pub output_dir: String,
    /// Whether templates are minified, and pages with them.
    pub minify_html: bool,
    /// Entries of one page of a long list.
    pub paginate_by: usize,
    /// `[archive]`: who holds the documents.
    pub archive: ArchiveSettings,
    /// `[ingest]`: the archive's habits, for ingest.
    pub ingest: IngestSettings,
    /// `[search]`: the search page.
    pub search: SearchSettings,
    /// `[serve]`: the preview.
    pub serve: ServeSettings,
    /// `[ocr]`: the programs that read page images.
    pub ocr: OcrSettings,
    /// `[images]`: smaller copies of page images.
    pub images: ImageSettings,
    /// `[outputs]`: the files beside each page.
    pub outputs: Outputs,
    /// `[limits]`: how much is read.
    pub limits: ReadLimits,
    /// `[check]`: what `fonds check` need not tell again.
    pub check: CheckSettings,
    /// `[publish]`: where the site is published.
    pub publish: PublishSettings,
    /// `[kinds]`: what documents can be, built in or the archive's own, by key.
    pub kinds: BTreeMap<String, Kind>,
    /// `[taxonomies]`: by what else documents are browsed, in the order of their keys.
    pub taxonomies: Vec<Taxonomy>,
    /// `[languages]`: the languages of the interface besides the default one, in the order of their tags.
    pub languages: Vec<Language>,
    /// Anything of the theme's or the maintainer's own.
    pub extra: Map<String, Value>,
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

/// `[archive]`: who holds the documents.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct ArchiveSettings {
    /// Name of the holding archive, if not the site's title.
    pub name: Option<String>,
    /// Who publishes the site.
    pub publisher: Option<String>,
    /// An e-mail address or a URL.
    pub contact: Option<String>,
    /// Rights statement of documents that have none of their own, a URI.
    pub rights: Option<String>,
    /// Who mints the ids of feeds and records, and since when: `example.org,2024` (RFC 4151). They
    /// follow the host of `base_url` otherwise, and change when the archive moves.
    pub tag_authority: Option<String>,
    /// Where readers suggest corrections: a URL in which `{path}` is replaced by the path of the content file.
    pub corrections: Option<String>,
}

/// `[serve]`: the preview.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServeSettings {
    /// Where a file is opened: a URL with `{path}` for its full path and `{line}` for a line.
    pub editor: Option<String>,
}

/// `[check]`: what `fonds check` need not tell again.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CheckSettings {
    /// Personal data that somebody looked at, and that may be published.
    pub accepted: Vec<String>,
    /// The host that the site goes to, whose limits it must keep.
    pub host: Option<Host>,
}

/// `[ocr]`: the programs that `fonds ocr` starts; words parted by spaces are their arguments.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OcrSettings {
    /// Reads an image and writes hOCR, as Tesseract does.
    pub command: String,
    /// Makes images of a PDF's pages, as poppler's `pdftoppm` does.
    pub pdf_command: String,
}

impl Default for OcrSettings {
    fn default() -> Self {
        Self { command: "tesseract".to_owned(), pdf_command: "pdftoppm".to_owned() }
    }
}

/// `[images]`: smaller copies of page images.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageSettings {
    /// Whether they are made.
    pub copies: bool,
    /// How many million pixels an image may have.
    pub megapixels: usize,
}

impl ImageSettings {
    /// How many pixels an image may have.
    pub fn most_pixels(&self) -> u64 {
        (self.megapixels as u64).saturating_mul(1_000_000)
    }
}

impl Default for ImageSettings {
    fn default() -> Self {
        Self { copies: true, megapixels: 200 }
    }
}

/// `[outputs]`: the files beside each page, since some hosts limit their number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outputs {
    /// `text.txt`: a document's text without marks.
    pub text: bool,
    /// `citation.bib`, `citation.ris` and `citation.json`.
    pub citations: bool,
    /// `citations.bib`, `citations.ris` and `citations.json` beside each list: those of all its documents.
    pub list_citations: bool,
    /// `source/`: the seed's lines beside the record, and the seed itself.
    pub source: bool,
    /// E-mails as they came, among the seeds: with addresses, routes and attachments.
    pub raw_mail: bool,
    /// What came with e-mails and was read: documents that are no drafts, and the files among the seeds.
    pub attachments: bool,
    /// `data/`: the whole archive as CSV and JSON Lines.
    pub data: bool,
    /// `atom.xml`, of the site and of each organization.
    pub feeds: bool,
    /// `eac.xml` beside the page of each organization and person whose record says more than the name.
    pub authorities: bool,
    /// Keys of `[extra]` in front matter that readers may have: they are part of the data files and of search.
    pub extra: Vec<String>,
    /// An Atom feed for each organization besides.
    pub organization_feeds: bool,
    /// `.gz` and `.br` beside each text, for servers that send them.
    pub precompressed: bool,
    /// Manifests for viewers of the International Image Interoperability Framework.
    pub iiif: bool,
    /// Pieces of page images besides, for viewers that enlarge a part.
    pub iiif_tiles: bool,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            base_url: String::new(),
            title: "Archive".to_owned(),
            description: None,
            default_language: "en".to_owned(),
            theme: ThemeSettings::default(),
            output_dir: "public".to_owned(),
            minify_html: true,
            paginate_by: 100,
            archive: ArchiveSettings::default(),
            ingest: IngestSettings {
                languages: Vec::new(),
                encoding: None,
                date_order: None,
                filename: Vec::new(),
                furniture: Vec::new(),
                ignore: Vec::new(),
                read: Vec::new(),
                attach: Vec::new(),
                tables: Vec::new(),
                columns: ColumnSettings::default(),
                defaults: IngestDefaults::default(),
                source: None,
                collections: None,
                folders: BTreeMap::new(),
                seeds: BTreeMap::new(),
                bounds: None,
            },
            search: SearchSettings { enabled: true, endpoint: None },
            serve: ServeSettings::default(),
            ocr: OcrSettings::default(),
            images: ImageSettings::default(),
            outputs: Outputs {
                text: true,
                citations: true,
                list_citations: true,
                source: true,
                raw_mail: false,
                attachments: false,
                data: true,
                feeds: true,
                organization_feeds: true,
                authorities: true,
                extra: Vec::new(),
                precompressed: false,
                iiif: false,
                iiif_tiles: false,
            },
            limits: ReadLimits::default(),
            check: CheckSettings::default(),
            publish: PublishSettings::default(),
            kinds: kinds::built_in_kinds(),
            taxonomies: Vec::new(),
            languages: Vec::new(),
            extra: Map::new(),
        }
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
    fields::read(source, 0..source.text.len(), report, read)
}

/// The keys of `config.toml`, with what their values are.
pub fn keys() -> Vec<Key> {
    fields::describe(read)
}

fn read(f: &Fields<'_, '_>) -> Config {
    let default = Config::default();
    let default_language = f.language("default_language").unwrap_or(default.default_language);
    Config {
        languages: languages::languages(f, &default_language),
        base_url: base_url(f).unwrap_or_default(),
        title: f.string("title").unwrap_or(default.title),
        description: f.string("description"),
        default_language,
        theme: theme::theme(f).unwrap_or(default.theme),
        output_dir: folder_name(f, "output_dir").unwrap_or(default.output_dir),
        minify_html: f.boolean("minify_html").unwrap_or(default.minify_html),
        paginate_by: positive(f, "paginate_by").unwrap_or(default.paginate_by),
        archive: f.table("archive", archive).unwrap_or_default(),
        ingest: f.table("ingest", ingest::ingest).unwrap_or(default.ingest),
        search: f.table("search", search::search).unwrap_or(default.search),
        serve: f.table("serve", |s| ServeSettings { editor: editor(s) }).unwrap_or_default(),
        ocr: f.table("ocr", ocr).unwrap_or_default(),
        images: f.table("images", images).unwrap_or_default(),
        outputs: f.table("outputs", outputs).unwrap_or(default.outputs),
        limits: f.table("limits", limits::limits).unwrap_or_default(),
        check: f
            .table("check", |c| CheckSettings {
                accepted: c.strings("accepted"),
                host: host::host(c),
            })
            .unwrap_or_default(),
        publish: f.table("publish", publish::publish).unwrap_or_default(),
        kinds: kinds::kinds(f),
        taxonomies: taxonomies::taxonomies(f),
        extra: f.anything("extra"),
    }
}

/// Checks a base URL given on the command line or in config.toml; gives it without a final slash.
///
/// # Errors
///
/// Says what is wrong with it.
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
    let url = f.placed("base_url")?;
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
    let number = f.placed_integer(key)?;
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

fn archive(f: &Fields<'_, '_>) -> ArchiveSettings {
    ArchiveSettings {
        name: f.string("name"),
        publisher: f.string("publisher"),
        contact: f.address("contact"),
        rights: f.web_address("rights", "a RightsStatements.org or licence URI"),
        tag_authority: tag_authority(f),
        corrections: corrections(f),
    }
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

fn ocr(f: &Fields<'_, '_>) -> OcrSettings {
    let default = OcrSettings::default();
    let command = |key| f.string(key).filter(|command| !command.trim().is_empty());
    OcrSettings {
        command: command("command").unwrap_or(default.command),
        pdf_command: command("pdf_command").unwrap_or(default.pdf_command),
    }
}

fn images(f: &Fields<'_, '_>) -> ImageSettings {
    let default = ImageSettings::default();
    ImageSettings {
        copies: f.boolean("copies").unwrap_or(default.copies),
        megapixels: positive(f, "megapixels").unwrap_or(default.megapixels),
    }
}

fn outputs(f: &Fields<'_, '_>) -> Outputs {
    let on = |key| f.boolean(key).unwrap_or(true);
    Outputs {
        text: on("text"),
        citations: on("citations"),
        list_citations: on("list_citations"),
        source: on("source"),
        raw_mail: f.boolean("raw_mail").unwrap_or(false),
        attachments: f.boolean("attachments").unwrap_or(false),
        data: on("data"),
        feeds: on("feeds"),
        organization_feeds: on("organization_feeds"),
        authorities: on("authorities"),
        extra: f.strings("extra"),
        precompressed: f.boolean("precompressed").unwrap_or(false),
        iiif: f.boolean("iiif").unwrap_or(false),
        iiif_tiles: f.boolean("iiif_tiles").unwrap_or(false),
    }
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
