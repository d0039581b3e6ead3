use serde_json::json;

use super::*;

fn solarz() -> Author {
    Author::Person("Stephen J. Solarz".to_owned(), Some("Solarz, Stephen J.".to_owned()))
}

fn firm() -> Author {
    Author::Organization("Skadden, Arps, Slate, Meagher & Flom LLP".to_owned())
}

fn letter() -> Citation {
    Citation {
        title: "Real or Illusory?".to_owned(),
        supplied: false,
        authors: vec![solarz()],
        recipients: vec![Author::Person("Ban Ki-moon".to_owned(), None)],
        date: Some("2009-11-03".parse().unwrap()),
        language: "en".to_owned(),
        zotero: "letter".to_owned(),
        ris: "PCOMM".to_owned(),
        kind: "Open letter".to_owned(),
        genre: Some("Open letter".to_owned()),
        place: Some("New York".to_owned()),
        number: Some("28-09713".to_owned()),
        archive: "An Archive".to_owned(),
        url: Some("https://example.org/documents/a_b/".to_owned()),
        slug: "a-letter".to_owned(),
    }
}

#[test]
fn a_title_that_asks_needs_no_other_stop() {
    let citation = letter();
    assert_eq!(
        citation.chicago(),
        "Stephen J. Solarz, “Real or Illusory?” November 3, 2009, An Archive, https://example.org/documents/a_b/."
    );
    assert_eq!(
        citation.chicago_bibliography(),
        "Solarz, Stephen J. “Real or Illusory?” November 3, 2009. An Archive. https://example.org/documents/a_b/."
    );
    assert_eq!(
        citation.apa(),
        "Solarz, S. J. (2009, November 3). Real or Illusory? [Open letter]. An Archive. https://example.org/documents/a_b/"
    );
    assert_eq!(
        citation.mla(),
        "Solarz, Stephen J. “Real or Illusory?” An Archive, 3 Nov. 2009, https://example.org/documents/a_b/. Open letter."
    );
}

#[test]
fn harvard_has_the_year_behind_the_name_and_the_day_behind_the_title() {
    let mut citation = letter();
    assert_eq!(
        citation.harvard(),
        "Solarz, S. J. (2009) ‘Real or Illusory?’, 3 November. An Archive. Available at: https://example.org/documents/a_b/."
    );
    citation.date = Some("2009-11~".parse().unwrap());
    citation.supplied = true;
    citation.url = None;
    citation.authors = (1..=4).map(|n| Author::Organization(format!("Group {n}"))).collect();
    assert_eq!(
        citation.harvard(),
        "Group 1 et al. (c. November 2009) Real or Illusory? An Archive."
    );
    citation.authors.truncate(3);
    citation.date = None;
    assert_eq!(
        citation.harvard(),
        "Group 1, Group 2 and Group 3 (no date) Real or Illusory? An Archive."
    );
    citation.authors.clear();
    citation.date = Some("1958".parse().unwrap());
    assert_eq!(citation.harvard(), "Real or Illusory? (1958). An Archive.");
}

#[test]
fn korean_journals_count_the_others_and_keep_names_as_they_are() {
    let mut citation = letter();
    citation.title = "국군 포로 송환을 촉구하는 성명".to_owned();
    citation.authors =
        vec![Author::Person("박이준".to_owned(), Some("박 이준".to_owned())), firm()];
    assert_eq!(
        citation.korean(),
        "박이준·Skadden, Arps, Slate, Meagher & Flom LLP, 「국군 포로 송환을 촉구하는 성명」, 2009년 11월 3일, An Archive, https://example.org/documents/a_b/."
    );
    citation.url = None;
    citation.supplied = true;
    citation.authors = (1..=52).map(|n| Author::Organization(format!("단체 {n}"))).collect();
    for (edtf, shown) in [
        ("2009-11~", "2009년 11월경"),
        ("1958?", "[1958년?]"),
        ("195X", "1950년대"),
        ("../1972-05", "1972년 5월 이전"),
        ("[2018-03-04,2018-04-03]", "2018년 3월 4일 또는 2018년 4월 3일"),
        ("2001-21", "2001년 봄"),
    ] {
        citation.date = Some(edtf.parse().unwrap());
        let whole = format!("단체 1 외 51인, {}, {shown}, An Archive.", citation.title);
        assert_eq!(citation.korean(), whole);
    }
}

#[test]
fn a_letter_without_a_title_of_its_own_is_described() {
    let mut citation = letter();
    citation.title = "Letter from Stephen J. Solarz to Ban Ki-moon".to_owned();
    citation.supplied = true;
    citation.url = None;
    assert_eq!(
        citation.chicago(),
        "Stephen J. Solarz to Ban Ki-moon, open letter, November 3, 2009, An Archive."
    );
    citation.genre = Some("Letter".to_owned());
    assert_eq!(
        citation.chicago(),
        "Stephen J. Solarz to Ban Ki-moon, November 3, 2009, An Archive."
    );
    assert_eq!(
        citation.apa(),
        "Solarz, S. J. (2009, November 3). [Letter from Stephen J. Solarz to Ban Ki-moon]. An Archive."
    );
    assert_eq!(
        citation.mla(),
        "Solarz, Stephen J. Letter from Stephen J. Solarz to Ban Ki-moon. An Archive, 3 Nov. 2009."
    );
}

