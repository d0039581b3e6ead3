//! `fonds search export`: the archive's records for a search server, in files.

use clap::{Args, Subcommand, ValueEnum};

use super::inputs::Opened;
use super::words::counted;
use super::{Done, Failure, Global, Terminal, clock};
use crate::disk::Disk;
use crate::files::{FileError, Sink};
use crate::pipeline::{BuildOptions, Run};
use crate::search::Server;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Write the records of all documents for a search server
    Export {
        /// The kind of server
        #[arg(long, value_enum)]
        to: To,
        /// Folder to write to, inside the archive
        #[arg(short, long, value_name = "DIR", default_value = "search-export")]
        output_dir: String,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum To {
    /// Tables with a schema, as src/search/HTTP.md describes
    Postgres,
    /// Bodies of bulk requests; checked for their form, not with a server
    Opensearch,
    /// Batches of documents; checked for their form, not with a server
    Meilisearch,
}

pub(super) fn run(global: &Global, arguments: &Arguments, terminal: &Terminal) -> Done {
    let Task::Export { to, output_dir } = &arguments.task;
    let Opened { disk, config, report } = Opened::at(global)?;
    let server = match to {
        To::Postgres => Server::Postgres,
        To::Opensearch => Server::OpenSearch,
        To::Meilisearch => Server::Meilisearch,
    };
    let folder = Folder { disk: &disk, path: output_dir.trim_end_matches('/') };
    if disk.exists(folder.path) {
        return Err(Failure::usage(
            format!("`{}` already exists", folder.path),
            "delete it, or choose another folder with `--output-dir`",
        ));
    }
    let options = BuildOptions { drafts: false, today: Some(clock::today()?) };
    let run = Run { sources: &disk, config: &config, options: &options, report: &report };
    let exported = run.export(server, &folder);
    terminal.faults(&report.sorted(), "");
    let documents = exported?;
    terminal.say(format_args!("{}: {}", folder.path, counted(documents, "document")));
    if report.has_errors() { Err(Failure::told()) } else { Ok(()) }
}

/// A folder of the archive.
struct Folder<'a> {
    disk: &'a Disk,
    path: &'a str,
}

impl Sink for Folder<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        self.disk.put(&format!("{}/{path}", self.path), bytes)
    }
}
