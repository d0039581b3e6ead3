//! The seeds that documents were read from, as readers may see them: the lines on source pages, and the
//! files for download. What is withheld is in neither.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::sync::atomic::Ordering;
use std::sync::{Arc, OnceLock};

use data_encoding::HEXLOWER;
use parking_lot::Mutex;
use sha2::{Digest, Sha256};

use super::Stage;
use super::engine::View;
use crate::archive::{DocumentId, Withheld};
use crate::diagnostic::Diagnostic;
use crate::files::{Key, Memo, key_of};
use crate::ingest::{self, LeftOutLines, SeedLine};
use crate::legible::legible;
use crate::scan::Scan;
use crate::site::{Page, SeedRead, SeedRow};
use crate::withheld::{self, Bar, Findings, Part, SeedAndParts};

/// Seeds that several documents come from, by their paths below `seeds/`: what would cost too much to find out anew for
/// each of their documents.
#[derive(Default)]
pub struct SharedSeeds(Mutex<BTreeMap<String, Arc<SharedSeed>>>);

#[derive(Default)]
struct SharedSeed {
    text: OnceLock<Arc<SeedText>>,
    /// Whether it is cut, and whether other seeds of its folder were read to know it.
    cut: OnceLock<(bool, bool)>,
    is_untouched: OnceLock<bool>,
    /// What the pages of all its documents depend on, once all of it is known.
    inputs: OnceLock<Key>,
}

/// A seed as source pages show it.
#[derive(Debug)]
struct SeedText {
    /// Its lines that readers may see.
    text: String,
    /// Where each of them begins, in bytes.
    starts: Vec<usize>,
    /// Their numbers in the seed; none if they are all of its lines.
    numbers: Option<Vec<usize>>,
    /// Why lines are not shown.
    bars: BTreeMap<usize, String>,
    /// SHA-256 of its bytes, in hexadecimal.
    sha256: String,
    /// Whether it is still in the archive.
    present: bool,
    /// Whether nothing of it is shown: it is not the one whose lines were withheld.
    shut: bool,
    /// Whether a record withholds something of it.
    withholds: bool,
    /// Whether it is shut, or words were taken out of a text and nobody has said why.
    asked: bool,
    kind: Kind,
    /// Whether other seeds of its folder were read to know what of it is shown.
    looks_further: bool,
    /// Of a PDF its size in bytes.
    pdf: Option<usize>,
    /// The lines at which its pages but the first begin.
    feeds: Vec<usize>,
}

/// What a seed is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    /// An e-mail as it came.
    Mail,
    /// An office text or a PDF: its lines are read from it, and cannot be taken out of it.
    Bound,
    /// Something that has no lines.
    Other,
}

impl SeedText {
    /// Its lines from one to another, each with its number.
    fn lines(&self, from: usize, to: usize) -> impl Iterator<Item = (usize, &str)> {
        let number = |at: usize| match &self.numbers {
            Some(numbers) => numbers.get(at).copied().unwrap_or(at + 1),
            None => at + 1,
        };
        let (first, end) = match &self.numbers {
            Some(_) => (0, self.starts.len()),
            None => (from.saturating_sub(1), to.min(self.starts.len())),
        };
        let line = move |at: usize| {
            let start = self.starts.get(at).copied()?;
            let end = self.starts.get(at + 1).map_or(self.text.len(), |next| next - 1);
            Some((number(at), self.text.get(start..end)?.trim_end_matches('\r')))
        };
        (first..end).filter_map(line).filter(move |(number, _)| (from..=to).contains(number))
    }

    /// The page that a line is on, counted from 1.
    fn page_of(&self, line: usize) -> usize {
        1 + self.feeds.partition_point(|feed| *feed <= line)
    }

    /// The words from one line on, up to another.
    fn beginning(&self, from: usize, to: usize) -> String {
        const ENOUGH: usize = 600;
        let mut words = String::new();
        for (_, line) in self.lines(from, to) {
            words.extend([line, " "]);
            if words.len() > ENOUGH {
                break;
            }
        }
        words
    }

    /// Whether there is anything in it that readers must not see.
    fn is_redacted(&self) -> bool {
        self.shut || !self.bars.is_empty()
    }
}

