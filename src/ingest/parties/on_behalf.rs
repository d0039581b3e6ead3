//! The body for which somebody signed whose own name was taken out: `[private], CEO, Harbour Works Inc.`

use std::sync::LazyLock;

use super::super::lexicon::{Scope, ScopedPhrases};
use super::super::names::{self, Named};
use super::super::text;
use super::Partial;
use super::marks::is_taken_out;

/// The body of a line, and the office that the line has before it.
pub(in crate::ingest) fn body_and_office(line: &str, scope: Scope) -> Partial {
    let cells = line.split('|').map(str::trim).filter(|cell| !is_taken_out(cell, scope));
    let mut cells: Vec<&str> = cells.filter(|cell| !cell.is_empty()).collect();
    // `[private] | Trademark Counsel | Harbour Works, Inc.`
    let body = without_preposition(without_taken_out(cells.pop().unwrap_or(line), scope), scope);
    if let Some(office) = cells.pop().filter(|cell| names::judge(cell) == Named::Role) {
        return held(office, body);
    }
    office_before(body, scope).unwrap_or_else(|| Partial::organization(body))
}

fn held(office: &str, body: &str) -> Partial {
    Partial { role: Some(office.to_owned()), ..Partial::organization(body) }
}

/// `[private] on behalf of Harbour Works`: what is behind the mark.
fn without_taken_out(text: &str, scope: Scope) -> &str {
    let marked = text.split_once(']').filter(|(mark, _)| is_taken_out(mark, scope));
    marked.map_or(text, |(_, rest)| rest.trim_start_matches([',', ' ']))
}

/// `on behalf of Harbour Works`, `at Harbour Works`: the body by itself.
fn without_preposition(text: &str, scope: Scope) -> &str {
    static JOINS: LazyLock<[ScopedPhrases; 2]> =
        LazyLock::new(|| [ScopedPhrases::of(|l| l.on_behalf), ScopedPhrases::of(|l| l.of_body)]);
    let after = |joins: &ScopedPhrases| {
        joins.after(scope, text).filter(|rest| rest.starts_with(char::is_uppercase))
    };
    JOINS.iter().find_map(after).unwrap_or(text)
}

/// `CEO, Harbour Works Inc.`, `Principal at Harbour Works Inc.`, `Co-Founder Harbour Works Inc.`
fn office_before(text: &str, scope: Scope) -> Option<Partial> {
    text.rmatch_indices(' ').find_map(|(at, _)| {
        let (office, rest) = (text[..at].trim_end_matches(','), &text[at + 1..]);
        let body = without_preposition(rest, scope);
        let parted = text[..at].ends_with(',') || body.len() < rest.len();
        let fits = names::has_legal_form(body)
            && text::word_count(body) > 1
            && (parted || is_no_part_of_name(office))
            && body.starts_with(char::is_uppercase)
            && names::judge(office) == Named::Role;
        fits.then(|| held(office, body))
    })
}

/// Whether an office that nothing parts from a body is none of the body's own words: "Principal Harbour Works Inc." may
/// be the whole name, "Vice President Harbour Works Inc." is not.
fn is_no_part_of_name(office: &str) -> bool {
    let last = office.rsplit(' ').next().unwrap_or(office);
    // "Co-Founder" and "CEO" are offices, "K-Factor" is not.
    let joined = office.split_once('-').is_some_and(|(first, _)| text::length(first) > 1);
    names::judge(last) == Named::Role && (joined || office.contains(' ') || text::is_caps(office))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_are_no_part_of_a_body() {
        for (line, office, body) in [
            ("CEO, Grain Loft Inc.", "CEO", "Grain Loft Inc."),
            ("Co-Founder Grain Loft LLC", "Co-Founder", "Grain Loft LLC"),
            ("Principal at Grain Loft, LLC.", "Principal", "Grain Loft, LLC."),
            (
                "[private] | Trademark Counsel | Grain Loft, Inc.",
                "Trademark Counsel",
                "Grain Loft, Inc.",
            ),
            ("[private] on behalf of Grain Loft Ltd", "", "Grain Loft Ltd"),
            ("K-Factor Grain, LLC", "", "K-Factor Grain, LLC"),
            ("of Quill & Holm LLP", "", "Quill & Holm LLP"),
            ("Principal Grain Loft Ltd", "", "Principal Grain Loft Ltd"),
            ("Grain Loft, Inc.", "", "Grain Loft, Inc."),
        ] {
            let read = body_and_office(line, Scope::of("en"));
            let found = (read.role.unwrap_or_default(), read.organization.unwrap_or_default());
            assert_eq!(found, (office.to_owned(), body.to_owned()), "{line}");
        }
    }
}
