//! What a ruled page or a scanner puts at the margin of each line: the numbers of pleading paper, and bars.
//!
//! Only the mark goes, and the line stays; what went is accounted for.

use std::ops::Range;

use super::super::text::{Break, Line};
use super::Dropped;

const NUMBER: &str = "line number";
const BAR: &str = "bar at the margin";
/// How many lines in a row count up at least.
const RUN: usize = 8;

/// The lines without their margins.
pub(super) fn strip(mut lines: Vec<Line<'_>>) -> (Vec<Line<'_>>, Vec<Dropped>) {
    let mut dropped = Vec::new();
    bars(&mut lines, &mut dropped);
    for run in numbered(&lines) {
        for i in run.clone() {
            let Some((_, rest)) = number(&lines[i]) else { continue };
            let text = lines[i].text;
            dropped.push(cut(&mut lines[i], NUMBER, &text[..text.len() - rest.len()], rest));
        }
        // Each page counts anew.
        lines[run.start] = lines[run.start].after(Break::Page);
    }
    (lines, dropped)
}

/// Cuts a mark off a line.
fn cut<'t>(line: &mut Line<'t>, rule: &'static str, mark: &str, rest: &'t str) -> Dropped {
    *line = line.with_text(rest.trim());
    Dropped { line: line.number, rule, text: mark.trim().to_owned() }
}

/// The number with which a line begins, without a sign behind it, and what follows far behind.
fn number<'t>(line: &Line<'t>) -> Option<(u32, &'t str)> {
    let text = line.text;
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = &text[digits..];
    let apart = rest.is_empty() || rest.starts_with("  ") || rest.starts_with('\t');
    ((1..=2).contains(&digits) && apart).then_some(())?;
    Some((text[..digits].parse().ok()?, rest))
}

/// Runs of lines that count up from 1, and whose text goes on from one to the next.
fn numbered(lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let mut runs: Vec<Range<usize>> = Vec::new();
    let mut open: Option<(Range<usize>, u32)> = None;
    for (i, line) in lines.iter().enumerate().filter(|(_, l)| !l.is_blank()) {
        let found = number(line).map(|(n, _)| n);
        open = match (open, found) {
            (Some((run, last)), Some(n)) if n == last + 1 => Some((run.start..i + 1, n)),
            (before, found) => {
                runs.extend(before.map(|(run, _)| run));
                found.filter(|n| *n == 1).map(|n| (i..i + 1, n))
            }
        };
    }
    runs.extend(open.map(|(run, _)| run));
    let filled = |run: &Range<usize>| lines[run.clone()].iter().filter(|l| !l.is_blank()).count();
    // A list or a table has numbers too, but text behind each, and no sentence runs through it.
    let wrapped = |run: &Range<usize>| {
        lines[run.clone()]
            .iter()
            .filter_map(number)
            .any(|(_, rest)| rest.is_empty() || rest.trim_start().starts_with(char::is_lowercase))
    };
    let long = |run: &Range<usize>| filled(run) >= RUN && wrapped(run);
    if !runs.iter().any(long) {
        return Vec::new();
    }
    // The last page may be a short one.
    runs.retain(|run| long(run) || filled(run) >= 3 && wrapped(run));
    runs
}

/// Bars with which most lines begin or end, and that set no cells apart.
fn bars(lines: &mut [Line<'_>], dropped: &mut Vec<Dropped>) {
    let begins = |line: &Line<'_>| line.text.starts_with(['|', '¦', '│']);
    let ends = |line: &Line<'_>| line.text.ends_with(['|', '¦', '│']);
    if !lines.iter().any(|l| begins(l) || ends(l)) {
        return;
    }
    let cells = |l: &Line<'_>| begins(l) && ends(l) && l.text.chars().count() > 1;
    let filled = lines.iter().filter(|l| !l.is_blank()).count();
    let most = |n: usize| n >= 5 && n * 10 >= filled * 7;
    if lines.iter().any(cells) {
        return;
    }
    let at_start = most(lines.iter().filter(|l| begins(l)).count());
    let at_end = most(lines.iter().filter(|l| ends(l)).count());
    for line in lines.iter_mut() {
        let text = line.text;
        let Some(bar) = text.chars().next().filter(|_| at_start && begins(line)) else { continue };
        let (mark, rest) = text.split_at(bar.len_utf8());
        dropped.push(cut(line, BAR, mark, rest));
    }
    for line in lines.iter_mut() {
        let text = line.text;
        let Some(bar) = text.chars().next_back().filter(|_| at_end && ends(line)) else { continue };
        let (rest, mark) = text.split_at(text.len() - bar.len_utf8());
        dropped.push(cut(line, BAR, mark, rest));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ingest::text::lines;

    fn stripped(text: &str) -> Vec<String> {
        strip(lines(text)).0.iter().map(|l| l.text.to_owned()).collect()
    }

    #[test]
    fn numbers_of_ruled_paper_go_and_those_of_lists_stay() {
        let page = |text: &str| -> String {
            (1..=9).map(|n| format!(" {n}   {}\n", if n % 3 == 0 { "" } else { text })).collect()
        };
        let text = stripped(&format!("{}{}", page("the court finds"), page("and orders")));
        assert_eq!(text[0], "the court finds");
        assert_eq!(text[2], "");
        let list: String = (1..=9).map(|n| format!("{n}   Name {n}\n")).collect();
        assert_eq!(stripped(&list)[0], "1   Name 1");
    }

    #[test]
    fn bars_go_from_most_lines_and_stay_in_tables() {
        let text: String = (1..=6).map(|n| format!("| line {n}\n")).collect();
        assert_eq!(stripped(&text)[0], "line 1");
        let table: String = (1..=6).map(|n| format!("| {n} | b |\n")).collect();
        assert_eq!(stripped(&table)[0], "| 1 | b |");
    }
}
