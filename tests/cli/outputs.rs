//! What the files beside a page, and its words in search, keep of a text.

use std::process::Command;

use super::project::{LETTER, Project};

/// A text with everything that is no plain word: numbers of lists, marks of notes, cells, a caption.
const TEXT: &str = "# Notes\n\n1921. A bad year for hay.[^a]\n\n1897. Rain.\n\n> One voice.\n>\n> Another.\n\n\
    | Field | Yield |\n|---|---|\n| Upper | poor |\n\n![The ruined barn](/barn.jpg)\n\n[^a]: See the ledger.\n";

fn archive() -> Project {
    let text = LETTER.replacen("The room above the bakery is dry and can be heated.\n", TEXT, 1);
    let config =
        "base_url = \"https://example.org\"\ntitle = \"Letters\"\n[outputs]\ntext = true\n";
    Project::empty()
        .file("config.toml", config)
        .file("static/barn.jpg", "")
        .file("content/documents/reading-room.md", text)
}

#[test]
fn a_plain_text_keeps_numbers_marks_cells_and_captions() {
    let project = archive();
    project.succeeds("build");
    let text = project.read("public/documents/reading-room/text.txt");
    assert_eq!(
        text.split_once("/reading-room/\n\n").unwrap().1,
        "Notes\n\n1921. A bad year for hay.[a]\n\n1897. Rain.\n\nOne voice.\nAnother.\n\n\
         Field\tYield\nUpper\tpoor\n\nThe ruined barn\n\n[a] See the ledger.\n"
    );
    // Any host's browser reads it as UTF-8.
    assert!(text.starts_with("\u{feff}Letter on the Reading Room\n"), "{text}");
    let page = project.read("public/documents/reading-room/index.html");
    assert!(page.contains(" value=1897>") || page.contains(" value=\"1897\">"), "{page}");
}

/// A letter that speaks of its own parts by number, with lists of two forms, one inside the other.
const PARTS: &str = "You asked for three things.\n\n1. The minutes of May;\n2. the letters:\n\n   3. of 1911,\n   4. of 1912;\n\n\
    7) the plan of the sheds.\n\nPart 2 is withheld, part 7 is enclosed.\n";

#[test]
fn a_plain_text_keeps_the_numbers_of_lists_within_lists() {
    let text = LETTER.replacen("The room above the bakery is dry and can be heated.\n", PARTS, 1);
    let project = archive().file("content/documents/reading-room.md", text);
    project.succeeds("build");
    let text = project.read("public/documents/reading-room/text.txt");
    for line in [
        "1. The minutes of May;",
        "2. the letters:",
        "3. of 1911,",
        "4. of 1912;",
        "7. the plan of the sheds.",
    ] {
        assert!(
            text.contains(line) || text.contains(&line.replacen('.', ")", 1)),
            "{line}\n{text}"
        );
    }
}

#[test]
fn search_finds_numbers_marks_cells_and_captions() {
    let project = archive();
    project.succeeds("build");
    let index = project.path("public/search/index");
    let manifest = std::fs::read_dir(index).unwrap().map(|file| file.unwrap().path());
    let manifest = manifest.into_iter().find(|p| p.to_string_lossy().contains("/manifest."));
    let queries =
        ["1921", "\"1921 a bad year\"", "1897", "yield", "barn", "\"voice another\"", "hay"];
    let output = Command::new("node")
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/documents/queries.mjs"))
        .arg(manifest.unwrap())
        .args(queries)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let found: Vec<Vec<String>> = serde_json::from_slice(&output.stdout).unwrap();
    for (query, found) in queries.iter().zip(found) {
        assert_eq!(found, ["documents/reading-room/"], "{query}");
    }
}
