//! Small views that many pages share: names, dates, a document in a list.

use super::listed::Listed;
use super::views::{Count, DateView, DocumentItem, Link, PartyView};
use super::words::fill;
use super::{Page, SitePlan};
use crate::archive::{self, AuthorityId, DocumentId};
use crate::content::{self, Identifier, Party};
use crate::edtf::EdtfDate;
use crate::scan::Scan;

/// The name of the image that lists show of a document.
pub(super) const THUMBNAIL: &str = "thumbnail.jpg";

impl SitePlan<'_> {
    /// The name of a kind, for one document.
    pub fn kind_name(&self, key: &str) -> String {
        let own = self.config.kinds.get(key).and_then(|k| k.name.clone());
        own.unwrap_or_else(|| self.words.get(&format!("kind-{key}")))
    }

    /// The title of a document; what it is, if it has none.
    pub fn title(&self, id: DocumentId) -> String {
        let record = &self.archive.document(id).record;
        if !record.title.trim().is_empty() {
            return record.title.clone();
        }
        self.words.with("untitled", &[("kind", &self.kind_name(&record.kind))])
    }

    /// The name of a kind, for several documents.
    pub fn kind_plural(&self, key: &str) -> String {
        let kind = self.config.kinds.get(key);
        let own = kind.and_then(|k| k.plural.clone().or_else(|| k.name.clone()));
        own.unwrap_or_else(|| self.words.get(&format!("kinds-{key}")))
    }

    /// The name of a language; its tag if the theme has no name for it.
    pub fn language_name(&self, tag: &str) -> String {
        let primary = tag.split('-').next().unwrap_or(tag);
        self.words.known(&format!("language-{primary}")).unwrap_or_else(|| tag.to_owned())
    }

    /// The rights statement of a document: its own, or the archive's.
    pub fn rights_of<'b>(&'b self, record: &'b content::Document) -> Option<&'b str> {
        record.rights.as_deref().or(self.config.archive.rights.as_deref())
    }

    /// The name of an organization or a person, linked.
    pub fn name_link(&self, id: AuthorityId) -> Link {
        Link {
            name: self.archive.authority(id).record.title.clone(),
            url: Some(self.url(&Page::Authority(id))),
        }
    }

    /// A date as pages show it; `None` is "undated".
    pub fn date_view(&self, date: Option<&EdtfDate>) -> DateView {
        DateView {
            text: date.map_or_else(|| self.words.get("undated"), |d| self.words.date(d)),
            edtf: date.map(ToString::to_string),
            datetime: date.filter(|d| d.is_certain()).and_then(datetime),
            doubtful: date.is_some_and(|d| !d.is_certain()),
        }
    }

    /// The parties of one role, linked. The names are those of the document, since a page shows what
    /// the document says; the links lead to the authority records.
    pub(super) fn party_views(&self, parties: &[Party], links: &[archive::Link]) -> Vec<PartyView> {
        let shown = parties.iter().zip(links);
        shown
            .map(|(party, link)| PartyView {
                person: named(party.person.as_ref(), link.person.map(|id| self.name_link(id))),
                role: party.role.clone(),
                organization: named(
                    party.organization.as_ref(),
                    link.organization.map(|id| self.name_link(id)),
                ),
            })
            .collect()
    }

    /// A document in the lists of many pages, made once.
    pub(crate) fn listed(&self, id: DocumentId) -> &Listed {
        let listed = || {
            let listed = Listed::new(&self.item(id));
            if let Some(entry) = self.entry.get() { listed.written(entry) } else { listed }
        };
        self.items[id.0 as usize].get_or_init(listed)
    }

    /// What lists say of a document.
    pub fn item(&self, id: DocumentId) -> DocumentItem {
        let document = self.archive.document(id);
        let record = &document.record;
        let lang = self.language_of(&record.language);
        let (from, to) = self.from_and_to(id);
        let (title, from, to) = (self.title(id), self.name_list(&from), self.name_list(&to));
        let mut named = from.iter().chain(&to).peekable();
        DocumentItem {
            listed: None,
            names_in_title: named.peek().is_some() && named.all(|name| title.contains(name)),
            title,
            url: self.url(&Page::Document(id)),
            lang: Some(lang.to_owned()).filter(|l| l != self.words.language()),
            date: self.date_view(record.date.as_ref()),
            kind: self.kind_name(&record.kind),
            from,
            to,
            description: record.description.clone().or_else(|| document.excerpt.clone()),
            reference: record
                .reference
                .clone()
                .or_else(|| (!record.references.is_empty()).then(|| record.references.join(", "))),
            thumbnail: self.has_thumbnail(id).then(|| self.url_of(&self.thumbnail_path(id))),
            alike: self.alike.contains(record.title.trim()),
            perhaps: false,
            current: false,
            taxonomies: record.taxonomies.clone(),
            extra: record.extra.clone(),
        }
    }

    /// Whether lists show the first page of a document: if it has an image, and nothing of it is withheld. Whether
    /// the image can be decoded is not known here; there is a blank page otherwise.
    pub fn has_thumbnail(&self, id: DocumentId) -> bool {
        let document = self.archive.document(id);
        let record = &document.record;
        // A PDF beside a text may be the text itself, of which there is no image; one without a text is a scan.
        let seed = record.source.as_ref().and_then(|source| source.seed.as_deref());
        let has_scans = match seed {
            Some(seed) => crate::ingest::may_be_ocr(seed),
            None => document.excerpt.is_none(),
        };
        let is_image = |file: &&String| {
            let ending = file.rsplit_once('.').map_or("", |(_, ending)| ending);
            Scan::may_be(file) && (has_scans || !ending.eq_ignore_ascii_case("pdf"))
        };
        let is_public = |file: &String| {
            self.config.ingest.shows_source(file) && !self.archive.withheld_seeds.contains_key(file)
        };
        self.config.images.copies
            && record.withheld.is_empty()
            && record.files.iter().find(is_image).is_some_and(is_public)
    }

    /// The path of the image that lists show of a document.
    pub fn thumbnail_path(&self, id: DocumentId) -> String {
        format!("{}{THUMBNAIL}", self.path(&Page::Document(id)))
    }

    /// The documents of a list.
    pub(super) fn items(&self, ids: &[DocumentId]) -> Vec<Listed> {
        ids.iter().map(|id| self.listed(*id).clone()).collect()
    }

    /// The names of those from whom a document is, and of those whom it addresses, as lists show them.
    pub fn from_and_to(&self, id: DocumentId) -> (Vec<String>, Vec<String>) {
        let record = &self.archive.document(id).record;
        let creators = self.party_names(&record.creators);
        let from = match creators.is_empty() {
            true => self.party_names(&record.signatories),
            false => creators,
        };
        (from, self.party_names(&record.recipients))
    }

    /// The names of some parties: each person, or the organization where no person is named.
    fn party_names(&self, parties: &[Party]) -> Vec<String> {
        let mut names: Vec<String> = Vec::new();
        for party in parties {
            let name = party.person.as_ref().or(party.organization.as_ref());
            let name = name.map(|n| self.words.isolated(n));
            names.extend(name.filter(|n| !names.contains(n)));
        }
        names
    }

    /// "A", "A and B", "A and 7 others": the words of the last are a sentence of its own, since not every
    /// language joins the others like a second name.
    fn name_list(&self, names: &[String]) -> Option<String> {
        match names {
            [] => None,
            [one] => Some(one.clone()),
            [a, b] => Some(self.words.with("names-two", &[("a", a), ("b", b)])),
            [first, rest @ ..] => {
                let others = self.words.count("names-others", rest.len());
                Some(fill(&others, |place| (place == "a").then_some(first)))
            }
        }
    }

    /// A name with its number of documents.
    pub(super) fn count(&self, name: String, url: String, count: usize) -> Count {
        let written = || (self.words.number(count), self.words.count("documents", count));
        // Most names have few documents, and are in the lists of many pages.
        let known = self.counts.get(count).map(|known| known.get_or_init(written).clone());
        let (number, count_text) = known.unwrap_or_else(written);
        Count { name, url, count, number, count_text }
    }
}

