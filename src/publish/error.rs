//! Why a site cannot be published, and what to do about it.

use std::io::ErrorKind;

use crate::diagnostic::Diagnostic;
use crate::files::FileError;

/// Why a site was not published.
#[derive(Debug, thiserror::Error)]
pub enum PublishError {
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// Where the site's folder should be is something else.
    #[error("`{path}` is {found}, not a folder")]
    NotAFolder {
        /// The path of the site's folder.
        path: String,
        /// What is there.
        found: &'static str,
    },
    /// A folder that is to be made is there already, and not empty.
    #[error("`{0}` already exists")]
    Exists(String),
    /// Another build holds the lock.
    #[error("another build is writing `{0}`")]
    Busy(String),
    /// The folder is a mount point or the root of a file system.
    #[error("`{0}` cannot be replaced, since it is the root of a file system")]
    NotReplaceable(String),
    /// Files that the program did not write are where the build has files of its own.
    #[error("files in `{folder}` are in the way")]
    Clashes {
        /// The site's folder.
        folder: String,
        /// Their paths below it.
        paths: Vec<String>,
    },
}

impl PublishError {
    /// The messages for the user, one for each fault.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        if let Self::Clashes { folder, paths } = self {
            return paths.iter().map(|path| clash(folder, path)).collect();
        }
        let told = Diagnostic::error("", self.to_string());
        vec![match self {
            Self::File(error) => file_diagnostic(error),
            Self::NotAFolder { .. } => told
                .expected("a folder, which each build replaces")
                .help("move it away, or choose another folder with `--output-dir`"),
            Self::Exists(_) => told
                .expected("no folder, or an empty one")
                .help("name another folder, or delete this one"),
            Self::Busy(_) => told.help("wait until it finishes, then build again"),
            _ => told
                .expected("a folder that can be renamed")
                .help("choose a folder below it with `--output-dir`"),
        }]
    }
}

/// The message for a file that cannot be read or written.
pub fn file_diagnostic(error: &FileError) -> Diagnostic {
    let told = Diagnostic::error("", error.to_string());
    match error.source.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            told.help("free some disk space, then run it again")
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => told
            .help("grant yourself write permission, or choose another folder with `--output-dir`"),
        ErrorKind::InvalidFilename => told.help(
            "rename the file that it comes from, in `static/`, `seeds/`, `content/` or the theme",
        ),
        ErrorKind::NotADirectory => told.help("move the file that is in place of a folder"),
        _ => told,
    }
}

fn clash(folder: &str, path: &str) -> Diagnostic {
    let path = format!("{folder}/{path}");
    Diagnostic::error(&path, format!("`{path}` is in the way of a file of the site"))
        .note("fonds did not write it, so it does not replace it")
        .expected("nothing here, or a file that an earlier build wrote")
        .help("move it away; put your own files in `static/`")
}
