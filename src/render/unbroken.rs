//! Names such as “Ban Ki-moon” in titles: a browser may break a line behind each hyphen, which leaves “moon” alone.
//!
//! A hyphen that does not break would be another character for who copies or searches, so elements keep such words whole.

use super::markdown::escape;

/// The longest word that is kept whole, in characters: a narrow screen has room for it in the largest type.
const LONGEST: usize = 16;

/// A text as HTML in which words with hyphens are kept whole; nothing if it has none.
pub(super) fn unbroken(text: &str) -> Option<String> {
    if !text.split_whitespace().any(is_broken) {
        return None;
    }
    let mut html = String::with_capacity(text.len() + 40);
    for word in text.split_inclusive(char::is_whitespace) {
        let (word, space) = word.split_at(word.trim_end().len());
        if is_broken(word) {
            html.push_str("<span class=\"unbroken\">");
            escape(&mut html, word);
            html.push_str("</span>");
        } else {
            escape(&mut html, word);
        }
        html.push_str(space);
    }
    Some(html)
}

/// Whether a line could end within a short word.
fn is_broken(word: &str) -> bool {
    let inner = word.trim_matches(|c: char| !c.is_alphanumeric());
    inner.contains(['-', '\u{2010}']) && word.chars().count() <= LONGEST
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_words_with_hyphens_are_kept_whole_and_nothing_else_changes() {
        let of = |text| unbroken(text).unwrap_or_default();
        assert_eq!(
            of("Letter from Ban Ki-moon to <A> & B"),
            "Letter from Ban <span class=\"unbroken\">Ki-moon</span> to &lt;A&gt; &amp; B"
        );
        assert_eq!(
            of(" “Jean-Luc”,\u{a0}1921"),
            " <span class=\"unbroken\">“Jean-Luc”,</span>\u{a0}1921"
        );
        for text in ["Camp No. 22 - Update", "Letters", "", "-", "anti-disestablishmentarian-ism"] {
            assert_eq!(unbroken(text), None, "{text}");
        }
    }
}
