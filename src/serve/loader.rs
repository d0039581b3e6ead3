//! The archive's files → what a site is made from, kept up to date by reading only what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Settings;
use super::archive_snapshot::ArchiveSnapshot;
use super::folder::Folder;
use crate::anchors;
use crate::archive::{self, Archive, Card};
use crate::diagnostic::{Diagnostic, Report};
use crate::files::Sources;
use crate::ingest::Drafted;
use crate::pipeline::{self, Affected, Contents, Model};
use crate::render::theme;
use crate::site::{self, Lock};

/// What was read of an archive, and the faults of each part.
pub(super) struct Loader {
    settings: Settings,
    /// Whether all must be read again.
    is_stale: bool,
    snapshot: ArchiveSnapshot,
    contents: Contents,
    /// The same as long as nothing changed that it is made of.
    model: Arc<Model>,
    faults: Faults,
}

/// What is wrong with each part of a model.
#[derive(Default)]
struct Faults {
    config: Vec<Diagnostic>,
    archive: Vec<Diagnostic>,
    theme: Vec<Diagnostic>,
    statics: Vec<Diagnostic>,
    lock: Vec<Diagnostic>,
}

/// Reads a part, and takes note of its faults.
fn part<T>(faults: &mut Vec<Diagnostic>, read: impl FnOnce(&Report) -> T) -> Arc<T> {
    let report = Report::new();
    let value = read(&report);
    *faults = report.sorted();
    Arc::new(value)
}

/// A site's model, with the texts that its pages are rendered from.
pub(super) struct Loaded {
    pub(super) model: Arc<Model>,
    pub(super) snapshot: ArchiveSnapshot,
}

impl Loader {
    /// Reads an archive.
    pub(super) fn read(folder: Arc<Folder>, settings: Settings) -> Self {
        let snapshot = ArchiveSnapshot::read(folder);
        let mut faults = Faults::default();
        let config = part(&mut faults.config, |report| settings.config(&snapshot, report));
        let contents = Contents::read(&snapshot, &config);
        let archive = part(&mut faults.archive, |report| linked(&contents, &settings, report));
        let model = Model {
            editions: Arc::new(config.editions()),
            translated: Arc::new(archive.in_languages(&config)),
            archive,
            theme: part(&mut faults.theme, |report| theme::load(&snapshot, &config, report)),
            drafted: Arc::new(Drafted::read(&snapshot)),
            anchors: Arc::new(anchors::Lock::read(&snapshot)),
            statics: part(&mut faults.statics, |report| pipeline::statics(&snapshot, report)),
            lock: part(&mut faults.lock, |report| Lock::read(&snapshot, report)),
            config,
        };
        Self { settings, is_stale: false, snapshot, contents, model: Arc::new(model), faults }
    }

    /// Has all read again with the next change.
    pub(super) fn forget(&mut self) {
        self.is_stale = true;
    }

    /// Reads what changed, and links anew if anything but texts did.
    pub(super) fn follow(&mut self, changed: &BTreeSet<String>, settings: Settings) {
        if self.is_stale {
            *self = Self::read(self.snapshot.folder(), settings);
            return;
        }
        let is_for_others = settings.options.audience() != self.settings.options.audience();
        self.settings = settings;
        self.snapshot.renew(changed);
        let (snapshot, faults) = (&self.snapshot, &mut self.faults);
        let touches = |start: &str| changed.iter().any(|path| path.starts_with(start));
        let mut model = Model::clone(&self.model);
        let mut is_other = is_for_others;
        let mut affected = Affected::Nothing;
        if touches("config.toml") {
            model.config =
                part(&mut faults.config, |report| self.settings.config(snapshot, report));
            model.editions = Arc::new(model.config.editions());
            // Kinds and the like decide what front matter may say.
            self.contents = Contents::read(snapshot, &model.config);
            affected = Affected::Links;
        } else if touches("content/") {
            affected = self.contents.renew(changed, snapshot, &model.config);
        }
        is_other |= !matches!(affected, Affected::Nothing);
        match affected {
            Affected::Documents(cards) if !is_for_others => {
                model.archive = Arc::new(model.archive.with_cards(&cards));
            }
            Affected::Nothing if !is_for_others => {}
            _ => {
                let (contents, settings) = (&self.contents, &self.settings);
                model.archive = part(&mut faults.archive, |r| linked(contents, settings, r));
            }
        }
        if is_other {
            model.translated = Arc::new(model.archive.in_languages(&model.config));
        }
        if touches("config.toml") || touches("themes/") {
            model.theme = part(&mut faults.theme, |r| theme::load(snapshot, &model.config, r));
            is_other = true;
        }
        if touches("static/") || changed.contains("static") {
            let statics = part(&mut faults.statics, |report| pipeline::statics(snapshot, report));
            is_other |= statics != model.statics;
            model.statics = statics;
        }
        if touches("content/ingest.lock") {
            model.drafted = Arc::new(Drafted::read(snapshot));
            is_other = true;
        }
        let comes_or_goes = |path: &String| model.anchors.is_stale(path, snapshot);
        if touches(anchors::PATH) || changed.iter().any(comes_or_goes) {
            model.anchors = Arc::new(anchors::Lock::read(snapshot));
            is_other = true;
        }
        if touches(site::lock::PATH) {
            model.lock = part(&mut faults.lock, |report| Lock::read(snapshot, report));
            is_other = true;
        }
        if is_other {
            self.model = Arc::new(model);
        }
    }

    /// What a site is made from now; all faults go to `report`.
    pub(super) fn load(&self, report: &Report) -> Loaded {
        let Faults { config, archive, theme, statics, lock } = &self.faults;
        report.extend(config.iter().cloned());
        self.contents.tell(report);
        let others = [archive, theme, statics, lock];
        report.extend(others.into_iter().flatten().cloned());
        Loaded { model: Arc::clone(&self.model), snapshot: self.snapshot.clone() }
    }

    /// The style sheets of `static/`.
    pub(super) fn styles(&self) -> BTreeMap<String, Vec<u8>> {
        let styles = self.model.statics.iter().filter(|name| name.ends_with(".css"));
        let read =
            |name: &String| self.snapshot.read(&format!("static/{name}")).unwrap_or_default();
        styles.map(|name| (name.clone(), read(name))).collect()
    }
}

fn linked(contents: &Contents, settings: &Settings, report: &Report) -> Archive {
    let cards: Vec<&Card> = contents.cards().collect();
    archive::link(&cards, &settings.options.audience(), report)
}
