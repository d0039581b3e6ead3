//! The `<main>` of each kind of page, reviewed like code: an archive in memory, built through the library.
//!
//! A change of a template, a view or a string shows here first. `cargo insta review` takes it over.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeMap;

use fonds::diagnostic::Report;
use fonds::files::{MemoryFiles, Sink as _};
use fonds::pipeline::{self, BuildOptions, Run};
use regex::Regex;

const CONFIG: &str = r#"
base_url = "https://letters.example.org/archive"
title = "Papers of the Reading Room"
description = "Letters on a reading room."
minify_html = false

[archive]
publisher = "Ashford Borough"
rights = "http://rightsstatements.org/vocab/NKC/1.0/"
corrections = "https://letters.example.org/corrections?file={path}"
"#;

const INDEX: &str = "+++\ntitle = \"Home\"\n+++\n\nLetters on a *reading room*.\n";

const ABOUT: &str = "+++\ntitle = \"About\"\nweight = 1\n+++\n\n## The room\n\nIt was above the bakery.[^1] See [all documents](/documents/).\n\n[^1]: The bakery is gone.\n";

const LETTER: &str = r#"+++
title = "Letter from the Ashford Reading Society to Edith Harland"
date = "1921-03-14"
kind = "letter"
language = "en"
place = "Ashford"
subject = "The room above the bakery"
references = ["ARS 7"]
creators = [{ person = "Thomas Wardle", role = "Secretary", organization = "Ashford Reading Society" }]
recipients = [{ person = "Edith Harland" }]
copied = [{ organization = "Borough of Ashford" }]
topics = ["Reading rooms"]
aliases = ["/old/letter/"]
added = "2024-01-31"

[source]
seed = "wardle.txt"
sha256 = "a0f54766b2a968f7e6a974be8b72b327c9da45fe73b50d31cf7af9a81967b1af"
lines = [1, 3]
+++

Ashford Reading Society  
14 March 1921

Dear Miss Harland,

The room is **dry** and can be heated.[^a] It wants:

- shelves,
- a lamp.

| Book | Price |
| --- | --- |
| Dictionary | 4s. |

## Signed

Thomas Wardle

[^a]: By a stove.
"#;

const OPEN_LETTER: &str = r#"+++
title = "Open letter on reading rooms"
date = "1921-04~"
kind = "open-letter"
signatories = [
  { organization = "Ashford Reading Society" },
  { organization = "Guild of Bakers" },
  { organization = "Society of Lamplighters" },
  { organization = "Union of Printers" },
  { organization = "Council of Mothers" },
  { organization = "Friends of the Dictionary" },
  { person = "Edith Harland" },
]
recipients = [{ organization = "Borough of Ashford" }]

[source]
seed = "wardle.txt"
lines = [5, 5]

[[review]]
field = "date"
reason = "the letter has no date; it names the spring of 1921"
line = 5
+++

<b>Open</b> the rooms.
"#;

const NOTE: &str = r#"+++
title = "열람실에 대한 글"
kind = "article"
language = "ko"
creators = [{ person = "김하늘" }]
+++

열람실은 모두에게 열려 있어야 한다.
"#;

const BLANK: &str = "+++\ntitle = \"Telegram\"\ndate = \"[1921-04-05,1921-05-04]\"\nkind = \"telegram\"\ncreators = [{ organization = \"ARS\" }]\n+++\n";

const SOCIETY: &str = r#"+++
title = "Ashford Reading Society"
aliases = ["The Reading Society"]
acronym = "ARS"
country = "England"
dates = "1919/1940"
identifiers = [{ scheme = "Wikidata", value = "Q1" }]
+++

Founded by printers.
"#;

const WITHDRAWN: &str = "+++
title = \"Letter on a private matter\"
[withdrawn]
reason = \"at the request of the writer's family\"
date = \"2024-02-01\"
+++
";

const SEED: &str =
    "Ashford Reading Society\nDear Miss Harland,\nThe room is dry.\n\nOpen the rooms.\n";

