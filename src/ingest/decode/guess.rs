//! Which of the old encodings bytes are in: each candidate's text is judged by its letters, by their neighbours
//! and by small words, in each language that it could be in.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::sync::LazyLock;

use super::super::lexicon::letters::{ALPHABETS, CHINESE, JAPANESE, KOREAN, Letters};
use crate::charset::Charset;

/// What is known of a seed before it is read.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::ingest) struct Known<'a> {
    /// The encoding of seeds that are not UTF-8, as the archive's settings name it.
    pub encoding: Option<&'a str>,
    /// Tags of the languages that the archive has.
    pub languages: &'a [String],
    /// The encoding of most other seeds of its folder, if that is beyond doubt.
    pub beside: Option<&'a str>,
}

/// A decision, and the reading that comes next.
pub(super) struct EncodingGuess {
    pub charset: Charset,
    /// Why it may be wrong.
    pub doubt: Option<String>,
    /// Where that shows, in bytes.
    pub at: usize,
}

/// Sets that can be meant, with what speaks against each: how seldom it is met.
const CANDIDATES: &[(&str, f32)] = &[
    ("windows-1252", 0.0),
    ("windows-1250", 0.0),
    ("windows-1251", 0.0),
    ("iso-8859-2", 0.3),
    ("iso-8859-15", 0.3),
    ("koi8-r", 0.3),
    ("koi8-u", 0.4),
    ("windows-1253", 0.3),
    ("windows-1254", 0.3),
    ("macintosh", 0.6),
    ("cp850", 0.6),
    ("cp437", 0.8),
    ("ibm866", 0.8),
    ("euc-kr", 0.0),
    ("shift_jis", 0.0),
    ("gb18030", 0.0),
    ("big5", 0.0),
    ("euc-jp", 0.3),
];
/// How much is looked at, in bytes.
const SAMPLE: usize = 12_000;
/// How many characters beyond ASCII are judged.
const JUDGED: usize = 400;
/// By how much the best reading must lead.
const MARGIN: f32 = 3.0;
/// What the other seeds of a folder speak for the encoding that they have.
const BESIDE: f32 = 2.0;
/// What it costs an encoding that was made for another language.
const OF_ANOTHER: f32 = 2.0;
/// What a character that does not fit costs.
const FOREIGN: f32 = -6.0;

/// A candidate's text, judged.
struct Judged {
    charset: Charset,
    text: Vec<char>,
    score: f32,
    /// The first character that does not fit.
    foreign: Option<usize>,
}

/// Decides; bytes are not UTF-8.
pub(super) fn guess(bytes: &[u8], known: Known<'_>) -> EncodingGuess {
    let sample = sample(bytes);
    let mut judged: Vec<Judged> = CANDIDATES
        .iter()
        .filter_map(|(name, against)| judge(name, *against, sample, known))
        .collect();
    judged.sort_by(|a, b| b.score.total_cmp(&a.score));
    let alone = as_beside(&mut judged, known);
    let Some(best) = judged.first() else {
        let charset = Charset::Web(encoding_rs::WINDOWS_1252);
        let doubt = Some("no encoding turns the seed into text".to_owned());
        return EncodingGuess { charset, doubt, at: 0 };
    };
    let rival = judged.iter().skip(1).find(|other| other.text != best.text);
    let helped = known.beside == Some(best.charset.name().as_str()) && alone.is_none();
    let margin = if helped { MARGIN - BESIDE } else { MARGIN };
    let close = rival.filter(|rival| best.score - rival.score < margin);
    let named = |j: &Judged| format!("`{}`", j.charset.name());
    let (doubt, at) = match (alone.as_ref().or(close), best.foreign) {
        (Some(rival), _) => {
            let at = best.text.iter().zip(&rival.text).take_while(|(a, b)| a == b).count();
            let like = if alone.is_some() { " like others of its folder" } else { "" };
            let reason = format!(
                "the seed is read as {}{like}, `{}`; read as {} it says `{}`",
                named(best),
                around(&best.text, at),
                named(rival),
                around(&rival.text, at),
            );
            (Some(reason), at)
        }
        (None, Some(at)) => {
            let reason = format!(
                "the seed is read as {}, and `{}` is unusual in its language",
                named(best),
                around(&best.text, at),
            );
            (Some(reason), at)
        }
        (None, None) => (None, 0),
    };
    // Line ends are alike in all of them.
    let line = best.text[..at.min(best.text.len())].iter().filter(|c| **c == '\n').count();
    let start = sample.as_ptr() as usize - bytes.as_ptr() as usize;
    let at = start
        + sample.iter().enumerate().filter(|(_, b)| **b == b'\n').nth(line).map_or(0, |(i, _)| i);
    EncodingGuess { charset: best.charset, doubt, at }
}

