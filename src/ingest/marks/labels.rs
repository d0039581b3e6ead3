//! Labels before what a line says, as in a memo's block: `To:`, `Subject:`, `cc:`, `Signatories:`.

use std::sync::LazyLock;

use super::super::lexicon::{self, Beginnings, LANGUAGES, Language, Scope, ScopedPhrases};
use super::super::text::{self, bytes};

/// What a label announces; a label may announce several things in several languages.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Meaning(u16);

impl Meaning {
    const SUBJECT: Self = Self(1);
    const TO: Self = Self(1 << 1);
    const FROM: Self = Self(1 << 2);
    const DATE: Self = Self(1 << 3);
    const COPIED: Self = Self(1 << 4);
    pub(super) const OWN_REFERENCE: Self = Self(1 << 5);
    pub(super) const YOUR_REFERENCE: Self = Self(1 << 6);
    const SIGNED: Self = Self(1 << 7);
    const NOTES: Self = Self(1 << 8);
    const PRESS_CONTACT: Self = Self(1 << 9);

    pub(super) fn is(self, other: Self) -> bool {
        self.0 & other.0 != 0
    }
}

/// The field of the lexicon in which labels of a meaning are.
type Field = fn(&Language) -> &'static str;

/// Labels and what they mean in each language.
struct Labels {
    meanings: lexicon::Meanings<[Meaning; LANGUAGES.len()]>,
    /// Most texts are no labels by these.
    beginnings: Beginnings,
}

/// All labels of all languages.
static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    const FIELDS: [(Meaning, Field); 10] = [
        (Meaning::SUBJECT, |l| l.subject),
        (Meaning::TO, |l| l.to),
        (Meaning::FROM, |l| l.from),
        (Meaning::DATE, |l| l.date),
        (Meaning::COPIED, |l| l.copied),
        (Meaning::OWN_REFERENCE, |l| l.own_reference),
        (Meaning::YOUR_REFERENCE, |l| l.your_reference),
        (Meaning::SIGNED, |l| l.signed),
        (Meaning::NOTES, |l| l.notes),
        (Meaning::PRESS_CONTACT, |l| l.press_contact),
    ];
    let mut labels = lexicon::Meanings::<[Meaning; LANGUAGES.len()]>::default();
    for (meaning, field) in FIELDS {
        for (i, language) in LANGUAGES.iter().enumerate() {
            for label in field(language).split('|').filter(|w| !w.is_empty()) {
                labels.entry(label).or_default()[i].0 |= meaning.0;
            }
        }
    }
    let beginnings = Beginnings::of(labels.keys().copied());
    Labels { meanings: labels, beginnings }
});

impl Labels {
    /// What a label in lower case means in one of the languages.
    fn get(&self, label: &str, scope: Scope) -> Option<Meaning> {
        let by_language = self.meanings.get(label)?;
        let meaning = scope.places().fold(0, |meaning, i| meaning | by_language[i].0);
        (meaning != 0).then_some(Meaning(meaning))
    }
}

/// The label of a line, by what it means, and what follows it.
///
/// A label in capitals or in emphasis counts; so does one before a tab or a wide gap.
pub(super) fn label(line: &str, scope: Scope) -> Option<(Meaning, &str)> {
    let line = line.trim_start_matches(['*', '_', '#', ' ']);
    // A label has up to forty characters, and signs around it.
    let near = &line.as_bytes()[..line.len().min(64)];
    let near = if near.is_ascii() { near } else { &line.as_bytes()[..line.len().min(120)] };
    let at = label_end(near)?;
    // A row of a table has no label.
    if has_gap(line.as_bytes()) && text::cells(line).len() > 3 {
        return None;
    }
    // "Subject        Re:" has its label before the gap.
    let gap =
        line[..at].find("  ").filter(|gap| meaning(&line[..*gap].to_lowercase(), scope).is_some());
    let at = gap.unwrap_or(at);
    let label = line[..at].trim().trim_matches(['*', '_', '(', ')', '[', ']', ' ']);
    if label.is_empty() || text::length(label) > 40 {
        return None;
    }
    let label = label.trim_end_matches('.').to_lowercase();
    // `수    신:` is spaced to the width of the labels beside it.
    let closed = || text::is_hangul(&label).then(|| label.split_whitespace().collect::<String>());
    let meaning = meaning(&label, scope).or_else(|| meaning(&closed()?, scope))?;
    let rest = &line[at..];
    Some((meaning, rest.trim_start_matches([':', '：', '\t', ' ', '*', '_']).trim()))
}

