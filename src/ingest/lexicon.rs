//! The words by which rules know letters: one flat table a language. A new language is a new file in
//! this folder and its name in [`LANGUAGES`]; no rule changes.
//!
//! Words are in lower case, alternatives between bars. Nothing here reads a seed.

pub(in crate::ingest) mod cables;
mod de;
#[cfg(test)]
mod elsewhere;
mod en;
mod es;
mod fr;
mod it;
mod ko;
pub(in crate::ingest) mod letters;
pub(in crate::ingest) mod months;
mod nl;
mod phrases;
mod pt;
pub(in crate::ingest) mod surroundings;
mod words;

use std::sync::LazyLock;

pub(super) use phrases::{Anywhere, Beginnings, Phrases, end_of, ends_or, ends_word};
pub(super) use words::{Endings, Meanings, Sieve, Words, has, in_lower_case};

/// What one language calls the parts of a document.
pub(super) struct Language {
    /// BCP 47 tag.
    pub tag: &'static str,
    /// Names of the twelve months, full and short.
    pub months: [&'static str; 12],
    /// Names of the seasons, spring first.
    pub seasons: [&'static str; 4],
    /// Names of the days of the week, Monday first, full and short.
    pub weekdays: [&'static str; 7],
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
    /// Words before a date that is by itself, as in "Dated this 3rd day of May".
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
    /// How a line begins that tells whom to ask, without a label.
    pub inquiries: &'static str,
    /// Labels before a list of those who get a copy.
    pub copied: &'static str,
    /// Labels before what is enclosed, and headings of appendices.
    pub enclosed: &'static str,
    /// Words of those that belong to the document whatever is in them.
    pub appendix: &'static str,
    /// Articles after which there is no name, as in "From: A map of the coast".
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
    /// Headings of the parts of a judgment, and the formulas that are between them.
    pub judgment_parts: &'static str,
    /// What a meeting is called; a longer word may end in it.
    pub meetings: &'static str,
    /// How a title begins that demands something, and how it ends.
    pub demands: [&'static str; 2],
    /// How a clause of a resolution begins that says what is resolved.
    pub resolves: &'static str,
    /// How a line begins that tells when a resolution was adopted.
    pub adopted: &'static str,
    /// Phrases by which the first sentence about a work tells that it is a report.
    pub report_phrases: &'static str,
    /// Words by which a sentence introduces somebody's statement.
    pub statement_follows: &'static str,
    /// How somebody who declares something begins, before the name; and the words by which that is declared.
    pub declares: [&'static str; 2],
    /// What those who sign below a text are called in it.
    pub undersigned: &'static str,
    /// Words above the name of who attests what others signed.
    pub attests: &'static str,
    /// How a title begins that goes on with an addressee.
    pub letter_to: &'static str,
    /// Words behind the addressee in such a title, in languages that put them there.
    pub letter_to_ends: &'static str,
    /// Words of such a title after the addressee.
    pub letter_about: &'static str,
    /// Headings of notes.
    pub notes: &'static str,
    /// Words of web pages' buttons and menus: lines of nothing else are furniture.
    pub buttons: &'static str,
    /// Headings under which a web page lists other pages.
    pub other_pages: &'static str,
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
    /// Words in the names of those who carry telegrams, whose name is printed on the form.
    pub carriers: &'static str,
    /// Words of stamps and marks of change: a date beside them is not the document's.
    pub stamps: &'static str,
    /// Words of streets and buildings.
    pub streets: &'static str,
    /// Ends of words that name a street in one word, as in "Hauptstraße".
    pub street_endings: &'static str,
    /// Words of buildings: a letterhead with nothing else says where somebody writes.
    pub buildings: &'static str,
    /// Words that begin or end the name of a building, whatever body sits in it: `Parliament Buildings`.
    pub edifices: &'static str,
    /// Before the day in brackets on which a paper came in: `(received 4 May 1931)`.
    pub entered: &'static str,
    /// Words for people that begin names of bodies, as in "Mothers of the Disappeared".
    pub groups: &'static str,
    /// Ends of words that name a body in one word, as in "Oberlandesgericht".
    pub body_endings: &'static str,
    /// Of a language whose words are cut at any letter at the end of a line: endings that begin no word.
    pub bound_endings: &'static str,
    /// Endings of such a language that may be words of their own as well.
    pub loose_endings: &'static str,
    /// Words of such a language that are often behind another one, and never a part of it.
    pub behind: &'static str,
    /// The last letters of most words of such a language.
    pub last_letters: &'static str,
    /// Ends of words that name an office in one word, as in "Regierungsrat".
    pub role_endings: &'static str,
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
    /// Words with which a line begins that names the addressee, above the text or below it.
    pub directed: &'static str,
    /// Words with which such a line ends, in languages that put them behind the name.
    pub directed_ends: &'static str,
    /// Words with which leave-taking ends, so that a name follows.
    pub valediction: &'static str,
    /// Nouns by which somebody is greeted without a name: friends, relatives, strangers.
    pub kin: &'static str,
    /// Words behind a name that tell its bearer's rank: not every name below a letter has one, an addressee's often does.
    pub ranks: &'static str,
    /// Words between which and a date the place is: `Da Roma li 3 maggio`.
    pub written_from: &'static str,
    /// Words of headings, parts of a letter and roles in it, by which no body is called.
    pub no_bodies: &'static str,
    /// Verbs with which a sentence tells what a work does, as in "Anna Weiß examines".
    pub presents: &'static str,
    /// Words for a work that such a sentence names last, as in "in her report, The Camps".
    pub works: &'static str,
    /// Words that tell which edition of a work is meant, as in "the newest edition of".
    pub editions: &'static str,
    /// Words before an addressee inside an address.
    pub attention: &'static str,
    /// Articles, which are no part of the name or the office behind them.
    pub articles: &'static str,
    /// Titles of courtesy before an office, no part of it.
    pub courtesy_titles: &'static str,
    /// Words for a part of a body, which signs under the name of the whole.
    pub units: &'static str,
    /// Work that is no office of a body: its bearer signs for nobody else.
    pub professions: &'static str,
    /// Words behind a name that tell the father from the son.
    pub generations: &'static str,
    /// Degrees, orders and professions behind a name, no part of it.
    pub degrees: &'static str,
    /// Words that keep their small letter inside a title or a name of a body.
    pub small_words: &'static str,
    /// Words between an office and the body that it belongs to.
    pub of_body: &'static str,
    /// What an office may be for, as in `High Commissioner for Human Rights`: no body, whatever its words.
    pub subjects: &'static str,
    /// Words of courtesy before a name or an office that say nothing of it.
    pub courtesies: &'static str,
    /// How the clause begins by which somebody puts hand and seal to a deed.
    pub testimony: &'static str,
    /// How the sentence begins that tells when a declaration was signed.
    pub executed: &'static str,
    /// What was done on the day that follows: no place.
    pub done: &'static str,
    /// How the copy for one's own files is called in a list of copies.
    pub filed: &'static str,
    /// How a line ends that tells which edition of a book it is.
    pub edition_ends: &'static str,
    /// The heading of a book's list of its parts.
    pub contents: &'static str,
    /// The same of a magazine.
    pub issue_contents: &'static str,
    /// Words between a letter that a heading names and whom it is addressed to.
    pub addressed_to: &'static str,
    /// Words between such a letter and who sent it.
    pub sent_by: &'static str,
    /// What a paper is called that a body gives out again and again.
    pub periodicals: &'static str,
    /// Words that are alone between the sides of a case.
    pub versus: &'static str,
    /// Words with which a byline begins.
    pub by: &'static str,
    /// Marks of answers and forwardings before the subject of a mail.
    pub reply_marks: &'static str,
    /// Lines above an answered or forwarded mail.
    pub original_message: &'static str,
    /// Labels of minutes before those who were there.
    pub present: &'static str,
    /// Labels of minutes before those who were not there.
    pub absent: &'static str,
    /// Labels of minutes before who led the meeting.
    pub chair: &'static str,
    /// Labels of minutes before who took them.
    pub minute_taker: &'static str,
    /// Words in brackets where a name was taken out or cannot be read.
    pub redacted: &'static str,
    /// Words beside the number of those who signed.
    pub in_all: &'static str,
    /// Words before those who get a copy that need no colon.
    pub copied_bare: &'static str,
    /// Words between "by" and the means by which a letter travels, as in "by registered mail".
    pub post_manners: &'static str,
    /// Words of the sentence by which a note presents itself in the third person.
    pub compliments: &'static str,
    /// Letters for the days of the week, Monday first, in brackets or with a point beside a date.
    pub weekday_signs: [&'static str; 7],
    /// Parts of a day, as in "Monday night".
    pub parts_of_day: &'static str,
    /// Words before a time of day.
    pub clock_openings: &'static str,
    /// Words after the numbers of a time of day.
    pub clock_units: &'static str,
    /// Endings of a day's number.
    pub ordinals: &'static str,
    /// Words between the parts of a date.
    pub date_joins: &'static str,
    /// The days of a month in words, first to last; ways to write one day between strokes.
    pub day_words: &'static str,
    /// Numbers of which years in words are made: `(1900, "mil novecientos")`, tens, and units that no day has as its word.
    pub year_words: &'static [(u32, &'static str)],
    /// Words between the first and the last day of a span.
    pub date_spans: &'static str,
    /// Words after a date that make it approximate.
    pub circa_after: &'static str,
    /// Words before the years of a decade, and after them.
    pub decades: [&'static str; 2],
    /// Words beside a day of last month, of this one, of the next.
    pub near_months: [&'static str; 3],
    /// Feasts of the church and the state, and when they are kept.
    pub feasts: &'static [(&'static str, Feast)],
    /// Words beside a date of the old (Julian) calendar, and of the new one.
    pub styles: [&'static str; 2],
    /// Eras by which years are counted: names, first year, last year.
    pub eras: &'static [(&'static str, i32, i32)],
    /// Words for the calendar of the moon.
    pub lunar: &'static str,
    /// Labels and words before the date of another event than the document's making.
    pub event_dates: &'static str,
    /// Words before a date that one of `stamps` may follow.
    pub stamp_openings: &'static str,
    /// Small words inside the name of a place.
    pub place_joins: &'static str,
    /// Words before a year that make it one to come, or a number of something else.
    pub years_ahead: &'static str,
    /// Syllables with which a salutation ends, in languages that greet at the end.
    pub salutation_ends: &'static str,
    /// How a salutation begins that greets whoever reads it.
    pub to_whom: &'static str,
    /// Words between a greeting and a body all of which is greeted.
    pub members_of: &'static str,
    /// Signs before the number of a file.
    pub number_mark: &'static str,
    /// Words between the name of a note and whom it is to.
    pub memo_to: &'static str,
    /// Words before a postscript.
    pub postscripts: &'static str,
    /// What the sides of a case are called.
    pub sides: &'static str,
    /// Words between the sides of a case.
    pub against: &'static str,
    /// What the papers of a file are called that it counts.
    pub file_parts: &'static str,
    /// Headings that say nothing of what is below them.
    pub untitled: &'static str,
    /// Labels above or before the name of a case.
    pub case_labels: &'static str,
    /// Labels that the head of a court's decision has; several of them tell that it is one.
    pub court_labels: &'static str,
    /// Labels of mail programs before the time of sending.
    pub sent: &'static str,
    /// Words with which a text points to itself, as in "this memorandum".
    pub this: &'static str,
    /// Last words of a long leave-taking: "yours", "very", "faithfully".
    pub last_words: [&'static str; 3],
}

/// When a feast is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Feast {
    /// Each year on this day of this month: month, day.
    Fixed(u8, u8),
    /// So many days after Easter Sunday.
    Easter(i16),
}

/// All languages that rules know.
pub(super) static LANGUAGES: [&Language; 8] = [
    &en::LANGUAGE,
    &ko::LANGUAGE,
    &fr::LANGUAGE,
    &de::LANGUAGE,
    &es::LANGUAGE,
    &it::LANGUAGE,
    &nl::LANGUAGE,
    &pt::LANGUAGE,
];

/// Some of the languages, as bits: rules read words of these only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub(super) struct Scope(u16);

impl Scope {
    /// No language: of a text in a language without a lexicon no words are read.
    pub(super) const NONE: Self = Self(0);

    /// All languages: for texts of which none is known.
    pub(super) const ALL: Self = Self(u16::MAX);

    /// The language of a tag, if rules know it.
    pub(super) fn of(tag: &str) -> Self {
        let primary = tag.split('-').next().unwrap_or(tag);
        Self(LANGUAGES.iter().position(|l| l.tag == primary).map_or(0, |i| 1 << i))
    }

    /// These languages and those.
    pub(super) fn with(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// Whether one of these languages is one of those.
    pub(super) fn meets(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }

    /// Their places in [`LANGUAGES`].
    pub(super) fn places(self) -> impl Iterator<Item = usize> {
        (0..LANGUAGES.len()).filter(move |i| self.0 >> i & 1 == 1)
    }

    /// The words of a field, each with the languages that have it.
    fn of_words(field: Field) -> Vec<(&'static str, Self)> {
        let words = |(i, language): (usize, &&Language)| {
            let words = field(language).split('|').filter(|w| !w.is_empty());
            words.map(move |word| (word, Self(1 << i)))
        };
        let mut words: Vec<_> = LANGUAGES.iter().enumerate().flat_map(words).collect();
        words.sort_unstable_by_key(|(word, _)| *word);
        words.dedup_by(|(word, language), (same, languages)| {
            let again = word == same;
            languages.0 |= if again { language.0 } else { 0 };
            again
        });
        words
    }
}

/// Names a field of languages. A pointer and no type of its own for each closure: what it is given to is compiled once.
pub(in crate::ingest) type Field = fn(&Language) -> &'static str;

/// The words of a field, each with the languages that have it.
pub(super) struct ScopedWords {
    words: Meanings<Scope>,
    sieve: Sieve,
}

impl ScopedWords {
    /// The words of a field of all languages.
    pub(super) fn of(field: Field) -> Self {
        let words: Meanings<Scope> = Scope::of_words(field).into_iter().collect();
        let sieve = Sieve::of(words.len(), words.keys().copied());
        Self { words, sieve }
    }

    /// Whether one of the languages has a word, which is in lower case.
    pub(super) fn has(&self, scope: Scope, word: &str) -> bool {
        self.sieve.passes(word) && self.is(scope, word)
    }

    fn is(&self, scope: Scope, lower: &str) -> bool {
        self.words.get(lower).is_some_and(|languages| languages.meets(scope))
    }

    /// Whether one of the languages has a word, whatever its case.
    pub(super) fn has_any_case(&self, scope: Scope, word: &str) -> bool {
        self.sieve.passes(word) && in_lower_case(word, |lower| self.is(scope, lower))
    }
}

/// The phrases of a field, each with the languages that have it.
pub(super) struct ScopedPhrases {
    phrases: Phrases,
    /// In the order of the phrases.
    languages: Vec<Scope>,
}

impl ScopedPhrases {
    /// The phrases of a field of all languages.
    pub(super) fn of(field: Field) -> Self {
        let mut words = Scope::of_words(field);
        words.sort_by_key(|(phrase, _)| Phrases::place(phrase));
        let languages = words.iter().map(|(_, languages)| *languages).collect();
        Self { phrases: Phrases::in_order(words.into_iter().map(|(phrase, _)| phrase)), languages }
    }

    /// Where the phrases of the languages end with which a text begins, the longest first.
    pub(super) fn ends<'t>(
        &'t self,
        scope: Scope,
        text: &'t str,
    ) -> impl Iterator<Item = usize> + 't {
        let found = self.phrases.found(text);
        found.filter(move |(at, _)| self.languages[*at].meets(scope)).map(|(_, end)| end)
    }

    /// Where the longest phrase of one of the languages ends with which a text begins, if `fits` says so of the rest.
    pub(super) fn end(
        &self,
        scope: Scope,
        text: &str,
        fits: impl Fn(&str) -> bool,
    ) -> Option<usize> {
        if !self.phrases.may_begin(text) {
            return None;
        }
        self.ends(scope, text).find(|&end| fits(&text[end..]))
    }

    /// The text behind the longest phrase with which it begins, if white space parts them.
    pub(super) fn after<'t>(&self, scope: Scope, text: &'t str) -> Option<&'t str> {
        let end = self.end(scope, text, |rest| rest.starts_with(char::is_whitespace))?;
        Some(text[end..].trim_start())
    }
}

