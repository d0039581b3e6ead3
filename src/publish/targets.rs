//! Places that a finished site is published to, by what they hold already: only what changed is sent.
//!
//! A target is one file beside this one, which implements [`Target`], and a line in [`TARGETS`]. It is handed a
//! site whose checksums are known, and what of it is new; it never sees what the files mean.

#![expect(clippy::disallowed_methods, reason = "reads the site, and brings it elsewhere")]

mod azure;
mod folder;
mod git;
mod objects;
mod program;
mod remote;
mod rsync;
mod s3;
mod sftp;
mod site;
mod store;

use std::path::Path;

pub use site::{Change, FinishedSite, Sent};

use super::{Checksums, PublishError, VerifyError};
use crate::config::PublishSettings;
use crate::diagnostic::{Diagnostic, nearest};
use crate::disk;
use crate::files::FileError;

/// A place that a site is published to.
pub trait Target {
    /// Where it is, as users know it.
    fn shown(&self) -> String;

    /// Keeps other publishers away for as long as this target is used. What needs no such thing refuses the later
    /// one of two when it sends. `take_over` says that a lease which is there was left by a run that is over.
    ///
    /// # Errors
    ///
    /// If another publisher is at work, or the target cannot be reached.
    fn lease(&mut self, _take_over: bool) -> Result<(), TargetError> {
        Ok(())
    }

    /// The checksums of the files that it holds of an earlier site; none if it never held one. Of files that a run before
    /// left in doubt, it may ask whether they are those of the site that is to be sent.
    fn held(&mut self, site: &FinishedSite) -> Result<Option<Checksums>, TargetError>;

    /// Makes it hold the site: first what pages need, then pages, then removals.
    ///
    /// # Errors
    ///
    /// If the target cannot take it. Then it holds the old site, or [`Target::held`] knows what it may hold.
    fn send(
        &mut self,
        site: &FinishedSite,
        change: &Change,
        listener: &dyn Listener,
    ) -> Result<(), TargetError>;
}

/// Hears how far a target is, and says when to stop.
pub trait Listener: Sync {
    /// So many files more were sent or removed.
    fn sent(&self, files: usize);

    /// Whether to stop before the next file.
    fn is_stopped(&self) -> bool;
}

/// Why a site was not published.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// A folder cannot take it.
    #[error(transparent)]
    Publish(#[from] PublishError),
    /// A file cannot be read or written.
    #[error(transparent)]
    File(#[from] FileError),
    /// A file of the site is not the one that the build wrote.
    #[error("`{0}` is not the file that the build wrote")]
    Altered(String),
    /// Another publisher is at work.
    #[error("another publisher is at work on {place}{}", .holder.as_ref().map(|h| format!(": {h}")).unwrap_or_default())]
    Leased {
        /// Where.
        place: String,
        /// What it says of itself.
        holder: Option<String>,
    },
    /// A program that was called failed.
    #[error("`{program}` failed: {said}")]
    Program {
        /// Its name.
        program: &'static str,
        /// What it said, without secrets.
        said: String,
    },
    /// A store does not take it.
    #[error("{said}")]
    Store {
        /// What it said, without secrets.
        said: String,
        /// What to do about it.
        help: String,
    },
    /// The user stopped it.
    #[error("stopped before the end")]
    Stopped,
}

impl TargetError {
    /// The message for the user.
    pub fn diagnostics(&self) -> Vec<Diagnostic> {
        let told = Diagnostic::error("", self.to_string());
        vec![match self {
            Self::Publish(error) => return error.diagnostics(),
            Self::File(error) => super::file_diagnostic(error),
            Self::Altered(_) => told.help("delete it, run `fonds build`, then publish again"),
            Self::Leased { .. } => told.help(
                "wait until it has ended; if it was killed, publish again with `--take-over`",
            ),
            Self::Stopped => told.help("publish again: the next run completes it"),
            Self::Store { help, .. } => told
                .note("the published site is unchanged, or the next run completes it")
                .help(help),
            Self::Program { program, .. } => told
                .note("the published site is unchanged, or the next run completes it")
                .help(format!(
                    "see that `{program}` can reach the address without fonds, then publish again"
                )),
        }]
    }
}

impl From<VerifyError> for TargetError {
    fn from(error: VerifyError) -> Self {
        match error {
            VerifyError::File(error) => Self::File(error),
            other => Self::Altered(other.to_string()),
        }
    }
}

/// What a target is opened with.
struct Place<'a> {
    /// The archive's folder, from which paths start.
    root: &'a Path,
    address: &'a str,
    branch: Option<&'a str>,
    endpoint: Option<&'a str>,
    region: Option<&'a str>,
}

