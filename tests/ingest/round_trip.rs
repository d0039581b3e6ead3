//! Not one word altered: the text of the rendered pages of a seed, white space aside, is the seed's text less
//! what ingest dropped by name.
//!
//! Signs that a page shows in another way than a plain text are left out of the comparison on both sides:
//! marks of emphasis, headings, lists, tables and notes, hyphens at line ends, and what a link leads to.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use fonds::config::Config;
use fonds::content;
use fonds::diagnostic::{Report, SourceText};
use fonds::files::{MemoryFiles, Sink};
use fonds::ingest::{self, Dropped};
use fonds::render::markdown;
use proptest::prelude::*;
use regex::Regex;
use unicode_normalization::UnicodeNormalization;

macro_rules! pattern {
    ($pattern:expr) => {
        LazyLock::new(|| Regex::new($pattern).unwrap())
    };
}

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
    let (plan, page) = drafted(name, bytes)?;
    let dropped = plan.dropped.values().next().map_or(&[][..], Vec::as_slice);
    let kept = kept(&text, dropped);
    // Notes are set beside their paragraphs, and may get other labels.
    let noted = page.contains('\u{E002}');
    let own = || fences_as_text(&numbers_as_text(&html_as_text(&kept)));
    let seed = if is_markdown { shown(&own()) } else { kept };
    let [seed, page] = [seed, page].map(|text| if noted { without_marks(&text) } else { text });
    let seed = compared(&seed, is_markdown, noted);
    let page = compared(&page, is_markdown, noted);
    // Columns side by side are set one after the other.
    let may_reorder = noted || plan.doubts.iter().any(|d| d.reason.contains("columns"));
    if may_reorder && bag(&seed) == bag(&page) {
        return Some(Ok(()));
    }
    Some(if seed == page { Ok(()) } else { Err(difference(&seed, &page)) })
}

/// Compares a web page, whose text is known, with the pages of its documents. What was dropped may be anywhere.
fn compare_page(html: &str, text: &str) -> Option<Result<(), Difference>> {
    let (plan, page) = drafted("a.html", html.as_bytes())?;
    // What reads as a note is one, and set apart.
    let noted = page.contains('\u{E002}');
    let bare = |text: &str| {
        compared(&if noted { without_marks(text) } else { text.to_owned() }, true, noted)
    };
    let (seed, shown) = (bare(text), bare(&page));
    let dropped = plan.dropped.values().flatten().map(|drop| bare(&drop.text));
    let dropped: String = dropped.collect();
    let accounted = shown.clone() + &dropped;
    let in_order = dropped.is_empty() && !noted;
    let same = if in_order { seed == shown } else { bag(&seed) == bag(&accounted) };
    Some(if same { Ok(()) } else { Err(difference(&seed, &accounted)) })
}

/// The signs of a text but its numbers and their points, in no order.
fn bag(text: &str) -> Vec<char> {
    let mut chars: Vec<char> = text.chars().filter(|c| !c.is_numeric() && *c != '.').collect();
    chars.sort_unstable();
    chars
}

/// What ingest makes of a seed, and the text of its documents' pages; nothing if there are none.
fn drafted(name: &str, bytes: &[u8]) -> Option<(ingest::Plan, String)> {
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
    let page = drafts.into_iter().map(|(_, text)| text + "\n").collect();
    Some((plan, page))
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

/// HTML of Markdown is text for ingest, whatever Markdown has between it.
fn html_as_text(markdown: &str) -> String {
    static TAG: LazyLock<Regex> = pattern!(r"<([a-zA-Z/!?][^\s<>]*)");
    let escaped = |found: &regex::Captures<'_>| {
        let leads = ["http:", "https:", "mailto:"].iter().any(|s| found[1].starts_with(s));
        if leads || found[1].contains('@') {
            found[0].to_owned()
        } else {
            format!("\\{}", &found[0])
        }
    };
    TAG.replace_all(markdown, escaped).into_owned()
}

/// Markdown counts for itself; the seed's own numbers are kept.
fn numbers_as_text(markdown: &str) -> String {
    static NUMBER: LazyLock<Regex> = pattern!(r"(?m)^([-+* \t>]*\d{1,9})([.)](?:[ \t]|$))");
    NUMBER.replace_all(markdown, r"$1\$2").into_owned()
}

