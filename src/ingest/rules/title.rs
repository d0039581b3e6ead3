//! The title: the document's own heading; what the seed's record says; else none, and one is supplied.

use std::sync::LazyLock;

use super::super::dates;
use super::super::evidence::{Claim, Field, Value, plausible};
use super::super::lexicon::{DIRECTED, Scope, ScopedPhrases};
use super::super::marks;
use super::super::names::{self, Named};
use super::super::text::{self, Line};
use super::Piece;
use super::head::title_text;
use super::{court, further, minutes, sent_on};

pub(super) fn claims(piece: &Piece<'_>) -> Vec<Claim> {
    let head = &piece.head;
    let mut found = Vec::new();
    let heading = piece.caption.as_ref().and_then(|c| Some((c.heading.clone()?, c.lines.clone())));
    if let Some((heading, lines)) = heading {
        found.push(Claim::new(
            "heading beside a caption",
            Field::Title,
            Value::Text(heading),
            lines,
        ));
    } else if let Some(claim) = of_case(piece).filter(|_| is_weak(piece)) {
        found.push(claim);
    } else if let Some(claim) = sent_on::title_of_paper(piece).filter(|_| is_guessed(piece)) {
        found.push(claim);
    } else if let Some(claim) =
        behind_symbol(piece).filter(|_| head.title.is_none() || is_weak(piece))
    {
        found.push(claim);
    } else if let Some(title) =
        head.title.as_ref().filter(|title| !is_of_statement(piece) && !is_of_part(piece, title))
    {
        let sign = plausible::title(title, piece.scope);
        let lines = head.title_lines.clone();
        let claim = Claim::new(head.title_rule, Field::Title, Value::Text(title.clone()), lines)
            .adjusted(sign + set_off(piece));
        found.push(match is_of_paper(piece, title) {
            true => claim.doubted(format!("`{title}` may be whose paper it is")),
            false => claim,
        });
    }
    // Above the labels of a mail are marks of the office that printed it.
    if head.is_mail
        && let Some((subject, number)) =
            head.subject.as_ref().filter(|(s, _)| text::word_count(s) > 0)
    {
        let at = piece.index(*number);
        if head.title.is_none() || head.title_rule == GUESS {
            found.clear();
            found.push(Claim::new(
                "subject of a mail",
                Field::Title,
                Value::Text(subject.clone()),
                at..at + 1,
            ));
        }
    } else if head.is_mail && head.title_rule == GUESS {
        found.clear();
    }
    if found.is_empty() {
        found.extend(bare(piece));
        found.extend(below_bare(piece).filter(|_| !found.is_empty()));
    }
    if found.is_empty() {
        let named = minutes::title(piece).or_else(|| of_case(piece));
        let named = named.or_else(|| court::named_case(piece));
        let by_place =
            || demanding(piece).or_else(|| above_addressee(piece)).or_else(|| entered(piece));
        found.extend(named.or_else(by_place));
    }
    found.retain(|claim| !matches!(&claim.value, Value::Text(title) if is_day(title, piece)));
    found
}

/// Whether a marked heading is the name of a body, above a greeting or another heading: `# Diocese of Leith`.
fn is_of_paper(piece: &Piece<'_>, title: &str) -> bool {
    let lines = &piece.head.title_lines;
    let marked = |l: &Line<'_>| l.text.starts_with('#') || l.text.starts_with("**");
    let below = &piece.lines[lines.end..piece.layout.head.end.max(lines.end)];
    let above_more = piece.layout.salutation.is_some() || below.iter().any(marked);
    above_more
        && piece.lines.get(lines.start).is_some_and(marked)
        && is_bodys_name(title, piece.scope)
}

/// Whether a title is the name of a body and nothing more: "Reply from the Embassy" and "Works Committee
/// Teleconference" tell what it is.
fn is_bodys_name(title: &str, scope: Scope) -> bool {
    static OF: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.of_body));
    let joins = |w: &str| OF.end(scope, w, str::is_empty).is_some();
    let of_name = |w: &str| w.starts_with(char::is_uppercase) || w.len() <= 3 || joins(w);
    let last = title.rsplit(' ').next().unwrap_or_default();
    let says_more = text::bytes::has_digit(title)
        || marks::names_meeting(last, scope)
        || marks::kind_of_title(title, scope).is_some();
    !says_more
        && text::has_at_most(title, 7)
        && title.split(' ').all(of_name)
        && names::judge(title) == Named::Organization
}

