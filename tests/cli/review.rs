//! `fonds review`: doubts are listed worst first, and settled one by one.

use super::project::Project;

const DOUBTS: &str = "+++
# as the catalogue has it
title = \"Letter on the Reading Room\"   # supplied
kind = \"letter\"

[source]
seed = \"room.txt\"
lines = [1, 9]

# the stamp is of 1922
[[review]]
field = \"title\"
reason = \"the title is taken from the text\"
line = 5

[[review]]
field = \"date\"
reason = \"the year is missing\"
line = 3

[extra]
box = 12
+++

The room above the bakery is dry.
";

const SEED: &str = "Ashford\n\n14 March\u{7}\n\nThe room above the bakery is dry.\n";

fn with_doubts() -> Project {
    Project::with_letter()
        .file("content/documents/room.md", DOUBTS)
        .file("content/documents/b.md", DOUBTS.replace("line = 3", "line = 99"))
        .file("seeds/room.txt", SEED)
}

const FILE: &str = "content/documents/room.md";

#[test]
fn doubts_are_listed_worst_first_with_their_evidence() {
    let run = with_doubts().run("review");
    assert_eq!(run.status, Some(0));
    insta::assert_snapshot!(format!("{}---\n{}", run.stdout, run.stderr));
}

#[test]
fn a_long_line_is_cut_for_people_only() {
    let project = with_doubts().file("seeds/room.txt", format!("a\n\n{}\n", "é".repeat(999)));
    let text = project.run("review --field date --file room").stdout;
    assert!(text.contains(&format!(": {}…\n", "é".repeat(200))), "{text}");
    let json = project.run("review --field date --file room --format json").stdout;
    assert!(json.contains(&"é".repeat(999)));
}

#[test]
fn doubts_are_listed_by_file_and_field_and_for_machines() {
    let project = with_doubts();
    let run = project.run("review --file room --field date --format json");
    let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let expected = serde_json::json!([{
        "path": FILE, "line": 16, "field": "date", "reason": "the year is missing",
        "evidence": { "seed": "seeds/room.txt", "line": 3, "text": "14 March\u{FFFD}" },
    }]);
    assert_eq!(told, expected);
    assert_eq!(project.run("review --file reading-room").stderr, "no doubt is open\n");
    insta::assert_snapshot!(project.refuses("review --file roon"));
    insta::assert_snapshot!(project.refuses("review --field datte"));
}

#[test]
fn to_settle_a_doubt_removes_its_entry_and_nothing_else() {
    let project = with_doubts();
    let told = project.succeeds("review accept room.md date");
    assert_eq!(told, format!("{FILE}: date stays as it is, 1 doubt settled\n"));
    let entry = "\n[[review]]\nfield = \"date\"\nreason = \"the year is missing\"\nline = 3\n";
    assert_eq!(project.read(FILE), DOUBTS.replacen(entry, "", 1));
    // Windows line ends and a byte order mark.
    let windows = format!("\u{FEFF}{}", DOUBTS.replace('\n', "\r\n"));
    project.write(FILE, &windows);
    project.succeeds("review accept content/documents/room.md date");
    assert_eq!(project.read(FILE), windows.replacen(&entry.replace('\n', "\r\n"), "", 1));
}

#[test]
fn a_value_may_be_set_at_once() {
    let project = with_doubts();
    let mut command = project.command("review accept room date");
    project.finish(command.arg("1921-03-14").output().unwrap());
    let text = project.read(FILE);
    assert!(text.contains("# supplied\ndate = \"1921-03-14\"\nkind"), "{text}");
    assert!(!text.contains("field = \"date\""), "{text}");
    let list = "[{ person = \"Thomas Wardle\" }]";
    project.write(FILE, DOUBTS.replace("field = \"title\"", "field = \"creators\""));
    let output = project.command("review accept room creators").arg(list).output().unwrap();
    assert_eq!(project.finish(output).status, Some(0));
    assert!(project.read(FILE).contains(&format!("\ncreators = {list}\n")));
    project.succeeds("build");
}

