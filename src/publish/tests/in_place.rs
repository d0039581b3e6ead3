//! Changes in place: the same outcome as the exchange, and the old site after a failure or a kill.

use std::time::SystemTime;

use proptest::collection::{btree_map, vec};
use proptest::prelude::*;

use super::*;
use crate::publish::change::ASIDE;

type Files = BTreeMap<String, String>;

const ALWAYS: fn(&Places, Few) -> Way = |_, _| Way::InPlace;
const NEVER: fn(&Places, Few) -> Way = |_, _| Way::Whole;
/// In place where two names cannot be exchanged.
const SPARE: fn(&Places, Few) -> Way = |places, _| Way::choose(places, Few { is_few: true });

/// What is at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Found {
    /// None of a folder.
    bytes: Option<Vec<u8>>,
    /// None of a folder.
    time: Option<SystemTime>,
}

impl Site {
    /// All that is in the folder, the manifest too; nothing if there is none.
    fn tree(&self) -> BTreeMap<PathBuf, Found> {
        if !self.target().exists() {
            return BTreeMap::new();
        }
        let entries = walkdir::WalkDir::new(self.target()).min_depth(1).into_iter();
        let found = |entry: walkdir::DirEntry| {
            let is_file = entry.file_type().is_file();
            let bytes = is_file.then(|| fs::read(entry.path()).unwrap());
            let time = is_file.then(|| entry.metadata().unwrap().modified().unwrap());
            (entry.path().strip_prefix(self.target()).unwrap().to_owned(), Found { bytes, time })
        };
        entries.map(Result::unwrap).map(found).collect()
    }

    fn bytes(&self) -> BTreeMap<PathBuf, Option<Vec<u8>>> {
        self.tree().into_iter().map(|(path, found)| (path, found.bytes)).collect()
    }

    fn put(&self, files: &[(&str, &str)]) -> Publication {
        let publication = self.begin().unwrap();
        for (path, text) in files {
            publication.put(path, text.as_bytes()).unwrap();
        }
        publication
    }
}

/// What a commit gave, or the paths that are in the way; none of them if the file system refused.
fn outcome(
    done: Result<(Published, String), PublishError>,
) -> Result<(Published, String), Vec<String>> {
    done.map_err(|error| match error {
        PublishError::Clashes { paths, .. } => paths,
        _ => Vec::new(),
    })
}

/// Every kind of step: a new folder, new and replaced files, removed ones, emptied folders.
const OLD: &[(&str, &str)] = &[
    ("index.html", "1"),
    ("same.html", "same"),
    ("a/index.html", "a"),
    ("b/index.html", "b"),
    ("gone/in/index.html", "g"),
    ("gone/text.txt", "g"),
];
const NEW: &[(&str, &str)] = &[
    ("index.html", "2"),
    ("same.html", "same"),
    ("a/index.html", "changed"),
    ("a/text.txt", "new"),
    ("c/d/index.html", "new"),
    ("c/index.html", "new"),
];

#[test]
fn a_change_in_place_has_every_kind_of_step_in_its_order() {
    let site = Site::new();
    site.publish(OLD).unwrap();
    let mut told = String::new();
    let make = |change: &Change<'_>, places: &Places| {
        told = format!("{:#?}", change.steps).split_whitespace().collect();
        change::make(change, places)
    };
    let (published, _) = site.put(NEW).commit_by(ALWAYS, make).unwrap();
    assert_eq!((published.files, published.written, published.removed), (6, 5, 3));
    let expected = "[MakeFolder(\"c\",),MakeFolder(\"c/d\",),Put(\"a/text.txt\",),\
        Put(\"c/d/index.html\",),Put(\"c/index.html\",),Put(\"a/index.html\",),\
        Put(\"index.html\",),Put(\"manifest-sha256.txt\",),Remove(\"b/index.html\",),Remove(\"gone/in/index.html\",),\
        Remove(\"gone/text.txt\",),RemoveFolder(\"gone/in\",),RemoveFolder(\"gone\",),\
        RemoveFolder(\"b\",),Put(\".fonds-manifest\",),]";
    assert_eq!(told, expected);
    assert_eq!(site.files(), map(NEW));
    assert!(!site.target().join("gone").exists());
    assert_eq!(site.names_beside(), ["public"]);
    assert_eq!(site.publish(NEW).unwrap().written, 0);
}