/// Whether a title is a day and nothing more, in whatever language.
fn is_day(title: &str, piece: &Piece<'_>) -> bool {
    let found = dates::find(title, piece.order);
    let [day] = found.as_slice() else { return false };
    let beside = [&title[..day.range.start], &title[day.range.end..]];
    !beside.iter().any(|part| part.contains(char::is_alphanumeric))
}

/// How many lines are asked for a heading behind its symbol.
const SYMBOLS: usize = 24;

/// `70/172. Situation of the fishermen`: the heading of a resolution behind its number.
fn behind_symbol(piece: &Piece<'_>) -> Option<Claim> {
    let number = |text: &str| {
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        (1..=4).contains(&digits).then_some(digits)
    };
    let mut early = (0..piece.lines.len()).filter(|&i| !piece.lines[i].is_blank()).take(SYMBOLS);
    early.find_map(|at| {
        let line = text::without_emphasis(piece.lines[at].text);
        let rest = line[number(line)?..].strip_prefix('/')?;
        let heading = rest[number(rest)?..].strip_prefix(". ")?.trim();
        let fits = heading.starts_with(char::is_uppercase) && !text::has_at_most(heading, 1);
        let title = Value::Text(heading.to_owned());
        fits.then(|| Claim::new("heading behind a symbol", Field::Title, title, at..at + 1))
    })
}

/// Whether a heading is that of the agenda, below a record that has the title of the minutes.
fn is_of_part(piece: &Piece<'_>, title: &str) -> bool {
    let recorded = piece.told.filter(|told| told.record).and_then(|told| told.title.as_deref());
    let kind = |title: &str| marks::kind_of_title(title, piece.scope);
    recorded.is_some_and(|t| kind(title) == Some("schedule") && kind(t) != Some("schedule"))
}

/// Whether what only its place tells to be a title is the statement that the line above it introduces.
fn is_of_statement(piece: &Piece<'_>) -> bool {
    let head = &piece.head;
    let above = |(at, _): (usize, &str)| at < head.title_lines.start;
    head.title_rule == GUESS && super::kind::introduction(piece).is_some_and(above)
}

/// A heading that says nothing but its kind, and nothing that tells more: `Bekanntmachung`.
fn bare(piece: &Piece<'_>) -> Option<Claim> {
    let lines = piece.head.bare.clone().filter(|_| piece.head.subject.is_none())?;
    let title = Value::Text(title_text(&piece.lines[lines.clone()]));
    let claim = Claim::new("heading that is only its kind", Field::Title, title, lines);
    // What is below it may be the title, or who gives it out.
    Some(claim.adjusted(if below_bare(piece).is_some() { -10 } else { 0 }))
}

/// A headline in capitals by itself, close below a heading that is only its kind: `COMMUNIQUÉ`, a day, `DAY OF THE
/// DISAPPEARED`.
fn below_bare(piece: &Piece<'_>) -> Option<Claim> {
    /// How many written lines below the heading are looked at.
    const NEAR: usize = 3;
    let above = piece.head.bare.clone().filter(|_| piece.layout.salutation.is_none())?;
    let blank = |at: usize| piece.lines.get(at).is_none_or(Line::is_blank);
    let headline = |at: &usize| {
        let line = piece.lines[*at].text;
        text::is_caps(line)
            && text::word_count(line) >= 3
            && blank(*at - 1)
            && blank(*at + 1)
            && dates::date_line(line, piece.order).is_none()
            && plausible::title(line, piece.scope) >= 0
    };
    let mut below = (above.end..piece.lines.len()).filter(|&i| !blank(i)).take(NEAR);
    let at = below.find(headline)?;
    let title = Value::Text(title_text(&[piece.lines[at]]));
    Some(Claim::new(GUESS, Field::Title, title, at..at + 1).adjusted(8))
}

/// A first line that demands something of somebody who is not greeted.
fn demanding(piece: &Piece<'_>) -> Option<Claim> {
    let at = piece.lines.iter().position(|l| !l.is_blank())?;
    let line = piece.lines[at];
    let fits = piece.layout.salutation.is_none() && text::has_at_most(line.text, 40);
    let title = (fits && marks::demands(line.text, piece.scope)).then(|| title_text(&[line]))?;
    Some(Claim::new(GUESS, Field::Title, Value::Text(title), at..at + 1))
}

