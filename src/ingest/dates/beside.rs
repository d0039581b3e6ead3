//! What is just before and after a date and belongs to it: days of the week, times, articles, brackets,
//! signs of doubt.

use super::super::lexicon::ends_word;
use super::Reading;
use super::clock;
use super::read::quoted;
use super::words::{
    self, ARTICLES, CIRCA, CIRCA_AFTER, LUNAR, Next, PARTS_OF_DAY, WEEKDAY_SIGNS, WEEKDAYS,
};

/// The text before a date without what belongs to it.
#[derive(Clone, Copy, Default)]
pub(super) struct Before<'t> {
    /// What is left.
    pub rest: &'t str,
    /// The day of the week, 0 for Monday.
    pub weekday: Option<u8>,
    /// Whether the date is approximate.
    pub circa: bool,
    /// Whether a part of a day, a feast or a time was there.
    pub more: bool,
}

/// Takes from the end of the text before a date what belongs to the date.
pub(super) fn before(text: &str) -> Before<'_> {
    let mut found = Before { rest: text, ..Before::default() };
    // A day of the week, a part of it, a feast and an article at most.
    for _ in 0..5 {
        let start = found.rest.len();
        article_and_circa(&mut found);
        let end =
            found.rest.trim_end_matches(|c: char| c.is_whitespace() || ",،;*_-–—([".contains(c));
        let end = end.strip_suffix("(?)").or_else(|| end.strip_suffix('?')).unwrap_or(end);
        found.rest = end;
        day_of_week(&mut found);
        if found.rest.len() == start {
            break;
        }
    }
    if clock::end(found.rest.trim_start()) == Some(found.rest.trim_start().len()) {
        found.rest = "";
        found.more = true;
    }
    found
}

fn article_and_circa(found: &mut Before<'_>) {
    let end = found.rest.trim_end_matches(|c: char| c.is_whitespace() || c == '[');
    let bare = end.strip_suffix('.').unwrap_or(end);
    // The C of `WASHINGTON, D.C. (June 3, 1931)` is another one.
    let apart = |start: &usize| !bare[..*start].ends_with('.');
    if let Some(start) = CIRCA.start_at_end(bare).filter(apart) {
        // "Um" begins sentences, and is a place in no country.
        found.circa = true;
        found.rest = &bare[..start];
    } else if let Some(start) = ARTICLES.start_at_end(end).or_else(|| ARTICLES.start_at_end(bare)) {
        found.rest = &end[..start];
    }
}

fn day_of_week(found: &mut Before<'_>) {
    let text = found.rest;
    let closed = text.strip_suffix(')').unwrap_or(text);
    let bare = closed.strip_suffix('.').unwrap_or(closed);
    // A feast may have a day of the week in its name.
    if let Some(start) = feast_at_end(bare).or_else(|| PARTS_OF_DAY.start_at_end(bare)) {
        found.more = true;
        found.rest = &bare[..start];
        return;
    }
    let before = bare.trim_end_matches(char::is_alphanumeric);
    let word = &bare[before.len()..];
    let signed = || (bare.len() < text.len()).then(|| WEEKDAY_SIGNS.number(word)).flatten();
    if let Some(day) = WEEKDAYS.number(word).or_else(signed) {
        found.weekday = Some(day);
        found.rest = before.strip_suffix('(').unwrap_or(before);
    }
}

/// Where a feast's name begins that is the last of a text.
fn feast_at_end(text: &str) -> Option<usize> {
    let starts = text
        .char_indices()
        .filter(|(i, c)| c.is_alphabetic() && !text[..*i].ends_with(char::is_alphanumeric));
    starts.map(|(i, _)| i).find(|i| {
        text.len() - i <= 40
            && words::feast(&text[*i..]).is_some_and(|(end, _)| i + end == text.len())
    })
}

/// What of the text after a date is left when what belongs to the date is taken away.
#[derive(Clone, Copy, Default)]
pub(super) struct After<'t> {
    /// What is left, from the first sign after the date or what belongs to it.
    pub rest: &'t str,
    /// The day of the week, 0 for Monday.
    pub weekday: Option<u8>,
}

/// Takes from the beginning of the text after a date what belongs to the date.
pub(super) fn after(text: &str) -> After<'_> {
    const EDGES: &str = ".,;:)]*_?에";
    let mut found = After { rest: text, weekday: None };
    for _ in 0..4 {
        let rest = found.rest;
        let open = rest.trim_start_matches(|c: char| c.is_whitespace() || EDGES.contains(c));
        let taken = weekday_after(open).map(|(end, day)| {
            found.weekday = Some(day);
            end
        });
        let of_phrases = |words: &Next| words.end(open);
        let taken = taken
            .or_else(|| clock::end(open))
            .or_else(|| of_phrases(&PARTS_OF_DAY))
            .or_else(|| of_phrases(&CIRCA_AFTER))
            .or_else(|| feast_after(open))
            .or_else(|| aside(open));
        let Some(end) = taken else { break };
        found.rest = &open[end..];
    }
    found
}

/// `Christmas Day`, `(Easter Sunday)`, `어버이날에`: a feast, listed or a Korean one by its last syllable.
fn feast_after(text: &str) -> Option<usize> {
    let from = text.strip_prefix(['(', '[']).unwrap_or(text);
    let korean = || {
        let word = from.split(char::is_whitespace).next().unwrap_or_default();
        let feast = word.trim_end_matches([')', ']', '.']).trim_end_matches('에');
        (feast.ends_with(['날', '절']) && feast.chars().count() > 2).then_some(feast.len())
    };
    let listed = words::feast(from).map(|(end, _)| end).filter(|end| ends_word(&from[*end..]));
    Some(text.len() - from.len() + listed.or_else(korean)?)
}