/// A fence of code that nothing closes is text for ingest. Markdown shows no word that stands behind one.
fn fences_as_text(markdown: &str) -> String {
    let fence = |line: &str| {
        let line = line.trim_start_matches([' ', '\t', '>']);
        let sign = line.chars().next().filter(|c| "~`".contains(*c))?;
        let length = line.chars().take_while(|c| *c == sign).count();
        (length >= 3).then(|| (sign, length, line[length..].trim().is_empty()))
    };
    let lines: Vec<&str> = markdown.split('\n').collect();
    let mut out = Vec::new();
    let mut closed_by = None;
    for (at, line) in lines.iter().enumerate() {
        if closed_by.is_none_or(|end| at > end)
            && let Some((sign, length, _)) = fence(line)
        {
            let closes = |other: &str| {
                fence(other).is_some_and(|(s, l, bare)| s == sign && l >= length && bare)
            };
            closed_by = (at + 1..lines.len()).find(|later| closes(lines[*later]));
            if closed_by.is_none() {
                out.push(line.replacen(sign, &format!("\\{sign}"), length));
                continue;
            }
        }
        out.push((*line).to_owned());
    }
    out.join("\n")
}

/// A text without the marks of notes.
fn without_marks(text: &str) -> String {
    static MARK: LazyLock<Regex> = pattern!(
        r"\[(?:[0-9]{1,3}|[ivxl]{1,6}|[a-z]|\*{1,3})\](\(?)|\^\{[^{}\s]*\}|\^\([^()\s]*\)|<sup>[^<>]*</sup>|[¹²³⁴-⁹⁰ⁱᵛˣ]+"
    );
    // `[1](…)` is a link.
    let without = |found: &regex::Captures<'_>| match found.get(1) {
        Some(open) if !open.is_empty() => found[0].to_owned(),
        _ => String::new(),
    };
    MARK.replace_all(text, without).into_owned()
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
    static LINK: LazyLock<Regex> = pattern!(r"!?\[([^\[\]]*)\]\(([^()\s]*)\)");
    static BACKSLASH: LazyLock<Regex> = pattern!(r"\\([!-/:-@\[-`{-~])");
    static ANCHOR: LazyLock<Regex> = pattern!(r#"(?is)<a\b[^<>]*?\bhref\s*=[^<>]*>(.*?)</a\s*>"#);
    static TAG: LazyLock<Regex> =
        pattern!(r#"</?[a-zA-Z]+[0-9]?(\s+[a-zA-Z][a-zA-Z-]*\s*=\s*["'\w#/.:][^<>]*)?(\s*/)?>"#);
    static NUMBERED: LazyLock<Regex> = pattern!("&#(?:([0-9]{2,6})|[xX]([0-9a-fA-F]{2,5}));");
    static POINTS: LazyLock<Regex> = pattern!(r"(\d)\.+");
    let mut text: String = text.nfkc().collect();
    if !is_markdown {
        text = LINK.replace_all(&text, "$1").into_owned();
        text = BACKSLASH.replace_all(&text, "$1").into_owned();
    }
    text = ANCHOR.replace_all(&text, "$1").into_owned();
    text = TAG.replace_all(&text, "").into_owned();
    let names = ["&nbsp;", "&ndash;", "&copy;", "&#39;", "&gt;", "&lt;", "&quot;", "&amp;"];
    let signs = ["", "–", "©", "'", ">", "<", "\"", "&"];
    for (name, sign) in names.iter().zip(signs) {
        text = text.replace(name, sign);
    }
    let number = |found: &regex::Captures<'_>| {
        let decimal = found.get(1).and_then(|n| n.as_str().parse().ok());
        let hexadecimal = || u32::from_str_radix(found.get(2)?.as_str(), 16).ok();
        let c = decimal.or_else(hexadecimal).and_then(char::from_u32);
        c.map_or_else(|| found[0].to_owned(), |c| c.to_string())
    };
    text = NUMBERED.replace_all(&text, number).into_owned();
    text = TAG.replace_all(&text, "").into_owned();
    let marks = "*†‡§_~#<>|`\\-–—•◦▪‣●○■□∙⁃※►·[](){}^\u{AD}¬\u{E002}↩+=";
    let skipped = |c: &char| c.is_whitespace() || marks.contains(*c) || noted && ".:".contains(*c);
    let text: String = text.chars().filter(|c| !skipped(c)).collect();
    // `1.` of a plain text may be `1)`, and of a list that it is.
    POINTS.replace_all(&text, "$1").into_owned()
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

/// `FONDS_SEEDS=folder:folder cargo test --test ingest -- --ignored --nocapture dropped_lines`: every line that ingest
/// drops, seeds of one folder beside each other, to be drawn from and read.
#[test]
#[ignore = "lists what is dropped of seeds of a folder that the environment names"]
#[expect(clippy::print_stdout, reason = "it is run for what it prints")]
fn the_dropped_lines_of_a_folder_are_listed() {
    let folders = std::env::var("FONDS_SEEDS").expect("FONDS_SEEDS names folders of seeds");
    let mut count = 0;
    for folder in folders.split(':').map(Path::new) {
        let mut paths = Vec::new();
        files(folder, &mut paths);
        let seeds = MemoryFiles::new();
        for path in &paths {
            let name = path.strip_prefix(folder).unwrap().to_str().unwrap();
            seeds.put(&format!("seeds/{name}"), &fs::read(path).unwrap()).unwrap();
        }
        let plan = ingest::plan(&seeds, &Config::default(), super::TODAY, &Report::new());
        for (seed, dropped) in &plan.dropped {
            for drop in dropped {
                count += 1;
                println!(
                    "DROPPED\t{}/{seed}\t{}\t{}\t{}",
                    folder.display(),
                    drop.line,
                    drop.rule,
                    drop.text
                );
            }
        }
    }
    assert!(count > 0, "nothing is dropped");
}

#[test]
fn pages_say_what_seeds_say_that_were_hard_once() {
    let number = "- !.\n    1) .";
    let page = "# Report\n\n## <a href=\"#un\"></a> 1\\. Election\n\n\
        <a href=\"/a.pdf\"><i class=\"fa\"></i> <span>PDF version</span></a>, &#163;80 &#x2014; so.";
    let fence = "~~~ a";
    for (name, text) in [("a.txt", number), ("a.md", number), ("b.md", page), ("c.md", fence)] {
        compare(name, text.as_bytes()).unwrap().unwrap_or_else(|d| panic!("{name}: {d:#?}"));
    }
    let html = "<html><body><main><blockquote><p>[a] A a **bold**</p></blockquote>\n<p>A [^1]</p>\n<p>¹ a</p>\n</main></body></html>";
    let text = "[a] A a **bold**\nA [^1]\n¹ a\n";
    compare_page(html, text).unwrap().unwrap_or_else(|d| panic!("{d:#?}"));
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

/// What Markdown, a page or a rule of ingest may take for something else than words.
const HARD: [&str; 64] = [
    "é",
    "한국",
    "북한의",
    "위원회는",
    "日本語",
    "שלום",
    "(مرحبا)",
    "e\u{301}",
    "co\u{AD}operate",
    "a\u{A0}b",
    "👩‍👧",
    "&amp;",
    "&copy;",
    "&#39;",
    "&lt;b&gt;",
    "&nbsp;",
    "AT&T",
    "a&b;",
    "**bold**",
    "_so_",
    "*a*b",
    "__x__",
    "~~no~~",
    "***",
    "a|b",
    "||",
    "C:\\dir\\new",
    "\\\\server\\a",
    "\\*",
    "\\",
    "a\\",
    "<b>x</b>",
    "<br>",
    "<a@b.org>",
    "a<2",
    "x>y",
    "<!-- c -->",
    "</p>",
    "<1>",
    "[1]",
    "[^1]",
    "[a](b)",
    "[a]",
    "[x](https://a.org/b_c)",
    "![i](https://a.org/i.png)",
    "¹",
    "(1)",
    "`",
    "``",
    "`x*y`",
    "$a_1$",
    "{#id}",
    "^2^",
    "H~2~O",
    "=",
    "#5",
    "…",
    "—",
    "•",
    "a_b_c",
    "snake_case_",
    "https://a.org/x_(y)",
    "http://a.org/?a=1&copy=2",
    "<https://a.org/_b_>",
];

/// A word or a sign as letters have them.
fn word() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => "[a-zA-Z]{1,9}",
        1 => "[0-9]{1,4}[.)]?",
        2 => "[-+*_#>|<&;:!\\[\\]()`~=.\\\\^{}$\"']{1,3}",
        1 => "https?://[a-z]{2,5}\\.org/[a-z_/~*]{0,9}",
        4 => proptest::sample::select(HARD.as_slice()).prop_map(str::to_owned),
    ]
}