/// What the page of a document says of its seed.
#[derive(Debug, Clone, Default)]
pub(super) struct Seen {
    /// Whether something in the seed must not be seen: its checksum would help to guess it.
    pub redacted: bool,
    /// Whether readers learn of it: that there are documents that are not shown is kept back.
    pub told: bool,
    /// Whether more of it must not be seen than what the document itself withholds.
    pub asked: bool,
    /// Lines that doubts point at and that the source page shows.
    pub lines: Vec<usize>,
    /// The seed, if it is a PDF.
    pub pdf: Option<SeedPdf>,
    /// How many pages the seed's text has, as far as it says so.
    pub pages: usize,
    /// How the document's text begins on each further page of the seed, by the number of the page.
    pub turns: Vec<(usize, String)>,
}

/// Whose words the text of a document are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wording {
    /// The seed's: the text is as ingest drafted it, so that nothing of the seed is missing in it.
    Drafted,
    /// A person's, perhaps: it is compared with the seed.
    Edited,
}

/// A PDF from which a document was read.
#[derive(Debug, Clone, Copy)]
pub(super) struct SeedPdf {
    /// Whether it is published.
    pub offered: bool,
    /// In bytes.
    pub size: usize,
    pub pages: usize,
    /// The page on which the document begins.
    pub page: usize,
    /// The page on which it ends.
    pub last: usize,
}

