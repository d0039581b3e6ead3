//! The project's documents say what is: their commands and examples work, their links lead somewhere, no
//! command and no key is missing from the manual, and the reference for themes is that of the code.

#![expect(clippy::disallowed_methods, reason = "the tests read documents and run what they say")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use regex::Regex;

#[path = "documents/manual.rs"]
mod manual;
#[path = "documents/words.rs"]
mod words;

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn read(path: &str) -> String {
    fs::read_to_string(project(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

fn run(folder: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new(env!("CARGO_BIN_EXE_fonds"));
    let output = command.args(arguments).current_dir(folder).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "`fonds {}` says:\n{said}", arguments.join(" "));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

#[test]
fn the_manual_names_every_command_and_no_other() {
    let help = run(&project(""), &["--help"]);
    let commands = &help[help.find("Commands:").unwrap()..help.find("Options:").unwrap()];
    let name = Regex::new(r"(?m)^  ([a-z]+)\b").unwrap();
    let known: BTreeSet<&str> = name
        .captures_iter(commands)
        .map(|found| found.get(1).unwrap().as_str())
        .filter(|command| *command != "help")
        .collect();
    let manual = read("docs/commands.md");
    let row = Regex::new(r"(?m)^\| `fonds ([a-z]+)").unwrap();
    let named: BTreeSet<&str> =
        row.captures_iter(&manual).map(|found| found.get(1).unwrap().as_str()).collect();
    assert_eq!(named, known);
}

#[test]
fn every_test_that_the_threat_model_names_exists() {
    let name = Regex::new("`([a-z0-9_]+(?:_[a-z0-9]+){2,}|[a-zA-Z ]+ [a-z ]+)`").unwrap();
    let model = read("SECURITY.md");
    let rows = model.lines().filter(|line| line.starts_with("| ") || line.starts_with("- "));
    let named: BTreeSet<String> = rows
        .flat_map(|row| name.captures_iter(row).map(|found| found[1].to_owned()))
        .filter(|name| !name.starts_with("cargo "))
        .collect();
    assert!(named.len() > 40, "{}", named.len());
    let mut tests = String::new();
    for folder in ["src", "tests"] {
        let files = walkdir::WalkDir::new(project(folder)).into_iter();
        let files = files.filter_entry(|entry| entry.file_name() != "node_modules");
        for entry in files.map(Result::unwrap) {
            if entry.path().extension().is_some_and(|end| end == "rs" || end == "mjs") {
                tests += &fs::read_to_string(entry.path()).unwrap();
            }
        }
    }
    let exists = |name: &&String| {
        tests.contains(&format!("fn {name}(")) || tests.contains(&format!("test(\"{name}\""))
    };
    let missing: Vec<&String> = named.iter().filter(|name| !exists(name)).collect();
    assert!(missing.is_empty(), "SECURITY.md names tests that do not exist: {missing:?}");
}

/// What each page of the manual must name: the keys of files, by the schema that tells them.
const KEYS: [(&str, &[&str]); 4] = [
    ("document", &["docs/front-matter.md", "docs/moving.md"]),
    ("organization", &["docs/names.md"]),
    ("page", &["docs/outputs.md"]),
    ("config", &["docs/settings.md", "docs/ingest.md"]),
];

#[test]
fn the_manual_names_every_key() {
    let mut missing = Vec::new();
    for (schema, documents) in KEYS {
        let schema = run(&project(""), &["schema", schema]);
        let schema: serde_json::Value = serde_json::from_str(&schema).unwrap();
        let manual: String = documents.iter().map(|document| read(document)).collect();
        for (key, of) in schema["properties"].as_object().unwrap() {
            // What is only known of other programs is told in general.
            let foreign = of["description"]
                .as_str()
                .is_none_or(|told| told.starts_with("As in ") || told.starts_with("Known from "));
            if !foreign
                && !manual.contains(&format!("`{key}"))
                && !manual.contains(&format!("[{key}"))
            {
                missing.push(format!("{}: {key}", documents[0]));
            }
            let inner = of["properties"].as_object().into_iter().flatten().map(|(inner, _)| inner);
            missing.extend(
                inner
                    .filter(|inner| !manual.contains(&format!("`{inner}")))
                    .map(|inner| format!("{}: {key}.{inner}", documents[0])),
            );
        }
    }
    assert_eq!(missing, Vec::<String>::new());
}

#[test]
fn what_the_documents_show_is_so() {
    let mut documents = manual::documents(&project(""));
    assert!(documents.len() > 10, "{documents:?}");
    documents.extend(["README.md", "CONTRIBUTING.md", "themes/README.md"].map(str::to_owned));
    let faults: Vec<String> = std::thread::scope(|scope| {
        let sessions: Vec<_> = documents
            .iter()
            .map(|document| (document, scope.spawn(|| manual::run(&read(document)))))
            .collect();
        sessions
            .into_iter()
            .flat_map(|(document, session)| {
                let faults = session.join().unwrap();
                faults.into_iter().map(move |fault| format!("{document}, {fault}"))
            })
            .collect()
    });
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Documents that the queries of the manual are meant for, and one that none of them should find.
const LETTERS: [(&str, &str); 3] = [
    (
        "loan.md",
        "+++\ntitle = \"Loan of two hundred volumes\"\ndate = \"1921-03-14\"\nkind = \"letter\"\nreferences = [\"ARS 7\"]\n\
         creators = [{ person = \"Edith Harland\", organization = \"Ashford Reading Society\" }]\n\
         topics = [\"Reading rooms\"]\n+++\n\nThe reading room is dry. The library may send its books.\n",
    ),
    (
        "school.md",
        "+++\ntitle = \"Of the school\"\ndate = \"1930\"\n+++\n\nThe school and its library know of A/HRC/25/63.\n",
    ),
    (
        "minutes.md",
        "+++\ntitle = \"Procès-verbal\"\ndate = \"1950\"\nkind = \"minutes\"\nlanguage = \"fr\"\n+++\n\nRien.\n",
    ),
];

#[test]
fn each_query_of_the_manual_finds_what_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let documents = folder.path().join("content/documents");
    fs::create_dir_all(&documents).unwrap();
    fs::write(folder.path().join("config.toml"), "title = \"Letters\"\n").unwrap();
    for (name, text) in LETTERS {
        fs::write(documents.join(name), text).unwrap();
    }
    run(folder.path(), &["build", "--quiet"]);
    let index = folder.path().join("public/search/index");
    let manifest = fs::read_dir(index).unwrap().map(|file| file.unwrap().path());
    let mut manifest = manifest.filter(|path| path.to_str().unwrap().contains("/manifest."));

    let manual = read("docs/search.md");
    let rows = manual.lines().skip_while(|line| *line != "| query | finds documents |").skip(2);
    let code = Regex::new("`([^`]+)`").unwrap();
    let queries: Vec<&str> = rows
        .map_while(|row| row.strip_prefix('|')?.split('|').next())
        .flat_map(|cell| code.captures_iter(cell).map(|query| query.get(1).unwrap().as_str()))
        .collect();
    assert!(queries.len() > 12, "{queries:?}");
    let answer = Command::new("node")
        .arg(project("tests/documents/queries.mjs"))
        .arg(manifest.next().unwrap())
        .args(&queries)
        .output()
        .unwrap();
    assert!(answer.status.success(), "{}", String::from_utf8_lossy(&answer.stderr));
    let found: Vec<Vec<String>> = serde_json::from_slice(&answer.stdout).unwrap();
    for (query, found) in queries.iter().zip(&found) {
        let of = |name: &str| found.iter().any(|url| url.contains(name));
        assert!((of("loan") || of("school")) && !of("minutes"), "{query}: {found:?}");
        if query.contains(" -school") {
            assert!(!of("school"), "{query}: {found:?}");
        }
    }
}

#[test]
fn a_block_that_is_wrong_is_told() {
    for (document, told) in [
        ("```sh\nfonds init a\nfonds bild\n```\n", "line 1: status Some(2), not 0"),
        ("```sh\necho one\n```\n\n```text\ntwo\n```\n", "line 5: `two` is not printed"),
        ("```toml\nbase_ulr = \"https://example.org\"\n```\n", "line 1: "),
        ("<!-- test: front matter document -->\n```toml\nknid = \"letter\"\n```\n", "line 2: "),
        ("```markdown\n+++\ndate = \"May\"\n+++\n```\n", "line 1: "),
        ("```json\n{\n```\n", "line 1: "),
        ("```yaml\na: [\n```\n", "line 1: "),
        ("```basic\n10 PRINT\n```\n", "neither run nor set aside"),
        ("```\nanything\n```\n", "neither run nor set aside"),
    ] {
        let faults = manual::run(document);
        assert!(faults.len() == 1 && faults[0].contains(told), "{document}{faults:?}");
    }
}

#[test]
fn the_links_of_the_documents_lead_somewhere() {
    let link = Regex::new(r"\]\(([^)\s#]*)(?:#([^)\s]+))?\)").unwrap();
    let mut dead = Vec::new();
    let mut documents = manual::documents(&project(""));
    documents.extend(
        ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "CHANGELOG.md", "themes/README.md"]
            .map(str::to_owned),
    );
    for document in &documents {
        let text = read(document);
        let folder = project(document).parent().unwrap().to_owned();
        for found in link
            .captures_iter(&text)
            .filter(|found| !found[1].contains("://") && !found[1].starts_with('/'))
        {
            let target =
                if found[1].is_empty() { project(document) } else { folder.join(&found[1]) };
            let anchor = found.get(2).map(|anchor| anchor.as_str());
            let there = target.exists()
                && anchor.is_none_or(|anchor| {
                    anchors(&fs::read_to_string(&target).unwrap_or_default()).any(|of| of == anchor)
                });
            if !there {
                dead.push(format!("{document}: {}", &found[0]));
            }
        }
    }
    assert_eq!(dead, Vec::<String>::new());
}

/// The anchors of the headings of a Markdown text, as GitHub makes them.
fn anchors(text: &str) -> impl Iterator<Item = String> + '_ {
    text.lines().filter(|line| line.starts_with('#')).map(|line| {
        let words = line.trim_start_matches('#').trim().to_lowercase();
        words
            .chars()
            .filter(|c| c.is_alphanumeric() || " -_".contains(*c))
            .map(|c| if c == ' ' { '-' } else { c })
            .collect()
    })
}

/// Its dead links stop the build.
#[test]
fn the_manual_is_a_site_that_this_program_builds() {
    let site = tempfile::tempdir().unwrap();
    let mut tool = Command::new(project("tools/manual"));
    let output = tool.arg(site.path()).arg(env!("CARGO_BIN_EXE_fonds")).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{said}");
    let page = |path: &str| fs::read_to_string(site.path().join(path)).unwrap();
    let home = page("index.html");
    let chapters = read("docs/README.md").matches("\n| [").count();
    assert_eq!(home.matches("<td><a href=\"/manual/documents/").count(), chapters, "{home}");
    assert!(page("documents/settings/index.html").contains("id=\"h-the-archive\""));
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

#[test]
fn every_package_that_a_release_builds_can_be_installed() {
    let target = Regex::new(r"target: ([a-z0-9_]+-[a-z0-9-]+)").unwrap();
    let release = read(".github/workflows/release.yml");
    let built: BTreeSet<&str> =
        target.captures_iter(&release).map(|found| found.get(1).unwrap().as_str()).collect();
    let (packages, action) = (read("tools/packages"), read("action.yml"));
    let missing: Vec<&&str> = built
        .iter()
        .filter(|target| {
            // On GitHub there is a system's own C library.
            let is_in_action = target.ends_with("musl") || action.contains(**target);
            !packages.contains(&format!("\"{target}\"")) || !is_in_action
        })
        .collect();
    assert!(built.len() > 5 && missing.is_empty(), "{built:?}, {missing:?}");
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
const VIEWS: [&str; 9] = [
    "frame",
    "common",
    "document",
    "taxonomy",
    "collection",
    "authority",
    "list",
    "drawing",
    "page",
];

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
    if let Some(inner) = inside("Shared<") {
        return plain(inner);
    }
    match rust {
        "String" | "&'static str" => "text".to_owned(),
        "Html" => "HTML".to_owned(),
        "Listed" => plain("DocumentItem"),
        "bool" => "true or false".to_owned(),
        "usize" | "u32" | "i32" | "u64" | "i64" => "number".to_owned(),
        "Map<String, Value>" => "anything".to_owned(),
        view => format!("[{view}](#{})", view.to_lowercase()),
    }
}
