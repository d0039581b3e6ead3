//! `fonds publish`: to a folder, a git branch, by rsync and by SFTP. What readers find is the old site or the new one.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Command;
use std::time::{Duration, Instant};

use super::project::{CONFIG, LETTER, Project, Run};

type Files = BTreeMap<String, Vec<u8>>;

/// An archive that publishes to a target.
fn archive(target: &str, address: &str) -> Project {
    let publish = format!("{CONFIG}[publish]\ntarget = \"{target}\"\naddress = \"{address}\"\n");
    Project::with_letter()
        .file("config.toml", publish)
        .file("content/documents/b.md", LETTER.replace("dry", "damp"))
}

#[test]
fn a_place_on_the_command_line_is_answered_with_the_setting() {
    insta::assert_snapshot!(Project::with_letter().refuses("publish ../site"));
}

/// The files of a site that readers may ask for.
fn served(project: &Project, folder: &str) -> Files {
    let mut files = project.files(folder);
    files.retain(|path, _| !path.starts_with(".fonds-manifest") && !path.starts_with(".git/"));
    files
}

/// Whether a program is installed.
fn has(program: &str) -> bool {
    Command::new(program).arg("--version").output().is_ok()
}

fn git(folder: &Path, arguments: &str) -> String {
    let output = Command::new("git")
        .args(["-c", "user.name=a", "-c", "user.email=a@example.org"])
        .args(arguments.split(' '))
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "git {arguments}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap().trim().to_owned()
}

/// The files of the branch, as a new clone has them.
fn cloned(project: &Project) -> Files {
    let clone = project.path("clone");
    let _ = fs::remove_dir_all(&clone);
    git(&project.path(""), "clone --quiet --branch gh-pages site.git clone");
    served(project, "clone")
}

/// An archive that publishes to a branch of an empty repository beside it.
fn archive_with_git() -> Project {
    let project = archive("git", "site.git");
    git(&project.path(""), "init --quiet --bare site.git");
    project
}

/// Publishes, and gives what it says of the target, without what it says of the records of what is published.
fn publishes(project: &Project) -> String {
    without_records(&project.succeeds("publish"))
}

fn without_records(said: &str) -> String {
    said.lines()
        .filter(|line| !line.starts_with("content/"))
        .map(|line| line.to_owned() + "\n")
        .collect()
}

#[test]
fn a_folder_gets_the_site_and_then_only_what_changed() {
    let project = archive("folder", "www/letters");
    let told = publishes(&project);
    assert!(
        told.starts_with("the folder `www/letters`: ") && told.contains(" 0 changed), "),
        "{told}"
    );
    project.write("www/letters/mine.txt", "mine\n");
    let mut site = served(&project, "public");
    site.insert("mine.txt".to_owned(), b"mine\n".to_vec());
    assert_eq!(served(&project, "www/letters"), site);
    let told = publishes(&project);
    assert!(told.starts_with("the folder `www/letters`: nothing to send, "), "{told}");

    project.write("content/documents/b.md", LETTER.replace("dry", "cold"));
    let config = project.read("config.toml");
    project.write("config.toml", config + "[outputs]\nfeeds = false\n");
    let before = served(&project, "www/letters");
    let dry = project.run("publish --dry-run");
    assert_eq!((dry.status, served(&project, "www/letters")), (Some(0), before));
    let told = publishes(&project);
    assert_eq!(
        told.replace("sent", "would be sent").replace(" removed", " would be removed"),
        dry.stderr
    );
    let lines: Vec<&str> = dry.stdout.lines().collect();
    assert!(
        lines.iter().any(|line| line.starts_with("changed  documents/b/index.html (")),
        "{lines:?}"
    );
    assert!(lines.contains(&"removed  atom.xml"), "{lines:?}");
    assert!(!lines.iter().any(|line| line.contains("assets/")), "{lines:?}");
    let mut site = served(&project, "public");
    site.insert("mine.txt".to_owned(), b"mine\n".to_vec());
    assert_eq!(served(&project, "www/letters"), site);
    fs::remove_file(project.path("www/letters/mine.txt")).unwrap();
    project.succeeds("verify www/letters");
}

