//! E-mail as it was received: mailboxes, and what came with the mails.

use super::formats::docx;
use super::pdf::writer::Pdf;
use super::project::{CONFIG, Project};

/// A mail with a text and some attachments in base64.
fn mail(id: &str, head: &str, text: &str, attached: &[(&str, &str, &[u8])]) -> String {
    let mut mail = format!(
        "Return-Path: <wardle@example.org>\nMessage-ID: <{id}@example.org>\n{head}MIME-Version: 1.0\n\
         Content-Type: multipart/mixed; boundary=\"b\"\n\n--b\nContent-Type: text/plain; charset=utf-8\n\n{text}\n"
    );
    for (kind, disposition, bytes) in attached {
        let coded = base64(bytes);
        mail.push_str(&format!(
            "--b\nContent-Type: {kind}\nContent-Disposition: {disposition}\nContent-Transfer-Encoding: base64\n\n{coded}\n"
        ));
    }
    mail.push_str("--b--\n");
    mail
}

fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for three in bytes.chunks(3) {
        let number =
            three.iter().fold(0_u32, |n, b| n << 8 | u32::from(*b)) << (8 * (3 - three.len()));
        for place in 0..4 {
            let letter = LETTERS[(number >> (18 - 6 * place)) as usize & 63];
            out.push(if place > three.len() { '=' } else { letter as char });
        }
        if out.len() % 77 == 76 {
            out.push('\n');
        }
    }
    out
}

/// A picture of some size that says nothing else.
fn jpeg(width: u16, height: u16) -> Vec<u8> {
    let mut bytes = b"\xFF\xD8\xFF\xC0\x00\x0B\x08".to_vec();
    bytes.extend(height.to_be_bytes());
    bytes.extend(width.to_be_bytes());
    bytes.extend(b"\x01\x01\x11\x00\xFF\xDA\x00\x08\x01\x01\x00\x00\x3F\x00data\xFF\xD9");
    bytes
}

const HEAD: &str = "From: Thomas Wardle <wardle@example.org>\nTo: Edith Harland <harland@example.org>\n\
    Date: Tue, 12 Nov 2013 10:15:00 +0100\nSubject: The list of books\n";

fn letter() -> Vec<u8> {
    docx(&[
        "<w:t>14 March 1921</w:t>",
        "<w:t>Dear Miss Holt,</w:t>",
        "<w:t>The room above the bakery is dry and can be heated. We have read your letter with care.</w:t>",
        "<w:t>Yours sincerely,</w:t>",
        "<w:t>Ida Lowe</w:t>",
    ])
}

fn drafts(project: &Project) -> Vec<(String, String)> {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    project
        .files("content/documents")
        .into_iter()
        .map(|(path, bytes)| (path, text(bytes)))
        .collect()
}

fn draft_of(project: &Project, seed: &str) -> String {
    let found =
        drafts(project).into_iter().find(|(_, text)| text.contains(&format!("seed = \"{seed}\"")));
    found.unwrap_or_else(|| panic!("no draft of {seed}: {:#?}", drafts(project))).1
}

/// A mail that encloses a letter of Ida Lowe.
fn mail_with_letter() -> String {
    mail(
        "1",
        HEAD,
        "Dear Miss Harland,\n\nthe letter is enclosed.\n\nThomas Wardle",
        &[("application/octet-stream", "attachment; filename=letter.docx", &letter())],
    )
}

