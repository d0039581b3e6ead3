//! The bytes of a seed → the text that rules read, by the seed's format: plain text and Markdown as they
//! are, web pages, e-mails and office texts without their markup, the lines of PDFs and of files of OCR.
//!
//! Rules count the lines of that text. Messages count the lines of the seed itself, so
//! that [`Source::place`] leads from the one to the other.

mod counting;
mod format;
mod mail;
mod ocr;
mod office;
mod page;
mod pdf;
mod record;

use super::decode::{self, Decoded, Known, Refusal};
use super::furniture::Dropped;
use super::lexicon::surroundings::UNNAMED;
pub(super) use format::Unread;
use format::{Content, recognise};
pub(super) use ocr::{HEAD as OCR_HEAD, may_be as may_be_ocr, pdf_boxes};
pub use ocr::{PageBoxes, WordBox};
pub(super) use office::{Element, Remark, Zip, parse_xml};

use crate::scan::Scan;

/// A seed as rules read it.
#[derive(Debug, Default)]
pub(super) struct Source {
    pub format: Format,
    /// What it was read as, in words for people.
    pub reading: &'static str,
    pub text: String,
    /// For each line of the text the first and the last line of the seed that it was read from; `None`
    /// if they are the same lines.
    places: Option<Vec<(usize, usize)>>,
    /// What was left out before any rule, by lines of the seed.
    pub dropped: Vec<Dropped>,
    /// How many lines of the text are no part of the body: an e-mail's head.
    pub head: usize,
    pub told: Stated,
    /// What is to be said of the file.
    pub remarks: Vec<Remark>,
    /// Name of its encoding, if that is not UTF-8.
    pub encoding: Option<String>,
    /// Why the encoding may be another one, and the line that tells of it.
    pub doubt: Option<(String, usize)>,
    /// What else is doubtful about the text, each with the line that shows it.
    pub doubts: Vec<(String, usize)>,
}

/// In what form a seed is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Format {
    /// Plain text or Markdown.
    #[default]
    Text,
    /// A web page, a PDF, what was read from page images, or the text of an office program.
    Page,
    /// An e-mail with its head.
    Mail,
}

/// What a web page or an e-mail says of itself, beside its text.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Stated {
    pub title: Option<String>,
    /// A line below the title, or a description.
    pub subtitle: Option<String>,
    /// What kind of document it says to be.
    pub kind: Option<String>,
    pub author: Option<String>,
    pub date: Option<String>,
    pub language: Option<String>,
    pub url: Option<String>,
    pub mail: Option<Mail>,
    pub topics: Vec<String>,
    /// Whether it is a record of this document, not what a page says of itself.
    pub record: bool,
    /// Whether a program wrote it unasked, as office programs do.
    pub by_program: bool,
}

/// By what e-mails know each other.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Mail {
    /// Its own id.
    pub id: Option<String>,
    /// Ids of the mails that it may answer, the likeliest first.
    pub answers: Vec<String>,
}

impl Source {
    /// Reads a seed by its bytes and, if it is a text, by its name.
    pub(super) fn read(path: &str, bytes: &[u8], known: Known<'_>) -> Result<Self, Refusal> {
        let content = recognise(path, bytes);
        let mut source = match content {
            Content::Text => {
                let mut source = Self::from(decode::decode(bytes, known)?);
                if let Some(told) = record::take(&mut source.text, &mut source.dropped) {
                    source.told = told;
                }
                if page::is_markup(&source.text) {
                    source.read_markup();
                }
                source
            }
            Content::Page => {
                let Decoded { text, encoding, doubt } = decode::decode_page(bytes, known)?;
                let page = page::read(&text);
                // An entity may write what cannot be seen.
                Self { encoding, doubt, text: decode::clean(&page.text), ..page }
            }
            Content::Mail => mail::read(bytes, known)?,
            Content::Office(office) => office::read(office, bytes)?,
            Content::Ocr(format) => ocr::read(format, bytes)?,
            Content::Scan(Scan::Pdf) => pdf::read(bytes)?,
            Content::Scan(_) => return Err(Refusal::Binary),
            Content::Unread(unread) => return Err(Refusal::Unread(unread)),
        };
        source.reading = content.name(path);
        // A title that a program gave to a file without one tells nothing.
        let is_title = |title: &String| !UNNAMED.contains(&title.trim().to_lowercase().as_str());
        source.told.title = source.told.title.filter(is_title);
        if source.text.trim().is_empty() { Err(Refusal::Furniture) } else { Ok(source) }
    }

