//! One seed → its drafts: the steps of ingest in their order. Pure, and the same for any seed alone.

use std::borrow::Cow;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use super::body::{self, Body, Vocabulary};
use super::columns;
use super::dates;
use super::decode::{Known, Refusal};
use super::evidence::{Decision, Field};
use super::filename;
use super::furniture::{self, Dropped, Edges, Own, Remaining, Repeated};
use super::interpret::{self, Context, Facts, Read};
use super::language;
use super::layout::Layout;
use super::left_out::{self, LeftOutLines};
use super::lexicon::Scope;
use super::markdown::{self, Dialect};
use super::marks;
use super::parties::{Mention, Writing};
use super::people;
use super::source::{Format, Mail, Remark, Source, Stated};
use super::split;
use super::text::bytes::has_pair;
use super::text::{self, Line};
use crate::config::Config;
use crate::content::{Document, Review};
use crate::enclosed;

/// A document as ingest proposes it.
#[derive(Debug)]
pub(super) struct Draft {
    pub document: Document,
    pub body: String,
    /// First and last line in the seed.
    pub lines: (usize, usize),
    pub names: NameForms,
    pub reads: Vec<Read>,
    /// What the rules believed of each field.
    pub evidence: Vec<(Field, Decision)>,
}

/// The names of a draft.
#[derive(Debug, Default)]
pub(super) struct NameForms {
    /// Organizations' names as recorded and as written.
    pub organizations: Vec<(String, String)>,
    /// People's names as recorded.
    pub people: Vec<String>,
}

/// What a seed gave.
#[derive(Debug)]
pub(super) struct Seed {
    /// Path below `seeds/`.
    pub path: String,
    pub drafts: Vec<Draft>,
    pub dropped: Vec<Dropped>,
    /// The lines of the file that no draft of it has.
    pub left_out: LeftOutLines,
    /// The lines that other seeds may have too.
    pub edges: Edges,
    pub written: Written,
    pub mail: Option<Mail>,
    /// What it was read as: `text`, `DOCX`, `table`.
    pub reading: String,
    /// What is to be said of the file.
    pub remarks: Vec<Remark>,
    /// Seeds whose drafts are this one's now: scans that were not transcribed before.
    pub formerly: Vec<String>,
    /// Its SHA-256; none if it is no text.
    pub sha256: Option<String>,
    /// Its SHA-256 with plain line ends, if it has those of Windows: version control may have put them there.
    pub sha256_of_lines: Option<String>,
}

impl Seed {
    /// A seed that is no text, such as a table or a scan.
    pub(super) fn new(path: &str) -> Self {
        Self {
            path: path.to_owned(),
            drafts: Vec::new(),
            dropped: Vec::new(),
            left_out: LeftOutLines::new(),
            edges: Edges::default(),
            written: Written::default(),
            mail: None,
            reading: "table".to_owned(),
            remarks: Vec::new(),
            formerly: Vec::new(),
            sha256: None,
            sha256_of_lines: None,
        }
    }
}

/// In which encoding a seed is, if not in UTF-8.
#[derive(Debug, Default, Clone)]
pub(super) struct Written {
    /// Its name.
    pub encoding: Option<String>,
    /// Whether it may be another one.
    pub in_doubt: bool,
}

/// The rule by which the line of a title is no part of the body.
pub(super) const TITLE: &str = "title, shown above the text";

/// What the other seeds of a folder say of one.
#[derive(Clone, Copy)]
pub(super) struct Around<'a> {
    /// Lines that they have too.
    pub across: &'a Repeated,
    /// The encoding that most of them have beyond doubt.
    pub encoding: Option<&'a str>,
}

/// What a seed is read by.
pub(super) struct SeedRules<'a> {
    pub config: &'a Config,
    pub own: &'a Own,
    pub names: &'a [filename::Pattern],
    /// How the seeds of each folder are named.
    pub habits: &'a filename::Habits,
    pub around: Around<'a>,
    /// The lines at which documents begin, if a person has set them.
    pub starts: Option<&'a [usize]>,
    /// The encoding of a seed that is not UTF-8, if it is known.
    pub encoding: Option<&'a str>,
}

