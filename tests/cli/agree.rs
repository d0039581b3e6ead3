//! What stops a build is told by `check` as well, with the file and the line that cause it.

use super::attack::{both_refuse, letter_with};
use super::project::{LETTER, Project};

const SEED: &str = "Ashford Society\n\n14 March 1921\n\nDear Miss Harland,\n\nHello N.\n\n\
    Yours sincerely,\n\nTom Wardle\n";

#[test]
fn an_alias_that_no_host_could_serve_is_refused_with_its_line() {
    for alias in [
        "/wiki/File:Quay.jpg",
        "/a//b/",
        "/a:b/",
        "/x.",
        "/atom.xml",
        "/_headers",
        "/DOCUMENTS/A/",
        "/documents/a/Text.txt",
        "/.fonds-manifest/x",
        "/a?b=c",
        "/a/../b/",
        "/aux/",
        "/%ff/",
        "/data/documents.csv",
    ] {
        let text = letter_with(&format!("aliases = [\"/fine/\", \"{alias}\"]"));
        let project = Project::new().file("content/documents/a.md", text);
        both_refuse(&project, &[alias, "--> content/documents/a.md:7:22", "= help: "]);
    }
    let long = format!("/{}/", "a".repeat(300));
    let project = Project::new()
        .file("content/documents/a.md", letter_with(&format!("aliases = [\"{long}\"]")));
    both_refuse(&project, &["longer than 255 bytes", "--> content/documents/a.md:7:12"]);
}

#[test]
fn an_alias_may_be_written_as_a_browser_shows_it_or_encodes_it() {
    for alias in ["/Caf%C3%A9/", "/Café/"] {
        let text = letter_with(&format!("aliases = [\"{alias}\"]"));
        let project = Project::new().file("content/documents/a.md", text);
        project.succeeds("build");
        assert!(project.path("public/Café/index.html").exists());
        let redirects = project.read("public/_redirects");
        assert_eq!(redirects, "/Caf%C3%A9/ /documents/a/ 301\n");
    }
}

#[test]
fn two_aliases_that_differ_in_capital_letters_are_refused() {
    let project = Project::new()
        .file("content/documents/a.md", letter_with("aliases = [\"/Old/\"]"))
        .file("content/documents/b.md", letter_with("aliases = [\"/old/\"]"));
    both_refuse(&project, &["content/documents/a.md has the same alias", "b.md:7:12"]);
}

#[test]
fn a_topic_without_letters_is_refused_and_signs_tell_topics_apart() {
    for topic in ["?", "★", ""] {
        let text = letter_with(&format!("topics = [\"fine\", \"{topic}\"]"));
        let project = Project::new().file("content/documents/a.md", text);
        both_refuse(&project, &["has no letter", "--> content/documents/a.md:7:19"]);
    }
    let project = Project::new()
        .file("content/documents/a.md", letter_with("topics = [\"C\", \"C++\", \"C#\"]"));
    project.succeeds("build");
    for slug in ["c", "c-plus-plus", "c-sharp"] {
        let page = project.read(&format!("public/topics/{slug}/index.html"));
        assert!(page.contains("/documents/a/"), "{slug}");
    }
}

#[test]
fn a_name_that_is_too_long_for_a_path_is_refused() {
    let slug = "a".repeat(400);
    let project =
        Project::new().file("content/documents/a.md", letter_with(&format!("slug = \"{slug}\"")));
    both_refuse(&project, &["the slug has 400 letters", "--> content/documents/a.md:7:8"]);
    let name = format!("content/documents/{}.md", "한".repeat(80));
    let project = Project::new().file(&name, LETTER);
    both_refuse(&project, &["the name of the file gives an address of", &name]);
}

#[test]
fn a_file_of_ones_own_that_no_host_could_serve_is_refused_by_name() {
    for name in ["a:b.txt", "x.", "back\\slash.txt", "aux.txt", "a?.txt"] {
        let project = Project::with_letter().file(&format!("static/{name}"), "x");
        both_refuse(&project, &["no host could serve the file", &format!("--> static/{name}")]);
    }
    let project = Project::with_letter().file("static/A.txt", "x").file("static/a.txt", "y");
    both_refuse(&project, &["`static/A.txt` differs in capital letters only", "--> static/a.txt"]);
}

#[test]
fn a_seed_of_any_name_is_published() {
    let long = "한".repeat(80) + ".txt";
    for names in [
        &["Re: letter.txt"][..],
        &["back\\slash.txt"],
        &[&long],
        &["A.txt", "a.txt"],
        &["x.md", "x.md.txt"],
        &["q.md", "q.md.txt/in.txt"],
        &["aux.txt"],
    ] {
        let project = Project::new();
        for (number, name) in names.iter().enumerate() {
            project.write(&format!("seeds/{name}"), SEED.replace('N', &number.to_string()));
        }
        project.succeeds("build");
        assert_eq!(project.run("check").status, Some(0), "{names:?}");
        let downloads = project.files("public/seeds");
        assert_eq!(downloads.len(), names.len(), "{names:?}: {:?}", downloads.keys());
        assert!(downloads.keys().all(|path| path.ends_with(".txt")), "{names:?}");
    }
}

