//! Addresses in running text: no sign of one is a mark, and none may be escaped, since a reader copies it.

use std::ops::Range;

/// The first address of a text from a place on, in bytes.
pub(super) fn next(text: &str, from: usize) -> Option<Range<usize>> {
    let mut at = from;
    while let Some(found) = text[at..].find("://") {
        let colon = at + found;
        let scheme = ["https", "http", "ftp"].into_iter().find(|s| {
            let begins = colon.checked_sub(s.len()).filter(|start| *start >= from);
            begins.is_some_and(|start| {
                text.as_bytes()[start..colon].eq_ignore_ascii_case(s.as_bytes())
            })
        });
        at = colon + 3;
        let Some(scheme) = scheme else { continue };
        let ends = |c: char| !c.is_ascii_graphic() || "<>\"`|\\".contains(c);
        let rest = &text[at..];
        let mut url = &rest[..rest.find(ends).unwrap_or(rest.len())];
        // A sentence's signs are no part of the address, nor is a bracket that it does not open.
        while ends_in_sign(url, &text[..colon - scheme.len()]) {
            url = &url[..url.len() - 1];
        }
        // Where a link's text ends, its target begins.
        if let Some(end) = url.find("](") {
            url = &url[..end];
        }
        if !url.is_empty() {
            return Some(colon - scheme.len()..at + url.len());
        }
    }
    None
}

/// Whether the last sign of an address belongs to the sentence that begins before it.
fn ends_in_sign(url: &str, before: &str) -> bool {
    let closes = |open: char| !url.contains(open);
    match url.chars().next_back() {
        Some('_') => opens_emphasis(before),
        Some(')') => closes('('),
        Some(']') => closes('['),
        Some('}') => closes('{'),
        last => last.is_some_and(|last| ".,;:!?'*~[({".contains(last)),
    }
}

/// Whether an underscore before an address waits for another one.
fn opens_emphasis(before: &str) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let marks = |(i, _): &(usize, &str)| !word(before[..*i].chars().next_back());
    before.match_indices('_').filter(marks).count() % 2 == 1
}

/// All addresses of a text.
pub(super) fn all(text: &str) -> Vec<Range<usize>> {
    let mut from = 0;
    let found = std::iter::from_fn(|| {
        let url = next(text, from)?;
        from = url.end;
        Some(url)
    });
    found.collect()
}

/// An address as Markdown takes it: bare if no sign of it could be a mark, else between angle brackets;
/// `None` if it can be in neither.
pub(super) fn written(url: &str, before: Option<char>) -> Option<String> {
    let bytes = url.as_bytes();
    let between = |i: usize| {
        let word =
            |j: Option<usize>| j.and_then(|j| bytes.get(j)).is_some_and(u8::is_ascii_alphanumeric);
        word(i.checked_sub(1)) && word(Some(i + 1))
    };
    let marks = |(i, b): (usize, &u8)| match b {
        b'*' | b'~' | b'[' | b']' => true,
        b'_' => !between(i),
        _ => false,
    };
    let entity = url.match_indices('&').any(|(i, _)| super::is_entity(&url[i..]));
    if entity {
        return None;
    }
    if !bytes.iter().enumerate().any(marks) {
        return Some(url.to_owned());
    }
    (before != Some('\\') && before != Some('<')).then(|| format!("<{url}>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(text: &str) -> Option<&str> {
        next(text, 0).map(|range| &text[range])
    }

    #[test]
    fn an_address_ends_where_its_sentence_goes_on() {
        assert_eq!(first("See (https://a.org/b_c), page 3"), Some("https://a.org/b_c"));
        assert_eq!(first("at http://a.org/x_(y)."), Some("http://a.org/x_(y)"));
        assert_eq!(first("**https://a.org/** and"), Some("https://a.org/"));
        assert_eq!(first("https://a.org/b에서"), Some("https://a.org/b"));
        assert_eq!(first("at http://a.org/b#z_ and"), Some("http://a.org/b#z_"));
        assert_eq!(first("_see http://a.org/b_ and"), Some("http://a.org/b"));
        assert_eq!(first("file://a and ://"), None);
    }

    #[test]
    fn brackets_are_put_only_around_what_could_be_marks() {
        assert_eq!(written("https://a.org/b_c", None).as_deref(), Some("https://a.org/b_c"));
        assert_eq!(written("https://a.org/_b_/", None).as_deref(), Some("<https://a.org/_b_/>"));
        assert_eq!(written("https://a.org/?a=1&copy;", None), None);
    }
}
