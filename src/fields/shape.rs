//! The keys that a reader knows, and what their values are: the reader itself, run on nothing.
//!
//! So what `fonds schema` says of a file's keys cannot differ from what is read of it.

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::rc::Rc;

use toml::de::DeTable;

use super::{Fields, Mode};
use crate::diagnostic::{Report, SourceText};

/// A key that a reader knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Its name.
    pub name: &'static str,
    /// What its value is.
    pub shape: Shape,
    /// Whether it is understood for the sake of files of other generators only.
    pub foreign: bool,
    /// What it means.
    pub words: Words,
}

/// What a key means; known while keys are described only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    /// The comment on the field of a `record!`, or what its reader says.
    pub text: &'static str,
    /// A keyword of JSON Schema and its value as JSON, for what the type does not show.
    pub rule: Option<(&'static str, Cow<'static, str>)>,
}

/// What a key's value is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Shape {
    /// A text.
    Text,
    /// A truth value.
    Truth,
    /// A whole number.
    Integer,
    /// A list of texts, or one text.
    Texts,
    /// A list of whole numbers.
    Integers,
    /// An EDTF date, as a text, a TOML date or a year.
    Date,
    /// A table with these keys.
    Table(Vec<Key>),
    /// A text, or a table with these keys.
    TextOrTable(Vec<Key>),
    /// A list of tables with these keys, or one such table.
    Tables(Vec<Key>),
    /// A table whose keys are the user's own, each of them a table with these keys.
    NamedTables(Vec<Key>),
    /// A table of anything.
    Anything,
    /// Anything.
    Any,
}

/// Tells which keys a reader asks for, in its order, each once.
///
/// A reader must ask for every key that it knows whatever the table holds.
pub fn describe<T>(read: impl FnOnce(&Fields<'_, '_>) -> T) -> Vec<Key> {
    on_nothing(Mode::Describe, |fields| drop(read(fields))).1
}

/// What a reader makes of a table without keys: every default.
pub fn nothing<T>(read: impl FnOnce(&Fields<'_, '_>) -> T) -> T {
    on_nothing(Mode::Toml, read).0
}

fn on_nothing<T>(mode: Mode, read: impl FnOnce(&Fields<'_, '_>) -> T) -> (T, Vec<Key>) {
    let (table, report) = (DeTable::new(), Report::new());
    let fields = Fields {
        source: SourceText { path: "", text: "" },
        offset: 0,
        name: String::new(),
        table: &table,
        known: RefCell::default(),
        foreign: Cell::new(false),
        words: Cell::default(),
        report: &report,
        mode,
        faults: Rc::default(),
    };
    let value = read(&fields);
    (value, fields.into_known())
}

impl<'a, 'i> Fields<'a, 'i> {
    /// Notes a key whose value holds other keys, those that `read` asks for.
    pub(super) fn describe_inner(
        &self,
        key: &'static str,
        shape: fn(Vec<Key>) -> Shape,
        read: impl FnOnce(&Fields<'a, 'i>),
    ) {
        let inner = Fields {
            source: self.source,
            offset: 0,
            name: String::new(),
            table: self.table,
            known: RefCell::default(),
            foreign: Cell::new(false),
            words: Cell::default(),
            report: self.report,
            mode: Mode::Describe,
            faults: Rc::default(),
        };
        read(&inner);
        self.know(key, shape(inner.into_known()));
    }

    fn into_known(self) -> Vec<Key> {
        let mut known: Vec<Key> = Vec::new();
        for key in self.known.into_inner() {
            if !known.iter().any(|other| other.name == key.name) {
                known.push(key);
            }
        }
        known
    }
}
