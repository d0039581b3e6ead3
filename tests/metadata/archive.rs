//! A small archive that holds what is hard to cite, and the site made from it.

use std::collections::BTreeMap;

use fonds::diagnostic::Report;
use fonds::files::{MemoryFiles, Sink};
use fonds::pipeline::{self, BuildOptions, Run};

/// An organization whose name holds everything that some format takes for its own mark.
pub(crate) const FIRM: &str = "Skadden, Arps & “Flom” {LLP} and 100 % Sons";
/// An organization of another script.
pub(crate) const COMMITTEE: &str = "북한인권위원회";
/// Where the site is served from: below a path.
pub(crate) const BASE: &str = "https://example.org/archive";

const CONFIG: &str = r#"
base_url = "https://example.org/archive/"
title = "Letters </script> & Papers"
description = "A small archive."
[archive]
name = "The Archive"
publisher = "The Publisher"
contact = "keeper@example.org"
rights = "https://creativecommons.org/licenses/by/4.0/"
"#;

const LETTER: &str = r#"
title = "Letter from Stephen J. Solarz to Ban Ki-moon"
date = "2008-11-19"
kind = "letter"
place = "New York"
references = ["28-09713"]
creators = [{ person = "Stephen J. Solarz", role = "Co-Chair", organization = "Amnesty International" }]
recipients = [{ person = "Ban Ki-moon", role = "Secretary-General", organization = "United Nations" }]
added = "2026-01-02"
updated = "2026-03-04"
[source]
seed = "letters.txt"
lines = [1, 3]
url = "https://example.com/found?a=1&b=2"
"#;

const JOINT: &str = r#"
title = "Open letter: “Real” or Illusory?"
date = "2014-11"
kind = "open-letter"
topics = ["Camps & prisons"]
signatories = [
  { organization = "Skadden, Arps & “Flom” {LLP} and 100 % Sons" },
  { organization = "북한인권위원회" },
  { person = "Ban Ki-moon", organization = "Amnesty International" },
]
recipients = [{ organization = "UN Member States" }]
added = "2026-01-05"
"#;

const MEMORANDUM: &str = r#"
title = "Note to the Chef de Cabinet"
date = "2009-11~"
kind = "memorandum"
references = ["A/HRC/25/63"]
creators = [{ organization = "Amnesty International" }]
recipients = [{ person = "Ban Ki-moon" }]
rights = "http://rightsstatements.org/vocab/InC/1.0/"
"#;

const REPORT: &str = r#"
title = "Failure to Protect"
kind = "report"
language = "ko"
creators = [{ organization = "북한인권위원회" }]
"#;

const STATEMENT: &str = r#"
title = "A statement"
date = "[2018-03-04,2018-04-03]"
kind = "statement"
creators = [{ organization = "UN Member States" }]
"#;

const SOLARZ: &str = r#"
title = "Stephen J. Solarz"
sort_name = "Solarz, Stephen J."
identifiers = [{ scheme = "VIAF", value = "34502313" }]
"#;

/// The files of the archive that the program reads.
pub(crate) fn sources() -> Vec<(&'static str, String)> {
    let entry = |front: &str| format!("+++{front}+++\n\nThe text of it.\n");
    vec![
        ("config.toml", CONFIG.to_owned()),
        ("seeds/letters.txt", "one\ntwo\nthree\n".to_owned()),
        ("content/documents/letter.md", entry(LETTER)),
        ("content/documents/joint.md", entry(JOINT)),
        ("content/documents/memorandum.md", entry(MEMORANDUM)),
        ("content/documents/report.md", entry(REPORT)),
        ("content/documents/statement.md", entry(STATEMENT)),
        ("content/people/stephen-j-solarz.md", entry(SOLARZ)),
    ]
}

/// The finished site, by path.
pub(crate) struct Site {
    files: BTreeMap<String, Vec<u8>>,
}

impl Site {
    /// The site of the archive as it is.
    pub(crate) fn new() -> Self {
        Self::with(|text| text)
    }

    /// The site of the archive with other settings.
    pub(crate) fn with(settings: impl Fn(String) -> String) -> Self {
        let files = self::sources().into_iter();
        Self::of(
            files.map(|(path, text)| {
                (path, if path == "config.toml" { settings(text) } else { text })
            }),
        )
    }

    /// The site of the archive with some more files.
    pub(crate) fn and(more: &[(&'static str, &str)]) -> Self {
        let more = more.iter().map(|(path, text)| (*path, (*text).to_owned()));
        Self::of(self::sources().into_iter().chain(more))
    }

    fn of(files: impl Iterator<Item = (&'static str, String)>) -> Self {
        let sources = MemoryFiles::new();
        for (path, text) in files {
            sources.put(path, text.as_bytes()).unwrap();
        }
        let report = Report::new();
        let config = pipeline::load_config(&sources, &report);
        let sink = MemoryFiles::new();
        let options = &BuildOptions::default();
        let run = Run { sources: &sources, config: &config, options, report: &report };
        run.build(&sink).unwrap();
        let faults: Vec<String> = report.sorted().iter().map(|d| d.message.clone()).collect();
        assert!(!report.has_errors(), "{faults:?}");
        Self { files: sink.into_files() }
    }

    /// The text of a file.
    pub(crate) fn text(&self, path: &str) -> &str {
        let bytes = self.files.get(path).unwrap_or_else(|| panic!("no file `{path}`"));
        std::str::from_utf8(bytes).unwrap()
    }

    /// The paths of all files.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }
}
