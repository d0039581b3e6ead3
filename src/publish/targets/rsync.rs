//! A folder that `rsync` reaches: on another machine by `ssh`, or on this one. Each file is replaced in one step, the
//! whole is not: for as long as it takes, readers see pages of both sites, none of which lacks its parts.

use std::path::Path;
use std::process::Command;

use super::program::{failure, output, run};
use super::remote::{HOLDER, LEASE, OverNetwork, Remote};
use super::{FinishedSite, Listener, OWN, Place, Target, TargetError, Wrong, is_own};
use crate::files::FileError;

const RSYNC: &str = "rsync";
const SSH: &str = "ssh";

/// `rsync` could not read some of the files that it was asked for.
const NO_SUCH_FILE: i32 = 23;

struct Folder {
    /// `user@host`; none for a folder of this machine.
    host: Option<String>,
    path: String,
    address: String,
}

/// Opens a folder.
pub(super) fn open(place: &Place<'_>) -> Result<Box<dyn Target>, Wrong> {
    let example = "user@example.org:/var/www/archive";
    let wrong = |why| Err(Wrong::from((why, "a host and a path on it, or a path", example)));
    let (host, path) = match place.address.split_once(':') {
        Some((host, path)) => (Some(host), path),
        None => (None, place.address),
    };
    if path.is_empty() {
        return wrong("names no folder");
    }
    if path.starts_with([':', '-']) || path.starts_with("//") || !host.is_none_or(is_host) {
        return wrong("is not one that `rsync` reaches by `ssh`");
    }
    if path.chars().any(char::is_control) {
        return wrong("holds a control character");
    }
    let path = match host {
        Some(_) => path.to_owned(),
        None if is_own(place.root, &place.root.join(path)) => return Err(OWN),
        None => place.root.join(path).display().to_string(),
    };
    let folder = Folder {
        host: host.map(str::to_owned),
        path: path.trim_end_matches('/').to_owned(),
        address: place.address.to_owned(),
    };
    Ok(Box::new(OverNetwork::new(folder, place.root)))
}

/// Whether a text is a host, with a user before it or not, and no option of a program.
pub(super) fn is_host(text: &str) -> bool {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_.@".contains(c);
    !text.is_empty() && !text.starts_with('-') && text.chars().all(is_plain)
}

impl Folder {
    /// Makes the place if need be, and a new folder in it; whether there was none.
    fn make_folder(&self, path: &str) -> Result<bool, TargetError> {
        run(SSH, &mut self.shell_anywhere(&format!("mkdir -p {}", quoted(&self.path))), b"")?;
        let script = format!("if mkdir {0} 2>/dev/null; then echo made; fi", quoted(path));
        Ok(run(SSH, &mut self.shell(&script), b"")?.starts_with(b"made"))
    }

    /// A path as `rsync` takes it.
    fn address_of(&self, path: &str) -> String {
        match &self.host {
            Some(host) => format!("{host}:{}/{path}", self.path),
            None => format!("{}/{path}", self.path),
        }
    }

    fn rsync(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(RSYNC);
        // Names are sent as they are, and not read by a shell.
        command.args(["--protect-args", "--quiet"]).args(arguments);
        command
    }

    /// Has a shell of the place do something with files in the folder, which are quoted.
    fn shell(&self, script: &str) -> Command {
        let script = format!("cd {} && {script}", quoted(&self.path));
        self.shell_anywhere(&script)
    }

    fn shell_anywhere(&self, script: &str) -> Command {
        let mut command;
        match &self.host {
            Some(host) => {
                command = Command::new(SSH);
                command.args(["--", host, script]);
            }
            None => {
                command = Command::new("sh");
                command.args(["-c", script]);
            }
        }
        command
    }
}

/// A text as shells take it for one word.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

impl Remote for Folder {
    fn shown(&self) -> String {
        format!("the folder `{}`", self.address)
    }

    fn get(&self, path: &str) -> Result<Option<Vec<u8>>, TargetError> {
        let (folder, file) = temporary()?;
        let mut command = self.rsync(&["--", &self.address_of(path)]);
        let output = output(RSYNC, command.arg(&file), b"")?;
        let got = match output.status.code() {
            Some(0) => Some(read(&file)?),
            Some(NO_SUCH_FILE) => None,
            _ => return Err(failure(RSYNC, &output)),
        };
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
        let name = quoted(path);
        let script = format!("cat > {name}.new && mv {name}.new {name}");
        run(SSH, &mut self.shell(&script), bytes).map(drop)
    }

    fn send(
        &self,
        site: &FinishedSite,
        paths: &[&str],
        listener: &dyn Listener,
    ) -> Result<(), TargetError> {
        // What begins with `#` or `;` would be taken for a comment.
        let list: String = paths.iter().map(|path| format!("./{path}\0")).collect();
        let from = format!("{}/", site.path_of("").display().to_string().trim_end_matches('/'));
        // What differs is known from the checksums. `--delay-updates` renames all files at the end.
        let arguments = [
            "--from0",
            "--files-from=-",
            "--ignore-times",
            "--times",
            "--omit-dir-times",
            "--chmod=D755,F644",
            "--delay-updates",
            "--",
            &from,
            &self.address_of(""),
        ];
        run(RSYNC, &mut self.rsync(&arguments), list.as_bytes())?;
        listener.sent(paths.len());
        Ok(())
    }

    fn remove(&self, paths: &[&str], listener: &dyn Listener) -> Result<(), TargetError> {
        let mut list = paths.join("\0");
        list.push('\0');
        run(SSH, &mut self.shell("xargs -0 rm -f --"), list.as_bytes())?;
        listener.sent(paths.len());
        // Only folders that are empty now are removed.
        let folders = crate::publish::tree::folders_of(paths.iter().copied());
        let mut folders: Vec<&str> = folders.into_iter().collect();
        folders.sort_unstable_by(|a, b| b.cmp(a));
        if folders.is_empty() {
            return Ok(());
        }
        let list = folders.join("\0") + "\0";
        let script = "xargs -0 rmdir -- 2>/dev/null; true";
        run(SSH, &mut self.shell(script), list.as_bytes()).map(drop)
    }

    /// `rsync` gathers in such folders what it renames at the end.
    fn tidy(&self) -> Result<(), TargetError> {
        let script = "find . -type d -name '.~tmp~' -prune -exec rm -rf {} +";
        run(SSH, &mut self.shell(script), b"").map(drop)
    }

    fn release(&self) -> Result<(), TargetError> {
        run(SSH, &mut self.shell(&format!("rm -rf {}", quoted(LEASE))), b"").map(drop)
    }
}

/// A folder for one file, which goes when it is dropped.
pub(super) fn temporary() -> Result<(tempfile::TempDir, std::path::PathBuf), TargetError> {
    let fault =
        |source| FileError { action: "write", path: "a temporary folder".to_owned(), source };
    let folder = tempfile::tempdir().map_err(fault)?;
    let file = folder.path().join("file");
    Ok((folder, file))
}

pub(super) fn read(file: &Path) -> Result<Vec<u8>, TargetError> {
    let path = file.display().to_string();
    Ok(std::fs::read(file).map_err(|source| FileError { action: "read", path, source })?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_shell_takes_any_path_for_one_word() {
        let mut shell = Command::new("sh");
        let path = "it's $HOME `id` \"x\" \\ *";
        let written = run("sh", shell.args(["-c", &format!("printf %s {}", quoted(path))]), b"");
        assert_eq!(written.unwrap(), path.as_bytes());
    }
}
