//! Page images and PDFs: beside the text whose pages they show, or documents that are not transcribed yet.

use super::project::{CONFIG, Project};
use super::serve::Server;

const LETTER: &str = "14 March 1921\n\nDear Miss Harland,\n\nThe room above the bakery is dry and can be heated.\n\n\
    Yours sincerely,\n\nThomas Wardle\n";

/// A JPEG in which a camera wrote where it was.
pub(super) fn jpeg() -> Vec<u8> {
    [
        b"\xFF\xD8".as_slice(),
        b"\xFF\xE1\x00\x0EExif\0\0SECRET",
        b"\xFF\xC0\x00\x0B\x08\0\x40\0\x20\x01\x01\x11\0",
        b"\xFF\xDA\x00\x08\x01\x01\0\0\x3F\0data\xFF\xD9",
    ]
    .concat()
}

fn archive() -> Project {
    Project::new()
        .file("seeds/box/0042.txt", LETTER)
        .file("seeds/box/0042.jpg", jpeg())
        .file("seeds/box/0042 verso.JPG", jpeg())
        .file("seeds/box/0042.pdf", "%PDF-1.4\n%%EOF\n")
        .file("seeds/box/Bill of lading.jpg", jpeg())
        // Half of a picture: what is in it cannot be told.
        .file("seeds/box/half.jpg", &jpeg()[..30])
}

#[test]
fn scans_are_published_beside_their_text_without_secrets() {
    let project = archive();
    let told = project.succeeds("build");
    assert!(told.contains("`box/half.jpg` is damaged and is left out"), "{told}");
    let drafts = project.files("content/documents");
    assert_eq!(drafts.len(), 3, "{:?}", drafts.keys());
    let letter = drafts.iter().find(|(name, _)| name.starts_with("1921")).unwrap();
    let letter = String::from_utf8_lossy(letter.1);
    let files = "files = [\"box/0042.jpg\", \"box/0042.pdf\", \"box/0042 verso.JPG\"]";
    assert!(letter.contains(files), "{letter}");
    let site = project.files("public");
    let page =
        site.keys().find(|p| p.contains("1921-03-14") && p.ends_with("files/0042.jpg")).unwrap();
    let folder = page.strip_suffix("0042.jpg").unwrap();
    assert!(site.contains_key(&format!("{folder}0042-verso.jpg")), "{:?}", site.keys());
    assert_eq!(site[&format!("{folder}0042.pdf")], b"%PDF-1.4\n%%EOF\n");
    let text = String::from_utf8_lossy(&site[&folder.replace("files/", "index.html")]).into_owned();
    assert!(
        text.contains("width=32 height=64") || text.contains("width=\"32\" height=\"64\""),
        "{text}"
    );
    assert!(text.contains("PDF, ") && text.contains("loading=lazy"), "{text}");
    for (path, bytes) in &site {
        assert!(!bytes.windows(6).any(|w| w == b"SECRET"), "{path}");
    }
    assert!(project.succeeds("check").contains("no error in 3 documents"));
    assert!(project.succeeds("build").contains(" 0 written"));
    let server = Server::start(&project);
    assert_eq!(server.get(&format!("/{page}")).status, 200);
    assert!(
        server.get(&format!("/{folder}0042.pdf")).head.to_lowercase().contains("application/pdf")
    );
}

#[test]
fn a_scan_without_a_text_waits_for_one() {
    let project = Project::new().file("seeds/Bill of lading.jpg", jpeg());
    project.succeeds("build");
    let page = "documents/bill-of-lading";
    insta::assert_snapshot!(project.read("content/documents/bill-of-lading.md"));
    let shown = project.read(&format!("public/{page}/index.html"));
    assert!(shown.contains("This document has not been transcribed yet."), "{shown}");
    assert!(project.path(&format!("public/{page}/files/bill-of-lading.jpg")).exists());
    // Its text comes later: the document, and its address, stay.
    project.write("seeds/Bill of lading.txt", LETTER);
    let told = project.succeeds("build");
    assert!(!told.contains("is gone"), "{told}");
    assert_eq!(project.files("content/documents").len(), 1);
    let draft = project.read("content/documents/bill-of-lading.md");
    assert!(draft.contains("seed = \"Bill of lading.txt\""), "{draft}");
    assert!(project.read(&format!("public/{page}/index.html")).contains("bakery"));
    assert!(project.succeeds("ingest").contains("nothing to change"));
}

#[test]
fn a_row_describes_scans() {
    let table = "title,date,files\nA map,1930,\"map back.jpg; map.jpg\"\nA plan,1931,plan\n";
    let project = Project::empty()
        .file("config.toml", format!("{CONFIG}[ingest]\ntables = [\"list.csv\"]\n"))
        .file("seeds/list.csv", table)
        .file("seeds/map.jpg", jpeg())
        .file("seeds/map back.jpg", jpeg())
        .file("seeds/plan.jpg", jpeg());
    let told = project.succeeds("ingest");
    assert!(told.contains("2 rows, 2 with a text or scans"), "{told}");
    let map = project.read("content/documents/1930-a-map.md");
    assert!(map.contains("files = [\"map back.jpg\", \"map.jpg\"]"), "{map}");
    assert!(project.read("content/documents/1931-a-plan.md").contains("files = [\"plan.jpg\"]"));
    insta::assert_snapshot!(project.fails("ingest --explain plan.jpg"));
    assert_eq!(project.files("content/documents").len(), 2);
}

#[test]
fn scans_that_a_person_described_get_no_draft() {
    let front = "+++\ntitle = \"A bill\"\nfiles = [\"IMG_1.jpg\", \"IMG_2.jpg\"]\n+++\n";
    let project = Project::new()
        .file("content/documents/bill.md", front)
        .file("seeds/IMG_1.jpg", jpeg())
        .file("seeds/IMG_2.jpg", jpeg());
    project.succeeds("build");
    assert_eq!(project.files("content/documents").len(), 1);
    // Nor does one come back that somebody gave another name.
    project.write("seeds/IMG_3.jpg", jpeg());
    project.succeeds("build");
    let draft = project.read("content/documents/img-3.md");
    std::fs::remove_file(project.path("content/documents/img-3.md")).unwrap();
    project.write("content/documents/receipt.md", draft);
    project.succeeds("build");
    assert_eq!(project.files("content/documents").len(), 2);
}

#[test]
fn files_that_cannot_be_shown_are_told() {
    let front =
        "+++\ntitle = \"A map\"\nfiles = [\"map.jpg\", \"../config.toml\", \"a.txt\"]\n+++\n";
    let project =
        Project::new().file("content/documents/map.md", front).file("seeds/a.txt", LETTER);
    insta::assert_snapshot!(project.succeeds("build --no-ingest"));
    assert!(!project.path("public/documents/map/files").exists());
}

#[test]
fn a_file_of_a_hidden_document_is_nowhere() {
    let front = "+++\ntitle = \"A chart\"\ndraft = true\nfiles = [\"chart.jpg\"]\n+++\n";
    let project = Project::with_letter()
        .file("content/documents/chart.md", front)
        .file("seeds/chart.jpg", jpeg());
    project.succeeds("build");
    assert_eq!(project.files("content/documents").len(), 2);
    assert!(!project.files("public").keys().any(|path| path.contains("chart")));
}
