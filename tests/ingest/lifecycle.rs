//! What ingest does to an archive over time: two runs change nothing, people's work stands, nothing of a
//! seed is lost, and any bytes give a document or a named refusal.

use std::collections::{BTreeMap, BTreeSet};

use fonds::config::Config;
use fonds::content;
use fonds::diagnostic::{Report, SourceText};
use fonds::edtf::Day;
use fonds::files::{FileError, MemoryFiles, Sink, Sources};
use fonds::ingest::{self, Change, Plan, Reason};
use proptest::prelude::*;

const TODAY: Day = Day { year: 2026, month: 1, day: 2 };
const LATER: Day = Day { year: 2027, month: 3, day: 4 };

/// An archive in memory whose files can be changed and removed.
#[derive(Default)]
struct Archive(BTreeMap<String, Vec<u8>>);

impl Sources for Archive {
    fn list(&self, folder: &str, _: &Report) -> Vec<String> {
        let prefix = format!("{folder}/");
        self.0.keys().filter(|p| p.starts_with(&prefix)).cloned().collect()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        self.0.get(path).cloned().ok_or_else(|| FileError {
            action: "read",
            path: path.to_owned(),
            source: std::io::ErrorKind::NotFound.into(),
        })
    }
}

impl Archive {
    fn with(seeds: &[(&str, &str)]) -> Self {
        let mut archive = Self::default();
        for (name, text) in seeds {
            archive.0.insert(format!("seeds/{name}"), text.as_bytes().to_vec());
        }
        archive
    }

    fn ingest(&mut self, today: Day) -> Plan {
        let report = Report::new();
        let plan = ingest::plan(self, &Config::default(), today, &report);
        assert!(!report.has_errors(), "{:?}", report.sorted());
        let written = self.write(&plan).1;
        let report = Report::new();
        let drafts: Vec<&String> = written.keys().filter(|path| path.ends_with(".md")).collect();
        for path in drafts {
            let text = String::from_utf8_lossy(&written[path]);
            let _ = content::parse(SourceText { path, text: &text }, &Config::default(), &report);
        }
        assert!(!report.has_errors(), "a draft that does not load: {:?}", report.sorted());
        self.0.extend(written);
        plan
    }

    /// Writes a plan over the files as they are now; gives those that it left alone, and all files.
    fn write(&self, plan: &Plan) -> (Vec<String>, BTreeMap<String, Vec<u8>>) {
        let store = MemoryFiles::new();
        for (path, bytes) in &self.0 {
            store.put(path, bytes).unwrap();
        }
        let saved = ingest::write(plan, &store).unwrap();
        (saved, store.into_files())
    }

    fn documents(&self) -> Vec<String> {
        self.list("content/documents", &Report::new())
    }

    fn text(&self, path: &str) -> String {
        String::from_utf8(self.0[path].clone()).unwrap()
    }
}

const LETTER: &str = "3 May 1999\n\nDear Mr. Lee,\n\nThank you for the parcel that you sent to us last week.\n\nYours sincerely,\n\nMary Stone\nDirector\nHarbour Museum\n";

#[test]
fn a_draft_that_is_saved_while_ingest_runs_is_kept() {
    let mut archive = Archive::with(&[("a.txt", LETTER), ("b.txt", LETTER)]);
    archive.ingest(TODAY);
    let [first, second] = archive.documents().try_into().unwrap();
    for seed in ["seeds/a.txt", "seeds/b.txt"] {
        archive.0.insert(seed.to_owned(), LETTER.replace("parcel", "letter").into_bytes());
    }
    let plan = ingest::plan(&archive, &Config::default(), TODAY, &Report::new());
    assert_eq!(plan.count(Change::Updated), 2);
    let saved = archive.text(&first) + "\nMine.\n";
    archive.0.insert(first.clone(), saved.clone().into_bytes());
    let (left, files) = archive.write(&plan);
    archive.0 = files;
    assert_eq!((left, archive.text(&first)), (vec![first.clone()], saved.clone()));
    assert!(archive.text(&second).contains("the letter that you sent"));
    let next = archive.ingest(LATER);
    assert_eq!(next.kept.iter().map(|k| &k.path).collect::<Vec<_>>(), [&first]);
    assert!(matches!(next.kept[0].reason, Reason::Edited) && next.files.is_empty());
    assert_eq!(archive.text(&first), saved);
}