fn language_of(text: &str, config: &Config) -> language::Whole {
    let default = config.ingest.defaults.language.as_deref().unwrap_or(&config.default_language);
    language::whole(text, &config.ingest.languages, default)
}

/// Reads one seed.
pub(super) fn read(path: &str, bytes: &[u8], by: &SeedRules<'_>) -> Result<Seed, Refusal> {
    let config = by.config;
    let known = Known { encoding: by.encoding, beside: by.around.encoding, ..known(config) };
    let source = Source::read(path, bytes, known)?;
    let text = source.text.as_str();
    let language::Whole { scope, sole } = language_of(text, config);
    let (lines, columns) = columns::apart(text::lines(text));
    let Remaining { lines, mut dropped, edges, title } =
        furniture::remove(lines, by.own, by.around.across, scope);
    let lines =
        text::parted(lines, |cell| is_field(cell, config, scope), |cell| is_labelled(cell, scope));
    let of_page = source.format == Format::Page;
    // Reading the markup escaped signs that Markdown would take for marks, and type is spaced to a width. Neither is a
    // part of a name or a title.
    let plain = |line: &Line<'_>| -> Option<String> {
        let unescaped = if of_page { markdown::unescaped(line.text) } else { line.text.into() };
        let spaced = text::without_letterspacing(&unescaped);
        spaced.or_else(|| marks::closed_part(&unescaped, scope)).or(match unescaped {
            Cow::Owned(text) => Some(text),
            Cow::Borrowed(_) => None,
        })
    };
    let texts: Vec<Option<String>> = lines.iter().map(plain).collect();
    let changed = texts.iter().any(Option::is_some);
    let bare = lines.iter().zip(&texts).take_while(|_| changed);
    let bare = bare.map(|(l, text)| text.as_ref().map_or(*l, |text| l.with_text(text)));
    let bare: Vec<Line<'_>> = bare.collect();
    let bare = if changed { &bare } else { &lines };
    let is_numbered = enclosed::is_numbered(path);
    let named = filename::read(path, by.names, text).filter(|_| !is_numbered);
    let order = config.ingest.date_order;
    let starts = by.starts.map(|starts| numbers(starts, &source, bytes)).transpose()?;
    let (pieces, preamble) = match starts {
        Some(starts) => split::given(bare, &starts, order, scope),
        // A name that tells date and sender tells that the seed is one document.
        None if named.is_some() || source.format == Format::Mail => (split::whole(bare), 0..0),
        None => split::split(bare, order, scope),
    };
    dropped.extend(accounted(&lines[preamble], "heading of the listing"));
    let one = pieces.len() == 1;
    let named = named.as_ref().filter(|_| one);
    // A text that was taken from a page says what the page is called, as the page itself would.
    let titled = title.filter(|_| source.told.title.is_none() && !source.told.record);
    let titled = titled.map(|t| Stated { title: Some(t.to_owned()), ..source.told.clone() });
    let habit = by.habits.read(path, text).filter(|_| named.is_none() && one && !is_numbered);
    let context = Context {
        writing: Writing { text, scope },
        config,
        named,
        habit: habit.as_ref(),
        told: Some(titled.as_ref().unwrap_or(&source.told)).filter(|_| one),
        sole: sole.filter(|_| one),
    };
    let sha256 = sha256(bytes);
    let dialect = if of_page { Dialect::PAGE } else { Dialect::of(path, text) };
    let vocabulary = Vocabulary::of(text);
    let parted = Parted {
        path,
        source: &source,
        sha256: &sha256,
        lines: &lines,
        bare,
        pieces: &pieces,
        context,
        dialect,
        vocabulary: &vocabulary,
    };
    let mut drafts = parted.drafts(&mut dropped);
    for (reason, line) in parted.doubts(&columns) {
        doubt_source(&mut drafts, reason, line);
    }
    dropped.iter_mut().for_each(|d| d.line = source.place(d.line).0);
    dropped.extend(source.dropped.iter().cloned());
    dropped.sort_by_key(|d| d.line);
    let left_out = left_out::of(source.is_plain().then_some(text), &dropped);
    let reading = source.reading.to_owned();
    let written = Written { encoding: source.encoding.clone(), in_doubt: source.doubt.is_some() };
    let Source { told: Stated { mail, .. }, remarks, .. } = source;
    let seed = Seed { drafts, dropped, edges, written, mail, reading, remarks, ..Seed::new(path) };
    Ok(Seed { left_out, sha256: Some(sha256), sha256_of_lines: sha256_of_lines(bytes), ..seed })
}

