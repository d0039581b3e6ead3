//! `config.toml` → [`Config`]: every setting, its default and its checks in one place.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::diagnostic::{Report, SourceText};
use crate::fields::{self, Fields, Key};

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
    /// Name of the folder below `themes/`; the theme inside the program is `default`.
    pub theme: String,
    /// Folder that the site is written to, from the archive's root.
    pub output_dir: String,
    /// Whether templates are minified, and pages with them.
    pub minify_html: bool,
    /// Entries of one page of a long list.
    pub paginate_by: usize,
    /// `[archive]`: who holds the documents.
    pub archive: ArchiveSettings,
    /// `[ingest]`: what ingest is told of the archive's habits.
    pub ingest: IngestSettings,
    /// `[search]`: the search page.
    pub search: SearchSettings,
    /// `[serve]`: the preview.
    pub serve: ServeSettings,
    /// `[outputs]`: the files beside each page.
    pub outputs: Outputs,
    /// `[kinds]`: what documents can be, built in or the archive's own, by key.
    pub kinds: BTreeMap<String, Kind>,
    /// Anything of the theme's or the maintainer's own.
    pub extra: Map<String, Value>,
}

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
    /// Where readers suggest corrections: a URL in which `{path}` stands for the content file.
    pub corrections: Option<String>,
}

/// `[ingest]`: what ingest is told of the archive's habits.
#[derive(Debug, Clone, PartialEq)]
pub struct IngestSettings {
    /// BCP 47 tags of the languages that documents may be in.
    pub languages: Vec<String>,
    /// How numeric dates are written here: `dmy`, `mdy` or `ymd`; without it both orders are kept.
    pub date_order: Option<DateOrder>,
    /// Patterns of seed names: `{date}-{organization}`.
    pub filename: Vec<String>,
    /// Further lines to drop: a text that a whole line equals, or a regular expression in slashes.
    pub furniture: Vec<String>,
    /// Seeds to leave alone: paths below `seeds/`, with `*` and `**`.
    pub ignore: Vec<String>,
    /// Values for documents that have none.
    pub defaults: IngestDefaults,
    /// `[ingest.folders."NAME/"]`: the same settings for the seeds below a folder, by its path with a
    /// slash at its end, completed by those of the archive.
    pub folders: BTreeMap<String, IngestSettings>,
}

impl IngestSettings {
    /// The folder with settings of its own in which a seed lies, the innermost one, and those settings.
    pub fn for_seed(&self, path: &str) -> Option<(&str, &Self)> {
        let around = self.folders.iter().filter(|(folder, _)| path.starts_with(folder.as_str()));
        around.max_by_key(|(folder, _)| folder.len()).map(|(folder, own)| (folder.as_str(), own))
    }
}

/// `[ingest.defaults]`: values for documents in which ingest finds none.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct IngestDefaults {
    /// Kind.
    pub kind: Option<String>,
    /// Language, a BCP 47 tag.
    pub language: Option<String>,
    /// Place.
    pub place: Option<String>,
    /// Rights statement, a URI.
    pub rights: Option<String>,
    /// Topics.
    pub topics: Vec<String>,
    /// Name of the organization that every document is from.
    pub creator: Option<String>,
    /// Name of the organization that every document is to.
    pub recipient: Option<String>,
}

/// How a date in digits is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateOrder {
    /// 31/12/2014.
    DayMonthYear,
    /// 12/31/2014.
    MonthDayYear,
    /// 2014/12/31.
    YearMonthDay,
}

/// `[search]`: the search page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SearchSettings {
    /// Whether there is one.
    pub enabled: bool,
    /// Where a search server answers, a path of this host: `engine = "http"`. Without it the page reads
    /// the index that the build makes.
    pub endpoint: Option<String>,
}

/// `[serve]`: the preview.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ServeSettings {
    /// Where a file is opened: a URL in which `{path}` stands for its full path and `{line}` for a line.
    pub editor: Option<String>,
}

/// `[outputs]`: the files beside each page, since some hosts limit their number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outputs {
    /// `text.txt`: a document's text without marks.
    pub text: bool,
    /// `citation.bib`, `citation.ris` and `citation.json`.
    pub citations: bool,
    /// `source/`: the seed's lines beside the record, and the seed itself.
    pub source: bool,
    /// `data/`: the whole archive as CSV and JSON Lines.
    pub data: bool,
    /// `atom.xml`, of the site and of each organization.
    pub feeds: bool,
}

