//! Plain words: what users read uses none of the phrases of `tests/words.txt`.
//!
//! Looked at are the documents, the help of every command, the strings of the interface, and every text in the
//! program's code that is not a comment, a test or a word list for reading letters.

use regex::{Regex, RegexBuilder};

use super::{project, read, run};

/// A phrase that is not used, and what to write.
struct Banned {
    phrase: Regex,
    instead: String,
}

fn banned() -> Vec<Banned> {
    let list = read("tests/words.txt");
    let lines = list.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let (phrase, instead) = line.split_once('\t').unwrap();
            let phrase = RegexBuilder::new(phrase).case_insensitive(true).build().unwrap();
            Banned { phrase, instead: instead.to_owned() }
        })
        .collect()
}

/// Each banned phrase in a text, with its place.
fn found(place: &str, text: &str, banned: &[Banned]) -> Vec<String> {
    let mut found = Vec::new();
    for (n, line) in text.lines().enumerate() {
        for Banned { phrase, instead } in banned {
            if let Some(hit) = phrase.find(line) {
                let line = line.trim();
                found.push(format!("{place}:{}: “{}” ({instead}): {line}", n + 1, hit.as_str()));
            }
        }
    }
    found
}

/// A Markdown file without its blocks and its code: examples show texts of other people.
fn prose(text: &str) -> String {
    let code = Regex::new("`[^`\n]*`").unwrap();
    let mut fenced = false;
    let lines = text.lines().map(|line| {
        let fence = line.trim_start().starts_with("```");
        fenced ^= fence;
        if fenced || fence { String::new() } else { code.replace_all(line, "``").into_owned() }
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// The texts in a file of code, each on the line where it begins.
fn literals(code: &str) -> String {
    let code = code.split("\n#[cfg(test)]\nmod ").next().unwrap_or_default();
    let quote = Regex::new(r#"'\\?"'"#).unwrap();
    let lines: Vec<String> = code
        .lines()
        .map(|line| match line.trim_start() {
            line if line.starts_with("//") || line.contains("reason = \"") => String::new(),
            _ => quote.replace_all(line, "' '").into_owned(),
        })
        .collect();
    let text = Regex::new(r#"(?s)"((?:[^"\\]|\\.)*)""#).unwrap();
    let mut texts = vec![String::new(); lines.len() + 1];
    let code = lines.join("\n");
    for hit in text.captures_iter(&code) {
        let line = code[..hit.get(0).unwrap().start()].matches('\n').count();
        let words = hit[1].split_whitespace().filter(|word| *word != "\\");
        texts[line].push_str(&words.collect::<Vec<_>>().join(" "));
        texts[line].push_str(" \u{b7} ");
    }
    texts.join("\n")
}

#[test]
fn users_read_plain_words() {
    let banned = banned();
    let mut all = Vec::new();
    let documents = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "themes/README.md"];
    let manual = std::fs::read_dir(project("docs")).unwrap();
    let manual = manual.map(|entry| format!("docs/{}", entry.unwrap().file_name().display()));
    let manual: Vec<String> = manual.filter(|path| path.ends_with(".md")).collect();
    for path in documents.into_iter().map(str::to_owned).chain(manual) {
        all.extend(found(&path, &prose(&read(&path)), &banned));
    }
    let strings = "themes/default/i18n/en.toml";
    all.extend(found(strings, &read(strings), &banned));
    for entry in walkdir::WalkDir::new(project("src")).sort_by_file_name() {
        let entry = entry.unwrap();
        let path = entry.path().strip_prefix(project("")).unwrap().display().to_string();
        // Words by which letters are read, texts of tests, and the first lines of a file that archives keep.
        let other = [
            "ingest/lexicon",
            "ingest/names",
            "decode/sentences",
            "/tests",
            "archive/replies",
            "ingest/ledger",
        ];
        if path.ends_with(".rs") && !other.iter().any(|part| path.contains(part)) {
            all.extend(found(&path, &literals(&read(&path)), &banned));
        }
    }
    let help = run(&project(""), &["--help"]);
    let commands = help.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    let commands = commands.map_while(|line| line.split_whitespace().next());
    for command in commands.filter(|command| *command != "help") {
        let text = run(&project(""), &[command, "--help"]);
        all.extend(found(&format!("fonds {command} --help"), &text, &banned));
    }
    all.extend(found("fonds --help", &help, &banned));
    assert!(all.is_empty(), "{} phrases:\n{}", all.len(), all.join("\n"));
}

#[test]
fn a_banned_phrase_would_be_found() {
    let code = "fn f() {\n    // it is told\n    g(\"the fault \\\n        is told\", '\"');\n}\n#[cfg(test)]\nmod t { \"told\" }\n";
    let hits = found("a.rs", &literals(code), &banned());
    assert!(matches!(&hits[..], [hit] if hit.starts_with("a.rs:3: “told”")), "{hits:?}");
    let text = "The word `told` is code.\n\n```text\ntold\n```\nIt is told.\n";
    let hits = found("a.md", &prose(text), &banned());
    assert!(matches!(&hits[..], [hit] if hit.starts_with("a.md:6:")), "{hits:?}");
}