#[test]
fn what_was_lost_in_the_folder_comes_back() {
    let project = archive("folder", "www");
    publishes(&project);
    fs::remove_file(project.path("www/index.html")).unwrap();
    project.write("www/robots.txt", "mine\n");
    publishes(&project);
    assert_eq!(served(&project, "www"), served(&project, "public"));
}

#[test]
fn drafts_are_not_published_whatever_was_built_before() {
    let draft =
        LETTER.replacen("+++\n\n", "draft = true\n+++\n\n", 1).replace("bakery", "quokkazimt");
    let project = archive("folder", "www").file("content/documents/draft.md", draft);
    project.succeeds("build --drafts --base-url http://127.0.0.1:8000");
    publishes(&project);
    for (path, bytes) in served(&project, "www") {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains("quokkazimt") && !text.contains("127.0.0.1"), "{path}");
    }
}

#[test]
fn a_site_with_faults_or_of_other_bytes_is_not_published() {
    let project = archive("folder", "www");
    publishes(&project);
    let old = served(&project, "www");
    project.write("content/documents/b.md", LETTER.replace("1921-03-14", "14 March 1921"));
    assert!(project.fails("publish").contains("nothing was published"));
    project.write("content/documents/b.md", LETTER.replace("dry", "cold"));
    project.succeeds("build --lock-urls");
    let page = project.path("public/documents/b/index.html");
    let time = fs::metadata(&page).unwrap().modified().unwrap();
    let text = fs::read_to_string(&page).unwrap();
    fs::write(&page, text.replace("bakery", "cellar")).unwrap();
    fs::File::options().write(true).open(&page).unwrap().set_modified(time).unwrap();
    insta::assert_snapshot!(project.fails("publish"));
    assert_eq!(served(&project, "www"), old);
}

#[test]
fn a_branch_gets_one_commit_for_each_publication_that_changes_something() {
    let project = archive_with_git();
    let told = publishes(&project);
    assert!(told.starts_with("the branch `gh-pages` of `site.git`: "), "{told}");
    assert_eq!(cloned(&project), served(&project, "public"));
    let commits = || git(&project.path("site.git"), "rev-list --count gh-pages");
    assert_eq!(commits(), "1");
    // What a `git` that was killed leaves.
    for lock in ["config.lock", "refs/publish/held.lock"] {
        project.write(&format!(".fonds/publish.git/{lock}"), "");
        assert!(publishes(&project).contains(": nothing to send, "), "{lock}");
    }
    assert_eq!(commits(), "1");

    // Somebody else puts a file there; it stays. What is kept of the repository may go.
    let clone = project.path("clone");
    project.write("clone/CNAME", "example.org\n");
    git(&clone, "add CNAME");
    git(&clone, "commit --quiet -m Name");
    git(&clone, "push --quiet origin gh-pages");
    fs::remove_dir_all(project.path(".fonds/publish.git")).unwrap();
    let config = project.read("config.toml");
    project.write("config.toml", config + "[outputs]\nfeeds = false\n");
    let dry = project.run("publish --dry-run");
    assert!(dry.stdout.contains("removed  atom.xml\n"), "{}", dry.stdout);
    assert_eq!(commits(), "2");
    publishes(&project);
    assert_eq!(commits(), "3");
    let mut site = served(&project, "public");
    site.insert("CNAME".to_owned(), b"example.org\n".to_vec());
    assert_eq!(cloned(&project), site);
    assert!(git(&project.path("site.git"), "log -1 --format=%s gh-pages").starts_with("Publish "));
    assert!(!project.names().iter().any(|name| name == ".git"));
}

