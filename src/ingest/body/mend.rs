//! Words and sentences that line ends and page ends cut in two.

use std::cell::OnceCell;
use std::collections::HashSet;

use super::super::lexicon::OPEN_WORDS;
use super::super::lexicon::surroundings::SET_OFF;
use super::super::text::{self, bytes, is_hangul};
use super::blocks::Block;

/// The words of a seed, by which a broken word tells how it is written; collected when first asked for.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Vocabulary<'t> {
    text: &'t str,
    words: OnceCell<HashSet<u64>>,
    /// Where its lines begin, in bytes; found when first asked for.
    starts: OnceCell<Vec<usize>>,
}

impl<'t> Vocabulary<'t> {
    /// The words of a text.
    pub(in crate::ingest) fn of(text: &'t str) -> Self {
        Self { text, words: OnceCell::new(), starts: OnceCell::new() }
    }

    /// A line of the text by its number, without white space at its ends.
    pub(super) fn line(&self, number: usize) -> &'t str {
        let starts = self.starts.get_or_init(|| {
            let ends = self.text.match_indices('\n').map(|(i, _)| i + 1);
            std::iter::once(0).chain(ends).collect()
        });
        let rest = starts.get(number - 1).map_or("", |start| &self.text[*start..]);
        rest.split('\n').next().unwrap_or_default().trim()
    }

    fn has(&self, word: &str) -> bool {
        let words = self.words.get_or_init(|| {
            let words = self
                .text
                .split(char::is_whitespace)
                .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()));
            words.filter(|w| !w.is_empty()).map(|w| hash(&w.to_lowercase())).collect()
        });
        words.contains(&hash(&word.to_lowercase()))
    }
}

/// Of words within one run; a clash does no harm.
fn hash(word: &str) -> u64 {
    bytes::hash(word.bytes())
}

/// Lines in one, the words whole that line ends cut.
pub(in crate::ingest) fn joined<'l>(lines: impl Iterator<Item = &'l str>) -> String {
    let mut text = String::new();
    lines.for_each(|line| join_line(&mut text, line, &Vocabulary::default()));
    text
}

/// How long a run of Hangul is that is no word, but a text without spaces.
const UNSPACED: usize = 20;

/// Joins a line to the text before it.
pub(super) fn join_line(text: &mut String, line: &str, vocabulary: &Vocabulary<'_>) {
    if text.is_empty() {
        text.push_str(line);
        return;
    }
    if text.ends_with(['\u{AD}', '¬']) {
        text.pop();
        text.push_str(line);
        return;
    }
    // Old type has a double hyphen, which is read as an equals sign.
    if text.ends_with(['=', '⸗'])
        && text.trim_end_matches(['=', '⸗']).ends_with(char::is_alphabetic)
        && text::starts_lower(line)
    {
        text.pop();
        text.push('-');
    }
    let hyphen = text.ends_with('-')
        && text[..text.len() - 1].ends_with(char::is_alphabetic)
        && !text.ends_with("--");
    if hyphen && text::starts_lower(line) {
        let head = text[..text.len() - 1].rsplit(char::is_whitespace).next().unwrap_or_default();
        let tail = line.split(char::is_whitespace).next().unwrap_or_default();
        if !keeps_hyphen(head, tail, vocabulary) {
            text.pop();
        }
        text.push_str(line);
        return;
    }
    if !(hyphen && text::words(line).next().is_some() || joins_bare(text, line, vocabulary)) {
        text.push(' ');
    }
    text.push_str(line);
}

/// Whether a line goes on without a space: in scripts that have none, and where a Korean word is cut that the
/// seed has whole elsewhere.
fn joins_bare(text: &str, line: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let (Some(last), Some(first)) = (text.chars().next_back(), line.chars().next()) else {
        return false;
    };
    let unspaced =
        |c: char| matches!(c, '\u{3000}'..='\u{30FF}' | '㐀'..='鿿' | '\u{FF00}'..='\u{FF65}');
    if unspaced(last) || unspaced(first) {
        return unspaced(last) && unspaced(first);
    }
    let hangul = |c: char| ('가'..='힣').contains(&c);
    if !hangul(last) || !hangul(first) {
        return false;
    }
    let head = text.rsplit(char::is_whitespace).next().unwrap_or_default();
    let tail = line.split(char::is_whitespace).next().unwrap_or_default();
    // Who writes a whole line without a space has none at its end.
    if text::length(head) >= UNSPACED {
        return true;
    }
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
    vocabulary.has(&(bare(head) + &bare(tail)))
}

/// Whether a word cut at its hyphen is written with one: the seed has it so elsewhere, or its first
/// part is one of those that are set off.
fn keeps_hyphen(head: &str, tail: &str, vocabulary: &Vocabulary<'_>) -> bool {
    let clean = |s: &str| s.trim_matches(|c: char| !c.is_alphanumeric() && c != '-').to_owned();
    let (head, tail) = (clean(head), clean(tail));
    if vocabulary.has(&format!("{head}{tail}")) {
        return false;
    }
    // `UN-led`: letters that stand for words are no syllable.
    let acronym = head.chars().count() > 1 && head.chars().all(char::is_uppercase);
    acronym
        || vocabulary.has(&format!("{head}-{tail}"))
        || SET_OFF.contains(&head.to_lowercase().as_str())
        || head.contains('-')
}

