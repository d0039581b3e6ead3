//! The page of a document, and the page that shows its seed.

use std::fmt::Write as _;

use pulldown_cmark_escape::escape_html;

use super::super::citation::Citation;
use super::super::describe::THUMBNAIL;
use super::super::html::Html;
use super::super::listed::Listed;
use super::super::metadata::coins;
use super::super::shared::Shared;
use super::super::views::{
    CitationView, CorrectionView, DocumentItem, DocumentText, DocumentView, Link, RelativeView,
    ReviewView, SourcePageView, SourceView, WhoView,
};
use super::super::words::fill;
use super::super::{Facet, Page, SeedRead, SeedRow, SitePlan, direction};
use crate::archive::{self, AuthorityId, DocumentId, Relative};
use crate::content::{Relation, Review};
use crate::ingest::LeftOut;
use crate::site::seed_paths;
use crate::slug::heading_slug;

/// How many related documents a page names.
const RELATED: usize = 5;

/// How many documents of one seed a page names: each page of thousands would name all of them.
const PARTS: usize = 200;

/// How many parties a page says of who they are.
const WHO: usize = 8;

impl SitePlan<'_> {
    /// `document`: everything about one document but what [`SitePlan::show_text`] adds: its text, and its citation in words.
    pub fn document_view(&self, id: DocumentId, citation: &Citation) -> DocumentView {
        let document = self.archive.document(id);
        let record = &document.record;
        let lang = self.language_of(&record.language).to_owned();
        let parties = |parties, links| self.party_views(parties, links);
        let (neighbours_in, previous, next) = self.neighbours(id);
        DocumentView {
            title: self.title(id),
            foreign: lang != self.words.language(),
            dir: direction::of_language(&lang),
            date: self.listed(id).shared_date(),
            years: self.year_links(document),
            kind: self.kind_link(&record.kind),
            kind_all: self.all_of(Facet::Kind, &record.kind),
            language: self.language_link(&lang),
            language_all: self.all_of(Facet::Language, &lang),
            place: record.place.clone(),
            subject: record.subject.clone(),
            references: record.references.clone(),
            creators: parties(&record.creators, &document.links.creators),
            signatories: parties(&record.signatories, &document.links.signatories),
            recipients: parties(&record.recipients, &document.links.recipients),
            copied: parties(&record.copied, &document.links.copied),
            collection: document.collection.map(|unit| self.collection_link(unit)),
            reference: record.reference.clone(),
            extent: record.extent.clone(),
            topics: record
                .topics
                .iter()
                .map(|t| self.choice_link(Facet::Topic, t, t.clone()))
                .collect(),
            taxonomies: self.taxonomy_views(id),
            text: Html::default(),
            notes: false,
            files: Vec::new(),
            pages: Vec::new(),
            thumbnail: self.has_thumbnail(id).then_some(THUMBNAIL),
            manifest: None,
            words: None,
            files_withheld: false,
            parts: self.parts(id),
            parts_count: document.same_seed.len(),
            answers: document.answers.map(|id| self.listed(id).clone()),
            answered_by: self.items(&document.answered_by),
            relatives: self.relative_views(&document.relatives),
            who: self.who(&document.links),
            neighbours_in,
            previous,
            next,
            related: self.items(&self.related(id)),
            coins: coins(citation, self.rights_of(record)),
            citation: self.citation_files(id),
            source: self.source_view(id),
            rights: self.rights_of(record).map(|uri| self.rights_link(uri)),
            reviews: self.review_views(id),
            corrected: false,
            history: (0..record.corrections.len())
                .rev()
                .map(|n| self.correction_view(id, n))
                .collect(),
            added: self.added(document).map(|d| self.date_view(Some(d))),
            updated: self.updated(document).map(|d| self.date_view(Some(d))),
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

    /// Adds to a document's view its citation in words, and what its text decides.
    pub fn show_text(
        &self,
        view: &mut DocumentView,
        id: DocumentId,
        text: DocumentText,
        citation: &Citation,
    ) {
        view.text = Html(text.html);
        view.notes = text.notes;
        view.files = text.originals.files;
        view.pages = text.originals.pages;
        view.manifest = text.originals.manifest;
        view.words = text.originals.words;
        view.files_withheld = text.originals.withheld;
        view.corrected = text.corrected;
        self.show_citation(&mut view.citation, citation, text.first_numbered.as_deref());
        if let Some(source) = view.source.as_mut().filter(|_| !text.checksum) {
            source.sha256 = None;
        }
        let page = self.has_source_page(id).then(|| self.url(&Page::Source(id)));
        for review in &mut view.reviews {
            let line = review.line.filter(|line| text.lines.contains(line));
            review.url = page.as_ref().zip(line).map(|(page, line)| format!("{page}#L{line}"));
        }
    }

    /// Documents to which one is bound, way by way.
    fn relative_views(&self, relatives: &[Relative]) -> Vec<RelativeView> {
        let view = |same: &[Relative]| {
            let key = match (same[0].relation, same[0].named) {
                (Relation::Translation, true) => "relation-translation-of",
                (Relation::Translation, false) => "relation-translations",
                (Relation::Version, true) => "relation-version-of",
                (Relation::Version, false) => "relation-versions",
                (Relation::Part, true) => "relation-part-of",
                (Relation::Part, false) => "relation-parts",
                (Relation::Supersedes, true) => "relation-supersedes",
                (Relation::Supersedes, false) => "relation-superseded-by",
            };
            let ids: Vec<DocumentId> = same.iter().map(|relative| relative.document).collect();
            RelativeView { name: self.words.get(key), documents: self.items(&ids) }
        };
        let ways = relatives.chunk_by(|a, b| (a.relation, a.named) == (b.relation, b.named));
        ways.map(view).collect()
    }

    /// Documents that share parties with one, but for those to which it is bound otherwise.
    fn related(&self, id: DocumentId) -> Vec<DocumentId> {
        let relatives = &self.archive.document(id).relatives;
        let mut ids = self.archive.related(id, RELATED + relatives.len());
        ids.retain(|other| relatives.iter().all(|relative| relative.document != *other));
        ids.truncate(RELATED);
        ids
    }

    fn file_url(&self, id: DocumentId, name: &str) -> String {
        let mut url = self.folder_url(&Page::Document(id));
        url.push_str(name);
        url
    }

    fn choice_link(&self, facet: Facet, key: &str, name: String) -> Link {
        Link { name, url: Some(self.url(&Page::Choice(facet, heading_slug(key), 1))) }
    }

    fn kind_link(&self, kind: &str) -> Shared<Link> {
        let link = || self.choice_link(Facet::Kind, kind, self.kind_name(kind));
        self.shared.kinds.get(kind, || Shared::new(&link()))
    }

    fn language_link(&self, tag: &str) -> Shared<Link> {
        let link = || self.choice_link(Facet::Language, tag, self.language_name(tag));
        self.shared.languages.get(tag, || Shared::new(&link()))
    }

    /// "all 14", if there are several.
    fn all_of(&self, facet: Facet, value: &str) -> Option<Shared<Link>> {
        let shared = match facet {
            Facet::Kind => &self.shared.all_of_kinds,
            _ => &self.shared.all_of_languages,
        };
        shared.get(value, || {
            let choice = self.facets[&facet].get(&heading_slug(value))?;
            let count = choice.documents.len();
            let link = || self.choice_link(facet, value, self.words.count("all-of-them", count));
            (count > 1).then(|| Shared::new(&link()))
        })
    }

    fn year_links(&self, document: &archive::Document) -> Vec<Shared<Link>> {
        let years = document.record.date.as_ref().map(|d| d.years()).unwrap_or_default();
        if years.is_empty() {
            let name = self.words.count("all-undated", self.undated.len());
            return vec![Shared::new(&Link { name, url: Some(self.url(&Page::Undated)) })];
        }
        let link = |year: i32| {
            let name = self.words.count("all-of-year", self.years[&year].len());
            let in_words = self.words.year(year);
            let name = fill(&name, |place| (place == "year").then_some(&in_words));
            Link { name, url: Some(self.url(&Page::Year(year))) }
        };
        let shared = |year: i32| self.shared.years.get(&year, || Shared::new(&link(year)));
        years.into_iter().map(shared).collect()
    }

    /// The documents of the seed, this one among them, in the seed's order; of very many those around this one.
    fn parts(&self, id: DocumentId) -> Vec<Listed> {
        let all = &self.archive.document(id).same_seed;
        let own = all.iter().position(|other| *other == id).unwrap_or_default();
        let first = own.saturating_sub(PARTS / 2).min(all.len().saturating_sub(PARTS));
        let ids = &all[first..all.len().min(first + PARTS)];
        let mut items = self.items(ids);
        for (item, _) in items.iter_mut().zip(ids).filter(|(_, other)| **other == id) {
            *item = Listed::new(&DocumentItem { current: true, ..self.item(id) });
        }
        items
    }

    /// The parties of whom a record says who they are, each once.
    fn who(&self, links: &archive::Links) -> Vec<WhoView> {
        let mut seen: Vec<AuthorityId> = Vec::new();
        for id in links.all().flat_map(|(_, link)| link.both()) {
            let is_told = self.archive.authority(id).record.description.is_some();
            if is_told && seen.len() < WHO && !seen.contains(&id) {
                seen.push(id);
            }
        }
        let view = |id: AuthorityId| {
            let authority = self.archive.authority(id);
            let lang = self.text_languages(authority.translation.as_deref()).description;
            let description = authority.record.description.clone()?;
            Some(WhoView { name: self.name_link(id), description, lang })
        };
        seen.into_iter().filter_map(view).collect()
    }

    /// The documents before and after one: in the order of its unit, which is named, if it is not alone in one;
    /// else in time.
    fn neighbours(&self, id: DocumentId) -> (Option<Link>, Option<Listed>, Option<Listed>) {
        let in_unit = self.archive.document(id).collection.and_then(|unit| {
            let all = &self.archive.collection(unit).documents;
            let is_in_order = self.archive.collection(unit).by_reference;
            let own = match is_in_order {
                true => all.iter().position(|other| *other == id)?,
                false => all.binary_search(&id).ok()?,
            };
            let beside = (own.checked_sub(1).and_then(|at| all.get(at)), all.get(own + 1));
            // Without references the newest comes first.
            let (before, after) = if is_in_order { beside } else { (beside.1, beside.0) };
            let listed = |id: &DocumentId| self.listed(*id).clone();
            (all.len() > 1)
                .then(|| (Some(self.collection_link(unit)), before.map(listed), after.map(listed)))
        });
        in_unit.unwrap_or_else(|| (None, self.neighbour(id, 1), self.neighbour(id, -1)))
    }

    /// The dated document `step` places further in the list, newest first.
    fn neighbour(&self, id: DocumentId, step: i64) -> Option<Listed> {
        self.archive.document(id).record.date.as_ref()?;
        let other = u32::try_from(i64::from(id.0) + step).ok()?;
        let document = self.archive.documents.get(other as usize)?;
        document.record.date.as_ref()?;
        Some(self.listed(DocumentId(other)).clone())
    }

    /// The files beside a document that hold its citation.
    fn citation_files(&self, id: DocumentId) -> CitationView {
        let file = |name| self.config.outputs.citations.then(|| self.file_url(id, name));
        CitationView {
            korean: self.reads_korean().then(String::new),
            bibtex: file("citation.bib"),
            ris: file("citation.ris"),
            csl: file("citation.json"),
            ..CitationView::default()
        }
    }

    /// Adds the citation in words; `paragraph` is the anchor of the first numbered one.
    fn show_citation(&self, view: &mut CitationView, citation: &Citation, paragraph: Option<&str>) {
        let citation = citation.shown();
        view.chicago = citation.chicago();
        view.chicago_paragraph = paragraph.map(|anchor| citation.chicago_paragraph(1, anchor));
        view.chicago_bibliography = citation.chicago_bibliography();
        view.apa = citation.apa();
        view.mla = citation.mla();
        view.harvard = citation.harvard();
        view.korean = view.korean.is_some().then(|| citation.korean());
    }

    /// Whether readers of the archive may cite it in Korean.
    fn reads_korean(&self) -> bool {
        let is_korean = |tag: &str| tag.split('-').next() == Some("ko");
        is_korean(self.words.language())
            || self.facets[&Facet::Language].keys().any(|t| is_korean(t))
    }

    fn source_view(&self, id: DocumentId) -> Option<SourceView> {
        let record = &self.archive.document(id).record;
        let source = record.source.as_ref()?;
        let seed = self.seed_of(record);
        let why = source.seed.as_deref().and_then(|seed| self.why_withheld(seed));
        let lines = source.lines.filter(|_| seed.is_some());
        Some(SourceView {
            sha256: source.sha256.clone().filter(|_| seed.is_some()),
            first_line: lines.map(|(first, _)| first),
            last_line: lines.map(|(_, last)| last),
            url: source.url.clone(),
            page: self.has_source_page(id).then(|| self.url(&Page::Source(id))),
            withheld: why.map(|reason| self.words.with("withheld", &[("reason", reason)])),
            seed: seed.map(str::to_owned),
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
        let reviews = self.archive.document(id).record.review.iter();
        let view = |review: &Review| ReviewView {
            field: self.field_name(&review.field),
            reason: review.reason.clone(),
            line: review.line,
            url: None,
        };
        reviews.map(view).collect()
    }

    /// A correction of a document, by its place.
    pub(super) fn correction_view(&self, id: DocumentId, place: usize) -> CorrectionView {
        let correction = &self.archive.document(id).record.corrections[place];
        CorrectionView {
            date: self.date_view(correction.date.as_ref()),
            field: self.field_name(&correction.field),
            reason: correction.reason.clone(),
            by: correction.by.clone(),
        }
    }

    /// The name of a field in the words of the interface.
    pub fn field_name(&self, field: &str) -> String {
        self.words.known(&format!("field-{field}")).unwrap_or_else(|| field.to_owned())
    }

    /// Whether a source page shows a line of its seed.
    pub fn shows_line(&self, seed: &str, read: &SeedRead<'_>, line: usize) -> bool {
        read.rows.iter().any(|row| row.number == line) && !self.is_hidden(seed, line)
    }

    fn is_hidden(&self, seed: &str, line: usize) -> bool {
        let withheld = self.archive.withheld_seeds.get(seed);
        withheld.is_some_and(|withheld| withheld.hidden.iter().any(|range| range.contains(&line)))
    }

    /// `source`: the lines of the seed that a document was read from, as far as they may be shown.
    pub fn source_page_view(&self, id: DocumentId, read: &SeedRead<'_>) -> Option<SourcePageView> {
        let record = &self.archive.document(id).record;
        let source = record.source.as_ref()?;
        let seed = self.seed_of(record)?.to_owned();
        let is_shown = |row: &&SeedRow<'_>| !self.is_hidden(&seed, row.number);
        let shown: Vec<&SeedRow<'_>> = read.rows.iter().filter(is_shown).collect();
        let download = read.download.then(|| self.url_of(&self.seed_address(&seed)));
        Some(SourcePageView {
            document: self.listed(id).clone(),
            download,
            present: read.present,
            changed: read.present
                && source.sha256.as_ref().is_some_and(|known| known != read.sha256),
            shut: read.shut,
            mail: read.mail,
            redacted: read.redacted,
            sha256: source.sha256.clone().filter(|_| !read.redacted),
            left_out: shown.iter().any(|row| row.bar.is_none() && row.left_out.is_some()),
            rows: Html(rows(&shown, &|n| self.words.with("scan-page", &[("n", &n.to_string())]))),
            seed,
        })
    }
}

/// Lines as rows of a table. Lines that follow each other and are withheld for one reason are one row. Above the first line
/// of a page is what the page is called.
fn rows(lines: &[&SeedRow<'_>], page: &dyn Fn(usize) -> String) -> String {
    let mut rows = String::new();
    let mut seen = None;
    for group in lines.chunk_by(|a, b| a.bar.is_some() && a.bar == b.bar) {
        let (Some(first), Some(last)) = (group.first(), group.last()) else { continue };
        let number = first.number;
        if let Some(n) = first.page {
            rows.push_str("<tr class=\"page\"><td colspan=\"2\">");
            let _ = escape_html(&mut rows, &page(n));
            rows.push_str("</td></tr>");
        }
        // Several lines of an e-mail may stand in one of the seed.
        let is_new = seen != Some(number);
        seen = Some(last.number);
        let id = if is_new { format!(" id=\"L{number}\"") } else { String::new() };
        let class = if first.bar.is_some() { " class=\"withheld\"" } else { "" };
        let _ =
            write!(rows, "<tr{id}{class}><th scope=\"row\"><a href=\"#L{number}\">{number}</a>");
        if last.number > number {
            let last = last.number;
            let _ = write!(rows, "–<a id=\"L{last}\" href=\"#L{last}\">{last}</a>");
        }
        rows.push_str("</th><td dir=\"auto\">");
        let between =
            group.iter().map(|row| row.number).filter(|n| number < *n && *n < last.number);
        for line in between {
            let _ = write!(rows, "<span id=\"L{line}\"></span>");
        }
        // Never fails: a `String` takes everything.
        let _ = match first.bar {
            Some(bar) => {
                rows.push_str("<span class=\"withheld\">[");
                let written = escape_html(&mut rows, bar);
                rows.push_str("]</span>");
                written
            }
            None => line_text(&mut rows, first),
        };
        rows.push_str("</td></tr>");
    }
    rows
}

/// The text of a line, and what of it is left out marked as such.
fn line_text(out: &mut String, row: &SeedRow<'_>) -> std::fmt::Result {
    let (before, gone, after) = match row.left_out {
        None => return escape_html(out, row.text),
        Some(LeftOut::Part(0)) => {
            out.push_str("<span class=\"left-out\">");
            escape_html(&mut *out, row.text)?;
            out.push_str("</span>");
            return Ok(());
        }
        Some(LeftOut::Whole) => ("", row.text, ""),
        Some(LeftOut::Part(length)) => part(row.text, length),
    };
    escape_html(&mut *out, before)?;
    out.push_str("<del>");
    escape_html(&mut *out, gone)?;
    out.push_str("</del>");
    escape_html(out, after)
}

/// The parts of a line from which a mark of some characters was taken: a number or a bar at its beginning, else at its end.
fn part(line: &str, length: usize) -> (&str, &str, &str) {
    let text = line.trim_start();
    let at_start = text.starts_with(|c: char| c.is_ascii_digit() || "|¦│".contains(c));
    let end = |text: &str| text.char_indices().nth(length).map_or(text.len(), |(at, _)| at);
    let (from, to) = match at_start {
        true => (line.len() - text.len(), line.len() - text.len() + end(text)),
        false => {
            let text = line.trim_end();
            let count = text.chars().count().saturating_sub(length);
            (text.char_indices().nth(count).map_or(text.len(), |(at, _)| at), text.len())
        }
    };
    (&line[..from], &line[from..to], &line[to..])
}

impl SitePlan<'_> {
    /// The path at which a seed is published. Unless the seed is an office text, which browsers do not show,
    /// it ends in `.txt`, so that no host serves it as a page whose scripts would run. A name that not every
    /// system can store, or that hosts may not tell from another one, is changed; a hash of the path then tells
    /// it from all others.
    pub fn seed_path(&self, seed: &str) -> String {
        let clashing = self.clashing_seeds.get_or_init(|| {
            let ids = self.document_ids().map(|id| self.archive.document(id));
            let seeds = ids.filter_map(|document| document.record.source.as_ref()?.seed.as_deref());
            seed_paths::clashing(seeds)
        });
        if clashing.contains(seed) { seed_paths::told_apart(seed) } else { seed_paths::plain(seed) }
    }

    /// The same path as it is written in addresses.
    pub fn seed_address(&self, seed: &str) -> String {
        percent_encoded(&self.seed_path(seed))
    }
}

fn percent_encoded(path: &str) -> String {
    use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
    const ENCODED: &AsciiSet =
        &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.');
    utf8_percent_encode(path, ENCODED).to_string()
}
