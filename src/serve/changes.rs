//! Events of the system → files that really changed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::time::{Duration, Instant};

use notify::{Event, EventKind};
use tokio::sync::oneshot;

use super::seen_files::SeenFiles;
use super::watch::{FOLDERS, Heard, SETTINGS, Watch};

/// Follows what happens to the files that a site is made from.
pub(super) struct Changes {
    root: PathBuf,
    watch: Watch,
    heard: Receiver<Heard>,
    /// After so long without a change, a burst of changes is over.
    pause: Duration,
    seen: SeenFiles,
    /// When to look at everything: before it was watched, or when folders came or went, what happened was
    /// not reported.
    look_again: Option<Instant>,
    /// Whether nothing was looked at since the watch began.
    is_new: bool,
    /// Those who wait until what was saved before they asked is followed.
    asking: Vec<oneshot::Sender<()>>,
    /// Shared with those who still have to read what was given.
    reading: Arc<Reading>,
    /// Until when an event may be of a time at which files were read.
    doubtful: Instant,
    /// What the build itself wrote last, and the time before.
    own: [BTreeSet<PathBuf>; 2],
}

/// Held by whoever has yet to read files that changed; dropped when they are read.
///
/// A file that is away for a moment while it is read, and then is again what it was, differs from what was made of
/// it. So what happens to files meanwhile is a change, whatever they are afterwards.
pub(super) struct Reading;

/// How long after folders came or went everything is looked at.
const SETTLED: Duration = Duration::from_millis(300);

/// However long a burst of changes goes on, it is looked at after this time.
const LONGEST: Duration = Duration::from_millis(500);

/// How long an event may be on its way to us.
const ON_ITS_WAY: Duration = Duration::from_millis(1);

/// How long after files were read an event of that time may come.
const LATE: Duration = Duration::from_millis(100);

/// Takes note of what the files of an archive are.
pub(super) fn seen(root: &Path) -> SeenFiles {
    let mut seen = SeenFiles::new(root);
    for name in sources() {
        seen.look(&root.join(name));
    }
    seen
}

impl Changes {
    /// Begins to watch the folder of an archive, or to look through it again and again; what changed since its files were
    /// `seen` is reported too.
    ///
    /// # Errors
    ///
    /// If the folder cannot be watched in any way.
    pub(super) fn begin(
        root: &Path,
        (pause, polls): (Duration, bool),
        seen: SeenFiles,
        (sender, heard): (&Sender<Heard>, Receiver<Heard>),
    ) -> notify::Result<Self> {
        let watch = if polls { Watch::poll } else { Watch::begin }(root, sender)?;
        Ok(Self {
            root: root.to_owned(),
            watch,
            heard,
            pause,
            seen,
            look_again: Some(Instant::now()),
            is_new: true,
            asking: Vec::new(),
            reading: Arc::new(Reading),
            doubtful: Instant::now() + LATE,
            own: Default::default(),
        })
    }

    /// Whether folders are looked through again and again, for lack of a better way.
    pub(super) fn is_polling(&self) -> bool {
        self.watch.is_polling()
    }

    /// Takes changes of the build's own as seen.
    pub(super) fn expect(&mut self, paths: &[String]) {
        for path in paths {
            let path = self.root.join(path);
            self.seen.look(&path);
            self.own[0].insert(path);
        }
    }

    /// To be held until the files are read that are given next.
    pub(super) fn reading(&self) -> Arc<Reading> {
        Arc::clone(&self.reading)
    }

    /// Waits until files have changed; gives their paths.
    ///
    /// By the next call, what was given must be followed: those who asked are informed then.
    pub(super) fn next(&mut self) -> Vec<PathBuf> {
        self.asking.clear();
        self.doubtful = Instant::now() + LATE;
        self.own = [BTreeSet::new(), std::mem::take(&mut self.own[0])];
        loop {
            let mut touched = Vec::new();
            match self.first() {
                Some(Heard::Event(event)) => {
                    if !self.touch(event, &mut touched) {
                        continue;
                    }
                }
                Some(Heard::Asked(asking)) => {
                    if !self.is_on_its_way(&mut touched) {
                        continue;
                    }
                    self.asking.push(asking);
                }
                None if self.is_new => {
                    (self.is_new, self.look_again) = (false, None);
                    touched.extend(sources().map(|name| self.root.join(name)));
                }
                None => {
                    self.touch_all(&mut touched);
                    self.look_again = None;
                }
            }
            self.gather(&mut touched);
            touched.sort_unstable();
            touched.dedup();
            let changed: Vec<PathBuf> =
                touched.iter().flat_map(|path| self.seen.look(path)).collect();
            if !changed.is_empty() {
                return changed;
            }
            self.asking.clear();
        }
    }

