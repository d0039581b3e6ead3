//! The stages composed: sources → site. `build`, `check`, `serve` and the tests all come through here
//! and differ only in the sink that takes the files.

mod contents;
mod index;

use std::collections::BTreeSet;
use std::sync::atomic::AtomicUsize;
use std::sync::{Arc, Mutex};

use rayon::prelude::*;

use crate::archive::{self, DocumentId};
use crate::config::{self, Config};
use crate::content::Entry;
use crate::diagnostic::{Diagnostic, Report, SourceText};
use crate::edtf::Day;
use crate::files::{FileError, Sink, Sources};
use crate::ingest::Drafted;
use crate::render::assets::{self, Assets};
use crate::render::engine::{Engine, Surroundings};
use crate::render::{Stage, theme};
use crate::search::{self, Shard};
use crate::site::words::Words;
use crate::site::{self, SitePlan};

pub use contents::Contents;

/// What a build is told besides the archive's own settings.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// Whether drafts are part of the site.
    pub drafts: bool,
    /// The day of the build, which ends embargoes; without one none has ended.
    pub today: Option<Day>,
}

/// What a build made.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
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

/// Reads `config.toml`; an archive without one has every default, and is told so.
pub fn load_config(sources: &dyn Sources, report: &Report) -> Config {
    match sources.read("config.toml") {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            config::parse(SourceText { path: "config.toml", text: &text }, report)
        }
        Err(error) => {
            report.push(
                Diagnostic::error("config.toml", error.to_string())
                    .expected("the settings of the archive, in its root folder")
                    .help("run `fonds init` to make one, or name the archive's folder with `--root DIR`"),
            );
            Config::default()
        }
    }
}

/// Reads every content file's front matter, in the order of their paths.
pub fn load_content(sources: &dyn Sources, config: &Config, report: &Report) -> Vec<Entry> {
    let contents = Contents::read(sources, config);
    contents.tell(report);
    contents.into_entries()
}

/// Makes every file of the site and hands each to `sink` as soon as it is made.
///
/// Faults of the archive's files go to `report`; what `sink` took must not be published while the
/// report holds an error.
///
/// # Errors
///
/// If the sink cannot take a file.
pub fn build(
    sources: &dyn Sources,
    config: &Config,
    options: &BuildOptions,
    sink: &dyn Sink,
    report: &Report,
) -> Result<Summary, FileError> {
    report.extend(site::metadata::missing_address(config));
    let entries = load_content(sources, config, report);
    let archive = archive::assemble(
        entries,
        &archive::Audience { drafts: options.drafts, today: options.today },
        report,
    );
    let theme = theme::load(sources, config, report);
    let words = Arc::new(Words::new(&config.default_language, theme.strings.clone()));
    let plan = site::plan(&archive, config, &words);
    let assets = assets::prepare(&theme);
    let Some(engine) = engine(&theme, &plan, &words, &assets, report) else {
        return Ok(summary(&plan, 0));
    };
    let stage = Stage {
        plan: &plan,
        engine: &engine,
        sources,
        sink,
        seeds: Mutex::default(),
        drafted: Drafted::read(sources),
        statics: statics(sources, report),
        report,
        pages: AtomicUsize::new(0),
        failure: Mutex::new(None),
    };
    for (path, bytes) in &assets.files {
        stage.put(path, bytes);
    }
    stage.copy_static();
    stage.seeds();
    // Neither needs the other; what one does on a single thread, the other fills with its pages.
    let (made, ()) = rayon::join(
        || documents_and_search(&stage),
        || {
            stage.pages();
            stage.redirects();
            stage.machine_files();
        },
    );
    made?;
    report_missing_words(&words, config, report);
    let pages = stage.pages.into_inner();
    match stage.failure.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner) {
        Some(error) => Err(error),
        None => Ok(summary(&plan, pages)),
    }
}

/// Renders the documents and indexes each text while it is at hand; then the search page, which has to
/// know where the index is.
fn documents_and_search(stage: &Stage<'_>) -> Result<(), FileError> {
    let plan = stage.plan;
    let tables = index::tables(plan);
    let documents: Vec<DocumentId> = plan.document_ids().collect();
    let shards: Vec<Option<Shard>> = documents
        .par_chunks(search::SHARD_DOCUMENTS)
        .map(|chunk| {
            let passages = stage.documents(chunk);
            let first = chunk.first()?.0;
            plan.config
                .search
                .enabled
                .then(|| search::analyse(first, &index::documents(plan, chunk, passages), &tables))
        })
        .collect();
    let shards: Vec<Shard> = shards.into_iter().flatten().collect();
    if plan.config.search.enabled {
        let written = search::write(&shards, &tables, stage.sink)?;
        stage.search_page(&written.manifest, &written.worker);
    }
    Ok(())
}

/// The files of `static/`, by path below it.
fn statics(sources: &dyn Sources, report: &Report) -> BTreeSet<String> {
    let paths = sources.list("static", report);
    paths.iter().filter_map(|path| path.strip_prefix("static/").map(str::to_owned)).collect()
}

fn engine(
    theme: &theme::Theme,
    plan: &SitePlan<'_>,
    words: &Arc<Words>,
    assets: &Assets,
    report: &Report,
) -> Option<Engine> {
    let surroundings = Surroundings {
        words: Arc::clone(words),
        assets: assets.paths.iter().map(|(name, path)| (name.clone(), plan.url_of(path))).collect(),
        base_path: plan.config.base_path().to_owned(),
        minify: plan.config.minify_html,
    };
    Engine::new(theme, surroundings, &plan.site_view(), report)
}

fn report_missing_words(words: &Words, config: &Config, report: &Report) {
    let file = format!("themes/{}/i18n/{}.toml", config.theme, words.language());
    for key in words.missing() {
        report.push(
            Diagnostic::error(file.clone(), format!("the theme has no words for `{key}`"))
                .expected("a string for every key that a template asks for")
                .help(format!("write `{key} = \"…\"` in it")),
        );
    }
}

fn summary(plan: &SitePlan<'_>, pages: usize) -> Summary {
    Summary {
        documents: plan.archive.documents.len(),
        organizations: plan.organizations.len(),
        people: plan.people.len(),
        pages,
        reviews: plan.archive.documents.iter().map(|d| d.record.review.len()).sum(),
    }
}
