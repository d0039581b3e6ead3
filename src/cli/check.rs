//! `fonds check`: everything that is wrong with the archive, without writing a file.
//!
//! The site is made as a build makes it, into a sink that looks at the finished pages.

mod accessibility;
pub(super) mod address;
mod alike;
mod external;
mod format;
mod hosts;
pub(super) mod links;
mod minimum;
pub(super) mod origins;
pub(super) mod page;
mod personal;
mod reviews;
pub(super) mod starter;

use clap::{Args, ValueEnum};

use links::Lost;
use origins::Origins;

use super::inputs::{Inputs, SiteArguments};
use super::progress::{Progress, Waiting};
use super::words::counted;
use super::{Done, Failure, Global, Terminal, interrupt};
use crate::archive::{self, Audience};
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::ingest;
use crate::pipeline;
use crate::render::theme;
use crate::review::{self, NearNames};
use crate::slug::slugify;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    /// Also check links to other sites; results are cached for a week
    #[arg(long)]
    external: bool,
    /// Output format: text (stderr), json or github (stdout)
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people, as a build prints them
    Text,
    /// An array of objects
    Json,
    /// Workflow commands, which GitHub shows as annotations
    Github,
}

pub(super) fn run(global: &Global, arguments: &Arguments, terminal: &Terminal) -> Done {
    interrupt::watch(std::time::Duration::ZERO);
    let inputs = Inputs::open(global, &arguments.site)?;
    let report = Report::new();
    let config = inputs.settings(&inputs.disk, &report);
    report.extend(super::publish::check(&config, &inputs.disk));
    // Faults of the settings would be reported twice, and make bad drafts.
    if !report.has_errors() {
        let waiting = Waiting::new("reading seeds", terminal);
        drop(ingest::plan(&inputs.disk, &config, inputs.today, &report));
        drop(waiting);
    }
    let checker = links::LinkChecker::new(&config);
    let watch = personal::Watch::new(&checker);
    let census = hosts::Census::new(&watch);
    let progress = Progress::new(&census, terminal);
    let summary = inputs.build(&inputs.disk, &config, &progress, &report)?;
    drop(progress);
    census.check(&config, &inputs.disk, &report);
    // The build reported what is wrong with the files.
    let silent = Report::new();
    let entries = pipeline::load_content(&inputs.disk, &config, &silent);
    reviews::check(&inputs.disk, &entries, &report);
    accessibility::check(&inputs.disk, &entries, &report);
    alike::check(&inputs.disk, &entries, &report);
    minimum::check(&entries, &config, &report);
    starter::check(&inputs.disk, &config, &report);
    watch.check(&inputs.disk, &entries, &config, &report);
    // They stop no build, and yet the theme does not do what it is meant to.
    let theme = theme::load(&inputs.disk, &config, &silent);
    report.extend(theme.faults().into_iter().map(Diagnostic::as_warning));
    let archive = archive::assemble(entries, &Audience::everyone(), &silent);
    report.extend(review::near_names(&archive).iter().map(near_names));
    let external = arguments.external.then_some(inputs.today);
    let waiting = Waiting::new("looking at links", terminal);
    let checked = lost(&report)
        .map(|lost| checker.check(&Origins::new(&inputs.disk, &archive), external, &lost, &report));
    drop(waiting);
    tell(&report.sorted(), arguments.format, terminal);
    if report.has_errors() {
        return Err(Failure::told());
    }
    let Some(checked) = checked else { return Ok(()) };
    if let Some((asked, remembered)) = checked.external {
        let addresses = counted(asked, "address of another site");
        terminal.say(format_args!("{addresses} asked, {remembered} known from before"));
    }
    terminal.say(format_args!(
        "no error in {}, {}, {}",
        counted(summary.documents, "document"),
        counted(summary.pages, "page"),
        counted(checked.links, "link"),
    ));
    Ok(())
}

/// The content files with errors, if links can be judged without them: faults elsewhere spoil the whole site.
fn lost(report: &Report) -> Option<Lost> {
    let errors = report.sorted().into_iter().filter(|d| d.severity == Severity::Error);
    let slug = |error: Diagnostic| {
        let name = error.path.strip_prefix("content/")?.strip_suffix(".md")?;
        Some(slugify(name.rsplit('/').next().unwrap_or(name)))
    };
    errors.map(slug).collect::<Option<_>>().map(Lost)
}

fn near_names(pair: &NearNames) -> Diagnostic {
    let message = format!("`{}` may be another form of `{}`", pair.from, pair.into);
    Diagnostic::warning(pair.path.clone(), message)
        .note(format!("the other one is {}", pair.place))
        .help(format!("if they are the same: {}; if not, leave them", pair.command()))
}

fn tell(diagnostics: &[Diagnostic], format: Format, terminal: &Terminal) {
    match format {
        Format::Text => terminal.faults(diagnostics, ""),
        Format::Json => terminal.data(super::format::lines(diagnostics)),
        Format::Github => {
            for diagnostic in diagnostics {
                terminal.data(format::github(diagnostic));
            }
        }
    }
}
