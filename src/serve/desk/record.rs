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

/// Keys with one text each: the key, its label, and what helps to fill it in.
const TEXTS: [(&str, &str, &str); 9] = [
    ("title", "Title", ""),
    ("date", "Date", "1921-03-14, 1921-03, 1921?, 1921/1923; empty if undated"),
    ("kind", "Kind", ""),
    ("language", "Language", "a language tag, such as en or ko"),
    ("place", "Place", ""),
    ("subject", "Subject", "the “Re:” line"),
    ("reference", "Shelf mark", ""),
    ("extent", "Extent", "2 leaves"),
    ("description", "Description", "for lists and search"),
];

/// Keys with several texts, one on each line.
const LISTS: [(&str, &str, &str); 2] =
    [("references", "References", "one on each line"), ("topics", "Topics", "one on each line")];

/// Keys with people and organizations.
const PARTIES: [(&str, &str); 4] = [
    ("creators", "From"),
    ("signatories", "Signed by"),
    ("recipients", "To"),
    ("copied", "Copies to"),
];

/// Rows for people and organizations that are not there yet.
const NEW_ROWS: usize = 2;

/// A longer text is no work for a form: a browser gets slow.
const LONGEST_TEXT: usize = 512 * 1024;

fn one(document: &Document, key: &str) -> String {
    let value = match key {
        "title" => Some(document.title.clone()),
        "date" => document.date.as_ref().map(ToString::to_string),
        "kind" => Some(document.kind.clone()),
        "language" => Some(document.language.clone()),
        "place" => document.place.clone(),
        "subject" => document.subject.clone(),
        "reference" => document.reference.clone(),
        "extent" => document.extent.clone(),
        "description" => document.description.clone(),
        _ => None,
    };
    value.unwrap_or_default()
}

fn several<'d>(document: &'d Document, key: &str) -> &'d [String] {
    if key == "topics" { &document.topics } else { &document.references }
}

fn parties<'d>(document: &'d Document, key: &str) -> &'d [Party] {
    match key {
        "creators" => &document.creators,
        "signatories" => &document.signatories,
        "recipients" => &document.recipients,
        _ => &document.copied,
    }
}

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
    for (key, label, help) in TEXTS {
        let list = if key == "kind" { " list=\"kinds\"" } else { "" };
        let _ = writeln!(
            fields,
            "<label><span>{label}</span><input name=\"{key}\" value=\"{}\" placeholder=\"{}\"{list} \
             autocomplete=\"off\"></label>",
            text(&one(document, key)),
            text(help),
        );
    }
    let kinds: String =
        room.model.config.kinds.keys().map(|k| format!("<option value=\"{}\">", text(k))).collect();
    let _ = writeln!(fields, "<datalist id=\"kinds\">{kinds}</datalist>");
    for (key, label, help) in LISTS {
        let lines = several(document, key);
        let _ = writeln!(
            fields,
            "<label><span>{label}</span><textarea name=\"{key}\" rows=\"{}\" placeholder=\"{}\">\n{}</textarea></label>",
            (lines.len() + 1).min(8),
            text(help),
            text(&lines.join("\n")),
        );
    }
    for (key, label) in PARTIES {
        fields += &party_rows(key, label, parties(document, key));
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
///
/// # Errors
///
/// Says why it cannot be written.
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
    for (key, ..) in TEXTS {
        let new = form.get(key).map(str::trim).filter(|new| *new != one(document, key));
        keys.extend(new.map(|new| (key, Value::Text(new.to_owned()))));
    }
    for (key, ..) in LISTS {
        let Some(new) = form.get(key) else { continue };
        let new: Vec<String> =
            new.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect();
        if new != several(document, key) {
            keys.push((key, Value::Texts(new)));
        }
    }
    for (key, _) in PARTIES {
        let new = posted_parties(form, key);
        if new.as_ref().is_some_and(|new| new != parties(document, key)) {
            keys.extend(new.map(|new| (key, Value::Parties(new))));
        }
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