#[test]
fn a_file_that_takes_the_path_of_a_new_draft_meanwhile_is_kept_and_the_draft_goes_elsewhere() {
    let mut archive = Archive::with(&[("a.txt", LETTER)]);
    let plan = ingest::plan(&archive, &Config::default(), TODAY, &Report::new());
    let path = plan.files.iter().map(|f| f.path.clone()).find(|p| p.contains("/documents/"));
    let path = path.unwrap();
    let mine = "+++\ntitle = \"Mine\"\n+++\n\nMine.\n";
    archive.0.insert(path.clone(), mine.as_bytes().to_vec());
    let (left, files) = archive.write(&plan);
    archive.0 = files;
    assert_eq!((left, archive.text(&path).as_str()), (vec![path.clone()], mine));
    assert_eq!(archive.ingest(LATER).count(Change::New), 1);
    assert_eq!((archive.documents().len(), archive.text(&path).as_str()), (2, mine));
}

#[test]
fn a_checkout_with_the_line_ends_of_windows_is_no_edit() {
    let mut archive = Archive::with(&[("a.txt", LETTER)]);
    archive.ingest(TODAY);
    for text in archive.0.values_mut() {
        *text = String::from_utf8(text.clone()).unwrap().replace('\n', "\r\n").into_bytes();
    }
    let again = archive.ingest(LATER);
    assert!(again.files.is_empty() && again.kept.is_empty(), "{:?}", again.files);
    let corrected = LETTER.replace("parcel", "letter").replace('\n', "\r\n");
    archive.0.insert("seeds/a.txt".to_owned(), corrected.into_bytes());
    let next = archive.ingest(LATER);
    assert_eq!((next.count(Change::Updated), next.kept.len()), (1, 0));
    let draft = &archive.documents()[0];
    assert!(archive.text(draft).contains("letter that you sent"));
    assert!(archive.text(draft).contains("added = \"2026-01-02\""), "{}", archive.text(draft));
}

#[test]
fn a_second_run_changes_nothing_even_on_another_day() {
    let mut archive = Archive::with(&[("a.txt", LETTER)]);
    let first = archive.ingest(TODAY);
    assert_eq!((first.documents, first.count(Change::New)), (1, 4));
    let before = archive.0.clone();
    let second = archive.ingest(LATER);
    assert!(second.files.is_empty(), "{:?}", second.files);
    assert_eq!(archive.0, before);
}

#[test]
fn an_untouched_draft_follows_its_seed_and_keeps_its_day_and_name() {
    let mut archive = Archive::with(&[("a.txt", LETTER)]);
    archive.ingest(TODAY);
    let path = archive.documents()[0].clone();
    archive.0.insert("seeds/a.txt".into(), LETTER.replace("Mary Stone", "Maria Stone").into());
    let plan = archive.ingest(LATER);
    assert_eq!(plan.count(Change::Updated), 1);
    assert_eq!(archive.documents(), std::slice::from_ref(&path));
    let text = archive.text(&path);
    assert!(text.contains("Maria Stone") && text.contains("added = \"2026-01-02\""), "{text}");
}

