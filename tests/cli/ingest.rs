//! Seeds become drafts, drafts belong to people.

use super::project::{Project, link};

/// A letter of one page.
pub(super) const SEED: &str = "Ashford Reading Society
12 Mill Lane
Ashford

14 March 1921

Miss Edith Harland
Secretary, County Library Committee

Dear Miss Harland,

The room above the bakery is dry and can be heated.

Yours sincerely,

Thomas Wardle
Chairman, Ashford Reading Society
";

fn with_seed() -> Project {
    Project::new().file("seeds/letter.txt", SEED)
}

/// The one document that was drafted.
fn draft(project: &Project) -> String {
    let files = project.files("content/documents");
    assert_eq!(files.len(), 1, "{:?}", files.keys());
    format!("content/documents/{}", files.into_keys().next().unwrap())
}

#[test]
fn a_seed_becomes_a_draft_and_a_second_run_changes_nothing() {
    let project = with_seed();
    project.succeeds("ingest");
    insta::assert_snapshot!(project.read(&draft(&project)));
    let before = project.files("content");
    assert_eq!(project.succeeds("ingest"), "nothing to change in content/\n");
    project.succeeds("build");
    assert_eq!(project.files("content"), before);
    assert_eq!(project.read("seeds/letter.txt"), SEED);
}

#[test]
fn a_build_drafts_first_unless_told_not_to() {
    let project = with_seed();
    let told = project.succeeds("build --no-ingest");
    assert!(told.starts_with("0 documents, "), "{told}");
    assert!(!project.path("content").exists());
    assert!(project.succeeds("build").contains("\n1 document, "));
}

#[test]
fn a_draft_that_nobody_touched_follows_its_seed() {
    let project = with_seed();
    project.succeeds("ingest");
    project.write("seeds/letter.txt", SEED.replace("is dry", "is damp"));
    project.succeeds("ingest");
    assert!(project.read(&draft(&project)).contains("the bakery is damp"));
}

#[test]
fn an_edited_draft_is_never_written() {
    let project = with_seed();
    project.succeeds("ingest");
    let path = draft(&project);
    let edited = project.read(&path).replace("is dry", "was dry");
    project.write(&path, &edited);
    project.write("seeds/letter.txt", SEED.replace("heated", "lit"));
    project.succeeds("build");
    assert_eq!(project.read(&path), edited);
    let run = project.run("ingest --diff");
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    insta::assert_snapshot!(run.stdout);
    assert_eq!(project.read(&path), edited);
}

#[test]
fn a_deleted_draft_does_not_come_back() {
    let project = with_seed();
    project.succeeds("ingest");
    std::fs::remove_file(project.path(&draft(&project))).unwrap();
    project.succeeds("build");
    assert!(project.files("content/documents").is_empty());
}

#[test]
fn a_seed_can_be_explained() {
    let project = with_seed();
    let run = project.run("ingest --explain letter.txt");
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    insta::assert_snapshot!(run.stdout);
    assert!(!project.path("content").exists());
    insta::assert_snapshot!(project.fails("ingest --explain lettre.txt"));
}

#[test]
fn a_seed_that_cannot_be_read_keeps_no_other_from_its_draft() {
    let project = with_seed();
    link("/etc/hostname", &project.path("seeds/outside.txt"));
    insta::assert_snapshot!(project.succeeds("ingest"));
    assert!(project.path(&draft(&project)).exists());
    let told = project.succeeds("build");
    assert!(told.contains("1 document, "), "{told}");
}

/// Two notes without a sign that would part them, and one more line.
const NOTES: &str = "The reading room was opened on a cold day.\nNobody came.\n\nThe roof was mended in the spring.\n\
                     Many came.\n\nThe stove was lit.\n";

fn said_of(seed: &str, keys: &str) -> String {
    format!("{}\n[ingest.seeds.\"{seed}\"]\n{keys}\n", super::project::CONFIG)
}

/// First and last lines of all drafts, sorted.
fn lines_of_drafts(project: &Project) -> Vec<String> {
    let files = project.files("content/documents").into_values();
    let text = |file: Vec<u8>| String::from_utf8(file).unwrap();
    let mut lines: Vec<String> = files
        .filter_map(|file| Some(text(file).lines().find(|l| l.starts_with("lines = "))?.to_owned()))
        .collect();
    lines.sort();
    lines
}

