//! What the watched files were when they were last looked at, so that an event without a change (a save of
//! the same text, the build's own writing) builds nothing.
#![expect(clippy::disallowed_methods, reason = "looks through the watched folders")]

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rustc_hash::FxHashSet;
use walkdir::WalkDir;

/// Files by full path, as they were last seen.
#[derive(Debug, Default)]
pub(super) struct Snapshot(BTreeMap<PathBuf, Seen>);

/// A file as it was last seen.
#[derive(Debug, PartialEq)]
struct Seen {
    stamp: Stamp,
    /// Its text, if it was read: only what was told of is.
    hash: Option<blake3::Hash>,
}

/// What the system says of a file; another text is nearly never without another stamp.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Stamp {
    length: u64,
    modified: Option<SystemTime>,
    inode: (u64, i64, i64),
    /// Whether so little time had passed since the last change that another one may have the same time.
    is_fresh: bool,
}

/// Clocks of file systems tick at least so often.
const TICK: Duration = Duration::from_secs(2);

impl Stamp {
    fn of(data: &Metadata) -> Self {
        let modified = data.modified().ok();
        let age = modified.and_then(|time| SystemTime::now().duration_since(time).ok());
        let is_fresh = age.is_none_or(|age| age < TICK);
        Self { length: data.len(), modified, inode: inode(data), is_fresh }
    }

    /// Whether a file that has this stamp now is the one that had the other.
    fn is_surely(&self, known: &Self) -> bool {
        let same = (self.length, self.modified, self.inode);
        same == (known.length, known.modified, known.inode) && !known.is_fresh
    }
}

#[cfg(unix)]
fn inode(data: &Metadata) -> (u64, i64, i64) {
    use std::os::unix::fs::MetadataExt;
    (data.ino(), data.ctime(), data.ctime_nsec())
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> (u64, i64, i64) {
    (0, 0, 0)
}

impl Snapshot {
    /// Looks at a file, or at all files below a folder; gives those that changed, came or went.
    pub(super) fn look(&mut self, path: &Path) -> Vec<PathBuf> {
        let (mut changed, mut seen) = (Vec::new(), FxHashSet::default());
        for entry in WalkDir::new(path).follow_links(true).into_iter().filter_map(Result::ok) {
            // A file that cannot be read now is looked at again when that changes.
            let Ok(data) = entry.metadata() else { continue };
            if data.is_file() {
                if self.differs(entry.path(), Stamp::of(&data), entry.depth() == 0) {
                    changed.push(entry.path().to_owned());
                }
                seen.insert(entry.into_path());
            }
        }
        let known = self.0.range(path.to_owned()..).map(|(known, _)| known);
        let known = known.take_while(|known| known.starts_with(path));
        let gone: Vec<PathBuf> = known.filter(|known| !seen.contains(*known)).cloned().collect();
        for gone in gone {
            self.0.remove(&gone);
            changed.push(gone);
        }
        changed
    }

    /// Whether a file is another than it was; one that was told of is read, whatever its stamp is.
    fn differs(&mut self, path: &Path, stamp: Stamp, is_told: bool) -> bool {
        let known = self.0.get(path);
        if known.is_some_and(|known| !is_told && stamp.is_surely(&known.stamp)) {
            return false;
        }
        let hash = match known {
            // The first look reads hardly anything.
            None if !is_told && !stamp.is_fresh => None,
            _ => match fs::read(path) {
                Ok(bytes) => Some(blake3::hash(&bytes)),
                Err(_) => return false,
            },
        };
        let known = self.0.insert(path.to_owned(), Seen { stamp, hash });
        known.is_none_or(|known| known.hash.is_none() || known.hash != hash)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changed_is_told() {
        let folder = tempfile::tempdir().unwrap();
        let [a, b] = ["a.md", "b/c.md"].map(|name| folder.path().join(name));
        fs::create_dir(folder.path().join("b")).unwrap();
        fs::write(&a, "1").unwrap();
        fs::write(&b, "1").unwrap();
        let mut snapshot = Snapshot::default();
        assert_eq!(snapshot.look(folder.path()).len(), 2);
        fs::write(&a, "1").unwrap();
        assert!(snapshot.look(&a).is_empty());
        fs::write(&a, "2").unwrap();
        assert_eq!(snapshot.look(&a), [a.as_path()]);
        fs::remove_dir_all(folder.path().join("b")).unwrap();
        assert_eq!(snapshot.look(&folder.path().join("b")), [b]);
        assert!(snapshot.look(&a).is_empty());
    }

    #[test]
    fn a_look_at_a_folder_finds_a_change_within_one_tick_of_the_clock() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.md");
        fs::write(&file, "1").unwrap();
        let mut snapshot = Snapshot::default();
        snapshot.look(folder.path());
        let stamp = Stamp::of(&fs::metadata(&file).unwrap());
        fs::write(&file, "2").unwrap();
        snapshot.0.get_mut(&file).unwrap().stamp = Stamp { is_fresh: true, ..stamp };
        assert_eq!(snapshot.look(folder.path()), [file.as_path()]);
        assert!(snapshot.look(folder.path()).is_empty());
        // An old stamp that is the same as it was is believed.
        let stamp = Stamp { is_fresh: false, ..snapshot.0[&file].stamp };
        let known = blake3::hash(b"whatever");
        snapshot.0.insert(file.clone(), Seen { stamp, hash: Some(known) });
        assert!(snapshot.look(folder.path()).is_empty());
    }
}
