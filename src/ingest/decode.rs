//! Bytes of a seed → text, or the reason why it cannot be text.
//!
//! Comes out: NFC, line ends `\n`, no byte-order mark, no soft hyphen inside a line, no invisible
//! characters. A line of the result is a line of the seed, so that line numbers hold.

mod guess;
#[cfg(test)]
mod sentences;

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use unicode_normalization::{UnicodeNormalization, is_nfc};

use super::source::Unread;
use super::text::bytes;
use crate::charset::Charset;
use crate::limits::Limit;
pub(super) use guess::Known;

/// Why a seed is set aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Refusal {
    /// No byte, or white space only.
    Empty,
    /// Not a text in any encoding.
    Binary,
    /// A page, or a text, of which all is furniture.
    Furniture,
    /// A file of a kind that is not read.
    Unread(Unread),
    /// An office file that is not whole.
    Damaged,
    /// What a program read from a page image on which it found no letter.
    Blank,
    /// A PDF that is not whole.
    DamagedPdf,
    /// A PDF that takes too long or too much memory to read.
    LargePdf,
    /// A file that holds more than is read: which limit it is beyond.
    TooLarge(Limit),
    /// An office file whose elements are nested too deeply.
    TooDeep,
    /// It ends before a line at which the settings begin a document.
    Ends {
        /// The line that was named.
        named: usize,
        /// Its last line.
        last: usize,
    },
}

/// A seed's text, and how it was read.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Decoded {
    pub text: String,
    /// Name of the encoding, if it is not UTF-8.
    pub encoding: Option<String>,
    /// Why the encoding may be another one, and the line that tells of it.
    pub doubt: Option<(String, usize)>,
}

impl Decoded {
    /// A text as an encoding reads it.
    fn by(charset: Charset, bytes: &[u8]) -> Result<Self, Refusal> {
        let encoding = (!charset.is_utf8()).then(|| charset.name());
        Self { encoding, ..Self::default() }.with(&charset.decode(bytes).0)
    }

    fn with(mut self, text: &str) -> Result<Self, Refusal> {
        self.text = clean(text);
        if self.text.trim().is_empty() {
            return Err(Refusal::Empty);
        }
        let may = self.doubt.is_none() && bytes::any(self.text.as_bytes(), |b| b == 0xEF);
        if let Some(at) = may.then(|| self.text.find('\u{FFFD}')).flatten() {
            let line = self.text[..at].matches('\n').count() + 1;
            let reason = "the seed has characters that no encoding explains".to_owned();
            self.doubt = Some((reason, line));
        }
        Ok(self)
    }
}

/// Reads a web page as text: one that is no UTF-8 may name its encoding itself.
pub(super) fn decode_page(bytes: &[u8], known: Known<'_>) -> Result<Decoded, Refusal> {
    let marked = Encoding::for_bom(bytes).is_some() || guess::utf16(bytes).is_some();
    match declared(bytes)
        .filter(|_| !marked && !is_binary(bytes) && std::str::from_utf8(bytes).is_err())
    {
        Some(encoding) => Decoded::by(Charset::Web(encoding), bytes),
        None => decode(bytes, known),
    }
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
pub(super) fn decode(bytes: &[u8], known: Known<'_>) -> Result<Decoded, Refusal> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Decoded::by(Charset::Web(encoding), &bytes[mark..]);
    }
    if let Some(charset) = guess::utf16(bytes) {
        return Decoded::by(charset, bytes);
    }
    if is_binary(bytes) {
        let charset = guess::eastern_utf16(bytes).ok_or(Refusal::Binary)?;
        return Decoded::by(charset, bytes);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded::default().with(text);
    }
    if let Some(charset) = known.encoding.and_then(Charset::named) {
        return Decoded::by(charset, bytes);
    }
    if is_nearly_utf8(bytes) {
        let at = bytes.utf8_chunks().next().map_or(0, |chunk| chunk.valid().len());
        let reason = "bytes that are not UTF-8 are read as `windows-1252`".to_owned();
        let doubt = Some((reason, line_of(bytes, at)));
        return Decoded { doubt, ..Decoded::default() }.with(&mend_utf8(bytes));
    }
    let guess = guess::guess(bytes, known);
    let encoding = Some(guess.charset.name());
    let doubt = guess.doubt.map(|reason| (reason, line_of(bytes, guess.at)));
    Decoded { encoding, doubt, ..Decoded::default() }.with(&guess.charset.decode(bytes).0)
}

