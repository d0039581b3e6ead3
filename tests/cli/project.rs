//! An archive in a temporary folder, and the program run in it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use regex::Regex;

/// The least that an archive must have.
pub(super) const CONFIG: &str = "base_url = \"https://example.org\"\ntitle = \"Letters\"\n";

/// A document without a fault.
pub(super) const LETTER: &str = "+++
title = \"Letter on the Reading Room\"
date = \"1921-03-14\"
kind = \"letter\"
creators = [{ person = \"Thomas Wardle\", organization = \"Ashford Reading Society\" }]
recipients = [{ person = \"Edith Harland\" }]
+++

The room above the bakery is dry and can be heated.
";

/// An archive in a temporary folder.
pub(super) struct Project {
    folder: tempfile::TempDir,
}

/// What a run left behind.
pub(super) struct Run {
    pub(super) status: Option<i32>,
    pub(super) stdout: String,
    pub(super) stderr: String,
}

impl Project {
    /// An archive with nothing but settings.
    pub(super) fn new() -> Self {
        Self::empty().file("config.toml", CONFIG)
    }

    /// An archive with one letter.
    pub(super) fn with_letter() -> Self {
        Self::new().file("content/documents/reading-room.md", LETTER)
    }

    /// An empty folder.
    pub(super) fn empty() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// The same, with one more file.
    pub(super) fn file(self, path: &str, text: impl AsRef<[u8]>) -> Self {
        self.write(path, text);
        self
    }

    pub(super) fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap()
    }

    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The program, to be run in the archive's folder with arguments parted by spaces.
    pub(super) fn command(&self, arguments: &str) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_fonds"));
        command
            .args(arguments.split_whitespace())
            .current_dir(self.folder.path())
            .env_remove("CLICOLOR_FORCE")
            .env_remove("NO_COLOR")
            .env_remove("RAYON_NUM_THREADS")
            .env("SOURCE_DATE_EPOCH", "1700000000")
            .stdin(Stdio::null());
        command
    }

    pub(super) fn run(&self, arguments: &str) -> Run {
        self.finish(self.command(arguments).output().unwrap())
    }

    pub(super) fn finish(&self, output: Output) -> Run {
        let text = |bytes: Vec<u8>| self.filtered(&String::from_utf8(bytes).unwrap());
        Run {
            status: output.status.code(),
            stdout: text(output.stdout),
            stderr: text(output.stderr),
        }
    }

    /// What a run that succeeds says on stderr.
    pub(super) fn succeeds(&self, arguments: &str) -> String {
        self.ends_with(0, arguments)
    }

    /// What a run says of faults in the archive's files.
    pub(super) fn fails(&self, arguments: &str) -> String {
        self.ends_with(1, arguments)
    }

    /// What a run says of wrong usage or environment.
    pub(super) fn refuses(&self, arguments: &str) -> String {
        self.ends_with(2, arguments)
    }

    fn ends_with(&self, status: i32, arguments: &str) -> String {
        let run = self.run(arguments);
        assert_eq!(run.status, Some(status), "fonds {arguments}\n{}", run.stderr);
        run.stderr
    }

    /// All files below a folder, by path.
    pub(super) fn files(&self, folder: &str) -> BTreeMap<String, Vec<u8>> {
        let top = self.path(folder);
        walkdir::WalkDir::new(&top)
            .into_iter()
            .filter_map(Result::ok)
            .filter(|entry| entry.file_type().is_file())
            .map(|entry| {
                let path = entry.path().strip_prefix(&top).unwrap().to_str().unwrap();
                (path.to_owned(), fs::read(entry.path()).unwrap())
            })
            .collect()
    }

    /// Names of all that lies directly in the archive's folder.
    pub(super) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.folder.path()).unwrap();
        let mut names: Vec<String> =
            entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    /// A message without what differs from run to run.
    fn filtered(&self, text: &str) -> String {
        static VARIABLE: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"\d+\.\d\d s\b|\d[\d.]* (B|kB|MB)\b").unwrap());
        let real = self.folder.path().canonicalize().unwrap();
        let text = text.replace(real.to_str().unwrap(), "[root]");
        let text = text.replace(self.folder.path().to_str().unwrap(), "[root]");
        VARIABLE
            .replace_all(
                &text,
                |found: &regex::Captures<'_>| {
                    if found.get(1).is_some() { "[size]" } else { "[time]" }
                },
            )
            .into_owned()
    }
}

/// Waits until something is so; fails the test if it is not within a minute: machines that build beside it are slow.
pub(super) fn eventually<T>(what: &str, mut happens: impl FnMut() -> Option<T>) -> T {
    let deadline = Instant::now() + Duration::from_secs(60);
    loop {
        if let Some(value) = happens() {
            return value;
        }
        assert!(Instant::now() < deadline, "never happened: {what}");
        std::thread::sleep(Duration::from_millis(5));
    }
}

/// Makes a symlink in place of a file.
pub(super) fn link(to: impl AsRef<Path>, from: &Path) {
    fs::create_dir_all(from.parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(to, from).unwrap();
}
