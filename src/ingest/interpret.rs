//! The lines of one document → its record: one small rule a field, each value with the line it was
//! read from, each doubt as a review entry.
//!
//! Knows one document and the text of its seed; names are made one across documents in `authorities`.

mod entry;
mod references;
mod sender;
mod title;
mod undated;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use super::dates::{self, Reading};
use super::evidence::{self, Claim, Decision, Field, Value, plausible, weights};
use super::filename::FileName;
use super::language;
use super::layout::{self, Layout};
use super::lexicon::{self, Scope};
use super::parties::{Mention, Writing};
use super::rules::{self, Piece as Evidence};
use super::source::Stated;
use super::split::{self, Form, Piece};
use super::text::{self, Line};
use crate::config::{Bounds, Config};
use crate::content::{Document, Review};
use sender::Writers;

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
    /// The language of its text.
    pub language: Option<language::Guess>,
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
    /// What was decided of each field, and what was not believed.
    pub decisions: Vec<(Field, Decision)>,
}

impl Facts {
    fn read(&mut self, field: &'static str, line: usize) {
        self.reads.push(Read { line, field });
    }

    /// All who are named.
    pub(super) fn mentions_mut(&mut self) -> impl Iterator<Item = &mut Mention> {
        let Self { creators, signatories, recipients, copied, .. } = self;
        [creators, signatories, recipients, copied].into_iter().flatten()
    }

    fn doubt(&mut self, field: &str, reason: impl Into<String>, line: Option<usize>) {
        self.review.push(Review { field: field.to_owned(), reason: reason.into(), line });
    }

    /// Takes what is stated of a field; of who wrote it, all fields together tell.
    fn take(&mut self, field: Field, claim: &Claim, writers: &mut Writers) {
        match (&claim.value, field) {
            (Value::Text(text), Field::Title) => {
                self.title = Some(text.clone());
                self.title_lines = claim.lines.clone();
            }
            (Value::Text(text), Field::Place) => self.place = Some(text.clone()),
            (Value::Text(text), Field::Subject) => self.subject = Some(text.clone()),
            (Value::Text(text), _) => self.kind = kind(text),
            (Value::Date(reading), _) => {
                // Its doubt is one of the decision; what was not understood is quoted later.
                let doubt = reading.doubt.clone().filter(|_| reading.date.is_none());
                let reading = Reading { doubt, ..reading.clone() };
                self.date = Some((reading, claim.seed_line.unwrap_or(0)));
            }
            (Value::Parties(list), Field::Author) => writers.author.clone_from(list),
            (Value::Parties(list), Field::Signers) => writers.signers.clone_from(list),
            (Value::Parties(list), Field::Letterhead) => writers.letterhead = list.first().cloned(),
            (Value::Parties(list), Field::Copied) => self.copied.clone_from(list),
            (Value::Parties(list), _) => self.recipients.clone_from(list),
        }
        match &claim.value {
            Value::Parties(list) => {
                list.iter().filter(|m| m.line > 0).for_each(|m| self.read(field.key(), m.line));
            }
            _ => claim.seed_line.into_iter().for_each(|line| self.read(field.key(), line)),
        }
    }
}

/// What is known of a document besides its lines.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub writing: Writing<'a>,
    pub config: &'a Config,
    /// What the seed's name says.
    pub named: Option<&'a FileName>,
    /// What it says by the habit of its folder.
    pub habit: Option<&'a FileName>,
    /// What the seed says of itself, if it is one document.
    pub told: Option<&'a Stated>,
    /// The language of the seed, if it is one document and in one language.
    pub sole: Option<&'static str>,
}