/// `Intervention for the crew of the Erna`, by itself above `Mr Jonas Holm`, whom the letter is for.
fn above_addressee(piece: &Piece<'_>) -> Option<Claim> {
    let greeting = piece.layout.salutation.filter(|_| piece.head.subject.is_none())?;
    let mut filled = (0..greeting).filter(|&i| !piece.lines[i].is_blank());
    let (at, next) = (filled.next()?, filled.next()?);
    let line = piece.lines[at].text;
    let apart = next > at + 1 && !line.starts_with('#');
    let addressed = apart && names::has_honorific(piece.lines[next].text);
    let title = Value::Text(title_text(&[piece.lines[at]]));
    let claim = || Claim::new("line above the addressee", Field::Title, title, at..at + 1);
    (addressed && says_what_about(line, piece)).then(claim)
}

/// `Questions of the member Holm to the minister (submitted 4 May 1931).`: a first line behind which stands when it came in.
fn entered(piece: &Piece<'_>) -> Option<Claim> {
    let at = piece.lines.iter().position(|line| !line.is_blank())?;
    let line = piece.lines[at].text;
    let fits = (4..=60).contains(&text::word_count(line)) && further::ends_in_entry(line, piece);
    let title = Value::Text(line.trim_end_matches('.').to_owned());
    fits.then(|| Claim::new("heading with the day it came in", Field::Title, title, at..at + 1))
}

/// Whether a line has the words of a heading, and names nobody: the name of a body has few words in small letters.
fn says_what_about(line: &str, piece: &Piece<'_>) -> bool {
    let long = line.split(' ').filter(|word| text::length(word) > 1);
    let told = long.filter(|word| text::starts_lower(word)).nth(1).is_some();
    let words = told && (4..=20).contains(&text::word_count(line));
    let directed = DIRECTED.end(piece.scope, line, |rest| rest.starts_with(' ')).is_some();
    let marked = marks::is_any_label(line) || directed;
    let dated = line.bytes().any(|b| b.is_ascii_digit());
    let named = dated || names::judge(line) != Named::Unknown;
    words && !marked && !named && plausible::title(line, piece.scope) >= 0
}

/// The two sides of a case, as its caption has them.
fn of_case(piece: &Piece<'_>) -> Option<Claim> {
    let caption = piece.caption.as_ref()?;
    let (one, other) = (caption.sides.first()?, caption.sides.get(1)?);
    let title = Value::Text(format!("{one} v. {other}"));
    let claim = Claim::new("sides of a case", Field::Title, title, caption.lines.clone());
    Some(claim.doubted("the title is supplied: these are the sides of the case"))
}

/// Whether only its place tells that a line below a caption is a title: that of a filing is in capitals.
fn is_weak(piece: &Piece<'_>) -> bool {
    let head = &piece.head;
    head.title_rule == GUESS && !head.title.as_deref().is_some_and(text::is_caps)
}

/// Whether nothing but its place tells what the title is.
fn is_guessed(piece: &Piece<'_>) -> bool {
    piece.head.title.is_none() || piece.head.title_rule == GUESS
}

/// The rule of a title that only its place tells.
const GUESS: &str = "line that may be a title";

/// What the place of a line adds that nothing else tells to be a title: it is first, alone, in capitals.
fn set_off(piece: &Piece<'_>) -> i32 {
    let lines = &piece.head.title_lines;
    let first = piece.lines.iter().position(|l| !l.is_blank()) == Some(lines.start);
    if piece.head.title_rule == "heading with a mark" && !first {
        // A heading further down may be that of a part.
        return -18;
    }
    if piece.head.title_rule != GUESS {
        return 0;
    }
    let alone = piece.lines.get(lines.end).is_some_and(Line::is_blank)
        && text::chunks(piece.lines).contains(lines);
    let text = piece.head.title.as_deref().unwrap_or_default();
    let kind = piece.head.kind_alone && piece.head.kind.is_some() && !first;
    // Two words in capitals may be anything.
    let few = i32::from(text::word_count(text) == 2 && !kind);
    let pictured = i32::from(plausible::names_picture(text, piece.scope));
    i32::from(kind) * 10 - few * 12 - pictured * 25
        + i32::from(first) * 4
        + i32::from(alone) * 4
        + i32::from(text::is_caps(text)) * 6
}
