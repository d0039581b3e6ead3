//! `content/published.lock`, written: the anchors and days of what is published are recorded. A build only reads it.

use super::Terminal;
use super::inputs::Publishing;
use crate::anchors::PATH;
use crate::diagnostic::Report;
use crate::files::{FileError, Sink, Sources};
use crate::pipeline;

/// Records the documents of the site as published today. From now on their anchors lead to their paragraphs, whatever
/// becomes of these. Does nothing while the archive has faults.
pub(super) fn record(publishing: Publishing<'_>, terminal: &Terminal) -> Result<(), FileError> {
    let (report, inputs) = (Report::new(), publishing.inputs);
    let model = publishing.linked(&report);
    if report.has_errors() {
        return Ok(());
    }
    let lock = pipeline::anchors(&model, &inputs.disk, inputs.today);
    let text = lock.to_text();
    let is_same = inputs.disk.read(PATH).is_ok_and(|bytes| bytes == text.as_bytes());
    if is_same || lock.is_empty() {
        return Ok(());
    }
    inputs.disk.put(PATH, text.as_bytes())?;
    terminal.say(format_args!("{PATH}: the anchors and days of what is published; commit it"));
    Ok(())
}
