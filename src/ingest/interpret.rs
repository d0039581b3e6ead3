//! The lines of one document → its record: one small rule a field, each value with the line it was
//! read from, each doubt as a review entry.
//!
//! Knows one document and the text of its seed; names are made one across documents in `authorities`.

mod entry;
mod head;
mod parts;
mod recipients;
mod sender;
mod title;
mod undated;

use std::sync::LazyLock;

use super::dates::{self, Reading};
use super::filename::Named;
use super::language;
use super::layout::{self, Layout};
use super::lexicon;
use super::marks;
use super::parties::{self, Mention, Writing};
use super::source::Told;
use super::split::{Form, Piece};
use super::text::Line;
use crate::config::Config;
use crate::content::{Document, Review};

/// A field, and the line that it was read from.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, serde::Serialize)]
pub struct Read {
    /// Line in the seed, counted from 1.
    pub line: usize,
    /// Name of the front matter's field.
    pub field: &'static str,
}

/// What was read of one document.
#[derive(Debug, Default)]
pub(super) struct Facts {
    pub title: Option<String>,
    /// Lines of the title, if the document itself has it, as indices: the page shows the title already.
    pub title_lines: std::ops::Range<usize>,
    pub date: Option<(Reading, usize)>,
    pub kind: Option<&'static str>,
    pub place: Option<String>,
    pub subject: Option<String>,
    pub references: Vec<String>,
    pub creators: Vec<Mention>,
    pub signatories: Vec<Mention>,
    pub recipients: Vec<Mention>,
    pub copied: Vec<Mention>,
    pub review: Vec<Review>,
    pub reads: Vec<Read>,
}

impl Facts {
    fn read(&mut self, field: &'static str, line: usize) {
        self.reads.push(Read { line, field });
    }

    fn doubt(&mut self, field: &str, reason: impl Into<String>, line: Option<usize>) {
        self.review.push(Review { field: field.to_owned(), reason: reason.into(), line });
    }
}

