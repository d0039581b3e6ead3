//! Lines by which a document's parts are known: salutation, closing, headings of lists, labels.
//! Each function judges one line by its form and the lexicon.

mod labels;
mod symbols;

use std::borrow::Cow;
use std::sync::LazyLock;

use super::lexicon::{self, Anywhere, LANGUAGES, Phrases, ends_or};
use super::names;
use super::text;
pub(super) use labels::{
    Head, copied, head_label, is_any_label, is_notes_heading, is_press_contact, is_signed_heading, signed,
    subject,
};
pub(super) use symbols::{date_of_reference, is_reference, references};

/// Whether a line greets the addressee.
pub(super) fn is_salutation(line: &str) -> bool {
    static SALUTATIONS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.salutations));
    static WHOLE: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.whole_salutations));
    if line.len() > 180 {
        return false;
    }
    let line = without_page(text::without_emphasis(line));
    if line.is_empty() || line.len() > 160 {
        return false;
    }
    let ended = |rest: &str| rest.trim_start().trim_start_matches([',', ':', '!', '.']).is_empty();
    let whole = WHOLE.end(line, ended).is_some();
    let greets = SALUTATIONS.end(line, |rest| ends_or(rest, ",:!.")).is_some();
    // Most lines begin otherwise; only Korean ones greet at their end.
    if !whole && !greets && line.is_ascii() {
        return false;
    }
    let count = text::word_count(line);
    if count > 16 {
        return false;
    }
    if whole && (line.ends_with([',', ':', '!']) || count > 1) {
        return true;
    }
    // "Serenissimo Principe" greets without a sign, if that is all of the line.
    if greets && count > 1 && SALUTATIONS.end(line, ended).is_some() {
        return true;
    }
    if text::is_hangul(line) {
        return line.chars().count() <= 40
            && (greets
                || ["께", "께,", "귀하,", "님,", "여러분,", "여러분"]
                    .iter()
                    .any(|s| line.trim_end_matches(['.', '!']).ends_with(s)));
    }
    let closed = line.ends_with([',', ':', '!', '-', '—', '–', ';', '，']);
    let open_end = !line.ends_with(['.', '?']) && count <= 8;
    (closed || open_end)
        && greets
        && (closed || names_an_addressee(line))
        && !(text::is_prose(line) && text::ends_sentence(line))
}

/// `Dear GitHub Team` greets without a comma too; `Attention deficit` does not, nor does `Sir Winston Churchill`.
fn names_an_addressee(line: &str) -> bool {
    static GREETINGS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.greetings));
    static DIRECTED: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.directed));
    let spaced = |rest: &str| rest.starts_with(char::is_whitespace);
    let whom = lexicon::end_of(line, "to whom").is_some();
    whom || GREETINGS.end(line, spaced).is_some() && DIRECTED.end(line, spaced).is_none()
}

/// A line without the number of the page that an edition puts before it: `[1] Liebster Bruder`.
fn without_page(line: &str) -> &str {
    let number = line.strip_prefix('[').and_then(|l| l.split_once(']'));
    match number {
        Some((page, rest)) if page.len() <= 4 && page.bytes().all(|b| b.is_ascii_digit()) => rest.trim_start(),
        _ => line,
    }
}

/// Whom a salutation greets, without the greeting: `Dear Ambassador Bosworth:` → `Ambassador Bosworth`.
pub(super) fn greeted(line: &str) -> &str {
    static GREETINGS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.greetings));
    static SEVERAL: LazyLock<Phrases> = LazyLock::new(|| {
        Phrases::from(["all", "members of", "members of the", "all members of the"])
    });
    let line = without_page(text::without_emphasis(line))
        .trim_end_matches([',', ':', '!', '.', ';', ' ', '—', '–', '-', '，']);
    let spaced = |rest: &str| rest.starts_with(char::is_whitespace);
    let Some(end) = GREETINGS.end(line, spaced) else { return line };
    let rest = line[end..].trim_start();
    SEVERAL.end(rest, spaced).map_or(rest, |end| rest[end..].trim())
}

