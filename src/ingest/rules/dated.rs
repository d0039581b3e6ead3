//! When and where it was written: a line of the head or the foot that is a date, the words before the first
//! sentence, the title.

use std::ops::Range;
use std::sync::LazyLock;

use super::super::dates::{self, DateLine};
use super::super::evidence::{Claim, Field, Value, plausible};
use super::super::lexicon::{self, Scope, ScopedPhrases, WEEKDAYS};
use super::super::marks;
use super::super::names::{self, Named};
use super::super::text::{self, Line, bytes};
use super::foot::{self, Role};
use super::head::{date_in_cell, date_of};
use super::{Piece, address, minutes};
use crate::edtf::EdtfDate;

pub(super) fn claims(piece: &Piece<'_>) -> Vec<Claim> {
    let mut found = Vec::new();
    let other = piece.head.other_date.as_ref();
    // A letter on a web page has its own day below the one on which the page was put up.
    let put_up = other.is_some() && piece.layout.salutation.is_some() && is_put_up(piece);
    let date = if put_up { other } else { piece.head.date.as_ref() };
    if let Some((line, number)) = date {
        found.extend(both("date line above the text", piece, line, piece.index(*number)));
    }
    if let Some((line, number)) = other.filter(|_| !put_up && !is_labelled(piece)) {
        let at = piece.index(*number);
        let day = Value::Date(line.reading.clone());
        found.push(Claim::new("another date above the text", Field::Date, day, at..at + 1));
    }
    found.extend(korean_place(piece));
    if let Some((line, at)) = below_greeting(piece) {
        found.extend(both("date line above the text", piece, &line, at));
    }
    // What a label calls the document's date, no other label does again: `■ Time: 4 May`.
    let unlabelled = |at: usize| {
        let line = piece.lines[at].text.trim_start_matches(|c: char| !c.is_alphanumeric());
        !is_labelled(piece) || !marks::is_any_label(line)
    };
    let entries = days_of_entries(piece);
    let foot = at_foot(piece).filter(|(_, at)| unlabelled(*at) && entries.is_none());
    found.extend(entries);
    if let Some((line, at)) = &foot {
        let claims = both("date line below the text", piece, line, *at);
        found.extend(claims.into_iter().map(|claim| {
            let claim = piece.of_first_letter(claim);
            if goes_on_below(piece, *at) { claim.doubted(GOES_ON.to_owned()) } else { claim }
        }));
        found.extend(another_below(piece, line, *at));
    }
    found.extend(sworn(piece));
    found.extend(given_under_hand(piece));
    if let Some((line, at)) = dateline(piece).filter(|(_, at)| unlabelled(*at)) {
        found.extend(both("date before the first sentence", piece, &line, at));
    }
    found.extend(in_title(piece));
    found.extend(in_head(piece));
    found.extend(beside_address(piece));
    found.extend(of_direction(piece));
    found.extend(of_meeting(piece));
    found.extend(of_adoption(piece).filter(|_| piece.head.date.is_none()));
    found.extend(place_and_day(piece));
    found.extend(town_above(piece));
    found.extend(town_below(piece));
    found
}

/// A date that is alone between the greeting, or whom it is for, and the text.
fn below_greeting(piece: &Piece<'_>) -> Option<(DateLine, usize)> {
    let greeting = piece.layout.salutation.filter(|_| piece.head.date.is_none())?;
    let blank = |at: usize| piece.lines.get(at).is_none_or(Line::is_blank);
    let at = (greeting + 1..piece.lines.len()).find(|&i| !blank(i))?;
    let line = date_of(&piece.lines[at], piece.order, piece.scope)?;
    (blank(at + 1) && line.reading.date.is_some()).then_some((line, at))
}

/// Whether the line of the head's date says that a page was put up on it: `Published: 22/05/2006 | Views: 1,204`.
fn is_put_up(piece: &Piece<'_>) -> bool {
    static DONE: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.done));
    piece.head.date.as_ref().is_some_and(|(_, number)| {
        let line = piece.lines[piece.index(*number)].text;
        DONE.end(piece.scope, line, lexicon::ends_word).is_some()
    })
}

/// Whether a label tells that the date of the head is the document's.
fn is_labelled(piece: &Piece<'_>) -> bool {
    piece.head.date.as_ref().is_some_and(|(_, number)| {
        let line = piece.lines[piece.index(*number)].text;
        marks::head_label(line, piece.scope).is_some_and(|(head, _)| head == marks::Head::Date)
    })
}

/// How many lines of the head may have a place and a day.
const HEAD: usize = 6;

