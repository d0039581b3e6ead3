//! The interface in several languages: pages of each, links between them, what exists once.

use super::project::{CONFIG, LETTER, Project};

const LANGUAGES: &str = "\n[languages.ko]\ntitle = \"서한집\"\n\n[languages.ko.kinds.decree]\nname = \"포고\"\n\n\
    [languages.fr]\ndescription = \"Des lettres.\"\ndocuments = false\n\n[kinds.decree]\nname = \"Decree\"\n";

fn page(title: &str, text: &str) -> String {
    format!("+++\ntitle = \"{title}\"\n+++\n\n{text}\n")
}

fn archive() -> Project {
    Project::new()
        .file("config.toml", format!("{CONFIG}{LANGUAGES}"))
        .file("content/documents/reading-room.md", LETTER)
        .file(
            "content/documents/order.md",
            "+++\ntitle = \"An order\"\nkind = \"decree\"\n+++\n\nDone.\n",
        )
        .file("content/index.md", page("", "What the society kept."))
        .file(
            "content/pages/about.md",
            page("About", "See [the letter](../documents/reading-room.md)."),
        )
        .file(
            "content/pages/about.ko.md",
            page("소개", "[편지](../documents/reading-room.md)를 보십시오."),
        )
        .file("content/pages/copies.md", page("Copies", "How to get copies."))
}

#[test]
fn each_language_has_its_pages_and_leads_to_the_others() {
    let project = archive();
    project.succeeds("check");
    project.succeeds("build");
    let letter = project.read("public/ko/documents/reading-room/index.html");
    assert!(letter.contains("<html lang=\"ko\">"), "{letter}");
    // The text keeps its own language, and what is beside it is there once.
    assert!(letter.contains("lang=\"en\" id=text"), "{letter}");
    assert!(letter.contains("href=\"/documents/reading-room/citation.bib\""), "{letter}");
    assert!(!project.path("public/ko/documents/reading-room/citation.bib").exists());
    assert!(letter.contains("1921년 3월 14일") && letter.contains(">서한</a>"), "{letter}");
    for (tag, url) in [
        ("en", "https://example.org/documents/reading-room/"),
        ("x-default", "https://example.org/documents/reading-room/"),
        ("ko", "https://example.org/ko/documents/reading-room/"),
    ] {
        for file in [
            "public/documents/reading-room/index.html",
            "public/ko/documents/reading-room/index.html",
        ] {
            let page = project.read(file);
            let link = page.split("<link ").find(|link| {
                link.contains(&format!("hreflang={tag}"))
                    || link.contains(&format!("hreflang=\"{tag}\""))
            });
            assert!(link.is_some_and(|link| link.contains(url)), "{tag} {file}: {page}");
        }
    }
    // A language without pages of documents leads to those of the default one, and the switch to its first page.
    assert!(!project.path("public/fr/documents/reading-room/index.html").exists());
    let list = project.read("public/fr/documents/index.html");
    assert!(list.contains("href=\"/documents/reading-room/\""), "{list}");
    let main = project.read("public/documents/reading-room/index.html");
    assert!(main.contains("href=\"/fr/\"") && !main.contains("https://example.org/fr/"), "{main}");
    let list = project.read("public/ko/documents/index.html");
    assert!(list.contains("href=\"/ko/documents/reading-room/\""), "{list}");
    let kinds = project.read("public/ko/kinds/index.html");
    assert!(kinds.contains("포고") && kinds.contains("서한"), "{kinds}");
}

