//! Page images and PDFs without a text → the documents whose pages they show: by a row of a table, else by the name that
//! they share with a text, else documents of their own that are not transcribed yet.

mod names;

use std::collections::{BTreeMap, BTreeSet};

use super::filename::{self, Pattern};
use super::seed::{Draft, NameForms, Seed};
use super::source;
use super::tables::Tables;
use crate::config::Config;
use crate::content::{Document, Party, Review};
use crate::enclosed;
use crate::files::Sources;
use crate::parallel;
use crate::pdf;
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
    /// What programs read from page images, by the path of a text that is there instead.
    superseded: BTreeMap<String, Vec<String>>,
}

impl Scans {
    /// Finds them among all seeds.
    pub(super) fn find(
        sources: &dyn Sources,
        paths: &[String],
        tables: &Tables<'_>,
        attaches: &(dyn Fn(&str) -> bool + Sync),
    ) -> Self {
        let is_scan = |path: &String| {
            Scan::may_be(path)
                && sources
                    .beginning(&format!("seeds/{path}"), Scan::MARK)
                    .is_ok_and(|bytes| Scan::of(&bytes).is_some())
        };
        let found = paths.iter().zip(parallel::map(paths, is_scan));
        let all: BTreeSet<String> =
            found.filter(|(_, scan)| *scan).map(|(p, _)| p.clone()).collect();
        let texts: Vec<&String> =
            paths.iter().filter(|path| !all.contains(*path) && !tables.has(path)).collect();
        let (texts, superseded) = supersede(&texts, sources);
        let mut scans = Self::grouped(all, &texts, tables.groups(paths));
        scans.superseded = superseded;
        scans.part_texts(sources, attaches);
        scans
    }

    /// Takes PDFs out that are texts themselves, or cannot be read: one that has no text beside it, and holds one.
    fn part_texts(&mut self, sources: &dyn Sources, attaches: &(dyn Fn(&str) -> bool + Sync)) {
        let alone = std::mem::take(&mut self.alone);
        let parted = parallel::map_taken(alone, |group| {
            let is_scan = |path: &String| {
                attaches(path) || !is_pdf(path, sources) || shows_pages(path, sources)
            };
            group.into_iter().partition::<Vec<String>, _>(is_scan)
        });
        for (pages, texts) in parted {
            for text in &texts {
                self.all.remove(text);
            }
            match texts.first() {
                _ if pages.is_empty() => {}
                Some(text) => self.of_texts.entry(text.clone()).or_default().extend(pages),
                None => self.alone.push(pages),
            }
        }
    }

