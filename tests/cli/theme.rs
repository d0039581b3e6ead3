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
const PAGES: [&str; 19] = [
    "404.html",
    "authority.html",
    "changes.html",
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

#[test]
fn what_is_broken_in_a_style_sheet_is_told_with_its_line() {
    let project = with_theme(
        "own",
        &[
            ("themes/own/theme.toml", "name = \"own\"\n"),
            (
                "themes/own/styles/50-own.css",
                "h1 {\n  colr: var(--accent);\n  margin: 0\n  padding: 1rem;\n  color: var(--acent);\n}\nh2 { background: url(\"seal.svg\") }\n",
            ),
            ("themes/own/styles/60-open.css", "@media print {\n  h1 { margin: 0; }\n"),
        ],
    );
    insta::assert_snapshot!(project.fails("theme check"));
    let told = project.succeeds("check");
    assert!(told.contains("warning: this `{` is never closed"), "{told}");
}

#[test]
fn what_is_wrong_in_a_template_is_told_with_its_line_and_the_page() {
    for (text, message) in [
        (
            "{% extends \"builtin/document.html\" %}\n{% block main %}\n{% if document.title %}\n<p>x</p>\n{% endblock main %}\n",
            "document.html:3:",
        ),
        (
            "{% extends \"builtin/document.html\" %}\n{% block main %}\n{{ document.title | upercase }}\n{% endblock main %}\n",
            "document.html:3:",
        ),
        (
            "{% extends \"builtin/document.html\" %}\n{% block main %}\n{{<parti party={document.date} />}}\n{% endblock main %}\n",
            "document.html:3:",
        ),
        (
            "{% extends \"builtin/document.html\" %}\n{% block hading %}\n<p>x</p>\n{% endblock hading %}\n",
            "document.html:2:",
        ),
        (
            "{% extends \"builtin/dokument.html\" %}\n{% block main %}\n<p>x</p>\n{% endblock main %}\n",
            "document.html:1:",
        ),
        (
            "{% extends \"builtin/document.html\" %}\n{% block main %}\n{% include \"none.html\" %}\n{% endblock main %}\n",
            "document.html:3:",
        ),
    ] {
        let project = with_theme(
            "own",
            &[
                ("themes/own/theme.toml", "name = \"own\"\n"),
                ("themes/own/templates/document.html", text),
            ],
        );
        let told = project.fails("theme check");
        assert!(told.contains(message), "{text}\n{told}");
        insta::with_settings!({ omit_expression => true }, {
            insta::assert_snapshot!(told);
        });
    }
    let text = "{% extends \"builtin/document.html\" %}\n{% block main %}\n{{ document.extra.box | upper }}\n{% endblock main %}\n";
    let project = with_theme(
        "own",
        &[
            ("themes/own/theme.toml", "name = \"own\"\n"),
            ("themes/own/templates/document.html", text),
        ],
    );
    project.write("content/documents/other.md", LETTER);
    let told = project.fails("build");
    assert!(
        told.contains("document.html:3:") && told.contains("`/documents/other/`, and one more"),
        "{told}"
    );
    assert_eq!(told.matches("error:").count(), 1, "{told}");
}

const SETTINGS: &str = "[theme]\nname = \"default\"\naccent = \"#1d5fa8\"\nlogo = \"logo.svg\"\nlogo_dark = \"night/logo.svg\"\n\
    typeface = \"fonts/own.woff2\"\ninterface = \"humanist\"\ndensity = \"compact\"\n";
const LOGO: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 120 40\"><rect width=\"120\" height=\"40\"/></svg>\n";

fn with_settings(settings: &str) -> Project {
    Project::with_letter()
        .file("config.toml", format!("{CONFIG}{settings}"))
        .file("static/logo.svg", LOGO)
        .file("static/night/logo.svg", LOGO)
        .file("static/fonts/own.woff2", "wOF2")
}

#[test]
fn settings_change_the_look_without_a_theme() {
    let project = with_settings(SETTINGS);
    project.succeeds("build");
    project.succeeds("theme check");
    let assets = project.files("public/assets");
    let sheet = assets.iter().find(|(name, _)| name.ends_with(".css")).unwrap().1;
    let style = String::from_utf8_lossy(sheet);
    for part in [
        "--accent: #1d5fa8;",
        "src: url(\"../fonts/own.woff2\") format(\"woff2\")",
        "--font-text: \"Archive Text\", ",
        "--font-ui: Seravek, ",
        "--row: 0.3rem;",
    ] {
        assert!(style.contains(part), "{part}\n{style}");
    }
    // The one for dark grounds is made of it, and neither is told to readers who want more contrast.
    let queries = style.lines().filter(|line| line.contains("prefers-contrast: no-preference"));
    assert_eq!(queries.count(), 2, "{style}");
    let page = project.read("public/documents/reading-room/index.html");
    assert!(
        page.contains("src=\"/logo.svg\"")
            && page.contains("width=\"120\"")
            && page.contains("srcset=\"/night/logo.svg\""),
        "{page}"
    );
    // Another theme may be named in the same table.
    let named = with_settings("[theme]\nname = \"none\"\n");
    assert!(named.fails("build").contains("there is no theme `none`"));
}

#[test]
fn an_accent_that_cannot_be_read_is_refused_with_the_nearest_that_can() {
    let project = with_settings(
        "[theme]\naccent = \"#ffcc00\"\naccent_dark = \"#402020\"\nlogo = \"none.png\"\n",
    );
    let told = project.fails("build");
    insta::assert_snapshot!(told);
    // The help is one that helps.
    let near: Vec<&str> = told
        .lines()
        .filter_map(|line| line.split("write `").nth(1)?.split('`').next())
        .filter(|line| line.starts_with("accent"))
        .collect();
    assert_eq!(near.len(), 2, "{told}");
    with_settings(&format!("[theme]\n{}\n", near.join("\n"))).succeeds("build");
    let told = with_settings("[theme]\naccent = \"red\"\ndensity = \"tight\"\ntypeface = \"serifs\"\nlogo = \"../x.svg\"\n").fails("build");
    for message in [
        "`red` is not a colour",
        "`density` cannot be `tight`",
        "write `typeface = \"serif\"`",
        "`logo` cannot be `../x.svg`",
    ] {
        assert!(told.contains(message), "{message}\n{told}");
    }
}

#[test]
fn a_component_that_calls_itself_ends() {
    let component =
        "{% component tree(link: map) %}{{<tree link={link} />}}{% endcomponent tree %}";
    let base =
        "{% extends \"builtin/base.html\" %}{% block foot %}{{<tree link={page} />}}{% endblock %}";
    let told = Project::with_letter()
        .file("themes/default/templates/tree.html", component)
        .file("themes/default/templates/base.html", base)
        .fails("build");
    assert!(told.contains("maximum render recursion depth for components exceeded"), "{told}");
}