/// Where a label ends: at the first colon or tab, else at the first wide gap. Most lines have none of them.
fn label_end(line: &[u8]) -> Option<usize> {
    let sign = |b: u8| (b == b':') | (b == b'\t');
    if !bytes::any(line, sign) && !has_gap(line) && !bytes::any(line, |b| b == 0xEF) {
        return None;
    }
    let mut gap = None;
    for (at, byte) in line.iter().enumerate() {
        match byte {
            b':' | b'\t' => return Some(at),
            0xEF if line[at..].starts_with("：".as_bytes()) => return Some(at),
            b' ' if gap.is_none() && line.get(at + 1) == Some(&b' ') => gap = Some(at),
            _ => {}
        }
    }
    gap
}

/// Whether a line begins with a label, whatever it says: `Importance: high`, `Attachments: two`.
pub(in crate::ingest) fn is_any_label(line: &str) -> bool {
    let Some((label, rest)) = line.split_once([':', '：']) else { return false };
    let word = |c: char| c.is_alphabetic() || " -/.()".contains(c);
    label.starts_with(|c: char| c.is_uppercase() || !c.is_ascii())
        && text::has_at_most(label, 3)
        && label.len() <= 40
        && label.chars().all(word)
        && (rest.is_empty() || rest.starts_with(char::is_whitespace))
}

/// Whether two spaces are side by side.
fn has_gap(line: &[u8]) -> bool {
    bytes::has_pair(line, b' ', b' ')
}

/// What a label means however its letters are spaced: `S U B J E C T`, `Our  Ref`.
fn meaning(label: &str, scope: Scope) -> Option<Meaning> {
    let labels = &*LABELS;
    if !label.contains(char::is_whitespace) {
        return labels.get(label, scope);
    }
    let squeezed: String = label.split_whitespace().collect::<Vec<_>>().join(" ");
    let tight = || label.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    labels.get(squeezed.as_str(), scope).or_else(|| labels.get(tight().as_str(), scope))
}

fn after(line: &str, meaning: Meaning, scope: Scope) -> Option<&str> {
    label(line, scope).filter(|(found, _)| found.is(meaning)).map(|(_, rest)| rest)
}

/// What a labelled line says it is about.
pub(in crate::ingest) fn subject(line: &str, scope: Scope) -> Option<&str> {
    after(line, Meaning::SUBJECT, scope).map(text::without_emphasis)
}

/// The rest of a line that begins the list of those who get a copy.
pub(in crate::ingest) fn copied(line: &str, scope: Scope) -> Option<&str> {
    static BARE: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.copied_bare));
    if let Some(rest) = after(line, Meaning::COPIED, scope) {
        return Some(rest);
    }
    if let Some(rest) = BARE.after(scope, line) {
        return Some(rest.trim_end());
    }
    let whole = line.trim_end_matches(['.', ':']);
    (whole.len() <= 40 && is_label(whole, Meaning::COPIED, scope)).then_some("")
}

/// Whether a text is nothing but a label of this meaning.
fn is_label(text: &str, meaning: Meaning, scope: Scope) -> bool {
    let labels = &*LABELS;
    text.len() <= 80
        && labels.beginnings.may_begin(text)
        && lexicon::in_lower_case(text, |label| labels.get(label, scope))
            .is_some_and(|found| found.is(meaning))
}

/// Whether a line is the heading of a list of signatories.
pub(in crate::ingest) fn is_signed_heading(line: &str, scope: Scope) -> bool {
    if line.len() > 160 {
        return false;
    }
    // `<서명 단체>`, `■ 연명 단체`
    let signs = |c: char| "#<>[]【】〈〉《》■□◆◇▶●○ ".contains(c);
    let bare = text::without_emphasis(line).trim_start_matches(signs);
    let name = bare.trim_end_matches(signs).trim_end_matches([':', '：', ' ', '.', ',']);
    is_label(name.split('(').next().unwrap_or_default().trim(), Meaning::SIGNED, scope)
        || introduces_signatories(bare, scope)
}

