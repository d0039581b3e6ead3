//! `fonds build`: seeds → drafts → site, published if nothing is wrong.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use serde_json::{Value, json};

use super::format::{self, Format};
use super::inputs::{Inputs, SiteArguments};
use super::progress::{Progress, Waiting};
use super::words::{counted, size};
use super::{Failure, Global, Terminal, ingest, interrupt};
use crate::config::Config;
use crate::diagnostic::Report;
use crate::disk::{self, Disk};
use crate::pipeline::{self, Summary};
use crate::publish::{Publication, PublishError, Published};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    /// The folder to write to, instead of config.toml's output_dir
    #[arg(short, long, value_name = "DIR")]
    output_dir: Option<PathBuf>,
    /// Leave content/ as it is
    #[arg(long)]
    no_ingest: bool,
    /// Publish what has no fault
    #[arg(short, long)]
    keep_going: bool,
    /// How to tell what was done: for people on stderr, or for machines on stdout
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// How long a build may take to stop after Ctrl-C.
const GRACE: std::time::Duration = std::time::Duration::from_secs(10);

pub(super) fn run(
    global: &Global,
    arguments: &Arguments,
    terminal: &Terminal,
) -> Result<(), Failure> {
    let started = Instant::now();
    interrupt::watch(GRACE);
    let inputs = Inputs::open(global, &arguments.site)?;
    let report = Report::new();
    let config = inputs.settings(&report);
    let output = Output::of(&inputs.disk, &config, arguments.output_dir.as_deref())?;
    let format = arguments.format;
    let build = Build { inputs, config, report, output, terminal, format };
    build.check_settings()?;
    if !arguments.no_ingest {
        let waiting = Waiting::new("reading seeds", terminal);
        let refreshed = ingest::refresh(&build.inputs, &build.config, &build.report)?;
        drop(waiting);
        if format == Format::Text {
            refreshed.tell(terminal);
        }
    }
    let (summary, published) = build.publish(arguments.keep_going)?;
    let diagnostics = build.report.sorted();
    if format == Format::Json {
        terminal.data(format::summary(facts(&summary, &published, started), &diagnostics));
    } else {
        terminal.faults(&diagnostics, "");
        tell(&summary, &published, &build.output, started, terminal);
    }
    if build.report.has_errors() { Err(Failure::told()) } else { Ok(()) }
}

/// What one run works with.
struct Build<'a> {
    inputs: Inputs,
    config: Config,
    report: Report,
    output: Output,
    terminal: &'a Terminal,
    format: Format,
}

impl Build<'_> {
    /// Stops at faults of the settings: half understood, they make bad drafts and a bad site. All
    /// that is wrong elsewhere is told all the same.
    fn check_settings(&self) -> Result<(), Failure> {
        if !self.report.has_errors() {
            return Ok(());
        }
        pipeline::load_content(&self.inputs.disk, &self.config, &self.report);
        Err(self.refuse())
    }

    fn publish(&self, keep_going: bool) -> Result<(Summary, Published), Failure> {
        let publication = Publication::begin(&self.output.path, &self.output.shown)?;
        let progress = Progress::new(&publication, self.terminal);
        let built = self.inputs.build(&self.config, &progress, &self.report);
        drop(progress);
        if self.report.has_errors() && (built.is_err() || !keep_going) {
            // A file that cannot be written after faults (two of one name, say) follows from them.
            return Err(self.refuse());
        }
        let summary = built?;
        match publication.commit() {
            Err(clash @ PublishError::Clashes { .. }) => {
                self.report.extend(clash.diagnostics());
                Err(self.refuse())
            }
            published => Ok((summary, published?)),
        }
    }

    fn refuse(&self) -> Failure {
        let old = if self.output.exists { ", the old site is as it was" } else { "" };
        let diagnostics = self.report.sorted();
        match self.format {
            Format::Text => {
                self.terminal.faults(&diagnostics, &format!("nothing was published{old}"));
            }
            Format::Json => {
                self.terminal.data(format::summary(json!({ "published": false }), &diagnostics));
            }
        }
        Failure::told()
    }
}

/// What was done, for machines.
fn facts(summary: &Summary, published: &Published, started: Instant) -> Value {
    json!({
        "published": true,
        "documents": summary.documents,
        "organizations": summary.organizations,
        "people": summary.people,
        "pages": summary.pages,
        "reviews": summary.reviews,
        "files": published.files,
        "bytes": published.bytes,
        "written": published.written,
        "removed": published.removed,
        "kept": published.kept,
        "seconds": started.elapsed().as_secs_f64(),
    })
}

fn tell(
    summary: &Summary,
    published: &Published,
    output: &Output,
    started: Instant,
    terminal: &Terminal,
) {
    terminal.say(format_args!(
        "{}, {}, {}, {}",
        counted(summary.documents, "document"),
        counted(summary.organizations, "organization"),
        counted(summary.people, "person"),
        counted(summary.pages, "page"),
    ));
    let mut parts = vec![
        format!("{}: {}", output.shown, counted(published.files, "file")),
        size(published.bytes),
        format!("{} written", published.written),
    ];
    if published.removed > 0 {
        parts.push(format!("{} removed", published.removed));
    }
    if published.kept > 0 {
        parts.push(format!("{} of others kept", published.kept));
    }
    parts.push(format!("{:.2} s", started.elapsed().as_secs_f64()));
    terminal.say(parts.join(", "));
    if summary.reviews > 0 {
        let reviews = counted(summary.reviews, "open review");
        terminal.say(format_args!("{reviews}: `fonds review` lists them"));
    }
    terminal.say("see it with `fonds serve`");
}

/// The folder that the site is written to.
pub(super) struct Output {
    pub(super) path: PathBuf,
    /// Its path as users know it.
    pub(super) shown: String,
    exists: bool,
}

impl Output {
    /// The folder named on the command line, from the current one, else that of the settings.
    pub(super) fn of(
        archive: &Disk,
        config: &Config,
        named: Option<&Path>,
    ) -> Result<Self, Failure> {
        let (path, shown) = match named {
            Some(path) => (path.to_owned(), path.display().to_string()),
            None => (archive.root().join(&config.output_dir), config.output_dir.clone()),
        };
        check_place(archive.root(), &disk::resolve(&path)?, &shown)?;
        Ok(Self { exists: disk::is_folder(&path), path, shown })
    }
}

/// Refuses to put the site over what it is made from.
fn check_place(root: &Path, output: &Path, shown: &str) -> Result<(), Failure> {
    let own = [".git", "config.toml", "content", "seeds", "static", "themes"];
    if root.starts_with(output) || own.iter().any(|name| output.starts_with(root.join(name))) {
        return Err(Failure::usage(
            format!("`{shown}` is where the archive's own files are"),
            "name a folder for the site alone, such as `public`",
        ));
    }
    Ok(())
}
