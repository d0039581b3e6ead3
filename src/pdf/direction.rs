//! Text that runs from right to left is drawn from the left: → the order in which it is read.

/// Whether most letters of a text run from right to left.
pub(super) fn is_right_to_left(text: &str) -> bool {
    if text.is_ascii() {
        return false;
    }
    let (mut left, mut right) = (0_usize, 0_usize);
    for c in text.chars() {
        if runs_left(c) {
            left += 1;
        } else if c.is_alphabetic() {
            right += 1;
        }
    }
    left > right
}

/// A text as it is read; `text` is in the order in which it is drawn.
pub(super) fn logical(text: &str) -> String {
    if text.is_ascii() || !text.chars().any(runs_left) {
        return text.to_owned();
    }
    let chars: Vec<char> = text.chars().collect();
    if is_right_to_left(text) {
        let turned: Vec<char> = chars.into_iter().rev().map(mirrored).collect();
        return with_turned(&turned, |c| !runs_left(c) && c.is_alphanumeric());
    }
    with_turned(&chars, runs_left)
}

/// Turns the runs of some letters round, with the spaces and signs that stand between them.
fn with_turned(chars: &[char], is_of_run: impl Fn(char) -> bool) -> String {
    let mut out = String::with_capacity(chars.len() * 2);
    let mut at = 0;
    while at < chars.len() {
        if !is_of_run(chars[at]) {
            out.push(chars[at]);
            at += 1;
            continue;
        }
        let (mut end, mut look) = (at + 1, at + 1);
        while look < chars.len() {
            if is_of_run(chars[look]) {
                end = look + 1;
            } else if chars[look].is_alphanumeric() || runs_left(chars[look]) {
                break;
            }
            look += 1;
        }
        out.extend(chars[at..end].iter().rev());
        at = end;
    }
    out
}

/// Hebrew, Arabic and their kin.
fn runs_left(c: char) -> bool {
    matches!(c, '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

fn mirrored(c: char) -> char {
    const PAIRS: [(char, char); 5] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('«', '»')];
    let other = PAIRS.iter().find_map(|(a, b)| match c {
        c if c == *a => Some(*b),
        c if c == *b => Some(*a),
        _ => None,
    });
    other.unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_drawn_from_the_left_is_read_from_the_right() {
        assert_eq!(logical("םלוע םולש"), "שלום עולם");
        assert_eq!(logical("2012 תנש"), "שנת 2012");
        assert_eq!(logical("Dear Sir"), "Dear Sir");
        assert_eq!(logical("the word םולש here"), "the word שלום here");
    }
}
