//! PDFs: those with a text are read like texts, those without are page images; none stops a build.

use super::project::{CONFIG, Project};

#[path = "../support/pdf.rs"]
#[allow(dead_code, reason = "each user of the writer needs a part of it")]
pub(super) mod writer;
use writer::Pdf;

const LETTERS: [&str; 3] = [
    "Ashford Reading Society\n12 Mill Lane, Ashford\n\n14 March 1921\n\nMiss Edith Harland\nThe Old Bakery\nAshford\n\n\
     Dear Miss Harland,\n\nThe room above the bakery is dry and can be heated. We should like to rent it from\n\
     Lady Day onwards, if four shillings a week suit you, and to put up shelves for the books\nthat Mr. Lowe left us.\n\n\
     Yours sincerely,\n\nThomas Wardle\nSecretary\n",
    "MEMORANDUM\n\nTo: The Librarian\nFrom: Ida Lowe, Treasurer\nDate: 3 May 1922\nSubject: Coal for the reading room\n\n\
     The coal that was delivered in April is used up. Please order another ton before the end\nof the month, \
     and ask for the price of coke as well.\n",
    "2012년 5월 14일\n\n수신: 국가인권위원회\n\n저희는 형제복지원에 수용되었던 피해자들의 모임입니다. 그곳에서 일어난 일을 알리고\n\
     조사를 요청하고자 이 글을 씁니다.\n\n피해생존자모임 대표 김철수\n",
];

/// A draft without what names its seed, its checksum and its lines.
fn facts(draft: &str) -> String {
    let differs = ["seed = ", "sha256 = ", "lines = ", "line = "];
    let lines = draft.lines().filter(|line| differs.iter().all(|key| !line.starts_with(key)));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn a_letter_gives_the_same_draft_as_a_pdf_and_as_a_text() {
    for letter in LETTERS {
        let draft = |name: &str, bytes: Vec<u8>| {
            let project = Project::new().file(name, bytes);
            project.succeeds("ingest");
            let drafts = project.files("content/documents");
            assert_eq!(drafts.len(), 1, "{name} {:?}", drafts.keys());
            facts(&String::from_utf8_lossy(drafts.values().next().unwrap()))
        };
        let text = draft("seeds/letter.txt", letter.into());
        let print = draft("seeds/letter.pdf", Pdf::new().typed(letter).bytes());
        assert_eq!(print, text);
    }
}

#[test]
fn pages_lose_their_heads_and_folios_and_go_on() {
    let page = |head: &'static str, lines: [&'static str; 3], folio: &'static str| {
        let place = |n: u8| 740.0 - 14.0 * f32::from(n);
        let mut page = vec![(60.0, 800.0, 9.0, head)];
        page.extend(lines.into_iter().zip(0_u8..).map(|(line, n)| (60.0, place(n), 11.0, line)));
        page.push((290.0, 40.0, 9.0, folio));
        page
    };
    let head = "Ashford Reading Society";
    let filler = "The members met in the room above the bakery and spoke of coal and lamps,";
    let pdf = Pdf::new()
        .page(&page(
            "Minutes of the year 1921",
            [filler, filler, "which were dear, and resolved that the trea-"],
            "- 1 -",
        ))
        .page(&page(
            head,
            ["surer buy no more of them before the members", filler, "and so the meeting ended."],
            "- 2 -",
        ))
        .page(&page(head, [filler, filler, "and of the books that were lost."], "- 3 -"))
        .page(&page(head, [filler, filler, "and nothing else was said."], "- 4 -"));
    let project = Project::new().file("seeds/minutes.pdf", pdf.bytes());
    project.succeeds("ingest");
    let drafts = project.files("content/documents");
    let draft = String::from_utf8_lossy(drafts.values().next().unwrap()).into_owned();
    let body = draft.rsplit("+++").next().unwrap();
    assert!(body.contains("resolved that the treasurer buy no more"), "{body}");
    assert!(!body.contains(head) && !body.contains("- 2 -"), "{body}");
}

