//! The arrangement: units drafted from folders, their pages, faults of what names them; documents that name others.

use std::collections::BTreeMap;

use super::project::{LETTER, Project};

/// A letter that lies in a unit, or is bound to another document.
fn letter(keys: &str) -> String {
    LETTER.replacen("kind =", &format!("{keys}\nkind ="), 1)
}

fn arranged() -> Project {
    let unit = |title: &str, keys: &str| format!("+++\ntitle = \"{title}\"\n{keys}\n+++\n");
    Project::new()
        .file("content/documents/first.md", letter("collection = \"loans\"\nreference = \"AS/1/7\""))
        .file(
            "content/documents/second.md",
            letter("collection = \"papers\"").replace("1921-03-14", "1924"),
        )
        .file("content/documents/draft.md", letter("collection = \"secret\"\ndraft = true"))
        .file(
            "content/collections/papers.md",
            unit(
                "Papers of the Society",
                "level = \"fonds\"\nreference = \"AS\"\nhistory = \"One.\\n\\nTwo.\"\n\
                 creators = [{ organization = \"The Ashford Reading Society\" }, { person = \"Nobody\" }]",
            ),
        )
        .file("content/collections/loans.md", unit("Loans", "level = \"file\"\npart_of = \"papers\""))
        .file(
            "content/collections/empty.md",
            unit("Box 10", "level = \"file\"\npart_of = \"papers\""),
        )
        .file("content/collections/box9.md", unit("Box 9", "level = \"file\"\npart_of = \"papers\""))
        .file("content/collections/secret.md", unit("Informants", "part_of = \"papers\""))
}

#[test]
fn a_unit_shows_its_parts_and_documents_and_a_document_the_way_to_it() {
    let project = arranged();
    project.succeeds("build");
    let fonds = project.read("public/collections/papers/index.html");
    for shown in [
        "Papers of the Society",
        "2 documents",
        "1921–1924",
        "<p dir=auto>Two.</p>",
        "/collections/loans/",
    ] {
        assert!(fonds.contains(shown), "{shown} in {fonds}");
    }
    // Known by another form of the name, and by none.
    assert!(fonds.contains("<a href=\"/organizations/ashford-reading-society/\""), "{fonds}");
    assert!(fonds.contains("<bdi>Nobody</bdi>"), "{fonds}");
    let at = |text: &str| fonds.find(text).unwrap();
    assert!(
        at("Box 9") < at("Box 10") && at("Box 10") < at("Loans"),
        "in the order of their titles"
    );
    let letter = project.read("public/documents/first/index.html");
    let crumbs =
        &letter[letter.find("class=breadcrumbs").unwrap()..letter.find("<article").unwrap()];
    let places: Vec<usize> = ["/collections/ ", "/collections/papers/", "/collections/loans/"]
        .iter()
        .map(|path| crumbs.find(path.trim()).unwrap())
        .collect();
    assert!(places.is_sorted(), "{crumbs}");
    assert!(letter.contains("AS/1/7"), "{letter}");
    let file = project.read("public/collections/loans/index.html");
    assert!(file.contains("rel=prev") && !file.contains("rel=next"), "{file}");
    let society = project.read("public/organizations/ashford-reading-society/index.html");
    assert!(society.contains("/collections/papers/"), "{society}");
}

#[test]
fn the_next_document_is_the_next_of_the_unit_in_its_own_order() {
    let numbered = |date: &str, reference: &str| {
        letter(&format!("collection = \"papers\"\nreference = \"{reference}\""))
            .replace("1921-03-14", date)
    };
    let project = Project::new()
        .file("content/collections/papers.md", "+++\ntitle = \"Papers\"\n+++\n")
        .file("content/documents/first.md", numbered("1924", "P/2"))
        .file("content/documents/second.md", numbered("1921", "P/10"))
        .file("content/documents/third.md", numbered("1922", "P/11"))
        .file("content/documents/elsewhere.md", LETTER.replace("1921-03-14", "1921-06"));
    let links = |project: &Project, slug: &str| {
        let page = project.read(&format!("public/documents/{slug}/index.html"));
        let at = page.find("class=neighbours").unwrap();
        let nav = page[at..page[at..].find("</nav>").unwrap() + at].replace('"', "");
        nav.split("href=")
            .skip(1)
            .map(|rest| rest[..rest.find([' ', '>']).unwrap()].to_owned())
            .collect::<Vec<_>>()
    };
    project.succeeds("build");
    assert_eq!(
        links(&project, "second"),
        ["/collections/papers/", "/documents/first/", "/documents/third/"]
    );
    // What lies in no unit has the neighbours that it has in time.
    assert_eq!(links(&project, "elsewhere"), ["/documents/second/", "/documents/third/"]);
    // Without references the order is that of time, and the unit is named all the same.
    for slug in ["first", "second", "third"] {
        let path = format!("content/documents/{slug}.md");
        let lines: Vec<String> = project.read(&path).lines().map(str::to_owned).collect();
        let kept = lines.iter().filter(|line| !line.starts_with("reference"));
        project.write(&path, kept.cloned().collect::<Vec<_>>().join("\n") + "\n");
    }
    project.succeeds("build");
    assert_eq!(
        links(&project, "third"),
        ["/collections/papers/", "/documents/second/", "/documents/first/"]
    );
}

