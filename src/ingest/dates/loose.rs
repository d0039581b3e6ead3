//! A year, a decade, a span of years that is the whole of a line.

use super::super::lexicon::ends_word;
use super::Reading;
use super::words::{CIRCA, CIRCA_AFTER, DECADE_ENDINGS, DECADES};

/// Reads such a line.
pub(super) fn loose(line: &str) -> Option<Reading> {
    let line = line.trim_matches(['(', ')', '[', ']', ' ', '.']);
    if line.len() > 40 || line.len() < 4 {
        return None;
    }
    year(line).or_else(|| decade(line)).or_else(|| years(line))
}

fn certain(edtf: String) -> Option<Reading> {
    Some(Reading { date: Some(edtf.parse().ok()?), doubt: None })
}

/// `1958`, `[1958?]`, `circa 1958`, `1958년경`.
fn year(line: &str) -> Option<Reading> {
    let circa = CIRCA.end(line).and_then(|end| {
        let rest = line[end..].strip_prefix('.').unwrap_or(&line[end..]).trim_start();
        rest.starts_with(|c: char| c.is_ascii_digit() || c == '[').then_some(rest)
    });
    let rest = circa.unwrap_or(line);
    let rest = rest.strip_prefix('[').unwrap_or(rest);
    let (year, rest) = rest.split_at_checked(4).filter(|(y, _)| is_year(y))?;
    let (doubtful, rest) = rest.strip_prefix('?').map_or((false, rest), |r| (true, r));
    let rest = rest.strip_prefix(']').unwrap_or(rest);
    let rest = rest.strip_prefix('년').unwrap_or(rest).trim_start();
    let after = CIRCA_AFTER.end(rest);
    if after.unwrap_or(0) != rest.len() {
        return None;
    }
    let sign = match (circa.is_some() || after.is_some(), doubtful) {
        (true, true) => "%",
        (true, false) => "~",
        (false, true) => "?",
        (false, false) => "",
    };
    certain(format!("{year}{sign}"))
}

/// `1950s`, `les années 1950`, `1950er Jahre`.
fn decade(line: &str) -> Option<Reading> {
    let opened = DECADES.end(line).filter(|end| line[*end..].starts_with(' '));
    let start = opened.map_or(0, |end| end + 1);
    let (year, rest) = line[start..].split_at_checked(4).filter(|(y, _)| is_year(y))?;
    let ended = DECADE_ENDINGS.end(rest).is_some_and(|end| end == rest.len());
    // Some languages say it before the number only.
    let said = ended || opened.is_some() && rest.is_empty() && !ends_word(&line[..start]);
    (year.ends_with('0') && said).then(|| certain(format!("{}X", &year[..3])))?
}

/// `1998–2001`.
fn years(line: &str) -> Option<Reading> {
    let (first, rest) = line.split_at_checked(4).filter(|(y, _)| is_year(y))?;
    let last = rest.trim_start().strip_prefix(['-', '–', '—', '/'])?.trim_start();
    (is_year(last) && first < last).then(|| certain(format!("{first}/{last}")))?
}

/// Four digits that can be a year of which documents are.
fn is_year(text: &str) -> bool {
    text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) && ("1400".."2100").contains(&text)
}
