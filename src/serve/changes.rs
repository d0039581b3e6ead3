//! Events of the system → files that really changed.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::{Duration, Instant};

use notify::EventKind;

use super::snapshot::Snapshot;
use super::watch::{FOLDERS, SETTINGS, Told, Watch};

/// Follows what happens to the files that a site is made from.
pub(super) struct Changes {
    root: PathBuf,
    watch: Watch,
    events: Receiver<Told>,
    /// After so long without a change, a burst of changes is over.
    pause: Duration,
    snapshot: Snapshot,
    /// When to look at everything again: folders came or went, and what happened in them before they
    /// were watched was told by nobody.
    look_again: Option<Instant>,
}

/// How long after folders came or went everything is looked at.
const SETTLED: Duration = Duration::from_millis(300);

/// However long a burst of changes goes on, it is looked at after this time.
const LONGEST: Duration = Duration::from_millis(500);

impl Changes {
    /// Begins to watch the folder of an archive.
    ///
    /// # Errors
    ///
    /// If the folder cannot be watched in any way.
    pub(super) fn begin(root: &Path, pause: Duration) -> notify::Result<Self> {
        let (sender, events) = mpsc::channel();
        let watch = Watch::begin(root, &sender)?;
        let mut snapshot = Snapshot::default();
        for name in sources() {
            snapshot.look(&root.join(name));
        }
        Ok(Self { root: root.to_owned(), watch, events, pause, snapshot, look_again: None })
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
            let mut touched = Vec::new();
            match self.first() {
                Some(event) => {
                    if !self.touch(event, &mut touched) {
                        continue;
                    }
                }
                None => {
                    self.touch_all(&mut touched);
                    self.look_again = None;
                }
            }
            let begun = Instant::now();
            let mut last = begun;
            // Each event is only a hint where to look: what came and went within the pause is told by
            // the files as they are after it.
            loop {
                let end = (last + self.pause).min(begun + LONGEST);
                let left = end.saturating_duration_since(Instant::now());
                if left.is_zero() {
                    break;
                }
                if let Ok(more) = self.events.recv_timeout(left)
                    && self.touch(more, &mut touched)
                {
                    last = Instant::now();
                }
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

    /// Waits for an event; none if it is time to look at everything.
    fn first(&self) -> Option<Told> {
        let Some(time) = self.look_again else {
            // The sender lives in `watch`, so that the channel cannot close.
            return self.events.recv().ok();
        };
        self.events.recv_timeout(time.saturating_duration_since(Instant::now())).ok()
    }

    /// Adds the paths to look at after an event; whether there may be any.
    fn touch(&mut self, event: Told, touched: &mut Vec<PathBuf>) -> bool {
        let before = touched.len();
        match event {
            // Our own reading, too, is an event.
            Ok(event) if matches!(event.kind, EventKind::Access(_)) => {}
            Ok(event) => {
                if event.need_rescan() {
                    self.touch_all(touched);
                }
                for path in &event.paths {
                    self.touch_path(path, touched);
                }
            }
            Err(_) => self.touch_all(touched),
        }
        touched.len() > before
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
            if crate::disk::is_folder(path) {
                self.look_again = Some(Instant::now() + SETTLED);
            }
            touched.push(path.to_owned());
        }
    }

    /// Everything, after events were lost or the root was replaced.
    fn touch_all(&mut self, touched: &mut Vec<PathBuf>) {
        self.watch.renew(&self.root);
        self.look_again = Some(Instant::now() + SETTLED);
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
