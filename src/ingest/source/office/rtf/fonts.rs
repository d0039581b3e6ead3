//! The code pages of an RTF file: one for the file, others for its fonts.

use std::collections::HashMap;

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GBK, IBM866, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1250,
    WINDOWS_1251, WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256,
    WINDOWS_1257, WINDOWS_1258,
};

/// What is known of fonts.
pub(super) struct Fonts {
    page: &'static Encoding,
    /// The encoding of each font that has one of its own.
    fonts: HashMap<i32, &'static Encoding>,
    current: Option<i32>,
}

impl Default for Fonts {
    fn default() -> Self {
        Self { page: WINDOWS_1252, fonts: HashMap::new(), current: None }
    }
}

impl Fonts {
    /// `\ansicpg949`.
    pub(super) fn set_page(&mut self, number: i32) {
        self.page = page(number).unwrap_or(WINDOWS_1252);
    }

    pub(super) fn begin_one(&mut self, number: i32) {
        self.current = Some(number);
    }

    pub(super) fn end_one(&mut self) {
        self.current = None;
    }

    /// `\fcharset129`: Hangul.
    pub(super) fn set_charset(&mut self, number: i32) {
        let encoding = match number {
            77 => MACINTOSH,
            128 => SHIFT_JIS,
            129 | 130 => EUC_KR,
            134 => GBK,
            136 => BIG5,
            161 => WINDOWS_1253,
            162 => WINDOWS_1254,
            163 => WINDOWS_1258,
            177 => WINDOWS_1255,
            178 => WINDOWS_1256,
            186 => WINDOWS_1257,
            204 => WINDOWS_1251,
            222 => WINDOWS_874,
            238 => WINDOWS_1250,
            // 0 is Latin, 1 whatever the file's page is, 2 signs.
            _ => return,
        };
        if let Some(font) = self.current {
            self.fonts.insert(font, encoding);
        }
    }

    /// The name of a font, which some old programs end with its script: `Times New Roman CE`.
    pub(super) fn name(&mut self, name: &str) {
        let script = [(" CE", WINDOWS_1250), (" Cyr", WINDOWS_1251), (" Greek", WINDOWS_1253)];
        let found = script.iter().find(|(end, _)| name.trim_end_matches(';').ends_with(end));
        if let (Some((_, encoding)), Some(font)) = (found, self.current) {
            self.fonts.entry(font).or_insert(encoding);
        }
    }

    /// In what the bytes of a font's text are written.
    pub(super) fn encoding(&self, font: i32) -> &'static Encoding {
        self.fonts.get(&font).copied().unwrap_or(self.page)
    }
}

fn page(number: i32) -> Option<&'static Encoding> {
    Some(match number {
        866 => IBM866,
        874 => WINDOWS_874,
        932 => SHIFT_JIS,
        936 | 54936 => GBK,
        949 | 1361 => EUC_KR,
        950 => BIG5,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10000 => MACINTOSH,
        65001 => UTF_8,
        _ => return None,
    })
}