#[test]
fn the_pdf_is_offered_beside_its_text() {
    let letter = LETTERS[0];
    let second = "16 March 1921\n\nDear Mr. Wardle,\n\nFour shillings suit me well, and so do shelves.\n\nYours sincerely,\n\nEdith Harland\n";
    let pdf = Pdf::new().says("Author", "Administrator").typed(letter).typed(second).bytes();
    let project = Project::new().file("seeds/box/letters.pdf", &pdf);
    project.succeeds("build");
    let site = project.files("public");
    assert_eq!(site["seeds/box/letters.pdf"], pdf);
    let pages: Vec<String> = site
        .iter()
        .filter(|(path, _)| path.starts_with("documents/1921") && path.ends_with("/index.html"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned())
        .filter(|page| page.contains("citation_title"))
        .collect();
    assert_eq!(pages.len(), 2, "{:?}", site.keys());
    let told = "content=\"https://example.org/seeds/box/letters.pdf\"";
    for page in &pages {
        assert!(page.contains(&format!("citation_pdf_url\" {told}")), "{page}");
        assert!(page.contains("PDF, 2 pages, "), "{page}");
    }
    assert!(pages[1].contains("/seeds/box/letters.pdf#page=2"), "{}", pages[1]);
    assert!(!pages[0].contains("#page="));
    assert!(project.succeeds("check").contains("no error"));
    assert!(project.succeeds("build").contains(" 0 written"));
}

#[test]
fn a_pdf_of_pictures_waits_for_a_text_and_one_beside_a_text_is_its_original() {
    let project = Project::new()
        .file("seeds/plan.pdf", Pdf::new().scan(&[]).bytes())
        .file("seeds/0042.txt", LETTERS[0])
        .file("seeds/0042.pdf", Pdf::new().typed(LETTERS[1]).bytes());
    project.succeeds("build");
    let plan = project.read("content/documents/plan.md");
    assert!(plan.contains("files = [\"plan.pdf\"]"), "{plan}");
    let page = project.read("public/documents/plan/index.html");
    assert!(
        page.contains("has not been transcribed yet") && page.contains("PDF, 1 page, "),
        "{page}"
    );
    let drafts = project.files("content/documents");
    assert_eq!(drafts.len(), 2, "{:?}", drafts.keys());
    let letter = drafts.iter().find(|(name, _)| name.starts_with("1921")).unwrap().1;
    assert!(String::from_utf8_lossy(letter).contains("files = [\"0042.pdf\"]"));
}

/// A PDF of scanned pages, each with lines that a program read from it.
pub(super) fn scanned(pages: &[&[writer::Line<'_>]]) -> Pdf {
    let picture = super::scans::page(420, 594);
    let dict =
        "/Width 420 /Height 594 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode";
    let pdf = Pdf::new().picture(dict, &picture);
    pages.iter().fold(pdf, |pdf, lines| {
        let text = writer::text(lines, 3);
        pdf.content(&format!("q 595 0 0 842 0 0 cm /P0 Do Q\n{text}"))
    })
}

const FIRST: [writer::Line<'static>; 4] = [
    (380.0, 740.0, 11.0, "14 March 1921"),
    (60.0, 700.0, 11.0, "Dear Miss Harland,"),
    (60.0, 660.0, 11.0, "The room above the bakery is dry and can be heated in the winter."),
    (60.0, 646.0, 11.0, "The rent is four shillings a week from Lady Day onwards."),
];
const SECOND: [writer::Line<'static>; 3] = [
    (60.0, 700.0, 11.0, "We ask the society to meet there in the spring, when the hall is let."),
    (60.0, 660.0, 11.0, "Yours sincerely,"),
    (60.0, 620.0, 11.0, "Thomas Wardle"),
];

#[test]
fn pages_of_a_scanned_pdf_are_shown_beside_their_text() {
    let config = format!("{CONFIG}[outputs]\niiif = true\n");
    let project = Project::new()
        .file("config.toml", config)
        .file("seeds/box/letter.pdf", scanned(&[&FIRST, &SECOND]).bytes());
    project.succeeds("build");
    let site = project.files("public");
    let page =
        site.keys().find(|path| path.ends_with("/index.html") && path.contains("1921-03-14"));
    let page = page.unwrap();
    let folder = page.trim_end_matches("index.html");
    for name in ["seed-pdf-p1-320", "seed-pdf-p1-594", "seed-pdf-p2-320"] {
        let start = format!("{folder}files/{name}-");
        assert!(site.keys().any(|path| path.starts_with(&start)), "{start} {:#?}", site.keys());
    }
    let shown = project.read(&format!("public/{page}")).replace('"', "");
    assert!(shown.contains("id=page-1") && shown.contains("id=page-2"), "{shown}");
    let item = shown.split("<li id=page-2 ").nth(1).unwrap();
    let from = item.split("data-from=").nth(1).unwrap().split([' ', '>']).next().unwrap();
    let paragraph = shown.split(&format!("id={from}")).nth(1).unwrap();
    assert!(paragraph.split("</p>").next().unwrap().contains("We ask the society"), "{paragraph}");
    assert!(shown.contains("/seeds/box/letter.pdf") && shown.contains("og:image"), "{shown}");
    // Where each word is, as a part of the page.
    let words: serde_json::Value =
        serde_json::from_slice(&site[&format!("{folder}words.json")]).unwrap();
    let of_page = words["pages"][0].as_array().unwrap();
    let room = of_page.iter().find(|word| word[0] == "room").unwrap();
    let left = room[1].as_u64().unwrap();
    assert!((1100..1700).contains(&left), "{room}");
    let top = room[2].as_u64().unwrap();
    assert!((1980..2170).contains(&top), "{room}");
    let manifest: serde_json::Value =
        serde_json::from_slice(&site[&format!("{folder}manifest.json")]).unwrap();
    assert_eq!(manifest["items"].as_array().unwrap().len(), 2);
    assert!(project.succeeds("check").contains("no error"));
    assert!(project.succeeds("build").contains(" 0 written"));
    project.write("config.toml", format!("{CONFIG}[images]\ncopies = false\n"));
    project.succeeds("build");
    assert!(!project.files("public").keys().any(|path| path.ends_with(".jpg")));
}

#[test]
fn a_scanned_pdf_without_a_text_shows_its_pages() {
    let project = Project::new().file("seeds/plan.pdf", scanned(&[&[], &[], &[]]).bytes());
    project.succeeds("build");
    let site = project.files("public");
    let page = project.read("public/documents/plan/index.html").replace('"', "");
    assert!(page.contains("has not been transcribed yet") && page.contains("id=page-3"), "{page}");
    assert!(site.keys().any(|path| path.starts_with("documents/plan/files/plan-pdf-p3-320-")));
    // Lists show its first page.
    let thumbnail = &site["documents/plan/thumbnail.jpg"];
    assert!(thumbnail.len() > 1000, "{}", thumbnail.len());
    assert!(project.succeeds("build").contains(" 0 written"));
    let kept = project.files(".fonds/images").len();
    assert_eq!(kept, 3);
}

#[test]
fn what_a_pdf_withholds_is_in_no_image_of_its_pages() {
    let project = Project::new().file("seeds/letter.pdf", scanned(&[&FIRST, &SECOND]).bytes());
    project.succeeds("ingest");
    let drafts = project.files("content/documents");
    let (name, draft) = drafts.iter().next().unwrap();
    let draft = String::from_utf8_lossy(draft);
    let at = draft.rfind("four shillings").unwrap();
    let cut = format!("{}[withheld: a sum]{}", &draft[..at], &draft[at + 14..]);
    project.write(&format!("content/documents/{name}"), cut);
    project.succeeds("build");
    let site = project.files("public");
    let image = site.keys().find(|path| path.ends_with(".jpg") || path.ends_with(".pdf"));
    assert_eq!(image, None);
    assert!(!site.keys().any(|path| path.ends_with("words.json")));
}

#[test]
fn a_page_on_which_something_is_drawn_over_the_scan_has_no_image() {
    let line = [FIRST[2], FIRST[3]];
    let picture = super::scans::page(420, 594);
    let dict =
        "/Width 420 /Height 594 /ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode";
    let text = writer::text(&line, 3);
    let over = format!("q 595 0 0 842 0 0 cm /P0 Do Q 0 g 60 640 200 20 re f\n{text}");
    let plain = format!("q 595 0 0 842 0 0 cm /P0 Do Q\n{text}");
    let pdf = Pdf::new().picture(dict, &picture).content(&plain).content(&over);
    let project = Project::new().file("seeds/letter.pdf", pdf.bytes());
    project.succeeds("build");
    let site = project.files("public");
    let images = |page: &str| site.keys().filter(|path| path.contains(page)).count();
    assert!(images("/files/seed-pdf-p1-") > 0, "{:#?}", site.keys());
    assert_eq!(images("/files/seed-pdf-p2-"), 0);
}

#[test]
fn recognised_text_and_pages_without_text_are_doubts() {
    let line =
        "The room above the bakery is dry and can be heated, and the rent is four shillings.";
    let scan = Pdf::new().scan(&[(60.0, 700.0, 11.0, "14 March 1921"), (60.0, 660.0, 11.0, line)]);
    let project = Project::new()
        .file("seeds/one.pdf", scan.bytes())
        .file("seeds/two.pdf", scan.scan(&[]).bytes());
    project.succeeds("ingest");
    let drafts = project.files("content/documents");
    let all: String = drafts.values().map(|draft| String::from_utf8_lossy(draft)).collect();
    assert!(all.contains("the text was read from page images by a program"), "{all}");
    assert!(all.contains("page 2 is a picture without a text"), "{all}");
}

#[test]
fn lines_are_named_by_their_pages() {
    let letter = LETTERS[0].replace("14 March 1921", "3/4/1921");
    let project = Project::new().file(
        "seeds/letter.pdf",
        Pdf::new()
            .page(&[(56.0, 780.0, 11.0, "An inventory of the shelves in the reading room.")])
            .typed(&letter)
            .bytes(),
    );
    project.succeeds("ingest");
    let explained = project.run("ingest --explain letter.pdf").stdout;
    assert!(explained.contains("\npage 1\n") && explained.contains("\npage 2\n"), "{explained}");
    assert!(explained.contains("(page 2, line 3)"), "{explained}");
    let said = project.run("ingest --explain letter.pdf --format json").stdout;
    let said: String = said.split_whitespace().collect();
    assert!(said.contains("\"place\":{\"page\":2,\"line\":3}"), "{said}");
    let doubts = project.run("review").stdout;
    assert!(doubts.contains(" (page 2, line 3): 3/4/1921"), "{doubts}");
    let server = super::serve::Server::start(&project);
    let drafts = project.files("content/documents");
    let slugs = drafts.keys().filter_map(|path| path.strip_suffix(".md"));
    let pages: String =
        slugs.map(|slug| server.get(&format!("/_review/documents/{slug}/")).body).collect();
    assert!(pages.contains("<small>page 2</small>"), "{pages}");
    assert!(pages.contains("(page 2, line 3)"), "{pages}");
    project.succeeds("build");
    let site = project.files("public");
    let source = site.iter().find(|(path, _)| path.ends_with("/source/index.html"));
    let source = String::from_utf8_lossy(source.unwrap().1);
    let begins = "<tr class=\"page\"><td colspan=\"2\">Page 2</td></tr><tr id=\"L3\">";
    assert!(source.contains(begins), "{source}");
}

#[test]
fn what_cannot_be_read_is_set_aside_and_named() {
    // A chain of pages that are each the other's parent, and one that is nested as deep as a stack is.
    let whole = Pdf::new().typed(LETTERS[0]).bytes();
    let nested = format!(
        "%PDF-1.4\n1 0 obj\n{}\nendobj\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n",
        "[".repeat(400_000)
    );
    let loops = String::from_utf8_lossy(&whole).replace("/Kids [10 0 R]", "/Kids [2 0 R ]");
    let locked = String::from_utf8_lossy(&whole).replace(
        "trailer\n<<",
        "trailer\n<< /Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <0000000000000000000000000000000000000000000000000000000000000000> \
         /U <0000000000000000000000000000000000000000000000000000000000000000> >> /ID [<00> <00>]",
    );
    let project = Project::new()
        .file("seeds/half.pdf", &whole[..200])
        .file("seeds/nested.pdf", nested)
        .file("seeds/loops.pdf", loops)
        .file("seeds/locked.pdf", locked)
        .file("seeds/letter.txt", LETTERS[0]);
    let told = project.succeeds("build");
    assert!(told.contains("is locked with a password"), "{told}");
    for name in ["half", "nested", "loops"] {
        assert!(told.contains(&format!("seeds/{name}.pdf")), "{name}: {told}");
    }
    assert!(told.contains("1 document"), "{told}");
    assert!(project.fails("ingest --explain half.pdf").contains("is a damaged PDF"));
    let project = project.file("config.toml", format!("{CONFIG}[ingest]\nignore = [\"*.pdf\"]\n"));
    assert!(!project.succeeds("check").contains(".pdf"));
}
