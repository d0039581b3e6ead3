//! ODT (OpenDocument 1.3) → blocks.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::blocks::{Blocks, Inline, Style};
use super::xml::{self, Element, Node};
use super::zip::Zip;
use super::{Refusal, Remark, Stated, Text, Unread};
use crate::ingest::source::counting::{letters, roman};

/// How often a file may ask for a space, a cell or a row to be repeated.
const REPEATED: usize = 64;

/// How many bytes are repeated at most.
const ROOM: usize = 1 << 22;

/// Reads a text.
pub(super) fn read(bytes: &[u8]) -> Result<Text, Refusal> {
    let zip = Zip::open(bytes).ok_or(Refusal::Damaged)?;
    let part = |name: &str| -> Result<Option<Element>, Refusal> {
        zip.read(name)?.map(|bytes| xml::parse(&bytes)).transpose()
    };
    if zip.read("META-INF/manifest.xml")?.is_some_and(|m| holds(&m, b"encryption-data")) {
        return Err(Refusal::Unread(Unread::Locked));
    }
    let content = part("content.xml")?.ok_or(Refusal::Damaged)?;
    let styles = part("styles.xml")?.unwrap_or_default();
    let text = content.find(&["body", "text"]).ok_or(Refusal::Damaged)?;
    let mut reader = Reader {
        blocks: Blocks::default(),
        styles: Styles::of([&styles, &content]),
        notes: Vec::new(),
        labels: HashSet::new(),
        counts: HashMap::new(),
        room: ROOM,
    };
    reader.heads(&styles);
    reader.blocks_of(text, None);
    reader.end_notes();
    let meta = part("meta.xml")?.unwrap_or_default();
    Ok(Text { blocks: reader.blocks, told: properties(&meta) })
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|w| w == word)
}

/// What the file says of itself.
fn properties(part: &Element) -> Stated {
    let Some(meta) = part.child("meta") else { return Stated::default() };
    let value =
        |name| meta.child(name).map(|e| e.text().trim().to_owned()).filter(|t| !t.is_empty());
    Stated {
        title: value("title"),
        author: value("initial-creator").or_else(|| value("creator")),
        date: value("creation-date"),
        language: value("language"),
        ..Stated::default()
    }
}

/// What styles say, by their names.
#[derive(Default)]
struct Styles {
    looks: HashMap<String, Look>,
    lists: HashMap<String, Vec<Level>>,
}

#[derive(Default)]
struct Look {
    parent: Option<String>,
    bold: Option<bool>,
    italic: Option<bool>,
    raised: Option<bool>,
    hidden: Option<bool>,
    breaks: bool,
}

/// A level of a list: none of it for bullets.
#[derive(Default, Clone)]
struct Level {
    format: Option<String>,
    before: String,
    after: String,
    start: usize,
    shown: usize,
}

impl Styles {
    fn of(parts: [&Element; 2]) -> Self {
        let mut all = Self::default();
        let groups = parts.into_iter().flat_map(Element::elements);
        let groups = groups.filter(|e| matches!(e.name.as_str(), "styles" | "automatic-styles"));
        for style in groups.flat_map(Element::elements) {
            let Some(name) = style.attribute("name") else { continue };
            match style.name.as_str() {
                "style" => drop(all.looks.insert(name.to_owned(), Look::of(style))),
                "list-style" => {
                    let levels = style.elements().map(Level::of).collect();
                    all.lists.insert(name.to_owned(), levels);
                }
                _ => {}
            }
        }
        all
    }

    fn value(&self, name: Option<&str>, of: fn(&Look) -> Option<bool>) -> bool {
        let first = name.and_then(|name| self.looks.get(name));
        let next = |look: &&Look| look.parent.as_ref().and_then(|name| self.looks.get(name));
        std::iter::successors(first, next).take(20).find_map(of).unwrap_or(false)
    }
}

impl Look {
    fn of(style: &Element) -> Self {
        let text = style.child("text-properties");
        let value = |name| text.and_then(|t| t.attribute(name));
        let paragraph = style.child("paragraph-properties");
        Self {
            parent: style.attribute("parent-style-name").map(str::to_owned),
            bold: value("font-weight")
                .map(|w| w == "bold" || w.parse().is_ok_and(|w: u32| w >= 600)),
            italic: value("font-style").map(|s| s != "normal"),
            raised: value("text-position").map(|p| p.starts_with("super")),
            hidden: value("display").map(|d| d == "none"),
            breaks: paragraph.and_then(|p| p.attribute("break-before")) == Some("page"),
        }
    }
}

impl Level {
    fn of(level: &Element) -> Self {
        let text = |name| level.attribute(name).unwrap_or_default().to_owned();
        let number = |name| level.attribute(name).and_then(|n| n.parse().ok());
        let is_number = level.name == "list-level-style-number";
        Self {
            format: is_number.then(|| text("num-format")),
            before: text("num-prefix"),
            after: text("num-suffix"),
            start: number("start-value").unwrap_or(1),
            shown: number("display-levels").unwrap_or(1),
        }
    }
}

