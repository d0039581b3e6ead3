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

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand, ValueEnum};

use failure::Failure;
use terminal::Terminal;

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
const EVERYWHERE: &str = "Options of every command";

/// What every command understands.
#[derive(Debug, Args)]
struct Global {
    /// The archive's folder, the one with config.toml
    #[arg(
        long,
        global = true,
        value_name = "DIR",
        default_value = ".",
        hide_default_value = true,
        help_heading = EVERYWHERE
    )]
    root: PathBuf,
    /// Say nothing but errors
    #[arg(short, long, global = true, conflicts_with = "verbose", help_heading = EVERYWHERE)]
    quiet: bool,
    /// Say more
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

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a new archive that builds at once
    Init(init::Arguments),
    /// Make a new content file
    New(new::Arguments),
    /// Draft content files from the seeds
    Ingest(ingest::Arguments),
    /// List what is doubtful in the drafts, worst first, and settle it
    ///
    /// Doubts that would mislead readers most come first: about the date, then creators, signatories,
    /// recipients, title, kind, language, and the rest.
    Review(review::Arguments),
    /// Make one record of two organizations or people
    ///
    /// FROM's names, identifiers and text go into INTO's record, its file is deleted, its URL leads to
    /// INTO's. Documents are not changed. To undo it, restore both files from your version control, or
    /// take the names out of `aliases` and `merged` again.
    Merge(merge::Arguments),
    /// Make the site
    Build(build::Arguments),
    /// Show the site while you edit
    Serve(serve::Arguments),
    /// Tell everything that is wrong with the archive, and write nothing
    Check(check::Arguments),
    /// Delete the site that builds wrote
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
    let arguments = Arguments::parse();
    let terminal = Terminal::new(&arguments.global);
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
