//! Markdown events → events of HTML: ids, numbers, harmless links, raw HTML shown as text.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{Alignment, CowStr, Event, HeadingLevel, LinkType, Tag, TagEnd};
use rustc_hash::FxHashMap;

use super::links::{escape, safe_url};
use super::notes::Note;
use super::script;
use super::spoken::Spoken;
use super::{Passage, Settings};
use crate::anchors;
use crate::content::mark::Mark;
use crate::slug::short_slug;

/// Turns events into blocks with ids, and keeps what notes and passages need.
pub(super) struct Renderer<'s, 't> {
    pub(super) settings: Settings<'s>,
    /// Events of the text, top-level blocks with their ids already in them.
    pub(super) out: Vec<Event<'t>>,
    /// Events of the open top-level block, until its end tells what it is.
    block: Vec<Event<'t>>,
    depth: usize,
    number: usize,
    ids: FxHashMap<String, usize>,
    /// The ids of blocks and items in their order.
    pub(super) anchors: Vec<String>,
    pub(super) first_numbered: Option<String>,
    pub(super) passages: Vec<Passage>,
    /// The open passage, without its anchor.
    open: Passage,
    /// The open lists: of an ordered one the numbers of its last item, as it is written and as it is shown.
    lists: Vec<Option<(u64, u64)>>,
    /// Marks of notes in the order of their first reference, with the number of references.
    pub(super) references: Vec<(String, usize)>,
    /// Where each mark is in `references`.
    pub(super) reference_places: BTreeMap<String, usize>,
    pub(super) notes: BTreeMap<String, Note<'t>>,
    /// How many of `references` stand in blocks that are closed.
    placed: usize,
    /// Blocks, as ranges of `out`, with the range of `references` that they are the first to make.
    pub(super) note_places: Vec<(Range<usize>, Range<usize>)>,
    pub(super) note_order: Vec<String>,
    open_note: Option<String>,
    /// How many links, images and code blocks are open: no bare URL is linked within them.
    verbatim: usize,
    /// The open links and images, as they are shown.
    shown: Vec<Shown>,
    /// An attribute of each block: of its own direction, where a text has two.
    pub(super) direction: &'static str,
    /// Whether some letters are of another script than the text's language.
    is_mixed: bool,
    /// The direction of the open block's first item that has one.
    items_direction: Option<&'static str>,
    /// Where the open cell is in its block, its attributes, and where its text begins.
    cell: Option<(usize, String, usize)>,
    /// Where the open item of a top-level list begins in its block, with its attributes but for its id.
    item: Option<(usize, String)>,
    /// How many anchors there were when the open block began.
    anchors_before: usize,
    /// How the columns of the open table are aligned.
    columns: Vec<Alignment>,
    /// Place of the next cell in its row.
    column: usize,
    /// The languages of the paragraphs so far.
    pub(super) spoken: Spoken,
    in_table_head: bool,
    /// The words for a paragraph's number, escaped, before and after each place of the number.
    number_label: Vec<String>,
    /// Room for the HTML, in bytes.
    pub(super) room: usize,
}

/// As what a link or an image is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shown {
    Link,
    Image,
    /// The words of one that leads nowhere.
    Words,
    /// Nothing but the text: within an image's words are no elements.
    Text,
}

impl<'s, 't> Renderer<'s, 't> {
    /// For a text of Markdown.
    pub(super) fn new(settings: Settings<'s>, text: &str) -> Self {
        let mut number_label = String::new();
        escape(&mut number_label, settings.paragraph_label);
        Self {
            settings,
            out: Vec::new(),
            block: Vec::new(),
            depth: 0,
            number: 0,
            ids: FxHashMap::default(),
            anchors: Vec::new(),
            first_numbered: None,
            passages: Vec::new(),
            open: Passage::default(),
            lists: Vec::new(),
            references: Vec::new(),
            reference_places: BTreeMap::new(),
            notes: BTreeMap::new(),
            placed: 0,
            note_places: Vec::new(),
            note_order: Vec::new(),
            open_note: None,
            verbatim: 0,
            shown: Vec::new(),
            direction: if runs_leftwards(text) { " dir=\"auto\"" } else { "" },
            is_mixed: settings.languages.differ_in(text),
            items_direction: None,
            cell: None,
            item: None,
            anchors_before: 0,
            columns: Vec::new(),
            column: 0,
            spoken: Spoken::default(),
            in_table_head: false,
            number_label: number_label.split("{n}").map(str::to_owned).collect(),
            room: 2 * text.len(),
        }
    }

