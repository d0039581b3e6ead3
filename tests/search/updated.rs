//! An index that is made from what the one before left is the index that would be made of nothing.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use fonds::files::{FileError, Key, MemoryFiles, Shelf, Sink, key_of};
use fonds::search::{Analysed, Document, FacetValue, Tables, Written, write};
use rayon::prelude::*;

/// An index with what it leaves for the next.
pub(crate) struct Site {
    /// Documents of a shard.
    size: usize,
    pub(crate) files: BTreeMap<String, Vec<u8>>,
    storage: MemoryFiles,
    kept: BTreeMap<String, String>,
    /// Files of the last index that were those of the one before, and not made.
    taken_over: usize,
    /// Documents whose words were read for the last index.
    analysed: usize,
}

impl Site {
    pub(crate) fn new(size: usize) -> Self {
        let (files, kept) = (BTreeMap::new(), BTreeMap::new());
        Self { size, files, storage: MemoryFiles::new(), kept, taken_over: 0, analysed: 0 }
    }

    /// Makes the index from what the one before left.
    pub(crate) fn build(&mut self, documents: &[Document], tables: &Tables) -> Written {
        let shelf = Shelf::new(&self.storage, "shelf".into(), std::mem::take(&mut self.kept));
        let analysed = AtomicUsize::new(0);
        let shard = |(number, documents): (usize, &[Document])| {
            let key =
                |document: &Document| Analysed::key(key_of(&document.passages), document, tables);
            let keys: Vec<Key> = documents.iter().map(key).collect();
            let before = Analysed::take(&shelf, number);
            let places = Analysed::places(before.as_ref(), &keys);
            let mut documents = documents.to_vec();
            for (at, document) in documents.iter_mut().enumerate() {
                match places.as_ref().is_some_and(|places| places[at].is_some()) {
                    // It must not be read.
                    true => document.passages.clear(),
                    false => drop(analysed.fetch_add(1, Ordering::Relaxed)),
                }
            }
            let before = before.zip(places.as_deref());
            Analysed::of((number * self.size) as u32, (&documents, keys), before, tables)
        };
        let shards = documents.par_chunks(self.size).enumerate().map(shard).collect();
        let sink = Standing {
            before: &self.files,
            files: MemoryFiles::new(),
            taken_over: AtomicUsize::new(0),
        };
        let written = write(shards, tables, Some(&shelf), &sink).expect("memory takes every file");
        self.kept = shelf.kept();
        self.taken_over = sink.taken_over.into_inner();
        self.analysed = analysed.into_inner();
        self.files = sink.files.into_files();
        written
    }

    fn kept(&self, name: &str) -> Vec<u8> {
        Shelf::new(&self.storage, "shelf".into(), self.kept.clone()).take(name).expect(name)
    }
}

/// Takes files, and takes over those of the site before.
struct Standing<'a> {
    before: &'a BTreeMap<String, Vec<u8>>,
    files: MemoryFiles,
    taken_over: AtomicUsize,
}

impl Sink for Standing<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        self.files.put(path, bytes)
    }

    fn keep(&self, path: &str) -> bool {
        self.taken_over.fetch_add(1, Ordering::Relaxed);
        self.before.get(path).is_some_and(|bytes| self.put(path, bytes).is_ok())
    }
}

/// Letters of words that are drawn unevenly, with two words that are common enough to have pairs.
fn letters() -> (Vec<Document>, Tables) {
    let value = |key: &str, label: &str| FacetValue {
        key: key.into(),
        label: label.into(),
        names: vec!["word3 word5".into()],
    };
    let tables = Tables {
        languages: vec![value("en", "English"), value("fr", "French")],
        organizations: vec![value("one", "Word7 of the word8"), value("two", "Another")],
        ..Tables::default()
    };
    let letter = |number: u32| Document {
        url: format!("documents/{number}/"),
        title: format!("Letter {number} of the word{}", number % 40),
        date: None,
        date_words: String::new(),
        creators: Vec::new(),
        recipients: Vec::new(),
        references: vec![format!("A/{number}/word")],
        kind: None,
        language: number % 2,
        organizations: vec![number % 3 % 2],
        people: Vec::new(),
        topics: Vec::new(),
        collections: Vec::new(),
        own: Vec::new(),
        extra: Vec::new(),
        passages: vec![text(number, 60), "of the ".repeat(220)],
    };
    ((0..300).map(letter).collect(), tables)
}

/// So many words, drawn by a number.
fn text(seed: u32, words: u32) -> String {
    let mut state = seed;
    let mut draw = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        u64::from(state >> 8)
    };
    let word = |drawn: u64| format!("word{}", drawn * drawn % 9973 % 1900);
    (0..words).map(|_| word(draw())).collect::<Vec<_>>().join(" ")
}

/// Documents whose words may be read again after an edit, and the edit.
type Edit<'a> = (usize, &'a dyn Fn(&mut Vec<Document>));

#[test]
fn an_index_after_edits_is_that_of_all_documents() {
    let (mut documents, tables) = letters();
    let mut site = Site::new(32);
    site.build(&documents, &tables);
    let has_pair = |site: &Site| {
        let is_index = |path: &str| path.starts_with("search/index/");
        let has_pair = |bytes: &[u8]| bytes.windows(7).any(|part| part == b" of the");
        site.files.iter().any(|(path, bytes)| is_index(path) && has_pair(bytes))
    };
    assert!(has_pair(&site));
    let edits: [Edit<'_>; 13] = [
        (0, &|_| {}),
        (1, &|all| all[5].passages[0].push_str(" word1 unheardof")),
        // Shorter by far: the positions of all that stays are bounded by another number.
        (1, &|all| all[5].passages.truncate(1)),
        (2, &|all| [299, 40].into_iter().for_each(|n| all[n].passages.push(text(7, 12)))),
        (1, &|all| all[5].passages.clear()),
        (1, &|all| all[64].passages[0] = format!("the of the of {}", all[64].passages[0])),
        // More of one shard than is worth it.
        (32, &|all| (96..102).for_each(|n| all[n].passages[0] = text(n as u32, 200))),
        (1, &|all| all[0].title.push_str(" word9")),
        // Of no word, and so of no text.
        (0, &|all| all[3].date_words = "in spring".into()),
        // One moves past eight shards, each of which gets one from its neighbour.
        (9, &|all| {
            let moved = all.remove(10);
            all.insert(250, moved);
        }),
        (10, &|all| drop(all.remove(1))),
        // Two change their places within a shard.
        (0, &|all| all.swap(33, 50)),
        // Neither of the two words is common any more.
        (299, &|all| all.iter_mut().for_each(|d| d.passages = vec![text(3, 5)])),
    ];
    for (number, (most, edit)) in edits.into_iter().enumerate() {
        edit(&mut documents);
        site.build(&documents, &tables);
        assert!(site.taken_over > 0, "edit {number}: every table was deflated again");
        assert!(site.analysed <= most, "edit {number}: {} texts were read", site.analysed);
        let mut whole = Site::new(32);
        whole.build(&documents, &tables);
        assert!(site.files == whole.files, "edit {number} gives another index");
        for shard in (0..9).map(|number| format!("shard-{number}")) {
            assert!(site.kept(&shard) == whole.kept(&shard), "edit {number}, {shard}");
        }
    }
    assert!(!has_pair(&site));
}
