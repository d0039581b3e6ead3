//! A site that is loaded, linked and planned, and not yet rendered: made whole by a build, or one file at
//! a time by the preview.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock};

use parking_lot::Mutex;

use super::{Summary, index, summary};
use crate::anchors;
use crate::archive::{Archive, DocumentId};
use crate::config::{Config, Language, Taxonomy};
use crate::diagnostic::{Diagnostic, Report};
use crate::enclosed::Opened;
use crate::files::{FileError, Key, Memo, MemoryFiles, Sink, Sources};
use crate::ingest::Drafted;
use crate::parallel;
use crate::render::assets::{self, Assets};
use crate::render::documents::searched;
use crate::render::engine::{Engine, Surroundings, Templates};
use crate::render::precompressed::Precompressed;
use crate::render::{Corpus, Stage, theme};
use crate::search::{self, Analysed, Server, Written};
use crate::site::views::LogoView;
use crate::site::words::{Strings, Words};
use crate::site::{self, DataFile, Lock, Page, SitePlan};
use crate::withheld::Examiner;

/// What a site is made from, but for the texts; cheap to copy.
#[derive(Debug, Clone)]
pub struct Model {
    /// The settings.
    pub config: Arc<Config>,
    /// The same in each other language of the interface.
    pub editions: Arc<Vec<Config>>,
    /// The documents and names.
    pub archive: Arc<Archive>,
    /// The same in each other language, if any of their records is translated into it.
    pub translated: Arc<Vec<Option<Archive>>>,
    /// The theme.
    pub theme: Arc<theme::Theme>,
    /// What ingest last wrote.
    pub drafted: Arc<Drafted>,
    /// The anchors that were published.
    pub anchors: Arc<anchors::Lock>,
    /// The files of `static/`, by path below it.
    pub statics: Arc<BTreeSet<String>>,
    /// Every URL that was ever published.
    pub lock: Arc<Lock>,
}

impl Model {
    /// The words of the interface in each of its languages, the default one first. They remember those that were asked
    /// for and are not there.
    pub fn words(&self) -> Vec<Arc<Words>> {
        let words = |tag: &str, strings: &Strings| Arc::new(Words::new(tag, strings.clone()));
        let others = self.config.languages.iter().zip(&self.theme.languages);
        std::iter::once(words(&self.config.default_language, &self.theme.strings))
            .chain(others.map(|(language, strings)| words(&language.tag, strings)))
            .collect()
    }

    /// The pages in each language of the interface, the default one first.
    pub fn plans<'a>(&'a self, words: &'a [Arc<Words>]) -> Vec<SitePlan<'a>> {
        let main = (&*self.config, None, &*self.archive);
        let others = self.editions.iter().zip(&self.config.languages).zip(self.translated.iter());
        let others = others.map(|((config, language), translated)| {
            (config, Some(language), translated.as_ref().unwrap_or(&self.archive))
        });
        type Edition<'a> = (&'a Config, Option<&'a Language>, &'a Archive);
        let all: Vec<(Edition<'a>, &'a Arc<Words>)> =
            std::iter::once(main).chain(others).zip(words).collect();
        let main_words = words.first();
        let plan = |((config, language, archive), words): (Edition<'a>, &'a Arc<Words>)| {
            let before = site::Before { anchors: &self.anchors, urls: &self.lock };
            let interface = site::Interface { language, words };
            let mut plan = site::plan(archive, config, interface, before);
            plan.default_untitled = language.and(main_words).map(|words| words.get("untitled"));
            plan
        };
        parallel::map_taken(all, plan)
    }

    /// Makes the site's files; see [`super::Run::build`]. Those that `memo` knows are kept by the sink.
    pub fn make(
        &self,
        memo: Option<&Memo<'_>>,
        sources: &dyn Sources,
        sink: &dyn Sink,
        report: &Report,
    ) -> Result<Summary, FileError> {
        let words = self.words();
        let plans = self.plans(&words);
        let Some(site) = Site::prepare(self, &plans, None, report) else {
            return Ok(summary(&plans[0], 0));
        };
        site.reading(sources, report).make(memo, sink).map(|made| made.summary)
    }
}