impl Stage<'_> {
    /// Makes the source page of a document, and the seed for download if no earlier document of the same seed
    /// does.
    pub(super) fn seed_files(&self, id: DocumentId, wording: Wording) -> Seen {
        let document = self.plan.archive.document(id);
        let source = document.record.source.as_ref();
        let Some(seed) = source.and_then(|source| source.seed.as_deref()) else {
            return Seen::default();
        };
        let has_page = self.plan.has_source_page(id);
        let brings = document.same_seed.iter().all(|other| *other >= id);
        let has_file = brings && self.plan.has_download(seed);
        let withheld = self.plan.archive.withheld_seeds.get(seed);
        let withholds = withheld.is_some();
        if !has_page && !has_file && !withholds {
            return Seen::default();
        }
        let read = self.seed(id, seed, wording);
        self.looks_further.fetch_or(read.looks_further, Ordering::Relaxed);
        self.verify_seed(id, seed, &read);
        let lines = if has_page { self.source_page(id, seed, &read) } else { Vec::new() };
        if has_file && self.plan.is_main() {
            self.download(seed, &read);
        }
        let is_told = withheld.is_some_and(Withheld::is_told);
        // A file that is not named as a PDF is not published as one.
        let is_named = self.plan.seed_path(seed).to_lowercase().ends_with(".pdf");
        let offered = is_named && self.plan.has_download(seed) && self.may_download(&read);
        let from = source.and_then(|source| source.lines).map_or(1, |(first, _)| first);
        let feeds = &read.feeds;
        let to = source.and_then(|source| source.lines).map_or(usize::MAX, |(_, last)| last);
        let page_of = |line: usize| read.page_of(line);
        // Pages without a text behind the last document are its own.
        let is_last = feeds.last().is_none_or(|feed| *feed <= to);
        let pdf = read.pdf.map(|size| SeedPdf {
            offered,
            size,
            pages: feeds.len() + 1,
            page: page_of(from),
            last: if is_last { usize::MAX } else { page_of(to) },
        });
        let turns = (2..).zip(feeds).filter(|(_, feed)| (from..=to).contains(*feed));
        let turns = turns.map(|(page, feed)| (page, read.beginning(*feed, to))).collect();
        let asked = read.asked || withheld.is_some_and(|withheld| !withheld.hidden.is_empty());
        let redacted = withholds || read.is_redacted();
        let told = is_told || read.is_redacted();
        Seen { redacted, told, asked, lines, pdf, pages: feeds.len() + 1, turns }
    }

    /// Tells of a seed that is not the one that a document was read from. That nothing of it is shown any more
    /// is reported elsewhere.
    fn verify_seed(&self, id: DocumentId, seed: &str, read: &SeedText) {
        let document = self.plan.archive.document(id);
        let known = document.record.source.as_ref().and_then(|source| source.sha256.as_ref());
        let Some(known) = known.filter(|known| **known != read.sha256) else { return };
        if read.shut || !read.present {
            return;
        }
        // Version control may have changed the ends of lines, which is no change of the text.
        let bytes = self.sources.read(&format!("seeds/{seed}")).unwrap_or_default();
        if ingest::sha256_of_lines(&bytes).as_ref() == Some(known) {
            return;
        }
        self.report.push(
            Diagnostic::warning(&document.path, format!("`seeds/{seed}` has changed"))
                .note(format!("its SHA-256 is {}", read.sha256))
                .expected(format!("{known}, the `sha256` in `[source]`"))
                .help(
                    "bring the seed back from a backup; if its change is right, compare the text \
                     with it, and write the new `sha256`",
                ),
        );
    }

    /// Makes the page; gives the lines that doubts point at, as far as it shows them.
    fn source_page(&self, id: DocumentId, seed: &str, read: &SeedText) -> Vec<usize> {
        let record = &self.plan.archive.document(id).record;
        let source = record.source.as_ref();
        let (from, to) = source.and_then(|source| source.lines).unwrap_or((1, usize::MAX));
        let left_out = self.left_out(id, read);
        let mut above = 0;
        let rows = read.lines(from, to).map(|(number, text)| {
            let page = read.page_of(number);
            let begins = !read.feeds.is_empty() && std::mem::replace(&mut above, page) != page;
            SeedRow {
                number,
                text,
                bar: read.bars.get(&number).map(String::as_str),
                left_out: left_out.get(&number).copied(),
                page: begins.then_some(page),
            }
        });
        // Of a seed that is gone the page says so, and shows no line.
        let shows = read.present && !read.shut;
        let sealed = SeedRead {
            rows: if shows { rows.collect() } else { Vec::new() },
            sha256: &read.sha256,
            present: read.present,
            shut: read.shut,
            redacted: read.is_redacted(),
            mail: read.kind == Kind::Mail,
            download: self.plan.has_download(seed) && self.may_download(read),
        };
        let lines = record.review.iter().filter_map(|review| review.line);
        let lines = lines.filter(|line| self.plan.shows_line(seed, &sealed, *line)).collect();
        if !self.plan.is_main() {
            return lines;
        }
        let Some(view) = self.plan.source_page_view(id, &sealed) else { return Vec::new() };
        let mut context = View::default();
        context.insert("source", view);
        self.write(&Page::Source(id), "source.html", context);
        lines
    }

    /// The lines of the seed that the document's text leaves out; none if the seed is not the one that was read.
    fn left_out(&self, id: DocumentId, read: &SeedText) -> LeftOutLines {
        let document = self.plan.archive.document(id);
        let known = document.record.source.as_ref().and_then(|source| source.sha256.as_ref());
        match known.is_some_and(|known| *known == read.sha256) {
            true => self.drafted.left_out(&document.path),
            false => LeftOutLines::new(),
        }
    }

    /// The seed at a path of the site.
    pub fn seed_at(&self, path: &str) {
        let archive = &self.plan.archive;
        let found = self.plan.document_ids().find(|id| {
            let source = archive.document(*id).record.source.as_ref();
            let seed = source.and_then(|source| source.seed.as_deref());
            seed.is_some_and(|seed| self.plan.seed_path(seed) == path)
        });
        if let Some(id) = found {
            self.seed_files(id, Wording::Edited);
        }
    }

    /// A seed's text; one that several documents come from is read once and kept.
    fn seed(&self, id: DocumentId, seed: &str, wording: Wording) -> Arc<SeedText> {
        if self.plan.archive.document(id).same_seed.is_empty() {
            return Arc::new(self.read_seed(id, seed, wording));
        }
        let kept = self.shared(seed);
        Arc::clone(kept.text.get_or_init(|| Arc::new(self.read_seed(id, seed, Wording::Edited))))
    }

    fn shared(&self, seed: &str) -> Arc<SharedSeed> {
        Arc::clone(self.seeds.0.lock().entry(seed.to_owned()).or_default())
    }

    /// The seed of a document, and what is kept of it if several documents come from it.
    fn seed_of(&self, id: DocumentId) -> Option<(&str, Option<Arc<SharedSeed>>)> {
        let document = self.plan.archive.document(id);
        let seed = document.record.source.as_ref()?.seed.as_deref()?;
        Some((seed, (!document.same_seed.is_empty()).then(|| self.shared(seed))))
    }

    /// Whether a memo knows that no document of the same seed changed.
    pub(super) fn is_seed_untouched(&self, id: DocumentId, memo: &Memo<'_>) -> bool {
        let archive = &self.plan.archive;
        let same_seed = &archive.document(id).same_seed;
        let all = || same_seed.iter().all(|id| memo.is_untouched(&archive.document(*id).path));
        match self.seed_of(id) {
            Some((_, Some(shared))) => *shared.is_untouched.get_or_init(all),
            _ => true,
        }
    }

    /// The key of what the texts of all documents of a seed depend on.
    pub(super) fn seed_inputs(&self, id: DocumentId) -> Option<Key> {
        let (seed, shared) = self.seed_of(id)?;
        let kept = shared.as_ref().and_then(|shared| shared.inputs.get().copied());
        if kept.is_some() {
            return kept;
        }
        let (plan, archive) = (self.plan, &self.plan.archive);
        let hash_of = |path: &str| self.sources.hash(path).map(|hash| hash.to_hex().to_string());
        let others = archive.document(id).same_seed.iter().map(|other| {
            let path = &archive.document(*other).path;
            (path, hash_of(path), self.drafted.hash_of(path))
        });
        let (own, others) = (hash_of(&format!("seeds/{seed}")), others.collect::<Vec<_>>());
        let is_known = own.is_some() && others.iter().all(|(_, hash, _)| hash.is_some());
        let inputs = key_of(&(
            (own, self.withheld_of(seed), others, self.drafted.of_seed(seed)),
            (plan.has_download(seed), plan.seed_path(seed), plan.seed_address(seed)),
        ));
        if let Some(shared) = shared.filter(|_| is_known) {
            let _ = shared.inputs.set(inputs);
        }
        Some(inputs)
    }

    fn read_seed(&self, id: DocumentId, seed: &str, wording: Wording) -> SeedText {
        // A seed that is gone is no fault of the site's: the page says so.
        let bytes = self.sources.read(&format!("seeds/{seed}")).unwrap_or_default();
        let source = self.plan.archive.document(id).record.source.as_ref();
        let encoding = source.and_then(|source| source.encoding.as_deref());
        let known = self.plan.archive.withheld_seeds.get(seed);
        let found = match wording == Wording::Drafted && known.is_none() {
            true => Findings::default(),
            false => self.examined(id, seed, &bytes),
        };
        let (mut pdf, mut feeds) = (None, Vec::new());
        let (text, numbers, bars, kind) = match ingest::mail_lines(seed, &bytes) {
            Some(lines) => {
                let last = lines.iter().map(|line| line.place.1).max().unwrap_or(0);
                let bars = mail_bars(&lines, &self.reasons(seed, &found, last));
                let numbers = lines.iter().map(|line| line.place.0).collect();
                let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
                (texts.join("\n"), Some(numbers), bars, Kind::Mail)
            }
            None => match ingest::seed_text(seed, &bytes, encoding) {
                Some(text) => {
                    let lines = text.split('\n').zip(1..);
                    let begins = lines.filter(|(line, _)| line.starts_with('\u{C}'));
                    feeds = begins.map(|(_, number)| number).collect();
                    pdf = (Scan::of(&bytes) == Some(Scan::Pdf)).then_some(bytes.len());
                    let text = legible(&text).into_owned();
                    let last = text.split('\n').count();
                    let bars = self.reasons(seed, &found, last);
                    let is_bound = ingest::is_bound(seed, &bytes);
                    (text, None, bars, if is_bound { Kind::Bound } else { Kind::Text })
                }
                None => (String::new(), None, BTreeMap::new(), Kind::Other),
            },
        };
        let ends = text.bytes().enumerate().filter(|(_, b)| *b == b'\n').map(|(at, _)| at + 1);
        SeedText {
            starts: std::iter::once(0).chain(ends).collect(),
            text,
            numbers,
            bars,
            sha256: HEXLOWER.encode(&Sha256::digest(&bytes)),
            present: !bytes.is_empty(),
            shut: found.shut,
            withholds: known.is_some(),
            asked: found.shut || found.bars.values().any(|bar| *bar == Bar::Asked),
            kind,
            looks_further: found.looks_further,
            pdf,
            feeds,
        }
    }

    /// Whether somebody took words of the seed out of a document without a word, or something of it is withheld.
    pub(super) fn is_cut(&self, id: DocumentId) -> bool {
        let Some((seed, shared)) = self.seed_of(id) else { return false };
        let find = || {
            let bytes = self.sources.read(&format!("seeds/{seed}")).unwrap_or_default();
            let found = self.compared(id, seed, &bytes);
            (found.shut || !found.bars.is_empty(), found.looks_further)
        };
        let (is_cut, looks_further) = match shared {
            Some(shared) => *shared.cut.get_or_init(find),
            None => find(),
        };
        self.looks_further.fetch_or(looks_further, Ordering::Relaxed);
        is_cut
    }

    /// The seed compared with all its documents; what is wrong is reported.
    fn examined(&self, id: DocumentId, seed: &str, bytes: &[u8]) -> Findings {
        let found = self.compared(id, seed, bytes);
        self.report.extend(found.faults.iter().cloned());
        self.report.extend(withheld::questions(&found.removed));
        found
    }

    fn compared(&self, id: DocumentId, seed: &str, bytes: &[u8]) -> Findings {
        let archive = &self.plan.archive;
        let own = [id];
        let ids = match &*archive.document(id).same_seed {
            [] => &own,
            all => all,
        };
        let files: Vec<(DocumentId, String)> = ids
            .iter()
            .copied()
            .map(|id| {
                let bytes = self.sources.look_into(&archive.document(id).path);
                let text = bytes.map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
                (id, text.unwrap_or_default())
            })
            .collect();
        let mut parts: Vec<Part<'_>> = files
            .iter()
            .map(|(id, text)| {
                let document = archive.document(*id);
                Part {
                    path: &document.path,
                    text,
                    body: document.body.start,
                    record: &document.record,
                }
            })
            .collect();
        parts.sort_by_key(|part| part.first_line());
        let known = archive.withheld_seeds.get(seed);
        self.examiner.examine(&SeedAndParts { seed, bytes, parts: &parts, known }, self.sources)
    }

    /// Why lines of a seed, up to its last, are not shown, in the words of the interface.
    fn reasons(&self, seed: &str, found: &Findings, last: usize) -> BTreeMap<usize, String> {
        let words = self.plan.words;
        let withheld = |reason: &str| words.with("withheld", &[("reason", reason)]);
        let mut reasons = BTreeMap::new();
        for (line, bar) in &found.bars {
            let words = match bar {
                Bar::Withheld(reason) => withheld(reason),
                Bar::Asked => words.get("source-asked"),
            };
            reasons.insert(*line, words);
        }
        let known = self.plan.archive.withheld_seeds.get(seed);
        for (lines, reason) in known.iter().flat_map(|known| &known.lines) {
            for line in *lines.start()..=last.min(*lines.end()) {
                reasons.insert(line, withheld(reason));
            }
        }
        reasons
    }

    fn may_download(&self, read: &SeedText) -> bool {
        let is_kind = match read.kind {
            Kind::Text => true,
            Kind::Mail => self.plan.config.outputs.raw_mail,
            Kind::Bound => !read.withholds && !read.is_redacted(),
            Kind::Other => !read.withholds,
        };
        read.present && !read.shut && is_kind
    }

    /// Hands the seed to the sink, without what is withheld. Of an e-mail only the lines that are shown are
    /// left then, since its parts may say the same thing in several ways.
    fn download(&self, seed: &str, read: &SeedText) {
        if !self.may_download(read) {
            return;
        }
        let path = self.plan.seed_path(seed);
        if read.bars.is_empty() {
            if let Ok(bytes) = self.sources.read(&format!("seeds/{seed}")) {
                self.put(&path, &bytes);
            }
            return;
        }
        let mut text = String::new();
        for (number, line) in read.lines(1, usize::MAX) {
            let line = match read.bars.get(&number) {
                Some(bar) => Cow::Owned(format!("[{bar}]")),
                None => Cow::Borrowed(line),
            };
            // Never fails: a `String` takes everything.
            let _ = writeln!(text, "{line}");
        }
        self.put(&path, text.as_bytes());
    }
}

/// The lines of an e-mail that are not shown, by the first line of the seed that they were read from.
fn mail_bars(lines: &[SeedLine], reasons: &BTreeMap<usize, String>) -> BTreeMap<usize, String> {
    let bar = |line: &SeedLine| {
        let (_, reason) = reasons.range(line.place.0..=line.place.1).next()?;
        Some((line.place.0, reason.clone()))
    };
    lines.iter().filter_map(bar).collect()
}
