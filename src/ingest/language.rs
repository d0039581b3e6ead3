//! The language of a text: by its script, then by frequent small words, then by letter statistics.

pub(super) mod leaning;

use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

use super::lexicon::{LANGUAGES, Scope};
use super::text::{bytes, is_letter};

/// A tag, and whether it is in doubt.
#[derive(Debug, Default)]
pub(super) struct Guess {
    pub tag: String,
    pub doubtful: bool,
    /// The language of the text's second half, if it is another one.
    pub other: Option<&'static str>,
}

impl Guess {
    /// A language that is beyond doubt.
    pub(super) fn certain(tag: &str) -> Self {
        Self { tag: tag.to_owned(), ..Self::default() }
    }
}

/// How much of a text is looked at, in bytes.
pub(super) const SAMPLE: usize = 3000;

/// How often each language has a small word, by its letters in a number.
struct StopWords {
    hits: HashMap<u64, [u8; LANGUAGES.len()], FxBuildHasher>,
    /// A bit for each of them: most words are none by it.
    sieve: [u64; Self::BITS / 64],
}

impl StopWords {
    const BITS: usize = 1 << 13;

    /// The bit of a word.
    fn bit(word: u64) -> (usize, u64) {
        let bit = (word.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 51) as usize;
        (bit / 64, 1 << (bit % 64))
    }

    fn get(&self, word: u64) -> Option<&[u8; LANGUAGES.len()]> {
        let (place, bit) = Self::bit(word);
        if self.sieve[place] & bit == 0 { None } else { self.hits.get(&word) }
    }
}

static STOP_WORDS: LazyLock<StopWords> = LazyLock::new(|| {
    let mut words = StopWords { hits: HashMap::default(), sieve: [0; _] };
    for (i, language) in LANGUAGES.iter().enumerate() {
        for word in language.stop_words.split('|').filter(|w| !w.is_empty()) {
            let packed = word.bytes().fold(0, packed);
            words.hits.entry(packed).or_default()[i] += 1;
            let (place, bit) = StopWords::bit(packed);
            words.sieve[place] |= bit;
        }
    }
    words
});

/// How long a small word is at most, in bytes.
const LONGEST: usize = size_of::<u64>();

/// A number for the bytes of a small word.
fn packed(word: u64, byte: u8) -> u64 {
    word << 8 | u64::from(byte)
}

/// Guesses the language of a text among all that the detector knows, preferring those that the archive names.
pub(super) fn guess(text: &str, allowed: &[String], default: &str) -> Guess {
    let sample = &text[..text.floor_char_boundary(SAMPLE)];
    let signs = Signs::of(sample);
    if let Some((tag, other)) = signs.are_of_two().then(|| halves(sample)).flatten() {
        return Guess { tag: tag.to_owned(), doubtful: true, other: Some(other) };
    }
    if let Some(tag) = signs.certain(sample) {
        return Guess::certain(tag);
    }
    let (by_words, lead) = (signs.tag, signs.lead());
    match by_letters(sample, allowed) {
        // Few letters tell little; a clear lead of small words tells more.
        Some((tag, sure)) if sure || !lead => {
            let unexpected = !allowed.is_empty() && !allowed.iter().any(|a| primary(a) == tag);
            let doubtful = sample.len() > 400 && (!sure || unexpected || lead && by_words != tag);
            Guess { tag: tag.to_owned(), doubtful, other: None }
        }
        _ if lead => Guess::certain(by_words),
        _ => {
            let known = signs.best > signs.second;
            let tag = if known { by_words } else { default };
            Guess { tag: tag.to_owned(), doubtful: !known && text.len() > 400, other: None }
        }
    }
}

/// The languages of a text's beginning and its end, if they are two: it may be in two columns, or be followed by its
/// translation.
fn halves(sample: &str) -> Option<(&'static str, &'static str)> {
    let at = |third: usize| sample.floor_char_boundary(sample.len() * third / 3);
    let (first, second) = (&sample[..at(1)], &sample[at(2)..]);
    let clear = |part: &str| {
        let signs = Signs::of(part);
        (!signs.by_script && signs.lead() && signs.best > signs.second * 2).then_some(signs.tag)
    };
    Some((clear(first)?, clear(second)?)).filter(|(first, second)| first != second)
}

