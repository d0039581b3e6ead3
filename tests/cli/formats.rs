//! Whatever lies in `seeds/`: texts of office programs are read, what is not known is set aside.

use super::project::{CONFIG, Project};

#[path = "../support/zip.rs"]
mod support;
use support::zip;

const NAMES: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"";

/// The paragraphs of a DOCX.
pub(super) fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let document = document(paragraphs);
    zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())])
}

fn document(paragraphs: &[&str]) -> String {
    let paragraph = |text: &&str| format!("<w:p><w:r>{text}</w:r></w:p>");
    let body: String = paragraphs.iter().map(paragraph).collect();
    format!("<w:document {NAMES}><w:body>{body}</w:body></w:document>")
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
fn notes_of_an_office_text_keep_all_their_letters() {
    let note =
        |text: &str| format!("{{\\super\\chftn}}{{\\footnote\\pard {{\\super\\chftn}} {text}}}");
    let first = note("If it is dry.");
    let second = note("  Letter of the treasurer, 4 m{\\super 2} of shelves.");
    let rtf = format!(
        "{{\\rtf1\\ansi Dear Miss Harland,\\par\\par We rent the room{first} and the shelves{second}(in all) of the bakery.\\par\\par \
         Yours sincerely,\\par Thomas Wardle\\par}}"
    );
    let project = Project::new().file("seeds/letter.rtf", rtf);
    project.succeeds("ingest");
    let drafts = project.files("content/documents");
    let draft = String::from_utf8_lossy(drafts.values().next().unwrap());
    assert!(draft.contains("[^1]: If it is dry.\n"), "{draft}");
    assert!(draft.contains("[^2]: Letter of the treasurer, 4 m² of shelves.\n"), "{draft}");
    assert!(draft.contains("the shelves[^2]\\(in all)"), "{draft}");
    project.succeeds("build");
}

#[test]
fn a_title_shows_brackets_as_the_text_has_them() {
    let project = Project::new().file(
        "seeds/list.docx",
        docx(&[
            "<w:t>Of the room [upper floor](bakery)</w:t>",
            "<w:t>The room above the bakery is dry and can be heated, and there is space for books.</w:t>",
        ]),
    );
    project.succeeds("build");
    let drafts = project.files("content/documents");
    let draft = String::from_utf8_lossy(drafts.values().next().unwrap());
    assert!(draft.contains("title = \"Of the room [upper floor](bakery)\""), "{draft}");
}

#[test]
fn an_empty_archive_with_settings_only_is_no_fault() {
    let project = Project::empty().file("config.toml", CONFIG).file("seeds/a.txt", "");
    assert!(project.succeeds("check").contains("the seed is empty and is set aside"));
}

#[test]
fn who_used_the_program_is_a_doubtful_author() {
    let core = "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
        xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\">\
        <dc:title>Minutes of the Society</dc:title><dc:creator>Edith Harland</dc:creator>\
        <dcterms:created>2009-05-06T10:00:00Z</dcterms:created></cp:coreProperties>";
    let of = |paragraphs: &[&str]| {
        let body = document(paragraphs);
        zip(&[
            ("[Content_Types].xml", b"<Types/>"),
            ("word/document.xml", body.as_bytes()),
            ("docProps/core.xml", core.as_bytes()),
        ])
    };
    let project = Project::new()
        .file(
            "seeds/notes.docx",
            of(&["<w:t>The room above the bakery is dry and can be heated. We have read the letter with care.</w:t>"]),
        )
        .file(
            "seeds/letter.docx",
            of(&[
                "<w:t>14 March 1921</w:t>",
                "<w:t>Dear Miss Holt,</w:t>",
                "<w:t>The room above the bakery is dry and can be heated. We have read your letter with care.</w:t>",
                "<w:t>Yours sincerely,</w:t>",
                "<w:t>Thomas Wardle</w:t>",
            ]),
        );
    project.succeeds("ingest");
    let draft = |seed: &str| {
        let drafts = project.files("content/documents").into_values();
        let texts = drafts.map(|bytes| String::from_utf8(bytes).unwrap());
        texts.into_iter().find(|text| text.contains(&format!("seed = \"{seed}\""))).unwrap()
    };
    let notes = draft("notes.docx");
    assert!(
        notes.contains("person = \"Edith Harland\"") && notes.contains("date = \"2009-05-06\"")
    );
    for doubt in ["the author is the file's", "on which the file was made"] {
        assert!(notes.contains(doubt), "{notes}");
    }
    assert!(
        !notes.contains("kind = \"article\"") && !notes.contains("kind = \"minutes\""),
        "{notes}"
    );
    let letter = draft("letter.docx");
    assert!(letter.contains("Thomas Wardle") && letter.contains("date = \"1921-03-14\""));
    assert!(!letter.contains("Edith Harland") && !letter.contains("2009"), "{letter}");
}
