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
use blocks::Block;
pub(super) use mend::Vocabulary;

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
    let mut notes = notes::find(body.lines, body.dialect.markdown, body.scope);
    // A note that became the title is no note of the body.
    for line in body.title.clone() {
        if let Some(note) = notes.definitions.remove(&line) {
            notes.calls.values_mut().for_each(|calls| calls.retain(|(_, l)| *l != note.label));
        }
    }
    let texts = with_calls(body.lines, &notes);
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
        // In Markdown a code span holds what it shows, and entities are read already.
        let read = dialect.html && !(dialect.markdown && text.contains('`'));
        if read { html::prose(text, !dialect.markdown).into_owned() } else { text.to_owned() }
    };
    match block {
        Block::Heading(level, text) => markdown::heading(*level, &prose(text), dialect),
        Block::Prose(text) | Block::Verse(text) => markdown::paragraph(&prose(text), dialect),
        Block::List(items) => {
            // An item stands below the text of the one that it belongs to.
            let mut above: Vec<usize> = Vec::new();
            let item = |item: &blocks::Item| {
                above.truncate(item.depth);
                let indent = above.iter().sum();
                above.push(item.mark.len() + 1);
                let text = markdown::single(&prose(&item.text), dialect);
                format!("{}{} {text}", " ".repeat(indent), item.mark)
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
