//! The copies of the pages of an image, and what pages of the site need to show them.

use super::painted::{Shown, check_pages, of_page};
use super::{Fault, Published};
use crate::archive::{DocumentId, OfPage};
use crate::limits::Limit;
use crate::parallel;
use crate::pdf::{self, Asked};
use crate::pictures::{self, Copies, Copy, IN_ITS_PLACE, Refusal, SIDES, THUMBNAIL, Task};
use crate::render::Stage;
use crate::render::pictures::PdfPages;
use crate::scan::Scan;
use crate::site::Page;
use crate::site::views::PageView;

/// A page image.
pub(super) struct Image<'a> {
    /// Its path below `seeds/`.
    pub(super) file: &'a str,
    /// The beginning of the names of its copies.
    pub(super) stem: String,
    pub(super) scan: Scan,
    pub(super) bytes: &'a [u8],
    /// Hash of its bytes.
    pub(super) hash: blake3::Hash,
    /// What is withheld of it.
    pub(super) parts: &'a [OfPage],
}

/// How broad the images are that Universal Viewer asks for in its list of pages, in pixels.
const NARROW: u32 = 90;

/// How long the sides of the pieces are into which pages are cut for viewers that enlarge a part, in pixels.
const TILE: u32 = 512;

/// What became of a page.
enum Made {
    Shown(Box<PageView>, Option<Copy>),
    Withheld,
    /// There are no copies, for this reason, if it is worth telling.
    Refused(Option<String>),
}

