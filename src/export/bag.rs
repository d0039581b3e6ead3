//! A `BagIt` bag (RFC 8493): files below `data/`, and lists from which anyone can tell that they are whole.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use parking_lot::Mutex;

use crate::files::{FileError, Sink};
use crate::publish::{Checksum, write_checksums};

/// What a bag says of itself.
#[derive(Debug, Clone)]
pub struct About {
    /// Who made it.
    pub organization: String,
    /// What is in it.
    pub description: String,
    /// Where the site is.
    pub identifier: Option<String>,
    /// The day on which it was made, `2024-01-31`.
    pub day: String,
}

/// Takes files of the payload, by path below `data/`, and hands those of the bag on.
pub struct Bag<'a> {
    sink: &'a dyn Sink,
    payload: Mutex<Payload>,
}

#[derive(Default)]
struct Payload {
    checksums: BTreeMap<String, Checksum>,
    bytes: u64,
}

impl<'a> Bag<'a> {
    /// An empty bag whose files go to a sink.
    pub fn new(sink: &'a dyn Sink) -> Self {
        Self { sink, payload: Mutex::default() }
    }

    /// Writes the lists; gives how many files the payload has, and their bytes.
    pub fn finish(self, about: &About) -> Result<(usize, u64), FileError> {
        let payload = self.payload.into_inner();
        let count = payload.checksums.len();
        let listed = payload.checksums.iter().map(|(path, sum)| (path.as_str(), *sum));
        let tags = [
            ("bag-info.txt", about.text(count, payload.bytes)),
            ("bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".to_owned()),
            ("manifest-sha256.txt", write_checksums(listed)),
        ];
        let sums = tags.iter().map(|(path, text)| (*path, Checksum::of(text.as_bytes())));
        let list = write_checksums(sums);
        for (path, text) in &tags {
            self.sink.put(path, text.as_bytes())?;
        }
        self.sink.put("tagmanifest-sha256.txt", list.as_bytes())?;
        Ok((count, payload.bytes))
    }
}

impl Sink for Bag<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        let path = format!("data/{path}");
        self.sink.put(&path, bytes)?;
        let checksum = Checksum::of(bytes);
        let mut payload = self.payload.lock();
        // Files that are named after their contents may come twice.
        if payload.checksums.insert(encoded(&path), checksum).is_none() {
            payload.bytes += bytes.len() as u64;
        }
        Ok(())
    }
}

/// A path as lists have it (RFC 8493, 2.1.3). Paths of a site have no line ends.
fn encoded(path: &str) -> String {
    path.replace('%', "%25")
}

impl About {
    fn text(&self, files: usize, bytes: u64) -> String {
        let mut text = String::new();
        let mut line = |label: &str, value: &str| {
            let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
            let _ = writeln!(text, "{label}: {value}");
        };
        line("Source-Organization", &self.organization);
        line("External-Description", &self.description);
        if let Some(identifier) = &self.identifier {
            line("External-Identifier", identifier);
        }
        line("Bagging-Date", &self.day);
        line("Payload-Oxum", &format!("{bytes}.{files}"));
        line("Bag-Software-Agent", concat!("fonds ", env!("CARGO_PKG_VERSION")));
        text
    }
}
