//! `fonds build`: seeds → drafts → site, published if nothing is wrong.

mod dead_links;
mod scan;

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use serde_json::{Value, json};

use super::check::links::{LinkChecker, Lost};
use super::check::origins::Origins;
use super::format::{self, Format};
use super::inputs::{Inputs, Publishing, SiteArguments};
use super::progress::{Progress, Waiting};
use super::record::{Past, Record, Reported};
use super::words::{counted, size};
use super::{Done, Failure, Global, Terminal, anchors, ingest, interrupt, urls};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report};
use crate::disk::{self, Disk};
use crate::files::{Memo, Sources};
use crate::ingest::Drafted;
use crate::pipeline::{self, Contents, Known, Model, Recorder, Run, Summary};
use crate::publish::{Publication, PublishError, Published};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    site: SiteArguments,
    /// Folder to write to, instead of output_dir in config.toml
    #[arg(short, long, value_name = "DIR")]
    output_dir: Option<PathBuf>,
    /// Do not draft from the seeds
    #[arg(long)]
    no_ingest: bool,
    /// Publish what has no fault, even if other files have faults
    #[arg(short, long)]
    keep_going: bool,
    /// Record the URLs and anchors of the site in content/, since it is about to be published: from then on,
    /// all of them must stay valid
    #[arg(long, conflicts_with = "drafts")]
    lock_urls: bool,
    /// Give up the published URLs that would be dead; a note that says so takes their place
    #[arg(long, conflicts_with = "drafts")]
    accept_removed: bool,
    /// Output format: text (stderr) or json (stdout)
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

pub(super) use dead_links::Links;

use dead_links::DeadLinks;

pub(super) fn run(global: &Global, arguments: &Arguments, terminal: &Terminal) -> Done {
    let started = Instant::now();
    let tell = |build: &Build<'_>, built: &Built| {
        let diagnostics = build.report.sorted();
        if arguments.format == Format::Json {
            terminal.data(format::summary(facts(built, started), &diagnostics));
        } else {
            terminal.faults(&diagnostics, "");
            tell(built, &build.output, started, terminal);
        }
    };
    make(global, arguments, terminal, tell)
}

/// Makes the site that readers may see, from the content as it is; only faults are reported.
pub(super) fn for_readers(global: &Global, terminal: &Terminal) -> Done {
    let arguments = Arguments {
        site: SiteArguments { drafts: false, base_url: None },
        output_dir: None,
        no_ingest: true,
        lock_urls: false,
        accept_removed: false,
        keep_going: false,
        format: Format::Text,
    };
    make(global, &arguments, terminal, |build, _| terminal.faults(&build.report.sorted(), ""))
}

/// Makes the site, and reports it.
fn make(
    global: &Global,
    arguments: &Arguments,
    terminal: &Terminal,
    tell: impl FnOnce(&Build<'_>, &Built),
) -> Done {
    interrupt::watch(interrupt::GRACE);
    let inputs = Inputs::open(global, &arguments.site)?;
    let report = Report::new();
    let recorder = Recorder::new(&inputs.disk);
    let config = inputs.settings(&recorder, &report);
    let output = Output::of(&inputs.disk, &config, arguments.output_dir.as_deref())?;
    let contents = OnceCell::new();
    let build =
        Build { inputs: &inputs, arguments, recorder, config, contents, report, output, terminal };
    build.check_settings()?;
    let built = build.make()?;
    if arguments.lock_urls && !build.report.has_errors() {
        urls::record(build.publishing(), &|_| true, terminal)?;
    }
    tell(&build, &built);
    if build.report.has_errors() { Err(Failure::told()) } else { Ok(()) }
}

/// What became of the site.
struct Built {
    summary: Summary,
    published: Published,
    /// Whether the site of the last build is the one that this would have made.
    unchanged: bool,
}

/// What one run works with.
struct Build<'a> {
    inputs: &'a Inputs,
    arguments: &'a Arguments,
    recorder: Recorder<'a>,
    config: Config,
    /// What is to be recorded as published, once it was read.
    contents: OnceCell<Contents>,
    report: Report,
    output: Output,
    terminal: &'a Terminal,
}

