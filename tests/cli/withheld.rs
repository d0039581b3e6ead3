//! What is withheld is nowhere: fifty secrets in fifty places of an archive, none in any file of its site.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use super::project::{CONFIG, LETTER, Project};

/// A word that stands in one place of the archive, and nowhere else in the world.
pub(super) fn secret(number: usize) -> String {
    // Two letters, so that no secret is nearly another one.
    let letter = |n: usize| char::from(b'a' + u8::try_from(n).unwrap());
    format!("quokk{}{}zimt", letter(number / 10), letter(number % 10))
}

/// Somebody who signed: a name begins with a capital letter, a word does not.
fn signer() -> String {
    format!("Anna {}", secret(47).replacen('q', "Q", 1))
}

/// A letter with a text, in which `{7}` is the seventh secret.
fn letter(day: usize, text: &str) -> String {
    filled(&format!(
        "Ashford Reading Society\n{day} March 1921\n\nDear Miss Harland,\n\n{text}\n\nYours sincerely,\n\nThomas Wardle\nChairman\n"
    ))
}

fn filled(text: &str) -> String {
    (1..=50).fold(text.to_owned(), |text, n| text.replace(&format!("{{{n}}}"), &secret(n)))
}

const MIDDLE: &str = "At its meeting in the old hall the Society resolved to ask the Committee for the loan of two hundred volumes.";
const END: &str = "The room above the bakery is dry and can be heated through the winter months.";

/// The line of a seed that holds a secret, counted from 1.
fn line_of(project: &Project, seed: &str, number: usize) -> usize {
    let bytes = std::fs::read(project.path(&format!("seeds/{seed}"))).unwrap();
    let text = match bytes.strip_prefix(b"\xff\xfe") {
        Some(wide) => {
            let units = wide.chunks_exact(2).map(|two| u16::from_le_bytes([two[0], two[1]]));
            String::from_utf16(&units.collect::<Vec<u16>>()).unwrap()
        }
        None => String::from_utf8(bytes).unwrap(),
    };
    text.lines().position(|line| line.contains(&secret(number))).unwrap() + 1
}

/// All drafts.
pub(super) fn drafts(project: &Project) -> Vec<String> {
    let files = project.files("content/documents").into_keys();
    let texts = files.filter(|path| path.ends_with(".md"));
    texts.map(|path| format!("content/documents/{path}")).collect()
}

/// Changes the draft of a seed.
pub(super) fn edit(project: &Project, seed: &str, change: impl Fn(String) -> String) {
    let of_seed = |path: &String| project.read(path).contains(&format!("seed = \"{seed}\""));
    let paths: Vec<String> = drafts(project).into_iter().filter(of_seed).collect();
    assert!(!paths.is_empty(), "{seed} has no draft");
    for path in paths {
        let text = project.read(&path);
        let changed = change(text.clone());
        if changed != text {
            project.write(&path, changed);
        }
    }
}

/// Puts a table at the end of a front matter.
fn with_table(text: &str, table: &str) -> String {
    let end = text.rfind("\n+++\n").unwrap();
    format!("{}\n\n{table}{}", &text[..end], &text[end..])
}

fn withheld(first: usize, last: usize) -> String {
    format!("[[withheld]]\nlines = [{first}, {last}]\nreason = \"personal data\"\n")
}

/// Takes out of a draft all lines that hold a secret.
fn cut(text: &str, number: usize) -> String {
    let kept = text.lines().filter(|line| !line.contains(&secret(number)));
    kept.map(|line| format!("{line}\n")).collect()
}

