//! Lines → blocks: paragraphs, headings, lists, verse-like blocks whose lines are kept, notes.

use std::cell::LazyCell;
use std::ops::Range;

use super::super::layout::is_bullet;
use super::super::notes::Notes;
use super::super::text::{self, Line};
use super::headings::{
    Alone, heading, in_capitals, is_underlined, marked_heading, marked_title, title_cased,
};
use super::quoted::{Table, quote, run, table};
use super::{Body, mend, own};

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
    Quote(Vec<Quoted>),
    /// Rows of cells, the first of them their headings, and the rule below that.
    Table(Vec<Vec<String>>, Vec<String>),
    /// Markdown of the seed's own, which stays as it is.
    Own(String),
}

/// A paragraph that is quoted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quoted {
    /// How many quoted each other, one at least.
    pub depth: usize,
    /// Its text.
    pub text: String,
}

/// One item of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Item {
    /// How many items it is below.
    pub depth: usize,
    /// `-`, or a number with its point.
    pub mark: String,
    /// Its text.
    pub text: String,
}

/// Reads the blocks of a document.
pub(super) fn read(body: &Body<'_, '_>, texts: &[String], notes: &Notes) -> Vec<Block> {
    let chunks = text::chunks(body.lines);
    let kin = LazyCell::new(|| title_cased(body, &chunks));
    let capitals = LazyCell::new(|| in_capitals(body.lines));
    let code = if body.dialect.markdown { own::code(body.lines) } else { Vec::new() };
    let mut reader = Reader { body, texts, blocks: Vec::new() };
    let mut taken = 0;
    for (k, chunk) in chunks.iter().enumerate() {
        let alone = Alone {
            before: k.checked_sub(1).map(|k| body.lines[chunks[k].end - 1].text),
            after: chunks.get(k + 1).map(|c| &body.lines[c.start]),
            kin: &kin,
            capitals: &capitals,
        };
        let mut at = chunk.start.max(taken);
        while at < chunk.end {
            if body.title.contains(&at) {
                at += 1;
                continue;
            }
            if let Some(code) = code.iter().find(|c| c.start == at) {
                reader.blocks.push(Block::Own(own::block(&body.lines[code.clone()])));
                (at, taken) = (code.end, code.end);
                continue;
            }
            if let Some(definition) = notes.definitions.get(&at) {
                reader.blocks.push(reader.note(at, definition));
                at = definition.end.min(chunk.end);
                continue;
            }
            let parts = |i: &usize| {
                let begins = *i == body.layout.body.start && body.layout.salutation.is_none();
                notes.definitions.contains_key(i)
                    || code.iter().any(|c| c.start == *i)
                    || body.title.contains(i)
                    || is_underlined(body, i - 1)
                    || begins && !runs_on(&body.lines[i - 1], &body.lines[*i])
            };
            let end = (at + 1..chunk.end).find(parts).unwrap_or(chunk.end);
            reader.group(at..end, &alone);
            at = end;
        }
    }
    reader.blocks
}

/// The blocks of a document as far as it was read.
struct Reader<'r, 'a, 'l> {
    body: &'r Body<'a, 'l>,
    /// The text of each line, with the calls of notes.
    texts: &'r [String],
    blocks: Vec<Block>,
}

