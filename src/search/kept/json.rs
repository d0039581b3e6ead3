//! Files of JSON, which are known by their text, so that it need not be deflated again.

use parking_lot::Mutex;
use rustc_hash::FxHashMap;

use crate::files::{FileError, Shelf, Sink};
use crate::search::hash::{self, Hash};

const NAME: &str = "json";

/// Hash of a text.
type TextHash = [u8; blake3::OUT_LEN];

/// Writes JSON, deflated. Hosts do not compress what they take for binary, and not all of them compress JSON.
pub(in crate::search) struct Writer<'a> {
    sink: &'a dyn Sink,
    shelf: Option<&'a Shelf<'a>>,
    before: FxHashMap<TextHash, Hash>,
    written: Mutex<Vec<(TextHash, Hash)>>,
}

impl<'a> Writer<'a> {
    pub(in crate::search) fn new(sink: &'a dyn Sink, shelf: Option<&'a Shelf<'a>>) -> Self {
        let kept = shelf.and_then(|shelf| shelf.take(NAME));
        let before = kept.and_then(|bytes| postcard::from_bytes(&bytes).ok()).unwrap_or_default();
        Self { sink, shelf, before, written: Mutex::default() }
    }

    /// Hands JSON to the sink, unless the file of the site before is good; gives the file's hash.
    pub(in crate::search) fn put(&self, json: &str) -> Result<Hash, FileError> {
        let text = *blake3::hash(json.as_bytes()).as_bytes();
        let known = self.before.get(&text).filter(|file| self.sink.keep(&hash::path(**file)));
        let file = match known {
            Some(file) => *file,
            None => hash::put(self.sink, &hash::deflated(json))?,
        };
        self.written.lock().push((text, file));
        Ok(file)
    }

    /// Hands a file that is no JSON to the sink; gives its hash.
    pub(in crate::search) fn put_bytes(&self, bytes: &[u8]) -> Result<Hash, FileError> {
        hash::put(self.sink, bytes)
    }

    /// Keeps what was written for the next index.
    pub(in crate::search) fn finish(self) {
        let Some(shelf) = self.shelf else { return };
        let mut written = self.written.into_inner();
        written.sort_unstable();
        shelf.keep(NAME, &postcard::to_allocvec(&written).unwrap_or_default());
    }
}