#[test]
fn a_title_that_runs_the_other_way_stands_by_itself() {
    let mut citation = letter();
    citation.title = "رسالة إلى لجنة الميناء".to_owned();
    citation.authors = vec![Author::Organization("لجنة".to_owned())];
    citation.url = None;
    let shown = citation.shown();
    assert_eq!(
        shown.chicago(),
        "\u{2068}لجنة\u{2069}, “\u{2068}رسالة إلى لجنة الميناء\u{2069},” November 3, 2009, An Archive."
    );
    assert!(shown.mla().contains("“\u{2068}رسالة إلى لجنة الميناء\u{2069}.” An Archive"));
    assert!(
        shown.apa().contains(" \u{2068}رسالة إلى لجنة الميناء\u{2069} [Open letter]. An Archive")
    );
    citation.title.push('؟');
    assert!(citation.shown().chicago().contains("؟\u{2069}” November"));
    assert_eq!(*letter().shown(), letter());
    assert!(!citation.bibtex().contains('\u{2068}') && !citation.ris().contains('\u{2068}'));
}

#[test]
fn a_paragraph_is_cited_by_its_number_and_address() {
    assert_eq!(
        letter().chicago_paragraph(4, "p-k3f9a2"),
        "Stephen J. Solarz, “Real or Illusory?” November 3, 2009, para. 4, An Archive, https://example.org/documents/a_b/#p-k3f9a2."
    );
}

#[test]
fn each_style_has_its_own_way_with_many_authors() {
    let mut citation = letter();
    citation.title = "Camps".to_owned();
    citation.authors = vec![solarz(), firm()];
    assert!(citation.chicago().starts_with("Stephen J. Solarz and Skadden, Arps, Slate, "));
    assert!(citation.chicago_bibliography().starts_with("Solarz, Stephen J., and Skadden, Arps"));
    assert!(citation.apa().starts_with("Solarz, S. J., & Skadden, Arps, "), "{}", citation.apa());
    assert!(citation.mla().starts_with("Solarz, Stephen J., and Skadden, Arps, "));

    citation.authors = (1..=25).map(|n| Author::Organization(format!("Group {n}"))).collect();
    assert!(citation.chicago().starts_with("Group 1 et al., “Camps,” November"));
    assert!(
        citation.chicago_bibliography().starts_with("Group 1, Group 2, Group 3, et al. “Camps.” ")
    );
    assert!(citation.apa().contains("Group 18, Group 19, . . . Group 25. (2009"));
    assert!(citation.mla().starts_with("Group 1, et al. “Camps.” An Archive, "));
}

#[test]
fn doubtful_dates_are_marked_as_each_style_does() {
    let mut citation = letter();
    let mut dates = |edtf: &str| {
        citation.date = Some(edtf.parse().unwrap());
        let note = citation.chicago();
        let (_, rest) = note.split_once("” ").unwrap();
        let chicago = rest.split_once(", An Archive").unwrap().0.to_owned();
        let apa = citation.apa();
        let apa = apa[apa.find('(').unwrap() + 1..apa.find(')').unwrap()].to_owned();
        let mla = citation.mla();
        let mla = mla.split("An Archive, ").nth(1).unwrap().split(", http").next().unwrap();
        [chicago, apa, mla.to_owned()]
    };
    assert_eq!(dates("2009-11~"), ["ca. November 2009", "ca. 2009, November", "circa Nov. 2009"]);
    assert_eq!(dates("1958?"), ["[1958?]", "1958?", "[1958?]"]);
    assert_eq!(dates("195X"), ["1950s", "1950s", "1950s"]);
    assert_eq!(dates("1998/2001"), ["1998–2001", "1998–2001", "1998–2001"]);
    assert_eq!(dates("../1972-05"), ["before May 1972", "before 1972, May", "before May 1972"]);
    assert_eq!(
        dates("[2018-03-04,2018-04-03]"),
        ["March 4 or April 3, 2018", "2018, March 4 or April 3", "4 Mar. or 3 Apr. 2018"]
    );
}

#[test]
fn an_undated_report_without_an_author() {
    let mut citation = letter();
    citation.zotero = "report".to_owned();
    citation.ris = "RPRT".to_owned();
    citation.genre = Some("Report".to_owned());
    citation.title = "Destiny: “Global Destiny”".to_owned();
    citation.authors.clear();
    citation.date = None;
    citation.url = None;
    assert_eq!(citation.chicago(), "“Destiny: ‘Global Destiny,’” n.d., An Archive.");
    assert_eq!(citation.chicago_bibliography(), "“Destiny: ‘Global Destiny.’” n.d. An Archive.");
    assert_eq!(
        citation.apa(),
        "Destiny: “Global Destiny” (28-09713) [Report]. (n.d.). An Archive."
    );
    assert_eq!(citation.mla(), "“Destiny: ‘Global Destiny.’” An Archive. Report.");
}

