//! Lists of documents: all of them, those of a kind, a language, a topic, a year.

use std::collections::BTreeMap;

use super::super::chart;
use super::super::listed::Listed;
use super::super::views::{
    CorrectedView, CorrectionListView, Count, CountListView, DocumentItem, DocumentListView, Link,
    MonthView, Pager, YearMonthsView, YearView,
};
use super::super::{Facet, Page, SitePlan};
use super::authority::counted;
use crate::archive::{DocumentId, Filed};
use crate::edtf::{DateShape, EdtfDate};
use crate::slug::heading_slug;

/// How many organizations a year's page names.
const ORGANIZATIONS: usize = 10;

impl SitePlan<'_> {
    /// `list`: one page of all documents.
    pub fn documents_view(&self, number: usize) -> DocumentListView {
        let ids: Vec<DocumentId> = self.document_ids().collect();
        let list = self.list_view(&ids, number, Page::Documents);
        DocumentListView { orders: self.orders(false, ids.len()), ..self.with_facets(list) }
    }

    /// `list`: one page of all documents, the oldest first and the undated last, as in every order.
    pub fn oldest_view(&self, number: usize) -> DocumentListView {
        let mut ids: Vec<DocumentId> = self.document_ids().collect();
        let is_dated = |id: &DocumentId| self.archive.document(*id).filed() != Filed::Undated;
        let dated = ids.partition_point(is_dated);
        ids[..dated].reverse();
        let list = self.list_view(&ids, number, Page::Oldest);
        DocumentListView { orders: self.orders(true, ids.len()), ..self.with_facets(list) }
    }

    fn with_facets(&self, list: DocumentListView) -> DocumentListView {
        DocumentListView {
            kinds: self.facet_counts(Facet::Kind),
            languages: self.facet_counts(Facet::Language),
            ..list
        }
    }

    /// The orders in which all documents can be read, if there are several documents.
    fn orders(&self, is_oldest: bool, length: usize) -> Vec<Link> {
        let order = |key: &str, page: Page, is_this: bool| Link {
            name: self.words.get(key),
            url: (!is_this).then(|| self.url(&page)),
        };
        if length < 2 {
            return Vec::new();
        }
        vec![
            order("search-sort-newest", Page::Documents(1), !is_oldest),
            order("search-sort-oldest", Page::Oldest(1), is_oldest),
        ]
    }

    /// `list`: one page of the documents of a choice.
    pub fn choice_view(&self, facet: Facet, key: &str, number: usize) -> DocumentListView {
        let choice = &self.facets[&facet][key];
        let page = |n| Page::Choice(facet, key.to_owned(), n);
        let narrow = self.search_with(&[(facet.parameter(self.config), key)]);
        let feed = self.has_term_feed(facet).then(|| {
            let path = self.path(&Page::Choice(facet, key.to_owned(), 1));
            self.url_of(&format!("{path}atom.xml"))
        });
        let terms = if number == 1 { self.terms(facet, Some(key)) } else { Vec::new() };
        DocumentListView { narrow, feed, terms, ..self.list_view(&choice.documents, number, page) }
    }

    /// The search page with some choices made, if there is one.
    pub(super) fn search_with(&self, choices: &[(&str, &str)]) -> Option<String> {
        self.config.search.enabled.then(|| {
            let choices: Vec<String> =
                choices.iter().map(|(name, value)| format!("{name}={value}")).collect();
            format!("{}?{}", self.url(&Page::Search), choices.join("&"))
        })
    }

    /// `list`: one page of all corrections.
    pub fn corrections_view(&self, number: usize) -> CorrectionListView {
        let corrected = |(id, place): &(DocumentId, usize)| CorrectedView {
            document: self.listed(*id).clone(),
            correction: self.correction_view(*id, *place),
        };
        let all = &self.corrections;
        CorrectionListView {
            count_text: self.words.count("corrections-count", all.len()),
            corrections: self.part(all, number).iter().map(corrected).collect(),
            feed: self.has_feeds().then(|| self.url_of("corrections/atom.xml")),
            pager: self.pager(all.len(), number, Page::Corrections),
        }
    }

    fn list_view(
        &self,
        ids: &[DocumentId],
        number: usize,
        page: impl Fn(usize) -> Page,
    ) -> DocumentListView {
        let part = self.part(ids, number);
        let divided = self.divided(ids, &page);
        DocumentListView {
            count_text: self.words.count("documents", ids.len()),
            documents: self.items(part),
            groups: self.groups(part, &divided),
            years: divided.jumps(),
            terms: Vec::new(),
            feed: None,
            kinds: Vec::new(),
            languages: Vec::new(),
            orders: Vec::new(),
            narrow: None,
            pager: self.pager(ids.len(), number, page),
        }
    }

    /// What one page of a long list shows.
    pub(in super::super) fn part<'l, T>(&self, list: &'l [T], number: usize) -> &'l [T] {
        let size = self.config.paginate_by;
        let start = ((number - 1) * size).min(list.len());
        &list[start..(start + size).min(list.len())]
    }

    /// The pages of a list of some length, if one does not hold it.
    pub(in super::super) fn pager(
        &self,
        length: usize,
        number: usize,
        page: impl Fn(usize) -> Page,
    ) -> Option<Pager> {
        let count = self.pages_of(length);
        let url = |n: usize| self.url(&page(n));
        let link = |n: Option<usize>| match n {
            Some(n) => Link { name: n.to_string(), url: Some(url(n)) },
            None => Link { name: "…".to_owned(), url: None },
        };
        (count > 1).then(|| Pager {
            current: number,
            pages: numbers_around(number, count).into_iter().map(link).collect(),
            previous: (number > 1).then(|| url(number - 1)),
            next: (number < count).then(|| url(number + 1)),
        })
    }

    /// `list`: the choices of a facet, most documents first.
    pub fn facet_view(&self, facet: Facet) -> CountListView {
        let terms = self.terms(facet, None);
        let choices = if terms.is_empty() { self.facet_counts(facet) } else { Vec::new() };
        CountListView {
            choices,
            terms,
            timeline: None,
            month_names: Vec::new(),
            by_month: Vec::new(),
            note: None,
        }
    }

    pub(super) fn facet_counts(&self, facet: Facet) -> Vec<Count> {
        let mut choices: Vec<Count> = self.facets[&facet]
            .iter()
            .map(|(key, choice)| {
                let url = self.url(&Page::Choice(facet, key.clone(), 1));
                self.count(choice.name.clone(), url, choice.documents.len())
            })
            .collect();
        choices.sort_by(|a, b| {
            b.count.cmp(&a.count).then_with(|| self.words.compare(&a.name, &b.name))
        });
        choices
    }

    /// `list`: all years, newest first, then the undated.
    pub fn years_view(&self) -> CountListView {
        let mut choices: Vec<Count> = self
            .years
            .iter()
            .rev()
            .map(|(year, ids)| {
                self.count(self.words.year(*year), self.url(&Page::Year(*year)), ids.len())
            })
            .collect();
        choices.extend(self.undated_count());
        let years = self.years.keys().rev().map(|year| YearMonthsView {
            year: Link { name: self.words.year(*year), url: Some(self.url(&Page::Year(*year))) },
            months: self.month_counts(*year).into(),
        });
        let has_months = |year: &YearMonthsView| year.months.iter().any(|month| month.count > 0);
        let by_month: Vec<YearMonthsView> = years.filter(has_months).collect();
        let names = (1..=12).map(|month| self.words.month(month));
        CountListView {
            choices,
            terms: Vec::new(),
            timeline: self.timeline(),
            month_names: names.take(if by_month.is_empty() { 0 } else { 12 }).collect(),
            by_month,
            note: self.several_years(),
        }
    }

    /// How many documents are counted in several years, in words; none if each has one.
    fn several_years(&self) -> Option<String> {
        let dates = self.archive.documents.iter().filter_map(|d| d.record.date.as_ref());
        let several = dates.filter(|date| date.years().len() > 1).count();
        (several > 0).then(|| self.words.count("years-several", several))
    }

    pub(super) fn undated_count(&self) -> Option<Count> {
        let count = self.undated.len();
        let name = self.words.get("undated-heading");
        (count > 0).then(|| self.count(name, self.url(&Page::Undated), count))
    }

    pub(super) fn timeline(&self) -> Option<super::super::views::Timeline> {
        let counts = self.years.iter().map(|(year, ids)| (*year, ids.len())).collect();
        chart::timeline(&counts, self.words, |year| self.url(&Page::Year(year)))
    }

    /// `year`: one page of the documents of a year; `None` is the undated.
    pub fn year_view(&self, year: Option<i32>, number: usize) -> YearView {
        let ids = year.map_or(&self.undated, |year| &self.years[&year]);
        let link = |year: &i32| Link {
            name: self.words.year(*year),
            url: Some(self.url(&Page::Year(*year))),
        };
        let neighbours = year.map(|year| {
            let before = self.years.range(..year).next_back().map(|(y, _)| link(y));
            (before, self.years.range(year + 1..).next().map(|(y, _)| link(y)))
        });
        let (previous, next) = neighbours.unwrap_or_default();
        let (organizations, others) = self.organizations_of(ids);
        let choice = year.map(|year| year.to_string());
        let choice = choice.as_ref().map_or(("undated", "only"), |year| ("year", year));
        let organizations_more = self.more(others, &[choice]);
        YearView {
            name: year.map_or_else(|| self.words.get("undated-heading"), |y| self.words.year(y)),
            count_text: self.words.count("documents", ids.len()),
            timeline: year
                .filter(|_| number == 1)
                .map(|year| self.month_counts(year))
                // One month alone is no picture of a year.
                .filter(|months| months.iter().filter(|month| month.count > 0).count() > 1)
                .and_then(|months| chart::months(&months, self.words)),
            months: self.months(year, ids, number),
            pager: self
                .pager(ids.len(), number, |n| further(year.map_or(Page::Undated, Page::Year), n)),
            kinds: self.kinds_of(year, ids),
            organizations_more: organizations_more.filter(|_| number == 1),
            organizations,
            narrow: year.and_then(|year| self.search_with(&[("year", &year.to_string())])),
            previous,
            next,
        }
    }

    /// The months of a year with the numbers of their documents, each with the place where it begins on the pages of
    /// the year.
    fn month_counts(&self, year: i32) -> [Count; 12] {
        let mut counts = [0_usize; 12];
        for id in &self.years[&year] {
            if let Some(month) = self.month_of(Some(year), *id) {
                counts[usize::from(month) - 1] += 1;
            }
        }
        let mut before = 0;
        std::array::from_fn(|at| {
            let month = u8::try_from(at + 1).unwrap_or(1);
            let page = further(Page::Year(year), before / self.config.paginate_by + 1);
            before += counts[at];
            let url = format!("{}#{}", self.url(&page), month_anchor(month));
            self.count(self.words.month(month), url, counts[at])
        })
    }

    fn months(&self, year: Option<i32>, ids: &[DocumentId], number: usize) -> Vec<MonthView> {
        let mut dated: Vec<(u8, DocumentId)> =
            ids.iter().rev().map(|id| (self.month_of(year, *id).unwrap_or(13), *id)).collect();
        dated.sort_by_key(|(month, _)| *month);
        let mut by_month: BTreeMap<u8, Vec<DocumentId>> = BTreeMap::new();
        for (month, id) in self.part(&dated, number) {
            by_month.entry(*month).or_default().push(*id);
        }
        let view = |(month, ids): (u8, Vec<DocumentId>)| {
            let named = (month <= 12).then(|| self.words.month(month));
            let other = year.map(|_| self.words.get("month-unknown"));
            let id = if month <= 12 { month_anchor(month) } else { "month-unknown".to_owned() };
            let mut documents = self.items(&ids);
            let several = |id: DocumentId| year.is_some() && self.has_several_possible_years(id);
            for (item, id) in documents.iter_mut().zip(&ids).filter(|(_, id)| several(**id)) {
                *item = Listed::new(&DocumentItem { perhaps: true, ..self.item(*id) });
            }
            MonthView { name: named.or(other), id, documents }
        };
        by_month.into_iter().map(view).collect()
    }

    /// Whether a document may be of one year or of another, not of all of a span of years.
    fn has_several_possible_years(&self, id: DocumentId) -> bool {
        let date = self.archive.document(id).record.date.as_ref();
        let spans = |d: &EdtfDate| {
            matches!(d.shape(), DateShape::Interval(..) | DateShape::AllOf(_))
                && d.years().len() > 1
        };
        date.is_some_and(|d| d.years().len() > 1 && !spans(d))
    }

    /// The month of the year in which a document was made, if its date leaves only one.
    fn month_of(&self, year: Option<i32>, id: DocumentId) -> Option<u8> {
        let date = self.archive.document(id).record.date.as_ref()?;
        let (first, last) = (date.earliest()?, date.latest()?);
        let one = first.year == last.year && first.month == last.month && Some(first.year) == year;
        one.then_some(first.month)
    }

    /// Kinds of the documents of a year; the link leads to where the year begins in the list of the kind.
    fn kinds_of(&self, year: Option<i32>, ids: &[DocumentId]) -> Vec<Count> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for id in ids {
            *counts.entry(self.archive.document(*id).record.kind.as_str()).or_default() += 1;
        }
        let mut kinds: Vec<Count> = counts
            .into_iter()
            .map(|(kind, n)| {
                let key = heading_slug(kind);
                let all = &self.facets[&Facet::Kind][&key].documents;
                let page = |n| Page::Choice(Facet::Kind, key.clone(), n);
                let filed = year.map_or(Filed::Undated, Filed::Year);
                self.count(self.kind_plural(kind), self.jump_to(all, filed, page), n)
            })
            .collect();
        kinds.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.name.cmp(&b.name)));
        kinds
    }

    /// The organizations that most documents name, and how many more there are.
    fn organizations_of(&self, ids: &[DocumentId]) -> (Vec<Count>, usize) {
        let (mut named, mut all) = (Vec::new(), Vec::new());
        for id in ids {
            let links = self.archive.document(*id).links.all();
            named.extend(links.filter_map(|(_, link)| link.organization));
            named.sort_unstable();
            named.dedup();
            all.append(&mut named);
        }
        let all = counted(all);
        let others = all.len().saturating_sub(ORGANIZATIONS);
        (self.most(all, ORGANIZATIONS), others)
    }

    /// "and 23 more", with a way to all of them by the search page.
    pub(super) fn more(&self, others: usize, choices: &[(&str, &str)]) -> Option<Link> {
        let name = || self.words.count("list-more", others);
        (others > 0).then(|| Link { name: name(), url: self.search_with(choices) })
    }
}

/// Id of the heading of a month.
fn month_anchor(month: u8) -> String {
    format!("month-{month}")
}

/// One page of a list that begins on a page of its own.
pub(super) fn further(page: Page, number: usize) -> Page {
    if number == 1 { page } else { Page::Further(Box::new(page), number) }
}

/// Page numbers to show: the first, the last, those around the current one; `None` is a gap.
fn numbers_around(current: usize, count: usize) -> Vec<Option<usize>> {
    let mut numbers = Vec::new();
    let mut last = 0;
    for n in (1..=count).filter(|n| *n == 1 || *n == count || n.abs_diff(current) <= 2) {
        if n > last + 1 {
            numbers.push(None);
        }
        numbers.push(Some(n));
        last = n;
    }
    numbers
}
