//! The archive's folder on the disk: [`Disk`] reads and writes files for all other modules, by path from
//! the archive's root, and never outside of it. Every error names its path.
//!
//! What a file means is no matter of this module; how `public/` is replaced is that of `publish`.
#![expect(clippy::disallowed_methods, reason = "the one place where the archive's files are read")]

mod cache;
mod place;
mod removal;
mod replacement;

use std::fs::{self, File};
use std::io::{self, Read, Seek, Write};
use std::path::{MAIN_SEPARATOR, Path, PathBuf};

pub use place::{archive_above, create_folder, is_folder, program_hash, resolve};
pub use removal::{make_folders, remove_tree};
pub use replacement::exchange;
use walkdir::{DirEntry, WalkDir};

use crate::diagnostic::{Diagnostic, Report};
use crate::files::{Cache, FileError, Sink, Sources, Store, is_of_an_editor};
use crate::limits::Limit;
use crate::parallel;

/// The folder of an archive.
#[derive(Debug)]
pub struct Disk {
    /// Without symlinks, so that other paths can be compared with it.
    root: PathBuf,
    #[cfg(target_os = "linux")]
    folder: File,
}

impl Disk {
    /// Opens the folder of an archive.
    ///
    /// # Errors
    ///
    /// If there is no such folder, or it cannot be read.
    pub fn open(root: &Path) -> Result<Self, FileError> {
        let fault = |source| FileError { action: "open", path: root.display().to_string(), source };
        let real = fs::canonicalize(root).map_err(fault)?;
        fs::read_dir(&real).map_err(fault)?;
        Ok(Self {
            #[cfg(target_os = "linux")]
            folder: File::open(&real).map_err(fault)?,
            root: real,
        })
    }

    /// Where the archive lies, as an absolute path without symlinks.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Whether there is anything at a path, be it a link that leads nowhere.
    pub fn exists(&self, path: &str) -> bool {
        self.root.join(path).symlink_metadata().is_ok()
    }

    /// Writes a file that does not exist yet; says whether it did, and leaves alone what is there.
    pub fn write_new(&self, path: &str, bytes: &[u8]) -> Result<bool, FileError> {
        if self.exists(path) {
            return Ok(false);
        }
        let write = || {
            let folder = self.folder_of(path)?;
            let mut file = new_file_beside(&folder)?;
            file.write_all(bytes)?;
            match file.persist_noclobber(folder.join(place_and_name(path).1)) {
                Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
                Err(failed) => Err(failed.error),
                Ok(_) => Ok(true),
            }
        };
        write().map_err(|source| file_error("write", path, source))
    }

    /// Deletes a file.
    pub fn remove(&self, path: &str) -> Result<(), FileError> {
        let fault = |source| file_error("delete", path, source);
        let place = self.place_of(path).map_err(fault)?;
        fs::remove_file(place).map_err(fault)
    }

    /// Deletes a file if `is_known` says of its bytes that they are what the caller has read; says whether it did.
    pub fn remove_known(
        &self,
        path: &str,
        is_known: &dyn Fn(&[u8]) -> bool,
    ) -> Result<bool, FileError> {
        let place = self.place_of(path);
        let removed = place.and_then(|place| replacement::remove(&place, is_known));
        removed.map_err(|source| file_error("delete", path, source))
    }

    /// Deletes a folder with all that it holds, if there is one.
    pub fn remove_folder(&self, path: &str) -> Result<(), FileError> {
        let fault = |source| file_error("delete", path, source);
        match self.place_of(path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(()),
            place => place.and_then(|place| remove_tree(&place)).map_err(fault),
        }
    }

    /// Where something is, by its folder without links; it may be a link itself.
    fn place_of(&self, path: &str) -> io::Result<PathBuf> {
        check_path(path)?;
        let full = self.root.join(path);
        let folder = self.inside(full.parent().unwrap_or(&self.root))?;
        Ok(folder.join(full.file_name().unwrap_or_default()))
    }

    /// The real path of something that is there, unless it is outside of the archive.
    fn inside(&self, path: &Path) -> io::Result<PathBuf> {
        let real = fs::canonicalize(path)?;
        if real.starts_with(&self.root) { Ok(real) } else { Err(io::Error::other(LEADS_OUT)) }
    }