struct Reader {
    blocks: Blocks,
    styles: Styles,
    /// The notes' texts, in the order of their marks.
    notes: Vec<(String, Inline)>,
    labels: HashSet<String>,
    /// How far each list was counted.
    counts: HashMap<String, Vec<usize>>,
    /// How many bytes may still be repeated.
    room: usize,
}

/// The list in which a paragraph is.
struct List<'l> {
    style: &'l str,
    level: usize,
    numbers: Vec<usize>,
}

impl Reader {
    /// The heads of the first page are read, as letterheads are often there; feet are furniture.
    fn heads(&mut self, styles: &Element) {
        let Some(masters) = styles.child("master-styles") else { return };
        let Some(first) = masters.child("master-page") else { return };
        for element in first.elements() {
            let text = bare(element);
            match element.name.as_str() {
                "header-first" | "header" if !has(element, "page-number") => {
                    let is_second =
                        element.name == "header" && first.child("header-first").is_some();
                    if is_second {
                        self.blocks.drop_text(&text, "running head");
                    } else {
                        self.blocks_of(element, None);
                    }
                }
                "header" | "header-first" | "header-left" => {
                    self.blocks.drop_text(&text, "running head");
                }
                "footer" | "footer-first" | "footer-left" => {
                    self.blocks.drop_text(&text, "foot of the pages");
                }
                _ => {}
            }
        }
    }

