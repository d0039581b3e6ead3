//! The archive's files → what a site is made from, kept up to date by reading only what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Settings;
use super::folder::Folder;
use super::held::Held;
use crate::anchors;
use crate::archive::{self, Archive, Card};
use crate::diagnostic::{Diagnostic, Report};
use crate::files::Sources;
use crate::ingest::Drafted;
use crate::pipeline::{self, Contents, Model, Renewed};
use crate::render::theme;
use crate::site::{self, Lock};

/// What was read of an archive, and the faults of each part.
pub(super) struct Loader {
    settings: Settings,
    /// Whether all must be read again.
    is_stale: bool,
    held: Held,
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
    pub(super) held: Held,
}

impl Loader {
    /// Reads an archive.
    pub(super) fn read(folder: Arc<Folder>, settings: Settings) -> Self {
        let held = Held::read(folder);
        let mut faults = Faults::default();
        let config = part(&mut faults.config, |report| settings.config(&held, report));
        let contents = Contents::read(&held, &config);
        let archive = part(&mut faults.archive, |report| linked(&contents, &settings, report));
        let model = Model {
            editions: Arc::new(config.editions()),
            translated: Arc::new(archive.in_languages(&config)),
            archive,
            theme: part(&mut faults.theme, |report| theme::load(&held, &config, report)),
            drafted: Arc::new(Drafted::read(&held)),
            anchors: Arc::new(anchors::Lock::read(&held)),
            statics: part(&mut faults.statics, |report| pipeline::statics(&held, report)),
            lock: part(&mut faults.lock, |report| Lock::read(&held, report)),
            config,
        };
        Self { settings, is_stale: false, held, contents, model: Arc::new(model), faults }
    }

    /// Has all read again with the next change.
    pub(super) fn forget(&mut self) {
        self.is_stale = true;
    }

    /// Reads what changed, and links anew if anything but texts did.
    pub(super) fn follow(&mut self, changed: &BTreeSet<String>, settings: Settings) {
        if self.is_stale {
            *self = Self::read(self.held.folder(), settings);
            return;
        }
        let is_for_others = settings.options.audience() != self.settings.options.audience();
        self.settings = settings;
        self.held.renew(changed);
        let (held, faults) = (&self.held, &mut self.faults);
        let touches = |start: &str| changed.iter().any(|path| path.starts_with(start));
        let mut model = Model::clone(&self.model);
        let mut is_other = is_for_others;
        let mut renewed = Renewed::Nothing;
        if touches("config.toml") {
            model.config = part(&mut faults.config, |report| self.settings.config(held, report));
            model.editions = Arc::new(model.config.editions());
            // Kinds and the like decide what front matter may say.
            self.contents = Contents::read(held, &model.config);
            renewed = Renewed::Links;
        } else if touches("content/") {
            renewed = self.contents.renew(changed, held, &model.config);
        }
        is_other |= !matches!(renewed, Renewed::Nothing);
        match renewed {
            Renewed::Documents(cards) if !is_for_others => {
                model.archive = Arc::new(model.archive.described_by(&cards));
            }
            Renewed::Nothing if !is_for_others => {}
            _ => {
                let (contents, settings) = (&self.contents, &self.settings);
                model.archive = part(&mut faults.archive, |r| linked(contents, settings, r));
            }
        }
        if is_other {
            model.translated = Arc::new(model.archive.in_languages(&model.config));
        }
        if touches("config.toml") || touches("themes/") {
            model.theme = part(&mut faults.theme, |r| theme::load(held, &model.config, r));
            is_other = true;
        }
        if touches("static/") || changed.contains("static") {
            let statics = part(&mut faults.statics, |report| pipeline::statics(held, report));
            is_other |= statics != model.statics;
            model.statics = statics;
        }
        if touches("content/ingest.lock") {
            model.drafted = Arc::new(Drafted::read(held));
            is_other = true;
        }
        let comes_or_goes =
            |path: &String| model.anchors.is_stale(path, held.look_into(path).is_ok());
        if touches(anchors::PATH) || changed.iter().any(comes_or_goes) {
            model.anchors = Arc::new(anchors::Lock::read(held));
            is_other = true;
        }
        if touches(site::lock::PATH) {
            model.lock = part(&mut faults.lock, |report| Lock::read(held, report));
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
        Loaded { model: Arc::clone(&self.model), held: self.held.clone() }
    }

    /// The style sheets of `static/`.
    pub(super) fn styles(&self) -> BTreeMap<String, Vec<u8>> {
        let styles = self.model.statics.iter().filter(|name| name.ends_with(".css"));
        let read = |name: &String| self.held.read(&format!("static/{name}")).unwrap_or_default();
        styles.map(|name| (name.clone(), read(name))).collect()
    }
}

fn linked(contents: &Contents, settings: &Settings, report: &Report) -> Archive {
    let cards: Vec<&Card> = contents.cards().collect();
    archive::link(&cards, &settings.options.audience(), report)
}
