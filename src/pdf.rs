//! PDF → pages of lines in reading order, with the box of each line, and what the file says of itself.
//!
//! Nothing is drawn and nothing is run. A PDF is data of strangers that may exhaust a stack or the memory, which no
//! program can catch in itself: the command line installs a reader that does the work in a process of its own
//! ([`set_reader`]). What was read is remembered for a while, since several steps ask for it.

mod columns;
mod direction;
mod drawn;
mod extract;
mod filled;
mod lines;
mod memo;
mod paragraphs;
mod picture;
mod sampled;
mod spelling;
#[cfg(test)]
mod tests;

use std::sync::{Arc, OnceLock};

use serde::{Deserialize, Serialize};

pub(crate) use lines::usual_size;

use crate::pictures::{self, Copies, Refusal, Task};

/// A PDF as it was read.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pdf {
    /// Its pages, in their order.
    pub pages: Vec<Page>,
    /// The title in its document information.
    pub title: Option<String>,
    /// The author in its document information.
    pub author: Option<String>,
    /// The names of files attached to it.
    pub attachments: Vec<String>,
    /// The headings that its table of contents names, each with its depth, which begins at 0.
    pub outline: Vec<(usize, String)>,
}

/// A page.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Width in points, as the page is shown.
    pub width: f32,
    /// Height in points.
    pub height: f32,
    /// Its lines in reading order; a blank one parts paragraphs.
    pub lines: Vec<Line>,
    /// Whether it is a picture, perhaps with a text that a program read from it.
    pub picture: bool,
    /// Width and height of its picture in pixels, if it is a scan that can be shown as one.
    pub pixels: Option<(u32, u32)>,
    /// Letters that are read from a picture: they are in the file, but not shown.
    pub unseen: usize,
    /// Glyphs of which the file does not say what they mean.
    pub unknown: usize,
    /// What is written beside the page as it is shown: beyond its edges, where a printer's marks are.
    pub beyond: String,
    /// Where the links on it lead; styles name them by their place here.
    pub links: Vec<String>,
}

/// How letters look, as far as it says something, and where they lead.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Style {
    /// They are bold.
    pub bold: bool,
    /// They are italic.
    pub italic: bool,
    /// The number of the page's link that they are.
    pub link: Option<u16>,
}

/// A line of a page.
#[derive(Debug, Default, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Its text, indented by spaces as on the page.
    pub text: String,
    /// Size of its letters in points; zero of a blank one.
    pub size: f32,
    /// Whether a space follows its last letter: some programs write it where a line ends between words.
    pub spaced: bool,
    /// Left, top, right and bottom, in points from the page's left and upper edge.
    pub bounds: [f32; 4],
    /// From which byte of the text on its letters look how; none if they look like the rest.
    pub styles: Vec<(usize, Style)>,
    /// From which byte of the text on its letters are how far from the left edge of the page; none where that is not known.
    pub places: Vec<(usize, f32)>,
}

/// Why a PDF is not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Fault {
    /// It opens with a password only.
    Locked,
    /// It is damaged.
    Damaged,
    /// It has too many pages, or takes too long or too much memory.
    TooLarge,
}

/// How a PDF is read.
pub type Reader = fn(&[u8]) -> Result<Pdf, Fault>;

static READER: OnceLock<Reader> = OnceLock::new();

/// Installs what reads PDFs from now on; only the first one is.
pub fn set_reader(reader: Reader) {
    let _ = READER.set(reader);
}

/// Reads a PDF by the installed reader, or in this process if there is none.
///
/// # Errors
///
/// If it has a password, is damaged or too large.
pub fn read(bytes: &[u8]) -> Result<Arc<Pdf>, Fault> {
    let reader = READER.get().copied().unwrap_or(read_here);
    memo::remembered(bytes, || reader(bytes))
}

