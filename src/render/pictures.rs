//! Copies of page images for pages: made in parallel, each once, and kept for the next build.

use std::collections::BTreeSet;

use parking_lot::{Condvar, Mutex};

use crate::files::Cache;
use crate::parallel;
use crate::pdf::{self, Asked};
use crate::pictures::{self, Copies, Refusal, Task};
use crate::scan::Scan;

/// How much memory pictures may take that are decoded at the same time, in bytes. A single one may take more.
const MEMORY: u64 = 1 << 30;

/// Copies that were not used are kept up to so many, or as many as were: another site of the archive may have them.
const SPARE: usize = 256;

/// How many pages of a PDF one process makes copies of: to start it and to read the file again costs as much as a page.
const TOGETHER: usize = 16;

/// A PDF of which pages are to be shown.
pub(super) struct PdfPages<'a> {
    pub(super) bytes: &'a [u8],
    pub(super) asked: Asked,
    /// How many pixels the largest of the pages has.
    pub(super) most: u64,
}

/// Makes copies, and knows which ones a build has asked for.
#[derive(Debug, Default)]
pub struct Pictures {
    used: Mutex<BTreeSet<String>>,
    /// How much memory is taken.
    taken: Mutex<u64>,
    given_back: Condvar,
}

impl Pictures {
    /// The copies of pages of a PDF, each handed to `take` as soon as it is there; gives what it makes of them, in the order of
    /// the pages.
    pub(super) fn of_pdf<M: Send>(
        &self,
        cache: Option<&dyn Cache>,
        pages: &PdfPages<'_>,
        take: &(dyn Fn(usize, Result<Copies, Refusal>) -> M + Sync),
    ) -> Vec<M> {
        let hash = blake3::hash(pages.bytes);
        let task = pages.asked.task();
        let chunks: Vec<&[usize]> = pages.asked.pages.chunks(TOGETHER).collect();
        let of_chunk = |numbers: &&[usize]| {
            let mut made: Vec<Option<M>> = Vec::new();
            let mut missing = Vec::new();
            for page in *numbers {
                let name = name(hash.as_bytes(), &Task { page: *page, ..task.clone() });
                let kept = kept(cache, &name, &task);
                if kept.is_none() {
                    missing.push(*page);
                }
                self.uses(name);
                made.push(kept.map(|kept| take(*page, Ok(kept))));
            }
            if missing.is_empty() {
                return made;
            }
            let asked = Asked { pages: missing, ..pages.asked.clone() };
            let needed = (pages.most * 9).saturating_add(pages.bytes.len() as u64 * 2);
            self.with_room(needed, || {
                pdf::copies(pages.bytes, &asked, &mut |page, copies| {
                    if let Ok(copies) = &copies {
                        let name = name(hash.as_bytes(), &Task { page, ..task.clone() });
                        keep(cache, &name, copies);
                    }
                    if let Some(at) = numbers.iter().position(|number| *number == page) {
                        made[at] = Some(take(page, copies));
                    }
                });
            });
            made
        };
        parallel::map(&chunks, of_chunk).into_iter().flatten().flatten().collect()
    }

    /// The copies of a page of a file with this hash: those that are kept, else new ones.
    pub(super) fn copies(
        &self,
        cache: Option<&dyn Cache>,
        scan: Scan,
        (bytes, hash): (&[u8], &blake3::Hash),
        task: &Task<'_>,
    ) -> Result<Copies, Refusal> {
        let name = name(hash.as_bytes(), task);
        let copies = match kept(cache, &name, task) {
            Some(kept) => kept,
            None => {
                let needed = pictures::memory(scan, bytes, task.page);
                let made = self.with_room(needed, || pictures::copies(scan, bytes, task))?;
                keep(cache, &name, &made);
                made
            }
        };
        self.uses(name);
        Ok(copies)
    }

    fn uses(&self, name: String) {
        self.used.lock().insert(name);
    }

    /// Does something as soon as there is memory for it. It must not wait for another thread that makes copies, so that room is
    /// always given back.
    fn with_room<M>(&self, needed: u64, make: impl FnOnce() -> M) -> M {
        let needed = needed.min(MEMORY);
        let mut taken = self.taken.lock();
        self.given_back.wait_while(&mut taken, |taken| *taken + needed > MEMORY);
        *taken += needed;
        drop(taken);
        let made = make();
        *self.taken.lock() -= needed;
        self.given_back.notify_all();
        made
    }

    /// Forgets copies that a whole site does not have, if they are many.
    pub fn forget_others(&self, cache: &dyn Cache) {
        let used = self.used.lock();
        if used.is_empty() {
            return;
        }
        let names = cache.names();
        let others: Vec<&String> = names.iter().filter(|name| !used.contains(*name)).collect();
        if others.len() > used.len().max(SPARE) {
            others.into_iter().for_each(|name| cache.forget(name));
        }
    }
}

/// What is kept under a name. A limit that was lowered counts at once.
fn kept(cache: Option<&dyn Cache>, name: &str, task: &Task<'_>) -> Option<Copies> {
    let kept = cache?.take(name)?;
    let kept: Copies = postcard::from_bytes(&kept).ok()?;
    let (width, height) = kept.size;
    (u64::from(width) * u64::from(height) <= task.most_pixels).then_some(kept)
}

fn keep(cache: Option<&dyn Cache>, name: &str, copies: &Copies) {
    let coded = postcard::to_allocvec(copies);
    if let (Some(cache), Ok(coded)) = (cache, coded) {
        cache.keep(name, &coded);
    }
}

/// A name that identifies the picture, by the hash of its file, and what is made of it.
fn name(hash: &[u8], task: &Task<'_>) -> String {
    let mut hasher = blake3::Hasher::new();
    let Task { page, regions, sides, narrow, tile, .. } = task;
    hasher.update(
        format!("{} {page} {regions:?} {sides:?} {narrow:?} {tile:?}\n", pictures::VERSION)
            .as_bytes(),
    );
    hasher.update(hash);
    hasher.finalize().to_hex()[..40].to_owned()
}
