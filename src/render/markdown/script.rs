//! Scripts of a text's paragraphs: which of them are in another language than the document, and which way they run.
//!
//! Another script tells of another language without a doubt. Where several languages share it, one that the
//! archive names, or whose words are known, is taken; else the script alone is named (`und-Cyrl`). In the script of
//! the document a long passage is of another language if its words are.

use std::borrow::Cow;

use crate::ingest;
use crate::letters::is_letter;

/// The languages that a text may have.
#[derive(Debug, Clone, Copy)]
pub struct Languages<'a> {
    /// That of the document.
    pub own: &'a str,
    /// That of the archive.
    pub default: &'a str,
    /// Those that the archive's seeds are in.
    pub archive: &'a [String],
}

/// Scripts that tell languages apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Script {
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    Devanagari,
    Thai,
    Georgian,
    Hangul,
    Kana,
    Han,
}

/// Each script with its ISO 15924 code, the one living language that is written in it, and all that are known.
const SCRIPTS: [(Script, &str, &str, &[&str]); 12] = [
    (Script::Latin, "Latn", "", &[]),
    (Script::Greek, "Grek", "el", &["el", "grc"]),
    (
        Script::Cyrillic,
        "Cyrl",
        "",
        &["ru", "uk", "be", "bg", "mk", "sr", "kk", "ky", "mn", "tg", "tt", "ba", "cv"],
    ),
    (Script::Armenian, "Armn", "hy", &["hy"]),
    (Script::Hebrew, "Hebr", "he", &["he", "iw", "yi"]),
    (Script::Arabic, "Arab", "", &["ar", "fa", "ur", "ps", "sd", "ug", "ckb"]),
    (Script::Devanagari, "Deva", "", &["hi", "mr", "ne", "sa"]),
    (Script::Thai, "Thai", "th", &["th"]),
    (Script::Georgian, "Geor", "ka", &["ka"]),
    (Script::Hangul, "Hang", "ko", &["ko"]),
    (Script::Kana, "Jpan", "ja", &["ja"]),
    (Script::Han, "Hani", "", &["zh", "yue", "lzh"]),
];

/// Letters that a paragraph must have before the language of their script is guessed by its words.
const GUESSED: usize = 40;

/// Bytes that a passage has at least whose words are looked at.
pub(super) const LONG: usize = 60;

impl Languages<'_> {
    /// Whether any letter of a text is of another script than the document's language.
    pub(super) fn differ_in(&self, text: &str) -> bool {
        let own = Script::of_language(self.own);
        // Latin letters and marks of every kind stand before U+0370 or between U+2000 and U+2BFF.
        let is_latin = |byte: u8| byte < 0xCD || byte == 0xE2;
        if own == Script::Latin && text.bytes().all(is_latin) {
            return false;
        }
        text.chars().filter_map(Script::of).any(|script| !own.includes(script))
    }

    /// The language of a paragraph, if most of its letters are of another script than the document's language.
    pub(super) fn foreign(&self, text: &str) -> Option<Cow<'static, str>> {
        let own = Script::of_language(self.own);
        let mut counts = [0_usize; SCRIPTS.len()];
        for script in text.chars().filter_map(Script::of) {
            counts[script as usize] += 1;
        }
        let place = (0..counts.len()).max_by_key(|place| (counts[*place], usize::MAX - place))?;
        let (mut script, ..) = SCRIPTS[place];
        if script == Script::Han && counts[Script::Kana as usize] > 0 {
            script = Script::Kana;
        }
        if counts[place] == 0 || own.includes(script) {
            return None;
        }
        Some(self.language_of(script, text, counts[place]))
    }

    /// The language of a passage whose words are of another language than the document's.
    pub(super) fn foreign_words(&self, text: &str) -> Option<Cow<'static, str>> {
        if text.len() < LONG {
            return None;
        }
        ingest::language_of_passage(text, self.own).map(Cow::Borrowed)
    }

    fn language_of(&self, script: Script, text: &str, letters: usize) -> Cow<'static, str> {
        let (_, code, only, _) = SCRIPTS[script as usize];
        let known = self.archive.iter().map(String::as_str).chain([self.default]);
        let mut known = known.filter(|tag| Script::of_language(tag) == script);
        if let Some(tag) = known.next().filter(|tag| known.all(|other| other == *tag)) {
            return Cow::Owned(tag.to_owned());
        }
        if !only.is_empty() {
            return Cow::Borrowed(only);
        }
        let guessed = (letters >= GUESSED).then(|| ingest::language_of(text, self.archive));
        let guessed = guessed.flatten().filter(|tag| Script::of_language(tag) == script);
        guessed.map_or_else(|| Cow::Owned(format!("und-{code}")), Cow::Owned)
    }
}