#[test]
fn a_person_sets_the_boundaries_of_a_seed() {
    let project = Project::new().file("seeds/Box 3/notes.txt", NOTES);
    project.succeeds("ingest");
    assert_eq!(lines_of_drafts(&project), ["lines = [1, 7]"]);
    project.write("config.toml", said_of("Box 3/notes.txt", "split = [4, 7]"));
    project.succeeds("ingest");
    assert_eq!(lines_of_drafts(&project), ["lines = [1, 2]", "lines = [4, 5]", "lines = [7, 7]"]);
    assert_eq!(project.succeeds("ingest"), "nothing to change in content/\n");
}

#[test]
fn a_person_forbids_a_boundary() {
    let second = SEED.replace("14 March", "18 March").replace("is dry", "is damp");
    let project = Project::new().file("seeds/both.txt", format!("{SEED}\n\n{second}"));
    project.succeeds("ingest");
    let parted = lines_of_drafts(&project);
    assert_eq!(parted.len(), 2, "{parted:?}");
    project.write("config.toml", said_of("both.txt", "join = true"));
    // The first draft follows; nothing of the second is deleted.
    let told = project.succeeds("ingest");
    assert!(told.contains("its place in the seed both.txt is gone; the draft stays"), "{told}");
    let joined = lines_of_drafts(&project);
    assert_eq!(joined, ["lines = [1, 36]".to_owned(), parted[1].clone()]);
    let project = Project::new()
        .file("seeds/both.txt", format!("{SEED}\n\n{second}"))
        .file("config.toml", said_of("both.txt", "join = true"));
    project.succeeds("ingest");
    assert!(project.read(&draft(&project)).contains("is damp"));
}

#[test]
fn a_boundary_that_is_set_later_leaves_what_people_edited() {
    let project = Project::new().file("seeds/notes.txt", NOTES);
    project.succeeds("ingest");
    let path = draft(&project);
    let edited = project.read(&path).replace("cold day", "fine day");
    project.write(&path, &edited);
    project.write("config.toml", said_of("notes.txt", "split = [4]"));
    project.succeeds("ingest");
    assert_eq!(project.read(&path), edited);
    // Beside it there is a draft of the part that it does not follow.
    assert_eq!(lines_of_drafts(&project), ["lines = [1, 2]", "lines = [1, 7]"]);
    assert_eq!(project.succeeds("ingest"), "nothing to change in content/\n");
}

#[test]
fn a_seed_can_be_left_alone() {
    let project = with_seed()
        .file("seeds/notes.txt", NOTES)
        .file("config.toml", said_of("notes.txt", "ignore = true"));
    project.succeeds("ingest");
    assert!(project.read(&draft(&project)).contains("bakery"));
}

#[test]
fn a_boundary_that_cannot_be_is_told() {
    let project = Project::new()
        .file("seeds/notes.txt", NOTES)
        .file("config.toml", said_of("notes.txt", "split = [4, 88]"));
    insta::assert_snapshot!(project.fails("ingest"));
    assert!(!project.path("content/documents").exists());
    project.write("config.toml", said_of("notes.txt", "join = true\nsplit = [4]"));
    insta::assert_snapshot!(project.fails("ingest"));
    project.write("config.toml", said_of("notes.txt", "split = [0]"));
    insta::assert_snapshot!(project.fails("ingest"));
    project.write("config.toml", said_of("notes.txt", "split = []"));
    insta::assert_snapshot!(project.fails("ingest"));
    project.write("config.toml", said_of("notes.tx", "join = true"));
    insta::assert_snapshot!(project.succeeds("ingest"));
}

