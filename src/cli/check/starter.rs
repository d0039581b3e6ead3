//! Words that `fonds init` wrote and nobody changed: they say nothing of this archive, and readers would see them.

use super::super::init;
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report};
use crate::disk::Disk;
use crate::files::Sources as _;

/// Reports texts and settings that are still those of a new archive.
///
/// A new archive may be looked at, so that they are warnings as long as it goes nowhere: its address is an example, and
/// `[publish]` is not set. After that they are errors.
pub(super) fn check(disk: &Disk, config: &Config, report: &Report) {
    let goes_somewhere = config.publish.target.is_some() || !is_example(&config.base_url);
    for fault in faults(disk, config) {
        report.push(if goes_somewhere { fault } else { fault.as_warning() });
    }
}

/// What is still as `fonds init` wrote it: errors, since it must not be published.
pub(in crate::cli) fn faults(disk: &Disk, config: &Config) -> Vec<Diagnostic> {
    let is_starter = |path: &str, starter: &str| {
        let text = disk.read(path).unwrap_or_default();
        String::from_utf8_lossy(&text).replace("\r\n", "\n").trim() == starter.trim()
    };
    let text = |path: &str| {
        Diagnostic::error(path, "the text is still the one that `fonds init` wrote")
            .expected("words about this archive, since readers see the page")
            .help("write them below the second `+++`, or remove the file")
    };
    let starters = init::TEXTS.iter().filter(|(path, starter)| is_starter(path, starter));
    let mut faults: Vec<Diagnostic> = starters.map(|(path, _)| text(path)).collect();
    if [&*config.title, config.archive_name()].contains(&init::TITLE) {
        let message = format!("the archive is still called `{}`", init::TITLE);
        faults.push(
            Diagnostic::error("config.toml", message)
                .expected("its own name: the title of every page, and in every citation")
                .help("change `title`, and `name` below `[archive]`"),
        );
    }
    faults
}

/// Whether an address is one of those that are kept for examples.
/// Source: RFC 2606, section 3.
fn is_example(base_url: &str) -> bool {
    let host = base_url.split_once("://").map_or(base_url, |(_, rest)| rest);
    let host = host.split(['/', ':']).next().unwrap_or_default();
    let last_two = host.rsplitn(3, '.').take(2).collect::<Vec<_>>();
    matches!(last_two[..], ["org" | "com" | "net", "example"]) || host.is_empty()
}
