//! RTF (Rich Text Format 1.9.1) → blocks.
//!
//! A group inherits what holds around it, so that a stack of states is kept; what is not known is passed over, as
//! the format asks for.

mod fonts;
mod johab;
mod tokens;

use std::collections::HashMap;
use std::rc::Rc;

use super::blocks::{Blocks, Inline, Style};
use super::docx::linked;
use super::{Refusal, Remark, Stated, Text};
use fonts::Fonts;
use tokens::{Token, Tokens};

/// How deep groups may be nested: each takes some memory, and none of the stack.
const DEPTH: usize = 20_000;

/// Reads a text.
pub(super) fn read(bytes: &[u8]) -> Result<Text, Refusal> {
    let mut reader = Reader::new();
    for token in Tokens::of(bytes) {
        match token {
            Token::Open => reader.open()?,
            Token::Close => reader.close(),
            Token::Word(name, number) => reader.word(name, number),
            Token::Byte(byte) => reader.byte(byte),
        }
        if reader.is_over {
            break;
        }
    }
    if !reader.states.is_empty() || !reader.is_over {
        return Err(Refusal::Damaged);
    }
    reader.end();
    Ok(Text { blocks: reader.blocks, told: reader.told })
}

/// Where text goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Target {
    #[default]
    Body,
    /// Nowhere, since it is no text.
    Nothing,
    FontTable,
    StyleSheet,
    Title,
    Author,
    Created,
    /// The code of a field.
    Code,
    /// The number of an item.
    Label,
    Note,
    Head,
    RunningHead,
    Foot,
    Comment,
}

/// What holds in a group.
#[derive(Debug, Clone, Default)]
struct State {
    target: Target,
    style: Style,
    is_deleted: bool,
    is_hidden: bool,
    font: i32,
    /// How many bytes stand for a character of Unicode in programs that do not know it.
    fallback: usize,
    link: Option<Rc<str>>,
    /// Whether the group began with `\*`: an unknown one is passed over.
    is_optional: bool,
    /// Whether the first word of the group was met.
    is_begun: bool,
    /// Whether its end ends a footnote, a comment or the like.
    ends: Option<Target>,
    /// Of the paragraph: its level as a heading, its style, whether it is in a table.
    outline: Option<usize>,
    style_number: Option<i32>,
    in_table: bool,
}

struct Reader {
    blocks: Blocks,
    told: Stated,
    fonts: Fonts,
    state: State,
    states: Vec<State>,
    is_over: bool,
    /// Bytes that are not decoded yet.
    bytes: Vec<u8>,
    /// How many bytes are to be passed over behind a character of Unicode.
    skipped: usize,
    /// The first half of a character of two.
    surrogate: Option<u16>,
    /// The text of the paragraph, and those that were begun around a note.
    inline: Inline,
    outer: Vec<Inline>,
    /// What was collected for targets beside the body.
    aside: String,
    label: String,
    code: String,
    heading_styles: HashMap<i32, usize>,
    cells: Vec<String>,
    rows: Vec<Vec<String>>,
    /// Whether a cell of the table holds several paragraphs.
    cell_breaks: bool,
    /// Whether the head that is read counts pages.
    counts_pages: bool,
    notes: Vec<(String, String)>,
    created: [i32; 3],
}

impl Reader {
    fn new() -> Self {
        Self {
            blocks: Blocks::default(),
            told: Stated::default(),
            fonts: Fonts::default(),
            state: State { fallback: 1, ..State::default() },
            states: Vec::new(),
            is_over: false,
            bytes: Vec::new(),
            skipped: 0,
            surrogate: None,
            inline: Inline::default(),
            outer: Vec::new(),
            aside: String::new(),
            label: String::new(),
            code: String::new(),
            heading_styles: HashMap::new(),
            cells: Vec::new(),
            rows: Vec::new(),
            cell_breaks: false,
            counts_pages: false,
            notes: Vec::new(),
            created: [0; 3],
        }
    }

    fn open(&mut self) -> Result<(), Refusal> {
        self.flush();
        if self.states.len() >= DEPTH {
            return Err(Refusal::TooDeep);
        }
        self.skipped = 0;
        let inner = State { is_optional: false, is_begun: false, ends: None, ..self.state.clone() };
        self.states.push(std::mem::replace(&mut self.state, inner));
        Ok(())
    }

    fn close(&mut self) {
        self.flush();
        self.skipped = 0;
        if let Some(ended) = self.state.ends {
            self.end_of(ended);
        }
        match self.states.pop() {
            Some(outer) => self.state = outer,
            None => return,
        }
        self.is_over = self.states.is_empty();
    }

