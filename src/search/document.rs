//! What search knows of a document, and of the values by which documents are sorted into facets.

use crate::edtf::EdtfDate;

/// One document as search sees it.
#[derive(Debug, Clone, Default)]
pub struct Document {
    /// Path of its page below the site's base, such as `documents/letter-of-1871/`.
    pub url: String,
    /// Title.
    pub title: String,
    /// Its date; none if it is undated.
    pub date: Option<EdtfDate>,
    /// The date as readers are shown it, such as "about November 2009".
    pub date_words: String,
    /// Names of all who issued it, as they are shown.
    pub creators: Vec<String>,
    /// Names of all whom it is directed to, as they are shown.
    pub recipients: Vec<String>,
    /// The document's own symbols.
    pub references: Vec<String>,
    /// Its kind: an index into [`Tables::kinds`].
    pub kind: Option<u32>,
    /// Its language: an index into [`Tables::languages`].
    pub language: u32,
    /// Organizations that take any part in it: indexes into [`Tables::organizations`].
    pub organizations: Vec<u32>,
    /// People who take any part in it: indexes into [`Tables::people`].
    pub people: Vec<u32>,
    /// Topics: indexes into [`Tables::topics`].
    pub topics: Vec<u32>,
    /// The unit of the arrangement in which it lies, and all above it: indexes into [`Tables::collections`].
    pub collections: Vec<u32>,
    /// For each facet of the archive's own, in the order of [`Tables::own`], indexes into its values.
    pub own: Vec<Vec<u32>>,
    /// Fields of the archive's own, found as words are.
    pub extra: Vec<String>,
    /// The text without marks, a paragraph each. The words of a phrase stand in one paragraph.
    pub passages: Vec<String>,
}

/// A value that documents share: an organization, a person, a kind, a language, a topic.
#[derive(Debug, Clone)]
pub struct FacetValue {
    /// What addresses name it by: the slug, the kind's key or the language's tag; unique in its table.
    pub key: String,
    /// What readers see.
    pub label: String,
    /// Further names by which it is found: aliases, acronym, former names.
    pub names: Vec<String>,
}

/// The values of every facet, in an order of the caller's.
#[derive(Debug, Clone, Default)]
pub struct Tables {
    /// Organizations.
    pub organizations: Vec<FacetValue>,
    /// People.
    pub people: Vec<FacetValue>,
    /// Kinds of documents.
    pub kinds: Vec<FacetValue>,
    /// Languages; the key is the BCP 47 tag, which chooses the stemmer.
    pub languages: Vec<FacetValue>,
    /// Topics.
    pub topics: Vec<FacetValue>,
    /// Units of the arrangement.
    pub collections: Vec<FacetValue>,
    /// Facets of the archive's own.
    pub own: Vec<OwnFacet>,
}

/// A facet of the archive's own.
#[derive(Debug, Clone)]
pub struct OwnFacet {
    /// What addresses and the manifest call it.
    pub name: String,
    /// Its values.
    pub values: Vec<FacetValue>,
}
