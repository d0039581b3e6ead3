//! Faults between the files of an archive, of its settings, its theme, its seeds; those of one area
//! in one snapshot.

use super::super::project::{CONFIG, LETTER, Project, Run};

/// The letter with more lines at the top of its front matter.
fn letter(lines: &str) -> String {
    LETTER.replace("kind =", &format!("{lines}\nkind ="))
}

/// What runs say, each below a line that names it.
#[derive(Default)]
struct Told(String);

impl Told {
    fn add(&mut self, name: &str, run: &Run, status: i32) {
        assert_eq!(run.status, Some(status), "{name}\n{}", run.stderr);
        let said = run.stderr.split("no error in").next().unwrap().trim();
        self.0.push_str(&format!("== {name} ==\n\n{said}\n\n"));
    }

    fn fails(&mut self, name: &str, project: &Project, command: &str) {
        self.add(name, &project.run(command), 1);
    }

    fn refuses(&mut self, name: &str, project: &Project, command: &str) {
        self.add(name, &project.run(command), 2);
    }

    fn warns(&mut self, name: &str, project: &Project, command: &str) {
        let run = project.run(command);
        assert!(run.stderr.contains("warning: "), "{name}\n{}", run.stderr);
        let at = run.stderr.find("warning: ").unwrap();
        let said = run.stderr[at..].split("\n\n").next().unwrap();
        assert_eq!(run.status, Some(0), "{name}\n{}", run.stderr);
        self.0.push_str(&format!("== {name} ==\n\n{said}\n\n"));
    }
}

#[test]
fn files_that_contradict_each_other() {
    let mut told = Told::default();
    let project =
        Project::with_letter().file("content/documents/b.md", letter("in_reply_to = \"room\""));
    told.fails("a reply to nothing", &project, "build");
    let project = Project::new().file("content/pages/documents.md", "+++\ntitle = \"D\"\n+++\n");
    told.fails("a page where the site has its own", &project, "build");
    let project = Project::new()
        .file("content/organizations/a.md", "+++\ntitle = \"The Society\"\n+++\n")
        .file("content/organizations/b.md", "+++\ntitle = \"B\"\naliases = [\"society\"]\n+++\n");
    told.fails("a name of two records", &project, "build");
    let project = Project::with_letter()
        .file(
            "content/documents/b.md",
            letter("aliases = [\"/documents/reading-room/\", \"/old/\"]"),
        )
        .file("content/documents/c.md", letter("aliases = [\"/old/\"]"));
    told.fails("aliases that clash", &project, "build");
    let project =
        Project::new().file("content/documents/b.md", letter("template = \"letter.html\""));
    told.fails("a template that is not there", &project, "build");
    let project = Project::new().file("content/documents/a.md", "+++\nkind = \"letter\"\n+++\n");
    told.fails("a document without a title", &project, "build");
    let page = "+++\ntitle = \"A\"\n+++\n";
    let project = Project::new()
        .file("config.toml", format!("{CONFIG}[languages.ko]\n"))
        .file("content/pages/rules.ko.md", page)
        .file("content/pages/about.md", page)
        .file("content/pages/about.ko.md", "+++\ntitle = \"A\"\nslug = \"b\"\n+++\n")
        .file("content/pages/ko.md", page);
    told.fails("translations of nothing, and a page in the place of a language", &project, "build");
    let project = Project::new().file("content/documents/_index.md", page);
    told.fails("a section of another generator", &project, "build");
    let project = Project::new().file("content/documents/a.md", letter("source.lines = [9, 3]"));
    told.fails("lines that are no range", &project, "build");
    let deep = format!("{}{}a\n", letter(""), ">".repeat(300));
    told.warns(
        "a text nested too deeply",
        &Project::new().file("content/documents/a.md", deep),
        "build",
    );
    insta::assert_snapshot!(told.0);
}

