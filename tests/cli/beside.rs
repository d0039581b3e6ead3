//! Links of a text to other files of `content/`, and pictures in the folder of a text.

use super::project::{CONFIG, LETTER, Project};
use super::scans::jpeg;
use super::serve::Server;

fn letter(more: &str, text: &str) -> String {
    let (front, _) = LETTER.split_once("+++\n\n").unwrap();
    format!("{front}{more}+++\n\n{text}\n")
}

#[test]
fn a_link_to_another_file_of_content_leads_to_its_page() {
    let text = "See [the reply](loan/index.md#p-1), [Edith Harland](../people/edith-harland.md), \
        [the rules](@/pages/rules.md) and [home](../index.md).";
    let project = Project::new()
        .file("config.toml", CONFIG.replace("example.org", "example.org/letters"))
        .file(
            "content/index.md",
            "+++\ntitle = \"Letters\"\n+++\n\nBegin with [the room](documents/reading-room.md).\n",
        )
        .file("content/documents/reading-room.md", letter("", text))
        .file("content/documents/loan/index.md", letter("", "The loan {#p-1}"))
        .file("content/people/edith-harland.md", "+++\ntitle = \"Edith Harland\"\n+++\n")
        .file(
            "content/pages/rules.md",
            "+++\ntitle = \"Rules\"\nslug = \"the-rules\"\n+++\n\nOf the room.\n",
        );
    let told = project.run("check");
    // Only the place on the page is wrong, and it is that of the page that was found.
    assert!(told.stderr.contains("`documents/loan/index.html`"), "{}", told.stderr);
    project.write("content/documents/reading-room.md", letter("", &text.replace("#p-1", "")));
    project.succeeds("build");
    let page = project.read("public/documents/reading-room/index.html");
    for url in ["documents/loan/", "people/edith-harland/", "the-rules/", ""] {
        assert!(page.contains(&format!("href=\"/letters/{url}\"")), "{url}: {page}");
    }
    assert!(
        project.read("public/index.html").contains("href=\"/letters/documents/reading-room/\"")
    );

    // What is not shown has no address that could be linked.
    project.write("content/documents/loan/index.md", letter("draft = true\n", "The loan."));
    let told = project.fails("build");
    assert!(told.contains("a link is dead"), "{told}");
}

#[test]
fn pictures_in_the_folder_of_a_text_are_published_beside_its_page() {
    let text = "![The first page](scan.jpg)\n\n![The second](more/p%202.jpg)\n\n![Of another](../reading-room/scan.jpg)";
    let project = Project::new()
        .file("content/documents/loan/index.md", letter("", text))
        .file("content/documents/loan/scan.jpg", jpeg())
        .file("content/documents/loan/more/p 2.jpg", jpeg())
        .file("content/documents/loan/letter.pdf", "%PDF-1.4\n%%EOF\n")
        .file("content/documents/loan/page.html", "<script>alert(1)</script>")
        .file("content/documents/loan/text.txt", "a name of the site's own")
        .file("content/documents/loan/eac.xml", "another one")
        .file(
            "content/pages/about/index.md",
            "+++\ntitle = \"About\"\n+++\n\n![The room](room.jpg)\n",
        )
        .file("content/pages/about/room.jpg", jpeg());
    let told = project.succeeds("build");
    for (what, times) in
        [("it is neither a page image nor a PDF", 1), ("has a name that the site uses itself", 2)]
    {
        assert_eq!(told.matches(what).count(), times, "{told}");
    }
    let site = project.files("public");
    for file in [
        "documents/loan/scan.jpg",
        "documents/loan/more/p 2.jpg",
        "documents/loan/letter.pdf",
        "about/room.jpg",
    ] {
        assert!(site.contains_key(file), "{file}: {:?}", site.keys());
    }
    assert!(!site.contains_key("documents/loan/page.html"));
    let page = project.read("public/documents/loan/index.html");
    assert!(
        page.contains("src=\"/documents/loan/scan.jpg\"")
            && page.contains("/documents/loan/more/p%202.jpg"),
        "{page}"
    );
    assert!(!page.contains("reading-room/scan.jpg"), "{page}");
    for (path, bytes) in &site {
        assert!(!bytes.windows(6).any(|w| w == b"SECRET"), "{path}");
    }
    let server = Server::start(&project);
    assert_eq!(server.get("/documents/loan/more/p%202.jpg").status, 200);
    assert_eq!(server.get("/about/room.jpg").status, 200);
    drop(server);

    // What a picture shows of something withheld is not known.
    let text = format!("{text}\n\n[withheld: a name]\n");
    project.write("content/documents/loan/index.md", letter("", &text));
    let told = project.run("build");
    assert!(
        told.stderr.contains("something of the text or its seed is withheld"),
        "{}",
        told.stderr
    );
    let site = project.files("public");
    assert!(
        !site.keys().any(|path| path.starts_with("documents/loan/") && path.ends_with(".jpg")),
        "{:?}",
        site.keys()
    );
}
