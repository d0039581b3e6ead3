//! A small archive that uses every field of every template, under the theme of the archive at hand.

use crate::diagnostic::Report;
use crate::disk::Disk;
use crate::files::{FileError, Sources};

/// The sample's content, with the themes of a real archive.
pub(super) struct Sample<'a> {
    pub(super) disk: &'a Disk,
}

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

impl Sources for Sample<'_> {
    fn list(&self, folder: &str, report: &Report) -> Vec<String> {
        if folder.starts_with("themes") {
            return self.disk.list(folder, report);
        }
        let below = format!("{folder}/");
        let paths = FILES.iter().map(|(path, _)| *path);
        paths.filter(|path| path.starts_with(&below)).map(str::to_owned).collect()
    }

    fn read(&self, path: &str) -> Result<Vec<u8>, FileError> {
        match FILES.iter().find(|(name, _)| *name == path) {
            Some((_, text)) => Ok(text.as_bytes().to_vec()),
            None => self.disk.read(path),
        }
    }
}
