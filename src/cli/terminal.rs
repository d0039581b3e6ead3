//! The one place that prints: data to stdout, talk to stderr, with colours where they are wanted.
//!
//! A reader that has gone away (`fonds stats | head`) is no fault of ours, so a failed write is none.

use std::fmt::Display;
use std::io::{ErrorKind, IsTerminal, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crate::diagnostic::{Diagnostic, Severity};

use super::{Color, Global, words};

/// Whether data could not be written.
static LOST: AtomicBool = AtomicBool::new(false);

/// Where a command talks to its user.
#[derive(Debug, Clone, Copy)]
pub(super) struct Terminal {
    quiet: bool,
    verbose: bool,
}

impl Terminal {
    pub(super) fn new(global: &Global) -> Self {
        let choice = match global.color {
            Color::Auto => anstream::ColorChoice::Auto,
            Color::Always => anstream::ColorChoice::Always,
            Color::Never => anstream::ColorChoice::Never,
        };
        choice.write_global();
        Self { quiet: global.quiet, verbose: global.verbose }
    }

    /// What a command is for.
    pub(super) fn data(&self, text: impl Display) {
        let mut out = anstream::stdout().lock();
        match writeln!(out, "{text}").and_then(|()| out.flush()) {
            // Once is enough.
            Err(error)
                if error.kind() != ErrorKind::BrokenPipe && !LOST.swap(true, Ordering::Relaxed) =>
            {
                talk(format_args!("error: cannot write to the standard output: {error}"));
            }
            _ => {}
        }
    }

    /// Whether some of the data came nowhere, since a disk is full.
    pub(super) fn has_lost_data() -> bool {
        LOST.load(Ordering::Relaxed)
    }

    /// A line of talk.
    pub(super) fn say(&self, text: impl Display) {
        if !self.quiet {
            talk(text);
        }
    }

    /// A line of talk that is too much for most.
    pub(super) fn detail(&self, text: impl Display) {
        if self.verbose {
            talk(text);
        }
    }

    /// Whether somebody watches, and wants to.
    pub(super) fn shows_progress(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// Faults, each with an empty line behind it.
    pub(super) fn diagnostics(&self, diagnostics: &[Diagnostic]) {
        for diagnostic in diagnostics {
            talk(format_args!("{}\n", diagnostic.render_styled()));
        }
    }

    /// All that a run has to report, and a line that counts it and says what it means.
    ///
    /// `--quiet` leaves errors only.
    pub(super) fn faults(&self, diagnostics: &[Diagnostic], consequence: &str) {
        let errors: Vec<Diagnostic>;
        let diagnostics = if self.quiet {
            errors =
                diagnostics.iter().filter(|d| d.severity == Severity::Error).cloned().collect();
            &errors
        } else {
            diagnostics
        };
        self.diagnostics(diagnostics);
        if let Some(count) = count(diagnostics) {
            talk(if consequence.is_empty() { count } else { format!("{count}; {consequence}") });
        }
    }
}

fn talk(text: impl Display) {
    let mut err = anstream::stderr().lock();
    let _ = writeln!(err, "{text}");
}

/// `2 errors, 1 warning`; nothing if there are none.
fn count(diagnostics: &[Diagnostic]) -> Option<String> {
    let of = |severity| diagnostics.iter().filter(|d| d.severity == severity).count();
    let counts = [(of(Severity::Error), "error"), (of(Severity::Warning), "warning")];
    let parts: Vec<String> =
        counts.iter().filter(|(n, _)| *n > 0).map(|(n, noun)| words::counted(*n, noun)).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
