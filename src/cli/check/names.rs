//! Names that are near each other but not one: a warning for each pair of authority records that may
//! be the same body or person. Nothing is merged; distinct bodies may differ by a word.

use std::collections::BTreeMap;

use crate::config::Config;
use crate::content::{Authority, Record, name};
use crate::diagnostic::{Diagnostic, Report};
use crate::disk::Disk;
use crate::pipeline;

/// Small words that forms of one name often differ by, in five languages.
const SMALL: [&str; 27] = [
    "a", "and", "at", "de", "del", "der", "des", "die", "du", "et", "for", "für", "in", "la", "le",
    "les", "of", "on", "para", "por", "pour", "s", "sur", "the", "to", "u", "und",
];

/// Names longer than this may differ by two letters, shorter ones by one; very short ones by none.
const LONG: usize = 16;
const SHORT: usize = 7;

/// Reports pairs of records with near names.
pub(super) fn check(disk: &Disk, config: &Config, report: &Report) {
    let (mut organizations, mut people) = (Vec::new(), Vec::new());
    for entry in pipeline::load_content(disk, config, &Report::new()) {
        match entry.record {
            Record::Organization(record) => organizations.push((entry.path, *record)),
            Record::Person(record) => people.push((entry.path, *record)),
            _ => {}
        }
    }
    for records in [organizations, people] {
        report.extend(near(&records));
    }
}

fn near(records: &[(String, Authority)]) -> Vec<Diagnostic> {
    let keys: Vec<Vec<String>> =
        records.iter().map(|(_, r)| significant(&name::key(&r.title))).collect();
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
    pairs.into_iter().map(|(a, b)| warning(&records[a], &records[b])).collect()
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

fn warning(a: &(String, Authority), b: &(String, Authority)) -> Diagnostic {
    let (from, to) = (&a.1.title, &b.1.title);
    Diagnostic::warning(b.0.clone(), format!("`{to}` may be another form of `{from}`"))
        .note(format!("that one is {}", a.0))
        .help(format!(
            "if they are one, add `{to}` to the `aliases` of {} and remove this file; if not, leave them",
            a.0
        ))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(title: &str) -> (String, Authority) {
        (title.to_owned(), Authority { title: title.to_owned(), ..Authority::default() })
    }

    fn pairs(titles: &[&str]) -> usize {
        near(&titles.iter().map(|t| record(t)).collect::<Vec<_>>()).len()
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