/// Every seed with the secrets in it.
fn seeds() -> Vec<(&'static str, Vec<u8>)> {
    let mail = "Return-Path: <{31}@mail.invalid>\r\nReceived: from {23}.invalid by mx\r\nMessage-ID: <{24}@x.invalid>\r\nX-Note: {29}\r\n\
        From: \"Doe, Jane\" <{25}@mail.invalid>\r\nTo: Records Office <{26}@mail.invalid>\r\nCc: Ann Roe <ann@{27}.invalid>\r\n\
        Date: Tue, 12 Nov 2013 10:15:00 +0100\r\nSubject: The inventory of the hall\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\nContent-Type: multipart/alternative; boundary=y\r\n\r\n\
        --y\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nDear Mr Roy,\r\n\r\nthe inventory of the hall is here, as Mrs {50} told us, and I hope that it will be of use to the office.\r\n\r\nJane Doe\r\n\
        --y\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>{30}</p>\r\n--y--\r\n\
        --x\r\nContent-Type: text/plain; name=\"list.txt\"\r\nContent-Disposition: attachment; filename=\"list.txt\"\r\n\r\n{28}\r\n--x--\r\n";
    let raw = "Received: from {32}.invalid by mx\nMessage-ID: <1@x.invalid>\nFrom: Jane Doe <jane@x.invalid>\nDate: Tue, 19 Nov 2013 10:15:00 +0100\nSubject: The second list\n\nDear Mr Roy,\n\nthe second list of the hall will follow as soon as the copyist is well again.\n\nJane Doe\n";
    let shared = format!(
        "{}\n\n\n\n{}\n\n\n\n{}",
        letter(
            1,
            &format!(
                "{MIDDLE}\nThe witness {{1}} lives at the mill and saw the gates shut.\nHer brother {{4}} came a day later with the cart.\n{END}"
            )
        ),
        letter(8, &format!("We were told by {{2}} that the lamps were out.\n{MIDDLE}\n{END}")),
        letter(
            15,
            &format!("A third letter says of {{19}} what nobody should read in a paper.\n{END}")
        ),
    );
    let wide =
        letter(22, &format!("{MIDDLE}\nA note on {{43}} in another encoding of the text.\n{END}"));
    let wide: Vec<u8> = wide.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let page = format!(
        "<!doctype html><html><head><title>A letter on the hall</title></head><body>\n<p>{MIDDLE}</p>\n<p>The witness {{40}} was heard.</p><!-- {{41}} -->\n<p>{END}</p>\n</body></html>\n"
    );
    let text = |text: &str| text.as_bytes().to_vec();
    vec![
        ("shared.txt", text(&shared)),
        ("last-line.txt", text(&(letter(2, MIDDLE) + &filled("\nCopy to {3}\n")))),
        (
            "outside.txt",
            text(&filled(&format!(
                "Home\nContact us {{5}}\nPrint this page\n\n{}",
                letter(3, END)
            ))),
        ),
        (
            "mark-prose.txt",
            text(&letter(4, &format!("{MIDDLE} It was {{6}} who asked for them first.\n\n{END}"))),
        ),
        (
            "mark-list.txt",
            text(&letter(
                5,
                &format!(
                    "{MIDDLE}\n\n- the lamps of the hall\n- the house of {{7}} at the mill\n- the benches\n\n{END}"
                ),
            )),
        ),
        (
            "mark-note.txt",
            text(&letter(
                6,
                &format!(
                    "{MIDDLE}[1]\n\n{END}\n\n[1] See the evidence of {{8}}, page 4 of the minutes."
                ),
            )),
        ),
        ("mark-end.txt", text(&letter(7, &format!("{END}\n\nThe Society thanks {{9}}")))),
        (
            "mark-start.txt",
            text(&letter(9, &format!("{{10}} was the first to see the room.\n\n{MIDDLE}"))),
        ),
        (
            "mark-two.txt",
            text(&letter(
                10,
                &format!("Both {{11}} and later also {{12}} were in the hall.\n\n{MIDDLE}"),
            )),
        ),
        (
            "cut-name.txt",
            text(&letter(
                11,
                &format!("{MIDDLE} They were counted by {{13}} in the evening.\n\n{END}"),
            )),
        ),
        (
            "cut-paragraph.txt",
            text(&letter(
                12,
                &format!(
                    "{MIDDLE}\n\nNobody else should know that {{14}} is ill and cannot leave the house.\n\n{END}"
                ),
            )),
        ),
        (
            "cut-item.txt",
            text(&letter(
                13,
                &format!(
                    "{MIDDLE}\n\n- the lamps of the hall\n- the pension of {{15}} and of his wife\n- the benches\n\n{END}"
                ),
            )),
        ),
        (
            "cut-line.txt",
            text(&letter(
                14,
                &format!("{END}\n{{16}}, who keeps the key,\nwill let you in.\n\n{MIDDLE}"),
            )),
        ),
        ("cut-end.txt", text(&letter(16, &format!("{MIDDLE}\n\nPlease burn what {{17}} wrote")))),
        (
            "cut-mended.txt",
            text(&letter(
                17,
                &format!(
                    "Tlie cornmittee lieard {{18}} in tbe old liall of tlie Society.\n\n{END}"
                ),
            )),
        ),
        ("whole.txt", text(&letter(18, &format!("{MIDDLE} {{20}}\n\n{END}")))),
        ("of-quokkcbzimt.txt", text(&letter(19, MIDDLE))),
        ("pages.txt", text(&letter(20, &format!("{END} {{22}}\n\n{MIDDLE}")))),
        ("mail.eml", text(&filled(mail))),
        ("raw.txt", text(&filled(raw))),
        (
            "private.txt",
            text(&letter(21, &format!("{END}\nA slip of the pen about {{33}} here.\n\n{MIDDLE}"))),
        ),
        (
            "box/folder.txt",
            text(&letter(23, &format!("{MIDDLE}\nA slip of the pen about {{34}} here.\n\n{END}"))),
        ),
        ("draft.txt", text(&letter(24, &format!("{MIDDLE} {{35}}")))),
        ("embargo.txt", text(&letter(25, &format!("{MIDDLE} {{36}}")))),
        ("withdrawn.txt", text(&letter(26, &format!("{END} {{37}}\n\nRe: {{38}}")))),
        (
            "changed.txt",
            text(&letter(27, &format!("{END}\nThe address of {{39}} is known.\n\n{MIDDLE}"))),
        ),
        ("page.html", text(&filled(&page))),
        ("wide.txt", [b"\xff\xfe".to_vec(), wide].concat()),
        (
            "windows.txt",
            text(
                &letter(28, &format!("{MIDDLE}\nThe age of {{44}} is known.\n{END}"))
                    .replace('\n', "\r\n"),
            ),
        ),
        ("hand.txt", text(&letter(29, &format!("{MIDDLE} Seen by {{45}} too.\n\n{END}")))),
        ("moved.txt", text(&letter(30, &format!("{MIDDLE} It is {{46}} who pays.\n\n{END}")))),
        ("signed.txt", text(&letter(31, END).replace("Thomas Wardle", &signer()))),
        (
            "number.txt",
            text(
                &letter(1, &format!("{MIDDLE} Ring 0171 {{48}} after six.\n\n{END}"))
                    .replace("1921", "1922"),
            ),
        ),
        (
            "korean.txt",
            text(
                "해안 구호 위원회\n1931년 3월 14일\n\n할란드 님께,\n\n위원회는 지난 모임에서 증인 박쿼카짐 씨의 말을 들었습니다. 문은 밤에 닫혀 있었습니다.\n\n다음 모임에서 이 일을 다루어 주시기 바랍니다.\n\n위원장 김하늘\n",
            ),
        ),
    ]
}

