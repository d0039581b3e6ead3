//! Whatever lies in `seeds/`: texts of office programs are read, what is not known is set aside.

use super::project::{CONFIG, Project};

#[path = "../support/zip.rs"]
mod support;
use support::zip;

const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// The paragraphs of a DOCX.
pub(super) fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let paragraph = |text: &&str| format!("<w:p><w:r>{text}</w:r></w:p>");
    let body: String = paragraphs.iter().map(paragraph).collect();
    let document = format!("<w:document {NAMES}><w:body>{body}</w:body></w:document>");
    zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())])
}

fn letter() -> Vec<u8> {
    docx(&[
        "<w:t>Ashford Reading Society</w:t><w:br/><w:t>12 Mill Lane, Ashford</w:t>",
        "<w:t>14 March 1921</w:t>",
        "<w:t>Miss Edith Harland</w:t><w:br/><w:t>Secretary, County Library Committee</w:t>",
        "<w:t>Dear Miss Harland,</w:t>",
        "<w:t>The room above the bakery is dry and can be heated. We have read your letter with care.</w:t>\
         <w:commentReference w:id=\"0\"/>",
        "<w:t>Yours sincerely,</w:t>",
        "<w:t>Thomas Wardle</w:t><w:br/><w:t>Chairman, Ashford Reading Society</w:t>",
    ])
}

#[test]
fn nothing_in_seeds_stops_a_build() {
    let project = Project::with_letter()
        .file("seeds/letter.docx", letter())
        .file("seeds/half.docx", &letter()[..400])
        .file("seeds/box.zip", zip(&[("a.txt", b"a")]))
        .file("seeds/box2.zip", zip(&[("a.txt", b"a")]))
        .file("seeds/list.csv", "name,year\nA,1921\n")
        .file("seeds/old.doc", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")
        .file("seeds/hangul.hwpx", zip(&[("mimetype", b"application/hwp+zip")]))
        .file("seeds/song.mp3", b"ID3\x03")
        .file("seeds/empty.txt", "");
    let told = project.succeeds("ingest");
    insta::assert_snapshot!(told);
    let warnings = &told[told.find("warning: ").unwrap()..];
    for command in ["check", "build", "build --no-ingest"] {
        let said = project.succeeds(command);
        let expected = if command.ends_with("ingest") {
            "2 documents"
        } else {
            warnings.split("\n\n").next().unwrap()
        };
        assert!(said.contains(expected), "{command}\n{said}");
    }
    assert!(project.succeeds("check").contains("no error in 2 documents"));
    let server = super::serve::Server::start(&project);
    server.hears("2 seeds are archives of files and are set aside");
    server.shows("/documents/", "Reading Room");
}

#[test]
fn an_office_text_is_a_seed_like_others() {
    let project = Project::new().file("seeds/letter.docx", letter());
    project.succeeds("build");
    let drafts = project.files("content/documents");
    insta::assert_snapshot!(String::from_utf8_lossy(drafts.values().next().unwrap()));
    let run = project.run("ingest --explain letter.docx");
    assert!(run.stdout.contains("read: date"), "{}", run.stdout);
    let site = project.files("public");
    assert_eq!(site["seeds/letter.docx"], letter());
    let slug = "1921-03-14-letter-from-thomas-wardle-to-edith-harland";
    let source = String::from_utf8_lossy(&site[&format!("documents/{slug}/source/index.html")]);
    assert!(source.contains("id=\"L4\"") || source.contains("id=L4"), "{source}");
    assert!(source.contains("14 March 1921") && source.contains("/seeds/letter.docx"), "{source}");
}

#[test]
fn an_empty_archive_with_settings_only_is_no_fault() {
    let project = Project::empty().file("config.toml", CONFIG).file("seeds/a.txt", "");
    assert!(project.succeeds("check").contains("the seed is empty and is set aside"));
}