/// Lines as letters have them, in groups, each line behind what may be the mark of a block.
fn seeds(starts: &'static [&'static str]) -> impl Strategy<Value = String> {
    // Code may go on in the next line of Markdown, where a number that is kept as text would not end it.
    let code = starts.len() == STARTS.len();
    let line = proptest::collection::vec(word(), 1..12)
        .prop_map(move |words| words.join(" ").replace('`', if code { "`" } else { "'" }));
    let lines = proptest::collection::vec((proptest::sample::select(starts), line), 1..8).prop_map(
        |lines| lines.into_iter().map(|(s, l)| s.to_owned() + &l).collect::<Vec<_>>().join("\n"),
    );
    proptest::collection::vec(lines, 1..5).prop_map(|blocks| blocks.join("\n\n"))
}

/// What may begin a line of a text.
const STARTS: [&str; 24] = [
    "", "", "", "", "", "", "- ", "* ", "1. ", "2. ", "# ", "> ", "    ", ">> ", "+ ", "1) ",
    "a) ", "(i) ", "• ", "\t", "| a | ", "[1] ", "---\n", "o ",
];

/// What begins a line of Markdown. Marks of blocks that Markdown nests in each other stay with their like.
const OWN_STARTS: [&str; 12] = ["", "", "", "", "", "", "", "- ", "1. ", "# ", "> ", "## "];