#[test]
fn an_edit_a_renaming_and_a_deletion_stand() {
    let mut archive = Archive::with(&[("a.txt", LETTER), ("b.txt", LETTER), ("c.txt", LETTER)]);
    archive.ingest(TODAY);
    let [edited, renamed, deleted] = archive.documents().try_into().unwrap();
    let corrected = archive.text(&edited).replace("Harbour Museum", "Harbor Museum");
    archive.0.insert(edited.clone(), corrected.clone().into());
    let moved = archive.0.remove(&renamed).unwrap();
    archive.0.insert("content/documents/my-name.md".into(), moved.clone());
    archive.0.remove(&deleted);
    for name in ["a", "b", "c"] {
        archive.0.insert(format!("seeds/{name}.txt"), LETTER.replace("May", "June").into());
    }
    let plan = archive.ingest(LATER);
    let reasons: BTreeMap<&str, &Reason> =
        plan.kept.iter().map(|k| (k.path.as_str(), &k.reason)).collect();
    assert_eq!(reasons[edited.as_str()], &Reason::Edited);
    assert_eq!(reasons[renamed.as_str()], &Reason::Renamed("content/documents/my-name.md".into()));
    assert_eq!(reasons[deleted.as_str()], &Reason::Deleted);
    assert!(plan.kept.iter().all(|k| k.proposed.contains("1999-06-03")));
    assert_eq!(archive.text(&edited), corrected);
    assert_eq!(archive.0["content/documents/my-name.md"], moved);
    assert_eq!(archive.documents().len(), 2);
}

#[test]
fn a_run_that_was_broken_off_is_done_by_the_next() {
    let mut archive = Archive::with(&[
        ("a.txt", "Dear Sir,\n\nWe write about the first matter of all.\n\nSincerely,\nJane Doe"),
        ("b.txt", "Dear Sir,\n\nWe write about the second matter of all.\n\nSincerely,\nJohn Roe"),
    ]);
    let plan = ingest::plan(&archive, &Config::default(), TODAY, &Report::new());
    let (ledger, files): (Vec<_>, Vec<_>) =
        plan.files.iter().partition(|f| f.change == Change::Ledger);
    // The first file is whole, two were only begun, the others are not there.
    let text = ledger[0].text.clone().into_bytes();
    archive.0.insert("content/.fonds-ingest.lock".to_owned(), text);
    archive.0.insert(files[0].path.clone(), files[0].text.clone().into_bytes());
    for begun in [1, 3] {
        archive.0.insert(files[begun].path.clone(), Vec::new());
    }
    let again = archive.ingest(LATER);
    assert!(again.kept.is_empty() && again.vanished.is_empty(), "{again:?}");
    for file in &files[1..] {
        let now = String::from_utf8_lossy(&archive.0[&file.path]).into_owned();
        let undated = |text: &str| {
            text.lines().filter(|l| !l.starts_with("added")).map(str::to_owned).collect::<Vec<_>>()
        };
        assert_eq!(undated(&now), undated(&file.text), "{}", file.path);
    }
    let first = String::from_utf8_lossy(&archive.0[&files[0].path]).into_owned();
    assert_eq!(first, files[0].text);
    archive.0.remove("content/.fonds-ingest.lock");
    assert!(archive.ingest(LATER).files.is_empty());
}

#[test]
fn without_a_ledger_every_file_belongs_to_people() {
    let mut archive = Archive::with(&[("a.txt", LETTER)]);
    archive.ingest(TODAY);
    archive.0.remove("content/ingest.lock");
    let before = archive.0.clone();
    let plan = archive.ingest(LATER);
    assert_eq!(plan.kept[0].reason, Reason::Own);
    assert_eq!(archive.0, before);
}

#[test]
fn a_vanished_seed_is_told_and_its_draft_stays() {
    let mut archive = Archive::with(&[("a.txt", LETTER)]);
    archive.ingest(TODAY);
    archive.0.remove("seeds/a.txt");
    let plan = archive.ingest(LATER);
    assert!(plan.vanished[0].seed_gone);
    assert_eq!(archive.documents().len(), 1);
}