/// The languages whose words are read in a text of this language. Letterheads and the labels of mail programs
/// are English in many archives whose letters are not.
pub(super) fn scope(guess: &Guess, allowed: &[String], default: &str) -> Scope {
    let reads = |tag: &str| primary(tag) == "en";
    let english = reads(default) || allowed.iter().any(|tag| reads(tag));
    let other = guess.other.map_or(Scope::NONE, Scope::of);
    Scope::of(&guess.tag).with(other).with(if english { Scope::of("en") } else { Scope::NONE })
}

/// The language of a seed: the words by which it is read, and its language if every part says the same.
#[derive(Debug)]
pub(super) struct Whole {
    pub scope: Scope,
    /// Which need not be asked again of a document that is the whole seed.
    pub sole: Option<&'static str>,
}

/// The language of a text whose parts may be in different ones: that of its beginning, and of each other part
/// that has the small words or the script of one.
pub(super) fn whole(text: &str, allowed: &[String], default: &str) -> Whole {
    const PART: usize = 1500;
    let (mut found, mut sole, mut rest) = (Scope::NONE, None, text);
    while !rest.is_empty() {
        let (part, after) = rest.split_at(rest.ceil_char_boundary(PART));
        let signs = Signs::of(part);
        let certain = signs.certain(part);
        if rest.len() == text.len() {
            sole = certain;
            let tag = certain.map(str::to_owned);
            let tag = tag.unwrap_or_else(|| guess(part, allowed, default).tag);
            found = scope(&Guess::certain(&tag), allowed, default);
        } else {
            sole = sole.filter(|sole| certain.is_none_or(|tag| tag == *sole));
            // The document's language is guessed by its first parts.
            sole = sole.filter(|_| certain.is_some() || text.len() - after.len() > SAMPLE + PART);
            let tag = certain.or_else(|| signs.lead().then_some(signs.tag));
            found = found.with(tag.map_or(Scope::NONE, Scope::of));
        }
        rest = after;
    }
    Whole { scope: found, sole }
}

/// The language of a passage that is in another one than its text. None of a short passage, nor where its small words and
/// its letters leave a doubt: a word of another language on a page is read out in a wrong voice.
pub(super) fn of_passage(passage: &str, own: &str) -> Option<&'static str> {
    /// How many words a passage has at least, and how much of one is looked at, in bytes.
    const WORDS: usize = 12;
    const BEGINNING: usize = 120;
    const ENOUGH: usize = 600;
    let begin = |bytes: usize| &passage[..passage.floor_char_boundary(bytes)];
    let own = LANGUAGES.iter().position(|l| l.tag == primary(own) && !l.stop_words.is_empty())?;
    let most = |hits: &[usize]| hits.iter().copied().max().unwrap_or(0);
    // By their first words most passages are in the text's language.
    let first = small_words(begin(BEGINNING));
    if first[own] > 0 && first[own] >= most(&first) {
        return None;
    }
    let sample = begin(ENOUGH);
    let words = sample.split_whitespace().count();
    let hits = small_words(sample);
    let best = hits.iter().position(|n| *n == most(&hits))?;
    let next = hits.iter().enumerate().filter(|(i, _)| *i != best).map(|(_, n)| *n).max()?;
    let clear = hits[best] >= 4 && hits[best] * 5 >= words && next * 3 <= hits[best] * 2;
    if words < WORDS || best == own || !clear || hits[own] * 3 > hits[best] {
        return None;
    }
    // Relatives of a language have many of its small words.
    let letters = whatlang::detect(sample).filter(whatlang::Info::is_reliable)?;
    (tag(letters.lang())? == LANGUAGES[best].tag).then_some(LANGUAGES[best].tag)
}

/// What a text shows of its language by its script or, if no script tells, by its small words.
struct Signs {
    /// The language of the script, or the one with the most small words.
    tag: &'static str,
    by_script: bool,
    /// How many small words it has of that language, and of the next.
    best: usize,
    second: usize,
}

impl Signs {
    fn of(sample: &str) -> Self {
        let script = || by_script(sample).or_else(|| by_lines(sample));
        if let Some(tag) = (!sample.is_ascii()).then(script).flatten() {
            return Self { tag, by_script: true, best: 0, second: 0 };
        }
        let hits = small_words(sample);
        let mut order: Vec<usize> = (0..hits.len()).collect();
        order.sort_by_key(|&i| (std::cmp::Reverse(hits[i]), i));
        let (first, next) = (order[0], order[1]);
        let (best, second) = (hits[first], hits[next]);
        Self { tag: LANGUAGES[first].tag, by_script: false, best, second }
    }

