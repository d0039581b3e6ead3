//! Places that are changed file by file, over a network: in an order in which no page lacks its parts, and so that a
//! run that was killed is completed by the next.
//!
//! A folder `.fonds-lease` in the place keeps other publishers away. It says who holds it, and which files are
//! being changed: as long as it is there, these are not believed to be what the list of checksums says.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::{Change, FinishedSite, Listener, Target, TargetError};
use crate::disk::Disk;
use crate::files::{FileError, Sources};
use crate::publish::{Checksum, Checksums, parse_checksums};
use crate::site_path::{CHECKSUMS, may_be_written};

/// The folder that keeps other publishers away.
pub(super) const LEASE: &str = ".fonds-lease";
/// Who holds it.
pub(super) const HOLDER: &str = ".fonds-lease/holder";
/// Which files are being changed.
pub(super) const PATHS: &str = ".fonds-lease/paths";
/// Where the archive keeps the number of this copy of it.
const NUMBER: &str = ".fonds/publisher";

/// What can be done at a place; paths are below it.
pub(super) trait Remote {
    /// Where it is, as users know it.
    fn shown(&self) -> String;
    /// The bytes of a file, if it is there.
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, TargetError>;
    /// Makes the place if need be, and the lease in it; whether there was none.
    fn take(&self, holder: &[u8]) -> Result<bool, TargetError>;
    /// Writes one file.
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), TargetError>;
    /// Which files in doubt are those of the site, if the place can say so without sending them back.
    fn known(
        &self,
        _site: &FinishedSite,
        _doubtful: &BTreeSet<String>,
    ) -> Result<BTreeSet<String>, TargetError> {
        Ok(BTreeSet::new())
    }
    /// Sends files of the site; each is replaced in one step.
    fn send(
        &self,
        site: &FinishedSite,
        paths: &[&str],
        listener: &dyn Listener,
    ) -> Result<(), TargetError>;
    /// Removes files; some of them may be gone already.
    fn remove(&self, paths: &[&str], listener: &dyn Listener) -> Result<(), TargetError>;
    /// Removes what programs that were killed left among the files.
    fn tidy(&self) -> Result<(), TargetError> {
        Ok(())
    }
    /// Removes the lease with what is in it.
    fn release(&self) -> Result<(), TargetError>;
}

/// A target that is such a place.
pub(super) struct OverNetwork<R: Remote> {
    remote: R,
    root: PathBuf,
    /// Who this publisher is; the same whenever this archive is published from this machine.
    holder: String,
    is_leased: bool,
    /// Files that a run before was changing when it ended.
    doubtful: BTreeSet<String>,
    /// Whether files may be half changed: then the lease stays, for the next run to know.
    is_sending: bool,
}

impl<R: Remote> OverNetwork<R> {
    pub(super) fn new(remote: R, root: &Path) -> Self {
        Self {
            remote,
            root: root.to_owned(),
            holder: String::new(),
            is_leased: false,
            doubtful: BTreeSet::new(),
            is_sending: false,
        }
    }

    fn text(&self, path: &str) -> Result<Option<String>, TargetError> {
        let bytes = self.remote.get(path)?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).trim_end().to_owned()))
    }

    fn leased(&self, holder: Option<String>) -> TargetError {
        TargetError::Leased { place: self.remote.shown(), holder }
    }

    /// Reads what a run before was changing when it ended.
    fn read_doubtful(&mut self) -> Result<(), TargetError> {
        let paths = self.text(PATHS)?.unwrap_or_default();
        let paths = paths.lines().filter(|path| may_be_written(path));
        self.doubtful = paths.map(str::to_owned).collect();
        Ok(())
    }

    /// Makes sure that nobody took the lease over meanwhile.
    fn is_still_ours(&mut self) -> Result<(), TargetError> {
        let holder = self.text(HOLDER)?;
        if holder.as_ref() == Some(&self.holder) {
            return Ok(());
        }
        self.is_leased = false;
        Err(self.leased(holder))
    }
}

