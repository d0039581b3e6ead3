//! `[ingest]`: what the archive teaches the reader of its seeds.

use std::collections::BTreeMap;

use super::Config;
use crate::charset::Charset;
use crate::diagnostic::Position;
use crate::fields::Fields;

/// `[ingest]`: the archive's habits, for ingest.
#[derive(Debug, Clone, PartialEq)]
pub struct IngestSettings {
    /// BCP 47 tags of the languages that documents may be in; none for those whose words ingest knows.
    pub languages: Vec<String>,
    /// The encoding of seeds that are not UTF-8; without it each is judged by its letters.
    pub encoding: Option<String>,
    /// How numeric dates are written here: `dmy`, `mdy` or `ymd`; without it both orders are kept.
    pub date_order: Option<DateOrder>,
    /// Patterns of seed names: `{date}-{organization}`.
    pub filename: Vec<String>,
    /// Further lines to drop: a text that a whole line equals, or a regular expression in slashes.
    pub furniture: Vec<String>,
    /// Seeds to leave alone: paths below `seeds/`, with `*` and `**`.
    pub ignore: Vec<String>,
    /// Seeds to read, if not all are to be read: the rest is left alone. Paths like those of `ignore`.
    pub read: Vec<String>,
    /// Page images and PDFs to show and not to read. Paths like those of `ignore`.
    pub attach: Vec<String>,
    /// Tables whose rows describe documents: paths below `seeds/`. Only the archive has them, no folder.
    pub tables: Vec<String>,
    /// `[ingest.columns]`: which columns of tables hold what.
    pub columns: ColumnSettings,
    /// Values for documents that have none.
    pub defaults: IngestDefaults,
    /// Whether readers may see the seeds; what is around decides if nothing is said.
    pub source: Option<bool>,
    /// Whether folders of seeds become units of the arrangement; what is around decides if nothing is said.
    pub collections: Option<bool>,
    /// `[ingest.folders."NAME/"]`: the same settings for the seeds below a folder, by its path with a
    /// slash at its end, completed by those of the archive.
    pub folders: BTreeMap<String, IngestSettings>,
    /// `[ingest.seeds."PATH"]`: what a person says of single seeds, by their paths below `seeds/`.
    pub seeds: BTreeMap<String, SeedSettings>,
    /// Other bounds of belief than those of the program, while it is developed; no file can set them.
    pub bounds: Option<Bounds>,
}

/// How far a claim of a rule must be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bounds {
    /// To be stated without a doubt.
    pub sure: i32,
    /// To be stated with a doubt.
    pub likely: i32,
    /// By how much it must lead another one to be stated without a doubt.
    pub margin: i32,
}

/// What a person says of one seed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SeedSettings {
    /// Lines of the seed, counted from 1, at which its second and later documents begin, in their order; an empty
    /// list makes it one document, and without a list ingest looks for the boundaries itself.
    pub split: Option<Vec<usize>>,
    /// Whether it is left alone.
    pub ignore: bool,
    /// Where `config.toml` says so.
    pub place: Option<Position>,
}

impl IngestSettings {
    /// The same with other bounds of belief, in all folders.
    pub fn with_bounds(mut self, bounds: Bounds) -> Self {
        self.bounds = Some(bounds);
        self.folders.values_mut().for_each(|folder| folder.bounds = Some(bounds));
        self
    }

    /// The folder with settings of its own in which a seed lies, the innermost one, and those settings.
    pub fn for_seed(&self, path: &str) -> Option<(&str, &Self)> {
        let around = self.folders.iter().filter(|(folder, _)| path.starts_with(folder.as_str()));
        around.max_by_key(|(folder, _)| folder.len()).map(|(folder, own)| (folder.as_str(), own))
    }

    /// Whether readers may see a seed: what the innermost folder around it says.
    pub fn shows_source(&self, path: &str) -> bool {
        self.said(path, |own| own.source)
    }

    /// Whether the folder of a seed becomes a unit of the arrangement.
    pub fn arranges(&self, path: &str) -> bool {
        self.said(path, |own| own.collections)
    }

    /// What the innermost folder around a seed says, else the archive; else it is so.
    fn said(&self, path: &str, of: impl Fn(&Self) -> Option<bool>) -> bool {
        let around = self.folders.iter().filter(|(folder, _)| path.starts_with(folder.as_str()));
        let said = around.filter_map(|(folder, own)| Some((folder.len(), of(own)?)));
        said.max().map_or(of(self).unwrap_or(true), |(_, so)| so)
    }
}

