//! DOCX (ECMA-376, WordprocessingML) → blocks.

mod numbering;
mod styles;

use std::collections::HashMap;
use std::rc::Rc;

use super::blocks::{Blocks, Inline, Style};
use super::xml::{self, Element, Node};
use super::zip::Zip;
use super::{Refusal, Remark, Stated, Text};
use crate::ingest::source::counting::roman;
use numbering::{Label, Numbering};
use styles::Styles;

/// How many fields may be open.
const FIELDS: usize = 50;

const MAIN: &str = "word/document.xml";

/// Reads a text.
pub(super) fn read(bytes: &[u8]) -> Result<Text, Refusal> {
    let zip = Zip::open(bytes).ok_or(Refusal::Damaged)?;
    let main = main_part(&zip)?;
    let parts = Parts { zip: &zip, folder: main.rsplit_once('/').map_or("", |(f, _)| f) };
    let document = parts.xml_at(&main)?.ok_or(Refusal::Damaged)?;
    let body = document.child("body").ok_or(Refusal::Damaged)?;
    let optional = |name| parts.xml(name).map(Option::unwrap_or_default);
    let (numbering, styles) = (optional("numbering.xml")?, optional("styles.xml")?);
    let notes = [optional("footnotes.xml")?, optional("endnotes.xml")?];
    let links = parts.links(&main)?;
    let mut reader = Reader {
        blocks: Blocks::default(),
        styles: Styles::of(&styles),
        numbering: Numbering::of(&numbering),
        links: &links,
        called: Vec::new(),
        labels: HashMap::new(),
        counts: [0; 2],
        // Lines between texts and notes are kept among the notes.
        has_footnotes: notes[0].elements().any(|note| note.attribute("type").is_none()),
        fields: Vec::new(),
        open: None,
    };
    reader.head(body, &parts, &links)?;
    reader.blocks_of(body);
    reader.end_open();
    reader.notes(&notes);
    for comment in optional("comments.xml")?.elements() {
        reader.blocks.remark(Remark::Comments);
        reader.blocks.drop_text(&paragraphs_of(comment), "comment");
    }
    Ok(Text { blocks: reader.blocks, told: properties(&zip)? })
}

/// Whether a ZIP file of which no part has the usual name is a text.
pub(super) fn is_one(zip: &Zip<'_>) -> bool {
    let types = zip.read("[Content_Types].xml").ok().flatten().unwrap_or_default();
    String::from_utf8_lossy(&types).contains("wordprocessingml.document.main+xml")
}

/// The path of the part that holds the text.
fn main_part(zip: &Zip<'_>) -> Result<String, Refusal> {
    let rels = match zip.read("_rels/.rels")? {
        Some(bytes) => xml::parse(&bytes)?,
        None => Element::default(),
    };
    let is_main =
        |rel: &&Element| rel.attribute("Type").is_some_and(|t| t.ends_with("/officeDocument"));
    let target = rels.elements().find(is_main).and_then(|rel| rel.attribute("Target"));
    Ok(target.map_or(MAIN, |t| t.trim_start_matches('/')).to_owned())
}

/// Parts of a text, by their paths.
struct Parts<'z> {
    zip: &'z Zip<'z>,
    folder: &'z str,
}

impl Parts<'_> {
    fn xml_at(&self, path: &str) -> Result<Option<Element>, Refusal> {
        self.zip.read(path)?.map(|bytes| xml::parse(&bytes)).transpose()
    }

    fn xml(&self, name: &str) -> Result<Option<Element>, Refusal> {
        let path = match name.strip_prefix('/') {
            Some(path) => path.to_owned(),
            None if self.folder.is_empty() => name.to_owned(),
            None => format!("{}/{name}", self.folder),
        };
        self.xml_at(&path)
    }

    /// The targets of a part's relationships, by their ids.
    fn links(&self, part: &str) -> Result<HashMap<String, Rc<str>>, Refusal> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let path = format!("{folder}/_rels/{name}.rels");
        let rels = self.xml_at(path.trim_start_matches('/'))?.unwrap_or_default();
        let link = |rel: &Element| {
            Some((rel.attribute("Id")?.to_owned(), Rc::from(rel.attribute("Target")?)))
        };
        Ok(rels.elements().filter_map(link).collect())
    }
}