/// Whether a line takes leave.
pub(super) fn is_closing(line: &str) -> bool {
    static CLOSINGS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.closings));
    const SIGNS: &str = ",.!;:";
    if line.len() > 100 {
        return false;
    }
    let line = text::without_emphasis(line);
    if line.is_empty() || line.len() > 90 {
        return false;
    }
    if has_last_words(line) {
        return text::has_at_most(line, 9);
    }
    let Some(end) = CLOSINGS.end(line, |rest| ends_or(rest, SIGNS)) else { return false };
    if !text::has_at_most(line, 9) {
        return false;
    }
    let set_off = line[end..].starts_with(|c| SIGNS.contains(c));
    let rest = text::word_count(&line[end..]);
    // "Thank you for your letter of 3 May" is a sentence, "Thank you" a closing.
    let sentence = rest > 2 && line.ends_with('.');
    !sentence && (rest == 0 || line.ends_with(',') || (rest <= 3 && set_off))
}

/// `I remain, Sir, yours very faithfully`: the last words of a longer leave-taking.
fn has_last_words(line: &str) -> bool {
    const MANNERS: [&str; 9] = [
        "faithfully",
        "sincerely",
        "truly",
        "ever",
        "obediently",
        "respectfully",
        "servant",
        "ergebener",
        "ergebene",
    ];
    let mut words = line.trim_end_matches([',', '.']).rsplit(char::is_whitespace);
    let is = |word: Option<&str>, any: &[&str]| {
        word.filter(|w| any.iter().any(|a| w.eq_ignore_ascii_case(a))).is_some()
    };
    let last = words.next().unwrap_or_default();
    // Most last words end or begin otherwise than these.
    let ends = matches!(
        last.as_bytes().last(),
        Some(b'y' | b'Y' | b'r' | b'R' | b't' | b'T' | b'e' | b'E')
    );
    if !ends || !is(Some(last), &MANNERS) {
        return false;
    }
    let mut before = words.next();
    if last.eq_ignore_ascii_case("servant") {
        if !is(before, &["obedient", "humble"]) {
            return false;
        }
        before = words.next();
    }
    if is(before, &["very", "most"]) {
        before = words.next();
    }
    is(before, &["yours", "your", "sincerely", "ihr", "ihre"])
}

/// Whether a paragraph is the long sentence with which French, Spanish and diplomatic letters close.
pub(super) fn is_closing_sentence(paragraph: &str) -> bool {
    static SENTENCES: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.closing_sentences));
    SENTENCES.end(paragraph.trim(), |_| true).is_some() && text::has_at_most(paragraph, 60)
}

/// Whether a line begins what is enclosed, or an appendix.
pub(super) fn is_enclosure(line: &str) -> bool {
    static ENCLOSED: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.enclosed));
    if line.len() > 160 {
        return false;
    }
    let start = line.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '_');
    line.len() - start.len() <= 9
        && ENCLOSED.end(start, is_enclosures_number).is_some()
        && !text::ends_sentence(line.trim_end_matches('.'))
}

/// Whether a line is the title of something enclosed and nothing else: `Enclosure 2`, `ANNEX B`. An appendix
/// belongs to its letter.
pub(super) fn is_enclosure_title(line: &str) -> bool {
    static APPENDIX: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.appendix));
    if !is_enclosure(line) {
        return false;
    }
    let bare = text::without_emphasis(line).trim_matches(|c: char| !c.is_alphanumeric());
    text::has_at_most(bare, 2)
        && !bare.contains(':')
        && APPENDIX.end(bare, lexicon::ends_word).is_none()
}

/// What follows the word: `(s)`, a number or letter, then a sign or the line's end.
fn is_enclosures_number(rest: &str) -> bool {
    let rest = rest.trim_start().trim_start_matches('(');
    let rest = rest.trim_start_matches(|c: char| c == 's' || c.is_ascii_digit());
    let rest = rest.trim_start_matches(')').trim_start();
    let number = rest.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let rest = if number <= 4 { rest[number..].trim_start() } else { rest };
    rest.is_empty() || rest.starts_with([':', '.', ')', '–', '-'])
}

/// The kind that a title names at its beginning, or anywhere if it is unmistakable.
pub(super) fn kind_of_title(title: &str) -> Option<&'static str> {
    if title.len() > 400 {
        return None;
    }
    let squeezed = squeezed(title);
    kind_at_start(&squeezed).or_else(|| {
        let kinds = &*KINDS;
        let lower = if squeezed.is_ascii() { squeezed } else { squeezed.to_lowercase().into() };
        kinds.sure.find(&lower).map(|at| kinds.sure_kinds[at])
    })
}

