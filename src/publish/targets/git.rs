//! A branch of a git repository: one commit for each publication, upon those before it, so that the history stays.
//! Whoever reads the branch sees the old commit or the new one. Calls `git`, which knows the user's keys.
//!
//! Nothing is checked out. A bare repository in the archive's `.fonds/` keeps what was fetched and sent; it may be
//! deleted at any time. The push names the commit that it follows, so that of two publishers at once one is refused.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::program::{failure, output, run};
use super::{Change, FinishedSite, Listener, Place, Target, TargetError, Wrong};
use crate::disk::remove_tree;
use crate::files::FileError;
use crate::publish::{Checksums, parse_checksums};
use crate::site_path::CHECKSUMS;

const GIT: &str = "git";

/// What the commit that the branch has is known by in the kept repository.
const HELD: &str = "refs/publish/held";

/// How the files begin in which the tree of a commit is put together.
const INDEX: &str = "fonds-index";

/// The one of this run: what a run that was killed called may still be at work on another.
fn index() -> String {
    format!("{INDEX}-{}", std::process::id())
}

/// `git ls-remote` found no such branch.
const NO_SUCH_BRANCH: i32 = 2;

struct Branch {
    root: PathBuf,
    url: String,
    branch: String,
    /// The commit that the branch has; none if there is no branch yet.
    parent: Option<String>,
}

/// Opens a branch.
pub(super) fn open(place: &Place<'_>) -> Result<Box<dyn Target>, Wrong> {
    let expected = "the address of a git repository";
    let example = "git@example.org:letters.git";
    let branch = place.branch.unwrap_or("gh-pages");
    let is_plain = |text: &str| !text.starts_with('-') && !text.chars().any(char::is_control);
    let is_branch = is_plain(branch)
        && !branch.is_empty()
        && !branch.contains("..")
        && branch.chars().all(|c| c.is_ascii_alphanumeric() || "-_./".contains(c));
    if !is_branch {
        return Err(Wrong {
            key: "branch",
            why: "is not one that git takes",
            expected: "the name of a branch",
            example: "gh-pages",
        });
    }
    match place.address {
        "" => Err(("is missing", expected, example).into()),
        // Such addresses run programs.
        address if !is_plain(address) || address.contains("::") => {
            Err(("is not one of a git repository", expected, example).into())
        }
        address => Ok(Box::new(Branch {
            root: place.root.to_owned(),
            url: address.to_owned(),
            branch: branch.to_owned(),
            parent: None,
        })),
    }
}

impl Branch {
    fn repository(&self) -> PathBuf {
        self.root.join(".fonds/publish.git")
    }

    fn reference(&self) -> String {
        format!("refs/heads/{}", self.branch)
    }

    fn git(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(GIT);
        for variable in ["GIT_WORK_TREE", "GIT_OBJECT_DIRECTORY", "GIT_NAMESPACE"] {
            command.env_remove(variable);
        }
        let repository = self.repository();
        command
            .current_dir(&self.root)
            .env("GIT_INDEX_FILE", repository.join(index()))
            .env("GIT_DIR", repository)
            .args(arguments);
        command
    }

    fn run(&self, arguments: &[&str], input: &[u8]) -> Result<String, TargetError> {
        let written = run(GIT, &mut self.git(arguments), input)?;
        Ok(String::from_utf8_lossy(&written).trim_end().to_owned())
    }

    /// Makes the kept repository, or makes it anew if it is damaged.
    fn prepare(&self) -> Result<(), TargetError> {
        let path = self.repository();
        let fault = |source| FileError { action: "write", path: ".fonds".to_owned(), source };
        let is_link = path.is_symlink() || self.root.join(".fonds").is_symlink();
        if is_link
            || has_locks(&path)
            || path.exists() && self.run(&["rev-parse", "--git-dir"], b"").is_err()
        {
            remove_tree(&path).map_err(fault)?;
        }
        fs::create_dir_all(&path).map_err(fault)?;
        let ignore = self.root.join(".fonds/.gitignore");
        if !ignore.exists() {
            fs::write(ignore, "*\n").map_err(fault)?;
        }
        self.run(&["init", "--quiet", "--bare"], b"")?;
        // Runs that were killed leave theirs.
        let left = fs::read_dir(&path).map_err(fault)?.filter_map(Result::ok);
        for entry in left.filter(|entry| entry.file_name().to_string_lossy().starts_with(INDEX)) {
            let _ = fs::remove_file(entry.path());
        }
        Ok(())
    }