/// What the file says of itself.
fn properties(zip: &Zip<'_>) -> Result<Stated, Refusal> {
    let Some(bytes) = zip.read("docProps/core.xml")? else { return Ok(Stated::default()) };
    // Without them the text is whole.
    let Ok(core) = xml::parse(&bytes) else { return Ok(Stated::default()) };
    let value =
        |name| core.child(name).map(|e| e.text().trim().to_owned()).filter(|t| !t.is_empty());
    Ok(Stated {
        title: value("title"),
        author: value("creator"),
        date: value("created"),
        language: value("language"),
        ..Stated::default()
    })
}

struct Reader<'d> {
    blocks: Blocks,
    styles: Styles,
    numbering: Numbering,
    links: &'d HashMap<String, Rc<str>>,
    /// Notes in the order of their marks: whether it is an endnote, and its id.
    called: Vec<(bool, String)>,
    labels: HashMap<(bool, String), String>,
    /// How many footnotes and endnotes were called.
    counts: [usize; 2],
    has_footnotes: bool,
    /// Open fields.
    fields: Vec<Field>,
    /// A paragraph whose end was deleted: the next one goes on with it.
    open: Option<(Inline, Layout)>,
}

/// A field: its code, and the link that its result is.
#[derive(Default)]
struct Field {
    code: String,
    link: Option<Rc<str>>,
    in_result: bool,
}

/// What a paragraph is.
#[derive(Default)]
struct Layout {
    heading: Option<usize>,
    item: Option<(usize, Label)>,
}

/// The text of a paragraph while it is read.
#[derive(Default)]
struct Paragraph<'d> {
    inline: Inline,
    boxes: Vec<&'d Element>,
}

impl<'d> Reader<'d> {
    /// A letterhead is often kept as the head of the first page; other heads and feet are furniture.
    fn head(
        &mut self,
        body: &Element,
        parts: &Parts<'_>,
        links: &HashMap<String, Rc<str>>,
    ) -> Result<(), Refusal> {
        let Some(section) = first_section(body) else { return Ok(()) };
        let wanted = if section.is_on("titlePg") == Some(true) { "first" } else { "default" };
        let (mut heads, mut feet) = (Vec::new(), Vec::new());
        for reference in section.elements() {
            let list = match reference.name.as_str() {
                "headerReference" => &mut heads,
                "footerReference" => &mut feet,
                _ => continue,
            };
            let target = reference.attribute("id").and_then(|id| links.get(id));
            if let Some(part) = target.map(|target| parts.xml(target)).transpose()?.flatten() {
                list.push((reference.attribute("type") == Some(wanted), part));
            }
        }
        for (is_first, part) in &heads {
            if *is_first && !numbers_pages(part) {
                // Links of another part are not known here: its texts are.
                self.letterhead(part);
            } else {
                self.blocks.drop_text(&paragraphs_of(part), "running head");
            }
        }
        for (_, part) in &feet {
            self.blocks.drop_text(&paragraphs_of(part), "foot of the pages");
        }
        Ok(())
    }

    fn letterhead(&mut self, part: &Element) {
        let text = paragraphs_of(part);
        for line in text.split('\n').filter(|line| !line.trim().is_empty()) {
            let mut inline = Inline::default();
            inline.push(line, Style::default(), None);
            self.blocks.paragraph(&inline.as_heading());
        }
    }

