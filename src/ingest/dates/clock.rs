//! Times of day beside a date.

use super::words::{CLOCK_OPENINGS, CLOCK_UNITS};

/// Where a time of day ends with which a text begins: `at 10:15 AM`, `à 14h30`, `10:15:00 +0100`,
/// `09:30 GMT`, `9 o'clock`, `오후 3시 30분`.
pub(super) fn end<'t>(text: &'t str) -> Option<usize> {
    let opened =
        |text: &'t str| CLOCK_OPENINGS.end(text).map_or(text, |end| text[end..].trim_start());
    // As in "at half past nine".
    let rest = opened(opened(text));
    let hour = digits(rest);
    if !(1..=2).contains(&hour) {
        return None;
    }
    let rest = &rest[hour..];
    let minutes = rest.strip_prefix([':', 'h', '.']).filter(|r| digits(r) == 2).map(|r| &r[2..]);
    let seconds = minutes
        .map(|r| r.strip_prefix(':').filter(|s| digits(s) == 2).map_or(r, |s| fraction(&s[2..])));
    let unit = |rest: &str| {
        let bare = rest.trim_start();
        CLOCK_UNITS.end(bare).map(|end| rest.len() - bare.len() + end)
    };
    let rest = match seconds {
        Some(rest) => &rest[unit(rest).unwrap_or(0)..],
        // "10" alone is no time.
        None => korean_minutes(&rest[unit(rest)?..]),
    };
    Some(text.len() - zones(rest).len())
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Past the thousandths of a second.
fn fraction(text: &str) -> &str {
    text.strip_prefix('.').filter(|r| digits(r) > 0).map_or(text, |r| &r[digits(r)..])
}

/// Past `30분`.
fn korean_minutes(text: &str) -> &str {
    let bare = text.trim_start();
    let minutes = digits(bare);
    let after = (1..=2).contains(&minutes).then(|| bare[minutes..].trim_start().strip_prefix('분'));
    after.flatten().unwrap_or(text)
}

/// Past the names of zones and their distances: `GMT`, `+0100`, `(KST)`.
fn zones(text: &str) -> &str {
    let mut rest = text;
    for _ in 0..3 {
        let bare = rest.trim_start();
        let end = bare.find(char::is_whitespace).unwrap_or(bare.len());
        let word = bare[..end].trim_end_matches(['.', ',', ';']);
        if !is_zone(word) {
            break;
        }
        rest = &bare[word.len()..];
    }
    rest
}

fn is_zone(word: &str) -> bool {
    if let Some(offset) = word.strip_prefix(['+', '-', '−']) {
        let digits = |b: u8| b.is_ascii_digit() || b == b':';
        return (4..=5).contains(&offset.len()) && offset.bytes().all(digits);
    }
    let name = (2..=5).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_uppercase());
    let aside = word.starts_with('(') && word.ends_with(')') && word.len() <= 12;
    name || aside || word == "Z"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_with_their_units_and_zones() {
        for text in [
            "at 10:15 AM",
            "à 14h30",
            "10:15:00 +0100",
            "09:30 GMT",
            "9 o'clock",
            "오후 3시 30분",
            "um 9.30 Uhr",
            "a las 10 horas",
            "10:15:00.123 +02:00 (CEST)",
            "9 p.m.",
            "1430 h",
        ] {
            let whole = text != "1430 h";
            assert_eq!(end(text) == Some(text.len()), whole, "{text}");
        }
        assert_eq!(end("10 men"), None);
        assert_eq!(end(""), None);
    }
}