/// A site that can be rendered.
pub struct Site<'a> {
    model: &'a Model,
    plan: &'a SitePlan<'a>,
    engine: Engine,
    /// The site in the other languages of the interface.
    editions: Vec<Edition<'a>>,
    assets: Assets,
    /// Redirects, once a file was asked for that is no page.
    redirects: OnceLock<BTreeMap<String, Vec<u8>>>,
    /// Feeds, sitemaps and open data, once one of them was asked for.
    machine_files: OnceLock<BTreeMap<String, Vec<u8>>>,
}

/// The pages of a site in another language of the interface than the default one. What is not a page is made once.
struct Edition<'a> {
    plan: &'a SitePlan<'a>,
    engine: Engine,
}

/// The templates of a site in each of its languages; cheap to copy.
#[derive(Clone)]
pub struct Engines(Vec<Engine>);

/// What making a whole site gives besides its files.
#[derive(Debug)]
pub struct Made {
    /// What was made.
    pub summary: Summary,
    /// Where the search index is; none if there is no search.
    pub search: Option<Written>,
}

impl<'a> Site<'a> {
    /// Loads the templates; their faults go to `report`, and there is no site then. What an engine
    /// before this one has parsed is not parsed again.
    pub fn prepare(
        model: &'a Model,
        plans: &'a [SitePlan<'a>],
        before: Option<&Engines>,
        report: &Report,
    ) -> Option<Self> {
        let plan = plans.first()?;
        let wrong = report.faulty_files().contains("config.toml");
        report.extend(site::metadata::missing_address(&model.config).filter(|_| !wrong));
        report.extend(clashes(plan));
        report.extend(plan.language_faults());
        let assets = assets::prepare(&model.theme);
        let mut parts = Vec::new();
        for (number, plan) in plans.iter().enumerate() {
            let before = before.and_then(|before| before.0.get(number));
            let theme = &model.theme;
            let templates = Templates::load(theme, surroundings(plan, &assets), before, report)?;
            let engine = Engine::new(templates, &global(theme, plan));
            plan.write_entries(engine.entries());
            parts.push(Edition { plan, engine });
        }
        let mut editions = parts.into_iter();
        let main = editions.next()?;
        Some(Self {
            model,
            plan,
            engine: main.engine,
            editions: editions.collect(),
            assets,
            redirects: OnceLock::new(),
            machine_files: OnceLock::new(),
        })
    }

    /// The templates, for the next site.
    pub fn engines(&self) -> Engines {
        let others = self.editions.iter().map(|edition| edition.engine.clone());
        Engines(std::iter::once(self.engine.clone()).chain(others).collect())
    }

    /// The theme's files as they are published: path in the site and contents.
    pub fn assets(&self) -> &[(String, Vec<u8>)] {
        &self.assets.files
    }

    /// The site, ready to be made from an archive's files; what is wrong with these goes to `report`.
    pub fn reading<'b>(&'b self, sources: &'b dyn Sources, report: &'b Report) -> Making<'b> {
        Making { site: self, sources: Opened::new(sources), report }
    }

    /// Where the page at a path sends its readers, if it is that of an old URL: what a host answers that knows the
    /// site's redirects.
    pub fn leads_to(&self, path: &str) -> Option<String> {
        let mut plans = self.editions.iter().map(|edition| edition.plan).chain([self.plan]);
        if plans.any(|plan| plan.page_at(path).is_some()) || self.model.statics.contains(path) {
            return None;
        }
        let redirects = self.plan.redirects(&|_, _| None, &Report::new());
        let redirect = redirects.into_iter().find(|redirect| redirect.file == path)?;
        Some(redirect.url)
    }

    /// The document that was in the folder of a file, if it has another one now.
    fn document_once_beside(&self, path: &str) -> Option<DocumentId> {
        let (folder, name) = path.rsplit_once('/')?;
        // The page at the old URL leads on.
        (name != "index.html").then(|| self.plan.document_once_in(&format!("{folder}/")))?
    }
}

/// A site with the files that its texts are read from.
pub struct Making<'a> {
    site: &'a Site<'a>,
    sources: Opened<'a>,
    report: &'a Report,
}

