//! What a person corrects in a document's file by the form of the review desk: keys of its record, and its text.

use super::{Reviewed, Unsettled, checked, keys_before, read_text, replace};
use crate::config::Config;
use crate::content;
use crate::content::edit::{Edit, quoted};
use crate::diagnostic::{Diagnostic, Report, SourceText};
use crate::files::{Sources, Store};

/// What a key of front matter is from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// A text; an empty one takes the key out.
    Text(String),
    /// A list of texts; an empty one takes the key out.
    Texts(Vec<String>),
    /// A list of people and organizations; an empty one takes the key out.
    Parties(Vec<content::Party>),
}

/// What somebody changed in a document.
#[derive(Debug, Clone, Default)]
pub struct Corrected {
    /// Keys, and what they are from now on.
    pub keys: Vec<(&'static str, Value)>,
    /// The text from now on, in Markdown; none leaves it as it is.
    pub body: Option<String>,
}

/// The text of a file that somebody corrects, if it is still what they saw: `seen` is its BLAKE3 hash in hexadecimal.
///
/// # Errors
///
/// If the file cannot be read, or was saved since.
pub fn seen(files: &impl Sources, path: &str, seen: &str) -> Result<String, Unsettled> {
    let text = read_text(files, path)?;
    if blake3::hash(text.as_bytes()).to_hex().as_str() == seen {
        return Ok(text);
    }
    let fault = Diagnostic::error(path, "the file was saved after you opened this page")
        .note("the saved version was kept, and nothing was written")
        .help("go back, copy what you wrote, reload the page, and write it again");
    Err(Unsettled::Faults(vec![fault]))
}

/// Writes corrections into a document's file that was read, as [`corrected`] says.
///
/// # Errors
///
/// If the file cannot be written, was saved meanwhile, or would have faults that it did not have.
pub fn correct(
    files: &impl Store,
    source: SourceText<'_>,
    corrections: &Corrected,
    config: &Config,
) -> Result<(), Unsettled> {
    let new = corrected(source, corrections, config).map_err(Unsettled::Faults)?;
    replace(files, source, &new)
}

/// A document's file with corrections; the doubts about a key that was corrected are settled. Nothing else is changed.
///
/// # Errors
///
/// If the file cannot be read, or would have faults that it did not have.
pub fn corrected(
    source: SourceText<'_>,
    corrections: &Corrected,
    config: &Config,
) -> Result<String, Vec<Diagnostic>> {
    let one = |diagnostic: Box<Diagnostic>| vec![*diagnostic];
    let before = Report::new();
    let Some(entry) = content::parse(source, config, &before) else { return Err(before.sorted()) };
    let reviews = Reviewed::entry(&entry).map_or(&[][..], |reviewed| reviewed.reviews);
    let is_settled = |field: &str| corrections.keys.iter().any(|(key, _)| *key == field);
    let settled: Vec<usize> =
        (0..reviews.len()).filter(|n| is_settled(&reviews[*n].field)).collect();
    let mut edit = Edit::open(source).map_err(one)?;
    edit.remove_tables("review", &settled);
    for (key, value) in &corrections.keys {
        match written(value) {
            Some(value) => edit.set(key, &value, &keys_before(source.path, key)),
            None => edit.remove(key),
        }
    }
    if let Some(body) = &corrections.body {
        edit.set_body(entry.body, body);
    }
    let text = edit.finish();
    checked(source.path, &text, config, &before)?;
    Ok(text)
}

/// A value as TOML; nothing if it is empty.
fn written(value: &Value) -> Option<String> {
    match value {
        Value::Text(text) => (!text.is_empty()).then(|| quoted(text)),
        Value::Texts(texts) => {
            let texts: Vec<String> = texts.iter().map(|text| quoted(text)).collect();
            (!texts.is_empty()).then(|| format!("[{}]", texts.join(", ")))
        }
        Value::Parties(parties) => {
            let line = |party: &content::Party| format!("  {},\n", content::party(party));
            let lines: String = parties.iter().map(line).collect();
            (!lines.is_empty()).then(|| format!("[\n{lines}]"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::content::Party;

    const PATH: &str = "content/documents/a.md";
    const TEXT: &str = "+++\r\ntitle = \"A\" # mine\r\ndate = \"1921\"\r\n\r\n[[creators]]\r\nperson = \"B\"\r\n\r\n[[review]]\r\nfield = \"date\"\r\nreason = \"no day\"\r\n+++\r\n\r\nDear Sir,\r\n\r\nYes.\r\n";

    fn text(corrections: &Corrected) -> String {
        let source = SourceText { path: PATH, text: TEXT };
        corrected(source, corrections, &Config::default()).unwrap()
    }

    #[test]
    fn what_is_corrected_is_written_and_nothing_else() {
        let keys = vec![("date", Value::Text("1921-03-14".to_owned()))];
        let dated = "+++\r\ntitle = \"A\" # mine\r\ndate = \"1921-03-14\"\r\n\r\n[[creators]]\r\nperson = \"B\"\r\n+++\r\n\r\nDear Sir,\r\n\r\nYes.\r\n";
        assert_eq!(text(&Corrected { keys, body: None }), dated);
        assert_eq!(text(&Corrected::default()), TEXT);
        let body = Some("Dear Madam,\n\nYes.\n".to_owned());
        let other = TEXT.replace("Sir", "Madam");
        assert_eq!(text(&Corrected { keys: Vec::new(), body }), other);
    }

    #[test]
    fn lists_of_people_take_the_place_of_tables_and_empty_values_of_keys() {
        let party = Party {
            person: Some("C".to_owned()),
            role: Some("Chair".to_owned()),
            organization: None,
        };
        let keys = vec![
            ("creators", Value::Parties(vec![party])),
            ("date", Value::Text(String::new())),
            ("topics", Value::Texts(vec!["a".to_owned(), "b".to_owned()])),
        ];
        let new = text(&Corrected { keys, body: None });
        assert_eq!(
            new,
            "+++\r\ntitle = \"A\" # mine\r\ncreators = [\r\n  { person = \"C\", role = \"Chair\" },\r\n]\r\ntopics = [\"a\", \"b\"]\r\n+++\r\n\r\nDear Sir,\r\n\r\nYes.\r\n"
        );
    }

    #[test]
    fn what_is_no_date_is_refused() {
        let keys = vec![("date", Value::Text("14 March".to_owned()))];
        let source = SourceText { path: PATH, text: TEXT };
        let refused = corrected(source, &Corrected { keys, body: None }, &Config::default());
        assert!(refused.unwrap_err()[0].message.contains("14 March"));
    }
}
