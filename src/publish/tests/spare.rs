//! The site before is kept beside a large one and made equal to the next.
#![cfg(exchanges_names)]

use std::os::unix::fs::{MetadataExt, symlink};

use super::*;

const OLD: &[(&str, &str)] = &[("index.html", "1"), ("same.html", "same"), ("gone/a.html", "g")];
const NEW: &[(&str, &str)] = &[("index.html", "2"), ("same.html", "same"), ("c/d/a.html", "new")];

impl Site {
    fn publish_by_spare(&self, files: &[(&str, &str)]) -> Result<Published, PublishError> {
        let publication = self.begin()?;
        for (path, text) in files {
            publication.put(path, text.as_bytes())?;
        }
        publication.commit_by(|_, _| Way::Spare, change::make).map(|(published, _)| published)
    }

    fn spare(&self) -> PathBuf {
        self.0.path().join(".public.fonds-spare")
    }
}

#[test]
fn a_kill_before_the_exchange_leaves_the_old_site_and_after_it_the_new_one() {
    let site = Site::new();
    site.publish(OLD).unwrap();
    site.add("CNAME", "example.org");
    let mut old = map(OLD);
    old.insert("CNAME".to_owned(), "example.org".to_owned());
    // Killed in the middle: the spare folder is half made, with a file that is in neither site.
    fs::create_dir_all(site.spare().join("site/half/made")).unwrap();
    fs::write(site.spare().join("site/index.html"), "1").unwrap();
    fs::write(site.spare().join("site/half/x"), "x").unwrap();
    drop(site.begin().unwrap());
    assert_eq!(site.files(), old);
    let published = site.publish_by_spare(NEW).unwrap();
    assert_eq!((published.written, published.removed, published.kept), (2, 1, 1));
    let mut new = map(NEW);
    new.insert("CNAME".to_owned(), "example.org".to_owned());
    assert_eq!(site.files(), new);
    site.publish_by_spare(OLD).unwrap();
    assert_eq!(site.files(), old);
    assert!(!site.target().join("c").exists());
}

#[test]
fn what_did_not_change_stays_the_same_file() {
    let site = Site::new();
    let id = |path: &str| fs::metadata(site.target().join(path)).unwrap().ino();
    site.publish(OLD).unwrap();
    let same = id("same.html");
    for files in [NEW, OLD, NEW] {
        site.publish_by_spare(files).unwrap();
        assert_eq!(id("same.html"), same);
    }
    let mut names = site.names_beside();
    names.sort();
    assert_eq!(names, [".public.fonds-spare", "public"]);
}

#[test]
fn a_spare_folder_of_somebody_is_not_believed_and_no_link_in_it_followed() {
    let site = Site::new();
    site.publish(OLD).unwrap();
    let victim = site.0.path().join("victim");
    fs::create_dir(&victim).unwrap();
    fs::write(victim.join("a.html"), "precious").unwrap();
    fs::create_dir_all(site.spare().join("site")).unwrap();
    symlink(&victim, site.spare().join("site/gone")).unwrap();
    symlink(&victim, site.spare().join("site/c")).unwrap();
    fs::write(site.spare().join("site/same.html"), "SAME").unwrap();
    let manifest = fs::read(site.target().join(MANIFEST)).unwrap();
    fs::write(site.spare().join("site").join(MANIFEST), manifest).unwrap();
    site.publish_by_spare(NEW).unwrap();
    assert_eq!(site.files(), map(NEW));
    assert_eq!(fs::read_dir(&victim).unwrap().count(), 1);
    fs::rename(site.spare(), site.0.path().join("away")).unwrap();
    symlink(&victim, site.spare()).unwrap();
    site.publish_by_spare(OLD).unwrap();
    assert_eq!(site.files(), map(OLD));
    assert_eq!(fs::read_dir(&victim).unwrap().count(), 1);
}

#[test]
fn a_small_site_and_a_large_change_keep_nothing_beside_the_site() {
    let site = Site::new();
    site.publish(OLD).unwrap();
    site.publish_by_spare(NEW).unwrap();
    assert!(site.spare().exists());
    site.publish(OLD).unwrap();
    assert_eq!(site.names_beside(), ["public"]);
    site.publish_by_spare(NEW).unwrap();
    clean(&site.target(), "public").unwrap();
    assert!(site.names_beside().is_empty());
}

#[test]
fn a_large_site_with_a_small_change_keeps_the_site_before() {
    let site = Site::new();
    let paths: Vec<String> = (0..500).map(|n| format!("{n}/index.html")).collect();
    let old: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "1")).collect();
    site.publish(&old).unwrap();
    assert_eq!(site.names_beside(), ["public"]);
    for text in ["2", "3", "4"] {
        let mut new = old.clone();
        new[7].1 = text;
        site.publish(&new).unwrap();
        assert_eq!(site.files(), map(&new));
    }
    assert!(site.spare().join("site/8/index.html").exists());
    assert!(!site.spare().join("site/7/index.html").exists(), "what was replaced is nowhere");
    assert_eq!(fs::read_to_string(site.spare().join(".gitignore")).unwrap(), "*\n");
}
