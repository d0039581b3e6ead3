//! Makes the whole site behind the pages that are asked for: it finds the faults of texts, dead links, and
//! makes the search index. What changes meanwhile breaks it off. As in a build, a memo knows of what each file was made,
//! so that after a change only files are made whose inputs changed; the links of the rest are known.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Sender};
use std::time::Duration;

use parking_lot::Mutex;

use super::archive_snapshot::ArchiveSnapshot;
use super::loader::Loaded;
use super::site_thread::Job;
use super::{LinkCheck, LinkChecks, broken_off};
use crate::diagnostic::{Diagnostic, Report};
use crate::files::{Cache, FileError, Memo, MemoryFiles, Shelf, Sink, Sources};
use crate::pipeline::{Model, Site};
use crate::search::Written;

/// How long the archive must be left alone before the whole site is made.
const QUIET: Duration = Duration::from_millis(400);

/// What making the whole site reported.
pub(super) struct Checked {
    /// Number of the model that it was made from.
    pub(super) number: u64,
    /// All that is to be reported.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Links that lead nowhere.
    pub(super) dead_links: Vec<Diagnostic>,
    /// The search index.
    pub(super) search: Option<Index>,
}

/// A search index.
#[derive(Clone)]
pub(super) struct Index {
    /// Where it is.
    pub(super) written: Written,
    /// Its files by path.
    pub(super) files: Arc<BTreeMap<String, Vec<u8>>>,
}

/// The thread that makes whole sites.
pub(super) struct Background {
    wanted: Arc<AtomicU64>,
    work: Sender<(u64, Arc<Loaded>, Vec<Diagnostic>)>,
}

impl Background {
    /// Starts the thread, which sends what it finds to `jobs`.
    pub(super) fn start(jobs: Sender<Job>, checks: LinkChecks) -> Self {
        let wanted = Arc::new(AtomicU64::new(0));
        let (work, works) = mpsc::channel::<(u64, Arc<Loaded>, Vec<Diagnostic>)>();
        let current = Arc::clone(&wanted);
        std::thread::spawn(move || {
            // One thread of its own, so that the page that is asked for never waits for it.
            let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build();
            let mut past = Past::default();
            while let Ok((number, loaded, told)) = works.recv() {
                std::thread::sleep(QUIET);
                if current.load(Ordering::Relaxed) != number {
                    continue;
                }
                let make = || past.check((number, &current), &loaded, told, &checks);
                let make = AssertUnwindSafe(|| match &pool {
                    Ok(pool) => pool.install(make),
                    Err(_) => make(),
                });
                let checked = std::panic::catch_unwind(make).unwrap_or_else(|_| {
                    let diagnostics = vec![broken_off()];
                    Some(Checked { number, diagnostics, dead_links: Vec::new(), search: None })
                });
                if let Some(checked) = checked
                    && jobs.send(Job::Checked(Box::new(checked))).is_err()
                {
                    return;
                }
            }
        });
        Self { wanted, work }
    }

    /// Breaks off what is being made.
    pub(super) fn stop(&self) {
        self.wanted.store(0, Ordering::Relaxed);
    }

    /// Makes the whole site of a model; `told` is what was reported before it.
    pub(super) fn check(&self, number: u64, loaded: Arc<Loaded>, told: Vec<Diagnostic>) {
        self.wanted.store(number, Ordering::Relaxed);
        // The thread ends with the process only.
        let _ = self.work.send((number, loaded, told));
    }
}

/// What is kept of one whole site for the next.
#[derive(Default)]
struct Past {
    shelf: MemoryFiles,
    /// Hashes of what is on the shelf.
    kept: BTreeMap<String, String>,
    /// The model that the site was made from.
    model: Option<Arc<Model>>,
    links: Option<Box<dyn LinkCheck>>,
    index: Arc<BTreeMap<String, Vec<u8>>>,
}

