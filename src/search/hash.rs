//! Names of index files: the start of their content's BLAKE3 hash.

use data_encoding::HEXLOWER;
use miniz_oxide::deflate::compress_to_vec;

use crate::files::{FileError, Sink};
use crate::parallel;

/// Level of compression; higher ones gain less than a hundredth.
const LEVEL: u8 = 8;

/// Folder of the index below the site's root.
pub(super) const FOLDER: &str = "search/index";
/// Bytes of a hash in a binary file; twice as many hexadecimal digits in a name.
pub(super) const HASH_BYTES: usize = 5;

/// The first bytes of a content's hash, enough to tell a site's files apart.
pub(super) type Hash = [u8; HASH_BYTES];

/// The hash of a content.
pub(super) fn hash(bytes: &[u8]) -> Hash {
    let mut short = [0; HASH_BYTES];
    short.copy_from_slice(&blake3::hash(bytes).as_bytes()[..HASH_BYTES]);
    short
}

/// A hash in hexadecimal digits.
pub(super) fn hex(hash: Hash) -> String {
    HEXLOWER.encode(&hash)
}

/// The path of a binary file below the site's root, by its content's hash.
pub(super) fn path(hash: Hash) -> String {
    format!("{FOLDER}/{}.bin", hex(hash))
}

/// Hands a file of the index to the sink, and gives its hash.
pub(super) fn put(sink: &dyn Sink, bytes: &[u8]) -> Result<Hash, FileError> {
    let hash = hash(bytes);
    sink.put(&path(hash), bytes)?;
    Ok(hash)
}

/// Files of the index that wait to be handed to the sink, several at once.
pub(super) struct Outbox<'a> {
    sink: &'a dyn Sink,
    files: Vec<(Hash, Vec<u8>)>,
}

/// Files that wait at most.
const WAITING: usize = 64;

impl<'a> Outbox<'a> {
    pub(super) fn new(sink: &'a dyn Sink) -> Self {
        Self { sink, files: Vec::new() }
    }

    /// Takes the bytes of a binary file, and gives its hash.
    pub(super) fn add(&mut self, bytes: Vec<u8>) -> Result<Hash, FileError> {
        let hash = hash(&bytes);
        self.files.push((hash, bytes));
        if self.files.len() >= WAITING {
            self.send()?;
        }
        Ok(hash)
    }

    /// Hands over what waits.
    pub(super) fn send(&mut self) -> Result<(), FileError> {
        let files = std::mem::take(&mut self.files);
        let send = |(hash, bytes): &(Hash, Vec<u8>)| self.sink.put(&path(*hash), bytes);
        parallel::try_for_each(&files, send)
    }
}

/// JSON as the index holds it.
pub(super) fn deflated(json: &str) -> Vec<u8> {
    compress_to_vec(json.as_bytes(), LEVEL)
}
