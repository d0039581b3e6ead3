//! The archive's files → what a site is made from, kept up to date by reading only what changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Settings;
use super::held::Held;
use crate::archive::{self, Card};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report};
use crate::files::Sources;
use crate::ingest::Drafted;
use crate::pipeline::{self, Contents, Model};
use crate::render::theme::{self, Theme};

/// What was read of an archive, and the faults of each part.
pub(super) struct Loader {
    settings: Settings,
    /// Whether all must be read again.
    is_stale: bool,
    held: Held,
    config: Told<Arc<Config>>,
    contents: Contents,
    theme: Told<Arc<Theme>>,
    statics: Told<Arc<BTreeSet<String>>>,
    drafted: Arc<Drafted>,
}

/// A part of an archive with its faults.
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

impl Loader {
    /// Reads an archive.
    pub(super) fn read(disk: Arc<dyn Sources + Send + Sync>, settings: Settings) -> Self {
        let held = Held::read(disk);
        let config = Told::of(|report| Arc::new(settings.config(&held, report)));
        let contents = Contents::read(&held, &config.value);
        Self {
            theme: theme(&held, &config.value),
            statics: statics(&held),
            drafted: Arc::new(Drafted::read(&held)),
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

    /// Reads what changed.
    pub(super) fn follow(&mut self, changed: &BTreeSet<String>, settings: Settings) {
        if self.is_stale {
            *self = Self::read(self.held.disk(), settings);
            return;
        }
        let touches = |start: &str| changed.iter().any(|path| path.starts_with(start));
        self.settings = settings;
        self.held.renew(changed);
        if touches("config.toml") {
            self.config = Told::of(|report| Arc::new(self.settings.config(&self.held, report)));
            // Kinds and the like decide what front matter may say.
            self.contents = Contents::read(&self.held, &self.config.value);
        } else if touches("content/") {
            self.contents.renew(changed, &self.held, &self.config.value);
        }
        if touches("config.toml") || touches("themes/") {
            self.theme = theme(&self.held, &self.config.value);
        }
        if touches("static/") || changed.contains("static") {
            self.statics = statics(&self.held);
        }
        if touches("content/ingest.lock") {
            self.drafted = Arc::new(Drafted::read(&self.held));
        }
    }

    /// Links all that was read; all faults go to `report`.
    pub(super) fn load(&self, report: &Report) -> Loaded {
        report.extend(self.config.faults.iter().cloned());
        self.contents.tell(report);
        report.extend(self.theme.faults.iter().cloned());
        report.extend(self.statics.faults.iter().cloned());
        let cards: Vec<&Card> = self.contents.cards().collect();
        let audience = self.settings.options.audience();
        let archive = Arc::new(archive::link(&cards, &audience, report));
        let model = Model {
            config: Arc::clone(&self.config.value),
            archive,
            theme: Arc::clone(&self.theme.value),
            drafted: Arc::clone(&self.drafted),
            statics: Arc::clone(&self.statics.value),
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

fn theme(held: &Held, config: &Config) -> Told<Arc<Theme>> {
    Told::of(|report| Arc::new(theme::load(held, config, report)))
}

fn statics(held: &Held) -> Told<Arc<BTreeSet<String>>> {
    Told::of(|report| Arc::new(pipeline::statics(held, report)))
}
