//! What programs read from page images: files of OCR beside them, and `fonds ocr`, which makes such files.

use super::project::{CONFIG, Project};
use super::scans::{jpeg, page};

/// A program that reads each image as the same letter, as Tesseract would write it. It says what it was asked.
const PROGRAM: &str = r#"
case "$1" in
  --list-langs) printf 'List of available languages:\neng\nkor\n'; exit 0 ;;
  *blurred*) echo "Error: cannot read it" >&2; exit 1 ;;
esac
echo "$*" >> asked.txt
words=""
for word in $(echo "$1" | tr -c 'a-z0-9' ' '); do
  words="$words <span class='ocrx_word' title='bbox 10 10 90 30; x_wconf 90'>$word</span>"
done
cat <<END
<html><body><div class='ocr_page' id='page_1'><p class='ocr_par'>
<span class='ocr_line' title='bbox 10 10 900 30'>$words</span>
<span class='ocr_line' title='bbox 10 40 900 60'><span class='ocrx_word' title='bbox 10 40 90 60; x_wconf 90'>The room above the</span>
<span class='ocrx_word' title='bbox 100 40 190 60; x_wconf 31'>bakcry</span>
<span class='ocrx_word' title='bbox 200 40 290 60; x_wconf 90'>is dry and can be heated.</span></span></p></div></body></html>
END
"#;

fn archive() -> Project {
    let config = format!(
        "{CONFIG}[ocr]\ncommand = \"sh tesseract.sh\"\n[ingest.folders.\"ko/\"]\nlanguages = [\"ko\", \"en\"]\n"
    );
    Project::empty()
        .file("config.toml", config)
        .file("tesseract.sh", PROGRAM)
        .file("seeds/bill p1.jpg", jpeg())
        .file("seeds/bill p2.jpg", jpeg())
        .file("seeds/ko/receipt.jpg", jpeg())
        .file("seeds/told.jpg", jpeg())
        .file("seeds/told.txt", "A text that somebody wrote down already.\n")
}

#[test]
fn page_images_without_a_text_are_read_once() {
    let project = archive();
    let listed = project.run("ocr --list").stdout;
    assert_eq!(listed, "bill p1.jpg, bill p2.jpg\nko/receipt.jpg\n");
    assert!(project.succeeds("ocr").contains("2 documents read"));
    let mut asked: Vec<String> = project.read("asked.txt").lines().map(str::to_owned).collect();
    asked.sort();
    let eng = |page: u8| format!("seeds/bill p{page}.jpg stdout -l eng hocr");
    assert_eq!(asked, [eng(1), eng(2), "seeds/ko/receipt.jpg stdout -l kor+eng hocr".to_owned()]);
    // Both pages are one document.
    let seeds: Vec<String> =
        project.files("seeds").into_keys().filter(|p| p.ends_with("hocr")).collect();
    assert_eq!(seeds, ["bill.hocr", "ko/receipt.hocr"]);
    project.succeeds("build");
    let drafts = project.files("content/documents");
    let texts: Vec<String> =
        drafts.values().map(|d| String::from_utf8_lossy(d).into_owned()).collect();
    let bill = texts.iter().find(|text| text.contains("seed = \"bill.hocr\"")).unwrap();
    assert!(bill.contains("files = [\"bill p1.jpg\", \"bill p2.jpg\"]"), "{bill}");
    assert!(bill.contains("not sure of `bakcry`"), "{bill}");
    let body = bill.rsplit("+++").next().unwrap();
    assert_eq!(body.matches("can be heated").count(), 2, "{bill}");
    assert!(project.succeeds("ocr").contains("no page image is without a text"));
    assert_eq!(project.read("asked.txt").lines().count(), 3);
    assert!(project.succeeds("check").contains("no error"));
}

#[test]
fn one_that_cannot_be_read_is_named_and_the_others_go_on() {
    let project = archive().file("seeds/blurred.jpg", jpeg());
    let told = project.fails("ocr");
    insta::assert_snapshot!(told);
    assert!(project.path("seeds/bill.hocr").exists());
    // The next run does the rest, and only that.
    project.write("seeds/blurred.txt", "It says nothing.\n");
    project.write("seeds/new.jpg", jpeg());
    assert!(project.succeeds("ocr new.jpg").contains("1 document read"));
    assert_eq!(project.read("asked.txt").lines().count(), 4);
}

