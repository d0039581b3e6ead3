//! `content/ingest.lock`: what ingest last wrote, one line a file, so that a person's edit, renaming or
//! deletion is distinguished from a draft that may follow its seed. Committed with the archive; lines are sorted
//! by path, so that branches merge.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::text::bytes::has_pair;
use crate::files::Sources;

/// Where the ledger lies.
pub(super) const PATH: &str = "content/ingest.lock";

/// Where the ledger lies that is to be, while the files are written that it tells of.
pub(super) const INTENT: &str = "content/.fonds-ingest.lock";

const HEADER: &str = "\
# What `fonds ingest` last wrote, one line a file: hash of its text, path, seed, lines of the seed, checksum of
# the seed, lines that the text leaves out. Commit this file. A file that differs from its hash belongs to a person and is
# never written again; so does one that is gone. Remove a line, and the file, to have it drafted anew.
";

/// One file that ingest wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    /// Hash of the text as it was written.
    pub hash: String,
    /// Where the file's content comes from.
    pub origin: Origin,
    /// The seed's checksum, by which it is known when it was moved; empty if it is not recorded.
    pub checksum: String,
    /// Which lines of the seed are not in the text, as [`left_out`](super::left_out) writes them.
    pub left_out: String,
}

/// Where a written file's content comes from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// A seed, and its first and last line.
    Seed(String, usize, usize),
    /// A name: `organization` or `person`, and its key.
    Name(String, String),
}

/// Digits of SHA-256 that a ledger keeps of a seed.
const DIGITS: usize = 32;

/// The part of a SHA-256, in hexadecimal, that a ledger keeps.
pub(super) fn checksum(sha256: &str) -> &str {
    sha256.get(..DIGITS).unwrap_or_default()
}

/// All entries by path.
pub(super) type Ledger = BTreeMap<String, Entry>;

/// Hash of a text: 128 bits of BLAKE3. Line ends do not count: a checkout on Windows is no edit.
pub(super) fn hash(text: &[u8]) -> String {
    let mut hasher = blake3::Hasher::new();
    let mut rest = text;
    while let Some(end) = crlf(rest) {
        hasher.update(&rest[..end]);
        rest = &rest[end + 1..];
    }
    hasher.update(rest);
    hasher.finalize().to_hex()[..32].to_owned()
}

/// Where the first `\r\n` begins.
fn crlf(text: &[u8]) -> Option<usize> {
    if !has_pair(text, b'\r', b'\n') {
        return None;
    }
    let mut from = 0;
    loop {
        let at = from + text[from..].iter().position(|byte| *byte == b'\r')?;
        if text.get(at + 1) == Some(&b'\n') {
            return Some(at);
        }
        from = at + 1;
    }
}

/// A ledger without the lines of some files.
pub(super) fn without(text: &str, paths: &[String]) -> String {
    let is_kept = |line: &&str| {
        let path = line.split('\t').nth(1);
        !path.is_some_and(|path| paths.iter().any(|gone| gone == path))
    };
    match paths {
        [] => text.to_owned(),
        _ => text.split_inclusive('\n').filter(is_kept).collect(),
    }
}

/// The ledger of an archive, and whether the last run was broken off. Of what that run meant to write, what
/// is there is its own: a whole file, or an empty one that a crash left.
pub(super) fn read(sources: &dyn Sources) -> (Ledger, bool) {
    let at = |path: &str| {
        let bytes = sources.read(path).ok()?;
        Some(parse(&String::from_utf8_lossy(&bytes)))
    };
    let mut ledger = at(PATH).unwrap_or_default();
    let Some(meant) = at(INTENT) else { return (ledger, false) };
    for (path, mut entry) in meant {
        if ledger.get(&path).is_some_and(|known| known.hash == entry.hash) {
            continue;
        }
        let Ok(bytes) = sources.read(&path) else { continue };
        let now = hash(&bytes);
        if now == entry.hash || bytes.is_empty() && !ledger.contains_key(&path) {
            entry.hash = now;
            ledger.insert(path, entry);
        }
    }
    (ledger, true)
}

/// Reads a ledger; lines that are none (such as a merge's marks) are passed over.
pub(super) fn parse(text: &str) -> Ledger {
    text.lines().filter(|l| !l.starts_with('#')).filter_map(entry).collect()
}

fn entry(line: &str) -> Option<(String, Entry)> {
    let mut fields = line.split('\t');
    let (hash, path, origin, detail) =
        (fields.next()?, fields.next()?, fields.next()?, fields.next()?);
    let origin = match origin.strip_prefix("name:") {
        Some(kind) => Origin::Name(kind.to_owned(), detail.to_owned()),
        None => {
            let (first, last) = detail.split_once('-')?;
            Origin::Seed(origin.to_owned(), first.parse().ok()?, last.parse().ok()?)
        }
    };
    let checksum = fields.next().unwrap_or_default().to_owned();
    let left_out = fields.next().unwrap_or_default().to_owned();
    Some((path.to_owned(), Entry { hash: hash.to_owned(), origin, checksum, left_out }))
}

/// Writes a ledger.
pub(super) fn write(ledger: &Ledger) -> String {
    let mut out = HEADER.to_owned();
    for (path, entry) in ledger {
        let _ = match &entry.origin {
            Origin::Seed(seed, first, last) => {
                let Entry { hash, checksum, left_out, .. } = entry;
                let last_field = if left_out.is_empty() { "" } else { "\t" };
                let bare = checksum.is_empty() && left_out.is_empty();
                let end = if bare { "" } else { "\t" };
                writeln!(
                    out,
                    "{hash}\t{path}\t{seed}\t{first}-{last}{end}{checksum}{last_field}{left_out}"
                )
            }
            Origin::Name(kind, key) => writeln!(out, "{}\t{path}\tname:{kind}\t{key}", entry.hash),
        };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn line_ends_do_not_count() {
        assert_eq!(hash(b"a\nb\n\rc"), hash(b"a\r\nb\r\n\rc"));
        assert_ne!(hash(b"a\nb"), hash(b"a\rb"));
        assert_eq!(hash(b"ab\r"), blake3::hash(b"ab\r").to_hex()[..32]);
    }

    #[test]
    fn what_is_written_is_read_back() {
        let mut ledger = Ledger::new();
        let seed = Origin::Seed("a b/007 letter.txt".to_owned(), 3, 12);
        ledger.insert(
            "content/documents/a.md".to_owned(),
            Entry {
                hash: hash(b"a"),
                origin: seed,
                checksum: "0123".to_owned(),
                left_out: "4,7-9".to_owned(),
            },
        );
        let name = Origin::Name("person".to_owned(), "jane doe".to_owned());
        ledger.insert(
            "content/people/jane-doe.md".to_owned(),
            Entry {
                hash: hash(b"b"),
                origin: name,
                checksum: String::new(),
                left_out: String::new(),
            },
        );
        assert_eq!(parse(&write(&ledger)), ledger);
        let before = "0\ta.md\tx.txt\t1-2\n";
        assert!(write(&parse(before)).ends_with(before));
        assert!(parse("<<<<<<< ours\n=======\nx\ty\n").is_empty());
    }
}