#[test]
fn what_cannot_be_settled_is_told_and_nothing_is_written() {
    let project = with_doubts();
    insta::assert_snapshot!(project.fails("review accept room dates"));
    insta::assert_snapshot!(project.fails("review accept room date --line 7"));
    insta::assert_snapshot!(project.fails("review accept room date yesterday"));
    insta::assert_snapshot!(project.fails("review accept reading-room date"));
    project.write("content/documents/twice.md", DOUBTS.replace("\"title\"\nr", "\"date\"\nr"));
    insta::assert_snapshot!(project.fails("review accept twice date"));
    project.write(
        "content/documents/yaml.md",
        "---\ntitle: A\nreview:\n- {field: date, reason: none}\n---\n",
    );
    insta::assert_snapshot!(project.fails("review accept yaml date"));
    project.write("content/documents/c/room.md", DOUBTS);
    insta::assert_snapshot!(project.refuses("review accept room date"));
    assert_eq!(project.read(FILE), DOUBTS);
}

#[test]
fn a_settled_draft_is_a_persons() {
    let project = Project::new().file(
        "seeds/letter.txt",
        "3/4/1921\n\nDear Sir,\n\nThe room is dry and warm.\n\nYours,\n\nT. Wardle\n",
    );
    project.succeeds("ingest");
    let list = project.run("review --format json").stdout;
    let doubts: serde_json::Value = serde_json::from_str(&list).unwrap();
    let (file, field) = (doubts[0]["path"].as_str().unwrap(), doubts[0]["field"].as_str().unwrap());
    project.succeeds(&format!("review accept {file} {field}"));
    let settled = project.read(file);
    assert_eq!(project.succeeds("ingest"), "nothing to change in content/\n");
    project.write(
        "seeds/letter.txt",
        "3/4/1921\n\nDear Sir,\n\nThe room is damp and cold.\n\nYours,\n\nT. Wardle\n",
    );
    project.succeeds("ingest");
    assert_eq!(project.read(file), settled, "what a person settled is never written over");
}

/// A letter whose signatory may be of the family Soo or Han.
const OF_TWO_ORDERS: &str = "14 March 1921

Mr. Thomas Wardle
Ashford Reading Society

Dear Mr. Wardle,

The room above the bakery is dry.

Yours sincerely,

Soo Bin Han
Secretary
";

#[test]
fn the_order_of_a_name_is_a_doubt_of_its_record() {
    let project = Project::new().file("seeds/letter.txt", OF_TWO_ORDERS);
    project.succeeds("ingest");
    let file = "content/people/soo-bin-han.md";
    let reason = "the name does not show which part is the family name";
    let listed = project.run("review --field sort_name");
    assert_eq!(listed.stdout, format!("{file}:4: sort_name: {reason}\n"));
    let told = "1 open doubt in 1 file; settle one with `fonds review accept FILE FIELD`\n";
    assert_eq!(listed.stderr, told);
    assert!(project.run("check").stderr.contains(&format!("`sort_name` is in doubt: {reason}")));
    let output =
        project.command("review accept soo-bin-han sort_name").arg("Han, Soo Bin").output();
    assert_eq!(project.finish(output.unwrap()).status, Some(0));
    let record = "+++\ntitle = \"Soo Bin Han\"\nsort_name = \"Han, Soo Bin\"\n+++\n";
    assert_eq!(project.read(file), record);
    assert_eq!(
        project.read("content/people/thomas-wardle.md").matches("Wardle, Thomas").count(),
        1
    );
    assert_eq!(project.succeeds("ingest"), "nothing to change in content/\n");
    assert_eq!(project.run("review --field sort_name").stderr, "no doubt is open\n");
}

#[test]
fn a_draft_with_an_open_doubt_outlives_its_seed() {
    let seed = "Friday, 14 March 1921\n\nDear Sir,\n\nThe room is dry.\n\nYours faithfully,\n\nEdith Harland\n";
    let project = Project::new().file("seeds/letter.txt", seed);
    assert!(project.succeeds("build").contains("1 open doubt: "));
    std::fs::remove_file(project.path("seeds/letter.txt")).unwrap();
    let told = project.succeeds("build");
    assert!(told.contains("letter.txt is gone; the draft stays until you delete it"), "{told}");
    assert!(told.contains("1 open doubt: "), "{told}");
}
