//! A folder against its list of checksums: a site, a copy of it, or a `BagIt` bag. Every file is read, so that one
//! is found that was changed at equal size and time.
#![expect(clippy::disallowed_methods, reason = "reads copies of the site, wherever they are")]

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::checksums::{Checksum, Checksums, parse_checksums};
use super::folder::Folder;
use super::manifest::{MANIFEST, Manifest, Written};
use super::tree;
use crate::files::FileError;
use crate::parallel;
use crate::site_path::CHECKSUMS;

/// What makes a folder a bag, what it has of payload, and the list of its other files.
const BAG: &str = "bagit.txt";
const PAYLOAD: &str = "data";
const TAGS: &str = "tagmanifest-sha256.txt";

/// How a folder is to its list; paths are sorted.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Files that are as the list says.
    pub good: usize,
    /// The size of all files that were read, in bytes.
    pub bytes: u64,
    /// Files that have other bytes.
    pub altered: Vec<String>,
    /// Files of the list that are not there.
    pub missing: Vec<String>,
    /// Files that are not in the list.
    pub extra: Vec<String>,
    /// SHA-256 of the list itself.
    pub list: String,
}

impl Verified {
    /// How many files are not as they should be.
    pub fn faults(&self) -> usize {
        self.altered.len() + self.missing.len() + self.extra.len()
    }
}

/// Why a folder cannot be verified.
#[derive(Debug, thiserror::Error)]
pub enum VerifyError {
    /// It cannot be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// It has no list of checksums.
    #[error("`{0}` has no `manifest-sha256.txt`")]
    NoList(String),
    /// A line of a list is none.
    #[error("line {line} of `{list}` is not a checksum and a path")]
    BadList {
        /// The path of the list.
        list: String,
        /// Counted from 1.
        line: usize,
    },
}

/// Compares all files of a folder, which users know as `shown`, with the list in it.
///
/// # Errors
///
/// If there is no list, or the folder cannot be read.
pub fn verify(folder: &Path, shown: &str) -> Result<Verified, VerifyError> {
    let fault = |source| FileError { action: "read", path: shown.to_owned(), source };
    let is_bag = folder.join(BAG).is_file();
    let (mut listed, list) = read_list(folder, CHECKSUMS, shown)?;
    let mut found = found(folder).map_err(fault)?;
    if is_bag {
        listed = listed.into_iter().map(|(path, sum)| (decoded(&path), sum)).collect();
        if folder.join(TAGS).is_file() {
            let (tags, _) = read_list(folder, TAGS, shown)?;
            listed.extend(tags.into_iter().map(|(path, sum)| (decoded(&path), sum)));
        }
        // Only of the payload must all be listed.
        found.retain(|path| path.starts_with(&format!("{PAYLOAD}/")));
    } else if let Some(sum) = own_list_of(folder, &list).map_err(fault)? {
        listed.insert(CHECKSUMS.to_owned(), sum);
    }
    let sums: Vec<(&String, &Checksum)> = listed.iter().collect();
    let judged = parallel::map(&sums, |(path, sum)| Ok((*path, judge(folder, path, **sum)?)));
    let judged: Vec<(&String, Judged)> =
        judged.into_iter().collect::<io::Result<_>>().map_err(fault)?;
    let mut verified = Verified { list: Checksum::of(&list).to_string(), ..Verified::default() };
    for (path, judged) in judged {
        match judged {
            Judged::Good(size) => {
                verified.good += 1;
                verified.bytes += size;
            }
            Judged::Altered => verified.altered.push(path.clone()),
            Judged::Missing => verified.missing.push(path.clone()),
        }
    }
    let is_extra = |path: &String| !listed.contains_key(path) && path != CHECKSUMS;
    verified.extra = found.into_iter().filter(is_extra).collect();
    Ok(verified)
}

/// What may be in the top folder of a site beside its files.
const OURS: [&str; 3] = [MANIFEST, ".git", tree::IGNORE];

enum Judged {
    /// With its size.
    Good(u64),
    Altered,
    Missing,
}

fn judge(folder: &Path, path: &str, sum: Checksum) -> io::Result<Judged> {
    let full = folder.join(path);
    if !full.symlink_metadata().is_ok_and(|data| data.is_file())
        || tree::leads_elsewhere(folder, path)
    {
        return Ok(Judged::Missing);
    }
    let named = |e: io::Error| io::Error::new(e.kind(), format!("{path}: {e}"));
    let (found, size) = checksum_of_file(&full).map_err(named)?;
    Ok(if found == sum { Judged::Good(size) } else { Judged::Altered })
}

/// The checksum of a file, and its size.
pub fn checksum_of_file(path: &Path) -> io::Result<(Checksum, u64)> {
    let mut file = File::open(path)?;
    let (mut hasher, mut size) = (Sha256::new(), 0);
    let mut buffer = vec![0; 1 << 16];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok((Checksum::finish(hasher), size)),
            read => {
                hasher.update(&buffer[..read]);
                size += read as u64;
            }
        }
    }
}

/// The list at a path below a folder, and its bytes.
fn read_list(folder: &Path, name: &str, shown: &str) -> Result<(Checksums, Vec<u8>), VerifyError> {
    let list = format!("{shown}/{name}");
    let bytes = match fs::read(folder.join(name)) {
        Ok(bytes) => bytes,
        Err(e) if e.kind() == io::ErrorKind::NotFound && folder.is_dir() => {
            return Err(VerifyError::NoList(shown.to_owned()));
        }
        Err(source) => return Err(FileError { action: "read", path: list, source }.into()),
    };
    match parse_checksums(&String::from_utf8_lossy(&bytes)) {
        Ok(checksums) => Ok((checksums, bytes)),
        Err(line) => Err(VerifyError::BadList { list, line }),
    }
}

/// What checksum the list itself should have, if the build that wrote it left its hidden manifest beside it: another
/// one than it has if somebody changed the list.
fn own_list_of(folder: &Path, list: &[u8]) -> io::Result<Option<Checksum>> {
    let known = Manifest::read(folder)?.get(CHECKSUMS);
    Ok(known.map(|known| match known == Written::of(list) {
        true => Checksum::of(list),
        false => Checksum::of(b""),
    }))
}

/// Paths of all files, but for the program's own and those of version control; links are files.
fn found(folder: &Path) -> io::Result<Vec<String>> {
    let site = Folder::open(folder)?.ok_or(io::ErrorKind::NotFound)?;
    let (mut level, mut found) = (vec![PathBuf::new()], Vec::new());
    while !level.is_empty() {
        let looked = parallel::map(&level, |folder| Ok((folder, site.entries(folder)?)));
        let looked: Vec<_> = looked.into_iter().collect::<io::Result<_>>()?;
        let mut inner = Vec::new();
        for (folder, entries) in looked {
            let is_top = folder.as_os_str().is_empty();
            for entry in entries {
                let path = tree::joined(folder, &entry.name);
                match entry.is_folder {
                    _ if is_top && OURS.iter().any(|ours| entry.name == *ours) => {}
                    true => inner.push(path),
                    false => found.push(path.to_string_lossy().into_owned()),
                }
            }
        }
        level = inner;
    }
    found.sort_unstable();
    Ok(found)
}

/// A path as bags write it: line ends and `%` are percent-encoded (RFC 8493, 2.1.3).
fn decoded(path: &str) -> String {
    path.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
}