/// `Monday`, `(금)`, `[Mo.]`
fn weekday_after(text: &str) -> Option<(usize, u8)> {
    let inner = text.strip_prefix(['(', '[']);
    let from = inner.unwrap_or(text);
    let length = from.find(|c: char| !c.is_alphanumeric()).unwrap_or(from.len());
    let word = &from[..length];
    let signed = || inner.and_then(|_| WEEKDAY_SIGNS.number(word));
    let day = WEEKDAYS.number(word).or_else(signed)?;
    let end = text.len() - from.len() + length;
    let rest = text[end..].strip_prefix('.').unwrap_or(&text[end..]);
    let closed = rest.strip_prefix([')', ']']).filter(|_| inner.is_some());
    Some((text.len() - closed.unwrap_or(rest).len(), day))
}

/// The same day in another calendar, in brackets: `(음력 1월 24일)`, `(단기 4291년)`.
fn aside(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('(')?;
    LUNAR.end(inner).or_else(|| words::era(inner))?;
    let end = inner.find(')').filter(|end| *end <= 60)?;
    Some(end + 2)
}

impl Before<'_> {
    /// A reading with the signs of doubt around its date: circa, a question mark, brackets.
    pub(super) fn signed(&self, reading: Reading, [before, text, after]: [&str; 3]) -> Reading {
        let circa = self.circa || CIRCA_AFTER.end(after.trim_start()).is_some();
        let bracketed = before.trim_end().ends_with('[') && closes(after) || text.contains('[');
        let uncertain = text.contains('?') || is_questioned(before, after);
        let sign = match (circa, uncertain) {
            (true, true) => "%",
            (true, false) => "~",
            (false, true) => "?",
            (false, false) => "",
        };
        let mut reading = reading;
        if bracketed && !uncertain && reading.date.is_some() {
            let text = quoted(text);
            let text = text.trim_matches(['[', ']']);
            let reason = format!("the brackets around `{text}` say that somebody supplied it");
            reading.doubt = reading.doubt.or(Some(reason));
        }
        if sign.is_empty() {
            return reading;
        }
        let Some(date) = reading.date.take() else { return reading };
        let plain = date.to_string();
        let qualified = match plain.split_once('/') {
            Some((from, to)) => format!("{from}{sign}/{to}{sign}"),
            None => format!("{plain}{sign}"),
        };
        // A set has no place for such a sign.
        reading.date = Some(qualified.parse().unwrap_or(date));
        reading
    }
}

fn closes(after: &str) -> bool {
    after.trim_start_matches(['?', '.', ' ']).starts_with(']')
}

/// Whether a question mark beside a date is the date's own, and not that of a sentence.
fn is_questioned(before: &str, after: &str) -> bool {
    let before = before.trim_end();
    let own = before.ends_with("(?)") || before.ends_with("[?") || before.ends_with("?]");
    let after = after.trim_start();
    let bracketed = ["?]", "?)", "(?)", "[?]"].iter().any(|sign| after.starts_with(sign));
    let short = super::super::text::has_at_most(before, 4);
    own || bracketed || after.starts_with('?') && short
}

#[cfg(test)]
mod tests {
    use super::super::{assert_dates, parts};

    #[test]
    fn signs_of_doubt_are_kept() {
        assert_dates(&[
            ("3 May 1931?", "1931-05-03?"),
            ("[3 May 1931?]", "1931-05-03?"),
            ("3 May [1931?]", "1931-05-03?"),
            ("3 May 1931 (?)", "1931-05-03?"),
            ("[circa 3 May 1931]", "1931-05-03~"),
            ("about May 1931", "1931-05~"),
            ("um den 3. Mai 1931", "1931-05-03~"),
            ("vers le 3 mai 1931", "1931-05-03~"),
            ("ca. 4-6 July 1917", "1917-07-04~/1917-07-06~"),
            ("c. 1931?", "1931%"),
            ("WASHINGTON, D.C. (3 May 1931)", "1931-05-03"),
            ("23. 1. [1896]", "1896-01-23"),
        ]);
    }

    #[test]
    fn brackets_leave_a_doubt() {
        for text in ["[3 May 1931]", "3 May [1931]", "Bertram House Monday. [April, 1819]"] {
            assert!(
                parts(text).and_then(|p| p.2).is_some_and(|d| d.contains("brackets")),
                "{text}"
            );
        }
    }

    #[test]
    fn days_of_the_week_and_times_belong_to_the_date() {
        assert_dates(&[
            ("Monday evening, 4 May 1931", "1931-05-04"),
            ("4 May 1931, Monday, 9 p.m.", "1931-05-04"),
            ("Mo., 4. Mai 1931, abends", "1931-05-04"),
            ("lundi 4 mai 1931 au soir", "1931-05-04"),
            ("10:15 a.m., 4 May 1931", "1931-05-04"),
            ("4 May 1931 at half past 9 o'clock", "1931-05-04"),
            ("14 March 1921 (Monday)", "1921-03-14"),
        ]);
    }

    #[test]
    fn a_day_of_the_week_settles_order_and_century_or_is_a_doubt() {
        // 4 March 2018 was a Sunday, 3 April 2018 a Tuesday.
        assert_dates(&[("Tuesday, 03/04/2018", "2018-04-03"), ("Sunday 03/04/2018", "2018-03-04")]);
        // 3 May 1831 was a Tuesday.
        assert_dates(&[("Sunday, 3.5.31", "1931-05-03"), ("Tuesday, 3.5.31", "1831-05-03")]);
        let doubt = parts("Friday, 3 May 1931").and_then(|p| p.2);
        assert!(doubt.is_some_and(|d| d.contains("was a Sunday")));
    }
}
