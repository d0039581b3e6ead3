//! The page of a document, and the page that shows its seed.

use pulldown_cmark_escape::escape_html;

use super::super::citation::Citation;
use super::super::html::Html;
use super::super::listed::Listed;
use super::super::metadata::coins;
use super::super::shared::Shared;
use super::super::views::{
    CitationView, DocumentItem, DocumentText, DocumentView, Link, ReviewView, SourcePageView,
    SourceView,
};
use super::super::{Facet, Page, SitePlan, direction};
use crate::archive::{self, DocumentId};
use crate::slug::slugify;

/// How many related documents a page names.
const RELATED: usize = 5;

impl SitePlan<'_> {
    /// `document`: everything about one document.
    pub fn document_view(
        &self,
        id: DocumentId,
        text: DocumentText,
        citation: &Citation,
    ) -> DocumentView {
        let document = self.archive.document(id);
        let record = &document.record;
        let lang = self.language_of(&record.language).to_owned();
        let parties = |parties, links| self.party_views(parties, links);
        let numbered = text.html.contains("id=\"p1\"");
        DocumentView {
            title: self.title(id),
            foreign: lang != self.words.language(),
            dir: direction::of_language(&lang),
            date: self.listed(id).shared_date(),
            years: self.year_links(document),
            kind: self.kind_link(&record.kind),
            language: self.language_link(&lang),
            place: record.place.clone(),
            subject: record.subject.clone(),
            references: record.references.clone(),
            creators: parties(&record.creators, &document.links.creators),
            signatories: parties(&record.signatories, &document.links.signatories),
            recipients: parties(&record.recipients, &document.links.recipients),
            copied: parties(&record.copied, &document.links.copied),
            topics: record
                .topics
                .iter()
                .map(|t| self.choice_link(Facet::Topic, t, t.clone()))
                .collect(),
            text: Html(text.html),
            notes: text.notes,
            files: text.files,
            parts: self.parts(id),
            answers: document.answers.map(|id| self.listed(id).clone()),
            answered_by: self.items(&document.answered_by),
            previous: self.neighbour(id, 1),
            next: self.neighbour(id, -1),
            related: self.items(&self.archive.related(id, RELATED)),
            coins: coins(citation, self.rights_of(record)),
            citation: self.citation_view(id, citation, numbered),
            source: self.source_view(id),
            rights: self.rights_of(record).map(|uri| self.rights_link(uri)),
            reviews: self.review_views(id),
            corrected: text.corrected,
            added: record.added.as_ref().map(|d| self.date_view(Some(d))),
            updated: record.updated.as_ref().map(|d| self.date_view(Some(d))),
            corrections: self
                .config
                .archive
                .corrections
                .as_ref()
                .map(|url| url.replace("{path}", &document.path)),
            text_file: self.config.outputs.text.then(|| self.file_url(id, "text.txt")),
            extra: record.extra.clone(),
            lang,
        }
    }

    fn file_url(&self, id: DocumentId, name: &str) -> String {
        let mut url = self.url(&Page::Document(id));
        url.push_str(name);
        url
    }

    fn choice_link(&self, facet: Facet, key: &str, name: String) -> Link {
        Link { name, url: Some(self.url(&Page::Choice(facet, slugify(key), 1))) }
    }

    fn kind_link(&self, kind: &str) -> Shared<Link> {
        let link = || self.choice_link(Facet::Kind, kind, self.kind_name(kind));
        self.shared.kinds.get(kind, || Shared::new(&link()))
    }

    fn language_link(&self, tag: &str) -> Shared<Link> {
        let link = || self.choice_link(Facet::Language, tag, self.language_name(tag));
        self.shared.languages.get(tag, || Shared::new(&link()))
    }

    fn year_links(&self, document: &archive::Document) -> Vec<Shared<Link>> {
        let years = document.record.date.as_ref().map(|d| d.years()).unwrap_or_default();
        if years.is_empty() {
            let name = self.words.get("all-undated");
            return vec![Shared::new(&Link { name, url: Some(self.url(&Page::Undated)) })];
        }
        let link = |year: i32| Link {
            name: self.words.with("all-of-year", &[("year", &self.words.year(year))]),
            url: Some(self.url(&Page::Year(year))),
        };
        let shared = |year: i32| self.shared.years.get(&year, || Shared::new(&link(year)));
        years.into_iter().map(shared).collect()
    }

    /// All documents of the seed, this one among them, in the seed's order.
    fn parts(&self, id: DocumentId) -> Vec<Listed> {
        let document = self.archive.document(id);
        if document.same_seed.is_empty() {
            return Vec::new();
        }
        let first_line = |id: &DocumentId| {
            let source = self.archive.document(*id).record.source.as_ref();
            (source.and_then(|s| s.lines), *id)
        };
        let mut ids = document.same_seed.clone();
        ids.push(id);
        ids.sort_by_key(first_line);
        let mut items = self.items(&ids);
        for (item, _) in items.iter_mut().zip(&ids).filter(|(_, other)| **other == id) {
            *item = Listed::new(&DocumentItem { current: true, ..item.item() });
        }
        items
    }

    /// The dated document that stands `step` places further in the list, newest first.
    fn neighbour(&self, id: DocumentId, step: i64) -> Option<Listed> {
        self.archive.document(id).record.date.as_ref()?;
        let other = u32::try_from(i64::from(id.0) + step).ok()?;
        let document = self.archive.documents.get(other as usize)?;
        document.record.date.as_ref()?;
        Some(self.listed(DocumentId(other)).clone())
    }

    fn citation_view(&self, id: DocumentId, citation: &Citation, numbered: bool) -> CitationView {
        let citation = citation.shown();
        let file = |name| self.config.outputs.citations.then(|| self.file_url(id, name));
        CitationView {
            chicago: citation.chicago(),
            chicago_paragraph: numbered.then(|| citation.chicago_paragraph(1)),
            chicago_bibliography: citation.chicago_bibliography(),
            apa: citation.apa(),
            mla: citation.mla(),
            bibtex: file("citation.bib"),
            ris: file("citation.ris"),
            csl: file("citation.json"),
        }
    }

    fn source_view(&self, id: DocumentId) -> Option<SourceView> {
        let source = self.archive.document(id).record.source.as_ref()?;
        Some(SourceView {
            seed: source.seed.clone(),
            sha256: source.sha256.clone(),
            first_line: source.lines.map(|(first, _)| first),
            last_line: source.lines.map(|(_, last)| last),
            url: source.url.clone(),
            page: self.has_source_page(id).then(|| self.url(&Page::Source(id))),
        })
    }

    pub(super) fn rights_link(&self, uri: &str) -> Link {
        let known = uri
            .trim_end_matches('/')
            .rsplit_once("rightsstatements.org/vocab/")
            .and_then(|(_, rest)| rest.split('/').next())
            .and_then(|code| self.words.known(&format!("rights-{}", code.to_lowercase())));
        let is_url = uri.starts_with("http://") || uri.starts_with("https://");
        Link { name: known.unwrap_or_else(|| uri.to_owned()), url: is_url.then(|| uri.to_owned()) }
    }

    fn review_views(&self, id: DocumentId) -> Vec<ReviewView> {
        let page = self.has_source_page(id).then(|| self.url(&Page::Source(id)));
        let reviews = &self.archive.document(id).record.review;
        reviews
            .iter()
            .map(|review| ReviewView {
                field: self
                    .words
                    .known(&format!("field-{}", review.field))
                    .unwrap_or_else(|| review.field.clone()),
                reason: review.reason.clone(),
                line: review.line,
                url: page.as_ref().zip(review.line).map(|(page, line)| format!("{page}#L{line}")),
            })
            .collect()
    }

    /// `source`: the lines of the seed that a document was read from. `seed_text` is the seed as
    /// ingest decodes it, `seed_sha256` the hash of its bytes now, `present` whether it is still there.
    pub fn source_page_view(
        &self,
        id: DocumentId,
        seed_text: &str,
        seed_sha256: &str,
        present: bool,
    ) -> Option<SourcePageView> {
        let source = self.archive.document(id).record.source.as_ref()?;
        let seed = source.seed.clone()?;
        let (first, last) = source.lines.unwrap_or((1, usize::MAX));
        let withheld = self.archive.withheld_seeds.get(&seed);
        let is_shown =
            |line: usize| withheld.is_none_or(|ranges| ranges.iter().all(|r| !r.contains(&line)));
        let mut rows = String::new();
        for (n, line) in (1..).zip(seed_text.split('\n')).take(last).skip(first - 1) {
            if !is_shown(n) {
                continue;
            }
            rows.push_str(&format!(
                "<tr id=\"L{n}\"><th scope=\"row\"><a href=\"#L{n}\">{n}</a></th><td dir=\"auto\">"
            ));
            // Never fails: a `String` takes everything.
            let _ = escape_html(&mut rows, line.trim_end_matches('\r'));
            rows.push_str("</td></tr>");
        }
        let download = present && withheld.is_none();
        Some(SourcePageView {
            document: self.listed(id).clone(),
            download: download.then(|| self.url_of(&percent_encoded(&Self::seed_path(&seed)))),
            present,
            changed: present && source.sha256.as_ref().is_some_and(|known| known != seed_sha256),
            sha256: source.sha256.clone(),
            rows: Html(rows),
            seed,
        })
    }
}

impl SitePlan<'_> {
    /// The path at which a seed is published. Unless the seed is an office text, which browsers do not show,
    /// it ends in `.txt`, so that no host serves it as a page whose scripts would run.
    pub fn seed_path(seed: &str) -> String {
        let ending = seed.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
        let is_safe = seed.ends_with(".txt") || matches!(ending.as_str(), "docx" | "odt" | "rtf");
        let suffix = if is_safe { "" } else { ".txt" };
        format!("seeds/{seed}{suffix}")
    }
}

fn percent_encoded(path: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const ENCODED: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.');
    utf8_percent_encode(path, ENCODED).to_string()
}
