//! The review desk of `fonds serve`: what it shows, what it writes, and whom it refuses.

use super::project::{CONFIG, LETTER, Project, eventually};
use super::serve::{Answer, Server};

const SEED: &str = "Ashford Reading Society\n\n14 March, I think\n\nThe room is <dry>.\n";
const PATH: &str = "content/documents/reading-room.md";
const DRAFT: &str = "+++
title = \"Letter on the Reading Room\" # ours
date = \"1921-03-14\"

[source]
seed = \"room.txt\"

[[review]]
field = \"place\"
reason = \"the seed names none\"

[[review]]
field = \"date\"
reason = \"no year stands in \\\"14 March\\\"\"
line = 3
+++

The room is <dry>.
";

fn project() -> Project {
    Project::empty()
        .file(
            "config.toml",
            format!("{CONFIG}\n[serve]\neditor = \"editor://open/{{path}}:{{line}}\"\n"),
        )
        .file("seeds/room.txt", SEED)
        .file(PATH, DRAFT)
}

fn start(project: &Project) -> Server {
    Server::start_with(project, "serve --port 0 --no-ingest")
}

/// The token that stands in the forms of a page.
fn token(page: &str) -> &str {
    page.split("name=\"token\" value=\"").nth(1).unwrap().split('"').next().unwrap()
}

