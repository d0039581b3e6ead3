//! The pages and files of each document.

use rayon::prelude::*;

use super::Stage;
use super::engine::View;
use crate::archive::DocumentId;
use crate::site::citation::{Citation, citation};
use crate::site::views::DocumentText;
use crate::site::{Page, SitePlan};

use super::markdown::{Body, Passage};
use super::originals::place;

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
        let language = self.plan.language_of(&document.record.language);
        let read = self.read_body(&document.path, &document.body, Some(language));
        read.map(|(body, _)| body.passages).unwrap_or_default()
    }

    fn document(&self, id: DocumentId) -> Vec<Passage> {
        let document = self.plan.archive.document(id);
        let language = self.plan.language_of(&document.record.language);
        let read = self.read_body(&document.path, &document.body, Some(language));
        let Some((mut body, corrected)) = read else { return Vec::new() };
        let citation = citation(self.plan, id);
        if self.plan.is_main() {
            self.document_files(id, &body, &citation);
        }
        self.files_beside(&document.path, body.marks);
        let is_plain = body.marks == 0 && self.is_as_drafted(id, corrected);
        let seen = self.seed_files(id, is_plain);
        self.lead_to_edited(id, &mut body);
        let mut originals = self.originals(id, body.marks > 0, &seen);
        place(&mut originals.pages, &seen, &body.passages);
        originals.words = self.word_list(id, &originals, &seen, &body);
        let pdf = originals.pdf.clone();
        let image = originals.pages.first().and_then(|page| page.permanent_url.clone());
        let text = DocumentText {
            html: body.html,
            first_numbered: body.first_numbered,
            notes: body.notes,
            corrected,
            checksum: !seen.redacted,
            lines: seen.lines,
            originals,
        };
        let view = self.plan.document_view(id, text, &citation);
        let mut context = View::default();
        context.insert("document", &view);
        let own = document.record.template.as_deref();
        let of_kind = || self.plan.config.kinds.get(&document.record.kind)?.template.as_deref();
        let template = match own {
            Some(name) => Some(name).filter(|name| self.known_template(name, &document.path)),
            None => of_kind().filter(|name| self.known_template(name, "config.toml")),
        };
        context.insert(
            "page",
            &self.plan.document_info(id, &citation, pdf.as_deref(), image.as_deref()),
        );
        self.write_as(&Page::Document(id), template.unwrap_or("document.html"), &context);
        body.passages
    }

    /// Lets the anchors that paragraphs had lead to them. Not where something is withheld, or was cut without a word: an
    /// anchor is made of what the paragraph said, and would help to guess it.
    fn lead_to_edited(&self, id: DocumentId, body: &mut Body) {
        let document = self.plan.archive.document(id);
        let Some(line) = self.anchors.of(&document.path, &body.anchors) else { return };
        if body.marks > 0 || !document.record.withheld.is_empty() {
            return;
        }
        let line = line.followed(&body.anchors);
        if line.edited().next().is_some() && !self.is_cut(id) {
            line.edited().for_each(|(anchor, old)| body.lead_to(anchor, old));
        }
    }

    /// Whether nothing in a document's file was changed since it was drafted, nor in the other drafts of its
    /// seed, as far as that can be known without reading them.
    fn is_as_drafted(&self, id: DocumentId, corrected: bool) -> bool {
        let document = self.plan.archive.document(id);
        let seed = document.record.source.as_ref().and_then(|source| source.seed.as_deref());
        let drafts = seed.map_or(&[][..], |seed| self.drafted.of_seed(seed));
        !corrected && drafts.iter().all(|draft| *draft == document.path)
    }

    fn document_files(&self, id: DocumentId, body: &Body, citation: &Citation) {
        let own = self.plan.path(&Page::Document(id));
        // No static host can send a reader on from a file that is no page: it is at its old URLs as well.
        let folders = || std::iter::once(&own).chain(self.plan.old_folders(id));
        let put = |name: &str, bytes: &[u8]| {
            folders().for_each(|folder| self.put(&format!("{folder}{name}"), bytes));
        };
        let outputs = &self.plan.config.outputs;
        if outputs.text {
            put("text.txt", plain_text(self.plan, id, body).as_bytes());
        }
        if outputs.citations {
            put("citation.bib", citation.bibtex().as_bytes());
            put("citation.ris", citation.ris().as_bytes());
            put("citation.json", format!("{}\n", citation.csl()).as_bytes());
        }
    }
}

/// Says that a file is UTF-8. Browsers believe it over what a host says of plain text, and no file of headers is read by every host.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A document as plain text: title, date, permanent URL, then its text and notes.
fn plain_text(plan: &SitePlan<'_>, id: DocumentId, body: &Body) -> String {
    let item = plan.listed(id);
    let mut text = format!(
        "{BYTE_ORDER_MARK}{}\n{}\n{}\n",
        item.title(),
        item.date_text(),
        plan.permanent_url(&Page::Document(id))
    );
    for passage in &body.passages {
        text.push('\n');
        text.push_str(passage.written().trim());
        text.push('\n');
    }
    text
}
