//! Counts the files of a build on a terminal as they are made.

use std::io;

use indicatif::{ProgressBar, ProgressStyle};

use super::{Terminal, interrupt};
use crate::files::{FileError, Sink};

/// A sink that counts what another takes, and takes no more after Ctrl-C.
pub(super) struct Progress<'a> {
    sink: &'a dyn Sink,
    bar: ProgressBar,
}

impl<'a> Progress<'a> {
    pub(super) fn new(sink: &'a dyn Sink, terminal: &Terminal) -> Self {
        let bar = if terminal.shows_progress() {
            ProgressBar::new_spinner()
        } else {
            ProgressBar::hidden()
        };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} files, {elapsed}") {
            bar.set_style(style);
        }
        Self { sink, bar }
    }
}

impl Sink for Progress<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        if interrupt::happened() {
            let source = io::ErrorKind::Interrupted.into();
            return Err(FileError { action: "write", path: path.to_owned(), source });
        }
        self.bar.inc(1);
        self.sink.put(path, bytes)
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
