//! The project's documents say what is: their commands exist and work, their content file builds, their
//! links lead somewhere, and the reference for themes is that of the code.

#![expect(clippy::disallowed_methods, reason = "the tests read documents and run what they say")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use fonds::diagnostic::Report;
use fonds::files::{MemoryFiles, Sink as _};
use fonds::pipeline::{self, BuildOptions};
use regex::Regex;

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &str) -> String {
    fs::read_to_string(project(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The contents of the fenced blocks of a language in a Markdown text.
fn blocks(text: &str, language: &str) -> Vec<String> {
    let fence = Regex::new(&format!(r"(?ms)^```{language}\n(.*?)^```$")).unwrap();
    fence.captures_iter(text).map(|found| found[1].to_owned()).collect()
}

fn run(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fonds"));
    let output = command.args(arguments).current_dir(folder).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "`fonds {}` says:\n{said}", arguments.join(" "));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_readme_names_every_command_and_no_other() {
    let help = run(&project(""), &["--help"]);
    let commands = &help[help.find("Commands:").unwrap()..help.find("Options:").unwrap()];
    let name = Regex::new(r"(?m)^  ([a-z]+)\b").unwrap();
    let known: BTreeSet<&str> = name
        .captures_iter(commands)
        .map(|found| found.get(1).unwrap().as_str())
        .filter(|command| *command != "help")
        .collect();
    let readme = read("README.md");
    let row = Regex::new(r"(?m)^\| `fonds ([a-z]+)").unwrap();
    let named: BTreeSet<&str> =
        row.captures_iter(&readme).map(|found| found.get(1).unwrap().as_str()).collect();
    assert_eq!(named, known);
}

#[test]
fn the_commands_of_the_readme_lead_from_nothing_to_a_site() {
    let readme = read("README.md");
    let block = blocks(&readme, "sh").into_iter().find(|block| block.contains("fonds init"));
    let block = block.expect("the README says how to begin an archive");
    let folder = tempfile::tempdir().unwrap();
    let mut place = folder.path().to_owned();
    for line in block.lines().filter_map(|line| line.split('#').next()).map(str::trim) {
        match line.split_whitespace().collect::<Vec<_>>()[..] {
            ["cd", to] => place.push(to),
            ["cp", _, to] => {
                let seed = "Leeds, 3 May 1931\n\nDear Sir,\n\nThe books have come.\n\nYours faithfully,\n\nA. Reader\n";
                fs::write(place.join(to).join("letter.txt"), seed).unwrap();
            }
            // A server would not come back.
            ["fonds", "serve"] => assert!(run(&place, &["serve", "--help"]).contains("Usage")),
            ["fonds", ref arguments @ ..] => drop(run(&place, arguments)),
            _ => panic!("the README runs something else: {line}"),
        }
    }
    assert!(place.join("public/index.html").is_file());
    assert!(fs::read_dir(place.join("public/documents")).unwrap().count() > 2);
}

#[test]
fn the_content_file_of_the_readme_builds_without_a_fault() {
    let example = blocks(&read("README.md"), "markdown").remove(0);
    let sources = MemoryFiles::new();
    sources
        .put("config.toml", b"base_url = \"https://example.org\"\ntitle = \"Letters\"\n")
        .unwrap();
    sources.put("content/documents/1921-03-14-letter.md", example.as_bytes()).unwrap();
    let report = Report::new();
    let config = pipeline::load_config(&sources, &report);
    let site = MemoryFiles::new();
    pipeline::build(&sources, &config, &BuildOptions::default(), &site, &report).unwrap();
    let faults: Vec<String> = report.sorted().iter().map(|fault| fault.message.clone()).collect();
    assert_eq!(faults, Vec::<String>::new());
    let site = site.into_files();
    for path in ["documents/1921-03-14-letter/index.html", "old/address/index.html"] {
        assert!(site.contains_key(path), "{path}");
    }
}

#[test]
fn the_settings_of_the_readme_are_known() {
    let blocks = blocks(&read("README.md"), "toml");
    let text = blocks.iter().find(|b| b.contains("[ingest]")).expect("the README shows settings");
    let report = fonds::diagnostic::Report::new();
    let source = fonds::diagnostic::SourceText { path: "config.toml", text };
    fonds::config::parse(source, &report);
    assert!(report.sorted().is_empty(), "{:?}", report.sorted());
}

#[test]
fn the_links_of_the_documents_lead_somewhere() {
    let link = Regex::new(r"\]\(([^)\s#]+)").unwrap();
    let mut dead = Vec::new();
    for document in
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "themes/README.md"]
    {
        let text = read(document);
        let folder = project(document).parent().unwrap().to_owned();
        for found in link.captures_iter(&text).filter(|found| !found[1].contains("://")) {
            if !folder.join(&found[1]).exists() {
                dead.push(format!("{document}: {}", &found[1]));
            }
        }
    }
    assert_eq!(dead, Vec::<String>::new());
}

#[test]
fn the_modules_that_the_architecture_names_exist() {
    let text = read("ARCHITECTURE.md");
    let path = Regex::new(r"`((?:src|themes|tests)/[a-z_./-]+)`").unwrap();
    let named: BTreeSet<String> =
        path.captures_iter(&text).map(|found| found[1].to_owned()).collect();
    let missing: Vec<&String> = named.iter().filter(|path| !project(path).exists()).collect();
    assert!(named.len() > 10 && missing.is_empty(), "{missing:?}");
    for module in fs::read_dir(project("src")).unwrap().map(Result::unwrap) {
        let name = module.file_name().into_string().unwrap();
        let Some(name) = name.strip_suffix(".rs").filter(|name| !["lib", "main"].contains(name))
        else {
            continue;
        };
        assert!(
            text.contains(&format!("**`{name}`**")),
            "ARCHITECTURE.md says nothing of `{name}`"
        );
    }
}

const BEGIN: &str = "<!-- views: begin -->\n";
const END: &str = "<!-- views: end -->";

#[test]
fn the_reference_for_themes_is_that_of_the_views() {
    let document = read("themes/README.md");
    let (before, rest) = document.split_once(BEGIN).unwrap();
    let (written, after) = rest.split_once(END).unwrap();
    let views: String =
        VIEWS.iter().map(|noun| read(&format!("src/site/views/{noun}.rs"))).collect();
    let made = reference(&views);
    if std::env::var_os("UPDATE_DOCUMENTS").is_some() {
        fs::write(project("themes/README.md"), format!("{before}{BEGIN}{made}{END}{after}"))
            .unwrap();
        return;
    }
    assert!(
        written == made,
        "themes/README.md is behind src/site/views/: run `UPDATE_DOCUMENTS=1 cargo test --test documents`"
    );
}

#[test]
fn the_reference_for_themes_leaves_no_view_out() {
    let declared = read("src/site/views.rs");
    let declared: BTreeSet<&str> =
        declared.lines().filter_map(|l| l.strip_prefix("mod ")?.strip_suffix(';')).collect();
    assert_eq!(declared, BTreeSet::from(VIEWS));
}

#[test]
fn the_reference_for_themes_names_every_template_and_its_view() {
    let text = read("themes/README.md");
    let table =
        &text[text.find("| template | of | gets |").unwrap()..text.find("## Views").unwrap()];
    let name = Regex::new(r"`([a-z0-9]+\.html)`").unwrap();
    let named: BTreeSet<String> = name.captures_iter(table).map(|n| n[1].to_owned()).collect();
    let kept: BTreeSet<String> = fs::read_dir(project("themes/default/templates"))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    // The page at `/404.html` has the name of its template.
    assert_eq!(named, kept);
    let view = Regex::new(r": ([A-Z][A-Za-z]+View)").unwrap();
    for found in view.captures_iter(table) {
        assert!(text.contains(&format!("\n### {}\n", &found[1])), "{}", &found[1]);
    }
}

/// The files of views, in the order in which themes/README.md has them.
const VIEWS: [&str; 7] = ["frame", "common", "document", "authority", "list", "drawing", "page"];

/// A table of fields for each view.
fn reference(source: &str) -> String {
    let field = Regex::new(r"^    pub ([a-z_0-9]+): (.+),$").unwrap();
    let (mut out, mut notes) = (String::new(), Vec::new());
    for line in source.lines() {
        let text = line.trim();
        if let Some(note) = text.strip_prefix("///") {
            notes.push(note.trim().to_owned());
        } else if let Some(name) = text.strip_prefix("pub struct ") {
            let name = name.trim_end_matches(" {");
            let _ = write!(
                out,
                "\n### {name}\n\n{}\n\n| field | type | is |\n| --- | --- | --- |\n",
                notes.join(" ")
            );
            notes.clear();
        } else if let Some(found) = field.captures(line) {
            let name = found[1].trim_end_matches('_');
            let note = std::mem::take(&mut notes).join(" ").replace('|', "\\|");
            let _ = writeln!(out, "| `{name}` | {} | {note} |", plain(&found[2]));
        } else if !text.starts_with("#[") {
            notes.clear();
        }
    }
    out.push('\n');
    out
}

/// A type in words that authors of templates use.
fn plain(rust: &str) -> String {
    let inside = |prefix: &str| rust.strip_prefix(prefix).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = inside("Option<") {
        return format!("{}?", plain(inner));
    }
    if let Some(inner) = inside("Vec<") {
        return format!("list of {}", plain(inner));
    }
    match rust {
        "String" | "&'static str" => "text".to_owned(),
        "bool" => "true or false".to_owned(),
        "usize" | "u32" | "i32" | "u64" | "i64" => "number".to_owned(),
        "Map<String, Value>" => "anything".to_owned(),
        view => format!("[{view}](#{})", view.to_lowercase()),
    }
}
