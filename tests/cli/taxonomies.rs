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
            && told.contains("found while making the page `/documents/of-kind-0/`"),
        "{told}"
    );
}

const BODY: &str = "+++\ntitle = \"Harbour Board\"\nacronym = \"HB\"\naliases = [\"Board of the Harbour\"]\ndates = \"1921/1938\"\n\
    country = \"Northland\"\nsuccessor_of = [\"Dock Society\"]\npart_of = \"Ministry of Works\"\ndescription = \"It kept <the> harbour.\"\n\
    [[identifiers]]\nscheme = \"Wikidata\"\nvalue = \"Q42\"\n+++\n";

fn letter(body: &str) -> String {
    format!(
        "+++\ntitle = \"From {body}\"\ndate = \"1921-03-14\"\ncreators = [{{ organization = \"{body}\" }}]\n+++\n\nText.\n"
    )
}

#[test]
fn bodies_have_predecessors_and_records_of_their_own() {
    let project = Project::new()
        .file("content/organizations/harbour-board.md", BODY)
        .file("content/documents/a.md", letter("Harbour Board"))
        .file("content/documents/b.md", letter("Dock Society"))
        .file("content/documents/c.md", letter("Ministry of Works"))
        .file("content/documents/d.md", letter("Nobody Else"));
    project.succeeds("build");
    let board = project.read("public/organizations/harbour-board/index.html");
    assert!(
        board.contains("<dt>Predecessor") && board.contains("/organizations/dock-society/"),
        "{board}"
    );
    let society = project.read("public/organizations/dock-society/index.html");
    assert!(
        society.contains("<dt>Successor") && society.contains("/organizations/harbour-board/"),
        "{society}"
    );
    let record = project.read("public/organizations/harbour-board/eac.xml");
    insta::assert_snapshot!(record.replace(env!("CARGO_PKG_VERSION"), "VERSION"));
    let mut reader = quick_xml::Reader::from_str(&record);
    while !matches!(reader.read_event().unwrap(), quick_xml::events::Event::Eof) {}
    assert!(board.contains("harbour-board/eac.xml"), "{board}");
    // Of whom nothing but a name is known, there is no record.
    assert!(!project.path("public/organizations/nobody-else/eac.xml").exists());
    project.write("config.toml", format!("{CONFIG}[outputs]\nauthorities = false\n"));
    project.succeeds("build");
    assert!(!project.path("public/organizations/harbour-board/eac.xml").exists());
    project.write(
        "content/organizations/dock-society.md",
        "+++\ntitle = \"Dock Society\"\nsuccessor_of = [\"Harbour Board\"]\n+++\n",
    );
    let told = project.fails("build");
    assert!(
        told.contains("is a successor of itself") && told.contains("correct `successor_of` here"),
        "{told}"
    );
}

#[test]
fn a_timeline_opens_to_months_that_lead_to_their_pages() {
    let mut project = Project::new().file("config.toml", format!("paginate_by = 2\n{CONFIG}"));
    for (name, date) in [
        ("a", "1921-03-14"),
        ("b", "1921-03"),
        ("c", "1921-03-20"),
        ("d", "1921-11-02"),
        ("e", "1921"),
        ("f", "1930"),
    ] {
        project = project.file(
            &format!("content/documents/{name}.md"),
            format!("+++\ntitle = \"{name}\"\ndate = \"{date}\"\n+++\n\nText.\n"),
        );
    }
    project.succeeds("build");
    let years = project.read("public/years/index.html");
    assert!(
        years
            .contains("aria-label=\"March 1921: 3 documents\" href=\"/years/1921/#month-3\">3</a>"),
        "{years}"
    );
    // Three documents of March fill more than the first page.
    assert!(
        years.contains(
            "aria-label=\"November 1921: 1 document\" href=\"/years/1921/page/2/#month-11\">1</a>"
        ),
        "{years}"
    );
    assert!(
        !years.contains("<a href=\"/years/1930/\">1930</a></th>"),
        "a year without months has no row: {years}"
    );
    assert!(project.read("public/years/1921/page/2/index.html").contains("id=\"month-11\""));
    let year = project.read("public/years/1921/index.html");
    assert!(
        year.contains("<title>March: 3 documents</title>") && year.contains("/years/1921/#month-3"),
        "{year}"
    );
    assert!(!project.read("public/years/1930/index.html").contains("class=timeline"));
}

#[test]
fn the_feed_is_there_as_json_too() {
    let project = archive();
    project.succeeds("build");
    let feed: serde_json::Value = serde_json::from_str(&project.read("public/feed.json")).unwrap();
    assert_eq!(feed["version"], "https://jsonfeed.org/version/1.1");
    assert_eq!(feed["feed_url"], "https://example.org/feed.json");
    let items = feed["items"].as_array().unwrap();
    let atom = project.read("public/atom.xml");
    assert_eq!(items.len(), 3);
    for item in items {
        // The same ids as in Atom; what a version 1.1 feed must have.
        assert!(atom.contains(item["id"].as_str().unwrap()), "{item}");
        assert!(
            item["url"].as_str().unwrap().starts_with("https://example.org/documents/"),
            "{item}"
        );
        assert!(item["content_text"].is_string() && item["title"].is_string(), "{item}");
        assert!(item["date_modified"].as_str().unwrap().ends_with('Z'), "{item}");
    }
    assert!(project.read("public/index.html").contains("type=application/feed+json"));
}
