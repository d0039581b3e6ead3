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

/// What other programs write, each with a letter: the name of the file and its text.
const EXPORTS: [(&str, &str); 5] = [
    // Omeka Classic, "CSV Export".
    (
        "omeka.csv",
        "Dublin Core:Title,Dublin Core:Creator,Dublin Core:Date,Dublin Core:Type,Dublin Core:Identifier,tags,file\n\
         Letter on the quay,\"Holt, Mary\",1921-03-14,Letter,Q 1,\"quay, roof\",quay.txt\n",
    ),
    // AtoM, "ISAD CSV".
    (
        "atom.csv",
        "legacyId,parentId,identifier,title,levelOfDescription,eventDates,eventActors,language,scopeAndContent,digitalObjectPath\n\
         7,,Q 1,Letter on the quay,Item,14 March 1921,\"Holt, Mary\",en,About the roof.,quay.txt\n",
    ),
    // Zotero, CSV.
    (
        "zotero.csv",
        "\"Key\",\"Item Type\",\"Publication Year\",\"Author\",\"Title\",\"Abstract Note\",\"Date\",\"Manual Tags\",\"Archive Location\",\"File Attachments\"\n\
         \"AB12\",\"letter\",\"1921\",\"Holt, Mary\",\"Letter on the quay\",\"About the roof.\",\"1921-03-14\",\"quay; roof\",\"Q 1\",\"quay.txt\"\n",
    ),
    // Zotero, CSL-JSON.
    (
        "zotero.json",
        "[{\"id\": \"Q 1\", \"type\": \"personal_communication\", \"genre\": \"letter\", \"title\": \"Letter on the quay\",\n\
         \"author\": [{\"family\": \"Holt\", \"given\": \"Mary\"}], \"issued\": {\"date-parts\": [[1921, 3, 14]]}, \"file\": \"quay.txt\"}]\n",
    ),
    // Zotero, "Zotero RDF" with files.
    (
        "library/zotero.rdf",
        "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" xmlns:z=\"http://www.zotero.org/namespaces/export#\" \
         xmlns:bib=\"http://purl.org/net/biblio#\" xmlns:foaf=\"http://xmlns.com/foaf/0.1/\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" \
         xmlns:link=\"http://purl.org/rss/1.0/modules/link/\">\n\
         <bib:Letter rdf:about=\"#item_3\"><z:itemType>letter</z:itemType><bib:authors><rdf:Seq><rdf:li><foaf:Person>\
         <foaf:surname>Holt</foaf:surname><foaf:givenName>Mary</foaf:givenName></foaf:Person></rdf:li></rdf:Seq></bib:authors>\
         <link:link rdf:resource=\"#item_5\"/><dc:title>Letter on the quay</dc:title><dc:date>1921-03-14</dc:date><dc:coverage>Q 1</dc:coverage></bib:Letter>\n\
         <z:Attachment rdf:about=\"#item_5\"><z:itemType>attachment</z:itemType><rdf:resource rdf:resource=\"files/5/quay.txt\"/></z:Attachment>\n\
         </rdf:RDF>\n",
    ),
];

#[test]
fn what_other_programs_export_describes_documents() {
    for (name, text) in EXPORTS {
        // Zotero puts files into folders beside its export.
        let text_at = if name.ends_with(".rdf") { "library/files/5/quay.txt" } else { "quay.txt" };
        let project = Project::empty()
            .file("config.toml", format!("{CONFIG}[ingest]\ntables = [\"{name}\"]\n"))
            .file(&format!("seeds/{text_at}"), "The roof of the shed on the quay has come down.\n")
            .file(&format!("seeds/{name}"), text);
        project.succeeds("ingest");
        let drafts = project.files("content/documents");
        assert_eq!(drafts.len(), 1, "{name}: {:?}", drafts.keys());
        let draft = String::from_utf8_lossy(drafts.values().next().unwrap()).into_owned();
        for part in [
            "title = \"Letter on the quay\"",
            "date = \"1921-03-14\"",
            "kind = \"letter\"",
            "person = \"Mary Holt\"",
            "references = [\"Q 1\"]",
        ] {
            // AtoM has no kinds of documents.
            if !(name == "atom.csv" && part.starts_with("kind")) {
                assert!(draft.contains(part), "{name}: {part}\n{draft}");
            }
        }
    }
}
