//! Lists of documents: of the archive, of a choice, of a year.

use serde::Serialize;

use super::super::listed::Listed;
use super::super::shared::Shared;
use super::common::{Count, DateView, Link};
use super::document::CorrectionView;
use super::drawing::Timeline;
use super::taxonomy::TermView;

/// `list`: documents, one page of them.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentListView {
    /// How many there are in all, in words.
    pub count_text: String,
    /// Those of this page.
    pub documents: Vec<Listed>,
    /// The same by year; a short list, or one of a single year, is one group without a name.
    pub groups: Vec<GroupView>,
    /// The years of the whole list, with links to where each begins; none if the list is one group.
    pub years: Shared<Vec<Count>>,
    /// The terms right below the one whose list it is.
    pub terms: Vec<TermView>,
    /// URL of the list's feed.
    pub feed: Option<String>,
    /// Kinds of documents, on the list of all of them.
    pub kinds: Vec<Count>,
    /// Languages, on the list of all documents.
    pub languages: Vec<Count>,
    /// In what orders the list can be read: the one without a URL is this.
    pub orders: Vec<Link>,
    /// Where the list can be narrowed and put into another order: the search page with its choice made.
    pub narrow: Option<String>,
    /// The pages of the list, if there is more than one.
    pub pager: Option<Pager>,
}

/// `list`: corrections, newest first, one page of them.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectionListView {
    /// How many there are in all, in words.
    pub count_text: String,
    /// Those of this page.
    pub corrections: Vec<CorrectedView>,
    /// URL of the feed that lists new ones.
    pub feed: Option<String>,
    /// The pages of the list, if there is more than one.
    pub pager: Option<Pager>,
}

/// A correction, and where it was made.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectedView {
    /// The document.
    pub document: Listed,
    /// What was corrected.
    pub correction: CorrectionView,
}

/// `list`: what changed from one publication to the next, one page of it.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeListView {
    /// The days on which something changed, newest first.
    pub days: Vec<DayView>,
    /// URL of the feed that lists new ones.
    pub feed: Option<String>,
    /// URL of the same as a JSON Feed.
    pub json_feed: Option<String>,
    /// The pages of the list, if there is more than one.
    pub pager: Option<Pager>,
}

/// What changed on a day.
#[derive(Debug, Clone, Serialize)]
pub struct DayView {
    /// The day.
    pub date: DateView,
    /// Id of its heading.
    pub id: String,
    /// What happened: documents added, corrected, changed, withdrawn.
    pub changes: Vec<WhatChangedView>,
}

/// Documents to which the same happened on a day.
#[derive(Debug, Clone, Serialize)]
pub struct WhatChangedView {
    /// "3 documents added".
    pub name: String,
    /// The documents, newest first; the first of many.
    pub documents: Vec<Listed>,
    /// Notes in the place of withdrawn documents.
    pub notes: Vec<Link>,
    /// How many are not named, in words.
    pub more: Option<String>,
}

/// The documents of a list that are filed under one year.
#[derive(Debug, Clone, Serialize)]
pub struct GroupView {
    /// The year in words; none if the list is not divided.
    pub name: Option<String>,
    /// Id of its heading.
    pub id: String,
    /// The documents, in the order of the list.
    pub documents: Vec<Listed>,
}

/// The pages of a long list.
#[derive(Debug, Clone, Serialize)]
pub struct Pager {
    /// Number of this page.
    pub current: usize,
    /// All pages: number and URL.
    pub pages: Vec<Link>,
    /// The page before.
    pub previous: Option<String>,
    /// The page after.
    pub next: Option<String>,
}

/// `year`: the documents of a year.
#[derive(Debug, Clone, Serialize)]
pub struct YearView {
    /// The year in words, or "undated".
    pub name: String,
    /// How many documents, in words.
    pub count_text: String,
    /// Documents per month, if any has a month.
    pub timeline: Option<Timeline>,
    /// By month; documents of no certain month last.
    pub months: Vec<MonthView>,
    /// Kinds of this year's documents.
    pub kinds: Vec<Count>,
    /// Organizations that wrote, signed or received most of them.
    pub organizations: Vec<Count>,
    /// How many organizations are not named there, in words, with a way to all of them.
    pub organizations_more: Option<Link>,
    /// The search page with the year chosen.
    pub narrow: Option<String>,
    /// The pages of the list, if there is more than one.
    pub pager: Option<Pager>,
    /// The year before that has documents.
    pub previous: Option<Link>,
    /// The year after that has documents.
    pub next: Option<Link>,
}

/// The documents of a month.
#[derive(Debug, Clone, Serialize)]
pub struct MonthView {
    /// The month's name; none for documents of no certain month.
    pub name: Option<String>,
    /// Id of its heading.
    pub id: String,
    /// The documents, oldest first.
    pub documents: Vec<Listed>,
}

/// `list`: choices of a facet, or years, with their counts.
#[derive(Debug, Clone, Serialize)]
pub struct CountListView {
    /// The choices.
    pub choices: Vec<Count>,
    /// The terms of a taxonomy of the archive's own, as a tree; then there are no choices.
    pub terms: Vec<TermView>,
    /// Documents per year, on the page of years.
    pub timeline: Option<Timeline>,
    /// The names of the months, as far as documents have months.
    pub month_names: Vec<String>,
    /// The years with their documents by month, newest first, as far as documents have months.
    pub by_month: Vec<YearMonthsView>,
    /// Why the counts of years add up to more than there are documents, if they do.
    pub note: Option<String>,
}

/// The documents of a year, month by month.
#[derive(Debug, Clone, Serialize)]
pub struct YearMonthsView {
    /// The year.
    pub year: Link,
    /// The months, January first; a month without documents has the number 0.
    pub months: Vec<Count>,
}
