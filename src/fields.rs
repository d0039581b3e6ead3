//! Reads a TOML table key by key and reports every fault in it with its place: a value of the wrong
//! type, and, at the end, each key that nobody asked for, with the nearest one that exists.
//!
//! Used for front matter and for `config.toml`; knows nothing of what the keys mean.

use std::cell::RefCell;
use std::ops::Range;

use serde_json::Value as Json;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Diagnostic, Report, SourceText, nearest};
use crate::edtf::EdtfDate;

/// One table of a TOML text, read key by key.
pub struct Fields<'a, 'i> {
    source: SourceText<'a>,
    /// Where the TOML starts in the file's text, in bytes.
    offset: usize,
    /// Name of the table as users write it, empty for the top level.
    name: String,
    table: &'a DeTable<'i>,
    known: RefCell<Vec<&'static str>>,
    report: &'a Report,
}

/// A value with the byte range in its file that it was written in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it stands in the file, in bytes.
    pub range: Range<usize>,
}

/// Parses the TOML that stands at `range` in a file and hands its top level to `read`.
///
/// Every syntax fault is reported; the keys that can be understood are read all the same, so that
/// one run tells every fault.
pub fn read<T>(
    source: SourceText<'_>,
    range: Range<usize>,
    report: &Report,
    read: impl FnOnce(&Fields<'_, '_>) -> T,
) -> T {
    let (table, errors) = DeTable::parse_recoverable(&source.text[range.clone()]);
    for error in errors {
        let at = error.span().unwrap_or(0..0);
        let at = at.start + range.start..at.end + range.start;
        report.push(
            Diagnostic::error_at(source, at, one_line(error.message()))
                .expected("TOML: `key = \"value\"`, one on each line")
                .help("see https://toml.io; text values stand in quotes"),
        );
    }
    let fields = Fields {
        source,
        offset: range.start,
        name: String::new(),
        table: table.get_ref(),
        known: RefCell::default(),
        report,
    };
    let value = read(&fields);
    fields.finish();
    value
}

fn one_line(message: &str) -> String {
    message.split_whitespace().collect::<Vec<_>>().join(" ")
}

impl<'a, 'i> Fields<'a, 'i> {
    fn value(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'i>>> {
        self.known.borrow_mut().push(key);
        self.table.get(key)
    }

    fn place(&self, value: &Spanned<DeValue<'i>>) -> Range<usize> {
        value.span().start + self.offset..value.span().end + self.offset
    }

    /// Reports a fault at a place of this file.
    pub fn fault(
        &self,
        range: Range<usize>,
        message: impl Into<String>,
        expected: impl Into<String>,
        help: impl Into<String>,
    ) {
        let d = Diagnostic::error_at(self.source, range, message);
        self.report.push(d.expected(expected).help(help));
    }

    fn wrong_type(&self, key: &str, value: &Spanned<DeValue<'i>>, expected: &str, example: &str) {
        let found = value.get_ref().type_str();
        self.fault(
            self.place(value),
            format!("`{key}` is {} {found}", article(found)),
            expected,
            format!("write `{key} = {example}`"),
        );
    }

