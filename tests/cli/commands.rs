//! Usage, and the small commands.

use super::project::{LETTER, Project};

#[test]
fn help_names_every_command() {
    let run = Project::empty().run("--help");
    assert_eq!(run.status, Some(0));
    insta::assert_snapshot!(run.stdout);
}

#[test]
fn wrong_usage_is_status_2() {
    let project = Project::with_letter();
    insta::assert_snapshot!(project.refuses("biuld"));
    insta::assert_snapshot!(project.refuses("build --base-url example.org"));
    insta::assert_snapshot!(project.refuses("--root nowhere build"));
    assert_eq!(project.run("").status, Some(2));
}

#[test]
fn an_archive_is_found_from_the_folders_below_it() {
    let project = Project::with_letter().file("content/documents/more/note.txt", "");
    let below = |arguments: &str| {
        let mut command = project.command(arguments);
        project
            .finish(command.current_dir(project.path("content/documents/more")).output().unwrap())
    };
    let run = below("build");
    assert_eq!(run.status, Some(0), "{}", run.stderr);
    assert!(run.stderr.starts_with("the archive is in "), "{}", run.stderr);
    assert!(project.path("public/index.html").exists());
    assert!(below("stats").stdout.contains("1 document"));
    // A folder that was named is taken as it is, and settings without an archive are none.
    assert_eq!(below("--root . build").status, Some(1));
    let settings = Project::empty().file("config.toml", "").file("more/note.txt", "");
    let mut command = settings.command("build");
    let run = settings.finish(command.current_dir(settings.path("more")).output().unwrap());
    assert_eq!((run.status, run.stderr.contains("archive is in")), (Some(1), false));
}

#[test]
fn a_new_archive_builds_and_has_no_fault() {
    let project = Project::empty();
    insta::assert_snapshot!(project.succeeds("init letters"));
    let tell = project.succeeds("--root letters build");
    assert!(tell.contains("\n1 document, "), "{tell}");
    project.succeeds("--root letters check");
    assert!(project.path("letters/public/index.html").exists());
}

#[test]
fn a_new_archive_leaves_what_is_there() {
    let project = Project::empty().file("seeds/a.txt", "Dear Sir,\n").file(".gitignore", "/x\n");
    insta::assert_snapshot!(project.succeeds("init"));
    assert_eq!(project.read(".gitignore"), "/x\n");
    assert_eq!(project.files("seeds").len(), 1);
    insta::assert_snapshot!(project.refuses("init"));
}

#[test]
fn a_build_tells_what_it_did_and_talks_on_stderr_only() {
    let project = Project::with_letter();
    let run = project.run("build");
    assert_eq!((run.status, run.stdout.as_str()), (Some(0), ""));
    assert!(run.stderr.starts_with("1 document, 1 organization, 2 people, "), "{}", run.stderr);
    assert_eq!(project.succeeds("build --quiet"), "");
}

#[test]
fn new_files_parse() {
    let project = Project::new();
    let made = |arguments: &str, words: &str| {
        let output = project.command(arguments).arg(words).output().unwrap();
        project.finish(output).stdout
    };
    assert_eq!(made("new document --date 1921-03", "A Letter"), "content/documents/a-letter.md\n");
    assert_eq!(made("new person", "Édith Harland"), "content/people/edith-harland.md\n");
    assert_eq!(made("new organization", "The Society"), "content/organizations/the-society.md\n");
    assert_eq!(made("new page", "Contact"), "content/pages/contact.md\n");
    insta::assert_snapshot!(project.read("content/documents/a-letter.md"));
    insta::assert_snapshot!(project.refuses("new page Contact"));
    insta::assert_snapshot!(project.refuses("new document --kind leter B"));
    project.succeeds("build");
}

#[test]
fn stats_are_data() {
    let undated = LETTER.replace("date = \"1921-03-14\"\n", "");
    let review = "[[review]]\nfield = \"date\"\nreason = \"none\"\n+++\n\n";
    let project = Project::with_letter()
        .file("content/documents/b.md", undated.replacen("+++\n\n", review, 1))
        .file(
            "content/documents/c.md",
            LETTER.replace("kind =", "embargo_until = 2030-01-01\nkind ="),
        )
        .file("content/documents/d.md", LETTER.replace("kind =", "withdrawn = \"a wish\"\nkind ="));
    let run = project.run("stats");
    assert_eq!((run.status, run.stderr.as_str()), (Some(0), ""));
    insta::assert_snapshot!(run.stdout);
    let told: serde_json::Value =
        serde_json::from_str(&project.run("stats --format json").stdout).unwrap();
    let numbers =
        ["documents", "undated", "reviews", "embargoed", "withdrawn"].map(|key| &told[key]);
    assert_eq!(numbers, [4, 1, 1, 1, 1]);
    assert_eq!(told["years"], serde_json::json!({ "1921": 3, "undated": 1 }));
    let date = serde_json::json!({ "field": "date", "stated": 3, "doubtful": 1, "missing": 0 });
    let place = serde_json::json!({ "field": "place", "stated": 0, "doubtful": 0, "missing": 4 });
    assert_eq!((&told["fields"][1], &told["fields"][2]), (&date, &place));
    assert_eq!(Project::new().run("stats").status, Some(0));
}