#[test]
fn a_document_says_who_its_parties_are_as_far_as_records_say_it() {
    let project = Project::with_letter().file(
        "content/organizations/society.md",
        "+++\ntitle = \"Ashford Reading Society\"\ndescription = \"It met above the bakery.\"\n+++\n",
    );
    project.succeeds("build");
    let page = project.read("public/documents/reading-room/index.html");
    assert_eq!(page.matches("It met above the bakery.").count(), 1, "{page}");
    assert!(page.contains("Who is who"), "{page}");
    project.write(
        "content/organizations/society.md",
        "+++\ntitle = \"Ashford Reading Society\"\n+++\n",
    );
    project.succeeds("build");
    assert!(!project.read("public/documents/reading-room/index.html").contains("Who is who"));
}

#[test]
fn a_unit_of_which_all_is_hidden_is_nowhere() {
    let project = arranged();
    project.succeeds("build");
    for (path, bytes) in project.files("public") {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(!path.contains("secret") && !text.contains("Informants"), "{path}");
    }
    project.succeeds("build --drafts");
    assert!(project.read("public/collections/papers/index.html").contains("Informants"));
}

#[test]
fn the_tree_is_exported_as_a_finding_aid_and_as_a_table() {
    let project = arranged();
    project.succeeds("build");
    let ead = project.read("public/collections/papers/ead.xml");
    for part in [
        "<archdesc level=\"fonds\">",
        "<c level=\"file\">",
        "<unitid>AS/1/7</unitid>",
        "<unitdate normal=\"1921-03-14/1921-03-14\">14 March 1921</unitdate>",
        "<dao daotype=\"derived\" href=\"https://example.org/documents/first/\"",
        "<p>Two.</p>",
    ] {
        assert!(ead.contains(part), "{part} in {ead}");
    }
    let table = project.read("public/data/collections.csv");
    // A cell holds a blank line.
    let rows: Vec<&str> = table.split("\r\n").collect();
    assert!(rows[1].starts_with(
        "papers,https://example.org/collections/papers/,Papers of the Society,fonds,AS,"
    ));
    assert!(rows[4].starts_with("loans,") && rows[4].ends_with(",papers,1"), "{table}");
    let documents = project.read("public/data/documents.csv");
    assert!(documents.contains(",loans,AS/1/7,"), "{documents}");
}

#[test]
fn what_leads_nowhere_is_told_with_the_nearest_name() {
    let project = arranged()
        .file(
            "content/documents/lost.md",
            letter("collection = \"loan\"\ntranslation_of = \"frist\""),
        )
        .file(
            "content/collections/round.md",
            "+++\ntitle = \"Round\"\npart_of = \"about\"\nlevel = \"serie\"\n+++\n",
        )
        .file("content/collections/about.md", "+++\ntitle = \"About\"\npart_of = \"round\"\n+++\n")
        .file("content/collections/bare.md", "+++\nlevel = \"file\"\n+++\n")
        .file("content/index.md", "+++\ntitle = \"Home\"\nfeatured = \"nothing\"\n+++\n")
        .file("content/organizations/whole.md", "+++\ntitle = \"Whole\"\npart_of = \"Part\"\n+++\n")
        .file("content/organizations/part.md", "+++\ntitle = \"Part\"\npart_of = \"Whole\"\n+++\n")
        .file(
            "content/organizations/league.md",
            "+++\ntitle = \"League\"\npart_of = \"Nowhere\"\n+++\n",
        );
    insta::assert_snapshot!(project.fails("build"));
}

