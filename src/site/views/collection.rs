//! The arrangement: a unit of it, and the tree of all of them.

use serde::Serialize;
use serde_json::{Map, Value};

use super::super::html::Html;
use super::super::shared::Shared;
use super::common::{Count, DateView, Link, PartyView, TextLanguages};
use super::list::{GroupView, Pager};

/// `collection`: a unit of the arrangement, such as a fonds, a series or a file, with one page of its documents.
#[derive(Debug, Clone, Serialize)]
pub struct CollectionView {
    /// Title.
    pub title: String,
    /// Its level in words: "Series".
    pub level: String,
    /// Reference code or shelf mark.
    pub reference: Option<String>,
    /// Dates that its record states.
    pub dates: Option<DateView>,
    /// The years of its documents here: "1998–2003".
    pub years_text: Option<String>,
    /// How much there is of it.
    pub extent: Option<String>,
    /// Who made or gathered it.
    pub creators: Vec<PartyView>,
    /// Its history, by paragraph.
    pub history: Vec<String>,
    /// What its documents are about, by paragraph.
    pub scope: Vec<String>,
    /// Who may see and use it, by paragraph.
    pub conditions: Vec<String>,
    /// The record's text, HTML.
    pub text: Html,
    /// Number of documents in it and its parts, in words.
    pub count_text: String,
    /// Its parts as a tree.
    pub parts: Vec<BranchView>,
    /// The documents that lie in it itself, by year.
    pub groups: Vec<GroupView>,
    /// Links to where each year begins in the list of documents; none if the list is short.
    pub years: Shared<Vec<Count>>,
    /// The pages of the documents, if there is more than one.
    pub pager: Option<Pager>,
    /// The search page with this unit chosen.
    pub narrow: Option<String>,
    /// The unit before it, among those that are parts of the same.
    pub previous: Option<Link>,
    /// The unit after it.
    pub next: Option<Link>,
    /// URL of the finding aid of the whole tree, in EAD3; on the highest unit.
    pub ead: Option<String>,
    /// URL of the arrangement as linked data, in the words of schema.org; on the highest unit.
    pub linked_data: Option<String>,
    /// Languages of what is not translated.
    pub langs: TextLanguages,
    /// `[extra]` of the record.
    pub extra: Map<String, Value>,
}

/// `list`: the whole arrangement.
#[derive(Debug, Clone, Serialize)]
pub struct CollectionListView {
    /// How many units there are, in words.
    pub count_text: String,
    /// The highest units, each with its parts.
    pub branches: Vec<BranchView>,
    /// Documents that are in none of them.
    pub elsewhere: Option<Link>,
    /// URL of the arrangement as linked data, in the words of schema.org.
    pub linked_data: Option<String>,
}

/// A unit in a tree, with its parts.
#[derive(Debug, Clone, Serialize)]
pub struct BranchView {
    /// Title.
    pub title: String,
    /// URL.
    pub url: String,
    /// Its level in words.
    pub level: String,
    /// Reference code or shelf mark.
    pub reference: Option<String>,
    /// Its dates in words, or the years of its documents.
    pub dates: Option<String>,
    /// How much there is of it.
    pub extent: Option<String>,
    /// One sentence about it.
    pub description: Option<String>,
    /// Number of documents in it and its parts, in words.
    pub count_text: String,
    /// Languages of what is not translated.
    pub langs: TextLanguages,
    /// Its parts; none if the tree is too large to be shown whole.
    pub parts: Vec<BranchView>,
}
