//! What the decision of a court says of itself: its parts, the labels at its head, the day on which it was given, the
//! name of the case.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::super::dates;
use super::super::evidence::{Claim, Field, Value};
use super::super::lexicon::ScopedPhrases;
use super::super::marks;
use super::super::names::{self, Named};
use super::super::parties::Mention;
use super::super::text;
use super::Piece;
use super::head::{kind_of_decision, title_text};

pub(super) fn claims(piece: &Piece<'_>) -> Vec<Claim> {
    let found = [
        by_parts(piece),
        by_labels(piece),
        beside_label(piece),
        of_delivery(piece),
        korean_court(piece),
        of_court(piece),
    ];
    found.into_iter().flatten().collect()
}

/// Indices of the first written lines, so many at most.
fn early(piece: &Piece<'_>, most: usize) -> impl Iterator<Item = usize> {
    (0..piece.lines.len()).filter(|&i| !piece.lines[i].is_blank()).take(most)
}

fn judgment(rule: &'static str) -> Claim {
    Claim::new(rule, Field::Kind, Value::Text("judgment".to_owned()), 0..0)
}

/// How many lines are asked for the parts of a judgment.
const PARTS: usize = 80;

/// By two different parts that only judgments have: `Tenor`, `Gründe`.
pub(super) fn by_parts(piece: &Piece<'_>) -> Option<Claim> {
    let lines = piece.lines.iter().filter(|l| !l.is_blank()).take(PARTS);
    let mut parts = lines.filter_map(|line| {
        let end = marks::judgment_part(line.text, piece.scope)?;
        Some(line.text[..end.min(line.text.len())].to_lowercase())
    });
    let first = parts.next()?;
    parts.any(|part| part != first).then(|| judgment("judgment by its parts"))
}

/// By several labels that only decisions of courts have: `Before:`, `Counsel:`, `Argued on:`.
fn by_labels(piece: &Piece<'_>) -> Option<Claim> {
    const LEAST: usize = 3;
    let decided = !piece.layout.is_letter() && labels(piece).len() >= LEAST;
    decided.then(|| judgment("judgment by its labels"))
}

/// Whether parts or labels that only decisions of courts have tell that it is one.
fn is_decision(piece: &Piece<'_>) -> bool {
    by_parts(piece).is_some() || labels(piece).len() > 1
}

/// The labels of a court's decision that the first lines have, in lower case, each once.
fn labels(piece: &Piece<'_>) -> BTreeSet<String> {
    static LABELS: LazyLock<ScopedPhrases> =
        LazyLock::new(|| ScopedPhrases::of(|l| l.court_labels));
    let lines = piece.lines.iter().filter(|l| !l.is_blank()).take(PARTS);
    let found = lines.flat_map(|line| before_colons(line.text)).filter_map(|before| {
        let mut starts = std::iter::once(0).chain(before.match_indices(' ').map(|(at, _)| at + 1));
        let label =
            starts.find(|&at| LABELS.end(piece.scope, &before[at..], str::is_empty).is_some());
        label.map(|at| before[at..].to_lowercase())
    });
    found.collect()
}

/// What is before each colon of a line, back to the one before it.
fn before_colons(line: &str) -> impl Iterator<Item = &str> {
    let parts = line.split_inclusive([':', '：']);
    parts.filter_map(|part| part.strip_suffix([':', '：'])).map(str::trim)
}

/// The day behind a label that a line of a court's decision has among others: `ARGUED ON : … DECIDED ON : 3 May 1931`.
fn beside_label(piece: &Piece<'_>) -> Option<Claim> {
    /// How many written lines may have it.
    const LINES: usize = 80;
    let dated = piece.head.date.is_some() || piece.layout.is_letter();
    if dated || labels(piece).len() < 2 {
        return None;
    }
    early(piece, LINES).find_map(|at| {
        let line = piece.lines[at].text;
        let mut labels = before_colons(line);
        let behind = labels.find_map(|before| {
            let starts = before.match_indices(' ').map(|(at, _)| at + 1);
            let mut starts = std::iter::once(0).chain(starts);
            let dated = |at: &usize| {
                let label = format!("{}:", &before[*at..]);
                let head = marks::head_label(&label, piece.scope);
                !before[*at..].contains('.')
                    && head.is_some_and(|(head, _)| head == marks::Head::Date)
            };
            starts.find(dated)?;
            Some(text::offset(before, line) + before.len())
        })?;
        let rest = line[behind..].trim_start_matches([' ', ':', '：']);
        let found = dates::find(rest, piece.order).into_iter().next()?;
        let near = found.range.start < 4 && found.reading.date.is_some();
        let day = Value::Date(found.reading);
        near.then(|| Claim::new("date beside a label", Field::Date, day, at..at + 1))
    })
}

