//! The body: a document's lines → Markdown, everything in its order. Furniture is gone already; left
//! out here are only the title's own lines, and notes' marks become Markdown footnotes.

mod blocks;
mod headings;
mod html;
mod mend;
mod own;
mod quoted;

use super::layout::Layout;
use super::lexicon::Scope;
use super::markdown::{self, Dialect};
use super::notes::{self, Notes};
use super::text::Line;
use blocks::{Block, Quoted};
pub(super) use mend::{Vocabulary, joined};
pub(super) use own::fenced;

/// What the body is made from.
pub(super) struct Body<'a, 'l> {
    pub lines: &'a [Line<'l>],
    pub layout: &'a Layout,
    /// Indices of lines that the title repeats.
    pub title: std::ops::Range<usize>,
    pub dialect: Dialect,
    pub vocabulary: &'a Vocabulary<'a>,
    /// The languages whose words are read.
    pub scope: Scope,
}

/// Writes the body.
pub(super) fn write(body: &Body<'_, '_>) -> String {
    let mut notes = notes::find(body.lines, body.dialect, body.scope);
    // A note that became the title is no note of the body.
    for line in body.title.clone() {
        if let Some(note) = notes.definitions.remove(&line) {
            notes.calls.values_mut().for_each(|calls| calls.retain(|(_, l)| *l != note.label));
        }
    }
    let texts = with_calls(body, &notes);
    let blocks = blocks::read(body, &texts, &notes);
    let blocks = mend::join_blocks(blocks);
    let mut out: Vec<String> = Vec::with_capacity(blocks.len());
    let mut counted = Counted::default();
    for block in &blocks {
        let mut written = written(block, body.dialect);
        if let Block::List(items) = block {
            counted.apart(items, &mut written);
        } else {
            counted = Counted::default();
        }
        if !written.trim().is_empty() {
            out.push(written);
        }
    }
    let mut text = String::new();
    for (i, block) in out.iter().enumerate() {
        if i > 0 {
            text.push_str("\n\n");
        }
        text.push_str(block);
    }
    if !text.is_empty() {
        text.push('\n');
    }
    text
}

/// Numbered lists side by side: Markdown would count on through both.
#[derive(Default)]
struct Counted {
    /// The last number of the list before, if that has numbers.
    last: Option<u32>,
    /// Whether the list before has brackets behind its numbers.
    brackets: bool,
}

impl Counted {
    /// Sets a list apart from the one before if its numbers do not follow.
    fn apart(&mut self, items: &[blocks::Item], written: &mut String) {
        let top = || items.iter().filter(|item| item.depth == 0);
        let number = |item: &blocks::Item| item.mark.strip_suffix('.')?.parse::<u32>().ok();
        let first = top().next().and_then(number);
        self.brackets ^= matches!((self.last, first), (Some(last), Some(n)) if n != last + 1);
        self.last = top().next_back().and_then(number);
        if self.brackets {
            let bracketed = |line: &str| match line.split_once(". ") {
                Some((number, rest)) if number.bytes().all(|b| b.is_ascii_digit()) => {
                    format!("{number}) {rest}")
                }
                _ => line.to_owned(),
            };
            *written = written.lines().map(bracketed).collect::<Vec<_>>().join("\n");
        }
    }
}

/// The lines' texts with the marks of notes replaced by their labels.
fn with_calls(body: &Body<'_, '_>, notes: &Notes) -> Vec<String> {
    let lines = body.lines;
    lines
        .iter()
        .enumerate()
        .map(|(i, line)| {
            let written = without_break(lines, i, body.dialect);
            // The mark of a definition is left out later, by its length.
            let first = notes.definitions.get(&i).map_or(0, |d| d.start.min(written.len()));
            let mut text = String::with_capacity(written.len() + 8);
            let mut at = first;
            let calls = notes.calls.get(&i).into_iter().flatten();
            for (range, label) in calls.filter(|(range, _)| range.start >= first) {
                text.push_str(&line.text[at..range.start]);
                text.push(markdown::CALL.0);
                text.push_str(label);
                text.push(markdown::CALL.1);
                at = range.end;
            }
            text.push_str(written.get(at..).unwrap_or_default());
            let mark = written.get(..first).unwrap_or_default();
            format!("{mark}{}", raised(&text, body.dialect))
        })
        .collect()
}