/// `Three Mile Cross, Monday morning`, `Dall'Haya li 12 aprile 1621`: a place before a day, whether the day is a
/// whole date or not.
fn place_and_day(piece: &Piece<'_>) -> Vec<Claim> {
    let end =
        piece.layout.salutation.unwrap_or(piece.layout.head.end.max(2)).min(piece.lines.len());
    let above = (0..end).filter(|&i| !piece.lines[i].is_blank()).take(HEAD);
    let foot = piece.foot.lines.iter().filter(|(_, r)| !matches!(r, Role::Prose | Role::Closing));
    let lines: Vec<usize> = above.chain(foot.map(|(i, _)| *i)).collect();
    let claim = |&at: &usize| {
        let line = piece.lines[at].text;
        // `월간 등대 2016년 5월호` names a journal and its issue.
        if line.ends_with('호') && text::is_hangul(line) {
            return None;
        }
        let before = dates::before_date(line).or_else(|| before_day(line))?;
        let named = place_name(before, piece.scope).filter(|p| dates::may_be_place(p));
        let own = || at < end && !is_of_addressee(piece, at, at);
        let place = named.or_else(|| last_of_address(before).filter(|_| own()))?;
        let known = names::knowledge::is_city(place).is_some();
        if piece.head.title_lines.contains(&at) && goes_on_from_day(piece.lines[at].text) {
            return None;
        }
        if !known && is_none_before_day(piece, place, before, at..end) {
            return None;
        }
        let named = Value::Text(written(place, piece));
        let claim = Claim::new("place before a day", Field::Place, named, at..at + 1);
        Some(if is_cut(place, line) { claim.doubted(cut_doubt(place)) } else { claim })
    };
    let mut found: Vec<Claim> = lines.iter().filter_map(claim).collect();
    found.truncate(2);
    found
}

/// `Liste der am 3. Mai 1938 Entlassenen`: whether a day amid a heading belongs to what is behind it.
fn goes_on_from_day(line: &str) -> bool {
    let found = dates::find(line, None);
    let rest = found.first().map_or("", |found| line[found.range.end..].trim_start());
    rest.starts_with(char::is_alphabetic)
}

/// `강릉에서` beside the name or the day below a Korean letter.
fn korean_place(piece: &Piece<'_>) -> Option<Claim> {
    let named = |&(at, _): &(usize, Role)| {
        let place = dates::korean_place(piece.lines[at].text)?;
        Some(Claim::new(
            "place before a day",
            Field::Place,
            Value::Text(place.to_owned()),
            at..at + 1,
        ))
    };
    piece.foot.lines.iter().find_map(named)
}

/// Whether a name before a day, which no list of towns has, is none of a place. `lines` are those from its own to the
/// end of the head, none below the text.
fn is_none_before_day(piece: &Piece<'_>, name: &str, before: &str, lines: Range<usize>) -> bool {
    // "Signed: Jan Holm" names no month.
    if before.trim_end().ends_with(':') || text::is_caps(name) && text::length(name) < 4 {
        return true;
    }
    // "Karl E. Webb, Agt." is no place in August.
    if has_initial(name) && plausible::person(name, piece.scope) >= 40 {
        return true;
    }
    // Below the text a name before a day is that of who signed, or what a day belongs to: `Anzeige vom 3. Mai, die …`.
    let at = lines.start;
    lines.is_empty() && (goes_on(piece.lines[at].text) || is_somebody(piece, name, at))
}

/// The known town that ends a longer address: `Rooms of the Harbour Review, Quay Square, Leith,`
fn last_of_address(before: &str) -> Option<&str> {
    let (_, town) = bare(before).rsplit_once(", ")?;
    Some(town.trim()).filter(|town| names::knowledge::is_city(town).is_some())
}

/// Whether a line ends in the midst of a sentence, after a comma.
fn goes_on(line: &str) -> bool {
    let rest = line.rsplit_once(", ").map(|(_, rest)| rest);
    rest.is_some_and(|rest| text::starts_lower(rest) && !rest.bytes().any(|b| b.is_ascii_digit()))
}

/// Whether a place is an abbreviation by its length and its point, as in `Amst. 3 mei`.
fn is_cut(place: &str, line: &str) -> bool {
    let pointed = line.find(place).is_some_and(|at| line[at + place.len()..].starts_with('.'));
    pointed && text::length(place) <= 6 && names::knowledge::is_city(place).is_none()
}

fn cut_doubt(place: &str) -> String {
    format!("`{place}.` may be an abbreviation of the place's name")
}

/// The town in the line above a date: `10 Quay Street / Leith / 2nd June 1916`, `TANGER, / May 3, 1890`.
fn town_above(piece: &Piece<'_>) -> Option<Claim> {
    let (at, date) = line_above_date(piece)?;
    // "From: Hale, Martin" is a row of labels.
    let line = Some(piece.lines[at].text).filter(|line| !line.contains(':'))?;
    let known = town_of(line).filter(|t| plausible::place(t, piece.scope));
    let town = known.or_else(|| unknown_town(piece, at))?;
    let place = Value::Text(written(town, piece));
    let claim = Claim::new("town above the date", Field::Place, place, date..date + 1);
    // "Elizabeth" is a town, and more often somebody, unless it is below a street.
    let in_street = || {
        let above = filled_above(piece, at).map_or("", |i| piece.lines[i].text);
        names::judge(above) == Named::Address
    };
    let given = known.is_some_and(|t| names::knowledge::is_given(t).is_some()) && !in_street();
    Some(claim.adjusted(if known.is_none() {
        -25
    } else if given {
        -10
    } else {
        0
    }))
}

