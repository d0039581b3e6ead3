//! Ctrl-C: a build stops at its next file and clears its stage away; whatever is slower is cut off.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// Exit status of an interrupted run, as shells have it: 128 and the number of the signal.
pub(super) const STATUS: u8 = 130;

/// How long a run that leaves nothing half made may take to stop.
pub(super) const GRACE: Duration = Duration::from_secs(10);

static HAPPENED: AtomicBool = AtomicBool::new(false);

/// Whether the user has pressed Ctrl-C.
pub(super) fn happened() -> bool {
    HAPPENED.load(Ordering::Relaxed)
}

/// Waits for Ctrl-C on a thread of its own; ends the process `grace` after it at the latest.
pub(super) fn watch(grace: Duration) {
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let Ok(runtime) = runtime else { return };
        if runtime.block_on(tokio::signal::ctrl_c()).is_ok() {
            HAPPENED.store(true, Ordering::Relaxed);
            // A second one does not wait.
            runtime.block_on(async {
                let _ = tokio::time::timeout(grace, tokio::signal::ctrl_c()).await;
            });
            std::process::exit(STATUS.into());
        }
    });
}
