//! Counts the files of a build as they are made: a line that moves on a terminal, a plain line from time
//! to time elsewhere.

use std::io;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use super::words::counted;
use super::{Terminal, interrupt};
use crate::files::{FileError, Sink};

/// Elsewhere than on a terminal, work that takes longer says so as often.
const PERIOD: Duration = Duration::from_secs(10);

/// Between two moves of a line.
const TICK: Duration = Duration::from_millis(100);

/// A sink that counts what another takes, and takes no more after Ctrl-C.
pub(super) struct Progress<'a> {
    sink: &'a dyn Sink,
    bar: ProgressBar,
    /// Who gets plain lines, and when; nobody where the bar is seen.
    lines: Option<(Terminal, Pace)>,
}

impl<'a> Progress<'a> {
    pub(super) fn new(sink: &'a dyn Sink, terminal: &Terminal) -> Self {
        let is_seen = terminal.shows_progress();
        let bar = if is_seen { ProgressBar::new_spinner() } else { ProgressBar::hidden() };
        if let Ok(style) = ProgressStyle::with_template("{spinner} {human_pos} files, {elapsed}") {
            bar.set_style(style);
        }
        let lines = (!is_seen).then(|| (*terminal, Pace::new(PERIOD)));
        Self { sink, bar, lines }
    }
}

impl Sink for Progress<'_> {
    fn put(&self, path: &str, bytes: &[u8]) -> Result<(), FileError> {
        if interrupt::happened() {
            let source = io::ErrorKind::Interrupted.into();
            return Err(FileError { action: "write", path: path.to_owned(), source });
        }
        self.bar.inc(1);
        if let Some((terminal, pace)) = &self.lines
            && let Some(count) = pace.step()
        {
            let count = usize::try_from(count).unwrap_or(usize::MAX);
            terminal.say(format_args!("{} so far", counted(count, "file")));
        }
        self.sink.put(path, bytes)
    }

    fn keep(&self, path: &str) -> bool {
        self.sink.keep(path)
    }
}

impl Drop for Progress<'_> {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// A line that moves on a terminal while something is done that cannot be counted.
pub(super) struct Waiting {
    bar: ProgressBar,
}

impl Waiting {
    pub(super) fn new(what: &'static str, terminal: &Terminal) -> Self {
        if !terminal.shows_progress() {
            return Self { bar: ProgressBar::hidden() };
        }
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} {msg}, {elapsed}") {
            bar.set_style(style);
        }
        bar.set_message(what);
        bar.enable_steady_tick(TICK);
        Self { bar }
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Counts steps of which it is known how many there are.
pub(super) struct Steps {
    bar: ProgressBar,
    all: usize,
    noun: &'static str,
    lines: Option<(Terminal, Pace)>,
}

impl Steps {
    pub(super) fn new(all: usize, noun: &'static str, terminal: &Terminal) -> Self {
        let is_seen = terminal.shows_progress();
        let length = u64::try_from(all).unwrap_or(u64::MAX);
        let bar = if is_seen { ProgressBar::new(length) } else { ProgressBar::hidden() };
        let line = "{bar:30} {human_pos} of {human_len}, {elapsed}, about {eta} left";
        if let Ok(style) = ProgressStyle::with_template(line) {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_secs(1));
        let lines = (!is_seen).then(|| (*terminal, Pace::new(PERIOD)));
        Self { bar, all, noun, lines }
    }

    pub(super) fn step(&self) {
        self.bar.inc(1);
        if let Some((terminal, pace)) = &self.lines
            && let Some(count) = pace.step()
        {
            terminal.say(format_args!("{count} of {} so far", counted(self.all, self.noun)));
        }
    }
}

impl Drop for Steps {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}

/// Counts steps, and says when it is time for a line.
struct Pace {
    started: Instant,
    period: Duration,
    steps: AtomicU64,
    /// How many periods had a line.
    told: AtomicU64,
}

impl Pace {
    fn new(period: Duration) -> Self {
        Self { started: Instant::now(), period, steps: AtomicU64::new(0), told: AtomicU64::new(0) }
    }

    /// One step; the number of all, if a period has passed without a line.
    fn step(&self) -> Option<u64> {
        self.step_at(self.started.elapsed())
    }

    fn step_at(&self, elapsed: Duration) -> Option<u64> {
        let steps = self.steps.fetch_add(1, Ordering::Relaxed) + 1;
        let periods = elapsed.as_millis() / self.period.as_millis().max(1);
        let periods = u64::try_from(periods).unwrap_or(u64::MAX);
        let told = self.told.fetch_max(periods, Ordering::Relaxed);
        (periods > told).then_some(steps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_work_is_told_once_a_period() {
        let pace = Pace::new(PERIOD);
        let told = [1, 9, 10, 11, 19, 45, 46].map(|s| pace.step_at(Duration::from_secs(s)));
        assert_eq!(told, [None, None, Some(3), None, None, Some(6), None]);
    }
}
