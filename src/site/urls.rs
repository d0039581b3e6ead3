//! Page → path and URL. URLs are made here and nowhere else: thousands for each hundred pages, and so
//! each is written into one string.

use super::{Page, SitePlan};

/// Room for most URLs, in bytes.
const LENGTH: usize = 96;

impl SitePlan<'_> {
    /// The path of a page from the site's root, without the base path: `documents/a-letter/`. It is the same in every
    /// language of the interface; what is beside a page is below it.
    pub fn path(&self, page: &Page) -> String {
        self.path_below(&[], page)
    }

    /// The URL of a page as links have it: with the base path, from the root of the host, in this language if it has
    /// such a page.
    pub fn url(&self, page: &Page) -> String {
        self.path_below(&[self.base_path, "/", self.prefix_of(page)], page)
    }

    /// The URL of the folder of a page in which the files beside it are, which are there once.
    pub fn folder_url(&self, page: &Page) -> String {
        self.path_below(&[self.base_path, "/"], page)
    }

    /// The URL of a file of the site, given its path from the site's root.
    pub fn url_of(&self, path: &str) -> String {
        [self.base_path, "/", path].concat()
    }

    /// The full URL of a page in this language.
    pub fn full_url(&self, page: &Page) -> String {
        self.path_below(&[&self.config.base_url, "/", self.prefix_of(page)], page)
    }

    /// The full URL of a page, as it is cited: that of the default language.
    pub fn permanent_url(&self, page: &Page) -> String {
        self.path_below(&[&self.config.base_url, "/"], page)
    }

    /// The full URL of a file of the site, given its path from the site's root.
    pub fn permanent_url_of(&self, path: &str) -> String {
        [&self.config.base_url, "/", path].concat()
    }

    fn path_below(&self, start: &[&str], page: &Page) -> String {
        let mut path = String::with_capacity(LENGTH);
        push(&mut path, start);
        self.push_path(&mut path, page);
        path
    }

    fn push_path(&self, path: &mut String, page: &Page) {
        let archive = self.archive;
        match page {
            Page::Home => {}
            Page::Documents(n) => {
                path.push_str("documents/");
                push_number(path, *n);
            }
            Page::Oldest(n) => {
                path.push_str("documents/order/oldest/");
                push_number(path, *n);
            }
            Page::Document(id) => push(path, &["documents/", &archive.document(*id).slug, "/"]),
            Page::Source(id) => {
                push(path, &["documents/", &archive.document(*id).slug, "/source/"]);
            }
            Page::Withdrawn(n) => push(path, &["documents/", &archive.tombstones[*n].slug, "/"]),
            Page::Names(kind) => push(path, &[kind.folder(), "/"]),
            Page::Authority(id) => {
                let slug = &self.archive.authority(*id).slug;
                push(path, &[id.kind.folder(), "/", slug, "/"]);
            }
            Page::Years => path.push_str("years/"),
            Page::Year(year) => push(path, &["years/", &year.to_string(), "/"]),
            Page::Undated => path.push_str("years/undated/"),
            Page::Further(page, n) => {
                self.push_path(path, page);
                push_number(path, *n);
            }
            Page::Facets(facet) => push(path, &[facet.path(self.config), "/"]),
            Page::Choice(facet, key, n) => {
                push(path, &[facet.path(self.config), "/", key, "/"]);
                push_number(path, *n);
            }
            Page::Collections => path.push_str("collections/"),
            Page::Collection(id) => {
                push(path, &["collections/", &archive.collection(*id).card.slug, "/"]);
            }
            Page::Search => path.push_str("search/"),
            Page::Data => path.push_str("data/"),
            Page::Corrections(n) => {
                path.push_str("corrections/");
                push_number(path, *n);
            }
            Page::Changes(n) => {
                path.push_str("changes/");
                push_number(path, *n);
            }
            Page::Own(number) => {
                push(path, &[&self.own_pages.all[*number].original.slug, "/"]);
            }
            Page::NotFound => path.push_str("404.html"),
        }
    }
}

fn push(path: &mut String, parts: &[&str]) {
    for part in parts {
        path.push_str(part);
    }
}

/// Adds what the second page of a list on has behind the path of the first.
fn push_number(path: &mut String, number: usize) {
    if number != 1 {
        push(path, &["page/", &number.to_string(), "/"]);
    }
}
