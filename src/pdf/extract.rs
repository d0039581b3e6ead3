//! The content of each page → runs of letters with their places, upright; what the file says of itself.

use pdfboss_core::annotation::{ActionKind, Annotation};
use pdfboss_core::{Document, Error};
use pdfboss_text::{FontCache, ReadingOrder, Rect, TextSpan};
use unicode_normalization::UnicodeNormalization;

use super::drawn::Drawn;
use super::filled::Filled;
use super::{Fault, Page, Pdf, Style, lines};
use crate::limits::Limit;
use crate::pictures::{Raster, Refusal};

/// Letters of one font that stand on one line.
#[derive(Debug, Clone)]
pub(super) struct Run {
    pub(super) text: String,
    /// Left end.
    pub(super) left: f32,
    /// Right end.
    pub(super) right: f32,
    /// How far below the page's upper edge its letters stand.
    pub(super) base: f32,
    /// Size of the font in points.
    pub(super) size: f32,
    /// Whether the text is in reading order even if it runs from right to left.
    pub(super) logical: bool,
    pub(super) style: Style,
}

/// Opens a file.
pub(super) fn opened(bytes: &[u8]) -> Result<Document, Fault> {
    let document = Document::load(bytes.to_vec()).map_err(|error| fault(&error))?;
    if document.is_locked() { Err(Fault::Locked) } else { Ok(document) }
}

/// The picture of a page that is a scan.
pub(super) fn picture(
    document: &Document,
    number: usize,
    most_pixels: u64,
) -> Result<Raster, Refusal> {
    let page = document.page(number).map_err(|error| Refusal::Damaged(error.to_string()))?;
    let drawn = Drawn::of(document, &page);
    drawn
        .ok_or_else(|| Refusal::Unknown("page of this form".to_owned()))?
        .raster(document, most_pixels)
}

