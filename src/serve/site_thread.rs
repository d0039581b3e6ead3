//! The thread that holds the site: it takes changes and requests one after another, so that a request
//! which comes after a change is answered with it.

use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::Receiver;
use std::thread::Scope;
use std::time::Instant;

use rustc_hash::FxHashSet;
use tokio::sync::oneshot;

use super::background::{Background, Checked, Index};
use super::changes::Reading;
use super::difference::{self, Renewal, Styles};
use super::loader::{Loaded, Loader};
use super::request_path::{self, Asked};
use super::state::Listeners;
use super::{News, Settings};
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::parallel;
use crate::pipeline::{Engines, Making, Site};
use crate::render::theme::Theme;
use crate::site::words::Words;
use crate::site::{Page, SitePlan};

/// The folder of the search page and its index.
pub(super) const SEARCH: &str = "search/";

/// What the thread is asked to do.
pub(super) enum Job {
    /// To answer a request, by its path as it was sent.
    Ask(String, oneshot::Sender<Answer>),
    /// To follow changes of files.
    Follow(Change),
    /// To take what making the whole site reported.
    Checked(Box<Checked>),
}

/// Files that changed.
pub(super) struct Change {
    /// Full paths, for messages.
    pub(super) shown: Vec<PathBuf>,
    /// Paths from the archive's root.
    pub(super) paths: BTreeSet<String>,
    /// How the site is to be made now.
    pub(super) settings: Settings,
    /// What drafting reported.
    pub(super) told: Vec<Diagnostic>,
    /// When work on it began.
    pub(super) started: Instant,
    /// Held until the files are read.
    pub(super) reading: Option<Arc<Reading>>,
}

/// What is answered to a request.
#[derive(Debug)]
pub(super) enum Answer {
    /// A file of the site: its path and bytes.
    File(String, Vec<u8>),
    /// No such file: the page that says so, if the site has one.
    Missing(Option<Vec<u8>>),
    /// To be asked for under another address.
    Elsewhere(String),
    /// A trick.
    Refused,
    /// The page has faults.
    Faulty(String),
    /// There is no good site yet.
    NoSite,
}

/// The thread.
pub(super) struct SiteThread {
    loader: Loader,
    jobs: Receiver<Job>,
    background: Background,
    listeners: Listeners,
    /// The last good site's files and what was made of them.
    good: Option<Arc<Loaded>>,
    /// Its style sheets.
    styles: Styles,
    /// Its templates, and its words as long as the theme has the same.
    engine: Option<Engines>,
    words: Option<(Arc<Theme>, Vec<Arc<Words>>)>,
    /// The index of the last whole site, and the one before, which open pages still read.
    index: Vec<Arc<Index>>,
    number: u64,
    /// Whether the archive has faults that the last good site has not.
    is_faulty: bool,
    /// Requests that wait for the first index.
    waiting: VecDeque<(String, oneshot::Sender<Answer>)>,
}

/// A model with what was reported of it.
struct Candidate {
    /// None if loading broke off.
    loaded: Option<Arc<Loaded>>,
    change: Change,
    told: Vec<Diagnostic>,
}

impl Candidate {
    /// What was loaded, if nothing is wrong with it.
    fn good(&self) -> Option<Arc<Loaded>> {
        let is_good = self.told.iter().all(|fault| fault.severity != Severity::Error);
        self.loaded.clone().filter(|_| is_good)
    }

    /// All that is to be reported.
    fn with(&self, told: &[Diagnostic]) -> Vec<Diagnostic> {
        let report = Report::new();
        report.extend(self.told.iter().chain(told).cloned());
        report.sorted()
    }
}

impl SiteThread {
    /// A thread's state, before anything was loaded.
    pub(super) fn new(
        loader: Loader,
        jobs: Receiver<Job>,
        background: Background,
        listeners: Listeners,
    ) -> Self {
        Self {
            loader,
            jobs,
            background,
            listeners,
            good: None,
            styles: Styles::new(),
            engine: None,
            words: None,
            index: Vec::new(),
            number: 0,
            is_faulty: false,
            waiting: VecDeque::new(),
        }
    }