const KOREAN: &str = "박쿼카짐";

fn archive() -> Project {
    let config = format!(
        "{CONFIG}\n[ingest]\nlanguages = [\"en\", \"ko\"]\n[ingest.folders.\"box/\"]\nsource = false\n"
    );
    let project = Project::empty().file("config.toml", config);
    let hand = LETTER.replacen(
        "+++\n\n",
        "[source]\nseed = \"hand.txt\"\nlines = [1, 12]\n+++\n\nSeen by [withheld: a witness].\n\n",
        1,
    );
    let project = project.file("content/documents/by-hand.md", hand);
    for (path, bytes) in seeds() {
        project.write(&format!("seeds/{path}"), bytes);
    }
    project.succeeds("ingest");
    project
}

/// Withholds all of it, each in its own way.
fn withhold(project: &Project) {
    let lines = |seed: &str, number: usize| {
        let line = line_of(project, seed, number);
        withheld(line, line)
    };
    let mark = |seed: &str, number: usize| {
        edit(project, seed, |text| text.replace(&secret(number), "[withheld: a witness]"));
    };
    let cut_lines = |seed: &str, number: usize| edit(project, seed, |text| cut(&text, number));
    let words = |seed: &str, number: usize, before: &str, after: &str| {
        let (old, new) = (before.replace('§', &secret(number)), after);
        edit(project, seed, |text| text.replace(&old, new));
    };
    // Lines that the record names; those of the first document are named by the second.
    let named = lines("shared.txt", 1) + &lines("shared.txt", 2) + &lines("shared.txt", 4);
    edit(project, "shared.txt", |text| {
        let text = if text.contains(&secret(2)) { with_table(&text, &named) } else { text };
        [1, 2, 4].into_iter().fold(text, |text, number| cut(&text, number))
    });
    let third = drafts(project).into_iter().find(|path| project.read(path).contains(&secret(19)));
    std::fs::remove_file(project.path(&third.unwrap())).unwrap();
    for (seed, number) in [
        ("last-line.txt", 3),
        ("outside.txt", 5),
        ("wide.txt", 43),
        ("windows.txt", 44),
        ("changed.txt", 39),
    ] {
        let table = lines(seed, number);
        edit(project, seed, |text| {
            let copied = text.lines().filter(|line| !line.contains(&secret(number)));
            with_table(&copied.map(|line| format!("{line}\n")).collect::<String>(), &table)
        });
    }
    let table = lines("page.html", 40);
    let sentence = format!("The witness {} was heard.", secret(40));
    edit(project, "page.html", |text| with_table(&text.replace(&sentence, ""), &table));
    for (seed, number) in [
        ("mark-prose.txt", 6),
        ("mark-list.txt", 7),
        ("mark-note.txt", 8),
        ("mark-end.txt", 9),
        ("mark-start.txt", 10),
        ("mark-two.txt", 11),
        ("mark-two.txt", 12),
    ] {
        mark(seed, number);
    }
    words(
        "cut-name.txt",
        13,
        " They were counted by § in the evening.",
        " They were counted in the evening.",
    );
    for (seed, number) in
        [("cut-paragraph.txt", 14), ("cut-item.txt", 15), ("cut-line.txt", 16), ("cut-end.txt", 17)]
    {
        cut_lines(seed, number);
    }
    words(
        "cut-mended.txt",
        18,
        "Tlie cornmittee lieard § in tbe old liall of tlie Society.",
        "The committee heard nobody in the old hall of the Society.",
    );
    let all = "[[withheld]]\nreason = \"a sealed statement\"\n";
    for (seed, number) in [("whole.txt", 20), ("of-quokkcbzimt.txt", 0)] {
        edit(project, seed, |text| {
            with_table(&text.replace(&format!(" {}", secret(number)), ""), all)
        });
    }
    let page =
        "[[withheld]]\npage = 1\nregion = [10, 20, 300, 40]\nreason = \"a child is named\"\n";
    edit(project, "pages.txt", |text| {
        with_table(&text.replace(&format!(" {}", secret(22)), ""), page)
    });
    words("mail.eml", 50, ", as Mrs § told us,", "");
    // Corrections, which the seed would show.
    for (seed, number) in [("private.txt", 33), ("box/folder.txt", 34)] {
        let line = line_of(project, seed, number);
        let table = format!("[[corrected]]\nlines = [{line}, {line}]\n");
        edit(project, seed, |text| with_table(&cut(&text, number), &table));
    }
    edit(project, "private.txt", |text| text.replace("[source]\n", "[source]\npublic = false\n"));
    edit(project, "draft.txt", |text| text.replacen("+++\n", "+++\ndraft = true\n", 1));
    edit(project, "embargo.txt", |text| {
        text.replacen("+++\n", "+++\nembargo_until = 2030-01-01\n", 1)
    });
    edit(project, "withdrawn.txt", |text| {
        text.replacen("+++\n", "+++\nwithdrawn = \"at the author's request\"\n", 1)
    });
    // Somebody adds a line at the top: the one that is withheld is another now.
    let text = project.read("seeds/changed.txt");
    project.write("seeds/changed.txt", format!("Received 1 April\n{text}"));
    words("moved.txt", 46, " It is § who pays.", "");
    let moved = drafts(project)
        .into_iter()
        .find(|path| project.read(path).contains("seed = \"moved.txt\""));
    std::fs::rename(project.path(&moved.unwrap()), project.path("content/documents/renamed.md"))
        .unwrap();
    edit(project, "signed.txt", |text| {
        let text = text.replace(&format!("person = \"{}\", ", signer()), "");
        let text = text.replace(&format!("from {}", signer()), "from the Society");
        text.lines().filter(|line| !line.contains(&signer())).map(|l| format!("{l}\n")).collect()
    });
    let signed = drafts(project).into_iter().find(|path| path.contains(&secret(47))).unwrap();
    std::fs::rename(project.path(&signed), project.path("content/documents/signed.md")).unwrap();
    words("number.txt", 48, " Ring 0171 § after six.", "");
    edit(project, "korean.txt", |text| {
        text.replace(&format!("증인 {KOREAN} 씨의 말을"), "증인의 말을")
    });
}

