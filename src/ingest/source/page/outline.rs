//! What must be known of a page before its text is read: where its main text is, which tables hold
//! data, and which elements surround the text.

use std::collections::HashMap;
use std::ops::Range;

use html5gum::emitters::default::{StartTag, Token};

use super::attribute;

/// A page at a glance.
#[derive(Debug, Default)]
pub(super) struct Outline {
    /// The token that begins the main text, if the page says where that is.
    pub main: Option<usize>,
    /// The main text's bytes.
    bytes: Range<usize>,
    /// Tokens that begin tables of rows and columns.
    tables: HashMap<usize, Table>,
    /// Tokens that begin page heads with the title in them.
    heads: Vec<usize>,
}

#[derive(Debug, Default)]
struct Table {
    rows: usize,
    cells: usize,
    /// Cells with several paragraphs or a long text.
    long: usize,
    /// Whether another table is in it.
    is_nested: bool,
}

impl Table {
    /// Whether it has rows of several cells, and few of them have more than a name or a sentence in it; of a long table one a
    /// row may.
    fn is_data(&self) -> bool {
        /// A table of so many rows of equal length may tell of each thing that it names.
        const LONG: usize = 8;
        let told_of =
            self.rows >= LONG && self.cells.is_multiple_of(self.rows) && self.cells > self.rows * 2;
        let few = match self.rows {
            _ if told_of => self.long <= self.rows,
            ..5 => self.long == 0,
            rows => self.long * 4 <= rows,
        };
        !self.is_nested && few && self.rows >= 2 && self.cells >= self.rows * 2
    }
}

/// Characters in a cell above which a table is there for its layout.
const LONG_CELL: usize = 300;
/// How many page heads are looked into; a page has one.
const HEADS: usize = 20;
/// Characters that a main text has at least.
const SHORTEST: usize = 40;

impl Outline {
    pub(super) fn of(tokens: &[Token<usize>]) -> Self {
        let mut outline = Self::default();
        outline.find_main(tokens);
        outline.find_tables(tokens);
        outline
    }

    /// Whether the table that a token begins holds data.
    pub(super) fn is_data_table(&self, token: usize) -> bool {
        self.tables.get(&token).is_some_and(Table::is_data)
    }

    /// Whether a byte is in the main text.
    pub(super) fn in_main(&self, byte: usize) -> bool {
        self.bytes.contains(&byte)
    }

    /// The first `<main>`, else the only `<article>`.
    fn find_main(&mut self, tokens: &[Token<usize>]) {
        let is = |tag: &StartTag<usize>, name: &str| *tag.name == name.as_bytes();
        let starts = |fits: &dyn Fn(&StartTag<usize>) -> bool| -> Vec<usize> {
            let found = tokens.iter().enumerate().filter(|(_, t)| match t {
                Token::StartTag(tag) => fits(tag),
                _ => false,
            });
            found.map(|(i, _)| i).collect()
        };
        let main = |tag: &StartTag<usize>| {
            is(tag, "main") || attribute(tag, "role").as_deref() == Some("main")
        };
        let article = |tag: &StartTag<usize>| is(tag, "article");
        let mut found = starts(&main);
        if found.is_empty() {
            found = starts(&article);
        }
        if let [only] = found.as_slice() {
            let (bytes, letters) = extent(tokens, *only);
            if letters >= SHORTEST {
                (self.main, self.bytes) = (Some(*only), bytes);
            }
        }
        self.heads = starts(&|tag| is(tag, "header"))
            .into_iter()
            .take(HEADS)
            .filter(|&i| {
                let (bytes, _) = extent(tokens, i);
                tokens[i..]
                    .iter()
                    .take_while(|t| start_of(t) < bytes.end)
                    .any(|t| matches!(t, Token::StartTag(tag) if is(tag, "h1")))
            })
            .collect();
    }

    fn find_tables(&mut self, tokens: &[Token<usize>]) {
        let mut open: Vec<usize> = Vec::new();
        // How long the open cell is, in characters; none of a cell that was counted as a long one.
        let mut cell = Some(0);
        let mut blocks = 0;
        for (i, token) in tokens.iter().enumerate() {
            match token {
                Token::StartTag(tag) => {
                    let table = open.last().copied();
                    let mut of_table = |change: &dyn Fn(&mut Table)| {
                        if let Some(table) = table.and_then(|t| self.tables.get_mut(&t)) {
                            change(table);
                        }
                    };
                    match &**tag.name {
                        b"table" => {
                            of_table(&|t| t.is_nested = true);
                            self.tables.insert(i, Table::default());
                            open.push(i);
                        }
                        b"tr" => of_table(&|t| t.rows += 1),
                        b"td" | b"th" => {
                            (cell, blocks) = (Some(0), 0);
                            of_table(&|t| t.cells += columns(tag));
                        }
                        b"p" | b"div" | b"h1" | b"h2" | b"h3" | b"ul" | b"ol" | b"blockquote" => {
                            // Office programs write each cell as a paragraph.
                            blocks += 1;
                            let added = if blocks > 1 { LONG_CELL / 2 } else { 0 };
                            if is_long(&mut cell, added) {
                                of_table(&|t| t.long += 1);
                            }
                        }
                        _ => {}
                    }
                }
                Token::EndTag(tag) if &**tag.name == b"table" => {
                    open.pop();
                }
                Token::String(text) => {
                    let table = open.last().and_then(|t| self.tables.get_mut(t));
                    if let Some(table) = table.filter(|table| table.cells > 0)
                        && is_long(&mut cell, text.value.len())
                    {
                        table.long += 1;
                    }
                }
                _ => {}
            }
        }
    }
}

