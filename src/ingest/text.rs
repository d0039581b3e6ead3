//! Lines of a seed, numbered as there, and the small questions that every rule asks of a line.

pub(super) mod bytes;

use super::lexicon::OPEN_WORDS;
use std::borrow::Cow;

pub(super) use crate::letters::is_letter;

/// One line: its number in the seed and its text without white space at the ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Line<'a> {
    /// Number in the seed, counted from 1.
    pub number: usize,
    /// Text without white space at the ends; empty for a blank line.
    pub text: &'a str,
    /// How far it is indented, in columns.
    pub indent: usize,
    /// What the seed's layout did just before this line.
    pub before: Break,
    /// Whether two spaces or a backslash end it, as Markdown has a line that stays a line.
    pub broken: bool,
    /// Whether it is prose by itself: many rules ask.
    prose: bool,
}

/// What was between a line and the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Break {
    /// A line end.
    None,
    /// A new page: a form feed, a folio, a running head.
    Page,
    /// A new section of a web page: a pager, a rule of signs.
    Section,
}

impl<'a> Line<'a> {
    /// The same place with another text: a part of the line, or none.
    pub(super) fn with_text<'t>(self, text: &'t str) -> Line<'t> {
        let Line { number, indent, before, .. } = self;
        Line { number, text, indent, before, broken: false, prose: is_prose(text) }
    }

    /// The same without its indentation.
    pub(super) fn at_margin(self) -> Self {
        Self { indent: 0, ..self }
    }

    /// Whether it is long, or a whole sentence.
    pub(super) fn is_prose(&self) -> bool {
        self.prose
    }

    /// Whether nothing is on it.
    pub(super) fn is_blank(&self) -> bool {
        self.text.is_empty()
    }

    /// The same, with at least this break before it.
    pub(super) fn after(self, before: Break) -> Self {
        Self { before: self.before.max(before), ..self }
    }
}

/// The lines of a decoded seed.
pub(super) fn lines(text: &str) -> Vec<Line<'_>> {
    let mut feed = false;
    text.split('\n')
        .enumerate()
        .map(|(i, raw)| {
            let before = if feed || raw.trim_start_matches([' ', '\t']).starts_with('\u{C}') {
                Break::Page
            } else {
                Break::None
            };
            feed = raw.trim_end_matches([' ', '\t']).ends_with('\u{C}');
            let text = raw.trim();
            let broken = raw.ends_with("  ") || text.ends_with('\\') && !text.ends_with("\\\\");
            Line { number: i + 1, text, indent: indent(raw), before, broken, prose: is_prose(text) }
        })
        .collect()
}

/// Lines whose wide gaps part several fields, as lines of their own; among the first lines a label of a head begins
/// a field, whatever is before it: `Mr. Rusk          Date: 8 February 1951`.
pub(super) fn parted<'a>(
    lines: Vec<Line<'a>>,
    is_field: impl Fn(&str) -> bool,
    is_labelled: impl Fn(&str) -> bool,
) -> Vec<Line<'a>> {
    let mut out = Vec::with_capacity(lines.len());
    for (n, line) in lines.into_iter().enumerate() {
        if line.text.len() > LONG && has_gap(line.text) {
            out.extend(scraped(line));
            continue;
        }
        let wide = line.text.len() <= 200 && (has_gap(line.text) || line.text.contains('\t'));
        let cells = if wide { cells(line.text) } else { Vec::new() };
        if cells.len() < 2 || !cells.iter().all(|cell| is_field(cell)) {
            let label = cells.iter().skip(1).find(|cell| n < EARLY && is_labelled(cell));
            let at = label.map(|cell| offset(cell, line.text));
            let first = at.map_or("", |at| line.text[..at].trim_end());
            match at.filter(|_| !first.is_empty()) {
                Some(at) => {
                    out.push(line.with_text(first));
                    out.push(Line { before: Break::None, ..line.with_text(&line.text[at..]) });
                }
                None => out.push(line),
            }
            continue;
        }
        for (i, cell) in cells.into_iter().enumerate() {
            let before = if i == 0 { line.before } else { Break::None };
            out.push(Line { before, ..line.with_text(cell) });
        }
    }
    out
}

/// How many lines of a seed may belong to its head.
const EARLY: usize = 40;

/// A line of this length, in bytes, is a whole text; gaps at its start are all that is left of line ends.
const LONG: usize = 400;

/// The short fields with which a scraped text begins, each as a line of its own, and the rest.
fn scraped<'a>(line: Line<'a>) -> Vec<Line<'a>> {
    /// How many spaces part two fields.
    const GAP: &str = "   ";
    let mut out = Vec::new();
    let mut rest = line.text;
    while let Some((field, after)) =
        rest.split_once(GAP).filter(|(f, _)| out.len() < 8 && f.len() <= 160)
    {
        if !field.trim().is_empty() {
            let before = if out.is_empty() { line.before } else { Break::None };
            out.push(Line { before, ..line.with_text(field.trim()) });
            out.push(Line { before: Break::None, ..line.with_text("") });
        }
        rest = after.trim_start();
    }
    out.push(Line {
        before: if out.is_empty() { line.before } else { Break::None },
        ..line.with_text(rest)
    });
    out
}

