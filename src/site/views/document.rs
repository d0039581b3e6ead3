//! A document's page, and the page that shows its seed.

use serde::Serialize;
use serde_json::{Map, Value};

use super::super::html::Html;
use super::super::listed::Listed;
use super::super::shared::Shared;
use super::common::{DateView, Link, PartyView};
use super::taxonomy::TaxonomyView;

/// `document`: everything about one document.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentView {
    /// Title.
    pub title: String,
    /// Language of the text, a BCP 47 tag.
    pub lang: String,
    /// Whether that is another language than the interface's.
    pub foreign: bool,
    /// Direction of the text: `ltr` or `rtl`.
    pub dir: &'static str,
    /// Date.
    pub date: Shared<DateView>,
    /// Links to the pages of the years that it may belong to: "all 6 of 2014".
    pub years: Vec<Shared<Link>>,
    /// What it is.
    pub kind: Shared<Link>,
    /// "all 14", with a link to all documents of its kind; none if it is the only one.
    pub kind_all: Option<Shared<Link>>,
    /// Its language by name.
    pub language: Shared<Link>,
    /// "all 33", with a link to all documents in its language; none if it is the only one.
    pub language_all: Option<Shared<Link>>,
    /// Where it was made.
    pub place: Option<String>,
    /// What it says that it is about.
    pub subject: Option<String>,
    /// Its own symbols.
    pub references: Vec<String>,
    /// Who wrote or issued it.
    pub creators: Vec<PartyView>,
    /// Who signed it.
    pub signatories: Vec<PartyView>,
    /// Whom it is addressed to.
    pub recipients: Vec<PartyView>,
    /// Who gets a copy.
    pub copied: Vec<PartyView>,
    /// The unit of the arrangement in which it lies.
    pub collection: Option<Link>,
    /// Shelf mark or reference code.
    pub reference: Option<String>,
    /// How much there is of it: "2 leaves".
    pub extent: Option<String>,
    /// What it is about.
    pub topics: Vec<Link>,
    /// Its terms in the archive's own taxonomies.
    pub taxonomies: Vec<TaxonomyView>,
    /// The text, HTML; notes follow the block that first refers to them.
    pub text: Html,
    /// Whether the text has notes.
    pub notes: bool,
    /// Its page images and PDFs.
    pub files: Vec<FileView>,
    /// The pages that are shown as images.
    pub pages: Vec<PageView>,
    /// Name of the small image of its first page beside its page, if lists show one.
    pub thumbnail: Option<&'static str>,
    /// URL of the IIIF manifest of its page images.
    pub manifest: Option<String>,
    /// URL of a list of the places of words on its page images, if they are known.
    pub words: Option<String>,
    /// Whether its page images and PDFs are not shown, since something of the document is withheld.
    pub files_withheld: bool,
    /// The documents of its seed, in the seed's order, if it is not alone; of more than 200 those around it.
    pub parts: Vec<Listed>,
    /// How many documents its seed holds, if more than one.
    pub parts_count: usize,
    /// The document that it answers.
    pub answers: Option<Listed>,
    /// The documents that answer it, oldest first.
    pub answered_by: Vec<Listed>,
    /// Documents to which it is bound as a translation, a version, a part or a successor, by the way.
    pub relatives: Vec<RelativeView>,
    /// Who its parties are, as far as their records say it in a sentence.
    pub who: Vec<WhoView>,
    /// The unit in whose order its neighbours are; none if they are those in time.
    pub neighbours_in: Option<Link>,
    /// The document before it in its unit, or in time.
    pub previous: Option<Listed>,
    /// The document after it in its unit, or in time.
    pub next: Option<Listed>,
    /// Documents that share parties with it.
    pub related: Vec<Listed>,
    /// How to cite it.
    pub citation: CitationView,
    /// Where the text comes from.
    pub source: Option<SourceView>,
    /// Rights.
    pub rights: Option<Link>,
    /// Doubts that nobody has settled yet.
    pub reviews: Vec<ReviewView>,
    /// Whether a person corrected it since it was read from its source.
    pub corrected: bool,
    /// What was corrected in the record or the text, newest first.
    pub history: Vec<CorrectionView>,
    /// Day on which the record came into the archive.
    pub added: Option<DateView>,
    /// Day of the record's last change.
    pub updated: Option<DateView>,
    /// Where to suggest a correction.
    pub corrections: Option<String>,
    /// URL of the plain text.
    pub text_file: Option<String>,
    /// COinS: the `title` of a `Z3988` span.
    pub coins: String,
    /// `[extra]` of the front matter.
    pub extra: Map<String, Value>,
}

