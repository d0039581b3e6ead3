//! One seed → its drafts: the steps of ingest in their order. Pure, and the same for any seed alone.

use sha2::{Digest, Sha256};

use super::body::{self, Body, Vocabulary};
use super::decode::{self, Refusal};
use super::filename;
use super::furniture::{self, Dropped, Own};
use super::interpret::{self, Facts, Read};
use super::layout::Layout;
use super::markdown::Dialect;
use super::marks;
use super::parties::{Mention, Writing};
use super::people;
use super::split;
use super::text::{self, Line};
use crate::config::Config;
use crate::content::{Document, Source};

/// A document as ingest proposes it.
#[derive(Debug)]
pub(super) struct Draft {
    pub document: Document,
    pub body: String,
    /// First and last line in the seed.
    pub lines: (usize, usize),
    /// Organizations' names as recorded and as written.
    pub organizations: Vec<(String, String)>,
    /// People's names as recorded.
    pub people: Vec<String>,
    pub reads: Vec<Read>,
}

/// What a seed gave.
#[derive(Debug)]
pub(super) struct Seed {
    /// Path below `seeds/`.
    pub path: String,
    pub drafts: Vec<Draft>,
    pub dropped: Vec<Dropped>,
}

/// Reads one seed.
pub(super) fn read(
    path: &str,
    bytes: &[u8],
    config: &Config,
    own: &Own,
    names: &[filename::Pattern],
) -> Result<Seed, Refusal> {
    let text = decode::decode(bytes)?;
    let sha256 = hex(&Sha256::digest(bytes));
    let (lines, mut dropped) = furniture::remove(text::lines(&text), own);
    let named = filename::read(path, names, &text);
    let (pieces, preamble) = match named {
        // A name that tells date and sender tells that the seed is one document.
        Some(_) => (split::whole(&lines), 0..0),
        None => split::split(&lines, config.ingest.date_order),
    };
    dropped.extend(lines[preamble].iter().filter(|l| !l.is_blank()).map(|l| Dropped {
        line: l.number,
        rule: "heading of the listing",
        text: l.text.to_owned(),
    }));
    let listed = listed_kind(&dropped);
    let writing = Writing { text: &text };
    let vocabulary = Vocabulary::of(&text);
    let dialect = Dialect::of(&text);
    let named = named.as_ref();
    let read =
        |p: &split::Piece| interpret::read(&lines[p.lines.clone()], p, writing, config, named);
    let (mut facts, layouts): (Vec<Facts>, Vec<Layout>) = pieces.iter().map(read).unzip();
    for f in facts.iter_mut().filter(|f| f.kind == Some("article")) {
        f.kind = listed.or(f.kind);
    }
    people::complete(&mut facts);
    let mut drafts = Vec::with_capacity(pieces.len());
    for ((piece, mut facts), layout) in pieces.iter().zip(facts).zip(&layouts) {
        let lines = &lines[piece.lines.clone()];
        let mut document = interpret::finish(&mut facts, lines, layout, config, named);
        let title = repeated_title(lines, &facts, layout);
        dropped.extend(lines[title.clone()].iter().filter(|l| !l.is_blank()).map(|l| Dropped {
            line: l.number,
            rule: "title, shown above the text",
            text: l.text.to_owned(),
        }));
        let body = body::write(&Body { lines, layout, title, dialect, vocabulary: &vocabulary });
        let range = (lines[0].number, lines[lines.len() - 1].number);
        document.source = Some(Source {
            seed: Some(path.to_owned()),
            sha256: Some(sha256.clone()),
            lines: Some(range),
            url: None,
        });
        let mentions = [&facts.creators, &facts.signatories, &facts.recipients, &facts.copied];
        let (organizations, people) = name_forms(mentions.into_iter().flatten());
        drafts.push(Draft {
            document,
            body,
            lines: range,
            organizations,
            people,
            reads: facts.reads,
        });
    }
    dropped.sort_by_key(|d| d.line);
    Ok(Seed { path: path.to_owned(), drafts, dropped })
}

pub(super) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}

/// The kind of a listing's entries, if its heading names it: `Press releases`.
fn listed_kind(dropped: &[Dropped]) -> Option<&'static str> {
    let headings = dropped.iter().filter(|d| d.rule == "heading of the listing");
    headings.filter_map(|d| marks::kind_of_title(d.text.trim_end_matches(['s', ':']))).next()
}

/// The document's first lines, if they are its title word for word.
fn repeated_title(lines: &[Line<'_>], facts: &Facts, layout: &Layout) -> std::ops::Range<usize> {
    let range = facts.title_lines.clone();
    let first = lines.iter().position(|l| !l.is_blank()).unwrap_or(0);
    let in_heading =
        layout.signatures.is_empty() && range.end <= layout.head.end && first + 1 == range.start;
    if range.is_empty() || (range.start != first && !in_heading) || range.end >= lines.len() {
        return 0..0;
    }
    let letters = |s: &str| {
        s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>()
    };
    let own: String = lines[range.clone()].iter().map(|l| letters(l.text)).collect();
    if facts.title.as_deref().is_some_and(|t| letters(t) == own) { range } else { 0..0 }
}

fn name_forms<'m>(
    mentions: impl Iterator<Item = &'m Mention>,
) -> (Vec<(String, String)>, Vec<String>) {
    let (mut organizations, mut people) = (Vec::new(), Vec::new());
    for mention in mentions {
        if let Some(name) = &mention.organization {
            organizations
                .push((name.clone(), mention.written.clone().unwrap_or_else(|| name.clone())));
        }
        people.extend(mention.person.clone());
    }
    (organizations, people)
}
