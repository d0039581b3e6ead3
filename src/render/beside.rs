//! Links of a text that name files of the archive by their places, `../pages/about.md`, and the page images and PDFs
//! in the folder of a text, `content/documents/a-letter/scan.jpg` beside its `index.md`: published beside its page.

use std::sync::atomic::Ordering;

use percent_encoding::percent_decode_str;

use super::Stage;
use crate::diagnostic::{Diagnostic, Report};
use crate::scan::Scan;
use crate::site::{BESIDE_PAGES, Page};
use crate::site_path::check_site_path;

/// What the program itself makes in the folder of a page, besides [`BESIDE_PAGES`].
const OWN: [&str; 7] =
    ["files", "iiif", "index.html", "manifest.json", "source", "thumbnail.jpg", "words.json"];

/// Why the files beside a text are not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum KeptBack {
    /// Something of the text or its seed is withheld.
    Withheld,
    /// Words were taken out of the text, and nobody has said why.
    Asked,
}

impl KeptBack {
    fn told(self) -> &'static str {
        match self {
            Self::Withheld => "is left out, since something of the text or its seed is withheld",
            Self::Asked => "is left out, since words were taken out of the text without a word",
        }
    }

    fn expected(self) -> &'static str {
        match self {
            Self::Withheld => "a file that shows nothing of it, in `static/`",
            Self::Asked => {
                "an answer: `[[corrected]]` if the words were wrong, `[[withheld]]` if not"
            }
        }
    }
}

impl Stage<'_> {
    /// The address of what a text names by a relative link: the page of another text, with the place on it, or a file
    /// beside the text. `shows` says whether readers may see what is beside it.
    pub(super) fn address_beside(
        &self,
        path: &str,
        link: &str,
        shows: impl Fn() -> bool,
    ) -> Option<String> {
        self.looks_further.store(true, Ordering::Relaxed);
        let end = link.find(['?', '#']).unwrap_or(link.len());
        let (file, place) = link.split_at(end);
        let file = resolved(path, file)?;
        if file.ends_with(".md") {
            let page = self.plan.page_of_content(&file)?;
            return Some(self.plan.url(page) + place);
        }
        let page = self.plan.page_of_content(path)?;
        // What is beside a text is beside its translation.
        let path = match page {
            Page::Own(number) => &self.plan.own_pages.all[*number].original.path,
            _ => path,
        };
        let name = file.strip_prefix(folder(path)?)?;
        let own = folder(path)?.trim_end_matches('/');
        let is_there = shows() && self.sources.list(own, &Report::new()).contains(&file);
        is_there.then(|| self.plan.folder_url(page) + name + place)
    }

    /// Why readers may not see the files beside a text with so many marks of what is withheld: what of it they show is
    /// not known.
    pub(super) fn kept_back(&self, path: &str, marks: usize) -> Option<KeptBack> {
        if marks > 0 {
            return Some(KeptBack::Withheld);
        }
        let Some(Page::Document(id)) = self.plan.page_of_content(path) else { return None };
        let (archive, record) = (&self.plan.archive, &self.plan.archive.document(*id).record);
        let seed = record.source.as_ref().and_then(|source| source.seed.as_deref());
        let withholds = |seed| archive.withheld_seeds.contains_key(seed);
        if !record.withheld.is_empty() || seed.is_some_and(withholds) {
            return Some(KeptBack::Withheld);
        }
        self.is_cut(*id).then_some(KeptBack::Asked)
    }

    /// Publishes what is beside a text with so many marks; what cannot be is reported.
    pub(super) fn files_beside(&self, path: &str, marks: usize) {
        let Some(folder) = folder(path).filter(|_| self.plan.is_main()) else { return };
        self.looks_further.store(true, Ordering::Relaxed);
        let Some(page) = self.plan.page_of_content(path) else { return };
        let files = self.sources.list(folder.trim_end_matches('/'), self.report);
        let names = files.iter().filter_map(|file| Some((file, file.strip_prefix(folder)?)));
        let names: Vec<_> =
            names.filter(|(_, name)| !name.ends_with(".md") && !name.starts_with('.')).collect();
        if names.is_empty() {
            return;
        }
        let kept_back = self.kept_back(path, marks);
        for (file, name) in names {
            let published = match kept_back {
                None => self.file_beside(file, name),
                Some(why) => Err((why.told().to_owned(), why.expected())),
            };
            match published {
                Ok(bytes) => self.put(&(self.plan.path(page) + name), &bytes),
                Err((what, expected)) => self.report.push(
                    Diagnostic::warning(file, format!("the file {what}"))
                        .expected(expected)
                        .help("put files that are to be published as they are in `static/`"),
                ),
            }
        }
    }

    fn file_beside(&self, file: &str, name: &str) -> Result<Vec<u8>, (String, &'static str)> {
        const EXPECTED: &str = "a page image (JPEG, PNG, WebP, GIF, TIFF, JPEG 2000) or a PDF";
        let first = name.split('/').next().unwrap_or(name);
        if OWN.contains(&first) || BESIDE_PAGES.contains(&first) {
            return Err(("has a name that the site uses itself".to_owned(), "another name"));
        }
        check_site_path(name).map_err(|why| (format!("is left out: {why}"), "another name"))?;
        let bytes = self.sources.read(file).map_err(|error| (error.to_string(), EXPECTED))?;
        let scan = Scan::of(&bytes).ok_or_else(|| {
            ("is left out: it is neither a page image nor a PDF".to_owned(), EXPECTED)
        })?;
        scan.published(bytes).ok_or_else(|| ("is damaged".to_owned(), EXPECTED))
    }
}