/// Who somebody is.
#[derive(Debug, Clone, Serialize)]
pub struct WhoView {
    /// The name, linked.
    pub name: Link,
    /// A sentence of the record.
    pub description: String,
    /// Its language, if that is not the interface's.
    pub lang: Option<String>,
}

/// Documents to which a document is bound in one way.
#[derive(Debug, Clone, Serialize)]
pub struct RelativeView {
    /// The way in words: "Translation of".
    pub name: String,
    /// The documents.
    pub documents: Vec<Listed>,
}

/// A document's text as its page has it; its parts are in [`DocumentView`].
#[derive(Debug, Clone, Default, Serialize)]
pub struct DocumentText {
    /// The body as HTML.
    pub html: String,
    /// Whether it has notes.
    pub notes: bool,
    /// The anchor of its first numbered paragraph.
    pub first_numbered: Option<String>,
    /// Whether a person corrected the file since it was read from its source.
    pub corrected: bool,
    /// Whether the seed's checksum may be shown.
    pub checksum: bool,
    /// Lines of the seed that doubts point at and that the source page shows.
    pub lines: Vec<usize>,
    /// Its page images and PDFs.
    pub originals: Originals,
}

/// The page images and PDFs of a document.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Originals {
    /// Those that are published.
    pub files: Vec<FileView>,
    /// The pages that are shown as images.
    pub pages: Vec<PageView>,
    /// Whether there are some that are not shown, since something of the document is withheld.
    pub withheld: bool,
    /// Full URL of the PDF, if there is one and no more.
    pub pdf: Option<String>,
    /// URL of the IIIF manifest.
    pub manifest: Option<String>,
    /// URL of a list of the places of words on the pages, if they are known.
    pub words: Option<String>,
}

/// A page image or a PDF.
#[derive(Debug, Clone, Serialize)]
pub struct FileView {
    /// Its name.
    pub name: String,
    /// URL.
    pub url: String,
    /// Its format by name: `JPEG`, `PDF`.
    pub format: &'static str,
    /// Its size in words: `1.2 MB`.
    pub size: String,
    /// How many pages it has, if it is a PDF, or a TIFF with several.
    pub pages: Option<usize>,
    /// Whether browsers show it in a page.
    pub is_image: bool,
}

/// The image of a page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct PageView {
    /// Its place among the page images of the document, counted from 1.
    pub number: usize,
    /// Name of the file that it is in.
    pub name: String,
    /// URL of the largest image of it that browsers show: the original, or a copy.
    pub url: String,
    /// URL of its smallest image.
    pub src: String,
    /// Width of the smallest image in pixels, if it is known.
    pub width: Option<u32>,
    /// Height of the smallest image in pixels, if it is known.
    pub height: Option<u32>,
    /// All copies with their widths, for the attribute of this name; none if there is one only.
    pub srcset: Option<String>,
    /// URL of the copy for reading.
    pub large: String,
    /// Full URL of the copy for reading, if there is one.
    pub permanent_url: Option<String>,
    /// Width of the scan in pixels, if it is known.
    pub full_width: Option<u32>,
    /// Height of the scan in pixels, if it is known.
    pub full_height: Option<u32>,
    /// Id of the paragraph with which its text begins, if that is known.
    pub from: Option<String>,
    /// Which page of the seed it is, if the seed is a PDF.
    pub of_seed: Option<usize>,
    /// Why parts of it are painted over; empty if none are.
    pub withheld: Vec<String>,
    /// The place of its images for IIIF, below the document's address.
    pub service: Option<String>,
    /// Width of the largest copy in pixels, if there are copies.
    pub largest_width: Option<u32>,
    /// Height of the largest copy in pixels, if there are copies.
    pub largest_height: Option<u32>,
    /// Whether it is shown turned, as the camera noted it.
    pub turned: bool,
}

