//! Lines of text from a page's elements, each with the lines of the page that it comes from.

use super::super::Lines;
use crate::ingest::furniture::Dropped;
use crate::ingest::markdown;
use crate::ingest::source::counting::roman;

/// A place in the line that is being written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Point {
    line: usize,
    at: usize,
}

/// Writes lines.
pub(super) struct Writer {
    /// Where each line of the page begins, in bytes.
    starts: Vec<usize>,
    lines: Lines,
    dropped: Vec<Dropped>,
    /// The line that is being written, what is before its text, and its place.
    current: String,
    prefix: String,
    place: Option<(usize, usize)>,
    /// How many lines were begun.
    count: usize,
    /// Open lists: the next number, if they have numbers, and how they are written.
    lists: Vec<(Option<usize>, Counting)>,
    quotes: usize,
    keeps_lines: usize,
    /// Open tables: whether they hold data.
    tables: Vec<Option<Row>>,
}

/// How the numbers of a list are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Counting {
    Numbers,
    /// `a`, or `A` if capital.
    Letters {
        capital: bool,
    },
    /// `i`, or `I` if capital.
    Roman {
        capital: bool,
    },
}

impl Counting {
    /// By the attribute `type` of a list.
    pub(super) fn of(kind: Option<&str>) -> Self {
        match kind {
            Some("a") => Self::Letters { capital: false },
            Some("A") => Self::Letters { capital: true },
            Some("i") => Self::Roman { capital: false },
            Some("I") => Self::Roman { capital: true },
            _ => Self::Numbers,
        }
    }

    fn written(self, number: usize) -> String {
        let (text, capital) = match self {
            Self::Letters { capital } if (1..=26).contains(&number) => {
                let letter = u8::try_from(number).map_or('?', |n| char::from(b'a' + n - 1));
                (letter.to_string(), capital)
            }
            Self::Roman { capital } if (1..=99).contains(&number) => (roman(number), capital),
            _ => return number.to_string(),
        };
        if capital { text.to_ascii_uppercase() } else { text }
    }
}

/// The row of a table of data that is being written.
#[derive(Debug, Default)]
struct Row {
    cells: Vec<String>,
    /// Whether a cell is open.
    is_open: bool,
    /// How many columns the open cell takes beside its own.
    beside: usize,
    rows: usize,
}

impl Writer {
    pub(super) fn new(page: &str) -> Self {
        let starts = std::iter::once(0).chain(page.match_indices('\n').map(|(i, _)| i + 1));
        Self {
            starts: starts.collect(),
            lines: Lines::default(),
            dropped: Vec::new(),
            current: String::new(),
            prefix: String::new(),
            place: None,
            count: 0,
            lists: Vec::new(),
            quotes: 0,
            keeps_lines: 0,
            tables: Vec::new(),
        }
    }

    pub(super) fn finish(mut self) -> (Lines, Vec<Dropped>) {
        self.block();
        (self.lines, self.dropped)
    }