    /// A text with its place.
    pub fn placed(&self, key: &'static str) -> Option<Placed<String>> {
        let value = self.value(key)?;
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(key, value, "a text in quotes", "\"…\"");
            return None;
        };
        Some(Placed { value: text.to_owned(), range: self.place(value) })
    }

    /// A text; one of white space only counts as absent.
    pub fn string(&self, key: &'static str) -> Option<String> {
        self.placed(key).map(|p| p.value).filter(|s| !s.trim().is_empty())
    }

    /// A truth value.
    pub fn boolean(&self, key: &'static str) -> Option<bool> {
        let value = self.value(key)?;
        let found = value.get_ref().as_bool();
        if found.is_none() {
            self.wrong_type(key, value, "`true` or `false`, without quotes", "true");
        }
        found
    }

    /// A whole number.
    pub fn integer(&self, key: &'static str) -> Option<i64> {
        let value = self.value(key)?;
        let found = value
            .get_ref()
            .as_integer()
            .and_then(|i| i64::from_str_radix(&i.as_str().replace('_', ""), i.radix()).ok());
        if found.is_none() {
            self.wrong_type(key, value, "a whole number, without quotes", "1");
        }
        found
    }

    /// A list of texts; a single text counts as a list of one.
    pub fn strings(&self, key: &'static str) -> Vec<String> {
        self.placed_strings(key).into_iter().map(|p| p.value).collect()
    }

    /// A list of texts with their places; a single text counts as a list of one.
    pub fn placed_strings(&self, key: &'static str) -> Vec<Placed<String>> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let items: Vec<&Spanned<DeValue<'i>>> = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        let mut texts = Vec::new();
        for item in items {
            match item.get_ref().as_str() {
                Some(s) => {
                    texts.push(Placed { value: s.to_owned(), range: self.place(item) });
                }
                None => {
                    self.wrong_type(key, item, "a list of texts in quotes", "[\"…\", \"…\"]");
                }
            }
        }
        texts
    }

    /// A list of whole numbers.
    pub fn integers(&self, key: &'static str) -> Option<Placed<Vec<i64>>> {
        let value = self.value(key)?;
        let numbers = value.get_ref().as_array().and_then(|items| {
            items
                .iter()
                .map(|item| {
                    item.get_ref().as_integer().and_then(|i| i.as_str().parse::<i64>().ok())
                })
                .collect::<Option<Vec<i64>>>()
        });
        if numbers.is_none() {
            self.wrong_type(key, value, "a list of whole numbers", "[1, 20]");
        }
        Some(Placed { value: numbers?, range: self.place(value) })
    }

    /// An EDTF date, written as a text, a TOML date or a bare year.
    pub fn date(&self, key: &'static str) -> Option<EdtfDate> {
        let value = self.value(key)?;
        let text = match value.get_ref() {
            DeValue::String(s) => s.to_string(),
            DeValue::Integer(i) => i.as_str().to_owned(),
            DeValue::Datetime(d) => d.to_string(),
            _ => {
                self.wrong_type(key, value, DATE_FORMS, "\"2008-11-19\"");
                return None;
            }
        };
        if text.trim().is_empty() {
            return None;
        }
        match text.parse() {
            Ok(date) => Some(date),
            Err(error) => {
                let date_part = text.split(['T', ' ']).next().unwrap_or_default();
                let suggestion = suggest_date(&text).unwrap_or_else(|| {
                    if date_part.parse::<EdtfDate>().is_ok() {
                        date_part.to_owned()
                    } else {
                        "2008-11-19".to_owned()
                    }
                });
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

    /// A table.
    pub fn table<T>(
        &self,
        key: &'static str,
        read: impl FnOnce(&Fields<'a, 'i>) -> T,
    ) -> Option<T> {
        let value = self.value(key)?;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(key, value, "a table", "{ … }");
            return None;
        };
        Some(self.inner(key, table, read))
    }

    /// A list of tables; a single table counts as a list of one.
    pub fn tables<T>(
        &self,
        key: &'static str,
        mut read: impl FnMut(&Fields<'a, 'i>, Range<usize>) -> T,
    ) -> Vec<T> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let items: Vec<&'a Spanned<DeValue<'i>>> = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        let mut read_tables = Vec::new();
        for item in items {
            match item.get_ref().as_table() {
                Some(table) => read_tables
                    .push(self.inner(key, table, |fields| read(fields, self.place(item)))),
                None => self.wrong_type(key, item, "a list of tables", "[ { … }, { … } ]"),
            }
        }
        read_tables
    }

    /// A table whose keys are the user's own, each of them a table: `[kinds.decree]`.
    pub fn named_tables<T>(
        &self,
        key: &'static str,
        mut read: impl FnMut(&str, &Fields<'a, 'i>) -> T,
    ) -> Vec<T> {
        let Some(value) = self.value(key) else { return Vec::new() };
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(key, value, "a table of tables", "{ name = { … } }");
            return Vec::new();
        };
        let mut read_tables = Vec::new();
        for (name, item) in table.iter() {
            match item.get_ref().as_table() {
                Some(inner) => read_tables
                    .push(self.inner(key, inner, |fields| read(name.get_ref().as_ref(), fields))),
                None => {
                    self.wrong_type(name.get_ref().as_ref(), item, "a table", "{ … }");
                }
            }
        }
        read_tables
    }

    fn inner<T>(
        &self,
        key: &str,
        table: &'a DeTable<'i>,
        read: impl FnOnce(&Fields<'a, 'i>) -> T,
    ) -> T {
        let name =
            if self.name.is_empty() { key.to_owned() } else { format!("{}.{key}", self.name) };
        let fields = Fields {
            source: self.source,
            offset: self.offset,
            name,
            table,
            known: RefCell::default(),
            report: self.report,
        };
        let value = read(&fields);
        fields.finish();
        value
    }

    /// A table of anything, as JSON; dates become texts.
    pub fn anything(&self, key: &'static str) -> serde_json::Map<String, Json> {
        match self.value(key).map(|v| to_json(v.get_ref())) {
            Some(Json::Object(map)) => map,
            _ => serde_json::Map::new(),
        }
    }

    /// Whether the table has the key.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// The file's text and path.
    pub fn source(&self) -> SourceText<'a> {
        self.source
    }

    /// The file's report.
    pub fn report(&self) -> &'a Report {
        self.report
    }

    fn finish(&self) {
        let known = self.known.borrow();
        for (key, _) in self.table.iter() {
            let name = key.get_ref().as_ref();
            if known.contains(&name) {
                continue;
            }
            let range = key.span().start + self.offset..key.span().end + self.offset;
            let place =
                if self.name.is_empty() { String::new() } else { format!(" in `[{}]`", self.name) };
            let help = match nearest(name, known.iter().copied()) {
                Some(near) => format!("write `{near}`, if that is what is meant"),
                None if self.name.is_empty() && known.contains(&"extra") => {
                    "put keys of your own below `[extra]`".to_owned()
                }
                None => "remove it".to_owned(),
            };
            let mut sorted = known.to_vec();
            sorted.sort_unstable();
            sorted.dedup();
            self.fault(
                range,
                format!("unknown key `{name}`{place}"),
                format!("one of {}", sorted.join(", ")),
                help,
            );
        }
    }
}

const DATE_FORMS: &str = "a date such as `2008-11-19`, `2008-11`, `2008~` or `2007/2008`";

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

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

fn to_json(value: &DeValue<'_>) -> Json {
    match value {
        DeValue::String(s) => Json::String(s.to_string()),
        DeValue::Integer(i) => i64::from_str_radix(&i.as_str().replace('_', ""), i.radix())
            .map_or(Json::Null, Json::from),
        DeValue::Float(f) => f.as_str().parse::<f64>().map_or(Json::Null, Json::from),
        DeValue::Boolean(b) => Json::Bool(*b),
        DeValue::Datetime(d) => Json::String(d.to_string()),
        DeValue::Array(items) => Json::Array(items.iter().map(|i| to_json(i.get_ref())).collect()),
        DeValue::Table(table) => Json::Object(
            table.iter().map(|(k, v)| (k.get_ref().to_string(), to_json(v.get_ref()))).collect(),
        ),
    }
}
