//! Text → Markdown that shows exactly that text. Emphasis and links that the seed itself has in pairs
//! are kept; whatever else Markdown would take for a mark is escaped.

mod own;
mod pairs;
mod url;

use std::borrow::Cow;
use std::fmt::Write as _;

use pulldown_cmark::{Event, Options, Parser};

use super::text::bytes;
use crate::content::mark;
pub(super) use pairs::in_one;
use pairs::{Mark, Pair};

/// Around a footnote's label in text that is not yet Markdown; seeds cannot hold these.
pub(super) const CALL: (char, char) = ('\u{E000}', '\u{E001}');

/// Elements of HTML that Markdown has within its headings.
pub(super) const TAGS: [&str; 12] =
    ["a", "abbr", "b", "br", "em", "font", "i", "mark", "small", "span", "strong", "u"];

/// What of the seed's marks is read as Markdown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Dialect {
    /// Emphasis and links that pair up stay marks.
    pub marks: bool,
    /// A backslash before a sign is the transcriber's escape.
    pub backslashes: bool,
    /// HTML in the text is markup: a web page's markup has been read already.
    pub html: bool,
    /// The text is Markdown itself: its marks, escapes, code and entities stay as they are.
    pub markdown: bool,
}

impl Dialect {
    /// That of a page whose markup has been read.
    pub(super) const PAGE: Self =
        Self { marks: true, backslashes: true, html: false, markdown: false };

    /// Judges a seed: one whose name says so is Markdown; in others, Windows paths forbid reading
    /// backslashes as escapes.
    pub(super) fn of(path: &str, text: &str) -> Self {
        let ending = path.rsplit_once('.').map_or("", |(_, ending)| ending);
        let markdown = ["md", "markdown", "mdown"].iter().any(|e| ending.eq_ignore_ascii_case(e));
        let escapes = || text.contains('\\') && !has_windows_path(text) && has_pairs(text);
        Self { marks: true, backslashes: markdown || escapes(), html: true, markdown }
    }
}

/// `C:\dir`, `\\server`.
fn has_windows_path(text: &str) -> bool {
    text.match_indices('\\').any(|(i, _)| {
        let drive = text[..i]
            .strip_suffix(':')
            .is_some_and(|b| b.ends_with(|c: char| c.is_ascii_alphabetic()));
        let server = text[i + 1..]
            .strip_prefix('\\')
            .is_some_and(|r| r.starts_with(|c: char| c.is_ascii_alphabetic()));
        drive || server
    })
}

/// A paragraph's Markdown; line ends in the text become hard breaks.
pub(super) fn paragraph(text: &str, dialect: Dialect) -> String {
    let out = inlined(text, dialect);
    if !out.contains('\n') {
        return call_marks(line_start(&out));
    }
    let lines: Vec<Cow<'_, str>> = out.split('\n').map(line_start).collect();
    call_marks(lines.join("\\\n").into())
}

/// What a line of Markdown shows, as a title has it: no marks, and links by their words.
pub(super) fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let heading = format!("# {text}");
    let options = Options::ENABLE_STRIKETHROUGH;
    for event in Parser::new_ext(&heading, options) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::InlineHtml(text) => out.push_str(&text),
            Event::SoftBreak | Event::HardBreak => out.push(' '),
            _ => {}
        }
    }
    let out = out.split_whitespace().collect::<Vec<_>>().join(" ");
    if out.is_empty() { text.to_owned() } else { out }
}

/// Whether signs of a text would pair up as marks.
pub(super) fn has_pairs(text: &str) -> bool {
    pairs::next(text, 0).is_some()
}

/// Signs that need a backslash before them in a text that is to be read as it is written.
const SIGNS: &str = "*_~[]\\";

