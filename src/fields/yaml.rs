//! YAML front matter → the same table that TOML gives, each key and value with its place.

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use saphyr::{LoadableYamlNode, MarkedYaml, Marker, Scalar, ScanError, YamlData};
use toml::Spanned;
use toml::de::{DeString, DeTable, DeValue};

use super::{Fields, Mode, tell_rest};
use crate::diagnostic::{Diagnostic, Report, SourceText};

/// Marks of nesting at the beginning of a line; more than these are no front matter, and would
/// exhaust the stack.
const DEEPEST: usize = 100;

/// Parses the YAML at `range` in a file and hands its top level to `read`.
///
/// A fault of the syntax is reported with its place; nothing can be read then.
pub fn read_yaml<T>(
    source: SourceText<'_>,
    range: Range<usize>,
    report: &Report,
    read: impl FnOnce(&Fields<'_, '_>) -> T,
) -> T {
    let reader = Reader { source, range: range.clone(), report };
    let table = reader.table();
    // What is missing where nothing could be read is no news.
    let silent = Report::new();
    let report = if table.is_some() { report } else { &silent };
    let table = table.unwrap_or_default();
    let faults = Rc::default();
    let fields = Fields {
        source,
        offset: range.start,
        name: String::new(),
        table: &table,
        known: RefCell::default(),
        foreign: Cell::new(false),
        words: Cell::default(),
        report,
        mode: Mode::Yaml,
        faults: Rc::clone(&faults),
    };
    let value = read(&fields);
    fields.finish();
    tell_rest(source, faults.get(), report);
    value
}

struct Reader<'a> {
    source: SourceText<'a>,
    range: Range<usize>,
    report: &'a Report,
}