/// What is looked for: the words, and the checksum of a seed that is redacted.
fn secrets(project: &Project) -> Vec<String> {
    let checksum = {
        let of_seed = |path: &String| project.read(path).contains("seed = \"last-line.txt\"");
        let path = drafts(project).into_iter().find(of_seed).unwrap();
        let text = project.read(&path);
        let line = text.lines().find(|line| line.starts_with("sha256")).unwrap();
        line.split('"').nth(1).unwrap().to_owned()
    };
    let words = (1..=50).filter(|n| ![42, 49].contains(n)).map(secret);
    words.chain([KOREAN.to_owned(), checksum]).collect()
}

/// Where each secret is found, in a name or in bytes, packed ones too.
fn found(
    site: &BTreeMap<String, Vec<u8>>,
    secrets: &[String],
) -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (path, bytes) in site {
        let unpacked = miniz_oxide::inflate::decompress_to_vec(bytes).unwrap_or_default();
        let wide: Vec<u8> = bytes.iter().copied().filter(|b| *b != 0).collect();
        for text in [path.as_bytes(), bytes, &unpacked, &wide] {
            let text = String::from_utf8_lossy(text).to_lowercase();
            for secret in secrets.iter().filter(|secret| text.contains(*secret)) {
                found.entry(secret.clone()).or_default().insert(path.clone());
            }
        }
    }
    found
}