/// `Signatories as of 3 May 2020:`, `The first signatories of this letter are (in alphabetical order):`
fn introduces_signatories(line: &str, scope: Scope) -> bool {
    /// How many words may be between what they are called and the colon.
    const WORDS: usize = 6;
    static SIGNED: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.signed));
    let Some(line) = line.strip_suffix([':', '：']).filter(|line| !line.contains([':', '；']))
    else {
        return false;
    };
    let outside = line.split('(').next().unwrap_or_default();
    let Some(end) = SIGNED.end(scope, outside, lexicon::ends_word) else { return false };
    // "Signed copies went to": a verb may begin a sentence.
    text::has_at_most(&outside[end..], WORDS)
}

/// What follows the label of a list of signatories on its own line.
pub(in crate::ingest) fn signed(line: &str, scope: Scope) -> Option<&str> {
    after(line, Meaning::SIGNED, scope)
}

/// Whether a line is the heading of notes.
pub(in crate::ingest) fn is_notes_heading(line: &str, scope: Scope) -> bool {
    if line.len() > 80 {
        return false;
    }
    let bare = text::without_emphasis(line);
    LABELS.beginnings.may_begin(bare)
        && is_label(bare.trim_end_matches([':', '：', '.', ' ']), Meaning::NOTES, scope)
}

/// Whether a line tells journalists whom to ask.
pub(in crate::ingest) fn is_press_contact(line: &str, scope: Scope) -> bool {
    static INQUIRIES: LazyLock<ScopedPhrases> =
        LazyLock::new(|| ScopedPhrases::of(|l| l.inquiries));
    let line = line.trim_start_matches(|c: char| !c.is_alphanumeric());
    after(line, Meaning::PRESS_CONTACT, scope).is_some()
        || line.len() <= 300 && INQUIRIES.end(scope, line, lexicon::ends_word).is_some()
}

/// Whether what follows a label before a party can name one: "From: A map of the coast, as seen by …" does
/// not, nor does a sentence.
fn may_name(rest: &str, scope: Scope) -> bool {
    static INDEFINITE: LazyLock<ScopedPhrases> =
        LazyLock::new(|| ScopedPhrases::of(|l| l.indefinite));
    let thing = INDEFINITE
        .end(scope, rest, |r| r.starts_with(' ') && r.trim_start().starts_with(char::is_lowercase));
    let sentence = || text::ends_sentence(rest) && !rest.contains(['@', ',', ';']);
    thing.is_none() && (text::has_at_most(rest, 14) || !sentence())
}

/// A label of the block with which memoranda and mails begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(in crate::ingest) enum Head {
    To,
    From,
    Date,
    Subject,
    Copied,
}

/// The label of a memo block's line, and what it says.
pub(in crate::ingest) fn head_label(line: &str, scope: Scope) -> Option<(Head, &str)> {
    let (meaning, rest) = label(line, scope)?;
    // "From:" and "To:" first: "von" and "an" are labels of one kind only when they are placed so.
    const HEADS: [(Head, Meaning); 5] = [
        (Head::From, Meaning::FROM),
        (Head::To, Meaning::TO),
        (Head::Date, Meaning::DATE),
        (Head::Subject, Meaning::SUBJECT),
        (Head::Copied, Meaning::COPIED),
    ];
    if let Some((head, _)) = HEADS.iter().find(|(_, m)| meaning.is(*m)) {
        let party = matches!(head, Head::From | Head::To);
        return (!party || may_name(rest, scope)).then_some((*head, rest));
    }
    // "Ref.: Solicitud de información" has no symbol and tells the subject.
    let worded = !text::has_at_most(rest, 1) && !rest.bytes().any(|b| b.is_ascii_digit());
    (meaning.is(Meaning::OWN_REFERENCE) && worded).then_some((Head::Subject, rest))
}