#[test]
fn bad_seeds_are_named_and_the_others_go_on() {
    let mut archive = Archive::with(&[("good.txt", LETTER), ("empty.txt", "  \n")]);
    archive.0.insert("seeds/-box.zip".into(), b"PK\x03\x04\0\0\0\0".to_vec());
    let report = Report::new();
    let plan = ingest::plan(&archive, &Config::default(), TODAY, &report);
    let named: Vec<String> = report.sorted().into_iter().map(|d| d.path).collect();
    assert_eq!(named, ["seeds/-box.zip", "seeds/empty.txt"]);
    assert!(!report.has_errors());
    assert_eq!(plan.documents, 1);
}

#[test]
fn records_of_people_are_respected() {
    let mut archive = Archive::with(&[("a.txt", LETTER)]);
    let record = "+++\ntitle = \"The Harbor Museum\"\naliases = [\"Harbour Museum\"]\n+++\n";
    archive.0.insert("content/organizations/harbor.md".into(), record.into());
    archive.ingest(TODAY);
    assert_eq!(archive.list("content/organizations", &Report::new()).len(), 1);
}

#[test]
fn a_folder_has_settings_of_its_own() {
    let mut archive = Archive::with(&[
        ("a.txt", LETTER),
        ("scans/b.txt", &format!("{LETTER}\nOf the scanner")),
        ("scans/c.bak", LETTER),
    ]);
    let text = "[ingest.folders.\"scans/\"]\nfurniture = [\"Of the scanner\"]\nignore = [\"*.bak\"]\n\
                defaults = { place = \"Oslo\", topics = [\"scans\"] }\n";
    let report = Report::new();
    let source = fonds::diagnostic::SourceText { path: "config.toml", text };
    let config = fonds::config::parse(source, &report);
    let plan = ingest::plan(&archive, &config, TODAY, &report);
    assert!(!report.has_errors(), "{:?}", report.sorted());
    assert_eq!((plan.seeds, plan.documents), (2, 2));
    assert_eq!(plan.dropped["scans/b.txt"][0].rule, "the archive's own rule");
    let of = |seed: &str| plan.files.iter().find(|f| f.text.contains(seed)).unwrap().text.clone();
    assert!(of("seed = \"scans/b.txt\"").contains("topics = [\"scans\"]"));
    assert!(!of("seed = \"a.txt\"").contains("topics"));
    archive.ingest(TODAY);
}

#[test]
fn what_many_seeds_repeat_is_left_out_of_each() {
    let seed = |n: u32| {
        let body = LETTER.replacen("Dear", &format!("Number {n}\n\nDear"), 1);
        format!("The Lantern keeps what others burn\n\n{body}\n\nRead on at the Lantern's own page")
    };
    let seeds: Vec<(String, String)> = (0..5).map(|n| (format!("{n}.txt"), seed(n))).collect();
    let named: Vec<(&str, &str)> = seeds.iter().map(|(n, s)| (n.as_str(), s.as_str())).collect();
    let archive = Archive::with(&named);
    let plan = ingest::plan(&archive, &Config::default(), TODAY, &Report::new());
    for (name, _) in &named {
        let rules: Vec<&str> = plan.dropped[*name].iter().map(|d| d.rule).collect();
        assert_eq!(rules, ["repeated in other seeds"; 2], "{name}");
    }
    let told = ingest::explain(&archive, &Config::default(), "3.txt", &Report::new()).unwrap();
    assert_eq!(told.lines[0].fates, [ingest::Fate::Dropped("repeated in other seeds")]);
    // Three such seeds are no evidence.
    let few = Archive::with(&named[..3]);
    assert!(ingest::plan(&few, &Config::default(), TODAY, &Report::new()).dropped.is_empty());
}

