//! The home page, pages of the archive's own, and the search page.

use std::collections::BTreeMap;

use super::super::html::{self, Html, RenderedText};
use super::super::views::{
    BranchView, Count, HomeView, Link, OwnPageView, PartView, RemovedView, SearchView,
    WithdrawnView,
};
use super::super::{Facet, Page, Removed, SitePlan};
use crate::archive::{self, AuthorityId, AuthorityKind, CollectionId, DocumentId};
use crate::edtf::Day;
use crate::slug::heading_slug;

/// How many names and documents the home page shows of each list.
const SHOWN: usize = 10;
/// How many of the newest additions.
const NEWEST: usize = 10;

impl SitePlan<'_> {
    /// `home`: the first page; `text` is the introduction as HTML.
    pub fn home_view(&self, text: String) -> HomeView {
        let count = |key: &str, n: usize, page: Page| Link {
            name: self.words.count(key, n),
            url: Some(self.url(&page)),
        };
        let mut counts = vec![
            count("documents", self.archive.documents.len(), Page::Documents(1)),
            count(
                "organizations",
                self.organizations.len(),
                Page::Names(AuthorityKind::Organization),
            ),
        ];
        if !self.archive.collections.is_empty() {
            let highest = self.top_units().count();
            counts.push(count("collections-highest", highest, Page::Collections));
        }
        if !self.people.is_empty() {
            counts.push(count("people", self.people.len(), Page::Names(AuthorityKind::Person)));
        }
        HomeView {
            lang: self.home_language().map(str::to_owned),
            text: Html(text),
            all_documents: self.words.count("home-all-documents", self.archive.documents.len()),
            all_organizations: self.words.count("home-all-organizations", self.organizations.len()),
            counts,
            all_people: self.words.count("home-all-people", self.people.len()),
            years_text: self.span(&self.document_ids().collect::<Vec<_>>()),
            featured: self.archive.featured.map(|id| self.listed(id).clone()),
            collections: self.highest_units(),
            collections_more: self.more_units(),
            timeline: self.timeline(),
            undated: self.undated_count(),
            organizations: self.leading(AuthorityKind::Organization),
            people: self.leading(AuthorityKind::Person),
            kinds: self.facet_counts(Facet::Kind),
            languages: self.facet_counts(Facet::Language),
            newest: self.items(&self.newest(NEWEST)),
        }
    }

    /// The language of the introduction, if it is not that of the interface. A description in that language comes
    /// before an introduction that is in another one.
    fn home_language(&self) -> Option<&str> {
        let (_, translated) = self.introduction()?;
        self.language.filter(|_| !translated).map(|_| self.config.default_language.as_str())
    }

    /// The file that introduces the archive in this language, and whether it is in it; none if only the settings do.
    pub fn introduction(&self) -> Option<(&archive::Page, bool)> {
        let (home, translated) = self.own_pages.home?;
        let is_described = self.language.is_some_and(|language| language.description.is_some());
        (translated || !is_described).then_some((home, translated))
    }

    /// The first units of the arrangement that are parts of no other.
    fn highest_units(&self) -> Vec<BranchView> {
        let ids: Vec<CollectionId> = self.top_units().take(SHOWN).collect();
        let bare = |unit: BranchView| BranchView { parts: Vec::new(), ..unit };
        self.branches(&ids).into_iter().map(bare).collect()
    }

    fn top_units(&self) -> impl Iterator<Item = CollectionId> {
        self.collection_ids().filter(|id| self.archive.collection(*id).parent.is_none())
    }

    fn more_units(&self) -> Option<Link> {
        let others = self.top_units().count().saturating_sub(SHOWN);
        let name = || self.words.count("list-more", others);
        (others > 0).then(|| Link { name: name(), url: Some(self.url(&Page::Collections)) })
    }

    fn leading(&self, kind: AuthorityKind) -> Vec<Count> {
        let counts: Vec<(AuthorityId, usize)> = AuthorityId::all(kind)
            .zip(self.archive.authorities(kind))
            .map(|(id, authority)| (id, self.documents_of(&authority.documents).len()))
            .filter(|(_, n)| *n > 0)
            .collect();
        self.most(counts, SHOWN)
    }

    /// What came into the archive last, by the record's day, then by the document's.
    pub fn newest(&self, at_most: usize) -> Vec<DocumentId> {
        let mut ids: Vec<DocumentId> = self.document_ids().collect();
        let day =
            |id: &DocumentId| self.added(self.archive.document(*id)).and_then(|d| d.earliest());
        ids.sort_by_key(|id| (std::cmp::Reverse(day(id)), *id));
        ids.truncate(at_most);
        ids
    }

    /// The first year and the last day of the archive's documents, as the search page takes them.
    fn span_in_digits(&self) -> (Option<String>, Option<String>) {
        let dates = || self.archive.documents.iter().filter_map(|d| d.record.date.as_ref());
        // The search page takes years of four digits.
        let days = |day: &Day| (0..=9999).contains(&day.year);
        let first = dates().filter_map(|date| date.earliest()).filter(days).min();
        let last = dates().filter_map(|date| date.latest()).filter(days).max();
        (first.map(|day| format!("{:04}", day.year)), last.map(|day| day.to_string()))
    }

    /// `withdrawn`: the tombstone of a document.
    pub fn withdrawn_view(&self, number: usize) -> WithdrawnView {
        let withdrawn = &self.archive.tombstones[number].withdrawn;
        WithdrawnView {
            reason: withdrawn.reason.clone(),
            date: withdrawn.date.as_ref().map(|date| self.date_view(Some(date))),
        }
    }

    /// `removed`: the note at a URL that was given up.
    pub fn removed_view(&self, removed: &Removed) -> RemovedView {
        let day = removed.day.parse().ok();
        RemovedView { date: day.map(|day| self.date_view(Some(&day))) }
    }

    /// `own`: a page of the archive's own.
    pub fn own_page_view(&self, number: usize, text: RenderedText) -> OwnPageView {
        OwnPageView {
            lang: self
                .is_untranslated(&Page::Own(number))
                .then(|| self.config.default_language.clone()),
            contents: html::headings(&text.html)
                .map(|(id, title)| PartView { id, title })
                .collect(),
            text: Html(text.html),
            notes: text.notes,
            extra: self.own_pages.all[number].shown.record.extra.clone(),
        }
    }

    /// What the index calls kinds and languages, in the words of this language: by facet and key.
    fn search_labels(&self) -> serde_json::Value {
        let kinds = self.config.kinds.keys().map(|key| (heading_slug(key), self.kind_name(key)));
        let kinds: BTreeMap<String, String> = kinds.collect();
        let choices = self.facets[&Facet::Language].iter();
        let languages: BTreeMap<&String, &String> =
            choices.map(|(key, choice)| (key, &choice.name)).collect();
        let used = |key: &&String| self.facets[&Facet::Kind].contains_key(*key);
        let kinds: BTreeMap<&String, &String> = kinds.iter().filter(|(key, _)| used(key)).collect();
        let names = |kind: AuthorityKind| {
            let translated = self.archive.authorities(kind).iter().filter_map(|name| {
                name.translation.as_ref()?.record.title.as_ref()?;
                Some((name.slug.clone(), name.record.title.clone()))
            });
            translated.collect::<BTreeMap<String, String>>()
        };
        let units = self.archive.collections.iter().filter_map(|unit| {
            unit.translation.as_ref()?.record.title.as_ref()?;
            Some((&unit.card.slug, &unit.card.record.title))
        });
        serde_json::json!({
            "kind": kinds,
            "language": languages,
            "organization": names(AuthorityKind::Organization),
            "person": names(AuthorityKind::Person),
            "collection": units.collect::<BTreeMap<_, _>>(),
        })
    }

    /// The words for dates that are no plain day, month or year, by what they are.
    fn search_dates(&self) -> serde_json::Value {
        const FORMS: [&str; 16] = [
            "about",
            "uncertain",
            "about-uncertain",
            "before",
            "after",
            "years",
            "from-to",
            "or",
            "and",
            "season",
            "decade",
            "century",
            "21",
            "22",
            "23",
            "24",
        ];
        let text = |form: &&str| {
            let is_season = form.starts_with('2');
            let key = if is_season { format!("season-{form}") } else { format!("date-{form}") };
            ((*form).to_owned(), self.words.get(&key).into())
        };
        let undated = ("undated".to_owned(), self.words.get("undated").into());
        FORMS.iter().map(text).chain([undated]).collect::<serde_json::Map<_, _>>().into()
    }

    /// `search`: where the search page finds its index.
    pub fn search_view(&self, manifest: &str, worker: &str) -> SearchView {
        let mut pages = vec![Page::Documents(1)];
        pages.extend(AuthorityKind::ALL.map(Page::Names));
        pages.push(Page::Years);
        pages.extend([Page::Facets(Facet::Kind), Page::Facets(Facet::Language)]);
        let is_made = |page: &Page| match page {
            Page::Documents(_) => true,
            Page::Collections => !self.archive.collections.is_empty(),
            Page::Names(kind) => !self.names(*kind).is_empty(),
            Page::Facets(facet) => !self.facets[facet].is_empty(),
            _ => !self.archive.documents.is_empty(),
        };
        pages.extend([Page::Facets(Facet::Topic), Page::Collections]);
        // A list that holds nothing is no way into the archive.
        pages.retain(is_made);
        pages.extend(self.used_taxonomies().map(|(place, _)| Page::Facets(Facet::Own(place))));
        let own: serde_json::Map<_, _> = self
            .used_taxonomies()
            .map(|(_, taxonomy)| (taxonomy.key.clone(), taxonomy.plural.clone().into()))
            .collect();
        let link = |page: &Page| Link { name: self.page_title(page), url: Some(self.url(page)) };
        let (first_year, last_day) = self.span_in_digits();
        SearchView {
            month: last_day.as_deref().map_or("1871-05", |day| &day[..day.len() - 3]).to_owned(),
            first_year,
            last_day,
            manifest: if manifest.is_empty() { String::new() } else { self.url_of(manifest) },
            endpoint: self.config.search.endpoint.clone(),
            worker: self.url_of(worker),
            root: if self.is_main() { "../" } else { "../../" },
            pages: self.prefix_of(&Page::Document(DocumentId(0))).to_owned(),
            labels: self.language.map(|_| self.search_labels().to_string()),
            dates: self.language.map(|_| self.search_dates().to_string()),
            untitled: self.default_untitled.clone(),
            others: serde_json::json!(self.words.forms("names-others")).to_string(),
            own: (!own.is_empty()).then(|| serde_json::Value::Object(own).to_string()),
            browse: pages.iter().map(link).collect(),
        }
    }
}