impl Making<'_> {
    /// Makes every file that `memo` does not have, and hands each to `sink` as soon as it is made; the sink keeps the rest.
    pub fn make(&self, memo: Option<&Memo<'_>>, sink: &dyn Sink) -> Result<Made, FileError> {
        let Site { model, plan, editions, .. } = self.site;
        // A file with faults is not gone, and only its URL seems to be.
        if !self.report.has_errors() {
            self.report.extend(self.lost_urls());
        }
        let precompressed = Precompressed { sink, statics: &model.statics };
        let sink = if plan.config.outputs.precompressed { &precompressed } else { sink };
        let stage = Stage { memo, ..self.stage(sink) };
        // Neither needs the other; what one does on a single thread, the other fills with its pages.
        let (search, data) = rayon::join(
            || documents_and_search(&stage),
            || all_but_documents(&stage, &self.site.assets),
        );
        let search = search?;
        let mut in_languages = 0;
        for edition in editions {
            in_languages += self.make_edition(edition, (&search, &data), &stage)?;
        }
        report_missing_words(plan, self.report);
        // What documents show that were kept is not known.
        if let Some(cache) = self.sources.cache().filter(|_| memo.is_none_or(Memo::is_empty)) {
            stage.pictures.forget_others(cache);
        }
        let failure = stage.failure.lock().take();
        match failure {
            Some(error) => Err(error),
            None => {
                let pages = stage.pages.load(Ordering::Relaxed) + in_languages;
                Ok(Made { summary: summary(plan, pages), search })
            }
        }
    }

    fn lost_urls(&self) -> Vec<Diagnostic> {
        let text = self.sources.read(site::lock::PATH).unwrap_or_default();
        self.site.plan.lost_urls(&self.site.model.statics, &String::from_utf8_lossy(&text))
    }

    /// Makes the pages in another language, all of them: a memo knows those of the default one. Gives their number.
    fn make_edition(
        &self,
        edition: &Edition<'_>,
        (search, data): (&Option<Written>, &[DataFile]),
        main: &Stage<'_>,
    ) -> Result<usize, FileError> {
        let plan = edition.plan;
        let below = Below { prefix: plan.prefix(), sink: main.sink };
        let stage = self.stage(&below);
        let stage = Stage { plan, engine: &edition.engine, ..stage };
        if plan.language.is_some_and(|language| language.documents) {
            let made: Vec<DocumentId> = plan.document_ids().collect();
            drop(stage.documents(&made));
        }
        stage.all_pages();
        stage.files_in_language(data);
        if let Some(written) = search {
            stage.search_page(&written.manifest, &written.worker);
        }
        report_missing_words(plan, self.report);
        let failure = stage.failure.lock().take();
        failure.map_or(Ok(stage.pages.load(Ordering::Relaxed)), Err)
    }

    /// Hands the records of all documents for a search server to `records`.
    pub fn export(&self, server: Server, records: &dyn Sink) -> Result<(), FileError> {
        index::export(&self.stage(&Nowhere), server, records)
    }

    /// Hands all records and texts, as files for programs, to `records`.
    pub fn texts(&self, records: &dyn Sink, corpus: Corpus) -> Result<(), FileError> {
        self.stage(&Nowhere).texts(records, corpus)
    }

    /// Makes one file, by its path from the site's root, as [`Making::make`] does; none if the site has no
    /// such file. The search page needs the address of the index; the index itself is not made here.
    pub fn file(&self, path: &str, search: Option<&Written>) -> Option<Vec<u8>> {
        let Site { model, editions, assets, .. } = self.site;
        let one = One { path, bytes: Mutex::new(None) };
        let edition = editions.iter().find(|edition| path.starts_with(edition.plan.prefix()));
        let mut stage = self.stage(&one);
        if let Some(edition) = edition {
            (stage.plan, stage.engine) = (edition.plan, &edition.engine);
        }
        if model.statics.contains(path) {
            stage.static_file(path);
        } else if let Some((_, bytes)) = assets.files.iter().find(|(name, _)| name == path) {
            stage.put(path, bytes);
        } else if let Some(page) = page_of(stage.plan, path) {
            match page {
                Page::Document(id) | Page::Source(id) => stage.documents(&[id]).clear(),
                Page::Search => {
                    let written = search?;
                    stage.search_page(&written.manifest, &written.worker);
                }
                Page::Data => return self.machine_files().get(path).cloned(),
                page => stage.page(&page),
            }
        } else if path.starts_with("seeds/") {
            stage.seed_at(path);
        } else if let Some(id) = self.site.document_once_beside(path) {
            stage.documents(&[id]);
        }
        let made = one.bytes.into_inner();
        made.or_else(|| self.redirects().get(path).cloned()).or_else(|| {
            // They are in the root and below `data/`; what is missing elsewhere costs nothing.
            let of_language =
                |edition: &Edition<'_>| path[edition.plan.prefix().len()..].to_owned();
            let rest = edition.map_or_else(|| path.to_owned(), of_language);
            let may_be = !rest.contains('/') || rest.starts_with("data/");
            may_be.then(|| self.machine_files().get(path).cloned())?
        })
    }

    fn machine_files(&self) -> &BTreeMap<String, Vec<u8>> {
        self.site.machine_files.get_or_init(|| {
            let files = MemoryFiles::new();
            let data = self.stage(&files).machine_files();
            for Edition { plan, engine } in &self.site.editions {
                let stage = Stage { plan, engine, ..self.stage(&files) };
                stage.files_in_language(&data);
            }
            files.into_files()
        })
    }

    fn redirects(&self) -> &BTreeMap<String, Vec<u8>> {
        self.site.redirects.get_or_init(|| {
            let files = MemoryFiles::new();
            self.stage(&files).redirects();
            files.into_files()
        })
    }

    fn stage<'b>(&'b self, sink: &'b dyn Sink) -> Stage<'b> {
        let Site { model, plan, engine, .. } = self.site;
        Stage {
            plan,
            engine,
            sources: &self.sources,
            sink,
            memo: None,
            seeds: Arc::default(),
            examiner: Arc::new(Examiner::new(plan.config, &model.drafted)),
            drafted: &model.drafted,
            anchors: &model.anchors,
            statics: &model.statics,
            pictures: Arc::default(),
            report: self.report,
            pages: Arc::default(),
            failure: Arc::default(),
            looks_further: Arc::default(),
        }
    }
}

