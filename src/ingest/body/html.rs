//! HTML in a plain text, from a form or a mail program: what is plain prose markup becomes Markdown's
//! marks; anything else stays the text that it is, and is escaped later.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::super::lexicon;
use super::super::text::bytes;

static ANCHOR: LazyLock<Regex> = LazyLock::new(|| {
    lexicon::regex(r#"(?is)<a\b[^<>]*?\bhref\s*=\s*["']?([^"'<>\s]*)["']?[^<>]*>(.*?)</a\s*>"#)
});
static STRONG: LazyLock<Regex> = LazyLock::new(|| {
    lexicon::regex(r"(?is)<(?:b|strong)(?:\s[^<>]*)?>\s*([^<>]+?)\s*</(?:b|strong)>")
});
static EMPHASIS: LazyLock<Regex> =
    LazyLock::new(|| lexicon::regex(r"(?is)<(?:i|em)(?:\s[^<>]*)?>\s*([^<>]+?)\s*</(?:i|em)>"));
/// Elements without words: icons, and places that links lead to.
static EMPTY: LazyLock<Regex> = LazyLock::new(|| {
    let element = |name: &str| format!(r"<{name}(?:\s[^<>]*)?>\s*</{name}\s*>");
    let all = ["i", "em", "b", "strong"].map(element).join("|");
    lexicon::regex(&format!(r"(?i)(?:{all}|<a\s+(?:id|name)\s*=[^<>]*>\s*</a\s*>)[ \t]*"))
});
static BREAK: LazyLock<Regex> = LazyLock::new(|| {
    lexicon::regex(
        r"(?i)[ \t]*<(?:br\s*/?|/p|p|/div|div|/li|/?ul|/?ol|/?blockquote)(?:\s[^<>]*)?>[ \t]*",
    )
});
static INLINE: LazyLock<Regex> =
    LazyLock::new(|| lexicon::regex(r"(?i)</?(?:span|font|u|small|big|center|li)(?:\s[^<>]*)?>"));
static ENTITY: LazyLock<Regex> =
    LazyLock::new(|| lexicon::regex(r"&(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,8});"));

/// Reads prose markup and entities.
pub(super) fn prose(text: &str) -> Cow<'_, str> {
    if !bytes::any(text.as_bytes(), |b| (b == b'<') | (b == b'&')) {
        return Cow::Borrowed(text);
    }
    let text = markup(text);
    if text.contains('&') {
        Cow::Owned(ENTITY.replace_all(&text, entity).into_owned())
    } else {
        text
    }
}

/// Reads prose markup; entities are left to Markdown.
pub(super) fn markup(text: &str) -> Cow<'_, str> {
    if !text.contains('<') || !text.contains('>') {
        return Cow::Borrowed(text);
    }
    let marked = EMPTY.replace_all(text, "").into_owned();
    let marked = INLINE.replace_all(&marked, "").into_owned();
    let marked = ANCHOR.replace_all(&marked, anchor).into_owned();
    let marked = STRONG.replace_all(&marked, "**$1**").into_owned();
    let marked = EMPHASIS.replace_all(&marked, "*$1*").into_owned();
    let marked = BREAK.replace_all(&marked, "\n").into_owned();
    let lines: Vec<&str> = marked.split('\n').map(str::trim).filter(|l| !l.is_empty()).collect();
    Cow::Owned(lines.join("\n"))
}

/// A link, as Markdown if its address can be in one.
fn anchor(found: &Captures<'_>) -> String {
    let (url, text) = (&found[1], found[2].trim());
    let plain = !text.contains(['[', ']', '\n', '<']) && !url.contains(['(', ')']);
    // What leads to a place in the page, or beside it, leads nowhere here.
    let leads = url.contains(':');
    if text == url || text.is_empty() && leads {
        return url.to_owned();
    }
    if !leads {
        return text.to_owned();
    }
    if plain {
        format!("[{text}]({})", url.replace("&amp;", "&"))
    } else {
        format!("{text} ({url})")
    }
}

fn entity(found: &Captures<'_>) -> String {
    let name = &found[1];
    let number = name
        .strip_prefix("#x")
        .or_else(|| name.strip_prefix("#X"))
        .map(|h| u32::from_str_radix(h, 16))
        .or_else(|| name.strip_prefix('#').map(str::parse));
    let named = match number {
        Some(Ok(n)) => {
            char::from_u32(n).filter(|c| !c.is_control() && !('\u{E000}'..='\u{E001}').contains(c))
        }
        Some(Err(_)) => None,
        None => ENTITIES.iter().find(|(n, _)| *n == name).map(|(_, c)| *c),
    };
    named.map_or_else(|| found[0].to_owned(), String::from)
}

const ENTITIES: [(&str, char); 40] = [
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("ndash", '–'),
    ("mdash", '—'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("hellip", '…'),
    ("bull", '•'),
    ("middot", '·'),
    ("copy", '©'),
    ("reg", '®'),
    ("trade", '™'),
    ("sect", '§'),
    ("para", '¶'),
    ("euro", '€'),
    ("pound", '£'),
    ("eacute", 'é'),
    ("egrave", 'è'),
    ("ecirc", 'ê'),
    ("agrave", 'à'),
    ("aacute", 'á'),
    ("acirc", 'â'),
    ("ccedil", 'ç'),
    ("iacute", 'í'),
    ("oacute", 'ó'),
    ("uacute", 'ú'),
    ("ntilde", 'ñ'),
    ("auml", 'ä'),
    ("ouml", 'ö'),
    ("uuml", 'ü'),
    ("Auml", 'Ä'),
    ("Ouml", 'Ö'),
    ("Uuml", 'Ü'),
    ("szlig", 'ß'),
];

#[cfg(test)]
mod tests {
    fn prose(text: &str) -> String {
        super::prose(text).into_owned()
    }

    #[test]
    fn prose_markup_becomes_markdown() {
        assert_eq!(
            prose(r#"see <a href="https://x.org/?a=1&amp;b=2">this page</a>, <b>now</b>"#),
            "see [this page](https://x.org/?a=1&b=2), **now**"
        );
        assert_eq!(
            prose("one<br>two<br />three &amp; four&nbsp;&#8217;s"),
            "one\ntwo\nthree & four ’s"
        );
        assert_eq!(
            prose(
                r##"<a href="#un"></a><a id="un"></a> 1. <a href="/a.pdf"><i class="fa"></i> <span>PDF</span></a>"##
            ),
            "1. PDF"
        );
        assert_eq!(
            prose(r#"<a href="https://x.org/"></a>, <i lang="fr">si</i>"#),
            "https://x.org/, *si*"
        );
        assert_eq!(prose("a < b > c &nbs"), "a < b > c &nbs");
        assert_eq!(prose("<script>alert(1)</script>"), "<script>alert(1)</script>");
    }
}
