//! A folder as any system has it.
#![expect(clippy::disallowed_methods, reason = "looks at files of the site and adds to them")]

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::{Entry, State};

#[derive(Debug)]
pub(super) struct Handle(PathBuf);

impl Handle {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        fs::read_dir(path).map(|_| Self(path.to_owned()))
    }

    pub(super) fn entries(&self, path: &Path) -> io::Result<Vec<Entry>> {
        let entry = |entry: io::Result<fs::DirEntry>| {
            let entry = entry?;
            Ok(Entry { name: entry.file_name(), is_folder: entry.file_type()?.is_dir() })
        };
        fs::read_dir(self.0.join(path))?.map(entry).collect()
    }

    pub(super) fn file(&self, path: &str) -> Option<State> {
        let data = self.0.join(path).symlink_metadata().ok()?;
        data.is_file().then_some(State { size: data.len(), time: data.modified().ok()? })
    }

    #[cfg(unix)]
    pub(super) fn identity(&self, path: &Path) -> Option<(u64, u64)> {
        use std::os::unix::fs::MetadataExt;
        let data = self.0.join(path).symlink_metadata().ok()?;
        Some((data.dev(), data.ino()))
    }

    /// Nothing tells: such a file is taken from the site again.
    #[cfg(not(unix))]
    pub(super) fn identity(&self, _path: &Path) -> Option<(u64, u64)> {
        None
    }

    pub(super) fn make_folder(&self, path: &str) -> io::Result<()> {
        fs::create_dir(self.0.join(path))
    }

    pub(super) fn create(&self, path: &str) -> io::Result<File> {
        File::create_new(self.0.join(path))
    }
}
