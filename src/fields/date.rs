//! EDTF dates, however a file writes them.

use toml::de::DeValue;

use super::{Fields, Placed, Shape};
use crate::diagnostic::Diagnostic;
use crate::edtf::EdtfDate;

impl Fields<'_, '_> {
    /// An EDTF date, written as a text, a TOML date or a bare year.
    pub fn date(&self, key: &'static str) -> Option<EdtfDate> {
        self.placed_date(key).map(|date| date.value)
    }

    /// An EDTF date with its place.
    pub fn placed_date(&self, key: &'static str) -> Option<Placed<EdtfDate>> {
        let value = self.value(key, Shape::Date)?;
        let text = match value.get_ref() {
            DeValue::String(s) => day_of(s).to_owned(),
            DeValue::Integer(i) => i.as_str().to_owned(),
            DeValue::Datetime(d) => day_of(&d.to_string()).to_owned(),
            _ => {
                self.wrong_type(key, value, DATE_FORMS, "\"2008-11-19\"");
                return None;
            }
        };
        if text.trim().is_empty() {
            return None;
        }
        match text.parse() {
            Err(_) if !self.is_told() => None,
            Ok(date) => Some(Placed { value: date, range: self.place(value) }),
            Err(error) => {
                let suggestion = suggest_date(&text).unwrap_or_else(|| "2008-11-19".to_owned());
                let d = Diagnostic::error_at(
                    self.source,
                    self.place(value),
                    format!("`{text}` is not an EDTF date"),
                );
                self.report.push(
                    d.note(error.to_string())
                        .expected(DATE_FORMS)
                        .help(format!("write `{key} = \"{suggestion}\"`")),
                );
                None
            }
        }
    }
}

const DATE_FORMS: &str = "a date such as `2008-11-19`, `2008-11`, `2008~` or `2007/2008`";

/// The day of a time such as `2015-03-18T16:03:12-07:00`, which other generators write; any other text
/// as it is.
fn day_of(text: &str) -> &str {
    let is_day = |day: &str| {
        day.len() == 10
            && day
                .char_indices()
                .all(|(i, c)| if i == 4 || i == 7 { c == '-' } else { c.is_ascii_digit() })
    };
    let is_time = |time: &str| {
        time.len() >= 5 && time.starts_with(|c: char| c.is_ascii_digit()) && time[1..].contains(':')
    };
    match text.split_once(['T', 't', ' ']) {
        Some((day, time)) if is_day(day) && is_time(time) => day,
        _ => text,
    }
}

/// The EDTF form of a day written in English words, to offer as a remedy.
fn suggest_date(text: &str) -> Option<String> {
    const MONTHS: [&str; 12] =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let words: Vec<String> = text
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect();
    let month = words.iter().find_map(|w| {
        MONTHS.iter().position(|m| w.len() >= 3 && w.starts_with(m)).map(|i| i + 1)
    })?;
    let year =
        words.iter().find(|w| w.len() == 4 && w.parse::<u16>().is_ok())?.parse::<u16>().ok()?;
    let day = words.iter().filter(|w| w.len() <= 2).find_map(|w| w.parse::<u8>().ok());
    let suggestion = match day {
        Some(day) => format!("{year:04}-{month:02}-{day:02}"),
        None => format!("{year:04}-{month:02}"),
    };
    suggestion.parse::<EdtfDate>().ok().map(|d| d.to_string())
}