impl Reader<'_, '_, '_> {
    fn note(&self, at: usize, definition: &super::super::notes::Definition) -> Block {
        // Calls before the note's text are not replaced, so its start still holds.
        let text = &self.texts[at];
        let mut text = text.get(definition.start..).unwrap_or(text).to_owned();
        for line in &self.texts[at + 1..definition.end] {
            mend::join_line(&mut text, line, self.body.vocabulary);
        }
        Block::Note(definition.label.clone(), text)
    }

    /// Whether the first line of a group's rest begins something else than running text.
    fn interrupts(&self, rest: Range<usize>) -> bool {
        let line = &self.body.lines[rest.start];
        is_item(line)
            || line.text.starts_with('>')
            || line.text.contains('|') && table(&self.texts[rest]).is_some()
            || self.body.dialect.markdown && own::begins(line.text)
            || marked_heading(line.text).is_some()
    }

    /// Cuts a group without blank lines into headings, lists and running text.
    fn group(&mut self, range: Range<usize>, alone: &Alone<'_, '_>) {
        let (body, texts) = (self.body, self.texts);
        let lines = body.lines;
        if range.len() == 1
            && let Some(block) = heading(body, range.start, &texts[range.start], alone)
        {
            self.blocks.push(block);
            return;
        }
        let listed = numbered(&lines[range.clone()]);
        let listed: Vec<usize> = listed.into_iter().map(|i| range.start + i).collect();
        let mut at = range.start;
        while at < range.end {
            let line = &lines[at];
            if line.text.starts_with('>') {
                let end = at + run(&lines[at..range.end], 0, |l| l.text.starts_with('>'));
                self.blocks.push(quote(&texts[at..end], body.vocabulary));
                at = end;
            } else if let Some(Table { rows, rule }) = table(&texts[at..range.end]) {
                at += rows.len() + 1;
                self.blocks.push(Block::Table(rows, rule));
            } else if body.dialect.markdown && own::is_target(line.text) {
                self.blocks.push(Block::Own(line.text.to_owned()));
                at += 1;
            } else if let Some((level, skip)) = marked_heading(line.text) {
                let title = marked_title(&texts[at][skip..], body.dialect);
                self.blocks.push(Block::Heading(level, title));
                at += 1;
            } else if is_item(line) || listed.contains(&at) {
                at = self.list(at..range.end, &listed);
            } else {
                let ends = |i: &usize| listed.contains(i) || self.interrupts(*i..range.end);
                let end = (at + 1..range.end).find(ends).unwrap_or(range.end);
                self.running(at..end);
                at = end;
            }
        }
    }

    /// Reads items from the start of a range, some of them `listed` by numbers; the index after the last one.
    fn list(&mut self, range: Range<usize>, listed: &[usize]) -> usize {
        let lines = self.body.lines;
        let margin = Margin::of(&lines[range.clone()]);
        let ordered = listed.contains(&range.start);
        let mut items: Vec<Item> = Vec::new();
        // Indentation of the open items.
        let mut open: Vec<usize> = Vec::new();
        let mut parts = Parts::default();
        let mut at = range.start;
        while at < range.end {
            let line = &lines[at];
            let number = number(line.text).filter(|_| listed.contains(&at));
            let (mark, start) = match number {
                Some((n, start)) => (format!("{n}."), start),
                None if is_item(line) => ("-".to_owned(), after_bullet(line.text)),
                // What is copied out of an office text has a letter for its second bullet.
                None if !items.is_empty()
                    && (parts.begin(line.text) || !ordered && line.text.starts_with("o ")) =>
                {
                    if let Some(item) = items.last_mut() {
                        item.text.push('\n');
                        item.text.push_str(&self.texts[at]);
                    }
                    at += 1;
                    continue;
                }
                None if line.text.starts_with('>') || margin.ends_list(line, &lines[at - 1]) => {
                    break;
                }
                None => {
                    if let Some(item) = items.last_mut() {
                        add_line(self.body, at, &mut item.text, &self.texts[at]);
                    }
                    at += 1;
                    continue;
                }
            };
            parts = Parts::default();
            while open.len() > 1 && open.last().is_some_and(|indent| *indent > line.indent) {
                open.pop();
            }
            let deeper = open.last().is_some_and(|indent| line.indent >= *indent + 2);
            if !deeper {
                open.pop();
            }
            // Another kind of list begins.
            if open.is_empty() && number.is_some() != ordered {
                break;
            }
            items.push(Item { depth: open.len(), mark, text: self.from(at, start) });
            open.push(line.indent);
            at += 1;
        }
        self.blocks.push(Block::List(items));
        at.max(range.start + 1)
    }

    /// The text of a line from a place on that is before any note's mark.
    fn from(&self, at: usize, start: usize) -> String {
        self.texts[at].get(start..).unwrap_or(self.body.lines[at].text).trim().to_owned()
    }

    /// Running text: one paragraph, several one-line paragraphs, or lines that stay lines.
    fn running(&mut self, range: Range<usize>) {
        let lines = &self.body.lines[range.clone()];
        let texts = &self.texts[range.clone()];
        let body = &self.body.layout.body;
        let below = range.start >= body.end && !lines.iter().any(|l| text::length(l.text) > 100);
        let outside = range.start < body.start || below;
        if let [only] = texts {
            // Inside the text, a short line may be the rest of a sentence that a page's end cut.
            let block = if outside { Block::Verse } else { Block::Prose };
            self.blocks.push(block(only.clone()));
            return;
        }
        match shape(lines, outside) {
            Shape::Wrapped => self.blocks.push(Block::Prose(wrapped(self.body, range, texts))),
            Shape::Paragraphs => self.blocks.extend(texts.iter().cloned().map(Block::Prose)),
            Shape::Lines => self.blocks.push(Block::Verse(kept(self.body, texts))),
        }
    }
}