#[test]
fn what_came_with_a_mail_is_read_as_a_document_of_its_own() {
    let pdf = Pdf::new().typed("MEMORANDUM\n\nTo: The Librarian\nFrom: Ida Lowe, Treasurer\nDate: 3 May 1922\nSubject: Coal\n\n\
        The coal that was delivered in April is used up. Please order another ton before the end of May.\n").bytes();
    let text = "Dear Miss Harland,\n\nplease find the letter and the memorandum enclosed.\n\nThomas Wardle";
    let document = "application/octet-stream";
    let mail = mail(
        "1",
        HEAD,
        text,
        &[
            (document, "attachment; filename=\"old letter.docx\"", &letter()),
            ("application/pdf", "attachment; filename=memo.pdf", &pdf),
            ("image/jpeg; name=photo.jpg", "inline; filename=photo.jpg", &jpeg(900, 700)),
            ("image/jpeg; name=logo.jpg", "inline; filename=logo.jpg", &jpeg(120, 60)),
            (
                "application/pkcs7-signature; name=smime.p7s",
                "attachment; filename=smime.p7s",
                b"signed",
            ),
        ],
    );
    let settings = format!("{CONFIG}[outputs]\nattachments = true\n");
    let project = Project::new().file("config.toml", settings).file("seeds/box/list.eml", &mail);
    project.succeeds("build");
    assert_eq!(drafts(&project).len(), 3, "{:#?}", drafts(&project));
    let own = draft_of(&project, "box/list.eml");
    assert!(own.contains("files = [\"box/list.eml/inline/photo.jpg\"]"), "{own}");
    let slug = "2013-11-12-the-list-of-books";
    let enclosed = draft_of(&project, "box/list.eml/old letter.docx");
    for fact in [
        "date = \"1921-03-14\"",
        "Ida Lowe",
        "collection = \"box\"",
        &format!("part_of = \"{slug}\""),
    ] {
        assert!(enclosed.contains(fact), "{fact}: {enclosed}");
    }
    assert!(draft_of(&project, "box/list.eml/memo.pdf").contains("date = \"1922-05-03\""));
    assert_eq!(project.files("content/collections").len(), 1);
    let site = project.files("public");
    assert_eq!(site["seeds/box/list.eml/memo.pdf"], pdf);
    assert!(site.contains_key(&format!("documents/{slug}/files/photo.jpg")), "{:?}", site.keys());
    for (path, bytes) in &site {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("wardle@example.org") && !text.contains("Return-Path"), "{path}");
        assert!(!path.ends_with(".eml") && !path.ends_with(".eml.txt"), "{path}");
    }
    let page = String::from_utf8_lossy(&site[&format!("documents/{slug}/index.html")]).into_owned();
    assert!(page.contains("Its parts") && page.contains("letter-from-ida-lowe"), "{page}");
    assert!(project.succeeds("build").contains(" 0 written"));
    assert!(project.succeeds("check").contains("no error in 3 documents"));
    let before = project.files("content");
    project.succeeds("ingest");
    assert_eq!(project.files("content"), before);
    let explained = project.run("ingest --explain box/list.eml/memo.pdf");
    assert!(explained.stdout.contains("Ida Lowe"), "{} {}", explained.stdout, explained.stderr);
}

#[test]
fn a_mailbox_gives_a_document_a_mail_that_keeps_its_name() {
    let one = mail(
        "1",
        HEAD,
        "Dear Miss Harland,\n\nthe list of books is done.\n\nThomas Wardle",
        &[("text/csv", "attachment; filename=books.csv", b"title,year\nEmma,1815\n")],
    );
    let answer = "From: Edith Harland <harland@example.org>\nTo: Thomas Wardle <wardle@example.org>\n\
        Date: Wed, 13 Nov 2013 09:00:00 +0100\nSubject: Re: The list of books\nIn-Reply-To: <1@example.org>\n";
    let two = mail(
        "2",
        answer,
        "Dear Mr. Wardle,\n\nthank you.\n\n>From the window I can see the hills.\n\nEdith Harland",
        &[],
    );
    let both = format!(
        "From wardle@example.org Tue Nov 12 10:15:00 2013\n{one}\nFrom harland@example.org Wed Nov 13 09:00:00 2013\n{two}\n"
    );
    let project = Project::new().file("seeds/Society.mbox", &both);
    let told = project.succeeds("ingest");
    assert!(told.contains("2 seeds: 2 documents"), "{told}");
    assert!(told.contains("the seed is a table and is set aside"), "{told}");
    let names: Vec<String> = drafts(&project).into_iter().map(|(path, _)| path).collect();
    let reply =
        drafts(&project).into_iter().find(|(_, text)| text.contains("thank you")).unwrap().1;
    assert!(reply.contains("in_reply_to = \"2013-11-12-the-list-of-books\""), "{reply}");
    assert!(reply.contains("\nFrom the window"), "{reply}");
    assert!(
        reply.contains("lines = [") && reply.contains("seed = \"Society.mbox/2013-11-13-"),
        "{reply}"
    );
    let unit = project.files("content/collections");
    assert!(String::from_utf8_lossy(unit.values().next().unwrap()).contains("title = \"Society\""));
    // The first mail is gone, and another one stands before the second.
    let three = mail("3", HEAD, "Dear Miss Harland,\n\na third one.\n\nThomas Wardle", &[]);
    let project = project.file(
        "seeds/Society.mbox",
        format!("From - Thu Nov 14 10:15:00 2013\n{three}\nFrom harland@example.org Wed Nov 13 09:00:00 2013\n{two}\n"),
    );
    project.succeeds("ingest");
    let now = drafts(&project);
    assert_eq!(now.len(), 3, "{now:#?}");
    assert!(
        names.iter().all(|name| now.iter().any(|(path, _)| path == name)),
        "{names:?} {now:#?}"
    );
    project.succeeds("build");
    let site = project.files("public");
    assert!(
        site.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("wardle@example.org"))
    );
}