/// A page, and the text that it shows.
fn pages() -> impl Strategy<Value = (String, String)> {
    let text = || proptest::collection::vec(word(), 1..10).prop_map(|words| words.join(" "));
    let element = prop_oneof![
        4 => Just(("<p>", "</p>")),
        1 => Just(("<h2>", "</h2>")),
        1 => Just(("<ul><li>", "</li></ul>")),
        1 => Just(("<blockquote><p>", "</p></blockquote>")),
        1 => Just(("<p>He <b>said</b> <i>so</i>: ", "</p>")),
        1 => Just(("<table><tr><td>a</td><td>", "</td></tr></table>")),
        1 => Just(("<div>x<br>", "</div>")),
        1 => Just(("<p><a href=\"https://a.org/b_c\">", "</a></p>")),
    ];
    proptest::collection::vec((element, text()), 1..7).prop_map(|parts| {
        let (mut html, mut shown) = (String::new(), String::new());
        for ((open, close), text) in parts {
            let written = text.replace('&', "&amp;").replace('<', "&lt;");
            html += &format!("{open}{written}{close}\n");
            shown += &shown_of(open);
            shown += &format!("{text}\n");
        }
        (format!("<html><body><main>{html}</main></body></html>"), shown)
    })
}

/// The words among tags.
fn shown_of(html: &str) -> String {
    Regex::new("<[^>]*>").unwrap().replace_all(html, "").into_owned()
}

proptest! {
    #[test]
    fn pages_say_what_random_seeds_say(text in seeds(&STARTS)) {
        if let Some(Err(difference)) = compare("a.txt", text.as_bytes()) {
            prop_assert!(false, "{difference:#?}");
        }
    }

    #[test]
    fn pages_say_what_random_markdown_says(text in seeds(&OWN_STARTS)) {
        if let Some(Err(difference)) = compare("a.md", text.as_bytes()) {
            prop_assert!(false, "{difference:#?}");
        }
    }

    #[test]
    fn pages_say_what_random_web_pages_say((html, text) in pages()) {
        if let Some(Err(difference)) = compare_page(&html, &text) {
            prop_assert!(false, "{difference:#?}");
        }
    }
}
