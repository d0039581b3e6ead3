//! A small archive that uses every field of every template, under the theme of the archive at hand.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::config::Config;
use crate::diagnostic::Report;
use crate::disk::Disk;
use crate::files::{FileError, Sources};

/// The sample's content, with the themes of a real archive.
pub(super) struct Sample<'a> {
    disk: &'a Disk,
    files: BTreeMap<String, String>,
}

/// The sample's document that has everything.
const LETTER: &str = "content/documents/letter.md";

const FILES: [(&str, &str); 13] = [
    ("content/collections/box-2.md", include_str!("sample/box-2.md")),
    ("content/collections/box.md", include_str!("sample/box.md")),
    ("content/collections/papers.md", include_str!("sample/papers.md")),
    ("content/documents/answer.md", include_str!("sample/answer.md")),
    ("content/documents/korean.md", include_str!("sample/korean.md")),
    ("content/documents/letter.md", include_str!("sample/letter.md")),
    ("content/documents/undated.md", include_str!("sample/undated.md")),
    ("content/documents/withdrawn.md", include_str!("sample/withdrawn.md")),
    ("content/index.md", include_str!("sample/index.md")),
    ("content/organizations/committee.md", include_str!("sample/committee.md")),
    ("content/pages/about.md", include_str!("sample/about.md")),
    ("content/urls.lock", include_str!("sample/urls.lock")),
    ("seeds/letter.txt", include_str!("sample/letter.txt")),
];

impl<'a> Sample<'a> {
    /// The sample with terms in the archive's own taxonomies, and a document of each kind that has a template.
    pub(super) fn new(disk: &'a Disk, config: &Config) -> Self {
        let mut files: BTreeMap<String, String> =
            FILES.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect();
        let keys = config.taxonomies.iter().map(|taxonomy| taxonomy.key.as_str());
        let terms: String =
            keys.map(|key| format!("{key} = [\"Sample 1/Part\", \"Sample 2\"]\n")).collect();
        if let Some(letter) = files.get_mut(LETTER).filter(|_| !terms.is_empty()) {
            *letter = letter.replacen("[source]", &format!("[taxonomies]\n{terms}\n[source]"), 1);
        }
        let own = config.kinds.iter().filter(|(_, kind)| kind.template.is_some());
        let documents = own.enumerate().map(|(number, (key, _))| {
            let path = format!("content/documents/of-kind-{number}.md");
            (
                path,
                format!(
                    "+++\ntitle = \"A sample\"\nkind = {}\n+++\n\nText.\n",
                    Value::from(key.as_str())
                ),
            )
        });
        files.extend(documents);
        Self { disk, files }
    }
}

impl Sources for Sample<'_> {
    fn list(&self, folder: &str, report: &Report) -> Vec<String> {
        if folder.starts_with("themes") {
            return self.disk.list(folder, report);
        }
        let below = format!("{folder}/");
        self.files.keys().filter(|path| path.starts_with(&below)).cloned().collect()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        match self.files.get(path) {
            Some(text) => Ok(text.as_bytes().to_vec()),
            None => self.disk.read(path),
        }
    }
}