/// The folder of a text that has one of its own, with a slash: `content/documents/a-letter/` of the `index.md` in it.
fn folder(path: &str) -> Option<&str> {
    let folder = path.strip_suffix("index.md")?;
    (folder.matches('/').count() > 2).then_some(folder)
}

/// The path from the archive's root that a relative link names in a text at `path`; none of one that is not relative,
/// or leads out of `content/`. A link that begins with `@/`, as in Zola, is relative to `content/`.
fn resolved(path: &str, link: &str) -> Option<String> {
    let link = percent_decode_str(link).decode_utf8().ok()?;
    let (base, link) = match link.strip_prefix("@/") {
        Some(rest) => ("content/", rest),
        None => (&path[..=path.rfind('/')?], &*link),
    };
    if link.is_empty() || link.starts_with('/') || link.contains([':', '\\']) {
        return None;
    }
    let mut parts: Vec<&str> = base.trim_end_matches('/').split('/').collect();
    for part in link.split('/') {
        match part {
            "." => {}
            ".." => drop(parts.pop()),
            part => parts.push(part),
        }
    }
    (parts.len() > 1 && parts[0] == "content").then(|| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_are_resolved_from_the_folder_of_the_text() {
        let from = |link| resolved("content/documents/loan/index.md", link);
        for (link, path) in [
            ("scan%201.jpg", Some("content/documents/loan/scan 1.jpg")),
            ("./a/b.jpg", Some("content/documents/loan/a/b.jpg")),
            ("../reply.md", Some("content/documents/reply.md")),
            ("../../pages/about.md", Some("content/pages/about.md")),
            ("@/pages/about.md", Some("content/pages/about.md")),
            ("../../../config.toml", None),
            ("../../../../../etc/passwd", None),
            ("/about.md", None),
            ("https://example.org/a.md", None),
            ("mailto:a@b.md", None),
            ("", None),
        ] {
            assert_eq!(from(link).as_deref(), path, "{link}");
        }
        assert_eq!(folder("content/documents/loan.md"), None);
        assert_eq!(folder("content/index.md"), None);
        assert_eq!(folder("content/pages/index.md"), None);
        assert_eq!(folder("content/pages/a/index.md"), Some("content/pages/a/"));
    }
}
