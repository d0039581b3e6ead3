//! The form that corrects a document: its record key by key, and its text.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::form::Form;
use super::html::{part, text};
use super::{CORRECT, ROOT, Room};
use crate::archive::DocumentCard;
use crate::config::Config;
use crate::content::{self, Document, Entry, Party, Record};
use crate::diagnostic::{Diagnostic, Report, SourceText};
use crate::disk::Disk;
use crate::files::Sources;
use crate::pipeline;
use crate::review::{self, Corrected, Unsettled, Value};

/// A key of the form: its name, its label, what helps to fill it in, and what it holds.
type Field = (&'static str, &'static str, &'static str, Input);

enum Input {
    /// One text.
    Text(fn(&Document) -> String),
    /// Several texts, one on each line.
    Lines(fn(&Document) -> &[String]),
    /// People and organizations.
    Parties(fn(&Document) -> &[Party]),
}

use Input::{Lines, Parties, Text};

const FIELDS: [Field; 15] = [
    ("title", "Title", "", Text(|d| d.title.clone())),
    (
        "date",
        "Date",
        "1921-03-14, 1921-03, 1921?, 1921/1923; empty if undated",
        Text(|d| or_none(d.date.as_ref())),
    ),
    ("kind", "Kind", "", Text(|d| d.kind.clone())),
    ("language", "Language", "a language tag, such as en or ko", Text(|d| d.language.clone())),
    ("place", "Place", "", Text(|d| or_none(d.place.as_ref()))),
    ("subject", "Subject", "the “Re:” line", Text(|d| or_none(d.subject.as_ref()))),
    ("reference", "Shelf mark", "", Text(|d| or_none(d.reference.as_ref()))),
    ("extent", "Extent", "2 leaves", Text(|d| or_none(d.extent.as_ref()))),
    (
        "description",
        "Description",
        "for lists and search",
        Text(|d| or_none(d.description.as_ref())),
    ),
    ("references", "References", "one on each line", Lines(|d| &d.references)),
    ("topics", "Topics", "one on each line", Lines(|d| &d.topics)),
    ("creators", "From", "", Parties(|d| &d.creators)),
    ("signatories", "Signed by", "", Parties(|d| &d.signatories)),
    ("recipients", "To", "", Parties(|d| &d.recipients)),
    ("copied", "Copies to", "", Parties(|d| &d.copied)),
];

fn or_none(value: Option<&impl ToString>) -> String {
    value.map(ToString::to_string).unwrap_or_default()
}

/// Rows for people and organizations that are not there yet.
const NEW_ROWS: usize = 2;

/// A longer text is no work for a form: a browser gets slow.
const LONGEST_TEXT: usize = 512 * 1024;

/// The form of a document, closed until somebody opens it.
pub(super) fn html(room: &Room<'_>, card: &DocumentCard, slug: &str) -> String {
    let Ok(bytes) = room.disk.read(&card.path) else { return String::new() };
    let hidden = |name: &str, value: &str| {
        format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">\n", text(value))
    };
    let mut fields = [
        hidden("token", room.token),
        hidden("path", &card.path),
        hidden("seen", blake3::hash(&bytes).to_hex().as_str()),
        hidden("back", &format!("{ROOT}documents/{}/", part(slug))),
    ]
    .concat();
    let document = &card.record;
    let kinds: String =
        room.model.config.kinds.keys().map(|k| format!("<option value=\"{}\">", text(k))).collect();
    let _ = writeln!(fields, "<datalist id=\"kinds\">{kinds}</datalist>");
    for (key, label, help, input) in FIELDS {
        match input {
            Text(one) => {
                let list = if key == "kind" { " list=\"kinds\"" } else { "" };
                let _ = writeln!(
                    fields,
                    "<label><span>{label}</span><input name=\"{key}\" value=\"{}\" placeholder=\"{}\"{list} \
                     autocomplete=\"off\"></label>",
                    text(&one(document)),
                    text(help),
                );
            }
            Lines(several) => {
                let lines = several(document);
                let _ = writeln!(
                    fields,
                    "<label><span>{label}</span><textarea name=\"{key}\" rows=\"{}\" placeholder=\"{}\">\n{}</textarea></label>",
                    (lines.len() + 1).min(8),
                    text(help),
                    text(&lines.join("\n")),
                );
            }
            Parties(parties) => fields += &party_rows(key, label, parties(document)),
        }
    }
    fields += &body(card, &bytes);
    let open =
        if room.model.doubts.iter().any(|doubt| doubt.path == card.path) { "" } else { " open" };
    format!(
        "<details class=\"record\"{open}>\n<summary>Correct the record and the text</summary>\n\
         <form method=\"post\" action=\"{CORRECT}\">\n{fields}<button>Save</button>\n</form>\n</details>\n"
    )
}