/// Posts a decision on the doubt about the date.
fn post(server: &Server, head: &str, token: &str) -> Answer {
    let body = format!("token={token}&path={PATH}&field=date&line=3&value=&back=%2F_review%2F");
    server.send(&format!(
        "POST /_review/accept HTTP/1.1\r\n{head}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    ))
}

fn own_head(server: &Server) -> String {
    let host = &server.address;
    format!(
        "Host: {host}\r\nOrigin: http://{host}\r\nContent-Type: application/x-www-form-urlencoded\r\n"
    )
}

#[test]
fn doubts_stand_worst_first_beside_the_seed() {
    let project = project();
    let server = start(&project);
    let page = server.get("/_review/");
    assert_eq!(page.status, 200);
    assert!(page.head.contains("content-security-policy: default-src 'none'"), "{}", page.head);
    let body = page.body;
    let (date, place) = (body.find("<b>date</b>").unwrap(), body.find("<b>place</b>").unwrap());
    assert!(date < place, "{body}");
    assert!(body.contains("no year stands in &quot;14 March&quot;"), "{body}");
    assert!(body.contains("<q>1921-03-14</q>"), "{body}");
    assert!(
        body.contains("<li value=\"3\" class=\"marked\"><mark>14 March, I think</mark></li>"),
        "{body}"
    );
    assert!(body.contains("<li value=\"5\">The room is &lt;dry&gt;.</li>"), "{body}");
    let file = project.path(PATH).canonicalize().unwrap();
    assert!(body.contains(&format!("href=\"editor://open{}:12\"", file.display())), "{body}");
    let one = server.get("/_review/?field=place").body;
    assert!(one.contains("<b>place</b>") && !one.contains("<b>date</b>"), "{one}");
}

#[test]
fn a_documents_seed_stands_beside_its_body() {
    let project = project();
    let server = start(&project);
    let page = server.get("/_review/documents/reading-room/").body;
    assert!(page.contains("<li value=\"1\">"), "{page}");
    assert!(page.contains("14 March, I think"), "{page}");
    assert!(page.contains("<li value=\"18\">The room is &lt;dry&gt;.</li>"), "{page}");
    assert_eq!(server.get("/_review/documents/none/").status, 404);
    assert_eq!(server.get("/_review/documents/../x/").status, 404);
    assert_eq!(server.get("/_review").status, 307);
}

#[test]
fn an_accepted_doubt_is_gone_and_nothing_else_is_changed() {
    let (project, other) = (project(), project());
    let server = start(&project);
    let page = server.get("/_review/").body;
    let answer = post(&server, &own_head(&server), token(&page));
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert!(answer.head.contains("location: /_review/\r\n"), "{}", answer.head);
    let page = server.get("/_review/").body;
    assert!(page.contains("<b>place</b>") && !page.contains("<b>date</b>"), "{page}");
    other.succeeds("review accept reading-room date --line 3");
    assert_eq!(project.read(PATH), other.read(PATH));
    // The second time there is nothing to settle.
    let again = post(&server, &own_head(&server), token(&page));
    assert_eq!(again.status, 422);
    assert!(again.body.contains("no doubt about `date` is open"), "{}", again.body);
}

#[test]
fn a_value_is_written_with_the_decision() {
    let project = project();
    let server = start(&project);
    let page = server.get("/_review/").body;
    let body = format!("token={}&path={PATH}&field=date&line=3&value=1922-03-14", token(&page));
    let answer = server.send(&format!(
        "POST /_review/accept HTTP/1.1\r\n{}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        own_head(&server),
        body.len()
    ));
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert!(project.read(PATH).contains("date = \"1922-03-14\""));
    server.shows("/documents/reading-room/", "14 March 1922");
}

#[test]
fn a_doubt_about_a_persons_name_is_settled_as_those_of_documents_are() {
    let path = "content/people/soo-bin-han.md";
    let review = "\n[[review]]\nfield = \"sort_name\"\nreason = \"both may be families\"\n";
    let project = project().file(path, format!("+++\ntitle = \"Soo Bin Han\"\n{review}+++\n"));
    let server = start(&project);
    let page = server.get("/_review/?field=sort_name").body;
    assert!(page.contains("<h3>Soo Bin Han</h3>"), "{page}");
    assert!(page.contains("both may be families"), "{page}");
    let body = format!(
        "token={}&path={path}&field=sort_name&value=Han%2C+Soo+Bin&back=%2F_review%2F",
        token(&page)
    );
    let answer = server.send(&format!(
        "POST /_review/accept HTTP/1.1\r\n{}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        own_head(&server),
        body.len()
    ));
    assert_eq!(answer.status, 303, "{}", answer.body);
    let settled = "+++\ntitle = \"Soo Bin Han\"\nsort_name = \"Han, Soo Bin\"\n+++\n";
    assert_eq!(project.read(path), settled);
    assert!(!server.get("/_review/").body.contains("Soo Bin Han"));
}

#[test]
fn strangers_cannot_write() {
    let project = project();
    let server = start(&project);
    let page = server.get("/_review/").body;
    let (good, token) = (own_head(&server), token(&page).to_owned());
    let host = server.address.clone();
    let elsewhere = good.replace(&format!("http://{host}"), "http://example.org");
    let unnamed = good.replace(&format!("Origin: http://{host}\r\n"), "");
    let rebound = good.replace(&host, "example.org:1111");
    let cross = format!("{good}Sec-Fetch-Site: cross-site\r\n");
    let json = good.replace("application/x-www-form-urlencoded", "text/plain");
    for head in [elsewhere, unnamed, rebound, cross, json] {
        assert_eq!(post(&server, &head, &token).status, 403, "{head}");
    }
    for wrong in ["", "0", &token[1..]] {
        assert_eq!(post(&server, &good, wrong).status, 403, "{wrong}");
    }
    assert_eq!(server.get(&format!("/_review/accept?token={token}")).status, 405);
    let put =
        format!("PUT /_review/ HTTP/1.1\r\n{good}Content-Length: 0\r\nConnection: close\r\n\r\n");
    assert_eq!(server.send(&put).status, 405);
    assert_eq!(project.read(PATH), DRAFT);
    // The same form, from the server's own page.
    assert_eq!(post(&server, &good, &token).status, 303);
}

#[test]
fn only_documents_can_be_written() {
    let project = project();
    let server = start(&project);
    let page = server.get("/_review/").body;
    for path in ["config.toml", "content/documents/../../config.toml", "content/documents/../x.md"]
    {
        let body = format!("token={}&path={path}&field=title&value=X", token(&page));
        let answer = server.send(&format!(
            "POST /_review/accept HTTP/1.1\r\n{}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            own_head(&server),
            body.len()
        ));
        assert_eq!(answer.status, 422, "{path}");
    }
}

#[test]
fn near_names_and_dead_links_are_listed() {
    let record = |title: &str| format!("+++\ntitle = \"{title}\"\n+++\n");
    let project = Project::with_letter()
        .file("content/organizations/a.md", record("Committee for the Reading Room"))
        .file("content/organizations/b.md", record("Committee on the Reading Room"))
        .file("content/documents/second.md", LETTER.replace("dry", "[dry](/nowhere/)"));
    let server = Server::start(&project);
    // Links are looked at once the whole site was made.
    server.shows("/_review/", "the site has no `nowhere/index.html`");
    let page = server.get("/_review/").body;
    let button =
        "aria-label=\"Merge Committee on the Reading Room into Committee for the Reading Room\"";
    assert!(page.contains(button), "{page}");
    assert!(page.contains("<code>content/documents/second.md:9</code>"), "{page}");
    project.write("content/documents/second.md", LETTER);
    eventually("the link is gone", || {
        (!server.get("/_review/").body.contains("nowhere")).then_some(())
    });
}

#[test]
fn links_of_pages_that_did_not_change_are_still_known() {
    let letter = |words: &str| LETTER.replace("dry", words);
    let project = Project::with_letter()
        .file(
            "content/documents/second.md",
            letter("[dry](/nowhere/) and [warm](/documents/third/)"),
        )
        .file("content/documents/third.md", LETTER);
    let server = Server::start(&project);
    server.shows("/_review/", "the site has no `nowhere/index.html`");
    // Another file has a dead link now; of the second one, nothing is made again.
    project.write("content/documents/reading-room.md", letter("[dry](/elsewhere/)"));
    server.shows("/_review/", "the site has no `elsewhere/index.html`");
    assert!(server.get("/_review/").body.contains("nowhere/index.html"));
    std::fs::remove_file(project.path("content/documents/third.md")).unwrap();
    server.shows("/_review/", "the site has no `documents/third/index.html`");
    assert!(server.get("/_review/").body.contains("nowhere/index.html"));
    server.shows("/search/", "<main");
}

#[test]
fn like_texts_are_listed_until_one_is_corrected() {
    let text: String = (0..60).map(|n| format!("The {n}th book is on the shelf. ")).collect();
    let letter = |title: &str, text: &str| format!("+++\ntitle = \"{title}\"\n+++\n\n{text}\n");
    let project = Project::empty()
        .file("config.toml", CONFIG)
        .file("content/documents/one.md", letter("One", &text))
        .file("content/documents/two.md", letter("Two", &text.replace(" 7th", " seventh")))
        .file("content/documents/other.md", letter("Other", "The room is dry."));
    let server = start(&project);
    let page = server.get("/_review/").body;
    let section = page.split("id=\"alike\"").nth(1).unwrap().split("</section>").next().unwrap();
    assert!(page.contains("1 group of like texts"), "{page}");
    assert!(section.contains("Nearly the same text:"), "{section}");
    assert!(section.contains("one.md") && section.contains("two.md"), "{section}");
    assert!(!section.contains("other.md"), "{section}");
    project.write("content/documents/two.md", letter("Two", "This was a copy."));
    eventually("the texts are not alike", || {
        server.get("/_review/").body.contains("0 groups of like texts").then_some(())
    });
}

#[test]
fn the_desk_follows_files_and_is_no_part_of_the_site() {
    let project = project();
    let server = start(&project);
    assert!(server.get("/_review/").body.contains("2 open doubts in 1 document"));
    project.write(PATH, LETTER);
    server.shows("/_review/", "No doubt is open.");
    drop(server);
    project.succeeds("build --no-ingest");
    assert!(!project.path("public/_review").exists());
}

#[test]
fn words_that_were_taken_out_are_asked_for_and_answered() {
    let seed = "Ashford Reading Society\n14 March 1921\n\nDear Miss Harland,\n\nThe room above the bakery is dry and can be heated through the winter.\n\n\
                The witness Anna Kowalska lives at the mill.\n\nYours sincerely,\n\nThomas Wardle\n";
    let project = Project::new().file("seeds/letter.txt", seed);
    project.succeeds("ingest");
    let name = project.files("content/documents").into_keys().next().unwrap();
    let path = format!("content/documents/{name}");
    let cut = project.read(&path).replace("The witness Anna Kowalska lives at the mill.\n\n", "");
    project.write(&path, &cut);
    let server = start(&project);
    let desk = server.get("/_review/");
    assert!(desk.body.contains("1 deletion to explain"), "{}", desk.body);
    assert!(
        desk.body.contains("<q>the witness anna kowalska lives at the mill</q>"),
        "{}",
        desk.body
    );
    assert!(desk.body.contains("<mark>The witness Anna Kowalska lives at the mill.</mark>"));
    let answer = |fields: &str| {
        let token = token(&desk.body);
        let body = format!("token={token}&path={path}&first=8&last=8&back=%2F_review%2F&{fields}");
        server.send(&format!(
            "POST /_review/accept HTTP/1.1\r\n{}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            own_head(&server),
            body.len()
        ))
    };
    assert_eq!(answer("answer=withheld&reason=+").status, 422, "a reason must be given");
    assert_eq!(project.read(&path), cut);
    assert_eq!(answer("answer=withheld&reason=a+%22witness%22").status, 303);
    let table = "\n[[withheld]]\nlines = [8, 8]\nreason = \"a \\\"witness\\\"\"\n+++\n";
    assert!(project.read(&path).contains(table), "{}", project.read(&path));
    assert!(server.get("/_review/").body.contains("0 deletions to explain"));
    project.write(&path, &cut);
    assert_eq!(answer("answer=corrected").status, 303);
    assert!(project.read(&path).contains("\n[[corrected]]\nlines = [8, 8]\n+++\n"));
    assert!(server.get("/_review/").body.contains("0 deletions to explain"));
}

/// The faults that a page of the desk shows.
fn faults(page: &str) -> String {
    let faults = page.split("<pre class=\"faults\">").nth(1).unwrap();
    faults.split("</pre>").next().unwrap().replace("&#39;", "'").replace("&gt;", ">")
}

/// Sends a form of the page of a document, with some values that a person gave.
fn correct(server: &Server, page: &str, given: &[(&str, &str)]) -> Answer {
    let hidden = |name: &str| {
        let mark = format!("name=\"{name}\" value=\"");
        let form = page.split("action=\"/_review/correct\"").nth(1).unwrap();
        form.split(&mark).nth(1).unwrap().split('"').next().unwrap().to_owned()
    };
    let kept = ["token", "path", "seen", "back"].map(|name| (name, hidden(name)));
    let given = given.iter().map(|(name, value)| (*name, (*value).to_owned()));
    let pairs: Vec<String> = kept
        .into_iter()
        .chain(given)
        .map(|(name, value)| {
            let encoded: String = value.bytes().map(|byte| format!("%{byte:02X}")).collect();
            format!("{name}={encoded}")
        })
        .collect();
    let body = pairs.join("&");
    server.send(&format!(
        "POST /_review/correct HTTP/1.1\r\n{}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        own_head(server),
        body.len()
    ))
}

#[test]
fn the_links_of_the_desk_lead_to_its_pages() {
    let path = "content/documents/1921-03-14-항구의-편지.md";
    let project = project().file(path, DRAFT.replace("room.txt", "none.txt"));
    let server = start(&project);
    let page = server.get("/_review/").body;
    let links: Vec<&str> = page
        .split("href=\"")
        .skip(1)
        .map(|rest| rest.split('"').next().unwrap())
        .filter(|link| link.starts_with("/_review/"))
        .collect();
    assert!(links.iter().filter(|link| link.contains("documents/")).count() > 2, "{links:?}");
    for link in links {
        assert_eq!(server.get(link).status, 200, "{link}");
    }
}

#[test]
fn a_document_is_corrected_by_a_form() {
    let project = project();
    let server = start(&project);
    let page = server.get("/_review/documents/reading-room/").body;
    let answer = correct(
        &server,
        &page,
        &[
            ("title", "Letter on the Reading Room"),
            ("date", "1922-03-14"),
            ("place", "Ashford"),
            ("creators.0.person", "Ada Quill"),
            ("creators.0.role", "Secretary"),
            ("creators.0.organization", ""),
            ("creators.1.person", ""),
            ("body", "The room is <damp>.\r\n\r\nAda Quill\r\n"),
        ],
    );
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert_eq!(
        project.read(PATH),
        "+++\ntitle = \"Letter on the Reading Room\" # ours\ndate = \"1922-03-14\"\nplace = \"Ashford\"\n\
         creators = [\n  { person = \"Ada Quill\", role = \"Secretary\" },\n]\n\n[source]\nseed = \"room.txt\"\n+++\n\n\
         The room is <damp>.\n\nAda Quill\n"
    );
    server.shows("/documents/reading-room/", "Ada Quill");
    // What the page showed is no longer what the file says.
    let late = correct(&server, &page, &[("place", "Elsewhere")]);
    assert_eq!(late.status, 422);
    insta::assert_snapshot!("what_was_saved_since_is_not_written_over", faults(&late.body));
    // Saved as it is, the page changes nothing.
    let before = project.read(PATH);
    let page = server.get("/_review/documents/reading-room/").body;
    let same = [
        ("title", "Letter on the Reading Room"),
        ("creators.0.person", "Ada Quill"),
        ("creators.0.role", "Secretary"),
    ];
    assert_eq!(correct(&server, &page, &same).status, 303);
    assert_eq!(project.read(PATH), before);
    let wrong = correct(&server, &page, &[("date", "14 March")]);
    assert_eq!(wrong.status, 422);
    assert!(wrong.body.contains("14 March"), "{}", wrong.body);
    assert_eq!(project.read(PATH), before);
}

#[test]
fn values_between_which_a_doubt_lies_can_be_chosen() {
    let draft = DRAFT.replace("\"1921-03-14\"", "\"[1921-03-04,1921-04-03]\"");
    let project = project().file(PATH, draft);
    let server = start(&project);
    let page = server.get("/_review/?field=date").body;
    assert!(page.contains("name=\"choice\" value=\"1921-04-03\""), "{page}");
    let body =
        format!("token={}&path={PATH}&field=date&line=3&value=&choice=1921-04-03", token(&page));
    let answer = server.send(&format!(
        "POST /_review/accept HTTP/1.1\r\n{}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        own_head(&server),
        body.len()
    ));
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert!(project.read(PATH).contains("date = \"1921-04-03\""));
}

#[test]
fn near_names_are_merged_as_the_command_does() {
    let record = |title: &str| format!("+++\ntitle = \"{title}\"\n+++\n");
    let (into, from) = ("content/organizations/a.md", "content/organizations/b.md");
    let archive = || {
        Project::with_letter()
            .file(into, record("Committee for the Reading Room"))
            .file(from, record("Committee on the Reading Room"))
    };
    let (project, other) = (archive(), archive());
    let server = Server::start(&project);
    let page = server.get("/_review/").body;
    let body = format!(
        "token={}&kind=organizations&from=Committee+on+the+Reading+Room&into=Committee+for+the+Reading+Room&back=%2F_review%2F",
        token(page.split("action=\"/_review/merge\"").nth(1).unwrap())
    );
    let post = || {
        server.send(&format!(
            "POST /_review/merge HTTP/1.1\r\n{}Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            own_head(&server),
            body.len()
        ))
    };
    assert_eq!(post().status, 303);
    other.succeeds("merge b a");
    assert_eq!(project.read(into), other.read(into));
    assert!(!project.path(from).exists());
    assert!(!server.get("/_review/").body.contains("Near names"));
    let again = post();
    assert_eq!(again.status, 422);
    insta::assert_snapshot!("a_name_that_was_merged_is_no_longer_there", faults(&again.body));
}
