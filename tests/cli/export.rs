//! `fonds export`: a folder that opens without a server, a bag, texts. Nothing is in them that is not in the site.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use regex::Regex;
use sha2::{Digest, Sha256};

use super::project::{LETTER, Project};

/// A word of what readers must not see.
const SECRET: &str = "quokkazimt";

type Files = BTreeMap<String, Vec<u8>>;

/// An archive below a path, with letters, a seed, an old address and what is not shown.
fn archive() -> Project {
    let hidden = |line: &str| {
        LETTER.replace("bakery", SECRET).replacen("+++\n\n", &format!("{line}\n+++\n\n"), 1)
    };
    let shown = "aliases = [\"/old/letter/\"]\n[source]\nseed = \"room.txt\"\n+++\n\n";
    Project::empty()
        .file(
            "config.toml",
            "base_url = \"https://example.org/archive\"\ntitle = \"Letters\"\n\
             [archive]\npublisher = \"Reading\\tSociety\"\n",
        )
        .file("seeds/room.txt", "The room above the bakery is dry and can be heated.\n")
        .file("static/own/100%.txt", "all\n")
        .file("content/documents/a.md", LETTER.replacen("+++\n\n", shown, 1))
        .file("content/documents/b.md", LETTER.replace("dry", "[dry](/documents/a/#p1)"))
        .file("content/documents/draft.md", hidden("draft = true"))
        .file("content/documents/later.md", hidden("embargo_until = 2090-01-01"))
        .file("content/documents/gone.md", hidden("withdrawn = \"asked for\""))
        .file(
            "seeds/barred.txt",
            format!("The room above the {SECRET} is dry and can be heated.\n"),
        )
        .file(
            "content/documents/barred.md",
            LETTER.replace("bakery", "[withheld: a name]").replacen(
                "+++\n\n",
                "[source]\nseed = \"barred.txt\"\n+++\n\n",
                1,
            ),
        )
}

fn assert_no_secret(files: &Files) {
    for (path, bytes) in files {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains(SECRET) && !path.contains(SECRET), "{path}");
    }
}

/// Where a link of a file leads, by path from the root of the copy.
fn target(from: &str, address: &str) -> String {
    let path = address.split(['?', '#']).next().unwrap();
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            ".." => assert!(parts.pop().is_some(), "{from}: {address} leads out"),
            part => parts.push(part),
        }
    }
    parts.join("/").replace("%25", "%")
}

