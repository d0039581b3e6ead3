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

#[inline]
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

/// A number of some bytes, the same on any machine: FNV-1a.
pub(in crate::ingest) fn hash(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3))
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
    }
}