#[test]
fn values_that_are_refused() {
    let mut told = Told::default();
    let mut document = |name: &str, keys: &str| {
        let project = Project::new().file("content/documents/a.md", letter(keys));
        told.fails(name, &project, "build");
    };
    document("a control character", "subject = \"a\\u001b[2J\"");
    document("a language that is none", "language = \"english\"");
    document("rights in words", "rights = \"free to use\"");
    document("an address that runs something", "source.url = \"javascript:alert(1)\"");
    document("a hidden seed", "source.seed = \".env\"");
    document("a topic without letters", "topics = [\"?\"]");
    document("a slug that is too long", &format!("slug = \"{}\"", "a".repeat(201)));
    document("an alias of an old wiki", "aliases = [\"/wiki/File:Quay.jpg\"]");
    document("an alias with a query", "aliases = [\"/index.php?id=1\"]");
    document("an alias in another encoding", "aliases = [\"/caf%e9/\"]");
    let dated = letter("subject = \"a\"").replace("1921-03-14", "2921-03-14");
    let project = Project::new().file("content/documents/a.md", dated);
    told.fails("a year that was mistyped", &project, "build");
    let project = Project::new()
        .file(&format!("content/documents/{}.md", "한".repeat(80)), letter("subject = \"a\""));
    told.fails("a name that is too long", &project, "build");
    let record =
        "+++\ntitle = \"A\"\n[[identifiers]]\nscheme = \"Wikidata\"\nvalue = \"abc\"\n+++\n";
    let project = Project::with_letter().file("content/organizations/a.md", record);
    told.fails("a number that is none", &project, "build");
    let project = Project::with_letter().file("static/a:b.txt", "x");
    told.fails("a file that no host could serve", &project, "build");
    let project = Project::with_letter().file(&format!("static/{}a", "y/".repeat(70)), "x");
    told.fails("folders without end", &project, "build");
    let project = Project::new().file("content/documents/BIG.MD", LETTER);
    told.fails("a name in capital letters", &project, "build");
    let config = format!("{CONFIG}theme = \"own\"\n");
    let project = Project::with_letter()
        .file("config.toml", config)
        .file("themes/own/theme.toml", "name = \"own\"\n")
        .file("themes/own/templates/page.html", "<b>\n".repeat(100_000));
    told.fails("a template without end", &project, "build");
    let keys: String = (0..150).map(|n| format!("key{n} = 1\n")).collect();
    let run = Project::new().file("content/documents/a.md", letter(&keys)).run("build");
    let last = run.stderr.split("\n\n").find(|fault| fault.contains("more faults")).unwrap();
    let run = Run { stderr: last.to_owned(), ..run };
    told.add("very many faults", &run, 1);
    let settings = "[archive]\ncorrections = \"data:,{path}\"\n[kinds.\"?\"]\nname = \"What\"\n";
    let project = Project::with_letter().file("config.toml", format!("{CONFIG}{settings}"));
    told.fails("settings", &project, "build");
    insta::assert_snapshot!(told.0);
}

#[test]
fn settings() {
    let mut told = Told::default();
    let mut case = |name: &str, lines: &str, command: &str| {
        told.fails(
            name,
            &Project::new().file("config.toml", format!("{CONFIG}{lines}\n")),
            command,
        );
    };
    case("a folder outside", "output_dir = \"../site\"", "build");
    case("no entry on a page of a list", "paginate_by = 0", "build");
    case("an order of dates", "[ingest]\ndate_order = \"day first\"", "build");
    case("the name of an encoding", "[ingest]\nencoding = \"latin nine\"", "build");
    case("a pattern of names", "[ingest]\nfilename = [\"{day}-{date}\"]", "ingest");
    case("a pattern of lines", "[ingest]\nfurniture = [\"/(/\"]", "ingest");
    case("a theme that is not there", "theme = \"leger\"", "build");
    case("a language that the theme does not speak", "default_language = \"tlh\"", "build");
    case("a table of the default language", "[languages.en]", "build");
    case("a language that is none", "[languages.klingon]", "build");
    case("a table that is none", "search = true", "build");
    case("tables that are none", "kinds = { decree = \"Decree\" }", "build");
    case("a truth that is none", "minify_html = \"yes\"", "build");
    case("a number that is none", "paginate_by = \"ten\"", "build");
    case("a search engine that is none", "[search]\nengine = \"tantivy\"", "build");
    case("ids that belong to nobody", "[archive]\ntag_authority = \"example.org\"", "build");
    case("a key written twice", "title = \"A\"", "build");
    told.warns(
        "no address",
        &Project::with_letter().file("config.toml", "title = \"Letters\"\n"),
        "build",
    );
    insta::assert_snapshot!(told.0);
}

