//! Markdown → HTML for a page, and the plain text of its passages for search and `text.txt`.
//!
//! What a content file holds is untrusted: its HTML is shown as text, its links keep only harmless
//! schemes, its images never leave the site. Paragraphs and list items get ids (`p1`, `p4-2`), so
//! that they can be cited; notes follow the block that first refers to them and are linked both ways.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::Range;

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::slug::short_slug;

/// A body as HTML, with what the rest of the site needs of it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// The HTML of the text. A block that is the first to refer to notes stands with them in a
    /// `div.cited`, so that a style sheet can set them beside it or at the end of the text.
    pub html: String,
    /// Whether there are notes.
    pub notes: bool,
    /// The text of each paragraph, list item, heading and note, without marks.
    pub passages: Vec<Passage>,
    /// Whether elements were nested too deeply to be shown as such.
    pub too_deep: bool,
}

/// A stretch of text that can be linked to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The `id` of its element.
    pub anchor: String,
    /// Its text without marks.
    pub text: String,
}

/// What a rendering depends on besides the text.
#[derive(Debug, Clone, Copy)]
pub struct Settings<'a> {
    /// Path below which the site is served; put before links that begin with `/`.
    pub base_path: &'a str,
    /// Words for a paragraph's number, `{n}` being the number.
    pub paragraph_label: &'a str,
    /// Words for the way back from a note, `{n}` being its mark.
    pub back_label: &'a str,
    /// Whether paragraphs show their numbers.
    pub numbered: bool,
}

/// Elements nested deeper than this are shown as text, since later stages recurse.
const MAX_DEPTH: usize = 100;

/// Renders a Markdown text.
pub fn render(text: &str, settings: Settings<'_>) -> Body {
    let options =
        Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_STRIKETHROUGH;
    if depth(text, options) > MAX_DEPTH {
        return too_deep(text);
    }
    let mut renderer = Renderer::new(settings);
    for event in Parser::new_ext(text, options) {
        renderer.take(event);
    }
    renderer.finish()
}

