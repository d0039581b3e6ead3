//! Lines that are a date and little else, and lines whose date is a stamp's.

use std::sync::LazyLock;

use super::super::lexicon::{self, Phrases, end_of, ends_word};
use super::super::text;
use super::{DateLine, Reading, certain, first};
use crate::config::DateOrder;

/// Reads a line that is nothing but a date, with at most a label, a day of the week, a place, a time.
pub(in crate::ingest) fn date_line(line: &str, order: Option<DateOrder>) -> Option<DateLine> {
    // No form of date has less than three digits.
    if line.len() > 130 || line.bytes().filter(u8::is_ascii_digit).count() < 3 {
        return None;
    }
    let line = text::without_emphasis(line);
    if line.len() > 120 {
        return None;
    }
    if let Some(reading) = loose(line.trim_matches(['(', ')', '[', ']', ' ', '.'])) {
        return (!is_stamp(line)).then_some(DateLine { reading, place: None });
    }
    let found = first(line, order)?;
    if !is_after_date(&line[found.range.end..]) {
        return None;
    }
    let before = before_date(&line[..found.range.start])?;
    if is_stamp(line) {
        return None;
    }
    let place = Some(before).filter(|p| !p.is_empty() && is_place(p)).map(str::to_owned);
    Some(DateLine { reading: found.reading, place })
}

static WEEKDAYS: LazyLock<lexicon::Words> = LazyLock::new(|| lexicon::set(|l| l.weekdays));

fn is_weekday(word: &str) -> bool {
    word.chars().count() <= 12 && WEEKDAYS.contains(word.to_lowercase().as_str())
}

/// What may stand before the date: nothing (after labels and days of the week), or a place.
fn before_date(before: &str) -> Option<&str> {
    static LABELS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.date));
    static OPENINGS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.date_openings));
    static ARTICLES: LazyLock<lexicon::Words> = LazyLock::new(|| lexicon::set(|l| l.date_articles));
    const EDGES: &str = " ,;:*_-–—([";
    let mut rest = without_weekday(before);
    let start = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    let labelled = LABELS.end(start, |r| r.trim_start().starts_with([':', '：', '.']));
    let opened = || OPENINGS.end(start, ends_word);
    if let Some(end) = labelled.or_else(opened) {
        rest = start[end..].trim_start_matches([':', '：', '.', ' ']);
        rest = rest.get(end_of(rest, "the ").unwrap_or(0)..).unwrap_or(rest);
    }
    let bare = rest.trim_end();
    let (head, last) = bare.rsplit_once(|c: char| !c.is_alphanumeric()).unwrap_or(("", bare));
    if ARTICLES.contains(last.to_lowercase().as_str()) {
        rest = head;
    }
    let rest = rest.trim_matches(|c: char| EDGES.contains(c));
    let capital = |c: char| c.is_uppercase() || ('가'..='힣').contains(&c);
    let fits = rest.is_empty()
        || (text::has_at_most(rest, 5)
            && rest.chars().next().is_some_and(capital)
            && !rest.contains([':', '@', '“', '"'])
            && !rest.bytes().any(|b| b.is_ascii_digit()));
    fits.then_some(rest)
}

fn without_weekday(before: &str) -> &str {
    let end = before.trim_end_matches(|c: char| c.is_whitespace() || c == ',');
    let end = end.strip_suffix(')').unwrap_or(end);
    let end = end.strip_suffix('.').unwrap_or(end);
    let word = end.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    if word.is_empty() || !is_weekday(word) {
        return before;
    }
    let head = &end[..end.len() - word.len()];
    head.strip_suffix('(').unwrap_or(head)
}

/// What may stand after the date: signs, a day of the week, a time, how the letter was sent.
fn is_after_date(after: &str) -> bool {
    let bare = |c: char| c.is_whitespace() || ".,;:)]*_-일에".contains(c);
    let rest = after.trim_matches(bare);
    if rest.is_empty() {
        return true;
    }
    if is_weekday(rest.trim_matches(['(', ')', '.'])) || is_time(rest) {
        return true;
    }
    let dashed = after.trim_start_matches([',', '.']).trim_start();
    let dashed = dashed.strip_prefix(['-', '–']).filter(|d| d.starts_with(char::is_whitespace));
    dashed.is_some_and(|d| {
        let plain = |w: &str| w.chars().all(|c| c.is_alphanumeric() || c == '_');
        (1..=3).contains(&d.split_whitespace().count()) && d.split_whitespace().all(plain)
    })
}