#[test]
fn of_two_publishers_at_once_one_is_refused_and_no_site_is_mixed() {
    let repository = Project::empty();
    git(&repository.path(""), "init --quiet --bare site.git");
    let address = repository.path("site.git").display().to_string();
    let words = ["cold", "wet", "dark"];
    let archives: Vec<Project> = words
        .iter()
        .map(|word| {
            archive("git", &address).file("content/documents/b.md", LETTER.replace("dry", word))
        })
        .collect();
    let children: Vec<_> = archives
        .iter()
        .map(|archive| {
            let mut command = archive.command("publish");
            command.stderr(std::process::Stdio::piped()).spawn().unwrap()
        })
        .collect();
    let runs: Vec<Run> = children
        .into_iter()
        .zip(&archives)
        .map(|(child, archive)| archive.finish(child.wait_with_output().unwrap()))
        .collect();
    assert!(runs.iter().any(|run| run.status == Some(0)));
    for run in runs.iter().filter(|run| run.status != Some(0)) {
        assert_eq!(run.status, Some(2), "{}", run.stderr);
        assert!(run.stderr.contains("error: `git` failed: "), "{}", run.stderr);
    }
    let published = cloned(&repository);
    assert!(archives.iter().any(|archive| served(archive, "public") == published));
    // Two of one archive wait for each other by a lock.
    let project = archive("folder", "www");
    fs::create_dir_all(project.path(".fonds")).unwrap();
    let lock = fs::File::create(project.path(".fonds/publish.lock")).unwrap();
    lock.lock().unwrap();
    insta::assert_snapshot!(project.refuses("publish"));
    drop(lock);
    publishes(&project);
}

#[test]
fn a_repository_that_is_not_there_is_named_with_what_git_says() {
    let project = archive("git", "nowhere.git");
    let told = project.refuses("publish");
    assert!(told.contains("error: `git` failed: ") && told.contains("nowhere.git"), "{told}");
    assert!(!project.path("content/urls.lock").exists());
}

/// The search path of programs with one more in front: it stands for `sftp` to another host.
fn with_sftp(project: &Project) -> Option<String> {
    let server = ["/usr/lib/openssh/sftp-server", "/usr/libexec/sftp-server"];
    let server = server.into_iter().find(|path| Path::new(path).exists())?;
    let client = ["/usr/bin/sftp"].into_iter().find(|path| Path::new(path).exists())?;
    let script = format!("#!/bin/sh\nexec {client} -q -b - -D {server}\n");
    project.write("bin/sftp", script);
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::Permissions::from_mode(0o755);
    fs::set_permissions(project.path("bin/sftp"), mode).unwrap();
    Some(format!("{}:{}", project.path("bin").display(), std::env::var("PATH").unwrap()))
}

/// Runs the program where `sftp` may be another one.
fn run_with(project: &Project, arguments: &str, path: Option<&str>) -> Run {
    let mut command = project.command(arguments);
    if let Some(path) = path {
        command.env("PATH", path);
    }
    project.finish(command.output().unwrap())
}

