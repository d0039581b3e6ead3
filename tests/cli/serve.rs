//! `fonds serve`: pages follow the files, faults are shown and cleared, strangers are refused.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use super::project::{CONFIG, LETTER, Project, eventually};

/// A running server and what it says.
pub(super) struct Server {
    process: Child,
    talk: Receiver<String>,
    /// Address as `127.0.0.1:1111`.
    pub(super) address: String,
    /// Path of the site, with a final slash.
    base: String,
}

pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: String,
}

impl Server {
    pub(super) fn start(project: &Project) -> Self {
        Self::start_with(project, "serve --port 0")
    }

    pub(super) fn start_with(project: &Project, arguments: &str) -> Self {
        let mut command = project.command(arguments);
        let mut process = command.stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let (sender, talk) = mpsc::channel();
        std::thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let _ = sender.send(line);
            }
        });
        let mut server = Self { process, talk, address: String::new(), base: String::new() };
        let url = server.hears("the site is at http://");
        let url = url.split("http://").nth(1).unwrap().split(' ').next().unwrap();
        let (address, base) = url.split_once('/').unwrap();
        server.address = address.to_owned();
        server.base = format!("/{base}");
        server
    }

    /// Waits for a line that holds some words.
    pub(super) fn hears(&self, words: &str) -> String {
        loop {
            let line = self.talk.recv_timeout(Duration::from_secs(60));
            let line = line.unwrap_or_else(|_| panic!("the server never said `{words}`"));
            if line.contains(words) {
                return line;
            }
        }
    }

    fn ask(&self, path: &str, host: &str) -> Answer {
        self.send(&format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n"))
    }

    /// Sends a request as it is.
    pub(super) fn send(&self, request: &str) -> Answer {
        send_to(&self.address, request)
    }

    pub(super) fn get(&self, path: &str) -> Answer {
        self.ask(path, "localhost")
    }

    /// Waits until a page has some words.
    pub(super) fn shows(&self, path: &str, words: &str) {
        eventually(words, || self.get(path).body.contains(words).then_some(()));
    }

    /// Opens the stream of events.
    fn events(&self) -> Events {
        let mut stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
        write!(stream, "GET /_fonds/events HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
        Events(BufReader::new(stream))
    }

    /// Says Ctrl-C; gives the exit status.
    fn interrupt(mut self) -> Option<i32> {
        let id = self.process.id().to_string();
        let sent = std::process::Command::new("kill").args(["-INT", &id]).status().unwrap();
        assert!(sent.success());
        eventually("the server ends", || self.process.try_wait().unwrap()).code()
    }
}

fn send_to(address: &str, request: &str) -> Answer {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(60))).unwrap();
    stream.write_all(request.as_bytes()).unwrap();
    let mut text = Vec::new();
    stream.read_to_end(&mut text).unwrap();
    let text = String::from_utf8_lossy(&text).into_owned();
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((&text, ""));
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answer { status, head: head.to_owned(), body: body.to_owned() }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

struct Events(BufReader<TcpStream>);

impl Events {
    fn next(&mut self) -> serde_json::Value {
        loop {
            let mut line = String::new();
            assert_ne!(self.0.read_line(&mut line).unwrap(), 0, "the stream ended");
            if let Some(data) = line.strip_prefix("data: ") {
                return serde_json::from_str(data).unwrap();
            }
        }
    }
}

const PAGE: &str = "/documents/reading-room/";
const FILE: &str = "content/documents/reading-room.md";

#[test]
fn a_saved_edit_is_served() {
    let project = Project::with_letter();
    let server = Server::start(&project);
    assert!(server.get(PAGE).body.contains("above the bakery is dry"));
    project.write(FILE, LETTER.replace("dry", "damp"));
    server.shows(PAGE, "above the bakery is damp");
    // As editors that write a copy and rename it do.
    project.write("content/documents/.new", LETTER.replace("dry", "warm"));
    std::fs::rename(project.path("content/documents/.new"), project.path(FILE)).unwrap();
    server.shows(PAGE, "above the bakery is warm");
    project.write("content/documents/sub/second.md", LETTER);
    server.shows("/documents/second/", "above the bakery is dry");
    std::fs::remove_dir_all(project.path("content/documents/sub")).unwrap();
    eventually("the page is gone", || {
        (server.get("/documents/second/").status == 404).then_some(())
    });
    assert!(!project.path("public").exists(), "serve writes no site");
}

