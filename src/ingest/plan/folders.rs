//! The folders of `seeds/` as units of the arrangement: drafted once, then owned by people.
//!
//! A folder that holds folders is a series, one that holds seeds alone a file. What a folder is called is its
//! title; all else is for people to say.

use std::collections::{BTreeMap, BTreeSet};

use super::super::ledger::{Ledger, Origin};
use super::moved::Moved;
use super::present::{Present, State};
use super::{Names, nonempty};
use crate::archive::file_slug;
use crate::config::Config;
use crate::content::{self, Collection, Level, Record};
use crate::diagnostic::{Report, SourceText};
use crate::enclosed;
use crate::fields::Placed;
use crate::files::Sources;
use crate::slug;

/// What the ledger calls them.
pub(super) const KIND: &str = "collection";
const FOLDER: &str = "content/collections";

/// The folders below `seeds/`, by their paths there.
#[derive(Default)]
pub(super) struct Folders(BTreeMap<String, Folder>);

struct Folder {
    /// Path of the content file.
    path: String,
    /// The slug by which documents name the unit; none if somebody removed it.
    slug: Option<String>,
    /// Whether somebody wrote the file, not ingest.
    own: bool,
    /// Whether it holds other folders.
    holds_folders: bool,
}

/// A unit that seeds call for.
pub(super) struct Unit {
    pub(super) folder: String,
    pub(super) path: String,
    pub(super) text: String,
}

impl Folders {
    /// The folders of some seeds, each with its file: the one that was written for it before, one that somebody wrote
    /// under the same name, or a new one.
    pub(super) fn of<'p>(
        seeds: impl Iterator<Item = &'p str>,
        (old, present, moved): (&Ledger, &Present<'_>, &Moved),
        sources: &dyn Sources,
        config: &Config,
        names: &mut Names,
    ) -> Self {
        let mut holds: BTreeMap<&str, bool> = BTreeMap::new();
        for seed in seeds.filter(|seed| config.ingest.arranges(seed)) {
            let mut below = false;
            // A mail is no folder of the arrangement, a mailbox is one.
            let mut folder = enclosed::outermost(seed);
            while let Some((above, _)) = folder.rsplit_once('/') {
                *holds.entry(above).or_default() |= below;
                (folder, below) = (above, true);
            }
        }
        let before: BTreeMap<&str, &str> = old
            .iter()
            .filter_map(|(path, entry)| match &entry.origin {
                Origin::Name(kind, folder) if kind == KIND => {
                    Some((folder.as_str(), path.as_str()))
                }
                _ => None,
            })
            .collect();
        // A folder that was renamed keeps its unit.
        let kept = |folder: &str| {
            let renamed = || {
                let was = moved.folder_before(folder)?;
                before.get(was.as_str()).filter(|_| !holds.contains_key(was.as_str()))
            };
            before.get(folder).or_else(renamed).copied()
        };
        let mut of_folder = |(folder, holds_folders): (&str, bool)| {
            let name = nonempty(slug::short_slug(&folder.replace('/', " ")), KIND);
            let wish = format!("{FOLDER}/{name}.md");
            let kept = kept(folder);
            let (path, own) = match kept {
                Some(path) => (path.to_owned(), false),
                None if present.has(&wish) && !old.contains_key(&wish) => (wish, true),
                None => (names.free(FOLDER, &name), false),
            };
            let slug = match present.state(&path) {
                State::Untouched(_) => Some(file_slug(&path)),
                State::Edited => Some(written_slug(sources, &path)),
                State::Missing if kept.is_some() => None,
                State::Missing => Some(file_slug(&path)),
            };
            (folder.to_owned(), Folder { path, slug, own, holds_folders })
        };
        Self(holds.iter().map(|(folder, below)| of_folder((folder, *below))).collect())
    }

    /// The slug of the unit that a seed lies in.
    pub(super) fn of_seed(&self, seed: &str) -> Option<Placed<String>> {
        let (folder, _) = enclosed::outermost(seed).rsplit_once('/')?;
        let slug = self.0.get(folder)?.slug.clone()?;
        Some(Placed { value: slug, range: 0..0 })
    }

    /// The units in which some seeds lie, and those above them, that are ingest's to write.
    pub(super) fn units<'p>(&self, seeds: impl Iterator<Item = &'p str>) -> Vec<Unit> {
        let mut used: BTreeSet<&str> = BTreeSet::new();
        for seed in seeds {
            let mut folder = enclosed::outermost(seed);
            while let Some((above, _)) = folder.rsplit_once('/') {
                if !self.0.contains_key(above) || !used.insert(above) {
                    break;
                }
                folder = above;
            }
        }
        let unit = |name: &str| {
            let folder = self.0.get(name).filter(|folder| !folder.own && folder.slug.is_some())?;
            let last = name.rsplit('/').next().unwrap_or(name);
            let last = enclosed::mailbox_name(last).unwrap_or(last);
            let record = Collection {
                title: called(last),
                level: if folder.holds_folders { Level::Series } else { Level::File },
                part_of: self.of_seed(name),
                ..Collection::default()
            };
            let (path, text) = (folder.path.clone(), content::write(&record, ""));
            Some(Unit { folder: name.to_owned(), path, text })
        };
        used.into_iter().filter_map(unit).collect()
    }
}

/// What a folder is called: its name, with spaces for the signs that stand for them. A hyphen beside a capital, a digit or a
/// space is part of a name or a date.
fn called(folder: &str) -> String {
    let spaced = folder.replace('_', " ");
    let small = |c: Option<char>| c.is_some_and(char::is_lowercase);
    let joins = |(at, _): (usize, &str)| {
        small(spaced[..at].chars().next_back()) && small(spaced[at + 1..].chars().next())
    };
    if !spaced.contains(' ') && spaced.match_indices('-').all(joins) {
        return spaced.replace('-', " ");
    }
    spaced.trim().to_owned()
}

/// The slug of a file that somebody wrote or changed.
fn written_slug(sources: &dyn Sources, path: &str) -> String {
    let read = || {
        let text = String::from_utf8_lossy(&sources.read(path).ok()?).into_owned();
        let source = SourceText { path, text: &text };
        match content::parse(source, &Config::default(), &Report::new())?.record {
            Record::Collection(collection) => collection.slug.map(|slug| slug.value),
            _ => None,
        }
    };
    read().unwrap_or_else(|| file_slug(path))
}

#[cfg(test)]
mod tests {
    use super::called;

    #[test]
    fn a_folder_is_called_by_words() {
        for (folder, title) in [
            ("ward-papers", "ward papers"),
            ("Letters_of_1931", "Letters of 1931"),
            ("1931-05", "1931-05"),
            ("Müller-Schmidt", "Müller-Schmidt"),
            ("Anglo-Irish papers", "Anglo-Irish papers"),
            ("box-1", "box-1"),
        ] {
            assert_eq!(called(folder), title, "{folder}");
        }
    }
}