/// Makes the first steps of a change of [`OLD`] to [`NEW`], then ends as a killed process does.
fn kill_after(steps: usize) -> (Site, BTreeMap<PathBuf, Found>, String, bool) {
    let site = Site::new();
    let (_, digest) = site.put(OLD).commit().unwrap();
    site.add("CNAME", "example.org");
    let old = site.tree();
    let mut was_last = false;
    let make = |change: &Change<'_>, places: &Places| {
        let Places { target, stage, undo, .. } = places;
        undo::keep(&change.steps, target, &stage.join(ASIDE), undo)?;
        change.steps.iter().take(steps).try_for_each(|step| step.take(target, stage))?;
        was_last = steps >= change.steps.len();
        Err(io::Error::other("killed"))
    };
    assert!(site.put(NEW).commit_by(ALWAYS, make).is_err());
    assert!(site.0.path().join(".public.fonds-undo").exists());
    (site, old, digest, was_last)
}

#[test]
fn a_run_that_was_killed_after_any_step_is_undone_by_the_next() {
    for steps in 0.. {
        let (site, old, digest, was_last) = kill_after(steps);
        let next = site.begin().unwrap();
        assert_eq!(site.tree(), old, "after {steps} steps");
        assert!(next.stands(&digest), "after {steps} steps");
        drop(next);
        assert_eq!(site.names_beside(), ["public"]);
        site.publish(NEW).unwrap();
        let mut expected = map(NEW);
        expected.insert("CNAME".to_owned(), "example.org".to_owned());
        assert_eq!(site.files(), expected);
        if was_last {
            assert!(steps > 10);
            return;
        }
    }
}

#[test]
fn an_undoing_that_was_killed_is_done_by_the_next_run() {
    let (site, old, digest, _) = kill_after(usize::MAX);
    let undo = site.0.path().join(".public.fonds-undo");
    let list = fs::read_to_string(undo.join("list")).unwrap();
    let remedies = list.lines().count() - 2;
    for done in 0..=remedies {
        let (site, ..) = kill_after(usize::MAX);
        let undo = site.0.path().join(".public.fonds-undo");
        let copy = site.0.path().join("copy");
        fs::rename(&undo, &copy).unwrap();
        // A list of the first remedies, and the kept files that these need: the rest stays for later.
        let first: String = list.lines().take(done + 1).map(|line| format!("{line}\n")).collect();
        fs::create_dir(&undo).unwrap();
        fs::write(undo.join("list"), first.clone() + "end\n").unwrap();
        for line in first.lines().filter_map(|line| line.strip_prefix("put-back ")) {
            let (number, _) = line.split_once(' ').unwrap();
            fs::rename(copy.join(number), undo.join(number)).unwrap();
        }
        undo::recover(&site.target(), &undo).unwrap();
        fs::rename(&copy, &undo).unwrap();
        drop(site.begin().unwrap());
        let old: Vec<_> = old.iter().map(|(path, found)| (path, &found.bytes)).collect();
        let now = site.bytes();
        assert_eq!(now.iter().collect::<Vec<_>>(), old, "after {done} remedies");
    }
    assert!(site.begin().unwrap().stands(&digest));
}

#[test]
fn a_run_that_was_killed_while_it_gathered_what_to_undo_changed_nothing() {
    let site = Site::new();
    site.publish(OLD).unwrap();
    let old = site.tree();
    let make = |change: &Change<'_>, places: &Places| {
        let aside = places.stage.join(ASIDE);
        undo::keep(&change.steps, &places.target, &aside, &aside.join("nowhere/else"))
    };
    assert!(site.put(NEW).commit_by(ALWAYS, make).is_err());
    assert_eq!(site.tree(), old);
    drop(site.begin().unwrap());
    assert_eq!(site.tree(), old);
}

/// Fails at the step that `spoil` makes impossible; the old site must be whole at once.
fn fails(spoil: impl Fn(&Change<'_>, &Places)) {
    let site = Site::new();
    let (_, digest) = site.put(OLD).commit().unwrap();
    let old = site.tree();
    let make = |change: &Change<'_>, places: &Places| {
        spoil(change, places);
        change::make(change, places)
    };
    let failure = site.put(NEW).commit_by(ALWAYS, make).unwrap_err();
    assert!(failure.to_string().starts_with("cannot replace `public`"), "{failure}");
    let mut now = site.tree();
    now.retain(|path, _| !path.starts_with("c"));
    assert_eq!(now, old);
    assert_eq!(site.names_beside(), ["public"]);
    assert!(site.begin().unwrap().stands(&digest));
}

