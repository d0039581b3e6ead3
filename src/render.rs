//! SitePlan and theme → output files, each handed to the sink as soon as it is made.
//!
//! It reads bodies and seeds through `Sources` when it renders them, and keeps none of them.
//!
//! - `markdown` makes HTML that is safe whatever the text holds: HTML is shown as text, links keep harmless schemes, nothing
//!   leaves the site.
//! - `theme` lays a theme over the default one inside the program.
//! - `minify` makes templates smaller, once, so that no page has to be (`vendor/` holds its library in a form that compiles
//!   quickly).
//! - `engine` runs the templates, and escapes everything but the fields of HTML that the program made. What the theme makes
//!   of a document in a list is made once, for all lists.

pub mod assets;
mod beside;
mod citations;
mod data;
mod depth;
pub mod documents;
pub mod engine;
mod feeds;
mod iiif;
pub mod markdown;
mod minify;
mod originals;
mod pages;
pub mod pictures;
pub mod policy;
pub mod precompressed;
mod seeds;
pub mod stylesheet;
pub mod theme;
mod unbroken;
mod xml;

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::ops::RangeFrom;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use parking_lot::Mutex;

use crate::anchors;
use crate::content::mark;
use crate::diagnostic::{Diagnostic, Position, Report};
use crate::files::{FileError, Memo, Sink, Sources};
use crate::ingest::Drafted;
use crate::legible::legible;
use crate::parallel;
use crate::site::{DataFile, Page, SitePlan};
use crate::withheld::Examiner;

use documents::Noted;
use engine::{Engine, View};

pub use data::Corpus;
pub use feeds::CONTENT_SECURITY_POLICY;

/// What every part of rendering needs.
#[derive(Clone)]
pub struct Stage<'a> {
    /// The pages.
    pub plan: &'a SitePlan<'a>,
    /// The templates.
    pub engine: &'a Engine,
    /// The archive's files.
    pub sources: &'a dyn Sources,
    /// Takes the site's files.
    pub sink: &'a dyn Sink,
    /// What the files were made of in the build before, if that is known.
    pub memo: Option<&'a Memo<'a>>,
    /// Seeds that several documents come from, once read.
    pub seeds: Arc<seeds::SharedSeeds>,
    /// Compares seeds with what was made of them.
    pub examiner: Arc<Examiner<'a>>,
    /// What ingest last wrote.
    pub drafted: &'a Drafted,
    /// The anchors that were published.
    pub anchors: &'a anchors::Lock,
    /// The files of `static/`, by path below it: they come before what the site makes itself.
    pub statics: &'a BTreeSet<String>,
    /// Makes copies of page images.
    pub pictures: Arc<pictures::Pictures>,
    /// Takes faults.
    pub report: &'a Report,
    /// How many pages were made.
    pub pages: Arc<AtomicUsize>,
    /// The first file that the sink could not take: all else is in vain then.
    pub failure: Arc<Mutex<Option<FileError>>>,
    /// Whether what is made depends on more files and pages than a memo knows of.
    pub looks_further: Arc<AtomicBool>,
}

