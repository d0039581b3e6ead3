//! Anchors of paragraphs: they go by content, and old ones lead to what a paragraph says now.

use regex::Regex;

use super::ingest::SEED;
use super::project::{CONFIG, Project};

const HEAD: &str = "+++\ntitle = \"Report\"\ndate = \"1921-03-14\"\n+++\n\n";
const TEXT: &str = "The books have come from the town.\n\nTwo of them are damp and must be dried.\n\n- First the atlas.\n- Then the maps.\n\nNobody knows who sent them here.\n";

fn with_text(text: &str) -> Project {
    Project::new().file("content/documents/report.md", format!("{HEAD}{text}"))
}

/// The page of the document, once a text is published.
fn page(project: &Project, text: &str, arguments: &str) -> String {
    project.write("content/documents/report.md", format!("{HEAD}{text}"));
    project.succeeds(arguments);
    project.read("public/documents/report/index.html")
}

/// The anchor of the element that begins with some words.
fn anchor_of(page: &str, words: &str) -> String {
    let text = &page[page.find("id=text").or_else(|| page.find("id=\"text\"")).unwrap()..];
    let before = &text[..text.find(words).unwrap_or_else(|| panic!("no `{words}` in {page}"))];
    let ids = Regex::new(r#"<(?:p|li|div) id="?(p-[a-z0-9-]+)"#).unwrap();
    ids.captures_iter(before).last().unwrap()[1].to_owned()
}

/// The text of a page, without its record.
fn text_of(page: &str) -> &str {
    &page[page.find("id=text").unwrap()..page.find("<aside").unwrap()]
}

/// The words that an anchor leads to.
fn leads_to<'a>(page: &'a str, anchor: &str) -> &'a str {
    let id = Regex::new(&format!("id=\"?{anchor}[\" >]")).unwrap();
    assert_eq!(id.find_iter(page).count(), 1, "{anchor} in {page}");
    &page[id.find(page).unwrap().start()..]
}

#[test]
fn what_happens_to_other_paragraphs_leaves_an_anchor_as_it_is() {
    let project = with_text(TEXT);
    let before = page(&project, TEXT, "build");
    let last = anchor_of(&before, "Nobody knows");
    let maps = anchor_of(&before, "Then the maps");
    let first = anchor_of(&before, "The books");
    for text in [
        format!("A new beginning.\n\n{TEXT}"),
        TEXT.replace("Two of them are damp and must be dried.\n\n", ""),
        TEXT.replace("damp and must be dried", "wet"),
        TEXT.replace("Nobody", "*Nobody*").replace("here.", "here!").replace(' ', "  "),
    ] {
        let now = page(&project, &text, "build").replace("  ", " ");
        assert!(leads_to(&now, &first).contains("have"), "{now}");
        assert!(leads_to(&now, &last).contains("sent them here"), "{now}");
        assert!(leads_to(&now, &maps).contains("the maps"), "{now}");
    }
}

#[test]
fn the_number_of_a_paragraph_links_to_its_anchor_and_is_one_too() {
    let project = with_text(TEXT);
    let page = page(&project, TEXT, "build");
    let second = anchor_of(&page, "Two of them");
    let number = Regex::new(r#"<a[^>]*href="?#([^" >]+)[^>]*>2</a>"#).unwrap();
    assert_eq!(&number.captures(&page).unwrap()[1], second);
    assert!(
        leads_to(&page, "p2").starts_with("id=p2")
            || leads_to(&page, "p2").starts_with("id=\"p2\"")
    );
    let first = anchor_of(&page, "The books");
    assert!(page.contains(&format!("https://example.org/documents/report/#{first}.")), "{page}");
}

#[test]
fn old_anchors_of_edited_paragraphs_lead_to_them_for_ever() {
    let project = with_text(TEXT);
    let first = page(&project, TEXT, "build --lock-urls");
    let (damp, atlas) = (anchor_of(&first, "Two of them"), anchor_of(&first, "First the atlas"));
    let lock = project.read("content/published.lock");
    assert!(
        lock.lines().all(|line| line.starts_with('#')
            || line.starts_with("content/documents/report.md\t2023-11-14\t-\t")),
        "{lock}"
    );
    let edited = format!("New.\n\n{TEXT}")
        .replace("damp and must be", "wet and must be")
        .replace("the atlas", "the large atlas");
    let second = page(&project, &edited, "build");
    assert!(leads_to(&second, &damp).contains("are wet"), "{second}");
    assert!(leads_to(&second, &atlas).contains("the large atlas"));
    // Nothing is recorded before it is asked for, and to record it changes nothing.
    assert_eq!(project.read("content/published.lock"), lock);
    let recorded = page(&project, &edited, "build --lock-urls");
    assert_eq!(text_of(&recorded), text_of(&second));
    assert_eq!(page(&project, &edited, "build"), recorded);
    let wet = anchor_of(&second, "Two of them");
    let again = edited.replace("wet and must be dried", "wet and were dried");
    let third = page(&project, &again, "build --lock-urls");
    for anchor in [&damp, &wet] {
        assert!(leads_to(&third, anchor).contains("were dried"), "{third}");
    }
    let lock = project.read("content/published.lock");
    assert!(lock.contains(&format!("({damp},{wet})")), "{lock}");
    // Once it says again what it said, the anchor is its own.
    let fourth = page(&project, &edited, "build");
    assert_eq!(anchor_of(&fourth, "Two of them"), wet);
    assert!(leads_to(&fourth, &damp).contains("are wet"));
    let renamed = project.read("content/documents/report.md");
    std::fs::remove_file(project.path("content/documents/report.md")).unwrap();
    project.write("content/documents/other.md", renamed);
    project.succeeds("build");
    let fifth = project.read("public/documents/other/index.html");
    assert!(leads_to(&fifth, &damp).contains("are wet"), "{fifth}");
}

#[test]
fn no_anchor_is_left_of_words_that_are_withheld() {
    let project = with_text(TEXT);
    let before = page(&project, TEXT, "build --lock-urls");
    let damp = anchor_of(&before, "Two of them");
    page(&project, &TEXT.replace("Two of them", "[withheld: personal data]"), "build --lock-urls");
    let holds = |(path, bytes): (&String, &Vec<u8>)| {
        String::from_utf8_lossy(bytes).contains(&damp).then(|| path.clone())
    };
    assert_eq!(project.files("public").iter().find_map(holds), None);
    assert!(!project.read("content/published.lock").contains(&damp));
}

#[test]
fn no_anchor_is_left_of_words_that_were_cut_without_a_word() {
    for config in [CONFIG.to_owned(), format!("{CONFIG}[outputs]\nsource = false\n")] {
        let project = Project::empty().file("config.toml", config).file("seeds/letter.txt", SEED);
        project.succeeds("build --lock-urls");
        let name = project.files("content/documents").into_keys().next().unwrap();
        let path = format!("content/documents/{name}");
        let page = format!("public/documents/{}/index.html", name.trim_end_matches(".md"));
        let room = anchor_of(&project.read(&page), "The room above");
        let whole = project.read(&path);
        project.write(&path, whole.replace("is dry", "is drier"));
        project.succeeds("build");
        assert!(leads_to(&project.read(&page), &room).contains("is drier"));
        project.write(&path, whole.replace(" and can be heated", ""));
        project.succeeds("build");
        assert!(!project.read(&page).contains(&room), "{}", project.read(&page));
    }
}