#[test]
fn initials_keep_hyphens_and_leave_scripts_without_capitals_alone() {
    let mut citation = letter();
    let mut name = |sorted: &str| {
        citation.authors = vec![Author::Person("x".to_owned(), Some(sorted.to_owned()))];
        citation.apa().split(" (").next().unwrap().to_owned()
    };
    assert_eq!(name("Ban, Ki-moon"), "Ban, K.-m.");
    assert_eq!(name("한, 동훈"), "한, 동훈.");
}

#[test]
fn an_independent_reader_gets_the_same_from_bibtex() {
    use biblatex::{Bibliography, ChunksExt};
    let mut citation = letter();
    citation.title = "Letter to R&D, 100 % {open} \\ ~".to_owned();
    citation.authors = vec![firm(), solarz(), Author::Person("Ban Ki-moon".to_owned(), None)];
    let text = citation.bibtex();
    let bibliography = Bibliography::parse(&text).unwrap();
    let entry = bibliography.get("a-letter").unwrap();
    let authors = entry.author().unwrap();
    assert_eq!(authors[0].name, "Skadden, Arps, Slate, Meagher & Flom LLP");
    assert_eq!(
        (authors[1].name.as_str(), authors[1].given_name.as_str()),
        ("Solarz", "Stephen J.")
    );
    assert_eq!(authors[2].name, "Ban Ki-moon");
    let title = entry.title().unwrap().format_verbatim();
    assert!(title.contains("R&D") && title.contains("{open}"), "{title}");
}

#[test]
fn a_lone_brace_does_not_break_the_bibtex_file() {
    let mut citation = letter();
    citation.title = "Open { only".to_owned();
    let text = citation.bibtex();
    assert_eq!(text.matches('{').count(), text.matches('}').count(), "{text}");
}

#[test]
fn ris_keeps_organizations_whole_and_says_circa() {
    let mut citation = letter();
    citation.authors = vec![firm()];
    citation.date = Some("2009-11~".parse().unwrap());
    let ris = citation.ris();
    assert!(ris.starts_with("TY  - PCOMM\r\n") && ris.ends_with("ER  - \r\n"), "{ris}");
    assert!(ris.contains("AU  - Skadden Arps Slate Meagher & Flom LLP\r\n"), "{ris}");
    assert!(ris.contains("DA  - 2009/11//circa\r\n"), "{ris}");
}

/// The one item of a file of CSL-JSON.
fn item(citation: &Citation) -> serde_json::Value {
    let file: serde_json::Value = serde_json::from_str(&csl_file(&[citation.csl()])).unwrap();
    file[0].clone()
}

#[test]
fn csl_marks_what_is_about() {
    let mut citation = letter();
    citation.date = Some("2009-11~".parse().unwrap());
    let csl = item(&citation);
    assert_eq!(csl["issued"], json!({ "date-parts": [[2009, 11]], "circa": true }));
    assert_eq!(csl["author"][0], json!({ "family": "Solarz", "given": "Stephen J." }));
    citation.date = Some("1998/2001".parse().unwrap());
    assert_eq!(item(&citation)["issued"], json!({ "date-parts": [[1998], [2001]] }));
    citation.date = Some("1987-23".parse().unwrap());
    assert_eq!(item(&citation)["issued"], json!({ "date-parts": [[1987]], "season": 3 }));
    assert!(citation.ris().contains("DA  - 1987///Autumn\r\n"), "{}", citation.ris());
}

#[test]
fn mails_interviews_and_judgments_have_types_of_their_own() {
    let of = |zotero: &str, ris: &str| {
        let mut citation = letter();
        (citation.zotero, citation.ris) = (zotero.to_owned(), ris.to_owned());
        citation.authors.push(firm());
        (item(&citation), citation.ris())
    };
    let (csl, ris) = of("email", "ICOMM");
    assert_eq!(csl["type"], "personal_communication");
    assert!(ris.starts_with("TY  - ICOMM\r\n") && ris.contains("A2  - Ban Ki-moon\r\n"));
    let (csl, ris) = of("interview", "PCOMM");
    assert_eq!(csl["type"], "interview");
    assert!(ris.contains("AN  - 28-09713\r\n"));
    let (csl, ris) = of("case", "CASE");
    assert_eq!(csl["type"], "legal_case");
    assert_eq!(csl["authority"], "Skadden, Arps, Slate, Meagher & Flom LLP");
    assert!(ris.contains("PB  - Skadden, Arps") && ris.contains("SV  - 28-09713\r\n"));
    assert!(!ris.contains("AN  - ") && !ris.contains("A2  - "), "{ris}");
}
