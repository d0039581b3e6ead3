//! How much is read: the limits at which something is refused by name, each with its default, in one table.
//!
//! `[limits]` in `config.toml` sets them. What reads files knows no settings, so that [`Limits::put_in_force`] makes them
//! those of the whole program, whenever the settings are read. Each has an upper bound.
//! What the stack cannot bear is no setting: how deep templates, lists and elements of office files may be nested.

use std::sync::atomic::{AtomicU64, Ordering};

/// A limit with what it is, its key in the settings, its default, and the most that it can be set to.
type Row = (Limit, &'static str, &'static str, u64, u64);

macro_rules! limits {
    ($($(#[doc = $words:literal])+ $Name:ident: $key:literal, $default:expr, $most:expr;)*) => {
        /// Something of which there may be only so much.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Limit {
            $($(#[doc = $words])+ $Name,)*
        }

        const COUNT: usize = [$($key),*].len();

        const TABLE: [Row; COUNT] =
            [$((Limit::$Name, concat!($($words),+), $key, $default, $most)),*];
    };
}

limits! {
    /// The size of a file, in MiB.
    FileMegabytes: "file_megabytes", 1024, 1 << 20;
    /// Folders inside each other.
    Folders: "folders", 64, 200;
    /// The size of a mail of a mailbox, in MiB.
    MailMegabytes: "mail_megabytes", 256, 1 << 20;
    /// Files in one e-mail.
    MailFiles: "mail_files", 200, 1 << 20;
    /// Mails in mails.
    MailDepth: "mail_depth", 4, 20;
    /// Mails of one mailbox.
    MailboxMails: "mailbox_mails", 200_000, 1 << 32;
    /// What an office file unpacks to, in MiB.
    OfficeMegabytes: "office_megabytes", 64, 1 << 20;
    /// Elements and texts of an office file.
    OfficeElements: "office_elements", 2_000_000, 1 << 32;
    /// Pages of a PDF.
    PdfPages: "pdf_pages", 5_000, 1 << 20;
    /// The text of a PDF, in MiB.
    PdfTextMegabytes: "pdf_text_megabytes", 16, 1 << 10;
    /// How long a PDF may take to read, in seconds of the processor.
    PdfSeconds: "pdf_seconds", 30, 1 << 20;
    /// How much memory a PDF may take, in MiB.
    PdfMegabytes: "pdf_megabytes", 2048, 1 << 20;
    /// Cells of a table.
    TableCells: "table_cells", 4_000_000, 1 << 32;
    /// Records of a list.
    ListRecords: "list_records", 200_000, 1 << 32;
    /// Pages of a TIFF.
    ScanPages: "scan_pages", 2_000, 10_000;
    /// Faults of one file that are shown; the rest are counted.
    Faults: "faults", 100, 1 << 20;
}

static IN_FORCE: [AtomicU64; COUNT] = {
    let (mut all, mut at) = ([const { AtomicU64::new(0) }; COUNT], 0);
    while at < COUNT {
        all[at] = AtomicU64::new(TABLE[at].3);
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
        TABLE[self as usize].2
    }

    /// What it is.
    pub fn words(self) -> &'static str {
        TABLE[self as usize].1
    }

    /// What it is if nothing is said.
    pub fn default(self) -> u64 {
        TABLE[self as usize].3
    }

    /// The most that it can be set to.
    pub fn most(self) -> u64 {
        TABLE[self as usize].4
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
        Self(TABLE.map(|row| row.3))
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
