//! EDTF dates, however a file writes them.

mod suggestion;

use toml::de::DeValue;

use super::{Fields, Mode, Placed, Shape};
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
                let mut help = match suggestion::of(&text) {
                    Some(date) => format!("write `{key} = \"{date}\"`, if that is what you mean"),
                    None => format!("write the date so, or remove `{key}` if it is not known"),
                };
                if self.mode == Mode::Yaml {
                    help = help.replace(" = ", ": ");
                }
                let d = Diagnostic::error_at(
                    self.source,
                    self.place(value),
                    format!("`{text}` is not an EDTF date"),
                );
                self.report.push(d.note(error.to_string()).expected(DATE_FORMS).help(help));
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
