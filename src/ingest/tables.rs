//! Tables (CSV, TSV, XLSX, ODS) and lists (RIS, BibTeX, JSON Lines, Zotero RDF) as records: a row a document, found by the name of its file or by its reference.
//!
//! What a table says is a person's word: it counts before what is read from a text, and where the two differ, that
//! is told. A row whose text is not there is a document of its own. Tables themselves are never published.

mod account;
mod columns;
mod csv;
mod lists;
mod row;
mod sheet;
mod values;

use std::collections::{BTreeMap, BTreeSet, HashMap};

use parking_lot::Mutex;

use super::decode::{self, Decoded, Known, Refusal};
use super::seed::Seed;
use super::source::Unread;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report, nearest};
use crate::files::Sources;
pub use account::TableAccount;
use columns::Field;
use row::{Difference, Row};

/// The tables of an archive.
pub(super) struct Tables<'c> {
    config: &'c Config,
    tables: Vec<Table>,
    rows: Vec<Row>,
    /// Numbers of rows by what they are found by.
    by_file: HashMap<String, Vec<usize>>,
    by_reference: HashMap<String, Vec<usize>>,
    /// How many seeds have a file name.
    names: HashMap<String, usize>,
    found: Mutex<Found>,
}

/// A table that could be mapped.
struct Table {
    /// Path below `seeds/`.
    path: String,
    account: TableAccount,
}

/// What was found while seeds were read, from any number of threads.
#[derive(Default)]
struct Found {
    rows: BTreeSet<usize>,
    seeds: BTreeSet<String>,
    differences: BTreeSet<(usize, Difference)>,
}

impl<'c> Tables<'c> {
    /// Reads the tables that the settings name; `paths` are those of all seeds.
    pub(super) fn read(
        sources: &dyn Sources,
        config: &'c Config,
        paths: &[String],
        report: &Report,
    ) -> Self {
        let mut all = Self {
            config,
            tables: Vec::new(),
            rows: Vec::new(),
            by_file: HashMap::new(),
            by_reference: HashMap::new(),
            names: HashMap::new(),
            found: Mutex::default(),
        };
        for path in &config.ingest.tables {
            match all.table(sources, path) {
                Ok(table) => all.tables.push(table),
                Err(fault) => {
                    report.push(fault.map_or_else(|| missing(path, paths), |fault| *fault))
                }
            }
        }
        all.warn_of_unknown_columns(report);
        for path in paths {
            for name in keys_of_path(path) {
                *all.names.entry(name).or_default() += 1;
            }
        }
        for (number, row) in all.rows.iter().enumerate() {
            let folder = all.tables.get(row.table).and_then(|table| table.path.rsplit_once('/'));
            for file in &row.files {
                let file = file.replace('\\', "/").to_lowercase();
                // Programs name files from where the table is.
                if let Some((folder, _)) = folder {
                    let path = format!("{}/{file}", folder.to_lowercase());
                    all.by_file.entry(path).or_default().push(number);
                }
                all.by_file.entry(file).or_default().push(number);
            }
            for reference in &row.references {
                all.by_reference.entry(plain(reference)).or_default().push(number);
            }
        }
        all
    }

    /// Whether a seed is one of the tables.
    pub(super) fn has(&self, path: &str) -> bool {
        self.config.ingest.tables.iter().any(|table| table == path)
    }

    /// Reads a table and maps its columns.
    fn table(
        &mut self,
        sources: &dyn Sources,
        path: &str,
    ) -> Result<Table, Option<Box<Diagnostic>>> {
        let bytes = sources.read(&format!("seeds/{path}")).map_err(|_| None)?;
        let of_text = |decoded: Decoded| match lists::Format::of(path) {
            Some(format) => lists::rows(format, &decoded.text),
            None => csv::rows(&decoded.text),
        };
        let rows = match sheet::rows(&bytes) {
            Some(rows) => rows,
            None => decode::decode(&bytes, Known::default()).and_then(of_text),
        };
        let mut rows =
            rows.map_err(|refusal| Some(Box::new(unreadable(path, refusal))))?.into_iter();
        let head = rows.next().map(|head| head.cells).unwrap_or_default();
        let fields = columns::mapped(&head, &self.config.ingest.columns);
        let is_known =
            |field: &Field| matches!(field, Field::File | Field::References | Field::Title);
        if !fields.iter().flatten().any(is_known) {
            return Err(Some(Box::new(unmapped(path, &head))));
        }
        let table = self.tables.len();
        let before = self.rows.len();
        self.rows.extend(rows.filter_map(|cells| Row::of(table, cells, &fields)));
        let account = TableAccount::new(path, &head, &fields, self.rows.len() - before);
        Ok(Table { path: path.to_owned(), account })
    }

