//! `fonds init`: a new archive that builds at once. Nothing that exists is written over.

use std::path::PathBuf;

use clap::Args;

use super::{Done, Failure, Global, Terminal};
use crate::disk::{self, Disk};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Folder to create it in
    #[arg(default_value = ".", hide_default_value = true)]
    dir: PathBuf,
}

/// The pages of a new archive, to be written anew by its people.
pub(super) const TEXTS: [(&str, &str); 2] = [
    ("content/index.md", include_str!("init/index.md")),
    ("content/pages/about.md", include_str!("init/about.md")),
];
/// The title of a new archive.
pub(super) const TITLE: &str = "Our Archive";

/// The files of a new archive.
const FILES: [(&str, &str); 6] = [
    ("config.toml", include_str!("init/config.toml")),
    ("content/index.md", include_str!("init/index.md")),
    ("content/pages/about.md", include_str!("init/about.md")),
    ("seeds/1921-03-14-example.txt", include_str!("init/seed.txt")),
    (".gitignore", include_str!("init/gitignore")),
    (".gitattributes", include_str!("init/gitattributes")),
];

pub(super) fn run(global: &Global, arguments: &Arguments, terminal: &Terminal) -> Done {
    let folder = global.root().join(&arguments.dir);
    disk::create_folder(&folder)?;
    let disk = Disk::open(&folder)?;
    if disk.exists("config.toml") {
        return Err(Failure::usage(
            format!("{} is already an archive: it has a `config.toml`", shown(&arguments.dir)),
            "choose another folder, or run `fonds build` in this one",
        ));
    }
    let has_seeds = disk.exists("seeds");
    for (path, text) in FILES {
        if path.starts_with("seeds/") && has_seeds {
            terminal.say("left seeds/ as it is");
        } else if disk.write_new(path, text.as_bytes())? {
            terminal.say(format_args!("made {path}"));
        } else {
            terminal.say(format_args!("left {path} as it is"));
        }
    }
    let go = match arguments.dir == std::path::Path::new(".") {
        true => String::new(),
        false => format!("go to {}, ", shown(&arguments.dir)),
    };
    terminal.say(format_args!(
        "next: {go}put texts into seeds/, set base_url in config.toml, and run `fonds serve`"
    ));
    Ok(())
}

fn shown(dir: &std::path::Path) -> String {
    if dir == std::path::Path::new(".") {
        "this folder".to_owned()
    } else {
        format!("`{}`", dir.display())
    }
}