#[test]
fn every_link_of_a_folder_is_relative_and_leads_to_a_file() {
    let project = archive();
    let told = project.succeeds("export folder copy");
    let files = project.files("copy");
    assert!(told.starts_with("copy: ") && told.contains(" written, 0 removed"), "{told}");
    let attribute = Regex::new(r#"\s(?:href|src|action|data-[a-z]+|srcset)="([^"]*)""#).unwrap();
    let refresh = Regex::new(r#"content="\d+; ?url=([^"]*)""#).unwrap();
    let mut links = BTreeSet::new();
    for (path, bytes) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = String::from_utf8(bytes.clone()).unwrap();
        let found = attribute.captures_iter(&html).chain(refresh.captures_iter(&html));
        for address in found.map(|found| found[1].to_owned()) {
            let is_outside = address.contains("://") || address.starts_with("mailto:");
            let is_words =
                address.contains(' ') || address.contains('{') || !address.contains(['/', '.']);
            if is_outside || is_words {
                continue;
            }
            assert!(!address.starts_with('/'), "{path}: {address}");
            let is_worker = address.contains("worker.") || address.contains("/index/manifest.");
            assert!(is_worker || files.contains_key(&target(path, &address)), "{path}: {address}");
            links.insert(target(path, &address));
        }
    }
    for path in ["documents/a/index.html", "documents/a/text.txt", "search/folder.js", "index.html"]
    {
        assert!(links.contains(path), "{path}: {links:?}");
    }
    // What hosts and workers would read means nothing here.
    let names = ["_headers", "_redirects", ".nojekyll", "search/api.js"];
    assert!(names.iter().all(|name| !files.contains_key(*name)));
    assert_no_secret(&files);
    project.succeeds("verify copy");
}

#[test]
fn the_index_and_the_passages_of_a_folder_are_scripts() {
    let project = archive();
    project.succeeds("build --no-ingest");
    project.succeeds("export folder copy");
    let (site, files) = (project.files("public"), project.files("copy"));
    let index: Vec<&String> =
        site.keys().filter(|path| path.starts_with("search/index/")).collect();
    assert!(!index.is_empty());
    for path in index {
        let script = String::from_utf8(files[&format!("{path}.js")].clone()).unwrap();
        let text = script.strip_prefix("fondsFolder.give(\"").unwrap();
        let text = text.strip_suffix("\");\n").unwrap();
        assert_eq!(text.len(), site[path].len().div_ceil(3) * 4, "{path}");
        assert!(!files.contains_key(path));
    }
    let passages = String::from_utf8(files["documents/b/passages.js"].clone()).unwrap();
    let text: String = serde_json::from_str(
        passages.strip_prefix("fondsFolder.give(").unwrap().strip_suffix(");\n").unwrap(),
    )
    .unwrap();
    assert!(text.contains("id=\"text\"") && text.contains("can be heated"), "{text}");
    assert!(files.contains_key("documents/a/passages.js"));
}

#[test]
fn a_folder_without_search_has_none() {
    let project = archive();
    let config = project.read("config.toml");
    project.write("config.toml", format!("{config}[search]\nenabled = false\n"));
    project.succeeds("export folder copy");
    let files = project.files("copy");
    assert!(files.keys().all(|path| !path.contains("search/") && !path.ends_with("passages.js")));
}

#[test]
fn an_export_is_the_same_every_time_and_changes_only_what_changed() {
    let project = archive();
    project.succeeds("export folder copy");
    let first = project.files("copy");
    assert!(project.succeeds("export folder copy").ends_with(" 0 written, 0 removed\n"));
    let output = project.command("export folder other").env("RAYON_NUM_THREADS", "1").output();
    assert!(output.unwrap().status.success());
    assert_eq!(project.files("other"), first);
    for form in ["bag", "text"] {
        project.succeeds(&format!("export {form} one"));
        project.succeeds(&format!("export {form} two"));
        assert_eq!(project.files("one"), project.files("two"));
        fs::remove_dir_all(project.path("one")).unwrap();
        fs::remove_dir_all(project.path("two")).unwrap();
    }
}

#[test]
fn a_bag_is_whole_by_its_own_lists() {
    let project = archive();
    project.succeeds("export bag bags/first");
    let files = project.files("bags/first");
    assert_no_secret(&files);
    let text = |path: &str| String::from_utf8(files[path].clone()).unwrap();
    assert_eq!(text("bagit.txt"), "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    let mut payload = 0;
    for (list, is_payload) in [("manifest-sha256.txt", true), ("tagmanifest-sha256.txt", false)] {
        let mut listed = BTreeSet::new();
        for line in text(list).lines() {
            let (digits, path) = line.split_once("  ").unwrap();
            // RFC 8493, 2.1.3.
            let path = path.replace("%25", "%");
            let sum = Sha256::digest(&files[&path]);
            assert_eq!(digits, sum.iter().map(|byte| format!("{byte:02x}")).collect::<String>());
            assert_eq!(path.starts_with("data/"), is_payload, "{path}");
            payload += if is_payload { files[&path].len() } else { 0 };
            listed.insert(path);
        }
        let is_of_list = |path: &&String| path.starts_with("data/") == is_payload;
        let expected: BTreeSet<String> =
            files.keys().filter(is_of_list).filter(|path| *path != list).cloned().collect();
        assert_eq!(listed, expected);
    }
    let count = files.keys().filter(|path| path.starts_with("data/")).count();
    let info = text("bag-info.txt");
    assert!(info.contains(&format!("\nPayload-Oxum: {payload}.{count}\n")), "{info}");
    assert!(info.starts_with("Source-Organization: Reading Society\n"), "{info}");
    assert!(info.contains("\nBagging-Date: 2023-11-14\n"), "{info}");
    assert!(
        files.contains_key("data/site/own/100%.txt")
            && files.contains_key("data/texts/texts.jsonl")
    );
    project.succeeds("verify bags/first");
    project.write("bags/first/data/site/index.html", "mine\n");
    project.write("bags/first/data/more.txt", "mine\n");
    project.write("bags/first/bag-info.txt", "mine\n");
    let run = project.run("verify bags/first");
    let named = [
        "altered  bags/first/bag-info.txt",
        "altered  bags/first/data/site/index.html",
        "extra    bags/first/data/more.txt",
    ];
    assert_eq!((run.status, run.stdout.lines().collect::<Vec<_>>()), (Some(1), named.to_vec()));
}

#[test]
fn a_bag_replaces_nothing() {
    let project = archive().file("bag/mine.txt", "mine\n");
    insta::assert_snapshot!(project.refuses("export bag bag"));
    assert_eq!(project.files("bag").len(), 1);
    fs::create_dir(project.path("empty")).unwrap();
    project.succeeds("export bag empty");
    assert!(project.path("empty/bagit.txt").exists());
    assert!(project.names().iter().all(|name| !name.contains(".fonds-")), "{:?}", project.names());
}

#[test]
fn texts_are_records_with_their_texts() {
    let project = archive();
    project.succeeds("export text texts");
    let files = project.files("texts");
    assert_no_secret(&files);
    let lines = String::from_utf8(files["texts.jsonl"].clone()).unwrap();
    let records: Vec<serde_json::Value> =
        lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let slugs: BTreeSet<&str> = records.iter().map(|r| r["slug"].as_str().unwrap()).collect();
    assert_eq!(slugs, BTreeSet::from(["a", "b", "barred"]));
    let a = records.iter().find(|record| record["slug"] == "a").unwrap();
    assert_eq!(a["text"], "The room above the bakery is dry and can be heated.");
    assert_eq!(a["title"], "Letter on the Reading Room");
    let names = ["documents.csv", "organizations.csv", "people.csv", "signatures.csv"];
    assert!(names.iter().all(|name| files.contains_key(*name)), "{:?}", files.keys());
    project.succeeds("verify texts");
}

#[cfg(feature = "sqlite")]
#[test]
fn a_database_holds_the_tables_and_finds_the_texts() {
    let project = archive();
    project.succeeds("export text texts --sqlite");
    let files = project.files("texts");
    assert_no_secret(&files);
    project.succeeds("verify texts");
    project.succeeds("export text again --sqlite");
    assert!(files["archive.db"] == project.files("again")["archive.db"], "other bytes");

    let database = rusqlite::Connection::open(project.path("texts/archive.db")).unwrap();
    let texts = |query: &str| -> Vec<Option<String>> {
        let mut statement = database.prepare(query).unwrap();
        statement.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
    };
    let all = |values: &[&str]| values.iter().map(|v| Some((*v).to_owned())).collect::<Vec<_>>();
    assert_eq!(texts("pragma integrity_check"), all(&["ok"]));
    assert_eq!(texts("select \"table\" from pragma_foreign_key_check"), []);
    assert_eq!(
        texts("select slug from documents where withdrawn is null"),
        all(&["a", "b", "barred"])
    );
    let own = "The room above the bakery is dry and can be heated.";
    assert_eq!(texts("select text from documents where slug = 'a'"), all(&[own]));
    assert_eq!(texts("select place from documents where slug = 'a'"), [None]);
    let found = "select slug from documents where rowid in \
        (select rowid from documents_fts where documents_fts match 'bakery heated') order by slug";
    assert_eq!(texts(found), all(&["a", "b"]));
    let people = "select distinct p.name from signatures s join people p on p.slug = s.person";
    assert_eq!(texts(people).len(), 1);

    // Each table has the rows of its CSV.
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".csv")) {
        let table = name.trim_end_matches(".csv");
        let rows = String::from_utf8_lossy(bytes).matches("\r\n").count() - 1;
        assert_eq!(
            texts(&format!("select cast(count(*) as text) from {table}")),
            all(&[&rows.to_string()])
        );
    }
}

#[cfg(not(feature = "sqlite"))]
#[test]
fn a_program_without_sqlite_says_so() {
    let project = archive();
    insta::assert_snapshot!(project.refuses("export text texts --sqlite"));
    assert!(!project.names().contains(&"texts".to_owned()));
}

#[test]
fn nothing_is_exported_while_there_is_a_fault() {
    let project = archive();
    project.write("content/documents/b.md", LETTER.replace("1921-03-14", "14 March 1921"));
    for form in ["folder", "bag", "text"] {
        let told = project.fails(&format!("export {form} copy"));
        assert!(told.ends_with("1 error; nothing was exported\n"), "{told}");
    }
    assert!(!project.names().contains(&"copy".to_owned()));
    let told = project.refuses("export folder content/documents");
    assert!(told.contains("where the archive's own files are"), "{told}");
}
