//! `public/` is replaced completely or not at all.

use std::os::unix::fs::{MetadataExt, PermissionsExt};

use super::project::{LETTER, Project, eventually, link};

/// A letter with a date that is none.
fn faulty() -> String {
    LETTER.replace("1921-03-14", "14 March 1921")
}

#[test]
fn a_build_with_faults_leaves_the_old_site_as_it_was() {
    let project = Project::with_letter();
    project.succeeds("build");
    let before = project.files("public");
    project.write("content/documents/b.md", faulty());
    let told = project.fails("build");
    assert!(
        told.ends_with("1 error; nothing was published, the old site is unchanged\n"),
        "{told}"
    );
    assert_eq!(project.files("public"), before);
    assert_eq!(project.names(), ["config.toml", "content", "public"]);
}

#[test]
fn keep_going_publishes_the_rest_and_still_fails() {
    let project = Project::with_letter().file("content/documents/b.md", "no front matter\n");
    let told = project.fails("build --keep-going");
    assert!(told.contains("1 error\n") && told.contains("1 document, "), "{told}");
    assert!(project.path("public/documents/reading-room/index.html").exists());
}

#[test]
fn two_builds_are_equal_to_the_byte() {
    let first = Project::with_letter();
    first.succeeds("build");
    let second = Project::with_letter();
    let output = second.command("build").env("RAYON_NUM_THREADS", "1").output().unwrap();
    assert!(output.status.success());
    assert_eq!(first.files("public"), second.files("public"));
}

#[test]
fn a_build_without_changes_touches_no_file() {
    let project = Project::with_letter();
    project.succeeds("build");
    let id = || std::fs::metadata(project.path("public")).unwrap().ino();
    let before = id();
    assert!(project.succeeds("build").contains(", 0 written,"));
    assert_eq!(id(), before);
}

#[test]
fn what_did_not_change_keeps_its_time() {
    let project = Project::with_letter();
    project.succeeds("build");
    let modified = |path: &str| std::fs::metadata(project.path(path)).unwrap().modified().unwrap();
    let page = "public/documents/reading-room/index.html";
    let old = modified(page);
    let feed = modified("public/robots.txt");
    eventually("the clock goes on", || {
        project.write("clock", "");
        (modified("clock") > old).then_some(())
    });
    project.write("content/documents/reading-room.md", LETTER.replace("dry", "damp"));
    project.succeeds("build");
    assert!(modified(page) > old);
    assert_eq!(modified("public/robots.txt"), feed);
}

#[test]
fn a_small_change_of_a_large_site_replaces_only_what_changed() {
    let project = Project::with_letter().file("static/note.txt", "old\n");
    for n in 0..500 {
        project.write(&format!("static/files/{n}.txt"), "the same\n");
    }
    project.succeeds("build");
    project.write("public/CNAME", "example.org\n");
    let id = |path: &str| std::fs::metadata(project.path(path)).unwrap().ino();
    let same = id("public/files/7.txt");
    project.write("static/note.txt", "new\n");
    std::fs::remove_file(project.path("static/files/8.txt")).unwrap();
    let told = project.succeeds("build");
    assert!(told.contains(" written, 1 removed, 1 of your own kept"), "{told}");
    assert_eq!(id("public/files/7.txt"), same);
    assert!(project.path(".public.fonds-spare/site/files/7.txt").exists());
    assert!(!project.path(".public.fonds-spare/site/files/8.txt").exists());
    project.succeeds("build --output-dir anew");
    let mut expected = project.files("anew");
    expected.insert("CNAME".into(), b"example.org\n".to_vec());
    assert_eq!(project.files("public"), expected);
    let names = [".public.fonds-spare", "anew", "config.toml", "content", "public", "static"];
    assert_eq!(project.names(), names);
    project.succeeds("clean");
    assert!(!project.path(".public.fonds-spare").exists());
}

#[test]
fn files_of_others_stay() {
    let project = Project::with_letter();
    project.succeeds("build");
    project.write("public/CNAME", "example.org\n");
    project.write("public/old/page.html", "old\n");
    project.write("content/documents/b.md", LETTER);
    let told = project.succeeds("build");
    assert!(told.contains("2 of your own kept"), "{told}");
    assert_eq!(project.read("public/CNAME"), "example.org\n");
    assert_eq!(project.read("public/old/page.html"), "old\n");
}

#[test]
fn a_site_folder_that_a_repository_keeps_empty_keeps_its_gitignore() {
    let project = Project::with_letter().file("public/.gitignore", "*\n!.gitignore\n");
    for text in [LETTER.to_owned(), LETTER.replace("dry", "damp")] {
        project.write("content/documents/reading-room.md", text);
        let told = project.succeeds("build");
        assert!(told.contains(" written") && !told.contains("kept"), "{told}");
        assert_eq!(project.read("public/.gitignore"), "*\n!.gitignore\n");
    }
    project.succeeds("verify");
    let told = project.succeeds("clean");
    assert!(!told.contains("did not write"), "{told}");
    let left: Vec<String> = project.files("public").into_keys().collect();
    assert_eq!(left, [".gitignore"]);
}

#[test]
fn a_file_of_others_is_not_replaced() {
    let project = Project::with_letter().file("public/index.html", "mine\n");
    insta::assert_snapshot!(project.fails("build"));
    assert_eq!(project.files("public").len(), 1);
}