    fn line_of(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte).max(1)
    }

    pub(super) fn point(&self) -> Point {
        Point { line: self.count, at: self.current.len() }
    }

    pub(super) fn prefix(&mut self, prefix: &str) {
        prefix.clone_into(&mut self.prefix);
    }

    /// Text of the page, from a byte on.
    pub(super) fn text(&mut self, text: &str, start: usize) {
        let mut line = self.line_of(start);
        // A sign that would pair up as a mark is the page's own text.
        let signs = markdown::has_pairs(text) || text.contains('\\');
        for (i, raw) in text.split('\n').enumerate() {
            if i > 0 {
                line += 1;
                if self.keeps_lines > 0 { self.line_end() } else { self.white() }
            }
            if self.keeps_lines == 0 && raw.starts_with(char::is_whitespace) {
                self.white();
            }
            let mut end = 0;
            for word in raw.split_whitespace() {
                let at = word.as_ptr() as usize - raw.as_ptr() as usize;
                match at - end {
                    0 => {}
                    // Columns of preformatted text stay apart.
                    gap if self.keeps_lines > 0 && !self.current.is_empty() => {
                        self.current.push_str(&" ".repeat(gap.min(80)));
                    }
                    _ if end > 0 => self.white(),
                    _ => {}
                }
                end = at + word.len();
                // No sign of an address is a mark.
                let address = word.find("://").map(|colon| {
                    word[..colon].trim_end_matches(|c: char| c.is_ascii_alphabetic()).len()
                });
                let (before, address) = word.split_at(address.unwrap_or(word.len()));
                if signs {
                    self.current.push_str(&markdown::escaped(before));
                } else {
                    self.current.push_str(before);
                }
                self.current.push_str(address);
                let first = self.place.map_or(line, |(first, _)| first);
                self.place = Some((first.min(line), line));
            }
            if raw.ends_with(char::is_whitespace) && !raw.trim().is_empty() {
                self.white();
            }
        }
    }

    /// A sign that the page does not write, but shows.
    pub(super) fn put(&mut self, sign: &str) {
        self.current.push_str(sign);
    }

    fn white(&mut self) {
        if !self.current.is_empty() && !self.current.ends_with(' ') {
            self.current.push(' ');
        }
    }

    /// Accounts for text that is left out.
    pub(super) fn drop_text(&mut self, text: &str, start: usize, rule: &'static str) {
        let first = self.line_of(start);
        for (number, line) in (first..).zip(text.split('\n')).filter(|(_, l)| !l.trim().is_empty())
        {
            match self.dropped.last_mut() {
                Some(last) if last.line == number && last.rule == rule => {
                    last.text.push(' ');
                    last.text.push_str(line.trim());
                }
                _ => {
                    self.dropped.push(Dropped { line: number, rule, text: line.trim().to_owned() })
                }
            }
        }
    }

    /// Ends the line.
    pub(super) fn line_end(&mut self) {
        if self.in_cell() {
            self.white();
            return;
        }
        let text = self.current.trim().to_owned();
        self.current.clear();
        self.count += 1;
        if text.is_empty() {
            return;
        }
        let place = self.place.take().unwrap_or((1, 1));
        let quote = "> ".repeat(self.quotes.min(3));
        let prefix = std::mem::take(&mut self.prefix);
        self.lines.push(&format!("{quote}{prefix}{text}"), place);
    }

    /// Ends the paragraph.
    pub(super) fn block(&mut self) {
        self.line_end();
        if self.in_cell() {
            return;
        }
        let at = self.lines.places.last().copied().unwrap_or((1, 1));
        // A paragraph at the head of a list's item goes on behind its mark.
        if self.prefix.is_empty() && !self.lines.last_is_blank() {
            self.lines.push("", at);
        }
    }

    pub(super) fn rule(&mut self) {
        self.block();
        let at = self.lines.places.last().copied().unwrap_or((1, 1));
        self.lines.push("* * *", at);
        self.lines.push("", at);
    }

    pub(super) fn open_preformatted(&mut self) {
        self.block();
        self.keeps_lines += 1;
    }

    pub(super) fn close_preformatted(&mut self) {
        self.keeps_lines = self.keeps_lines.saturating_sub(1);
        self.block();
    }

    pub(super) fn open_list(&mut self, first: Option<usize>, counting: Counting) {
        if self.lists.is_empty() {
            self.block()
        } else {
            self.line_end()
        }
        self.lists.push((first, counting));
    }

    pub(super) fn close_list(&mut self) {
        self.line_end();
        self.prefix.clear();
        self.lists.pop();
        if self.lists.is_empty() {
            self.block();
        }
    }

    /// Begins an item of a list, by its number if it says one.
    pub(super) fn item(&mut self, own: Option<usize>) {
        self.line_end();
        if self.in_cell() {
            return;
        }
        let indent = "  ".repeat(self.lists.len().saturating_sub(1).min(3));
        let mark = match self.lists.last_mut() {
            Some((Some(number), counting)) => {
                let this = own.unwrap_or(*number);
                *number = this + 1;
                format!("{}.", counting.written(this))
            }
            _ => "-".to_owned(),
        };
        self.prefix = format!("{indent}{mark} ");
    }

    pub(super) fn open_quote(&mut self) {
        self.block();
        self.quotes += 1;
    }

    pub(super) fn close_quote(&mut self) {
        self.block();
        self.quotes = self.quotes.saturating_sub(1);
    }

    /// Puts marks around what was written since a point, if that is one line's text.
    pub(super) fn wrap(&mut self, from: Point, before: &str, after: &str) {
        let Some(inner) = self.since(from) else { return };
        let text = inner.trim();
        // What is struck out says the contrary of what it says: it is marked wherever it is.
        let struck = before == "~~";
        let heads = self.prefix.starts_with('#') && !struck;
        let again = if struck { text.contains('~') } else { text.contains('*') };
        if text.is_empty() || again || text.contains('\n') || heads {
            return;
        }
        let lead = inner.len() - inner.trim_start().len();
        let trail = inner.len() - inner.trim_end().len();
        let marked =
            format!("{}{before}{text}{after}{}", " ".repeat(lead.min(1)), " ".repeat(trail.min(1)));
        self.current.truncate(from.at);
        self.current.push_str(&marked);
    }

    /// A raised number is a note's mark.
    pub(super) fn raise(&mut self, from: Point) {
        let Some(inner) = self.since(from) else { return };
        let bare = inner.trim().trim_matches(['[', ']', '(', ')']);
        // `1st`, `Mme`: an ending, no note.
        let roman = || bare.chars().all(|c| "ivxlIVXL".contains(c));
        if bare.chars().count() > 1 && bare.chars().all(char::is_alphabetic) && !roman() {
            return;
        }
        if (1..=4).contains(&bare.chars().count()) && bare.chars().all(char::is_alphanumeric) {
            let mark = format!("^{{{bare}}}");
            self.current.truncate(from.at);
            self.current.push_str(&mark);
        }
    }

    /// Lowered figures are written as such, since `H2O` and `x1` may be read as something else.
    pub(super) fn lower(&mut self, from: Point) {
        let Some(inner) = self.since(from) else { return };
        let figure = |c: char| match c {
            '0'..='9' => char::from_u32(u32::from('₀') + u32::from(c) - u32::from('0')),
            '+' => Some('₊'),
            '-' | '−' => Some('₋'),
            _ => None,
        };
        if let Some(figures) = inner.trim().chars().map(figure).collect::<Option<String>>() {
            self.current.truncate(from.at);
            self.current.push_str(&figures);
        }
    }

    /// A link to somewhere else; others are their text.
    pub(super) fn link(&mut self, from: Point, url: &str) {
        let Some(inner) = self.since(from) else { return };
        let leads = ["http://", "https://", "mailto:", "tel:"].iter().any(|s| url.starts_with(s));
        let plain = !url.contains(|c: char| c.is_whitespace() || "()<>".contains(c))
            && !inner.contains(['[', ']', '*']);
        let shown = inner.trim();
        if leads && plain && shown != url && !shown.is_empty() && url != format!("mailto:{shown}") {
            self.wrap(from, "[", &format!("]({url})"));
        }
    }

    fn since(&self, from: Point) -> Option<String> {
        (from.line == self.count).then(|| self.current.get(from.at..).map(str::to_owned))?
    }

    pub(super) fn open_table(&mut self) {
        self.tables.push(Some(Row::default()));
    }

    /// Opens a table that only puts texts beside each other, or the caption of a table.
    pub(super) fn open_layout(&mut self) {
        self.tables.push(None);
    }

    pub(super) fn close_table(&mut self) {
        self.close_row();
        self.block();
        self.tables.pop();
        self.block();
    }

    fn in_cell(&self) -> bool {
        matches!(self.tables.last(), Some(Some(_)))
    }

    pub(super) fn row(&mut self) {
        if self.in_cell() { self.close_row() } else { self.block() }
    }

    /// Begins a cell of so many columns.
    pub(super) fn cell(&mut self, columns: usize) {
        self.close_cell();
        if let Some(Some(row)) = self.tables.last_mut() {
            row.is_open = true;
            row.beside = columns - 1;
        }
    }

    pub(super) fn close_cell(&mut self) {
        let text = self.current.trim().replace('|', "\\|");
        match self.tables.last_mut() {
            Some(Some(row)) => {
                if std::mem::take(&mut row.is_open) || !text.is_empty() {
                    row.cells.push(text);
                    let beside = std::mem::take(&mut row.beside);
                    row.cells.resize(row.cells.len() + beside, String::new());
                }
                self.current.clear();
                self.count += 1;
            }
            _ => self.line_end(),
        }
    }

    pub(super) fn close_row(&mut self) {
        if !self.in_cell() {
            self.line_end();
            return;
        }
        self.close_cell();
        let Some(Some(row)) = self.tables.last_mut() else { return };
        let cells = std::mem::take(&mut row.cells);
        if cells.is_empty() {
            return;
        }
        row.rows += 1;
        let first = row.rows == 1;
        let place = self.place.take().unwrap_or((1, 1));
        self.lines.push(&format!("| {} |", cells.join(" | ")), place);
        if first {
            self.lines.push(&format!("|{}", " --- |".repeat(cells.len())), place);
        }
    }
}