    /// Takes an event, given the stretch of Markdown that it was read from.
    pub(super) fn take(&mut self, event: Event<'t>, source: &str) {
        match event {
            Event::Start(Tag::FootnoteDefinition(mark)) => {
                self.note_order.push(mark.to_string());
                self.open_note = Some(mark.to_string());
            }
            Event::End(TagEnd::FootnoteDefinition) => self.open_note = None,
            Event::FootnoteReference(mark) => self.reference(&mark),
            Event::Start(tag) => self.start(tag, source),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Html(text) | Event::InlineHtml(text) => self.words(text),
            Event::Code(code) => {
                self.note_text(&code);
                self.push(Event::Code(code));
            }
            Event::SoftBreak => {
                self.note_text("\n");
                self.push(Event::SoftBreak);
            }
            Event::HardBreak => {
                self.note_text("\n");
                self.push(Event::HardBreak);
            }
            other => self.push(other),
        }
    }

    pub(super) fn push(&mut self, event: Event<'t>) {
        match &self.open_note {
            Some(mark) => self.notes.entry(mark.clone()).or_default().events.push(event),
            None => self.block.push(event),
        }
        if self.depth == 0 && self.open_note.is_none() {
            self.out.append(&mut self.block);
        }
    }

    fn note_text(&mut self, text: &str) {
        self.open_passage().text.push_str(text);
    }

    /// The passage that is being read: a note, or a part of the text.
    pub(super) fn open_passage(&mut self) -> &mut Passage {
        match &self.open_note {
            Some(mark) => &mut self.notes.entry(mark.clone()).or_default().passage,
            None => &mut self.open,
        }
    }

    /// Separates what comes from the text before it, which is in an element of its own.
    fn part(&mut self, by: char) {
        let text = &mut self.open_passage().text;
        if text.ends_with(|c: char| !c.is_whitespace()) {
            text.push(by);
        }
    }

    /// Takes words as they stand in the text.
    pub(super) fn take_words(&mut self, text: &'t str) {
        if !text.is_empty() {
            self.words(text.into());
        }
    }

    /// A passage that is withheld: a bar, which says why to all readers alike.
    pub(super) fn withheld(&mut self, reason: &str) {
        self.note_text(&Mark::plain(reason));
        let mut html = String::from("<span class=\"withheld\" lang=\"");
        escape(&mut html, self.settings.language);
        html.push_str("\">[");
        escape(&mut html, &self.settings.withheld_label.replace("{reason}", reason));
        html.push_str("]</span>");
        self.push(Event::InlineHtml(html.into()));
    }

    fn words(&mut self, text: CowStr<'t>) {
        self.note_text(&text);
        // Most texts have no URL, and stand as they are.
        if self.verbatim > 0 || !text.contains("://") {
            self.push(Event::Text(text));
            return;
        }
        for span in linkify::LinkFinder::new().kinds(&[linkify::LinkKind::Url]).spans(&text) {
            let words = Event::Text(CowStr::from(span.as_str().to_owned()));
            match span.kind().and_then(|_| safe_url(span.as_str(), "")) {
                Some(url) => {
                    let mut escaped = String::new();
                    escape(&mut escaped, &url);
                    self.push(Event::InlineHtml(bare_link(&escaped).into()));
                    self.push(words);
                    self.push(Event::InlineHtml("</a>".into()));
                }
                None => self.push(words),
            }
        }
    }