#[test]
fn a_site_must_be_a_folder() {
    let project = Project::with_letter().file("public", "a file\n");
    insta::assert_snapshot!(project.refuses("build"));
    assert_eq!(project.read("public"), "a file\n");
    let project = Project::with_letter().file("elsewhere/index.html", "x\n");
    link("elsewhere", &project.path("public"));
    insta::assert_snapshot!(project.refuses("build"));
    assert_eq!(project.files("elsewhere").len(), 1);
}

#[test]
fn a_site_is_not_written_over_its_sources() {
    let project = Project::with_letter();
    insta::assert_snapshot!(project.refuses("build --output-dir content/documents"));
    insta::assert_snapshot!(project.refuses("build --output-dir ."));
    project.succeeds("build --output-dir out/site");
    assert!(project.path("out/site/index.html").exists());
}

#[test]
fn a_folder_that_nobody_may_write_to_is_named() {
    let project = Project::with_letter();
    let set = |mode| std::fs::Permissions::from_mode(mode);
    std::fs::set_permissions(project.path(""), set(0o555)).unwrap();
    if std::fs::write(project.path("probe"), "").is_ok() {
        return; // root may write anywhere
    }
    let message = project.refuses("build");
    std::fs::set_permissions(project.path(""), set(0o755)).unwrap();
    assert!(message.contains("cannot write `public`"), "{message}");
}

#[test]
fn readers_may_read_what_is_published() {
    let project = Project::with_letter();
    let output = project.command("build").output().unwrap();
    assert!(output.status.success());
    let plain = project.path("plain");
    std::fs::write(&plain, "").unwrap();
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode();
    assert_eq!(mode(&project.path("public/index.html")), mode(&plain));
}

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    let project = Project::with_letter();
    for n in 0..200 {
        project.write(&format!("content/documents/n{n}.md"), LETTER);
    }
    project.succeeds("build");
    let old = project.files("public");
    project.write("config.toml", "base_url = \"https://example.org\"\ntitle = \"New\"\n");
    project.succeeds("build --output-dir reference");
    let new = project.files("reference");
    assert_ne!(old, new);
    let mut sites = 0;
    // From long before the first file to long after the last.
    for wait in [0, 5, 10, 20, 40, 80, 120, 160, 200, 250, 300, 400, 600, 1000] {
        let mut child = project.command("build --quiet").spawn().unwrap();
        let deadline = std::time::Instant::now() + std::time::Duration::from_millis(wait);
        while std::time::Instant::now() < deadline && child.try_wait().unwrap().is_none() {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        let found = project.files("public");
        assert!(found == old || found == new, "half a site after {wait} ms");
        sites += 1;
    }
    assert_eq!(sites, 14);
    project.succeeds("build");
    assert_eq!(project.files("public"), new);
    assert_eq!(project.names(), [".fonds", "config.toml", "content", "public", "reference"]);
}

#[test]
fn ctrl_c_stops_a_build_and_leaves_nothing_behind() {
    let project = Project::with_letter();
    for n in 0..2000 {
        project.write(&format!("content/documents/n{n}.md"), LETTER);
    }
    let mut child = project.command("build").spawn().unwrap();
    eventually("the build begins to write", || {
        project.names().contains(&".public.fonds-stage".to_owned()).then_some(())
    });
    let id = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(project.names(), ["config.toml", "content"]);
}

#[test]
fn two_builds_at_once_do_not_mix() {
    let project = Project::with_letter();
    for n in 0..100 {
        project.write(&format!("content/documents/n{n}.md"), LETTER);
    }
    let children: Vec<_> = (0..3)
        .map(|_| {
            let mut command = project.command("build");
            command.stderr(std::process::Stdio::piped()).spawn().unwrap()
        })
        .collect();
    let runs: Vec<_> =
        children.into_iter().map(|c| project.finish(c.wait_with_output().unwrap())).collect();
    assert!(runs.iter().any(|run| run.status == Some(0)));
    for run in runs.iter().filter(|run| run.status != Some(0)) {
        assert_eq!(run.status, Some(2));
        let expected = "error: another build is writing `public`\n";
        assert!(run.stderr.starts_with(expected), "{}", run.stderr);
    }
    assert!(project.succeeds("build").contains(", 0 written,"));
}

#[test]
fn a_full_disk_leaves_the_old_site() {
    let Some(disk) = SmallDisk::mount() else { return };
    let project = Project::with_letter();
    let output = disk.0.path().join("site");
    let arguments = format!("build --output-dir {}", output.display());
    project.succeeds(&arguments);
    let site = || {
        walkdir::WalkDir::new(&output)
            .sort_by_file_name()
            .into_iter()
            .map(|e| e.unwrap().into_path())
    };
    let before: Vec<_> = site().collect();
    project.write("static/large.bin", vec![7; 8_000_000]);
    let message = project.refuses(&arguments);
    assert!(
        message.contains("No space left") && message.contains("free some disk space"),
        "{message}"
    );
    assert_eq!(site().collect::<Vec<_>>(), before);
}

/// A file system of four megabytes, if this user may mount one.
struct SmallDisk(tempfile::TempDir);

impl SmallDisk {
    fn mount() -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mut mount = std::process::Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=4m", "fonds-test"]).arg(folder.path());
        let done = mount.stderr(std::process::Stdio::null()).status();
        done.is_ok_and(|status| status.success()).then_some(Self(folder))
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(self.0.path()).status();
    }
}
