//! The citations of a whole list, in one file of each format beside its page: for whoever works on a correspondence, a
//! year or a box, and would have to take them document by document.

use super::Stage;
use crate::archive::DocumentId;
use crate::files::{Key, key_of};
use crate::site::Page;
use crate::site::citation::{Citation, citation, csl_file};
use crate::site::cited::{BIBTEX, CSL, RIS};

impl Stage<'_> {
    /// Writes the files beside the first page of a list, if it has them.
    pub(super) fn list_citations(&self, page: &Page) {
        let Some(documents) = self.plan.cited_in(page).filter(|_| self.plan.is_main()) else {
            return;
        };
        let folder = self.plan.path(page);
        let files = [BIBTEX, RIS, CSL].map(|name| [&folder, name].concat());
        if self.knows_citations(&files, &documents) {
            return;
        }
        let [bibtex, ris, csl] = files;
        let all: Vec<Citation> = documents.iter().map(|id| citation(self.plan, *id)).collect();
        let put = |path: &str, text: String| self.put(path, text.as_bytes());
        put(&bibtex, all.iter().map(Citation::bibtex).collect::<Vec<_>>().join("\n"));
        put(&ris, all.iter().map(Citation::ris).collect());
        put(&csl, csl_file(&all.iter().map(Citation::csl).collect::<Vec<_>>()));
    }

    /// Whether the files that cite some documents are in the site still, as the memo knows them.
    fn knows_citations(&self, files: &[String], documents: &[DocumentId]) -> bool {
        let Some((memo, (first, rest))) = self.memo.zip(files.split_first()) else { return false };
        let keys: Vec<Key> = documents.iter().map(|id| self.plan.citation_key(*id)).collect();
        files.iter().all(|file| !self.statics.contains(file))
            && memo.keeps(first, key_of(&keys), self.sink)
            && rest.iter().all(|file| self.sink.keep(file))
    }
}
