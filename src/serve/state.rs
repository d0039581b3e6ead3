//! What is served at a moment: the last good site, and what is wrong since.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use serde::Serialize;
use tokio::sync::watch;

use super::Teller;
use super::difference::Renewal;
use crate::diagnostic::{Diagnostic, Severity};

/// Who hears of each site.
pub(super) struct Listeners {
    /// Open pages.
    pub(super) pages: watch::Sender<Arc<Current>>,
    /// Whoever started the program.
    pub(super) tell: Teller,
}

impl Listeners {
    /// Puts what is served now in the place of what was.
    pub(super) fn renew(&self, next: impl FnOnce(&Current) -> Current) {
        let next = next(&self.pages.borrow());
        self.pages.send_replace(Arc::new(next));
    }
}

/// What is served at a moment.
#[derive(Debug)]
pub(super) struct Current {
    /// The path below which it is served: empty, or `/archive`.
    pub(super) base_path: String,
    /// Its links that lead nowhere.
    pub(super) dead_links: Arc<Vec<Diagnostic>>,
    /// What a page must know to be like it.
    pub(super) update: Update,
}

/// What an open page receives.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Update {
    /// Number of the site that is served; a page of another number is out of date.
    pub(super) generation: u64,
    /// Number of the last change of the archive's files, which need not have changed the site.
    pub(super) revision: u64,
    /// Style sheets that changed since the site before, if nothing else did: old and new address.
    pub(super) styles: Vec<(String, String)>,
    /// What is wrong with the archive now, as text; empty if nothing is.
    pub(super) faults: String,
}

impl Current {
    /// Nothing yet. Numbers begin with the time, so that a page of an earlier run is out of date.
    #[expect(clippy::disallowed_methods, reason = "tells one run of the server from another")]
    pub(super) fn empty(address: SocketAddr) -> Self {
        let time = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let generation = time.as_secs() * 1000 + u64::from(address.port()) % 1000;
        let update = Update { generation, revision: 0, styles: Vec::new(), faults: String::new() };
        Self { base_path: String::new(), dead_links: Arc::default(), update }
    }

    /// The same site, with what is wrong since.
    pub(super) fn with_faults(&self, diagnostics: &[Diagnostic]) -> Self {
        Self {
            base_path: self.base_path.clone(),
            dead_links: Arc::clone(&self.dead_links),
            update: Update {
                revision: self.update.revision + 1,
                faults: faults(diagnostics),
                ..self.update.clone()
            },
        }
    }

    /// The next good site.
    pub(super) fn followed_by(&self, base_path: String, renewal: Renewal) -> Self {
        let (generation, styles) = match renewal {
            _ if self.base_path != base_path => (self.update.generation + 1, Vec::new()),
            Renewal::Nothing => (self.update.generation, self.update.styles.clone()),
            Renewal::Page => (self.update.generation + 1, Vec::new()),
            Renewal::Styles(pairs) => {
                let address = |path: String| format!("{base_path}/{path}");
                let pairs = pairs.into_iter().map(|(old, new)| (address(old), address(new)));
                (self.update.generation + 1, pairs.collect())
            }
        };
        let revision = self.update.revision + 1;
        Self {
            base_path,
            dead_links: Arc::clone(&self.dead_links),
            update: Update { generation, revision, styles, faults: String::new() },
        }
    }

    /// The same site, once all of it was made: with the faults that showed only then.
    pub(super) fn checked(&self, diagnostics: &[Diagnostic], dead_links: Vec<Diagnostic>) -> Self {
        let revision = self.update.revision + u64::from(*self.dead_links != dead_links);
        let faults = faults(diagnostics);
        Self {
            base_path: self.base_path.clone(),
            dead_links: Arc::new(dead_links),
            update: Update { revision, faults, ..self.update.clone() },
        }
    }
}

fn faults(diagnostics: &[Diagnostic]) -> String {
    let errors = diagnostics.iter().filter(|d| d.severity == Severity::Error);
    let faults: Vec<String> = errors.map(|d| d.render()).collect();
    faults.join("\n\n")
}
