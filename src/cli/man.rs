//! `fonds man DIR`: a manual page for each command.

use std::path::PathBuf;

use clap::{Args, Command, CommandFactory};
use clap_mangen::Man;

use super::words::counted;
use super::{Done, Terminal};
use crate::disk::{self, Disk};
use crate::files::Sink;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Folder to write them to
    dir: PathBuf,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Done {
    disk::create_folder(&arguments.dir)?;
    let disk = Disk::open(&arguments.dir)?;
    let mut command = super::Arguments::command().disable_help_subcommand(true);
    command.build();
    let mut pages = Vec::new();
    collect(&command, &mut pages);
    for (name, text) in &pages {
        disk.put(name, text)?;
    }
    terminal.say(format_args!(
        "{}: {}",
        arguments.dir.display(),
        counted(pages.len(), "manual page")
    ));
    Ok(())
}

/// The pages of a command and of those below it: `fonds.1`, `fonds-theme.1`, `fonds-theme-eject.1`.
fn collect(command: &Command, pages: &mut Vec<(String, Vec<u8>)>) {
    let page = Man::new(command.clone());
    let mut text = Vec::new();
    page.render(&mut text).expect("memory takes everything");
    pages.push((page.get_filename(), text));
    for inner in command.get_subcommands().filter(|inner| !inner.is_hide_set()) {
        collect(inner, pages);
    }
}
