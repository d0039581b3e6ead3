//! `[ingest]`: what the archive teaches the reader of its seeds.

use std::collections::BTreeMap;

use crate::charset::Charset;
use crate::diagnostic::Position;
use crate::fields::{Fields, record};

record! {
    /// `[ingest]`: the archive's habits, for ingest. `outer` are those of the archive, which complete those of a folder.
    #[derive(Debug, Clone, PartialEq)]
    pub struct IngestSettings(f, outer: Option<&IngestSettings>) {
        /// BCP 47 tags of the languages that documents may be in.
        languages: Vec<String> = or(f.strings("languages"), outer.map(|outer| &outer.languages)),
        /// Encoding of the seeds that are not UTF-8.
        encoding: Option<String> = encoding(f).or_else(|| outer?.encoding.clone()),
        /// How dates in digits are written; without it both orders are kept.
        date_order: Option<DateOrder> = f.one_of("date_order", &DATE_ORDERS).or_else(|| outer?.date_order),
        /// Patterns of seed names, such as `{date}-{organization}`.
        filename: Vec<String> = or(f.strings("filename"), outer.map(|outer| &outer.filename)),
        /// Lines to drop: the text of a whole line, or a regular expression between slashes.
        furniture: Vec<String> = {
            let outer = outer.map_or_else(Vec::new, |outer| outer.furniture.clone());
            [outer, f.strings("furniture")].concat()
        },
        /// Seeds to ignore: paths below `seeds/`, with `*` and `**`.
        ignore: Vec<String>,
        /// Seeds to read, if not all: paths below `seeds/`, with `*` and `**`; the others are ignored.
        read: Vec<String>,
        /// Page images and PDFs to show and not to read: paths below `seeds/`, with `*` and `**`.
        attach: Vec<String>,
        /// Tables whose rows describe documents: paths below `seeds/`.
        tables: Vec<String> = if outer.is_none() { f.strings("tables") } else { Vec::new() },
        /// Which columns of tables hold what, by their names.
        columns: ColumnSettings =
            if outer.is_none() { f.table("columns", columns) } else { None }.unwrap_or_default(),
        /// Values for documents in which ingest finds none.
        defaults: IngestDefaults = {
            let outer = outer.map_or_else(IngestDefaults::default, |outer| outer.defaults.clone());
            f.table("defaults", |d| IngestDefaults::read(d, &outer)).unwrap_or(outer)
        },
        /// With `false`, readers see neither the lines of the seeds nor the seeds.
        source: Option<bool>,
        /// With `false`, folders of seeds are no units of the arrangement.
        collections: Option<bool>,
        /// Other settings for the seeds of a folder below `seeds/`; by its path with a slash at its end.
        folders: BTreeMap<String, IngestSettings> = BTreeMap::new(), // read once those of the archive are known
        /// Settings for single seeds, by their paths below `seeds/`.
        seeds: BTreeMap<String, SeedSettings> = if outer.is_none() { seeds(f) } else { BTreeMap::new() },
        /// Other bounds of belief than those of the program, while it is developed; no file can set them.
        bounds: Option<Bounds> = None,
    }
}

/// What is written, else what completes it.
fn or(own: Vec<String>, outer: Option<&Vec<String>>) -> Vec<String> {
    if own.is_empty() { outer.cloned().unwrap_or_default() } else { own }
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

record! {
    /// `[ingest.defaults]`: values for documents in which ingest finds none.
    #[derive(Debug, Clone, PartialEq, Default)]
    pub struct IngestDefaults(d, outer: &IngestDefaults) {
        /// Kind.
        kind: Option<String> = d.string("kind").or_else(|| outer.kind.clone()),
        /// Language, a BCP 47 tag.
        language: Option<String> = d.string("language").or_else(|| outer.language.clone()),
        /// Place.
        place: Option<String> = d.string("place").or_else(|| outer.place.clone()),
        /// Rights statement, a URI.
        rights: Option<String> = d.string("rights").or_else(|| outer.rights.clone()),
        /// Topics.
        topics: Vec<String> = or(d.strings("topics"), Some(&outer.topics)),
        /// Name of the organization that every document is from.
        creator: Option<String> = d.string("creator").or_else(|| outer.creator.clone()),
        /// Name of the organization that every document is to.
        recipient: Option<String> = d.string("recipient").or_else(|| outer.recipient.clone()),
    }
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
    let mut settings = IngestSettings::read(f, None);
    f.says("Other settings for the seeds of a folder below `seeds/`");
    let folders = f.named_tables("folders", |folder, own| {
        let folder = format!("{}/", folder.trim_matches('/'));
        (folder, IngestSettings::read(own, Some(&settings)))
    });
    settings.folders = folders.into_iter().collect();
    settings
}

const DATE_ORDERS: [(&str, DateOrder); 3] = [
    ("dmy", DateOrder::DayMonthYear),
    ("mdy", DateOrder::MonthDayYear),
    ("ymd", DateOrder::YearMonthDay),
];

fn columns(f: &Fields<'_, '_>) -> ColumnSettings {
    const FIELDS: [(&str, &str); 17] = [
        ("file", "Columns with the names of files"),
        ("references", "Columns with references, identifiers, shelf marks"),
        ("title", "Columns with titles"),
        ("date", "Columns with dates"),
        ("kind", "Columns with kinds of documents"),
        ("language", "Columns with languages"),
        ("place", "Columns with places of writing"),
        ("subject", "Columns with “Re:” lines"),
        ("creators", "Columns with writers, senders, issuing bodies"),
        ("signatories", "Columns with those who signed"),
        ("recipients", "Columns with addressees"),
        ("copied", "Columns with those who got a copy"),
        ("topics", "Columns with subject headings"),
        ("description", "Columns with descriptions"),
        ("rights", "Columns with rights statements"),
        ("url", "Columns with addresses where texts were found"),
        ("text", "Columns with texts, for documents without a file"),
    ];
    let named = FIELDS.map(|(field, words)| (field.to_owned(), f.says(words).strings(field)));
    let columns = named.into_iter().filter(|(_, names)| !names.is_empty()).collect();
    ColumnSettings { columns, unused: f.says("Columns that are not to be used").strings("unused") }
}

fn seeds(f: &Fields<'_, '_>) -> BTreeMap<String, SeedSettings> {
    let seeds = f.named_tables("seeds", |path, own| {
        (path.trim_start_matches("seeds/").to_owned(), seed_settings(path, own))
    });
    seeds.into_iter().collect()
}

/// What is said of one seed.
fn seed_settings(path: &str, f: &Fields<'_, '_>) -> SeedSettings {
    let join = f.says("Whether the seed is one document").boolean("join").unwrap_or_default();
    f.says("Lines of the seed, counted from 1, at which its second and later documents begin");
    let split = f.integers("split");
    let at = split.as_ref().map_or_else(|| f.place_of(), |split| split.range.clone());
    let place = Some(Position::of(f.source().text, at.clone()));
    let ignore = f.says("Whether the seed is ignored").boolean("ignore").unwrap_or_default();
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
