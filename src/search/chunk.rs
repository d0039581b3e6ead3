//! Chunks: stretches of the dictionary with the postings of their terms.

use std::borrow::Cow;

use super::bits::{varint, zigzag};
use super::fold::is_ideographic;
use super::hash::{Hash, Outbox};
use super::pairs::PAIR;
use super::positions::Place;
use super::sizes::Sizes;
use crate::files::{FileError, Sink};

const TITLES: u8 = 1;
const ORGANIZATIONS: u8 = 2;
const PEOPLE: u8 = 4;
const MATES: u8 = 8;
const SHARED_POSITIONS: u8 = 16;
const NEXT_FILE: u8 = 32;
const OWN_POSITIONS: u8 = 64;
const COMMON: u8 = 128;

/// Lists are long that have this part of a chunk's bytes, and a chunk ends beside them once it has that one.
const LONG: usize = 8;
const FILLED: usize = 3;

/// A term ready to be written.
pub(super) struct Entry<'a> {
    pub(super) text: Cow<'a, str>,
    /// Numbers of documents, of times that they hold it, and of those with the term in their title.
    pub(super) count: u32,
    pub(super) occurrences: u32,
    pub(super) title_count: u32,
    /// Numbers of organizations and of people whose names hold it.
    pub(super) organizations: u32,
    pub(super) people: u32,
    /// The lists, coded.
    pub(super) lists: Box<[u8]>,
    pub(super) place: Place,
    /// Whether its pairs with other common words are terms.
    pub(super) common: bool,
    /// The difference of the place in the dictionary of each form that shares its stem to its own.
    pub(super) inflections: Vec<i32>,
}

impl<'a> Entry<'a> {
    /// A term that no document holds.
    pub(super) fn new(text: Cow<'a, str>) -> Self {
        Self {
            text,
            count: 0,
            occurrences: 0,
            title_count: 0,
            organizations: 0,
            people: 0,
            lists: Box::default(),
            place: Place::None,
            common: false,
            inflections: Vec::new(),
        }
    }

    /// About how many bytes it takes in a chunk.
    fn len(&self) -> usize {
        self.text.len() / 2 + 2 * self.inflections.len() + 8 + self.lists.len()
    }
}

/// Where the dictionary's chunks are.
#[derive(Default)]
pub(super) struct Chunks {
    /// A text after every term of the chunks before, and not after any of this chunk.
    pub(super) starts: Vec<String>,
    /// Number of terms.
    pub(super) counts: Vec<usize>,
    pub(super) files: Vec<Hash>,
}

/// Writes chunks as terms come.
pub(super) struct Writer<'a> {
    outbox: Outbox<'a>,
    sizes: Sizes,
    chunks: Chunks,
    open: Chunk,
    last_text: String,
}

impl<'a> Writer<'a> {
    pub(super) fn new(sizes: Sizes, sink: &'a dyn Sink) -> Self {
        let (chunks, open) = (Chunks::default(), Chunk::default());
        Self { outbox: Outbox::new(sink), sizes, chunks, open, last_text: String::new() }
    }

    /// Adds the next term, given the names of the shared files of positions up to its own.
    pub(super) fn add(&mut self, entry: &Entry<'_>, shared: &[Hash]) -> Result<(), FileError> {
        // Of pairs, and of ideographs, a word needs several.
        let is_part = entry.text.starts_with(PAIR) || entry.text.starts_with(is_ideographic);
        let size = if is_part { self.sizes.part } else { self.sizes.chunk };
        // A word in many documents is often asked for: it has a chunk of its own.
        let is_long = entry.lists.len() >= size / LONG && self.open.len() >= size / FILLED;
        if self.open.count > 0 && (is_long || self.open.len() + entry.len() > size) {
            self.close()?;
        }
        if self.open.count == 0 {
            self.chunks.starts.push(separator(&self.last_text, &entry.text));
        }
        self.open.push(entry, shared);
        let is_long = entry.lists.len() >= size / LONG && self.open.len() >= size / FILLED;
        if is_long || self.open.len() >= size { self.close() } else { Ok(()) }
    }

    /// Ends the last chunk.
    pub(super) fn finish(mut self) -> Result<Chunks, FileError> {
        if self.open.count > 0 {
            self.close()?;
        }
        self.outbox.send()?;
        Ok(self.chunks)
    }

