//! A finished page → its links and ids, found without parsing it: a build looks at every page, and has no time
//! to read half a gigabyte as a browser does.
//!
//! Attributes are known by their names alone, so that a text which shows markup may give more than the page has.
//! Whoever finds a fault by what is found here must parse the page to be sure.

use memchr::memchr_iter;

/// Names of attributes that hold an address. `url` is a part of a value, as in `content="0; url=/a/"`.
const ADDRESSES: [&str; 7] = ["href", "src", "srcset", "action", "poster", "url", "data"];
/// Names of attributes that name ids.
const NAMING: [&str; 6] =
    ["for", "aria-labelledby", "aria-describedby", "aria-controls", "headers", "list"];
/// The longest of all.
const LONGEST: usize = "aria-describedby".len();

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
    for sign in memchr_iter(b'=', page) {
        let Some(attribute) = Attribute::before(&page[..sign]) else { continue };
        let Some(value) = value(&page[sign + 1..]) else { continue };
        let Ok(value) = std::str::from_utf8(value) else {
            take(Found::Unclear);
            continue;
        };
        match attribute {
            // An id is one whatever is in it.
            Attribute::Address | Attribute::Addresses | Attribute::Naming
                if value.contains('&') =>
            {
                // References such as `&amp;`: they are in queries, and else where nobody expects them.
                let path = value.split(['?', '#']).next().unwrap_or_default();
                take(if path.contains('&') { Found::Unclear } else { Found::Link(value) });
            }
            Attribute::Addresses => take(Found::Unclear),
            Attribute::Address => take(Found::Link(value)),
            Attribute::Id => take(Found::Id(value)),
            Attribute::Naming => {
                value.split_ascii_whitespace().for_each(|id| take(Found::Named(id)));
            }
        }
    }
}

/// An attribute that matters here.
#[derive(Clone, Copy)]
enum Attribute {
    Address,
    /// Several addresses with their sizes.
    Addresses,
    Id,
    /// Ids of the same page.
    Naming,
}

impl Attribute {
    /// The attribute whose name is before an equals sign.
    fn before(page: &[u8]) -> Option<Self> {
        let page = page.trim_ascii_end();
        let of_name = |byte: &&u8| byte.is_ascii_alphanumeric() || **byte == b'-';
        let length = page.iter().rev().take(LONGEST + 1).take_while(of_name).count();
        let (before, name) = page.split_at(page.len() - length);
        let is = |other: &&str| name.eq_ignore_ascii_case(other.as_bytes());
        let kind = if ADDRESSES.iter().any(&is) {
            if is(&"srcset") { Self::Addresses } else { Self::Address }
        } else if is(&"id") {
            Self::Id
        } else {
            NAMING.iter().find(|other| is(other))?;
            Self::Naming
        };
        // White space is before a name, or the end of a value, or a prefix such as `xlink:`.
        let begins =
            |before: &u8| before.is_ascii_whitespace() || matches!(before, b'"' | b'\'' | b':');
        (is(&"url") || before.last().is_some_and(begins)).then_some(kind)
    }
}

/// The value of an attribute, from behind its equals sign; none if it has no end.
fn value(rest: &[u8]) -> Option<&[u8]> {
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