    /// Works until the process ends.
    pub(super) fn run(mut self, first: Change) {
        let mut candidate = self.load(first);
        loop {
            // What making the site reports, besides the faults of its files.
            let report = Report::new();
            if let Some(loaded) = candidate.good() {
                let words = self.words_of(&loaded);
                let plans = catch_panic(&report, || loaded.model.plans(&words));
                let tried = candidate.change.paths.iter().any(|path| may_break_pages(path));
                let site = plans.as_ref().and_then(|plans| {
                    let engine = self.engine.as_ref();
                    let site = Site::prepare(&loaded.model, plans, engine, &report)?;
                    if tried {
                        catch_panic(&report, || {
                            try_pages(&site.reading(&loaded.snapshot, &report), &plans[0])
                        });
                    }
                    Some(site)
                });
                if let Some(site) = site.filter(|_| !report.has_errors()) {
                    self.engine = Some(site.engines());
                    let told = report.sorted();
                    self.publish(&candidate, &site, &loaded, &told);
                    candidate = self.serve(&site, Arc::clone(&loaded), &told);
                    continue;
                }
            }
            self.publish_faults(&candidate, &report.sorted());
            candidate = match &self.good {
                Some(good) => self.serve_again(Arc::clone(good)),
                None => self.serve_nothing(),
            };
        }
    }

    fn load(&self, change: Change) -> Candidate {
        let report = Report::new();
        report.extend(change.told.iter().cloned());
        let loaded = catch_panic(&report, || Arc::new(self.loader.load(&report)));
        Candidate { loaded, change, told: report.sorted() }
    }

    /// Reads what changed.
    fn follow(&mut self, mut change: Change) -> Candidate {
        self.background.stop();
        let report = Report::new();
        let (paths, settings) = (&change.paths, change.settings.clone());
        let followed = catch_panic(&report, || self.loader.follow(paths, settings));
        change.reading = None;
        match followed {
            Some(()) => self.load(change),
            None => {
                // What was read by half is read again with the next change.
                self.loader.forget();
                Candidate { loaded: None, change, told: report.sorted() }
            }
        }
    }

    /// The words of the interface; those of the last theme, if they are the same.
    fn words_of(&mut self, loaded: &Loaded) -> Vec<Arc<Words>> {
        let (theme, config) = (&loaded.model.theme, &loaded.model.config);
        let others = config.languages.iter().map(|language| &language.tag);
        let tags = || std::iter::once(&config.default_language).chain(others.clone());
        let known = self.words.take().filter(|(known, words)| {
            words.iter().map(|words| words.language()).eq(tags())
                && known.strings == theme.strings
                && known.languages == theme.languages
        });
        let words = known.map_or_else(|| loaded.model.words(), |(_, words)| words);
        self.words = Some((Arc::clone(theme), words.clone()));
        words
    }

