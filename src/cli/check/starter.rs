//! Words that `fonds init` wrote and nobody changed: they say nothing of this archive, and readers would see them.

use super::super::init;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report};
use crate::disk::Disk;
use crate::files::Sources as _;

/// Reports texts and settings that are still those of a new archive.
pub(super) fn check(disk: &Disk, config: &Config, report: &Report) {
    for (path, starter) in init::TEXTS {
        let text = disk.read(path).unwrap_or_default();
        let text = String::from_utf8_lossy(&text).replace("\r\n", "\n");
        if text.trim() == starter.trim() {
            report.push(
                Diagnostic::warning(path, "the text is still the one that `fonds init` wrote")
                    .expected("words about this archive, since readers see the page")
                    .help("write them below the second `+++`, or remove the file"),
            );
        }
    }
    if config.title == init::TITLE {
        report.push(
            Diagnostic::warning(
                "config.toml",
                format!("the archive is still called `{}`", init::TITLE),
            )
            .expected("its own name: the title of every page, and in every citation")
            .help("change `title`, and `name` below `[archive]`"),
        );
    }
}
