//! Lines → blocks: paragraphs, headings, lists, verse-like blocks whose lines are kept, notes.

use super::super::layout::is_bullet;
use super::super::marks;
use super::super::names::{self, Named};
use super::super::notes::Notes;
use super::super::text::{self, Line};
use super::quoted::{quote, run, table};
use super::{Body, mend};

/// One block of the body; texts are not escaped yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Block {
    /// Level and text.
    Heading(usize, String),
    /// A paragraph whose line ends mean nothing.
    Prose(String),
    /// Lines that stay lines.
    Verse(String),
    /// Items of a list.
    List(Vec<Item>),
    /// Label and text of a note.
    Note(String, String),
    /// Paragraphs that somebody else wrote.
    Quote(Vec<String>),
    /// Rows of cells, the first of them their headings.
    Table(Vec<Vec<String>>),
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// Spaces before its mark.
    pub indent: usize,
    /// `-`, or a number with its point.
    pub mark: String,
    /// Its text.
    pub text: String,
}

/// Reads the blocks of a document.
pub(super) fn read(body: &Body<'_, '_>, texts: &[String], notes: &Notes) -> Vec<Block> {
    let chunks = text::chunks(body.lines);
    let mut blocks = Vec::new();
    for (k, chunk) in chunks.iter().enumerate() {
        let alone =
            Alone { after: chunks.get(k + 1).map(|c| body.lines[c.start].text), is_first: k == 0 };
        let mut at = chunk.start;
        while at < chunk.end {
            if body.title.contains(&at) {
                at += 1;
                continue;
            }
            if let Some(definition) = notes.definitions.get(&at) {
                blocks.push(note(body, texts, at, definition));
                at = definition.end.min(chunk.end);
                continue;
            }
            let end = (at + 1..chunk.end)
                .find(|i| {
                    notes.definitions.contains_key(i)
                        || body.title.contains(i)
                        || (*i == body.layout.body.start && body.layout.salutation.is_none())
                })
                .unwrap_or(chunk.end);
            group(body, texts, at..end, &alone, &mut blocks);
            at = end;
        }
    }
    blocks
}

/// What stands around a group of lines.
struct Alone<'a> {
    after: Option<&'a str>,
    is_first: bool,
}

fn note(
    body: &Body<'_, '_>,
    texts: &[String],
    at: usize,
    definition: &super::super::notes::Definition,
) -> Block {
    // Calls before the note's text are not replaced, so its start still holds.
    let mut text = texts[at].get(definition.start..).unwrap_or(&texts[at]).to_owned();
    for line in &texts[at + 1..definition.end] {
        mend::join_line(&mut text, line, body.vocabulary);
    }
    Block::Note(definition.label.clone(), text)
}

/// Cuts a group without blank lines into headings, lists and running text.
fn group(
    body: &Body<'_, '_>,
    texts: &[String],
    range: std::ops::Range<usize>,
    alone: &Alone<'_>,
    blocks: &mut Vec<Block>,
) {
    let lines = &body.lines[range.clone()];
    if lines.len() == 1
        && let Some(block) = heading(body, range.start, &texts[range.start], alone)
    {
        blocks.push(block);
        return;
    }
    let listed = numbered(lines);
    let mut at = range.start;
    while at < range.end {
        let here = at - range.start;
        if lines[here].text.starts_with('>') {
            let end = run(lines, here, |l| l.text.starts_with('>')) + range.start;
            blocks.push(quote(&texts[at..end], body.vocabulary));
            at = end;
        } else if let Some(rows) = table(&texts[at..range.end]) {
            at += rows.len() + 1;
            blocks.push(Block::Table(rows));
        } else if lines[here].text.starts_with('#') && marked_heading(lines[here].text).is_some() {
            let (level, skip) = marked_heading(lines[here].text).unwrap_or((2, 0));
            blocks.push(Block::Heading(level, texts[at][skip..].trim().to_owned()));
            at += 1;
        } else if is_item(&lines[here]) || listed.contains(&here) {
            at = list(body, texts, at..range.end, &listed, range.start, blocks);
        } else {
            let end = (at + 1..range.end)
                .find(|&i| {
                    is_item(&body.lines[i])
                        || body.lines[i].text.starts_with('>')
                        || body.lines[i].text.starts_with('|')
                            && table(&texts[i..range.end]).is_some()
                        || listed.contains(&(i - range.start))
                        || marked_heading(body.lines[i].text).is_some()
                })
                .unwrap_or(range.end);
            running(body, texts, at..end, blocks);
            at = end;
        }
    }
}

fn is_item(line: &Line<'_>) -> bool {
    is_bullet(line.text)
}

