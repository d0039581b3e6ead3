//! Runs what the manual says: every block of every document is run, parsed, or set aside with a reason.
//!
//! A document is one session in a temporary folder. What becomes of a block follows from its language, or from a
//! comment before it, which readers do not see:
//!
//! - `sh` is run by a shell, with `fonds` being the program; the folder that it ends in is where the next one begins.
//! - `text` is what the block of commands before it prints: its lines, in order; `…` stands for anything.
//! - `toml` is a `config.toml`, `markdown` a document's content file, `json` and `yaml` are parsed.
//! - `<!-- test: file PATH -->` writes the block to a file of the session.
//! - `<!-- test: front matter KIND -->`: the block is part of the front matter of a `document`, `organization`,
//!   `person` or `page`.
//! - `<!-- test: fails N -->`: the commands end with this status.
//! - `<!-- test: not run: WHY -->` sets a block aside.
//! - `<!-- test: setup`, commands, `-->` is run as if it were a block.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use fonds::diagnostic::{Report, SourceText};
use fonds::files::{MemoryFiles, Sink as _};
use fonds::pipeline::{self, BuildOptions, Run};
use regex::Regex;
use saphyr::{LoadableYamlNode as _, Yaml};

/// A fenced block, or a hidden setup.
struct Block {
    line: usize,
    language: String,
    text: String,
    /// What the comment before it asks for.
    test: Option<String>,
}

/// The folder in which a document is run.
struct Session {
    home: tempfile::TempDir,
    place: PathBuf,
    /// What the last commands printed.
    printed: String,
}

/// Runs a document. Gives what is wrong with it, each with its line.
pub(crate) fn run(text: &str) -> Vec<String> {
    let mut session = Session::new();
    let (blocks, mut faults) = blocks(text);
    for block in blocks {
        if let Err(fault) = session.take(&block) {
            faults.push(format!("line {}: {fault}", block.line));
        }
    }
    faults
}

/// The blocks of a document in their order, and what is wrong with how they stand there.
fn blocks(text: &str) -> (Vec<Block>, Vec<String>) {
    let comment = Regex::new(r"^<!-- test: (.+) -->$").unwrap();
    let (mut found, mut faults) = (Vec::new(), Vec::new());
    let (mut test, mut open) = (None, None::<(Block, &str)>);
    for (number, line) in text.lines().enumerate() {
        if let Some((mut block, end)) = open.take() {
            if line == end {
                found.push(block);
            } else {
                block.text.push_str(line);
                block.text.push('\n');
                open = Some((block, end));
            }
            continue;
        }
        let begun = |language: &str, test| Block {
            line: number + 1,
            language: language.to_owned(),
            text: String::new(),
            test,
        };
        if let Some(language) = line.trim_start().strip_prefix("```") {
            if !line.starts_with("```") {
                faults.push(format!("line {}: a block in a list is not run", number + 1));
            }
            open = Some((begun(language, test.take()), "```"));
        } else if line == "<!-- test: setup" {
            open = Some((begun("sh", None), "-->"));
        } else if let Some(asked) = comment.captures(line) {
            test = Some(asked[1].to_owned());
        } else if !line.trim().is_empty() && test.take().is_some() {
            faults.push(format!("line {}: no block follows the comment", number + 1));
        }
    }
    if let Some((block, _)) = open {
        faults.push(format!("line {}: the block does not end", block.line));
    }
    (found, faults)
}

impl Session {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let place = home.path().join("work");
        fs::create_dir(&place).unwrap();
        Self { home, place, printed: String::new() }
    }

    fn take(&mut self, block: &Block) -> Result<(), String> {
        let test = block.test.as_deref().unwrap_or_default();
        if let Some(why) = test.strip_prefix("not run: ") {
            return if why.contains(' ') { Ok(()) } else { Err("why is it not run?".to_owned()) };
        }
        if let Some(path) = test.strip_prefix("file ") {
            let file = self.place.join(path);
            fs::create_dir_all(file.parent().unwrap()).unwrap();
            return fs::write(file, &block.text).map_err(|error| error.to_string());
        }
        if let Some(kind) = test.strip_prefix("front matter ") {
            return front_matter(kind, &block.text);
        }
        let status = match test.strip_prefix("fails ") {
            Some(status) => status.parse().unwrap(),
            None if test.is_empty() => 0,
            None => return Err(format!("`{test}` is no test")),
        };
        match &*block.language {
            "sh" => self.shell(&block.text, status),
            "text" => printed(&block.text, &self.printed),
            "toml" => settings(&block.text),
            "markdown" => content(&block.text),
            "json" => serde_json::from_str::<serde_json::Value>(&block.text)
                .map(drop)
                .map_err(|error| error.to_string()),
            "yaml" => Yaml::load_from_str(&block.text).map(drop).map_err(|error| error.to_string()),
            other => Err(format!("a block of the language `{other}` is neither run nor set aside")),
        }
    }

    /// Runs commands, and remembers where they end and what they print.
    fn shell(&mut self, commands: &str, status: i32) -> Result<(), String> {
        let home = self.home.path();
        let script = format!(
            "{FONDS}set -eu\ntrap 'pwd >{}' EXIT\n{commands}",
            home.join("place").display()
        );
        let log = fs::File::create(home.join("log")).unwrap();
        let ended = Command::new("sh")
            .args(["-c", &script])
            .current_dir(&self.place)
            .env("PROGRAM", env!("CARGO_BIN_EXE_fonds"))
            .env("HOME", home)
            .env("NO_COLOR", "1")
            .env("SOURCE_DATE_EPOCH", "1700000000")
            .stdin(Stdio::null())
            .stderr(log.try_clone().unwrap())
            .stdout(log)
            .status()
            .unwrap();
        self.printed = fs::read_to_string(home.join("log")).unwrap();
        self.place = PathBuf::from(fs::read_to_string(home.join("place")).unwrap().trim());
        if ended.code() == Some(status) {
            return Ok(());
        }
        Err(format!("status {:?}, not {status}:\n{}", ended.code(), self.printed))
    }
}

