//! A seed beside the documents that were made of it → what of it readers must not see.
//!
//! Three things are found here that the front matter alone does not tell: lines whose words somebody took
//! out of the text, lines that a mark in the text replaces, and words of withheld lines that the text
//! or the record still holds. [`personal`] finds what should perhaps be withheld. Reads no file itself but
//! through `Sources`.

mod missing;
pub mod personal;
mod repeated;
mod words;

use std::collections::{BTreeMap, HashMap};
use std::ops::RangeInclusive;
use std::sync::OnceLock;

use data_encoding::HEXLOWER;
use sha2::{Digest, Sha256};

use crate::archive::Withheld;
use crate::config::Config;
use crate::content::{self, Document, mark};
use crate::diagnostic::{Diagnostic, Position, Report, SourceText};
use crate::files::Sources;
use crate::ingest::{Again, Drafted, Rereader, SeedLine};
use missing::{Compared, Missing, Text};
use words::{Vocabulary, Word};

/// A document of a seed, with its file.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    /// Path of its file, from the archive's root.
    pub path: &'a str,
    /// The whole text of the file.
    pub text: &'a str,
    /// Where the body begins in it, in bytes.
    pub body: usize,
    /// The front matter.
    pub record: &'a Document,
}

impl Part<'_> {
    fn body(&self) -> &str {
        self.text.get(self.body..).unwrap_or_default()
    }

    /// The line of the seed at which the document begins.
    pub fn first_line(&self) -> usize {
        *self.lines().start()
    }

    /// First and last line in the seed.
    fn lines(&self) -> RangeInclusive<usize> {
        let lines = self.record.source.as_ref().and_then(|source| source.lines);
        let (first, last) = lines.unwrap_or((1, usize::MAX));
        first..=last
    }

    fn corrects(&self, line: usize) -> bool {
        self.record.corrected.iter().any(|(first, last)| (*first..=*last).contains(&line))
    }

    /// Where `[source]` is in the file, else its beginning.
    fn source_position(&self) -> Position {
        let start = self.text.find("\n[source]").map_or(0, |at| at + 1);
        let end = self.text[start..].find('\n').map_or(self.text.len(), |at| start + at);
        Position::of(self.text, start..end)
    }

    fn source_text(&self) -> SourceText<'_> {
        SourceText { path: self.path, text: self.text }
    }
}

/// Why a line of a seed is not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bar {
    /// It is withheld, for this reason.
    Withheld(String),
    /// Words of it were taken out, and nobody has said why.
    Asked,
}

/// Lines of a seed of which words were taken out, and nobody has said why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// The document's file.
    pub path: String,
    /// Path of the seed below `seeds/`.
    pub seed: String,
    /// First and last line.
    pub lines: (usize, usize),
    /// The words.
    pub words: String,
    /// Where the file tells from which seed it is.
    pub position: Position,
}

/// What was found of one seed.
#[derive(Debug, Default)]
pub struct Findings {
    /// The lines that are not shown, besides those that the records withhold.
    pub bars: BTreeMap<usize, Bar>,
    /// What was taken out without a word.
    pub removed: Vec<Removed>,
    /// What is wrong.
    pub faults: Vec<Diagnostic>,
    /// Whether nothing of the seed may be shown: it changed since its lines were withheld.
    pub shut: bool,
    /// Whether other seeds of its folder were read.
    pub looks_further: bool,
}

/// A seed and all documents that were made of it.
pub struct SeedAndParts<'a> {
    /// Its path below `seeds/`.
    pub seed: &'a str,
    /// Its contents now.
    pub bytes: &'a [u8],
    /// Its documents, in their order.
    pub parts: &'a [Part<'a>],
    /// What the records withhold of it.
    pub known: Option<&'a Withheld>,
}

/// Compares seeds with what was made of them.
pub struct Examiner<'a> {
    config: &'a Config,
    drafted: &'a Drafted,
    rereader: OnceLock<Rereader>,
    /// Lines of other seeds, by folder, once asked for.
    others: parking_lot::Mutex<BTreeMap<String, std::sync::Arc<Vec<Vec<u64>>>>>,
}

