//! Takes a change in place back: a folder beside the site that holds what the change replaces or
//! removes, and a list of what brings the old site back.
//!
//! The folder gets its name when it is complete, so that a folder of that name says that a change is
//! under way. To undo twice, or to undo what was never done, does no harm: a run that is killed
//! while it undoes is followed by one that undoes again.
#![expect(clippy::disallowed_methods, reason = "puts files of the site back")]

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io;
use std::path::Path;

use super::change::Step;
use super::manifest::MANIFEST;
use super::tree;
use crate::disk::{make_folders, remove_tree};
use crate::site_path::may_be_written;

const LIST: &str = "list";
const HEAD: &str = "fonds undo 1\n";
/// Without it, the list is not whole.
const END: &str = "end\n";

/// What brings a part of the old site back.
#[derive(Debug, PartialEq, Eq)]
enum Remedy<'a> {
    /// A file that was not there.
    Remove(&'a str),
    /// A folder that was not there.
    RemoveFolder(&'a str),
    /// A folder that was there.
    MakeFolder(&'a str),
    /// A file that was there, by the number under which it is kept.
    PutBack(usize, &'a str),
}

/// Keeps what steps will replace or remove: gathers it in `aside`, which then is renamed to `undo`.
///
/// # Errors
///
/// If the file system refuses; the site was not touched then, and there is no `undo`.
pub(super) fn keep(steps: &[Step<'_>], target: &Path, aside: &Path, undo: &Path) -> io::Result<()> {
    fs::create_dir(aside)?;
    let mut list = String::from(HEAD);
    for (number, step) in steps.iter().enumerate().rev() {
        let _ = match step {
            Step::MakeFolder(path) => writeln!(list, "remove-folder {path}"),
            Step::RemoveFolder(path) => writeln!(list, "make-folder {path}"),
            Step::Put(path) | Step::Remove(path) => {
                if keep_file(&target.join(path), &aside.join(number.to_string()))? {
                    writeln!(list, "put-back {number} {path}")
                } else {
                    writeln!(list, "remove {path}")
                }
            }
        };
    }
    list.push_str(END);
    fs::write(aside.join(LIST), list)?;
    fs::rename(aside, undo)
}

/// Gives a file a second name, or a copy with its time where that cannot be; says whether there is
/// a file.
fn keep_file(file: &Path, kept: &Path) -> io::Result<bool> {
    match fs::hard_link(file, kept) {
        Ok(()) => return Ok(true),
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(_) => {}
    }
    copy(file, kept).map(|()| true)
}

/// A file that looks younger than the manifest would not count as untouched.
fn copy(file: &Path, kept: &Path) -> io::Result<()> {
    fs::copy(file, kept)?;
    let time = fs::metadata(file)?.modified()?;
    File::options().write(true).open(kept)?.set_modified(time)
}

/// Brings the old site back if a change of it is under way, by the folder that was kept.
///
/// A site that is gone as a whole is not brought back in parts, and a list that is not whole, as a
/// power cut may leave one, is not followed: what is younger than the manifest is made again by the
/// next build in either case.
///
/// # Errors
///
/// If the file system refuses; the folder stays then, and the next run tries again.
pub(super) fn recover(target: &Path, undo: &Path) -> io::Result<()> {
    if !tree::is_folder(undo) || !is_file(&undo.join(LIST)) {
        // A link is not ours, whatever it leads to.
        return remove_tree(undo);
    }
    let list = match fs::read(undo.join(LIST)) {
        Ok(bytes) => String::from_utf8(bytes).unwrap_or_default(),
        Err(e) if e.kind() == io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error),
    };
    if tree::is_folder(target) {
        for remedy in parse(&list).unwrap_or_default() {
            remedy.apply(target, undo)?;
        }
    }
    remove_tree(undo)
}

fn parse(list: &str) -> Option<Vec<Remedy<'_>>> {
    let lines = list.strip_prefix(HEAD)?.strip_suffix(END)?.lines();
    let is_ours = |path: &str| path == MANIFEST || may_be_written(path);
    let remedy = |line| {
        let (word, rest): (&str, &str) = str::split_once(line, ' ')?;
        let (remedy, path) = match word {
            "remove" => (Remedy::Remove(rest), rest),
            "remove-folder" => (Remedy::RemoveFolder(rest), rest),
            "make-folder" => (Remedy::MakeFolder(rest), rest),
            "put-back" => {
                let (number, path) = rest.split_once(' ')?;
                (Remedy::PutBack(number.parse().ok()?, path), path)
            }
            _ => return None,
        };
        is_ours(path).then_some(remedy)
    };
    lines.map(remedy).collect()
}

fn is_file(path: &Path) -> bool {
    path.symlink_metadata().is_ok_and(|data| data.is_file())
}

impl Remedy<'_> {
    /// What somebody put in the way meanwhile is theirs, and stays.
    fn apply(&self, target: &Path, undo: &Path) -> io::Result<()> {
        use io::ErrorKind::{AlreadyExists, IsADirectory, NotADirectory};
        match self.attempt(target, undo) {
            Err(e) if matches!(e.kind(), AlreadyExists | IsADirectory | NotADirectory) => Ok(()),
            result => result,
        }
    }

    fn attempt(&self, target: &Path, undo: &Path) -> io::Result<()> {
        let (Self::Remove(path)
        | Self::RemoveFolder(path)
        | Self::MakeFolder(path)
        | Self::PutBack(_, path)) = *self;
        if tree::leads_elsewhere(target, path) {
            // Behind a link of somebody's is nothing that we wrote.
            return Ok(());
        }
        match *self {
            Self::Remove(path) => match target.join(path) {
                path if tree::is_folder(&path) => Ok(()),
                path => tree::remove_file(&path),
            },
            Self::RemoveFolder(path) => tree::remove_empty(&target.join(path)),
            Self::MakeFolder(path) => make_folders(&target.join(path)),
            Self::PutBack(number, path) => {
                let (kept, path) = (undo.join(number.to_string()), target.join(path));
                if !is_file(&kept) || tree::is_folder(&path) {
                    return Ok(());
                }
                // Does nothing if both are the same file.
                tree::rename(&kept, &path)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL: &str = "fonds undo 1\nput-back 4 .fonds-manifest\nput-back 3 a/b c.html\n\
                       make-folder d\nremove x\nremove-folder y\nend\n";

    #[test]
    fn a_list_is_read_whole_or_not_at_all() {
        assert_eq!(parse(ALL).unwrap().len(), 5);
        assert_eq!(parse(ALL).unwrap()[1], Remedy::PutBack(3, "a/b c.html"));
        for end in 0..ALL.len() {
            assert_eq!(parse(&ALL[..end]), None, "{end}");
        }
        assert_eq!(parse("fonds undo 1\nremove ../x\nend\n"), None);
    }

    #[test]
    fn a_copy_has_the_time_of_its_original() {
        let folder = tempfile::tempdir().unwrap();
        let [file, kept] = ["file", "kept"].map(|name| folder.path().join(name));
        fs::write(&file, "x").unwrap();
        let old = std::time::UNIX_EPOCH + std::time::Duration::from_secs(1_000_000_000);
        File::options().write(true).open(&file).unwrap().set_modified(old).unwrap();
        copy(&file, &kept).unwrap();
        assert_eq!(fs::metadata(&kept).unwrap().modified().unwrap(), old);
    }

    #[test]
    fn a_site_that_is_gone_is_not_brought_back_in_parts() {
        let folder = tempfile::tempdir().unwrap();
        let [target, undo] = ["p", ".p.fonds-undo"].map(|name| folder.path().join(name));
        fs::create_dir(&undo).unwrap();
        fs::write(undo.join(LIST), "fonds undo 1\nput-back 0 a\nend\n").unwrap();
        fs::write(undo.join("0"), "old").unwrap();
        recover(&target, &undo).unwrap();
        assert!(!target.exists() && !undo.exists());
    }

    #[cfg(unix)]
    #[test]
    fn nothing_behind_a_link_is_touched() {
        let folder = tempfile::tempdir().unwrap();
        let [target, undo, victim] =
            ["p", ".p.fonds-undo", "victim"].map(|name| folder.path().join(name));
        for path in [&target, &undo, &victim] {
            fs::create_dir(path).unwrap();
        }
        fs::write(victim.join("v"), "precious").unwrap();
        std::os::unix::fs::symlink(&victim, target.join("d")).unwrap();
        let list = "fonds undo 1\nremove d/v\nput-back 0 d/w\nmake-folder d/new\n\
                    put-back 1 e\nremove-folder d/v\nend\n";
        fs::write(undo.join(LIST), list).unwrap();
        fs::write(undo.join("0"), "x").unwrap();
        std::os::unix::fs::symlink(victim.join("v"), undo.join("1")).unwrap();
        recover(&target, &undo).unwrap();
        let names: Vec<_> =
            fs::read_dir(&victim).unwrap().map(|e| e.unwrap().file_name()).collect();
        assert_eq!(names, ["v"]);
        assert!(!undo.exists() && !target.join("e").is_symlink());
        std::os::unix::fs::symlink(&victim, &undo).unwrap();
        recover(&target, &undo).unwrap();
        assert!(!undo.is_symlink() && victim.join("v").exists());
    }

    #[test]
    fn what_somebody_changed_meanwhile_is_no_obstacle() {
        let folder = tempfile::tempdir().unwrap();
        let [target, undo] = ["p", ".p.fonds-undo"].map(|name| folder.path().join(name));
        fs::create_dir(&undo).unwrap();
        fs::create_dir_all(target.join("a")).unwrap();
        fs::create_dir_all(target.join("b")).unwrap();
        fs::write(target.join("f"), "mine").unwrap();
        let list = "fonds undo 1\nput-back 0 a\nremove b\nput-back 2 f/x\nmake-folder f\n\
                    make-folder f/y\nremove f/z\nremove-folder f\nput-back 1 c/d/e\nend\n";
        fs::write(undo.join(LIST), list).unwrap();
        fs::write(undo.join("0"), "old").unwrap();
        fs::write(undo.join("1"), "old").unwrap();
        fs::write(undo.join("2"), "old").unwrap();
        recover(&target, &undo).unwrap();
        assert_eq!(fs::read_to_string(target.join("c/d/e")).unwrap(), "old");
        assert_eq!(fs::read_to_string(target.join("f")).unwrap(), "mine");
        assert!(target.join("a").is_dir() && target.join("b").is_dir() && !undo.exists());
    }
}