/// The line close above a date that names no place itself, and the date's line.
fn line_above_date(piece: &Piece<'_>) -> Option<(usize, usize)> {
    let above = piece.head.date.as_ref().map(|(line, number)| (line.clone(), piece.index(*number)));
    let (_, date) = above.or_else(|| at_foot(piece)).filter(|(line, _)| line.place.is_none())?;
    let mut at = filled_above(piece, date)?;
    // Below the town its country may be named, and how the writer is reached.
    for _ in 0..BETWEEN {
        if !matches!(names::judge(piece.lines[at].text), Named::Country | Named::Contact) {
            break;
        }
        at = filled_above(piece, at)?;
    }
    let near = date - at <= 3 + BETWEEN;
    (near && !is_of_addressee(piece, at, date)).then_some((at, date))
}

/// Whether a line above the date belongs to the addressee's block: a word directs it, or it has titles and nobody is
/// addressed below the date.
fn is_of_addressee(piece: &Piece<'_>, at: usize, date: usize) -> bool {
    let directed = |i: usize| is_directed(piece.lines[i].text, piece.scope);
    let titled = |i: usize| is_titled(piece.lines[i].text, piece.scope);
    let above: Vec<usize> =
        (0..at).rev().filter(|&i| !piece.lines[i].is_blank()).take(ADDRESS).collect();
    let joined = |i: usize| is_joined(piece, i..at, &above);
    if above.iter().any(|&i| directed(i) && joined(i)) {
        return true;
    }
    let end = piece.layout.salutation.unwrap_or(piece.layout.head.end).min(piece.lines.len());
    if (date + 1..end).any(|i| directed(i) || titled(i)) {
        return false;
    }
    let block = |b: &super::head::Block| b.lines.contains(&at) && b.points >= 2;
    piece.head.blocks.iter().any(block) || above.iter().any(|&i| titled(i) && joined(i))
}

/// Whether a word of a line says to whom the text goes.
fn is_directed(line: &str, scope: Scope) -> bool {
    foot::directed(line, scope).is_some() || foot::is_direction(line, scope)
}

/// Whether a line is a name with a title, as addresses have it.
fn is_titled(line: &str, scope: Scope) -> bool {
    let name = line.split(',').next().unwrap_or_default();
    address::is_styled(line, scope)
        && plausible::person(plausible::without_courtesy(name), scope) >= 15
}

/// Whether a line above and one below are one block: between them is no empty line, or nothing but an address.
/// "TO MADAME WEBB" may be the heading of an edition, above the writer's own town.
fn is_joined(piece: &Piece<'_>, lines: Range<usize>, filled: &[usize]) -> bool {
    if !lines.clone().any(|k| piece.lines[k].is_blank()) {
        return true;
    }
    let mut between = filled.iter().filter(|&&k| k > lines.start).peekable();
    between.peek().is_some()
        && between.all(|&k| names::judge(piece.lines[k].text) == Named::Address)
}

/// How many lines above its town an address has at most.
const ADDRESS: usize = 4;

/// How many lines may be between a town and the date below it.
const BETWEEN: usize = 3;

fn filled_above(piece: &Piece<'_>, at: usize) -> Option<usize> {
    piece.lines[..at].iter().rposition(|l| !l.is_blank())
}

/// A name that may be a town's, by the comma behind it or the street above it.
fn unknown_town<'p>(piece: &Piece<'p>, at: usize) -> Option<&'p str> {
    let line = piece.lines[at].text;
    let bare = line.trim_end_matches([',', '.']);
    let fits = is_place(bare, piece.scope) && text::has_at_most(bare, 3) && !bare.contains(',');
    if !fits || plausible::person(bare, piece.scope) >= 40 {
        return None;
    }
    let named = matches!(names::judge(bare), Named::Unknown | Named::Person);
    let above = filled_above(piece, at).map_or("", |i| piece.lines[i].text);
    let placed = line.ends_with(',') || names::judge(above) == Named::Address;
    (named && placed).then_some(bare)
}

/// A place as the seed writes it, in ordinary letters; what is before a name in capitals is no part of it:
/// `Minute CANBERRA`.
fn written(place: &str, piece: &Piece<'_>) -> String {
    let capitals = |at: usize| text::is_caps(&place[at..]) && place[at..].len() > 3;
    let mut words = place.match_indices(' ').map(|(at, _)| at + 1);
    let start = words.find(|at| capitals(*at)).filter(|_| !text::is_caps(place));
    let place = &place[start.unwrap_or(0)..];
    if text::is_caps(place) { piece.writing.ordinary(place) } else { place.to_owned() }
}

