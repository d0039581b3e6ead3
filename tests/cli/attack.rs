//! What a clone may carry to harm whoever builds it: links that lead out, folders without end.

use std::fs;
use std::os::unix::fs::symlink;

use super::project::{LETTER, Project};
use super::serve::Server;

/// An archive below a folder that holds a file of somebody else.
fn project_and_victim() -> (Project, tempfile::TempDir) {
    let victim = tempfile::tempdir().unwrap();
    fs::write(victim.path().join("precious"), "x").unwrap();
    (Project::with_letter(), victim)
}

fn names(folder: &tempfile::TempDir) -> Vec<String> {
    let entries = fs::read_dir(folder.path()).unwrap();
    let mut names: Vec<String> =
        entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_link_beside_the_site_is_removed_and_not_followed() {
    for name in ["stage", "undo", "old", "spare", "lock"] {
        let (project, victim) = project_and_victim();
        let link = project.path(&format!(".public.fonds-{name}"));
        symlink(victim.path(), &link).unwrap();
        project.succeeds("build");
        symlink(victim.path(), &link).unwrap();
        project.succeeds("clean");
        assert_eq!(names(&victim), ["precious"], "{name}");
        assert!(!link.is_symlink(), "{name}");
    }
}

#[test]
fn a_list_of_what_to_undo_reaches_nothing_behind_a_link() {
    let (project, victim) = project_and_victim();
    fs::create_dir(project.path("public")).unwrap();
    symlink(victim.path(), project.path("public/link")).unwrap();
    project.write(".public.fonds-undo/0", "x");
    let list = "fonds undo 1\nremove link/precious\nput-back 0 link/w\nmake-folder link/new\nend\n";
    project.write(".public.fonds-undo/list", list);
    project.succeeds("build");
    assert_eq!(names(&victim), ["precious"]);
}

#[test]
fn the_site_is_not_written_below_a_link_that_leads_out() {
    let (project, victim) = project_and_victim();
    symlink(victim.path(), project.path("out")).unwrap();
    let config = project.read("config.toml") + "output_dir = \"out/site\"\n";
    project.write("config.toml", config);
    let told = project.fails("build");
    assert!(told.contains("error: `out/site` is outside the archive"), "{told}");
    project.fails("clean");
    assert_eq!(names(&victim), ["precious"]);
    // Who names the folder knows where it is.
    project.succeeds("build --output-dir out/site");
    assert!(victim.path().join("site/index.html").exists());
}

#[test]
fn folders_without_end_are_refused_by_name_and_removed() {
    let deep = "y/".repeat(1000);
    for place in ["seeds", "static", "content/documents"] {
        let project = Project::with_letter();
        fs::create_dir_all(project.path(&format!("{place}/{deep}"))).unwrap();
        // What lies in `seeds/` stops no build.
        let (told, severity) = match place {
            "seeds" => (project.succeeds("build"), "warning"),
            _ => (project.fails("build"), "error"),
        };
        let message = format!("{severity}: the path is more than 64 folders deep");
        assert!(told.contains(&message), "{told}");
        assert!(told.contains(&format!("--> {place}/y/y/")), "{told}");
    }
    let project = Project::with_letter();
    for folder in ["public", ".public.fonds-stage", ".public.fonds-old", ".fonds"] {
        fs::create_dir_all(project.path(&format!("{folder}/{deep}"))).unwrap();
    }
    project.succeeds("build");
    project.succeeds("clean");
    assert_eq!(project.names(), ["config.toml", "content"]);
}

#[test]
fn a_hidden_file_is_no_seed() {
    for seed in [".env", "../config.toml", "a/.git/config", "/etc/passwd", "a.txt~"] {
        let text = LETTER.replacen("\n+++\n", &format!("\n[source]\nseed = \"{seed}\"\n+++\n"), 1);
        let project = Project::new().file("content/documents/a.md", text);
        project.write("seeds/.env", "SECRET");
        project.write("seeds/a.txt~", "SECRET");
        let told = project.fails("build");
        assert!(told.contains(&format!("error: `{seed}` is not the path of a seed")), "{told}");
        assert!(told.contains("--> content/documents/a.md:8:8"), "{told}");
        let fault = told.lines().next().unwrap();
        assert!(project.fails("check").contains(fault));
    }
}

#[test]
fn the_preview_sees_nothing_behind_a_link_that_leads_out() {
    let (project, victim) = project_and_victim();
    let server = Server::start(&project);
    symlink(victim.path(), project.path("static")).unwrap();
    fs::write(victim.path().join("precious"), "y").unwrap();
    assert_eq!(server.get("/precious").status, 404);
    fs::remove_file(project.path("static")).unwrap();
    project.write("content/documents/b.md", LETTER.replace("Reading Room", "Bakery"));
    server.shows("/documents/b/", "Bakery");
}

#[test]
fn a_preview_that_polls_follows_a_change() {
    let project = Project::with_letter();
    let server = Server::start_with(&project, "serve --port 0 --poll");
    project.write("content/documents/b.md", LETTER.replace("Reading Room", "Bakery"));
    server.shows("/documents/b/", "Bakery");
}

/// The letter with more keys in its front matter, the first of them on line 7.
pub(super) fn letter_with(keys: &str) -> String {
    LETTER.replacen("\n+++\n", &format!("\n{keys}\n+++\n"), 1)
}

/// What `check` and `build` both say of an archive, with status 1.
pub(super) fn both_refuse(project: &Project, words: &[&str]) {
    for command in ["build", "check"] {
        let run = project.run(command);
        assert_eq!(run.status, Some(1), "{command}: {}", run.stderr);
        for words in words {
            assert!(run.stderr.contains(words), "{command} does not say `{words}`: {}", run.stderr);
        }
    }
    assert!(!project.path("public").exists());
}

#[test]
fn an_address_that_runs_something_is_refused_wherever_it_is_written() {
    let bad = ["javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "file:///etc/passwd"];
    for address in bad.into_iter().chain(["vbscript:x", "free to use"]) {
        let of_document =
            |keys: &str| Project::new().file("content/documents/a.md", letter_with(keys));
        let place = "--> content/documents/a.md:";
        both_refuse(&of_document(&format!("rights = \"{address}\"")), &[address, place]);
        both_refuse(&of_document(&format!("[source]\nurl = \"{address}\"")), &[address, place]);
        let record = format!("+++\ntitle = \"Society\"\nurl = \"{address}\"\n+++\n");
        let project = Project::with_letter().file("content/organizations/a.md", record);
        both_refuse(&project, &[address, "--> content/organizations/a.md:3:7"]);
        for key in ["rights", "corrections", "contact"] {
            let project = Project::with_letter();
            let config = project.read("config.toml");
            project.write("config.toml", format!("{config}[archive]\n{key} = \"{address}\"\n"));
            both_refuse(&project, &[address, "--> config.toml:4:"]);
        }
    }
}

#[test]
fn what_a_seed_says_of_its_address_becomes_no_link_that_runs() {
    let page = "<html><head><title>Reply</title><link rel=canonical href=\"javascript:alert(1)\">\
        </head><body><article><h1>Reply</h1><p>14 March 1921</p><p>Dear Sir,</p><p>We agree.</p>\
        <p>Yours faithfully,</p><p>Edith Harland</p></article></body></html>";
    let project = Project::new().file("seeds/a.html", page);
    project.succeeds("build");
    for (path, bytes) in project.files("public/documents") {
        let is_seed = path.contains("source/");
        assert!(is_seed || !String::from_utf8_lossy(&bytes).contains("javascript:"), "{path}");
    }
}

#[test]
fn control_characters_of_an_escape_are_refused_with_their_place() {
    for (keys, place) in [
        ("place = \"P\\u0000Q\"", "a.md:7:9"),
        ("topics = [\"fine\", \"T\\u001b[2J\"]", "a.md:7:19"),
        ("references = [\"R\\u0085\"]", "a.md:7:15"),
        ("copied = [{ person = \"Ann\\u0008 Lee\" }]", "a.md:7:22"),
        ("[extra]\nx = [{ y = \"\\u007f\" }]", "a.md:8:12"),
        ("[extra]\n\"k\\u009b\" = 1", "a.md:8:1"),
    ] {
        let project = Project::new().file("content/documents/a.md", letter_with(keys));
        both_refuse(&project, &["holds a control character, U+00", place]);
    }
    let project = Project::new().file("content/documents/a.md", LETTER.replace("dry", "d\u{1b}ry"));
    project.succeeds("build");
    let files = project.files("public").into_iter().filter(|(path, _)| !path.ends_with(".bin"));
    for (path, bytes) in files {
        assert!(!bytes.contains(&0x1b), "{path}");
    }
}

/// Every page of a site with a redirect and a withdrawn document.
fn every_page() -> Vec<(String, String)> {
    let project = Project::new()
        .file("content/documents/a.md", letter_with("aliases = [\"/old/x/\"]"))
        .file("content/documents/b.md", letter_with("withdrawn = \"at their request\""));
    project.succeeds("build");
    let pages = project.files("public").into_iter().filter(|(path, _)| path.ends_with(".html"));
    let pages: Vec<_> =
        pages.map(|(path, html)| (path, String::from_utf8(html).unwrap())).collect();
    assert!(pages.iter().any(|(path, _)| path == "old/x/index.html"));
    pages
}

#[test]
fn every_page_has_a_policy() {
    for (path, html) in every_page() {
        assert!(html.contains("Content-Security-Policy"), "{path}");
    }
}

/// A browser would tell the site behind a link which letter somebody reads.
#[test]
fn a_reader_leaves_no_trace_at_other_sites() {
    for (path, html) in every_page() {
        let head = html.split("<body").next().unwrap();
        assert!(head.contains("referrer") && head.contains("no-referrer"), "{path}");
        assert!(!head.contains("dns-prefetch") && !head.contains("preconnect"), "{path}");
    }
}

/// ELF programs say in their header whether they may be loaded at any address: type 3, `ET_DYN`.
#[cfg(target_os = "linux")]
#[test]
fn every_part_of_the_program_can_be_placed_at_random() {
    let program = fs::read(env!("CARGO_BIN_EXE_fonds")).unwrap();
    assert_eq!(&program[..4], b"\x7fELF");
    assert_eq!(u16::from_le_bytes([program[16], program[17]]), 3);
}

#[test]
fn invented_values_are_refused() {
    for (keys, words) in [
        ("language = \"english\"", "`english` is not the tag of a language"),
        ("language = \"en_US\"", "`en_US` is not the tag of a language"),
        ("rights = \"free to use\"", "`rights` is `free to use`, which is no web address"),
    ] {
        let project = Project::new().file("content/documents/a.md", letter_with(keys));
        both_refuse(&project, &[words, "--> content/documents/a.md:7:"]);
    }
    let project =
        Project::new().file("content/documents/a.md", LETTER.replace("1921-03-14", "2921-03-14"));
    both_refuse(&project, &["the date `2921-03-14` is in the future", "content/documents/a.md"]);
    for (scheme, value) in [("Wikidata", "abc"), ("Wikidata", "Q0"), ("VIAF", "x1"), ("ISNI", "1")]
    {
        let keys = format!("[[identifiers]]\nscheme = \"{scheme}\"\nvalue = \"{value}\"");
        let record = format!("+++\ntitle = \"Society\"\n{keys}\n+++\n");
        let project = Project::with_letter().file("content/organizations/a.md", record);
        let words = format!("`{value}` is not a number of {scheme}");
        both_refuse(&project, &[&words, "--> content/organizations/a.md:5:9"]);
    }
}

#[test]
fn data_that_cannot_be_written_is_a_failure() {
    let project = Project::with_letter();
    for command in ["schema", "theme list", "completions bash", "stats"] {
        let full = fs::File::options().write(true).open("/dev/full").unwrap();
        let output = project.command(command).stdout(full).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{command}");
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(told.contains("error: cannot write to the standard output: "), "{told}");
    }
}

#[test]
fn a_letter_of_thousands_costs_what_it_is() {
    let site = |number: usize| {
        let signatories: String = (0..number)
            .map(|n| {
                format!("{{ person = \"Tom Wardle {n}\", organization = \"Society {n}\" }},\n")
            })
            .collect();
        let text = letter_with(&format!("signatories = [\n{signatories}]"));
        let project = Project::new().file("content/documents/a.md", text);
        project.succeeds("build");
        let files = project.files("public").into_iter();
        let size = |(path, bytes): (String, Vec<u8>)| {
            let is_of_one = path.starts_with("organizations/society-");
            if is_of_one { bytes.len() } else { 0 }
        };
        files.map(size).sum::<usize>()
    };
    // Twice as many cost twice as much, not four times.
    assert!(site(400) < site(200) * 5 / 2);
    let page = |number: usize| {
        let project = Project::new();
        for n in 0..number {
            let source = format!("[source]\nseed = \"a.txt\"\nlines = [{0}, {0}]", n + 1);
            project.write(&format!("content/documents/{n}.md"), letter_with(&source));
        }
        project.succeeds("build");
        project.read("public/documents/7/index.html").len()
    };
    assert!(page(420).abs_diff(page(220)) < 2000);
}
