use super::*;

fn disk() -> (tempfile::TempDir, Disk) {
    let folder = tempfile::tempdir().unwrap();
    let disk = Disk::open(folder.path()).unwrap();
    (folder, disk)
}

#[test]
fn files_are_listed_in_order_without_hidden_ones() {
    let (_folder, disk) = disk();
    for path in ["seeds/b.txt", "seeds/a/c.txt", "seeds/a.txt", "seeds/.x", "seeds/a.txt~"] {
        disk.put(path, b"x").unwrap();
    }
    disk.put("static/.nojekyll", b"").unwrap();
    let report = Report::new();
    assert_eq!(disk.list("seeds", &report), ["seeds/a.txt", "seeds/a/c.txt", "seeds/b.txt"]);
    assert_eq!(disk.list("static", &report), ["static/.nojekyll"]);
    assert!(disk.list("content", &report).is_empty() && !report.has_errors());
}

#[test]
fn no_path_leads_out() {
    let (_folder, disk) = disk();
    for path in ["../a", "/etc/passwd", "a/../../b", "", "a//b", "a\0b"] {
        assert!(disk.read(path).is_err() && disk.put(path, b"").is_err(), "{path:?}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_may_lead_elsewhere_inside_but_not_outside() {
    let (folder, disk) = disk();
    disk.put("content/a.md", b"inside").unwrap();
    fs::create_dir(folder.path().join("seeds")).unwrap();
    let link = |to: &Path, name: &str| {
        std::os::unix::fs::symlink(to, folder.path().join("seeds").join(name)).unwrap();
    };
    link(Path::new("../content/a.md"), "relative.txt");
    link(&disk.root().join("content/a.md"), "absolute.txt");
    link(Path::new("/etc/passwd"), "out.txt");
    link(Path::new("nowhere"), "broken.txt");
    let report = Report::new();
    let list = disk.list("seeds", &report);
    assert_eq!(list, ["seeds/absolute.txt", "seeds/relative.txt"]);
    assert!(list.iter().all(|path| disk.read(path).unwrap() == b"inside"));
    assert!(disk.read("seeds/out.txt").is_err());
    let faulty: Vec<String> = report.sorted().into_iter().map(|d| d.path).collect();
    assert_eq!(faulty, ["seeds/broken.txt", "seeds/out.txt"]);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_hidden_file_is_refused() {
    let (folder, disk) = disk();
    fs::write(folder.path().join(".env"), "secret").unwrap();
    fs::create_dir_all(folder.path().join(".git")).unwrap();
    fs::write(folder.path().join(".git/config"), "secret").unwrap();
    for place in ["seeds", "static"] {
        fs::create_dir(folder.path().join(place)).unwrap();
        for (name, to) in [("a.txt", "../.env"), ("b.txt", "../.git/config"), ("c", "../.git")] {
            std::os::unix::fs::symlink(to, folder.path().join(place).join(name)).unwrap();
        }
        let report = Report::new();
        assert!(disk.list(place, &report).is_empty());
        let faults = report.sorted();
        assert_eq!(faults.len(), 3);
        assert!(faults.iter().all(|f| f.message == "the symlink points to a hidden file"));
        for name in ["a.txt", "b.txt", "c/config"] {
            assert!(disk.read(&format!("{place}/{name}")).is_err(), "{place}/{name}");
        }
    }
    // The program's own hidden files are read all the same.
    assert_eq!(disk.read(".env").unwrap(), b"secret");
}

#[cfg(unix)]
#[test]
fn nothing_is_made_or_deleted_behind_a_link_that_leads_out() {
    let (folder, disk) = disk();
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("precious"), "x").unwrap();
    std::os::unix::fs::symlink(outside.path(), folder.path().join("content")).unwrap();
    assert!(disk.put("content/new/a.md", b"").is_err());
    assert!(disk.create(&[("content/new/a.md", b"")]).is_err());
    assert!(disk.remove("content/precious").is_err());
    fs::create_dir(outside.path().join("folder")).unwrap();
    assert!(disk.remove_folder("content/folder").is_err());
    let mut names: Vec<_> =
        fs::read_dir(outside.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names, ["folder", "precious"]);
    disk.remove_folder("content").unwrap();
    assert!(outside.path().join("precious").exists() && !disk.exists("content"));
}

#[test]
fn a_path_of_a_thousand_folders_is_refused_by_name() {
    let (folder, disk) = disk();
    make_folders(&folder.path().join(format!("seeds/{}", "y/".repeat(1000)))).unwrap();
    disk.put("seeds/a.txt", b"x").unwrap();
    let report = Report::new();
    assert_eq!(disk.list("seeds", &report), ["seeds/a.txt"]);
    let faults = report.sorted();
    assert_eq!(faults.len(), 1);
    assert_eq!(faults[0].message, "the path is more than 64 folders deep");
    assert!(faults[0].path.starts_with("seeds/y/y/"));
}

#[test]
fn a_file_that_is_too_large_is_refused_by_name() {
    let (folder, disk) = disk();
    let file = File::create(folder.path().join("sparse.txt")).unwrap();
    file.set_len(20 << 30).unwrap();
    let refused = disk.read("sparse.txt").unwrap_err().to_string();
    let expected =
        "cannot read `sparse.txt`: it has 21474836480 bytes, and at most 1073741824 are read";
    let remedy = "see `file_megabytes` below `[limits]` in config.toml";
    assert_eq!(refused, format!("{expected}: {remedy}"));
}