#[test]
fn machines_get_the_claims_of_a_seed() {
    let project = with_seed();
    let claims = |arguments: &str| -> Vec<serde_json::Value> {
        let run = project.run(arguments);
        assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
        let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(told["lines"][0]["text"], "Ashford Reading Society");
        told["documents"][0]["claims"].as_array().unwrap().clone()
    };
    let verdict = |claims: &[serde_json::Value]| {
        let date = claims.iter().find(|c| c["field"] == "date").unwrap();
        assert_eq!((&date["value"], &date["line"]), (&"`1921-03-14`".into(), &5.into()));
        date["verdict"].clone()
    };
    assert_eq!(verdict(&claims("ingest --explain letter.txt --format json")), "chosen");
    // For development: with other bounds nothing is believed.
    let other = claims("ingest --explain letter.txt --format json --bounds 101,101,0");
    assert_eq!(verdict(&other), "weak");
    assert!(project.refuses("ingest --bounds 75,45").contains("three whole numbers"));
    assert!(!project.run("ingest --help").stdout.contains("--bounds"));
}

#[test]
fn a_folder_tells_in_which_encoding_a_doubtful_seed_is() {
    let letter = |n: usize| {
        let text = format!(
            "Paris, le {n} mai 1931\n\nMonsieur,\n\nNous avons reçu votre lettre, et la fête de l’école a été très réussie. \
             Les élèves vous remercient de la bibliothèque que vous leur avez donnée.\n\nVeuillez agréer nos salutations.\n\nJean Roux\n"
        );
        encoded(&text)
    };
    let config = "base_url = \"https://example.org\"\ntitle = \"T\"\n\n[ingest]\nlanguages = [\"fr\", \"pl\"]\n";
    let read = |project: &Project| {
        let files = project.files("content/documents").into_values();
        files
            .map(|text| String::from_utf8(text).unwrap())
            .find(|text| text.contains("seed = \"note.txt\""))
            .unwrap()
    };
    let alone =
        Project::empty().file("config.toml", config).file("seeds/note.txt", encoded("fête\n"));
    alone.succeeds("ingest");
    assert!(read(&alone).contains("field = \"source\""), "{}", read(&alone));
    let mut among =
        Project::empty().file("config.toml", config).file("seeds/note.txt", encoded("fête\n"));
    for n in 1..5 {
        among = among.file(&format!("seeds/{n}.txt"), letter(n));
    }
    among.succeeds("ingest");
    let note = read(&among);
    assert!(note.contains("encoding = \"windows-1252\"") && note.contains("fête"), "{note}");
}

/// A text in windows-1252, which has no letter of these beyond Latin-1 but the apostrophe.
fn encoded(text: &str) -> Vec<u8> {
    let byte = |c: char| if c == '’' { 0x92 } else { u8::try_from(u32::from(c)).unwrap() };
    text.chars().map(byte).collect()
}

const PAGES: &str = "Leeds, 6 May 1931

Dear Mr. Orme,

The rent is four pounds a year, and nobody has asked for it since the house was
\u{c}Page 2 of 3
sold. I shall come on Monday, and bring the key of the gate and the two books of
\u{c}Page 3 of 3
accounts that you lent to my father.

Yours faithfully,

Jane Readman
";

#[test]
fn the_page_of_a_source_marks_what_the_text_leaves_out() {
    let project = Project::new().file("seeds/l.txt", PAGES);
    let page = |project: &Project| {
        project.succeeds("build");
        let files = project.files("public/documents");
        let found = files.iter().find(|(path, _)| path.ends_with("source/index.html"));
        String::from_utf8_lossy(found.unwrap().1).into_owned()
    };
    let first = page(&project);
    for line in ["Page 2 of 3", "Page 3 of 3"] {
        // The sign of a new page is before it.
        assert!(first.contains(&format!("{line}</del>")), "{first}");
    }
    assert_eq!(first.matches("<del>").count(), 2, "{first}");
    assert!(first.contains("struck through"), "{first}");
    assert!(project.read("content/ingest.lock").contains("\t6,8\n"));
    // The marks stay on the page of a draft that a person corrected.
    let path = "content/documents/1931-05-06-letter-from-jane-readman-to-orme.md";
    project.write(path, project.read(path).replace("four pounds", "five pounds"));
    project.succeeds("ingest");
    assert_eq!(page(&project).matches("<del>").count(), 2);
    // A seed that is another one now says nothing of the text.
    project.write("seeds/l.txt", PAGES.replace("Monday", "Friday"));
    assert_eq!(page(&project).matches("<del>").count(), 0);
}