/// The archive's site, by path.
fn site(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    let sources = MemoryFiles::new();
    for (path, text) in files {
        sources.put(path, text.as_bytes()).unwrap();
    }
    let report = Report::new();
    let config = pipeline::load_config(&sources, &report);
    let sink = MemoryFiles::new();
    let options = &BuildOptions::default();
    let run = Run { sources: &sources, config: &config, options, report: &report };
    run.build(&sink).unwrap();
    let faults: Vec<String> = report.sorted().iter().map(|d| d.message.clone()).collect();
    assert_eq!(faults, Vec::<String>::new());
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    sink.into_files().into_iter().map(|(path, bytes)| (path, text(bytes))).collect()
}

fn archive(config: &str) -> BTreeMap<String, String> {
    site(&[
        ("config.toml", config),
        ("content/index.md", INDEX),
        ("content/pages/about.md", ABOUT),
        ("content/documents/letter.md", LETTER),
        ("content/documents/open-letter.md", OPEN_LETTER),
        ("content/documents/korean-article.md", NOTE),
        ("content/documents/telegram.md", BLANK),
        ("content/documents/withdrawn.md", WITHDRAWN),
        ("content/organizations/ashford-reading-society.md", SOCIETY),
        ("seeds/wardle.txt", SEED),
    ])
}

/// The `<main>` of a page without empty lines; names that change with a file's contents made plain.
fn main_of(page: &str) -> String {
    let start = page.find("<main").expect("a page has a main part");
    let end = page.find("</main>").expect("the main part ends") + "</main>".len();
    let lines = page[start..end].lines().map(str::trim_end).filter(|line| !line.is_empty());
    let text = lines.collect::<Vec<_>>().join("\n");
    let hash = Regex::new(r"[.\-/][0-9a-f]{8,16}\b").unwrap();
    hash.replace_all(&text, ".HASH").into_owned()
}

fn snapshots(site: &BTreeMap<String, String>, pages: &[(&str, &str)]) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("pages");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, path) in pages {
            let page = site.get(*path).unwrap_or_else(|| panic!("the site has {path}"));
            insta::assert_snapshot!(*name, main_of(page));
        }
    });
}

#[test]
fn every_kind_of_page_looks_as_it_was_reviewed() {
    snapshots(
        &archive(CONFIG),
        &[
            ("home", "index.html"),
            ("documents", "documents/index.html"),
            ("document", "documents/letter/index.html"),
            ("document-with-many-signatories", "documents/open-letter/index.html"),
            ("document-undated-in-korean", "documents/korean-article/index.html"),
            ("document-without-text", "documents/telegram/index.html"),
            ("source", "documents/letter/source/index.html"),
            ("organizations", "organizations/index.html"),
            ("organization", "organizations/ashford-reading-society/index.html"),
            ("people", "people/index.html"),
            ("person", "people/edith-harland/index.html"),
            ("years", "years/index.html"),
            ("year", "years/1921/index.html"),
            ("undated", "years/undated/index.html"),
            ("kinds", "kinds/index.html"),
            ("kind", "kinds/letter/index.html"),
            ("languages", "languages/index.html"),
            ("topics", "topics/index.html"),
            ("search", "search/index.html"),
            ("data", "data/index.html"),
            ("own-page", "about/index.html"),
            ("withdrawn", "documents/withdrawn/index.html"),
            ("not-found", "404.html"),
        ],
    );
}

#[test]
fn an_archive_without_documents_says_so() {
    snapshots(
        &site(&[("config.toml", CONFIG)]),
        &[
            ("empty-home", "index.html"),
            ("empty-documents", "documents/index.html"),
            ("empty-organizations", "organizations/index.html"),
            ("empty-years", "years/index.html"),
        ],
    );
}

