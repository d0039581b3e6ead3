//! What the desk knows of an archive, kept up to date file by file.

use std::collections::{BTreeMap, BTreeSet};

use crate::archive::{self, Archive, Audience, Card, DocumentCard};
use crate::config::Config;
use crate::content;
use crate::diagnostic::{Report, SourceText};
use crate::disk::Disk;
use crate::files::Sources;
use crate::pipeline::{self, Contents};
use crate::review::{self, Alike, Doubt, NearNames, Reviewed, Sketches};
use crate::withheld::Removed;

/// An archive as the desk sees it: drafts too, and what is held back.
pub(super) struct Model {
    pub(super) config: Config,
    contents: Contents,
    /// Open doubts, the worst first.
    pub(super) doubts: Vec<Doubt>,
    /// Names that may be one.
    pub(super) near_names: Vec<NearNames>,
    /// Documents whose texts are the same, or nearly, and what tells of it.
    pub(super) alike: Vec<Alike>,
    sketches: Sketches,
    /// Words that are missing in texts, by seed.
    removed: BTreeMap<String, Vec<Removed>>,
    /// Last part of the URL of each document, by its file.
    slugs: BTreeMap<String, String>,
}

impl Model {
    /// Reads an archive.
    pub(super) fn read(disk: &Disk) -> Self {
        let config = pipeline::load_config(disk, &Report::new());
        let contents = Contents::read(disk, &config);
        let doubts = review::doubts(disk, reviewed(&contents));
        let mut model = Self {
            config,
            contents,
            doubts,
            near_names: Vec::new(),
            alike: Vec::new(),
            sketches: Sketches::default(),
            removed: BTreeMap::new(),
            slugs: BTreeMap::new(),
        };
        model.link(disk, None);
        model.compare(disk, None);
        model
    }

    /// The same archive after some files have changed.
    pub(super) fn followed(mut self, changed: &BTreeSet<String>, disk: &Disk) -> Self {
        if changed.contains("config.toml") {
            return Self::read(disk);
        }
        if !changed.iter().any(|path| path.starts_with("content/") || path.starts_with("seeds/")) {
            return self;
        }
        let mut seeds: BTreeSet<String> = self.seeds_of(changed);
        self.contents.renew(changed, disk, &self.config);
        seeds.extend(self.seeds_of(changed));
        // A seed that changed tells other evidence of all documents in it.
        let is_touched = |file: &Reviewed<'_>| {
            changed.contains(file.path)
                || file.seed.is_some_and(|seed| {
                    // A seed may lie in another one, a mail or a mailbox.
                    let path = format!("seeds/{seed}");
                    let ends = path.match_indices('/').skip(1).map(|(at, _)| at);
                    ends.chain([path.len()]).any(|end| changed.contains(&path[..end]))
                })
        };
        let same = reviewed(&self.contents).filter(|file| !is_touched(file));
        let same: BTreeSet<&str> = same.map(|file| file.path).collect();
        self.doubts.retain(|doubt| same.contains(doubt.path.as_str()));
        let touched = reviewed(&self.contents).filter(is_touched);
        self.doubts.extend(review::doubts(disk, touched));
        review::sort(&mut self.doubts);
        let is_whole = changed.contains("content/ingest.lock");
        let some = (!is_whole).then_some(&seeds);
        self.link(disk, some);
        if changed.iter().any(|path| path.starts_with("content/")) {
            self.compare(disk, Some(changed));
        }
        self
    }

    /// Links what the files say, after all of the seeds or some have changed: their missing words are found anew.
    fn link(&mut self, disk: &Disk, seeds: Option<&BTreeSet<String>>) {
        let cards: Vec<&Card> = self.contents.cards().collect();
        let archive = archive::link(&cards, &Audience::everyone(), &Report::new());
        self.slugs = slugs(&archive);
        self.near_names = review::near_names(&archive);
        self.removed.retain(|seed, _| seeds.is_some_and(|seeds| !seeds.contains(seed)));
        self.removed.extend(review::removed(disk, &self.config, &archive, seeds));
    }

    /// Looks which documents are alike, after all of them or some have changed.
    fn compare(&mut self, disk: &Disk, changed: Option<&BTreeSet<String>>) {
        let shown = self.contents.documents().filter(|card| card.record.withdrawn.is_none());
        let documents = shown.map(|card| (card.path.clone(), card.body.start)).collect();
        self.sketches.renew(disk, documents, changed);
        self.alike = self.sketches.alike(disk);
    }

    /// The seeds that changed, or of which a document did.
    fn seeds_of(&self, changed: &BTreeSet<String>) -> BTreeSet<String> {
        let seeds = changed.iter().filter_map(|path| path.strip_prefix("seeds/"));
        let documents = changed.iter().filter_map(|path| seed_of(self.contents.document(path)?));
        seeds.chain(documents).map(str::to_owned).collect()
    }

    /// Words that are missing in texts.
    pub(super) fn removed(&self) -> impl Iterator<Item = &Removed> {
        self.removed.values().flatten()
    }

    /// The last part of the URL of a document, by its file.
    pub(super) fn slug(&self, path: &str) -> Option<&str> {
        self.slugs.get(path).map(String::as_str)
    }

    /// The document of a file.
    pub(super) fn document(&self, path: &str) -> Option<&DocumentCard> {
        self.contents.document(path)
    }

    /// The title of a document or of the record of a name, by its file.
    pub(super) fn title(&self, path: &str) -> Option<&str> {
        let title = match self.contents.card(path)? {
            Card::Document(card) => &card.record.title,
            Card::Organization(card) | Card::Person(card) => &card.described().1.title,
            Card::Page(_) | Card::Collection(_) | Card::Translation(_) => return None,
        };
        Some(title).filter(|title| !title.is_empty()).map(String::as_str)
    }

    /// The document of a URL.
    pub(super) fn by_slug(&self, slug: &str) -> Option<&DocumentCard> {
        let (path, _) = self.slugs.iter().find(|(_, known)| *known == slug)?;
        self.document(path)
    }
}

/// The files of an archive that may have doubts.
fn reviewed(contents: &Contents) -> impl Iterator<Item = Reviewed<'_>> {
    contents.cards().filter_map(|card| match card {
        Card::Document(card) => Some(Reviewed::document(&card.path, &card.record)),
        Card::Organization(card) | Card::Person(card) => {
            let (path, record) = card.described();
            Some(Reviewed::authority(path, record))
        }
        Card::Page(_) | Card::Collection(_) | Card::Translation(_) => None,
    })
}

fn seed_of(card: &DocumentCard) -> Option<&str> {
    card.record.source.as_ref()?.seed.as_deref()
}

fn slugs(archive: &Archive) -> BTreeMap<String, String> {
    let documents = archive.documents.iter().map(|d| (d.path.clone(), d.slug.clone()));
    documents.chain(archive.tombstones.iter().map(|t| (t.path.clone(), t.slug.clone()))).collect()
}

/// What a field of a file's front matter says, as it is written there.
pub(super) fn value(disk: &Disk, path: &str, field: &str) -> Option<String> {
    let text = String::from_utf8(disk.read(path).ok()?).ok()?;
    let split = content::split(SourceText { path, text: &text }).ok()?;
    let table: toml::Table = toml::from_str(&text[split.front]).ok()?;
    let parts = field.split('.');
    let mut value = table.get(parts.clone().next()?)?;
    for part in parts.skip(1) {
        value = value.get(part)?;
    }
    Some(value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}
