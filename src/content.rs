//! The files below `content/`: text → [`Entry`] (front matter and where the Markdown body is)
//! and back to text.
//!
//! A body stays in its file until it is rendered, so that memory follows the metadata, not the text.
//! Nothing here knows other entries; names and slugs are resolved in `archive`.

mod authority;
mod collection;
mod document;
pub mod edit;
mod excerpt;
mod foreign;
pub mod mark;
pub mod merge;
pub mod name;
mod page;
mod shortcodes;
mod translation;
mod write;

use std::ops::Range;

pub use authority::{Authority, Identifier};
pub use collection::{Collection, Level};
pub use document::{
    Correction, Document, Party, Relation, Review, Source, Withdrawn, Withheld, party,
};
pub use page::Page;
pub use translation::Translation;
pub use write::write;

use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report, SourceText};
use crate::edtf::EdtfDate;
use crate::fields::{self, Fields, Key};
use crate::legible::legible;

/// A parsed content file.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Path from the archive's root, with `/` between its parts.
    pub path: String,
    /// What the file is, with its front matter.
    pub record: Record,
    /// Where the Markdown body is in the file, in bytes.
    pub body: Range<usize>,
    /// The first sentences of the body, without marks.
    pub excerpt: Option<String>,
}

impl Entry {
    /// Path and front matter, if it is a document.
    pub fn document(&self) -> Option<(&str, &Document)> {
        match &self.record {
            Record::Document(document) => Some((&self.path, document)),
            _ => None,
        }
    }
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
    /// `content/collections/`: a fonds, a series, a file.
    Collection(Box<Collection>),
    /// `content/pages/`, or `content/index.md`: a page of the archive's own.
    Page(Box<Page>),
    /// `content/people/ada.ko.md` and the like: the record of a name or of a unit in another language of the interface.
    Translation(Box<Translated>),
}

/// A translation, and what it translates.
#[derive(Debug, Clone, PartialEq)]
pub struct Translated {
    /// Path of the record that it translates.
    pub original: String,
    /// The language, by the tag that the settings have.
    pub tag: String,
    /// The front matter.
    pub record: Translation,
}

/// Where front matter and body stand in a content file, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// What the front matter is written in.
    pub syntax: Syntax,
    /// The front matter between its two fences.
    pub front: Range<usize>,
    /// The Markdown after them; one blank line between is not part of it.
    pub body: Range<usize>,
}

/// What front matter is written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Syntax {
    /// TOML between `+++` lines: what the program writes.
    Toml,
    /// YAML between `---` lines, as other generators have it: read, and never written.
    Yaml,
}

