//! Seeds that move, whose line ends change, that are removed or are there twice: drafts and addresses stay.

use std::collections::BTreeSet;
use std::fs;

use super::ingest::SEED;
use super::project::Project;

const OTHER: &str = "Leeds, 3 May 1931

Dear Sir,

The books of the second parcel have come, and are in good order.

Yours faithfully,

Jane Readman
";

fn with_box() -> Project {
    let project = Project::new().file("seeds/box1/a.txt", SEED).file("seeds/box1/b.txt", OTHER);
    project.succeeds("build");
    project
}

fn rename(project: &Project, from: &str, to: &str) {
    let to = project.path(to);
    fs::create_dir_all(to.parent().unwrap()).unwrap();
    fs::rename(project.path(from), to).unwrap();
}

/// The draft that holds a text.
fn draft(project: &Project, text: &str) -> String {
    let files = project.files("content/documents");
    let mut found = files.iter().filter(|(_, bytes)| String::from_utf8_lossy(bytes).contains(text));
    let path = format!("content/documents/{}", found.next().unwrap().0);
    assert!(found.next().is_none(), "{:?}", files.keys());
    path
}

/// The addresses of all pages of documents.
fn pages(project: &Project) -> BTreeSet<String> {
    let files = project.files("public/documents").into_keys();
    files.filter(|path| path.ends_with("index.html")).collect()
}

#[test]
fn a_folder_that_is_renamed_takes_its_drafts_and_their_addresses_along() {
    let project = with_box();
    let (drafts, before) = (project.files("content/documents"), pages(&project));
    rename(&project, "seeds/box1", "seeds/Box 1");
    let told = project.succeeds("build");
    assert!(told.contains("2 seeds moved from seeds/box1/ to seeds/Box 1/"), "{told}");
    assert!(!told.contains("is gone"), "{told}");
    assert_eq!(pages(&project), before);
    for (path, bytes) in project.files("content/documents") {
        let was = String::from_utf8(drafts[&path].clone()).unwrap();
        let now = was.replace("seed = \"box1/", "seed = \"Box 1/");
        assert_eq!(String::from_utf8(bytes).unwrap(), now);
    }
    assert_eq!(project.succeeds("ingest"), "nothing to change in content/\n");
    project.succeeds("check");
}

#[test]
fn a_seed_that_is_renamed_takes_what_people_made_of_its_drafts_along() {
    let project = with_box();
    let [a, b] = ["The room above", "second parcel"].map(|text| draft(&project, text));
    let edited = project.read(&a).replace("is dry", "was dry").replace('\n', "\r\n");
    project.write(&a, &edited);
    rename(&project, &b, "content/documents/second-parcel.md");
    project.write(
        "content/documents/second-parcel.md",
        project.read("content/documents/second-parcel.md") + "\nMine.\n",
    );
    let mine = project.read("content/documents/second-parcel.md");
    rename(&project, "seeds/box1/a.txt", "seeds/letters/0001.txt");
    rename(&project, "seeds/box1/b.txt", "seeds/0002.txt");
    let told = project.succeeds("ingest");
    assert!(told.contains("seeds/box1/a.txt is now seeds/letters/0001.txt; its drafts"), "{told}");
    assert_eq!(project.files("content/documents").len(), 2, "{told}");
    assert_eq!(project.read(&a), edited.replace("box1/a.txt", "letters/0001.txt"));
    let moved = project.read("content/documents/second-parcel.md");
    assert_eq!(moved, mine.replace("box1/b.txt", "0002.txt"));
    assert_eq!(project.succeeds("ingest"), "nothing to change in content/\n");
}

#[test]
fn a_draft_that_was_deleted_is_not_brought_back_by_a_move() {
    let project = with_box();
    fs::remove_file(project.path(&draft(&project, "second parcel"))).unwrap();
    project.succeeds("ingest");
    rename(&project, "seeds/box1", "seeds/box2");
    project.succeeds("ingest");
    assert_eq!(project.files("content/documents").len(), 1);
}

#[test]
fn a_move_is_seen_by_an_archive_whose_ledger_has_no_checksums() {
    let project = with_box();
    let ledger = project.read("content/ingest.lock");
    let short = |line: &str| line.split('\t').take(4).collect::<Vec<_>>().join("\t") + "\n";
    project.write("content/ingest.lock", ledger.lines().map(short).collect::<String>());
    rename(&project, "seeds/box1", "seeds/box2");
    let told = project.succeeds("ingest");
    assert!(told.contains("2 seeds moved from seeds/box1/ to seeds/box2/"), "{told}");
    assert_eq!(project.files("content/documents").len(), 2);
    let seeds = |ledger: &str| {
        let of_seed = |line: &str| line.split('\t').skip(1).map(str::to_owned).collect::<Vec<_>>();
        ledger.lines().map(of_seed).collect::<Vec<_>>()
    };
    let now = project.read("content/ingest.lock").replace("\tbox2", "\tbox1");
    assert_eq!(seeds(&now), seeds(&ledger));
}

