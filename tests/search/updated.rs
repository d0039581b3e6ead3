//! An index that is made from what the one before left is the index that would be made of nothing.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use fonds::files::{FileError, MemoryFiles, Shelf, Sink};
use fonds::search::{Analysed, Document, FacetValue, Tables, Written, analyse, write};
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
}

impl Site {
    pub(crate) fn new(size: usize) -> Self {
        let (files, kept) = (BTreeMap::new(), BTreeMap::new());
        Self { size, files, storage: MemoryFiles::new(), kept, taken_over: 0 }
    }

    /// Makes the index, all of it, or what is other since the one before by the numbers of documents.
    pub(crate) fn build(
        &mut self,
        documents: &[Document],
        tables: &Tables,
        changed: Option<&[usize]>,
    ) -> Written {
        let kept = changed.map(|_| std::mem::take(&mut self.kept)).unwrap_or_default();
        let shelf = Shelf::new(&self.storage, "shelf".into(), kept);
        let shard = |(number, documents): (usize, &[Document])| {
            let first = number * self.size;
            let before = Analysed::take(&shelf, number);
            let is_changed = |n: &usize| (first..first + self.size).contains(n);
            match (before, changed) {
                (Some(before), Some(changed)) if !changed.iter().any(is_changed) => before,
                (Some(before), Some(changed)) => {
                    let mut numbers: Vec<usize> =
                        changed.iter().copied().filter(is_changed).collect();
                    numbers.sort_unstable();
                    let document = |n: usize| (n as u32, documents[n - first].clone());
                    let changed: Vec<_> = numbers.into_iter().map(document).collect();
                    before.with(&changed, tables)
                }
                _ => analyse(first as u32, documents, tables).into(),
            }
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

/// Documents by number, and what becomes of each of them.
type Edit<'a> = (&'a [usize], &'a dyn Fn(&mut Document));

#[test]
fn an_index_after_edits_is_that_of_all_documents() {
    let (mut documents, tables) = letters();
    let mut site = Site::new(32);
    site.build(&documents, &tables, None);
    let has_pair = |site: &Site| {
        let is_index = |path: &str| path.starts_with("search/index/");
        let has_pair = |bytes: &[u8]| bytes.windows(7).any(|part| part == b" of the");
        site.files.iter().any(|(path, bytes)| is_index(path) && has_pair(bytes))
    };
    assert!(has_pair(&site));
    let mut anew = 0;
    let edits: [Edit<'_>; 9] = [
        (&[5], &|d| d.passages[0].push_str(" word1 unheardof")),
        // Shorter by far: the positions of all that stays are bounded by another number.
        (&[5], &|d| d.passages.truncate(1)),
        (&[299, 40], &|d| d.passages.push(text(7, 12))),
        (&[5], &|d| d.passages.clear()),
        (&[64], &|d| d.passages[0] = format!("the of the of {}", d.passages[0])),
        // So many that all words are kept anew.
        (&[100, 101, 102, 103, 104, 105], &|d| d.passages[0] = text(d.title.len() as u32, 200)),
        (&[5], &|d| d.passages.push("word1 word2".into())),
        // Neither of the two words is common any more.
        (&(0..300).collect::<Vec<_>>(), &|d| d.passages = vec![text(3, 5)]),
        (&[0], &|d| d.title.push_str(" word9")),
    ];
    for (number, (changed, edit)) in edits.into_iter().enumerate() {
        changed.iter().for_each(|n| edit(&mut documents[*n]));
        let before = site.kept("words-000000");
        site.build(&documents, &tables, Some(changed));
        assert!(site.taken_over > 0, "edit {number}: every table was deflated again");
        anew += usize::from(site.kept("words-000000") != before);
        let mut whole = Site::new(32);
        whole.build(&documents, &tables, None);
        assert!(site.files == whole.files, "edit {number} gives another index");
        for shard in (0..10).map(|number| format!("shard-{number}")) {
            assert!(site.kept(&shard) == whole.kept(&shard), "edit {number}, {shard}");
        }
    }
    assert!(!has_pair(&site));
    assert!((1..9).contains(&anew), "words were kept anew {anew} times");
}