/// A title without emphasis, signs before it, and spaces between all letters: `M E M O R A N D U M`.
fn squeezed(title: &str) -> Cow<'_, str> {
    let bare = text::without_emphasis(title).trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut letters = bare.split(' ').map(|w| w.chars().count());
    let spaced = bare.contains(' ') && letters.all(|n| n <= 1) && !text::has_at_most(bare, 2);
    if spaced { bare.split(' ').collect::<String>().into() } else { bare.into() }
}

fn kind_at_start(squeezed: &str) -> Option<&'static str> {
    let kinds = &*KINDS;
    let end = kinds.phrases.end(squeezed, ends_word)?;
    kinds.kinds.get(squeezed[..end].to_lowercase().as_str()).copied()
}

fn ends_word(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| !c.is_alphanumeric() || ('가'..='힣').contains(&c))
}

/// Beginnings of titles with their kinds.
struct Kinds {
    phrases: Phrases,
    kinds: lexicon::Meanings<&'static str>,
    /// Words that tell the kind wherever they stand.
    sure: Anywhere,
    sure_kinds: Vec<&'static str>,
}

static KINDS: LazyLock<Kinds> = LazyLock::new(|| {
    const SURE: [&str; 2] = ["open-letter", "press-release"];
    let all = || {
        let of_language = |l: &&'static lexicon::Language| l.kinds.iter();
        let split = |(kind, words): &(&'static str, &'static str)| {
            let kind = *kind;
            words.split('|').map(move |word| (word, kind))
        };
        LANGUAGES.iter().flat_map(of_language).flat_map(split)
    };
    let mut kinds = lexicon::Meanings::default();
    for (word, kind) in all() {
        kinds.entry(word).or_insert(kind);
    }
    // A phrase of several words, or one in Hangul, is no accident in the midst of a title.
    let long = |word: &str| word.contains(' ') && word.len() > 12 || text::is_hangul(word) && word.chars().count() > 2;
    let meeting = |word: &str, kind: &str| kind == "minutes" && long(word) || text::is_hangul(word) && long(word);
    let sure: Vec<(&str, &str)> =
        all().filter(|(word, kind)| SURE.contains(kind) || meeting(word, kind)).collect();
    Kinds {
        phrases: Phrases::from(all().map(|(word, _)| word)),
        kinds,
        sure: Anywhere::from(sure.iter().map(|(word, _)| *word)),
        sure_kinds: sure.into_iter().map(|(_, kind)| kind).collect(),
    }
});

/// Whether a line begins a memorandum: its own heading, or a note to somebody.
pub(super) fn is_memo_heading(line: &str) -> bool {
    let bare = text::without_emphasis(line);
    !bare.ends_with(['.', ','])
        && bare.len() <= 400
        && kind_at_start(&squeezed(bare)) == Some("memorandum")
        && text::has_at_most(bare, 14)
}

/// Whether a line only tells how the letter travels or who may read it.
pub(super) fn is_delivery(line: &str) -> bool {
    static WHOLE: LazyLock<lexicon::Words> = LazyLock::new(|| lexicon::set(|l| l.delivery));
    static BY: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.delivered_by));
    static MEANS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.means_of_delivery));
    static MANNERS: LazyLock<Phrases> = LazyLock::new(|| {
        Phrases::from([
            "registered",
            "certified",
            "electronic",
            "air",
            "first-class",
            "first class",
            "express",
        ])
    });
    if line.len() > 180 || text::length(line) > 90 {
        return false;
    }
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    if WHOLE.contains(bare.to_lowercase().as_str()) {
        return true;
    }
    let Some(end) = BY.end(bare, |rest| ends_or(rest, "")) else { return false };
    let mut rest = bare[end..].trim_start();
    while let Some(end) = MANNERS.end(rest, |rest| ends_or(rest, "")) {
        rest = rest[end..].trim_start();
    }
    static MEANS_WORDS: LazyLock<lexicon::Words> = LazyLock::new(|| lexicon::set(|l| l.means_of_delivery));
    // "By Overnight Express and Email"
    let named = text::words(rest).any(|w| lexicon::has(&MEANS_WORDS, w.trim_matches(|c: char| !c.is_alphanumeric())));
    let capitals = text::words(rest).all(|w| !w.starts_with(char::is_lowercase) || w.len() <= 3);
    if named && capitals && text::has_at_most(rest, 6) {
        return true;
    }
    let by = MEANS.end(rest, lexicon::ends_word);
    by.is_some_and(|end| text::length(&rest[end..]) <= 60)
}

