//! Entry → text: the layout in which `ingest` and `new` write content files.
//!
//! Files that people edited are changed in place with `toml_edit` instead, never written anew.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use super::{Authority, Collection, Document, Party, Review};

/// The text of a document's file.
pub fn write_document(document: &Document, body: &str) -> String {
    let mut out = String::from("+++\n");
    let d = document;
    text(&mut out, "title", Some(&d.title));
    text(&mut out, "date", d.date.as_ref().map(ToString::to_string).as_deref());
    text(&mut out, "kind", Some(&d.kind));
    text(&mut out, "language", Some(&d.language).filter(|l| !l.is_empty()));
    text(&mut out, "place", d.place.as_ref());
    text(&mut out, "subject", d.subject.as_ref());
    texts(&mut out, "references", &d.references);
    parties(&mut out, "creators", &d.creators);
    parties(&mut out, "signatories", &d.signatories);
    parties(&mut out, "recipients", &d.recipients);
    parties(&mut out, "copied", &d.copied);
    text(&mut out, "in_reply_to", d.in_reply_to.as_ref().map(|s| &s.value));
    for (relation, slug) in &d.relations {
        text(&mut out, relation.key(), Some(&slug.value));
    }
    text(&mut out, "collection", d.collection.as_ref().map(|s| &s.value));
    text(&mut out, "reference", d.reference.as_ref());
    text(&mut out, "extent", d.extent.as_ref());
    texts(&mut out, "topics", &d.topics);
    text(&mut out, "description", d.description.as_ref());
    if d.draft {
        out.push_str("draft = true\n");
    }
    text(&mut out, "embargo_until", d.embargo_until.map(|day| day.to_string()).as_deref());
    text(&mut out, "slug", d.slug.as_ref().map(|s| &s.value));
    let aliases: Vec<String> = d.aliases.iter().map(|a| a.value.clone()).collect();
    texts(&mut out, "aliases", &aliases);
    text(&mut out, "rights", d.rights.as_ref());
    texts(&mut out, "files", &d.files);
    text(&mut out, "template", d.template.as_ref());
    text(&mut out, "added", d.added.as_ref().map(ToString::to_string).as_deref());
    text(&mut out, "updated", d.updated.as_ref().map(ToString::to_string).as_deref());
    if let Some(withdrawn) = &d.withdrawn {
        out.push_str("\n[withdrawn]\n");
        text(&mut out, "reason", Some(&withdrawn.reason));
        text(&mut out, "date", withdrawn.date.as_ref().map(ToString::to_string).as_deref());
        text(&mut out, "title", withdrawn.title.as_ref());
    }
    if let Some(source) = &d.source {
        out.push_str("\n[source]\n");
        text(&mut out, "seed", source.seed.as_ref());
        text(&mut out, "sha256", source.sha256.as_ref());
        lines(&mut out, source.lines);
        text(&mut out, "url", source.url.as_ref());
        text(&mut out, "encoding", source.encoding.as_ref());
        if let Some(public) = source.public {
            let _ = writeln!(out, "public = {public}");
        }
    }
    for withheld in &d.withheld {
        out.push_str("\n[[withheld]]\n");
        lines(&mut out, withheld.lines);
        text(&mut out, "file", withheld.file.as_ref());
        if let Some(page) = withheld.page {
            let _ = writeln!(out, "page = {page}");
        }
        if let Some([left, top, width, height]) = withheld.region {
            let _ = writeln!(out, "region = [{left}, {top}, {width}, {height}]");
        }
        text(&mut out, "reason", Some(&withheld.reason));
    }
    for corrected in &d.corrected {
        out.push_str("\n[[corrected]]\n");
        lines(&mut out, Some(*corrected));
    }
    for correction in &d.corrections {
        out.push_str("\n[[corrections]]\n");
        text(&mut out, "date", correction.date.as_ref().map(ToString::to_string).as_deref());
        text(&mut out, "field", Some(&correction.field));
        text(&mut out, "by", correction.by.as_ref());
        text(&mut out, "reason", Some(&correction.reason));
    }
    reviews(&mut out, &d.review);
    extra(&mut out, &d.extra);
    close(out, body)
}

/// The text of an authority record's file.
pub fn write_authority(authority: &Authority, body: &str) -> String {
    let mut out = String::from("+++\n");
    let a = authority;
    text(&mut out, "title", Some(&a.title));
    texts(&mut out, "aliases", &a.aliases);
    text(&mut out, "acronym", a.acronym.as_ref());
    text(&mut out, "sort_name", a.sort_name.as_ref());
    text(&mut out, "part_of", a.part_of.as_ref());
    texts(&mut out, "successor_of", &a.successor_of);
    text(&mut out, "country", a.country.as_ref());
    text(&mut out, "dates", a.dates.as_ref().map(ToString::to_string).as_deref());
    text(&mut out, "url", a.url.as_ref());
    text(&mut out, "description", a.description.as_ref());
    text(&mut out, "slug", a.slug.as_ref().map(|s| &s.value));
    texts(&mut out, "merged", &a.merged);
    for identifier in &a.identifiers {
        out.push_str("\n[[identifiers]]\n");
        text(&mut out, "scheme", Some(&identifier.scheme));
        text(&mut out, "value", Some(&identifier.value));
    }
    reviews(&mut out, &a.review);
    extra(&mut out, &a.extra);
    close(out, body)
}