    /// A destination ends.
    fn end_of(&mut self, ended: Target) {
        let text = std::mem::take(&mut self.aside);
        let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
        match ended {
            Target::Note => {
                let note = self.end_inner();
                let label = (self.notes.len() + 1).to_string();
                self.inline.note(&label);
                self.notes.push((label, note.marked().trim().to_owned()));
            }
            Target::Head => {
                let head = self.end_inner();
                if std::mem::take(&mut self.counts_pages) {
                    self.blocks.drop_text(&head.plain(), "running head");
                } else if !head.is_blank() {
                    self.blocks.paragraph(&head.as_heading());
                }
            }
            Target::RunningHead => self.blocks.drop_text(&text, "running head"),
            Target::Foot => self.blocks.drop_text(&text, "foot of the pages"),
            Target::Comment => {
                if !words.is_empty() {
                    self.blocks.remark(Remark::Comments);
                    self.blocks.drop_text(&text, "comment");
                }
            }
            Target::Title => self.told.title = Some(words).filter(|t| !t.is_empty()),
            Target::Author => self.told.author = Some(words).filter(|t| !t.is_empty()),
            Target::Created => self.told.date = self.created().or(self.told.date.take()),
            Target::StyleSheet => {
                if let (Some(level), Some(number)) = (level_of(&words), self.state.style_number) {
                    self.heading_styles.insert(number, level);
                }
            }
            Target::FontTable => self.fonts.end_one(),
            Target::Code => {
                self.counts_pages |= words.starts_with("PAGE");
                self.code = text;
            }
            Target::Label => self.label = words,
            // A text box is beside the paragraph in which it is anchored.
            Target::Body => {
                self.paragraph();
                self.end_inner();
            }
            Target::Nothing => {}
        }
    }

    /// The text of a destination within the text, which goes on.
    fn end_inner(&mut self) -> Inline {
        std::mem::replace(&mut self.inline, self.outer.pop().unwrap_or_default())
    }

    /// The day on which the file was made.
    fn created(&self) -> Option<String> {
        let [year, month, day] = self.created;
        let is_day = (1..=9999).contains(&year) && (1..=12).contains(&month);
        (is_day && (1..=31).contains(&day)).then(|| format!("{year:04}-{month:02}-{day:02}"))
    }

    /// Turns a group into a destination.
    fn begin(&mut self, target: Target) {
        self.state.target = target;
        self.state.ends = Some(target);
        self.aside.clear();
    }

    fn word(&mut self, name: &[u8], number: Option<i32>) {
        self.flush_before(name);
        let is_first = !std::mem::replace(&mut self.state.is_begun, true);
        let value = number.unwrap_or(0);
        if self.font(name, value) || self.style(name, number) {
            return;
        }
        match name {
            // Within a group it says nothing.
            b"*" if is_first => {
                self.state.is_optional = true;
                self.state.is_begun = false;
            }
            b"*" => {}
            b"u" => self.unicode(value),
            b"uc" => self.state.fallback = usize::try_from(value).unwrap_or(1).min(16),
            b"revised" if number != Some(0) => self.blocks.remark(Remark::Changes),
            b"yr" => self.created[0] = value,
            b"mo" => self.created[1] = value,
            b"dy" => self.created[2] = value,
            b"pard" => {
                self.state.in_table = false;
                (self.state.outline, self.state.style_number) = (None, None);
            }
            b"intbl" => self.state.in_table = true,
            b"s" => self.state.style_number = number,
            b"outlinelevel" => {
                self.state.outline = usize::try_from(value).ok().filter(|level| *level < 9);
            }
            b"chpgn" => self.counts_pages = true,
            b"par" | b"sect" => self.paragraph(),
            b"page" => {
                self.paragraph();
                self.blocks.page_break();
            }
            b"pagebb" => self.blocks.page_break(),
            b"line" => self.put("\n"),
            b"tab" => self.put("\t"),
            b"cell" | b"nestcell" => self.cell(),
            b"row" | b"nestrow" => self.row(),
            b"chftn" => {}
            _ => match sign(name) {
                Some(sign) => self.put(sign),
                None if is_first => self.destination(name),
                None => {}
            },
        }
    }