/// What is between wide gaps and tabs.
pub(super) fn cells(text: &str) -> Vec<&str> {
    if !text.contains('\t') && !has_gap(text) {
        return vec![text];
    }
    text.split('\t').flat_map(|c| c.split("   ")).map(str::trim).filter(|c| !c.is_empty()).collect()
}

/// A Korean line without the spaces that set the syllables of its one word, or of its label, apart: `판    결`,
/// `사    건    2016가합5`; `None` if it has none.
pub(super) fn without_letterspacing(line: &str) -> Option<String> {
    // Most lines begin with a longer word.
    let mut letters = line.chars();
    if !letters.next().is_some_and(is_syllable) || !letters.next()?.is_whitespace() {
        return None;
    }
    let words: Vec<&str> = line.split_whitespace().collect();
    let start = |k: usize| offset(words[k], line);
    let gap = |k: usize| start(k + 1) - start(k) - words[k].len();
    let single = |c: char| is_syllable(c) || c.is_ascii_digit();
    let spaced = |w: &&&str| w.chars().count() == 1 && w.starts_with(single);
    let singles = words.iter().take_while(spaced).count();
    if singles < 2 {
        return None;
    }
    // The spaces inside a word are equal. Where the next one is narrower, another word began before it.
    let inside = (0..singles - 1).take_while(|&k| gap(k) == gap(0)).count();
    let count = match inside + 1 < singles {
        true if gap(inside) < gap(0) => inside,
        _ => inside + 1,
    };
    // A word by itself has three syllables or wide spaces; a label has a wide space behind it.
    let closes = match count == words.len() {
        true => count > 2 || gap(0) > 1,
        false => count > 1 && gap(count - 1) > 1,
    };
    if !closes {
        return None;
    }
    let end = start(count - 1) + words[count - 1].len();
    Some(words[..count].concat() + &line[end..])
}