/// The town in the line below a date in the head: `Oct. 16, 1950 / Ft. Lupton, Colo`.
fn town_below(piece: &Piece<'_>) -> Option<Claim> {
    let (line, number) = piece.head.date.as_ref()?;
    let date = piece.index(*number);
    let at = (date + 1..piece.lines.len()).find(|&i| !piece.lines[i].is_blank())?;
    let written = piece.lines[at].text;
    let short = text::has_at_most(written, 4) && line.place.is_none();
    let town = town_of(written).filter(|town| short && names_all(town, written))?;
    if !plausible::place(town, piece.scope) || plausible::person(written, piece.scope) >= 20 {
        return None;
    }
    let place = if text::is_caps(town) { piece.writing.ordinary(town) } else { town.to_owned() };
    Some(Claim::new("town below the date", Field::Place, Value::Text(place), at..at + 1))
}

/// Whether a place is all that a line names.
fn names_all(place: &str, line: &str) -> bool {
    place.len() + 2 >= line.trim().len()
}

/// The known town that is the whole of a line, its last part, or the part before its code; with its state or
/// province, whatever the town.
fn town_of(line: &str) -> Option<&str> {
    // "Lincoln, Nebraska 68505": without its code.
    let uncoded = line.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-' || c == ' ');
    if let Some(town) = names::town_of_region(uncoded) {
        let whole = uncoded.trim_matches([',', ' ']);
        // "Springfield, IL 62701": the letters belong to the code.
        let postal = whole.rsplit([' ', ',']).next().is_some_and(|state| state.len() == 2);
        return Some(if postal && uncoded.len() < line.trim_end().len() { town } else { whole });
    }
    if let Some(town) = names::town_of_district(line) {
        return Some(town);
    }
    let bare = line.trim_end_matches([',', '.', ' ']);
    let known = |town: &&str| town.len() > 2 && names::knowledge::is_city(town).is_some();
    let last = bare.rsplit(',').next().unwrap_or(bare).trim();
    let first = bare.split(',').next().unwrap_or(bare).trim();
    let digits = |c: char| c.is_ascii_digit() || c.is_whitespace() || c == '-';
    let coded = last.trim_matches(digits);
    let before_code = if names::is_town(bare) { first.trim_matches(digits) } else { last };
    [last, coded, before_code].into_iter().find(known)
}

/// What is before the first words of a day: a number, a month, a day of the week.
fn before_day(line: &str) -> Option<&str> {
    if !text::has_at_most(line, 9) || line.ends_with(['?', '!', ':']) {
        return None;
    }
    let numbered = line.bytes().any(|b| b.is_ascii_digit());
    for word in line.split_whitespace() {
        let (start, bare) =
            (text::offset(word, line), word.trim_matches(|c: char| !c.is_alphanumeric()));
        // "They may be seen" names no month.
        // Without a number "Jan" is somebody's name, and "Sun" as well.
        let whole = numbered || bare.starts_with(char::is_uppercase) && names_weekday(bare);
        let day = whole && names_day(bare);
        let number = bare.starts_with(|c: char| c.is_ascii_digit());
        if start > 0 && (day || number) {
            return (day || is_dated(&line[start..])).then_some(&line[..start]);
        }
        if number {
            return None;
        }
    }
    None
}

/// Whether a word is the whole name of a day of the week.
fn names_weekday(word: &str) -> bool {
    text::length(word) > 4 && WEEKDAYS.contains(word.to_lowercase().as_str())
}

/// Whether the letters at the beginning of a word are a day of the week or a month.
fn names_day(word: &str) -> bool {
    let lower = word.to_lowercase();
    let letters: String = lower.chars().take_while(|c| c.is_alphabetic()).collect();
    WEEKDAYS.contains(letters.as_str())
        || letters.len() > 2 && dates::month_number(&letters).is_some()
}

/// Whether a number is a day: one before a month or a year.
fn is_dated(rest: &str) -> bool {
    let mut next = rest.split(|c: char| !c.is_alphanumeric()).skip(1).take(3);
    next.any(|w| dates::month_number(w).is_some()) || !dates::find(rest, None).is_empty()
}

/// The place in the words before a day, without the words that lead to the one and to the other.
fn place_name(before: &str, scope: Scope) -> Option<&str> {
    static FROM: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.written_from));
    static ARTICLES: LazyLock<lexicon::Words> = LazyLock::new(|| lexicon::set(|l| l.date_articles));
    let edge = |c: char| c.is_whitespace() || ".,;:–—-([*_’'".contains(c);
    let mut rest = before.trim_matches(edge);
    while let Some((head, last)) = rest.rsplit_once(|c: char| c.is_whitespace() || c == ',') {
        let lower = last.trim_matches(edge).to_lowercase();
        if !ARTICLES.contains(lower.as_str()) && lower.chars().count() > 1 {
            break;
        }
        rest = head.trim_end_matches(edge);
    }
    let from = FROM.end(scope, rest, |r| {
        r.starts_with(char::is_whitespace) || rest[..rest.len() - r.len()].ends_with(['\'', '’'])
    });
    let rest = from.map_or(rest, |end| rest[end..].trim_start());
    // "Moved to Holm. Born 3 May" is text.
    let stops = rest.match_indices(". ").any(|(at, _)| {
        let word = rest[..at].rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
        text::length(word) > 4
    });
    let one = !stops && !rest.contains('|');
    (one && is_place(rest, scope) && text::has_at_most(rest, 4)).then_some(rest)
}

