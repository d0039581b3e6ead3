//! What is before and after a name in a list or a signature and is no part of it: bullets, numbers,
//! `/s/`, counts; and names that the source leaves out.

use std::sync::LazyLock;

use super::super::lexicon::{self, LANGUAGES, Scope, ScopedPhrases, ScopedWords};
use super::super::names::{self, Named};
use super::super::text::{self, bytes};

/// A line without bullet, number, emphasis and marks of signing.
pub(super) fn without_marks(line: &str, scope: Scope) -> String {
    // Bishops sign with a cross.
    let line = ["+ ", "† ", "✠ "].iter().find_map(|cross| line.strip_prefix(cross)).unwrap_or(line);
    let line = without_signed(
        &line[bullet(line.trim_start()) + line.len() - line.trim_start().len()..],
        scope,
    );
    let line =
        if line.contains(['*', '`']) { line.replace(['*', '`'], "") } else { line.to_owned() };
    let line = text::without_links(&line);
    let line = line.trim().trim_matches('_').trim_matches(['|', ' ']).trim();
    let line = without_count(line.trim_end_matches([';', ',']), scope).trim();
    let line = behind_region(line).unwrap_or(line);
    without_members(line).unwrap_or(line).to_owned()
}

/// The names behind the part of the country to which they belong, in a Korean list: `[부산·경남] 항구모임, 등대연대`.
fn behind_region(line: &str) -> Option<&str> {
    const BRACKETS: [(char, char); 3] = [('[', ']'), ('<', '>'), ('【', '】')];
    let (open, close) = BRACKETS.into_iter().find(|(open, _)| line.starts_with(*open))?;
    let (region, rest) = line[open.len_utf8()..].split_once(close)?;
    let short = |part: &str| (1..=4).contains(&text::length(part)) && text::is_hangul(part);
    let region =
        region.split(['·', 'ㆍ', '/', ',', ' ']).filter(|part| !part.is_empty()).all(short);
    (region && text::is_hangul(rest)).then_some(rest.trim_start())
}

/// The body before the words with which all its members sign in Korean: `항구유족회 회원 일동`.
fn without_members(line: &str) -> Option<&str> {
    static MEMBERS: LazyLock<lexicon::Words> = LazyLock::new(|| names::listed("korean_members"));
    let all = if line.is_ascii() { None } else { line.strip_suffix("일동") }?;
    let mut body = all.trim_end();
    while let Some((before, _)) = body.rsplit_once(' ').filter(|(_, last)| MEMBERS.contains(last)) {
        body = before;
    }
    (names::judge(body) == Named::Organization).then_some(body)
}

/// `광장 앞에서`: the place at which a Korean statement was read, in a line beside its date.
pub(in crate::ingest) fn is_where_signed(line: &str) -> bool {
    line.ends_with("에서") && text::has_at_most(line, 4)
}

/// The body of `[Logo: Harbour Rights Watch]`, `[Harbour Rights Watch logo]`, which signs by its logo or whose paper it is.
pub(in crate::ingest) fn of_logo(line: &str) -> Option<&str> {
    static LOGOS: LazyLock<lexicon::Words> = LazyLock::new(|| names::listed("logos"));
    let inner = line.trim().strip_prefix('[')?.strip_suffix(']')?.trim();
    let logo = |word: &str| lexicon::has(&LOGOS, word.trim_end_matches(':'));
    let (first, behind) = inner.split_once(' ')?;
    let name = if logo(first) && first.ends_with(':') {
        behind.trim_start()
    } else {
        inner.rsplit_once(' ').filter(|(_, last)| logo(last)).map(|(name, _)| name)?
    };
    let capital = |w: &str| w.starts_with(char::is_uppercase) || text::length(w) <= 3;
    let named = name.starts_with(char::is_uppercase)
        && !name.contains(['[', ']', ':'])
        && text::words(name).all(capital)
        && !text::has_at_most(name, 1);
    (named || names::judge(name) == Named::Organization).then_some(name)
}

/// A list's last line without `(이상 4개 단체)`, which counts its members.
/// and without `등 4개 단체 일동`, which counts those that it does not name.
fn without_count(line: &str, scope: Scope) -> &str {
    let bracketed = || line.strip_suffix(')').and_then(|l| l.rsplit_once('('));
    let Some((list, count)) = line.rsplit_once(" 등 ").or_else(bracketed) else {
        return line;
    };
    let mut words = scope.places().flat_map(|i| LANGUAGES[i].in_all.split('|'));
    let counted = bytes::has_digit(count) && words.any(|w| !w.is_empty() && count.contains(w));
    if counted { list.trim_end() } else { line }
}

