//! HTML that the program made.

use serde::{Serialize, Serializer};

use crate::template_value::TemplateValue;

/// HTML that templates print as it is; every other text is escaped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Html(pub String);

impl Serialize for Html {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // The engine takes a value of its own over with its mark; any other serializer sees a string.
        TemplateValue::html(&self.0).serialize(serializer)
    }
}

/// The text of a page as it was rendered.
#[derive(Debug)]
pub struct RenderedText {
    /// The text as HTML.
    pub html: String,
    /// Whether it has notes.
    pub notes: bool,
}

/// The fewest parts of a text that are listed before it.
const PARTS: usize = 3;

/// The headings of the second level in the HTML of a text, as `render` writes it: the anchor and the words of each, without
/// elements; none if there are fewer than three.
pub fn headings(html: &str) -> impl Iterator<Item = (String, Html)> {
    let part = |rest: &str| {
        let (tag, rest) = rest.split_once('>')?;
        let (id, _) = tag.split_once('"')?;
        let (words, _) = rest.split_once("</h2>")?;
        Some((id.to_owned(), Html(without_elements(words))))
    };
    let parts: Vec<_> = html.split("<h2 id=\"").skip(1).filter_map(part).collect();
    Some(parts).filter(|parts| parts.len() >= PARTS).into_iter().flatten()
}

fn without_elements(html: &str) -> String {
    html.split('<').enumerate().fold(String::new(), |mut text, (i, piece)| {
        text.push_str(if i == 0 { piece } else { piece.split_once('>').map_or("", |(_, t)| t) });
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parts_of_a_long_text_are_its_headings() {
        let text = "<p>Before</p><h2 id=\"h-a\">A &lt;b&gt;</h2><h3 id=\"h-x\">X</h3>\
            <h2 id=\"h-b\" lang=\"fr\">On <em>B</em> <a href=\"/x/\">there</a></h2><p>x</p><h2 id=\"h-c\">C</h2>";
        let found: Vec<(String, String)> =
            headings(text).map(|(id, title)| (id, title.0)).collect();
        let expected = [("h-a", "A &lt;b&gt;"), ("h-b", "On B there"), ("h-c", "C")];
        assert_eq!(found, expected.map(|(id, title)| (id.to_owned(), title.to_owned())));
        assert_eq!(headings("<h2 id=\"a\">A</h2><h2 id=\"b\">B</h2>").count(), 0);
    }
}
