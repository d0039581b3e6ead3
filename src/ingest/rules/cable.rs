//! Cables of foreign services: routing lines, a group of date and time, FM, TO, INFO, SUBJ. The form is the same in
//! every language.

use super::super::dates;
use super::super::evidence::{Claim, Field, Value};
use super::super::lexicon::cables;
use super::super::parties::Mention;
use super::super::text::{self, Line};
use super::Piece;

/// The rule's name on its claims.
pub(in crate::ingest) const FORM: &str = "form of a cable";

/// How many lines of the head are looked at.
const HEAD: usize = 40;

/// The year of the century in which groups of date and time came into use: an earlier one is of the next century.
const OLDEST: u32 = 40;

/// A line of the head with its marker: who sent it, to whom, who gets a copy, what about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Marker {
    From,
    To,
    Info,
    Subject,
}

pub(super) fn claims(piece: &Piece<'_>) -> Vec<Claim> {
    let head: Vec<usize> =
        (0..piece.lines.len()).filter(|&i| !piece.lines[i].is_blank()).take(HEAD).collect();
    let marked: Vec<(usize, Marker, &str)> = head
        .iter()
        .filter_map(|&i| marker(piece.lines[i].text).map(|(m, rest)| (i, m, rest)))
        .collect();
    let has = |marker| marked.iter().any(|(_, m, _)| *m == marker);
    // A routing line "INFO OCT-01" may be anywhere; a cable has a sender and an addressee.
    if !has(Marker::From) || !has(Marker::To) {
        return Vec::new();
    }
    let mut found = vec![Claim::new(FORM, Field::Kind, Value::Text("telegram".to_owned()), 0..0)];
    let after = marked.iter().find(|(_, m, _)| *m == Marker::From).map_or(0, |(i, ..)| *i);
    for (at, marker, rest) in marked {
        let list = || Value::Parties(posts(rest, piece, at));
        let field = match marker {
            Marker::From => Field::Author,
            Marker::To => Field::Recipients,
            Marker::Info if at > after => Field::Copied,
            Marker::Info => continue,
            Marker::Subject => {
                let title = Value::Text(rest.to_owned());
                found.push(Claim::new(FORM, Field::Title, title.clone(), at..at + 1));
                found.push(Claim::new(FORM, Field::Subject, title, at..at + 1));
                continue;
            }
        };
        if !rest.is_empty() {
            found.push(Claim::new(FORM, field, list(), at..at + 1));
        }
    }
    found.extend(head.iter().find_map(|&at| group(piece, at)));
    found
}

/// `FM AMEMBASSY LISBON`, `TO SECSTATE WASHDC 4711`, `SUBJ: FISHERIES`
fn marker(line: &str) -> Option<(Marker, &str)> {
    let markers = [
        (cables::FROM, Marker::From),
        (cables::TO, Marker::To),
        (cables::INFO, Marker::Info),
        (cables::SUBJECT, Marker::Subject),
    ];
    let words = markers.iter().flat_map(|(words, marker)| words.iter().map(move |w| (w, marker)));
    words.into_iter().find_map(|(word, marker)| {
        let rest = line.strip_prefix(word)?;
        let rest = rest
            .strip_prefix(':')
            .or_else(|| rest.starts_with(char::is_whitespace).then_some(rest))?;
        let capitals = text::is_caps(rest) || *marker == Marker::Subject;
        (capitals || rest.trim().is_empty()).then_some((*marker, rest.trim()))
    })
}

/// The post that a marker names, and those in the next lines, which have no marker of their own.
fn posts(first: &str, piece: &Piece<'_>, at: usize) -> Vec<Mention> {
    let goes_on = |line: &&Line<'_>| {
        let words = text::word_count(line.text);
        !line.is_blank() && (1..=8).contains(&words) && is_post(line.text)
    };
    let below = piece.lines[at + 1..].iter().take_while(goes_on).zip(at + 1..);
    let mut found = vec![post(first, piece, at)];
    found.extend(below.map(|(line, at)| post(line.text, piece, at)));
    found.retain(Mention::is_named);
    found
}

/// Whether a line has nothing but the name of a post: capitals, no marker, no label, no classification.
fn is_post(line: &str) -> bool {
    let mut words = line.split(' ');
    let spaced = words.clone().filter(|w| w.chars().count() == 1).count() > 2;
    let mark = words.any(|w| cables::MARKS.contains(&w));
    text::is_caps(line) && marker(line).is_none() && !line.contains([':', '.']) && !spaced && !mark
}

/// A post as the cable calls it, without its address in the network and the number of the message:
/// `RUEHBJ/AMEMBASSY BEIJING 4410`.
fn post(rest: &str, piece: &Piece<'_>, at: usize) -> Mention {
    let rest = match rest.split_once('/') {
        Some((address, name)) if !address.contains(' ') && address.len() > 4 => name,
        _ => rest,
    };
    let words: Vec<&str> = rest.split_whitespace().filter(|w| !is_precedence(w)).collect();
    let name = words.join(" ");
    if name.is_empty() {
        return Mention::default();
    }
    Mention {
        organization: Some(name.clone()),
        written: Some(name),
        line: piece.number(at),
        ..Mention::default()
    }
}

/// A number of a message, or a word of how urgent it is.
fn is_precedence(word: &str) -> bool {
    word.bytes().all(|b| b.is_ascii_digit() || b == b'/') || cables::URGENCY.contains(&word)
}

/// The group of date and time: `R 171530Z MAR 75`. Its year has two digits and stays in doubt.
fn group(piece: &Piece<'_>, at: usize) -> Option<Claim> {
    let words: Vec<&str> = piece.lines[at].text.split_whitespace().collect();
    let timed = |word: &str| {
        let time = word.strip_suffix('Z').filter(|t| t.len() == 6);
        time.filter(|t| t.bytes().all(|b| b.is_ascii_digit())).is_some()
    };
    let [time, month, year] = words.windows(3).find(|three| timed(three[0]))? else { return None };
    let number = dates::month_number(month)?;
    let year = year.bytes().all(|b| b.is_ascii_digit()).then(|| year.parse::<u32>().ok())??;
    let whole = match year {
        0..OLDEST => 2000 + year,
        OLDEST..=99 => 1900 + year,
        _ => year,
    };
    let date = format!("{whole}-{number:02}-{}", &time[..2]).parse().ok()?;
    let reading = dates::Reading { date: Some(date), doubt: None };
    let claim = Claim::new(FORM, Field::Date, Value::Date(reading), at..at + 1);
    Some(if year > 99 {
        claim
    } else {
        claim.doubted(format!("the year of `{}` has two digits", piece.lines[at].text))
    })
}