#[test]
fn translations_lead_to_each_other_with_their_languages() {
    let project = Project::new()
        .file("content/documents/letter.md", letter("language = \"en\""))
        .file(
            "content/documents/brief.md",
            letter("language = \"de\"\ntranslation_of = \"letter\""),
        )
        .file(
            "content/documents/lettre.md",
            letter("language = \"fr\"\ntranslation_of = \"letter\""),
        )
        .file("content/documents/annex.md", letter("part_of = \"letter\""));
    project.succeeds("build");
    for (page, shown) in [
        ("letter", ["In other languages", "/documents/brief/", "/documents/lettre/", "Its parts"]),
        (
            "brief",
            ["Translated from", "/documents/letter/", "In other languages", "/documents/lettre/"],
        ),
        ("annex", ["Part of", "/documents/letter/", "", ""]),
    ] {
        let html = project.read(&format!("public/documents/{page}/index.html"));
        let from = html.find("id=relatives").unwrap();
        let section = &html[from..from + html[from..].find("</section>").unwrap()];
        for part in shown {
            assert!(section.contains(part), "{part} on {page}: {section}");
        }
        let languages: Vec<&str> = ["en", "de", "fr"]
            .into_iter()
            .filter(|tag| html.contains(&format!("rel=\"alternate\" hreflang=\"{tag}\"")))
            .collect();
        assert_eq!(languages.len(), if page == "annex" { 0 } else { 3 }, "{page}: {html}");
    }
}

#[test]
fn folders_of_seeds_are_drafted_once_and_then_a_persons() {
    let seed = "Ashford Reading Society\n\n14 March 1921\n\nDear Miss Harland,\n\nThe room is dry and can be heated.\n\nYours sincerely,\n\nThomas Wardle\n";
    let project = Project::new()
        .file("seeds/Box 3/Loans/letter.txt", seed)
        .file("seeds/Box 3/Rooms/letter.txt", seed.replace("dry", "damp"))
        .file("seeds/alone.txt", seed.replace("dry", "warm"))
        .file("seeds/Sounds/tape.mp3", "ID3");
    project.succeeds("ingest");
    assert_eq!(
        project.read("content/collections/box-3.md"),
        "+++\ntitle = \"Box 3\"\nlevel = \"series\"\n+++\n"
    );
    assert_eq!(
        project.read("content/collections/box-3-loans.md"),
        "+++\ntitle = \"Loans\"\nlevel = \"file\"\npart_of = \"box-3\"\n+++\n"
    );
    assert!(!project.path("content/collections/sounds.md").exists());
    let named = |project: &Project| -> Vec<String> {
        let files = project.files("content/documents").into_iter();
        let texts = files.map(|(_, bytes)| String::from_utf8_lossy(&bytes).into_owned());
        let keys = texts.filter_map(|text| {
            text.lines().find_map(|line| line.strip_prefix("collection = ").map(str::to_owned))
        });
        keys.collect()
    };
    let mut slugs = named(&project);
    slugs.sort();
    assert_eq!(slugs, ["\"box-3-loans\"", "\"box-3-rooms\""]);
    project.succeeds("build");

    // A person's words stay, and drafts follow a changed slug; what was removed is not named any more.
    let own = "+++\ntitle = \"Loans of books\"\nslug = \"loans\"\npart_of = \"box-3\"\n+++\n";
    project.write("content/collections/box-3-loans.md", own);
    std::fs::remove_file(project.path("content/collections/box-3-rooms.md")).unwrap();
    project.succeeds("ingest");
    assert_eq!(project.read("content/collections/box-3-loans.md"), own);
    assert!(!project.path("content/collections/box-3-rooms.md").exists());
    assert_eq!(named(&project), ["\"loans\""]);
    project.succeeds("build");

    // No units where none are wanted.
    let config =
        "base_url = \"https://example.org\"\ntitle = \"Letters\"\n[ingest]\ncollections = false\n";
    let project = Project::empty().file("config.toml", config).file("seeds/Box 3/letter.txt", seed);
    project.succeeds("ingest");
    assert!(!project.path("content/collections").exists());
    assert_eq!(named(&project), [""; 0]);
}

