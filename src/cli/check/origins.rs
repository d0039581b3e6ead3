//! Which content file a page was made from, and where in it a link stands.

use std::collections::BTreeMap;

use crate::diagnostic::{Position, Report};
use crate::disk::Disk;
use crate::files::Sources;
use crate::slug;

/// Content files by the page that is made of them, as far as their names tell.
pub(super) struct Origins<'a> {
    disk: &'a Disk,
    files: BTreeMap<String, String>,
}

impl<'a> Origins<'a> {
    pub(super) fn new(disk: &'a Disk) -> Self {
        // What cannot be listed was reported by the build.
        let paths = disk.list("content", &Report::new());
        let files = paths.into_iter().filter_map(|path| Some((page_of(&path)?, path))).collect();
        Self { disk, files }
    }

    /// The content file of a page that holds an address, and the place where it stands.
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

/// The page that a content file becomes, unless its front matter says otherwise.
fn page_of(path: &str) -> Option<String> {
    let inside = path.strip_prefix("content/")?.strip_suffix(".md")?;
    if inside == "index" {
        return Some("index.html".to_owned());
    }
    let (folder, rest) = inside.split_once('/')?;
    let slug = slug::slugify(rest.rsplit('/').next()?);
    match folder {
        "pages" => Some(format!("{slug}/index.html")),
        _ => Some(format!("{folder}/{slug}/index.html")),
    }
}
