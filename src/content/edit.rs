//! A content file's front matter, changed in place: what nobody asked to change stays as it is, byte for
//! byte, with its comments, its order, its line ends and its byte order mark.
//!
//! `toml_edit` tells where things stand; the text itself is cut and spliced, since writing a parsed
//! document out again loses Windows line ends.

use std::ops::Range;

use toml_edit::{ArrayOfTables, Document, Item, Table, Value};

use super::split;
use crate::diagnostic::{Diagnostic, SourceText};
pub use crate::fields::quoted;

/// The front matter of a file, and what is to be changed in it.
pub struct Edit<'a> {
    source: SourceText<'a>,
    /// Where the TOML is in the file, in bytes.
    front: Range<usize>,
    document: Document<&'a str>,
    /// `\n` or `\r\n`, as the file has it.
    line_end: &'static str,
    /// Ranges of the file and what replaces them.
    changes: Vec<(Range<usize>, String)>,
}

impl<'a> Edit<'a> {
    /// Reads a file that is to be changed.
    ///
    /// # Errors
    ///
    /// If its front matter cannot be found, is no TOML, or is YAML, which is read but never written.
    pub fn open(source: SourceText<'a>) -> Result<Self, Box<Diagnostic>> {
        let split = split(source)?;
        if split.syntax == super::Syntax::Yaml {
            return Err(Box::new(
                Diagnostic::error_at(
                    source,
                    0..3,
                    "the front matter is YAML, which fonds only reads",
                )
                .expected("front matter between `+++` lines, in TOML")
                .help("make the change yourself, or rewrite the front matter as TOML"),
            ));
        }
        let document = Document::parse(&source.text[split.front.clone()]).map_err(|error| {
            let at = error.span().unwrap_or(0..0);
            let at = at.start + split.front.start..at.end + split.front.start;
            let message = error.message().split_whitespace().collect::<Vec<_>>().join(" ");
            Diagnostic::error_at(source, at, message)
                .expected("TOML: `key = \"value\"`, one on each line")
                .help("correct the front matter first; nothing was changed")
        })?;
        let first_line = source.text.lines().next().map_or(0, str::len);
        let windows = source.text[first_line..].starts_with("\r\n");
        let line_end = if windows { "\r\n" } else { "\n" };
        Ok(Self { source, front: split.front, document, line_end, changes: Vec::new() })
    }

    /// The file's text with all changes.
    pub fn finish(mut self) -> String {
        self.changes.sort_by_key(|(range, _)| (range.start, range.end));
        let mut text = self.source.text.to_owned();
        for (range, new) in self.changes.into_iter().rev() {
            text.replace_range(range, &new);
        }
        text
    }

    /// Takes entries out of a list of tables, given their places in it. Comments between the entries
    /// stay; those inside an entry go with it.
    pub fn remove_tables(&mut self, key: &str, numbers: &[usize]) {
        let cuts: Vec<Range<usize>> = match self.document.get(key) {
            Some(Item::ArrayOfTables(tables)) => {
                numbers.iter().filter_map(|n| self.table_lines(tables, *n)).collect()
            }
            Some(Item::Value(Value::Array(array))) if numbers.len() >= array.len() => {
                array.span().map(|span| self.lines(span)).into_iter().collect()
            }
            Some(Item::Value(Value::Array(array))) => {
                numbers.iter().filter_map(|n| Some(self.element(array.get(*n)?.span()?))).collect()
            }
            // A single table counts as a list of one.
            Some(Item::Table(table)) => self.own_lines(table).into_iter().collect(),
            Some(Item::Value(value)) => value.span().map(|s| self.lines(s)).into_iter().collect(),
            _ => Vec::new(),
        };
        self.changes.extend(cuts.into_iter().map(|range| (range, String::new())));
    }

    /// Gives a key of the top level a value, written as TOML. A new key goes behind the last of
    /// `after` that is there, else at the front matter's beginning.
    pub fn set(&mut self, key: &str, value: &str, after: &[&str]) {
        let value = value.replace('\n', self.line_end);
        let place = self.document.get(key).filter(|i| i.is_value()).and_then(Item::span);
        match place {
            Some(span) => self.changes.push((self.in_file(&span), value)),
            None => {
                self.remove(key);
                self.insert_line(&format!("{key} = {value}"), after);
            }
        }
    }

