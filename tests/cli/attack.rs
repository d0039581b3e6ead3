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
    assert!(told.contains("error: `out/site` leads out of the archive"), "{told}");
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
        let told = project.fails("build");
        assert!(told.contains("error: the path is more than 64 folders deep"), "{told}");
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
