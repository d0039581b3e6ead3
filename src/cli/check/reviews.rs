//! Doubts that nobody has settled: one warning for each `[[review]]` of a file.

use crate::cli::words::visible;
use crate::content::Entry;
use crate::diagnostic::{Diagnostic, Position, Report};
use crate::disk::Disk;
use crate::files::Sources;
use crate::review::{self, Doubt, Reviewed};

/// Reports the open reviews of all files.
pub(super) fn check(disk: &Disk, entries: &[Entry], report: &Report) {
    for doubt in review::doubts(disk, entries.iter().filter_map(Reviewed::entry)) {
        let bytes = disk.read(&doubt.path).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes);
        report.push(warning(&doubt).at(Position::of_line(&text, doubt.line)));
    }
}

fn warning(doubt: &Doubt) -> Diagnostic {
    let message = format!("`{}` is in doubt: {}", doubt.field, doubt.reason);
    let warning = Diagnostic::warning(doubt.path.clone(), message).help(format!(
        "correct the field if necessary, then run `fonds review accept {} {}`",
        doubt.path, doubt.field
    ));
    match &doubt.evidence {
        Some(evidence) => {
            let line = format!("see {}, line {}", evidence.seed, evidence.line);
            warning.note(match evidence.text.as_deref().filter(|text| !text.is_empty()) {
                Some(text) => format!("{line}: {}", visible(text)),
                None => line,
            })
        }
        None => warning,
    }
}
