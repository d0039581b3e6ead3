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
