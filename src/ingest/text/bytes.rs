//! Questions to the bytes of a text, asked of many at once: a rule passes over most lines because of a byte
//! that they do not have.

/// How many bytes are looked at together. One or two comparisons become a few instructions for all of them,
/// more are looked up in a table.
const PIECE: usize = 32;

/// Where the first byte is that fits; `fits` should not branch.
#[inline]
pub(in crate::ingest) fn position(bytes: &[u8], fits: impl Fn(u8) -> bool + Copy) -> Option<usize> {
    let (pieces, rest) = bytes.as_chunks::<PIECE>();
    for (k, piece) in pieces.iter().enumerate() {
        if has(piece, fits) {
            return piece.iter().position(|b| fits(*b)).map(|i| k * PIECE + i);
        }
    }
    if let Some(last) = bytes.last_chunk::<PIECE>()
        && !has(last, fits)
    {
        return None;
    }
    rest.iter().position(|b| fits(*b)).map(|i| bytes.len() - rest.len() + i)
}

/// Whether a byte fits, as in [`position`].
#[inline]
pub(in crate::ingest) fn any(bytes: &[u8], fits: impl Fn(u8) -> bool + Copy) -> bool {
    let (pieces, rest) = bytes.as_chunks::<PIECE>();
    match bytes.last_chunk::<PIECE>() {
        // The last piece reaches back into the one before.
        Some(last) => pieces.iter().any(|piece| has(piece, fits)) || has(last, fits),
        None => rest.iter().any(|b| fits(*b)),
    }
}

/// Whether a byte of a piece fits. By itself it is compiled to a few comparisons of sixteen bytes; inside a loop of its
/// caller it may not be.
#[inline(never)]
fn has(piece: &[u8; PIECE], fits: impl Fn(u8) -> bool + Copy) -> bool {
    piece.iter().fold(false, |any, b| any | fits(*b))
}

/// For each byte whether it is one of some: a table asks for many in one step.
pub(in crate::ingest) const fn among(some: &[u8]) -> [bool; 256] {
    let mut table = [false; 256];
    let mut i = 0;
    while i < some.len() {
        table[some[i] as usize] = true;
        i += 1;
    }
    table
}

/// The last bytes of some texts, as a table.
pub(in crate::ingest) fn lasts<'t>(texts: impl IntoIterator<Item = &'t str>) -> [bool; 256] {
    let mut table = [false; 256];
    texts
        .into_iter()
        .filter_map(|t| t.bytes().next_back())
        .for_each(|b| table[usize::from(b)] = true);
    table
}

/// A number of some bytes, the same on any machine: FNV-1a.
pub(in crate::ingest) fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
}

/// Whether one byte stands just before another one.
#[inline]
pub(in crate::ingest) fn has_pair(bytes: &[u8], first: u8, second: u8) -> bool {
    let Some((_, rest)) = bytes.split_first() else { return false };
    let beside = |(a, b): (&u8, &u8)| (*a == first) & (*b == second);
    let has = |a: &[u8; PIECE], b: &[u8; PIECE]| {
        a.iter().zip(b).fold(false, |any, pair| any | beside(pair))
    };
    let firsts = &bytes[..rest.len()];
    match (firsts.last_chunk::<PIECE>(), rest.last_chunk::<PIECE>()) {
        // The last piece reaches back into the one before.
        (Some(a), Some(b)) => {
            let mut pieces = firsts.as_chunks::<PIECE>().0.iter().zip(rest.as_chunks::<PIECE>().0);
            pieces.any(|(a, b)| has(a, b)) || has(a, b)
        }
        _ => firsts.iter().zip(rest).any(beside),
    }
}

/// Whether a text has another one, of two bytes or more, in it: most texts do not have even its first two.
#[inline]
pub(in crate::ingest) fn contains(text: &str, part: &str) -> bool {
    let [first, second, ..] = *part.as_bytes() else { return text.contains(part) };
    has_pair(text.as_bytes(), first, second) && (part.len() == 2 || text.contains(part))
}

/// How many words a text has between white space.
pub(in crate::ingest) fn count_between_spaces(text: &str) -> usize {
    /// So many bytes are counted in one byte.
    const MOST: usize = 128;
    let space = |b: u8| (b == b' ') | (b.wrapping_sub(b'\t') < 5);
    // Only a character that is none of ASCII may be a space by something else than its one byte.
    let wide = |b: u8| matches!(b, 0xC2 | 0xE1 | 0xE2 | 0xE3);
    if any(text.as_bytes(), wide) && text.contains(|c: char| !c.is_ascii() && c.is_whitespace()) {
        return text.split_whitespace().count();
    }
    let bytes = text.as_bytes();
    let Some((first, rest)) = bytes.split_first() else { return 0 };
    let begins = |(before, b): (&u8, &u8)| u8::from(space(*before) & !space(*b));
    let pieces = bytes[..rest.len()].chunks(MOST).zip(rest.chunks(MOST));
    let starts = pieces.map(|(a, b)| usize::from(a.iter().zip(b).map(begins).sum::<u8>()));
    starts.sum::<usize>() + usize::from(!space(*first))
}

/// Whether a text has a digit of ASCII.
#[inline]
pub(in crate::ingest) fn has_digit(text: &str) -> bool {
    any(text.as_bytes(), |b| b.wrapping_sub(b'0') < 10)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn many_at_once_give_what_one_by_one_gives(text in "[a-z]{0,70}[0-9]?[a-z]{0,70}[0-9]?[a-z]{0,40}") {
            let digit = |b: u8| b.is_ascii_digit();
            prop_assert_eq!(position(text.as_bytes(), digit), text.bytes().position(digit));
            prop_assert_eq!(has_digit(&text), text.bytes().any(digit));
        }

        #[test]
        fn pairs_and_words_are_those_that_one_by_one_gives(
            text in "[a-c ]{0,40}(\u{a0}|é|\u{2003}|\t|\u{b}|\u{85})?[a-c ]{0,40}(xy|xyz)?[x-z]{0,300}",
        ) {
            prop_assert_eq!(has_pair(text.as_bytes(), b'x', b'y'), text.contains("xy"));
            prop_assert_eq!(contains(&text, "xyz"), text.contains("xyz"));
            prop_assert_eq!(count_between_spaces(&text), text.split_whitespace().count());
        }
    }
}
