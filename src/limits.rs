//! How much is read: the limits at which something is refused by name, each with its default, in one table.
//!
//! `[limits]` in `config.toml` sets them. What reads files knows no settings, so that [`Limits::put_in_force`] makes them
//! those of the whole program, whenever the settings are read. Each has an upper bound.
//! What the stack cannot bear is no setting: how deep templates, lists and elements of office files may be nested.

use std::sync::atomic::{AtomicU64, Ordering};

/// Something of which there may be only so much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Limit {
    /// The size of a file, in MiB.
    FileMegabytes,
    /// Folders inside each other.
    Folders,
    /// The size of a mail of a mailbox, in MiB.
    MailMegabytes,
    /// Files in one e-mail.
    MailFiles,
    /// Mails in mails.
    MailDepth,
    /// Mails of one mailbox.
    MailboxMails,
    /// What an office file unpacks to, in MiB.
    OfficeMegabytes,
    /// Elements and texts of an office file.
    OfficeElements,
    /// Pages of a PDF.
    PdfPages,
    /// The text of a PDF, in MiB.
    PdfTextMegabytes,
    /// How long a PDF may take to read, in seconds of the processor.
    PdfSeconds,
    /// How much memory a PDF may take, in MiB.
    PdfMegabytes,
    /// Cells of a table.
    TableCells,
    /// Records of a list.
    ListRecords,
    /// Pages of a TIFF.
    ScanPages,
    /// Faults of one file that are shown.
    Faults,
}

/// A limit with its key in the settings, its default, and the most that it can be set to.
type Row = (Limit, &'static str, u64, u64);

const COUNT: usize = 16;

const TABLE: [Row; COUNT] = [
    // A file is held in memory as a whole, some of them twice.
    (Limit::FileMegabytes, "file_megabytes", 1024, 1 << 20),
    // No archive needs as many; hosts refuse longer paths.
    (Limit::Folders, "folders", 64, 200),
    (Limit::MailMegabytes, "mail_megabytes", 256, 1 << 20),
    (Limit::MailFiles, "mail_files", 200, 1 << 20),
    (Limit::MailDepth, "mail_depth", 4, 20),
    (Limit::MailboxMails, "mailbox_mails", 200_000, 1 << 32),
    (Limit::OfficeMegabytes, "office_megabytes", 64, 1 << 20),
    (Limit::OfficeElements, "office_elements", 2_000_000, 1 << 32),
    (Limit::PdfPages, "pdf_pages", 5_000, 1 << 20),
    (Limit::PdfTextMegabytes, "pdf_text_megabytes", 16, 1 << 10),
    (Limit::PdfSeconds, "pdf_seconds", 30, 1 << 20),
    (Limit::PdfMegabytes, "pdf_megabytes", 2048, 1 << 20),
    (Limit::TableCells, "table_cells", 4_000_000, 1 << 32),
    (Limit::ListRecords, "list_records", 200_000, 1 << 32),
    (Limit::ScanPages, "scan_pages", 2_000, 10_000),
    (Limit::Faults, "faults", 100, 1 << 20),
];

const fn defaults() -> [u64; COUNT] {
    let mut all = [0; COUNT];
    let mut at = 0;
    while at < COUNT {
        // A row at another place than its limit has no meaning: the program would not compile.
        assert!(TABLE[at].0 as usize == at);
        all[at] = TABLE[at].2;
        at += 1;
    }
    all
}

static IN_FORCE: [AtomicU64; COUNT] = {
    let (mut all, mut at) = ([const { AtomicU64::new(0) }; COUNT], 0);
    while at < COUNT {
        all[at] = AtomicU64::new(defaults()[at]);
        at += 1;
    }
    all
};

impl Limit {
    /// Every limit, in the order of the table.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|row| row.0)
    }

    /// Its key below `[limits]`.
    pub fn key(self) -> &'static str {
        TABLE[self as usize].1
    }

    /// What it is if nothing is said.
    pub fn default(self) -> u64 {
        TABLE[self as usize].2
    }

    /// The most that it can be set to.
    pub fn most(self) -> u64 {
        TABLE[self as usize].3
    }

    /// What it is now.
    pub fn now(self) -> u64 {
        IN_FORCE[self as usize].load(Ordering::Relaxed)
    }

    /// The same, as a number of things in memory.
    pub fn count(self) -> usize {
        usize::try_from(self.now()).unwrap_or(usize::MAX)
    }

    /// What it is now, in bytes, if it counts megabytes.
    pub fn bytes(self) -> u64 {
        self.now().saturating_mul(1 << 20)
    }

    /// How to raise it, as part of a sentence.
    pub fn told(self) -> String {
        format!("`{}` below `[limits]` in config.toml", self.key())
    }
}

/// What the settings say of all limits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits([u64; COUNT]);

impl Default for Limits {
    fn default() -> Self {
        Self(defaults())
    }
}

impl Limits {
    /// Those that are in force.
    pub fn now() -> Self {
        Self(std::array::from_fn(|at| IN_FORCE[at].load(Ordering::Relaxed)))
    }

    /// Sets one.
    pub fn set(&mut self, limit: Limit, value: u64) {
        self.0[limit as usize] = value.clamp(1, limit.most());
    }

    /// Makes them those of the whole program.
    pub fn put_in_force(&self) {
        for (now, value) in IN_FORCE.iter().zip(self.0) {
            now.store(value, Ordering::Relaxed);
        }
    }

    /// As words that a process is started with; [`Limits::of_words`] reads them.
    pub fn words(&self) -> Vec<String> {
        self.0.iter().map(u64::to_string).collect()
    }

    /// What another process of this program got as arguments.
    pub fn of_words(words: impl Iterator<Item = String>) -> Self {
        let mut limits = Self::default();
        for (limit, word) in Limit::all().zip(words) {
            if let Ok(value) = word.parse() {
                limits.set(limit, value);
            }
        }
        limits
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_what_is_set() {
        let mut limits = Limits::default();
        limits.set(Limit::PdfPages, 7);
        limits.set(Limit::MailDepth, 1_000_000);
        limits.set(Limit::Folders, 0);
        assert_eq!(Limits::of_words(limits.words().into_iter()), limits);
        let [pages, depth, folders] = [Limit::PdfPages, Limit::MailDepth, Limit::Folders]
            .map(|limit| limits.0[limit as usize]);
        assert_eq!((pages, depth, folders), (7, Limit::MailDepth.most(), 1));
        assert_eq!(Limits::of_words(["x".to_owned()].into_iter()), Limits::default());
    }
}