    fn blocks_of(&mut self, parent: &'d Element) {
        for element in parent.elements() {
            match element.name.as_str() {
                "p" => self.paragraph(element),
                "tbl" => self.table(element),
                "sdt" => {
                    if let Some(content) = element.child("sdtContent") {
                        self.blocks_of(content);
                    }
                }
                "ins" | "moveTo" => {
                    self.blocks.remark(Remark::Changes);
                    self.blocks_of(element);
                }
                "del" | "moveFrom" => self.deleted(element),
                "customXml" | "smartTag" | "txbxContent" => self.blocks_of(element),
                "AlternateContent" => {
                    if let Some(chosen) = chosen(element) {
                        self.blocks_of(chosen);
                    }
                }
                _ => {}
            }
        }
    }

    fn paragraph(&mut self, element: &'d Element) {
        let mut paragraph = Paragraph::default();
        let properties = element.child("pPr");
        let style = properties.and_then(|p| p.child("pStyle")).and_then(|s| s.attribute("val"));
        if properties.and_then(|p| p.is_on("pageBreakBefore")) == Some(true) {
            self.end_open();
            self.blocks.page_break();
        }
        self.inline(element, None, &mut paragraph);
        let Paragraph { mut inline, boxes } = paragraph;
        let mut layout = self.layout(properties, style, &inline);
        if let Some((mut before, first)) = self.open.take() {
            before.append(inline);
            (inline, layout) = (before, first);
        }
        let mark = properties.and_then(|p| p.child("rPr"));
        if mark.is_some_and(|mark| mark.child("del").is_some() || mark.child("moveFrom").is_some())
        {
            self.blocks.remark(Remark::Changes);
            self.open = Some((inline, layout));
        } else {
            self.write(&inline, layout);
        }
        for text_box in boxes {
            self.end_open();
            self.blocks_of(text_box);
        }
    }

    /// What a paragraph is. An empty one takes no number.
    fn layout(
        &mut self,
        properties: Option<&Element>,
        style: Option<&str>,
        text: &Inline,
    ) -> Layout {
        if text.is_blank() {
            return Layout::default();
        }
        let own = properties.and_then(|p| p.child("outlineLvl")).and_then(|o| o.attribute("val"));
        let own = own.and_then(|level| level.parse::<usize>().ok()).filter(|level| *level < 9);
        let heading = own.map(|level| level + 1).or_else(|| self.styles.heading(style));
        let number = properties.and_then(|p| p.child("numPr"));
        let value = |name| number.and_then(|n| n.child(name)).and_then(|e| e.attribute("val"));
        let of_style = self.styles.number(style);
        let id = value("numId").map(str::to_owned).or_else(|| of_style.clone().map(|(id, _)| id));
        let level = value("ilvl").and_then(|level| level.parse().ok());
        let level = level.or(of_style.map(|(_, level)| level)).unwrap_or(0).min(8);
        let item = id.and_then(|id| Some((level, self.numbering.next(&id, level)?)));
        Layout { heading, item }
    }

    fn write(&mut self, inline: &Inline, layout: Layout) {
        if inline.is_blank() {
            return;
        }
        match layout {
            Layout { heading: Some(level), item: Some((_, Label::Number(label))) } => {
                self.blocks.heading(level, &format!("{label} {}", inline.as_heading()));
            }
            Layout { heading: Some(level), .. } => self.blocks.heading(level, &inline.as_heading()),
            Layout { item: Some((level, label)), .. } => {
                let label = match &label {
                    Label::Bullet => "-",
                    Label::Number(label) => label,
                };
                self.blocks.item(level, label, &inline.marked());
            }
            Layout { .. } => self.blocks.paragraph(&inline.marked()),
        }
    }

    fn end_open(&mut self) {
        if let Some((inline, layout)) = self.open.take() {
            self.write(&inline, layout);
        }
    }

