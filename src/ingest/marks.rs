//! Lines by which a document's parts are known: salutation, closing, labels, headings of lists.
//! Each function judges one line by its form and the lexicon.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use super::lexicon::{self, LANGUAGES};
use super::names;
use super::text::{self, after_label};

/// Sets of labels, of all languages.
pub(super) struct Labels {
    pub subject: HashSet<&'static str>,
    pub to: HashSet<&'static str>,
    pub from: HashSet<&'static str>,
    pub date: HashSet<&'static str>,
    pub copied: HashSet<&'static str>,
    pub own_reference: HashSet<&'static str>,
    pub your_reference: HashSet<&'static str>,
    pub signed: HashSet<&'static str>,
    pub notes: HashSet<&'static str>,
}

pub(super) static LABELS: LazyLock<Labels> = LazyLock::new(|| Labels {
    subject: lexicon::set(|l| l.subject),
    to: lexicon::set(|l| l.to),
    from: lexicon::set(|l| l.from),
    date: lexicon::set(|l| l.date),
    copied: lexicon::set(|l| l.copied),
    own_reference: lexicon::set(|l| l.own_reference),
    your_reference: lexicon::set(|l| l.your_reference),
    signed: lexicon::set(|l| l.signed),
    notes: lexicon::set(|l| l.notes),
});

static SALUTATION: LazyLock<Regex> = LazyLock::new(|| {
    lexicon::regex(&format!(r"(?i)^{}(?:[\s,:!.]|$)", lexicon::alternation(|l| l.salutations)))
});
static WHOLE_SALUTATION: LazyLock<Regex> = LazyLock::new(|| {
    lexicon::regex(&format!(r"(?i)^{}\s*[,:!.]?$", lexicon::alternation(|l| l.whole_salutations)))
});
static CLOSING: LazyLock<Regex> = LazyLock::new(|| {
    lexicon::regex(&format!(r"(?i)^{}(?:[\s,.!;:]|$)", lexicon::alternation(|l| l.closings)))
});
static CLOSING_SENTENCE: LazyLock<Regex> = LazyLock::new(|| {
    lexicon::regex(&format!(r"(?i)^(?:{})", lexicon::alternation(|l| l.closing_sentences)))
});

/// Whether a line greets the addressee.
pub(super) fn is_salutation(line: &str) -> bool {
    let line = text::without_emphasis(line);
    let count = text::word_count(line);
    if line.is_empty() || count > 16 || line.len() > 160 {
        return false;
    }
    if WHOLE_SALUTATION.is_match(line) && (line.ends_with([',', ':', '!']) || count > 1) {
        return true;
    }
    if text::is_hangul(line) {
        return line.chars().count() <= 40
            && (SALUTATION.is_match(line)
                || ["께", "께,", "귀하,", "님,", "여러분,", "여러분"]
                    .iter()
                    .any(|s| line.trim_end_matches(['.', '!']).ends_with(s)));
    }
    let closed = line.ends_with([',', ':', '!', '-', '—', '–', ';', '，']);
    let open_end = !line.ends_with(['.', '?']) && count <= 8 && names_an_addressee(line);
    SALUTATION.is_match(line)
        && (closed || open_end)
        && !(text::is_prose(line) && text::ends_sentence(line))
}

/// `Dear GitHub Team` greets without a comma too; `Attention deficit` does not.
fn names_an_addressee(line: &str) -> bool {
    let lower = line.to_lowercase();
    [
        "dear",
        "to whom",
        "sehr geehrt",
        "estimad",
        "querid",
        "liebe",
        "cher",
        "chère",
        "hello",
        "hi",
        "greetings",
        "madame",
        "monsieur",
    ]
    .iter()
    .any(|w| lower.starts_with(w))
}