fn is_syllable(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// Whether three spaces are side by side: one of them is at every third place.
fn has_gap(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 2;
    while at < bytes.len() {
        if bytes[at] == b' ' {
            let before = bytes[..at].iter().rev().take(2).take_while(|b| **b == b' ').count();
            let after = bytes[at + 1..].iter().take(2).take_while(|b| **b == b' ').count();
            if before + 1 + after >= 3 {
                return true;
            }
        }
        at += 3;
    }
    false
}

fn indent(raw: &str) -> usize {
    let mut columns = 0;
    for c in raw.chars() {
        match c {
            '\t' => columns += 4 - columns % 4,
            ' ' | '\u{A0}' => columns += 1,
            _ => break,
        }
    }
    columns
}

/// Groups of lines without a blank one between them: ranges of indices.
pub(super) fn chunks(lines: &[Line<'_>]) -> Vec<std::ops::Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (i, line) in lines.iter().enumerate() {
        match (line.is_blank(), start) {
            (false, None) => start = Some(i),
            (true, Some(s)) => {
                found.push(s..i);
                start = None;
            }
            _ => {}
        }
    }
    if let Some(s) = start {
        found.push(s..lines.len());
    }
    found
}

/// For each line whether it is prose, by itself or as a part of a paragraph that the margin wraps.
pub(super) fn prose(lines: &[Line<'_>]) -> Vec<bool> {
    let mut prose: Vec<bool> = lines.iter().map(Line::is_prose).collect();
    for chunk in chunks(lines).into_iter().filter(|c| c.len() > 1) {
        let wrapped = |i: &usize| starts_lower(lines[*i].text) && length(lines[*i - 1].text) >= 40;
        let goes_on = (chunk.start + 1..chunk.end).filter(wrapped).count();
        let ends = ends_sentence(lines[chunk.end - 1].text);
        if goes_on > 0 && ends && goes_on * 2 >= chunk.len() - 1 {
            prose[chunk].fill(true);
        }
    }
    prose
}

/// Words of a text: runs of letters and digits with what joins them.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(char::is_whitespace).filter(|w| w.chars().any(|c| is_letter(c) || c.is_numeric()))
}

/// No rule asks whether a text has more words than this.
const MANY: usize = 64;

/// A byte that is a part of a word, one that ends it, and one of a character beyond ASCII.
const WORD: u8 = 1;
const END: u8 = 2;
const BEYOND: u8 = 4;

/// What a byte is to a word; others are nothing to it.
const CLASSES: [u8; 256] = {
    let mut classes = [BEYOND; 256];
    let mut b = 0;
    while b < 128 {
        let byte = b as u8;
        classes[b] = if byte.is_ascii_alphanumeric() {
            WORD
        } else if byte.is_ascii_whitespace() || byte == 0x0b {
            END
        } else {
            0
        };
        b += 1;
    }
    classes
};

/// How many words a text has, counted up to [`MANY`]: lines are asked often, and may be long.
pub(super) fn word_count(text: &str) -> usize {
    words_up_to(text, MANY)
}

/// Whether a text has no more words than so many; a long line is not read to its end.
pub(super) fn has_at_most(text: &str, words: usize) -> bool {
    // There is at least one space between two words.
    text.len() <= 2 * words || words_up_to(text, words + 1) <= words
}

/// How many words a text has, counted up to a limit.
fn words_up_to(text: &str, limit: usize) -> usize {
    let bytes = text.as_bytes();
    let is_word = |at: usize| bytes.get(at).is_some_and(|b| CLASSES[usize::from(*b)] == WORD);
    let (mut at, mut count, mut inside) = (0, 0, false);
    while let Some(byte) = bytes.get(at).filter(|_| count < limit) {
        let (class, length) = match CLASSES[usize::from(*byte)] {
            BEYOND => class_beyond(text, at),
            class => (class, 1),
        };
        count += usize::from(class == WORD && !inside);
        inside = class == WORD || inside && class != END;
        at += length;
        while inside && is_word(at) {
            at += 1;
        }
    }
    count
}

/// What a character beyond ASCII is to a word, and its length in bytes.
fn class_beyond(text: &str, at: usize) -> (u8, usize) {
    let Some(c) = text[at..].chars().next() else { return (0, 1) };
    let class = match c {
        c if is_letter(c) || c.is_numeric() => WORD,
        c if c.is_whitespace() => END,
        _ => 0,
    };
    (class, c.len_utf8())
}

/// Whether a line is a rule of signs with words in it: `-----Original Message-----`.
pub(super) fn is_divider(text: &str) -> bool {
    text.starts_with("---") && text.ends_with("---") && text.contains(is_letter)
}

/// Where a part of a text begins in it.
pub(super) fn offset(part: &str, whole: &str) -> usize {
    part.as_ptr() as usize - whole.as_ptr() as usize
}

/// Length in characters.
pub(super) fn length(text: &str) -> usize {
    text.chars().count()
}

/// Whether a word is one of some in lower case, whatever its own case.
pub(super) fn is_any(word: &str, lower: &[&str]) -> bool {
    if word.is_ascii() {
        lower.iter().any(|l| l.eq_ignore_ascii_case(word))
    } else {
        lower.contains(&word.to_lowercase().as_str())
    }
}

/// The last character that is no mark of quotation, emphasis or bracket.
pub(super) fn last_sign(text: &str) -> Option<char> {
    text.trim_end_matches(|c: char| "\"'”’»“*_)]』」".contains(c) || c.is_whitespace())
        .chars()
        .next_back()
}

/// Whether the text ends as a sentence does.
pub(super) fn ends_sentence(text: &str) -> bool {
    match text.as_bytes().last() {
        Some(b'.' | b'!' | b'?') => return true,
        Some(b',' | b':' | b';' | b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z') => return false,
        _ => {}
    }
    let text = strip_note_mark(text);
    matches!(last_sign(text), Some('.' | '!' | '?' | '。' | '…' | '！' | '？'))
}

/// A text without a note's mark such as `[3]` at its end.
fn strip_note_mark(text: &str) -> &str {
    let text = text.trim_end();
    let Some(open) = text.ends_with(']').then(|| text.rfind('[')).flatten() else { return text };
    let inner = &text[open + 1..];
    if inner.len() <= 4
        && inner.ends_with(']')
        && inner[..inner.len() - 1].chars().all(|c| c.is_ascii_digit())
    {
        &text[..open]
    } else {
        text
    }
}

/// Whether the last word is one after which a sentence, or a title, goes on.
pub(super) fn ends_openly(text: &str) -> bool {
    let last = text.split_whitespace().next_back().unwrap_or_default();
    OPEN_WORDS.contains(last.to_lowercase().as_str())
}

/// Whether the first letter is a small one.
pub(super) fn starts_lower(text: &str) -> bool {
    if text.starts_with(|c: char| c.is_ascii_alphabetic()) {
        return text.as_bytes()[0].is_ascii_lowercase();
    }
    text.trim_start_matches(|c: char| "\"'“‘«(*_[".contains(c))
        .chars()
        .next()
        .is_some_and(char::is_lowercase)
}

/// Whether the text has letters, and none of them is small.
pub(super) fn is_caps(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| is_letter(*c)).peekable();
    letters.peek().is_some()
        && letters.all(char::is_uppercase)
        && text.chars().filter(|c| c.is_uppercase()).count() > 3
}

/// Whether a paragraph's text is prose: long, or a whole sentence.
pub(super) fn is_prose(text: &str) -> bool {
    // Eight words have as many letters and the spaces between.
    if text.len() < 15 {
        return false;
    }
    // A character has one byte at least, and four at most.
    if text.len() >= 110 && (text.len() >= 440 || length(text) >= 110) {
        return true;
    }
    let sentence = ends_sentence(text);
    let words = if sentence { 8 } else { 18 };
    !has_at_most(text, words - 1) || (sentence && is_hangul(text) && length(text) >= 28)
}

/// Whether most letters are Hangul.
pub(super) fn is_hangul(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let hangul = text.chars().filter(|c| ('가'..='힣').contains(c)).count();
    hangul > 0 && hangul * 2 > text.chars().filter(|c| is_letter(*c)).count()
}

/// A text with the words of its links alone: `[Harbour Board](https://harbour.example/)` is `Harbour Board`.
pub(super) fn without_links(text: &str) -> Cow<'_, str> {
    if !text.contains("](") {
        return Cow::Borrowed(text);
    }
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find("](") {
        let (open, end) = (rest[..at].rfind('['), rest[at..].find(')'));
        let (Some(open), Some(end)) = (open, end) else { break };
        out.push_str(&rest[..open]);
        out.push_str(&rest[open + 1..at]);
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// A text without the elements of pages in it: `<p>The keys <em>were</em> kept.</p>`.
pub(super) fn without_elements(text: &str) -> Cow<'_, str> {
    if !text.contains('<') {
        return text.into();
    }
    let (mut bare, mut rest) = (String::new(), text);
    while let Some((before, tag)) = rest.split_once('<') {
        bare.push_str(before);
        let name = tag.trim_start_matches('/');
        let end = name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len());
        let named = name.starts_with(|c: char| c.is_ascii_lowercase())
            && name[end..].starts_with([' ', '>', '/']);
        match tag.find('>').filter(|_| named) {
            Some(end) => rest = &tag[end + 1..],
            None => {
                bare.push('<');
                rest = tag;
            }
        }
    }
    bare.push_str(rest);
    bare.replace("&nbsp;", " ").trim().to_owned().into()
}

