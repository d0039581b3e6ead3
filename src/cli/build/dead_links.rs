//! Whether a site that is being built has a dead link: a sink before the one that writes it.
//!
//! It only says whether there may be one. Nearly always there is none, and that must be known quickly; if there may
//! be one, the site is looked at as `check` does, which names it. Pages that are kept from the site before link to what
//! all its pages linked to; only if something of that is gone, they are read.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};

use super::scan::{Found, scan};
use crate::cli::check::address::{Site, Target};
use crate::cli::check::page;
use crate::config::Config;
use crate::files::{FileError, Sink};
use crate::parallel;
use crate::publish::Publication;

/// What the pages of a site link to.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub(in crate::cli) struct Links {
    /// Addresses from the root of the host, without fragments.
    addresses: BTreeSet<String>,
    /// Files that relative addresses lead to.
    files: BTreeSet<String>,
    /// Ids on other pages, as `path#id`.
    fragments: BTreeSet<String>,
}

/// Takes the files of a site, looks at their links, and hands them on.
pub(super) struct DeadLinks<'a> {
    publication: &'a Publication,
    site: Site,
    seen: Mutex<Seen>,
    /// Whether a page by itself has a fault.
    is_faulty: AtomicBool,
}

#[derive(Default)]
struct Seen {
    links: Links,
    /// The ids of each page that was put, by hash.
    ids: BTreeMap<String, Box<[u64]>>,
    /// Pages that are kept as they are.
    kept: Vec<String>,
}

impl<'a> DeadLinks<'a> {
    pub(super) fn new(publication: &'a Publication, config: &Config) -> Self {
        let (seen, is_faulty) = (Mutex::default(), AtomicBool::new(false));
        Self { publication, site: Site::of(config), seen, is_faulty }
    }

    /// Whether there may be a dead link, and what the pages link to. `known` is what those of the site before linked to, if
    /// pages of it were kept.
    pub(super) fn finish(mut self, known: Option<&Links>) -> (bool, Links) {
        let links = |seen: &mut Seen| std::mem::take(&mut seen.links);
        let Some(known) = known else {
            let own = links(self.seen.get_mut());
            return (self.leads_nowhere(&own, None), own);
        };
        let mut all = known.clone();
        let own = &self.seen.get_mut().links;
        all.addresses.extend(own.addresses.iter().cloned());
        all.files.extend(own.files.iter().cloned());
        all.fragments.extend(own.fragments.iter().cloned());
        if !self.leads_nowhere(&all, Some(known)) {
            return (false, all);
        }
        // It may be that only a page linked to it that is gone, too.
        let kept = std::mem::take(&mut self.seen.get_mut().kept);
        parallel::for_each(&kept, |path| match self.publication.taken_over(path) {
            Some(bytes) => self.look(path, &bytes),
            None => self.is_faulty.store(true, Ordering::Relaxed),
        });
        let own = links(self.seen.get_mut());
        (self.leads_nowhere(&own, None), own)
    }

    /// Whether one of some links is dead. Fragments of `known` are good on pages that were kept.
    fn leads_nowhere(&self, links: &Links, known: Option<&Links>) -> bool {
        let seen = self.seen.lock();
        let leads_nowhere = |address: &String| match self.site.resolve("", address) {
            Target::File { path, .. } => !self.publication.has(&path),
            Target::Outside => false,
            Target::Wrong(_) => true,
        };
        let is_good = |link: &String| {
            let (path, id) = link.split_once('#').unwrap_or((link, ""));
            match seen.ids.get(path) {
                Some(ids) => ids.contains(&hash(id)),
                None => known.is_some_and(|known| known.fragments.contains(link)) || !has_ids(path),
            }
        };
        self.is_faulty.load(Ordering::Relaxed)
            || links.files.iter().any(|path| !self.publication.has(path))
            || links.addresses.iter().any(leads_nowhere)
            || !links.fragments.iter().all(is_good)
    }

    fn look(&self, path: &str, bytes: &[u8]) {
        let own = self.scanned(path, bytes).unwrap_or_else(|| self.parsed(path, bytes));
        let mut seen = self.seen.lock();
        seen.ids.insert(path.to_owned(), own.ids.into_iter().collect());
        for address in own.addresses {
            if !seen.links.addresses.contains(address.as_str()) {
                seen.links.addresses.insert(address);
            }
        }
        seen.links.files.extend(own.files);
        seen.links.fragments.extend(own.fragments);
    }

    /// What a quick look gives; none if it finds a fault on the page itself.
    fn scanned(&self, path: &str, bytes: &[u8]) -> Option<OnePage> {
        let mut own = OnePage::default();
        let mut is_clear = true;
        let (mut links, mut named) = (FxHashSet::default(), Vec::new());
        scan(bytes, |found| match found {
            Found::Link(address) => drop(links.insert(address)),
            Found::Id(id) => is_clear &= own.ids.insert(hash(id)),
            Found::Named(id) => named.push(hash(id)),
            Found::Unclear => is_clear = false,
        });
        let is_whole = is_clear
            && named.iter().all(|id| own.ids.contains(id))
            && own.add(path, links.into_iter(), &self.site);
        is_whole.then_some(own)
    }

    /// What the page holds as a browser reads it; a fault on it is remembered.
    fn parsed(&self, path: &str, bytes: &[u8]) -> OnePage {
        let page = page::read(bytes);
        let mut own = OnePage::default();
        let twice = page.ids.iter().any(|id| !own.ids.insert(hash(id)));
        let dead = page.references.iter().any(|id| !own.ids.contains(&hash(id)));
        let whole = own.add(path, page.links.iter().map(String::as_str), &self.site);
        if twice || dead || !whole {
            self.is_faulty.store(true, Ordering::Relaxed);
        }
        own
    }
}

/// What one page holds.
#[derive(Default)]
struct OnePage {
    ids: FxHashSet<u64>,
    addresses: Vec<String>,
    files: Vec<String>,
    fragments: Vec<String>,
}

impl OnePage {
    /// Adds links; says whether those to ids of the same page lead somewhere, and none is wrong.
    fn add<'a>(&mut self, page: &str, links: impl Iterator<Item = &'a str>, site: &Site) -> bool {
        let mut is_whole = true;
        for address in links {
            let has_fragment = address.contains('#');
            if address.starts_with('/') && !address.starts_with("//") && !has_fragment {
                let path = address.split('?').next().unwrap_or_default();
                self.addresses.push(path.to_owned());
                continue;
            }
            match site.resolve(page, address) {
                Target::Outside => {}
                Target::Wrong(_) => is_whole = false,
                Target::File { path, fragment: Some(id) } if path == page => {
                    is_whole &= self.ids.contains(&hash(&id));
                }
                Target::File { path, fragment } => {
                    if let Some(id) = fragment {
                        self.fragments.push(format!("{path}#{id}"));
                    }
                    self.files.push(path);
                }
            }
        }
        is_whole
    }
}

impl Sink for DeadLinks<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        if has_ids(path) {
            self.look(path, bytes);
        }
        self.publication.put(path, bytes)
    }

    fn keep(&self, path: &str) -> bool {
        let keeps = self.publication.keep(path);
        if keeps && has_ids(path) {
            self.seen.lock().kept.push(path.to_owned());
        }
        keeps
    }
}

fn has_ids(path: &str) -> bool {
    path.ends_with(".html") || path.ends_with(".svg")
}

fn hash(id: &str) -> u64 {
    use std::hash::BuildHasher;
    rustc_hash::FxBuildHasher.hash_one(id)
}