/// What is to be made of pages of a PDF that are scans.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Which pages, counted from 0.
    pub pages: Vec<usize>,
    /// The longest sides of the copies, in pixels.
    pub sides: Vec<u32>,
    /// How broad one more copy is, in pixels, if there is to be one.
    pub narrow: Option<u32>,
    /// How long the sides of pieces are, in pixels, if there are to be pieces.
    pub tile: Option<u32>,
    /// How many pixels a page may have.
    pub most_pixels: u64,
}

/// Takes the copies of a page.
pub type Taker<'t> = &'t mut dyn FnMut(usize, Result<Copies, Refusal>);

/// How copies of the pages of a PDF are made.
pub type Copier = fn(&[u8], &Asked, Taker<'_>);

static COPIER: OnceLock<Copier> = OnceLock::new();

/// Installs what makes copies of pages from now on; only the first one is.
pub fn set_copier(copier: Copier) {
    let _ = COPIER.set(copier);
}

/// Makes copies of pages that are scans, by the installed copier, or in this process if there is none. Each page that
/// was asked for is handed over once, in their order.
pub fn copies(bytes: &[u8], asked: &Asked, take: Taker<'_>) {
    COPIER.get().copied().unwrap_or(copies_here)(bytes, asked, take);
}

/// Makes copies of pages in this process.
pub fn copies_here(bytes: &[u8], asked: &Asked, take: Taker<'_>) {
    let document = std::panic::catch_unwind(|| extract::opened(bytes));
    let document = document.unwrap_or(Err(Fault::Damaged));
    for number in &asked.pages {
        let made = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
            let damaged = || Refusal::Damaged("its page cannot be read".to_owned());
            let raster = extract::picture(
                document.as_ref().map_err(|_| damaged())?,
                *number,
                asked.most_pixels,
            )?;
            pictures::copies_of(raster, &asked.task())
        }));
        let damaged = || Err(Refusal::Damaged("its decoder crashed".to_owned()));
        take(*number, made.unwrap_or_else(|_| damaged()));
    }
}

impl Asked {
    /// What is to be made of each page.
    pub fn task(&self) -> Task<'_> {
        let Self { sides, narrow, tile, most_pixels, .. } = self;
        let (narrow, tile, most_pixels) = (*narrow, *tile, *most_pixels);
        Task { sides, narrow, tile, most_pixels, ..Task::default() }
    }
}

/// Reads a PDF in this process.
///
/// # Errors
///
/// If it has a password, is damaged or too large.
pub fn read_here(bytes: &[u8]) -> Result<Pdf, Fault> {
    let read = std::panic::catch_unwind(|| extract::pdf(bytes));
    read.unwrap_or(Err(Fault::Damaged))
}

impl Pdf {
    /// Whether it holds a text; else it shows pictures of pages, of which nobody knows what is on them.
    pub fn has_text(&self) -> bool {
        let letters: usize = self.pages.iter().map(Page::letters).sum();
        let unknown: usize = self.pages.iter().map(|page| page.unknown).sum();
        letters > unknown && self.pages.iter().any(|page| page.letters() > 0 && !page.is_stamped())
    }

    /// The numbers of the pages that are pictures without a text.
    pub fn untold_pages(&self) -> Vec<usize> {
        let untold = |page: &Page| page.picture && (page.letters() == 0 || page.is_stamped());
        self.pages.iter().zip(1..).filter(|(page, _)| untold(page)).map(|(_, n)| n).collect()
    }

    /// Whether most of its text was read from pictures by a program.
    pub fn is_recognised(&self) -> bool {
        let letters: usize = self.pages.iter().map(Page::letters).sum();
        let unseen: usize = self.pages.iter().map(|page| page.unseen).sum();
        unseen > 0 && unseen * 2 > letters
    }
}

impl Page {
    fn letters(&self) -> usize {
        let of_line = |line: &Line| line.text.chars().filter(|c| c.is_alphanumeric()).count();
        self.lines.iter().map(of_line).sum()
    }

    /// Whether it is a picture with no more on it than a stamp or a page's number.
    fn is_stamped(&self) -> bool {
        const STAMP: usize = 80;
        self.picture && self.unseen == 0 && self.letters() < STAMP
    }
}
