//! Which folders are watched: the archive's root for what lies directly in it, the folders of
//! sources at any depth, and the root's own parent, since a root can be replaced.
//!
//! `public/`, `target/` and `.git/` are never watched, however much happens in them.

use std::path::Path;
use std::sync::mpsc::Sender;
use std::time::Duration;

use notify::{Config, ErrorKind, PollWatcher, RecursiveMode, Watcher};
use notify_debouncer_full::{
    DebounceEventResult, Debouncer, FileIdCache, NoCache, new_debouncer, new_debouncer_opt,
};

/// Folders that a site is made from.
pub(super) const FOLDERS: [&str; 4] = ["content", "seeds", "static", "themes"];

/// The file of settings.
pub(super) const SETTINGS: &str = "config.toml";

const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// A running watch.
pub(super) struct Watch {
    watcher: Box<dyn Folders>,
    is_polling: bool,
    /// Keeps the channel open, whatever becomes of the watcher.
    _sender: Sender<DebounceEventResult>,
}

/// A watcher of whatever kind.
trait Folders: Send {
    fn add(&mut self, path: &Path, mode: RecursiveMode) -> notify::Result<()>;
    fn remove(&mut self, path: &Path) -> notify::Result<()>;
}

impl<T: Watcher + Send, C: FileIdCache + Send> Folders for Debouncer<T, C> {
    fn add(&mut self, path: &Path, mode: RecursiveMode) -> notify::Result<()> {
        self.watch(path, mode)
    }

    fn remove(&mut self, path: &Path) -> notify::Result<()> {
        self.unwatch(path)
    }
}

impl Watch {
    /// Watches an archive; if the system cannot, looks through its folders every second.
    pub(super) fn begin(
        root: &Path,
        debounce: Duration,
        sender: &Sender<DebounceEventResult>,
    ) -> notify::Result<Self> {
        let watcher: Box<dyn Folders> = Box::new(new_debouncer(debounce, None, sender.clone())?);
        let mut watch = Self { watcher, is_polling: false, _sender: sender.clone() };
        if let Err(error) = watch.add_all(root) {
            if !matches!(error.kind, ErrorKind::MaxFilesWatch | ErrorKind::Io(_)) {
                return Err(error);
            }
            watch.watcher = Box::new(poller(debounce, sender)?);
            watch.is_polling = true;
            watch.add_all(root)?;
        }
        Ok(watch)
    }

    pub(super) fn is_polling(&self) -> bool {
        self.is_polling
    }

    /// Watches the folders that are there now under the names of old ones.
    pub(super) fn renew(&mut self, root: &Path) {
        for name in FOLDERS {
            let _ = self.watcher.remove(&root.join(name));
        }
        let _ = self.watcher.remove(root);
        // What is missing now is watched when it comes, which is an event of its parent.
        let _ = self.add_all(root);
    }

    fn add_all(&mut self, root: &Path) -> notify::Result<()> {
        if let Some(parent) = root.parent().filter(|_| !self.is_polling) {
            // Without the right to watch it, only the replacing of the root goes unseen.
            let _ = self.watcher.add(parent, RecursiveMode::NonRecursive);
        }
        self.watcher.add(root, RecursiveMode::NonRecursive)?;
        for name in FOLDERS {
            match self.watcher.add(&root.join(name), RecursiveMode::Recursive) {
                Err(e) if is_missing(&e) => {}
                result => result?,
            }
        }
        Ok(())
    }
}

fn is_missing(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

fn poller(
    debounce: Duration,
    sender: &Sender<DebounceEventResult>,
) -> notify::Result<Debouncer<PollWatcher, NoCache>> {
    let config = Config::default().with_poll_interval(POLL_INTERVAL).with_compare_contents(true);
    new_debouncer_opt(debounce, None, sender.clone(), NoCache::new(), config)
}