    /// Whether the small words of one language are clearly more than those of the next.
    fn lead(&self) -> bool {
        self.by_script || self.best >= 4 && self.best * 2 > self.second * 3
    }

    /// Whether small words of two languages are so many that each may have a half of the text.
    fn are_of_two(&self) -> bool {
        !self.by_script && self.second >= 4 && self.second * 3 > self.best
    }

    /// The language that nothing else need be asked about. Of a language without a lexicon, relatives have some small words
    /// in common, never so many.
    fn certain(&self, sample: &str) -> Option<&'static str> {
        let many = || self.best * 5 > bytes::count_between_spaces(sample);
        let clear = || self.best >= 4 && self.best * 2 > self.second * 5;
        (self.by_script || clear() && many()).then_some(self.tag)
    }
}

/// How many small words of each language a text has.
fn small_words(sample: &str) -> [usize; LANGUAGES.len()] {
    let mut hits = [0_u16; LANGUAGES.len()];
    let stop_words = &*STOP_WORDS;
    let bytes = sample.as_bytes();
    let (mut at, mut word, mut length) = (0, 0, 0);
    loop {
        while let Some(byte) = bytes.get(at)
            && byte.is_ascii_alphabetic()
        {
            (at, word, length) = (at + 1, packed(word, byte | 0x20), length + 1);
        }
        let byte = bytes.get(at).copied().unwrap_or(b' ');
        if !byte.is_ascii()
            && let Some(c) = sample[at..].chars().next()
        {
            at += c.len_utf8();
            if is_letter(c) {
                let mut bytes = [0; 4];
                let pack = |w, c: char| c.encode_utf8(&mut bytes).bytes().fold(w, packed);
                word = c.to_lowercase().fold(word, pack);
                length += c.len_utf8();
                if at < sample.len() {
                    continue;
                }
            }
        } else {
            at += 1;
        }
        if (1..=LONGEST).contains(&length)
            && let Some(languages) = stop_words.get(word)
        {
            hits.iter_mut().zip(languages).for_each(|(hits, n)| *hits += u16::from(*n));
        }
        if at >= bytes.len() {
            return hits.map(usize::from);
        }
        (word, length) = (0, 0);
    }
}

/// The characters of a text that are none of ASCII.
fn beyond_ascii(text: &str) -> impl Iterator<Item = char> {
    let mut rest = text;
    std::iter::from_fn(move || {
        rest = &rest[bytes::position(rest.as_bytes(), |b| b >= 0x80)?..];
        let c = rest.chars().next()?;
        rest = &rest[c.len_utf8()..];
        Some(c)
    })
}

/// Scripts that one language mostly has.
fn by_script(sample: &str) -> Option<&'static str> {
    let (mut hangul, mut kana, mut han) = (0, 0, 0);
    let (mut arabic, mut hebrew, mut greek, mut thai) = (0, 0, 0, 0);
    let mut letters = sample.bytes().filter(u8::is_ascii_alphabetic).count();
    for c in beyond_ascii(sample).filter(|c| is_letter(*c)) {
        letters += 1;
        match c {
            '\0'..='\u{24F}' => {}
            '가'..='힣' | 'ᄀ'..='ᇿ' | 'ㄱ'..='ㆎ' => hangul += 1,
            'ぁ'..='ヿ' => kana += 1,
            '一'..='鿿' => han += 1,
            '\u{600}'..='\u{6FF}' => arabic += 1,
            '\u{590}'..='\u{5FF}' => hebrew += 1,
            'Ͱ'..='Ͽ' => greek += 1,
            '\u{E00}'..='\u{E7F}' => thai += 1,
            _ => {}
        }
    }
    // One Hangul syllable says as much as two or three Latin letters.
    let much = |n: usize| n * 4 > letters && n > 1;
    [
        (much(hangul), "ko"),
        (much(kana) || (kana > 4 && much(han + kana)), "ja"),
        (much(han), "zh"),
        (much(arabic), of_arabic(sample)),
        (much(hebrew), "he"),
        (much(greek), "el"),
        (much(thai), "th"),
    ]
    .into_iter()
    .find_map(|(is, tag)| is.then_some(tag))
}

