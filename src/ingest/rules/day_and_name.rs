//! The last line of a letter that has all in one: `Holm, 3 May 1931. Ada Quill`.

use super::super::dates::{self, DateLine};
use super::super::evidence::{Claim, Field, Value, plausible};
use super::super::parties::Mention;
use super::super::text;
use super::Piece;
use super::foot::Role;

/// The rule's name: its day, its place and its name explain each other's line.
const RULE: &str = "day with a name behind it";

/// How many of the last lines may be one.
const LINES: usize = 4;

/// No such line has more words.
const WORDS: usize = 12;

pub(super) fn claims(piece: &Piece<'_>) -> Vec<Claim> {
    if !piece.layout.is_letter() {
        return Vec::new();
    }
    let lines = &piece.foot.lines;
    let mut last = lines.iter().enumerate().rev().take(LINES);
    let found = last.find_map(|(k, (at, role))| {
        let line = Some(*at).filter(|_| *role != Role::Prose)?;
        Some((k, line, parted(piece, line)?))
    });
    let Some((k, at, (line, name))) = found else { return Vec::new() };
    let claim = |field, value| Claim::new(RULE, field, value, at..at + 1);
    let person = Some(piece.writing.person(name));
    let mention = Mention { person, line: piece.number(at), ..Mention::default() };
    let signer = claim(Field::Signers, Value::Parties(vec![mention]));
    let below_leave = k > 0 && lines[k - 1].1 == Role::Closing;
    let signer = if below_leave {
        signer
    } else {
        signer.doubted(format!("`{name}` is behind a day, not below words of leave"))
    };
    let doubt = line.reading.doubt.clone();
    let day = Claim { doubt, ..claim(Field::Date, Value::Date(line.reading)) };
    let place = line.place.filter(|place| plausible::place(place, piece.scope));
    let place = place.map(|place| claim(Field::Place, Value::Text(place)));
    [day, signer].into_iter().chain(place).collect()
}

/// The day of a line, and the name that ends it.
fn parted<'p>(piece: &Piece<'p>, at: usize) -> Option<(DateLine, &'p str)> {
    let line = piece.lines[at].text;
    let words: Vec<&str> = text::words(line).collect();
    let dated = line.bytes().any(|b| b.is_ascii_digit()) && words.len() <= WORDS;
    let counts = (1..=3usize).rev().filter(|count| dated && *count < words.len());
    { counts }.find_map(|count| {
        let start = text::offset(words[words.len() - count], line);
        let name = line[start..].trim_end_matches([',', ' ']);
        let least = if count == 1 { 5 } else { 15 };
        let named = name.starts_with(char::is_uppercase)
            && plausible::person(name.trim_end_matches('.'), piece.scope) >= least;
        let day = line[..start].trim_end_matches([',', ' ']);
        let line = dates::date_line(day, piece.order).filter(|_| named)?;
        line.reading.date.is_some().then_some((line, name.trim_end_matches('.')))
    })
}
