//! What a document is: by its title, its head, its layout.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::evidence::{Claim, Field, Value};
use super::super::lexicon::ScopedPhrases;
use super::super::marks;
use super::super::names;
use super::super::parties;
use super::super::text;
use super::Piece;
use super::foot;
use super::head::is_row;

/// The kind by which the text calls itself: in its first words if it has a title, else anywhere.
fn called(piece: &Piece<'_>) -> Option<&'static str> {
    let titled = piece.head.title.is_some();
    let early = piece.lines.iter().filter(|l| !l.is_blank()).take(CALLED);
    let mut kinds = early.filter_map(|line| {
        let (name, kind) = marks::called(line.text, piece.scope)?;
        let before = text::offset(name, line.text);
        (!titled || line.is_prose() && before <= FIRST).then_some(kind)
    });
    kinds.next()
}

/// Longest word, in bytes, with which a text points to itself, and a space.
const FIRST: usize = 18;

/// How many lines are asked for what the text calls itself.
const CALLED: usize = 40;

/// Name of the rule by which what greets somebody is a letter.
pub(super) const BY_SALUTATION: &str = "letter by its salutation";

pub(super) fn claims(piece: &Piece<'_>) -> Vec<Claim> {
    let mut found = by_words(piece);
    found.extend(by_layout(piece));
    found
}

fn claim(rule: &'static str, kind: &str, lines: Range<usize>) -> Claim {
    Claim::new(rule, Field::Kind, Value::Text(kind.to_owned()), lines)
}

/// By the words of headings, titles and records.
fn by_words(piece: &Piece<'_>) -> Vec<Claim> {
    let mut found = Vec::new();
    let head = &piece.head;
    // The properties of an office file are often those of its template.
    let told = piece.told.filter(|told| !told.by_program).and_then(|t| t.title.as_deref());
    if let Some(kind) = head.kind {
        let recorded =
            told.and_then(|t| marks::kind_of_title(t, piece.scope)).is_some_and(|k| k != kind);
        let top = head.kind_alone && !recorded
            || head.title.is_none()
            || head.title.as_deref().and_then(|t| marks::kind_of_title(t, piece.scope))
                == Some(kind)
            || head.is_memo;
        let rule = if top { "kind by a heading" } else { "kind by a line of the head" };
        found.push(claim(rule, kind, head.title_lines.clone()));
    }
    let subject = head.is_memo || head.is_mail;
    if let Some(kind) = head
        .title
        .as_deref()
        .and_then(|t| marks::kind_of_title(t, piece.scope))
        .filter(|_| !subject)
    {
        found.push(claim("kind by the title", kind, head.title_lines.clone()));
    }
    if let Some(kind) = told.and_then(|t| marks::kind_of_title(t, piece.scope)) {
        found.push(claim("kind by the record's title", kind, 0..0));
    }
    found
}

/// `TO MRS. HARTLEY.` above everything else, as editions head letters without a salutation.
fn begins_with_addressee(piece: &Piece<'_>) -> bool {
    let first = piece.lines.iter().find(|l| !l.is_blank());
    first.and_then(|l| foot::directed(l.text, piece.scope)).is_some_and(names::has_honorific)
}

/// By its labels, its sides, its greeting and its end.
fn by_layout(piece: &Piece<'_>) -> Vec<Claim> {
    let mut found = Vec::new();
    let head = &piece.head;
    if piece.caption.as_ref().is_some_and(|caption| caption.is_judged) {
        found.push(claim("judgment by its sides", "judgment", 0..0));
    }
    // A text without any other sign is what it calls itself.
    if head.kind.is_none() && piece.layout.salutation.is_none() {
        let kind = called(piece);
        found.extend(kind.map(|kind| claim("what the text calls itself", kind, 0..0)));
    }
    if piece.is_form_of_carrier() {
        found.push(claim("telegram by its form", "telegram", 0..0));
    }
    if minutes(piece) {
        found.push(claim("minutes by their labels", "minutes", 0..0));
    }
    found.extend(
        LETTERS.iter().find_map(|(rule, kind, lines)| Some(claim(rule, kind, lines(piece)?))),
    );
    let mut early = (0..piece.lines.len()).filter(|&i| !piece.lines[i].is_blank()).take(12);
    if head.title.is_some() && early.any(|i| is_byline(piece, i)) {
        found.push(claim("article by its byline", "article", 0..0));
    }
    found
}

/// By what a letter or a memorandum is known: the rule, the kind, and the lines that say so. The first counts.
type Letters = [(&'static str, &'static str, fn(&Piece<'_>) -> Option<Range<usize>>)];

const LETTERS: &Letters = &[
    (BY_SALUTATION, "letter", |piece| {
        let at = piece.layout.salutation;
        at.or(piece.head.compliments.as_ref().map(|_| 0)).map(|at| at..at + 1)
    }),
    ("letter by its closing", "letter", |piece| {
        let signed = !piece.layout.signatures.is_empty();
        (piece.layout.closing.is_some() && (signed || has_recipient(piece))).then_some(0..0)
    }),
    ("letter by its labels", "letter", |piece| {
        (piece.head.is_mail && !piece.head.is_memo).then_some(0..0)
    }),
    ("memorandum by its labels", "memorandum", |piece| piece.head.is_memo.then_some(0..0)),
    ("letter by its closing", "letter", |piece| {
        let directed = has_recipient(piece) && piece.head.subject.is_some();
        (piece.layout.closing.is_some() || directed).then_some(0..0)
    }),
    ("letter by its addressee and its date", "letter", |piece| {
        (piece.head.date.is_some() && begins_with_addressee(piece)).then_some(0..1)
    }),
];

/// Whether a label or a block of the head names whom it is to.
fn has_recipient(piece: &Piece<'_>) -> bool {
    !piece.head.to.is_empty() || piece.head.blocks.iter().any(|b| b.points > 0)
}

fn is_byline(piece: &Piece<'_>, at: usize) -> bool {
    let line = piece.lines[at].text;
    parties::after_by(line, piece.scope).is_some()
        && text::has_at_most(line, 10)
        && !is_row(piece.lines, at)
}

/// Whether early lines tell who met, in two ways at least: `Present:`, `Apologies:`, `Chair:`.
pub(super) fn minutes(piece: &Piece<'_>) -> bool {
    static WORDS: LazyLock<[ScopedPhrases; 4]> = LazyLock::new(|| {
        [
            ScopedPhrases::of(|l| l.present),
            ScopedPhrases::of(|l| l.absent),
            ScopedPhrases::of(|l| l.chair),
            ScopedPhrases::of(|l| l.minute_taker),
        ]
    });
    let early = piece.lines.iter().filter(|l| !l.is_blank()).take(14);
    let mut kinds = [false; 4];
    for line in early {
        let bare = text::without_emphasis(line.text);
        for (k, words) in WORDS.iter().enumerate() {
            // Who was there, and who was not, may stand below a heading.
            let ends =
                |rest: &str| rest.trim_start().starts_with(':') || k < 2 && rest.trim().is_empty();
            kinds[k] |= words.end(piece.scope, bare, ends).is_some();
        }
    }
    // Who was there is said of meetings only, where nobody is greeted.
    let met = kinds[0] && piece.layout.salutation.is_none();
    met || kinds.iter().filter(|k| **k).count() >= 2
}
