//! The command line: flags in, one file a command, an exit status out.
//!
//! Only this module, `disk`, `publish` and `serve` know files, the clock, the network and the
//! terminal. stdout is for data, stderr for talk. Status 0: done; 1: faults in the archive's files;
//! 2: wrong usage or environment; 130: interrupted.

mod anchors;
mod apart;
mod build;
mod check;
mod clean;
mod clock;
mod completions;
mod export;
mod failure;
mod format;
mod ingest;
mod init;
mod inputs;
mod interrupt;
mod man;
mod merge;
mod new;
mod ocr;
mod progress;
mod publish;
mod record;
mod review;
mod schema;
mod search;
mod serve;
mod stats;
mod terminal;
mod theme;
mod urls;
mod verify;
mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use failure::{Done, Failure};
use terminal::Terminal;

use crate::disk;

/// Makes a public archive of letters and other documents: a web site that needs no server.
#[derive(Debug, Parser)]
#[command(name = "fonds", version, arg_required_else_help = true, max_term_width = 100)]
struct Arguments {
    #[command(flatten)]
    global: Global,
    #[command(subcommand)]
    command: Command,
}

/// Heading of what every command understands, so that its own options stand together.
const EVERYWHERE: &str = "Global options";

/// What every command understands.
#[derive(Debug, Args)]
struct Global {
    /// The archive's folder, the one with config.toml; without it, this folder or the nearest archive above it
    #[arg(long, global = true, value_name = "DIR", help_heading = EVERYWHERE)]
    root: Option<PathBuf>,
    /// Show errors only
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = EVERYWHERE)]
    quiet: bool,
    /// Show more details
    #[arg(short, long, global = true, help_heading = EVERYWHERE)]
    verbose: bool,
    /// Use colours
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_default_value = true,
        help_heading = EVERYWHERE
    )]
    color: Color,
}

impl Global {
    /// The archive's folder.
    fn root(&self) -> &Path {
        self.root.as_deref().unwrap_or(Path::new("."))
    }

    /// Below an archive's folder, commands work on that archive, as those of `git` and `cargo` do.
    fn find_archive(&mut self, terminal: &Terminal) {
        if self.root.is_none()
            && let Some(above) = disk::archive_above(Path::new("."))
        {
            terminal.say(format_args!("the archive is in {}", above.display()));
            self.root = Some(above);
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Create a new archive, ready to build
    Init(init::Arguments),
    /// Create a new content file
    New(new::Arguments),
    /// Draft content files from the seeds
    Ingest(ingest::Arguments),
    /// Read page images that have no text, by a program such as Tesseract
    ///
    /// What it reads is written beside the images, into files of hOCR, for `fonds ingest` to draft. Images that have a
    /// text are left alone, so that a run that was stopped goes on where it ended.
    Ocr(ocr::Arguments),
    /// List the doubts about the drafts, worst first, and settle them
    ///
    /// The most misleading doubts come first: about the date, then creators, signatories,
    /// recipients, title, kind, language, and the rest.
    Review(review::Arguments),
    /// Merge the records of two organizations or people
    ///
    /// The names, identifiers and text of FROM are added to the record of INTO, the file of FROM is deleted,
    /// and its URL redirects to INTO. Documents are not changed. To undo a merge, restore both files from
    /// version control, or take the names out of `aliases` and `merged` again.
    Merge(merge::Arguments),
    /// Build the site
    Build(build::Arguments),
    /// Preview the site while you edit
    Serve(serve::Arguments),
    /// Report everything that is wrong with the archive, and write nothing
    Check(check::Arguments),
    /// Publish the site: to a folder, a git branch, or a server
    ///
    /// `[publish]` in config.toml says where that is. The site is built first, without drafts and without reading
    /// seeds. Only what changed is sent: first what pages need, then pages, then removals.
    Publish(publish::Arguments),
    /// Compare a site, a copy of it, or the seeds with their checksums
    ///
    /// Every file is read. One that was altered, is missing, or is not in the list is named, and the status is 1.
    Verify(verify::Arguments),
    /// Write the site as an offline folder, a BagIt bag, or texts for programs
    ///
    /// What readers must not see is in none of them: drafts, documents under embargo, what is withheld.
    Export(export::Arguments),
    /// Delete the built site
    Clean,
    /// Count what the archive holds
    Stats(stats::Arguments),
    /// Print the JSON Schema of front matter or settings, for editors
    Schema(schema::Arguments),
    /// Export records for a search server
    Search(search::Arguments),
    /// List, copy and check templates
    Theme(theme::Arguments),
    /// Print a script that completes commands in a shell
    Completions(completions::Arguments),
    /// Write a manual page for each command
    Man(man::Arguments),
}

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    if let Some(status) = apart::answer() {
        return status;
    }
    apart::install();
    let mut arguments = Arguments::parse();
    let terminal = Terminal::new(&arguments.global);
    if !matches!(arguments.command, Command::Init(_) | Command::Completions(_) | Command::Man(_)) {
        arguments.global.find_archive(&terminal);
    }
    // Minifying needs a deep stack for deeply nested pages. No harm if a pool exists already.
    let _ = rayon::ThreadPoolBuilder::new().stack_size(8 << 20).build_global();
    match dispatch(&arguments, &terminal) {
        Ok(()) if Terminal::has_lost_data() => ExitCode::from(2),
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            terminal.diagnostics(failure.diagnostics());
            failure.status()
        }
    }
}

fn dispatch(arguments: &Arguments, terminal: &Terminal) -> Done {
    let global = &arguments.global;
    match &arguments.command {
        Command::Init(own) => init::run(global, own, terminal),
        Command::New(own) => new::run(global, own, terminal),
        Command::Ingest(own) => ingest::run(global, own, terminal),
        Command::Ocr(own) => ocr::run(global, own, terminal),
        Command::Review(own) => review::run(global, own, terminal),
        Command::Merge(own) => merge::run(global, own, terminal),
        Command::Build(own) => build::run(global, own, terminal),
        Command::Serve(own) => serve::run(global, own, terminal),
        Command::Check(own) => check::run(global, own, terminal),
        Command::Publish(own) => publish::run(global, own, terminal),
        Command::Verify(own) => verify::run(global, own, terminal),
        Command::Export(own) => export::run(global, own, terminal),
        Command::Clean => clean::run(global, terminal),
        Command::Stats(own) => stats::run(global, own, terminal),
        Command::Schema(own) => schema::run(global, own, terminal),
        Command::Search(own) => search::run(global, own, terminal),
        Command::Theme(own) => theme::run(global, own, terminal),
        Command::Man(own) => man::run(own, terminal),
        Command::Completions(own) => completions::run(own, terminal),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        <Arguments as clap::CommandFactory>::command().debug_assert();
    }
}
