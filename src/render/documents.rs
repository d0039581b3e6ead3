//! The pages and files of each document.

use std::sync::Arc;
use std::sync::atomic::Ordering;

use parking_lot::Mutex;

use super::Stage;
use super::engine::View;
use crate::archive::{Document, DocumentId};
use crate::diagnostic::Report;
use crate::files::{FileError, Key, Sink, Text, key_of};
use crate::parallel;
use crate::site::citation::{Citation, citation, csl_file};
use crate::site::views::DocumentText;
use crate::site::{Page, SitePlan};

use super::markdown::{Body, Passage};
use super::originals::place;
use super::seeds::Wording;

/// The words of a document's text, for search.
#[derive(Debug, Default)]
pub struct TextWords {
    /// The same for the same words.
    pub key: Key,
    /// The words, a paragraph each; none if the text was not rendered.
    pub passages: Option<Vec<String>>,
}

/// What is made of a document's text besides its page.
struct Made {
    text: DocumentText,
    passages: Vec<String>,
    /// What a memo remembers of it.
    memory: Text,
    /// Whether the memory can be relied on.
    is_sure: bool,
}

/// Takes note of the files that are handed on.
pub(super) struct Noted<'a> {
    pub(super) sink: &'a dyn Sink,
    pub(super) files: Mutex<Vec<String>>,
}

impl Sink for Noted<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        self.files.lock().push(path.to_owned());
        self.sink.put(path, bytes)
    }

    fn keep(&self, path: &str) -> bool {
        let keeps = self.sink.keep(path);
        if keeps {
            self.files.lock().push(path.to_owned());
        }
        keeps
    }
}

