//! The view of each kind of page.

mod authority;
mod collection;
mod data;
mod document;
mod filed;
mod home;
mod list;

pub use data::DataFile;

pub(super) use filed::Divided;

use super::html::Html;
use super::views::{Link, NavigationItem, PageInfo, Site};

use super::citation::{self, Citation};
use super::{Facet, Page, Removed, SitePlan, metadata};
use crate::archive::{AuthorityKind, DocumentId};
use crate::config::Taxonomy;

impl SitePlan<'_> {
    /// `site`: the same on every page.
    pub fn site_view(&self) -> Site {
        let archive = &self.config.archive;
        Site {
            title: self.config.title.clone(),
            title_lang: self.texts_language_unless(|language| language.title.is_some()),
            description: self.config.description.clone(),
            description_lang: self.texts_language_unless(|language| language.description.is_some()),
            language: self.words.language().to_owned(),
            dir: self.words.direction(),
            archive: self.config.archive_name().to_owned(),
            publisher: archive.publisher.clone(),
            contact: archive.contact.as_ref().map(|c| contact(c)),
            url: self.url(&Page::Home),
            root: self.url_of(""),
            texts_lang: self.texts_language().map(str::to_owned),
            base_path: self.config.base_path().to_owned(),
            navigation: self.navigation(),
            pages: (0..self.own_pages.all.len())
                .map(|n| Link {
                    name: self.own_pages.all[n].shown.record.title.clone(),
                    url: Some(self.url(&Page::Own(n))),
                })
                .collect(),
            search: self.config.search.enabled.then(|| self.url(&Page::Search)),
            feed: self.has_feeds().then(|| self.url_in_language("atom.xml")),
            json_feed: self.has_feeds().then(|| self.url_in_language("feed.json")),
            opensearch: (self.config.search.enabled && self.has_address())
                .then(|| self.url_in_language("opensearch.xml")),
            corrections: (!self.corrections.is_empty()).then(|| self.url(&Page::Corrections(1))),
            changes: (!self.changes.is_empty()).then(|| self.url(&Page::Changes(1))),
            data: self.config.outputs.data.then(|| self.url(&Page::Data)),
            taxonomies: self.used_taxonomies().map(|(n, t)| self.taxonomy_item(n, t)).collect(),
            logo: None,
            documents: self.archive.documents.len(),
            extra: self.config.extra.clone(),
        }
    }

    fn navigation(&self) -> Vec<NavigationItem> {
        let sections = [
            (Page::Documents(1), "documents", true),
            (
                Page::Names(AuthorityKind::Organization),
                "organizations",
                !self.organizations.is_empty(),
            ),
            (Page::Names(AuthorityKind::Person), "people", !self.people.is_empty()),
            (Page::Years, "years", !self.years.is_empty()),
            (Page::Collections, "collections", !self.archive.collections.is_empty()),
        ];
        let mut items: Vec<NavigationItem> = sections
            .into_iter()
            .filter(|(.., is_filled)| *is_filled)
            .map(|(page, section, _)| NavigationItem {
                name: self.words.get(section_key(section)),
                url: self.url(&page),
                section: section.to_owned(),
            })
            .collect();
        let own = self.used_taxonomies().filter(|(_, taxonomy)| taxonomy.navigation);
        items.extend(own.map(|(place, taxonomy)| self.taxonomy_item(place, taxonomy)));
        for (number, page) in self.own_pages.all.iter().enumerate() {
            if page.original.record.weight.is_some() {
                items.push(NavigationItem {
                    name: page.shown.record.title.clone(),
                    url: self.url(&Page::Own(number)),
                    section: page.original.slug.clone(),
                });
            }
        }
        items
    }

    fn taxonomy_item(&self, place: usize, taxonomy: &Taxonomy) -> NavigationItem {
        NavigationItem {
            name: taxonomy.plural.clone(),
            url: self.url(&Page::Facets(Facet::Own(place))),
            section: taxonomy.key.clone(),
        }
    }

    /// `page` of a document's own page; `pdf` is the full URL of its PDF.
    pub fn document_info(
        &self,
        id: DocumentId,
        citation: &Citation,
        pdf: Option<&str>,
        image: Option<&str>,
    ) -> PageInfo {
        let mut info = self.plain_info(&Page::Document(id));
        let rights = self.rights_of(&self.archive.document(id).record);
        let publisher = self.config.archive.publisher.as_deref();
        let publisher = publisher.unwrap_or(self.config.archive_name());
        info.head = Html(metadata::head(
            self,
            id,
            citation,
            &metadata::Published { publisher, rights, pdf, image },
        ));
        info.json_ld = Some(Html(metadata::document_json_ld(self, id, citation)));
        info
    }

    /// `page`: what a page says of itself.
    pub fn page_info(&self, page: &Page) -> PageInfo {
        if let Page::Document(id) = page {
            return self.document_info(*id, &citation::citation(self, *id), None, None);
        }
        let mut info = self.plain_info(page);
        info.json_ld = metadata::page_json_ld(self, page, &info).map(Html);
        info
    }

    /// `page` of the note at a URL that was given up.
    pub fn removed_info(&self, removed: &Removed) -> PageInfo {
        let path = removed.file.strip_suffix("index.html").unwrap_or(&removed.file);
        PageInfo {
            title: self.words.get("removed-title"),
            description: self.words.get("removed-text"),
            section: path.split('/').next().unwrap_or_default().to_owned(),
            url: self.url_of(path),
            permanent_url: None,
            unlisted: true,
            ..self.plain_info(&Page::NotFound)
        }
    }

    fn plain_info(&self, page: &Page) -> PageInfo {
        let path = self.path(page);
        PageInfo {
            title: self.page_title(page),
            description: self.page_description(page),
            section: path.split('/').next().unwrap_or_default().to_owned(),
            url: self.url(page),
            permanent_url: self.address_in_language(page),
            languages: self.languages_of(page),
            cite_all: self.cite_all(page),
            breadcrumbs: self.breadcrumbs(page),
            unlisted: matches!(
                page,
                Page::NotFound | Page::Source(_) | Page::Withdrawn(_) | Page::Oldest(_)
            ),
            head: Html::default(),
            json_ld: None,
        }
    }

    /// The title of a page, as its heading has it.
    pub fn page_title(&self, page: &Page) -> String {
        let words = self.words;
        let numbered = |title: String, n: usize| {
            if n == 1 {
                return title;
            }
            words.with("title-page", &[("title", &words.isolated(&title)), ("n", &n.to_string())])
        };
        match page {
            Page::Home => self.config.title.clone(),
            Page::Documents(n) => numbered(words.get("section-documents"), *n),
            Page::Oldest(n) => numbered(words.get("documents-oldest"), *n),
            Page::Document(id) => self.title(*id),
            Page::Source(id) => {
                words.with("title-source", &[("title", &words.isolated(&self.title(*id)))])
            }
            Page::Withdrawn(n) => {
                let title = self.archive.tombstones[*n].withdrawn.title.clone();
                title.unwrap_or_else(|| words.get("withdrawn-title"))
            }
            Page::Names(AuthorityKind::Organization) => words.get("section-organizations"),
            Page::Names(AuthorityKind::Person) => words.get("section-people"),
            Page::Authority(id) => self.archive.authority(*id).record.title.clone(),
            Page::Years => words.get("section-years"),
            Page::Year(year) => words.year(*year),
            Page::Undated => words.get("title-undated"),
            Page::Further(page, n) => numbered(self.page_title(page), *n),
            Page::Facets(Facet::Own(place)) => self.taxonomy(*place).plural.clone(),
            Page::Facets(facet) => words.get(section_key(facet.path(self.config))),
            Page::Choice(facet @ Facet::Own(_), key, n) => {
                numbered(self.whole_term(*facet, key), *n)
            }
            Page::Choice(facet, key, n) => numbered(self.facets[facet][key].name.clone(), *n),
            Page::Collections => words.get("section-collections"),
            Page::Collection(id) => self.archive.collection(*id).card.record.title.clone(),
            Page::Search => words.get("search"),
            Page::Data => words.get("data"),
            Page::Corrections(n) => numbered(words.get("corrections"), *n),
            Page::Changes(n) => numbered(words.get("changes"), *n),
            Page::Own(number) => self.own_pages.all[*number].shown.record.title.clone(),
            Page::NotFound => words.get("not-found-title"),
        }
    }

    fn page_description(&self, page: &Page) -> String {
        let words = self.words;
        let described = |name: &str, count: usize| {
            let documents = words.count("documents", count);
            let values = [
                ("name", &*words.isolated(name)),
                ("documents", &documents),
                ("site", &self.config.title),
            ];
            words.with("describe-name", &values)
        };
        match page {
            Page::Document(id) => {
                let item = self.listed(*id);
                item.description().unwrap_or(item.title()).to_owned()
            }
            Page::Authority(id) => {
                let authority = self.archive.authority(*id);
                let count = self.documents_of(&authority.documents).len();
                let record = &authority.record;
                record.description.clone().unwrap_or_else(|| described(&record.title, count))
            }
            Page::Withdrawn(_) => words.get("withdrawn-text"),
            Page::Collection(id) => {
                let unit = self.archive.collection(*id);
                let record = &unit.card.record;
                let count = unit.all_documents.len();
                record.description.clone().unwrap_or_else(|| described(&record.title, count))
            }
            Page::Year(year) => described(&words.year(*year), self.years[year].len()),
            Page::Further(page, _) => self.page_description(page),
            Page::Choice(facet, key, _) => {
                let choice = &self.facets[facet][key];
                let name = match facet {
                    Facet::Own(_) => self.whole_term(*facet, key),
                    _ => choice.name.clone(),
                };
                described(&name, choice.documents.len())
            }
            Page::Own(number) => {
                let own = self.own_pages.all[*number].shown.record.description.clone();
                own.unwrap_or_else(|| self.site_description())
            }
            _ => self.site_description(),
        }
    }

    fn site_description(&self) -> String {
        self.config.description.clone().unwrap_or_else(|| self.config.title.clone())
    }

    fn breadcrumbs(&self, page: &Page) -> Vec<Link> {
        let link = |page: Page| Link { name: self.page_title(&page), url: Some(self.url(&page)) };
        match page {
            Page::Document(id) => match self.archive.document(*id).collection {
                Some(unit) => {
                    let mut above = self.breadcrumbs(&Page::Collection(unit));
                    above.push(link(Page::Collection(unit)));
                    above
                }
                None => vec![link(Page::Documents(1))],
            },
            Page::Withdrawn(_) => vec![link(Page::Documents(1))],
            Page::Source(id) => vec![link(Page::Documents(1)), link(Page::Document(*id))],
            Page::Collection(id) => {
                let above = self.archive.above(*id).into_iter().map(Page::Collection);
                std::iter::once(Page::Collections).chain(above).map(link).collect()
            }
            Page::Authority(id) => vec![link(Page::Names(id.kind))],
            Page::Year(_) | Page::Undated => vec![link(Page::Years)],
            Page::Further(page, _) => {
                let mut above = self.breadcrumbs(page);
                above.push(link((**page).clone()));
                above
            }
            Page::Choice(facet @ Facet::Own(_), key, _) => {
                let term = |page: Page| match &page {
                    Page::Choice(facet, key, _) => Link {
                        name: self.facets[facet][key].name.clone(),
                        url: Some(self.url(&page)),
                    },
                    _ => link(page),
                };
                let above = self.terms_above(*facet, key).into_iter();
                std::iter::once(Page::Facets(*facet)).chain(above).map(term).collect()
            }
            Page::Choice(facet, ..) => vec![link(Page::Facets(*facet))],
            Page::Corrections(n) if *n > 1 => vec![link(Page::Corrections(1))],
            Page::Changes(n) if *n > 1 => vec![link(Page::Changes(1))],
            Page::Documents(n) if *n > 1 => vec![link(Page::Documents(1))],
            Page::Oldest(_) => vec![link(Page::Documents(1))],
            _ => Vec::new(),
        }
    }
}

fn section_key(section: &str) -> &'static str {
    match section {
        "documents" => "section-documents",
        "organizations" => "section-organizations",
        "people" => "section-people",
        "years" => "section-years",
        "collections" => "section-collections",
        "kinds" => "section-kinds",
        "languages" => "section-languages",
        _ => "section-topics",
    }
}

fn contact(contact: &str) -> Link {
    let url =
        if contact.contains("://") { contact.to_owned() } else { format!("mailto:{contact}") };
    Link { name: contact.to_owned(), url: Some(url) }
}
