//! `fonds completions`: a script for a shell, on stdout.

use clap::{Args, CommandFactory};
use clap_complete::Shell;

use super::{Done, Terminal};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The shell
    shell: Shell,
}

pub(super) fn run(arguments: &Arguments, terminal: &Terminal) -> Done {
    let mut script = Vec::new();
    let mut command = super::Arguments::command();
    clap_complete::generate(arguments.shell, &mut command, "fonds", &mut script);
    terminal.data(String::from_utf8_lossy(&script).trim_end());
    Ok(())
}
