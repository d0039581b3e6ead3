//! An entry of a listing: its heading says title, author and date; one whose heading was lost is read
//! from its first sentence, with reviews.

use std::sync::LazyLock;

use super::super::dates;
use super::super::lexicon::{self, ends_word};
use super::super::marks;
use super::super::names::{self, Named};
use super::super::parties::{self, Mention, Writing};
use super::super::split::Heading;
use super::super::text::{self, Line};
use super::{Facts, title};
use crate::config::DateOrder;

/// Reads an entry with a heading.
pub(super) fn headed(
    lines: &[Line<'_>],
    heading: &Heading,
    writing: Writing<'_>,
    order: Option<DateOrder>,
) -> Facts {
    let mut facts = Facts::default();
    let range = heading.title.clone();
    let own = super::super::rules::head::title_text(&lines[range.clone()]);
    facts.title = Some(if text::is_caps(&own) { writing.ordinary(&own) } else { own });
    facts.title_lines = range;
    if let Some(author) = heading.author {
        let line = lines[author];
        facts.creators = parties::byline(line.text, line.number, writing);
        facts.read("creators", line.number);
    }
    let line = lines[heading.date];
    let (date, author) = match super::super::split::with_byline(line.text, order, writing.scope) {
        Some((date, author)) => (date, Some(author)),
        None => (
            super::super::split::posted(line.text, order, writing.scope).unwrap_or(line.text),
            None,
        ),
    };
    if let (Some(author), true) = (author, facts.creators.is_empty()) {
        facts.creators = parties::byline(author, line.number, writing);
        facts.read("creators", line.number);
    }
    if let Some(found) = dates::date_line(date, order) {
        facts.read("date", line.number);
        facts.date = Some((found.reading, line.number));
    }
    let named = facts.title.as_deref().and_then(|title| marks::kind_of_title(title, writing.scope));
    let body = &lines[heading.date.max(heading.title.end - 1) + 1..];
    facts.kind = Some(named.unwrap_or_else(|| kind(body)));
    facts
}

/// A report says so of itself in its first sentences.
fn kind(body: &[Line<'_>]) -> &'static str {
    static REPORT: LazyLock<Vec<&'static str>> =
        LazyLock::new(|| lexicon::all(|l| l.report_phrases));
    let first: String = body
        .iter()
        .filter(|l| !l.is_blank())
        .take(1)
        .map(|l| l.text.chars().take(600).collect::<String>())
        .collect();
    let rest =
        body.iter().any(|l| l.text.contains("this article") || l.text.contains("this essay"));
    let first = first.to_lowercase();
    let reports = REPORT.iter().any(|phrase| {
        first.match_indices(phrase).any(|(i, _)| {
            !first[..i].ends_with(char::is_alphanumeric) && ends_word(&first[i + phrase.len()..])
                || text::is_hangul(phrase)
        })
    });
    if reports && !rest { "report" } else { "article" }
}

/// Reads a paragraph that stands for a work: its title and author if the sentence tells them.
pub(super) fn headless(lines: &[Line<'_>], writing: Writing<'_>) -> Facts {
    let mut facts = Facts { kind: Some("report"), ..Facts::default() };
    let Some(line) = lines.iter().find(|l| !l.is_blank()) else { return facts };
    // White space may be of any width here.
    let (work, author) = work(&line.text.split_whitespace().collect::<Vec<_>>().join(" "));
    let reason = match &work {
        Some(_) => "the entry has lost its heading; the title is taken from its text",
        None => "the entry has lost its heading; the title is its first words",
    };
    facts.title = Some(work.unwrap_or_else(|| {
        title::first_words(line.text, title::WORDS).trim_end_matches('…').to_owned()
    }));
    facts.doubt("title", reason, Some(line.number));
    if let Some(author) = author {
        let person = writing.person(&author);
        facts.creators =
            vec![Mention { person: Some(person), line: line.number, ..Mention::default() }];
        facts.doubt("creators", "the author is taken from the entry's text", Some(line.number));
        facts.read("creators", line.number);
    }
    facts
}

/// The work and the author that a sentence presents.
fn work(sentence: &str) -> (Option<String>, Option<String>) {
    if let Some((title, author)) = in_work(sentence).or_else(|| edition(sentence)) {
        let author = (names::judge(author) == Named::Person).then(|| author.to_owned());
        return (Some(bare_title(title).to_owned()), author);
    }
    let Some(author) = author_and_verb(sentence).filter(|a| names::judge(a) == Named::Person)
    else {
        return (None, None);
    };
    (named_work(sentence).map(|t| bare_title(t).to_owned()), Some(author.to_owned()))
}

fn bare_title(title: &str) -> &str {
    title.trim_start_matches(['“', '"', '*', '_']).trim_end_matches(['”', '"', '*', '_', ','])
}

fn is_title(text: &str) -> bool {
    let bare = bare_title(text);
    bare.starts_with(char::is_uppercase) && (9..=160).contains(&text::length(bare))
}

/// `In TITLE, AUTHOR examines …`.
fn in_work(sentence: &str) -> Option<(&str, &str)> {
    let rest = sentence.strip_prefix("In ")?.trim_start();
    rest.match_indices(',').find_map(|(i, _)| {
        let title = &rest[..i];
        let plain = !title.contains(['.', '!', '?']);
        let author = author_and_verb(rest[i + 1..].trim_start())?;
        (plain && is_title(title)).then_some((title, author))
    })
}

/// `The newest edition of TITLE by AUTHOR …`.
fn edition(sentence: &str) -> Option<(&str, &str)> {
    static WHICH: LazyLock<lexicon::Words> = LazyLock::new(|| lexicon::set(|l| l.editions));
    let rest = sentence.strip_prefix("The ")?;
    let (which, rest) = rest.split_once(' ')?;
    let rest = rest.strip_prefix("version of ").or_else(|| rest.strip_prefix("edition of "))?;
    let (title, after) = rest.split_once(" by ")?;
    (WHICH.contains(which) && is_title(title)).then(|| Some((title, full_name(after)?)))?
}

/// `AUTHOR examines …`, `AUTHOR carefully examines …`.
fn author_and_verb(text: &str) -> Option<&str> {
    static VERBS: LazyLock<lexicon::Words> = LazyLock::new(|| lexicon::set(|l| l.presents));
    let name = full_name(text)?;
    let mut words = text[name.len()..].split_whitespace();
    let verb = |w: &str| VERBS.contains(w.trim_end_matches([',', ':']));
    let first = words.next()?;
    (verb(first) || first.ends_with("ly") && verb(words.next()?)).then_some(name)
}

/// The name of two to four words with which a text begins.
fn full_name(text: &str) -> Option<&str> {
    let mut end = 0;
    let mut count = 0;
    for written in text.split(char::is_whitespace).take(4) {
        let word = written.trim_end_matches(',');
        let capital = word.starts_with(char::is_uppercase)
            && word.chars().count() > 1
            && word.chars().all(|c| c.is_alphanumeric() || ".’'-".contains(c));
        if !capital {
            break;
        }
        let start = text[end..].len() - text[end..].trim_start().len();
        end += start + word.len();
        count += 1;
        if word.len() < written.len() {
            break;
        }
    }
    (count >= 2).then(|| &text[..end])
}

/// `… in her report, TITLE.`
fn named_work(sentence: &str) -> Option<&str> {
    static WORKS: LazyLock<Vec<&'static str>> = LazyLock::new(|| lexicon::all(|l| l.works));
    sentence.match_indices(',').find_map(|(i, _)| {
        let before = &sentence[..i];
        let rest = sentence[i + 1..].trim_start();
        let end = rest.find(['.', '!', '?'])?;
        let title = rest[..end].trim();
        (WORKS.iter().any(|w| before.ends_with(w)) && is_title(title)).then_some(title)
    })
}
