//! The record that a text seed carries at its head: YAML between `---` or TOML between `+++`. A person or a database
//! wrote it about this document, so it says more than a web page's `meta`.

mod board;

use saphyr::{LoadableYamlNode, Yaml};

use super::Stated;
use crate::ingest::furniture::Dropped;

/// How many lines a record has at most.
const LINES: usize = 200;

/// What the record at the head of a text says. Its lines are left blank in the text, and accounted for.
///
/// A text whose head is no record, or cannot be read as one, stays as it is.
pub(super) fn take(text: &mut String, dropped: &mut Vec<Dropped>) -> Option<Stated> {
    let Some(mark) = ["---", "+++"].into_iter().find(|mark| text.trim_start().starts_with(mark))
    else {
        return take_labels(text, dropped).or_else(|| take_board(text, dropped));
    };
    let lines: Vec<&str> = text.split('\n').collect();
    let first = lines.iter().position(|l| !l.trim().is_empty())?;
    if lines[first].trim_end() != mark {
        return None;
    }
    // YAML may also end with three dots.
    let ends = |line: &str| line == mark || mark == "---" && line == "...";
    let last = (first + 1..lines.len().min(first + LINES)).find(|&i| ends(lines[i].trim_end()))?;
    let inner = lines[first + 1..last].join("\n");
    let told = if mark == "---" { yaml(&inner) } else { toml(&inner) }?;
    *text = leave_out(&lines, last + 1, dropped);
    Some(told)
}

/// The lines of a text with the first ones left blank, and accounted for.
fn leave_out(lines: &[&str], count: usize, dropped: &mut Vec<Dropped>) -> String {
    let record = lines.iter().enumerate().take(count).filter(|(_, l)| !l.trim().is_empty());
    dropped.extend(record.map(|(i, line)| Dropped {
        line: i + 1,
        rule: "record of the seed",
        text: line.trim().to_owned(),
    }));
    "\n".repeat(count) + &lines[count..].join("\n")
}

/// Keys that the records of programs have, and no letter or mail.
const OF_PROGRAMS: [&str; 6] = ["slug", "tags", "category", "categories", "status", "template"];

/// The record of a program that writes no marks around it: lines of a key, a colon and a value, up to the first blank
/// line, with a title and a key that only programs write.
fn take_labels(text: &mut String, dropped: &mut Vec<Dropped>) -> Option<Stated> {
    // The first line of most texts is none of a record.
    let labels = text.split('\n').take_while(|line| !line.trim().is_empty());
    let pairs: Vec<(String, String)> = labels.map(label_and_value).collect::<Option<_>>()?;
    let has = |known: &[&str]| pairs.iter().any(|(key, _)| known.contains(&key.as_str()));
    if pairs.len() < 3 || !has(&["title"]) || !has(&OF_PROGRAMS) {
        return None;
    }
    let (lines, count): (Vec<&str>, usize) = (text.split('\n').collect(), pairs.len());
    // A blank line must end it.
    if lines.len() <= count {
        return None;
    }
    let mut told = Stated { record: true, ..Stated::default() };
    for (key, value) in pairs {
        let several = TAGS.contains(&key.as_str());
        let values = if several {
            value.split(',').map(|v| v.trim().to_owned()).collect()
        } else {
            vec![value]
        };
        set(&mut told, &key, values);
    }
    *text = leave_out(&lines, count, dropped);
    Some(told)
}

/// The table above a text on a notice board.
fn take_board(text: &mut String, dropped: &mut Vec<Dropped>) -> Option<Stated> {
    let (told, count) = board::read(text)?;
    let lines: Vec<&str> = text.split('\n').collect();
    *text = leave_out(&lines, count, dropped);
    Some(told)
}

/// The key of a line such as `Title: The registers`, in lower case, and its value.
fn label_and_value(line: &str) -> Option<(String, String)> {
    let (key, value) = line.split_once(':')?;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
    let named = (1..=24).contains(&key.len()) && key.chars().all(plain);
    let apart = value.is_empty() || value.starts_with(' ');
    (named && apart).then(|| (key.to_ascii_lowercase(), value.trim().to_owned()))
}

/// Keys by which records name what a document has, in lower case without signs.
const TITLE: [&str; 8] =
    ["title", "headline", "subject", "titel", "titre", "título", "titulo", "titolo"];
const DATE: [&str; 33] = [
    "date",
    "docdate",
    "documentdate",
    "dateofdocument",
    "datewritten",
    "datesent",
    "meetingdate",
    "decisiondate",
    "datedecided",
    "created",
    "createdat",
    "datecreated",
    "published",
    "datepublished",
    "publishedat",
    "pubdate",
    "postedon",
    "dateposted",
    "publishedon",
    "publishdate",
    "publicationdate",
    "issued",
    "issuedon",
    "dateissued",
    "dateofissue",
    "releasedate",
    "datum",
    "fecha",
    "data",
    "erlassenam",
    "beschlossenam",
    "datedepublication",
    "fechadepublicacion",
];
const AUTHOR: [&str; 9] = [
    "author",
    "authors",
    "authorname",
    "creator",
    "creators",
    "byline",
    "autor",
    "auteur",
    "autore",
];
const LANGUAGE: [&str; 3] = ["lang", "language", "locale"];
const URL: [&str; 5] = ["url", "source", "sourceurl", "link", "permalink"];
/// What kind of document it is, and a line that tells what it is about.
const KIND: [&str; 6] = ["type", "kind", "doctype", "documenttype", "genre", "form"];
const SUBTITLE: [&str; 4] = ["subtitle", "description", "summary", "subheading"];
const TAGS: [&str; 4] = ["tags", "topics", "keywords", "categories"];

