//! A document without a date of its own: the year of the latest event that it names, marked as
//! approximate, with the line that names it.

use std::ops::Range;

use super::super::dates::{self, Reading};
use super::super::lexicon::ends_word;
use super::super::text::Line;
use super::Facts;

/// Words beside a year that make it one to come, or a number of something else.
const AHEAD: [&str; 10] = [
    "by ",
    "until ",
    "through ",
    "between ",
    "before ",
    "jusqu'en ",
    "bis ",
    "hasta ",
    "§ ",
    "no. ",
];

/// Gives an undated letter a year by its content; anything else undated gets a doubt only.
pub(super) fn settle(facts: &mut Facts, lines: &[Line<'_>]) {
    if facts.date.is_some() {
        return;
    }
    let first = lines.iter().find(|l| !l.is_blank()).map(|l| l.number);
    if !matches!(
        facts.kind,
        Some("letter" | "open-letter" | "memorandum" | "statement" | "press-release" | "telegram")
    ) {
        facts.doubt("date", "the document has no date", first);
        return;
    }
    let Some((year, month, number)) = latest(lines) else {
        facts.doubt("date", "the document has no date", first);
        return;
    };
    let (edtf, named) = match month {
        Some(month) => (format!("{year}-{month:02}~"), format!("{year}-{month:02}")),
        None => (format!("{year}~"), year.to_string()),
    };
    facts.date = Some((Reading { date: edtf.parse().ok(), doubt: None }, number));
    facts.doubt(
        "date",
        format!("the document has no date; the latest event it names: {named}"),
        Some(number),
    );
}

/// The latest year named, with the month of a day named without year if it is later in that year.
fn latest(lines: &[Line<'_>]) -> Option<(u32, Option<u32>, usize)> {
    let mut best: Option<(u32, usize)> = None;
    for line in lines {
        for found in years(line.text) {
            let before = lower_end(&line.text[..found.start]);
            let part_of_number = before.ends_with(['/', '-', '.', '#', '=', '_'])
                || line.text[found.end..].starts_with(['/', '=', '_', '-']);
            if AHEAD.iter().any(|a| before.ends_with(a)) || part_of_number {
                continue;
            }
            let year: u32 = line.text[found].parse().ok()?;
            if best.is_none_or(|(y, _)| year > y) && year <= 2035 {
                best = Some((year, line.number));
            }
        }
    }
    let (year, number) = best?;
    let known = lines.iter().flat_map(|l| dates::find(l.text, None)).filter_map(|f| {
        let date = f.reading.date?;
        let day = date.latest()?;
        (u32::try_from(day.year).ok()? == year && date.as_str().len() >= 7)
            .then_some(u32::from(day.month))
    });
    let known = known.max().unwrap_or(0);
    let later = lines.iter().flat_map(|l| days_without_year(l.text).map(|m| (m, l.number)));
    match later
        .filter(|(month, _)| known > 0 && *month > known)
        .max_by_key(|(month, n)| (*month, std::cmp::Reverse(*n)))
    {
        Some((month, at)) => Some((year, Some(month), at)),
        None => Some((year, None, number)),
    }
}

/// Numbers of four digits that stand by themselves and may be years.
fn years(text: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = text.as_bytes();
    let digit = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let starts = ["18", "19", "20"].into_iter().flat_map(move |c| text.match_indices(c));
    let mut found: Vec<Range<usize>> = starts
        .map(|(i, _)| i..i + 4)
        .filter(|r| digit(r.start + 2) && digit(r.start + 3))
        .filter(|r| !text[..r.start].ends_with(|c: char| c.is_alphanumeric() || c == '_'))
        .filter(|r| ends_word(&text[r.end..]))
        .collect();
    found.sort_by_key(|r| r.start);
    found.into_iter()
}

/// The last characters of a text in lower case: as many as a word of [`AHEAD`] has.
fn lower_end(text: &str) -> String {
    let start = (text.len().saturating_sub(12)..=text.len()).find(|i| text.is_char_boundary(*i));
    text[start.unwrap_or(0)..].to_lowercase()
}

/// Months of days that are named without their year: `March 3` in a text of 2009.
fn days_without_year(text: &str) -> impl Iterator<Item = u32> {
    let words = text.split_whitespace().collect::<Vec<_>>();
    let digits = |w: &str| w.bytes().take_while(u8::is_ascii_digit).count();
    (0..words.len().saturating_sub(1)).filter_map(move |i| {
        let name = words[i].trim_start_matches(|c: char| !c.is_alphanumeric());
        let name = name.strip_suffix('.').unwrap_or(name);
        let (day, after) = words[i + 1].split_at(digits(words[i + 1]));
        if day.is_empty() || day.len() > 2 || day.parse::<u32>().is_ok_and(|d| d > 31) {
            return None;
        }
        let numbered = |w: Option<&&str>| w.is_some_and(|w| digits(w) > 0);
        let dated = (after.is_empty() || after == ",") && numbered(words.get(i + 2));
        let whole = ends_word(after)
            && !after.trim_start_matches(',').starts_with(|c: char| c.is_ascii_digit());
        (whole && !dated).then(|| dates::month_number(name))?
    })
}
