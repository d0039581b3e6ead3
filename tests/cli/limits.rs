//! `[limits]`: what is beyond a limit is refused by name, with the key that sets it.

use super::formats::docx;
use super::pdf::writer::Pdf;
use super::project::{CONFIG, LETTER, Project};

/// A mail with some attachments.
fn mail(attachments: usize, text: &str) -> String {
    let attached = |n: usize| {
        format!(
            "--x\nContent-Type: text/plain; name=\"list-{n}.txt\"\nContent-Disposition: attachment; filename=\"list-{n}.txt\"\n\n\
             Minutes of the meeting\n\n{n} May 1922\n\nThe meeting heard the treasurer on the hall.\n"
        )
    };
    format!(
        "From: Jane Doe <jane@mail.invalid>\nTo: Office <office@mail.invalid>\nDate: Tue, 12 Nov 2013 10:15:00 +0100\n\
         Message-ID: <{attachments}@mail.invalid>\nSubject: The inventory\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n\
         --x\nContent-Type: text/plain; charset=utf-8\n\nDear Mr Roy,\n\n{text}\n\nJane Doe\n{}--x--\n",
        (1..=attachments).map(attached).collect::<String>()
    )
}

fn mailbox(mails: &[String]) -> String {
    let from = "From jane@mail.invalid Tue Nov 12 10:15:00 2013\n";
    mails.iter().map(|mail| format!("{from}{mail}\n")).collect()
}

#[test]
fn what_is_beyond_a_limit_is_named_with_the_key_that_sets_it() {
    let pages = ["14 March 1921\n\nDear Miss Holt,\n\nThe room is dry.\n", "It can be heated.\n"];
    let pdf = pages.iter().fold(Pdf::new(), |pdf, page| pdf.typed(page)).bytes();
    let long = "The room above the bakery is dry and can be heated. ".repeat(30_000);
    let office = docx(&[&format!("<w:t>{long}</w:t>")]);
    let many: Vec<&str> = ["<w:t>The room is dry.</w:t>"; 40].to_vec();
    let table = "title,date,file\nA letter,1921,a.txt\nAnother,1922,b.txt\n";
    let list = "{\"title\": \"A\", \"date\": \"1921\"}\n{\"title\": \"B\", \"date\": \"1922\"}\n";
    let text = "the inventory of the hall is enclosed.";
    let cases: Vec<(&str, &str, &str, Vec<u8>, bool)> = vec![
        ("file_megabytes", "1", "static/film.mp4", vec![7; (1 << 20) + 1], false),
        ("folders", "3", "static/a/b/c/d/e.txt", b"x".to_vec(), false),
        ("mail_files", "1", "seeds/a.eml", mail(3, text).into(), true),
        ("mail_megabytes", "1", "seeds/a.mbox", mailbox(&[mail(0, &long)]).into(), true),
        (
            "mailbox_mails",
            "1",
            "seeds/a.mbox",
            mailbox(&[mail(0, text), mail(1, text)]).into(),
            true,
        ),
        ("office_megabytes", "1", "seeds/a.docx", office, true),
        ("office_elements", "30", "seeds/a.docx", docx(&many), true),
        ("pdf_pages", "1", "seeds/a.pdf", pdf, true),
        ("table_cells", "5", "seeds/list.csv", table.into(), true),
        ("list_records", "1", "seeds/list.jsonl", list.into(), true),
        (
            "faults",
            "2",
            "content/documents/b.md",
            LETTER.replacen("+++\n", "+++\na1 = 1\na2 = 1\na3 = 1\na4 = 1\n", 1).into(),
            false,
        ),
    ];
    for (key, value, path, bytes, is_seed) in cases {
        let ingest = match path.strip_prefix("seeds/list") {
            Some(end) => format!("[ingest]\ntables = [\"list{end}\"]\n"),
            None => String::new(),
        };
        let settings = |limits: &str| format!("{CONFIG}\n{ingest}\n{limits}\n");
        let project = Project::with_letter()
            .file("config.toml", settings(&format!("[limits]\n{key} = {value}")))
            .file(path, &bytes);
        let run = project.run("build");
        assert_eq!(run.status, Some(if is_seed { 0 } else { 1 }), "{key}: {}", run.stderr);
        assert!(run.stderr.contains(&format!("`{key}`")), "{key}: {}", run.stderr);
        assert!(run.stderr.contains(path.split('/').nth(1).unwrap()), "{key}: {}", run.stderr);
        // Without the setting nothing is said of it.
        project.write("config.toml", settings(""));
        let run = project.run("build");
        assert!(!run.stderr.contains(key), "{key}: {}", run.stderr);
    }
}

/// A mail in a mail, and so on.
fn nested(depth: usize) -> String {
    let text = "the inventory of the hall is enclosed.";
    if depth == 0 {
        return mail(1, text);
    }
    // Each has a boundary and an identifier of its own.
    let inner = nested(depth - 1).replace("--x", &format!("--y{depth}"));
    let inner = inner.replace("boundary=x", &format!("boundary=y{depth}"));
    let part = format!("--x\nContent-Type: message/rfc822\n\n{inner}\n--x--\n");
    mail(0, text).replace("--x--\n", &part).replace("<0@", &format!("<{depth}9@"))
}

