//! What a document is: by its title, its head, its layout.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::dates;
use super::super::evidence::{Claim, Field, Value};
use super::super::lexicon::{self, Scope, ScopedPhrases, ScopedWords, cables};
use super::super::marks;
use super::super::names::{self, Named};
use super::super::parties;
use super::super::text;
use super::Piece;
use super::foot;
use super::head::is_row;
use super::{court, minutes};

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
    let is = |claim: &Claim, kind: &str| matches!(&claim.value, Value::Text(k) if k == kind);
    // Greeting and leave make an open letter no less an open one.
    let open = found.iter().any(|claim| is(claim, "open-letter"));
    let layout = by_layout(piece).into_iter().map(|claim| match open && is(&claim, "letter") {
        true => Claim { value: Value::Text("open-letter".to_owned()), ..claim },
        false => claim,
    });
    found.extend(layout);
    found.extend(by_demand(piece));
    found.extend(by_contact(piece));
    found.extend(by_mark(piece));
    found.extend(by_introduction(piece));
    found.extend(by_foot(piece));
    found.extend(by_heading_alone(piece));
    found.extend(by_heading_and_day(piece));
    found.extend(by_clauses(piece));
    found
}

/// A resolution, by the clause that says what is resolved: `THEREFORE, BE IT RESOLVED that …`.
fn by_clauses(piece: &Piece<'_>) -> Option<Claim> {
    static RESOLVES: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.resolves));
    // Minutes and letters quote what was resolved.
    if piece.layout.salutation.is_some() || piece.head.is_memo || piece.head.is_mail {
        return None;
    }
    let resolves = |line: &text::Line<'_>| {
        let bare = text::without_emphasis(line.text).trim_start_matches(['*', '_', ' ']);
        RESOLVES.end(piece.scope, bare, lexicon::ends_word).is_some()
    };
    let at = piece.lines.iter().position(resolves)?;
    Some(claim("resolution by its clauses", "resolution", at..at + 1))
}

/// `Resolution adopted by the Assembly on 17 December 2015`, `Judgment of 27 July 2012`: a line that says what it is, and
/// of when.
fn by_heading_and_day(piece: &Piece<'_>) -> Option<Claim> {
    static ADOPTED: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.adopted));
    static OF: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.of_body));
    if piece.layout.is_letter() || piece.head.kind.is_some() {
        return None;
    }
    let lines = piece.lines;
    let mut early = (0..lines.len()).filter(|&i| !lines[i].is_blank()).take(HEADINGS);
    early.find_map(|at| {
        let line = lines[at].text;
        let (kind, rest) = marks::kind_before(line, piece.scope)?;
        let apart = |rest: &str| rest.starts_with(' ');
        let adopted = || ADOPTED.end(piece.scope, rest, apart).is_some();
        let day = OF.end(piece.scope, rest, apart).map_or(rest, |end| rest[end..].trim_start());
        let dated = || dates::date_line(day, piece.order).is_some_and(|d| d.place.is_none());
        let fits = matches!(kind, "resolution" | "judgment") && text::has_at_most(line, 16);
        (fits && (adopted() || dated()))
            .then(|| claim("kind by a heading", judged(piece, kind), at..at + 1))
    })
}

/// How many lines are asked for a heading that is only a kind.
const HEADINGS: usize = 24;

/// `RESOLUTION` alone in capitals, below what a paper of a parliament says before it.
fn by_heading_alone(piece: &Piece<'_>) -> Option<Claim> {
    if piece.layout.is_letter() || piece.head.is_mail || piece.head.kind.is_some() {
        return None;
    }
    let lines = piece.lines;
    let blank = |at: Option<usize>| at.and_then(|at| lines.get(at)).is_none_or(|l| l.is_blank());
    let mut early = (0..lines.len()).filter(|&i| !lines[i].is_blank()).take(HEADINGS);
    early.find_map(|at| {
        let line = lines[at].text;
        let alone = blank(at.checked_sub(1)) && blank(Some(at + 1));
        if !alone || !text::is_caps(line) || !text::has_at_most(line, 2) {
            return None;
        }
        let kind = marks::kind_of_title(line, piece.scope)?;
        let bare = marks::kind_before(line, piece.scope).is_some_and(|(_, rest)| rest.is_empty());
        let (found, lines) = (judged(piece, kind), at..at + 1);
        bare.then(|| claim("kind by a heading in the text", found, lines))
    })
}

