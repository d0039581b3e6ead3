//! What templates see. Each page's template gets `site`, `page` and the view of its kind under the
//! name that its struct's documentation gives; a field that is `None` prints nothing.

mod authority;
mod collection;
mod common;
mod document;
mod drawing;
mod frame;
mod list;
mod page;
mod taxonomy;

pub use authority::{
    AuthorityView, CorrespondentView, IdentifierView, LetterView, NameListView, RoleView,
};
pub use collection::{BranchView, CollectionListView, CollectionView};
pub use common::{Count, DateView, DocumentItem, Link, PartyView, TextLanguages};
pub use document::{
    CitationView, CorrectionView, DocumentText, DocumentView, FileView, Originals, PageView,
    RelativeView, ReviewView, SourcePageView, SourceView, WhoView,
};
pub use drawing::{
    Bar, Network, NetworkCell, NetworkLine, NetworkNode, NetworkRole, NetworkRow, Timeline,
};
pub use frame::{CiteAllView, LanguageLink, LogoView, NavigationItem, PageInfo, Site};
pub use list::{
    ChangeListView, CorrectedView, CorrectionListView, CountListView, DayView, DocumentListView,
    GroupView, MonthView, Pager, WhatChangedView, YearMonthsView, YearView,
};
pub use page::{
    DataFileView, DataView, HomeView, OwnPageView, PartView, RemovedView, SearchView, WithdrawnView,
};
pub use taxonomy::{TaxonomyView, TermView};