#[test]
fn a_step_that_fails_leaves_the_old_site() {
    for path in ["a/text.txt", "c/index.html", "a/index.html", "index.html", MANIFEST] {
        // It cannot be renamed, since it is not there.
        fails(|_, places| fs::remove_file(places.stage.join(path)).unwrap());
    }
    // Somebody else's folder is where a file must go.
    fails(|_, places| fs::create_dir_all(places.target.join("c/index.html")).unwrap());
    // Somebody else's file is where a folder must go.
    fails(|_, places| fs::write(places.target.join("c"), "mine").unwrap());
}

#[test]
fn a_file_that_takes_the_place_of_a_folder_is_left_to_the_exchange() {
    let changes: [[&[(&str, &str)]; 2]; 4] = [
        [&[("a/b.html", "1"), ("c", "2")], &[("a", "1"), ("c", "2")]],
        [&[("a", "1"), ("c", "2")], &[("a/b.html", "1"), ("c", "2")]],
        [&[("a/B.html", "1"), ("c", "2")], &[("a/b.html", "1"), ("c", "2")]],
        [&[("A/b.html", "1"), ("c", "2")], &[("a/c.html", "1"), ("c", "2")]],
    ];
    for [old, new] in changes {
        let site = Site::new();
        site.publish(old).unwrap();
        let make = |_: &Change<'_>, _: &Places| panic!("changed in place");
        site.put(new).commit_by(ALWAYS, make).unwrap();
        assert_eq!(site.files(), map(new));
    }
}

#[cfg(unix)]
#[test]
fn a_removal_does_not_follow_a_symlink_of_others() {
    let site = Site::new();
    site.publish(&[("index.html", "1"), ("a/index.html", "a")]).unwrap();
    let elsewhere = site.0.path().join("elsewhere");
    fs::rename(site.target().join("a"), &elsewhere).unwrap();
    std::os::unix::fs::symlink(&elsewhere, site.target().join("a")).unwrap();
    let (published, _) = site.put(&[("index.html", "2")]).commit_by(ALWAYS, change::make).unwrap();
    assert_eq!((published.removed, published.kept), (1, 1));
    assert!(elsewhere.join("index.html").exists() && site.target().join("a").is_symlink());
}

#[test]
fn a_large_site_is_changed_in_place_and_a_small_one_exchanged() {
    assert!(change::pays(100, 2000) && !change::pays(101, 2000));
    for (files, changed, is_in_place) in [(500, 25, true), (500, 26, false), (499, 1, false)] {
        let site = Site::new();
        let paths: Vec<String> = (0..files).map(|n| format!("{n}/index.html")).collect();
        let old: Vec<(&str, &str)> = paths.iter().map(|path| (path.as_str(), "1")).collect();
        site.publish(&old).unwrap();
        let mut new = old.clone();
        new[..changed].iter_mut().for_each(|file| file.1 = "2");
        let mut was_in_place = false;
        let make = |change: &Change<'_>, places: &Places| {
            was_in_place = true;
            change::make(change, places)
        };
        let choose = |_: &Places, few: Few| match few.is_few {
            true => Way::InPlace,
            false => Way::Whole,
        };
        site.put(&new).commit_by(choose, make).unwrap();
        assert_eq!((was_in_place, site.files()), (is_in_place, map(&new)), "{changed} of {files}");
    }
}

#[test]
fn what_is_kept_need_not_be_put_again() {
    let site = Site::new();
    site.put(OLD).commit().unwrap();
    for way in [ALWAYS, NEVER, SPARE] {
        site.publish(OLD).unwrap();
        let publication = site.begin().unwrap();
        assert!(["same.html", "a/index.html"].iter().all(|path| publication.keep(path)));
        assert!(!publication.keep("none.html"));
        for (path, text) in [("index.html", "2"), ("same.html", "same"), ("a/text.txt", "new")] {
            publication.put(path, text.as_bytes()).unwrap();
        }
        assert!(publication.put("index.html", b"3").is_err());
        assert!(publication.put("a/INDEX.html", b"3").is_err());
        assert_eq!(publication.taken_over("a/index.html"), Some(b"a".to_vec()));
        assert_eq!(publication.taken_over("index.html"), None);
        assert_eq!(publication.taken_over("A/index.html"), None);
        let (published, _) = publication.commit_by(way, change::make).unwrap();
        let expected = Published { files: 4, bytes: 9, written: 2, removed: 3, kept: 0 };
        assert_eq!(published, expected);
        let files = [
            ("index.html", "2"),
            ("same.html", "same"),
            ("a/index.html", "a"),
            ("a/text.txt", "new"),
        ];
        assert_eq!(site.files(), map(&files));
    }
}