    /// Waits for something to happen; none if it is time to look at everything.
    fn first(&self) -> Option<Heard> {
        let Some(time) = self.look_again else {
            // The server holds a sender, so that the channel cannot close.
            return self.heard.recv().ok();
        };
        self.heard.recv_timeout(time.saturating_duration_since(Instant::now())).ok()
    }

    /// Whether something happened before somebody asked, of which we hear only now.
    fn is_on_its_way(&mut self, touched: &mut Vec<PathBuf>) -> bool {
        let begun = Instant::now();
        while let Some(left) = ON_ITS_WAY.checked_sub(begun.elapsed()) {
            match self.heard.recv_timeout(left) {
                Ok(Heard::Event(event)) => {
                    if self.touch(event, touched) {
                        return true;
                    }
                }
                Ok(Heard::Asked(asking)) => self.asking.push(asking),
                Err(_) => break,
            }
        }
        self.asking.clear();
        false
    }

    /// Takes in the rest of a burst. Each event is only a hint where to look: what came and went within the
    /// pause is seen in the files as they are after it.
    ///
    /// Whoever asks for a page wants it as the files are now, not as they will be when the burst is over.
    fn gather(&mut self, touched: &mut Vec<PathBuf>) {
        let begun = Instant::now();
        let mut last = begun;
        loop {
            let end = match self.asking[..] {
                [] => (last + self.pause).min(begun + LONGEST),
                _ => begun + ON_ITS_WAY,
            };
            let left = end.saturating_duration_since(Instant::now());
            if left.is_zero() {
                return;
            }
            match self.heard.recv_timeout(left) {
                Ok(Heard::Event(more)) => {
                    if self.touch(more, touched) {
                        last = Instant::now();
                    }
                }
                Ok(Heard::Asked(asking)) => self.asking.push(asking),
                Err(_) => {}
            }
        }
    }

    /// Adds the paths to look at after an event; whether there may be any.
    fn touch(&mut self, event: notify::Result<Event>, touched: &mut Vec<PathBuf>) -> bool {
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
        self.doubt(&touched[before..]);
        touched.len() > before
    }

    /// Takes note that files may have been read while something happened to them.
    fn doubt(&mut self, touched: &[PathBuf]) {
        let now = Instant::now();
        if Arc::strong_count(&self.reading) > 1 {
            self.doubtful = now + LATE;
        }
        if now < self.doubtful {
            for path in touched {
                self.seen.doubt(path, |path| self.own[1].contains(path));
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
            let is_replaced = parts.next().is_none() || path.is_symlink();
            if is_replaced {
                // The folder itself came, went or was replaced: the old watch follows the old one. Behind a link
                // nothing is watched yet.
                self.watch.renew(&self.root);
            }
            // Nobody reports what happens while the watch is renewed.
            if is_replaced || crate::disk::is_folder(path) {
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

#[cfg(test)]
mod tests {
    #![expect(clippy::disallowed_methods, reason = "changes the files that are watched")]

    use std::fs;
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn a_file_that_is_away_while_it_is_read_is_reported_when_it_is_back() {
        let folder = tempfile::tempdir().unwrap();
        let root = fs::canonicalize(folder.path()).unwrap();
        let [file, away] = ["content/a.md", "away.md"].map(|name| root.join(name));
        fs::create_dir(root.join("content")).unwrap();
        fs::write(&file, "1").unwrap();
        let (sender, heard) = mpsc::channel();
        let pause = Duration::from_millis(20);
        let mut changes =
            Changes::begin(&root, (pause, false), seen(&root), (&sender, heard)).unwrap();
        fs::write(&file, "2").unwrap();
        assert_eq!(changes.next(), [file.as_path()]);
        let reading = changes.reading();
        let (tell, told) = mpsc::channel();
        std::thread::spawn(move || tell.send(changes.next()));
        // So late that what is on its way from the first change has come.
        std::thread::sleep(LATE + pause);
        fs::rename(&file, &away).unwrap();
        fs::rename(&away, &file).unwrap();
        assert_eq!(told.recv_timeout(Duration::from_secs(20)).unwrap(), [file.as_path()]);
        drop(reading);
    }
}
