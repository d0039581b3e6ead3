//! What is kept in `.fonds/images/` of the archive's folder, each file with a hash of its bytes at its end.

use super::Disk;
use crate::diagnostic::Report;
use crate::files::{Cache, Sink, Sources, Store};

const FOLDER: &str = ".fonds/images";

/// Bytes of the hash at the end of a file: whether it is whole, not whose it is.
const HASH: usize = 16;

impl Cache for Disk {
    fn take(&self, name: &str) -> Option<Vec<u8>> {
        let mut bytes = self.read(&path(name)).ok()?;
        let length = bytes.len().checked_sub(HASH)?;
        (bytes[length..] == blake3::hash(&bytes[..length]).as_bytes()[..HASH]).then(|| {
            bytes.truncate(length);
            bytes
        })
    }

    fn keep(&self, name: &str, bytes: &[u8]) {
        // Nobody wants it in a repository. Without the right to write here, it is made again each time.
        if self.write_new(".fonds/.gitignore", b"*\n").is_ok() {
            let hash = blake3::hash(bytes);
            let _ = self.put(&path(name), &[bytes, &hash.as_bytes()[..HASH]].concat());
        }
    }

    fn names(&self) -> Vec<String> {
        let paths = self.list(FOLDER, &Report::new());
        let name = |path: &String| Some(path.rsplit_once('/')?.1.to_owned());
        paths.iter().filter_map(name).collect()
    }

    fn forget(&self, name: &str) {
        let _ = self.discard(&path(name));
    }
}

fn path(name: &str) -> String {
    format!("{FOLDER}/{name}")
}
