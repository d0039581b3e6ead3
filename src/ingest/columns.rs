//! Facing columns → one after the other: a text in two languages, or a page that was read across its gutter.
//!
//! Lines keep their numbers. Names, tables and signatures side by side stay as they are: only where sentences
//! run on from line to line on both sides of one gutter are there two columns of text.

use std::ops::Range;

use super::text::{self, Line};

/// How many lines have text on both sides at least.
const FACING: usize = 4;
/// How many spaces a gutter has at least.
const GUTTER: usize = 2;

/// Lines with their columns apart, and the numbers of the lines at which columns begin.
pub(super) fn apart(lines: Vec<Line<'_>>) -> (Vec<Line<'_>>, Vec<usize>) {
    let gaps = lines.iter().filter(|l| l.text.contains("  ")).take(FACING).count();
    let Some(gutter) = (gaps == FACING).then(|| gutter(&lines)).flatten() else {
        return (lines, Vec::new());
    };
    let sides: Vec<Side<'_>> = lines.iter().map(|l| side(l, gutter)).collect();
    let mut out = Vec::with_capacity(lines.len());
    let mut begun = Vec::new();
    let mut at = 0;
    for region in regions(&sides) {
        out.extend_from_slice(&lines[at..region.start]);
        begun.push(lines[region.start].number);
        let part = |right: bool| -> Vec<Line<'_>> {
            region.clone().map(|i| lines[i].with_text(sides[i].of(right))).collect()
        };
        let blank = lines[region.start].with_text("");
        out.extend(part(false));
        out.push(blank);
        out.extend(part(true).into_iter().map(Line::at_margin));
        out.push(blank);
        at = region.end;
    }
    out.extend_from_slice(&lines[at..]);
    (out, begun)
}

/// What a line has on each side of a gutter.
#[derive(Debug, Clone, Copy, Default)]
struct Side<'a> {
    left: &'a str,
    right: &'a str,
    /// Whether its text goes over the gutter.
    crosses: bool,
}

impl<'a> Side<'a> {
    fn of(&self, right: bool) -> &'a str {
        if right { self.right } else { self.left }
    }
}

/// Where texts begin behind a gap: the place in the line, in bytes, and its column.
fn starts<'l>(line: &'l Line<'_>) -> impl Iterator<Item = (usize, usize)> + 'l {
    let (mut spaces, mut column) = (0, line.indent);
    line.text.char_indices().filter_map(move |(i, c)| {
        let begins = c != ' ' && spaces >= GUTTER;
        let here = column;
        spaces = if c == ' ' { spaces + 1 } else { 0 };
        column += 1;
        begins.then_some((i, here))
    })
}

/// The column at which most texts begin behind a gap.
fn gutter(lines: &[Line<'_>]) -> Option<usize> {
    let mut counts: Vec<usize> = Vec::new();
    for (_, column) in lines.iter().flat_map(starts).filter(|(_, column)| *column < 200) {
        if counts.len() <= column {
            counts.resize(column + 1, 0);
        }
        counts[column] += 1;
    }
    let near =
        |c: usize| (c.saturating_sub(1)..=c + 1).filter_map(|c| counts.get(c)).sum::<usize>();
    let best = (0..counts.len()).max_by_key(|&c| (near(c), counts[c], std::cmp::Reverse(c)))?;
    (near(best) >= FACING).then_some(best)
}

fn side<'a>(line: &Line<'a>, gutter: usize) -> Side<'a> {
    let near = |column: usize| column.abs_diff(gutter) <= 1;
    if line.is_blank() {
        return Side::default();
    }
    if near(line.indent) {
        return Side { right: line.text, ..Side::default() };
    }
    let text = line.text;
    if let Some((at, _)) = starts(line).find(|(_, column)| near(*column)) {
        return Side { left: text[..at].trim_end(), right: &text[at..], crosses: false };
    }
    let crosses = line.indent + text::length(text) >= gutter.saturating_sub(1);
    Side { left: text, right: "", crosses }
}

/// Whether a sentence goes on from one line to the next.
fn goes_on(before: &str, after: &str) -> bool {
    text::starts_lower(after)
        && text::word_count(before) >= 3
        && text::word_count(after) >= 2
        && !text::ends_sentence(before)
}

/// Lines in a row, none over the gutter, with sentences that run on at both sides of it.
fn regions(sides: &[Side<'_>]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for end in 0..=sides.len() {
        if end < sides.len() && !sides[end].crosses {
            continue;
        }
        let part = &sides[start..end];
        let facing = part.iter().filter(|s| !s.left.is_empty() && !s.right.is_empty()).count();
        let runs = |right: bool| {
            let goes_on = |w: &&[Side<'_>]| goes_on(w[0].of(right), w[1].of(right));
            part.windows(2).filter(goes_on).take(2).count()
        };
        let (left, right) = (runs(false), runs(true));
        if facing >= FACING && left >= 1 && right >= 1 && left + right >= 3 {
            found.push(start..end);
        }
        start = end + 1;
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::text::lines;
    use super::*;

    #[test]
    fn sentences_side_by_side_are_set_apart_and_names_stay() {
        let text = "The Board has read your              Le Conseil a lu votre\n\
                    letter of May and will               lettre de mai et va y\n\
                    answer it in the course              répondre dans le courant\n\
                    of the summer.                       de cet été.\n";
        let (found, begun) = apart(lines(text));
        let found: Vec<&str> = found.iter().filter(|l| !l.is_blank()).map(|l| l.text).collect();
        assert_eq!(found[..2], ["The Board has read your", "letter of May and will"]);
        assert_eq!(found[4], "Le Conseil a lu votre");
        assert_eq!(begun, [1]);
        let names = "Karen Olsen               Peter Hughes\nDirector                  Chief Archivist\n\
                     City Archive              County Library\nOslo                      Leeds\n";
        assert!(apart(lines(names)).1.is_empty());
    }
}