/// The program as the manual's reader has it. A server is stopped once it says where it is. It is a function of the
/// shell: a script written here could not be run while another thread, just forked, still holds it open.
const FONDS: &str = r#"fonds() (
case " $* " in
*" serve "*) ;;
*) exec "$PROGRAM" "$@" ;;
esac
"$PROGRAM" "$@" >"$HOME/served" 2>&1 &
server=$!
for wait in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
  if grep -q 'http://' "$HOME/served" || ! kill -0 $server 2>/dev/null; then break; fi
  sleep 0.3
done
kill $server 2>/dev/null
cat "$HOME/served"
grep -q 'http://' "$HOME/served"
)
"#;

/// Whether the lines of a block were printed in this order.
fn printed(block: &str, printed: &str) -> Result<(), String> {
    let mut rest = printed.lines();
    for line in block.lines().filter(|line| !line.trim().is_empty() && line.trim() != "…") {
        let pattern = line.trim_end().split('…').map(regex::escape).collect::<Vec<_>>().join(".*");
        let pattern = Regex::new(&format!("^{pattern}$")).unwrap();
        if !rest.any(|given| pattern.is_match(given.trim_end())) {
            return Err(format!("`{line}` is not printed, or not there:\n{printed}"));
        }
    }
    Ok(())
}

/// Whether settings are known.
fn settings(text: &str) -> Result<(), String> {
    let report = Report::new();
    fonds::config::parse(SourceText { path: "config.toml", text }, &report);
    none(&report)
}

/// Whether an archive of one document has no fault.
fn content(text: &str) -> Result<(), String> {
    check("content/documents/example.md", text)
}

/// Whether keys of front matter are known. What they name need not be there.
fn front_matter(kind: &str, text: &str) -> Result<(), String> {
    let folder = match kind {
        "document" => "documents",
        "organization" => "organizations",
        "person" => "people",
        "collection" => "collections",
        "page" => "pages",
        other => return Err(format!("`{other}` has no front matter")),
    };
    let title = if Regex::new(r"(?m)^title\s*=").unwrap().is_match(text) {
        ""
    } else {
        "title = \"Example\"\n"
    };
    check(&format!("content/{folder}/example.md"), &format!("+++\n{title}{text}+++\n\nText.\n"))
}

fn check(path: &str, text: &str) -> Result<(), String> {
    let sources = MemoryFiles::new();
    let config = "base_url = \"https://example.org\"\ntitle = \"Letters\"\n\n[kinds.decree]\nname = \"Decree\"\nplural = \"Decrees\"\n";
    sources.put("config.toml", config.as_bytes()).unwrap();
    sources.put(path, text.as_bytes()).unwrap();
    let report = Report::new();
    let config = pipeline::load_config(&sources, &report);
    let options = &BuildOptions::default();
    let run = Run { sources: &sources, config: &config, options, report: &report };
    run.build(&MemoryFiles::new()).map_err(|error| error.to_string())?;
    none(&report)
}

fn none(report: &Report) -> Result<(), String> {
    let faults: Vec<String> = report.sorted().iter().map(|fault| fault.message.clone()).collect();
    if faults.is_empty() { Ok(()) } else { Err(faults.join("; ")) }
}

/// The documents of the manual, by path from the project's root.
pub(crate) fn documents(root: &Path) -> Vec<String> {
    let mut found: Vec<String> = fs::read_dir(root.join("docs"))
        .unwrap()
        .map(|file| format!("docs/{}", file.unwrap().file_name().to_str().unwrap()))
        .filter(|path| path.ends_with(".md"))
        .collect();
    found.sort();
    found
}
