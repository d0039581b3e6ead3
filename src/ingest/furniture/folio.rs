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
    if line.len() <= 60 && (is_folio(line) || is_page_break(line)) || is_address_with_folio(line) {
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
    // A table's rule has bars between its columns.
    let rule = line.contains('|') && line.contains("--");
    // Dots alone say that something is left out.
    let left_out = line.chars().all(|c| matches!(c, '.' | '…' | ' '));
    // An arrow, or the end of a comment of markup.
    let arrow = line.contains(['-', '=']) && (line.starts_with('<') || line.ends_with('>'));
    !rule && !left_out && !arrow && line.chars().all(sign) && line.chars().nth(2).is_some()
}

/// `Page 3 of 7`, `- 4 -`, `3 of 7`, `12쪽`, `[Seite 2]`.
fn is_folio(line: &str) -> bool {
    static PAGE: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.page));
    static OF: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.page_of));
    let bracket = |c| matches!(c, '[' | ']' | '(' | ')' | '{' | '}' | '<' | '>');
    let edge = |c: char| c.is_whitespace() || bracket(c) || matches!(c, '—' | '–' | '-');
    let bare = line.trim_matches(edge);
    let number = |text: &str| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        (1..=4).contains(&digits).then_some(digits)
    };
    let of = |text: &str| {
        let text = text.trim_start();
        OF.ends(text).any(|end| {
            let rest = text[end..].trim_start();
            number(rest).is_some_and(|digits| rest.len() == digits)
        })
    };
    if let Some(digits) = number(bare) {
        let rest = &bare[digits..];
        let dash = ['—', '–', '-'];
        let dashed = || line.starts_with(dash) && line.ends_with(dash);
        return match rest.trim() {
            "" if rest.is_empty() && dashed() => true,
            word if word.chars().all(char::is_alphabetic) && PAGES.contains(&word) => true,
            _ => bare.len() == line.len() && of(rest),
        };
    }
    PAGE.ends(bare).any(|end| {
        let rest = bare[end..].trim_start_matches('.').trim_start();
        number(rest).is_some_and(|digits| rest.len() == digits || of(&rest[digits..]))
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
    let between = |c: char| c.is_whitespace() || "|·…".contains(c);
    let arrow = |c: char| "«»‹›".contains(c);
    // It begins with a number, `Previous` or `First`, whatever signs stand before.
    let plain = line.starts_with(|c: char| c.is_ascii_alphabetic() && !"pPfF".contains(c));
    let first = || line.trim_start_matches(|c: char| between(c) || arrow(c)).chars().next();
    if plain || !first().is_some_and(|c| "1pPfF".contains(c)) {
        return false;
    }
    let lower = line.to_lowercase();
    let mut parts =
        lower.split(between).map(|p| p.trim_matches(arrow)).filter(|p| !p.is_empty()).peekable();
    while parts.next_if(|p| PAGER_BACK.contains(p)).is_some() {}
    let counted = [parts.next(), parts.next(), parts.next()] == [Some("1"), Some("2"), Some("3")];
    counted
        && parts
            .all(|p| p.len() <= 4 && p.bytes().all(|b| b.is_ascii_digit()) || PAGER_ON.contains(&p))
}
