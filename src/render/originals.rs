//! The page images and PDFs of documents: published beside their pages, without what cameras write into them, and
//! not at all where something of the document or its seed is withheld: what of a picture shows it is not known.

use super::Stage;
use super::seeds::Seen;
use crate::archive::DocumentId;
use crate::diagnostic::Diagnostic;
use crate::scan::Scan;
use crate::site::Page;
use crate::site::views::{FileView, Originals};
use crate::slug::slugify;

impl Stage<'_> {
    /// Publishes the originals of a document; those that cannot be are told. `marks` says that its text has marks
    /// of what is withheld.
    pub(super) fn originals(&self, id: DocumentId, marks: bool, seen: Seen) -> Originals {
        let document = self.plan.archive.document(id);
        let record = &document.record;
        let files = &record.files;
        let withholds = marks || !record.withheld.is_empty();
        if withholds || seen.redacted {
            let withheld = !files.is_empty() && (withholds || seen.told);
            return Originals { files: Vec::new(), withheld };
        }
        let mut withheld = false;
        let mut views: Vec<FileView> = Vec::with_capacity(files.len());
        for file in files {
            if let Some(known) = self.plan.archive.withheld_seeds.get(file) {
                withheld |= known.is_told();
                continue;
            }
            if !self.plan.config.ingest.shows_source(file) {
                continue;
            }
            match self.original(id, file, &views) {
                Ok(view) => views.push(view),
                Err((message, expected, help)) => self.report.push(
                    Diagnostic::warning(&document.path, message).expected(expected).help(help),
                ),
            }
        }
        Originals { files: views, withheld }
    }

    /// Publishes one.
    fn original(
        &self,
        id: DocumentId,
        file: &str,
        before: &[FileView],
    ) -> Result<FileView, (String, &'static str, &'static str)> {
        let expected = "a page image (JPEG, PNG, WebP, GIF, TIFF) or a PDF below `seeds/`";
        let fault = |what: &str, help| (format!("`{file}` {what} and is left out"), expected, help);
        let read = self.sources.read(&format!("seeds/{file}"));
        let bytes = read.map_err(|_| {
            fault("is not in `seeds/`, or cannot be read,", "correct the path in `files`")
        })?;
        let scan = Scan::of(&bytes).ok_or_else(|| {
            fault("is not a page image", "name files that readers can see in `files`, or remove it")
        })?;
        let size = if scan.is_shown() { scan.size(&bytes) } else { None };
        let published = scan
            .published(bytes)
            .ok_or_else(|| fault("is damaged", "save the image again in another program"))?;
        let name = free_name(file, scan, before);
        let page = Page::Document(id);
        self.put(&format!("{}files/{name}", self.plan.path(&page)), &published);
        Ok(FileView {
            url: format!("{}files/{name}", self.plan.url(&page)),
            name,
            format: scan.name(),
            size: self.plan.words.size(published.len()),
            is_image: scan.is_shown(),
            width: size.map(|(width, _)| width),
            height: size.map(|(_, height)| height),
        })
    }
}

/// A name that is safe in an address, and ends as its format does, whatever the file was called.
fn free_name(file: &str, scan: Scan, before: &[FileView]) -> String {
    let name = file.rsplit('/').next().unwrap_or(file);
    let stem = slugify(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    let stem = if stem.is_empty() { "page".to_owned() } else { stem };
    let ending = scan.ending();
    let numbered = |n: usize| match n {
        1 => format!("{stem}.{ending}"),
        n => format!("{stem}-{n}.{ending}"),
    };
    let is_free = |name: &String| before.iter().all(|view| view.name != *name);
    (1..=before.len() + 1).map(numbered).find(is_free).unwrap_or_else(|| numbered(before.len() + 2))
}
