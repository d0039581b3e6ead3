//! Writing: shards in, the files of the index out.

use std::borrow::Cow;
use std::collections::VecDeque;

use rayon::prelude::*;
use rustc_hash::FxHashSet;

use super::bits::{varint, zigzag};
use super::chunk::{self, Chunks, Entry};
use super::document::Tables;
use super::facet::{self, Facet, Ranked};
use super::fold::is_ideographic;
use super::hash::{Hash, put};
use super::inflections::{self, Inflections, inflections};
use super::kept::{Analysed, json};
use super::manifest::{self, Manifest};
use super::merge::{self, Dictionary, Term};
use super::pairs::{self, Pair, Pairs};
use super::positions;
use super::postings::{Coded, Collection, Scratch, code};
use super::reader;
use super::shard::{Days, Shard};
use super::spelling::is_spelling;
use super::stem::LANGUAGES;
use super::table;
use crate::files::{FileError, Shelf, Sink};
use crate::letters::is_letter;

/// Words kept for suggestions.
const COMMON: usize = 4000;
/// Terms coded at once.
const BATCH: usize = 2048;
/// Common words whose pairs are gathered at once.
const FIRST_WORDS: usize = 16;

/// Where the page finds the index: paths below the site's root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The manifest.
    pub manifest: String,
    /// The script of the worker.
    pub worker: String,
}

/// Writes the index of all shards, in order, and the reader. The files depend on the documents and the
/// tables alone. What the next index can use again is kept on the shelf.
pub fn write(
    analysed: Vec<Analysed>,
    tables: &Tables,
    shelf: Option<&Shelf<'_>>,
    sink: &dyn Sink,
) -> Result<Written, FileError> {
    let mut analysed = analysed;
    let common_words = pairs::common(analysed.iter().map(|analysed| &analysed.shard));
    let shards = analysed.iter_mut().map(|analysed| &mut analysed.shard);
    let has_new_pairs = pairs::gather(shards, &common_words);
    if let Some(shelf) = shelf {
        Analysed::keep(&analysed, &has_new_pairs, shelf);
    }
    let mut shards: Vec<Shard> = analysed.into_iter().map(|analysed| analysed.shard).collect();
    let collection = Collection::of(&shards);
    let ranked: Vec<Ranked<'_>> =
        Facet::all(tables).into_iter().map(|facet| facet::rank(facet, &shards, tables)).collect();
    let organizations = merge::name_terms(&ranked[Facet::Organization.index()], "org");
    let people = merge::name_terms(&ranked[Facet::Person.index()], "person");
    let mut dictionary = Writer::new(&collection, sink);
    dictionary.pairs(&shards, &common_words)?;
    shards.iter_mut().for_each(|shard| shard.pairs = None);
    let shards = shards;
    let limit = |facet: Facet| ranked[facet.index()].values().len() as u32;
    let limits = [Facet::Organization, Facet::Person].map(limit);
    let all = Dictionary::of(&shards, &organizations, &people);
    let terms: Vec<Term<'_>> = all.terms().collect();
    dictionary.words(&terms, &common_words, limits)?;
    let json = json::Writer::new(sink, shelf);
    let stemmers = terms.iter().fold(0, |bits, term| bits | term.stemmers());
    let manifest = Manifest {
        documents: collection.documents,
        dated: shards.iter().flat_map(|shard| &shard.days).flatten().count() as u32,
        chunks: dictionary.finish()?,
        block: collection.sizes.block,
        table: table::write(&shards, collection.sizes.block, &json)?,
        lengths: put(sink, &collection.lengths.file())?,
        days: put(sink, &days(&shards))?,
        common: json.put(&common(&terms))?,
        facets: facets(&ranked, collection.documents, tables, &json)?,
        stemmers: programs(stemmers, &json)?,
    };
    json.finish();
    let manifest = manifest::write(manifest, sink)?;
    let worker = reader::write(&manifest, sink)?;
    Ok(Written { manifest, worker })
}

/// Writes the reader alone, for pages that ask a server; gives the path of the worker's script.
pub fn write_reader(sink: &dyn Sink) -> Result<String, FileError> {
    reader::write_worker(sink)
}

