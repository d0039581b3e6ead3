//! Taxonomies of the archive's own, fields of its own, and templates for both.

use super::project::{CONFIG, Project};

const TAXONOMIES: &str = "[outputs]\nextra = [\"obtained\"]\n\n[taxonomies.box]\nname = \"Box\"\nplural = \"Boxes\"\nfeed = true\n\
    navigation = true\n\n[taxonomies.province]\n";

fn document(title: &str, terms: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\ndate = \"1921\"\n[taxonomies]\n{terms}\n[extra]\nobtained = \"By request 118\"\n\
         note = \"For the desk alone\"\n+++\n\nThe text of {title}.\n"
    )
}

fn archive() -> Project {
    Project::new()
        .file("config.toml", format!("{CONFIG}{TAXONOMIES}"))
        .file(
            "content/documents/a.md",
            document("Alpha", "box = \"Box 10/Folder 2\"\nprovince = [\"North\", \"South\"]"),
        )
        .file(
            "content/documents/b.md",
            document("Beta", "box = [\"Box 9 / Folder 1\", \"Box 10\"]"),
        )
        .file("content/documents/c.md", document("Gamma", "box = 10"))
}

#[test]
fn documents_are_browsed_by_taxonomies_of_the_archives_own() {
    let project = archive();
    project.succeeds("build");
    let boxes = project.read("public/box/index.html");
    // In the order of their numbers, each with what is below it.
    let places = ["10</a>", "Box 9</a>", "Folder 1</a>", "Box 10</a>", "Folder 2</a>"]
        .map(|name| boxes.find(name));
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{boxes}");
    let ten = project.read("public/box/box-10/index.html");
    assert!(ten.contains("Alpha") && ten.contains("Beta") && !ten.contains("Gamma"), "{ten}");
    assert!(
        ten.contains("href=\"/box/box-10/folder-2/\"") && ten.contains("search/?box=box-10"),
        "{ten}"
    );
    let folder = project.read("public/box/box-10/folder-2/index.html");
    assert!(folder.contains("<h1>Box 10 / Folder 2</h1>"), "{folder}");
    assert!(folder.contains("<a href=\"/box/box-10/\">Box 10</a>"), "the way up: {folder}");
    assert!(
        folder.contains("type=application/atom+xml") && folder.contains("atom.xml"),
        "{folder}"
    );
    let feed = project.read("public/box/box-10/folder-2/atom.xml");
    assert!(
        feed.contains("<title>Box 10 / Folder 2 – Letters</title>") && feed.contains("Alpha"),
        "{feed}"
    );
    assert!(!project.path("public/province/north/atom.xml").exists());
    let page = project.read("public/documents/a/index.html");
    assert!(
        page.contains("href=\"/box/box-10/folder-2/\" dir=auto>Box 10 / Folder 2</a>"),
        "{page}"
    );
    assert!(page.contains("<dt>Province") && page.contains("/province/south/"), "{page}");
    // The navigation has one of them, the foot both.
    let home = project.read("public/index.html");
    assert_eq!(
        (home.matches("href=\"/box/\"").count(), home.matches("href=\"/province/\"").count()),
        (2, 1)
    );
}

#[test]
fn fields_of_the_archives_own_are_in_data_and_search_if_the_settings_say_so() {
    let project = archive();
    project.succeeds("build");
    let lines = project.read("public/data/documents.jsonl");
    let line: serde_json::Value =
        serde_json::from_str(lines.lines().find(|l| l.contains("Alpha")).unwrap()).unwrap();
    assert_eq!(line["extra"], serde_json::json!({ "obtained": "By request 118" }));
    assert_eq!(line["taxonomies"]["province"], serde_json::json!(["North", "South"]));
    let table = project.read("public/data/documents.csv");
    assert!(table.lines().next().unwrap().contains("taxonomies,extra,withdrawn"), "{table}");
    assert!(table.contains("\"{\"\"obtained\"\":\"\"By request 118\"\"}\""), "{table}");
    let search = project.read("public/search/index.html");
    assert!(
        search.contains("data-own") && search.contains("&quot;box&quot;:&quot;Boxes&quot;"),
        "{search}"
    );
    project.succeeds("search export --to meilisearch -o export");
    let records: Vec<String> = project
        .files("export")
        .into_values()
        .map(|bytes| String::from_utf8(bytes).unwrap())
        .collect();
    let record =
        records.iter().flat_map(|file| file.lines()).find(|line| line.contains("Alpha")).unwrap();
    let record: serde_json::Value = serde_json::from_str(record).unwrap();
    assert_eq!(record["box"], serde_json::json!(["box-10", "box-10/folder-2"]));
    let names = record["names"].to_string();
    assert!(names.contains("By request 118") && names.contains("Box 10 / Folder 2"), "{names}");
    for (path, bytes) in project.files("public") {
        let text = String::from_utf8_lossy(&bytes);
        assert!(
            !text.contains("For the desk alone"),
            "{path} holds a field that nobody made public"
        );
    }
}

