//! The programs that read page images, and that make images of a PDF's pages.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use super::super::interrupt;
use super::super::{Done, Failure};
use super::languages::dots;
use crate::config::Config;
use crate::diagnostic::Diagnostic;
use crate::disk::Disk;
use crate::files::Sources;
use crate::pdf;
use crate::scan::Scan;

/// The programs, as the settings name them.
pub(super) struct Program<'a> {
    /// Reads an image.
    command: &'a str,
    /// Makes an image of a PDF's page.
    pdf_command: &'a str,
    /// The archive's folder.
    pub(super) disk: &'a Disk,
}

impl<'a> Program<'a> {
    pub(super) fn of(config: &'a Config, disk: &'a Disk) -> Self {
        Self { command: &config.ocr.command, pdf_command: &config.ocr.pdf_command, disk }
    }

    /// Looks whether the program is there and knows some languages.
    pub(super) fn check(&self, languages: &BTreeSet<String>) -> Done {
        let output = self.start(self.command).arg("--list-langs").output().map_err(|error| {
            let message = format!("the program `{}` cannot be started: {error}", self.command);
            Failure::Environment(vec![
                Diagnostic::error("", message)
                    .expected("Tesseract, or another program that writes hOCR as it does")
                    .help(
                        "install it (Debian: `apt install tesseract-ocr`), or name it: `command = \"…\"` below `[ocr]` in \
                         config.toml",
                    ),
            ])
        })?;
        // Older versions list them on stderr; another program need not list any.
        let listed = [output.stdout, output.stderr].concat();
        let listed = String::from_utf8_lossy(&listed);
        let known: BTreeSet<&str> = listed.lines().map(str::trim).collect();
        let missing: Vec<&String> =
            languages.iter().filter(|name| !known.contains(name.as_str())).collect();
        if !output.status.success() || missing.is_empty() {
            return Ok(());
        }
        let names = missing.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let package = missing[0].replace('_', "-");
        Err(Failure::Environment(vec![
            Diagnostic::error("", format!("`{}` has no data for {names}", self.command))
                .expected("data for each language of the archive")
                .help(format!(
                    "install it (Debian: `apt install tesseract-ocr-{package}`), or correct `languages` below `[ingest]` in \
                     config.toml"
                )),
        ]))
    }

    /// Reads the pages of a file below `seeds/`.
    pub(super) fn read(&self, path: &str, languages: &[String]) -> Result<Vec<String>, String> {
        let seed = format!("seeds/{path}");
        let bytes = self.disk.read(&seed).map_err(|error| error.to_string())?;
        if Scan::of(&bytes) != Some(Scan::Pdf) {
            // Read before, so that no link leads out of the archive.
            return Ok(vec![self.image(Path::new(&seed), languages)?]);
        }
        let count = pdf::read(&bytes).map_or(1, |pdf| pdf.pages.len());
        let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
        (1..=count).map(|page| self.page(&seed, page, languages, folder.path())).collect()
    }

    /// Reads one page of a PDF.
    fn page(
        &self,
        seed: &str,
        page: usize,
        languages: &[String],
        folder: &Path,
    ) -> Result<String, String> {
        if interrupt::happened() {
            return Err("interrupted".to_owned());
        }
        let (number, image) = (page.to_string(), folder.join("page"));
        let mut command = self.start(self.pdf_command);
        command.args(["-r", &dots(languages).to_string(), "-gray", "-png", "-singlefile"]);
        command.args(["-f", &number, "-l", &number, seed]).arg(&image);
        let output = command.output().map_err(|error| {
            format!(
                "`{}`, which makes images of a PDF's pages, cannot be started: {error} (Debian: `apt install poppler-utils`)",
                self.pdf_command
            )
        })?;
        if !output.status.success() {
            return Err(said(self.pdf_command, &output));
        }
        self.image(&image.with_extension("png"), languages)
    }

    /// Reads an image.
    fn image(&self, image: &Path, languages: &[String]) -> Result<String, String> {
        let mut command = self.start(self.command);
        let output =
            command.arg(image).args(["stdout", "-l", &languages.join("+"), "hocr"]).output();
        let output = output.map_err(|error| error.to_string())?;
        let text = String::from_utf8_lossy(&output.stdout);
        match output.status.success() && text.contains("ocr_page") {
            true => Ok(text.into_owned()),
            false => Err(said(self.command, &output)),
        }
    }

    /// A command of several words.
    fn start(&self, words: &str) -> Command {
        let mut words = words.split_whitespace();
        let mut command = Command::new(PathBuf::from(words.next().unwrap_or("tesseract")));
        // Several run at once, each on one core.
        command
            .args(words)
            .current_dir(self.disk.root())
            .env("OMP_THREAD_LIMIT", "1")
            .stdin(Stdio::null());
        command
    }
}

/// What a program said, in one line.
fn said(command: &str, output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr);
    let line = text.lines().map(str::trim).rfind(|line| !line.is_empty());
    match line {
        Some(line) => format!("`{command}` says: {}", crate::legible::legible(line)),
        None => format!("`{command}` wrote no hOCR"),
    }
}
