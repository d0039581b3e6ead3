//! `content/urls.lock` ↔ [`Lock`]: every URL that was published, and what was there. Committed with the
//! archive; one line a URL, sorted, so that branches merge and a change shows as the lines that it is.
//!
//! Fields are separated by tabs: the path from the site's root, a word that says what was there, and what
//! that is known by. Reads and writes text only; `found` compares it with the site of today.

mod found;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::archive::AuthorityKind;
use crate::diagnostic::{Diagnostic, Position, Report, SourceText};
use crate::files::Sources;

pub(super) use found::{Fate, Fates};

/// Where the lock is.
pub const PATH: &str = "content/urls.lock";

const HEADER: &str = "\
# Every URL that was published, one line each: its path, what was there, and what that is known by.
# Commit this file. A build keeps each of these URLs alive, or stops and names the one that would die.
# `fonds build --lock-urls` adds the URLs of today; `fonds build --accept-removed` gives up those that would die.
";

/// Hexadecimal digits of a checksum: 64 bits tell the seeds of an archive apart.
const CHECKSUM: usize = 16;

/// All URLs that were ever published, by their paths from the site's root without the first slash.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lock {
    lines: BTreeMap<String, Line>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    /// Its place in the file, counted from 1; 0 if it is new.
    number: usize,
    was: Was,
}

/// What was at a URL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Was {
    /// A document, or the note that it was withdrawn.
    Document(Box<DocumentWas>),
    /// An organization or a person, by name.
    Name { kind: AuthorityKind, name: String },
    /// A page of the archive's own, or of a unit of its arrangement.
    Own { file: String, title: String },
    /// A list, or a part of another page: if it goes, the page above it takes its place.
    Part,
    /// A page in another language of the interface than the default one, by the tag of that: what is at the path of
    /// the same page in the default language says what became of it.
    InLanguage(String),
    /// Something that has another URL since: the path of that one.
    Moved(String),
    /// Something that was given up on a day.
    Removed(String),
}

/// What a document is known by.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct DocumentWas {
    /// Path of the content file.
    pub(super) file: String,
    /// Its date, as it is written in EDTF; empty if undated.
    pub(super) date: String,
    /// Path of the seed below `seeds/`; empty if there is none.
    pub(super) seed: String,
    /// First and last line of the seed.
    pub(super) lines: Option<(usize, usize)>,
    /// Beginning of the seed's SHA-256; empty if unknown.
    pub(super) checksum: String,
    /// Its title.
    pub(super) title: String,
}

impl Lock {
    /// Reads the lock of an archive; one that was never published has none. Faults go to `report`.
    pub fn read(sources: &dyn Sources, report: &Report) -> Self {
        let Ok(bytes) = sources.read(PATH) else { return Self::default() };
        Self::parse(&String::from_utf8_lossy(&bytes), report)
    }

    fn parse(text: &str, report: &Report) -> Self {
        let mut lock = Self::default();
        let mut start = 0;
        for (number, raw) in (1..).zip(text.split_inclusive('\n')) {
            let line = raw.trim_end_matches(['\r', '\n']);
            let range = start..start + line.len();
            start += raw.len();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            let refuse = |message: String| {
                let source = SourceText { path: PATH, text };
                Diagnostic::error_at(source, range.clone(), message)
            };
            let Some((path, was)) = parse_line(line) else {
                report.push(
                    refuse("the line is none of a list of URLs".to_owned())
                        .expected("a path, what was there, and what that is known by, between tabs")
                        .help("restore the line from your version control, or settle the conflict there"),
                );
                continue;
            };
            let line = Line { number, was };
            match lock.lines.get(path) {
                Some(known) if known.was != line.was => report.push(
                    refuse(format!("`/{path}` has two lines that differ"))
                        .note(format!("the other is line {}", known.number))
                        .expected("one line for each URL")
                        .help("keep the newer one; branches that were merged leave both"),
                ),
                Some(_) => {}
                None => {
                    lock.lines.insert(path.to_owned(), line);
                }
            }
        }
        lock
    }

    /// The text of the file.
    pub fn to_text(&self) -> String {
        let mut text = HEADER.to_owned();
        for (path, line) in &self.lines {
            let _ = write!(text, "/{path}\t");
            push_was(&mut text, &line.was);
            text.push('\n');
        }
        text
    }

    /// How many URLs it holds.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    /// Whether nothing was ever published.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The paths at which documents were: `documents/SLUG/`.
    pub(super) fn folders_of_documents(&self) -> impl Iterator<Item = &String> {
        self.lines.keys().filter(|path| {
            let slug = path.strip_prefix("documents/").and_then(|rest| rest.strip_suffix('/'));
            slug.is_some_and(|slug| !slug.contains('/'))
        })
    }

    fn set(&mut self, path: String, was: Was) {
        self.lines
            .entry(path)
            .and_modify(|line| line.was = was.clone())
            .or_insert(Line { number: 0, was });
    }
}

