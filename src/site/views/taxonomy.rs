//! The archive's own taxonomies.

use serde::Serialize;

use super::super::listed::Listed;
use super::common::Link;

/// The terms of a document in a taxonomy of the archive's own.
#[derive(Debug, Clone, Serialize)]
pub struct TaxonomyView {
    /// The taxonomy's key: `box`.
    pub key: String,
    /// What one of its terms is: "Box".
    pub name: String,
    /// URL of the page of all terms.
    pub url: String,
    /// The terms, each with those above it: "Box 3 / Folder 2".
    pub terms: Vec<Link>,
}

/// A term of a taxonomy, with the terms below it.
#[derive(Debug, Clone, Serialize)]
pub struct TermView {
    /// Its name, without those above it.
    pub name: String,
    /// Where it leads.
    pub url: String,
    /// How many documents have it, or a term below it.
    pub count: usize,
    /// The number as it is written: "1,180".
    pub number: String,
    /// The number in words: "3 documents".
    pub count_text: String,
    /// The years of its documents: "1998–2003".
    pub years_text: Option<String>,
    /// Its first documents, newest first: no more than 20.
    pub documents: Vec<Listed>,
    /// The terms below it.
    pub parts: Vec<TermView>,
}
