//! Where a build keeps what the next one can use again.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::OnceLock;

use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use parking_lot::Mutex;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Sources, Store};
use crate::diagnostic::Report;

/// Where something can be put and found again.
pub trait Storage: Sources + Store {}

impl<T: Sources + Store> Storage for T {}

/// Of compression: the quickest.
const LEVEL: u8 = 1;

/// No value has more bytes.
const MOST: usize = 1 << 30;

/// What one site keeps from build to build, by name. Whatever is lost or damaged will be made again.
pub struct Shelf<'a> {
    storage: &'a dyn Storage,
    folder: String,
    /// Hashes of what the build before kept: what an unfinished run left has different ones.
    before: BTreeMap<String, String>,
    kept: Mutex<BTreeMap<String, String>>,
    /// Whether the folder has a file that keeps version control out.
    ignored: OnceLock<bool>,
}

impl<'a> Shelf<'a> {
    /// A shelf in a folder, with the hashes that [`Shelf::kept`] gave in the build before.
    pub fn new(storage: &'a dyn Storage, folder: String, before: BTreeMap<String, String>) -> Self {
        Self { storage, folder, before, kept: Mutex::default(), ignored: OnceLock::new() }
    }

    /// What the build before kept under a name, if it is there and whole.
    pub fn take(&self, name: &str) -> Option<Vec<u8>> {
        let hash = self.before.get(name)?;
        let bytes = self.storage.read(&self.path(name)).ok()?;
        (blake3::hash(&bytes).to_hex().as_str() == hash).then_some(bytes)
    }

    /// What [`Shelf::keep_value`] kept under a name.
    pub fn take_value<T: DeserializeOwned>(&self, name: &str) -> Option<T> {
        let hash = self.before.get(name)?;
        let bytes = self.storage.read(&self.path(name)).ok()?;
        let bytes = decompress_to_vec_with_limit(&bytes, MOST).ok()?;
        if blake3::hash(&bytes).to_hex().as_str() != hash {
            return None;
        }
        postcard::from_bytes(&bytes).ok()
    }

    /// Keeps a value for the next build, compressed.
    pub fn keep_value(&self, name: &str, value: &(impl Serialize + ?Sized)) {
        // There is nothing in what is kept that the format refuses.
        let bytes = postcard::to_allocvec(value).unwrap_or_default();
        self.keep_as(name, &bytes, |bytes| Cow::Owned(compress_to_vec(bytes, LEVEL)));
    }

    /// The names of what the build before kept that begin so, sorted.
    pub fn names<'s>(&'s self, start: &'s str) -> impl Iterator<Item = &'s str> {
        let names = self.before.range(start.to_owned()..).map(|(name, _)| name.as_str());
        names.take_while(move |name| name.starts_with(start))
    }

    /// Keeps something for the next build.
    pub fn keep(&self, name: &str, bytes: &[u8]) {
        self.keep_as(name, bytes, |bytes| Cow::Borrowed(bytes));
    }

    /// Keeps bytes in the form that `written` gives them, unless they are there.
    fn keep_as(
        &self,
        name: &str,
        bytes: &[u8],
        written: impl for<'b> FnOnce(&'b [u8]) -> Cow<'b, [u8]>,
    ) {
        let hash = blake3::hash(bytes).to_hex().to_string();
        let is_there = self.before.get(name) == Some(&hash);
        // Nobody wants it in a repository.
        let ignored = || self.storage.put(&format!("{}/.gitignore", self.folder), b"*\n").is_ok();
        if is_there
            || *self.ignored.get_or_init(ignored)
                && self.storage.put(&self.path(name), &written(bytes)).is_ok()
        {
            self.lock().insert(name.to_owned(), hash);
        }
    }

    /// Keeps what the build before kept under a name.
    pub fn keep_on(&self, name: &str) {
        if let Some(hash) = self.before.get(name) {
            self.lock().insert(name.to_owned(), hash.clone());
        }
    }

    /// Hashes of all that was kept, by name. What builds before kept and this one did not is deleted.
    pub fn kept(self) -> BTreeMap<String, String> {
        let kept = std::mem::take(&mut *self.lock());
        for path in self.storage.list(&self.folder, &Report::new()) {
            let name = path.rsplit_once('/').map_or(path.as_str(), |(_, name)| name);
            if !kept.contains_key(name) && !name.starts_with('.') {
                // What cannot be deleted does no harm.
                let _ = self.storage.discard(&path);
            }
        }
        kept
    }

    fn lock(&self) -> parking_lot::MutexGuard<'_, BTreeMap<String, String>> {
        self.kept.lock()
    }

    fn path(&self, name: &str) -> String {
        format!("{}/{name}", self.folder)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::{MemoryFiles, Sink};

    #[test]
    fn a_value_is_kept_in_few_bytes_and_taken_whole() {
        let files = MemoryFiles::new();
        let shelf = Shelf::new(&files, "shelf".into(), BTreeMap::new());
        let value = vec!["content/documents/a.md".to_owned(); 1000];
        ["a", "b"].into_iter().for_each(|name| shelf.keep_value(name, &value));
        let kept = shelf.kept();
        assert!(files.read("shelf/a").unwrap().len() < 1000);
        files.put("shelf/b", b"damaged").unwrap();
        let shelf = Shelf::new(&files, "shelf".into(), kept);
        assert_eq!(shelf.take_value("a"), Some(value));
        assert_eq!(shelf.take_value::<Vec<String>>("b"), None);
        assert_eq!(shelf.take_value::<Vec<String>>("c"), None);
    }

    #[test]
    fn only_what_is_as_it_was_kept_is_taken() {
        let files = MemoryFiles::new();
        let shelf = Shelf::new(&files, "shelf".into(), BTreeMap::new());
        ["a", "b", "c"].into_iter().for_each(|name| shelf.keep(name, name.as_bytes()));
        let kept = shelf.kept();
        files.put("shelf/b", b"damaged").unwrap();
        files.put("shelf/d", b"left by a run that was killed").unwrap();
        let shelf = Shelf::new(&files, "shelf".into(), kept);
        let taken = ["a", "b", "c", "d"].map(|name| shelf.take(name));
        assert_eq!(taken, [Some(b"a".to_vec()), None, Some(b"c".to_vec()), None]);
        shelf.keep_on("a");
        shelf.keep_on("d");
        shelf.keep("c", b"other");
        let kept = shelf.kept();
        assert_eq!(kept.keys().collect::<Vec<_>>(), ["a", "c"]);
        assert!(["b", "d"].iter().all(|name| files.read(&format!("shelf/{name}")).is_err()));
        assert_eq!(Shelf::new(&files, "shelf".into(), kept).take("c"), Some(b"other".to_vec()));
    }
}