fn site(project: &Project, arguments: &str) -> BTreeMap<String, Vec<u8>> {
    project.succeeds(&format!("build {arguments}"));
    project.succeeds("search export --to meilisearch --output-dir records");
    let mut site = project.files("public");
    let records = project.files("records");
    site.extend(records.into_iter().map(|(path, bytes)| (format!("records/{path}"), bytes)));
    site
}

#[test]
fn fifty_secrets_are_in_no_file_of_the_site() {
    let project = archive();
    let secrets = secrets(&project);
    assert_eq!(secrets.iter().collect::<BTreeSet<_>>().len(), 50);
    withhold(&project);
    let site = site(&project, "");
    let mut told = String::new();
    for (secret, paths) in found(&site, &secrets) {
        writeln!(told, "{secret}: {paths:?}").unwrap();
    }
    assert!(told.is_empty(), "{told}");
    // What may be read is there, and says why the rest is not.
    let text = |path: &str| String::from_utf8(site[path].clone()).unwrap();
    assert!(text("seeds/mark-prose.txt").contains("[Withheld: a witness]\n"));
    assert!(text("seeds/last-line.txt").contains("[Withheld: personal data]\n"));
    assert!(text("seeds/cut-name.txt").contains("[Not shown yet: "));
    assert!(text("seeds/wide.txt").contains(END));
    for gone in [
        "shared.txt",
        "whole.txt",
        "pages.txt",
        "mail.eml.txt",
        "raw.txt",
        "private.txt",
        "box/folder.txt",
        "changed.txt",
        "draft.txt",
    ] {
        let is_there = site.contains_key(&format!("seeds/{gone}"));
        // Lines of a letter that somebody removed are asked for, and the rest of its seed is shown.
        assert_eq!(is_there, gone == "shared.txt", "{gone}");
    }
}

#[test]
fn the_test_would_find_the_secrets() {
    let project = archive();
    let secrets = secrets(&project);
    let found = found(&site(&project, ""), &secrets);
    // Heads of e-mails, their attachments and the seeds of a folder are not published in any case, nor is
    // that of a document which somebody wrote by hand with a mark in it.
    let never: BTreeSet<String> = (23..=32).chain([45]).map(secret).collect();
    let missed: Vec<&String> =
        secrets.iter().filter(|s| !never.contains(*s) && !found.contains_key(*s)).collect();
    assert!(missed.is_empty(), "{missed:?}");
    let places = &found[&secret(13)];
    for part in [
        "/index.html",
        "/source/index.html",
        "/text.txt",
        "seeds/cut-name.txt",
        "search/index/",
        "records/",
    ] {
        assert!(places.iter().any(|place| place.contains(part)), "{part} in {places:?}");
    }
    for place in
        ["data/documents.csv", "data/documents.jsonl", "data/cmif.xml", "data/oai.xml", "atom.xml"]
    {
        assert!(found[&secret(47)].contains(place), "{place} in {:?}", found[&secret(47)]);
    }
}

/// An archive with one letter that was drafted, and its draft.
fn drafted() -> (Project, String) {
    let seed =
        letter(1, &format!("{MIDDLE}\nThe witness Anna Kowalska lives at the mill.\n\n{END}"));
    let project = Project::new().file("seeds/letter.txt", seed);
    project.succeeds("ingest");
    let path = drafts(&project).remove(0);
    (project, path)
}