    /// Answers from a site until there is another one. A change of texts alone leaves it what it is: the
    /// next page is rendered from the new text.
    fn serve(
        &mut self,
        site: &Site<'_>,
        mut loaded: Arc<Loaded>,
        told: &[Diagnostic],
    ) -> Candidate {
        let at_work = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            loop {
                let Ok(job) = self.jobs.recv() else { park() };
                match job {
                    Job::Ask(path, reply)
                        if self.index.is_empty() && self.waits(&path, &loaded) =>
                    {
                        self.waiting.push_back((path, reply));
                    }
                    Job::Ask(path, reply) => {
                        self.answering(site, &loaded).begin(scope, &at_work, path, reply);
                    }
                    Job::Follow(change) => {
                        let candidate = self.follow(change);
                        match candidate
                            .good()
                            .filter(|next| Arc::ptr_eq(&next.model, &loaded.model))
                        {
                            Some(next) => {
                                self.publish(&candidate, site, &next, told);
                                loaded = next;
                            }
                            None => return candidate,
                        }
                    }
                    Job::Checked(checked) => {
                        self.take(*checked);
                        for (path, reply) in std::mem::take(&mut self.waiting) {
                            self.answering(site, &loaded).begin(scope, &at_work, path, reply);
                        }
                    }
                }
            }
        })
    }

    /// What a request is answered from now, whatever follows.
    fn answering<'s>(&self, site: &'s Site<'s>, loaded: &Arc<Loaded>) -> Answering<'s> {
        Answering { site, loaded: Arc::clone(loaded), index: self.index.clone() }
    }

    /// Answers from the last good site, while the archive has faults.
    fn serve_again(&mut self, loaded: Arc<Loaded>) -> Candidate {
        if self.index.is_empty() {
            self.background.check(self.number, Arc::clone(&loaded), Vec::new());
        }
        let words = self.words_of(&loaded);
        let plans = loaded.model.plans(&words);
        let (engine, report) = (self.engine.clone(), Report::new());
        match Site::prepare(&loaded.model, &plans, engine.as_ref(), &report) {
            Some(site) => self.serve(&site, Arc::clone(&loaded), &report.sorted()),
            None => self.serve_nothing(),
        }
    }

    /// Waits for a first good site.
    fn serve_nothing(&mut self) -> Candidate {
        loop {
            let Ok(job) = self.jobs.recv() else { park() };
            match job {
                Job::Ask(_, reply) => drop(reply.send(Answer::NoSite)),
                Job::Follow(change) => return self.follow(change),
                Job::Checked(_) => {}
            }
        }
    }

    fn waits(&self, path: &str, loaded: &Loaded) -> bool {
        let config = &loaded.model.config;
        let inside = path.strip_prefix(config.base_path()).unwrap_or(path);
        config.search.enabled && inside.trim_start_matches('/').starts_with(SEARCH)
    }

    /// Takes what making the whole site reported, if it is the one that is served.
    fn take(&mut self, checked: Checked) {
        if checked.number != self.number {
            return;
        }
        self.index.extend(checked.search.map(Arc::new));
        let old = self.index.len().saturating_sub(2);
        self.index.drain(..old);
        if self.is_faulty {
            return;
        }
        self.listeners.renew(|current| current.checked(&checked.diagnostics, checked.dead_links));
        (self.listeners.tell)(News::Checked { diagnostics: &checked.diagnostics });
    }

    fn publish_faults(&mut self, candidate: &Candidate, told: &[Diagnostic]) {
        self.is_faulty = true;
        let diagnostics = &candidate.with(told)[..];
        self.listeners.renew(|current| current.with_faults(diagnostics));
        self.tell_built(candidate, diagnostics);
    }

    fn publish(
        &mut self,
        candidate: &Candidate,
        site: &Site<'_>,
        loaded: &Arc<Loaded>,
        told: &[Diagnostic],
    ) {
        let diagnostics = &candidate.with(told)[..];
        let styles = self.styles_of(site);
        let renewal = renewal_of(&candidate.change, &self.styles, &styles);
        self.styles = styles;
        // To free an archive takes longer than a page does.
        let old = self.good.replace(Arc::clone(loaded));
        std::thread::spawn(move || drop(old));
        self.number += 1;
        self.is_faulty = false;
        let base_path = loaded.model.config.base_path().to_owned();
        self.listeners.renew(|current| current.followed_by(base_path, renewal));
        self.tell_built(candidate, diagnostics);
        self.background.check(self.number, Arc::clone(loaded), diagnostics.to_vec());
    }

    fn tell_built(&self, candidate: &Candidate, diagnostics: &[Diagnostic]) {
        let (changed, time) = (&candidate.change.shown[..], candidate.change.started.elapsed());
        (self.listeners.tell)(News::Built { diagnostics, changed, time });
    }

    /// The style sheets of a site, by path.
    fn styles_of(&self, site: &Site<'_>) -> Styles {
        let assets = site.assets().iter().filter(|(path, _)| path.ends_with(".css")).cloned();
        let mut styles: Styles = assets.collect();
        styles.extend(self.loader.styles());
        styles
    }
}

/// Pages that are made at the same time, each on a thread of its own.
const AT_WORK: usize = 16;

/// What requests are answered from: a site, its texts and its index, as they were when one was asked.
struct Answering<'s> {
    site: &'s Site<'s>,
    loaded: Arc<Loaded>,
    index: Vec<Arc<Index>>,
}