fn is_item(line: &Line<'_>) -> bool {
    is_bullet(line.text)
}

/// Indices of lines that are items of numbered lists: at least two, in sequence, at each indentation.
fn numbered(lines: &[Line<'_>]) -> Vec<usize> {
    let found: Vec<(usize, u32)> =
        lines.iter().enumerate().filter_map(|(i, l)| Some((i, number(l.text)?.0))).collect();
    let sequential = found.len() >= 2
        && found.windows(2).all(|w| w[1].1 == w[0].1 + 1)
        && (found[0].0 == 0 || found[0].1 == 1);
    if sequential || nested(lines, &found) {
        found.into_iter().map(|(i, _)| i).collect()
    } else {
        Vec::new()
    }
}

/// Whether numbers count up at each of several indentations, each deeper count from 1 below its number.
fn nested(lines: &[Line<'_>], found: &[(usize, u32)]) -> bool {
    // Indentation of the open items, each with its number; bullets have none.
    let mut open: Vec<(usize, Option<u32>)> = Vec::new();
    let items = lines.iter().enumerate().filter_map(|(i, line)| {
        let n = found.iter().find(|(at, _)| *at == i).map(|(_, n)| *n);
        (n.is_some() || is_item(line)).then_some((i, n))
    });
    let counted = items.into_iter().all(|(i, n)| {
        let indent = lines[i].indent;
        while open.last().is_some_and(|(at, _)| *at > indent) {
            open.pop();
        }
        match open.last_mut() {
            Some((at, last)) if *at == indent => {
                let follows = n.is_none_or(|n| n == last.unwrap_or(0) + 1);
                *last = n;
                follows
            }
            above => {
                let deeper = above.is_none_or(|(at, _)| indent >= *at + 2);
                let first = n.is_none_or(|n| n == 1) || i == 0 && open.is_empty();
                open.push((indent, n));
                n.is_none() || deeper && first
            }
        }
    });
    counted && !found.is_empty() && begins_list(lines, found)
}

/// Whether numbers count from 1 at the level of the first item, or below a bullet.
fn begins_list(lines: &[Line<'_>], found: &[(usize, u32)]) -> bool {
    let first = lines.iter().position(|l| is_item(l) || number(l.text).is_some()).unwrap_or(0);
    let outer = lines[first].indent;
    let top = found.iter().filter(|(i, _)| lines[*i].indent == outer).count();
    let below = || is_item(&lines[first]) && found.iter().all(|(i, _)| lines[*i].indent > outer);
    top >= 2 || below()
}

/// The number at a line's start, and where the text after it begins.
pub(super) fn number(text: &str) -> Option<(u32, usize)> {
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    // A list would not show the zero of `01`.
    if digits == 0 || digits > 3 || text.starts_with('0') {
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

/// Whether a line goes on in the next one whatever each of them is: in a quotation, in the midst of a sentence, or
/// where a script without spaces fills it.
fn runs_on(line: &Line<'_>, next: &Line<'_>) -> bool {
    let quoted = line.text.starts_with('>') && next.text.starts_with('>');
    let open = text::starts_lower(next.text) && !text::ends_sentence(line.text);
    let cut = open && (line.text.ends_with('-') || text::length(line.text) >= 40);
    quoted || cut || is_unspaced(line.text, next.text)
}

/// Whether a line has no spaces, and its sentence goes on in the next one.
fn is_unspaced(line: &str, next: &str) -> bool {
    let letter = |c: Option<char>| c.is_some_and(|c| c >= '\u{1100}' && c.is_alphabetic());
    text::length(line) >= UNSPACED
        && !line.contains(char::is_whitespace)
        && letter(line.chars().next_back())
        && letter(next.chars().next())
}

/// Whether a line of Korean, which has no capitals, is too long for a line of an address, and ends with no sign.
fn is_korean(line: &str, next: &str) -> bool {
    const LONG: usize = 32;
    let hangul = |c: Option<char>| c.is_some_and(|c| ('가'..='힣').contains(&c));
    text::length(line) >= LONG && hangul(line.chars().next_back()) && hangul(next.chars().next())
}

/// How long a line is, in characters, of which the missing spaces tell that it is filled.
const UNSPACED: usize = 20;

/// Adds a line to the one before: a line that Markdown keeps stays one.
fn add_line(body: &Body<'_, '_>, at: usize, text: &mut String, line: &str) {
    if body.dialect.markdown && body.lines[at - 1].broken {
        text.push('\n');
        text.push_str(line);
    } else {
        mend::join_line(text, line, body.vocabulary);
    }
}

/// The parts of a sentence or an item that count by letters or small numbers, each at a line's start: `a) …`, `(ii) …`.
#[derive(Default)]
struct Parts {
    /// Whether the first one was seen.
    open: bool,
}

impl Parts {
    /// Whether a line begins a part: the first of them is called the first.
    fn begin(&mut self, line: &str) -> bool {
        let Some(label) = part(line) else { return false };
        self.open |= matches!(label, "a" | "A" | "i" | "I" | "1");
        self.open
    }
}

/// What a part is called: `a`, `iv`, `12`.
fn part(line: &str) -> Option<&str> {
    let bare = line.strip_prefix('(');
    let text = bare.unwrap_or(line);
    let end =
        text.find(|c: char| !c.is_ascii_alphanumeric()).filter(|end| (1..=4).contains(end))?;
    let (label, rest) = text.split_at(end);
    let behind =
        rest.strip_prefix(')').or_else(|| rest.strip_prefix('.').filter(|_| bare.is_none()))?;
    // `i. e.`, `a. m.`
    let word = behind.split_whitespace().next().unwrap_or_default();
    let short = word.len() == 2 && word.ends_with('.');
    let lower =
        bare.is_some() || rest.starts_with(')') || label.bytes().all(|b| b.is_ascii_lowercase());
    let apart = behind.starts_with([' ', '\t']) && !word.is_empty() && !short;
    (is_label(label) && lower && apart).then_some(label)
}

/// Whether a text is a letter, a number, a Roman number.
fn is_label(text: &str) -> bool {
    let digits = text.bytes().all(|b| b.is_ascii_digit());
    text.len() == 1 || digits || text.bytes().all(|b| b"ivxIVX".contains(&b))
}

/// Where the text behind a bullet begins.
fn after_bullet(text: &str) -> usize {
    let bullet = text.chars().next().unwrap_or('-');
    text.len() - text.trim_start_matches(bullet).trim_start().len()
}

/// Where the lines of a list begin, and how long the longest is.
struct Margin {
    indent: usize,
    width: usize,
}

impl Margin {
    fn of(lines: &[Line<'_>]) -> Self {
        let width = lines.iter().map(|l| text::length(l.text)).max().unwrap_or(0);
        Self { indent: lines[0].indent, width }
    }

    /// Whether a line without a mark is no more a part of the item before: its first word had room there.
    fn ends_list(&self, line: &Line<'_>, before: &Line<'_>) -> bool {
        if line.indent > self.indent || text::starts_lower(line.text) {
            return false;
        }
        let word = line.text.split_whitespace().next().map_or(0, text::length);
        let had_room = text::length(before.text) + 1 + word <= self.width.saturating_sub(4);
        let title = line.text.starts_with("**") && line.text.ends_with("**");
        let at_page = line.indent < self.indent && line.indent == 0;
        at_page || had_room || self.width > 120 || title
    }
}

/// Lines that the margin broke, in one; parts that are counted stay lines, and so does what Markdown keeps, unless
/// every line ends so.
fn wrapped(body: &Body<'_, '_>, range: Range<usize>, texts: &[String]) -> String {
    let inner = &body.lines[range.start..range.end - 1];
    let kept = body.dialect.markdown && (inner.len() < 2 || !inner.iter().all(|l| l.broken));
    let mut parts = Parts::default();
    let mut text = String::new();
    for (at, line) in range.clone().zip(texts) {
        let begins = parts.begin(body.lines[at].text);
        if at > range.start && (begins || kept && body.lines[at - 1].broken) {
            text.push('\n');
            text.push_str(line);
        } else {
            mend::join_line(&mut text, line, body.vocabulary);
        }
    }
    text
}

/// Lines that stay lines, but for words that their ends cut.
fn kept(body: &Body<'_, '_>, texts: &[String]) -> String {
    let mut text = String::new();
    for line in texts {
        let cut = text
            .strip_suffix(['-', '\u{AD}', '¬'])
            .is_some_and(|t| t.ends_with(char::is_alphabetic));
        let goes_on = text::starts_lower(line) || text.ends_with('\u{AD}');
        if text.is_empty() || cut && goes_on {
            mend::join_line(&mut text, line, body.vocabulary);
        } else {
            text.push('\n');
            text.push_str(line);
        }
    }
    text
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
    if is_bold(lines) {
        return Shape::Wrapped;
    }
    let width = lines.iter().map(|l| text::length(l.text)).max().unwrap_or(0);
    let ended = |w: &[Line<'_>]| text::ends_sentence(w[0].text) && !text::starts_lower(w[1].text);
    if width > 160 && lines.windows(2).all(ended) {
        return Shape::Paragraphs;
    }
    let open = lines.windows(2).filter(|w| goes_on(w)).count();
    let mostly_open = open * 2 >= lines.len() - 1;
    let wrapped = match outside {
        _ if lines.windows(2).any(is_cut) => mostly_open,
        // Outside the text are addresses and names: more must speak for running text.
        true => width >= 60 && mostly_open,
        false if width >= 50 => mostly_open || is_filled(lines, width, open),
        false => width >= 40 && mostly_open,
    };
    match wrapped {
        true => Shape::Wrapped,
        false if width > 120 && !outside => Shape::Paragraphs,
        false => Shape::Lines,
    }
}

/// Whether a word is cut at the end of the first of two lines.
fn is_cut(pair: &[Line<'_>]) -> bool {
    pair[0].text.ends_with('\u{AD}') || is_unspaced(pair[0].text, pair[1].text)
}

/// Whether the second of two lines goes on with the sentence of the first.
fn goes_on(pair: &[Line<'_>]) -> bool {
    let is_open = text::starts_lower(pair[1].text) || is_korean(pair[0].text, pair[1].text);
    is_open && !text::ends_sentence(pair[0].text) || is_cut(pair)
}

/// Whether emphasis goes on from the first line to the last.
fn is_bold(lines: &[Line<'_>]) -> bool {
    let [first, .., last] = lines else { return false };
    first.text.starts_with("**") && last.text.ends_with("**") && !first.text.ends_with("**")
}

/// Whether lines, of which some go on `open` in the next, are broken where the margin is: the next word had no room.
fn is_filled(lines: &[Line<'_>], width: usize, open: usize) -> bool {
    let breaks = lines.len() - 1;
    let forced = |w: &&[Line<'_>]| {
        let next = w[1].text.split_whitespace().next().map_or(0, text::length);
        text::length(w[0].text) + 1 + next > width.saturating_sub(4)
    };
    let forced = lines.windows(2).filter(forced).count();
    let most = forced * 10 >= breaks * 7 && breaks > 0;
    let all = forced == breaks && breaks > 1;
    most && open > 0 || all && text::ends_sentence(lines[breaks].text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_called_by_letters_and_small_numbers() {
        for (line, label) in
            [("a) to keep", Some("a")), ("(ii) at night", Some("ii")), ("i. at noon", Some("i"))]
        {
            assert_eq!(part(line), label, "{line}");
        }
        for line in
            ["i. e. this", "a. m. on", "J. Smith", "(see) this", "a dog", "(a)", "A. Lumb wrote"]
        {
            assert_eq!(part(line), None, "{line}");
        }
        let mut parts = Parts::default();
        assert!(!parts.begin("(b) alone"));
        assert!(parts.begin("(a) first") && parts.begin("(b) second"));
    }

    #[test]
    fn numbers_count_below_bullets() {
        let lines = text::lines("- Usage\n  1. Options\n     - from\n  2. More\n- Other");
        assert_eq!(numbered(&lines), [1, 3]);
        let lines = text::lines("- a line of\n  1. Not counted from one\n  3. since this is");
        assert!(numbered(&lines).is_empty());
    }
}