impl Past {
    /// Makes the whole site of a model, unless another one is wanted meanwhile.
    fn check(
        &mut self,
        (number, wanted): (u64, &AtomicU64),
        loaded: &Loaded,
        told: Vec<Diagnostic>,
        checks: &LinkChecks,
    ) -> Option<Checked> {
        let report = Report::new();
        report.extend(told);
        let words = loaded.model.words();
        let plans = loaded.model.plans(&words);
        let site = Site::prepare(&loaded.model, &plans, None, &Report::new())?;
        let config = &loaded.model.config;
        let is_good = self.model.as_ref().is_some_and(|past| has_frame_of(past, &loaded.model));
        let links = match self.links.as_ref().filter(|_| is_good) {
            Some(known) => known.next(config),
            None => checks(config),
        };
        let kept = if is_good { self.kept.clone() } else { BTreeMap::new() };
        let index = Mutex::default();
        let sink = Whole { number, wanted, index: &index, before: &self.index, links: &*links };
        let memo = Memo::of(Shelf::new(&self.shelf, "shelf".to_owned(), kept));
        let sources = Hashed { snapshot: &loaded.snapshot, hashes: Mutex::default() };
        let made = site.reading(&sources, &report).make(Some(&memo), &sink).ok()?;
        let is_faulty = report.has_errors();
        let dead_links = match is_faulty {
            true => Vec::new(),
            false => links.dead(&loaded.snapshot, &loaded.model.archive),
        };
        let files = Arc::new(index.into_inner());
        if !is_faulty {
            self.kept = memo.finish();
            self.model = Some(Arc::clone(&loaded.model));
            self.links = Some(links);
            self.index = Arc::clone(&files);
        }
        let search = made.search.map(|written| Index { written, files });
        Some(Checked { number, diagnostics: report.sorted(), dead_links, search })
    }
}

/// The files of an archive, each with the hash that it has when it is first asked for.
struct Hashed<'a> {
    snapshot: &'a ArchiveSnapshot,
    hashes: Mutex<BTreeMap<String, Option<blake3::Hash>>>,
}

impl Sources for Hashed<'_> {
    fn hash(&self, path: &str) -> Option<blake3::Hash> {
        if let Some(known) = self.hashes.lock().get(path) {
            return *known;
        }
        let hash = self.snapshot.look_into(path).ok().map(|bytes| blake3::hash(&bytes));
        *self.hashes.lock().entry(path.to_owned()).or_insert(hash)
    }

    fn cache(&self) -> Option<&dyn Cache> {
        self.snapshot.cache()
    }

    fn list(&self, folder: &str, report: &Report) -> Vec<String> {
        self.snapshot.list(folder, report)
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        self.snapshot.read(path)
    }

    fn beginning(&self, path: &str, length: usize) -> Result<Vec<u8>, FileError> {
        self.snapshot.beginning(path, length)
    }

    fn part(&self, path: &str, from: u64, length: usize) -> Result<Vec<u8>, FileError> {
        self.snapshot.part(path, from, length)
    }

    fn look_into(&self, path: &str) -> Result<Cow<'_, [u8]>, FileError> {
        self.snapshot.look_into(path)
    }
}

/// Whether settings, theme and `static/` are the same: whatever can be part of any page.
fn has_frame_of(a: &Model, b: &Model) -> bool {
    Arc::ptr_eq(&a.config, &b.config)
        && Arc::ptr_eq(&a.theme, &b.theme)
        && Arc::ptr_eq(&a.statics, &b.statics)
}

/// Keeps the files of the index, shows all to the links' check, and refuses more once nobody wants them.
struct Whole<'a> {
    number: u64,
    wanted: &'a AtomicU64,
    index: &'a Mutex<BTreeMap<String, Vec<u8>>>,
    /// The index of the site before.
    before: &'a BTreeMap<String, Vec<u8>>,
    links: &'a dyn LinkCheck,
}

impl Sink for Whole<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        if self.wanted.load(Ordering::Relaxed) != self.number {
            let (action, path) = ("make", path.to_owned());
            return Err(FileError { action, path, source: std::io::ErrorKind::Interrupted.into() });
        }
        self.links.put(path, bytes)?;
        if is_of_index(path) {
            self.index.lock().insert(path.to_owned(), bytes.to_vec());
        }
        Ok(())
    }

    fn keep(&self, path: &str) -> bool {
        if self.wanted.load(Ordering::Relaxed) != self.number {
            return false;
        }
        if is_of_index(path) {
            let Some(bytes) = self.before.get(path) else { return false };
            self.index.lock().insert(path.to_owned(), bytes.clone());
        }
        self.links.keep(path)
    }
}

/// Whether a file is one of the search index.
fn is_of_index(path: &str) -> bool {
    path.starts_with(super::site_thread::SEARCH) && !path.ends_with(".html")
}