/// A name may be that of a folder in one site and of a file in another, or even in the same.
fn path() -> impl Strategy<Value = String> {
    let folders = vec(prop::sample::select(vec!["a", "b", "B", "ü"]), 0..3);
    let name = prop::sample::select(vec!["a", "index.html", "text.txt", "Text.txt"]);
    (folders, name)
        .prop_map(|(folders, name)| [folders.join("/"), name.to_owned()].join("/"))
        .prop_map(|path| path.trim_start_matches('/').to_owned())
}

fn files() -> impl Strategy<Value = Files> {
    btree_map(path(), prop::sample::select(vec!["", "1", "2"]).prop_map(str::to_owned), 0..8)
}

/// What somebody else does to a site between two builds.
#[derive(Debug, Clone)]
enum Meddling {
    Write(String),
    Remove(String),
    MakeFolder(String),
}

fn meddling() -> impl Strategy<Value = Vec<Meddling>> {
    let one = prop_oneof![
        path().prop_map(Meddling::Write),
        path().prop_map(Meddling::Remove),
        path().prop_map(Meddling::MakeFolder),
    ];
    vec(one, 0..3)
}

impl Meddling {
    fn apply(&self, target: &Path) {
        let _ = match self {
            // A size that no file of the site has, so that no clock decides whether it is seen.
            Self::Write(path) => fs::create_dir_all(target.join(path).parent().unwrap())
                .and_then(|()| fs::write(target.join(path), "mine")),
            Self::Remove(path) => fs::remove_file(target.join(path))
                .or_else(|_| fs::remove_dir_all(target.join(path))),
            Self::MakeFolder(path) => fs::create_dir_all(target.join(path)),
        };
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any builds, and whatever somebody else does between them, end in the same folders and files.
    #[test]
    fn the_outcome_is_that_of_the_exchange(builds in vec((files(), meddling()), 1..6)) {
        let [in_place, exchanged, spare] = [Site::new(), Site::new(), Site::new()];
        for (files, meddling) in builds {
            let publish = |site: &Site, way| {
                let publication = site.begin().unwrap();
                for (path, text) in &files {
                    if let Err(error) = publication.put(path, text.as_bytes()) {
                        return Err(vec![error.to_string()]);
                    }
                }
                outcome(publication.commit_by(way, change::make))
            };
            let expected = publish(&exchanged, NEVER);
            prop_assert_eq!(publish(&in_place, ALWAYS), expected.clone());
            prop_assert_eq!(publish(&spare, SPARE), expected);
            prop_assert_eq!(in_place.bytes(), exchanged.bytes());
            prop_assert_eq!(spare.bytes(), exchanged.bytes());
            for site in [&in_place, &exchanged, &spare] {
                meddling.iter().for_each(|one| one.apply(&site.target()));
                let is_known = |name: &String| name == "public" || name == ".public.fonds-spare";
                prop_assert!(site.names_beside().iter().all(is_known));
            }
        }
    }

    /// A site of which the equal files are kept equals one that is written as a whole, whatever somebody else does.
    #[test]
    fn a_site_of_kept_files_is_the_site_put_anew(
        builds in vec((files(), meddling()), 2..6),
        way in prop::sample::select(vec![ALWAYS, SPARE]),
    ) {
        let [renewed, anew] = [Site::new(), Site::new()];
        let mut before = Files::new();
        for (files, meddling) in builds {
            let (publication, whole) = (renewed.begin().unwrap(), anew.begin().unwrap());
            let put = |(path, text): (&String, &String)| {
                let is_kept = before.get(path) == Some(text) && publication.keep(path);
                is_kept || publication.put(path, text.as_bytes()).is_ok()
            };
            let is_put = files.iter().all(put);
            let is_put_anew =
                files.iter().all(|(path, text)| whole.put(path, text.as_bytes()).is_ok());
            prop_assert_eq!(is_put, is_put_anew);
            if is_put {
                let done = publication.commit_by(way, change::make).map(|(done, _)| done);
                let done_anew = whole.commit_by(NEVER, change::make).map(|(done, _)| done);
                prop_assert_eq!(done.as_ref().ok(), done_anew.as_ref().ok());
                if done.is_ok() {
                    before = files;
                }
            }
            prop_assert_eq!(renewed.bytes(), anew.bytes());
            for site in [&renewed, &anew] {
                meddling.iter().for_each(|one| one.apply(&site.target()));
            }
        }
    }
}
