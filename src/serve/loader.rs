//! The archive's files → what a site is made from, kept up to date by reading only what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Settings;
use super::folder::Folder;
use super::held::Held;
use crate::anchors;
use crate::archive::{self, Archive, Card};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report};
use crate::files::Sources;
use crate::ingest::Drafted;
use crate::pipeline::{self, Contents, Model, Renewed};
use crate::render::theme::{self, Theme};
use crate::site::{self, Lock};

/// What was read of an archive, and the faults of each part.
pub(super) struct Loader {
    settings: Settings,
    /// Whether all must be read again.
    is_stale: bool,
    held: Held,
    config: Told<Arc<Config>>,
    contents: Contents,
    /// All that was read, linked for those who are shown the site.
    archive: Told<Arc<Archive>>,
    theme: Told<Arc<Theme>>,
    statics: Told<Arc<BTreeSet<String>>>,
    drafted: Arc<Drafted>,
    anchors: Arc<anchors::Lock>,
    lock: Told<Arc<Lock>>,
}

/// A part of an archive with its faults.
#[derive(PartialEq)]
struct Told<T> {
    value: T,
    faults: Vec<Diagnostic>,
}

impl<T> Told<T> {
    fn of(read: impl FnOnce(&Report) -> T) -> Self {
        let report = Report::new();
        let value = read(&report);
        Self { value, faults: report.sorted() }
    }
}

/// A site's model, with the texts that its pages are rendered from.
pub(super) struct Loaded {
    pub(super) model: Model,
    pub(super) held: Held,
}

impl Loaded {
    /// Whether another model is this one, so that only texts and files of `static/` may differ.
    pub(super) fn has_model_of(&self, other: &Self) -> bool {
        let (a, b) = (&self.model, &other.model);
        Arc::ptr_eq(&a.config, &b.config)
            && Arc::ptr_eq(&a.archive, &b.archive)
            && Arc::ptr_eq(&a.theme, &b.theme)
            && Arc::ptr_eq(&a.drafted, &b.drafted)
            && Arc::ptr_eq(&a.anchors, &b.anchors)
            && Arc::ptr_eq(&a.statics, &b.statics)
            && Arc::ptr_eq(&a.lock, &b.lock)
    }
}

impl Loader {
    /// Reads an archive.
    pub(super) fn read(folder: Arc<Folder>, settings: Settings) -> Self {
        let held = Held::read(folder);
        let config = Told::of(|report| Arc::new(settings.config(&held, report)));
        let contents = Contents::read(&held, &config.value);
        Self {
            archive: linked(&contents, &settings),
            theme: theme(&held, &config.value),
            statics: statics(&held),
            drafted: Arc::new(Drafted::read(&held)),
            anchors: Arc::new(anchors::Lock::read(&held)),
            lock: lock(&held),
            settings,
            is_stale: false,
            held,
            config,
            contents,
        }
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
        let touches = |start: &str| changed.iter().any(|path| path.starts_with(start));
        let audience = settings.options.audience();
        let mut renewed = Renewed::Nothing;
        let is_for_others = audience != self.settings.options.audience();
        self.settings = settings;
        self.held.renew(changed);
        if touches("config.toml") {
            self.config = Told::of(|report| Arc::new(self.settings.config(&self.held, report)));
            // Kinds and the like decide what front matter may say.
            self.contents = Contents::read(&self.held, &self.config.value);
            renewed = Renewed::Links;
        } else if touches("content/") {
            renewed = self.contents.renew(changed, &self.held, &self.config.value);
        }
        match renewed {
            _ if is_for_others => self.archive = linked(&self.contents, &self.settings),
            Renewed::Links => self.archive = linked(&self.contents, &self.settings),
            Renewed::Documents(cards) => {
                self.archive.value = Arc::new(self.archive.value.described_by(&cards));
            }
            Renewed::Nothing => {}
        }
        if touches("config.toml") || touches("themes/") {
            self.theme = theme(&self.held, &self.config.value);
        }
        if touches("static/") || changed.contains("static") {
            let statics = statics(&self.held);
            if statics != self.statics {
                self.statics = statics;
            }
        }
        if touches("content/ingest.lock") {
            self.drafted = Arc::new(Drafted::read(&self.held));
        }
        let comes_or_goes =
            |path: &String| self.anchors.is_stale(path, self.held.look_into(path).is_ok());
        if touches(anchors::PATH) || changed.iter().any(comes_or_goes) {
            self.anchors = Arc::new(anchors::Lock::read(&self.held));
        }
        if touches(site::lock::PATH) {
            self.lock = lock(&self.held);
        }
    }

    /// What a site is made from now; all faults go to `report`.
    pub(super) fn load(&self, report: &Report) -> Loaded {
        report.extend(self.config.faults.iter().cloned());
        self.contents.tell(report);
        report.extend(self.archive.faults.iter().cloned());
        report.extend(self.theme.faults.iter().cloned());
        report.extend(self.statics.faults.iter().cloned());
        report.extend(self.lock.faults.iter().cloned());
        let model = Model {
            config: Arc::clone(&self.config.value),
            editions: Arc::new(self.config.value.editions()),
            archive: Arc::clone(&self.archive.value),
            translated: self.archive.value.in_languages(&self.config.value),
            theme: Arc::clone(&self.theme.value),
            drafted: Arc::clone(&self.drafted),
            anchors: Arc::clone(&self.anchors),
            statics: Arc::clone(&self.statics.value),
            lock: Arc::clone(&self.lock.value),
        };
        Loaded { model, held: self.held.clone() }
    }

    /// The style sheets of `static/`.
    pub(super) fn styles(&self) -> BTreeMap<String, Vec<u8>> {
        let styles = self.statics.value.iter().filter(|name| name.ends_with(".css"));
        let read = |name: &String| self.held.read(&format!("static/{name}")).unwrap_or_default();
        styles.map(|name| (name.clone(), read(name))).collect()
    }
}

fn linked(contents: &Contents, settings: &Settings) -> Told<Arc<Archive>> {
    let cards: Vec<&Card> = contents.cards().collect();
    let audience = settings.options.audience();
    Told::of(|report| Arc::new(archive::link(&cards, &audience, report)))
}

fn theme(held: &Held, config: &Config) -> Told<Arc<Theme>> {
    Told::of(|report| Arc::new(theme::load(held, config, report)))
}

fn lock(held: &Held) -> Told<Arc<Lock>> {
    Told::of(|report| Arc::new(Lock::read(held, report)))
}

fn statics(held: &Held) -> Told<Arc<BTreeSet<String>>> {
    Told::of(|report| Arc::new(pipeline::statics(held, report)))
}
