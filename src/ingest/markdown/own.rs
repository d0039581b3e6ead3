//! Markdown of a seed's own, inside a line: it stays as it is. Taken out are only what the site cannot
//! show: HTML becomes text, and links into places that the archive does not have become their words.

use super::{leads, pairs};

/// Copies a text of Markdown.
pub(super) fn inline(text: &str, out: &mut String) {
    let mut at = 0;
    while let Some(found) = text[at..].find(['\\', '`', '<', '[', '!']) {
        let start = at + found;
        out.push_str(&text[at..start]);
        let rest = &text[start..];
        at = start
            + match rest.as_bytes()[0] {
                b'\\' => escape(rest, out),
                b'`' => code(rest, out),
                b'<' => angle(rest, out),
                _ => bracket(rest, start == 0, out),
            };
    }
    out.push_str(&text[at..]);
}

/// A backslash with the sign that it escapes.
fn escape(text: &str, out: &mut String) -> usize {
    let length = if text[1..].starts_with(|c: char| c.is_ascii_punctuation()) { 2 } else { 1 };
    out.push_str(&text[..length]);
    // A backslash at a line's end would be a line end.
    if length == 1 && matches!(text.as_bytes().get(1), None | Some(b'\n')) {
        out.push('\\');
    }
    length
}

/// A span of code, or the signs that begin none.
fn code(text: &str, out: &mut String) -> usize {
    let run = text.bytes().take_while(|b| *b == b'`').count();
    let mut at = run;
    while let Some(found) = text[at..].find('`') {
        let start = at + found;
        let end = start + text[start..].bytes().take_while(|b| *b == b'`').count();
        if end - start == run {
            out.push_str(&text[..end]);
            return end;
        }
        at = end;
    }
    (0..run).for_each(|_| out.push_str("\\`"));
    run
}

/// An address between angle brackets; any other tag is shown as text.
fn angle(text: &str, out: &mut String) -> usize {
    if let Some(end) = text.find(['>', ' ', '\n', '\t']).filter(|&end| text[end..].starts_with('>'))
    {
        let inner = &text[1..end];
        let mail = inner.contains('@') && !inner.contains(['/', ':', '<', '\\']);
        if !inner.contains('<') && leads(inner) || mail {
            out.push_str(&text[..=end]);
            return end + 1;
        }
    }
    if text[1..].starts_with(|c: char| c.is_ascii_alphabetic() || "/!?".contains(c)) {
        out.push('\\');
    }
    out.push('<');
    1
}

/// A link or an image; one that leads into the archive is its words alone, since nothing is there.
fn bracket(text: &str, first: bool, out: &mut String) -> usize {
    if let Some((inner, length, url)) = pairs::link_at(text) {
        let start = if text.starts_with('!') { 2 } else { 1 };
        let (before, after) = match leads(url) {
            true => (&text[..start], &text[start + inner.len()..length]),
            false => ("", ""),
        };
        out.push_str(before);
        inline(inner, out);
        out.push_str(after);
        return length;
    }
    // What would define where links lead.
    let close = text.find(']').filter(|&end| text[end..].starts_with("]:"));
    if first && close.is_some() && !text.starts_with("[^") {
        out.push('\\');
    }
    out.push_str(&text[..1]);
    1
}

#[cfg(test)]
mod tests {
    fn inline(text: &str) -> String {
        let mut out = String::new();
        super::inline(text, &mut out);
        out
    }

    #[test]
    fn marks_escapes_code_and_images_stay() {
        for text in [
            "\\[보도자료\\] **bold** and _so_",
            "`a_b <c> \\[`",
            "![scan](https://a.org/b_c.png) and [x](https://a.org)",
            "<https://a.org/_b_> and <a@b.org>",
            "[a b](<https://a.org/a b.pdf>), ![](<https://a.org/ü b.png>)",
            "a[^1] and [text][1]",
            "[^1]: a note",
        ] {
            assert_eq!(inline(text), text);
        }
    }

    #[test]
    fn what_the_site_cannot_show_becomes_text() {
        assert_eq!(inline("[a](#top) ![b](/c.png) <b>x</b>"), "a b \\<b>x\\</b>");
        assert_eq!(inline("[a](</my files/b c.pdf>)"), "a");
        assert_eq!(inline("[1]: to whom it may concern"), "\\[1]: to whom it may concern");
        assert_eq!(inline("a ` b"), "a \\` b");
    }
}
