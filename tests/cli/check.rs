//! `fonds check`: links, anchors, reviews, and the forms in which it tells.

use super::project::{LETTER, Project};

/// A page with two dead links and two good ones.
const LINKS: &str = "+++
title = \"Links\"
+++

See [nothing](/documents/nothing/), [no paragraph](/documents/reading-room/#p99),
[a letter](/documents/reading-room/) and [elsewhere](https://example.com/).
";

fn with_links() -> Project {
    Project::with_letter().file("content/pages/links.md", LINKS)
}

#[test]
fn an_archive_without_faults() {
    let project = Project::with_letter();
    let told = project.succeeds("check");
    assert!(told.contains("no error in 1 document, "), "{told}");
    assert_eq!(project.names(), ["config.toml", "content"], "check writes nothing");
}

#[test]
fn a_site_below_a_path_has_no_dead_link_either() {
    Project::with_letter().succeeds("check --base-url https://example.org/archive");
}

#[test]
fn dead_links_are_told_with_their_place() {
    insta::assert_snapshot!(with_links().fails("check"));
}

#[test]
fn open_reviews_are_warnings() {
    let review = "[source]\nseed = \"a.txt\"\n\n[[review]]\nfield = \"date\"\nreason = \"no year\"\nline = 3\n+++\n\n";
    let text = LETTER.replacen("+++\n\n", review, 1);
    let project = Project::new()
        .file("content/documents/a.md", text)
        .file("seeds/a.txt", "Ashford\n\n14 March\n");
    let told = project.succeeds("check --base-url https://example.org");
    insta::assert_snapshot!(told.split("no error in").next().unwrap());
}

#[test]
fn machines_get_json() {
    let run = with_links().run("check --format json");
    assert_eq!(run.status, Some(1));
    let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let first = told.as_array().unwrap().iter().find(|d| d["severity"] == "error").unwrap();
    assert_eq!(
        (&first["path"], &first["position"]["line"]),
        (&"content/pages/links.md".into(), &5.into())
    );
    let described = LETTER.replacen(
        "+++\n\n",
        "rights = \"https://example.org/\"\nsource.url = \"https://example.org/\"\n+++\n\n",
        1,
    );
    let project = Project::new().file("content/documents/a.md", described);
    assert_eq!(project.run("check --format json").stdout, "[]\n");
}

#[test]
fn github_gets_workflow_commands() {
    insta::assert_snapshot!(with_links().run("check --format github").stdout);
}

#[test]
fn links_of_a_file_with_a_slug_of_its_own_are_told_in_that_file() {
    let dead = |slug: &str, link: &str| {
        let front = format!("slug = \"{slug}\"\n+++\n\n[dead]({link})\n\n");
        LETTER.replacen("+++\n\n", &front, 1)
    };
    // Each of the files has the other's name as its slug.
    let project = Project::new()
        .file("content/documents/a.md", dead("b", "/of-a/"))
        .file("content/documents/b.md", dead("a", "/of-b/"))
        .file("content/pages/c.md", "+++\ntitle = \"C\"\nslug = \"d\"\n+++\n\n[dead](/of-c/)\n");
    let told: serde_json::Value =
        serde_json::from_str(&project.run("check --format json").stdout).unwrap();
    let errors = told.as_array().unwrap().iter().filter(|d| d["severity"] == "error");
    let places: Vec<(&str, &str)> =
        errors.map(|d| (d["path"].as_str().unwrap(), d["message"].as_str().unwrap())).collect();
    assert_eq!(
        places,
        [
            ("content/documents/a.md", "a link is dead: the site has no `of-a/index.html`"),
            ("content/documents/b.md", "a link is dead: the site has no `of-b/index.html`"),
            ("content/pages/c.md", "a link is dead: the site has no `of-c/index.html`"),
        ]
    );
}

#[test]
fn what_some_readers_would_miss_is_told() {
    let page = "+++\ntitle = \"Room\"\n+++\n\n![](/room.png)\n\n## Plan\n\n#### Shelves\n";
    let project =
        Project::new().file("content/pages/room.md", page).file("static/room.png", "a picture");
    insta::assert_snapshot!(project.succeeds("check").split("no error in").next().unwrap());
}

#[test]
fn a_missing_minimum_is_told_once_for_all_documents() {
    let project = Project::new();
    for name in ["a", "b", "c", "d", "e"] {
        project.write(&format!("content/documents/{name}.md"), "+++\ntitle = \"A\"\n+++\n");
    }
    insta::assert_snapshot!(project.succeeds("check").split("no error in").next().unwrap());
}

/// A site that counts how often each path was asked for.
struct Site {
    address: String,
    asked: std::sync::Arc<std::sync::Mutex<Vec<String>>>,
}

impl Site {
    fn start() -> Self {
        use std::io::{BufRead, BufReader, Write};
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let asked = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
        let log = std::sync::Arc::clone(&asked);
        std::thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
                let line = lines.next().unwrap_or_default();
                while lines.next().is_some_and(|header| !header.is_empty()) {}
                let status = match line.split(' ').nth(1).unwrap_or_default() {
                    "/here" => "200 OK",
                    "/moved" => "301 Moved\r\nLocation: /here",
                    "/no-head" if line.starts_with("GET") => "200 OK",
                    "/no-head" => "405 Method Not Allowed",
                    "/forbidden" => "403 Forbidden",
                    "/broken" => "500 Internal Server Error",
                    _ => "404 Not Found",
                };
                log.lock().unwrap().push(line);
                let head =
                    format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                let _ = stream.write_all(head.as_bytes());
            }
        });
        Self { address, asked }
    }
}