/// `[ingest.columns]`: names of columns by the field that they hold.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ColumnSettings {
    /// Names of columns, by the key of the field.
    pub columns: BTreeMap<String, Vec<String>>,
    /// Names of columns that are not to be used, whatever they are called.
    pub unused: Vec<String>,
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateOrder {
    /// 31/12/2014.
    DayMonthYear,
    /// 12/31/2014.
    MonthDayYear,
    /// 2014/12/31.
    YearMonthDay,
}

pub(super) fn ingest(f: &Fields<'_, '_>) -> IngestSettings {
    let mut settings = ingest_settings(f, &Config::default().ingest);
    let folders = f.named_tables("folders", |folder, own| {
        let folder = format!("{}/", folder.trim_matches('/'));
        (folder, ingest_settings(own, &settings))
    });
    settings.folders = folders.into_iter().collect();
    settings.tables = f.strings("tables");
    settings.columns = f.table("columns", columns).unwrap_or_default();
    let seeds = f.named_tables("seeds", |path, own| {
        (path.trim_start_matches("seeds/").to_owned(), seed_settings(path, own))
    });
    settings.seeds = seeds.into_iter().collect();
    settings
}

fn columns(f: &Fields<'_, '_>) -> ColumnSettings {
    const FIELDS: [&str; 17] = [
        "file",
        "references",
        "title",
        "date",
        "kind",
        "language",
        "place",
        "subject",
        "creators",
        "signatories",
        "recipients",
        "copied",
        "topics",
        "description",
        "rights",
        "url",
        "text",
    ];
    let named = FIELDS.map(|field| (field.to_owned(), f.strings(field)));
    let columns = named.into_iter().filter(|(_, names)| !names.is_empty()).collect();
    ColumnSettings { columns, unused: f.strings("unused") }
}

/// What is said of one seed.
fn seed_settings(path: &str, f: &Fields<'_, '_>) -> SeedSettings {
    let join = f.boolean("join").unwrap_or_default();
    let split = f.integers("split");
    let at = split.as_ref().map_or_else(|| f.place_of(), |split| split.range.clone());
    let place = Some(Position::of(f.source().text, at.clone()));
    let ignore = f.boolean("ignore").unwrap_or_default();
    let fault =
        |message: String, expected: &str, help: &str| f.fault(at.clone(), message, expected, help);
    if join && split.is_some() {
        let message = format!("the seed `{path}` is both split and joined");
        fault(message, "one of `split` and `join`", "remove the other");
    }
    let split = split.map(|split| split.value);
    if split.as_ref().is_some_and(Vec::is_empty) {
        let message = format!("`split` of the seed `{path}` names no line");
        fault(
            message,
            "the lines at which documents begin",
            "write `join = true` if it is one document",
        );
    }
    if let Some(line) = split.iter().flatten().find(|line| **line < 1) {
        let message = format!("`split` of the seed `{path}` names line {line}");
        fault(message, "lines counted from 1", "write `split = [41, 88]`");
    }
    let lines = split.map(|lines| {
        let mut lines: Vec<usize> = lines.into_iter().filter_map(|l| l.try_into().ok()).collect();
        lines.sort_unstable();
        lines.dedup();
        lines
    });
    SeedSettings { split: lines.or(join.then(Vec::new)), ignore, place }
}

/// Settings as written, completed by those of the archive.
fn ingest_settings(f: &Fields<'_, '_>, outer: &IngestSettings) -> IngestSettings {
    let or =
        |own: Vec<String>, outer: &Vec<String>| if own.is_empty() { outer.clone() } else { own };
    let mut furniture = outer.furniture.clone();
    furniture.extend(f.strings("furniture"));
    IngestSettings {
        languages: or(f.strings("languages"), &outer.languages),
        encoding: encoding(f).or_else(|| outer.encoding.clone()),
        date_order: date_order(f).or(outer.date_order),
        filename: or(f.strings("filename"), &outer.filename),
        furniture,
        ignore: f.strings("ignore"),
        read: f.strings("read"),
        attach: f.strings("attach"),
        tables: Vec::new(),
        columns: ColumnSettings::default(),
        defaults: f
            .table("defaults", |d| ingest_defaults(d, &outer.defaults))
            .unwrap_or_else(|| outer.defaults.clone()),
        source: f.boolean("source"),
        collections: f.boolean("collections"),
        folders: BTreeMap::new(),
        seeds: BTreeMap::new(),
        bounds: None,
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

fn encoding(f: &Fields<'_, '_>) -> Option<String> {
    let name = f.placed("encoding")?;
    if let Some(charset) = Charset::named(&name.value) {
        return Some(charset.name());
    }
    f.fault(
        name.range,
        format!("`{}` is not the name of an encoding", name.value),
        "a name such as `windows-1252`, `iso-8859-2`, `koi8-r`, `macintosh`, `cp850` or `euc-kr`",
        "write `encoding = \"windows-1252\"`",
    );
    None
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