impl Stage<'_> {
    /// Hands a file to the sink, unless the maintainer put one of the same name into `static/`.
    pub fn put(&self, path: &str, bytes: &[u8]) {
        if !self.statics.contains(path) {
            self.take(path, bytes);
        }
    }

    fn take(&self, path: &str, bytes: &[u8]) {
        if let Err(error) = self.sink.put(path, bytes) {
            let mut failure = self.failure.lock();
            failure.get_or_insert(error);
        }
    }

    /// Whether going on is in vain.
    fn failed(&self) -> bool {
        self.failure.lock().is_some()
    }

    /// All pages but the documents' own, the search page and that of the data files.
    pub fn all_pages(&self) {
        let others = |p: &&Page| {
            !matches!(p, Page::Document(_) | Page::Source(_) | Page::Search | Page::Data)
        };
        let pages: Vec<&Page> = self.plan.pages.iter().filter(others).collect();
        parallel::for_each(&pages, |page| {
            if !self.failed() {
                self.page(page);
            }
        });
    }

    /// One of those pages, with the files beside it, unless they are there.
    pub fn page(&self, page: &Page) {
        let Some(memo) = self.memo else { return self.make_page(page) };
        let made = self.plan.file_of(page);
        if memo.keeps_untouched(&made, self.sink) {
            self.pages.fetch_add(1, Ordering::Relaxed);
            return;
        }
        let noted = Noted { sink: self.sink, files: Mutex::default() };
        let stage = Stage { sink: &noted, looks_further: Arc::default(), ..self.clone() };
        stage.make_page(page);
        let has_text = stage.looks_further.load(Ordering::Relaxed);
        let mut files = noted.files.into_inner();
        if !has_text && files.contains(&made) {
            files.retain(|file| *file != made);
            memo.remember_beside(&made, files);
        }
    }

    /// Whether a template that a content file or the settings name is there.
    fn known_template(&self, name: &str, path: &str) -> bool {
        let known = self.engine.has(name);
        if !known {
            self.report.push(
                Diagnostic::error(path, format!("there is no template `{name}`"))
                    .expected("a file below the theme's `templates/`")
                    .help("correct the key `template`, or add the template to the theme"),
            );
        }
        known
    }

    /// Renders a page and hands it to the sink.
    fn write(&self, page: &Page, template: &str, mut context: View<'_>) {
        context.insert("page", self.plan.page_info(page));
        self.write_as(page, template, &context);
    }

    /// Renders a page whose view is complete.
    fn write_as(&self, page: &Page, template: &str, context: &View<'_>) {
        let made = self.plan.file_of(page);
        if self.write_file(&made, template, context) {
            self.pages.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Renders a file and hands it to the sink, unless the memo knows it by its view; says whether the site has it.
    fn write_file(&self, made: &str, template: &str, context: &View<'_>) -> bool {
        let inputs = || self.engine.key(template, context);
        if self.memo.is_some_and(|memo| memo.keeps(made, inputs(), self.sink)) {
            return true;
        }
        let html = self.engine.page(template, context, made, self.report);
        if let Some(html) = &html {
            self.put(made, html);
        }
        html.is_some()
    }

    /// The search page, which needs to know where its index is.
    pub fn search_page(&self, manifest: &str, worker: &str) {
        let view = View::of("search", self.plan.search_view(manifest, worker));
        self.write(&Page::Search, "search.html", view);
    }

    /// A body of the archive's own pages and records, as HTML without paragraph numbers.
    fn body(&self, path: &str, range: &RangeFrom<usize>) -> markdown::Body {
        self.looks_further.store(true, Ordering::Relaxed);
        let body = self.read_body(path, range, None).map(|(body, _)| body).unwrap_or_default();
        self.files_beside(path, body.marks);
        body
    }

    /// Reads a content file's body and renders it (that of a document, whose language is given, with numbers), and tells whether a person corrected it since it was
    /// drafted; an unreadable file goes to the report.
    fn read_body(
        &self,
        path: &str,
        range: &RangeFrom<usize>,
        language: Option<&str>,
    ) -> Option<(markdown::Body, bool)> {
        let bytes = match self.sources.look_into(path) {
            Ok(bytes) => bytes,
            Err(error) => {
                self.report.push(Diagnostic::error(path, error.to_string()));
                return None;
            }
        };
        // Nearly always it is UTF-8, which is checked faster than what is wrong with it is found.
        let text = match std::str::from_utf8(&bytes) {
            Ok(text) => Cow::Borrowed(text),
            Err(_) => String::from_utf8_lossy(&bytes),
        };
        let text = &legible(text.get(range.clone()).unwrap_or_default());
        let words = self.plan.words;
        let shows = OnceCell::new();
        let may_show =
            || *shows.get_or_init(|| self.kept_back(path, mark::marks(text).len()).is_none());
        let settings = markdown::Settings {
            beside: &|link| self.address_beside(path, link, may_show),
            base_path: self.plan.base_path,
            paragraph_label: &words.get("paragraph"),
            back_label: &words.get("note-back"),
            withheld_label: &words.get("withheld"),
            language: words.language(),
            languages: markdown::Languages {
                own: language.unwrap_or(words.language()),
                default: &self.plan.config.default_language,
                archive: &self.plan.config.ingest.languages,
            },
            numbered: language.is_some(),
        };
        let body = markdown::render(text, settings);
        if body.too_deep {
            self.report.push(
                Diagnostic::warning(path, "the text is nested too deeply and is shown as it is")
                    .expected("lists and quotations nested at most 100 deep")
                    .help("remove the marks (`>`, `-`) at the beginning of its lines"),
            );
        }
        Some((body, self.drafted.is_corrected(path, &bytes)))
    }

    /// Feeds, sitemap, data and the files for hosts; gives the files below `data/`.
    pub fn machine_files(&self) -> Vec<DataFile> {
        let plan = self.plan;
        let mut files = feeds::host_files(plan);
        if plan.has_address() {
            files.extend(feeds::sitemaps(plan));
        }
        files.extend(self.language_files());
        for (path, bytes) in files {
            self.put(&path, &bytes);
        }
        if !plan.config.outputs.data {
            return Vec::new();
        }
        let files = data::write(plan, |path, bytes| self.put(path, bytes));
        self.data_page(&files);
        files
    }

    /// What each language of the interface has besides its pages: feeds, a description of the search.
    fn language_files(&self) -> Vec<(String, Vec<u8>)> {
        let plan = self.plan;
        let mut files = Vec::new();
        let mut add = |name: &str, bytes| files.push((plan.path_in_language(name), bytes));
        if plan.has_feeds() {
            add("atom.xml", feeds::atom(plan, &Page::Home));
            add("feed.json", feeds::json(plan));
        }
        if plan.config.search.enabled && plan.has_address() {
            add("opensearch.xml", feeds::opensearch(plan));
        }
        files
    }

    /// The same for another language than the default one, with the page of the files below `data/`, which are there
    /// once.
    pub fn files_in_language(&self, data: &[DataFile]) {
        for (path, bytes) in self.language_files() {
            self.put(&path, &bytes);
        }
        if self.plan.config.outputs.data {
            self.data_page(data);
        }
    }

    fn data_page(&self, files: &[DataFile]) {
        let view = View::of("data", self.plan.data_view(files));
        self.write(&Page::Data, "data.html", view);
    }

    /// Hands all records and texts to a sink of their own, as files for programs.
    pub fn texts(&self, sink: &dyn Sink, corpus: Corpus) -> Result<(), FileError> {
        data::write_texts(self, sink, corpus)
    }

    /// A page at each old URL: one that leads to the page of today, with the list that some hosts read, or a note
    /// that the URL was given up.
    pub fn redirects(&self) {
        let place = |path: &str, range| {
            let bytes = self.sources.read(path).ok()?;
            Some(Position::of(&String::from_utf8_lossy(&bytes), range))
        };
        let redirects = self.plan.redirects(&place, self.report);
        if !redirects.is_empty() {
            self.put("_redirects", feeds::redirects(self.plan, &redirects).as_bytes());
        }
        for redirect in redirects {
            let mut context = View::of("target", &redirect.url);
            context.insert("page", self.plan.page_info(&redirect.target));
            self.write_file(&redirect.file, "redirect.html", &context);
        }
        for removed in self.plan.removed() {
            let mut context = View::of("removed", self.plan.removed_view(&removed));
            context.insert("page", self.plan.removed_info(&removed));
            self.write_file(&removed.file, "removed.html", &context);
        }
    }

    /// Copies `static/` as it is.
    pub fn copy_static(&self) {
        for name in self.statics {
            self.static_file(name);
        }
    }

    /// Copies one file of `static/`, by its path below it.
    pub fn static_file(&self, name: &str) {
        let path = format!("static/{name}");
        match self.sources.read(&path) {
            Ok(bytes) => self.take(name, &bytes),
            Err(error) => self.report.push(Diagnostic::error(path, error.to_string())),
        }
    }
}