impl<'a> Reader<'a> {
    fn text(&self) -> &'a str {
        &self.source.text[self.range.clone()]
    }

    /// The top level; none if it cannot be read.
    fn table(&self) -> Option<DeTable<'a>> {
        if let Some(start) = too_deep(self.text()) {
            self.fault(start..start, "the front matter is nested too deeply");
            return None;
        }
        let documents = match MarkedYaml::load_from_str(self.text()) {
            Ok(documents) => documents,
            Err(error) => {
                self.scan_error(&error);
                return None;
            }
        };
        match documents.into_iter().next() {
            Some(root) if matches!(root.data, YamlData::Mapping(_)) => Some(self.mapping(&root)),
            Some(root) if !matches!(root.data, YamlData::Value(Scalar::Null)) => {
                self.fault(self.place(&root), "the front matter has no keys");
                None
            }
            _ => Some(DeTable::new()),
        }
    }

    fn mapping(&self, node: &MarkedYaml<'_>) -> DeTable<'a> {
        let mut table = DeTable::new();
        let YamlData::Mapping(pairs) = &node.data else { return table };
        for (key, value) in pairs {
            let place = self.place(key);
            let Some(name) = name(key) else {
                self.fault(place, "a key is not a text");
                continue;
            };
            if let Some(value) = self.value(value) {
                table.insert(Spanned::new(place, DeString::Owned(name)), value);
            }
        }
        table
    }

    /// A value; none for one that is empty, which counts as absent.
    fn value(&self, node: &MarkedYaml<'_>) -> Option<Spanned<DeValue<'a>>> {
        let value = match &node.data {
            YamlData::Value(Scalar::Null) => return None,
            YamlData::Value(Scalar::Boolean(truth)) => DeValue::Boolean(*truth),
            YamlData::Value(Scalar::Integer(_) | Scalar::FloatingPoint(_)) => self.number(node),
            YamlData::Value(Scalar::String(text)) => {
                DeValue::String(DeString::Owned(text.clone().into_owned()))
            }
            YamlData::Sequence(items) => {
                DeValue::Array(items.iter().filter_map(|item| self.value(item)).collect())
            }
            YamlData::Mapping(_) => DeValue::Table(self.mapping(node)),
            YamlData::Tagged(_, inner) => return self.value(inner),
            YamlData::Representation(text, ..) => {
                DeValue::String(DeString::Owned(text.clone().into_owned()))
            }
            YamlData::BadValue | YamlData::Alias(_) => {
                self.fault(self.place(node), "a value cannot be read");
                return None;
            }
        };
        Some(Spanned::new(self.place(node), value))
    }

    /// A number as it is written; one that TOML would not write so is a text.
    fn number(&self, node: &MarkedYaml<'_>) -> DeValue<'a> {
        let text = &self.text()[self.place(node)];
        match DeValue::parse(text).map(Spanned::into_inner) {
            Ok(number @ (DeValue::Integer(_) | DeValue::Float(_))) => number,
            _ => DeValue::String(DeString::Borrowed(text)),
        }
    }

    /// Where a value is in the YAML, in bytes, without the white space behind it.
    fn place(&self, node: &MarkedYaml<'_>) -> Range<usize> {
        let (start, end) = (self.offset(&node.span.start), self.offset(&node.span.end));
        let end = end.max(start);
        start..start + self.text()[start..end].trim_end().len()
    }

    /// A mark as a number of bytes: lines count from 1, columns from 0 in characters.
    fn offset(&self, mark: &Marker) -> usize {
        let text = self.text();
        let mut lines = text.split_inclusive('\n');
        let before: usize = lines.by_ref().take(mark.line().saturating_sub(1)).map(str::len).sum();
        let line = lines.next().unwrap_or_default();
        before + line.chars().take(mark.col()).map(char::len_utf8).sum::<usize>()
    }

    fn scan_error(&self, error: &ScanError) {
        let at = self.offset(error.marker());
        self.fault(at..at + 1, error.info().to_owned());
    }

    fn fault(&self, place: Range<usize>, message: impl Into<String>) {
        let place = place.start + self.range.start..place.end + self.range.start;
        self.report.push(
            Diagnostic::error_at(self.source, place, message)
                .expected("YAML: `key: value`, one on each line")
                .help("put texts with `: ` or ` #` in quotes; indent lines with spaces"),
        );
    }
}

fn name(key: &MarkedYaml<'_>) -> Option<String> {
    match &key.data {
        YamlData::Value(Scalar::String(text)) => Some(text.clone().into_owned()),
        YamlData::Value(Scalar::Integer(number)) => Some(number.to_string()),
        YamlData::Value(Scalar::Boolean(truth)) => Some(truth.to_string()),
        _ => None,
    }
}

/// Where a line begins with too many marks of nesting.
fn too_deep(text: &str) -> Option<usize> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let marks = line.len() - line.trim_start_matches([' ', '-', '?', ':', '\t']).len();
        if marks > DEEPEST {
            return Some(start);
        }
        start += line.len();
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Line, column and message.
    type Fault = (usize, usize, String);

    fn read_text(text: &str) -> (Option<String>, Vec<String>, Vec<Fault>) {
        let report = Report::new();
        let source = SourceText { path: "content/documents/a.md", text };
        let read = read_yaml(source, 0..text.len(), &report, |fields| {
            let _ = (fields.date("date"), fields.boolean("draft"), fields.integer("weight"));
            (fields.string("title"), fields.strings("topics"))
        });
        let faults = report.sorted().into_iter().map(|d| {
            let place = d.position.as_ref().unwrap();
            d.render();
            (place.line, place.column, d.message)
        });
        (read.0, read.1, faults.collect())
    }

    #[test]
    fn values_are_those_of_toml() {
        let (title, topics, faults) = read_text(
            "# note\ntitle: >\n  A long\n  title\ndate: 1921-03-14\ndraft: true\nweight: 3\ntopics:\n- Räume\n- 'B: b'\n",
        );
        assert_eq!(title.as_deref(), Some("A long title\n"));
        assert_eq!((topics, faults), (vec!["Räume".to_owned(), "B: b".to_owned()], Vec::new()));
    }

    #[test]
    fn faults_have_their_place() {
        let faults = |text: &str| read_text(text).2;
        assert_eq!(faults("topics: [é, 7]\n"), [(1, 13, "`topics` is an integer".to_owned())]);
        assert_eq!(faults("é: 1\ntitle: [a\n")[0].0, 3);
        assert_eq!(faults("title: a\n b: c\n").len(), 1);
        assert_eq!(faults("title: a\ntitle: b\n").len(), 1);
        assert_eq!(faults("just a text\n")[0].2, "the front matter has no keys");
        assert_eq!(faults(&"- ".repeat(100_000))[0].2, "the front matter is nested too deeply");
        assert_eq!(faults(&"[".repeat(100_000)).len(), 1);
    }

    proptest! {
        #[test]
        fn no_text_makes_the_reader_panic(text in "([a-z]+: |[\\-\\[\\]{}&*!|>'\"#%@,?:]| |\n|\\PC){0,60}") {
            read_text(&text);
        }
    }
}