/// The text of the file of a unit of the arrangement.
pub fn write_collection(collection: &Collection, body: &str) -> String {
    let mut out = String::from("+++\n");
    let c = collection;
    text(&mut out, "title", Some(&c.title));
    text(&mut out, "level", Some(c.level.name()));
    text(&mut out, "reference", c.reference.as_ref());
    text(&mut out, "dates", c.dates.as_ref().map(ToString::to_string).as_deref());
    text(&mut out, "extent", c.extent.as_ref());
    parties(&mut out, "creators", &c.creators);
    text(&mut out, "history", c.history.as_ref());
    text(&mut out, "scope", c.scope.as_ref());
    text(&mut out, "conditions", c.conditions.as_ref());
    text(&mut out, "part_of", c.part_of.as_ref().map(|s| &s.value));
    text(&mut out, "description", c.description.as_ref());
    if let Some(weight) = c.weight {
        let _ = writeln!(out, "weight = {weight}");
    }
    text(&mut out, "slug", c.slug.as_ref().map(|s| &s.value));
    extra(&mut out, &c.extra);
    close(out, body)
}

fn close(mut out: String, body: &str) -> String {
    out.push_str("+++\n");
    if !body.is_empty() {
        out.push('\n');
        out.push_str(body);
        if !body.ends_with('\n') {
            out.push('\n');
        }
    }
    out
}

fn text<S: AsRef<str> + ?Sized>(out: &mut String, key: &str, value: Option<&S>) {
    if let Some(value) = value {
        let _ = writeln!(out, "{key} = {}", quoted(value.as_ref()));
    }
}

fn lines(out: &mut String, lines: Option<(usize, usize)>) {
    if let Some((first, last)) = lines {
        let _ = writeln!(out, "lines = [{first}, {last}]");
    }
}

fn texts(out: &mut String, key: &str, values: &[String]) {
    if values.is_empty() {
        return;
    }
    let items: Vec<String> = values.iter().map(|v| quoted(v)).collect();
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

fn parties(out: &mut String, key: &str, parties: &[Party]) {
    if parties.is_empty() {
        return;
    }
    let _ = writeln!(out, "{key} = [");
    for one in parties {
        let _ = writeln!(out, "  {},", party(one));
    }
    out.push_str("]\n");
}

/// A party as an inline table of TOML.
pub fn party(party: &Party) -> String {
    let pairs =
        [("person", &party.person), ("role", &party.role), ("organization", &party.organization)];
    let pairs: Vec<String> = pairs
        .into_iter()
        .filter_map(|(k, v)| v.as_ref().map(|v| format!("{k} = {}", quoted(v))))
        .collect();
    format!("{{ {} }}", pairs.join(", "))
}

fn reviews(out: &mut String, reviews: &[Review]) {
    for review in reviews {
        out.push_str("\n[[review]]\n");
        text(out, "field", Some(&review.field));
        text(out, "reason", Some(&review.reason));
        if let Some(line) = review.line {
            let _ = writeln!(out, "line = {line}");
        }
    }
}

fn extra(out: &mut String, extra: &Map<String, Value>) {
    if extra.is_empty() {
        return;
    }
    let mut table = toml::Table::new();
    for (key, value) in extra {
        if let Ok(value) = toml::Value::try_from(value) {
            table.insert(key.clone(), value);
        }
    }
    let mut whole = toml::Table::new();
    whole.insert("extra".to_owned(), toml::Value::Table(table));
    let _ = write!(out, "\n{whole}");
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::content::{Correction, Record, Review, Source, Withheld, parse};
    use crate::diagnostic::{Report, SourceText};
    use proptest::prelude::*;

    fn any_text() -> impl Strategy<Value = String> {
        "(\\PC|[\"\\\\\n\t\u{7f}\u{1}]){1,12}".prop_filter("not blank", |s| !s.trim().is_empty())
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_back(title in any_text(), name in any_text(), note in any_text(), line in 1usize..99) {
            let document = Document {
                title,
                date: Some("2008-11-19".parse().unwrap()),
                kind: "letter".to_owned(),
                creators: vec![Party { person: Some(name.clone()), role: None, organization: Some(name) }],
                references: vec![note.clone(), "A/HRC/25/63".to_owned()],
                source: Some(Source { lines: Some((line, line + 2)), seed: Some("a.txt".to_owned()), ..Source::default() }),
                withheld: vec![
                    Withheld { lines: Some((line, line)), reason: note.clone(), ..Withheld::default() },
                    Withheld { file: Some("a.jpg".to_owned()), page: Some(line), region: Some([0, 1, 2, 3]), reason: note.clone(), lines: None },
                ],
                files: vec!["a.jpg".to_owned()],
                corrected: vec![(line, line + 1)],
                corrections: vec![Correction {
                    date: Some("2026-01-31".parse().unwrap()),
                    field: note.clone(),
                    by: Some(note.clone()),
                    reason: note.clone(),
                }],
                review: vec![Review { field: "date".to_owned(), reason: note, line: Some(line) }],
                ..Document::default()
            };
            let text = write_document(&document, "Body\n");
            let report = Report::new();
            let source = SourceText { path: "content/documents/a.md", text: &text };
            let entry = parse(source, &Config::default(), &report).unwrap();
            prop_assert!(!report.has_errors(), "{:?}\n{}", report.sorted(), text);
            prop_assert_eq!(&text[entry.body], "Body\n");
            let mut legible = document;
            let one = |text: &mut String| *text = text.replace(crate::legible::is_control, "\u{fffd}");
            one(&mut legible.title);
            legible.references.iter_mut().for_each(one);
            legible.review.iter_mut().for_each(|review| one(&mut review.reason));
            for correction in &mut legible.corrections {
                one(&mut correction.field);
                one(&mut correction.reason);
                correction.by.iter_mut().for_each(one);
            }
            legible.withheld.iter_mut().for_each(|withheld| one(&mut withheld.reason));
            let party = &mut legible.creators[0];
            party.person.iter_mut().chain(&mut party.organization).for_each(one);
            prop_assert_eq!(entry.record, Record::Document(Box::new(legible)));
        }
    }
}
