//! `fonds clean`: deletes the site that builds wrote, and nothing else.

use super::build::Output;
use super::inputs::Opened;
use super::record;
use super::words::counted;
use super::{Done, Global, Terminal};
use crate::publish;

pub(super) fn run(global: &Global, terminal: &Terminal) -> Done {
    let Opened { disk, config, .. } = Opened::without_faults(global)?;
    let output = Output::of(&disk, &config, None)?;
    let cleaned = publish::clean(&output.path, &output.shown)?;
    record::forget_all(&disk)?;
    terminal.say(format_args!("{}: {} deleted", output.shown, counted(cleaned.removed, "file")));
    if cleaned.kept > 0 {
        let kept = counted(cleaned.kept, "file");
        terminal.say(format_args!("{kept} that fonds did not write remain in `{}`", output.shown));
    }
    Ok(())
}
