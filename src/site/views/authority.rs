//! The page of an organization or a person, and the indexes of all of them.

use serde::Serialize;
use serde_json::{Map, Value};

use super::super::html::Html;
use super::super::listed::Listed;
use super::super::shared::Shared;
use super::common::{Count, DateView, Link, TextLanguages};
use super::drawing::{Network, Timeline};
use super::list::Pager;

/// `authority`: an organization or a person.
#[derive(Debug, Clone, Serialize)]
pub struct AuthorityView {
    /// Preferred name.
    pub name: String,
    /// Whether it is a person.
    pub person: bool,
    /// Other forms of the name.
    pub forms: Vec<String>,
    /// Acronym.
    pub acronym: Option<String>,
    /// Country of its seat.
    pub country: Option<String>,
    /// Dates of existence.
    pub dates: Option<DateView>,
    /// Its web site.
    pub website: Option<String>,
    /// Numbers in other authority files.
    pub identifiers: Vec<IdentifierView>,
    /// The record's text, HTML.
    pub text: Html,
    /// Who or what it is, in a sentence of its record.
    pub description: Option<String>,
    /// Languages of what is not translated.
    pub langs: TextLanguages,
    /// The body that it is a part of.
    pub part_of: Option<Link>,
    /// The bodies that are parts of it.
    pub parts: Vec<Link>,
    /// The bodies that it took the place of.
    pub predecessors: Vec<Link>,
    /// The bodies that took its place.
    pub successors: Vec<Link>,
    /// URL of its record in EAC-CPF.
    pub eac: Option<String>,
    /// The units of the arrangement that it made or gathered.
    pub collections: Vec<Link>,
    /// The years of its documents: "2006–2018".
    pub years_text: Option<String>,
    /// Number of documents in words.
    pub count_text: String,
    /// Documents by role.
    pub roles: Vec<RoleView>,
    /// The pages of the documents, if there is more than one.
    pub pager: Option<Pager>,
    /// Documents per year.
    pub timeline: Option<Shared<Timeline>>,
    /// To whom it wrote and from whom it heard, most often first.
    pub correspondents: Vec<CorrespondentView>,
    /// How many correspondents are not named there, in words, with a way to all of them.
    pub correspondents_more: Option<Link>,
    /// Who appears as author or signatory of several of the same documents, most often first.
    pub cosigners: Vec<Count>,
    /// How many of those are not named there, in words, with a way to all of them.
    pub cosigners_more: Option<Link>,
    /// For an organization: people who act for it; for a person: organizations that it acts for.
    pub affiliations: Vec<Count>,
    /// URL of its feed.
    pub feed: Option<String>,
    /// `[extra]` of the record.
    pub extra: Map<String, Value>,
}

/// Somebody to whom another one wrote, or from whom it heard.
#[derive(Debug, Clone, Serialize)]
pub struct CorrespondentView {
    /// The name.
    pub name: String,
    /// Where it leads.
    pub url: String,
    /// How many documents went to it.
    pub sent: usize,
    /// How many came from it.
    pub received: usize,
    /// Both numbers in words: "3 to, 1 from".
    pub text: String,
}

/// A number in another authority file.
#[derive(Debug, Clone, Serialize)]
pub struct IdentifierView {
    /// Name of the authority file.
    pub scheme: String,
    /// The number.
    pub value: String,
    /// Where the authority file shows it.
    pub url: Option<String>,
}

/// The documents in which somebody plays a role.
#[derive(Debug, Clone, Serialize)]
pub struct RoleView {
    /// `creator`, `signatory`, `recipient` or `copied`.
    pub role: &'static str,
    /// The role in words.
    pub name: String,
    /// How many documents in all, as it is written.
    pub number: String,
    /// The documents of this page, newest first.
    pub documents: Vec<Listed>,
}

/// `list`: names, in the order of the alphabet, by first letter.
#[derive(Debug, Clone, Serialize)]
pub struct NameListView {
    /// How many names, in words.
    pub count_text: String,
    /// By first letter.
    pub letters: Vec<LetterView>,
    /// The organizations that documents join, as a picture; none for people.
    pub network: Option<Network>,
}

/// The names that begin with a letter.
#[derive(Debug, Clone, Serialize)]
pub struct LetterView {
    /// The letter.
    pub letter: String,
    /// Id of its heading.
    pub id: String,
    /// The names.
    pub names: Vec<Count>,
}
