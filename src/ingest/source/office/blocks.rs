//! Paragraphs, headings, items and tables → lines, with emphasis, links and notes' marks as the rules for plain
//! text read them.

use std::rc::Rc;

use super::Remark;
use crate::ingest::furniture::Dropped;
use crate::ingest::markdown;

/// How letters look, as far as it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Style {
    pub(super) bold: bool,
    pub(super) italic: bool,
    pub(super) raised: bool,
}

/// The text of a paragraph.
#[derive(Debug, Default)]
pub(super) struct Inline {
    spans: Vec<Span>,
}

#[derive(Debug)]
struct Span {
    text: String,
    style: Style,
    link: Option<Rc<str>>,
    /// Whether it is a mark of ours, not a text of the document's.
    is_mark: bool,
}

impl Inline {
    /// Adds a text. Programs cut texts anywhere: parts that look alike are one.
    pub(super) fn push(&mut self, text: &str, style: Style, link: Option<&Rc<str>>) {
        let text: String = text.chars().filter(|c| *c != '\r').collect();
        if text.is_empty() {
            return;
        }
        match self.spans.last_mut() {
            Some(last) if !last.is_mark && last.style == style && last.link.as_ref() == link => {
                last.text.push_str(&text);
            }
            _ => self.spans.push(Span { text, style, link: link.cloned(), is_mark: false }),
        }
    }

    /// Adds the mark of a note.
    pub(super) fn note(&mut self, label: &str) {
        let text = format!("^{{{label}}}");
        self.spans.push(Span { text, style: Style::default(), link: None, is_mark: true });
    }

    /// Adds what is behind a paragraph that goes on.
    pub(super) fn append(&mut self, mut after: Self) {
        self.spans.append(&mut after.spans);
    }

    pub(super) fn is_blank(&self) -> bool {
        self.spans.iter().all(|span| span.text.trim().is_empty())
    }

    /// The bare text.
    pub(super) fn plain(&self) -> String {
        self.spans.iter().map(|span| span.text.as_str()).collect()
    }

    /// The text with its marks.
    pub(super) fn marked(&self) -> String {
        self.written(Span::stressed)
    }

    /// The text as a heading, which has no emphasis of its own.
    pub(super) fn as_heading(&self) -> String {
        self.written(|_, text| text.to_owned())
    }

    fn written(&self, stressed: impl Fn(&Span, &str) -> String) -> String {
        // A sign that would pair up as a mark is the document's own text.
        let own = self.spans.iter().filter(|span| !span.is_mark);
        let escapes = markdown::has_pairs(&own.map(|span| span.text.as_str()).collect::<String>());
        let mut out = String::new();
        for span in &self.spans {
            if span.is_mark {
                out.truncate(out.trim_end_matches(' ').len());
                out.push_str(&span.text);
                continue;
            }
            let text = if escapes { markdown::escaped(&span.text) } else { span.text.clone() };
            out.push_str(&span.in_place(&text).unwrap_or_else(|| stressed(span, &text)));
        }
        out
    }
}

impl Span {
    /// A text that is raised or leads somewhere.
    fn in_place(&self, text: &str) -> Option<String> {
        let bare = text.trim().trim_matches(['[', ']', '(', ')']);
        let is_short = (1..=4).contains(&bare.chars().count());
        if self.style.raised && is_short && bare.chars().all(char::is_alphanumeric) {
            return Some(text.replacen(text.trim(), &format!("^{{{bare}}}"), 1));
        }
        let url = self.link.as_deref().filter(|url| leads(url, text))?;
        Some(around(text, "[", &format!("]({url})")))
    }

    fn stressed(&self, text: &str) -> String {
        match self.style {
            _ if text.contains('*') => text.to_owned(),
            Style { bold: true, .. } => around(text, "**", "**"),
            Style { italic: true, .. } => around(text, "*", "*"),
            _ => text.to_owned(),
        }
    }
}

