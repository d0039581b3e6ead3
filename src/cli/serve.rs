//! `fonds serve`: what a build is while serving, and what is said of it.

use std::io::ErrorKind;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use clap::Args;

use super::check::links::{LinkChecker, Lost};
use super::check::origins::Origins;
use super::inputs::{Inputs, SiteArguments, open_disk};
use super::words::counted;
use super::{Done, Failure, Global, Terminal, ingest, interrupt};
use crate::archive::Archive;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::files::Sources;
use crate::pipeline::BuildOptions;
use crate::serve::{self, Builder, Drafts, LinkCheck, News, Options, Settings};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    /// Address to listen on
    #[arg(short, long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    interface: IpAddr,
    /// Port to listen on; if it is in use, the next free one
    #[arg(short, long, default_value_t = 1111)]
    port: u16,
    /// Open the site in a browser
    #[arg(short = 'O', long)]
    open: bool,
    /// Check the folders every second: for network drives and containers that do not report changes
    #[arg(long)]
    poll: bool,
    /// Do not draft from the seeds
    #[arg(long)]
    no_ingest: bool,
}

pub(super) fn run(global: &Global, arguments: &Arguments, terminal: &Terminal) -> Done {
    interrupt::watch(Duration::ZERO);
    let root = open_disk(global)?.root().to_owned();
    super::clock::today()?;
    let options = Options {
        root: root.clone(),
        interface: arguments.interface,
        port: arguments.port,
        poll: arguments.poll,
    };
    let source = Source {
        global: Global { root: Some(root.clone()), ..*global },
        site: arguments.site.clone(),
        ingests: !arguments.no_ingest,
        terminal: *terminal,
    };
    let (terminal, open) = (*terminal, arguments.open);
    let teller = move |news: News<'_>| tell(&news, &root, open, &terminal);
    let checks =
        Box::new(|config: &Config| -> Box<dyn LinkCheck> { Box::new(LinkChecker::new(config)) });
    serve::run(&options, Box::new(source), checks, Arc::new(teller))
        .map_err(|error| cannot_listen(&error, &options))
}

/// What the command line asks of a run.
struct Source {
    global: Global,
    site: SiteArguments,
    ingests: bool,
    terminal: Terminal,
}

impl Source {
    fn try_draft(&self, report: &Report) -> Result<Vec<String>, Failure> {
        let inputs = Inputs::open(&self.global, &self.site)?;
        let settings = Report::new();
        let config = inputs.settings(&inputs.disk, &settings);
        if settings.has_errors() {
            // Loading the archive reports them.
            return Ok(Vec::new());
        }
        let drafts = ingest::refresh(&inputs, &inputs.disk, &config, report)?;
        drafts.tell(&self.terminal);
        Ok(drafts.changed)
    }
}

impl Builder for Source {
    fn settings(&self) -> Settings {
        let today = super::clock::today().ok();
        let options = BuildOptions { drafts: self.site.drafts, today };
        Settings { options, base_url: self.site.base_url.clone() }
    }

    fn draft(&mut self) -> Drafts {
        if !self.ingests {
            return Drafts::default();
        }
        let report = Report::new();
        let changed = self.try_draft(&report).unwrap_or_else(|failure| {
            report.extend(failure.diagnostics().to_vec());
            Vec::new()
        });
        Drafts { changed, diagnostics: report.sorted() }
    }
}

impl LinkCheck for LinkChecker {
    fn dead(&self, sources: &dyn Sources, archive: &Archive) -> Vec<Diagnostic> {
        let report = Report::new();
        self.check(&Origins::new(sources, archive), None, &Lost::default(), &report);
        report.sorted()
    }

    fn next(&self, config: &Config) -> Box<dyn LinkCheck> {
        Box::new(Self::after(self.pages(), config))
    }
}

fn tell(news: &News<'_>, root: &Path, open: bool, terminal: &Terminal) {
    match news {
        News::Built { diagnostics, changed, time } => {
            tell_changes(changed, root, terminal);
            if diagnostics.iter().any(|d| d.severity == Severity::Error) {
                return terminal.faults(diagnostics, "the last good site is still shown");
            }
            terminal.say(format_args!("loaded in {:.3} s", time.as_secs_f64()));
        }
        // With warnings, which would be reported twice otherwise.
        News::Checked { diagnostics } => {
            terminal.faults(diagnostics, "pages without faults are shown");
        }
        News::Listening { url, taken } => {
            if let Some(port) = taken {
                terminal.say(format_args!("port {port} is in use; using the next free one"));
            }
            terminal.say(format_args!("the site is at {url} (Ctrl-C to stop)"));
            if open {
                open_browser(url, terminal);
            }
        }
        News::Polling => terminal
            .say("too many folders for this system to watch; checking them every second instead"),
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
        terminal.say(format_args!("`{program}` is not installed; open the address yourself"));
    }
}

fn cannot_listen(error: &std::io::Error, options: &Options) -> Failure {
    let address = format!("{}:{}", options.interface, options.port);
    let help = match error.kind() {
        ErrorKind::AddrInUse => "choose a free port with `--port`",
        ErrorKind::AddrNotAvailable => "choose an address of this machine with `--interface`",
        ErrorKind::PermissionDenied => "choose a port above 1023 with `--port`",
        _ => "check that the archive's folder can be read",
    };
    Failure::usage(format!("cannot serve at `{address}`: {error}"), help)
}
