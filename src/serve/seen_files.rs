//! What the watched files were when they were last looked at, so that an event without a change (a save of
//! the same text, the build's own writing) builds nothing.
#![expect(clippy::disallowed_methods, reason = "looks through the watched folders")]

use std::collections::BTreeMap;
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rustc_hash::FxHashSet;
use walkdir::{DirEntry, WalkDir};

/// Files by full path, as they were last seen.
#[derive(Debug)]
pub(super) struct SeenFiles {
    /// What lies outside of it is nobody's to look at, wherever a link leads.
    root: PathBuf,
    seen: BTreeMap<PathBuf, Seen>,
}

/// A file as it was last seen.
#[derive(Debug, PartialEq)]
struct Seen {
    stamp: Stamp,
    /// Its text, if it was read: only files that were reported are.
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

/// Folders inside each other that are looked through: the archive reads no deeper ones.
const DEEPEST: usize = 65;

/// Whether a path leads, by whatever links, to something in a folder that has no links in its path.
pub(super) fn is_inside(path: &Path, root: &Path) -> bool {
    fs::canonicalize(path).is_ok_and(|real| real.starts_with(root))
}

/// All that is below a folder, and what links in it lead to as long as it is in the archive; of another link
/// the link itself.
pub(super) fn walk<'a>(path: &Path, root: &'a Path) -> impl Iterator<Item = DirEntry> + use<'a> {
    let walk = WalkDir::new(path).follow_root_links(false).max_depth(DEEPEST).into_iter();
    let within = is_inside(path, root);
    let found = walk.filter_entry(move |entry| within || entry.path_is_symlink());
    found.filter_map(Result::ok).flat_map(move |entry| {
        let leads_inside = entry.path_is_symlink() && is_inside(entry.path(), root);
        let behind = leads_inside.then(|| {
            let linked = WalkDir::new(entry.path()).follow_links(true).max_depth(DEEPEST);
            let walk = linked.into_iter().filter_entry(move |inner| {
                !inner.path_is_symlink() || is_inside(inner.path(), root)
            });
            walk.filter_map(Result::ok)
        });
        (!leads_inside).then_some(entry).into_iter().chain(behind.into_iter().flatten())
    })
}

impl SeenFiles {
    /// Nothing was seen yet of an archive's folder.
    pub(super) fn new(root: &Path) -> Self {
        let root = fs::canonicalize(root).unwrap_or_else(|_| root.to_owned());
        Self { root, seen: BTreeMap::new() }
    }

    /// Looks at a file, or at all files below a folder; gives those that changed, came or went.
    pub(super) fn look(&mut self, path: &Path) -> Vec<PathBuf> {
        let (mut changed, mut seen) = (Vec::new(), FxHashSet::default());
        let root = self.root.clone();
        for entry in walk(path, &root) {
            // A file that cannot be read now is looked at again when that changes.
            let Ok(data) = entry.metadata() else { continue };
            if data.is_symlink() {
                // What it leads to is not looked at; that it is there must be reported.
                if self.is_new_link(entry.path(), Stamp::of(&data)) {
                    changed.push(entry.path().to_owned());
                }
                seen.insert(entry.into_path());
            } else if data.is_file() {
                if self.differs(entry.path(), Stamp::of(&data), entry.path() == path) {
                    changed.push(entry.path().to_owned());
                }
                seen.insert(entry.into_path());
            }
        }
        let known = self.seen.range(path.to_owned()..).map(|(known, _)| known);
        let known = known.take_while(|known| known.starts_with(path));
        let gone: Vec<PathBuf> = known.filter(|known| !seen.contains(*known)).cloned().collect();
        for gone in gone {
            self.seen.remove(&gone);
            changed.push(gone);
        }
        changed
    }

    /// Has files reported by the next look even if they are then what they were before: somebody may have
    /// read them while they were something else, or were away for a moment.
    pub(super) fn doubt(&mut self, path: &Path, is_sure: impl Fn(&Path) -> bool) {
        let below = self.seen.range_mut(path.to_owned()..).take_while(|(p, _)| p.starts_with(path));
        for (path, seen) in below {
            if !is_sure(path) {
                (seen.hash, seen.stamp.is_fresh) = (None, true);
            }
        }
    }