    /// The commit that the branch has now; it is fetched if it is not at hand.
    fn fetch(&self) -> Result<Option<String>, TargetError> {
        let reference = self.reference();
        let mut asked = self.git(&["ls-remote", "--exit-code", "--", &self.url, &reference]);
        let answer = output(GIT, &mut asked, b"")?;
        if answer.status.code() == Some(NO_SUCH_BRANCH) {
            return Ok(None);
        }
        if !answer.status.success() {
            return Err(failure(GIT, &answer));
        }
        let text = String::from_utf8_lossy(&answer.stdout);
        let commit = text.split_whitespace().next().unwrap_or_default().to_owned();
        let known = format!("{commit}^{{commit}}");
        if self.run(&["cat-file", "-e", &known], b"").is_err() {
            let what = format!("+{reference}:{HELD}");
            // Of the history only the last commit is needed to add another.
            self.run(&["fetch", "--quiet", "--no-tags", "--depth=1", "--", &self.url, &what], b"")?;
        }
        Ok(Some(commit))
    }

    /// The options by which commits have an author if git knows none from the user.
    fn author(&self) -> &'static [&'static str] {
        match self.run(&["var", "GIT_COMMITTER_IDENT"], b"") {
            Ok(_) => &[],
            Err(_) => &["-c", "user.name=fonds", "-c", "user.email=fonds@localhost"],
        }
    }

    /// The tree of the commit before with the change; files of other people in the branch stay.
    fn tree(&self, site: &FinishedSite, change: &Change) -> Result<String, TargetError> {
        match &self.parent {
            Some(commit) => self.run(&["read-tree", commit], b"")?,
            None => self.run(&["read-tree", "--empty"], b"")?,
        };
        let mut paths: Vec<&str> = change.sent.keys().map(String::as_str).collect();
        site.verify(paths.iter().copied())?;
        paths.push(CHECKSUMS);
        let files: Vec<String> =
            paths.iter().map(|path| site.path_of(path).display().to_string()).collect();
        let files = files.join("\n") + "\n";
        let hashes =
            self.run(&["hash-object", "-w", "--no-filters", "--stdin-paths"], files.as_bytes())?;
        let mut entries = String::new();
        // Before what is added: a folder may have become a file.
        for path in &change.removed {
            let _ = write!(entries, "0 {:040}\t{path}\0", 0);
        }
        for (hash, path) in hashes.lines().zip(paths) {
            let _ = write!(entries, "100644 {hash}\t{path}\0");
        }
        self.run(&["update-index", "-z", "--add", "--index-info"], entries.as_bytes())?;
        self.run(&["write-tree"], b"")
    }
}

/// Whether a `git` that was killed left locks in the kept repository: all later ones would be refused.
fn has_locks(repository: &Path) -> bool {
    let is_lock = |entry: fs::DirEntry| entry.path().extension().is_some_and(|end| end == "lock");
    ["", "refs/heads", "refs/publish"].iter().any(|folder| {
        let entries = fs::read_dir(repository.join(folder));
        entries.is_ok_and(|entries| entries.filter_map(Result::ok).any(is_lock))
    })
}

impl Target for Branch {
    fn shown(&self) -> String {
        format!("the branch `{}` of `{}`", self.branch, self.url)
    }

    fn held(&mut self, _site: &FinishedSite) -> Result<Option<Checksums>, TargetError> {
        self.prepare()?;
        self.parent = self.fetch()?;
        let Some(commit) = &self.parent else { return Ok(None) };
        let list = self.run(&["cat-file", "blob", &format!("{commit}:{CHECKSUMS}")], b"");
        Ok(list.ok().and_then(|list| parse_checksums(&list).ok()))
    }

    fn send(
        &mut self,
        site: &FinishedSite,
        change: &Change,
        listener: &dyn Listener,
    ) -> Result<(), TargetError> {
        if change.is_empty() && self.parent.is_some() {
            return Ok(());
        }
        let tree = self.tree(site, change)?;
        let (sent, removed) = (change.sent.len(), change.removed.len());
        let message = format!("Publish {sent} new or changed files, remove {removed}");
        let mut commit: Vec<&str> = self.author().to_vec();
        commit.extend(["commit-tree", &tree, "-m", &message]);
        if let Some(parent) = &self.parent {
            commit.extend(["-p", parent]);
        }
        let commit = self.run(&commit, b"")?;
        let reference = self.reference();
        let lease = format!(
            "--force-with-lease={reference}:{}",
            self.parent.as_deref().unwrap_or_default()
        );
        let what = format!("{commit}:{reference}");
        self.run(&["push", "--quiet", "--no-verify", &lease, "--", &self.url, &what], b"")?;
        listener.sent(change.sent.len() + change.removed.len());
        self.run(&["update-ref", HELD, &commit], b"")?;
        let _ = fs::remove_file(self.repository().join(index()));
        let _ = self.run(&["-c", "gc.autoDetach=false", "gc", "--auto", "--quiet"], b"");
        Ok(())
    }
}