/// `Judgment of Mrs. Justice Orme delivered on the 3rd day of May 1931`: a short line that names the decision and one day.
fn of_delivery(piece: &Piece<'_>) -> Option<Claim> {
    /// How many written lines may have it.
    const LINES: usize = 40;
    if piece.head.date.is_some() || piece.layout.is_letter() {
        return None;
    }
    early(piece, LINES).find_map(|at| {
        let line = piece.lines[at].text;
        let named = text::has_at_most(line, 24)
            && marks::kind_of_mark(line, piece.scope) == Some("judgment");
        let found = if named { dates::find(line, piece.order) } else { Vec::new() };
        let [only] = found.as_slice() else { return None };
        let whole = only.reading.date.as_ref().is_some_and(|d| d.to_string().len() >= 10);
        let day = Value::Date(only.reading.clone());
        whole.then(|| Claim::new("day on which it was decided", Field::Date, day, at..at + 1))
    })
}

/// The court that a Korean decision has in its first line: those who sign below are its judges.
fn korean_court(piece: &Piece<'_>) -> Option<Claim> {
    let at = early(piece, 1).next().filter(|_| by_parts(piece).is_some())?;
    let name = piece.lines[at].text;
    let court = text::is_hangul(name) && names::judge(name) == Named::Organization;
    let body = piece.writing.organization(name);
    let line = piece.number(at);
    let mention = Mention {
        organization: Some(body),
        written: Some(name.to_owned()),
        line,
        ..Mention::default()
    };
    let list = Value::Parties(vec![mention]);
    let short = court && text::has_at_most(name, 3) && !text::bytes::has_digit(name);
    short.then(|| Claim::new("court that decides", Field::Letterhead, list, at..at + 1))
}

/// The court with which the name of a decision begins: `항구법원 2005. 3. 4. 선고 …`, `VG Tannmark, Beschluss vom …`.
fn of_court(piece: &Piece<'_>) -> Option<Claim> {
    let at = Some(piece.head.title_lines.clone()).filter(|lines| !lines.is_empty())?.start;
    let line = piece.lines[at].text;
    kind_of_decision(line, piece.scope)?;
    let day = dates::find(line, piece.order).into_iter().next()?.range.start;
    let before = line[..day].split(',').next()?.trim();
    let named = text::has_at_most(before, 5) && before.starts_with(char::is_alphabetic);
    let mention = Mention {
        organization: Some(piece.writing.organization(before)),
        written: Some(before.to_owned()),
        line: piece.number(at),
        ..Mention::default()
    };
    let court = Value::Parties(vec![mention]);
    named.then(|| Claim::new("court that decided", Field::Letterhead, court, at..at + 1))
}

/// The name of a case in a short line below other text: `Case no. 23  Farrow & Lowe vs. Orme et al.`
pub(super) fn named_case(piece: &Piece<'_>) -> Option<Claim> {
    /// In how many written lines it is sought.
    const LINES: usize = 16;
    // "Anna v. Holm", "Edgar V. Reed": elsewhere the sign of two sides is a part of a name.
    if piece.layout.is_letter() || !is_decision(piece) {
        return None;
    }
    let at = early(piece, LINES).find(|&at| marks::names_case(piece.lines[at].text))?;
    let title = Value::Text(title_text(&[piece.lines[at]]));
    let claim = Claim::new("name of a case", Field::Title, title, at..at + 1).adjusted(-12);
    Some(claim.doubted("the name of the case is not at the head of the text"))
}
