//! The page of open data: what each file holds, its size, its licence.

use super::super::SitePlan;
use super::super::views::{DataFileView, DataView};

/// A file below `data/` that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DataFile {
    /// Its name below `data/`.
    pub name: &'static str,
    /// Its format, as people call it.
    pub format: &'static str,
    /// How many bytes it has.
    pub bytes: usize,
}

impl SitePlan<'_> {
    /// `data`: the files that hold everything the site shows.
    pub fn data_view(&self, files: &[DataFile]) -> DataView {
        let documents = self.archive.documents.iter();
        let days = documents.flat_map(|document| [self.updated(document), self.added(document)]);
        let changed = days.flatten().max_by_key(|day| day.latest());
        // The table of an arrangement is made always, since that of documents refers to it: readers need not see an empty one.
        let arranged = !self.archive.collections.is_empty();
        let shown = files.iter().filter(|file| arranged || file.name != "collections.csv");
        DataView {
            files: shown.map(|file| self.data_file(file)).collect(),
            feeds: self.feed_files(),
            beside: self.beside_each(),
            rights: self.config.archive.rights.as_deref().map(|uri| self.rights_link(uri)),
            changed: changed.map(|day| self.date_view(Some(day))),
        }
    }

    fn data_file(&self, file: &DataFile) -> DataFileView {
        DataFileView {
            name: file.name.to_owned(),
            url: self.url_of(&format!("data/{}", file.name)),
            format: file.format.to_owned(),
            size: Some(self.words.size(file.bytes)),
            about: self.words.get(&format!("data-{}", file.name.replace('.', "-"))),
        }
    }

    fn feed_files(&self) -> Vec<DataFileView> {
        let file = |name: &str, format: &str, key: &str| DataFileView {
            name: name.to_owned(),
            url: self.url_of(name),
            format: format.to_owned(),
            size: None,
            about: self.words.get(key),
        };
        let changes = self.has_feeds() && !self.changes.is_empty();
        let mut files = Vec::new();
        files.extend(self.has_feeds().then(|| file("atom.xml", "Atom", "data-atom")));
        files.extend(self.has_feeds().then(|| file("feed.json", "JSON Feed", "data-atom")));
        files.extend(changes.then(|| file("changes/atom.xml", "Atom", "data-changes")));
        files.extend(changes.then(|| file("changes/feed.json", "JSON Feed", "data-changes")));
        files.extend(self.has_address().then(|| file("sitemap.xml", "XML", "data-sitemap")));
        files
    }

    fn beside_each(&self) -> Vec<String> {
        let outputs = &self.config.outputs;
        let citations = ["BibTeX", "RIS", "CSL-JSON"].into_iter().filter(|_| outputs.citations);
        let mut names: Vec<String> = citations.map(str::to_owned).collect();
        names.extend(outputs.text.then(|| self.words.get("plain-text")));
        names.extend(outputs.source.then(|| self.words.get("source")));
        names
    }
}