/// Lists that several modules ask.
pub(super) static AND: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.and));
pub(super) static RANKS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.ranks));
pub(super) static SMALL_WORDS: LazyLock<ScopedWords> =
    LazyLock::new(|| ScopedWords::of(|l| l.small_words));
pub(super) static SPEAKERS: LazyLock<ScopedWords> =
    LazyLock::new(|| ScopedWords::of(|l| l.speakers));
pub(super) static UNITS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.units));
pub(super) static VALEDICTION: LazyLock<ScopedWords> =
    LazyLock::new(|| ScopedWords::of(|l| l.valediction));
pub(super) static DIRECTED: LazyLock<ScopedPhrases> =
    LazyLock::new(|| ScopedPhrases::of(|l| l.directed));

/// The language of a tag, else English.
pub(super) fn language(tag: &str) -> &'static Language {
    let primary = tag.split('-').next().unwrap_or(tag);
    LANGUAGES.iter().find(|l| l.tag == primary).copied().unwrap_or(LANGUAGES[0])
}

/// The alternatives of a field of all languages, longest first, each once.
pub(super) fn all(field: Field) -> Vec<&'static str> {
    let mut words: Vec<&str> =
        LANGUAGES.iter().flat_map(|l| field(l).split('|')).filter(|w| !w.is_empty()).collect();
    words.sort_by_key(|w| (std::cmp::Reverse(w.len()), *w));
    words.dedup();
    words
}

