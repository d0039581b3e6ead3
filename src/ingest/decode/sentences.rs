//! Sentences of ten languages and more in every old encoding that can hold them: each is read as it was
//! written, or with a doubt; none is wrong in silence.

#![allow(clippy::unwrap_used, reason = "a test says by a panic that it failed")]

use std::collections::BTreeSet;

use super::{Known, decode};
use crate::charset::Charset;

/// Tag and sentence: two hundred of ten languages, and some of other ones.
const SENTENCES: &str = include_str!("sentences.tsv");

/// Old encodings; of a language those that can hold its letters are tried.
const ENCODINGS: [&str; 20] = [
    "windows-1252",
    "windows-1250",
    "windows-1251",
    "iso-8859-1",
    "iso-8859-2",
    "iso-8859-15",
    "macintosh",
    "cp437",
    "cp850",
    "koi8-r",
    "koi8-u",
    "ibm866",
    "euc-kr",
    "cp949",
    "shift_jis",
    "euc-jp",
    "gb18030",
    "big5",
    "utf-16le",
    "utf-16be",
];

/// The sentences by language.
fn table() -> Vec<(&'static str, Vec<&'static str>)> {
    let mut table: Vec<(&str, Vec<&str>)> = Vec::new();
    for (tag, sentence) in SENTENCES.lines().map(|line| line.split_once('\t').unwrap()) {
        match table.last_mut().filter(|(last, _)| *last == tag) {
            Some((_, sentences)) => sentences.push(sentence),
            None => table.push((tag, vec![sentence])),
        }
    }
    table
}

fn encoded(text: &str, name: &str) -> Option<Vec<u8>> {
    if let Some(big) = name.strip_prefix("utf-16") {
        let units = text.encode_utf16();
        return Some(match big {
            "le" => units.flat_map(u16::to_le_bytes).collect(),
            _ => units.flat_map(u16::to_be_bytes).collect(),
        });
    }
    let charset = Charset::named(name)?;
    if let Charset::Web(encoding) = charset {
        let (bytes, _, lossy) = encoding.encode(text);
        return (!lossy).then(|| bytes.into_owned());
    }
    let upper: Vec<char> = charset.decode(&(0x80..=0xFF).collect::<Vec<u8>>()).0.chars().collect();
    let byte = |c: char| match c.is_ascii() {
        true => Some(c as u8),
        false => Some(0x80 + u8::try_from(upper.iter().position(|u| *u == c)?).ok()?),
    };
    text.chars().map(byte).collect()
}

#[test]
#[expect(clippy::print_stderr, reason = "it is run for what it prints, too")]
fn no_sentence_is_wrong_in_silence() {
    let english = ["en".to_owned()];
    let (mut right, mut doubtful, mut wrong) = (0, 0, Vec::new());
    let mut unsure = Vec::new();
    for (tag, sentences) in table() {
        let own = [tag.to_owned()];
        let longer = [3, 7, 20].map(|count| sentences[..count.min(sentences.len())].join("\n"));
        for text in sentences.iter().map(|s| (*s).to_owned()).chain(longer) {
            // Some encodings have the same bytes for a sentence.
            let mut tried = BTreeSet::new();
            for name in ENCODINGS {
                let bytes = encoded(&text, name).filter(|b| b.len() <= 2000);
                let Some(bytes) = bytes.filter(|b| tried.insert(b.clone())) else { continue };
                for languages in [&english, &own] {
                    let known = Known { languages, ..Known::default() };
                    let Ok(read) = decode(&bytes, known) else {
                        wrong.push(format!("{tag} {name} is refused: {text}"));
                        continue;
                    };
                    let same = read.text == super::clean(&text);
                    let head: String = read.text.chars().take(200).collect();
                    let what = format!("{tag} {name} {languages:?}: {head}");
                    match (same, &read.doubt) {
                        (true, None) => right += 1,
                        (_, Some((reason, _))) => {
                            doubtful += 1;
                            unsure.push(format!("{what}\n    {reason}"));
                        }
                        (false, None) => wrong.push(what),
                    }
                }
            }
        }
    }
    let count = right + doubtful + wrong.len();
    if std::env::var_os("FONDS_DOUBTS").is_some() {
        eprintln!("{}", unsure.join("\n"));
    }
    eprintln!("{count} readings: {right} right, {doubtful} in doubt, {} wrong", wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(count >= 200 && doubtful * 10 <= count, "{doubtful} of {count} in doubt");
}

#[test]
fn a_setting_decides_and_utf8_needs_none() {
    let known = Known { encoding: Some("cp850"), ..Known::default() };
    let read = decode(b"\x9C4 caf\x82", known).unwrap();
    assert_eq!((read.text.as_str(), read.doubt), ("£4 café", None));
    assert_eq!(read.encoding.as_deref(), Some("cp850"));
    let read = decode("£4 café".as_bytes(), known).unwrap();
    assert_eq!((read.text.as_str(), read.encoding), ("£4 café", None));
}

#[test]
fn what_no_encoding_explains_is_a_doubt() {
    let read = decode("one\ntwo \u{FFFD}".as_bytes(), Known::default()).unwrap();
    assert_eq!(read.doubt.map(|(_, line)| line), Some(2));
}

#[test]
fn a_folder_helps_a_doubtful_seed_and_says_so() {
    let languages = ["fr".to_owned(), "pl".to_owned()];
    let read = |bytes: &[u8], beside| {
        decode(bytes, Known { languages: &languages, beside, ..Known::default() }).unwrap()
    };
    // `ê` of windows-1252 is `ę` of windows-1250.
    let bytes = b"f\xEAte";
    let alone = read(bytes, None);
    assert!(alone.doubt.is_some());
    for beside in ["windows-1252", "windows-1250"] {
        let among = read(bytes, Some(beside));
        assert_eq!(among.encoding.as_deref(), Some(beside));
        // Only what a seed says by itself, too, needs no doubt.
        let doubt = among.doubt.is_some_and(|(reason, _)| reason.contains("others of its folder"));
        assert_eq!(doubt, among.text != alone.text, "{beside}: {}", among.text);
    }
    // A seed that is sure of itself stays what it is.
    let sure = "Szanowny Panie Dyrektorze, prosimy o przes\u{142}anie spisu akt, kt\u{f3}re zosta\u{142}y przekazane.";
    let (bytes, _, _) = encoding_rs::WINDOWS_1250.encode(sure);
    let among = read(&bytes, Some("windows-1252"));
    assert_eq!((among.text.as_str(), among.doubt), (sure, None));
}