/// `at 10:15 AM`, `à 14h30`, `10:15:00 +0100`, `09:30 GMT`.
fn is_time(text: &str) -> bool {
    let start = ["at ", "um ", "à ", "a las "].iter().find_map(|w| end_of(text, w)).unwrap_or(0);
    let digits = |s: &str| s.bytes().take_while(u8::is_ascii_digit).count();
    let mut rest = &text[start..];
    let hour = digits(rest);
    if !(1..=2).contains(&hour) {
        return false;
    }
    rest = &rest[hour..];
    let Some(after) = rest.strip_prefix([':', 'h', '.']).filter(|r| digits(r) == 2) else {
        return false;
    };
    rest = &after[2..];
    if let Some(after) = rest.strip_prefix(':').filter(|r| digits(r) == 2) {
        rest = &after[2..];
    }
    let rest = rest.trim();
    let half = ["a.m.", "p.m.", "am", "pm", "uhr", "h"];
    let zone = rest[half.iter().find_map(|h| end_of(rest, h)).unwrap_or(0)..].trim();
    let name = |w: &str| w.len() <= 4 && w.bytes().all(|b| b.is_ascii_uppercase());
    let offset = |w: &str| {
        w.strip_prefix(['+', '-']).is_some_and(|d| d.len() == 4 && digits(d) == 4)
            || w.starts_with('(') && w.ends_with(')')
    };
    zone.split_whitespace().all(|w| name(w) || offset(w))
}

/// Whether words before a date have the form of a place: "Adopted by the Council" has not.
fn is_place(text: &str) -> bool {
    const JOINING: [&str; 18] = [
        "de", "la", "le", "les", "del", "of", "the", "am", "an", "der", "im", "sur", "sous",
        "upon", "los", "las", "el", "do",
    ];
    let small = |w: &&str| w.starts_with(char::is_lowercase);
    text.split_whitespace().filter(small).all(|w| JOINING.contains(&w))
}

/// Whether a line is a stamp or a mark of change, whose date is not the document's.
pub(in crate::ingest) fn is_stamp(line: &str) -> bool {
    static STAMPS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.stamps));
    let stamp = |rest: &str| STAMPS.end(rest, ends_word).is_some();
    if stamp(line.trim_start_matches(|c: char| !c.is_alphanumeric())) || line.contains('©') {
        return true;
    }
    // "Date received", "am 3. Mai eingegangen"
    line.match_indices(char::is_whitespace).any(|(i, _)| {
        let ends = matches!(line.as_bytes()[..i].last(), Some(b'e' | b'E' | b'm' | b'M'));
        let word = || line[..i].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
        ends && ["date", "am", "le"].iter().any(|w| word().eq_ignore_ascii_case(w))
            && stamp(line[i..].trim_start())
    })
}

/// A year, a decade, a span of years that is the whole of a line.
fn loose(line: &str) -> Option<Reading> {
    if line.len() > 40 || line.len() < 4 {
        return None;
    }
    year(line).or_else(|| decade(line)).or_else(|| years(line))
}

/// `1958`, `[1958?]`, `circa 1958`, `1958년경`.
fn year(line: &str) -> Option<Reading> {
    static CIRCA: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.circa));
    let circa = CIRCA.ends(line).find_map(|end| {
        let rest = line[end..].strip_prefix('.').unwrap_or(&line[end..]).trim_start();
        rest.starts_with(|c: char| c.is_ascii_digit() || c == '[').then_some(rest)
    });
    let rest = circa.unwrap_or(line);
    let rest = rest.strip_prefix('[').unwrap_or(rest);
    let (year, rest) = rest.split_at_checked(4).filter(|(y, _)| is_year(y))?;
    let (doubtful, rest) = rest.strip_prefix('?').map_or((false, rest), |r| (true, r));
    let rest = rest.strip_prefix(']').unwrap_or(rest);
    let rest = rest.strip_prefix('년').unwrap_or(rest);
    let about = circa.is_some() || rest.trim_start() == "경";
    if !rest.is_empty() && rest.trim_start() != "경" {
        return None;
    }
    let sign = if about { "~" } else { ["", "?"][usize::from(doubtful)] };
    certain(format!("{year}{sign}"))
}

/// `1950s`, `les années 1950`… and `1950er Jahre`.
fn decade(line: &str) -> Option<Reading> {
    let start = ["the ", "les années "].iter().find_map(|w| end_of(line, w)).unwrap_or(0);
    let (year, rest) = line[start..].split_at_checked(4).filter(|(y, _)| is_year(y))?;
    let ending = ["s", "er", "년대"].iter().find_map(|e| rest.strip_prefix(e))?.trim();
    let whole = ending.is_empty() || ending.eq_ignore_ascii_case("jahre");
    (year.ends_with('0') && whole).then(|| certain(format!("{}X", &year[..3])))?
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
