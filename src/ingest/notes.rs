//! Notes in any notation: definitions (`[1] …`, `¹ …`, `^{iv} …`, `* …`, `1. …` under a heading) and
//! the marks in the text that call them.
//!
//! A definition without a mark that calls it is no note, so that a numbered list stays a list.

mod mark;

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

use super::lexicon::Scope;
use super::markdown::Dialect;
use super::marks;
use super::text::{Break, Line};
use mark::{Style, is_flat, mark_at, marks_in, number_of, raised, value};

/// The notes of a document.
#[derive(Debug, Default)]
pub(super) struct Notes {
    /// By the index of its first line.
    pub definitions: BTreeMap<usize, Definition>,
    /// By the index of their line: where marks are in its text, in order, with their labels.
    pub calls: HashMap<usize, Vec<Call>>,
}

/// Where a mark is in its line's text, in bytes, and the label of its note.
pub(super) type Call = (Range<usize>, String);
/// A mark's line, and its place in the line's text.
type Place = (usize, Range<usize>);
/// A definition with the marks that call it.
type Called<'c> = (&'c Candidate, Vec<Place>);

/// One note's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Definition {
    /// Label of the Markdown footnote.
    pub label: String,
    /// Where its text begins in its first line, in bytes.
    pub start: usize,
    /// Index after its last line.
    pub end: usize,
}

/// A line that may define a note.
struct Candidate {
    line: usize,
    style: Style,
    value: String,
    start: usize,
}

