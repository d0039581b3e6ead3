//! `fonds review`: the open doubts of all drafts, worst first; `accept` settles one.

use std::collections::BTreeSet;

use clap::{Args, Subcommand};

use super::format::{self, Format};
use super::inputs::Opened;
use super::words::{counted, visible};
use super::{Done, Failure, Global, Terminal};
use crate::content::{self, Entry};
use crate::diagnostic::{Report, nearest};
use crate::files::Sources;
use crate::review::{self, Decision, Doubt, Reviewed, Unsettled};

/// Characters of a seed's line that are shown to people; machines get all.
const LONGEST: usize = 200;

#[derive(Debug, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub(super) struct Arguments {
    #[command(subcommand)]
    task: Option<Task>,
    /// Only doubts about this field
    #[arg(long, value_name = "FIELD")]
    field: Option<String>,
    /// Only doubts about this file, given by path or name
    #[arg(long, value_name = "FILE")]
    file: Option<String>,
    /// Output format
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Settle a doubt: remove its [[review]] and nothing else
    Accept {
        /// The file, by path or name
        file: String,
        /// The field in doubt
        field: String,
        /// The new value of the field; without it the field does not change
        #[arg(allow_hyphen_values = true)]
        value: Option<String>,
        /// The line of the seed that the doubt names, if the field has several doubts
        #[arg(long, value_name = "NUMBER")]
        line: Option<usize>,
        /// Settle all doubts about the field
        #[arg(long, conflicts_with = "line")]
        all: bool,
    },
}

pub(super) fn run(global: &Global, arguments: &Arguments, terminal: &Terminal) -> Done {
    let opened = Opened::without_faults(global)?;
    match &arguments.task {
        Some(Task::Accept { file, field, value, line, all }) => {
            let value = value.as_deref();
            let decision = Decision { field, line: *line, all: *all, value };
            accept(&opened, file, &decision, terminal)
        }
        None => list(&opened, arguments, terminal),
    }
}

fn list(opened: &Opened, arguments: &Arguments, terminal: &Terminal) -> Done {
    let (entries, report) = (opened.entries(), &opened.report);
    let mut doubts = review::doubts(&opened.disk, entries.iter().filter_map(Reviewed::entry));
    if let Some(name) = &arguments.file {
        let path = find(name, &entries)?;
        doubts.retain(|doubt| doubt.path == path);
    }
    if let Some(field) = &arguments.field {
        check_field(field)?;
        doubts.retain(|doubt| doubt.field == *field);
    }
    match arguments.format {
        Format::Json => terminal.data(format::lines(&doubts)),
        Format::Text => {
            for doubt in &doubts {
                terminal.data(text(doubt));
            }
        }
    }
    let files: BTreeSet<&str> = doubts.iter().map(|doubt| doubt.path.as_str()).collect();
    if doubts.is_empty() {
        terminal.say("no doubt is open");
    } else {
        terminal.say(format_args!(
            "{} in {}; settle one with `fonds review accept FILE FIELD`",
            counted(doubts.len(), "open doubt"),
            counted(files.len(), if files.iter().all(of_document) { "document" } else { "file" }),
        ));
    }
    terminal.faults(&report.sorted(), "doubts of these files may be missing");
    if report.has_errors() { Err(Failure::told()) } else { Ok(()) }
}

fn of_document(path: &&str) -> bool {
    path.starts_with("content/documents/")
}

/// A doubt in two lines: where and why, and what the seed says.
fn text(doubt: &Doubt) -> String {
    let mut text =
        visible(&format!("{}:{}: {}: {}", doubt.path, doubt.line, doubt.field, doubt.reason));
    if let Some(evidence) = &doubt.evidence {
        let line = evidence.text.as_deref().unwrap_or("(the seed has no such line)");
        let place = evidence.place.map(|place| format!(" ({place})")).unwrap_or_default();
        let evidence = format!("{}:{}{place}: {}", evidence.seed, evidence.line, cut(line));
        text.push_str(&format!("\n    {}", visible(&evidence)));
    }
    text
}

/// The beginning of a long line.
fn cut(line: &str) -> String {
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.to_owned(),
    }
}

fn check_field(field: &str) -> Done {
    let of_names = content::authority_keys();
    let keys = content::document_keys().into_iter().chain(of_names).map(|key| key.name);
    let keys: Vec<&str> = keys.collect();
    if keys.contains(&field) {
        return Ok(());
    }
    let help = match nearest(field, keys.iter().copied()) {
        Some(near) => format!("write `--field {near}`, if that is what you mean"),
        None => "name a key of a document's front matter, such as `date`".to_owned(),
    };
    Err(Failure::usage(format!("documents have no field `{field}`"), help))
}

fn find<'a>(name: &str, entries: &'a [Entry]) -> Result<&'a str, Failure> {
    let paths: Vec<&str> = entries.iter().filter_map(Reviewed::entry).map(|r| r.path).collect();
    review::find(name, &paths).map_err(|fault| Failure::Environment(vec![*fault]))
}

fn accept(opened: &Opened, file: &str, decision: &Decision<'_>, terminal: &Terminal) -> Done {
    let Opened { disk, config, .. } = opened;
    // Not only those that can be parsed: what is wrong with the file is reported below.
    let files = disk.list("content", &Report::new());
    let reviewed: Vec<&str> =
        files.iter().map(String::as_str).filter(|path| review::may_have_doubts(path)).collect();
    let plain = file.strip_prefix("./").unwrap_or(file);
    let path = match files.iter().find(|path| *path == plain) {
        Some(path) => path,
        None => review::find(file, &reviewed).map_err(|f| Failure::Environment(vec![*f]))?,
    };
    let settled = review::settle(disk, path, decision, config).map_err(|why| match why {
        Unsettled::File(error) => error.into(),
        Unsettled::Faults(faults) => Failure::Faults(faults),
    })?;
    let doubts = counted(settled, "doubt");
    terminal.say(match decision.value {
        Some(value) => format!("{path}: {} is `{value}`, {doubts} settled", decision.field),
        None => format!("{path}: {} stays as it is, {doubts} settled", decision.field),
    });
    Ok(())
}
