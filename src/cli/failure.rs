//! How a command can fail, and the exit status of it.

use std::process::ExitCode;

use crate::diagnostic::Diagnostic;
use crate::files::FileError;
use crate::publish::{PublishError, file_diagnostic};
use crate::review::Unsettled;

/// How a command ends.
pub(super) type Done = Result<(), Failure>;

/// Why a command did not do what it is for. Its diagnostics are those that nobody has printed yet.
#[derive(Debug)]
pub(super) enum Failure {
    /// Faults in the archive's files.
    Faults(Vec<Diagnostic>),
    /// Wrong usage or environment.
    Environment(Vec<Diagnostic>),
    /// Ctrl-C.
    Interrupted,
}

impl Failure {
    /// Faults in the archive's files that were printed already.
    pub(super) fn told() -> Self {
        Self::Faults(Vec::new())
    }

    /// Wrong usage, with a remedy.
    pub(super) fn usage(message: impl Into<String>, help: impl Into<String>) -> Self {
        Self::Environment(vec![Diagnostic::error("", message).help(help)])
    }

    pub(super) fn diagnostics(&self) -> &[Diagnostic] {
        match self {
            Self::Faults(diagnostics) | Self::Environment(diagnostics) => diagnostics,
            Self::Interrupted => &[],
        }
    }

    pub(super) fn status(&self) -> ExitCode {
        match self {
            Self::Faults(_) => ExitCode::from(1),
            Self::Environment(_) => ExitCode::from(2),
            Self::Interrupted => ExitCode::from(super::interrupt::STATUS),
        }
    }
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        if super::interrupt::happened() {
            return Self::Interrupted;
        }
        let told = vec![file_diagnostic(&error)];
        match error.source.kind() {
            // A path that no host could serve comes from the archive's files.
            std::io::ErrorKind::InvalidFilename => Self::Faults(told),
            _ => Self::Environment(told),
        }
    }
}

impl From<Unsettled> for Failure {
    fn from(error: Unsettled) -> Self {
        match error {
            Unsettled::File(error) => error.into(),
            Unsettled::Faults(faults) => Self::Faults(faults),
        }
    }
}

impl From<PublishError> for Failure {
    fn from(error: PublishError) -> Self {
        match error {
            PublishError::File(error) => error.into(),
            PublishError::Clashes { .. } => Self::Faults(error.diagnostics()),
            _ => Self::Environment(error.diagnostics()),
        }
    }
}
