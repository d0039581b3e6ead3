//! Drawings: the organizations that documents join, and documents per year.

use serde::Serialize;

use super::common::{DocumentItem, Link};

/// Organizations and the documents that join them, as a drawing in its own units.
#[derive(Debug, Clone, Serialize)]
pub struct Network {
    /// Width of the drawing.
    pub width: usize,
    /// Height of the drawing.
    pub height: usize,
    /// What it shows, in words.
    pub label: String,
    /// A line from each document to each organization that it names.
    pub lines: Vec<NetworkLine>,
    /// Organizations, most joined first, then documents.
    pub nodes: Vec<NetworkNode>,
    /// What lines say, the strongest bond first: only what some line says.
    pub roles: Vec<NetworkRole>,
    /// The same as a table: each document with the organizations that it names.
    pub rows: Vec<NetworkRow>,
}

/// What lines of a network say.
#[derive(Debug, Clone, Serialize)]
pub struct NetworkRole {
    /// `creator`, `signatory`, `recipient` or `copied`.
    pub role: &'static str,
    /// The same in words.
    pub name: String,
}

/// A document of a network and the organizations that it names.
#[derive(Debug, Clone, Serialize)]
pub struct NetworkRow {
    /// The number that the drawing gives it.
    pub number: usize,
    /// The document.
    pub document: DocumentItem,
    /// The organizations of each of the four roles, the strongest bond first.
    pub roles: Vec<NetworkCell>,
}

/// The organizations that have one role in a document.
#[derive(Debug, Clone, Serialize)]
pub struct NetworkCell {
    /// `creator`, `signatory`, `recipient` or `copied`.
    pub role: &'static str,
    /// Their names, in the order of the document.
    pub organizations: Vec<Link>,
    /// How many more there are, in words.
    pub more: Option<String>,
}

/// A line of a network.
#[derive(Debug, Clone, Serialize)]
pub struct NetworkLine {
    /// Where it begins, from the left.
    pub x1: usize,
    /// Where it begins, from the top.
    pub y1: usize,
    /// Where it ends, from the left.
    pub x2: usize,
    /// Where it ends, from the top.
    pub y2: usize,
    /// What the organization did: `creator`, `signatory`, `recipient` or `copied`.
    pub role: &'static str,
}

/// A point of a network.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NetworkNode {
    /// Name of the organization, or title of the document.
    pub name: String,
    /// Where it leads.
    pub url: Option<String>,
    /// From the left.
    pub x: usize,
    /// From the top.
    pub y: usize,
    /// Radius.
    pub radius: usize,
    /// Whether it is a document.
    pub document: bool,
    /// The number of a document in the table.
    pub number: Option<usize>,
    /// How many organizations one point shows; 0 if it is a single one, or a document.
    pub several: usize,
    /// How many lines it has.
    pub degree: usize,
    /// `start`, `middle` or `end`, if its name is written beside it.
    pub anchor: Option<&'static str>,
    /// Where its name is, from the left.
    pub label_x: usize,
    /// Where its name is, from the top.
    pub label_y: usize,
    /// The name as it is written there.
    pub short: String,
}

/// Documents per year as bars, in units of the drawing.
#[derive(Debug, Clone, Serialize)]
pub struct Timeline {
    /// Width of the drawing.
    pub width: usize,
    /// Height of the drawing.
    pub height: usize,
    /// Height of the base of the bars.
    pub baseline: usize,
    /// What it shows, in words.
    pub label: String,
    /// The bars, oldest first.
    pub bars: Vec<Bar>,
}

/// A year, or several, in a timeline.
#[derive(Debug, Clone, Serialize)]
pub struct Bar {
    /// The year, or the first and the last of several.
    pub name: String,
    /// A short name, for narrow screens; of a month only.
    pub short: Option<String>,
    /// The year and its number of documents, in words; empty if there are none.
    pub label: String,
    /// Where it leads.
    pub url: Option<String>,
    /// How many documents.
    pub count: usize,
    /// Left edge.
    pub x: usize,
    /// Upper edge.
    pub y: usize,
    /// Width.
    pub width: usize,
    /// Height.
    pub height: usize,
    /// Middle, for its name.
    pub middle: usize,
    /// Whether its name is shown.
    pub named: bool,
}
