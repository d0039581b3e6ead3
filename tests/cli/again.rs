//! A build of an archive that did not change, and of one that did.

use std::fs;

use super::project::{CONFIG, LETTER, Project};

const NOTHING: &str = "nothing has changed since the last build";

/// An archive large enough that its builds are remembered.
fn archive() -> Project {
    let mut project = Project::new();
    for number in 0..100 {
        let day = number % 28 + 1;
        let text = format!(
            "+++\ntitle = \"Letter {number}\"\ndate = \"2014-03-{day:02}\"\nkind = \"letter\"\n+++\n\nOn word{number}.\n"
        );
        project = project.file(&format!("content/documents/{number:03}.md"), text);
    }
    project
}

const SEED: &str =
    "14 March 1921\n\nDear Sir,\n\nThe room is dry.\n\nYours faithfully,\n\nEdith Harland\n";

/// Builds, and says whether the program found nothing to do.
fn is_unchanged(project: &Project, arguments: &str) -> bool {
    project.succeeds(&format!("build {arguments}")).contains(NOTHING)
}

#[test]
fn what_did_not_change_is_not_made_again() {
    let project = archive();
    assert!(!is_unchanged(&project, ""));
    let site = project.read("public/documents/007/index.html");
    assert!(is_unchanged(&project, ""));
    assert!(is_unchanged(&project, "--no-ingest"));
    assert_eq!(project.read("public/documents/007/index.html"), site);
    assert_eq!(project.read(".fonds/.gitignore"), "*\n");
}

#[test]
fn whatever_changes_is_seen() {
    let project = archive();
    is_unchanged(&project, "");
    let text = project.read("content/documents/007.md");
    let changes: [(&str, &dyn Fn()); 9] = [
        ("a text", &|| project.write("content/documents/007.md", text.replace("word7", "wordX"))),
        ("a text back", &|| project.write("content/documents/007.md", &text)),
        ("a new document", &|| project.write("content/documents/new.md", LETTER)),
        ("one less", &|| fs::remove_file(project.path("content/documents/new.md")).unwrap()),
        ("the settings", &|| {
            project.write("config.toml", format!("{CONFIG}description = \"A\"\n"))
        }),
        ("a seed", &|| project.write("seeds/a.txt", SEED)),
        ("a file of static/", &|| project.write("static/CNAME", "example.org\n")),
        ("a template", &|| project.write("themes/default/templates/404.html", "gone\n")),
        ("the site itself", &|| project.write("public/documents/007/index.html", "x")),
    ];
    for (what, change) in changes {
        change();
        assert!(!is_unchanged(&project, ""), "{what}");
    }
    assert!(is_unchanged(&project, ""));
    assert!(project.read("public/documents/007/index.html").contains("word7"));
    assert!(project.read("public/404.html").starts_with("gone"));
    for flags in ["--drafts", "--base-url https://example.net", "-o elsewhere"] {
        assert!(!is_unchanged(&project, flags), "{flags}");
    }
    let mut tomorrow = project.command("build");
    tomorrow.env("SOURCE_DATE_EPOCH", "1700090000");
    let run = project.finish(tomorrow.output().unwrap());
    assert!(!run.stderr.contains(NOTHING), "{}", run.stderr);
}

#[test]
fn warnings_are_told_again_and_faults_are_never_remembered() {
    let project = archive().file("config.toml", "title = \"Letters\"\n");
    let warning = "`base_url` is not set";
    assert!(project.succeeds("build").contains(warning));
    let again = project.succeeds("build");
    assert!(again.contains(warning) && again.contains(NOTHING), "{again}");
    project.write("content/documents/008.md", "+++\ntitel = \"x\"\n+++\n");
    for _ in 0..2 {
        assert!(!project.fails("build --keep-going").contains(NOTHING));
    }
}

#[test]
fn a_damaged_record_is_passed_over_and_clean_deletes_it() {
    let project = archive();
    is_unchanged(&project, "");
    let record = fs::read_dir(project.path(".fonds"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .find(|name| name.starts_with("build-") && !name.ends_with(".shelf"))
        .unwrap();
    let path = format!(".fonds/{record}");
    let text = project.read(&path);
    project.write(&path, &text[..text.len() - 9]);
    assert!(!is_unchanged(&project, ""));
    project.succeeds("clean");
    assert!(!project.path(".fonds").exists());
}

#[test]
fn a_seed_that_is_gone_is_told_each_time() {
    let project = archive().file("seeds/a.txt", SEED);
    is_unchanged(&project, "");
    assert!(is_unchanged(&project, ""));
    fs::remove_file(project.path("seeds/a.txt")).unwrap();
    for _ in 0..2 {
        assert!(project.succeeds("build").contains("is gone"));
    }
    assert!(is_unchanged(&project, "--no-ingest"));
    assert!(project.succeeds("build").contains("is gone"), "seeds were not among what was read");
}

#[test]
fn a_small_archive_leaves_no_record() {
    let project = Project::with_letter();
    project.succeeds("build");
    assert!(!project.path(".fonds").exists());
}
