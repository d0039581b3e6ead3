//! A document in the lists of many pages.

use serde::{Serialize, Serializer};

use super::html::Html;
use super::shared::Shared;
use super::views::{DateView, DocumentItem};
use crate::files::{Key, is_hashing, key_of};
use crate::template_value::TemplateValue;

/// What the theme's component [`ITEM`] makes of a document; none if the theme has no such component.
pub type Entry = Box<dyn Fn(&TemplateValue) -> Option<Html> + Send + Sync>;

/// The component that shows a document in a list, and the name of its only argument.
pub const ITEM: &str = "item";

/// The field of [`DocumentItem`] with what the component made of the document: the same in all lists, and so made once.
pub const LISTED: &str = "listed";

/// A [`DocumentItem`] in the form in which templates take it: made once, counted by reference in each list.
#[derive(Debug, Clone)]
pub struct Listed(TemplateValue, Key);

impl Listed {
    /// The same, to be listed.
    pub fn new(item: &DocumentItem) -> Self {
        Self(TemplateValue::of(item), key_of(item))
    }

    /// The same with the HTML that the theme makes of it.
    pub fn written(self, entry: &Entry) -> Self {
        match entry(&self.0) {
            Some(Html(html)) => Self(self.0.with(LISTED, TemplateValue::html(&html)), self.1),
            None => self,
        }
    }

    /// Title.
    pub fn title(&self) -> &str {
        self.0.text(&["title"]).unwrap_or_default()
    }

    /// First sentences.
    pub fn description(&self) -> Option<&str> {
        self.0.text(&["description"])
    }

    /// Date in words.
    pub fn date_text(&self) -> &str {
        self.0.text(&["date", "text"]).unwrap_or_default()
    }

    /// The same date for templates.
    pub(super) fn shared_date(&self) -> Shared<DateView> {
        Shared::known(self.0.field("date").unwrap_or_else(TemplateValue::undefined))
    }
}

impl Serialize for Listed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match is_hashing() {
            true => self.1.serialize(serializer),
            false => self.0.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn an_item_is_the_same_in_all_lists() {
        let item = DocumentItem {
            listed: None,
            title: "Letter from A to B".to_owned(),
            url: "/documents/a/".to_owned(),
            lang: Some("ko".to_owned()),
            date: DateView {
                text: "about 2009".to_owned(),
                edtf: Some("2009~".to_owned()),
                datetime: Some("2009".to_owned()),
                doubtful: true,
            },
            kind: "Letter".to_owned(),
            from: Some("A".to_owned()),
            to: None,
            names_in_title: true,
            description: Some("First words of it.".to_owned()),
            reference: None,
            thumbnail: None,
            alike: true,
            perhaps: false,
            current: false,
            taxonomies: BTreeMap::from([("box".to_owned(), vec!["Box 3/Folder 2".to_owned()])]),
            extra: serde_json::Map::from_iter([("n".to_owned(), serde_json::json!([1, 0.5]))]),
        };
        let listed = Listed::new(&item);
        assert_eq!((listed.title(), listed.date_text()), ("Letter from A to B", "about 2009"));
        assert_eq!(listed.description(), Some("First words of it."));
        let view = serde_json::to_value(&item).unwrap();
        assert_eq!(serde_json::to_value(&listed).unwrap(), view);
        let none: Entry = Box::new(|_| None);
        assert_eq!(serde_json::to_value(listed.clone().written(&none)).unwrap(), view);
        let entry: Entry = Box::new(|_| Some(Html("<li>".to_owned())));
        let written = listed.clone().written(&entry);
        assert_eq!(serde_json::to_value(&written).unwrap()[LISTED], "<li>");
        // Settings and theme are the same where keys are compared.
        assert_eq!(key_of(&written), key_of(&listed));
    }
}