impl PageView {
    /// One of which there are no copies.
    pub fn of_original(url: &str, name: &str, size: Option<(u32, u32)>) -> Self {
        let (width, height) = (size.map(|size| size.0), size.map(|size| size.1));
        let (url, name) = (url.to_owned(), name.to_owned());
        let (src, large) = (url.clone(), url.clone());
        let (full_width, full_height) = (width, height);
        Self { url, name, src, large, width, height, full_width, full_height, ..Self::default() }
    }
}

/// How to cite a document.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CitationView {
    /// As a note in the style of the Chicago Manual. Styles are in their own language, whatever the interface is.
    pub chicago: String,
    /// The same for the first numbered paragraph, if there is one.
    pub chicago_paragraph: Option<String>,
    /// As an entry of a bibliography in the style of the Chicago Manual.
    pub chicago_bibliography: String,
    /// As an entry of a reference list in the style of the APA.
    pub apa: String,
    /// As an entry of a list of works cited in the style of the MLA.
    pub mla: String,
    /// As an entry of a reference list in the Harvard style.
    pub harvard: String,
    /// As Korean journals cite it, in Korean; in archives that hold Korean documents or have a Korean interface.
    pub korean: Option<String>,
    /// URL of the BibTeX file.
    pub bibtex: Option<String>,
    /// URL of the RIS file.
    pub ris: Option<String>,
    /// URL of the CSL-JSON file.
    pub csl: Option<String>,
}

/// Where a document's text comes from.
#[derive(Debug, Clone, Serialize)]
pub struct SourceView {
    /// Name of the seed.
    pub seed: Option<String>,
    /// SHA-256 of the seed's bytes.
    pub sha256: Option<String>,
    /// First line in the seed.
    pub first_line: Option<usize>,
    /// Last line in the seed.
    pub last_line: Option<usize>,
    /// Where the text was found.
    pub url: Option<String>,
    /// URL of the page that shows the seed's lines.
    pub page: Option<String>,
    /// Why nothing of the seed is shown.
    pub withheld: Option<String>,
}

/// A correction of a record or a text.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectionView {
    /// Day on which it was made.
    pub date: DateView,
    /// Name of the field in words.
    pub field: String,
    /// What was wrong, and why.
    pub reason: String,
    /// Who made it, or asked for it.
    pub by: Option<String>,
}

/// A doubt about a field.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewView {
    /// Name of the field in words.
    pub field: String,
    /// Why it is doubtful.
    pub reason: String,
    /// The line of the seed that raised it.
    pub line: Option<usize>,
    /// URL of that line.
    pub url: Option<String>,
}

/// `source`: the lines of a seed that a document was read from.
#[derive(Debug, Clone, Serialize)]
pub struct SourcePageView {
    /// The document.
    pub document: Listed,
    /// Path of the seed below `seeds/`.
    pub seed: String,
    /// SHA-256 of the seed's bytes; none if lines are withheld, since it would help to guess them.
    pub sha256: Option<String>,
    /// URL of the seed, as it is or without the lines that are withheld.
    pub download: Option<String>,
    /// The lines as rows of a table, each with its number as a link to itself: HTML that the program made.
    pub rows: Html,
    /// Whether the seed is still in the archive.
    pub present: bool,
    /// Whether the seed has changed since the document was drafted.
    pub changed: bool,
    /// Whether nothing of it is shown, since it changed after lines of it were withheld.
    pub shut: bool,
    /// Whether it is an e-mail, of which only names and text are shown.
    pub mail: bool,
    /// Whether lines of the seed are not shown, here or elsewhere in it.
    pub redacted: bool,
    /// Whether lines are marked that the document's text leaves out.
    pub left_out: bool,
}