fn parse_line(line: &str) -> Option<(&str, Was)> {
    let mut fields = line.split('\t');
    let path = fields.next()?.strip_prefix('/')?;
    let mut field = || fields.next().map(|field| if field == "-" { "" } else { field }.to_owned());
    let was = match field()?.as_str() {
        "document" => Was::Document(Box::new(DocumentWas {
            file: field()?,
            date: field()?,
            seed: field()?,
            lines: parse_lines(&field()?)?,
            checksum: field()?,
            title: field()?,
        })),
        "organization" => Was::Name { kind: AuthorityKind::Organization, name: field()? },
        "person" => Was::Name { kind: AuthorityKind::Person, name: field()? },
        "page" => Was::Own { file: field()?, title: field()? },
        "part" => Was::Part,
        "language" => Was::InLanguage(field()?),
        "moved" => Was::Moved(field()?.strip_prefix('/')?.to_owned()),
        "removed" => Was::Removed(field()?),
        _ => return None,
    };
    fields.next().is_none().then_some((path, was))
}

/// `5-48`; nothing if the lines are not known. None if it is neither.
#[expect(clippy::option_option, reason = "a field that cannot be read is not one that is empty")]
fn parse_lines(field: &str) -> Option<Option<(usize, usize)>> {
    if field.is_empty() {
        return Some(None);
    }
    let (first, last) = field.split_once('-')?;
    Some(Some((first.parse().ok()?, last.parse().ok()?)))
}

fn push_was(text: &mut String, was: &Was) {
    let fields: Vec<String> = match was {
        Was::Document(was) => {
            let lines = was.lines.map(|(first, last)| format!("{first}-{last}"));
            let DocumentWas { file, date, seed, checksum, title, .. } = &**was;
            ["document", file, date, seed, &lines.unwrap_or_default(), checksum, title]
                .map(plain)
                .to_vec()
        }
        Was::Name { kind: AuthorityKind::Organization, name } => {
            ["organization", name].map(plain).to_vec()
        }
        Was::Name { kind: AuthorityKind::Person, name } => ["person", name].map(plain).to_vec(),
        Was::Own { file, title } => ["page", file, title].map(plain).to_vec(),
        Was::Part => vec!["part".to_owned()],
        Was::InLanguage(tag) => ["language", tag].map(plain).to_vec(),
        Was::Moved(to) => vec!["moved".to_owned(), format!("/{to}")],
        Was::Removed(day) => ["removed", day].map(plain).to_vec(),
    };
    text.push_str(&fields.join("\t"));
}

/// A field without tabs and line ends; one that is empty can be seen.
fn plain(field: &str) -> String {
    let plain = one_line(field);
    if plain.is_empty() { "-".to_owned() } else { plain }
}

/// A text as a field of the lock holds it.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The beginning of a checksum, as the lock holds it.
fn short(checksum: &str) -> String {
    checksum.get(..CHECKSUM).unwrap_or(checksum).to_ascii_lowercase()
}

impl Line {
    /// The place of the line in the file.
    fn position(&self, text: &str) -> Position {
        Position::of_line(text, self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINES: &str = "\
/\tpart
/documents/a/\tdocument\tcontent/documents/a.md\t1921~\tbox 1/l.txt\t5-48\tab12cd34ef567890\tLetter from A
/documents/b/\tdocument\tcontent/documents/b.md\t-\t-\t-\t-\tB
/ko/documents/a/\tlanguage\tko
/old.html\tmoved\t/documents/a/
/organizations/x/\torganization\tX & Co.
/people/x/\tremoved\t2024-01-31
/years/1921/page/2/\tpart
/über uns/\tpage\tcontent/pages/about.md\tAbout
";

    #[test]
    fn a_lock_is_written_as_it_was_read() {
        let report = Report::new();
        let lock = Lock::parse(LINES, &report);
        assert_eq!((report.sorted(), lock.len()), (vec![], 9));
        assert_eq!(lock.to_text(), format!("{HEADER}{LINES}"));
        let crlf = Lock::parse(&LINES.replace('\n', "\r\n"), &report);
        assert_eq!(crlf, lock);
    }

    #[test]
    fn what_is_no_line_is_named_with_its_place() {
        for line in [
            "documents/a/\tpart",
            "/a/",
            "/a/\twhat",
            "/a/\tmoved\tb/",
            "/a/\tpart\tmore",
            "/a/\tdocument\tf\t-\t-\tx\t-\tT",
            "<<<<<<< HEAD",
        ] {
            let report = Report::new();
            Lock::parse(&format!("# x\n{line}\n/b/\tpart\n"), &report);
            let told = report.sorted();
            assert_eq!(told.len(), 1, "{line}");
            assert_eq!(told[0].position.as_ref().map(|place| place.line), Some(2), "{line}");
        }
        let report = Report::new();
        Lock::parse("/a/\tpart\n/a/\tpart\n/a/\tremoved\t2024-01-31\n", &report);
        assert_eq!(report.sorted()[0].message, "`/a/` has two lines that differ");
    }

    #[test]
    fn no_field_breaks_a_line() {
        let mut lock = Lock::default();
        lock.set("a/".to_owned(), Was::Own { file: String::new(), title: "A\tB\nC".to_owned() });
        assert!(lock.to_text().ends_with("/a/\tpage\t-\tA B C\n"));
    }
}
