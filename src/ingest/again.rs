//! A seed read once more, to be compared with what people made of its drafts; and e-mails without what
//! only carried them.

use std::collections::BTreeSet;

use super::decode::Known;
use super::plan::Rules;
use super::source::Source;
use crate::config::Config;
use crate::diagnostic::Report;

/// Reads seeds once more, by the settings of an archive.
pub struct Rereader(Rules);

/// A seed as its drafts were made from it.
#[derive(Debug)]
pub struct Again {
    /// The lines that rules read.
    pub lines: Vec<SeedLine>,
    /// The bodies that would be drafted now.
    pub bodies: Vec<String>,
}

/// A line as rules read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeedLine {
    /// Its text.
    pub text: String,
    /// First and last line of the seed that it was read from.
    pub place: (usize, usize),
    /// Whether a rule left it out of the body.
    pub dropped: bool,
}

impl Rereader {
    /// A reader with the settings of an archive, whose faults were told when they were read.
    pub fn new(config: &Config) -> Self {
        Self(Rules::new(config, &Report::new()))
    }

    /// Reads a seed, by its path below `seeds/`, in the encoding that its drafts name; none if nothing can be drafted
    /// from it.
    pub fn read(&self, path: &str, bytes: &[u8], encoding: Option<&str>) -> Option<Again> {
        let seed = self.0.read(path, bytes, encoding)?;
        let known = super::seed::known(self.0.config(path));
        let known = Known { encoding: encoding.or(known.encoding), ..known };
        let source = Source::read(path, bytes, known).ok()?;
        // What was left out before there were lines, such as a comment, is none of them.
        let early: BTreeSet<(usize, &str)> =
            source.dropped.iter().map(|d| (d.line, d.rule)).collect();
        let of_lines = seed.dropped.iter().filter(|d| !early.contains(&(d.line, d.rule)));
        let mut dropped: Vec<usize> = of_lines.map(|d| d.line).collect();
        dropped.sort_unstable();
        let line = |(text, number): (&str, usize)| {
            let place = source.place(number);
            let is_dropped = number <= source.head
                || source.is_plain() && dropped.binary_search(&place.0).is_ok();
            SeedLine { text: text.to_owned(), place, dropped: is_dropped }
        };
        let lines = source.text.split('\n').zip(1..).map(line).collect();
        Some(Again { lines, bodies: seed.drafts.into_iter().map(|draft| draft.body).collect() })
    }
}

/// The lines of an e-mail that ingest reads, each with its first and last line in the seed: the names in
/// its head, its text, the names of its attachments. No address, no route, no attachment. None if the seed
/// is no e-mail.
pub fn mail_lines(path: &str, bytes: &[u8]) -> Option<Vec<SeedLine>> {
    let source = Source::read_mail(path, bytes)?;
    let line = |(text, number): (&str, usize)| SeedLine {
        text: without_addresses(text),
        place: source.place(number),
        dropped: false,
    };
    Some(source.text.split('\n').zip(1..).map(line).collect())
}

/// A line without e-mail addresses and the brackets around them.
fn without_addresses(line: &str) -> String {
    if !line.contains('@') {
        return line.to_owned();
    }
    let mut out = String::with_capacity(line.len());
    let finder = {
        let mut finder = linkify::LinkFinder::new();
        finder.kinds(&[linkify::LinkKind::Email]);
        finder
    };
    let mut after_address = false;
    for span in finder.spans(line) {
        if span.kind().is_some() {
            out.truncate(out.trim_end_matches("mailto:").trim_end_matches('<').len());
            out.push('…');
            after_address = true;
        } else {
            let text = span.as_str();
            out.push_str(if after_address { text.trim_start_matches('>') } else { text });
            after_address = false;
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_left_out_of_lines() {
        let shown = without_addresses("From: Jane Doe <jane@example.org>; <ro@example.org>, x");
        assert_eq!(shown, "From: Jane Doe …; …, x");
        assert_eq!(without_addresses("a @ b"), "a @ b");
    }
}
