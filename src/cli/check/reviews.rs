//! Doubts that nobody has settled: one warning for each `[[review]]` of a document.

use crate::config::Config;
use crate::content::{Record, Review};
use crate::diagnostic::{Diagnostic, Position, Report};
use crate::disk::Disk;
use crate::files::Sources;
use crate::pipeline;

/// Reports the open reviews of all documents. What is wrong with the files is the build's to tell.
pub(super) fn check(disk: &Disk, config: &Config, report: &Report) {
    for entry in pipeline::load_content(disk, config, &Report::new()) {
        let Record::Document(document) = entry.record else { continue };
        if document.review.is_empty() {
            continue;
        }
        let Ok(bytes) = disk.read(&entry.path) else { continue };
        let text = String::from_utf8_lossy(&bytes);
        let seed = document.source.as_ref().and_then(|s| s.seed.as_deref());
        let lines = headings(&text).chain(std::iter::repeat(1));
        for (review, line) in document.review.iter().zip(lines) {
            let warning = warning(&entry.path, review, seed);
            report.push(warning.at(Position::of_line(&text, line)));
        }
    }
}

/// Lines of the `[[review]]` headings, counted from 1.
fn headings(text: &str) -> impl Iterator<Item = usize> {
    let lines = text.lines().enumerate();
    lines.filter(|(_, line)| line.trim() == "[[review]]").map(|(i, _)| i + 1)
}

fn warning(path: &str, review: &Review, seed: Option<&str>) -> Diagnostic {
    let warning =
        Diagnostic::warning(path, format!("`{}` is in doubt: {}", review.field, review.reason))
            .help("correct the field if need be, then delete this `[[review]]`");
    match (review.line, seed) {
        (Some(line), Some(seed)) => warning.note(format!("see seeds/{seed}, line {line}")),
        _ => warning,
    }
}
