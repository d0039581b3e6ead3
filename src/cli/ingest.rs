//! `fonds ingest`: seeds → drafts in `content/`, and the same step at the head of a build.

use std::collections::BTreeMap;

use clap::Args;
use serde_json::{Value, json};
use similar::{ChangeTag, TextDiff};

use super::format::{self, Format};
use super::inputs::{Inputs, SiteArguments};
use super::progress::Waiting;
use super::words::{counted, visible};
use super::{Done, Failure, Global, Terminal};
use crate::config::{Bounds, Config};
use crate::diagnostic::Report;
use crate::files::Sources;
use crate::ingest::{self, Change, Explanation, Fate, MovedSeed, Plan, Reason, TableAccount};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Show what ingest would write into files that were edited, and write nothing
    #[arg(long)]
    diff: bool,
    /// Show how a seed was read: where each document and each value comes from
    #[arg(long, value_name = "SEED", conflicts_with = "diff")]
    explain: Option<String>,
    /// Output format: text or json (stdout)
    #[arg(long, value_name = "FORMAT", default_value = "text", conflicts_with = "diff")]
    format: Format,
    /// Other bounds of belief than those of the program, for `benches/evidence.py`
    #[arg(long, value_name = "SURE,LIKELY,MARGIN", hide = true, value_parser = bounds)]
    bounds: Option<Bounds>,
}

/// What became of the drafts.
#[derive(Debug, Default)]
pub(super) struct Refreshed {
    /// Paths of files that were written or deleted.
    pub(super) changed: Vec<String>,
    /// What to say of it, in lines.
    talk: Vec<String>,
    /// How many doubts are open, if drafts changed; a build counts them at its end.
    doubts: Option<String>,
    /// How the columns of tables are understood, in lines.
    pub(super) mapping: Vec<String>,
    /// Lines that only `--verbose` shows: what was dropped from the seeds, and which files were left alone.
    pub(super) details: Vec<String>,
    /// Whether there is something that must be said each time.
    pub(super) insists: bool,
    /// The same for machines.
    facts: Value,
}

impl Refreshed {
    /// Says what became of the drafts, and how many doubts are open.
    pub(super) fn tell(&self, terminal: &Terminal) {
        self.tell_with(self.doubts.iter(), terminal);
    }

    /// The same without the doubts.
    pub(super) fn tell_changes(&self, terminal: &Terminal) {
        self.tell_with([], terminal);
    }

    fn tell_with<'a>(&'a self, more: impl IntoIterator<Item = &'a String>, terminal: &Terminal) {
        for line in &self.details {
            terminal.detail(line);
        }
        for line in self.talk.iter().chain(more) {
            terminal.say(line);
        }
        if !self.changed.is_empty() {
            terminal
                .say(format_args!("{} in content/ changed", counted(self.changed.len(), "file")));
        }
    }
}

/// Brings the drafts up to date with the seeds; `build`, `serve` and `ingest` all come through here.
///
/// Seeds that cannot be read go to `report`; all other seeds are still drafted.
pub(super) fn refresh(
    inputs: &Inputs,
    sources: &dyn Sources,
    config: &Config,
    report: &Report,
) -> Result<Refreshed, Failure> {
    let plan = ingest::plan(sources, config, inputs.today, report);
    let saved = ingest::write(&plan, &inputs.disk)?;
    Ok(told(&plan, &saved))
}

