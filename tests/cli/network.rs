//! The drawing of the organizations that documents join, and the same as a table.

use super::project::Project;

/// A document whose front matter has some lines besides its title.
fn document(title: &str, lines: &str) -> String {
    format!("+++\ntitle = \"{title}\"\ndate = \"1921-03-14\"\n{lines}\n+++\n\nThe room is dry.\n")
}

fn bodies(names: impl IntoIterator<Item = String>) -> String {
    let parties: Vec<String> =
        names.into_iter().map(|name| format!("{{ organization = \"{name}\" }}")).collect();
    format!("[{}]", parties.join(", "))
}

fn named(names: &[&str]) -> String {
    bodies(names.iter().map(|name| (*name).to_owned()))
}

/// Three bodies that two documents join, and nine more that one of the documents alone names.
fn drawn() -> String {
    let leagues = (1..=9).map(|n| format!("League {n}"));
    let signers = bodies(["Abbey", "Bakery"].map(str::to_owned).into_iter().chain(leagues));
    let letter = format!(
        "creators = {}\nsignatories = {}\nrecipients = {}",
        named(&["Abbey"]),
        named(&["Abbey"]),
        named(&["Bakery", "Council"])
    );
    let open = format!("signatories = {signers}\nrecipients = {}", named(&["Council"]));
    let project = Project::new()
        .file("content/documents/letter.md", document("Letter on a room", &letter))
        .file("content/documents/open.md", document("Open letter", &open));
    project.succeeds("build");
    let page = project.read("public/organizations/index.html");
    page.split_once("<section class=network>").expect("a drawing").1.replace('"', "")
}

#[test]
fn lines_say_what_an_organization_did_by_their_form_and_in_words() {
    let drawing = drawn();
    let (words, rest) = drawing.split_once("class=drawing").unwrap();
    for (role, name) in [("creator", "Wrote"), ("signatory", "Signed"), ("recipient", "Received")] {
        let stroke =
            words.split("<li>").find(|item| item.contains(&format!("<line class={role} ")));
        assert!(stroke.is_some_and(|item| item.contains(name)), "{role}: {words}");
    }
    assert!(!words.contains("copied"), "nobody got a copy: {words}");
    let number = |role: &str| rest.matches(&format!("<line class={role} ")).count();
    // Whoever wrote a document and signed it has one line, that of writing.
    assert_eq!((number("creator"), number("signatory"), number("recipient")), (1, 3, 3), "{rest}");
}

#[test]
fn organizations_of_one_document_alone_are_one_point_that_says_how_many() {
    let drawing = drawn();
    let several = drawing.split("<a ").find(|point| point.contains("class=several"));
    let several = several.expect("a point of several");
    assert!(several.contains(">9</text>") && several.contains("9 organizations"), "{several}");
    assert!(several.contains("href=/documents/open/"), "{several}");
    let (picture, _) =
        drawing.split_once("</svg>\n</div>").or(drawing.split_once("<table")).unwrap();
    assert!(!picture.contains("League 3"), "{picture}");
}

#[test]
fn a_table_says_the_same_as_the_drawing() {
    let drawing = drawn();
    let (_, table) = drawing.split_once("<table").unwrap();
    let (table, _) = table.split_once("</table>").unwrap();
    let heads: Vec<&str> =
        table.split("<th scope=col>").skip(1).map(|head| head.split('<').next().unwrap()).collect();
    assert_eq!(heads, ["Documents", "Wrote", "Signed", "Received"]);
    let row = |title: &str| {
        let row = table.split("<tr>").find(|row| row.contains(title)).unwrap();
        let cells = row.split("<td>").skip(1);
        cells.map(|cell| cell.matches("<li>").count()).collect::<Vec<_>>()
    };
    assert_eq!(row("Open letter"), [0, 11, 1]);
    assert_eq!(row("Letter on a room"), [1, 1, 2]);
    assert!(table.contains("League 3") && table.contains("14 March 1921"), "{table}");
}
