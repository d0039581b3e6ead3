//! `content/urls.lock`, written: what was published is recorded, and what would be dead is given up. A build only
//! reads it.

use super::Terminal;
use super::inputs::Publishing;
use super::words::counted;
use crate::diagnostic::Report;
use crate::disk::Disk;
use crate::files::{FileError, Sink, Sources};
use crate::site::Lock;
use crate::site::lock::PATH;

/// Gives up the published URLs that would be dead: from today on, a note is in their place. Does nothing while
/// the archive has faults, since a file that cannot be read is not gone.
pub(super) fn accept_removed(
    publishing: Publishing<'_>,
    terminal: &Terminal,
) -> Result<(), FileError> {
    let (report, inputs) = (Report::new(), publishing.inputs);
    let model = publishing.linked(&report);
    if report.has_errors() {
        return Ok(());
    }
    let words = model.words();
    let (lock, lost) = model.plans(&words)[0].lock_without_lost(&model.statics, inputs.today);
    write(&inputs.disk, &lock)?;
    for path in &lost {
        terminal.say(format_args!("given up: /{path}"));
    }
    Ok(())
}

/// Records the URLs of the site as published: from now on, none of them may die. `has` knows the files that were
/// published, by their paths from the site's root.
pub(super) fn record(
    publishing: Publishing<'_>,
    has: &dyn Fn(&str) -> bool,
    terminal: &Terminal,
) -> Result<(), FileError> {
    let model = publishing.linked(&Report::new());
    let words = model.words();
    let lock = model.plans(&words)[0].renewed_lock(has);
    let new = lock.len() - model.lock.len();
    if write(&publishing.inputs.disk, &lock)? {
        let all = counted(lock.len(), "published URL");
        terminal.say(format_args!("{PATH}: {all}, {new} of them new; commit it"));
    }
    Ok(())
}

/// Writes the lock if it is another than that on the disk; says whether it did.
fn write(disk: &Disk, lock: &Lock) -> Result<bool, FileError> {
    let text = lock.to_text();
    let is_same = disk.read(PATH).is_ok_and(|bytes| bytes == text.as_bytes());
    if is_same || lock.is_empty() {
        return Ok(false);
    }
    disk.put(PATH, text.as_bytes())?;
    Ok(true)
}
