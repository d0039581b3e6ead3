//! The command line: flags in, one file a command, an exit status out.
//!
//! Only this module, `disk`, `publish` and `serve` know files, the clock, the network and the
//! terminal. stdout is for data, stderr for talk. Status 0: done; 1: faults in the archive's files;
//! 2: wrong usage or environment; 130: interrupted.

mod build;
mod check;
mod clean;
mod clock;
mod completions;
mod failure;
mod format;
mod ingest;
mod init;
mod inputs;
mod interrupt;
mod man;
mod merge;
mod new;
mod progress;
mod record;
mod review;
mod schema;
mod search;
mod serve;
mod stats;
mod terminal;
mod theme;
mod urls;
mod words;

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use failure::Failure;
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

fn dispatch(arguments: &Arguments, terminal: &Terminal) -> Result<(), Failure> {
    let global = &arguments.global;
    match &arguments.command {
        Command::Init(own) => init::run(global, own, terminal),
        Command::New(own) => new::run(global, own, terminal),
        Command::Ingest(own) => ingest::run(global, own, terminal),
        Command::Review(own) => review::run(global, own, terminal),
        Command::Merge(own) => merge::run(global, own, terminal),
        Command::Build(own) => build::run(global, own, terminal),
        Command::Serve(own) => serve::run(global, own, terminal),
        Command::Check(own) => check::run(global, own, terminal),
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