/// The language of a text in Arabic letters, by those letters that only it has.
fn of_arabic(sample: &str) -> &'static str {
    const OWN: [(&str, &str); 5] =
        [("ڵڕێ", "ckb"), ("ۇۈې", "ug"), ("ٹڈڑںے", "ur"), ("ښځڅډړږۍ", "ps"), ("پچژگکی", "fa")];
    let has = |letters: &str| sample.chars().filter(|c| letters.contains(*c)).nth(2).is_some();
    OWN.into_iter().find_map(|(letters, tag)| has(letters).then_some(tag)).unwrap_or("ar")
}

/// Half of the lines in Hangul: a long English notice below does not make a Korean text English.
fn by_lines(sample: &str) -> Option<&'static str> {
    if !beyond_ascii(sample).any(|c| ('가'..='힣').contains(&c)) {
        return None;
    }
    let lines: Vec<&str> =
        sample.lines().filter(|l| l.chars().filter(|c| is_letter(*c)).nth(1).is_some()).collect();
    let hangul = lines.iter().filter(|l| super::text::is_hangul(l)).count();
    (hangul > 1 && hangul * 2 >= lines.len()).then_some("ko")
}

/// The language by letter statistics, and whether they are clear. An archive that names its languages is asked
/// about those first. None of a few words in plain letters: they could be of any.
fn by_letters(sample: &str, allowed: &[String]) -> Option<(&'static str, bool)> {
    const FEW: usize = 30;
    if sample.is_ascii() && sample.trim().len() < FEW {
        return None;
    }
    let list: Vec<whatlang::Lang> = allowed.iter().filter_map(|tag| lang(tag)).collect();
    let any = whatlang::Detector::new().detect(sample)?;
    if any.is_reliable() || list.is_empty() {
        return Some((tag(any.lang())?, any.is_reliable()));
    }
    let own = whatlang::Detector::with_allowlist(list).detect(sample)?;
    Some((tag(own.lang())?, own.is_reliable()))
}

