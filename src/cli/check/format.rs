//! Diagnostics for machines.

use crate::diagnostic::{Diagnostic, Severity};

/// A workflow command of GitHub Actions.
pub(super) fn github(diagnostic: &Diagnostic) -> String {
    let command = match diagnostic.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
    };
    let mut properties = Vec::new();
    if !diagnostic.path.is_empty() {
        properties.push(format!("file={}", property(&diagnostic.path)));
    }
    if let Some(position) = &diagnostic.position {
        properties.push(format!("line={},col={}", position.line, position.column));
    }
    let mut lines = vec![diagnostic.message.clone()];
    lines.extend(diagnostic.notes.iter().map(|note| format!("note: {note}")));
    lines.extend(diagnostic.expected.iter().map(|text| format!("expected: {text}")));
    lines.extend(diagnostic.help.iter().map(|text| format!("help: {text}")));
    format!("::{command} {}::{}", properties.join(","), escaped(&lines.join("\n")))
}

fn escaped(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

fn property(text: &str) -> String {
    escaped(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Position;

    #[test]
    fn a_workflow_command_is_one_line() {
        let diagnostic = Diagnostic::error("content/a,b.md", "100% wrong")
            .at(Position::of("a\nb", 2..3))
            .help("mend it");
        assert_eq!(
            github(&diagnostic),
            "::error file=content/a%2Cb.md,line=2,col=1::100%25 wrong%0Ahelp: mend it"
        );
    }
}