    fn blocks_of(&mut self, parent: &Element, style: Option<&str>) {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => self.paragraph(element),
                "h" => {
                    let level = element.attribute("outline-level").and_then(|l| l.parse().ok());
                    self.break_before(element);
                    let (inline, boxes) = self.text_of(element);
                    self.blocks.heading(level.unwrap_or(1), &inline.as_heading());
                    self.boxes(&boxes);
                }
                "list" => self.list(element, style, None),
                "table" => self.table(element),
                "tracked-changes" => self.changes(element),
                "section" if element.attribute("display") == Some("none") => {
                    self.blocks.remark(Remark::Hidden);
                    self.blocks.drop_text(&bare(element), "hidden text");
                }
                "section" | "index-body" | "table-of-content" | "alphabetical-index"
                | "text-box" | "bibliography" | "illustration-index" | "table-index"
                | "user-index" | "numbered-paragraph" | "index-title" => {
                    self.blocks_of(element, style)
                }
                "frame" | "g" => self.boxes(&[element]),
                "soft-page-break" => {}
                _ => {}
            }
        }
    }

    fn break_before(&mut self, paragraph: &Element) {
        let look = paragraph.attribute("style-name").and_then(|name| self.styles.looks.get(name));
        if look.is_some_and(|look| look.breaks) {
            self.blocks.page_break();
        }
    }

    fn paragraph(&mut self, element: &Element) {
        self.break_before(element);
        let (inline, boxes) = self.text_of(element);
        if !inline.is_blank() {
            self.blocks.paragraph(&inline.marked());
        }
        self.boxes(&boxes);
    }

    /// The texts in frames that are in a paragraph.
    fn boxes(&mut self, boxes: &[&Element]) {
        for frame in boxes {
            for element in frame.elements() {
                match element.name.as_str() {
                    "text-box" => self.blocks_of(element, None),
                    "frame" | "g" | "custom-shape" => self.boxes(&[element]),
                    "p" | "list" => {
                        self.blocks_of(frame, None);
                        break;
                    }
                    _ => {}
                }
            }
        }
    }

    fn list(&mut self, list: &Element, style: Option<&str>, outer: Option<&List<'_>>) {
        let style = list.attribute("style-name").or(style).unwrap_or_default();
        let level = outer.map_or(0, |outer| outer.level + 1);
        let goes_on = list.attribute("continue-numbering") == Some("true")
            || list.attribute("continue-list").is_some();
        let described = self.styles.lists.get(style).and_then(|levels| levels.get(level)).cloned();
        let described = described.unwrap_or_default();
        let key = format!("{style}/{level}");
        let before = self.counts.get(&key).and_then(|counts| counts.last()).copied();
        let mut number = match before {
            Some(last) if goes_on => last,
            _ => described.start.saturating_sub(1),
        };
        for item in list.elements() {
            if item.name == "list-header" {
                self.blocks_of(item, Some(style));
                continue;
            }
            if item.name != "list-item" {
                continue;
            }
            let own = item.attribute("start-value").and_then(|s| s.parse().ok());
            number = own.unwrap_or_else(|| number.saturating_add(1));
            let mut numbers = outer.map(|outer| outer.numbers.clone()).unwrap_or_default();
            numbers.push(number);
            self.item(item, &List { style, level, numbers });
        }
        self.counts.entry(key).or_default().push(number);
    }

    /// An item: its first paragraph bears the number.
    fn item(&mut self, item: &Element, list: &List<'_>) {
        let mut is_first = true;
        for element in item.elements() {
            match element.name.as_str() {
                "p" | "h" if is_first => {
                    let (inline, boxes) = self.text_of(element);
                    if !inline.is_blank() {
                        is_first = false;
                        let label = self.label(list);
                        self.blocks.item(list.level, &label, &inline.marked());
                    }
                    self.boxes(&boxes);
                }
                "p" | "h" => self.paragraph(element),
                "list" => self.list(element, Some(list.style), Some(list)),
                _ => {}
            }
        }
    }

    fn label(&self, list: &List<'_>) -> String {
        let levels = self.styles.lists.get(list.style);
        let Some(own) = levels.and_then(|levels| levels.get(list.level)) else {
            return "-".to_owned();
        };
        let Some(format) = own.format.as_ref().filter(|format| !format.is_empty()) else {
            return "-".to_owned();
        };
        let first = (list.level + 1).saturating_sub(own.shown.max(1));
        let outer = (first..list.level).map(|level| {
            let format = levels.and_then(|l| l.get(level)).and_then(|l| l.format.clone());
            written(list.numbers[level], format.as_deref().unwrap_or("1"))
        });
        let numbers: Vec<String> =
            outer.chain([written(list.numbers[list.level], format)]).collect();
        format!("{}{}{}", own.before, numbers.join("."), own.after).trim().to_owned()
    }

    fn table(&mut self, table: &Element) {
        let mut rows = Vec::new();
        rows_of(table, &mut rows);
        if !is_data(&rows) {
            for row in rows {
                cells_of(row).for_each(|cell| self.blocks_of(cell, None));
            }
            return;
        }
        let mut written = Vec::new();
        for row in rows {
            let mut cells = Vec::new();
            for cell in cells_of(row) {
                let texts: Vec<String> = cell
                    .elements()
                    .filter(|e| matches!(e.name.as_str(), "p" | "h"))
                    .map(|p| self.text_of(p).0.marked())
                    .collect();
                let text = texts.join(" ");
                let times = self.times(cell, "number-columns-repeated", text.len() + 1);
                cells.extend(std::iter::repeat_n(text, times));
            }
            if cells.iter().any(|cell| !cell.is_empty()) {
                let length = cells.iter().map(|cell| cell.len() + 1).sum();
                let times = self.times(row, "number-rows-repeated", length);
                written.extend(std::iter::repeat_n(cells, times));
            }
        }
        self.blocks.table(&written);
    }

    /// How often something is repeated, as far as there is room for it.
    fn times(&mut self, element: &Element, attribute: &str, length: usize) -> usize {
        let times = element.attribute(attribute).and_then(|n| n.parse().ok()).unwrap_or(1);
        let times = REPEATED.min(times).min(1 + self.room / length.max(1));
        self.room -= self.room.min(length * times.saturating_sub(1));
        times
    }

    /// Deleted texts are apart from the text; what was inserted is in it.
    fn changes(&mut self, changes: &Element) {
        for region in changes.elements() {
            self.blocks.remark(Remark::Changes);
            if let Some(deletion) = region.child("deletion") {
                self.blocks.drop_text(&bare(deletion), "deleted in tracked changes");
            }
        }
    }

    /// The text of a paragraph, and the frames in it.
    fn text_of<'e>(&mut self, paragraph: &'e Element) -> (Inline, Vec<&'e Element>) {
        let (mut inline, mut boxes) = (Inline::default(), Vec::new());
        // How the whole paragraph looks is its style's; only what differs in it is emphasis.
        self.inline(paragraph, Style::default(), None, &mut inline, &mut boxes);
        (inline, boxes)
    }

    fn inline<'e>(
        &mut self,
        parent: &'e Element,
        style: Style,
        link: Option<&Rc<str>>,
        into: &mut Inline,
        boxes: &mut Vec<&'e Element>,
    ) {
        for child in &parent.children {
            let element = match child {
                Node::Text(text) => {
                    into.push(&collapsed(text), style, link);
                    continue;
                }
                Node::Element(element) => element,
            };
            match element.name.as_str() {
                "span" => {
                    let name = element.attribute("style-name");
                    if self.styles.value(name, |look| look.hidden) {
                        self.blocks.remark(Remark::Hidden);
                        self.blocks.drop_text(&bare(element), "hidden text");
                        continue;
                    }
                    let style = Style {
                        bold: style.bold || self.styles.value(name, |look| look.bold),
                        italic: style.italic || self.styles.value(name, |look| look.italic),
                        raised: style.raised || self.styles.value(name, |look| look.raised),
                    };
                    self.inline(element, style, link, into, boxes);
                }
                "a" => {
                    let target = element.attribute("href").map(Rc::from);
                    self.inline(element, style, target.as_ref().or(link), into, boxes);
                }
                "s" => {
                    let count = element.attribute("c").and_then(|c| c.parse().ok()).unwrap_or(1);
                    into.push(&" ".repeat(REPEATED.min(count)), style, link);
                }
                "tab" => into.push("\t", style, link),
                "line-break" => into.push("\n", style, link),
                "note" => self.note(element, into),
                "annotation" => {
                    self.blocks.remark(Remark::Comments);
                    self.blocks.drop_text(&bare(element), "comment");
                }
                "hidden-text" | "hidden-paragraph" => {
                    self.blocks.remark(Remark::Hidden);
                    self.blocks.drop_text(&element.text(), "hidden text");
                }
                "frame" | "g" | "custom-shape" => boxes.push(element),
                "ruby-text" | "annotation-end" | "tracked-changes" => {}
                // Fields, bookmarks and the like: their text is what is printed.
                _ => self.inline(element, style, link, into, boxes),
            }
        }
    }

    fn note(&mut self, note: &Element, into: &mut Inline) {
        let is_end = note.attribute("note-class") == Some("endnote");
        let mut label = note.child("note-citation").map(Element::text).unwrap_or_default();
        let fits = |label: &str| {
            (1..=6).contains(&label.chars().count()) && label.chars().all(char::is_alphanumeric)
        };
        if !fits(&label) || !self.labels.insert(label.clone()) {
            let number = self.notes.len() + 1;
            label = if is_end { roman(number) } else { number.to_string() };
            self.labels.insert(label.clone());
        }
        into.note(&label);
        let place = self.notes.len();
        self.notes.push((label, Inline::default()));
        let mut text = Inline::default();
        for paragraph in note.child("note-body").into_iter().flat_map(Element::elements) {
            if !text.is_blank() {
                text.push("\n", Style::default(), None);
            }
            let mut boxes = Vec::new();
            self.inline(paragraph, Style::default(), None, &mut text, &mut boxes);
        }
        self.notes[place].1 = text;
    }

    fn end_notes(&mut self) {
        for (label, text) in std::mem::take(&mut self.notes) {
            self.blocks.paragraph(&format!("^{{{label}}} {}", text.marked().trim()));
        }
    }
}