/// What a document can be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Kind {
    /// Its name in the interface's default language, one document; built-in kinds take the theme's.
    pub name: Option<String>,
    /// The same, several documents.
    pub plural: Option<String>,
    /// The Zotero item type, which decides how it is cited.
    pub zotero: String,
    /// Type in a RIS file.
    pub ris: String,
}

/// The kinds that every archive has: key, Zotero item type, RIS type.
const KINDS: [(&str, &str, &str); 11] = [
    ("letter", "letter", "PCOMM"),
    ("open-letter", "letter", "PCOMM"),
    ("memorandum", "report", "RPRT"),
    ("article", "magazineArticle", "MGZN"),
    ("report", "report", "RPRT"),
    ("press-release", "document", "ELEC"),
    ("statement", "document", "ELEC"),
    ("resolution", "document", "ELEC"),
    ("minutes", "document", "ELEC"),
    ("telegram", "letter", "PCOMM"),
    ("other", "document", "ELEC"),
];

impl Default for Config {
    fn default() -> Self {
        Self {
            base_url: String::new(),
            title: "Archive".to_owned(),
            description: None,
            default_language: "en".to_owned(),
            theme: "default".to_owned(),
            output_dir: "public".to_owned(),
            minify_html: true,
            paginate_by: 100,
            archive: ArchiveSettings::default(),
            ingest: IngestSettings {
                languages: ["en", "ko", "fr", "de", "es"].map(str::to_owned).to_vec(),
                date_order: None,
                filename: Vec::new(),
                furniture: Vec::new(),
                ignore: Vec::new(),
                defaults: IngestDefaults::default(),
                folders: BTreeMap::new(),
            },
            search: SearchSettings { enabled: true, endpoint: None },
            serve: ServeSettings::default(),
            outputs: Outputs { text: true, citations: true, source: true, data: true, feeds: true },
            kinds: built_in_kinds(),
            extra: Map::new(),
        }
    }
}

fn built_in_kinds() -> BTreeMap<String, Kind> {
    KINDS
        .iter()
        .map(|(key, zotero, ris)| {
            let kind = Kind {
                name: None,
                plural: None,
                zotero: (*zotero).to_owned(),
                ris: (*ris).to_owned(),
            };
            ((*key).to_owned(), kind)
        })
        .collect()
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
    Config {
        base_url: base_url(f).unwrap_or_default(),
        title: f.string("title").unwrap_or(default.title),
        description: f.string("description"),
        default_language: f.string("default_language").unwrap_or(default.default_language),
        theme: folder_name(f, "theme").unwrap_or(default.theme),
        output_dir: folder_name(f, "output_dir").unwrap_or(default.output_dir),
        minify_html: f.boolean("minify_html").unwrap_or(default.minify_html),
        paginate_by: positive(f, "paginate_by").unwrap_or(default.paginate_by),
        archive: f.table("archive", archive).unwrap_or_default(),
        ingest: f.table("ingest", ingest).unwrap_or(default.ingest),
        search: f.table("search", search).unwrap_or(default.search),
        serve: f.table("serve", |s| ServeSettings { editor: editor(s) }).unwrap_or_default(),
        outputs: f.table("outputs", outputs).unwrap_or(default.outputs),
        kinds: kinds(f),
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
            f.fault(
                url.range,
                format!("`{}` is not a base URL: {why}", url.value),
                "the address at which the site will be served",
                "write `base_url = \"https://example.org/archive\"`",
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
            format!("`{}` opens no file", url.value),
            "a URL of your editor in which `{path}` stands for the file",
            "write `editor = \"vscode://file/{path}:{line}\"`",
        );
        return None;
    }
    Some(url.value)
}

/// A folder's name or a path below the archive's root.
fn folder_name(f: &Fields<'_, '_>, key: &'static str) -> Option<String> {
    let name = f.placed(key)?;
    let path = std::path::Path::new(&name.value);
    let inside = path.components().all(|c| matches!(c, std::path::Component::Normal(_)))
        && path.components().next().is_some();
    if !inside {
        f.fault(
            name.range,
            format!("`{key}` leads out of the archive"),
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
            "a whole number from 1 on",
            format!("write `{key} = 100`"),
        );
    }
    positive
}

