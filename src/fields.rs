//! Reads a TOML table key by key and reports every fault in it with its place: a value of the wrong
//! type, and, at the end, each key that nobody asked for, with the nearest one that exists.
//!
//! Used for front matter and for `config.toml`; knows nothing of what the keys mean. YAML is turned into
//! such a table first ([`read_yaml`]), so that it is read and judged by the same rules.
//!
//! A reader is at the same time the list of the keys that it knows: [`describe`] runs it on nothing and
//! tells what it asked for.

mod date;
mod record;
mod shape;
mod syntax;
mod tables;
mod yaml;

use std::borrow::Cow;
use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use serde::{Deserialize, Serialize};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::address::{is_harmless, is_web};
use crate::diagnostic::{Diagnostic, Report, SourceText, nearest};
use crate::legible::{is_control, legible};
use crate::limits::Limit;

pub(crate) use record::record;
pub use record::{ReadKey, Table, WriteKey, quoted};
pub use shape::{Key, Shape, Words, describe, nothing};
pub use yaml::read_yaml;

/// One table of a TOML text, read key by key.
pub struct Fields<'a, 'i> {
    source: SourceText<'a>,
    /// Where the TOML starts in the file's text, in bytes.
    offset: usize,
    /// Name of the table as users write it, empty for the top level.
    name: String,
    table: &'a DeTable<'i>,
    known: RefCell<Vec<Key>>,
    /// Whether the keys that are asked for now are those of other generators.
    foreign: Cell<bool>,
    /// What is known of the key that is asked for next, if keys are described.
    words: Cell<Words>,
    report: &'a Report,
    mode: Mode,
    /// How many faults of the file were found, in all of its tables.
    faults: Rc<Cell<usize>>,
}

/// Tells of those faults of a file that are too many: to find the places of thousands takes longer than all else, and
/// nobody reads them.
fn tell_rest(source: SourceText<'_>, faults: usize, report: &Report) {
    let most = Limit::Faults.count();
    if let Some(rest) = faults.checked_sub(most).filter(|rest| *rest > 0) {
        report.push(
            Diagnostic::error(source.path, format!("the file has {rest} more faults"))
                .expected(format!("at most {most}, which are all shown"))
                .help(format!(
                    "correct those that are shown, then run it again, or raise {}",
                    Limit::Faults.told()
                )),
        );
    }
}

/// What a table is read for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Mode {
    /// Its values, written in TOML.
    Toml,
    /// Its values, written in YAML.
    Yaml,
    /// The keys that its reader knows; there are no values.
    Describe,
}

/// A value with the byte range in its file that it was written in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placed<T> {
    /// The value.
    pub value: T,
    /// Where it is in the file, in bytes.
    pub range: Range<usize>,
}

/// Parses the TOML at `range` in a file and hands its top level to `read`.
///
/// Every syntax fault is reported; the keys that can be understood are read all the same, so that
/// one run tells every fault.
pub fn read<T>(
    source: SourceText<'_>,
    range: Range<usize>,
    report: &Report,
    read: impl FnOnce(&Fields<'_, '_>) -> T,
) -> T {
    let text = &source.text[range.clone()];
    let (table, errors) = DeTable::parse_recoverable(text);
    // `config.toml` starts with its first key, front matter behind `+++`.
    let has_fences = range.start > 0;
    if !errors.is_empty() && has_fences && syntax::is_yaml(text) {
        report.push(yaml_in_toml_fences(source));
        return read_yaml(source, range, report, read);
    }
    let faults = Rc::new(Cell::new(errors.len()));
    let errors = &errors[..errors.len().min(Limit::Faults.count())];
    let broken = syntax::faults(source, range.start, text, errors);
    let own = Report::new();
    let fields = Fields {
        source,
        offset: range.start,
        name: String::new(),
        table: table.get_ref(),
        known: RefCell::default(),
        foreign: Cell::new(false),
        words: Cell::default(),
        report: if broken.is_empty() { report } else { &own },
        mode: Mode::Toml,
        faults: Rc::clone(&faults),
    };
    let value = read(&fields);
    fields.finish();
    if !broken.is_empty() {
        // What a broken line leaves over, and what is missing since its line is broken, is no news.
        let lines: Vec<usize> = broken.iter().filter_map(line_of).collect();
        let follows = |d: &Diagnostic| {
            line_of(d).is_some_and(|line| lines.contains(&line) || has_fences && line == 1)
        };
        report.extend(own.sorted().into_iter().filter(|d| !follows(d)));
        report.extend(broken);
    }
    tell_rest(source, faults.get(), report);
    value
}