impl Script {
    /// The script of a letter; none of those that several scripts have, and of rare scripts.
    fn of(c: char) -> Option<Self> {
        Some(match c {
            'a'..='z' | 'A'..='Z' | '\u{C0}'..='\u{24F}' | '\u{1E00}'..='\u{1EFF}' => Self::Latin,
            _ if c.is_ascii() || !is_letter(c) => return None,
            '\u{370}'..='\u{3FF}' | '\u{1F00}'..='\u{1FFF}' => Self::Greek,
            '\u{400}'..='\u{52F}' => Self::Cyrillic,
            '\u{530}'..='\u{58F}' => Self::Armenian,
            '\u{590}'..='\u{5FF}' | '\u{FB1D}'..='\u{FB4F}' => Self::Hebrew,
            '\u{600}'..='\u{6FF}'
            | '\u{750}'..='\u{77F}'
            | '\u{8A0}'..='\u{8FF}'
            | '\u{FB50}'..='\u{FDFF}'
            | '\u{FE70}'..='\u{FEFC}' => Self::Arabic,
            '\u{900}'..='\u{97F}' => Self::Devanagari,
            '\u{E00}'..='\u{E7F}' => Self::Thai,
            '\u{10A0}'..='\u{10FF}' | '\u{1C90}'..='\u{1CBF}' => Self::Georgian,
            '\u{1100}'..='\u{11FF}' | '\u{3130}'..='\u{318F}' | '\u{AC00}'..='\u{D7AF}' => {
                Self::Hangul
            }
            '\u{3040}'..='\u{30FF}' | '\u{31F0}'..='\u{31FF}' => Self::Kana,
            '\u{3400}'..='\u{9FFF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' => {
                Self::Han
            }
            _ => return None,
        })
    }

    /// The script in which a language is written, by its tag; a script in the tag decides.
    fn of_language(tag: &str) -> Self {
        let mut parts = tag.split('-');
        let primary = parts.next().unwrap_or_default().to_ascii_lowercase();
        let named =
            parts.find(|part| part.len() == 4 && part.bytes().all(|b| b.is_ascii_alphabetic()));
        let is_it = |(_, code, _, languages): &&(Self, &str, &str, &[&str])| match named {
            Some(named) => code.eq_ignore_ascii_case(named),
            None => languages.contains(&primary.as_str()),
        };
        SCRIPTS.iter().find(is_it).map_or(Self::Latin, |(script, ..)| *script)
    }

    /// Whether a text in the script of a language may have letters of another one: Korean and Japanese have Chinese ones.
    fn includes(self, other: Self) -> bool {
        self == other || other == Self::Han && matches!(self, Self::Hangul | Self::Kana)
    }
}

/// The direction of the first letter that has one.
pub(super) fn direction(text: &str) -> Option<&'static str> {
    let letter = text.chars().find(|c| is_letter(*c))?;
    let is_rtl = matches!(letter,
        '\u{590}'..='\u{8FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}'
        | '\u{10800}'..='\u{10FFF}' | '\u{1E800}'..='\u{1EFFF}');
    Some(if is_rtl { "rtl" } else { "ltr" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn foreign(own: &str, archive: &[&str], text: &str) -> Option<String> {
        let archive: Vec<String> = archive.iter().map(|tag| (*tag).to_owned()).collect();
        let languages = Languages { own, default: own, archive: &archive };
        let foreign = languages.foreign(text).map(Cow::into_owned);
        assert!(foreign.is_none() || languages.differ_in(text), "{text}");
        foreign
    }

    #[test]
    fn another_script_is_another_language() {
        let hebrew = "כאן נטמן (בשנת 1871) ר' יעקב, בן 71.";
        assert_eq!(foreign("en", &["en"], hebrew).as_deref(), Some("he"));
        assert_eq!(foreign("en", &["en", "yi"], hebrew).as_deref(), Some("yi"));
        assert_eq!(foreign("ar", &["ar", "en"], "Dear Sir, come.").as_deref(), Some("en"));
        assert_eq!(foreign("en", &["en"], "Дом стоит.").as_deref(), Some("und-Cyrl"));
        assert_eq!(foreign("ru", &[], "The quay.").as_deref(), Some("und-Latn"));
        let english = "Dear Sir, this paragraph is in English, and it was written for the officers of the port.";
        assert_eq!(foreign("ar", &["ar", "en", "fr"], english).as_deref(), Some("en"));
        assert_eq!(foreign("en", &["en"], "書記長は来た。").as_deref(), Some("ja"));
    }

    #[test]
    fn a_few_words_of_another_script_make_no_other_language() {
        assert_eq!(foreign("ar", &["en"], "السيد جون سميث Smith المحترم"), None);
        assert_eq!(foreign("ko", &["en"], "總書記 대회에서 UN 결의 1718호"), None);
        assert_eq!(foreign("ko", &["en"], "朝鮮民主主義人民共和國"), None);
        assert_eq!(foreign("sr-Latn", &["sr"], "Kuća stoji."), None);
        assert_eq!(foreign("en", &["ar"], "1871 – 1924"), None);
        assert!(
            !Languages { own: "fr", default: "en", archive: &[] }
                .differ_in("« Être » – 5 € … naïve")
        );
    }
}