#[test]
fn a_program_or_a_language_that_is_missing_is_told() {
    let project = Project::empty()
        .file("config.toml", format!("{CONFIG}[ocr]\ncommand = \"no-such-program\"\n"))
        .file("seeds/a.jpg", jpeg());
    let run = project.run("ocr");
    assert_eq!(run.status, Some(2));
    assert!(run.stderr.contains("`no-such-program` cannot be started"), "{}", run.stderr);
    let project = archive();
    project.write(
        "config.toml",
        project.read("config.toml") + "[ingest.folders.\"de/\"]\nlanguages = [\"de\"]\n",
    );
    project.write("seeds/de/brief.jpg", jpeg());
    let run = project.run("ocr");
    assert_eq!(run.status, Some(2));
    insta::assert_snapshot!(run.stderr);
    assert!(!project.path("seeds/bill.hocr").exists());
}

#[test]
fn pages_of_a_pdf_are_made_into_images_first() {
    // Asked for a page, it writes an image of it where the last argument says.
    let pdftoppm =
        "for last in \"$@\"; do :; done\necho \"$*\" >> made.txt\necho x > \"$last.png\"\n";
    let pdf = super::pdf::writer::Pdf::new().scan(&[]).scan(&[]).bytes();
    let project = archive().file("pdftoppm.sh", pdftoppm).file("seeds/ko/map.pdf", pdf);
    let config =
        project.read("config.toml").replace("[ocr]\n", "[ocr]\npdf_command = \"sh pdftoppm.sh\"\n");
    project.write("config.toml", config);
    project.succeeds("ocr ko/map.pdf");
    let made = project.read("made.txt");
    assert!(made.contains("-r 200 -gray -png -singlefile -f 1 -l 1 seeds/ko/map.pdf"), "{made}");
    assert_eq!(made.lines().count(), 2);
    assert_eq!(project.read("seeds/ko/map.hocr").matches("ocr_page").count(), 2);
}

const ALTO: &str = "<?xml version='1.0'?><alto xmlns='http://www.loc.gov/standards/alto/ns-v3#'><Layout><Page><PrintSpace><TextBlock>\
    <TextLine HPOS='100' VPOS='100' WIDTH='300' HEIGHT='30'><String CONTENT='14 March 1921' HPOS='100' VPOS='100' WIDTH='80' HEIGHT='30'/></TextLine></TextBlock>\
    <TextBlock><TextLine HPOS='100' VPOS='200' WIDTH='300' HEIGHT='30'><String CONTENT='The room is dry.' HPOS='100' VPOS='200' WIDTH='80' HEIGHT='30'/>\
    </TextLine></TextBlock></PrintSpace></Page></Layout></alto>";

#[test]
fn a_file_of_ocr_is_the_text_of_its_image_until_somebody_writes_one() {
    let project = Project::new()
        .file("seeds/0042.jpg", jpeg())
        .file("seeds/0042.alto.xml", ALTO)
        .file("seeds/data.xml", "<?xml version='1.0'?><data/>");
    let told = project.succeeds("build");
    assert!(told.contains("the seed is data for programs"), "{told}");
    let drafts = project.files("content/documents");
    assert_eq!(drafts.len(), 1, "{:?}", drafts.keys());
    let draft = String::from_utf8_lossy(drafts.values().next().unwrap()).into_owned();
    assert!(
        draft.contains("date = \"1921-03-14\"") && draft.contains("files = [\"0042.jpg\"]"),
        "{draft}"
    );
    let name = drafts.keys().next().unwrap().clone();
    // A person's text is written in its place, and the document stays.
    project.write("seeds/0042.txt", "14 March 1921\n\nThe room is dry, and can be heated.\n");
    let told = project.succeeds("build");
    assert!(!told.contains("is gone"), "{told}");
    let drafts = project.files("content/documents");
    assert_eq!(drafts.keys().collect::<Vec<_>>(), [&name]);
    let draft = String::from_utf8_lossy(&drafts[&name]).into_owned();
    assert!(draft.contains("seed = \"0042.txt\"") && draft.contains("can be heated"), "{draft}");
    assert!(draft.contains("files = [\"0042.jpg\"]"), "{draft}");
}

#[test]
fn an_image_without_writing_is_shown_without_a_word() {
    let blank = "<html><body><div class='ocr_page'></div></body></html>";
    let project = Project::new().file("seeds/back.jpg", jpeg()).file("seeds/back.hocr", blank);
    let told = project.succeeds("build");
    assert!(!told.contains("warning"), "{told}");
    assert!(project.read("content/documents/back.md").contains("files = [\"back.jpg\"]"));
    assert!(project.succeeds("ocr").contains("no page image is without a text"));
}