/// Opens a target; says what is wrong with its address, and what it should be, if it is none.
type Open = fn(&Place<'_>) -> Result<Box<dyn Target>, Wrong>;

/// What is wrong with a setting.
struct Wrong {
    key: &'static str,
    why: &'static str,
    expected: &'static str,
    example: &'static str,
}

/// What is wrong with an address, what is expected, an example.
impl From<(&'static str, &'static str, &'static str)> for Wrong {
    fn from((why, expected, example): (&'static str, &'static str, &'static str)) -> Self {
        Self { key: "address", why, expected, example }
    }
}

/// Every kind of target, by the name that `target` has in `[publish]`.
const TARGETS: [(&str, Open); 6] = [
    ("folder", folder::open),
    ("git", git::open),
    ("rsync", rsync::open),
    ("sftp", sftp::open),
    ("s3", s3::open),
    ("azure", azure::open),
];

/// The target of the settings of an archive.
///
/// # Errors
///
/// What is wrong with the settings. It never shows an address that may hold a secret.
pub fn open_target(
    settings: &PublishSettings,
    root: &Path,
) -> Result<Box<dyn Target>, Box<Diagnostic>> {
    let fault = |message: String| Diagnostic::error("config.toml", message);
    let names: Vec<String> = TARGETS.iter().map(|(name, _)| format!("`{name}`")).collect();
    let expected = format!("one of {}", names.join(", "));
    let Some(name) = &settings.target else {
        return Err(Box::new(fault("`[publish]` names no target".to_owned())
            .expected(expected)
            .help("write `[publish]`, and below it `target = \"folder\"` and `address = \"/srv/www/archive\"`")));
    };
    let Some((_, open)) = TARGETS.iter().find(|(known, _)| known == name) else {
        let near = nearest(name, TARGETS.iter().map(|(name, _)| *name)).unwrap_or("folder");
        return Err(Box::new(
            fault(format!("`{name}` is no target to publish to"))
                .expected(expected)
                .help(format!("write `target = \"{near}\"`")),
        ));
    };
    let address = settings.address.as_deref().unwrap_or_default();
    let (branch, endpoint) = (settings.branch.as_deref(), settings.endpoint.as_deref());
    for (key, text) in [("address", address), ("endpoint", endpoint.unwrap_or_default())] {
        if holds_secret(text) {
            return Err(Box::new(fault(format!("the `{key}` in `[publish]` holds a password"))
                .expected("an address without one: the settings are read by many")
                .help("take it out, and change it; let the system keep it: an ssh key, git's credential helper, the environment")));
        }
    }
    let region = settings.region.as_deref();
    open(&Place { root, address, branch, endpoint, region }).map_err(|wrong| {
        let Wrong { key, why, expected, example } = wrong;
        let fault = fault(format!("the `{key}` in `[publish]` {why}")).expected(expected);
        Box::new(fault.help(format!("write `{key} = \"{example}\"`")))
    })
}

/// Whether a folder is one of the archive's own, or the archive is in it: a site must not be put there.
fn is_own(root: &Path, folder: &Path) -> bool {
    let own = [".fonds", ".git", "config.toml", "content", "seeds", "static", "themes"];
    disk::resolve(folder).is_ok_and(|folder| {
        root.starts_with(&folder) || own.iter().any(|name| folder.starts_with(root.join(name)))
    })
}

/// What is wrong with a folder that is.
const OWN: Wrong = Wrong {
    key: "address",
    why: "is where the archive's own files are",
    expected: "a folder for the site alone",
    example: "/srv/www/archive",
};

/// Whether an address has a password in it, as in `https://name:password@host/`.
fn holds_secret(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split('/').next().unwrap_or_default();
    let user = authority.rsplit_once('@').map(|(user, _)| user);
    let is_web = address.starts_with("http://") || address.starts_with("https://");
    user.is_some_and(|user| user.contains(':') || is_web && !user.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn settings(target: &str, address: &str) -> PublishSettings {
        let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
        PublishSettings { target: some(target), address: some(address), ..Default::default() }
    }

    fn fault(target: &str, address: &str) -> Option<Box<Diagnostic>> {
        open_target(&settings(target, address), Path::new("/archive")).err()
    }

    #[test]
    fn every_target_knows_its_addresses() {
        for (target, address) in [
            ("folder", "/srv/www/letters"),
            ("folder", "../www"),
            ("git", "git@example.org:letters.git"),
            ("git", "https://example.org/letters.git"),
            ("git", "ssh://git@example.org/letters.git"),
            ("git", "/srv/git/letters.git"),
            ("rsync", "me@example.org:/var/www/letters"),
            ("rsync", "/mnt/copy"),
            ("sftp", "me@example.org:/var/www/letters"),
            ("s3", "letters"),
            ("s3", "letters.example.org/archive/1921/"),
            ("azure", "$web"),
            ("azure", "$web/archive"),
            ("azure", "letters-2/archive/"),
        ] {
            assert_eq!(fault(target, address), None, "{target} {address}");
        }
        for (target, address) in [
            ("", ""),
            ("s4", "bucket"),
            ("s3", ""),
            ("s3", "/archive"),
            ("s3", "s3://letters/archive"),
            ("s3", "letters?acl/archive"),
            ("s3", "letters/../other"),
            ("azure", ""),
            ("azure", "Letters"),
            ("azure", "le--tters"),
            ("azure", "https://letters.blob.core.windows.net/$web"),
            ("azure", "$web/../other"),
            ("folder", ""),
            ("git", ""),
            ("git", "--upload-pack=touch x"),
            ("git", "ext::sh -c id"),
            ("rsync", ""),
            ("rsync", "-e id host:/a"),
            ("rsync", "-oProxyCommand=id:/a"),
            ("rsync", "host::module"),
            ("rsync", "rsync://host/module"),
            ("sftp", "/mnt/copy"),
            ("sftp", "-oProxyCommand=id:/a"),
            ("sftp", "host:a\nb"),
        ] {
            assert!(fault(target, address).is_some(), "{target} {address}");
        }
    }

    #[test]
    fn a_password_in_an_address_is_refused_and_not_shown() {
        for address in [
            "https://me:hunter2@example.org/a.git",
            "https://hunter2@example.org/a.git",
            "ssh://me:hunter2@example.org/a",
            "me:hunter2@example.org:/a",
        ] {
            for target in ["git", "rsync", "sftp", "folder", "s3"] {
                let told = fault(target, address).unwrap().render();
                assert!(told.contains("holds a password") && !told.contains("hunter2"), "{told}");
            }
        }
    }
}
