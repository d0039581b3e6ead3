//! Korean is cut at any letter where a line is full, and without a hyphen: → which line ends are within a word.
//!
//! Some programs write the space behind a line that ends between words; then nothing is guessed. Else the words say it:
//! endings that begin no word begin lines only where words are cut, and then the words of the document and its endings
//! tell more often than not where. A guess is a doubt.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::ingest::lexicon::{self, Words};
use crate::pdf::{Line, Pdf};

/// Endings that begin no word.
static BOUND: LazyLock<Words> = LazyLock::new(|| lexicon::set(|l| l.bound_endings));
/// Those that may be words of their own as well.
static LOOSE: LazyLock<Words> = LazyLock::new(|| lexicon::set(|l| l.loose_endings));
/// Words that are often behind another one, and never a part of it.
static BEHIND: LazyLock<Words> = LazyLock::new(|| lexicon::set(|l| l.behind));
/// The last letters of most words.
static ENDS: LazyLock<Words> = LazyLock::new(|| lexicon::set(|l| l.last_letters));

/// What is known of a document's line ends.
pub(super) enum Cuts<'p> {
    /// Lines end between words.
    None,
    /// Spaces behind lines tell.
    Spaces,
    /// The words tell, those within lines with their beginnings, and how often.
    Words(HashMap<&'p str, usize>),
}

impl<'p> Cuts<'p> {
    pub(super) fn of(pdf: &'p Pdf) -> Self {
        let pairs = || {
            let pairs = pdf.pages.iter().flat_map(|page| page.lines.windows(2));
            pairs.filter(|pair| parts(&pair[0], &pair[1]).is_some())
        };
        let spaced = pairs().filter(|pair| pair[0].spaced).count();
        let all = pairs().count();
        if spaced * 4 > all {
            return Self::Spaces;
        }
        let words = words(pdf);
        let is_cut = |pair: &&[Line]| {
            parts(&pair[0], &pair[1]).is_some_and(|(before, after)| {
                let whole = format!("{before}{after}");
                // The end of a sentence, not the word for all.
                let is_end = after == "다" && pair[1].text.trim_start().starts_with("다.");
                is_end || BOUND.contains(after) || knows(&words, &whole) && !knows(&words, before)
            })
        };
        let cut = pairs().filter(is_cut).count();
        if cut > 0 && cut * 25 >= all { Self::Words(words) } else { Self::None }
    }

    /// Whether the end of a line is within a word.
    pub(super) fn are_between(&self, line: &Line, next: &Line) -> bool {
        let Some((before, after)) = parts(line, next) else { return false };
        match self {
            Self::None => false,
            Self::Spaces => !line.spaced,
            Self::Words(words) => {
                let whole = format!("{before}{after}");
                if BOUND.contains(after) || LOOSE.contains(after) || knows(words, &whole) {
                    return true;
                }
                let is_long = before.chars().count() > 1;
                !(is_long
                    && (BEHIND.contains(after) || knows(words, before) || ends_as_most(before)))
            }
        }
    }

    /// What is doubtful of it.
    pub(super) fn doubt(&self) -> Option<String> {
        let is_guessed = matches!(self, Self::Words(_));
        is_guessed.then(|| {
            "the PDF cuts Korean words at line ends and does not say where: some may be joined or parted wrongly".to_owned()
        })
    }
}

fn knows(words: &HashMap<&str, usize>, word: &str) -> bool {
    words.contains_key(word)
}

fn ends_as_most(word: &str) -> bool {
    let last = word.char_indices().next_back().map_or(0, |(at, _)| at);
    ENDS.contains(&word[last..])
}

fn is_hangul(c: char) -> bool {
    ('가'..='힣').contains(&c)
}

/// The last letters of Hangul of a line and the first ones of the next, if both have some.
fn parts<'l>(line: &'l Line, next: &'l Line) -> Option<(&'l str, &'l str)> {
    let (line, next) = (line.text.trim_end(), next.text.trim_start());
    let before = line.trim_end_matches(is_hangul).len();
    let after = next.len() - next.trim_start_matches(is_hangul).len();
    let (before, after) = (&line[before..], &next[..after]);
    (!before.is_empty() && !after.is_empty()).then_some((before, after))
}

/// The words within lines, with their beginnings of two letters and more.
fn words(pdf: &Pdf) -> HashMap<&str, usize> {
    let mut words = HashMap::new();
    for line in pdf.pages.iter().flat_map(|page| &page.lines) {
        let all: Vec<&str> = line.text.split_whitespace().collect();
        for word in all.iter().skip(1).take(all.len().saturating_sub(2)) {
            let end = word.find(|c| !is_hangul(c)).unwrap_or(word.len());
            let ends = word[..end].char_indices().map(|(at, c)| at + c.len_utf8());
            for (number, end) in ends.enumerate() {
                if number > 0 || end == word.len() {
                    *words.entry(&word[..end]).or_default() += 1;
                }
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pdf::Page;

    fn pdf(lines: &[&str]) -> Pdf {
        let line = |text: &&str| Line { text: (*text).to_owned(), size: 11.0, ..Line::default() };
        let lines = lines.iter().map(line).collect();
        Pdf { pages: vec![Page { lines, ..Page::default() }], ..Pdf::default() }
    }

    fn joined(lines: &[&str]) -> String {
        let pdf = pdf(lines);
        let cuts = Cuts::of(&pdf);
        let lines = &pdf.pages[0].lines;
        let mut text = lines[0].text.clone();
        for pair in lines.windows(2) {
            text.push_str(if cuts.are_between(&pair[0], &pair[1]) { "" } else { " " });
            text.push_str(&pair[1].text);
        }
        text
    }

    #[test]
    fn words_that_lines_cut_are_one_again() {
        let lines = [
            "회원들이 모여 집세와 석탄에 대하여 오랫동안 이야기하였습",
            "니다. 저희는 그 방을 봄부터 빌리고자 하며 회원들",
            "이 남겨 준 책을 벽에 설치하고자 하오니 허락하여 주시기",
            "바랍니다. 회원들은 답장을 받는 대로 알리겠습니다.",
        ];
        assert_eq!(
            joined(&lines),
            "회원들이 모여 집세와 석탄에 대하여 오랫동안 이야기하였습니다. 저희는 그 방을 봄부터 빌리고자 하며 회원들이 \
             남겨 준 책을 벽에 설치하고자 하오니 허락하여 주시기 바랍니다. 회원들은 답장을 받는 대로 알리겠습니다."
        );
        let pdf = pdf(&lines);
        assert!(Cuts::of(&pdf).doubt().is_some());
    }

    #[test]
    fn lines_that_end_between_words_stay_apart() {
        let lines = [
            "회원들이 모여 집세와 석탄에 대하여 오랫동안",
            "이야기하였습니다. 저희는 그 방을 봄부터 빌리고자",
            "하며 회원들이 남겨 준 책을 벽에 설치하고자",
        ];
        assert_eq!(joined(&lines), lines.join(" "));
        let pdf = pdf(&lines);
        assert!(Cuts::of(&pdf).doubt().is_none());
    }
}
