//! Letters and notes that a body sends on to its members, below a heading that says all of them: `Note verbale dated
//! 3 May 1964 from the Permanent Mission of Harlund addressed to the Secretary-General`.

use std::sync::LazyLock;

use super::super::dates;
use super::super::evidence::{Claim, Field, Value};
use super::super::lexicon::{ORGANIZATIONS, Scope, ScopedPhrases, ends_word};
use super::super::marks;
use super::super::names::{self, Named};
use super::super::text::{self, Line};
use super::Piece;
use super::head::{labelled, title_text};

/// The rule's name on its claims.
pub(super) const HEADING: &str = "heading of what was sent on";

/// What is sent on below such a heading.
const KIND: &str = "letter";

/// How many written lines may be above the heading.
const LINES: usize = 30;

/// No heading has more words.
const WORDS: usize = 90;

/// A heading, and what it says.
struct Heading {
    /// Indices of its lines.
    lines: std::ops::Range<usize>,
    title: String,
    reading: dates::Reading,
    from: Option<String>,
    to: String,
}

pub(super) fn claims(piece: &Piece<'_>) -> Vec<Claim> {
    let Some(heading) = heading(piece) else { return of_issue(piece).into_iter().collect() };
    let Heading { lines, title, reading, from, to } = heading;
    let claim = |field, value| Claim::new(HEADING, field, value, lines.clone());
    let doubt = reading.doubt.clone();
    let mut found = vec![
        claim(Field::Title, Value::Text(title)),
        claim(Field::Kind, Value::Text(KIND.to_owned())),
        Claim { doubt, ..claim(Field::Date, Value::Date(reading)) },
    ];
    let first = piece.lines[lines.start];
    let sides = from.iter().map(|from| (Field::Author, from)).chain([(Field::Recipients, &to)]);
    for (field, name) in sides {
        let list = labelled(&[first.with_text(name)], piece.writing);
        if !list.is_empty() {
            found.push(claim(field, Value::Parties(list)));
        }
    }
    found
}

/// The paragraph of the head that is such a heading.
fn heading(piece: &Piece<'_>) -> Option<Heading> {
    let (lines, scope) = (piece.lines, piece.scope);
    let mut early = (0..lines.len()).filter(|&i| !lines[i].is_blank()).take(LINES);
    let at = early.find(|&at| {
        let begins = at == 0 || lines[at - 1].is_blank();
        begins && marks::kind_before(without_mark(lines[at].text), scope).is_some_and(is_letter)
    })?;
    let end = (at..lines.len()).find(|&i| lines[i].is_blank()).unwrap_or(lines.len());
    let title = without_mark(&title_text(&lines[at..end])).to_owned();
    let (_, rest) = marks::kind_before(&title, scope)?;
    let found = dates::find(rest, piece.order).into_iter().next()?;
    // The day is behind the first words: "dated", "de fecha".
    let near = text::has_at_most(&rest[..found.range.start], 4) && found.reading.date.is_some();
    let (from, to) = sides(&rest[found.range.end..], scope)?;
    (near && text::has_at_most(&title, WORDS)).then(|| Heading {
        lines: at..end,
        reading: found.reading,
        from: from.map(str::to_owned),
        to: to.to_owned(),
        title: title.trim_end_matches('.').to_owned(),
    })
}

fn is_letter((kind, _): (&'static str, &str)) -> bool {
    kind == KIND
}

/// A heading without the signs of Markdown.
fn without_mark(line: &str) -> &str {
    text::without_emphasis(line.trim_start_matches(['#', ' ']))
}

/// Who sent it, and whom it is addressed to, in either order.
fn sides(rest: &str, scope: Scope) -> Option<(Option<&str>, &str)> {
    static TO: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.addressed_to));
    static BY: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.sent_by));
    let apart = |rest: &str| rest.starts_with(char::is_whitespace) || !ends_word(rest);
    // "addressed to the secretariat"
    let named = |text: &str| {
        let first = text.split([' ', ',']).next().unwrap_or_default();
        text.starts_with(char::is_uppercase) || ORGANIZATIONS.contains(first)
    };
    let part = |words: &ScopedPhrases, text: &str, from: usize| {
        let starts = text.match_indices(' ').map(|(at, _)| at + 1).filter(|at| *at >= from);
        starts.into_iter().find_map(|at| {
            let end = at + words.end(scope, &text[at..], apart)?;
            named(text[end..].trim_start()).then_some((at, end))
        })
    };
    let bare = |text: &str| text.trim_matches([' ', ',', '.', '*']).len();
    let (to_at, to_end) = part(&TO, rest, 0)?;
    let (before, after) = (&rest[..to_at], rest[to_end..].trim());
    if bare(before) > 0 {
        let from = part(&BY, before, 0).map(|(_, end)| tidy(&before[end..]));
        return Some((from, tidy(after)));
    }
    // "dirigida al Presidente del Consejo por el Representante de …"
    match part(&BY, after, 1) {
        Some((at, end)) => Some((Some(tidy(&after[end..])), tidy(&after[..at]))),
        None => Some((None, tidy(after))),
    }
}