/// Reads a whole file.
pub(super) fn pdf(bytes: &[u8]) -> Result<Pdf, Fault> {
    let document = opened(bytes)?;
    let count = document.page_count();
    if count == 0 {
        return Err(Fault::Damaged);
    }
    if count > Limit::PdfPages.count() {
        return Err(Fault::TooLarge);
    }
    let fonts = FontCache::default();
    let filled = Filled::of(&document);
    let mut pages = Vec::with_capacity(count);
    let (mut size, mut readable) = (0, 0);
    for number in 0..count {
        let page = match document.page(number) {
            Ok(found) => {
                readable += 1;
                page(&document, &found, &fonts, &filled)
            }
            Err(_) => Page::default(),
        };
        size += page.beyond.len() as u64;
        size += page.lines.iter().map(|line| line.text.len() as u64 + 1).sum::<u64>();
        if size > Limit::PdfTextMegabytes.bytes() {
            return Err(Fault::TooLarge);
        }
        pages.push(page);
    }
    if readable == 0 {
        return Err(Fault::Damaged);
    }
    let said = document.metadata();
    let clean = |text: Option<String>| {
        let text = text?.chars().filter(|c| !c.is_control()).collect::<String>();
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let attachments = document.embedded_files();
    Ok(Pdf {
        pages,
        title: clean(said.title),
        author: clean(said.author),
        attachments: attachments.into_iter().filter_map(|file| clean(Some(file.name))).collect(),
        outline: outline(&document),
    })
}

/// The headings in the table of contents, without those below [`DEPTH`].
fn outline(document: &Document) -> Vec<(usize, String)> {
    const MOST: usize = 5_000;
    const DEPTH: usize = 6;
    let mut open: Vec<(usize, pdfboss_core::outline::OutlineItem)> =
        document.outline().into_iter().rev().map(|item| (0, item)).collect();
    let mut all = Vec::new();
    while let Some((depth, item)) = open.pop() {
        if all.len() == MOST {
            break;
        }
        if depth + 1 < DEPTH {
            open.extend(item.children.into_iter().rev().map(|child| (depth + 1, child)));
        }
        all.push((depth, text(&item.title)));
    }
    all
}

fn fault(error: &Error) -> Fault {
    match error {
        Error::Encrypted => Fault::Locked,
        _ => Fault::Damaged,
    }
}

fn page(
    document: &Document,
    page: &pdfboss_core::Page,
    fonts: &FontCache,
    filled: &Filled,
) -> Page {
    let order = ReadingOrder::Content;
    let read = pdfboss_text::extract_spans_reporting_cached(document, page, fonts, order);
    let spans = read.map(|(spans, _)| spans).unwrap_or_default();
    let (spans, beyond): (Vec<TextSpan>, Vec<TextSpan>) =
        spans.into_iter().partition(|span| is_on(span, page.crop_box));
    let turns = turns(&spans, page.rotate);
    let mut out = Page { beyond: words_of(&beyond), ..Page::default() };
    let annotations = document.annotations(page);
    let links = Links::of(&annotations, &mut out.links);
    (out.width, out.height) = Frame::of(page.crop_box, page.rotate).size();
    for span in &spans {
        let letters = span.text.chars().filter(|c| c.is_alphanumeric()).count();
        out.unseen += if span.invisible { letters } else { 0 };
        out.unknown += span.text.chars().filter(|c| is_unknown(*c)).count();
    }
    let turns = if turns.is_empty() { vec![quarter(page.rotate)] } else { turns };
    let turns_first = turns[0];
    for turn in turns {
        let frame = Frame::of(page.crop_box, turn);
        let of_turn = spans.iter().filter(|span| quarter(span.rotate) == turn);
        let mut runs = upright(of_turn, &frame, &links);
        if turn == turns_first {
            runs.extend(filled.on(&annotations, &frame));
        }
        let mut found = lines::of_page(runs);
        if turn != page.rotate {
            // A box is given as the page is shown.
            let shown = Frame::of(page.crop_box, page.rotate);
            found.iter_mut().for_each(|line| line.bounds = frame.moved(line.bounds, &shown));
        }
        if !out.lines.is_empty() && !found.is_empty() {
            out.lines.push(super::Line::default());
        }
        out.lines.extend(found);
    }
    out.picture = shows_picture(document, page, fonts);
    if out.picture {
        out.pixels = Drawn::of(document, page).and_then(|drawn| drawn.pixels(document));
    }
    out
}

/// Whether a part of a span is on the page as it is shown.
fn is_on(span: &TextSpan, page: Rect) -> bool {
    let Rect { x0, y0, x1, y1 } = span.bbox;
    let is_beyond = x1 < page.x0 || x0 > page.x1 || y1 < page.y0 || y0 > page.y1;
    !is_beyond || ![x0, y0, x1, y1].into_iter().all(f32::is_finite)
}

/// The words of spans, in one line.
fn words_of(spans: &[TextSpan]) -> String {
    let words = spans.iter().map(|span| text(&span.text));
    let all = words.collect::<Vec<_>>().join(" ");
    all.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether pictures cover most of a page.
fn shows_picture(document: &Document, page: &pdfboss_core::Page, fonts: &FontCache) -> bool {
    let Ok((images, _)) = pdfboss_text::placed_images_reporting_cached(document, page, fonts)
    else {
        return false;
    };
    let frame = page.crop_box;
    let whole = (frame.x1 - frame.x0) * (frame.y1 - frame.y0);
    let on_page = |image: &pdfboss_text::PlacedImage| {
        let wide = image.bbox.x1.min(frame.x1) - image.bbox.x0.max(frame.x0);
        let high = image.bbox.y1.min(frame.y1) - image.bbox.y0.max(frame.y0);
        wide.max(0.0) * high.max(0.0)
    };
    images.iter().map(on_page).sum::<f32>() >= whole * 0.5
}

/// In which directions text runs on a page: as the page is shown first, else as most of it runs.
fn turns(spans: &[TextSpan], shown: i32) -> Vec<i32> {
    let letters = |turn: i32| -> usize {
        let of_turn = spans.iter().filter(|span| quarter(span.rotate) == turn);
        of_turn.map(|span| span.text.chars().count()).sum()
    };
    let mut turns: Vec<(i32, usize)> = [0, 90, 180, 270].map(|turn| (turn, letters(turn))).into();
    turns.retain(|(_, letters)| *letters > 0);
    turns.sort_by_key(|(turn, letters)| (std::cmp::Reverse(*letters), *turn != shown, *turn));
    turns.into_iter().map(|(turn, _)| turn).collect()
}

fn quarter(rotate: i32) -> i32 {
    rotate.rem_euclid(360) / 90 * 90
}

/// A page turned so that its text runs from left to right, with its upper left corner at zero.
pub(super) struct Frame {
    turn: i32,
    page: Rect,
}

impl Frame {
    fn of(page: Rect, turn: i32) -> Self {
        Self { turn: quarter(turn), page }
    }

    fn size(&self) -> (f32, f32) {
        let (wide, high) = (self.page.x1 - self.page.x0, self.page.y1 - self.page.y0);
        if self.turn % 180 == 0 { (wide, high) } else { (high, wide) }
    }

    /// A place in the file, as it is on the turned page.
    pub(super) fn place(&self, x: f32, y: f32) -> (f32, f32) {
        let Rect { x0, y0, x1, y1 } = self.page;
        match self.turn {
            90 => (y - y0, x - x0),
            180 => (x1 - x, y - y0),
            270 => (y1 - y, x1 - x),
            _ => (x - x0, y1 - y),
        }
    }

    /// A place on the turned page, as it is in the file.
    fn back(&self, left: f32, top: f32) -> (f32, f32) {
        let Rect { x0, y0, x1, y1 } = self.page;
        match self.turn {
            90 => (x0 + top, y0 + left),
            180 => (x1 - left, y0 + top),
            270 => (x1 - top, y1 - left),
            _ => (x0 + left, y1 - top),
        }
    }

    /// A box of this frame in another one.
    fn moved(&self, [left, top, right, bottom]: [f32; 4], other: &Self) -> [f32; 4] {
        let corner = |x, y| {
            let (x, y) = self.back(x, y);
            other.place(x, y)
        };
        let ((a, b), (c, d)) = (corner(left, top), corner(right, bottom));
        [a.min(c), b.min(d), a.max(c), b.max(d)]
    }
}

/// Runs of one direction, upright.
fn upright<'s>(
    spans: impl Iterator<Item = &'s TextSpan>,
    frame: &Frame,
    links: &Links,
) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for span in spans {
        let Some(run) = run(span, frame, links) else { continue };
        match runs.last_mut() {
            // A space of its own belongs to what is before it.
            Some(last) if run.text.trim().is_empty() => {
                let is_next = (run.base - last.base).abs() < 0.3 * last.size
                    && (run.left - last.right).abs() < last.size;
                if is_next && !last.text.ends_with(' ') {
                    last.text.push(' ');
                }
            }
            _ if run.text.trim().is_empty() => {}
            _ => runs.extend(cells(run)),
        }
    }
    runs
}

