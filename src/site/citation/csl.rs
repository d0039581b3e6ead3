//! A citation as CSL-JSON 1.0.2.

use serde::Serialize;

use super::date::{Manner, written};
use super::{Author, Citation};
use crate::content::name::Parts;
use crate::edtf::{DateShape, EdtfDate, IntervalEnd, PartialDate};

/// An item of CSL-JSON, which borrows what it says: lists hold each document many times. Keys are in order.
#[derive(Debug, Serialize)]
pub struct CslItem<'a> {
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    archive: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Name<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    authority: Option<&'a str>,
    genre: &'a str,
    id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Issued>,
    language: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    number: Option<&'a str>,
    #[serde(rename = "publisher-place", skip_serializing_if = "Option::is_none")]
    place: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    recipient: Vec<Name<'a>>,
    title: &'a str,
    #[serde(rename = "type")]
    kind: &'static str,
}

/// A name, taken apart where an authority record says how.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Name<'a> {
    Parts {
        family: &'a str,
        given: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        suffix: Option<&'a str>,
    },
    Literal {
        literal: &'a str,
    },
}

/// One date or a span as numbers, marked when it is less than certain; else in words.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Issued {
    Numbers {
        #[serde(skip_serializing_if = "std::ops::Not::not")]
        circa: bool,
        #[serde(rename = "date-parts")]
        parts: Vec<Vec<i32>>,
        /// 1 for spring to 4 for winter.
        #[serde(skip_serializing_if = "Option::is_none")]
        season: Option<u8>,
    },
    Words {
        literal: String,
    },
}

impl Citation {
    /// As an item of CSL-JSON; a file of them is a list.
    pub fn csl(&self) -> CslItem<'_> {
        CslItem {
            url: self.url.as_deref(),
            archive: &self.archive,
            author: self.authors.iter().map(name).collect(),
            authority: self.court(),
            genre: &self.kind,
            id: &self.slug,
            issued: self.date.as_ref().map(issued),
            language: &self.language,
            number: self.number.as_deref(),
            place: self.place.as_deref(),
            recipient: self.recipients.iter().map(name).collect(),
            title: &self.title,
            kind: match self.zotero.as_str() {
                "letter" | "email" => "personal_communication",
                "interview" => "interview",
                "case" => "legal_case",
                "report" => "report",
                "magazineArticle" => "article-magazine",
                _ => "document",
            },
        }
    }
}

/// A file of CSL-JSON.
pub fn csl_file(items: &[CslItem<'_>]) -> String {
    let list = serde_json::to_string(items).expect("texts and numbers can be written as JSON");
    list + "\n"
}

fn name(author: &Author) -> Name<'_> {
    match author.parts() {
        Some(Parts { family, given, suffix }) => Name::Parts { family, given, suffix },
        None => Name::Literal { literal: author.name() },
    }
}

fn issued(date: &EdtfDate) -> Issued {
    let parts = match date.shape() {
        DateShape::Single(one) => numbers(&one).map(|one| vec![one]),
        DateShape::Interval(IntervalEnd::Date(start), IntervalEnd::Date(end)) => {
            numbers(&start).zip(numbers(&end)).map(|(start, end)| vec![start, end])
        }
        _ => None,
    };
    let season = match date.shape() {
        DateShape::Single(one) => {
            one.month.and_then(|code| code.checked_sub(20)).filter(|n| (1..=4).contains(n))
        }
        _ => None,
    };
    let circa = date.as_str().contains(['~', '?', '%']);
    match parts {
        Some(parts) => Issued::Numbers { circa, parts, season },
        None => Issued::Words { literal: written(date, Manner::Chicago) },
    }
}

/// Year, month and day as far as they are known; none if digits of the year are not.
fn numbers(date: &PartialDate) -> Option<Vec<i32>> {
    let mut parts = vec![date.year.parse().ok()?];
    let month = date.month.filter(|m| *m <= 12);
    parts.extend(month.map(i32::from));
    parts.extend(date.day.filter(|_| month.is_some()).map(i32::from));
    Some(parts)
}
