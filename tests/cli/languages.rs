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
