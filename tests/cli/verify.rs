//! Checksums: the list in the site, `fonds verify`, and seeds that are not what they were.

use std::fs;
use std::process::Command;

use super::project::{LETTER, Project, Run};

const LIST: &str = "public/manifest-sha256.txt";

/// A letter that was read from a seed.
const READ: &str = "Dear Edith,\n\nThe room above the bakery is dry and can be heated.\n";

fn read_from_a_seed(checksum: &str) -> String {
    let source = format!("[source]\nseed = \"room.txt\"\nsha256 = \"{checksum}\"\n+++\n\n");
    LETTER.replacen("+++\n\n", &source, 1)
}

fn checksum(bytes: &str) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The lines that a run names files in.
fn named(run: &Run) -> Vec<&str> {
    run.stdout.lines().collect()
}

#[test]
fn a_site_lists_the_checksums_of_all_its_files() {
    let project = Project::with_letter();
    project.succeeds("build");
    let mut files = project.files("public");
    files.remove(".fonds-manifest").unwrap();
    let list = String::from_utf8(files.remove("manifest-sha256.txt").unwrap()).unwrap();
    let expected: String = files
        .iter()
        .map(|(path, bytes)| {
            use sha2::{Digest, Sha256};
            let sum: String = Sha256::digest(bytes).iter().map(|b| format!("{b:02x}")).collect();
            format!("{sum}  {path}\n")
        })
        .collect();
    assert_eq!(list, expected);
    // The tool that everybody has reads it.
    let mut check = Command::new("sha256sum");
    check.args(["--check", "--quiet", "manifest-sha256.txt"]).current_dir(project.path("public"));
    if let Ok(output) = check.output() {
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn the_list_is_the_same_after_any_way_to_the_same_site() {
    let project = Project::with_letter();
    for n in 0..600 {
        project.write(&format!("content/documents/n{n}.md"), LETTER);
    }
    project.succeeds("build");
    project.write("content/documents/n7.md", LETTER.replace("dry", "damp"));
    assert!(!project.succeeds("build").contains("nothing has changed"));
    let amended = project.read(LIST);
    project.succeeds("build --output-dir anew");
    assert_eq!(amended, project.read("anew/manifest-sha256.txt"));
    project.succeeds("verify");
}

#[test]
fn a_whole_site_and_its_seeds_are_as_they_were() {
    let project = Project::new()
        .file("seeds/room.txt", READ)
        .file("content/documents/a.md", read_from_a_seed(&checksum(READ)));
    project.succeeds("build --no-ingest");
    let told = project.succeeds("verify");
    assert!(told.starts_with("public: ") && told.contains(" all as listed; SHA-256 of the list: "));
    assert!(told.ends_with("seeds: 1 file, [size], all as recorded\n"), "{told}");
    assert_eq!(project.succeeds("verify seeds").lines().count(), 1);
    let list = checksum(&project.read(LIST));
    assert!(told.contains(&list), "{told}");
}

#[test]
fn what_was_altered_is_missing_or_is_extra_is_named() {
    let project = Project::with_letter();
    project.succeeds("build");
    let page = project.path("public/documents/reading-room/index.html");
    // Of equal size, and no younger than before.
    let time = fs::metadata(&page).unwrap().modified().unwrap();
    let text = fs::read_to_string(&page).unwrap();
    assert!(text.contains("bakery"));
    fs::write(&page, text.replace("bakery", "cellar")).unwrap();
    assert_eq!(fs::metadata(&page).unwrap().len(), text.len() as u64);
    fs::File::options().write(true).open(&page).unwrap().set_modified(time).unwrap();
    fs::remove_file(project.path("public/robots.txt")).unwrap();
    project.write("public/documents/mine.txt", "mine\n");
    let run = project.run("verify");
    assert_eq!(run.status, Some(1));
    assert_eq!(
        named(&run),
        [
            "altered  public/documents/reading-room/index.html",
            "missing  public/robots.txt",
            "extra    public/documents/mine.txt",
        ]
    );
    insta::assert_snapshot!(run.stderr.replace(char::is_numeric, "#"));
    let run = project.run("verify --format json");
    let facts: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(facts["public"]["missing"], serde_json::json!(["robots.txt"]));
    assert_eq!(run.status, Some(1));
    // The remedy is one.
    fs::remove_file(&page).unwrap();
    fs::remove_file(project.path("public/documents/mine.txt")).unwrap();
    project.succeeds("build");
    project.succeeds("verify");
}

#[test]
fn a_copy_is_verified_without_the_archive() {
    let project = Project::with_letter();
    project.succeeds("build");
    let elsewhere = Project::empty();
    for (path, bytes) in project.files("public") {
        elsewhere.write(&format!("copy/{path}"), bytes);
    }
    assert!(elsewhere.succeeds("verify copy").starts_with("copy: "));
    // A list that was changed with the file that it tells of: the hidden manifest knows the old one.
    let list = elsewhere.read("copy/manifest-sha256.txt");
    let robots = list.lines().find(|line| line.ends_with("  robots.txt")).unwrap();
    elsewhere.write("copy/robots.txt", "mine\n");
    let changed = format!("{}  robots.txt", checksum("mine\n"));
    elsewhere.write("copy/manifest-sha256.txt", list.replace(robots, &changed));
    let run = elsewhere.run("verify copy/");
    assert_eq!((run.status, named(&run)), (Some(1), vec!["altered  copy/manifest-sha256.txt"]));
    fs::remove_file(elsewhere.path("copy/manifest-sha256.txt")).unwrap();
    insta::assert_snapshot!(elsewhere.refuses("verify copy"));
    elsewhere.write("copy/manifest-sha256.txt", list.replacen("  ", " ../../", 1));
    insta::assert_snapshot!(elsewhere.fails("verify copy"));
    assert!(elsewhere.refuses("verify nowhere").contains("nowhere"));
}

#[test]
fn a_seed_that_changed_is_told_by_each_build_and_by_verify() {
    let project = Project::new()
        .file("seeds/room.txt", READ.replace("dry", "wet"))
        .file("content/documents/a.md", read_from_a_seed(&checksum(READ)));
    for command in ["build --no-ingest", "build --no-ingest", "check"] {
        let told = project.succeeds(command);
        assert!(told.contains("warning: `seeds/room.txt` is not as it was\n"), "{command}\n{told}");
        assert!(
            told.contains(&format!("{}, the `sha256` in `[source]`", checksum(READ))),
            "{told}"
        );
    }
    insta::assert_snapshot!(project.succeeds("build --no-ingest --output-dir other"));
    let run = project.run("verify seeds");
    assert_eq!((run.status, named(&run)), (Some(1), vec!["altered  seeds/room.txt"]));
    insta::assert_snapshot!(run.stderr);
    fs::remove_file(project.path("seeds/room.txt")).unwrap();
    let run = project.run("verify seeds");
    assert_eq!((run.status, named(&run)), (Some(1), vec!["missing  seeds/room.txt"]));
}

#[test]
fn line_ends_that_version_control_changed_are_no_change_of_a_seed() {
    let project = Project::new()
        .file("seeds/room.txt", READ.replace('\n', "\r\n"))
        .file("content/documents/a.md", read_from_a_seed(&checksum(READ)));
    assert!(!project.succeeds("build --no-ingest").contains("is not as it was"));
    project.succeeds("verify seeds");
}

#[test]
fn the_name_of_the_list_is_kept_for_it() {
    let project = Project::with_letter().file("static/manifest-sha256.txt", "mine\n");
    let told = project.fails("build");
    assert!(told.contains("static/manifest-sha256.txt"), "{told}");
    assert!(project.fails("check").contains("static/manifest-sha256.txt"));
    let page = LETTER.replace("bakery", "[bakery](/manifest-sha256.txt)");
    Project::new().file("content/documents/a.md", page).succeeds("check");
}
