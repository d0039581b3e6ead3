//! Words as they were coded. One is coded again if its postings changed in any shard, or if the length of a
//! document that holds it did; all else that its code depends on is hashed.
//!
//! They stay as an index wrote them that coded all words; beside them stand those that later ones coded again,
//! until they are many.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use serde_bytes::Bytes;

use super::Stale;
use crate::files::Shelf;
use crate::search::chunk::Entry;
use crate::search::merge::{Names, Term};
use crate::search::order::utf16_order;
use crate::search::positions::{Coded, Place};

const NAME: &str = "words";

/// All words are kept anew once one in so many is stale.
const STALE_SHARE: usize = 8;

/// Hash of what the code of a word depends on besides its postings and the lengths of the documents that hold it.
type Circumstances = [u8; blake3::OUT_LEN];

pub(in crate::search) fn circumstances(
    documents: u32,
    limits: [u32; 2],
    names: [&Names; 2],
) -> Circumstances {
    let mut hasher = blake3::Hasher::new();
    hasher.update(format!("{documents} {limits:?}").as_bytes());
    for names in names {
        hasher.update(&names.len().to_le_bytes());
        for (text, number) in names {
            hasher.update(text.as_bytes());
            hasher.update(&[0]);
            hasher.update(&number.to_le_bytes());
        }
    }
    *hasher.finalize().as_bytes()
}

/// What is told of all coded words; they lie in files beside it, in the order of the index.
#[derive(Serialize, Deserialize)]
struct Head {
    circumstances: Circumstances,
    /// Words that were coded otherwise since.
    stale: BTreeSet<String>,
}

/// A word as it was coded.
#[derive(Serialize, Deserialize)]
pub(in crate::search) struct Word<'a> {
    text: &'a str,
    count: u32,
    occurrences: u32,
    title_count: u32,
    organizations: u32,
    people: u32,
    #[serde(borrow)]
    lists: &'a Bytes,
    #[serde(borrow)]
    stretches: Vec<(u32, &'a Bytes)>,
}

/// The coded words of the index before, as bytes.
pub(in crate::search) struct Before {
    head: Head,
    files: Vec<Vec<u8>>,
}

impl Before {
    /// Those on a shelf, if they were coded in the same circumstances and it is known which of them are stale.
    pub(in crate::search) fn take(
        shelf: &Shelf<'_>,
        circumstances: Circumstances,
        shards: &[Stale],
    ) -> Option<Self> {
        let mut head: Head = postcard::from_bytes(&shelf.take(NAME)?).ok()?;
        if head.circumstances != circumstances {
            return None;
        }
        for shard in shards {
            match shard {
                Stale::None => {}
                Stale::Some(terms) => head.stale.extend(terms.iter().cloned()),
                Stale::All => return None,
            }
        }
        let names: Vec<&str> = shelf.names(PREFIX).collect();
        let files = names.into_par_iter().filter_map(|name| shelf.take(name)).collect();
        Some(Self { head, files })
    }

    /// Those that are good.
    fn words(&self) -> Vec<Word<'_>> {
        let words = self.files.par_iter().flat_map_iter(|file| {
            let mut rest = file.as_slice();
            std::iter::from_fn(move || {
                let (word, after) = postcard::take_from_bytes::<Word<'_>>(rest).ok()?;
                rest = after;
                Some(word)
            })
        });
        words.filter(|word| !self.head.stale.contains(word.text)).collect()
    }
}

/// The names of the files with words, in whose order the words are, begin so.
const PREFIX: &str = "words-";

/// What becomes of the coded words of one index.
pub(in crate::search) struct Keeper<'a> {
    shelf: Option<&'a Shelf<'a>>,
    known: Vec<Word<'a>>,
    /// Whether all words are kept anew.
    is_anew: bool,
}

impl<'a> Keeper<'a> {
    pub(in crate::search) fn new(
        shelf: Option<&'a Shelf<'a>>,
        circumstances: Circumstances,
        before: Option<&'a Before>,
    ) -> Self {
        let known = before.map(Before::words).unwrap_or_default();
        let is_anew = before.is_none_or(|b| b.head.stale.len() > known.len() / STALE_SHARE);
        if let Some(shelf) = shelf {
            let stale = before.filter(|_| !is_anew).map(|b| b.head.stale.clone());
            let head = Head { circumstances, stale: stale.unwrap_or_default() };
            shelf.keep(NAME, &postcard::to_allocvec(&head).unwrap_or_default());
            if !is_anew {
                shelf.names(PREFIX).for_each(|name| shelf.keep_on(name));
            }
        }
        Self { shelf, known, is_anew }
    }

    /// The codes that are known of consecutive terms.
    pub(in crate::search) fn find(&self, terms: &[Term<'_>]) -> Vec<Option<&Word<'a>>> {
        let Some(first) = terms.first() else { return Vec::new() };
        let is_before = |word: &Word<'_>| utf16_order(word.text, first.text()).is_lt();
        let mut rest = self.known[self.known.partition_point(is_before)..].iter().peekable();
        let find = |term: &Term<'_>| loop {
            match utf16_order(rest.peek()?.text, term.text()) {
                Ordering::Less => drop(rest.next()),
                Ordering::Equal => return rest.next(),
                Ordering::Greater => return None,
            }
        };
        terms.iter().map(find).collect()
    }

    /// The bytes by which a coded word is kept, if it is.
    pub(in crate::search) fn bytes(&self, entry: &Entry<'_>, stretches: &Coded) -> Vec<u8> {
        if self.shelf.is_none() || !self.is_anew {
            return Vec::new();
        }
        let word = Word {
            text: &entry.text,
            count: entry.count,
            occurrences: entry.occurrences,
            title_count: entry.title_count,
            organizations: entry.organizations,
            people: entry.people,
            lists: Bytes::new(&entry.lists),
            stretches: stretches.iter().map(|(first, bytes)| (*first, Bytes::new(bytes))).collect(),
        };
        postcard::to_allocvec(&word).unwrap_or_default()
    }

    /// Keeps consecutive words, as their bytes.
    pub(in crate::search) fn keep(&self, number: usize, words: &[u8]) {
        if let Some(shelf) = self.shelf.filter(|_| self.is_anew) {
            shelf.keep(&format!("{PREFIX}{number:06}"), words);
        }
    }
}

impl Word<'_> {
    /// The entry of a term that is this word, without place and mates, and its positions.
    pub(in crate::search) fn coded<'t>(&self, term: &Term<'t>) -> (Entry<'t>, Coded) {
        let entry = Entry {
            text: Cow::Borrowed(term.text()),
            count: self.count,
            occurrences: self.occurrences,
            title_count: self.title_count,
            organizations: self.organizations,
            people: self.people,
            lists: self.lists.to_vec().into(),
            place: Place::None,
            common: false,
            mates: Vec::new(),
        };
        (entry, self.stretches.iter().map(|(first, bytes)| (*first, bytes.to_vec())).collect())
    }
}