    /// The runs of a paragraph, whatever they are wrapped in.
    fn inline(&mut self, parent: &'d Element, link: Option<&Rc<str>>, into: &mut Paragraph<'d>) {
        for element in parent.elements() {
            match element.name.as_str() {
                "r" => self.run(element, link, into),
                "hyperlink" => {
                    let target = element.attribute("id").and_then(|id| self.links.get(id)).cloned();
                    self.inline(element, target.as_ref().or(link), into);
                }
                "ins" | "moveTo" => {
                    self.blocks.remark(Remark::Changes);
                    self.inline(element, link, into);
                }
                "del" | "moveFrom" => self.deleted(element),
                "sdt" => {
                    if let Some(content) = element.child("sdtContent") {
                        self.inline(content, link, into);
                    }
                }
                "fldSimple" | "smartTag" | "customXml" | "dir" | "bdo" | "ruby" | "rubyBase" => {
                    self.inline(element, link, into);
                }
                "oMath" | "oMathPara" => {
                    into.inline.push(&element.text(), Style::default(), link);
                }
                "AlternateContent" => {
                    if let Some(chosen) = chosen(element) {
                        self.inline(chosen, link, into);
                    }
                }
                _ => {}
            }
        }
    }

    fn run(&mut self, run: &'d Element, link: Option<&Rc<str>>, into: &mut Paragraph<'d>) {
        let properties = run.child("rPr");
        if properties.and_then(|p| p.is_on("vanish")) == Some(true) {
            let text = run_text(run);
            if !text.trim().is_empty() {
                self.blocks.remark(Remark::Hidden);
                self.blocks.drop_text(&text, "hidden text");
            }
            return;
        }
        let style = self.styles.of_run(properties);
        for element in run.elements() {
            if self.field(element) {
                continue;
            }
            let of_field = self.fields.iter().rev().find_map(|field| field.link.clone());
            let link = of_field.as_ref().or(link);
            match element.name.as_str() {
                "footnoteReference" | "endnoteReference" => {
                    let is_end = element.name.starts_with('e');
                    if let Some(id) = element.attribute("id") {
                        let label = self.call(is_end, id);
                        into.inline.note(&label);
                    }
                }
                "br" if element.attribute("type") == Some("page") => {
                    // The line ends; a page break inside a paragraph does not part it.
                    into.inline.push("\n", style, link);
                    if into.inline.is_blank() {
                        self.end_open();
                        self.blocks.page_break();
                    }
                }
                "drawing" | "pict" | "object" => boxes(element, &mut into.boxes),
                "AlternateContent" => {
                    if let Some(chosen) = chosen(element) {
                        boxes(chosen, &mut into.boxes);
                    }
                }
                "ruby" => self.inline(element, link, into),
                _ => into.inline.push(&piece(element), style, link),
            }
        }
    }

    /// Follows fields; says whether an element is a part of one that is no text.
    fn field(&mut self, element: &Element) -> bool {
        match (element.name.as_str(), element.attribute("fldCharType")) {
            ("fldChar", Some("begin")) => {
                // Nobody nests so many; each text within would look through all of them.
                if self.fields.len() < FIELDS {
                    self.fields.push(Field::default());
                }
            }
            ("fldChar", Some("separate")) => {
                if let Some(field) = self.fields.last_mut() {
                    field.in_result = true;
                    field.link = linked(&field.code);
                }
            }
            ("fldChar", _) => drop(self.fields.pop()),
            ("instrText", _) => {
                if let Some(field) = self.fields.last_mut().filter(|field| !field.in_result) {
                    field.code.push_str(&element.text());
                }
            }
            _ => return false,
        }
        true
    }

    fn deleted(&mut self, element: &Element) {
        self.blocks.remark(Remark::Changes);
        self.blocks.drop_text(&paragraphs_of(element), "deleted in tracked changes");
    }

