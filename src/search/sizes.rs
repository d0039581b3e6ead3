//! Sizes of files, by the size of the archive: both the number of files and what a query reads of each grow as
//! the square root of the documents, neither of them with all.

/// Documents for which the sizes below are meant; smaller archives have the same.
const DOCUMENTS: u32 = 20_000;

/// Where files of the index end.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sizes {
    /// Bytes of a chunk of words, if no term of it has more.
    pub(super) chunk: usize,
    /// Bytes of a chunk of pairs, or of ideographs.
    pub(super) part: usize,
    /// Bytes after which a shared file of positions ends.
    pub(super) shared: usize,
    /// Bytes of a term's positions after which a new file of its own starts.
    pub(super) stretch: usize,
    /// Rows of one file of the document table.
    pub(super) block: usize,
}

impl Sizes {
    pub(super) fn of(documents: u32) -> Self {
        // In steps, so that few added documents change no size, and with it every file.
        let times = f64::from(documents.max(DOCUMENTS)) / f64::from(DOCUMENTS);
        let quarters = (times.sqrt() * 4.0) as usize;
        let scaled = |size: usize| size * quarters / 4;
        Self {
            chunk: scaled(16 * 1024),
            part: scaled(13 * 1024),
            shared: scaled(76 * 1024),
            stretch: scaled(64 * 1024),
            block: scaled(48),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_grow_as_the_root_of_the_documents() {
        let blocks = [0, 19_999, 20_000, 21_000, 100_000, 320_000].map(|n| Sizes::of(n).block);
        assert_eq!(blocks, [48, 48, 48, 48, 96, 192]);
    }
}
