//! The drafts of one seed beside what was written for it before: their texts, and which draft follows which
//! file. One seed at a time, so that no more than its text need be held.

use std::collections::HashMap;

use super::super::furniture::{Dropped, Edges};
use super::super::ledger::{self, Ledger, Origin};
use super::super::left_out::LeftOutLines;
use super::super::seed::{Draft, NameForms, Seed, Written as Encoded};
use super::super::source::{Mail, Remark};
use super::folders::Folders;
use super::moved::Moved;
use super::present::{Present, State};
use super::{nonempty, overlap};
use crate::content::{self, Document, Relation, Review, Source};
use crate::edtf::{Day, EdtfDate};
use crate::enclosed;
use crate::fields::Placed;
use crate::slug;

/// What was written before, by seed.
pub(super) struct Before<'a> {
    old: &'a Ledger,
    present: &'a Present<'a>,
    moved: &'a Moved,
    by_seed: HashMap<&'a str, Vec<Written<'a>>>,
    folders: &'a Folders,
}

/// Path of a draft, and the first and last line that it was read from.
type Written<'a> = (&'a str, usize, usize);

/// What is left of a seed.
pub(super) struct Compared {
    /// Path below `seeds/`.
    pub path: String,
    /// Checksum for the ledger; empty if it is not known yet.
    pub checksum: String,
    pub proposals: Vec<Proposal>,
    /// Paths of drafts whose place in the seed is gone.
    pub vanished: Vec<String>,
    pub dropped: Vec<Dropped>,
    /// The lines of the seed that no draft of it has.
    pub left_out: LeftOutLines,
    /// The lines that other seeds may have too.
    pub edges: Edges,
    pub encoded: Encoded,
    pub mail: Option<Mail>,
    /// What it was read as.
    pub reading: String,
    pub remarks: Vec<Remark>,
}

/// A draft as it would be written.
pub(super) struct Proposal {
    /// The whole text; empty if the untouched file has it.
    pub text: String,
    pub hash: String,
    pub lines: (usize, usize),
    /// Name of a new file, without its ending.
    pub file_name: String,
    /// Path that it was written to.
    pub before: Option<String>,
    /// The document and its body, if it may answer another seed's, or lies in a mail.
    pub answer: Option<Box<(Document, String)>>,
    pub review: Vec<Review>,
    pub names: NameForms,
}

impl<'a> Before<'a> {
    pub(super) fn new(
        old: &'a Ledger,
        present: &'a Present<'a>,
        moved: &'a Moved,
        folders: &'a Folders,
    ) -> Self {
        let mut by_seed: HashMap<&str, Vec<Written<'_>>> = HashMap::new();
        for (path, entry) in old {
            if let Origin::Seed(seed, first, last) = &entry.origin {
                by_seed.entry(seed).or_default().push((path, *first, *last));
            }
        }
        Self { old, present, moved, by_seed, folders }
    }

    /// Writes the drafts of a seed; new ones bear today as the day on which they were added.
    pub(super) fn compare(&self, mut seed: Seed, today: Day) -> Compared {
        let collection = self.folders.of_seed(&seed.path);
        for draft in &mut seed.drafts {
            draft.document.collection.clone_from(&collection);
        }
        let formerly = seed.formerly.iter().map(String::as_str);
        let own = [seed.path.as_str()].into_iter().chain(self.moved.before(&seed.path));
        let before = own.chain(formerly).filter_map(|path| self.by_seed.get(path)).next();
        let before = before.map_or(&[][..], Vec::as_slice);
        let matched = matches(&seed.drafts, before);
        let answers = seed.mail.as_ref().is_some_and(|mail| !mail.answers.is_empty())
            || enclosed::mail_of(&seed.path).is_some();
        let proposed = |(draft, place): (Draft, &Option<usize>)| {
            let path = place.map(|k| before[k].0);
            self.proposal(draft, path, today, (answers, seed.sha256_of_lines.as_ref()))
        };
        let checksum = seed.sha256_of_lines.as_ref().or(seed.sha256.as_ref());
        let checksum = checksum.map(|sha256| ledger::checksum(sha256).to_owned());
        let vanished = (0..before.len()).filter(|k| !matched.contains(&Some(*k)));
        Compared {
            vanished: vanished.map(|k| before[k].0.to_owned()).collect(),
            proposals: seed.drafts.into_iter().zip(&matched).map(proposed).collect(),
            path: seed.path,
            checksum: checksum.unwrap_or_default(),
            dropped: seed.dropped,
            left_out: seed.left_out,
            edges: seed.edges,
            encoded: seed.written,
            mail: seed.mail,
            reading: seed.reading,
            remarks: seed.remarks,
        }
    }

