//! In what form commands print what they found: for people, or for machines.

use clap::ValueEnum;
use serde::Serialize;
use serde_json::Value;

use crate::diagnostic::Diagnostic;

/// The form of what goes to stdout.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people
    Text,
    /// JSON
    Json,
}

/// Values as a JSON array, one a line.
pub(super) fn lines(values: &[impl Serialize]) -> String {
    let lines: Vec<String> = values
        .iter()
        .map(|value| serde_json::to_string(value).expect("texts and numbers are always JSON"))
        .collect();
    if lines.is_empty() { "[]".to_owned() } else { format!("[\n{}\n]", lines.join(",\n")) }
}

/// A summary as a JSON object, with the diagnostics of the run.
pub(super) fn summary(mut facts: Value, diagnostics: &[Diagnostic]) -> String {
    facts["diagnostics"] =
        serde_json::to_value(diagnostics).expect("texts and numbers are always JSON");
    serde_json::to_string_pretty(&facts).expect("a value is always JSON")
}
