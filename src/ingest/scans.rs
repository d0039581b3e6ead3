//! Page images and PDFs → the documents whose pages they show: by a row of a table, else by the name that they share
//! with a text, else documents of their own that are not transcribed yet.

mod names;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::filename::{self, Pattern};
use super::seed::{Draft, NameForms, Seed};
use super::tables::Tables;
use crate::config::Config;
use crate::content::{Document, Party, Review};
use crate::files::Sources;
use crate::scan::Scan;
use names::{Name, in_words};

/// The page images and PDFs of an archive.
#[derive(Debug, Default)]
pub(super) struct Scans {
    all: BTreeSet<String>,
    /// Those of each text, by its path.
    of_texts: BTreeMap<String, Vec<String>>,
    /// Those that have no text: one group a document.
    alone: Vec<Vec<String>>,
}

impl Scans {
    /// Finds them among all seeds.
    pub(super) fn find(sources: &dyn Sources, paths: &[String], tables: &Tables<'_>) -> Self {
        let is_scan = |path: &&String| {
            Scan::may_be(path)
                && sources
                    .beginning(&format!("seeds/{path}"), Scan::MARK)
                    .is_ok_and(|bytes| Scan::of(&bytes).is_some())
        };
        let all: BTreeSet<String> = paths.par_iter().filter(is_scan).cloned().collect();
        let texts: Vec<&String> =
            paths.iter().filter(|path| !all.contains(*path) && !tables.has(path)).collect();
        Self::grouped(all, &texts, tables.groups(paths))
    }

    fn grouped(all: BTreeSet<String>, texts: &[&String], rows: Vec<Vec<String>>) -> Self {
        let mut scans = Self::default();
        let mut left = all.clone();
        for row in rows {
            let (pages, others): (Vec<String>, Vec<String>) =
                row.into_iter().partition(|path| all.contains(path));
            let pages: Vec<String> = pages.into_iter().filter(|path| left.remove(path)).collect();
            match others.as_slice() {
                _ if pages.is_empty() => {}
                [text] => scans.of_texts.entry(text.clone()).or_default().extend(pages),
                _ => scans.alone.push(pages),
            }
        }
        let mut stems: BTreeMap<(&str, &str), &String> = BTreeMap::new();
        for text in texts {
            let Name { folder, stem, .. } = Name::of(text);
            stems.entry((folder, stem)).or_insert(text);
        }
        let mut pages: BTreeMap<(&str, &str), Vec<(usize, &String)>> = BTreeMap::new();
        let names: BTreeSet<(&str, &str)> =
            left.iter().map(|path| Name::of(path)).map(|name| (name.folder, name.stem)).collect();
        for path in &left {
            let name = Name::of(path);
            // The longest beginning that a text has, or the shortest that another scan has; else a page is only
            // known by a word for pages.
            let is_text = |stem: &&str| stems.contains_key(&(name.folder, *stem));
            let is_scan = |stem: &&str| names.contains(&(name.folder, *stem));
            let of_text = [name.stem].into_iter().chain(name.shorter()).find(is_text);
            let of_scan = || name.shorter().filter(is_scan).last();
            let owner = of_text.or_else(of_scan).or_else(|| name.base()).unwrap_or(name.stem);
            pages.entry((name.folder, owner)).or_default().push((name.rank(owner), path));
        }
        for (owner, mut found) in pages {
            found.sort_by_cached_key(|(rank, path)| (*rank, names::natural(path)));
            let found = found.into_iter().map(|(_, path)| path.clone());
            match stems.get(&owner) {
                Some(text) => scans.of_texts.entry((*text).clone()).or_default().extend(found),
                None => scans.alone.push(found.collect()),
            }
        }
        scans.alone.sort();
        scans.all = all;
        scans
    }

    /// Whether a seed is one of them.
    pub(super) fn has(&self, path: &str) -> bool {
        self.all.contains(path)
    }