/// What a program read from two pages, each of 600 × 800 pixels, with the place of each word.
fn placed() -> String {
    let page = |words: &[(&str, u32, u32)]| {
        let word = |(word, left, top): &(&str, u32, u32)| {
            let (right, bottom) = (left + 60, top + 20);
            format!(
                "<span class='ocr_line' title='bbox 60 {top} 540 {bottom}'><span class='ocrx_word' \
                 title='bbox {left} {top} {right} {bottom}; x_wconf 95'>{word}</span></span>"
            )
        };
        let words: String = words.iter().map(word).collect();
        format!(
            "<div class='ocr_page' title='bbox 0 0 600 800'><p class='ocr_par'>{words}</p></div>"
        )
    };
    let first = [("The", 60, 80), ("room", 120, 120), ("is", 180, 160), ("dry", 240, 200)];
    let second =
        [("and", 60, 80), ("Hargreaves", 120, 120), ("brought", 180, 160), ("coal.", 240, 200)];
    format!("<html><body>{}{}</body></html>", page(&first), page(&second))
}

fn with_places(images: [Vec<u8>; 2]) -> Project {
    let [first, second] = images;
    Project::new()
        .file("seeds/bill p1.jpg", first)
        .file("seeds/bill p2.jpg", second)
        .file("seeds/bill.hocr", placed())
}

/// The words that are listed for each page of the only document; none if there is no list.
fn listed(project: &Project) -> Option<Vec<Vec<String>>> {
    let site = project.files("public");
    let (_, bytes) = site.iter().find(|(path, _)| path.ends_with("/words.json"))?;
    let list: serde_json::Value = serde_json::from_slice(bytes).unwrap();
    let words = |page: &serde_json::Value| {
        let words =
            page.as_array().unwrap().iter().map(|word| word[0].as_str().unwrap().to_owned());
        words.collect()
    };
    Some(list["pages"].as_array().unwrap().iter().map(words).collect())
}

/// A draft with another word in its text, or front matter of its own.
fn in_body(draft: &str, old: &str, new: &str) -> String {
    let at = draft.rfind(old).unwrap();
    format!("{}{new}{}", &draft[..at], &draft[at + old.len()..])
}

#[test]
fn the_places_of_words_are_published_for_what_readers_see_only() {
    let project = with_places([page(600, 800), page(1200, 1600)]);
    project.succeeds("build");
    assert_eq!(
        listed(&project).unwrap(),
        [vec!["the", "room", "is", "dry"], vec!["and", "hargreaves", "brought", "coal"]]
    );
    let drafts = project.files("content/documents");
    let (name, draft) = drafts.iter().next().unwrap();
    let path = format!("content/documents/{name}");
    let draft = String::from_utf8_lossy(draft).into_owned();
    let address = project
        .files("public")
        .into_iter()
        .find(|(path, _)| path.ends_with("/words.json"))
        .unwrap()
        .0;
    let address = address.replace("words.json", "index.html");
    assert!(project.read(&format!("public/{address}")).contains("data-words=\"/documents/"));

    // A word that was read wrongly has no place: readers do not see it.
    project.write(&path, in_body(&draft, "Hargreaves", "Hargraves"));
    project.succeeds("build");
    assert_eq!(listed(&project).unwrap()[1], ["and", "brought", "coal"]);

    // Nor has any word, where something is withheld: a gap tells as much.
    for (old, new) in [
        ("Hargreaves", "[withheld: a private person]"),
        (
            "\n[source]",
            "\n[[withheld]]\nfile = \"bill p2.jpg\"\nregion = [110, 110, 90, 40]\nreason = \"a private person\"\n\n[source]",
        ),
    ] {
        project.write(&path, in_body(&draft, old, new));
        project.succeeds("build");
        assert_eq!(listed(&project), None, "{new}");
    }
}

#[test]
fn what_was_read_from_a_pdf_is_shown_with_its_pages() {
    let read = placed().replace("0 0 600 800", "0 0 595 842");
    let project = Project::new()
        .file("seeds/bill.pdf", super::pdf::scanned(&[&[], &[]]).bytes())
        .file("seeds/bill.hocr", read);
    project.succeeds("build");
    assert_eq!(
        listed(&project).unwrap(),
        [vec!["the", "room", "is", "dry"], vec!["and", "hargreaves", "brought", "coal"]]
    );
    let site = project.files("public");
    assert!(site.keys().any(|path| path.contains("/files/bill-pdf-p2-320-")), "{:#?}", site.keys());
    assert!(site.keys().any(|path| path.ends_with("/thumbnail.jpg")));
}

#[test]
fn an_image_of_another_shape_than_what_was_read_has_no_places() {
    let project = with_places([page(600, 800), page(800, 600)]);
    project.succeeds("build");
    assert_eq!(listed(&project).unwrap(), [vec!["the", "room", "is", "dry"], vec![]]);
}