/// Puts the encoding of the folder's other seeds first, if it is a near rival of the best and gives another text.
/// What was the best is left: a seed does not depend on others without a word.
fn as_beside(judged: &mut Vec<Judged>, known: Known<'_>) -> Option<Judged> {
    let best = judged.first()?;
    let near = |j: &Judged| {
        Some(j.charset.name().as_str()) == known.beside
            && best.score - j.score < MARGIN
            && (j.foreign.is_none() || best.foreign.is_some())
    };
    let at = judged.iter().position(near).filter(|&at| judged[at].text != best.text)?;
    let theirs = judged.remove(at);
    let alone = std::mem::replace(judged.first_mut()?, theirs);
    Some(alone)
}

/// The part of bytes in which the first beyond ASCII are.
fn sample(bytes: &[u8]) -> &[u8] {
    let first = bytes.iter().position(|b| *b >= 0x80).unwrap_or(0);
    let line = |at: usize| bytes[..at].iter().rposition(|b| *b == b'\n').map_or(0, |i| i + 1);
    let start = if first < SAMPLE / 2 { 0 } else { line(first) };
    let end = bytes.len().min(start + SAMPLE);
    // No character is cut at a line's end.
    let end = if end < bytes.len() { line(end).max(start) } else { end };
    if end > start { &bytes[start..end] } else { &bytes[start..bytes.len().min(start + SAMPLE)] }
}

/// The word at a place.
fn around(text: &[char], at: usize) -> String {
    let space = |c: &char| c.is_whitespace();
    let start = text[..at.min(text.len())].iter().rposition(space).map_or(0, |i| i + 1);
    let end = text[start..].iter().position(space).map_or(text.len(), |i| start + i);
    let shown = text[start..end].iter().skip(at.saturating_sub(start).saturating_sub(20)).take(40);
    shown.map(|c| if c.is_control() || *c == '`' { '\u{FFFD}' } else { *c }).collect()
}

fn judge(name: &str, against: f32, sample: &[u8], known: Known<'_>) -> Option<Judged> {
    let charset = Charset::named(name)?;
    let (text, whole) = charset.decode(sample);
    let text: Vec<char> = text.chars().collect();
    let (score, foreign) = if own_language(charset).is_some() {
        if !whole && text.iter().filter(|c| **c == '\u{FFFD}').count() * 50 > text.len() {
            return None;
        }
        many(&text, charset, sample, known)
    } else {
        spelled(&text, known)?
    };
    Some(Judged { charset, text, score: score - against, foreign })
}

/// How well a text fits the language with an alphabet that it fits best.
fn spelled(text: &[char], known: Known<'_>) -> Option<(f32, Option<usize>)> {
    let words = words(text);
    let languages = ALPHABETS.iter().zip(SMALL_WORDS.iter()).map(|(letters, small)| {
        let hits = words.iter().take(JUDGED).filter(|w| small.contains(w.as_str())).count();
        let (fit, foreign) = alphabetic(text, letters);
        let own = (hits as f32 * 0.8).min(8.0) + expected(letters.tag, known);
        (fit + own, foreign)
    });
    languages.max_by(|a, b| a.0.total_cmp(&b.0))
}

/// How much a language of the archive's speaks for itself.
fn expected(tag: &str, known: Known<'_>) -> f32 {
    let is = |l: &String| l.split('-').next() == Some(tag);
    if known.languages.iter().any(is) { 1.5 } else { 0.0 }
}