    fn grouped(all: BTreeSet<String>, texts: &[&String], rows: Vec<Vec<String>>) -> Self {
        let mut scans = Self::default();
        let mut left = all.clone();
        let mut stems: BTreeMap<(&str, &str), &String> = BTreeMap::new();
        for text in texts {
            let Name { folder, stem, .. } = Name::of(text);
            stems.entry((folder, stem)).or_insert(text);
        }
        for row in rows {
            let (pages, others): (Vec<String>, Vec<String>) =
                row.into_iter().partition(|path| all.contains(path));
            let pages: Vec<String> = pages.into_iter().filter(|path| left.remove(path)).collect();
            match others.as_slice() {
                _ if pages.is_empty() => {}
                [text] => scans.of_texts.entry(text.clone()).or_default().extend(pages),
                _ => match stems.get(&owner_of(&pages)) {
                    Some(text) => scans.of_texts.entry((*text).clone()).or_default().extend(pages),
                    None => scans.alone.push(pages),
                },
            }
        }
        // What a mail shows in its text belongs to the mail.
        let shown: Vec<String> =
            left.iter().filter(|path| enclosed::is_inline(path)).cloned().collect();
        for path in shown {
            let Some(mail) = enclosed::mail_of(&path).map(str::to_owned) else { continue };
            if texts.iter().any(|text| **text == mail) {
                left.remove(&path);
                scans.of_texts.entry(mail).or_default().push(path);
            }
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

    /// Whether a seed is what a program read from a page image of which there is another text.
    pub(super) fn is_superseded(&self, path: &str) -> bool {
        self.superseded.values().flatten().any(|other| other == path)
    }

    /// Whether a text has page images.
    pub(super) fn shows(&self, text: &str) -> bool {
        self.of_texts.contains_key(text)
    }

    /// The groups of page images and PDFs that have no text: each the pages of a document.
    pub(super) fn untold(&self) -> &[Vec<String>] {
        &self.alone
    }

    /// The formats of those that are shown with a text, by the endings of their names.
    pub(super) fn shown_with_texts(&self) -> impl Iterator<Item = &'static str> {
        self.of_texts.values().flatten().map(|path| Scan::name_of(path))
    }

    /// Gives a text its scans.
    pub(super) fn attach(&self, mut seed: Seed) -> Seed {
        if let Some(others) = self.superseded.get(&seed.path) {
            seed.formerly.extend(others.iter().cloned());
        }
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
        seed.formerly.extend(files.iter().cloned());
        seed
    }

    /// Those that have no text, as seeds: the first page's name is that of the seed. `read` are the texts that
    /// could be read; scans of others are on their own.
    pub(super) fn alone(&self, read: &BTreeSet<&str>) -> Vec<Vec<String>> {
        let left = self.of_texts.iter().filter(|(text, _)| !read.contains(text.as_str()));
        left.map(|(_, files)| files).chain(&self.alone).cloned().collect()
    }
}

type Superseded = BTreeMap<String, Vec<String>>;

/// Texts without those that programs read from page images, where there is another text of the same name: what a
/// person wrote counts.
fn supersede<'p>(texts: &[&'p String], sources: &dyn Sources) -> (Vec<&'p String>, Superseded) {
    let is_ocr = |path: &String| {
        source::may_be_ocr(path)
            && sources
                .beginning(&format!("seeds/{path}"), source::OCR_HEAD)
                .is_ok_and(|head| source::is_ocr(path, &head))
    };
    let found = parallel::map(texts, |path| is_ocr(path));
    let read: Vec<(&String, bool)> = texts.iter().copied().zip(found).collect();
    let mut own: BTreeMap<(&str, &str), &String> = BTreeMap::new();
    for (path, _) in read.iter().filter(|(_, is_ocr)| !is_ocr) {
        let Name { folder, stem } = Name::of(path);
        own.entry((folder, stem)).or_insert(path);
    }
    let (mut left, mut superseded) = (Vec::with_capacity(read.len()), Superseded::new());
    for (path, is_ocr) in read {
        let name = Name::of(path);
        let text = [name.stem]
            .into_iter()
            .chain(name.shorter())
            .find_map(|stem| own.get(&(name.folder, stem)));
        match text.filter(|_| is_ocr) {
            Some(text) => superseded.entry((*text).clone()).or_default().push(path.clone()),
            None => {
                left.push(path);
                own.entry((name.folder, name.stem)).or_insert(path);
            }
        }
    }
    (left, superseded)
}

/// The folder and the stem that the text of some pages has.
pub(super) fn owner_of(pages: &[String]) -> (&str, &str) {
    let first = Name::of(&pages[0]);
    let fits = |stem: &&str| {
        pages[1..].iter().all(|page| {
            let name = Name::of(page);
            let has = name.stem == *stem || name.shorter().any(|other| other == *stem);
            name.folder == first.folder && (has || name.base() == Some(*stem))
        })
    };
    let own = [first.stem].into_iter().chain(first.shorter()).chain(first.base());
    let stem = if pages.len() > 1 { own.into_iter().find(fits) } else { None };
    (first.folder, stem.unwrap_or(first.stem))
}

fn is_pdf(path: &str, sources: &dyn Sources) -> bool {
    let head = sources.beginning(&format!("seeds/{path}"), Scan::MARK);
    head.is_ok_and(|head| Scan::of(&head) == Some(Scan::Pdf))
}

/// Whether a PDF shows pages without a text.
fn shows_pages(path: &str, sources: &dyn Sources) -> bool {
    let bytes = sources.read(&format!("seeds/{path}"));
    bytes.is_ok_and(|bytes| has_no_text(&bytes))
}

/// Whether a PDF can be read and has no text.
pub(super) fn has_no_text(bytes: &[u8]) -> bool {
    pdf::read(bytes).is_ok_and(|pdf| !pdf.has_text())
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
    let reading = format!("{} without a text", Scan::name_of(&path));
    Seed { drafts: vec![draft], reading, ..Seed::new(&path) }
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
