//! The site's folder, and what is beside it for the time of a build.
#![expect(clippy::disallowed_methods, reason = "makes the folders beside the site's")]

use std::ffi::OsString;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::folder::Folder;
use crate::disk::{make_folders, remove_tree};

/// Where the old site and the new one are.
#[derive(Debug)]
pub(super) struct Places {
    /// The site's folder.
    pub(super) target: PathBuf,
    /// The folder that the new site grows in.
    pub(super) stage: PathBuf,
    /// The old site while it is exchanged where two folders cannot be exchanged in one step.
    pub(super) old: PathBuf,
    /// While a site is changed in place, what brings the old one back.
    pub(super) undo: PathBuf,
    /// A second folder of a large site, which the next site grows in.
    pub(super) spare: PathBuf,
    /// The file that keeps other builds away.
    pub(super) lock: PathBuf,
}

impl Places {
    /// None if the folder has no name to give to another.
    pub(super) fn of(target: &Path) -> io::Result<Option<Self>> {
        let Some(name) = target.file_name() else { return Ok(None) };
        let parent = target.parent().filter(|p| !p.as_os_str().is_empty());
        let parent = parent.unwrap_or(Path::new("."));
        make_folders(parent)?;
        let parent = fs::canonicalize(parent)?;
        let beside = |part: &str| {
            let mut hidden = OsString::from(".");
            hidden.push(name);
            hidden.push(format!(".fonds-{part}"));
            parent.join(hidden)
        };
        Ok(Some(Self {
            target: parent.join(name),
            stage: beside("stage"),
            old: beside("old"),
            undo: beside("undo"),
            spare: beside("spare"),
            lock: beside("lock"),
        }))
    }
}

/// The folder that the new site grows in, for as long as it does.
#[derive(Debug)]
pub(super) struct Stage {
    path: PathBuf,
    pub(super) folder: Folder,
}

impl Stage {
    /// Makes it, empty.
    pub(super) fn make(places: &Places) -> io::Result<Self> {
        let path = places.stage.clone();
        remove_tree(&path)?;
        fs::create_dir(&path)?;
        let folder = Folder::open(&path)?.ok_or(io::ErrorKind::NotFound)?;
        Ok(Self { path, folder })
    }
}

impl Drop for Stage {
    fn drop(&mut self) {
        // What cannot be deleted now is deleted when the next build begins.
        let _ = remove_tree(&self.path);
    }
}