#[test]
fn the_very_next_request_shows_a_saved_edit() {
    let project = Project::with_letter();
    let server = Server::start(&project);
    let seen = (0..20).filter(|n| {
        project.write(FILE, LETTER.replace("dry", &format!("damp for {n} days")));
        server.get(PAGE).body.contains(&format!("is damp for {n} days"))
    });
    // A busy machine may be late to tell of a change; that none is seen before the pause is over would be
    // a fault.
    let seen = seen.count();
    assert!(seen >= 10, "{seen} of 20");
    server.shows(PAGE, "is damp for 19 days");
}

#[test]
fn a_change_of_a_text_reaches_all_that_is_made_of_it() {
    let project = Project::with_letter();
    let server = Server::start(&project);
    // The text alone, then the first sentences of it, which search engines and the feed are told.
    project.write(FILE, format!("{LETTER}\nAnother paragraph of the letter.\n"));
    server.shows(PAGE, "Another paragraph of the letter.");
    project.write(FILE, LETTER.replace("dry", "damp"));
    server.shows(PAGE, "content=\"The room above the bakery is damp");
    server.shows("/atom.xml", "above the bakery is damp");
}

#[test]
fn a_replaced_folder_is_still_watched() {
    let project = Project::with_letter();
    let server = Server::start(&project);
    std::fs::rename(project.path("content"), project.path("old")).unwrap();
    eventually("the page is gone", || (server.get(PAGE).status == 404).then_some(()));
    std::fs::rename(project.path("old"), project.path("content")).unwrap();
    server.shows(PAGE, "above the bakery is dry");
    project.write(FILE, LETTER.replace("dry", "damp"));
    server.shows(PAGE, "above the bakery is damp");
}

#[test]
fn a_replaced_root_is_still_watched() {
    let project = Project::with_letter();
    let (root, old) = (project.path("archive"), project.path("old"));
    std::fs::create_dir(&root).unwrap();
    for name in ["content", "config.toml"] {
        std::fs::rename(project.path(name), root.join(name)).unwrap();
    }
    let server = Server::start_with(&project, "--root archive serve --port 0");
    std::fs::rename(&root, &old).unwrap();
    project.write("archive/config.toml", CONFIG);
    project.write("archive/content/documents/reading-room.md", LETTER.replace("dry", "damp"));
    server.shows(PAGE, "above the bakery is damp");
    project.write("archive/content/documents/reading-room.md", LETTER.replace("dry", "warm"));
    server.shows(PAGE, "above the bakery is warm");
}

#[test]
fn a_burst_of_changes_is_followed_to_its_end() {
    let project = Project::with_letter();
    let server = Server::start(&project);
    for n in 0..3000 {
        project.write(&format!("content/documents/a{}/n{n}.md", n % 7), LETTER);
    }
    for n in [0, 1500, 2999] {
        server.shows(&format!("/documents/n{n}/"), "above the bakery is dry");
    }
    std::fs::remove_dir_all(project.path("content/documents/a3")).unwrap();
    eventually("a folder is gone", || (server.get("/documents/n3/").status == 404).then_some(()));
}

#[test]
fn a_new_seed_becomes_a_page() {
    let project = Project::new();
    let server = Server::start(&project);
    project.write("seeds/letter.txt", "14 March 1921\n\nDear Miss Harland,\n\nThe room is dry.\n");
    eventually("the letter has a page", || {
        let drafts = project.files("content/documents");
        let name = drafts.keys().next()?.trim_end_matches(".md");
        server.get(&format!("/documents/{name}/")).body.contains("The room is dry.").then_some(())
    });
}

#[test]
fn the_settings_are_followed() {
    let project = Project::with_letter();
    let server = Server::start(&project);
    project.write("config.toml", CONFIG.replace("example.org", "example.org/archive"));
    server.shows("/archive/documents/reading-room/", "above the bakery is dry");
}

#[test]
fn faults_are_shown_over_the_last_good_site_and_cleared() {
    let project = Project::with_letter();
    let server = Server::start(&project);
    let mut events = server.events();
    let first = events.next();
    assert_eq!(first["faults"], "");
    project.write(FILE, LETTER.replace("1921-03-14", "14 March 1921"));
    let fault = events.next();
    assert_eq!(fault["generation"], first["generation"]);
    let text = fault["faults"].as_str().unwrap();
    assert!(text.starts_with("error: `14 March 1921` is not an EDTF date\n"), "{text}");
    server.hears("error: `14 March 1921` is not an EDTF date");
    server.hears("1 error; the last good site is still shown");
    assert!(server.get(PAGE).body.contains("above the bakery is dry"));
    project.write(FILE, LETTER.replace("dry", "damp"));
    let mended = events.next();
    assert_eq!(mended["faults"], "");
    assert_eq!(mended["generation"].as_u64(), first["generation"].as_u64().map(|n| n + 1));
    assert!(server.get(PAGE).body.contains("above the bakery is damp"));
}