    /// Takes a key of the top level out, whether it is a value or tables.
    pub fn remove(&mut self, key: &str) {
        let span = match self.document.get(key) {
            Some(Item::Value(value)) => value.span(),
            Some(Item::ArrayOfTables(tables)) => {
                return self.remove_tables(key, &(0..tables.len()).collect::<Vec<_>>());
            }
            Some(Item::Table(_)) => return self.remove_tables(key, &[0]),
            _ => None,
        };
        if let Some(span) = span {
            self.changes.push((self.lines(span), String::new()));
        }
    }

    /// Gives the body, a range of the file, another text; the blank lines before and after it stay.
    pub fn set_body(&mut self, body: Range<usize>, text: &str) {
        let old = &self.source.text[body.clone()];
        let start = old.len() - old.trim_start_matches(['\r', '\n']).len();
        let end = old.trim_end().len().max(start);
        let text = text.replace("\r\n", "\n");
        let text = text.trim_start_matches('\n').trim_end().replace('\n', self.line_end);
        self.changes.push((body.start + start..body.start + end, text));
    }

    /// Gives texts new values where they stand, in a key or in a list below it: `["source", "seed"]`, `["files"]`.
    pub fn replace_texts(&mut self, path: &[&str], new: impl Fn(&str) -> Option<String>) {
        let Some((first, rest)) = path.split_first() else { return };
        let item = rest.iter().try_fold(self.document.get(first), |item, key| Some(item?.get(key)));
        let values: Vec<&Value> = match item.flatten() {
            Some(Item::Value(Value::Array(array))) => array.iter().collect(),
            Some(Item::Value(value)) => vec![value],
            _ => Vec::new(),
        };
        let change =
            |value: &Value| Some((self.in_file(&value.span()?), quoted(&new(value.as_str()?)?)));
        let changes: Vec<_> = values.into_iter().filter_map(change).collect();
        self.changes.extend(changes);
    }

    /// Adds texts to a list of the top level, behind those that it has.
    pub fn add_texts(&mut self, key: &str, texts: &[String], after: &[&str]) {
        if texts.is_empty() {
            return;
        }
        let quoted: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
        match self.document.get(key) {
            Some(Item::Value(Value::Array(array))) => {
                let Some(span) = array.span() else { return };
                let last = array.iter().last().and_then(Value::span);
                let change = self.appended(&span, last, &quoted);
                self.changes.push(change);
            }
            // A single text counts as a list of one.
            Some(Item::Value(value)) => {
                let Some(span) = value.span() else { return };
                let range = self.in_file(&span);
                let old = &self.source.text[range.clone()];
                let new = format!("[{old}, {}]", quoted.join(", "));
                self.changes.push((range, new));
            }
            _ => self.insert_line(&format!("{key} = [{}]", quoted.join(", ")), after),
        }
    }

    /// Adds a table of texts to a list of tables.
    pub fn add_table(&mut self, key: &str, pairs: &[(&str, &str)]) {
        let quoted: Vec<String> = pairs.iter().map(|(_, text)| quoted(text)).collect();
        let pairs = pairs.iter().zip(&quoted).map(|((name, _), text)| (*name, text.as_str()));
        self.add_written_table(key, &pairs.collect::<Vec<_>>());
    }

    /// Adds a table to a list of tables, its values written as TOML.
    pub fn add_written_table(&mut self, key: &str, pairs: &[(&str, &str)]) {
        let pairs = pairs.iter().map(|(name, value)| format!("{name} = {value}"));
        if let Some(Item::Value(Value::Array(array))) = self.document.get(key) {
            let Some(span) = array.span() else { return };
            let last = array.iter().last().and_then(Value::span);
            let table = format!("{{ {} }}", pairs.collect::<Vec<_>>().join(", "));
            let change = self.appended(&span, last, &[table]);
            self.changes.push(change);
            return;
        }
        let end = self.line_end;
        let lines = pairs.map(|pair| pair + end).collect::<String>();
        let at = match self.document.get(key) {
            Some(Item::ArrayOfTables(tables)) => {
                tables.iter().last().and_then(|t| self.own_lines(t))
            }
            _ => None,
        };
        let at = at.map_or(self.front.end, |lines| lines.end);
        self.changes.push((at..at, format!("{end}[[{key}]]{end}{lines}")));
    }