#[test]
fn what_came_with_a_mail_is_shown_no_more_than_the_mail() {
    let mail = mail_with_letter();
    let project = Project::new()
        .file("seeds/list.eml", &mail)
        .file("config.toml", format!("{CONFIG}[outputs]\nattachments = true\n"));
    let names = |word: &str| {
        project.run("build");
        let site = project.files("public");
        let holds = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(word);
        let names: Vec<String> =
            site.iter().filter(|(_, b)| holds(b)).map(|(p, _)| p.clone()).collect();
        (names, site.contains_key("seeds/list.eml/letter.docx"))
    };
    let (shown, offered) = names("Ida Lowe");
    assert!(!shown.is_empty() && offered);
    let drafts = project.files("content/documents");
    let name = drafts
        .iter()
        .find(|(_, text)| String::from_utf8_lossy(text).contains("seed = \"list.eml\""))
        .unwrap()
        .0;
    let path = format!("content/documents/{name}");
    let text = project.read(&path);
    for keys in ["draft = true", "embargo_until = \"2990-01-01\"", "withdrawn = \"asked for\""] {
        project.write(&path, text.replacen("+++\n", &format!("+++\n{keys}\n"), 1));
        assert_eq!(names("Ida Lowe"), (Vec::new(), false), "{keys}");
    }
    // Of a mail of which something is withheld, nobody knows what of it the file holds.
    let withheld = "[[withheld]]\nlines = [1, 2]\nreason = \"a name\"\n+++\n";
    let (front, body) = text[4..].split_once("+++\n").unwrap();
    project.write(&path, format!("+++\n{front}{withheld}{body}"));
    let (shown, offered) = names("Ida Lowe");
    assert!(!shown.is_empty() && !offered, "{shown:?}");
}

#[test]
fn what_came_with_a_mail_waits_until_somebody_shows_it() {
    let mail = mail_with_letter();
    let project = Project::new().file("seeds/list.eml", &mail);
    project.succeeds("build");
    assert!(draft_of(&project, "list.eml/letter.docx").contains("draft = true"));
    for (path, bytes) in project.files("public") {
        assert!(!String::from_utf8_lossy(&bytes).contains("Ida Lowe"), "{path}");
    }
}

#[test]
fn what_is_enclosed_can_be_left_out() {
    let mail = mail_with_letter();
    let project = Project::new()
        .file("seeds/list.eml", &mail)
        .file("config.toml", format!("{CONFIG}[ingest]\nignore = [\"**/*.eml/**\"]\n"));
    project.succeeds("build");
    assert_eq!(drafts(&project).len(), 1, "{:#?}", drafts(&project));
}

#[test]
fn a_mail_without_sender_and_day_is_a_mail_nevertheless() {
    let mail = mail(
        "1",
        "Subject: Notes\n",
        "the notes",
        &[("text/plain; name=a.txt", "attachment", b"Sealed words.")],
    );
    let project = Project::new()
        .file("seeds/notes.eml", &mail)
        .file("config.toml", format!("{CONFIG}[ingest]\nignore = [\"**/*.eml/**\"]\n"));
    project.succeeds("build");
    for (path, bytes) in project.files("public") {
        assert!(!String::from_utf8_lossy(&bytes).contains("Return-Path"), "{path}");
    }
}

#[test]
fn addresses_in_brackets_stop_no_build() {
    let letter = "14 March 1921\n\nDear Miss Holt,\n\nwrite to <900@example.net> or to <anna@example.net>, if the room is dry.\n\nYours,\n\nIda Lowe\n";
    let project = Project::new()
        .file("seeds/a.txt", letter)
        .file("seeds/b.md", "# Notes\n\nWrite to <900@example.net>, please, or do not.\n");
    project.succeeds("build");
    let pages = project.files("public");
    let all: String = pages.values().map(|bytes| String::from_utf8_lossy(bytes)).collect();
    assert!(
        all.contains("href=\"mailto:900@example.net\"")
            || all.contains("href=mailto:900@example.net")
    );
}

#[test]
fn a_day_in_the_far_future_is_a_doubt() {
    let head = HEAD.replace("2013", "9999");
    let mail = mail("1", &head, "Dear Miss Harland,\n\nthe list is done.\n\nThomas Wardle", &[]);
    let project = Project::new().file("seeds/list.eml", &mail);
    project.succeeds("build");
    let draft = draft_of(&project, "list.eml");
    assert!(draft.contains("is in the future") && !draft.contains("\ndate ="), "{draft}");
}
