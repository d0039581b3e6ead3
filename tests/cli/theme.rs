//! Themes: as small as one block, laid over each other, and checked as a whole.

use super::project::{CONFIG, LETTER, Project};

/// Twenty lines, of which one is a style sheet.
const SMALL: [(&str, &str); 3] = [
    (
        "themes/papers/theme.toml",
        "name = \"papers\"\ndescription = \"The papers of a society\"\nlicense = \"CC0-1.0\"\n",
    ),
    (
        "themes/papers/templates/document.html",
        r#"{% extends "builtin/document.html" %}
{# A line above the text says whose papers these are, and who wrote this one. #}
{% block main %}
<p class="banner">
  {{ site.title }}
  {% for party in document.creators %}
  · {{<party party={party} />}}
  {% endfor %}
</p>
{{ super() }}
{% if document.extra.box %}
<p class="box">
  {{ t(key="place") }}: {{ document.extra.box }}
</p>
{% endif %}
{% endblock main %}
"#,
    ),
    ("themes/papers/styles/95-banner.css", ".banner { color: var(--accent); }\n"),
];

fn with_theme(name: &str, files: &[(&str, &str)]) -> Project {
    let project =
        Project::with_letter().file("config.toml", format!("theme = \"{name}\"\n{CONFIG}"));
    files.iter().fold(project, |project, (path, text)| project.file(path, text))
}

#[test]
fn a_theme_of_twenty_lines_changes_one_block_and_leaves_the_rest() {
    let lines: usize = SMALL.iter().map(|(_, text)| text.lines().count()).sum();
    assert_eq!(lines, 20);
    let project = with_theme("papers", &SMALL);
    let boxed = LETTER.replacen("+++\n\n", "[extra]\nbox = \"12\"\n+++\n\n", 1);
    project.write("content/documents/boxed.md", boxed);
    project.succeeds("build");
    let page = project.read("public/documents/reading-room/index.html");
    let banner = page.find("<p class=banner>").expect("the block is the theme's");
    let text = page.find("id=\"p1\"").expect("the rest is the default's");
    assert!(banner < text && page[banner..text].contains("Thomas Wardle"), "{page}");
    assert!(!page.contains("class=box"));
    assert!(project.read("public/documents/boxed/index.html").contains("Place: 12"));
    assert!(!project.read("public/index.html").contains("banner"));
    let assets = project.files("public/assets");
    let sheet = assets.iter().find(|(name, _)| name.ends_with(".css")).unwrap().1;
    let style = String::from_utf8_lossy(sheet);
    assert!(style.contains(".banner") && style.contains(".masthead"), "one sheet holds both");
    project.succeeds("theme check");
}

#[test]
fn themes_build_on_themes() {
    let mut files = SMALL.to_vec();
    files.extend([
        ("themes/grey/theme.toml", "name = \"grey\"\nextends = \"papers\"\n"),
        ("themes/grey/i18n/en.toml", "related = \"See also\"\nplace = \"Kept in\"\n"),
        (
            "themes/grey/templates/document.html",
            "{% extends \"papers/document.html\" %}{% block main %}<p>Grey</p>{{ super() }}{% endblock main %}\n",
        ),
    ]);
    let project = with_theme("grey", &files);
    project.succeeds("build");
    let page = project.read("public/documents/reading-room/index.html");
    let order = ["<p>Grey", "class=banner", "id=\"p1\""].map(|part| page.find(part));
    assert!(order.iter().all(Option::is_some) && order.is_sorted(), "{page}");
    project.succeeds("theme check");
}

/// Templates of pages, and what the check has to show of each: a name that no view has.
const PAGES: [&str; 18] = [
    "404.html",
    "authority.html",
    "choices.html",
    "collection.html",
    "collections.html",
    "corrections.html",
    "data.html",
    "document.html",
    "documents.html",
    "home.html",
    "names.html",
    "page.html",
    "search.html",
    "source.html",
    "year.html",
    "redirect.html",
    "removed.html",
    "withdrawn.html",
];

#[test]
fn the_check_renders_every_template_and_tells_every_fault_in_one_run() {
    let known: Vec<String> = Project::empty()
        .run("theme list")
        .stdout
        .lines()
        .filter_map(|name| name.strip_prefix("templates/").map(str::to_owned))
        .filter(|name| !["base.html", "components.html"].contains(&name.as_str()))
        .collect();
    let mut pages = PAGES.map(str::to_owned).to_vec();
    pages.sort();
    assert_eq!(known, pages, "a template that this test does not know");
    let project = with_theme("wrong", &[("themes/wrong/theme.toml", "name = \"wrong\"\n")]);
    for name in PAGES {
        let text = match name {
            "redirect.html" => "<p>{{ page.nothing_such }}</p>\n".to_owned(),
            _ => format!(
                "{{% extends \"builtin/{name}\" %}}\n{{% block main %}}{{{{ page.nothing_such }}}}{{% endblock main %}}\n"
            ),
        };
        project.write(&format!("themes/wrong/templates/{name}"), text);
    }
    let run = project.run("theme check");
    assert_eq!(run.status, Some(1));
    for name in PAGES {
        let place = format!("--> themes/wrong/templates/{name}:");
        assert!(run.stderr.contains(&place), "{name}\n{}", run.stderr);
    }
}

#[test]
fn a_copied_template_says_where_it_is_from_and_changes_nothing() {
    let project = with_theme("own", &[("themes/own/theme.toml", "name = \"own\"\n")]);
    let plain = Project::with_letter();
    plain.succeeds("build");
    for name in ["document.html", "home.html", "components.html"] {
        project.succeeds(&format!("theme eject {name}"));
        let copy = project.read(&format!("themes/own/templates/{name}"));
        assert!(copy.starts_with("{# from the default theme of fonds "), "{copy}");
    }
    project.succeeds("build");
    for page in ["public/index.html", "public/documents/reading-room/index.html"] {
        assert_eq!(project.read(page), plain.read(page), "{page}");
    }
}

#[test]
fn what_the_policy_forbids_in_a_theme_is_told_with_its_line() {
    let template = "{% extends \"builtin/document.html\" %}\n{% block main %}\n<p style=\"color:red\" onclick=\"x()\">x</p>\n\
        <script>x()</script>\n<img src=\"https://cdn.example.org/x.png\" alt=\"\">\n{{ super() }}{% endblock main %}\n";
    let project = with_theme(
        "own",
        &[
            ("themes/own/theme.toml", "name = \"own\"\n"),
            ("themes/own/templates/document.html", template),
            (
                "themes/own/styles/90-own.css",
                "p {\n  background: url(https://cdn.example.org/p.png);\n}\n",
            ),
        ],
    );
    insta::assert_snapshot!(project.fails("theme check"));
    // `check` says the same, and a build is not stopped.
    let told = project.succeeds("check");
    assert!(told.contains("warning: the policy of every page forbids an inline script"), "{told}");
    project.succeeds("build");
}