    /// Opens a file to read it; a link may lead anywhere inside the archive, and nowhere else.
    fn open_inside(&self, path: &str) -> io::Result<File> {
        check_path(path)?;
        #[cfg(target_os = "linux")]
        {
            use rustix::fs::{Mode, OFlags, ResolveFlags};
            use rustix::io::Errno;
            // Not to wait for a writer, should the file be a pipe.
            let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK;
            let inside = ResolveFlags::BENEATH | ResolveFlags::NO_SYMLINKS;
            match rustix::fs::openat2(&self.folder, path, flags, Mode::empty(), inside) {
                Ok(file) => return Ok(file.into()),
                // Links, and systems without this call: ask the slow way.
                Err(Errno::LOOP | Errno::XDEV | Errno::NOSYS) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let real = self.inside(&self.root.join(path))?;
        if self.is_hidden(&real) && !self.is_hidden(&self.root.join(path)) {
            return Err(io::Error::other("a symlink in it points to a hidden file"));
        }
        // Whoever puts a pipe there meanwhile must not stop us.
        let mut options = File::options();
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt;
            options.custom_flags(rustix::fs::OFlags::NONBLOCK.bits().cast_signed());
        }
        options.read(true).open(real)
    }

    /// The folder of a file that is to be written, made if need be.
    fn folder_of(&self, path: &str) -> io::Result<PathBuf> {
        check_path(path)?;
        let full = self.root.join(path);
        let parent = full.parent().unwrap_or(&self.root);
        // Before a folder is made: a link on the way would have it made elsewhere.
        let existing = parent.ancestors().find(|folder| folder.symlink_metadata().is_ok());
        self.inside(existing.unwrap_or(&self.root))?;
        make_folders(parent)?;
        self.inside(parent)
    }

    /// Whether a file or folder is one of the archive's; what must not be read is reported.
    fn wanted(&self, entry: &DirEntry, report: &Report) -> bool {
        if entry.depth() > 0 && self.is_passed_over(entry) {
            return false;
        }
        if entry.file_name().to_str().is_none() {
            report.push(
                Diagnostic::error(self.shown(entry.path()), "the file name is not valid Unicode")
                    .expected("a name in UTF-8")
                    .help("rename it"),
            );
            return false;
        }
        if entry.depth() > Limit::Folders.count() {
            report.push(
                Diagnostic::error(
                    self.shown(entry.path()),
                    format!("the path is more than {} folders deep", Limit::Folders.now()),
                )
                .expected(format!("at most {} folders inside each other", Limit::Folders.now()))
                .help(format!(
                    "move the files up, remove the folder, or raise {}",
                    Limit::Folders.told()
                )),
            );
            return false;
        }
        let leads = |real: PathBuf| match real.starts_with(&self.root) {
            true => self.is_hidden(&real).then_some("the symlink points to a hidden file"),
            false => Some("the symlink points outside the archive"),
        };
        let fault = || fs::canonicalize(entry.path()).map_or(Some(LEADS_NOWHERE), leads);
        if entry.path_is_symlink()
            && let Some(fault) = fault()
        {
            let leads_to = fs::read_link(entry.path()).unwrap_or_default();
            report.push(
                Diagnostic::error(self.shown(entry.path()), fault)
                    .note(format!("it points to `{}`", leads_to.display()))
                    .expected("files inside the archive's folder")
                    .help("replace the link by a copy of the file, or remove it"),
            );
            return false;
        }
        true
    }

    /// Whether a path is that of a file which `list` gives, with no link on the way to it.
    pub fn is_plain(&self, path: &str) -> bool {
        let mut inside = PathBuf::new();
        let is_plain = |part: &str| {
            inside.push(part);
            !is_passed_over(part, || &inside) && !self.root.join(&inside).is_symlink()
        };
        check_path(path).is_ok() && path.split('/').all(is_plain) && self.root.join(path).is_file()
    }

    /// Whether a path without links is that of a file, or lies in a folder, that `list` passes over.
    fn is_hidden(&self, real: &Path) -> bool {
        let inside = real.strip_prefix(&self.root).unwrap_or(real);
        inside.iter().any(|part| is_passed_over(&part.to_string_lossy(), || inside))
    }

    fn is_passed_over(&self, entry: &DirEntry) -> bool {
        let inside = || entry.path().strip_prefix(&self.root).unwrap_or(entry.path());
        is_passed_over(&entry.file_name().to_string_lossy(), inside)
    }

    /// A path as users know it: from the root, with `/` between its parts.
    fn shown(&self, path: &Path) -> String {
        // Most paths are known at once, without a look at each of their parts.
        if let (Some(root), Some(path), '/') = (self.root.to_str(), path.to_str(), MAIN_SEPARATOR)
            && let Some(inside) = path.strip_prefix(root).and_then(|rest| rest.strip_prefix('/'))
        {
            return inside.to_owned();
        }
        let inside = path.strip_prefix(&self.root).unwrap_or(path);
        let parts: Vec<_> = inside.iter().map(|part| part.to_string_lossy()).collect();
        parts.join("/")
    }

    fn report_unreadable(&self, error: &walkdir::Error, report: &Report) {
        let path = error.path().map(|p| self.shown(p)).unwrap_or_default();
        let (message, help) = match error.io_error() {
            Some(cause) => (
                format!("cannot read `{path}`: {cause}"),
                "grant yourself read permission, or move it out of the archive",
            ),
            None => {
                (format!("`{path}` is a symlink to a folder that contains it"), "remove the link")
            }
        };
        report.push(Diagnostic::error(path, message).help(help));
    }
}

impl Sources for Disk {
    fn cache(&self) -> Option<&dyn Cache> {
        Some(self)
    }