/// The same as a set of whole words.
pub(super) fn set(field: Field) -> Words {
    LANGUAGES.iter().flat_map(|l| field(l).split('|')).filter(|w| !w.is_empty()).collect()
}

/// Names of the days of the week, of all languages.
pub(super) static WEEKDAYS: LazyLock<Words> = LazyLock::new(|| {
    let names = LANGUAGES.iter().flat_map(|l| l.weekdays);
    names.flat_map(|names| names.split('|')).filter(|w| !w.is_empty()).collect()
});

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

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;
    use crate::ingest::evidence::plausible;

    #[test]
    fn every_language_names_every_kind_that_a_title_can_tell() {
        for language in LANGUAGES {
            for (kind, _) in LANGUAGES[0].kinds {
                let words = language.kinds.iter().find(|(k, _)| k == kind).map_or("", |(_, w)| w);
                assert!(!words.is_empty(), "{}: no words for {kind}", language.tag);
            }
        }
    }

    #[test]
    fn salutations_of_four_centuries() {
        for (tag, lines) in [
            ("en", ["My dear Sir,", "May it please Your Majesty", "Rev. Sir", "Hi all"]),
            ("ko", ["존경하는 위원장님께", "그리운 어머니께", "아버님 전상서", "관계자 제위"]),
            ("fr", ["Mon cher ami,", "Très honoré Monsieur,", "Monseigneur,", "Bonjour à tous,"]),
            (
                "de",
                ["Hochgeachteter Herr,", "Theuerster Freund!", "Liebe Mutter!", "Hallo zusammen"],
            ),
            ("es", ["Muy señor mío:", "Excelentísimo Señor:", "Querido hermano:", "Hola Ana,"]),
            ("it", ["Illustrissimo Signore,", "Serenissimo Principe", "Eccellenza,", "Ciao Anna,"]),
            ("nl", ["Weledelgeboren Heer,", "Edele Heer,", "Waarde vriend,", "Hallo Jan,"]),
        ] {
            for line in lines {
                assert!(begins(tag, line, |l| l.salutations), "{tag}: {line}");
            }
        }
    }

    #[test]
    fn closings_of_four_centuries() {
        for (tag, lines) in [
            ("en", ["Your most obedient", "Ever yours,", "Affectionately yours,", "Best,"]),
            ("ko", ["안녕히 계십시오", "돈수", "올림", "감사합니다"]),
            ("fr", ["Votre très humble", "Votre dévoué", "Tout à vous", "Bien à vous,"]),
            ("de", ["Dein ergebenster", "Ew. Wohlgeboren ergebenster", "Ihr", "Viele Grüße"]),
            ("es", ["Q. B. S. M.", "Su seguro servidor", "Un abrazo,", "Atentamente,"]),
            ("it", ["umilissimo servitore", "Devotissimo", "Un abbraccio,", "Cordiali saluti"]),
            ("nl", ["Uw dienstwillige dienaar", "Hoogachtend,", "Je liefhebbende", "Groetjes,"]),
        ] {
            for line in lines {
                assert!(begins(tag, line, |l| l.closings), "{tag}: {line}");
            }
        }
    }

    #[test]
    fn titles_tell_their_kind_in_each_language() {
        const KINDS: [&str; 8] = [
            "minutes",
            "press-release",
            "resolution",
            "memorandum",
            "notice",
            "interview",
            "judgment",
            "schedule",
        ];
        let titles = [
            (
                "en",
                "Minutes of the meeting/Press release/Resolution 5/Memorandum/Public notice/Interview with Ada/Judgment of the Court/Provisional agenda",
            ),
            ("ko", "회의록/보도자료/결의문/비망록/공고문/인터뷰/판결문/일정표"),
            (
                "fr",
                "Procès-verbal/Communiqué de presse/Résolution/Note de service/Avis/Entretien avec Anne/Arrêt de la cour/Ordre du jour",
            ),
            (
                "de",
                "Protokoll der Sitzung/Pressemitteilung/Entschließung/Vermerk/Bekanntmachung/Gespräch mit Anna/Urteil/Tagesordnung",
            ),
            (
                "es",
                "Acta de la reunión/Nota de prensa/Resolución/Memorando/Aviso/Entrevista a Ana/Sentencia/Orden del día",
            ),
            (
                "it",
                "Verbale della seduta/Comunicato stampa/Risoluzione/Promemoria/Avviso/Intervista a Anna/Sentenza/Ordine del giorno",
            ),
            (
                "nl",
                "Notulen/Persbericht/Motie/Interne nota/Kennisgeving/Vraaggesprek met Jan/Vonnis/Agenda",
            ),
        ];
        for (tag, titles) in titles {
            for (title, kind) in titles.split('/').zip(KINDS) {
                assert_eq!(kind_of(tag, title), Some(kind), "{tag}: {title}");
            }
        }
    }

    /// The kind with the longest words with which a title begins.
    fn kind_of(tag: &str, title: &str) -> Option<&'static str> {
        let words = language(tag).kinds.iter();
        let words = words.flat_map(|(kind, words)| words.split('|').map(move |w| (w, *kind)));
        let ends = words.filter_map(|(w, kind)| Some((end_of(title, w)?, kind)));
        ends.filter(|(end, _)| ends_word(&title[*end..])).max().map(|(_, kind)| kind)
    }

    /// Whether a line begins with words of a field of one language.
    fn begins(tag: &str, line: &str, field: Field) -> bool {
        let fits = |end: usize| ends_or(&line[end..], ",:!.");
        field(language(tag)).split('|').any(|words| end_of(line, words).is_some_and(fits))
    }

    #[test]
    fn no_words_of_a_language_tell_two_kinds() {
        for language in LANGUAGES {
            let mut kinds = BTreeMap::new();
            for (kind, words) in language.kinds {
                for word in words.split('|') {
                    let known = *kinds.entry(word).or_insert(*kind);
                    assert_eq!(known, *kind, "{}: {word}", language.tag);
                }
            }
        }
    }

    #[test]
    fn kinds_of_the_lexicon_are_kinds_of_an_archive() {
        let known = crate::config::Config::default().kinds;
        for (kind, _) in LANGUAGES.iter().flat_map(|l| l.kinds) {
            assert!(known.contains_key(*kind), "{kind}");
        }
    }

    #[test]
    fn words_are_written_as_texts_are_cut_into_them() {
        let lists: [fn(&Language) -> &'static str; 6] = [
            |l| l.kin,
            |l| l.common,
            |l| l.speakers,
            |l| l.valediction,
            |l| l.no_bodies,
            |l| l.buildings,
        ];
        for (language, list) in LANGUAGES.iter().flat_map(|l| lists.map(|list| (l, list))) {
            for word in list(language).split('|').filter(|w| !w.is_empty()) {
                let cut: Vec<String> = plausible::words(word).collect();
                assert_eq!(cut, [word], "{}", language.tag);
            }
        }
    }

    #[test]
    fn no_list_has_a_word_twice() {
        let lists: [fn(&Language) -> &'static str; 4] =
            [|l| l.organizations, |l| l.roles, |l| l.kin, |l| l.common];
        for (language, list) in LANGUAGES.iter().flat_map(|l| lists.map(|list| (l, list))) {
            let mut known = std::collections::BTreeSet::new();
            for word in list(language).split('|').filter(|w| !w.is_empty()) {
                assert!(known.insert(word), "{}: {word}", language.tag);
            }
        }
    }

    #[test]
    fn phrases_of_other_languages_do_not_count() {
        let end = |scope, text| DIRECTED.end(scope, text, |rest| rest.starts_with(' '));
        assert_eq!(end(Scope::of("de"), "An Herrn Escher"), Some("An Herrn".len()));
        assert_eq!(end(Scope::of("en"), "An Herrn Escher"), None);
        assert_eq!(end(Scope::NONE, "To Miss Webb"), None);
        assert!(AND.has_any_case(Scope::of("nl"), "EN"));
        assert!(!AND.has_any_case(Scope::of("en"), "en"));
    }
}