    /// Reads the elements of a text that has nothing but them, as programs write that keep web pages as Markdown.
    fn read_markup(&mut self) {
        let page = page::read(&self.text);
        self.text = decode::clean(&page.text);
        self.places = page.places;
        self.dropped.extend(page.dropped);
    }

    /// Reads a seed that is an e-mail; none if it is none.
    pub(super) fn read_mail(path: &str, bytes: &[u8]) -> Option<Self> {
        let is_mail = recognise(path, bytes) == Content::Mail;
        is_mail.then(|| mail::read(bytes, Known::default()).ok()).flatten()
    }

    /// The first and the last line of the seed for a line of the text, both counted from 1.
    pub(super) fn place(&self, line: usize) -> (usize, usize) {
        match &self.places {
            Some(places) => places.get(line.wrapping_sub(1)).copied().unwrap_or((line, line)),
            None => (line, line),
        }
    }

    /// Whether lines of the text are lines of the seed.
    pub(super) fn is_plain(&self) -> bool {
        self.places.is_none()
    }
}

impl From<Decoded> for Source {
    /// A plain text.
    fn from(Decoded { text, encoding, doubt }: Decoded) -> Self {
        Self { text, encoding, doubt, ..Self::default() }
    }
}

/// The text whose lines messages name: the seed's own, or, of a file that has none, those that were read from it.
pub(super) fn lines_of(path: &str, bytes: &[u8], known: Known<'_>) -> Option<String> {
    match recognise(path, bytes) {
        Content::Office(office) => office::read(office, bytes).ok().map(|source| source.text),
        Content::Ocr(format) => ocr::read(format, bytes).ok().map(|source| source.text),
        Content::Scan(Scan::Pdf) => pdf::read(bytes).ok().map(|source| source.text),
        Content::Scan(_) => None,
        _ => decode::decode(bytes, known).ok().map(|decoded| decoded.text),
    }
}

/// Whether the lines of a seed are read from it, and cannot be taken out of it: an office text, a PDF.
pub(super) fn is_bound(path: &str, bytes: &[u8]) -> bool {
    let content = recognise(path, bytes);
    matches!(content, Content::Office(_) | Content::Ocr(_) | Content::Scan(Scan::Pdf))
}

/// Whether the lines of a seed are those of its pages, which part by form feeds.
pub(super) fn has_pages(path: &str, bytes: &[u8]) -> bool {
    matches!(recognise(path, bytes), Content::Ocr(_) | Content::Scan(Scan::Pdf))
}

/// Where the words of each page are, if a seed tells what a program read from page images.
pub(super) fn boxes(path: &str, bytes: &[u8]) -> Vec<Option<PageBoxes>> {
    match recognise(path, bytes) {
        Content::Ocr(format) => ocr::boxes(format, bytes),
        _ => Vec::new(),
    }
}

/// Whether a seed tells what a program read from page images, by its beginning.
pub(super) fn is_ocr(path: &str, head: &[u8]) -> bool {
    matches!(recognise(path, head), Content::Ocr(_))
}

/// Lines as they are made, each with its place in the seed.
#[derive(Debug, Default)]
struct Lines {
    text: String,
    places: Vec<(usize, usize)>,
}

impl Lines {
    fn push(&mut self, line: &str, place: (usize, usize)) {
        if !self.places.is_empty() {
            self.text.push('\n');
        }
        self.text.push_str(line);
        self.places.push(place);
    }

    fn last_is_blank(&self) -> bool {
        self.places.is_empty() || self.text.ends_with('\n') || self.text.is_empty()
    }
}