/// What holds for every place that is changed file by file.
fn is_published_file_by_file(project: &Project, path: Option<&str>) {
    let publish = |arguments: &str, status: i32| {
        let run = run_with(project, arguments, path);
        assert_eq!(run.status, Some(status), "{arguments}\n{}", run.stderr);
        run
    };
    // What shells, patterns and options are made of.
    for name in ["a b [x]/it's $HOME `id`.txt", "a b [x]/é;&.txt", "-n", "#x/[y]{1,2}~!"] {
        project.write(&format!("static/{name}"), "text\n");
    }
    publish("publish", 0);
    let site = || served(project, "public");
    assert_eq!(served(project, "www/letters"), site());
    assert!(publish("publish", 0).stderr.contains(": nothing to send, "));
    project.write("www/letters/mine.txt", "mine\n");
    project.write("content/documents/b.md", LETTER.replace("dry", "cold"));
    fs::remove_file(project.path("content/documents/reading-room.md")).unwrap();
    publish("publish --accept-removed", 0);
    let expected = || {
        let mut expected = site();
        expected.insert("mine.txt".to_owned(), b"mine\n".to_vec());
        expected
    };
    assert_eq!(served(project, "www/letters"), expected());
    assert!(!project.path("www/letters/documents/reading-room/text.txt").exists());

    // A run that was killed: its lease is there, with what it was changing.
    project.write("www/letters/index.html", "half");
    project.write("www/letters/documents/gone/index.html", "half");
    if path.is_none() {
        project.write("www/letters/documents/.~tmp~/index.html", "half");
    }
    project.write("www/letters/.fonds-lease/holder", "another machine\n");
    project.write("www/letters/.fonds-lease/paths", "documents/gone/index.html\nindex.html\n");
    let run = publish("publish", 2);
    assert!(
        run.stderr.contains("another publisher is at work")
            && run.stderr.contains(": another machine\n"),
        "{}",
        run.stderr
    );
    assert_eq!(project.read("www/letters/index.html"), "half");
    publish("publish --take-over", 0);
    assert_eq!(served(project, "www/letters"), expected());
    // A run that cannot send keeps the lease, and the next of the same archive goes on.
    project.write("content/documents/b.md", LETTER.replace("dry", "wet"));
    fs::remove_file(project.path("www/letters/documents/b/index.html")).unwrap();
    project.write("www/letters/documents/b/index.html/file", "in the way\n");
    publish("publish", 2);
    assert!(project.path("www/letters/.fonds-lease/paths").exists());
    fs::remove_dir_all(project.path("www/letters/documents/b/index.html")).unwrap();
    publish("publish", 0);
    assert_eq!(served(project, "www/letters"), expected());
}

#[test]
fn rsync_brings_what_changed() {
    if has("rsync") {
        is_published_file_by_file(&archive("rsync", "www/letters"), None);
    }
}

#[test]
fn sftp_brings_what_changed() {
    let project = Project::empty();
    let address = format!("me@example.org:{}", project.path("www/letters").display());
    let config = archive("sftp", &address).read("config.toml");
    let project = project
        .file("config.toml", config)
        .file("content/documents/reading-room.md", LETTER)
        .file("content/documents/b.md", LETTER.replace("dry", "damp"));
    if let Some(path) = with_sftp(&project) {
        is_published_file_by_file(&project, Some(&path));
    }
}

#[test]
fn faults_of_the_settings_are_told_by_check_as_well_and_secrets_by_nobody() {
    let project = archive("git", "https://me:hunter2@example.org/letters.git");
    for command in ["publish", "check"] {
        let told = project.fails(command);
        assert!(told.contains("holds a password") && !told.contains("hunter2"), "{told}");
    }
    let project = archive("gti", "letters.git");
    insta::assert_snapshot!(project.fails("publish"));
    assert!(project.fails("check").contains("`gti` is no target to publish to"));
    for (target, address) in [("folder", "content/documents"), ("rsync", "."), ("folder", "..")] {
        let told = archive(target, address).fails("publish");
        assert!(
            told.contains("is where the archive's own files are"),
            "{target} {address}\n{told}"
        );
    }
    let project = Project::with_letter();
    insta::assert_snapshot!(project.fails("publish"));
    project.succeeds("check");
    let project = archive("folder", "www");
    insta::assert_snapshot!(project.refuses("publish --no-build"));
    project.succeeds("build");
    project.succeeds("publish --no-build");
}

/// A number that looks like chance, from a number.
pub(super) fn chance(seed: u64) -> u64 {
    let mut x = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xD1B5_4A32_D192_ED03;
    x ^= x >> 29;
    x = x.wrapping_mul(0xBF58_476D_1CE4_E5B9);
    x ^ (x >> 32)
}

