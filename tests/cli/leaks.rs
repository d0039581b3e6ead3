//! What must not be seen, in the places that `withheld` and `hidden` do not try: fields of the archive's own, terms,
//! corrections, arrangement, authority records, pictures beside texts, attachments, names of files, settings; looked
//! for in every file of the site, in each theme, compressed files included, and in copies that `export` makes.

use std::collections::{BTreeMap, BTreeSet};

use super::project::{CONFIG, LETTER, Project};
use super::scans::jpeg;
use super::withheld::{drafts, edit, secret};

/// The tenth of a text's `{10}` and the like is the tenth secret.
fn filled(text: &str) -> String {
    (1..=50).fold(text.to_owned(), |text, n| text.replace(&format!("{{{n}}}"), &secret(n)))
}

const SETTINGS: &str = "
[outputs]
attachments = true
iiif = true
precompressed = true
extra = [\"obtained\"]

[taxonomies.box]
plural = \"Boxes\"
feed = true
navigation = true

[check]
accepted = [\"{41}@mail.invalid\"]

[serve]
editor = \"vscode://{42}/{path}:{line}\"

[publish]
target = \"folder\"
address = \"../{43}\"

[ingest]
furniture = [\"{44}\"]

[extra]
note = \"{45}\"
";

/// A document with ten secrets of its own, from one number on, and what keeps it back.
fn hidden(first: usize, front: &str) -> String {
    let fields = [
        ("title", format!("title = \"Of §\"\ndate = \"1921-03-14\"\nkind = \"letter\"\n{front}\n")),
        ("aliases", "aliases = [\"/old/§/\"]\n".to_owned()),
        ("reference", "reference = \"§ 7\"\nextent = \"a leaf\"\n".to_owned()),
        ("topic", "topics = [\"§\"]\n".to_owned()),
        ("unit", "collection = \"§\"\n".to_owned()),
        ("person", "creators = [{ person = \"Ida §\" }]\n".to_owned()),
        ("file", "files = [\"§.jpg\"]\n".to_owned()),
        ("term", "[taxonomies]\nbox = \"Box §/Folder 2\"\n".to_owned()),
        ("own", "[extra]\nobtained = \"From §\"\n".to_owned()),
        (
            "correction",
            "[[corrections]]\ndate = \"2026-01-31\"\nreason = \"it said §\"\n".to_owned(),
        ),
    ];
    let fields = fields.iter().zip(first..).map(|((_, line), n)| line.replace('§', &secret(n)));
    format!("+++\n{}+++\n\nA text.\n", fields.collect::<String>())
}

/// A drafted letter of which somebody takes out a sentence.
fn seed(day: usize) -> String {
    format!(
        "Ashford Reading Society\n{day} March 1921\n\nDear Miss Harland,\n\nThe room above the bakery is dry and can be heated \
         through the winter. The caretaker Jonas Quill saw the cart at the gate. We ask for the loan of two hundred \
         volumes.\n\nYours sincerely,\n\nThomas Wardle\nChairman\n"
    )
}

const CUT: &str = " The caretaker Jonas Quill saw the cart at the gate.";

fn mail() -> String {
    filled(
        "From: Jane Doe <jane@mail.invalid>\r\nTo: Records Office <office@mail.invalid>\r\nDate: Tue, 12 Nov 2013 10:15:00 +0100\r\n\
         Subject: The inventory\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\
         Content-Type: text/plain; charset=utf-8\r\n\r\nDear Mr Roy,\r\n\r\nthe inventory of the hall is enclosed.\r\n\r\nJane Doe\r\n\
         --x\r\nContent-Type: text/plain; name=\"{46}.txt\"\r\nContent-Disposition: attachment; filename=\"{46}.txt\"\r\n\r\n\
         Minutes of the meeting\r\n\r\n3 May 1922\r\n\r\nThe meeting heard {47} on the hall.\r\n--x--\r\n",
    )
}

/// The archive; everything is shown that can be.
fn archive() -> Project {
    let record = |title: &str, more: &str, text: &str| {
        filled(&format!("+++\ntitle = \"{title}\"\n{more}+++\n\n{text}\n"))
    };
    let page = record("Of {32}", "slug = \"plain\"\naliases = [\"/{31}/\"]\n", "A text.");
    let known = "aliases = [\"The {36} League\"]\nmerged = [\"{37}\"]\nacronym = \"{39}\"\n\
                 description = \"Founded by {38}.\"\n";
    let friends = record("Friends of {35}", known, "They met in {40}.");
    let by_friends = LETTER.replacen("Ashford Reading Society", &filled("Friends of {35}"), 1);
    let place = filled("content/pages/{31}/");
    let mut project = Project::empty()
        .file("config.toml", filled(&format!("{CONFIG}{SETTINGS}")))
        .file("content/documents/letter.md", LETTER)
        .file("content/documents/friends.md", by_friends)
        .file("content/organizations/the-friends.md", friends)
        .file(&format!("{place}index.md"), page)
        .file(&format!("{place}{}.jpg", secret(33)), jpeg())
        .file("seeds/mail.eml", mail())
        .file(&filled("seeds/.{48}.txt"), "A hidden file.\n");
    for (first, name) in [(1, "a"), (11, "b"), (21, "c")] {
        project = project
            .file(&format!("content/documents/{name}.md"), hidden(first, ""))
            .file(
                &format!("content/collections/{}.md", secret(first + 4)),
                record("A unit", "level = \"file\"\n", "A text."),
            )
            .file(&format!("seeds/{}.jpg", secret(first + 6)), jpeg());
    }
    for (day, name) in [(3, "cut"), (4, "mark"), (5, "other")] {
        let text = seed(day);
        // Of this one only a line is withheld in which nobody is named.
        let text = if name == "other" { text.replace("Jonas Quill", "Karl Brand") } else { text };
        project = project.file(&format!("seeds/{name}.txt"), text);
    }
    project.succeeds("ingest");
    for (number, name) in [(49, "cut"), (50, "mark"), (34, "other")] {
        let of_seed = |path: &String| project.read(path).contains(&format!("\"{name}.txt\""));
        let path = drafts(&project).into_iter().find(of_seed).unwrap();
        let text = project.read(&path);
        std::fs::remove_file(project.path(&path)).unwrap();
        let picture = format!("{}.jpg", secret(number));
        let text = text.replacen("+++\n\n", &format!("+++\n\n![A page]({picture})\n\n"), 1);
        project.write(&format!("content/documents/{name}/index.md"), text);
        project.write(&format!("content/documents/{name}/{picture}"), jpeg());
    }
    project
}

/// Keeps all of it back.
fn hide(project: &Project) {
    for (first, name, front) in [
        (1, "a", "draft = true"),
        (11, "b", "embargo_until = \"2030-01-01\""),
        (21, "c", "withdrawn = \"at the author's request\""),
    ] {
        let text = hidden(first, front);
        // An address that a withdrawn document had tells that it was withdrawn.
        let text = if name == "c" { text.replace("aliases = ", "# ") } else { text };
        project.write(&format!("content/documents/{name}.md"), text);
    }
    let page = format!("content/pages/{}/index.md", secret(31));
    project.write(&page, project.read(&page).replacen("+++\n", "+++\ndraft = true\n", 1));
    let friends = project.read("content/documents/friends.md");
    project
        .write("content/documents/friends.md", friends.replacen("+++\n", "+++\ndraft = true\n", 1));
    edit(project, "mail.eml", |text| text.replacen("+++\n", "+++\ndraft = true\n", 1));
    for (name, change) in [("cut", ""), ("mark", " [withheld: a witness]")] {
        let path = format!("content/documents/{name}/index.md");
        let text = project.read(&path);
        assert!(text.contains(CUT), "{text}");
        project.write(&path, text.replace(CUT, change));
    }
    let other = project.read("content/documents/other/index.md");
    let table = "[[withheld]]\nlines = [1, 1]\nreason = \"personal data\"\n+++\n\n!";
    project.write(
        "content/documents/other/index.md",
        other.replacen("+++\n\n!", table, 1).replace("Ashford Reading Society", "The Society"),
    );
}

/// Settings, names of hidden files and the like, which are in no site at all.
const NEVER: [usize; 6] = [41, 42, 43, 44, 45, 48];

/// Which secrets are in a file's name or bytes, compressed or not.
fn found(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<String, BTreeSet<String>> {
    let secrets: Vec<String> = (1..=50).map(secret).chain(["jonas quill".to_owned()]).collect();
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, bytes) in files {
        let mut unpacked = Vec::new();
        if path.ends_with(".gz") {
            unpacked =
                miniz_oxide::inflate::decompress_to_vec(&bytes[10..bytes.len() - 8]).unwrap();
        } else if path.ends_with(".br") {
            brotli::BrotliDecompress(&mut bytes.as_slice(), &mut unpacked).unwrap();
        } else if let Ok(index) = miniz_oxide::inflate::decompress_to_vec(bytes) {
            unpacked = index;
        }
        for text in [path.as_bytes(), bytes, &unpacked] {
            let text = String::from_utf8_lossy(text).to_lowercase();
            for secret in secrets.iter().filter(|secret| text.contains(*secret)) {
                found.entry(secret.clone()).or_default().insert(path.clone());
            }
        }
    }
    found
}

/// Takes one of the themes that come with the program, but are not built into it.
fn with_theme(project: &Project, theme: &str) {
    let own = format!("{}/themes/{theme}", env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![String::new()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(format!("{own}{folder}")).unwrap() {
            let entry = entry.unwrap();
            let path = format!("{folder}/{}", entry.file_name().to_str().unwrap());
            match entry.file_type().unwrap().is_dir() {
                true => folders.push(path),
                false => project
                    .write(&format!("themes/{theme}{path}"), std::fs::read(entry.path()).unwrap()),
            }
        }
    }
}

/// The site as one theme shows it, and all copies of it.
fn everything(project: &Project, theme: &str) -> BTreeMap<String, Vec<u8>> {
    let settings = filled(&format!("{CONFIG}theme = \"{theme}\"\n{SETTINGS}"));
    project.write("config.toml", settings);
    if theme != "default" {
        with_theme(project, theme);
    }
    project.succeeds("build --no-ingest");
    let mut all = project.files("public");
    if theme == "default" {
        for form in ["folder", "bag"] {
            let _ = std::fs::remove_dir_all(project.path("copy"));
            project.succeeds(&format!("export {form} copy"));
            let copy = project.files("copy");
            let is_compressed = |path: &String| path.ends_with(".gz") || path.ends_with(".br");
            assert!(!copy.keys().any(is_compressed), "{form}");
            all.extend(copy.into_iter().map(|(path, bytes)| (format!("{form}/{path}"), bytes)));
        }
    }
    all
}

#[test]
fn what_is_kept_back_is_in_no_file_of_any_theme_or_copy() {
    let project = archive();
    let before = found(&everything(&project, "default"));
    let missed: Vec<usize> =
        (1..=50).filter(|n| !NEVER.contains(n) && !before.contains_key(&secret(*n))).collect();
    assert!(missed.is_empty(), "the test would not find {missed:?}");
    for (number, place) in [
        (1, "feed.json"),
        (1, "atom.xml"),
        (1, "index.html.gz"),
        (1, "data/oai.xml"),
        (7, "documents/a/files/quokkahzimt.jpg"),
        (7, "documents/a/manifest.json"),
        (8, "box/index.html"),
        (9, "data/documents.jsonl.br"),
        (10, "corrections/atom.xml"),
        (38, "organizations/the-friends/eac.xml"),
        (37, "_redirects"),
        (2, "_redirects"),
        (47, "seeds/mail.eml/quokkegzimt.txt"),
        (49, "documents/cut/quokkejzimt.jpg"),
    ] {
        assert!(before[&secret(number)].contains(place), "{place}: {:?}", before[&secret(number)]);
    }
    // The old site is where the new one goes.
    hide(&project);
    for theme in ["default", "ledger", "gazette", "edition"] {
        let left = found(&everything(&project, theme));
        assert!(left.is_empty(), "{theme}: {left:#?}");
    }
    // An answer brings the picture back.
    let path = "content/documents/cut/index.md";
    let table = "[[corrected]]\nlines = [6, 6]\n+++\n\n!";
    project.write(path, project.read(path).replacen("+++\n\n!", table, 1));
    let told = project.succeeds("build --no-ingest");
    assert!(!told.contains("cut/quokkejzimt.jpg"), "{told}");
    assert!(project.path("public/documents/cut/quokkejzimt.jpg").exists());
}

#[test]
fn a_picture_beside_a_text_waits_for_the_answer() {
    let project = Project::new().file("seeds/letter.txt", seed(3));
    project.succeeds("ingest");
    let path = drafts(&project).remove(0);
    let text = project.read(&path);
    std::fs::remove_file(project.path(&path)).unwrap();
    project.write(
        "content/documents/loan/index.md",
        text.replacen("+++\n\n", "+++\n\n![A page](scan.jpg)\n\n", 1),
    );
    project.write("content/documents/loan/scan.jpg", jpeg());
    project.succeeds("build --no-ingest");
    assert!(project.path("public/documents/loan/scan.jpg").exists());
    let text = project.read("content/documents/loan/index.md");
    project.write("content/documents/loan/index.md", text.replace(CUT, ""));
    let told = project.succeeds("build --no-ingest");
    assert!(
        told.contains("is left out, since words were taken out of the text without a word"),
        "{told}"
    );
    assert!(!project.path("public/documents/loan/scan.jpg").exists());
    assert!(!project.read("public/documents/loan/index.html").contains("scan.jpg"));
}