    /// Adds Markdown behind the body, parted from it by a blank line.
    pub fn append_body(&mut self, body: &str) {
        if body.trim().is_empty() {
            return;
        }
        let text = self.source.text;
        let before = if text.ends_with('\n') { "" } else { self.line_end };
        let lines: Vec<&str> = body.trim_end().lines().collect();
        let body = format!("{before}{0}{1}{0}", self.line_end, lines.join(self.line_end));
        self.changes.push((text.len()..text.len(), body));
    }

    /// A range of the TOML as one of the file.
    fn in_file(&self, span: &Range<usize>) -> Range<usize> {
        span.start + self.front.start..span.end + self.front.start
    }

    /// The whole lines of a range of the TOML, as a range of the file.
    fn lines(&self, span: Range<usize>) -> Range<usize> {
        let range = self.in_file(&span);
        let text = self.source.text;
        let start = text[..range.start].rfind('\n').map_or(0, |i| i + 1);
        let end = text[range.end..].find('\n').map_or(text.len(), |i| range.end + i + 1);
        start..end.min(self.front.end)
    }

    /// The lines of a table: its header to the last of its values.
    fn own_lines(&self, table: &Table) -> Option<Range<usize>> {
        let start = table.span()?.start;
        Some(self.lines(start..last_byte(table)))
    }

    /// The lines of one of several tables, and the blank line before it.
    fn table_lines(&self, tables: &ArrayOfTables, number: usize) -> Option<Range<usize>> {
        let lines = self.own_lines(tables.get(number)?)?;
        let text = self.source.text;
        let before = &text[self.front.start..lines.start];
        let blank = ["\r\n", "\n"].into_iter().find(|end| {
            before.strip_suffix(end).is_some_and(|rest| rest.is_empty() || rest.ends_with('\n'))
        });
        let after = &text[lines.end..self.front.end];
        let blank_follows = after.is_empty() || after.starts_with(['\n', '\r', '[']);
        let above = if blank_follows { blank.map_or(0, str::len) } else { 0 };
        Some(lines.start - above..lines.end)
    }

    /// One of the values of an array that stay, with its comma; its line if nothing else is on it.
    fn element(&self, span: Range<usize>) -> Range<usize> {
        let mut range = self.in_file(&span);
        let text = self.source.text;
        let rest = &text[range.end..];
        let spaces = rest.len() - rest.trim_start().len();
        if rest[spaces..].starts_with(',') {
            range.end += spaces + 1;
            let gap = text[range.end..].len() - text[range.end..].trim_start_matches(' ').len();
            range.end += gap;
        } else if let Some(comma) = text[..range.start].trim_end().strip_suffix(',') {
            range.start = comma.len();
        }
        let line_start = text[..range.start].rfind('\n').map_or(0, |i| i + 1);
        let alone = text[line_start..range.start].trim().is_empty();
        let tail = text[range.end..].trim_start_matches([' ', '\r']);
        if alone && tail.starts_with('\n') {
            range = line_start..text.len() - tail.len() + 1;
        }
        range
    }

    /// Values behind the last one of an array: on lines of their own if the array has several lines.
    fn appended(
        &self,
        array: &Range<usize>,
        last: Option<Range<usize>>,
        values: &[String],
    ) -> (Range<usize>, String) {
        let array = self.in_file(array);
        let text = self.source.text;
        let Some(last) = last.map(|span| self.in_file(&span)) else {
            let inside = array.start + 1..array.start + 1;
            return (inside, values.join(", "));
        };
        let line_start = text[..last.start].rfind('\n').map_or(0, |i| i + 1);
        let is_long = line_start > array.start;
        let rest = &text[last.end..array.end];
        let comma = rest.trim_start().starts_with(',').then(|| rest.find(',')).flatten();
        if !is_long {
            let at = last.end + comma.map_or(0, |i| i + 1);
            let comma = if comma.is_some() { " " } else { ", " };
            return (at..at, format!("{comma}{}", values.join(", ")));
        }
        let indent = &text[line_start..last.start];
        let indent = &indent[..indent.len() - indent.trim_start().len()];
        // After a comment beside the last value.
        let line = rest.find('\n').map_or(array.end - 1, |i| last.end + i + 1);
        let lines =
            values.iter().map(|v| format!("{indent}{v},{}", self.line_end)).collect::<String>();
        if comma.is_some() {
            return (line..line, lines);
        }
        let beside = &text[last.end..line];
        (last.end..line, format!(",{beside}{lines}"))
    }

