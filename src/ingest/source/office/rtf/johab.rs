//! Johab, the code of Korean computers before Windows 95 (KS X 1001, annex 3): the 15 lower bits of two bytes are five
//! for each part of a syllable. → text.

/// Numbers of the vowels, in the order of Unicode.
const VOWELS: [u32; 21] =
    [3, 4, 5, 6, 7, 10, 11, 12, 13, 14, 15, 18, 19, 20, 21, 22, 23, 26, 27, 28, 29];

/// The text of bytes; U+FFFD where they are no syllable, such as characters of Chinese.
pub(super) fn decode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 2);
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        at += 1;
        if byte.is_ascii() {
            text.push(char::from(*byte));
            continue;
        }
        let second = bytes.get(at).copied();
        at += usize::from(second.is_some());
        let code = u32::from(*byte) << 8 | u32::from(second.unwrap_or_default());
        text.push(syllable(code).unwrap_or(char::REPLACEMENT_CHARACTER));
    }
    text
}

fn syllable(code: u32) -> Option<char> {
    let [first, vowel, last] = [code >> 10 & 31, code >> 5 & 31, code & 31];
    let first = first.checked_sub(2).filter(|number| *number < 19)?;
    let vowel = u32::try_from(VOWELS.iter().position(|known| *known == vowel)?).ok()?;
    // 1 is no consonant; 18 is not in use.
    let last = match last {
        1..=17 => last - 1,
        19..=29 => last - 2,
        _ => return None,
    };
    char::from_u32(0xAC00 + (first * 21 + vowel) * 28 + last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_put_together_from_their_parts() {
        assert_eq!(decode(b"\xD0\x65\x8B\x69 1961"), "한글 1961");
        assert_eq!(decode(b"\xF3\xEB\xEA\xE6 \x91"), "\u{FFFD}\u{FFFD} \u{FFFD}");
    }
}