/// The lines of a seed, parted into documents.
struct Parted<'a> {
    path: &'a str,
    source: &'a Source,
    sha256: &'a str,
    lines: &'a [Line<'a>],
    /// The same without the backslashes that reading a page put before signs, and without letterspacing: what facts are
    /// read from.
    bare: &'a [Line<'a>],
    pieces: &'a [split::Piece],
    /// What is known of the documents besides their lines.
    context: Context<'a>,
    dialect: Dialect,
    vocabulary: &'a Vocabulary<'a>,
}

impl Parted<'_> {
    /// The document of each piece; `dropped` gets the lines that their titles repeat.
    fn drafts(&self, dropped: &mut Vec<Dropped>) -> Vec<Draft> {
        let read = |p: &split::Piece| interpret::read(&self.bare[p.lines.clone()], p, self.context);
        let (mut facts, layouts): (Vec<Facts>, Vec<Layout>) = self.pieces.iter().map(read).unzip();
        let listed = listed_kind(dropped, self.context.writing.scope);
        for f in facts.iter_mut().filter(|f| f.kind == Some("article")) {
            f.kind = listed.or(f.kind);
        }
        people::complete(&mut facts);
        let scope = self.context.writing.scope;
        facts.iter_mut().flat_map(Facts::mentions_mut).for_each(|mention| mention.tidy(scope));
        let read = facts.into_iter().zip(layouts);
        self.pieces.iter().zip(read).map(|(piece, read)| self.draft(piece, read, dropped)).collect()
    }

    fn draft(
        &self,
        piece: &split::Piece,
        (mut facts, layout): (Facts, Layout),
        dropped: &mut Vec<Dropped>,
    ) -> Draft {
        let lines = &self.lines[piece.lines.clone()];
        let bare = &self.bare[piece.lines.clone()];
        let mut document = interpret::finish(&mut facts, bare, &layout, self.context);
        // What came with an e-mail is shown when somebody says so.
        let is_enclosed = enclosed::mail_of(self.path).is_some();
        document.draft = is_enclosed && !self.context.config.outputs.attachments;
        // The text of a page has escapes only where its own signs would pair up.
        if self.dialect.markdown || self.dialect == Dialect::PAGE && document.title.contains('\\') {
            document.title = markdown::plain(&document.title);
        }
        let title = repeated_title(bare, &facts, &layout);
        dropped.extend(accounted(&lines[title.clone()], TITLE));
        let (first, last) = self.lines_of_seed(piece, dropped);
        self.place(&mut document, (first, last));
        facts.reads.iter_mut().for_each(|r| r.line = self.source.place(r.line).0);
        let mentions = [&facts.creators, &facts.signatories, &facts.recipients, &facts.copied];
        let names = name_forms(mentions.into_iter().flatten());
        let Facts { decisions: mut evidence, reads, .. } = facts;
        for (claim, _) in evidence.iter_mut().flat_map(|(_, decision)| &mut decision.claims) {
            claim.seed_line = claim.seed_line.map(|l| self.source.place(l).0);
        }
        let body = self.body(lines, &layout, title);
        Draft { document, body, lines: (first, last), names, reads, evidence }
    }

    fn body(&self, lines: &[Line<'_>], layout: &Layout, title: std::ops::Range<usize>) -> String {
        let head = lines.iter().take_while(|l| l.number <= self.source.head).count();
        let title = if head > 0 { 0..head } else { title };
        let (dialect, vocabulary) = (self.dialect, self.vocabulary);
        let scope = self.context.writing.scope;
        body::write(&Body { lines, layout, title, dialect, vocabulary, scope })
    }

    /// First and last line of a document in the seed.
    fn lines_of_seed(&self, piece: &split::Piece, dropped: &[Dropped]) -> (usize, usize) {
        let (source, lines) = (self.source, &self.lines[piece.lines.clone()]);
        // The record at the head belongs to the first document.
        let recorded = source.told.record && piece.lines.start == self.pieces[0].lines.start;
        let first = if recorded { 1 } else { source.place(lines[0].number).0 };
        let last = source.place(lines[lines.len() - 1].number).1.max(first);
        // What is printed on its pages belongs to a document that is alone in its seed.
        let alone = self.pieces.len() == 1 && source.is_plain();
        match printed(dropped).filter(|_| alone) {
            Some((from, to)) => (first.min(from), last.max(to)),
            None => (first, last),
        }
    }

    /// Says where in the archive a document is from.
    fn place(&self, document: &mut Document, lines: (usize, usize)) {
        let (source, told) = (self.source, &self.source.told);
        if told.record && self.pieces.len() == 1 {
            document.topics.extend(told.topics.iter().cloned());
        }
        for review in &mut document.review {
            review.line = review.line.map(|line| source.place(line).0);
        }
        document.source = Some(crate::content::Source {
            seed: Some(self.path.to_owned()),
            sha256: Some(self.sha256.to_owned()),
            lines: Some(lines),
            // A seed says what it likes; a link that runs is none.
            url: told.url.clone().filter(|url| crate::address::is_web(url)),
            public: None,
            encoding: source.encoding.clone(),
        });
    }

    /// What is doubtful about how the seed was read, and at which of its lines.
    fn doubts(&self, columns: &[usize]) -> Vec<(String, usize)> {
        let at = |line: usize| self.source.place(line).0;
        let told = self.source.doubts.iter().map(|(reason, line)| (reason.clone(), at(*line)));
        let columns = columns.iter().map(|line| {
            ("two columns side by side are set one after the other".to_owned(), at(*line))
        });
        self.source.doubt.clone().into_iter().chain(told).chain(columns).collect()
    }
}

