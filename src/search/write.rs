//! Writing: shards in, the files of the index out.

use std::collections::{BTreeSet, VecDeque};

use rayon::prelude::*;

use super::bits::{varint, zigzag};
use super::chunk::{self, Chunks, Entry};
use super::document::Tables;
use super::facet::{self, Facet, Ranked};
use super::fold::is_ideographic;
use super::hash::{put, put_json};
use super::manifest::{self, Manifest};
use super::mates::mates;
use super::merge::{self, Dictionary, Term};
use super::pairs;
use super::positions::{self, Place};
use super::postings::{Collection, Scratch, code};
use super::reader;
use super::shard::Shard;
use super::table;
use crate::edtf::Day;
use crate::files::{FileError, Sink};

/// Words kept for suggestions.
const COMMON: usize = 4000;
/// Terms coded at once.
const BATCH: usize = 2048;

/// Where the page finds the index: paths below the site's root.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The manifest.
    pub manifest: String,
    /// The script of the worker.
    pub worker: String,
}

/// Writes the index of all shards, in order, and the reader. The files depend on the documents and the
/// tables alone.
///
/// # Errors
///
/// If the sink cannot take a file.
pub fn write(shards: &[Shard], tables: &Tables, sink: &dyn Sink) -> Result<Written, FileError> {
    let collection = Collection::of(shards);
    let ranked = Facet::ALL.map(|facet| facet::rank(facet, shards, tables));
    let organizations = merge::name_terms(&ranked[Facet::Organization as usize], "org");
    let people = merge::name_terms(&ranked[Facet::Person as usize], "person");
    let common_words = pairs::common(shards);
    let pairs = pairs::pairs(shards, &common_words);
    let all = Dictionary::of(shards, &pairs, &organizations, &people);
    let terms: Vec<Term<'_>> = all.terms().collect();
    let manifest = Manifest {
        documents: collection.documents,
        dated: shards.iter().flat_map(|shard| &shard.days).flatten().count() as u32,
        chunks: dictionary(&terms, &collection, &common_words, &ranked, sink)?,
        block: collection.sizes.block,
        table: table::write(shards, collection.sizes.block, sink)?,
        lengths: put(sink, &collection.lengths.file())?,
        days: put(sink, &days(shards))?,
        common: put_json(sink, &common(&terms))?,
        facets: facets(&ranked, collection.documents, sink)?,
    };
    let manifest = manifest::write(manifest, sink)?;
    let worker = reader::write(&manifest, sink)?;
    Ok(Written { manifest, worker })
}

/// Writes the reader alone, for pages that ask a server; gives the path of the worker's script.
///
/// # Errors
///
/// If the sink cannot take it.
pub fn write_reader(sink: &dyn Sink) -> Result<String, FileError> {
    reader::write_worker(sink)
}

fn facets(
    ranked: &[Ranked],
    documents: u32,
    sink: &dyn Sink,
) -> Result<Vec<serde_json::Value>, FileError> {
    let filled = ranked.iter().filter(|ranked| !ranked.values().is_empty());
    filled.map(|ranked| facet::write(ranked, documents, sink)).collect()
}

/// Codes terms a batch at a time, and writes each chunk once the positions of its terms have their place, so that
/// little is in memory at once.
fn dictionary(
    terms: &[Term<'_>],
    collection: &Collection,
    common: &BTreeSet<&str>,
    ranked: &[Ranked],
    sink: &dyn Sink,
) -> Result<Chunks, FileError> {
    let described: Vec<_> = terms.iter().map(|term| (term.text(), term.stemmers())).collect();
    let mates = mates(&described);
    drop(described);
    let limit = |facet: Facet| ranked[facet as usize].values().len() as u32;
    let limits = [limit(Facet::Organization), limit(Facet::Person)];
    let mut positions = positions::Writer::new(collection.sizes.shared, sink);
    let mut chunks = chunk::Writer::new(collection.sizes, sink);
    let mut waiting = VecDeque::new();
    let mut number = 0;
    for terms in terms.chunks(BATCH) {
        let coded: Vec<_> = terms
            .par_iter()
            .map_init(Scratch::default, |scratch, term| {
                entry(term, collection, common, limits, scratch)
            })
            .collect();
        for (mut entry, stretches) in coded {
            entry.place = positions.add(stretches)?;
            entry.mates = mates.of(number);
            number += 1;
            waiting.push_back(entry);
        }
        let full = positions.shared().len();
        while let Some(entry) = waiting.pop_front_if(|entry| entry.place.is_before(full)) {
            chunks.add(&entry, positions.shared())?;
        }
    }
    positions.finish()?;
    waiting.iter().try_for_each(|entry| chunks.add(entry, positions.shared()))?;
    chunks.finish()
}

/// A term's entry, without place and mates, and its positions.
fn entry<'a>(
    term: &Term<'a>,
    collection: &Collection,
    common: &BTreeSet<&str>,
    [organizations, people]: [u32; 2],
    scratch: &mut Scratch,
) -> (Entry<'a>, Vec<(u32, Vec<u8>)>) {
    let mut coded = code(term.postings(), collection, scratch);
    let named = (term.organizations(), term.people());
    coded.lists.list(&named.0, organizations);
    coded.lists.list(&named.1, people);
    let entry = Entry {
        text: term.text(),
        count: coded.count,
        occurrences: coded.occurrences,
        title_count: coded.title_count,
        organizations: named.0.len() as u32,
        people: named.1.len() as u32,
        lists: coded.lists.finish().into(),
        place: Place::None,
        common: common.contains(term.text()),
        mates: &[],
    };
    (entry, coded.positions)
}

/// The words that most documents hold, most first: what a misspelt first letter is mended from.
fn common(terms: &[Term<'_>]) -> String {
    let is_suggested = |text: &str| {
        text.len() > 3 && text.chars().all(|c| c.is_alphabetic() && !is_ideographic(c))
    };
    let mut words: Vec<(u32, &str)> = terms
        .iter()
        .filter(|term| is_suggested(term.text()))
        .map(|term| (term.count(), term.text()))
        .collect();
    words.sort_unstable_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    words.truncate(COMMON);
    let words: Vec<&str> = words.into_iter().map(|(_, text)| text).collect();
    serde_json::json!(words).to_string()
}

/// First and last possible day of each document, as `FORMAT.md` tells.
fn days(shards: &[Shard]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut previous = 0;
    for days in shards.iter().flat_map(|shard| &shard.days) {
        let (earliest, latest) = days.unwrap_or((None, None));
        let open = u64::from(earliest.is_some()) | u64::from(latest.is_some()) << 1;
        varint(&mut bytes, open | u64::from(days.is_some()) << 2);
        for day in [earliest, latest].into_iter().flatten().map(day_number) {
            varint(&mut bytes, zigzag(day - previous));
            previous = day;
        }
    }
    bytes
}

/// Days from 1 January 1970 in the proleptic Gregorian calendar.
pub(super) fn day_number(day: Day) -> i64 {
    // Years are counted from March, so that the leap day ends them.
    let month = i64::from(day.month);
    let year = i64::from(day.year) - i64::from(month <= 2);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + i64::from(day.day) - 1;
    365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + day_of_year
        - 719_468
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_counted_from_1970() {
        let number = |year, month, day| day_number(Day { year, month, day });
        assert_eq!(number(1970, 1, 1), 0);
        assert_eq!(number(2000, 3, 1), 11_017);
        assert_eq!(number(1969, 12, 31), -1);
        assert_eq!(number(-1, 2, 28) + 1, number(-1, 3, 1));
        assert_eq!(number(0, 2, 28) + 2, number(0, 3, 1));
    }
}
