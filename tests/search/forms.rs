//! Archives whose words are made from the endings of each language, and what each form of a word must find.

use std::collections::{BTreeMap, BTreeSet};

use fonds::search::{Document, FacetValue, Tables};
use rust_stemmers::{Algorithm, Stemmer};
use serde_json::{Value, json};

use super::oracle::Random;
use super::plain_document;

/// Words of a language whose forms are sought.
const WORDS: usize = 500;
/// Words whose stems are compared.
const STEMS: usize = 3000;
/// Forms that lengthen a word; half of them are in no document.
const FORMS: usize = 4;

/// The languages with a stemming algorithm: tag, algorithm, source of its endings, and letters to make words of.
const LANGUAGES: [(&str, Algorithm, &str, &str); 18] = [
    ("en", Algorithm::English, include_str!("../../src/search/stem/english.sbl"), LATIN),
    ("fr", Algorithm::French, include_str!("../../src/search/stem/french.sbl"), LATIN),
    ("de", Algorithm::German, include_str!("../../src/search/stem/german.sbl"), LATIN),
    ("es", Algorithm::Spanish, include_str!("../../src/search/stem/spanish.sbl"), LATIN),
    ("it", Algorithm::Italian, include_str!("../../src/search/stem/italian.sbl"), LATIN),
    ("nl", Algorithm::Dutch, include_str!("../../src/search/stem/dutch.sbl"), LATIN),
    ("pt", Algorithm::Portuguese, include_str!("../../src/search/stem/portuguese.sbl"), LATIN),
    ("ro", Algorithm::Romanian, include_str!("../../src/search/stem/romanian.sbl"), LATIN),
    ("da", Algorithm::Danish, include_str!("../../src/search/stem/danish.sbl"), LATIN),
    ("no", Algorithm::Norwegian, include_str!("../../src/search/stem/norwegian.sbl"), LATIN),
    ("sv", Algorithm::Swedish, include_str!("../../src/search/stem/swedish.sbl"), LATIN),
    ("fi", Algorithm::Finnish, include_str!("../../src/search/stem/finnish.sbl"), LATIN),
    ("hu", Algorithm::Hungarian, include_str!("../../src/search/stem/hungarian.sbl"), LATIN),
    ("tr", Algorithm::Turkish, include_str!("../../src/search/stem/turkish.sbl"), LATIN),
    ("ru", Algorithm::Russian, "", "абвгдежзийклмнопрстуфхцчшщъыьэюя"),
    ("el", Algorithm::Greek, "", "αβγδεζηθικλμνξοπρστυφχψω"),
    ("ar", Algorithm::Arabic, "", "ابتثجحخدذرزسشصضطظعغفقكلمنهويةىءأؤئ"),
    ("ta", Algorithm::Tamil, "", "கஙசஞடணதநபமயரலவழளறனாிீுூெேைொோ்"),
];
const LATIN: &str = "bcdfghklmnprstvwz";
/// The languages that ingest knows and that have forms.
const OF_INGEST: usize = 4;

/// One document in each language.
pub(crate) fn all_languages() -> (Vec<Document>, Tables) {
    let tags: Vec<&str> = LANGUAGES.iter().map(|(tag, ..)| *tag).collect();
    let document = |(number, (_, _, _, letters)): (usize, &(&str, Algorithm, &str, &str))| {
        written(number, number, (*letters).to_owned())
    };
    (LANGUAGES.iter().enumerate().map(document).collect(), languages(&tags))
}

/// Words of each language, each with its stem.
pub(crate) fn stems() -> Value {
    let stems = LANGUAGES.iter().map(|(tag, algorithm, source, letters)| {
        let (mut random, endings) = (Random(0x1234_5678), endings(source));
        let stemmer = Stemmer::create(*algorithm);
        let word = |_| {
            let mut word = root(&mut random, letters);
            for _ in 0..random.below(3).min(endings.len()) {
                word += &endings[random.below(endings.len())];
            }
            let stem = stemmer.stem(&word).into_owned();
            json!([word, stem])
        };
        (*tag, (0..STEMS).map(word).collect())
    });
    json!(stems.collect::<BTreeMap<&str, Vec<Value>>>())
}

/// An archive in each language of ingest, and one in all of them, with what each word must find.
pub(crate) fn archives() -> Vec<(Vec<Document>, Tables, Value)> {
    let groups: Vec<Vec<Vec<String>>> = (0..OF_INGEST).map(groups).collect();
    let alone = (0..OF_INGEST).map(|at| archive(&[at], &groups));
    alone.chain([archive(&[0, 1, 2, 3], &groups), korean()]).collect()
}

/// Korean words, each in a document of its own before one particle, and sought before others.
fn korean() -> (Vec<Document>, Tables, Value) {
    let mut random = Random(0x0bad_cafe);
    let (mut documents, mut queries) = (Vec::new(), Vec::new());
    for number in 0..WORDS {
        let syllables = (0..2 + random.below(3)).map(|_| 0xac00 + random.below(11_172) as u32);
        let word: String = syllables.filter_map(char::from_u32).collect();
        let is_open =
            word.chars().last().is_some_and(|last| (last as u32 - 0xac00).is_multiple_of(28));
        let particles: [&str; 6] = match is_open {
            true => ["는", "가", "를", "와", "로", "에서는"],
            false => ["은", "이", "을", "과", "으로", "에게도"],
        };
        documents.push(written(number, 0, format!("그 {word}{} 말", particles[number % 6])));
        let forms =
            particles.iter().map(|particle| format!("{word}{particle}")).chain([word.clone()]);
        queries.extend(forms.map(|form| json!([form, [number]])));
    }
    (documents, languages(&["ko"]), json!({ "exact": false, "queries": queries }))
}

