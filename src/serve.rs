//! Shows the site while it is edited: loads the archive, renders each page when it is asked for, watches
//! the archive's folder, and reads what has changed.
//!
//! A file is rendered by its exact path (`pipeline::Site::file`, the same code as a build), never served from the disk.
//! One thread holds the site and takes changes and requests in turn, so that a request after a change sees it; each page is
//! made on a thread of its own, from what is held then. Another thread follows the files, and a request asks it first
//! whether a save is on its way. An event of the file system is only a hint: work follows if a file's bytes changed.
//!
//! `serve::loader` reads only what changed. If no card changed, only a text did, and the site stays as it is; else all is
//! linked and planned anew, which is cheap since a card holds what linking needs of its file. Templates are parsed again only
//! if they, or what is written into them, changed. Texts of `content/` are kept as they were read, so that a page stays what it was while a
//! file has faults: an archive with faults leaves the last good site in place, with the faults laid over it.
//!
//! On one more thread, stopped by every change, the whole site is made once: for the faults of texts and dead links that
//! only rendering shows, and for the search index. Drafting and the check of links are the command line's ([`Builder`]); what
//! there is to report goes to it as [`News`]. `tests/cli/follow.rs` compares all this with a clean build, byte for byte.
//!
//! Requests that name another host than this machine are refused. `serve/desk/` is the review desk; it alone writes,
//! through `review::settle`, what a form of its own page asks for: the `Origin` must be this server, and the form must hold
//! the token of this run.

mod answer;
mod archive_snapshot;
mod background;
mod changes;
mod desk;
mod difference;
mod fault_page;
mod folder;
mod host;
mod loader;
mod request_path;
mod seen_files;
mod site_thread;
mod state;
mod watch;

use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::panic::AssertUnwindSafe;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::time::{Duration, Instant};

use tokio::sync::watch as latest;

use crate::archive::Archive;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report};
use crate::disk::Disk;
use crate::files::{Sink, Sources};
use crate::pipeline::{self, BuildOptions};
use answer::Server;
use background::Background;
use changes::Changes;
use desk::Desk;
use folder::Folder;
use loader::Loader;
use site_thread::{Change, Job, SiteThread};
use state::{Current, Listeners};

/// How to serve.
#[derive(Debug, Clone)]
pub struct Options {
    /// The archive's folder, absolute.
    pub root: PathBuf,
    /// Address to listen at.
    pub interface: IpAddr,
    /// Port to listen at; if it is taken, the next free one; 0 for any.
    pub port: u16,
    /// Whether to look through the folders every second instead of waiting for the system's events.
    pub poll: bool,
}

/// How the site is to be made.
#[derive(Debug, Clone, Default)]
pub struct Settings {
    /// For whom, and on what day.
    pub options: BuildOptions,
    /// Where the site will be served from, instead of config.toml's `base_url`.
    pub base_url: Option<String>,
}

impl Settings {
    /// The settings of an archive.
    fn config(&self, sources: &dyn Sources, report: &Report) -> Config {
        let mut config = pipeline::load_config(sources, report);
        if let Some(url) = &self.base_url {
            config.base_url.clone_from(url);
        }
        config
    }
}

/// What drafting did.
#[derive(Debug, Default)]
pub struct Drafts {
    /// The files that it changed, from the archive's root, so that they are not taken for changes of the
    /// user's.
    pub changed: Vec<String>,
    /// What it has to tell.
    pub diagnostics: Vec<Diagnostic>,
}

/// What the command line knows of a run.
pub trait Builder: Send {
    /// How the site is to be made now: the day may have changed.
    fn settings(&self) -> Settings;

    /// Brings the drafts up to date with the seeds.
    fn draft(&mut self) -> Drafts;
}

/// Takes the files of a site to find the links in them that lead nowhere.
pub trait LinkCheck: Sink + Send {
    /// What it found.
    fn dead(&self, sources: &dyn Sources, archive: &Archive) -> Vec<Diagnostic>;

    /// The check of the next site, which keeps what it knows of the files of this one.
    fn next(&self, config: &Config) -> Box<dyn LinkCheck>;
}

/// Begins to look at the links of a site.
pub type LinkChecks = Box<dyn Fn(&Config) -> Box<dyn LinkCheck> + Send + Sync>;

/// What the user should hear.
#[derive(Debug)]
pub enum News<'a> {
    /// The archive was loaded, or a change of it.
    Built {
        /// What it had to tell.
        diagnostics: &'a [Diagnostic],
        /// Files of the archive that had changed; none at first.
        changed: &'a [PathBuf],
        /// How long it took.
        time: Duration,
    },
    /// The whole site was made in the background.
    Checked {
        /// What it had to tell, that of the change before included.
        diagnostics: &'a [Diagnostic],
    },
    /// The site can be looked at.
    Listening {
        /// Where.
        url: &'a str,
        /// The port that was asked for, if another program has it.
        taken: Option<u16>,
    },
    /// The system cannot watch so many folders, so they are looked through every second.
    Polling,
}

