//! How people are cited: by family and given name where their record says how they are sorted, whole where
//! it does not.

use biblatex::{Bibliography, ChunksExt as _};
use serde_json::{Value, json};

use super::archive::Site;
use super::head::context_object;
use super::readers::{all, metas, ris};

const PETITION: &str = "+++
title = \"A petition\"
kind = \"letter\"
creators = [
  { person = \"Henry Arden Jr.\" },
  { person = \"Han Ji-min\" },
  { person = \"윤서연\" },
  { person = \"Willem van der Meer\" },
  { person = \"Marlow\" },
]
+++

Text.
";

/// The site with a petition of five people, of whom the last has no sort name.
fn site() -> Site {
    Site::and(&[
        ("content/documents/petition.md", PETITION),
        (
            "content/people/arden.md",
            "+++\ntitle = \"Henry Arden Jr.\"\nsort_name = \"Arden, Henry, Jr.\"\n+++\n",
        ),
        (
            "content/people/han.md",
            "+++\ntitle = \"Han Ji-min\"\nsort_name = \"Han, Ji-min\"\n+++\n",
        ),
        ("content/people/yun.md", "+++\ntitle = \"윤서연\"\nsort_name = \"윤서연\"\n+++\n"),
        (
            "content/people/meer.md",
            "+++\ntitle = \"Willem van der Meer\"\nsort_name = \"Meer, Willem van der\"\n+++\n",
        ),
        (
            "content/people/marlow.md",
            "+++\ntitle = \"Marlow\"\n\n[[review]]\nfield = \"sort_name\"\nreason = \"one name\"\n+++\n",
        ),
    ])
}

#[test]
fn bibtex_takes_apart_the_names_that_say_how_they_are_sorted() {
    let site = site();
    let text = site.text("documents/petition/citation.bib");
    assert!(text.contains("{Marlow}"), "{text}");
    let entry = Bibliography::parse(text).unwrap().get("petition").unwrap().clone();
    let people: Vec<_> =
        entry.author().unwrap().into_iter().map(|p| (p.name, p.given_name, p.suffix)).collect();
    let person = |name: &str, given: &str, suffix: &str| {
        (name.to_owned(), given.to_owned(), suffix.to_owned())
    };
    assert_eq!(
        people,
        [
            person("Arden", "Henry", "Jr."),
            person("Han", "Ji-min", ""),
            person("윤", "서연", ""),
            person("Meer", "Willem van der", ""),
            person("Marlow", "", ""),
        ]
    );
    assert_eq!(entry.title().unwrap().format_verbatim(), "A petition");
}

#[test]
fn ris_has_a_comma_in_the_names_of_people() {
    let site = site();
    let record = ris(site.text("documents/petition/citation.ris"));
    let names = ["Arden, Henry, Jr.", "Han, Ji-min", "윤, 서연", "Meer, Willem van der", "Marlow"];
    assert_eq!(all(&record, "AU"), names);
}

#[test]
fn csl_has_family_given_and_suffix() {
    let site = site();
    let items: Value = serde_json::from_str(site.text("documents/petition/citation.json")).unwrap();
    assert_eq!(
        items[0]["author"],
        json!([
            { "family": "Arden", "given": "Henry", "suffix": "Jr." },
            { "family": "Han", "given": "Ji-min" },
            { "family": "윤", "given": "서연" },
            { "family": "Meer", "given": "Willem van der" },
            { "literal": "Marlow" },
        ])
    );
}

#[test]
fn the_page_names_people_apart_from_those_that_stay_whole() {
    let site = site();
    let html = site.text("documents/petition/index.html");
    let names = ["Arden, Henry, Jr.", "Han, Ji-min", "윤, 서연", "Meer, Willem van der"];
    let authors = all(&metas(html), "citation_author").join("; ");
    assert_eq!(authors, format!("{}; Marlow", names.join("; ")));
    let context = context_object(html);
    assert_eq!(all(&context, "rft.au"), names);
    assert_eq!(all(&context, "rft.aucorp"), ["Marlow"]);
}

#[test]
fn a_list_of_people_is_sorted_by_family_name() {
    let site = site();
    // Elements keep a word with a hyphen on one line.
    let html = site.text("people/index.html");
    let html = html.replace("<span class=\"unbroken\">", "").replace("</span>", "");
    let place = |name: &str| html.find(name).unwrap_or_else(|| panic!("{name}"));
    let names = ["Arden, Henry, Jr.", "Han, Ji-min", "Marlow", "Meer, Willem van der"];
    assert!(names.windows(2).all(|pair| place(pair[0]) < place(pair[1])), "{html}");
}

#[test]
fn a_name_that_begins_with_the_family_is_not_inverted_in_words() {
    let site = site();
    let html = site.text("documents/petition/index.html");
    assert!(html.contains("Arden, Henry, Jr., Han Ji-min"), "Chicago: {html}");
    assert!(html.contains("Arden, H., Jr., Han, J.-m., 윤서연, Meer, W. van der"), "APA: {html}");
}