/// Reads one piece of a seed: its facts, and where its parts are.
pub(super) fn read(lines: &[Line<'_>], piece: &Piece, context: Context<'_>) -> (Facts, Layout) {
    let Context { writing, config, named, habit, told, sole } = context;
    let default = config.ingest.defaults.language.as_deref().unwrap_or(&config.default_language);
    let guess = match sole {
        Some(tag) => language::Guess::certain(tag),
        None => language::guess(&sample(lines, told), &config.ingest.languages, default),
    };
    let plain = unmarked(lines);
    let unmarked = plain.as_deref().map(|texts| with_texts(lines, texts));
    let lines = unmarked.as_deref().unwrap_or(lines);
    let scope = language::scope(&guess, &config.ingest.languages, default);
    let writing = Writing { scope, ..writing };
    let order = config.ingest.date_order.or_else(|| usual_order(&guess.tag));
    let (mut facts, layout) = match &piece.form {
        Form::Free => {
            // What a mail quotes below its own text was written by others.
            let cover = split::cover_end(lines, scope);
            let own = &lines[cover..split::own_end(lines, scope).max(cover)];
            let layout = layout::layout(own, order, scope);
            let mut evidence = Evidence::new(own, &layout, writing, order);
            (evidence.told, evidence.named, evidence.habit) = (told, named, habit);
            evidence.foreign = Scope::of(&guess.tag) == Scope::NONE;
            let bounds = config.ingest.bounds.unwrap_or(weights::BOUNDS);
            let mut facts = state(&evidence, bounds);
            if cover > 0 {
                let Range { start, end } = facts.title_lines;
                facts.title_lines = start + cover..end + cover;
            }
            (facts, layout.below(cover))
        }
        Form::Entry(heading) => {
            let heading = heading.counted_from(piece.lines.start);
            let head = heading.end();
            let layout = Layout { head: 0..head, body: head..lines.len(), ..Layout::default() };
            (entry::headed(lines, &heading, writing, order), layout)
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
    facts.language = Some(guess);
    (facts, layout)
}

/// Who used an office program is the author only if the text names nobody.
fn by_text(decisions: &mut [(Field, Decision)]) {
    let is_named = decisions.iter().any(|(field, decision)| {
        matches!(field, Field::Signers | Field::Letterhead) && decision.chosen.is_some()
    });
    let author = decisions.iter_mut().filter(|(field, _)| *field == Field::Author);
    let by_program = |d: &Decision| d.chosen.as_ref().is_some_and(|c| c.rule == rules::BY_PROGRAM);
    for (_, decision) in author.filter(|(_, d)| is_named && by_program(d)) {
        decision.dismiss();
    }
}

/// Gathers what the rules believe of a document, decides, and states what is believed.
fn state(piece: &Evidence<'_>, bounds: Bounds) -> Facts {
    let mut facts = Facts::default();
    let mut claims = rules::gather(piece);
    for claim in claims.iter_mut().filter(|c| !c.lines.is_empty()) {
        claim.seed_line = piece.lines.get(claim.lines.start).map(|l| l.number);
    }
    let mut decisions = evidence::decide(claims, bounds);
    by_text(&mut decisions);
    let mut writers = Writers::default();
    for (field, decision) in &decisions {
        let known = is_known_otherwise(*field, &decisions);
        let strongest = decision.chosen.as_ref().or(decision.claims.first().map(|(c, _)| c));
        let misread = decision.chosen.as_ref().and_then(|c| plausible::misread(&c.value));
        if let Some(reason) = decision.doubt.clone().filter(|_| !known).or(misread) {
            facts.doubt(field.key(), reason, strongest.and_then(|c| c.seed_line));
        }
        // A weak letterhead adds nothing to a name.
        let adds = *field != Field::Letterhead || !known || decision.doubt.is_none();
        if let Some(claim) = decision.chosen.as_ref().filter(|_| adds) {
            facts.take(*field, claim, &mut writers);
        }
    }
    // The references of a cable are those of others.
    let is_cable = decisions.iter().any(|(_, decision)| {
        decision.chosen.as_ref().is_some_and(|claim| claim.rule == rules::CABLE)
    });
    if !is_cable {
        references::read(&mut facts, piece.lines, piece.layout, piece.scope);
    }
    let doubted = facts.review.iter().any(|review| review.field == "creators");
    if writers.are_on_letterhead_only()
        && !doubted
        && piece.takes_leave()
        && !decisions.iter().any(|(_, decision)| decision.is_of_note())
        && let Some(letterhead) = &writers.letterhead
        && let Some(name) = letterhead.name()
    {
        let reason = format!("`{name}` is on the letterhead; who signed was not read");
        facts.doubt("creators", reason, Some(letterhead.line));
    }
    sender::settle(&mut facts, writers, piece.scope);
    facts.decisions = decisions;
    facts
}

/// Whether what a field says is known, so that a weak sign of something else raises no doubt.
fn is_known_otherwise(field: Field, decisions: &[(Field, Decision)]) -> bool {
    let chosen =
        |field| decisions.iter().find(|(f, _)| *f == field).and_then(|(_, d)| d.chosen.as_ref());
    match field {
        Field::Signers => chosen(Field::Author).is_some() && chosen(field).is_none(),
        Field::Letterhead => chosen(Field::Author).or(chosen(Field::Signers)).is_some(),
        // What was not understood is quoted.
        Field::Date => chosen(field)
            .is_some_and(|claim| matches!(&claim.value, Value::Date(r) if r.date.is_none())),
        _ => false,
    }
}

/// A kind known to the program, by its name.
fn kind(name: &str) -> Option<&'static str> {
    let known = lexicon::LANGUAGES[0].kinds.iter().map(|(kind, _)| *kind);
    known.chain(["article", "letter", "other"]).find(|k| *k == name)
}

/// In most languages the day is first; English has both habits.
fn usual_order(tag: &str) -> Option<crate::config::DateOrder> {
    let known = Scope::of(tag) != Scope::of("");
    (known && tag != "en" && tag != "ko").then_some(crate::config::DateOrder::DayMonthYear)
}

/// Makes the record, once the facts of the seed's other documents have completed its own.
pub(super) fn finish(
    facts: &mut Facts,
    lines: &[Line<'_>],
    layout: &Layout,
    context: Context<'_>,
) -> Document {
    let Context { config, named, .. } = context;
    let guess = facts.language.take().unwrap_or_default();
    if guess.doubtful {
        let reason = match guess.other {
            Some(other) => format!("the text begins in `{}` and goes on in `{other}`", guess.tag),
            None => format!("the language is guessed to be `{}`", guess.tag),
        };
        facts.doubt("language", reason, lines.first().map(|l| l.number));
    }
    let context = dates::Context { order: config.ingest.date_order, ..dates::Context::default() };
    undated::settle(facts, lines, context);
    title::settle(facts, lines, layout, config);
    let language = named.and_then(|n| n.language.clone()).unwrap_or(guess.tag);
    document(facts, language, config)
}

/// What the seed's name says counts, since a person gave it.
fn by_name(facts: &mut Facts, named: &FileName, writing: Writing<'_>) {
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
}

/// Whether the writer speaks in the first lines.
fn speaks(lines: &[Line<'_>]) -> bool {
    static SPEAKERS: LazyLock<lexicon::Words> = LazyLock::new(|| lexicon::set(|l| l.speakers));
    let early = lines.iter().filter(|l| !l.is_blank()).take(25);
    let words = early.flat_map(|l| l.text.split(|c: char| !c.is_alphabetic()));
    words.filter(|w| w.len() <= 12 && SPEAKERS.contains(w.to_lowercase().as_str())).take(2).count()
        == 2
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

/// The texts of the lines as rules read them, without elements of pages and without bold amid words: `this <u>8th</u>
/// day`, `16TH** **MAY`. None if no line has such.
fn unmarked<'l>(lines: &[Line<'l>]) -> Option<Vec<Cow<'l, str>>> {
    // A post that quotes a letter has many of its lines behind signs.
    let filled = lines.iter().filter(|l| !l.is_blank()).count();
    let is_quoted = |l: &&Line<'_>| l.text.starts_with('>');
    let quotes = lines.iter().filter(is_quoted).count() * 4 > filled;
    let unquoted = |l: &Line<'l>| match l.text.strip_prefix('>').filter(|_| quotes) {
        Some(rest) => l.with_text(rest.trim_start_matches(['>', ' '])),
        None => *l,
    };
    // A paragraph of a page is one by its element.
    let is_element = |text: &str| {
        let last = text.rfind('<').map_or("", |at| &text[at..]);
        text.starts_with('<') && last.starts_with("</") && last.ends_with('>')
    };
    let plain = |l: Line<'l>| match text::without_elements(l.text) {
        Cow::Owned(text) if !is_element(l.text) && !text.is_empty() => {
            without_bold_within(&text).into_owned().into()
        }
        _ => without_bold_within(l.text),
    };
    let marked = |l: &Line<'_>| l.text.contains("**") || l.text.contains('<');
    let some = quotes || lines.iter().any(marked);
    some.then(|| lines.iter().map(|l| plain(unquoted(l))).collect())
}

