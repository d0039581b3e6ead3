//! Where a build keeps shards of the search index for the next one, which needs only those anew whose texts
//! changed.

use std::collections::BTreeMap;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::files::{Sink, Sources};
use crate::search::Shard;

/// Where something can be put and found again.
pub trait Storage: Sources + Sink {}

impl<T: Sources + Sink> Storage for T {}

/// The shards of one site.
pub struct Shelf<'a> {
    storage: &'a dyn Storage,
    folder: String,
    /// Hashes of the shards of the build before, by number: what a run left that was not finished has others.
    before: Vec<String>,
    kept: Mutex<BTreeMap<usize, String>>,
    /// Whether version control is told to pass over the folder.
    ignored: OnceLock<bool>,
}

impl<'a> Shelf<'a> {
    /// A shelf in a folder, with the hashes that [`Shelf::kept`] gave in the build before.
    pub fn new(storage: &'a dyn Storage, folder: String, before: Vec<String>) -> Self {
        Self { storage, folder, before, kept: Mutex::default(), ignored: OnceLock::new() }
    }

    /// The shard of the build before, if it is there and whole.
    pub fn take(&self, number: usize) -> Option<Shard> {
        let bytes = self.storage.read(&self.path(number)).ok()?;
        let hash = blake3::hash(&bytes).to_hex();
        (self.before.get(number)? == hash.as_str()).then(|| Shard::from_bytes(&bytes))?
    }

    /// Keeps a shard for the next build. What cannot be kept will be made again.
    pub fn keep(&self, number: usize, shard: &Shard) {
        let bytes = shard.to_bytes();
        let hash = blake3::hash(&bytes).to_hex().to_string();
        let is_there = self.before.get(number) == Some(&hash);
        // Nobody wants it in a repository.
        let ignored = || self.storage.put(&format!("{}/.gitignore", self.folder), b"*\n").is_ok();
        if is_there
            || *self.ignored.get_or_init(ignored)
                && self.storage.put(&self.path(number), &bytes).is_ok()
        {
            self.kept.lock().unwrap_or_else(PoisonError::into_inner).insert(number, hash);
        }
    }

    /// Hashes of the shards that were kept, by number; one that could not be kept has none.
    pub fn kept(self) -> Vec<String> {
        let kept = self.kept.into_inner().unwrap_or_else(PoisonError::into_inner);
        let end = kept.keys().next_back().map_or(0, |last| last + 1);
        (0..end).map(|number| kept.get(&number).cloned().unwrap_or_default()).collect()
    }

    fn path(&self, number: usize) -> String {
        format!("{}/{number}", self.folder)
    }
}
