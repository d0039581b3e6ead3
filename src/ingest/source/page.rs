//! A web page → its main text in lines: headings, lists, emphasis, links and tables as Markdown's marks,
//! so that the rules for plain text read it. What surrounds the text is left out by the element that it
//! is in, and accounted for.
//!
//! A page is data: nothing of it is run or fetched, and no broken markup stops the reading.

mod outline;
mod writer;

use html5gum::emitters::default::{StartTag, Token};
use html5gum::{DefaultEmitter, Tokenizer};

use super::{Format, Source, Stated};
use outline::{Outline, furniture};
use writer::{Counting, Writer};

/// How many open elements are kept in mind; deeper ones are text all the same.
const DEPTH: usize = 500;

/// Elements that have no end.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source",
    "track", "wbr",
];

/// Reads a page.
pub(super) fn read(page: &str) -> Source {
    let tokens = tokens(page);
    let outline = Outline::of(&tokens);
    let mut reader = Reader {
        writer: Writer::new(page),
        open: Vec::new(),
        told: Stated::default(),
        title: None,
        outline: &outline,
    };
    for (at, token) in tokens.iter().enumerate() {
        match token {
            Token::StartTag(tag) => reader.start(at, tag),
            Token::EndTag(tag) => reader.end(&String::from_utf8_lossy(&tag.name)),
            Token::String(text) => {
                reader.text(&String::from_utf8_lossy(&text.value), text.span.start)
            }
            Token::Comment(_) | Token::Doctype(_) | Token::Error(_) => {}
        }
    }
    let Reader { writer, told, .. } = reader;
    let (lines, dropped) = writer.finish();
    Source {
        format: Format::Page,
        text: lines.text,
        places: Some(lines.places),
        dropped,
        told,
        ..Source::default()
    }
}

/// Whether a text is written in elements of HTML: nearly all of its paragraphs begin and end with one, and none has
/// a mark of Markdown.
pub(super) fn is_markup(text: &str) -> bool {
    /// How many paragraphs a page has at least.
    const FEW: usize = 3;
    let start = text.trim_start().get(..20).unwrap_or_default().to_ascii_lowercase();
    if start.starts_with("<html") || start.starts_with("<!doctype html") {
        return true;
    }
    if !text.contains('<') {
        return false;
    }
    const BLOCKS: [&str; 6] = ["<p>", "<p ", "<div>", "<div ", "<ul>", "<table"];
    if !BLOCKS.iter().any(|block| text.contains(block)) {
        return false;
    }
    let marked = |line: &str| line.starts_with(['#', '>', '*', '|']) || line.contains("](");
    if text.lines().any(|line| marked(line.trim_start())) {
        return false;
    }
    let paragraphs = || text.split("\n\n").map(str::trim).filter(|p| !p.is_empty());
    let whole = |p: &&str| p.starts_with('<') && p.ends_with('>');
    let (all, whole) = (paragraphs().count(), paragraphs().filter(whole).count());
    whole >= FEW && whole * 10 >= all * 9
}

fn tokens(page: &str) -> Vec<Token<usize>> {
    let mut emitter = DefaultEmitter::<usize>::new_with_span();
    emitter.naively_switch_states(true);
    let tokenizer = Tokenizer::new_with_emitter(page, emitter);
    tokenizer.filter_map(Result::ok).collect()
}

/// An attribute's value.
fn attribute(tag: &StartTag<usize>, name: &str) -> Option<String> {
    let value = tag.attributes.get(name.as_bytes())?;
    Some(String::from_utf8_lossy(&value.value).trim().to_owned())
}

/// Whether a style strikes the text out.
fn is_struck(tag: &StartTag<usize>) -> bool {
    attribute(tag, "style").is_some_and(|style| style.to_ascii_lowercase().contains("line-through"))
}

struct Reader<'a> {
    writer: Writer,
    open: Vec<Open>,
    told: Stated,
    /// Text of `<title>` while it is open.
    title: Option<String>,
    outline: &'a Outline,
}

/// An open element.
struct Open {
    name: String,
    /// The rule by which its text is left out.
    dropped: Option<&'static str>,
    /// What is written where it ends.
    mark: Option<Mark>,
}

