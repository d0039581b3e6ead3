//! What was published stays: `content/urls.lock`, the redirects that follow from it, and what it refuses.

use super::attack::letter_with;
use super::project::{LETTER, Project};
use super::serve::Server;

const LOCK: &str = "content/urls.lock";
const OTHER: &str = "+++\ntitle = \"Reply\"\ndate = \"1921-03-20\"\nkind = \"letter\"\n\
    creators = [{ person = \"Edith Harland\" }]\n+++\n\nYes.\n";

/// An archive with two letters whose URLs were recorded.
fn published() -> Project {
    let project = Project::with_letter()
        .file("content/documents/reply.md", OTHER)
        .file("content/pages/about.md", "+++\ntitle = \"About\"\n+++\n\nText.\n");
    project.succeeds("build --lock-urls");
    project
}

fn rename(project: &Project, from: &str, to: &str) {
    std::fs::rename(project.path(from), project.path(to)).unwrap();
}

fn remove(project: &Project, path: &str) {
    std::fs::remove_file(project.path(path)).unwrap();
}

/// Where the page at an old URL leads.
fn target(project: &Project, path: &str) -> String {
    let page = project.read(&format!("public/{path}index.html"));
    let (_, rest) = page.split_once("0; url=").unwrap_or_else(|| panic!("no redirect: {page}"));
    rest.split(['"', '>']).next().unwrap().to_owned()
}

#[test]
fn a_build_records_nothing_unless_it_is_asked_to() {
    let project = Project::with_letter();
    project.succeeds("build");
    rename(&project, "content/documents/reading-room.md", "content/documents/room.md");
    project.succeeds("build");
    assert!(!project.path(LOCK).exists());
    assert!(!project.path("public/documents/reading-room").exists());
}

#[test]
fn the_lock_names_every_page_and_what_it_was() {
    let project = published();
    insta::assert_snapshot!(project.read(LOCK));
    let before = project.read(LOCK);
    let told = project.succeeds("build --lock-urls");
    assert!(!told.contains("urls.lock"), "{told}");
    assert_eq!(project.read(LOCK), before);
    // One new document: the lines of its pages, and no other.
    project.write("content/documents/third.md", LETTER.replace("Letter on", "Note on"));
    let told = project.succeeds("build --lock-urls");
    assert!(told.contains("content/urls.lock: 20 published URLs, 1 of them new"), "{told}");
    let after = project.read(LOCK);
    let new: Vec<&str> = after.lines().filter(|line| !before.contains(line)).collect();
    assert_eq!(new.len(), 1, "{new:?}");
}

#[test]
fn a_renamed_document_leaves_a_redirect_with_its_files_and_the_next_lock_keeps_it() {
    let project = published();
    rename(&project, "content/documents/reading-room.md", "content/documents/room.md");
    project.succeeds("build");
    assert_eq!(target(&project, "documents/reading-room/"), "/documents/room/");
    for name in ["text.txt", "citation.bib", "citation.ris", "citation.json"] {
        let at = |folder: &str| project.read(&format!("public/documents/{folder}/{name}"));
        assert_eq!(at("reading-room"), at("room"), "{name}");
    }
    let redirects = project.read("public/_redirects");
    assert!(redirects.contains("/documents/reading-room/ /documents/room/ 301\n"), "{redirects}");
    assert_eq!(project.run("check").status, Some(0));
    project.succeeds("build --lock-urls");
    let lock = project.read(LOCK);
    assert!(lock.contains("\n/documents/reading-room/\tmoved\t/documents/room/\n"), "{lock}");
    // A chain leads to its end at once, also if what is known of the document changes with its name.
    rename(&project, "content/documents/room.md", "content/documents/bakery.md");
    project.succeeds("build");
    for old in ["reading-room", "room"] {
        assert_eq!(target(&project, &format!("documents/{old}/")), "/documents/bakery/");
        assert!(project.path(&format!("public/documents/{old}/text.txt")).exists());
    }
    // Back to its first name: no loop.
    rename(&project, "content/documents/bakery.md", "content/documents/reading-room.md");
    project.succeeds("build --lock-urls");
    assert_eq!(target(&project, "documents/room/"), "/documents/reading-room/");
    assert!(!project.read(LOCK).contains("/documents/reading-room/\tmoved"));
}

#[test]
fn a_slug_in_the_file_leaves_a_redirect() {
    let project = published();
    let text = LETTER.replace("Letter on", "Words on").replace("1921-03-14", "1922-03-14");
    let text = text.replacen("\n+++\n", "\nslug = \"other\"\n+++\n", 1);
    project.write("content/documents/reading-room.md", text);
    project.succeeds("build");
    assert_eq!(target(&project, "documents/reading-room/"), "/documents/other/");
}