/// White space as OpenDocument reads it: any run of it is one space.
fn collapsed(text: &str) -> String {
    let is_white = |c: char| matches!(c, ' ' | '\n' | '\t' | '\r');
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if !is_white(c) => out.push(c),
            _ if out.ends_with(' ') => {}
            _ => out.push(' '),
        }
    }
    out
}

/// The bare texts of the paragraphs at any depth.
fn bare(parent: &Element) -> String {
    let mut out = String::new();
    for element in parent.elements() {
        match element.name.as_str() {
            "p" | "h" => {
                out.push_str(&element.text());
                out.push('\n');
            }
            "creator" | "date" | "initial-creator" | "date-string" => {}
            _ => out.push_str(&bare(element)),
        }
    }
    if out.is_empty() { parent.text() } else { out }
}

/// Whether an element of a name is in another, at any depth.
fn has(parent: &Element, name: &str) -> bool {
    parent.elements().any(|element| element.name == name || has(element, name))
}

fn rows_of<'e>(table: &'e Element, rows: &mut Vec<&'e Element>) {
    for element in table.elements() {
        match element.name.as_str() {
            "table-row" => rows.push(element),
            "table-header-rows" | "table-rows" | "table-row-group" => rows_of(element, rows),
            _ => {}
        }
    }
}

fn cells_of(row: &Element) -> impl Iterator<Item = &Element> {
    row.elements().filter(|e| matches!(e.name.as_str(), "table-cell" | "covered-table-cell"))
}

/// Whether a table holds data: rows and columns of short texts.
fn is_data(rows: &[&Element]) -> bool {
    const SHORT: usize = 400;
    let is_short = |cell: &Element| {
        cell.elements().all(|e| matches!(e.name.as_str(), "p" | "h"))
            && cell.elements().filter(|e| !e.text().trim().is_empty()).count() <= 3
            && cell.text().chars().count() <= SHORT
    };
    let columns = rows.iter().map(|row| cells_of(row).count()).max().unwrap_or(0);
    rows.len() >= 2 && columns >= 2 && rows.iter().all(|row| cells_of(row).all(is_short))
}

/// A number as a format writes it: `1`, `a`, `A`, `i`, `I`.
fn written(number: usize, format: &str) -> String {
    match format {
        "a" => letters(number),
        "A" => letters(number).to_uppercase(),
        "i" => roman(number),
        "I" => roman(number).to_uppercase(),
        _ => number.to_string(),
    }
}