/// Where a mark of emphasis or a link began.
enum Mark {
    Around(&'static str, writer::Point),
    /// What is written behind its text.
    Behind(&'static str),
    Lowered(writer::Point),
    Caption,
    Link(String, writer::Point),
    Raised(writer::Point),
    Quote,
    List,
    Pre,
    Table,
    Cell,
}

impl Reader<'_> {
    fn dropped(&self) -> Option<&'static str> {
        self.open.last().and_then(|o| o.dropped)
    }

    fn start(&mut self, at: usize, tag: &StartTag<usize>) {
        let name = String::from_utf8_lossy(&tag.name).into_owned();
        let name = name.as_str();
        self.tell(name, tag);
        let inherited = self.dropped();
        // The main text is kept wherever it is.
        let is_main = self.outline.main == Some(at);
        let rule = || inherited.or_else(|| furniture(name, tag, self.outline, at));
        let dropped = if is_main { None } else { rule() };
        if dropped.is_none() && name == "title" && self.told.title.is_none() {
            self.title = Some(String::new());
        }
        let mark = if dropped.is_none() { self.mark(at, name, tag) } else { None };
        if VOID.contains(&name) || tag.self_closing || self.open.len() >= DEPTH {
            return;
        }
        self.open.push(Open { name: name.to_owned(), dropped, mark });
    }

