//! What stands before and after a name in a list or a signature and is no part of it: bullets, numbers,
//! `/s/`, counts; and names that are not told.

use std::sync::LazyLock;

use super::super::lexicon::{self, Phrases};
use super::super::text;

/// A line without bullet, number, emphasis and marks of signing.
pub(super) fn without_marks(line: &str) -> String {
    let line =
        without_signed(&line[bullet(line.trim_start()) + line.len() - line.trim_start().len()..]);
    let line =
        if line.contains(['*', '`']) { line.replace(['*', '`'], "") } else { line.to_owned() };
    let line = line.trim().trim_matches('_').trim_matches(['|', ' ']).trim();
    without_count(line.trim_end_matches([';', ','])).trim().to_owned()
}

/// A list's last line without `(이상 4개 단체)`, which counts its members.
fn without_count(line: &str) -> &str {
    let Some((list, count)) = line.strip_suffix(')').and_then(|l| l.rsplit_once('(')) else {
        return line;
    };
    let counts = ["이상", "총", "in all", "au total", "insgesamt", "en total"];
    let counted =
        count.bytes().any(|b| b.is_ascii_digit()) && counts.iter().any(|c| count.contains(c));
    if counted { list.trim_end() } else { line }
}

/// How long the bullet or the number is with which a line begins: `• `, `(3) `, `12. `, `[4] `.
fn bullet(line: &str) -> usize {
    let signs = line.trim_start_matches(|c| "-–—*•◦▪‣·○●■□∙⁃※►".contains(c));
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
        rest.strip_prefix(['.', ')'])
    };
    after.map_or(0, |a| line.len() - a.trim_start().len())
}

/// A line without `/s/`, `(signed)`, `gez.` and the like before or after the name.
fn without_signed(line: &str) -> &str {
    static MARKS: LazyLock<Phrases> = LazyLock::new(|| Phrases::of(|l| l.signed_marks));
    const AFTER: [&str; 8] =
        ["(signed)", "[signed]", "(signé)", "(firmado)", "(gez.)", "(서명)", "(인)", "/s/"];
    let mut line = line.trim();
    let mut at = line;
    loop {
        if let Some(end) = MARKS.end(at, |rest| rest.starts_with(char::is_whitespace)) {
            line = at[end..].trim_start();
            break;
        }
        match at.chars().next().filter(|c| !c.is_alphanumeric()) {
            Some(sign) => at = &at[sign.len_utf8()..],
            None => break,
        }
    }
    let cut = AFTER.iter().find_map(|mark| {
        let start = line.len().checked_sub(mark.len())?;
        let ends = line.as_bytes()[start..].last() == mark.as_bytes().last();
        let end = line.get(start..).filter(|end| ends && end.to_lowercase() == *mark);
        end.map(|_| start)
    });
    cut.map_or(line, |start| line[..start].trim_end())
}

/// Whether a text is a mark of signing and nothing else: `Im Auftrag`.
pub(super) fn is_sign(text: &str) -> bool {
    static SIGNS: LazyLock<lexicon::Words> = LazyLock::new(|| lexicon::set(|l| l.signed_marks));
    text.len() <= 24 && lexicon::has(&SIGNS, text.trim_end_matches([',', ':']))
}

/// `[private]`, `[redacted]`, `XXXX`: somebody whose name is not told.
pub(super) fn is_redacted(text: &str) -> bool {
    let inner = text.trim_matches(['[', ']', '(', ')', '*', ' ', '<', '>', ',', '.']);
    let bracketed = text.starts_with(['[', '<']) && text.ends_with([']', '>', ',', '.']);
    (bracketed && text::has_at_most(inner, 4))
        || text::is_any(
            inner,
            &[
                "redacted",
                "name redacted",
                "private",
                "name withheld",
                "illegible",
                "name illegible",
                "unleserlich",
                "illisible",
                "ilegible",
            ],
        )
        || (!inner.is_empty() && inner.chars().all(|c| c == 'X' || c == '█' || c == '■'))
}
