//! Not one word altered: the text of the rendered pages of a seed, white space aside, is the seed's text less
//! what ingest dropped by name.
//!
//! Signs that a page shows in another way than a plain text are left out of the comparison on both sides:
//! marks of emphasis, headings, lists, tables and notes, hyphens at line ends, and what a link leads to.

use std::fs;
use std::path::{Path, PathBuf};

use fonds::config::Config;
use fonds::content;
use fonds::diagnostic::{Report, SourceText};
use fonds::files::{MemoryFiles, Sink};
use fonds::ingest::{self, Dropped};
use fonds::render::markdown;
use proptest::prelude::*;
use regex::Regex;
use unicode_normalization::UnicodeNormalization;

/// Where the text of a page begins to differ from its seed's.
#[derive(Debug)]
struct Difference {
    seed: String,
    page: String,
}

/// Compares one seed with its pages; `None` if it is no text, or a format whose text only ingest knows.
fn compare(name: &str, bytes: &[u8]) -> Option<Result<(), Difference>> {
    let is_markdown = name.ends_with(".md");
    let is_text = is_markdown || name.ends_with(".txt");
    let text = ingest::seed_text(name, bytes, None).filter(|_| is_text)?;
    let config = Config::default();
    let report = Report::new();
    let files = MemoryFiles::new();
    files.put(&format!("seeds/{name}"), bytes).unwrap();
    let plan = ingest::plan(&files, &config, super::TODAY, &report);
    if plan.documents == 0 {
        return None;
    }
    let mut drafts: Vec<(usize, String)> = plan
        .files
        .iter()
        .filter(|f| f.path.starts_with("content/documents/"))
        .map(|f| {
            let source = SourceText { path: &f.path, text: &f.text };
            let entry = content::parse(source, &config, &report).unwrap();
            let content::Record::Document(document) = entry.record else { unreachable!() };
            let first = document.source.unwrap().lines.unwrap().0;
            (first, shown(&f.text[entry.body]))
        })
        .collect();
    drafts.sort();
    let page: String = drafts.into_iter().map(|(_, text)| text + "\n").collect();
    let dropped = plan.dropped.values().next().map_or(&[][..], Vec::as_slice);
    let kept = kept(&text, dropped);
    // Notes are set beside their paragraphs, and may get other labels.
    let noted = page.contains('\u{E002}');
    let seed = match (is_markdown, noted) {
        (true, _) => shown(&numbers_as_text(&kept)),
        (false, true) => without_marks(&kept),
        (false, false) => kept,
    };
    let seed = compared(&seed, is_markdown, noted);
    let page = compared(&page, is_markdown, noted);
    // Columns side by side are set one after the other.
    if noted || plan.doubts.iter().any(|d| d.reason.contains("columns")) {
        let bag = |text: &str| {
            let mut chars: Vec<char> = text.chars().filter(|c| !c.is_numeric()).collect();
            chars.sort_unstable();
            chars
        };
        if bag(&seed) == bag(&page) {
            return Some(Ok(()));
        }
    }
    Some(if seed == page { Ok(()) } else { Err(difference(&seed, &page)) })
}

/// A seed's text without what was dropped: whole lines, or a part of one.
fn kept(text: &str, dropped: &[Dropped]) -> String {
    let mut lines: Vec<String> = text.split('\n').map(|l| l.trim_end().to_owned()).collect();
    for drop in dropped {
        let Some(line) = lines.get_mut(drop.line - 1) else { continue };
        match line.find(&drop.text) {
            Some(at) => line.replace_range(at..at + drop.text.len(), ""),
            None => line.clear(),
        }
    }
    lines.join("\n")
}

/// Markdown counts for itself; the seed's own numbers are kept.
fn numbers_as_text(markdown: &str) -> String {
    let number = Regex::new(r"(?m)^([ \t>]*\d{1,9})([.)][ \t])").unwrap();
    number.replace_all(markdown, r"$1\$2").into_owned()
}

