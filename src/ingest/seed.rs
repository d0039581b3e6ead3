//! One seed → its drafts: the steps of ingest in their order. Pure, and the same for any seed alone.

use sha2::{Digest, Sha256};

use super::body::{self, Body, Vocabulary};
use super::decode::{self, Refusal};
use super::filename;
use super::furniture::{self, Dropped, Own};
use super::interpret::{self, Read};
use super::markdown::Dialect;
use super::parties::{Mention, Writing};
use super::split;
use super::text;
use crate::config::Config;
use crate::content::{Document, Party, Source, name as forms};

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
    let writing = Writing { text: &text };
    let vocabulary = Vocabulary::of(&text);
    let dialect = Dialect::of(&text);
    let mut drafts: Vec<Draft> = pieces
        .iter()
        .map(|piece| {
            let own_lines = &lines[piece.lines.clone()];
            let mut found = interpret::interpret(own_lines, piece, writing, config, named.as_ref());
            let title = repeated_title(own_lines, &found.reading);
            dropped.extend(own_lines[title.clone()].iter().filter(|l| !l.is_blank()).map(|l| {
                Dropped {
                    line: l.number,
                    rule: "title, shown above the text",
                    text: l.text.to_owned(),
                }
            }));
            let body = body::write(&Body {
                lines: own_lines,
                layout: &found.layout,
                title,
                dialect,
                vocabulary: &vocabulary,
            });
            let range = (own_lines[0].number, own_lines[own_lines.len() - 1].number);
            found.document.source = Some(Source {
                seed: Some(path.to_owned()),
                sha256: Some(sha256.clone()),
                lines: Some(range),
                url: None,
            });
            let mentions = [
                &found.reading.creators,
                &found.reading.signatories,
                &found.reading.recipients,
                &found.reading.copied,
            ];
            let (organizations, people) = name_forms(mentions.into_iter().flatten());
            Draft {
                document: found.document,
                body,
                lines: range,
                organizations,
                people,
                reads: found.reading.reads,
            }
        })
        .collect();
    same_people(&mut drafts);
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

/// The document's first lines, if they are its title word for word.
fn repeated_title(lines: &[text::Line<'_>], facts: &interpret::Facts) -> std::ops::Range<usize> {
    let range = facts.title_lines.clone();
    let first = lines.iter().position(|l| !l.is_blank()).unwrap_or(0);
    if range.is_empty() || range.start != first || range.end >= lines.len() {
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

/// A person for whom one document of the seed names office and body has them in its others too.
fn same_people(drafts: &mut [Draft]) {
    let mut known: std::collections::HashMap<String, Party> = std::collections::HashMap::new();
    for draft in drafts.iter() {
        let d = &draft.document;
        for party in d.creators.iter().chain(&d.signatories).chain(&d.recipients).chain(&d.copied) {
            if let (Some(person), Some(_)) = (&party.person, &party.organization) {
                known.entry(forms::key(person)).or_insert_with(|| party.clone());
            }
        }
    }
    if drafts.len() < 2 || known.is_empty() {
        return;
    }
    for draft in drafts.iter_mut() {
        let d = &mut draft.document;
        let parties = d.creators.iter_mut().chain(&mut d.signatories).chain(&mut d.recipients);
        for party in parties.filter(|p| p.person.is_some() && p.organization.is_none()) {
            let Some(other) = known.get(&forms::key(party.person.as_deref().unwrap_or_default()))
            else {
                continue;
            };
            party.organization.clone_from(&other.organization);
            if party.role.is_none() {
                party.role.clone_from(&other.role);
            }
        }
    }
}