/// Letters that stand far apart are cells of a table, drawn as one text.
fn cells(run: Run) -> Vec<Run> {
    let count = run.text.chars().count();
    let step = (run.right - run.left) / count.max(1) as f32;
    if count < 2 || step < 2.0 * run.size {
        return vec![run];
    }
    let place = |(n, c): (usize, char)| {
        let left = run.left + step * n as f32;
        let right = left + 0.6 * run.size;
        Run { text: c.to_string(), left, right, ..run.clone() }
    };
    let letters = run.text.chars().enumerate().filter(|(_, c)| *c != ' ');
    letters.map(place).collect()
}

/// A run, upright; none if it has no place.
fn run(span: &TextSpan, frame: &Frame, links: &Links) -> Option<Run> {
    let text = text(&span.text);
    let style = Style { bold: span.bold, italic: span.italic, link: links.at(span) };
    let (left, base) = frame.place(span.x, span.y);
    let (right, _) = frame.place(span.end_x, span.end_y);
    let is_sound = [left, right, base, span.size].into_iter().all(f32::is_finite);
    if text.is_empty() || !is_sound {
        return None;
    }
    let size = span.size.abs().clamp(1.0, 400.0);
    let (mut left, right) = (left.min(right), left.max(right));
    // Spaces at its start are a part of the page's white.
    let bare = text.trim_start();
    if !bare.is_empty() && bare.len() < text.len() {
        let (spaces, all) = (text.len() - bare.len(), text.chars().count());
        left += (right - left) * spaces as f32 / all as f32;
        let lead = if spaces == 1 { " " } else { "" };
        let text = format!("{lead}{bare}");
        return Some(Run { text, left, right, base, size, logical: span.logical, style });
    }
    Some(Run { text, left, right, base, size, logical: span.logical, style })
}