/// What no place's name has.
const NO_PLACE: &[fn(&str) -> bool] = &[
    |text| !text.split_whitespace().next().is_some_and(is_capital),
    |text| text.split_whitespace().any(|w| w.len() > 4 && !is_capital(w)),
    |text| text.chars().filter(|c| c.is_alphabetic()).count() <= 2,
    |text| text.contains(['@', '“', '"', '/', ':', '(', ')']),
    |text| text.bytes().any(|b| b.is_ascii_digit()),
];

/// Whether a text can be a place's name: capitals, no label, no salutation, no name of a person with a title.
fn is_place(text: &str, scope: Scope) -> bool {
    !NO_PLACE.iter().any(|objects| objects(text)) && plausible::place(text, scope)
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase) || text::is_hangul(word)
}

/// The claims of a date line: its date, and the place before it.
fn both(rule: &'static str, piece: &Piece<'_>, line: &DateLine, at: usize) -> Vec<Claim> {
    // What was not understood is quoted if nothing else is a date.
    let rule_of_date =
        if line.reading.date.is_some() { rule } else { "date that was not understood" };
    let mut date =
        Claim::new(rule_of_date, Field::Date, Value::Date(line.reading.clone()), at..at + 1);
    date.doubt.clone_from(&line.reading.doubt);
    let mut found = vec![date];
    // "The Archive Review, 14 January 2019" says where it was published, not where it was written.
    let below = at >= piece.layout.head.end;
    // What is before it behind a wide gap is another column.
    let place = line.place.as_deref().and_then(|place| text::cells(place).pop());
    let is_place =
        |p: &&str| plausible::place(p, piece.scope) && !(below && is_somebody(piece, p, at));
    if let Some(place) = place.filter(is_place) {
        let named = Value::Text(written(place, piece));
        let claim = Claim::new("place before the date", Field::Place, named, at..at + 1);
        let above = !piece.lines[at].text.contains(place);
        let cut = is_cut(place, piece.lines[at].text);
        found.push(match (above, cut) {
            // What is alone in the line above may be anybody's name.
            (true, _) => claim.adjusted(less_of_line_above(piece, place)),
            (false, true) => claim.doubted(cut_doubt(place)),
            (false, false) => claim,
        });
    }
    found
}

/// Whether a letter with a point is among the words of a name.
fn has_initial(name: &str) -> bool {
    let mut words = name.split_whitespace().skip(1);
    words.any(|w| w.ends_with('.') && text::length(w) == 2 && w.starts_with(char::is_uppercase))
}

/// Whether a name before a day below the text is somebody's: who signed on that day, or was born on it. So it is where
/// the line above or below has another name before another day.
fn is_somebody(piece: &Piece<'_>, name: &str, at: usize) -> bool {
    if names::knowledge::is_city(name).is_some() {
        return false;
    }
    let filled = |l: &&Line<'_>| !l.is_blank();
    let near = [
        piece.lines[..at].iter().rfind(filled),
        piece.lines.get(at + 1..).and_then(|below| below.iter().find(filled)),
    ];
    let named = |l: &&Line<'_>| {
        dates::before_date(l.text).is_some_and(|before| {
            let before = bare(before);
            before.starts_with(char::is_uppercase) && before != name && !l.is_prose()
        })
    };
    plausible::person(name, piece.scope) >= 40 || near.iter().flatten().any(named)
}

/// How much less a name in the line above a date is a place: of one that is known, nothing.
fn less_of_line_above(piece: &Piece<'_>, place: &str) -> i32 {
    let name = plausible::person(place, piece.scope);
    match (piece.head.is_place_known, name) {
        (true, _) => 0,
        (false, 5..) => -60,
        (false, _) => -20,
    }
}