/// A line's text without the backslash by which Markdown keeps its end.
fn without_break<'l>(lines: &[Line<'l>], at: usize, dialect: Dialect) -> &'l str {
    let text = lines[at].text;
    let goes_on = lines.get(at + 1).is_some_and(|next| !next.is_blank());
    match text.strip_suffix('\\') {
        Some(bare) if dialect.markdown && lines[at].broken && goes_on => bare.trim_end(),
        _ => text,
    }
}

/// A text whose raised figures are no notes: `10^{3}`, as readers of markup write what a page raises.
fn raised(text: &str, dialect: Dialect) -> String {
    const FIGURES: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    if dialect.html || dialect.markdown || !text.contains("^{") {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("^{") {
        let figure = |c: char| c.to_digit(10).and_then(|d| FIGURES.get(d as usize));
        let inner = after.split_once('}').filter(|(inner, _)| !inner.is_empty());
        let figures =
            inner.and_then(|(inner, _)| inner.chars().map(figure).collect::<Option<String>>());
        out.push_str(before);
        match (inner, figures) {
            (Some((_, behind)), Some(figures)) => {
                out.push_str(&figures);
                rest = behind;
            }
            _ => {
                out.push_str("^{");
                rest = after;
            }
        }
    }
    out + rest
}

fn written(block: &Block, dialect: Dialect) -> String {
    let prose = |text: &str| {
        // In Markdown a code span holds what it shows, and entities are read already.
        let read = match dialect {
            Dialect { html: false, .. } => text.into(),
            Dialect { markdown: true, .. } if text.contains('`') => text.into(),
            Dialect { markdown: true, .. } => html::markup(text),
            _ => html::prose(text),
        };
        read.into_owned()
    };
    match block {
        Block::Heading(level, text) => markdown::heading(*level, &prose(text), dialect),
        Block::Prose(text) | Block::Verse(text) => markdown::paragraph(&prose(text), dialect),
        Block::List(items) => {
            // An item is below the text of the one that it belongs to.
            let mut above: Vec<usize> = Vec::new();
            let item = |item: &blocks::Item| {
                above.truncate(item.depth);
                let indent = above.iter().sum();
                above.push(item.mark.len() + 1);
                let text = markdown::paragraph(&prose(&item.text), dialect);
                // A line of an item is below its first word.
                let text =
                    text.replace('\n', &format!("\n{}", " ".repeat(indent + item.mark.len() + 1)));
                format!("{}{} {text}", " ".repeat(indent), item.mark)
            };
            items.iter().map(item).collect::<Vec<_>>().join("\n")
        }
        Block::Note(label, text) => {
            format!("[^{label}]: {}", markdown::single(&prose(text), dialect))
        }
        Block::Quote(paragraphs) => {
            let mut out = String::new();
            let mut before = None;
            for Quoted { depth, text } in paragraphs {
                if let Some(before) = before {
                    let between = ">".repeat(*depth.min(before));
                    out.push_str(&format!("\n{between}\n"));
                }
                let mark = "> ".repeat(*depth);
                let text = markdown::paragraph(&prose(text), dialect);
                let lines: Vec<String> = text.lines().map(|l| format!("{mark}{l}")).collect();
                out.push_str(&lines.join("\n"));
                before = Some(depth);
            }
            out
        }
        Block::Table(rows, rule) => {
            let cell = |text: &String| markdown::single(&prose(text), dialect);
            let row = |cells: &Vec<String>| {
                format!("| {} |", cells.iter().map(cell).collect::<Vec<_>>().join(" | "))
            };
            let mut lines: Vec<String> = rows.iter().map(row).collect();
            lines.insert(1.min(lines.len()), format!("| {} |", rule.join(" | ")));
            lines.join("\n")
        }
        Block::Own(text) => text.clone(),
    }
}