/// A title, or a first line, that demands something of somebody who is not greeted.
fn by_demand(piece: &Piece<'_>) -> Option<Claim> {
    let head = &piece.head;
    if piece.layout.salutation.is_some() || head.is_memo || head.is_mail || head.kind.is_some() {
        return None;
    }
    let first = || piece.lines.iter().find(|l| !l.is_blank()).map(|l| l.text);
    let title = head.title.as_deref().or_else(first).filter(|t| text::has_at_most(t, 40))?;
    marks::demands(title, piece.scope)
        .then(|| claim("kind by a demand in the title", "statement", 0..0))
}

/// How many lines are asked for the sentence that introduces a statement.
const INTRODUCED: usize = 12;

/// The line that introduces somebody's statement, and whom it names.
pub(super) fn introduction<'p>(piece: &Piece<'p>) -> Option<(usize, &'p str)> {
    if piece.layout.is_letter() || piece.head.is_mail {
        return None;
    }
    let mut early = (0..piece.lines.len()).filter(|&i| !piece.lines[i].is_blank());
    let mut early = { &mut early }.take(INTRODUCED);
    early.find_map(|at| Some((at, marks::introduced(piece.lines[at].text, piece.scope)?)))
}

/// Somebody's statement, by the sentence that introduces it.
fn by_introduction(piece: &Piece<'_>) -> Option<Claim> {
    let kind = if piece.head.kind == Some("press-release") { "press-release" } else { "statement" };
    let (at, _) = introduction(piece)?;
    Some(claim("statement by what introduces it", kind, at..at + 1))
}

/// How many lines are asked for the mark of what is given out, and for a place before the first sentence.
const MARKS: usize = 24;

/// The mark alone in a line, between others of the page; or the place, often with the day, before the first sentence.
fn by_mark(piece: &Piece<'_>) -> Option<Claim> {
    let said = piece.head.kind.filter(|kind| *kind != "report");
    if said.is_some() || piece.layout.is_letter() || piece.head.is_mail {
        return None;
    }
    if is_released(piece) {
        return Some(claim("press release by its mark", "press-release", 0..0));
    }
    if piece.head.kind.is_some() {
        return None;
    }
    let early = || piece.lines.iter().filter(|l| !l.is_blank()).take(MARKS);
    let titled = piece.head.title.is_some();
    let dated = |l: &text::Line<'_>| {
        l.is_prose() && begins_with_dateline(l.text) || titled && is_placed_and_dated(l.text)
    };
    early().any(dated).then(|| claim("press release by its dateline", "press-release", 0..0))
}

/// `TANNMARK, 27 August (Harbour News) --`, `TANNMARK / HOLM (2 October 2015) –`: a place in capitals before a dash.
fn begins_with_dateline(line: &str) -> bool {
    const DASHES: [&str; 4] = ["–", "—", " -- ", " - "];
    const LONGEST: usize = 90;
    let ends = DASHES.iter().filter_map(|dash| line.find(dash)).min();
    let Some(before) = ends.filter(|end| (4..LONGEST).contains(end)).map(|end| &line[..end]) else {
        return false;
    };
    let place = before.split([',', '(', '/']).next().unwrap_or_default().trim();
    let more = before.len() > place.len() + 2;
    text::is_caps(place)
        && text::length(place) >= 4
        && text::has_at_most(place, 3)
        && text::has_at_most(before, 10)
        && (more || names::knowledge::is_city(place).is_some())
}

/// `*Leith, 10 July 2006 - In papers that …`, `5 December 2005 (Leith, Scotland) -- The …`: a known town and a day before
/// a dash.
fn is_placed_and_dated(line: &str) -> bool {
    const DASHES: [&str; 6] = [" – ", " — ", " -- ", " \\-- ", " - ", ") "];
    const LONGEST: usize = 70;
    let line = line.trim_start_matches(['*', '_']);
    let end = DASHES.iter().filter_map(|dash| line.find(dash)).min();
    let Some(before) = end.filter(|end| *end < LONGEST).map(|end| &line[..end]) else {
        return false;
    };
    let mut parts = before.split([',', '(', ')', '/']).map(str::trim);
    let town = parts.any(|part| names::knowledge::is_city(part).is_some());
    // A letter's own line of place and day has nothing behind it.
    let goes_on = text::word_count(line) >= text::word_count(before) + 3;
    town && goes_on
        && text::has_at_most(before, 9)
        && dates::find(before, None).iter().any(|found| found.reading.date.is_some())
}

