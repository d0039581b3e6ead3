//! Legal forms of organizations: `Inc.`, `GmbH`, `S.A. de C.V.`, `주식회사`.

use std::sync::LazyLock;

use super::super::lexicon::Words;
use super::lists;
use crate::ingest::text::bytes;

/// Whether a name ends in a legal form, or has one of Korean, Chinese or Japanese at one of its ends.
pub(in crate::ingest) fn has_form(text: &str) -> bool {
    static FORMS: LazyLock<Words> = LazyLock::new(|| lists::words("legal_forms"));
    let text = text.trim();
    let bare = text.strip_suffix('.').unwrap_or(text);
    let last = bare.rsplit(|c: char| c.is_whitespace() || c == ',').next().unwrap_or_default();
    last.len() <= 12 && FORMS.contains(last)
        || ends_in_two(bare)
        || !text.is_ascii() && has_eastern(text)
}

/// `e. V.`, `Sdn Bhd`
fn ends_in_two(bare: &str) -> bool {
    static OF_TWO: LazyLock<Vec<String>> = LazyLock::new(|| {
        lists::entries("legal_forms_of_two").map(|form| form.replace('_', " ")).collect()
    });
    let ends_part = |before: &str| {
        before.is_empty() || before.ends_with(|c: char| c.is_whitespace() || c == ',')
    };
    static LAST: LazyLock<[bool; 256]> =
        LazyLock::new(|| bytes::lasts(OF_TWO.iter().map(String::as_str)));
    bare.bytes().next_back().is_some_and(|last| LAST[usize::from(last)])
        && OF_TWO.iter().any(|form| bare.strip_suffix(form.as_str()).is_some_and(ends_part))
}

fn has_eastern(text: &str) -> bool {
    static EITHER: LazyLock<Vec<&str>> =
        LazyLock::new(|| lists::entries("legal_forms_anywhere").collect());
    EITHER.iter().any(|form| text.starts_with(form) || text.ends_with(form))
}

/// Whether a line begins with a legal form in full and has no name: `Gesellschaft mit beschränkter Haftung mit Sitz in …`.
pub(in crate::ingest) fn is_form(text: &str) -> bool {
    static IN_FULL: LazyLock<Vec<String>> = LazyLock::new(|| {
        lists::entries("legal_forms_in_full").map(|form| form.replace('_', " ")).collect()
    });
    text.contains(' ') && {
        let lower = text.to_lowercase();
        IN_FULL.iter().any(|form| lower.starts_with(form.as_str()))
    }
}