#[test]
fn a_windows_device_is_no_address() {
    let project = Project::new().file("content/documents/con.md", LETTER);
    project.succeeds("build");
    assert!(project.path("public/documents/con-x/index.html").exists());
    let project = Project::new().file("content/documents/a.md", letter_with("slug = \"nul\""));
    both_refuse(&project, &["`nul` is not a slug", "= help: write `slug = \"nul-x\"`"]);
}

/// What a run says, without the line that counts the faults.
fn errors(project: &Project, arguments: &str) -> String {
    let run = project.run(arguments);
    assert_eq!(run.status, Some(1), "{arguments}: {}", run.stderr);
    let faults = run.stderr.split("\n\n").filter(|part| part.trim_start().starts_with("error: "));
    faults.map(str::trim_start).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_dead_link_is_an_error_for_both() {
    let about = |text: &str| format!("+++\ntitle = \"About\"\n+++\n\n{text}\n");
    for link in [
        "/documents/nothing/",
        "/documents/reading-room",
        "/documents/reading-room/#p99",
        "#nowhere",
        "text.txt",
        "../documents/nothing/?q=1",
        "/Documents/Reading-Room/",
    ] {
        let project =
            Project::with_letter().file("content/pages/about.md", about(&format!("[x]({link})")));
        let told = errors(&project, "build");
        assert!(told.contains("a link"), "{link}: {told}");
        assert!(told.contains("--> content/pages/about.md:5:5"), "{link}: {told}");
        assert!(told.contains("= help: "), "{told}");
        assert_eq!(told, errors(&project, "check"), "{link}");
        assert!(!project.path("public").exists());
        // The rest can be built all the same.
        assert_eq!(project.run("build --keep-going").status, Some(1));
        assert!(project.path("public/about/index.html").exists());
    }
    for link in [
        "/documents/reading-room/#p1",
        "/documents/reading-room/text.txt",
        "#p1",
        "/search/?q=a&b=c",
        "https://elsewhere.example.org/",
        "/data/documents.csv",
    ] {
        let text = LETTER.replace("dry", &format!("[dry]({link})"));
        let project = Project::with_letter().file("content/documents/a.md", text);
        project.succeeds("build");
        project.succeeds("build --base-url https://example.org/archive");
    }
}

#[test]
fn a_text_that_shows_markup_has_no_dead_link() {
    let text = "`<a href=/nothing/ id=p1>` and <a href=\"/nothing/\" id=\"p1\">x</a> id=p1";
    let project = Project::new().file("content/documents/a.md", LETTER.replace("dry", text));
    project.succeeds("build");
    project.succeeds("check");
}

#[test]
fn a_dead_link_of_a_theme_is_an_error_for_both() {
    for template in ["<a href='/nothing/'>x</a>", "<img src=\"/nothing.png\" alt=x>", "<p id=main>"]
    {
        let page = format!(
            "{{% extends \"builtin/document.html\" %}}{{% block main %}}{template}{{% endblock main %}}\n"
        );
        let project = Project::with_letter()
            .file("themes/own/theme.toml", "name = \"own\"\n")
            .file("themes/own/templates/document.html", page);
        project.write("config.toml", project.read("config.toml") + "theme = \"own\"\n");
        assert_eq!(errors(&project, "build"), errors(&project, "check"), "{template}");
    }
}

#[test]
fn a_dead_link_in_a_large_archive_is_found_when_one_text_changes() {
    let project = Project::new();
    let fewer =
        "[search]\nenabled = false\n[outputs]\ntext = false\ncitations = false\nfeeds = false\n";
    project.write("config.toml", project.read("config.toml") + fewer);
    for n in 0..110 {
        let text = LETTER.replace("Letter on", &format!("Letter {n} on"));
        project.write(&format!("content/documents/{n}.md"), text);
    }
    project.write("content/documents/7.md", LETTER.replace("dry", "[dry](/documents/8/#p2)"));
    let two = LETTER.replace("Letter on", "Letter 8 on") + "\nSecond.\n";
    project.write("content/documents/8.md", &two);
    project.succeeds("build");
    let linked = |to: &str| LETTER.replace("dry", &format!("[dry]({to})"));
    for bad in ["/documents/8/#p3", "/documents/x/"] {
        project.write("content/documents/6.md", linked(bad));
        assert!(errors(&project, "build").contains("content/documents/6.md"), "{bad}");
    }
    project.write("content/documents/6.md", linked("/documents/8/#p2"));
    // The paragraph that others link to goes.
    project.write("content/documents/8.md", two.replace("\nSecond.\n", ""));
    let told = errors(&project, "build");
    assert!(told.contains("--> content/documents/7.md:"), "{told}");
}
