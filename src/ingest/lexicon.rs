//! The words by which rules know letters: one flat table a language. A new language is a new file in
//! this folder and its name in [`LANGUAGES`]; no rule changes.
//!
//! Words stand in lower case, alternatives between bars. Nothing here reads a seed.

mod de;
mod en;
mod es;
mod fr;
mod ko;
mod phrases;

use std::collections::HashSet;
use std::sync::LazyLock;

pub(super) use phrases::{Phrases, end_of, ends_or, ends_word};

/// What one language calls the parts of a document.
pub(super) struct Language {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// Names of the twelve months, full and short.
    pub months: [&'static str; 12],
    /// Names of the days of the week, full and short.
    pub weekdays: &'static str,
    /// Frequent small words, by which the language is told.
    pub stop_words: &'static str,
    /// Words after which a sentence cannot end.
    pub open_words: &'static str,
    /// How a salutation begins.
    pub salutations: &'static str,
    /// What of a salutation is no part of the name that it greets.
    pub greetings: &'static str,
    /// Whole lines that are salutations.
    pub whole_salutations: &'static str,
    /// How a closing line begins.
    pub closings: &'static str,
    /// How a closing begins that is a sentence of its own.
    pub closing_sentences: &'static str,
    /// Labels before what a letter is about.
    pub subject: &'static str,
    /// Labels before an addressee.
    pub to: &'static str,
    /// Labels before a sender.
    pub from: &'static str,
    /// Labels before a date.
    pub date: &'static str,
    /// Words before a date that stands by itself, as in "Dated this 3rd day of May".
    pub date_openings: &'static str,
    /// Articles and the like just before a date.
    pub date_articles: &'static str,
    /// Words before a date that make it approximate.
    pub circa: &'static str,
    /// Whole lines that tell how a letter is to be treated.
    pub delivery: &'static str,
    /// Words before the means by which a letter travels.
    pub delivered_by: &'static str,
    /// Means by which letters travel.
    pub means_of_delivery: &'static str,
    /// Labels before whom journalists may ask.
    pub press_contact: &'static str,
    /// Labels before a list of those who get a copy.
    pub copied: &'static str,
    /// Labels before what is enclosed, and headings of appendices.
    pub enclosed: &'static str,
    /// Labels before the document's own symbol.
    pub own_reference: &'static str,
    /// The same, where they need no colon.
    pub loose_reference: &'static str,
    /// Labels before a symbol of the addressee's.
    pub your_reference: &'static str,
    /// Headings of a list of signatories.
    pub signed: &'static str,
    /// Titles of courtesy before a name.
    pub honorifics: &'static str,
    /// Words that only names of organizations have.
    pub organizations: &'static str,
    /// Words that name an office that somebody holds.
    pub roles: &'static str,
    /// Words of headings and phrases that no person's name has.
    pub common: &'static str,
    /// How titles of each kind begin: kind, beginnings.
    pub kinds: &'static [(&'static str, &'static str)],
    /// Headings of notes.
    pub notes: &'static str,
    /// Words of web pages' buttons and menus: lines of nothing else are furniture.
    pub buttons: &'static str,
    /// Words of stamps and marks of change: a date beside them is not the document's.
    pub stamps: &'static str,
    /// Words of streets and buildings.
    pub streets: &'static str,
    /// Words that join two names.
    pub and: &'static str,
    /// Title supplied for a letter with sender and addressee, with one of them, and with neither.
    pub supplied: [&'static str; 4],
    /// "and {n} others" after the first of many names.
    pub others: &'static str,
}

/// All languages that rules know.
pub(super) static LANGUAGES: [&Language; 5] =
    [&en::LANGUAGE, &ko::LANGUAGE, &fr::LANGUAGE, &de::LANGUAGE, &es::LANGUAGE];

/// The language of a tag, else English.
pub(super) fn language(tag: &str) -> &'static Language {
    let primary = tag.split('-').next().unwrap_or(tag);
    LANGUAGES.iter().find(|l| l.tag == primary).copied().unwrap_or(LANGUAGES[0])
}

/// The alternatives of a field of all languages, longest first, each once.
pub(super) fn all(field: impl Fn(&Language) -> &'static str) -> Vec<&'static str> {
    let mut words: Vec<&str> =
        LANGUAGES.iter().flat_map(|l| field(l).split('|')).filter(|w| !w.is_empty()).collect();
    words.sort_by_key(|w| (std::cmp::Reverse(w.len()), *w));
    words.dedup();
    words
}

/// The same as a set of whole words.
pub(super) fn set(field: impl Fn(&Language) -> &'static str) -> HashSet<&'static str> {
    LANGUAGES.iter().flat_map(|l| field(l).split('|')).filter(|w| !w.is_empty()).collect()
}

/// The same as a regular expression's alternation; a space stands for any white space.
pub(super) fn alternation(field: impl Fn(&Language) -> &'static str) -> String {
    let words: Vec<String> =
        all(field).into_iter().map(|w| regex::escape(w).replace(' ', r"\s+")).collect();
    format!("(?:{})", words.join("|"))
}

/// Compiles a regular expression that is fixed in the program.
pub(super) fn regex(pattern: &str) -> regex::Regex {
    regex::Regex::new(&ascii_digits(pattern)).expect("a pattern fixed in the program compiles")
}

/// A pattern in which `\d` means the ten ASCII digits: those of every script make it ten times as large,
/// and a program that reads five seeds spends most of its time on making its patterns.
pub(super) fn ascii_digits(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut chars = pattern.chars();
    let mut in_class = false;
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('d') => out.push_str(if in_class { "0-9" } else { "[0-9]" }),
                Some(other) => out.extend(['\\', other]),
                None => out.push('\\'),
            },
            '[' => {
                in_class = true;
                out.push(c);
            }
            ']' => {
                in_class = false;
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

/// Words after which a sentence cannot end, of all languages.
pub(super) static OPEN_WORDS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| set(|l| l.open_words));
/// Words of offices, of all languages.
pub(super) static ROLES: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(|l| l.roles));
/// Words that no person's name has, of all languages.
pub(super) static COMMON: LazyLock<HashSet<&'static str>> = LazyLock::new(|| set(|l| l.common));
/// Words of organizations, of all languages.
pub(super) static ORGANIZATIONS: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| set(|l| l.organizations));