#[test]
fn other_sites_are_asked_on_demand_and_their_faults_are_warnings() {
    let site = Site::start();
    let links: String = ["here", "moved", "no-head", "forbidden", "broken", "gone", "here"]
        .map(|path| format!("[{path}]({}/{path}#part)\n", site.address))
        .concat();
    let page = format!("+++\ntitle = \"Links\"\n+++\n\n{links}[nobody](http://127.0.0.1:9/)\n");
    let project = Project::new().file("content/pages/links.md", page);
    let check = |arguments: &str| {
        let mut command = project.command(arguments);
        for proxy in ["http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"] {
            command.env_remove(proxy);
        }
        let output = command.env("XDG_CACHE_HOME", project.path("cache")).output().unwrap();
        let run = project.finish(output);
        assert_eq!(run.status, Some(0), "{}", run.stderr);
        // How many marks stand below an address depends on its port.
        let marks = regex::Regex::new(r"\^+").unwrap();
        marks.replace_all(&run.stderr.replace(&site.address, "[site]"), "^").into_owned()
    };
    check("check");
    assert!(site.asked.lock().unwrap().is_empty(), "nobody is asked without the flag");
    let told = check("check --external");
    insta::assert_snapshot!(told.split("no error in").next().unwrap());
    let first = site.asked.lock().unwrap().len();
    assert!(
        check("check --external").contains("3 addresses of other sites asked, 4 known from before")
    );
    let again = site.asked.lock().unwrap().split_off(first);
    assert!(
        again.iter().all(|line| line.contains("/broken") || line.contains("/gone")),
        "{again:?}"
    );
    let mut names = project.names();
    names.retain(|name| name != "cache");
    assert_eq!(names, ["config.toml", "content"], "nothing of the archive is written");
}

#[test]
fn words_that_init_wrote_are_not_an_archives_own() {
    let project = Project::empty();
    project.succeeds("init");
    let told = project.succeeds("check");
    insta::assert_snapshot!(told.split("no error in").next().unwrap());
    let own = "+++\ntitle = \"Home\"\n+++\n\nThe papers of a reading society.\n";
    let project = project
        .file("content/index.md", own)
        .file("content/pages/about.md", own)
        .file("config.toml", "title = \"Papers\"\n");
    let told = project.succeeds("check");
    assert!(!told.contains("still"), "{told}");
}

#[test]
fn words_that_init_wrote_are_errors_once_an_archive_goes_somewhere_and_are_not_published() {
    let project = Project::empty();
    project.succeeds("init");
    let settings = project.read("config.toml");
    // An address of the archive's own, or a place to publish to.
    project.write("config.toml", settings.replace("https://example.org", "https://letters.ac.uk"));
    let told = project.fails("check");
    assert_eq!(told.matches("error: the text is still").count(), 2, "{told}");
    assert!(told.contains("error: the archive is still called `Our Archive`"), "{told}");
    let target = "\n[publish]\ntarget = \"folder\"\naddress = \"www\"\n";
    project.write("config.toml", format!("{settings}{target}"));
    assert!(project.fails("check").contains("error: the text is still"));
    // A build is for its maker, and a publication for everybody.
    project.succeeds("build");
    assert!(project.fails("publish").contains("--> content/pages/about.md"));
    assert!(!project.path("www/index.html").exists());
    let own = "+++\ntitle = \"Home\"\n+++\n\nThe papers of a reading society.\n";
    project.write("content/index.md", own);
    project.write("content/pages/about.md", own);
    // The name below `[archive]` is in every citation, too.
    let titled = settings.replacen("Our Archive", "Papers", 1);
    project.write("config.toml", format!("{titled}{target}"));
    assert!(project.fails("publish").contains("--> config.toml"));
    project.write("config.toml", format!("{}{target}", settings.replace("Our Archive", "Papers")));
    project.succeeds("publish");
    assert!(project.path("www/index.html").exists());
}