/// Reads one piece of a seed: its facts, and where its parts stand.
pub(super) fn read(
    lines: &[Line<'_>],
    piece: &Piece,
    writing: Writing<'_>,
    config: &Config,
    named: Option<&Named>,
) -> (Facts, Layout) {
    let order = config.ingest.date_order.or_else(|| usual_order(lines));
    let (mut facts, layout) = match &piece.form {
        Form::Free => {
            let layout = layout::layout(lines, order);
            (parts::read(lines, &layout, writing, order), layout)
        }
        Form::Entry(heading) => {
            let head = heading.end() - piece.lines.start;
            let layout = Layout { head: 0..head, body: head..lines.len(), ..Layout::default() };
            (entry::headed(lines, piece.lines.start, heading, writing, order), layout)
        }
        Form::Headless => {
            (entry::headless(lines, writing), Layout { body: 0..lines.len(), ..Layout::default() })
        }
    };
    if let Some(named) = named {
        by_name(&mut facts, named, writing);
        // A text in which its sender speaks is a letter, whatever form it has.
        if facts.kind.is_none() && !facts.creators.is_empty() && speaks(lines) {
            facts.kind = Some("letter");
        }
    }
    by_defaults(&mut facts, config);
    (facts, layout)
}

/// In French, German and Spanish texts the day stands first; English has both habits.
fn usual_order(lines: &[Line<'_>]) -> Option<crate::config::DateOrder> {
    let numeric = |l: &&Line<'_>| {
        let between = |w: &[u8]| w[0].is_ascii_digit() && w[1] == b'/' && w[2].is_ascii_digit();
        l.text.len() < 80 && l.text.as_bytes().windows(3).any(between)
    };
    lines.iter().find(numeric)?;
    let tag = language::guess(&sample(lines), &[], "").tag;
    matches!(tag.as_str(), "fr" | "de" | "es").then_some(crate::config::DateOrder::DayMonthYear)
}

/// Makes the record, once the facts of the seed's other documents have completed its own.
pub(super) fn finish(
    facts: &mut Facts,
    lines: &[Line<'_>],
    layout: &Layout,
    config: &Config,
    named: Option<&Named>,
) -> Document {
    let default = config.ingest.defaults.language.as_deref().unwrap_or(&config.default_language);
    let guess = language::guess(&sample(lines), &config.ingest.languages, default);
    if guess.doubtful {
        let reason = format!("the language is guessed to be `{}`", guess.tag);
        facts.doubt("language", reason, lines.first().map(|l| l.number));
    }
    let context = dates::Context { order: config.ingest.date_order, ..dates::Context::default() };
    undated::settle(facts, lines, context);
    title::settle(facts, lines, layout, config);
    let language = named.and_then(|n| n.language.clone()).unwrap_or(guess.tag);
    document(facts, language, config)
}

/// What the seed's name says counts, since a person gave it.
fn by_name(facts: &mut Facts, named: &Named, writing: Writing<'_>) {
    if let Some(date) = &named.date {
        facts.date = Some((Reading { date: Some(date.clone()), doubt: None }, 0));
    }
    if named.title.is_some() {
        facts.title.clone_from(&named.title);
        facts.title_lines = 0..0;
    }
    facts.references.extend(named.reference.clone());
    let body = |name: &String| Mention {
        organization: Some(writing.organization(name)),
        written: Some(name.clone()),
        ..Mention::default()
    };
    if let Some(name) = &named.organization {
        let sender = body(name);
        facts.creators.retain(|m| m.person.is_some());
        facts.signatories.retain(|m| m.person.is_some());
        for person in facts.creators.iter_mut().chain(&mut facts.signatories) {
            person.organization.clone_from(&sender.organization);
            person.written.clone_from(&sender.written);
        }
        if facts.creators.is_empty() {
            facts.creators = vec![sender];
        }
    }
    if let Some(name) = &named.person {
        let person = Some(writing.person(name));
        facts.creators.retain(|m| m.person.is_none() || m.person == person);
        if !facts.creators.iter().any(|m| m.person == person) {
            facts.creators.insert(0, Mention { person, ..Mention::default() });
        }
    }
    if let Some(name) = &named.recipient {
        facts.recipients = vec![body(name)];
    }
}

/// Whether the writer speaks in the first lines.
fn speaks(lines: &[Line<'_>]) -> bool {
    static SPEAKERS: LazyLock<lexicon::Words> = LazyLock::new(|| lexicon::set(|l| l.speakers));
    let early = lines.iter().filter(|l| !l.is_blank()).take(25);
    let words = early.flat_map(|l| l.text.split(|c: char| !c.is_alphabetic()));
    words.filter(|w| w.len() <= 12 && SPEAKERS.contains(w.to_lowercase().as_str())).take(2).count()
        == 2
}

/// What a web page says of itself counts where its text says nothing.
pub(super) fn by_page(facts: &mut Facts, told: &Told, writing: Writing<'_>) {
    if facts.date.is_none()
        && let Some(found) = told.date.as_deref().and_then(page_date)
    {
        facts.date = Some((found, 0));
    }
    if facts.title.is_none() {
        facts.title = told.title.as_deref().map(without_site).filter(|t| !t.is_empty());
        facts.title_lines = 0..0;
    }
    if facts.creators.is_empty()
        && facts.signatories.is_empty()
        && let Some(author) = &told.author
    {
        facts.creators = parties::byline(author, 0, writing);
        // A name that nothing tells of is a person's here.
        facts.kind = facts.kind.or(Some("article"));
    }
}

/// `2014-05-06T10:00:00Z`, or any other date.
fn page_date(text: &str) -> Option<Reading> {
    let day = text.get(..10).and_then(|day| dates::date_line(day, None));
    day.or_else(|| dates::date_line(text, None)).map(|found| found.reading)
}

/// A page's title without the site's name behind it: `Open letter | Human Rights Watch`.
fn without_site(title: &str) -> String {
    let cut = [" | ", " » ", " :: ", " – ", " — ", " - "].iter().find_map(|between| {
        let (page, site) = title.rsplit_once(between)?;
        let short = super::text::has_at_most(site, 5);
        (short && super::text::word_count(page) >= 2).then_some(page)
    });
    cut.unwrap_or(title).trim().to_owned()
}

/// The archive's own values for parties that a document does not name.
fn by_defaults(facts: &mut Facts, config: &Config) {
    let body = |name: &String| Mention {
        organization: Some(name.clone()),
        written: Some(name.clone()),
        ..Mention::default()
    };
    let defaults = &config.ingest.defaults;
    let known = lexicon::LANGUAGES[0].kinds.iter().map(|(kind, _)| *kind);
    let default = known.chain(["article", "other"]).find(|k| Some(*k) == defaults.kind.as_deref());
    facts.kind = facts.kind.or(default);
    if let (Some(name), true) =
        (&defaults.creator, facts.creators.is_empty() && facts.signatories.is_empty())
    {
        facts.creators = vec![body(name)];
    }
    if let (Some(name), true) = (&defaults.recipient, facts.recipients.is_empty()) {
        facts.recipients = vec![body(name)];
    }
}

/// As much of a document's text as its language is told by.
fn sample(lines: &[Line<'_>]) -> String {
    let mut text = String::with_capacity(language::SAMPLE + 200);
    for line in lines {
        if text.len() >= language::SAMPLE {
            break;
        }
        text.push_str(line.text);
        text.push('\n');
    }
    text
}

/// The record, with the archive's own values where the document has none.
fn document(reading: &mut Facts, language: String, config: &Config) -> Document {
    let defaults = &config.ingest.defaults;
    let date = reading.date.take();
    if let Some((Reading { doubt: Some(reason), .. }, line)) = &date {
        reading.doubt("date", reason.clone(), Some(*line));
    }
    let known = |kind: &&str| config.kinds.contains_key(*kind);
    let kind = reading
        .kind
        .filter(known)
        .map(str::to_owned)
        .or_else(|| defaults.kind.clone())
        .unwrap_or_else(|| "other".to_owned());
    // A party that has nothing but a role is nobody.
    let is_name = |name: &Option<String>| name.as_ref().is_some_and(|n| !n.trim().is_empty());
    let named = |m: &&Mention| is_name(&m.person) || is_name(&m.organization);
    let parties = |mentions: &[Mention]| -> Vec<_> {
        mentions.iter().filter(named).map(Mention::party).collect()
    };
    reading.review.sort_by(|a, b| (&a.field, a.line).cmp(&(&b.field, b.line)));
    Document {
        title: reading.title.clone().unwrap_or_default(),
        date: date.and_then(|(reading, _)| reading.date),
        kind,
        language,
        place: reading.place.clone().or_else(|| defaults.place.clone()),
        subject: reading.subject.clone(),
        references: reading.references.clone(),
        creators: parties(&reading.creators),
        signatories: parties(&reading.signatories),
        recipients: parties(&reading.recipients),
        copied: parties(&reading.copied),
        topics: defaults.topics.clone(),
        rights: defaults.rights.clone(),
        review: reading.review.clone(),
        ..Document::default()
    }
}

/// The date of a line that stands as one.
fn date_of(line: &Line<'_>, order: Option<crate::config::DateOrder>) -> Option<dates::DateLine> {
    if marks::head_label(line.text).is_some_and(|(head, _)| head != marks::Head::Date) {
        return None;
    }
    dates::any_date_line(line.text, dates::Context { order, ..dates::Context::default() })
}