    /// Gives a text its scans.
    pub(super) fn attach(&self, mut seed: Seed) -> Seed {
        let Some(files) = self.of_texts.get(&seed.path) else { return seed };
        let several = seed.drafts.len() > 1;
        if let Some(first) = seed.drafts.first_mut() {
            first.document.files.clone_from(files);
            if several {
                first.document.review.push(Review {
                    field: "files".to_owned(),
                    reason: "the seed has several documents, and the files may show all of them"
                        .to_owned(),
                    line: None,
                });
            }
        }
        seed.formerly.clone_from(files);
        seed
    }

    /// Those that have no text, as seeds: the first page's name is that of the seed. `read` are the texts that
    /// could be read; scans of others are on their own.
    pub(super) fn alone(&self, read: &BTreeSet<&str>) -> Vec<Vec<String>> {
        let left = self.of_texts.iter().filter(|(text, _)| !read.contains(text.as_str()));
        left.map(|(_, files)| files).chain(&self.alone).cloned().collect()
    }
}

/// A document of which nothing is known but its pages, and what their names say.
pub(super) fn seed(files: Vec<String>, patterns: &[Pattern], config: &Config) -> Seed {
    let path = files[0].clone();
    let named = filename::read(&path, patterns, "").unwrap_or_default();
    let defaults = &config.ingest.defaults;
    let kind = named.kind.filter(|kind| config.kinds.contains_key(kind));
    let body = |name: String| Party { organization: Some(name), ..Party::default() };
    let mut document = Document {
        title: named.title.unwrap_or_else(|| in_words(Name::of(&path).stem)),
        date: named.date,
        kind: kind.or_else(|| defaults.kind.clone()).unwrap_or_else(|| "other".to_owned()),
        language: named.language.or_else(|| defaults.language.clone()).unwrap_or_default(),
        place: defaults.place.clone(),
        rights: defaults.rights.clone(),
        topics: defaults.topics.clone(),
        references: named.reference.into_iter().collect(),
        files,
        ..Document::default()
    };
    let person = named.person.map(|name| Party { person: Some(name), ..Party::default() });
    let creator = named.organization.or_else(|| defaults.creator.clone());
    document.creators = person.into_iter().chain(creator.map(body)).collect();
    let recipient = named.recipient.or_else(|| defaults.recipient.clone());
    document.recipients = recipient.map(body).into_iter().collect();
    let parties = || document.creators.iter().chain(&document.recipients);
    let names = NameForms {
        organizations: parties()
            .filter_map(|p| p.organization.clone())
            .map(|n| (n.clone(), n))
            .collect(),
        people: parties().filter_map(|p| p.person.clone()).collect(),
    };
    let draft = Draft {
        document,
        body: String::new(),
        lines: (1, 1),
        names,
        reads: Vec::new(),
        evidence: Vec::new(),
    };
    Seed { drafts: vec![draft], ..Seed::new(&path) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scans_go_to_the_text_of_their_name_and_pages_to_their_first() {
        let all = [
            "a/0042.jpg",
            "a/0042_2.tif",
            "a/0042_10.tif",
            "a/0042 verso.jpg",
            "a/0043.pdf",
            "a/0043-2.png",
            "b/0042.jpg",
            "b/IMG_1.jpg",
            "b/IMG_2.jpg",
            "c/bill p1.png",
            "c/bill p2.png",
            "d/x.jpg",
            "d/y.jpg",
        ];
        let texts = ["a/0042.txt".to_owned(), "b/other.txt".to_owned()];
        let texts: Vec<&String> = texts.iter().collect();
        let rows = vec![vec!["d/y.jpg".to_owned(), "d/x.jpg".to_owned()]];
        let scans = Scans::grouped(all.map(str::to_owned).into(), &texts, rows);
        assert_eq!(
            scans.of_texts["a/0042.txt"],
            ["a/0042.jpg", "a/0042_2.tif", "a/0042_10.tif", "a/0042 verso.jpg"]
        );
        let alone: Vec<String> = scans.alone.iter().map(|group| group.join(" + ")).collect();
        assert_eq!(
            alone,
            [
                "a/0043.pdf + a/0043-2.png",
                "b/0042.jpg",
                "b/IMG_1.jpg",
                "b/IMG_2.jpg",
                "c/bill p1.png + c/bill p2.png",
                "d/y.jpg + d/x.jpg"
            ]
        );
    }
}
