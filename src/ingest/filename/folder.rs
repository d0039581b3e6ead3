//! What the names of a folder's seeds say without any setting: where most of them begin with a day, each says when
//! its seed was written or received, and the words behind the day whom it is from.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::{FileName, edtf, in_words};
use crate::ingest::lexicon;
use crate::ingest::names;

/// How many names show a habit at least.
const FEW: usize = 5;

/// Of a hundred names so many must begin with a day.
const MOST: usize = 70;

/// The folders whose seeds are named by days.
#[derive(Debug, Default)]
pub(in crate::ingest) struct Habits(BTreeMap<String, ()>);

impl Habits {
    /// Looks for habits in the paths of all seeds, below `seeds/`.
    pub(in crate::ingest) fn of<'p>(paths: impl IntoIterator<Item = &'p str>) -> Self {
        let mut folders: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
        for path in paths {
            let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
            let (all, dated) = folders.entry(folder).or_default();
            *all += 1;
            *dated += usize::from(day(name).is_some());
        }
        let habit = |(all, dated): &(usize, usize)| *all >= FEW && dated * 100 >= all * MOST;
        let named = folders.into_iter().filter(|(_, count)| habit(count));
        Self(named.map(|(folder, _)| (folder.to_owned(), ())).collect())
    }

    /// What the name of a seed says by the habit of its folder. Words behind the day count only as far as the text
    /// has them as a name.
    pub(in crate::ingest) fn read(&self, path: &str, text: &str) -> Option<FileName> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        self.0.get(folder)?;
        let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
        let (date, rest) = day(stem)?;
        let mut named = FileName { date: edtf(date), ..FileName::default() };
        if let Some(sender) = sender(rest, text) {
            if names::person_likelihood(&sender) >= 60 {
                named.person = Some(sender);
            } else {
                named.organization = Some(sender);
            }
        }
        named.date.is_some().then_some(named)
    }
}

/// The day at the beginning of a name, and what follows it: `2014-05-01-codility`, `20140501_codility`.
fn day(name: &str) -> Option<(&str, &str)> {
    let digits = |s: &str| s.len() == 8 && s.bytes().all(|b| b.is_ascii_digit());
    let end = match name.get(..10) {
        Some(day)
            if day.as_bytes()[4] == b'-'
                && day.as_bytes()[7] == b'-'
                && digits(&day.replace('-', "")) =>
        {
            10
        }
        _ => name.get(..8).filter(|day| digits(day)).map(|_| 8)?,
    };
    let (day, rest) = name.split_at(end);
    // A longer number is no day.
    let valid =
        edtf(day).is_some_and(|d| d.earliest().is_some_and(|d| (1500..2100).contains(&d.year)));
    (valid && !rest.starts_with(|c: char| c.is_ascii_digit())).then_some((day, rest))
}

/// The words behind the day as the text writes them, with a capital; none if it does not have them so.
fn sender(rest: &str, text: &str) -> Option<String> {
    let slug = rest.trim_matches(|c: char| !c.is_alphanumeric());
    if slug.len() < 3 || slug.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let words = in_words(slug, text);
    let found = written(&words, text)?;
    let found = as_body(&found, text)?;
    let letters = found.chars().filter(|c| c.is_alphabetic()).count();
    (letters >= 3 && found.starts_with(char::is_uppercase)).then_some(found)
}

/// A name as far as the text shows that it is somebody's: with a legal form behind it, or as one for whom the writer
/// speaks. The words of a file's name may also be what the text is about.
fn as_body(name: &str, text: &str) -> Option<String> {
    static BEHALF: LazyLock<Vec<&'static str>> = LazyLock::new(|| lexicon::all(|l| l.on_behalf));
    if names::person_likelihood(name) >= 60 {
        return Some(name.to_owned());
    }
    text.match_indices(name).take(200).find_map(|(i, _)| {
        let next = text[i + name.len()..].trim_start_matches([',', ' ']);
        let word = next
            .split(|c: char| c.is_whitespace() || c == ',' || c == ')')
            .next()
            .unwrap_or_default();
        let whole = format!("{name} {word}");
        if !word.is_empty() && names::has_legal_form(&whole) {
            let end = i + name.len() + text[i + name.len()..].len() - next.len() + word.len();
            return Some(text[i..end].trim_end_matches(['.', ',']).to_owned());
        }
        let before = text[..i].trim_end();
        let before = before.strip_suffix("the").map_or(before, str::trim_end).to_lowercase();
        BEHALF.iter().any(|b| b.len() > 4 && before.ends_with(b)).then(|| name.to_owned())
    })
}

/// Words where the text has them, whatever their case there, bounded by signs.
fn written(words: &str, text: &str) -> Option<String> {
    let lower = words.to_lowercase();
    let first = lower.chars().next()?;
    let starts = text
        .char_indices()
        .filter(|(_, c)| c.is_uppercase() && c.to_lowercase().next() == Some(first));
    starts.take(20_000).find_map(|(i, _)| {
        let candidate: String = text[i..].chars().take(lower.chars().count()).collect();
        let bounded = !text[..i].ends_with(|c: char| c.is_alphanumeric() || "/._-@".contains(c))
            && !text[i + candidate.len()..]
                .starts_with(|c: char| c.is_alphanumeric() || "/_@-".contains(c));
        (bounded && candidate.to_lowercase() == lower).then_some(candidate)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_names_of_a_folder_make_a_habit() {
        let named = [
            "2014-05-01-tarn-press.md",
            "2014-05-02-x.md",
            "2014-06-01-y.md",
            "20140701_z.md",
            "2014-08-01.md",
        ];
        let habits = Habits::of(named);
        let text = "I write on behalf of Tarn Press of Hull.";
        let read = habits.read("2014-05-01-tarn-press.md", text).unwrap();
        assert_eq!(read.date.unwrap().to_string(), "2014-05-01");
        assert_eq!(read.organization.as_deref(), Some("Tarn Press"));
        assert_eq!(habits.read("2014-05-02-x.md", text).unwrap().organization, None);
    }

    #[test]
    fn a_few_dated_names_are_no_habit() {
        let named =
            ["IMG_0042.txt", "2014-05-01.txt", "a.txt", "b.txt", "c.txt", "20140501123.txt"];
        assert!(Habits::of(named).read("2014-05-01.txt", "").is_none());
        assert!(Habits::of(["2014-05-01.txt"]).read("2014-05-01.txt", "").is_none());
    }
}