#[test]
fn the_interface_speaks_every_language_of_the_theme_completely() {
    for language in ["en", "ko", "fr", "de", "es"] {
        let config =
            CONFIG.replace("[archive]", &format!("default_language = \"{language}\"\n\n[archive]"));
        // A string that is missing is a fault, and `site` accepts none.
        let site = site(&[
            ("config.toml", &config),
            ("content/pages/about.md", ABOUT),
            ("content/documents/letter.md", LETTER),
            ("content/documents/open-letter.md", OPEN_LETTER),
            ("content/documents/korean-article.md", NOTE),
            ("content/documents/telegram.md", BLANK),
            ("content/documents/withdrawn.md", WITHDRAWN),
            ("content/organizations/ashford-reading-society.md", SOCIETY),
            ("seeds/wardle.txt", SEED),
        ]);
        let tag = format!("<html lang=\"{language}\">");
        assert!(site["index.html"].contains(&tag), "{language}");
    }
}

#[test]
fn long_lists_of_years_and_names_have_several_pages_and_lose_nobody() {
    let config = CONFIG.replace("minify_html = false", "minify_html = false\npaginate_by = 3");
    let mut files = vec![("config.toml".to_owned(), config)];
    for n in 1..=10 {
        let front = format!(
            "title = \"Letter {n:02}\"\ndate = \"1921-0{}\"\nkind = \"letter\"\ncreators = [{{ organization = \"Guild\" }}]\nsignatories = [{{ organization = \"Guild\" }}, {{ person = \"A. Baker\" }}]",
            1 + n % 3
        );
        files.push((format!("content/documents/{n}.md"), format!("+++\n{front}\n+++\n\nText.\n")));
    }
    files.push((
        "content/organizations/guild.md".to_owned(),
        "+++\ntitle = \"Guild\"\n+++\n\nA guild of bakers.\n".to_owned(),
    ));
    let files: Vec<(&str, &str)> = files.iter().map(|(p, t)| (p.as_str(), t.as_str())).collect();
    let site = site(&files);
    let entry = Regex::new(r#"<a href="/archive/documents/(\d+)/" dir="auto">"#).unwrap();
    // Each document once for the year and the person, twice for the guild, which wrote and signed.
    for (first, pages, times) in
        [("years/1921", 4, 1), ("organizations/guild", 7, 2), ("people/a-baker", 4, 1)]
    {
        let mut found: Vec<u32> = Vec::new();
        for number in 1..=pages {
            let folder = if number == 1 { String::new() } else { format!("page/{number}/") };
            let page = &site[&format!("{first}/{folder}index.html")];
            found.extend(entry.captures_iter(&main_of(page)).map(|e| e[1].parse::<u32>().unwrap()));
            assert_eq!(page.contains("A guild of bakers"), first.ends_with("guild") && number == 1);
            assert_eq!(
                page.contains(&format!(", page {number} – ")),
                number > 1,
                "{first} {number}"
            );
        }
        assert!(!site.contains_key(&format!("{first}/page/{}/index.html", pages + 1)));
        found.sort_unstable();
        let expected: Vec<u32> = (1..=10).flat_map(|n| vec![n; times]).collect();
        assert_eq!(found, expected, "{first}");
    }
}

#[test]
fn minified_templates_give_smaller_pages_with_the_same_words() {
    let plain = archive(CONFIG);
    let small = archive(&CONFIG.replace("minify_html = false", "minify_html = true"));
    // The search page's controls are shown by its script, each in a place of its own.
    let pages =
        plain.iter().filter(|(path, _)| path.ends_with(".html") && *path != "search/index.html");
    for (path, page) in pages {
        assert_eq!(visible(&small[path]), visible(page), "{path}");
        assert!(small[path].len() < page.len(), "{path}");
    }
}

/// The words of a page's body, one a line, whatever the white space between them.
fn visible(page: &str) -> String {
    let body = &page[page.find("<body").unwrap_or(0)..];
    let blocks = Regex::new(r"</?(p|li|ul|ol|dl|dt|dd|div|h\d|td|th|tr|table|tbody|thead|section|aside|nav|header|footer|main|article|body|html|br|form|label|button|details|summary|svg|title|text|option|nav)\b[^>]*>").unwrap();
    let tags = Regex::new(r"<[^>]*>").unwrap();
    let text = blocks.replace_all(body, " ");
    let text = tags.replace_all(&text, "");
    text.split_whitespace().collect::<Vec<_>>().join("\n")
}