    /// Reads a word of fonts and encodings; whether it is one.
    fn font(&mut self, name: &[u8], value: i32) -> bool {
        match name {
            b"ansicpg" => self.fonts.set_page(value),
            b"mac" => self.fonts.set_page(10000),
            b"pc" => self.fonts.set_page(437),
            b"pca" => self.fonts.set_page(850),
            b"deff" => self.state.font = value,
            b"f" if self.state.target == Target::FontTable => self.fonts.begin_one(value),
            b"f" => self.state.font = value,
            b"fcharset" => self.fonts.set_charset(value),
            _ => return false,
        }
        true
    }

    /// Reads a word that tells how letters look; whether it is one.
    fn style(&mut self, name: &[u8], number: Option<i32>) -> bool {
        let on = number != Some(0);
        let state = &mut self.state;
        match name {
            b"plain" => {
                state.style = Style::default();
                (state.is_deleted, state.is_hidden) = (false, false);
            }
            b"b" => state.style.bold = on,
            b"i" => state.style.italic = on,
            b"super" => state.style.raised = on,
            b"up" => state.style.raised = number.is_some_and(|up| up > 0),
            b"nosupersub" | b"sub" => state.style.raised = false,
            b"deleted" => state.is_deleted = on,
            b"v" => state.is_hidden = on,
            _ => return false,
        }
        true
    }

    /// What a group is for, by its first word.
    fn destination(&mut self, name: &[u8]) {
        match name {
            b"fonttbl" => self.begin(Target::FontTable),
            b"stylesheet" => self.begin(Target::StyleSheet),
            // The cells of a table in a table lie in its properties, in the files of some programs.
            b"rtf" | b"field" | b"shp" | b"nesttableprops" => {}
            b"result" => self.state.target = Target::Body,
            b"shptxt" => {
                self.outer.push(std::mem::take(&mut self.inline));
                self.state.style = Style::default();
                self.state.in_table = false;
                self.begin(Target::Body);
            }
            b"fldrslt" => {
                let code = std::mem::take(&mut self.code);
                self.state.link = linked(&code).or(self.state.link.take());
            }
            // It says the same twice: in bytes, and in Unicode behind `\ud`.
            b"upr" => self.state.target = Target::Nothing,
            b"ud" => {
                if let Some(around) = self.states.iter().nth_back(1) {
                    self.state.target = around.target;
                }
            }
            b"title" => self.begin(Target::Title),
            b"author" => self.begin(Target::Author),
            b"creatim" => self.begin(Target::Created),
            b"fldinst" => self.begin(Target::Code),
            b"listtext" | b"pntext" => self.begin(Target::Label),
            b"footnote" if self.state.target == Target::Body => {
                self.outer.push(std::mem::take(&mut self.inline));
                self.state.style = Style::default();
                self.begin(Target::Note);
            }
            b"headerf" | b"header" => {
                self.outer.push(std::mem::take(&mut self.inline));
                self.counts_pages = false;
                self.begin(Target::Head);
            }
            b"headerl" | b"headerr" => self.begin(Target::RunningHead),
            b"footer" | b"footerf" | b"footerl" | b"footerr" => self.begin(Target::Foot),
            b"annotation" => self.begin(Target::Comment),
            b"info" | b"shpinst" | b"colortbl" | b"pict" | b"object" | b"objdata" | b"operator"
            | b"subject" | b"doccomm" | b"keywords" | b"company" | b"revtim" | b"printim"
            | b"buptim" | b"nonshppict" | b"atnid" | b"atnauthor" | b"shprslt" | b"themedata"
            | b"xe" | b"tc" | b"rxe" | b"nonesttables" => {
                self.state.target = Target::Nothing;
            }
            _ if self.state.is_optional => self.state.target = Target::Nothing,
            _ => {}
        }
    }