fn line_of(diagnostic: &Diagnostic) -> Option<usize> {
    diagnostic.position.as_ref().map(|position| position.line)
}

fn yaml_in_toml_fences(source: SourceText<'_>) -> Diagnostic {
    let first = source.text.find('\n').map_or(0..source.text.len(), |end| 0..end);
    Diagnostic::error_at(source, first, "the front matter is YAML, and `+++` is for TOML")
        .expected("`---` around YAML, or `title = \"…\"` between the `+++` lines")
        .help("write `---` in place of both `+++` lines")
}

impl<'a, 'i> Fields<'a, 'i> {
    fn value(&self, key: &'static str, shape: Shape) -> Option<&'a Spanned<DeValue<'i>>> {
        self.know(key, shape);
        self.table.get(key)
    }

    /// Reports a key that must not be there, with a remedy of its own.
    pub fn refuse(&self, name: &'static str, help: &str) {
        if let Some((key, _)) = self.table.get_key_value(name) {
            let range = key.span().start + self.offset..key.span().end + self.offset;
            self.know(name, Shape::Any);
            self.fault(
                range,
                format!("`{name}` has no meaning here"),
                "keys that fonds obeys, since they decide what is published",
                help,
            );
        }
    }

    fn know(&self, name: &'static str, shape: Shape) {
        let words = self.words.take();
        self.known.borrow_mut().push(Key { name, shape, foreign: self.foreign.get(), words });
    }

    /// What the key means that is asked for next: a sentence.
    pub fn says(&self, text: &'static str) -> &Self {
        if self.mode == Mode::Describe {
            self.words.set(Words { text, rule: None });
        }
        self
    }

    /// What must hold for the value of the key that is asked for next: a keyword of JSON Schema and its value, as JSON.
    pub fn ruled(&self, keyword: &'static str, value: impl Into<Cow<'static, str>>) -> &Self {
        if self.mode == Mode::Describe {
            self.words.set(Words { rule: Some((keyword, value.into())), ..self.words.take() });
        }
        self
    }

    /// From here on the reader asks for keys of other generators, which no message recommends. Says
    /// whether there can be any: most files have only keys that were asked for already.
    pub fn begin_foreign(&self) -> bool {
        self.foreign.set(true);
        let known = self.known.borrow();
        let is_known = |name: &str| known.iter().any(|key| key.name == name);
        self.mode == Mode::Describe || self.table.keys().any(|key| !is_known(key.get_ref()))
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
        if !self.is_told() {
            return;
        }
        let (mut expected, mut help): (String, String) = (expected.into(), help.into());
        if self.mode == Mode::Yaml {
            for text in [&mut expected, &mut help] {
                *text = text.replace(" = ", ": ");
            }
        }
        let d = Diagnostic::error_at(self.source, range, message);
        self.report.push(d.expected(expected).help(help));
    }

    /// Counts a fault; says whether it is one of those that are reported.
    fn is_told(&self) -> bool {
        let faults = self.faults.get() + 1;
        self.faults.set(faults);
        faults <= Limit::Faults.count()
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
        let value = self.value(key, Shape::Text)?;
        let Some(text) = value.get_ref().as_str() else {
            self.wrong_type(key, value, "a text in quotes", "\"…\"");
            return None;
        };
        Some(self.plain(key, text, self.place(value)))
    }