/// Finds the notes of a document; in Markdown a bracket with a colon defines where links lead.
pub(super) fn find(lines: &[Line<'_>], dialect: Dialect, scope: Scope) -> Notes {
    let mut candidates = candidates(lines);
    if dialect.markdown {
        candidates.retain(|c| c.style != Style::Bracket || !lines[c.line].text.contains("]: http"));
    }
    let mut notes = Notes::default();
    if candidates.is_empty() {
        return notes;
    }
    let firsts: Vec<usize> = candidates.iter().map(|c| c.line).collect();
    let mut accepted: Vec<Called<'_>> = Vec::new();
    for style in [Style::Bracket, Style::Raised, Style::Sign, Style::Flat] {
        let of_style: Vec<&Candidate> = candidates.iter().filter(|c| c.style == style).collect();
        if style == Style::Flat {
            accepted.extend(flat(lines, &of_style, scope));
        } else {
            accepted.extend(called(lines, &of_style, &firsts));
        }
    }
    // Labels of our own follow the marks in the text.
    let plain = labels_are_numbers(&accepted);
    accepted.sort_by_key(|(c, calls)| {
        let call = calls.iter().map(|(line, range)| (*line, range.start)).min();
        if plain {
            (c.line, 0, c.line)
        } else {
            call.map_or((c.line, 0, c.line), |(l, at)| (l, at, c.line))
        }
    });
    for (k, (candidate, calls)) in accepted.iter().enumerate() {
        let label = if plain { candidate.value.clone() } else { (k + 1).to_string() };
        let end = (candidate.line + 1..lines.len())
            .find(|&i| lines[i].is_blank() || firsts.contains(&i))
            .unwrap_or(lines.len());
        for (line, range) in calls {
            notes.calls.entry(*line).or_default().push((range.clone(), label.clone()));
        }
        notes.definitions.insert(candidate.line, Definition { label, start: candidate.start, end });
    }
    for i in 0..lines.len() {
        if let Some(calls) = notes.calls.get_mut(&i) {
            calls.sort_by_key(|(range, _)| range.start);
            calls.dedup_by(|b, a| b.0.start < a.0.end);
        }
    }
    notes
}

/// Numbers that are used once each may stay as they are.
fn labels_are_numbers(accepted: &[Called<'_>]) -> bool {
    let mut seen = std::collections::HashSet::new();
    accepted.iter().all(|(c, _)| c.value.parse::<u32>().is_ok() && seen.insert(c.value.as_str()))
}

/// Lines that begin with a note's mark.
fn candidates(lines: &[Line<'_>]) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (i, line) in lines.iter().enumerate().filter(|(_, l)| !l.is_blank()) {
        if line.text.starts_with(|c: char| c.is_alphabetic() && !"ⁱᵛˣ".contains(c)) {
            continue;
        }
        let at_start = |style| mark_at(line.text, style);
        // `[a](b)` is a link.
        let unlinked = |end: &usize| !line.text[*end..].starts_with('(');
        let (style, end) = if let Some(end) = at_start(Style::Bracket).filter(unlinked) {
            (Style::Bracket, end)
        } else if let Some(end) = at_start(Style::Raised) {
            (Style::Raised, end)
        } else if let Some(end) = at_start(Style::Sign).filter(|&end| {
            !super::text::without_emphasis(line.text).starts_with(line.text)
                || line.text[end..].starts_with(' ')
                || !line.text[end..].contains('*')
        }) {
            (Style::Sign, end)
        } else if let Some(end) = at_start(Style::Flat) {
            (Style::Flat, end)
        } else {
            continue;
        };
        let rest = line.text[end..].trim_start_matches([':', ' ', '\u{A0}', '.', '\t']);
        if rest.is_empty() {
            continue;
        }
        let value = value(&line.text[..end]);
        // Lines in a row with one sign are a list.
        let mark = &line.text[..end];
        let beside = |l: Option<&Line<'_>>| l.is_some_and(|l| l.text.starts_with(mark));
        if style == Style::Sign && (beside(lines.get(i + 1)) || i > 0 && beside(lines.get(i - 1))) {
            continue;
        }
        found.push(Candidate { line: i, style, value, start: line.text.len() - rest.len() });
    }
    found
}

/// Definitions that a mark before them calls; the same mark may come back on another page.
fn called<'c>(
    lines: &[Line<'_>],
    candidates: &[&'c Candidate],
    firsts: &[usize],
) -> Vec<Called<'c>> {
    let mut by_value: HashMap<(Style, &str), Vec<Place>> = HashMap::new();
    let mut styles: Vec<Style> = candidates.iter().map(|c| c.style).collect();
    styles.dedup();
    let mut marks: Vec<(Style, String, usize, Range<usize>)> = Vec::new();
    for style in styles {
        for (i, line) in lines.iter().enumerate() {
            marks.extend(
                calls_in(line.text, style, firsts.contains(&i))
                    .into_iter()
                    .map(|(v, r)| (style, v, i, r)),
            );
        }
    }
    for (style, value, line, range) in &marks {
        by_value.entry((*style, value)).or_default().push((*line, range.clone()));
    }
    let mut since: HashMap<(Style, &str), usize> = HashMap::new();
    let mut found = Vec::new();
    for candidate in candidates {
        let key = (candidate.style, candidate.value.as_str());
        let from = since.get(&key).copied().unwrap_or(0);
        let calls: Vec<Place> = by_value
            .get(&key)
            .into_iter()
            .flatten()
            .filter(|(l, _)| *l >= from && *l < candidate.line)
            .cloned()
            .collect();
        if !calls.is_empty() {
            since.insert(key, candidate.line);
            found.push((*candidate, calls));
        }
    }
    found
}

/// Marks in a line's text; one at the line's start defines, and calls nothing.
fn calls_in(text: &str, style: Style, defines: bool) -> Vec<(String, Range<usize>)> {
    if style == Style::Flat {
        return Vec::new();
    }
    let found = marks_in(text, style);
    // An asterisk with a partner is emphasis.
    let own = usize::from(defines && text.starts_with(['*', '†', '‡', '§']) && text.contains("* "));
    let same = |m: &Range<usize>| {
        let sign = |m: &Range<usize>| text[m.clone()].chars().next();
        found.iter().filter(|other| sign(other) == sign(m)).count()
    };
    let lone = |m: &&Range<usize>| same(m).saturating_sub(own) <= 1;
    let kept: Vec<Range<usize>> =
        found.iter().filter(|m| style != Style::Sign || lone(m)).cloned().collect();
    kept.into_iter()
        .filter(|m| m.start > 0 && !is_in_address(text, m) && may_call(text, m, style))
        .filter_map(|m| Some((value(&text[m.clone()]), with_link(text, m)?)))
        .collect()
}

/// Whether a sign is inside an address, and a part of it.
fn is_in_address(text: &str, mark: &Range<usize>) -> bool {
    let before = &text[..mark.start];
    before.contains("://")
        && before.rsplit(char::is_whitespace).next().unwrap_or_default().contains("://")
}

/// Whether a mark is placed as one that calls a note: a sign behind a word, a bracket that is no link.
fn may_call(text: &str, mark: &Range<usize>, style: Style) -> bool {
    let (before, after) = (&text[..mark.start], &text[mark.end..]);
    match style {
        Style::Sign => {
            let behind = before.ends_with(|c: char| !c.is_whitespace());
            behind && !after.starts_with(char::is_alphanumeric)
        }
        Style::Bracket => !after.starts_with('('),
        _ => true,
    }
}

/// A mark with the link that it is all the text of, since a page may lead from a mark to its note; none of another
/// link's text.
fn with_link(text: &str, mark: Range<usize>) -> Option<Range<usize>> {
    let (before, after) = (&text[..mark.start], &text[mark.end..]);
    let (Some(open), Some(close)) = (before.rfind(['[', ']']), after.find(['[', ']'])) else {
        return Some(mark);
    };
    if !before[open..].starts_with('[') || !after[close..].starts_with("](") {
        return Some(mark);
    }
    let end = mark.end + close + after[close..].find(')')? + 1;
    (open + 1 == mark.start && close == 0).then_some(open..end)
}

/// Index after a heading of notes, or after the last rule of signs, from which bare numbers may be notes.
fn flat_zone(lines: &[Line<'_>], scope: Scope) -> Option<usize> {
    let heading = (0..lines.len()).rev().find(|&i| marks::is_notes_heading(lines[i].text, scope));
    let rule = || {
        let marked = |i: &usize| lines[*i].before == Break::Section && is_flat(lines[*i].text);
        (0..lines.len()).rev().find(marked)
    };
    heading.map(|i| i + 1).or_else(rule).or_else(|| last_run(lines))
}

/// The document's last lines, if they are numbered from 1 and each number is raised in the text.
fn last_run(lines: &[Line<'_>]) -> Option<usize> {
    let is_first = |i: &usize| is_flat(lines[*i].text) && number_of(lines[*i].text) == "1";
    let first = (0..lines.len()).rev().find(is_first)?;
    let chunks = super::text::chunks(&lines[first..]);
    let all = chunks.iter().all(|c| is_flat(lines[first + c.start].text));
    let raised =
        lines[..first].iter().any(|l| raised(l.text).any(|(m, value)| m.start > 0 && value == "1"));
    (all && raised).then_some(first)
}

/// Bare numbers: all from 1 on, in the zone of notes, each flattened into the text before in its order.
fn flat<'c>(lines: &[Line<'_>], candidates: &[&'c Candidate], scope: Scope) -> Vec<Called<'c>> {
    if candidates.is_empty() {
        return Vec::new();
    }
    let Some(zone) = flat_zone(lines, scope) else { return Vec::new() };
    let listed: Vec<&Candidate> = candidates.iter().copied().filter(|c| c.line >= zone).collect();
    if listed.is_empty() || listed.iter().zip(1..).any(|(c, n)| c.value != n.to_string()) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut last = (0, 0);
    for candidate in listed {
        let Some((l, range)) = next_number(&lines[..zone], &candidate.value, last) else {
            return Vec::new();
        };
        last = (l, range.end);
        found.push((candidate, vec![(l, range)]));
    }
    found
}

/// Whether a number between two texts hangs at a word's or a sentence's end.
fn hangs(before: &str, after: &str) -> bool {
    let end = |c: char| c.is_alphabetic() || ".,;:!?”’\"')]»".contains(c);
    let begin = |c: char| c.is_whitespace() || ",;.”".contains(c);
    if !before.ends_with(end) || !(after.is_empty() || after.starts_with(begin)) {
        return false;
    }
    // "3.1" is a number, "said.1" a mark.
    let decimal =
        before.strip_suffix('.').is_some_and(|b| b.ends_with(|c: char| c.is_ascii_digit()));
    // "A1" is a size, a road, a shelf.
    let mut letters = before.chars().rev();
    let shelf = letters.next().is_some_and(char::is_uppercase)
        && !letters.next().is_some_and(char::is_alphanumeric);
    !decimal && !shelf
}

/// The next place from one on where a number hangs at a word's or a sentence's end, in any dress.
fn next_number(
    lines: &[Line<'_>],
    value: &str,
    (line, at): (usize, usize),
) -> Option<(usize, Range<usize>)> {
    for (i, l) in lines.iter().enumerate().skip(line) {
        let from = if i == line { at } else { 0 };
        for (start, _) in l.text.get(from..)?.match_indices(value) {
            let range = start + from..start + from + value.len();
            let (before, after) = (&l.text[..range.start], &l.text[range.end..]);
            let dressed = before.ends_with('[') && after.starts_with(']')
                || before.ends_with('(') && after.starts_with(')');
            if dressed {
                return Some((i, range.start - 1..range.end + 1));
            }
            if hangs(before, after) {
                return Some((i, range));
            }
        }
        for (range, found) in raised(l.text).filter(|(m, _)| m.start >= from && m.start > 0) {
            if found == value {
                return Some((i, range));
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::text::lines;
    use super::*;

    fn count(text: &str) -> (usize, usize) {
        let dialect = Dialect { marks: false, backslashes: false, html: false, markdown: false };
        let notes = find(&lines(text), dialect, Scope::ALL);
        (notes.definitions.len(), notes.calls.values().map(Vec::len).sum())
    }

    #[test]
    fn notes_in_every_notation() {
        assert_eq!(count("He said so.[1] And more.[2]\n\n[1] A.\n\n[2] B."), (2, 2));
        assert_eq!(
            count("denies.ⁱ and,”ⁱⁱ that^{iv} end\n\nⁱ See.\n\nⁱⁱ COI.\n\n^{iv} Terms."),
            (3, 3)
        );
        assert_eq!(count("A claim* is made.\n\n* It was denied."), (1, 1));
        assert_eq!(count("A claim.† B\n\n† Denied."), (1, 1));
        assert_eq!(
            count("One thing.1 Another thing.2 End.\n\nNotes\n\n1. First source\n2. Second source"),
            (2, 2)
        );
        assert_eq!(count("Eins.¹ Zwei.²\n\nAnmerkungen:\n1 Quelle\n2 Quelle"), (2, 2));
    }

    #[test]
    fn a_mark_may_lead_to_its_note() {
        let text = "It was so.[^{2}](https://a.org/#n2) And [a^2 b](https://a.org) too.";
        let calls = calls_in(text, Style::Raised, false);
        assert_eq!(calls, [("2".to_owned(), 10..35)]);
    }

    #[test]
    fn lists_are_no_notes() {
        assert_eq!(count("We ask you to:\n\n1. Do this\n2. Do that"), (0, 0));
        assert_eq!(count("As in 2014.[1] nothing defines it."), (0, 0));
        assert_eq!(count("* one item\n* another item"), (0, 0));
        assert_eq!(count("Richard V. Allen, *Co-chair*\nChuck Downs, *Director*"), (0, 0));
    }

    #[test]
    fn a_mark_may_come_back_on_another_page() {
        assert_eq!(count("One* here.\n\n* First.\n\nTwo* here.\n\n* Second."), (2, 2));
    }
}