/// Whom a salutation greets, without the greeting: `Dear Ambassador Bosworth:` → `Ambassador Bosworth`.
pub(super) fn greeted(line: &str) -> &str {
    static GREETING: LazyLock<Regex> = LazyLock::new(|| {
        lexicon::regex(
            r"(?i)^(?:my\s+)?(?:dear|sehr\s+geehrte[rs]?|geehrte[rs]?|liebe[rs]?|très\s+cher|ch[eè]re?s?|estimad[oa]s?|querid[oa]s?|distinguid[oa]s?|apreciad[oa]s?|respetad[oa]s?|hello|hi|hallo|guten\s+tag|bonjour|to|attn:?|attention:?|존경하는|친애하는|경애하는|werte[rs]?|verehrte[rs]?)\s+(?:(?:all|members\s+of)\s+)?",
        )
    });
    let line = text::without_emphasis(line)
        .trim_end_matches([',', ':', '!', '.', ';', ' ', '—', '–', '-', '，']);
    match GREETING.find(line) {
        Some(m) => line[m.end()..].trim(),
        None => line,
    }
}

/// Whether a line takes leave.
pub(super) fn is_closing(line: &str) -> bool {
    let line = text::without_emphasis(line);
    if line.is_empty() || line.len() > 90 || text::word_count(line) > 9 {
        return false;
    }
    static LAST_WORDS: LazyLock<Regex> = LazyLock::new(|| {
        lexicon::regex(
            r"(?i)\b(?:yours|your|sincerely|ihre?)\s+(?:very\s+|most\s+)?(?:faithfully|sincerely|truly|ever|obediently|respectfully|obedient\s+servant|humble\s+servant|ergebener?)[,.]?$",
        )
    });
    if LAST_WORDS.is_match(line) {
        return true;
    }
    let Some(found) = CLOSING.find(line) else { return false };
    let rest = text::word_count(&line[found.end()..]);
    // "Thank you for your letter of 3 May" is a sentence, "Thank you" a closing.
    let sentence = rest > 2 && line.ends_with('.');
    let set_off = found.as_str().ends_with([',', '.', '!', ';', ':']);
    !sentence && (rest == 0 || line.ends_with(',') || (rest <= 3 && set_off))
}

/// Whether a paragraph is the long sentence with which French, Spanish and diplomatic letters close.
pub(super) fn is_closing_sentence(paragraph: &str) -> bool {
    text::word_count(paragraph) <= 60 && CLOSING_SENTENCE.is_match(paragraph.trim())
}

/// What a labelled line says it is about.
pub(super) fn subject(line: &str) -> Option<&str> {
    after_label(line, &LABELS.subject).map(text::without_emphasis)
}

/// The rest of a line that begins the list of those who get a copy.
pub(super) fn copied(line: &str) -> Option<&str> {
    static BARE: LazyLock<Regex> = LazyLock::new(|| {
        lexicon::regex(r"(?i)^(?:cc|c\.c\.?|copies? to|copie à|copia a|kopie an)\s+")
    });
    after_label(line, &LABELS.copied)
        .or_else(|| BARE.find(line).map(|m| line[m.end()..].trim()))
        .or_else(|| {
            LABELS
                .copied
                .contains(line.trim_end_matches(['.', ':']).to_lowercase().as_str())
                .then_some("")
        })
}

/// Whether a line begins what is enclosed, or an appendix.
pub(super) fn is_enclosure(line: &str) -> bool {
    static HEADING: LazyLock<Regex> = LazyLock::new(|| {
        lexicon::regex(&format!(
            r"(?i)^\W{{0,3}}{}(?:\s*\(?[s\d]*\)?)?\s*(?:[A-Z0-9IVX]{{1,4}})?\s*(?:[:.)–-]|$)",
            lexicon::alternation(|l| l.enclosed)
        ))
    });
    line.len() <= 160 && HEADING.is_match(line) && !text::ends_sentence(line.trim_end_matches('.'))
}

/// Whether a line is the heading of a list of signatories.
pub(super) fn is_signed_heading(line: &str) -> bool {
    let bare = text::without_emphasis(line).trim_end_matches([':', '：', ' ', '.']).to_lowercase();
    let bare = bare.split('(').next().unwrap_or_default().trim();
    LABELS.signed.contains(bare)
}