#[test]
fn what_is_wrong_with_withheld_lines_is_told() {
    let (project, path) = drafted();
    let text = project.read(&path);
    let mut told = String::new();
    let mut tell = |table: &str, cut: &str, command: &str| {
        project.write(&path, with_table(&text.replace(cut, ""), table));
        let run = project.run(command);
        let said = run
            .stderr
            .split("\n\n")
            .filter(|m| !["no rights statement", "base_url"].iter().any(|other| m.contains(other)));
        writeln!(told, "== {:?} {table}\n{}", run.status, said.collect::<Vec<_>>().join("\n\n"))
            .unwrap();
    };
    let nothing = "\u{0}";
    tell("[[withheld]]\nlines = [7, 7]\n", nothing, "check");
    tell("[[withheld]]\nlines = [7]\nreason = \"a witness\"\n", nothing, "check");
    tell("[[withheld]]\npage = 0\nregion = [1, 2]\nreason = \"a witness\"\n", nothing, "check");
    tell("[[corrected]]\n", nothing, "check");
    tell(&withheld(7, 7), " Anna Kowalska", "check");
    tell(&withheld(7, 7), "The witness", "check");
    tell(&withheld(7, 99), " Anna Kowalska", "check");
    tell(&withheld(7, 7), nothing, "build --no-ingest");
    tell(&withheld(7, 7), "The witness Anna Kowalska lives at the mill.", "check");
    tell("", "The witness Anna Kowalska lives at the mill.", "check");
    tell(
        "[[corrected]]\nlines = [7, 7]\n",
        "The witness Anna Kowalska lives at the mill.",
        "check",
    );
    let changed = project.read("seeds/letter.txt").replace("14", "15") + "\nSeen.\n";
    project.write("seeds/letter.txt", changed);
    tell(&withheld(7, 7), "The witness Anna Kowalska lives at the mill.", "check");
    insta::assert_snapshot!(told);
}

#[test]
fn a_mark_that_stands_for_nothing_shuts_the_source() {
    let (project, path) = drafted();
    let text = project.read(&path);
    project.write(&path, text.replace("Yours", "[withheld: a witness]\n\nYours"));
    insta::assert_snapshot!(project.succeeds("build --no-ingest"));
    assert!(!project.read("public/seeds/letter.txt").contains("Kowalska"));
}

#[test]
fn a_name_that_is_withheld_and_still_recorded_is_told() {
    let (project, path) = drafted();
    let text = project.read(&path).replace("Anna Kowalska", "[withheld: a witness]");
    let topics = "topics = [\"The case of Anna Kowalska\"]\nadded =";
    project.write(&path, text.replacen("added =", topics, 1));
    insta::assert_snapshot!(project.succeeds("build --no-ingest"));
    assert!(project.read("public/seeds/letter.txt").contains("[Withheld: a witness]"));
}

#[test]
fn a_withheld_name_in_the_name_of_a_file_is_told() {
    let (project, path) = drafted();
    let text = project.read(&path);
    std::fs::remove_file(project.path(&path)).unwrap();
    let own = "content/documents/letter-on-anna-kowalska.md";
    let marked = text.replace("Anna Kowalska", "[withheld: a witness]");
    project.write(own, &marked);
    let told = project.succeeds("check");
    let named = "warning: `anna-kowalska` is withheld in this file, and its name tells it";
    assert!(told.contains(named), "{told}");
    // Withheld by its line, it is an error.
    project.write(own, with_table(&text.replace("Anna Kowalska ", ""), &withheld(7, 7)));
    assert!(project.fails("check").contains("error: `anna-kowalska` is withheld"));
    project.write("content/documents/letter/index.md", marked);
    std::fs::remove_file(project.path(own)).unwrap();
    assert!(!project.succeeds("check").contains("its name tells it"));
}

#[test]
fn mended_words_leave_the_source_as_it_is() {
    let (project, path) = drafted();
    let seed = project.read("seeds/letter.txt");
    let text = project.read(&path);
    project.write(&path, text.replace("witness", "witnefs").replace("bakery", "baker's"));
    let told = project.succeeds("build --no-ingest");
    assert!(!told.contains("not in the text"), "{told}");
    assert_eq!(project.read("public/seeds/letter.txt"), seed);
}

#[test]
fn the_words_of_a_mark_are_harmless_in_a_seed() {
    let seed = letter(
        1,
        &format!("{MIDDLE}\n\nThe form says [withheld: see file 7] in its third line.\n\n{END}"),
    );
    let project = Project::new().file("seeds/letter.txt", &seed);
    project.succeeds("build");
    let path = drafts(&project).remove(0);
    assert!(
        project.read(&path).contains("says \\[withheld: see file 7] in"),
        "{}",
        project.read(&path)
    );
    assert_eq!(project.read("public/seeds/letter.txt"), seed);
    let name = path.rsplit('/').next().unwrap().trim_end_matches(".md");
    let page = project.read(&format!("public/documents/{name}/index.html"));
    assert!(
        page.contains("says [withheld: see file 7] in") && !page.contains("class=\"withheld\"")
    );
}