    fn start(&mut self, tag: Tag<'t>, source: &str) {
        if self.open_note.is_none() {
            self.depth += 1;
        }
        match &tag {
            Tag::TableCell => self.part('\t'),
            Tag::List(start) => {
                self.part('\n');
                // The number before the first.
                self.lists.push(start.map(|first| (u64::MAX, first.wrapping_sub(1))));
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } => {}
            Tag::Image { .. } => {}
            _ => self.part('\n'),
        }
        let event = match tag {
            Tag::Link { .. } | Tag::Image { .. } => {
                let (shown, event) = self.opened(tag);
                self.shown.push(shown);
                self.verbatim += 1;
                match event {
                    Some(event) => event,
                    None => return,
                }
            }
            Tag::Paragraph if !self.direction.is_empty() => {
                Event::Html(format!("<p{}>", self.direction).into())
            }
            // Raw HTML is shown as what it is: text.
            Tag::HtmlBlock => Event::Start(Tag::Paragraph),
            Tag::CodeBlock(_) => {
                self.verbatim += 1;
                Event::Start(Tag::CodeBlock(pulldown_cmark::CodeBlockKind::Indented))
            }
            Tag::Heading { level, .. } => Event::Start(Tag::Heading {
                level: below_title(level),
                id: None,
                classes: Vec::new(),
                attrs: Vec::new(),
            }),
            Tag::Item => self.open_item(source),
            Tag::Table(columns) => {
                self.columns = columns;
                Event::Start(Tag::Table(Vec::new()))
            }
            Tag::TableHead | Tag::TableRow => {
                self.in_table_head = matches!(tag, Tag::TableHead);
                self.column = 0;
                Event::Start(tag)
            }
            Tag::TableCell => self.open_cell(),
            other => Event::Start(other),
        };
        self.push(event);
    }

    /// As what a link or an image is shown, and what its beginning is.
    fn opened(&self, tag: Tag<'t>) -> (Shown, Option<Event<'t>>) {
        let is_bare = matches!(tag, Tag::Link { link_type: LinkType::Autolink, .. });
        let (image, dest_url, title) = match tag {
            Tag::Image { dest_url, title, .. } => (true, dest_url, title),
            Tag::Link { link_type: LinkType::Email, dest_url, title, .. } => {
                (false, format!("mailto:{dest_url}").into(), title)
            }
            Tag::Link { dest_url, title, .. } => (false, dest_url, title),
            _ => return (Shown::Text, None),
        };
        if self.in_image() {
            return (Shown::Text, None);
        }
        // No request leaves the site: an image of another one is its words.
        let allowed = !image || dest_url.starts_with('/') && !dest_url.starts_with("//");
        let url = (self.settings.beside)(&dest_url)
            .or_else(|| safe_url(&dest_url, self.settings.base_path).filter(|_| allowed));
        let link_type = LinkType::Inline;
        let id = CowStr::Borrowed("");
        match url.map(CowStr::from) {
            Some(dest_url) if image => {
                (Shown::Image, Some(Event::Start(Tag::Image { link_type, dest_url, title, id })))
            }
            Some(dest_url) if is_bare => {
                let mut escaped = String::new();
                escape(&mut escaped, &dest_url);
                (Shown::Link, Some(Event::InlineHtml(bare_link(&escaped).into())))
            }
            Some(dest_url) => {
                (Shown::Link, Some(Event::Start(Tag::Link { link_type, dest_url, title, id })))
            }
            None => {
                let span = if image { "<span class=\"image\">" } else { "<span>" };
                (Shown::Words, Some(Event::InlineHtml(span.into())))
            }
        }
    }

    /// Whether the words of an image are being written.
    pub(super) fn in_image(&self) -> bool {
        self.shown.contains(&Shown::Image)
    }

