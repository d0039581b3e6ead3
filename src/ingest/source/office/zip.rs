//! The files in a ZIP file. Reads no more than [`Limit::OfficeMegabytes`] out of one, whatever it promises.
//!
//! A crate would bring encryption, writing and further methods of packing, and none of them lets one limit what
//! all files of an archive unpack to; office programs use two methods, of which the one is a copy.

use std::cell::Cell;
use std::collections::BTreeMap;

use miniz_oxide::inflate::{TINFLStatus, decompress_to_vec_with_limit};

use super::Refusal;
use crate::limits::Limit;
use crate::scan::crc32;

/// How many files one may list.
const MOST: usize = 20_000;

const TOO_LARGE: Refusal = Refusal::TooLarge(Limit::OfficeMegabytes);

/// How many bytes are unpacked of one ZIP file at most.
fn unpacked() -> usize {
    usize::try_from(Limit::OfficeMegabytes.bytes()).unwrap_or(usize::MAX)
}

/// A ZIP file.
pub(in crate::ingest) struct Zip<'a> {
    bytes: &'a [u8],
    entries: BTreeMap<String, Entry>,
    /// How many bytes may still be unpacked.
    left: Cell<usize>,
}

struct Entry {
    is_locked: bool,
    method: u16,
    crc: u32,
    packed: usize,
    /// Where its own header begins.
    at: usize,
}

impl<'a> Zip<'a> {
    /// Reads the list of files; none if there is no such list.
    pub(in crate::ingest) fn open(bytes: &'a [u8]) -> Option<Self> {
        const END: &[u8] = b"PK\x05\x06";
        // Behind the end there may be a comment of up to 64 kB.
        let from = bytes.len().saturating_sub(22 + 0xFFFF);
        let end = from + bytes[from..].windows(4).rposition(|w| w == END)?;
        let (count, mut at) = (short(bytes, end + 10)?, long(bytes, end + 16)?);
        let mut entries = BTreeMap::new();
        for _ in 0..usize::from(count).min(MOST) {
            if bytes.get(at..at + 4)? != b"PK\x01\x02" {
                return None;
            }
            let name_length = usize::from(short(bytes, at + 28)?);
            let rest = usize::from(short(bytes, at + 30)?) + usize::from(short(bytes, at + 32)?);
            let name = bytes.get(at + 46..at + 46 + name_length)?;
            let entry = Entry {
                is_locked: short(bytes, at + 8)? & 1 != 0,
                method: short(bytes, at + 10)?,
                crc: u32::try_from(long(bytes, at + 16)?).ok()?,
                packed: long(bytes, at + 20)?,
                at: long(bytes, at + 42)?,
            };
            entries.insert(String::from_utf8_lossy(name).replace('\\', "/"), entry);
            at += 46 + name_length + rest;
        }
        Some(Self { bytes, entries, left: Cell::new(unpacked()) })
    }

    /// Whether there is a file of a name.
    pub(in crate::ingest) fn has(&self, name: &str) -> bool {
        self.entries.contains_key(name)
    }

    /// A file's bytes; none if there is no such file.
    pub(in crate::ingest) fn read(&self, name: &str) -> Result<Option<Vec<u8>>, Refusal> {
        let Some(entry) = self.entries.get(name) else { return Ok(None) };
        if entry.is_locked {
            return Err(Refusal::Unread(super::Unread::Locked));
        }
        let packed = self.packed(entry).ok_or(Refusal::Damaged)?;
        let left = self.left.get();
        let bytes = match entry.method {
            0 if packed.len() <= left => packed.to_vec(),
            0 => return Err(TOO_LARGE),
            8 => {
                decompress_to_vec_with_limit(packed, left).map_err(|error| match error.status {
                    TINFLStatus::HasMoreOutput => TOO_LARGE,
                    _ => Refusal::Damaged,
                })?
            }
            _ => return Err(Refusal::Damaged),
        };
        self.left.set(left - bytes.len());
        if crc32(&bytes) == entry.crc { Ok(Some(bytes)) } else { Err(Refusal::Damaged) }
    }

    fn packed(&self, entry: &Entry) -> Option<&'a [u8]> {
        let at = entry.at;
        if self.bytes.get(at..at.checked_add(4)?)? != b"PK\x03\x04" {
            return None;
        }
        let name = usize::from(short(self.bytes, at + 26)?);
        let extra = usize::from(short(self.bytes, at + 28)?);
        let start = at + 30 + name + extra;
        self.bytes.get(start..start.checked_add(entry.packed)?)
    }
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<usize> {
    let number = u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?);
    usize::try_from(number).ok()
}
