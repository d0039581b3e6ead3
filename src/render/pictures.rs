//! Copies of page images for pages: made in parallel, each once, and kept for the next build.

use std::collections::BTreeSet;

use parking_lot::{Condvar, Mutex};

use crate::files::Cache;
use crate::pictures::{self, Copies, Refusal, Task};
use crate::scan::Scan;

/// How much memory pictures may take that are decoded at the same time, in bytes. A single one may take more.
const MEMORY: u64 = 1 << 30;

/// Copies that were not used are kept up to so many, or as many as were: another site of the archive may have them.
const SPARE: usize = 256;

/// Makes copies, and knows which ones a build has asked for.
#[derive(Debug, Default)]
pub struct Pictures {
    used: Mutex<BTreeSet<String>>,
    /// How much memory is taken.
    taken: Mutex<u64>,
    given_back: Condvar,
}

impl Pictures {
    /// The copies of a page: those that are kept, else new ones.
    pub(super) fn copies(
        &self,
        cache: Option<&dyn Cache>,
        scan: Scan,
        bytes: &[u8],
        task: &Task<'_>,
    ) -> Result<Copies, Refusal> {
        let name = name(bytes, task);
        // A limit that was lowered counts at once.
        let kept = cache.and_then(|cache| cache.take(&name));
        let kept: Option<Copies> = kept.and_then(|kept| postcard::from_bytes(&kept).ok());
        let is_allowed =
            |(width, height): (u32, u32)| u64::from(width) * u64::from(height) <= task.most_pixels;
        let copies = match kept.filter(|kept| is_allowed(kept.size)) {
            Some(kept) => kept,
            None => {
                let made = self.made(scan, bytes, task)?;
                let coded = postcard::to_allocvec(&made);
                if let (Some(cache), Ok(coded)) = (cache, coded) {
                    cache.keep(&name, &coded);
                }
                made
            }
        };
        self.used.lock().insert(name);
        Ok(copies)
    }

    /// Decodes as soon as there is room for it. Nothing in here waits for another thread, so that room is always
    /// given back.
    fn made(&self, scan: Scan, bytes: &[u8], task: &Task<'_>) -> Result<Copies, Refusal> {
        let needed = pictures::memory(scan, bytes, task.page).min(MEMORY);
        let mut taken = self.taken.lock();
        self.given_back.wait_while(&mut taken, |taken| *taken + needed > MEMORY);
        *taken += needed;
        drop(taken);
        let made = pictures::copies(scan, bytes, task);
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

/// A name that tells the picture and what is made of it.
fn name(bytes: &[u8], task: &Task<'_>) -> String {
    let mut hasher = blake3::Hasher::new();
    let Task { page, regions, sides, narrow, .. } = task;
    hasher.update(
        format!("{} {page} {regions:?} {sides:?} {narrow:?}\n", pictures::VERSION).as_bytes(),
    );
    hasher.update(bytes);
    hasher.finalize().to_hex()[..40].to_owned()
}
