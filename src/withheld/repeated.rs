//! Words of withheld lines that a document's file still holds: somebody forgot to take them out.

use std::collections::HashSet;
use std::ops::RangeInclusive;

use super::Part;
use super::words::{Vocabulary, Word, is_hangul, is_ideograph};
use crate::archive::Withheld;
use crate::diagnostic::{Diagnostic, Position};
use crate::ingest::SeedLine;
use crate::slug::slugify;

/// Digits that make a number of its own: of a telephone, an account, a passport.
const DIGITS: usize = 5;

/// Letters of a single word that may be a name.
const NAME: usize = 4;

/// Reports words that stand in withheld lines only, and in the file of one of the seed's documents.
pub(super) fn check(
    lines: &[SeedLine],
    parts: &[Part<'_>],
    known: &Withheld,
    faults: &mut Vec<Diagnostic>,
) {
    let meets = |range: &RangeInclusive<usize>, line: &SeedLine| {
        *range.start() <= line.place.1 && line.place.0 <= *range.end()
    };
    let mut vocabulary = Vocabulary::default();
    let mut shown = Shown::default();
    let mut secrets: Vec<(usize, Vec<Word>)> = Vec::new();
    for line in lines {
        let words = vocabulary.words(&line.text);
        if known.lines.iter().any(|(range, _)| meets(range, line)) {
            secrets.push((line.place.0, words));
        } else if !known.hidden.iter().any(|range| meets(range, line)) {
            shown.add(&words);
        }
    }
    let mut telling: Vec<Telling> = Vec::new();
    for (line, words) in &secrets {
        telling.extend(
            told(words, &vocabulary, &shown)
                .into_iter()
                .map(|words| Telling { line: *line, words }),
        );
    }
    if telling.is_empty() {
        return;
    }
    for part in parts {
        faults.extend(
            named(&telling, part, &vocabulary)
                .map(|fault| Diagnostic::error(part.path, fault))
                .map(of_name),
        );
        let words = vocabulary.words(part.text);
        // One fault for words that follow each other, however many runs of them tell the same.
        let mut lines: Vec<Option<usize>> = vec![None; words.len()];
        for secret in &telling {
            for (at, run) in words.windows(secret.words.len()).enumerate() {
                if secret.is_in(run, &vocabulary) {
                    lines[at..at + run.len()].fill(Some(secret.line));
                }
            }
        }
        let mut at = 0;
        for same in lines.chunk_by(|a, b| a == b) {
            let (first, last) = (words[at], words[at + same.len() - 1]);
            at += same.len();
            let Some(line) = same[0] else { continue };
            let end = last.at + vocabulary.text(last.id).len();
            let message =
                format!("line {line} of the seed is withheld, and its words are still here");
            faults.push(
                Diagnostic::error_at(part.source_text(), first.at..end, message)
                    .expected("nothing of what is withheld, in the text or in the record")
                    .help("put `[withheld: reason]` in the place of the words; if they may be read, withhold fewer lines"),
            );
        }
    }
}

/// Names and numbers that a mark replaces, and that the same file has elsewhere.
pub(super) fn elsewhere(
    gone: &[Word],
    part: &Part<'_>,
    vocabulary: &mut Vocabulary,
) -> Option<Diagnostic> {
    let telling = told(gone, vocabulary, &Shown::default());
    // A whole line is gone already, and a part of it tells more.
    let secrets = telling.into_iter().filter(|words| words.len() < WHOLE);
    let secrets: Vec<Telling> = secrets.map(|words| Telling { line: 0, words }).collect();
    let words = vocabulary.words(part.text);
    let found = secrets.iter().find_map(|secret| {
        words.windows(secret.words.len()).find(|run| secret.is_in(run, vocabulary))
    })?;
    let (first, last) = (found.first()?, found.last()?);
    let range = first.at..last.at + vocabulary.text(last.id).len();
    let said = part.text.get(range.clone()).unwrap_or_default();
    let message = format!("`{said}` is withheld elsewhere in this file, but not here");
    Some(
        Diagnostic::warning(part.path, message)
            .at(Position::of(part.text, range))
            .expected("nothing that a mark withholds, in the text or in the record")
            .help("put `[withheld: reason]` in its place, or remove it from the record"),
    )
}

/// Names and numbers that a mark replaces, and that are in the file's own name.
pub(super) fn in_name(
    gone: &[Word],
    part: &Part<'_>,
    vocabulary: &Vocabulary,
) -> Option<Diagnostic> {
    let telling = told(gone, vocabulary, &Shown::default());
    let secrets = telling.into_iter().filter(|words| words.len() < WHOLE);
    let secrets: Vec<Telling> = secrets.map(|words| Telling { line: 0, words }).collect();
    named(&secrets, part, vocabulary)
        .map(|fault| Diagnostic::warning(part.path, fault))
        .map(of_name)
}

/// What is to be said if the name of a file, which is the last part of its address, tells one of the secrets.
fn named(secrets: &[Telling], part: &Part<'_>, vocabulary: &Vocabulary) -> Option<String> {
    // What front matter says instead is a text of the file, like any other.
    if part.record.slug.is_some() {
        return None;
    }
    let path = part.path.strip_suffix(".md").unwrap_or(part.path);
    let path = path.strip_suffix("/index").unwrap_or(path);
    let name = format!("-{}-", slugify(path.rsplit('/').next().unwrap_or(path)));
    let spelled = |secret: &Telling| {
        let words: Vec<&str> = secret.words.iter().map(|id| vocabulary.text(*id)).collect();
        slugify(&words.join(" "))
    };
    let is_told = |secret: &String| secret.len() >= DIGITS && name.contains(&format!("-{secret}-"));
    let secret = secrets.iter().map(spelled).find(is_told)?;
    Some(format!("`{secret}` is withheld in this file, and its name tells it"))
}

fn of_name(fault: Diagnostic) -> Diagnostic {
    fault
        .note("a file's name is the last part of its page's address")
        .expected("a name that tells nothing of what is withheld")
        .help(
            "rename the file, or write another `slug`; if it was published, delete the old address in \
             content/urls.lock too",
        )
}

/// A run of words that tells what a withheld line says.
struct Telling {
    line: usize,
    words: Vec<u32>,
}

impl Telling {
    fn is_in(&self, run: &[Word], vocabulary: &Vocabulary) -> bool {
        self.words.iter().zip(run).all(|(secret, word)| {
            *secret == word.id || {
                // Korean words take their particles along.
                let (secret, word) = (vocabulary.text(*secret), vocabulary.text(word.id));
                secret.chars().filter(|c| is_hangul(*c)).count() >= 3 && word.starts_with(secret)
            }
        })
    }
}

/// Runs of words that stand in lines which are not withheld.
#[derive(Default)]
struct Shown {
    words: HashSet<u32>,
    pairs: HashSet<[u32; 2]>,
    runs: HashSet<[u32; 3]>,
}

impl Shown {
    fn add(&mut self, words: &[Word]) {
        let ids: Vec<u32> = words.iter().map(|word| word.id).collect();
        self.words.extend(&ids);
        self.pairs.extend(ids.windows(2).filter_map(|w| <[u32; 2]>::try_from(w).ok()));
        self.runs.extend(ids.windows(3).filter_map(|w| <[u32; 3]>::try_from(w).ok()));
    }

    fn has_all(&self, words: &[u32]) -> bool {
        words.windows(3).all(|w| <[u32; 3]>::try_from(w).is_ok_and(|run| self.runs.contains(&run)))
    }
}

/// Words of a line that is whole; of a longer one the ends, which a hyphen may have cut, do not count.
const WHOLE: usize = 3;
const LONG: usize = 6;

/// The runs of a withheld line by which its words are known again, and that no other line has: the line
/// itself, names, numbers. Other words may stay, if somebody took out what must not be read.
fn told(words: &[Word], vocabulary: &Vocabulary, shown: &Shown) -> Vec<Vec<u32>> {
    let ids: Vec<u32> = words.iter().map(|word| word.id).collect();
    let mut told: Vec<Vec<u32>> = Vec::new();
    let line = if ids.len() >= LONG { &ids[1..ids.len() - 1] } else { &ids[..] };
    if line.len() >= WHOLE && !shown.has_all(line) {
        told.push(line.to_vec());
    }
    // Two words tell something if both are names or numbers.
    for pair in words.windows(2).filter(|pair| pair.iter().all(|w| is_telling(w, vocabulary))) {
        let run = [pair[0].id, pair[1].id];
        if !shown.pairs.contains(&run) {
            told.push(run.to_vec());
        }
    }
    let is_alone = words.len() == 1;
    for word in words.iter().filter(|word| !shown.words.contains(&word.id)) {
        let text = vocabulary.text(word.id);
        let digits = text.chars().filter(char::is_ascii_digit).count();
        let hangul = text.chars().filter(|c| is_hangul(*c)).count();
        let is_name = is_alone && word.marked && text.chars().count() >= NAME;
        if digits >= DIGITS || is_name || is_alone && hangul >= 3 {
            told.push(vec![word.id]);
        }
    }
    told
}

/// Whether a word may be a name or a number.
fn is_telling(word: &Word, vocabulary: &Vocabulary) -> bool {
    let text = vocabulary.text(word.id);
    word.marked && vocabulary.weight(word.id) >= 3 && !text.chars().all(is_ideograph)
}
