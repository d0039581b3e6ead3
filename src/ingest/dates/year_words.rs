//! Years in words, as notaries write them: `mil novecientos ochenta y cuatro`.

use std::sync::LazyLock;

use super::super::lexicon::{AND, LANGUAGES, Meanings, Phrases, Scope, ends_word, in_lower_case};
use super::at::At;

/// Numbers in words, by what they mean.
struct Numbers {
    phrases: Phrases,
    meanings: Meanings<u32>,
}

static NUMBERS: LazyLock<Numbers> = LazyLock::new(|| {
    let mut meanings = Meanings::<u32>::default();
    for language in LANGUAGES.iter().filter(|l| !l.year_words.is_empty()) {
        let own = language
            .year_words
            .iter()
            .flat_map(|(number, ways)| ways.split('|').map(move |way| (*number, way)));
        let days = (1..).zip(language.day_words.split('|'));
        let days = days.flat_map(|(number, ways)| ways.split('/').map(move |way| (number, way)));
        for (number, way) in own.chain(days) {
            meanings.entry(way).or_insert(number);
        }
    }
    let mut ways: Vec<&'static str> = meanings.keys().copied().collect();
    ways.sort_unstable();
    Numbers { phrases: Phrases::from(ways), meanings }
});

/// The centuries in words, small and in capitals.
static CENTURIES: LazyLock<Vec<String>> = LazyLock::new(|| {
    let numbers = LANGUAGES.iter().flat_map(|l| l.year_words);
    let ways = numbers.filter(|(number, _)| *number >= 1000).flat_map(|(_, ways)| ways.split('|'));
    ways.flat_map(|way| [way.to_owned(), way.to_uppercase()]).collect()
});

/// Whether a text names a century with which a year in words may begin.
pub(super) fn may_have_one(text: &str) -> bool {
    CENTURIES.iter().any(|century| text.contains(century.as_str()))
}

/// A year in words, and where it ends.
pub(super) fn year(at: At<'_>) -> Option<(At<'_>, u32)> {
    let (mut at, mut year) = number(at).filter(|(_, number)| *number >= 1000)?;
    if let Some((end, number)) = joined(at).filter(|(_, number)| *number < 100) {
        (at, year) = (end, year + number);
        let tens = number >= 20 && number % 10 == 0;
        if let Some((end, unit)) = joined(at).filter(|(_, unit)| tens && *unit < 20) {
            (at, year) = (end, year + unit);
        }
    }
    Some((at, year))
}

/// A number behind a space, a hyphen, or the word for `and`.
fn joined(at: At<'_>) -> Option<(At<'_>, u32)> {
    let at = at.spaces().optional("-").spaces();
    let word = at.letters();
    let next = at.on(word.len()).spaces();
    number(at).or_else(|| number(next).filter(|_| AND.has(Scope::ALL, word)))
}

fn number(at: At<'_>) -> Option<(At<'_>, u32)> {
    let end = NUMBERS.phrases.end(at.rest(), ends_word)?;
    let way = at.rest()[..end].split_whitespace().collect::<Vec<_>>().join(" ");
    let number = in_lower_case(&way, |lower| NUMBERS.meanings.get(lower).copied())?;
    Some((at.on(end), number))
}
