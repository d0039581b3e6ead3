//! Small views that many pages share: a name, a count, a date, a document in a list.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value};

use crate::site::html::Html;

/// A name that may lead somewhere.
#[derive(Debug, Clone, Serialize, PartialEq, Eq)]
pub struct Link {
    /// The name.
    pub name: String,
    /// Where it leads.
    pub url: Option<String>,
}

/// A name with a number of documents.
#[derive(Debug, Clone, Serialize)]
pub struct Count {
    /// The name.
    pub name: String,
    /// Where it leads.
    pub url: String,
    /// How many documents.
    pub count: usize,
    /// The number as it is written: "1,180".
    pub number: String,
    /// The number in words: "3 documents".
    pub count_text: String,
}

/// A date as pages show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DateView {
    /// In words: "about November 2009", or "undated".
    pub text: String,
    /// The EDTF expression.
    pub edtf: Option<String>,
    /// Value for `<time datetime>`, if HTML can express the date.
    pub datetime: Option<String>,
    /// Whether it is less than certain to its precision.
    pub doubtful: bool,
}

/// A person, an organization, or a person who acts for an organization.
#[derive(Debug, Clone, Serialize)]
pub struct PartyView {
    /// The person.
    pub person: Option<Link>,
    /// In what role.
    pub role: Option<String>,
    /// The organization.
    pub organization: Option<Link>,
}

/// A document in a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct DocumentItem {
    /// What the component `item` makes of it, which is made once for all lists.
    pub listed: Option<Html>,
    /// Title.
    pub title: String,
    /// URL.
    pub url: String,
    /// Language of the title, if it is not that of the interface.
    pub lang: Option<String>,
    /// Date.
    pub date: DateView,
    /// What it is: "Open letter".
    pub kind: String,
    /// Who it is from, in words.
    pub from: Option<String>,
    /// Who it is to, in words.
    pub to: Option<String>,
    /// Whether the title says so already.
    pub names_in_title: bool,
    /// First sentences.
    pub description: Option<String>,
    /// Its shelf mark, or its own symbols: "AS/3/17", "28-09713, 28-13454".
    pub reference: Option<String>,
    /// URL of a small copy of its first page image, if it has one.
    pub thumbnail: Option<String>,
    /// Whether another document has the same title, so that a list must say more of both.
    pub alike: bool,
    /// Whether it only may belong to the year whose page this is.
    pub perhaps: bool,
    /// Whether it is the document whose page this is.
    pub current: bool,
    /// Its terms in the archive's own taxonomies, by their keys.
    pub taxonomies: BTreeMap<String, Vec<String>>,
    /// `[extra]` of the front matter.
    pub extra: Map<String, Value>,
}

/// The language of each text of a record, where it is not that of the interface: nobody has translated it.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct TextLanguages {
    /// Of the title.
    pub title: Option<String>,
    /// Of the text below the front matter.
    pub text: Option<String>,
    /// Of the sentence that says what it is.
    pub description: Option<String>,
    /// Of the country.
    pub country: Option<String>,
    /// Of the extent.
    pub extent: Option<String>,
    /// Of the history.
    pub history: Option<String>,
    /// Of what its documents are about.
    pub scope: Option<String>,
    /// Of the conditions of access.
    pub conditions: Option<String>,
}