/// What to say of a plan that was carried out, but for files that somebody saved meanwhile.
fn told(plan: &Plan, saved: &[String]) -> Refreshed {
    let mut talk = Vec::new();
    if plan.files.iter().any(|f| f.change != Change::Ledger) {
        talk.push(format!(
            "{}: {}, {} new, {} updated",
            counted(plan.seeds, "seed"),
            counted(plan.documents, "document"),
            plan.count(Change::New),
            plan.count(Change::Updated),
        ));
    }
    let doubts = (!talk.is_empty() && !plan.doubts.is_empty()).then(|| {
        let doubts = counted(plan.doubts.len(), "open doubt");
        format!("{doubts} in the drafts: `fonds review` lists them")
    });
    talk.extend(moves(&plan.moved));
    for gone in &plan.vanished {
        let what = if gone.seed_gone { "its seed" } else { "its place in the seed" };
        let stays = "the draft stays until you delete it";
        talk.push(format!("{}: {what} {} is gone; {stays}", gone.path, gone.seed));
    }
    for path in saved {
        talk.push(format!("{path}: not changed: it was saved while the drafts were written"));
    }
    let dropped = plan.dropped.iter().flat_map(|(seed, lines)| {
        lines.iter().map(move |d| format!("{seed}:{}: dropped ({}): {}", d.line, d.rule, d.text))
    });
    let kept = plan.kept.iter().map(|k| format!("{}: {}", k.path, left_alone(&k.reason)));
    let kept_files: Vec<Value> =
        plan.kept.iter().map(|k| json!({ "path": k.path, "why": left_alone(&k.reason) })).collect();
    let vanished: Vec<&str> = plan.vanished.iter().map(|gone| gone.path.as_str()).collect();
    let differs = |table: &TableAccount| table.differences.clone();
    let differences: Vec<String> = plan.tables.iter().flat_map(differs).collect();
    let changed = plan.files.iter().map(|f| f.path.clone()).filter(|path| !saved.contains(path));
    let changed: Vec<String> = changed.collect();
    let facts = json!({
        "tables": plan.tables,
        "seeds": plan.seeds,
        "documents": plan.documents,
        "new": plan.count(Change::New),
        "updated": plan.count(Change::Updated),
        "changed": changed.clone(),
        "saved_meanwhile": saved,
        "doubts": plan.doubts.len(),
        "kept": kept_files,
        "moved": plan.moved,
        "vanished": vanished,
    });
    Refreshed {
        facts,
        insists: !plan.moved.is_empty() || !plan.vanished.is_empty() || !saved.is_empty(),
        changed,
        talk,
        doubts,
        mapping: plan.tables.iter().map(mapping).collect(),
        details: dropped.chain(kept).chain(differences).collect(),
    }
}

/// What to say of seeds that were moved: one line for each folder whose seeds kept their names.
fn moves(moved: &[MovedSeed]) -> Vec<String> {
    let split = |path: &str| {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        (folder.to_owned(), name.to_owned())
    };
    let mut folders: BTreeMap<(String, String), usize> = BTreeMap::new();
    let mut lines = Vec::new();
    for MovedSeed { from, to } in moved {
        let ((old, old_name), (new, new_name)) = (split(from), split(to));
        if old_name == new_name {
            *folders.entry((old, new)).or_default() += 1;
        } else {
            lines.push(format!("seeds/{from} is now seeds/{to}; its drafts keep their addresses"));
        }
    }
    let folder =
        |path: &str| if path.is_empty() { "seeds/".to_owned() } else { format!("seeds/{path}/") };
    let line = |((old, new), count): (&(String, String), &usize)| {
        let (seeds, old, new) = (counted(*count, "seed"), folder(old), folder(new));
        format!("{seeds} moved from {old} to {new}; the drafts keep their addresses")
    };
    folders.iter().map(line).chain(lines).collect()
}

/// What a table's columns hold, and how many of its rows describe a file.
fn mapping(table: &TableAccount) -> String {
    let rows = counted(table.rows, "row");
    format!(
        "seeds/{}: {rows}, {} with a text or scans: {}",
        table.path,
        table.matched,
        table.mapping()
    )
}

fn left_alone(reason: &Reason) -> String {
    match reason {
        Reason::Edited => "not changed: it was edited".to_owned(),
        Reason::Renamed(path) => format!("not changed: it is now {path}"),
        Reason::Deleted => "not restored: it was deleted".to_owned(),
        Reason::Own => "not changed: it was written by hand".to_owned(),
    }
}

/// Reads `75,45,20`.
fn bounds(text: &str) -> Result<Bounds, String> {
    let numbers: Vec<i32> = text.split(',').filter_map(|n| n.trim().parse().ok()).collect();
    match numbers[..] {
        [sure, likely, margin] => Ok(Bounds { sure, likely, margin }),
        _ => Err("three whole numbers separated by commas are expected: `75,45,20`".to_owned()),
    }
}