impl<'a> Examiner<'a> {
    /// For an archive with its settings and its drafts.
    pub fn new(config: &'a Config, drafted: &'a Drafted) -> Self {
        Self { config, drafted, rereader: OnceLock::new(), others: parking_lot::Mutex::default() }
    }

    /// Compares a seed with all documents that were made of it.
    pub fn examine(&self, held: &SeedAndParts<'_>, sources: &dyn Sources) -> Findings {
        let SeedAndParts { seed, bytes, parts, known } = *held;
        let mut found = Findings::default();
        if bytes.is_empty() {
            return found;
        }
        let withholds = known.is_some_and(|known| !known.lines.is_empty());
        if !withholds && !self.may_differ(seed, parts) {
            return found;
        }
        let source = parts.iter().find_map(|part| part.record.source.as_ref());
        let encoding = source.and_then(|source| source.encoding.as_deref());
        let text = crate::ingest::seed_text(seed, bytes, encoding).unwrap_or_default();
        let rereader = self.rereader.get_or_init(|| Rereader::new(self.config));
        let again = rereader.read(seed, bytes, encoding);
        let lines = again.as_ref().map_or_else(|| plain_lines(&text), |again| again.lines.clone());
        if withholds {
            found.shut = changed(seed, bytes, parts, &mut found.faults);
            if found.shut {
                return found;
            }
            outside(&text, parts, &mut found.faults);
            if let Some(known) = known {
                repeated::check(&lines, parts, known, &mut found.faults);
            }
        }
        if let Some(again) = again {
            self.compare(held, &again, sources, &mut found);
        }
        found
    }

