//! The citations of a whole list, in one file of each format beside its page: for whoever works on a correspondence, a
//! year or a box, and would have to take them document by document.

use super::Stage;
use crate::site::Page;
use crate::site::citation::{Citation, citation, csl_file};
use crate::site::cited::{BIBTEX, CSL, RIS};

impl Stage<'_> {
    /// Writes the files beside the first page of a list, if it has them.
    pub(super) fn list_citations(&self, page: &Page) {
        let Some(documents) = self.plan.cited_in(page).filter(|_| self.plan.is_main()) else {
            return;
        };
        let all: Vec<Citation> = documents.iter().map(|id| citation(self.plan, *id)).collect();
        let folder = self.plan.path(page);
        let put = |name: &str, text: String| self.put(&[&folder, name].concat(), text.as_bytes());
        put(BIBTEX, all.iter().map(Citation::bibtex).collect::<Vec<_>>().join("\n"));
        put(RIS, all.iter().map(Citation::ris).collect());
        put(CSL, csl_file(&all.iter().map(Citation::csl).collect::<Vec<_>>()));
    }
}
