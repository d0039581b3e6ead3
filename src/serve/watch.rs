//! Which folders are watched: the archive's root for what lies directly in it, the folders of
//! sources at any depth, and the root's own parent, since a root can be replaced.
//!
//! `public/`, `target/` and `.git/` are never watched, however much happens in them.

use std::path::Path;
use std::sync::mpsc::Sender;
use std::time::Duration;

use notify::{Config, ErrorKind, Event, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};
use tokio::sync::oneshot;
use walkdir::DirEntry;

use super::seen_files::{is_inside, walk};

/// Folders that a site is made from.
pub(super) const FOLDERS: [&str; 4] = ["content", "seeds", "static", "themes"];

/// The file of settings.
pub(super) const SETTINGS: &str = "config.toml";

const POLL_INTERVAL: Duration = Duration::from_secs(1);

/// What comes to whoever follows the files.
pub(super) enum Heard {
    /// What a watcher reports.
    Event(notify::Result<Event>),
    /// Somebody asked for a page: what was saved before is to be seen in it. Dropped once it is.
    Asked(oneshot::Sender<()>),
}

/// A running watch.
pub(super) struct Watch {
    watcher: Box<dyn Watcher + Send>,
    is_polling: bool,
}

impl Watch {
    /// Looks through the folders of an archive every second.
    pub(super) fn poll(root: &Path, sender: &Sender<Heard>) -> notify::Result<Self> {
        let mut watch = Self { watcher: Box::new(poller(sender)?), is_polling: true };
        watch.add_all(root)?;
        Ok(watch)
    }

    /// Watches an archive; if the system cannot, looks through its folders every second.
    pub(super) fn begin(root: &Path, sender: &Sender<Heard>) -> notify::Result<Self> {
        // Links are watched one by one: behind one may be the whole disk.
        let config = Config::default().with_follow_symlinks(false);
        let watcher = RecommendedWatcher::new(teller(sender.clone()), config)?;
        let mut watch = Self { watcher: Box::new(watcher), is_polling: false };
        if let Err(error) = watch.add_all(root) {
            if !matches!(error.kind, ErrorKind::MaxFilesWatch | ErrorKind::Io(_)) {
                return Err(error);
            }
            return Self::poll(root, sender);
        }
        Ok(watch)
    }

    pub(super) fn is_polling(&self) -> bool {
        self.is_polling
    }

    /// Watches the folders that are there now under the names of old ones.
    pub(super) fn renew(&mut self, root: &Path) {
        for name in FOLDERS {
            let _ = self.watcher.unwatch(&root.join(name));
        }
        let _ = self.watcher.unwatch(root);
        // What is missing now is watched when it comes, which is an event of its parent.
        let _ = self.add_all(root);
    }

    fn add_all(&mut self, root: &Path) -> notify::Result<()> {
        if let Some(parent) = root.parent().filter(|_| !self.is_polling) {
            // Without the right to watch it, only the replacing of the root goes unseen.
            let _ = self.watcher.watch(parent, RecursiveMode::NonRecursive);
        }
        self.watcher.watch(root, RecursiveMode::NonRecursive)?;
        for name in FOLDERS {
            let folder = root.join(name);
            if folder.is_symlink() && !is_inside(&folder, root) {
                continue;
            }
            self.add(&folder)?;
            for link in walk(&folder, root).filter(DirEntry::path_is_symlink) {
                if link.file_type().is_dir() {
                    self.add(link.path())?;
                }
            }
        }
        Ok(())
    }

    fn add(&mut self, folder: &Path) -> notify::Result<()> {
        match self.watcher.watch(folder, RecursiveMode::Recursive) {
            Err(e) if is_missing(&e) => Ok(()),
            result => result,
        }
    }
}

fn is_missing(error: &notify::Error) -> bool {
    match &error.kind {
        ErrorKind::PathNotFound => true,
        ErrorKind::Io(error) => error.kind() == std::io::ErrorKind::NotFound,
        _ => false,
    }
}

fn teller(sender: Sender<Heard>) -> impl Fn(notify::Result<Event>) {
    // Nobody listens any more when the process ends.
    move |event| drop(sender.send(Heard::Event(event)))
}

fn poller(sender: &Sender<Heard>) -> notify::Result<PollWatcher> {
    let config = Config::default()
        .with_poll_interval(POLL_INTERVAL)
        .with_compare_contents(true)
        .with_follow_symlinks(false);
    PollWatcher::new(teller(sender.clone()), config)
}
