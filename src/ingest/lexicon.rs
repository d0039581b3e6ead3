//! The words by which rules know letters: one flat table a language. A new language is a new file in
//! this folder and its name in [`LANGUAGES`]; no rule changes.
//!
//! Words stand in lower case, alternatives between bars. Nothing here reads a seed.

mod de;
mod en;
mod es;
mod fr;
mod ko;
pub(in crate::ingest) mod letters;
mod phrases;
pub(in crate::ingest) mod surroundings;
mod words;

use std::sync::LazyLock;

pub(super) use phrases::{Anywhere, Beginnings, Phrases, end_of, ends_or, ends_word};
pub(super) use words::{Meanings, Words, has, in_lower_case};

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
    /// Words of those that belong to the document whatever stands in them.
    pub appendix: &'static str,
    /// Articles after which no name stands, as in "From: A map of the coast".
    pub indefinite: &'static str,
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
    /// Phrases by which the first sentence about a work tells that it is a report.
    pub report_phrases: &'static str,
    /// How a title begins that goes on with an addressee.
    pub letter_to: &'static str,
    /// Words of such a title after the addressee.
    pub letter_about: &'static str,
    /// Headings of notes.
    pub notes: &'static str,
    /// Words of web pages' buttons and menus: lines of nothing else are furniture.
    pub buttons: &'static str,
    /// Words before the number of a page.
    pub page: &'static str,
    /// Words between the number of a page and how many there are.
    pub page_of: &'static str,
    /// A transcriber's words where a page ends.
    pub page_break: &'static str,
    /// First words of the path that a web page shows.
    pub home: &'static str,
    /// Words before the path that a web page shows.
    pub you_are_here: &'static str,
    /// Phrases of lines that ask for leave to set cookies.
    pub cookies: &'static str,
    /// First words of a button that shares the page.
    pub share: &'static str,
    /// Words after those.
    pub share_on: &'static str,
    /// First words of a line that tells how to use the page.
    pub click_here: &'static str,
    /// Words after a number that counts how often a page was seen.
    pub counted: &'static str,
    /// First words of a line that names who made a web site.
    pub site_by: &'static str,
    /// How the paragraph begins that mail programs put below letters.
    pub disclaimers: &'static str,
    /// Phrases of lines that ask for gifts or offer news.
    pub appeals: &'static str,
    /// Words of pictures that a transcription names in brackets.
    pub pictures: &'static str,
    /// How a transcription begins that describes a signature.
    pub signature_images: &'static str,
    /// Labels before a number or an address by which somebody is reached.
    pub contact: &'static str,
    /// Marks beside a name that tell that its bearer signed.
    pub signed_marks: &'static str,
    /// Words before the body for which somebody signs.
    pub on_behalf: &'static str,
    /// Words of stamps and marks of change: a date beside them is not the document's.
    pub stamps: &'static str,
    /// Words of streets and buildings.
    pub streets: &'static str,
    /// Words in the names of files that tell what the file is, and are no part of a sender's name.
    pub file_words: &'static str,
    /// Words by which writers speak of themselves.
    pub speakers: &'static str,
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
pub(super) fn set(field: impl Fn(&Language) -> &'static str) -> Words {
    LANGUAGES.iter().flat_map(|l| field(l).split('|')).filter(|w| !w.is_empty()).collect()
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
pub(super) static OPEN_WORDS: LazyLock<Words> = LazyLock::new(|| set(|l| l.open_words));
/// Words of offices, of all languages.
pub(super) static ROLES: LazyLock<Words> = LazyLock::new(|| set(|l| l.roles));
/// Words that no person's name has, of all languages.
pub(super) static COMMON: LazyLock<Words> = LazyLock::new(|| set(|l| l.common));
/// Words of organizations, of all languages.
pub(super) static ORGANIZATIONS: LazyLock<Words> = LazyLock::new(|| set(|l| l.organizations));
