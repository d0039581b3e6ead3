//! Accents that a program drew before or behind their letters → letters with accents.
//!
//! Programs for typesetting lay an accent over a letter as a sign of its own, so that a PDF says `prot´eg´e`.

use unicode_normalization::char::compose;

use super::Style;

/// Signs that are drawn over a letter, with the mark that they are.
const ACCENTS: [(char, char); 9] = [
    ('\u{B4}', '\u{301}'),
    ('`', '\u{300}'),
    ('\u{A8}', '\u{308}'),
    ('\u{2C6}', '\u{302}'),
    ('\u{2DC}', '\u{303}'),
    ('\u{2C7}', '\u{30C}'),
    ('\u{B8}', '\u{327}'),
    ('\u{2DA}', '\u{30A}'),
    ('\u{AF}', '\u{304}'),
];

/// A line with its letters composed, and the places of its styles.
pub(super) fn composed(text: &str, styles: &[(usize, Style)]) -> (String, Vec<(usize, Style)>) {
    let is_accent = |c: char| ACCENTS.iter().any(|(sign, _)| *sign == c);
    if !text.contains(is_accent) {
        return (text.to_owned(), styles.to_vec());
    }
    let mut out = String::with_capacity(text.len());
    // Where each sign was, and where it is.
    let mut places: Vec<(usize, usize)> = Vec::with_capacity(text.len());
    let mut signs = text.char_indices().peekable();
    while let Some((at, c)) = signs.next() {
        places.push((at, out.len()));
        let next = signs.peek().map(|(_, next)| *next);
        match next.and_then(|next| over(c, next, out.chars().next_back())) {
            Some(letter) => {
                out.push(letter);
                signs.next();
            }
            None => out.push(c),
        }
    }
    places.push((text.len(), out.len()));
    let moved = |(at, style): &(usize, Style)| {
        let last = places.partition_point(|(old, _)| old <= at).saturating_sub(1);
        (places[last].1, *style)
    };
    let styles = styles.iter().map(moved).collect();
    (out, styles)
}

/// The letter that an accent and the letter behind it are. A sign that opens a quotation stands before a word.
fn over(sign: char, next: char, before: Option<char>) -> Option<char> {
    let (_, mark) = ACCENTS.iter().find(|(accent, _)| *accent == sign)?;
    let is_inside = before.is_some_and(char::is_alphabetic);
    if sign == '`' && !is_inside {
        return None;
    }
    // A letter without its dot waits for an accent.
    let base = match next {
        'ı' => 'i',
        'ȷ' => 'j',
        next => next,
    };
    compose(base, *mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accents_of_typesetters_join_their_letters() {
        let plain = |text: &str| composed(text, &[]).0;
        assert_eq!(plain("a prot´eg´e of Caf´e Zo¨e, ´Etat"), "a protégé of Café Zoë, État");
        assert_eq!(plain("na¨ıve fa¸cade"), "naïve façade");
        assert_eq!(plain("``quoted'' and `so' and 5´"), "``quoted'' and `so' and 5´");
    }

    #[test]
    fn styles_keep_their_letters() {
        let bold = Style { bold: true, ..Style::default() };
        let (text, styles) = composed("prot´eg´e now", &[(0, Style::default()), (12, bold)]);
        let (at, style) = styles[1];
        assert_eq!((&text[at..], style), ("now", bold));
    }
}
