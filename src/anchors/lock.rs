//! `content/published.lock` ↔ [`Lock`]: what was published of each document, one line each, sorted by its path: the
//! days on which that was first and on which it changed last, a checksum, and the anchors of its paragraphs. Committed
//! with the archive, so that branches merge. It holds no words: nothing that is withheld can be read in it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::follow;
use crate::diagnostic::Report;
use crate::edtf::{Day, EdtfDate};
use crate::files::Sources;

/// Where the lock is.
pub const PATH: &str = "content/published.lock";

const HEADER: &str = "\
# What was published of each document: its file, the day on which it was published first, the day of its last change,
# a checksum, then the anchors of its paragraphs in their order, each with those that it had before it was edited,
# which lead to it. Commit this file.
";

/// Front matter that may change without a change of the record: where the seed is, and the days themselves.
const ASIDE: [&str; 5] = ["seed =", "sha256 =", "lines =", "added =", "updated ="];

/// Anchors of documents that were published, by the path of their file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Lock {
    lines: BTreeMap<String, Line>,
    /// The lines of files that are gone, which may have been renamed.
    gone: BTreeMap<String, Line>,
    /// The files that are gone, by their anchors.
    owners: BTreeMap<String, String>,
}

/// What was published of a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Line {
    /// The day on which it was published first.
    pub added: Option<EdtfDate>,
    /// The day on which a change was published last.
    pub updated: Option<EdtfDate>,
    checksum: String,
    paragraphs: Vec<Paragraph>,
}

/// A document as it is published.
#[derive(Debug)]
pub struct Published {
    /// The anchors of its paragraphs.
    pub anchors: Vec<String>,
    /// Whether the earlier ones may be shown.
    pub keeps_old: bool,
    /// See [`checksum`].
    pub checksum: String,
}

/// What tells a change of a document: a hash of its text and its record.
pub fn checksum(front: &str, body: &str) -> String {
    let mut hasher = blake3::Hasher::new();
    for line in front.lines().filter(|line| !ASIDE.iter().any(|aside| line.starts_with(aside))) {
        hasher.update(line.as_bytes()).update(b"\n");
    }
    for line in body.lines() {
        hasher.update(line.as_bytes()).update(b"\n");
    }
    hasher.finalize().to_hex()[..16].to_owned()
}

/// A paragraph: its anchor, and those that it had.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Paragraph {
    pub(super) anchor: String,
    pub(super) before: Vec<String>,
}

impl Lock {
    /// Reads the lock; an archive without one has published nothing that is known.
    pub fn read(sources: &dyn Sources) -> Self {
        let bytes = sources.read(PATH).unwrap_or_default();
        let lines = parse(&String::from_utf8_lossy(&bytes));
        if lines.is_empty() {
            return Self::default();
        }
        let files = sources.list("content/documents", &Report::new());
        Self::of_lines(lines, |path| files.binary_search_by(|file| file.as_str().cmp(path)).is_ok())
    }

    fn of_lines(mut lines: BTreeMap<String, Line>, is_there: impl Fn(&str) -> bool) -> Self {
        let gone: BTreeMap<String, Line> =
            lines.extract_if(.., |path, _| !is_there(path)).collect();
        let mut owners = BTreeMap::new();
        for (path, line) in &gone {
            owners.extend(line.paragraphs.iter().map(|p| (p.anchor.clone(), path.clone())));
        }
        Self { lines, gone, owners }
    }

    /// Whether it must be read again, since a file came or went.
    pub fn is_stale(&self, path: &str, sources: &dyn Sources) -> bool {
        let is_there = sources.look_into(path).is_ok();
        if is_there { self.gone.contains_key(path) } else { self.lines.contains_key(path) }
    }

