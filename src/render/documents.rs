//! The pages and files of each document.

use std::sync::{Arc, PoisonError};

use rayon::prelude::*;
use sha2::{Digest, Sha256};

use super::Stage;
use super::engine::View;
use crate::archive::DocumentId;
use crate::site::citation::{Citation, citation};
use crate::site::views::DocumentText;
use crate::site::{Page, SitePlan};

use super::markdown::{Body, Passage};

/// A seed as source pages show it.
#[derive(Debug)]
pub struct SeedText {
    /// Its text, as ingest reads it.
    text: String,
    /// SHA-256 of its bytes, in hexadecimal.
    sha256: String,
    /// Whether it is still in the archive.
    present: bool,
}

impl Stage<'_> {
    /// Renders those of some documents that are wanted with all their files; gives the passages of each, wanted
    /// or not, for search.
    pub fn documents(
        &self,
        ids: &[DocumentId],
        wanted: impl Fn(&DocumentId) -> bool + Sync,
    ) -> Vec<Vec<Passage>> {
        let passages = |id: &DocumentId| match self.failed() {
            true => Vec::new(),
            false if wanted(id) => self.document(*id),
            false => self.passages(*id),
        };
        ids.par_iter().map(passages).collect()
    }

    fn passages(&self, id: DocumentId) -> Vec<Passage> {
        let document = self.plan.archive.document(id);
        let read = self.read_body(&document.path, &document.body, true);
        read.map(|(body, _)| body.passages).unwrap_or_default()
    }

    fn document(&self, id: DocumentId) -> Vec<Passage> {
        let document = self.plan.archive.document(id);
        let Some((body, corrected)) = self.read_body(&document.path, &document.body, true) else {
            return Vec::new();
        };
        let citation = citation(self.plan, id);
        self.document_files(id, &body, &citation);
        let files = self.originals(id);
        let text = DocumentText { html: body.html, notes: body.notes, corrected, files };
        let view = self.plan.document_view(id, text, &citation);
        let mut context = View::default();
        context.insert("document", &view);
        let own = document.record.template.as_deref();
        let template = own.filter(|name| self.known_template(name, &document.path));
        context.insert("page", &self.plan.document_info(id, &citation));
        self.write_as(&Page::Document(id), template.unwrap_or("document.html"), &context);
        if self.plan.has_source_page(id) {
            self.source_page(id);
        }
        body.passages
    }

    fn document_files(&self, id: DocumentId, body: &Body, citation: &Citation) {
        let base = || self.plan.path(&Page::Document(id));
        let outputs = &self.plan.config.outputs;
        if outputs.text {
            self.put(&(base() + "text.txt"), plain_text(self.plan, id, body).as_bytes());
        }
        if outputs.citations {
            self.put(&(base() + "citation.bib"), citation.bibtex().as_bytes());
            self.put(&(base() + "citation.ris"), citation.ris().as_bytes());
            self.put(&(base() + "citation.json"), format!("{}\n", citation.csl()).as_bytes());
        }
    }

    fn source_page(&self, id: DocumentId) {
        let source = self.plan.archive.document(id).record.source.as_ref();
        let Some(seed) = source.and_then(|s| s.seed.as_ref()) else { return };
        let shared = !self.plan.archive.document(id).same_seed.is_empty();
        let read = self.seed(seed, shared);
        let Some(view) = self.plan.source_page_view(id, &read.text, &read.sha256, read.present)
        else {
            return;
        };
        let mut context = View::default();
        context.insert("source", &view);
        self.write(&Page::Source(id), "source.html", context);
    }

    /// A seed's text; one that several documents come from is read once and kept.
    fn seed(&self, seed: &str, shared: bool) -> Arc<SeedText> {
        let kept = || self.seeds.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = kept().get(seed) {
            return Arc::clone(known);
        }
        // A seed that is gone is no fault of the site's: the page says so.
        let bytes = self.sources.read(&format!("seeds/{seed}")).unwrap_or_default();
        let hash = Sha256::digest(&bytes);
        let read = Arc::new(SeedText {
            text: crate::ingest::seed_text(seed, &bytes).unwrap_or_default(),
            sha256: hash.iter().map(|b| format!("{b:02x}")).collect(),
            present: !bytes.is_empty(),
        });
        if shared {
            kept().insert(seed.to_owned(), Arc::clone(&read));
        }
        read
    }

    /// The seeds that documents were read from, as they are, for download.
    pub fn seeds(&self) {
        let mut seeds = self.shown_seeds();
        seeds.sort_unstable();
        seeds.dedup();
        seeds.par_iter().for_each(|seed| self.seed_file(seed));
    }

    /// The seed that stands at a path of the site.
    pub fn seed_at(&self, path: &str) {
        let seeds = self.shown_seeds();
        if let Some(seed) = seeds.iter().find(|seed| SitePlan::seed_path(seed) == path) {
            self.seed_file(seed);
        }
    }

    fn seed_file(&self, seed: &str) {
        if let Ok(bytes) = self.sources.read(&format!("seeds/{seed}")) {
            self.put(&SitePlan::seed_path(seed), &bytes);
        }
    }

    fn shown_seeds(&self) -> Vec<&str> {
        if !self.plan.config.outputs.source {
            return Vec::new();
        }
        let mut seeds: Vec<&str> = self
            .plan
            .document_ids()
            .filter_map(|id| self.plan.archive.document(id).record.source.as_ref()?.seed.as_deref())
            .collect();
        seeds.retain(|seed| !self.plan.is_withheld(seed) && !self.plan.is_table(seed));
        seeds
    }
}

/// A document as plain text: title, date, permanent URL, then its text and notes.
fn plain_text(plan: &SitePlan<'_>, id: DocumentId, body: &Body) -> String {
    let item = plan.listed(id);
    let mut text = format!(
        "{}\n{}\n{}\n",
        item.title(),
        item.date_text(),
        plan.permanent_url(&Page::Document(id))
    );
    for passage in &body.passages {
        text.push('\n');
        if let Some(mark) = passage.anchor.strip_prefix("note-") {
            text.push_str(&format!("[{mark}] "));
        }
        text.push_str(passage.text.trim());
        text.push('\n');
    }
    text
}
