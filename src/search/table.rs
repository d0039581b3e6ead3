//! The document table: what the result list shows, in blocks of rows, deflated.

use std::borrow::Cow;

use super::document::{Document, Tables};
use super::hash::Hash;
use super::kept::json;
use super::shard::Shard;
use crate::files::FileError;
use crate::parallel;

/// Where most documents are.
const FOLDER: &str = "documents/";

/// Between the fields of a row, and between the values of a column of the file.
const NEXT: char = '\n';
/// Between the values of a field, and around the names of parties in a title.
const INNER: char = '\t';
/// Fields of a row.
const FIELDS: usize = 8;
/// Names of parties that a row has; of a crowd it says how many more there are.
const NAMED: usize = 8;

/// A document's row: its fields in the order that `FORMAT.md` gives, one a line.
pub(super) fn row(document: &Document, tables: &Tables) -> String {
    let kind = document.kind.map(|kind| &tables.kinds[kind as usize]);
    let (key, label) = kind.map_or(("", ""), |kind| (&kind.key, &kind.label));
    let language = tables.languages[document.language as usize].key.as_str();
    let parties = Parties::of(document);
    let kind = [key, label, language].map(clean).join("\t");
    let fields: [Cow<'_, str>; FIELDS] = [
        clean(&address(document)).into_owned().into(),
        parties.title().into(),
        document.date.as_ref().map_or("", |date| date.as_str()).into(),
        clean(&document.date_words),
        kind.into(),
        parties.list(&document.creators).into(),
        parties.list(&document.recipients).into(),
        list(document.references.iter().map(|reference| clean(reference))).into(),
    ];
    fields.join("\n")
}

/// A text without the signs that part fields and values.
fn clean(text: &str) -> Cow<'_, str> {
    if text.contains([NEXT, INNER]) { text.replace([NEXT, INNER], " ").into() } else { text.into() }
}

fn list<'a>(values: impl Iterator<Item = Cow<'a, str>>) -> String {
    values.collect::<Vec<_>>().join("\t")
}

/// The parties that a title names: most titles name all of them, so that they are written once.
struct Parties<'a> {
    title: Cow<'a, str>,
    /// The position of each in the title, in order.
    found: Vec<std::ops::Range<usize>>,
}

impl<'a> Parties<'a> {
    fn of(document: &'a Document) -> Self {
        let title = clean(&document.title);
        let mut found: Vec<std::ops::Range<usize>> = Vec::new();
        let named = [&document.creators, &document.recipients].into_iter();
        for name in named.flat_map(|names| names.iter().take(NAMED)) {
            let Some(start) = title.find(name.as_str()).filter(|_| !name.is_empty()) else {
                continue;
            };
            let place = start..start + name.len();
            if found.iter().all(|other| place.end <= other.start || other.end <= place.start) {
                found.push(place);
            }
        }
        found.sort_unstable_by_key(|place| place.start);
        Self { title, found }
    }

    /// The title with a tab on each side of a party.
    fn title(&self) -> String {
        let mut out = String::with_capacity(self.title.len() + 2 * self.found.len());
        let mut at = 0;
        for place in &self.found {
            out.push_str(&self.title[at..place.start]);
            out.push(INNER);
            out.push_str(&self.title[place.clone()]);
            out.push(INNER);
            at = place.end;
        }
        out + &self.title[at..]
    }

    /// Names of parties: of one in the title `=` and its number there. A name with `=` before it has another one. `=+43`
    /// means 43 more.
    fn list(&self, names: &[String]) -> String {
        let more = names.len().saturating_sub(NAMED);
        let more = (more > 0).then(|| format!("=+{more}").into());
        let named = names.iter().take(NAMED).map(|name| {
            let name = clean(name);
            match self.found.iter().position(|place| self.title[place.clone()] == *name) {
                Some(number) => format!("={number}").into(),
                None if name.starts_with('=') => format!("={name}").into(),
                None => name,
            }
        });
        list(named.chain(more))
    }
}

