//! Names that are near each other but not one: pairs of authority records that may be the same body or
//! person. Nothing is merged; distinct bodies may differ by a word.

use std::collections::BTreeMap;

use crate::archive::{Archive, AuthorityKind};
use crate::content::name;

/// Small words that forms of one name often differ by, in five languages.
const SMALL: [&str; 27] = [
    "a", "and", "at", "de", "del", "der", "des", "die", "du", "et", "for", "für", "in", "la", "le",
    "les", "of", "on", "para", "por", "pour", "s", "sur", "the", "to", "u", "und",
];

/// Names longer than this may differ by two letters, shorter ones by one; very short ones by none.
const LONG: usize = 16;
const SHORT: usize = 7;

/// Two names that may be one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NearNames {
    /// Of what both are names.
    pub kind: AuthorityKind,
    /// The file of the first one, from the archive's root.
    pub path: String,
    /// The one that would go.
    pub from: String,
    /// The one that would stay.
    pub into: String,
    /// Where that one is, in words.
    pub place: String,
}

impl NearNames {
    /// The command that makes them one.
    pub fn command(&self) -> String {
        format!("fonds merge {} {}", quoted(&self.from), quoted(&self.into))
    }
}

/// Pairs of near names, those that have a record and those that documents only use.
pub fn near_names(archive: &Archive) -> Vec<NearNames> {
    AuthorityKind::ALL
        .into_iter()
        .flat_map(|kind| {
            let names: Vec<Name<'_>> = archive
                .authorities(kind)
                .iter()
                .map(|authority| Name {
                    title: &authority.record.title,
                    path: authority.path.as_deref(),
                    used: authority
                        .documents
                        .first()
                        .map(|(_, id)| archive.document(*id).path.as_str()),
                })
                .collect();
            near(kind, &names)
        })
        .collect()
}

/// A name, and where it is.
struct Name<'a> {
    title: &'a str,
    /// The file of its record.
    path: Option<&'a str>,
    /// A document that uses it.
    used: Option<&'a str>,
}

impl Name<'_> {
    fn place(&self) -> String {
        match (self.path, self.used) {
            (Some(path), _) => path.to_owned(),
            (None, Some(document)) => format!("used in {document}"),
            (None, None) => "a name without a record".to_owned(),
        }
    }
}

fn near(kind: AuthorityKind, records: &[Name<'_>]) -> Vec<NearNames> {
    let keys: Vec<Vec<String>> = records.iter().map(|r| significant(&name::key(r.title))).collect();
    // Only names that begin or end alike are compared, so that thousands take no time.
    let mut groups: BTreeMap<(bool, &str), Vec<usize>> = BTreeMap::new();
    for (number, words) in keys.iter().enumerate() {
        if let (Some(first), Some(last)) = (words.first(), words.last()) {
            groups.entry((true, first)).or_default().push(number);
            groups.entry((false, last)).or_default().push(number);
        }
    }
    let mut pairs: Vec<(usize, usize)> = groups
        .values()
        .filter(|group| group.len() <= 400)
        .flat_map(|group| {
            let pair = |i: usize| group[i + 1..].iter().map(move |b| (group[i], *b));
            (0..group.len()).flat_map(pair).collect::<Vec<_>>()
        })
        .filter(|(a, b)| are_near(&keys[*a], &keys[*b]))
        .collect();
    pairs.sort_unstable();
    pairs.dedup();
    pairs.into_iter().map(|(a, b)| pair(kind, &records[a], &records[b])).collect()
}

fn significant(key: &str) -> Vec<String> {
    key.split(' ').filter(|word| !SMALL.contains(word)).map(str::to_owned).collect()
}

fn are_near(a: &[String], b: &[String]) -> bool {
    let (a, b) = (a.join(" "), b.join(" "));
    let shorter = a.chars().count().min(b.chars().count());
    let allowed = match shorter {
        LONG.. => 2,
        SHORT.. => 1,
        _ => 0,
    };
    // Bodies that differ by their number only are distinct.
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    digits(&a) == digits(&b) && strsim::damerau_levenshtein(&a, &b) <= allowed
}

fn pair(kind: AuthorityKind, a: &Name<'_>, b: &Name<'_>) -> NearNames {
    // The one that stays is the one with a record; of two alike, the first.
    let (from, into) = if a.path.is_none() && b.path.is_some() { (a, b) } else { (b, a) };
    let path = from.path.or(from.used).or(into.path).unwrap_or_default();
    NearNames {
        kind,
        path: path.to_owned(),
        from: from.title.to_owned(),
        into: into.title.to_owned(),
        place: into.place(),
    }
}

/// A word of a shell's command, in quotes that keep everything as it is.
fn quoted(text: &str) -> String {
    if text.contains('\'') && !text.contains(['"', '$', '`', '\\', '!']) {
        return format!("\"{text}\"");
    }
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pairs(titles: &[&str]) -> usize {
        let names = titles.iter().map(|title| Name { title, path: Some("a.md"), used: None });
        near(AuthorityKind::Person, &names.collect::<Vec<_>>()).len()
    }

    #[test]
    fn commands_are_quoted_for_a_shell() {
        assert_eq!(quoted("A & B"), "'A & B'");
        assert_eq!(quoted("Citizens' Alliance"), "\"Citizens' Alliance\"");
        assert_eq!(quoted("a'b$c"), r"'a'\''b$c'");
    }

    #[test]
    fn forms_that_differ_by_a_small_word_or_a_letter_are_near() {
        let committee = "Committee for Human Rights in North Korea";
        assert_eq!(pairs(&[committee, "Committee on Human Rights in North Korea"]), 1);
        assert_eq!(pairs(&["Ludmila Alexeyeva", "Lyudmila Alexeyeva"]), 1);
    }

    #[test]
    fn distinct_bodies_stay_apart() {
        assert_eq!(pairs(&["Human Rights Watch", "Human Rights First"]), 0);
        assert_eq!(pairs(&["North Korea's Camp No. 22", "North Korea's Camp No. 25"]), 0);
        assert_eq!(pairs(&["HRNK", "HRNL"]), 0);
    }
}
