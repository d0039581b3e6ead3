//! Tables as records: what a spreadsheet says of documents.

use super::ingest::SEED as LETTER;
use super::project::{CONFIG, Project};

const TABLE: &str = "Identifier,Title,Creator,Addressee,Date,File name,Subject,Remark
ARS 7,The room above the bakery,\"Wardle, Tom; Ashford Reading Society\",,15 March 1921,letter.txt,Rooms; Books,private
ARS 8,\"A map, lost\",Mary Holt,County Library Committee,c. 1930,,,
ARS 9,A bill,,,Lady Day,bill.txt,,
";

fn archive() -> Project {
    Project::empty()
        .file("config.toml", format!("{CONFIG}[ingest]\ntables = [\"catalogue.csv\"]\n"))
        .file("seeds/letter.txt", LETTER)
        .file("seeds/other.txt", LETTER.replace("14 March", "2 May").replace("bakery", "forge"))
        .file("seeds/catalogue.csv", TABLE)
}

#[test]
fn a_row_says_more_than_a_text() {
    let project = archive();
    insta::assert_snapshot!(project.succeeds("ingest"));
    let drafts = project.files("content/documents");
    let texts: Vec<String> = drafts
        .iter()
        .map(|(name, text)| format!("== {name} ==\n\n{}", String::from_utf8_lossy(text)))
        .collect();
    insta::assert_snapshot!(texts.join("\n"));
    assert_eq!(
        project.succeeds("ingest").lines().next(),
        Some(
            "seeds/catalogue.csv: 3 rows, 1 with a text or scans: \
        Identifier → references, Title → title, Creator → creators, Addressee → recipients, Date → date, \
        File name → file, Subject → topics; not used: Remark"
        )
    );
    assert!(project.succeeds("ingest").contains("nothing to change in content/"));
}

#[test]
fn nothing_of_a_table_is_published_but_what_it_says_of_documents() {
    let project = archive();
    project.succeeds("build");
    let site = project.files("public");
    assert!(!site.keys().any(|path| path.contains("catalogue")), "{:?}", site.keys());
    assert!(site.contains_key("documents/1930-a-map-lost/index.html"), "{:?}", site.keys());
    for (path, bytes) in &site {
        assert!(!String::from_utf8_lossy(bytes).contains("private"), "{path}");
    }
}

#[test]
fn a_new_row_moves_no_document() {
    let project = archive();
    project.succeeds("ingest");
    let before = project.files("content/documents");
    let (head, rows) = TABLE.split_once('\n').unwrap();
    project.write("seeds/catalogue.csv", format!("{head}\nARS 1,A first row,,,1900,,,\n{rows}"));
    project.succeeds("ingest");
    let after = project.files("content/documents");
    assert_eq!(after.len(), before.len() + 1);
    for (path, old) in before {
        let titled = |text: &[u8]| String::from_utf8_lossy(text).lines().nth(1).unwrap().to_owned();
        assert_eq!(titled(&after[&path]), titled(&old), "{path}");
    }
}

#[test]
fn columns_that_are_not_understood() {
    let config = |columns: &str| {
        format!("{CONFIG}[ingest]\ntables = [\"a.csv\"]\n[ingest.columns]\n{columns}\n")
    };
    let project = Project::empty()
        .file("config.toml", config(""))
        .file("seeds/a.csv", "Wer;Was\nMary Holt;Brief an die Stadt\n");
    insta::assert_snapshot!(project.succeeds("build"));
    project.write("config.toml", config("title = \"Was\"\ncreators = \"wer\"\ndate = \"Wenn\""));
    insta::assert_snapshot!(project.succeeds("ingest"));
    assert!(project.path("content/documents/brief-an-die-stadt.md").exists());
    project.write("seeds/a.csv", " \n");
    insta::assert_snapshot!(project.succeeds("ingest"));
    project.write("config.toml", format!("{CONFIG}[ingest]\ntables = [\"b.csv\"]\n"));
    insta::assert_snapshot!(project.fails("check"));
}
