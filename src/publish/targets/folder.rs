//! A folder of this machine, or of a drive that it has: changed as a build changes `public/`, completely or not at
//! all, and only in what is different.

use std::path::PathBuf;

use super::{Change, FinishedSite, Listener, OWN, Place, Target, TargetError, Wrong, is_own};
use crate::files::{FileError, Sink};
use crate::publish::{Checksums, Publication, parse_checksums};
use crate::site_path::CHECKSUMS;

struct Folder {
    path: PathBuf,
    shown: String,
}

/// Opens a folder, by a path from the archive's.
pub(super) fn open(place: &Place<'_>) -> Result<Box<dyn Target>, Wrong> {
    if place.address.is_empty() {
        return Err(("is missing", "the path of a folder", "/srv/www/archive").into());
    }
    let path = place.root.join(place.address);
    if is_own(place.root, &path) {
        return Err(OWN);
    }
    Ok(Box::new(Folder { path, shown: place.address.to_owned() }))
}

impl Target for Folder {
    fn shown(&self) -> String {
        format!("the folder `{}`", self.shown)
    }

    fn held(&mut self, _site: &FinishedSite) -> Result<Option<Checksums>, TargetError> {
        let list = self.path.join(CHECKSUMS);
        match std::fs::read(&list) {
            // One that is damaged says nothing.
            Ok(bytes) => Ok(parse_checksums(&String::from_utf8_lossy(&bytes)).ok()),
            Err(e) if e.kind() == std::io::ErrorKind::NotFound => Ok(None),
            Err(source) => {
                let path = list.display().to_string();
                Err(FileError { action: "read", path, source }.into())
            }
        }
    }

    /// Looks at every file that should be there, so that what was changed or lost in the folder comes back.
    fn send(
        &mut self,
        site: &FinishedSite,
        change: &Change,
        listener: &dyn Listener,
    ) -> Result<(), TargetError> {
        let publication = Publication::begin(&self.path, &self.shown)?;
        for path in site.checksums().keys() {
            if change.sent.contains_key(path) || !publication.keep(path) {
                if listener.is_stopped() {
                    return Err(TargetError::Stopped);
                }
                publication.put(path, &site.read(path)?)?;
                listener.sent(1);
            }
        }
        publication.commit()?;
        Ok(())
    }
}