    /// A column of the settings that no table has is a typing error.
    fn warn_of_unknown_columns(&self, report: &Report) {
        if self.tables.is_empty() {
            return;
        }
        let settings = &self.config.ingest.columns;
        let heads: Vec<&str> = self.tables.iter().flat_map(|t| t.account.head()).collect();
        for (key, name) in
            settings.columns.iter().flat_map(|(k, names)| names.iter().map(move |n| (k, n)))
        {
            if heads.iter().any(|head| head.to_lowercase() == name.to_lowercase()) {
                continue;
            }
            let message =
                format!("no table has the column `{name}`, which `ingest.columns.{key}` names");
            let warning = Diagnostic::warning("config.toml", message);
            report.push(match nearest(name, heads.iter().copied()) {
                Some(near) => warning.help(format!("did you mean `{near}`?")),
                None => warning.help(format!("the columns are {}", quoted(&heads))),
            });
        }
    }

    /// The files of rows that name several, as paths.
    pub(super) fn groups(&self, paths: &[String]) -> Vec<Vec<String>> {
        let mut known: HashMap<String, Vec<&String>> = HashMap::new();
        for path in paths.iter().filter(|path| !self.has(path)) {
            let keys: BTreeSet<String> = keys_of_path(path).into_iter().collect();
            keys.into_iter().for_each(|key| known.entry(key).or_default().push(path));
        }
        let path = |file: &String| match known.get(&file.replace('\\', "/").to_lowercase())?[..] {
            [only] => Some(only.clone()),
            _ => None,
        };
        let several = self.rows.iter().filter(|row| row.files.len() > 1);
        several.map(|row| row.files.iter().filter_map(path).collect()).collect()
    }

    /// Completes the drafts of a seed by the rows that describe them.
    pub(super) fn complete(&self, mut seed: Seed) -> Seed {
        if self.tables.is_empty() {
            return seed;
        }
        let mut rows = self.rows_of_file(&seed.path);
        let alone = seed.drafts.len() == 1 && rows.len() == 1;
        for number in 0..seed.drafts.len() {
            let draft = &seed.drafts[number];
            let row = match alone {
                true => rows.pop(),
                false => self.row_of_reference(&draft.document.references, &rows),
            };
            let Some(row) = row else { continue };
            let differences =
                self.rows[row].apply(&mut seed.drafts[number], &seed.path, self.config);
            let mut found = self.found.lock();
            found.rows.insert(row);
            found.seeds.insert(seed.path.clone());
            let table = self.rows[row].table;
            found.differences.extend(differences.into_iter().map(|d| (table, d)));
        }
        seed
    }

    /// The rows that name a file, by its path, its name or its stem; by the last two only if no other file has them.
    fn rows_of_file(&self, path: &str) -> Vec<usize> {
        let [whole, name, stem] = keys_of_path(path);
        let is_only = |key: &String| self.names.get(key).is_none_or(|count| *count == 1);
        let mut found = self.by_file.get(&whole);
        for key in [&name, &stem] {
            found = found.or_else(|| self.by_file.get(key).filter(|_| is_only(key)));
        }
        let by_id = || self.by_reference.get(&plain(&stem)).filter(|_| is_only(&stem));
        found.or_else(by_id).cloned().unwrap_or_default()
    }

    /// The one row that has one of some references; of those of the file, if there are any.
    fn row_of_reference(&self, references: &[String], of_file: &[usize]) -> Option<usize> {
        let rows = references.iter().filter_map(|r| self.by_reference.get(&plain(r))).flatten();
        let mut rows = rows.filter(|row| of_file.is_empty() || of_file.contains(row));
        let first = rows.next()?;
        rows.all(|other| other == first).then_some(*first)
    }

