//! What each file of a site was made of in the build before: a file whose inputs are the same is not made again.

use std::cell::Cell;
use std::collections::{BTreeMap, BTreeSet};

use parking_lot::Mutex;
use serde::{Deserialize, Serialize};

use super::{Shelf, Sink};
use crate::diagnostic::Diagnostic;
use crate::json_text;

/// Half of a BLAKE3 hash: what is made of inputs of the same key is the same.
pub type Key = u128;

thread_local! {
    /// Whether [`key_of`] is at work on this thread.
    static HASHING: Cell<bool> = const { Cell::new(false) };
}

/// The key of whatever inputs a file is made of.
pub fn key_of(inputs: &(impl Serialize + ?Sized)) -> Key {
    let before = HASHING.replace(true);
    let mut bytes = Vec::with_capacity(8 * 1024);
    // Inputs are texts, numbers, lists and maps by text: JSON refuses none of them, and writes no two alike.
    let written = serde_json::to_writer(&mut bytes, inputs);
    HASHING.set(before);
    debug_assert!(written.is_ok(), "{written:?}");
    let mut half = [0; 16];
    half.copy_from_slice(&blake3::hash(&bytes).as_bytes()[..16]);
    Key::from_le_bytes(half)
}

/// Whether what is serialized on this thread goes into a key: something whose own key is known may then give that.
pub fn is_hashing() -> bool {
    HASHING.get()
}

/// The memory of the builds of one site: what its files were made of, and a shelf with what costs most to make.
pub struct Memo<'a> {
    /// Where parts of the work are kept.
    pub shelf: Shelf<'a>,
    before: Made,
    now: Mutex<Made>,
    /// The content files whose texts alone changed since, if nothing else did.
    changed: Option<BTreeSet<String>>,
}

/// What was made of which inputs.
#[derive(Default, Serialize, Deserialize)]
struct Made {
    /// The key of each page, by its path in the site.
    pages: BTreeMap<String, Key>,
    /// The texts of documents, by the paths of their content files.
    texts: BTreeMap<String, Text>,
    /// The files beside each page that holds no text, by its path in the site.
    beside: BTreeMap<String, Vec<String>>,
}

/// What was made of the text of a document, besides its page.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Text {
    /// The key of its inputs.
    pub inputs: Key,
    /// The key of what its page has of it.
    pub outcome: Key,
    /// The key of its words.
    pub words: Key,
    /// Its files in the site.
    pub files: Vec<String>,
    /// How many of these are pages.
    pub pages: usize,
    /// What was reported.
    #[serde(with = "json_text")]
    pub told: Vec<Diagnostic>,
}

/// Its name on the shelf.
const NAME: &str = "made";

impl<'a> Memo<'a> {
    /// What the build before left on a shelf; nothing, if that is lost.
    pub fn of(shelf: Shelf<'a>) -> Self {
        let bytes = shelf.take(NAME).unwrap_or_default();
        let before = postcard::from_bytes(&bytes).unwrap_or_default();
        Self { shelf, before, now: Mutex::default(), changed: None }
    }

    /// Takes note that nothing but the texts of some content files changed since: then nobody needs to ask what a page
    /// without a text is made of.
    pub fn only_texts_changed(&mut self, paths: BTreeSet<String>) {
        self.changed = Some(paths);
    }

    /// Whether neither the text of a content file nor what is known of any changed since.
    pub fn is_untouched(&self, path: &str) -> bool {
        self.changed.as_ref().is_some_and(|changed| !changed.contains(path))
    }

    /// Whether nothing that a page without a text is made of changed since, and it is in the site still with the files beside it,
    /// which keeps them then.
    pub fn keeps_untouched(&self, page: &str, sink: &dyn Sink) -> bool {
        if self.changed.is_none() {
            return false;
        }
        let Made { pages, beside, .. } = &self.before;
        let Some((key, files)) = pages.get(page).zip(beside.get(page)) else { return false };
        if !files.iter().all(|file| sink.keep(file)) || !sink.keep(page) {
            return false;
        }
        let mut now = self.now.lock();
        now.pages.insert(page.to_owned(), *key);
        now.beside.insert(page.to_owned(), files.clone());
        true
    }

    /// Remembers the files beside a page that holds no text.
    pub fn remember_beside(&self, page: &str, files: Vec<String>) {
        self.now.lock().beside.insert(page.to_owned(), files);
    }