fn all_but_documents(stage: &Stage<'_>, assets: &Assets) -> Vec<DataFile> {
    for (path, bytes) in &assets.files {
        stage.put(path, bytes);
    }
    stage.copy_static();
    stage.all_pages();
    stage.redirects();
    stage.machine_files()
}

/// The page that a file is, or that it is made with.
fn page_of(plan: &SitePlan<'_>, path: &str) -> Option<Page> {
    // What is beside a text may be in folders of its own; beside a list there is nothing.
    let folders = || std::iter::successors(path.rsplit_once('/'), |(at, _)| at.rsplit_once('/'));
    let page_in = |(folder, _): (&str, &str)| plan.page_at(&format!("{folder}/index.html"));
    let has_text = |page: &Page| matches!(page, Page::Document(_) | Page::Own(_));
    let above = || folders().skip(1).filter_map(page_in).find(has_text);
    let beside = || folders().next().and_then(page_in).or_else(above);
    plan.page_at(path).or_else(beside)
}

/// Takes the files of a language, and forgets what is made once.
struct Below<'a> {
    prefix: &'a str,
    sink: &'a dyn Sink,
}

impl Sink for Below<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        if path.starts_with(self.prefix) { self.sink.put(path, bytes) } else { Ok(()) }
    }
}

/// Takes files and forgets them.
struct Nowhere;

impl Sink for Nowhere {
    fn put(&self, _path: &str, _bytes: &[u8]) -> Result<(), FileError> {
        Ok(())
    }
}

/// Takes one file and forgets the rest.
struct One<'a> {
    path: &'a str,
    bytes: Mutex<Option<Vec<u8>>>,
}

impl Sink for One<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        if path == self.path {
            *self.bytes.lock() = Some(bytes.to_vec());
        }
        Ok(())
    }
}

