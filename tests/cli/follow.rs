//! `fonds serve` after any sequence of edits, renames, deletions and faults: what it answers is what a
//! clean build makes, byte for byte but for the script that reloads pages.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::time::Duration;

use proptest::prelude::*;
use proptest::test_runner::Config;

use super::project::{CONFIG, LETTER, Project, eventually};
use super::serve::Server;

/// The files that are changed, each with texts that it may hold: the first is good, the last has a fault
/// or is as good as any.
fn files() -> Vec<(&'static str, Vec<String>)> {
    let record =
        |title: &str, more: &str| format!("+++\ntitle = \"{title}\"\n{more}+++\n\nText of it.\n");
    let page = |line: &str| {
        format!(
            "{{% extends \"builtin/document.html\" %}}\n{{% block title %}}{line}{{% endblock %}}\n"
        )
    };
    let reply = LETTER.replace("1921-03-14", "1921-04-02").replace("Letter on", "Reply about");
    vec![
        (
            "content/documents/a.md",
            vec![
                LETTER.to_owned(),
                LETTER.replace("dry", "damp [see](/documents/b/)"),
                LETTER.replace("+++\n\n", "aliases = [\"/old/\"]\ntopics = [\"Rooms\"]\n+++\n\n"),
                LETTER.replace("1921-03-14", "soon"),
            ],
        ),
        (
            "content/documents/b.md",
            vec![
                reply.clone(),
                reply.replace("+++\n\n", "draft = true\n+++\n\n"),
                reply.replace("+++\n\n", "withdrawn = \"asked for\"\n+++\n\n"),
                reply.replace("+++\n\nThe", "The"),
            ],
        ),
        (
            "content/documents/sub/c.md",
            vec![
                LETTER.replace("letter\"", "report\"").replace("1921-03-14", "1922"),
                LETTER.replace("date = \"1921-03-14\"\n", "source = { seed = \"c.txt\" }\n"),
                LETTER.replace("+++\n\n", "slug = \"a\"\n+++\n\n"),
            ],
        ),
        (
            "content/organizations/ars.md",
            vec![
                record("Ashford Reading Society", "aliases = [\"The Society\"]\n"),
                record("The Ashford Society", "aliases = [\"Ashford Reading Society\"]\n"),
                record("Ashford Reading Society", "nothing = 1\n"),
            ],
        ),
        (
            "content/pages/about.md",
            vec![
                record("About", ""),
                record("About us", "slug = \"us\"\n"),
                "no front matter\n".to_owned(),
            ],
        ),
        (
            "content/published.lock",
            vec![
                "content/documents/a.md\t2026-01-02\t-\tabc\tp-000000\ncontent/documents/gone.md\t2026-01-02\t-\tabc\tp-111111\n"
                    .to_owned(),
                "content/documents/a.md\t2026-01-02\t2026-02-03\tabc\tp-000000(p-222222)\nnot a line\n".to_owned(),
            ],
        ),
        ("content/index.md", vec![record("Home", ""), record("Welcome", "")]),
        ("static/own.css", vec!["p { color: red }\n".to_owned(), "p { color: blue }\n".to_owned()]),
        ("static/notes/a.txt", vec!["A\n".to_owned(), "B\n".to_owned()]),
        ("seeds/c.txt", vec!["A seed.\n".to_owned(), "Another seed.\n".to_owned()]),
        (
            "themes/default/templates/document.html",
            vec![page("One"), page("Two"), page("{% if %}")],
        ),
        (
            "themes/default/styles/99-own.css",
            vec!["a { color: red }\n".to_owned(), "b {}\n".to_owned()],
        ),
        (
            "config.toml",
            vec![
                CONFIG.to_owned(),
                format!("{CONFIG}paginate_by = 1\n"),
                format!("{CONFIG}[search]\nenabled = false\n"),
                format!("{CONFIG}nothing = 1\n"),
            ],
        ),
    ]
}

