//! Old URLs that lead to a page: aliases of documents and pages, slugs of merged authority records.

use std::collections::BTreeMap;
use std::ops::Range;

use super::{Page, SitePlan};
use crate::diagnostic::{Diagnostic, Position, Report};
use crate::site_path::file_at;

/// An old URL and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The file at the old URL, from the site's root.
    pub file: String,
    /// The page that it leads to.
    pub target: Page,
}

/// An old URL as a content file has it.
struct OldUrl {
    url: String,
    /// Where it stands in the file, in bytes.
    range: Option<Range<usize>>,
    target: Page,
    path: String,
}

/// Files in the root of the site that are no pages.
const ROOT_FILES: [&str; 9] = [
    "404.html",
    "atom.xml",
    "cname",
    "opensearch.xml",
    "robots.txt",
    ".nojekyll",
    "_headers",
    "_redirects",
    "index.html",
];

/// The archive as data.
const DATA_FILES: [&str; 9] = [
    "cmif.xml",
    "collections.csv",
    "datapackage.json",
    "documents.csv",
    "documents.jsonl",
    "oai.xml",
    "organizations.csv",
    "people.csv",
    "signatures.csv",
];

/// Files that may be beside the page of a document or an organization.
const BESIDE_PAGES: [&str; 6] =
    ["atom.xml", "citation.bib", "citation.json", "citation.ris", "ead.xml", "text.txt"];

impl SitePlan<'_> {
    /// Every redirect of the site. One that would hide a file, or that leads to two pages, goes to
    /// `report` and is left out; `place` finds a stretch of a content file.
    pub fn redirects(
        &self,
        place: &dyn Fn(&str, Range<usize>) -> Option<Position>,
        report: &Report,
    ) -> Vec<Redirect> {
        // Hosts may not tell capital letters.
        let mut taken: BTreeMap<String, String> = BTreeMap::new();
        let mut redirects = Vec::new();
        for OldUrl { url, range, target, path } in self.old_urls() {
            let file = file_at(url.trim_start_matches('/'));
            let folded = file.to_lowercase();
            let clash = match taken.get(&folded) {
                _ if self.page_at(&folded).is_some() || self.page_at(&file).is_some() => {
                    Some("the site has a page of its own there".to_owned())
                }
                _ if self.is_made_besides(&folded) || self.is_below_a_file(&folded) => {
                    Some("the site has a file of its own there".to_owned())
                }
                Some(other) => Some(format!("{other} has the same alias")),
                None => None,
            };
            if let Some(clash) = clash {
                let fault = Diagnostic::error(&path, format!("the alias `{url}` is already taken"))
                    .note(clash)
                    .expected("a URL that the site does not use otherwise")
                    .help("remove the alias from one of them");
                let position = range.and_then(|range| place(&path, range));
                report.push(Diagnostic { position, ..fault });
                continue;
            }
            taken.insert(folded, path);
            redirects.push(Redirect { file, target });
        }
        redirects
    }

    /// Whether a folder of a path would have to be where the site has a file.
    fn is_below_a_file(&self, file: &str) -> bool {
        file.match_indices('/').any(|(end, _)| {
            let folder = &file[..end];
            self.is_made_besides(folder) || self.page_at(folder).is_some()
        })
    }

    /// Whether a path in lower case is that of a file which the site makes and which is no page.
    fn is_made_besides(&self, file: &str) -> bool {
        let (folder, name) = file.rsplit_once('/').unwrap_or(("", file));
        let beside = || self.page_at(&format!("{folder}/index.html")).is_some();
        match folder {
            "" => ROOT_FILES.contains(&name) || name.starts_with("sitemap"),
            "data" => DATA_FILES.contains(&name),
            _ => BESIDE_PAGES.contains(&name) && beside(),
        }
    }

    /// Each old URL with the page that it leads to and the file that says so.
    fn old_urls(&self) -> Vec<OldUrl> {
        let mut urls = Vec::new();
        for id in self.document_ids() {
            let document = self.archive.document(id);
            for alias in &document.record.aliases {
                urls.push(OldUrl {
                    url: alias.value.clone(),
                    range: Some(alias.range.clone()),
                    target: Page::Document(id),
                    path: document.path.clone(),
                });
            }
        }
        for (number, tombstone) in self.archive.tombstones.iter().enumerate() {
            for alias in &tombstone.aliases {
                urls.push(OldUrl {
                    url: alias.value.clone(),
                    range: Some(alias.range.clone()),
                    target: Page::Withdrawn(number),
                    path: tombstone.path.clone(),
                });
            }
        }
        for (number, page) in self.archive.pages.iter().enumerate() {
            for alias in &page.record.aliases {
                urls.push(OldUrl {
                    url: alias.value.clone(),
                    range: Some(alias.range.clone()),
                    target: Page::Own(number),
                    path: page.path.clone(),
                });
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
                    let url = format!("/{folder}/{old}/");
                    urls.push(OldUrl { url, range: None, target: page.clone(), path });
                }
            }
        }
        urls
    }
}
