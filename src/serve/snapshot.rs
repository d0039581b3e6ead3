//! What the watched files held when they were last looked at, so that an event without a change
//! (a save of the same text, the build's own writing) builds nothing.
#![expect(clippy::disallowed_methods, reason = "looks through the watched folders")]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// Hashes of files by full path.
#[derive(Debug, Default)]
pub(super) struct Snapshot(BTreeMap<PathBuf, blake3::Hash>);

impl Snapshot {
    /// Looks at a file, or at all files below a folder; gives those that changed, came or went.
    pub(super) fn look(&mut self, path: &Path) -> Vec<PathBuf> {
        let mut changed = Vec::new();
        let known: Vec<PathBuf> = self
            .0
            .range(path.to_owned()..)
            .map(|(p, _)| p)
            .take_while(|p| p.starts_with(path))
            .cloned()
            .collect();
        for gone in known.into_iter().filter(|known| !known.is_file()) {
            self.0.remove(&gone);
            changed.push(gone);
        }
        for entry in WalkDir::new(path).follow_links(true).into_iter().filter_map(Result::ok) {
            if entry.file_type().is_file() {
                // A file that cannot be read now is looked at again when that changes.
                let Ok(bytes) = fs::read(entry.path()) else { continue };
                let hash = blake3::hash(&bytes);
                if self.0.insert(entry.path().to_owned(), hash) != Some(hash) {
                    changed.push(entry.into_path());
                }
            }
        }
        changed
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
        assert_eq!(snapshot.look(&a), [a]);
        fs::remove_dir_all(folder.path().join("b")).unwrap();
        assert_eq!(snapshot.look(&folder.path().join("b")), [b]);
        assert!(snapshot.look(folder.path()).is_empty());
    }
}
