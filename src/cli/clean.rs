//! `fonds clean`: deletes the site that builds wrote, and nothing of others.

use super::build::Output;
use super::inputs::open_disk;
use super::record;
use super::words::counted;
use super::{Failure, Global, Terminal};
use crate::diagnostic::Report;
use crate::{pipeline, publish};

pub(super) fn run(global: &Global, terminal: &Terminal) -> Result<(), Failure> {
    let disk = open_disk(global)?;
    let report = Report::new();
    let config = pipeline::load_config(&disk, &report);
    if report.has_errors() {
        return Err(Failure::Faults(report.sorted()));
    }
    let output = Output::of(&disk, &config, None)?;
    let cleaned = publish::clean(&output.path, &output.shown)?;
    record::forget_all(&disk)?;
    terminal.say(format_args!("{}: {} deleted", output.shown, counted(cleaned.removed, "file")));
    if cleaned.kept > 0 {
        let kept = counted(cleaned.kept, "file");
        terminal.say(format_args!("{kept} that fonds did not write stayed in `{}`", output.shown));
    }
    Ok(())
}
