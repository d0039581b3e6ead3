//! Pages that are one of a kind: home, the archive's own, search.

use serde::Serialize;
use serde_json::{Map, Value};

use super::common::{Count, DocumentItem, Link};
use super::drawing::Timeline;

/// `home`: the first page.
#[derive(Debug, Clone, Serialize)]
pub struct HomeView {
    /// The introduction, HTML.
    pub text: String,
    /// What the archive holds, in words: "34 documents", "58 organizations".
    pub counts: Vec<Link>,
    /// Documents per year.
    pub timeline: Option<Timeline>,
    /// Undated documents.
    pub undated: Option<Count>,
    /// Organizations with most documents.
    pub organizations: Vec<Count>,
    /// People with most documents.
    pub people: Vec<Count>,
    /// Kinds.
    pub kinds: Vec<Count>,
    /// Languages.
    pub languages: Vec<Count>,
    /// What came into the archive last.
    pub newest: Vec<DocumentItem>,
}

/// `own`: a page of the archive's own.
#[derive(Debug, Clone, Serialize)]
pub struct OwnPageView {
    /// The text, HTML.
    pub text: String,
    /// Whether the text has notes.
    pub notes: bool,
    /// `[extra]` of the front matter.
    pub extra: Map<String, Value>,
}

/// `search`: where the search page finds its index.
#[derive(Debug, Clone, Serialize)]
pub struct SearchView {
    /// URL of the index's manifest.
    pub manifest: String,
    /// URL of the script that reads it.
    pub worker: String,
    /// Ways to browse without scripts.
    pub browse: Vec<Link>,
}