#[test]
fn lists_that_go_leave_the_list_above() {
    let project = Project::new()
        .file("content/documents/a.md", letter_with("topics = [\"Rooms\"]\nlanguage = \"fr\""))
        .file("content/documents/b.md", OTHER);
    project.succeeds("build --lock-urls");
    let text = LETTER.replace("1921-03-14", "1931-03-14");
    project.write("content/documents/a.md", text);
    project.write("content/documents/b.md", OTHER.replace("1921", "1931"));
    project.succeeds("build");
    for (old, new) in
        [("years/1921/", "/years/"), ("languages/fr/", "/languages/"), ("topics/rooms/", "/")]
    {
        assert_eq!(target(&project, old), new, "{old}");
    }
}

#[test]
fn a_document_is_found_by_the_lines_of_its_seed_wherever_that_is() {
    let document = |title: &str, seed: &str, lines: &str| {
        format!(
            "+++\ntitle = \"{title}\"\n[source]\nseed = \"{seed}\"\nsha256 = \"{}\"\nlines = {lines}\n+++\n\nText.\n",
            "ab".repeat(32)
        )
    };
    let project = Project::new()
        .file("seeds/box/l.txt", "one\n".repeat(40))
        .file("content/documents/a.md", document("A", "box/l.txt", "[1, 10]"))
        .file("content/documents/b.md", document("B", "box/l.txt", "[11, 20]"))
        .file("content/documents/c.md", document("C", "box/l.txt", "[21, 30]"));
    project.succeeds("build --lock-urls --no-ingest");
    // The seed is moved, two of its documents become one, and all names are other ones.
    rename(&project, "seeds/box", "seeds/Box 1");
    for name in ["a", "b", "c"] {
        remove(&project, &format!("content/documents/{name}.md"));
    }
    project.write("content/documents/x.md", document("X", "Box 1/l.txt", "[1, 20]"));
    project.write("content/documents/y.md", document("Y", "Box 1/l.txt", "[21, 30]"));
    project.succeeds("build --no-ingest");
    for (old, new) in [("a", "x"), ("b", "x"), ("c", "y")] {
        assert_eq!(target(&project, &format!("documents/{old}/")), format!("/documents/{new}/"));
        let source = target(&project, &format!("documents/{old}/source/"));
        assert_eq!(source, format!("/documents/{new}/source/"));
    }
}

#[test]
fn a_draft_that_takes_another_name_from_its_seed_keeps_its_old_url_alive() {
    let seed = |day: &str| {
        format!(
            "Ashford Society\n\n{day} March 1921\n\nDear Miss Harland,\n\nHello.\n\nYours sincerely,\n\nTom Wardle\n"
        )
    };
    let project = Project::new().file("seeds/l.txt", seed("14"));
    project.succeeds("build --lock-urls");
    let before = project.files("content/documents");
    project.write("seeds/l.txt", seed("15"));
    project.succeeds("build");
    let after = project.files("content/documents");
    let slug = |files: &std::collections::BTreeMap<String, Vec<u8>>| {
        files.keys().next().unwrap().trim_end_matches(".md").to_owned()
    };
    let (old, new) = (slug(&before), slug(&after));
    if old != new {
        assert_eq!(target(&project, &format!("documents/{old}/")), format!("/documents/{new}/"));
    }
    assert!(project.path(&format!("public/documents/{old}/index.html")).exists());
}

#[test]
fn names_that_are_spelled_otherwise_leave_a_redirect() {
    let project = published();
    project.write(
        "content/documents/reading-room.md",
        LETTER
            .replace("Thomas Wardle", "Thomas Wardley")
            .replace("organization = \"Ashford Reading Society\"", "organization = \"ARS\""),
    );
    let record = "+++\ntitle = \"Reading Society of Ashford\"\nacronym = \"ARS\"\naliases = [\"Ashford Reading Society\"]\n+++\n";
    project.write("content/organizations/reading-society.md", record);
    project.succeeds("build");
    assert_eq!(target(&project, "people/thomas-wardle/"), "/people/thomas-wardley/");
    let organization = target(&project, "organizations/ashford-reading-society/");
    assert_eq!(organization, "/organizations/reading-society/");
}

#[test]
fn a_build_that_would_drop_a_url_stops_and_says_how_to_go_on() {
    let project = published();
    remove(&project, "content/documents/reading-room.md");
    remove(&project, "content/pages/about.md");
    let before = project.files("public");
    insta::assert_snapshot!(project.fails("build"));
    assert_eq!(project.files("public"), before);
    let told = project.fails("check");
    assert!(
        told.contains("error: the published URL `/documents/reading-room/` would be dead"),
        "{told}"
    );
}

#[test]
fn a_file_with_a_fault_is_not_gone() {
    let project = published();
    project.write("content/documents/reading-room.md", "+++\ntitle = \n+++\n");
    for arguments in ["build", "check", "build --accept-removed"] {
        let told = project.fails(arguments);
        assert!(!told.contains("would be dead"), "{told}");
    }
    assert!(!project.read(LOCK).contains("\tremoved\t"));
}