impl Stage<'_> {
    /// Makes the copies of all pages of an image. A fault is an error if something could be seen that must not be.
    pub(super) fn pages_of(
        &self,
        id: DocumentId,
        image: &Image<'_>,
    ) -> Result<Published, (Fault, bool)> {
        let count = pictures::pages(image.scan, image.bytes);
        check_pages(image.file, image.parts, count.max(1)).map_err(|fault| (fault, true))?;
        let pages = parallel::map_numbers(count, |page| self.page_of(id, image, page, count));
        let made: Vec<Made> =
            pages.into_iter().collect::<Result<_, Fault>>().map_err(|fault| (fault, true))?;
        let (published, mut refused) = gathered(made, !image.parts.is_empty());
        if count == Limit::ScanPages.count() {
            let limit = Limit::ScanPages.told();
            refused = Some(format!("only its first {count} pages are looked at: see {limit}"));
        }
        if let Some(why) = refused {
            self.tell_refused(id, image, &why);
        }
        Ok(published)
    }

    /// Makes the copies of those pages of a PDF that are scans, of a range that is counted from 1.
    pub(super) fn pdf_pages_of(
        &self,
        id: DocumentId,
        (file, stem): (&str, &str),
        bytes: &[u8],
        range: std::ops::RangeInclusive<usize>,
    ) -> Published {
        let config = &self.plan.config.images;
        let Ok(pdf) = pdf::read(bytes) else { return Published::default() };
        let scans = pdf.pages.iter().enumerate().filter_map(|(number, page)| {
            let (width, height) = page.pixels.filter(|_| range.contains(&(number + 1)))?;
            Some((number, u64::from(width) * u64::from(height)))
        });
        let scans: Vec<(usize, u64)> = scans.take(Limit::ScanPages.count()).collect();
        if !config.copies || scans.is_empty() {
            return Published::default();
        }
        // Whoever wants to see more has the PDF.
        let sides = [&[THUMBNAIL][..], &SIDES].concat();
        let (narrow, tile) = self.for_manifests();
        let pages = scans.iter().map(|(number, _)| *number).collect();
        let most_pixels = config.most_pixels();
        let asked = Asked { pages, sides, narrow, tile, most_pixels };
        let most = scans.iter().map(|(_, pixels)| *pixels).max().unwrap_or(0);
        let pages = PdfPages { bytes, asked, most };
        let made = self.pictures.of_pdf(self.sources.cache(), &pages, &|number, copies| {
            let copies = match copies {
                Ok(copies) => copies,
                Err(refusal) => return Made::Refused(self.why(&refusal)),
            };
            let stem = match pdf.pages.len() {
                1 => stem.to_owned(),
                _ => format!("{stem}-p{}", number + 1),
            };
            let (mut view, thumbnail) = self.view_of(id, file, &stem, copies);
            view.of_seed = Some(number + 1);
            Made::Shown(Box::new(view), thumbnail)
        });
        let (published, refused) = gathered(made, false);
        if let Some(why) = refused {
            let document = self.plan.archive.document(id);
            self.report.push(
                crate::diagnostic::Diagnostic::warning(
                    &document.path,
                    format!("no images can be made of all pages of `{file}`: {why}"),
                )
                .note("readers see the others, and can download the PDF")
                .expected("pages that are one JPEG, fax or plain image each")
                .help("nothing, if the PDF is enough; else put images of its pages beside it, and name them in `files`"),
            );
        }
        published
    }

    /// What is made of a page for viewers of other sites: how broad an image for their lists, how large pieces.
    fn for_manifests(&self) -> (Option<u32>, Option<u32>) {
        let has = self.has_manifests();
        (has.then_some(NARROW), (has && self.plan.config.outputs.iiif_tiles).then_some(TILE))
    }

    fn page_of(
        &self,
        id: DocumentId,
        image: &Image<'_>,
        page: usize,
        count: usize,
    ) -> Result<Made, Fault> {
        let Image { file, scan, bytes, parts, .. } = *image;
        let size = match pictures::size(scan, bytes, page) {
            Ok(size) => size,
            Err(refusal) => return Ok(Made::Refused(self.why(&refusal))),
        };
        let (regions, reasons) = match of_page(file, parts, page + 1, size)? {
            Shown::Nothing => return Ok(Made::Withheld),
            Shown::But(regions, reasons) => (regions, reasons),
        };
        // What browsers show as it is need not be there again in nearly the same size.
        let is_replaced = !scan.is_shown() || !parts.is_empty();
        let mut sides = vec![THUMBNAIL];
        sides.extend(SIDES);
        sides.extend(is_replaced.then_some(IN_ITS_PLACE));
        let (narrow, tile) = self.for_manifests();
        let most_pixels = self.plan.config.images.most_pixels();
        let task = Task { page, regions: &regions, sides: &sides, narrow, tile, most_pixels };
        let copies =
            match self.pictures.copies(self.sources.cache(), scan, (bytes, &image.hash), &task) {
                Ok(copies) => copies,
                Err(refusal) => return Ok(Made::Refused(self.why(&refusal))),
            };
        let stem = match count {
            1 => image.stem.clone(),
            _ => format!("{}-p{}", image.stem, page + 1),
        };
        let (mut view, thumbnail) = self.view_of(id, file, &stem, copies);
        view.withheld = reasons;
        view.turned = pictures::is_turned(scan, bytes, page);
        Ok(Made::Shown(Box::new(view), thumbnail))
    }

    /// Writes the copies of a page; gives its view and the copy for lists.
    fn view_of(
        &self,
        id: DocumentId,
        file: &str,
        stem: &str,
        mut all: Copies,
    ) -> (PageView, Option<Copy>) {
        let copies = &mut all.copies;
        // A picture that is smaller than that has no smaller copy.
        let is_small = |copy: &Copy| copy.size.0.max(copy.size.1) <= THUMBNAIL;
        let thumbnail = match copies.len() {
            0 => None,
            1 => copies.first().cloned().filter(is_small),
            _ => Some(copies.remove(0)),
        };
        let mut view = self.page_view(id, stem, &all);
        view.name = file.rsplit('/').next().unwrap_or(file).to_owned();
        view.service = self.image_service(id, stem, &all);
        let largest = all.copies.last().map(|copy| copy.size);
        view.largest_width = largest.map(|(width, _)| width);
        view.largest_height = largest.map(|(_, height)| height);
        (view, thumbnail)
    }

    /// Writes the copies of a page, the smallest first.
    fn page_view(&self, id: DocumentId, stem: &str, all: &Copies) -> PageView {
        let page = Page::Document(id);
        let (folder, url) = (self.plan.path(&page), self.plan.folder_url(&page));
        let put = |copy: &Copy| {
            let (width, height) = copy.size;
            let hash = &blake3::hash(&copy.bytes).to_hex()[..10];
            let name = format!("files/{stem}-{}-{hash}.jpg", width.max(height));
            self.put(&format!("{folder}{name}"), &copy.bytes);
            (name, copy.size)
        };
        let put: Vec<(String, (u32, u32))> = all.copies.iter().map(put).collect();
        let sources: Vec<String> =
            put.iter().map(|(name, (width, _))| format!("{url}{name} {width}w")).collect();
        let (first, shown) = put.first().cloned().unwrap_or_default();
        let (last, largest) = put.last().cloned().unwrap_or_default();
        let large = put
            .iter()
            .find(|(_, (w, h))| *w.max(h) >= SIDES[1])
            .unwrap_or(&(last.clone(), largest))
            .clone();
        PageView {
            url: format!("{url}{last}"),
            src: format!("{url}{first}"),
            width: Some(shown.0),
            height: Some(shown.1),
            srcset: (sources.len() > 1).then(|| sources.join(", ")),
            large: format!("{url}{}", large.0),
            permanent_url: Some(self.plan.permanent_url_of(&format!("{folder}{}", large.0))),
            full_width: Some(all.size.0),
            full_height: Some(all.size.1),
            ..PageView::default()
        }
    }

    /// Why there are no copies; none if that is as it must be.
    fn why(&self, refusal: &Refusal) -> Option<String> {
        Some(match refusal {
            Refusal::TooLarge(width, height) => format!(
                "it has {width} × {height} pixels, more than the {} million of `megapixels` below `[images]`",
                self.plan.config.images.megapixels
            ),
            Refusal::Damaged(why) => format!("it cannot be decoded: {why}"),
            Refusal::Unknown(kind) => format!("no decoder knows a {kind}"),
        })
    }

    fn tell_refused(&self, id: DocumentId, image: &Image<'_>, why: &str) {
        let document = self.plan.archive.document(id);
        let seen = match (image.parts.is_empty(), image.scan.is_shown()) {
            (false, _) => "since something of it is withheld, it is left out",
            (true, true) => "pages show the image as it is",
            (true, false) => "readers can only download it",
        };
        self.report.push(
            crate::diagnostic::Diagnostic::warning(
                &document.path,
                format!("no smaller copies can be made of all of `{}`: {why}", image.file),
            )
            .note(seen)
            .expected("a JPEG, PNG, WebP, TIFF or JPEG 2000 image that other programs can open")
            .help("save the image again in another program, as JPEG or PNG"),
        );
    }

    /// Writes the copy that lists and search results show.
    pub(super) fn put_thumbnail(&self, id: DocumentId, bytes: &[u8]) {
        if self.plan.has_thumbnail(id) {
            self.put(&self.plan.thumbnail_path(id), bytes);
        }
    }

    /// A blank page in its place, where lists show one and there is nothing to be seen.
    pub(super) fn plain_thumbnail(&self, id: DocumentId) {
        self.put_thumbnail(id, pictures::BLANK);
    }
}

/// What became of all pages, and why one of them has no copies. `has_parts` says that something of them is withheld.
fn gathered(made: Vec<Made>, has_parts: bool) -> (Published, Option<String>) {
    let mut published = Published::default();
    let mut refused = None;
    for made in made {
        match made {
            Made::Shown(view, thumbnail) => {
                published.pages.push(*view);
                let bytes = thumbnail.map(|copy| copy.bytes);
                published.thumbnail = published.thumbnail.take().or(bytes);
            }
            Made::Withheld => published.withheld = true,
            Made::Refused(why) => {
                published.withheld |= has_parts;
                refused = refused.or(why);
            }
        }
    }
    (published, refused)
}
