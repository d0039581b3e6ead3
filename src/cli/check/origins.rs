//! Which content file a page was made from, and where in it a link is.

use std::collections::BTreeMap;

use crate::archive::Archive;
use crate::diagnostic::Position;
use crate::files::Sources;

/// Content files by the page that is made of them.
pub(in crate::cli) struct Origins<'a> {
    disk: &'a dyn Sources,
    files: BTreeMap<String, String>,
}

impl<'a> Origins<'a> {
    pub(in crate::cli) fn new(disk: &'a dyn Sources, archive: &Archive) -> Self {
        let mut files = BTreeMap::new();
        let mut add = |page: String, path: &str| files.insert(page, path.to_owned());
        for document in &archive.documents {
            for page in ["index.html", "source/index.html"] {
                add(format!("documents/{}/{page}", document.slug), &document.path);
            }
        }
        for tombstone in &archive.tombstones {
            add(format!("documents/{}/index.html", tombstone.slug), &tombstone.path);
        }
        for (folder, authorities) in
            [("organizations", &archive.organizations), ("people", &archive.people)]
        {
            for authority in authorities.iter() {
                if let Some(path) = &authority.path {
                    add(format!("{folder}/{}/index.html", authority.slug), path);
                }
            }
        }
        for page in &archive.pages {
            add(format!("{}/index.html", page.slug), &page.path);
        }
        if let Some(home) = &archive.home {
            add("index.html".to_owned(), &home.path);
        }
        Self { disk, files }
    }

    /// The content file of a page that holds an address, and its place there.
    pub(super) fn place(&self, page: &str, addresses: &[&str]) -> Option<(&str, Position)> {
        let path = self.files.get(page)?;
        let bytes = self.disk.read(path).ok()?;
        let text = String::from_utf8_lossy(&bytes);
        addresses.iter().filter(|a| !a.is_empty()).find_map(|address| {
            let at = text.find(address)?;
            Some((path.as_str(), Position::of(&text, at..at + address.len())))
        })
    }

    /// The content file of a page.
    pub(super) fn file(&self, page: &str) -> Option<&str> {
        self.files.get(page).map(String::as_str)
    }
}
