//! Runs of letters → rows, pieces of rows, and lines of text with the spaces and blank lines of the page.

use super::columns;
use super::direction;
use super::extract::Run;
use super::paragraphs::Setting;
use super::spelling;
use super::{Line, Style};

/// A gap of this many letter widths (ems) parts pieces of a row, which may belong to different columns.
const APART: f32 = 0.9;

/// A gap that is a space between words, in ems.
const SPACE: f32 = 0.17;

/// The same between letters of two scripts, which stand apart without one.
const NARROW: f32 = 0.235;

/// A gap that is shown as more than one space, in ems.
const WIDE: f32 = 1.6;

/// Runs that stand close together on a row.
#[derive(Debug, Clone)]
pub(super) struct Piece {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) base: f32,
    pub(super) size: f32,
    /// The row of the page, counted from its top.
    pub(super) row: usize,
    logical: bool,
    /// From which byte on its letters look how.
    styles: Vec<(usize, Style)>,
    /// At which bytes its runs begin, and where.
    places: Vec<(usize, f32)>,
}

/// The lines of a page, or of what runs in one direction on it.
pub(super) fn of_page(runs: Vec<Run>) -> Vec<Line> {
    let pieces = pieces(rows(runs));
    let pitch = usual_pitch(&pieces);
    let mut lines: Vec<Line> = Vec::new();
    for block in columns::in_order(pieces) {
        if !lines.is_empty() {
            lines.push(Line::default());
        }
        lines.extend(of_block(block, pitch));
    }
    lines
}

/// Runs by the rows that they stand on, from the top.
fn rows(mut runs: Vec<Run>) -> Vec<Vec<Run>> {
    let body = usual_size(runs.iter().map(|run| (run.size, run.text.len())));
    runs.sort_by(|a, b| {
        (a.base, a.left).partial_cmp(&(b.base, b.left)).unwrap_or(std::cmp::Ordering::Equal)
    });
    let (large, small): (Vec<Run>, Vec<Run>) =
        runs.into_iter().partition(|run| run.size >= body * 0.8);
    let mut rows = gathered(large);
    let mut left = Vec::new();
    for run in small {
        match rows.iter_mut().rev().find(|row| is_raised_on(&run, row)) {
            Some(row) => row.push(run),
            None => left.push(run),
        }
    }
    rows.extend(gathered(left));
    for row in &mut rows {
        row.sort_by(|a, b| a.left.total_cmp(&b.left));
    }
    rows.sort_by(|a, b| base(a).total_cmp(&base(b)));
    rows
}

/// Puts runs, sorted from the top, together where they stand equally high.
fn gathered(runs: Vec<Run>) -> Vec<Vec<Run>> {
    let mut rows: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        match rows.last_mut() {
            Some(row) if run.base - row[0].base <= 0.35 * run.size.min(row[0].size) => {
                row.push(run)
            }
            _ => rows.push(vec![run]),
        }
    }
    rows
}

fn base(row: &[Run]) -> f32 {
    let largest = row.iter().max_by(|a, b| a.size.total_cmp(&b.size));
    largest.map_or(0.0, |run| run.base)
}

/// Whether a small run is a mark beside a larger one, such as the number of a note, or is on its row.
fn is_raised_on(run: &Run, row: &[Run]) -> bool {
    let size = row.iter().map(|r| r.size).fold(0.0, f32::max);
    let above = base(row) - run.base;
    let is_beside = |other: &Run| {
        let near = 0.6 * other.size;
        (run.left - other.right).abs() < near || (other.left - run.right).abs() < near
    };
    (-0.3 * size..0.75 * size).contains(&above)
        && run.size < size * 0.85
        && row.iter().any(is_beside)
}

/// The size in which most letters are set, of sizes and how many letters have them.
pub(crate) fn usual_size(sizes: impl Iterator<Item = (f32, usize)>) -> f32 {
    let mut sizes: Vec<(f32, usize)> = sizes.collect();
    sizes.sort_by(|a, b| a.0.total_cmp(&b.0));
    let half = sizes.iter().map(|(_, letters)| letters).sum::<usize>() / 2;
    let mut seen = 0;
    let median = sizes.iter().find(|(_, letters)| {
        seen += letters;
        seen > half
    });
    median.map_or(10.0, |(size, _)| *size)
}

/// Rows → pieces without wide gaps.
fn pieces(rows: Vec<Vec<Run>>) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    for (number, row) in rows.into_iter().enumerate() {
        let height = base(&row);
        let from = pieces.len();
        let mut before: Option<Run> = None;
        for run in row {
            // Bold type is made by printing twice.
            if before.as_ref().is_some_and(|last| is_same(last, &run)) {
                continue;
            }
            let last = if pieces.len() > from { pieces.last_mut() } else { None };
            match last.filter(|last| run.left - last.right < APART * last.size.max(run.size)) {
                Some(piece) => piece.add(&run, height),
                None => pieces.push(Piece::of(&run, height, number)),
            }
            before = Some(run);
        }
    }
    pieces
}