fn archive(chosen: &[usize], groups: &[Vec<Vec<String>>]) -> (Vec<Document>, Tables, Value) {
    let (mut documents, mut words) = (Vec::new(), Vec::new());
    for (language, at) in chosen.iter().enumerate() {
        for forms in &groups[*at] {
            // Every second form is in a document of its own.
            for form in forms.iter().step_by(2) {
                documents.push(written(documents.len(), language, format!("x {form} y")));
                words.push((*at, form));
            }
        }
    }
    let mut stems: BTreeMap<(usize, String), BTreeSet<usize>> = BTreeMap::new();
    for (number, (at, word)) in words.iter().enumerate() {
        stems.entry((*at, stem(*at, word))).or_default().insert(number);
    }
    let queries = chosen.iter().flat_map(|at| groups[*at].iter().flatten()).map(|form| {
        let found = chosen.iter().filter_map(|at| stems.get(&(*at, stem(*at, form))));
        json!([form, found.flatten().collect::<BTreeSet<_>>()])
    });
    let expectations =
        json!({ "exact": chosen.len() == 1, "queries": queries.collect::<Vec<_>>() });
    let tags: Vec<&str> = chosen.iter().map(|at| LANGUAGES[*at].0).collect();
    (documents, languages(&tags), expectations)
}

fn stem(language: usize, word: &str) -> String {
    Stemmer::create(LANGUAGES[language].1).stem(word).into_owned()
}

/// Words of a language, each with forms of its stem.
fn groups(language: usize) -> Vec<Vec<String>> {
    let (_, _, source, letters) = LANGUAGES[language];
    let (mut random, endings) = (Random(0x9e37_79b9), endings(source));
    let mut groups: Vec<Vec<String>> = Vec::new();
    let mut known = BTreeSet::new();
    while groups.len() < WORDS {
        let root = root(&mut random, letters);
        if !known.insert(stem(language, &root)) {
            continue;
        }
        let mut forms = vec![root.clone()];
        for _ in 0..100 {
            let form = format!("{root}{}", endings[random.below(endings.len())]);
            if stem(language, &form) == stem(language, &root) && !forms.contains(&form) {
                forms.push(form);
            }
            if forms.len() == FORMS {
                break;
            }
        }
        // The root itself is in no document every other time.
        if groups.len().is_multiple_of(2) {
            forms.reverse();
        }
        if forms.len() > 1 {
            groups.push(forms);
        }
    }
    groups
}

/// Two or three syllables of a language's letters, or as many letters.
fn root(random: &mut Random, letters: &str) -> String {
    let letters: Vec<char> = letters.chars().collect();
    let mut root = String::new();
    for _ in 0..2 + random.below(3) {
        root.push(letters[random.below(letters.len())]);
        if letters[0] == 'b' {
            root.push(['a', 'e', 'i', 'o', 'u'][random.below(5)]);
        }
    }
    root.push(letters[random.below(letters.len())]);
    root
}

/// The texts of a stemming algorithm that are plain letters.
fn endings(source: &str) -> Vec<String> {
    let texts = source.split(|c: char| c.is_whitespace() || "()".contains(c));
    let texts = texts.filter_map(|text| text.strip_prefix('\'')?.strip_suffix('\''));
    let is_plain = |text: &&str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase());
    texts.filter(is_plain).map(str::to_owned).collect()
}

fn written(number: usize, language: usize, text: String) -> Document {
    Document { language: language as u32, ..plain_document((number, vec![text])) }
}

fn languages(tags: &[&str]) -> Tables {
    let value = |tag: &&str| FacetValue {
        key: (*tag).to_owned(),
        label: (*tag).to_owned(),
        names: Vec::new(),
    };
    Tables { languages: tags.iter().map(value).collect(), ..Tables::default() }
}

/// Texts with words that are written in several ways, and dates of all kinds.
pub(crate) fn spellings() -> (Vec<Document>, Tables) {
    let texts = [
        ("1958-05-01", 1, "Herr Müller schrieb Johanna über Häuser."),
        ("1958~", 0, "Mr Mueller wrote to the committees."),
        ("1958?", 0, "A kwan-li-so, or political camp; the gulags of HumanRightsWatch."),
        ("1958-06", 0, "The word kwanliso stands for it. A committee met."),
        ("1958/1959", 2, "북한인권위원회는 보고서를 채택했다."),
        ("1957", 2, "위원회에서 DPRK의 인권을 논의했다."),
        ("1957", 1, "Es sind Johannas Sachen."),
        ("", 0, "Kwan li so: spaces alone. Undue true values are due."),
    ];
    let document = |(number, (date, language, text)): (usize, (&str, usize, &str))| Document {
        date: date.parse().ok(),
        ..written(number, language, text.to_owned())
    };
    (texts.into_iter().enumerate().map(document).collect(), languages(&["en", "de", "ko"]))
}
