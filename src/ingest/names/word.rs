//! What a single word, or a short text as a whole, is by its form and by the lexicon.

use std::sync::LazyLock;

use super::super::lexicon::{
    self, COMMON, OPEN_WORDS, ORGANIZATIONS, Phrases, ROLES, Words, ends_word,
};
use super::knowledge::{Strength, is_family, is_given};
use super::{is_honorific, lists};

/// A capital, and letters, points, apostrophes and hyphens after it.
pub(super) fn is_capital(word: &str) -> bool {
    let word = word.trim_matches(['(', ')', '"', '\'', '“', '”', '„']);
    // "al-Khawaja"
    let word = word.split_once('-').filter(|(w, _)| is_arabic_article(w)).map_or(word, |(_, w)| w);
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    letters.next().is_some_and(|c| !c.is_lowercase())
        && word.chars().all(|c| c.is_alphabetic() || ".'’-‐‑`ʼ".contains(c) || is_mark(c))
}

/// An article or a particle of Arabic names that is joined to the name by a hyphen.
fn is_arabic_article(word: &str) -> bool {
    static ARTICLES: LazyLock<Words> = LazyLock::new(|| lists::words("arabic_articles"));
    ARTICLES.contains(word)
}

fn is_mark(c: char) -> bool {
    unicode_normalization::char::is_combining_mark(c)
}

/// A particle of a family name.
pub(in crate::ingest) fn is_particle(word: &str) -> bool {
    static PARTICLES: LazyLock<Words> = LazyLock::new(|| lists::words("particles"));
    lexicon::has(&PARTICLES, word) || word.ends_with(['\'', '’']) && word.len() < 5
}

/// `M.`, `J.-P.`, `M`, `J.R.R.`
pub(super) fn is_initial(word: &str) -> bool {
    let mut letters = 0;
    let fits = word.split(['.', '-', '‐']).filter(|part| !part.is_empty()).all(|part| {
        letters += 1;
        let mut chars = part.chars();
        chars.next().is_some_and(char::is_uppercase) && chars.next().is_none()
    });
    fits && (1..=4).contains(&letters)
}

/// `Jb.`, `Wm.`, `Chas.`: a short word with a point that is no word of letters.
pub(super) fn is_abbreviated(word: &str) -> bool {
    let Some(short) = word.strip_suffix('.') else { return false };
    let length = short.chars().count();
    (2..=5).contains(&length)
        && short.starts_with(char::is_uppercase)
        && short.chars().skip(1).all(char::is_lowercase)
        && !is_vocabulary(short)
        && !is_honorific(word)
        && !is_of_place(short)
}

/// An initial, or an abbreviated given name.
pub(super) fn is_shortened(word: &str) -> bool {
    is_initial(word) || is_abbreviated(word)
}

/// `San`, `Saint`, `Los`: a first word of the names of places.
pub(super) fn is_of_place(word: &str) -> bool {
    static OF_PLACES: LazyLock<Words> = LazyLock::new(|| lists::words("of_places"));
    lexicon::has(&OF_PLACES, word.trim_end_matches('.'))
}

/// A day of the week or a month, in full.
pub(super) fn is_calendar(word: &str) -> bool {
    static CALENDAR: LazyLock<Words> = LazyLock::new(|| {
        let months = lexicon::LANGUAGES.iter().flat_map(|l| l.months).flat_map(|m| m.split('|'));
        months.chain(lexicon::WEEKDAYS.iter()).filter(|word| word.len() > 5).collect()
    });
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    lexicon::has(&CALENDAR, word) && !is_name_too(word)
}

/// `A`, `E`, `O`: a word of some language.
pub(super) fn is_small_word(word: &str) -> bool {
    static SMALL: LazyLock<Words> = LazyLock::new(|| lists::words("words_of_one_letter"));
    lexicon::has(&SMALL, word)
}

/// `Christian`, `Grace`: a given name that begins the names of bodies as well.
pub(super) fn is_of_bodies(word: &str) -> bool {
    static OF_BODIES: LazyLock<Words> = LazyLock::new(|| lists::words("of_bodies"));
    lexicon::has(&OF_BODIES, word)
}

/// A word of bodies that are called after people, and that hardly anybody has for a name: `Martin Ennals Foundation`.
pub(super) fn is_institution(word: &str) -> bool {
    static INSTITUTIONS: LazyLock<Words> = LazyLock::new(|| lists::words("institutions"));
    lexicon::has(&INSTITUTIONS, word)
}