/// The span of the days with which the paragraphs of a diary begin.
fn days_of_entries(piece: &Piece<'_>) -> Option<Claim> {
    const LEAST: usize = 3;
    if piece.layout.is_letter() {
        return None;
    }
    let day = |at: &usize| {
        let line = piece.lines[*at].text;
        let first = dates::find(line, piece.order).into_iter().next()?;
        let begins = line[..first.range.start].split_whitespace().all(names_weekday);
        let goes_on = text::word_count(&line[first.range.end..]) > 0;
        first.reading.date.filter(|d| begins && goes_on && d.certain_day().is_some())
    };
    let begins = |at: &usize| piece.begins_group(*at) && !piece.lines[*at].is_blank();
    let paragraphs = (piece.layout.body.start..piece.lines.len()).filter(begins);
    let days: Vec<EdtfDate> = paragraphs.filter_map(|at| day(&at)).collect();
    let rising = days.windows(2).all(|pair| pair[0].certain_day() < pair[1].certain_day());
    let ([first, .., last], true) = (&days[..], rising && days.len() >= LEAST) else { return None };
    let date = format!("{first}/{last}").parse().ok()?;
    let reading = dates::Reading { date: Some(date), doubt: None };
    let lines = piece.layout.body.start..piece.layout.body.start;
    Some(Claim::new("days of the entries", Field::Date, Value::Date(reading), lines))
}

/// A date below the text, or between its last sentence and the names.
fn at_foot(piece: &Piece<'_>) -> Option<(DateLine, usize)> {
    let (lines, layout) = (piece.lines, piece.layout);
    let from = layout.closing.unwrap_or(layout.signatures.start).max(layout.body.start);
    if from == 0 {
        return None;
    }
    let of_reference = |l: &Line<'_>| {
        marks::date_of_reference(l.text, piece.scope)
            .and_then(|date| dates::date_line(date, piece.order))
    };
    let dated = |l: &Line<'_>| {
        let whole = date_of(l, piece.order, piece.scope).or_else(|| of_reference(l));
        // Beside the date of a filing is whose it is.
        whole.or_else(|| date_in_cell(l, piece.order, piece.scope))
    };
    // "Dated this 3rd day of March, 2003." has the form of a sentence.
    let prose =
        |l: &Line<'_>| l.is_prose() && (!text::has_at_most(l.text, 9) || dated(l).is_none());
    let above = lines[..from].iter().rposition(prose).map_or(from, |i| i + 1);
    let start = above.max(layout.head.end);
    // A number by itself is a year below a letter only.
    let number = |l: &Line<'_>| !layout.is_letter() && l.text.bytes().all(|b| b.is_ascii_digit());
    let below = lines[start..].iter().enumerate().take(60);
    let mut below = below.filter(|(_, l)| !number(l));
    below.find_map(|(k, l)| {
        let date = dated(l)?;
        (!is_headed_as_other(lines, start + k)).then_some((date, start + k))
    })
}

/// `3. Next meeting` right above a date.
fn is_headed_as_other(lines: &[Line<'_>], at: usize) -> bool {
    let numbered = |c: char| c.is_ascii_digit() || ".)# ".contains(c);
    at.checked_sub(1).is_some_and(|above| {
        let heading = lines[above].text.trim_start_matches(numbered);
        dates::heads(heading) == Some(dates::Heads::Other)
    })
}

/// Why a date below the text may be that of a part of it.
const GOES_ON: &str = "the text goes on below the date, which may be that of a part of it";

/// Whether a text that is no letter goes on in paragraphs below its date.
fn goes_on_below(piece: &Piece<'_>, at: usize) -> bool {
    let long = |l: &&Line<'_>| l.is_prose() && !text::has_at_most(l.text, 14);
    !piece.layout.is_letter() && piece.lines[at + 1..].iter().any(|l| long(&l))
}

/// Another day in a line of its own further below, as below what is enclosed.
fn another_below(piece: &Piece<'_>, line: &DateLine, at: usize) -> Option<Claim> {
    let below = piece.foot.lines.iter().filter(|(i, role)| *i > at && *role == Role::Dated);
    let mut other = below.filter_map(|(i, _)| {
        let other = date_of(&piece.lines[*i], piece.order, piece.scope)?;
        Some((other.reading, *i))
    });
    let (reading, i) = other
        .rfind(|(r, _)| r.date.is_some() && r.doubt.is_none() && r.date != line.reading.date)?;
    Some(Claim::new("another date below the text", Field::Date, Value::Date(reading), i..i + 1))
}

/// The day on which what was sworn was signed before somebody: `Sworn to and subscribed before me this 5 day of May`.
fn sworn(piece: &Piece<'_>) -> Option<Claim> {
    static EXECUTED: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.executed));
    let last = piece.lines.iter().enumerate().rev().take(SWORN);
    // Minutes are of the day of the meeting.
    let title = piece.head.title.as_deref();
    let declares = title.and_then(|t| marks::kind_of_title(t, piece.scope)) == Some("statement");
    let executed =
        |line: &str| declares && EXECUTED.end(piece.scope, line, |r| r.starts_with(' ')).is_some();
    let mut attested =
        last.filter(|(_, l)| marks::is_attestation(l.text, piece.scope) || executed(l.text));
    attested.find_map(|(at, l)| {
        let reading = dates::find(l.text, piece.order).into_iter().next()?.reading;
        let known = reading.date.is_some();
        let doubt = reading.doubt.clone();
        let claim =
            Claim::new("day on which it was sworn", Field::Date, Value::Date(reading), at..at + 1);
        known.then_some(Claim { doubt, ..claim })
    })
}

