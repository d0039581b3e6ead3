//! What a seed's file name says, where the archive has told how its names are made:
//! `"{date}-{organization}"`. A text may hold `{date}`, `{organization}`, `{person}`, `{recipient}`,
//! `{title}`, `{kind}`, `{language}`, `{reference}` and `*` for anything.

mod folder;

use std::sync::LazyLock;

use regex::Regex;

use super::lexicon;
use crate::edtf::EdtfDate;
pub(super) use folder::Habits;

/// A pattern of names.
#[derive(Debug)]
pub(super) struct Pattern {
    regex: Regex,
    folders: bool,
}

/// What a name says.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct FileName {
    pub date: Option<EdtfDate>,
    pub organization: Option<String>,
    pub person: Option<String>,
    pub recipient: Option<String>,
    pub title: Option<String>,
    pub kind: Option<String>,
    pub language: Option<String>,
    pub reference: Option<String>,
}

const FIELDS: [(&str, &str); 8] = [
    ("date", r"(?P<date>\d{4}(?:[-_.]?\d{2}(?:[-_.]?\d{2})?)?)"),
    ("organization", "(?P<organization>.+?)"),
    ("person", "(?P<person>.+?)"),
    ("recipient", "(?P<recipient>.+?)"),
    ("title", "(?P<title>.+?)"),
    ("kind", "(?P<kind>[a-z-]+)"),
    ("language", "(?P<language>[a-z]{2,3}(?:-[A-Za-z]+)?)"),
    ("reference", "(?P<reference>.+?)"),
];

impl Pattern {
    /// Reads a setting.
    ///
    /// # Errors
    ///
    /// Names the part that is no field.
    pub(super) fn new(setting: &str) -> Result<Self, String> {
        let mut pattern = regex::escape(setting).replace(r"\*", "[^/]*");
        for (name, field) in FIELDS {
            pattern = pattern.replacen(&format!(r"\{{{name}\}}"), field, 1);
        }
        if let Some(start) = pattern.find(r"\{") {
            let rest = pattern[start..].trim_start_matches(r"\{");
            return Err(rest.split(r"\}").next().unwrap_or(rest).to_owned());
        }
        let regex = Regex::new(&format!("^{pattern}$")).map_err(|e| e.to_string())?;
        Ok(Self { regex, folders: setting.contains('/') })
    }
}

/// Names of the fields that a pattern may have.
pub(super) fn fields() -> String {
    FIELDS.map(|(name, _)| format!("`{{{name}}}`")).join(", ")
}

/// Reads a seed's path by the first pattern that fits; names are written as the text writes them.
pub(super) fn read(path: &str, patterns: &[Pattern], text: &str) -> Option<FileName> {
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let file = stem.rsplit('/').next().unwrap_or(stem);
    let captures =
        patterns.iter().find_map(|p| p.regex.captures(if p.folders { stem } else { file }))?;
    let field = |name: &str| captures.name(name).map(|m| m.as_str()).filter(|s| !s.is_empty());
    let words = |name: &str| field(name).map(|slug| in_words(slug, text));
    Some(FileName {
        date: field("date").and_then(edtf),
        organization: words("organization"),
        person: words("person"),
        recipient: words("recipient"),
        title: words("title"),
        kind: field("kind").map(str::to_owned),
        language: field("language").map(str::to_owned),
        reference: field("reference").map(str::to_owned),
    })
}

fn edtf(text: &str) -> Option<EdtfDate> {
    let digits: String = text.chars().filter(char::is_ascii_digit).collect();
    let edtf = match digits.len() {
        4 => digits,
        6 => format!("{}-{}", &digits[..4], &digits[4..]),
        8 => format!("{}-{}-{}", &digits[..4], &digits[4..6], &digits[6..]),
        _ => return None,
    };
    edtf.parse().ok()
}

/// `Epic-Games-2` → `Epic Games`, or `S&P Capital IQ` if the text has the words of `S-P-Capital-IQ` so.
fn in_words(slug: &str, text: &str) -> String {
    let mut parts: Vec<&str> = slug.split(['-', '_', ' ', '+']).filter(|p| !p.is_empty()).collect();
    // A number that tells files of one day apart is no part of a name, nor is what the file is.
    static WORDS: LazyLock<lexicon::Words> = LazyLock::new(|| lexicon::set(|l| l.file_words));
    let beside = |p: &str| {
        p.len() <= 2 && p.bytes().all(|b| b.is_ascii_digit())
            || WORDS.contains(p.to_lowercase().as_str())
    };
    while parts.len() > 1
        && parts.last().is_some_and(|p| beside(p))
        && as_written(&parts, text).is_none()
    {
        parts.pop();
    }
    as_written(&parts, text).unwrap_or_else(|| parts.join(" "))
}

/// The words as the text has them, with the signs that a file's name cannot hold.
fn as_written(parts: &[&str], text: &str) -> Option<String> {
    let first = parts.first()?;
    if parts.len() < 2 {
        return None;
    }
    text.match_indices(first).take(200).find_map(|(start, _)| {
        if text[..start].ends_with(char::is_alphanumeric) {
            return None;
        }
        let mut at = start + first.len();
        for part in &parts[1..] {
            let rest = &text[at..];
            let gap = rest.len() - rest.trim_start_matches(|c: char| " &.-'’+/!".contains(c)).len();
            let after = rest[gap..].strip_prefix(part)?;
            if gap == 0 || gap > 4 {
                return None;
            }
            at = text.len() - after.len();
        }
        (!text[at..].starts_with(char::is_alphanumeric)).then(|| text[start..at].to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_what_its_pattern_says() {
        let patterns = [Pattern::new("{date}-{organization}").unwrap()];
        let named = read("2014/2014-02-07-Perseus-Books.md", &patterns, "").unwrap();
        assert_eq!(named.date.unwrap().to_string(), "2014-02-07");
        assert_eq!(named.organization.unwrap(), "Perseus Books");
        let named =
            read("2013-06-28-S-P-Capital-IQ.md", &patterns, "on behalf of S&P Capital IQ, a")
                .unwrap();
        assert_eq!(named.organization.unwrap(), "S&P Capital IQ");
        assert_eq!(
            read("2014-03-22-Epic-Games-1.md", &patterns, "").unwrap().organization.unwrap(),
            "Epic Games"
        );
        assert_eq!(read("notes.txt", &patterns, ""), None);
    }

    #[test]
    fn an_unknown_field_is_named() {
        assert_eq!(Pattern::new("{date}-{sender}").unwrap_err(), "sender");
    }
}
