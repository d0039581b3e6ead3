//! The stages composed: sources → site. `build`, `check`, `serve` and the tests all come through here
//! and differ only in the sink that takes the files.
//!
//! It reads nothing but its `Sources`. Of a large archive, `cli/record.rs` keeps in `.fonds/` what a build read (a
//! `Recorder` among the sources remembers it) and a `Memo`: of what each file of the site was made. A build that would
//! read the same is not made. Another one reads all content files' front matter, links and plans, and then makes only
//! what the memo does not have: a page whose view is the same is kept in `public/`, and so are all files of a document's
//! text that has the same inputs. `tests/cli/texts.rs` compares such sites with whole builds, byte for byte. Whatever is
//! doubtful about a record, all is made; `.fonds/` may be deleted at any time.

mod contents;
mod index;
mod reads;
mod site;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::anchors;
use crate::archive::{self, Archive, Audience, Card, Document};
use crate::config::{self, Config};
use crate::content::Entry;
use crate::diagnostic::{Diagnostic, Report, SourceText};
use crate::edtf::Day;
use crate::files::{FileError, Sink, Sources};
use crate::ingest::Drafted;
use crate::legible::legible;
use crate::parallel;
use crate::render::{Corpus, markdown, theme};
use crate::search::Server;
use crate::site::{Lock, SitePlan};
use crate::site_path::check_site_path;

pub use contents::{Affected, Contents, Known, is_content};
pub use reads::{Reads, Recorder};
pub use site::{Engines, Made, Making, Model, Site};

/// What a build depends on besides the archive's own settings.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// Whether drafts are part of the site.
    pub drafts: bool,
    /// The day of the build, which ends embargoes; without one none has ended.
    pub today: Option<Day>,
}

impl BuildOptions {
    /// For whom the site is made.
    pub fn audience(&self) -> Audience {
        Audience { drafts: self.drafts, today: self.today }
    }
}

/// What a build made.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Documents of the site.
    pub documents: usize,
    /// Organizations with a page.
    pub organizations: usize,
    /// People with a page.
    pub people: usize,
    /// HTML pages.
    pub pages: usize,
    /// Open reviews.
    pub reviews: usize,
}

/// Reads `config.toml`; an archive without one has every default, which is reported.
pub fn load_config(sources: &dyn Sources, report: &Report) -> Config {
    match sources.read("config.toml") {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            let config = config::parse(SourceText { path: "config.toml", text: &text }, report);
            config.limits.put_in_force();
            config
        }
        Err(error) => {
            report.push(
                Diagnostic::error("config.toml", error.to_string())
                    .expected("the settings of the archive, in its root folder")
                    .help("run `fonds init` to create one, or give the archive's folder with `--root DIR`"),
            );
            Config::default()
        }
    }
}

/// Reads every content file's front matter, in the order of their paths.
pub fn load_content(sources: &dyn Sources, config: &Config, report: &Report) -> Vec<Entry> {
    contents::load(sources, config, report)
}

/// One run over an archive.
#[derive(Clone, Copy)]
pub struct Run<'a> {
    /// The archive's files.
    pub sources: &'a dyn Sources,
    /// Its settings.
    pub config: &'a Config,
    /// What else the site is made by.
    pub options: &'a BuildOptions,
    /// Where the faults of its files go.
    pub report: &'a Report,
}

