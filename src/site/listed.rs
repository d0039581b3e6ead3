//! A document in the lists of many pages.

use serde::{Serialize, Serializer};
use tera::value::Key;
use tera::{Map, Value};

use super::html::Html;
use super::shared::Shared;
use super::views::{DateView, DocumentItem};
use crate::files::{self, is_hashing, key_of};

/// What a theme makes of a document in a list; none if it does not say that in one place.
pub type Entry = Box<dyn Fn(&Value) -> Option<Html> + Send + Sync>;

/// The field that holds what [`Entry`] gives. It is no part of the view: templates are made to ask for it
/// (`render::template::inline`).
pub const ENTRY: &str = "_entry";

/// A [`DocumentItem`] in the form in which templates take it: made once, counted by reference in each list.
#[derive(Debug, Clone)]
pub struct Listed(Value, files::Key);

impl Listed {
    /// The same, to be listed.
    pub fn new(item: &DocumentItem) -> Self {
        Self(Value::from_serializable(item), key_of(item))
    }

    /// The same with the HTML that the theme makes of it, if it is the same in all lists.
    pub fn written(self, entry: &Entry) -> Self {
        let Some(Html(html)) = entry(&self.0) else { return self };
        let fields = self.0.into_map().unwrap_or_default();
        let mut map = Map::with_capacity(fields.len() + 1);
        // The first field is found first.
        map.insert(Key::Str(ENTRY), Value::safe_string(&html));
        map.extend(fields);
        Self(map.into(), self.1)
    }

    /// Title.
    pub fn title(&self) -> &str {
        text(&self.0, "title").unwrap_or_default()
    }

    /// First sentences.
    pub fn description(&self) -> Option<&str> {
        text(&self.0, "description")
    }

    /// Date in words.
    pub fn date_text(&self) -> &str {
        field(&self.0, "date").and_then(|date| text(date, "text")).unwrap_or_default()
    }

    /// Date.
    pub fn date(&self) -> DateView {
        let date = field(&self.0, "date");
        let own = |name| date.and_then(|date| text(date, name)).map(str::to_owned);
        DateView {
            text: own("text").unwrap_or_default(),
            edtf: own("edtf"),
            datetime: own("datetime"),
            doubtful: date.is_some_and(|date| is(date, "doubtful")),
        }
    }

    /// The same date for templates.
    pub(super) fn shared_date(&self) -> Shared<DateView> {
        Shared::known(field(&self.0, "date").cloned().unwrap_or_else(Value::undefined))
    }

    /// What it was made of.
    pub fn item(&self) -> DocumentItem {
        let own = |name| text(&self.0, name).map(str::to_owned);
        DocumentItem {
            title: self.title().to_owned(),
            url: own("url").unwrap_or_default(),
            lang: own("lang"),
            date: self.date(),
            kind: own("kind").unwrap_or_default(),
            from: own("from"),
            to: own("to"),
            names_in_title: is(&self.0, "names_in_title"),
            description: own("description"),
            reference: own("reference"),
            thumbnail: own("thumbnail"),
            alike: is(&self.0, "alike"),
            perhaps: is(&self.0, "perhaps"),
            current: is(&self.0, "current"),
            taxonomies: read(&self.0, "taxonomies"),
            extra: read(&self.0, "extra"),
        }
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

/// A field of any shape.
fn read<T: serde::de::DeserializeOwned + Default>(value: &Value, name: &'static str) -> T {
    let json = field(value, name).and_then(|value| serde_json::to_value(value).ok());
    json.and_then(|json| serde_json::from_value(json).ok()).unwrap_or_default()
}

fn field<'v>(value: &'v Value, name: &'static str) -> Option<&'v Value> {
    value.as_map()?.get(&Key::Str(name))
}

fn text<'v>(value: &'v Value, name: &'static str) -> Option<&'v str> {
    field(value, name)?.as_str()
}

fn is(value: &Value, name: &'static str) -> bool {
    field(value, name).is_some_and(Value::is_truthy)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn nothing_of_an_item_is_lost() {
        let item = DocumentItem {
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
            to: Some("B".to_owned()),
            names_in_title: true,
            description: Some("First words of it.".to_owned()),
            reference: Some("28-09713".to_owned()),
            thumbnail: Some("/documents/a/thumbnail.jpg".to_owned()),
            alike: true,
            perhaps: true,
            current: true,
            taxonomies: BTreeMap::from([("box".to_owned(), vec!["Box 3/Folder 2".to_owned()])]),
            extra: serde_json::Map::from_iter([(
                "n".to_owned(),
                serde_json::json!([1, { "a": null }, 0.5]),
            )]),
        };
        let listed = Listed::new(&item);
        assert_eq!(listed.item(), item);
        assert_eq!((listed.title(), listed.date_text()), ("Letter from A to B", "about 2009"));
        assert_eq!(listed.description(), Some("First words of it."));
        assert_eq!(serde_json::to_value(&listed).unwrap(), serde_json::to_value(&item).unwrap());
        let entry: Entry = Box::new(|_| Some(Html("<li>".to_owned())));
        assert_eq!(listed.clone().written(&entry).item(), item);
        let none: Entry = Box::new(|_| None);
        assert_eq!(listed.written(&none).item(), item);
        let bare = DocumentItem {
            lang: None,
            date: DateView { edtf: None, datetime: None, doubtful: false, ..item.date },
            from: None,
            to: None,
            names_in_title: false,
            description: None,
            reference: None,
            alike: false,
            perhaps: false,
            current: false,
            taxonomies: BTreeMap::new(),
            extra: serde_json::Map::new(),
            ..item
        };
        assert_eq!(Listed::new(&bare).item(), bare);
    }
}