/// SHA-256 of a seed's bytes, in hexadecimal.
pub(super) fn sha256(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha256::digest(bytes))
}

/// The same for any line ends that version control may have put there.
pub(super) fn sha256_with_plain_ends(bytes: &[u8]) -> String {
    sha256_of_lines(bytes).unwrap_or_else(|| sha256(bytes))
}

/// SHA-256 of a text with plain line ends, if it has those of Windows.
pub fn sha256_of_lines(bytes: &[u8]) -> Option<String> {
    let is_end = |pair: &[u8]| pair == b"\r\n";
    has_pair(bytes, b'\r', b'\n').then(|| {
        let mut hasher = Sha256::new();
        let mut from = 0;
        for (at, _) in bytes.windows(2).enumerate().filter(|(_, pair)| is_end(pair)) {
            hasher.update(&bytes[from..at]);
            from = at + 1;
        }
        hasher.update(&bytes[from..]);
        HEXLOWER.encode(&hasher.finalize())
    })
}

/// What the settings tell of a seed's encoding.
pub(super) fn known(config: &Config) -> Known<'_> {
    let encoding = config.ingest.encoding.as_deref();
    Known { encoding, languages: &config.ingest.languages, ..Known::default() }
}

/// A doubt about how the seed was read, in the document that holds the line that tells of it.
fn doubt_source(drafts: &mut [Draft], reason: String, line: usize) {
    let holds = |d: &Draft| d.lines.0 <= line && line <= d.lines.1;
    let at = drafts.iter().position(holds).unwrap_or(0);
    if let Some(draft) = drafts.get_mut(at) {
        let review = Review { field: "source".to_owned(), reason, line: Some(line) };
        draft.document.review.push(review);
        draft.document.review.sort_by(|a, b| (&a.field, a.line).cmp(&(&b.field, b.line)));
    }
}

