//! Old URLs that lead to a page: aliases of documents and pages, slugs of merged authority records, and those
//! of the lock at which the site has no page any more.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::lock::{Fate, Fates};
use super::{Lock, Page, SitePlan};
use crate::archive::DocumentId;
use crate::diagnostic::{Diagnostic, Position, Report};
use crate::edtf::Day;
use crate::site_path::file_at;

/// An old URL and where it leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The file at the old URL, from the site's root.
    pub file: String,
    /// The page that it leads to.
    pub target: Page,
    /// The URL of that page, in the language that the old one had.
    pub url: String,
}

/// A published URL that was given up: a note is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removed {
    /// The file at the URL, from the site's root.
    pub file: String,
    /// The day on which it was given up, as the lock has it.
    pub day: String,
}

/// Where old URLs lead.
pub(super) struct OldUrls {
    /// Those that content files name, by the file at each.
    aliases: BTreeMap<String, Page>,
    /// Those of the lock at which there is no page.
    fates: Fates,
    /// The folders in which documents were, from the site's root, with a final slash.
    folders: BTreeMap<DocumentId, Vec<String>>,
}

/// An old URL as a content file has it.
struct OldUrl {
    url: String,
    /// Where it is in the file, in bytes.
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
const DATA_FILES: [&str; 10] = [
    "cmif.xml",
    "collections.csv",
    "collections.jsonld",
    "datapackage.json",
    "documents.csv",
    "documents.jsonl",
    "oai.xml",
    "organizations.csv",
    "people.csv",
    "signatures.csv",
];

/// Files that may be beside the page of a document, a name, a list or a unit of the arrangement.
pub const BESIDE_PAGES: [&str; 11] = [
    "atom.xml",
    "citation.bib",
    "citation.json",
    "citation.ris",
    "citations.bib",
    "citations.json",
    "citations.ris",
    "eac.xml",
    "ead.xml",
    "feed.json",
    "text.txt",
];

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
        for OldUrl { url, range, target, path } in self.named_urls() {
            let file = file_at(url.trim_start_matches('/'));
            let folded = file.to_lowercase();
            let clash = match taken.get(&folded) {
                _ if self.is_page(&folded) || self.is_page(&file) => {
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
            let url = self.url(&target);
            redirects.push(Redirect { file, target, url });
        }
        redirects.extend(self.redirects_of_the_lock(&taken));
        redirects
    }

    fn redirects_of_the_lock<'b>(
        &'b self,
        taken: &'b BTreeMap<String, String>,
    ) -> impl Iterator<Item = Redirect> + use<'b> {
        self.old_urls().fates.iter().filter_map(|(path, fate)| {
            let (target, url) = match fate {
                Fate::Page(target) => (target, self.url(target)),
                Fate::InLanguage(tag, target) => (target, self.url_in(tag, target)),
                Fate::Removed(_) | Fate::Lost => return None,
            };
            let file = self.free_file(path, taken)?;
            Some(Redirect { file, target: target.clone(), url })
        })
    }

    /// The file at a path of the lock, unless the site has another one there by now.
    fn free_file(&self, path: &str, taken: &BTreeMap<String, String>) -> Option<String> {
        let file = file_at(path);
        let folded = file.to_lowercase();
        let is_taken = taken.contains_key(&folded)
            || self.is_page(&folded)
            || self.is_made_besides(&folded)
            || self.is_below_a_file(&folded);
        (!is_taken).then_some(file)
    }

    /// The published URLs that were given up.
    pub fn removed(&self) -> Vec<Removed> {
        let free = BTreeMap::new();
        let removed = self.old_urls().fates.iter().filter_map(|(path, fate)| {
            let Fate::Removed(day) = fate else { return None };
            Some(Removed { file: self.free_file(path, &free)?, day: day.clone() })
        });
        removed.collect()
    }

    /// The published URLs that would be dead, but for those at which the archive has a file of its own.
    fn lost(&self, statics: &BTreeSet<String>) -> Vec<&String> {
        let fates = self.old_urls().fates.iter();
        let lost =
            fates.filter(|(path, fate)| **fate == Fate::Lost && !statics.contains(&file_at(path)));
        lost.map(|(path, _)| path).collect()
    }

    /// A fault for each published URL that would be dead; `text` is that of the lock.
    pub fn lost_urls(&self, statics: &BTreeSet<String>, text: &str) -> Vec<Diagnostic> {
        self.lock.faults(self, &self.lost(statics), text)
    }

    /// The lock without the URLs that would be dead, and their paths: a note is in their place from a day on.
    pub fn lock_without_lost(&self, statics: &BTreeSet<String>, day: Day) -> (Lock, Vec<String>) {
        let lost = self.lost(statics);
        (self.lock.without(&lost, day), lost.into_iter().cloned().collect())
    }

    /// The lock once the site is published; `has` knows the files that are.
    pub fn renewed_lock(&self, has: &dyn Fn(&str) -> bool) -> Lock {
        let old = self.old_urls();
        self.lock.renewed(self, &old.aliases, &old.fates, has)
    }

    /// The folders in which a document was published, besides the one in which it is.
    pub fn old_folders(&self, id: DocumentId) -> &[String] {
        self.old_urls().folders.get(&id).map_or(&[], Vec::as_slice)
    }

    /// The document that was in a folder, if it is elsewhere now.
    pub fn document_once_in(&self, folder: &str) -> Option<DocumentId> {
        let mut folders = self.old_urls().folders.iter();
        folders.find(|(_, folders)| folders.iter().any(|old| old == folder)).map(|(id, _)| *id)
    }

    fn old_urls(&self) -> &OldUrls {
        self.old_urls.get_or_init(|| {
            let mut aliases = BTreeMap::new();
            for old in self.named_urls() {
                let file = file_at(old.url.trim_start_matches('/'));
                aliases.entry(file).or_insert(old.target);
            }
            let fates = self.lock.fates(self, &aliases);
            let mut folders: BTreeMap<DocumentId, Vec<String>> = BTreeMap::new();
            for path in self.lock.folders_of_documents() {
                let by_alias = || aliases.get(&file_at(path));
                let page = match fates.get(path) {
                    Some(Fate::Page(page)) => Some(page),
                    _ => by_alias(),
                };
                if let Some(Page::Document(id)) = page {
                    folders.entry(*id).or_default().push(path.clone());
                }
            }
            OldUrls { aliases, fates, folders }
        })
    }

    /// Whether the site has a page at a path, in any language.
    fn is_page(&self, file: &str) -> bool {
        self.page_at(file).is_some() || self.page_in_language_at(file).is_some()
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
    fn named_urls(&self) -> Vec<OldUrl> {
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
        for (number, page) in self.own_pages.all.iter().map(|page| page.original).enumerate() {
            for alias in &page.record.aliases {
                urls.push(OldUrl {
                    url: alias.value.clone(),
                    range: Some(alias.range.clone()),
                    target: Page::Own(number),
                    path: page.path.clone(),
                });
            }
        }
        for id in self.organizations.iter().chain(&self.people) {
            let authority = self.archive.authority(*id);
            for old in &authority.record.merged {
                let path = authority.path.clone().unwrap_or_default();
                let url = format!("/{}/{old}/", id.kind.folder());
                urls.push(OldUrl { url, range: None, target: Page::Authority(*id), path });
            }
        }
        urls
    }
}