/// Who publishes: the machine, the archive's folder, and a number that only this copy of the archive has, since two
/// machines that run one recipe may have the same name and the same folders.
fn holder(root: &Path) -> Result<String, TargetError> {
    let host = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
    let archive = blake3::hash(root.as_os_str().as_encoded_bytes()).to_hex();
    let disk = Disk::open(root)?;
    let mut number = [0; 8];
    let source = |error: getrandom::Error| std::io::Error::other(error.to_string());
    let fault = |source| FileError { action: "write", path: NUMBER.to_owned(), source };
    getrandom::fill(&mut number).map_err(source).map_err(fault)?;
    disk.write_new(NUMBER, format!("{:016x}\n", u64::from_le_bytes(number)).as_bytes())?;
    let number = String::from_utf8_lossy(&disk.read(NUMBER)?).trim().to_owned();
    Ok(format!("{} {} {number}", host.trim(), &archive[..12]).trim().to_owned())
}

impl<R: Remote> Target for OverNetwork<R> {
    fn shown(&self) -> String {
        self.remote.shown()
    }

    fn lease(&mut self, take_over: bool) -> Result<(), TargetError> {
        self.holder = holder(&self.root)?;
        let line = format!("{}\n", self.holder);
        if !self.remote.take(line.as_bytes())? {
            let holder = self.text(HOLDER)?;
            // A lock of this machine says that no other run of this archive is at work.
            let is_ours = holder.as_ref() == Some(&self.holder);
            if !is_ours && !take_over {
                return Err(self.leased(holder));
            }
            self.remote.tidy()?;
            self.read_doubtful()?;
            self.remote.put(HOLDER, line.as_bytes())?;
        }
        self.is_leased = true;
        // What an earlier run left in doubt stays so until this one has ended well.
        self.is_sending = !self.doubtful.is_empty();
        Ok(())
    }

    fn held(&mut self, site: &FinishedSite) -> Result<Option<Checksums>, TargetError> {
        let list = self.text(CHECKSUMS)?;
        let held = list.and_then(|list| parse_checksums(&list).ok());
        if !self.is_leased {
            self.read_doubtful()?;
        }
        if self.doubtful.is_empty() {
            return Ok(held);
        }
        let known = self.remote.known(site, &self.doubtful)?;
        let mut held = held.unwrap_or_default();
        // No file has it: what is to be there is sent, what is not is removed.
        let unknown = Checksum::of(b"what a run that was killed left");
        for path in &self.doubtful {
            let sum = site.checksums().get(path).filter(|_| known.contains(path));
            held.insert(path.clone(), *sum.unwrap_or(&unknown));
        }
        Ok(Some(held))
    }

    fn send(
        &mut self,
        site: &FinishedSite,
        change: &Change,
        listener: &dyn Listener,
    ) -> Result<(), TargetError> {
        if change.is_empty() && self.doubtful.is_empty() {
            return Ok(());
        }
        let changed = change.sent.keys().chain(&change.removed).chain(&self.doubtful);
        let changed: BTreeSet<&str> = changed.map(String::as_str).collect();
        site.verify(change.sent.keys().map(String::as_str))?;
        let paths: Vec<&str> = changed.into_iter().collect();
        self.remote.put(PATHS, (paths.join("\n") + "\n").as_bytes())?;
        self.is_sending = true;
        for part in change.parts().into_iter().filter(|part| !part.is_empty()) {
            self.is_still_ours()?;
            self.remote.send(site, &part, listener)?;
        }
        let removed: Vec<&str> = change.removed.iter().map(String::as_str).collect();
        self.is_still_ours()?;
        if !removed.is_empty() {
            self.remote.remove(&removed, listener)?;
        }
        self.remote.send(site, &[CHECKSUMS], &Nobody)?;
        self.is_sending = false;
        Ok(())
    }
}

/// Who is not interested in the list of checksums.
struct Nobody;

impl Listener for Nobody {
    fn sent(&self, _files: usize) {}

    fn is_stopped(&self) -> bool {
        false
    }
}

/// Ends the lease, unless files may be half changed.
impl<R: Remote> Drop for OverNetwork<R> {
    fn drop(&mut self) {
        if self.is_leased && !self.is_sending {
            // Whoever finds it there reads whose it is.
            let _ = self.remote.release();
        }
    }
}
