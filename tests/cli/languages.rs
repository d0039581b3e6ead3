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

const COLUMNS: &str = "HARBOUR COMMISSION                       COMMISSION DU PORT

Ottawa, 4 May 1931                       Ottawa, le 4 mai 1931

Dear Mr. Roux,                           Monsieur Roux,

The Commission has considered your       La Commission a examiné votre
request of 2 April and has agreed to     demande du 2 avril et a accepté de
lower the dues for fishing boats.        réduire les droits des bateaux de
                                         pêche.

Yours faithfully,                        Veuillez agréer, Monsieur, mes
                                         salutations distinguées.

L. Marchand, Secretary                   L. Marchand, secrétaire
";

#[test]
fn each_column_of_a_seed_in_two_languages_is_in_its_own() {
    let project = Project::new().file("seeds/letter.txt", COLUMNS);
    project.succeeds("build");
    let files = project.files("public/documents");
    let page = files.iter().find(|(path, _)| path.ends_with("marchand-to-roux/index.html"));
    let page = String::from_utf8_lossy(page.unwrap().1).into_owned();
    let text = &page[page.find("id=text").unwrap()..];
    let lang = |words: &str| {
        let before = &text[..text.find(words).unwrap_or_else(|| panic!("{words}: {page}"))];
        let tag = before[before.rfind("<p ").unwrap()..].split_inclusive('>').next().unwrap();
        tag.contains("lang=\"en\"")
    };
    let english = ["HARBOUR", "4 May", "Dear", "The Commission", "Yours", "Marchand, Secretary"];
    for words in english {
        assert!(lang(words), "{words}: {page}");
    }
    for words in ["COMMISSION DU PORT", "le 4 mai", "Monsieur Roux", "Veuillez", "Marchand, secr"] {
        assert!(!lang(words), "{words}: {page}");
    }
}
