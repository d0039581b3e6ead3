//! Events of the system → files that really changed.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use notify::EventKind;
use notify_debouncer_full::DebounceEventResult;

use super::snapshot::Snapshot;
use super::watch::{FOLDERS, SETTINGS, Watch};

/// Follows what happens to the files that a site is made from.
pub(super) struct Changes {
    root: PathBuf,
    watch: Watch,
    events: Receiver<DebounceEventResult>,
    snapshot: Snapshot,
}

impl Changes {
    /// Begins to watch the folder of an archive.
    ///
    /// # Errors
    ///
    /// If the folder cannot be watched in any way.
    pub(super) fn begin(root: &Path, debounce: Duration) -> notify::Result<Self> {
        let (sender, events) = mpsc::channel();
        let watch = Watch::begin(root, debounce, &sender)?;
        let mut snapshot = Snapshot::default();
        for name in sources() {
            snapshot.look(&root.join(name));
        }
        Ok(Self { root: root.to_owned(), watch, events, snapshot })
    }

    /// Whether folders are looked through again and again, for lack of a better way.
    pub(super) fn is_polling(&self) -> bool {
        self.watch.is_polling()
    }

    /// Takes changes of the build's own as seen.
    pub(super) fn expect(&mut self, paths: &[String]) {
        for path in paths {
            self.snapshot.look(&self.root.join(path));
        }
    }

    /// Waits until files have changed; gives their paths.
    pub(super) fn next(&mut self) -> Vec<PathBuf> {
        loop {
            // The sender lives in `watch`, so that the channel cannot close.
            let Ok(first) = self.events.recv() else {
                std::thread::park();
                continue;
            };
            let mut touched = Vec::new();
            self.touch(first, &mut touched);
            while let Ok(more) = self.events.try_recv() {
                self.touch(more, &mut touched);
            }
            touched.sort_unstable();
            touched.dedup();
            let changed: Vec<PathBuf> =
                touched.iter().flat_map(|path| self.snapshot.look(path)).collect();
            if !changed.is_empty() {
                return changed;
            }
        }
    }

    /// Adds the paths to look at after some events.
    fn touch(&mut self, events: DebounceEventResult, touched: &mut Vec<PathBuf>) {
        let Ok(events) = events else { return self.touch_all(touched) };
        for event in events {
            // Our own reading, too, is an event.
            if matches!(event.kind, EventKind::Access(_)) {
                continue;
            }
            if event.need_rescan() {
                self.touch_all(touched);
            }
            for path in &event.paths {
                self.touch_path(path, touched);
            }
        }
    }

    fn touch_path(&mut self, path: &Path, touched: &mut Vec<PathBuf>) {
        let Ok(inside) = path.strip_prefix(&self.root) else { return };
        let mut parts = inside.iter().map(|part| part.to_string_lossy());
        let Some(top) = parts.next() else { return self.touch_all(touched) };
        if top == SETTINGS {
            touched.push(path.to_owned());
        } else if FOLDERS.contains(&top.as_ref()) && !parts.clone().any(|part| is_noise(&part)) {
            if parts.next().is_none() {
                // The folder itself came, went or was replaced: the old watch follows the old one.
                self.watch.renew(&self.root);
            }
            touched.push(path.to_owned());
        }
    }

    /// Everything, after events were lost or the root was replaced.
    fn touch_all(&mut self, touched: &mut Vec<PathBuf>) {
        self.watch.renew(&self.root);
        touched.extend(sources().map(|name| self.root.join(name)));
    }
}

fn sources() -> impl Iterator<Item = &'static str> {
    FOLDERS.into_iter().chain([SETTINGS])
}

/// What editors, version control and our own writing leave between the files for a moment.
fn is_noise(name: &str) -> bool {
    [".git", ".#", ".fonds-"].iter().any(|start| name.starts_with(start))
        || name.ends_with('~')
        || name.ends_with(".swp")
}