/// The links of a page that lead to other sites: where they are in the file, and their number.
struct Links(Vec<(Rect, u16)>);

impl Links {
    fn of(annotations: &[Annotation], known: &mut Vec<String>) -> Self {
        let mut places = Vec::new();
        for one in annotations.iter().filter(|one| one.subtype == "Link") {
            let (Some(rect), Some(action)) = (one.rect, &one.action) else { continue };
            let ActionKind::Uri { uri, .. } = &action.kind else { continue };
            let Ok(number) = u16::try_from(known.len()) else { break };
            if crate::address::is_web(uri) || uri.starts_with("mailto:") {
                places.push((rect, number));
                known.push(uri.trim().to_owned());
            }
        }
        Self(places)
    }

    /// The link that most of a span is.
    fn at(&self, span: &TextSpan) -> Option<u16> {
        let (left, right) = (span.x.min(span.end_x), span.x.max(span.end_x));
        let is_on = |rect: &Rect| {
            let common = right.min(rect.x1) - left.max(rect.x0);
            let height = span.y + 0.3 * span.size;
            common >= 0.8 * (right - left) && (rect.y0..=rect.y1).contains(&height)
        };
        self.0.iter().find(|(rect, _)| is_on(rect)).map(|(_, number)| *number)
    }
}

/// A text as people write it: no ligatures, no radicals in the place of characters, no signs of a font's own.
pub(super) fn text(raw: &str) -> String {
    if raw.bytes().all(|b| (0x20..0x7F).contains(&b)) {
        return raw.to_owned();
    }
    let mut out = String::with_capacity(raw.len());
    for c in raw.chars() {
        match c {
            '\t' | '\n' | '\r' | '\u{A0}' => out.push(' '),
            // Letters that are cast together, and radicals by which some programs name characters.
            '\u{FB00}'..='\u{FB06}' | '\u{2F00}'..='\u{2FD5}' | '\u{2E9F}' | '\u{2EF3}' => {
                out.extend([c].into_iter().nfkc());
            }
            // Arabic letters by their shapes.
            '\u{FB50}'..='\u{FDFB}' | '\u{FE70}'..='\u{FEFC}' => out.extend([c].into_iter().nfkc()),
            '\u{2010}' => out.push('-'),
            // The bullets of fonts of symbols.
            '\u{F0B7}' | '\u{F0A7}' | '\u{F076}' | '\u{F0A8}' | '\u{F0FC}' => out.push('•'),
            c if is_unknown(c) => out.push('\u{FFFD}'),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out.nfc().collect()
}

/// Whether a glyph says nothing of what it means.
fn is_unknown(c: char) -> bool {
    matches!(c, '\u{FFFD}' | '\u{E000}'..='\u{F075}' | '\u{F077}'..='\u{F0A6}' | '\u{F0A9}'..='\u{F0B6}')
        || matches!(c, '\u{F0B8}'..='\u{F0FB}' | '\u{F0FD}'..='\u{F8FF}' | '\u{F0000}'..='\u{10FFFD}')
}
