//! Texts in two languages: each paragraph, item, cell and note has its own direction and language.

use super::project::Project;

const ARABIC: &str = "+++
title = \"رسالة من المرفأ\"
language = \"ar\"
+++

السيد John Smith المحترم.

Dear Sir, this paragraph is in English.

- أولا: الرصيف
- second: the quay

| المدينة | The town |
|---|---|
| الرصيف | The quay |

العربية تقول \"Yes\" 123.[^1]

> Quoted in English.

[^1]: A note in English.
";

const ENGLISH: &str = "+++
title = \"Report with a quotation\"
language = \"en\"
+++

The inscription on the stone reads:

כאן נטמן (בשנת 1871) ר' יעקב, בן 71.

- שלום
- דרך

It was copied in 1924. Its words: שלום.
";

const QUOTING: &str = "+++
title = \"Minutes with a letter read out\"
language = \"en\"
+++

The chairman then read out the answer that had come from the port of Dieppe:

Nous avons reçu la lettre que vous avez envoyée au directeur du port, et nous la lirons dans la prochaine séance.

- The first item was adjourned, since nobody had read the letter of the council.
- Le deuxième point est remis à la séance du mois de juin, dans les locaux de la mairie.

It was put by.[^1] Bonne nuit, Messieurs!

[^1]: Die Antwort des Hafenamtes ist im Archiv der Stadt nicht zu finden, und sie wird auch in den Akten nicht erwähnt.
";

#[test]
fn a_long_passage_in_another_language_says_so() {
    let project = Project::new().file("content/documents/minutes.md", QUOTING);
    project.succeeds("build");
    let page = project.read("public/documents/minutes/index.html");
    let text = &page[page.find("id=text").unwrap()..];
    let tag = |words: &str| {
        let before = &text[..text.find(words).unwrap_or_else(|| panic!("{words}: {page}"))];
        let start = ["<p ", "<li"].iter().filter_map(|start| before.rfind(start)).max().unwrap();
        before[start..].split_inclusive('>').next().unwrap_or_default().to_owned()
    };
    assert!(tag("Nous avons").contains("lang=\"fr\""), "{page}");
    assert!(tag("Le deuxième").contains("lang=\"fr\""), "{page}");
    assert!(text.contains("role=\"doc-footnote\" lang=\"de\""), "{page}");
    for own in ["The chairman", "The first item", "It was put by"] {
        assert!(!tag(own).contains("lang="), "{own}: {page}");
    }
}

#[test]
fn direction_and_language_go_by_the_paragraph() {
    let project = Project::new()
        .file("content/documents/arabic.md", ARABIC)
        .file("content/documents/english.md", ENGLISH);
    project.succeeds("build");
    let page = |name: &str| project.read(&format!("public/documents/{name}/index.html"));
    let arabic = page("arabic");
    let tag = |page: &str, words: &str| {
        let text = &page[page.find("id=text").unwrap()..];
        let before = &text[..text.find(words).unwrap_or_else(|| panic!("{words}: {page}"))];
        let starts = ["<p ", "<li ", "<th ", "<td ", "<div "];
        let start = starts.iter().filter_map(|start| before.rfind(start)).max().unwrap();
        let tag = &before[start..];
        tag[..=tag.find('>').unwrap()].to_owned()
    };
    for (words, lang) in [
        ("السيد", ""),
        ("Dear Sir", "en"),
        ("أولا", ""),
        ("second", "en"),
        ("المدينة", ""),
        ("The town", "en"),
        ("The quay", "en"),
        ("العربية تقول", ""),
    ] {
        let tag = tag(&arabic, words);
        assert!(tag.contains("dir=\"auto\""), "{words}: {tag}");
        let is = match lang {
            "" => !tag.contains("lang="),
            lang => tag.contains(&format!("lang=\"{lang}\"")),
        };
        assert!(is, "{words}: {tag}");
    }
    let note = arabic.find("role=\"doc-footnote\" lang=\"en\"");
    assert!(note.is_some(), "{arabic}");
    // A list and a quotation run as their words do: so do their marks and their bars.
    assert!(arabic.contains("dir=\"rtl\"><a class=\"number\" id=\"p3\""), "{arabic}");
    assert!(arabic.contains("dir=\"ltr\" lang=\"en\"><a class=\"number\" id=\"p6\""), "{arabic}");
    let english = page("english");
    assert!(tag(&english, "כאן").contains("dir=\"auto\" lang=\"he\""), "{english}");
    assert!(english.contains("dir=\"rtl\"><a class=\"number\" id=\"p3\""), "{english}");
    assert!(!tag(&english, "It was copied").contains("lang="), "{english}");
}