/// A row for each party, and empty ones for more.
fn party_rows(key: &str, label: &str, parties: &[Party]) -> String {
    let none = Party::default();
    let empty = std::iter::repeat_n(&none, NEW_ROWS);
    let rows = parties.iter().chain(empty).enumerate().map(|(n, party)| {
        let input = |name: &str, label: &str, value: &Option<String>| {
            format!(
                "<input name=\"{key}.{n}.{name}\" value=\"{}\" placeholder=\"{label}\" aria-label=\"{label}, {}\" \
                 autocomplete=\"off\">",
                text(value.as_deref().unwrap_or_default()),
                n + 1,
            )
        };
        format!(
            "<div class=\"party\">{}{}{}</div>\n",
            input("person", "Person", &party.person),
            input("role", "Role", &party.role),
            input("organization", "Organization", &party.organization),
        )
    });
    format!("<fieldset>\n<legend>{label}</legend>\n{}</fieldset>\n", rows.collect::<String>())
}

fn body(card: &DocumentCard, bytes: &[u8]) -> String {
    let whole = String::from_utf8_lossy(bytes);
    let body = whole.get(card.body.clone()).unwrap_or_default().replace("\r\n", "\n");
    let body = shown(&body);
    if body.len() > LONGEST_TEXT {
        return "<p>The text is too long for a form. Correct it in the file.</p>\n".to_owned();
    }
    let rows = body.lines().count().clamp(6, 24);
    format!(
        "<label class=\"text\"><span>Text, in Markdown</span><textarea name=\"body\" rows=\"{rows}\" spellcheck=\"true\">\n{}</textarea></label>\n",
        text(body),
    )
}

/// A body without the blank lines before and after it.
fn shown(body: &str) -> &str {
    body.trim_start_matches('\n').trim_end()
}

/// Writes what a form says into the document's file.
pub(super) fn correct(form: &Form, disk: &Disk) -> Result<(), Vec<Diagnostic>> {
    let path = form.path();
    if !path.starts_with("content/documents/") || !review::may_have_doubts(path) {
        return Err(vec![review::no_doubts(path)]);
    }
    let report = Report::new();
    let config = pipeline::load_config(disk, &report);
    if report.has_errors() {
        return Err(report.sorted());
    }
    write(form, disk, &config).map_err(|why| why.faults(path))
}

fn write(form: &Form, disk: &Disk, config: &Config) -> Result<(), Unsettled> {
    let report = Report::new();
    let text = review::seen(disk, form.path(), form.value("seen"))?;
    let source = SourceText { path: form.path(), text: &text };
    let entry = content::parse(source, config, &report);
    let Some(Entry { record: Record::Document(document), body, .. }) = entry else {
        return Err(Unsettled::Faults(report.sorted()));
    };
    review::correct(disk, source, &changes(form, &document, &text[body]), config)
}

/// What a form says otherwise than the file.
fn changes(form: &Form, document: &Document, body: &str) -> Corrected {
    let mut keys = Vec::new();
    for (key, _, _, input) in FIELDS {
        let new = match input {
            Text(one) => {
                let new = form.get(key).map(str::trim).filter(|new| *new != one(document));
                new.map(|new| Value::Text(new.to_owned()))
            }
            Lines(several) => {
                let lines = form.get(key).map(|new| new.lines().map(str::trim));
                let new =
                    lines.map(|lines| lines.filter(|l| !l.is_empty()).map(str::to_owned).collect());
                new.filter(|new: &Vec<String>| new != several(document)).map(Value::Texts)
            }
            Parties(parties) => {
                let new = posted_parties(form, key);
                new.filter(|new| new != parties(document)).map(Value::Parties)
            }
        };
        keys.extend(new.map(|new| (key, new)));
    }
    let posted = form.get("body").map(|text| text.replace("\r\n", "\n"));
    let old = body.replace("\r\n", "\n");
    Corrected { keys, body: posted.filter(|new| shown(new) != shown(&old)) }
}

/// The rows of a form that say something; none if it has no such rows.
fn posted_parties(form: &Form, key: &str) -> Option<Vec<Party>> {
    let mut rows: BTreeMap<usize, Party> = BTreeMap::new();
    for (name, value) in form.values() {
        let Some((n, field)) =
            name.strip_prefix(key).and_then(|rest| rest.strip_prefix('.')?.split_once('.'))
        else {
            continue;
        };
        let Ok(n) = n.parse() else { continue };
        let row = rows.entry(n).or_default();
        let value = Some(value.trim().to_owned()).filter(|value| !value.is_empty());
        match field {
            "person" => row.person = value,
            "role" => row.role = value,
            "organization" => row.organization = value,
            _ => {}
        }
    }
    if rows.is_empty() {
        return None;
    }
    Some(rows.into_values().filter(|party| *party != Party::default()).collect())
}