/// The detector's languages by their codes in ISO 639-3 and their tags in BCP 47.
const TAGS: [(&str, &str); 69] = [
    ("afr", "af"),
    ("aka", "ak"),
    ("amh", "am"),
    ("ara", "ar"),
    ("aze", "az"),
    ("bel", "be"),
    ("ben", "bn"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cmn", "zh"),
    ("dan", "da"),
    ("deu", "de"),
    ("ell", "el"),
    ("eng", "en"),
    ("epo", "eo"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("guj", "gu"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("hye", "hy"),
    ("ind", "id"),
    ("ita", "it"),
    ("jav", "jv"),
    ("jpn", "ja"),
    ("kan", "kn"),
    ("kat", "ka"),
    ("khm", "km"),
    ("kor", "ko"),
    ("lat", "la"),
    ("lav", "lv"),
    ("lit", "lt"),
    ("mal", "ml"),
    ("mar", "mr"),
    ("mkd", "mk"),
    ("mya", "my"),
    ("nep", "ne"),
    ("nld", "nl"),
    ("nob", "nb"),
    ("ori", "or"),
    ("pan", "pa"),
    ("pes", "fa"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rus", "ru"),
    ("sin", "si"),
    ("slk", "sk"),
    ("slv", "sl"),
    ("sna", "sn"),
    ("spa", "es"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tam", "ta"),
    ("tel", "te"),
    ("tgl", "tl"),
    ("tha", "th"),
    ("tuk", "tk"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("urd", "ur"),
    ("uzb", "uz"),
    ("vie", "vi"),
    ("yid", "yi"),
    ("zul", "zu"),
];

fn tag(lang: whatlang::Lang) -> Option<&'static str> {
    TAGS.iter().find(|(code, _)| *code == lang.code()).map(|(_, tag)| *tag)
}

fn lang(tag: &str) -> Option<whatlang::Lang> {
    let code = TAGS.iter().find(|(_, t)| *t == primary(tag)).map(|(code, _)| *code)?;
    whatlang::Lang::from_code(code)
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_small_words_fit_into_a_number() {
        let words = LANGUAGES.iter().flat_map(|l| l.stop_words.split('|'));
        assert!(words.map(str::len).max() <= Some(LONGEST));
    }

    #[test]
    fn short_texts_of_seven_languages() {
        for (text, tag) in [
            ("We write to you about the letter that was sent to the committee in May.", "en"),
            ("ما خانواده‌های زندانیان از شما می‌خواهیم که درباره گم‌شدگان تحقیق کنید.", "fa"),
            ("تطالب اللجنة الحكومة بالكشف عن مصير أبنائها في أقرب وقت.", "ar"),
            ("ہم حکومت سے مطالبہ کرتے ہیں کہ لاپتہ افراد کو رہا کیا جائے۔", "ur"),
            ("[세계초대석] 美 NGO 북한인권위원회 사무총장 Dec 18", "ko"),
            (
                "Nous vous écrivons au sujet de la lettre que le comité a reçue dans les derniers jours.",
                "fr",
            ),
            (
                "Wir schreiben Ihnen wegen des Briefes, den die Kommission nicht beantwortet hat und der uns vorliegt.",
                "de",
            ),
            (
                "Les escribimos para pedir que el gobierno responda a la carta de los familiares.",
                "es",
            ),
            ("Le scriviamo per chiedere che il governo risponda alla lettera dei familiari.", "it"),
            (
                "Wij schrijven u om te vragen wanneer de minister op de brief van mei antwoordt.",
                "nl",
            ),
            ("DMCA Notice", "en"),
        ] {
            assert_eq!(guess(text, &[], "en").tag, tag, "{text}");
        }
    }

    #[test]
    fn a_text_of_two_languages_has_that_of_its_first_half_and_a_doubt() {
        let german =
            "Wir schreiben Ihnen wegen des Briefes, den die Kommission nicht beantwortet hat.\n";
        let english = "We write to you about the letter that was sent to the committee, and to which no answer has come.\n";
        let both = guess(&(german.repeat(2) + &english.repeat(2)), &[], "en");
        assert_eq!((both.tag.as_str(), both.doubtful, both.other), ("de", true, Some("en")));
        let one = guess(&german.repeat(4), &[], "en");
        assert_eq!((one.tag.as_str(), one.doubtful, one.other), ("de", false, None));
        let spanish =
            "Les escribimos para pedir que el gobierno responda a la carta de los familiares.\n";
        assert_eq!(guess(&spanish.repeat(4), &[], "en").other, None);
    }

    #[test]
    fn a_long_passage_in_another_language_is_known_by_its_words() {
        let french = "Nous vous écrivons au sujet de la lettre que le comité a reçue dans les derniers jours du mois.";
        let german = "Die Kommission hat den Brief nicht beantwortet, der ihr im Mai von den Familien übergeben worden ist.";
        let spanish = "Les escribimos para pedir que el gobierno responda a la carta de los familiares y que se haga en el plazo.";
        for own in ["en", "de", "nl"] {
            assert_eq!(of_passage(spanish, own), Some("es"), "{own}");
        }
        let english = "We write to you about the letter that was sent to the committee in May, and to which no answer has come.";
        let all = [("fr", french), ("de", german), ("en", english)];
        for (own, _) in all {
            for (tag, passage) in all {
                let expected = (own != tag).then_some(tag);
                assert_eq!(of_passage(passage, own), expected, "{passage} in {own}");
            }
        }
        assert_eq!(of_passage(french, "en-GB"), Some("fr"));
        let portuguese = "Escrevemos para pedir que o governo responda à carta dos familiares e que o faça no prazo de um mês.";
        let short = "La lettre que le comité a reçue dans les jours";
        let quoted = "The Committee answered: « Nous avons reçu la lettre et nous la lirons », and that was the end of it.";
        let names = "Jean Dupont, Marie Leroy, Paul Martin, Anne Petit, Luc Moreau, Julie Simon, Marc Laurent";
        for passage in [portuguese, short, quoted, names, ""] {
            assert_eq!(of_passage(passage, "en"), None, "{passage}");
        }
        assert_eq!(of_passage(english, "pl"), None);
    }

    #[test]
    fn a_seed_is_read_by_the_words_of_all_its_parts() {
        let german =
            "Wir schreiben Ihnen wegen des Briefes, den die Kommission nicht beantwortet hat. ";
        let french = "Nous vous écrivons au sujet de la lettre que le comité a reçue dans les derniers jours. ";
        let both = whole(&(german.repeat(30) + &french.repeat(30)), &[], "de");
        assert_eq!(both.scope, Scope::of("de").with(Scope::of("fr")));
        assert_eq!(both.sole, None);
        assert_eq!(whole(&german.repeat(60), &[], "en").sole, Some("de"));
        assert_eq!(
            whole(german, &["en".to_owned()], "de").scope,
            Scope::of("de").with(Scope::of("en"))
        );
        let polish =
            "Sprawdziliśmy księgi parafialne i znaleźliśmy w nich nazwiska mieszkańców wsi. ";
        assert_eq!(whole(&polish.repeat(10), &[], "pl").scope, Scope::NONE);
    }
}