/// `In witness whereof I have set my hand … this 9th day of December, 2019.`: the day on which it was given.
fn given_under_hand(piece: &Piece<'_>) -> Option<Claim> {
    static CLAUSES: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.testimony));
    /// How many lines the sentence has at most.
    const SENTENCE: usize = 6;
    let begins = |l: &Line<'_>| CLAUSES.end(piece.scope, l.text, lexicon::ends_word).is_some();
    let at = piece.lines.iter().rposition(begins)?;
    let sentence = piece.lines[at..].iter().take(SENTENCE).take_while(|l| !l.is_blank());
    let sentence = sentence.map(|l| l.text).collect::<Vec<_>>().join(" ");
    let reading = dates::find(&sentence, piece.order).pop()?.reading;
    let day = Value::Date(reading.clone());
    let claim =
        Claim::new("day on which it was given under somebody's hand", Field::Date, day, at..at + 1);
    reading.date.is_some().then_some(Claim { doubt: reading.doubt, ..claim })
}

/// In how many of the last lines somebody may attest what was sworn.
const SWORN: usize = 40;

/// `(Seoul, 3 March 2014) – The …`, `GENEVA, March 3, 2014 — The …`: a press release's first words.
fn dateline(piece: &Piece<'_>) -> Option<(DateLine, usize)> {
    // Above it the headline may be repeated.
    let begins = |i: usize| i == 0 || piece.lines[i - 1].is_blank();
    let body = piece.layout.body.clone();
    // The first paragraph may have been taken for a part of the head.
    let head = (0..body.start.min(body.end)).rfind(|&i| !piece.lines[i].is_blank());
    let head = head.filter(|&i| piece.lines[i].is_prose());
    let paragraphs = body.filter(|&i| !piece.lines[i].is_blank() && begins(i)).take(PARAGRAPHS);
    let mut filled = head.into_iter().chain(paragraphs);
    filled.find_map(|at| Some((first_words(piece.lines[at].text, piece)?, at)))
}

/// How many paragraphs are asked for the date with which one begins.
const PARAGRAPHS: usize = 6;

/// The date with which a paragraph begins, before a dash or in brackets.
fn first_words(text: &str, piece: &Piece<'_>) -> Option<DateLine> {
    let start = &text[..text.floor_char_boundary(80)];
    // Each of the signs has a hyphen, a bracket, or the first byte of a dash.
    if !bytes::any(start.as_bytes(), |b| (b == b'-') | (b == b')') | (b == 0xE2)) {
        return None;
    }
    let cut = [" – ", " — ", " - ", " -- ", " \\-- ", ".- ", ".– ", ".— ", ") ", "): ", "—", "–"]
        .iter()
        .filter_map(|d| start.find(d))
        .min()?;
    let words = start[..cut].trim_matches(['(', ')', '[', ']', ' ', '*']);
    dates::date_line(words, piece.order).or_else(|| place_last(words, piece))
}

/// `18 May 2014, Seoul`: a date before its place.
fn place_last(words: &str, piece: &Piece<'_>) -> Option<DateLine> {
    let (day, place) = words.rsplit_once(", ")?;
    let named = is_place(place, piece.scope) && text::has_at_most(place, 3);
    let line = dates::date_line(day, piece.order).filter(|line| named && line.place.is_none())?;
    Some(DateLine { place: Some(place.to_owned()), ..line })
}

/// How many lines are asked for the day on which a resolution was adopted.
const ADOPTED: usize = 12;

/// `Adopted by the Council at its 12th meeting, on 28 May 1964`
fn of_adoption(piece: &Piece<'_>) -> Option<Claim> {
    static ADOPTIONS: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.adopted));
    let mut early = (0..piece.lines.len()).filter(|&i| !piece.lines[i].is_blank()).take(ADOPTED);
    early.find_map(|at| {
        let line = text::without_emphasis(piece.lines[at].text).trim_start_matches(['(', '[']);
        // "Resolution adopted by the General Assembly on …"
        let behind = || marks::kind_before(line, piece.scope).map_or(line, |(_, rest)| rest);
        let adopted = |text: &str| ADOPTIONS.end(piece.scope, text, lexicon::ends_word).is_some();
        if !adopted(line) && !adopted(behind()) {
            return None;
        }
        let mut found = dates::find(line, piece.order);
        let reading = found.pop().filter(|f| found.is_empty() && f.reading.date.is_some())?.reading;
        let day = Value::Date(reading);
        Some(Claim::new("day on which it was adopted", Field::Date, day, at..at + 1))
    })
}

