//! `fonds stats`: what the archive holds, counted, on stdout.

use std::collections::BTreeMap;

use clap::Args;
use serde::Serialize;

use super::format::Format;
use super::inputs::Opened;
use super::progress::Waiting;
use super::words::{counted, size};
use super::{Done, Failure, Global, Terminal, clock};
use crate::config::Config;
use crate::content::{Document, Entry, Record};
use crate::edtf::{Day, EdtfDate};
use crate::ingest::{self, AsideAccount, FormatAccount};
use crate::review::Reviewed;

/// How many of the largest texts are named.
const LARGEST: usize = 10;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

pub(super) fn run(global: &Global, arguments: &Arguments, terminal: &Terminal) -> Done {
    let opened = Opened::at(global)?;
    let waiting = Waiting::new("reading seeds", terminal);
    let (formats, aside) = ingest::formats(&opened.disk, &opened.config);
    drop(waiting);
    let stats =
        Stats { formats, aside, ..Stats::of(&opened.entries(), &opened.config, clock::today()?) };
    let report = opened.report;
    terminal.data(match arguments.format {
        Format::Text => stats.text().trim_end().to_owned(),
        Format::Json => {
            serde_json::to_string_pretty(&stats).expect("texts and numbers are always JSON")
        }
    });
    terminal.faults(&report.sorted(), "these files are counted only as far as they can be read");
    if report.has_errors() { Err(Failure::told()) } else { Ok(()) }
}

/// What an archive holds, in numbers.
#[derive(Debug, Serialize)]
struct Stats {
    documents: usize,
    organizations: usize,
    people: usize,
    pages: usize,
    drafts: usize,
    embargoed: usize,
    withdrawn: usize,
    undated: usize,
    reviews: usize,
    /// Documents by the first year that they may be of.
    years: BTreeMap<String, usize>,
    kinds: BTreeMap<String, usize>,
    languages: BTreeMap<String, usize>,
    /// Open reviews by field.
    doubts: BTreeMap<String, usize>,
    /// How far the documents' fields are filled in.
    fields: Vec<Filled>,
    /// Files with the longest texts.
    largest: Vec<Text>,
    /// Seeds and documents by the format that they were read as.
    formats: Vec<FormatAccount>,
    /// Seeds that were set aside, by reason.
    aside: Vec<AsideAccount>,
}

/// Of how many documents a field says something.
#[derive(Debug, Serialize)]
struct Filled {
    field: &'static str,
    /// It has a value, and no doubt is open.
    stated: usize,
    /// A doubt about it is open, with or without a value.
    doubtful: usize,
    /// It has none.
    missing: usize,
}

impl Filled {
    /// Counts one field; `keys` are those that doubts about it name.
    fn of(
        field: &'static str,
        keys: &[&str],
        documents: &[&Document],
        has: impl Fn(&Document) -> bool,
    ) -> Self {
        let doubted = |d: &&Document| d.review.iter().any(|r| keys.contains(&r.field.as_str()));
        let (doubtful, settled): (Vec<_>, Vec<_>) = documents.iter().copied().partition(doubted);
        let stated = settled.iter().filter(|d| has(d)).count();
        Self { field, stated, doubtful: doubtful.len(), missing: settled.len() - stated }
    }

    /// The fields that say what a document is, when, where and by whom it was made.
    fn all(documents: &[&Document], config: &Config) -> Vec<Self> {
        let filled = |text: &str| !text.trim().is_empty();
        let known = |d: &Document| filled(&d.kind) && d.kind != "other";
        let parties = |d: &Document| !d.creators.is_empty() || !d.signatories.is_empty();
        let makers = ["creators", "signatories", "persons", "organizations"];
        vec![
            Self::of("title", &["title"], documents, |d| filled(&d.title)),
            Self::of("date", &["date"], documents, |d| d.date.is_some()),
            Self::of("place", &["place"], documents, |d| d.place.as_deref().is_some_and(filled)),
            Self::of("kind", &["kind"], documents, known),
            Self::of("language", &["language"], documents, |d| {
                filled(&d.language) || filled(&config.default_language)
            }),
            Self::of("creators", &makers, documents, parties),
            Self::of("recipients", &["recipients"], documents, |d| !d.recipients.is_empty()),
        ]
    }

    /// The table of all fields; nothing if there is no document.
    fn table(fields: &[Self], documents: usize) -> String {
        if documents == 0 {
            return String::new();
        }
        let row =
            |f: &Self| format!("{:>8}{:>10}{:>9}  {}\n", f.stated, f.doubtful, f.missing, f.field);
        let rows: String = fields.iter().map(row).collect();
        format!("\n  stated  in doubt  missing  field\n{rows}")
    }
}

/// The text of a file.
#[derive(Debug, Serialize)]
struct Text {
    path: String,
    bytes: usize,
}

