//! `fonds export`: the site as a folder that opens without a server, as a bag, or as texts for programs.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::build::Output;
use super::inputs::{Inputs, SiteArguments};
use super::progress::Progress;
use super::words::{counted, size};
use super::{Done, Failure, Global, Terminal, clock, interrupt};
use crate::config::Config;
use crate::diagnostic::Report;
use crate::export::{About, Bag, Folder};
use crate::files::{FileError, Sink};
use crate::pipeline::Run;
use crate::publish::{NewFolder, Publication};
use crate::render::Corpus;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(subcommand)]
    task: Task,
}

#[derive(Debug, Subcommand)]
enum Task {
    /// Write a copy of the site that opens from a folder, search included
    ///
    /// Every link is relative: put it on a memory stick, or on a computer without a network, and open `index.html`.
    /// An existing copy is replaced; other files in it stay.
    Folder {
        /// The folder to write to
        dir: PathBuf,
    },
    /// Write a BagIt bag for long-term preservation: a copy of the site, and all texts
    ///
    /// The copy is in `data/site/`, the texts are in `data/texts/`.
    Bag {
        /// The folder to make
        dir: PathBuf,
    },
    /// Write all records and texts for programs, as JSON Lines and CSV
    Text {
        /// The folder to write to
        dir: PathBuf,
        /// Write a SQLite database as well: the tables and the texts, with a full-text index
        #[arg(long)]
        sqlite: bool,
    },
}

/// Where the copy of the site and the texts are in a bag.
const SITE: &str = "site/";
const TEXTS: &str = "texts";

pub(super) fn run(global: &Global, arguments: &Arguments, terminal: &Terminal) -> Done {
    interrupt::watch(interrupt::GRACE);
    let site = SiteArguments { drafts: false, base_url: None };
    let (inputs, report) = (Inputs::open(global, &site)?, Report::new());
    let mut config = inputs.settings(&inputs.disk, &report);
    // A copy has pages of its own, and no server that would send another form of them.
    config.outputs.precompressed = false;
    let (Task::Folder { dir } | Task::Bag { dir } | Task::Text { dir, .. }) = &arguments.task;
    let output = Output::of(&inputs.disk, &config, Some(dir))?;
    let export = Export { inputs, config, report, output, terminal };
    if export.report.has_errors() {
        return Err(export.refuse());
    }
    match &arguments.task {
        Task::Folder { .. } => export.folder(),
        Task::Bag { .. } => export.bag(),
        Task::Text { sqlite, .. } => export.text(*sqlite),
    }
}

struct Export<'a> {
    inputs: Inputs,
    config: Config,
    report: Report,
    output: Output,
    terminal: &'a Terminal,
}

impl Export<'_> {
    fn folder(&self) -> Done {
        let publication = Publication::begin(&self.output.path, &self.output.shown)?;
        self.site("", &publication)?;
        self.commit(publication)
    }

    fn text(&self, sqlite: bool) -> Done {
        if sqlite && !cfg!(feature = "sqlite") {
            return Err(Failure::usage(
                "this program was built without SQLite: it cannot write a database",
                "use a packaged program, or build one with `cargo build --release --features sqlite`",
            ));
        }
        let corpus = if sqlite { Corpus::Sqlite } else { Corpus::Lines };
        let publication = Publication::begin(&self.output.path, &self.output.shown)?;
        self.texts(&publication, corpus)?;
        self.commit(publication)
    }

    fn commit(&self, publication: Publication) -> Done {
        let (published, _) = publication.commit()?;
        self.terminal.faults(&self.report.sorted(), "");
        let written = format!("{} written, {} removed", published.written, published.removed);
        self.tell(published.files, published.bytes, &written);
        Ok(())
    }

    fn bag(&self) -> Done {
        let folder = NewFolder::begin(&self.output.path, &self.output.shown)?;
        let bag = Bag::new(&folder);
        self.site(SITE, &bag)?;
        self.texts(&Below { folder: TEXTS, sink: &bag }, Corpus::Lines)?;
        let (files, bytes) = bag.finish(&self.about()?)?;
        folder.commit()?;
        self.terminal.faults(&self.report.sorted(), "");
        self.tell(files, bytes, "a bag");
        Ok(())
    }

    /// Hands a copy of the site to a sink.
    fn site(&self, below: &str, sink: &dyn Sink) -> Done {
        let folder = Folder::new(&self.config, below, sink);
        let progress = Progress::new(&folder, self.terminal);
        let built = self.inputs.build(&self.inputs.disk, &self.config, &progress, &self.report);
        drop(progress);
        self.stop_at_faults()?;
        built?;
        Ok(folder.finish()?)
    }

    /// Hands all records and texts to a sink.
    fn texts(&self, sink: &dyn Sink, corpus: Corpus) -> Done {
        // The site reports what is wrong, if it is made as well.
        let (report, options) = (Report::new(), self.inputs.options());
        let (sources, config) = (&self.inputs.disk, &self.config);
        let made = Run { sources, config, options: &options, report: &report }.texts(sink, corpus);
        let told = self.report.sorted();
        self.report.extend(report.sorted().into_iter().filter(|new| !told.contains(new)));
        self.stop_at_faults()?;
        made?;
        Ok(())
    }

    fn about(&self) -> Result<About, Failure> {
        let archive = &self.config.archive;
        let organization =
            archive.publisher.clone().unwrap_or(self.config.archive_name().to_owned());
        let description = self.config.description.as_ref();
        Ok(About {
            organization,
            description: description.unwrap_or(&self.config.title).clone(),
            identifier: Some(self.config.base_url.clone()).filter(|url| !url.is_empty()),
            day: clock::today()?.to_string(),
        })
    }

    fn tell(&self, files: usize, bytes: u64, more: &str) {
        let shown = self.output.shown.trim_end_matches('/');
        let files = counted(files, "file");
        self.terminal.say(format_args!("{shown}: {files}, {}, {more}", size(bytes)));
    }

    fn stop_at_faults(&self) -> Done {
        if self.report.has_errors() { Err(self.refuse()) } else { Ok(()) }
    }

    fn refuse(&self) -> Failure {
        self.terminal.faults(&self.report.sorted(), "nothing was exported");
        Failure::told()
    }
}

/// A folder of a sink.
struct Below<'a> {
    folder: &'a str,
    sink: &'a dyn Sink,
}

impl Sink for Below<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        self.sink.put(&format!("{}/{path}", self.folder), bytes)
    }
}