pub(super) fn named(written: Option<&String>, authority: Option<Link>) -> Option<Link> {
    let written = written?;
    Some(Link { name: written.clone(), url: authority.and_then(|a| a.url) })
}

/// A date in the form that HTML's `<time datetime>` takes: a year, a month or a day after year 0.
fn datetime(date: &EdtfDate) -> Option<String> {
    let (year, month, _) = date.stated()?;
    let text = date.as_str();
    (year > 0 && text.len() <= 10 && (month.is_some() || text.len() == 4)).then(|| text.to_owned())
}

/// Where an authority file shows the bearer of a number.
pub(crate) fn identifier_url(identifier: &Identifier) -> Option<String> {
    let value = &identifier.value;
    let harmless = value.chars().all(|c| c.is_ascii_alphanumeric() || "-_.".contains(c));
    let base = match identifier.scheme.to_ascii_lowercase().as_str() {
        "wikidata" => "https://www.wikidata.org/wiki/",
        "viaf" => "https://viaf.org/viaf/",
        "isni" => "https://isni.org/isni/",
        "ror" => "https://ror.org/",
        "gnd" => "https://d-nb.info/gnd/",
        "lccn" => "https://id.loc.gov/authorities/names/",
        "orcid" => "https://orcid.org/",
        _ => return None,
    };
    harmless.then(|| format!("{base}{value}"))
}