/// Whether a line is the mark that mail programs put above what they quote: `Original Message ---`.
pub(super) fn is_original_message(line: &str) -> bool {
    static MARKS: LazyLock<lexicon::Words> = LazyLock::new(|| lexicon::set(|l| l.original_message));
    let bare = line.trim_matches(|c: char| !c.is_alphanumeric());
    bare.len() <= 40 && MARKS.contains(bare.to_lowercase().as_str())
}

/// Whether a salutation-like line stands alone by its shape: a short name and a comma or colon.
pub(super) fn is_shaped_salutation(line: &str) -> bool {
    line.ends_with([',', ':'])
        && line.len() <= 50
        && (1..=4).contains(&text::word_count(line))
        && !line[..line.len() - 1].contains([':', ','])
        && line.chars().next().is_some_and(char::is_uppercase)
        && head_label(line).is_none()
        && !is_closing(line)
        && copied(line).is_none()
        && !is_enclosure(line)
        && !is_signed_heading(line)
        && (!names::is_role_word(&line.to_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn salutations_of_five_languages() {
        for line in [
            "Dear Mr. Solarz,",
            "Excellencies,",
            "To Whom It May Concern:",
            "Dear GitHub Team",
            "Sehr geehrte Damen und Herren,",
            "Monsieur le Président,",
            "Estimado señor Pérez:",
            "존경하는 위원장님께,",
            "Madame, Monsieur,",
            "Gentlemen:",
            "Lieber Herr Müller!",
            "Excelentísimo Señor Presidente:",
            "Sirs,",
        ] {
            assert!(is_salutation(line), "{line}");
        }
        for line in [
            "Dear reader, this is a long sentence that goes on and says something to the end of it all.",
            "Sir Winston Churchill",
            "Honorable Mention",
            "Attention deficit",
        ] {
            assert!(!is_salutation(line), "{line}");
        }
        assert_eq!(greeted("Dear Ambassador Bosworth:"), "Ambassador Bosworth");
        assert_eq!(greeted("Sehr geehrter Herr Dr. Müller,"), "Herr Dr. Müller");
    }

    #[test]
    fn closings_of_five_languages() {
        for line in [
            "Sincerely,",
            "Yours faithfully",
            "With our continuing high esteem and good wishes,",
            "Mit freundlichen Grüßen",
            "Cordialement,",
            "Atentamente,",
            "감사합니다.",
            "Thank you!",
            "Best Regards, [private]",
        ] {
            assert!(is_closing(line), "{line}");
        }
        for line in [
            "Thank you for your letter of 3 May.",
            "Best practice guidance",
            "Yours is the only letter we have received so far.",
        ] {
            assert!(!is_closing(line), "{line}");
        }
    }

    #[test]
    fn own_symbols_are_told_from_those_of_others() {
        assert_eq!(references("28-09713 / 28-13454"), ["28-09713", "28-13454"]);
        assert_eq!(references("Our ref: ABC/12/2008"), ["ABC/12/2008"]);
        assert_eq!(references("Az.: III B 3 – 4711/98").len(), 1);
        assert_eq!(references("A/HRC/25/63"), ["A/HRC/25/63"]);
        assert!(references("Your ref: X-1").is_empty());
        assert!(references("2008-11-19").is_empty());
        assert!(references("No action was taken in 2008 by anybody at all.").is_empty());
    }

    #[test]
    fn titles_tell_their_kind() {
        assert_eq!(kind_of_title("Open Letter to UN Member States"), Some("open-letter"));
        assert_eq!(kind_of_title("Note to the Chef de Cabinet"), Some("memorandum"));
        assert_eq!(kind_of_title("M E M O R A N D U M"), Some("memorandum"));
        assert_eq!(kind_of_title("성명서"), Some("statement"));
        assert_eq!(kind_of_title("Lettre ouverte au Président"), Some("open-letter"));
        assert_eq!(kind_of_title("The Hidden Gulag"), None);
    }
}