    /// A byte of text.
    fn byte(&mut self, byte: u8) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        self.state.is_begun = true;
        self.bytes.push(byte);
    }

    fn unicode(&mut self, value: i32) {
        self.skipped = self.state.fallback;
        // Numbers beyond 32767 are written as negative ones.
        let unit = u16::try_from(value.rem_euclid(0x1_0000)).unwrap_or(0xFFFD);
        let units: Vec<u16> = self.surrogate.take().into_iter().chain([unit]).collect();
        if (0xD800..0xDC00).contains(&unit) && units.len() == 1 {
            self.surrogate = Some(unit);
            return;
        }
        self.put(&String::from_utf16_lossy(&units));
    }

    /// What is before a word is decoded, unless the word is a part of the text.
    fn flush_before(&mut self, name: &[u8]) {
        if name != b"uc" {
            self.flush();
        }
    }

    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let text = self.fonts.decode(self.state.font, &bytes);
        self.put(&text);
    }

    /// Puts a text where it belongs.
    fn put(&mut self, text: &str) {
        match self.state.target {
            Target::Body | Target::Note | Target::Head => {
                if self.state.is_deleted {
                    self.blocks.remark(Remark::Changes);
                    self.blocks.drop_text(text, "deleted in tracked changes");
                } else if self.state.is_hidden {
                    if !text.trim().is_empty() {
                        self.blocks.remark(Remark::Hidden);
                    }
                    self.blocks.drop_text(text, "hidden text");
                } else {
                    let link = self.state.link.clone();
                    self.inline.push(text, self.state.style, link.as_ref());
                }
            }
            Target::Nothing => {}
            Target::FontTable => self.fonts.name(text),
            Target::StyleSheet => {
                self.aside.push_str(text);
                // A style's group has no word of its own by which its end is known.
                if text.ends_with(';') {
                    self.end_of(Target::StyleSheet);
                }
            }
            _ => self.aside.push_str(text),
        }
    }

    /// The paragraph ends.
    fn paragraph(&mut self) {
        match self.state.target {
            Target::Body => {}
            Target::Note | Target::Head => return self.inline.push("\n", Style::default(), None),
            Target::Nothing => return,
            _ => return self.aside.push('\n'),
        }
        if self.state.in_table {
            self.cell_breaks |= !self.inline.is_blank();
            return self.inline.push("\n", Style::default(), None);
        }
        self.end_table();
        let inline = std::mem::take(&mut self.inline);
        let label = std::mem::take(&mut self.label);
        self.write(&inline, &label);
    }

    fn write(&mut self, inline: &Inline, label: &str) {
        if inline.is_blank() {
            return;
        }
        let by_style =
            self.state.style_number.and_then(|number| self.heading_styles.get(&number).copied());
        let heading = self.state.outline.map(|level| level + 1).or(by_style);
        match (heading, label) {
            (Some(level), label) => {
                self.blocks.heading(level, format!("{label} {}", inline.as_heading()).trim());
            }
            (None, "") => self.blocks.paragraph(&inline.marked()),
            (None, label) => {
                let is_bullet = !label.contains(char::is_alphanumeric);
                self.blocks.item(0, if is_bullet { "-" } else { label }, &inline.marked());
            }
        }
    }

    fn cell(&mut self) {
        if self.state.target == Target::Body {
            let inline = std::mem::take(&mut self.inline);
            let label = std::mem::take(&mut self.label);
            let text = format!("{label} {}", inline.marked());
            self.cells.push(text.trim().to_owned());
        }
    }

    fn row(&mut self) {
        if self.state.target == Target::Body && !self.cells.is_empty() {
            self.rows.push(std::mem::take(&mut self.cells));
        }
    }

    /// Writes the rows that were read: a table of data, or a text that was arranged in one.
    fn end_table(&mut self) {
        self.row();
        let rows = std::mem::take(&mut self.rows);
        let has_breaks = std::mem::take(&mut self.cell_breaks);
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        if rows.len() >= 2 && columns >= 2 && !has_breaks {
            self.blocks.table(&rows);
            return;
        }
        for text in rows.iter().flatten() {
            for paragraph in text.split('\n').map(str::trim).filter(|p| !p.is_empty()) {
                self.blocks.paragraph(paragraph);
            }
        }
    }

    fn end(&mut self) {
        self.state = State::default();
        self.paragraph();
        self.end_table();
        for (label, text) in std::mem::take(&mut self.notes) {
            self.blocks.paragraph(&format!("^{{{label}}} {text}"));
        }
    }
}

/// The level of the headings that a style of this name makes.
fn level_of(style: &str) -> Option<usize> {
    let name = style.to_ascii_lowercase();
    match name.trim_end_matches(';').strip_prefix("heading ") {
        Some(level) => level.trim().parse().ok(),
        None => name.starts_with("title").then_some(1),
    }
}

/// Words that stand for a sign.
fn sign(name: &[u8]) -> Option<&'static str> {
    Some(match name {
        b"~" => "\u{A0}",
        b"_" => "\u{2011}",
        b"-" => "\u{AD}",
        b"emdash" => "—",
        b"endash" => "–",
        b"emspace" | b"enspace" | b"qmspace" => " ",
        b"bullet" => "•",
        b"lquote" => "‘",
        b"rquote" => "’",
        b"ldblquote" => "“",
        b"rdblquote" => "”",
        _ => return None,
    })
}
