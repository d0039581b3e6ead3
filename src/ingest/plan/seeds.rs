//! The seeds of an archive: found, read in parallel, each alone; bad ones named and set aside.

use std::collections::BTreeSet;

use rayon::prelude::*;
use regex::Regex;

use super::super::decode::Refusal;
use super::super::filename::{self, Pattern};
use super::super::furniture::Own;
use super::super::seed::{self, Seed};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report};
use crate::files::Sources;

/// Settings of ingest, compiled once.
pub(in crate::ingest) struct Rules {
    pub own: Own,
    pub names: Vec<Pattern>,
    ignore: Vec<Regex>,
}

impl Rules {
    /// Compiles the settings; faults go to `report`.
    pub(in crate::ingest) fn new(config: &Config, report: &Report) -> Self {
        let own = Own::new(&config.ingest.furniture);
        for (pattern, reason) in &own.faults {
            let reason = reason.lines().last().unwrap_or_default().trim().to_owned();
            report.push(
                Diagnostic::error(
                    "config.toml",
                    format!("`{pattern}` in `ingest.furniture` is not a regular expression"),
                )
                .note(reason)
                .expected("a line's text, or a regular expression between slashes")
                .help("see https://docs.rs/regex for what may stand between the slashes"),
            );
        }
        let names =
            config.ingest.filename.iter().filter_map(|setting| pattern(setting, report)).collect();
        let ignore = config
            .ingest
            .ignore
            .iter()
            .filter_map(|glob| Regex::new(&glob_regex(glob)).ok())
            .collect();
        Self { own, names, ignore }
    }

    fn ignores(&self, path: &str) -> bool {
        path.split('/').any(|part| part.starts_with('.'))
            || self.ignore.iter().any(|glob| glob.is_match(path))
    }
}

fn pattern(setting: &str, report: &Report) -> Option<Pattern> {
    match Pattern::new(setting) {
        Ok(pattern) => Some(pattern),
        Err(field) => {
            report.push(
                Diagnostic::error(
                    "config.toml",
                    format!("`{{{field}}}` in `ingest.filename` is not a field"),
                )
                .expected(format!("one of {}", filename::fields()))
                .help("write `filename = [\"{date}-{organization}\"]`"),
            );
            None
        }
    }
}

/// `letters/**/*.bak` as a regular expression.
fn glob_regex(glob: &str) -> String {
    let escaped = regex::escape(glob)
        .replace(r"\*\*/", "(?:.*/)?")
        .replace(r"\*\*", ".*")
        .replace(r"\*", "[^/]*")
        .replace(r"\?", "[^/]");
    format!("^{escaped}$")
}

/// All seeds that could be read, sorted by path, and the paths of all that there are.
pub(super) fn read_all(
    sources: &dyn Sources,
    config: &Config,
    report: &Report,
) -> (Vec<Seed>, BTreeSet<String>) {
    let rules = Rules::new(config, report);
    let paths: Vec<String> = sources
        .list("seeds", report)
        .iter()
        .filter_map(|path| path.strip_prefix("seeds/"))
        .filter(|path| !rules.ignores(path))
        .map(str::to_owned)
        .collect();
    let seeds = paths
        .par_iter()
        .filter_map(|path| read_one(sources, path, config, &rules, report))
        .collect();
    (seeds, paths.into_iter().collect())
}

/// Reads one seed, or says why it cannot be read.
pub(in crate::ingest) fn read_one(
    sources: &dyn Sources,
    path: &str,
    config: &Config,
    rules: &Rules,
    report: &Report,
) -> Option<Seed> {
    let full = format!("seeds/{path}");
    if path.chars().any(char::is_control) {
        report.push(
            Diagnostic::error(full, "the seed's name has a control character")
                .expected("a name that can stand in one line of text")
                .help("rename the file"),
        );
        return None;
    }
    let bytes = match sources.read(&full) {
        Ok(bytes) => bytes,
        Err(error) => {
            report.push(
                Diagnostic::error(full, error.to_string())
                    .expected("a file that can be read")
                    .help("check its permissions, or name it in `ignore` below `[ingest]` in config.toml"),
            );
            return None;
        }
    };
    match seed::read(path, &bytes, config, &rules.own, &rules.names) {
        Ok(seed) => Some(seed),
        Err(refusal) => {
            report.push(refused(full, refusal));
            None
        }
    }
}

fn refused(path: String, refusal: Refusal) -> Diagnostic {
    let message = match refusal {
        Refusal::Empty => "the seed is empty",
        Refusal::Binary => "the seed is not a text",
    };
    Diagnostic::error(path, message)
        .expected("a text in UTF-8, UTF-16 or a common older encoding")
        .help("convert it to text, or name it in `ignore` below `[ingest]` in config.toml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn globs_stay_in_their_folder_unless_doubled() {
        let matches =
            |glob: &str, path: &str| Regex::new(&glob_regex(glob)).unwrap().is_match(path);
        assert!(matches("*.bak", "a.bak") && !matches("*.bak", "x/a.bak"));
        assert!(matches("**/*.bak", "x/y/a.bak") && matches("**/*.bak", "a.bak"));
        assert!(matches("old/**", "old/a/b.txt"));
    }
}