    fn list(&self, folder: &str, report: &Report) -> Vec<String> {
        let top = self.root.join(folder);
        if check_path(folder).is_err() || top.symlink_metadata().is_err() {
            return Vec::new();
        }
        let mut paths = Vec::new();
        let walk = WalkDir::new(&top).follow_links(true).into_iter();
        for entry in walk.filter_entry(|entry| self.wanted(entry, report)) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) if entry.file_type().is_file() && entry.depth() > 0 => {
                    paths.push(self.shown(entry.path()));
                }
                Ok(entry) => {
                    let (found, wanted) =
                        if entry.depth() == 0 { ("a file", "a folder") } else { OTHER };
                    let path = self.shown(entry.path());
                    let message = format!("`{path}` is {found}, not {wanted}");
                    report.push(Diagnostic::error(path, message).help("remove it"));
                }
                Err(error) => self.report_unreadable(&error, report),
            }
        }
        paths.sort_unstable();
        paths
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        let read = || {
            let file = self.open_inside(path)?;
            let data = file.metadata()?;
            if !data.is_file() {
                return Err(io::Error::other("it is not a file"));
            }
            let most = Limit::FileMegabytes.bytes();
            if data.len() > most {
                let (size, limit) = (data.len(), Limit::FileMegabytes.told());
                let why = format!("it has {size} bytes, and at most {most} are read: see {limit}");
                return Err(io::Error::new(io::ErrorKind::FileTooLarge, why));
            }
            let mut bytes = Vec::new();
            bytes.try_reserve_exact(usize::try_from(data.len()).unwrap_or_default())?;
            // A file by itself would ask for its size and its place once more.
            file.take(most).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        read().map_err(|source| file_error("read", path, source))
    }

    fn beginning(&self, path: &str, length: usize) -> Result<Vec<u8>, FileError> {
        let read = || {
            let file = self.open_inside(path)?;
            if !file.metadata()?.is_file() {
                return Err(io::Error::other("it is not a file"));
            }
            let mut bytes = Vec::new();
            file.take(u64::try_from(length).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        read().map_err(|source| file_error("read", path, source))
    }

    fn part(&self, path: &str, from: u64, length: usize) -> Result<Vec<u8>, FileError> {
        let read = || {
            let mut file = self.open_inside(path)?;
            if !file.metadata()?.is_file() {
                return Err(io::Error::other("it is not a file"));
            }
            file.seek(io::SeekFrom::Start(from))?;
            let mut bytes = Vec::new();
            file.take(u64::try_from(length).unwrap_or(u64::MAX)).read_to_end(&mut bytes)?;
            Ok(bytes)
        };
        read().map_err(|source| file_error("read", path, source))
    }
}

impl Sink for Disk {
    /// Writes or replaces one file; a reader sees the old one or the new one, never a half.
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        let write = || {
            let folder = self.folder_of(path)?;
            let name = Path::new(path).file_name().unwrap_or_default();
            let mut file = new_file_beside(&folder)?;
            file.write_all(bytes)?;
            file.persist(folder.join(name)).map_err(|error| error.error)?;
            Ok(())
        };
        write().map_err(|source| file_error("write", path, source))
    }
}

