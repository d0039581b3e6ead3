//! A citation as CSL-JSON 1.0.2.

use serde_json::{Value, json};

use super::date::{Manner, written};
use super::{Author, Citation};
use crate::content::name::Parts;
use crate::edtf::{DateShape, EdtfDate, IntervalEnd, PartialDate};

impl Citation {
    /// As a CSL-JSON list of one item.
    pub fn csl(&self) -> Value {
        json!([self.csl_item()])
    }

    /// As an item of a CSL-JSON list.
    pub fn csl_item(&self) -> Value {
        let kind = match self.zotero.as_str() {
            "letter" | "email" => "personal_communication",
            "interview" => "interview",
            "case" => "legal_case",
            "report" => "report",
            "magazineArticle" => "article-magazine",
            _ => "document",
        };
        let mut item = json!({
            "id": self.slug, "type": kind, "title": self.title, "genre": self.kind,
            "language": self.language, "archive": self.archive,
        });
        let mut set = |key: &str, value: Option<Value>| {
            if let Some(value) = value {
                item[key] = value;
            }
        };
        set("URL", self.url.as_deref().map(Value::from));
        set("author", names(&self.authors));
        set("recipient", names(&self.recipients));
        set("number", self.number.as_deref().map(Value::from));
        set("authority", self.court().map(Value::from));
        set("publisher-place", self.place.as_deref().map(Value::from));
        set("issued", self.date.as_ref().map(date));
        item
    }
}

fn names(authors: &[Author]) -> Option<Value> {
    let name = |author: &Author| match author.parts() {
        Some(Parts { family, given, suffix: None }) => json!({ "family": family, "given": given }),
        Some(Parts { family, given, suffix }) => {
            json!({ "family": family, "given": given, "suffix": suffix })
        }
        None => json!({ "literal": author.name() }),
    };
    (!authors.is_empty()).then(|| authors.iter().map(name).collect())
}

/// One date or a span as numbers, marked when it is less than certain; else in words.
fn date(date: &EdtfDate) -> Value {
    let parts = match date.shape() {
        DateShape::Single(one) => numbers(&one).map(|one| vec![one]),
        DateShape::Interval(IntervalEnd::Date(start), IntervalEnd::Date(end)) => {
            numbers(&start).zip(numbers(&end)).map(|(start, end)| vec![start, end])
        }
        _ => None,
    };
    let Some(parts) = parts else {
        return json!({ "literal": written(date, Manner::Chicago) });
    };
    let mut issued = json!({ "date-parts": parts });
    if date.as_str().contains(['~', '?', '%']) {
        issued["circa"] = true.into();
    }
    issued
}

/// Year, month and day as far as they are known; none if digits of the year are not.
fn numbers(date: &PartialDate) -> Option<Vec<i32>> {
    let mut parts = vec![date.year.parse().ok()?];
    let month = date.month.filter(|m| *m <= 12);
    parts.extend(month.map(i32::from));
    parts.extend(date.day.filter(|_| month.is_some()).map(i32::from));
    Some(parts)
}
