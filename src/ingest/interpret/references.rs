//! The document's own symbols: in the head and below the text. Those in the text are cited ones.

use super::super::layout::Layout;
use super::super::lexicon::Scope;
use super::super::marks;
use super::super::names::{self, Named};
use super::super::text::{self, Line};
use super::Facts;

/// Symbols in the head and below the text; those in the text are cited ones.
pub(super) fn read(facts: &mut Facts, lines: &[Line<'_>], layout: &Layout, scope: Scope) {
    for (i, line) in lines.iter().enumerate().filter(|(_, l)| !l.is_blank()) {
        let in_text = layout.body.contains(&i);
        if in_text && line.is_prose() || line.text.len() > 100 {
            continue;
        }
        if marks::is_enclosure(line.text, scope) {
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
            if !facts.references.contains(&symbol) {
                facts.read("references", line.number);
                facts.references.push(symbol);
            }
        }
    }
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