    /// A new line of the top level.
    fn insert_line(&mut self, line: &str, after: &[&str]) {
        let ends = after.iter().filter_map(|key| {
            let item = self.document.get(key).filter(|item| item.is_value())?;
            Some(self.lines(item.span()?).end)
        });
        let at = ends.max().unwrap_or(self.front.start);
        self.changes.push((at..at, format!("{line}{}", self.line_end)));
    }
}

/// Where the last value of a table ends; a table without any ends with its header.
fn last_byte(table: &Table) -> usize {
    let header = table.span().map_or(0, |span| span.end);
    let values = table.iter().filter_map(|(_, item)| match item {
        Item::Table(inner) => Some(last_byte(inner)),
        item => item.span().map(|span| span.end),
    });
    values.max().map_or(header, |end| end.max(header))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::{Document as Record, Review, write};
    use proptest::prelude::*;

    fn edited(text: &str, change: impl FnOnce(&mut Edit<'_>)) -> String {
        let mut edit = Edit::open(SourceText { path: "content/documents/a.md", text }).unwrap();
        change(&mut edit);
        edit.finish()
    }

    #[test]
    fn one_entry_goes_and_all_else_stays() {
        let text = "\u{FEFF}+++\r\ntitle = 'A' # own\r\n\r\n# about the next\r\n[[review]]\r\nfield = \"date\"\r\n# inside\r\nline = 3 # three\r\n# after\r\n\r\n[[review]]\r\nfield=\"title\"\r\n\r\n[extra]\r\nbox=1\r\n+++\r\n[[review]]\r\n";
        assert_eq!(
            edited(text, |e| e.remove_tables("review", &[0])),
            "\u{FEFF}+++\r\ntitle = 'A' # own\r\n\r\n# about the next\r\n# after\r\n\r\n[[review]]\r\nfield=\"title\"\r\n\r\n[extra]\r\nbox=1\r\n+++\r\n[[review]]\r\n"
        );
        assert_eq!(
            edited(text, |e| e.remove_tables("review", &[1])),
            text.replacen("\r\n\r\n[[review]]\r\nfield=\"title\"", "", 1)
        );
    }

    #[test]
    fn a_text_that_looks_like_an_entry_is_none() {
        let text = "+++\ntitle = \"\"\"\n[[review]]\n\"\"\"\n[[review]]\nfield = \"date\"\n+++\n";
        assert_eq!(
            edited(text, |e| e.remove_tables("review", &[0])),
            "+++\ntitle = \"\"\"\n[[review]]\n\"\"\"\n+++\n"
        );
    }

    #[test]
    fn entries_may_stand_in_one_list() {
        let text = "+++\nreview = [{ field = \"a\" }, { field = \"b\" }]\n+++\n";
        let one = "+++\nreview = [{ field = \"b\" }]\n+++\n";
        assert_eq!(edited(text, |e| e.remove_tables("review", &[0])), one);
        let one = "+++\nreview = [{ field = \"a\" }]\n+++\n";
        assert_eq!(edited(text, |e| e.remove_tables("review", &[1])), one);
        assert_eq!(edited(text, |e| e.remove_tables("review", &[0, 1])), "+++\n+++\n");
        let long = "+++\nreview = [\n  { field = \"a\" }, # x\n  { field = \"b\" },\n]\n+++\n";
        assert_eq!(
            edited(long, |e| e.remove_tables("review", &[1])),
            "+++\nreview = [\n  { field = \"a\" }, # x\n]\n+++\n"
        );
    }

    #[test]
    fn values_are_set_where_they_stand_or_belong() {
        let text = "+++\ntitle = \"A\" # one\nkind = \"letter\"\n[source]\nkind = 1\n+++\n";
        assert_eq!(edited(text, |e| e.set("title", "\"B\"", &[])), text.replace("\"A\"", "\"B\""));
        assert_eq!(
            edited(text, |e| e.set("date", "\"1921\"", &["title"])),
            text.replace("# one\n", "# one\ndate = \"1921\"\n")
        );
        assert_eq!(
            edited("+++\r\n[source]\r\n+++\r\n", |e| e.set("date", "1", &["title"])),
            "+++\r\ndate = 1\r\n[source]\r\n+++\r\n"
        );
    }

    #[test]
    fn texts_are_replaced_in_tables_and_lists() {
        let text = "+++\nfiles = ['a.png', \"b.png\"] # two\n[source]\nseed = \"a.txt\" # own\nlines = [1, 2]\n+++\na.txt\n";
        let new = |old: &str| old.strip_prefix('a').map(|rest| format!("x/\"{rest}"));
        let moved = edited(text, |e| {
            e.replace_texts(&["source", "seed"], new);
            e.replace_texts(&["files"], new);
            e.replace_texts(&["source", "lines"], new);
            e.replace_texts(&["extra", "seed"], new);
        });
        let whole =
            text.replace("\"a.txt\"", "\"x/\\\".txt\"").replace("'a.png'", "\"x/\\\".png\"");
        assert_eq!(moved, whole);
        let inline = "+++\nsource = { seed = 'a' }\n+++\n";
        assert_eq!(
            edited(inline, |e| e.replace_texts(&["source", "seed"], new)),
            inline.replace("'a'", "\"x/\\\"\"")
        );
    }

    #[test]
    fn lists_grow_at_their_end() {
        let grown = |list: &str| {
            let text = format!("+++\naliases = {list}\n+++\n");
            let new =
                edited(&text, |e| e.add_texts("aliases", &["X".to_owned(), "Y".to_owned()], &[]));
            new["+++\naliases = ".len()..new.len() - "\n+++\n".len()].to_owned()
        };
        assert_eq!(grown("[]"), "[\"X\", \"Y\"]");
        assert_eq!(grown("\"A\""), "[\"A\", \"X\", \"Y\"]");
        assert_eq!(grown("[\"A\"]"), "[\"A\", \"X\", \"Y\"]");
        assert_eq!(grown("[\"A\", ]"), "[\"A\", \"X\", \"Y\" ]");
        assert_eq!(grown("[\n  \"A\", # a\n]"), "[\n  \"A\", # a\n  \"X\",\n  \"Y\",\n]");
        assert_eq!(grown("[\n  \"A\" # a\n]"), "[\n  \"A\", # a\n  \"X\",\n  \"Y\",\n]");
    }

    #[test]
    fn tables_are_added_behind_their_like() {
        let text = "+++\n[[identifiers]]\nscheme = \"a\"\nvalue = \"1\"\n\n[extra]\nx = 1\n+++\n";
        assert_eq!(
            edited(text, |e| e.add_table("identifiers", &[("scheme", "b"), ("value", "2")])),
            text.replace("\"1\"\n", "\"1\"\n\n[[identifiers]]\nscheme = \"b\"\nvalue = \"2\"\n")
        );
        assert_eq!(
            edited("+++\ntitle = 1\n+++\n", |e| e.add_table("identifiers", &[("scheme", "b")])),
            "+++\ntitle = 1\n\n[[identifiers]]\nscheme = \"b\"\n+++\n"
        );
    }

    proptest! {
        /// Whatever a file holds, it is changed or refused; a change loses no line of the body.
        #[test]
        fn no_front_matter_makes_the_edit_panic(
            front in "(review = \\[|\\{ field = \"date\" \\}|\\[\\[review\\]\\]|field = \"a\"|aliases = |\\[|\\]|\"é\"|,|#[^\r\n]{0,5}|\r\n|\n| ){0,20}",
        ) {
            let text = format!("+++\n{front}\n+++\n\nBödy\n");
            if let Ok(mut edit) = Edit::open(SourceText { path: "content/documents/a.md", text: &text }) {
                edit.remove_tables("review", &[0, 2]);
                edit.set("date", "1921", &["aliases"]);
                edit.add_texts("aliases", &["x".to_owned()], &[]);
                edit.add_table("identifiers", &[("scheme", "y")]);
                edit.append_body("More");
                let new = edit.finish();
                prop_assert!(new.contains("\nBödy\n") && new.trim_end().ends_with("More"), "{}", new);
            }
        }

        /// To settle a doubt leaves what ingest would have written without it.
        #[test]
        fn a_settled_doubt_leaves_no_trace(reasons in prop::collection::vec("[a-z\\[\\]\"\n#+ ]{1,20}", 1..5), number in 0usize..5) {
            let number = number % reasons.len();
            let review = |reason: &String| Review { field: "date".to_owned(), reason: reason.clone(), line: Some(3) };
            let mut document = Record { title: "A".to_owned(), kind: "letter".to_owned(), ..Record::default() };
            document.review = reasons.iter().map(review).collect();
            let before = write(&document, "Body\n");
            document.review.remove(number);
            let after = write(&document, "Body\n");
            prop_assert_eq!(edited(&before, |e| e.remove_tables("review", &[number])), after);
        }
    }
}
