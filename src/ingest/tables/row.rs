//! A row: what it says, and how it completes a draft.

use std::fmt;

use super::super::seed::{Draft, NameForms};
use super::columns::Field;
use super::csv::Cells;
use super::values::{self, When};
use crate::config::Config;
use crate::content::{Document, Party, Review, Source};

/// A row of a table.
pub(super) struct Row {
    /// Number of its table.
    pub(super) table: usize,
    /// First and last line in the table's file.
    pub(super) lines: (usize, usize),
    pub(super) files: Vec<String>,
    pub(super) references: Vec<String>,
    /// All other cells that are not empty.
    cells: Vec<(Field, String)>,
}

/// A field of which a table and a text say different things.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Difference {
    seed: String,
    field: &'static str,
    table: String,
    text: String,
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { seed, field, table, text } = self;
        write!(f, "seeds/{seed}: {field}: `{table}` in the table, `{text}` in the text")
    }
}

impl Row {
    /// Sorts the cells of a row; none if it says nothing.
    pub(super) fn of(table: usize, row: Cells, fields: &[Option<Field>]) -> Option<Self> {
        let (mut files, mut references, mut cells) = (Vec::new(), Vec::new(), Vec::new());
        for (field, cell) in fields.iter().zip(row.cells) {
            let Some(field) = field.filter(|_| !cell.is_empty()) else { continue };
            let parts = || values::parts(&cell).map(str::to_owned);
            match field {
                Field::File => files.extend(parts()),
                Field::References => references.extend(parts()),
                // Of several columns the first one counts, but lists are joined.
                field if !field.is_list() && cells.iter().any(|(known, _)| *known == field) => {}
                field => cells.push((field, cell)),
            }
        }
        let says = !files.is_empty() || !references.is_empty() || !cells.is_empty();
        says.then_some(Self { table, lines: row.lines, files, references, cells })
    }

    /// The values of a field.
    fn values(&self, field: Field) -> impl Iterator<Item = &str> {
        self.cells.iter().filter(move |(own, _)| *own == field).map(|(_, cell)| cell.as_str())
    }

    fn first(&self, field: Field) -> Option<String> {
        self.values(field).next().map(|cell| cell.split_whitespace().collect::<Vec<_>>().join(" "))
    }

    /// Writes what the row says over what was read from a text; gives the differences.
    pub(super) fn apply(&self, draft: &mut Draft, seed: &str, config: &Config) -> Vec<Difference> {
        let before = draft.document.clone();
        self.fill(&mut draft.document, config);
        let after = &draft.document;
        draft.names = names(&draft.names, &before, after);
        let mut differences = Vec::new();
        for (field, old, new) in compared(&before, after) {
            // A title that was supplied is not the text's.
            let is_read = field != "title" || draft.reads.iter().any(|read| read.field == field);
            // A value that the text does not have is no difference.
            if is_read && !old.is_empty() && old != new {
                differences.push(Difference {
                    seed: seed.to_owned(),
                    field,
                    table: new,
                    text: old,
                });
            }
        }
        let is_named =
            |p: &Party| party(p).split(", ").any(|n| !n.is_empty() && before.title.contains(n));
        let gone = before.creators.iter().chain(&before.recipients);
        let gone = gone.filter(|p| !after.creators.contains(p) && !after.recipients.contains(p));
        if before.title == after.title && gone.into_iter().any(is_named) {
            let reason = "the title names somebody who is not in the table";
            draft.document.review.push(doubt("title", reason));
        }
        differences
    }

    /// A document of its own.
    pub(super) fn draft(&self, table: &str, config: &Config) -> Draft {
        let defaults = &config.ingest.defaults;
        let mut document = Document {
            kind: defaults.kind.clone().unwrap_or_else(|| "other".to_owned()),
            language: defaults.language.clone().unwrap_or_default(),
            place: defaults.place.clone(),
            rights: defaults.rights.clone(),
            topics: defaults.topics.clone(),
            ..Document::default()
        };
        self.fill(&mut document, config);
        if document.title.is_empty() {
            let own = self.references.iter().chain(&self.files).next().cloned();
            let own = own.or_else(|| document.description.clone());
            let own = own.unwrap_or_else(|| format!("{table}, line {}", self.lines.0));
            document.title = own.chars().take(120).collect();
            document.review.push(doubt("title", "the table has no title for it"));
        }
        let url = document.source.take().and_then(|source| source.url);
        document.source = Some(Source {
            seed: Some(table.to_owned()),
            lines: Some(self.lines),
            url,
            ..Source::default()
        });
        let names = names(&NameForms::default(), &Document::default(), &document);
        let body = self.values(Field::Text).next().map(body).unwrap_or_default();
        Draft {
            document,
            body,
            lines: (self.key(), self.key()),
            names,
            reads: Vec::new(),
            evidence: Vec::new(),
        }
    }

    /// A number by which the ledger knows the row again, wherever in the table it is: rows come and go.
    fn key(&self) -> usize {
        let named = self.references.first().or_else(|| self.files.first()).cloned();
        let said = || self.cells.iter().map(|(field, cell)| format!("{}={cell}", field.key()));
        let named = named.unwrap_or_else(|| said().collect::<Vec<_>>().join("\n"));
        let hash = blake3::hash(named.as_bytes());
        let [a, b, c, d, ..] = *hash.as_bytes();
        usize::try_from(u32::from_le_bytes([a, b, c, d]) >> 1).unwrap_or_default()
    }