#[test]
fn personal_data_is_named_once_and_can_be_accepted() {
    let text = "Ring 0171 555 0134, or write to anna.k@mail.invalid or to info@mail.invalid.\n";
    let letter = LETTER.replace("The room", &format!("{text}\nThe room"));
    let project = Project::new()
        .file("content/documents/a.md", &letter)
        .file("content/documents/b.md", letter.replace("555 0134", "555-0134"))
        .file("content/documents/c.md", letter.replace("kind =", "draft = true\nkind ="))
        .file("seeds/list.txt", "Ring DE89 3704 0044 0532 0130 00\n")
        .file(
            "content/documents/d.md",
            LETTER.replacen("+++\n\n", "[source]\nseed = \"list.txt\"\nlines = [1, 1]\n+++\n\n", 1),
        );
    let told = project.succeeds("check");
    let named: Vec<&str> = told.split("\n\n").filter(|m| m.contains("looks like")).collect();
    insta::assert_snapshot!(named.join("\n\n"));
    let accepted = "\n[check]\naccepted = [\"(0171) 555 0134\", \"*@mail.invalid\", \"DE89370400440532013000\"]\n";
    project.write("config.toml", format!("{CONFIG}{accepted}"));
    assert!(!project.succeeds("check").contains("looks like"));
}

#[test]
fn raw_mail_is_published_if_the_settings_say_so() {
    let mail = seeds().into_iter().find(|(path, _)| *path == "mail.eml").unwrap().1;
    let config = format!("{CONFIG}\n[outputs]\nraw_mail = true\n");
    let project = Project::empty().file("config.toml", config).file("seeds/mail.eml", &mail);
    project.succeeds("build");
    assert_eq!(std::fs::read(project.path("public/seeds/mail.eml.txt")).unwrap(), mail);
    edit(&project, "mail.eml", |text| {
        text.replace(&format!(", as Mrs {} told us,", secret(50)), "")
    });
    project.succeeds("build");
    let left = project.read("public/seeds/mail.eml.txt");
    assert!(!left.contains(&secret(50)) && !left.contains(&secret(30)), "{left}");
    assert!(left.contains("Dear Mr Roy,"), "{left}");
}

#[test]
fn a_text_that_is_edited_later_takes_its_words_out_of_the_download() {
    let project = archive();
    let secrets = secrets(&project);
    project.succeeds("build");
    withhold(&project);
    // Only texts are different, so that only some files are made again.
    assert!(found(&site(&project, ""), &secrets).is_empty());
    let path = drafts(&project)
        .into_iter()
        .find(|p| project.read(p).contains("\"cut-item.txt\""))
        .unwrap();
    let cut = project.read(&path);
    project.write(&path, cut.replace("- the lamps of the hall\n", ""));
    project.succeeds("build --no-ingest");
    assert!(!project.read("public/seeds/cut-item.txt").contains("the lamps of the hall"));
    project.write(&path, cut);
    project.succeeds("build --no-ingest");
    assert!(project.read("public/seeds/cut-item.txt").contains("the lamps of the hall"));
}

/// What lists show in the place of a page that nobody may see.
fn blank() -> Vec<u8> {
    std::fs::read(concat!(env!("CARGO_MANIFEST_DIR"), "/src/pictures/blank.jpg")).unwrap()
}