#[derive(Debug, Clone)]
enum Step {
    Write(usize, usize),
    /// As editors do that write a copy and rename it.
    Replace(usize, usize),
    Delete(usize),
    Rename(usize, usize),
    /// A folder goes and comes back.
    Move(&'static str),
    Wait(u64),
}

fn step() -> impl Strategy<Value = Step> {
    let count = files().len();
    prop_oneof![
        4 => (0..count, 0..4_usize).prop_map(|(file, text)| Step::Write(file, text)),
        2 => (0..count, 0..4_usize).prop_map(|(file, text)| Step::Replace(file, text)),
        // The settings stay where they are.
        1 => (0..count - 1).prop_map(Step::Delete),
        1 => (0..3_usize, 0..3_usize).prop_map(|(from, to)| Step::Rename(from, to)),
        1 => prop_oneof![Just("content"), Just("content/documents"), Just("themes")].prop_map(Step::Move),
        2 => (0..200_u64).prop_map(Step::Wait),
    ]
}

fn text(file: usize, number: usize) -> (&'static str, String) {
    let (path, texts) = &files()[file];
    (path, texts[number % texts.len()].clone())
}

fn take(project: &Project, step: &Step) {
    match step {
        Step::Write(file, number) => {
            let (path, text) = text(*file, *number);
            project.write(path, text);
        }
        Step::Replace(file, number) => {
            let (path, text) = text(*file, *number);
            let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
            let copy = format!("{folder}/.new").trim_start_matches('/').to_owned();
            project.write(&copy, text);
            let _ = fs::create_dir_all(project.path(folder));
            fs::rename(project.path(&copy), project.path(path)).unwrap();
        }
        Step::Delete(file) => drop(fs::remove_file(project.path(files()[*file].0))),
        Step::Rename(from, to) => {
            let [from, to] = [from, to].map(|file| project.path(files()[*file].0));
            let _ = fs::create_dir_all(to.parent().unwrap());
            let _ = fs::rename(from, to);
        }
        Step::Move(folder) => {
            let (here, there) = (project.path(folder), project.path("away"));
            if fs::rename(&here, &there).is_ok() {
                std::thread::sleep(Duration::from_millis(30));
                fs::rename(there, here).unwrap();
            }
        }
        Step::Wait(time) => std::thread::sleep(Duration::from_millis(*time)),
    }
}

/// Makes every file good, unless the archive is good as it is.
fn mend(project: &Project) {
    if project.run("build --no-ingest").status == Some(0) {
        return;
    }
    for (file, (path, _)) in files().iter().enumerate() {
        if project.path(path).exists() {
            project.write(path, text(file, 0).1);
        }
    }
    project.succeeds("build --no-ingest");
}

fn published(project: &Project) -> BTreeMap<String, String> {
    let text = |bytes: Vec<u8>| String::from_utf8_lossy(&bytes).into_owned();
    // The preview answers for an old URL as a host does that reads `_redirects`.
    let answer = |text: String| match text.split_once("0; url=") {
        Some((_, rest)) => leads_to(rest.split(['"', '>', ' ']).next().unwrap()),
        None => text,
    };
    let files = project.files("public").into_iter();
    let files = files.map(|(path, bytes)| (path, answer(text(bytes))));
    // What lists the files is no file of the site for the server, which makes one at a time.
    let is_list = |path: &str| path.starts_with(".fonds") || path == "manifest-sha256.txt";
    files.filter(|(path, _)| !is_list(path)).collect()
}

fn leads_to(address: &str) -> String {
    format!("leads to {address}")
}

/// What the server answers, without its script.
fn served(server: &Server, path: &str) -> Option<String> {
    let path = path.strip_suffix("index.html").unwrap_or(path);
    let answer = server.get(&format!("/{path}"));
    // The path itself may lack a slash.
    let moved = answer.head.split("location: ").nth(1).filter(|_| path.ends_with('/'));
    if let Some(address) = moved {
        return Some(leads_to(address.split('\r').next().unwrap()));
    }
    if path != "404.html" && answer.status != 200 {
        return None;
    }
    let Some(start) = answer.body.find("<script src=\"/_fonds/") else { return Some(answer.body) };
    let end = start + answer.body[start..].find("</script>").unwrap() + "</script>".len();
    Some([&answer.body[..start], &answer.body[end..]].concat())
}

proptest! {
    #![proptest_config(Config {
        // More of them, now and then: `PROPTEST_CASES=200 cargo test --test cli follow`.
        cases: std::env::var("PROPTEST_CASES").map_or(8, |_| Config::default().cases),
        max_shrink_iters: 12,
        failure_persistence: None,
        ..Config::default()
    })]

    #[test]
    fn what_is_served_is_what_a_clean_build_makes(steps in prop::collection::vec(step(), 1..14)) {
        let project = Project::new();
        for file in 0..files().len() {
            let (path, text) = text(file, 0);
            project.write(path, text);
        }
        let server = Server::start_with(&project, "serve --port 0 --no-ingest");
        project.succeeds("build --no-ingest");
        let mut known: BTreeSet<String> = published(&project).into_keys().collect();
        for step in &steps {
            take(&project, step);
        }
        mend(&project);
        let clean = published(&project);
        known.extend(clean.keys().cloned());
        // Those of the index and its page are there once the whole site was made.
        for path in known.iter().filter(|path| !path.starts_with("assets/") && !path.starts_with("search/")) {
            let wanted = clean.get(path);
            eventually(path, || (served(&server, path).as_ref() == wanted).then_some(()));
        }
        for (path, wanted) in clean.iter().filter(|(path, _)| path.starts_with("assets/") || path.starts_with("search/")) {
            eventually(path, || (served(&server, path).as_ref() == Some(wanted)).then_some(()));
        }
    }
}
