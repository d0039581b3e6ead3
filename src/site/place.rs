//! The path of a file → the page that it is: the other way round than [`SitePlan::path`].

use rustc_hash::FxHashMap;

use super::{Facet, Page, SitePlan};
use crate::archive::{Archive, AuthorityId, AuthorityKind, CollectionId, DocumentId};

/// The numbers of documents and names by the last part of their URLs.
#[derive(Default)]
pub(super) struct Slugs<'a> {
    documents: FxHashMap<&'a str, DocumentId>,
    names: FxHashMap<(AuthorityKind, &'a str), AuthorityId>,
    collections: FxHashMap<&'a str, CollectionId>,
}

impl<'a> Slugs<'a> {
    pub(super) fn of(archive: &'a Archive) -> Self {
        let documents = archive.documents.iter().map(|document| document.slug.as_str());
        Self {
            documents: documents.zip((0..).map(DocumentId)).collect(),
            names: AuthorityKind::ALL.into_iter().flat_map(|kind| named(archive, kind)).collect(),
            collections: archive
                .collections
                .iter()
                .map(|unit| unit.card.slug.as_str())
                .zip((0..).map(CollectionId))
                .collect(),
        }
    }
}

impl SitePlan<'_> {
    /// The page that is made at a path from the site's root, such as `documents/a-letter/index.html`.
    pub fn page_at(&self, file: &str) -> Option<Page> {
        let page = self.named_by(file.strip_prefix(self.prefix())?)?;
        // A path that can be read in two ways, such as `page/02/`, has one page.
        (self.file_of(&page) == file).then_some(page)
    }

    /// The path of the content file whose text a page holds, but for the documents' own pages.
    fn text_of(&self, page: &Page) -> Option<&str> {
        match page {
            Page::Home => self.own_pages.home.map(|(home, _)| home.path.as_str()),
            Page::Own(number) => Some(&self.own_pages.all[*number].shown.path),
            Page::Authority(id) => self.archive.authority(*id).path.as_deref(),
            Page::Collection(id) => Some(&self.archive.collection(*id).card.path),
            _ => None,
        }
    }

    /// The page of a content file, by its path from the archive's root; none of one that is not shown.
    pub fn page_of_content(&self, path: &str) -> Option<&Page> {
        let pages = self.pages_of_contents.get_or_init(|| {
            let documents = self.document_ids().map(|id| {
                let document = self.archive.document(id);
                (document.path.clone(), Page::Document(id))
            });
            let names = self.organizations.iter().chain(&self.people);
            let all = self.own_pages.all.iter().zip(0..);
            let originals = all.map(|(own, n)| (own.original.path.clone(), Page::Own(n)));
            let home = self.archive.home.iter().map(|home| (home.path.clone(), Page::Home));
            let others = (0..self.own_pages.all.len())
                .map(Page::Own)
                .chain(names.map(|id| Page::Authority(*id)))
                .chain(self.collection_ids().map(Page::Collection))
                .chain([Page::Home]);
            let others = others.filter_map(|page| Some((self.text_of(&page)?.to_owned(), page)));
            documents.chain(originals).chain(home).chain(others).collect()
        });
        pages.get(path)
    }

    /// The path of the file that a page is.
    pub fn file_of(&self, page: &Page) -> String {
        let mut path = [self.prefix_of(page), &self.path(page)].concat();
        if path.is_empty() || path.ends_with('/') {
            path.push_str("index.html");
        }
        path
    }

    pub(super) fn named_by(&self, file: &str) -> Option<Page> {
        let Some(folder) = file.strip_suffix("index.html") else {
            return (file == self.path(&Page::NotFound)).then_some(Page::NotFound);
        };
        let mut parts: Vec<&str> = folder.strip_suffix('/').unwrap_or(folder).split('/').collect();
        let mut number = 1;
        if let [.., "page", last] = parts[..] {
            number = last.parse().ok()?;
            parts.truncate(parts.len() - 2);
        }
        let reaches = |length: usize| (1..=self.pages_of(length)).contains(&number);
        let first = || Some(()).filter(|()| number == 1);
        let listed = |page: Page, length: usize| match number {
            1 => Some(page),
            _ => reaches(length).then(|| Page::Further(Box::new(page), number)),
        };
        match parts[..] {
            [""] => first().map(|()| Page::Home),
            ["documents"] => {
                reaches(self.archive.documents.len()).then_some(Page::Documents(number))
            }
            ["documents", "order", "oldest"] => {
                let length = self.archive.documents.len();
                (length > 1 && reaches(length)).then_some(Page::Oldest(number))
            }
            ["documents", slug] => first().and_then(|()| self.document_at(slug)),
            ["documents", slug, "source"] => {
                let id = *self.slugs.documents.get(slug)?;
                (number == 1 && self.has_source_page(id)).then_some(Page::Source(id))
            }
            [folder] if kind_of(folder).is_some() => {
                first().and_then(|()| kind_of(folder).map(Page::Names))
            }
            [folder, slug] if kind_of(folder).is_some() => {
                let kind = kind_of(folder)?;
                let id = *self.slugs.names.get(&(kind, slug))?;
                listed(Page::Authority(id), self.archive.authority(id).documents.len())
            }
            ["years"] => first().map(|()| Page::Years),
            ["years", "undated"] if !self.undated.is_empty() => {
                listed(Page::Undated, self.undated.len())
            }
            ["years", year] => {
                let year = year.parse().ok()?;
                listed(Page::Year(year), self.years.get(&year)?.len())
            }
            ["collections"] if !self.archive.collections.is_empty() => {
                first().map(|()| Page::Collections)
            }
            ["collections", slug] => {
                let id = *self.slugs.collections.get(slug)?;
                listed(Page::Collection(id), self.archive.collection(id).documents.len())
            }
            [folder] if self.facet_at(folder).is_some() => {
                let facet = self.facet_at(folder)?;
                let is_there = !facet.may_be_absent() || !self.facets[&facet].is_empty();
                (number == 1 && is_there).then_some(Page::Facets(facet))
            }
            ["search"] if self.config.search.enabled => first().map(|()| Page::Search),
            ["data"] if self.config.outputs.data => first().map(|()| Page::Data),
            ["corrections"] if !self.corrections.is_empty() => {
                reaches(self.corrections.len()).then_some(Page::Corrections(number))
            }
            ["changes"] if !self.changes.is_empty() => {
                reaches(self.changes.len()).then_some(Page::Changes(number))
            }
            [slug] => {
                let mut own = self.own_pages.all.iter();
                let own = own.position(|page| page.original.slug == slug)?;
                first().map(|()| Page::Own(own))
            }
            [folder, ref parts @ ..] => {
                let facet = self.facet_at(folder)?;
                let key = parts.join("/");
                let choice = self.facets[&facet].get(&key)?;
                reaches(choice.documents.len()).then_some(Page::Choice(facet, key, number))
            }
            _ => None,
        }
    }

    fn facet_at(&self, folder: &str) -> Option<Facet> {
        let mut facets = self.facets.keys();
        facets.find(|facet| facet.path(self.config) == folder).copied()
    }

    fn document_at(&self, slug: &str) -> Option<Page> {
        let document = self.slugs.documents.get(slug).map(|id| Page::Document(*id));
        document.or_else(|| {
            let withdrawn = self.archive.tombstones.iter().position(|t| t.slug == slug);
            withdrawn.map(Page::Withdrawn)
        })
    }
}

