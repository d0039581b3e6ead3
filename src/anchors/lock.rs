//! `content/anchors.lock` ↔ [`Lock`]: the anchors that were published, one line a document, sorted by its path.
//! Committed with the archive, so that branches merge. It holds no words: nothing that is withheld can be read in it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::follow;
use crate::diagnostic::Report;
use crate::files::Sources;

/// Where the lock is.
pub const PATH: &str = "content/anchors.lock";

const HEADER: &str = "\
# The paragraphs that were published, one line a document: its file, then the anchors of its paragraphs in their
# order, each with those that it had before it was edited, which lead to it. Commit this file.
";

/// Anchors of documents that were published, by the path of their file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    lines: BTreeMap<String, Line>,
    /// The lines of files that are gone, which may have been renamed.
    gone: BTreeMap<String, Line>,
    /// The files that are gone, by their anchors.
    owners: BTreeMap<String, String>,
}

/// The paragraphs of a document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line(Vec<Paragraph>);

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
            owners.extend(line.0.iter().map(|p| (p.anchor.clone(), path.clone())));
        }
        Self { lines, gone, owners }
    }

    /// Whether it must be read again, since a file came or went.
    pub fn is_stale(&self, path: &str, is_there: bool) -> bool {
        if is_there { self.gone.contains_key(path) } else { self.lines.contains_key(path) }
    }

    /// The text of the file.
    pub fn to_text(&self) -> String {
        let mut text = HEADER.to_owned();
        let all: BTreeMap<&String, &Line> = self.lines.iter().chain(&self.gone).collect();
        for (path, line) in all {
            text.push_str(path);
            let mut part = '\t';
            for Paragraph { anchor, before } in &line.0 {
                text.push(part);
                text.push_str(anchor);
                if !before.is_empty() {
                    // Never fails: a `String` takes everything.
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

    /// Sets what is published of a document that has these anchors. `keeps_old` says whether those of before may be told.
    pub fn publish(&mut self, path: &str, now: &[String], keeps_old: bool) {
        let known = self.of(path, now).filter(|_| keeps_old);
        let line = known.map_or_else(|| Line::new(now), |line| line.followed(now));
        if !self.lines.contains_key(path)
            && let Some(once) = self.once(now).map(str::to_owned)
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
        let (path, anchors) = line.split_once('\t').filter(|(path, _)| !path.starts_with('#'))?;
        Some((path.to_owned(), Line(anchors.split(' ').filter_map(paragraph).collect())))
    };
    text.lines().filter_map(line).collect()
}

impl Line {
    /// What the line is once the document has these anchors; `keeps_old` says whether old ones may be told.
    #[must_use]
    pub fn followed(&self, now: &[String]) -> Self {
        let is_same = self.0.iter().map(|paragraph| &paragraph.anchor).eq(now);
        if is_same { self.clone() } else { Self(follow::followed(&self.0, now)) }
    }

    /// The line of a document that was never published.
    pub fn new(now: &[String]) -> Self {
        Self(follow::followed(&[], now))
    }

    /// The paragraphs that had other anchors, each with these.
    pub fn edited(&self) -> impl Iterator<Item = (&str, &[String])> {
        let edited = self.0.iter().filter(|paragraph| !paragraph.before.is_empty());
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

    fn line(text: &str) -> Line {
        Line(text.split(' ').filter_map(paragraph).collect())
    }

    #[test]
    fn what_is_written_is_read_back() {
        let text = format!("{HEADER}a b.md\tp-4\nb.md\tp-1 h-a(h-b,p-2) p-3\n");
        let lock = Lock::of_lines(parse(&text), |path| path == "b.md");
        assert_eq!(lock.to_text(), text);
        assert_eq!(parse(&text.replace('\n', "\r\n")), parse(&text));
    }

    #[test]
    fn what_a_person_breaks_makes_no_element() {
        assert_eq!(line("p-1(\"><x>,p-2) <b> p-3( p-4"), line("p-1(p-2) p-4"));
    }

    #[test]
    fn a_renamed_document_takes_its_line() {
        let lines = parse("gone.md\tp-1(p-0) p-2\nhere.md\tp-1 p-2\n");
        let mut lock = Lock::of_lines(lines, |path| path == "here.md");
        let now = ["p-1", "p-9"].map(str::to_owned);
        assert_eq!(lock.of("new.md", &now), Some(&line("p-1(p-0) p-2")));
        assert_eq!(lock.of("other.md", &["p-7".to_owned()]), None);
        lock.publish("new.md", &now, true);
        assert!(lock.to_text().ends_with("\nhere.md\tp-1 p-2\nnew.md\tp-1(p-0) p-9(p-2)\n"));
        lock.publish("new.md", &now, false);
        assert!(lock.to_text().ends_with("\nnew.md\tp-1 p-9\n"));
    }
}