impl Run<'_> {
    /// Makes every file of the site and hands each to `sink` as soon as it is made.
    ///
    /// What `sink` took must not be published while the report holds an error.
    pub fn build(self, sink: &dyn Sink) -> Result<Summary, FileError> {
        self.model().make(None, self.sources, sink, self.report)
    }

    /// Hands the records of the archive for a search server to `records`; gives the number of documents.
    pub fn export(self, server: Server, records: &dyn Sink) -> Result<usize, FileError> {
        self.with_site(|site| site.export(server, records))
    }

    /// Hands all records and texts of the archive, as files for programs, to `records`; gives the number of documents.
    pub fn texts(self, records: &dyn Sink, corpus: Corpus) -> Result<usize, FileError> {
        self.with_site(|site| site.texts(records, corpus))
    }

    /// Links what the content files say, and reads all else that a site is made from, but for the texts.
    pub fn linked(self, contents: &Contents) -> Model {
        let Self { sources, config, options, report } = self;
        let cards: Vec<&Card> = contents.cards().collect();
        let archive = Arc::new(archive::link(&cards, &options.audience(), report));
        Model {
            config: Arc::new(config.clone()),
            editions: Arc::new(config.editions()),
            translated: Arc::new(archive.in_languages(config)),
            archive,
            theme: Arc::new(theme::load(sources, config, report)),
            drafted: Arc::new(Drafted::read(sources)),
            anchors: Arc::new(anchors::Lock::read(sources)),
            statics: Arc::new(statics(sources, report)),
            lock: Arc::new(Lock::read(sources, report)),
        }
    }

    fn model(self) -> Model {
        let contents = Contents::read(self.sources, self.config);
        contents.tell(self.report);
        self.linked(&contents)
    }

    /// Loads a site and has its records written; gives the number of documents.
    fn with_site(
        self,
        write: impl FnOnce(&Making<'_>) -> Result<(), FileError>,
    ) -> Result<usize, FileError> {
        let model = self.model();
        let words = model.words();
        let plans = model.plans(&words);
        if let Some(site) = Site::prepare(&model, &plans, None, self.report) {
            write(&site.reading(self.sources, self.report))?;
        }
        Ok(model.archive.documents.len())
    }
}

/// What is published with a site on a day: the anchors of its documents, and those that their paragraphs had.
pub fn anchors(model: &Model, sources: &dyn Sources, today: Day) -> anchors::Lock {
    let anchors = |document: &Document| {
        let bytes = sources.look_into(&document.path).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        let body = legible(text.get(document.body.clone()).unwrap_or_default());
        let (anchors, marks) = markdown::anchors(&body);
        let keeps_old = !marks && document.record.withheld.is_empty();
        let (front, _) = text.split_at(document.body.start.min(text.len()));
        let checksum = anchors::checksum(front, &body);
        (document.path.clone(), anchors::Published { anchors, keeps_old, checksum })
    };
    let all = parallel::map(&model.archive.documents, anchors);
    let mut lock = anchors::Lock::clone(&model.anchors);
    for (path, published) in all {
        lock.publish(&path, published, today);
    }
    lock
}

/// The files of `static/`, by path below it.
pub fn statics(sources: &dyn Sources, report: &Report) -> BTreeSet<String> {
    let mut taken: BTreeMap<String, String> = BTreeMap::new();
    let mut statics = BTreeSet::new();
    for path in sources.list("static", report) {
        let Some(name) = path.strip_prefix("static/") else { continue };
        let refuse = |why: String| {
            Diagnostic::error(&path, format!("no host could serve the file: {why}"))
                .expected("a name that every system can store")
                .help("rename it")
        };
        if let Err(why) = check_site_path(name) {
            report.push(refuse(why.to_owned()));
        } else if let Some(other) = taken.insert(name.to_lowercase(), name.to_owned()) {
            report.push(refuse(format!("`static/{other}` differs in capital letters only")));
        } else {
            statics.insert(name.to_owned());
        }
    }
    statics
}

/// How many reviews are open, of documents and of records of names.
fn reviews(archive: &Archive) -> usize {
    let names = archive.organizations.iter().chain(archive.people.iter());
    let documents = archive.documents.iter().map(|d| d.record.review.len());
    documents.chain(names.map(|name| name.record.review.len())).sum()
}

fn summary(plan: &SitePlan<'_>, pages: usize) -> Summary {
    Summary {
        documents: plan.archive.documents.len(),
        organizations: plan.organizations.len(),
        people: plan.people.len(),
        pages,
        reviews: reviews(plan.archive),
    }
}