/// A text without the marks of notes.
fn without_marks(text: &str) -> String {
    let mark = r"\[(?:[0-9]{1,3}|[ivxl]{1,6}|\*{1,3})\]|\^\{[^{}\s]*\}|\^\([^()\s]*\)|<sup>[^<>]*</sup>|[¹²³⁴-⁹⁰ⁱᵛˣ]+";
    Regex::new(mark).unwrap().replace_all(text, "").into_owned()
}

/// The text that a page shows, with the numbers of its lists; notes are marked.
fn shown(body: &str) -> String {
    let settings = markdown::Settings {
        beside: &|_| None,
        base_path: "",
        paragraph_label: "",
        back_label: "",
        withheld_label: "",
        language: "en",
        languages: markdown::Languages { own: "", default: "", archive: &[] },
        numbered: false,
    };
    let html = markdown::render(body, settings).html;
    let mut out = String::new();
    let mut lists: Vec<Option<u64>> = Vec::new();
    let mut rest = html.as_str();
    while let Some(open) = rest.find('<') {
        out.push_str(&rest[..open]);
        let end = rest[open..].find('>').map_or(rest.len(), |e| open + e + 1);
        let tag = &rest[open..end];
        rest = &rest[end..];
        if tag.starts_with("<ol") {
            let start = tag.split("start=\"").nth(1).and_then(|s| s.split('"').next());
            lists.push(Some(start.map_or(1, |s| s.parse().unwrap())));
        } else if tag.starts_with("<ul") {
            lists.push(None);
        } else if tag == "</ol>" || tag == "</ul>" {
            lists.pop();
        } else if tag.starts_with("<li")
            && let Some(Some(number)) = lists.last_mut()
        {
            out.push_str(&format!(" {number}. "));
            *number += 1;
        } else if tag.starts_with("<sup class=\"noteref\"") || tag == "<span class=\"mark\">" {
            out.push('\u{E002}');
            let end = if tag.starts_with("<sup") { "</sup>" } else { "</span>" };
            rest = &rest[rest.find(end).unwrap()..];
        } else if let Some(alt) = tag.strip_prefix("<img ").and_then(|t| t.split("alt=\"").nth(1)) {
            out.push_str(alt.split('"').next().unwrap());
        }
    }
    out.push_str(rest);
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&amp;", "&")];
    entities.iter().fold(out, |text, (name, sign)| text.replace(name, sign))
}

/// What of a text is compared.
fn compared(text: &str, is_markdown: bool, noted: bool) -> String {
    let mut text: String = text.nfkc().collect();
    if !is_markdown {
        let link = Regex::new(r"!?\[([^\[\]]*)\]\(([^()\s]*)\)").unwrap();
        text = link.replace_all(&text, "$1").into_owned();
        let backslash = Regex::new(r"\\([!-/:-@\[-`{-~])").unwrap();
        text = backslash.replace_all(&text, "$1").into_owned();
    }
    let anchor = Regex::new(r#"(?is)<a\b[^<>]*?\bhref\s*=[^<>]*>(.*?)</a\s*>"#).unwrap();
    text = anchor.replace_all(&text, "$1").into_owned();
    let tag = Regex::new(r"</?[a-zA-Z]+[0-9]?(\s[^<>]*)?/?>").unwrap();
    text = tag.replace_all(&text, "").into_owned();
    let names = ["&nbsp;", "&ndash;", "&gt;", "&lt;", "&quot;", "&amp;"];
    let signs = ["", "–", ">", "<", "\"", "&"];
    for (name, sign) in names.iter().zip(signs) {
        text = text.replace(name, sign);
    }
    let marks = "*†‡§_~#>|`\\-–—•◦▪‣●○■□∙⁃※►·[](){}^\u{AD}¬\u{E002}↩+=";
    let skipped = |c: &char| c.is_whitespace() || marks.contains(*c) || noted && ".:".contains(*c);
    let text: String = text.chars().filter(|c| !skipped(c)).collect();
    // `1.` of a plain text may be `1)`, and of a list that it is.
    Regex::new(r"(\d)\.").unwrap().replace_all(&text, "$1").into_owned()
}

fn difference(seed: &str, page: &str) -> Difference {
    let same = seed.chars().zip(page.chars()).take_while(|(a, b)| a == b).count();
    let around = |text: &str| {
        let from = same.saturating_sub(30);
        text.chars().skip(from).take(90).collect::<String>()
    };
    Difference { seed: around(seed), page: around(page) }
}

fn files(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files(&path, found) } else { found.push(path) }
    }
}