/// Indices of lines that are items of a numbered list: at least two, in sequence.
fn numbered(lines: &[Line<'_>]) -> Vec<usize> {
    let found: Vec<(usize, u32)> =
        lines.iter().enumerate().filter_map(|(i, l)| Some((i, number(l.text)?.0))).collect();
    let sequential = found.len() >= 2
        && found.windows(2).all(|w| w[1].1 == w[0].1 + 1)
        && (found[0].0 == 0 || found[0].1 == 1);
    if sequential { found.into_iter().map(|(i, _)| i).collect() } else { Vec::new() }
}

/// The number at a line's start, and where the text after it begins.
fn number(text: &str) -> Option<(u32, usize)> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    if digits == 0 || digits > 3 {
        return None;
    }
    let rest = &text[digits..];
    let spaced = rest.strip_prefix(['.', ')'])?;
    let start = text.len() - spaced.trim_start().len();
    // "2014. 11. 10" is a date.
    let texty = spaced.starts_with([' ', '\t'])
        && spaced.trim_start().chars().next().is_some_and(|c| !c.is_ascii_digit());
    texty.then_some(())?;
    Some((text[..digits].parse().ok()?, start))
}

/// Reads items from the start of a range; the index after the last one.
fn list(
    body: &Body<'_, '_>,
    texts: &[String],
    range: std::ops::Range<usize>,
    listed: &[usize],
    base: usize,
    blocks: &mut Vec<Block>,
) -> usize {
    let mut items: Vec<Item> = Vec::new();
    let mut at = range.start;
    let first_indent = body.lines[range.start].indent;
    let ordered = listed.contains(&(range.start - base));
    while at < range.end {
        let line = &body.lines[at];
        let by_number = listed.contains(&(at - base));
        if by_number && ordered {
            let (n, start) = number(line.text).unwrap_or((1, 0));
            items.push(Item {
                indent: 0,
                mark: format!("{n}."),
                text: from(texts, body, at, start),
            });
        } else if is_item(line) && !ordered {
            let start = line.text.len()
                - line
                    .text
                    .trim_start_matches(|c: char| "-*–—•◦▪‣●○■□∙⁃※►·".contains(c))
                    .trim_start()
                    .len();
            let indent = if line.indent >= first_indent + 2 && !items.is_empty() { 2 } else { 0 };
            items.push(Item { indent, mark: "-".to_owned(), text: from(texts, body, at, start) });
        } else if is_item(line)
            || by_number
            || (line.indent <= first_indent && first_indent > 0 && line.indent == 0)
                && !text::starts_lower(line.text)
        {
            break;
        } else if let Some(item) = items.last_mut() {
            mend::join_line(&mut item.text, &texts[at], body.vocabulary);
        }
        at += 1;
    }
    blocks.push(Block::List(items));
    at.max(range.start + 1)
}

/// The text of a line from a place on that stands before any note's mark.
fn from(texts: &[String], body: &Body<'_, '_>, at: usize, start: usize) -> String {
    texts[at].get(start..).unwrap_or(body.lines[at].text).trim().to_owned()
}

/// Level and length of the mark of a Markdown heading.
fn marked_heading(line: &str) -> Option<(usize, usize)> {
    let level = line.len() - line.trim_start_matches('#').len();
    let rest = &line[level..];
    ((1..=6).contains(&level) && rest.starts_with(' ') && !rest.trim().is_empty())
        .then_some((level.clamp(2, 6), level))
}

/// A line by itself that has the form of a section's title and text after it.
fn heading(body: &Body<'_, '_>, at: usize, text: &str, alone: &Alone<'_>) -> Option<Block> {
    let line = &body.lines[at];
    if let Some((level, skip)) = marked_heading(line.text) {
        return Some(Block::Heading(level, text[skip..].trim().to_owned()));
    }
    let after = alone.after?;
    let inside = body.layout.body.contains(&at)
        || at > body.layout.signatures.end.max(body.layout.closing.unwrap_or(0));
    let bold = line.text.starts_with("**") && line.text.ends_with("**");
    if !inside
        || alone.is_first && body.layout.salutation.is_none() && body.title.is_empty()
        || is_bullet(line.text)
        || text.contains(super::markdown::CALL.0)
    {
        return None;
    }
    let bare = text::without_emphasis(line.text);
    let fits = bare.len() <= 400
        && !bare.ends_with(['.', ',', ';', ':', '!', '”', '"', '。', ')', '-', '–'])
        && text::length(bare) <= 100
        && (1..=14).contains(&text::word_count(bare));
    if !fits
        || !(text::is_prose(after)
            || is_bullet(after)
            || number(after).is_some()
            || text::is_caps(bare) && !text::has_at_most(after, 5))
    {
        return None;
    }
    let listed = bare.matches(", ").count() > 1 || bare.contains(": ") && bare.contains(',');
    let unnumbered = bare.trim_start_matches(|c: char| c.is_ascii_digit() || ".) ".contains(c));
    let is_name = listed
        || marks::is_closing(bare, body.scope)
        || marks::is_salutation(bare, body.scope)
        || super::super::dates::date_line(bare, None).is_some()
        || !marks::references(bare, body.scope).is_empty()
        || matches!(names::judge(unnumbered), Named::Contact | Named::Address);
    if is_name || !(bold || titled(bare)) {
        return None;
    }
    Some(Block::Heading(2, if bold { bare.to_owned() } else { text.to_owned() }))
}