/// A text without the marks of emphasis around it.
pub(super) fn without_emphasis(text: &str) -> &str {
    let mut text = text.trim();
    if !text.starts_with(['*', '_', '#']) {
        return text;
    }
    for mark in ["***", "**", "__", "*", "_"] {
        if let Some(inner) = text.strip_prefix(mark).and_then(|t| t.strip_suffix(mark))
            && !inner.is_empty()
            && !inner.contains(mark)
        {
            text = inner.trim();
        }
    }
    text.trim_start_matches('#').trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_keep_their_numbers_and_feeds_are_breaks() {
        let text = "a\n\u{C}b\n\n  c";
        let lines = lines(text);
        assert_eq!((lines[1].text, lines[1].number, lines[1].before), ("b", 2, Break::Page));
        assert_eq!((lines[3].text, lines[3].indent), ("c", 2));
        assert_eq!(chunks(&lines), [0..2, 3..4]);
    }

    #[test]
    fn a_korean_word_is_closed_where_type_is_spaced() {
        let closed = |line| without_letterspacing(line).unwrap_or_else(|| line.to_owned());
        for (line, wanted) in [
            ("판    결", "판결"),
            ("서 울 지 방 법 원", "서울지방법원"),
            ("사    건    2016가합5 손해배상", "사건    2016가합5 손해배상"),
            ("수    신    항만 국장", "수신    항만 국장"),
            // A sentence, a name in two parts, a label with one space behind it stay as they are.
            ("그 날 밤에 왔다", "그 날 밤에 왔다"),
            ("김 구", "김 구"),
            ("수    신 김 국장", "수    신 김 국장"),
            ("위  원   김 영 수", "위원   김 영 수"),
            ("수    신    김 영 수", "수신    김 영 수"),
            ("A    B", "A    B"),
        ] {
            assert_eq!(closed(line), wanted, "{line}");
        }
    }

    #[test]
    fn a_sentence_may_end_in_quotes_and_note_marks() {
        assert!(ends_sentence("“impunity reigns.”"));
        assert!(ends_sentence("Annex 22-B.[1]"));
        assert!(!ends_sentence("including"));
    }

    proptest::proptest! {
        #[test]
        fn words_are_counted_as_they_are_cut(text in "[a-zé가-나٣ 0-9.,'\u{a0}\u{3000}—\t-]{0,80}") {
            proptest::prop_assert_eq!(word_count(&text), words(&text).count().min(MANY));
            proptest::prop_assert_eq!(has_at_most(&text, 3), words(&text).count() <= 3);
        }
    }
}
