//! A seed as its source pages are made from it.

use crate::ingest::LeftOut;

/// A seed as it is read for a source page.
#[derive(Debug)]
pub struct SeedRead<'a> {
    /// Those of its lines that the document was read from.
    pub rows: Vec<SeedRow<'a>>,
    /// SHA-256 of its bytes now.
    pub sha256: &'a str,
    /// Whether it is still there.
    pub present: bool,
    /// Whether nothing of it is shown, since it changed after lines of it were withheld.
    pub shut: bool,
    /// Whether some of its lines are not shown.
    pub redacted: bool,
    /// Whether it is an e-mail, of which only some lines are shown.
    pub mail: bool,
    /// Whether it can be downloaded.
    pub download: bool,
}

/// A line of a seed.
#[derive(Debug, Clone, Copy)]
pub struct SeedRow<'a> {
    /// Its number, counted from 1.
    pub number: usize,
    /// Its text.
    pub text: &'a str,
    /// Why it is not shown.
    pub bar: Option<&'a str>,
    /// What of it the document's text leaves out.
    pub left_out: Option<LeftOut>,
    /// The page that begins with it, if the seed's text has several.
    pub page: Option<usize>,
}