    /// A cell with its column's alignment as a class: the site's policy forbids inline styles.
    fn open_cell(&mut self) -> Event<'t> {
        let name = if self.in_table_head { "th" } else { "td" };
        let class = match self.columns.get(self.column) {
            Some(Alignment::Left) => " class=\"to-left\"",
            Some(Alignment::Center) => " class=\"to-center\"",
            Some(Alignment::Right) => " class=\"to-right\"",
            Some(Alignment::None) | None => "",
        };
        self.column += 1;
        let tag = format!("<{name}{class}{}", self.direction);
        let cell = Event::Html(format!("{tag}>").into());
        if self.is_mixed && self.open_note.is_none() {
            self.cell = Some((self.block.len(), tag, self.open.text.len()));
        }
        cell
    }

    fn open_item(&mut self, source: &str) -> Event<'t> {
        let mut html = String::from(self.direction);
        if let Some(Some((written_before, before))) = self.lists.last_mut() {
            let (next, written) = (before.wrapping_add(1), number_of_item(source));
            // Who writes the same number before each item means that they are counted.
            let shown = written.filter(|number| number != written_before).unwrap_or(next);
            (*written_before, *before) = (written.unwrap_or(u64::MAX), shown);
            if shown != next {
                let _ = write!(html, " value=\"{shown}\"");
            }
            self.note_text(&format!("{shown}. "));
        }
        if self.open_note.is_none() && self.depth == 2 {
            // Its id is known once all of it is read.
            self.item = Some((self.block.len(), html));
            return Event::Start(Tag::Item);
        }
        if html.is_empty() {
            return Event::Start(Tag::Item);
        }
        Event::Html(format!("<li{html}>").into())
    }

    fn end(&mut self, tag: TagEnd) {
        let event = match tag {
            TagEnd::Link | TagEnd::Image => {
                self.verbatim -= 1;
                match self.shown.pop() {
                    Some(Shown::Link) => Event::End(TagEnd::Link),
                    Some(Shown::Image) => Event::End(TagEnd::Image),
                    Some(Shown::Words) => Event::InlineHtml("</span>".into()),
                    Some(Shown::Text) | None => {
                        self.depth -= usize::from(self.open_note.is_none());
                        return;
                    }
                }
            }
            TagEnd::HtmlBlock => Event::End(TagEnd::Paragraph),
            TagEnd::CodeBlock => {
                self.verbatim -= 1;
                Event::End(TagEnd::CodeBlock)
            }
            TagEnd::Heading(level) => Event::End(TagEnd::Heading(below_title(level))),
            TagEnd::TableCell => {
                self.close_cell();
                Event::End(tag)
            }
            other => Event::End(other),
        };
        if tag == TagEnd::List(true) || tag == TagEnd::List(false) {
            self.lists.pop();
            self.part('\n');
        } else if matches!(tag, TagEnd::BlockQuote(_)) {
            self.part('\n');
        }
        if self.open_note.is_some() {
            self.push(event);
            return;
        }
        if self.depth == 2 && tag == TagEnd::Item {
            let anchor = self.anchor_of_text();
            if let Some((at, attributes)) = self.item.take() {
                let lang = self.lang(&self.open.text);
                let html = format!("<li id=\"{anchor}\"{attributes}{lang}>");
                self.block[at] = Event::Html(html.into());
            }
            self.items_direction = self.items_direction.or_else(|| self.first_direction());
            self.close_passage(anchor);
        }
        self.block.push(event);
        self.depth -= 1;
        if self.depth == 0 {
            self.close_block(tag);
        }
    }

    /// Says the language of a cell that is in another one than the text.
    fn close_cell(&mut self) {
        let Some((at, tag, start)) = self.cell.take() else { return };
        let lang = self.lang(self.open.text.get(start..).unwrap_or_default());
        if !lang.is_empty() {
            self.block[at] = Event::Html([&tag, &lang, ">"].concat().into());
        }
    }

    /// The attribute of an element whose words are in another language than the text; else nothing.
    pub(super) fn lang(&self, words: &str) -> String {
        self.foreign(words).map_or_else(String::new, |tag| lang_attribute(&tag))
    }

    /// The language of words that are in another one than the text.
    fn foreign(&self, words: &str) -> Option<Cow<'static, str>> {
        let languages = &self.settings.languages;
        let foreign = self.is_mixed.then(|| languages.foreign(words)).flatten();
        foreign.or_else(|| languages.foreign_words(words))
    }

    /// Says the language of a paragraph that is made already.
    pub(super) fn say_language(&mut self, at: usize, tag: &str) {
        let Some(Event::Html(tag_of_start)) = self.out.get_mut(at) else { return };
        let Some(end) = tag_of_start.find('>') else { return };
        let (start, rest) = tag_of_start.split_at(end);
        *tag_of_start = [start, &lang_attribute(tag), rest].concat().into();
    }

    /// The direction of the open passage, where a text has two.
    fn first_direction(&self) -> Option<&'static str> {
        self.direction_of(&self.open.text)
    }

    /// The direction of some words, where a text has two.
    pub(super) fn direction_of(&self, words: &str) -> Option<&'static str> {
        if self.direction.is_empty() { None } else { script::direction(words) }
    }

    fn close_passage(&mut self, anchor: String) {
        let passage = std::mem::take(&mut self.open);
        if !passage.text.trim().is_empty() || !passage.marks.is_empty() {
            self.passages.push(Passage { anchor, ..passage });
        }
    }

    fn close_block(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(level) => {
                let id = self.heading_id();
                let level = below_title(level);
                let foreign = self.foreign(&self.open.text);
                let lang = foreign.as_deref().map_or_else(String::new, lang_attribute);
                self.spoken.note(self.out.len(), (self.passages.len(), &self.open.text), foreign);
                let html = format!("<{level} id=\"{id}\"{}{lang}>", self.direction);
                self.block[0] = Event::Html(html.into());
                self.close_passage(id);
            }
            TagEnd::Paragraph | TagEnd::HtmlBlock => {
                let id = self.anchor_of_text();
                let class = match (is_verse(&self.block), self.direction.is_empty()) {
                    (true, true) => "\" class=\"lines\">",
                    (true, false) => "\" class=\"lines\" dir=\"auto\">",
                    (false, true) => "\">",
                    (false, false) => "\" dir=\"auto\">",
                };
                let foreign = self.foreign(&self.open.text);
                let lang = foreign.as_deref().map_or_else(String::new, lang_attribute);
                let whole = [class.trim_end_matches('>'), &lang, ">"].concat();
                let class = if lang.is_empty() { class } else { &whole };
                self.spoken.note(self.out.len(), (self.passages.len(), &self.open.text), foreign);
                self.block[0] = Event::Html(self.opening("<p id=\"", &id, class).into());
                self.close_passage(id);
            }
            _ => {
                // A list has no text but that of its items.
                let items = self.anchors[self.anchors_before..].join(" ");
                let id = match items.as_str() {
                    "" => self.anchor_of_text(),
                    items => self.unique(anchors::anchor(items)),
                };
                // A table scrolls in a frame of its own, so that its number can hang beside it.
                let (frame, close) = match tag {
                    TagEnd::Table => ("<div class=\"table\" tabindex=\"0\">", "</div></div>\n"),
                    _ => ("", "</div>\n"),
                };
                let lang = self.lang(&self.open.text);
                let runs = self.items_direction.take().or_else(|| self.first_direction());
                let dir = runs.map_or_else(String::new, |runs| format!(" dir=\"{runs}\""));
                let mut open = self.opening("<div id=\"", &id, &["\"", &dir, &lang, ">"].concat());
                open.push_str(frame);
                self.block.insert(0, Event::Html(open.into()));
                self.block.push(Event::Html(close.into()));
                self.close_passage(id);
            }
        }
        self.anchors_before = self.anchors.len();
        let start = self.out.len();
        self.out.append(&mut self.block);
        // A reference without a definition is text already, so each of these has its note.
        if self.references.len() > self.placed {
            self.note_places.push((start..self.out.len(), self.placed..self.references.len()));
            self.placed = self.references.len();
        }
    }

    /// The anchor of what has been read of the open passage.
    fn anchor_of_text(&mut self) -> String {
        let anchor = anchors::anchor(&self.open.text);
        self.unique(anchor)
    }

    /// The start tag of a block with the next number, and the link of that number. Made for each paragraph of each
    /// page, and so without formatting, and of its very length, so that it need not be copied to become an event.
    ///
    /// The number is an anchor, too, for those who have nothing but a number.
    fn opening(&mut self, before: &str, id: &str, after: &str) -> String {
        const LINK: [&str; 5] =
            ["<a class=\"number\" id=\"p", "\" href=\"#", "\" aria-label=\"", "\">", "</a> "];
        self.number += 1;
        let mut number = String::with_capacity(8);
        push_number(&mut number, self.number);
        let label = &self.number_label;
        let mut length = before.len() + id.len() + after.len();
        if self.settings.numbered {
            length += LINK.iter().map(|part| part.len()).sum::<usize>() + id.len();
            length += label.iter().map(String::len).sum::<usize>();
            length += (label.len() + 1) * number.len();
        }
        let mut html = String::with_capacity(length);
        html.push_str(before);
        html.push_str(id);
        html.push_str(after);
        if self.settings.numbered {
            if self.first_numbered.is_none() {
                self.first_numbered = Some(id.to_owned());
            }
            html.push_str(LINK[0]);
            html.push_str(&number);
            html.push_str(LINK[1]);
            html.push_str(id);
            html.push_str(LINK[2]);
            for (place, part) in label.iter().enumerate() {
                if place > 0 {
                    html.push_str(&number);
                }
                html.push_str(part);
            }
            html.push_str(LINK[3]);
            html.push_str(&number);
            html.push_str(LINK[4]);
        }
        html
    }

    fn heading_id(&mut self) -> String {
        let slug = short_slug(&self.open.text);
        self.unique(if slug.is_empty() { "section".to_owned() } else { format!("h-{slug}") })
    }

    /// An id that nothing else in the text has, and notes it.
    fn unique(&mut self, base: String) -> String {
        let mut id = base.clone();
        loop {
            let times = self.ids.entry(id.clone()).or_insert(0);
            *times += 1;
            if *times == 1 {
                self.anchors.push(id.clone());
                return id;
            }
            let times = *times;
            id = format!("{base}-{times}");
        }
    }
}