#[test]
fn pages_of_the_archives_own_are_translated_or_say_that_they_are_not() {
    let project = archive();
    project.succeeds("build");
    let about = project.read("public/ko/about/index.html");
    assert!(
        about.contains("소개") && about.contains("href=\"/ko/documents/reading-room/\""),
        "{about}"
    );
    let copies = project.read("public/ko/copies/index.html");
    assert!(
        copies.contains("아직 번역되지 않았습니다") && copies.contains("How to get copies"),
        "{copies}"
    );
    assert!(
        copies.contains("class=\"prose text\" lang=\"en\"")
            || copies.contains("class=\"prose text\" lang=en"),
        "{copies}"
    );
    assert!(copies.contains("href=\"https://example.org/copies/\" rel=canonical"), "{copies}");
    assert!(!project.path("public/about-ko").exists());
    // A description in the language comes before an introduction in another one.
    let french = project.read("public/fr/index.html");
    assert!(
        french.contains("Des lettres.") && !french.contains("What the society kept"),
        "{french}"
    );
    let korean = project.read("public/ko/index.html");
    assert!(
        korean.contains("What the society kept") && korean.contains("아직 번역되지"),
        "{korean}"
    );
    assert!(korean.contains("<h1>서한집</h1>"), "{korean}");
    let sitemap = project.read("public/sitemap.xml");
    assert!(sitemap.contains("<loc>https://example.org/ko/about/</loc>"), "{sitemap}");
    assert!(!sitemap.contains("ko/copies/"), "{sitemap}");
    assert!(sitemap.contains("xhtml:link"), "{sitemap}");
    assert!(
        project
            .read("public/ko/atom.xml")
            .contains("https://example.org/ko/documents/reading-room/")
    );
}

#[test]
fn all_languages_share_one_index() {
    let project = archive();
    project.succeeds("build");
    let (main, korean) =
        (project.read("public/search/index.html"), project.read("public/ko/search/index.html"));
    let manifest = |page: &str| {
        let start = page.find("/search/index/manifest.").unwrap();
        page[start..].split(['"', ' ', '>']).next().unwrap().to_owned()
    };
    assert_eq!(manifest(&main), manifest(&korean));
    assert!(korean.contains("data-pages=\"ko/\"") || korean.contains("data-pages=ko/"), "{korean}");
    assert!(korean.contains("서한") && !main.contains("data-labels"), "{korean}");
    assert!(!project.path("public/ko/search/index").exists());
}

#[test]
fn addresses_in_a_language_stay() {
    let project = archive();
    project.succeeds("build --lock-urls");
    let lock = project.read("content/urls.lock");
    assert!(lock.contains("/ko/documents/reading-room/\tlanguage\tko\n"), "{lock}");
    // A document that is renamed is found in that language too.
    std::fs::rename(
        project.path("content/documents/reading-room.md"),
        project.path("content/documents/room.md"),
    )
    .unwrap();
    project.write("content/pages/about.md", page("About", "Nothing."));
    project.write("content/pages/about.ko.md", page("소개", "없음."));
    project.succeeds("build");
    let old = project.read("public/ko/documents/reading-room/index.html");
    assert!(old.contains("/ko/documents/room/"), "{old}");
    // A language that is given up leads to the default one.
    project.write("config.toml", format!("{CONFIG}\n[kinds.decree]\nname = \"Decree\"\n"));
    std::fs::remove_file(project.path("content/pages/about.ko.md")).unwrap();
    project.succeeds("build");
    let old = project.read("public/ko/documents/order/index.html");
    assert!(old.contains("\"/documents/order/\"") || old.contains("=/documents/order/"), "{old}");
}

