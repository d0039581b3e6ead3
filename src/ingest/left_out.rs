//! Which lines of a seed its draft leaves out, as the ledger keeps them: `10,12-14,20:2,31:0` are four whole lines, two
//! characters of line 20, and something of line 31.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::ops::RangeInclusive;

use super::furniture::Dropped;

/// What of a line is left out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeftOut {
    /// All of it.
    Whole,
    /// So many characters at one of its ends; 0 if it is not known where they are.
    Part(usize),
}

/// Lines that are left out, by their numbers.
pub type LeftOutLines = BTreeMap<usize, LeftOut>;

/// What is left out of a seed; `text` has its lines, unless they were read from something else.
///
/// A title is not left out: pages show it above the text.
pub(super) fn of(text: Option<&str>, dropped: &[Dropped]) -> LeftOutLines {
    if dropped.is_empty() {
        return LeftOutLines::new();
    }
    let lines: Vec<&str> = text.map_or_else(Vec::new, |text| text.split('\n').collect());
    let mut out = LeftOutLines::new();
    for drop in dropped.iter().filter(|drop| drop.rule != super::seed::TITLE) {
        let line = drop.line.checked_sub(1).and_then(|at| lines.get(at));
        let what = match line.map(|line| line.trim()) {
            Some(line) if line == drop.text.trim() => LeftOut::Whole,
            Some(line) if line.starts_with(&drop.text) || line.ends_with(&drop.text) => {
                LeftOut::Part(drop.text.chars().count())
            }
            _ => LeftOut::Part(0),
        };
        out.entry(drop.line).and_modify(|known| *known = LeftOut::Part(0)).or_insert(what);
    }
    out
}

/// Those among some lines of the seed, as the ledger has them.
pub(super) fn write(lines: &LeftOutLines, among: RangeInclusive<usize>) -> String {
    let mut out = String::new();
    let mut whole: Option<(usize, usize)> = None;
    let close = |out: &mut String, span: Option<(usize, usize)>| {
        let Some((first, last)) = span else { return };
        let comma = if out.is_empty() { "" } else { "," };
        // Never fails: a `String` takes everything.
        let _ = match first == last {
            true => write!(out, "{comma}{first}"),
            false => write!(out, "{comma}{first}-{last}"),
        };
    };
    for (line, what) in lines.range(among) {
        match (what, whole) {
            (LeftOut::Whole, Some((first, last))) if last + 1 == *line => {
                whole = Some((first, *line));
            }
            (LeftOut::Whole, before) => {
                close(&mut out, before);
                whole = Some((*line, *line));
            }
            (LeftOut::Part(length), before) => {
                close(&mut out, before);
                whole = None;
                let comma = if out.is_empty() { "" } else { "," };
                let _ = write!(out, "{comma}{line}:{length}");
            }
        }
    }
    close(&mut out, whole);
    out
}

/// Reads what [`write`] wrote; what is none of it is passed over.
pub(super) fn read(text: &str) -> LeftOutLines {
    /// Lines of one span at most: a damaged ledger names no more than a seed has.
    const MOST: usize = 1_000_000;
    let mut out = LeftOutLines::new();
    for part in text.split(',') {
        if let Some((line, length)) = part.split_once(':') {
            if let (Ok(line), Ok(length)) = (line.parse(), length.parse()) {
                out.insert(line, LeftOut::Part(length));
            }
            continue;
        }
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        if let (Ok(first), Ok(last)) = (first.parse::<usize>(), last.parse::<usize>()) {
            out.extend((first..=last).take(MOST).map(|line| (line, LeftOut::Whole)));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dropped(line: usize, rule: &'static str, text: &str) -> Dropped {
        Dropped { line, rule, text: text.to_owned() }
    }

    #[test]
    fn whole_lines_parts_of_lines_and_lines_read_from_something_else_are_told_apart() {
        let seed = "A title\n 1  One\n\nPage 2\nPage 3\n| x |\n64 HEAD";
        let all = [
            dropped(1, super::super::seed::TITLE, "A title"),
            dropped(2, "line number", "1"),
            dropped(4, "page number", "Page 2"),
            dropped(5, "page number", "Page 3"),
            dropped(6, "bar at the margin", "|"),
            dropped(6, "bar at the margin", "|"),
            dropped(7, "running head", "64 HEAD"),
        ];
        let lines = of(Some(seed), &all);
        assert_eq!(write(&lines, 1..=7), "2:1,4-5,6:0,7");
        assert_eq!(write(&lines, 4..=5), "4-5");
        assert_eq!(write(&of(None, &all[..3]), 1..=7), "2:0,4:0");
        assert_eq!(read("2:1,4-5,6:0,7"), lines);
        assert!(read("").is_empty() && read("x,1-,-2,a:b").is_empty());
    }
}