fn words(text: &[char]) -> Vec<String> {
    let lower: String = text.iter().flat_map(|c| c.to_lowercase()).collect();
    lower.split(|c: char| !c.is_alphabetic()).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// The smallest words of each alphabet's language.
static SMALL_WORDS: LazyLock<Vec<HashSet<&'static str>>> =
    LazyLock::new(|| ALPHABETS.iter().map(|l| l.words.split_whitespace().collect()).collect());

/// How well the letters of a text fit a language with an alphabet.
fn alphabetic(text: &[char], letters: &Letters) -> (f32, Option<usize>) {
    let (mut score, mut foreign) = (0.0, None);
    for (i, _) in text.iter().enumerate().filter(|(_, c)| !c.is_ascii()).take(JUDGED) {
        let cost = fit(text, i, letters);
        if cost <= FOREIGN && foreign.is_none() {
            foreign = Some(i);
        }
        score += cost;
    }
    (score, foreign)
}

/// What a character beyond ASCII speaks for a language, at its place.
fn fit(text: &[char], at: usize, letters: &Letters) -> f32 {
    let beside = |at: Option<usize>| at.and_then(|at| text.get(at)).copied().unwrap_or(' ');
    let around = Around { before: beside(at.checked_sub(1)), after: beside(Some(at + 1)) };
    let c = text[at];
    if c.is_alphabetic() && !matches!(c, 'ª' | 'º' | 'µ') {
        return own_letter(c, letters) + around.of_letter(c, letters);
    }
    around.of_sign(c, letters)
}

/// What a letter speaks for a language, wherever it is.
fn own_letter(c: char, letters: &Letters) -> f32 {
    let lower = c.to_lowercase().next().unwrap_or(c);
    if letters.common.contains(lower) {
        0.5
    } else if letters.rare.contains(lower) || letters.rare.contains(c) {
        -1.5
    } else {
        FOREIGN
    }
}

/// The characters beside one.
struct Around {
    before: char,
    after: char,
}

impl Around {
    fn any(&self, fits: impl Fn(&char) -> bool) -> bool {
        fits(&self.before) || fits(&self.after)
    }

    /// Whether letters are at both sides.
    fn inside(&self) -> bool {
        self.before.is_alphabetic() && self.after.is_alphabetic()
    }

    /// What is beside a letter speaks for it, or against.
    fn of_letter(&self, c: char, letters: &Letters) -> f32 {
        let raised = c.is_uppercase() && self.before.is_lowercase();
        let sunk = c.is_lowercase() && self.before.is_uppercase() && self.after.is_uppercase();
        let case = if raised || sunk { FOREIGN } else { 0.0 };
        // No word has letters of two scripts.
        let mixed = c >= '\u{370}' && self.any(char::is_ascii_alphabetic);
        // Few words are a single letter.
        let alone = || {
            let word = format!(" {} ", c.to_lowercase().next().unwrap_or(c));
            !self.any(|c| c.is_alphabetic()) && !letters.words.contains(&word)
        };
        let beside = match mixed || self.any(char::is_ascii_digit) {
            true => -4.0,
            false if alone() => -2.0,
            false => 0.0,
        };
        case + beside
    }

    /// What is beside a sign speaks for it, or against.
    fn of_sign(&self, c: char, letters: &Letters) -> f32 {
        let inside = self.inside();
        match c {
            '’' if inside => -0.2,
            '–' | '—' => -0.7,
            '‘' | '’' | '“' | '”' | '«' | '»' | '…' if inside => FOREIGN,
            '‘' | '’' | '“' | '”' | '«' | '»' | '…' => -0.7,
            '‚' | '„' | '¿' | '¡' if self.before.is_alphanumeric() => FOREIGN,
            '‚' | '„' => -1.0,
            '¿' | '¡' if letters.tag == "es" => -0.2,
            '¿' | '¡' => -3.0,
            '£' | '€' | '¥' if self.any(char::is_ascii_digit) => -0.3,
            '£' | '€' | '¥' if inside => FOREIGN,
            '£' | '€' | '¥' => -2.5,
            '\u{A0}' => -0.3,
            '\u{AD}' => -1.5,
            '\u{FFFD}' => -12.0,
            c if c.is_control() => -12.0,
            c => match (SIGNS.contains(c), inside) {
                (true, true) => FOREIGN - 1.0,
                (true, false) => -1.5,
                (false, true) => FOREIGN - 2.0,
                (false, false) => -5.0,
            },
        }
    }
}

/// Signs that texts have in any language.
const SIGNS: &str = "°§ºª©®™·•½¼¾²³¹×±†‡‰¶№´";

/// The language for which an encoding with thousands of characters was made.
fn own_language(charset: Charset) -> Option<&'static str> {
    match charset.name().as_str() {
        "euc-kr" => Some("ko"),
        "shift_jis" | "euc-jp" => Some("ja"),
        "gb18030" | "big5" => Some("zh"),
        _ => None,
    }
}

/// How well a text of an encoding with thousands of characters fits its language, or another one: such encodings
/// hold Cyrillic, kana and accented letters, too.
fn many(text: &[char], charset: Charset, sample: &[u8], known: Known<'_>) -> (f32, Option<usize>) {
    let own = own_language(charset);
    let cost = |tag| if own == Some(tag) { 0.0 } else { OF_ANOTHER };
    let rare = rare_bytes(charset, sample) as f32 * 3.0;
    let eastern = [("ko", KOREAN), ("ja", JAPANESE), ("zh", CHINESE)].map(|(tag, frequent)| {
        let (fit, foreign) = eastern(text, tag, frequent);
        (fit + expected(tag, known) - rare - cost(tag), foreign)
    });
    let spelled = spelled(text, known).map(|(fit, foreign)| (fit - OF_ANOTHER, foreign));
    let better = |a: &(f32, _), b: &(f32, _)| a.0.total_cmp(&b.0);
    eastern.into_iter().chain(spelled).max_by(better).unwrap_or((f32::MIN, None))
}

