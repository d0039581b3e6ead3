//! The body: a document's lines → Markdown, everything in its order. Furniture is gone already; left
//! out here are only the title's own lines, and notes' marks become Markdown footnotes.

mod blocks;
mod html;
mod mend;
mod quoted;

use super::layout::Layout;
use super::lexicon::Scope;
use super::markdown::{self, Dialect};
use super::notes::{self, Notes};
use super::text::Line;
use blocks::Block;
pub(super) use mend::Vocabulary;

/// What the body is made from.
pub(super) struct Body<'a, 'l> {
    pub lines: &'a [Line<'l>],
    pub layout: &'a Layout,
    /// Indices of lines that the title repeats.
    pub title: std::ops::Range<usize>,
    pub dialect: Dialect,
    pub vocabulary: &'a Vocabulary,
    /// The languages whose words are read.
    pub scope: Scope,
}

/// Writes the body.
pub(super) fn write(body: &Body<'_, '_>) -> String {
    let notes = notes::find(body.lines, body.scope);
    let texts = with_calls(body.lines, &notes);
    let blocks = blocks::read(body, &texts, &notes);
    let blocks = mend::join_blocks(blocks);
    let mut out: Vec<String> = Vec::with_capacity(blocks.len());
    for block in &blocks {
        let written = written(block, body.dialect);
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

/// The lines' texts with the marks of notes replaced by their labels.
fn with_calls(lines: &[Line<'_>], notes: &Notes) -> Vec<String> {
    lines
        .iter()
        .enumerate()
        .map(|(i, line)| {
            let Some(calls) = notes.calls.get(&i) else { return line.text.to_owned() };
            let mut text = String::with_capacity(line.text.len() + 8);
            let mut at = 0;
            for (range, label) in calls
                .iter()
                .filter(|(r, _)| notes.definitions.get(&i).is_none_or(|d| r.start >= d.start))
            {
                text.push_str(&line.text[at..range.start]);
                text.push(markdown::CALL.0);
                text.push_str(label);
                text.push(markdown::CALL.1);
                at = range.end;
            }
            text.push_str(&line.text[at..]);
            text
        })
        .collect()
}

fn written(block: &Block, dialect: Dialect) -> String {
    let prose = |text: &str| {
        if dialect.html { html::prose(text).into_owned() } else { text.to_owned() }
    };
    match block {
        Block::Heading(level, text) => markdown::heading(*level, &prose(text), dialect),
        Block::Prose(text) | Block::Verse(text) => markdown::paragraph(&prose(text), dialect),
        Block::List(items) => {
            let item = |item: &blocks::Item| {
                let text = markdown::single(&prose(&item.text), dialect);
                format!("{}{} {text}", " ".repeat(item.indent), item.mark)
            };
            items.iter().map(item).collect::<Vec<_>>().join("\n")
        }
        Block::Note(label, text) => {
            format!("[^{label}]: {}", markdown::single(&prose(text), dialect))
        }
        Block::Quote(paragraphs) => {
            let paragraph = |text: &String| {
                let text = markdown::paragraph(&prose(text), dialect);
                text.lines().map(|l| format!("> {l}")).collect::<Vec<_>>().join("\n")
            };
            paragraphs.iter().map(paragraph).collect::<Vec<_>>().join("\n>\n")
        }
        Block::Table(rows) => {
            let cell = |text: &String| markdown::single(&prose(text), dialect);
            let row = |cells: &Vec<String>| {
                format!("| {} |", cells.iter().map(cell).collect::<Vec<_>>().join(" | "))
            };
            let columns = rows.first().map_or(1, Vec::len);
            let mut lines: Vec<String> = rows.iter().map(row).collect();
            lines.insert(1.min(lines.len()), format!("|{}", " --- |".repeat(columns)));
            lines.join("\n")
        }
    }
}