    /// Whether a text may lack words of the seed: a draft was edited, renamed or removed, or has a mark.
    fn may_differ(&self, seed: &str, parts: &[Part<'_>]) -> bool {
        let marked = |part: &Part<'_>| !mark::marks(part.body()).is_empty();
        let drafts = self.drafted.of_seed(seed);
        let untouched =
            |part: &Part<'_>| self.drafted.is_untouched(part.path, part.text.as_bytes());
        let gone = || drafts.iter().any(|path| parts.iter().all(|part| part.path != path));
        let edited = !drafts.is_empty() && (gone() || !parts.iter().all(untouched));
        edited || parts.iter().any(marked)
    }

    fn compare(
        &self,
        held: &SeedAndParts<'_>,
        again: &Again,
        sources: &dyn Sources,
        found: &mut Findings,
    ) {
        let SeedAndParts { seed, parts, known, .. } = *held;
        let mut vocabulary = Vocabulary::default();
        let (words, places) = seed_words(&again.lines, &mut vocabulary);
        let drafted = together(again.bodies.iter().map(String::as_str), &mut vocabulary).text();
        let records: Vec<String> = parts.iter().map(|part| record_text(part.record)).collect();
        let records = together(records.iter().map(String::as_str), &mut vocabulary).text();
        let texts = together(parts.iter().map(Part::body), &mut vocabulary);
        let has_mark: Vec<bool> = texts.marked.clone();
        let by = Compared { drafted: &drafted, texts: &texts.text(), records: &records };
        let missing = missing::missing(&words, &by, &vocabulary);
        let mut placed = vec![false; parts.len()];
        let is_edited = !self.drafted.of_seed(seed).is_empty();
        for run in missing {
            let lines = run.words.iter().map(|at| again.lines[places[*at]].place);
            let lines: Vec<(usize, usize)> = lines.collect();
            let Some(part) = part_of(&lines, parts) else { continue };
            if let Some(reason) = &run.reason {
                placed[part] = true;
                let gone: Vec<Word> = run.words.iter().map(|at| words[*at]).collect();
                found.faults.extend(repeated::elsewhere(&gone, &parts[part], &mut vocabulary));
                found.faults.extend(repeated::in_name(&gone, &parts[part], &vocabulary));
                let bar = Bar::Withheld(reason.clone());
                found.bars.extend(each(&lines).map(|line| (line, bar.clone())));
                continue;
            }
            let owner = &parts[part];
            let answered =
                |line: usize| is_in(known, line) || parts.iter().any(|part| part.corrects(line));
            let open: Vec<usize> = each(&lines).filter(|line| !answered(*line)).collect();
            let mut is_furniture = || {
                found.looks_further = true;
                run.words
                    .iter()
                    .all(|at| self.is_furniture(seed, &again.lines[places[*at]].text, sources))
            };
            if !is_edited || open.is_empty() || is_furniture() {
                continue;
            }
            let first = open.iter().min().copied().unwrap_or(1);
            let last = open.iter().max().copied().unwrap_or(first);
            found.removed.push(Removed {
                path: owner.path.to_owned(),
                seed: seed.to_owned(),
                lines: (first, last),
                words: said(&run, &words, &vocabulary),
                position: owner.source_position(),
            });
            for line in open {
                found.bars.entry(line).or_insert(Bar::Asked);
            }
        }
        for (number, part) in parts.iter().enumerate() {
            let is_open = has_mark.get(number) == Some(&true) && !placed[number];
            if is_open && part.record.withheld.is_empty() {
                unplaced(seed, part, &again.lines, found);
            }
        }
    }

    /// Whether a line comes back in many other seeds of its folder: ingest leaves such lines out.
    fn is_furniture(&self, seed: &str, line: &str, sources: &dyn Sources) -> bool {
        let folder = seed.rsplit_once('/').map_or("", |(folder, _)| folder);
        let known = || self.others.lock();
        let ready = known().get(folder).cloned();
        let others = ready.unwrap_or_else(|| {
            let read = std::sync::Arc::new(lines_of_folder(folder, sources));
            known().insert(folder.to_owned(), std::sync::Arc::clone(&read));
            read
        });
        let wanted = hash(line.trim());
        let count = others.iter().filter(|lines| lines.binary_search(&wanted).is_ok()).count();
        count >= COMMON.max(others.len().div_ceil(COMMON))
    }
}

/// In how many seeds of a folder a line comes back at least, and in what share of them.
const COMMON: usize = 4;

/// Seeds of a folder that are looked into at most, evenly chosen.
const SAMPLE: usize = 64;

/// For some seeds of a folder the hashes of their lines, sorted.
fn lines_of_folder(folder: &str, sources: &dyn Sources) -> Vec<Vec<u64>> {
    let within = if folder.is_empty() { "seeds/".to_owned() } else { format!("seeds/{folder}/") };
    let paths = sources.list("seeds", &Report::new());
    let paths: Vec<&String> = paths
        .iter()
        .filter(|path| path.strip_prefix(&within).is_some_and(|name| !name.contains('/')))
        .collect();
    let step = paths.len().div_ceil(SAMPLE).max(1);
    let read = |path: &&&String| {
        let text = crate::ingest::seed_text(path, &sources.read(path).ok()?, None)?;
        let mut lines: Vec<u64> = text.lines().map(|line| hash(line.trim())).collect();
        lines.sort_unstable();
        Some(lines)
    };
    paths.iter().step_by(step).filter_map(|path| read(&path)).collect()
}

fn hash(line: &str) -> u64 {
    let hash = blake3::hash(line.as_bytes());
    u64::from_le_bytes(hash.as_bytes()[..8].try_into().unwrap_or_default())
}

/// The words of a seed that ingest did not drop, each with the number of its line.
fn seed_words(lines: &[SeedLine], vocabulary: &mut Vocabulary) -> (Vec<Word>, Vec<usize>) {
    let (mut words, mut places) = (Vec::new(), Vec::new());
    for (number, line) in lines.iter().enumerate().filter(|(_, line)| !line.dropped) {
        let of_line = vocabulary.words(&line.text);
        places.resize(places.len() + of_line.len(), number);
        words.extend(of_line);
    }
    (words, places)
}

/// Several texts as one, in which marks are words that no other text has.
#[derive(Default)]
struct Together {
    words: Vec<u32>,
    marks: HashMap<u32, String>,
    /// Which of the texts have a mark.
    marked: Vec<bool>,
}

impl Together {
    fn text(self) -> Text {
        Text::new(self.words, self.marks)
    }
}

fn together<'t>(texts: impl Iterator<Item = &'t str>, vocabulary: &mut Vocabulary) -> Together {
    let mut all = Together::default();
    for text in texts {
        let marks = mark::marks(text);
        all.marked.push(!marks.is_empty());
        let mut at = 0;
        for mark in marks {
            let before = vocabulary.words(&text[at..mark.range.start]);
            all.words.extend(before.iter().map(|word| word.id));
            let sign = vocabulary.sign();
            all.words.push(sign);
            all.marks.insert(sign, mark.reason);
            at = mark.range.end;
        }
        all.words.extend(vocabulary.words(&text[at..]).iter().map(|word| word.id));
        // No run of words goes from one text to the next.
        all.words.push(vocabulary.sign());
    }
    all
}