#[test]
fn what_is_withheld_is_in_no_original() {
    let picture = super::scans::jpeg();
    let text = |day| {
        letter(
            day,
            &format!("{MIDDLE}\nOf {day} people the witness {{1}} lives at the mill.\n\n{END}"),
        )
    };
    let office = |day| {
        let text = text(day);
        let lines: Vec<String> = text.lines().map(|line| format!("<w:t>{line}</w:t>")).collect();
        super::formats::docx(&lines.iter().map(String::as_str).collect::<Vec<_>>())
    };
    let print = |day| super::pdf::writer::Pdf::new().typed(&text(day)).bytes();
    let names = ["plain", "lines", "mark", "cut", "private", "draft", "whole"];
    let mut project = Project::new().file("seeds/alone.jpg", &picture);
    for (name, day) in names.into_iter().zip(1..) {
        project = project
            .file(&format!("seeds/{name}.txt"), text(day))
            .file(&format!("seeds/{name}.jpg"), &picture)
            .file(&format!("seeds/{name}_2.pdf"), "%PDF-1.4\n%%EOF\n")
            .file(&format!("seeds/office-{name}.docx"), office(day + 10))
            .file(&format!("seeds/print-{name}.pdf"), print(day + 18));
    }
    project.succeeds("build");
    let published = |project: &Project| -> BTreeSet<String> {
        let files = project.files("public").into_keys();
        let name = |path: String| path.rsplit('/').next().unwrap_or_default().to_owned();
        let is_original =
            |name: &String| [".jpg", ".pdf", ".docx"].iter().any(|ending| name.ends_with(ending));
        // A copy has the name of its original, with a size and a hash.
        let original = |name: String| match name.split_once("-jpg-") {
            Some((original, _)) => format!("{original}.jpg"),
            None => name,
        };
        let is_blank = |path: &String| {
            path.ends_with("/thumbnail.jpg") && project.files("public")[path] == blank()
        };
        let files = files.filter(|path| !is_blank(path));
        files.map(name).filter(is_original).map(original).collect()
    };
    let before = published(&project);
    assert_eq!(before.len(), 4 * names.len() + 2, "{before:?}");
    let withholds = |seed: &str, change: &dyn Fn(String) -> String| {
        edit(&project, seed, change);
    };
    for (prefix, ending) in [("", "txt"), ("office-", "docx"), ("print-", "pdf")] {
        let seed = |name: &str| format!("{prefix}{name}.{ending}");
        let explained = project.run(&format!("ingest --explain {}", seed("lines"))).stdout;
        let line = explained.lines().find(|line| line.contains(&secret(1))).unwrap();
        let line: usize = line.split_whitespace().next().unwrap().parse().unwrap();
        withholds(&seed("lines"), &|text| with_table(&cut(&text, 1), &withheld(line, line)));
        withholds(&seed("mark"), &|text| text.replace(&secret(1), "[withheld: a witness]"));
        withholds(&seed("cut"), &|text| cut(&text, 1));
        withholds(&seed("private"), &|text| {
            text.replacen("[source]\n", "[source]\npublic = false\n", 1)
        });
        withholds(&seed("draft"), &|text| text.replacen("+++\n", "+++\ndraft = true\n", 1));
        withholds(&seed("whole"), &|text| {
            with_table(&text, "[[withheld]]\nreason = \"personal data\"\n")
        });
    }
    // A page of a document that was not transcribed.
    let alone = drafts(&project).into_iter().find(|p| p.ends_with("/alone.md")).unwrap();
    let page = "[[withheld]]\npage = 1\nreason = \"personal data\"\n";
    project.write(&alone, with_table(&project.read(&alone), page));
    project.succeeds("build --no-ingest");
    let left: Vec<String> = published(&project).into_iter().collect();
    assert_eq!(
        left,
        ["office-plain.docx", "plain-2.pdf", "plain.jpg", "print-plain.pdf", "thumbnail.jpg"]
    );
    let alone = project.read("public/documents/alone/index.html");
    assert!(alone.contains("Page images and PDFs are not shown"), "{alone}");
    let page = |seed: &str| {
        let of = |path: &String| project.read(path).contains(&format!("seed = \"{seed}\""));
        let path = drafts(&project).into_iter().find(of).unwrap();
        let name = path.rsplit('/').next().unwrap().trim_end_matches(".md").to_owned();
        project.read(&format!("public/documents/{name}/index.html"))
    };
    for (seed, told) in [
        ("mark.txt", true),
        ("cut.txt", true),
        ("plain.txt", false),
        ("print-cut.pdf", true),
        ("print-plain.pdf", false),
    ] {
        let is_told = page(seed).contains("Page images and PDFs are not shown");
        assert_eq!(is_told, told, "{seed}");
    }
    // A file that another document withholds is in no other one.
    let path = drafts(&project)
        .into_iter()
        .find(|path| project.read(path).contains("seed = \"plain.txt\""))
        .unwrap();
    let text = project.read(&path).replace("\"plain.jpg\"", "\"mark.jpg\", \"plain.jpg\"");
    project
        .write(&path, text.replace("\"plain.jpg\"", "\"alone.jpg\", \"draft.jpg\", \"plain.jpg\""));
    project.succeeds("build --no-ingest");
    let left: Vec<String> = published(&project).into_iter().collect();
    assert_eq!(
        left,
        [
            "mark.jpg",
            "office-plain.docx",
            "plain-2.pdf",
            "plain.jpg",
            "print-plain.pdf",
            "thumbnail.jpg"
        ]
    );
}
