//! Listings: a page of entries, each with a title, perhaps an author, and a date on lines of their own.
//!
//! The evidence is the arrangement that comes back: at least three times title, author, date in the
//! same order. A bibliography of one line an entry is no listing, and stays in its document.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::super::dates;
use super::super::layout;
use super::super::lexicon::{OPEN_WORDS, Scope, ScopedPhrases, ends_word};
use super::super::marks;
use super::super::names::{self, Named};
use super::super::parties::{after_by, before_and};
use super::super::text::{self, Break, Line, bytes};
use super::{Form, Heading, Piece, trimmed};
use crate::config::DateOrder;

/// Cuts a listing into its entries; `None` if the seed is none.
pub(super) fn split(
    lines: &[Line<'_>],
    order: Option<DateOrder>,
    scope: Scope,
) -> Option<(Vec<Piece>, Range<usize>)> {
    let headings = headings(lines, order, scope);
    // A title that comes back again and again is that of one document.
    let titles: HashSet<&str> = headings.iter().map(|h| lines[h.title.start].text).collect();
    if titles.len() < 3 {
        return None;
    }
    if are_letters(lines, &headings, scope)
        || is_text_above_links(lines, &headings)
        || are_reports_of_meeting(lines, &headings, scope)
        || is_one_text(lines, &headings)
        || are_rows(lines, &headings)
        || are_fields(lines, &headings, scope)
    {
        return None;
    }
    let mut pieces = Vec::new();
    let first = headings[0].start();
    let (preamble, mut start) = preamble(lines, first);
    for (k, heading) in headings.iter().enumerate() {
        let end = headings.get(k + 1).map_or(lines.len(), Heading::start);
        pieces.push((start..end, heading.clone()));
        start = end;
    }
    let mut found = Vec::new();
    for section in sections(lines, &pieces) {
        let lone = lone_paragraphs_are_entries(lines, &pieces[section.clone()]);
        for (range, heading) in &pieces[section] {
            found.extend(entries(lines, range.clone(), heading, lone));
        }
    }
    Some((found, preamble))
}

/// Whether a line is the beginning of a text that is on another page: `Dear Minister, we write to … Read more`.
fn is_teaser(line: &str) -> bool {
    let cut = line.rfind('…').or_else(|| line.rfind("..."));
    cut.is_some_and(|at| text::has_at_most(&line[at..], 4))
}

/// Whether readers are greeted above the first heading, or below more than every third one.
fn are_letters(lines: &[Line<'_>], headings: &[Heading], scope: Scope) -> bool {
    let greets = |l: &&Line<'_>| marks::is_salutation(l.text, scope) && !is_teaser(l.text);
    let first = headings.first().map_or(0, Heading::start);
    lines.iter().filter(greets).count() * 3 > headings.len()
        || lines[..first].iter().any(|l| greets(&l))
}

/// Whether only the first entry has a text, of several paragraphs, and what follows are titles and days: a page that
/// names others at its foot.
fn is_text_above_links(lines: &[Line<'_>], headings: &[Heading]) -> bool {
    let Some(second) = headings.get(1) else { return false };
    let prose = |lines: &[Line<'_>]| lines.iter().filter(|l| l.is_prose()).count();
    prose(&lines[..second.start()]) >= 3 && prose(&lines[second.end()..]) == 0
}

/// Whether days are above rows, and no running text is anywhere: a list by days, as of those who died.
fn are_rows(lines: &[Line<'_>], headings: &[Heading]) -> bool {
    let row = |line: &Line<'_>| bytes::has_digit(line.text) && line.text.contains(", ");
    let days = headings.iter().all(|h| h.date < h.title.start);
    let titles = headings.iter().filter(|h| row(&lines[h.title.start])).count();
    days && titles * 2 > headings.len() && !lines.iter().any(Line::is_prose)
}

/// Whether half of what is above the days says what the day below it is: `Birthdate`, `Date of arrival`. A form that was
/// filled in has its labels there.
fn are_fields(lines: &[Line<'_>], headings: &[Heading], scope: Scope) -> bool {
    static LABELS: LazyLock<[ScopedPhrases; 2]> =
        LazyLock::new(|| [ScopedPhrases::of(|l| l.date), ScopedPhrases::of(|l| l.event_dates)]);
    let ends = |rest: &str| !rest.starts_with(char::is_alphanumeric);
    let is_label = |heading: &&Heading| {
        let title = lines[heading.title.start].text;
        LABELS.iter().any(|labels| labels.end(scope, title, ends).is_some())
    };
    headings.iter().filter(is_label).count() * 2 >= headings.len()
}

/// Whether nearly all of a long text is above the first heading or below one of them: what looks like the other entries
/// are rows of a list in it.
fn is_one_text(lines: &[Line<'_>], headings: &[Heading]) -> bool {
    /// So many paragraphs make a long text.
    const LONG: usize = 10;
    let prose = |lines: &[Line<'_>]| lines.iter().filter(|l| l.is_prose()).count();
    let starts = headings.iter().map(Heading::start).chain([lines.len()]);
    let starts: Vec<usize> = std::iter::once(0).chain(starts).collect();
    let parts = starts.windows(2).map(|pair| prose(&lines[pair[0]..pair[1].max(pair[0])]));
    let (all, most) = parts.fold((0, 0), |(all, most), n| (all + n, most.max(n)));
    all >= LONG && most * 5 >= all * 4
}

/// Whether the first entry alone tells who met: what is below it are papers that the meeting had before it.
fn are_reports_of_meeting(lines: &[Line<'_>], headings: &[Heading], scope: Scope) -> bool {
    /// How many written lines below a heading may tell it.
    const NEAR: usize = 12;
    let met = |heading: &Heading| {
        let below = lines[heading.end()..].iter().filter(|l| !l.is_blank()).take(NEAR);
        { below }.any(|l| marks::tells_who_met(l.text, scope))
    };
    let mut all = headings.iter().map(met);
    all.next() == Some(true) && !all.any(|met| met)
}

impl Heading {
    /// The same, its lines counted from the one with an index.
    pub(in crate::ingest) fn counted_from(&self, start: usize) -> Self {
        let Self { title, author, date } = self;
        let title = title.start - start..title.end - start;
        Self { title, author: author.map(|author| author - start), date: date - start }
    }

    fn start(&self) -> usize {
        self.title.start.min(self.date).min(self.author.unwrap_or(usize::MAX))
    }

    /// Index after its last line.
    pub(in crate::ingest) fn end(&self) -> usize {
        self.title.end.max(self.date + 1).max(self.author.map_or(0, |a| a + 1))
    }
}

/// All headings, in the one of the two arrangements that explains more of the seed's dates.
fn headings(lines: &[Line<'_>], order: Option<DateOrder>, scope: Scope) -> Vec<Heading> {
    let dated: Vec<usize> =
        (0..lines.len()).filter(|&i| is_dated(lines[i].text, order, scope)).collect();
    if dated.len() < 3 {
        return Vec::new();
    }
    let author_first = author_stands_above(lines, &dated, scope);
    let last: Vec<Heading> =
        dated.iter().filter_map(|&d| date_last(lines, d, author_first, scope)).collect();
    let first: Vec<Heading> = dated.iter().filter_map(|&d| date_first(lines, d, scope)).collect();
    let mut best = if last.len() >= first.len() { last } else { first };
    best.dedup_by(|b, a| b.start() < a.end());
    best
}

/// A date by itself, or with the names of authors on its line.
fn is_dated(text: &str, order: Option<DateOrder>, scope: Scope) -> bool {
    let alone =
        text.len() <= 60 && dates::date_line(text, order).is_some_and(|d| d.place.is_none());
    alone || with_byline(text, order, scope).is_some() || posted(text, order, scope).is_some()
}

/// `Posted by admin on 4 May 2021`, `Published: 4 May 2021 by Ida Holm`: the day on which a page was put up.
pub(in crate::ingest) fn posted(
    text: &str,
    order: Option<DateOrder>,
    scope: Scope,
) -> Option<&str> {
    static DONE: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.done));
    let end = DONE.end(scope, text, ends_word).filter(|_| text.len() <= 140)?;
    if !text::has_at_most(text, 12) || text::ends_sentence(text) {
        return None;
    }
    let found = dates::find(&text[end..], order);
    let [day] = found.as_slice() else { return None };
    Some(&text[end..][day.range.clone()])
}

/// `By Laura Stein | March 12, 2014`, `March 12, 2014 – Laura Stein`: the date's part and the other one.
pub(in crate::ingest) fn with_byline(
    text: &str,
    order: Option<DateOrder>,
    scope: Scope,
) -> Option<(&str, &str)> {
    // No date is without a digit.
    if text.len() > 140 || !bytes::has_digit(text) {
        return None;
    }
    const BETWEEN: [&str; 7] = [" | ", " • ", " · ", " – ", " — ", " / ", " on "];
    // Of ASCII only these signs are between.
    let sign = |b: u8| (b == b'|') | (b == b'/') | (b >= 0x80);
    if !bytes::any(text.as_bytes(), sign) && !text.contains(" on ") {
        return None;
    }
    let (one, other) = BETWEEN
        .iter()
        .find_map(|between| text.split_once(between))
        .filter(|(a, b)| !a.trim().is_empty() && !b.trim().is_empty())?;
    let (one, other) = (one.trim(), other.trim());
    let is_date = |part: &str| dates::date_line(part, order).is_some_and(|d| d.place.is_none());
    if is_date(other) && is_byline(one, scope) {
        Some((other, one))
    } else if is_date(one) && is_byline(other, scope) {
        Some((one, other))
    } else {
        None
    }
}

/// Whether authors are above titles here: a title may have the form of a name, but not all of them.
fn author_stands_above(lines: &[Line<'_>], dated: &[usize], scope: Scope) -> bool {
    let (mut above, mut below) = (0, 0);
    for &date in dated.iter().filter(|d| **d >= 2) {
        let (one, two) = (lines[date - 2], lines[date - 1]);
        if one.is_blank() || two.is_blank() || date > 2 && !lines[date - 3].is_blank() {
            continue;
        }
        match (is_byline(one.text, scope), is_byline(two.text, scope)) {
            (true, false) => above += 1,
            (false, true) => below += 1,
            _ => {}
        }
    }
    above > below
}

/// Title, perhaps a blank line and an author, then the date, then text.
fn date_last(lines: &[Line<'_>], date: usize, author_first: bool, scope: Scope) -> Option<Heading> {
    let mut above = date.checked_sub(1)?;
    if lines[above].is_blank() {
        above = above.checked_sub(1).filter(|&i| !lines[i].is_blank())?;
    }
    if !is_followed(lines, date) {
        return None;
    }
    let line = lines[date].text;
    let combined = with_byline(line, None, scope).is_some() || posted(line, None, scope).is_some();
    if !combined && !author_first && is_byline(lines[above].text, scope) {
        let title =
            above.checked_sub(1).map(|i| if lines[i].is_blank() { i.saturating_sub(1) } else { i });
        if let Some(title) = title.filter(|&i| is_title(lines[i].text, scope)) {
            return Some(Heading { title: title..title + 1, author: Some(above), date });
        }
    }
    if !is_title(lines[above].text, scope) {
        return None;
    }
    let first = |at: usize| at == 0 || lines[at - 1].is_blank();
    // The author may be above the title.
    let author =
        above.checked_sub(1).filter(|&i| !combined && is_byline(lines[i].text, scope) && first(i));
    (author.is_some() || first(above)).then(|| Heading { title: above..above + 1, author, date })
}

/// The date, then the title, perhaps an author, then text.
fn date_first(lines: &[Line<'_>], date: usize, scope: Scope) -> Option<Heading> {
    let mut below = date + 1;
    if lines.get(below)?.is_blank() {
        below += 1;
    }
    let title = lines.get(below)?;
    let alone = date == 0 || lines[date - 1].is_blank() || lines[date].before != Break::None;
    if !alone || !heads_entry(title.text, scope) || begins_list(lines, below) {
        return None;
    }
    let after = (below + 1..lines.len().min(below + 3)).find(|&i| !lines[i].is_blank());
    let author =
        after.filter(|&i| is_byline(lines[i].text, scope) && text::has_at_most(lines[i].text, 8));
    is_followed(lines, author.unwrap_or(below)).then(|| Heading {
        title: below..below + 1,
        author,
        date,
    })
}

/// Whether a line is the first of a list's items: what was done on a day.
fn begins_list(lines: &[Line<'_>], at: usize) -> bool {
    let next = lines[at + 1..].iter().find(|l| !l.is_blank());
    [Some(&lines[at]), next].iter().all(|l| l.is_some_and(|l| layout::is_bullet(l.text)))
}

/// Whether a line below a date can be a title: no sentence, no greeting, no single word.
fn heads_entry(line: &str, scope: Scope) -> bool {
    let sentence = text::ends_sentence(line) && !line.ends_with(['?', '!']);
    !sentence
        && is_title(line, scope)
        && !marks::is_salutation(line, scope)
        && !marks::is_signed_heading(line, scope)
        && text::word_count(line) >= 2
}

/// Whether text, and not another heading's date, comes after a heading.
fn is_followed(lines: &[Line<'_>], last: usize) -> bool {
    lines[last + 1..]
        .iter()
        .find(|l| !l.is_blank())
        .is_some_and(|l| text::word_count(l.text) >= 3 || text::length(l.text) >= 10)
}

fn is_title(line: &str, scope: Scope) -> bool {
    let count = text::word_count(line);
    (1..=32).contains(&count)
        && text::length(line) <= 200
        && !line.ends_with([',', ';', ':'])
        && !(line.ends_with('.') && count > 12)
        && marks::head_label(line, scope).is_none()
        && !marks::is_closing(line, scope)
}

/// A line that can be nothing but the names of authors.
pub(in crate::ingest) fn is_byline(line: &str, scope: Scope) -> bool {
    let bare = line.trim_start_matches(['-', '–', '—', ' ']);
    if after_by(bare, scope).is_some() && text::has_at_most(bare, 14) {
        return true;
    }
    let inner = bare.strip_suffix(')').and_then(|b| b.rsplit_once('(')).map(|(_, inner)| inner);
    // "Joseph Holt (Accused)"
    if inner.is_some_and(|inner| marks::is_side(inner, scope)) {
        return false;
    }
    // "Ida Holm, 28, docker" is somebody of whom the text tells.
    if bytes::has_digit(bare) || says_what_follows(bare, scope) || quotes_speech(bare) {
        return false;
    }
    let abbreviated = || bare.ends_with("Jr.") || names::has_legal_form(bare);
    if text::length(bare) > 120 || text::ends_sentence(bare) && !abbreviated() {
        return false;
    }
    let first = bare.split([',', '&', ';', '/']).next().unwrap_or(bare);
    let first = before_and(first, scope).trim();
    match names::judge(bare) {
        Named::Person => true,
        Named::Organization if is_all_name(bare) => true,
        _ => names::judge(first) == Named::Person || crate::content::name::is_acronym(first),
    }
}

/// Whether somebody's words are in the line: `Ida Holm, chair: "Why were we never heard?"` is a headline.
fn quotes_speech(line: &str) -> bool {
    let quotation = |c: char| matches!(c, '"' | '“' | '”' | '„' | '«' | '»' | '「' | '」');
    line.split(quotation).skip(1).step_by(2).any(|said| text::word_count(said) >= 3)
}

/// "인사말" says what follows, "원고, …" which side somebody is; "1. On the sheds" counts.
fn says_what_follows(line: &str, scope: Scope) -> bool {
    let side = || marks::is_side(line.split([',', ' ']).next().unwrap_or(line), scope);
    text::is_hangul(line) && (marks::kind_of_title(line, scope).is_some() || side())
}

/// Whether all words of a text can be a name's: "Ministry returns the letters" is a sentence.
fn is_all_name(text: &str) -> bool {
    let small = |w: &&str| w.starts_with(char::is_lowercase);
    text.split_whitespace().filter(small).all(|w| OPEN_WORDS.contains(w) || w.len() <= 3)
}

/// What is before the first entry: the listing's own heading, or text of the first entry.
fn preamble(lines: &[Line<'_>], first: usize) -> (Range<usize>, usize) {
    let short = lines[..first]
        .iter()
        .all(|l| text::has_at_most(l.text, 12) && !text::ends_sentence(l.text));
    match trimmed(lines, 0..first) {
        Some(range) if short => (range, first),
        Some(range) => (0..0, range.start),
        None => (0..0, first),
    }
}

/// Runs of entries between which the page has no pager or rule of signs.
fn sections(lines: &[Line<'_>], pieces: &[(Range<usize>, Heading)]) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for (k, (range, _)) in pieces.iter().enumerate() {
        let breaks =
            range.clone().any(|i| lines[i].before == Break::Section && i > range.start && k > 0);
        // A pager is below the last entry of its section.
        if breaks || k + 1 == pieces.len() {
            found.push(start..k + 1);
            start = k + 1;
        }
    }
    found
}

/// Whether each entry of a section has one paragraph, so that a further one has lost its heading.
///
/// Where entries end with a sentence that comes back, their ends are known, and nothing is guessed.
fn lone_paragraphs_are_entries(lines: &[Line<'_>], pieces: &[(Range<usize>, Heading)]) -> bool {
    let mut endings: HashMap<&str, usize> = HashMap::new();
    let mut single = 0;
    for (range, heading) in pieces {
        let body: Vec<&str> = lines[heading.end()..range.end]
            .iter()
            .filter(|l| !l.is_blank())
            .map(|l| l.text)
            .collect();
        single += usize::from(body.len() == 1);
        for line in body {
            *endings.entry(line).or_default() += 1;
        }
    }
    let repeated = endings.values().any(|&n| n > 2 && n * 2 > pieces.len());
    pieces.len() >= 4 && single * 2 >= pieces.len() && !repeated
}

/// The stretch of one heading, cut into its entry and, if `lone` paragraphs are some, entries without heading.
fn entries(lines: &[Line<'_>], range: Range<usize>, heading: &Heading, lone: bool) -> Vec<Piece> {
    let chunks: Vec<usize> = (heading.end()..range.end)
        .filter(|&i| !lines[i].is_blank() && (i == heading.end() || lines[i - 1].is_blank()))
        .collect();
    let mut cuts = vec![range.start];
    if lone {
        cuts.extend(chunks.into_iter().skip(1).filter(|&i| lines[i].is_prose()));
    }
    cuts.push(range.end);
    let piece = |(k, pair): (usize, &[usize])| {
        let form = if k == 0 { Form::Entry(heading.clone()) } else { Form::Headless };
        Some(Piece { lines: trimmed(lines, pair[0]..pair[1])?, form })
    };
    cuts.windows(2).enumerate().filter_map(piece).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Three parts of a text: a line, a day below it, a paragraph.
    fn parts(titles: [&str; 3]) -> String {
        let text =
            "The child came to the camp with an older cousin, who has since left for the coast.";
        let part =
            |title: &str| format!("{title}\n\n8 July 1931\n\n{text} {title} is told again.\n\n");
        titles.iter().map(|title| part(title)).collect()
    }

    #[test]
    fn labels_of_a_form_are_no_titles() {
        let entries = |titles| {
            let text = parts(titles);
            let found = split(&text::lines(&text), None, Scope::of("en"));
            found.map_or(0, |(pieces, _)| pieces.len())
        };
        assert_eq!(entries(["Ships in the Bay", "Schools Open Again", "A Loft for Grain"]), 3);
        assert_eq!(entries(["Birthdate", "Date of Arrival", "Date last heard from"]), 0);
    }
}
