//! `fonds verify`: a site, a copy of it, a bag or the seeds against their checksums.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::build::Output;
use super::format::Format;
use super::inputs::Opened;
use super::progress::Waiting;
use super::words::{counted, size, visible};
use super::{Done, Failure, Global, Terminal};
use crate::content::{Entry, Record};
use crate::diagnostic::Diagnostic;
use crate::disk;
use crate::enclosed;
use crate::files::{FileError, Sources};
use crate::ingest::sha256_of_lines;
use crate::publish::{self, Checksum, Verified, VerifyError};

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// A site, a copy of one, a bag, or the archive's `seeds`; without it, the archive's own site and its seeds
    dir: Option<PathBuf>,
    /// Output format: text (stderr) or json (stdout)
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// What was verified.
struct Account {
    name: String,
    verified: Verified,
    /// A line for people if all is good.
    good: String,
    /// What to do if not.
    help: &'static str,
}

const COPY: &str = "copy the site again from where it is whole, then verify it again";
const SITE: &str = "delete the files that are named, then run `fonds build`";
const SEEDS: &str = "bring the seed back from a backup; if the change is right, write the new `sha256` into the records";

pub(super) fn run(global: &Global, arguments: &Arguments, terminal: &Terminal) -> Done {
    let waiting = Waiting::new("reading files", terminal);
    let accounts = match &arguments.dir {
        Some(dir) if is_seeds(global, dir)? => vec![seeds(&Opened::without_faults(global)?)?],
        Some(dir) => vec![folder(dir, &dir.display().to_string(), COPY)?],
        None => own(global)?,
    };
    drop(waiting);
    if arguments.format == Format::Json {
        let facts = accounts.iter().map(|account| (account.name.clone(), json!(account.verified)));
        let facts: serde_json::Map<String, serde_json::Value> = facts.collect();
        terminal.data(serde_json::to_string_pretty(&facts).expect("texts are always JSON"));
    }
    let mut faults = Vec::new();
    for account in accounts {
        if arguments.format == Format::Text {
            account.name_files(terminal);
        }
        match account.fault() {
            None => terminal.say(account.good),
            Some(fault) => faults.push(fault),
        }
    }
    if faults.is_empty() { Ok(()) } else { Err(Failure::Faults(faults)) }
}

/// The site of the archive, if it was built, and its seeds.
fn own(global: &Global) -> Result<Vec<Account>, Failure> {
    let opened = Opened::without_faults(global)?;
    let output = Output::of(&opened.disk, &opened.config, None)?;
    let mut accounts = Vec::new();
    if disk::is_folder(&output.path) {
        accounts.push(folder(&output.path, &output.shown, SITE)?);
    }
    accounts.push(seeds(&opened)?);
    Ok(accounts)
}

fn folder(path: &Path, shown: &str, help: &'static str) -> Result<Account, Failure> {
    let shown = shown.trim_end_matches('/');
    let verified = publish::verify(path, shown)?;
    let good = format!(
        "{shown}: {}, {}, all as listed; SHA-256 of the list: {}",
        counted(verified.good, "file"),
        size(verified.bytes),
        verified.list,
    );
    Ok(Account { name: shown.to_owned(), verified, good, help })
}

/// Whether a folder is that of the archive's seeds.
fn is_seeds(global: &Global, dir: &Path) -> Result<bool, FileError> {
    let seeds = global.root().join("seeds");
    Ok(disk::is_folder(&seeds) && disk::resolve(dir)? == disk::resolve(&seeds)?)
}

/// The seeds against the checksums in the records of the documents that were read from them.
fn seeds(opened: &Opened) -> Result<Account, Failure> {
    let entries = opened.entries();
    if opened.report.has_errors() {
        return Err(Failure::Faults(opened.report.sorted()));
    }
    let mut verified = Verified::default();
    let sources = enclosed::Opened::new(&opened.disk);
    let mut recorded: Vec<(&str, &str)> = entries.iter().filter_map(recorded).collect();
    recorded.sort_unstable();
    for of_seed in recorded.chunk_by(|(a, _), (b, _)| a == b) {
        let seed = of_seed[0].0;
        let Ok(bytes) = sources.read(&format!("seeds/{seed}")) else {
            verified.missing.push(seed.to_owned());
            continue;
        };
        let now = Checksum::of(&bytes).to_string();
        // Version control may have changed the ends of lines, which is no change of the text.
        let plain = sha256_of_lines(&bytes);
        let is_same = |known: &str| known == now || plain.as_deref() == Some(known);
        match of_seed.iter().all(|(_, known)| is_same(known)) {
            true => {
                verified.good += 1;
                verified.bytes += bytes.len() as u64;
            }
            false => verified.altered.push(seed.to_owned()),
        }
    }
    let good = format!(
        "seeds: {}, {}, all as recorded",
        counted(verified.good, "file"),
        size(verified.bytes)
    );
    Ok(Account { name: "seeds".to_owned(), verified, good, help: SEEDS })
}

/// The seed of a document and its checksum, if both are recorded.
fn recorded(entry: &Entry) -> Option<(&str, &str)> {
    let Record::Document(document) = &entry.record else { return None };
    let source = document.source.as_ref()?;
    Some((source.seed.as_deref()?, source.sha256.as_deref()?))
}

impl Account {
    /// A line for each file that is not as it should be.
    fn name_files(&self, terminal: &Terminal) {
        let Verified { altered, missing, extra, .. } = &self.verified;
        for (what, paths) in [("altered", altered), ("missing", missing), ("extra", extra)] {
            for path in paths {
                terminal.data(format_args!("{what:<8} {}/{}", self.name, visible(path)));
            }
        }
    }

    fn fault(&self) -> Option<Diagnostic> {
        let Verified { altered, missing, extra, good, .. } = &self.verified;
        let parts =
            [(altered.len(), "altered"), (missing.len(), "missing"), (extra.len(), "extra")];
        let parts = parts.iter().filter(|(number, _)| *number > 0);
        let parts: Vec<String> = parts.map(|(number, what)| format!("{number} {what}")).collect();
        (self.verified.faults() > 0).then(|| {
            Diagnostic::error("", format!("`{}` has changed: {}", self.name, parts.join(", ")))
                .note(format!("{} as they were", counted(*good, "file")))
                .help(self.help)
        })
    }
}

impl From<VerifyError> for Failure {
    fn from(error: VerifyError) -> Self {
        let fault = Diagnostic::error("", error.to_string());
        match error {
            VerifyError::File(error) => error.into(),
            VerifyError::NoList(_) => Self::Environment(vec![
                fault
                    .expected("a site that `fonds build` made, a copy of it, or a bag")
                    .help("name its folder, the one with `manifest-sha256.txt`"),
            ]),
            VerifyError::BadList { .. } => Self::Faults(vec![
                fault
                    .expected("64 hexadecimal digits, two spaces, a path below the folder")
                    .help("copy the list again from where it is whole"),
            ]),
        }
    }
}