/// Numbers of the lines that rules read at lines of the seed.
fn numbers(starts: &[usize], source: &Source, bytes: &[u8]) -> Result<Vec<usize>, Refusal> {
    let last = if source.is_plain() {
        source.text.trim_end().split('\n').count()
    } else {
        bytes.trim_ascii_end().split(|b| *b == b'\n').count()
    };
    if let Some(&named) = starts.iter().find(|start| **start > last) {
        return Err(Refusal::Ends { named, last });
    }
    let count = source.text.split('\n').count();
    let first = |start: &usize| (1..=count).find(|line| source.place(*line).0 >= *start);
    Ok(starts.iter().filter_map(first).collect())
}

/// Whether a part of a line says one thing of a letter's head: a date, a symbol, what a label tells.
fn is_field(cell: &str, config: &Config, scope: Scope) -> bool {
    dates::date_line(cell, config.ingest.date_order).is_some()
        || marks::is_reference(cell, scope)
        || marks::head_label(cell, scope).is_some_and(|(_, rest)| !rest.is_empty())
}

/// Whether a part of a line begins with a label that has its colon, and says something.
fn is_labelled(cell: &str, scope: Scope) -> bool {
    marks::is_any_label(cell)
        && marks::head_label(cell, scope).is_some_and(|(_, rest)| !rest.is_empty())
}

/// The first and the last line that pages of paper have beside the text: running heads, folios, stamps.
fn printed(dropped: &[Dropped]) -> Option<(usize, usize)> {
    const PRINTED: [&str; 3] = ["running head", "page number", "stamp or mark of change"];
    let lines = || dropped.iter().filter(|d| PRINTED.contains(&d.rule)).map(|d| d.line);
    Some((lines().min()?, lines().max()?))
}

/// Lines that a rule has left out.
fn accounted<'l>(lines: &'l [Line<'_>], rule: &'static str) -> impl Iterator<Item = Dropped> + 'l {
    let filled = lines.iter().filter(|l| !l.is_blank());
    filled.map(move |l| Dropped { line: l.number, rule, text: l.text.to_owned() })
}

/// The kind of a listing's entries, if its heading names it: `Press releases`.
fn listed_kind(dropped: &[Dropped], scope: Scope) -> Option<&'static str> {
    let headings = dropped.iter().filter(|d| d.rule == "heading of the listing");
    headings.filter_map(|d| marks::kind_of_title(d.text.trim_end_matches(['s', ':']), scope)).next()
}

/// The document's first lines, if they are its title word for word.
fn repeated_title(lines: &[Line<'_>], facts: &Facts, layout: &Layout) -> std::ops::Range<usize> {
    let range = facts.title_lines.clone();
    let first = lines.iter().position(|l| !l.is_blank()).unwrap_or(0);
    let in_heading =
        layout.signatures.is_empty() && range.end <= layout.head.end && first + 1 == range.start;
    if range.is_empty() || (range.start != first && !in_heading) || range.end >= lines.len() {
        return 0..0;
    }
    let letters = |s: &str| {
        s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let own: String = lines[range.clone()].iter().map(|l| letters(l.text)).collect();
    let whole = facts.title.as_deref().is_some_and(|t| letters(t) == own);
    if whole && !cuts_sentence(lines, range.end) { range } else { 0..0 }
}

/// Whether a sentence goes on where a title ends: its beginning is the text's, too.
fn cuts_sentence(lines: &[Line<'_>], end: usize) -> bool {
    let last = lines[end - 1].text;
    let Some(next) = lines[end..].iter().find(|l| !l.is_blank()) else { return false };
    if last.starts_with('#') || text::ends_sentence(last) {
        return false;
    }
    let beside = !lines[end].is_blank();
    let bare = next.text.trim_start_matches(|c: char| "-•* ".contains(c));
    let goes_on = text::starts_lower(bare) && (beside || text::length(last) >= 50);
    // What introduces an address: `The repository at`.
    let address = next.text.starts_with("http");
    goes_on || address || last.ends_with([',', '('])
}

fn name_forms<'m>(mentions: impl Iterator<Item = &'m Mention>) -> NameForms {
    let NameForms { mut organizations, mut people } = NameForms::default();
    for mention in mentions {
        if let Some(name) = &mention.organization {
            organizations
                .push((name.clone(), mention.written.clone().unwrap_or_else(|| name.clone())));
        }
        people.extend(mention.person.clone());
    }
    NameForms { organizations, people }
}