    /// A text without control characters: they would steer terminals, break feeds and exports. One that an
    /// escape such as `\u001b` puts there is reported.
    fn plain(&self, key: &str, text: &str, range: Range<usize>) -> Placed<String> {
        let legible = legible(text);
        let bad = match &legible {
            Cow::Borrowed(_) => return Placed { value: text.to_owned(), range },
            Cow::Owned(_) => text.chars().find(|c| is_control(*c)).unwrap_or_default(),
        };
        self.fault(
            range.clone(),
            format!("`{key}` holds a control character, U+{:04X}", u32::from(bad)),
            "readable text; tabs and line breaks are the only control characters allowed",
            "remove the character, or write its meaning in words",
        );
        Placed { value: legible.into_owned(), range }
    }

    /// An address that may become a link, as [`crate::address`] says.
    pub fn address(&self, key: &'static str) -> Option<String> {
        let address = self.placed(key).filter(|address| !address.value.trim().is_empty())?;
        if is_harmless(address.value.trim()) {
            return Some(address.value.trim().to_owned());
        }
        self.fault(
            address.range,
            format!("`{}` cannot be used as a link", address.value),
            "a web address, `mailto:`, or a path of this site, without spaces",
            format!("write `{key} = \"https://example.org/\"`, or remove it"),
        );
        None
    }

    /// A web address in full; `what` says what it is the address of.
    pub fn web_address(&self, key: &'static str, what: &str) -> Option<String> {
        let address = self.placed(key).filter(|address| !address.value.trim().is_empty())?;
        if is_web(address.value.trim()) {
            return Some(address.value.trim().to_owned());
        }
        self.fault(
            address.range,
            format!("`{key}` is `{}`, which is not a web address", address.value),
            what,
            "write the address of the statement, such as `http://rightsstatements.org/vocab/InC/1.0/`",
        );
        None
    }