#[test]
fn a_missing_seed_is_answered_with_the_nearest_name() {
    let archive = Archive::with(&[("letters/a-harbour.txt", LETTER)]);
    let report = Report::new();
    let told = ingest::explain(&archive, &Config::default(), "letters/a-harbor.txt", &report);
    assert!(told.is_none());
    let help = format!("{:?}", report.sorted());
    assert!(help.contains("did you mean `letters/a-harbour.txt`?"), "{help}");
}

#[test]
fn a_label_before_what_is_no_name_gives_no_party_without_one() {
    let mut archive = Archive::with(&[(
        "tasks.txt",
        "URL: https://example.org/README\nFrom: A rectangular map consisting of N rows and M columns of square areas\nis given.\nTo: expected worst-case space complexity is O(N*M).\nTask: countries_count\n",
    )]);
    let plan = archive.ingest(TODAY);
    assert_eq!(plan.documents, 1);
}

#[test]
fn every_line_is_explained() {
    let archive = Archive::with(&[("a.txt", &format!("Skip to main content\n\n{LETTER}"))]);
    let told = ingest::explain(&archive, &Config::default(), "a.txt", &Report::new()).unwrap();
    assert_eq!(told.lines[0].fates, [ingest::Fate::Dropped("buttons and menus")]);
    assert!(told.lines[1].fates.contains(&ingest::Fate::Read("date")));
    assert!(told.lines[3].fates.contains(&ingest::Fate::Kept));
}

/// Letters and digits of a text by word, whatever marks stand around them. A word that is broken over
/// two lines counts as its two parts, since it may be mended or not.
fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Lines as letters have them, in any order.
fn line() -> impl Strategy<Value = String> {
    prop_oneof![
        "[A-Z][a-z]{2,8}( [a-z]{2,9}){0,14}[.,:]?",
        "[A-Z][a-z]{2,8} [A-Z][a-z]{2,8}",
        Just(String::new()),
        Just("Dear Sir,".to_owned()),
        Just("Yours sincerely,".to_owned()),
        Just("12 March 1998".to_owned()),
        Just("Notes".to_owned()),
        Just("cc: John Brown".to_owned()),
        "[-*•#>] [a-z]{3,8}( [a-z]{3,8}){0,6}",
        "\\[[0-9]\\] [a-z]{3,8}",
        "[a-z]{3,8}\\[[0-9]\\] [a-z]{3,8}",
        "[0-9]{1,2}[.)] [A-Z][a-z]{3,8}( [a-z]{3,8}){0,6}",
        "[ -~]{0,40}",
        "\\PC{0,30}",
    ]
}

