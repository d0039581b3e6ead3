//! Makes the whole site behind the pages that are asked for: it finds the faults of texts, dead links, and
//! makes the search index. What changes meanwhile breaks it off.

use std::collections::BTreeMap;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Sender};
use std::time::Duration;

use parking_lot::Mutex;

use super::loader::Loaded;
use super::site_thread::Job;
use super::{LinkCheck, LinkChecks, broken_off};
use crate::diagnostic::{Diagnostic, Report};
use crate::files::{FileError, Sink};
use crate::pipeline::{Scope, Site};
use crate::search::Written;

/// How long the archive must be left alone before the whole site is made.
const QUIET: Duration = Duration::from_millis(400);

/// What the whole site told.
pub(super) struct Checked {
    /// Number of the model that it was made from.
    pub(super) number: u64,
    /// All that is to be told.
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
            while let Ok((number, loaded, told)) = works.recv() {
                std::thread::sleep(QUIET);
                if current.load(Ordering::Relaxed) != number {
                    continue;
                }
                let make = || check(number, &loaded, told, &current, &checks);
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

    /// Makes the whole site of a model; `told` is what was found before.
    pub(super) fn check(&self, number: u64, loaded: Arc<Loaded>, told: Vec<Diagnostic>) {
        self.wanted.store(number, Ordering::Relaxed);
        // The thread ends with the process only.
        let _ = self.work.send((number, loaded, told));
    }
}

fn check(
    number: u64,
    loaded: &Loaded,
    told: Vec<Diagnostic>,
    wanted: &AtomicU64,
    checks: &LinkChecks,
) -> Option<Checked> {
    let report = Report::new();
    report.extend(told);
    let words = loaded.model.words();
    let plans = loaded.model.plans(&words);
    let site = Site::prepare(&loaded.model, &plans, &words, None, &Report::new())?;
    let index = Mutex::default();
    let links = checks(&loaded.model.config);
    let sink = Whole { number, wanted, index: &index, links: &*links };
    let made = site.make(Scope::Whole, None, &loaded.held, &sink, &report).ok()?;
    let dead_links = match report.has_errors() {
        true => Vec::new(),
        false => links.dead(&loaded.held, &loaded.model.archive),
    };
    let files = Arc::new(index.into_inner());
    let search = made.search.map(|written| Index { written, files });
    Some(Checked { number, diagnostics: report.sorted(), dead_links, search })
}

/// Keeps the files of the index, shows all to the links' check, and refuses more once nobody wants them.
struct Whole<'a> {
    number: u64,
    wanted: &'a AtomicU64,
    index: &'a Mutex<BTreeMap<String, Vec<u8>>>,
    links: &'a dyn LinkCheck,
}

impl Sink for Whole<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        if self.wanted.load(Ordering::Relaxed) != self.number {
            let (action, path) = ("make", path.to_owned());
            return Err(FileError { action, path, source: std::io::ErrorKind::Interrupted.into() });
        }
        self.links.put(path, bytes)?;
        if path.starts_with(super::site_thread::SEARCH) && !path.ends_with(".html") {
            let mut index = self.index.lock();
            index.insert(path.to_owned(), bytes.to_vec());
        }
        Ok(())
    }
}