/// Joins paragraphs, and items with what follows, where a sentence goes on after a gap.
pub(super) fn join_blocks(blocks: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(blocks.len());
    for block in blocks {
        // A note at the page's foot is inside the sentence that the page cuts.
        if let (Some(Block::Note(..)), Block::Prose(after)) = (out.last(), &block)
            && open_before_notes(&mut out, after)
        {
            continue;
        }
        match (out.last_mut(), &block) {
            (Some(Block::Prose(before)), Block::Prose(after)) if goes_on(before, after) => {
                join_text(before, after)
            }
            (Some(Block::List(items)), Block::Prose(after))
                if text::starts_lower(after)
                    && items.last().is_some_and(|i| goes_on(&i.text, after)) =>
            {
                if let Some(item) = items.last_mut() {
                    join_text(&mut item.text, after);
                }
            }
            (Some(Block::List(items)), Block::List(more)) if same_list(items, more) => {
                items.extend(more.iter().cloned())
            }
            _ => out.push(block),
        }
    }
    out
}

/// Joins a paragraph to the one before the notes at the end of `out`, if that goes on here.
fn open_before_notes(out: &mut [Block], after: &str) -> bool {
    let Some(at) = out.iter().rposition(|b| !matches!(b, Block::Note(..))) else { return false };
    match &mut out[at] {
        Block::Prose(before) if goes_on(before, after) => {
            join_text(before, after);
            true
        }
        _ => false,
    }
}

fn join_text(before: &mut String, after: &str) {
    join_line(before, after, &Vocabulary::default());
}

fn same_list(items: &[super::blocks::Item], more: &[super::blocks::Item]) -> bool {
    matches!((items.last(), more.first()), (Some(a), Some(b)) if a.mark == "-" && b.mark == "-")
}

/// Whether a sentence that a paragraph leaves open goes on in the next one.
fn goes_on(before: &str, after: &str) -> bool {
    let open = !text::ends_sentence(before) && !before.ends_with([':', ';', ')']);
    if !open || text::length(before) < 50 || after.starts_with('\u{E000}') {
        return false;
    }
    if text::starts_lower(after) {
        return true;
    }
    let last = before.split_whitespace().next_back().unwrap_or_default().to_lowercase();
    let expects_more = OPEN_WORDS.contains(last.as_str()) || before.ends_with(',');
    expects_more
        && (text::is_prose(after) || is_hangul(after))
        && after.starts_with(char::is_alphanumeric)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(a: &str, b: &str, seed: &str) -> String {
        let mut text = a.to_owned();
        join_line(&mut text, b, &Vocabulary::of(seed));
        text
    }

    #[test]
    fn broken_words_are_mended_as_the_seed_writes_them() {
        assert_eq!(both("the inter-", "national law", "inter-\nnational"), "the international law");
        assert_eq!(
            both("timber-", "cutting, or", "x-\n timber-cutting here"),
            "timber-cutting, or"
        );
        assert_eq!(both("the non-", "proliferation", "-\n"), "the non-proliferation");
        assert_eq!(both("Anti-", "American", "-\n"), "Anti-American");
        assert_eq!(both("the sub=", "scribers", "=\n"), "the subscribers");
        assert_eq!(both("a =", "b", "=\n"), "a = b");
        assert_eq!(both("one", "two", ""), "one two");
        assert_eq!(both("우리 위원", "회는", "위원회는 우리"), "우리 위원회는");
        assert_eq!(both("우리 위원회는", "답을", "위원회는 답을"), "우리 위원회는 답을");
        let unspaced = "귀부의무궁한발전을기원합니다우리단체는유엔인권이사회";
        assert_eq!(both(unspaced, "에제출된", ""), format!("{unspaced}에제출된"));
        assert_eq!(both("a UN-", "led force", "-\n"), "a UN-led force");
        assert_eq!(both("the twenty-", "first time", "-\n"), "the twenty-first time");
        assert_eq!(both("資料につい", "てご回答", ""), "資料についてご回答");
    }

    #[test]
    fn an_open_sentence_goes_on_over_a_page_end() {
        assert!(goes_on(
            "It further encourages the Council to consider taking action, including",
            "through referral to the Court."
        ));
        assert!(goes_on(
            "Wir bitten Sie daher, den Bericht der unabhängigen Kommission und der",
            "Regierung vorzulegen, damit er geprüft werden kann und alle ihn lesen."
        ));
        assert!(!goes_on(
            "This is a whole sentence that has come to its proper end here.",
            "through"
        ));
        assert!(!goes_on("Food Aid", "although"));
    }
}
