//! A citation as a RIS record.
//!
//! Source: the RIS format of Research Information Systems as Zotero's `RIS.js` reads it: which tag
//! means what depends on the type, and a tag that the type does not have becomes a note.

use std::borrow::Cow;

use super::date::{Manner, season, written};
use super::{Author, Citation};
use crate::edtf::{DateShape, EdtfDate};

impl Citation {
    /// As a RIS record; lines end with CR LF.
    pub fn ris(&self) -> String {
        let mut out = String::new();
        let mut line = |tag: &str, value: &str| {
            let mut words = value.split_whitespace();
            if let Some(first) = words.next() {
                out.extend([tag, "  - ", first]);
                out.extend(words.flat_map(|word| [" ", word]));
                out.push_str("\r\n");
            }
        };
        let letter = matches!(self.ris.as_str(), "PCOMM" | "ICOMM");
        line("TY", &self.ris);
        line("TI", &self.title);
        for author in &self.authors {
            line("AU", &name(author));
        }
        for recipient in self.recipients.iter().filter(|_| letter) {
            line("A2", &name(recipient));
        }
        for (tag, value) in self.date.as_ref().map(date).unwrap_or_default() {
            line(tag, &value);
        }
        line("CY", self.place.as_deref().unwrap_or_default());
        match self.ris.as_str() {
            "RPRT" => line("PB", self.institution()),
            "CASE" => line("PB", self.court().unwrap_or_default()),
            "ELEC" => line("T2", &self.archive),
            _ => {}
        }
        line("M3", &self.kind);
        let number = match self.ris.as_str() {
            "RPRT" => "SN",
            "CASE" => "SV",
            _ => "AN",
        };
        line(number, self.number.as_deref().unwrap_or_default());
        line("DB", &self.archive);
        line("LA", &self.language);
        line("UR", self.url.as_deref().unwrap_or_default());
        out.push_str("ER  - \r\n");
        out
    }
}

/// A comma splits a name, and one without is an institution's: it is dropped from names that stay whole.
fn name(author: &Author) -> String {
    author.inverted().map_or_else(|| author.name().replace(',', ""), Cow::into_owned)
}

/// Year, and `YYYY/MM/DD/other`; a date that is no single day goes into a note.
fn date(date: &EdtfDate) -> Vec<(&'static str, String)> {
    let (Some((year, month, day)), DateShape::Single(shape)) = (date.stated(), date.shape()) else {
        return vec![("N1", format!("Date: {}", written(date, Manner::Chicago)))];
    };
    let two = |n: Option<u8>| n.map(|n| format!("{n:02}")).unwrap_or_default();
    let doubt = match (shape.approximate, shape.uncertain) {
        (true, _) => "circa",
        (false, true) => "uncertain",
        (false, false) => shape.month.and_then(season).unwrap_or_default(),
    };
    let full = format!("{year:04}/{}/{}/{doubt}", two(month), two(day));
    vec![("PY", format!("{year:04}")), ("DA", full)]
}
