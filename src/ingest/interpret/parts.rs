//! A letter, memorandum, statement or page by its own layout: head, salutation, signatures, copies.

use super::super::dates;
use super::super::layout::Layout;
use super::super::lexicon;
use super::super::marks;
use super::super::names::{self, Named};
use super::super::parties::{self, Mention, Writing, unique};
use super::super::text::{self, Line};
use super::{Facts, date_of, head, recipients, sender};
use crate::config::DateOrder;

/// Reads the fields of a document that stands by itself.
pub(super) fn read(
    lines: &[Line<'_>],
    layout: &Layout,
    writing: Writing<'_>,
    order: Option<DateOrder>,
) -> Facts {
    let mut facts = Facts::default();
    let found = head::read(lines, layout, writing, order);
    let mut signers = parties::signatures(&lines[layout.signatures.clone()], writing);
    // Below a diplomatic note stands its addressee.
    if found.compliments.is_some() && layout.closing.is_none() {
        signers.clear();
    }
    date(&mut facts, lines, layout, &found, order);
    facts.title.clone_from(&found.title);
    facts.title_lines = found.title_lines.clone();
    facts.subject = found.subject.as_ref().map(|(s, _)| s.clone());
    facts.reads.extend(found.reads.iter().cloned());
    references(&mut facts, lines, layout);
    if let Some(place) = facts.place.take() {
        facts.place = Some(if text::is_caps(&place) { writing.ordinary(&place) } else { place });
    }
    facts.kind = kind(lines, layout, &found, signers.len());
    date_in_title(&mut facts, lines, order);
    if signers.is_empty()
        && let Some(signer) = lone_signer(lines, layout, facts.kind, writing)
    {
        let reason = "who signed is told from a name of one word";
        if signer.person.as_deref().is_some_and(|p| !p.contains(' ')) {
            facts.doubt("creators", reason, Some(signer.line));
        }
        signers.push(signer);
    }
    recipients::read(&mut facts, lines, layout, &found, writing);
    copied(&mut facts, lines, layout, &found, writing);
    for mention in &signers {
        facts.read("signatories", mention.line);
    }
    sender::settle(&mut facts, &found, signers);
    facts
}

/// A name of one word or in small letters, which has no form of a name elsewhere: below the closing, or as
/// a telegram's last line.
fn lone_signer(
    lines: &[Line<'_>],
    layout: &Layout,
    kind: Option<&'static str>,
    writing: Writing<'_>,
) -> Option<Mention> {
    let line = match layout.closing {
        Some(closing) => {
            let from = layout.signatures.start.max(closing + 1).min(lines.len());
            lines[from..].iter().find(|l| !l.is_blank())?
        }
        None if kind == Some("telegram") => lines.iter().rfind(|l| !l.is_blank())?,
        None => return None,
    };
    let name = text::without_emphasis(line.text).trim_start_matches(['-', '–', '—', '~', ' ']);
    let name = name.trim_end_matches([',', '.', ' ']);
    let words: Vec<&str> = name.split_whitespace().collect();
    let plain = |w: &&str| {
        w.chars().all(|c| c.is_alphabetic() || ".'’-".contains(c)) && text::length(w) <= 20
    };
    let common = |w: &&str| {
        let lower = w.to_lowercase();
        lexicon::COMMON.contains(lower.as_str()) || lexicon::OPEN_WORDS.contains(lower.as_str())
    };
    let fits = (1..=3).contains(&words.len())
        && words.iter().all(plain)
        && text::length(name) >= 3
        && !words.iter().any(common)
        && matches!(names::judge(name), Named::Unknown | Named::Person)
        && !marks::is_closing(line.text)
        && !text::is_hangul(name);
    fits.then(|| {
        let capital = |w: &&str| {
            let mut letters = w.chars();
            let first = letters.next().map(|c| c.to_uppercase().collect::<String>());
            first.unwrap_or_default() + letters.as_str()
        };
        let small = name.chars().all(|c| !c.is_uppercase());
        let person = if small {
            words.iter().map(capital).collect::<Vec<_>>().join(" ")
        } else {
            name.to_owned()
        };
        let person = Some(writing.person(&person));
        Mention { person, line: line.number, ..Mention::default() }
    })
}

/// The date in the head, else below the signatures, else before the first sentence.
fn date(
    facts: &mut Facts,
    lines: &[Line<'_>],
    layout: &Layout,
    found: &head::Head,
    order: Option<DateOrder>,
) {
    let tail = || {
        let from = layout.closing.unwrap_or(layout.signatures.start).max(layout.body.start);
        // A statement's date may stand between its last sentence and the names.
        let above = lines[..from].iter().rposition(|l| l.is_prose()).map_or(from, |i| i + 1);
        let below = if from > 0 { &lines[above.max(layout.head.end)..] } else { &[] };
        let of_reference = |l: &Line<'_>| {
            marks::date_of_reference(l.text).and_then(|date| dates::date_line(date, order))
        };
        let dated = |l: &Line<'_>| date_of(l, order).or_else(|| of_reference(l));
        below.iter().take(60).find_map(|l| Some((dated(l)?, l.number)))
    };
    let dated = found.date.clone().or_else(tail).or_else(|| dateline(lines, layout, order));
    if let Some((mut line, number)) = dated {
        // "The Archive Review, 14 January 2019" says where it was published, not where it was written.
        line.place = line.place.filter(|p| names::judge(p) != Named::Organization);
        facts.read("date", number);
        if line.place.is_some() {
            facts.read("place", number);
        }
        facts.place = line.place;
        facts.date = Some((line.reading, number));
    }
}

/// A meeting's minutes bear its date in their title, and rarely another one.
fn date_in_title(facts: &mut Facts, lines: &[Line<'_>], order: Option<DateOrder>) {
    let dated = matches!(
        facts.kind,
        Some("minutes" | "resolution" | "statement" | "press-release" | "telegram")
    );
    if facts.date.is_some() || !dated {
        return;
    }
    let found = lines[facts.title_lines.clone()]
        .iter()
        .flat_map(|l| dates::find(l.text, order).into_iter().map(|f| (f.reading, l.number)));
    let mut found: Vec<_> = found.collect();
    if found.len() == 1
        && let Some((reading, number)) = found.pop()
    {
        facts.read("date", number);
        if facts.kind != Some("minutes") {
            facts.doubt("date", "the date is taken from the title", Some(number));
        }
        facts.date = Some((reading, number));
    }
}

/// `(Seoul, 3 March 2014) – The …`, `GENEVA, March 3, 2014 — The …`: a press release's first words.
fn dateline(
    lines: &[Line<'_>],
    layout: &Layout,
    order: Option<DateOrder>,
) -> Option<(dates::DateLine, usize)> {
    let first = lines[layout.body.clone()].iter().find(|l| !l.is_blank())?;
    let end = (0..=80.min(first.text.len())).rev().find(|&i| first.text.is_char_boundary(i))?;
    let start = &first.text[..end];
    let cut = [" – ", " — ", " - ", " -- ", ") ", "): ", "—", "–"]
        .iter()
        .filter_map(|d| start.find(d))
        .min()?;
    let found = dates::date_line(start[..cut].trim_matches(['(', ')', '[', ']', ' ', '*']), order)?;
    Some((found, first.number))
}

/// Symbols in the head and below the text; those in the text are cited ones.
fn references(facts: &mut Facts, lines: &[Line<'_>], layout: &Layout) {
    let body_prose = |i: usize| layout.body.contains(&i) && lines[i].is_prose();
    for (i, line) in lines.iter().enumerate().filter(|(i, l)| !l.is_blank() && !body_prose(*i)) {
        if marks::is_enclosure(line.text) || line.text.len() > 100 {
            continue;
        }
        // Inside the text only a bare stamp counts, not a labelled citation.
        let symbols = marks::references(line.text);
        if symbols.is_empty() {
            continue;
        }
        let bare = !line.text.contains(':') && names::judge(line.text) != Named::Contact;
        if layout.body.contains(&i) && !bare {
            continue;
        }
        for symbol in symbols {
            if !facts.references.contains(&symbol) {
                facts.read("references", line.number);
                facts.references.push(symbol);
            }
        }
    }
}

/// What the document is: by its title, its head, its layout.
fn kind(
    lines: &[Line<'_>],
    layout: &Layout,
    found: &head::Head,
    signers: usize,
) -> Option<&'static str> {
    if found.kind.is_some() {
        return found.kind;
    }
    let titled = found.title.as_deref().and_then(marks::kind_of_title);
    if titled.is_some() {
        return titled;
    }
    if layout.salutation.is_some()
        || found.compliments.is_some()
        || (layout.closing.is_some() && (signers > 0 || found.has_recipient))
    {
        return Some("letter");
    }
    if found.is_memo {
        return Some("memorandum");
    }
    let addressed = found.has_recipient && (signers > 0 || found.letterhead.is_some());
    if layout.closing.is_some() || addressed && found.subject.is_some() {
        return Some("letter");
    }
    let early: Vec<&Line<'_>> = lines.iter().filter(|l| !l.is_blank()).take(12).collect();
    let byline = early
        .iter()
        .any(|l| l.text.to_lowercase().starts_with("by ") && text::has_at_most(l.text, 10));
    (byline && found.title.is_some()).then_some("article")
}

/// Who gets a copy: the list below the signatures, or the head's label.
fn copied(
    facts: &mut Facts,
    lines: &[Line<'_>],
    layout: &Layout,
    found: &head::Head,
    writing: Writing<'_>,
) {
    let mut listed: Vec<Line<'_>> = lines[layout.copied.clone()].to_vec();
    if let Some(first) = listed.first_mut() {
        first.text = marks::copied(first.text).unwrap_or(first.text);
    }
    let mut mentions = found.copied.clone();
    mentions.extend(parties::copied(&listed, writing));
    for mention in &mentions {
        facts.read("copied", mention.line);
    }
    facts.copied = unique(mentions);
}