/// How many of the last lines may tell whom to ask.
const LAST: usize = 8;

/// Whom journalists may ask is said below what is given out to them.
fn by_contact(piece: &Piece<'_>) -> Option<Claim> {
    if piece.layout.salutation.is_some() || piece.takes_leave() {
        return None;
    }
    let last = piece.lines.iter().rev().filter(|l| !l.is_blank()).take(LAST);
    let mut contacts = last.filter(|l| marks::is_press_contact(l.text, piece.scope));
    contacts.next().map(|_| claim("press release by its contact", "press-release", 0..0))
}

/// A day and a body below a text that greets nobody, and takes leave of nobody.
fn by_foot(piece: &Piece<'_>) -> Option<Claim> {
    let (head, layout) = (&piece.head, piece.layout);
    let said = head.kind.is_some() || layout.salutation.is_some() || piece.takes_leave();
    let titled = head.title.as_deref().and_then(|t| marks::kind_of_title(t, piece.scope));
    let first =
        piece.lines.get(layout.signatures.start).filter(|_| !layout.signatures.is_empty())?;
    if said || titled.is_some() || names::judge(first.text) != Named::Organization {
        return None;
    }
    let near = layout.signatures.start.saturating_sub(NEAR)..layout.signatures.end + NEAR;
    let near = &piece.lines[near.start..near.end.min(piece.lines.len())];
    let dated = near.iter().any(|l| dates::date_line(l.text, piece.order).is_some());
    dated.then(|| claim("statement by its date and its body", "statement", 0..0))
}

/// How far from the names below a text its date may be, in lines.
const NEAR: usize = 3;

/// What the last part of a line with a number is: `711.94114 Mail/57: Telegram`.
fn behind_number(piece: &Piece<'_>) -> Option<Claim> {
    let mut early = (0..piece.lines.len()).filter(|&i| !piece.lines[i].is_blank()).take(3);
    early.find_map(|i| {
        let (number, name) = piece.lines[i].text.rsplit_once(": ")?;
        let alone = text::has_at_most(name, 1) && number.bytes().any(|b| b.is_ascii_digit());
        let kind = marks::kind_of_title(name, piece.scope).filter(|_| alone)?;
        Some(claim("kind by a heading", kind, i..i + 1))
    })
}

fn claim(rule: &'static str, kind: &str, lines: Range<usize>) -> Claim {
    Claim::new(rule, Field::Kind, Value::Text(kind.to_owned()), lines)
}

/// By the words of headings, titles and records.
fn by_words(piece: &Piece<'_>) -> Vec<Claim> {
    // The properties of an office file are often those of its template.
    let told = piece.told.filter(|told| !told.by_program).and_then(|t| t.title.as_deref());
    let recorded = told.and_then(|t| marks::kind_of_title(t, piece.scope));
    let mut found = Vec::new();
    found.extend(by_heading(piece, recorded));
    found.extend(behind_number(piece).filter(|_| piece.head.kind.is_none()));
    found.extend(by_title(piece, recorded));
    found.extend(beside_caption(piece));
    found.extend(by_tags(piece));
    found.extend(recorded.map(|kind| claim("kind by the record's title", kind, 0..0)));
    found.extend(by_record(piece));
    found
}

/// A court decides by what is called a resolution elsewhere.
fn judged(piece: &Piece<'_>, kind: &'static str) -> &'static str {
    if kind == "resolution" && court::by_parts(piece).is_some() { "judgment" } else { kind }
}

/// Whether a kind may be the document's: what a meeting is to deal with heads its minutes, too.
fn is_own(piece: &Piece<'_>, kind: &str, recorded: Option<&str>) -> bool {
    match kind {
        "schedule" => !minutes::tells_who_met(piece) && recorded != Some("minutes"),
        // "Report: one in three …" is the headline of a release.
        "report" => !is_released(piece),
        _ => true,
    }
}

