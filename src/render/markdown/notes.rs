//! Notes: a mark in the text, the note beside its paragraph, the way there and the ways back.

use std::fmt::Write as _;

use data_encoding::HEXLOWER;
use pulldown_cmark::{Event, html};

use super::links::escape;
use super::renderer::Renderer;
use super::{Body, Passage};
use crate::slug::short_slug;

/// A footnote as it is defined.
#[derive(Default)]
pub(super) struct Note<'t> {
    pub(super) events: Vec<Event<'t>>,
    pub(super) passage: Passage,
}

impl Renderer<'_, '_> {
    /// A mark that refers to a note.
    pub(super) fn reference(&mut self, mark: &str) {
        if self.in_image() {
            self.push(Event::Text(mark.to_owned().into()));
            return;
        }
        let next = self.references.len();
        let place = *self.reference_places.entry(mark.to_owned()).or_insert(next);
        if place == next {
            self.references.push((mark.to_owned(), 0));
        }
        let times = &mut self.references[place].1;
        *times += 1;
        let times = *times;
        let passage = self.open_passage();
        passage.marks.push((passage.text.len(), mark.to_owned()));
        let id = note_id(mark);
        let suffix = if times > 1 { format!("-{times}") } else { String::new() };
        let mut shown = String::new();
        escape(&mut shown, mark);
        let html = format!(
            "<sup class=\"noteref\"><a id=\"ref-{id}{suffix}\" href=\"#note-{id}\" role=\"doc-noteref\">{shown}</a></sup>"
        );
        self.push(Event::InlineHtml(html.into()));
    }

    /// The whole text with its notes.
    pub(super) fn finish(mut self) -> Body {
        let mut body = Body::default();
        body.html.reserve(self.room);
        for (block, tag) in self.spoken.short_ones(self.settings.languages.own, &self.passages) {
            self.say_language(block, &tag);
        }
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
        body.anchors = self.anchors;
        body.first_numbered = self.first_numbered;
        self.passages.append(&mut body.passages);
        body.passages = self.passages;
        body
    }

    /// Writes a note, if it is defined and not written yet.
    fn place_note(&mut self, body: &mut Body, mark: &str, times: usize) {
        let Some(note) = self.notes.remove(mark) else { return };
        let mut attributes = self.lang(&note.passage.text);
        if let Some(runs) = self.direction_of(&note.passage.text) {
            let _ = write!(attributes, " dir=\"{runs}\"");
        }
        self.write_note(&mut body.html, (mark, &attributes), note.events, times);
        let anchor = format!("note-{}", note_id(mark));
        body.passages.push(Passage { anchor, note: Some(mark.to_owned()), ..note.passage });
        body.notes = true;
    }

    /// A note: its mark, its text, and in the last paragraph the ways back.
    fn write_note(
        &self,
        out: &mut String,
        (mark, attributes): (&str, &str),
        events: Vec<Event<'_>>,
        times: usize,
    ) {
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
            None => format!("{inner}<p{}>{back}</p>", self.direction),
        };
        let open = format!("<p{}>", self.direction);
        let inner =
            inner.replacen(&open, &format!("{open}<span class=\"mark\">{shown}</span> "), 1);
        let _ = writeln!(
            out,
            "<div id=\"note-{id}\" class=\"note\" role=\"doc-footnote\"{attributes}>{inner}</div>"
        );
    }
}

fn note_id(mark: &str) -> String {
    let slug = short_slug(mark);
    if slug.is_empty() { HEXLOWER.encode(mark.as_bytes()) } else { slug }
}
