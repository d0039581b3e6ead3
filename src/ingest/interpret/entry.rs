//! An entry of a listing: its heading says title, author and date; one whose heading was lost is read
//! from its first sentence, with reviews.

use std::sync::LazyLock;

use regex::Regex;

use super::super::dates;
use super::super::lexicon;
use super::super::names::{self, Named};
use super::super::parties::{self, Mention, Writing};
use super::super::split::Heading;
use super::super::text::{self, Line};
use super::{Facts, title};
use crate::config::DateOrder;

/// Reads an entry with a heading; `start` is the index of its first line in the seed.
pub(super) fn headed(
    lines: &[Line<'_>],
    start: usize,
    heading: &Heading,
    writing: Writing<'_>,
    order: Option<DateOrder>,
) -> Facts {
    let mut facts = Facts::default();
    let range = heading.title.start - start..heading.title.end - start;
    let own = super::head::title_text(&lines[range.clone()]);
    facts.title = Some(if text::is_caps(&own) { writing.ordinary(&own) } else { own });
    facts.title_lines = range;
    if let Some(author) = heading.author {
        let line = lines[author - start];
        facts.creators = parties::byline(line.text, line.number, writing);
        facts.read("creators", line.number);
    }
    let line = lines[heading.date - start];
    let (date, author) = match super::super::split::with_byline(line.text, order) {
        Some((date, author)) => (date, Some(author)),
        None => (line.text, None),
    };
    if let (Some(author), true) = (author, facts.creators.is_empty()) {
        facts.creators = parties::byline(author, line.number, writing);
        facts.read("creators", line.number);
    }
    if let Some(found) = dates::date_line(date, order) {
        facts.read("date", line.number);
        facts.date = Some((found.reading, line.number));
    }
    facts.kind = Some(kind(&lines[heading.date.max(heading.title.end - 1) + 1 - start..]));
    facts
}

/// A report says so of itself in its first sentences.
fn kind(body: &[Line<'_>]) -> &'static str {
    static REPORT: LazyLock<Regex> = LazyLock::new(|| {
        lexicon::regex(
            r"(?i)\b(?:this|the present|our(?: new| latest)?)\s+(?:report|study|paper|handbook|survey)\b|\bthe report\b|이 보고서|본 보고서|ce rapport|dieser bericht|este informe",
        )
    });
    let first: String = body
        .iter()
        .filter(|l| !l.is_blank())
        .take(1)
        .map(|l| l.text.chars().take(600).collect::<String>())
        .collect();
    let rest =
        body.iter().any(|l| l.text.contains("this article") || l.text.contains("this essay"));
    if REPORT.is_match(&first) && !rest { "report" } else { "article" }
}

/// Reads a paragraph that stands for a work: its title and author if the sentence tells them.
pub(super) fn headless(lines: &[Line<'_>], writing: Writing<'_>) -> Facts {
    let mut facts = Facts { kind: Some("report"), ..Facts::default() };
    let Some(line) = lines.iter().find(|l| !l.is_blank()) else { return facts };
    let (work, author) = work(line.text);
    let reason = match &work {
        Some(_) => "the entry has lost its heading; the title is taken from its text",
        None => "the entry has lost its heading; the title is its first words",
    };
    facts.title = Some(
        work.unwrap_or_else(|| title::first_words(line.text).trim_end_matches('…').to_owned()),
    );
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
    static IN: LazyLock<Regex> = LazyLock::new(|| {
        lexicon::regex(
            r#"^In\s+[“"*_]*(?P<t>\p{Lu}[^.!?]{8,140}?)[”"*_]*,\s+(?P<a>\p{Lu}[\w.’'-]+(?:\s+\p{Lu}[\w.’'-]+){1,3})\s+(?:\p{Ll}+ly\s+)?(?:provides?|examines?|presents?|describes?|argues?|analy[sz]es|explores?|discusses|offers?|shows?|documents?|investigates|traces|reveals?)\b"#,
        )
    });
    static REPORT: LazyLock<Regex> = LazyLock::new(|| {
        lexicon::regex(
            r#"(?:report|book|paper|study|article|essay|handbook),\s+[“"*_]*(?P<t>\p{Lu}[^.!?”"]{8,160})[”"*_]*[.!?]"#,
        )
    });
    static EDITION: LazyLock<Regex> = LazyLock::new(|| {
        lexicon::regex(
            r#"^The\s+(?:newest|latest|new|second|revised|updated)\s+(?:version|edition)\s+of\s+[“"*_]*(?P<t>\p{Lu}.{8,160}?)[”"*_]*\s+by\s+(?P<a>\p{Lu}[\w.’'-]+(?:\s+\p{Lu}[\w.’'-]+){1,3})"#,
        )
    });
    static VERB: LazyLock<Regex> = LazyLock::new(|| {
        lexicon::regex(
            r#"^(?P<a>\p{Lu}[\w.’'-]+(?:\s+\p{Lu}[\w.’'-]+){1,3})\s+(?:interprets?|examines?|presents?|describes?|argues?|analy[sz]es|explores?|discusses|documents?|writes|investigates|looks)\b"#,
        )
    });
    let author = |a: &str| Some(a.to_owned()).filter(|a| names::judge(a) == Named::Person);
    if let Some(c) = IN.captures(sentence).or_else(|| EDITION.captures(sentence)) {
        return (Some(c["t"].trim_end_matches(['”', '"', '*', ',']).to_owned()), author(&c["a"]));
    }
    let by = VERB.captures(sentence).and_then(|c| author(&c["a"]));
    (
        REPORT
            .captures(sentence)
            .filter(|_| by.is_some())
            .map(|c| c["t"].trim_end_matches(',').to_owned()),
        by,
    )
}