/// Whether the mark of a release is alone in one of the first lines.
fn is_released(piece: &Piece<'_>) -> bool {
    let mut early = piece.lines.iter().filter(|l| !l.is_blank()).take(MARKS);
    early.any(|l| {
        let mark = l.text.split(": ").next().unwrap_or(l.text);
        text::has_at_most(mark, 4)
            && marks::kind_of_title(mark, piece.scope) == Some("press-release")
    })
}

/// Whether a heading may be that of the first part: "Agenda" below a record whose title says something else.
fn is_of_part(piece: &Piece<'_>, kind: &str, recorded: Option<&str>) -> bool {
    let titled = piece.told.is_some_and(|told| told.record && told.title.is_some());
    kind == "schedule" && titled && recorded != Some("schedule")
}

/// The kind that the title names.
fn of_title(piece: &Piece<'_>) -> Option<&'static str> {
    let kind = marks::kind_of_title(piece.head.title.as_deref()?, piece.scope)?;
    Some(judged(piece, kind))
}

fn by_heading(piece: &Piece<'_>, recorded: Option<&str>) -> Option<Claim> {
    let head = &piece.head;
    let kind = judged(piece, head.kind?);
    if !is_own(piece, kind, recorded) {
        return None;
    }
    let other = recorded.is_some_and(|k| k != kind);
    let alone = head.kind_alone && !other && kind != "schedule";
    let top = alone || head.title.is_none() || of_title(piece) == Some(kind) || head.is_memo;
    let top = top && !is_of_part(piece, kind, recorded);
    let rule = if top { "kind by a heading" } else { "kind by a line of the head" };
    Some(claim(rule, kind, head.title_lines.clone()))
}

fn by_title(piece: &Piece<'_>, recorded: Option<&str>) -> Option<Claim> {
    let head = &piece.head;
    let subject = head.is_memo || head.is_mail;
    let kind = of_title(piece).filter(|kind| !subject && is_own(piece, kind, recorded))?;
    let part = is_of_part(piece, kind, recorded);
    let rule = if part { "kind by a line of the head" } else { "kind by the title" };
    Some(claim(rule, kind, head.title_lines.clone()))
}

/// By the heading beside the sides of a case.
fn beside_caption(piece: &Piece<'_>) -> Option<Claim> {
    let caption = piece.caption.as_ref()?;
    let kind = marks::kind_of_title(caption.heading.as_deref()?, piece.scope)?;
    Some(claim("kind by the title", kind, caption.lines.clone()))
}

fn by_tags(piece: &Piece<'_>) -> Option<Claim> {
    let tags = piece.told.filter(|told| told.record).map_or(&[][..], |told| &told.topics);
    let mut short = tags.iter().filter(|tag| text::has_at_most(tag, 3));
    let kind = short.find_map(|tag| marks::kind_of_title(tag, piece.scope))?;
    Some(claim("kind by the record's tags", kind, 0..0))
}

/// By the type that the seed's record names, and by the first words of its description. Most systems call each of their
/// pages an article.
fn by_record(piece: &Piece<'_>) -> Vec<Claim> {
    let Some(told) = piece.told.filter(|told| told.record) else { return Vec::new() };
    let scope = piece.scope.with(Scope::of("en"));
    let named =
        |name: &str| marks::kind_of_title(name, scope).filter(|_| text::has_at_most(name, 3));
    let typed = told.kind.as_deref().and_then(named);
    let described = told.subtitle.as_deref().and_then(|s| marks::kind_of_mark(s, piece.scope));
    let titled = told.title.as_deref().filter(|title| is_of_meeting(title, piece));
    let met = titled.map(|_| claim("minutes by the meeting in the title", "minutes", 0..0));
    let typed = typed.map(|kind| claim("kind by the record's type", kind, 0..0));
    let described = described.map(|kind| claim("kind by the record's description", kind, 0..0));
    typed.into_iter().chain(described).chain(met).collect()
}

/// `Réunion du bureau, 7 février 2015`: a few words that name a meeting and its day.
fn is_of_meeting(title: &str, piece: &Piece<'_>) -> bool {
    text::has_at_most(title, 9)
        && marks::kind_of_title(title, piece.scope).is_none()
        && marks::names_meeting(title, piece.scope)
        && !dates::find(title, piece.order).is_empty()
}

/// Whether a book's list of its parts is near the beginning, or the book's number. A list of
/// sections, `§ 1 Fees`, is that of a statute.
fn has_contents(piece: &Piece<'_>) -> bool {
    const MOST: usize = 80;
    static CONTENTS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.contents));
    let mut early = piece.lines.iter().filter(|l| !l.is_blank()).take(MOST).map(|l| l.text);
    let Some(line) = early.by_ref().find(|line| {
        let heading = text::without_emphasis(line).trim_end_matches(':');
        CONTENTS.has_any_case(piece.scope, heading) || line.starts_with("ISBN ")
    }) else {
        return false;
    };
    let of_sections = early.next().is_some_and(|next| next.contains('§'));
    !piece.layout.is_letter() && (line.starts_with("ISBN ") || !of_sections)
}