#[test]
fn a_copy_is_a_seed_of_its_own() {
    let project = with_box();
    project.write("seeds/box2/a.txt", SEED);
    project.succeeds("ingest");
    assert_eq!(project.files("content/documents").len(), 3);
    // One of two equal seeds is renamed: the other one keeps its draft.
    let before = project.files("content/documents");
    rename(&project, "seeds/box2/a.txt", "seeds/box3/a.txt");
    project.succeeds("ingest");
    let after = project.files("content/documents");
    assert!(before.keys().eq(after.keys()), "{:?}", after.keys());
    assert_eq!(after.iter().filter(|(path, bytes)| before[*path] != **bytes).count(), 1);
}

#[test]
fn page_images_move_with_their_texts() {
    const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\0\0\0\0";
    let project = with_box();
    project.write("seeds/box1/a.png", PNG);
    project.write("seeds/box1/plan.png", PNG);
    project.write("seeds/box1/plan-2.png", [PNG, b"2"].concat());
    project.succeeds("ingest");
    let a = draft(&project, "The room above");
    project.write(&a, project.read(&a) + "\nMine.\n");
    let names = project.files("content/documents");
    rename(&project, "seeds/box1", "seeds/box2");
    project.succeeds("ingest");
    let now = project.files("content/documents");
    assert!(now.keys().eq(names.keys()), "{:?}", now.keys());
    assert!(project.read(&a).contains("files = [\"box2/a.png\"]"), "{}", project.read(&a));
    let plan = draft(&project, "plan.png");
    assert!(project.read(&plan).contains("files = [\"box2/plan.png\", \"box2/plan-2.png\"]"));
}

#[test]
fn a_checkout_with_the_line_ends_of_windows_is_no_edit() {
    let project = with_box();
    for (path, bytes) in project.files("") {
        if path.starts_with("content") || path.starts_with("seeds") {
            project.write(&path, String::from_utf8(bytes).unwrap().replace('\n', "\r\n"));
        }
    }
    let before = project.files("content");
    assert_eq!(project.succeeds("ingest"), "nothing to change in content/\n");
    assert_eq!(project.files("content"), before);
    rename(&project, "seeds/box1", "seeds/box2");
    let told = project.succeeds("ingest");
    assert!(told.contains("2 seeds moved from seeds/box1/ to seeds/box2/"), "{told}");
    project.write("seeds/box2/b.txt", OTHER.replace("good", "poor").replace('\n', "\r\n"));
    let told = project.succeeds("ingest");
    assert!(told.contains("0 new, 1 updated"), "{told}");
    assert!(project.read(&draft(&project, "second parcel")).contains("in poor order"));
}

#[test]
fn a_new_archive_tells_version_control_to_leave_line_ends_alone() {
    let project = Project::empty();
    project.succeeds("init");
    let attributes = project.read(".gitattributes");
    assert!(attributes.contains("/seeds/** -text"), "{attributes}");
    assert!(attributes.contains("/content/** text eol=lf"), "{attributes}");
}

/// A text of its own for each number.
fn account(number: usize) -> String {
    let line = |n: usize| {
        format!(
            "On day {} the office {} wrote to the village {}.",
            n * number,
            n * 7 + number,
            n * number + 3
        )
    };
    (1..20).map(line).collect::<Vec<_>>().join("\n\n")
}

#[test]
fn check_names_documents_with_the_same_text_or_nearly() {
    let document = |title: &str, text: &str| format!("+++\ntitle = \"{title}\"\n+++\n\n{text}\n");
    let changed = account(5).replace("office 26 ", "bureau 26 ");
    let project = Project::new()
        .file("content/documents/a.md", document("A", &account(1)))
        .file("content/documents/b.md", document("B", &account(1).replace('\n', "\r\n")))
        .file("content/documents/c.md", document("C", &account(2)))
        .file("content/documents/d.md", document("D", &account(2).replace("office", "*office*")))
        .file("content/documents/e.md", document("E", &account(5)))
        .file("content/documents/f.md", document("F", &account(4)))
        .file("content/documents/g.md", document("G", &changed))
        .file("content/documents/h.md", document("H", "Received."))
        .file("content/documents/i.md", document("I", "Received."));
    let told = project.succeeds("check");
    let told: Vec<&str> = told.split("\n\n").filter(|part| part.contains("same text")).collect();
    insta::assert_snapshot!(told.join("\n\n"));
}

#[test]
fn a_seed_that_is_removed_leaves_no_dead_link() {
    let project = with_box();
    let mail = "From: Jane Doe <jane@example.org>\nTo: ann@example.org\nSubject: Parcel\nDate: Mon, 4 May 1999 10:00:00 +0000\n\nDear Sir,\n\nThe parcel came.\n\nJane Doe\n";
    project.write("seeds/box1/m.eml", mail);
    project.succeeds("build");
    let doubts = || {
        project.read("public/documents/1999-05-04-parcel/index.html").matches("/source/#L").count()
    };
    assert_eq!(doubts(), 1);
    fs::remove_dir_all(project.path("seeds")).unwrap();
    let told = project.succeeds("build");
    assert_eq!(told.matches("is gone; the draft stays").count(), 3, "{told}");
    assert_eq!(doubts(), 0);
    project.succeeds("check");
}