/// A row for a server, with its address written out: an array in the order of [`row`], the kind in two texts.
pub(super) fn whole_row(document: &Document, tables: &Tables) -> String {
    let kind = document.kind.map(|kind| &tables.kinds[kind as usize]);
    let row = (
        &document.url,
        &document.title,
        document.date.as_ref().map_or("", |date| date.as_str()),
        &document.date_words,
        kind.map_or("", |kind| &kind.key),
        kind.map_or("", |kind| &kind.label),
        &tables.languages[document.language as usize].key,
        &document.creators,
        &document.recipients,
        &document.references,
    );
    // Texts and lists of them, which no serializer refuses.
    serde_json::to_string(&row).unwrap_or_default()
}

/// Writes the table, so many rows a file; gives the names of its files.
pub(super) fn write(
    shards: &[Shard],
    block: usize,
    json: &json::Writer<'_>,
) -> Result<Vec<Hash>, FileError> {
    let rows: Vec<&str> = shards.iter().flat_map(|s| &s.rows).map(String::as_str).collect();
    let blocks: Vec<&[&str]> = rows.chunks(block).collect();
    parallel::map(&blocks, |block| json.put(&columns(block))).into_iter().collect()
}

/// Rows as columns, which deflate to less.
fn columns(rows: &[&str]) -> String {
    let mut columns = (0..FIELDS).map(|_| Vec::with_capacity(rows.len())).collect::<Vec<_>>();
    for row in rows {
        let mut fields = row.split(NEXT);
        columns.iter_mut().for_each(|column| column.push(fields.next().unwrap_or_default()));
    }
    let columns: Vec<String> = columns.into_iter().map(|column| column.join("\n")).collect();
    serde_json::json!(columns).to_string()
}

/// The address; most are made of the title, and are written as `~` and what follows its plain form.
fn address(document: &Document) -> Cow<'_, str> {
    let rest = document
        .url
        .strip_prefix(FOLDER)
        .and_then(|url| url.strip_suffix('/')?.strip_prefix(plain(&document.title).as_str()));
    rest.map_or(Cow::Borrowed(&document.url), |rest| Cow::Owned(format!("~{rest}")))
}

/// A title in ASCII letters and digits, in lower case, with one hyphen for whatever is between two of them.
fn plain(title: &str) -> String {
    let runs = title.split(|c: char| !c.is_ascii_alphanumeric()).filter(|run| !run.is_empty());
    runs.map(str::to_ascii_lowercase).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::{NAMED, columns, plain, row};
    use crate::search::document::{Document, FacetValue, Tables};

    fn tables() -> Tables {
        let english = FacetValue { key: "en".into(), label: "English".into(), names: Vec::new() };
        Tables { languages: vec![english], ..Tables::default() }
    }

    fn letter() -> Document {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Document {
            url: "documents/letter-from-b-to-a/".into(),
            title: "Letter from B to A".into(),
            date_words: "undated".into(),
            creators: names(&["B", "=C"]),
            recipients: names(&["A", "D\tE"]),
            ..Document::default()
        }
    }

    #[test]
    fn parties_of_the_title_are_written_once() {
        assert_eq!(
            row(&letter(), &tables()),
            "~\nLetter from \tB\t to \tA\t\n\nundated\n\t\ten\n=0\t==C\n=1\tD E\n"
        );
    }

    #[test]
    fn a_crowd_is_named_in_part_and_counted() {
        let crowd = (0..NAMED + 43).map(|n| format!("N{n}")).collect();
        let row = row(&Document { creators: crowd, ..letter() }, &tables());
        assert_eq!(row.split('\n').nth(5), Some("N0\tN1\tN2\tN3\tN4\tN5\tN6\tN7\t=+43"));
    }

    #[test]
    fn rows_become_columns() {
        let rows =
            ["~\tx\n\tA\t to B\n2001\n2001\nletter\tLetter\ten\n=0\nC\n", "a\nb\n\n\n\t\ten\n\n\n"];
        assert_eq!(
            columns(&rows),
            r#"["~\tx\na","\tA\t to B\nb","2001\n","2001\n","letter\tLetter\ten\n\t\ten","=0\n","C\n","\n"]"#
        );
    }

    #[test]
    fn a_plain_title_is_that_of_most_addresses() {
        assert_eq!(plain(" Letter from “A. B.” to C4’s"), "letter-from-a-b-to-c4-s");
        assert_eq!(plain("서한"), "");
    }
}
