//! Sets of the lexicon's words. Each word of each seed is asked for in some of them.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasherDefault, Hasher};

/// A set of words in lower case.
pub(in crate::ingest) type Words = HashSet<&'static str, BuildHasherDefault<Fnv>>;
/// What words in lower case mean.
pub(in crate::ingest) type Meanings<V> = HashMap<&'static str, V, BuildHasherDefault<Fnv>>;

/// FNV-1a: fast for short keys. The keys are the program's own, so nobody can make them clash.
pub(in crate::ingest) struct Fnv(u64);

impl Default for Fnv {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fnv {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        self.0 =
            bytes.iter().fold(self.0, |h, b| (h ^ u64::from(*b)).wrapping_mul(0x0100_0000_01b3));
    }
}