/// Whether a cell becomes a long one by so many characters.
fn is_long(cell: &mut Option<usize>, added: usize) -> bool {
    *cell = cell.map(|length| length + added);
    cell.take_if(|length| *length > LONG_CELL).is_some()
}

/// How many columns a cell takes.
pub(super) fn columns(tag: &StartTag<usize>) -> usize {
    let columns = attribute(tag, "colspan").and_then(|s| s.parse().ok());
    columns.unwrap_or(1).clamp(1, 50)
}

fn start_of(token: &Token<usize>) -> usize {
    match token {
        Token::StartTag(tag) => tag.span.start,
        Token::EndTag(tag) => tag.span.start,
        Token::String(text) => text.span.start,
        Token::Comment(text) => text.span.start,
        Token::Doctype(doctype) => doctype.span.start,
        Token::Error(error) => error.span.start,
    }
}

/// The bytes of the element that a token begins, and how many letters it has.
fn extent(tokens: &[Token<usize>], start: usize) -> (Range<usize>, usize) {
    let Token::StartTag(first) = &tokens[start] else { return (0..0, 0) };
    let (mut depth, mut letters) = (0usize, 0);
    for token in &tokens[start..] {
        match token {
            Token::StartTag(tag) if tag.name == first.name => depth += 1,
            Token::EndTag(tag) if tag.name == first.name => {
                depth -= 1;
                if depth == 0 {
                    return (first.span.start..tag.span.end, letters);
                }
            }
            Token::String(text) => {
                letters += text.value.iter().filter(|b| !b.is_ascii_whitespace()).count();
            }
            _ => {}
        }
    }
    (first.span.start..usize::MAX, letters)
}

/// Words in the class or the name of an element that surrounds the text, and what it is.
const SURROUNDINGS: [(&str, &[&str]); 6] = [
    ("cookie line", &["cookie", "cookies", "consent", "gdpr", "cookiebar", "cookiebanner"]),
    ("breadcrumb", &["breadcrumb", "breadcrumbs"]),
    (
        "buttons and menus",
        &[
            "share",
            "sharing",
            "social",
            "addtoany",
            "sharedaddy",
            "toolbar",
            "pager",
            "pagination",
            "skip",
            "print",
            "buttons",
            "navbar",
            "menu",
            "nav",
            "navigation",
            "toc-toggle",
            "lang-switch",
            "language-switcher",
        ],
    ),
    (
        "side column",
        &[
            "sidebar",
            "widget",
            "related",
            "recommended",
            "newsletter",
            "subscribe",
            "donate",
            "promo",
            "advert",
            "ads",
            "comments",
            "trending",
            "popup",
            "modal",
        ],
    ),
    ("foot of a web page", &["footer", "colophon", "copyright"]),
    ("head of a web page", &["masthead", "site-header", "topbar", "banner"]),
];

/// The rule by which an element is no part of the text.
pub(super) fn furniture(
    name: &str,
    tag: &StartTag<usize>,
    outline: &Outline,
    token: usize,
) -> Option<&'static str> {
    let inside = outline.in_main(tag.span.start);
    let by_name = match name {
        "script" | "style" | "noscript" | "template" | "svg" | "iframe" | "object" | "canvas"
        | "video" | "audio" => Some("script or style"),
        "nav" => Some("navigation"),
        "footer" if !inside => Some("foot of a web page"),
        "header" if !inside && !outline.heads.contains(&token) => Some("head of a web page"),
        "aside" => Some("side column"),
        "button" | "select" | "textarea" | "dialog" => Some("form"),
        _ => None,
    };
    let by_role = || match attribute(tag, "role")?.as_str() {
        "navigation" => Some("navigation"),
        "banner" if !outline.heads.contains(&token) => Some("head of a web page"),
        "contentinfo" => Some("foot of a web page"),
        "complementary" => Some("side column"),
        "search" => Some("form"),
        "dialog" | "alertdialog" => Some("form"),
        _ => None,
    };
    let hidden = || {
        let style = attribute(tag, "style").unwrap_or_default().replace(' ', "");
        let unseen = tag.attributes.contains_key(&b"hidden"[..]) || style.contains("display:none");
        unseen.then_some("hidden text")
    };
    let named = || {
        let whole = ["div", "section", "ul", "ol", "p", "span", "a", "form", "header", "table"];
        if !whole.contains(&name) || outline.heads.contains(&token) {
            return None;
        }
        let words = [attribute(tag, "class"), attribute(tag, "id")];
        let words = words.into_iter().flatten().collect::<Vec<_>>().join(" ").to_ascii_lowercase();
        surroundings(&words)
    };
    by_name.or_else(by_role).or_else(hidden).or_else(named)
}

fn surroundings(names: &str) -> Option<&'static str> {
    let is = |word: &str, known: &str| {
        word == known
            || word.split(['-', '_']).next() == Some(known)
            || word.split(['-', '_']).next_back() == Some(known)
    };
    let words: Vec<&str> = names.split_whitespace().collect();
    let known =
        |(_, known): &&(&str, &[&str])| known.iter().any(|k| words.iter().any(|word| is(word, k)));
    SURROUNDINGS.iter().find(known).map(|(rule, _)| *rule)
}