#[test]
fn what_is_no_translation_is_told() {
    let project = Project::new()
        .file(
            "config.toml",
            format!("{CONFIG}\n[languages.ko]\n\n[languages.en]\n\n[languages.klingon]\n"),
        )
        .file("content/pages/rules.ko.md", page("규칙", "없음."))
        .file("content/pages/about.md", page("About", "A."))
        .file("content/pages/about.ko.md", "+++\ntitle = \"소개\"\nslug = \"so-gae\"\n+++\n\n가.\n")
        .file("content/pages/ko.md", page("Korean", "K."));
    let told = project.fails("build");
    for part in
        ["`en` is the `default_language`, which has no table", "`klingon` is not a language tag"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
    project.write("config.toml", format!("{CONFIG}\n[languages.ko]\n"));
    let told = project.fails("build");
    for part in [
        "there is no `content/pages/rules.md` that it translates",
        "`slug` is set in a translation",
        "the language `ko` has the page `/ko/`",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn a_change_of_a_text_reaches_every_language() {
    let project = archive();
    project.succeeds("build");
    let text = LETTER.replace("can be heated", "can be heated in winter");
    project.write("content/documents/reading-room.md", text);
    project.write("content/pages/about.ko.md", page("소개", "겨울."));
    project.succeeds("build");
    for file in
        ["public/documents/reading-room/index.html", "public/ko/documents/reading-room/index.html"]
    {
        assert!(project.read(file).contains("in winter"), "{file}");
    }
    assert!(project.read("public/ko/about/index.html").contains("겨울"));
}

#[test]
fn a_dead_link_is_told_once_for_all_languages() {
    let project = archive();
    project.write("content/pages/copies.md", page("Copies", "[Gone](/documents/gone/)."));
    let told = project.fails("check");
    assert_eq!(told.matches("the site has no `documents/gone/index.html`").count(), 1, "{told}");
}

#[test]
fn records_of_names_and_units_are_translated_text_by_text() {
    let project = archive()
        .file(
            "content/organizations/society.md",
            "+++\ntitle = \"Ashford Reading Society\"\ncountry = \"England\"\n\
             description = \"A society of readers.\"\n+++\n\nIt met above the bakery.\n",
        )
        .file(
            "content/organizations/society.ko.md",
            "+++\ntitle = \"애시퍼드 독서회\"\ndescription = \"책을 읽는 모임.\"\n+++\n",
        )
        .file(
            "content/collections/papers.md",
            "+++\ntitle = \"Papers\"\nscope = \"Letters.\"\nhistory = \"Kept.\"\n+++\n\nMore of it.\n",
        )
        .file(
            "content/collections/papers.ko.md",
            "+++\ntitle = \"문서\"\nscope = \"편지들.\"\n+++\n\n더 있다.\n",
        )
        .file(
            "content/documents/reading-room.md",
            LETTER.replacen("kind =", "collection = \"papers\"\nkind =", 1),
        );
    project.succeeds("check");
    project.succeeds("build");
    let with = |page: &str, parts: &[&str]| {
        let plain = page.replace('"', "");
        for part in parts {
            assert!(plain.contains(part), "{part} in {page}");
        }
    };
    let society = "organizations/ashford-reading-society/index.html";
    let address = if project.path(&format!("public/{society}")).exists() {
        society
    } else {
        "organizations/society/index.html"
    };
    let korean = project.read(&format!("public/ko/{address}"));
    // What nobody translated is shown as it is, and says its language.
    with(
        &korean,
        &[
            "<bdi>애시퍼드 독서회</bdi>",
            "<p class=who-is dir=auto>책을 읽는 모임.",
            "<p class=eyebrow lang=en>England",
            "<div class=prose lang=en>",
            "It met above the bakery",
        ],
    );
    let english = project.read(&format!("public/{address}"));
    with(&english, &["<bdi>Ashford Reading Society</bdi>", "A society of readers", "hreflang=ko"]);
    assert!(!english.contains("독서회</bdi>"), "{english}");
    // A search engine is told both names.
    assert!(english.contains("\"alternateName\":[\"애시퍼드 독서회\"]"), "{english}");
    with(&project.read("public/ko/organizations/index.html"), &["애시퍼드 독서회"]);
    let unit = project.read("public/ko/collections/papers/index.html");
    with(
        &unit,
        &[
            "<h1 dir=auto>문서</h1>",
            "<div class=prose><p id=p-",
            ">더 있다.",
            "<div class=prose><p dir=auto>편지들.",
            "<div class=prose lang=en><p dir=auto>Kept.",
        ],
    );
    with(
        &project.read("public/fr/collections/papers/index.html"),
        &["<h1 dir=auto lang=en>Papers</h1>"],
    );
    with(&project.read("public/ko/collections/index.html"), &["dir=auto>문서</a>"]);
    // A document names its parties as it did, and leads to the unit by the name in the language.
    let letter = project.read("public/ko/documents/reading-room/index.html");
    with(&letter, &["/ko/collections/papers/", ">문서</a>", "Ashford Reading Society"]);
    // The filters of search have the names of this language.
    let search = project.read("public/ko/search/index.html");
    assert!(search.contains("애시퍼드 독서회") && search.contains("문서"), "{search}");
    // A translation is no name of its own.
    assert!(!project.read("public/data/organizations.csv").contains("애시퍼드 독서회"));
    assert!(!project.path("public/organizations/society-ko").exists());
}

#[test]
fn a_translation_of_no_record_is_told() {
    let project = archive()
        .file("content/people/nobody.ko.md", "+++\ntitle = \"아무개\"\n+++\n")
        .file("content/collections/papers.md", "+++\ntitle = \"Papers\"\n+++\n")
        .file(
            "content/collections/papers.ko.md",
            "+++\ntitle = \"문서\"\nreference = \"P\"\n+++\n",
        );
    let told = project.fails("build");
    for part in
        ["there is no `content/people/nobody.md` that it translates", "unknown key `reference`"]
    {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn a_title_and_a_description_that_are_not_translated_name_their_language() {
    let described = CONFIG.to_owned() + "description = \"Letters of a society.\"\n";
    let languages =
        "\n[languages.ko]\ntitle = \"서한집\"\n\n[languages.fr]\ndescription = \"Des lettres.\"\n";
    let project = Project::new()
        .file("config.toml", format!("{described}{languages}"))
        .file("content/documents/reading-room.md", LETTER);
    project.succeeds("build");
    let home = |path: &str| project.read(path).replace('"', "");
    let (main, korean, french) =
        (home("public/index.html"), home("public/ko/index.html"), home("public/fr/index.html"));
    assert!(korean.contains("<h1>서한집</h1>"), "{korean}");
    assert!(korean.contains("<div class=prose lead lang=en><p>Letters of a society."), "{korean}");
    assert!(french.contains("<h1 lang=en>Letters</h1>"), "{french}");
    assert!(french.contains("<p class=site lang=en>"), "{french}");
    assert!(french.contains("<div class=prose lead><p>Des lettres."), "{french}");
    assert!(main.contains("<h1>Letters</h1>") && !main.contains("lead lang="), "{main}");
}

#[test]
fn a_long_page_of_the_archives_own_lists_its_parts_and_a_short_one_does_not() {
    let page = |parts: &[&str]| {
        let text: String =
            parts.iter().map(|part| format!("## {part}\n\nSome words.\n\n")).collect();
        format!("+++\ntitle = \"Method\"\n+++\n\n{text}")
    };
    let project = Project::new()
        .file("config.toml", format!("{CONFIG}\n[languages.ko]\n"))
        .file("content/documents/reading-room.md", LETTER)
        .file("content/pages/long.md", page(&["How we *read*", "Rights & wrongs", "Thanks"]))
        .file("content/pages/short.md", page(&["How we read", "Thanks"]));
    project.succeeds("build");
    let long = project.read("public/long/index.html").replace('"', "");
    assert!(long.contains("<h2 id=contents>On this page</h2>"), "{long}");
    for link in ["<a href=#h-how-we-read>How we read</a>", "<a href=#h-thanks>Thanks</a>"] {
        assert!(long.contains(link), "{link}\n{long}");
    }
    assert!(long.contains(">Rights &amp; wrongs</a>"), "{long}");
    let korean = project.read("public/ko/long/index.html").replace('"', "");
    assert!(korean.contains("<h2 id=contents>차례</h2>"), "{korean}");
    assert!(korean.contains("<ul lang=en>"), "{korean}");
    assert!(!project.read("public/short/index.html").contains("contents"));
}
