//! What the last build of a large archive was made from and what it told, kept in `.fonds/` of the archive's
//! folder: a site that would come out the same is not made again, and of one in which only texts are others
//! only what holds them.
//!
//! The record holds hashes of all that was read, and is good for one program, one set of flags, one day and
//! one finished site. Nothing is lost with it; the next build is then made whole.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::build::Fragments;
use super::inputs::Inputs;
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::disk::{self, Disk};
use crate::files::{FileError, Shelf, Sink, Sources};
use crate::pipeline::{Reads, Recorder, Summary, is_content};
use crate::publish::{Publication, Published};

/// Fewer documents are made faster than it is told whether they changed.
const WORTH: usize = 500;

const FOLDER: &str = ".fonds";
/// Changes with the format of the file.
const HEAD: &str = "fonds build 4\n";

/// What a build told.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Told {
    pub(super) summary: Summary,
    pub(super) published: Published,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Ids that its pages link to on other pages.
    pub(super) fragments: Fragments,
}

/// How the site of the last build stands to the one that is to be made.
pub(super) enum Standing {
    /// It is the same.
    Same(Told),
    /// At most what some content files say is different.
    Changed(Box<Past>),
    /// Nothing is known of it.
    Unknown,
}

/// The build whose site stands, which another may rest on.
pub(super) struct Past {
    pub(super) told: Told,
    /// The content files that are others now.
    pub(super) changed: BTreeSet<String>,
    /// Whether what was read includes the seeds.
    pub(super) reads_seeds: bool,
    /// Hashes of what it kept on its shelf.
    kept: BTreeMap<String, String>,
    reads: Reads,
}

impl Past {
    /// How many content files it was made from.
    pub(super) fn contents(&self) -> usize {
        self.reads.files().filter(|path| is_content(path)).count()
    }

    /// What it told of files that are as they were, and a new build has not told itself.
    pub(super) fn told_of_others(&self, report: &Report) -> Vec<Diagnostic> {
        let told = report.sorted();
        let told_then = self.told.diagnostics.iter();
        let is_left = |old: &&Diagnostic| !self.changed.contains(&old.path) && !told.contains(old);
        told_then.filter(is_left).cloned().collect()
    }
}

/// What is kept of a build besides what it told.
pub(super) struct Work<'a> {
    /// The finished site.
    pub(super) site: String,
    /// What the next build can use again; none for an archive of so few documents that nothing is kept.
    pub(super) shelf: Option<Shelf<'a>>,
    /// The build that this one rests on.
    pub(super) past: Option<Past>,
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
    /// Hashes of what is on its shelf.
    kept: BTreeMap<String, String>,
    told: Told,
}

/// The record of one site of an archive.
pub(super) struct Record<'a> {
    disk: &'a Disk,
    path: String,
    inputs: &'a Inputs,
    /// Whether the build drafts from the seeds, and would find nothing to do or to say if it did so again.
    pub(super) reads_seeds: bool,
    /// Hash of the program, the flags and the day; none if the program cannot be read.
    circumstances: OnceCell<Option<String>>,
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
            circumstances: OnceCell::new(),
        }
    }

    /// How the site that stands is to the one that another build, which may have to read the seeds as well, would
    /// make.
    pub(super) fn standing(&self, publication: &Publication, reads_seeds: bool) -> Standing {
        self.read(publication, reads_seeds).unwrap_or(Standing::Unknown)
    }

    fn read(&self, publication: &Publication, reads_seeds: bool) -> Option<Standing> {
        let text = String::from_utf8(self.disk.read(&self.path).ok()?).ok()?;
        let (head, reads) = text.strip_prefix(HEAD)?.split_once('\n')?;
        let head: Head = serde_json::from_str(head).ok()?;
        let is_good = (head.reads_seeds || !reads_seeds)
            && publication.stands(&head.site)
            && Some(&head.circumstances) == self.circumstances().as_ref();
        let reads = is_good.then(|| Reads::parse(reads))??;
        let changed = reads.changed(self.disk)?;
        if changed.is_empty() {
            return Some(Standing::Same(head.told));
        }
        let Head { told, kept, reads_seeds, .. } = head;
        let past = Past { told, changed, reads_seeds, kept, reads };
        past.changed.iter().all(|path| is_content(path)).then(|| Standing::Changed(Box::new(past)))
    }

    /// An empty shelf for what the next build can use again; none for an archive of so few documents that nothing
    /// is kept.
    pub(super) fn shelf(&self, documents: usize) -> Option<Shelf<'a>> {
        (documents >= WORTH).then(|| self.shelf_of(BTreeMap::new()))
    }

    /// The shelf with what a past build kept on it.
    pub(super) fn shelf_of_past(&self, past: &Past) -> Shelf<'a> {
        self.shelf_of(past.kept.clone())
    }

    fn shelf_of(&self, kept: BTreeMap<String, String>) -> Shelf<'a> {
        Shelf::new(self.disk, self.shelf_folder(), kept)
    }

    fn shelf_folder(&self) -> String {
        format!("{}.shelf", self.path)
    }

    /// Keeps what a build told, if that is worth it and can be told from another.
    pub(super) fn keep(&self, told: Told, work: Work<'_>, recorder: &Recorder<'_>) {
        let is_faulty = told.diagnostics.iter().any(|d| d.severity == Severity::Error);
        let Some(shelf) = work.shelf.filter(|_| !is_faulty) else { return self.forget() };
        let reads = recorder.take().and_then(|reads| match work.past {
            Some(Past { reads: before, changed, .. }) => before.renewed(reads, &changed),
            None => Some(reads),
        });
        let (Some(reads), Some(circumstances)) = (reads, self.circumstances().clone()) else {
            return self.forget();
        };
        let Ok(head) = serde_json::to_string(&Head {
            reads_seeds: self.reads_seeds,
            circumstances,
            site: work.site,
            kept: shelf.kept(),
            told,
        }) else {
            return;
        };
        let text = format!("{HEAD}{head}\n{}", reads.to_text());
        // Without the right to write here, the next build is made whole.
        let ignored = self.disk.write_new(&format!("{FOLDER}/.gitignore"), b"*\n");
        let _ = ignored.and_then(|_| self.disk.put(&self.path, text.as_bytes()));
    }

    /// Deletes what a build kept that came to nothing, unless there is a record, for which it may be good.
    pub(super) fn forget_work(&self) {
        if self.disk.exists(&self.path) {
            return;
        }
        self.forget();
        if self.disk.list(FOLDER, &Report::new()).is_empty() {
            let _ = self.disk.remove_folder(FOLDER);
        }
    }

    /// Deletes the record, and what was kept with it.
    pub(super) fn forget(&self) {
        if self.disk.exists(&self.path) {
            let _ = self.disk.remove(&self.path);
        }
        let folder = self.shelf_folder();
        if self.disk.exists(&folder) {
            let _ = self.disk.remove_folder(&folder);
        }
    }

    fn circumstances(&self) -> &Option<String> {
        self.circumstances.get_or_init(|| {
            let mut hasher = blake3::Hasher::new();
            hasher.update(disk::program_hash().ok()?.as_bytes());
            hasher.update(self.inputs.circumstances().as_bytes());
            Some(hasher.finalize().to_hex().to_string())
        })
    }
}
