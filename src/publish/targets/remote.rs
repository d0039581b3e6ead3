//! Places that are changed file by file, over a network: in an order in which no page lacks its parts, and so that a
//! run that was killed is completed by the next.
//!
//! A folder `.fonds-lease` in the place keeps other publishers away. In it stands who holds it, and which files are
//! being changed: as long as it is there, these are not believed to be what the list of checksums says.

use std::collections::BTreeSet;

use super::{Change, FinishedSite, Target, TargetError};
use crate::publish::{Checksum, Checksums, parse_checksums};
use crate::site_path::{CHECKSUMS, may_be_written};

/// The folder that keeps other publishers away.
pub(super) const LEASE: &str = ".fonds-lease";
const HOLDER: &str = ".fonds-lease/holder";
const PATHS: &str = ".fonds-lease/paths";

/// What can be done at a place; paths are below it.
pub(super) trait Remote {
    /// Where it is, as users know it.
    fn shown(&self) -> String;
    /// The bytes of a file, if it is there.
    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, TargetError>;
    /// Makes the place if need be, and a new folder in it; whether there was none.
    fn make_folder(&self, path: &str) -> Result<bool, TargetError>;
    /// Writes one file.
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), TargetError>;
    /// Sends files of the site; each is replaced in one step.
    fn send(&self, site: &FinishedSite, paths: &[&str]) -> Result<(), TargetError>;
    /// Removes files; some of them may be gone already.
    fn remove(&self, paths: &[&str]) -> Result<(), TargetError>;
    /// Removes the lease with what is in it.
    fn release(&self) -> Result<(), TargetError>;
}

/// A target that is such a place.
pub(super) struct OverNetwork<R: Remote> {
    remote: R,
    /// Who this publisher is; the same whenever this archive is published from this machine.
    holder: String,
    is_leased: bool,
    /// Files that a run before was changing when it ended.
    doubtful: BTreeSet<String>,
    /// Whether files may be half changed: then the lease stays, for the next run to know.
    is_sending: bool,
}

impl<R: Remote> OverNetwork<R> {
    pub(super) fn new(remote: R, root: &std::path::Path) -> Self {
        let host = std::fs::read_to_string("/etc/hostname").unwrap_or_default();
        let archive = blake3::hash(root.as_os_str().as_encoded_bytes()).to_hex();
        let holder = format!("{} {}", host.trim(), &archive[..12]).trim().to_owned();
        Self { remote, holder, is_leased: false, doubtful: BTreeSet::new(), is_sending: false }
    }

    fn text(&self, path: &str) -> Result<Option<String>, TargetError> {
        let bytes = self.remote.get(path)?;
        Ok(bytes.map(|bytes| String::from_utf8_lossy(&bytes).trim_end().to_owned()))
    }
}

impl<R: Remote> Target for OverNetwork<R> {
    fn shown(&self) -> String {
        self.remote.shown()
    }

    fn lease(&mut self, take_over: bool) -> Result<(), TargetError> {
        if !self.remote.make_folder(LEASE)? {
            let holder = self.text(HOLDER)?;
            // A lock of this machine says that no other run of this archive is at work.
            let is_ours = holder.as_ref() == Some(&self.holder);
            if !is_ours && !take_over {
                let place = self.remote.shown();
                return Err(TargetError::Leased { place, holder });
            }
            let paths = self.text(PATHS)?.unwrap_or_default();
            self.doubtful =
                paths.lines().filter(|path| may_be_written(path)).map(str::to_owned).collect();
        }
        self.is_leased = true;
        // What an earlier run left in doubt stays so until this one has ended well.
        self.is_sending = !self.doubtful.is_empty();
        self.remote.put(HOLDER, format!("{}\n", self.holder).as_bytes())
    }

    fn held(&mut self) -> Result<Option<Checksums>, TargetError> {
        let list = self.text(CHECKSUMS)?;
        let held = list.and_then(|list| parse_checksums(&list).ok());
        if self.doubtful.is_empty() {
            return Ok(held);
        }
        let mut held = held.unwrap_or_default();
        // No file has it: what is to be there is sent, what is not is removed.
        let unknown = Checksum::of(b"what a run that was killed left");
        held.extend(self.doubtful.iter().map(|path| (path.clone(), unknown)));
        Ok(Some(held))
    }

    fn send(&mut self, site: &FinishedSite, change: &Change) -> Result<(), TargetError> {
        if change.is_empty() {
            return Ok(());
        }
        let changed = change.sent.keys().chain(&change.removed).chain(&self.doubtful);
        let changed: BTreeSet<&str> = changed.map(String::as_str).collect();
        site.verify(change.sent.keys().map(String::as_str))?;
        let paths: Vec<&str> = changed.into_iter().collect();
        self.remote.put(PATHS, (paths.join("\n") + "\n").as_bytes())?;
        self.is_sending = true;
        for part in [change.assets().collect::<Vec<_>>(), change.pages().collect()] {
            if !part.is_empty() {
                self.remote.send(site, &part)?;
            }
        }
        let removed: Vec<&str> = change.removed.iter().map(String::as_str).collect();
        if !removed.is_empty() {
            self.remote.remove(&removed)?;
        }
        self.remote.send(site, &[CHECKSUMS])?;
        self.is_sending = false;
        Ok(())
    }
}

/// Ends the lease, unless files may be half changed.
impl<R: Remote> Drop for OverNetwork<R> {
    fn drop(&mut self) {
        if self.is_leased && !self.is_sending {
            // Whoever finds it there is told whose it is.
            let _ = self.remote.release();
        }
    }
}