impl Store for Disk {
    /// Each folder is found and checked once, and each file written in one go where it belongs.
    fn create(&self, files: &[(&str, &[u8])]) -> Result<Vec<String>, FileError> {
        let mut there = Vec::new();
        for files in files.chunk_by(|(a, _), (b, _)| place_and_name(a).0 == place_and_name(b).0) {
            let (first, _) = files[0];
            let folder =
                self.folder_of(first).map_err(|source| file_error("write", first, source))?;
            let write = |(path, bytes): &(&str, &[u8])| {
                check_path(path)?;
                let full = folder.join(place_and_name(path).1);
                let mut file = match File::options().write(true).create_new(true).open(&full) {
                    Err(e) if e.kind() == io::ErrorKind::AlreadyExists => return Ok(false),
                    opened => opened?,
                };
                let written = file.write_all(bytes).inspect_err(|_| {
                    // A half of it would be taken for what a person wrote.
                    let _ = fs::remove_file(&full);
                });
                written.map(|()| true)
            };
            let refused = |file: &(&str, &[u8])| match write(file) {
                Ok(true) => None,
                Ok(false) => Some(Ok(file.0.to_owned())),
                Err(source) => Some(Err(file_error("write", file.0, source))),
            };
            let refused = parallel::map(files, refused).into_iter().flatten();
            there.extend(refused.collect::<Result<Vec<String>, FileError>>()?);
        }
        Ok(there)
    }

    fn replace(
        &self,
        path: &str,
        bytes: &[u8],
        is_known: &dyn Fn(&[u8]) -> bool,
    ) -> Result<bool, FileError> {
        let replace = || {
            let place = self.folder_of(path)?.join(place_and_name(path).1);
            replacement::replace(&place, bytes, is_known)
        };
        replace().map_err(|source| file_error("write", path, source))
    }

    fn discard(&self, path: &str) -> Result<(), FileError> {
        match self.remove(path) {
            Err(error) if error.source.kind() == io::ErrorKind::NotFound => Ok(()),
            done => done,
        }
    }
}

/// The folder of a file, and its name there.
fn place_and_name(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

const LEADS_NOWHERE: &str = "the symlink points to a missing file";

const LEADS_OUT: &str = "a symlink in it points outside the archive";

const OTHER: (&str, &str) = ("a device, a pipe or a socket", "a file");

/// A hidden file with the mode that any other program would give it, not one only for its owner.
fn new_file_beside(folder: &Path) -> io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".fonds-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        builder.permissions(fs::Permissions::from_mode(0o666));
    }
    builder.tempfile_in(folder)
}

fn file_error(action: &'static str, path: &str, source: io::Error) -> FileError {
    FileError { action, path: path.to_owned(), source }
}

/// Refuses paths that are no plain way down from the root.
fn check_path(path: &str) -> io::Result<()> {
    let down = !path.is_empty()
        && !path.contains('\0')
        && path.split('/').all(|part| !matches!(part, "" | "." | ".."));
    if down {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::InvalidInput, "the path is outside the archive"))
}

/// Hidden files and what editors leave behind. A host's hidden files may stand in `static/`.
fn is_passed_over<'p>(name: &str, path: impl FnOnce() -> &'p Path) -> bool {
    let in_static = || path().iter().any(|part| part == "static");
    let never = name.starts_with(".git") || name == ".DS_Store" || name.starts_with(".fonds-");
    is_of_an_editor(name) || name.starts_with('.') && (never || !in_static())
}

#[cfg(test)]
mod tests;