/// All that readers see of a record, in lines.
fn record_text(record: &Document) -> String {
    let parties = [&record.creators, &record.signatories, &record.recipients, &record.copied];
    let of_parties = parties
        .into_iter()
        .flatten()
        .flat_map(|party| [&party.person, &party.role, &party.organization].into_iter().flatten());
    let single = [&record.place, &record.subject, &record.description].into_iter().flatten();
    let lists = record.references.iter().chain(&record.topics);
    let all: Vec<&str> = std::iter::once(&record.title)
        .chain(of_parties)
        .chain(single)
        .chain(lists)
        .map(String::as_str)
        .collect();
    all.join("\n")
}

/// Whether a line is withheld, or belongs to a document that is not shown.
fn is_in(known: Option<&Withheld>, line: usize) -> bool {
    known.is_some_and(|known| {
        known.whole.is_some()
            || known.hidden.iter().any(|lines| lines.contains(&line))
            || known.lines.iter().any(|(lines, _)| lines.contains(&line))
    })
}

/// Every line of some ranges.
fn each(lines: &[(usize, usize)]) -> impl Iterator<Item = usize> + '_ {
    lines.iter().flat_map(|(first, last)| *first..=*last)
}

/// The document to which lines belong: the one whose lines they are, else the one before them.
fn part_of(lines: &[(usize, usize)], parts: &[Part<'_>]) -> Option<usize> {
    let (first, _) = lines.first()?;
    let holds = |part: &Part<'_>| part.lines().contains(first);
    parts
        .iter()
        .position(holds)
        .or_else(|| {
            let before = parts.iter().enumerate().filter(|(_, part)| part.lines().start() <= first);
            before.max_by_key(|(_, part)| *part.lines().start()).map(|(number, _)| number)
        })
        .or(if parts.is_empty() { None } else { Some(0) })
}

/// The words of a run, as messages show them.
fn said(run: &Missing, words: &[Word], vocabulary: &Vocabulary) -> String {
    const SAID: usize = 12;
    let said = run.words.iter().take(SAID).map(|at| vocabulary.text(words[*at].id));
    let mut said = said.collect::<Vec<_>>().join(" ");
    if run.words.len() > SAID {
        said.push_str(" …");
    }
    said
}

/// A mark of which nobody can tell what it replaces: none of the document's lines are shown.
fn unplaced(seed: &str, part: &Part<'_>, lines: &[SeedLine], found: &mut Findings) {
    let own = part.lines();
    for line in each(&lines.iter().map(|line| line.place).collect::<Vec<_>>()) {
        if own.contains(&line) {
            found.bars.entry(line).or_insert(Bar::Asked);
        }
    }
    let Some(mark) = mark::marks(part.body()).into_iter().next() else { return };
    let range = part.body + mark.range.start..part.body + mark.range.end;
    let message = format!("no words of seeds/{seed} are missing at this mark");
    found.faults.push(
        Diagnostic::warning(part.path, message)
            .at(Position::of(part.text, range))
            .note("until this is settled, readers do not see the document's lines of the seed")
            .expected("a mark in place of the words that it withholds")
            .help("name the lines: `[[withheld]]` with `lines = [12, 14]` and a `reason`"),
    );
}

/// Whether a seed is not the one whose lines were withheld; line ends are no difference.
fn changed(seed: &str, bytes: &[u8], parts: &[Part<'_>], faults: &mut Vec<Diagnostic>) -> bool {
    let is_kept = |at: usize| bytes[at] != b'\r' || bytes.get(at + 1) != Some(&b'\n');
    let unix: Vec<u8> = (0..bytes.len()).filter(|at| is_kept(*at)).map(|at| bytes[at]).collect();
    let windows: Vec<u8> = unix
        .iter()
        .flat_map(|b| if *b == b'\n' { &b"\r\n"[..] } else { std::slice::from_ref(b) })
        .copied()
        .collect();
    let hex = |bytes: &[u8]| HEXLOWER.encode(&Sha256::digest(bytes));
    let now = hex(bytes);
    let same = [now.clone(), hex(&unix), hex(&windows)];
    let mut is_changed = false;
    for part in parts.iter().filter(|part| part.record.withheld.iter().any(|w| w.lines.is_some())) {
        let known = part.record.source.as_ref().and_then(|source| source.sha256.as_ref());
        if known.is_none_or(|known| same.contains(known)) {
            continue;
        }
        is_changed = true;
        faults.push(
            Diagnostic::warning(
                part.path,
                format!("seeds/{seed} has changed since its lines were withheld"),
            )
            .note("until this is settled, readers see nothing of the seed")
            .expected("the seed that has the checksum `sha256` in `[source]`")
            .help(format!(
                "check that the lines are still the same, then write `sha256 = \"{now}\"`"
            )),
        );
    }
    is_changed
}

/// Names withheld lines that the seed does not have.
fn outside(text: &str, parts: &[Part<'_>], faults: &mut Vec<Diagnostic>) {
    let count = text.strip_suffix('\n').unwrap_or(text).split('\n').count();
    for part in parts {
        let mut places = None;
        for (number, entry) in part.record.withheld.iter().enumerate() {
            let Some((_, last)) = entry.lines.filter(|(_, last)| *last > count) else { continue };
            let places = places.get_or_insert_with(|| content::withheld_places(part.source_text()));
            let range = places.get(number).cloned().unwrap_or(0..3);
            faults.push(
                Diagnostic::error_at(
                    part.source_text(),
                    range,
                    format!("the seed has no line {last}"),
                )
                .expected(format!("lines from 1 to {count}"))
                .help("count them as `fonds ingest --explain` does"),
            );
        }
    }
}

fn plain_lines(text: &str) -> Vec<SeedLine> {
    let line = |(text, number): (&str, usize)| SeedLine {
        text: text.to_owned(),
        place: (number, number),
        dropped: false,
    };
    text.split('\n').zip(1..).map(line).collect()
}

/// The questions that deleted words raise: one warning for each run.
pub fn questions(removed: &[Removed]) -> impl Iterator<Item = Diagnostic> + '_ {
    removed.iter().map(|removed| {
        let (first, last) = removed.lines;
        let lines = if first == last { format!("line {first}") } else { format!("lines {first} to {last}") };
        let message = format!("words of {lines} of seeds/{} are not in the text: `{}`", removed.seed, removed.words);
        Diagnostic::warning(removed.path.clone(), message)
            .at(removed.position.clone())
            .note("until you answer, readers do not see these lines of the seed")
            .expected("a correction, or something that readers must not see")
            .help(format!(
                "if it is a correction, add `[[corrected]]` with `lines = [{first}, {last}]`; if not, add `[[withheld]]` with the same lines and a `reason`"
            ))
    })
}
