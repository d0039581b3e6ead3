//! Old URLs that lead to a page: aliases of documents and pages, slugs of merged authority records.

use std::collections::BTreeMap;

use super::{Page, SitePlan};
use crate::diagnostic::{Diagnostic, Report};

/// An old URL and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The file at the old URL, from the site's root.
    pub file: String,
    /// The page that it leads to.
    pub target: Page,
}

impl SitePlan<'_> {
    /// Every redirect of the site. One that would hide a page, or that leads to two pages, goes to
    /// `report` and is left out.
    pub fn redirects(&self, report: &Report) -> Vec<Redirect> {
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        let mut redirects = Vec::new();
        for (url, target, path) in self.old_urls() {
            let file = file_of(url.trim_start_matches('/'));
            let clash = match (self.page_at(&file), taken.get(&file)) {
                (Some(_), _) => Some("the site has a page of its own there".to_owned()),
                (None, Some(other)) => Some(format!("{other} has the same alias")),
                (None, None) => None,
            };
            if let Some(clash) = clash {
                report.push(
                    Diagnostic::error(path, format!("the alias `{url}` cannot lead here"))
                        .note(clash)
                        .expected("a URL that nothing else of the site has")
                        .help("remove the alias from one of them"),
                );
                continue;
            }
            taken.insert(file.clone(), path);
            redirects.push(Redirect { file, target });
        }
        redirects
    }

    /// Each old URL with the page that it leads to and the file that says so.
    fn old_urls(&self) -> Vec<(String, Page, String)> {
        let mut urls = Vec::new();
        for id in self.document_ids() {
            let document = self.archive.document(id);
            for alias in &document.record.aliases {
                urls.push((alias.value.clone(), Page::Document(id), document.path.clone()));
            }
        }
        for (number, tombstone) in self.archive.tombstones.iter().enumerate() {
            for alias in &tombstone.aliases {
                urls.push((alias.clone(), Page::Withdrawn(number), tombstone.path.clone()));
            }
        }
        for (number, page) in self.archive.pages.iter().enumerate() {
            for alias in &page.record.aliases {
                urls.push((alias.value.clone(), Page::Own(number), page.path.clone()));
            }
        }
        let names = [(&self.organizations, false), (&self.people, true)];
        for (ids, person) in names {
            for id in ids {
                let authority = self.authority(person, *id);
                let page = if person { Page::Person(*id) } else { Page::Organization(*id) };
                let folder = if person { "people" } else { "organizations" };
                for old in &authority.record.merged {
                    let path = authority.path.clone().unwrap_or_default();
                    urls.push((format!("/{folder}/{old}/"), page.clone(), path));
                }
            }
        }
        urls
    }
}

/// The file that a host serves at a path.
fn file_of(path: &str) -> String {
    let last = path.rsplit('/').next().unwrap_or_default();
    if last.contains('.') {
        return path.to_owned();
    }
    let folder = path.trim_end_matches('/');
    if folder.is_empty() { "index.html".to_owned() } else { format!("{folder}/index.html") }
}
