//! The same input gives the same bytes: twice, at any number of threads, from seeds and from content.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// An archive's site below a base path, built by the program; `threads` of 0 are as many as it likes.
fn build(root: &Path, base_url: &str, threads: usize) -> BTreeMap<PathBuf, Vec<u8>> {
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("site");
    let mut command = Command::new(env!("CARGO_BIN_EXE_fonds"));
    command.args(["--quiet", "--root"]).arg(root).args(["build", "--base-url", base_url]);
    command.arg("--output-dir").arg(&site);
    command.env("SOURCE_DATE_EPOCH", "1700000000");
    if threads > 0 {
        command.env("RAYON_NUM_THREADS", threads.to_string());
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    files(&site)
}

fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap);
    entries
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(folder).unwrap().to_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

/// A copy of an archive, so that a build may draft into it.
fn copy(from: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for part in ["config.toml", "content", "seeds", "static"] {
        let entries = walkdir::WalkDir::new(from.join(part)).into_iter().filter_map(Result::ok);
        for entry in entries.filter(|entry| entry.file_type().is_file()) {
            let to = folder.path().join(entry.path().strip_prefix(from).unwrap());
            fs::create_dir_all(to.parent().unwrap()).unwrap();
            fs::copy(entry.path(), to).unwrap();
        }
    }
    folder
}

fn differing(a: &BTreeMap<PathBuf, Vec<u8>>, b: &BTreeMap<PathBuf, Vec<u8>>) -> Vec<PathBuf> {
    let paths: std::collections::BTreeSet<&PathBuf> = a.keys().chain(b.keys()).collect();
    paths.into_iter().filter(|path| a.get(*path) != b.get(*path)).cloned().collect()
}

fn project() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn two_builds_are_equal_at_any_number_of_threads() {
    let fixture = copy(&project().join("tests/browser/fixture"));
    let once = build(fixture.path(), "https://example.org", 0);
    assert!(once.len() > 100, "{} files", once.len());
    for threads in [0, 1, 7] {
        let again = build(fixture.path(), "https://example.org", threads);
        assert_eq!(differing(&once, &again), Vec::<PathBuf>::new(), "with {threads} threads");
    }
}

/// Another place, time zone, locale, umask and home.
#[cfg(unix)]
#[test]
fn two_builds_are_equal_in_any_environment() {
    let (one, other) = (
        copy(&project().join("tests/browser/fixture")),
        copy(&project().join("tests/browser/fixture")),
    );
    let once = build(one.path(), "https://example.org", 0);
    let folder = tempfile::tempdir().unwrap();
    let site = folder.path().join("a b").join("사이트");
    let output = Command::new("sh")
        .args([
            "-c",
            "umask 077; exec \"$0\" \"$@\"",
            env!("CARGO_BIN_EXE_fonds"),
            "--quiet",
            "--root",
        ])
        .arg(other.path())
        .args(["build", "--base-url", "https://example.org", "--output-dir"])
        .arg(&site)
        .env("SOURCE_DATE_EPOCH", "1700000000")
        .envs([("TZ", "Pacific/Kiritimati"), ("LC_ALL", "ko_KR.UTF-8"), ("LANG", "tr_TR.UTF-8")])
        .envs([("HOME", "/nonexistent"), ("USER", "other")])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(differing(&once, &files(&site)), Vec::<PathBuf>::new());
}

#[test]
fn two_fresh_clones_of_the_founding_archive_are_equal() {
    let (one, other) = (copy(project()), copy(project()));
    let once = build(one.path(), "https://example.org", 0);
    let again = build(other.path(), "https://example.org", 1);
    assert_eq!(differing(&once, &again), Vec::<PathBuf>::new());
    assert_eq!(
        differing(&files(&one.path().join("content")), &files(&other.path().join("content"))),
        Vec::<PathBuf>::new()
    );
}

#[test]
fn a_base_path_changes_addresses_and_nothing_else() {
    let fixture = copy(&project().join("tests/browser/fixture"));
    let root = build(fixture.path(), "https://example.org", 0);
    let below = build(fixture.path(), "https://example.org/archive", 0);
    let plain = |files: &BTreeMap<PathBuf, Vec<u8>>| -> Vec<PathBuf> {
        let search = |path: &Path| path.starts_with("search") || path.starts_with("assets");
        files.keys().filter(|path| !search(path)).cloned().collect()
    };
    assert_eq!(plain(&root), plain(&below));
    let address = regex::Regex::new(r#"(?:href|src|action|content)=["']?(?:0; url=)?(/[^"'>\s]*)"#);
    let address = address.unwrap();
    for (path, bytes) in
        below.iter().filter(|(path, _)| path.extension().is_some_and(|e| e == "html"))
    {
        let html = String::from_utf8_lossy(bytes);
        for found in address.captures_iter(&html) {
            assert!(found[1].starts_with("/archive/"), "{} leads to {}", path.display(), &found[1]);
        }
    }
}
