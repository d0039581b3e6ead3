//! A finished page → its links and ids, found without parsing it: a build looks at every page, and has no time
//! to read half a gigabyte as a browser does.
//!
//! Attributes are known by their names alone, so that a text which shows markup may give more than the page has.
//! Whoever finds a fault by what is found here must parse the page to be sure.

use std::sync::LazyLock;

use aho_corasick::AhoCorasick;

/// Attributes that hold an address.
const ADDRESSES: usize = 7;
/// Names of attributes, those of addresses first, then the one of ids, then those that name ids.
const NAMES: [&str; 14] = [
    "href",
    "src",
    "srcset=",
    "action=",
    "poster=",
    "url=",
    "data=",
    "id=",
    "for=",
    "aria-labelledby=",
    "aria-describedby=",
    "aria-controls=",
    "headers=",
    "list=",
];
const ID: usize = ADDRESSES;

static ATTRIBUTES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(aho_corasick::MatchKind::LeftmostLongest)
        .ascii_case_insensitive(true)
        .build(NAMES)
        .expect("the names are short and few")
});

/// What an attribute holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found<'a> {
    /// An address.
    Link(&'a str),
    /// An id.
    Id(&'a str),
    /// An id of the same page that a label or the like names.
    Named(&'a str),
    /// Something that only a parser can read.
    Unclear,
}

/// Hands everything that looks like an address or an id to `take`.
pub(super) fn scan<'a>(page: &'a [u8], mut take: impl FnMut(Found<'a>)) {
    for found in ATTRIBUTES.find_iter(page) {
        let is_name = found.start() > 0 && starts_a_name(page[found.start() - 1]);
        let number = found.pattern().as_usize();
        // `url=` is a part of a value.
        if !is_name && NAMES[number] != "url=" {
            continue;
        }
        let Some(value) = value(page, found.end(), NAMES[number].ends_with('=')) else { continue };
        let Ok(value) = std::str::from_utf8(value) else {
            take(Found::Unclear);
            continue;
        };
        match number {
            _ if value.contains('&') && number != ID => {
                // References such as `&amp;`: they stand in queries, and else where nobody expects them.
                let path = value.split(['?', '#']).next().unwrap_or_default();
                take(if path.contains('&') { Found::Unclear } else { Found::Link(value) });
            }
            2 => take(Found::Unclear),
            n if n < ADDRESSES => take(Found::Link(value)),
            ID => take(Found::Id(value)),
            _ => value.split_ascii_whitespace().for_each(|id| take(Found::Named(id))),
        }
    }
}

/// Whether the name of an attribute may follow: white space, or the end of a value before it.
fn starts_a_name(before: u8) -> bool {
    before.is_ascii_whitespace() || matches!(before, b'"' | b'\'' | b':')
}

/// The value of an attribute whose name ends at a place; none if there is no value.
fn value(page: &[u8], end: usize, has_sign: bool) -> Option<&[u8]> {
    let mut rest = page.get(end..)?;
    if !has_sign {
        rest = rest.trim_ascii_start().strip_prefix(b"=")?;
    }
    let rest = rest.trim_ascii_start();
    let (ends, rest): (&[u8], _) = match rest.first()? {
        b'"' => (b"\"", &rest[1..]),
        b'\'' => (b"'", &rest[1..]),
        _ => (b" \t\r\n>\"'", rest),
    };
    let length = rest.iter().position(|byte| ends.contains(byte))?;
    Some(&rest[..length])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn attributes_are_found_however_they_are_written() {
        let page = br#"<a href=/a/>x</a><a class=b id=i HREF = "/b/?x=1&amp;y#z">hidden=1 grid=2</a>
            <img src='c.png'><meta http-equiv=refresh content="0; url=/d/"><a href="/&#101;/"><p id="j" aria-labelledby="i j">"#;
        let mut all = Vec::new();
        scan(page, |found| all.push(found));
        let expected = [
            Found::Link("/a/"),
            Found::Id("i"),
            Found::Link("/b/?x=1&amp;y#z"),
            Found::Link("c.png"),
            Found::Link("/d/"),
            Found::Unclear,
            Found::Id("j"),
            Found::Named("i"),
            Found::Named("j"),
        ];
        assert_eq!(all, expected);
    }
}
