//! Files of positions, which only phrases need.
//!
//! Terms in the order of the dictionary share files. A common word has files of its own, so that no
//! other term carries its positions and a phrase with a rare word reads only the stretches it needs.

use super::hash::{Hash, put};
use crate::files::{FileError, Sink};

/// Bytes after which a shared file ends.
const SHARED: usize = 40 * 1024;

/// Where a term's positions are.
pub(super) enum Place {
    None,
    /// In a file shared with other terms: its number, the offset in it, and the length.
    Shared {
        file: usize,
        offset: usize,
        length: usize,
    },
    /// In files of its own: the first posting that each covers.
    Own(Vec<(u32, Hash)>),
}

/// Writes files of positions as terms come.
pub(super) struct Writer<'a> {
    sink: &'a dyn Sink,
    shared: Vec<Hash>,
    open: Vec<u8>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(sink: &'a dyn Sink) -> Self {
        Self { sink, shared: Vec::new(), open: Vec::new() }
    }

    /// Takes the stretches of a term's positions, each with its first posting.
    pub(super) fn add(&mut self, stretches: &[(u32, Vec<u8>)]) -> Result<Place, FileError> {
        let length = stretches.iter().map(|(_, bytes)| bytes.len()).sum();
        if length == 0 {
            return Ok(Place::None);
        }
        if stretches.len() > 1 {
            let files = stretches.iter();
            let files = files.map(|(first, bytes)| Ok((*first, put(self.sink, "bin", bytes)?)));
            return files.collect::<Result<_, FileError>>().map(Place::Own);
        }
        if self.open.len() + length > SHARED {
            self.close()?;
        }
        let offset = self.open.len();
        self.open.extend_from_slice(&stretches[0].1);
        Ok(Place::Shared { file: self.shared.len(), offset, length })
    }

    /// The names of the shared files.
    pub(super) fn finish(mut self) -> Result<Vec<Hash>, FileError> {
        self.close()?;
        Ok(self.shared)
    }

    fn close(&mut self) -> Result<(), FileError> {
        if !self.open.is_empty() {
            self.shared.push(put(self.sink, "bin", &self.open)?);
            self.open.clear();
        }
        Ok(())
    }
}
