//! A document without a date of its own: the year of the latest event that it names, marked as
//! approximate, with the line that names it.

use std::sync::LazyLock;

use regex::Regex;

use super::super::dates::{self, Reading};
use super::super::lexicon;
use super::super::text::Line;
use super::Facts;

static YEAR: LazyLock<Regex> = LazyLock::new(|| lexicon::regex(r"\b(1[89]\d\d|20\d\d)\b"));
static MONTH_DAY: LazyLock<Regex> = LazyLock::new(|| {
    let names: Vec<&str> = lexicon::LANGUAGES
        .iter()
        .filter(|l| l.tag != "ko")
        .flat_map(|l| l.months)
        .flat_map(|m| m.split('|'))
        .collect();
    lexicon::regex(&format!(
        r"(?i)\b(?P<m>{})\.?\s+(?P<d>[0-3]?\d)\b(?:[^\d,]|,\s*[^\d\s]|$)",
        names.join("|")
    ))
});

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
        for found in YEAR.find_iter(line.text) {
            let before = line.text[..found.start()].to_lowercase();
            let part_of_number = before.ends_with(['/', '-', '.', '#', '=', '_'])
                && !before.ends_with(' ')
                || line.text[found.end()..].starts_with(['/', '=', '_', '-']);
            if AHEAD.iter().any(|a| before.ends_with(a)) || part_of_number {
                continue;
            }
            let year: u32 = found.as_str().parse().ok()?;
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
    let later = lines.iter().flat_map(|l| {
        MONTH_DAY
            .captures_iter(l.text)
            .filter_map(|c| Some((dates::month_number(&c["m"])?, l.number)))
            .collect::<Vec<_>>()
    });
    match later
        .filter(|(month, _)| known > 0 && *month > known)
        .max_by_key(|(month, n)| (*month, std::cmp::Reverse(*n)))
    {
        Some((month, at)) => Some((year, Some(month), at)),
        None => Some((year, None, number)),
    }
}