fn with_texts<'l>(lines: &[Line<'l>], texts: &'l [Cow<'l, str>]) -> Vec<Line<'l>> {
    let read = |(line, text): (&Line<'l>, &'l Cow<'l, str>)| match text {
        Cow::Borrowed(text) if text.len() == line.text.len() => *line,
        text => line.with_text(text),
    };
    lines.iter().zip(texts).map(read).collect()
}

/// A text without marks of bold inside it; those around all of it, or around the label that begins it, stay.
fn without_bold_within(text: &str) -> Cow<'_, str> {
    let labelled = || {
        let label = text.strip_prefix("**").and_then(|rest| rest.split_once("**"));
        label.is_some_and(|(label, rest)| label.ends_with([':', '：']) || rest.starts_with(':'))
    };
    let whole = text.strip_prefix("**").and_then(|rest| rest.strip_suffix("**"));
    match whole {
        Some(inner) if !inner.contains("**") => text.into(),
        Some(inner) if !inner.trim_matches(['*', ' ']).is_empty() => {
            format!("**{}**", inner.replace("**", "")).into()
        }
        None if text.contains("**") && !labelled() => text.replace("**", "").into(),
        _ => text.into(),
    }
}

/// As much of a document's text as is needed to know its language; that of its record if it has hardly any.
fn sample(lines: &[Line<'_>], told: Option<&Stated>) -> String {
    /// A few words.
    const FEW: usize = 40;
    let mut text = String::with_capacity(language::SAMPLE + 200);
    let told = told.filter(|told| told.record);
    let words = [told.and_then(|t| t.title.as_deref()), told.and_then(|t| t.subtitle.as_deref())];
    let words = words.into_iter().flatten().collect::<Vec<_>>().join("\n");
    if !words.is_empty() && lines.iter().filter(|l| !l.is_blank()).count() < 8 {
        let own = lines.iter().map(|l| text::without_elements(l.text));
        let letters: usize = own.map(|l| l.chars().filter(|c| text::is_letter(*c)).count()).sum();
        if letters < FEW {
            return words;
        }
    }
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
