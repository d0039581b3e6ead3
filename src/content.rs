//! The files below `content/`: text → [`Entry`] (front matter and where the Markdown body stands)
//! and back to text.
//!
//! A body stays in its file until it is rendered, so that memory follows the metadata, not the text.
//! Nothing here knows other entries; names and slugs are resolved in `archive`.

mod authority;
mod document;
mod excerpt;
pub mod name;
mod page;
mod write;

use std::ops::Range;

pub use authority::{Authority, Identifier};
pub use document::{Document, Party, Review, Source};
pub use page::Page;
pub use write::{write_authority, write_document};

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report, SourceText};
use crate::fields;

/// A parsed content file.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Path from the archive's root, with `/` between its parts.
    pub path: String,
    /// What the file is, with its front matter.
    pub record: Record,
    /// Where the Markdown body stands in the file, in bytes.
    pub body: Range<usize>,
    /// The first sentences of the body, without marks.
    pub excerpt: Option<String>,
}

/// The front matter of a content file, by the folder that it lies in.
#[derive(Debug, Clone, PartialEq)]
pub enum Record {
    /// `content/documents/`: one text with its own creators and date.
    Document(Box<Document>),
    /// `content/organizations/`: the authority record of a corporate body.
    Organization(Box<Authority>),
    /// `content/people/`: the authority record of a person.
    Person(Box<Authority>),
    /// `content/pages/`, or `content/index.md`: a page of the archive's own.
    Page(Box<Page>),
}

/// Where front matter and body stand in a content file, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// The TOML between the two `+++` lines.
    pub front: Range<usize>,
    /// The Markdown after them; one blank line between is not part of it.
    pub body: Range<usize>,
}

/// Finds the `+++` lines of a content file.
///
/// # Errors
///
/// Tells where a fence is missing; a file without front matter has none at its start.
pub fn split(source: SourceText<'_>) -> Result<Split, Box<Diagnostic>> {
    let text = source.text;
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut lines = lines_from(text, start);
    let first = lines.next().unwrap_or(start..start);
    if text[first.clone()].trim_end() != "+++" {
        let found = text[first.clone()].trim_end();
        let help = if found == "---" {
            "front matter is TOML here: replace `---` by `+++` and `key: value` by `key = \"value\"`"
        } else {
            "write `+++`, then `title = \"…\"`, then `+++`, above the text"
        };
        return Err(Box::new(
            Diagnostic::error_at(source, first, "the file has no front matter")
                .expected("`+++` in the first line")
                .help(help),
        ));
    }
    for line in lines {
        if text[line.clone()].trim_end() == "+++" {
            let body = line.end..text.len();
            let rest = &text[body.clone()];
            let blank = ["\r\n", "\n"].into_iter().find(|end| rest.starts_with(end));
            let body = body.start + blank.map_or(0, str::len)..body.end;
            return Ok(Split { front: first.end..line.start, body });
        }
    }
    Err(Box::new(
        Diagnostic::error_at(source, first, "the front matter is not closed")
            .expected("a second line `+++` after the last key")
            .help("write `+++` on a line of its own before the text"),
    ))
}

/// Byte ranges of the lines from `start` on, each with its line end.
fn lines_from(text: &str, start: usize) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = start;
    std::iter::from_fn(move || {
        if at >= text.len() {
            return None;
        }
        let end = text[at..].find('\n').map_or(text.len(), |i| at + i + 1);
        let line = at..end;
        at = end;
        Some(line)
    })
}

/// Parses one content file; faults go to `report`, and what could be read is returned with them.
///
/// Gives `None` for a file whose front matter cannot be found, or whose folder has no meaning.
pub fn parse(source: SourceText<'_>, config: &Config, report: &Report) -> Option<Entry> {
    let split = match split(source) {
        Ok(split) => split,
        Err(diagnostic) => {
            report.push(*diagnostic);
            return None;
        }
    };
    let record =
        fields::read(source, split.front.clone(), report, |fields| match folder(source.path) {
            Folder::Documents => Record::Document(Box::new(document::read(fields, config))),
            Folder::Organizations => Record::Organization(Box::new(authority::read(fields))),
            Folder::People => Record::Person(Box::new(authority::read(fields))),
            Folder::Pages => Record::Page(Box::new(page::read(fields))),
        });
    let excerpt = excerpt::excerpt(&source.text[split.body.clone()]);
    Some(Entry { path: source.path.to_owned(), record, body: split.body, excerpt })
}

enum Folder {
    Documents,
    Organizations,
    People,
    Pages,
}

fn folder(path: &str) -> Folder {
    match path.strip_prefix("content/").and_then(|p| p.split_once('/')) {
        Some(("documents", _)) => Folder::Documents,
        Some(("organizations", _)) => Folder::Organizations,
        Some(("people", _)) => Folder::People,
        _ => Folder::Pages,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn split_of(text: &str) -> Result<Split, Box<Diagnostic>> {
        split(SourceText { path: "content/documents/a.md", text })
    }

    #[test]
    fn fences_may_have_windows_line_ends_and_a_mark_of_byte_order() {
        let text = "\u{FEFF}+++\r\ntitle = \"A\"\r\n+++\r\n\r\nBody\r\n";
        let split = split_of(text).unwrap();
        assert_eq!(&text[split.front], "title = \"A\"\r\n");
        assert_eq!(&text[split.body], "Body\r\n");
    }

    proptest! {
        #[test]
        fn a_split_loses_no_character(front in "([a-z]{1,6} = 1\n){0,3}", body in "(\\PC|\n|\\+){0,60}") {
            let text = format!("+++\n{front}+++\n\n{body}");
            let split = split_of(&text).unwrap();
            prop_assert_eq!(&text[split.front], front);
            prop_assert_eq!(&text[split.body], body);
        }

        #[test]
        fn no_text_makes_the_parser_panic(text in "(\\+\\+\\+\n|[a-z]+ = |\"|\n|\\PC){0,40}") {
            let report = Report::new();
            let source = SourceText { path: "content/documents/a.md", text: &text };
            parse(source, &Config::default(), &report);
            for diagnostic in report.sorted() {
                diagnostic.render(false);
            }
        }
    }
}