fn set(told: &mut Stated, key: &str, values: Vec<String>) {
    let key: String =
        key.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect();
    let is = |keys: &[&str]| keys.contains(&key.as_str());
    let Some(first) = values.first().map(|v| v.trim().to_owned()).filter(|v| !v.is_empty()) else {
        return;
    };
    if is(&TITLE) {
        told.title.get_or_insert(first);
    } else if is(&DATE) {
        told.date.get_or_insert(first);
    } else if is(&AUTHOR) {
        told.author.get_or_insert(values.join("; "));
    } else if is(&LANGUAGE) {
        told.language.get_or_insert(first);
    } else if is(&URL) && first.contains("://") {
        told.url.get_or_insert(first);
    } else if is(&KIND) {
        told.kind.get_or_insert(first);
    } else if is(&SUBTITLE) {
        told.subtitle.get_or_insert(first);
    } else if is(&TAGS) {
        told.topics = values;
    }
}

fn yaml(text: &str) -> Option<Stated> {
    // Deep nesting would exhaust the stack of the parser.
    if text
        .lines()
        .any(|l| l.len() - l.trim_start().len() > 60 || l.matches(['[', '{']).count() > 40)
    {
        return None;
    }
    let documents = Yaml::load_from_str(text).ok()?;
    let mapping = documents.first()?.as_mapping()?;
    let mut told = Stated { record: true, ..Stated::default() };
    for (key, value) in mapping {
        let Some(key) = key.as_str() else { continue };
        let values: Vec<String> = match value.as_vec() {
            Some(list) => list.iter().filter_map(scalar).collect(),
            None => scalar(value).into_iter().collect(),
        };
        set(&mut told, key, values);
    }
    Some(told)
}

fn scalar(value: &Yaml<'_>) -> Option<String> {
    let text = value.as_str().map(str::to_owned);
    text.or_else(|| value.as_integer().map(|n| n.to_string()))
}

fn toml(text: &str) -> Option<Stated> {
    let table: toml::Table = toml::from_str(text).ok()?;
    let mut told = Stated { record: true, ..Stated::default() };
    for (key, value) in &table {
        let one = |v: &toml::Value| match v {
            toml::Value::String(s) => Some(s.clone()),
            toml::Value::Integer(n) => Some(n.to_string()),
            toml::Value::Datetime(d) => Some(d.to_string()),
            _ => None,
        };
        let values = match value.as_array() {
            Some(list) => list.iter().filter_map(one).collect(),
            None => one(value).into_iter().collect(),
        };
        set(&mut told, key, values);
    }
    Some(told)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_is_read_and_leaves_its_lines_blank() {
        let mut text = "---\ntitle: \"Notes: of May\"\ncreatedAt: 2014-05-06 10:00\ntags: [ships, tolls]\n---\nThe text.".to_owned();
        let mut dropped = Vec::new();
        let told = take(&mut text, &mut dropped).unwrap();
        assert_eq!(told.title.as_deref(), Some("Notes: of May"));
        assert_eq!(told.date.as_deref(), Some("2014-05-06 10:00"));
        assert_eq!(told.topics, ["ships", "tolls"]);
        assert_eq!((text.as_str(), dropped.len()), ("\n\n\n\n\nThe text.", 5));
    }

    #[test]
    fn a_record_may_end_with_three_dots() {
        let mut text = "---\ntitle: Notes of May\n...\nThe text.".to_owned();
        let told = take(&mut text, &mut Vec::new()).unwrap();
        assert_eq!(
            (told.title.as_deref(), text.as_str()),
            (Some("Notes of May"), "\n\n\nThe text.")
        );
    }

    #[test]
    fn a_record_of_labels_is_one_if_a_program_wrote_it() {
        let mut text = "Title: Notes of May\nDate: 2014-05-06 10:00\nTags: ships, tolls\nSlug: notes\n\nThe text.".to_owned();
        let told = take(&mut text, &mut Vec::new()).unwrap();
        assert_eq!(told.title.as_deref(), Some("Notes of May"));
        assert_eq!(told.topics, ["ships", "tolls"]);
        assert_eq!(text, "\n\n\n\n\nThe text.");
        for head in [
            "Title: Tolls\nDate: 3 May 1931\nFrom: Ida Holm",
            "Title: Tolls\nSlug: a",
            "Subject: x\nTags: y\nSlug: z",
        ] {
            let mut text = format!("{head}\n\nThe text.");
            assert!(take(&mut text, &mut Vec::new()).is_none(), "{head}");
        }
    }

    #[test]
    fn what_is_no_record_stays() {
        for text in [
            "---\nOn the third of May\n---\nwe met",
            "---\n",
            "--- x\na: b\n---\n",
            "+++\na = \n+++\n",
        ] {
            let (mut same, mut dropped) = (text.to_owned(), Vec::new());
            assert!(take(&mut same, &mut dropped).is_none(), "{text}");
            assert_eq!(same, text);
        }
    }
}