    /// Whether a link was not there, or led elsewhere.
    fn is_new_link(&mut self, path: &Path, stamp: Stamp) -> bool {
        let to = fs::read_link(path).unwrap_or_default();
        let hash = Some(blake3::hash(to.as_os_str().as_encoded_bytes()));
        let known = self.seen.insert(path.to_owned(), Seen { stamp, hash });
        known.is_none_or(|known| known.hash != hash)
    }

    /// Whether a file differs from before; one that was reported is read, whatever its stamp is.
    fn differs(&mut self, path: &Path, stamp: Stamp, is_told: bool) -> bool {
        let known = self.seen.get(path);
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
        let known = self.seen.insert(path.to_owned(), Seen { stamp, hash });
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
        let mut files = SeenFiles::new(folder.path());
        assert_eq!(files.look(folder.path()).len(), 2);
        fs::write(&a, "1").unwrap();
        assert!(files.look(&a).is_empty());
        fs::write(&a, "2").unwrap();
        assert_eq!(files.look(&a), [a.as_path()]);
        fs::remove_dir_all(folder.path().join("b")).unwrap();
        assert_eq!(files.look(&folder.path().join("b")), [b]);
        assert!(files.look(&a).is_empty());
    }

    #[test]
    fn what_is_in_doubt_is_reported_though_it_is_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let [a, b] = ["a.md", "b.md"].map(|name| folder.path().join(name));
        fs::write(&a, "1").unwrap();
        fs::write(&b, "1").unwrap();
        let mut files = SeenFiles::new(folder.path());
        files.look(folder.path());
        assert!(files.look(folder.path()).is_empty());
        files.doubt(folder.path(), |path| path == b);
        assert_eq!(files.look(folder.path()), [a.as_path()]);
        assert!(files.look(folder.path()).is_empty());
    }

    #[cfg(unix)]
    #[test]
    fn nothing_behind_a_link_out_of_the_archive_is_seen() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        let [root, outside] = ["a", "outside"].map(|name| folder.path().join(name));
        fs::create_dir_all(root.join("static")).unwrap();
        fs::create_dir_all(root.join("shared/deep")).unwrap();
        fs::create_dir(&outside).unwrap();
        fs::write(outside.join("secret.txt"), "x").unwrap();
        fs::write(root.join("shared/deep/b.txt"), "x").unwrap();
        symlink(&outside, root.join("static/out")).unwrap();
        symlink(outside.join("secret.txt"), root.join("static/file.txt")).unwrap();
        symlink(&outside, root.join("shared/out")).unwrap();
        symlink("../shared", root.join("static/in")).unwrap();
        symlink(&outside, root.join("themes")).unwrap();
        let mut files = SeenFiles::new(&root);
        let inner = root.join("static/in/deep/b.txt");
        let links = ["static/file.txt", "static/out"].map(|path| root.join(path));
        let mut seen = files.look(&root.join("static"));
        seen.sort();
        assert_eq!(seen, [&links[0], &inner, &links[1]].map(Clone::clone));
        // Links are seen once, and nothing behind them.
        fs::write(outside.join("secret.txt"), "y").unwrap();
        assert_eq!(files.look(&root.join("themes")), [root.join("themes")]);
        for path in ["static/out", "static/out/secret.txt", "static/file.txt", "themes"] {
            assert!(files.look(&root.join(path)).is_empty(), "{path}");
        }
        fs::write(&inner, "other").unwrap();
        assert_eq!(files.look(&inner), [inner]);
    }

    #[test]
    fn a_look_at_a_folder_finds_a_change_within_one_tick_of_the_clock() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("a.md");
        fs::write(&file, "1").unwrap();
        let mut files = SeenFiles::new(folder.path());
        files.look(folder.path());
        let stamp = Stamp::of(&fs::metadata(&file).unwrap());
        fs::write(&file, "2").unwrap();
        files.seen.get_mut(&file).unwrap().stamp = Stamp { is_fresh: true, ..stamp };
        assert_eq!(files.look(folder.path()), [file.as_path()]);
        assert!(files.look(folder.path()).is_empty());
        // An old stamp that is the same as it was is believed.
        let stamp = Stamp { is_fresh: false, ..files.seen[&file].stamp };
        let known = blake3::hash(b"whatever");
        files.seen.insert(file.clone(), Seen { stamp, hash: Some(known) });
        assert!(files.look(folder.path()).is_empty());
    }
}
