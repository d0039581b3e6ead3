//! Shows the site while it is edited: builds it into memory, answers from there, watches the
//! archive's folder, and builds again when a file has changed.
//!
//! What a build is, the command line says ([`Builder`]); what there is to tell goes to it as
//! [`News`]. A build with faults leaves the last good site in place, with the faults laid over it.

mod answer;
mod changes;
mod desk;
mod difference;
mod fault_page;
mod host;
mod media_type;
mod request_path;
mod snapshot;
mod state;
mod watch;

use std::collections::BTreeMap;
use std::io;
use std::net::{IpAddr, SocketAddr, TcpListener};
use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use tokio::sync::watch as latest;

use crate::diagnostic::{Diagnostic, Severity};
use changes::Changes;
use desk::Desk;
use state::Current;

/// How to serve.
#[derive(Debug, Clone)]
pub struct Options {
    /// The archive's folder, absolute.
    pub root: PathBuf,
    /// Address to listen at.
    pub interface: IpAddr,
    /// Port to listen at; if it is taken, the next free one; 0 for any.
    pub port: u16,
}

/// What a build made.
#[derive(Debug, Default)]
pub struct Build {
    /// The files of the site; what they are does not matter if there is an error.
    pub files: BTreeMap<String, Vec<u8>>,
    /// All that is to be told.
    pub diagnostics: Vec<Diagnostic>,
    /// Links that lead nowhere, for the review desk.
    pub dead_links: Vec<Diagnostic>,
    /// The path below which the site is served: empty, or `/archive`.
    pub base_path: String,
}

/// Makes the site from what is on the disk now.
pub trait Builder: Send {
    /// Brings the drafts up to date with the seeds; gives the paths of the files that it changed,
    /// from the archive's root, so that they are not taken for changes of the user's.
    fn draft(&mut self) -> Vec<String>;

    /// Makes the site.
    fn build(&mut self) -> Build;
}

/// What the user should hear.
#[derive(Debug)]
pub enum News<'a> {
    /// A build has ended.
    Built {
        /// What it had to tell.
        diagnostics: &'a [Diagnostic],
        /// Files of the archive that had changed; none at the first build.
        changed: &'a [PathBuf],
        /// How long it took.
        time: Duration,
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
/// If the address cannot be listened at, or the archive's folder cannot be watched.
pub fn run(options: &Options, mut builder: Box<dyn Builder>, tell: Teller) -> io::Result<()> {
    let (listener, taken) = listen(options)?;
    let address = listener.local_addr()?;
    // Watched before it is read, so that no change falls between.
    let mut changes = Changes::begin(&options.root, DEBOUNCE).map_err(io::Error::other)?;
    if changes.is_polling() {
        tell(News::Polling);
    }
    let (sender, receiver) = latest::channel(Arc::new(Current::empty(address)));
    let desk = Arc::new(Desk::new(&options.root)?);
    renew(&sender, &mut *builder, &mut changes, &[], &tell);
    let base_path = sender.borrow().base_path.clone();
    let url = format!("http://{}{base_path}/", shown(options.interface, address));
    tell(News::Listening { url: &url, taken });
    let watched = Arc::clone(&desk);
    std::thread::spawn(move || {
        loop {
            let changed = changes.next();
            watched.follow(&changed);
            renew(&sender, &mut *builder, &mut changes, &changed, &tell);
        }
    });
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(answer::serve(listener, options.interface, receiver, desk))
}

/// Builds once, shows what was built, and tells of it.
fn renew(
    sender: &latest::Sender<Arc<Current>>,
    builder: &mut dyn Builder,
    changes: &mut Changes,
    changed: &[PathBuf],
    tell: &Teller,
) {
    let started = Instant::now();
    // A fault of ours must not end the watch: the user's next change may well avoid it.
    let made = std::panic::catch_unwind(AssertUnwindSafe(|| {
        let drafts = builder.draft();
        changes.expect(&drafts);
        builder.build()
    }));
    let made = made.unwrap_or_else(|_| broken_off());
    let time = started.elapsed();
    let current = Arc::clone(&sender.borrow());
    let next = if made.diagnostics.iter().any(|d| d.severity == Severity::Error) {
        current.with_faults(&made.diagnostics)
    } else {
        current.followed_by(made.files, made.base_path, made.dead_links)
    };
    sender.send_replace(Arc::new(next));
    tell(News::Built { diagnostics: &made.diagnostics, changed, time });
}

fn broken_off() -> Build {
    let fault = Diagnostic::error("", "the build broke off, which is a fault of fonds")
        .help("change the file back, and report what stands above in the terminal");
    Build { diagnostics: vec![fault], ..Build::default() }
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
