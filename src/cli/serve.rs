//! `fonds serve`: what a build is while serving, and what is said of it.

use std::io::ErrorKind;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use super::check::links::LinkChecker;
use super::check::origins::Origins;
use super::inputs::{Inputs, SiteArguments, open_disk};
use super::words::counted;
use super::{Failure, Global, Terminal, ingest, interrupt};
use crate::archive::{self, Audience};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::disk::Disk;
use crate::files::{FileError, MemoryFiles, Sink};
use crate::pipeline;
use crate::serve::{self, Build, Builder, News, Options};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    /// The address to listen at
    #[arg(short, long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    interface: IpAddr,
    /// The port to listen at; if it is taken, the next free one
    #[arg(short, long, default_value_t = 1111)]
    port: u16,
    /// Show the site in a browser
    #[arg(short = 'O', long)]
    open: bool,
    /// Leave content/ as it is
    #[arg(long)]
    no_ingest: bool,
}

pub(super) fn run(
    global: &Global,
    arguments: &Arguments,
    terminal: &Terminal,
) -> Result<(), Failure> {
    interrupt::watch(Duration::ZERO);
    let root = open_disk(global)?.root().to_owned();
    super::clock::today()?;
    let options =
        Options { root: root.clone(), interface: arguments.interface, port: arguments.port };
    let source = Source {
        global: Global { root: root.clone(), ..*global },
        site: arguments.site.clone(),
        ingests: !arguments.no_ingest,
        terminal: *terminal,
        told: Vec::new(),
    };
    let (terminal, open) = (*terminal, arguments.open);
    let teller = move |news: News<'_>| tell(&news, &root, open, &terminal);
    serve::run(&options, Box::new(source), Arc::new(teller))
        .map_err(|error| cannot_listen(&error, &options))
}

/// What the site is built from, again and again.
struct Source {
    global: Global,
    site: SiteArguments,
    ingests: bool,
    terminal: Terminal,
    /// What the drafts of this build had to tell.
    told: Vec<Diagnostic>,
}

impl Source {
    fn try_draft(&self, report: &Report) -> Result<Vec<String>, Failure> {
        let inputs = Inputs::open(&self.global, &self.site)?;
        let settings = Report::new();
        let config = inputs.settings(&settings);
        if settings.has_errors() {
            // The build tells of them.
            return Ok(Vec::new());
        }
        let drafts = ingest::refresh(&inputs, &config, report)?;
        drafts.tell(&self.terminal);
        Ok(drafts.changed)
    }

    fn try_build(&self, report: &Report) -> Result<Build, Failure> {
        let inputs = Inputs::open(&self.global, &self.site)?;
        let config = inputs.settings(report);
        let files = MemoryFiles::new();
        let links = LinkChecker::new(&config);
        inputs.build(&config, &Both { files: &files, links: &links }, report)?;
        let base_path = config.base_path().to_owned();
        let dead_links = match report.has_errors() {
            true => Vec::new(),
            false => dead_links(links, &inputs.disk, &config),
        };
        Ok(Build { files: files.into_files(), dead_links, base_path, ..Build::default() })
    }
}

/// Keeps the files, and looks for dead links in them.
struct Both<'a> {
    files: &'a MemoryFiles,
    links: &'a LinkChecker,
}

impl Sink for Both<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        self.links.put(path, bytes)?;
        self.files.put(path, bytes)
    }
}

fn dead_links(links: LinkChecker, disk: &Disk, config: &Config) -> Vec<Diagnostic> {
    let (found, silent) = (Report::new(), Report::new());
    let entries = pipeline::load_content(disk, config, &silent);
    let archive = archive::assemble(entries, &Audience::everyone(), &silent);
    links.check(&Origins::new(disk, &archive), None, &found);
    found.sorted()
}

impl Builder for Source {
    fn draft(&mut self) -> Vec<String> {
        let report = Report::new();
        let drafts = match self.ingests {
            true => self.try_draft(&report),
            false => Ok(Vec::new()),
        };
        report.extend(drafts.as_ref().err().map(Failure::diagnostics).unwrap_or_default().to_vec());
        self.told = report.sorted();
        drafts.unwrap_or_default()
    }

    fn build(&mut self) -> Build {
        let report = Report::new();
        report.extend(std::mem::take(&mut self.told));
        let build = self.try_build(&report).unwrap_or_else(|failure| {
            report.extend(failure.diagnostics().to_vec());
            Build::default()
        });
        Build { diagnostics: report.sorted(), ..build }
    }
}

fn tell(news: &News<'_>, root: &Path, open: bool, terminal: &Terminal) {
    match news {
        News::Built { diagnostics, changed, time } => {
            tell_changes(changed, root, terminal);
            if diagnostics.iter().any(|d| d.severity == Severity::Error) {
                return terminal.faults(diagnostics, "the last good site stays");
            }
            terminal.faults(diagnostics, "");
            terminal.say(format_args!("built in {:.2} s", time.as_secs_f64()));
        }
        News::Listening { url, taken } => {
            if let Some(port) = taken {
                terminal.say(format_args!("port {port} is taken, so another one is used"));
            }
            terminal.say(format_args!("the site is at {url} (Ctrl-C ends this)"));
            if open {
                open_browser(url, terminal);
            }
        }
        News::Polling => terminal
            .say("too many folders for this system to watch: they are looked through every second"),
    }
}

fn tell_changes(changed: &[PathBuf], root: &Path, terminal: &Terminal) {
    let shown = |path: &PathBuf| path.strip_prefix(root).unwrap_or(path).display().to_string();
    match changed {
        [] => {}
        [one] => terminal.say(format_args!("changed: {}", shown(one))),
        [first, rest @ ..] => {
            terminal.say(format_args!(
                "changed: {} and {}",
                shown(first),
                counted(rest.len(), "other")
            ));
        }
    }
}

fn open_browser(url: &str, terminal: &Terminal) {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    let mut command = Command::new(program);
    command.arg(url).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    if command.spawn().is_err() {
        terminal.say(format_args!("`{program}` is not there: open the address by hand"));
    }
}

fn cannot_listen(error: &std::io::Error, options: &Options) -> Failure {
    let address = format!("{}:{}", options.interface, options.port);
    let help = match error.kind() {
        ErrorKind::AddrInUse => "name a free port with `--port`",
        ErrorKind::AddrNotAvailable => "name an address of this machine with `--interface`",
        ErrorKind::PermissionDenied => "name a port above 1023 with `--port`",
        _ => "look whether the archive's folder can be read",
    };
    Failure::usage(format!("cannot serve at `{address}`: {error}"), help)
}
