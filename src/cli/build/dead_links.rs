//! Whether a site that is being built has a dead link: a sink before the one that writes it.
//!
//! It only says whether there may be one. Nearly always there is none, and that must be known quickly; if there may
//! be one, the site is looked at as `check` does, which names it.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::atomic::{AtomicBool, Ordering};

use parking_lot::Mutex;
use rustc_hash::FxHashSet;

use super::scan::{Found, scan};
use crate::cli::check::address::{Site, Target};
use crate::cli::check::page;
use crate::config::Config;
use crate::files::{FileError, Sink};
use crate::publish::Publication;

/// Ids that pages of the site link to on other pages, as `path#id`.
pub(in crate::cli) type Fragments = BTreeSet<String>;

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
    /// Addresses from the root of the host, without fragments, and paths of files that others name.
    addresses: FxHashSet<String>,
    /// Files that relative addresses lead to.
    files: FxHashSet<String>,
    fragments: Fragments,
    /// The ids of each page that was put, by hash.
    ids: BTreeMap<String, Box<[u64]>>,
}

impl<'a> DeadLinks<'a> {
    pub(super) fn new(publication: &'a Publication, config: &Config) -> Self {
        let (seen, is_faulty) = (Mutex::default(), AtomicBool::new(false));
        Self { publication, site: Site::of(config), seen, is_faulty }
    }

    /// Whether there may be a dead link, and the fragments that pages link to. `known` are those of the site that
    /// this one rests on, if it rests on one: they are good as long as their pages stay.
    pub(super) fn finish(self, known: Option<&Fragments>) -> (bool, Fragments) {
        let mut seen = self.seen.into_inner();
        let leads_nowhere = |address: &String| match self.site.resolve("", address) {
            Target::File { path, .. } => !self.publication.has(&path),
            Target::Outside => false,
            Target::Wrong(_) => true,
        };
        let is_dead = self.is_faulty.into_inner()
            || seen.files.iter().any(|path| !self.publication.has(path))
            || seen.addresses.iter().any(leads_nowhere);
        let is_good = |link: &String| {
            let (path, id) = link.split_once('#').unwrap_or((link, ""));
            match seen.ids.get(path) {
                Some(ids) => ids.contains(&hash(id)),
                None => known.is_some_and(|known| known.contains(link)) || !has_ids(path),
            }
        };
        let before = known.into_iter().flatten().filter(|link| {
            let path = link.split_once('#').map_or(link.as_str(), |(path, _)| path);
            seen.ids.contains_key(path)
        });
        let is_cut = seen.fragments.iter().chain(before).any(|link| !is_good(link));
        let mut fragments = std::mem::take(&mut seen.fragments);
        fragments.extend(known.into_iter().flatten().cloned());
        (is_dead || is_cut, fragments)
    }

    fn look(&self, path: &str, bytes: &[u8]) {
        let own = self.scanned(path, bytes).unwrap_or_else(|| self.parsed(path, bytes));
        let mut seen = self.seen.lock();
        seen.ids.insert(path.to_owned(), own.ids.into_iter().collect());
        for address in own.addresses {
            if !seen.addresses.contains(address.as_str()) {
                seen.addresses.insert(address);
            }
        }
        seen.files.extend(own.files);
        seen.fragments.extend(own.fragments);
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
        // What is in a page must be known.
        !has_ids(path) && self.publication.keep(path)
    }
}

fn has_ids(path: &str) -> bool {
    path.ends_with(".html") || path.ends_with(".svg")
}

fn hash(id: &str) -> u64 {
    use std::hash::BuildHasher;
    rustc_hash::FxBuildHasher.hash_one(id)
}