#[test]
fn every_command_has_a_manual_page() {
    let project = Project::empty();
    let told = project.succeeds("man pages/man1");
    let pages = project.files("pages/man1");
    assert_eq!(told, format!("pages/man1: {} manual pages\n", pages.len()));
    for name in ["fonds.1", "fonds-build.1", "fonds-review-accept.1", "fonds-theme-eject.1"] {
        let text = String::from_utf8_lossy(&pages[name]).into_owned();
        assert!(text.contains(".SH SYNOPSIS"), "{name}: {text}");
    }
}

#[test]
fn machines_get_a_summary() {
    let json = |run: super::project::Run, status| -> serde_json::Value {
        assert_eq!((run.status, run.stderr.as_str()), (Some(status), ""));
        serde_json::from_str(&run.stdout).unwrap()
    };
    let project = Project::with_letter()
        .file("seeds/a.txt", "14 March 1921\n\nDear Sir,\n\nThe room is dry.\n");
    let drafted = json(project.run("ingest --format json"), 0);
    assert_eq!((&drafted["seeds"], &drafted["new"]), (&1.into(), &1.into()));
    let built = json(project.run("build --format json"), 0);
    assert_eq!((&built["published"], &built["documents"]), (&true.into(), &2.into()));
    assert_eq!(built["files"], built["written"]);
    project.write("content/documents/b.md", "no front matter\n");
    let refused = json(project.run("build --format json"), 1);
    assert_eq!(refused["published"], false);
    assert_eq!(refused["diagnostics"][0]["message"], "the file has no front matter");
    project.write("seeds/b.txt", "\0\0\0");
    let warned = json(project.run("ingest --format json"), 0);
    assert_eq!(warned["diagnostics"][0]["severity"], "warning");
}

#[test]
fn who_wants_it_quiet_is_told_of_errors_only() {
    let project = Project::with_letter().file("config.toml", "title = \"Letters\"\n");
    assert!(project.succeeds("build").contains("warning: "));
    assert_eq!(project.succeeds("build --quiet"), "");
    project.write("content/documents/b.md", "no front matter\n");
    let told = project.fails("build --quiet");
    assert!(told.starts_with("error: ") && !told.contains("warning"), "{told}");
    assert!(
        told.ends_with("1 error; nothing was published, the old site is unchanged\n"),
        "{told}"
    );
}

#[test]
fn records_are_exported_once() {
    let project = Project::with_letter();
    let told = project.succeeds("search export --to postgres");
    assert!(told.ends_with("search-export: 1 document\n"), "{told}");
    let files: Vec<_> = project.files("search-export").into_keys().collect();
    assert_eq!(files, ["documents-00000000.tsv", "facets.tsv", "forms.tsv", "schema.sql"]);
    insta::assert_snapshot!(project.refuses("search export --to postgres"));
    project.succeeds("search export --to meilisearch --output-dir other");
    assert_eq!(project.files("other").len(), 1);
    assert!(!project.path("public").exists(), "an export publishes nothing");
}

#[test]
fn a_site_with_a_search_server_has_no_index() {
    let settings = "base_url = \"https://example.org\"\n[search]\nengine = \"http\"\n";
    let project = Project::with_letter();
    project.write("config.toml", format!("{settings}endpoint = \"/find/\"\n"));
    project.succeeds("build");
    assert!(!project.path("public/search/index").exists());
    let page = project.read("public/search/index.html");
    assert!(page.contains("data-endpoint=\"/find/\""), "{page}");
    project.write("config.toml", settings);
    insta::assert_snapshot!(project.fails("build"));
    project.write("config.toml", format!("{settings}endpoint = \"https://find.example.org/\"\n"));
    insta::assert_snapshot!(project.fails("build"));
}

#[test]
fn cleaning_leaves_the_files_of_others() {
    let project = Project::with_letter();
    project.succeeds("build");
    project.write("public/CNAME", "example.org\n");
    let told = project.succeeds("clean");
    assert!(told.ends_with("1 file that fonds did not write remain in `public`\n"), "{told}");
    assert_eq!(project.files("public").into_keys().collect::<Vec<_>>(), ["CNAME"]);
}

#[test]
fn completions_are_data() {
    for shell in ["bash", "zsh", "fish"] {
        let run = Project::empty().run(&format!("completions {shell}"));
        assert!(run.stdout.contains("output-dir") && run.stderr.is_empty(), "{shell}");
    }
}

#[test]
fn colours_are_for_terminals_and_those_who_ask() {
    let project = Project::empty();
    let colours = |arguments: &str, variable: &str| {
        let output = project.command(arguments).env(variable, "1").output().unwrap();
        String::from_utf8(output.stderr).unwrap().contains("\u{1b}[")
    };
    assert!(!colours("build", "FONDS_TEST"));
    assert!(colours("build --color always", "FONDS_TEST"));
    assert!(colours("build", "CLICOLOR_FORCE"));
    assert!(!colours("build --color never", "CLICOLOR_FORCE"));
}

#[test]
fn the_day_can_be_given() {
    let project = Project::with_letter();
    let output = project.command("build").env("SOURCE_DATE_EPOCH", "today").output().unwrap();
    let run = project.finish(output);
    assert_eq!(run.status, Some(2));
    insta::assert_snapshot!(run.stderr);
}