/// `TO MRS. HARTLEY.` above everything else, as editions head letters without a salutation.
fn begins_with_addressee(piece: &Piece<'_>) -> bool {
    let first = piece.lines.iter().find(|l| !l.is_blank());
    first.and_then(|l| foot::directed(l.text, piece.scope)).is_some_and(names::has_honorific)
}

/// Whether the text is in capitals and its sentences end as those of telegrams do: `ALL WELL STOP LETTER FOLLOWS STOP`.
fn has_stops(piece: &Piece<'_>) -> bool {
    let capitals = piece.lines.iter().filter(|l| text::is_caps(l.text));
    let words = capitals.flat_map(|l| l.text.split_whitespace());
    words.filter(|word| cables::STOPS.contains(&word.trim_end_matches(['.', ',']))).count() > 1
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
    if has_stops(piece) {
        found.push(claim("telegram by its stops", "telegram", 0..0));
    }
    if piece.is_form_of_carrier() {
        found.push(claim("telegram by its form", "telegram", 0..0));
    }
    if minutes::tells_who_met(piece) {
        found.push(claim("minutes by their labels", "minutes", 0..0));
    }
    if head.title.as_deref().is_some_and(|title| is_of_meeting(title, piece)) {
        found.push(claim("minutes by the meeting in the title", "minutes", 0..0));
    }
    let letter =
        LETTERS.iter().find_map(|(rule, kind, lines)| Some(claim(rule, kind, lines(piece)?)));
    found.extend(letter.map(|claim| match greets_and_no_more(piece) {
        true => {
            claim.doubted("it greets somebody, and has no date, no address and no name below it")
        }
        false => claim,
    }));
    let mut early = (0..piece.lines.len()).filter(|&i| !piece.lines[i].is_blank()).take(12);
    if has_contents(piece) {
        found.push(claim("report by its contents", "report", 0..0));
    } else if head.title.is_some() && early.any(|i| is_byline(piece, i)) {
        found.push(claim("article by its byline", "article", 0..0));
    }
    found
}

/// Whether its greeting is all that a long text has of a letter: a speech begins so, too.
fn greets_and_no_more(piece: &Piece<'_>) -> bool {
    /// So many paragraphs at least.
    const LONG: usize = 6;
    let (head, layout) = (&piece.head, piece.layout);
    let prose = piece.lines.iter().filter(|l| l.is_prose()).count();
    let bare = head.date.is_none() && head.blocks.is_empty() && head.to.is_empty() && !head.is_mail;
    bare && layout.signatures.is_empty() && !piece.takes_leave() && prose >= LONG
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
        let directed =
            (has_recipient(piece) || has_direction(piece)) && piece.head.subject.is_some();
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

/// Whether a line of the head directs what is below it to somebody: `An die`.
fn has_direction(piece: &Piece<'_>) -> bool {
    let mut head = piece.lines[piece.layout.head.clone()].iter();
    head.any(|l| !l.text.ends_with(':') && foot::is_direction(l.text, piece.scope))
}

fn is_byline(piece: &Piece<'_>, at: usize) -> bool {
    let line = piece.lines[at].text;
    parties::after_by(line, piece.scope).is_some()
        && text::has_at_most(line, 10)
        && !is_row(piece.lines, at)
}
