//! What an index leaves on a shelf for the next one: its shards, its words as they were coded, and which JSON
//! became which file.

pub(super) mod json;
pub(super) mod words;

use rayon::prelude::*;

use super::document::{Document, Tables};
use super::shard::Shard;
use crate::files::Shelf;

/// A shard, and how it stands to the one that the index before had in its place.
pub struct Analysed {
    pub(super) shard: Shard,
    pub(super) stale: Stale,
}

/// The terms of a shard whose codes of the index before are not good.
pub(super) enum Stale {
    /// None: the shard is the same.
    None,
    Some(Vec<String>),
    /// Nothing is known of a shard before.
    All,
}

impl From<Shard> for Analysed {
    fn from(shard: Shard) -> Self {
        Self { shard, stale: Stale::All }
    }
}

impl Analysed {
    /// The shard of that number in the index before, if it was kept.
    pub fn take(shelf: &Shelf<'_>, number: usize) -> Option<Self> {
        let shard = Shard::from_bytes(&shelf.take(&name(number))?)?;
        Some(Self { shard, stale: Stale::None })
    }

    /// The shard with some of its documents, by number and in order, as they are now.
    pub fn with(&self, documents: &[(u32, Document)], tables: &Tables) -> Self {
        let shard = self.shard.with(documents, tables);
        let stale = Stale::Some(shard.differences(&self.shard));
        Self { shard, stale }
    }
}

/// Keeps shards for the next index, which knows them by their numbers.
pub(super) fn keep(shards: &[Shard], stale: &[Stale], has_new_pairs: &[bool], shelf: &Shelf<'_>) {
    shards.par_iter().enumerate().for_each(|(number, shard)| match stale[number] {
        Stale::None if !has_new_pairs[number] => shelf.keep_on(&name(number)),
        _ => shelf.keep(&name(number), &shard.to_bytes()),
    });
}

fn name(number: usize) -> String {
    format!("shard-{number}")
}