fn is_same(a: &Run, b: &Run) -> bool {
    a.text == b.text
        && (a.left - b.left).abs() < 0.12 * a.size
        && (a.base - b.base).abs() < 0.12 * a.size
}

impl Piece {
    fn of(run: &Run, height: f32, row: usize) -> Self {
        let Run { text, left, right, base, size, logical, style } = run.clone();
        let is_raised = height - base > 0.2 * size;
        let text = if is_raised { raised(&text) } else { text };
        let (styles, places) = (vec![(0, style)], vec![(lead(&text), left)]);
        Self { text, left, right, base: height, size, row, logical, styles, places }
    }

    fn add(&mut self, run: &Run, height: f32) {
        let gap = run.left - self.right;
        if gap < -0.1 * self.size.max(run.size)
            && let (Some(last), Some(first)) =
                (self.text.chars().next_back(), run.text.chars().next())
            && let Some(letter) = spelling::composed(last, first)
        {
            self.text.pop();
            self.text.push(letter);
            self.text.push_str(&run.text[first.len_utf8()..]);
            self.right = self.right.max(run.right);
            return;
        }
        let is_raised = height - run.base > 0.2 * self.size && run.size < self.size * 0.85;
        let is_cut = self.text.ends_with(' ') || run.text.starts_with(' ');
        // Office programs set digits and Latin letters apart from those of East Asia; that is no space.
        let is_between = is_between_scripts(&self.text, &run.text);
        let space = if is_between { NARROW } else { self.narrowest_space(run) };
        if gap > space * self.size.max(run.size) && !is_cut && !is_raised {
            self.text.push(' ');
        }
        self.styles.push((self.text.len(), run.style));
        self.places.push((self.text.len() + lead(&run.text), run.left));
        if is_raised {
            self.text.push_str(&raised(&run.text));
        } else {
            self.text.push_str(&run.text);
        }
        self.right = self.right.max(run.right);
        self.left = self.left.min(run.left);
        self.size = self.size.max(run.size);
        self.logical |= run.logical;
    }

    /// What a space is at least, in ems: narrow letters have narrow spaces.
    fn narrowest_space(&self, run: &Run) -> f32 {
        const FEW: usize = 4;
        let (own, next) = (self.text.chars().count(), run.text.chars().count());
        if own.min(next) < FEW {
            return SPACE;
        }
        let of_letter = (run.right - run.left + self.right - self.left) / (own + next) as f32;
        (0.4 * of_letter / self.size.max(run.size)).clamp(0.1, SPACE)
    }
}

/// How many bytes of white stand before a text: its place is that of its first letter.
fn lead(text: &str) -> usize {
    text.len() - text.trim_start().len()
}

/// Whether a text ends in a letter of East Asia and the next begins with another one, or the other way round.
fn is_between_scripts(before: &str, after: &str) -> bool {
    let is_east = |c: char| matches!(c, '\u{3040}'..='\u{9FFF}' | '가'..='힣');
    let (Some(last), Some(first)) = (before.chars().next_back(), after.chars().next()) else {
        return false;
    };
    is_east(last) && first.is_ascii_alphanumeric() || last.is_ascii_alphanumeric() && is_east(first)
}

/// Raised letters as they are written in one line.
fn raised(text: &str) -> String {
    let mark = text.trim();
    if mark.is_empty() || mark.chars().count() > 4 || !mark.chars().all(|c| c.is_ascii_digit()) {
        return text.to_owned();
    }
    const SMALL: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    let digits = mark.chars().filter_map(|c| c.to_digit(10));
    let small: String = digits.filter_map(|d| SMALL.get(d as usize)).collect();
    text.replacen(mark, &small, 1)
}

/// How far apart lines of running text are on a page, as a multiple of their size.
fn usual_pitch(pieces: &[Piece]) -> f32 {
    let mut heights: Vec<(usize, f32, f32)> =
        pieces.iter().map(|piece| (piece.row, piece.base, piece.size)).collect();
    heights.dedup_by_key(|(row, ..)| *row);
    let mut pitches: Vec<f32> = heights
        .windows(2)
        .map(|pair| (pair[1].1 - pair[0].1) / pair[0].2.max(pair[1].2))
        .filter(|pitch| (0.8..4.0).contains(pitch))
        .collect();
    pitches.sort_by(f32::total_cmp);
    // The narrowest that is no exception.
    let is_usual = |pitch: &&f32| {
        let alike = pitches.iter().filter(|other| (**pitch..**pitch * 1.1).contains(other));
        alike.count() >= (pitches.len() / 8).max(1)
    };
    pitches.iter().find(is_usual).copied().unwrap_or(1.2).clamp(1.0, 3.0)
}