#[test]
fn a_url_can_be_given_up_and_comes_back() {
    let project = published();
    let lock = project.read(LOCK);
    remove(&project, "content/documents/reading-room.md");
    let told = project.succeeds("build --accept-removed");
    assert!(told.contains("given up: /documents/reading-room/\n"), "{told}");
    assert!(told.contains("given up: /people/thomas-wardle/\n"), "{told}");
    let page = project.read("public/documents/reading-room/index.html");
    assert!(page.contains("no longer published") && page.contains("14 November 2023"), "{page}");
    assert!(page.contains("noindex") && !page.contains("Reading Room"), "{page}");
    assert!(!project.read("public/sitemap.xml").contains("reading-room"));
    let line = "\n/documents/reading-room/\tremoved\t2023-11-14\n";
    assert!(project.read(LOCK).contains(line));
    project.succeeds("build");
    project.succeeds("check");
    project.succeeds("build --lock-urls");
    assert!(project.read(LOCK).contains(line));
    project.write("content/documents/reading-room.md", LETTER);
    project.succeeds("build --lock-urls");
    assert_eq!(project.read(LOCK), lock);
}

#[test]
fn an_alias_outlives_the_file_that_names_it() {
    let project = Project::new()
        .file("content/documents/a.md", letter_with("aliases = [\"/Caf%C3%A9/\", \"/old.php\"]"));
    project.succeeds("build --lock-urls");
    project.write("content/documents/a.md", LETTER);
    project.succeeds("build");
    assert_eq!(target(&project, "Café/"), "/documents/a/");
    let redirects = project.read("public/_redirects");
    assert!(redirects.contains("/Caf%C3%A9/ /documents/a/ 301\n"), "{redirects}");
    assert!(redirects.contains("/old.php /documents/a/ 301\n"), "{redirects}");
    // Another file takes it over.
    project.write(
        "content/documents/b.md",
        OTHER.replacen("\n+++\n\n", "\naliases = [\"/Café/\"]\n+++\n\n", 1),
    );
    project.succeeds("build");
    assert_eq!(target(&project, "Café/"), "/documents/b/");
}

#[test]
fn a_withdrawn_or_merged_document_needs_nothing_more() {
    let project = published();
    project.write(
        "content/documents/reply.md",
        OTHER.replacen("\n+++\n\n", "\nwithdrawn = \"asked for\"\n+++\n\n", 1),
    );
    remove(&project, "content/documents/reading-room.md");
    let merged = LETTER.replacen("\n+++\n", "\naliases = [\"/documents/reading-room/\"]\n+++\n", 1);
    project.write("content/documents/both.md", merged);
    project.succeeds("build");
    assert_eq!(target(&project, "documents/reading-room/"), "/documents/both/");
    assert!(project.path("public/documents/reading-room/text.txt").exists());
    assert!(project.read("public/documents/reply/index.html").contains("asked for"));
}

#[test]
fn a_lock_that_cannot_be_read_is_named_with_its_line() {
    let project = published();
    let lock = project.read(LOCK);
    project.write(LOCK, format!("{lock}<<<<<<< HEAD\n/z/\tmoved\t/zz/\n/zz/\tmoved\t/z/\n"));
    let told = project.fails("build");
    let lines = lock.lines().count();
    assert!(told.contains("error: the line is none of a list of URLs"), "{told}");
    assert!(told.contains(&format!("--> content/urls.lock:{}:1", lines + 1)), "{told}");
    project.write(LOCK, format!("{lock}/z/\tmoved\t/zz/\n/zz/\tmoved\t/z/\n"));
    let told = project.fails("build");
    assert!(told.contains("error: the published URL `/z/` would be dead"), "{told}");
    assert!(told.contains(&format!("--> content/urls.lock:{}:1", lines + 1)), "{told}");
}

#[test]
fn the_preview_follows_redirects_like_a_host() {
    let project = published();
    rename(&project, "content/documents/reading-room.md", "content/documents/room.md");
    project.write(
        "content/documents/reply.md",
        OTHER.replacen("\n+++\n\n", "\naliases = [\"/Caf%C3%A9/\"]\n+++\n\n", 1),
    );
    let server = Server::start(&project);
    for (old, new) in
        [("/documents/reading-room/", "/documents/room/"), ("/Caf%C3%A9/", "/documents/reply/")]
    {
        let answer = server.get(old);
        assert_eq!(answer.status, 307, "{old}");
        assert!(answer.head.contains(&format!("location: {new}\r\n")), "{}", answer.head);
    }
    let text = server.get("/documents/reading-room/text.txt");
    assert_eq!((text.status, text.body.contains("Reading Room")), (200, true));
    // The lock is followed like any other file.
    let lock = project.read(LOCK).replace("/people/", "/persons/");
    project.write(LOCK, lock);
    super::project::eventually("the new lock", || {
        (server.get("/persons/").status == 307).then_some(())
    });
}
