//! The rows of a table of signatories: the columns that name somebody, without numbers and descriptions; the lines of a
//! list without the places behind the names.

use std::sync::LazyLock;

use super::super::lexicon::Words;
use super::super::names::{self, Named};
use super::super::text::{self, Line};
use super::line::is_row_of_headings;

/// Rows of a table of which each has so many are read by their columns.
const ROWS: usize = 3;

/// The lines of a block with the rows of its tables shortened to the columns that may name somebody.
pub(super) fn named_columns<'a>(lines: &[Line<'a>], kept: &'a mut Vec<String>) -> Vec<Line<'a>> {
    let rows: Vec<Vec<&str>> =
        lines.iter().filter(|l| is_row(l.text)).map(|l| cells(l.text)).collect();
    let width = rows.first().map_or(0, Vec::len);
    if rows.len() < ROWS || width < 2 || rows.iter().any(|row| row.len() != width) {
        return lines.to_vec();
    }
    static PLACES: LazyLock<Words> = LazyLock::new(|| names::listed("place_headings"));
    let place = |column: usize| PLACES.contains(rows[0][column].to_lowercase().as_str());
    let names: Vec<usize> =
        (0..width).filter(|&column| may_name(&rows, column) && !place(column)).collect();
    if names.is_empty() || names.len() == width {
        return lines.to_vec();
    }
    let join =
        |row: &Vec<&str>| names.iter().map(|&column| row[column]).collect::<Vec<_>>().join(" | ");
    *kept = rows.iter().map(join).collect();
    let mut kept = kept.iter();
    lines
        .iter()
        .map(|line| match is_row(line.text) {
            true if is_row_of_headings(line.text.trim_matches(['|', ' '])) => {
                kept.next();
                line.with_text("")
            }
            true => line.with_text(kept.next().map_or("", String::as_str)),
            false => *line,
        })
        .collect()
}

/// The lines of a long list without the place behind a dash, if most of them have a country there:
/// `Harbour Watch - Global` among others that end in `- Peru`.
pub(super) fn without_places<'a>(lines: &[Line<'a>]) -> Vec<Line<'a>> {
    /// How many lines such a list has at least.
    const LONG: usize = 6;
    let parted = |line: &Line<'a>| {
        let (name, place) =
            [" - ", " – ", " — "].iter().find_map(|dash| line.text.rsplit_once(dash))?;
        let short = text::has_at_most(place, 4) && place.starts_with(char::is_uppercase);
        (short && !name.is_empty()).then_some((name.trim_end(), place))
    };
    let filled = lines.iter().filter(|l| !l.is_blank()).count();
    let country =
        |line: &&Line<'a>| parted(line).is_some_and(|(_, p)| names::judge(p) == Named::Country);
    if filled < LONG || lines.iter().filter(country).count() * 2 < filled {
        return lines.to_vec();
    }
    lines.iter().map(|line| parted(line).map_or(*line, |(name, _)| line.with_text(name))).collect()
}

/// Whether a line is a row of a table, and not the rule below its head.
fn is_row(line: &str) -> bool {
    line.starts_with('|') && line.ends_with('|') && line.contains(char::is_alphanumeric)
}

fn cells(row: &str) -> Vec<&str> {
    row.trim_matches('|').split('|').map(str::trim).collect()
}

/// Whether the cells of a column may be names: they are no numbers, and few are as long as a description.
fn may_name(rows: &[Vec<&str>], column: usize) -> bool {
    /// More words have few names.
    const WORDS: usize = 9;
    let cells = || rows.iter().map(|row| row[column]).filter(|cell| !cell.is_empty());
    let long = cells().filter(|cell| !text::has_at_most(cell, WORDS)).count();
    cells().any(|cell| cell.contains(char::is_alphabetic)) && long * 5 < cells().count()
}
