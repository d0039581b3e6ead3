//! Character sets by their names, those of old computers included: bytes → text.
//!
//! Knows nothing of seeds; `ingest` decides which set a seed is in, `config` checks the names that people write.

use encoding_rs::{Encoding, UTF_8};

/// A character set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// One that the web knows.
    Web(&'static Encoding),
    /// The one of the first personal computers.
    Ibm437,
    /// The same for western Europe.
    Ibm850,
}

/// The upper half of code page 437.
const UPPER_437: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐\
    └┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{A0}";
/// The upper half of code page 850.
const UPPER_850: &str = "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐\
    └┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{AD}±‗¾¶§÷¸°¨·¹³²■\u{A0}";

impl Charset {
    /// The set of a name such as `windows-1252`, `macintosh`, `cp850`, `utf-16le`.
    pub fn named(name: &str) -> Option<Self> {
        let name = name.trim().to_ascii_lowercase();
        let page = name.strip_prefix("cp").or_else(|| name.strip_prefix("ibm"));
        match page.map(|number| number.trim_start_matches('-')) {
            Some("437") => Some(Self::Ibm437),
            Some("850" | "858") => Some(Self::Ibm850),
            Some("949") => Some(Self::Web(encoding_rs::EUC_KR)),
            Some("932") => Some(Self::Web(encoding_rs::SHIFT_JIS)),
            Some("936") => Some(Self::Web(encoding_rs::GBK)),
            Some("950") => Some(Self::Web(encoding_rs::BIG5)),
            _ if name == "macroman" || name == "mac-roman" => {
                Some(Self::Web(encoding_rs::MACINTOSH))
            }
            _ => Encoding::for_label(name.as_bytes()).map(Self::Web),
        }
    }

    /// Its name, in lower case.
    pub fn name(self) -> String {
        match self {
            Self::Web(encoding) => encoding.name().to_ascii_lowercase(),
            Self::Ibm437 => "cp437".to_owned(),
            Self::Ibm850 => "cp850".to_owned(),
        }
    }

    /// Whether it is UTF-8, which needs no name.
    pub fn is_utf8(self) -> bool {
        self == Self::Web(UTF_8)
    }

    /// The text of bytes, U+FFFD where they mean nothing, and whether all of them mean something.
    pub fn decode(self, bytes: &[u8]) -> (String, bool) {
        let upper = match self {
            Self::Web(encoding) => {
                let (text, faults) = encoding.decode_without_bom_handling(bytes);
                return (text.into_owned(), !faults);
            }
            Self::Ibm437 => UPPER_437,
            Self::Ibm850 => UPPER_850,
        };
        let upper: Vec<char> = upper.chars().collect();
        let char_of = |b: &u8| match b {
            0..=0x7F => char::from(*b),
            _ => upper.get(usize::from(*b) - 0x80).copied().unwrap_or(char::REPLACEMENT_CHARACTER),
        };
        (bytes.iter().map(char_of).collect(), true)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_code_pages_have_all_their_characters() {
        for (set, text) in [(Charset::Ibm437, UPPER_437), (Charset::Ibm850, UPPER_850)] {
            assert_eq!(text.chars().count(), 128);
            assert_eq!(Charset::named(&set.name()), Some(set));
        }
        assert_eq!(Charset::Ibm850.decode(b"\x9C4 caf\x82").0, "£4 café");
        assert_eq!(Charset::Ibm437.decode(b"\xE1 \x94").0, "ß ö");
    }

    #[test]
    fn names_are_read_in_any_dress() {
        assert_eq!(Charset::named("CP949").unwrap().name(), "euc-kr");
        assert_eq!(Charset::named("Latin1").unwrap().name(), "windows-1252");
        assert!(Charset::named("klingon").is_none());
    }
}