/// Whether a link leads to somewhere that its text does not say already.
fn leads(url: &str, text: &str) -> bool {
    let shown = text.trim();
    let somewhere = ["http://", "https://", "mailto:", "tel:"].iter().any(|s| url.starts_with(s));
    let is_plain = !url.contains(|c: char| c.is_whitespace() || "()<>".contains(c))
        && !shown.contains(['[', ']', '*', '\n']);
    let said = shown == url || url.strip_prefix("mailto:") == Some(shown);
    somewhere && is_plain && !said && !shown.is_empty()
}

/// Puts marks around each line of a text, inside the white space at its ends.
fn around(text: &str, before: &str, after: &str) -> String {
    let dress = |line: &str| {
        let inner = line.trim();
        if !inner.contains(char::is_alphanumeric) {
            return line.to_owned();
        }
        let lead = line.len() - line.trim_start().len();
        let trail = lead + inner.len();
        format!("{}{before}{inner}{after}{}", &line[..lead], &line[trail..])
    };
    text.split('\n').map(dress).collect::<Vec<_>>().join("\n")
}

/// Lines as they are made.
#[derive(Debug, Default)]
pub(super) struct Blocks {
    lines: Vec<String>,
    dropped: Vec<Dropped>,
    remarks: Vec<Remark>,
    /// Whether the last line is a list's item, behind which another one follows at once.
    in_list: bool,
    /// Whether the next line begins a page.
    new_page: bool,
}

impl Blocks {
    /// A paragraph, or a note with its mark.
    pub(super) fn paragraph(&mut self, text: &str) {
        self.block();
        self.in_list = false;
        text.split('\n').for_each(|line| self.line(line.trim_end()));
    }

    pub(super) fn heading(&mut self, level: usize, text: &str) {
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() {
            self.block();
            self.in_list = false;
            self.line(&format!("{} {text}", "#".repeat(level.clamp(1, 6))));
        }
    }

    /// An item of a list; a number that Markdown does not know is before a paragraph.
    pub(super) fn item(&mut self, level: usize, label: &str, text: &str) {
        let digits = label.trim_end_matches(['.', ')']);
        let is_number = label.len() == digits.len() + 1
            && (1..=9).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit());
        if label != "-" && !is_number {
            return self.paragraph(&format!("{label} {text}"));
        }
        if !self.in_list {
            self.block();
        }
        self.in_list = true;
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        self.line(&format!("{}{label} {text}", "  ".repeat(level.min(3))));
    }

    /// Rows of cells, the first of them the head.
    pub(super) fn table(&mut self, rows: &[Vec<String>]) {
        let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
        self.block();
        self.in_list = false;
        for (number, row) in rows.iter().enumerate() {
            let cell = |k: usize| {
                let text = row.get(k).map_or("", String::as_str).replace('|', "/");
                text.split_whitespace().collect::<Vec<_>>().join(" ")
            };
            let cells: Vec<String> = (0..columns).map(cell).collect();
            self.line(&format!("| {} |", cells.join(" | ")));
            if number == 0 {
                self.line(&format!("|{}", " --- |".repeat(columns)));
            }
        }
    }

    /// What follows begins a page.
    pub(super) fn page_break(&mut self) {
        self.new_page = !self.lines.is_empty();
    }

    /// Accounts for a text that is left out.
    pub(super) fn drop_text(&mut self, text: &str, rule: &'static str) {
        let number = self.lines.len().max(1);
        for line in text.split('\n').map(str::trim).filter(|line| !line.is_empty()) {
            let text: String = line.chars().filter(|c| !c.is_control()).collect();
            self.dropped.push(Dropped { line: number, rule, text });
        }
    }

    /// Says that the file holds something which its text does not.
    pub(super) fn remark(&mut self, remark: Remark) {
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }

    /// The text, what was left out, and what is to be said of the file.
    pub(super) fn finish(self) -> (String, Vec<Dropped>, Vec<Remark>) {
        (self.lines.join("\n"), self.dropped, self.remarks)
    }

    fn block(&mut self) {
        if self.lines.last().is_some_and(|line| !line.is_empty()) {
            self.lines.push(String::new());
        }
    }

    fn line(&mut self, line: &str) {
        let feed = if std::mem::take(&mut self.new_page) { "\u{C}" } else { "" };
        self.lines.push(format!("{feed}{line}"));
    }
}