fn search(f: &Fields<'_, '_>) -> SearchSettings {
    let enabled = f.boolean("enabled").unwrap_or(true);
    let engine = f.placed("engine");
    let endpoint = f.placed("endpoint");
    let is_http = match &engine {
        None => false,
        Some(engine) => match engine.value.as_str() {
            "static" => false,
            "http" => true,
            other => {
                f.fault(
                    engine.range.clone(),
                    format!("`{other}` is no search engine"),
                    "`static` or `http`",
                    "write `engine = \"static\"`, or leave it out",
                );
                false
            }
        },
    };
    match (&engine, endpoint) {
        (Some(engine), None) if is_http => f.fault(
            engine.range.clone(),
            "the engine `http` needs an endpoint",
            "the path at which the search server answers",
            "add `endpoint = \"/search-server/\"`",
        ),
        (_, Some(endpoint)) if is_http => {
            // Every page's policy allows its own host alone.
            let path = &endpoint.value;
            if path.starts_with('/') && !path.starts_with("//") && path.ends_with('/') {
                return SearchSettings { enabled, endpoint: Some(endpoint.value) };
            }
            f.fault(
                endpoint.range,
                format!("`{path}` is no path of this host"),
                "a path that starts and ends with `/`, such as `/search-server/`",
                "let the host of the site pass requests for a path on to the search server",
            );
        }
        _ => {}
    }
    SearchSettings { enabled, endpoint: None }
}

fn archive(f: &Fields<'_, '_>) -> ArchiveSettings {
    ArchiveSettings {
        name: f.string("name"),
        publisher: f.string("publisher"),
        contact: f.string("contact"),
        rights: f.string("rights"),
        tag_authority: tag_authority(f),
        corrections: f.string("corrections"),
    }
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

fn ingest(f: &Fields<'_, '_>) -> IngestSettings {
    let mut settings = ingest_settings(f, &Config::default().ingest);
    let folders = f.named_tables("folders", |folder, own| {
        let folder = format!("{}/", folder.trim_matches('/'));
        (folder, ingest_settings(own, &settings))
    });
    settings.folders = folders.into_iter().collect();
    settings
}

/// Settings as written, completed by those of the archive.
fn ingest_settings(f: &Fields<'_, '_>, outer: &IngestSettings) -> IngestSettings {
    let or =
        |own: Vec<String>, outer: &Vec<String>| if own.is_empty() { outer.clone() } else { own };
    let mut furniture = outer.furniture.clone();
    furniture.extend(f.strings("furniture"));
    IngestSettings {
        languages: or(f.strings("languages"), &outer.languages),
        date_order: date_order(f).or(outer.date_order),
        filename: or(f.strings("filename"), &outer.filename),
        furniture,
        ignore: f.strings("ignore"),
        defaults: f
            .table("defaults", |d| ingest_defaults(d, &outer.defaults))
            .unwrap_or_else(|| outer.defaults.clone()),
        folders: BTreeMap::new(),
    }
}

fn ingest_defaults(d: &Fields<'_, '_>, outer: &IngestDefaults) -> IngestDefaults {
    let or = |key, outer: &Option<String>| d.string(key).or_else(|| outer.clone());
    let topics = d.strings("topics");
    IngestDefaults {
        kind: or("kind", &outer.kind),
        language: or("language", &outer.language),
        place: or("place", &outer.place),
        rights: or("rights", &outer.rights),
        topics: if topics.is_empty() { outer.topics.clone() } else { topics },
        creator: or("creator", &outer.creator),
        recipient: or("recipient", &outer.recipient),
    }
}

fn date_order(f: &Fields<'_, '_>) -> Option<DateOrder> {
    let order = f.placed("date_order")?;
    match order.value.as_str() {
        "dmy" => Some(DateOrder::DayMonthYear),
        "mdy" => Some(DateOrder::MonthDayYear),
        "ymd" => Some(DateOrder::YearMonthDay),
        other => {
            f.fault(
                order.range,
                format!("`{other}` is not an order of day, month and year"),
                "`dmy`, `mdy` or `ymd`",
                "write `date_order = \"dmy\"`",
            );
            None
        }
    }
}

fn outputs(f: &Fields<'_, '_>) -> Outputs {
    let on = |key| f.boolean(key).unwrap_or(true);
    Outputs {
        text: on("text"),
        citations: on("citations"),
        source: on("source"),
        data: on("data"),
        feeds: on("feeds"),
    }
}

fn kinds(f: &Fields<'_, '_>) -> BTreeMap<String, Kind> {
    let mut kinds = built_in_kinds();
    let own = f.named_tables("kinds", |key, k| {
        let kind = Kind {
            name: k.string("name"),
            plural: k.string("plural"),
            zotero: k.string("zotero").unwrap_or_else(|| "document".to_owned()),
            ris: k.string("ris").unwrap_or_else(|| "ELEC".to_owned()),
        };
        (key.to_owned(), kind)
    });
    kinds.extend(own);
    kinds
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