    /// The label of a note whose mark is met; one that is called again keeps its own.
    fn call(&mut self, is_end: bool, id: &str) -> String {
        let key = (is_end, id.to_owned());
        if let Some(known) = self.labels.get(&key) {
            return known.clone();
        }
        let count = &mut self.counts[usize::from(is_end)];
        *count += 1;
        // The two kinds have numbers of their own, which must not be the same.
        let label = match is_end && self.has_footnotes {
            true => roman(*count),
            false => count.to_string(),
        };
        self.called.push(key.clone());
        self.labels.insert(key, label.clone());
        label
    }

    /// The texts of the notes, in the order of their marks.
    fn notes(&mut self, parts: &'d [Element; 2]) {
        let mut texts: HashMap<(bool, &str), &Element> = HashMap::new();
        for (part, is_end) in parts.iter().zip([false, true]) {
            let named = part.elements().filter_map(|note| Some((note.attribute("id")?, note)));
            texts.extend(named.map(|(id, note)| ((is_end, id), note)));
        }
        let mut number = 0;
        // Notes may be called from notes.
        while let Some(key) = self.called.get(number).cloned() {
            number += 1;
            let label = self.labels.get(&key).cloned().unwrap_or_default();
            let mut lines = Vec::new();
            let note = texts.get(&(key.0, key.1.as_str()));
            for element in note.into_iter().flat_map(|note| note.elements()) {
                let mut paragraph = Paragraph::default();
                self.inline(element, None, &mut paragraph);
                lines.push(paragraph.inline.marked().trim().to_owned());
            }
            lines.retain(|line| !line.is_empty());
            self.blocks.paragraph(&format!("^{{{label}}} {}", lines.join("\n")));
        }
    }

    /// A table of data gets rows; in a table that only arranges a text, the cells are read one after another.
    fn table(&mut self, table: &'d Element) {
        self.end_open();
        let rows: Vec<&Element> = rows_of(table);
        if !is_data(&rows) {
            for row in &rows {
                if self.is_deleted_row(row) {
                    continue;
                }
                cells_of(row).into_iter().for_each(|cell| self.blocks_of(cell));
                self.end_open();
            }
            return;
        }
        let mut written = Vec::new();
        for row in rows {
            if self.is_deleted_row(row) {
                continue;
            }
            let mut cells = Vec::new();
            for cell in cells_of(row) {
                let mut texts = Vec::new();
                for element in cell.elements().filter(|e| e.name == "p") {
                    let mut paragraph = Paragraph::default();
                    self.inline(element, None, &mut paragraph);
                    texts.push(paragraph.inline.marked());
                }
                cells.push(texts.join(" "));
                let span = cell.find(&["tcPr", "gridSpan"]).and_then(|s| s.attribute("val"));
                let span = span.and_then(|s| s.parse::<usize>().ok()).unwrap_or(1).min(64);
                cells.extend((1..span).map(|_| String::new()));
            }
            written.push(cells);
        }
        self.blocks.table(&written);
    }

    fn is_deleted_row(&mut self, row: &Element) -> bool {
        let is_deleted = row.find(&["trPr", "del"]).is_some();
        if is_deleted {
            self.deleted(row);
        }
        is_deleted
    }
}

/// Rows of a table, whatever they are wrapped in.
fn rows_of(parent: &Element) -> Vec<&Element> {
    let mut rows = Vec::new();
    for element in parent.elements() {
        match element.name.as_str() {
            "tr" => rows.push(element),
            "sdt" | "sdtContent" | "customXml" | "ins" | "moveTo" => rows.extend(rows_of(element)),
            _ => {}
        }
    }
    rows
}

fn cells_of(parent: &Element) -> Vec<&Element> {
    let mut cells = Vec::new();
    for element in parent.elements() {
        match element.name.as_str() {
            "tc" => cells.push(element),
            "sdt" | "sdtContent" | "customXml" => cells.extend(cells_of(element)),
            _ => {}
        }
    }
    cells
}

