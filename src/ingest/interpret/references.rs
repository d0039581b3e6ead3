//! The document's own symbols: in the head and below the text. Those in the text are cited ones.

use super::super::layout::Layout;
use super::super::lexicon::Scope;
use super::super::marks;
use super::super::names::{self, Named};
use super::super::text::{self, Line};
use super::Facts;

/// Symbols in the head and below the text; those in the text are cited ones.
pub(super) fn read(facts: &mut Facts, lines: &[Line<'_>], layout: &Layout, scope: Scope) {
    let body_prose = |i: usize| layout.body.contains(&i) && lines[i].is_prose();
    for (i, line) in lines.iter().enumerate().filter(|(i, l)| !l.is_blank() && !body_prose(*i)) {
        if marks::is_enclosure(line.text, scope) || line.text.len() > 100 {
            continue;
        }
        // Inside the text only a bare stamp counts, not a labelled citation.
        // `United Nations            A/RES/70/172`
        let mut symbols = marks::references(line.text, scope);
        if symbols.is_empty() && (line.text.contains("   ") || line.text.contains('\t')) {
            let cells = text::cells(line.text);
            symbols = cells.iter().flat_map(|cell| marks::references(cell, scope)).collect();
            // "NO. OF PAGES 2" in a cell is none.
            symbols.retain(|symbol| symbol.contains(['/', '-']) && !symbol.contains(' '));
        }
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
