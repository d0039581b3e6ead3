//! The archive's own taxonomies: the terms of each as a tree, and the documents of a term and of all below it.

use std::collections::BTreeMap;

use super::views::{Link, TaxonomyView, TermView};
use super::{Choice, Facet, Page, SitePlan};
use crate::archive::DocumentId;
use crate::config::Taxonomy;
use crate::slug::heading_slug;

/// How many documents of a term the page of all terms may name.
const NAMED: usize = 20;

/// The last part of a term's URL: that of each part of the term, joined by `/`.
pub fn term_key(term: &str) -> String {
    let key = |part: &str| match heading_slug(part) {
        // `page/2/` is the second page of a list.
        slug if slug == "page" => "page-term".to_owned(),
        slug => slug,
    };
    term.split('/').map(key).collect::<Vec<_>>().join("/")
}

/// A term and all above it, highest first: `Box 3`, `Box 3/Folder 2`.
pub fn with_those_above(term: &str) -> impl Iterator<Item = &str> {
    let ends = term.match_indices('/').map(|(at, _)| at).chain([term.len()]);
    ends.map(|end| &term[..end])
}

/// The last part of a term, as lists of it show it.
pub(super) fn short_name(term: &str) -> &str {
    term.rsplit('/').next().unwrap_or(term)
}

impl SitePlan<'_> {
    /// A taxonomy of the archive's own.
    pub fn taxonomy(&self, place: usize) -> &Taxonomy {
        &self.config.taxonomies[place]
    }

    /// Whether a term of a facet has a feed.
    pub fn has_term_feed(&self, facet: Facet) -> bool {
        matches!(facet, Facet::Own(place) if self.has_feeds() && self.taxonomy(place).feed)
    }

    /// The taxonomies that documents have terms of.
    pub(super) fn used_taxonomies(&self) -> impl Iterator<Item = (usize, &Taxonomy)> {
        let all = self.config.taxonomies.iter().enumerate();
        all.filter(|(place, _)| {
            self.facets.get(&Facet::Own(*place)).is_some_and(|choices| !choices.is_empty())
        })
    }

    /// The terms right below one, or the highest ones, in the order of their names; numbers in them count.
    pub(super) fn terms(&self, facet: Facet, above: Option<&str>) -> Vec<TermView> {
        let Facet::Own(_) = facet else { return Vec::new() };
        let mut below: BTreeMap<&str, Vec<(&str, &Choice)>> = BTreeMap::new();
        for (key, choice) in &self.facets[&facet] {
            below
                .entry(key.rsplit_once('/').map_or("", |(above, _)| above))
                .or_default()
                .push((key, choice));
        }
        self.branch(facet, &below, above.unwrap_or_default())
    }

    fn branch(
        &self,
        facet: Facet,
        below: &BTreeMap<&str, Vec<(&str, &Choice)>>,
        above: &str,
    ) -> Vec<TermView> {
        let view = |(key, choice): &(&str, &Choice)| {
            let url = self.url(&Page::Choice(facet, (*key).to_owned(), 1));
            let count = self.count(choice.name.clone(), url, choice.documents.len());
            TermView {
                name: count.name,
                url: count.url,
                count: count.count,
                number: count.number,
                count_text: count.count_text,
                years_text: self.span(&choice.documents),
                documents: self.items(first(&choice.documents)),
                parts: self.branch(facet, below, key),
            }
        };
        let mut terms: Vec<TermView> = below.get(above).into_iter().flatten().map(view).collect();
        terms.sort_by_cached_key(|term| {
            (self.words.sort_key(&padded(&term.name)), term.url.clone())
        });
        terms
    }

    /// The terms of a document, taxonomy by taxonomy.
    pub(super) fn taxonomy_views(&self, id: DocumentId) -> Vec<TaxonomyView> {
        let record = &self.archive.document(id).record;
        let view = |(place, taxonomy): (usize, &Taxonomy)| {
            let terms = record.taxonomies.get(&taxonomy.key).filter(|terms| !terms.is_empty())?;
            let facet = Facet::Own(place);
            let link = |term: &String| Link {
                name: term.replace('/', " / "),
                url: Some(self.url(&Page::Choice(facet, term_key(term), 1))),
            };
            Some(TaxonomyView {
                key: taxonomy.key.clone(),
                name: taxonomy.name.clone(),
                url: self.url(&Page::Facets(facet)),
                terms: terms.iter().map(link).collect(),
            })
        };
        self.config.taxonomies.iter().enumerate().filter_map(view).collect()
    }

    /// The terms above one, highest first.
    pub(super) fn terms_above(&self, facet: Facet, key: &str) -> Vec<Page> {
        let above = with_those_above(key).filter(|above| above.len() < key.len());
        above.map(|above| Page::Choice(facet, above.to_owned(), 1)).collect()
    }

    /// A term with those above it: "Box 3 / Folder 2".
    pub fn whole_term(&self, facet: Facet, key: &str) -> String {
        let choices = &self.facets[&facet];
        let names = with_those_above(key).filter_map(|key| Some(choices.get(key)?.name.as_str()));
        names.collect::<Vec<_>>().join(" / ")
    }

    /// Taxonomies whose pages another page of the site has, with the path of its file.
    pub fn clashing_taxonomies(&self) -> Vec<(&Taxonomy, &str)> {
        let clash = |(_, taxonomy)| {
            let taxonomy: &Taxonomy = taxonomy;
            let mut own = self.own_pages.all.iter().map(|page| page.original);
            let page = own.find(|page| page.slug == taxonomy.key)?;
            Some((taxonomy, page.path.as_str()))
        };
        self.used_taxonomies().filter_map(clash).collect()
    }
}

fn first(ids: &[DocumentId]) -> &[DocumentId] {
    &ids[..ids.len().min(NAMED)]
}

/// A name in which numbers have as many digits, so that Box 10 is behind Box 9.
fn padded(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + 8);
    let mut rest = name;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let digits =
            rest[start..].find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len() - start);
        let number = &rest[start..start + digits];
        out.push_str(&rest[..start]);
        out.push_str(&"0".repeat(12_usize.saturating_sub(digits)));
        out.push_str(number);
        rest = &rest[start + digits..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_paths() {
        assert_eq!(term_key("Box 3/Folder 2"), "box-3/folder-2");
        assert_eq!(term_key("Page/Page 2"), "page-term/page-2");
        assert_eq!(with_those_above("a/b/c").collect::<Vec<_>>(), ["a", "a/b", "a/b/c"]);
        assert_eq!(short_name("a/b"), "b");
    }

    #[test]
    fn numbers_in_names_count() {
        let mut names = ["Box 10", "Box 9b", "Box 9", "Annex"];
        names.sort_by_key(|name| padded(name));
        assert_eq!(names, ["Annex", "Box 9", "Box 9b", "Box 10"]);
    }
}