/// Finds the `+++` lines of a content file, or the `---` lines.
///
/// # Errors
///
/// Tells where a fence is missing; a file without front matter has none at its start.
pub fn split(source: SourceText<'_>) -> Result<Split, Box<Diagnostic>> {
    let text = source.text;
    let start = if text.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut lines = lines_from(text, start);
    let first = lines.next().unwrap_or(start..start);
    let found = text[first.clone()].trim_end();
    let (fence, syntax) = match found {
        "+++" => ("+++", Syntax::Toml),
        "---" => ("---", Syntax::Yaml),
        _ => {
            return Err(Box::new(
                Diagnostic::error_at(source, first, "the file has no front matter")
                    .expected("`+++` in the first line")
                    .help("write `+++`, then `title = \"…\"`, then `+++`, above the text"),
            ));
        }
    };
    for line in lines {
        if text[line.clone()].trim_end() == fence {
            let body = line.end..text.len();
            let rest = &text[body.clone()];
            let blank = ["\r\n", "\n"].into_iter().find(|end| rest.starts_with(end));
            let body = body.start + blank.map_or(0, str::len)..body.end;
            return Ok(Split { syntax, front: first.end..line.start, body });
        }
    }
    Err(Box::new(
        Diagnostic::error_at(source, first, "the front matter is not closed")
            .expected(format!("a second `{fence}` line after the last key"))
            .help(format!("write `{fence}` on a line of its own before the text")),
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

/// Parses one content file; faults go to `report`, and what could be read is returned with them, as a
/// draft: half understood, a file might show what somebody wanted to hold back.
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
    let own = Report::new();
    let of = config.translation_of(source.path);
    let mut record = read_front(source, &split, &own, |fields| match (folder(source.path), of) {
        (Folder::Documents, _) => Record::Document(Box::new(document::read(fields, config))),
        (Folder::Pages, _) => Record::Page(Box::new(page::read(fields))),
        (folder, Some((original, tag))) => {
            let record = match folder {
                Folder::Collections => translation::read_collection(fields),
                _ => translation::read_authority(fields),
            };
            Record::Translation(Box::new(Translated { original, tag: tag.to_owned(), record }))
        }
        (Folder::Organizations, None) => Record::Organization(Box::new(Authority::read(fields))),
        (Folder::People, None) => Record::Person(Box::new(Authority::read(fields))),
        (Folder::Collections, None) => Record::Collection(Box::new(Collection::read(fields))),
    });
    let is_of_a_seed =
        |document: &Document| document.source.as_ref().is_some_and(|source| source.seed.is_some());
    match &mut record {
        Record::Document(document) if is_of_a_seed(document) => {}
        Record::Document(document) => {
            // The date of a post of Jekyll is in its name.
            if split.syntax == Syntax::Yaml && document.date.is_none() {
                document.date = date_in_name(source.path);
            }
            own.extend(shortcodes::faults(source, split.body.start));
        }
        _ => own.extend(shortcodes::faults(source, split.body.start)),
    }
    if own.has_errors() {
        match &mut record {
            Record::Document(document) => document.draft = true,
            Record::Page(page) => page.draft = true,
            Record::Organization(_)
            | Record::Person(_)
            | Record::Collection(_)
            | Record::Translation(_) => {}
        }
    }
    report.extend(own.sorted());
    let title = match &record {
        Record::Document(document) => &*document.title,
        _ => "",
    };
    let excerpt = excerpt::excerpt(&legible(&source.text[split.body.clone()]), title);
    Some(Entry { path: source.path.to_owned(), record, body: split.body, excerpt })
}

/// The day that a file's name begins with: `2021-03-14-the-quay.md`.
fn date_in_name(path: &str) -> Option<EdtfDate> {
    let name = path.rsplit('/').next()?;
    let (day, rest) = name.split_at_checked("2021-03-14".len())?;
    rest.starts_with('-')
        .then(|| day.parse::<EdtfDate>().ok())
        .flatten()
        .filter(|date| date.certain_day().is_some())
}

/// Reads the front matter of a file, in whichever language it is.
fn read_front<T>(
    source: SourceText<'_>,
    split: &Split,
    report: &Report,
    read: impl FnOnce(&Fields<'_, '_>) -> T,
) -> T {
    match split.syntax {
        Syntax::Toml => fields::read(source, split.front.clone(), report, read),
        Syntax::Yaml => fields::read_yaml(source, split.front.clone(), report, read),
    }
}

/// The keys that documents can have, with what their values are.
pub fn document_keys() -> Vec<Key> {
    fields::describe(|fields| document::read(fields, &Config::default()))
}

/// The keys that authority records can have, with what their values are.
pub fn authority_keys() -> Vec<Key> {
    fields::describe(Authority::read)
}

/// The keys that units of the arrangement can have, with what their values are.
pub fn collection_keys() -> Vec<Key> {
    fields::describe(Collection::read)
}

/// The keys that pages of the archive's own can have, with what their values are.
pub fn page_keys() -> Vec<Key> {
    fields::describe(page::read)
}

/// Where each `[[review]]` of a document is in its file, in bytes.
pub fn review_places(source: SourceText<'_>) -> Vec<Range<usize>> {
    let Ok(split) = split(source) else { return Vec::new() };
    read_front(source, &split, &Report::new(), |f| f.tables("review", |_, range| range))
}

/// Where each `[[withheld]]` of a document is in its file, in bytes.
pub fn withheld_places(source: SourceText<'_>) -> Vec<Range<usize>> {
    let Ok(split) = split(source) else { return Vec::new() };
    read_front(source, &split, &Report::new(), |f| f.tables("withheld", |_, range| range))
}

enum Folder {
    Documents,
    Organizations,
    People,
    Collections,
    Pages,
}

fn folder(path: &str) -> Folder {
    match path.strip_prefix("content/").and_then(|p| p.split_once('/')) {
        Some(("documents", _)) => Folder::Documents,
        Some(("organizations", _)) => Folder::Organizations,
        Some(("people", _)) => Folder::People,
        Some(("collections", _)) => Folder::Collections,
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
                diagnostic.render();
            }
        }
    }
}