#[test]
fn what_is_wrong_with_a_taxonomy_is_told() {
    let project = Project::new()
        .file("config.toml", format!("{CONFIG}[taxonomies.Boxes]\n[taxonomies.kinds]\n[taxonomies.box]\ntemplate = \"none.html\"\n"))
        .file("content/documents/a.md", "+++\ntitle = \"A\"\n[taxonomies]\nbox = [\"Box 1\", \"/ – /\"]\nboxx = \"2\"\n+++\n\nText.\n");
    insta::assert_snapshot!(project.fails("build"));
    let project = Project::new()
        .file("config.toml", format!("{CONFIG}[taxonomies.box]\n"))
        .file("content/documents/a.md", document("Alpha", "box = \"1\""))
        .file("content/pages/box.md", "+++\ntitle = \"About boxes\"\n+++\n\nText.\n");
    let told = project.fails("build");
    assert!(
        told.contains("the taxonomy `box` has the page `/box/`")
            && told.contains("content/pages/box.md"),
        "{told}"
    );
}

#[test]
fn a_kind_and_a_taxonomy_have_templates_of_their_own() {
    let project = archive()
        .file(
            "config.toml",
            format!(
                "theme = \"own\"\n{CONFIG}[kinds.decree]\nname = \"Decree\"\ntemplate = \"decree.html\"\n[taxonomies.box]\n\
                 template = \"boxes.html\"\nterm_template = \"box.html\"\n[taxonomies.province]\n"
            ),
        )
        .file("themes/own/theme.toml", "name = \"own\"\n")
        .file("themes/own/templates/decree.html", "{% extends \"document.html\" %}{% block main %}<p>By decree</p>{{ super() }}{% endblock main %}\n")
        .file("themes/own/templates/boxes.html", "{% extends \"base.html\" %}{% block main %}{% for box in list.terms %}<h2>{{ box.name }}: {{ box.count_text }}</h2>{{<rows documents={box.documents} />}}{% endfor %}{% endblock main %}\n")
        .file("themes/own/templates/box.html", "{% extends \"documents.html\" %}{% block heading %}<h1>In {{ page.title }}</h1>{% endblock heading %}\n")
        .file("themes/own/templates/rows.html", "{% component item(item: map) %}<p><a href=\"{{ item.url }}\">{{ item.title }}</a> {{ item.date.text }} {% if item.extra.obtained is defined %}{{ item.extra.obtained }}{% endif %}{% if item.taxonomies.box is defined %}{% for box in item.taxonomies.box %} [{{ box }}]{% endfor %}{% endif %}</p>{% endcomponent item %}\n")
        .file("content/documents/d.md", "+++\ntitle = \"Delta\"\nkind = \"decree\"\n[taxonomies]\nbox = \"Box 9\"\n+++\n\nText.\n");
    project.succeeds("theme check");
    project.succeeds("build");
    assert!(project.read("public/documents/d/index.html").contains("By decree"));
    let boxes = project.read("public/box/index.html");
    assert!(boxes.contains("<h2>Box 10: 2 documents</h2>"), "{boxes}");
    assert!(boxes.contains("Alpha</a> 1921 By request 118 [Box 10/Folder 2]"), "{boxes}");
    assert!(project.read("public/box/box-10/index.html").contains("<h1>In Box 10</h1>"));
    // Only a theme's own templates fail the check, and each is rendered.
    project.write("themes/own/templates/decree.html", "{% extends \"document.html\" %}{% block main %}{{ document.nothing }}{% endblock main %}\n");
    let told = project.fails("theme check");
    assert!(
        told.contains("decree.html:1")
            && told.contains("found in making the page `/documents/of-kind-0/`"),
        "{told}"
    );
}