    fn proposal(
        &self,
        draft: Draft,
        before: Option<&str>,
        today: Day,
        (answers, sha256_of_lines): (bool, Option<&String>),
    ) -> Proposal {
        let state = before.map(|path| self.present.state(path));
        let added = match &state {
            Some(State::Untouched(added)) => *added,
            _ => None,
        };
        let file_name = if before.is_none() { file_name(&draft) } else { String::new() };
        let Draft { mut document, body, lines, names, .. } = draft;
        document.added = added.unwrap_or(today).to_string().parse().ok();
        undate_future(&mut document, today);
        let mut text = content::write(&document, &body);
        let mut hash = ledger::hash(text.as_bytes());
        let old = before.and_then(|path| self.old.get(path)).map(|entry| entry.hash.as_str());
        let mut known = old == Some(hash.as_str());
        if let (false, Some(old), Some(source), Some(sha256)) =
            (known, old, &document.source, sha256_of_lines)
        {
            // Only the line ends of the seed changed: that is no reason to write the draft anew.
            let mut same = document.clone();
            same.source = Some(Source { sha256: Some(sha256.clone()), ..source.clone() });
            let with_plain_ends = content::write(&same, &body);
            let hash_of_it = ledger::hash(with_plain_ends.as_bytes());
            if hash_of_it == old {
                (document, text, hash, known) = (same, with_plain_ends, hash_of_it, true);
            }
        }
        if known && !answers && matches!(state, Some(State::Untouched(_))) {
            text = String::new();
        }
        text.shrink_to_fit();
        let before = before.map(str::to_owned);
        let review = document.review.clone();
        let answer = answers.then(|| Box::new((document, body)));
        Proposal { text, hash, lines, file_name, before, answer, review, names }
    }
}

/// Takes a day long after today out of a record, in doubt: a damaged file or a mistyped table says so, and no
/// document may.
fn undate_future(document: &mut Document, today: Day) {
    let is_ahead =
        |date: &EdtfDate| date.earliest().is_some_and(|day| day.year > today.year + AHEAD);
    let Some(date) = document.date.take_if(|date| is_ahead(date)) else { return };
    let reason = format!("the date that was read, `{date}`, is in the future");
    let line = document.source.as_ref().and_then(|source| source.lines).map(|(first, _)| first);
    document.review.push(Review { field: "date".to_owned(), reason, line });
    document.review.sort_by(|a, b| (&a.field, a.line).cmp(&(&b.field, b.line)));
}

/// Years after today in which a document may be dated, as the archive judges it.
const AHEAD: i32 = crate::archive::AHEAD;

impl Proposal {
    /// Names the document that it answers by its slug.
    pub(super) fn answer(&mut self, slug: &str) {
        let named = Placed { value: slug.to_owned(), range: 0..0 };
        self.link(|document| document.in_reply_to = Some(named));
    }

    /// Names the document of the mail that it came with by its slug.
    pub(super) fn belong_to(&mut self, slug: &str) {
        let named = Placed { value: slug.to_owned(), range: 0..0 };
        self.link(|document| document.relations.push((Relation::Part, named)));
    }

    fn link(&mut self, link: impl FnOnce(&mut Document)) {
        let Some(answer) = &mut self.answer else { return };
        let (document, body) = &mut **answer;
        link(document);
        self.text = content::write(document, body);
        self.hash = ledger::hash(self.text.as_bytes());
    }
}

/// `2008-11-19-letter-from-ban-ki-moon-to-stephen-j-solarz`; undated documents have no date in front.
fn file_name(draft: &Draft) -> String {
    let title = nonempty(slug::short_slug(&draft.document.title), "document");
    let date = draft.document.date.as_ref().map(ToString::to_string).unwrap_or_default();
    let plain: String = date
        .trim_start_matches('[')
        .chars()
        .take_while(|c| c.is_ascii_digit() || *c == '-')
        .collect();
    if plain.is_empty() { title } else { format!("{}-{title}", plain.trim_end_matches('-')) }
}

/// For each draft the earlier one that was in the same lines, or else began there, or was in the same order.
fn matches(drafts: &[Draft], before: &[(&str, usize, usize)]) -> Vec<Option<usize>> {
    let mut before_by_line: Vec<usize> = (0..before.len()).collect();
    before_by_line.sort_by_key(|&k| before[k].1);
    let mut used = vec![false; before.len()];
    let mut from = 0;
    let mut found: Vec<Option<usize>> = drafts
        .iter()
        .map(|draft| {
            let (first, last) = draft.lines;
            while from < before_by_line.len() && before[before_by_line[from]].2 < first {
                from += 1;
            }
            let best = before_by_line[from..]
                .iter()
                .take_while(|&&k| before[k].1 <= last)
                .filter(|&&k| !used[k])
                .max_by_key(|&&k| overlap(draft.lines, (before[k].1, before[k].2)))
                .copied()
                .filter(|&k| overlap(draft.lines, (before[k].1, before[k].2)) >= 500)?;
            used[best] = true;
            Some(best)
        })
        .collect();
    // A document that was cut, or joined with the next, still begins where it began.
    for (place, draft) in found.iter_mut().zip(drafts).filter(|(place, _)| place.is_none()) {
        let begins = |k: &&usize| !used[**k] && before[**k].1 == draft.lines.0;
        *place = before_by_line.iter().find(begins).copied();
        if let Some(k) = *place {
            used[k] = true;
        }
    }
    // A seed that grew at its top moves every line; the order of its documents stays.
    if drafts.len() == before.len() {
        for (place, &k) in found.iter_mut().zip(&before_by_line) {
            if place.is_none() && !used[k] {
                *place = Some(k);
                used[k] = true;
            }
        }
    }
    found
}