/// A text whose signs are to be read as such.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 4);
    for c in text.chars() {
        if SIGNS.contains(c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Text that is behind a list's mark or a heading's sign, all on one line.
pub(super) fn single(text: &str, dialect: Dialect) -> String {
    let flat = text.replace('\n', " ");
    call_marks(line_start(&inlined(&flat, dialect)))
}

/// A heading's Markdown.
pub(super) fn heading(level: usize, text: &str, dialect: Dialect) -> String {
    let flat = text.replace('\n', " ");
    let body = call_marks(inlined(flat.trim(), dialect));
    let ends = body.ends_with('#') && !body.ends_with("\\#");
    let body = if ends { format!("{}\\#", &body[..body.len() - 1]) } else { body };
    let body = if dialect.markdown { body } else { body.replace('{', "\\{") };
    format!("{} {body}", "#".repeat(level))
}

fn call_marks(text: Cow<'_, str>) -> String {
    // Hardly any other character has the mark's first byte.
    if !bytes::any(text.as_bytes(), |b| b == 0xEE) || !text.contains(CALL.0) {
        return text.into_owned();
    }
    // A bracket behind a mark would make a link of it.
    let bracket = format!("{}(", CALL.1);
    text.replace(CALL.0, "[^").replace(&bracket, "]\\(").replace(CALL.1, "]")
}

/// A text with its signs escaped; most have none.
fn inlined(text: &str, dialect: Dialect) -> Cow<'_, str> {
    if !bytes::any(text.as_bytes(), is_sign) {
        return text.into();
    }
    let text = in_one(text);
    let mut out = String::with_capacity(text.len() + 16);
    if dialect.markdown {
        own::inline(&text, &mut out);
    } else {
        inline(&text, dialect, &mut out);
    }
    out.into()
}

/// Escapes the signs of a text, keeping pairs of marks.
fn inline(text: &str, dialect: Dialect, out: &mut String) {
    let Some(first) = bytes::position(text.as_bytes(), is_sign) else {
        out.push_str(text);
        return;
    };
    let pairs = |b: u8| (b == b'*') | (b == b'_') | (b == b'~') | (b == b']');
    if !dialect.marks || !bytes::any(&text.as_bytes()[first..], pairs) {
        escape(text, dialect, out);
        return;
    }
    let urls = url::all(text);
    let mut ahead = urls.as_slice();
    let mut at = 0;
    while let Some(found) = pairs::next(text, at) {
        let whole = found.whole.clone();
        while ahead.first().is_some_and(|url| url.start < at) {
            ahead = &ahead[1..];
        }
        // Marks inside of an address are a part of it.
        if let Some(url) = ahead.first().filter(|url| url.start < whole.start) {
            escape(&text[at..url.end], dialect, out);
            at = url.end;
            continue;
        }
        let cuts = || {
            let inside = ahead.iter().take_while(|url| url.start < whole.end);
            inside.last().is_some_and(|url| whole.end < url.end)
        };
        let is_link = matches!(found.mark, Mark::Link { .. });
        let kept = if is_link || !cuts() { kept(&found, text, dialect) } else { None };
        // What is no pair after all is passed by one character at a time.
        let next = match &kept {
            Some(_) => whole.end,
            None => whole.start + text[whole.start..].chars().next().map_or(1, char::len_utf8),
        };
        let stop = if kept.is_some() { whole.start } else { next };
        escape(&text[at..stop], dialect, out);
        out.push_str(&kept.unwrap_or_default());
        at = next;
    }
    escape(&text[at..], dialect, out);
}

/// The Markdown of a pair of marks, if it is one there.
fn kept(found: &Pair<'_>, text: &str, dialect: Dialect) -> Option<String> {
    let before = text[..found.whole.start].chars().next_back();
    let after = text[found.whole.end..].chars().next();
    let inside = || {
        let mut inner = String::new();
        inline(found.inner, dialect, &mut inner);
        inner
    };
    if let Mark::Link { url, image } = found.mark {
        // What leads nowhere is no link: a clerk may write `[1](2)`.
        let links = leads(url) || dialect.html && stays(url);
        return (links && before != Some('\\')).then(|| link(&inside(), url, image));
    }
    let free = |c: Option<char>, inside: Option<char>| {
        // Words of Korean and of its neighbours take their particles without a space.
        let joined = |c: char| c >= '\u{1100}' && inside.is_some_and(char::is_alphanumeric);
        c.is_none_or(|c| (!c.is_alphanumeric() || joined(c)) && !"*_~\\".contains(c))
    };
    let (first, last) = (found.inner.chars().next(), found.inner.chars().next_back());
    if !free(before, first) || !free(after, last) {
        return None;
    }
    Some(match found.mark {
        Mark::Strong => format!("**{}**", inside()),
        Mark::Struck => format!("~~{}~~", inside()),
        // A file's name such as `_a_` in running text is rarer than emphasis.
        _ => format!("*{}*", inside()),
    })
}

/// A link or an image of another site that runs nothing; else its text alone.
fn link(text: &str, url: &str, image: bool) -> String {
    if !leads(url) {
        return text.to_owned();
    }
    let url = url.replace('<', "%3C").replace('>', "%3E").replace('\\', "%5C");
    format!("{}[{text}]({url})", if image { "!" } else { "" })
}

/// Whether an address has the form of one into its own site, such as a copied page has: `#top`, `/about`, `../a.html`.
fn stays(url: &str) -> bool {
    url.is_empty()
        || url.starts_with(['#', '/', '?'])
        || url.starts_with("./")
        || url.starts_with("../")
}

/// Whether an address leads to another place than this archive, and runs nothing there.
fn leads(url: &str) -> bool {
    let lower: String = url
        .chars()
        .filter(|c| !c.is_control() && !c.is_whitespace())
        .take("mailto:".len() + 1)
        .collect::<String>()
        .to_lowercase();
    ["http://", "https://", "mailto:", "tel:"].iter().any(|s| lower.starts_with(s))
}

/// Escapes a text without pairs; addresses in it stay as they are.
fn escape(text: &str, dialect: Dialect, out: &mut String) {
    let mut at = 0;
    while let Some(url) = url::next(text, at) {
        escape_signs(&text[at..url.start], text[url.start..].chars().next(), dialect, out);
        match url::written(&text[url.clone()], out.chars().next_back()) {
            Some(written) => out.push_str(&written),
            None => escape_signs(&text[url.clone()], None, dialect, out),
        }
        at = url.end;
    }
    escape_signs(&text[at..], None, dialect, out);
}

/// Escapes the signs of a text; `next` is the character behind it, if there is one.
fn escape_signs(text: &str, next: Option<char>, dialect: Dialect, out: &mut String) {
    let mut before = out.chars().next_back();
    let mut at = 0;
    while let Some(plain) = bytes::position(&text.as_bytes()[at..], is_sign) {
        let i = at + plain;
        out.push_str(&text[at..i]);
        before = text[at..i].chars().next_back().or(before);
        let c = char::from(text.as_bytes()[i]);
        at = i + 1;
        let after = text[at..].chars().next().or(next);
        match c {
            '\\' if dialect.backslashes
                && after.is_some_and(|a| "$*_#[]<>~`.-()+!|{}\\".contains(a)) =>
            {
                out.push('\\');
                out.push(after.unwrap_or('\\'));
                at += 1;
                before = after;
                continue;
            }
            '\\' => out.push_str("\\\\"),
            '*' | '`' | '~' => {
                out.push('\\');
                out.push(c);
            }
            '_' if before.is_some_and(char::is_alphanumeric)
                && after.is_some_and(char::is_alphanumeric) =>
            {
                out.push('_')
            }
            '_' => out.push_str("\\_"),
            '[' if after == Some('^') || mark::begins(&text[i..]) => out.push_str("\\["),
            ']' if matches!(after, Some('(' | '[' | ':')) => out.push_str("\\]"),
            '<' if after.is_some_and(|a| a.is_ascii_alphabetic() || "/!?".contains(a))
                || is_address(&text[i + 1..]) =>
            {
                out.push_str("\\<")
            }
            '&' if is_entity(&text[i..]) => out.push_str("\\&"),
            '|' => out.push_str("\\|"),
            '!' if after == Some('[') => out.push_str("\\!"),
            c => out.push(c),
        }
        before = Some(c);
    }
    out.push_str(&text[at..]);
}

/// Whether a text begins with an e-mail address and the bracket behind it, which Markdown reads as a link.
fn is_address(text: &str) -> bool {
    let end = text.find(|c: char| c == '>' || c == '<' || c.is_whitespace());
    end.is_some_and(|end| text[end..].starts_with('>') && text[..end].contains('@'))
}

/// Whether a sign may have to be escaped.
#[inline]
fn is_sign(byte: u8) -> bool {
    const SIGNS: [bool; 256] = bytes::among(b"\\*`~_[]<&|!");
    SIGNS[usize::from(byte)]
}

/// Whether a text begins with what Markdown reads as a character by its name.
fn is_entity(text: &str) -> bool {
    let name =
        text[1..].split(|c: char| !c.is_ascii_alphanumeric() && c != '#').next().unwrap_or("");
    !name.is_empty() && text[1 + name.len()..].starts_with(';')
}

/// Escapes what means something only where a line begins.
fn line_start(line: &str) -> Cow<'_, str> {
    let line = line.trim();
    let Some(first) = line.chars().next() else { return "".into() };
    let rest = &line[first.len_utf8()..];
    let spaced = rest.is_empty() || rest.starts_with([' ', '\t', '\u{A0}']);
    let ends = |text: &str| text.is_empty() || text.starts_with([' ', '\t']);
    let escaped = match first {
        '#' => ends(rest.trim_start_matches('#')),
        '>' => true,
        '-' | '+' => spaced || rest.chars().all(|c| "-+ \t".contains(c)),
        '`' | '~' => line.starts_with("```") || line.starts_with("~~~"),
        '=' => rest.trim_matches(['=', ' ', '\t']).is_empty(),
        ':' | '|' => true,
        '0'..='9' => {
            let digits = line.len() - line.trim_start_matches(|c: char| c.is_ascii_digit()).len();
            let after = &line[digits..];
            if digits <= 9 && after.strip_prefix(['.', ')']).is_some_and(ends) {
                let mut out = String::with_capacity(line.len() + 1);
                let _ = write!(out, "{}\\{after}", &line[..digits]);
                return out.into();
            }
            false
        }
        _ => false,
    };
    if escaped { format!("\\{line}").into() } else { line.into() }
}

