//! What a printed page or a list of pages has at its edge: numbers, pagers, rules of signs.

use std::sync::LazyLock;

use super::super::lexicon::Phrases;
use super::super::lexicon::surroundings::{PAGER_BACK, PAGER_ON, PAGES};

pub(super) const FOLIO: &str = "page number";
pub(super) const PAGER: &str = "pager";
pub(super) const SIGNS: &str = "rule of signs";

/// The rule by which a line is one of these.
pub(super) fn rule(line: &str) -> Option<&'static str> {
    if is_signs(line) {
        return Some(SIGNS);
    }
    // A rule of dashes may be beside it.
    let short = line.len() <= 60
        || line.len() <= 160
            && line.starts_with("---")
            && line.trim_matches(['-', ' ']).len() <= 60;
    if short && (is_folio(line) || is_page_break(line)) || is_address_with_folio(line) {
        return Some(FOLIO);
    }
    is_pager(line).then_some(PAGER)
}

/// Three signs or more, and nothing else.
fn is_signs(line: &str) -> bool {
    let sign = |c: char| c.is_whitespace() || "-_=*~—–•·.#+^<>|".contains(c);
    // Most lines begin with a letter.
    if line.starts_with(|c: char| c.is_ascii_alphanumeric()) {
        return false;
    }
    line.chars().nth(2).is_some() && line.chars().all(sign) && !says_something(line)
}

/// Whether signs mean something: the rule of a table has bars between its columns, dots alone say that something is left
/// out, an arrow points, and a comment of markup ends.
fn says_something(signs: &str) -> bool {
    let rule = signs.contains('|') && signs.contains("--");
    let left_out = signs.chars().all(|c| matches!(c, '.' | '…' | ' '));
    let arrow = signs.contains(['-', '=']) && (signs.starts_with('<') || signs.ends_with('>'));
    rule || left_out || arrow
}

/// `Page 3 of 7`, `- 4 -`, `3 of 7`, `12쪽`, `[Seite 2]`.
fn is_folio(line: &str) -> bool {
    let edge = |c: char| c.is_whitespace() || "[](){}<>—–-".contains(c);
    let bare = line.trim_matches(edge);
    if let Some(digits) = number(bare) {
        return is_number_of_page(line, bare, &bare[digits..]);
    }
    // `[Facsimile Page 2]`
    let behind = bare.split_once(' ').map(|(_, rest)| rest);
    let behind = behind.filter(|_| line.starts_with('[') && line.ends_with(']'));
    [Some(bare), behind].into_iter().flatten().any(is_page_with_number)
}

/// `Page 3`, `p. 3 of 7`.
fn is_page_with_number(bare: &str) -> bool {
    static PAGE: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.page));
    PAGE.ends(bare).any(|end| {
        let rest = bare[end..].trim_start_matches('.').trim_start();
        number(rest).is_some_and(|digits| rest.len() == digits || is_of(&rest[digits..]))
    })
}

/// How many digits the number has with which a text begins, if a page may have it.
fn number(text: &str) -> Option<usize> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    (1..=4).contains(&digits).then_some(digits)
}

/// Whether a number, of which the line's signs are an edge and `rest` is behind it, is a page's.
fn is_number_of_page(line: &str, bare: &str, rest: &str) -> bool {
    let dash = ['—', '–', '-'];
    if rest.is_empty() && line.starts_with(dash) && line.ends_with(dash) {
        return true;
    }
    let word = rest.trim();
    let counts_pages = word.chars().all(char::is_alphabetic) && PAGES.contains(&word);
    counts_pages || bare.len() == line.len() && is_of(rest)
}

/// `of 7`
fn is_of(text: &str) -> bool {
    static OF: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.page_of));
    let text = text.trim_start();
    OF.ends(text).any(|end| {
        let rest = text[end..].trim_start();
        number(rest).is_some_and(|digits| rest.len() == digits)
    })
}

/// `https://example.org/letters/12 1/2`: what a browser prints below a page.
pub(super) fn is_address_with_folio(line: &str) -> bool {
    if !line.starts_with("http") || line.len() > 300 {
        return false;
    }
    let number =
        |text: &str| (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let mut words = line.split_whitespace();
    let (address, folio) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let pages = folio.split_once('/').is_some_and(|(page, of)| number(page) && number(of));
    words.next().is_none() && pages && address.contains("://")
}

/// Whether a line has the number of its page somewhere: `… Filed 09/08/14  Page 1 of 3`.
pub(super) fn has_folio(line: &str) -> bool {
    static PAGE: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.page));
    let starts = line.match_indices(char::is_whitespace).map(|(i, space)| i + space.len());
    line.len() <= 200
        && std::iter::once(0).chain(starts).any(|start| {
            let rest = line[start..].trim_start();
            let end = PAGE.end(rest, |r| r.starts_with(' ')).map(|end| rest[end..].trim_start());
            let words = |text: &str| text.split_whitespace().take(3).collect::<Vec<_>>().join(" ");
            end.is_some_and(|of| is_folio(&words(of)))
        })
}

fn is_page_break(line: &str) -> bool {
    static BREAKS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.page_break));
    let edge = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '-');
    let bare = line.trim_matches(edge);
    BREAKS.ends(bare).any(|end| end == bare.len())
}

/// `« Previous 1 2 3 … 9 Next »`.
fn is_pager(line: &str) -> bool {
    if !begins_as_pager(line) {
        return false;
    }
    let lower = line.to_lowercase();
    let mut parts =
        lower.split(is_gap).map(|p| p.trim_matches(ARROWS)).filter(|p| !p.is_empty()).peekable();
    while parts.next_if(|p| PAGER_BACK.contains(p)).is_some() {}
    let counted = [parts.next(), parts.next(), parts.next()] == [Some("1"), Some("2"), Some("3")];
    let number = |p: &str| p.len() <= 4 && p.bytes().all(|b| b.is_ascii_digit());
    counted && parts.all(|p| number(p) || PAGER_ON.contains(&p))
}

const ARROWS: [char; 4] = ['«', '»', '‹', '›'];

fn is_gap(c: char) -> bool {
    c.is_whitespace() || "|·…".contains(c)
}

/// Whether a line begins with a number, `Previous` or `First`, whatever signs are before it.
fn begins_as_pager(line: &str) -> bool {
    let begins = |c: char| "1pPfF".contains(c);
    match line.chars().next() {
        Some(c) if c.is_ascii_alphabetic() => begins(c),
        _ => line.trim_start_matches(|c| is_gap(c) || ARROWS.contains(&c)).starts_with(begins),
    }
}
