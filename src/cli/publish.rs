//! `fonds publish`: the site to where readers find it, only what changed.

use std::cell::OnceCell;

use clap::Args;
use serde_json::json;

use super::build::{self, Output};
use super::format::Format;
use super::inputs::{Inputs, Opened, Publishing, SiteArguments};
use super::progress::{Steps, Waiting};
use super::words::{counted, size, visible};
use super::{Done, Failure, Global, Terminal, anchors, check, interrupt, urls};
use crate::disk::Disk;
use crate::pipeline::Contents;
use crate::publish::targets::{Change, FinishedSite, Listener, Target, TargetError, open_target};
use crate::publish::{Turn, VerifyError};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// What other programs take: answered with the setting that it is here
    #[arg(value_name = "PLACE", hide = true)]
    place: Option<String>,
    /// Name what would be sent and removed, and send nothing
    #[arg(long)]
    dry_run: bool,
    /// Publish the site as the last build left it
    #[arg(long)]
    no_build: bool,
    /// Give up the published URLs that would be dead; a note that says so takes their place
    #[arg(long, conflicts_with_all = ["no_build", "dry_run"])]
    accept_removed: bool,
    /// Continue even though another publisher holds the target: use it only if that publisher was killed
    #[arg(long)]
    take_over: bool,
    /// Output format: text (stderr) or json (stdout)
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// What keeps two runs of one archive apart.
const LOCK: &str = ".fonds/publish.lock";

pub(super) fn run(global: &Global, arguments: &Arguments, terminal: &Terminal) -> Done {
    if let Some(place) = &arguments.place {
        return Err(Failure::usage(
            format!("`{place}` cannot be given here: where the site is published is a setting"),
            format!(
                "write `target = \"folder\"` and `address = \"{place}\"` below `[publish]` in config.toml, or run \
                 `fonds build --output-dir {place}` to write the site there this once"
            ),
        ));
    }
    let opened = Opened::without_faults(global)?;
    let mut target = open_target(&opened.config.publish, opened.disk.root())
        .map_err(|fault| Failure::Faults(vec![*fault]))?;
    let starters = check::starter::faults(&opened.disk, &opened.config);
    if !starters.is_empty() {
        return Err(Failure::Faults(starters));
    }
    let turn = take_turn(&opened.disk)?;
    let inputs = Inputs::open(global, &SiteArguments { drafts: false, base_url: None })?;
    // Read once: no draft is written here, so that the site is built from the same files.
    let contents = OnceCell::new();
    let publishing = || {
        let (inputs, config) = (&inputs, &opened.config);
        let contents = contents.get_or_init(|| Contents::read(&inputs.disk, config));
        Publishing { inputs, config, contents }
    };
    if !arguments.no_build && !arguments.dry_run {
        if arguments.accept_removed {
            urls::accept_removed(publishing(), terminal)?;
        }
        anchors::record(publishing(), terminal)?;
    }
    match arguments.no_build {
        // Drafts that nobody has seen must not be published, nor a site that was built for a preview.
        false => build::for_readers(global, terminal)?,
        true => interrupt::watch(interrupt::GRACE),
    }
    let output = Output::of(&opened.disk, &opened.config, None)?;
    let site = open_site(&output)?;
    let change = publish(&mut *target, &site, arguments, terminal)?;
    drop(turn);
    if !arguments.dry_run {
        let has = |path: &str| site.checksums().contains_key(path);
        urls::record(publishing(), &has, terminal)?;
    }
    tell(&change, &*target, arguments, terminal);
    Ok(())
}

fn open_site(output: &Output) -> Result<FinishedSite, Failure> {
    FinishedSite::open(&output.path, &output.shown).map_err(|error| match error {
        VerifyError::NoList(shown) => {
            Failure::usage(format!("`{shown}` has no site"), "run `fonds build` first")
        }
        other => other.into(),
    })
}

fn take_turn(disk: &Disk) -> Result<Turn, Failure> {
    disk.write_new(".fonds/.gitignore", b"*\n")?;
    Turn::take(&disk.root().join(LOCK), LOCK)?.ok_or_else(|| {
        Failure::usage("another run is publishing this archive", "wait until it has ended")
    })
}

fn publish(
    target: &mut dyn Target,
    site: &FinishedSite,
    arguments: &Arguments,
    terminal: &Terminal,
) -> Result<Change, TargetError> {
    let waiting = Waiting::new("asking what is there", terminal);
    if !arguments.dry_run {
        target.lease(arguments.take_over)?;
    }
    let change = Change::between(target.held(site)?.as_ref(), site);
    drop(waiting);
    if !arguments.dry_run {
        let files = change.sent.len() + change.removed.len();
        target.send(site, &change, &Listening(Steps::new(files, "file", terminal)))?;
    }
    Ok(change)
}

/// Shows how far a target is.
struct Listening(Steps);

impl Listener for Listening {
    fn sent(&self, files: usize) {
        (0..files).for_each(|_| self.0.step());
    }

    fn is_stopped(&self) -> bool {
        interrupt::happened()
    }
}

fn tell(change: &Change, target: &dyn Target, arguments: &Arguments, terminal: &Terminal) {
    let (new, changed): (Vec<_>, Vec<_>) = change.sent.iter().partition(|(_, sent)| sent.is_new);
    if arguments.format == Format::Json {
        let paths = |sent: &[(&String, _)]| {
            sent.iter().map(|(path, _)| (*path).clone()).collect::<Vec<_>>()
        };
        let facts = json!({
            "target": target.shown(),
            "dry_run": arguments.dry_run,
            "new": paths(&new),
            "changed": paths(&changed),
            "removed": change.removed,
            "kept": change.kept,
            "bytes": change.bytes(),
        });
        return terminal.data(serde_json::to_string_pretty(&facts).expect("texts are always JSON"));
    }
    if arguments.dry_run {
        for (what, files) in [("new", &new), ("changed", &changed)] {
            for (path, sent) in files {
                terminal.data(format_args!("{what:<8} {} ({})", visible(path), size(sent.size)));
            }
        }
        for path in &change.removed {
            terminal.data(format_args!("{:<8} {}", "removed", visible(path)));
        }
    }
    let would = if arguments.dry_run { "would be " } else { "" };
    let what = match change.is_empty() {
        true => "nothing to send".to_owned(),
        false => format!(
            "{} {would}sent ({} new, {} changed), {}, {} {would}removed",
            counted(change.sent.len(), "file"),
            new.len(),
            changed.len(),
            size(change.bytes()),
            change.removed.len(),
        ),
    };
    terminal.say(format_args!("{}: {what}, {} unchanged", target.shown(), change.kept));
}

impl From<TargetError> for Failure {
    fn from(error: TargetError) -> Self {
        if interrupt::happened() {
            return Self::Interrupted;
        }
        match error {
            TargetError::Publish(error) => error.into(),
            TargetError::File(error) => error.into(),
            TargetError::Altered(_) => Self::Faults(error.diagnostics()),
            _ => Self::Environment(error.diagnostics()),
        }
    }
}

/// Whether the settings of the target are good, for `fonds check`.
pub(super) fn check(
    config: &crate::config::Config,
    disk: &Disk,
) -> Option<crate::diagnostic::Diagnostic> {
    let is_set = config.publish != crate::config::PublishSettings::default();
    is_set.then(|| open_target(&config.publish, disk.root()).err())?.map(|fault| *fault)
}