/// The one date inside a short line above the text, where no line is a date: `HC Deb 11 February 1976 vol 905`.
fn in_head(piece: &Piece<'_>) -> Option<Claim> {
    if piece.head.date.is_some() || piece.layout.salutation.is_some() {
        return None;
    }
    let short = |i: &usize| {
        let line = piece.lines[*i].text;
        !line.is_empty() && text::has_at_most(line, WORDS) && !marks::is_any_label(line)
    };
    let head = piece.layout.head.clone().filter(|i| !piece.head.title_lines.contains(i));
    head.filter(short).take(LINES).find_map(|at| {
        let context = dates::Context { order: piece.order, ..dates::Context::default() };
        let mut found = dates::mentions(piece.lines[at].text, context);
        let mention = found.pop().filter(|m| found.is_empty() && m.label.is_none())?;
        let date = Value::Date(mention.reading);
        let known = matches!(&date, Value::Date(reading) if reading.date.is_some());
        known.then(|| Claim::new("date inside a line of the head", Field::Date, date, at..at + 1))
    })
}

/// The one date with which an address above the greeting begins or ends:
/// `Rooms of the Harbour Review, Quay Square, Leith, May 12, 1885.`
fn beside_address(piece: &Piece<'_>) -> Option<Claim> {
    let end = piece.layout.salutation.filter(|_| piece.head.date.is_none())?;
    let mut above = (0..end).filter(|&i| !piece.lines[i].is_blank()).take(HEAD);
    above.find_map(|at| {
        let line = piece.lines[at].text;
        let context = dates::Context { order: piece.order, ..dates::Context::default() };
        let mut found = dates::mentions(line, context);
        let mention = found.pop().filter(|m| found.is_empty() && m.label.is_none())?;
        let (before, after) = (&line[..mention.range.start], &line[mention.range.end..]);
        let beside = match (bare(before), bare(after)) {
            ("", rest) | (rest, "") => rest,
            _ => return None,
        };
        let small = |w: &&str| w.starts_with(char::is_lowercase) && text::length(w) > 3;
        let address =
            text::has_at_most(beside, WORDS) && beside.split(' ').filter(small).count() < 2;
        if !address || mention.reading.date.is_none() || dates::is_stamp(line) {
            return None;
        }
        let doubt = mention.reading.doubt.clone();
        let date = Value::Date(mention.reading);
        let claim = Claim::new("date beside an address", Field::Date, date, at..at + 1);
        Some(Claim { doubt, ..claim })
    })
}

/// A text without the signs around it.
fn bare(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || ".,;–—-".contains(c))
}

/// Longest line that may hold a date, in words, and how many lines are looked at.
const WORDS: usize = 16;
const LINES: usize = 8;

/// The one date of a first line that names the addressee: `To Sir W. Elford, April 4th 1821. Three Mile Cross`.
fn of_direction(piece: &Piece<'_>) -> Option<Claim> {
    let at = piece.lines.iter().position(|l| !l.is_blank())?;
    let line = piece.lines[at].text;
    if piece.head.date.is_some() || foot::directed(line, piece.scope).is_none() {
        return None;
    }
    let mut found = dates::find(line, piece.order);
    let reading = found.pop().filter(|_| found.is_empty())?.reading;
    let doubt = reading.doubt.clone();
    let claim = Claim::new("date in the title", Field::Date, Value::Date(reading), at..at + 1);
    Some(Claim { doubt, ..claim })
}

/// The day that the first sentences of minutes name: `The Chair opened the meeting on Sunday 26th Nov 2023`.
fn of_meeting(piece: &Piece<'_>) -> Option<Claim> {
    let minutes = piece.head.kind == Some("minutes")
        || minutes::tells_who_met(piece)
        || piece.head.title.as_deref().and_then(|t| marks::kind_of_title(t, piece.scope))
            == Some("minutes");
    if !minutes || piece.head.date.is_some() {
        return None;
    }
    let first = (0..piece.lines.len()).filter(|&i| !piece.lines[i].is_blank()).take(6);
    let (reading, at) = first.into_iter().find_map(|i| {
        let found = dates::find(piece.lines[i].text, piece.order).into_iter().next()?.reading;
        found.date.is_some().then_some((found, i))
    })?;
    Some(Claim::new(
        "day in the first sentence of minutes",
        Field::Date,
        Value::Date(reading),
        at..at + 1,
    ))
}

/// The one date that a title or a heading names.
fn in_title(piece: &Piece<'_>) -> Option<Claim> {
    let title = piece.head.title.as_deref()?;
    if piece.head.is_mail || plausible::title(title, piece.scope) < -20 {
        return None;
    }
    let lines = piece.head.title_lines.clone();
    let of_lines = lines.clone().flat_map(|i| dates::find(piece.lines[i].text, piece.order));
    let mut found: Vec<_> = of_lines.map(|f| f.reading).collect();
    let reading = found.pop().filter(|_| found.is_empty())?;
    let mut claim =
        Claim::new("date in the title", Field::Date, Value::Date(reading.clone()), lines);
    claim.doubt = reading.doubt;
    Some(claim)
}