fn facets(
    ranked: &[Ranked<'_>],
    documents: u32,
    tables: &Tables,
    json: &json::Writer<'_>,
) -> Result<Vec<serde_json::Value>, FileError> {
    let filled = ranked.iter().filter(|ranked| !ranked.values().is_empty());
    filled.map(|ranked| facet::write(ranked, documents, tables, json)).collect()
}

/// Writes the stemming algorithms of the languages with these bits; gives the tag and the file of each.
fn programs(
    stemmers: u32,
    json: &json::Writer<'_>,
) -> Result<Vec<(&'static str, Hash)>, FileError> {
    let present = LANGUAGES.iter().enumerate().filter(|(bit, _)| stemmers & (1 << bit) != 0);
    present.map(|(_, language)| Ok((language.tag, json.put(&language.program())?))).collect()
}

/// Writes the dictionary: codes terms a batch at a time, and writes each chunk once the positions of its terms have
/// their place, so that little is in memory at once.
struct Writer<'a> {
    collection: &'a Collection,
    positions: positions::Writer<'a>,
    chunks: chunk::Writer<'a>,
    /// Terms whose positions are in a file that is not full.
    waiting: VecDeque<Entry<'a>>,
}

impl<'a> Writer<'a> {
    fn new(collection: &'a Collection, sink: &'a dyn Sink) -> Self {
        Self {
            collection,
            positions: positions::Writer::new(collection.sizes.shared, sink),
            chunks: chunk::Writer::new(collection.sizes, sink),
            waiting: VecDeque::new(),
        }
    }

    /// Adds the pairs of all shards, which come before all words.
    fn pairs(&mut self, shards: &[Shard], common: &[String]) -> Result<(), FileError> {
        let pairs: Vec<&Pairs> = shards.iter().filter_map(|shard| shard.pairs.as_ref()).collect();
        for start in (0..common.len()).step_by(FIRST_WORDS) {
            let words = start..common.len().min(start + FIRST_WORDS);
            let gathered = pairs::beginning_with(words, common, &pairs);
            let code = |scratch: &mut Scratch, pair: Pair<'_>| {
                let parts = pair.postings.iter().map(|postings| (*postings, [].as_slice()));
                let coded = code(parts, self.collection, scratch);
                entry(Cow::Owned(pair.text), coded)
            };
            let coded: Vec<_> = gathered.into_par_iter().map_init(Scratch::default, code).collect();
            self.add(coded)?;
        }
        Ok(())
    }

    /// Adds words, given how many organizations and people there are.
    fn words(
        &mut self,
        words: &[Term<'a>],
        common: &[String],
        limits: [u32; 2],
    ) -> Result<(), FileError> {
        let inflections =
            inflections(&words.iter().map(inflections::Word::from).collect::<Vec<_>>());
        let common: FxHashSet<&str> = common.iter().map(String::as_str).collect();
        let mut places = 0..words.len() as u32;
        let mut stems = (0..).zip(inflections.stems()).peekable();
        for batch in words.chunks(BATCH) {
            let code = |scratch: &mut Scratch, term: &Term<'a>| {
                let (mut entry, positions) = word(term, limits, self.collection, scratch);
                entry.common = common.contains(term.text());
                (entry, positions)
            };
            let coded: Vec<_> = batch.par_iter().map_init(Scratch::default, code).collect();
            let mut all = Vec::with_capacity(coded.len());
            for ((mut entry, positions), place) in coded.into_iter().zip(&mut places) {
                while let Some((number, _)) = stems.next_if(|(_, stem)| stem.terms_before <= place)
                {
                    all.push(stem_entry(number, &inflections));
                }
                let own = inflections.place_among_stems(place) as i32;
                let other =
                    |mate| inflections.place_among_stems(place.saturating_add_signed(mate)) as i32;
                entry.inflections = inflections.of(place).map(|mate| other(mate) - own).collect();
                all.push((entry, positions));
            }
            self.add(all)?;
        }
        self.add(stems.map(|(number, _)| stem_entry(number, &inflections)).collect())
    }

    fn add(&mut self, coded: Vec<(Entry<'a>, positions::Coded)>) -> Result<(), FileError> {
        for (mut entry, stretches) in coded {
            entry.place = self.positions.add(stretches)?;
            self.waiting.push_back(entry);
        }
        let full = self.positions.shared().len();
        while let Some(entry) = self.waiting.pop_front_if(|entry| entry.place.is_before(full)) {
            self.chunks.add(&entry, self.positions.shared())?;
        }
        Ok(())
    }

    fn finish(mut self) -> Result<Chunks, FileError> {
        self.positions.finish()?;
        let shared = self.positions.shared();
        self.waiting.iter().try_for_each(|entry| self.chunks.add(entry, shared))?;
        self.chunks.finish()
    }
}

