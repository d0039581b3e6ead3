//! The corpus of a fuzzer, replayed; and, for as many seconds as `FONDS_FUZZ` says, changed by chance and tried again. That
//! finds less than a fuzzer that sees what code is reached (`fuzz/run`), and needs nothing but the tests.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// Bytes of an input, at most.
const LONGEST: usize = 8_000;

/// What parsers take for more than a letter.
const WORDS: [&str; 36] = [
    "+++\n",
    "---\n",
    "= ",
    "\"\"\"",
    "[[",
    "]]",
    "{",
    "}",
    "\n\n",
    "\r\n",
    "\t",
    "\u{0}",
    "\u{1b}[",
    "\u{202e}",
    "\u{feff}",
    "<script>",
    "<a href=",
    "javascript:",
    "![",
    "](",
    "[^1]",
    "[^1]: ",
    "> ",
    "1. ",
    "- ",
    "| a |\n|--|\n",
    "```",
    "****",
    "~~",
    "XXXX",
    "/..",
    "-00",
    "Y-999999999",
    "title = ",
    "\u{1F3FD}",
    "%%EOF",
];

/// Holds a property against the corpus of a target, which has so many files at least.
pub(super) fn hold(target: &str, least: usize, holds: fn(&[u8])) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus").join(target);
    let mut paths: Vec<PathBuf> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    assert!(paths.len() >= least, "the corpus is gone");
    let corpus: Vec<Vec<u8>> = paths.iter().map(|path| fs::read(path).unwrap()).collect();
    for (path, bytes) in paths.iter().zip(&corpus) {
        let held = std::panic::catch_unwind(|| holds(bytes));
        assert!(held.is_ok(), "{}", path.display());
    }
    if let Some(seconds) = std::env::var("FONDS_FUZZ").ok().and_then(|text| text.parse().ok()) {
        search(target, &corpus, Duration::from_secs(seconds), holds);
    }
}

#[expect(clippy::print_stderr, reason = "a search for faults says what it found")]
fn search(target: &str, corpus: &[Vec<u8>], time: Duration, holds: fn(&[u8])) {
    let seed = std::process::id().into();
    let (mut chance, started, mut tried, mut found) = (Chance(seed), Instant::now(), 0_u64, 0);
    while started.elapsed() < time {
        let bytes = changed(corpus, &mut chance);
        let begun = Instant::now();
        let held = std::panic::catch_unwind(|| holds(&bytes)).is_ok();
        tried += 1;
        if !held || begun.elapsed() > Duration::from_secs(10) {
            found += 1;
            let file = std::env::temp_dir().join(format!("fonds-find-{target}-{seed}-{tried}"));
            fs::write(&file, &bytes).unwrap();
            eprintln!("found: {}", file.display());
        }
    }
    eprintln!("{target}: {tried} inputs in {} s, {found} finds", started.elapsed().as_secs());
    assert_eq!(found, 0);
}

/// An input of the corpus, changed in some places.
fn changed(corpus: &[Vec<u8>], chance: &mut Chance) -> Vec<u8> {
    let mut bytes = corpus[chance.below(corpus.len())].clone();
    for _ in 0..=chance.below(6) {
        // The first byte says who reads it.
        let at = 1 + chance.below(bytes.len().max(2) - 1);
        let at = at.min(bytes.len());
        let length = chance.below(40).min(bytes.len() - at);
        match chance.below(7) {
            0 => drop(bytes.drain(at..at + length)),
            1 => insert(&mut bytes, at, WORDS[chance.below(WORDS.len())].as_bytes()),
            2 => insert(&mut bytes, at, &[u8::try_from(chance.below(256)).unwrap()]),
            3 if at < bytes.len() => bytes[at] ^= 1 << chance.below(8),
            4 => {
                let copy = bytes[at..at + length].to_vec();
                let to = 1 + chance.below(bytes.len());
                insert(&mut bytes, to.min(at), &copy);
            }
            5 => {
                let copy = bytes[at..at + length].repeat(1 + chance.below(50));
                insert(&mut bytes, at, &copy);
            }
            _ => {
                let other = &corpus[chance.below(corpus.len())];
                let from = chance.below(other.len().max(1));
                let end = (from + chance.below(200)).min(other.len());
                insert(&mut bytes, at, &other[from..end]);
            }
        }
    }
    bytes.truncate(LONGEST);
    bytes
}

fn insert(bytes: &mut Vec<u8>, at: usize, new: &[u8]) {
    let at = at.min(bytes.len());
    bytes.splice(at..at, new.iter().copied());
}

/// Numbers that look like chance.
struct Chance(u64);

impl Chance {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((x ^ (x >> 31)) % end.max(1) as u64).unwrap()
    }
}
