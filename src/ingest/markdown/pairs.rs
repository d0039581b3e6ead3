//! Marks that pair up in a text: emphasis, strong emphasis, struck text, links and images.

use std::borrow::Cow;
use std::ops::Range;

use crate::ingest::text::bytes;

/// A pair of marks with what is between.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Pair<'t> {
    /// Where it is with its marks, in bytes.
    pub whole: Range<usize>,
    /// The text between the marks.
    pub inner: &'t str,
    pub mark: Mark<'t>,
}

/// What a pair of marks means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mark<'t> {
    Emphasis,
    Strong,
    Struck,
    Link { url: &'t str, image: bool },
}

/// The first pair of a text from a place on.
pub(super) fn next(text: &str, from: usize) -> Option<Pair<'_>> {
    let mut at = from;
    // Where a mark has no partner, none of its kind before that place has one.
    while let Some(start) = text[at..].find(['[', '*', '_', '~', '!']).map(|i| at + i) {
        let rest = &text[start..];
        let found = link(rest)
            .or_else(|| between(rest, "**", &['*', '\n']).map(|(i, n)| (i, n, Mark::Strong)))
            .or_else(|| between(rest, "__", &['*', '\n']).map(|(i, n)| (i, n, Mark::Strong)))
            .or_else(|| between(rest, "*", &['*']).map(|(i, n)| (i, n, Mark::Emphasis)))
            .or_else(|| between(rest, "~~", &['~']).map(|(i, n)| (i, n, Mark::Struck)))
            .or_else(|| between(rest, "_", &['_', '\n']).map(|(i, n)| (i, n, Mark::Emphasis)));
        if let Some((inner, length, mark)) = found {
            return Some(Pair { whole: start..start + length, inner, mark });
        }
        at = start + 1;
    }
    None
}

/// How far a mark looks for its partner, in bytes: a line of megabytes is read in time all the same.
const REACH: usize = 4000;

fn reach(text: &str) -> &str {
    &text[..text.floor_char_boundary(REACH)]
}

/// The text of a link or an image with which a text begins, its length, and where it leads.
pub(super) fn link_at(text: &str) -> Option<(&str, usize, &str)> {
    match link(text) {
        Some((inner, length, Mark::Link { url, .. })) => Some((inner, length, url)),
        _ => angled(text),
    }
}

/// `[text](<url>)`, whose address may have spaces.
fn angled(text: &str) -> Option<(&str, usize, &str)> {
    let open = usize::from(text.starts_with('!'));
    let rest = reach(text[open..].strip_prefix('[')?);
    let close = rest.find(['[', ']', '\n']).filter(|&i| rest[i..].starts_with("](<"))?;
    let url = &rest[close + 3..];
    let end = url.find(['<', '>', '\\', '\n']).filter(|&end| url[end..].starts_with(">)"))?;
    Some((&rest[..close], open + 1 + close + 3 + end + 2, &url[..end]))
}

/// A text whose strong words are one stretch: `**a****b**` ends and begins again where nothing is between.
pub(in crate::ingest) fn in_one(text: &str) -> Cow<'_, str> {
    if !bytes::contains(text, "****") {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let (mut at, mut open) = (0, false);
    while let Some(found) = text[at..].find('*') {
        let start = at + found;
        let end = start + text[start..].bytes().take_while(|b| *b == b'*').count();
        out.push_str(&text[at..start]);
        let word = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        let inside = word(text[..start].chars().next_back()) && word(text[end..].chars().next());
        if end - start == 4 && open && inside {
            at = end;
            continue;
        }
        open ^= end - start == 2;
        out.push_str(&text[start..end]);
        at = end;
    }
    out.push_str(&text[at..]);
    if open { text.into() } else { out.into() }
}

/// `[text](url)`, `![text](url)`.
fn link(text: &str) -> Option<(&str, usize, Mark<'_>)> {
    let image = text.starts_with('!');
    let open = usize::from(image);
    let rest = reach(text[open..].strip_prefix('[')?);
    let close =
        rest.find(['[', ']', '\n']).filter(|&i| (i > 0 || image) && rest[i..].starts_with("]("))?;
    let url = &rest[close + 2..];
    let end = url.find(|c: char| c.is_whitespace() || c == '(' || c == ')')?;
    let whole = open + 1 + close + 2 + end + 1;
    url[end..].starts_with(')').then_some((
        &rest[..close],
        whole,
        Mark::Link { url: &url[..end], image },
    ))
}

/// What is between a mark and the same mark, without white space at its edges and without any of
/// some characters inside.
fn between<'t>(text: &'t str, mark: &str, without: &[char]) -> Option<(&'t str, usize)> {
    let rest = reach(text.strip_prefix(mark)?);
    let sign = mark.chars().next()?;
    let end = if without.contains(&sign) {
        rest.find(without).unwrap_or(rest.len())
    } else {
        rest.find(mark).filter(|&end| !rest[..end].contains(without))?
    };
    let inner = &rest[..end];
    let edge = |c: char| c.is_whitespace() || c == sign;
    let fits = !inner.is_empty() && !inner.starts_with(edge) && !inner.ends_with(edge);
    (fits && rest[end..].starts_with(mark)).then_some((inner, end + 2 * mark.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strong_words_side_by_side_are_one_stretch() {
        assert_eq!(in_one("**여성****·****폭력**"), "**여성·폭력**");
        assert_eq!(in_one("a **** b"), "a **** b");
        assert_eq!(in_one("**a****b"), "**a****b");
    }

    #[test]
    fn marks_pair_with_their_like() {
        let inner = |text| next(text, 0).map(|p| p.inner);
        assert_eq!(inner("see **this** and"), Some("this"));
        assert_eq!(inner("__a b__ and __c__"), Some("a b"));
        assert_eq!(inner("5 * 3 * 2"), None);
        assert_eq!(inner("![logo](a.png)"), Some("logo"));
        assert_eq!(inner("~~gone~~"), Some("gone"));
        assert_eq!(inner("_so_"), Some("so"));
        assert_eq!(inner("[a](b c)"), None);
        assert_eq!(link_at("[a](<b c>) d"), Some(("a", "[a](<b c>)".len(), "b c")));
        assert_eq!(link_at("[a](<b c)"), None);
    }
}
