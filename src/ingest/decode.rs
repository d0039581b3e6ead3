//! Bytes of a seed → text, or the reason why it cannot be text.
//!
//! Comes out: NFC, line ends `\n`, no byte-order mark, no soft hyphen inside a line, no invisible
//! characters. A line of the result is a line of the seed, so that line numbers hold.

use std::borrow::Cow;

use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use unicode_normalization::{UnicodeNormalization, is_nfc};

/// Why a seed is set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refusal {
    /// No byte, or white space only.
    Empty,
    /// Not a text in any encoding.
    Binary,
}

/// Reads a web page as text: one that is no UTF-8 may name its encoding itself.
pub(super) fn decode_page(bytes: &[u8]) -> Result<String, Refusal> {
    let marked = Encoding::for_bom(bytes).is_some() || utf16_without_mark(bytes).is_some();
    let Some(encoding) = declared(bytes)
        .filter(|_| !marked && !is_binary(bytes) && std::str::from_utf8(bytes).is_err())
    else {
        return decode(bytes);
    };
    let text = clean(&encoding.decode_without_bom_handling(bytes).0);
    if text.trim().is_empty() { Err(Refusal::Empty) } else { Ok(text) }
}

/// The encoding that a page names in its first lines: `charset=euc-kr`.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(2000)]).to_ascii_lowercase();
    let at = head.find("charset=")? + "charset=".len();
    let label = head[at..].trim_start_matches(['"', '\'', ' ']);
    let end = label.find(|c: char| !c.is_ascii_alphanumeric() && c != '-' && c != '_')?;
    Encoding::for_label(&label.as_bytes()[..end]).filter(|e| *e != UTF_8)
}

/// Reads a seed as text.
pub(super) fn decode(bytes: &[u8]) -> Result<String, Refusal> {
    let text = clean(&to_unicode(bytes)?);
    if text.trim().is_empty() { Err(Refusal::Empty) } else { Ok(text) }
}

fn to_unicode(bytes: &[u8]) -> Result<Cow<'_, str>, Refusal> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return Ok(encoding.decode(bytes).0);
    }
    if let Some(encoding) = utf16_without_mark(bytes) {
        return Ok(encoding.decode_without_bom_handling(bytes).0);
    }
    if is_binary(bytes) {
        return Err(Refusal::Binary);
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(_) if is_nearly_utf8(bytes) => Ok(Cow::Owned(mend_utf8(bytes))),
        Err(_) => Ok(detected(bytes).decode_without_bom_handling(bytes).0),
    }
}

/// UTF-16 of mostly Latin text shows itself by zero bytes at every second place.
fn utf16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(2000) & !1];
    if head.len() < 8 {
        return None;
    }
    let zeros = |odd: usize| head.iter().skip(odd).step_by(2).filter(|b| **b == 0).count();
    let (even, odd, half) = (zeros(0), zeros(1), head.len() / 2);
    if odd * 10 > half * 7 && even * 10 < half {
        Some(encoding_rs::UTF_16LE)
    } else if even * 10 > half * 7 && odd * 10 < half {
        Some(encoding_rs::UTF_16BE)
    } else {
        None
    }
}

/// Whether control characters that no text has are frequent, or a known file type begins here.
fn is_binary(bytes: &[u8]) -> bool {
    const MAGIC: [&[u8]; 8] = [
        b"%PDF-",
        b"PK\x03\x04",
        b"\x89PNG",
        b"\xFF\xD8\xFF",
        b"GIF8",
        b"\x1F\x8B",
        b"\x7FELF",
        b"\xD0\xCF\x11\xE0",
    ];
    if MAGIC.iter().any(|m| bytes.starts_with(m)) {
        return true;
    }
    let head = &bytes[..bytes.len().min(1 << 16)];
    let odd = head.iter().filter(|b| matches!(b, 0..=8 | 14..=26 | 28..=31)).count();
    odd * 50 > head.len()
}

/// One stray byte in UTF-8 must not turn every quotation mark into two letters.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good > bad * 4
}

fn mend_utf8(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        text.push_str(&WINDOWS_1252.decode_without_bom_handling(chunk.invalid()).0);
    }
    text
}

fn detected(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new();
    detector.feed(&bytes[..bytes.len().min(1 << 18)], true);
    let guess = detector.guess(None, false);
    if guess == UTF_8 { WINDOWS_1252 } else { guess }
}

/// Line ends, composed characters, nothing invisible.
pub(super) fn clean(text: &str) -> String {
    // Most texts need nothing of all that.
    let plain = |b: u8| matches!(b, b' '..=b'~' | b'\n' | b'\t' | 0x0C);
    if text.bytes().all(plain) {
        return text.to_owned();
    }
    let text: Cow<'_, str> =
        if is_nfc(text) { text.into() } else { text.nfc().collect::<String>().into() };
    let only_cr = !text.contains('\n') && text.contains('\r');
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if only_cr => out.push('\n'),
            '\r' if matches!(chars.peek(), Some('\n' | '\r')) => {}
            '\r' | '\u{B}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(' '),
            // At a line's end a soft hyphen is the sign of a broken word, which is mended later.
            '\u{AD}' if matches!(chars.peek(), Some('\n' | '\r')) => out.push('\u{AD}'),
            '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{200E}' | '\u{200F}' => {}
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() && !matches!(c, '\n' | '\t' | '\u{C}') => out.push('\u{FFFD}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn encodings_are_told_apart() {
        assert_eq!(decode("\u{FEFF}Hé\r\nb".as_bytes()).unwrap(), "Hé\nb");
        let utf16: Vec<u8> = "Dear Sir, yes".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&utf16).unwrap(), "Dear Sir, yes");
        let (korean, _, _) = encoding_rs::EUC_KR.encode("존경하는 위원장님께 서한을 드립니다");
        assert_eq!(decode(&korean).unwrap(), "존경하는 위원장님께 서한을 드립니다");
        assert_eq!(decode(b"Asociaci\xF3n de M\xE9xico").unwrap(), "Asociación de México");
    }

    #[test]
    fn one_stray_byte_leaves_the_other_characters_alone() {
        let mut bytes = "“Quoted” – “again” café ".as_bytes().to_vec();
        bytes.push(0xE9);
        assert_eq!(decode(&bytes).unwrap(), "“Quoted” – “again” café é");
    }

    #[test]
    fn what_is_no_text_is_refused() {
        assert_eq!(decode(b""), Err(Refusal::Empty));
        assert_eq!(decode(b" \n\t\n"), Err(Refusal::Empty));
        assert_eq!(decode(b"%PDF-1.4 x"), Err(Refusal::Binary));
        assert_eq!(decode(&[0, 1, 2, 3, 4, 5, 6, 7, 8, 9]), Err(Refusal::Binary));
    }

    proptest! {
        #[test]
        fn any_bytes_give_a_text_or_a_refusal(bytes in proptest::collection::vec(any::<u8>(), 0..80)) {
            if let Ok(text) = decode(&bytes) {
                prop_assert!(!text.trim().is_empty());
                prop_assert!(!text.contains('\r'));
            }
        }
    }
}
