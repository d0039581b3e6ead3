//! The label before a date, which says what happened on it: only some labels give the document's own date.

use std::ops::Range;

use super::super::lexicon::ends_word;
use super::super::text;
use super::beside;
use super::words::{EVENTS, OPENINGS, OWN_LABELS, STAMPS};

/// The words before a date that say what it is the date of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::ingest) struct Label {
    /// Where they are in the line, in bytes.
    pub range: Range<usize>,
    /// Whether the date is the document's own by them.
    pub own: bool,
}

/// What a line says of the date in the line below it, as on a form.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::ingest) enum Heads {
    /// The date is the document's own.
    Own,
    /// It is that of something else.
    Other,
    /// It is a date of something that no list knows: `Date of the count`.
    Unknown,
}

/// What a short line without a value says of the date below it: `Date of birth`.
pub(in crate::ingest) fn heads(line: &str) -> Option<Heads> {
    let bare =
        line.trim_end_matches([':', '：', '.', ' ', '*', '_']).trim_start_matches(['*', '_']);
    if !text::has_at_most(bare, 5) || bare.bytes().any(|b| b.is_ascii_digit()) {
        return None;
    }
    let whole = |words: &super::words::Next| words.end(bare) == Some(bare.len());
    if whole(&EVENTS) || whole(&STAMPS) {
        return Some(Heads::Other);
    }
    if whole(&OWN_LABELS) {
        return Some(Heads::Own);
    }
    let end = OWN_LABELS.end(bare)?;
    bare[end..].trim_start().starts_with(char::is_lowercase).then_some(Heads::Unknown)
}

/// The label at the end of the text before a date.
pub(super) fn before(text: &str) -> Option<Label> {
    let rest = beside::before(text).rest.trim_end();
    if rest.is_empty() {
        return None;
    }
    // Articles may belong to the label, as in "Ihr Schreiben vom".
    let whole = words(text.trim_end()).filter(|label| !label.own);
    whole.or_else(|| with_colon(rest)).or_else(|| words(rest)).or_else(|| opening(rest))
}

/// `Date of judgment:`, `Next meeting:`
fn with_colon(rest: &str) -> Option<Label> {
    let bare = rest.trim_end_matches(['*', '_', ' ']).strip_suffix([':', '：'])?;
    let start = bare.rfind(['.', ';', '|', '\t', ':']).map_or(0, |i| i + 1);
    let lead = |c: char| !c.is_alphanumeric();
    let start = start + bare[start..].len() - bare[start..].trim_start_matches(lead).len();
    let end = start + bare[start..].trim_end_matches(['*', '_', ' ']).len();
    let label = bare.get(start..end)?;
    let is_label = !label.is_empty() && text::has_at_most(label, 6) && text::length(label) <= 50;
    is_label.then(|| Label { range: start..end, own: OWN_LABELS.end(label) == Some(label.len()) })
}

/// `Your letter of`, `Confirmed`, `Dated`
fn words(rest: &str) -> Option<Label> {
    let bare = rest.trim_end_matches(['.', ' ', '*', '_']);
    let of = |words: &super::words::Next, own: bool| {
        let start = words.start_at_end(bare)?;
        Some(Label { range: start..bare.len(), own })
    };
    of(&EVENTS, false)
        .or_else(|| of(&STAMPS, false))
        .or_else(|| of(&OPENINGS, true))
        .or_else(|| of(&OWN_LABELS, true))
}

/// `Translation by J. Orme,` and other lines that begin with a word for an event.
fn opening(rest: &str) -> Option<Label> {
    let start = rest.len() - rest.trim_start_matches(|c: char| !c.is_alphanumeric()).len();
    let end = start + EVENTS.end(&rest[start..])?;
    let next = rest[end..].chars().find(|c| !c.is_whitespace());
    // A capital goes on with a name: "Due West".
    let is_name = next.is_some_and(char::is_uppercase) && ends_word(&rest[end..]);
    (!is_name).then_some(Label { range: start..end, own: false })
}

#[cfg(test)]
mod tests {
    use super::super::{Context, date_line, mentions, parts};

    fn label(text: &str) -> Option<(&str, bool)> {
        let label = mentions(text, Context::default()).into_iter().next()?.label?;
        Some((&text[label.range], label.own))
    }

    #[test]
    fn labels_of_the_documents_own_date() {
        for (text, edtf) in [
            ("Date of judgment: 9 March 2016", "2016-03-09"),
            ("DATE OF MEETING: 9 March 2016", "2016-03-09"),
            ("**Dated:** September 5, 2014", "2014-09-05"),
            ("Datum: 9. März 2016", "2016-03-09"),
            ("Gesendet: Mittwoch, 9. März 2016 10:12", "2016-03-09"),
            ("Envoyé : mercredi 9 mars 2016 10:12", "2016-03-09"),
            ("선고일: 2016. 3. 9.", "2016-03-09"),
        ] {
            let found = parts(text);
            assert_eq!(found.as_ref().map(|f| f.0.as_str()), Some(edtf), "{text}");
            assert_eq!(found.and_then(|f| f.1), None, "{text}");
            assert!(label(text).is_some_and(|l| l.1), "{text}");
        }
    }

    #[test]
    fn labels_of_other_events_make_no_date_line() {
        for (text, wanted) in [
            ("Hearing: 3 May 1931", "Hearing"),
            ("Deadline: 3 May 1931", "Deadline"),
            ("Next meeting: 3 May 1931", "Next meeting"),
            ("Next Meeting: August 19, 2012", "Next Meeting"),
            ("Embargoed until 3 May 1931", "Embargoed until"),
            ("Your letter of 3 May 1931", "Your letter of"),
            ("Ihr Schreiben vom 3. Mai 1931", "Ihr Schreiben vom"),
            ("Confirmed 12 May 1873.", "Confirmed"),
            ("Filed, 3 May 1931", "Filed"),
            ("Translation by J. Orme, 3 May 1931", "Translation"),
            ("Boarding: 3 May 1931", "Boarding"),
            ("다음 회의: 2016. 3. 9.", "다음 회의"),
        ] {
            assert_eq!(date_line(text, None), None, "{text}");
            assert_eq!(label(text), Some((wanted, false)), "{text}");
        }
    }

    #[test]
    fn a_label_in_a_sentence_is_found() {
        let text = "I have your letter of the 3rd May 1931, and thank you for it";
        assert_eq!(label(text), Some(("your letter of", false)));
        assert_eq!(label("The Council met on 3 May 1931"), None);
    }
}