    /// The text of the file.
    pub fn to_text(&self) -> String {
        let mut text = HEADER.to_owned();
        let all: BTreeMap<&String, &Line> = self.lines.iter().chain(&self.gone).collect();
        for (path, line) in all {
            let day =
                |day: &Option<EdtfDate>| day.as_ref().map_or("-".to_owned(), ToString::to_string);
            let (added, updated) = (day(&line.added), day(&line.updated));
            // Never fails: a `String` takes everything.
            let _ = write!(text, "{path}\t{added}\t{updated}\t{}", line.checksum);
            let mut part = '\t';
            for Paragraph { anchor, before } in &line.paragraphs {
                text.push(part);
                text.push_str(anchor);
                if !before.is_empty() {
                    let _ = write!(text, "({})", before.join(","));
                }
                part = ' ';
            }
            text.push('\n');
        }
        text
    }

    /// What was published of a document with these anchors: under its own name, or that of a file that is gone and
    /// had most of them.
    pub fn of(&self, path: &str, now: &[String]) -> Option<&Line> {
        self.lines.get(path).or_else(|| self.gone.get(self.once(now)?))
    }

    /// What was published of a document under its own name.
    pub fn line(&self, path: &str) -> Option<&Line> {
        self.lines.get(path)
    }

    /// All that [`Lock::of`] can find of a document, in words that only equality matters of; none if that is nothing.
    pub fn facts(&self, path: &str) -> Option<String> {
        let line = self.lines.get(path);
        let gone = Some(&self.gone).filter(|gone| line.is_none() && !gone.is_empty());
        (line.is_some() || gone.is_some()).then(|| format!("{line:?} {gone:?}"))
    }

    /// The file that is gone and had most of these anchors.
    fn once(&self, now: &[String]) -> Option<&str> {
        if self.owners.is_empty() {
            return None;
        }
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for owner in now.iter().filter_map(|anchor| self.owners.get(anchor)) {
            *counts.entry(owner).or_default() += 1;
        }
        let (owner, count) = counts.into_iter().max_by_key(|(_, count)| *count)?;
        (2 * count >= now.len()).then_some(owner)
    }

    /// Records what is published of a document on a day.
    pub fn publish(&mut self, path: &str, published: Published, today: Day) {
        let Published { anchors, keeps_old, checksum } = published;
        let today = || today.to_string().parse().ok();
        let known = self.of(path, &anchors);
        let mut line = match known {
            Some(line) if keeps_old => line.followed(&anchors),
            known => Line::of(&anchors, known.cloned().unwrap_or_default()),
        };
        line.added = line.added.or_else(today);
        if known.is_some() && line.checksum != checksum {
            line.updated = today();
        }
        line.checksum = checksum;
        if !self.lines.contains_key(path)
            && let Some(once) = self.once(&anchors).map(str::to_owned)
        {
            self.gone.remove(&once);
        }
        self.lines.insert(path.to_owned(), line);
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty() && self.gone.is_empty()
    }
}

/// Lines that are none, such as a merge's marks, are passed over.
fn parse(text: &str) -> BTreeMap<String, Line> {
    let line = |line: &str| {
        let mut fields = line.split('\t').take_while(|_| !line.starts_with('#'));
        let (path, added, updated) = (fields.next()?, fields.next()?, fields.next()?);
        let (checksum, anchors) = (fields.next()?.to_owned(), fields.next().unwrap_or_default());
        let paragraphs = anchors.split(' ').filter_map(paragraph).collect();
        let day =
            |day: &str| day.parse::<EdtfDate>().ok().filter(|day| day.certain_day().is_some());
        let (added, updated) = (day(added), day(updated));
        Some((path.to_owned(), Line { added, updated, checksum, paragraphs }))
    };
    text.lines().filter_map(line).collect()
}

impl Line {
    /// What the line is once the document has these anchors.
    #[must_use]
    pub fn followed(&self, now: &[String]) -> Self {
        let is_same = self.paragraphs.iter().map(|paragraph| &paragraph.anchor).eq(now);
        let paragraphs = (!is_same).then(|| follow::followed(&self.paragraphs, now));
        Self { paragraphs: paragraphs.unwrap_or_else(|| self.paragraphs.clone()), ..self.clone() }
    }

    /// The same with these anchors and none of before.
    fn of(now: &[String], known: Self) -> Self {
        Self { paragraphs: follow::followed(&[], now), ..known }
    }

