//! Records that are declared once: each key with its type and its meaning, from which follow the struct, how it is read
//! and written, and what `fonds schema` says of it.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::{Fields, Placed};
use crate::edtf::{Day, EdtfDate};

/// A type whose values are read alike below every key.
pub trait ReadKey: Sized {
    /// The value of a key; what is wrong with it is reported.
    fn read(fields: &Fields<'_, '_>, key: &'static str) -> Self;
}

/// A type whose values can be written below a key.
pub trait WriteKey {
    /// Appends the key with its value; nothing if there is none.
    fn write(&self, out: &mut String, key: &str);
}

/// A record that can be written as a table of TOML. Its keys are in the order in which files have them: tables last.
pub trait Table {
    /// Appends all keys that have a value.
    fn write_keys(&self, out: &mut String);
}

/// Declares a struct whose fields are keys:
///
/// ```text
/// record! {
///     written                      // if it is written, too
///     /// Who holds the documents.
///     pub struct Holder(fields) {  // who reads the keys; behind it, what else is needed to read them
///         /// Name of the archive (this is what `fonds schema` says of the key).
///         name: Option<String>,    // read as its type is: see `ReadKey`
///         /// Its web site.
///         url: Option<String> = fields.address("url"), // read in a way of its own
///     }
/// }
/// ```
macro_rules! record {
    (written $($declaration:tt)*) => {
        record!(@write $($declaration)*);
        record!($($declaration)*);
    };
    (@write
        $(#[$meta:meta])*
        pub struct $Name:ident($($given:tt)*) {
            $($(#[$attribute:meta])+ $key:ident: $Type:ty $(= $read:expr)?,)*
        }
    ) => {
        impl $crate::fields::Table for $Name {
            fn write_keys(&self, out: &mut String) {
                $($crate::fields::WriteKey::write(&self.$key, out, stringify!($key));)*
            }
        }
    };
    (@read $fields:ident, $key:ident) => { $crate::fields::ReadKey::read($fields, stringify!($key)) };
    (@read $fields:ident, $key:ident = $read:expr) => { $read };
    (
        $(#[$meta:meta])*
        pub struct $Name:ident($fields:ident $(, $given:ident: $Given:ty)*) {
            $(
                $(#[doc = $words:literal])+
                $(#[serde($($serde:tt)*)])?
                $key:ident: $Type:ty $(= $read:expr)?,
            )*
        }
    ) => {
        $(#[$meta])*
        pub struct $Name {
            $($(#[doc = $words])+ $(#[serde($($serde)*)])? pub $key: $Type,)*
        }

        impl $Name {
            /// Reads it key by key.
            pub(crate) fn read($fields: &$crate::fields::Fields<'_, '_> $(, $given: $Given)*) -> Self {
                $(
                    $fields.says(concat!($($words),+));
                    let $key: $Type = record!(@read $fields, $key $(= $read)?);
                )*
                Self { $($key),* }
            }
        }
    };
}
pub(crate) use record;

/// Types that one method of [`Fields`] reads.
macro_rules! read_by {
    ($($Type:ty: $method:ident;)*) => {$(
        impl ReadKey for $Type {
            fn read(fields: &Fields<'_, '_>, key: &'static str) -> Self {
                fields.$method(key)
            }
        }
    )*};
}

read_by! {
    Option<String>: string;
    Option<Placed<String>>: placed;
    Vec<String>: strings;
    Option<EdtfDate>: date;
    Option<bool>: boolean;
    Option<i64>: integer;
    Map<String, Value>: anything;
}

impl ReadKey for String {
    fn read(fields: &Fields<'_, '_>, key: &'static str) -> Self {
        fields.string(key).unwrap_or_default()
    }
}

impl ReadKey for bool {
    fn read(fields: &Fields<'_, '_>, key: &'static str) -> Self {
        fields.boolean(key).unwrap_or_default()
    }
}

/// An empty text is none, but for a title: without the key, its author is asked for one.
impl WriteKey for String {
    fn write(&self, out: &mut String, key: &str) {
        if !self.is_empty() || key == "title" {
            let _ = writeln!(out, "{key} = {}", quoted(self));
        }
    }
}

/// Types of which some values are written, in the way that is given for each.
macro_rules! write_some {
    ($($Type:ty: $value:ident => $written:expr;)*) => {$(
        impl WriteKey for Option<$Type> {
            fn write(&self, out: &mut String, key: &str) {
                if let Some($value) = self {
                    let _ = writeln!(out, "{key} = {}", $written);
                }
            }
        }
    )*};
}

write_some! {
    String: text => quoted(text);
    Placed<String>: text => quoted(&text.value);
    EdtfDate: date => quoted(&date.to_string());
    Day: day => quoted(&day.to_string());
    bool: so => so;
    i64: number => number;
    usize: number => number;
    (usize, usize): lines => format_args!("[{}, {}]", lines.0, lines.1);
    [i64; 4]: numbers => format_args!("{numbers:?}");
}

/// What is not so is not written.
impl WriteKey for bool {
    fn write(&self, out: &mut String, key: &str) {
        self.then_some(true).write(out, key);
    }
}

impl WriteKey for Vec<String> {
    fn write(&self, out: &mut String, key: &str) {
        if self.is_empty() {
            return;
        }
        let items: Vec<String> = self.iter().map(|text| quoted(text)).collect();
        let line = items.join(", ");
        if line.chars().count() <= 100 {
            let _ = writeln!(out, "{key} = [{line}]");
            return;
        }
        let _ = writeln!(out, "{key} = [");
        for item in items {
            let _ = writeln!(out, "  {item},");
        }
        out.push_str("]\n");
    }
}

impl WriteKey for Vec<Placed<String>> {
    fn write(&self, out: &mut String, key: &str) {
        self.iter().map(|placed| placed.value.clone()).collect::<Vec<String>>().write(out, key);
    }
}

impl<T: Table> WriteKey for Option<T> {
    fn write(&self, out: &mut String, key: &str) {
        if let Some(table) = self {
            let _ = writeln!(out, "\n[{key}]");
            table.write_keys(out);
        }
    }
}

impl<T: Table> WriteKey for Vec<T> {
    fn write(&self, out: &mut String, key: &str) {
        for table in self {
            let _ = writeln!(out, "\n[[{key}]]");
            table.write_keys(out);
        }
    }
}

impl WriteKey for BTreeMap<String, Vec<String>> {
    fn write(&self, out: &mut String, key: &str) {
        if !self.is_empty() {
            let _ = writeln!(out, "\n[{key}]");
            self.iter().for_each(|(key, values)| values.write(out, key));
        }
    }
}

impl WriteKey for Map<String, Value> {
    fn write(&self, out: &mut String, key: &str) {
        if self.is_empty() {
            return;
        }
        let mut table = toml::Table::new();
        for (key, value) in self {
            if let Ok(value) = toml::Value::try_from(value) {
                table.insert(key.clone(), value);
            }
        }
        let whole = toml::Table::from_iter([(key.to_owned(), toml::Value::Table(table))]);
        let _ = write!(out, "\n{whole}");
    }
}

/// A TOML basic string.
pub fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    // Control characters beyond ASCII begin with one byte.
    let plain = |b: u8| b >= b' ' && !matches!(b, b'"' | b'\\' | 0x7F | 0xC2);
    if text.bytes().all(plain) {
        out.push_str(text);
        out.push('"');
        return out;
    }
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            // No reader of content takes one.
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