/// `April`, `June`: a word of letters that is a given name as well.
pub(super) fn is_name_too(word: &str) -> bool {
    static NAMES_TOO: LazyLock<Words> = LazyLock::new(|| lists::words("names_too"));
    lexicon::has(&NAMES_TOO, word)
}

/// Whether a word is one of letters, offices, bodies, days, months or streets in some language.
pub(super) fn is_vocabulary(word: &str) -> bool {
    static OTHER: LazyLock<Words> = LazyLock::new(|| {
        let months = lexicon::LANGUAGES.iter().flat_map(|l| l.months).flat_map(|m| m.split('|'));
        let words = lexicon::all(|l| l.streets).into_iter().chain(lexicon::all(|l| l.stop_words));
        words.chain(months).chain(lexicon::WEEKDAYS.iter()).collect()
    });
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    lexicon::in_lower_case(word, |lower| {
        let sets: [&Words; 5] = [&OTHER, &COMMON, &ORGANIZATIONS, &ROLES, &OPEN_WORDS];
        sets.iter().any(|words| words.contains(lower))
            || lower
                .strip_suffix('s')
                .is_some_and(|one| ROLES.contains(one) || ORGANIZATIONS.contains(one))
    })
}

/// Whether a text is a label, a button, a closing or a salutation.
pub(super) fn is_phrase(text: &str) -> bool {
    static WHOLE: LazyLock<Words> = LazyLock::new(|| {
        let fields: [fn(&lexicon::Language) -> &'static str; 16] = [
            |l| l.closings,
            |l| l.whole_salutations,
            |l| l.salutations,
            |l| l.greetings,
            |l| l.delivery,
            |l| l.enclosed,
            |l| l.signed,
            |l| l.subject,
            |l| l.to,
            |l| l.from,
            |l| l.date,
            |l| l.copied,
            |l| l.notes,
            |l| l.buttons,
            |l| l.home,
            |l| l.stamps,
        ];
        let kinds = lexicon::LANGUAGES
            .iter()
            .flat_map(|l| l.kinds)
            .flat_map(|(_, titles)| titles.split('|'));
        fields.iter().flat_map(|field| lexicon::all(*field)).chain(kinds).collect()
    });
    static SALUTATIONS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.salutations));
    let bare = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    // A few words of a salutation are given names or titles as well: `Honoré de Balzac`, `Excmo. Sr. Juan Pérez`.
    let named = |end: usize| {
        let rest = super::strip_honorifics(text[end..].trim_start_matches('.'));
        let mut words = rest.split_whitespace();
        let (first, last) = (words.next(), words.next_back());
        let given = |word: &str| is_given(word) >= Some(Strength::Known);
        last.is_some_and(is_capital)
            && (given(&text[..end]) && first.is_some_and(is_particle)
                || super::has_honorific(text)
                    && first.is_some_and(given)
                    && last.is_some_and(|w| is_family(w).is_some()))
    };
    lexicon::has(&WHOLE, bare) || SALUTATIONS.end(text, ends_word).is_some_and(|end| !named(end))
}

/// Two letters or more, all of them capitals.
pub(super) fn is_in_capitals(word: &str) -> bool {
    let mut letters = word.chars().filter(|c| c.is_alphabetic());
    letters.clone().nth(1).is_some() && letters.all(char::is_uppercase)
}

/// Whether the syllables behind a family name of Korean are those of given names: those of `도널드` are not.
pub(in crate::ingest) fn is_of_korean_syllables(name: &str) -> bool {
    name.chars().skip(1).all(is_given_syllable)
}

/// Whether a text may be a Korean given name by itself: `하늘`.
pub(in crate::ingest) fn is_korean_given(name: &str) -> bool {
    name.chars().count() == 2 && name.chars().all(is_given_syllable)
}

/// A syllable of Korean given names.
pub(super) fn is_given_syllable(c: char) -> bool {
    static GIVEN: LazyLock<Words> = LazyLock::new(|| lists::words("korean_given"));
    lexicon::has(&GIVEN, c.encode_utf8(&mut [0; 4]))
}

/// A family name of Korean in one syllable.
pub(super) fn is_korean_family(syllable: char) -> bool {
    static FAMILY: LazyLock<Words> = LazyLock::new(|| lists::words("korean_family"));
    FAMILY.contains(syllable.encode_utf8(&mut [0; 4]) as &str)
}

/// A Chinese character.
pub(super) fn is_han(c: char) -> bool {
    matches!(c, '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '々')
}