/// The line of a byte, counted from 1.
fn line_of(bytes: &[u8], at: usize) -> usize {
    bytes[..at.min(bytes.len())].iter().filter(|b| **b == b'\n').count() + 1
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
    // All control characters but tab, line ends, form feed and escape.
    let odd = |b: &u8| (*b < 9) | (b.wrapping_sub(14) < 13) | (b.wrapping_sub(28) < 4);
    // So many that a byte counts them, and a processor many bytes at once.
    let few = |few: &[u8]| usize::from(few.iter().map(|b| u8::from(odd(b))).sum::<u8>());
    head.chunks(255).map(few).sum::<usize>() * 50 > head.len()
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

/// Line ends, composed characters, nothing invisible.
pub(super) fn clean(text: &str) -> String {
    let composed = may_need_composing(text);
    let text: Cow<'_, str> =
        if !composed || is_nfc(text) { text.into() } else { text.nfc().collect::<String>().into() };
    let only_cr = !text.contains('\n') && text.contains('\r');
    let bytes = text.as_bytes();
    let mut out = String::with_capacity(text.len());
    // Up to where the text was copied, and from where it was not looked at.
    let (mut copied, mut at) = (0, 0);
    while let Some(plain) = bytes::position(&bytes[at..], begins_changed) {
        let found = at + plain;
        if !is_changed(&bytes[found..]) {
            at = found + 1;
            continue;
        }
        out.push_str(&text[copied..found]);
        let mut chars = text[found..].chars();
        let Some(c) = chars.next() else { break };
        let rest = chars.as_str();
        match c {
            '\r' if only_cr => out.push('\n'),
            '\r' if rest.starts_with(['\n', '\r']) => {}
            '\r' | '\u{B}' | '\u{85}' | '\u{2028}' | '\u{2029}' => out.push(' '),
            // At a line's end a soft hyphen is the sign of a broken word, which is joined later.
            '\u{AD}' if ends_line(rest, only_cr) => out.push('\u{AD}'),
            '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{200E}' | '\u{200F}' => {}
            '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_control() && !matches!(c, '\n' | '\t' | '\u{C}') => out.push('\u{FFFD}'),
            c => out.push(c),
        }
        at = found + c.len_utf8();
        copied = at;
    }
    out.push_str(&text[copied..]);
    // What could not be seen may have been between a letter and its accent.
    if composed && copied > 0 && !is_nfc(&out) { out.nfc().collect() } else { out }
}

/// Whether a line ends here.
fn ends_line(rest: &str, only_cr: bool) -> bool {
    only_cr && rest.starts_with('\r') || rest.trim_start_matches('\r').starts_with('\n')
}

/// Whether a character that may not stay as it is can begin with a byte: control characters, and those of
/// two bytes or three that are not seen.
#[inline]
fn begins_changed(byte: u8) -> bool {
    let stays = (byte == b'\n') | (byte == b'\t') | (byte == 0x0C);
    let control = (byte < 0x20) & !stays | (byte == 0x7F);
    control | (byte == 0xC2) | (byte == 0xE2) | (byte == 0xEF)
}

/// Whether the character with which these bytes begin may be one that does not stay as it is.
fn is_changed(bytes: &[u8]) -> bool {
    match bytes {
        [b' '..=b'~' | b'\n' | b'\t' | 0x0C, ..] => false,
        [0xC2, second, ..] => *second < 0xA0 || *second == 0xAD,
        [0xE2, 0x80, third, ..] => matches!(third, 0x8B..=0x8F | 0xA8..=0xAE),
        [0xE2, 0x81, ..] | [0xEF, 0xBB, ..] => true,
        [first, ..] => *first < 0x80,
        [] => false,
    }
}

/// Whether a text may hold characters that are composed of others: not if it has only Latin letters,
/// signs of punctuation and whole Hangul syllables.
fn may_need_composing(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(plain) = bytes::position(&bytes[at..], |b| b > 0xCB) {
        let may = match &bytes[at + plain..] {
            [0..=0xCB | 0xEB | 0xEC, ..] | [] => false,
            [0xE2, 0x80, third, ..] => *third < 0x82,
            [0xEA, second, ..] => *second < 0xB0,
            [0xED, second, ..] => *second > 0x9E,
            _ => true,
        };
        if may {
            return true;
        }
        at += plain + 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(bytes: &[u8]) -> Result<String, Refusal> {
        super::decode(bytes, Known::default()).map(|decoded| decoded.text)
    }

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
    fn letters_in_older_encodings_are_read() {
        use encoding_rs::{
            BIG5, EUC_JP, EUC_KR, GBK, KOI8_R, KOI8_U, SHIFT_JIS, WINDOWS_1250, WINDOWS_1251,
            WINDOWS_1252, WINDOWS_1253, WINDOWS_1254,
        };
        let russian = "Уважаемый господин директор! Просим вас сообщить, где находятся дела \
            комиссии за прошлый год. С уважением, председатель общества.";
        let japanese = "拝啓 貴館ますますご清栄のこととお慶び申し上げます。先日お送りした\
            資料についてご回答をいただければ幸いです。敬具";
        for (encoding, text) in [
            (
                WINDOWS_1250,
                "Szanowny Panie Dyrektorze, prosimy o przesłanie spisu akt, które zostały przekazane \
                 do archiwum w zeszłym roku. Łączymy wyrazy szacunku.",
            ),
            (WINDOWS_1251, russian),
            (
                WINDOWS_1252,
                "Sehr geehrte Frau Müller, die Akten über die Größe der Gebäude können wir nächste \
                 Woche prüfen. Mit freundlichen Grüßen",
            ),
            (
                WINDOWS_1253,
                "Αξιότιμε κύριε Διευθυντά, σας παρακαλούμε να μας στείλετε τον κατάλογο των εγγράφων \
                 της επιτροπής. Με εκτίμηση",
            ),
            (
                WINDOWS_1254,
                "Sayın Müdür, geçen yıl arşive gönderilen belgelerin listesini bize iletmenizi rica \
                 ederiz. Saygılarımızla, dernek başkanı",
            ),
            (KOI8_R, russian),
            (
                KOI8_U,
                "Шановний пане директоре! Просимо повідомити, де зберігаються справи комісії за \
                 минулий рік. Їхній перелік додаємо. З повагою, голова товариства.",
            ),
            (SHIFT_JIS, japanese),
            (EUC_JP, japanese),
            (
                EUC_KR,
                "존경하는 위원장님께. 지난해 보낸 문서의 목록을 알려 주시기 바랍니다. 감사합니다.",
            ),
            (GBK, "尊敬的馆长：请告知委员会去年的档案现在何处保存。此致敬礼。"),
            (BIG5, "敬愛的館長：請告知委員會去年的檔案現在何處保存。此致敬禮。"),
        ] {
            let (bytes, _, lossy) = encoding.encode(text);
            assert!(!lossy, "{}", encoding.name());
            assert_eq!(decode(&bytes).unwrap(), text, "{}", encoding.name());
        }
    }

    proptest! {
        #[test]
        fn texts_come_out_composed_and_without_what_cannot_be_seen(
            text in "[a \\r\\n\\u{B}\\u{7F}-\\u{B5}éé\\u{300}-\\u{303}가-각ᄀ-ᆨ\\u{1FF0}-\\u{2070}Å\\u{FEFF}]{0,20}"
        ) {
            let cleaned = clean(&text);
            prop_assert!(is_nfc(&cleaned), "{cleaned:?}");
            let unseen = |c: char| c != '\n' && c.is_control() || "\u{200B}\u{2060}\u{FEFF}\u{202A}\u{2028}".contains(c);
            prop_assert!(!cleaned.contains(unseen), "{cleaned:?}");
            prop_assert_eq!(clean(&cleaned), cleaned);
        }
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
