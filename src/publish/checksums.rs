//! `manifest-sha256.txt`: the SHA-256 of every file of a site, in the format of `sha256sum`, so that anyone can
//! check a copy: `sha256sum --check manifest-sha256.txt`.
//!
//! A file is hashed while it is made. What a build takes over from the site before keeps the checksum in the list
//! of that site, so that no file is read for it.
#![expect(clippy::disallowed_methods, reason = "reads the list of an earlier build")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use data_encoding::{HEXLOWER, HEXLOWER_PERMISSIVE};
use sha2::{Digest, Sha256};

use super::manifest::{Manifest, Written};
use crate::site_path::CHECKSUMS;

/// A SHA-256.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Checksum([u8; 32]);

impl Checksum {
    /// The checksum of bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }

    /// Of a hasher that took all bytes.
    pub(super) fn finish(hasher: Sha256) -> Self {
        Self(hasher.finalize().into())
    }

    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        HEXLOWER_PERMISSIVE.decode(text.as_bytes()).ok()?.try_into().ok().map(Self)
    }
}

impl std::fmt::Display for Checksum {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        HEXLOWER.encode_display(&self.0).fmt(f)
    }
}

/// Checksums of files, by path.
pub type Checksums = BTreeMap<String, Checksum>;

/// Writes a list, a line for each file, in the order in which they are given.
pub fn write_checksums<'a>(files: impl Iterator<Item = (&'a str, Checksum)>) -> String {
    let mut text = String::new();
    for (path, checksum) in files {
        let _ = writeln!(text, "{checksum}  {path}");
    }
    text
}

/// Reads a list in the format of `sha256sum` or `BagIt`: a checksum, white space, a path below the folder of the list.
///
/// # Errors
///
/// The number of the first line that is not of this format.
pub fn parse_checksums(text: &str) -> Result<Checksums, usize> {
    let line = |line: &str| {
        let (digits, rest) = line.split_once([' ', '\t'])?;
        let path = rest.trim_start_matches([' ', '\t']);
        // `sha256sum` marks files that it read as bytes.
        let path = path.strip_prefix('*').unwrap_or(path);
        let is_below = path.split('/').all(|part| !matches!(part, "" | "." | ".."));
        let is_plain = is_below && !path.contains(['\\', '\0']);
        is_plain.then_some((path.to_owned(), Checksum::parse(digits)?))
    };
    let lines = text.lines().enumerate();
    lines.map(|(number, text)| line(text).ok_or(number + 1)).collect()
}

/// The list of a site, if it is the one that the build of the site wrote.
pub(super) fn read(folder: &Path, site: &Manifest) -> Option<Checksums> {
    let known = site.get(CHECKSUMS)?;
    let bytes = fs::read(folder.join(CHECKSUMS)).ok()?;
    if Written::of(&bytes) != known {
        return None;
    }
    parse_checksums(std::str::from_utf8(&bytes).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_is_what_sha256sum_writes() {
        let empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
        let text = write_checksums([("a/b c.txt", Checksum::of(b""))].into_iter());
        assert_eq!(text, format!("{empty}  a/b c.txt\n"));
        for text in [&text, &text.replace("  ", " *"), &text.replace("  ", "\t")] {
            let read = parse_checksums(text).unwrap();
            assert_eq!(
                read.into_iter().collect::<Vec<_>>(),
                [("a/b c.txt".into(), Checksum::of(b""))]
            );
        }
    }

    #[test]
    fn a_line_that_is_none_is_told() {
        let good = write_checksums([("a", Checksum::of(b"a"))].into_iter());
        for bad in ["x", "00  a", &good.replace(" a", " ../a"), &good.replace(" a", " /a"), ""] {
            assert_eq!(parse_checksums(&format!("{good}{}\n", bad.trim_end())), Err(2), "{bad}");
        }
    }
}