/// Kills publications at moments of chance. Readers see a site that is whole by its list, the old or the new one, and
/// the next run ends right.
/// `is_whole` says that readers see all of a change at once; elsewhere they see it file by file.
fn is_right_after_kills(project: &Project, is_whole: bool, seen: impl Fn() -> Files) {
    let kills = kills();
    for n in 0..60 {
        project.write(&format!("content/documents/n{n}.md"), LETTER);
    }
    project.write("static/n1.txt", "text\n");
    let started = Instant::now();
    publishes(project);
    let longest = u64::try_from(started.elapsed().as_millis()).unwrap();
    let (mut old, mut interrupted) = (seen(), 0);
    for kill in 0..kills {
        let title = format!("{} {kill}", LETTER.lines().nth(1).unwrap().trim_end_matches('"'));
        let changed = LETTER.replace(LETTER.lines().nth(1).unwrap(), &format!("{title}\""));
        project.write("content/documents/b.md", changed);
        let moved = project.path(&format!("static/n{}.txt", kill % 3));
        fs::remove_file(&moved).unwrap_or_else(|_| fs::write(&moved, "text\n").unwrap());
        project.succeeds("build --no-ingest");
        let mut child = project.command("publish --no-build --quiet").spawn().unwrap();
        let deadline = Instant::now() + Duration::from_micros(chance(kill) % (longest * 500));
        while Instant::now() < deadline && child.try_wait().unwrap().is_none() {
            std::thread::sleep(Duration::from_micros(200));
        }
        interrupted += u64::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        let new = served(project, "public");
        // Of a copy that is not whole, an `rsync` that the killed run began may still rename files.
        if is_whole {
            let found = seen();
            assert!(found == old || found == new, "a mixture after kill {kill}");
        }
        // A `git push` that the killed run began may end meanwhile, and has this one refused.
        let next = project.run("publish --no-build");
        if next.status != Some(0) {
            project.succeeds("publish --no-build");
        }
        assert_eq!(seen(), new, "after kill {kill}");
        old = new;
    }
    assert!(interrupted > kills / 4, "{interrupted} of {kills} runs were under way");
}

/// How often publications are killed; `FONDS_KILLS` says otherwise.
pub(super) fn kills() -> u64 {
    std::env::var("FONDS_KILLS").ok().and_then(|kills| kills.parse().ok()).unwrap_or(100)
}

#[test]
#[ignore = "takes minutes: `cargo test --test cli killed -- --ignored`"]
fn a_folder_is_whole_whenever_its_publisher_is_killed() {
    let project = archive("folder", "www");
    is_right_after_kills(&project, true, || served(&project, "www"));
}

#[test]
#[ignore = "takes minutes: `cargo test --test cli killed -- --ignored`"]
fn a_branch_is_whole_whenever_its_publisher_is_killed() {
    let project = archive_with_git();
    is_right_after_kills(&project, true, || cloned(&project));
}

#[test]
#[ignore = "takes minutes: `cargo test --test cli killed -- --ignored`"]
fn rsync_is_completed_whenever_its_publisher_is_killed() {
    if has("rsync") {
        let project = archive("rsync", "www");
        is_right_after_kills(&project, false, || served(&project, "www"));
    }
}

#[test]
fn what_was_published_keeps_its_url_or_is_given_up_by_name() {
    let project = archive("folder", "www");
    project.succeeds("publish --dry-run");
    assert!(!project.path("content/urls.lock").exists());
    publishes(&project);
    let lock = project.read("content/urls.lock");
    assert!(lock.contains("documents/b/"), "{lock}");
    assert!(project.path("content/published.lock").exists());

    fs::remove_file(project.path("content/documents/b.md")).unwrap();
    let published = served(&project, "www");
    let told = project.fails("publish");
    assert!(told.contains("documents/b/"), "{told}");
    assert_eq!(served(&project, "www"), published);
    let told = project.succeeds("publish --accept-removed");
    assert!(told.contains("given up: /documents/b/"), "{told}");
    assert_eq!(project.succeeds("publish"), publishes(&project));
}