/// A sign before an item of a list.
pub(super) fn is_bullet(c: char) -> bool {
    "-–—*•◦▪‣·○●■□∙⁃※►".contains(c)
}

/// How long the bullet or the number is with which a line begins: `• `, `(3) `, `12. `, `[4] `.
pub(super) fn bullet(line: &str) -> usize {
    let signs = line.trim_start_matches(is_bullet);
    if signs.len() < line.len() {
        return line.len() - signs.trim_start().len();
    }
    let open = line.strip_prefix(['(', '[']).unwrap_or(line);
    let digits = open.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) {
        return 0;
    }
    let rest = &open[digits..];
    let after = if line.starts_with('[') {
        rest.strip_prefix(']').filter(|r| r.starts_with(char::is_whitespace))
    } else {
        // `6.25전쟁…` begins with a day.
        rest.strip_prefix(['.', ')']).filter(|r| !r.starts_with(|c: char| c.is_ascii_digit()))
    };
    after.map_or(0, |a| line.len() - a.trim_start().len())
}

/// A line without `/s/`, `(signed)`, `gez.` and the like before or after the name.
pub(in crate::ingest) fn without_signed(line: &str, scope: Scope) -> &str {
    static MARKS: LazyLock<ScopedPhrases> = LazyLock::new(|| ScopedPhrases::of(|l| l.signed_marks));
    let mut line = line.trim();
    let mut at = line;
    loop {
        if let Some(end) = MARKS.end(scope, at, |rest| rest.starts_with(char::is_whitespace)) {
            line = at[end..].trim_start();
            break;
        }
        match at.chars().next().filter(|c| !c.is_alphanumeric()) {
            Some(sign) => at = &at[sign.len_utf8()..],
            None => break,
        }
    }
    // Behind the name it is in brackets: "Jane Doe (signed)".
    let near = line.len() - line.len().min(LONGEST_MARK);
    let bracket = |b: &u8| matches!(b, b'(' | b'[');
    let start = line.as_bytes()[near..].iter().rposition(bracket).map(|at| near + at);
    let copied = || line.strip_suffix("/s/").filter(|l| !l.contains(['(', '['])).map(str::len);
    start
        .or_else(copied)
        .filter(|&start| is_mark_of_signing(&line[start..], scope))
        .map_or(line, |start| line[..start].trim_end())
}

/// No mark of signing has more bytes, with its brackets.
const LONGEST_MARK: usize = 24;

/// Whether a text is a mark of signing and nothing else: `Im Auftrag`.
pub(in crate::ingest) fn is_mark_of_signing(text: &str, scope: Scope) -> bool {
    static SIGNS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.signed_marks));
    text.len() <= LONGEST_MARK && SIGNS.has_any_case(scope, text.trim_end_matches([',', ':']))
}

/// `[private]`, `REDACTED`: the source says that it leaves a name out, and nothing else.
pub(in crate::ingest) fn is_taken_out(text: &str, scope: Scope) -> bool {
    let inner = text.trim_matches(|c: char| !c.is_alphanumeric());
    inner.len() <= 40 && REDACTIONS.has_any_case(scope, inner)
}

/// What a name is that the source leaves out: each sees the line, and what is within its brackets.
const REDACTED: &[fn(&str, &str, Scope) -> bool] = &[
    // `[name withheld by us]`
    |line, inner, _| is_bracketed(line) && text::has_at_most(inner, 4),
    |_, inner, scope| REDACTIONS.has_any_case(scope, inner),
    // A row of crosses, or blacked out.
    |_, inner, _| !inner.is_empty() && inner.chars().all(|c| "X█■".contains(c)),
];

static REDACTIONS: LazyLock<ScopedWords> = LazyLock::new(|| ScopedWords::of(|l| l.redacted));

/// `[private]`, `[redacted]`, a row of crosses: the source leaves the name out.
pub(super) fn is_redacted(text: &str, scope: Scope) -> bool {
    let inner = text.trim_matches(['[', ']', '(', ')', '*', ' ', '<', '>', ',', '.']);
    REDACTED.iter().any(|is_sign| is_sign(text, inner, scope))
}

fn is_bracketed(text: &str) -> bool {
    text.starts_with(['[', '<']) && text.ends_with([']', '>', ',', '.'])
}