/// What follows the label of a list of signatories on its own line.
pub(super) fn signed(line: &str) -> Option<&str> {
    after_label(line, &LABELS.signed)
}

/// Whether a line is the heading of notes.
pub(super) fn is_notes_heading(line: &str) -> bool {
    let bare = text::without_emphasis(line).trim_end_matches([':', '：', '.', ' ']).to_lowercase();
    LABELS.notes.contains(bare.as_str())
}

/// The kind that a title names at its beginning, or anywhere if it is unmistakable.
pub(super) fn kind_of_title(title: &str) -> Option<&'static str> {
    if title.len() > 400 {
        return None;
    }
    let lower = text::without_emphasis(title)
        .trim_start_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    let squeezed: String =
        if text::word_count(&lower) > 2 && lower.split(' ').all(|w| w.chars().count() <= 1) {
            lower.split(' ').collect() // "M E M O R A N D U M"
        } else {
            lower
        };
    KINDS
        .iter()
        .find(|(word, _)| squeezed.strip_prefix(word).is_some_and(ends_word))
        .or_else(|| {
            let sure = ["open-letter", "press-release"];
            KINDS.iter().find(|(word, kind)| {
                sure.contains(kind)
                    && squeezed.find(word).is_some_and(|i| ends_word(&squeezed[i + word.len()..]))
            })
        })
        .map(|(_, kind)| *kind)
}

fn ends_word(rest: &str) -> bool {
    rest.chars().next().is_none_or(|c| !c.is_alphanumeric() || ('가'..='힣').contains(&c))
}

/// Beginnings of titles with their kinds, longest first.
static KINDS: LazyLock<Vec<(&'static str, &'static str)>> = LazyLock::new(|| {
    let mut kinds: Vec<(&str, &str)> = LANGUAGES
        .iter()
        .flat_map(|l| {
            l.kinds.iter().flat_map(|(kind, words)| words.split('|').map(move |w| (w, *kind)))
        })
        .collect();
    kinds.sort_by_key(|(word, _)| (std::cmp::Reverse(word.len()), *word));
    kinds
});

/// Whether a line begins a memorandum: its own heading, or a note to somebody.
pub(super) fn is_memo_heading(line: &str) -> bool {
    let bare = text::without_emphasis(line);
    let count = text::word_count(bare);
    kind_of_title(bare) == Some("memorandum")
        && count <= 14
        && !bare.ends_with('.')
        && !bare.ends_with(',')
}

/// A label of the block with which memoranda and mails begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Head {
    To,
    From,
    Date,
    Subject,
    Copied,
}

/// The label of a memo block's line, and what it says.
pub(super) fn head_label(line: &str) -> Option<(Head, &str)> {
    let labels = &*LABELS;
    // "From:" and "To:" first: "von" and "an" are labels of one kind only when they stand so.
    [
        (Head::From, &labels.from),
        (Head::To, &labels.to),
        (Head::Date, &labels.date),
        (Head::Subject, &labels.subject),
        (Head::Copied, &labels.copied),
    ]
    .into_iter()
    .find_map(|(head, set)| after_label(line, set).map(|rest| (head, rest)))
    // "Ref.: Solicitud de información" has no symbol and tells the subject.
    .or_else(|| {
        let rest = after_label(line, &labels.own_reference)?;
        let worded = text::word_count(rest) > 1 && !rest.bytes().any(|b| b.is_ascii_digit());
        worded.then_some((Head::Subject, rest))
    })
}

/// Whether a line is a seed's symbol and nothing else, or is labelled as one; the symbols.
pub(super) fn references(line: &str) -> Vec<String> {
    let line = text::without_emphasis(line);
    if after_label(line, &LABELS.your_reference).is_some() || text::length(line) > 100 {
        return Vec::new();
    }
    if let Some(rest) = labelled_reference(line) {
        return split_symbols(rest);
    }
    if BARE_SYMBOLS.is_match(line) { split_symbols(line) } else { Vec::new() }
}

