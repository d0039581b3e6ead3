//! The place before a date, and what is there and is none.

use std::sync::LazyLock;

use super::super::lexicon::{self, Phrases, ends_word};
use super::super::names;
use super::super::text;
use super::words::{self, FROM, MONTHS, OPENINGS, OWN_LABELS, PLACE_JOINS, WEEKDAYS};

/// Whether a date may follow a text, and the place that the text names.
pub(super) enum Before<'t> {
    /// No date line begins so.
    Other,
    /// Nothing, or an address without a town.
    Fits,
    /// Words that are no place.
    Words(&'t str),
    /// A place.
    Place(&'t str),
}

/// Reads what is before a date, without the days of the week and articles that belong to it.
pub(super) fn before(rest: &str) -> Before<'_> {
    const EDGES: &str = " ,،;:*_-–—([|#";
    let rest = without_label(rest);
    if rest.trim_end_matches(['*', '_', ' ']).ends_with([':', '：']) {
        return Before::Other;
    }
    let rest = rest.trim_matches(|c: char| EDGES.contains(c));
    if rest.is_empty() {
        return Before::Fits;
    }
    if !text::has_at_most(rest, 6) || rest.contains([':', '@', '“', '"', '\t']) {
        return Before::Other;
    }
    if rest.bytes().any(|b| b.is_ascii_digit()) {
        return address(rest);
    }
    let capital = |c: char| c.is_uppercase() || ('가'..='힣').contains(&c);
    // "à Dresde", "De Genève": the word before the place is none of it.
    let from = FROM.end(rest).map(|end| rest[end..].trim_start());
    let rest = from.filter(|r| r.starts_with(capital) && text::has_at_most(r, 3)).unwrap_or(rest);
    // Of Arabic and Hebrew words nobody here knows whether they name a place.
    if rest.starts_with(|c: char| ('\u{590}'..='\u{6FF}').contains(&c))
        && text::has_at_most(rest, 2)
    {
        return Before::Fits;
    }
    if !text::has_at_most(rest, 5) || !rest.chars().next().is_some_and(capital) {
        return Before::Other;
    }
    if is_place(rest) { Before::Place(rest) } else { Before::Words(rest) }
}

/// The text after a label of the document's own date, or after words that open one.
fn without_label(text: &str) -> &str {
    let start = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let labelled = OWN_LABELS.end(start).filter(|end| {
        let rest = &start[*end..];
        rest.trim_start().starts_with([':', '：', '.']) || rest.trim().is_empty()
    });
    match labelled.or_else(|| OPENINGS.end(start)) {
        Some(end) => {
            let rest = start[end..].trim_start_matches([':', '：', '.', ' ', '*', '_']);
            let article = words::ARTICLES.end(rest).filter(|end| rest[*end..].starts_with(' '));
            article.map_or(rest, |end| &rest[end..])
        }
        None => text,
    }
}

/// `12 Quay Street, Northmouth`: the street is no place of its own.
fn address(text: &str) -> Before<'_> {
    let number = text.bytes().take_while(u8::is_ascii_digit).count();
    let street = text[number..].trim_start().starts_with(char::is_uppercase);
    if !(1..=4).contains(&number) || !street || !text.contains(',') {
        return Before::Other;
    }
    let town = text.rsplit(',').next().unwrap_or_default().trim();
    let named = town.starts_with(char::is_uppercase) && !town.bytes().any(|b| b.is_ascii_digit());
    if named && is_place(town) { Before::Place(town) } else { Before::Fits }
}

/// A place without the sign that ends its part of a line; `Washington, D.C.` keeps its point.
pub(super) fn without_stop(place: &str) -> &str {
    let bare = place.trim_end_matches(['.', ',']);
    let last = bare.rsplit(' ').next().unwrap_or(bare);
    let pointed = last.contains('.') && place[bare.len()..].starts_with('.');
    if pointed { &place[..=bare.len()] } else { bare }
}

/// Whether words have the form of a place: "Adopted by the Council" has not.
pub(super) fn is_place(text: &str) -> bool {
    let text = text.trim_end_matches(['.', ',']);
    // "AUTORIZZATA CON" in capitals has a small word, too.
    let caps = text::is_caps(text) && text.contains(' ');
    let small = |w: &&str| {
        w.starts_with(char::is_lowercase) || caps && lexicon::has(&lexicon::OPEN_WORDS, w)
    };
    let joins = |w: &str| {
        let w = w.trim_end_matches(['.', '\'', '’']);
        PLACE_JOINS.end(w) == Some(w.len()) || w.contains(['\'', '’'])
    };
    // "Comandante de la" goes on behind it.
    let open = |w: &str| lexicon::has(&lexicon::OPEN_WORDS, w) && w.starts_with(char::is_lowercase);
    let ends = text.split_whitespace().next_back().is_some_and(|last| !open(last));
    ends && text.split_whitespace().filter(small).all(joins) && !is_other(text)
}

/// Whether a text is known to be something else than a place.
fn is_other(text: &str) -> bool {
    OTHER.iter().any(|is_sign| is_sign(text))
}

/// What is no place, though it has the form of one.
const OTHER: &[fn(&str) -> bool] = &[
    // An era, which may follow a day: `3 March, 1931 AD`.
    |text| {
        let parts = text.rsplit_once([',', ' ']).map(|(first, last)| (first, last.trim()));
        // "Bogotá D.C." is a town.
        let town = |first: &str| names::knowledge::is_city(first).is_some();
        parts.is_some_and(|(first, last)| words::era(last) == Some(last.len()) && !town(first))
    },
    |text| WEEKDAYS.number(first_word(text)).is_some(),
    |text| {
        let first = first_word(text);
        let known = || MONTHS.number(first).is_some() || lexicon::has(&lexicon::COMMON, first);
        first.len() == text.len() && known()
    },
    |text| words::feast(text).is_some(),
    |text| OPENINGS.end(text) == Some(text.len()),
    names_writer,
    |text| words::era(text).is_some_and(|end| ends_word(&text[end..])),
    is_label,
];

/// `Started by Ida Holm`: who did something, before the day.
fn names_writer(text: &str) -> bool {
    static BY: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.by));
    let mut words = text.match_indices(' ').map(|(at, _)| &text[at + 1..]);
    words.any(|rest| {
        let name = BY.end(rest, |rest| rest.starts_with(' ')).map(|end| &rest[end..]);
        name.is_some_and(|name| names::person_likelihood(name.trim_start()) >= 20)
    })
}

fn first_word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default()
}

fn is_label(text: &str) -> bool {
    static LABELS: LazyLock<[Phrases; 14]> = LazyLock::new(|| {
        [
            Phrases::of(|l| l.date),
            Phrases::of(|l| l.event_dates),
            Phrases::of(|l| l.stamps),
            Phrases::of(|l| l.to),
            Phrases::of(|l| l.from),
            Phrases::of(|l| l.subject),
            Phrases::of(|l| l.copied),
            Phrases::of(|l| l.enclosed),
            Phrases::of(|l| l.delivery),
            Phrases::of(|l| l.adopted),
            Phrases::of(|l| l.done),
            Phrases::of(|l| l.near_months[0]),
            Phrases::of(|l| l.court_labels),
            Phrases::of(|l| l.case_labels),
        ]
    });
    let label = |text: &str| LABELS.iter().any(|l| l.end(text, str::is_empty).is_some());
    // "Data Datum" on a form in two languages.
    label(text) || text.contains(' ') && text.split_whitespace().all(label)
}