    /// The rows that no seed has, as documents of their own: a seed for each table.
    pub(super) fn rest(&self) -> Vec<Seed> {
        let found = self.found.lock();
        let mut seeds: BTreeMap<usize, Seed> = BTreeMap::new();
        for (number, row) in self.rows.iter().enumerate() {
            if found.rows.contains(&number) {
                continue;
            }
            let path = &self.tables[row.table].path;
            let seed = seeds.entry(row.table).or_insert_with(|| Seed::new(path));
            seed.drafts.push(row.draft(path, self.config));
        }
        for seed in seeds.values_mut() {
            seed.drafts.sort_by_key(|draft| {
                (draft.lines, draft.document.source.as_ref().and_then(|s| s.lines))
            });
            let mut last = 0;
            for draft in &mut seed.drafts {
                // Rows that say the same are distinguished by their order.
                last = draft.lines.0.max(last + 1);
                draft.lines = (last, last);
            }
        }
        seeds.into_values().collect()
    }

    /// Tells what fits and what does not; gives an account of each table. `texts` are the seeds that were read.
    pub(super) fn tell<'s>(
        self,
        texts: impl Iterator<Item = &'s str>,
        report: &Report,
    ) -> Vec<TableAccount> {
        let Found { rows, seeds, differences } = self.found.into_inner();
        let mut accounts: Vec<TableAccount> = self.tables.into_iter().map(|t| t.account).collect();
        if accounts.is_empty() {
            return accounts;
        }
        for (number, row) in self.rows.into_iter().enumerate() {
            let account = &mut accounts[row.table];
            match rows.contains(&number) {
                true => account.matched += 1,
                false if !row.files.is_empty() => {
                    account.without_file.push((row.lines.0, row.files.join(", ")));
                }
                false => {}
            }
        }
        for (table, difference) in differences {
            accounts[table].differences.push(difference.to_string());
        }
        let without_row: Vec<String> =
            texts.filter(|path| !seeds.contains(*path)).map(str::to_owned).collect();
        account::warn(&accounts, &without_row, report);
        accounts
    }
}

/// What rows can name a file by: its path, its name, its stem, all in lower case.
fn keys_of_path(path: &str) -> [String; 3] {
    let whole = path.to_lowercase();
    let name = whole.rsplit('/').next().unwrap_or(&whole).to_owned();
    let stem = name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_owned();
    [whole, name, stem]
}

/// A reference without what people write in various ways.
fn plain(reference: &str) -> String {
    reference.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

fn missing(path: &str, paths: &[String]) -> Diagnostic {
    let message = format!("there is no table `seeds/{path}`, which `ingest.tables` names");
    let fault = Diagnostic::error("config.toml", message).expected("a path below `seeds/`");
    match nearest(path, paths.iter().map(String::as_str)) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault.help("add the table, or remove it from `tables`"),
    }
}

fn unreadable(path: &str, refusal: Refusal) -> Diagnostic {
    let why = match refusal {
        Refusal::Empty => "is empty",
        Refusal::Damaged => "is damaged",
        Refusal::TooLarge(limit) => &format!("has more than {} allows", limit.told()),
        Refusal::TooDeep => "is nested too deeply",
        Refusal::Unread(Unread::Locked) => "is locked with a password",
        _ => "cannot be read",
    };
    Diagnostic::warning(format!("seeds/{path}"), format!("the table {why} and is set aside"))
        .expected("a table as `.csv`, `.tsv`, `.xlsx` or `.ods`, or a list as `.ris`, `.bib` or `.jsonl`, of at most 64 MB")
        .help("save it as CSV in the spreadsheet's program")
}

fn unmapped(path: &str, head: &[String]) -> Diagnostic {
    let names: Vec<&str> =
        head.iter().map(String::as_str).filter(|name| !name.is_empty()).collect();
    let example = names.first().copied().unwrap_or("Title");
    let message = "no column of the table holds file names, references or titles: it is set aside";
    Diagnostic::warning(format!("seeds/{path}"), message)
        .note(format!("its columns are {}", quoted(&names)))
        .expected("columns with usual names, such as `filename`, `title`, `date`, `creator`")
        .help(format!(
            "say which column holds what below `[ingest.columns]` in config.toml: `title = [\"{example}\"]`"
        ))
}
