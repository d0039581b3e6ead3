//! A folder as Linux has it: a handle, from which paths are followed, and entries that come with
//! their types.

use std::ffi::OsStr;
use std::fs::File;
use std::io;
use std::mem::MaybeUninit;
use std::os::fd::{AsFd, OwnedFd};
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::time::{Duration, SystemTime};

use rustix::fs::{AtFlags, CWD, FileType, Mode, OFlags, RawDir, Stat};
use rustix::fs::{mkdirat, openat, statat};

use super::{Entry, State};

/// Bytes of the entries that the system gives at a time: most folders of a site hold few.
const BUFFER: usize = 8 << 10;

#[derive(Debug)]
pub(super) struct Handle(OwnedFd);

impl Handle {
    pub(super) fn open(path: &Path) -> io::Result<Self> {
        open_folder(CWD, path).map(Self)
    }

    pub(super) fn entries(&self, path: &Path) -> io::Result<Vec<Entry>> {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let folder = open_folder(&self.0, path)?;
        let mut entries = Vec::new();
        let mut buffer = [MaybeUninit::uninit(); BUFFER];
        let mut read = RawDir::new(&folder, &mut buffer);
        while let Some(entry) = read.next() {
            let entry = entry?;
            let name = entry.file_name();
            let is_folder = match entry.file_type() {
                _ if matches!(name.to_bytes(), b"." | b"..") => continue,
                // Some file systems do not tell.
                FileType::Unknown => {
                    let stat = statat(&folder, name, AtFlags::SYMLINK_NOFOLLOW)?;
                    file_type(&stat).is_dir()
                }
                other => other.is_dir(),
            };
            let name = OsStr::from_bytes(name.to_bytes()).to_owned();
            entries.push(Entry { name, is_folder });
        }
        Ok(entries)
    }

    pub(super) fn file(&self, path: &str) -> Option<State> {
        let stat = statat(&self.0, path, AtFlags::SYMLINK_NOFOLLOW).ok()?;
        let size = u64::try_from(stat.st_size).ok()?;
        file_type(&stat).is_file().then_some(State { size, time: time(&stat)? })
    }

    #[expect(
        clippy::useless_conversion,
        reason = "the types of the fields depend on the processor"
    )]
    pub(super) fn identity(&self, path: &Path) -> Option<(u64, u64)> {
        let stat = statat(&self.0, path, AtFlags::SYMLINK_NOFOLLOW).ok()?;
        Some((stat.st_dev.into(), stat.st_ino.into()))
    }

    pub(super) fn make_folder(&self, path: &str) -> io::Result<()> {
        Ok(mkdirat(&self.0, path, Mode::from_raw_mode(0o777))?)
    }

    pub(super) fn create(&self, path: &str) -> io::Result<File> {
        let flags = OFlags::CREATE | OFlags::EXCL | OFlags::WRONLY | OFlags::CLOEXEC;
        Ok(openat(&self.0, path, flags, Mode::from_raw_mode(0o666))?.into())
    }
}

fn open_folder(from: impl AsFd, path: &Path) -> io::Result<OwnedFd> {
    let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    Ok(openat(from, path, flags, Mode::empty())?)
}

fn file_type(stat: &Stat) -> FileType {
    FileType::from_raw_mode(stat.st_mode)
}

/// Seconds count from 1970, and down before it; nanoseconds always up.
#[expect(clippy::useless_conversion, reason = "the types of the fields depend on the processor")]
fn time(stat: &Stat) -> Option<SystemTime> {
    let seconds = i64::try_from(stat.st_mtime).ok()?;
    let whole = Duration::from_secs(seconds.unsigned_abs());
    let start = if seconds < 0 {
        SystemTime::UNIX_EPOCH.checked_sub(whole)
    } else {
        SystemTime::UNIX_EPOCH.checked_add(whole)
    };
    start?.checked_add(Duration::from_nanos(u64::try_from(stat.st_mtime_nsec).ok()?))
}
