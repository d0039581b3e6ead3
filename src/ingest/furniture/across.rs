//! Lines that come back word for word at the heads or feet of many seeds: a site's head, a donation line.
//!
//! The evidence is counted over all seeds of a folder. A line goes only from the edge of a seed, and only
//! if nothing but such lines is outside of it: what many letters say in their midst is their text.
//! Names, greetings, dates and labels stay, however often they come back.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::super::dates;
use super::super::lexicon::{self, Scope};
use super::super::marks;
use super::super::names::{self, Named};
use super::super::text::{self, Line, bytes};

const ACROSS: &str = "repeated in other seeds";
/// How many lines of a seed's head and foot are compared.
const EDGE: usize = 10;
/// In how many seeds of a folder a line comes back at least, and in what share of them.
const SEEDS: usize = 4;
const SHARE: usize = 4;

/// Lines by a hash of their text.
pub(in crate::ingest) type Repeated = HashSet<u64>;

/// The lines at one seed's edges.
#[derive(Debug, Default, Clone)]
pub(in crate::ingest) struct Edges {
    lines: Vec<u64>,
    /// The first and the last of them, which must be repeated if any is to go.
    ends: [u64; 2],
}

impl Edges {
    /// Those of the lines that no other rule has dropped.
    pub(super) fn of(lines: &[Line<'_>]) -> Self {
        let filled = || lines.iter().filter(|l| !l.is_blank());
        let head = filled().take(EDGE);
        let foot = filled().rev().take(EDGE);
        let mut hashes: Vec<u64> = head.chain(foot).map(|l| hash(l.text)).collect();
        let ends = [filled().next(), filled().next_back()];
        hashes.sort_unstable();
        hashes.dedup();
        Self { lines: hashes, ends: ends.map(|l| l.map_or(0, |l| hash(l.text))) }
    }

    /// Whether a line of the seed may go.
    pub(in crate::ingest) fn may_lose(&self, repeated: &Repeated) -> bool {
        self.ends.iter().any(|end| repeated.contains(end))
    }
}

/// Lines that come back in enough seeds of one folder.
pub(in crate::ingest) fn repeated<'e>(
    folder: impl ExactSizeIterator<Item = &'e Edges>,
) -> Repeated {
    let seeds = folder.len();
    let mut counts: HashMap<u64, usize> = HashMap::new();
    if seeds < SEEDS {
        return Repeated::new();
    }
    for line in folder.flat_map(|e| &e.lines) {
        *counts.entry(*line).or_default() += 1;
    }
    let enough = SEEDS.max(seeds.div_ceil(SHARE));
    counts.into_iter().filter(|(_, n)| *n >= enough).map(|(line, _)| line).collect()
}

/// Marks such lines from the edges of a seed inwards.
pub(super) fn mark(
    lines: &[Line<'_>],
    rules: &mut [Option<&'static str>],
    repeated: &Repeated,
    scope: Scope,
) {
    if repeated.is_empty() {
        return;
    }
    let free = |rules: &[Option<&'static str>]| -> Vec<usize> {
        (0..lines.len()).filter(|&i| !lines[i].is_blank() && rules[i].is_none()).collect()
    };
    let filled = free(rules);
    // A seed of nothing but such lines is what it is.
    let goes =
        |i: &usize| repeated.contains(&hash(lines[*i].text)) && !is_own(lines[*i].text, scope);
    let head = filled.iter().take(EDGE).take_while(|i| goes(i)).count();
    let foot = filled.iter().rev().take(EDGE).take_while(|i| goes(i)).count();
    if head + foot >= filled.len() {
        return;
    }
    for &i in filled[..head].iter().chain(&filled[filled.len() - foot..]) {
        rules[i] = Some(ACROSS);
    }
}

/// What marks a line as a letter's own.
const OWN: &[fn(&str, Scope) -> bool] = &[
    |line, _| is_stated(line),
    marks::is_salutation,
    marks::is_closing,
    marks::is_closing_sentence,
    |line, scope| marks::head_label(line, scope).is_some(),
    |line, scope| marks::copied(line, scope).is_some(),
    marks::is_enclosure,
    marks::is_signed_heading,
    marks::is_notes_heading,
    marks::is_reference,
    |line, _| dates::date_line(line, None).is_some(),
    |line, _| names::names_person(line),
    |line, _| !text::is_prose(line) && names::judge(line) != Named::Unknown,
    |line, scope| text::has_at_most(line, 4) && marks::kind_of_title(line, scope).is_some(),
];

/// Whether a line tells who wrote, to whom, when, or what: a letter's own, however often it comes back.
fn is_own(line: &str, scope: Scope) -> bool {
    OWN.iter().any(|is_sign| is_sign(line, scope))
}

/// What somebody says of himself, asks or answers, or what an editor put in brackets: an oath, a form's question, a
/// name left out.
const STATED: &[fn(&str) -> bool] = &[
    |line| line.starts_with('[') && line.ends_with(']'),
    |line| line.starts_with('(') && line.ends_with(')'),
    |line| line.ends_with(['?', ':', '？', '：']),
    |line| text::has_at_most(line, 1),
    speaks,
];

fn is_stated(line: &str) -> bool {
    STATED.iter().any(|is_sign| is_sign(line))
}

fn speaks(line: &str) -> bool {
    static SPEAKERS: LazyLock<lexicon::Words> = LazyLock::new(|| lexicon::set(|l| l.speakers));
    let mut words = line.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty());
    text::is_prose(line) && words.any(|w| lexicon::has(&SPEAKERS, w))
}

/// A number of a line's text, its digits counted alike.
fn hash(line: &str) -> u64 {
    let mut digit = false;
    let alike = line.bytes().filter_map(move |b| {
        let again = digit && b.is_ascii_digit();
        digit = b.is_ascii_digit();
        (!again).then_some(if digit { b'0' } else { b })
    });
    bytes::hash(alike)
}
