//! The code pages of an RTF file: one for the file, others for its fonts.

use std::collections::HashMap;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, IBM866, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256,
    WINDOWS_1257, WINDOWS_1258, X_MAC_CYRILLIC,
};

use super::johab;
use crate::charset::Charset;
use crate::ingest::source::ocr::is_east_asian;

/// In what the bytes of a text are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Page {
    Set(Charset),
    Johab,
    /// A font for Latin letters, whatever the file's own page is.
    Latin,
}

/// What is known of fonts.
pub(super) struct Fonts {
    page: Page,
    /// The encoding of each font that has one of its own.
    fonts: HashMap<i32, Page>,
    current: Option<i32>,
}

impl Default for Fonts {
    fn default() -> Self {
        Self { page: web(WINDOWS_1252), fonts: HashMap::new(), current: None }
    }
}

const fn web(encoding: &'static Encoding) -> Page {
    Page::Set(Charset::Web(encoding))
}

impl Fonts {
    /// `\ansicpg949`.
    pub(super) fn set_page(&mut self, number: i32) {
        self.page = page(number).unwrap_or(web(WINDOWS_1252));
    }

    pub(super) fn begin_one(&mut self, number: i32) {
        self.current = Some(number);
    }

    pub(super) fn end_one(&mut self) {
        self.current = None;
    }

    /// `\fcharset129`: Hangul.
    pub(super) fn set_charset(&mut self, number: i32) {
        let page = match number {
            0 => Page::Latin,
            77 => web(MACINTOSH),
            78 | 128 => web(SHIFT_JIS),
            79 | 129 => web(EUC_KR),
            80 | 134 => web(GBK),
            81 | 136 => web(BIG5),
            89 => web(X_MAC_CYRILLIC),
            130 => Page::Johab,
            161 => web(WINDOWS_1253),
            162 => web(WINDOWS_1254),
            163 => web(WINDOWS_1258),
            177 => web(WINDOWS_1255),
            178 => web(WINDOWS_1256),
            186 => web(WINDOWS_1257),
            204 => web(WINDOWS_1251),
            222 => web(WINDOWS_874),
            238 => web(WINDOWS_1250),
            254 => Page::Set(Charset::Ibm437),
            255 => Page::Set(Charset::Ibm850),
            // 1 is whatever the file's page is, 2 signs.
            _ => return,
        };
        if let Some(font) = self.current {
            self.fonts.insert(font, page);
        }
    }

    /// The name of a font, which some old programs end with its script: `Times New Roman CE`.
    pub(super) fn name(&mut self, name: &str) {
        let script = [(" CE", WINDOWS_1250), (" Cyr", WINDOWS_1251), (" Greek", WINDOWS_1253)];
        let found = script.iter().find(|(end, _)| name.trim_end_matches(';').ends_with(end));
        if let (Some((_, encoding)), Some(font)) = (found, self.current) {
            let known = self.fonts.entry(font).or_insert(Page::Latin);
            if *known == Page::Latin {
                *known = web(encoding);
            }
        }
    }

    /// The text of bytes in a font.
    pub(super) fn decode(&self, font: i32, bytes: &[u8]) -> String {
        let page = self.fonts.get(&font).copied().filter(|page| *page != Page::Latin);
        let text = page.unwrap_or(self.page).decode(bytes);
        // Some programs call each font Latin. Where one really is, two bytes make a sign of East Asia only now and then.
        let is_latin = self.fonts.get(&font) == Some(&Page::Latin);
        let stray = |text: &str| {
            let east: Vec<bool> = text.chars().map(is_east_asian).collect();
            !east.windows(2).any(|pair| pair[0] && pair[1])
        };
        if is_latin && self.page.is_of_pairs() && !bytes.is_ascii() && stray(&text) {
            return web(WINDOWS_1252).decode(bytes);
        }
        text
    }
}

impl Page {
    fn decode(self, bytes: &[u8]) -> String {
        match self {
            Self::Set(set) => set.decode(bytes).0,
            Self::Johab => johab::decode(bytes),
            Self::Latin => Charset::Web(WINDOWS_1252).decode(bytes).0,
        }
    }

    /// Whether two bytes are a letter.
    fn is_of_pairs(self) -> bool {
        let sets = [SHIFT_JIS, EUC_KR, GBK, BIG5].map(web);
        self == Self::Johab || sets.contains(&self)
    }
}

fn page(number: i32) -> Option<Page> {
    Some(web(match number {
        437 => return Some(Page::Set(Charset::Ibm437)),
        850 | 858 => return Some(Page::Set(Charset::Ibm850)),
        1361 => return Some(Page::Johab),
        866 => IBM866,
        874 => WINDOWS_874,
        932 | 10001 => SHIFT_JIS,
        936 | 10008 | 54936 => GBK,
        949 | 10003 | 51949 => EUC_KR,
        950 | 10002 => BIG5,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10000 => MACINTOSH,
        10007 => X_MAC_CYRILLIC,
        65001 => UTF_8,
        _ => return None,
    }))
}