/// The reverse: a text without the backslashes before signs.
pub(super) fn unescaped(text: &str) -> Cow<'_, str> {
    if !text.contains('\\') {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        let escapes = c == '\\' && chars.peek().is_some_and(|sign| SIGNS.contains(*sign));
        out.push(if escapes { chars.next().unwrap_or(c) } else { c });
    }
    out.into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::Tag;

    const PLAIN: Dialect =
        Dialect { marks: false, backslashes: false, html: true, markdown: false };
    const MARKED: Dialect = Dialect { marks: true, ..PLAIN };

    fn options() -> Options {
        Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_DEFINITION_LIST
    }

    /// The text that Markdown shows, and whether it is all in plain paragraphs.
    fn shown(markdown: &str) -> (String, bool) {
        let (mut text, mut plain) = (String::new(), true);
        for event in Parser::new_ext(markdown, options()) {
            match event {
                Event::Text(t) => text.push_str(&t),
                Event::HardBreak => text.push('\n'),
                Event::Start(Tag::Paragraph) | Event::End(_) => {}
                _ => plain = false,
            }
        }
        (text, plain)
    }

    #[test]
    fn what_markdown_would_change_is_escaped() {
        for text in [
            "2014. 11. 10",
            "*",
            "a * b",
            "_x_",
            "<b>",
            "C:\\dir\\*.txt",
            "a\n-----",
            "+++",
            "# no heading",
            "- dash",
            "> quote",
            "[a](b)",
            "[a]: b",
            "[^1]: x",
            "&amp;",
            "~~no~~",
            "x\n: y",
            "a | b\n--- | ---",
            "1) x",
        ] {
            let (back, plain) = shown(&paragraph(text, PLAIN));
            assert_eq!((back.as_str(), plain), (text, true), "{}", paragraph(text, PLAIN));
        }
    }

    #[test]
    fn a_title_shows_no_marks() {
        assert_eq!(
            plain("This is a *draft* of [the act](https://a.org/b_(c)) \\[1\\]"),
            "This is a draft of the act [1]"
        );
        assert_eq!(plain("# 5 < 6 & `x_y` <b>"), "# 5 < 6 & x_y <b>");
    }

    #[test]
    fn the_mark_of_a_note_before_a_bracket_is_no_link() {
        let text = format!("the room{}1{}(see below)", CALL.0, CALL.1);
        assert_eq!(paragraph(&text, Dialect::PAGE), "the room[^1]\\(see below)");
    }

    #[test]
    fn pairs_stay_marks_and_dead_links_lose_the_link() {
        assert_eq!(paragraph("Allen, *Co-chair*", MARKED), "Allen, *Co-chair*");
        assert_eq!(paragraph("**Two\nlines**", MARKED), "\\*\\*Two\\\nlines\\*\\*");
        assert_eq!(paragraph("[you pledged](#) to", MARKED), "you pledged to");
        assert_eq!(
            paragraph("[x](javascript:alert(1))", MARKED),
            "\\[x\\](javascript:alert(1))".trim_start_matches('\\')
        );
        assert_eq!(paragraph("[1](2) [x](y)", MARKED), "[1\\](2) [x\\](y)");
        assert_eq!(paragraph("[HRW](https://hrw.org/a_b)", MARKED), "[HRW](https://hrw.org/a_b)");
        assert_eq!(paragraph("3 * 4 and a*b", MARKED), "3 \\* 4 and a\\*b");
        assert_eq!(paragraph("~~the few~~ who", MARKED), "~~the few~~ who");
    }

    proptest! {
        #[test]
        fn escaped_text_parses_back_to_itself(text in "[-+*_#>|<&;:!\\[\\]()`~=.\\\\^{}$a-c0-9 \n\"']{0,40}") {
            let text: Vec<&str> = text.split('\n').map(str::trim).filter(|l| !l.is_empty()).collect();
            let text = text.join("\n");
            let markdown = paragraph(&text, PLAIN);
            let (back, plain) = shown(&markdown);
            let squeeze = |s: &str| s.split('\n').map(|l| l.trim().to_owned()).collect::<Vec<_>>().join("\n");
            prop_assert_eq!(squeeze(&back), squeeze(&text), "{}", markdown);
            prop_assert!(plain, "{}", markdown);
        }

        #[test]
        fn marks_never_lose_a_letter(text in "[*_~\\[\\]#a-c. ]{0,30}") {
            let letters = |s: &str| s.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
            let (back, _) = shown(&paragraph(text.trim(), MARKED));
            prop_assert_eq!(letters(&back), letters(&text));
        }
    }
}