    /// The paragraphs that had other anchors, each with these.
    pub fn edited(&self) -> impl Iterator<Item = (&str, &[String])> {
        let edited = self.paragraphs.iter().filter(|paragraph| !paragraph.before.is_empty());
        edited.map(|paragraph| (paragraph.anchor.as_str(), &paragraph.before[..]))
    }
}

/// Reads `p-k3f9a2(p-1a2b3c)`. What could not be the name of an element is none.
fn paragraph(text: &str) -> Option<Paragraph> {
    let is_anchor = |text: &&str| {
        !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let (anchor, before) = match text.split_once('(') {
        Some((anchor, before)) => (anchor, before.strip_suffix(')')?),
        None => (text, ""),
    };
    let before = before.split(',').filter(is_anchor).map(str::to_owned).collect();
    is_anchor(&anchor).then(|| Paragraph { anchor: anchor.to_owned(), before })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(anchors: &str) -> Line {
        parse(&format!("a.md\t2026-01-02\t-\tabc\t{anchors}\n"))["a.md"].clone()
    }

    fn published(anchors: &[&str], checksum: &str, keeps_old: bool) -> Published {
        let anchors = anchors.iter().map(|anchor| (*anchor).to_owned()).collect();
        Published { anchors, keeps_old, checksum: checksum.to_owned() }
    }

    #[test]
    fn what_is_written_is_read_back() {
        let text = format!(
            "{HEADER}a b.md\t2026-01-02\t-\tabc\tp-4\nb.md\t-\t2026-02-03\tdef\tp-1 h-a(h-b,p-2) p-3\n"
        );
        let lock = Lock::of_lines(parse(&text), |path| path == "b.md");
        assert_eq!(lock.to_text(), text);
        assert_eq!(parse(&text.replace('\n', "\r\n")), parse(&text));
        assert!(parse("<<<<<<< ours\n# a\tb\tc\td\n").is_empty());
    }

    #[test]
    fn what_a_person_breaks_makes_no_element() {
        assert_eq!(line("p-1(\"><x>,p-2) <b> p-3( p-4"), line("p-1(p-2) p-4"));
    }

    #[test]
    fn a_renamed_document_takes_its_line_and_a_change_has_a_day() {
        let lines = parse("gone.md\t2026-01-02\t-\tabc\tp-1(p-0) p-2\nhere.md\t-\t-\t\tp-1 p-2\n");
        let mut lock = Lock::of_lines(lines, |path| path == "here.md");
        let now = ["p-1", "p-9"].map(str::to_owned);
        assert_eq!(lock.of("new.md", &now), Some(&line("p-1(p-0) p-2")));
        assert_eq!(lock.of("other.md", &["p-7".to_owned()]), None);
        let day = |day| Day { year: 2026, month: 3, day };
        lock.publish("new.md", published(&["p-1", "p-9"], "abc", true), day(4));
        let is =
            |lock: &Lock, end: &str| assert!(lock.to_text().ends_with(end), "{}", lock.to_text());
        is(&lock, "\nnew.md\t2026-01-02\t-\tabc\tp-1(p-0) p-9(p-2)\n");
        lock.publish("new.md", published(&["p-1", "p-9"], "def", false), day(5));
        is(&lock, "\nnew.md\t2026-01-02\t2026-03-05\tdef\tp-1 p-9\n");
        lock.publish("z.md", published(&["p-8"], "ghi", true), day(6));
        is(&lock, "\nz.md\t2026-03-06\t-\tghi\tp-8\n");
    }

    #[test]
    fn where_the_seed_is_makes_no_change() {
        let front = "+++\ntitle = \"A\"\n[source]\nseed = \"a.txt\"\n+++\n";
        let same = checksum(front, "Text.\n");
        assert_eq!(
            checksum(&front.replace("a.txt", "b/a.txt").replace('\n', "\r\n"), "Text.\r\n"),
            same
        );
        assert_ne!(checksum(&front.replace("\"A\"", "\"B\""), "Text.\n"), same);
        assert_ne!(checksum(front, "Text!\n"), same);
    }
}