    /// Writes what an element's beginning means, and says what its end will mean.
    fn mark(&mut self, at: usize, name: &str, tag: &StartTag<usize>) -> Option<Mark> {
        let w = &mut self.writer;
        match name {
            "br" => w.line_end(),
            "hr" => w.rule(),
            "img" => {
                if let Some(alt) = attribute(tag, "alt").filter(|a| !a.is_empty()) {
                    w.drop_text(&alt, tag.span.start, "image description");
                }
            }
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                w.block();
                w.prefix(&format!("{} ", "#".repeat(usize::from(name.as_bytes()[1] - b'0'))));
            }
            "b" | "strong" => return Some(Mark::Around("**", w.point())),
            "i" | "em" | "cite" => return Some(Mark::Around("*", w.point())),
            "del" | "s" | "strike" => return Some(Mark::Around("~~", w.point())),
            "span" if is_struck(tag) => return Some(Mark::Around("~~", w.point())),
            // A browser puts quotation marks around it.
            "q" => {
                w.put("“");
                return Some(Mark::Behind("”"));
            }
            "sup" => return Some(Mark::Raised(w.point())),
            "sub" => return Some(Mark::Lowered(w.point())),
            "a" => {
                let url = attribute(tag, "href").unwrap_or_default();
                return Some(Mark::Link(url, w.point()));
            }
            "ul" | "menu" => {
                w.open_list(None, Counting::Numbers);
                return Some(Mark::List);
            }
            "ol" => {
                let first = attribute(tag, "start").and_then(|s| s.parse().ok()).unwrap_or(1);
                let counting = Counting::of(attribute(tag, "type").as_deref());
                w.open_list(Some(first), counting);
                return Some(Mark::List);
            }
            "li" => w.item(attribute(tag, "value").and_then(|s| s.parse().ok())),
            "blockquote" => {
                w.open_quote();
                return Some(Mark::Quote);
            }
            "pre" => {
                w.open_preformatted();
                return Some(Mark::Pre);
            }
            "table" => {
                w.block();
                if self.outline.is_data_table(at) {
                    w.open_table();
                } else {
                    w.open_layout();
                }
                return Some(Mark::Table);
            }
            "caption" => {
                w.open_layout();
                return Some(Mark::Caption);
            }
            "tr" => w.row(),
            "td" | "th" => {
                w.cell(outline::columns(tag));
                return Some(Mark::Cell);
            }
            "p" | "div" | "section" | "article" | "main" | "header" | "address" | "dl" | "dt"
            | "dd" | "figure" | "figcaption" | "center" | "fieldset" | "body" | "details"
            | "summary" => w.block(),
            _ => {}
        }
        None
    }

    fn end(&mut self, name: &str) {
        let near = self.open.iter().rev().take(60).position(|o| o.name == name);
        let Some(depth) = near else {
            if name == "p" && self.dropped().is_none() {
                self.writer.block();
            }
            return;
        };
        for _ in 0..=depth {
            if let Some(open) = self.open.pop() {
                self.close(open);
            }
        }
    }

    fn close(&mut self, open: Open) {
        if open.name == "title" && open.dropped.is_none() {
            let title = self.title.take();
            let title = title.map(|t| t.split_whitespace().collect::<Vec<_>>().join(" "));
            self.told.title = self.told.title.take().or(title.filter(|t| !t.is_empty()));
            return;
        }
        if open.dropped.is_some() {
            return;
        }
        let w = &mut self.writer;
        match open.mark {
            Some(Mark::Around(mark, from)) => w.wrap(from, mark, mark),
            Some(Mark::Behind(mark)) => w.put(mark),
            Some(Mark::Raised(from)) => w.raise(from),
            Some(Mark::Lowered(from)) => w.lower(from),
            Some(Mark::Link(url, from)) => w.link(from, &url),
            Some(Mark::Quote) => w.close_quote(),
            Some(Mark::List) => w.close_list(),
            Some(Mark::Pre) => {
                w.close_preformatted();
            }
            Some(Mark::Table | Mark::Caption) => w.close_table(),
            Some(Mark::Cell) => w.close_cell(),
            None => match open.name.as_str() {
                "p" | "div" | "section" | "article" | "main" | "header" | "address" | "dl"
                | "dt" | "dd" | "figure" | "figcaption" | "center" | "fieldset" | "details"
                | "summary" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => w.block(),
                "li" => w.line_end(),
                "tr" => w.close_row(),
                _ => {}
            },
        }
    }

    fn text(&mut self, text: &str, start: usize) {
        if let Some(title) = &mut self.title {
            title.push_str(text);
            return;
        }
        let rule = self.dropped().or_else(|| {
            let inside = self.outline.main.is_none() || self.outline.in_main(start);
            let page = self.open.iter().any(|o| o.name == "head");
            if page {
                Some("head of a web page")
            } else {
                (!inside).then_some("outside the main text")
            }
        });
        match rule {
            Some(rule) => self.writer.drop_text(text, start, rule),
            None => self.writer.text(text, start),
        }
    }

    /// What the page says of itself in its head.
    fn tell(&mut self, name: &str, tag: &StartTag<usize>) {
        let set = |field: &mut Option<String>, value: Option<String>| {
            if field.is_none() {
                *field = value.filter(|v| !v.is_empty());
            }
        };
        match name {
            "html" => set(&mut self.told.language, attribute(tag, "lang")),
            "link" if attribute(tag, "rel").as_deref() == Some("canonical") => {
                set(&mut self.told.url, attribute(tag, "href"));
            }
            "meta" => {
                let key = attribute(tag, "name").or_else(|| attribute(tag, "property"));
                let value = attribute(tag, "content");
                match key.unwrap_or_default().to_ascii_lowercase().as_str() {
                    "author" | "dc.creator" | "dcterms.creator" | "article:author"
                    | "citation_author" => {
                        // Some sites give the address of a page there.
                        set(&mut self.told.author, value.filter(|v| !v.contains("://")));
                    }
                    "date"
                    | "dc.date"
                    | "dcterms.date"
                    | "dc.date.issued"
                    | "dcterms.issued"
                    | "dcterms.created"
                    | "article:published_time"
                    | "citation_date"
                    | "citation_publication_date"
                    | "pubdate" => {
                        set(&mut self.told.date, value);
                    }
                    "og:title" | "dc.title" | "dcterms.title" | "citation_title" => {
                        self.told.title =
                            value.filter(|v| !v.is_empty()).or(self.told.title.take());
                    }
                    "og:url" => set(&mut self.told.url, value),
                    _ => {}
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(page: &str) -> String {
        read(page).text
    }

    #[test]
    fn structure_becomes_marks() {
        let page = "<html><body>\n<h2>A head</h2><p>One <b>two</b>\nthree <a href='https://x.org/a'>four</a>.</p>\
                    <ul><li>a</li><li>b<ol><li>c</ol></ul><p>x<br>y</body>";
        assert_eq!(
            text(page).trim(),
            "## A head\n\nOne **two** three [four](https://x.org/a).\n\n- a\n- b\n  1. c\n\nx\ny"
        );
    }

    #[test]
    fn what_surrounds_the_text_is_named() {
        let page = "<nav>Home About</nav><script>var a = 'Dear Sir';</script>\n\
                    <div class=\"cookie-banner\">We like cookies</div><main><p>Dear Sir,</p></main>\
                    <footer>© 2014</footer>";
        let source = read(page);
        assert_eq!(source.text.trim(), "Dear Sir,");
        let rules: Vec<&str> = source.dropped.iter().map(|d| d.rule).collect();
        assert_eq!(rules, ["navigation", "script or style", "cookie line", "foot of a web page"]);
        assert_eq!(source.place(1), (2, 2));
    }

    #[test]
    fn tables_of_data_keep_their_rows() {
        let page = "<table><tr><th>Name</th><th>Country</th></tr><tr><td>A &amp; B</td><td>Peru</td></tr></table>";
        assert_eq!(text(page).trim(), "| Name | Country |\n| --- | --- |\n| A & B | Peru |");
        let layout = "<table><tr><td><p>Dear Sir,</p><p>text</p></td></tr></table>";
        assert_eq!(text(layout).trim(), "Dear Sir,\n\ntext");
    }

    #[test]
    fn what_markup_says_is_not_lost() {
        let page = "<main><p>He <del>never</del> <s><b>ever</b></s> <span style='text-decoration: line-through'>x</span> \
                    said <q>so</q>; 10<sup>3</sup> m<sup>2</sup>, 1<sup>st</sup>, H<sub>2</sub>O, x<sub>i</sub>.</p>\
                    <ol type=a start=3><li>c<li>d</ol><ol type=I><li value=4>four</ol>\
                    <pre>a  b\n   c</pre></main>";
        assert_eq!(
            text(page).trim(),
            "He ~~never~~ ~~**ever**~~ ~~x~~ said “so”; 10^{3} m^{2}, 1st, H₂O, xi.\n\nc. c\nd. d\n\nIV. four\n\na  b\nc"
        );
    }

    #[test]
    fn cells_of_several_columns_and_captions_leave_a_table_whole() {
        let page = "<table><caption>The crew</caption><tr><th>Name</th><th>Rank</th></tr><tr><td>J. Marsh</td>\
                    <td>Mate<br>(acting)</td></tr><tr><td colspan=2>and ten others</td></tr></table>";
        assert_eq!(
            text(page).trim(),
            "The crew\n\n| Name | Rank |\n| --- | --- |\n| J. Marsh | Mate (acting) |\n| and ten others |  |"
        );
    }

    #[test]
    fn a_list_of_names_in_paragraphs_is_a_table() {
        let row = |n: usize| format!("<tr><td><p>{n}</p></td><td><p>Body {n}</p></td></tr>");
        let rows: String = (1..7).map(row).collect();
        let page = format!(
            "<table>{rows}<tr><td><p>7</p></td><td><p>{}</p></td></tr></table>",
            "text ".repeat(80)
        );
        assert!(text(&page).contains("| 2 | Body 2 |\n| 3 | Body 3 |"));
        let layout = "<table><tr><td><p>a</p><p>b</p><p>c</p></td><td><p>d</p></td></tr><tr><td>e</td><td>f</td></tr></table>";
        assert!(!text(layout).contains('|'));
    }

    #[test]
    fn markup_is_told_from_markdown_with_elements() {
        assert!(is_markup("\n\n<p>One</p>\n\n<p>Two<br />\nmore</p>\n\n<div><p>x</p></div>\n"));
        assert!(!is_markup("<p>One</p>\n\n# A head\n\n<p>Two</p>\n\n<p>x</p>"));
        assert!(!is_markup("<p>One</p>\n\nDear Sir,\n\n<p>Two</p>\n\n<p>x</p>"));
        assert!(!is_markup("Dear Sir,\n\nyours\n"));
    }

    #[test]
    fn a_page_tells_of_itself() {
        let page = "<head><title>A letter | HRW</title><meta property='article:published_time' content='2014-05-06T10:00:00Z'>\
                    <meta name=author content='Jane Doe'><link rel=canonical href='https://hrw.org/a'></head><p>x";
        let told = read(page).told;
        assert_eq!(told.title.as_deref(), Some("A letter | HRW"));
        assert_eq!(told.date.as_deref(), Some("2014-05-06T10:00:00Z"));
        assert_eq!(told.author.as_deref(), Some("Jane Doe"));
        assert_eq!(told.url.as_deref(), Some("https://hrw.org/a"));
    }
}
