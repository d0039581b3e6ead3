use std::collections::BTreeMap;

use super::*;

mod in_place;
mod spare;

/// A folder with a site `public` in it.
struct Site(tempfile::TempDir);

impl Site {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn target(&self) -> PathBuf {
        self.0.path().join("public")
    }

    fn begin(&self) -> Result<Publication, PublishError> {
        Publication::begin(&self.target(), "public")
    }

    fn publish(&self, files: &[(&str, &str)]) -> Result<Published, PublishError> {
        let publication = self.begin()?;
        for (path, text) in files {
            publication.put(path, text.as_bytes())?;
        }
        publication.commit().map(|(published, _)| published)
    }

    /// Adds a file that the program did not write.
    fn add(&self, path: &str, text: &str) {
        let path = self.target().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// All files but the lists of files; the checksums are those of the files.
    fn files(&self) -> BTreeMap<String, String> {
        let files: BTreeMap<String, String> = walkdir::WalkDir::new(self.target())
            .into_iter()
            .map(Result::unwrap)
            .filter(|e| e.file_type().is_file())
            .filter(|e| e.file_name() != MANIFEST && e.file_name() != CHECKSUMS)
            .map(|e| {
                let path = e.path().strip_prefix(self.target()).unwrap();
                (path.to_str().unwrap().to_owned(), fs::read_to_string(e.path()).unwrap())
            })
            .collect();
        let list = fs::read_to_string(self.target().join(CHECKSUMS)).unwrap_or_default();
        for (path, checksum) in parse_checksums(&list).unwrap() {
            assert_eq!(checksum, Checksum::of(files[&path].as_bytes()), "{path}");
        }
        files
    }

    fn names_beside(&self) -> Vec<String> {
        let names = fs::read_dir(self.0.path()).unwrap();
        names.map(|e| e.unwrap().file_name().into_string().unwrap()).collect()
    }
}

#[test]
fn the_list_of_checksums_is_complete_whatever_was_taken_over() {
    let site = Site::new();
    let listed = || {
        let list = fs::read_to_string(site.target().join(CHECKSUMS)).unwrap();
        let paths: Vec<String> = parse_checksums(&list).unwrap().into_keys().collect();
        assert!(site.files().into_keys().eq(paths.iter().cloned()));
        paths
    };
    site.publish(&[("a.html", "1"), ("b.html", "b")]).unwrap();
    assert_eq!(listed(), ["a.html", "b.html"]);
    site.publish(&[("a.html", "2"), ("b.html", "b"), ("c.html", "c")]).unwrap();
    assert_eq!(listed(), ["a.html", "b.html", "c.html"]);
    // A list that somebody changed, or took away, is not believed.
    for text in [Some("changed"), None] {
        let list = site.target().join(CHECKSUMS);
        match text {
            Some(text) => fs::write(&list, text).unwrap(),
            None => fs::remove_file(&list).unwrap(),
        }
        let publication = site.begin().unwrap();
        assert!(publication.keep("a.html") && publication.keep("b.html"));
        let (published, _) = publication.commit().unwrap();
        assert_eq!((published.written, published.removed, published.files), (0, 1, 2));
        assert_eq!(listed(), ["a.html", "b.html"]);
        site.publish(&[("a.html", "2"), ("b.html", "b"), ("c.html", "c")]).unwrap();
    }
    let publication = site.begin().unwrap();
    assert!(publication.put("manifest-sha256.txt", b"mine").is_err());
}

fn map(files: &[(&str, &str)]) -> BTreeMap<String, String> {
    files.iter().map(|(p, t)| ((*p).to_owned(), (*t).to_owned())).collect()
}

#[test]
fn the_site_is_exactly_what_the_last_build_made() {
    let site = Site::new();
    let first = site.publish(&[("index.html", "1"), ("a/index.html", "a")]).unwrap();
    assert_eq!((first.files, first.bytes, first.written, first.removed), (2, 2, 2, 0));
    let second = site.publish(&[("index.html", "2"), ("b/index.html", "b")]).unwrap();
    assert_eq!((second.written, second.removed, second.kept), (2, 1, 0));
    assert_eq!(site.files(), map(&[("index.html", "2"), ("b/index.html", "b")]));
    assert!(!site.target().join("a").exists());
    assert_eq!(site.names_beside(), ["public"]);
}

#[test]
fn a_build_that_is_not_committed_leaves_everything_as_it_was() {
    let site = Site::new();
    site.publish(&[("index.html", "1")]).unwrap();
    let publication = site.begin().unwrap();
    publication.put("index.html", b"2").unwrap();
    drop(publication);
    assert_eq!(site.files(), map(&[("index.html", "1")]));
    assert_eq!(site.names_beside(), ["public"]);
}

#[test]
fn a_stage_that_a_kill_left_is_cleared_away() {
    let site = Site::new();
    let publication = site.begin().unwrap();
    publication.put("half.html", b"2").unwrap();
    let copy = site.0.path().join("copy");
    fs::rename(&publication.places.stage, &copy).unwrap();
    drop(publication);
    fs::rename(&copy, site.0.path().join(".public.fonds-stage")).unwrap();
    site.publish(&[("index.html", "1")]).unwrap();
    assert_eq!(site.files(), map(&[("index.html", "1")]));
    assert_eq!(site.names_beside(), ["public"]);
}

#[cfg(unix)]
#[test]
fn a_file_that_did_not_change_stays_the_same_file() {
    use std::os::unix::fs::MetadataExt;
    let site = Site::new();
    let id = |path: &str| fs::metadata(site.target().join(path)).unwrap().ino();
    site.publish(&[("same.css", "s"), ("index.html", "1")]).unwrap();
    let same = id("same.css");
    site.publish(&[("same.css", "s"), ("index.html", "2")]).unwrap();
    assert_eq!(id("same.css"), same);
    let folder = id("");
    let again = site.publish(&[("same.css", "s"), ("index.html", "2")]).unwrap();
    assert_eq!((again.written, again.removed, id("")), (0, 0, folder));
}

#[test]
fn a_file_of_ours_that_somebody_changed_is_written_again() {
    let site = Site::new();
    site.publish(&[("index.html", "1")]).unwrap();
    let file = fs::File::options().write(true).open(site.target().join("index.html")).unwrap();
    io::Write::write_all(&mut &file, b"X").unwrap();
    file.set_modified(std::time::UNIX_EPOCH + std::time::Duration::from_secs(9_000_000_000))
        .unwrap();
    site.publish(&[("index.html", "1")]).unwrap();
    assert_eq!(site.files(), map(&[("index.html", "1")]));
}

#[test]
fn files_of_others_are_carried_over() {
    let site = Site::new();
    site.add("CNAME", "example.org");
    site.add(".git/objects/00/1", "x");
    fs::create_dir_all(site.target().join(".git/refs/tags")).unwrap();
    site.publish(&[("index.html", "1")]).unwrap();
    let published = site.publish(&[("index.html", "2")]).unwrap();
    assert_eq!(published.kept, 2);
    let expected = [("CNAME", "example.org"), (".git/objects/00/1", "x"), ("index.html", "2")];
    assert_eq!(site.files(), map(&expected));
    assert!(site.target().join(".git/refs/tags").is_dir());
}

#[test]
fn a_file_of_others_is_never_replaced() {
    let site = Site::new();
    site.add("index.html", "mine");
    site.add("Documents", "mine");
    site.add("equal.html", "equal");
    let files = [("index.html", "1"), ("documents/a/index.html", "a"), ("equal.html", "equal")];
    let Err(PublishError::Clashes { mut paths, .. }) = site.publish(&files) else {
        panic!("published over files of others");
    };
    paths.sort();
    assert_eq!(paths, ["Documents", "index.html"]);
    assert_eq!(site.files().len(), 3);
}

#[test]
fn two_builds_at_once_are_refused() {
    let site = Site::new();
    let _first = site.begin().unwrap();
    assert!(matches!(site.begin(), Err(PublishError::Busy(_))));
}

#[test]
fn a_path_is_taken_once_whatever_its_case() {
    let site = Site::new();
    let publication = site.begin().unwrap();
    publication.put("a/Index.html", b"").unwrap();
    publication.put("a/Index.html", b"").unwrap();
    assert!(publication.put("a/Index.html", b"other").is_err());
    assert!(publication.put("a/index.html", b"").is_err());
    assert!(publication.put("../index.html", b"").is_err());
}

#[cfg(unix)]
#[test]
fn readers_may_read_what_is_published() {
    use std::os::unix::fs::PermissionsExt;
    let site = Site::new();
    site.publish(&[("a/index.html", "1")]).unwrap();
    let mode = |path: &str| fs::metadata(site.target().join(path)).unwrap().permissions().mode();
    assert_eq!(mode("a/index.html") & 0o444, 0o444 & mode("a"));
    assert_eq!(mode("a/index.html") & 0o111, 0);
}

#[test]
fn cleaning_deletes_what_builds_wrote() {
    let site = Site::new();
    site.publish(&[("index.html", "1")]).unwrap();
    site.add("CNAME", "example.org");
    assert_eq!(clean(&site.target(), "public").unwrap().removed, 1);
    assert_eq!(site.files(), map(&[("CNAME", "example.org")]));
    fs::remove_file(site.target().join("CNAME")).unwrap();
    clean(&site.target(), "public").unwrap();
    assert!(site.names_beside().is_empty());
}

#[cfg(unix)]
#[test]
fn links_beside_the_site_are_removed_and_never_followed() {
    let site = Site::new();
    let victim = site.0.path().join("victim");
    fs::create_dir(&victim).unwrap();
    fs::write(victim.join("precious"), "x").unwrap();
    for name in ["stage", "undo", "old", "spare", "lock"] {
        let link = site.0.path().join(format!(".public.fonds-{name}"));
        std::os::unix::fs::symlink(&victim, &link).unwrap();
    }
    site.publish(&[("index.html", "1")]).unwrap();
    assert!(victim.join("precious").exists());
    let mut names = site.names_beside();
    names.sort();
    assert_eq!(names, ["public", "victim"]);
    let link = site.0.path().join(".public.fonds-lock");
    std::os::unix::fs::symlink(site.0.path().join("made"), &link).unwrap();
    clean(&site.target(), "public").unwrap();
    assert_eq!(site.names_beside(), ["victim"]);
}

#[test]
fn folders_of_others_of_any_depth_are_carried_over() {
    let site = Site::new();
    crate::disk::make_folders(&site.target().join("y/".repeat(1000))).unwrap();
    site.publish(&[("index.html", "1")]).unwrap();
    site.publish(&[("index.html", "2")]).unwrap();
    assert!(site.target().join("y/".repeat(1000)).is_dir());
    assert_eq!(site.names_beside(), ["public"]);
}
