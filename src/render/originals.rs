//! The page images and PDFs of documents: published beside their pages, without what cameras write into them, and
//! with smaller copies of images.
//!
//! Where something of the document or its seed is withheld, an image is published only if the record says for
//! everything that is withheld on which page it is seen: that part is painted over in the copies, and the original
//! stays back. What shows withheld words elsewhere is not known, and not published at all.

mod beside;
mod boxes;
mod painted;
mod shown;

use super::Stage;
use super::markdown::Body;
use super::seeds::{SeedPdf, Seen};
use crate::archive::{DocumentId, OfPage, Withheld};
use crate::diagnostic::Diagnostic;
use crate::parallel;
use crate::pdf;
use crate::pictures;
use crate::scan::Scan;
use crate::site::Page;
use crate::site::views::{FileView, Originals, PageView};
use crate::slug::slugify;
pub(super) use beside::place;
use shown::Image;

/// With what the names of page images begin that are those of the seed.
const SEED: &str = "seed-pdf";

/// What is wrong with a file: the message, what was expected, and how to repair it.
type Fault = (String, String, String);

/// A file of a document that is to be published.
struct Original<'a> {
    /// Its path below `seeds/`.
    file: &'a str,
    /// Its name in the site.
    name: &'a str,
    /// What is withheld of it.
    parts: &'a [OfPage],
    /// Whether the document withholds something, which a file of which nothing is said may show as well if it is no
    /// page image.
    withholds: bool,
}

/// A file of a document, as far as it is published.
#[derive(Debug, Default)]
struct Published {
    file: Option<FileView>,
    pages: Vec<PageView>,
    /// Whether something of it is not shown, and readers can see that.
    withheld: bool,
    /// A copy for lists.
    thumbnail: Option<Vec<u8>>,
}

