//! The document's own symbols: in the head and below the text. Those in the text are cited ones.

use super::super::dates;
use super::super::layout::Layout;
use super::super::lexicon::{Scope, cables};
use super::super::marks;
use super::super::names::{self, Named};
use super::super::text::{self, Line};
use super::Facts;

/// Symbols in the head and below the text; those in the text are cited ones.
pub(super) fn read(facts: &mut Facts, lines: &[Line<'_>], layout: &Layout, scope: Scope) {
    let cabled = is_cable(lines, scope);
    for (i, line) in lines.iter().enumerate().filter(|(_, l)| !l.is_blank()) {
        let in_text = layout.body.contains(&i);
        let dated = marks::date_of_reference(line.text, scope).is_some();
        if in_text && line.is_prose() && !dated || line.text.len() > 100 {
            continue;
        }
        // A cable cites earlier ones there.
        let cites = cabled && begins_with_one_of(line.text, cables::CITED);
        if cites || marks::is_enclosure(line.text, scope) {
            continue;
        }
        let symbols = symbols(line.text, scope);
        if symbols.is_empty() {
            continue;
        }
        // Inside the text only a bare stamp counts, not a labelled citation.
        let bare = !line.text.contains(':') && names::judge(line.text) != Named::Contact;
        if in_text && !bare {
            continue;
        }
        for symbol in symbols {
            let Some(symbol) = own_words(&symbol)
                .filter(|s| s.contains('/') || dates::date_line(s, None).is_none())
            else {
                continue;
            };
            if !facts.references.contains(&symbol) {
                facts.read("references", line.number);
                facts.references.push(symbol);
            }
        }
    }
}

/// A symbol as far as it goes: `418 of 6 June 1944` is `418`; none if it counts what a name has behind it, as in `No. 7
/// INTERNMENT CAMP`.
fn own_words(symbol: &str) -> Option<String> {
    let word = |w: &str| text::length(w) > 4 && w.chars().all(char::is_alphabetic);
    let digits = |w: &str| w.bytes().all(|b| b.is_ascii_digit());
    let (first, rest) = symbol.split_once(' ').unwrap_or((symbol, ""));
    if !digits(first) || rest.is_empty() {
        return Some(symbol.to_owned());
    }
    if rest.split(' ').next().is_some_and(|w| word(w) && w.starts_with(char::is_uppercase)) {
        return None;
    }
    let small = rest.starts_with(char::is_lowercase) && rest.contains(' ');
    Some(if small { first } else { symbol }.to_owned())
}

/// Whether the first lines have the heading or the marker of a cable.
fn is_cable(lines: &[Line<'_>], scope: Scope) -> bool {
    /// How many written lines are asked.
    const LINES: usize = 20;
    let mut early = lines.iter().filter(|l| !l.is_blank()).take(LINES);
    early.any(|line| {
        let kind = || marks::kind_of_mark(line.text, scope);
        begins_with_one_of(line.text, cables::FROM)
            || text::has_at_most(line.text, 4) && kind() == Some("telegram")
    })
}

/// Whether the first word of a line is one of some, with a colon behind it or without.
fn begins_with_one_of(line: &str, words: &[&str]) -> bool {
    let first = line.split([' ', ':']).next().unwrap_or_default();
    words.contains(&first)
}

/// The symbols of a line, or of its cells: `United Nations            A/RES/70/172`.
fn symbols(line: &str, scope: Scope) -> Vec<String> {
    let symbols = marks::references(line, scope);
    let has_cells = line.contains("   ") || line.contains('\t');
    if !symbols.is_empty() || !has_cells {
        return symbols;
    }
    // "NO. OF PAGES 2" in a cell is none.
    let is_symbol = |symbol: &String| symbol.contains(['/', '-']) && !symbol.contains(' ');
    let cells = text::cells(line);
    cells.iter().flat_map(|cell| marks::references(cell, scope)).filter(is_symbol).collect()
}
