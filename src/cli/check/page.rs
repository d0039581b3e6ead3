//! A finished page → what can be broken in it: its links and its ids.

use html5gum::emitters::default::{DefaultEmitter, StartTag};
use html5gum::{Token, Tokenizer};

/// Links and ids of a page, in its order.
#[derive(Debug, Default, PartialEq, Eq)]
pub(in crate::cli) struct Page {
    pub(in crate::cli) ids: Vec<String>,
    /// Addresses as they are written.
    pub(in crate::cli) links: Vec<String>,
    /// Ids of the same page that labels, descriptions and the like name.
    pub(in crate::cli) references: Vec<String>,
}

/// Attributes that hold one address.
const ADDRESSES: [&str; 8] =
    ["action", "data", "formaction", "href", "poster", "src", "xlink:href", "manifest"];

/// Attributes that hold several addresses, each with a size.
const SETS: [&str; 2] = ["imagesrcset", "srcset"];

/// Attributes that hold ids of the same page.
const REFERENCES: [&str; 6] =
    ["aria-controls", "aria-describedby", "aria-labelledby", "for", "headers", "list"];

/// Reads a page, a drawing, a feed or a sitemap.
pub(in crate::cli) fn read(markup: &[u8]) -> Page {
    let mut emitter = DefaultEmitter::<()>::default();
    emitter.naively_switch_states(true);
    let mut page = Page::default();
    let mut in_location = false;
    for token in Tokenizer::new_with_emitter(markup, emitter) {
        let Ok(token) = token;
        match token {
            Token::StartTag(tag) => {
                in_location = tag.name == b"loc";
                page.add(&tag);
            }
            Token::String(text) if in_location => page.links.push(lossy(&text)),
            Token::EndTag(_) => in_location = false,
            _ => {}
        }
    }
    page
}

impl Page {
    fn add(&mut self, tag: &StartTag<()>) {
        for (name, value) in &tag.attributes {
            let (name, value) = (lossy(name), lossy(value));
            match name.as_str() {
                "id" => self.ids.push(value),
                "content" if value.to_ascii_lowercase().contains("url=") && tag.name == b"meta" => {
                    self.links.extend(refresh_target(&value));
                }
                name if ADDRESSES.contains(&name) => self.links.push(value),
                name if SETS.contains(&name) => self.links.extend(candidates(&value)),
                name if REFERENCES.contains(&name) => {
                    self.references.extend(value.split_ascii_whitespace().map(str::to_owned));
                }
                _ => {}
            }
        }
    }
}

/// Where `<meta http-equiv="refresh" content="0; url=…">` leads.
fn refresh_target(content: &str) -> Option<String> {
    let at = content.to_ascii_lowercase().find("url=")?;
    Some(content[at + 4..].trim().trim_matches(['"', '\'']).to_owned())
}

/// The addresses of `small.png 1x, large.png 2x`.
fn candidates(set: &str) -> impl Iterator<Item = String> {
    set.split(',').filter_map(|part| part.split_ascii_whitespace().next()).map(str::to_owned)
}

fn lossy(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_of_an_address_is_found() {
        let page = read(
            br##"<a id=x href="/a/?q=1&amp;r=2#y">x</a><img srcset="a.png 1x, b.png 2x">
            <form action=/search/><label for=x></label></form><script>"<a href=no>"</script>
            <meta http-equiv=refresh content="0; url=/new/"><svg><use href="#i"/></svg>"##,
        );
        let links = ["/a/?q=1&r=2#y", "a.png", "b.png", "/search/", "/new/", "#i"];
        assert_eq!(page.links, links);
        assert_eq!((page.ids, page.references), (vec!["x".to_owned()], vec!["x".to_owned()]));
        assert_eq!(read(b"<url><loc>https://a.b/</loc></url>").links, ["https://a.b/"]);
    }
}
