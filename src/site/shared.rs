//! Views that many pages show alike: made once, and then counted by reference.

use std::borrow::Borrow;
use std::hash::Hash;
use std::marker::PhantomData;

use parking_lot::RwLock;
use rustc_hash::FxHashMap;
use serde::{Serialize, Serializer};

use super::pages::Divided;
use super::views::{Link, Timeline};
use crate::archive::DocumentId;
use crate::files::Key;
use crate::template_value::TemplateValue;

/// What the pages of a plan share.
#[derive(Default)]
pub(super) struct SharedViews {
    /// The kinds of documents by their keys, linked.
    pub(super) kinds: Once<String, Shared<Link>>,
    /// "all 14", linked, by the key of a kind; none if there is only one.
    pub(super) all_of_kinds: Once<String, Option<Shared<Link>>>,
    /// The same by the tag of a language.
    pub(super) all_of_languages: Once<String, Option<Shared<Link>>>,
    /// Languages by their tags, linked.
    pub(super) languages: Once<String, Shared<Link>>,
    /// How long lists are divided by year, by the paths of their first pages.
    pub(super) divided: Once<String, Divided>,
    /// Years, linked.
    pub(super) years: Once<i32, Shared<Link>>,
    /// The keys of citations, by their documents.
    pub(super) citations: Once<DocumentId, Key>,
    /// Whether a document's title only describes it, which each of its lists asks.
    pub(super) supplied: Once<DocumentId, bool>,
    /// Timelines of a single year, by the year and its number of documents: those of most names.
    pub(super) years_alone: Once<(i32, usize), Option<Shared<Timeline>>>,
}

/// What follows from a key alone, made when it is first asked for.
pub(super) struct Once<K, V>(RwLock<FxHashMap<K, V>>);

impl<K, V> Default for Once<K, V> {
    fn default() -> Self {
        Self(RwLock::default())
    }
}

impl<K: Hash + Eq, V: Clone> Once<K, V> {
    /// What a key gives.
    pub(super) fn get<Q>(&self, key: &Q, make: impl FnOnce() -> V) -> V
    where
        K: Borrow<Q>,
        Q: Hash + Eq + ToOwned<Owned = K> + ?Sized,
    {
        let known = self.0.read().get(key).cloned();
        known.unwrap_or_else(|| {
            let made = make();
            let mut all = self.0.write();
            all.entry(key.to_owned()).or_insert(made).clone()
        })
    }
}

/// A view in the form in which templates take it: made once, counted by reference on each page.
#[derive(Debug, Clone)]
pub struct Shared<T> {
    value: TemplateValue,
    of: PhantomData<T>,
}

impl<T: Serialize> Shared<T> {
    /// The same, to be shown.
    pub fn new(view: &T) -> Self {
        Self { value: TemplateValue::of(view), of: PhantomData }
    }
}

impl<T> Shared<T> {
    /// A view that was made before.
    pub(super) fn known(value: TemplateValue) -> Self {
        Self { value, of: PhantomData }
    }
}

impl<T> Serialize for Shared<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value.serialize(serializer)
    }
}
