//! What the last build of a large archive was made from and what it reported, kept in `.fonds/` of the archive's
//! folder: a site that would come out the same is not made again, and of another one only what would be different.
//!
//! The record holds hashes of all that was read, and is good for one program, one set of flags, one day and
//! one finished site. Beside it lies what the memo of the build knows of each file. Nothing is lost with either; the
//! next build then makes all files.

use std::cell::OnceCell;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::build::Links;
use super::inputs::Inputs;
use crate::diagnostic::{Diagnostic, Report, Severity};
use crate::disk::{self, Disk};
use crate::files::{FileError, Memo, Shelf, Sink, Sources};
use crate::pipeline::{Reads, Recorder, Summary, is_content};
use crate::publish::{Publication, Published};

/// Fewer documents are made faster than they are compared.
const WORTH: usize = 100;

const FOLDER: &str = ".fonds";
/// The name on the shelf of what the pages of the site link to.
const LINKS: &str = "links";
/// Changes with the format of the file.
const HEAD: &str = "fonds build 6\n";

/// What a build reported.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Reported {
    pub(super) summary: Summary,
    pub(super) published: Published,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The build whose site is there, on which another may rest.
pub(super) struct Past {
    pub(super) told: Reported,
    /// Whether what was read includes the seeds.
    pub(super) reads_seeds: bool,
    /// What was read, as it was then and as it is now.
    before: Reads,
    pub(super) now: Reads,
    /// Hashes of what is on its shelf.
    kept: BTreeMap<String, String>,
}

impl Past {
    /// Whether a build would read the same.
    pub(super) fn is_same(&self) -> bool {
        self.now == self.before
    }

    /// The documents whose files changed; none if anything else did, or files came or went.
    pub(super) fn changed_documents(&self) -> Option<Vec<&str>> {
        let is_document = |path: &str| is_content(path) && path.starts_with("content/documents/");
        let changed: Vec<&str> = self.now.differing(&self.before).collect();
        let all_else = |reads: &Reads| reads.only(|path| !changed.contains(&path));
        let is_all = changed.iter().all(|path| is_document(path));
        (is_all && all_else(&self.now) == all_else(&self.before)).then_some(changed)
    }

    /// Whether settings and theme are the same: whatever can be part of any page.
    fn has_same_frame(&self) -> bool {
        let is_of_frame = |path: &str| {
            let (top, rest) = path.split_once('/').unwrap_or((path, ""));
            // Which files are copied is of the frame, since they come before what the site makes; what is in them is not.
            !matches!(top, "content" | "seeds") && (top != "static" || rest.is_empty())
        };
        self.now.only(is_of_frame) == self.before.only(is_of_frame)
    }
}

/// Deletes the records of all sites of an archive.
pub(super) fn forget_all(disk: &Disk) -> Result<(), FileError> {
    disk.remove_folder(FOLDER)
}

/// What precedes the list of reads.
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
    told: Reported,
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

    /// The build whose site is there, if all that it was made from is known.
    pub(super) fn past(&self, publication: &Publication) -> Option<Past> {
        let text = String::from_utf8(self.disk.read(&self.path).ok()?).ok()?;
        let (head, reads) = text.strip_prefix(HEAD)?.split_once('\n')?;
        let head: Head = serde_json::from_str(head).ok()?;
        let is_good = publication.stands(&head.site)
            && Some(&head.circumstances) == self.circumstances().as_ref();
        let before = is_good.then(|| Reads::parse(reads))??;
        let now = before.now(self.disk)?;
        let Head { told, kept, reads_seeds, .. } = head;
        Some(Past { told, reads_seeds, before, now, kept })
    }

    /// What is known of the files of a past build, and what its pages link to. Under other settings, none is what it
    /// would be now.
    pub(super) fn memo_of(&self, past: &Past) -> (Memo<'a>, Option<Links>) {
        if past.has_same_frame() {
            let memo = self.memo(past.kept.clone());
            if let Some(links) = memo.shelf.take_value(LINKS) {
                return (memo, Some(links));
            }
        }
        (self.memo(BTreeMap::new()), None)
    }

    /// A memo for the next build; none for an archive of so few documents that nothing is kept.
    pub(super) fn new_memo(&self, documents: usize) -> Option<Memo<'a>> {
        (documents >= WORTH).then(|| self.memo(BTreeMap::new()))
    }

    fn memo(&self, kept: BTreeMap<String, String>) -> Memo<'a> {
        Memo::of(Shelf::new(self.disk, self.shelf_folder(), kept))
    }

    fn shelf_folder(&self) -> String {
        format!("{}.shelf", self.path)
    }

    /// Keeps what a build reported, if that is worth it and this version of the program is known. `site` is the finished site, `links` what its pages
    /// link to.
    pub(super) fn keep(
        &self,
        told: Reported,
        (site, links): (String, &Links),
        memo: Option<Memo<'_>>,
        recorder: &Recorder<'_>,
    ) {
        let is_faulty = told.diagnostics.iter().any(|d| d.severity == Severity::Error);
        let Some(memo) = memo.filter(|_| !is_faulty) else { return self.forget() };
        let (Some(reads), Some(circumstances)) = (recorder.take(), self.circumstances().clone())
        else {
            return self.forget();
        };
        memo.shelf.keep_value(LINKS, links);
        let Ok(head) = serde_json::to_string(&Head {
            reads_seeds: self.reads_seeds,
            circumstances,
            site,
            kept: memo.finish(),
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