impl Stage<'_> {
    /// Renders some documents with all their files, but for those that the memo knows; gives the words of each.
    pub fn documents(&self, ids: &[DocumentId]) -> Vec<TextWords> {
        let words = |id: &DocumentId| match self.failed() {
            true => TextWords::default(),
            false => self.document(*id),
        };
        parallel::map(ids, words)
    }

    /// The passages of a document's text, which is rendered for them alone.
    pub fn passages(&self, id: DocumentId) -> Vec<Passage> {
        let document = self.plan.archive.document(id);
        let language = self.plan.language_of(&document.record.language);
        let read = self.read_body(&document.path, &document.body, Some(language));
        read.map(|(body, _)| body.passages).unwrap_or_default()
    }

    /// Makes the page of a document and the files beside it, unless they are there. A page whose text is the same has
    /// the same key whether the text was rendered or not.
    fn document(&self, id: DocumentId) -> TextWords {
        if let Some(text) = self.untouched(id) {
            self.report.extend(text.told.iter().cloned());
            self.pages.fetch_add(text.pages + 1, Ordering::Relaxed);
            return TextWords { key: text.words, passages: None };
        }
        let document = self.plan.archive.document(id);
        let citation = citation(self.plan, id);
        let known = self.known_text(id);
        let made = match known {
            Some(_) => None,
            None => {
                let Some(made) = self.new_text(id, &citation) else { return TextWords::default() };
                Some(made)
            }
        };
        let Some(text) = known.or(made.as_ref().map(|made| &made.memory)) else {
            return TextWords::default();
        };
        self.report.extend(text.told.iter().cloned());
        self.pages.fetch_add(text.pages, Ordering::Relaxed);
        let (outcome, key) = (text.outcome, text.words);
        let mut view = self.plan.document_view(id, &citation);
        let info = self.plan.document_info(id, &citation, None, None);
        let (page, template) = (self.plan.file_of(&Page::Document(id)), self.template_of(document));
        let words =
            |made: Option<Made>| TextWords { key, passages: made.map(|made| made.passages) };
        if let Some(memo) = self.memo {
            let mut inputs = View::default();
            inputs.insert("document", &view);
            inputs.insert("page", &info);
            inputs.insert("text", outcome);
            inputs.insert("citation", self.plan.citation_key(id));
            if memo.keeps(&page, self.engine.key(template, &inputs), self.sink) {
                self.pages.fetch_add(1, Ordering::Relaxed);
                return words(made);
            }
        }
        let Some(mut made) = made.or_else(|| self.text(id, &citation)) else {
            return TextWords::default();
        };
        let shown = std::mem::take(&mut made.text);
        let pdf = shown.originals.pdf.clone();
        let image = shown.originals.pages.first().and_then(|page| page.permanent_url.clone());
        let info = match (&pdf, &image) {
            (None, None) => info,
            (pdf, image) => {
                self.plan.document_info(id, &citation, pdf.as_deref(), image.as_deref())
            }
        };
        self.plan.show_text(&mut view, id, shown, &citation);
        let mut context = View::default();
        context.insert("document", view);
        context.insert("page", info);
        if let Some(html) = self.engine.page(template, &context, &page, self.report) {
            self.pages.fetch_add(1, Ordering::Relaxed);
            self.put(&page, &html);
        }
        words(Some(made))
    }

    /// The template of a document: its own, that of its kind, or that of all.
    fn template_of<'d>(&'d self, document: &'d Document) -> &'d str {
        let own = document.record.template.as_deref();
        let of_kind = || self.plan.config.kinds.get(&document.record.kind)?.template.as_deref();
        let template = match own {
            Some(name) => Some(name).filter(|name| self.known_template(name, &document.path)),
            None => of_kind().filter(|name| self.known_template(name, "config.toml")),
        };
        template.unwrap_or("document.html")
    }

    /// What was made of a text if neither it nor another one of the same seed changed, nor what is known of any document.
    fn untouched(&self, id: DocumentId) -> Option<&Text> {
        let (document, memo) = (self.plan.archive.document(id), self.memo?);
        if !self.is_seed_untouched(id, memo) {
            return None;
        }
        memo.untouched_text(&document.path, &self.plan.file_of(&Page::Document(id)), self.sink)
    }

    /// What was made of the same text in the build before, if all of it is there still.
    fn known_text(&self, id: DocumentId) -> Option<&Text> {
        let memo = self.memo.filter(|memo| !memo.is_empty())?;
        let path = &self.plan.archive.document(id).path;
        memo.text(path, self.text_inputs(id)?, self.sink)
    }

    /// Makes all of a document's text but its page, and remembers what it was made of.
    fn new_text(&self, id: DocumentId, citation: &Citation) -> Option<Made> {
        let mut made = self.text(id, citation)?;
        // Once it was read, the hash of each file is known.
        let inputs = self.memo.filter(|_| made.is_sure);
        let inputs = inputs.and_then(|memo| Some((memo, self.text_inputs(id)?)));
        if let Some((memo, inputs)) = inputs {
            made.memory.inputs = inputs;
            let path = &self.plan.archive.document(id).path;
            memo.remember(path, made.memory.clone());
        }
        Some(made)
    }

    fn text(&self, id: DocumentId, citation: &Citation) -> Option<Made> {
        let report = Report::new();
        let noted = Noted { sink: self.sink, files: Mutex::default() };
        let stage = Stage {
            report: &report,
            sink: &noted,
            pages: Arc::default(),
            looks_further: Arc::default(),
            ..self.clone()
        };
        let (text, passages) = match stage.read_text(id, citation) {
            Some(read) => read,
            None => {
                self.report.extend(report.sorted());
                return None;
            }
        };
        let is_sure = !stage.looks_further.load(Ordering::Relaxed);
        let pages = stage.pages.load(Ordering::Relaxed);
        let keys = self.memo.map(|_| (key_of(&text), key_of(&passages)));
        let (outcome, words) = keys.unwrap_or_default();
        let (files, told) = (noted.files.into_inner(), report.sorted());
        let memory = Text { inputs: Key::default(), outcome, words, files, pages, told };
        Some(Made { text, passages, memory, is_sure })
    }

    /// Makes what is beside a document's page; gives the text as the page shows it, and its passages.
    fn read_text(
        &self,
        id: DocumentId,
        citation: &Citation,
    ) -> Option<(DocumentText, Vec<String>)> {
        let document = self.plan.archive.document(id);
        let language = self.plan.language_of(&document.record.language);
        let (mut body, corrected) =
            self.read_body(&document.path, &document.body, Some(language))?;
        if self.plan.is_main() {
            self.document_files(id, &body, citation);
        }
        self.files_beside(&document.path, body.marks);
        let is_drafted = body.marks == 0 && self.is_as_drafted(id, corrected);
        let wording = if is_drafted { Wording::Drafted } else { Wording::Edited };
        let seen = self.seed_files(id, wording);
        self.lead_to_edited(id, &mut body);
        let mut originals = self.originals(id, &body, &seen);
        place(&mut originals.pages, &seen, &body.passages);
        originals.words = self.word_list(id, &originals, &seen, &body);
        let text = DocumentText {
            html: body.html,
            first_numbered: body.first_numbered,
            notes: body.notes,
            corrected,
            checksum: !seen.redacted,
            lines: seen.lines,
            originals,
        };
        Some((text, searched(body.passages)))
    }

    /// The key of all that [`Stage::read_text`] depends on, given that settings and theme are the same. A file whose hash
    /// is not known was not read.
    fn text_inputs(&self, id: DocumentId) -> Option<Key> {
        let plan = self.plan;
        let document = plan.archive.document(id);
        let record = &document.record;
        let hash_of = |path: &str| self.sources.hash(path).map(|hash| hash.to_hex().to_string());
        let own = hash_of(&document.path)?;
        let page = Page::Document(id);
        let of_seed = self.seed_inputs(id).map(|inputs| {
            let has_source_page = plan.has_source_page(id);
            (
                inputs.to_string(),
                document.same_seed.iter().all(|other| *other >= id),
                has_source_page.then(|| plan.page_info(&Page::Source(id))),
            )
        });
        let files = record.files.iter().map(|file| {
            let path = format!("seeds/{file}");
            (file, hash_of(&path), self.withheld_of(file))
        });
        let files: Vec<_> = files.collect();
        let item = (!files.is_empty()).then(|| (plan.item(id), plan.title(id)));
        let outputs = &plan.config.outputs;
        let cited = outputs.citations.then(|| plan.citation_key(id));
        Some(key_of(&(
            (own, self.drafted.hash_of(&document.path), self.anchors.facts(&document.path)),
            (plan.path(&page), plan.old_folders(id), plan.permanent_url(&page)),
            (plan.listed(id), cited, item, plan.has_thumbnail(id)),
            (of_seed, files),
        )))
    }

    pub(super) fn withheld_of(&self, seed: &str) -> Option<String> {
        self.plan.archive.withheld_seeds.get(seed).map(|withheld| format!("{withheld:?}"))
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
            put("citation.json", csl_file(&[citation.csl()]).as_bytes());
        }
    }
}

/// Says that a file is UTF-8. Browsers believe it over what a host says of plain text, and no file of headers is read by every host.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// The passages of a text as search sees them.
pub fn searched(passages: Vec<Passage>) -> Vec<String> {
    passages.into_iter().map(Passage::searched).collect()
}

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
