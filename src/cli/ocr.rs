//! `fonds ocr`: page images and PDFs without a text → a file of hOCR beside each document's pages, by a program for
//! recognition such as Tesseract. Never a part of a build, since what comes out depends on that program's version.

mod hocr;
mod languages;
mod program;

use std::collections::BTreeSet;

use clap::Args;

use super::inputs::Opened;
use super::interrupt;
use super::progress::Steps;
use super::words::counted;
use super::{Done, Failure, Global, Terminal};
use crate::config::Config;
use crate::diagnostic::{Diagnostic, Report};
use crate::ingest::{self, Untold};
use crate::parallel;
use program::Program;

#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Folders or files below seeds/; all of them if none is named
    #[arg(value_name = "PATH")]
    paths: Vec<String>,
    /// List the pages that have no text, and read none
    #[arg(long)]
    list: bool,
}

pub(super) fn run(global: &Global, arguments: &Arguments, terminal: &Terminal) -> Done {
    let opened = Opened::without_faults(global)?;
    let told = told(&opened);
    let Opened { disk, config, report } = opened;
    let untold = ingest::untold(&disk, &config, &report);
    let is_wanted = |untold: &Untold| {
        arguments.is_named(&untold.pages) && untold.pages.iter().all(|page| !told.contains(page))
    };
    let work: Vec<Untold> = untold.into_iter().filter(is_wanted).collect();
    if arguments.list {
        work.iter().for_each(|document| terminal.data(document.pages.join(", ")));
        return Ok(());
    }
    if work.is_empty() {
        terminal.say("no page image is without a text");
        return Ok(());
    }
    interrupt::watch(std::time::Duration::from_secs(20));
    let program = Program::of(&config, &disk);
    program.check(&languages_of(&work, &config))?;
    // What ingest has to say of the seeds is said by ingest.
    let report = Report::new();
    let steps = Steps::new(work.len(), "document", terminal);
    let written = parallel::map(&work, |document| {
        let is_written = read(document, &program, &config, &report);
        steps.step();
        is_written
    });
    let written = written.into_iter().filter(|is_written| *is_written).count();
    drop(steps);
    if interrupt::happened() {
        terminal
            .say(format_args!("{} read; the next run does the rest", counted(written, "document")));
        return Err(Failure::Interrupted);
    }
    terminal.say(format_args!("{} read: `fonds ingest` drafts them", counted(written, "document")));
    match report.has_errors() {
        true => Err(Failure::Faults(report.sorted())),
        false => Ok(()),
    }
}

impl Arguments {
    /// Whether one of some pages was asked for.
    fn is_named(&self, pages: &[String]) -> bool {
        let named = |path: &String| {
            let path =
                path.trim_start_matches("./").trim_start_matches("seeds/").trim_end_matches('/');
            let is_in = |page: &String| {
                page.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
            };
            path.is_empty() || path == "seeds" || pages.iter().any(is_in)
        };
        self.paths.is_empty() || self.paths.iter().any(named)
    }
}

/// Pages of documents whose text somebody wrote into their content files.
fn told(opened: &Opened) -> BTreeSet<String> {
    let entries = opened.entries();
    let with_text = entries.iter().filter(|entry| entry.excerpt.is_some());
    let files = with_text.filter_map(|entry| Some(entry.document()?.1.files.clone()));
    files.flatten().collect()
}

/// The languages of a document's folder, as Tesseract calls them.
fn languages(document: &Untold, config: &Config) -> Vec<String> {
    let path = &document.pages[0];
    let settings = config.ingest.for_seed(path).map_or(&config.ingest, |(_, own)| own);
    let default = settings.defaults.language.as_ref().unwrap_or(&config.default_language);
    let tags = if settings.languages.is_empty() {
        std::slice::from_ref(default)
    } else {
        settings.languages.as_slice()
    };
    let mut names: Vec<String> = Vec::new();
    for name in tags.iter().map(|tag| languages::name(tag)) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}

fn languages_of(work: &[Untold], config: &Config) -> BTreeSet<String> {
    work.iter().flat_map(|document| languages(document, config)).collect()
}

/// Reads the pages of a document and writes what is on them; says whether it did.
fn read(document: &Untold, program: &Program<'_>, config: &Config, report: &Report) -> bool {
    let languages = languages(document, config);
    let mut pages = Vec::new();
    for path in &document.pages {
        if interrupt::happened() {
            return false;
        }
        match program.read(path, &languages) {
            Ok(read) => pages.extend(read),
            Err(why) if !interrupt::happened() => {
                let fault =
                    Diagnostic::error(format!("seeds/{path}"), "the page image cannot be read");
                report.push(fault.note(why).expected("a page image that the program for recognition can read").help(
                    "save the image again, write its text into a file of the same name, or name it in `ignore` below \
                     `[ingest]` in config.toml",
                ));
                return false;
            }
            Err(_) => return false,
        }
    }
    let path = format!("seeds/{}.hocr", document.stem);
    match program.disk.write_new(&path, hocr::joined(&pages).as_bytes()) {
        Ok(is_written) => is_written,
        Err(error) => {
            report.push(crate::publish::file_diagnostic(&error));
            false
        }
    }
}