impl Build<'_> {
    /// Stops at faults of the settings: half understood, they make bad drafts and a bad site. All
    /// that is wrong elsewhere is still reported.
    fn check_settings(&self) -> Done {
        if !self.report.has_errors() {
            return Ok(());
        }
        pipeline::load_content(&self.inputs.disk, &self.config, &self.report);
        Err(self.refuse())
    }

    /// Drafts, makes the site and publishes it, unless all of it is as it was.
    fn make(&self) -> Result<Built, Failure> {
        let arguments = self.arguments;
        let publication = Publication::begin(&self.output.path, &self.output.shown)?;
        // What is published today is what the seeds say today; a document that was renamed is drafted by its new name
        // before its URL is given up.
        if (arguments.lock_urls || arguments.accept_removed) && !arguments.no_ingest {
            self.ingest()?;
        }
        if arguments.accept_removed {
            urls::accept_removed(self.publishing(), self.terminal)?;
        }
        if arguments.lock_urls {
            anchors::record(self.publishing(), self.terminal)?;
        }
        let mut record = Record::of(self.inputs, &disk::resolve(&self.output.path)?);
        let past = record.past(&publication).filter(|_| !self.report.has_errors());
        let reads_seeds = !arguments.no_ingest;
        if let Some(past) = &past
            && past.is_same()
            && (past.reads_seeds || !reads_seeds)
        {
            self.report.extend(past.told.diagnostics.iter().cloned());
            let published = Published { written: 0, removed: 0, ..past.told.published };
            let summary = past.told.summary.clone();
            return Ok(Built { summary, published, unchanged: true });
        }
        let (mut memo, links) = past.as_ref().map(|past| record.memo_of(past)).unzip();
        let known = memo.as_ref().map(|memo| Known::take(&memo.shelf)).unwrap_or_default();
        let leaves_drafts = past.as_ref().is_some_and(|past| self.leaves_drafts(past, &known));
        match &past {
            Some(past) if leaves_drafts || !reads_seeds => {
                record.reads_seeds = leaves_drafts;
                self.recorder.expect(past.now.clone());
                if let Some((memo, texts)) = memo.as_mut().zip(self.changed_texts(past, &known)) {
                    memo.only_texts_changed(texts);
                }
            }
            _ => {
                record.reads_seeds = reads_seeds && self.ingest()?;
                if let Some(past) = &past {
                    // Drafts may have changed meanwhile.
                    self.recorder.expect(past.now.only(|path| !path.starts_with("content")));
                }
            }
        }
        let contents = Contents::read_unknown(known, &self.recorder, &self.config);
        contents.tell(&self.report);
        let model = self.linked(&contents);
        let memo = memo.or_else(|| record.new_memo(model.archive.documents.len()));
        if let Some(memo) = &memo {
            contents.keep(&self.recorder, &memo.shelf);
        }
        drop(contents);
        self.publish(publication, &record, &model, (memo, links.flatten()))
    }

    /// Whether the seeds, read again, would leave nothing to do or to say, as before: at most documents changed since,
    /// none of which is as it was drafted, in what drafts do not depend on.
    fn leaves_drafts(&self, past: &Past, known: &Known) -> bool {
        let disk = &self.inputs.disk;
        let drafted = OnceCell::new();
        let leaves = |path: &&str| {
            let drafted = drafted.get_or_init(|| Drafted::read(disk));
            let is_untouched = |bytes: Vec<u8>| drafted.is_untouched(path, &bytes);
            !disk.read(path).is_ok_and(is_untouched)
                && known.leaves_drafts(path, disk, &self.config)
        };
        past.reads_seeds && past.changed_documents().is_some_and(|paths| paths.iter().all(leaves))
    }

    /// The files that changed, if they are documents of which at most the texts are new.
    fn changed_texts(&self, past: &Past, known: &Known) -> Option<BTreeSet<String>> {
        let paths = past.changed_documents()?;
        let says_the_same = |path| known.says_the_same(path, &self.inputs.disk, &self.config);
        let are_texts = paths.iter().copied().all(says_the_same);
        are_texts.then(|| paths.into_iter().map(str::to_owned).collect())
    }

    /// The archive after drafting, for the records of what is published.
    fn publishing(&self) -> Publishing<'_> {
        let (inputs, config) = (self.inputs, &self.config);
        let contents = self.contents.get_or_init(|| Contents::read(&inputs.disk, config));
        Publishing { inputs, config, contents }
    }

    fn linked(&self, contents: &Contents) -> Model {
        let (options, report) = (&self.inputs.options(), &self.report);
        Run { sources: &self.recorder, config: &self.config, options, report }.linked(contents)
    }

    /// Brings the drafts up to date; says whether the same seeds would leave nothing to do or to say.
    fn ingest(&self) -> Result<bool, Failure> {
        let waiting = Waiting::new("reading seeds", self.terminal);
        // What it reads of `content/` it may then write: the site is made from what is there afterwards.
        let seeds = self.recorder.only("seeds");
        let refreshed = ingest::refresh(self.inputs, &seeds, &self.config, &self.report)?;
        drop(waiting);
        if self.arguments.format == Format::Text {
            refreshed.tell_changes(self.terminal);
        }
        Ok(!refreshed.insists)
    }

    /// Makes the site, but for what the memo knows, and publishes it.
    fn publish(
        &self,
        publication: Publication,
        record: &Record<'_>,
        model: &Model,
        (memo, known): (Option<Memo<'_>>, Option<Links>),
    ) -> Result<Built, Failure> {
        let links = DeadLinks::new(&publication, &self.config);
        let progress = Progress::new(&links, self.terminal);
        let made = model.make(memo.as_ref(), &self.recorder, &progress, &self.report);
        drop(progress);
        let is_renewed = memo.as_ref().is_some_and(|memo| !memo.is_empty());
        let (may_be_dead, links) = links.finish(known.as_ref().filter(|_| is_renewed));
        // The links of half a site are no news.
        if may_be_dead && made.is_ok() && !self.report.has_errors() {
            self.name_dead_links(model)?;
        }
        if self.report.has_errors() && (made.is_err() || !self.arguments.keep_going) {
            // A file that cannot be written after faults (two of one name, say) follows from them.
            record.forget_work();
            return Err(self.refuse());
        }
        let summary = made.inspect_err(|_| record.forget_work())?;
        match publication.commit() {
            Err(clash @ PublishError::Clashes { .. }) => {
                self.report.extend(clash.diagnostics());
                Err(self.refuse())
            }
            done => {
                let (published, site) = done?;
                let diagnostics = self.report.sorted();
                let told = Reported { summary: summary.clone(), published, diagnostics };
                record.keep(told, (site, &links), memo, &self.recorder);
                Ok(Built { summary, published, unchanged: false })
            }
        }
    }

    /// Makes the site once more, to say of each dead link where it is.
    fn name_dead_links(&self, model: &Model) -> Done {
        let (disk, checker) = (&self.inputs.disk, LinkChecker::new(&self.config));
        model.make(None, disk, &checker, &Report::new())?;
        checker.check(&Origins::new(disk, &model.archive), None, &Lost::default(), &self.report);
        Ok(())
    }

    fn refuse(&self) -> Failure {
        let old = if self.output.exists { ", the old site is unchanged" } else { "" };
        let diagnostics = self.report.sorted();
        match self.arguments.format {
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
fn facts(built: &Built, started: Instant) -> Value {
    let Built { summary, published, unchanged } = built;
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
        "unchanged": unchanged,
        "seconds": started.elapsed().as_secs_f64(),
    })
}

fn tell(built: &Built, output: &Output, started: Instant, terminal: &Terminal) {
    let Built { summary, published, unchanged } = built;
    if *unchanged {
        terminal.say("nothing has changed since the last build");
    }
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
        parts.push(format!("{} of your own kept", published.kept));
    }
    parts.push(format!("{:.2} s", started.elapsed().as_secs_f64()));
    terminal.say(parts.join(", "));
    if summary.reviews > 0 {
        let doubts = counted(summary.reviews, "open doubt");
        terminal.say(format_args!("{doubts}: `fonds review` lists them"));
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
        let real = disk::resolve(&path)?;
        if named.is_none() && !real.starts_with(archive.root()) {
            return Err(leads_out(&shown));
        }
        check_place(archive.root(), &real, &shown)?;
        Ok(Self { exists: disk::is_folder(&path), path, shown })
    }
}

/// A clone may carry such a link: what it leads to was chosen by somebody else.
fn leads_out(shown: &str) -> Failure {
    let fault = Diagnostic::error("config.toml", format!("`{shown}` is outside the archive"))
        .note("a folder on the way is a symlink")
        .expected("an `output_dir` inside the archive")
        .help("remove the link, or give the folder with `--output-dir`");
    Failure::Faults(vec![fault])
}

/// Refuses to put the site over what it is made from.
fn check_place(root: &Path, output: &Path, shown: &str) -> Done {
    let own = [".git", "config.toml", "content", "seeds", "static", "themes"];
    if root.starts_with(output) || own.iter().any(|name| output.starts_with(root.join(name))) {
        return Err(Failure::usage(
            format!("`{shown}` is where the archive's own files are"),
            "choose a folder for the site only, such as `public`",
        ));
    }
    Ok(())
}
