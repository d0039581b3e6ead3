//! Tests of the source: the form of the lexicon's words, and that no lists of words are outside of it.
//!
//! Rules that read a list of words from their own file know the languages of its author and no other.

#![expect(clippy::disallowed_methods, reason = "a test reads the program's source")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::LANGUAGES;

/// Files whose lists are names of HTML elements, attributes, keys of records and addresses, of folders or of rules.
const IDENTIFIERS: [&str; 24] = [
    "evidence/weights.rs",
    "source/format.rs",
    "source/mail.rs",
    "source/office/docx.rs",
    "source/office/docx/styles.rs",
    "source/office/odt.rs",
    "source/office/xml.rs",
    "tables/columns.rs",
    "tables/lists.rs",
    "tables/lists/bibtex.rs",
    "tables/lists/json.rs",
    "tables/lists/rdf.rs",
    "tables/lists/ris.rs",
    "markdown/url.rs",
    "rules.rs",
    "seed.rs",
    "source.rs",
    "source/record.rs",
    "source/record/board.rs",
    "source/page.rs",
    "source/page/outline.rs",
    "source/page/writer.rs",
    "markdown.rs",
    "plan/present.rs",
];

/// Files whose lists are what people read.
const MESSAGES: [&str; 1] = ["plan/aside.rs"];

/// Files that hold nothing but tests.
const TESTS: [&str; 2] = ["decode/sentences.rs", "evidence/order.rs"];

#[test]
fn no_file_but_the_lexicon_holds_lists_of_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ingest");
    let mut faults = Vec::new();
    for (file, text) in sources(&root) {
        let words = words_in_lists(&text);
        if !words.is_empty() {
            faults.push(format!("{file}: {words:?}"));
        }
    }
    assert!(
        faults.is_empty(),
        "words of natural language belong into src/ingest/lexicon/, one field a meaning, so that each language \
         has them:\n{}",
        faults.join("\n")
    );
}

#[test]
fn each_language_is_one_file_with_words_in_lower_case() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ingest/lexicon");
    let files = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path());
    let texts = files.map(|path| std::fs::read_to_string(path).unwrap());
    let texts: Vec<String> = texts.filter(|t| t.contains("\n    tag: \"")).collect();
    assert_eq!(texts.len(), LANGUAGES.len());
    for language in LANGUAGES {
        let tag = format!("tag: \"{}\"", language.tag);
        assert_eq!(texts.iter().filter(|t| t.contains(&tag)).count(), 1, "{tag}");
    }
    for line in texts.iter().flat_map(|t| t.lines()).filter(|l| !l.contains('{')) {
        let Some((field, words)) = line.split_once(": \"") else { continue };
        let words = words.trim_end_matches("\",");
        for word in words.split('|').filter(|_| !words.is_empty()) {
            assert!(!word.is_empty(), "{field}: nothing between two bars of {words}");
            assert_eq!(word, word.to_lowercase(), "{field}");
        }
    }
}

/// The Rust files whose lists of words are counted, by their path below a folder.
fn sources(root: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(root.join(&folder)).unwrap() {
            let path = folder.join(entry.unwrap().file_name());
            let name = path.to_str().unwrap().replace('\\', "/");
            let of_words = name.starts_with("lexicon") || name.ends_with("tests.rs");
            let has_no_words =
                IDENTIFIERS.iter().chain(&MESSAGES).chain(&TESTS).any(|known| *known == name);
            if of_words || has_no_words {
                continue;
            }
            if root.join(&path).is_dir() {
                folders.push(path);
            } else if name.ends_with(".rs") {
                found.insert(name, std::fs::read_to_string(root.join(&path)).unwrap());
            }
        }
    }
    found
}

/// The words in lists of three or more: literals with nothing but commas or bars between them.
fn words_in_lists(source: &str) -> Vec<String> {
    let source = source.split("\n#[cfg(test)]").next().unwrap_or_default();
    let kinds = crate::config::Config::default().kinds;
    let (mut words, mut list) = (Vec::new(), Vec::new());
    let mut take = |list: &mut Vec<String>| {
        let natural = list.drain(..).filter(|w| is_natural(w) && !kinds.contains_key(w));
        let natural: Vec<String> = natural.collect();
        words.extend(Some(natural).filter(|n| n.len() >= 3).into_iter().flatten());
    };
    let mut rest = source;
    while let Some((between, literal, after)) = next_literal(rest) {
        if between.trim() != "," && between.trim() != "|" {
            take(&mut list);
        }
        list.push(literal.to_owned());
        rest = after;
    }
    take(&mut list);
    words
}

/// Code up to the next string, without comments; the string; what follows it.
fn next_literal(source: &str) -> Option<(String, &str, &str)> {
    let mut code = String::new();
    let mut at = 0;
    while at < source.len() {
        let rest = &source[at..];
        if rest.starts_with("//") {
            at += rest.find('\n').unwrap_or(rest.len());
        } else if rest.starts_with("'\"'") || rest.starts_with("'\\'") {
            at += 3;
        } else if let Some(hashes) = raw(rest) {
            let close = format!("\"{}", "#".repeat(hashes));
            let inner = &rest[hashes + 2..];
            let end = inner.find(&close)?;
            return Some((code, &inner[..end], &inner[end + close.len()..]));
        } else if let Some(inner) = rest.strip_prefix('"') {
            let mut escaped = false;
            let end = inner.find(|c| {
                let ends = c == '"' && !escaped;
                escaped = c == '\\' && !escaped;
                ends
            })?;
            return Some((code, &inner[..end], &inner[end + 1..]));
        } else {
            let c = rest.chars().next()?;
            code.push(c);
            at += c.len_utf8();
        }
    }
    None
}

/// How many hashes a raw string has with which code begins.
fn raw(code: &str) -> Option<usize> {
    let rest = code.strip_prefix('r')?;
    let hashes = rest.len() - rest.trim_start_matches('#').len();
    rest[hashes..].starts_with('"').then_some(hashes)
}

/// Whether a literal has the form of words of a language: an identifier, a path, a pattern has not.
fn is_natural(literal: &str) -> bool {
    let letters = literal.chars().filter(|c| c.is_alphabetic()).count();
    let hangul = literal.chars().any(|c| ('가'..='힣').contains(&c));
    let sign = |c: char| c.is_whitespace() || ".,'’-:()[]&°º".contains(c);
    let numeral = literal.chars().all(|c| "ivx".contains(c));
    (letters >= 3 && !numeral || hangul) && literal.chars().all(|c| c.is_alphabetic() || sign(c))
}

#[test]
fn lists_of_words_are_seen_in_arrays_and_patterns() {
    let words = |source: &str| words_in_lists(source).len();
    assert_eq!(words("let a = [\"dear\", \"chère\", // so\n \"liebe\"];"), 3);
    assert_eq!(words("matches!(w, \"dear\" | \"hello\" | \"hi there\")"), 3);
    assert_eq!(words("[\"님\", \"귀하\", \"씨\"]"), 3);
    assert_eq!(words("[\"dear\", \"hello\"]; f(\"hi there\")"), 0);
    assert_eq!(words("[\"letter\", \"report\", \"minutes\"]"), 0);
    assert_eq!(words("[\"iii\", \"vii\", \"viii\"]"), 0);
    assert_eq!(words("[\"://\", \"a/b/c\", r\"\\d{3}\"]"), 0);
    assert_eq!(words("x(['\"', 'a']); [\"one\", \"two\", \"three\"]"), 3);
    assert_eq!(words("f();\n#[cfg(test)]\nmod tests { [\"one\", \"two\", \"three\"] }"), 0);
}