/// Those that have a page, by the last part of its URL.
fn named(
    archive: &Archive,
    kind: AuthorityKind,
) -> impl Iterator<Item = ((AuthorityKind, &str), AuthorityId)> {
    let all = AuthorityId::all(kind).zip(archive.authorities(kind));
    let shown = all.filter(|(_, authority)| !authority.documents.is_empty());
    shown.map(move |(id, authority)| ((kind, authority.slug.as_str()), id))
}

fn kind_of(folder: &str) -> Option<AuthorityKind> {
    AuthorityKind::ALL.into_iter().find(|kind| kind.folder() == folder)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::sync::Arc;

    use super::super::{Before, Interface, Lock, plan, words::Words};
    use crate::anchors;
    use crate::archive::{Audience, Card, link};
    use crate::config::Config;
    use crate::content;
    use crate::diagnostic::{Report, SourceText};

    fn card(path: &str, front: &str) -> Card {
        let text = format!("+++\n{front}+++\n\nText.\n");
        let report = Report::new();
        let entry = content::parse(SourceText { path, text: &text }, &Config::default(), &report);
        assert_eq!(report.sorted(), []);
        Card::of(entry.unwrap())
    }

    #[test]
    fn every_page_is_found_at_its_path_and_nothing_elsewhere() {
        let letter = |number: usize| {
            let front = format!(
                "title = \"Letter {number}\"\nkind = \"letter\"\ndate = \"192{}/1930\"\n\
                 topics = [\"Page\", \"Rooms\"]\ntaxonomies = {{ box = [\"Box {number}/Page\", \"Page\"] }}\ncollection = \"box-{}\"\ncreators = [{{ person = \"A\", organization = \"B\" }}]\n\
                 source = {{ seed = \"{number}.txt\" }}\n",
                number % 3,
                number % 2 + 1
            );
            card(&format!("content/documents/letter-{number}.md"), &front)
        };
        let mut cards: Vec<Card> = (0..5).map(letter).collect();
        cards.extend([
            card("content/collections/box-1.md", "title = \"Box 1\"\npart_of = \"papers\"\n"),
            card("content/collections/box-2.md", "title = \"Box 2\"\npart_of = \"papers\"\n"),
            card("content/collections/papers.md", "title = \"Papers\"\nlevel = \"fonds\"\n"),
            card("content/documents/page.md", "title = \"Page\"\n"),
            card(
                "content/documents/mended.md",
                &format!(
                    "title = \"M\"\n{}",
                    "[[corrections]]\ndate = \"2026-01-31\"\nreason = \"r\"\n".repeat(3)
                        + "[[corrections]]\ndate = \"2026-02-01\"\nreason = \"r\"\n"
                ),
            ),
            card("content/documents/x.md", "title = \"X\"\n"),
            card("content/documents/gone.md", "title = \"G\"\nwithdrawn = \"asked for\"\n"),
            card("content/organizations/none.md", "title = \"Named by nobody\"\n"),
            card("content/pages/about.md", "title = \"About\"\n"),
        ]);
        let report = Report::new();
        let archive = link(&cards.iter().collect::<Vec<_>>(), &Audience::default(), &report);
        assert_eq!(report.sorted(), []);
        let config = Config { paginate_by: 2, ..Config::default() };
        let words = Arc::new(Words::new("en", BTreeMap::new()));
        let (published, lock) = (anchors::Lock::default(), Lock::default());
        let plan = plan(
            &archive,
            &config,
            Interface { language: None, words: &words },
            Before { anchors: &published, urls: &lock },
        );
        assert!(plan.pages.len() > 60, "{}", plan.pages.len());
        for page in &plan.pages {
            assert_eq!(plan.page_at(&plan.file_of(page)).as_ref(), Some(page));
        }
        for file in [
            "",
            "index.htm",
            "documents/page/1/index.html",
            "documents/page/02/index.html",
            "documents/page/5/index.html",
            "documents/order/oldest/page/9/index.html",
            "documents/order/index.html",
            "documents/none/index.html",
            "documents/x/source/index.html",
            "documents/letter-1/page/2/index.html",
            "organizations/none/index.html",
            "organizations/page/2/index.html",
            "organizations/b/page/4/index.html",
            "years/1919/index.html",
            "years/01921/index.html",
            "topics/none/index.html",
            "topics/page/page/4/index.html",
            "kinds/page/2/index.html",
            "about/page/2/index.html",
            "collections/page/2/index.html",
            "collections/papers/page/2/index.html",
            "collections/none/index.html",
            "search/page/2/index.html",
            "corrections/page/3/index.html",
            "changes/page/9/index.html",
            "page/2/index.html",
            "box/page/2/index.html",
            "box/box-9/index.html",
            "box/box-1/page-term/page/2/index.html",
            "boxes/box-1/index.html",
        ] {
            assert_eq!(plan.page_at(file), None, "{file}");
        }
    }
}