/// Renders the documents and indexes each text while it is at hand; then the search page, which has to
/// know where the index is.
fn documents_and_search(stage: &Stage<'_>) -> Result<Option<Written>, FileError> {
    let plan = stage.plan;
    let (tables, places) = (index::tables(plan), index::Places::of(plan));
    let documents: Vec<DocumentId> = plan.document_ids().collect();
    let settings = &plan.config.search;
    let is_indexed = settings.enabled && settings.endpoint.is_none();
    stage.report.extend(index::too_many(documents.len(), plan.config));
    let shelf = stage.memo.map(|memo| &memo.shelf);
    let chunks: Vec<(usize, &[DocumentId])> =
        documents.chunks(search::SHARD_DOCUMENTS).enumerate().collect();
    let shards: Vec<Option<Analysed>> = parallel::map(&chunks, |(number, ids)| {
        let mut texts = stage.documents(ids);
        if !is_indexed {
            return None;
        }
        let mut chunk = index::documents(plan, &places, ids);
        let keys = texts.iter().zip(&chunk);
        let keys = keys.map(|(text, document)| Analysed::key(text.key, document, &tables));
        let keys: Vec<Key> = keys.collect();
        let before = shelf.and_then(|shelf| Analysed::take(shelf, *number));
        let known = Analysed::places(before.as_ref(), &keys);
        let mut both: Vec<_> = chunk.iter_mut().zip(&mut texts).collect();
        parallel::for_each_mut(&mut both, |at, (document, text)| {
            if known.as_ref().is_none_or(|known| known[at].is_none()) {
                let own = text.passages.take();
                document.passages = own.unwrap_or_else(|| searched(stage.passages(ids[at])));
            }
        });
        let before = before.zip(known.as_deref());
        Some(Analysed::of(ids.first()?.0, (&chunk, keys), before, &tables))
    });
    let shards: Vec<Analysed> = shards.into_iter().flatten().collect();
    if !settings.enabled {
        return Ok(None);
    }
    let written = if is_indexed {
        search::write(shards, &tables, shelf, stage.sink)?
    } else {
        Written { manifest: String::new(), worker: search::write_reader(stage.sink)? }
    };
    stage.search_page(&written.manifest, &written.worker);
    Ok(Some(written))
}

/// What templates ask of the site in a language.
fn surroundings(plan: &SitePlan<'_>, assets: &Assets) -> Surroundings {
    Surroundings {
        words: Arc::clone(plan.words),
        assets: assets.paths.iter().map(|(name, path)| (name.clone(), plan.url_of(path))).collect(),
        base_path: plan.config.base_path().to_owned(),
        language: plan.language_paths(),
        minify: plan.config.minify_html,
    }
}

/// What every page knows of the site.
fn global(theme: &theme::Theme, plan: &SitePlan<'_>) -> site::views::Site {
    let logo = theme.logo.as_ref().map(|logo| LogoView {
        url: plan.url_of(&logo.path),
        dark: logo.dark.as_ref().map(|path| plan.url_of(path)),
        width: logo.size.map(|(width, _)| width),
        height: logo.size.map(|(_, height)| height),
    });
    site::views::Site { logo, ..plan.site_view() }
}

/// Taxonomies and pages of the archive's own at one address.
fn clashes(plan: &SitePlan<'_>) -> Vec<Diagnostic> {
    let clash = |(taxonomy, path): (&Taxonomy, &str)| {
        let key = &taxonomy.key;
        Diagnostic::error(path, format!("the taxonomy `{key}` has the page `/{key}/`"))
            .expected("another address for one of them")
            .help("rename the file, or give it a `slug`")
    };
    plan.clashing_taxonomies().into_iter().map(clash).collect()
}

fn report_missing_words(plan: &SitePlan<'_>, report: &Report) {
    let (words, theme) = (plan.words, &plan.config.theme.name);
    let file = format!("themes/{theme}/i18n/{}.toml", words.language());
    for key in words.missing() {
        report.push(
            Diagnostic::error(file.clone(), format!("the theme has no text for `{key}`"))
                .expected("a string for every key that a template uses")
                .help(format!("write `{key} = \"…\"` in it")),
        );
    }
}