/// Pieces of a web page: text, and elements in any disorder.
fn part() -> impl Strategy<Value = String> {
    let element = prop_oneof![
        Just("p"),
        Just("div"),
        Just("h1"),
        Just("h2"),
        Just("ul"),
        Just("ol"),
        Just("li"),
        Just("table"),
        Just("tr"),
        Just("td"),
        Just("th"),
        Just("b"),
        Just("i"),
        Just("a"),
        Just("sup"),
        Just("blockquote"),
        Just("pre"),
        Just("br"),
        Just("hr"),
        Just("nav"),
        Just("main"),
        Just("article"),
        Just("footer"),
        Just("span"),
        Just("button"),
    ];
    prop_oneof![
        4 => "[A-Z][a-z]{2,8}( [a-z]{2,9}){0,14}[.,:]?\n?",
        1 => Just("Dear Sir,\n".to_owned()),
        1 => Just("12 March 1998\n".to_owned()),
        4 => (element, any::<bool>()).prop_map(|(name, open)| {
            format!("<{}{name}>", if open { "" } else { "/" })
        }),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_word_of_a_seed_is_lost(lines in proptest::collection::vec(line(), 1..30)) {
        // Marks that Markdown or a note swallows by design are left to other tests.
        let seed: String = lines.join("\n").replace(['[', ']', '<', '&', '^', '\u{AD}', '¬'], " ");
        prop_assume!(!seed.trim().is_empty());
        let archive = Archive::with(&[("a.txt", &seed)]);
        let report = Report::new();
        let plan = ingest::plan(&archive, &Config::default(), TODAY, &report);
        prop_assume!(plan.documents > 0);
        let mut kept: BTreeSet<String> = plan.dropped.values().flatten().flat_map(|d| words(&d.text)).collect();
        let mut text = String::new();
        for file in plan.files.iter().filter(|f| f.path.starts_with("content/documents/")) {
            text.push_str(&file.text);
        }
        kept.extend(words(&text.replace('\\', "")));
        // The number of a note hangs at its word: `UN1` is `UN[^1]`.
        kept.extend(words(&text.replace("[^", "").replace(']', " ")));
        let decoded: Vec<String> = words(&seed).into_iter().filter(|w| w.is_ascii()).collect();
        for word in decoded {
            let there = kept.contains(&word) || kept.iter().any(|k| k.contains(&word));
            prop_assert!(there, "lost `{}` of\n{}\n---\n{}", word, seed, text);
        }
    }

    #[test]
    fn any_bytes_give_a_document_or_a_refusal(
        bytes in proptest::collection::vec(any::<u8>(), 0..400),
        name in prop_oneof![Just("a.txt"), Just("a.html"), Just("a.eml"), Just("a.md")],
    ) {
        let mut archive = Archive::default();
        archive.0.insert(format!("seeds/{name}"), bytes);
        let report = Report::new();
        let plan = ingest::plan(&archive, &Config::default(), TODAY, &report);
        prop_assert!(plan.documents > 0 || !report.sorted().is_empty());
        prop_assert!(!report.has_errors());
    }

    #[test]
    fn no_word_of_a_page_is_lost(parts in proptest::collection::vec(part(), 1..25)) {
        let page = parts.concat();
        let archive = Archive::with(&[("a.html", &page)]);
        let report = Report::new();
        let plan = ingest::plan(&archive, &Config::default(), TODAY, &report);
        prop_assume!(plan.documents > 0);
        let mut kept: String = plan.dropped.values().flatten().map(|d| format!("{}\n", d.text)).collect();
        for file in &plan.files {
            kept.push_str(&file.text.replace('\\', ""));
        }
        let outside = page.split('<').map(|s| s.split_once('>').map_or(s, |(_, text)| text));
        for word in outside.flat_map(str::split_whitespace) {
            prop_assert!(kept.contains(word), "lost `{}` of\n{}\n---\n{}", word, page, kept);
        }
    }

    #[test]
    fn any_page_or_mail_is_still_at_the_second_run(parts in proptest::collection::vec(part(), 1..25), mail: bool) {
        let head = "From: Jane Doe <j@x.org>\nDate: Tue, 12 Nov 2013 10:15:00 +0100\nContent-Type: text/html\n\n";
        let page = format!("{}{}", if mail { head } else { "" }, parts.concat());
        let mut archive = Archive::with(&[(if mail { "a.eml" } else { "a.html" }, &page)]);
        let report = Report::new();
        let plan = ingest::plan(&archive, &Config::default(), TODAY, &report);
        prop_assume!(plan.documents > 0);
        // Loads what it drafts.
        archive.ingest(TODAY);
        prop_assert!(archive.ingest(LATER).files.is_empty());
    }

    #[test]
    fn what_is_drafted_can_be_read_and_a_second_run_is_still(lines in proptest::collection::vec(line(), 1..30)) {
        let seed = lines.join("\n");
        prop_assume!(!seed.trim().is_empty());
        let mut archive = Archive::with(&[("a.txt", &seed)]);
        let report = Report::new();
        let plan = ingest::plan(&archive, &Config::default(), TODAY, &report);
        prop_assume!(plan.documents > 0);
        // Loads what it drafts.
        archive.ingest(TODAY);
        prop_assert!(archive.ingest(LATER).files.is_empty());
    }
}