#[test]
fn mails_in_mails_end_at_the_limit_by_name() {
    let project = Project::with_letter().file("seeds/a.eml", nested(2));
    let told = project.succeeds("ingest");
    assert!(!told.contains("mail_depth"), "{told}");
    let all = project.files("content/documents").len();
    let project = Project::with_letter()
        .file("config.toml", format!("{CONFIG}\n[limits]\nmail_depth = 1\n"))
        .file("seeds/a.eml", nested(2));
    let told = project.succeeds("ingest");
    assert!(told.contains("what this e-mail holds is not read"), "{told}");
    assert!(told.contains("at most 1 e-mails inside each other"), "{told}");
    assert!(told.contains("`mail_depth` below `[limits]`"), "{told}");
    let of_mails = told.split("\n\n").filter(|told| told.contains("e-mail"));
    insta::assert_snapshot!("mails_that_are_too_deep", of_mails.collect::<Vec<_>>().join("\n\n"));
    assert!(project.files("content/documents").len() < all, "{told}");
}

/// Time and memory of a PDF; the message says what is set.
#[test]
fn a_pdf_that_takes_too_much_is_set_aside_by_the_limit_that_is_set() {
    let letter = "14 March 1921\n\nDear Miss Holt,\n\nThe room is dry.\n";
    let long =
        format!("{letter}\n{}", "The room above the bakery is dry and can be heated.\n".repeat(40));
    let text = (0..600).fold(Pdf::new(), |pdf, _| pdf.typed(&long)).bytes();
    let strokes = "0 0 m 1 1 l S\n".repeat(3_000_000);
    let hard = Pdf::new().typed(letter).content(&strokes).bytes();
    let small = Pdf::new().typed(letter).bytes();
    for (limit, bytes, told) in [
        ("pdf_text_megabytes = 1", &text, "5000 pages, 1 MiB of text, 30 seconds and 2048 MiB"),
        ("pdf_seconds = 1", &hard, "5000 pages, 16 MiB of text, 1 seconds and 2048 MiB"),
        ("pdf_megabytes = 80", &small, "5000 pages, 16 MiB of text, 30 seconds and 80 MiB"),
    ] {
        let project = Project::with_letter()
            .file("config.toml", format!("{CONFIG}\n[limits]\n{limit}\n"))
            .file("seeds/a.pdf", bytes);
        let said = project.succeeds("ingest");
        assert!(said.contains("the seed is a PDF that is too large"), "{limit}: {said}");
        assert!(said.contains(told), "{limit}: {said}");
    }
    let said = Project::with_letter().file("seeds/a.pdf", &small).succeeds("ingest");
    assert!(!said.contains("too large"), "{said}");
}

/// A TIFF of some pages, a white dot each.
fn tiff(pages: u8) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0".to_vec();
    for page in 1..=pages {
        let start = u32::try_from(tiff.len()).unwrap();
        // Width, height, bits, compression, photometric, strip, samples, rows, length of the strip.
        let dot = start + 2 + 9 * 12 + 4;
        let tags: [(u16, u16, u32); 9] = [
            (256, 3, 1),
            (257, 3, 1),
            (258, 3, 8),
            (259, 3, 1),
            (262, 3, 1),
            (273, 4, dot),
            (277, 3, 1),
            (278, 3, 1),
            (279, 4, 1),
        ];
        tiff.extend(9_u16.to_le_bytes());
        for (tag, kind, value) in tags {
            tiff.extend(tag.to_le_bytes());
            tiff.extend(kind.to_le_bytes());
            tiff.extend(1_u32.to_le_bytes());
            tiff.extend(value.to_le_bytes());
        }
        let next = if page == pages { 0 } else { dot + 2 };
        tiff.extend(next.to_le_bytes());
        tiff.extend([0xFF, 0]);
    }
    tiff
}

#[test]
fn pages_of_a_tiff_beyond_the_limit_are_named() {
    let letter = LETTER.replacen("+++\n", "+++\nfiles = [\"a.tif\"]\n", 1);
    let told = |limits: &str| {
        let project = Project::new()
            .file("config.toml", format!("{CONFIG}\n{limits}"))
            .file("content/documents/b.md", &letter)
            .file("seeds/a.tif", tiff(3));
        project.succeeds("build --no-ingest")
    };
    assert!(!told("").contains("scan_pages"));
    let told = told("[limits]\nscan_pages = 2\n");
    assert!(told.contains("a.tif"), "{told}");
    assert!(told.contains("only its first 2 pages are looked at: see `scan_pages`"), "{told}");
}

#[test]
fn a_limit_that_cannot_be_is_refused() {
    for (line, told) in [
        ("folders = 0", "`folders` is 0"),
        ("folders = 201", "a whole number from 1 to 200"),
        ("pdf_seconds = -5", "`pdf_seconds` is -5"),
        ("mail_depth = \"4\"", "mail_depth"),
        ("folder = 5", "write `folders`, if that is what you mean"),
    ] {
        let project = Project::with_letter();
        project.write("config.toml", format!("{CONFIG}\n[limits]\n{line}\n"));
        let said = project.fails("check");
        assert!(said.contains(told) && said.contains("config.toml:5"), "{line}: {said}");
    }
}

#[test]
fn dead_links_beyond_a_limit_are_counted() {
    let links: String = (0..5).map(|n| format!("[one](/no/{n}/)\n")).collect();
    let project = Project::new()
        .file("config.toml", format!("{CONFIG}\n[limits]\nfaults = 2\n"))
        .file("content/documents/a.md", LETTER.replace("The room", &format!("{links}\nThe room")));
    for command in ["check", "build"] {
        let told = project.fails(command);
        assert_eq!(told.matches("a link is dead").count(), 2, "{command}: {told}");
        assert!(told.contains("the file has 3 more dead or wrong links"), "{command}: {told}");
        assert!(told.contains("`faults` below `[limits]`"), "{command}: {told}");
    }
}
