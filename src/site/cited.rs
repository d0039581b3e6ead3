//! Which lists can be cited as a whole.

use std::borrow::Cow;

use super::views::CiteAllView;
use super::{Page, SitePlan};
use crate::archive::DocumentId;

/// The names of the files beside a list.
pub const BIBTEX: &str = "citations.bib";
/// The same for RIS.
pub const RIS: &str = "citations.ris";
/// The same for CSL-JSON.
pub const CSL: &str = "citations.json";

/// A list of more documents is no bibliography any more. That of all documents is always there.
const MOST: usize = 1000;

impl SitePlan<'_> {
    /// The documents that the files beside a list cite; none if it is no list, or too short or too long for them. A
    /// single document has files of its own.
    pub fn cited_in(&self, page: &Page) -> Option<Cow<'_, [DocumentId]>> {
        if !self.config.outputs.list_citations {
            return None;
        }
        let all: Cow<'_, [DocumentId]> = match page {
            Page::Documents(1) => self.document_ids().collect::<Vec<_>>().into(),
            Page::Authority(id) => self.documents_of(&self.archive.authority(*id).documents).into(),
            Page::Year(year) => self.years.get(year)?.into(),
            Page::Undated => (&self.undated).into(),
            Page::Choice(facet, key, 1) => (&self.facets.get(facet)?.get(key)?.documents).into(),
            Page::Collection(id) => (&self.archive.collection(*id).all_documents).into(),
            _ => return None,
        };
        let is_whole = matches!(page, Page::Documents(_));
        (all.len() > 1 && (is_whole || all.len() <= MOST)).then_some(all)
    }

    /// `page.cite_all`: the files beside a list, on each of its pages.
    pub(super) fn cite_all(&self, page: &Page) -> Option<CiteAllView> {
        let first = match page {
            Page::Further(list, _) => (**list).clone(),
            Page::Documents(_) => Page::Documents(1),
            Page::Choice(facet, key, _) => Page::Choice(*facet, key.clone(), 1),
            _ => page.clone(),
        };
        let count = self.cited_in(&first)?.len();
        let folder = self.folder_url(&first);
        let file = |name: &str| [&folder, name].concat();
        Some(CiteAllView {
            name: self.words.count("cite-all", count),
            bibtex: file(BIBTEX),
            ris: file(RIS),
            csl: file(CSL),
        })
    }
}
