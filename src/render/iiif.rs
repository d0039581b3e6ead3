//! Manifests of documents with page images (IIIF Presentation API 3.0), and their images as viewers of other sites ask
//! for them (Image API 3.0, level 0: in the sizes and the pieces that there are).
//!
//! Source: <https://iiif.io/api/presentation/3.0/>, <https://iiif.io/api/image/3.0/>.

use serde_json::{Map, Value, json};

use super::Stage;
use crate::archive::DocumentId;
use crate::pictures::{Copies, Tile};
use crate::site::Page;
use crate::site::views::PageView;

const PRESENTATION: &str = "http://iiif.io/api/presentation/3/context.json";
const IMAGE: &str = "http://iiif.io/api/image/3/context.json";

/// The manifest's name, beside the page of a document.
pub(super) const MANIFEST: &str = "manifest.json";

/// Rights that a manifest may name are addresses of these sites.
const RIGHTS: [&str; 2] = ["http://rightsstatements.org/", "http://creativecommons.org/"];

impl Stage<'_> {
    /// Whether documents with page images have manifests: all in them are full addresses.
    pub(super) fn has_manifests(&self) -> bool {
        self.plan.config.outputs.iiif && self.plan.has_address()
    }

    /// Writes the image service of a page and gives its place below the document's folder.
    pub(super) fn image_service(
        &self,
        id: DocumentId,
        stem: &str,
        Copies { size, copies, narrow, tiles }: &Copies,
    ) -> Option<String> {
        let largest = copies.last().filter(|_| self.has_manifests())?;
        let folder = self.plan.path(&Page::Document(id));
        let place = format!("iiif/{stem}");
        let address = self.plan.permanent_url_of(&format!("{folder}{place}"));
        // What shows all of the picture is a size as well.
        let whole = |tile: &&Tile| tile.place == [0, 0, size.0, size.1];
        let mut sizes: Vec<(u32, u32)> =
            narrow.iter().chain(copies).map(|copy| copy.size).collect();
        sizes.extend(tiles.iter().filter(whole).map(|tile| tile.size));
        sizes.sort_unstable();
        sizes.dedup();
        let sizes = sizes.iter().map(|(width, height)| json!({ "width": width, "height": height }));
        let mut info = json!({
            "@context": IMAGE,
            "id": address,
            "type": "ImageService3",
            "protocol": "http://iiif.io/api/image",
            "profile": "level0",
            "width": size.0,
            "height": size.1,
            "maxWidth": largest.size.0,
            "maxHeight": largest.size.1,
            "sizes": sizes.collect::<Vec<_>>(),
        });
        if let Some(first) = tiles.first() {
            let mut factors: Vec<u32> = tiles.iter().map(|tile| tile.factor).collect();
            factors.dedup();
            let side = first.size.0.max(first.size.1);
            info["tiles"] = json!([{ "width": side, "height": side, "scaleFactors": factors }]);
        }
        self.put(&format!("{folder}{place}/info.json"), info.to_string().as_bytes());
        for tile in tiles {
            let ([x, y, w, h], (width, height)) = (tile.place, tile.size);
            let image =
                |region: &str| format!("{folder}{place}/{region}/{width},{height}/0/default.jpg");
            self.put(&image(&format!("{x},{y},{w},{h}")), &tile.bytes);
            if whole(&tile) && copies.iter().all(|copy| copy.size != tile.size) {
                self.put(&image("full"), &tile.bytes);
            }
        }
        for copy in narrow.iter().chain(copies) {
            let (width, height) = copy.size;
            let image = format!("{folder}{place}/full/{width},{height}/0/default.jpg");
            self.put(&image, &copy.bytes);
        }
        if let Some(narrow) = narrow {
            // As viewers ask that were made for older versions.
            let image = format!("{folder}{place}/full/{},/0/default.jpg", narrow.size.0);
            self.put(&image, &narrow.bytes);
        }
        self.put(&format!("{folder}{place}/full/max/0/default.jpg"), &largest.bytes);
        Some(place)
    }

    /// Writes the manifest of a document; gives its URL.
    pub(super) fn manifest(&self, id: DocumentId, pages: &[PageView]) -> Option<String> {
        let is_image = |page: &&PageView| page.service.is_some();
        if !self.has_manifests() || !pages.iter().any(|page| is_image(&page)) {
            return None;
        }
        let page = Page::Document(id);
        let folder = self.plan.path(&page);
        let own = |name: &str| self.plan.permanent_url_of(&format!("{folder}{name}"));
        let record = &self.plan.archive.document(id).record;
        let language = self.plan.language_of(&record.language);
        let words = self.plan.words;
        let label = |language: &str, text: String| json!({ language: [text] });
        let item = self.plan.item(id);
        let mut facts = vec![("date", Some(item.date.text)), ("kind", Some(item.kind))];
        facts.extend([("from", item.from), ("to", item.to), ("reference", item.reference)]);
        let fact = |(key, value): (&str, Option<String>)| {
            let value = value.filter(|value| !value.is_empty())?;
            let ui = words.language();
            Some(json!({ "label": label(ui, words.get(key)), "value": label(ui, value) }))
        };
        let mut manifest = Map::new();
        let mut set = |key: &str, value: Value| drop(manifest.insert(key.to_owned(), value));
        set("@context", json!(PRESENTATION));
        set("id", json!(own(MANIFEST)));
        set("type", json!("Manifest"));
        set("label", label(language, self.plan.title(id)));
        set("metadata", facts.into_iter().filter_map(fact).collect());
        if let Some(rights) = self.plan.rights_of(record) {
            let rights = rights.replacen("https://", "http://", 1);
            if RIGHTS.iter().any(|known| rights.starts_with(known)) {
                set("rights", json!(rights));
            }
        }
        let address = self.plan.permanent_url(&page);
        let homepage = json!([{
            "id": address, "type": "Text", "format": "text/html",
            "label": label(language, self.plan.title(id)),
        }]);
        set("homepage", homepage);
        let canvases: Vec<Value> =
            pages.iter().filter(is_image).filter_map(|page| canvas(page, &own, words)).collect();
        set("items", canvases.into());
        let text = Value::Object(manifest).to_string();
        self.put(&format!("{folder}{MANIFEST}"), text.as_bytes());
        Some(format!("{}{MANIFEST}", self.plan.folder_url(&page)))
    }
}

/// A page with its image.
fn canvas(
    page: &PageView,
    own: &dyn Fn(&str) -> String,
    words: &crate::site::words::Words,
) -> Option<Value> {
    let (width, height) = page.full_width.zip(page.full_height)?;
    let place = page.service.as_ref()?;
    let id = own(&format!("canvas/{}", page.number));
    let service = json!([{ "id": own(place), "type": "ImageService3", "profile": "level0" }]);
    let body = json!({
        "id": own(&format!("{place}/full/max/0/default.jpg")),
        "type": "Image",
        "format": "image/jpeg",
        "width": page.largest_width,
        "height": page.largest_height,
        "service": service,
    });
    let annotation = json!({
        "id": format!("{id}/image"), "type": "Annotation", "motivation": "painting", "target": id, "body": body,
    });
    let label = words.with("scan-page", &[("n", &page.number.to_string())]);
    Some(json!({
        "id": id,
        "type": "Canvas",
        "label": { words.language(): [label] },
        "width": width,
        "height": height,
        "items": [{ "id": format!("{id}/page"), "type": "AnnotationPage", "items": [annotation] }],
    }))
}