impl<'s> Answering<'s> {
    /// Answers on a thread of its own, so that a page which takes long holds up no other one; of very many requests,
    /// some wait.
    fn begin<'scope>(
        self,
        scope: &'scope Scope<'scope, '_>,
        at_work: &'scope AtomicUsize,
        path: String,
        reply: oneshot::Sender<Answer>,
    ) where
        's: 'scope,
    {
        if at_work.fetch_add(1, Ordering::Relaxed) >= AT_WORK {
            self.answer(&path, reply);
            at_work.fetch_sub(1, Ordering::Relaxed);
            return;
        }
        scope.spawn(move || {
            self.answer(&path, reply);
            at_work.fetch_sub(1, Ordering::Relaxed);
        });
    }

    fn answer(&self, raw: &str, reply: oneshot::Sender<Answer>) {
        let report = Report::new();
        let made = catch_panic(&report, || self.made(raw, &report));
        let faults: Vec<String> = report
            .sorted()
            .iter()
            .filter(|fault| fault.severity == Severity::Error)
            .map(|fault| fault.render())
            .collect();
        let answer = match made {
            Some(Answer::Missing(_)) | None if !faults.is_empty() => {
                Answer::Faulty(faults.join("\n\n"))
            }
            Some(answer) => answer,
            None => Answer::NoSite,
        };
        // Who asked may be gone.
        let _ = reply.send(answer);
    }

    fn made(&self, raw: &str, report: &Report) -> Answer {
        let mut found = None;
        let base_path = self.loaded.model.config.base_path();
        let asked = request_path::find(raw, base_path, |path| {
            found = self.file(path, report);
            found.is_some()
        });
        match asked {
            Asked::File(path) => match self.site.leads_to(&path) {
                Some(address) => Answer::Elsewhere(address),
                None => Answer::File(path, found.unwrap_or_default()),
            },
            Asked::Elsewhere(address) => Answer::Elsewhere(address),
            Asked::Missing => Answer::Missing(self.not_found(raw, report)),
            Asked::Refused => Answer::Refused,
        }
    }

    /// The note that there is no page, in the language of the address, as hosts answer that know more than one.
    fn not_found(&self, raw: &str, report: &Report) -> Option<Vec<u8>> {
        let config = &self.loaded.model.config;
        let inside = raw.strip_prefix(config.base_path()).unwrap_or(raw).trim_start_matches('/');
        let language = config.languages.iter().find(|l| inside.starts_with(&l.prefix));
        let prefix = language.map_or("", |language| &language.prefix);
        self.file(&format!("{prefix}404.html"), report)
    }

    /// A file of the site, by its path.
    fn file(&self, path: &str, report: &Report) -> Option<Vec<u8>> {
        let written = self.index.last().map(|index| &index.written);
        let made = self.site.reading(&self.loaded.snapshot, report).file(path, written);
        made.or_else(|| self.index.iter().rev().find_map(|index| index.files.get(path)).cloned())
    }
}

/// What an open page must do after a change.
fn renewal_of(change: &Change, before: &Styles, after: &Styles) -> Renewal {
    let only_styles =
        !change.paths.is_empty() && change.paths.iter().all(|path| path.ends_with(".css"));
    if only_styles { difference::between(before, after) } else { Renewal::Page }
}

/// Whether a change of a file may make pages that cannot be rendered: settings, templates, strings.
fn may_break_pages(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    !matches!(
        parts[..],
        ["content" | "static" | "seeds", ..] | ["themes", _, "styles" | "scripts", ..]
    )
}

/// Renders one page of each kind, so that faults of templates are found before they are shown.
fn try_pages(site: &Making<'_>, plan: &SitePlan<'_>) {
    let mut kinds = FxHashSet::default();
    let is_first_of_its_kind = |page: &&Page| {
        let is_new = kinds.insert(std::mem::discriminant(*page));
        matches!(page, Page::Own(_)) || is_new && !matches!(page, Page::Data)
    };
    let tried = plan.pages.iter().filter(is_first_of_its_kind).map(|page| plan.file_of(page));
    let (below, in_root): (Vec<String>, Vec<String>) = tried.partition(|file| file.contains('/'));
    let try_file = |file: &String| drop(site.file(file, None));
    // What a path in the root may be besides a page is looked for by all threads together, and so not from
    // one of them.
    in_root.iter().for_each(try_file);
    parallel::for_each(&below, try_file);
}

/// Runs what a fault of ours may break off, which must not end the thread: the user's next change may well
/// avoid it. Gives `None`, and reports it, if it did.
fn catch_panic<T>(report: &Report, work: impl FnOnce() -> T) -> Option<T> {
    let done = std::panic::catch_unwind(std::panic::AssertUnwindSafe(work));
    done.map_err(|_| report.push(super::broken_off())).ok()
}

/// The senders live as long as the process.
fn park() -> ! {
    loop {
        std::thread::park();
    }
}