    fn close(&mut self) -> Result<(), FileError> {
        let mut chunk = std::mem::take(&mut self.open);
        self.last_text = std::mem::take(&mut chunk.last_text);
        self.chunks.counts.push(chunk.count);
        self.chunks.files.push(self.outbox.add(chunk.finish())?);
        Ok(())
    }
}

#[derive(Default)]
struct Chunk {
    count: usize,
    entries: Vec<u8>,
    lists: Vec<u8>,
    last_text: String,
    /// Shared files of positions, and where in the first of them the chunk's first positions are.
    files: Vec<Hash>,
    last_file: usize,
    first_offset: usize,
}

impl Chunk {
    fn len(&self) -> usize {
        self.entries.len() + self.lists.len()
    }

    fn push(&mut self, entry: &Entry<'_>, shared: &[Hash]) {
        let common = common_prefix(&self.last_text, &entry.text);
        varint(&mut self.entries, common as u64);
        varint(&mut self.entries, (entry.text.len() - common) as u64);
        self.entries.extend_from_slice(&entry.text.as_bytes()[common..]);
        let place_flags = self.enter_file(&entry.place, shared);
        let place_flags = if entry.common { place_flags | COMMON } else { place_flags };
        let counts = [
            (TITLES, entry.title_count),
            (ORGANIZATIONS, entry.organizations),
            (PEOPLE, entry.people),
            (MATES, entry.inflections.len() as u32),
        ];
        let present = counts.iter().filter(|(_, count)| *count > 0);
        self.entries.push(present.clone().fold(place_flags, |flags, (flag, _)| flags | flag));
        let repeated = u64::from(entry.occurrences - entry.count);
        varint(&mut self.entries, u64::from(entry.count) << 1 | u64::from(repeated > 0));
        if repeated > 0 {
            varint(&mut self.entries, repeated);
        }
        present.for_each(|(_, count)| varint(&mut self.entries, u64::from(*count)));
        entry
            .inflections
            .iter()
            .for_each(|mate| varint(&mut self.entries, zigzag(i64::from(*mate))));
        varint(&mut self.entries, entry.lists.len() as u64);
        self.lists.extend_from_slice(&entry.lists);
        self.place(&entry.place);
        entry.text.as_ref().clone_into(&mut self.last_text);
        self.count += 1;
    }

    /// Notes a shared file that this chunk has not used yet; gives the flags of the place.
    fn enter_file(&mut self, place: &Place, shared: &[Hash]) -> u8 {
        let Place::Shared { file, offset, .. } = *place else {
            return if matches!(place, Place::Own(_)) { OWN_POSITIONS } else { 0 };
        };
        if self.files.last().is_some() && self.last_file == file {
            return SHARED_POSITIONS;
        }
        let is_first = self.files.is_empty();
        if is_first {
            self.first_offset = offset;
        }
        self.files.push(shared[file]);
        self.last_file = file;
        if is_first { SHARED_POSITIONS } else { SHARED_POSITIONS | NEXT_FILE }
    }

    fn place(&mut self, place: &Place) {
        match place {
            Place::None => {}
            Place::Shared { length, .. } => varint(&mut self.entries, *length as u64),
            Place::Own(files) => {
                varint(&mut self.entries, files.len() as u64);
                for (first, file) in files {
                    varint(&mut self.entries, u64::from(*first));
                    self.entries.extend_from_slice(file);
                }
            }
        }
    }

    fn finish(self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(self.len() + 32);
        varint(&mut bytes, self.count as u64);
        varint(&mut bytes, self.files.len() as u64);
        self.files.iter().for_each(|file| bytes.extend_from_slice(file));
        varint(&mut bytes, self.first_offset as u64);
        bytes.extend(self.entries);
        bytes.extend(self.lists);
        bytes
    }
}

/// Bytes that two texts share at their start, to a character's end.
fn common_prefix(a: &str, b: &str) -> usize {
    b.floor_char_boundary(a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count())
}

/// The shortest start of `next` that is after `last`.
fn separator(last: &str, next: &str) -> String {
    let common = common_prefix(last, next);
    let end = next[common..].chars().next().map_or(next.len(), |c| common + c.len_utf8());
    next[..end].to_owned()
}
