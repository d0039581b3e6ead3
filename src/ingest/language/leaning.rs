//! Which of two languages a few words are in: a greeting, a date, an office below a name.
//!
//! Statistics say nothing of a line so short. Where a text is known to be in two languages, the words that only one of
//! them has do.

use std::cmp::Ordering;
use std::collections::BTreeSet;

use super::super::lexicon::LANGUAGES;
use super::primary;
use crate::letters::is_letter;

/// The words by which short lines of two languages are told apart.
#[derive(Debug)]
pub struct Leaning {
    own: BTreeSet<&'static str>,
    other: BTreeSet<&'static str>,
}

impl Leaning {
    /// Between the language of a text and another one, by their tags; none if there are no words of one of them.
    pub fn between(own: &str, other: &str) -> Option<Self> {
        let (own, other) = (words(own)?, words(other)?);
        let shared: Vec<&str> = own.intersection(&other).copied().collect();
        let without =
            |words: BTreeSet<&'static str>| words.into_iter().filter(|w| !shared.contains(w));
        Some(Self { own: without(own).collect(), other: without(other).collect() })
    }

    /// `Greater` if more words are of the other language, `Less` if more are of the text's own.
    pub fn of(&self, line: &str) -> Ordering {
        let line = line.to_lowercase();
        let (mut own, mut other) = (0, 0);
        for word in line.split(|c: char| !is_letter(c)).filter(|w| !w.is_empty()) {
            own += usize::from(self.own.contains(word));
            other += usize::from(self.other.contains(word));
        }
        other.cmp(&own)
    }
}

/// The small words of a language, and those with which letters begin and end.
fn words(tag: &str) -> Option<BTreeSet<&'static str>> {
    let language = LANGUAGES.iter().find(|l| l.tag == primary(tag) && !l.stop_words.is_empty())?;
    let lists = [
        language.stop_words,
        language.salutations,
        language.greetings,
        language.whole_salutations,
        language.closings,
        language.closing_sentences,
        language.honorifics,
        language.roles,
        language.date_articles,
    ];
    // Old spellings of a month may be its name in another language.
    let first = |names: &'static str| names.split('|').next().unwrap_or_default();
    let days = language.months.into_iter().chain(language.weekdays).map(first);
    let lists = lists.into_iter().chain(days);
    let words = lists.flat_map(|list| list.split(|c: char| !is_letter(c)));
    // Single letters are initials, too.
    Some(words.filter(|word| word.chars().nth(1).is_some()).collect())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test says by a panic that it failed")]
mod tests {
    use super::*;

    #[test]
    fn a_greeting_a_date_and_an_office_tell_one_of_two_languages() {
        let leaning = Leaning::between("fr", "en-GB").unwrap();
        for line in ["Dear Mr. Roux,", "Ottawa, 4 May 1931", "Yours faithfully,", "It was put by."]
        {
            assert_eq!(leaning.of(line), Ordering::Greater, "{line}");
        }
        for line in ["Monsieur Roux,", "Ottawa, le 4 mai 1931", "L. Marchand, secrétaire"] {
            assert_eq!(leaning.of(line), Ordering::Less, "{line}");
        }
        assert_eq!(leaning.of("HARBOUR COMMISSION 1931"), Ordering::Equal);
        assert!(Leaning::between("fr", "xx").is_none());
    }
}