impl Stats {
    fn of(entries: &[Entry], config: &Config, today: Day) -> Self {
        let documents: Vec<&Document> = entries
            .iter()
            .filter_map(|e| if let Record::Document(d) = &e.record { Some(&**d) } else { None })
            .collect();
        let count =
            |wanted: fn(&Record) -> bool| entries.iter().filter(|e| wanted(&e.record)).count();
        let of =
            |wanted: &dyn Fn(&Document) -> bool| documents.iter().filter(|d| wanted(d)).count();
        let reviews = entries.iter().filter_map(Reviewed::entry).flat_map(|r| r.reviews);
        let mut texts: Vec<Text> = entries
            .iter()
            .map(|entry| Text { path: entry.path.clone(), bytes: entry.body.len() })
            .collect();
        texts.sort_by(|a, b| b.bytes.cmp(&a.bytes).then_with(|| a.path.cmp(&b.path)));
        texts.truncate(LARGEST);
        Self {
            documents: documents.len(),
            organizations: count(|r| matches!(r, Record::Organization(_))),
            people: count(|r| matches!(r, Record::Person(_))),
            pages: count(|r| matches!(r, Record::Page(_))),
            drafts: of(&|d| d.draft),
            embargoed: of(&|d| d.embargo_until.is_some_and(|day| today < day)),
            withdrawn: of(&|d| d.withdrawn.is_some()),
            undated: of(&|d| d.date.is_none()),
            reviews: reviews.clone().count(),
            years: tally(documents.iter().map(|d| year(d))),
            kinds: tally(documents.iter().map(|d| d.kind.clone())),
            languages: tally(documents.iter().map(|d| match d.language.as_str() {
                "" => config.default_language.clone(),
                tag => tag.to_owned(),
            })),
            doubts: tally(reviews.map(|review| review.field.clone())),
            fields: Filled::all(&documents, config),
            largest: texts,
            formats: Vec::new(),
            aside: Vec::new(),
        }
    }

    fn text(&self) -> String {
        let mut lines = vec![
            counted(self.documents, "document"),
            counted(self.organizations, "organization record"),
            counted(self.people, "person record"),
            counted(self.pages, "page"),
            counted(self.drafts, "draft"),
        ];
        for (number, what) in [(self.embargoed, "embargoed"), (self.withdrawn, "withdrawn")] {
            if number > 0 {
                lines.push(format!("{} {what}", counted(number, "document")));
            }
        }
        // Rounded down, so that not all is said of less than all.
        let share = (self.undated * 100).checked_div(self.documents).unwrap_or_default();
        lines.push(format!("{} undated, {share} %", counted(self.undated, "document")));
        lines.push(counted(self.reviews, "open doubt"));
        let tables = [
            table("by year", &self.years),
            table("by kind", &self.kinds),
            table("by language", &self.languages),
            table("open doubts by field", &self.doubts),
        ];
        let fields = Filled::table(&self.fields, self.documents);
        let mut text = format!("{}\n{}{fields}", lines.join("\n"), tables.concat());
        text.push_str(&self.read());
        if !self.largest.is_empty() {
            text.push_str("\nlargest texts\n");
        }
        for one in &self.largest {
            text.push_str(&format!("{:>9}  {}\n", size(one.bytes as u64), one.path));
        }
        text
    }
}

impl Stats {
    /// The table of formats, and why seeds are set aside; nothing if there are no seeds.
    fn read(&self) -> String {
        let row = |f: &FormatAccount| {
            let documents =
                if f.documents == 0 { "–".to_owned() } else { f.documents.to_string() };
            format!("{:>7}{documents:>11}  {}\n", f.seeds, f.format)
        };
        let rows: String = self.formats.iter().map(row).collect();
        let asides = self.aside.iter().map(|a| format!("{:>7}  {}\n", a.seeds, a.reason));
        let asides: String = asides.collect();
        let mut text = String::new();
        if !rows.is_empty() {
            text.push_str(&format!("\n  seeds  documents  read as\n{rows}"));
        }
        if !asides.is_empty() {
            text.push_str(&format!("\n  seeds  set aside, since the seed\n{asides}"));
        }
        text
    }
}

fn year(document: &Document) -> String {
    let day = document.date.as_ref().and_then(EdtfDate::earliest);
    day.map_or_else(|| "undated".to_owned(), |day| format!("{:04}", day.year))
}

/// How often each value occurs.
fn tally(values: impl Iterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for value in values {
        *counts.entry(value).or_insert(0) += 1;
    }
    counts
}

/// A heading and, below it, how often each value occurs.
fn table(heading: &str, counts: &BTreeMap<String, usize>) -> String {
    let lines: Vec<String> = counts.iter().map(|(value, n)| format!("{n:>6}  {value}\n")).collect();
    if lines.is_empty() { String::new() } else { format!("\n{heading}\n{}", lines.concat()) }
}
