//! Files of positions, which only phrases need.
//!
//! Terms in the order of the dictionary share files. A common word has files of its own, so that no
//! other term carries its positions and a phrase with a rare word reads only the stretches it needs.

use super::hash::{Hash, Outbox};
use crate::files::{FileError, Sink};

/// A term's positions: the first posting that each stretch covers, and its bytes.
pub(super) type Coded = Vec<(u32, Vec<u8>)>;

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

impl Place {
    /// Whether it is in none of the shared files from a number on.
    pub(super) fn is_before(&self, number: usize) -> bool {
        !matches!(self, Self::Shared { file, .. } if *file >= number)
    }
}

/// Writes files of positions as terms come.
pub(super) struct Writer<'a> {
    outbox: Outbox<'a>,
    /// Bytes after which a shared file ends.
    size: usize,
    /// The names of the shared files that are full.
    shared: Vec<Hash>,
    open: Vec<u8>,
}

impl<'a> Writer<'a> {
    pub(super) fn new(size: usize, sink: &'a dyn Sink) -> Self {
        Self { outbox: Outbox::new(sink), size, shared: Vec::new(), open: Vec::new() }
    }

    /// Takes the stretches of a term's positions, each with its first posting.
    pub(super) fn add(&mut self, mut stretches: Coded) -> Result<Place, FileError> {
        if stretches.len() > 1 {
            let files = stretches.into_iter();
            let files = files.map(|(first, bytes)| Ok((first, self.outbox.add(bytes)?)));
            return files.collect::<Result<_, FileError>>().map(Place::Own);
        }
        let Some((_, bytes)) = stretches.pop() else { return Ok(Place::None) };
        if self.open.len() + bytes.len() > self.size {
            self.close()?;
        }
        let offset = self.open.len();
        self.open.extend_from_slice(&bytes);
        Ok(Place::Shared { file: self.shared.len(), offset, length: bytes.len() })
    }

    /// The names of the shared files that no further term will be in.
    pub(super) fn shared(&self) -> &[Hash] {
        &self.shared
    }

    /// Ends the last file.
    pub(super) fn finish(&mut self) -> Result<(), FileError> {
        self.close()?;
        self.outbox.send()
    }

    fn close(&mut self) -> Result<(), FileError> {
        if !self.open.is_empty() {
            self.shared.push(self.outbox.add(std::mem::take(&mut self.open))?);
        }
        Ok(())
    }
}