/// A name without the signs around it.
fn tidy(name: &str) -> &str {
    name.trim_matches([' ', ',', '.', '*', ';'])
}

/// Of a document below such a heading the heading says when it was written; what else is at the head says when it was
/// given out.
pub(super) fn decides(claims: &mut Vec<Claim>) {
    if !claims.iter().any(|claim| claim.rule == HEADING) {
        return;
    }
    let told = |field| claims.iter().any(|c| c.rule == HEADING && c.field == field);
    let (from, to) = (told(Field::Author), told(Field::Recipients));
    claims.retain(|claim| {
        let of_head = match claim.field {
            Field::Date | Field::Title | Field::Kind => true,
            Field::Author | Field::Letterhead => from,
            Field::Recipients => to,
            _ => false,
        };
        claim.rule == HEADING || !of_head
    });
}

/// Whether a line of the head names a paper that a body gives out again and again, and what is behind that word:
/// `Newsletter of the Harbour Families`, `Boletín n.º 4`.
pub(super) fn periodical(line: &str, scope: Scope) -> Option<&str> {
    static PAPERS: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.periodicals));
    let bare = without_mark(line);
    // `The Quarry Families' Bulletin`
    let last = bare.rsplit(' ').next().filter(|_| text::has_at_most(bare, 6) && bare.contains(' '));
    if last.is_some_and(|last| PAPERS.end(scope, last, str::is_empty).is_some()) {
        return Some("");
    }
    let end = PAPERS.end(scope, bare, |rest| rest.starts_with(' '))?;
    (text::has_at_most(bare, 16) && !text::ends_sentence(bare)).then_some(bare[end..].trim_start())
}

/// The body that such a line names.
pub(super) fn body_of_paper(line: &str, scope: Scope) -> Option<&str> {
    static OF: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.of_body));
    let rest = periodical(line, scope)?;
    let end = OF.end(scope, rest, |rest| rest.starts_with(' ') || !ends_word(rest))?;
    let body = rest[end..].trim();
    body.starts_with(char::is_uppercase).then_some(body)
}

fn is_body(line: Line<'_>) -> bool {
    names::judge(line.text) == Named::Organization
}

/// The one date in the line that counts the issues of such a paper, at its name: `Volume 3, number 2 - April 1994`.
fn of_issue(piece: &Piece<'_>) -> Option<Claim> {
    if piece.head.date.is_some() {
        return None;
    }
    let at = title_of_paper(piece)?.lines.start;
    let near = (at..piece.lines.len()).take_while(|&i| !piece.lines[i].is_blank()).take(2);
    { near }.find_map(|at| {
        let line = piece.lines[at].text;
        // In "number 2 - April 1994" the number is no day.
        let start = [" - ", " – ", " — ", " | "].iter().filter_map(|dash| line.rfind(dash)).max();
        let start = start.map_or(0, |dash| line.ceil_char_boundary(dash + 3));
        let mut found = dates::find(&line[start..], piece.order);
        let only = found.pop().filter(|_| found.is_empty())?;
        let before = &line[..start + only.range.start];
        let numbered = before.bytes().any(|b| b.is_ascii_digit());
        let known = only.reading.date.is_some() && text::has_at_most(line, 16);
        let day = Value::Date(only.reading);
        (numbered && known).then(|| Claim::new("date of an issue", Field::Date, day, at..at + 1))
    })
}

/// Whether a line names such a paper, and the next one counts its issues: `No. 7, Spring 1931`.
fn is_above_issue(piece: &Piece<'_>, at: usize) -> bool {
    let whole = periodical(piece.lines[at].text, piece.scope).is_some_and(str::is_empty);
    let issue = |line: &Line<'_>| {
        let digits = line.text.bytes().any(|b| b.is_ascii_digit());
        digits && text::has_at_most(line.text, 8) && !dates::find(line.text, piece.order).is_empty()
    };
    whole && piece.lines.get(at + 1).is_some_and(issue)
}

/// The line at the top that names such a paper is its title.
pub(super) fn title_of_paper(piece: &Piece<'_>) -> Option<Claim> {
    /// How many written lines may have it.
    const TOP: usize = 3;
    if piece.head.is_mail {
        return None;
    }
    let mut top = (0..piece.lines.len()).filter(|&i| !piece.lines[i].is_blank()).take(TOP);
    let numbered = |rest: &str| rest.bytes().any(|b| b.is_ascii_digit());
    let at = top.find(|&at| {
        let line = text::cells(piece.lines[at].text)[0];
        periodical(line, piece.scope)
            .is_some_and(|rest| numbered(rest) || body_of_paper(line, piece.scope).is_some())
            || is_above_issue(piece, at)
    })?;
    // Above it the paper may have a name of its own: `NORTHERN MONITOR`.
    let first = piece.lines.iter().position(|l| !l.is_blank()).filter(|first| *first < at);
    let named = |at: &usize| text::is_caps(piece.lines[*at].text) && !is_body(piece.lines[*at]);
    let at = first.filter(named).unwrap_or(at);
    let line = piece.lines[at];
    let title = title_text(&[line.with_text(text::cells(line.text)[0])]);
    Some(Claim::new("name of a paper", Field::Title, Value::Text(title), at..at + 1))
}