/// Takes the news.
pub type Teller = Arc<dyn Fn(News<'_>) + Send + Sync>;

/// How long after a change the build begins, so that a burst of changes is one.
const DEBOUNCE: Duration = Duration::from_millis(50);

/// How many ports are tried.
const PORTS: u16 = 100;

/// Serves until the process ends.
///
/// # Errors
///
/// If the address cannot be listened at, or the archive's folder cannot be read or watched.
pub fn run(
    options: &Options,
    mut builder: Box<dyn Builder>,
    checks: LinkChecks,
    tell: Teller,
) -> io::Result<()> {
    let (listener, taken) = listen(options)?;
    let address = listener.local_addr()?;
    let (sender, mut receiver) = latest::channel(Arc::new(Current::empty(address)));
    let desk = Arc::new(Desk::new(&options.root)?);
    let (jobs, work) = mpsc::channel();
    let started = Instant::now();
    // Taken before the files are read, so that no change falls between. To watch while they are read would
    // be to hear of each of them.
    let mut seen = changes::seen(&options.root);
    let drafts = builder.draft();
    for path in &drafts.changed {
        seen.look(&options.root.join(path));
    }
    let first = Change {
        shown: Vec::new(),
        paths: ["config.toml".to_owned()].into(),
        settings: builder.settings(),
        told: drafts.diagnostics.clone(),
        started,
        reading: None,
    };
    let (own, root) = (jobs.clone(), options.root.clone());
    let listeners = Listeners { pages: sender, tell: Arc::clone(&tell) };
    std::thread::spawn(move || {
        let loader = Loader::read(Arc::new(Folder(root)), first.settings.clone());
        let background = Background::start(own, checks);
        SiteThread::new(loader, work, background, listeners).run(first);
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    // The first word is on how the archive was found.
    runtime.block_on(receiver.changed()).map_err(io::Error::other)?;
    let (events, heard) = mpsc::channel();
    let changes = Changes::begin(&options.root, (DEBOUNCE, options.poll), seen, (&events, heard))
        .map_err(io::Error::other)?;
    if changes.is_polling() && !options.poll {
        tell(News::Polling);
    }
    let base_path = receiver.borrow_and_update().base_path.clone();
    let url = format!("http://{}{base_path}/", shown(options.interface, address));
    tell(News::Listening { url: &url, taken });
    let follower = Follower {
        root: options.root.clone(),
        changes,
        builder,
        told: drafts.diagnostics,
        desk: Arc::clone(&desk),
        jobs: jobs.clone(),
    };
    std::thread::spawn(move || follower.run());
    let server = Server { interface: options.interface, latest: receiver, jobs, events, desk };
    runtime.block_on(answer::serve(listener, server))
}

/// The thread that hears of changes, and hands them on to the one that holds the site.
struct Follower {
    root: PathBuf,
    changes: Changes,
    builder: Box<dyn Builder>,
    /// What drafting last had to tell.
    told: Vec<Diagnostic>,
    desk: Arc<Desk>,
    jobs: mpsc::Sender<Job>,
}

impl Follower {
    fn run(mut self) {
        loop {
            let mut shown = self.changes.next();
            let started = Instant::now();
            if needs_drafts(&shown, &self.root) {
                shown.extend(self.draft());
            }
            self.desk.follow(&shown);
            let paths = shown.iter().map(|path| inside(path, &self.root)).collect();
            let (settings, told) = (self.builder.settings(), self.told.clone());
            let reading = Some(self.changes.reading());
            let change = Change { shown, paths, settings, told, started, reading };
            if self.jobs.send(Job::Follow(change)).is_err() {
                return;
            }
        }
    }

    /// Brings the drafts up to date; gives the files that it changed.
    fn draft(&mut self) -> Vec<PathBuf> {
        let drafted = std::panic::catch_unwind(AssertUnwindSafe(|| self.builder.draft()));
        let drafts = drafted
            .unwrap_or_else(|_| Drafts { changed: Vec::new(), diagnostics: vec![broken_off()] });
        self.changes.expect(&drafts.changed);
        self.told = drafts.diagnostics;
        drafts.changed.iter().map(|path| self.root.join(path)).collect()
    }
}

/// Whether a change may change what the drafts should be: an edit of a document or of the theme does not.
fn needs_drafts(changed: &[PathBuf], root: &Path) -> bool {
    let disk = Disk::open(root);
    changed.iter().any(|path| {
        let name = inside(path, root);
        let is_there = disk.as_ref().is_ok_and(|disk| disk.exists(&name));
        let is_text = name.starts_with("content/documents/") && is_there;
        !is_text && !name.starts_with("themes/") && !name.starts_with("static/")
    })
}

/// A path from the archive's root, with `/` between its parts.
fn inside(path: &Path, root: &Path) -> String {
    let inside = path.strip_prefix(root).unwrap_or(path).iter();
    inside.map(|part| part.to_string_lossy()).collect::<Vec<_>>().join("/")
}

fn broken_off() -> Diagnostic {
    Diagnostic::error("", "the build crashed; this is a bug in fonds")
        .help("undo the last change, and report the lines above in the terminal")
}

/// Opens the port, or the next free one; tells which one was taken.
fn listen(options: &Options) -> io::Result<(TcpListener, Option<u16>)> {
    let mut error = io::Error::from(io::ErrorKind::AddrInUse);
    for offset in 0..PORTS {
        let Some(port) = options.port.checked_add(offset) else { break };
        match TcpListener::bind((options.interface, port)) {
            Ok(listener) => {
                listener.set_nonblocking(true)?;
                return Ok((listener, (offset > 0).then_some(options.port)));
            }
            Err(e) if e.kind() == io::ErrorKind::AddrInUse => error = e,
            Err(e) => return Err(e),
        }
    }
    Err(error)
}

/// Host and port as a browser on this machine should name them.
fn shown(interface: IpAddr, address: SocketAddr) -> String {
    if interface.is_unspecified() {
        return format!("localhost:{}", address.port());
    }
    address.to_string()
}