/// What says that an element is in a language.
pub(super) fn lang_attribute(tag: &str) -> String {
    let mut lang = String::from(" lang=\"");
    escape(&mut lang, tag);
    lang.push('"');
    lang
}

/// The beginning of a link whose words are its address, escaped: on paper it needs no address behind it.
fn bare_link(address: &str) -> String {
    format!("<a class=\"bare\" href=\"{address}\">")
}

/// Appends a number: formatting costs ten times as much.
fn push_number(out: &mut String, number: usize) {
    if number >= 10 {
        push_number(out, number / 10);
    }
    out.push(char::from(b'0' + (number % 10) as u8));
}

/// The number that an item of an ordered list begins with.
fn number_of_item(source: &str) -> Option<u64> {
    let source = source.trim_start();
    let end = source.find(|c: char| !c.is_ascii_digit())?;
    source[..end].parse().ok()
}

fn below_title(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => HeadingLevel::H2,
        HeadingLevel::H3 => HeadingLevel::H3,
        HeadingLevel::H4 => HeadingLevel::H4,
        HeadingLevel::H5 => HeadingLevel::H5,
        HeadingLevel::H6 => HeadingLevel::H6,
    }
}

/// Whether a text has letters that are written from right to left.
fn runs_leftwards(text: &str) -> bool {
    // Hebrew, Arabic and their neighbours, by their first bytes; the forms of both lie behind `0xEF`.
    let may = |b: u8| (b.wrapping_sub(0xD6) < 9) | (b == 0xEF) | (b == 0xE0);
    text.bytes().any(may)
        && text.chars().any(|c| {
            matches!(c, '\u{5BE}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
        })
}

/// Whether a paragraph is set line by line: an address, a signature block, a date line.
fn is_verse(events: &[Event<'_>]) -> bool {
    events.iter().any(|e| matches!(e, Event::HardBreak))
}
