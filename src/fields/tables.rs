//! Tables in a table, each read by a reader of its own, and values of any shape.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use serde_json::Value as Json;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::{Fields, Mode, Placed, Shape};

impl<'a, 'i> Fields<'a, 'i> {
    /// A table.
    pub fn table<T>(
        &self,
        key: &'static str,
        read: impl FnOnce(&Fields<'a, 'i>) -> T,
    ) -> Option<T> {
        if self.mode == Mode::Describe {
            self.describe_inner(key, Shape::Table, |fields| drop(read(fields)));
            return None;
        }
        let value = self.value(key, Shape::Table(Vec::new()))?;
        let Some(table) = value.get_ref().as_table() else {
            self.wrong_type(key, value, "a table", "{ … }");
            return None;
        };
        Some(self.inner(key, table, read))
    }

    /// A table, or a text in its place.
    pub fn text_or_table<T>(
        &self,
        key: &'static str,
        of_text: impl FnOnce(Placed<String>) -> T,
        read: impl FnOnce(&Fields<'a, 'i>) -> T,
    ) -> Option<T> {
        if self.mode == Mode::Describe {
            self.describe_inner(key, Shape::TextOrTable, |fields| drop(read(fields)));
            return None;
        }
        let value = self.value(key, Shape::TextOrTable(Vec::new()))?;
        match value.get_ref() {
            DeValue::String(text) => Some(of_text(self.plain(key, text, self.place(value)))),
            DeValue::Table(table) => Some(self.inner(key, table, read)),
            _ => {
                self.wrong_type(key, value, "a text in quotes, or a table", "\"…\"");
                None
            }
        }
    }

    /// A list of tables; a single table counts as a list of one.
    pub fn tables<T>(
        &self,
        key: &'static str,
        read: impl FnMut(&Fields<'a, 'i>, Range<usize>) -> T,
    ) -> Vec<T> {
        self.tables_or(key, |_| "[ { … }, { … } ]".to_owned(), read)
    }

    /// The same; `instead` gives what to write in place of a text.
    pub fn tables_or<T>(
        &self,
        key: &'static str,
        instead: impl Fn(&str) -> String,
        mut read: impl FnMut(&Fields<'a, 'i>, Range<usize>) -> T,
    ) -> Vec<T> {
        if self.mode == Mode::Describe {
            self.describe_inner(key, Shape::Tables, |fields| drop(read(fields, 0..0)));
            return Vec::new();
        }
        let Some(value) = self.value(key, Shape::Tables(Vec::new())) else { return Vec::new() };
        let items: Vec<&'a Spanned<DeValue<'i>>> = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        // Most are kept as long as the archive.
        let mut read_tables = Vec::with_capacity(items.len());
        for item in items {
            match item.get_ref().as_table() {
                Some(table) => read_tables
                    .push(self.inner(key, table, |fields| read(fields, self.place(item)))),
                None => {
                    let example = instead(item.get_ref().as_str().unwrap_or("…"));
                    self.wrong_type(key, item, "a list of tables", &example);
                }
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
        if self.mode == Mode::Describe {
            self.describe_inner(key, Shape::NamedTables, |fields| drop(read("", fields)));
            return Vec::new();
        }
        let Some(value) = self.value(key, Shape::NamedTables(Vec::new())) else {
            return Vec::new();
        };
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
            foreign: Cell::new(self.foreign.get()),
            words: Cell::default(),
            report: self.report,
            mode: self.mode,
            faults: Rc::clone(&self.faults),
        };
        let value = read(&fields);
        fields.finish();
        value
    }

    /// A value of any type, as JSON; dates become texts.
    pub fn any(&self, key: &'static str) -> Option<Json> {
        self.value(key, Shape::Any).map(|value| self.to_json(key, value))
    }

    /// The same with its place.
    pub fn any_placed(&self, key: &'static str) -> Option<Placed<Json>> {
        let value = self.value(key, Shape::Any)?;
        Some(Placed { value: self.to_json(key, value), range: self.place(value) })
    }

    /// A table of anything, as JSON; dates become texts.
    pub fn anything(&self, key: &'static str) -> serde_json::Map<String, Json> {
        match self.value(key, Shape::Anything).map(|value| self.to_json(key, value)) {
            Some(Json::Object(map)) => map,
            _ => serde_json::Map::new(),
        }
    }

    fn to_json(&self, key: &str, value: &Spanned<DeValue<'i>>) -> Json {
        match value.get_ref() {
            DeValue::String(text) => Json::String(self.plain(key, text, self.place(value)).value),
            DeValue::Integer(i) => i64::from_str_radix(&i.as_str().replace('_', ""), i.radix())
                .map_or(Json::Null, Json::from),
            DeValue::Float(f) => f.as_str().parse::<f64>().map_or(Json::Null, Json::from),
            DeValue::Boolean(b) => Json::Bool(*b),
            DeValue::Datetime(d) => Json::String(d.to_string()),
            DeValue::Array(items) => items.iter().map(|item| self.to_json(key, item)).collect(),
            DeValue::Table(table) => {
                let entries = table.iter().map(|(name, item)| {
                    let place = name.span().start + self.offset..name.span().end + self.offset;
                    (self.plain(key, name.get_ref(), place).value, self.to_json(key, item))
                });
                Json::Object(entries.collect())
            }
        }
    }
}