/// One line while it is made.
pub(super) struct Row {
    pub(super) text: String,
    pub(super) left: f32,
    pub(super) right: f32,
    pub(super) base: f32,
    pub(super) size: f32,
    spaced: bool,
    styles: Vec<(usize, Style)>,
    places: Vec<(usize, f32)>,
}

/// The lines of a block, from the top.
fn of_block(mut pieces: Vec<Piece>, pitch: f32) -> Vec<Line> {
    pieces.sort_by(|a, b| (a.row).cmp(&b.row).then(a.left.total_cmp(&b.left)));
    let mut rows: Vec<Row> = Vec::new();
    for row in pieces.chunk_by(|a, b| a.row == b.row) {
        rows.push(joined(row));
    }
    let setting = Setting::of(&rows, pitch);
    let mut lines = Vec::with_capacity(rows.len());
    for (at, row) in rows.iter().enumerate() {
        if setting.begins(&rows, at) {
            lines.push(Line::default());
        }
        let em = row.size.max(1.0);
        let ems = (row.left - setting.left) / em;
        let indent = if ems < 0.8 { 0 } else { (ems * 2.0).round().min(60.0) as usize };
        let from = |(at, style): (usize, Style)| (if at == 0 { 0 } else { at + indent }, style);
        lines.push(Line {
            text: format!("{}{}", " ".repeat(indent), row.text.trim()),
            styles: row.styles.iter().copied().map(from).collect(),
            places: row.places.iter().map(|(at, left)| (at + indent, *left)).collect(),
            size: row.size,
            spaced: row.spaced,
            bounds: [row.left, row.base - 0.8 * em, row.right, row.base + 0.2 * em],
        });
    }
    lines
}

/// The pieces of a row in one line; wide gaps stay to be seen.
fn joined(pieces: &[Piece]) -> Row {
    let mut row = Row {
        text: String::new(),
        left: pieces.iter().map(|p| p.left).fold(f32::INFINITY, f32::min),
        right: pieces.iter().map(|p| p.right).fold(f32::NEG_INFINITY, f32::max),
        base: pieces.iter().map(|p| p.base).fold(f32::NEG_INFINITY, f32::max),
        size: pieces.iter().map(|p| p.size).fold(1.0, f32::max),
        spaced: pieces.last().is_some_and(|piece| piece.text.ends_with(' ')),
        styles: Vec::new(),
        places: Vec::new(),
    };
    let mut end: Option<f32> = None;
    for piece in pieces {
        if let Some(end) = end {
            let ems = (piece.left - end) / row.size;
            let spaces = if ems < WIDE || is_mark(&row.text) {
                1
            } else {
                (ems * 2.0).round().clamp(3.0, 40.0) as usize
            };
            row.text.push_str(&" ".repeat(spaces));
        }
        let text = if piece.logical { piece.text.clone() } else { direction::logical(&piece.text) };
        row.dress(piece, &text);
        row.text.push_str(text.trim());
        end = Some(piece.right);
    }
    if pieces.len() > 1 && pieces.iter().all(|piece| direction::is_right_to_left(&piece.text)) {
        row.text = right_to_left(pieces);
        row.styles.clear();
        row.places.clear();
    }
    if row.styles.iter().all(|(_, style)| *style == Style::default()) {
        row.styles.clear();
    }
    row
}

impl Row {
    /// Notes how the letters of a piece look that are about to be added, and where they are. Those that were turned round look
    /// like all, and are somewhere on the line.
    fn dress(&mut self, piece: &Piece, text: &str) {
        let base = self.text.len();
        if text != piece.text {
            self.styles.push((base, Style::default()));
            return;
        }
        let (lead, end) = (lead(text), text.trim().len());
        let place = |at: usize| base + at.saturating_sub(lead).min(end);
        self.styles.extend(piece.styles.iter().map(|(at, style)| (place(*at), *style)));
        self.places.extend(piece.places.iter().map(|(at, left)| (place(*at), *left)));
    }
}

/// Whether a line so far is only the mark of an item.
fn is_mark(text: &str) -> bool {
    let text = text.trim();
    text.chars().count() <= 5
        && (text.ends_with(['.', ')', ']']) || text.chars().all(|c| !c.is_alphanumeric()))
}

fn right_to_left(pieces: &[Piece]) -> String {
    let texts = pieces.iter().rev().map(|piece| match piece.logical {
        true => piece.text.clone(),
        false => direction::logical(&piece.text),
    });
    texts.collect::<Vec<_>>().join(" ")
}

/// A piece for tests, in letters half as wide as they are high.
#[cfg(test)]
pub(super) fn piece(text: &str, left: f32, base: f32, row: usize) -> Piece {
    let right = left + 5.0 * text.chars().count() as f32;
    Piece {
        text: text.to_owned(),
        left,
        right,
        base,
        size: 10.0,
        row,
        logical: false,
        styles: Vec::new(),
        places: Vec::new(),
    }
}
