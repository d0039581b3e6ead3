//! The marks of notes: `[1]`, `¹`, `^{iv}`, `*`, `†`, bare numbers; how each is written and what it says.

use std::ops::Range;

use super::super::lexicon::ends_word;
use super::super::text::bytes;

/// How a mark is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Style {
    Bracket,
    Raised,
    Sign,
    Flat,
}

/// Marks of one style in a text, none inside another.
pub(super) fn marks_in(text: &str, style: Style) -> Vec<Range<usize>> {
    let signs: &[char] = match style {
        Style::Bracket => &['['],
        Style::Sign => &['*', '†', '‡', '§'],
        Style::Raised => {
            &['¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹', '⁰', 'ⁱ', 'ᵛ', 'ˣ', '^', '<']
        }
        Style::Flat => return Vec::new(),
    };
    // A sign of ASCII, or the first byte of another one.
    let may_begin = |b: u8| match style {
        Style::Bracket => b == b'[',
        Style::Sign => (b == b'*') | (b >= 0xC2),
        _ => (b == b'^') | (b == b'<') | (b >= 0xC2),
    };
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(plain) = bytes::position(&text.as_bytes()[at..], may_begin) {
        let start = at + plain;
        let sign = text[start..].chars().next().unwrap_or(' ');
        match mark_at(&text[start..], style).filter(|_| signs.contains(&sign)) {
            Some(length) => {
                found.push(start..start + length);
                at = start + length;
            }
            None => at = start + sign.len_utf8(),
        }
    }
    found
}

/// Raised marks of a text with what they say.
pub(super) fn raised(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    marks_in(text, Style::Raised).into_iter().map(|m| (m.clone(), value(&text[m])))
}

/// How long the mark is with which a text begins.
pub(super) fn mark_at(text: &str, style: Style) -> Option<usize> {
    match style {
        Style::Bracket => bracket(text),
        Style::Raised => raised_mark(text),
        Style::Sign => {
            let sign = text.chars().next().filter(|c| "*†‡§".contains(*c))?;
            let most = if sign == '*' { 3 } else { 2 };
            let alike = |c: &char| if sign == '*' { *c == '*' } else { same_sign(sign, *c) };
            Some(text.chars().take_while(alike).take(most).map(char::len_utf8).sum())
        }
        Style::Flat => {
            let open = text.strip_prefix('(').unwrap_or(text);
            let digits = open.bytes().take_while(u8::is_ascii_digit).count();
            if digits == 0 {
                return None;
            }
            let rest = &open[digits..];
            let after = rest.strip_prefix(['.', ')']).unwrap_or(rest);
            let texty = after.trim_start();
            ((1..=3).contains(&digits)
                && after.starts_with(char::is_whitespace)
                && !texty.is_empty())
            .then(|| text.len() - texty.len())
        }
    }
}

fn same_sign(one: char, other: char) -> bool {
    one == other || "†‡".contains(one) && "†‡".contains(other)
}

/// `[12]`, `[iv]`, `[a]`, `[*]`.
fn bracket(text: &str) -> Option<usize> {
    let rest = text.strip_prefix('[')?;
    // A window of bytes, since a line may be megabytes long.
    let end = rest.as_bytes().iter().take(8).position(|b| *b == b']')?;
    let inner = &rest[..end];
    let all = |fits: fn(&u8) -> bool| inner.bytes().all(|b| fits(&b));
    let is_mark = match inner.len() {
        0 => false,
        1 if all(u8::is_ascii_lowercase) => true,
        length if all(u8::is_ascii_digit) || all(|b| *b == b'*') => length <= 3,
        length if all(|b| b"ivxl".contains(b)) => length <= 6,
        _ => matches!(inner, "†" | "‡"),
    };
    is_mark.then_some(end + 2)
}

/// `¹²`, `ⁱᵛ`, `^{iv}`, `^(3)`, `^3`, `<sup>[3]</sup>`.
fn raised_mark(text: &str) -> Option<usize> {
    let run = |signs: &str| -> usize {
        text.chars().take_while(|c| signs.contains(*c)).map(char::len_utf8).sum()
    };
    let small = [run("¹²³⁴⁵⁶⁷⁸⁹⁰"), run("ⁱᵛˣ")].into_iter().find(|n| *n > 0);
    if small.is_some() {
        return small;
    }
    match text.strip_prefix('^') {
        Some(rest) => after_caret(rest).map(|end| end + 1),
        None => in_element(text),
    }
}

/// The end of what a caret raises: `{iv}`, `(3)`, `3`.
fn after_caret(rest: &str) -> Option<usize> {
    let close = match rest.chars().next()? {
        '{' => '}',
        '(' => ')',
        _ => {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            return ((1..=3).contains(&digits) && ends_word(&rest[digits..])).then_some(digits);
        }
    };
    let inner: String = rest[1..].chars().take(7).take_while(|c| *c != close).collect();
    let closed = rest[1 + inner.len()..].starts_with(close);
    let plain = |c: char| !c.is_whitespace() && !"{}()".contains(c);
    let fits = (1..=6).contains(&inner.chars().count()) && inner.chars().all(plain);
    (closed && fits).then_some(inner.len() + 2)
}

/// The end of a raised mark in HTML: `<sup>[3]</sup>`.
fn in_element(text: &str) -> Option<usize> {
    let rest = text.strip_prefix("<sup>")?;
    let window: String = rest.chars().take(14).collect();
    let inner = &window[..window.find("</sup>")?];
    let bare = inner.trim().trim_start_matches('[').trim_end_matches(']').trim();
    let plain = |c: char| !c.is_whitespace() && !"<>".contains(c);
    let fits = (1..=6).contains(&bare.chars().count()) && bare.chars().all(plain);
    fits.then_some("<sup></sup>".len() + inner.len())
}

/// Whether a line begins as a note with a bare number does.
pub(super) fn is_flat(line: &str) -> bool {
    mark_at(line, Style::Flat).is_some()
}

/// The number with which a line begins, perhaps in brackets.
pub(super) fn number_of(line: &str) -> &str {
    let open = line.strip_prefix('(').unwrap_or(line);
    &open[..open.bytes().take_while(u8::is_ascii_digit).count()]
}

/// A mark without its dress: `^{iv}`, `[4]`, `⁴` and `4.` say `iv`, `4`, `4`, `4`.
pub(super) fn value(mark: &str) -> String {
    let mark = mark.replace("<sup>", "").replace("</sup>", "");
    mark.chars()
        .filter_map(|c| match c {
            '¹' => Some('1'),
            '²' => Some('2'),
            '³' => Some('3'),
            '⁰' => Some('0'),
            '⁴'..='⁹' => char::from_digit(u32::from(c) - 0x2070, 10),
            'ⁱ' => Some('i'),
            'ᵛ' => Some('v'),
            'ˣ' => Some('x'),
            c if c.is_alphanumeric() || "*†‡§".contains(c) => Some(c),
            _ => None,
        })
        .collect()
}