fn depth(text: &str, options: Options) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for event in Parser::new_ext(text, options) {
        match event {
            Event::Start(_) => depth += 1,
            Event::End(_) => depth -= 1,
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn too_deep(text: &str) -> Body {
    let mut escaped = String::new();
    escape(&mut escaped, text);
    Body {
        html: format!("<pre>{escaped}</pre>"),
        passages: vec![Passage { anchor: "text".to_owned(), text: text.to_owned() }],
        too_deep: true,
        ..Body::default()
    }
}

/// Escapes text for HTML.
pub fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

/// A footnote as it is defined.
#[derive(Default)]
struct Note {
    events: Vec<Event<'static>>,
    text: String,
}

struct Renderer<'s> {
    settings: Settings<'s>,
    /// Events of the text, top-level blocks with their ids already in them.
    out: Vec<Event<'static>>,
    /// Events of the open top-level block, until its end tells what it is.
    block: Vec<Event<'static>>,
    depth: usize,
    number: usize,
    ids: BTreeMap<String, usize>,
    passages: Vec<Passage>,
    /// Text of the open passage.
    text: String,
    /// Marks of notes in the order of their first reference, with the number of references.
    references: Vec<(String, usize)>,
    notes: BTreeMap<String, Note>,
    /// How many of `references` stand in blocks that are closed.
    placed: usize,
    /// Blocks, as ranges of `out`, with the range of `references` that they are the first to make.
    note_places: Vec<(Range<usize>, Range<usize>)>,
    note_order: Vec<String>,
    open_note: Option<String>,
    /// How many links and code spans are open: no bare URL is linked within them.
    verbatim: usize,
    /// Number of the open item of a top-level list.
    item: usize,
}

impl<'s> Renderer<'s> {
    fn new(settings: Settings<'s>) -> Self {
        Self {
            settings,
            out: Vec::new(),
            block: Vec::new(),
            depth: 0,
            number: 0,
            ids: BTreeMap::new(),
            passages: Vec::new(),
            text: String::new(),
            references: Vec::new(),
            notes: BTreeMap::new(),
            placed: 0,
            note_places: Vec::new(),
            note_order: Vec::new(),
            open_note: None,
            verbatim: 0,
            item: 0,
        }
    }

    fn take(&mut self, event: Event<'_>) {
        match event {
            Event::Start(Tag::FootnoteDefinition(mark)) => {
                self.note_order.push(mark.to_string());
                self.open_note = Some(mark.to_string());
            }
            Event::End(TagEnd::FootnoteDefinition) => self.open_note = None,
            Event::FootnoteReference(mark) => self.reference(&mark),
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => self.words(&text),
            Event::Html(text) | Event::InlineHtml(text) => self.words(&text),
            Event::Code(code) => {
                self.note_text(&code);
                self.push(Event::Code(code.into_static()));
            }
            Event::SoftBreak => {
                self.note_text("\n");
                self.push(Event::SoftBreak);
            }
            Event::HardBreak => {
                self.note_text("\n");
                self.push(Event::HardBreak);
            }
            other => self.push(other.into_static()),
        }
    }

    fn push(&mut self, event: Event<'static>) {
        match &self.open_note {
            Some(mark) => self.notes.entry(mark.clone()).or_default().events.push(event),
            None => self.block.push(event),
        }
        if self.depth == 0 && self.open_note.is_none() {
            self.out.append(&mut self.block);
        }
    }

    fn note_text(&mut self, text: &str) {
        match &self.open_note {
            Some(mark) => self.notes.entry(mark.clone()).or_default().text.push_str(text),
            None => self.text.push_str(text),
        }
    }

    fn words(&mut self, text: &str) {
        self.note_text(text);
        if self.verbatim > 0 {
            self.push(Event::Text(text.to_owned().into()));
            return;
        }
        for span in linkify::LinkFinder::new().kinds(&[linkify::LinkKind::Url]).spans(text) {
            let words = Event::Text(CowStr::from(span.as_str().to_owned()));
            match span.kind().and(safe_url(span.as_str(), "")) {
                Some(url) => {
                    let mut escaped = String::new();
                    escape(&mut escaped, &url);
                    self.push(Event::InlineHtml(format!("<a href=\"{escaped}\">").into()));
                    self.push(words);
                    self.push(Event::InlineHtml("</a>".into()));
                }
                None => self.push(words),
            }
        }
    }

    fn reference(&mut self, mark: &str) {
        let times = match self.references.iter_mut().find(|(m, _)| m == mark) {
            Some((_, times)) => {
                *times += 1;
                *times
            }
            None => {
                self.references.push((mark.to_owned(), 1));
                1
            }
        };
        let id = note_id(mark);
        let suffix = if times > 1 { format!("-{times}") } else { String::new() };
        let mut shown = String::new();
        escape(&mut shown, mark);
        let html = format!(
            "<sup class=\"noteref\"><a id=\"ref-{id}{suffix}\" href=\"#note-{id}\" role=\"doc-noteref\">{shown}</a></sup>"
        );
        self.push(Event::InlineHtml(html.into()));
    }

    fn start(&mut self, tag: Tag<'_>) {
        if self.open_note.is_none() {
            self.depth += 1;
        }
        let event = match tag {
            Tag::Link { dest_url, title, .. } => {
                self.verbatim += 1;
                match safe_url(&dest_url, self.settings.base_path) {
                    Some(url) => Event::Start(Tag::Link {
                        link_type: pulldown_cmark::LinkType::Inline,
                        dest_url: url.into(),
                        title: title.into_static(),
                        id: CowStr::Borrowed(""),
                    }),
                    None => Event::InlineHtml("<span>".into()),
                }
            }
            Tag::Image { dest_url, title, .. } => {
                let local = dest_url.starts_with('/') && !dest_url.starts_with("//");
                match safe_url(&dest_url, self.settings.base_path).filter(|_| local) {
                    Some(url) => Event::Start(Tag::Image {
                        link_type: pulldown_cmark::LinkType::Inline,
                        dest_url: url.into(),
                        title: title.into_static(),
                        id: CowStr::Borrowed(""),
                    }),
                    // Its text stands for it: no request leaves the site.
                    None => Event::InlineHtml("<span class=\"image\">".into()),
                }
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
            Tag::Item => self.open_item(),
            other => Event::Start(other.into_static()),
        };
        self.push(event);
    }

    fn open_item(&mut self) -> Event<'static> {
        if self.open_note.is_none() && self.depth == 2 {
            self.item += 1;
            let id = format!("p{}-{}", self.number + 1, self.item);
            return Event::Html(format!("<li id=\"{id}\">").into());
        }
        Event::Start(Tag::Item)
    }

    fn end(&mut self, tag: TagEnd) {
        let event = match tag {
            TagEnd::Link => {
                self.verbatim -= 1;
                match self.innermost_open_link() {
                    true => Event::End(TagEnd::Link),
                    false => Event::InlineHtml("</span>".into()),
                }
            }
            TagEnd::Image => match self.innermost_open_image() {
                true => Event::End(TagEnd::Image),
                false => Event::InlineHtml("</span>".into()),
            },
            TagEnd::HtmlBlock => Event::End(TagEnd::Paragraph),
            TagEnd::CodeBlock => {
                self.verbatim -= 1;
                Event::End(TagEnd::CodeBlock)
            }
            TagEnd::Heading(level) => Event::End(TagEnd::Heading(below_title(level))),
            other => Event::End(other),
        };
        if self.open_note.is_some() {
            self.push(event);
            return;
        }
        if self.depth == 2 && tag == TagEnd::Item {
            let anchor = format!("p{}-{}", self.number + 1, self.item);
            self.close_passage(anchor);
        }
        self.block.push(event);
        self.depth -= 1;
        if self.depth == 0 {
            self.close_block(tag);
        }
    }

    /// Whether the link that ends here was begun as one, not as a refused one.
    fn innermost_open_link(&self) -> bool {
        self.open_events()
            .iter()
            .rev()
            .find_map(|e| match e {
                Event::Start(Tag::Link { .. }) => Some(true),
                Event::InlineHtml(html) if html.as_ref() == "<span>" => Some(false),
                _ => None,
            })
            .unwrap_or(false)
    }

    fn innermost_open_image(&self) -> bool {
        self.open_events()
            .iter()
            .rev()
            .find_map(|e| match e {
                Event::Start(Tag::Image { .. }) => Some(true),
                Event::InlineHtml(html) if html.starts_with("<span class=\"image\"") => Some(false),
                _ => None,
            })
            .unwrap_or(false)
    }

    fn open_events(&self) -> &[Event<'static>] {
        match &self.open_note {
            Some(mark) => self.notes.get(mark).map_or(&[], |n| n.events.as_slice()),
            None => &self.block,
        }
    }

    fn close_passage(&mut self, anchor: String) {
        let text = std::mem::take(&mut self.text);
        if !text.trim().is_empty() {
            self.passages.push(Passage { anchor, text });
        }
    }

    fn close_block(&mut self, tag: TagEnd) {
        let mut events = std::mem::take(&mut self.block);
        self.item = 0;
        match tag {
            TagEnd::Heading(level) => {
                let id = self.heading_id();
                let level = below_title(level);
                events[0] = Event::Html(format!("<{level} id=\"{id}\">").into());
                self.close_passage(id);
            }
            TagEnd::Paragraph | TagEnd::HtmlBlock => {
                self.number += 1;
                let class = if is_verse(&events) { " class=\"lines\"" } else { "" };
                let open = format!("<p id=\"p{}\"{class}>{}", self.number, self.number_link());
                events[0] = Event::Html(open.into());
                self.close_passage(format!("p{}", self.number));
            }
            _ => {
                self.number += 1;
                let id = format!("p{}", self.number);
                self.close_passage(id.clone());
                let table = tag == TagEnd::Table;
                let region = if table { " class=\"table\" tabindex=\"0\"" } else { "" };
                events.insert(0, Event::Html(format!("<div id=\"{id}\"{region}>").into()));
                events.push(Event::Html("</div>\n".into()));
            }
        }
        let start = self.out.len();
        self.out.append(&mut events);
        // A reference without a definition is text already, so each of these has its note.
        if self.references.len() > self.placed {
            self.note_places.push((start..self.out.len(), self.placed..self.references.len()));
            self.placed = self.references.len();
        }
    }

    fn number_link(&self) -> String {
        if !self.settings.numbered {
            return String::new();
        }
        let n = self.number;
        let mut label = String::new();
        escape(&mut label, &self.settings.paragraph_label.replace("{n}", &n.to_string()));
        format!("<a class=\"number\" href=\"#p{n}\" aria-label=\"{label}\">{n}</a> ")
    }

    fn heading_id(&mut self) -> String {
        let slug = short_slug(&self.text);
        let base = if slug.is_empty() { "section".to_owned() } else { format!("h-{slug}") };
        let times = self.ids.entry(base.clone()).or_insert(0);
        *times += 1;
        if *times == 1 { base } else { format!("{base}-{times}") }
    }

    fn finish(mut self) -> Body {
        let mut body = Body::default();
        let mut events = std::mem::take(&mut self.out).into_iter();
        let mut written = 0;
        for (block, range) in std::mem::take(&mut self.note_places) {
            html::push_html(&mut body.html, events.by_ref().take(block.start - written));
            body.html.push_str("<div class=\"cited\">");
            html::push_html(&mut body.html, events.by_ref().take(block.len()));
            written = block.end;
            body.html.push_str("<div class=\"notes\">");
            for reference in range {
                let (mark, times) = self.references[reference].clone();
                self.place_note(&mut body, &mark, times);
            }
            body.html.push_str("</div></div>\n");
        }
        html::push_html(&mut body.html, events);
        if !self.notes.is_empty() {
            body.html.push_str("<div class=\"notes\">");
            for mark in std::mem::take(&mut self.note_order) {
                self.place_note(&mut body, &mark, 0);
            }
            body.html.push_str("</div>\n");
        }
        self.passages.append(&mut body.passages);
        body.passages = self.passages;
        body
    }

    /// Writes a note, if it is defined and not written yet.
    fn place_note(&mut self, body: &mut Body, mark: &str, times: usize) {
        let Some(note) = self.notes.remove(mark) else { return };
        self.write_note(&mut body.html, mark, note.events, times);
        let anchor = format!("note-{}", note_id(mark));
        body.passages.push(Passage { anchor, text: note.text });
        body.notes = true;
    }

    /// A note: its mark, its text, and in the last paragraph the ways back.
    fn write_note(&self, out: &mut String, mark: &str, events: Vec<Event<'static>>, times: usize) {
        let id = note_id(mark);
        let mut shown = String::new();
        escape(&mut shown, mark);
        let mut inner = String::new();
        html::push_html(&mut inner, events.into_iter());
        let mut label = String::new();
        escape(&mut label, &self.settings.back_label.replace("{n}", mark));
        let mut back = String::new();
        for n in 1..=times {
            let suffix = if n > 1 { format!("-{n}") } else { String::new() };
            let _ = write!(
                back,
                " <a class=\"back\" href=\"#ref-{id}{suffix}\" role=\"doc-backlink\" aria-label=\"{label}\">↩</a>"
            );
        }
        let inner = match inner.trim_end().strip_suffix("</p>") {
            Some(start) => format!("{start}{back}</p>"),
            None => format!("{inner}<p>{back}</p>"),
        };
        let inner = inner.replacen("<p>", &format!("<p><span class=\"mark\">{shown}</span> "), 1);
        let _ = writeln!(
            out,
            "<div id=\"note-{id}\" class=\"note\" role=\"doc-footnote\">{inner}</div>"
        );
    }
}

fn note_id(mark: &str) -> String {
    let slug = short_slug(mark);
    if slug.is_empty() { mark.bytes().map(|b| format!("{b:02x}")).collect() } else { slug }
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

/// Whether a paragraph is set line by line: an address, a signature block, a date line.
fn is_verse(events: &[Event<'_>]) -> bool {
    events.iter().any(|e| matches!(e, Event::HardBreak))
}

/// A link's target if it is harmless: relative, or http, https, mailto, tel.
pub fn safe_url(url: &str, base_path: &str) -> Option<String> {
    let cleaned: String =
        url.trim().chars().filter(|c| !c.is_control() && !c.is_whitespace()).collect();
    if cleaned.is_empty() || cleaned == "#" {
        return None;
    }
    if cleaned.starts_with('/') && !cleaned.starts_with("//") {
        return Some(format!("{base_path}{cleaned}"));
    }
    let scheme_end = cleaned.find([':', '/', '?', '#']);
    match scheme_end.filter(|&i| cleaned.as_bytes()[i] == b':') {
        None => Some(cleaned).filter(|c| !c.starts_with("//")),
        Some(i) => {
            let scheme = cleaned[..i].to_ascii_lowercase();
            matches!(scheme.as_str(), "http" | "https" | "mailto" | "tel").then_some(cleaned)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PLAIN: Settings<'static> = Settings {
        base_path: "/archive",
        paragraph_label: "Paragraph {n}",
        back_label: "Back to note {n}",
        numbered: false,
    };

    fn html(text: &str) -> String {
        render(text, PLAIN).html
    }

    #[test]
    fn paragraphs_lists_and_headings_get_ids() {
        let body = render("# A plea\n\nOne.\n\n- a\n- b\n\nTwo.\n", PLAIN);
        let anchors: Vec<&str> = body.passages.iter().map(|p| p.anchor.as_str()).collect();
        assert_eq!(anchors, ["h-a-plea", "p1", "p2-1", "p2-2", "p3"]);
        for anchor in anchors {
            assert!(body.html.contains(&format!("id=\"{anchor}\"")), "{anchor}: {}", body.html);
        }
    }

    #[test]
    fn html_is_shown_as_text() {
        let shown = html("<script>alert(1)</script>\n\nA <b onclick=x>word</b>\n");
        assert!(!shown.contains("<script") && !shown.contains("<b "), "{shown}");
        assert!(shown.contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "{shown}");
    }

    #[test]
    fn only_harmless_links_lead_anywhere() {
        let shown = html(
            "[a](javascript:alert(1)) [b](/documents/x/) [c](https://example.org/) [d](data:text/html,x) \
             <javascript:alert(2)> [e](java\tscript:x) ![f](https://example.org/f.png)",
        );
        assert!(!shown.contains("href=\"javascript") && !shown.contains("href=\"data"), "{shown}");
        assert!(!shown.contains("<img"), "{shown}");
        assert!(shown.contains("href=\"/archive/documents/x/\""), "{shown}");
        assert!(shown.contains("href=\"https://example.org/\""), "{shown}");
    }

    #[test]
    fn notes_are_linked_both_ways_and_keep_their_marks() {
        let body = render("A.[^iv] B.[^iv]\n\n[^iv]: See *Ibid*.\n\n[^x]: Never cited.\n", PLAIN);
        assert!(body.html.contains("<a id=\"ref-iv\" href=\"#note-iv\""), "{}", body.html);
        assert!(body.html.contains("<a id=\"ref-iv-2\""), "{}", body.html);
        assert!(body.html.contains("<div id=\"note-iv\""), "{}", body.html);
        assert!(body.html.contains("href=\"#ref-iv-2\""), "{}", body.html);
        assert!(body.html.contains("Never cited."), "{}", body.html);
    }

    #[test]
    fn a_note_follows_the_block_that_first_refers_to_it() {
        let body = render("A.[^1]\n\nB.[^1] [^2]\n\nC.\n\n[^2]: Two.\n\n[^1]: One.\n", PLAIN);
        let order = ["A.", "One.", "B.", "Two.", "C."].map(|t| body.html.find(t).unwrap());
        assert!(order.is_sorted(), "{}", body.html);
        let anchors: Vec<&str> = body.passages.iter().map(|p| p.anchor.as_str()).collect();
        assert_eq!(anchors, ["p1", "p2", "p3", "note-1", "note-2"]);
    }

    #[test]
    fn bare_addresses_are_linked() {
        let shown = html("See https://www.hrw.org/en/reports, page 3.");
        assert!(shown.contains("<a href=\"https://www.hrw.org/en/reports\">"), "{shown}");
    }

    #[test]
    fn lines_are_kept_as_lines() {
        assert!(html("BAN Ki-moon\\\nSecretary-General\n").contains("class=\"lines\""));
    }

    #[test]
    fn deep_nesting_is_shown_as_text() {
        let body = render(&format!("{} x", ">".repeat(50_000)), PLAIN);
        assert!(body.too_deep && body.html.starts_with("<pre>&gt;&gt;"));
    }

    proptest! {
        #[test]
        fn any_text_renders_to_balanced_harmless_html(text in "(\\PC|[\\[\\]()!*_>#`\n|^:-]|<[a-z]{1,3}>|javascript:){0,60}") {
            let body = render(&text, Settings { numbered: true, ..PLAIN });
            let whole = body.html;
            prop_assert!(!whole.contains("<script") && !whole.contains("href=\"javascript"));
            for tag in ["p", "li", "div", "span", "a", "h2", "sup"] {
                let opened = whole.matches(&format!("<{tag}>")).count() + whole.matches(&format!("<{tag} ")).count();
                prop_assert_eq!(opened, whole.matches(&format!("</{tag}>")).count(), "{} in {}", tag, whole);
            }
        }
    }
}