impl Stage<'_> {
    /// Publishes the originals of a document; those that cannot be are reported.
    pub(super) fn originals(&self, id: DocumentId, body: &Body, seen: &Seen) -> Originals {
        let document = self.plan.archive.document(id);
        let record = &document.record;
        let files = &record.files;
        let withholds = body.marks > 0 || !record.withheld.is_empty();
        let is_placed = self.is_placed(id) && !seen.asked;
        if (withholds || seen.redacted) && !is_placed {
            let has_some = !files.is_empty() || seen.pdf.is_some();
            self.plain_thumbnail(id);
            return Originals {
                withheld: has_some && (withholds || seen.told),
                ..Originals::default()
            };
        }
        let names = self.free_names(files);
        let publish = |(file, name): (&String, &String)| {
            let known = self.plan.archive.withheld_seeds.get(file);
            if known.is_some_and(|known| known.whole.is_some() || !known.hidden.is_empty()) {
                let withheld = known.is_some_and(Withheld::is_told);
                return Published { withheld, ..Published::default() };
            }
            if !self.plan.config.ingest.shows_source(file) {
                return Published::default();
            }
            let parts = known.map_or(&[][..], |known| &known.pages);
            let original = Original { file, name, parts, withholds };
            self.original(id, &original).unwrap_or_else(|(fault, is_error)| {
                let (message, expected, help) = fault;
                let diagnostic = if is_error { Diagnostic::error } else { Diagnostic::warning };
                self.report.push(diagnostic(&document.path, message).expected(expected).help(help));
                Published::default()
            })
        };
        let published = parallel::map_taken(files.iter().zip(&names).collect(), publish);
        let mut originals = Originals::default();
        let mut thumbnail = None;
        for one in published {
            originals.withheld |= one.withheld;
            originals.files.extend(one.file);
            originals.pages.extend(one.pages);
            thumbnail = thumbnail.or(one.thumbnail);
        }
        match thumbnail {
            Some(bytes) => self.put_thumbnail(id, &bytes),
            None => self.plain_thumbnail(id),
        }
        let seed = record.source.as_ref().and_then(|source| source.seed.as_deref());
        let is_new = |seed: &&str| files.iter().all(|file| file != seed);
        if let (Some(pdf), Some(seed)) = (seen.pdf.filter(|pdf| pdf.offered), seed.filter(is_new)) {
            originals.files.push(self.seed_view(seed, pdf));
            if !withholds && !seen.redacted && !seen.asked {
                let bytes = self.sources.read(&format!("seeds/{seed}")).unwrap_or_default();
                let shown = self.pdf_pages_of(id, (seed, SEED), &bytes, pdf.page..=pdf.last);
                originals.pages.extend(shown.pages);
            }
        }
        for (number, page) in originals.pages.iter_mut().enumerate() {
            page.number = number + 1;
        }
        originals.manifest = self.manifest(id, &originals.pages);
        originals.pdf = self.only_pdf(id, &originals.files, seed);
        originals
    }

    /// Whether the record says for everything that it withholds on which page image it is seen, and the seed holds
    /// no other document whose withheld words an image might show.
    fn is_placed(&self, id: DocumentId) -> bool {
        let document = self.plan.archive.document(id);
        let record = &document.record;
        !record.withheld.is_empty()
            && document.same_seed.len() <= 1
            && record.withheld.iter().all(|entry| entry.file_of(&record.files).is_some())
    }

    /// A PDF from which the document was read: it is published as its seed.
    fn seed_view(&self, seed: &str, pdf: SeedPdf) -> FileView {
        let mut url = self.plan.url_of(&self.plan.seed_address(seed));
        if pdf.page > 1 {
            url.push_str(&format!("#page={}", pdf.page));
        }
        FileView {
            url,
            name: seed.rsplit('/').next().unwrap_or(seed).to_owned(),
            format: Scan::Pdf.name(),
            size: self.plan.words.size(pdf.size),
            pages: Some(pdf.pages),
            is_image: false,
        }
    }

    /// The full URL of the PDF, if there is one and no more.
    fn only_pdf(&self, id: DocumentId, views: &[FileView], seed: Option<&str>) -> Option<String> {
        let mut pdfs = views.iter().filter(|view| view.format == Scan::Pdf.name());
        let (only, None) = (pdfs.next()?, pdfs.next()) else { return None };
        let page = Page::Document(id);
        let own = format!("{}files/{}", self.plan.folder_url(&page), only.name);
        let path = if own == only.url {
            format!("{}files/{}", self.plan.path(&page), only.name)
        } else {
            self.plan.seed_address(seed?)
        };
        Some(self.plan.permanent_url_of(&path))
    }

    /// For each file a name that is safe in an address, whatever the file was called, ends as its format does, and
    /// that no other one has.
    fn free_names(&self, files: &[String]) -> Vec<String> {
        let mut names: Vec<String> = Vec::with_capacity(files.len());
        for file in files {
            let head = self.sources.beginning(&format!("seeds/{file}"), Scan::MARK);
            let ending = head.ok().and_then(|head| Scan::of(&head)).map_or("", Scan::ending);
            let name = file.rsplit('/').next().unwrap_or(file);
            let stem = slugify(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
            let stem = if stem.is_empty() { "page".to_owned() } else { stem };
            let numbered = |n: usize| match n {
                1 => format!("{stem}.{ending}"),
                n => format!("{stem}-{n}.{ending}"),
            };
            let free = (1..=files.len()).map(numbered).find(|name| !names.contains(name));
            names.push(free.unwrap_or_else(|| numbered(files.len() + 1)));
        }
        names
    }

    /// Publishes one. A fault is an error if something could be seen that must not be.
    fn original(
        &self,
        id: DocumentId,
        original: &Original<'_>,
    ) -> Result<Published, (Fault, bool)> {
        let Original { file, name, parts, withholds } = *original;
        let expected =
            "a page image (JPEG, PNG, WebP, GIF, TIFF, JPEG 2000) or a PDF below `seeds/`";
        let fault = |what: &str, help: &str| {
            let message = format!("`{file}` {what} and is left out");
            ((message, expected.to_owned(), help.to_owned()), false)
        };
        let read = self.sources.read(&format!("seeds/{file}"));
        let bytes = read.map_err(|_| {
            fault("is not in `seeds/`, or cannot be read,", "correct the path in `files`")
        })?;
        let scan = Scan::of(&bytes).ok_or_else(|| {
            fault("is not a page image", "name files that readers can see in `files`, or remove it")
        })?;
        if scan == Scan::Pdf && (withholds || !parts.is_empty()) {
            return Ok(Published { withheld: true, ..Published::default() });
        }
        let mut published = Published::default();
        if scan != Scan::Pdf && self.plan.config.images.copies || !parts.is_empty() {
            let stem = name.replace('.', "-");
            let hash = blake3::hash(&bytes);
            let image = Image { file, stem, scan, bytes: &bytes, hash, parts };
            published = self.pages_of(id, &image)?;
        }
        if scan == Scan::Pdf {
            let stem = name.replace('.', "-");
            published = self.pdf_pages_of(id, (file, &stem), &bytes, 1..=usize::MAX);
            published.pages.iter_mut().for_each(|page| page.of_seed = None);
        }
        if !parts.is_empty() {
            return Ok(published);
        }
        let pages = match scan {
            Scan::Pdf => pdf::read(&bytes).ok().map(|pdf| pdf.pages.len()),
            Scan::Tiff => Some(pictures::pages(scan, &bytes)).filter(|pages| *pages > 1),
            _ => None,
        };
        let size = if scan.is_shown() { scan.size(&bytes) } else { None };
        let cleaned = scan
            .published(bytes)
            .ok_or_else(|| fault("is damaged", "save the image again in another program"))?;
        let page = Page::Document(id);
        self.put(&format!("{}files/{name}", self.plan.path(&page)), &cleaned);
        let url = format!("{}files/{name}", self.plan.folder_url(&page));
        if scan.is_shown() {
            match published.pages.first_mut() {
                Some(page) => page.url.clone_from(&url),
                None => published.pages.push(PageView::of_original(&url, name, size)),
            }
        }
        published.file = Some(FileView {
            url,
            name: name.to_owned(),
            format: scan.name(),
            size: self.plan.words.size(cleaned.len()),
            pages,
            is_image: scan.is_shown(),
        });
        Ok(published)
    }
}
