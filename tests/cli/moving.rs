//! What comes from other generators: each way of moving in with a small sample, as `docs/moving.md` has them.

use super::project::{LETTER, Project};

#[test]
fn calls_of_other_generators_are_told_and_never_published() {
    let text = "\
        See {{< figure src=\"quay.jpg\" title=\"The quay\" >}} and {{ youtube(id=\"a.b\") }}.\n\n\
        {% include note.html text=\"Closed\" %}\n\n\
        `{{< figure >}}` shows a picture, and \\{{ site.title }} is not replaced.\n";
    let page = format!("+++\ntitle = \"Rules\"\n+++\n\n{text}");
    let project = Project::with_letter().file("content/pages/rules.md", page);
    insta::assert_snapshot!(project.fails("build"));
    assert!(!project.path("public/rules").exists());
    // A text that shows such signs, and one that was read from a seed, stay as they are.
    let shown = "+++\ntitle = \"Rules\"\n+++\n\n`{{< figure >}}` and \\{{ site.title }}.\n";
    project.write("content/pages/rules.md", shown);
    let read = LETTER.replace("kind =", "source = { seed = \"a.txt\" }\nkind =");
    project.write("content/documents/read.md", format!("{read}\n{{{{ site.title }}}}\n"));
    project.write("seeds/a.txt", "{{ site.title }}\n");
    project.succeeds("build --no-ingest");
    assert!(project.read("public/rules/index.html").contains("{{ site.title }}"));
    assert!(project.read("public/documents/read/index.html").contains("{{ site.title }}"));
}

#[test]
fn posts_of_jekyll_have_their_date_address_and_pictures() {
    let post = "---\nlayout: post\ntitle: The quay\npermalink: /2021/quay.html\ntags: [Harbours]\n---\n\nClosed.\n";
    let project = Project::new()
        .file("content/documents/2021-03-14-the-quay.md", post)
        .file(
            "content/documents/2021-03-15-dated.md",
            "---\ntitle: Dated\ndate: 1921-05-06\n---\n\nOpen.\n",
        )
        .file(
            "content/documents/1931-02-01-ours.md",
            "+++\ntitle = \"Ours\"\n+++\n\nA name says nothing of a record that we wrote.\n",
        );
    project.succeeds("build");
    let rows = project.read("public/data/documents.csv");
    let date = |title: &str| {
        let row = rows.lines().find(|row| row.contains(title)).unwrap();
        row.split(',')
            .find(|cell| cell.len() == 10 && cell.as_bytes()[4] == b'-')
            .map(str::to_owned)
    };
    assert_eq!(date("The quay").as_deref(), Some("2021-03-14"), "{rows}");
    assert_eq!(date("Dated").as_deref(), Some("1921-05-06"), "{rows}");
    assert_eq!(date("Ours"), None, "{rows}");
    let old = project.read("public/2021/quay.html");
    assert!(old.contains("/documents/2021-03-14-the-quay/"), "{old}");
}