/// Whether a table holds data: rows and columns of short texts.
fn is_data(rows: &[&Element]) -> bool {
    const SHORT: usize = 400;
    let is_short = |cell: &&Element| {
        let paragraphs = cell.elements().filter(|e| e.name == "p" && !e.text().trim().is_empty());
        cell.elements().all(|e| matches!(e.name.as_str(), "p" | "tcPr"))
            && paragraphs.count() <= 3
            && cell.text().chars().count() <= SHORT
    };
    let columns = rows.iter().map(|row| cells_of(row).len()).max().unwrap_or(0);
    rows.len() >= 2 && columns >= 2 && rows.iter().all(|row| cells_of(row).iter().all(is_short))
}

/// What an element in a run says.
fn piece(element: &Element) -> String {
    match element.name.as_str() {
        "t" => element.text(),
        "tab" | "ptab" => "\t".to_owned(),
        "br" | "cr" => "\n".to_owned(),
        "noBreakHyphen" => "\u{2011}".to_owned(),
        "sym" => {
            let code = element.attribute("char").and_then(|c| u32::from_str_radix(c, 16).ok());
            // Fonts of signs keep them in the area for private use, where no reader knows them.
            let private = |c: &u32| (0xE000..=0xF8FF).contains(c);
            let known = code.filter(|c| !private(c)).and_then(char::from_u32);
            known.unwrap_or('\u{FFFD}').to_string()
        }
        _ => String::new(),
    }
}

fn run_text(run: &Element) -> String {
    run.elements().map(|e| if e.name == "delText" { e.text() } else { piece(e) }).collect()
}

/// The bare texts of the paragraphs at any depth, deleted ones too.
fn paragraphs_of(parent: &Element) -> String {
    let mut out = String::new();
    for element in parent.elements() {
        match element.name.as_str() {
            "r" => out.push_str(&run_text(element)),
            "p" => {
                out.push_str(&paragraphs_of(element));
                out.push('\n');
            }
            "AlternateContent" => out.extend(chosen(element).map(paragraphs_of)),
            _ => out.push_str(&paragraphs_of(element)),
        }
    }
    out
}

/// The form of an alternative that is read: what is offered to newer programs, else the other.
fn chosen(alternatives: &Element) -> Option<&Element> {
    alternatives.child("Choice").or_else(|| alternatives.child("Fallback"))
}

/// The texts in drawings.
fn boxes<'d>(parent: &'d Element, found: &mut Vec<&'d Element>) {
    for element in parent.elements() {
        match element.name.as_str() {
            "txbxContent" => found.push(element),
            "AlternateContent" => {
                if let Some(chosen) = chosen(element) {
                    boxes(chosen, found);
                }
            }
            _ => boxes(element, found),
        }
    }
}

/// The settings of the first section, which are in its last paragraph or at the end.
fn first_section(body: &Element) -> Option<&Element> {
    let own = body.elements().filter(|e| e.name == "p").find_map(|p| p.find(&["pPr", "sectPr"]));
    own.or_else(|| body.child("sectPr"))
}

/// Whether a head counts pages, as running heads do.
fn numbers_pages(element: &Element) -> bool {
    let is_page = |code: &str| code.split_whitespace().next() == Some("PAGE");
    let own = match element.name.as_str() {
        "instrText" => is_page(&element.text()),
        "fldSimple" => element.attribute("instr").is_some_and(is_page),
        "pgNum" => true,
        _ => false,
    };
    own || element.children.iter().any(|child| match child {
        Node::Element(inner) => numbers_pages(inner),
        Node::Text(_) => false,
    })
}

/// `HYPERLINK "https://…"`.
pub(super) fn linked(code: &str) -> Option<Rc<str>> {
    let rest = code.trim().strip_prefix("HYPERLINK")?.trim_start();
    let url = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => rest.split_whitespace().next()?,
    };
    (!url.starts_with('\\')).then(|| Rc::from(url))
}