/// How well a text fits a language that is written with thousands of characters.
fn eastern(text: &[char], tag: &str, frequent: &str) -> (f32, Option<usize>) {
    let frequent: HashSet<char> = frequent.chars().collect();
    let (mut score, mut foreign) = (0.0, None);
    let kana = text.iter().filter(|c| ('ぁ'..='ヿ').contains(*c)).count();
    for (i, c) in text.iter().enumerate().filter(|(_, c)| !c.is_ascii()) {
        let letter = |at: Option<usize>| {
            at.and_then(|at| text.get(at)).is_some_and(char::is_ascii_alphabetic)
        };
        let own = match c {
            '\u{FFFD}' => -12.0,
            'ｦ'..='ﾟ' => -3.0,
            'ぁ'..='ヿ' if tag == "ja" => 0.8,
            'ぁ'..='ヿ' => -2.0,
            c if frequent.contains(c) => 1.0,
            '가'..='힣' if tag == "ko" => -0.2,
            '一'..='鿿' if tag == "ja" && kana * 8 < text.len().min(400) => -2.0,
            '一'..='鿿' if tag == "ko" => -1.0,
            '一'..='鿿' => -0.4,
            '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FF65}' | '‘'..='”' | '…' | '·' | '—' => {
                -0.1
            }
            _ => -3.0,
        };
        // An accented letter takes its neighbour for its second byte.
        let torn = letter(i.checked_sub(1)) || letter(Some(i + 1));
        if own <= FOREIGN && foreign.is_none() {
            foreign = Some(i);
        }
        score += own + if torn { -2.5 } else { 0.0 };
    }
    (score, foreign)
}

/// How many characters of two bytes are among the rare ones of their set.
fn rare_bytes(charset: Charset, sample: &[u8]) -> usize {
    let name = charset.name();
    let (mut rare, mut at) = (0, 0);
    while at < sample.len() {
        let lead = sample[at];
        if lead < 0x80 {
            at += 1;
            continue;
        }
        let trail = sample.get(at + 1).copied().unwrap_or(0);
        rare += usize::from(match name.as_str() {
            "euc-kr" => !(0xA1..=0xC8).contains(&lead) || trail < 0xA1,
            "gb18030" => !(0xA1..=0xD7).contains(&lead) || trail < 0xA1,
            "big5" => !(0xA1..=0xC6).contains(&lead),
            "euc-jp" => !(0xA1..=0xCF).contains(&lead) || trail < 0xA1,
            _ => !(0x81..=0x97).contains(&lead),
        });
        at += 2;
    }
    rare
}

/// UTF-16 without a mark: zeros at every second place only, and letters of few scripts.
pub(super) fn utf16(bytes: &[u8]) -> Option<Charset> {
    let head = &bytes[..bytes.len().min(4000) & !1];
    if head.len() < 8 || !head.contains(&0) {
        return None;
    }
    let spaced = |text: &str| text.chars().any(|c| matches!(c, ' ' | '\n'));
    either_utf16(head, spaced)
}

/// UTF-16 without a mark, a zero or a space, of bytes that are no other text: one of Korean, Japanese or Chinese.
pub(super) fn eastern_utf16(bytes: &[u8]) -> Option<Charset> {
    let head = &bytes[..bytes.len().min(4000) & !1];
    let frequent = |c: &char| {
        ('ぁ'..='ヿ').contains(c) || [KOREAN, JAPANESE, CHINESE].iter().any(|all| all.contains(*c))
    };
    let known = |text: &str| {
        let count = text.chars().count();
        count >= 12 && text.chars().filter(frequent).count() * 4 >= count
    };
    either_utf16(head, known)
}

/// The UTF-16 in which bytes are letters of few scripts.
fn either_utf16(head: &[u8], is_text: impl Fn(&str) -> bool) -> Option<Charset> {
    let usual = |c: &char| {
        matches!(c, '\t' | '\n' | '\r' | '\u{C}' | ' '..='~' | '\u{A0}'..='\u{24F}' | '\u{370}'..='\u{52F}')
            || matches!(c, '‐'..='…' | '€' | '가'..='힣' | 'ぁ'..='ヿ' | '一'..='鿿' | '\u{3000}'..='\u{303F}' | '\u{FF00}'..='\u{FFEF}')
    };
    // Two bytes of another text are a character of any script.
    let fit = |encoding: &'static encoding_rs::Encoding| {
        let (text, whole) = Charset::Web(encoding).decode(head);
        let (count, fits) = (text.chars().count(), text.chars().filter(usual).count());
        if whole && is_text(&text) && fits * 100 >= count * 97 { fits } else { 0 }
    };
    let (little, big) = (fit(encoding_rs::UTF_16LE), fit(encoding_rs::UTF_16BE));
    match little.cmp(&big) {
        Ordering::Greater => Some(Charset::Web(encoding_rs::UTF_16LE)),
        Ordering::Less => Some(Charset::Web(encoding_rs::UTF_16BE)),
        Ordering::Equal => None,
    }
}