/// `FONDS_SEEDS=folder:folder cargo test --test ingest -- --ignored --nocapture round_trip`
#[test]
#[ignore = "compares seeds of a folder that the environment names"]
#[expect(clippy::print_stdout, reason = "it is run for what it prints")]
fn the_pages_of_a_folder_say_what_its_seeds_say() {
    let folders = std::env::var("FONDS_SEEDS").expect("FONDS_SEEDS names folders of seeds");
    let mut paths = Vec::new();
    folders.split(':').for_each(|folder| files(Path::new(folder), &mut paths));
    paths.sort();
    let (mut same, mut skipped, mut wrong) = (0, 0, 0);
    for path in paths {
        let name = path.file_name().unwrap().to_str().unwrap();
        match compare(name, &fs::read(&path).unwrap()) {
            None => skipped += 1,
            Some(Ok(())) => same += 1,
            Some(Err(Difference { seed, page })) => {
                wrong += 1;
                println!("{}\n  seed {seed}\n  page {page}", path.display());
            }
        }
    }
    println!("{same} seeds as they are, {wrong} altered, {skipped} not compared");
    assert_eq!(wrong, 0);
}

#[test]
fn pages_say_what_invented_seeds_say() {
    let mut paths = Vec::new();
    files(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/ingest"), &mut paths);
    let is_seed = |p: &PathBuf| {
        let name = p.file_name().unwrap().to_str().unwrap();
        !name.ends_with(".expected.md") && (name.ends_with(".md") || name.ends_with(".txt"))
    };
    let mut wrong = Vec::new();
    for path in paths.into_iter().filter(is_seed) {
        let name = path.file_name().unwrap().to_str().unwrap();
        if let Some(Err(difference)) = compare(name, &fs::read(&path).unwrap()) {
            wrong.push(format!("{}: {difference:#?}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Words and signs as letters have them, and as Markdown reads them.
fn seeds() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        6 => "[a-zA-Z]{1,9}",
        1 => "[0-9]{1,4}[.)]?",
        2 => "[-+*_#>|<&;:!\\[\\]()`~=.\\\\^{}$\"']{1,3}",
        1 => "https?://[a-z]{2,5}\\.org/[a-z_/~*]{0,9}",
        1 => "(é|한국|&amp;|\\*\\*bold\\*\\*|_so_|a\\|b|C:\\\\dir|<b>x</b>|\\[1\\])",
    ];
    let line = proptest::collection::vec(word, 1..12).prop_map(|words| words.join(" "));
    let start = "(|||||- |\\* |1\\. |2\\. |# |> |    )";
    let lines = proptest::collection::vec((start, line), 1..8)
        .prop_map(|lines| lines.into_iter().map(|(s, l)| s + &l).collect::<Vec<_>>().join("\n"));
    proptest::collection::vec(lines, 1..5).prop_map(|blocks| blocks.join("\n\n"))
}

proptest! {
    #[test]
    fn pages_say_what_random_seeds_say(text in seeds()) {
        if let Some(Err(difference)) = compare("a.txt", text.as_bytes()) {
            prop_assert!(false, "{difference:#?}");
        }
    }
}