#[test]
fn themes() {
    let mut told = Told::default();
    let themed = |path: &str, text: &str| {
        Project::with_letter()
            .file("config.toml", format!("{CONFIG}theme = \"own\"\n"))
            .file(&format!("themes/own/{path}"), text)
    };
    let about = "extends = \"other\"\n";
    let project =
        themed("theme.toml", about).file("themes/other/theme.toml", "extends = \"own\"\n");
    told.fails("themes that build on each other", &project, "build");
    told.fails("a theme on one that is not there", &themed("theme.toml", about), "build");
    told.fails("strings that are no TOML", &themed("i18n/en.toml", "from = From\n"), "build");
    told.fails("a template with a fault", &themed("templates/home.html", "a\n{% if %}\n"), "build");
    let unknown = "{{ home.tilte }}\n";
    told.fails("a field that there is not", &themed("templates/home.html", unknown), "build");
    let word = "{{ t(key=\"hello\") }}\n";
    told.fails("a word that there is not", &themed("templates/home.html", word), "build");
    let asset = "{{ asset(path=\"logo.svg\") }}\n";
    told.fails("a file that there is not", &themed("templates/home.html", asset), "build");
    let project = Project::new();
    told.refuses("a file of the default theme that there is not", &project, "theme eject hom.html");
    project.succeeds("theme eject home.html");
    told.refuses("a file that is there already", &project, "theme eject home.html");
    insta::assert_snapshot!(told.0);
}

#[test]
fn seeds() {
    let mut told = Told::default();
    let project = Project::new().file("seeds/a\u{7}b.txt", "Dear Sir,\n");
    told.warns("a name with a control character", &project, "ingest");
    let binary = [0, 159, 146, 150, 0, 1, 2, 3];
    let project = Project::new().file("seeds/a.bin", binary).file("seeds/b.dat", binary);
    told.warns("no texts", &project, "ingest");
    told.fails("a seed to explain that is no text", &project, "ingest --explain a.bin");
    told.warns("an empty file", &Project::new().file("seeds/a.txt", " \n"), "ingest");
    let notice = "<!DOCTYPE html>\n<div id=\"cookie-notice\"><p>We use cookies.</p></div>\n";
    told.warns("a page of furniture", &Project::new().file("seeds/a.html", notice), "ingest");
    told.fails("a seed to explain that is not there", &Project::new(), "ingest --explain a.txt");
    insta::assert_snapshot!(told.0);
}

#[test]
fn front_matter_in_yaml() {
    let mut told = Told::default();
    let mut case = |name: &str, front: &str| {
        let text = format!("---\ntitle: A\n{front}---\n\nText\n");
        told.fails(name, &Project::new().file("content/documents/a.md", text), "build");
    };
    case("nested too deeply", &format!("topics:\n{}a\n", "- ".repeat(200)));
    case("a tag that does not fit", "weight: !!int abc\n");
    case("a slug", "slug: A Letter\n");
    case("a key that nobody knows", "recipeints: []\n");
    case("a key written twice", "title: B\n");
    insta::assert_snapshot!(told.0);
}

#[test]
fn commands() {
    let mut told = Told::default();
    let project = Project::with_letter();
    told.refuses("a name for no file", &project, "new page ...");
    project.write("content/documents/b.md", [LETTER.as_bytes(), b"\xFF\n"].concat());
    told.fails("a file that is no text", &project, "review accept b date");
    project.write("content/pages/p.md", "+++\ntitle = \"P\"\n+++\n");
    told.fails("a page, which has no doubts", &project, "review accept content/pages/p.md date");
    std::fs::remove_file(project.path("content/documents/b.md")).unwrap();
    let review = "creators = []\n[[review]]\nfield = \"creators\"\nreason = \"no name\"\n+++\n\n";
    project.write(
        "content/documents/c.md",
        "+++\ntitle = \"C\"\n+++\n\n".replacen("+++\n\n", review, 1),
    );
    told.fails("a value that does not fit", &project, "review accept c creators Wardle");
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let serve = project.run("serve --interface 192.0.2.1 --port 1");
    told.add("an address of another machine", &serve, 2);
    drop(taken);
    let project = Project::new()
        .file("content/organizations/a.md", "+++\ntitle = \"Ashford Reading Society\"\n+++\n")
        .file("content/organizations/b.md", "+++\ntitle = \"Ashforth Reading Society\"\n+++\n");
    told.warns("names that are near", &project, "check");
    insta::assert_snapshot!(told.0);
}
