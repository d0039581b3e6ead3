//! What an index leaves on a shelf for the next one: its shards, with what each text in them was analysed from, and
//! which JSON became which file.

pub(super) mod json;

use serde::{Deserialize, Serialize};

use super::document::{Document, Tables};
use super::shard::{Shard, analyse, names};
use crate::files::{Key, Shelf, key_of};
use crate::parallel;

/// A shard is renewed if one in so many of its texts is new, or fewer.
const FEW: usize = 8;

/// A shard, and what its texts were analysed from.
#[derive(Serialize, Deserialize)]
pub struct Analysed {
    /// Of each document; see [`Analysed::key`].
    keys: Vec<Key>,
    pub(super) shard: Shard,
    /// Whether it is the one on the shelf.
    #[serde(skip)]
    is_kept: bool,
}

impl Analysed {
    /// The shard of that number in the index before, if it was kept.
    pub fn take(shelf: &Shelf<'_>, number: usize) -> Option<Self> {
        postcard::from_bytes(&shelf.take(&name(number))?).ok()
    }

    /// What all words of a document follow from, given a key of its text.
    pub fn key(text: Key, document: &Document, tables: &Tables) -> Key {
        let language = &tables.languages[document.language as usize].key;
        let names: Vec<&str> = names(document, tables).collect();
        key_of(&(text, &document.title, language, &document.references, names))
    }

    /// The documents of these keys as they are in a shard, each by its place there; none for those that it lacks. Too
    /// many of these make it worthless.
    pub fn places(before: Option<&Self>, keys: &[Key]) -> Option<Vec<Option<usize>>> {
        let before = before?;
        let mut places: Vec<(Key, usize)> = before.keys.iter().copied().zip(0..).collect();
        places.sort_unstable();
        let mut taken = vec![false; places.len()];
        let place = |(at, key): (usize, &Key)| {
            // Most are where they were. Two texts of one key are worth the same.
            if before.keys.get(at) == Some(key) && !taken[at] {
                taken[at] = true;
                return Some(at);
            }
            let first = places.partition_point(|(other, _)| other < key);
            let same = places[first..].iter().take_while(|(other, _)| other == key);
            let place = same.map(|(_, place)| *place).find(|place| !taken[*place])?;
            taken[place] = true;
            Some(place)
        };
        let found: Vec<Option<usize>> = keys.iter().enumerate().map(place).collect();
        let new = found.iter().filter(|place| place.is_none()).count();
        (new <= keys.len() / FEW).then_some(found)
    }

    /// The shard of documents whose numbers begin at `first`. Those that have a place in the shard before need no text.
    pub fn of(
        first: u32,
        (documents, keys): (&[Document], Vec<Key>),
        before: Option<(Self, &[Option<usize>])>,
        tables: &Tables,
    ) -> Self {
        match before {
            Some((before, places)) => {
                let is_kept = before.shard.is_of(first, places);
                let shard = before.shard.renewed(first, documents, places, tables);
                Self { keys, shard, is_kept }
            }
            None => Self { keys, shard: analyse(first, documents, tables), is_kept: false },
        }
    }

    /// Keeps shards for the next index, which knows them by their numbers; `has_new_pairs` says which of them have.
    pub(super) fn keep(all: &[Self], has_new_pairs: &[bool], shelf: &Shelf<'_>) {
        let numbered: Vec<_> = all.iter().zip(has_new_pairs).enumerate().collect();
        parallel::for_each(&numbered, |(number, (one, is_new))| {
            match one.is_kept && !*is_new {
                true => shelf.keep_on(&name(*number)),
                // There is nothing in it that the format refuses.
                false => {
                    shelf.keep(&name(*number), &postcard::to_allocvec(one).unwrap_or_default())
                }
            }
        });
    }
}

impl From<Shard> for Analysed {
    fn from(shard: Shard) -> Self {
        Self { keys: Vec::new(), shard, is_kept: false }
    }
}

fn name(number: usize) -> String {
    format!("shard-{number}")
}