    /// The tag of a language, as BCP 47 has it.
    pub fn language(&self, key: &'static str) -> Option<String> {
        self.ruled("pattern", r#""^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$""#);
        let tag = self.placed(key).filter(|tag| !tag.value.trim().is_empty())?;
        if is_language_tag(&tag.value) {
            return Some(tag.value);
        }
        self.fault(
            tag.range,
            format!("`{}` is not a language tag", tag.value),
            "a BCP 47 tag: two or three letters, such as `en`, `ko` or `pt-BR`",
            format!("write `{key} = \"en\"`, if the text is in English"),
        );
        None
    }

    /// A text; one of white space only counts as absent.
    pub fn string(&self, key: &'static str) -> Option<String> {
        self.placed(key).map(|p| p.value).filter(|s| !s.trim().is_empty())
    }

    /// What one of some names means.
    pub fn one_of<T: Copy>(&self, key: &'static str, known: &[(&'static str, T)]) -> Option<T> {
        let names: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        if self.mode == Mode::Describe {
            self.ruled("enum", serde_json::json!(names).to_string());
        }
        let given = self.placed(key)?;
        let found = known.iter().find(|(name, _)| *name == given.value);
        if found.is_none() {
            self.not_one_of(key, &given, &names, "");
        }
        found.map(|(_, meaning)| *meaning)
    }

    /// Reports a text that is none of some names; `or` says what else it could be.
    pub fn not_one_of(&self, key: &str, given: &Placed<String>, names: &[&str], or: &str) {
        let near = nearest(&given.value, names.iter().copied()).unwrap_or(names[0]);
        self.fault(
            given.range.clone(),
            format!("`{key}` cannot be `{}`", given.value),
            format!("one of {}{or}", names.join(", ")),
            format!("write `{key} = \"{near}\"`"),
        );
    }

    /// A truth value.
    pub fn boolean(&self, key: &'static str) -> Option<bool> {
        let value = self.value(key, Shape::Truth)?;
        let found = value.get_ref().as_bool();
        if found.is_none() {
            self.wrong_type(key, value, "`true` or `false`, without quotes", "true");
        }
        found
    }

    /// A whole number.
    pub fn integer(&self, key: &'static str) -> Option<i64> {
        self.placed_integer(key).map(|number| number.value)
    }

    /// A whole number with its place.
    pub fn placed_integer(&self, key: &'static str) -> Option<Placed<i64>> {
        let value = self.value(key, Shape::Integer)?;
        let found = value
            .get_ref()
            .as_integer()
            .and_then(|i| i64::from_str_radix(&i.as_str().replace('_', ""), i.radix()).ok());
        if found.is_none() {
            self.wrong_type(key, value, "a whole number, without quotes", "1");
        }
        Some(Placed { value: found?, range: self.place(value) })
    }

    /// A list of texts; a single text counts as a list of one.
    pub fn strings(&self, key: &'static str) -> Vec<String> {
        self.placed_strings(key).into_iter().map(|p| p.value).collect()
    }

    /// A list of texts with their places; a single text counts as a list of one.
    pub fn placed_strings(&self, key: &'static str) -> Vec<Placed<String>> {
        let Some(value) = self.value(key, Shape::Texts) else { return Vec::new() };
        let items: Vec<&Spanned<DeValue<'i>>> = match value.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![value],
        };
        let mut texts = Vec::with_capacity(items.len());
        for item in items {
            match item.get_ref().as_str() {
                Some(s) => texts.push(self.plain(key, s, self.place(item))),
                None => {
                    self.wrong_type(key, item, "a list of texts in quotes", "[\"…\", \"…\"]");
                }
            }
        }
        texts
    }

    /// A list of whole numbers.
    pub fn integers(&self, key: &'static str) -> Option<Placed<Vec<i64>>> {
        let value = self.value(key, Shape::Integers)?;
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

    /// Whether the table has the key.
    pub fn has(&self, key: &str) -> bool {
        self.table.contains_key(key)
    }

    /// Where the first key of the table is, for what is wrong with the whole of it.
    pub fn place_of(&self) -> Range<usize> {
        let first = self.table.keys().map(|key| key.span()).min_by_key(|span| span.start);
        let span = first.unwrap_or(0..0);
        span.start + self.offset..span.end + self.offset
    }

    /// The file's text and path.
    pub fn source(&self) -> SourceText<'a> {
        self.source
    }

    fn finish(&self) {
        let known = self.known.borrow();
        let is_known = |name: &str| known.iter().any(|key| key.name == name);
        for (key, _) in self.table.iter() {
            let name = key.get_ref().as_ref();
            if is_known(name) {
                continue;
            }
            if self.faults.get() >= Limit::Faults.count() {
                self.faults.set(self.faults.get() + 1);
                continue;
            }
            let own: Vec<&'static str> =
                known.iter().filter(|key| !key.foreign).map(|key| key.name).collect();
            let range = key.span().start + self.offset..key.span().end + self.offset;
            let place =
                if self.name.is_empty() { String::new() } else { format!(" in `[{}]`", self.name) };
            let help = match nearest(name, own.iter().copied()) {
                Some(near) => format!("write `{near}`, if that is what you mean"),
                None if self.name.is_empty() && own.contains(&"extra") => {
                    "put your own keys below `[extra]`".to_owned()
                }
                None => "remove it".to_owned(),
            };
            let mut sorted = own.clone();
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

fn article(noun: &str) -> &'static str {
    if noun.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" }
}

/// Whether a text has the form of a BCP 47 tag.
pub fn is_language_tag(tag: &str) -> bool {
    let mut parts = tag.split('-');
    let is_primary = |part: &str| {
        matches!(part.len(), 2 | 3) && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let is_part = |part: &str| {
        matches!(part.len(), 1..=8) && part.bytes().all(|byte| byte.is_ascii_alphanumeric())
    };
    parts.next().is_some_and(is_primary) && parts.all(is_part)
}