    fn fill(&self, document: &mut Document, config: &Config) {
        let d = document;
        if !self.references.is_empty() {
            d.references.clone_from(&self.references);
        }
        let said: Vec<&str> = self.cells.iter().map(|(field, _)| field.key()).collect();
        // What a person says is no doubt any more.
        d.review.retain(|r| r.field != "references" && !said.contains(&r.field.as_str()));
        let texts = [
            (Field::Place, &mut d.place),
            (Field::Subject, &mut d.subject),
            (Field::Description, &mut d.description),
            (Field::Rights, &mut d.rights),
        ];
        for (field, value) in texts {
            *value = self.first(field).or(value.take());
        }
        if let Some(title) = self.first(Field::Title) {
            d.title = title;
        }
        self.kind(d, config);
        self.language(d);
        if let Some(cell) = self.first(Field::Date) {
            self.date(&cell, d, config);
        }
        self.lists(d);
        let url = self.first(Field::Url).filter(|url| url.starts_with("http"));
        if url.is_some() {
            d.source.get_or_insert_default().url = url;
        }
    }

    fn kind(&self, d: &mut Document, config: &Config) {
        let Some(cell) = self.first(Field::Kind) else { return };
        match values::kind(&cell, config) {
            Some(kind) => d.kind = kind,
            // Other catalogues have kinds of things, such as `Still Image`.
            None if d.kind == "other" => {
                d.review.push(doubt("kind", &format!("`{cell}` is not a kind of this archive")));
            }
            None => {}
        }
    }

    fn language(&self, d: &mut Document) {
        let Some(cell) = self.first(Field::Language) else { return };
        match values::language(&cell) {
            Some(tag) => d.language = tag,
            None => {
                let reason = format!("`{cell}` was not understood as a language");
                d.review.push(doubt("language", &reason));
            }
        }
    }

    fn lists(&self, d: &mut Document) {
        let parts = |field| self.values(field).flat_map(values::parts);
        let parties = [
            (Field::Creators, &mut d.creators),
            (Field::Signatories, &mut d.signatories),
            (Field::Recipients, &mut d.recipients),
            (Field::Copied, &mut d.copied),
        ];
        for (field, list) in parties {
            let named: Vec<Party> = parts(field).map(values::party).collect();
            if !named.is_empty() {
                *list = named;
            }
        }
        let topics: Vec<String> = parts(Field::Topics).map(str::to_owned).collect();
        if !topics.is_empty() {
            d.topics = topics;
        }
    }

    fn date(&self, cell: &str, d: &mut Document, config: &Config) {
        match values::date(cell, config.ingest.date_order) {
            When::Date(date) => d.date = Some(date),
            When::Unknown => d.date = None,
            When::Doubtful(date, why) => {
                d.date = Some(date);
                d.review.push(doubt("date", &why));
            }
            When::Unread => {
                let reason = format!("`{cell}` was not understood as a date");
                d.review.push(doubt("date", &reason));
            }
        }
    }
}

fn doubt(field: &str, reason: &str) -> Review {
    Review { field: field.to_owned(), reason: reason.to_owned(), line: None }
}

/// A text of a cell as Markdown that shows exactly that text.
fn body(cell: &str) -> String {
    use super::super::markdown::{Dialect, paragraph};
    let dialect = Dialect { marks: false, backslashes: false, html: false, markdown: false };
    let paragraphs = cell.split("\n\n").map(str::trim).filter(|text| !text.is_empty());
    paragraphs.map(|text| paragraph(text, dialect)).collect::<Vec<_>>().join("\n\n")
}

/// The fields that a text can say as well, in words, before and after.
fn compared(before: &Document, after: &Document) -> [(&'static str, String, String); 9] {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let date = |d: &Document| d.date.as_ref().map(ToString::to_string).unwrap_or_default();
    let parties = |list: &[Party]| list.iter().map(party).collect::<Vec<_>>().join("; ");
    let pair = |field, of: &dyn Fn(&Document) -> String| (field, of(before), of(after));
    [
        pair("title", &|d| d.title.clone()),
        pair("date", &date),
        pair("language", &|d| d.language.clone()),
        pair("place", &|d| text(&d.place)),
        pair("subject", &|d| text(&d.subject)),
        pair("references", &|d| d.references.join("; ")),
        pair("creators", &|d| parties(&d.creators)),
        pair("signatories", &|d| parties(&d.signatories)),
        pair("recipients", &|d| parties(&d.recipients)),
    ]
}

fn party(party: &Party) -> String {
    let names = [&party.person, &party.organization];
    names.into_iter().flatten().cloned().collect::<Vec<_>>().join(", ")
}

/// The names of a draft once a table has had its say.
fn names(read: &NameForms, before: &Document, after: &Document) -> NameForms {
    let roles = |d: &Document| {
        [&d.creators, &d.signatories, &d.recipients, &d.copied].map(Clone::clone).concat()
    };
    let (old, new) = (roles(before), roles(after));
    if old == new {
        return NameForms {
            organizations: read.organizations.clone(),
            people: read.people.clone(),
        };
    }
    let written = |name: &String| {
        let known = read.organizations.iter().find(|(recorded, _)| recorded == name);
        (name.clone(), known.map_or_else(|| name.clone(), |(_, written)| written.clone()))
    };
    NameForms {
        organizations: new.iter().filter_map(|p| p.organization.as_ref()).map(written).collect(),
        people: new.into_iter().filter_map(|p| p.person).collect(),
    }
}