static BARE_SYMBOLS: LazyLock<Regex> = LazyLock::new(|| {
    let symbol = r"(?:\d{2,}-\d{3,}(?:-\d+)*|[A-Z][A-Z.]*(?:/[A-Z0-9][\w.-]*)+|[A-Z]{1,6}[-\s]?\d{1,6}[-/]\d{2,}(?:[-/]\d+)*|\d{1,6}/\d{1,4}(?:/[A-Z\d]+)+)";
    lexicon::regex(&format!(r"^\(?{symbol}(?:\s*[/;,|]\s+{symbol})*\)?$"))
});

/// Whether a line holds a symbol, the document's own or the addressee's.
pub(super) fn is_reference(line: &str) -> bool {
    after_label(line, &LABELS.your_reference).is_some() || !references(line).is_empty()
}

/// `Ref: A/12`, `Aktenzeichen: III B 3`, `No. 4711`, without a colon where the label is unmistakable.
fn labelled_reference(line: &str) -> Option<&str> {
    static LOOSE: LazyLock<Regex> = LazyLock::new(|| {
        lexicon::regex(
            r"(?i)^(?:(?:our\s+)?ref(?:erence)?\b|az\b|aktenzeichen|n/r[ée]f|réf(?:érence)?\b|oficio|expediente|문서번호|file\s+no|no|n°|nº)\s*[.:°]*\s*(?:no\.?|n°|nº|núm\.)?\s*[.:]*\s*",
        )
    });
    let rest = after_label(line, &LABELS.own_reference)
        .or_else(|| LOOSE.find(line).map(|m| &line[m.end()..]))?;
    let symbol_like = rest.chars().any(|c| c.is_ascii_digit())
        && text::word_count(rest) <= 6
        && !text::ends_sentence(rest.trim_end_matches('.'));
    symbol_like.then_some(rest)
}

fn split_symbols(text: &str) -> Vec<String> {
    text.trim_matches(['(', ')', ' '])
        .split(" / ")
        .flat_map(|s| s.split([';', ',']))
        .map(|s| s.trim().trim_end_matches('.').to_owned())
        .filter(|s| s.chars().any(|c| c.is_ascii_digit()))
        .collect()
}

/// Whether a line only tells how the letter travels or who may read it.
pub(super) fn is_delivery(line: &str) -> bool {
    static DELIVERY: LazyLock<Regex> = LazyLock::new(|| {
        lexicon::regex(
            r"(?i)^\W*(?:(?:sent\s+)?(?:by|via|through|per|par|por|durch)\s+(?:registered\s+|certified\s+|electronic\s+|air\s*|first[- ]class\s+|express\s+)*(?:e-?mail|mail|post|fax|facsimile|hand|courier|courriel|correo|einschreiben|fedex|ups)\b.{0,60}|confidential|strictly confidential|private and confidential|urgent|immediate|secret|restricted|unclassified|personal|vertraulich|persönlich|eilt|einschreiben|confidentiel|urgente|confidencial|대외비|긴급|without prejudice)\W*$",
        )
    });
    text::length(line) <= 90 && DELIVERY.is_match(line)
}

/// Whether a line tells journalists whom to ask.
pub(super) fn is_press_contact(line: &str) -> bool {
    static CONTACT: LazyLock<Regex> = LazyLock::new(|| {
        lexicon::regex(
            r"(?i)^\W*(?:(?:media|press)\s+)?(?:contacts?|enquiries|inquiries)\s*:|^\W*contact(?:s)? presse\s*:|^\W*(?:presse)?kontakt\s*:|^\W*contacto(?: de prensa)?\s*:|^\W*(?:문의|담당)\s*:",
        )
    });
    CONTACT.is_match(line)
}

/// Whether a salutation-like line stands alone by its shape: a short name and a comma or colon.
pub(super) fn is_shaped_salutation(line: &str) -> bool {
    let count = text::word_count(line);
    (1..=4).contains(&count)
        && line.ends_with([',', ':'])
        && line.len() <= 50
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