#[test]
fn documents_of_a_unit_are_in_the_order_of_their_references_if_all_have_one() {
    let filed = |reference: &str, year: &str| {
        let keys = format!("collection = \"loans\"\nreference = \"{reference}\"");
        letter(&keys)
            .replace("1921-03-14", year)
            .replace("Letter on the Reading Room", &format!("Letter {reference}"))
    };
    let project = Project::new()
        .file("content/collections/loans.md", "+++\ntitle = \"Loans\"\nlevel = \"file\"\n+++\n")
        .file("content/documents/a.md", filed("L 10", "1923"))
        .file("content/documents/b.md", filed("L 9", "1921"))
        .file("content/documents/c.md", filed("L 2", "1922"));
    let titles = || {
        project.succeeds("build");
        let page = project.read("public/collections/loans/index.html");
        ["L 2", "L 9", "L 10"].map(|reference| page.find(&format!("Letter {reference}<")).unwrap())
    };
    assert!(titles().is_sorted());
    let finding_aid = project.read("public/collections/loans/ead.xml");
    assert!(finding_aid.find("Letter L 9") < finding_aid.find("Letter L 10"), "{finding_aid}");
    // One without a reference has no place in that order.
    project
        .write("content/documents/b.md", filed("L 9", "1921").replace("reference = \"L 9\"\n", ""));
    let [second, ninth, tenth] = titles();
    assert!(tenth < second && second < ninth, "newest first");
}

#[test]
fn the_tree_is_exported_as_linked_data_in_which_all_parts_are_bound_both_ways() {
    let project = arranged();
    project.succeeds("build");
    let tree: serde_json::Value =
        serde_json::from_str(&project.read("public/data/collections.jsonld")).unwrap();
    assert_eq!(tree["@context"], "https://schema.org");
    let nodes: BTreeMap<&str, &serde_json::Value> = tree["@graph"]
        .as_array()
        .unwrap()
        .iter()
        .map(|node| (node["@id"].as_str().unwrap(), node))
        .collect();
    assert_eq!(nodes.len(), tree["@graph"].as_array().unwrap().len(), "a node stands there once");
    let archive = nodes["https://example.org/#archive"];
    assert_eq!(archive["@type"], "ArchiveOrganization");
    let mut parts = 0;
    for (id, node) in &nodes {
        if *id == "https://example.org/#archive" {
            continue;
        }
        assert_eq!(node["holdingArchive"]["@id"], "https://example.org/#archive", "{id}");
        // The vocabulary has `holdingArchive` for components only.
        let types = node["@type"].as_array().unwrap();
        assert!(types.iter().any(|kind| kind == "ArchiveComponent"), "{node}");
        if *id != "https://example.org/#collection" {
            let whole = nodes[node["isPartOf"]["@id"].as_str().unwrap()];
            let listed = whole["hasPart"].as_array().unwrap();
            assert!(listed.iter().any(|part| part["@id"] == **id), "{id} in {whole}");
        }
        for part in node["hasPart"].as_array().into_iter().flatten() {
            let part = nodes[part["@id"].as_str().unwrap()];
            assert_eq!(part["isPartOf"]["@id"], **id, "{part}");
            parts += 1;
        }
    }
    // The fonds; its file with one letter and two empty ones; its own letter.
    assert_eq!(parts, 6, "{tree}");
    let fonds = nodes["https://example.org/collections/papers/#collection"];
    assert_eq!(fonds["additionalType"], "fonds");
    assert_eq!(fonds["identifier"], "AS");
    assert_eq!(
        fonds["creator"][0]["@id"],
        "https://example.org/organizations/ashford-reading-society/"
    );
    let letter = nodes["https://example.org/documents/first/"];
    assert_eq!(letter["dateCreated"], "1921-03-14");
    assert!(letter["itemLocation"].as_str().unwrap().ends_with(", AS/1/7"), "{letter}");
    // What is hidden is not there, and pages lead to the file.
    assert!(!tree.to_string().contains("Informants"), "{tree}");
    for page in ["collections/index.html", "collections/papers/index.html", "data/index.html"] {
        let page = project.read(&format!("public/{page}"));
        assert!(page.contains("/data/collections.jsonld"), "{page}");
    }
    let package: serde_json::Value =
        serde_json::from_str(&project.read("public/data/datapackage.json")).unwrap();
    let names: Vec<&str> = package["resources"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|r| r["name"].as_str())
        .collect();
    assert!(names.contains(&"collections-jsonld") && names.contains(&"collections"), "{names:?}");
}
