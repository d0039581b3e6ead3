//! Entry → text: the layout in which `ingest` and `new` write content files.
//!
//! Files that people edited are changed in place with `toml_edit` instead, never written anew.

use crate::fields::Table;

/// The text of a content file.
pub fn write(record: &impl Table, body: &str) -> String {
    let mut out = String::from("+++\n");
    record.write_keys(&mut out);
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Config;
    use crate::content::{Correction, Document, Party, Record, Review, Source, Withheld, parse};
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
            let text = write(&document, "Body\n");
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