/// The entry of a word and its positions.
fn word<'a>(
    term: &Term<'a>,
    [organizations, people]: [u32; 2],
    collection: &Collection,
    scratch: &mut Scratch,
) -> (Entry<'a>, positions::Coded) {
    if is_spelling(term.text()) {
        // It leads to another term, which has the documents.
        return (Entry::new(Cow::Borrowed(term.text())), positions::Coded::new());
    }
    let parts = term.postings().map(|part| (part.postings, part.steps));
    let mut coded = code(parts, collection, scratch);
    let named = (term.organizations(), term.people());
    coded.lists.list(&named.0, organizations);
    coded.lists.list(&named.1, people);
    let (mut entry, positions) = entry(Cow::Borrowed(term.text()), coded);
    (entry.organizations, entry.people) = (named.0.len() as u32, named.1.len() as u32);
    (entry, positions)
}

/// The entry of the nth stem, which leads to its forms.
fn stem_entry<'a>(number: usize, inflections: &Inflections) -> (Entry<'a>, positions::Coded) {
    let text = inflections.stems()[number].text.clone();
    let entry = Entry {
        inflections: inflections.of_stem(number).collect(),
        ..Entry::new(Cow::Owned(text))
    };
    (entry, positions::Coded::new())
}

/// A term's entry, without place and inflections and names, and its positions.
fn entry(text: Cow<'_, str>, coded: Coded) -> (Entry<'_>, positions::Coded) {
    let entry = Entry {
        count: coded.count,
        occurrences: coded.occurrences,
        title_count: coded.title_count,
        lists: coded.lists.finish().into(),
        ..Entry::new(text)
    };
    (entry, coded.positions)
}

/// The words that most documents hold, most first: what a misspelt first letter is mended from.
fn common(terms: &[Term<'_>]) -> String {
    let is_suggested =
        |text: &str| text.len() > 3 && text.chars().all(|c| is_letter(c) && !is_ideographic(c));
    let mut words: Vec<(u32, &str)> = terms
        .iter()
        .filter(|term| is_suggested(term.text()))
        .map(|term| (term.count(), term.text()))
        .collect();
    let order = |a: &(u32, &str), b: &(u32, &str)| b.0.cmp(&a.0).then(a.1.cmp(b.1));
    if words.len() > COMMON {
        words.select_nth_unstable_by(COMMON, order);
        words.truncate(COMMON);
    }
    words.sort_unstable_by(order);
    let words: Vec<&str> = words.into_iter().map(|(_, text)| text).collect();
    serde_json::json!(words).to_string()
}

/// The date of each document, as `FORMAT.md` describes it.
fn days(shards: &[Shard]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut previous = 0;
    for days in shards.iter().flat_map(|shard| &shard.days) {
        let Some(Days { earliest, latest, is_sure }) = *days else {
            varint(&mut bytes, 0);
            continue;
        };
        let flags = [earliest.is_some(), latest.is_some(), true, !is_sure];
        let flags = (0..).zip(flags).map(|(bit, flag)| u64::from(flag) << bit);
        varint(&mut bytes, flags.sum());
        for day in [earliest, latest].into_iter().flatten() {
            varint(&mut bytes, zigzag(day - previous));
            previous = day;
        }
    }
    bytes
}