#[test]
fn faults_of_the_very_first_build_have_a_page() {
    let project =
        Project::new().file(FILE, LETTER.replace("dry", "<b>dry</b>").replace("kind =", "k<d ="));
    let server = Server::start(&project);
    let answer = server.get("/");
    assert_eq!(answer.status, 503);
    assert!(answer.body.contains("The archive cannot be shown yet"), "{}", answer.body);
    assert!(answer.body.contains("k&lt;d ="), "{}", answer.body);
    assert!(answer.body.contains("/_fonds/reload.js?"));
    project.write(FILE, LETTER);
    server.shows(PAGE, "above the bakery is dry");
}

#[test]
fn a_style_sheet_is_exchanged_without_loading_the_page() {
    let project = Project::with_letter().file("static/own.css", "p { color: red }\n");
    let server = Server::start(&project);
    let mut events = server.events();
    events.next();
    project.write("static/own.css", "p { color: blue }\n");
    let update = events.next();
    assert_eq!(update["styles"], serde_json::json!([["/own.css", "/own.css"]]));
}

#[test]
fn pages_carry_the_script_and_nothing_else_is_changed() {
    let project = Project::with_letter();
    let server = Server::start(&project);
    project.succeeds("build");
    let script =
        regex::Regex::new(r#"<script src="/_fonds/reload\.js\?\d+" defer></script>"#).unwrap();
    for (path, file) in project.files("public") {
        // What lists the files is no file of the preview, which makes one at a time.
        if path.starts_with(".fonds") || path == "manifest-sha256.txt" {
            continue;
        }
        let answer = server.get(&format!("/{path}"));
        if path.ends_with(".html") {
            assert_eq!(script.find_iter(&answer.body).count(), 1, "{path}");
        }
        let body = script.replace(&answer.body, "");
        assert_eq!(body, String::from_utf8_lossy(&file), "{path}");
    }
    assert!(server.get("/_fonds/reload.js").body.contains("EventSource"));
}

#[test]
fn answers_have_a_status_and_a_type() {
    let server = Server::start(&Project::with_letter());
    let missing = server.get("/nothing/");
    assert_eq!(missing.status, 404);
    assert!(missing.head.contains("content-type: text/html; charset=utf-8"), "{}", missing.head);
    assert_eq!(server.get("/documents/reading-room").status, 307);
    assert!(server.get("/robots.txt").head.contains("content-type: text/plain; charset=utf-8"));
    assert!(server.get("/atom.xml").head.contains("content-type: application/xml; charset=utf-8"));
}

#[test]
fn a_path_of_the_base_url_is_respected() {
    let project = Project::with_letter()
        .file("config.toml", CONFIG.replace("example.org", "example.org/archive"));
    let server = Server::start(&project);
    assert_eq!(server.base, "/archive/");
    let answer = server.get("/");
    assert_eq!(answer.status, 307);
    assert!(answer.head.contains("location: /archive/"), "{}", answer.head);
    assert_eq!(server.get("/archive/documents/reading-room/").status, 200);
    assert_eq!(server.get(PAGE).status, 404);
}

#[test]
fn other_names_than_those_of_this_machine_are_refused() {
    let server = Server::start(&Project::with_letter());
    for host in ["localhost", "LOCALHOST:1", "127.0.0.1", "[::1]:1111"] {
        assert_eq!(server.ask("/", host).status, 200, "{host}");
    }
    for host in ["example.org", "localhost.example.org", "192.168.1.1", ""] {
        assert_eq!(server.ask("/", host).status, 403, "{host}");
    }
}

#[test]
fn tricks_with_paths_are_refused() {
    let project = Project::with_letter().file("secret.txt", "secret\n");
    let server = Server::start(&project);
    for path in [
        "/../secret.txt",
        "/..%2fsecret.txt",
        "/%2e%2e/secret.txt",
        "/documents/../../secret.txt",
        "/..%5csecret.txt",
        "/..\\secret.txt",
        "/documents/..%2f..%2fsecret.txt",
        "/%252e%252e/secret.txt",
        "/%c0%ae%c0%ae/secret.txt",
        "/secret.txt%00.html",
        "//secret.txt",
        "/./secret.txt",
    ] {
        let answer = server.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(!answer.body.contains("secret\n"), "{path}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_archive_is_not_followed() {
    let project = Project::with_letter()
        .file("secret.txt", "secret\n")
        .file("inside/config.toml", CONFIG)
        .file("inside/content/documents/a.md", LETTER)
        .file("inside/static/good.txt", "good\n");
    let server = Server::start_with(&project, "--root inside serve --port 0");
    server.shows("/good.txt", "good");
    for link in ["static/secret.txt", "seeds/secret.txt", "content/documents/secret.md"] {
        std::fs::create_dir_all(project.path("inside/seeds")).unwrap();
        let link = project.path(&format!("inside/{link}"));
        std::os::unix::fs::symlink(project.path("secret.txt"), link).unwrap();
    }
    server.hears("error: the symlink points outside the archive");
    for path in ["/secret.txt", "/seeds/secret.txt", "/static/secret.txt", "/documents/secret/"] {
        let answer = server.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        assert!(!answer.body.contains("secret\n"), "{path}");
    }
    // It goes on with what is good.
    server.shows("/good.txt", "good");
}

#[test]
fn a_taken_port_is_told() {
    let project = Project::with_letter();
    let first = Server::start(&project);
    let port = first.address.rsplit(':').next().unwrap();
    let mut command = project.command("serve --port");
    let mut second = command.arg(port).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(second.stderr.take().unwrap()).lines().map_while(Result::ok);
    let told = lines.find(|line| line.contains("is in use")).unwrap();
    second.kill().unwrap();
    second.wait().unwrap();
    assert_eq!(told, format!("port {port} is in use; using the next free one"));
}

#[test]
fn a_slow_client_does_not_stop_it() {
    let project = Project::with_letter();
    let server = Server::start(&project);
    let slow: Vec<TcpStream> = (0..20)
        .map(|_| {
            let mut stream = TcpStream::connect(&server.address).unwrap();
            stream.write_all(b"GET / HTTP/1.1\r\nHo").unwrap();
            stream
        })
        .collect();
    TcpStream::connect(&server.address).unwrap().write_all(b"\x00\xFF nonsense\r\n\r\n").unwrap();
    assert_eq!(server.get("/").status, 200);
    // Those who ask and never read, or go away before the answer.
    let deaf: Vec<TcpStream> = (0..20)
        .map(|_| {
            let mut stream = TcpStream::connect(&server.address).unwrap();
            let request = format!("GET / HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
            stream.write_all(request.repeat(50).as_bytes()).unwrap();
            stream
        })
        .collect();
    for _ in 0..20 {
        let mut stream = TcpStream::connect(&server.address).unwrap();
        stream.write_all(b"GET /documents/ HTTP/1.1\r\nHost: localhost\r\n\r\n").unwrap();
    }
    project.write(FILE, LETTER.replace("dry", "damp"));
    server.shows(PAGE, "above the bakery is damp");
    drop((slow, deaf));
    assert_eq!(server.get("/").status, 200);
}

#[test]
fn ctrl_c_ends_it_at_once_whatever_is_open() {
    let server = Server::start(&Project::with_letter());
    let mut events = server.events();
    events.next();
    assert_eq!(server.interrupt(), Some(130));
}

#[test]
fn a_slow_page_holds_up_no_other() {
    let loops =
        "{% for a in range(end=3000) %}{% for b in range(end=3000) %}{% endfor %}{% endfor %}";
    let page =
        format!("{{% extends \"base.html\" %}}{{% block main %}}{loops}slow{{% endblock main %}}");
    let project = Project::with_letter()
        .file("config.toml", format!("{CONFIG}theme = \"slow\"\n"))
        .file("themes/slow/templates/page.html", page)
        .file("content/about.md", "+++\ntitle = \"About\"\n+++\n\nText.\n");
    let server = Server::start(&project);
    let (sender, ends) = mpsc::channel();
    std::thread::scope(|scope| {
        let (address, slow) = (server.address.clone(), sender.clone());
        scope.spawn(move || {
            let request = "GET /about/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
            let answer = send_to(&address, request);
            slow.send(("slow", answer.body.contains("slow"))).unwrap();
        });
        // The slow one is asked for first: it is at work once the server has taken its request.
        std::thread::sleep(Duration::from_millis(300));
        let answer = server.get(PAGE);
        sender.send(("quick", answer.body.contains("above the bakery"))).unwrap();
    });
    assert_eq!(ends.iter().take(2).collect::<Vec<_>>(), [("quick", true), ("slow", true)]);
}
