//! A folder of a host that takes nothing but SFTP. Each file is sent under a name of its own and renamed, so that it
//! is replaced in one step; the whole is not, as with `rsync`. Calls `sftp`, which knows the user's keys.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::process::Command;

use super::program::{failure, output, run};
use super::remote::{HOLDER, LEASE, OverNetwork, Remote};
use super::rsync::{is_host, read, temporary};
use super::{FinishedSite, Listener, Place, Target, TargetError, Wrong};
use crate::files::FileError;

const SFTP: &str = "sftp";

struct Folder {
    /// `user@host`.
    host: String,
    path: String,
    address: String,
}

/// Opens a folder.
pub(super) fn open(place: &Place<'_>) -> Result<Box<dyn Target>, Wrong> {
    let example = "user@example.org:/var/www/archive";
    let (host, path) = place.address.split_once(':').unwrap_or_default();
    if !is_host(host) || path.is_empty() || path.chars().any(char::is_control) {
        return Err(("is not one that `sftp` reaches", "a host and a path on it", example).into());
    }
    let path = path.trim_end_matches('/').to_owned();
    let folder = Folder { host: host.to_owned(), path, address: place.address.to_owned() };
    Ok(Box::new(OverNetwork::new(folder, place.root)))
}

impl Folder {
    /// Makes the place if need be, and a new folder in it; whether there was none.
    fn make_folder(&self, path: &str) -> Result<bool, TargetError> {
        let ways = self.path.match_indices('/').map(|(end, _)| &self.path[..end]);
        let mut commands = String::from("pwd\n");
        for folder in ways.filter(|way| !way.is_empty()).chain([self.path.as_str()]) {
            let _ = writeln!(commands, "-mkdir {}", quoted(folder));
        }
        let _ = writeln!(commands, "cd {}", quoted(&self.path));
        self.run(&commands)?;
        let output =
            output(SFTP, &mut self.sftp(), format!("mkdir {}\n", self.there(path)).as_bytes())?;
        match output.status.success() {
            true => Ok(true),
            // It is there, or the host has gone.
            false => match self.run(&format!("cd {}\n", self.there(path))) {
                Ok(()) => Ok(false),
                Err(_) => Err(failure(SFTP, &output)),
            },
        }
    }

    fn sftp(&self) -> Command {
        let mut command = Command::new(SFTP);
        command.args(["-q", "-b", "-", "--", &self.host]);
        command
    }

    /// Runs commands, of which those that begin with `-` may fail.
    fn run(&self, commands: &str) -> Result<(), TargetError> {
        run(SFTP, &mut self.sftp(), commands.as_bytes()).map(drop)
    }

    /// A path of the place as a command takes it.
    fn there(&self, path: &str) -> String {
        quoted(&format!("{}/{path}", self.path))
    }
}

/// A path as `sftp` takes it for one word. Between quotes it knows no patterns.
fn quoted(path: &str) -> String {
    let mut text = String::from("\"");
    for c in path.chars() {
        if "\\\"".contains(c) {
            text.push('\\');
        }
        text.push(c);
    }
    text + "\""
}

/// Folders of paths, each after the one that it is in.
fn folders<'a>(paths: &[&'a str]) -> BTreeSet<&'a str> {
    crate::publish::tree::folders_of(paths.iter().copied()).into_iter().collect()
}

impl Remote for Folder {
    fn shown(&self) -> String {
        format!("the folder `{}`", self.address)
    }

    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, TargetError> {
        let (folder, file) = temporary()?;
        // The first tells a host that does not answer from a file that is not there.
        let commands =
            format!("pwd\n-get {} {}\n", self.there(path), quoted(&file.display().to_string()));
        self.run(&commands)?;
        let got = file.is_file().then(|| read(&file)).transpose()?;
        drop(folder);
        Ok(got)
    }

    fn take(&self, holder: &[u8]) -> Result<bool, TargetError> {
        let is_new = self.make_folder(LEASE)?;
        if is_new {
            self.put(HOLDER, holder)?;
        }
        Ok(is_new)
    }

    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), TargetError> {
        let (folder, file) = temporary()?;
        let fault =
            |source| FileError { action: "write", path: file.display().to_string(), source };
        std::fs::write(&file, bytes).map_err(fault)?;
        let (here, there) = (quoted(&file.display().to_string()), self.there(path));
        let new = self.there(&format!("{path}.new"));
        let put = self.run(&format!("put {here} {new}\nrename {new} {there}\n"));
        drop(folder);
        put
    }

    fn send(
        &self,
        site: &FinishedSite,
        paths: &[&str],
        listener: &dyn Listener,
    ) -> Result<(), TargetError> {
        let mut commands = String::new();
        for folder in folders(paths) {
            let _ = writeln!(commands, "-mkdir {}", self.there(folder));
        }
        // All are sent before the first is renamed, so that both sites are seen for a short time only.
        let new = |number: usize| self.there(&format!("{LEASE}/{number}"));
        for (number, path) in paths.iter().enumerate() {
            let here = quoted(&site.path_of(path).display().to_string());
            let _ = writeln!(commands, "put {here} {}", new(number));
            let _ = writeln!(commands, "-chmod 644 {}", new(number));
        }
        for (number, path) in paths.iter().enumerate() {
            let _ = writeln!(commands, "rename {} {}", new(number), self.there(path));
        }
        self.run(&commands)?;
        listener.sent(paths.len());
        Ok(())
    }

    fn remove(&self, paths: &[&str], listener: &dyn Listener) -> Result<(), TargetError> {
        let mut commands = String::from("pwd\n");
        for path in paths {
            let _ = writeln!(commands, "-rm {}", self.there(path));
        }
        // Only folders that are empty now are removed.
        for folder in folders(paths).into_iter().rev() {
            let _ = writeln!(commands, "-rmdir {}", self.there(folder));
        }
        self.run(&commands)?;
        listener.sent(paths.len());
        Ok(())
    }

    fn release(&self) -> Result<(), TargetError> {
        let lease = self.there(LEASE);
        let files = format!("{}/{LEASE}/*", quoted(&self.path));
        self.run(&format!("pwd\n-rm {files}\n-rmdir {lease}\n"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_no_patterns() {
        assert_eq!(quoted("a b/[c]*.\"x\""), "\"a b/[c]*.\\\"x\\\"\"");
    }
}
