//! What the last build of a large archive was made from and what it told, kept in `.fonds/` of the archive's
//! folder: a site that would come out the same is not made again.
//!
//! The record holds hashes of all that was read, and is good for one program, one set of flags, one day and
//! one finished site. Nothing is lost with it; the next build is then made whole.

use serde::{Deserialize, Serialize};

use super::inputs::Inputs;
use crate::diagnostic::{Diagnostic, Severity};
use crate::disk::{self, Disk};
use crate::files::{FileError, Sink, Sources};
use crate::pipeline::{Reads, Recorder, Summary};
use crate::publish::{Publication, Published};

/// Fewer documents are made faster than it is told whether they changed.
const WORTH: usize = 500;

const FOLDER: &str = ".fonds";
/// Changes with the format of the file.
const HEAD: &str = "fonds build 1\n";

/// What a build told.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) summary: Summary,
    pub(super) published: Published,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// Deletes the records of all sites of an archive.
pub(super) fn forget_all(disk: &Disk) -> Result<(), FileError> {
    disk.remove_folder(FOLDER)
}

/// What stands before the list of reads.
#[derive(Debug, Serialize, Deserialize)]
struct Head {
    /// Whether the seeds are among what was read, and were drafted to the end.
    reads_seeds: bool,
    /// Hash of what the site depends on besides files.
    circumstances: String,
    /// The site that was published.
    site: String,
    told: Told,
}

/// The record of one site of an archive.
pub(super) struct Record<'a> {
    disk: &'a Disk,
    path: String,
    inputs: &'a Inputs,
    /// Whether the build drafts from the seeds, and would find nothing to do or to say if it did so again.
    pub(super) reads_seeds: bool,
}

impl<'a> Record<'a> {
    /// The record of the site in a folder, whether there is one or not.
    pub(super) fn of(inputs: &'a Inputs, target: &std::path::Path) -> Self {
        let name = blake3::hash(target.as_os_str().as_encoded_bytes()).to_hex();
        Self {
            disk: &inputs.disk,
            path: format!("{FOLDER}/build-{}", &name[..16]),
            inputs,
            reads_seeds: false,
        }
    }

    /// What the last build told, if another one, which may have to read the seeds as well, would make the site
    /// that stands there.
    pub(super) fn still_true(&self, publication: &Publication, reads_seeds: bool) -> Option<Told> {
        let text = String::from_utf8(self.disk.read(&self.path).ok()?).ok()?;
        let (head, reads) = text.strip_prefix(HEAD)?.split_once('\n')?;
        let head: Head = serde_json::from_str(head).ok()?;
        let is_good = (head.reads_seeds || !reads_seeds)
            && publication.stands(&head.site)
            && Some(head.circumstances) == self.circumstances()
            && Reads::parse(reads)?.are_still_true(self.disk);
        is_good.then_some(head.told)
    }

    /// Keeps what a build told, if that is worth it and can be told from another.
    pub(super) fn keep(&self, told: Told, site: String, recorder: &Recorder<'_>) {
        let is_faulty = told.diagnostics.iter().any(|d| d.severity == Severity::Error);
        if is_faulty || told.summary.documents < WORTH {
            return self.forget();
        }
        let (Some(reads), Some(circumstances)) = (recorder.take(), self.circumstances()) else {
            return self.forget();
        };
        let Ok(head) = serde_json::to_string(&Head {
            reads_seeds: self.reads_seeds,
            circumstances,
            site,
            told,
        }) else {
            return;
        };
        let text = format!("{HEAD}{head}\n{}", reads.to_text());
        // Without the right to write here, the next build is made whole.
        let ignored = self.disk.write_new(&format!("{FOLDER}/.gitignore"), b"*\n");
        let _ = ignored.and_then(|_| self.disk.put(&self.path, text.as_bytes()));
    }

    /// Deletes the record.
    pub(super) fn forget(&self) {
        if self.disk.exists(&self.path) {
            let _ = self.disk.remove(&self.path);
        }
    }

    /// Hash of the program, the flags and the day; none if the program cannot be read.
    fn circumstances(&self) -> Option<String> {
        let mut hasher = blake3::Hasher::new();
        hasher.update(disk::program_hash().ok()?.as_bytes());
        hasher.update(self.inputs.circumstances().as_bytes());
        Some(hasher.finalize().to_hex().to_string())
    }
}