/// Capitals at the words' starts, or a section's number before a capital.
fn titled(text: &str) -> bool {
    let unnumbered = after_section_number(text);
    let (numbered, rest) = (unnumbered.is_some(), unnumbered.unwrap_or(text));
    let first = rest.chars().next();
    if text::is_hangul(text) {
        return numbered && !text.ends_with('다');
    }
    if !first.is_some_and(char::is_uppercase) {
        return false;
    }
    let words: Vec<&str> = text::words(rest).filter(|w| w.chars().count() > 3).collect();
    let capitals = words
        .iter()
        .filter(|w| w.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase))
        .count();
    numbered
        || words.is_empty()
        || capitals * 5 >= words.len() * 3
        || words.len() <= 6 && capitals > 0
}

/// What follows the number of a section: `2. Increase` and `IV) Increase` → `Increase`.
fn after_section_number(text: &str) -> Option<&str> {
    let (head, rest) = text.split_once(char::is_whitespace)?;
    let number = head.trim_matches(['(', ')', '.']);
    let digits = number.chars().all(|c| c.is_ascii_digit() || c == '.');
    // A word may be made of these letters too, but no sign follows it.
    let roman = number.chars().all(|c| "IVX".contains(c)) && number.len() < head.len();
    (!number.is_empty() && (digits || roman)).then(|| rest.trim_start())
}

/// Running text: one paragraph, several one-line paragraphs, or lines that stay lines.
fn running(
    body: &Body<'_, '_>,
    texts: &[String],
    range: std::ops::Range<usize>,
    blocks: &mut Vec<Block>,
) {
    let lines = &body.lines[range.clone()];
    let texts = &texts[range.clone()];
    let outside = range.start < body.layout.body.start
        || range.start >= body.layout.body.end && !lines.iter().any(|l| text::length(l.text) > 100);
    if lines.len() == 1 {
        let verse = outside || !lines[0].is_prose();
        blocks.push(if verse {
            Block::Verse(texts[0].clone())
        } else {
            Block::Prose(texts[0].clone())
        });
        // A short line may still be the rest of a sentence that a page's end cut.
        if let (true, false, Some(last)) = (verse, outside, blocks.last_mut()) {
            *last = Block::Prose(texts[0].clone());
        }
        return;
    }
    match shape(lines, outside) {
        Shape::Wrapped => {
            let mut text = String::new();
            texts.iter().for_each(|l| mend::join_line(&mut text, l, body.vocabulary));
            blocks.push(Block::Prose(text));
        }
        Shape::Paragraphs => blocks.extend(texts.iter().cloned().map(Block::Prose)),
        Shape::Lines => blocks.push(Block::Verse(texts.join("\n"))),
    }
}

/// What the line ends of a group mean.
enum Shape {
    /// Nothing: the margin made them.
    Wrapped,
    /// Each ends a paragraph.
    Paragraphs,
    /// Each ends a line of an address, a list of names, a poem.
    Lines,
}

fn shape(lines: &[Line<'_>], outside: bool) -> Shape {
    let width = lines.iter().map(|l| text::length(l.text)).max().unwrap_or(0);
    let breaks = lines.len() - 1;
    let bold = lines[0].text.starts_with("**")
        && lines[breaks].text.ends_with("**")
        && !lines[0].text.ends_with("**");
    if bold {
        return Shape::Wrapped;
    }
    // A break is the margin's if the next word had no room.
    let forced = lines
        .windows(2)
        .filter(|w| {
            let next = w[1].text.split_whitespace().next().map_or(0, text::length);
            text::length(w[0].text) + 1 + next > width.saturating_sub(4)
        })
        .count();
    let open = lines
        .windows(2)
        .filter(|w| text::starts_lower(w[1].text) && !text::ends_sentence(w[0].text))
        .count();
    if width > 160
        && lines
            .windows(2)
            .all(|w| text::ends_sentence(w[0].text) && !text::starts_lower(w[1].text))
    {
        return Shape::Paragraphs;
    }
    let prose = width >= 50
        && (forced * 10 >= breaks * 7 && breaks > 0 && open > 0
            || open * 2 >= breaks
            || forced == breaks && lines.len() > 2 && text::ends_sentence(lines[breaks].text));
    if prose && (!outside || open * 2 >= breaks && width >= 60) {
        return Shape::Wrapped;
    }
    if !outside && width >= 40 && open * 2 >= breaks && breaks > 0 {
        return Shape::Wrapped;
    }
    if width > 120 && !outside {
        return Shape::Paragraphs;
    }
    Shape::Lines
}

#[cfg(test)]
mod heading_tests {
    use super::*;

    #[test]
    fn a_section_number_is_no_part_of_a_word() {
        assert_eq!(after_section_number("2. Increase Engagement"), Some("Increase Engagement"));
        assert_eq!(after_section_number("IV) Visits"), Some("Visits"));
        assert_eq!(after_section_number("I urge you"), None);
        assert!(titled("2. Increase International Human Rights Engagement"));
        assert!(titled("5. Involuntary Separated Families and Abductions"));
    }
}