pub(super) fn run(global: &Global, arguments: &Arguments, terminal: &Terminal) -> Done {
    let inputs = Inputs::open(global, &SiteArguments { drafts: true, base_url: None })?;
    let report = Report::new();
    let mut config = inputs.settings(&inputs.disk, &report);
    if let Some(bounds) = arguments.bounds {
        config.ingest = config.ingest.with_bounds(bounds);
    }
    if !report.has_errors() {
        if let Some(seed) = &arguments.explain {
            let path = seed.strip_prefix("seeds/").unwrap_or(seed);
            let explanation = ingest::explain(&inputs.disk, &config, path, &report);
            match explanation {
                Some(one) if arguments.format == Format::Json => terminal.data(
                    serde_json::to_string_pretty(&one).expect("texts and numbers are always JSON"),
                ),
                Some(one) => explain(&one, terminal),
                None => {}
            }
        } else if arguments.diff {
            let plan = ingest::plan(&inputs.disk, &config, inputs.today, &report);
            plan.tables.iter().for_each(|table| terminal.say(mapping(table)));
            diff(&plan, &inputs, terminal);
        } else {
            let waiting = Waiting::new("reading seeds", terminal);
            let refreshed = refresh(&inputs, &inputs.disk, &config, &report)?;
            drop(waiting);
            if arguments.format == Format::Json {
                terminal.data(format::summary(refreshed.facts, &report.sorted()));
                return if report.has_errors() { Err(Failure::told()) } else { Ok(()) };
            }
            refreshed.mapping.iter().for_each(|line| terminal.say(line));
            if refreshed.changed.is_empty() {
                terminal.say("nothing to change in content/");
            }
            refreshed.tell(terminal);
        }
    }
    terminal.faults(&report.sorted(), "");
    if report.has_errors() { Err(Failure::told()) } else { Ok(()) }
}

/// Prints each line of a seed with what became of it.
fn explain(explanation: &Explanation, terminal: &Terminal) {
    for document in &explanation.documents {
        let (first, last) = (document.first, document.last);
        let pages = match document.pages {
            Some((first, last)) if first < last => format!(", pages {first} to {last}"),
            Some((page, _)) => format!(", page {page}"),
            None => String::new(),
        };
        let title = &document.title;
        terminal.data(format_args!("document, lines {first} to {last}{pages}: {title}"));
        for claim in &document.claims {
            let place = match (claim.line, claim.place) {
                (Some(line), Some(place)) => format!("line {line} ({place}), "),
                (Some(line), None) => format!("line {line}, "),
                (None, _) => String::new(),
            };
            let (field, value) = (claim.field, visible(&claim.value));
            let why = format!("{place}{}, {} of 100: {}", claim.rule, claim.weight, claim.verdict);
            terminal.data(format_args!("    {field:<12} {value}  ({why})"));
        }
        for (field, reason) in &document.doubts {
            terminal.data(format_args!("    {field:<12} doubt: {}", visible(reason)));
        }
    }
    let mut page = None;
    for line in &explanation.lines {
        if let Some(begun) = line.place.map(|place| place.page).filter(|own| page != Some(*own)) {
            terminal.data(format_args!("page {begun}"));
            page = Some(begun);
        }
        let fates: Vec<String> = line.fates.iter().map(fate).collect();
        let (fates, text) = (fates.join(", "), visible(&line.text));
        terminal.data(format_args!("{:>6}  {fates:<28}  {text}", line.line));
    }
}

fn fate(fate: &Fate) -> String {
    match fate {
        Fate::Kept => "kept".to_owned(),
        Fate::Dropped(rule) => format!("dropped: {rule}"),
        Fate::Read(field) => format!("read: {field}"),
    }
}

/// Prints what ingest would write into each file that people own, as lines taken out and put in.
fn diff(plan: &Plan, inputs: &Inputs, terminal: &Terminal) {
    for kept in plan.kept.iter().filter(|k| k.reason == Reason::Edited) {
        let Ok(bytes) = inputs.disk.read(&kept.path) else { continue };
        let now = String::from_utf8_lossy(&bytes);
        terminal.data(format_args!("--- {}\n+++ what ingest would write", kept.path));
        for change in TextDiff::from_lines(now.as_ref(), kept.proposed.as_str()).iter_all_changes()
        {
            let sign = match change.tag() {
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
                ChangeTag::Equal => continue,
            };
            let line = visible(change.value().trim_end_matches('\n'));
            terminal.data(format_args!("{sign}{line}"));
        }
    }
    for file in plan.files.iter().filter(|f| f.change != Change::Ledger) {
        let what = match file.change {
            Change::New => "new",
            Change::Moved => "seed moved",
            _ => "updated",
        };
        terminal.data(format_args!("{what}: {}", file.path));
    }
}