    /// What was made of a document's text that did not change since, if it is in the site still with its page, which
    /// keeps them then.
    pub fn untouched_text(&self, path: &str, page: &str, sink: &dyn Sink) -> Option<&Text> {
        if !self.is_untouched(path) {
            return None;
        }
        let inputs = self.before.texts.get(path)?.inputs;
        let key = self.before.pages.get(page)?;
        let text = self.text(path, inputs, sink)?;
        sink.keep(page).then(|| self.now.lock().pages.insert(page.to_owned(), *key))?;
        Some(text)
    }

    /// Whether nothing is known of a build before.
    pub fn is_empty(&self) -> bool {
        self.before.pages.is_empty()
    }

    /// Whether a page was made of the same inputs before and is in the site still, which keeps it then. If not, it is
    /// to be made.
    pub fn keeps(&self, path: &str, inputs: Key, sink: &dyn Sink) -> bool {
        self.now.lock().pages.insert(path.to_owned(), inputs);
        self.before.pages.get(path) == Some(&inputs) && sink.keep(path)
    }

    /// What was made of a document's text, if its inputs are the same and all its files are in the site still, which
    /// keeps them then.
    pub fn text(&self, path: &str, inputs: Key, sink: &dyn Sink) -> Option<&Text> {
        let text = self.before.texts.get(path).filter(|text| text.inputs == inputs)?;
        if !text.files.iter().all(|file| sink.keep(file)) {
            return None;
        }
        let mut now = self.now.lock();
        for file in &text.files {
            if let Some(key) = self.before.pages.get(file) {
                now.pages.insert(file.clone(), *key);
            }
        }
        now.texts.insert(path.to_owned(), text.clone());
        Some(text)
    }

    /// Remembers what was made of a document's text.
    pub fn remember(&self, path: &str, text: Text) {
        self.now.lock().texts.insert(path.to_owned(), text);
    }

    /// Leaves all of it for the next build; gives the hashes of what is on the shelf.
    pub fn finish(self) -> BTreeMap<String, String> {
        let made = postcard::to_allocvec(&self.now.into_inner()).unwrap_or_default();
        self.shelf.keep(NAME, &made);
        self.shelf.kept()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files::MemoryFiles;

    /// A site that has one file.
    struct Site;

    impl Sink for Site {
        fn put(&self, _: &str, _: &[u8]) -> Result<(), crate::files::FileError> {
            Ok(())
        }

        fn keep(&self, path: &str) -> bool {
            path == "there"
        }
    }

    #[test]
    fn what_was_made_of_the_same_is_kept_if_it_is_there() {
        let storage = MemoryFiles::new();
        let memo = |kept| Memo::of(Shelf::new(&storage, "shelf".into(), kept));
        let text = |file: &str| Text {
            inputs: 1,
            outcome: 2,
            words: 3,
            files: vec![file.to_owned()],
            pages: 1,
            told: Vec::new(),
        };
        let first = memo(BTreeMap::new());
        assert!(first.is_empty() && !first.keeps("there", 1, &Site));
        assert!(!first.keeps("gone", 1, &Site));
        first.remember("a.md", text("there"));
        first.remember("b.md", text("gone"));
        let second = memo(first.finish());
        assert!(!second.is_empty() && !second.keeps("gone", 1, &Site));
        assert!(second.text("a.md", 1, &Site).is_some_and(|text| text.outcome == 2));
        assert!(second.text("a.md", 3, &Site).is_none());
        assert!(second.text("b.md", 1, &Site).is_none());
        // The page of the text was kept with it.
        let third = memo(second.finish());
        assert!(!third.keeps("there", 2, &Site));
        assert!(third.text("a.md", 1, &Site).is_some() && third.text("b.md", 1, &Site).is_none());
        let fourth = memo(third.finish());
        assert!(fourth.keeps("there", 1, &Site));
    }

    #[test]
    fn keys_tell_values_apart() {
        let keys = [key_of(&(1, "a")), key_of(&("1", "a")), key_of(&("1a", "")), key_of(&true)];
        assert!(keys.iter().enumerate().all(|(at, key)| !keys[..at].contains(key)));
        assert_eq!(key_of("a"), key_of("a"));
        assert!(!is_hashing());
    }
}
